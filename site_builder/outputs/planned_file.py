"""What every output promises and gives: a path, the function that makes it, and all that the function is told."""

from collections.abc import Callable
from typing import Any, NamedTuple

from site_builder.problems import Place


class FromTemplate(NamedTuple):
    """A page before it is written: the Jinja template, which sees `view` and the words of `language`, nothing else."""

    template: str
    language: str
    view: Any


# Called with the site, its assets and the arguments of the planned file; gives the file or what it is written from.
Make = Callable[..., FromTemplate | bytes]


class PlannedFile(NamedTuple):
    """A file of the site before it is made: `make(site, assets, *arguments)` makes it.

    What `make` reads of the site is noted while it runs, and `inputs` is a digest of `arguments`: together that is all
    the file is made from. `address` is set for pages a reader can open, `listed` for those that site maps name,
    `lasting` for pages and files for machines that must not vanish; `origin` finds where a source file names the
    address, for pages that have a source file of their own. Files of one `group` are made one after the other. A file
    that is `dear` to make is made from `inputs` alone, and its content is kept.
    """

    path: str
    make: Make
    arguments: tuple[Any, ...] = ()
    inputs: bytes = b""
    address: str = ""
    listed: bool = False
    lasting: bool = False
    origin: Callable[[], Place] | None = None
    group: str = ""
    dear: bool = False


def plan_page(
    address: str,
    make: Make,
    *arguments: Any,
    inputs: bytes = b"",
    origin: Callable[[], Place] | None = None,
    lasting: bool = True,
    group: str = "",
) -> PlannedFile:
    """A page that readers open and site maps list. `inputs` where the arguments are more than plain words."""
    return PlannedFile(page_path(address), make, arguments, inputs, address, True, lasting, origin, group)


def plan_lasting(path: str, make: Make, *arguments: Any, inputs: bytes = b"") -> PlannedFile:
    """A file for machines whose address others keep: a feed, a table. `inputs` as with pages."""
    return PlannedFile(path, make, arguments, inputs, lasting=True)


def page_path(address: str) -> str:
    """The file behind an address: `/lv/jaunumi/` is `lv/jaunumi/index.html`."""
    return address.lstrip("/") + ("index.html" if address.endswith("/") else "")
