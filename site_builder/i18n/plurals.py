"""Plural forms by CLDR (through Babel): for Latvian zero, one and other (CLDR, plurals of lv)."""

from decimal import Decimal
from functools import cache

from babel import Locale, UnknownLocaleError


@cache
def _locale(name: str) -> Locale:
    return Locale.parse(name)


def is_locale(name: str) -> bool:
    """Whether CLDR knows a locale."""
    try:
        _locale(name)
    except (ValueError, UnknownLocaleError):
        return False
    return True


def plural_form(locale: str, number: int | Decimal) -> str:
    """The CLDR category of `number` in `locale`: "zero", "one" or "other" in Latvian."""
    return str(_locale(locale).plural_form(number))


def plural_forms(locale: str) -> tuple[str, ...]:
    """The categories that a noun needs in `locale`, in CLDR's order."""
    order = ("zero", "one", "two", "few", "many", "other")
    tags = {*_locale(locale).plural_form.tags, "other"}
    return tuple(form for form in order if form in tags)
