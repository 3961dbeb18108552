"""Standing pages: texts that stay, some of them completed by a template with lists of facts."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.content_types.content_type import ContentType, Entry
from site_builder.problems import Problem, problem
from site_builder.values import SiteAddress, Slug, SourceId

# Decision (EU) 2018/1523 asks for a review of the accessibility statement at least once a year.
REVIEW_DAYS = 365


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
    # the day somebody last read the whole page against the facts
    reviewed: datetime.date | None = None
    sources: tuple[SourceId, ...] = ()
    draft: bool = False
    only: str | None = None
    reason: str | None = None


def review_due(entry: Entry, day: datetime.date) -> bool:
    """Whether a page that was reviewed is to be reviewed again on a day."""
    reviewed = entry.fields.reviewed
    return reviewed is not None and (day - reviewed).days > REVIEW_DAYS


def dates_in_order(entry: Entry) -> Iterator[Problem]:
    """Nothing is updated or reviewed before it is published."""
    if entry.fields.reviewed and entry.fields.reviewed < entry.fields.published:
        yield problem("dates-order", entry.place("reviewed"), earlier="published", later="reviewed")
    for text in entry.texts:
        if text.fields.updated and text.fields.updated < entry.fields.published:
            yield problem("dates-order", text.document.place(("updated",)), earlier="published", later="updated")


PAGE = ContentType(
    kind="page", layout="markdown", where="pages", fields=PageFields, text_fields=PageText, rules=(dates_in_order,)
)
