"""Long proof: our pieces, oEmbed answers and feeds in Debian's WordPress, used as an author and an administrator do."""

import datetime
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from conftest import PROJECT, TODAY
from faults import did_not_run
from playwright.sync_api import Browser, ConsoleMessage, Frame, Locator, expect
from playwright.sync_api import Page as Window
from reading import LANGUAGES, pages
from served import chromium, served
from test_browser_axe import AXE, OPTIONS
from wordpress import WordPress, refused, wordpress

from site_builder.build import build
from site_builder.config import Options

pytestmark = [pytest.mark.prove, pytest.mark.browser, pytest.mark.timeout(900)]

WIDTHS = (320, 768, 1280)
SCHEMES = ("light", "dark")
# js/wp-embed.js shows a frame no lower and no higher.
LOWEST, HIGHEST = 200, 1000
# Kinds of pieces that a page's address brings, with one page each, in both languages.
PIECES: Mapping[str, Mapping[str, str]] = {
    "news item": {"lv": "/lv/jaunumi/2023/projekta-rezultati/", "en": "/en/news/2023/project-results/"},
    "facility": {"lv": "/lv/vietas/teodora-breiksa-iela-16-20/", "en": "/en/facilities/teodora-breiksa-iela-16-20/"},
    "service": {"lv": "/lv/pakalpojumi/grupu-dzivokli/", "en": "/en/services/group-apartments/"},
    "results": {"lv": "/lv/rezultati/", "en": "/en/results/"},
    "partners": {"lv": "/lv/partneri/", "en": "/en/partners/"},
    "timeline": {"lv": "/lv/laika-linija/", "en": "/en/timeline/"},
    "news": {"lv": "/lv/jaunumi/", "en": "/en/news/"},
}
EMBED_BLOCK = (
    '<!-- wp:embed {{"url":"{0}","type":"wp-embed","providerNameSlug":"kurzeme-visiem"}} -->\n'
    '<figure class="wp-block-embed is-type-wp-embed"><div class="wp-block-embed__wrapper">\n{0}\n</div></figure>\n'
    "<!-- /wp:embed -->"
)
# The address alone on a line, as in the classic editor, and the block that the block editor makes of it.
FORMS = {"line": "Pirms.\n\n{0}\n\nPēc.", "block": EMBED_BLOCK}


@dataclass(frozen=True, slots=True)
class Site:
    """The real site, built for the very address it is served at."""

    address: str
    output: Path

    def read(self, path: str) -> str:
        return (self.output / path.lstrip("/")).read_text("utf-8")

    def answer(self, address: str) -> Any:
        """The oEmbed answer of a page."""
        return json.loads(self.read(f"/oembed{address.rstrip('/')}.json"))

    def embeddable(self) -> list[str]:
        """The address of every page that names an oEmbed answer."""
        found = [path for path, html in pages(self.output) if "application/json+oembed" in html]
        return [f"/{path.removesuffix('index.html')}" for path in found]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The real site on loopback."""
    output = tmp_path_factory.mktemp("wordpress") / "public"
    output.mkdir()
    with served(output) as address:
        options = Options(base_url=f"{address}/", today=datetime.date.fromisoformat(TODAY))
        built, _ = build(PROJECT, output, options)
        assert built.publishable
        yield Site(address, output)


@pytest.fixture(scope="module")
def host(site: Site) -> Iterator[WordPress]:
    """A fresh WordPress on loopback that may ask the site."""
    if reason := refused():
        did_not_run(reason)
    with wordpress(site.address) as running:
        print(f"\nWordPress {running.version}")
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


# What WordPress keeps ----------------------------------------------------------------------------------------


FRAME = '<iframe src="https://other.example/e/" width="600" height="300"></iframe>'
LINK = '<a href="https://other.example/">Words</a>'


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (f"<blockquote>{LINK} – Site</blockquote>{FRAME}", f"blockquote({LINK} – Site) iframe"),
        (f' <blockquote class="a">{LINK}</blockquote>{FRAME}', "iframe"),
        (f"<p>x</p><blockquote>{LINK}</blockquote>{FRAME}", "iframe"),
        (f"{FRAME}<blockquote>{LINK}</blockquote>", "iframe"),
        (f"<blockquote><p>A</p><p>B <b>C</b></p></blockquote>{FRAME}", "blockquote(AB C) iframe"),
        (f"<blockquote>{LINK}</blockquote>{FRAME.replace('></', '>words</')}", ""),
        (f'<blockquote>{LINK}</blockquote><script src="https://other.example/e.js"></script>', ""),
        (f"<blockquote>{LINK}</blockquote><script>alert(1)</script>{FRAME}", f"blockquote({LINK}) iframe"),
    ],
    ids=["good", "space-first", "words-first", "frame-first", "tags-inside", "words-in-frame", "script", "script-too"],
)
def test_the_host_cuts_answers_of_unknown_providers(host: WordPress, given: str, kept: str) -> None:
    """The filter that ours must survive is really at work here (embed.php, wp_filter_oembed_result)."""
    data = {"type": "rich", "html": given, "title": "Title"}
    encoded = json.dumps(json.dumps(data)).replace("$", "\\$")
    html = host.php(f"return _wp_oembed_get_object()->data2html(json_decode({encoded}), 'https://other.example/');")
    assert summary(html or "") == kept


def summary(html: str) -> str:
    """What is left of an oEmbed answer: its blockquote's inside, and whether there is a frame."""
    quoted = re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", html, re.DOTALL)
    left = re.sub(r"<blockquote.*?</blockquote>|<iframe[^>]*></iframe>", "", html, flags=re.DOTALL)
    parts = [f"blockquote({inside})" for inside in quoted] + ["iframe"] * html.count("<iframe") + [left.strip()]
    return " ".join(filter(None, parts))


def test_every_page_with_an_oembed_answer_can_be_pasted(host: WordPress, site: Site) -> None:
    """WordPress finds the answer of each page by the page's address, and keeps its blockquote and frame whole."""
    addresses = site.embeddable()
    wanted = ", ".join(json.dumps(site.address + address) for address in addresses)
    kept = host.php(f"return array_map(fn($url) => wp_oembed_get($url, ['width' => 650]), [{wanted}]);")
    found = [f"{address}: {fault}" for address, html in zip(addresses, kept, strict=True)
             for fault in answer_faults(site, address, html or "")]  # fmt: skip
    assert not found, "\n".join(found)
    assert {page for kind in PIECES.values() for page in kind.values()} <= set(addresses)
    print(f"\n{len(addresses)} pages with an oEmbed answer")


def answer_faults(site: Site, address: str, html: str) -> Iterator[str]:
    """What WordPress lost of the oEmbed answer of a page."""
    parts = re.fullmatch(r"<blockquote([^>]*)>(.*?)</blockquote><iframe([^>]*)></iframe>", html)
    if not parts:
        yield f"kept {html!r}"
        return
    told = re.fullmatch(r"<blockquote>(.*?)</blockquote><iframe[^>]*></iframe>", site.answer(address)["html"])
    assert told, address
    secret = re.search(r'data-secret="([a-zA-Z0-9]{10})"', parts[3])
    piece = f"{site.address}/embed{address}#?secret={secret and secret[1]}"
    if unescape(parts[2]) != unescape(told[1]):
        yield f"the words became {parts[2]!r}"
    if f'href="{site.address}{address}"' not in parts[2]:
        yield "the words have no link to the page"
    for part in (f'src="{piece}"', 'sandbox="allow-scripts"', 'class="wp-embedded-content"', 'title="', 'height="'):
        if part not in parts[3]:
            yield f"the frame has no {part}"


# A pasted address --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def posts(host: WordPress, site: Site) -> dict[tuple[str, str, str], str]:
    """The address of a post of an Author's for each kind of piece, language and way to paste a page's address."""
    return {
        (kind, language, form): host.publish("author", content.format(site.address + kinds[language]), kind)
        for kind, kinds in PIECES.items()
        for language in LANGUAGES
        for form, content in FORMS.items()
    }


@contextmanager
def opened(browser: Browser, width: int, said: list[str], **wishes: Any) -> Iterator[Window]:
    """A fresh window that notes what the pages complain of; the host has no icon of its own, which is its affair."""

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "favicon" not in message.location["url"]:
            said.append(f"console: {message.text}")

    with browser.new_context(viewport={"width": width, "height": 900}, **wishes) as context:
        window = context.new_page()
        window.on("console", note)
        window.on("pageerror", lambda error: said.append(str(error)))
        yield window


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_pasted_address_shows_the_piece(
    posts: dict[tuple[str, str, str], str], site: Site, browser: Browser, width: int, scheme: str
) -> None:
    """Each kind, language and way: a frame of the right height, nothing to scroll inside, no complaint, axe silent."""
    found: list[str] = []
    said: list[str] = []
    with opened(browser, width, said, color_scheme=scheme) as window:
        for name, post in posts.items():
            window.goto(post)
            said += frame_faults(window, site)
            found += [f"{' '.join(name)}: {fault}" for fault in said]
            said.clear()
    assert not found, "\n".join(found)
    print(f"\n{len(posts)} posts at {width} px, {scheme}")


def frame_faults(window: Window, site: Site) -> Iterator[str]:
    """What is wrong with the only piece of a post that is open."""
    box = window.locator("iframe.wp-embedded-content")
    try:
        expect(box).not_to_have_attribute("style", re.compile("."))
        window.wait_for_function("window.frames.length === 1")
    except AssertionError:
        yield "the frame is not shown"
        return
    yield from box_faults(window, box, piece_in(window, site))
    if window.locator("blockquote.wp-embedded-content").is_visible():
        yield "the blockquote is still there"


def piece_in(window: Window, site: Site) -> Frame:
    """The frame with a piece of ours."""
    frames = [frame for frame in window.frames if frame.url.startswith(f"{site.address}/embed/")]
    assert len(frames) == 1, [frame.url for frame in window.frames]
    return frames[0]


def box_faults(window: Window, box: Locator, piece: Frame) -> Iterator[str]:
    """What is wrong with a frame of ours in a page of the host's, wherever it came from."""
    settled = "document.documentElement.scrollHeight <= innerHeight"
    height = float(box.bounding_box()["height"])  # type: ignore[index]  # it is visible
    if not piece.evaluate(f"new Promise((done) => setTimeout(() => done({settled}), 300))"):
        yield f"scrolls inside: {piece.evaluate('document.documentElement.scrollHeight')} px in {height}"
    if piece.evaluate("document.documentElement.scrollWidth > innerWidth"):
        yield "scrolls sideways inside"
    if not LOWEST <= height <= HIGHEST:
        yield f"is {height} px high"
    if (wide := window.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0:
        yield f"makes the page {wide} px too wide"
    yield from (f"piece: {fault}" for fault in axe(piece))
    yield from (f"post: {fault}" for fault in axe(window.main_frame, ".entry-content"))


def axe(frame: Frame, within: str = "html") -> list[str]:
    """What axe-core objects to in a document or a part of it, frames inside it left out."""
    frame.evaluate(AXE)
    # `preload` would fetch the styles once more, which a frame without an origin may not
    options = OPTIONS | {"resultTypes": ["violations"], "iframes": False, "preload": False}
    if within != "html":
        options = options | {"rules": OPTIONS["rules"] | {"region": {"enabled": False}}}
    result = frame.evaluate(f"axe.run({json.dumps(within)}, {json.dumps(options)})")
    return [
        f"{one['id']}: {' '.join(map(str, node['target']))}" for one in result["violations"] for node in one["nodes"]
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_script_the_link_of_the_blockquote_remains(
    posts: dict[tuple[str, str, str], str], site: Site, browser: Browser, language: str
) -> None:
    """The words are there with a link that leads to the page; the frame, which nobody sized, is not seen."""
    for (kind, spoken, form), post in posts.items():
        if spoken != language:
            continue
        with opened(browser, 320, [], java_script_enabled=False) as window:
            window.goto(post)
            link = window.locator("blockquote.wp-embedded-content a")
            assert link.is_visible(), (kind, form)
            assert "clip" in str(window.locator("iframe").get_attribute("style"))
            link.click()
            assert window.url == f"{site.address}{PIECES[kind][language]}"


@pytest.mark.parametrize("way", ["click", "Enter"])
def test_links_of_a_piece_open_where_the_host_allows_it(
    posts: dict[tuple[str, str, str], str], site: Site, browser: Browser, way: str
) -> None:
    """A link to our own address takes the whole window there, by pointer and by keyboard."""
    for language in LANGUAGES:
        said: list[str] = []
        with opened(browser, 1280, said) as window:
            window.goto(posts["news item", language, "block"])
            link = window.frame_locator("iframe.wp-embedded-content").locator("h1 a")
            link.click() if way == "click" else link.press("Enter")
            window.wait_for_url(f"{site.address}{PIECES['news item'][language]}")
        assert not said


def test_the_host_follows_no_link_elsewhere(
    posts: dict[tuple[str, str, str], str], site: Site, browser: Browser
) -> None:
    """What no kit can change: in WordPress's frame a link to another host is dead, so no piece has one."""
    with opened(browser, 1280, []) as window:
        window.goto(post := posts["news item", "lv", "block"])
        box = window.locator("iframe.wp-embedded-content")
        expect(box).not_to_have_attribute("style", re.compile("."))
        secret, piece = box.get_attribute("data-secret"), piece_in(window, site)
        piece.locator("h1 a").focus()
        told = {"message": "link", "value": "https://other.example/", "secret": secret}
        piece.evaluate("(told) => parent.postMessage(told, '*')", told)
        window.wait_for_timeout(500)
        assert window.url == post
    addresses = {
        (path, address)
        for path, html in pages(site.output)
        if path.startswith("embed/")
        for address in re.findall(r'<a [^>]*href="([^"]*)"', html)
    }
    assert len(addresses) > len(PIECES)
    assert {(path, one) for path, one in addresses if not (one + "/").startswith(("/", f"{site.address}/"))} == set()
