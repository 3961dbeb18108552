"""The files of open data, the page that leads to them all, and a page for each table but the figures' own."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from site_builder.content_types.news import last_change
from site_builder.outputs import structured_data
from site_builder.outputs.assets import Assets
from site_builder.outputs.charts import ChartView, operation_chart, results_charts, timeline_chart
from site_builder.outputs.frame import Discovery, Frame, Link, Page, framed, section_link, section_trail
from site_builder.outputs.open_data.catalogue import catalogue, dataset
from site_builder.outputs.open_data.columns import Column, Table
from site_builder.outputs.open_data.described import csvw_group, csvw_table, package
from site_builder.outputs.open_data.tables import CHANGES, FIGURES, TABLES
from site_builder.outputs.open_data.wording import meaning, table_about, table_name, title
from site_builder.outputs.open_data.writers import FOLDER, FORMS, cell, content, data_file, name_of
from site_builder.outputs.planned_file import FromTemplate, PlannedFile, plan_lasting, plan_page
from site_builder.outputs.standing import StandingText, page_entry, plan_standing, standing_page, standing_text
from site_builder.outputs.views import PageDates, page_dates
from site_builder.site import Site

# So many rows are previewed.
PREVIEWED = 5
# Files that describe all tables, each with the function that makes it.
DESCRIPTIONS = {"datapackage.json": package, "csv-metadata.json": csvw_group, "catalog.jsonld": catalogue}


class ColumnView(NamedTuple):
    """A column, or the columns of all languages or of a date, and what it means in the page's language."""

    names: tuple[str, ...]
    title: str
    meaning: str


class DataFile(NamedTuple):
    """A file to take away; `note` says its format and size, but for what describes tables."""

    name: str
    href: str
    note: str = ""


class TableLine(NamedTuple):
    """A table among all: what it holds, how much, where it is explained, its files."""

    link: Link
    about: str
    rows: int
    files: tuple[DataFile, ...]


class TableView(NamedTuple):
    """A table explained: each column, and the first rows. With `dated` there are dates, of several columns each.

    `dates` are those of the page of open data.
    """

    name: str
    about: str
    rows: int
    files: tuple[DataFile, ...]
    dated: bool
    columns: tuple[ColumnView, ...]
    preview_head: tuple[str, ...]
    preview: tuple[tuple[str, ...], ...]
    shown: Link
    chart: ChartView | None
    dates: PageDates


class DataView(NamedTuple):
    """The open data page: all tables, and the figures in full."""

    frame: Frame
    text: StandingText
    tables: tuple[TableLine, ...]
    figures: TableView
    descriptions: tuple[DataFile, ...]
    cite: str


class TablePageView(NamedTuple):
    """The page of a table."""

    frame: Frame
    table: TableView
    whole: Link


def plan(site: Site, assets: Assets) -> Iterator[PlannedFile]:
    """The files of every table, what describes them, and the pages in every language."""
    for table in TABLES:
        for form in FORMS:
            yield plan_lasting(f"{FOLDER}/{name_of(table, form)}", data_file, table.key, form)
        yield plan_lasting(f"{FOLDER}/{name_of(table, 'csv')}-metadata.json", csvw_table, table.key)
    for name, make in DESCRIPTIONS.items():
        yield plan_lasting(f"{FOLDER}/{name}", make)
    yield from plan_standing(site, "data", _data)
    for table in TABLES:
        if table not in (FIGURES, CHANGES):
            for language in site.config.codes:
                yield plan_page(table_address(site, table, language), _table_page, table.key, language)


def table_address(site: Site, table: Table, language: str) -> str:
    """Where a table is explained: on the page of open data the figures, below it the others."""
    whole = site.addresses.section("data", language)
    return whole if table == FIGURES else f"{whole}{site.words[language](f'data.{table.key}.path')}/"


def _data(site: Site, assets: Assets, language: str) -> FromTemplate:
    entry = page_entry(site, "data")
    page = standing_page(site, entry, language)
    page = page._replace(
        structured=(*page.structured, dataset(site, FIGURES, language, page.addresses[language])),
        discovery=_discovery(site, FIGURES, language),
    )

    def view(frame: Frame) -> DataView:
        return DataView(
            frame=frame,
            text=standing_text(site, entry, language),
            tables=tuple(_line(site, table, language) for table in TABLES),
            figures=table_view(site, FIGURES, language),
            descriptions=tuple(DataFile(name, site.href(f"/{FOLDER}/{name}")) for name in DESCRIPTIONS),
            cite=_citation(site, language),
        )

    return framed(site, assets, page, "data", view)


def _citation(site: Site, language: str) -> str:
    """How the data are named by who uses them."""
    words, config = site.words[language], site.config
    return words(
        "data.cite-as",
        site=site.localized(config.name, language),
        data=site.plain(page_entry(site, "data"), language, "title"),
        url=site.absolute(site.addresses.section("data", language)),
        licence=config.licence.name,
    )


def _line(site: Site, table: Table, language: str) -> TableLine:
    href = "#part-figures" if table == FIGURES else site.href(table_address(site, table, language))
    link = Link(table_name(site, table, language), href)
    return TableLine(link, table_about(site, table, language), len(table.filled(site)), _files(site, table, language))


def _files(site: Site, table: Table, language: str) -> tuple[DataFile, ...]:
    """The files of a table with their types and sizes."""
    formats = site.formats[language]
    return tuple(
        DataFile(name, site.href(f"/{FOLDER}/{name}"), formats.document(name, len(content(site, table, form))))
        for form, name in ((form, name_of(table, form)) for form in FORMS)
    )


def table_page(site: Site, table: Table, language: str) -> Page:
    """What the page of a table says of itself; it shares the card of the page of open data."""
    addresses = {code: table_address(site, table, code) for code in site.config.codes}
    changed = last_change(page_entry(site, "data"), language)
    name = table_name(site, table, language)
    page = structured_data.web_page(site, language, addresses[language], name, changed)
    return Page(
        language=language,
        heading=site.words[language]("data.page", table=name),
        description=table_about(site, table, language),
        addresses=addresses,
        section="data",
        parents=section_trail(site, "data", language),
        structured=(page, dataset(site, table, language, addresses[language])),
        updated=changed,
        card_title=site.plain(page_entry(site, "data"), language, "title"),
        card_label=site.localized(site.config.tagline, language),
        discovery=_discovery(site, table, language),
    )


def _discovery(site: Site, table: Table, language: str) -> tuple[Discovery, ...]:
    types = {"csv": "text/csv", "json": "application/json"}
    name = table_name(site, table, language)
    return tuple(
        Discovery(types[form], f"{name} ({form.upper()})", site.href(f"/{FOLDER}/{name_of(table, form)}"))
        for form in FORMS
    )


def _table_page(site: Site, assets: Assets, key: str, language: str) -> FromTemplate:
    table = next(one for one in TABLES if one.key == key)
    shown = table_view(site, table, language)
    whole = section_link(site, "data", language)
    return framed(
        site, assets, table_page(site, table, language), "data-table", lambda frame: TablePageView(frame, shown, whole)
    )


def table_view(site: Site, table: Table, language: str) -> TableView:
    rows = table.filled(site)
    # what has no language is Latvian where it is a name, as in addresses
    previewed = tuple(
        (name, language if column.translated else site.config.first_language)
        for column in table.columns
        if column.previewed
        for name in _previewed(site, table, column, language)
    )
    return TableView(
        name=table_name(site, table, language),
        about=table_about(site, table, language),
        rows=len(rows),
        files=_files(site, table, language),
        dated=any(column.type == "partial-date" for column in table.columns),
        columns=tuple(_explained(site, table, language)),
        preview_head=tuple(name for name, _ in previewed),
        preview=tuple(
            tuple(site.formats[code].tidy(cell(row[name])) for name, code in previewed) for row in rows[:PREVIEWED]
        ),
        shown=section_link(site, table.section, language),
        chart=CHARTS[table.key](site, language) if table.key in CHARTS else None,
        dates=page_dates(site, page_entry(site, "data"), language),
    )


def _explained(site: Site, table: Table, language: str) -> Iterator[ColumnView]:
    """Every column; what follows a date to tell more of it stands together with it."""
    together: list[list[Column]] = []
    for column in table.columns:
        before = together[-1][0] if together else column
        if before.type == "partial-date" and column.explained[:-1] == before.explained:
            together[-1].append(column)
        else:
            together.append([column])
    for first, *others in together:
        names = tuple(name for one in (first, *others) for name in table.names(one, site.config.codes))
        yield ColumnView(names, title(site, first, language), meaning(site, first, language))


def _previewed(site: Site, table: Table, column: Column, language: str) -> tuple[str, ...]:
    """The column in the page's language."""
    return tuple(
        name
        for name, code in zip(table.names(column, site.config.codes), site.config.codes, strict=False)
        if not column.translated or code == language
    )


# Charts ---------------------------------------------------------------------------------------------------------


def _of_figures(site: Site, language: str) -> ChartView | None:
    return next(iter(results_charts(site, language)), None)


def _of_operations(site: Site, language: str) -> ChartView | None:
    drawn = (operation_chart(site, one, language) for one in site.all("operation"))
    return next((one for one in drawn if one), None)


CHARTS: dict[str, Callable[[Site, str], ChartView | None]] = {
    "figures": _of_figures,
    "operations": _of_operations,
    "milestones": timeline_chart,
}
