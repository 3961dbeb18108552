"""axe-core finds nothing on any type of page, in both languages, wide and narrow, in every scheme."""

import json
from importlib import resources
from typing import Any

import pytest
from conftest import PROVE
from page_types import Page
from playwright.sync_api import Page as Window
from served import Visitor

pytestmark = pytest.mark.browser
AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# axe leaves this rule of WCAG 2.2 out unless it is named
OPTIONS: dict[str, dict[str, Any]] = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},
}
# of these alone, axe-core's category "color", the answer can change where no box of the page does
OF_COLOURS = ["color-contrast", "link-in-text-block"]
SCHEMES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced colours": {"color_scheme": "light", "forced_colors": "active"},
}
# every page at one width in `make test`, at both in `make prove`
WIDTHS = {"lv": (1280, 320) if PROVE else (1280,), "en": (320, 1280) if PROVE else (320,)}
# where axe-core's own contrast rule, by far the slowest, is asked; elsewhere `look.faint()`, which is stricter, is
CONTRAST_BY_AXE = ("light", "dark") if PROVE else ("light",)


def violations(window: Window, *, colours_alone: bool = False, contrast: bool = True) -> list[str]:
    """Rule, element and reason of everything that axe-core objects to on the page that is open.

    Without `contrast` its contrast rule is left out and `look.faint()` is asked instead, which knows no exception for
    large text. In forced colours that must be: axe-core reads -webkit-text-fill-color, which
    Chromium does not report as forced, though it paints it so.
    """
    options = OPTIONS | {"rules": OPTIONS["rules"] | {"color-contrast": {"enabled": contrast}}}
    if colours_alone:
        options = {"runOnly": {"type": "rule", "values": OF_COLOURS if contrast else OF_COLOURS[1:]}}
    result = window.evaluate(f"axe.run({json.dumps(options | {'resultTypes': ['violations']})})")
    run = [one for kind in ("passes", "violations", "incomplete", "inapplicable") for one in result[kind]]
    assert len(run) >= (1 if colours_alone else 60), "axe-core has not run"
    return [
        f"{found['id']}: {' '.join(map(str, node['target']))}: {' '.join(node['failureSummary'].split())}"
        for found in result["violations"]
        for node in found["nodes"]
    ] + ([] if contrast else window.evaluate("look.faint()"))


def in_every_scheme(window: Window, width: int) -> list[str]:
    """What is wrong with a page at a width: all rules once, and again in a scheme that changes more than colours."""
    found, shapes = [], set()
    window.set_viewport_size({"width": width, "height": 800})
    for scheme, wishes in SCHEMES.items():
        window.emulate_media(**wishes)
        shape = window.evaluate("look.shape()")
        contrast = width == 1280 and scheme in CONTRAST_BY_AXE
        wrong = violations(window, colours_alone=shape in shapes, contrast=contrast)
        found += [f"{width} px, {scheme}: {one}" for one in wrong]
        shapes.add(shape)
    return found


def test_rules_1_to_18_axe_finds_no_violation(pages: list[Page], visitor: Visitor) -> None:
    """WCAG 2.2 A and AA and axe-core's good practice, rules 1, 3 to 5, 12, 13, 15 and 18 among them."""
    found = []
    widths = WIDTHS[pages[0].language]
    for address, window in visitor.tour(pages):
        window.evaluate(AXE)
        found += [f"{address} at {one}" for width in widths for one in in_every_scheme(window, width)]
    assert not found, "\n".join(found)
