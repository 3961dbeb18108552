"""Figures as claims: what holds, what may be added up, and what an editor must say about a number."""

import dataclasses
from decimal import Decimal
from typing import Any

import pytest

from site_builder.content_types.content_type import Entry
from site_builder.content_types.figure import FIGURE, Figure, NotAdditive, Reading, total
from site_builder.problems import Place, Problem
from site_builder.schema import Context, read
from site_builder.sources.read import Document, SourceText
from site_builder.values import Localized, PartialDate
from site_builder.yaml_places import parse

WORDS = Localized((("lv", "Vārdi"), ("en", "Words")))
DAY = PartialDate("2023-09-01")
MONEY = Figure(
    label=WORDS,
    unit="EUR",
    scope=WORDS,
    additive=True,
    status="current",
    value=Decimal(100),
    sources=("decision",),
    as_of=DAY,
    operation="esf",
)


def _with(**changes: Any) -> Figure:
    return dataclasses.replace(MONEY, **changes)


# Adding up -----------------------------------------------------------------------------------------------------


def test_money_of_one_operation_is_added_up() -> None:
    """What is marked additive may be added, to the cent."""
    assert total([MONEY, _with(value=Decimal("0.10")), _with(value=Decimal("0.20"))]) == Decimal("100.30")


def test_nothing_adds_up_to_zero() -> None:
    """The sum of no figures is no money."""
    assert total([]) == 0


def test_the_figures_may_come_one_by_one() -> None:
    """A generator is as good as a list."""
    assert total(figure for figure in (MONEY, MONEY)) == 200


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(_with(additive=False), id="not additive"),
        pytest.param(_with(status="disputed"), id="disputed"),
        pytest.param(_with(status="disputed", value=None, readings=(Reading(Decimal(1), ("a",)),)), id="readings"),
        pytest.param(_with(value=None), id="no value"),
        pytest.param(_with(qualifier="about"), id="about"),
        pytest.param(_with(qualifier="more-than"), id="more than"),
        pytest.param(_with(qualifier="at-least"), id="at least"),
        pytest.param(_with(qualifier="at-most"), id="at most"),
        pytest.param(_with(qualifier="planned"), id="planned"),
        pytest.param(_with(unit="percent"), id="another unit"),
        pytest.param(_with(operation="erdf"), id="another operation"),
        pytest.param(_with(operation=None), id="no operation"),
    ],
)
def test_what_would_make_a_false_sum_is_not_added(other: Figure) -> None:
    """One figure that must not be added spoils the sum, wherever it stands."""
    for figures in ([MONEY, other], [other, MONEY]):
        with pytest.raises(NotAdditive):
            total(figures)


def test_even_one_figure_alone_must_be_additive() -> None:
    """A sum of one is a sum all the same."""
    with pytest.raises(NotAdditive):
        total([_with(additive=False)])


def test_figures_know_no_plus() -> None:
    """Two figures cannot be added past total()."""
    with pytest.raises(NotAdditive):
        MONEY + MONEY


@pytest.mark.parametrize("number", [0, 1, Decimal(1)])
def test_figures_know_no_plus_with_numbers(number: Any) -> None:
    """A number cannot be added to a figure."""
    with pytest.raises(NotAdditive):
        MONEY + number


@pytest.mark.parametrize("number", [0, 1, Decimal(1)])
def test_numbers_know_no_plus_with_figures(number: Any) -> None:
    """Nor a figure to a number."""
    with pytest.raises(NotAdditive):
        number + MONEY


def test_sum_does_not_get_past_total() -> None:
    """Python's own sum() is refused like any other plus."""
    figures: list[Any] = [MONEY, MONEY]
    with pytest.raises(NotAdditive):
        sum(figures)


# What holds ----------------------------------------------------------------------------------------------------


def test_a_value_is_the_one_reading_that_holds() -> None:
    """A plain figure states one reading, made of its own fields."""
    figure = _with(qualifier="about", note=WORDS)
    assert figure.stated == (Reading(Decimal(100), ("decision",), "about", DAY, None, WORDS),)


def test_a_disputed_figure_states_every_reading() -> None:
    """No reading of a disputed figure is preferred, and earlier values are not among them."""
    readings = (Reading(Decimal(8), ("a",)), Reading(Decimal(9), ("b",)))
    figure = _with(status="disputed", value=None, readings=readings, series=(Reading(Decimal(1), ("c",)),))
    assert figure.stated == readings


# Rules ---------------------------------------------------------------------------------------------------------

GOOD = """\
label: {lv: Bērni, en: Children}
unit: count
noun: {lv: {zero: bērni, one: bērns, other: bērni}, en: {one: child, other: children}}
scope: {lv: Liepāja, en: Liepāja}
additive: false
status: current
"""
VALUE = "value: 114\nas_of: 2023-09-01\nsources: [decision]\n"
READINGS = """\
explanation: {lv: Tā., en: So.}
readings:
  - {value: 8, sources: [a], as_of: 2023-09-01}
  - {value: 9, sources: [b], undated: {lv: bez datuma, en: undated}}
"""


def _problems(text: str) -> list[Problem]:
    document, problems = parse(text, "figures.yaml")
    context = Context(("lv", "en"), {"lv": ("zero", "one", "other"), "en": ("one", "other")})
    fields = read(Figure, document, (), context)
    assert problems + context.problems == []
    source = SourceText("figures.yaml", None, Document("figures.yaml", document, "", 1))
    entry = Entry("fact", "children", fields, Place("figures.yaml"), source)
    return [found for rule in FIGURE.rules for found in rule(entry)]


@pytest.mark.parametrize("text", [GOOD + VALUE, GOOD.replace("current", "disputed") + READINGS])
def test_a_figure_with_source_and_date_is_fine(text: str) -> None:
    """One value, or a dispute with two readings and an explanation."""
    assert _problems(text) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (GOOD, [("missing-key", 1)]),
        (GOOD + "value: 114\nas_of: 2023-09-01\nsources: []\n", [("figure-without-source", 9)]),
        (GOOD + "value: 114\nas_of: 2023-09-01\n", [("figure-without-source", 1)]),
        (GOOD + "value: 114\nsources: [decision]\n", [("figure-without-date", 1)]),
        (GOOD + VALUE + "undated: {lv: bez datuma, en: undated}\n", [("figure-date-twice", 10)]),
        (GOOD.replace("additive: false", "additive: true") + VALUE, [("additive-people", 5)]),
        (GOOD.replace("noun:", "note: {lv: a, en: b} #") + VALUE, [("missing-key", 1)]),
        (GOOD + VALUE + "series: [{value: 1, sources: [], as_of: 2022-01-01}]\n", [("figure-without-source", 10)]),
        (GOOD + VALUE + "series: [{value: 1, sources: [a]}]\n", [("figure-without-date", 10)]),
        (GOOD + VALUE + READINGS, [("readings-undisputed", 12)]),
        (GOOD.replace("current", "disputed") + READINGS + VALUE, [("disputed-value", 11)]),
        (GOOD.replace("current", "disputed") + READINGS.split("\n", 1)[1], [("missing-key", 1)]),
        (
            GOOD.replace("current", "disputed") + READINGS.rsplit("\n", 2)[0] + "\n",
            [("disputed-readings", 6)],
        ),
    ],
)
def test_what_a_figure_lacks_is_told_where_it_is_lacking(text: str, told: list[tuple[str, int]]) -> None:
    """Values, readings, sources, dates, nouns and the mark that figures may be added."""
    assert [(found.code, found.place.line) for found in _problems(text)] == told


def test_money_may_be_additive() -> None:
    """Only groups of people overlap; money does not."""
    text = GOOD.replace("count", "EUR").replace("additive: false", "additive: true") + VALUE
    assert _problems(text) == []
