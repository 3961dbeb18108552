"""The real content as it is published: every promised address, file and fact, in both languages."""

import itertools
import json
import re
import xml.etree.ElementTree as etree
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import html5lib
import pytest
from conftest import PROJECT

NBSP = "\u00a0"
LANGUAGES = ("lv", "en")
HTML = "{http://www.w3.org/1999/xhtml}"

# The promised addresses, without search, embed and open data, which have issues of their own.
PROMISED = {
    "lv": (
        "/lv/", "/lv/jaunumi/", "/lv/jaunumi/2023/", "/lv/jaunumi/2023/grupu-dzivokli/", "/lv/jaunumi/lapa/2/",
        "/lv/jaunumi/kategorija/lemumi/", "/lv/vietas/", "/lv/vietas/salmu-iela-53/", "/lv/vietas/kuldigas-iela-20/",
        "/lv/vietas/virsu-iela-9-11/", "/lv/vietas/teodora-breiksa-iela-16-20/", "/lv/pakalpojumi/",
        "/lv/pakalpojumi/grupu-dzivokli/", "/lv/pakalpojumi/specializetas-darbnicas/", "/lv/pakalpojumi/dienas-centrs/",
        "/lv/pakalpojumi/atelpas-bridis/", "/lv/pakalpojumi/sociala-rehabilitacija/",
        "/lv/pakalpojumi/aprupe-dzivesvieta/", "/lv/pakalpojumi/gimeniskai-videi-pietuvinats/", "/lv/partneri/",
        "/lv/darba-grupa/", "/lv/par-projektu/", "/lv/par-projektu/infrastruktura/", "/lv/rezultati/",
        "/lv/rezultati/pakalpojumi-liepaja/", "/lv/rezultati/infrastruktura-liepaja/",
        "/lv/rezultati/kurzemes-regions/", "/lv/rezultati/latvija/", "/lv/avoti/iestades/",
        "/lv/laika-linija/", "/lv/avoti/", "/lv/vardnica/", "/lv/viegli-lasit/", "/lv/kontakti/",
        "/lv/pieklustamibas-pazinojums/", "/lv/privatums/", "/lv/par-vietni/", "/lv/lapas-karte/",
    ),
    "en": (
        "/en/", "/en/news/", "/en/news/2023/", "/en/news/page/2/", "/en/news/category/decisions/", "/en/facilities/",
        "/en/facilities/salmu-iela-53/", "/en/facilities/kuldigas-iela-20/", "/en/facilities/virsu-iela-9-11/",
        "/en/facilities/teodora-breiksa-iela-16-20/", "/en/services/", "/en/services/group-apartments/",
        "/en/services/specialised-workshops/", "/en/services/day-centre/", "/en/services/respite/",
        "/en/services/social-rehabilitation/", "/en/services/care-at-home/", "/en/services/family-like-care/",
        "/en/partners/", "/en/working-group/", "/en/about/", "/en/about/infrastructure/", "/en/results/",
        "/en/results/services-liepaja/", "/en/results/infrastructure-liepaja/", "/en/results/kurzeme-region/",
        "/en/results/latvia/", "/en/sources/institutions/",
        "/en/timeline/", "/en/sources/", "/en/glossary/", "/en/easy-to-read/", "/en/contacts/",
        "/en/accessibility-statement/", "/en/privacy/", "/en/about-this-site/", "/en/site-map/",
    ),
}  # fmt: skip
FILES = (
    "index.html", "404.html", "robots.txt", "sitemap.xml", "site-manifest.json", "lv/feed.xml", "lv/feed.json",
    "en/feed.xml", "en/feed.json",
)  # fmt: skip

# What the two source documents name: each stands on the site in both languages, in the words of that language.
NAMED = {
    "lv": (
        "436", "2015. gada 24. septembr", "2016. gada 25. februār", "Helvijs Valcis", "Gunārs Ansiņš",
        "Sociālo lietu, veselības un sabiedriskās kārtības komitej", "Dienas centrs personām ar garīgās attīstības",
        "Liepājas speciālā internātpamatskola", "Attīstības pārvalde", "Piejūras slimnīca", "Neredzīgo biedrība",
        "Liepājas Diakonijas centrs", "Dižvanagi", "Cerība.Ticība.Mīlestība.", "Estere", "22 partneri", "24 partneri",
        "19 pašvaldības", "vairāk nekā 1,5 milj. eiro", "aptuveni 1,5 milj. eiro", "2023. gada 1. septembr",
        "gads noteikts pēc konteksta", "42 pieaugušie", "114 bērni", "102 vecāki", "71 bērns", "26 bērni", "8 bērni",
        "10 dzīvokļi", "16 cilvēki", "18 cilvēki", "84 kopīgas nodarbības", "1399", "7 gadi", "Salmu iela 53",
        "Kuldīgas iela 20", "Viršu iela 9/11", "Teodora Breikša iela 16/20", "Dāvis Strazds", "Maija Agatina",
        "Gunta Jākobsone", "Laura Pakule-Krūče", "Rožu zāles", "23. septembr", "sveču liešana", "papīra dizains",
        "zīda apgleznošana", "izšūšana", "dekupāža", "Labklājības ministrija", "Latgal", "Vidzem", "Zemgal",
        "Sociālo pakalpojumu infrastruktūras izveide deinstitucionalizācijas plāna realizēšanai",
    ),
    "en": (
        "436", "24 September 2015", "25 February 2016", "Helvijs Valcis", "Gunārs Ansiņš",
        "Committee on Social Affairs, Health Care and Public Order", "Liepāja Special Boarding Primary School",
        "Development Department", "Piejūras slimnīca", "Liepāja Society of the Blind", "Diacon", "Dižvanagi",
        "Cerība.Ticība.Mīlestība.", "Estere", "22 partners", "24 partners", "19 municipalities",
        "more than EUR 1.5 million", "about EUR 1.5 million", "1 September 2023", "year inferred", "42 adults",
        "114 children", "102 parents", "71 children", "26 children", "8 children", "10 apartments", "16 people",
        "18 people", "84 joint sessions", "1,399", "7 years", "Salmu iela 53", "Kuldīgas iela 20", "Viršu iela 9/11",
        "Teodora Breikša iela 16/20", "Dāvis Strazds", "Maija Agatina", "Gunta Jākobsone", "Laura Pakule-Krūče",
        "Rožu", "23 September", "andle", "aper design", "ilk painting", "mbroidery", "ecoupage", "Ministry of Welfare",
        "Latgale", "Vidzeme", "Zemgale",
        "Establishment of social services infrastructure for the implementation of the deinstitutionalisation plan",
    ),
}  # fmt: skip


def pages(output: Path) -> Iterator[tuple[str, str]]:
    """Path and text of every page."""
    for path in sorted(output.rglob("*.html")):
        yield path.relative_to(output).as_posix(), path.read_text("utf-8")


def words(html: str) -> str:
    """The words of a page, with no-break spaces as spaces."""
    within = re.sub(r"</?span[^>]*>", "", html)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", within).replace(NBSP, " "))


def dom(html: str) -> Any:
    return html5lib.parse(html, treebuilder="etree")


@pytest.fixture(scope="session")
def html(real_output: Path) -> dict[str, str]:
    """Every page of the real site by path."""
    return dict(pages(real_output))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_promised_address_is_there(language: str, real_output: Path) -> None:
    """Editors, printed links and embeds rely on these addresses."""
    missing = [one for one in PROMISED[language] if not (real_output / one.lstrip("/") / "index.html").is_file()]
    assert missing == []


@pytest.mark.parametrize("path", FILES)
def test_every_promised_file_is_there(path: str, real_output: Path) -> None:
    """Files for machines keep their names."""
    assert (real_output / path).is_file()


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_the_two_documents_name_is_on_the_site(language: str, html: dict[str, str]) -> None:
    """Figures, dates, names and addresses of both source documents, in the words of the language."""
    text = " ".join(words(page) for path, page in html.items() if path.startswith(f"{language}/"))
    assert [name for name in NAMED[language] if name not in text] == []


def test_the_site_has_at_least_27_news_items_in_each_language(real_output: Path) -> None:
    """Each of 60 to 250 words, with a lead."""
    for language in LANGUAGES:
        items = json.loads((real_output / language / "feed.json").read_text("utf-8"))["items"]
        assert len(items) >= 27
        for item in items:
            count = len([word for word in words(item["content_html"]).split() if re.search(r"\w", word)])
            assert 60 <= count <= 250, (item["url"], count)
            assert item["summary"], item["url"]


def test_every_page_is_valid_html(html: dict[str, str]) -> None:
    """html5lib's strict parser finds no error."""
    wrong = {}
    for path, page in html.items():
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(page)
        if parser.errors:
            wrong[path] = parser.errors[:3]
    assert wrong == {}


def test_every_id_stands_once_on_a_page(html: dict[str, str]) -> None:
    """Anchors are unique, so that links and labels are."""
    for path, page in html.items():
        ids = re.findall(r'\sid="([^"]+)"', page)
        assert sorted(ids) == sorted(set(ids)), path


def test_headings_begin_at_one_and_skip_nothing(html: dict[str, str]) -> None:
    """One h1, and each heading at most one level below the one before (WCAG 1.3.1)."""
    for path, page in html.items():
        if path in ("index.html", "404.html") or "http-equiv" in page:
            continue
        levels = [int(level) for level in re.findall(r"<h([1-6])\b", page)]
        assert levels.count(1) == 1, path
        assert levels[0] == 1, path
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), (path, levels)


def test_pages_have_landmarks_skip_link_and_language(html: dict[str, str]) -> None:
    """One header, main and footer; the first link leads to the content; html carries the language."""
    for path, page in html.items():
        if path in ("index.html", "404.html"):
            continue
        tree = dom(page)
        language = path.split("/")[0]
        assert tree.get("lang") == language, path
        assert len(tree.findall(f".//{HTML}main")) == 1, path
        first = tree.find(f".//{HTML}a")
        assert first.get("href", "").startswith("#"), path
        assert f'id="{first.get("href")[1:]}"' in page, path


def test_titles_and_descriptions_are_unique(html: dict[str, str]) -> None:
    """A title names one page of a language; every page has a description."""
    titles: dict[tuple[str, str], str] = {}
    for path, page in html.items():
        title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
        assert title, path
        key = (path.split("/")[0], title[1])
        assert key not in titles, (path, titles.get(key))
        titles[key] = path
        assert re.search(r'<meta name="description" content="[^"]{20,}"', page), path


def test_language_switch_and_hreflang_are_mutual(html: dict[str, str], real_output: Path) -> None:
    """Each page names its twin, the twin names it back, and x-default is the Latvian page."""
    base = "https://kurzeme-visiem.example/"
    for path, page in html.items():
        if path in ("index.html", "404.html"):
            continue
        links = dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"', page))
        own = base + path.removesuffix("index.html")
        assert links[path.split("/")[0]] == own, path
        assert links["x-default"] == links["lv"], path
        for language in LANGUAGES:
            twin = html[links[language].removeprefix(base) + "index.html"]
            assert f'hreflang="{path.split("/")[0]}" href="{own}"' in twin, (path, language)


def test_canonical_and_open_graph_tell_the_address_of_the_page(html: dict[str, str]) -> None:
    """Canonical and og:url are the page itself; og:locale follows the language."""
    for path, page in html.items():
        if path in ("index.html", "404.html"):
            continue
        own = "https://kurzeme-visiem.example/" + path.removesuffix("index.html")
        assert f'<link rel="canonical" href="{own}"' in page, path
        assert f'property="og:url" content="{own}"' in page, path
        locale = {"lv": "lv_LV", "en": "en_GB"}[path.split("/")[0]]
        assert f'property="og:locale" content="{locale}"' in page, path


def structured(page: str) -> list[dict[str, Any]]:
    """The JSON-LD things of a page."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return list(json.loads(found[1])["@graph"]) if found else []


def test_breadcrumbs_equal_their_json_ld(html: dict[str, str]) -> None:
    """The visible trail and BreadcrumbList come from one record."""
    for path, page in html.items():
        lists = [thing for thing in structured(page) if thing["@type"] == "BreadcrumbList"]
        if not lists:
            assert path in ("index.html", "404.html", "lv/index.html", "en/index.html"), path
            continue
        trail = [item["name"] for item in lists[0]["itemListElement"]]
        nav = re.search(r'<nav class="breadcrumbs?\b[^"]*".*?</nav>', page, re.DOTALL)
        assert nav, path
        shown = [" ".join(words(item).split()) for item in re.findall(r"<li[^>]*>(.*?)</li>", nav[0], re.DOTALL)]
        assert shown == [" ".join(name.replace(NBSP, " ").replace("&", "&amp;").split()) for name in trail], path


EXPECTED_TYPES = {
    "lv/jaunumi/2023/grupu-dzivokli/index.html": "NewsArticle",
    "en/about/index.html": "Project",
    "en/about/infrastructure/index.html": "Project",
    "lv/vietas/salmu-iela-53/index.html": "Place",
    "en/facilities/teodora-breiksa-iela-16-20/index.html": "CivicStructure",
    "en/services/group-apartments/index.html": "GovernmentService",
    "lv/index.html": "WebSite",
}


@pytest.mark.parametrize("path", EXPECTED_TYPES)
def test_structured_data_has_the_type_of_its_page(path: str, html: dict[str, str]) -> None:
    """schema.org types by kind of page."""
    assert EXPECTED_TYPES[path] in [thing["@type"] for thing in structured(html[path])]


def test_structured_data_says_what_the_page_says(html: dict[str, str]) -> None:
    """Headline, description and address of JSON-LD stand in the visible text."""
    for path, page in html.items():
        text = words(re.sub(r"<script.*?</script>|<head>.*?</head>", "", page, flags=re.DOTALL)).replace("&amp;", "&")
        for thing in structured(page):
            visible = []
            if thing["@type"] == "NewsArticle":
                visible = [thing["headline"], thing["description"]]
            if thing["@type"] in ("Place", "CivicStructure"):
                visible = [thing["name"], thing["address"]["streetAddress"]]
            if thing["@type"] == "GovernmentService":
                visible = [thing["name"], thing["description"], thing["serviceOperator"]["name"]]
            for phrase in visible:
                assert phrase.replace(NBSP, " ") in text, (path, phrase)


def test_no_output_carries_a_point_on_a_map(real_output: Path) -> None:
    """No coordinates are known, and homes would not show them: no geo in any file."""
    for path in real_output.rglob("*"):
        if path.is_file() and path.suffix in (".html", ".json", ".xml"):
            text = path.read_text("utf-8")
            assert '"geo"' not in text, path
            assert "latitude" not in text, path


@pytest.mark.parametrize("language", LANGUAGES)
def test_atom_is_well_formed_with_stable_ids(language: str, real_output: Path) -> None:
    """RFC 4287: id, title, updated, author; unique ids; absolute links."""
    atom = "{http://www.w3.org/2005/Atom}"
    feed = etree.parse(real_output / language / "feed.xml").getroot()
    assert feed.tag == f"{atom}feed"
    for name in ("id", "title", "updated"):
        assert feed.findtext(f"{atom}{name}"), name
    entries = feed.findall(f"{atom}entry")
    ids = [entry.findtext(f"{atom}id") for entry in entries]
    assert len(ids) == len(set(ids)) >= 27
    for entry in entries:
        content = entry.findtext(f"{atom}content") or ""
        assert 'href="/' not in content
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT12:00:00Z", entry.findtext(f"{atom}updated") or "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_json_feed_has_what_version_1_1_asks(language: str, real_output: Path) -> None:
    """version, title, items; each item id and content; the same ids as Atom."""
    feed = json.loads((real_output / language / "feed.json").read_text("utf-8"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["language"] == language
    atom = (real_output / language / "feed.xml").read_text("utf-8")
    for item in feed["items"]:
        assert item["content_html"]
        assert f"<id>{item['id']}</id>" in atom


def test_sitemap_names_every_page_with_its_languages(html: dict[str, str], real_output: Path) -> None:
    """Every page that may be indexed, once, with mutual alternates."""
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    root = etree.parse(real_output / "sitemap.xml").getroot()
    named = [url.findtext("s:loc", namespaces=space) for url in root.findall("s:url", space)]
    base = "https://kurzeme-visiem.example/"
    wanted = {
        base + path.removesuffix("index.html")
        for path, page in html.items()
        if path not in ("404.html", "index.html") and 'name="robots"' not in page
    }
    assert set(named) == wanted
    assert len(named) == len(set(named))
    for url in root.findall("s:url", space):
        languages = [link.get("hreflang") for link in url.findall("x:link", space)]
        assert languages == ["lv", "en", "x-default"]


def test_every_page_is_reached_in_three_clicks(html: dict[str, str]) -> None:
    """From a language's home page."""
    for language in LANGUAGES:
        reached = {f"{language}/index.html"}
        for _ in range(3):
            for path in tuple(reached):
                links = re.findall(r'href="(/[^"#?]*)"', html.get(path, ""))
                reached |= {link.lstrip("/") + "index.html" for link in links if link.endswith("/")}
        assert {path for path in html if path.startswith(f"{language}/")} <= reached


def test_the_manifest_tells_the_truth(real_output: Path) -> None:
    """Every file with its size and SHA-256, and nothing that is not there."""
    import hashlib

    manifest = json.loads((real_output / "site-manifest.json").read_text("utf-8"))
    told = {file["path"]: (file["size"], file["sha256"]) for file in manifest["files"]}
    there = {
        path.relative_to(real_output).as_posix(): (len(content), hashlib.sha256(content).hexdigest())
        for path in real_output.rglob("*")
        if path.is_file() and path.name != "site-manifest.json"
        for content in [path.read_bytes()]
    }
    assert told == there


def test_assets_carry_the_hash_of_their_content(real_output: Path) -> None:
    """So they may be cached for ever; a social card's, known before it is drawn, is that of what it is made from."""
    import hashlib

    for path in (real_output / "assets").iterdir():
        if path.name.startswith("card."):
            continue
        assert path.name.split(".")[-2] == hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def test_nothing_is_loaded_from_elsewhere_and_nothing_is_inline(html: dict[str, str]) -> None:
    """No third party, no inline script or style: privacy and a strict content security policy."""
    for path, page in html.items():
        for link in re.findall(r'<(?:script|img|iframe|source)[^>]*\ssrc="([^"]*)"', page):
            assert link.startswith("/"), (path, link)
        for link in re.findall(r'<link rel="(?:stylesheet|icon)"[^>]*href="([^"]*)"', page):
            assert link.startswith("/"), (path, link)
        assert not re.search(r'\sstyle="|<style|\son[a-z]+="', page), path
        assert not re.search(r'<script(?! type="application/ld\+json"| src="/assets/)', page), path


def test_no_link_says_only_here_or_more(html: dict[str, str]) -> None:
    """Link words tell where the link leads (WCAG 2.4.4)."""
    empty = {"šeit", "te", "vairāk", "lasīt vairāk", "here", "more", "read more", ""}
    for path, page in html.items():
        for link in re.findall(r"<a\b[^>]*>(.*?)</a>", page, re.DOTALL):
            text = words(re.sub(r'<img[^>]*alt="([^"]*)"[^>]*>', r"\1", link)).strip().lower()
            assert text not in empty, (path, link)


def test_quotation_marks_are_the_languages_own(html: dict[str, str]) -> None:
    """“ ” in both languages; no straight quotes in running text."""
    for path, page in html.items():
        text = words(re.sub(r"<(script|head|code|pre)\b.*?</\1>", "", page, flags=re.DOTALL))
        assert '"' not in text.replace("&quot;", '"'), path
        assert "„" not in text, path


def test_numbers_follow_the_language(html: dict[str, str]) -> None:
    """1399 and 2 630 900 eiro in Latvian; 1,399 and EUR 2,630,900 in English; no-break inside."""
    latvian, english = html["lv/rezultati/index.html"], html["en/results/index.html"]
    assert "1399" in latvian
    assert f"2{NBSP}630{NBSP}900{NBSP}eiro" in latvian
    assert f"vairāk nekā 1,5{NBSP}milj.{NBSP}eiro" in latvian
    assert f"1,399{NBSP}cases" in english
    assert f"EUR{NBSP}2,630,900" in english
    assert f"more than EUR{NBSP}1.5{NBSP}million" in english


RESULTS = {"lv": "lv/rezultati/", "en": "en/results/"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_stands_in_full_with_its_source(language: str, html: dict[str, str]) -> None:
    """Each figure has one place on the pages of its group, and there its sources; the page of results leads to it."""
    source = {"lv": 'href="/lv/avoti/', "en": 'href="/en/sources/'}[language]
    overview = html[RESULTS[language] + "index.html"]
    figures: dict[str, str] = {}
    for path, page in html.items():
        if path.startswith(RESULTS[language]):
            for key, figure in re.findall(
                r'<article class="figure-full[^>]*\sid="([^"]+)">(.*?)</article>', page, re.DOTALL
            ):
                assert key not in figures, (path, key)
                figures[key] = figure
                assert f'href="/{path.removesuffix("index.html")}#{key}"' in overview, (path, key)
    assert len(figures) >= 60
    assert [key for key, figure in figures.items() if source not in figure] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_equal_names_of_sources_lead_to_one_source(language: str, html: dict[str, str]) -> None:
    """Within a page, and on the whole site, a short name is one source's (WCAG 2.4.4)."""
    names: dict[str, str] = {}
    pattern = {"lv": r'<a href="(/lv/avoti/[^"]*#[^"]*)">([^<]*, (?:[0-9]{4}|bez datuma)[^<]*)</a>'}
    pattern["en"] = r'<a href="(/en/sources/[^"]*#[^"]*)">([^<]*, (?:[0-9]{4}|no date)[^<]*)</a>'
    for path, page in html.items():
        for address, name in re.findall(pattern[language], page):
            assert names.setdefault(name, address) == address, (path, name)
    assert len(names) > 50


FACT_PAGES = {
    "lv": ("lv/rezultati/", "lv/avoti/", "lv/laika-linija/", "lv/partneri/", "lv/par-projektu/"),
    "en": ("en/results/", "en/sources/", "en/timeline/", "en/partners/", "en/about/"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_facts_are_light(language: str, html: dict[str, str]) -> None:
    """At most 40 kB of HTML, so that an old phone shows them at once; the page of results leaves room for charts."""
    weights = {path: len(page.encode()) for path, page in html.items() if path.startswith(FACT_PAGES[language])}
    assert {path: weight for path, weight in weights.items() if weight > 40_000} == {}


def test_the_easy_to_read_page_keeps_its_sentences_short(html: dict[str, str]) -> None:
    """At most fifteen words a sentence (Inclusion Europe, Information for all)."""
    for language, path in (("lv", "viegli-lasit"), ("en", "easy-to-read")):
        text = (PROJECT / f"content/pages/easy-to-read.{language}.md").read_text("utf-8").split("---\n", 2)[2]
        text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
        for sentence in re.split(r"[.!?:]\s|\n", text):
            assert len(sentence.split()) <= 15, (path, sentence)


def test_the_only_known_notices_are_the_two_of_the_owner() -> None:
    """The real content has no error, no warning, and two notices that wait for the owner."""
    import datetime

    from site_builder.build import make
    from site_builder.config import Options

    built = make(PROJECT, Options(today=datetime.date(2026, 11, 22)))
    assert [found.code for found in built.problems] == ["base-url-undecided", "publisher-undecided"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_accessibility_statement_has_its_eight_parts(language: str, html: dict[str, str]) -> None:
    """The form of Cabinet Regulation 445."""
    page = html[{"lv": "lv/pieklustamibas-pazinojums", "en": "en/accessibility-statement"}[language] + "/index.html"]
    for part in (
        "who", "method", "status", "not-accessible", "alternatives", "preparation", "feedback", "enforcement",
    ):  # fmt: skip
        assert f'id="{part}"' in page, part
