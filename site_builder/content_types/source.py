"""Sources: the published pages and documents that facts come from."""

from dataclasses import dataclass
from typing import Annotated, Literal

from site_builder.content_types.content_type import ContentType
from site_builder.values import Localized, PartialDate, Shape, Url


@dataclass(frozen=True, slots=True)
class Source:
    """A document, by whom, when, and when we read it."""

    title: str
    language: Annotated[str, Shape(r"[a-z]{2}", "bad-language")]
    publisher: Localized
    kind: Literal["primary", "official", "press", "reference"]
    consulted: PartialDate
    date: PartialDate | None = None
    url: Url | None = None
    note: Localized | None = None


SOURCE = ContentType(kind="source", layout="table", where="facts/sources.yaml", fields=Source)
