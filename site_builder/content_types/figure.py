"""Figures: numbers as claims, each with unit, qualifier, date (or why there is none) and sources.

A number that sources state differently is `disputed` and keeps every reading; earlier values stay as a series.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal

from site_builder.content_types.content_type import ContentType, Entry
from site_builder.problems import Problem, phrase, problem
from site_builder.values import Counted, Localized, OperationId, PartialDate, SourceId, Vocabulary

Qualifier = Literal["exact", "about", "more-than", "at-least", "at-most", "planned"]
Unit = Literal["count", "EUR", "percent", "m2", "kWh/m2", "years"]
# The list of site.yaml that names the groups of figures: the sections under the page of results.
FIGURE_GROUPS = "sections (parent: results)"


class NotAdditive(Exception):
    """Raised when figures are added that must not be: groups of people overlap, and a sum would be a false fact."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One value as one or more sources state it."""

    value: Decimal
    sources: tuple[SourceId, ...]
    qualifier: Qualifier = "exact"
    as_of: PartialDate | None = None
    undated: Localized | None = None
    note: Localized | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that the site prints."""

    label: Localized
    unit: Unit
    scope: Localized
    additive: bool
    status: Literal["current", "superseded", "disputed"]
    value: Decimal | None = None
    sources: tuple[SourceId, ...] = ()
    qualifier: Qualifier = "exact"
    as_of: PartialDate | None = None
    undated: Localized | None = None
    noun: Counted | None = None
    show_as: Literal["full", "millions"] = "full"
    operation: OperationId | None = None
    group: Annotated[str, Vocabulary(FIGURE_GROUPS)] | None = None
    note: Localized | None = None
    explanation: Localized | None = None
    readings: tuple[Reading, ...] = ()
    series: tuple[Reading, ...] = ()

    @property
    def stated(self) -> tuple[Reading, ...]:
        """The readings that hold: one, or for a disputed figure all of them."""
        if self.readings or self.value is None:
            return self.readings
        return (Reading(self.value, self.sources, self.qualifier, self.as_of, self.undated, self.note),)

    @property
    def disputed(self) -> bool:
        return self.status == "disputed"

    def __add__(self, other: object) -> "Figure":
        raise NotAdditive("figures are added with total(), which asks whether they may be")

    __radd__ = __add__


def total(figures: Iterable[Figure]) -> Decimal:
    """Add figures up.

    Raises NotAdditive unless each is marked additive, undisputed, exact and of one unit and operation.
    """
    listed = tuple(figures)
    for figure in listed:
        if not figure.additive or figure.disputed or figure.value is None or figure.qualifier != "exact":
            raise NotAdditive(dict(figure.label.words).get("en", "figure"))
    if len({(figure.unit, figure.operation) for figure in listed}) > 1:
        raise NotAdditive("different units or operations")
    return sum((figure.value for figure in listed if figure.value is not None), Decimal(0))


def value_or_readings(entry: Entry) -> Iterator[Problem]:
    """A disputed figure has two readings or more; any other has one value."""
    figure: Figure = entry.fields
    if figure.disputed and len(figure.readings) < 2:
        yield problem("disputed-readings", entry.place("status"), hint=phrase("hint.readings"))
    if figure.disputed and figure.explanation is None:
        yield problem("missing-key", entry.place(), key="explanation", hint=phrase("hint.explanation"))
    if not figure.disputed and figure.value is None:
        yield problem("missing-key", entry.place("value"), key="value")
    if not figure.disputed and figure.readings:
        yield problem("readings-undisputed", entry.place("readings"), hint=phrase("hint.readings"))
    if figure.disputed and figure.value is not None:
        yield problem("disputed-value", entry.place("value"), hint=phrase("hint.readings"))


def sourced_and_dated(entry: Entry) -> Iterator[Problem]:
    """No number without a source; without a date only with words that say why."""
    figure: Figure = entry.fields
    for path, reading in _all_readings(figure):
        if not reading.sources:
            yield problem("figure-without-source", entry.place(*path, "sources"), hint=phrase("hint.source"))
        if reading.as_of is None and reading.undated is None:
            yield problem("figure-without-date", entry.place(*path, "as_of"), hint=phrase("hint.undated"))
        if reading.as_of is not None and reading.undated is not None:
            yield problem("figure-date-twice", entry.place(*path, "undated"))


def _all_readings(figure: Figure) -> Iterator[tuple[tuple[str | int, ...], Reading]]:
    if figure.value is not None:
        yield (), Reading(figure.value, figure.sources, figure.qualifier, figure.as_of, figure.undated)
    for index, reading in enumerate(figure.readings):
        yield ("readings", index), reading
    for index, reading in enumerate(figure.series):
        yield ("series", index), reading


def counted_noun(entry: Entry) -> Iterator[Problem]:
    """What is counted is named in the plural forms of each language."""
    if entry.fields.unit == "count" and entry.fields.noun is None:
        yield problem("missing-key", entry.place("noun"), key="noun", hint=phrase("hint.plural-forms"))


def people_not_additive(entry: Entry) -> Iterator[Problem]:
    """Only money may be marked additive: counted groups overlap."""
    if entry.fields.additive and entry.fields.unit != "EUR":
        yield problem("additive-people", entry.place("additive"), hint=phrase("hint.additive"))


FIGURE = ContentType(
    kind="fact",
    layout="table",
    where="facts/figures.yaml",
    fields=Figure,
    rules=(value_or_readings, sourced_and_dated, counted_noun, people_not_additive),
)
