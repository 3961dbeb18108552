"""The pieces that several pages show: news cards, figures with their sources, facilities with their status."""

import datetime
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from markupsafe import Markup

from site_builder.config import Category
from site_builder.content_types import Entry
from site_builder.content_types.facility import Address
from site_builder.content_types.figure import Figure, Reading
from site_builder.content_types.news import first_day, last_change
from site_builder.i18n.formats import DateText
from site_builder.outputs.frame import Link, fund
from site_builder.site import Site
from site_builder.values import PartialDate


class SourceLink(NamedTuple):
    """A source as the things that rest on it name it: `short` in a line, `title` in a list of sources."""

    title: str
    short: str
    language: str
    publisher: str
    href: str


class Picture(NamedTuple):
    """A picture with its words and its size."""

    href: str
    alt: str
    width: int
    height: int


class NewsCard(NamedTuple):
    """A news item in a list. Where there is no picture, the category's pictogram stands in its place."""

    title: str
    href: str
    date: DateText
    category: Link
    summary: str
    pictogram: str
    picture: Picture | None


class ReadingView(NamedTuple):
    """A value as sources state it, printed, with its day and sources."""

    text: str
    as_of: DateText
    sources: tuple[SourceLink, ...]
    note: str = ""


class FigureView(NamedTuple):
    """A figure with everything a reader needs to trust it, or not."""

    id: str
    label: str
    text: str
    href: str
    readings: tuple[ReadingView, ...]
    series: tuple[ReadingView, ...]
    scope: str
    operation: str
    disputed: bool
    superseded: bool
    additive: bool
    explanation: str
    note: str


class FacilityCard(NamedTuple):
    """A facility in a list: no more than its address, purpose and status."""

    name: str
    title: str
    href: str
    kind: str
    pictogram: str
    status: str
    status_word: str
    status_since: DateText | None
    summary: str


class ServiceCard(NamedTuple):
    """A service in a list."""

    name: str
    href: str
    summary: str
    pictogram: str


class DatedText(NamedTuple):
    """Something that happened, with its day and sources."""

    id: str
    date: DateText
    html: Markup
    sources: tuple[SourceLink, ...] = ()


def sources(site: Site, ids: tuple[str, ...], language: str) -> tuple[SourceLink, ...]:
    """The sources of something, as links to the page of sources."""
    return tuple(source_link(site, entry, language) for entry in site.some("source", ids))


def source_link(site: Site, entry: Entry, language: str) -> SourceLink:
    fields = entry.fields
    return SourceLink(
        title=site.formats[fields.language].tidy(fields.title) if fields.language in site.formats else fields.title,
        short=site.citations[language][entry.key],
        language="" if fields.language == language else fields.language,
        publisher=site.plain(entry, language, "publisher"),
        href=site.href(site.address(entry, language)),
    )


def news_card(site: Site, entry: Entry, language: str) -> NewsCard:
    return site.once(("news-card", entry.key, language), lambda: _news_card(site, entry, language))


def _news_card(site: Site, entry: Entry, language: str) -> NewsCard:
    return NewsCard(
        title=site.plain(entry, language, "title"),
        href=site.href(site.address(entry, language)),
        date=site.formats[language].date(entry.fields.date),
        category=category_link(site, entry.fields.category, language),
        summary=site.plain(entry, language, "summary"),
        pictogram=_category(site, entry.fields.category).pictogram or "news",
        picture=news_picture(site, entry, language),
    )


def news_picture(site: Site, entry: Entry, language: str) -> Picture | None:
    """The picture of a news item."""
    if not entry.fields.image:
        return None
    file = site.media[entry.fields.image]
    return Picture(site.href(file.address), site.plain(entry, language, "image_alt"), file.width, file.height)


def _category(site: Site, key: str) -> Category:
    return next(category for category in site.config.categories if category.key == key)


def category_link(site: Site, key: str, language: str) -> Link:
    return site.once(("category", key, language), lambda: _category_link(site, key, language))


def _category_link(site: Site, key: str, language: str) -> Link:
    category = _category(site, key)
    address = site.addresses.labelled("category", category.slug[language], language)
    return Link(site.localized(category.name, language), site.href(address))


def tag_link(site: Site, key: str, language: str) -> Link:
    return site.once(("tag", key, language), lambda: _tag_link(site, key, language))


def _tag_link(site: Site, key: str, language: str) -> Link:
    tag = next(tag for tag in site.config.tags if tag.key == key)
    address = site.addresses.labelled("tag", tag.slug[language], language)
    return Link(site.localized(tag.name, language), site.href(address))


def entry_link(site: Site, entry: Entry, language: str) -> Link:
    """A thing's name with its link."""
    return Link(site.name(entry, language), site.href(site.address(entry, language)))


def address_lines(site: Site, address: Address) -> tuple[str, ...]:
    """The parts of a postal address, which is Latvian in every language."""
    parts = (address.street, address.locality, address.postcode)
    return tuple(site.formats[site.config.first_language].tidy(part) for part in parts if part)


def figure_view(site: Site, entry: Entry, language: str) -> FigureView:
    figure: Figure = entry.fields
    formats = site.formats[language]

    def reading(one: Reading, *path: str | int) -> ReadingView:
        note = site.plain(entry, language, *path, "note") if path and one.note else ""
        return ReadingView(formats.reading(figure, one), formats.as_of(one), sources(site, one.sources, language), note)

    if figure.disputed:
        readings = tuple(reading(one, "readings", index) for index, one in enumerate(figure.readings))
    else:
        readings = tuple(reading(one) for one in figure.stated)
    operation = site.get("operation", figure.operation) if figure.operation else None
    return FigureView(
        id=entry.key,
        label=site.plain(entry, language, "label"),
        text=formats.figure(figure),
        href=site.href(site.address(entry, language)),
        readings=readings,
        series=tuple(reading(one, "series", index) for index, one in enumerate(figure.series)),
        scope=site.plain(entry, language, "scope"),
        operation=fund(site, operation, language).name if operation else "",
        disputed=figure.disputed,
        superseded=figure.status == "superseded",
        additive=figure.additive,
        explanation=site.plain(entry, language, "explanation") if figure.explanation else "",
        note=site.plain(entry, language, "note") if figure.note else "",
    )


def reasons(dates: Iterable[DateText]) -> tuple[str, ...]:
    """Why dates were worked out, each reason once: a page tells them at its end, and the dates link to them."""
    return tuple(dict.fromkeys(date.reason for date in dates if date.reason))


def figure_dates(figures: Iterable[FigureView]) -> Iterator[DateText]:
    """The dates of all readings, earlier ones included."""
    for figure in figures:
        for reading in (*figure.readings, *figure.series):
            yield reading.as_of


def figures(site: Site, ids: tuple[str, ...], language: str) -> tuple[FigureView, ...]:
    return tuple(figure_view(site, entry, language) for entry in site.some("fact", ids))


def facility_card(site: Site, entry: Entry, language: str) -> FacilityCard:
    facility, words = entry.fields, site.words[language]
    return FacilityCard(
        name=site.plain(entry, language, "name"),
        title=site.plain(entry, language, "title"),
        href=site.href(site.address(entry, language)),
        kind=words(f"facility-kind.{facility.kind}"),
        pictogram=facility.kind,
        status=facility.status,
        status_word=words(f"status.{facility.status}"),
        status_since=date_or_none(site, facility.status_since, language),
        summary=site.plain(entry, language, "summary"),
    )


def service_card(site: Site, entry: Entry, language: str) -> ServiceCard:
    return ServiceCard(
        name=site.plain(entry, language, "name"),
        href=site.href(site.address(entry, language)),
        summary=site.plain(entry, language, "summary"),
        pictogram=entry.fields.pictogram or "services",
    )


def date_or_none(site: Site, day: PartialDate | None, language: str) -> DateText | None:
    return site.formats[language].date(day) if day else None


def full_date(site: Site, day: datetime.date, language: str) -> DateText:
    """A certain full day."""
    return site.formats[language].date(PartialDate(day.isoformat()))


def html(site: Site, entry: Entry, language: str, *path: str | int) -> Markup:
    """A Markdown text of an entry; empty where the field was left out."""
    found = site.find_text(entry, language, *path)
    # Safe: markup/markdown.py sanitized it, and only addresses and figures of ours were filled in after that.
    return Markup(found.html) if found else Markup("")  # noqa: S704


class PageDates(NamedTuple):
    """When a page was published and last changed (a duty of public bodies' sites; liepaja.lv prints both)."""

    published: DateText
    updated: DateText


def page_dates(site: Site, entry: Entry, language: str) -> PageDates:
    return PageDates(
        full_date(site, first_day(entry), language), full_date(site, last_change(entry, language), language)
    )
