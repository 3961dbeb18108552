"""YAML to plain values with places: nothing is guessed, nothing clever is let in, mistakes are told where they are."""

import pytest

from site_builder.problems import Place
from site_builder.yaml_places import MAX_CHARACTERS, MAX_DEPTH, YamlDocument, parse


def _codes(text: str) -> list[str]:
    return [found.code for found in parse(text, "a.yaml")[1]]


def _value(text: str) -> object:
    document, problems = parse(text, "a.yaml")
    assert problems == []
    return document.value


@pytest.mark.parametrize(
    "word", ["no", "yes", "on", "12:30", "007", "1_000", "0x1F", "2023-09-01", "1e3", "true", ".inf"]
)
def test_a_scalar_stays_the_text_that_was_typed(word: str) -> None:
    """YAML's guesses about truth, numbers and times are not made."""
    assert _value(f"a: {word}") == {"a": word}


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_a_plain_nothing_is_nothing(nothing: str) -> None:
    """A key without a value, `~` and `null` have the value None."""
    assert _value(f"a: {nothing}") == {"a": None}


@pytest.mark.parametrize(("typed", "text"), [('""', ""), ('"~"', "~"), ("'null'", "null")])
def test_a_quoted_nothing_is_text(typed: str, text: str) -> None:
    """Quotes make text of what would be nothing without them."""
    assert _value(f"a: {typed}") == {"a": text}


def test_a_block_text_keeps_its_lines() -> None:
    """A text after `|` keeps its line ends."""
    assert _value("a: |\n  pirmā\n  otrā\n") == {"a": "pirmā\notrā\n"}


def test_mappings_and_lists_nest() -> None:
    """Block and flow forms give the same lists and mappings."""
    assert _value("a: [1, {b: c}]\nd:\n  - e\n") == {"a": ["1", {"b": "c"}], "d": ["e"]}


@pytest.mark.parametrize("text", ["", "\n\n", "# tikai piezīme\n", "---\n"])
def test_a_text_without_values_is_none(text: str) -> None:
    """Where there is nothing to read, the document's value is None and nothing is wrong."""
    assert _value(text) is None


# Places --------------------------------------------------------------------------------------------------------


@pytest.fixture
def document() -> YamlDocument:
    """Two levels and a list, read as if they stood from line 2 of a file."""
    return parse("title: Māja\nnested:\n  list:\n    - one\n    - two\n", "a.md", first_line=2)[0]


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("title",), Place("a.md", 2, 8)),
        (("nested", "list"), Place("a.md", 5, 5)),
        (("nested", "list", 1), Place("a.md", 6, 7)),
        ((), Place("a.md", 2, 1)),
    ],
)
def test_a_value_has_its_place(document: YamlDocument, path: tuple[str | int, ...], place: Place) -> None:
    """Every value knows its line in the file and its column."""
    assert document.place(path) == place


def test_a_missing_value_is_told_at_its_nearest_parent(document: YamlDocument) -> None:
    """What is not there is looked for where it would have been."""
    assert document.place(("nested", "absent", "more")) == document.place(("nested",))


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("nested", "list"), Place("a.md", 4, 3)),
        (("nested", "list", 0), Place("a.md", 5, 7)),
        (("absent",), Place("a.md", 2, 1)),
    ],
)
def test_a_key_has_its_place(document: YamlDocument, path: tuple[str | int, ...], place: Place) -> None:
    """Keys have places of their own; list items and missing keys have the place of a value."""
    assert document.key_place(path) == place


def test_a_column_counts_letters() -> None:
    """A letter of two bytes is one column."""
    document, _ = parse("{ā: ē, ī: ū}", "a.yaml")
    assert document.place(("ī",)) == Place("a.yaml", 1, 11)


# What is refused -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a: &x 1\nb: *x\n", "yaml-anchor", 1, 4),
        ("a: 1\nb: *x\n", "yaml-anchor", 2, 4),
        ("a:\n  <<: *x\n", "yaml-anchor", 2, 7),
        ("a: !!python/object:os.system 1\n", "yaml-tag", 1, 4),
        ("a: !local 1\n", "yaml-tag", 1, 4),
        ("[a, b]: 1\n", "yaml-key", 1, 1),
        ("a: 1\n---\nb: 2\n", "yaml-several-documents", 2, 1),
        ("a: 1\n<<<<<<< HEAD\nb: 2\n", "merge-conflict", 2, 1),
        ("a: 1\n>>>>>>> other\n", "merge-conflict", 2, 1),
        ("a: x\u202ey\n", "forbidden-character", 1, 5),
        ("a: 1\nb: x\0\n", "forbidden-character", 2, 5),
        ("a: \u2066x\n", "forbidden-character", 1, 4),
    ],
)
def test_what_facts_never_need_is_refused_where_it_stands(text: str, code: str, line: int, column: int) -> None:
    """Anchors, tags, odd keys, several documents, merge marks and characters that turn text round are refused."""
    document, problems = parse(text, "a.yaml")
    assert [(found.code, found.place) for found in problems] == [(code, Place("a.yaml", line, column))]
    assert document.value is None


def test_aliases_cannot_multiply() -> None:
    """The file that would grow a billionfold is refused at its first anchor."""
    assert _codes('a: &a ["x", "x"]\nb: &b [*a, *a]\nc: [*b, *b]\n') == ["yaml-anchor"]


def test_the_deepest_nesting_is_read() -> None:
    """As many levels as the limit allows are fine."""
    assert _codes("[" * MAX_DEPTH + "x" + "]" * MAX_DEPTH) == []


@pytest.mark.parametrize("more", [1, 10_000])
def test_deeper_nesting_is_refused(more: int) -> None:
    """One level more than the limit is refused, as are ten thousand."""
    depth = MAX_DEPTH + more
    assert _codes("[" * depth + "x" + "]" * depth) == ["yaml-too-deep"]


def test_a_text_that_is_too_large_is_refused() -> None:
    """More characters than the limit are not even looked at."""
    assert _codes("a: " + "x" * MAX_CHARACTERS) == ["file-too-large"]


# Mistakes ------------------------------------------------------------------------------------------------------


def test_an_equal_key_is_told_and_the_first_one_holds() -> None:
    """The second of two equal keys is a problem at its own place; reading goes on."""
    document, problems = parse("a: 1\nb: 2\na: 3\n", "a.yaml")
    assert [(found.code, found.place) for found in problems] == [("duplicate-key", Place("a.yaml", 3, 1))]
    assert document.value == {"a": "1", "b": "2"}


def test_keys_may_be_equal_in_different_mappings() -> None:
    """The same key in two mappings is no repetition."""
    assert _value("a: {x: 1}\nb: {x: 2}\n") == {"a": {"x": "1"}, "b": {"x": "2"}}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a:\n\tb: 1\n", 2),
        ('a: 1\nb: "open\nc: 2\n', 2),
        ("a: b: c\n", 1),
        ("a: 1\nb\nc: 2\n", 2),
        ("a: [1, 2\nb: 3\n", 1),
        ("a: 1\n  b: 2\n", 2),
    ],
)
def test_a_slip_is_told_on_the_line_that_has_it_with_a_hint(text: str, line: int) -> None:
    """Tabs, open quotes, stray colons, missing colons, open brackets and wrong indents."""
    document, problems = parse(text, "a.yaml")
    assert [(found.code, found.place.line, found.hint is None) for found in problems] == [("yaml-syntax", line, False)]
    assert document.value is None


def test_a_slip_in_front_matter_counts_from_the_top_of_the_file() -> None:
    """Lines are those of the file, not of the part that is YAML."""
    _, problems = parse("a: 1\nb: c: d\n", "a.md", first_line=2)
    assert [found.place for found in problems] == [Place("a.md", 3, 5)]


def test_a_control_character_is_told() -> None:
    """A character that YAML does not allow is a problem, not a crash."""
    assert _codes("a: x\x07y\n") == ["forbidden-character"]
    assert _codes('a: "x\\x07y"\n') == ["forbidden-character"]
