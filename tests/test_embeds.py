"""Pieces for other sites: what each is, where it stays, what WordPress makes of it, and that old codes still work."""

import gzip
import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import brotli
import esprima
import html5lib
import pytest
from conftest import PROJECT, Made, Project, interface
from hosts import wordpress_result
from reading import HTML, LANGUAGES, TYPEFACES, dom, pages, words

from site_builder.outputs.embeds.codes import WAYS
from site_builder.outputs.embeds.heights import LEAST, MOST, Line, height_of
from site_builder.outputs.embeds.pieces import KINDS
from site_builder.promises import vanished_addresses
from site_builder.publishing.records import Promised

BASE = "https://kurzeme-visiem.example"
SNIPPETS = sorted((PROJECT / "tests/embeds").glob("*.html"))
LIMIT = 15_000
LV, EN = "content/news/2016/lemums.lv.md", "content/news/2016/lemums.en.md"
HOUSE, SITE = "content/facts/facilities/salmu.yaml", "content/site.yaml"
PIECE, ANSWER = "embed/lv/jaunumi/2016/lemums/index.html", "oembed/lv/jaunumi/2016/lemums.json"
# Kinds of which each piece has an oEmbed answer, so that WordPress shows it, and no higher than this.
ANSWERED = {"news-item", "facility", "service", "key-figures", "partners", "timeline"}


@pytest.fixture(scope="session")
def pieces(real_output: Path) -> dict[str, str]:
    """Every piece of the real site by its path."""
    return {path: page for path, page in pages(real_output) if path.startswith("embed/")}


@pytest.fixture(scope="session")
def answers(real_output: Path) -> dict[str, dict[str, Any]]:
    """Every oEmbed answer of the real site by its path."""
    found = sorted((real_output / "oembed").rglob("*.json"))
    return {path.relative_to(real_output).as_posix(): json.loads(path.read_text("utf-8")) for path in found}


def file_of(link: str) -> str:
    """The file behind a whole address of ours."""
    path = link.removeprefix(BASE).partition("#")[0].partition("?")[0].lstrip("/")
    return path + ("index.html" if not path or path.endswith("/") else "")


# Pieces ---------------------------------------------------------------------------------------------------------


def test_every_kind_is_there_in_each_language(real_made: Made) -> None:
    """Both languages have a piece of every kind, and equally many of each that is no news item."""
    made = {path: page for path, page in real_made.pages.items() if path.startswith("embed/")}
    counted = {
        language: [page.template for page in made.values() if page.language == language] for language in LANGUAGES
    }
    assert {f"embed/{kind}.html" for kind in KINDS} == set(counted["lv"]) == set(counted["en"])
    assert sorted(counted["lv"]) == sorted(counted["en"])


def test_a_piece_is_a_small_whole_document(pieces: dict[str, str]) -> None:
    """Valid, in its language, with one heading, not for search engines, in no frame of the site's."""
    assert len(pieces) > 200
    for path, page in pieces.items():
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(page)
        assert parser.errors == [], path
        tree = dom(page)
        assert tree.get("lang") == path.split("/")[1], path
        assert len(list(tree.iter(f"{HTML}h1"))) == 1, path
        assert '<meta name="robots" content="noindex">' in page, path
        assert not re.search(r"<(?:nav|header|form|iframe)\b", page), path
        ids = re.findall(r'\sid="([^"]+)"', page)
        assert sorted(ids) == sorted(set(ids)), path


def test_a_piece_names_its_source_and_the_support(pieces: dict[str, str], real_output: Path) -> None:
    """A link to the page with more, which is canonical and there; the emblem and the funds (821/2014 Art. 4)."""
    for path, page in pieces.items():
        language = path.split("/")[1]
        canonical = re.search(r'<link rel="canonical" href="([^"]+)"', page)
        source = re.search(r'<p class="from"><span>[^<]*<a href="(/[^"]+)"', page)
        assert canonical, path
        assert source, path
        assert (real_output / file_of(canonical[1])).is_file(), path
        assert file_of(source[1]) == file_of(canonical[1]), path
        for fund in ("fund.ESF", "fund.ERDF"):
            assert interface(language)[fund] in words(page), path
        assert f'alt="{interface(language)["eu.union"]}"' in page, path


def test_what_a_piece_tells_has_its_time(pieces: dict[str, str]) -> None:
    """A day of its own or one beside each thing that it tells; only partners say on the page since when each is one."""
    timeless = {path for path, page in pieces.items() if "<time " not in page and "service" not in path}
    told = {path for path in timeless if interface(path.split("/")[1])["undated"] not in pieces[path]}
    assert {path for path in told if not re.search(r"/fact/|/chart/", path)} == set()


def test_a_piece_loads_nothing_from_elsewhere_and_nothing_inline(pieces: dict[str, str], real_output: Path) -> None:
    """One style, one script and pictures of ours that are there; nothing that the strictest policy refuses."""
    for path, page in pieces.items():
        loaded = re.findall(r'<(?:script|img)[^>]*\ssrc="([^"]*)"|rel="stylesheet" href="([^"]*)"', page)
        for link in ("".join(pair) for pair in loaded):
            assert link.startswith("/assets/"), (path, link)
            assert (real_output / link.lstrip("/")).is_file(), (path, link)
        assert not re.search(r'\sstyle="|<style|\son[a-z]+="|@import|@font-face', page), path
        assert len(re.findall(r"<script", page)) == 1, path
        assert "<use" not in page, (path, "no other file can be used from a sandbox")


def test_a_piece_weighs_at_most_15_kb_with_everything(pieces: dict[str, str], real_output: Path) -> None:
    """Page, style, script and pictures, compressed as a server sends them."""
    sizes: dict[str, int] = {}

    def size(path: str) -> int:
        if path not in sizes:
            sizes[path] = len(gzip.compress((real_output / path).read_bytes(), 6))
        return sizes[path]

    weights = {}
    for path, page in pieces.items():
        assets = set(re.findall(r'(?:href|src)="/(assets/[^"#]+)', page))
        assert len(assets) >= 3, path
        weights[path] = size(path) + sum(map(size, assets))
    heaviest = max(weights, key=lambda path: weights[path])
    assert weights[heaviest] <= LIMIT, (heaviest, weights[heaviest])


def test_a_script_of_a_piece_keeps_nothing() -> None:
    """No cookies, no storage, no requests: neither in a piece nor in the host script."""
    for name in ("piece.js", "v1.js"):
        code = (PROJECT / "static/embed" / name).read_text("utf-8")
        code = re.sub(r"//[^\n]*", "", code)
        assert not re.search(r"cookie|localStorage|sessionStorage|indexedDB|innerHTML|outerHTML|eval\(|import\(", code)
        assert "fetch(" not in code or name == "v1.js"


def test_the_words_beside_the_emblem_are_in_a_face_the_law_names() -> None:
    """EU-7 in pieces as on pages."""
    styles = (PROJECT / "static/embed/piece.css").read_text("utf-8")
    block = re.search(r"(?m)^\.eu \{[^}]*font-family: ([^;]*);[^}]*color: var\(--eu-text\)", styles)
    assert block
    faces = {face.strip(' "').removesuffix(" MS") for face in block[1].split(",")}
    assert faces - {"sans-serif"} <= set(TYPEFACES)


def test_pieces_are_in_no_list_of_pages(real_output: Path, html: dict[str, str]) -> None:
    """Search engines and readers of the site map are sent to pages."""
    assert "/embed/lv" not in (real_output / "sitemap.xml").read_text("utf-8")
    for path in ("lv/lapas-karte/index.html", "lv/meklet/index.html"):
        assert "/embed/lv" not in html[path]


def test_heights_grow_with_the_texts_and_have_a_floor() -> None:
    """A pure function: more words are never lower, and WordPress shows at least 200 px."""
    assert height_of([]) >= LEAST
    heights = [height_of([Line("title", "a" * count), Line("text", "b" * count)]) for count in range(0, 400, 10)]
    assert heights == sorted(heights)
    assert heights[-1] > heights[0]


# Homes ----------------------------------------------------------------------------------------------------------


def test_homes_have_no_piece(real_output: Path, pieces: dict[str, str], answers: dict[str, Any]) -> None:
    """No card, list of news, answer, figure or link of a sensitive place (three of the real site's four)."""
    homes = ("salmu-iela-53", "kuldigas-iela-20", "virsu-iela-9-11")
    kit = [path.relative_to(real_output).as_posix() for path in real_output.glob("*embed/**/*")]
    assert [
        path
        for path in kit
        if any(f"/{part}/{home}" in path for home in homes for part in ("vietas", "facilities", "facility"))
    ] == []
    assert [path for path in pieces if re.search(r"/fact/(?:salmu|kuldigas|virsu|group-apartment)", path)] == []
    for path, page in pieces.items():
        assert not re.search(rf'href="/(?:lv/vietas|en/facilities)/(?:{"|".join(homes)})/', page), path
    for home in homes:
        assert "json+oembed" not in (real_output / f"lv/vietas/{home}/index.html").read_text("utf-8")


def test_a_home_has_a_piece_only_where_somebody_decided_so(project: Project) -> None:
    """`embeddable: true` gives it a card, a list of news, an answer, its figures, and the data."""
    paths = (
        "embed/lv/vietas/salmu/index.html", "embed/lv/vietas/salmu/jaunumi/index.html", "oembed/lv/vietas/salmu.json",
        "embed/lv/fact/children/index.html", "embed/v1/lv/news/facility/salmu.json",
    )  # fmt: skip
    before = project.make()
    assert [path for path in paths if path in before.contents] == []
    assert b"oembed" not in before.contents["lv/vietas/salmu/index.html"]
    assert b"/lv/vietas/salmu/" not in before.contents["embed/lv/pakalpojumi/aprupe/index.html"]
    project.replace(HOUSE, "sensitive: true", "sensitive: true\nembeddable: true")
    after = project.make()
    assert [path for path in paths if path not in after.contents] == []
    assert b"/oembed/lv/vietas/salmu.json" in after.contents["lv/vietas/salmu/index.html"]
    assert b"/lv/vietas/salmu/" in after.contents["embed/lv/pakalpojumi/aprupe/index.html"]


# oEmbed ---------------------------------------------------------------------------------------------------------


def test_every_answer_is_named_by_its_page_where_wordpress_looks(
    html: dict[str, str], answers: dict[str, Any], real_output: Path
) -> None:
    """A whole address in head, in the first 150 KB, in a link without `<` or `>`; and each answer has its page."""
    named = []
    for path, page in html.items():
        head = page.encode()[:153_600].decode("utf-8", "ignore").partition("</head>")[0]
        links = [link for link in re.findall(r"<link([^<>]+)/?>", head) if "application/json+oembed" in link]
        assert len(links) <= 1, path
        assert ('class="embed-this' in page) == bool(links), path
        for link in links:
            href = re.search(r'href="([^"]+)"', link)
            assert href, path
            assert href[1] == f"{BASE}/oembed/{path.removesuffix('/index.html')}.json", path
            named.append(file_of(href[1]))
    assert sorted(named) == sorted(answers)
    assert len(named) > 90


def test_answers_have_what_oembed_asks(answers: dict[str, dict[str, Any]]) -> None:
    """oembed.com 2.3.4: type, version, html, width and height in numbers; no more than WordPress shows."""
    for path, answer in answers.items():
        assert (answer["version"], answer["type"], answer["provider_name"]) == ("1.0", "rich", "Kurzeme visiem"), path
        assert answer["title"], path
        assert LEAST <= answer["height"] <= MOST, path
        assert answer["width"] == 600, path
        assert answer["provider_url"] == f"{BASE}/{path.split('/')[1]}/", path
        assert "author_name" not in answer, "the publisher is not decided"


def test_wordpress_keeps_a_link_and_a_frame_of_every_answer(
    answers: dict[str, dict[str, Any]], real_output: Path
) -> None:
    """Its filter for unknown providers loses nothing: a quotation with a link to the page, then one empty frame."""
    for path, answer in answers.items():
        html = answer["html"]
        assert "\n" not in html, path
        assert html.startswith("<blockquote>"), path
        shown = wordpress_result(html)
        page = re.search(r'<blockquote class="wp-embedded-content"[^>]*><a href="([^"]+)">', shown)
        frame = re.findall(r'<iframe[^>]* src="([^"]+)#\?secret=\w{10}"', shown)
        assert page, path
        assert file_of(page[1]) == path.removeprefix("oembed/").replace(".json", "/index.html"), path
        assert len(frame) == 1, path
        assert 'width="100%"' in shown, (path, "in a classic post a number overflows the column")
        assert (real_output / file_of(frame[0])).is_file(), path
        assert shown.count(f'title="{unescape(answer["title"])}"') == 1 or "&" in answer["title"], path


def test_a_publisher_is_the_author(project: Project) -> None:
    """Once it is known, and its address too."""
    answer = json.loads(project.make().contents[ANSWER])
    assert (answer["author_name"], answer["author_url"]) == ("Iestāde", "https://institution.example/")


def test_a_title_cannot_leave_its_attribute(project: Project) -> None:
    """Marks that mean something in HTML are text in every part of the kit; WordPress looks for the next `>`."""
    project.replace(LV, "title: Pieņemts lēmums", "title: 'A > B & C <i>“'")
    made = project.make()
    answer = json.loads(made.contents[ANSWER])
    assert answer["title"] == "A > B & C <i>“"
    assert 'title="A &gt; B &amp; C &lt;i&gt;“"' in answer["html"]
    assert wordpress_result(answer["html"]).count("<") == 6
    assert "<i>“" not in made.contents[PIECE].decode()


# Addresses that stay --------------------------------------------------------------------------------------------


def moved(project: Project, lines: str) -> None:
    project.write({SITE: project.text(SITE) + lines})


def test_a_renamed_item_keeps_its_piece_and_its_answer(published: Project) -> None:
    """A copy at the old address, since a redirect would lose WordPress's secret; nothing is told to have vanished."""
    published.replace(
        LV, "title: Pieņemts lēmums", "title: Pieņemts lēmums\nslug: cits\naliases: [/lv/jaunumi/2016/lemums/]"
    )
    assert published.build() == 0
    assert published.page(PIECE) == published.page("embed/lv/jaunumi/2016/cits/index.html")
    assert published.page(ANSWER) == published.page("oembed/lv/jaunumi/2016/cits.json")
    assert "http-equiv" not in published.page(PIECE)
    assert '/lv/jaunumi/2016/cits/"' in published.page(PIECE)


def test_a_service_that_moves_twice_takes_its_news_along(published: Project) -> None:
    """Redirects are followed to their end; the list of news hangs on the page."""
    published.replace("content/facts/services/care.yaml", "slug: {lv: aprupe, en: care}", "slug: {lv: jauns, en: new}")
    moved(published, """
redirects:
  - {from: /lv/pakalpojumi/aprupe/, to: /lv/pakalpojumi/starp/}
  - {from: /lv/pakalpojumi/starp/, to: /lv/pakalpojumi/jauns/}
  - {from: /en/services/care/, to: /en/services/new/}
""")  # fmt: skip
    assert published.build() == 0
    for old in ("aprupe", "starp"):
        for rest in ("", "jaunumi/"):
            new = published.page(f"embed/lv/pakalpojumi/jauns/{rest}index.html")
            assert published.page(f"embed/lv/pakalpojumi/{old}/{rest}index.html") == new
        assert (published.output / f"oembed/lv/pakalpojumi/{old}.json").is_file()


def test_a_page_that_moves_to_one_without_a_piece_says_so(published: Project) -> None:
    """The frame tells where the page is now; the answer, which only that page could name, is gone."""
    published.write({LV: None, EN: None})
    moved(published, """
redirects:
  - {from: /lv/jaunumi/2016/lemums/, to: /lv/privatums/}
  - {from: /en/news/2016/decision/, to: /en/news/}
""")  # fmt: skip
    assert published.build() == 0
    assert 'href="/lv/privatums/"' in published.page(PIECE)
    assert interface("lv")["redirect.title"] in published.page(PIECE)
    assert not (published.output / ANSWER).exists()
    assert published.page("embed/en/news/2016/decision/index.html") == published.page("embed/en/news/index.html")


GONE = {
    "expired": (LV, "operation: esf", "operation: esf\naliases: [/lv/sen/]\nexpires: 2026-11-22"),
    "withdrawn": (
        SITE, "funding: [esf]",
        "funding: [esf]\nwithdrawn: [{address: /lv/jaunumi/2016/lemums/, reason: {lv: A, en: B}}]",
    ),
}  # fmt: skip


@pytest.mark.parametrize("how", GONE)
def test_a_piece_that_is_no_longer_published_says_so(how: str, published: Project) -> None:
    """Expired or withdrawn: a short notice with the news in its place, at old addresses too."""
    published.replace(*GONE[how])
    if how == "withdrawn":
        published.write({LV: None, EN: None})
        published.replace(
            SITE, "withdrawn: [", "withdrawn: [{address: /en/news/2016/decision/, reason: {lv: A, en: B}}, "
        )
    assert published.build() == 0
    assert interface("lv")["embed.gone"] in published.page(PIECE)
    assert 'href="/lv/jaunumi/"' in published.page(PIECE)
    assert interface("en")["embed.gone"] in published.page("embed/en/news/2016/decision/index.html")
    assert not (published.output / ANSWER).exists()
    assert (published.output / "embed/lv/sen/index.html").is_file() == (how == "expired")


@pytest.mark.parametrize("field", ["draft: true", "publish_from: 2030-01-01"])
def test_what_nobody_has_seen_leaves_nothing(field: str, published: Project) -> None:
    """A draft and an item that has not begun have no piece, not even one that says that they have none."""
    published.replace(LV, "operation: esf", f"operation: esf\n{field}")
    assert published.build() == 0
    assert not (published.output / PIECE).exists()


def test_a_piece_is_told_with_its_page_and_never_twice() -> None:
    """Who finds a way out for the page has found it for all that hangs on it; a figure's piece is told by itself."""
    kit = ("/embed/lv/vietas/a/", "/embed/lv/vietas/a/jaunumi/", "/oembed/lv/vietas/a.json", "/embed/lv/fact/x/")
    before = Promised(frozenset({"/lv/vietas/a/", *kit}))
    told = [dict(found.message.params)["address"] for found in vanished_addresses(before, Promised(), frozenset())]
    assert told == ["/embed/lv/fact/x/", "/lv/vietas/a/"]


def test_a_body_that_changes_makes_no_piece_anew(project: Project) -> None:
    """Pieces, answers and data read titles, summaries and days; so an edit of a text stays quick."""
    assert project.build() == 0
    before = {path: path.stat().st_mtime_ns for path in project.output.rglob("*embed/**/*") if path.is_file()}
    project.replace(LV, "Pakalpojumus saņēma", "Pakalpojumus jau saņēma")
    made: list[str] = []
    from site_builder.build import OutputTarget, make

    target = OutputTarget(lambda path, content: made.append(path))
    make(project.folder, project.options(), target=target, jobs=1)
    assert "lv/jaunumi/2016/lemums/index.html" in made
    assert [path for path in made if "embed" in path.split("/")[0]] == []
    assert before


# The host script and its data -----------------------------------------------------------------------------------


def read_as_of_2017(code: str) -> Any:
    """A script's tree. Raises esprima.Error for what is newer; of that esprima itself only knows spread properties."""

    def old(node: Any, _: Any) -> Any:
        parts = getattr(node, "properties", None) or ()
        if any(part.type in ("SpreadElement", "RestElement") for part in parts):
            raise esprima.Error("spread in an object")
        return node

    return esprima.parseScript(code, delegate=old)


def test_the_host_script_is_small_and_speaks_es2017(real_output: Path) -> None:
    """Under 3 kB as brotli sends it; esprima reads the language of 2017 and nothing newer."""
    script = (real_output / "embed/v1.js").read_bytes()
    assert len(brotli.compress(script)) < 3000
    assert not list((real_output / "assets").glob("*v1*"))
    for path in ("embed/v1.js", "embed/piece.js"):
        read_as_of_2017((PROJECT / "static" / path).read_text("utf-8"))
    for newer in ("try { a() } catch { b() }", "a?.b", "a ?? b", "x = { ...y }", "({ a, ...b } = c)"):
        with pytest.raises(esprima.Error):
            read_as_of_2017(newer)


def test_the_host_script_has_one_global_name() -> None:
    """Everything else is within a function; the one name marks that it is there already."""
    script = (PROJECT / "static/embed/v1.js").read_text("utf-8")
    (statement,) = read_as_of_2017(script).body
    assert statement.type == "ExpressionStatement"
    assert set(re.findall(r"window\.(\w+)\s*=[^=]", script)) == {"projectEmbed"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_data_is_what_the_document_says(language: str, real_output: Path) -> None:
    """Each field is named in docs/embedding.md; ten items at most, each a public summary with a whole address."""
    document = (PROJECT / "docs/embedding.md").read_text("utf-8")
    files = sorted((real_output / "embed/v1" / language).rglob("news*.json")) + sorted(
        (real_output / "embed/v1" / language / "news").rglob("*.json")
    )
    assert len(files) > 10
    for path in files:
        data = json.loads(path.read_text("utf-8"))
        assert (data["version"], data["language"]) == (1, language)
        assert len(data["items"]) <= 10
        fields = {*data, *(key for one in (*data["items"], *data["eu"]) for key in one)}
        assert sorted(field for field in fields if f"`{field}`" not in document) == []
        for item in data["items"]:
            assert set(item) == {"title", "url", "date", "date_text", "category", "summary"}
            assert (real_output / file_of(item["url"])).is_file()


# Codes ----------------------------------------------------------------------------------------------------------


def shape(code: str) -> str:
    """A code without what differs from piece to piece: addresses, names, numbers, the subject of a list."""
    bare = re.sub(r' (?:category|facility|service)="[^"]*"', "", code.strip())
    bare = re.sub(r'((?:src|href|title|height|count|lang)=)"[^"]*"', r'\1""', bare)
    return re.sub(r">[^<>]+<", "><", re.sub(r"^https?://\S+$", "address", bare))


@pytest.mark.parametrize("snippet", SNIPPETS, ids=lambda path: path.stem)
def test_every_code_that_was_ever_told_still_leads_somewhere(snippet: Path, real_output: Path) -> None:
    """The addresses in it are files of the site, whatever the site has become."""
    links = re.findall(rf'{BASE}/[^"<\s]*', snippet.read_text("utf-8"))
    assert links
    assert [link for link in links if not (real_output / file_of(link)).is_file()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_on_the_pages_is_kept(language: str, html: dict[str, str]) -> None:
    """Nobody tells of a code that is not replayed for ever: each has the shape of a file in tests/embeds/."""
    kept = {shape(path.read_text("utf-8")) for path in SNIPPETS if f".{language}." in path.name}
    start = {"lv": "lv/iegult/", "en": "en/embed/"}[language]
    codes = [
        unescape(code)
        for path, page in html.items()
        if path.startswith(start)
        for code in re.findall(r'<pre class="code"><code>(.*?)</code>', page, re.DOTALL)
    ]
    told = {shape(code) for code in codes if not code.startswith("frame-src")}
    assert told <= kept
    assert len(told) == len(WAYS)
    assert len(codes) > 100


def test_codes_stand_on_the_pages_for_every_piece(html: dict[str, str], pieces: dict[str, str]) -> None:
    """Without script: of news the newest ten, of everything else all."""
    codes = "".join(page for path, page in html.items() if path.startswith(("lv/iegult/", "en/embed/")))
    named = set(re.findall(rf"&#34;{BASE}(/embed/[^&#]*)&#34;", codes))
    items = [path for path in pieces if re.search(r"/\d{4}/", path)]
    missing = {f"/{path.removesuffix('index.html')}" for path in pieces if path not in items} - named
    assert missing == set()
    assert len(named & {f"/{path.removesuffix('index.html')}" for path in items}) == 20


def test_a_site_under_a_path_has_whole_addresses(project: Project) -> None:
    """Codes, answers and data name the whole address, links in pieces keep the path."""
    made = project.make(base_url="https://host.example/part/")
    answer = json.loads(made.contents[ANSWER])
    assert 'src="https://host.example/part/embed/lv/jaunumi/2016/lemums/"' in answer["html"]
    assert 'href="/part/lv/jaunumi/2016/lemums/"' in made.contents[PIECE].decode()
    data = json.loads(made.contents["embed/v1/lv/news.json"])
    assert data["items"][0]["url"] == "https://host.example/part/lv/jaunumi/2016/lemums/"
    assert "https://host.example/part/embed/v1.js" in unescape(made.contents["lv/iegult/index.html"].decode())
