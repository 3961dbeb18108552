"""Operations: what the EU pays for, with the fields of the EU list of operations (Regulation 2021/1060 Art. 49(3))."""

import datetime
from dataclasses import dataclass
from typing import Literal

from site_builder.content_types.content_type import ContentType, Entry, updated_after_published
from site_builder.values import FigureId, Localized, LocalizedMarkdown, PartialDate, SourceId, Url

# "At least every half year", as the Latvian guidelines on EU-fund communication ask while a project runs.
RENEWAL_DAYS = 183


@dataclass(frozen=True, slots=True)
class Operation:
    """A project with EU money."""

    title: Localized
    short: Localized
    fund: Literal["ESF", "ERDF", "ESF+"]
    programming_period: Literal["2014-2020", "2021-2027"]
    programme: Localized
    objective: Localized
    measure: Localized
    beneficiary: Localized
    location: Localized
    aims: LocalizedMarkdown
    results: LocalizedMarkdown
    start: PartialDate
    end: PartialDate
    last_updated: datetime.date
    sources: tuple[SourceId, ...]
    published: datetime.date
    updated: datetime.date | None = None
    number: str | None = None
    dates_note: Localized | None = None
    services_end: PartialDate | None = None
    total: FigureId | None = None
    eu_part: FigureId | None = None
    national_part: FigureId | None = None
    eu_rate: FigureId | None = None
    funding_note: LocalizedMarkdown | None = None
    activities: LocalizedMarkdown | None = None
    target_groups: LocalizedMarkdown | None = None
    legal_basis: LocalizedMarkdown | None = None
    category_of_intervention: Localized | None = None
    url: Url | None = None
    figures: tuple[FigureId, ...] = ()


def renewal_due(entry: Entry, day: datetime.date) -> bool:
    """Whether an operation runs on a day and its description is to be renewed."""
    operation: Operation = entry.fields
    return operation.end.last_day >= day and (day - operation.last_updated).days > RENEWAL_DAYS


OPERATION = ContentType(
    kind="operation", layout="files", where="facts/operations", fields=Operation, rules=(updated_after_published,)
)
