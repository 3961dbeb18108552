"""What a page weighs is counted right, and what is too heavy is told for every page."""

import gzip
import random

import pytest

from site_builder.budgets import BUDGETS, Page, over_budget, weigh, weights_of, worst
from site_builder.outputs.planned_file import RenderedFile

PAGE = (
    b'<html><link rel="stylesheet" href="/base/assets/a.css"><script src="/base/assets/a.js" defer></script>%s</html>'
)
STYLES = RenderedFile("assets/a.css", b"p { color: red }" * 50)
SCRIPT = RenderedFile("assets/a.js", b"let a = 1;\n" * 50)


def page(path: str, body: bytes = b"") -> RenderedFile:
    return RenderedFile(path, PAGE % body)


def values(*files: RenderedFile) -> dict[str, int]:
    return {weight.budget: weight.value for weight in worst(weigh((*files, STYLES, SCRIPT), "/base"))}


def test_every_budget_is_measured() -> None:
    """HTML as it is, the rest as a server compresses it, requests with the page's own."""
    home = page(
        "lv/index.html", b'<svg><use href="/base/assets/p.svg#a"/></svg><svg><use href="/base/assets/p.svg#b"/></svg>'
    )
    found = values(home)
    assert list(found) == list(BUDGETS)
    assert found["html"] == len(home.content)
    assert found["css"] == len(gzip.compress(STYLES.content, 6))
    assert found["js"] == len(gzip.compress(SCRIPT.content, 6))
    assert found["all"] == found["css"] + found["js"] + len(gzip.compress(home.content, 6))
    assert found["requests"] == 4


@pytest.mark.parametrize(
    ("body", "budget"),
    [
        (b"x" * 40_001, "html"),
        (b'<img src="/a.png" width="1">', "unsized"),
        (b"".join(b'<script src="/base/%d.js"></script>' % number for number in range(6)), "requests"),
    ],
)
def test_each_page_over_a_limit_is_told(body: bytes, budget: str) -> None:
    """A warning for each of the pages, not only for the worst."""
    files = (page("a.html", body), page("b.html", body), page("c.html"), STYLES, SCRIPT)
    found = over_budget(weigh(files, "/base"))
    assert [(one.place.path, one.severity, one.message.key) for one in found] == [
        ("a.html", "warning", f"budget.{budget}"),
        ("b.html", "warning", f"budget.{budget}"),
    ]


def test_a_web_font_is_over_budget() -> None:
    """Readers' own fonts are used."""
    styles = RenderedFile("assets/a.css", b"@font-face { src: url(a.woff) }")
    assert [one.message.key for one in over_budget(weigh((page("a.html"), styles), "/base"))] == ["budget.fonts"]


@pytest.mark.parametrize("size", [0, 100, 16_000, 16_383, 24_900, 24_990, 25_100, 40_000])
@pytest.mark.parametrize("letters", [2, 256])
def test_a_page_is_compressed_only_when_it_may_be_too_heavy(size: int, letters: int) -> None:
    """What is not measured is never less than what is, and says the same of the limit."""
    content = bytes(random.Random(size).randrange(letters) for _ in range(size))
    page = Page("a.html", content, b"", b"", 1)
    for quick, exact in zip(weights_of(page, exact=False), weights_of(page), strict=True):
        assert quick.value >= exact.value
        assert (quick.value > quick.limit) == (exact.value > exact.limit)
        assert quick == exact or quick.budget == "all"
