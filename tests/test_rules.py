"""The rules of law, one test a rule: the number is that of the table in docs/accessibility.md.

Rules that need a browser are in the browser tests, those of writing also among the mistakes of test_broken.py.
"""

import datetime
import itertools
import re
import xml.etree.ElementTree as etree
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from conftest import PROJECT, Made, Project, interface
from reading import HTML, LANGUAGES, NBSP, dom, spoken, structured, trail_to, words

from site_builder.build import Built
from site_builder.checks.accessibility import STATEMENT_PARTS

PLAIN = ("index.html", "404.html")
STATEMENT_PAGE = {
    "lv": "lv/pieklustamibas-pazinojums/index.html",
    "en": "en/accessibility-statement/index.html",
}
EN = "content/news/2016/lemums.en.md"
ESF = "content/facts/operations/esf.yaml"


@pytest.fixture(scope="session")
def trees(html: dict[str, str]) -> dict[str, Any]:
    """Every page in a language as a tree of elements."""
    return {path: dom(page) for path, page in html.items() if path not in PLAIN}


def main_words(page: str) -> str:
    """The words of a page's own content."""
    found = re.search(r"<main\b.*?</main>", page, re.DOTALL)
    assert found
    return unescape(words(found[0]))


LATVIAN = re.compile(
    r"Kurzeme visiem|\b[A-ZĀČĒĢĪĶĻŅŠŪŽ]\w+(?:\s[A-ZĀČĒĢĪĶĻŅŠŪŽ]\w+)? iela\s\d|“[^”]*[āčēģīķļņšūžĀČĒĢĪĶĻŅŠŪŽ][^”]*”"
)


def test_rule_01_every_page_says_its_language(trees: dict[str, Any]) -> None:
    """`html` has the language of the address (WCAG 3.1.1)."""
    assert {path for path, tree in trees.items() if tree.get("lang") != path.split("/")[0]} == set()


def test_rule_01_latvian_names_in_english_text_are_marked(html: dict[str, str]) -> None:
    """The site's name, addresses and quoted names stand in an element with lang="lv" (WCAG 3.1.2)."""
    unmarked = {}
    for path, page in html.items():
        found = [match[0] for text, lang in spoken(dom(page)) if lang == "en" for match in LATVIAN.finditer(text)]
        if found:
            unmarked[path] = found[:3]
    assert unmarked == {}


def test_rule_02_titles_are_unique_and_short(html: dict[str, str]) -> None:
    """A title names one page of a language in at most 70 characters; every page has a description (WCAG 2.4.2)."""
    titles: dict[tuple[str, str], str] = {}
    for path, page in html.items():
        title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
        assert title, path
        key = (path.split("/")[0], title[1])
        assert key not in titles, (path, titles.get(key))
        titles[key] = path
        assert len(unescape(title[1])) <= 70, (path, title[1])
        assert re.search(r'<meta name="description" content="[^"]{20,}"', page), path


def test_rule_03_one_header_main_and_footer_and_named_navigations(trees: dict[str, Any]) -> None:
    """Landmarks are there once, and navigations have names that differ (WCAG 1.3.1)."""
    for path, tree in trees.items():
        body = tree.find(f"{HTML}body")
        for name in ("header", "footer"):
            assert len(body.findall(f"{HTML}{name}")) == 1, (path, name)
        assert len(tree.findall(f".//{HTML}main")) == 1, path
        ids = {one.get("id"): "".join(one.itertext()).strip() for one in tree.iter() if one.get("id")}
        names = [
            nav.get("aria-label") or ids.get(nav.get("aria-labelledby"), "") for nav in tree.findall(f".//{HTML}nav")
        ]
        assert all(names), (path, names)
        assert len(names) == len(set(names)), (path, names)


def test_rule_04_headings_begin_at_one_and_skip_nothing(html: dict[str, str]) -> None:
    """One h1, and each heading at most one level below the one before (WCAG 1.3.1)."""
    for path, page in html.items():
        if path in ("index.html", "404.html") or "http-equiv" in page:
            continue
        levels = [int(level) for level in re.findall(r"<h([1-6])\b", page)]
        assert levels.count(1) == 1, path
        assert levels[0] == 1, path
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), (path, levels)


def test_rule_05_the_first_thing_in_reach_skips_to_the_content(trees: dict[str, Any]) -> None:
    """The first link or control leads to the main part, which is there (WCAG 2.4.1)."""
    reachable = {f"{HTML}{name}" for name in ("a", "button", "input", "select", "textarea", "summary")}
    for path, tree in trees.items():
        first = next(one for one in tree.find(f"{HTML}body").iter() if one.tag in reachable)
        main = tree.find(f".//{HTML}main")
        assert first.get("href") == f"#{main.get('id')}", path


def test_rule_06_breadcrumbs_equal_their_json_ld(html: dict[str, str]) -> None:
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


def test_rule_07_language_switch_and_hreflang_are_mutual(html: dict[str, str], real_output: Path) -> None:
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


def test_rule_08_every_header_links_to_easy_reading(trees: dict[str, Any]) -> None:
    """The easy language is one step from everywhere."""
    for path, tree in trees.items():
        wanted = {"lv": "/lv/viegli-lasit/", "en": "/en/easy-to-read/"}[path.split("/")[0]]
        links = [link.get("href") for link in tree.find(f"{HTML}body/{HTML}header").iter(f"{HTML}a")]
        assert wanted in links, path


def test_rule_08_the_easy_to_read_page_keeps_its_sentences_short(built: Built) -> None:
    """No long sentence or heading and no abbreviation (Inclusion Europe, Information for all)."""
    assert [str(found.place) for found in built.problems if found.code == "hard-to-read"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_rule_09_the_statement_has_its_parts_and_the_day_of_its_review(language: str, html: dict[str, str]) -> None:
    """The form of Cabinet Regulation 445: eight parts in order, the site's address, the day of the review."""
    page = html[STATEMENT_PAGE[language]]
    ids = re.findall(r'<h2 id="([^"]+)"', page)
    assert [id_ for id_ in ids if id_ in STATEMENT_PARTS] == list(STATEMENT_PARTS)
    text = main_words(page)
    assert interface(language)["statement.undecided"] in text or "kurzeme-visiem.example" in text
    assert re.search(rf"{interface(language)['reviewed']}: ?\d", text)


def test_rule_09_every_footer_links_to_the_statement(trees: dict[str, Any]) -> None:
    """Decision (EU) 2018/1523: the statement is reached from every page."""
    for path, tree in trees.items():
        links = [link.get("href") for link in tree.find(f"{HTML}body/{HTML}footer").iter(f"{HTML}a")]
        assert "/" + STATEMENT_PAGE[path.split("/")[0]].removesuffix("index.html") in links, path


def test_rule_09_a_review_is_due_after_a_year(project: Project) -> None:
    """365 days are in time, 366 are a warning."""
    assert "review-due" not in {found.code for found in project.problems(today=datetime.date(2027, 11, 22))}
    assert ("review-due", "warning") in {
        (found.code, found.severity) for found in project.problems(today=datetime.date(2027, 11, 23))
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_rule_10_the_statement_has_a_way_to_write_and_to_complain(language: str, html: dict[str, str]) -> None:
    """The part on feedback links to whom to write, and the part on enforcement names the Ombudsman."""
    parts = dict(
        re.findall(r'<h2 id="([^"]+)">.*?</h2>(.*?)(?=<h2|</main>)', html[STATEMENT_PAGE[language]], re.DOTALL)
    )
    assert re.search(r'<a\b[^>]*href="[^"]+', parts["feedback"])
    assert interface(language)["statement.ombudsman"].casefold() in words(parts["enforcement"]).casefold()


def test_rule_11_contacts_stand_at_the_same_place_on_every_page(trees: dict[str, Any]) -> None:
    """The same numbers in the same place of the footer, dialled by a touch, in no table (WCAG 3.2.6)."""
    shown = {language: set() for language in LANGUAGES}  # type: dict[str, set[tuple[Any, ...]]]
    for path, tree in trees.items():
        footer = tree.find(f"{HTML}body/{HTML}footer")
        phones = [link for link in footer.iter(f"{HTML}a") if (link.get("href") or "").startswith("tel:")]
        assert phones, path
        shown[path.split("/")[0]].add((*trail_to(footer, phones[0]), *(one.get("href") for one in phones)))
        for link in tree.iter(f"{HTML}a"):
            if (link.get("href") or "").startswith("tel:"):
                assert re.fullmatch(r"tel:\+371\d{8}", link.get("href")), path
                assert f"{HTML}table" not in trail_to(tree, link), path
    assert [len(places) for places in shown.values()] == [1, 1]


def test_rule_12_every_picture_has_words_or_says_that_it_is_an_ornament(trees: dict[str, Any]) -> None:
    """`alt` is there and is no file name; a drawing within a page has a name or is hidden (WCAG 1.1.1)."""
    for path, tree in trees.items():
        for picture in tree.iter(f"{HTML}img"):
            alt = picture.get("alt")
            assert alt is not None, path
            assert not re.fullmatch(r"[A-Z0-9_]{2,}|.*\.(?:jpe?g|png|webp|svg)", alt), (path, alt)
        for drawing in tree.iter("{http://www.w3.org/2000/svg}svg"):
            named = drawing.get("aria-labelledby") or drawing.get("aria-label")
            assert drawing.get("aria-hidden") == "true" or (drawing.get("role") == "img" and named), path


def test_rule_17_nothing_moves_by_itself(html: dict[str, str], real_output: Path) -> None:
    """No animation, no blinking, no playing unasked (WCAG 2.2.2)."""
    for path, page in html.items():
        assert not re.search(r"<(?:marquee|blink|animate)|\bautoplay\b|http-equiv=\"refresh\"", page), path
    for style in (real_output / "assets").glob("*.css"):
        assert not re.search(r"@keyframes|(?<![-\w])animation(?:-name)?\s*:\s*(?!none)", style.read_text("utf-8"))


def test_rule_18_no_link_says_only_here_or_more(html: dict[str, str]) -> None:
    """Link words tell where the link leads (WCAG 2.4.4)."""
    empty = {"", *(words_ for language in LANGUAGES for words_ in interface(language)["empty-links"])}
    for path, page in html.items():
        for link in re.findall(r"<a\b[^>]*>(.*?)</a>", page, re.DOTALL):
            text = words(re.sub(r'<img[^>]*alt="([^"]*)"[^>]*>', r"\1", link)).strip().lower()
            assert text not in empty, (path, link)


def test_rule_18_words_that_say_nothing_are_refused_in_each_language(project: Project) -> None:
    """The lists stand with the words of the language: the other language's words are not refused."""
    project.replace(EN, "[the house]", "[šeit]")
    assert [found.code for found in project.problems()] == []
    project.replace(EN, "[šeit]", "[Click here]")
    assert [found.code for found in project.problems()] == ["link-words"]


def test_rule_19_films_have_captions(trees: dict[str, Any]) -> None:
    """A film has a track with its words; sound alone, and what others embed, is not on the site (WCAG 1.2)."""
    for path, tree in trees.items():
        for film in tree.iter(f"{HTML}video"):
            assert film.find(f"{HTML}track") is not None, path
        assert not [*tree.iter(f"{HTML}audio"), *tree.iter(f"{HTML}object")], path
        assert [one for one in tree.iter(f"{HTML}iframe") if not one.get("src").startswith("/embed/")] == [], path


def test_rule_20_a_link_to_a_document_says_its_type_and_size(project: Project) -> None:
    """From the file itself, in the way the language writes numbers; a picture's link stays as it is."""
    project.write(
        {
            "content/media/a.pdf": "x" * 1201,
            "content/media/b.docx": "x" * 1_000_001,
            "content/media/c.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="2" height="1"/>',
        }
    )
    text = "[Rules](media:a.pdf) and **[table](media:b.docx)**, [plan](media:c.svg)"
    for language in LANGUAGES:
        path = f"content/pages/privacy.{language}.md"
        lines = (project.folder / path).read_text("utf-8").rsplit("\n", 2)
        project.write({path: f"{lines[0]}\n{text}\n"})
    assert project.build() == 0
    for path, number in (("lv/privatums", "1"), ("en/privacy", "1")):
        page = project.page(f"{path}/index.html")
        assert f">Rules (PDF, 2{NBSP}kB)</a>" in page
        assert f">table (DOCX, {number}{NBSP}MB)</a>" in page
        assert ">plan</a>" in page


LISTS = re.compile(r"(?:lv|en)/(?:index|meklet/index|search/index)\.html|(?:lv/jaunumi|en/news)/.*")
ARTICLE = re.compile(r"(?:lv/jaunumi|en/news)/\d{4}/[^/]+/index\.html")


def test_rule_21_pages_say_when_they_were_published_and_updated(html: dict[str, str]) -> None:
    """Two dates for machines and people, the second not before the first; home, search and lists of news have none."""
    undated = {}
    for path, page in html.items():
        if path in PLAIN or (LISTS.fullmatch(path) and not ARTICLE.fullmatch(path)):
            continue
        main = re.search(r"<main\b.*?</main>", page, re.DOTALL)
        assert main
        labels = [interface(path.split("/")[0])[key] for key in ("published", "updated")]
        days = [re.findall(rf'{label}\b[^<]*(?:<[^>]*>\s*)*?<time datetime="([\d-]+)"', main[0]) for label in labels]
        if not all(days) or days[0][0] > days[1][0]:
            undated[path] = days
    assert undated == {}


def test_rule_22_eu_01_the_emblem_is_in_the_header_of_every_page(html: dict[str, str]) -> None:
    """Also on the pages in no language and the one for what is not found (Regulation 821/2014 Art. 4)."""
    for path, page in html.items():
        header = re.search(r"<header\b.*?</header>", page, re.DOTALL)
        assert header, path
        assert "data-eu-emblem" in header[0], path


def test_rule_22_eu_03_the_emblem_has_its_own_colours(html: dict[str, str], real_output: Path) -> None:
    """Every emblem on a page is one of the pictures whose fills tests/test_eu.py looks at (821/2014 Annex II)."""
    looked_at = {path.read_bytes() for path in (PROJECT / "static").glob("eu-*.svg")}
    tags = {tag for page in html.values() for tag in re.findall(r"<img[^>]*data-eu-emblem[^>]*>", page)}
    sources = {source for tag in tags for source in re.findall(r'src="/([^"]+)"', tag)}
    assert sources
    assert [source for source in sources if (real_output / source).read_bytes() not in looked_at] == []


def test_rule_22_eu_05_the_union_is_named_in_full(html: dict[str, str]) -> None:
    """Beside the emblem or as its words, in the language of the page."""
    for path, page in html.items():
        block = eu_block(page)
        spoken_words = words(block) + " ".join(re.findall(r'alt="([^"]*)"', block))
        names = {"lv": ["Eiropas Savienīb"], "en": ["European Union"]}
        for name in names.get(path.split("/")[0], ["Eiropas Savienīb", "European Union"]):
            assert name in spoken_words, path


def eu_block(page: str) -> str:
    found = re.search(r'<section class="eu\b.*?</section>', page, re.DOTALL)
    assert found
    return found[0]


def test_rule_22_eu_06_the_period_decides_the_words(html: dict[str, str]) -> None:
    """2014-2020 names the funds on every page; what 2021-2027 says is in tests/test_eu.py (2021/1060 Annex IX)."""
    for path, page in html.items():
        names = {"lv": ["Eiropas Sociālais fonds", "Eiropas Reģionālās attīstības fonds"]}
        english = ["European Social Fund", "European Regional Development Fund"]
        for name in names.get(path.split("/")[0], english):
            assert name in words(eu_block(page)), path
        assert set(re.findall(r'data-period="([^"]+)"', eu_block(page))) == {"2014-2020"}, path


def test_rule_22_eu_12_what_a_fund_paid_names_that_fund(real_made: Made, html: dict[str, str]) -> None:
    """A facility, service or news item of the regional fund's project names it, and so for the social fund's."""
    seen = set()
    for path, view in real_made.views.items():
        fund = getattr(view, "fund", None)
        if fund is not None:
            seen.add((fund.fund, type(view).__name__))
            assert fund.fund_name in main_words(html[path]), path
            assert f'data-fund="{fund.fund}"' in eu_block(html[path]), path
    assert {fund for fund, _ in seen} == {"ESF", "ERDF"}
    assert len({view for _, view in seen}) >= 3


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("operation", [0, 1])
def test_rule_23_eu_10_an_operation_tells_all_that_it_must(operation: int, language: str, html: dict[str, str]) -> None:
    """Aims, results, fund, amount, the EU's part and dates: each is there, if only to say that no source states it."""
    addresses = {"lv": ("par-projektu", "par-projektu/infrastruktura"), "en": ("about", "about/infrastructure")}
    text = main_words(html[f"{language}/{addresses[language][operation]}/index.html"])
    parts = ("aims", "results", "fund", "total", "eu_part", "start", "end", "beneficiary")
    for key in (f"operation.{part}" for part in parts):
        assert interface(language)[key] in text, key


def test_rule_24_eu_11_a_running_operation_is_renewed_every_half_year(project: Project) -> None:
    """183 days are in time, 184 are a warning; after the end nothing is asked."""
    project.replace(ESF, "end: 2023-12-31", "end: 2027-12-31")

    def old(*day: int) -> bool:
        return "operation-old" in {found.code for found in project.problems(today=datetime.date(*day))}

    assert [old(2027, 5, 24), old(2027, 5, 25), old(2027, 12, 31), old(2028, 1, 1)] == [False, True, True, False]


def test_rule_25_no_national_mark_of_one_period_stands_with_another(html: dict[str, str]) -> None:
    """The slogan and signs of 2014-2020 are official files that are not redrawn, and are not on the site."""
    for path, page in html.items():
        assert not re.search(r"Ieguldījums tavā nākotnē|NAP ?2020|Nacionālais attīstības plāns", eu_block(page)), path


def test_rule_26_no_template_types_a_figure() -> None:
    """Figures come from the facts, so no digit stands in the words of a template."""
    for template in (PROJECT / "templates").rglob("*.html"):
        text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", template.read_text("utf-8"), flags=re.DOTALL)
        seen = re.sub(r"<[^>]*>|&#?\w+;", "", text)
        assert not re.search(r"\d", seen), (template.name, re.search(r".*\d.*", seen))


RESULTS = {"lv": "lv/rezultati/", "en": "en/results/"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_rule_26_every_figure_shows_its_source(language: str, html: dict[str, str]) -> None:
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


def test_rule_27_figures_of_people_are_never_added() -> None:
    """No template adds anything, and figures refuse to be added."""
    from site_builder.content_types.figure import Figure, NotAdditive, total
    from site_builder.values import Localized

    for template in (PROJECT / "templates").rglob("*.html"):
        assert not re.search(r"\|\s*sum\b", template.read_text("utf-8")), template.name
    names = Localized((("lv", "Bērni"), ("en", "Children")))
    children = Figure(names, "count", names, additive=False, status="current")
    with pytest.raises(NotAdditive):
        total([children, children])


SERVICE_PARTS = (
    "for_whom", "how_to_get", "needed", "you_get", "deadlines", "cost", "where", "provider", "rules", "contact",
)  # fmt: skip


def test_rule_28_a_service_page_has_its_parts_in_order(real_made: Made, html: dict[str, str]) -> None:
    """Every part is there, if only to say that it is not stated, in the order of the public-service model."""
    services = [path for path, view in real_made.views.items() if type(view).__name__ == "ServiceView"]
    assert len(services) >= 14
    for path in services:
        language = path.split("/")[0]
        wanted = [interface(language)[f"service.{part}"] for part in SERVICE_PARTS]
        headings = [words(one).strip() for one in re.findall(r"<h2\b[^>]*>(.*?)</h2>", html[path], re.DOTALL)]
        assert [heading for heading in headings if heading in wanted] == wanted, path


def test_rule_29_a_facility_page_has_its_fields(real_made: Made, html: dict[str, str]) -> None:
    """Address, kind, for whom, how many, services, who runs it, access and money: stated, or said to be unknown."""
    facilities = [path for path, view in real_made.views.items() if type(view).__name__ == "FacilityView"]
    assert len(facilities) == 8
    for path in facilities:
        text = main_words(html[path])
        for part in ("address", "kind", "audience", "capacity", "services", "operator", "access", "fund"):
            assert interface(path.split("/")[0])[f"facility.{part}"] in text, (path, part)


def test_rule_29_no_output_carries_a_point_on_a_map(real_output: Path) -> None:
    """No coordinates are known, and homes would not show them: no geo in any file."""
    for path in real_output.rglob("*"):
        if path.is_file() and path.suffix in (".html", ".json", ".xml"):
            text = path.read_text("utf-8")
            assert '"geo"' not in text, path
            assert "latitude" not in text, path


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
def test_rule_30_structured_data_has_the_type_of_its_page(path: str, html: dict[str, str]) -> None:
    """schema.org types by kind of page."""
    assert EXPECTED_TYPES[path] in [thing["@type"] for thing in structured(html[path])]


def test_rule_30_structured_data_says_what_the_page_says(html: dict[str, str]) -> None:
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


def test_rule_32_every_footer_links_to_the_licence(trees: dict[str, Any]) -> None:
    """The terms of use are one step from everywhere."""
    for path, tree in trees.items():
        links = tree.find(f"{HTML}body/{HTML}footer").iter(f"{HTML}a")
        assert [link for link in links if link.get("rel") == "license" and link.get("href")], path


def test_rule_33_every_footer_links_to_the_privacy_notice(trees: dict[str, Any]) -> None:
    """GDPR Art. 13: what is known of readers is told where they are."""
    for path, tree in trees.items():
        links = [link.get("href") for link in tree.find(f"{HTML}body/{HTML}footer").iter(f"{HTML}a")]
        assert {"lv": "/lv/privatums/", "en": "/en/privacy/"}[path.split("/")[0]] in links, path


def test_rule_33_nothing_is_loaded_from_elsewhere_and_nothing_is_inline(html: dict[str, str]) -> None:
    """No third party, no inline script or style: privacy and a strict content security policy."""
    for path, page in html.items():
        for link in re.findall(r'<(?:script|img|iframe|source)[^>]*\ssrc="([^"]*)"', page):
            assert link.startswith("/"), (path, link)
        for link in re.findall(r'<link rel="(?:stylesheet|icon)"[^>]*href="([^"]*)"', page):
            assert link.startswith("/"), (path, link)
        assert not re.search(r'\sstyle="|<style|\son[a-z]+="', page), path
        assert not re.search(r'<script(?! type="application/ld\+json"| src="/assets/)', page), path


def test_rule_36_sitemap_names_every_page_with_its_languages(html: dict[str, str], real_output: Path) -> None:
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


def test_rule_36_every_page_is_reached_in_three_clicks(html: dict[str, str]) -> None:
    """From a language's home page."""
    for language in LANGUAGES:
        reached = {f"{language}/index.html"}
        for _ in range(3):
            for path in tuple(reached):
                links = re.findall(r'href="(/[^"#?]*)"', html.get(path, ""))
                reached |= {link.lstrip("/") + "index.html" for link in links if link.endswith("/")}
        assert {path for path in html if path.startswith(f"{language}/")} <= reached


def test_rule_39_quotation_marks_are_the_languages_own(html: dict[str, str]) -> None:
    """“ ” in both languages; no straight quotes in running text."""
    for path, page in html.items():
        text = words(re.sub(r"<(script|head|code|pre)\b.*?</\1>", "", page, flags=re.DOTALL))
        assert '"' not in text.replace("&quot;", '"'), path
        assert "„" not in text, path


def test_rule_39_numbers_follow_the_language(html: dict[str, str]) -> None:
    """1399 and 2 630 900 eiro in Latvian; 1,399 and EUR 2,630,900 in English; no-break inside."""
    latvian, english = html["lv/rezultati/index.html"], html["en/results/index.html"]
    assert "1399" in latvian
    assert f"2{NBSP}630{NBSP}900{NBSP}eiro" in latvian
    assert f"vairāk nekā 1,5{NBSP}milj.{NBSP}eiro" in latvian
    assert f"1,399{NBSP}cases" in english
    assert f"EUR{NBSP}2,630,900" in english
    assert f"more than EUR{NBSP}1.5{NBSP}million" in english


def test_rule_39_dates_and_money_do_not_break(trees: dict[str, Any]) -> None:
    """Between a year and its word, a day and its month, a number and its unit stands a no-break space."""
    broken = re.compile(r"\b\d{4}\. gad|\bgada \d|\d (?:eiro|milj\.|million)\b|\bEUR \d|\biela \d")
    for path, tree in trees.items():
        assert not [match[0] for text, _ in spoken(tree) for match in broken.finditer(text)], path


def test_rule_39_marks_in_code_and_addresses_are_left_alone(project: Project) -> None:
    """A check of typing looks at what readers see."""
    code = "See `a -- \"b\"...` and [it's on](https://x.example/a--b...c?d='e') a page."
    project.replace(EN, "See [the house](facility:salmu).", code)
    assert [found.place.column for found in project.problems() if found.code == "typography"] == [62]


def test_rule_40_people_come_before_their_conditions(project: Project, site_folder: Callable[..., Project]) -> None:
    """An error in our own words, a warning where others speak: in a quotation, in an official name."""

    def told(text: str, **files: str) -> list[tuple[str, str]]:
        project.write({EN: f"---\ntitle: A\nslug: decision\nsummary: S.\n---\n\n{text} [[fact:children]]\n", **files})
        return [(found.code, found.severity) for found in project.problems()]

    assert told("People with disabilities.") == []
    assert told("The disabled.") == [("people-first", "error")]
    assert told("She said: “We clients decide.”") == [("people-first", "warning")]
    sources = (project.folder / "content/facts/sources.yaml").read_text("utf-8")
    named = sources.replace("title: Lēmums", "title: Decision on clients")
    assert told("The Decision on clients.", **{"content/facts/sources.yaml": named}) == [("people-first", "warning")]


def test_rule_42_every_link_and_anchor_of_ours_leads_somewhere(html: dict[str, str], real_output: Path) -> None:
    """Pages, files and places on pages exist."""
    ids = {path: set(re.findall(r'\sid="([^"]+)"', page)) for path, page in html.items()}
    for path, page in html.items():
        for link in re.findall(r'(?:href|src)="([^"]*)"', page):
            target, _, anchor = unescape(link).partition("#")
            if re.match(r"https?:|tel:|mailto:", link):
                continue
            there = path if not target else (target.lstrip("/") + ("index.html" if target.endswith("/") else ""))
            assert (real_output / there).is_file(), (path, link)
            if anchor and there in ids:
                assert anchor in ids[there], (path, link)
