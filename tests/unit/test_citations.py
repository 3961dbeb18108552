"""Short names of sources: publisher and year, and a number where two would read the same."""

from types import SimpleNamespace
from typing import Any

from site_builder.citations import short_names
from site_builder.content_types.content_type import Entry
from site_builder.i18n.formats import Formats
from site_builder.i18n.words import Words
from site_builder.problems import Place
from site_builder.sources.read import SourceText
from site_builder.values import Localized, PartialDate

FORMATS = Formats(
    Words(
        "en",
        "en_GB",
        {"number.minimum-grouping-digits": "1", "number.group": ",", "undated": "no date", "no-break": []},
    )
)


def _source(key: str, publisher: str, date: PartialDate | None) -> Entry:
    fields: Any = SimpleNamespace(publisher=Localized((("en", publisher),)), date=date)
    return Entry("source", key, fields, Place("a"), SourceText("a"))


def test_a_source_is_named_by_publisher_and_year() -> None:
    """What stands in brackets is left to the page of sources; a source without a date says so."""
    sources = [
        _source("page", "Region (project website)", PartialDate("2021-08", "month")),
        _source("map", "Region", None),
    ]
    assert short_names(sources, FORMATS) == {"page": "Region, 2021", "map": "Region, no date"}


def test_no_two_sources_have_one_name() -> None:
    """Link words that are equal lead to one place (WCAG 2.4.4)."""
    day = PartialDate("2023", "year")
    sources = [_source("a", "Press", day), _source("b", "Press (copy)", day), _source("c", "Council", day)]
    assert short_names(sources, FORMATS) == {"a": "Press, 2023", "b": "Press, 2023\u00a0(2)", "c": "Council, 2023"}
