"""Services: the list by audience, and a page for each whose parts stand in the order residents know."""

from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from site_builder.content_types.news import last_change
from site_builder.content_types.service import PARTS
from site_builder.i18n.formats import DateText
from site_builder.outputs import structured_data
from site_builder.outputs.assets import Assets
from site_builder.outputs.embeds.piece_addresses import discovery
from site_builder.outputs.facilities import plan_with_news
from site_builder.outputs.frame import (
    Discovery,
    Frame,
    Fund,
    Page,
    entry_addresses,
    feeds_of,
    framed,
    fund,
    section_trail,
)
from site_builder.outputs.home import AudienceServices, services_by_audience
from site_builder.outputs.planned_file import FromTemplate, PlannedFile
from site_builder.outputs.standing import StandingText, page_entry, plan_standing, standing_page, standing_text
from site_builder.outputs.views import (
    FacilityCard,
    FigureView,
    NewsCard,
    PageDates,
    SourceLink,
    facility_card,
    figures,
    html,
    news_card,
    page_dates,
    sources,
)
from site_builder.site import Site


class ServiceListView(NamedTuple):
    """All services."""

    frame: Frame
    text: StandingText
    audiences: tuple[AudienceServices, ...]


class Part(NamedTuple):
    """A part of a service page; `html` is empty where no source states it."""

    id: str
    heading: str
    html: Markup


class ServiceView(NamedTuple):
    """A service's page."""

    frame: Frame
    dates: PageDates
    summary: str
    pictogram: str
    status: str
    as_of: DateText
    audiences: tuple[str, ...]
    parts: tuple[Part, ...]
    facilities: tuple[FacilityCard, ...]
    fund: Fund | None
    figures: tuple[FigureView, ...]
    news: tuple[NewsCard, ...]
    feed: Discovery
    sources: tuple[SourceLink, ...]


def plan(site: Site, assets: Assets) -> Iterator[PlannedFile]:
    """The list and the pages, in every language."""
    yield from plan_standing(site, "services", _list)
    yield from plan_with_news(site, "services", "service", _service)


def _list(site: Site, assets: Assets, language: str) -> FromTemplate:
    section = page_entry(site, "services")
    text = standing_text(site, section, language)
    audiences = services_by_audience(site, language)
    page = standing_page(site, section, language)
    return framed(site, assets, page, "services", lambda frame: ServiceListView(frame, text, audiences))


def _service(site: Site, assets: Assets, key: str, language: str, news: tuple[str, ...]) -> FromTemplate:
    entry = site.get("service", key)
    service, words = entry.fields, site.words[language]
    feeds = feeds_of(site, language, site.plain(entry, language, "name"), "service", key)
    page = Page(
        language=language,
        heading=site.plain(entry, language, "name"),
        description=site.plain(entry, language, "summary"),
        addresses=entry_addresses(site, entry),
        section="services",
        parents=section_trail(site, "services", language),
        structured=(
            structured_data.government_service(site, entry, language),
            structured_data.page_about(site, entry, language),
        ),
        updated=last_change(entry, language),
        operation=service.operation or "",
        discovery=(
            *feeds,
            *discovery(site, site.address(entry, language), site.plain(entry, language, "name")),
        ),
    )
    operation = site.get("operation", service.operation) if service.operation else None

    def view(frame: Frame) -> ServiceView:
        return ServiceView(
            frame=frame,
            dates=page_dates(site, entry, language),
            summary=site.plain(entry, language, "summary"),
            pictogram=service.pictogram or "services",
            status=site.plain(entry, language, "status") if service.status else "",
            as_of=site.formats[language].date(service.as_of),
            audiences=tuple(words(f"audience.{one}") for one in service.audiences),
            parts=tuple(
                Part(part.replace("_", "-"), words(f"service.{part}"), html(site, entry, language, part))
                for part in PARTS
            ),
            facilities=tuple(facility_card(site, one, language) for one in site.some("facility", service.facilities)),
            fund=fund(site, operation, language) if operation else None,
            figures=figures(site, service.figures, language),
            news=tuple(news_card(site, site.get("news", one), language) for one in news),
            feed=feeds[0],
            sources=sources(site, service.sources, language),
        )

    return framed(site, assets, page, "service", view)
