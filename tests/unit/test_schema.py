"""Plain values to typed values: what is accepted, what is refused, and where it is told."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal

import pytest

from site_builder.problems import Place, Problem
from site_builder.schema import MISSING, Context, FoundReference, read, read_fields
from site_builder.values import (
    Counted,
    Email,
    FigureId,
    Key,
    Localized,
    LocalizedMarkdown,
    LocalizedSlug,
    MediaName,
    PartialDate,
    Phone,
    SiteAddress,
    Slug,
    Url,
    Vocabulary,
)
from site_builder.yaml_places import parse

PLURAL_FORMS = {"lv": ("zero", "one", "other"), "en": ("one", "other")}


@dataclass(frozen=True, slots=True)
class Part:
    """A record within a record."""

    number: int


@dataclass(frozen=True, slots=True)
class Thing:
    """A record with a field of each sort that matters here."""

    title: str
    from_: Annotated[str, Key("from")] = "nowhere"
    part: Part | None = None
    parts: tuple[Part, ...] = ()


def _read(annotation: Any, text: str) -> tuple[Any, Context]:
    document, problems = parse(f"value: {text}\n", "a.yaml")
    assert problems == []
    context = Context(("lv", "en"), PLURAL_FORMS, {"tags": frozenset({"families", "children"})})
    return read(annotation, document, ("value",), context), context


def _record(text: str, *also_known: str) -> tuple[Any, list[Problem]]:
    document, problems = parse(text, "a.yaml")
    assert problems == []
    context = Context(("lv", "en"))
    return read_fields(Thing, document, (), context, also_known), context.problems


def _told(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(found.code, str(found.place)) for found in problems]


# Scalars -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("annotation", "text", "value"),
    [
        (str, "vārdi", "vārdi"),
        (str, '"  vārdi  "', "vārdi"),
        (str, "007", "007"),
        (bool, "true", True),
        (bool, "false", False),
        (int, "-12", -12),
        (Decimal, "1.50", Decimal("1.50")),
        (Decimal, "-3", Decimal(-3)),
        (datetime.date, "2024-02-29", datetime.date(2024, 2, 29)),
        (Literal["a", "b"], "b", "b"),
        (str | None, "", None),
        (tuple[str, ...], "[a, b]", ("a", "b")),
        (tuple[str, ...], "[]", ()),
        (Slug, "day-centre-2", "day-centre-2"),
        (Url, "https://a.example/x?y=1", "https://a.example/x?y=1"),
        (Email, "a.b@c.example.lv", "a.b@c.example.lv"),
        (Phone, '"+371 63489671"', "+371 63489671"),
        (SiteAddress, "/lv/vecs/", "/lv/vecs/"),
        (MediaName, "2023/maja.jpg", "2023/maja.jpg"),
    ],
)
def test_a_good_scalar_is_read(annotation: Any, text: str, value: object) -> None:
    """Each type takes what it should."""
    got, context = _read(annotation, text)
    assert (got, context.problems) == (value, [])


@pytest.mark.parametrize(
    ("annotation", "text", "code"),
    [
        (str, "[a]", "wrong-type"),
        (str, '"  "', "empty-text"),
        (bool, "yes", "wrong-type"),
        (bool, "True", "wrong-type"),
        (int, "1.5", "wrong-type"),
        (int, "1 000", "wrong-type"),
        (Decimal, "1,5", "wrong-type"),
        (Decimal, "1 000", "wrong-type"),
        (Decimal, "NaN", "wrong-type"),
        (Decimal, "1e5", "wrong-type"),
        (Decimal, "Infinity", "wrong-type"),
        (Decimal, "1" * 16, "wrong-type"),
        (datetime.date, "2023-02-29", "bad-date"),
        (datetime.date, "01.09.2023", "bad-date"),
        (datetime.date, "2023-9-1", "bad-date"),
        (datetime.date, "{date: 2023, precision: year}", "bad-date"),
        (Literal["a", "b"], "c", "unknown-choice"),
        (Literal["a", "b"], "[a]", "unknown-choice"),
        (tuple[str, ...], "a", "wrong-type"),
        (tuple[str, ...], "[a, b, a]", "listed-twice"),
        (Slug, "Māja", "bad-slug"),
        (Slug, "a--b", "bad-slug"),
        (Url, "javascript:alert(1)", "bad-url"),
        (Url, "www.a.example", "bad-url"),
        (Url, "https://a.example/<x>", "bad-url"),
        (Email, "a at b.lv", "bad-email"),
        (Phone, "63489671", "bad-phone"),
        (SiteAddress, "/lv/vecs", "bad-address"),
        (SiteAddress, "//evil.example/", "bad-address"),
        (MediaName, '"mana māja.jpg"', "bad-media-name"),
        (Annotated[str, Vocabulary("tags")], "familys", "unknown-word"),
        (Annotated[str, Vocabulary("absent")], "families", "unknown-word"),
    ],
)
def test_a_bad_scalar_is_told_once(annotation: Any, text: str, code: str) -> None:
    """Each type refuses what it should not take, with one problem."""
    got, context = _read(annotation, text)
    assert got is MISSING
    assert [found.code for found in context.problems] == [code]


def test_every_bad_item_of_a_list_is_told_at_its_own_place() -> None:
    """One mistake in a list does not hide the next."""
    _, context = _read(tuple[int, ...], "[1, x, 2, y]")
    assert _told(context.problems) == [("wrong-type", "a.yaml:1:12"), ("wrong-type", "a.yaml:1:18")]


@pytest.mark.parametrize("annotation", [bool, Decimal, Slug, Url, tuple[str, ...], datetime.date, Localized])
def test_a_wrong_value_comes_with_a_hint(annotation: Any) -> None:
    """Whoever types a wrong value is told what to type."""
    _, context = _read(annotation, "Īsti nepareizi!")
    assert [found.hint is None for found in context.problems] == [False]


# Records -------------------------------------------------------------------------------------------------------


def test_a_record_is_read_with_its_defaults() -> None:
    """What may be left out takes its default."""
    assert _record("title: Māja\n") == (Thing("Māja"), [])


def test_a_record_is_read_whole() -> None:
    """Fields with a YAML name of their own, records within and lists of records."""
    got, problems = _record("title: Māja\nfrom: Liepāja\npart: {number: 1}\nparts: [{number: 2}, {number: 3}]\n")
    assert (got, problems) == (Thing("Māja", "Liepāja", Part(1), (Part(2), Part(3))), [])


def test_a_missing_field_is_told_where_the_record_begins() -> None:
    """A field that must be there and is not has the place of its record."""
    assert _told(_record("part: {}\ntitle: x\n")[1]) == [("missing-key", "a.yaml:1:7")]


def test_an_empty_field_is_a_missing_one() -> None:
    """`title:` with nothing after it is as good as no title, and is told there."""
    assert _told(_record("from: x\ntitle:\n")[1]) == [("missing-key", "a.yaml:2:7")]


def test_everything_wrong_with_a_record_is_told_at_once() -> None:
    """An editor sees all mistakes of a run, not the first."""
    got, problems = _record("titel: Māja\npart: {number: x}\nparts: 1\n")
    assert got is MISSING
    assert sorted(_told(problems)) == [
        ("missing-key", "a.yaml:1:1"),
        ("unknown-key", "a.yaml:1:1"),
        ("wrong-type", "a.yaml:2:16"),
        ("wrong-type", "a.yaml:3:8"),
    ]


def test_an_unknown_key_leaves_the_record_usable() -> None:
    """A key too many is told, but what was typed beside it still counts."""
    got, problems = _record("title: Māja\nextra: 1\n")
    assert (got, _told(problems)) == (Thing("Māja"), [("unknown-key", "a.yaml:2:1")])


def test_the_key_of_another_generator_gets_our_name_for_it() -> None:
    """A habit brought along from elsewhere is answered with the field that is meant."""
    problems = _record("title: Māja\nvirsraksts: Māja\n")[1]
    assert [dict(found.hint.params) for found in problems if found.hint] == [{"ours": "title"}]


def test_a_mistyped_key_gets_the_nearest_name() -> None:
    """A slip of the finger is answered with the field it looks like."""
    problems = _record("title: Māja\nform: Liepāja\n")[1]
    assert [dict(found.hint.params) for found in problems if found.hint] == [{"name": "from"}]


def test_keys_of_somebody_else_are_left_alone() -> None:
    """A file read for two records gives neither the other's keys as unknown."""
    assert _record("title: Māja\nsummary: x\n", "summary") == (Thing("Māja"), [])


def test_a_record_must_be_a_mapping() -> None:
    """A list where fields should be is told."""
    assert _told(_record("[a, b]\n")[1]) == [("wrong-type", "a.yaml:1:1")]


def test_a_reference_is_collected_with_its_place() -> None:
    """The link stage gets every id that a field names."""
    _, context = _read(tuple[FigureId, ...], "[children, adults]")
    assert context.references == [
        FoundReference("fact", "children", Place("a.yaml", 1, 9)),
        FoundReference("fact", "adults", Place("a.yaml", 1, 19)),
    ]


# Dates ---------------------------------------------------------------------------------------------------------

BECAUSE = "because: {lv: Tā., en: So.}"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2023-09-01", PartialDate("2023-09-01")),
        ("{date: 2023-09, precision: month}", PartialDate("2023-09", "month")),
        ("{date: 2023-summer, precision: season}", PartialDate("2023-summer", "season")),
        ("{date: 2023, precision: year}", PartialDate("2023", "year")),
        (
            f"{{date: 2023-09-01, inferred: true, {BECAUSE}}}",
            PartialDate("2023-09-01", "day", True, Localized((("lv", "Tā."), ("en", "So.")))),
        ),
    ],
)
def test_a_date_is_read_as_exactly_as_it_is_known(text: str, date: PartialDate) -> None:
    """Day, month, season and year, certain or inferred."""
    got, context = _read(PartialDate, text)
    assert (got, context.problems) == (date, [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2023", "bad-date"),
        ("2023-13-01", "bad-date"),
        ("2023-04-31", "bad-date"),
        ("2023-00-01", "bad-date"),
        ("2023-09-00", "bad-date"),
        ("0000-01-01", "bad-date"),
        ("{date: 2023-09-01, precision: month}", "bad-date"),
        ("{date: 2023-00, precision: month}", "bad-date"),
        ("{date: 2023-fall, precision: season}", "bad-date"),
        ("{date: 2023, precision: decade}", "unknown-choice"),
        ("{precision: year}", "missing-key"),
        ("{date: 2023, precision: year, inferred: true}", "inferred-without-reason"),
    ],
)
def test_a_date_that_cannot_be_is_told(text: str, code: str) -> None:
    """Days that no calendar has, and dates whose shape is not their precision's."""
    got, context = _read(PartialDate, text)
    assert got is MISSING
    assert [found.code for found in context.problems] == [code]


# Words in each language ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [Localized, LocalizedMarkdown])
def test_words_are_read_in_the_order_of_the_languages(kind: type[Localized]) -> None:
    """The order is the site's, whatever order the editor typed."""
    got, _ = _read(kind, "{en: House, lv: Māja}")
    assert got == kind((("lv", "Māja"), ("en", "House")))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Māja", [("wrong-type", "a.yaml:1:8")]),
        ("{lv: Māja}", [("missing-language", "a.yaml:1:8")]),
        ("{lv: Māja, en: }", [("missing-language", "a.yaml:1:23")]),
        ("{lv: Māja, en: House, de: Haus}", [("unknown-key", "a.yaml:1:30")]),
        ("{lv: [Māja], en: House}", [("wrong-type", "a.yaml:1:13")]),
    ],
)
def test_words_are_wanted_in_every_language_and_no_other(text: str, told: list[tuple[str, str]]) -> None:
    """A missing language, a strange one and anything but text is told where it is."""
    assert _told(_read(Localized, text)[1].problems) == told


def test_address_words_are_slugs_and_may_have_parts() -> None:
    """An address may have several words with slashes between them."""
    got, _ = _read(LocalizedSlug, "{lv: par-projektu/dati, en: about}")
    assert got == LocalizedSlug((("lv", "par-projektu/dati"), ("en", "about")))


@pytest.mark.parametrize("word", ["/lv", "lv/", "a//b", "Lv", "ā", ".."])
def test_address_words_are_nothing_else(word: str) -> None:
    """Slashes at the ends, capitals, letters with marks and dots are no address words."""
    assert [found.code for found in _read(LocalizedSlug, f"{{lv: {word}, en: about}}")[1].problems] == ["bad-slug"]


def test_a_counted_noun_is_read_in_all_plural_forms() -> None:
    """Each language has the forms that CLDR names for it."""
    got, _ = _read(Counted, "{lv: {zero: bērni, one: bērns, other: bērni}, en: {one: child, other: children}}")
    assert got == Counted(
        (
            ("lv", (("zero", "bērni"), ("one", "bērns"), ("other", "bērni"))),
            ("en", (("one", "child"), ("other", "children"))),
        )
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{lv: {one: bērns, other: bērni}, en: {one: child, other: children}}", "missing-plural-form"),
        ("{lv: {zero: a, one: b, other: c}, en: {one: d, two: e, other: f}}", "unknown-key"),
        ("{lv: {zero: a, one: b, other: c}}", "missing-language"),
        ("{lv: bērni, en: {one: child, other: children}}", "missing-language"),
        ("bērni", "wrong-type"),
    ],
)
def test_a_counted_noun_needs_exactly_its_forms(text: str, code: str) -> None:
    """A form too few, a form too many and a language too few are told."""
    assert [found.code for found in _read(Counted, text)[1].problems] == [code]
