"""The keyboard alone reaches everything, in order, and always shows where it is."""

from typing import Any

import pytest
from conftest import PROVE
from page_types import Page
from playwright.sync_api import Page as Window
from served import Visitor

pytestmark = pytest.mark.browser
# Every page, width and scheme is walked in `make test`; each of them in both languages in `make prove`.
WALKS = [("lv", 390, "dark"), ("en", 1280, "light")]
ALL_WALKS = [*WALKS, ("lv", 1280, "light"), ("en", 390, "dark")]


def walk(window: Window) -> list[str]:
    """Press Tab from the top until the page is left; everything that is wrong on the way."""
    wrong = []
    expected = window.evaluate("look.startWalk()")
    for _ in range(2 * expected + 10):
        window.keyboard.press("Tab")
        stop: dict[str, Any] | None = window.evaluate("look.stop()")
        if stop is None or stop["again"]:
            break
        if not stop["follows"]:
            wrong.append(f"{stop['name']} is not in the order of the page")
        if stop["contrast"] < 3:
            wrong.append(f"{stop['name']} shows its focus at {stop['contrast']:.2f}:1")
        if not stop["seen"]:
            wrong.append(f"{stop['name']} is hidden when it has the focus")
    return wrong + [f"{name} is never reached" for name in window.evaluate("look.missed()")]


@pytest.mark.parametrize(("language", "width", "scheme"), ALL_WALKS if PROVE else WALKS)
def test_rule_14_the_keyboard_reaches_everything_in_order_and_visibly(
    language: str, width: int, scheme: str, real_pages: list[Page], visitor: Visitor
) -> None:
    """No trap, order of the document, an indicator of 3:1 that nothing hides (WCAG 2.1.2, 2.4.3, 2.4.7, 2.4.11)."""
    pages = [page for page in real_pages if page.language == language]
    tour = visitor.tour(pages, width, color_scheme=scheme)
    wrong = [f"{address} {one}" for address, window in tour for one in walk(window)]
    assert not wrong, "\n".join(wrong)


def test_rule_5_the_skip_link_is_the_first_stop_and_leads_into_the_text(pages: list[Page], visitor: Visitor) -> None:
    """One Tab and Enter lead into the main part, unless it holds the first stop itself (WCAG 2.4.1)."""
    wrong = [f"{address} {fault}" for address, window in visitor.tour(pages) for fault in skip_faults(window)]
    assert not wrong, "\n".join(wrong)


def skip_faults(window: Window) -> list[str]:
    """Where the first stop is, when it neither is in the main part nor leads there."""
    inside = "document.querySelector('main').contains(document.activeElement)"
    window.keyboard.press("Tab")
    if window.evaluate(inside):
        return []
    first = window.evaluate("document.activeElement.getAttribute('href') || ''")
    if not first.startswith("#"):
        return [f"first stop {first!r} leads off the page"]
    window.keyboard.press("Enter")
    return [] if window.evaluate(inside) else [f"first stop {first!r} does not lead into main"]
