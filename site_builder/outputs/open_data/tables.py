"""The tables of open data, written out: a new table is an entry in TABLES and its words in `templates/i18n/`.

Never in them: coordinates and maps, people's names but where a page's own sentence has one, and sums.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, get_args

from site_builder.content_types.facility import Facility
from site_builder.content_types.figure import Figure, Qualifier, Reading
from site_builder.content_types.milestone import Milestone
from site_builder.content_types.operation import Operation
from site_builder.content_types.partner import Partner
from site_builder.content_types.source import Source
from site_builder.content_types.term import Term
from site_builder.outputs.open_data.columns import (
    PRECISIONS,
    Column,
    Row,
    Table,
    Told,
    Value,
    choice,
    date_field,
    dated,
    entries,
    field,
    identity,
    number,
    page,
    plain,
    renamed,
    sources,
    text,
)
from site_builder.record.compare import TABLES as WATCHED
from site_builder.record.log import Change, Kind
from site_builder.site import Site
from site_builder.values import Localized, PartialDate

# Figures: a row for each value that is stated, then for each earlier one ----------------------------------------


def _readings(site: Site) -> Iterator[Told]:
    for entry in site.all("fact"):
        figure: Figure = entry.fields
        listed = [*(("stated", one) for one in figure.stated), *(("earlier", one) for one in figure.series)]
        for at, (kind, reading) in enumerate(listed, 1):
            yield Told(site, entry, reading, at, kind)


def _reading(told: Told) -> Reading:
    reading: Reading = told.part
    return reading


def _reading_key(told: Told) -> str:
    return f"{told.entry.key}.{told.number}"


def _undated(told: Told, language: str) -> Value:
    words = _reading(told).undated
    return plain(words[language]) if words else None


def _reading_note(told: Told, language: str) -> Value:
    """A reading's own note, or the figure's beside its only reading."""
    figure: Figure = told.entry.fields
    lists = {"earlier": ("series", told.number - 1 - len(figure.stated)), "stated": ("readings", told.number - 1)}
    path: tuple[str | int, ...] = lists[told.kind] if told.kind == "earlier" or figure.readings else ()
    found = told.site.find_text(told.entry, language, *path, "note")
    return plain(found.plain) if found else None


AS_OF = dated("as_of", lambda told: _reading(told).as_of, previewed=True)
AS_OF_NAMES = {"as_of_precision": "precision", "as_of_inferred": "inferred"}

FIGURES = Table(
    "figures",
    _readings,
    (
        identity(),
        text("label", required=True),
        Column("reading", lambda told: told.kind, required=True, choices=("stated", "earlier")),
        Column("value", lambda told: number(_reading(told).value), "number", required=True, previewed=True),
        Column(
            "qualifier",
            lambda told: _reading(told).qualifier,
            choices=get_args(Qualifier),
            required=True,
            previewed=True,
        ),
        choice("unit", Figure, required=True, previewed=True),
        *renamed(AS_OF[:3], AS_OF_NAMES),
        Column("undated", _undated, translated=True),
        text("scope", required=True),
        field("operation", refers="operations"),
        choice("status", Figure, words=("figure-status",), required=True),
        field("additive", type="boolean", required=True),
        sources(lambda told: _reading(told).sources),
        Column("key", _reading_key, words=("reading-key",), required=True),
        *AS_OF[3:],
        Column("note", _reading_note, translated=True),
        text("explanation"),
        page(),
    ),
    primary=("key",),
    section="results",
    span=("as_of_earliest", "as_of_latest"),
)

# Places and services -------------------------------------------------------------------------------------------


def _address(name: str, **more: Any) -> Column:
    return Column(name, lambda told: getattr(told.entry.fields.address, name), **more)


# Of a home no more than its page shows: the schema keeps exact days from it, and no column could hold a point on a map.
FACILITIES = Table(
    "facilities",
    entries("facility"),
    (
        identity(),
        text("name", required=True, previewed=True),
        text("title", required=True),
        text("summary", required=True),
        choice("kind", Facility, words=("facility-kind",), required=True),
        _address("street", required=True),
        _address("locality", required=True),
        _address("postcode"),
        field("sensitive", type="boolean", required=True),
        choice("status", Facility, words=("facility-status",), required=True, previewed=True),
        *date_field("status_since", previewed=True),
        text("status_note"),
        text("audience", required=True),
        text("operator", required=True),
        field("services", type="keys", refers="services", required=True),
        field("operation", refers="operations"),
        text("access"),
        field("published", type="date", required=True),
        field("updated", type="date"),
        sources(),
        page(),
    ),
    section="facilities",
)

SERVICES = Table(
    "services",
    entries("service"),
    (
        identity(),
        text("name", required=True, previewed=True),
        text("summary", required=True),
        field("audiences", type="keys", required=True, previewed=True),
        text("provider", required=True),
        text("status", words=("service-status",)),
        *date_field("as_of", required=True),
        field("facilities", type="keys", refers="facilities"),
        field("operation", refers="operations"),
        field("published", type="date", required=True),
        field("updated", type="date"),
        sources(),
        page(),
    ),
    section="services",
)

# Operations: the fields of the EU lists of operations -----------------------------------------------------------


def _money(name: str) -> tuple[Column, ...]:
    """A sum in its own column if the sources state one, with the figure that tells where it is from."""

    def value(told: Told) -> Value:
        key = getattr(told.entry.fields, name)
        figure = told.site.figure(key) if key else None
        only = figure.stated[0] if figure and len(figure.stated) == 1 else None
        return number(only.value) if only and only.qualifier == "exact" else None

    return (Column(name, value, "number"), field(f"{name}_figure", of=name, words=(name, "figure")))


# Regulation 1303/2013 Annex XII section 1 for 2014-2020, Regulation 2021/1060 Art. 49(3) for 2021-2027. What no source
# states is empty; `postcode` stands here because the lists have it.
OPERATIONS = Table(
    "operations",
    entries("operation"),
    (
        identity(),
        text("beneficiary", required=True),
        text("title", words=("operation-title",), required=True, previewed=True),
        field("number"),
        text("purpose", of="aims", required=True),
        text("achievements", of="results", required=True),
        *date_field("start", required=True),
        *date_field("end", required=True),
        *date_field("services_end"),
        *_money("total"),
        *_money("eu_part"),
        *_money("national_part"),
        *_money("eu_rate"),
        Column("currency", lambda told: "EUR", required=True, choices=("EUR",)),
        choice("fund", Operation, required=True, previewed=True),
        choice("programming_period", Operation, required=True, previewed=True),
        text("programme", required=True),
        text("objective", required=True),
        text("measure", required=True),
        text("category_of_intervention"),
        text("location", required=True),
        Column("postcode", lambda told: None, words=("operation-postcode",)),
        Column("country", lambda told: "LV", required=True, choices=("LV",)),
        field("record", of="url", type="uri"),
        field("last_updated", type="date", required=True),
        sources(),
        page(),
    ),
    section="about",
    span=("start_earliest", "end_latest"),
)

# People and bodies, events, words, sources ----------------------------------------------------------------------


def _former_names(told: Told, language: str) -> Value:
    names = (
        told.site.plain(told.entry, language, "former_names", at, "name")
        for at in range(len(told.entry.fields.former_names))
    )
    return plain("; ".join(names))


PARTNERS = Table(
    "partners",
    entries("partner"),
    (
        identity(),
        text("name", required=True, previewed=True),
        Column("former_names", _former_names, translated=True),
        choice("type", Partner, words=("partner-type",),
               required=True, previewed=True),
        choice("region", Partner, required=True),
        *date_field("since"),
        *date_field("until"),
        text("note"),
        sources(),
        page(),
    ),
    section="partners",
    span=("since_earliest", "until_latest"),
)  # fmt: skip


def _news(told: Told, language: str) -> Value:
    key = told.entry.fields.news
    listed = told.site.some("news", [key] if key else [])
    return next(
        (told.site.absolute(told.site.address(one, language)) for one in listed if one.has_language(language)), None
    )


MILESTONES = Table(
    "milestones",
    entries("milestone"),
    (
        identity(),
        *date_field("date", required=True, previewed=True),
        choice("scope", Milestone, words=("milestone-scope",), required=True),
        choice("event", Milestone,
               required=True, previewed=True),
        text("text", words=("milestone-text",), required=True, previewed=True),
        field("facilities", type="keys", refers="facilities"),
        field("operation", refers="operations"),
        Column("news", _news, "uri", translated=True),
        sources(),
        page(),
    ),
    section="timeline",
    span=("date_earliest", "date_latest"),
)  # fmt: skip

GLOSSARY = Table(
    "glossary",
    entries("term"),
    (
        identity(),
        text("term", required=True, previewed=True),
        text("abbreviation"),
        choice("standing", Term, required=True),
        text("explanation", words=("term-explanation",), required=True),
        sources(required=False),
        page(),
    ),
    section="glossary",
)

SOURCES = Table(
    "sources",
    entries("source"),
    (
        identity(),
        field("title", words=("source-title",), required=True, previewed=True),
        field("language", words=("source-language",), required=True, previewed=True),
        text("publisher", required=True),
        choice("kind", Source, words=("source-kind",), required=True, previewed=True),
        *date_field("date", words=("source-date",)),
        *date_field("consulted", required=True),
        field("url", type="uri", words=("source-url",)),
        text("note"),
        page(),
    ),
    section="sources",
)

# Which row rests on which source: what a column of many keys cannot say to a database ----------------------------

CITED = (FIGURES, FACILITIES, SERVICES, OPERATIONS, PARTNERS, MILESTONES, GLOSSARY)


def _citations(site: Site) -> Iterator[Told]:
    for table in CITED:
        for told, row in zip(table.rows(site), table.filled(site), strict=True):
            for source in str(row["sources"] or "").split():
                yield told._replace(part=(row, source), kind=table.key)


def _cited(table: Table) -> Column:
    def value(told: Told) -> Value:
        row: Row = told.part[0]
        return row[table.primary[0]] if told.kind == table.key else None

    return Column(table.key, value, words=(f"cited-{table.key}",), refers=table.key, previewed=table == FIGURES)


CITATIONS = Table(
    "citations",
    _citations,
    (
        Column(
            "source",
            lambda told: told.part[1],
            words=("cited-source",),
            required=True,
            refers="sources",
            previewed=True,
        ),
        *(_cited(table) for table in CITED),
    ),
    primary=(),
    section="sources",
)

# The record of changes -----------------------------------------------------------------------------------------


def changes(site: Site) -> tuple[Change, ...]:
    """The record, the oldest first; of what is a home today only the years are told, whatever was recorded."""
    homes = {entry.key for entry in site.all("facility") if entry.fields.sensitive}
    return tuple(
        replace(one, day=PartialDate(one.day.text[:4], "year"))
        if one.table == "facilities" and one.id in homes
        else one
        for one in site.record.changes
    )


def _changes(site: Site) -> Iterator[Told]:
    """The newest first; the entry of a thing that is gone is not asked for."""
    for change in reversed(changes(site)):
        yield Told(site, None, change)  # type: ignore[arg-type]  # no column asks for it


def _of_change(name: str, **more: Any) -> Column:
    return Column(name, lambda told: getattr(told.part, name) or None, words=(f"change-{name}",), **more)


def _change_label(told: Told, language: str) -> Value:
    words: Localized = told.part.label
    return plain(words[language])


def _day(told: Told) -> PartialDate:
    day: PartialDate = told.part.day
    return day


CHANGES = Table(
    "changes",
    _changes,
    (
        Column("day", lambda told: _day(told).iso, "partial-date", ("change-day",), required=True, previewed=True),
        Column("precision", lambda told: _day(told).precision, required=True, choices=PRECISIONS),
        _of_change("table", required=True, choices=tuple(WATCHED.values()), previewed=True),
        _of_change("id", required=True, previewed=True),
        Column("label", _change_label, words=("change-label",), translated=True, required=True),
        _of_change("change", required=True, choices=get_args(Kind), previewed=True),
        _of_change("field"),
        _of_change("old"),
        _of_change("new"),
        Column("sources", lambda told: " ".join(told.part.sources) or None, "keys", ("change-sources",)),
    ),
    primary=(),
    section="data",
)

TABLES = (FIGURES, FACILITIES, SERVICES, PARTNERS, OPERATIONS, MILESTONES, GLOSSARY, SOURCES, CITATIONS, CHANGES)
BY_KEY = {table.key: table for table in TABLES}
