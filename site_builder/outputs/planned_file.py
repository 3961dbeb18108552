"""What every output promises and gives: a path, what makes the bytes, and the frozen view they are made from."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Template:
    """Made by the Jinja template of this name, which sees the view and the words of `language`."""

    name: str
    language: str


Maker = Template | Callable[[Any], bytes]


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file of the site before it is made. `view` is all that its maker may see.

    `address` is set for pages a reader can open, `listed` for those that site maps name, `origin` is the source file
    when the page has one of its own.
    """

    path: str
    make: Maker
    view: Any = field(repr=False)
    address: str = ""
    listed: bool = False
    origin: str = ""


@dataclass(frozen=True, slots=True)
class RenderedFile:
    """A file of the site, made."""

    path: str
    content: bytes = field(repr=False)
    templates_used: frozenset[str] = frozenset()


def page_path(address: str) -> str:
    """The file behind an address: `/lv/jaunumi/` is `lv/jaunumi/index.html`."""
    return address.lstrip("/") + ("index.html" if address.endswith("/") else "")
