"""The home page of each language: what this is, key figures, newest news, services by audience, facilities."""

from collections.abc import Iterator
from typing import NamedTuple

from site_builder.outputs import structured_data
from site_builder.outputs.assets import Assets
from site_builder.outputs.frame import Frame, Link, framed, section_link
from site_builder.outputs.planned_file import FromTemplate, PlannedFile, plan_page
from site_builder.outputs.standing import StandingText, page_entry, standing_page, standing_text
from site_builder.outputs.views import (
    FacilityCard,
    FigureView,
    NewsCard,
    ServiceCard,
    facility_card,
    figures,
    news_card,
    service_card,
)
from site_builder.site import Site

NEWEST = 3
AUDIENCES = ("children", "adults", "families")


class AudienceServices(NamedTuple):
    """The services for a group of people."""

    name: str
    pictogram: str
    services: tuple[ServiceCard, ...]


class HomeView(NamedTuple):
    """The home page."""

    frame: Frame
    text: StandingText
    figures: tuple[FigureView, ...]
    news: tuple[NewsCard, ...]
    all_news: Link
    services: tuple[AudienceServices, ...]
    all_services: Link
    facilities: tuple[FacilityCard, ...]
    all_facilities: Link
    results: Link
    about: Link


def services_by_audience(site: Site, language: str) -> tuple[AudienceServices, ...]:
    words = site.words[language]
    return tuple(
        AudienceServices(
            words(f"audience.{audience}"),
            audience,
            tuple(service_card(site, one, language) for one in site.all("service") if audience in one.fields.audiences),
        )
        for audience in AUDIENCES
    )


def plan(site: Site, assets: Assets) -> Iterator[PlannedFile]:
    """The home page in every language."""
    for language in site.config.codes:
        newest = tuple(row.key for row in site.news(language)[:NEWEST])
        origin = site.origin("page", "home", language)
        yield plan_page(site.addresses.home(language), _home, language, newest, origin=origin)


def _home(site: Site, assets: Assets, language: str, newest: tuple[str, ...]) -> FromTemplate:
    entry = page_entry(site, "home")
    page = standing_page(site, entry, language)
    things = [structured_data.website(site, language), *page.structured]
    things += [structured_data.project(site, one, language) for one in site.some("operation", site.config.funding[:1])]
    page = page._replace(structured=tuple(things))

    def view(frame: Frame) -> HomeView:
        return HomeView(
            frame,
            standing_text(site, entry, language),
            figures(site, site.config.key_figures, language),
            tuple(news_card(site, site.get("news", key), language) for key in newest),
            section_link(site, "news", language),
            services_by_audience(site, language),
            section_link(site, "services", language),
            tuple(facility_card(site, one, language) for one in site.all("facility")),
            section_link(site, "facilities", language),
            section_link(site, "results", language),
            section_link(site, "about", language),
        )

    return framed(site, assets, page, "home", view)
