"""What a table of open data is: its columns with their types, where their values come from, and its rows."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Any, Literal, NamedTuple, get_args

from site_builder.content_types import Entry
from site_builder.schema import field_specs
from site_builder.site import Site
from site_builder.values import PartialDate

# A date as exactly as it is known, in the letters of ISO 8601.
DATE = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
KEYS = r"[a-z0-9.-]+( [a-z0-9.-]+)*"
PRECISIONS = ("day", "month", "season", "year")

# `keys` are ids with a space between them; `partial-date` is a year, a month or a day.
Type = Literal["text", "number", "integer", "boolean", "date", "partial-date", "uri", "keys"]
# What a cell holds: as JSON writes it. Numbers stay text, so that no digit is lost (RFC 8259 section 6).
Value = str | int | bool | None
Row = dict[str, Value]


class Told(NamedTuple):
    """What a row tells of: an entry, or a part of it, and its place among those of the entry, from 1."""

    site: Site
    entry: Entry
    part: Any = None
    number: int = 1
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `value` is called with what the row tells of, and for a `translated` column with a language.

    `words` name the interface words that explain it (its own name where they are left out). `refers` is the table whose
    rows its values, or each of its keys, name; the previewed columns stand on the page with their first rows.
    """

    name: str
    value: Callable[..., Value]
    type: Type = "text"
    words: tuple[str, ...] = ()
    translated: bool = False
    required: bool = False
    refers: str = ""
    choices: tuple[str, ...] = ()
    previewed: bool = False

    @property
    def explained(self) -> tuple[str, ...]:
        """The keys of its words: of a date's parts first the date's, then the part's."""
        return self.words or (self.name,)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its key, which is the files' name, the rows that it tells, its columns and the primary key of them.

    `section` is the page of the site that shows the same things; `span` are the columns with the first and the last day
    that a row tells of.
    """

    key: str
    rows: Callable[[Site], Iterable[Told]]
    columns: tuple[Column, ...]
    primary: tuple[str, ...] = ("id",)
    section: str = ""
    span: tuple[str, str] = ("", "")

    def names(self, column: Column, languages: Iterable[str]) -> tuple[str, ...]:
        """The names of a column in the files: one, or one a language."""
        return tuple(f"{column.name}_{code}" for code in languages) if column.translated else (column.name,)

    def filled(self, site: Site) -> tuple[Row, ...]:
        """All rows; made once and used by every file and page that tells of the table."""
        return site.once(("open-data", self.key), lambda: tuple(self._row(site, told) for told in self.rows(site)))

    def _row(self, site: Site, told: Told) -> Row:
        codes = site.config.codes
        row: Row = {}
        for column in self.columns:
            if column.translated:
                row |= {f"{column.name}_{code}": column.value(told, code) for code in codes}
            else:
                row[column.name] = column.value(told)
        return row


# Rows ------------------------------------------------------------------------------------------------------------


def entries(kind: str) -> Callable[[Site], Iterator[Told]]:
    """A row for each published thing of a kind."""

    def rows(site: Site) -> Iterator[Told]:
        return (Told(site, entry) for entry in site.all(kind))

    return rows


# Columns ---------------------------------------------------------------------------------------------------------


def identity(**more: Any) -> Column:
    return Column("id", lambda told: told.entry.key, required=True, previewed=True, **more)


def text(name: str, *path: str, of: str = "", **more: Any) -> Column:
    """Words in every language, without Markdown; `path` is the field, else the column's name."""
    field = path or (of or name,)

    def value(told: Told, language: str) -> Value:
        found = told.site.find_text(told.entry, language, *field)
        return plain(found.plain) if found else None

    return Column(name, value, translated=True, **more)


def plain(words: str) -> str | None:
    """Words as data has them: without no-break spaces and breaks of lines."""
    return " ".join(words.split()) or None


def choice(name: str, record: type, **more: Any) -> Column:
    """A field of the entry that has one of the words that its content type allows."""
    allowed = next(spec.annotation for spec in field_specs(record) if spec.name == name)
    return field(name, choices=get_args(allowed), **more)


def field(name: str, of: str = "", **more: Any) -> Column:
    """A field of the entry as it was written: a word, a number, yes or no, an address."""
    return Column(name, partial(_field, of or name), **more)


def _field(name: str, told: Told) -> Value:
    value = getattr(told.entry.fields, name)
    if isinstance(value, tuple):
        return " ".join(value) or None
    if isinstance(value, Decimal):
        return number(value)
    return value if value is None or isinstance(value, bool) else str(value)


def number(value: Decimal) -> str:
    """A number with a decimal point and every digit as it was written."""
    return f"{value:f}"


def dated(name: str, get: Callable[[Told], PartialDate | None], **more: Any) -> tuple[Column, ...]:
    """A date that may be inexact: as far as it is known, how far that is, whether it was worked out, and its span."""

    def when(take: Callable[[PartialDate], Value]) -> Callable[[Told], Value]:
        return lambda told: take(day) if (day := get(told)) else None

    required, words = bool(more.get("required")), more.get("words", (name,))
    return (
        Column(name, when(lambda day: day.iso), "partial-date", **more),
        Column(f"{name}_precision", when(lambda day: day.precision), words=(*words, "precision"), choices=PRECISIONS,
               required=required),
        Column(f"{name}_inferred", when(lambda day: day.inferred), "boolean", (*words, "inferred"), required=required),
        Column(f"{name}_earliest", when(lambda day: day.first_day.isoformat()), "date", (*words, "earliest"),
               required=required),
        Column(f"{name}_latest", when(lambda day: day.last_day.isoformat()), "date", (*words, "latest"),
               required=required),
    )  # fmt: skip


def date_field(name: str, of: str = "", **more: Any) -> tuple[Column, ...]:
    """`dated` of a field of the entry."""
    return dated(name, lambda told: getattr(told.entry.fields, of or name), **more)


def page() -> Column:
    """The page that tells of a thing, in every language."""

    def value(told: Told, language: str) -> Value:
        return told.site.absolute(told.site.address(told.entry, language))

    return Column("page", value, "uri", translated=True, required=True)


def sources(get: Callable[[Told], tuple[str, ...]] | None = None, *, required: bool = True) -> Column:
    """The keys of the sources that a row rests on."""

    def value(told: Told) -> Value:
        return " ".join(get(told) if get else told.entry.fields.sources) or None

    return Column("sources", value, "keys", required=required, refers="sources")


def renamed(columns: tuple[Column, ...], names: Mapping[str, str]) -> tuple[Column, ...]:
    """Columns under names that were published before there was a rule for them."""
    return tuple(replace(one, name=names.get(one.name, one.name), words=one.explained) for one in columns)
