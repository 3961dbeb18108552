"""Open data: the figures as CSV and JSON, and the page that explains each column and shows the first rows."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.content_types import Entry
from site_builder.content_types.figure import Figure, Reading
from site_builder.outputs.assets import Assets
from site_builder.outputs.frame import Frame, plan_page
from site_builder.outputs.planned_file import PlannedFile
from site_builder.outputs.standing import StandingText, page_entry, standing_page, standing_text
from site_builder.site import Site
from site_builder.values import Localized

# Columns in the order of the files; those of TRANSLATED stand once a language, with its code: `label_lv`.
COLUMNS = (
    "id", "label", "reading", "value", "qualifier", "unit", "as_of", "precision", "inferred", "undated", "scope",
    "operation", "status", "additive", "sources",
)  # fmt: skip
TRANSLATED = frozenset({"label", "undated", "scope"})
# What the preview shows, and how many rows of it.
PREVIEW = ("id", "value", "qualifier", "unit", "as_of")
PREVIEWED = 5

Value = str | bool | None
Row = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Column:
    """A column, or the columns of all languages, and what it means in the page's language."""

    names: tuple[str, ...]
    meaning: str


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file to take away; `size` is in kilobytes, rounded up."""

    format: str
    href: str
    size: int


@dataclass(frozen=True, slots=True)
class DataView:
    """The open data page."""

    frame: Frame
    text: StandingText
    files: tuple[DataFile, ...]
    count: int
    columns: tuple[Column, ...]
    preview_head: tuple[str, ...]
    preview: tuple[tuple[str, ...], ...]


def plan(site: Site, assets: Assets, planned: tuple[PlannedFile, ...]) -> Iterator[PlannedFile]:
    """The two files, then the page in every language."""
    rows = [row for entry in site.all("fact") for row in _rows(site, entry)]
    files = []
    for name, content in (("CSV", to_csv(rows)), ("JSON", to_json(rows))):
        path = f"data/figures.{name.lower()}"
        files.append(DataFile(name, site.href(f"/{path}"), -(-len(content) // 1000)))
        yield PlannedFile(path, bytes, content)
    entry = page_entry(site, "data")
    for language in site.config.codes:

        def view(frame: Frame, language: str = language) -> DataView:
            return DataView(
                frame=frame,
                text=standing_text(site, entry, language),
                files=tuple(files),
                count=len(rows),
                columns=tuple(Column(_names(site, one), site.words[language](f"data.{one}")) for one in COLUMNS),
                preview_head=PREVIEW,
                preview=tuple(tuple(_cell(row[name]) for name in PREVIEW) for row in rows[:PREVIEWED]),
            )

        yield plan_page(site, assets, standing_page(site, entry, language), "pages/data.html", view)


def _names(site: Site, column: str) -> tuple[str, ...]:
    return tuple(f"{column}_{code}" for code in site.config.codes) if column in TRANSLATED else (column,)


def _rows(site: Site, entry: Entry) -> Iterator[Row]:
    """A row for each value that is stated, then for each earlier one."""
    figure: Figure = entry.fields
    for reading in figure.stated:
        yield _row(site, entry, figure, reading, "stated")
    for reading in figure.series:
        yield _row(site, entry, figure, reading, "earlier")


def _row(site: Site, entry: Entry, figure: Figure, reading: Reading, kind: str) -> Row:
    as_of = reading.as_of
    return {
        "id": entry.key,
        **_translated(site, "label", figure.label),
        "reading": kind,
        "value": f"{reading.value:f}",
        "qualifier": reading.qualifier,
        "unit": figure.unit,
        "as_of": as_of.iso if as_of else None,
        "precision": as_of.precision if as_of else None,
        "inferred": as_of.inferred if as_of else None,
        **_translated(site, "undated", reading.undated),
        **_translated(site, "scope", figure.scope),
        "operation": figure.operation,
        "status": figure.status,
        "additive": figure.additive,
        "sources": " ".join(reading.sources),
    }


def _translated(site: Site, column: str, value: Localized | None) -> Row:
    return {f"{column}_{code}": value[code] if value else None for code in site.config.codes}


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
