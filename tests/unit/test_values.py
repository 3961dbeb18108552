"""The small values: dates that may be inexact, words in each language, counted nouns."""

import datetime

import pytest

from site_builder.values import Counted, Localized, PartialDate, Precision


@pytest.mark.parametrize(
    ("text", "precision", "parts"),
    [
        ("2023-09-01", "day", (2023, 9, 1, None)),
        ("2023-09", "month", (2023, 9, None, None)),
        ("2023-summer", "season", (2023, None, None, "summer")),
        ("2023", "year", (2023, None, None, None)),
    ],
)
def test_a_date_has_the_parts_of_its_precision(
    text: str, precision: Precision, parts: tuple[int, int | None, int | None, str | None]
) -> None:
    """Year, month, day and season are what the text says, and None where it says nothing."""
    date = PartialDate(text, precision)
    assert (date.year, date.month, date.day, date.season) == parts


@pytest.mark.parametrize(
    ("text", "precision", "iso"),
    [
        ("2023-09-01", "day", "2023-09-01"),
        ("2023-09", "month", "2023-09"),
        ("2023-summer", "season", "2023"),
        ("2023", "year", "2023"),
    ],
)
def test_machines_get_what_iso_8601_can_write(text: str, precision: Precision, iso: str) -> None:
    """ISO 8601 has no seasons, so a season is its year."""
    assert PartialDate(text, precision).iso == iso


@pytest.mark.parametrize(
    ("text", "precision", "last"),
    [
        ("2023-09-01", "day", "2023-09-01"),
        ("2023-09", "month", "2023-09-30"),
        ("2024-02", "month", "2024-02-29"),
        ("2024-winter", "season", "2024-02-29"),
        ("2023-winter", "season", "2023-02-28"),
        ("2023-spring", "season", "2023-05-31"),
        ("2023-summer", "season", "2023-08-31"),
        ("2023-autumn", "season", "2023-11-30"),
        ("2023", "year", "2023-12-31"),
    ],
)
def test_the_last_day_ends_the_span_that_a_date_may_mean(text: str, precision: Precision, last: str) -> None:
    """A winter is counted to the year in which it ends."""
    assert PartialDate(text, precision).last_day == datetime.date.fromisoformat(last)


@pytest.mark.parametrize(
    ("date", "exact"),
    [
        (PartialDate("2023-09-01"), True),
        (PartialDate("2023-09-01", inferred=True), False),
        (PartialDate("2023-09", "month"), False),
        (PartialDate("2023", "year"), False),
    ],
)
def test_only_a_certain_full_day_is_exact(date: PartialDate, exact: bool) -> None:
    """A date that was worked out is not exact, however precise it is."""
    assert date.exact is exact


def test_words_are_found_by_language() -> None:
    """A language's words stand under its code."""
    assert Localized((("lv", "Māja"), ("en", "House")))["en"] == "House"


def test_words_are_listed_in_their_order() -> None:
    """Going through words gives each language with its own."""
    assert list(Localized((("lv", "Māja"), ("en", "House")))) == [("lv", "Māja"), ("en", "House")]


def test_a_missing_language_is_a_programming_error() -> None:
    """Words were checked when they were read; asking for another language raises KeyError."""
    with pytest.raises(KeyError):
        Localized((("lv", "Māja"),))["en"]


def test_a_counted_noun_gives_the_forms_of_a_language() -> None:
    """The forms of one language, by their CLDR names."""
    noun = Counted((("lv", (("zero", "bērni"), ("one", "bērns"))), ("en", (("other", "children"),))))
    assert noun.in_language("lv") == {"zero": "bērni", "one": "bērns"}
