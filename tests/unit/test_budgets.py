"""What a page weighs is counted right, and what is too heavy is told for every page."""

import gzip
import zlib
from collections.abc import Mapping

import pytest

from site_builder.budgets import BUDGETS, Weights, over_budget, weight_of, worst

PAGE = (
    b'<html><link rel="stylesheet" href="/base/assets/a.css"><script src="/base/assets/a.js" defer></script>%s</html>'
)
SHARED = {"assets/a.css": b"p { color: red }" * 50, "assets/a.js": b"let a = 1;\n" * 50}


def weights(pages: Mapping[str, bytes], shared: Mapping[str, bytes] = SHARED) -> list[tuple[str, Weights]]:
    """What pages with these bodies weigh."""
    written = {path: PAGE % body for path, body in pages.items()}
    return [(path, weight_of(page, len(zlib.compress(page, 1)), shared, "/base")) for path, page in written.items()]


def test_every_budget_is_measured() -> None:
    """HTML as it is, the rest as a server compresses it, a page as the quickest one does; requests with its own."""
    body = b'<svg><use href="/base/assets/p.svg#a"/></svg><svg><use href="/base/assets/p.svg#b"/></svg>'
    found = {weight.budget: weight.value for weight in worst(weights({"lv/index.html": body}))}
    assert list(found) == list(BUDGETS)
    assert found["html"] == len(PAGE % body)
    assert found["css"] == len(gzip.compress(SHARED["assets/a.css"], 6))
    assert found["js"] == len(gzip.compress(SHARED["assets/a.js"], 6))
    assert found["all"] == found["css"] + found["js"] + len(gzip.compress(PAGE % body, 1))
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
    found = over_budget(weights({"a.html": body, "b.html": body, "c.html": b""}))
    assert [(one.place.path, one.severity, one.message.key) for one in found] == [
        ("a.html", "warning", f"budget.{budget}"),
        ("b.html", "warning", f"budget.{budget}"),
    ]


def test_a_web_font_is_over_budget() -> None:
    """Readers' own fonts are used."""
    styles = {"assets/a.css": b"@font-face { src: url(a.woff) }"}
    assert [one.message.key for one in over_budget(weights({"a.html": b""}, styles))] == ["budget.fonts"]
