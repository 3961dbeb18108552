"""Services: for whom, how to get them, what one gets; the parts follow the order residents know from liepaja.lv."""

import datetime
from dataclasses import dataclass
from typing import Literal

from site_builder.content_types.content_type import ContentType, updated_after_published
from site_builder.values import (
    FacilityId,
    FigureId,
    Localized,
    LocalizedMarkdown,
    LocalizedSlug,
    OperationId,
    PartialDate,
    Slug,
    SourceId,
)

# The parts of a service page in their order (Designers Italia C.SI.1.3; liepaja.lv service pages).
PARTS = (
    "for_whom",
    "how_to_get",
    "needed",
    "you_get",
    "deadlines",
    "cost",
    "where",
    "provider",
    "rules",
    "contact",
)


@dataclass(frozen=True, slots=True)
class Service:
    """A social service. A part left out is printed as not stated."""

    name: Localized
    slug: LocalizedSlug
    summary: Localized
    audiences: tuple[Literal["children", "adults", "families"], ...]
    for_whom: LocalizedMarkdown
    you_get: LocalizedMarkdown
    provider: Localized
    as_of: PartialDate
    sources: tuple[SourceId, ...]
    published: datetime.date
    updated: datetime.date | None = None
    how_to_get: LocalizedMarkdown | None = None
    needed: LocalizedMarkdown | None = None
    deadlines: LocalizedMarkdown | None = None
    cost: LocalizedMarkdown | None = None
    where: LocalizedMarkdown | None = None
    rules: LocalizedMarkdown | None = None
    contact: LocalizedMarkdown | None = None
    status: Localized | None = None
    pictogram: Slug | None = None
    operation: OperationId | None = None
    facilities: tuple[FacilityId, ...] = ()
    figures: tuple[FigureId, ...] = ()


SERVICE = ContentType(
    kind="service", layout="files", where="facts/services", fields=Service, rules=(updated_after_published,)
)
