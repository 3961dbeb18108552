"""News items: what happened, when, and which facilities, services and partners it is about."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, NamedTuple

from site_builder.content_types.content_type import ContentType, Entry
from site_builder.problems import Problem, phrase, problem
from site_builder.values import (
    FacilityId,
    MediaName,
    NewsKey,
    OperationId,
    PartialDate,
    PartnerId,
    ServiceId,
    SiteAddress,
    Slug,
    SourceId,
    Vocabulary,
)


@dataclass(frozen=True, slots=True)
class Correction:
    """A dated note that readers see: what was wrong and was put right."""

    date: datetime.date
    text: str


@dataclass(frozen=True, slots=True)
class NewsText:
    """The fields that each language writes for itself."""

    title: str
    summary: str
    slug: Slug | None = None
    image_alt: str | None = None
    updated: datetime.date | None = None
    correction: tuple[Correction, ...] = ()
    aliases: tuple[SiteAddress, ...] = ()


@dataclass(frozen=True, slots=True)
class NewsFields:
    """The fields that hold for every language; the first language's file has them."""

    date: PartialDate
    category: Annotated[str, Vocabulary("categories")]
    sources: tuple[SourceId, ...]
    published: datetime.date | None = None
    tags: tuple[Annotated[str, Vocabulary("tags")], ...] = ()
    facilities: tuple[FacilityId, ...] = ()
    services: tuple[ServiceId, ...] = ()
    partners: tuple[PartnerId, ...] = ()
    operation: OperationId | None = None
    related: tuple[NewsKey, ...] = ()
    image: MediaName | None = None
    draft: bool = False
    publish_from: datetime.date | None = None
    expires: datetime.date | None = None
    only: str | None = None
    reason: str | None = None


def published_day(entry: Entry) -> datetime.date:
    """The day we first published an item: `published`, else `date` when that is a full day."""
    fields: NewsFields = entry.fields
    return fields.published or fields.date.last_day


class NewsRow(NamedTuple):
    """What lists, neighbours and related items need to know of a news item; the rest is in its entry.

    Days are proleptic Gregorian ordinals (`date.toordinal`); `slugs` and `changed` go with `languages`.
    """

    key: str
    languages: tuple[str, ...]
    slugs: tuple[str, ...]
    changed: tuple[int, ...]
    year: int
    day: int
    published: int
    category: str
    tags: tuple[str, ...]
    facilities: tuple[str, ...]
    services: tuple[str, ...]
    related: tuple[str, ...]


def news_row(entry: Entry) -> NewsRow:
    """The row of a news item that is whole."""
    fields: NewsFields = entry.fields
    return NewsRow(
        key=entry.key,
        languages=tuple(text.language for text in entry.texts),
        slugs=tuple(text.fields.slug or entry.key.rsplit("/", 1)[-1] for text in entry.texts),
        changed=tuple(last_change(entry, text.language).toordinal() for text in entry.texts),
        year=fields.date.year,
        day=fields.date.last_day.toordinal(),
        published=published_day(entry).toordinal(),
        category=fields.category,
        tags=fields.tags,
        facilities=fields.facilities,
        services=fields.services,
        related=fields.related,
    )


def first_day(entry: Entry) -> datetime.date:
    """The day an entry's page was first on the site."""
    day: datetime.date = published_day(entry) if entry.kind == "news" else entry.fields.published
    return day


def last_change(entry: Entry, language: str) -> datetime.date:
    """The day a reader would call an entry's last change."""
    published = first_day(entry)
    text = entry.text(language)
    words = text.fields if text else entry.fields
    dates = [correction.date for correction in getattr(words, "correction", ())]
    last: datetime.date = max([words.updated or published, published, *dates])
    return last


def year_folder(entry: Entry) -> Iterator[Problem]:
    """The folder's year is the year of `date`."""
    folder = entry.key.split("/")[0]
    year = f"{entry.fields.date.year:04d}"
    if folder != year:
        hint = phrase("hint.year-folder", folder=f"content/news/{year}/")
        yield problem("year-folder", entry.place("date"), folder=folder, year=year, hint=hint)


def published_known(entry: Entry) -> Iterator[Problem]:
    """An item with an inexact date must say when we published it."""
    if entry.fields.published is None and not entry.fields.date.exact:
        yield problem("published-missing", entry.place("date"), hint=phrase("hint.published"))


def dates_in_order(entry: Entry) -> Iterator[Problem]:
    """Nothing is updated before it is published, nothing expires before it appears."""
    fields: NewsFields = entry.fields
    if fields.expires and fields.publish_from and fields.expires <= fields.publish_from:
        yield problem("dates-order", entry.place("expires"), earlier="publish_from", later="expires")
    if fields.expires and fields.expires <= fields.date.last_day:
        yield problem("dates-order", entry.place("expires"), earlier="date", later="expires")
    if fields.published is None and not fields.date.exact:
        return
    for text in entry.texts:
        if text.fields.updated and text.fields.updated < published_day(entry):
            place = text.document.place(("updated",))
            yield problem("dates-order", place, earlier="published", later="updated")


def picture_described(entry: Entry) -> Iterator[Problem]:
    """A picture has words in every language (WCAG 1.1.1)."""
    if entry.fields.image:
        for text in entry.texts:
            if not text.fields.image_alt:
                place = text.document.place(("image_alt",))
                yield problem("missing-alt", place, variant="front-matter", hint=phrase("hint.alt"))


def related_to_others(entry: Entry) -> Iterator[Problem]:
    """An item is not its own related item."""
    if entry.key in entry.fields.related:
        place = entry.place("related", entry.fields.related.index(entry.key))
        yield problem("related-self", place)


NEWS = ContentType(
    kind="news",
    layout="markdown",
    where="news",
    fields=NewsFields,
    text_fields=NewsText,
    rules=(year_folder, published_known, dates_in_order, picture_described, related_to_others),
)
