"""Standing pages: the head that every page of the section list has, and the pages that are only text."""

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from site_builder.addresses import ANCHORED
from site_builder.config import EASY_TO_READ
from site_builder.content_types import Entry
from site_builder.content_types.news import last_change
from site_builder.i18n.formats import DateText
from site_builder.outputs import structured_data
from site_builder.outputs.assets import Assets
from site_builder.outputs.embeds.piece_addresses import discovery
from site_builder.outputs.frame import Frame, Link, Page, entry_addresses, framed, section_trail
from site_builder.outputs.planned_file import FromTemplate, Make, PlannedFile, plan_page
from site_builder.outputs.views import SourceLink, full_date, html, sources
from site_builder.site import Site

# Pages that another output completes or plans altogether, besides the parts of lists of facts.
COMPLETED_ELSEWHERE = frozenset({
    "home", "news", "facilities", "services", "partners", "working-group", "about", "infrastructure", "results",
    "timeline", "sources", "glossary", "contacts", "site-map", "not-found", "data", "search", "feeds", "embed",
    EASY_TO_READ,
})  # fmt: skip

# Sections of whose page there is a piece for other sites.
EMBEDDED = frozenset({"partners", "results", "timeline"})


class StandingText(NamedTuple):
    """A standing page's own words."""

    title: str
    summary: str
    body: Markup
    contents: tuple[Link, ...]
    published: DateText
    updated: DateText
    sources: tuple[SourceLink, ...]
    reviewed: DateText | None = None


class StandingView(NamedTuple):
    """A page that is only text."""

    frame: Frame
    text: StandingText


def standing_text(site: Site, entry: Entry, language: str) -> StandingText:
    headings = site.text(entry, language, "body").headings
    changed = last_change(entry, language)
    return StandingText(
        title=site.plain(entry, language, "title"),
        summary=site.plain(entry, language, "summary"),
        body=html(site, entry, language, "body"),
        contents=tuple(Link(heading.html, f"#{heading.id}") for heading in headings if heading.level == 2),
        published=full_date(site, entry.fields.published, language),
        updated=full_date(site, changed, language),
        sources=sources(site, entry.fields.sources, language),
        reviewed=full_date(site, entry.fields.reviewed, language) if entry.fields.reviewed else None,
    )


def standing_page(site: Site, entry: Entry, language: str, changed: datetime.date | None = None) -> Page:
    """What a standing page says of itself; `changed` when its facts are newer than its text."""
    address = site.address(entry, language)
    name = site.plain(entry, language, "title")
    updated = max(changed or datetime.date.min, last_change(entry, language))
    section = site.config.section(entry.key)
    parents = section_trail(site, section.parent, language) if section and section.parent else ()
    return Page(
        language=language,
        heading=name,
        description=site.plain(entry, language, "summary"),
        addresses=entry_addresses(site, entry),
        section=entry.key,
        parents=parents,
        structured=(structured_data.web_page(site, language, address, name, updated),),
        updated=updated,
        discovery=discovery(site, address, name) if entry.key in EMBEDDED else (),
    )


def page_entry(site: Site, key: str) -> Entry:
    """The standing page of a section."""
    return site.get("page", key)


def plan(site: Site, assets: Assets) -> Iterator[PlannedFile]:
    """Every standing page that no other output completes."""
    shelves = {site.addresses.shelf(entry) for kind in ANCHORED for entry in site.all(kind)}
    for entry in site.all("page"):
        if entry.key in COMPLETED_ELSEWHERE | shelves:
            continue
        yield from plan_standing(site, entry.key, _standing, entry.key)


def plan_standing(site: Site, key: str, make: Make, *arguments: str) -> Iterator[PlannedFile]:
    """A standing page in every language it has; `make` is called with the `arguments`, then the language."""
    entry = page_entry(site, key)
    for text in entry.texts:
        origin = site.origin("page", key, text.language)
        yield plan_page(site.address(entry, text.language), make, *arguments, text.language, origin=origin)


def _standing(site: Site, assets: Assets, key: str, language: str) -> FromTemplate:
    entry = page_entry(site, key)
    words = standing_text(site, entry, language)
    return framed(
        site, assets, standing_page(site, entry, language), "standing", lambda frame: StandingView(frame, words)
    )
