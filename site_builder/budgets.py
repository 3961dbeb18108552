"""Weighs the finished pages against what an old phone on a thin line can bear."""

import functools
import re
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from site_builder.outputs.planned_file import RenderedFile, page_path
from site_builder.problems import Phrase, Place, Problem, phrase

REQUESTED = re.compile(rb"<(?:link rel=\"(?:stylesheet|icon)\"[^>]*|script|use)\s[^>]*?(?:href|src)=\"([^\"#]+)")
PICTURE = re.compile(rb"<img\b[^>]*>")


@dataclass(frozen=True, slots=True)
class Weight:
    """What a page was measured to weigh for one budget, and the budget's limit."""

    budget: str
    value: int
    limit: int
    page: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page with the styles and scripts that it asks for, and how many requests it makes."""

    path: str
    content: bytes
    styles: bytes
    scripts: bytes
    requests: int


# Every page has the same styles: they are compressed once, and few pages are held.
@functools.lru_cache(maxsize=8)
def _compressed(content: bytes) -> int:
    """Size in bytes as a server sends it: gzip (RFC 1952), level 6, of which 18 bytes are its frame."""
    return len(zlib.compress(content, 6)) + 12 if content else 0


# Bytes are counted in thousands (kB), requests and pictures in pieces.
BUDGETS: Mapping[str, tuple[int, Callable[[Page], int]]] = {
    "html": (40_000, lambda page: len(page.content)),
    "css": (10_000, lambda page: _compressed(page.styles)),
    "js": (5_000, lambda page: _compressed(page.scripts)),
    "all": (25_000, lambda page: _compressed(page.content) + _compressed(page.styles) + _compressed(page.scripts)),
    "requests": (8, lambda page: page.requests),
    "fonts": (0, lambda page: page.styles.count(b"@font-face")),
    "unsized": (0, lambda page: sum(not _sized(tag) for tag in PICTURE.findall(page.content))),
}
BYTES = ("html", "css", "js", "all")


def _sized(tag: bytes) -> bool:
    """A picture with width and height keeps its place while it loads, so that nothing jumps."""
    return b" width=" in tag and b" height=" in tag


def weigh(rendered: Iterable[RenderedFile], base_path: str) -> tuple[Weight, ...]:
    """What every page weighs, by budget in the order of BUDGETS, the worst page of each budget first."""
    files = {file.path: file.content for file in rendered}
    pages = [_page(path, files, base_path) for path in files if path.endswith(".html")]
    pages.sort(key=lambda page: (-len(page.content), page.path))
    by_budget = zip(*(weights_of(page) for page in pages), strict=True)
    return tuple(weight for listed in by_budget for weight in sorted(listed, key=lambda weight: -weight.value))


def weights_of(page: Page, *, exact: bool = True) -> tuple[Weight, ...]:
    """What one page weighs, by budget in the order of BUDGETS.

    When it need not be `exact`, a page that cannot be over the limit in all is not compressed: it counts as it is.
    """
    return tuple(
        Weight(budget, _at_most(page) if budget == "all" and not exact else measure(page), limit, page.path)
        for budget, (limit, measure) in BUDGETS.items()
    )


def _at_most(page: Page) -> int:
    """What a page weighs in all, or where it is light anyway, what it cannot exceed.

    What does not get smaller is stored, with 5 bytes for each 16 kB and 18 around (RFC 1951 3.2.4, RFC 1952 2.3).
    """
    limit, measure = BUDGETS["all"]
    stored = len(page.content) + 5 * (len(page.content) // 16_383 + 1) + 18
    most = stored + _compressed(page.styles) + _compressed(page.scripts)
    return most if most <= limit else measure(page)


def worst(weights: Iterable[Weight]) -> tuple[Weight, ...]:
    """The worst page for each budget."""
    found: dict[str, Weight] = {}
    for weight in weights:
        found.setdefault(weight.budget, weight)
    return tuple(found.values())


def over_budget(weights: Iterable[Weight]) -> list[Problem]:
    """What weighs too much, as warnings: a long list must not stop a publication."""
    return [
        Problem(Place(weight.page), "warning", "over-budget", told(weight), phrase("hint.over-budget"))
        for weight in weights
        if weight.value > weight.limit
    ]


def told(weight: Weight) -> Phrase:
    """A budget as a sentence: what was measured and how much is allowed, bytes as whole kB rounded up."""
    unit = 1000 if weight.budget in BYTES else 1
    value, limit = -(-weight.value // unit), weight.limit // unit
    return phrase(f"budget.{weight.budget}", value=value, limit=limit)


def requested_by(content: bytes) -> frozenset[str]:
    """The addresses of the styles, scripts and drawings that a page asks for, each once."""
    return frozenset(found.decode() for found in REQUESTED.findall(content))


def _page(path: str, files: Mapping[str, bytes], base_path: str) -> Page:
    content = files[path]
    names = sorted(page_path(address.removeprefix(base_path)) for address in requested_by(content))
    parts = {
        ending: b"".join(files.get(name, b"") for name in names if name.endswith(ending)) for ending in (".css", ".js")
    }
    return Page(path, content, parts[".css"], parts[".js"], 1 + len(names))
