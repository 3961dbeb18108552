"""Weighs the finished pages against what an old phone on a thin line can bear."""

import functools
import operator
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from site_builder.outputs.planned_file import page_path
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
class _Page:
    path: str
    content: bytes
    compressed: int
    styles: bytes
    scripts: bytes
    requests: int


# What gzip (RFC 1952) adds to a stream of zlib (RFC 1950), in bytes.
GZIP_FRAME = 12


# Every page has the same styles: they are compressed once.
@functools.lru_cache(maxsize=8)
def _compressed(content: bytes) -> int:
    """The size in bytes of styles or scripts as a server sends them."""
    return len(zlib.compress(content)) + GZIP_FRAME if content else 0


# Bytes are counted in thousands (kB), requests and pictures in pieces.
BUDGETS: Mapping[str, tuple[int, Callable[[_Page], int]]] = {
    "html": (40_000, lambda page: len(page.content)),
    "css": (10_000, lambda page: _compressed(page.styles)),
    "js": (5_000, lambda page: _compressed(page.scripts)),
    "all": (25_000, lambda page: page.compressed + _compressed(page.styles) + _compressed(page.scripts)),
    "requests": (8, lambda page: page.requests),
    "fonts": (0, lambda page: page.styles.count(b"@font-face")),
    "unsized": (0, lambda page: sum(not _sized(tag) for tag in PICTURE.findall(page.content))),
}
BYTES = ("html", "css", "js", "all")


def _sized(tag: bytes) -> bool:
    """A picture with width and height keeps its place while it loads, so that nothing jumps."""
    return b" width=" in tag and b" height=" in tag


# What one page weighs, in the order of BUDGETS.
Weights = tuple[int, ...]


def weight_of(content: bytes, compressed: int, shared: Mapping[str, bytes], base_path: str) -> Weights:
    """What a page weighs with the `shared` styles and scripts that it asks for.

    `compressed` is the size of the page as a zlib stream in bytes, at the level of the fastest server.
    """
    page = _page("", content, compressed + GZIP_FRAME, shared, base_path)
    return tuple(measure(page) for _, measure in BUDGETS.values())


def _by_budget(pages: Iterable[tuple[str, Weights]]) -> Iterator[Weight]:
    """The weights of pages by budget."""
    for path, weights in pages:
        for (budget, (limit, _)), value in zip(BUDGETS.items(), weights, strict=True):
            yield Weight(budget, value, limit, path)


def worst(pages: Iterable[tuple[str, Weights]]) -> tuple[Weight, ...]:
    """The worst page for each budget, in the order of BUDGETS."""
    found: dict[str, Weight] = {}
    for weight in _by_budget(pages):
        before = found.get(weight.budget)
        if before is None or (-weight.value, weight.page) < (-before.value, before.page):
            found[weight.budget] = weight
    return tuple(found[budget] for budget in BUDGETS if budget in found)


def over_budget(pages: Iterable[tuple[str, Weights]]) -> list[Problem]:
    """What weighs too much, as warnings: a long list must not stop a publication."""
    limits = [limit for limit, _ in BUDGETS.values()]
    heavy = [(path, weights) for path, weights in pages if any(map(operator.gt, weights, limits))]
    return [
        Problem(Place(weight.page), "warning", "over-budget", told(weight), phrase("hint.over-budget"))
        for weight in _by_budget(heavy)
        if weight.value > weight.limit
    ]


def told(weight: Weight) -> Phrase:
    """A budget as a sentence: what was measured and how much is allowed, bytes as whole kB rounded up."""
    unit = 1000 if weight.budget in BYTES else 1
    value, limit = -(-weight.value // unit), weight.limit // unit
    return phrase(f"budget.{weight.budget}", value=value, limit=limit)


def _page(path: str, content: bytes, compressed: int, files: Mapping[str, bytes], base_path: str) -> _Page:
    addresses = {found.decode() for found in REQUESTED.findall(content)}
    names = sorted(page_path(address.removeprefix(base_path)) for address in addresses)
    parts = {
        ending: b"".join(files.get(name, b"") for name in names if name.endswith(ending)) for ending in (".css", ".js")
    }
    return _Page(path, content, compressed, parts[".css"], parts[".js"], 1 + len(names))
