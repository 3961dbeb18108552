"""The project: its two operations, the partners over time, the working group with its bodies and people."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from markupsafe import Markup

from site_builder.addresses import operation_section
from site_builder.content_types import Entry
from site_builder.content_types.news import last_change
from site_builder.i18n.formats import DateText
from site_builder.outputs import structured_data
from site_builder.outputs.assets import Assets
from site_builder.outputs.charts import ChartView, operation_chart
from site_builder.outputs.frame import Frame, Link, framed
from site_builder.outputs.planned_file import FromTemplate, PlannedFile
from site_builder.outputs.standing import StandingText, page_entry, plan_standing, standing_page, standing_text
from site_builder.outputs.views import (
    FacilityCard,
    FigureView,
    SourceLink,
    date_or_none,
    entry_link,
    facility_card,
    figure_dates,
    figure_view,
    figures,
    full_date,
    html,
    reasons,
    sources,
)
from site_builder.site import Site
from site_builder.values import Localized, PartialDate

# The Markdown parts of an operation, in their order on its page.
OPERATION_PARTS = ("aims", "target_groups", "activities", "results", "funding_note", "legal_basis")
MONEY = ("total", "eu_part", "national_part", "eu_rate")
PARTNER_GROUPS = ("lead", "municipality", "state-care-centre", "childrens-institution")


class OperationPart(NamedTuple):
    """A heading and its text."""

    id: str
    heading: str
    html: Markup


class Row(NamedTuple):
    """A line of the summary: what, and its value; empty where no source states it."""

    name: str
    value: str


class OperationView(NamedTuple):
    """An operation's page: the fields of the EU list of operations, then the texts."""

    frame: Frame
    text: StandingText
    rows: tuple[Row, ...]
    start: DateText
    end: DateText
    services_end: DateText | None
    dates_note: str
    url: str
    last_updated: DateText
    money: tuple[tuple[str, FigureView | None], ...]
    chart: ChartView | None
    parts: tuple[OperationPart, ...]
    figures: tuple[FigureView, ...]
    facilities: tuple[FacilityCard, ...]
    other: Link | None
    sources: tuple[SourceLink, ...]


class FormerNameView(NamedTuple):
    """A name that was used before."""

    name: str
    until: DateText | None


class PartnerView(NamedTuple):
    """A partner with its names."""

    id: str
    name: str
    former_names: tuple[FormerNameView, ...]


class PartnersAlike(NamedTuple):
    """Partners of which the sources say the same."""

    partners: tuple[PartnerView, ...]
    note: str
    sources: tuple[SourceLink, ...]


class PartnerPeriod(NamedTuple):
    """The partners that took part in the same time."""

    since: DateText | None
    until: DateText | None
    alike: tuple[PartnersAlike, ...]


class PartnerGroup(NamedTuple):
    """Partners of one type and region."""

    id: str
    name: str
    periods: tuple[PartnerPeriod, ...]


class PartnersView(NamedTuple):
    """All partners, and what the sources say of their number."""

    frame: Frame
    text: StandingText
    total: FigureView | None
    stated: tuple[FigureView, ...]
    groups: tuple[PartnerGroup, ...]
    reasons: tuple[str, ...]


class MemberView(NamedTuple):
    """A body of the working group."""

    id: str
    name: str
    note: str
    partner: Link | None


class PersonView(NamedTuple):
    """A person in a public role at a time."""

    id: str
    name: str
    role: str
    institution: str
    as_of: DateText
    note: str
    sources: tuple[SourceLink, ...]


class WorkingGroupView(NamedTuple):
    """The working group: its decision, bodies, and the people in public roles around the project."""

    frame: Frame
    text: StandingText
    members: tuple[MemberView, ...]
    members_sources: tuple[SourceLink, ...]
    people: tuple[PersonView, ...]


def plan(site: Site, assets: Assets) -> Iterator[PlannedFile]:
    """The operations' pages, the partners and the working group, in every language."""
    for operation in site.all("operation"):
        yield from plan_standing(site, operation_section(operation), _operation, operation.key)
    yield from plan_standing(site, "partners", _partners)
    yield from plan_standing(site, "working-group", _working_group)


def _operation(site: Site, assets: Assets, key: str, language: str) -> FromTemplate:
    entry = site.get("operation", key)
    operation, words = entry.fields, site.words[language]
    section = page_entry(site, operation_section(entry))
    changed = max(operation.last_updated, last_change(entry, language))
    page = standing_page(site, section, language, changed)
    things = (*page.structured, structured_data.project(site, entry, language))
    facilities = [one for one in site.all("facility") if one.fields.operation == entry.key]
    others = [one for one in site.all("operation") if one.key != entry.key]

    def view(frame: Frame) -> OperationView:
        return OperationView(
            frame=frame,
            text=standing_text(site, section, language),
            rows=_rows(site, entry, language),
            start=site.formats[language].date(operation.start),
            end=site.formats[language].date(operation.end),
            services_end=date_or_none(site, operation.services_end, language),
            dates_note=site.plain(entry, language, "dates_note") if operation.dates_note else "",
            url=operation.url or "",
            last_updated=full_date(site, operation.last_updated, language),
            money=tuple((words(f"operation.{name}"), _money(site, entry, name, language)) for name in MONEY),
            chart=operation_chart(site, entry, language),
            parts=tuple(
                OperationPart(part.replace("_", "-"), words(f"operation.{part}"), text)
                for part in OPERATION_PARTS
                if (text := html(site, entry, language, part))
            ),
            figures=figures(site, operation.figures, language),
            facilities=tuple(facility_card(site, one, language) for one in facilities),
            other=entry_link(site, others[0], language) if others else None,
            sources=sources(site, operation.sources, language),
        )

    page = page._replace(structured=things, operation=entry.key)
    return framed(site, assets, page, "operation", view)


def _rows(site: Site, entry: Entry, language: str) -> tuple[Row, ...]:
    operation, words = entry.fields, site.words[language]
    localized = ("programme", "objective", "measure", "beneficiary", "location", "category_of_intervention")
    return (
        Row(words("operation.title"), site.plain(entry, language, "title")),
        Row(words("operation.number"), operation.number or ""),
        Row(words("operation.fund"), words(f"fund.{operation.fund}")),
        Row(words("operation.programming_period"), operation.programming_period.replace("-", "–")),
        *(
            Row(words(f"operation.{name}"), site.plain(entry, language, name) if getattr(operation, name) else "")
            for name in localized
        ),
    )


def _money(site: Site, entry: Entry, name: str, language: str) -> FigureView | None:
    key = getattr(entry.fields, name)
    return figure_view(site, site.get("fact", key), language) if key else None


def _partners(site: Site, assets: Assets, language: str) -> FromTemplate:
    section = page_entry(site, "partners")

    def view(frame: Frame) -> PartnersView:
        total = figures(site, site.config.partner_figures[:1], language)
        groups = _groups(site, language)
        periods = (period for group in groups for period in group.periods)
        dates = (date for period in periods for date in (period.since, period.until) if date)
        return PartnersView(
            frame=frame,
            text=standing_text(site, section, language),
            total=total[0] if total else None,
            stated=figures(site, site.config.partner_figures[1:], language),
            groups=groups,
            reasons=reasons((*figure_dates(total), *dates)),
        )

    return framed(site, assets, standing_page(site, section, language), "partners", view)


def _groups(site: Site, language: str) -> tuple[PartnerGroup, ...]:
    return tuple(
        PartnerGroup(f"group-{key}", site.words[language](f"partner-group.{key}"), _periods(site, members, language))
        for key, members in _by_group(site)
    )


def _by_group(site: Site) -> Iterator[tuple[str, list[Entry]]]:
    """The partners of each type and region that has any."""
    for kind in PARTNER_GROUPS:
        for region in ("kurzeme", "other"):
            members = [one for one in site.all("partner") if one.fields.type == kind and one.fields.region == region]
            if members:
                yield f"{kind}-{region}", members


def partner_names(site: Site, language: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each group of partners with the names of its members in the language's alphabet."""
    for key, members in _by_group(site):
        names = sorted((site.plain(one, language, "name") for one in members), key=site.formats[language].alphabetical)
        yield site.words[language](f"partner-group.{key}"), tuple(names)


def _periods(site: Site, members: list[Entry], language: str) -> tuple[PartnerPeriod, ...]:
    """Partners by the time in which they took part, the earliest first; unknown days stand last."""
    members = sorted(members, key=lambda one: site.formats[language].alphabetical(site.plain(one, language, "name")))
    together = _grouped(members, lambda one: (one.fields.since, one.fields.until))
    ordered = sorted(together.items(), key=lambda item: tuple(_end_of(day) for day in item[0]))
    return tuple(
        PartnerPeriod(
            date_or_none(site, since, language),
            date_or_none(site, until, language),
            tuple(_alike(site, alike, language) for alike in _grouped(listed, _told_of).values()),
        )
        for (since, until), listed in ordered
    )


def _grouped(members: Iterable[Entry], key: Callable[[Entry], Any]) -> dict[Any, list[Entry]]:
    """Entries of an equal key together, in the order of the first of each."""
    groups: dict[Any, list[Entry]] = {}
    for member in members:
        groups.setdefault(key(member), []).append(member)
    return groups


def _end_of(day: PartialDate | None) -> datetime.date:
    return day.last_day if day else datetime.date.max


def _told_of(partner: Entry) -> tuple[Localized | None, tuple[str, ...]]:
    return partner.fields.note, partner.fields.sources


def _alike(site: Site, members: list[Entry], language: str) -> PartnersAlike:
    first = members[0]
    return PartnersAlike(
        partners=tuple(_partner(site, one, language) for one in members),
        note=site.plain(first, language, "note") if first.fields.note else "",
        sources=sources(site, first.fields.sources, language),
    )


def _partner(site: Site, entry: Entry, language: str) -> PartnerView:
    return PartnerView(
        id=entry.key,
        name=site.plain(entry, language, "name"),
        former_names=tuple(
            FormerNameView(
                site.plain(entry, language, "former_names", index, "name"), date_or_none(site, former.until, language)
            )
            for index, former in enumerate(entry.fields.former_names)
        ),
    )


def _working_group(site: Site, assets: Assets, language: str) -> FromTemplate:
    section = page_entry(site, "working-group")
    members = site.all("member")
    cited = tuple(dict.fromkeys(source for member in members for source in member.fields.sources))

    def view(frame: Frame) -> WorkingGroupView:
        return WorkingGroupView(
            frame=frame,
            text=standing_text(site, section, language),
            members=tuple(_member(site, one, language) for one in members),
            members_sources=sources(site, cited, language),
            people=tuple(_person(site, one, language) for one in site.all("person")),
        )

    return framed(site, assets, standing_page(site, section, language), "working-group", view)


def _member(site: Site, entry: Entry, language: str) -> MemberView:
    member = entry.fields
    partner = site.get("partner", member.partner) if member.partner else None
    return MemberView(
        id=entry.key,
        name=site.plain(entry, language, "name"),
        note=site.plain(entry, language, "note") if member.note else "",
        partner=entry_link(site, partner, language) if partner else None,
    )


def _person(site: Site, entry: Entry, language: str) -> PersonView:
    person = entry.fields
    return PersonView(
        id=entry.key,
        name=person.name,
        role=site.plain(entry, language, "role"),
        institution=site.plain(entry, language, "institution"),
        as_of=site.formats[language].date(person.as_of),
        note=site.plain(entry, language, "note") if person.note else "",
        sources=sources(site, person.sources, language),
    )
