"""The EU emblem and the words beside it as a reader sees them (Regulation 821/2014, Articles 3 to 5, Annex II)."""

from dataclasses import dataclass
from typing import Any, Literal

import pytest
from page_types import Page
from reading import TYPEFACES
from served import Visitor

pytestmark = pytest.mark.browser
SCREENS = [(360, 640), (768, 1024), (1280, 800)]
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WORD_COLOURS = ([0, 0x33, 0x99], [0, 0, 0], [255, 255, 255])


@dataclass(frozen=True, slots=True)
class Screen:
    """The emblem (nothing where there is none) and other logos as they stand on a screen of a height."""

    named: str
    height: int
    emblem: dict[str, Any]
    others: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of the EU block on all pages: the first screens, and its words with where they stand."""

    screens: list[Screen]
    words: list[tuple[str, dict[str, Any]]]


@pytest.fixture(scope="module")
def seen(real_pages: list[Page], visitor: Visitor) -> Seen:
    """Every page on three devices, and its words on the last of them in both schemes."""
    seen = Seen([], [])
    for address, window in visitor.tour(real_pages):
        for width, height in SCREENS:
            window.set_viewport_size({"width": width, "height": height})
            logos = window.evaluate("look.logos()")
            assert logos["emblem"], f"{address} has no visible emblem"
            seen.screens.append(Screen(f"{address} at {width} x {height}", height, **logos))
        for scheme in SCHEMES:
            window.emulate_media(color_scheme=scheme)
            seen.words.extend((f"{address} ({scheme})", word) for word in window.evaluate("look.euWords()"))
        window.emulate_media(color_scheme=SCHEMES[0])
    return seen


@pytest.fixture
def screens(seen: Seen) -> list[Screen]:
    return seen.screens


def test_eu_2_the_emblem_is_seen_on_landing(screens: list[Screen]) -> None:
    """Inside the first screen of every page, without scrolling (Article 4)."""
    low = {one.named: one.emblem for one in screens if one.emblem["top"] < 0 or one.emblem["bottom"] > one.height}
    assert low == {}


def test_eu_4_the_flag_is_three_to_two_and_not_distorted(screens: list[Screen], visitor: Visitor) -> None:
    """The flag in the file is 3:2, and every page shows the file in its own proportions (Annex II)."""
    with visitor.window() as drawing:
        for source in {one.emblem["name"] for one in screens}:
            drawing.goto(source)
            drawn = drawing.evaluate("look.flag()")
            assert drawn["flag"] == pytest.approx(1.5, abs=0.02), source
            ratios = {
                one.named: one.emblem["width"] / one.emblem["height"] for one in screens if one.emblem["name"] == source
            }
            assert ratios == pytest.approx(dict.fromkeys(ratios, drawn["file"]), abs=0.02)


def test_eu_7_and_9_the_words_are_set_as_the_rules_ask(seen: Seen) -> None:
    """One of eight typefaces, upright, not underlined; reflex blue, black or white, 4.5:1 (Article 4, Annex II)."""
    wrong = [f"{where} “{word['text']}” {fault}" for where, word in seen.words for fault in word_faults(word)]
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


def test_eu_8_no_other_logo_is_larger_than_the_emblem(screens: list[Screen]) -> None:
    """Every other picture in header and footer is at most as high or at most as wide (Article 4)."""
    larger = [
        f"{one.named} {logo}"
        for one in screens
        for logo in one.others
        if logo["height"] > one.emblem["height"] and logo["width"] > one.emblem["width"]
    ]
    assert not larger, "\n".join(larger)
