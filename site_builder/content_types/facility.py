"""Facilities: buildings where services are given. Homes are `sensitive`, and then less may be said of them."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from site_builder.content_types.content_type import ContentType, Entry, updated_after_published
from site_builder.problems import Problem, phrase, problem
from site_builder.values import (
    FigureId,
    Localized,
    LocalizedMarkdown,
    LocalizedSlug,
    OperationId,
    PartialDate,
    ServiceId,
    SourceId,
    Url,
)

Status = Literal["planned", "under-construction", "commissioned", "open", "closed"]


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address as text; Latvian addresses are not translated."""

    street: str
    locality: str
    postcode: str | None = None


@dataclass(frozen=True, slots=True)
class Coordinates:
    """A point in WGS 84 degrees, with the register that states it; never for a sensitive place."""

    latitude: Decimal
    longitude: Decimal
    source: SourceId


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to the building."""

    date: PartialDate
    text: Localized
    sources: tuple[SourceId, ...]


@dataclass(frozen=True, slots=True)
class Facility:
    """A building where services are given."""

    name: Localized
    title: Localized
    summary: Localized
    kind: Literal["family-like-home", "group-apartments", "day-centre"]
    address: Address
    sensitive: bool
    status: Status
    audience: Localized
    services: tuple[ServiceId, ...]
    operator: Localized
    description: LocalizedMarkdown
    sources: tuple[SourceId, ...]
    published: datetime.date
    updated: datetime.date | None = None
    slug: LocalizedSlug | None = None
    status_since: PartialDate | None = None
    status_note: Localized | None = None
    capacity: LocalizedMarkdown | None = None
    operation: OperationId | None = None
    access: Localized | None = None
    figures: tuple[FigureId, ...] = ()
    history: tuple[Event, ...] = ()
    coordinates: Coordinates | None = None
    map_url: Url | None = None
    embeddable: bool = False


def may_be_embedded(facility: Facility) -> bool:
    """Whether other sites may show the place: homes only where somebody has decided so."""
    return facility.embeddable or not facility.sensitive


# Points and maps: decimal degrees of Latvia, degrees and minutes, map services.
MAP_WORDS = re.compile(
    r"\b(?:5[5-8]|2[0-8])[.,][0-9]{4,}|[0-9]°\s?[0-9]|\bgeo:|openstreetmap|\bosm\.org|google\.[a-z.]+/maps|maps\.google"
    r"|goo\.gl/maps|maps\.app|balticmaps|waze\.com|yandex\.[a-z]+/maps|bing\.com/maps|mapy\.cz",
    re.IGNORECASE,
)
# Words of moving in, which with a day would tell when people moved.
MOVING_WORDS = re.compile(r"ievācās|ievākušies|pārcēlās|pārvācās|\bmoved (?:in|into|to)\b", re.IGNORECASE)


def protected(entry: Entry) -> Iterator[Problem]:
    """Homes keep their privacy: no point on a map, no picture, no exact day of opening."""
    facility: Facility = entry.fields
    if not facility.sensitive:
        return
    for key, value in (
        ("coordinates", facility.coordinates),
        ("map_url", facility.map_url),
    ):
        if value is not None:
            yield problem("sensitive", entry.place(key), variant="field", key=key, hint=phrase("hint.sensitive"))
    since = facility.status_since
    if facility.status == "open" and since is not None and since.precision in ("day", "month"):
        place = entry.place("status_since")
        yield problem("sensitive", place, variant="date", hint=phrase("hint.sensitive-date"))
    for index, event in enumerate(facility.history):
        told = any(MOVING_WORDS.search(text) for _, text in event.text)
        if told and event.date.precision in ("day", "month"):
            place = entry.place("history", index, "date")
            yield problem("sensitive", place, variant="date", hint=phrase("hint.sensitive-date"))


FACILITY = ContentType(
    kind="facility",
    layout="files",
    where="facts/facilities",
    fields=Facility,
    rules=(protected, updated_after_published),
)
