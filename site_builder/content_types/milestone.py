"""Milestones: the timeline, one sentence each."""

from dataclasses import dataclass
from typing import Literal

from site_builder.content_types.content_type import ContentType
from site_builder.values import FacilityId, Localized, NewsKey, OperationId, PartialDate, SourceId


@dataclass(frozen=True, slots=True)
class Milestone:
    """Something that happened on the way."""

    date: PartialDate
    scope: Literal["liepaja", "region", "national"]
    event: Literal["decision", "planning", "construction", "commissioning", "opening", "service", "report", "other"]
    text: Localized
    sources: tuple[SourceId, ...]
    news: NewsKey | None = None
    facilities: tuple[FacilityId, ...] = ()
    operation: OperationId | None = None


MILESTONE = ContentType(kind="milestone", layout="table", where="facts/milestones.yaml", fields=Milestone)
