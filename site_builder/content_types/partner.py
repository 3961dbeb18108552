"""Partners of the project over time, with the names they had."""

from dataclasses import dataclass
from typing import Literal

from site_builder.content_types.content_type import ContentType
from site_builder.values import Localized, PartialDate, SourceId


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name that was used until a date."""

    name: Localized
    until: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Partner:
    """An institution that took part."""

    name: Localized
    type: Literal["lead", "municipality", "state-care-centre", "childrens-institution"]
    region: Literal["kurzeme", "other"]
    sources: tuple[SourceId, ...]
    former_names: tuple[FormerName, ...] = ()
    since: PartialDate | None = None
    until: PartialDate | None = None
    note: Localized | None = None


PARTNER = ContentType(kind="partner", layout="table", where="facts/partners.yaml", fields=Partner)
