"""The rules of news: the year of the folder, the day of publication, the order of dates, words for pictures."""

import datetime

import pytest

from site_builder.content_types.content_type import Entry, LanguageText
from site_builder.content_types.news import NEWS, NewsFields, NewsText, published_day
from site_builder.problems import Place, Problem
from site_builder.schema import Context, read_fields
from site_builder.sources.read import Document, SourceText
from site_builder.yaml_places import YamlDocument, parse

SHARED = "date: 2016-02-25\ncategory: decisions\nsources: [decision]\n"
TEXT = "title: Lēmums\nsummary: Dome lēma.\n"
LV, EN = "2016/lemums.lv.md", "2016/lemums.en.md"


def _source(path: str, front_matter: YamlDocument) -> SourceText:
    return SourceText(path, None, Document(path, front_matter, "", 1))


def _entry(shared: str = SHARED, lv: str = TEXT, en: str = TEXT, key: str = "2016/lemums") -> Entry:
    context = Context(("lv", "en"), {}, {"categories": frozenset({"decisions"})})
    document, _ = parse(shared, LV)
    fields = read_fields(NewsFields, document, (), context)
    texts = []
    for language, path, text in (("lv", LV, lv), ("en", EN, en)):
        front_matter, _ = parse(text, path)
        fields_read = read_fields(NewsText, front_matter, (), context)
        texts.append(LanguageText(language, fields_read, _source(path, front_matter)))
    assert context.problems == []
    return Entry("news", key, fields, Place(LV), _source(LV, document), (), tuple(texts))


def _problems(entry: Entry) -> list[Problem]:
    return [found for rule in NEWS.rules for found in rule(entry)]


def _told(entry: Entry) -> list[tuple[str, Place, bool]]:
    return [(found.code, found.place, found.hint is not None) for found in _problems(entry)]


def test_a_plain_item_is_fine() -> None:
    """A full day in its year's folder needs nothing more."""
    assert _problems(_entry()) == []


def test_an_item_stands_in_the_folder_of_its_year() -> None:
    """Another year's folder is told at the date."""
    assert _told(_entry(key="2017/lemums")) == [("year-folder", Place(LV, 1, 7), True)]


@pytest.mark.parametrize(
    "date",
    [
        "{date: 2016-02, precision: month}",
        "{date: 2016-winter, precision: season}",
        "{date: 2016, precision: year}",
        "{date: 2016-02-25, inferred: true, because: {lv: Tā., en: So.}}",
    ],
)
def test_an_inexact_date_asks_when_we_published(date: str) -> None:
    """Feeds need a day, and an inexact date has none that is sure."""
    entry = _entry(SHARED.replace("2016-02-25", date))
    assert [(code, hinted) for code, _, hinted in _told(entry)] == [("published-missing", True)]


def test_an_inexact_date_with_a_day_of_publication_is_fine() -> None:
    """`published` answers what an inexact date leaves open."""
    shared = SHARED.replace("2016-02-25", "{date: 2016, precision: year}") + "published: 2026-11-22\n"
    assert _problems(_entry(shared)) == []


def test_an_item_is_published_on_its_day_unless_it_says_otherwise() -> None:
    """Without `published` the day of the event is the day of publication."""
    assert published_day(_entry()) == datetime.date(2016, 2, 25)


def test_published_holds_over_the_day_of_the_event() -> None:
    """News of the past is published today."""
    assert published_day(_entry(SHARED + "published: 2026-11-22\n")) == datetime.date(2026, 11, 22)


@pytest.mark.parametrize("expires", ["2026-01-01", "2026-01-02"])
def test_nothing_expires_before_it_appears(expires: str) -> None:
    """An item must be on the site for a day at least."""
    entry = _entry(f"{SHARED}publish_from: 2026-01-02\nexpires: {expires}\n")
    assert _told(entry) == [("dates-order", Place(LV, 5, 10), False)]


def test_an_item_may_appear_and_expire() -> None:
    """The right order is fine."""
    assert _problems(_entry(SHARED + "publish_from: 2026-01-01\nexpires: 2026-01-02\n")) == []


def test_no_language_is_updated_before_it_is_published() -> None:
    """The text that says so is told, in its own file."""
    entry = _entry(en=TEXT + "updated: 2016-02-24\n")
    assert _told(entry) == [("dates-order", Place(EN, 3, 10), False)]


def test_an_update_on_the_day_of_publication_is_fine() -> None:
    """A text may be put right on its first day."""
    assert _problems(_entry(lv=TEXT + "updated: 2016-02-25\n")) == []


def test_a_picture_has_words_in_every_language() -> None:
    """The language that has none is told (WCAG 1.1.1)."""
    entry = _entry(SHARED + "image: maja.jpg\n", lv=TEXT + "image_alt: Māja\n")
    assert _told(entry) == [("missing-alt", Place(EN, 1, 1), True)]
