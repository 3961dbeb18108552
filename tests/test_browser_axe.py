"""axe-core finds nothing on any type of page, in both languages, wide and narrow, in every scheme."""

import json
from importlib import resources
from typing import Any

import pytest
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
SCHEMES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced colours": {"color_scheme": "light", "forced_colors": "active"},
}


def violations(window: Window, forced: bool = False) -> list[str]:
    """Rule, element and reason of everything that axe-core objects to on the page that is open.

    With `forced` colours its contrast rule is left out and `look.faint()` is asked instead: axe-core reads
    -webkit-text-fill-color, which Chromium does not report as forced, though it paints it so.
    """
    options = OPTIONS | {"rules": OPTIONS["rules"] | {"color-contrast": {"enabled": not forced}}}
    result = window.evaluate(f"axe.run({json.dumps(options | {'resultTypes': ['violations']})})")
    assert len(result["passes"]) > 10, "axe-core has not run"
    return [
        f"{found['id']}: {' '.join(map(str, node['target']))}: {' '.join(node['failureSummary'].split())}"
        for found in result["violations"]
        for node in found["nodes"]
    ]


@pytest.mark.parametrize("width", [320, 1280])
def test_rules_1_to_18_axe_finds_no_violation(width: int, pages: list[Page], visitor: Visitor) -> None:
    """WCAG 2.2 A and AA and axe-core's good practice, rules 1, 3 to 5, 12, 13, 15 and 18 among them."""
    found = []
    for address, window in visitor.tour(pages, width):
        window.evaluate(AXE)
        for scheme, wishes in SCHEMES.items():
            window.emulate_media(**wishes)
            forced = scheme == "forced colours"
            wrong = violations(window, forced) + (window.evaluate("look.faint()") if forced else [])
            found += [f"{address} ({scheme}) {one}" for one in wrong]
    assert not found, "\n".join(found)
