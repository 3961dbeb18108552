"""Standing pages: texts that stay, some of them completed by a template with lists of facts."""

import datetime
from dataclasses import dataclass

from site_builder.content_types.content_type import ContentType
from site_builder.values import SiteAddress, Slug, SourceId


@dataclass(frozen=True, slots=True)
class PageText:
    """The fields that each language writes for itself."""

    title: str
    summary: str
    slug: Slug | None = None
    updated: datetime.date | None = None
    aliases: tuple[SiteAddress, ...] = ()


@dataclass(frozen=True, slots=True)
class PageFields:
    """The fields that hold for every language; the first language's file has them."""

    published: datetime.date
    sources: tuple[SourceId, ...] = ()
    draft: bool = False
    only: str | None = None
    reason: str | None = None


PAGE = ContentType(kind="page", layout="markdown", where="pages", fields=PageFields, text_fields=PageText)
