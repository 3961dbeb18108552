"""Two states of the facts to what changed between them: values apart from wording, and nothing for a new form.

It reads what was written, not what today's schema makes of it, because old states of the facts were written for old
schemas. Order, quotes, remarks, defaults that are written out, and names of files and of keys are no change.
"""

import dataclasses
import re
import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from site_builder.content_types import CONTENT_TYPES, ContentType
from site_builder.record.log import Change, Kind, Watched
from site_builder.schema import field_specs
from site_builder.values import Counted, Localized, LocalizedSlug, PartialDate
from site_builder.yaml_places import parse

# The kinds whose changes are told, with their tables.
TABLES: Mapping[str, Watched] = {
    "fact": "figures",
    "facility": "facilities",
    "service": "services",
    "partner": "partners",
    "operation": "operations",
    "milestone": "milestones",
}
# The field that tells most of a thing that came or went.
CHIEF = {"figures": "value", "facilities": "status", "partners": "since", "milestones": "date"}
# What only says how and where the site shows a thing, or when we wrote of it; and what may not be told of a home.
ARRANGED = frozenset({
    "slug", "pictogram", "group", "show_as", "noun", "published", "updated", "last_updated", "news", "figures",
    "coordinates", "map_url",
})  # fmt: skip
# What a thing is called, as `entry_name` finds it.
NAMES = ("short", "term", "name", "label", "title", "text")
# The fields of a reading, which a figure with a single value has itself.
READING = ("value", "qualifier", "as_of", "undated", "note", "sources")


@dataclass(frozen=True, slots=True)
class Item:
    """The fields of a thing, or of a part of it, that has several of its kind: its values, and its words as written."""

    values: Mapping[str, str]
    words: Mapping[str, str]

    @property
    def chief(self) -> tuple[str, str]:
        """The field that tells most of a part, with its value."""
        return next(iter(self.values.items()), ("", ""))


NOTHING = Item({}, {})


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing as a state of the facts has it; `parts` are those that it may have several of, by their field."""

    label: tuple[tuple[str, str], ...]
    item: Item
    parts: Mapping[str, tuple[Item, ...]]
    sources: tuple[str, ...]
    home: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """A change without its day."""

    table: Watched
    id: str
    label: tuple[tuple[str, str], ...]
    change: Kind
    field: str
    old: str
    new: str
    sources: tuple[str, ...]
    home: bool

    def on(self, day: str) -> Change:
        """The change, told on a day; of a home only the year is."""
        when = PartialDate(day[:4], "year") if self.home else PartialDate(day)
        told = (self.field or None, self.old or None, self.new or None)
        return Change(when, self.table, self.id, Localized(self.label), self.change, *told, self.sources)


Things = Mapping[tuple[Watched, str], Thing]


# Reading a state -------------------------------------------------------------------------------------------------


def things_in(path: str, text: str, languages: Sequence[str]) -> Things | None:
    """The watched things of a file of facts; None if it cannot be read."""
    found = _kind_of(path)
    if found is None:
        return {}
    kind, key = found
    value = parse(text, path)[0].value
    if not isinstance(value, dict):
        return {} if not text.strip() else None
    records = {key: value} if key else value
    table = TABLES[kind.kind]
    return {
        (table, one): _thing(kind, record, languages) for one, record in records.items() if isinstance(record, dict)
    }


def _kind_of(path: str) -> tuple[ContentType, str] | None:
    """The watched content type of a file, with the key of the thing that it is, or nothing for a table."""
    for kind in CONTENT_TYPES:
        where = f"content/{kind.where}"
        if kind.kind not in TABLES:
            continue
        if kind.layout == "table" and path == where:
            return kind, ""
        if kind.layout == "files" and re.fullmatch(rf"{where}/[^/]+\.yaml", path):
            return kind, path.rsplit("/", 1)[-1].removesuffix(".yaml")
    return None


def _thing(kind: ContentType, record: Mapping[str, Any], languages: Sequence[str]) -> Thing:
    if kind.kind == "fact":
        record = _with_readings(record)
    values: dict[str, str] = {}
    words: dict[str, str] = {}
    parts: dict[str, tuple[Item, ...]] = {}
    for spec in field_specs(kind.fields):
        given = record.get(spec.key, _default(kind.fields, spec.name))
        inner = _parts_of(spec.annotation)
        if spec.key in ARRANGED:
            continue
        if inner is not None:
            listed = given if isinstance(given, list) else []
            parts[spec.key] = tuple(_item(inner, one) for one in listed if isinstance(one, dict))
        else:
            _put(spec.annotation, spec.key, given, values, words)
    sources = _listed(record.get("sources"))
    home = str(record.get("sensitive")) == "true"
    return Thing(_label(record, languages), Item(values, words), parts, sources, home)


def _with_readings(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """A figure with one value as one with one reading, so that a second reading is no other shape."""
    if "value" not in record:
        return record
    one = {key: record[key] for key in READING if key in record}
    return {**{key: value for key, value in record.items() if key not in READING}, "readings": [one]}


def _item(record: type, given: Mapping[str, Any]) -> Item:
    values: dict[str, str] = {}
    words: dict[str, str] = {}
    for spec in field_specs(record):
        _put(spec.annotation, spec.key, given.get(spec.key, _default(record, spec.name)), values, words)
    return Item(values, words)


def _default(record: type, name: str) -> Any:
    """What a field means where it is left out."""
    default = next(one.default for one in dataclasses.fields(record) if one.name == name)
    return None if default is dataclasses.MISSING else default


def _put(annotation: Any, key: str, given: Any, values: dict[str, str], words: dict[str, str]) -> None:
    """Sort what was written under a key into values and words."""
    kind = _plain(annotation)
    if given is None or given == () or kind in (LocalizedSlug, Counted):
        return
    if isinstance(kind, type) and issubclass(kind, Localized):
        words[key] = repr(sorted(given.items()) if isinstance(given, dict) else given)
    elif kind is PartialDate:
        values[key], words[f"{key}.because"] = _date(given)
    elif isinstance(kind, type) and dataclasses.is_dataclass(kind) and isinstance(given, dict):
        for spec in field_specs(kind):
            _put(spec.annotation, f"{key}.{spec.key}", given.get(spec.key), values, words)
    else:
        values[key] = " ".join(map(str, given)) if isinstance(given, list) else _scalar(given)


def _scalar(given: Any) -> str:
    return str(given).lower() if isinstance(given, bool) else str(given)


def _date(given: Any) -> tuple[str, str]:
    """A date as one text, with a question mark where it was worked out, and the reason as written."""
    if not isinstance(given, dict):
        return str(given), ""
    sure = "?" if str(given.get("inferred")) == "true" else ""
    because = given.get("because")
    return f"{given.get('date')}{sure}", repr(because) if because else ""


def _plain(annotation: Any) -> Any:
    """The type of a field without its annotations and without None."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _plain(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return _plain(next(one for one in get_args(annotation) if one is not type(None)))
    return str if origin is Literal else annotation


def _parts_of(annotation: Any) -> type | None:
    """The dataclass that a field has several of."""
    if typing.get_origin(_plain(annotation)) is not tuple:
        return None
    inner = get_args(_plain(annotation))[0]
    return inner if dataclasses.is_dataclass(inner) and isinstance(inner, type) else None


def _label(record: Mapping[str, Any], languages: Sequence[str]) -> tuple[tuple[str, str], ...]:
    named: dict[str, Any] = next((record[name] for name in NAMES if isinstance(record.get(name), dict)), {})
    return tuple((code, str(named.get(code) or "–").strip()) for code in languages)


def _listed(given: Any) -> tuple[str, ...]:
    return tuple(map(str, given)) if isinstance(given, list) else ()


# Comparing two states --------------------------------------------------------------------------------------------


def differences(old: Things, new: Things) -> list[Difference]:
    """What changed from one state to another, in the order of the new one; things that were only renamed did not."""
    came = [name for name in new if name not in old]
    went = [name for name in old if name not in new]
    renamed = {
        (before, after)
        for before in went
        for after in came
        if before[0] == after[0] and (old[before].item, old[before].parts) == (new[after].item, new[after].parts)
    }
    away = {before for before, _ in renamed}
    here = {after for _, after in renamed}
    found: list[Difference] = []
    for name, thing in new.items():
        if name in old:
            found += _changed(name, old[name], thing)
        elif name not in here:
            found.append(_whole(name, thing, "added"))
    found += [_whole(name, old[name], "removed") for name in went if name not in away]
    return found


def _whole(name: tuple[Watched, str], thing: Thing, change: Kind) -> Difference:
    table, key = name
    field = CHIEF.get(table, "")
    readings = thing.parts.get("readings", ())
    value = " ".join(one.values.get(field, "") for one in readings) or thing.item.values.get(field, "")
    old, new = (value, "") if change == "removed" else ("", value)
    return Difference(table, key, thing.label, change, field if value else "", old, new, _cited(thing), thing.home)


def _cited(thing: Thing) -> tuple[str, ...]:
    """The sources of a thing, or of all its readings."""
    of_readings = (key for one in thing.parts.get("readings", ()) for key in one.values.get("sources", "").split())
    return thing.sources or tuple(dict.fromkeys(of_readings))


def _changed(name: tuple[Watched, str], old: Thing, new: Thing) -> Iterator[Difference]:
    table, key = name
    home = old.home or new.home
    words = _names_of(old.item.words, new.item.words)

    def value(field: str, was: str, now: str, sources: Sequence[str]) -> Difference:
        return Difference(table, key, new.label, "value", field, was, now, tuple(sources), home)

    for field, was, now in _compared(old.item.values, new.item.values):
        yield value(field, was, now, _cited(new))
    for part in dict.fromkeys((*old.parts, *new.parts)):
        # A reading's fields are the figure's own.
        prefix = "" if part == "readings" else f"{part}."
        for before, after in _paired(old.parts.get(part, ()), new.parts.get(part, ())):
            cited = (after or before or NOTHING).values.get("sources", "").split()
            for field, was, now in _compared_items(before, after):
                yield value(prefix + field, was, now, cited or _cited(new))
            words |= {f"{prefix}{field}" for field in _reworded(before or NOTHING, after or NOTHING)}
    if words:
        yield Difference(table, key, new.label, "wording", " ".join(sorted(words)), "", "", (), home)


def _compared(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    for field in dict.fromkeys((*new, *old)):
        if old.get(field, "") != new.get(field, ""):
            yield field, old.get(field, ""), new.get(field, "")


def _compared_items(old: Item | None, new: Item | None) -> Iterator[tuple[str, str, str]]:
    """Every field of a part that changed; of one that came or went the field that tells most, if it has values."""
    if old and new:
        yield from _compared(old.values, new.values)
    elif new and new.values:
        yield new.chief[0], "", new.chief[1]
    elif old and old.values:
        yield old.chief[0], old.chief[1], ""


def _reworded(old: Item, new: Item) -> set[str]:
    """The words of a part that changed; of one that came or went only where it has no values to tell it by."""
    return set() if bool(old.values) != bool(new.values) else _names_of(old.words, new.words)


def _names_of(old: Mapping[str, str], new: Mapping[str, str]) -> set[str]:
    return {field.partition(".")[0] for field, _, _ in _compared(old, new)}


def _paired(old: Sequence[Item], new: Sequence[Item]) -> Iterator[tuple[Item | None, Item | None]]:
    """The parts of two states that are each other's: equal ones, those most alike, the only ones left; then none."""
    left = [one for one in old if one not in new]
    right = [one for one in new if one not in old]
    for after in list(right):
        before = max(left, key=lambda one: _alike(one, after), default=None)
        if before is not None and (_alike(before, after) or len(left) == len(right) == 1):
            left.remove(before)
            right.remove(after)
            yield before, after
    yield from ((None, after) for after in right)
    yield from ((before, None) for before in left)


def _alike(old: Item, new: Item) -> int:
    """How many values two parts share; how exact a number is, is no sign of it."""
    return sum(old.values.get(field) == value for field, value in new.values.items() if field != "qualifier")
