"""Values to bytes and back: every supported type, a stable encoding, and bytes that are damaged or hostile."""

import contextlib
import datetime
import pickle
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from msgspec import msgpack

from site_builder.engine.serialization import Undecodable, decode, encode
from site_builder.problems import Phrase, Place, Problem
from site_builder.values import Counted, Localized, LocalizedMarkdown, LocalizedSlug, PartialDate


@dataclass(frozen=True, slots=True)
class Record:
    """One field of every kind."""

    name: Localized
    text: LocalizedMarkdown | None
    slug: LocalizedSlug
    noun: Counted
    date: PartialDate | None
    day: datetime.date
    number: Decimal
    content: bytes
    status: Literal["open", "closed"]
    path: tuple[str | int, ...] = ()


class Row(NamedTuple):
    """A named tuple with everything that a record does not have."""

    record: Record | None
    problems: tuple[Problem, ...]
    ids: frozenset[str]
    pairs: Mapping[tuple[str, str], tuple[int, ...]]
    readers: dict[bytes, frozenset[str]]
    html: Markup


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
PAIRS = st.lists(st.tuples(WORDS, WORDS), max_size=3).map(tuple)
LOCALIZED = st.builds(Localized, PAIRS)
PLACES = st.builds(Place, WORDS, st.integers(1, 2**40), st.integers(1, 2**40))
PHRASES = st.builds(Phrase, WORDS, PAIRS)
PROBLEMS = st.builds(
    Problem, PLACES, st.sampled_from(["error", "warning", "notice"]), WORDS, PHRASES, st.none() | PHRASES
)
RECORDS = st.builds(
    Record,
    name=LOCALIZED,
    text=st.none() | st.builds(LocalizedMarkdown, PAIRS),
    slug=st.builds(LocalizedSlug, PAIRS),
    noun=st.builds(Counted, st.lists(st.tuples(WORDS, PAIRS), max_size=2).map(tuple)),
    date=st.none()
    | st.builds(
        PartialDate, WORDS, st.sampled_from(["day", "month", "season", "year"]), st.booleans(), st.none() | LOCALIZED
    ),
    day=st.dates(),
    number=st.decimals(allow_nan=False, allow_infinity=False),
    content=st.binary(max_size=8),
    status=st.sampled_from(["open", "closed"]),
    path=st.lists(WORDS | st.integers(0, 100), max_size=3).map(tuple),
)
ROWS = st.builds(
    Row,
    record=st.none() | RECORDS,
    problems=st.lists(PROBLEMS, max_size=2).map(tuple),
    ids=st.frozensets(WORDS, max_size=5),
    pairs=st.dictionaries(st.tuples(WORDS, WORDS), st.lists(st.integers(-(2**63), 2**63 - 1)).map(tuple), max_size=3),
    readers=st.dictionaries(st.binary(max_size=4), st.frozensets(WORDS, max_size=3), max_size=3),
    html=WORDS.map(Markup),
)


def types_of(value: Any) -> Any:
    """The exact types in a value, in the order of its `repr`."""
    if isinstance(value, tuple):
        return type(value), [types_of(one) for one in value]
    return type(value)


@given(ROWS)
def test_what_is_encoded_comes_back(row: Row) -> None:
    """Equal values of equal types come back."""
    again = decode(encode(row), Row)
    assert again == row
    assert types_of(again) == types_of(row)
    if row.record is not None and again.record is not None:
        assert isinstance(again.record.text, LocalizedMarkdown | None)
        assert str(again.record.number) == str(row.record.number)


@given(ROWS)
def test_equal_values_give_equal_bytes(row: Row) -> None:
    """The order in which a set was filled is not seen; that of a dict is."""
    again = row._replace(ids=frozenset(sorted(row.ids, reverse=True)))
    again = again._replace(readers={key: frozenset(sorted(one)[::-1]) for key, one in row.readers.items()})
    assert encode(again) == encode(row) == encode(decode(encode(row), Row))
    assert list(decode(encode(row), Row).pairs) == list(row.pairs)


def test_sets_are_found_in_values_without_annotations() -> None:
    """Their members are in the order of their encoded forms, wherever they are."""
    names = ["d", "a", "c", "b", "e"]
    for value in ([(set(names),)], {"key": frozenset(names)}, (Row(None, (), frozenset(names), {}, {}, Markup("")),)):
        assert b"\xa1a\xa1b\xa1c\xa1d\xa1e" in encode(value)


def test_the_encoding_does_not_depend_on_the_process() -> None:
    """Python gives text other hashes in every process, so sets have another order there."""
    code = "from site_builder.engine.serialization import encode\nprint(encode(frozenset(map(str, range(50)))).hex())"
    runs = [[sys.executable, "-c", code] for _ in range(2)]
    one, other = (subprocess.run(run, capture_output=True, text=True, check=True).stdout for run in runs)
    assert one == other


@given(ROWS, st.data())
def test_damaged_bytes_are_undecodable_or_another_value(row: Row, data: st.DataObject) -> None:
    """Whatever happened to the bytes, there is no other exception."""
    content = bytearray(encode(row))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = content[: data.draw(st.integers(0, len(content)))]
    for damaged in (bytes(content), bytes(cut), bytes(content + cut)):
        with contextlib.suppress(Undecodable):
            assert isinstance(decode(damaged, Row), Row)


@given(st.binary(max_size=200), st.sampled_from([Row, Record, Any, dict[str, Any], Problem | None, Markup, Decimal]))
def test_any_bytes_are_undecodable_or_a_value(content: bytes, shape: Any) -> None:
    """As above, for bytes that nobody encoded."""
    with contextlib.suppress(Undecodable):
        decode(content, shape)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xdd\xff\xff\xff\xff",
        b"\xdf\xff\xff\xff\xff",
        b"\xc6\xff\xff\xff\xff",
        b"\x91" * 100_000,
        b"\xa2\xff\xff",
    ],
    ids=["nothing", "array of 4 billion", "map of 4 billion", "4 GB", "deep", "no text"],
)
@pytest.mark.parametrize("shape", [Row, Any, list[Any], tuple[int, ...], dict[str, Any]])
def test_lengths_and_depths_that_are_lies(content: bytes, shape: Any) -> None:
    """No memory is taken for members that are not there, and no stack overflows."""
    with pytest.raises(Undecodable):
        decode(content, shape)


class Hostile:
    """Runs code when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return Path.touch, (str(self.mark),)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_pickle_runs_nothing(tmp_path: Path, protocol: int) -> None:
    """A pickle, alone or in a value, is bytes like others."""
    mark = tmp_path / "ran"
    content = pickle.dumps(Hostile(mark), protocol)
    for shape in (Row, Record, Any, bytes, str, tuple[bytes, ...]):
        for damaged in (
            content,
            msgpack.encode(content),
            msgpack.encode([content]),
            msgpack.encode(msgpack.Ext(1, content)),
        ):
            with contextlib.suppress(Undecodable):
                decode(damaged, shape)
    assert not mark.exists()


def test_another_type_is_undecodable() -> None:
    """A value of one type is none of another; missing and superfluous fields count."""
    place = Place("content/a.yaml", 3)
    for shape in (Phrase, tuple[str, ...], Literal["a"], str, Problem):
        with pytest.raises(Undecodable):
            decode(encode(place), shape)
    with pytest.raises(Undecodable):
        decode(encode(("open",)), tuple[Literal["closed"], ...])


def test_what_cannot_be_encoded_is_refused() -> None:
    """Objects of other classes have no encoding."""
    for value in (object(), (Path("a"),), {"a": print}):
        with pytest.raises(TypeError):
            encode(value)
    with pytest.raises(OverflowError):
        encode(2**64)
    with pytest.raises(UnicodeEncodeError):
        encode("\ud800")
