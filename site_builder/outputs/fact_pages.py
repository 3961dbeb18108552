"""Pages that list facts: results, timeline, sources, glossary, contacts."""

from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.content_types import Entry
from site_builder.i18n.formats import DateText
from site_builder.outputs.assets import Assets
from site_builder.outputs.frame import Frame, Link, plan_page, show_phone
from site_builder.outputs.planned_file import PlannedFile
from site_builder.outputs.standing import StandingText, page_entry, standing_page, standing_text
from site_builder.outputs.views import (
    FigureView,
    SourceLink,
    address_lines,
    date_or_none,
    entry_link,
    figure_view,
    sources,
)
from site_builder.site import Site

SOURCE_KINDS = ("primary", "official", "press", "reference")


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """The figures of one operation and scope."""

    id: str
    name: str
    figures: tuple[FigureView, ...]


@dataclass(frozen=True, slots=True)
class ResultsView:
    """All figures. Nothing here is added up."""

    frame: Frame
    text: StandingText
    groups: tuple[FigureGroup, ...]


@dataclass(frozen=True, slots=True)
class MilestoneView:
    """A line of the timeline."""

    id: str
    date: DateText
    scope: str
    event: str
    text: str
    news: Link | None
    facilities: tuple[Link, ...]
    sources: tuple[SourceLink, ...]


@dataclass(frozen=True, slots=True)
class TimelineYear:
    """The milestones of a year."""

    year: str
    milestones: tuple[MilestoneView, ...]


@dataclass(frozen=True, slots=True)
class TimelineView:
    """The timeline."""

    frame: Frame
    text: StandingText
    years: tuple[TimelineYear, ...]


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source in full."""

    id: str
    title: str
    language: str
    publisher: str
    date: DateText | None
    consulted: DateText
    url: str
    note: str


@dataclass(frozen=True, slots=True)
class SourceGroup:
    """The sources of a kind."""

    id: str
    name: str
    sources: tuple[SourceView, ...]


@dataclass(frozen=True, slots=True)
class SourcesView:
    """All sources."""

    frame: Frame
    text: StandingText
    groups: tuple[SourceGroup, ...]


@dataclass(frozen=True, slots=True)
class OtherWord:
    """A term in another language of the site."""

    language: str
    term: str


@dataclass(frozen=True, slots=True)
class TermView:
    """A word explained."""

    id: str
    term: str
    abbreviation: str
    others: tuple[OtherWord, ...]
    explanation: str
    standing: str
    sources: tuple[SourceLink, ...]


@dataclass(frozen=True, slots=True)
class GlossaryView:
    """The glossary, in the language's alphabet."""

    frame: Frame
    text: StandingText
    terms: tuple[TermView, ...]


@dataclass(frozen=True, slots=True)
class PhoneView:
    """A telephone number as it is read and as it is dialled."""

    text: str
    tel: str


@dataclass(frozen=True, slots=True)
class ContactView:
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


@dataclass(frozen=True, slots=True)
class ContactsView:
    """All contacts."""

    frame: Frame
    text: StandingText
    contacts: tuple[ContactView, ...]


def plan(site: Site, assets: Assets, planned: tuple[PlannedFile, ...]) -> Iterator[PlannedFile]:
    """The five pages in every language."""
    makers = {
        "results": lambda frame, text, language: ResultsView(frame, text, _figure_groups(site, language)),
        "timeline": lambda frame, text, language: TimelineView(frame, text, _years(site, language)),
        "sources": lambda frame, text, language: SourcesView(frame, text, _source_groups(site, language)),
        "glossary": lambda frame, text, language: GlossaryView(frame, text, _terms(site, language)),
        "contacts": lambda frame, text, language: ContactsView(frame, text, _contacts(site, language)),
    }
    for language in site.config.codes:
        for key, make in makers.items():
            entry = page_entry(site, key)

            def view(frame: Frame, entry: Entry = entry, make: object = make, language: str = language) -> object:
                assert callable(make)
                return make(frame, standing_text(site, entry, language), language)

            yield plan_page(site, assets, standing_page(site, entry, language), f"pages/{key}.html", view)


def _figure_groups(site: Site, language: str) -> tuple[FigureGroup, ...]:
    """Figures by operation, in the order of the EU block; those of no operation last."""
    groups: dict[str, list[FigureView]] = {
        key: [] for key in dict.fromkeys((*site.config.funding, *site.entries["operation"], ""))
    }
    for entry in site.all("fact"):
        groups[entry.fields.operation or ""].append(figure_view(site, entry, language))
    named = []
    for key, views in groups.items():
        operation = site.entries["operation"].get(key)
        name = site.plain(operation, language, "short") if operation else site.words[language]("results.other")
        if views:
            named.append(FigureGroup(f"group-{key or 'other'}", name, tuple(views)))
    return tuple(named)


def _years(site: Site, language: str) -> tuple[TimelineYear, ...]:
    entries = sorted(site.all("milestone"), key=lambda one: one.fields.date.last_day)
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


def _source_groups(site: Site, language: str) -> tuple[SourceGroup, ...]:
    groups = []
    for kind in SOURCE_KINDS:
        members = [entry for entry in site.all("source") if entry.fields.kind == kind]
        members.sort(key=lambda entry: site.formats[language].alphabetical(entry.fields.title))
        if members:
            name = site.words[language](f"source-kind.{kind}")
            groups.append(SourceGroup(f"kind-{kind}", name, tuple(_source(site, one, language) for one in members)))
    return tuple(groups)


def _source(site: Site, entry: Entry, language: str) -> SourceView:
    source = entry.fields
    formats = site.formats[source.language] if source.language in site.formats else site.formats[language]
    return SourceView(
        id=entry.key,
        title=formats.tidy(source.title),
        language="" if source.language == language else source.language,
        publisher=site.plain(entry, language, "publisher"),
        date=date_or_none(site, source.date, language),
        consulted=site.formats[language].date(source.consulted),
        url=source.url or "",
        note=site.plain(entry, language, "note") if source.note else "",
    )


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


def _contacts(site: Site, language: str) -> tuple[ContactView, ...]:
    return tuple(_contact(site, entry, language) for entry in site.all("contact"))


def _contact(site: Site, entry: Entry, language: str) -> ContactView:
    contact = entry.fields
    return ContactView(
        id=entry.key,
        name=site.plain(entry, language, "name"),
        address=address_lines(site, contact.address) if contact.address else (),
        phones=tuple(PhoneView(show_phone(one.number), "".join(one.number.split())) for one in contact.phones),
        email=contact.email or "",
        url=contact.url or "",
        verify=contact.verify,
        as_published=site.plain(entry, language, "as_published") if contact.as_published else "",
        note=site.plain(entry, language, "note") if contact.note else "",
        sources=sources(site, contact.sources, language),
    )
