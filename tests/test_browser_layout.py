"""Pages keep together at every width, with larger and wider text, without motion, and on paper."""

import unicodedata
from io import BytesIO
from typing import Any, Literal

import pypdf
import pytest
from page_types import Page
from playwright.sync_api import Page as Window
from served import Visitor

pytestmark = pytest.mark.browser
# WCAG 2.2, 1.4.12: what a reader may set
TEXT_SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }
"""
WISHES: tuple[Literal["reduce", "no-preference"], ...] = ("reduce", "no-preference")
DOUBLE_TEXT = "html { font-size: 200% !important; }"
WIDTHS = (320, 390, 640, 768, 1024, 1280, 1920)
# a reader's own style, and the widths at which it is tried
VIEWS: dict[str, tuple[str, tuple[int, ...]]] = {
    "plain": ("", (320, 390, 768, 1024, 1280, 1920)),
    "double": (DOUBLE_TEXT, (640, 1280)),
    "spaced": (TEXT_SPACING, (320, 1280)),
}


def faults(window: Window) -> list[str]:
    """Sideways scrolling, text past the edge, text cut off, text over text."""
    wide = window.evaluate("Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - innerWidth")
    found = [f"scrolls sideways by {wide} px"] if wide > 0 else []
    for question, said in (("beyond", "past the edge"), ("clipped", "cut off"), ("overlaps", "text over text")):
        names = window.evaluate(f"look.{question}()")
        found += [f"{len(names)} {said}: {'; '.join(names[:3])}"] if names else []
    return found


@pytest.fixture(scope="module")
def found(pages: list[Page], visitor: Visitor) -> dict[str, list[str]]:
    """What is wrong with the pages in each view, and what moves; every page is opened once for all of it."""
    found: dict[str, list[str]] = {name: [] for name in (*VIEWS, "moving")}
    for address, window in visitor.tour(pages):
        for width in WIDTHS:
            window.set_viewport_size({"width": width, "height": 800})
            for name, (style, widths) in VIEWS.items():
                if width in widths:
                    window.evaluate("style => look.setStyle(style)", style)
                    found[name] += [f"{address} at {width} px {fault}" for fault in faults(window)]
        window.evaluate("look.setStyle('')")
        for wish in WISHES:
            window.emulate_media(reduced_motion=wish)
            found["moving"] += [f"{address} ({wish}) {name}" for name in window.evaluate("look.moving()")]
    return found


def test_rule_16_pages_fit_every_width(found: dict[str, list[str]]) -> None:
    """From 320 to 1920 px nothing scrolls sideways but tables, and no text is lost (WCAG 1.4.10)."""
    assert not found["plain"], "\n".join(found["plain"])


def test_rule_16_text_can_be_twice_as_large(found: dict[str, list[str]]) -> None:
    """Text alone at 200 % (WCAG 1.4.4)."""
    assert not found["double"], "\n".join(found["double"])


def test_rule_16_text_can_be_spaced(found: dict[str, list[str]]) -> None:
    """With a reader's spacing of lines, paragraphs, words and letters (WCAG 1.4.12)."""
    assert not found["spaced"], "\n".join(found["spaced"])


def test_rule_17_nothing_moves(found: dict[str, list[str]]) -> None:
    """No animation, transition, smooth scrolling or playing by itself, whatever the reader wishes (WCAG 2.2.2)."""
    assert not found["moving"], "\n".join(found["moving"])


@pytest.mark.parametrize("template", ["pages/article.html", "pages/facility.html"])
def test_rule_37_a_page_prints_as_a_document(template: str, pages: list[Page], visitor: Visitor) -> None:
    """The paper has title, address and EU emblem, and no navigation."""
    printed = [page for page in pages if page.template == template]
    assert printed
    for address, window in visitor.tour(printed):
        window.emulate_media(media="print")
        title, source = window.evaluate(
            "[document.querySelector('h1').textContent, document.querySelector('link[rel=canonical]').href]"
        )
        text = _plain("".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(window.pdf())).pages))
        assert _plain(title) in text, address
        assert _plain(source) in text, address
        assert window.locator("img[data-eu-emblem]").first.is_visible(), address
        assert [one for one in window.locator("nav").all() if one.is_visible()] == [], address
        assert (found := faults_on_paper(window)) == [], (address, found)


def faults_on_paper(window: Window) -> list[Any]:
    """Text that would be cut off on paper."""
    return [name for question in ("clipped", "overlaps") for name in window.evaluate(f"look.{question}()")]


def _plain(text: str) -> str:
    """Letters alone: lines of a PDF break anywhere, and a font may join letters."""
    return "".join(unicodedata.normalize("NFKC", text).split())
