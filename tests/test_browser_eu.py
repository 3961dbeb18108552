"""The EU emblem and the words beside it as a reader sees them (Regulation 821/2014, Articles 3 to 5, Annex II)."""

from typing import Any, Literal

import pytest
from page_types import Page
from playwright.sync_api import FloatRect
from playwright.sync_api import Page as Window
from served import Visitor

pytestmark = pytest.mark.browser
EMBLEM = "img[data-eu-emblem]"
SCREENS = [(360, 640), (768, 1024), (1280, 800)]
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
TYPEFACES = ("Arial", "Auto", "Calibri", "Garamond", "Trebuchet", "Tahoma", "Verdana", "Ubuntu")
WORD_COLOURS = ([0, 0x33, 0x99], [0, 0, 0], [255, 255, 255])


def box(window: Window, selector: str) -> FloatRect:
    """Where the first element of a kind stands on the screen."""
    found = window.locator(selector).first.bounding_box()
    assert found, f"{window.url} has no visible {selector}"
    return found


def test_eu_2_the_emblem_is_seen_on_landing(pages: list[Page], visitor: Visitor) -> None:
    """Inside the first screen of every page, without scrolling (Article 4)."""
    low = []
    for address, window in visitor.tour(pages):
        for width, height in SCREENS:
            window.set_viewport_size({"width": width, "height": height})
            emblem = box(window, EMBLEM)
            if emblem["y"] < 0 or emblem["y"] + emblem["height"] > height:
                low.append(f"{address} at {width} x {height}: {emblem}")
    assert not low, "\n".join(low)


def test_eu_4_the_flag_is_three_to_two_and_not_distorted(pages: list[Page], visitor: Visitor) -> None:
    """The flag in the file is 3:2, and every page shows the file in its own proportions (Annex II)."""
    shown: dict[str, list[float]] = {}
    for _, window in visitor.tour(pages):
        source = window.locator(EMBLEM).first.get_attribute("src") or ""
        for width, height in SCREENS:
            window.set_viewport_size({"width": width, "height": height})
            emblem = box(window, EMBLEM)
            shown.setdefault(source, []).append(emblem["width"] / emblem["height"])
    with visitor.window() as drawing:
        for source, ratios in shown.items():
            drawing.goto(source)
            drawn = drawing.evaluate("look.flag()")
            assert drawn["flag"] == pytest.approx(1.5, abs=0.02), source
            assert ratios == pytest.approx([drawn["file"]] * len(ratios), abs=0.02), source


def test_eu_7_and_9_the_words_are_set_as_the_rules_ask(pages: list[Page], visitor: Visitor) -> None:
    """One of eight typefaces, upright, not underlined; reflex blue, black or white, 4.5:1 (Article 4, Annex II)."""
    wrong = []
    for address, window in visitor.tour(pages):
        for scheme in SCHEMES:
            window.emulate_media(color_scheme=scheme)
            for word in window.evaluate("look.euWords()"):
                wrong += [f"{address} ({scheme}) “{word['text']}” {fault}" for fault in word_faults(word)]
    assert not wrong, "\n".join(wrong)


def word_faults(word: dict[str, Any]) -> list[str]:
    """What a text of the EU block does against the rules."""
    faults = {
        f"is set in {word['family']}": not word["family"].startswith(TYPEFACES),
        "is slanted": word["slanted"],
        "is underlined": word["underlined"],
        f"has the colour {word['colour']}": word["colour"] not in WORD_COLOURS,
        f"has a contrast of {word['contrast']:.2f}": word["contrast"] < 4.5,
    }
    return [fault for fault, there in faults.items() if there]


def test_eu_8_no_other_logo_is_larger_than_the_emblem(pages: list[Page], visitor: Visitor) -> None:
    """Every other picture in header and footer is at most as high or at most as wide (Article 4)."""
    larger = []
    for address, window in visitor.tour(pages):
        for width, height in SCREENS:
            window.set_viewport_size({"width": width, "height": height})
            emblem = box(window, EMBLEM)
            for logo in window.locator("header :is(img, svg), footer :is(img, svg)").all():
                size = logo.bounding_box()
                if size and size["height"] > emblem["height"] and size["width"] > emblem["width"]:
                    larger.append(f"{address} at {width} px {logo.get_attribute('src')} {size}")
    assert not larger, "\n".join(larger)
