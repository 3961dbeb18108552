"""What a page asks for and keeps: little, from here alone, nothing stored, nothing that the strict policy refuses."""

import pytest
from page_types import Page
from playwright.sync_api import Page as Window
from playwright.sync_api import Request
from served import Visitor

pytestmark = pytest.mark.browser
MOST_REQUESTS = 8
# what script may add to a page: controls that need it, and what they say
ADDED_BY_SCRIPT = "button, [role=status], [role=search], noscript"


def test_the_strict_policy_refuses_nothing(pages: list[Page], visitor: Visitor) -> None:
    """With the policy as a real header every page opens with its styles, in silence."""
    wrong: list[str] = []
    with visitor.window() as window:
        window.on("console", lambda message: wrong.append(f"{window.url} {message.text}"))
        window.on("pageerror", lambda error: wrong.append(f"{window.url} {error}"))
        for page in pages:
            response = window.goto(page.address)
            assert response
            assert response.header_value("content-security-policy")
            wrong += [f"{page.address} {one}" for one in window.evaluate("look.refused()")]
            wrong += [] if response.status == 200 else [f"{page.address} answers {response.status}"]
            wrong += [] if window.evaluate("document.styleSheets.length") == 1 else [f"{page.address} has no styles"]
    assert not wrong, "\n".join(wrong)


def test_rule_33_nothing_is_stored_and_nobody_else_is_asked(pages: list[Page], visitor: Visitor) -> None:
    """Zero cookies, zero storage, zero requests to others."""
    asked: list[str] = []
    wrong = []
    with visitor.window() as window:
        window.on("request", lambda request: asked.append(request.url))
        for page in pages:
            window.goto(page.address)
            to_the_end(window)
            wrong += [f"{page.address} stores {one}" for one in window.evaluate("look.stored()")]
        wrong += [f"a cookie {cookie}" for cookie in window.context.cookies()]
    wrong += [f"asks for {url}" for url in asked if not url.startswith((visitor.address, "data:"))]
    assert len(asked) >= len(pages)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("width", [390, 1280])
def test_rule_38_a_page_is_light_and_stands_still(width: int, pages: list[Page], visitor: Visitor) -> None:
    """At most 8 requests without pictures, no layout shift, pictures with their size, lazy below the first screen."""
    asked: list[Request] = []
    wrong = []
    with visitor.window(width) as window:
        window.on("request", lambda request: asked.append(request))
        for page in pages:
            asked.clear()
            window.goto(page.address)
            wrong += [f"{page.address} {fault}" for fault in weight_faults(window, asked)]
    assert not wrong, "\n".join(wrong)


def weight_faults(window: Window, asked: list[Request]) -> list[str]:
    """What makes the page that is open heavy or restless; `asked` is what it has asked for."""
    pictures = window.evaluate("look.pictures()")
    to_the_end(window)
    light = [request.url for request in asked if request.resource_type != "image"]
    shift = window.evaluate("look.shift()")
    wrong = [f"asks for {light}"] if len(light) > MOST_REQUESTS else []
    # less than a thousandth is a pixel that a busy machine drew late, and nothing that a reader sees
    wrong += [f"shifts by {shift}"] if shift > 0.001 else []
    wrong += [f"{picture['name']} has no width and height" for picture in pictures if not picture["sized"]]
    late = [picture["name"] for picture in pictures if picture["top"] > 800 and not picture["lazy"]]
    return wrong + [f"{name} is below the first screen and not lazy" for name in late]


def test_nothing_is_lost_without_script(pages: list[Page], visitor: Visitor) -> None:
    """The words of every page are the same with and without script, less the controls that need it."""
    texts = [
        {address: words(window) for address, window in visitor.tour(pages, java_script_enabled=script)}
        for script in (True, False)
    ]
    assert texts[0] == texts[1]
    assert all(texts[0].values())


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
        " for (let frame = 0; frame < 4; frame += 1) await new Promise(requestAnimationFrame) }"
    )
    window.wait_for_function("[...document.images].every(image => image.complete)")
