"""Pages that list facts: results, timeline, sources, glossary, contacts."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from site_builder.addresses import ANCHORED
from site_builder.citations import bare_publisher
from site_builder.content_types import Entry
from site_builder.i18n.formats import DateText
from site_builder.outputs.assets import Assets
from site_builder.outputs.calendar import calendar_of
from site_builder.outputs.charts import ChartView, results_charts, timeline_chart
from site_builder.outputs.frame import Discovery, Frame, Link, PhoneView, framed, phone_view, section_link
from site_builder.outputs.planned_file import FromTemplate, PlannedFile
from site_builder.outputs.standing import StandingText, page_entry, plan_standing, standing_page, standing_text
from site_builder.outputs.views import (
    FigureView,
    SourceLink,
    address_lines,
    date_or_none,
    entry_link,
    figure_dates,
    figure_view,
    figures,
    reasons,
    sources,
)
from site_builder.site import Site

SOURCE_KINDS = ("primary", "official", "press", "reference")
# Makes the view of a page of facts from its frame, its own words and the key of its section.
Make = Callable[[Site, Frame, StandingText, str], object]


class FigureGroup(NamedTuple):
    """The figures that have a page of their own, in brief on the page of results."""

    id: str
    name: str
    summary: str
    href: str
    figures: tuple[FigureView, ...]


class ResultsView(NamedTuple):
    """The way to all figures; those of no group in full. Nothing here is added up."""

    frame: Frame
    text: StandingText
    key_figures: tuple[FigureView, ...]
    groups: tuple[FigureGroup, ...]
    charts: tuple[ChartView, ...]
    operation: str
    figures: tuple[FigureView, ...]
    reasons: tuple[str, ...]


class FigureGroupView(NamedTuple):
    """A group of figures in full; `operation` is the one that most of them belong to."""

    frame: Frame
    text: StandingText
    operation: str
    figures: tuple[FigureView, ...]
    reasons: tuple[str, ...]


class MilestoneView(NamedTuple):
    """A line of the timeline."""

    id: str
    date: DateText
    scope: str
    event: str
    text: str
    news: Link | None
    facilities: tuple[Link, ...]
    sources: tuple[SourceLink, ...]


class TimelineYear(NamedTuple):
    """The milestones of a year."""

    year: str
    milestones: tuple[MilestoneView, ...]


class TimelinePart(NamedTuple):
    """A part of the timeline that has a page of its own, with how many milestones stand there."""

    link: Link
    milestones: int


class TimelineView(NamedTuple):
    """The timeline, or the part of it that has a page of its own; the chart of all stands on the first."""

    frame: Frame
    text: StandingText
    years: tuple[TimelineYear, ...]
    chart: ChartView | None
    parts: tuple[TimelinePart, ...]
    calendar: tuple[Discovery, ...]
    reasons: tuple[str, ...]


class SourceView(NamedTuple):
    """A source in full; `name` is the short name with the publisher as it was stated.

    `date` says no more than the name where only the year is known; `day` tells whether it does.
    """

    id: str
    title: str
    language: str
    name: str
    date: DateText | None
    day: bool
    consulted: DateText
    url: str
    note: str


class SourceGroup(NamedTuple):
    """The sources of a kind; `page` leads to them where they stand on a page of their own."""

    id: str
    name: str
    sources: tuple[SourceView, ...]
    page: str


class SourcesView(NamedTuple):
    """The sources of all kinds, or of one."""

    frame: Frame
    text: StandingText
    groups: tuple[SourceGroup, ...]


class OtherWord(NamedTuple):
    """A term in another language of the site."""

    language: str
    term: str


class TermView(NamedTuple):
    """A word explained."""

    id: str
    term: str
    abbreviation: str
    others: tuple[OtherWord, ...]
    explanation: str
    standing: str
    sources: tuple[SourceLink, ...]


class GlossaryView(NamedTuple):
    """The glossary, in the language's alphabet."""

    frame: Frame
    text: StandingText
    terms: tuple[TermView, ...]


class ContactView(NamedTuple):
    """An institution's contacts as published."""

    id: str
    name: str
    address: tuple[str, ...]
    phones: tuple[PhoneView, ...]
    email: str
    url: str
    verify: bool
    as_published: str
    note: str
    sources: tuple[SourceLink, ...]


class ContactsView(NamedTuple):
    """All contacts."""

    frame: Frame
    text: StandingText
    contacts: tuple[ContactView, ...]


def plan(site: Site, assets: Assets) -> Iterator[PlannedFile]:
    """The five pages in every language, and the parts of results and sources that have pages of their own."""
    pages = {
        "results": "results",
        **dict.fromkeys(_parts(site, "fact"), "results-group"),
        "timeline": "timeline",
        **dict.fromkeys(_parts(site, "milestone"), "timeline"),
        "sources": "sources",
        **dict.fromkeys(_parts(site, "source"), "sources"),
        "glossary": "glossary",
        "contacts": "contacts",
    }
    for key, template in pages.items():
        yield from plan_standing(site, key, _page, template, key)


def _page(site: Site, assets: Assets, template: str, key: str, language: str) -> FromTemplate:
    entry = page_entry(site, key)
    text = standing_text(site, entry, language)
    make = VIEWS[template]
    page = standing_page(site, entry, language)
    if template == "timeline":
        page = page._replace(discovery=(*page.discovery, *calendar_of(site, language)))
    return framed(site, assets, page, template, lambda frame: make(site, frame, text, key))


def _parts(site: Site, kind: str) -> tuple[str, ...]:
    """The sections that show a part of a kind, in the order of the configuration."""
    used = {site.addresses.shelf(entry) for entry in site.all(kind)} - {ANCHORED[kind]}
    return tuple(section.key for section in site.config.sections if section.key in used)


def _results(site: Site, frame: Frame, text: StandingText, key: str) -> ResultsView:
    groups = tuple(_group_in_brief(site, part, frame.language) for part in _parts(site, "fact"))
    own = _figures_of(site, key, frame.language)
    key_figures = figures(site, site.config.key_figures, frame.language)
    charts = results_charts(site, frame.language)
    return ResultsView(frame, text, key_figures, groups, charts, _usual_operation(own), own, reasons(figure_dates(own)))


def _group_in_brief(site: Site, key: str, language: str) -> FigureGroup:
    link, summary = section_link(site, key, language), site.plain(page_entry(site, key), language, "summary")
    return FigureGroup(f"part-{key}", link.text, summary, link.href, _figures_of(site, key, language))


def _figure_group(site: Site, frame: Frame, text: StandingText, key: str) -> FigureGroupView:
    views = _figures_of(site, key, frame.language)
    return FigureGroupView(frame, text, _usual_operation(views), views, reasons(figure_dates(views)))


def _figures_of(site: Site, key: str, language: str) -> tuple[FigureView, ...]:
    """The figures that stand in full on the page of a section."""
    shown = (entry for entry in site.all("fact") if site.addresses.shelf(entry) == key)
    return tuple(figure_view(site, entry, language) for entry in shown)


def _usual_operation(views: tuple[FigureView, ...]) -> str:
    """The operation that most figures of a page belong to; named once, so that only others name theirs."""
    counted = Counter(view.operation for view in views)
    return counted.most_common(1)[0][0] if counted else ""


def _timeline(site: Site, frame: Frame, text: StandingText, key: str) -> TimelineView:
    years = _years(site, key, frame.language)
    dates = (milestone.date for year in years for milestone in year.milestones)
    chart: ChartView | None = None
    parts: tuple[TimelinePart, ...] = ()
    if key == ANCHORED["milestone"]:
        chart = timeline_chart(site, frame.language)
        parts = tuple(_timeline_part(site, part, frame.language) for part in _parts(site, "milestone"))
    return TimelineView(frame, text, years, chart, parts, calendar_of(site, frame.language), reasons(dates))


def _timeline_part(site: Site, key: str, language: str) -> TimelinePart:
    return TimelinePart(section_link(site, key, language), len(_milestones_of(site, key)))


def _milestones_of(site: Site, key: str) -> tuple[Entry, ...]:
    return tuple(entry for entry in site.all("milestone") if site.addresses.shelf(entry) == key)


def _years(site: Site, key: str, language: str) -> tuple[TimelineYear, ...]:
    entries = sorted(_milestones_of(site, key), key=lambda one: one.fields.date.last_day)
    years: dict[str, list[MilestoneView]] = {}
    for entry in entries:
        years.setdefault(str(entry.fields.date.year), []).append(_milestone(site, entry, language))
    return tuple(TimelineYear(year, tuple(views)) for year, views in years.items())


def _milestone(site: Site, entry: Entry, language: str) -> MilestoneView:
    milestone, words = entry.fields, site.words[language]
    news = [one for one in site.some("news", [milestone.news] if milestone.news else []) if one.has_language(language)]
    return MilestoneView(
        id=entry.key,
        date=site.formats[language].date(milestone.date),
        scope=words(f"scope.{milestone.scope}"),
        event=words(f"event.{milestone.event}"),
        text=site.plain(entry, language, "text"),
        news=entry_link(site, news[0], language) if news else None,
        facilities=tuple(entry_link(site, one, language) for one in site.some("facility", milestone.facilities)),
        sources=sources(site, milestone.sources, language),
    )


def _sources(site: Site, frame: Frame, text: StandingText, key: str) -> SourcesView:
    """All kinds on the main page, those with a page of their own as links; on a kind's page that kind alone."""
    groups = _source_groups(site, frame.language)
    if key != ANCHORED["source"]:
        page = site.href(site.addresses.section(key, frame.language))
        return SourcesView(frame, text, tuple(group._replace(page="") for group in groups if group.page == page))
    return SourcesView(frame, text, groups)


def _source_groups(site: Site, language: str) -> tuple[SourceGroup, ...]:
    groups = []
    for kind in SOURCE_KINDS:
        members = [entry for entry in site.all("source") if entry.fields.kind == kind]
        members.sort(key=lambda entry: site.formats[language].alphabetical(entry.fields.title))
        if members:
            shelf = site.addresses.shelf(members[0])
            page = "" if shelf == ANCHORED["source"] else site.href(site.addresses.section(shelf, language))
            views = tuple(_source(site, one, language) for one in members)
            groups.append(SourceGroup(f"kind-{kind}", site.words[language](f"source-kind.{kind}"), views, page))
    return tuple(groups)


def _source(site: Site, entry: Entry, language: str) -> SourceView:
    source = entry.fields
    formats = site.formats[source.language] if source.language in site.formats else site.formats[language]
    short, bare = site.citations[language][entry.key], bare_publisher(entry, site.formats[language])
    return SourceView(
        id=entry.key,
        title=formats.tidy(source.title),
        language="" if source.language == language else source.language,
        name=site.plain(entry, language, "publisher") + short.removeprefix(bare),
        date=date_or_none(site, source.date, language),
        day=source.date is not None and source.date.precision != "year",
        consulted=site.formats[language].date_in(source.consulted),
        url=source.url or "",
        note=site.plain(entry, language, "note") if source.note else "",
    )


def _glossary(site: Site, frame: Frame, text: StandingText, key: str) -> GlossaryView:
    return GlossaryView(frame, text, _terms(site, frame.language))


def _terms(site: Site, language: str) -> tuple[TermView, ...]:
    entries = sorted(
        site.all("term"), key=lambda one: site.formats[language].alphabetical(site.plain(one, language, "term"))
    )
    return tuple(_term(site, entry, language) for entry in entries)


def _term(site: Site, entry: Entry, language: str) -> TermView:
    term = entry.fields
    return TermView(
        id=entry.key,
        term=site.plain(entry, language, "term"),
        abbreviation=site.plain(entry, language, "abbreviation") if term.abbreviation else "",
        others=tuple(
            OtherWord(code, site.plain(entry, code, "term")) for code in site.config.codes if code != language
        ),
        explanation=site.plain(entry, language, "explanation"),
        standing=site.words[language](f"standing.{term.standing}"),
        sources=sources(site, term.sources, language),
    )


def _all_contacts(site: Site, frame: Frame, text: StandingText, key: str) -> ContactsView:
    return ContactsView(frame, text, _contacts(site, frame.language))


def _contacts(site: Site, language: str) -> tuple[ContactView, ...]:
    return tuple(_contact(site, entry, language) for entry in site.all("contact"))


def _contact(site: Site, entry: Entry, language: str) -> ContactView:
    contact = entry.fields
    return ContactView(
        id=entry.key,
        name=site.plain(entry, language, "name"),
        address=address_lines(site, contact.address) if contact.address else (),
        phones=tuple(phone_view(one.number) for one in contact.phones),
        email=contact.email or "",
        url=contact.url or "",
        verify=contact.verify,
        as_published=site.plain(entry, language, "as_published") if contact.as_published else "",
        note=site.plain(entry, language, "note") if contact.note else "",
        sources=sources(site, contact.sources, language),
    )


# By template.
VIEWS: dict[str, Make] = {
    "results": _results,
    "results-group": _figure_group,
    "timeline": _timeline,
    "sources": _sources,
    "glossary": _glossary,
    "contacts": _all_contacts,
}
