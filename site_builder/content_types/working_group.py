"""The bodies that were represented in the working group."""

from dataclasses import dataclass

from site_builder.content_types.content_type import ContentType
from site_builder.values import Localized, PartnerId, SourceId


@dataclass(frozen=True, slots=True)
class Member:
    """A body represented in the working group, in the order of the decision."""

    name: Localized
    sources: tuple[SourceId, ...]
    partner: PartnerId | None = None
    note: Localized | None = None


MEMBER = ContentType(kind="member", layout="table", where="facts/working_group.yaml", fields=Member)
