"""Plural forms by CLDR."""

from decimal import Decimal

import pytest

from site_builder.i18n.plurals import plural_form, plural_forms


@pytest.mark.parametrize(
    ("number", "lv", "en"),
    [
        ("0", "zero", "other"),
        ("1", "one", "one"),
        ("2", "other", "other"),
        ("9", "other", "other"),
        ("10", "zero", "other"),
        ("11", "zero", "other"),
        ("19", "zero", "other"),
        ("20", "zero", "other"),
        ("21", "one", "other"),
        ("22", "other", "other"),
        ("30", "zero", "other"),
        ("71", "one", "other"),
        ("101", "one", "other"),
        ("111", "zero", "other"),
        ("114", "zero", "other"),
        ("1399", "other", "other"),
        ("1.1", "one", "other"),
        ("1.5", "other", "other"),
    ],
)
def test_a_number_has_the_form_that_cldr_names(number: str, lv: str, en: str) -> None:
    """Latvian has a form for tens and teens, one for what ends in one, and one for the rest."""
    assert (plural_form("lv_LV", Decimal(number)), plural_form("en_GB", Decimal(number))) == (lv, en)


@pytest.mark.parametrize(
    ("locale", "forms"),
    [
        ("lv", ("zero", "one", "other")),
        ("lv_LV", ("zero", "one", "other")),
        ("en_GB", ("one", "other")),
        ("lt_LT", ("one", "few", "many", "other")),
        ("ja_JP", ("other",)),
    ],
)
def test_a_language_has_its_forms_in_the_order_of_cldr(locale: str, forms: tuple[str, ...]) -> None:
    """These are the forms that every noun of the language must have."""
    assert plural_forms(locale) == forms


def test_a_whole_decimal_is_the_same_as_an_integer() -> None:
    """A figure's value is a Decimal, a count of items an int."""
    assert plural_form("lv_LV", Decimal(71)) == plural_form("lv_LV", 71)
