"""Open data: the figures as CSV and JSON, and the page that explains each column and shows the first rows."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from typing import NamedTuple

from site_builder.content_types import Entry
from site_builder.content_types.figure import Figure, Reading
from site_builder.outputs.assets import Assets
from site_builder.outputs.frame import Frame, framed
from site_builder.outputs.planned_file import FromTemplate, PlannedFile
from site_builder.outputs.standing import StandingText, page_entry, plan_standing, standing_page, standing_text
from site_builder.site import Site
from site_builder.values import Localized

FOLDER = "data"
# What the preview shows, and how many rows of it.
PREVIEW = ("id", "value", "qualifier", "unit", "as_of")
PREVIEWED = 5

Value = str | bool | None
Row = dict[str, Value]


class Stated(NamedTuple):
    """A value of a figure as a row tells it; `kind` is stated or earlier."""

    id: str
    figure: Figure
    reading: Reading
    kind: str


# The columns in the order of the files, and what stands in each.
COLUMNS: dict[str, Callable[[Stated], Value | Localized]] = {
    "id": lambda one: one.id,
    "label": lambda one: one.figure.label,
    "reading": lambda one: one.kind,
    "value": lambda one: f"{one.reading.value:f}",
    "qualifier": lambda one: one.reading.qualifier,
    "unit": lambda one: one.figure.unit,
    "as_of": lambda one: one.reading.as_of.iso if one.reading.as_of else None,
    "precision": lambda one: one.reading.as_of.precision if one.reading.as_of else None,
    "inferred": lambda one: one.reading.as_of.inferred if one.reading.as_of else None,
    "undated": lambda one: one.reading.undated,
    "scope": lambda one: one.figure.scope,
    "operation": lambda one: one.figure.operation,
    "status": lambda one: one.figure.status,
    "additive": lambda one: one.figure.additive,
    "sources": lambda one: " ".join(one.reading.sources),
}
# Those that stand once a language, with its code: `label_lv`.
TRANSLATED = frozenset({"label", "undated", "scope"})


class Column(NamedTuple):
    """A column, or the columns of all languages, and what it means in the page's language."""

    names: tuple[str, ...]
    meaning: str


class DataFile(NamedTuple):
    """A file to take away; `note` says its format and size."""

    name: str
    href: str
    note: str


class DataView(NamedTuple):
    """The open data page."""

    frame: Frame
    text: StandingText
    files: tuple[DataFile, ...]
    rows: int
    columns: tuple[Column, ...]
    preview_head: tuple[str, ...]
    preview: tuple[tuple[str, ...], ...]


def plan(site: Site, assets: Assets) -> Iterator[PlannedFile]:
    """The two files, then the page in every language."""
    for name in FILES:
        yield PlannedFile(f"{FOLDER}/{name}", _data_file, (name,))
    yield from plan_standing(site, "data", _data)


def _data_file(site: Site, assets: Assets, name: str) -> bytes:
    return FILES[name](_all_rows(site))


def _data(site: Site, assets: Assets, language: str) -> FromTemplate:
    entry, rows = page_entry(site, "data"), _all_rows(site)

    def view(frame: Frame) -> DataView:
        return DataView(
            frame=frame,
            text=standing_text(site, entry, language),
            files=tuple(_file(site, name, len(write(rows)), language) for name, write in FILES.items()),
            rows=len(rows),
            columns=tuple(Column(_names(site, one), site.words[language](f"data.{one}")) for one in COLUMNS),
            preview_head=PREVIEW,
            preview=tuple(tuple(_cell(row[name]) for name in PREVIEW) for row in rows[:PREVIEWED]),
        )

    return framed(site, assets, standing_page(site, entry, language), "data", view)


def _all_rows(site: Site) -> list[Row]:
    return [row for entry in site.all("fact") for row in _rows(site, entry)]


def _file(site: Site, name: str, size: int, language: str) -> DataFile:
    return DataFile(name, site.href(f"/{FOLDER}/{name}"), site.formats[language].document(name, size))


def _names(site: Site, column: str) -> tuple[str, ...]:
    return tuple(f"{column}_{code}" for code in site.config.codes) if column in TRANSLATED else (column,)


def _rows(site: Site, entry: Entry) -> Iterator[Row]:
    """A row for each value that is stated, then for each earlier one."""
    figure: Figure = entry.fields
    for reading in figure.stated:
        yield _row(site, Stated(entry.key, figure, reading, "stated"))
    for reading in figure.series:
        yield _row(site, Stated(entry.key, figure, reading, "earlier"))


def _row(site: Site, one: Stated) -> Row:
    row: Row = {}
    for column, value_of in COLUMNS.items():
        value = value_of(one)
        for name, code in zip(_names(site, column), site.config.codes, strict=False):
            row[name] = value[code] if isinstance(value, Localized) else value
    return row


def _cell(value: Value) -> str:
    """A value as CSV and the preview write it: nothing for what is not stated, `true` and `false` as JSON."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else value


def to_csv(rows: list[Row]) -> bytes:
    """RFC 4180: a head, lines ending in CRLF, UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text)
    if rows:
        writer.writerow(rows[0])
    writer.writerows([_cell(value) for value in row.values()] for row in rows)
    return text.getvalue().encode("utf-8")


def to_json(rows: list[Row]) -> bytes:
    """A list of objects with the same keys; values stay text, so that no digit is lost (RFC 8259 section 6)."""
    return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


FILES = {"figures.csv": to_csv, "figures.json": to_json}
