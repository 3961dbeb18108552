"""Pieces in a browser, alone and in pages of other sites on another port: at three widths, with script and without."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any, Literal

import pytest
from conftest import PROJECT
from hosts import SECRET, host_page, hosting, wordpress_result
from playwright.sync_api import Frame, Route
from playwright.sync_api import Page as Window
from served import Visitor
from test_browser_axe import AXE, violations
from test_browser_layout import faults

pytestmark = pytest.mark.browser
BASE = "https://kurzeme-visiem.example"
WIDTHS = (320, 768, 1280)
# The column of WordPress's own theme on a phone of 320 px.
COLUMN = 272
LANGUAGES = ("lv", "en")
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
# One of each kind, and those whose texts are long.
PIECES = {
    "lv": (
        "jaunumi/", "jaunumi/kategorija/buvdarbi/", "pakalpojumi/sociala-rehabilitacija/jaunumi/",
        "jaunumi/2023/grupu-dzivokli/", "vietas/teodora-breiksa-iela-16-20/", "pakalpojumi/sociala-rehabilitacija/",
        "rezultati/", "fact/services-spent/", "fact/children-respite/", "chart/spending/", "chart/timeline/",
        "partneri/", "laika-linija/",
    ),
    "en": (
        "news/", "news/category/construction/", "services/social-rehabilitation/news/",
        "news/2023/group-apartments-open/", "facilities/teodora-breiksa-iela-16-20/",
        "services/social-rehabilitation/", "results/", "fact/services-spent/", "fact/children-respite/",
        "chart/spending/", "chart/timeline/", "partners/", "timeline/",
    ),
}  # fmt: skip
ANSWERS = {
    "lv": (
        "jaunumi",
        "jaunumi/2023/grupu-dzivokli",
        "vietas/teodora-breiksa-iela-16-20",
        "rezultati",
        "partneri",
        "laika-linija",
    ),
    "en": (
        "news",
        "news/2023/group-apartments-open",
        "facilities/teodora-breiksa-iela-16-20",
        "results",
        "partners",
        "timeline",
    ),
}
SCROLLS = """() => {
  const root = document.scrollingElement;
  return [root.scrollHeight - innerHeight, root.scrollWidth - innerWidth];
}"""


@dataclass(frozen=True)
class Host:
    """Another site: its address and the pages that it answers with."""

    address: str
    pages: dict[str, str]


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    pages: dict[str, str] = {}
    with hosting(pages) as address:
        yield Host(address, pages)


def ours(code: str, visitor: Visitor) -> str:
    """A code whose addresses lead to the served site."""
    return code.replace(BASE, visitor.address)


def snippet(name: str, visitor: Visitor) -> str:
    return ours((PROJECT / "tests/embeds" / f"{name}.html").read_text("utf-8"), visitor)


def with_data(window: Window, visitor: Visitor) -> None:
    """The data of the host script names whole addresses, which lead to the served site here."""

    def answer(route: Route) -> None:
        reply = route.fetch()
        route.fulfill(response=reply, body=ours(reply.text(), visitor))

    window.route("**/embed/v1/**/*.json", answer)


def noise(window: Window) -> list[str]:
    """What the console of a window says from now on; the icon that browsers ask every site for is none of ours."""
    said: list[str] = []
    window.on("console", lambda message: said.append(f"{message.text} {message.location['url']}"))
    window.on("pageerror", lambda error: said.append(str(error)))
    return said


def loud(said: list[str]) -> list[str]:
    return [one for one in said if "favicon" not in one]


def frames(window: Window) -> list[Frame]:
    """The pieces in a page, once each has loaded."""
    window.wait_for_load_state("networkidle")
    return window.main_frame.child_frames


def scrolling(window: Window) -> list[str]:
    """Pieces of which a part has to be scrolled to, and a page that scrolls sideways."""
    found = []
    for frame in frames(window):
        down, across = frame.evaluate(SCROLLS)
        found += [f"{frame.url} scrolls by {down} and {across} px"] if max(down, across) > 0 else []
    across = window.evaluate("document.scrollingElement.scrollWidth - innerWidth")
    return found + ([f"the page scrolls sideways by {across} px"] if across > 0 else [])


# Alone ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_pieces_are_sound_at_every_width_and_in_every_scheme(language: str, visitor: Visitor) -> None:
    """axe-core finds nothing, light and dark; no text is lost or laid over another; nothing is stored or refused."""
    found = []
    with visitor.window() as window:
        said = noise(window)
        for address in PIECES[language]:
            window.goto(f"/embed/{language}/{address}")
            window.evaluate(AXE)
            for width in WIDTHS:
                window.set_viewport_size({"width": width, "height": 600})
                found += [f"{address} at {width} px: {fault}" for fault in faults(window)]
            for scheme in SCHEMES:
                window.emulate_media(color_scheme=scheme)
                found += [f"{address}, {scheme}: {one}" for one in violations(window)]
            window.emulate_media(color_scheme="light")
            found += [
                f"{address}: {one}" for one in (*window.evaluate("look.stored()"), *window.evaluate("look.refused()"))
            ]
    assert not found, "\n".join(found)
    assert loud(said) == []


def test_a_list_shows_as_many_items_as_its_address_says(visitor: Visitor) -> None:
    """Three to ten behind the #, five without, by the style alone."""
    with visitor.window(java_script_enabled=False) as window:
        for mark, count in (
            ("", 5),
            ("#n3", 3),
            ("#n4", 4),
            ("#n6", 6),
            ("#n10", 10),
            ("#n99", 5),
            (f"#?secret={SECRET}", 5),
        ):
            window.goto("about:blank")
            window.goto(f"/embed/lv/jaunumi/{mark}")
            assert window.locator(".items li:visible").count() == count, mark


def test_a_piece_prints_whole_and_light(visitor: Visitor) -> None:
    """On paper the ground is white in the dark scheme too, and the emblem is there."""
    with visitor.window(color_scheme="dark") as window:
        window.goto("/embed/en/news/")
        window.emulate_media(media="print")
        assert window.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert window.locator("[data-eu-emblem]").is_visible()


# In WordPress ---------------------------------------------------------------------------------------------------


def wordpress_page(visitor: Visitor, output: Path, language: str) -> str:
    answers = [json.loads((output / f"oembed/{language}/{name}.json").read_text("utf-8")) for name in ANSWERS[language]]
    return host_page(language, *(wordpress_result(ours(answer["html"], visitor)) for answer in answers))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_wordpress_shows_whole_pieces(
    language: str, scheme: Any, visitor: Visitor, host: Host, real_output: Path
) -> None:
    """In its sandbox, at every width: no inner scrollbars, nothing said on the console, nothing left hidden; axe 0."""
    host.pages["/"] = wordpress_page(visitor, real_output, language)
    found = []
    for width in (COLUMN, *WIDTHS):
        with visitor.window(width, color_scheme=scheme) as window:
            said = noise(window)
            window.goto(host.address)
            window.wait_for_function(f"new Set(told.map(one => one.value)).size >= {len(ANSWERS[language])}")
            found += [f"{width} px: {one}" for one in scrolling(window)]
            assert window.locator("iframe:visible").count() == len(ANSWERS[language])
            assert window.locator("blockquote:visible").count() == 0
            assert {one["message"] for one in window.evaluate("told")} == {"height"}
            assert loud(said) == []
            if width in (COLUMN, WIDTHS[-1]):
                window.evaluate(AXE)
                found += [f"{width} px: {one}" for one in violations(window)]
    assert not found, "\n".join(found)


def test_wordpress_without_script_shows_the_quotation(visitor: Visitor, host: Host, real_output: Path) -> None:
    """The link to the page is seen, the frame is not."""
    host.pages["/"] = wordpress_page(visitor, real_output, "lv")
    with visitor.window(java_script_enabled=False) as window:
        window.goto(host.address)
        assert window.locator("blockquote:visible a").count() == len(ANSWERS["lv"])
        assert window.locator("iframe:visible").count() == 0


def test_links_of_a_piece_open_where_wordpress_lets_them(visitor: Visitor, host: Host, real_output: Path) -> None:
    """A click in the sandboxed frame becomes a message with a whole address, which WordPress follows to our host."""
    host.pages["/"] = wordpress_page(visitor, real_output, "lv")
    with visitor.window() as window:
        said = noise(window)
        window.goto(host.address)
        window.wait_for_function("told.length > 4")
        piece = next(frame for frame in frames(window) if "grupu-dzivokli" in frame.url)
        piece.click("h1 a")
        window.wait_for_url(f"{visitor.address}/lv/jaunumi/2023/grupu-dzivokli/")
        assert loud(said) == []


def test_a_piece_answers_its_host_alone(visitor: Visitor, host: Host, real_output: Path) -> None:
    """`ready` with the right secret is answered with the height, any other is not."""
    host.pages["/"] = wordpress_page(visitor, real_output, "en")
    with visitor.window() as window:
        window.goto(host.address)
        window.wait_for_function("told.length > 4")
        frames(window)
        ask = "secret => { told.length = 0; frames[0].postMessage({message: 'ready', secret}, '*'); }"
        window.evaluate(ask, SECRET)
        window.wait_for_function("told.length == 1 && told[0].message == 'height'")
        window.evaluate(ask, "wrong00000")
        window.wait_for_timeout(200)
        assert window.evaluate("told.length") == 0


# Other sites ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_frames_of_fixed_height_need_no_scrolling(
    language: str, visitor: Visitor, host: Host, html: dict[str, str]
) -> None:
    """The codes as the pages tell them, without script: one of each kind at every width."""
    codes = "".join(page for path, page in html.items() if path.startswith(("lv/iegult/", "en/embed/")))
    told = dict(re.findall(rf"&lt;iframe src=&#34;{BASE}/embed/([^&#]+)&#34;.*?height=&#34;(\d+)&#34;", codes))
    parts = [
        f'<iframe src="{visitor.address}/embed/{language}/{address}" title="{address}" width="100%"'
        f' height="{told[f"{language}/{address}"]}" style="border:0"></iframe>'
        for address in PIECES[language]
        if f"{language}/{address}" in told
    ]
    assert len(parts) >= len(PIECES[language]) - 1
    host.pages["/"] = host_page(language, *parts)
    found = []
    for script in (True, False):
        for width in (COLUMN, *WIDTHS):
            with visitor.window(width, java_script_enabled=script) as window:
                window.goto(host.address)
                found += [f"{width} px: {one}" for one in scrolling(window)]
    assert not found, "\n".join(found)


NAMES = ("link", "frame", "script", "element", "element.service")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_works_as_it_was_told(language: str, script: bool, visitor: Visitor, host: Host) -> None:
    """All of tests/embeds/ in one page, at three widths: whole, accessible, silent; without script the links stay."""
    host.pages["/"] = host_page(language, *(snippet(f"{name}.{language}", visitor) for name in NAMES))
    found = []
    for width in WIDTHS:
        with visitor.window(width, java_script_enabled=script) as window:
            said = noise(window)
            with_data(window, visitor)
            window.goto(host.address)
            if script:
                window.wait_for_selector("project-news >> nth=1 >> li")
            found += [f"{width} px: {one}" for one in scrolling(window)]
            shown = [window.locator(f"project-news >> nth={index} >> li:visible").count() for index in (0, 1)]
            assert (shown[0], 1 <= shown[1] <= 5) == (3, True) if script else shown == [0, 0]
            assert window.locator("project-news > a:visible").count() == 2
            assert loud(said) == []
            # axe-core asks frames of other origins too, which browsers remark on
            if script and width == 320:
                window.evaluate(AXE)
                found += violations(window)
    assert not found, "\n".join(found)


def test_the_host_script_follows_the_content(visitor: Visitor, host: Host) -> None:
    """The frame takes the height of its piece, another when the column narrows; other frames are left alone."""
    frame = snippet("frame.lv", visitor)
    sandboxed = frame.replace("<iframe ", '<iframe sandbox="allow-scripts" ')
    plain = frame.replace(" data-project-embed", "")
    host.pages["/"] = host_page("lv", frame, snippet("script.lv", visitor), sandboxed, plain)
    heights = "[...document.querySelectorAll('iframe')].map(one => one.offsetHeight)"
    # so high that browsers let no frame rest
    with visitor.window(1280, 4000) as window:
        window.goto(host.address)
        window.wait_for_function(f"{heights}.slice(0, 3).every(one => one < 600)")
        wide = window.evaluate(heights)
        assert len(set(wide[:3])) == 1
        assert wide[3] == 700
        window.set_viewport_size({"width": 320, "height": 4000})
        window.wait_for_function(f"new Set({heights}.slice(0, 3)).size == 1 && {heights}[0] > {wide[0]}")
        assert scrolling(window) == []


# What a hostile or broken piece could say; each must change nothing.
LIES = [
    "{projectEmbed: 1, height: NaN}", "{projectEmbed: 1, height: '500'}", "{projectEmbed: 1, height: -500}",
    "{projectEmbed: 1, height: 99}", "{projectEmbed: 1, height: 4001}", "{projectEmbed: 1, height: Infinity}",
    "{projectEmbed: 1, height: [500]}", "{projectEmbed: 1, height: {valueOf: null}}", "{projectEmbed: 2, height: 500}",
    "{height: 500}", "null", "'500'", "500", "{projectEmbed: 1}",
]  # fmt: skip
HEIGHT = "document.querySelector('iframe').offsetHeight"


def settled(window: Window, visitor: Visitor) -> int:
    """The height of the first frame once its piece has told it."""
    frames(window)
    window.wait_for_function(f"{HEIGHT} != 700")
    window.wait_for_timeout(150)
    height: int = window.evaluate(HEIGHT)
    return height


def test_the_host_script_believes_only_heights_from_the_frame_itself(visitor: Visitor, host: Host) -> None:
    """No number, out of range, from another window, the page itself, a frame of another site: nothing moves.

    Two strangers are in the page, one with an origin of its own as a sandbox gives it, and a second piece of ours.
    """
    stranger = f'<iframe src="{host.address}/stranger" title="Other" height="444" data-project-embed></iframe>'
    alone = stranger.replace("<iframe", '<iframe sandbox="allow-scripts"')
    second = snippet("frame.lv", visitor).replace(" data-project-embed", "")
    sandboxed = snippet("frame.en", visitor).replace("<iframe", '<iframe sandbox="allow-scripts"')
    host.pages["/stranger"] = "<!doctype html><title>Other</title>"
    host.pages["/"] = host_page("lv", snippet("script.lv", visitor), stranger, alone, second, sandboxed)
    heights = "[...document.querySelectorAll('iframe')].map(one => one.offsetHeight)"
    # so high that no frame is lazy
    with visitor.window(1280, 4000) as window:
        window.goto(host.address)
        window.wait_for_function(f"{heights}[0] != 700 && {heights}[4] != 700")
        window.wait_for_timeout(200)
        before = window.evaluate(heights)
        piece, *others = frames(window)
        for lie in LIES:
            piece.evaluate(f"parent.postMessage({lie}, '*')")
            window.wait_for_timeout(100)
            assert window.evaluate(heights) == before, lie
        for speaker in (*others[:3], window.main_frame):
            speaker.evaluate("parent.postMessage({projectEmbed: 1, height: 500}, '*')")
        window.wait_for_timeout(300)
        assert window.evaluate(heights) == before
        piece.evaluate("parent.postMessage({projectEmbed: 1, height: 500}, '*')")
        window.wait_for_function(f"{HEIGHT} == 500")


def test_a_flood_of_messages_changes_the_page_seldom(visitor: Visitor, host: Host) -> None:
    """A thousand heights at once are a few changes, and the last is the one that holds."""
    host.pages["/"] = host_page("lv", snippet("script.lv", visitor))
    count = (
        "window.changes = 0; new MutationObserver(all => { changes += all.length; })"
        ".observe(document.querySelector('iframe'), {attributes: true})"
    )
    with visitor.window() as window:
        window.goto(host.address)
        settled(window, visitor)
        window.evaluate(count)
        frames(window)[0].evaluate(
            "for (let i = 0; i <= 1000; i++) parent.postMessage({projectEmbed: 1, height: 200 + i}, '*')"
        )
        window.wait_for_function(f"{HEIGHT} == 1200")
        assert window.evaluate("changes") <= 20


def test_the_host_script_twice_is_the_script_once(visitor: Visitor, host: Host) -> None:
    """A second line, or a page that has the name already as an id, does no harm; there is one global name."""
    twice = snippet("script.lv", visitor) + snippet("element.lv", visitor)
    host.pages["/"] = host_page("lv", '<p id="projectEmbed">id</p>', twice, twice)
    host.pages["/bare"] = host_page("lv", "")
    names = "Object.getOwnPropertyNames(window)"
    counted = """(() => {
      const add = window.addEventListener;
      let listeners = 0;
      window.addEventListener = (name, ...rest) => {
        listeners += name === "message";
        document.documentElement.dataset.listeners = listeners;
        return add.call(window, name, ...rest);
      };
    })()"""
    with visitor.window() as window:
        window.add_init_script(counted)
        window.goto(f"{host.address}/bare")
        bare = set(window.evaluate(names))
        said = noise(window)
        with_data(window, visitor)
        window.goto(host.address)
        window.wait_for_selector("project-news >> nth=1 >> li")
        settled(window, visitor)
        assert {name for name in window.evaluate(names) if name not in bare and not name.isdigit()} == {"projectEmbed"}
        assert [window.locator(f"project-news >> nth={index} >> li").count() for index in (0, 1)] == [3, 3]
        assert window.evaluate("document.documentElement.dataset.listeners") == "1"
        assert loud(said) == []


BAD = {
    "no script": ("**/v1.js", lambda route: route.abort()),
    "script not found": ("**/v1.js", lambda route: route.fulfill(status=404)),
    "data not found": ("**/v1/**", lambda route: route.fulfill(status=404)),
    "data blocked": ("**/v1/**", lambda route: route.abort()),
    "no JSON": ("**/v1/**", lambda route: _answer(route, "<p>no</p>")),
    "other JSON": ("**/v1/**", lambda route: _answer(route, '{"items": {"length": 3}}')),
    "no items": ("**/v1/**", lambda route: _answer(route, '{"items": [null, {}, {"title": 1, "url": 2}]}')),
    "foreign items": ("**/v1/**", lambda route: _answer(route, '{"items": [{"title": "x", "url": "javascript:1"}]}')),
}


def _answer(route: Route, body: str) -> None:
    route.fulfill(body=body, content_type="application/json", headers={"Access-Control-Allow-Origin": "*"})


@pytest.mark.parametrize("how", BAD)
def test_when_anything_fails_what_was_there_stays(how: str, visitor: Visitor, host: Host) -> None:
    """The link in the element and the frame with its height."""
    host.pages["/"] = host_page("lv", snippet("element.lv", visitor), snippet("frame.lv", visitor))
    with visitor.window() as window:
        errors: list[str] = []
        window.on("pageerror", lambda error: errors.append(str(error)))
        window.route(*BAD[how])
        window.goto(host.address)
        frames(window)
        assert window.locator("project-news > a").is_visible()
        assert window.locator("project-news >> li").count() == 0
        assert window.locator("iframe").is_visible()
        assert errors == []


def test_fields_that_are_missing_or_unknown_do_no_harm(visitor: Visitor, host: Host) -> None:
    """An answer of another day with less and more in it, and attributes that nobody knows; markup stays text."""
    items = [
        {"title": "<b>one</b>", "url": f"{visitor.address}/lv/"},
        {"title": "two", "url": f"{visitor.address}/lv/", "more": {}},
    ]
    body = json.dumps({"items": items, "news": 1})
    code = snippet("element.lv", visitor).replace("<project-news", '<project-news heading="9" what="x"')
    host.pages["/"] = host_page("lv", code)
    with visitor.window() as window:
        window.route("**/v1/**", lambda route: _answer(route, body))
        window.goto(host.address)
        window.wait_for_selector("project-news >> li")
        assert window.locator("project-news >> li a").all_inner_texts() == ["<b>one</b>", "two"]


# The page for those who embed -----------------------------------------------------------------------------------


def test_the_chooser_gives_the_codes_that_the_pages_tell(visitor: Visitor, html: dict[str, str]) -> None:
    """A choice of language, section, piece, number and way changes code and example, and says so."""
    with visitor.window(permissions=["clipboard-read", "clipboard-write"]) as window:
        said = noise(window)
        window.goto("/lv/iegult/")
        window.wait_for_selector("form.chooser:visible")
        chooser = window.locator("[data-embed-chooser]")
        code = chooser.locator("code")
        window.select_option("#part-language", "en")
        window.wait_for_selector("#part-section option:text-is('News')", state="attached")
        window.select_option("#part-count", "8")
        window.wait_for_selector("iframe[src$='/embed/en/news/#n8']")
        window.select_option("#part-section", label="Facilities")
        window.wait_for_selector("iframe[src$='16-20/']")
        shown = code.inner_text()
        told = re.findall(r"<code>(.*?)</code>", html["en/embed/facilities/index.html"], re.DOTALL)
        assert shown in [unescape(one) for one in told]
        assert not window.locator("#part-count").is_visible()
        window.select_option("#part-way", "script")
        assert "/embed/v1.js" in code.inner_text()
        chooser.locator("[data-copy]").click()
        window.wait_for_selector("[data-embed-chooser] [data-copy-status]:text-is('Kods ir nokopēts.')")
        assert window.evaluate("navigator.clipboard.readText()") == code.inner_text()
        assert loud(said) == []


def test_without_script_the_codes_can_be_selected(visitor: Visitor) -> None:
    """One click selects a whole code; no control is shown that would do nothing."""
    with visitor.window(java_script_enabled=False) as window:
        window.goto("/en/embed/")
        assert window.locator("button:visible, select:visible").count() == 0
        assert window.evaluate("getComputedStyle(document.querySelector('.code')).userSelect") == "all"
        window.goto("/en/embed/facilities/")
        window.click("summary")
        assert window.locator(".code:visible").count() == 2
