"""How a language writes numbers, money, dates and figures; and which of two words comes first in its alphabet.

Patterns come from the interface words, symbols and plural forms from CLDR by Babel. Babel does not know CLDR's
minimumGroupingDigits, so that rule is here: Latvian writes 1399 but 10 000.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from site_builder.content_types.figure import Figure, Reading
from site_builder.i18n.plurals import plural_form
from site_builder.i18n.words import Words, wider
from site_builder.values import SEASONS, PartialDate

NBSP = "\u00a0"
# Names and labels stand on many pages: texts shorter than this are tidied once, as many as are kept.
REPEATED, KEPT = 120, 5_000
TAGS_AND_CODE = re.compile(r"(<(?:pre|code)\b.*?</(?:pre|code)>|<[^>]*>)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class DateText:
    """A date ready for a page: for machines, for people, and how sure it is."""

    iso: str
    text: str
    mark: str
    reason: str

    @property
    def marked(self) -> str:
        """The date with its mark in brackets, where there is one."""
        return f"{self.text} ({self.mark})" if self.mark else self.text


class Formats:
    """Printing rules of one language."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.language = words.language
        self.minimum_grouping = int(words("number.minimum-grouping-digits"))
        self._tidied: dict[str, str] = {}

    @cached_property
    def group(self) -> str:
        """What stands between thousands."""
        from babel.numbers import get_group_symbol

        return self.words("number.group") or get_group_symbol(self.words.locale)

    @cached_property
    def decimal_symbol(self) -> str:
        """What stands before the decimals."""
        from babel.numbers import get_decimal_symbol

        return get_decimal_symbol(self.words.locale)

    # Numbers ---------------------------------------------------------------------------------------------------

    def number(self, value: Decimal | int) -> str:
        """1399, 10 000 and 1,5 in Latvian; 1,399, 10,000 and 1.5 in English."""
        whole, _, fraction = f"{Decimal(value).normalize():f}".partition(".")
        sign, digits = ("−", whole[1:]) if whole.startswith("-") else ("", whole)
        if len(digits) >= 3 + self.minimum_grouping:
            digits = re.sub(r"(?<=\d)(?=(\d{3})+$)", self.group, digits)
        return sign + digits + (self.decimal_symbol + fraction if fraction else "")

    def counted(self, value: Decimal, forms: dict[str, str]) -> str:
        """A number with its noun in the right plural form: 71 bērns, 114 bērni."""
        return f"{self.number(value)}{NBSP}{forms[plural_form(self.words.locale, value)]}"

    def amount(self, figure: Figure, value: Decimal, *, with_unit: bool = True) -> str:
        """A figure's value with its unit or noun, without qualifier."""
        if figure.unit == "EUR":
            return self.money(value, in_millions=figure.show_as == "millions", with_unit=with_unit)
        if not with_unit:
            return self.number(value)
        if figure.noun is not None:
            return self.counted(value, figure.noun.in_language(self.language))
        if figure.unit == "years":
            return self.words.plural("unit.years", value, self.number(value)).replace(" ", NBSP)
        return self.words(f"unit.{figure.unit}", number=self.number(value)).replace(" ", NBSP)

    def money(self, value: Decimal, *, in_millions: bool, with_unit: bool = True) -> str:
        """1,5 milj. eiro / EUR 1.5 million; in full below a million or where the figure asks for it."""
        form = "unit" if with_unit else "number"
        if in_millions and value >= 1_000_000:
            text = self.words(f"money.millions-{form}", number=self.number(value / 1_000_000))
        else:
            text = self.words(f"money.full-{form}", number=self.number(value))
        return text.replace(" ", NBSP)

    def document(self, name: str, size: int) -> str:
        """The type and size of a document: PDF, 1,5 MB."""
        kilobytes = Decimal(-(-size // 1000))
        unit = "kb" if kilobytes < 1000 else "mb"
        number = kilobytes if unit == "kb" else (kilobytes / 1000).quantize(Decimal("0.1"))
        return f"{name.rsplit('.', 1)[-1].upper()}, {self.words(f'size.{unit}', number=self.number(number))}"

    def reading(self, figure: Figure, reading: Reading, *, with_unit: bool = True) -> str:
        """One reading of a figure with its qualifier: vairāk nekā 1,5 milj. eiro."""
        amount = self.amount(figure, reading.value, with_unit=with_unit)
        if reading.qualifier == "exact":
            return amount
        return self.words(f"qualifier.{reading.qualifier}", amount=amount)

    def figure(self, figure: Figure, *, with_unit: bool = True) -> str:
        """A figure as a text prints it: the reading that holds, or a disputed figure's readings."""
        first, *others = [self.reading(figure, reading, with_unit=with_unit) for reading in figure.stated]
        if not others:
            return first
        rest = self.words("figure.or").join(others)
        return self.words("figure.disputed-inline", first=first, others=rest)

    def as_of(self, reading: Reading) -> DateText:
        """The day that a reading holds for; the editor's words where its source gives none."""
        if reading.as_of is not None:
            return self.date_in(reading.as_of)
        assert reading.undated is not None, "validated: a reading has a date or says why not"
        return DateText("", self.tidy(reading.undated[self.language]), "", "")

    # Dates -----------------------------------------------------------------------------------------------------

    def date(self, day: PartialDate) -> DateText:
        """A date as a label: 2023. gada 1. septembris / 1 September 2023."""
        return self._date(day, "")

    def date_in(self, day: PartialDate) -> DateText:
        """A date within a sentence: 2023. gada 1. septembrī / 1 September 2023."""
        return self._date(day, "-in")

    def _date(self, day: PartialDate, case: str) -> DateText:
        month = self.words.items(f"months{case}")[day.month - 1] if day.month else ""
        season = self.words.items(f"seasons{case}")[SEASONS.index(day.season)] if day.season else ""
        text = self.words(f"date.{day.precision}{case}", year=day.year, month=month, day=day.day or "", season=season)
        mark = ""
        if day.inferred:
            mark = self.words("date.year-inferred" if day.precision == "day" else "date.inferred")
        reason = self.tidy(day.because[self.language]) if day.because else ""
        return DateText(day.iso, text.replace(" ", NBSP), mark, reason)

    # Alphabet and typography -----------------------------------------------------------------------------------

    @cached_property
    def _letters(self) -> dict[str, int]:
        return {letter: index for index, letter in enumerate(self.words("alphabet").split())}

    def alphabetical(self, text: str) -> tuple[tuple[int, ...], str]:
        """A sort key by the language's alphabet, in which every letter with a mark is a letter of its own."""
        order = self._letters
        plain = [character for character in text.lower() if character.isalnum() or character == " "]
        return tuple(_rank(character, order) for character in plain), text

    @cached_property
    def _no_break(self) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
        """Each pattern after a wider one, which is found faster."""
        return tuple((re.compile(wider(pattern)), re.compile(pattern)) for pattern in self.words.items("no-break"))

    def tidy(self, text: str) -> str:
        """Plain text with the no-break spaces that the language's typography asks for."""
        if " " not in text:
            return text
        known = self._tidied.get(text)
        if known is None:
            known = self._with_no_break_spaces(text)
            if len(text) < REPEATED and len(self._tidied) < KEPT:
                self._tidied[text] = known
        return known

    def _with_no_break_spaces(self, text: str) -> str:
        for hint, pattern in self._no_break:
            if hint.search(text):
                text = pattern.sub(lambda match: match[0].replace(" ", NBSP), text)
        return text

    def tidy_html(self, html: str) -> str:
        """The same for HTML: tags, and what stands in `pre` and `code`, are left alone."""
        return _outside_tags(html, self.tidy)


def _rank(character: str, order: dict[str, int]) -> int:
    if character == " ":
        return 0
    if character.isdecimal():
        return 1 + int(character)
    return 20 + order.get(character, 500 + ord(character))


def _outside_tags(html: str, change: Callable[[str], str]) -> str:
    parts = TAGS_AND_CODE.split(html)
    parts[::2] = map(change, parts[::2])
    return "".join(parts)
