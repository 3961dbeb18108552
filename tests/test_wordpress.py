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

import html5lib
import pytest
from babel.dates import get_month_names
from conftest import PROJECT, TODAY
from faults import did_not_run
from playwright.sync_api import Browser, ConsoleMessage, Frame, Locator, expect
from playwright.sync_api import Page as Window
from reading import LANGUAGES, NBSP, pages
from served import chromium, served
from test_browser_axe import AXE, OPTIONS
from wordpress import PASSWORD, WordPress, refused, wordpress

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
EMBEDS = PROJECT / "tests/embeds"
PUBLISHED_AT = "https://kurzeme-visiem.example"
# How many items the RSS block shows.
SHOWN = 10
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


# Pasted code -------------------------------------------------------------------------------------------------

HTML_BLOCK = "<!-- wp:html -->\n{0}\n<!-- /wp:html -->"
WAYS = {"text": "{0}", "block": HTML_BLOCK}


def snippets(site: Site, kind: str) -> dict[str, str]:
    """The documented snippets of a kind by name, for the site as it is served here."""
    found = {path.stem: path.read_text("utf-8").strip() for path in sorted(EMBEDS.glob(f"{kind}.*.html"))}
    assert found, kind
    return {name: text.replace(PUBLISHED_AT, site.address) for name, text in found.items()}


@pytest.mark.parametrize("way", WAYS)
def test_an_author_may_paste_the_link_card(host: WordPress, site: Site, browser: Browser, way: str) -> None:
    """WordPress keeps of it, for an Author too, every word, element, link and attribute; axe is silent."""
    for name, text in snippets(site, "link").items():
        post = host.publish("author", WAYS[way].format(text), name)
        assert shape(entry(host.page(post))) == shape(text), name
        said: list[str] = []
        with opened(browser, 320, said) as window:
            window.goto(post)
            said += axe(window.main_frame, ".entry-content")
        assert not said, name


def entry(page: str) -> str:
    """The text of a post as a reader gets it; of an empty one the theme prints not even the place."""
    found = re.search(r'entry-content[^>]*>(.*?)</div>\s*<div class="wp-block-template-part"', page, re.DOTALL)
    assert found or "entry-content" not in page, page
    return found[1] if found else ""


def shape(html: str) -> list[tuple[str, str, str, str]]:
    """The elements of a fragment with their attributes and words; WordPress may break lines where it likes."""
    tree = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    return [
        (str(one.tag), " ".join((one.text or "").split()), " ".join((one.tail or "").split()), str(sorted(one.items())))
        for one in tree.iter()
    ][1:]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", ["frame", "script", "element"])
def test_of_other_code_an_author_keeps_the_link(host: WordPress, site: Site, kind: str, way: str) -> None:
    """WordPress takes frames, scripts and unknown elements from whoever may not write what he likes: a link stays."""
    for name, text in snippets(site, kind).items():
        left = entry(host.page(host.publish("author", WAYS[way].format(text), name)))
        assert not re.search(r"<(iframe|script|project-news)", left), name
        assert re.search(rf'<a href="{site.address}/[^"]*"[^>]*>[^<]+</a>', left), f"{name}: nothing but {left!r}"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("width", WIDTHS)
def test_an_administrator_may_paste_a_frame(
    host: WordPress, site: Site, browser: Browser, width: int, way: str
) -> None:
    """A frame of fixed height, and one that our script makes as high as its content: nothing scrolls inside."""
    for kind in ("frame", "script"):
        for name, text in snippets(site, kind).items():
            said: list[str] = []
            with opened(browser, width, said) as window:
                window.goto(host.publish("admin", WAYS[way].format(text), name))
                box = window.locator("iframe")
                box.scroll_into_view_if_needed()
                box.wait_for()
                window.wait_for_function("window.frames.length === 1")
                window.wait_for_load_state("networkidle")
                said += box_faults(window, box, piece_in(window, site))
            assert not said, f"{name}: {said}"


@pytest.mark.parametrize("way", WAYS)
def test_an_administrator_may_paste_the_element(host: WordPress, site: Site, browser: Browser, way: str) -> None:
    """The element fills itself with the newest news; without script its link stays."""
    for name, text in snippets(site, "element").items():
        post = host.publish("admin", WAYS[way].format(text), name)
        count = int(str(re.search(r'count="(\d+)"', text)[1]))  # type: ignore[index]  # every documented one has it
        said: list[str] = []
        with opened(browser, 320, said) as window:
            window.goto(post)
            window.wait_for_function("document.querySelector('project-news').shadowRoot")
            items = window.locator("project-news li")
            expect(items.first).to_be_visible()
            assert 1 <= items.count() <= count, name
            said += axe(window.main_frame, ".entry-content")
        assert not said, f"{name}: {said}"
        with opened(browser, 320, [], java_script_enabled=False) as window:
            window.goto(post)
            assert window.locator("project-news a").is_visible(), name


# Feeds -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("feed", ["feed.xml", "rss.xml"])
def test_the_rss_block_shows_our_news(host: WordPress, site: Site, browser: Browser, feed: str, language: str) -> None:
    """An Author's RSS block: our titles, links, days and summaries in our order, every letter right, markup whole."""
    newest = json.loads(site.read(f"/{language}/feed.json"))["items"][:SHOWN]
    block = {"feedURL": f"{site.address}/{language}/{feed}", "itemsToShow": SHOWN, "displayDate": True}
    block |= {"displayExcerpt": True, "excerptLength": 100}
    post = host.publish("author", f"<!-- wp:rss {json.dumps(block)} /-->", feed)
    rows = re.findall(r"<li class='wp-block-rss__item'>(.*?)</li>", page := entry(host.page(post)), re.DOTALL)
    html5lib.HTMLParser(strict=True).parseFragment(page)
    assert [row_of(row) for row in rows] == [
        (item["url"], spaced(item["title"]), day_at_host(item["date_published"]), spaced(item["summary"]))
        for item in newest
    ]
    said: list[str] = []
    with opened(browser, 320, said) as window:
        window.goto(post)
        said += axe(window.main_frame, ".entry-content")
    assert not said


def row_of(row: str) -> tuple[str, str, str, str]:
    """Address, title, day and summary in a row of an RSS block."""
    parts = re.search(r"<a href='([^']*)'>(.*?)</a>.*<time[^>]*>(.*?)</time>.*excerpt\">(.*?)</div>", row, re.DOTALL)
    assert parts, row
    return unescape(parts[1]), spaced(unescape(parts[2])), parts[3], spaced(unescape(parts[4]))


def spaced(text: str) -> str:
    """WordPress makes some no-break spaces plain ones."""
    return text.replace(NBSP, " ")


def day_at_host(moment: str) -> str:
    """A day as this WordPress writes it: “novembris 22, 2026”."""
    day = datetime.date.fromisoformat(moment[:10])
    return f"{get_month_names('wide', 'stand-alone', 'lv')[day.month]} {day.day}, {day.year}"


# By hand -----------------------------------------------------------------------------------------------------


class Hand:
    """A person before WordPress's own pages; every step is counted as one would count it in a guide."""

    def __init__(self, window: Window, host: WordPress, user: str) -> None:
        self.window, self.steps = window, 0
        window.goto(f"{host.address}/wp-login.php")
        window.fill("#user_login", user)
        window.fill("#user_pass", PASSWORD)
        window.click("#wp-submit")
        window.locator("#menu-posts a").first.click()
        welcome = window.get_by_role("dialog", name="Welcome to the block editor")
        window.add_locator_handler(welcome, lambda shown: shown.get_by_role("button", name="Close dialog").click())

    def begins(self) -> None:
        """A new post with a title, and the place for its first block."""
        self.steps += 1
        self.window.locator(".page-title-action").click()
        self.window.get_by_role("textbox", name="Add title").click()
        self.window.keyboard.type("Kurzeme visiem")
        self.window.keyboard.press("Enter")

    def chooses(self, block: str) -> None:
        """A block by its name after a slash, which is the same in every language."""
        self.steps += 1
        self.window.keyboard.type(f"/{block}")
        self.window.locator(".components-autocomplete__result.is-selected").wait_for()
        self.window.keyboard.press("Enter")

    def pastes(self, text: str, *, then: str = "") -> None:
        self.steps += 1
        self.window.wait_for_timeout(500)
        self.window.evaluate("(text) => navigator.clipboard.writeText(text)", text)
        self.window.keyboard.press("Control+V")
        if then:
            self.window.keyboard.press(then)

    def publishes(self) -> None:
        """Publish, confirm, and open what readers get."""
        self.steps += 2
        self.window.get_by_role("button", name="Publish", exact=True).click()
        panel = self.window.get_by_label("Editor publish")
        panel.get_by_role("button", name="Publish", exact=True).click()
        self.window.locator(".post-publish-panel__postpublish-buttons a").first.click()
        self.window.locator(".entry-content").wait_for()


@contextmanager
def by_hand(browser: Browser, host: WordPress, user: str, said: list[str]) -> Iterator[Hand]:
    """A person who has logged in; what only WordPress's own administration complains of is left out."""
    with opened(browser, 1280, [], permissions=["clipboard-read", "clipboard-write"]) as window:
        hand = Hand(window, host, user)
        window.on("pageerror", lambda error: said.append(str(error)))
        yield hand


def test_by_hand_a_link_is_pasted(host: WordPress, site: Site, browser: Browser) -> None:
    """An Author pastes an address into an empty paragraph, publishes and looks, with only our guide."""
    said: list[str] = []
    with by_hand(browser, host, "author", said) as hand:
        hand.begins()
        hand.pastes(site.address + PIECES["news item"]["lv"])
        hand.publishes()
        said += frame_faults(hand.window, site)
        print(f"\na link: {hand.steps} steps")
    assert not said


def test_by_hand_a_link_is_seen_while_writing(host: WordPress, site: Site, browser: Browser) -> None:
    """In the block for embedding the Author sees the piece before publishing."""
    said: list[str] = []
    with by_hand(browser, host, "author", said) as hand:
        hand.begins()
        hand.chooses("embed")
        hand.pastes(site.address + PIECES["service"]["en"], then="Enter")
        expect(hand.window.locator(".block-editor-block-list__layout iframe")).to_be_visible()
        hand.publishes()
        said += frame_faults(hand.window, site)
        print(f"\na link in a block: {hand.steps} steps")
    assert not said


def test_by_hand_a_frame_is_pasted(host: WordPress, site: Site, browser: Browser) -> None:
    """An Administrator pastes the code of a frame into a block for HTML."""
    said: list[str] = []
    with by_hand(browser, host, "admin", said) as hand:
        hand.begins()
        hand.chooses("html")
        hand.pastes(snippets(site, "script")["script.lv"])
        hand.publishes()
        hand.window.wait_for_load_state("networkidle")
        said += box_faults(hand.window, hand.window.locator("iframe"), piece_in(hand.window, site))
        print(f"\na frame: {hand.steps} steps")
    assert not said


def test_by_hand_the_rss_block_is_added(host: WordPress, site: Site, browser: Browser) -> None:
    """An Author adds a block with our news."""
    said: list[str] = []
    with by_hand(browser, host, "author", said) as hand:
        hand.begins()
        hand.chooses("rss")
        hand.pastes(f"{site.address}/lv/feed.xml", then="Enter")
        expect(hand.window.locator(".wp-block-rss li").first).to_be_visible()
        hand.publishes()
        assert hand.window.locator(".wp-block-rss li").count() == 5
        said += axe(hand.window.main_frame, ".entry-content")
        print(f"\nthe RSS block: {hand.steps} steps")
    assert not said
