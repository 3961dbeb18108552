"""People in public roles, as of a date: history, never shown as current."""

from dataclasses import dataclass

from site_builder.content_types.content_type import ContentType
from site_builder.values import Localized, PartialDate, SourceId


@dataclass(frozen=True, slots=True)
class Person:
    """A name with the role a source gives it at a time."""

    name: str
    role: Localized
    institution: Localized
    as_of: PartialDate
    sources: tuple[SourceId, ...]
    note: Localized | None = None


PERSON = ContentType(kind="person", layout="table", where="facts/people.yaml", fields=Person)
