"""Where everything is: addresses of sections, pages, news, facts that share a page, and lists."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import SECTIONS, small_site

from site_builder.addresses import ANCHORED, PAGED, Addresses
from site_builder.config import Options, load_config
from site_builder.content_types import CONTENT_TYPES
from site_builder.content_types.content_type import Entry, LanguageText
from site_builder.problems import Place
from site_builder.sources.read import SourceText
from site_builder.values import LocalizedSlug

SOURCE = SourceText("a")


# A group of figures, a kind of sources with a page of its own, and a section that only looks like one.
PARTS = """\
  - {key: people, path: {lv: rezultati/cilveki, en: results/people}, name: {lv: C, en: P}, parent: results}
  - {key: sources-press, path: {lv: avoti/prese, en: sources/press}, name: {lv: P, en: P}, parent: sources}
  - {key: sources-reference, path: {lv: uzzinas, en: reference}, name: {lv: U, en: R}}
"""


@pytest.fixture
def addresses(tmp_path: Path) -> Addresses:
    """The addresses of the small site."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content/site.yaml").write_text(small_site()["content/site.yaml"] + PARTS, "utf-8")
    return Addresses(load_config(tmp_path, Options())[0])


def _entry(kind: str, key: str, /, **fields: Any) -> Entry:
    return Entry(kind, key, SimpleNamespace(**fields), Place("a"), SOURCE)


def _written(kind: str, key: str, slug_lv: str | None = None, slug_en: str | None = None) -> Entry:
    texts = tuple(
        LanguageText(language, SimpleNamespace(slug=slug), SOURCE)
        for language, slug in (("lv", slug_lv), ("en", slug_en))
    )
    return Entry(kind, key, SimpleNamespace(), Place("a"), SOURCE, (), texts)


@pytest.mark.parametrize(
    ("entry", "lv", "en"),
    [
        (_written("page", "home"), "/lv/", "/en/"),
        (_written("page", "not-found"), "/404.html", "/404.html"),
        (_written("page", "about"), "/lv/par-projektu/", "/en/about/"),
        (_written("page", "about", "cits", "other"), "/lv/par-projektu/", "/en/about/"),
        (_written("page", "infrastructure"), "/lv/par-projektu/infrastruktura/", "/en/about/infrastructure/"),
        (_written("page", "ipasa-lapa", None, "special-page"), "/lv/ipasa-lapa/", "/en/special-page/"),
        (_written("news", "2016/lemums"), "/lv/jaunumi/2016/lemums/", "/en/news/2016/lemums/"),
        (_written("news", "2016/lemums", "cits", "decision"), "/lv/jaunumi/2016/cits/", "/en/news/2016/decision/"),
        (_entry("facility", "salmu"), "/lv/vietas/salmu/", "/en/facilities/salmu/"),
        (_entry("facility", "salmu", slug=None), "/lv/vietas/salmu/", "/en/facilities/salmu/"),
        (
            _entry("service", "care", slug=LocalizedSlug((("lv", "aprupe"), ("en", "care-at-home")))),
            "/lv/pakalpojumi/aprupe/",
            "/en/services/care-at-home/",
        ),
        (_entry("operation", "esf", fund="ESF"), "/lv/par-projektu/", "/en/about/"),
        (
            _entry("operation", "erdf", fund="ERDF"),
            "/lv/par-projektu/infrastruktura/",
            "/en/about/infrastructure/",
        ),
        (_entry("fact", "children", group=None), "/lv/rezultati/#children", "/en/results/#children"),
        (_entry("fact", "children", group="people"), "/lv/rezultati/cilveki/#children", "/en/results/people/#children"),
        (_entry("source", "decision", kind="primary"), "/lv/avoti/#decision", "/en/sources/#decision"),
        (_entry("source", "item", kind="press"), "/lv/avoti/prese/#item", "/en/sources/press/#item"),
        (_entry("source", "book", kind="reference"), "/lv/avoti/#book", "/en/sources/#book"),
        (_entry("person", "mayor"), "/lv/darba-grupa/#mayor", "/en/working-group/#mayor"),
    ],
)
def test_an_entry_has_an_address_in_each_language(addresses: Addresses, entry: Entry, lv: str, en: str) -> None:
    """By its slug where it has one, else by its key; facts that share a page have anchors there."""
    assert [addresses.of(entry, language) for language in ("lv", "en")] == [lv, en]


@pytest.mark.parametrize(
    ("ask", "lv", "en"),
    [
        (lambda all_, language: all_.home(language), "/lv/", "/en/"),
        (lambda all_, language: all_.section("site-map", language), "/lv/lapas-karte/", "/en/site-map/"),
        (lambda all_, language: all_.word("page", language), "lapa", "page"),
        (lambda all_, language: all_.year("2016", language), "/lv/jaunumi/2016/", "/en/news/2016/"),
        (
            lambda all_, language: all_.labelled("category", "lemumi", language),
            "/lv/jaunumi/kategorija/lemumi/",
            "/en/news/category/lemumi/",
        ),
        (
            lambda all_, language: all_.labelled("tag", "gimenes", language),
            "/lv/jaunumi/birka/gimenes/",
            "/en/news/tag/gimenes/",
        ),
        (lambda all_, language: all_.page_of_list("/x/", 1, language), "/x/", "/x/"),
        (lambda all_, language: all_.page_of_list("/x/", 2, language), "/x/lapa/2/", "/x/page/2/"),
    ],
)
def test_a_part_of_the_site_has_an_address_in_each_language(
    addresses: Addresses, ask: Callable[[Addresses, str], str], lv: str, en: str
) -> None:
    """Home, sections, years, categories, tags, and the further pages of lists."""
    assert [ask(addresses, language) for language in ("lv", "en")] == [lv, en]


def test_every_content_type_has_its_place() -> None:
    """A new kind of content is given a page or an anchor here."""
    placed = {*ANCHORED, *PAGED, "operation", "page"}
    assert {content_type.kind for content_type in CONTENT_TYPES} - placed == set()


def test_every_place_is_a_section_of_the_site() -> None:
    """The sections that addresses name are those that a site must have."""
    assert {*ANCHORED.values(), *PAGED.values()} - set(SECTIONS) == set()
