"""Facilities: the list, and a page for each with its status, purpose, building and news."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Literal, NamedTuple

from markupsafe import Markup

from site_builder.content_types import Entry
from site_builder.content_types.facility import may_be_embedded
from site_builder.content_types.news import last_change
from site_builder.outputs import structured_data
from site_builder.outputs.assets import Assets
from site_builder.outputs.embeds.piece_addresses import discovery
from site_builder.outputs.frame import (
    Discovery,
    Frame,
    Fund,
    Link,
    Page,
    entry_addresses,
    feeds_of,
    framed,
    fund,
    section_trail,
)
from site_builder.outputs.planned_file import FromTemplate, Make, PlannedFile, plan_page
from site_builder.outputs.standing import StandingText, page_entry, plan_standing, standing_page, standing_text
from site_builder.outputs.views import (
    DatedText,
    FacilityCard,
    FigureView,
    NewsCard,
    PageDates,
    SourceLink,
    address_lines,
    entry_link,
    facility_card,
    figures,
    html,
    news_card,
    page_dates,
    sources,
)
from site_builder.site import Site

# More is found in the lists of news.
NEWS_SHOWN = 20


class FacilityListView(NamedTuple):
    """All facilities."""

    frame: Frame
    text: StandingText
    facilities: tuple[FacilityCard, ...]


class FacilityView(NamedTuple):
    """A facility's page. There is no field for a map or a point: a home's page cannot show one."""

    frame: Frame
    dates: PageDates
    card: FacilityCard
    address: tuple[str, ...]
    map_url: str
    sensitive: bool
    audience: str
    capacity: Markup
    services: tuple[Link, ...]
    operator: str
    access: str
    status_note: str
    fund: Fund | None
    description: Markup
    figures: tuple[FigureView, ...]
    history: tuple[DatedText, ...]
    news: tuple[NewsCard, ...]
    feed: Discovery
    sources: tuple[SourceLink, ...]


def plan(site: Site, assets: Assets) -> Iterator[PlannedFile]:
    """The list and the pages, in every language."""
    yield from plan_standing(site, "facilities", _list)
    yield from plan_with_news(site, "facilities", "facility", _facility)


def _list(site: Site, assets: Assets, language: str) -> FromTemplate:
    section = page_entry(site, "facilities")
    text = standing_text(site, section, language)
    cards = tuple(facility_card(site, entry, language) for entry in site.all("facility"))
    page = standing_page(site, section, language)
    return framed(site, assets, page, "facilities", lambda frame: FacilityListView(frame, text, cards))


def _facility(site: Site, assets: Assets, key: str, language: str, news: tuple[str, ...]) -> FromTemplate:
    entry = site.get("facility", key)
    facility = entry.fields
    address, title = site.address(entry, language), site.plain(entry, language, "title")
    feeds = feeds_of(site, language, site.plain(entry, language, "name"), "facility", key)
    page = Page(
        language=language,
        heading=title,
        description=site.plain(entry, language, "summary"),
        addresses=entry_addresses(site, entry),
        section="facilities",
        parents=section_trail(site, "facilities", language),
        structured=(structured_data.place(site, entry, language), structured_data.page_about(site, entry, language)),
        updated=last_change(entry, language),
        operation=facility.operation or "",
        discovery=(
            *feeds,
            *(discovery(site, address, title) if may_be_embedded(facility) else ()),
        ),
    )
    operation = site.get("operation", facility.operation) if facility.operation else None

    def view(frame: Frame) -> FacilityView:
        return FacilityView(
            frame=frame,
            dates=page_dates(site, entry, language),
            card=facility_card(site, entry, language),
            address=address_lines(site, facility.address),
            map_url="" if facility.sensitive else facility.map_url or "",
            sensitive=facility.sensitive,
            audience=site.plain(entry, language, "audience"),
            capacity=html(site, entry, language, "capacity"),
            services=tuple(entry_link(site, one, language) for one in site.some("service", facility.services)),
            operator=site.plain(entry, language, "operator"),
            access=site.plain(entry, language, "access") if facility.access else "",
            status_note=site.plain(entry, language, "status_note") if facility.status_note else "",
            fund=fund(site, operation, language) if operation else None,
            description=html(site, entry, language, "description"),
            figures=figures(site, facility.figures, language),
            history=_history(site, entry, language),
            news=tuple(news_card(site, site.get("news", one), language) for one in news),
            feed=feeds[0],
            sources=sources(site, facility.sources, language),
        )

    return framed(site, assets, page, "facility", view)


def _history(site: Site, entry: Entry, language: str) -> tuple[DatedText, ...]:
    return tuple(
        DatedText(
            id=f"h{index + 1}",
            date=site.formats[language].date(event.date),
            html=Markup(site.text(entry, language, "history", index, "text").html),  # noqa: S704  # escaped in site.py
            sources=sources(site, event.sources, language),
        )
        for index, event in enumerate(entry.fields.history)
    )


def plan_with_news(
    site: Site, field_name: Literal["facilities", "services"], kind: str, make: Make
) -> Iterator[PlannedFile]:
    """A page for each thing of a kind in every language; `make` is told its key, the language and its news."""
    for language in site.config.codes:
        about = news_about(site, field_name, language)
        for entry in site.all(kind):
            origin = site.origin(kind, entry.key, language)
            news = about.get(entry.key, ())
            yield plan_page(site.address(entry, language), make, entry.key, language, news, origin=origin)


def news_about(site: Site, field_name: Literal["facilities", "services"], language: str) -> dict[str, tuple[str, ...]]:
    """By facility or service the keys of the newest news that names it in its front matter."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in site.news(language):
        for key in getattr(row, field_name):
            if len(found[key]) < NEWS_SHOWN:
                found[key].append(row.key)
    return {key: tuple(keys) for key, keys in found.items()}
