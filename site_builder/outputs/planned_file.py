"""What every output promises and gives: a path, what makes the bytes, and the frozen view they are made from."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from site_builder.problems import Place


@dataclass(frozen=True, slots=True)
class Template:
    """Made by the Jinja template of this name, which sees the view and the words of `language`."""

    name: str
    language: str


@dataclass(frozen=True, slots=True)
class Remembered:
    """Made by a function that takes its time, and kept from build to build under `key`.

    The key is a SHA-256, in hexadecimal, of all that the bytes are made from.
    """

    key: str
    function: Callable[[Any], bytes]


Maker = Template | Remembered | Callable[[Any], bytes]


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file of the site before it is made. `view` is all that its maker may see.

    `address` is set for pages a reader can open, `listed` for those that site maps name, `origin` is where the
    source file names its address, when the page has a source file of its own.
    """

    path: str
    make: Maker
    view: Any = field(repr=False)
    address: str = ""
    listed: bool = False
    origin: Place | None = None


@dataclass(frozen=True, slots=True)
class RenderedFile:
    """A file of the site, made."""

    path: str
    content: bytes = field(repr=False)


def page_path(address: str) -> str:
    """The file behind an address: `/lv/jaunumi/` is `lv/jaunumi/index.html`."""
    return address.lstrip("/") + ("index.html" if address.endswith("/") else "")
