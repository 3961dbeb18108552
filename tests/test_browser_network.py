"""What a page asks for and keeps: little, from here alone, nothing stored, nothing that the strict policy refuses."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import PROVE
from page_types import Page
from playwright.sync_api import Page as Window
from playwright.sync_api import Request, Response
from served import Visitor

pytestmark = pytest.mark.browser
MOST_REQUESTS = 8
WIDTHS = (1280, 390)
# less than a thousandth is a pixel that was drawn late; a word that begins a new line as a page comes is less than a
# hundredth, and a tenth is what https://web.dev/articles/cls calls good
STILL, MOSTLY_STILL = 0.001, 0.01
# what script may add to a page: controls that need it, and what they say
ADDED_BY_SCRIPT = "button, [role=status], [role=search], noscript, form.chooser"


@dataclass(frozen=True, slots=True)
class Visit:
    """A page as it was opened and read to the end: what is wrong with it, what it asked for, and its words."""

    address: str
    answer: list[str]
    weight: list[str]
    stored: list[str]
    asked: list[str]
    words: str


@pytest.fixture(scope="module")
def visits(pages: list[Page], visitor: Visitor) -> dict[int, list[Visit]]:
    """Every page opened once at each width, for all that is asked here."""
    return {width: list(visited(visitor, pages, width)) for width in WIDTHS}


def visited(visitor: Visitor, pages: list[Page], width: int) -> Iterator[Visit]:
    """Open one page after the other in one window, as a reader does."""
    said: list[str] = []
    asked: list[Request] = []
    with visitor.window(width) as window:
        window.on("console", lambda message: said.append(message.text))
        window.on("pageerror", lambda error: said.append(str(error)))
        window.on("request", lambda request: asked.append(request))
        for page in pages:
            said.clear()
            asked.clear()
            response = window.goto(page.address)
            weight = weight_faults(window, asked)
            stored = [*window.evaluate("look.stored()"), *map(str, window.context.cookies())]
            urls = [request.url for request in asked]
            yield Visit(page.address, answer_faults(window, response) + said, weight, stored, urls, words(window))


def wrong(visits: dict[int, list[Visit]], part: str) -> str:
    """The faults of one kind, a line each."""
    return "\n".join(
        f"{visit.address} at {width} px {fault}"
        for width in WIDTHS
        for visit in visits[width]
        for fault in getattr(visit, part)
    )


def test_the_strict_policy_refuses_nothing(visits: dict[int, list[Visit]]) -> None:
    """With the policy as a real header every page opens with its styles, in silence."""
    assert not (found := wrong(visits, "answer")), found


def answer_faults(window: Window, response: Response | None) -> list[str]:
    """What is wrong with how the page that is open came."""
    assert response
    assert response.header_value("content-security-policy")
    found: list[str] = window.evaluate("look.refused()")
    found += [] if response.status == 200 else [f"answers {response.status}"]
    return found + ([] if window.evaluate("document.styleSheets.length") == 1 else ["has no styles"])


def test_rule_33_nothing_is_stored_and_nobody_else_is_asked(visits: dict[int, list[Visit]], visitor: Visitor) -> None:
    """Zero cookies, zero storage, zero requests to others."""
    assert not (found := wrong(visits, "stored")), found
    asked = [(visit.address, url) for width in WIDTHS for visit in visits[width] for url in visit.asked]
    assert {address for address, _ in asked} == {visit.address for visit in visits[WIDTHS[0]]}
    assert [one for one in asked if not one[1].startswith((visitor.address, "data:"))] == []


def test_rule_38_a_page_is_light_and_stands_still(visits: dict[int, list[Visit]]) -> None:
    """At most 8 requests without pictures, no layout shift, pictures with their size, lazy below the first screen."""
    assert not (found := wrong(visits, "weight")), found


def weight_faults(window: Window, asked: list[Request]) -> list[str]:
    """What makes the page that is open heavy or restless; `asked` is what it has asked for."""
    pictures = window.evaluate("look.pictures()")
    to_the_end(window)
    # what an example of a piece asks for in its frame is that piece's
    own = [request for request in asked if request.frame == window.main_frame]
    light = [request.url for request in own if request.resource_type != "image"]
    wrong = [f"asks for {light}"] if len(light) > MOST_REQUESTS else []
    moved = shift_faults(window, STILL)
    # where the parser paused on a busy machine, a word moves once; what moves again is the page's own
    if moved and not shift_faults(window, MOSTLY_STILL):
        window.reload()
        to_the_end(window)
        moved = shift_faults(window, STILL)
    wrong += moved
    wrong += [f"{picture['name']} has no width and height" for picture in pictures if not picture["sized"]]
    late = [picture["name"] for picture in pictures if picture["top"] > 800 and not picture["lazy"]]
    return wrong + [f"{name} is below the first screen and not lazy" for name in late]


def shift_faults(window: Window, bound: float) -> list[str]:
    """What has moved on the page that is open, if all of it together is more than a bound (Cumulative Layout Shift)."""
    shifts = window.evaluate("look.shifts()")
    shift = sum(one["by"] for one in shifts)
    return [f"shifts by {shift:.4f}: " + "; ".join(one["what"] for one in shifts)] if shift > bound else []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["lv", "en"])
def test_rule_38_a_page_that_comes_slowly_stands_still(
    language: str, width: int, real_output: Path, visitor: Visitor
) -> None:
    """Wherever in its first screen a page is cut, the rest hardly moves what is already there."""
    address = {"lv": "/lv/", "en": "/en/results/"}[language]
    with visitor.window(width) as window:
        window.goto(address)
        places = cuts((real_output / address[1:] / "index.html").read_bytes())
        found = [f"{address} cut at {cut} {one}" for cut in places for one in cut_faults(window, address, cut)]
    assert not found, "\n".join(found)


def cuts(html: bytes) -> list[int]:
    """Places behind tags, up to where the main part has begun: all of them, or a few."""
    start, end = html.index(b"<body"), html.index(b"<main") + 3000
    all_of_them = [start + tag.end() for tag in re.finditer(rb">", html[start:end])]
    return all_of_them if PROVE else all_of_them[3::12]


def cut_faults(window: Window, address: str, cut: int) -> list[str]:
    """What moves when a page comes in two parts."""
    window.goto(f"{address}?cut={cut}")
    settle(window)
    return shift_faults(window, MOSTLY_STILL)


def test_nothing_is_lost_without_script(pages: list[Page], visits: dict[int, list[Visit]], visitor: Visitor) -> None:
    """The words of every page are the same with and without script, less the controls that need it."""
    without = {address: words(window) for address, window in visitor.tour(pages, WIDTHS[0], java_script_enabled=False)}
    assert {visit.address: visit.words for visit in visits[WIDTHS[0]]} == without
    assert all(without.values())


def words(window: Window) -> str:
    """The words that a reader sees on a page."""
    text = window.evaluate(
        "added => { for (const one of document.querySelectorAll(added)) one.remove(); return document.body.innerText }",
        ADDED_BY_SCRIPT,
    )
    return " ".join(str(text).split())


def to_the_end(window: Window) -> None:
    """Read down to the end, so that what is loaded late is loaded, and wait until it is painted."""
    window.evaluate(
        "async () => { for (let y = 0; y < document.body.scrollHeight; y += 2 * innerHeight) { scrollTo(0, y);"
        " await new Promise(requestAnimationFrame) }"
        " }"
    )
    settle(window)
    window.wait_for_function("[...document.images].every(image => image.complete)")


def settle(window: Window) -> None:
    """Wait until what has come is painted."""
    window.evaluate(
        "async () => { for (let frame = 0; frame < 4; frame += 1) await new Promise(requestAnimationFrame) }"
    )
