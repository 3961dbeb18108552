"""The real content as it is published: every promised address, file and fact, in both languages."""

import json
import re
from pathlib import Path

import html5lib
import pytest
from reading import LANGUAGES, words

from site_builder.build import Built

# The addresses that were promised when the site was ordered; those of pieces are in test_embeds.py.
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
        "/lv/pieklustamibas-pazinojums/", "/lv/privatums/", "/lv/par-vietni/", "/lv/lapas-karte/", "/lv/meklet/",
        "/lv/dati/", "/lv/plusmas/", "/lv/iegult/",
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
        "/en/accessibility-statement/", "/en/privacy/", "/en/about-this-site/", "/en/site-map/", "/en/search/",
        "/en/data/", "/en/feeds/", "/en/embed/",
    ),
}  # fmt: skip
FILES = (
    "index.html", "404.html", "robots.txt", "sitemap.xml", "site-manifest.json", "lv/feed.xml", "lv/feed.json",
    "en/feed.xml", "en/feed.json", "lv/rss.xml", "en/rss.xml", "lv/calendar.ics",
    "en/calendar.ics", "data/figures.csv", "data/figures.json",
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


def test_the_only_known_notices_are_the_two_of_the_owner(built: Built) -> None:
    """The real content has no error, no warning, and two notices that wait for the owner."""
    assert [found.code for found in built.problems] == ["base-url-undecided", "publisher-undecided"]
