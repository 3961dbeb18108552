"""How Latvian and English write numbers, money, figures and dates, and which word comes first."""

import dataclasses
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.config import LanguageConfig
from site_builder.content_types.figure import Figure, Qualifier, Reading
from site_builder.i18n.formats import NBSP, Formats
from site_builder.i18n.words import load_languages
from site_builder.store import Store
from site_builder.values import Counted, Localized, PartialDate, Precision

PROJECT = Path(__file__).resolve().parents[3]
LANGUAGES = (LanguageConfig("lv", "Latviešu", "lv_LV"), LanguageConfig("en", "English", "en_GB"))
WORDS = Localized((("lv", "Vārdi"), ("en", "Words")))
CHILDREN = Counted(
    (
        ("lv", (("zero", "bērni"), ("one", "bērns"), ("other", "bērni"))),
        ("en", (("one", "child"), ("other", "children"))),
    )
)
FIGURE = Figure(
    label=WORDS,
    unit="count",
    scope=WORDS,
    additive=False,
    status="current",
    value=Decimal(114),
    sources=("decision",),
    as_of=PartialDate("2023-09-01"),
    noun=CHILDREN,
)
MONEY = dataclasses.replace(FIGURE, unit="EUR", noun=None, value=Decimal(1_500_000), show_as="millions")


@pytest.fixture(scope="module")
def formats() -> dict[str, Formats]:
    """The printing rules of both languages, with the words of the site."""
    words, problems, _ = load_languages(PROJECT, LANGUAGES, Store())
    assert problems == []
    return {language: Formats(words[language]) for language in words}


def _spaced(text: str) -> str:
    """Text with `_` for each no-break space, so that tables below can be read."""
    return text.replace(NBSP, "_")


# Numbers -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "lv", "en"),
    [
        ("0", "0", "0"),
        ("114", "114", "114"),
        ("1399", "1399", "1,399"),
        ("9999", "9999", "9,999"),
        ("10000", "10_000", "10,000"),
        ("2630900", "2_630_900", "2,630,900"),
        ("1.5", "1,5", "1.5"),
        ("0.50", "0,5", "0.5"),
        ("10.00", "10", "10"),
        ("100", "100", "100"),
        ("1234567.891", "1_234_567,891", "1,234,567.891"),
        ("-3", "−3", "−3"),
        ("-10000.5", "−10_000,5", "−10,000.5"),
    ],
)
def test_a_number_is_grouped_as_its_language_groups(formats: dict[str, Formats], number: str, lv: str, en: str) -> None:
    """Latvian groups from five digits on with a no-break space, English from four with a comma."""
    written = [_spaced(formats[language].number(Decimal(number))) for language in ("lv", "en")]
    assert written == [lv, en]


@pytest.mark.parametrize(
    ("count", "lv", "en"),
    [
        (0, "0_bērni", "0_children"),
        (1, "1_bērns", "1_child"),
        (2, "2_bērni", "2_children"),
        (71, "71_bērns", "71_children"),
        (111, "111_bērni", "111_children"),
        (1401, "1401_bērns", "1,401_children"),
    ],
)
def test_a_number_has_its_noun_in_the_right_form(formats: dict[str, Formats], count: int, lv: str, en: str) -> None:
    """The noun agrees with the number and never leaves it."""
    written = [
        _spaced(formats[language].counted(Decimal(count), CHILDREN.in_language(language))) for language in ("lv", "en")
    ]
    assert written == [lv, en]


@pytest.mark.parametrize(
    ("value", "in_millions", "lv", "en"),
    [
        (1_500_000, True, "1,5_milj._eiro", "EUR_1.5_million"),
        (1_500_000, False, "1_500_000_eiro", "EUR_1,500,000"),
        (2_630_900, True, "2,6309_milj._eiro", "EUR_2.6309_million"),
        (1_000_000, True, "1_milj._eiro", "EUR_1_million"),
        (999_999, True, "999_999_eiro", "EUR_999,999"),
        (1399, False, "1399_eiro", "EUR_1,399"),
        ("1399.50", False, "1399,5_eiro", "EUR_1,399.5"),
    ],
)
def test_money_is_written_in_millions_or_in_full(
    formats: dict[str, Formats], value: int | str, in_millions: bool, lv: str, en: str
) -> None:
    """Millions lose no digit, and less than a million is always written in full."""
    written = [_spaced(formats[language].money(Decimal(value), in_millions=in_millions)) for language in ("lv", "en")]
    assert written == [lv, en]


@pytest.mark.parametrize(
    ("changes", "lv", "en"),
    [
        ({}, "114_bērni", "114_children"),
        ({"unit": "EUR", "noun": None}, "114_eiro", "EUR_114"),
        ({"unit": "percent", "noun": None, "value": Decimal("85.5")}, "85,5_%", "85.5%"),
        ({"unit": "m2", "noun": None, "value": Decimal("1399.5")}, "1399,5_m²", "1,399.5_m²"),
        ({"unit": "kWh/m2", "noun": None}, "114_kWh/m²", "114_kWh/m²"),
        ({"unit": "years", "noun": None, "value": Decimal(21)}, "21_gads", "21_years"),
        ({"unit": "years", "noun": None, "value": Decimal(1)}, "1_gads", "1_year"),
        ({"unit": "years", "noun": None, "value": Decimal("1.5")}, "1,5_gadi", "1.5_years"),
    ],
)
def test_a_figure_is_written_with_its_unit(
    formats: dict[str, Formats], changes: dict[str, Any], lv: str, en: str
) -> None:
    """Every unit has its place before or after the number, and stays on its line."""
    figure = dataclasses.replace(FIGURE, **changes)
    assert [_spaced(formats[language].figure(figure)) for language in ("lv", "en")] == [lv, en]


@pytest.mark.parametrize(
    ("figure", "lv", "en"),
    [(FIGURE, "114", "114"), (MONEY, "1,5_milj.", "1.5_million")],
)
def test_a_figure_may_be_written_without_its_unit(
    formats: dict[str, Formats], figure: Figure, lv: str, en: str
) -> None:
    """Where the sentence names the unit itself, only the number is written."""
    written = [_spaced(formats[language].figure(figure, with_unit=False)) for language in ("lv", "en")]
    assert written == [lv, en]


def test_an_exact_figure_has_no_words_around_it(formats: dict[str, Formats]) -> None:
    """Only what is not exact needs a qualifier."""
    assert [_spaced(formats[language].figure(MONEY)) for language in ("lv", "en")] == [
        "1,5_milj._eiro",
        "EUR_1.5_million",
    ]


@pytest.mark.parametrize("language", ["lv", "en"])
@pytest.mark.parametrize("qualifier", ["about", "more-than", "at-least", "at-most", "planned"])
def test_a_qualifier_is_never_lost(formats: dict[str, Formats], language: str, qualifier: Qualifier) -> None:
    """A number that is not exact is never printed as if it were."""
    exact = formats[language].figure(MONEY)
    written = formats[language].figure(dataclasses.replace(MONEY, qualifier=qualifier))
    assert written == formats[language].words(f"qualifier.{qualifier}", amount=exact)
    assert written != exact


def test_more_than_is_written_before_the_amount(formats: dict[str, Formats]) -> None:
    """The Latvian qualifier stands before the number, its amount keeps together."""
    figure = dataclasses.replace(MONEY, qualifier="more-than")
    assert _spaced(formats["lv"].figure(figure)) == "vairāk nekā 1,5_milj._eiro"


@pytest.mark.parametrize(
    ("language", "readings"),
    [
        ("lv", ["8_bērni", "aptuveni 9_bērni", "21_bērns"]),
        ("en", ["8_children", "about 9_children", "21_children"]),
    ],
)
def test_a_disputed_figure_is_written_with_all_its_readings(
    formats: dict[str, Formats], language: str, readings: list[str]
) -> None:
    """The first reading and, beside it, every other one with its own qualifier."""
    stated = (Reading(Decimal(8), ("a",)), Reading(Decimal(9), ("b",), "about"), Reading(Decimal(21), ("c",)))
    figure = dataclasses.replace(FIGURE, status="disputed", value=None, readings=stated)
    words = formats[language].words
    first, *others = readings
    rest = words("figure.or").join(others)
    assert _spaced(formats[language].figure(figure)) == words("figure.disputed-inline", first=first, others=rest)


def test_a_reading_without_a_date_says_why(formats: dict[str, Formats]) -> None:
    """The editor's words stand where the date would."""
    undated = Localized((("lv", "avotā nav datuma"), ("en", "the source has no date")))
    when = formats["lv"].as_of(Reading(Decimal(8), ("a",), undated=undated))
    assert (when.iso, when.text, when.marked) == ("", "avotā nav datuma", "avotā nav datuma")


def test_the_day_of_a_reading_stands_in_a_sentence(formats: dict[str, Formats]) -> None:
    """As of when is told in the locative."""
    reading = Reading(Decimal(8), ("a",), as_of=PartialDate("2023-09-01"))
    assert _spaced(formats["lv"].as_of(reading).text) == "2023._gada_1._septembrī"


# Dates ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "precision", "label", "sentence", "en"),
    [
        ("2023-09-01", "day", "2023._gada_1._septembris", "2023._gada_1._septembrī", "1_September_2023"),
        ("2016-02-25", "day", "2016._gada_25._februāris", "2016._gada_25._februārī", "25_February_2016"),
        ("2023-06", "month", "2023._gada_jūnijs", "2023._gada_jūnijā", "June_2023"),
        ("2023-winter", "season", "2023._gada_ziema", "2023._gada_ziemā", "winter_2023"),
        ("2023-spring", "season", "2023._gada_pavasaris", "2023._gada_pavasarī", "spring_2023"),
        ("2023-summer", "season", "2023._gada_vasara", "2023._gada_vasarā", "summer_2023"),
        ("2023-autumn", "season", "2023._gada_rudens", "2023._gada_rudenī", "autumn_2023"),
        ("2023", "year", "2023._gads", "2023._gadā", "2023"),
    ],
)
def test_a_date_is_written_as_exactly_as_it_is_known(
    formats: dict[str, Formats], text: str, precision: Precision, label: str, sentence: str, en: str
) -> None:
    """A label is in the nominative, a sentence in the locative; English has one form for both."""
    day = PartialDate(text, precision)
    written = [
        _spaced(date.text)
        for language in ("lv", "en")
        for date in (formats[language].date(day), formats[language].date_in(day))
    ]
    assert written == [label, sentence, en, en]


@pytest.mark.parametrize(
    ("month", "nominative", "locative"),
    [
        (1, "janvāris", "janvārī"),
        (2, "februāris", "februārī"),
        (3, "marts", "martā"),
        (4, "aprīlis", "aprīlī"),
        (5, "maijs", "maijā"),
        (6, "jūnijs", "jūnijā"),
        (7, "jūlijs", "jūlijā"),
        (8, "augusts", "augustā"),
        (9, "septembris", "septembrī"),
        (10, "oktobris", "oktobrī"),
        (11, "novembris", "novembrī"),
        (12, "decembris", "decembrī"),
    ],
)
def test_every_month_has_both_cases(formats: dict[str, Formats], month: int, nominative: str, locative: str) -> None:
    """All twelve months, from January to December."""
    day = PartialDate(f"2023-{month:02}", "month")
    written = (formats["lv"].date(day).text, formats["lv"].date_in(day).text)
    assert written == (f"2023.{NBSP}gada{NBSP}{nominative}", f"2023.{NBSP}gada{NBSP}{locative}")


@pytest.mark.parametrize(
    ("text", "precision", "iso"), [("2023-09", "month", "2023-09"), ("2023-autumn", "season", "2023")]
)
def test_a_date_carries_its_form_for_machines(
    formats: dict[str, Formats], text: str, precision: Precision, iso: str
) -> None:
    """The ISO form stands beside the words."""
    assert formats["lv"].date(PartialDate(text, precision)).iso == iso


def test_a_certain_date_has_no_mark(formats: dict[str, Formats]) -> None:
    """Nothing is added to a date that the source states."""
    date = formats["lv"].date(PartialDate("2023", "year"))
    assert (date.mark, date.reason, date.marked) == ("", "", date.text)


@pytest.mark.parametrize(
    ("text", "precision", "key"),
    [
        ("2023-09-01", "day", "date.year-inferred"),
        ("2023-09", "month", "date.inferred"),
        ("2023", "year", "date.inferred"),
    ],
)
@pytest.mark.parametrize("language", ["lv", "en"])
def test_an_inferred_date_is_marked_with_its_reason(
    formats: dict[str, Formats], language: str, text: str, precision: Precision, key: str
) -> None:
    """For a full day only the year can be inferred; otherwise the whole date is."""
    date = formats[language].date(PartialDate(text, precision, True, WORDS))
    mark = formats[language].words(key)
    assert (date.mark, date.reason, date.marked) == (mark, WORDS[language], f"{date.text} ({mark})")


# Alphabet ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ["Abava", "Ape", "Azots", "Ābols", "Ādaži"],
        ["Ilze", "Ivars", "Izolde", "Yvonne", "Īle"],
        ["Uzava", "Ūsma"],
        ["Cēsis", "Čakste"],
        ["Gunārs", "Ģirts"],
        ["Kuldīga", "Ķegums"],
        ["Salmu", "Šķēde"],
        ["Zemgale", "Žagare"],
        list("aābcčdeēfgģhiyījkķlļmnņoōpqrŗsštuūvwxzž"),
        ["10. stāvs", "2. stāvs", "Abava"],
        ["Ape", "Ape 2", "Apes"],
        ["grupu dzīvokļi", "grupu māja", "grupveida"],
    ],
)
def test_latvian_words_come_in_the_order_of_the_alphabet(formats: dict[str, Formats], words: list[str]) -> None:
    """Every letter with a mark is a letter of its own, and a space comes before any letter."""
    assert sorted(set(words), key=formats["lv"].alphabetical) == words


def test_capitals_do_not_matter_to_the_order(formats: dict[str, Formats]) -> None:
    """Small and capital letters are the same letter."""
    assert sorted(["b", "A", "C", "a"], key=formats["lv"].alphabetical) == ["A", "a", "b", "C"]


def test_marks_of_punctuation_do_not_matter_to_the_order(formats: dict[str, Formats]) -> None:
    """Quotation marks and brackets are looked through."""
    assert sorted(["Cēsis", "“Abava”", "(Bauska)"], key=formats["lv"].alphabetical) == ["“Abava”", "(Bauska)", "Cēsis"]


@pytest.mark.parametrize("word", ["m²", "CO₂", "①", "Ω", "日本", "é", "½", ""])
def test_any_word_has_a_place_in_the_order(formats: dict[str, Formats], word: str) -> None:
    """Signs and letters that the alphabet lacks come after its letters, and never stop a build."""
    assert sorted([word, "a"], key=formats["lv"].alphabetical)[0] in {"a", ""}


def test_english_words_come_in_the_order_of_its_letters(formats: dict[str, Formats]) -> None:
    """The English order is that of its 26 letters."""
    words = list("abcdefghijklmnopqrstuvwxyz")
    assert sorted(set(words), key=formats["en"].alphabetical) == words


# Typography ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ("2023. gada 1. septembrī", "2023._gada_1._septembrī"),
        ("2023. gads bija", "2023._gads bija"),
        ("līdz 31. decembrim", "līdz 31._decembrim"),
        ("10 000 eiro", "10_000_eiro"),
        ("2 630 900,00 EUR", "2_630_900,00_EUR"),
        ("1,5 milj. eiro", "1,5_milj._eiro"),
        ("85 % un 12 m²", "85_% un 12_m²"),
        ("Nr. 5, plkst. 18.00", "Nr._5, plkst._18.00"),
        ("u. c. un u. tml.", "u._c. un u._tml."),
        ("š. g. maijā", "š._g. maijā"),
        ("A. Bērziņa", "A._Bērziņa"),
        ("Salmu ielā 53", "Salmu ielā_53"),
        ("Liepāja – pilsēta", "Liepāja_– pilsēta"),
        ("Viens teikums. Otrs teikums.", "Viens teikums. Otrs teikums."),
        ("114 bērni", "114 bērni"),
        ("", ""),
    ],
)
def test_latvian_text_gets_its_no_break_spaces(formats: dict[str, Formats], text: str, tidy: str) -> None:
    """Years, days, numbers with units, abbreviations, initials, house numbers, and before a dash."""
    assert _spaced(formats["lv"].tidy(text)) == tidy


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ("EUR 1.5 million", "EUR_1.5_million"),
        ("on 1 September 2023", "on 1_September 2023"),
        ("12 m² and 85%", "12_m² and 85%"),
        ("J. Smith", "J._Smith"),
        ("Liepāja – a city", "Liepāja_– a city"),
        ("One sentence. Another.", "One sentence. Another."),
    ],
)
def test_english_text_gets_its_no_break_spaces(formats: dict[str, Formats], text: str, tidy: str) -> None:
    """Money, days, units, initials, and before a dash."""
    assert _spaced(formats["en"].tidy(text)) == tidy


def test_tidying_again_changes_nothing(formats: dict[str, Formats]) -> None:
    """A text that has its no-break spaces is left as it is."""
    once = formats["lv"].tidy("2023. gada 1. septembrī – 10 000 eiro, A. Bērziņš, u. c.")
    assert formats["lv"].tidy(once) == once


def test_tags_and_code_are_not_tidied(formats: dict[str, Formats]) -> None:
    """Only the words of HTML are tidied: attributes and code are for machines."""
    html = '<p title="2023. gads">2023. gads <code>10 000</code></p><pre><code>1. maijs\n</code></pre>'
    tidy = '<p title="2023. gads">2023._gads <code>10 000</code></p><pre><code>1. maijs\n</code></pre>'
    assert _spaced(formats["lv"].tidy_html(html)) == tidy


PIECES = [
    "2023. gad", "a gada ", "1. septembr", "1. ", "10 000 ", "9 eiro", " EUR 5", "milj. eiro", "Nr. ", "u. c.",
    "A. Š. ", "iela 1",
    " – ", "No 1", "3 March", "x", ",", NBSP, "\n", "<b>", "</b>", "<code>", "</code>",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=15).map("".join), st.sampled_from(["lv", "en"]))
def test_tidying_is_every_pattern_in_turn(formats: dict[str, Formats], text: str, language: str) -> None:
    """Whatever is left out because it would change nothing, changes nothing; in HTML words are tidied by themselves."""
    patterns = [re.compile(pattern) for pattern in formats[language].words.items("no-break")]

    def tidy(words: str) -> str:
        for pattern in patterns:
            words = pattern.sub(lambda match: match[0].replace(" ", NBSP), words)
        return words

    assert formats[language].tidy(text) == tidy(text)
    parts = re.split(r"(<code>.*?</code>|<[^>]*>)", text, flags=re.DOTALL)
    assert formats[language].tidy_html(text) == "".join(
        part if number % 2 else tidy(part) for number, part in enumerate(parts)
    )
