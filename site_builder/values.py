"""The small values that facts are made of: words in each language, dates that may be inexact, references.

They hold what was said, not how it is printed; `i18n/formats.py` prints them.
"""

import calendar
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

Precision = Literal["day", "month", "season", "year"]

SEASONS = ("winter", "spring", "summer", "autumn")
SEASON_END_MONTH = {"winter": 2, "spring": 5, "summer": 8, "autumn": 11}
DATE_SHAPES: dict[Precision, re.Pattern[str]] = {
    "day": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "month": re.compile(r"[0-9]{4}-[0-9]{2}"),
    "season": re.compile(r"[0-9]{4}-(winter|spring|summer|autumn)"),
    "year": re.compile(r"[0-9]{4}"),
}


@dataclass(frozen=True, slots=True)
class Localized:
    """Words in several languages, plain text; may name figures as `[[fact:id]]`."""

    words: tuple[tuple[str, str], ...]

    def __getitem__(self, language: str) -> str:
        for code, words in self.words:
            if code == language:
                return words
        raise KeyError(language)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.words)


@dataclass(frozen=True, slots=True)
class LocalizedMarkdown(Localized):
    """Words in several languages, written in Markdown."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as exactly as it is known.

    `text` is the date as written: `2023-09-01`, `2023-09`, `2023-summer` or `2023`, by `precision`. `inferred` says
    that we worked it out, `because` why. A winter is counted to the year in which it ends.
    """

    text: str
    precision: Precision = "day"
    inferred: bool = False
    because: Localized | None = None

    @property
    def year(self) -> int:
        return int(self.text[:4])

    @property
    def month(self) -> int | None:
        return int(self.text[5:7]) if self.precision in ("day", "month") else None

    @property
    def day(self) -> int | None:
        return int(self.text[8:10]) if self.precision == "day" else None

    @property
    def season(self) -> str | None:
        return self.text[5:] if self.precision == "season" else None

    @property
    def exact(self) -> bool:
        return self.precision == "day" and not self.inferred

    @property
    def iso(self) -> str:
        """The part that ISO 8601 can write, for `<time datetime>` and for machines."""
        return self.text[:4] if self.precision == "season" else self.text

    @property
    def first_day(self) -> datetime.date:
        """The beginning of the span that the date may mean; a winter begins in the December before."""
        if self.season:
            end = SEASON_END_MONTH[self.season]
            return datetime.date(self.year - (end == 2), (end + 9) % 12 + 1, 1)
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> datetime.date:
        """The end of the span that the date may mean; inexact dates sort by it."""
        if self.day and self.month:
            return datetime.date(self.year, self.month, self.day)
        month = self.month or SEASON_END_MONTH.get(self.season or "", 12)
        return datetime.date(self.year, month, calendar.monthrange(self.year, month)[1])

    def to_come(self, today: datetime.date) -> bool:
        """Whether the date is sure to lie after a day."""
        return self.exact and self.last_day > today


@dataclass(frozen=True, slots=True)
class Reference:
    """Annotation: the text is the id of an entry of content type `kind`."""

    kind: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Annotation: the text is a key of the list `name` in `content/site.yaml`."""

    name: str


@dataclass(frozen=True, slots=True)
class Key:
    """Annotation: the field is written as `name` in YAML."""

    name: str


@dataclass(frozen=True, slots=True)
class Computed:
    """Annotation: the field is not written in YAML."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Annotation: the text matches `pattern`; `phrase` is the message when it does not."""

    pattern: str
    phrase: str


NewsKey = Annotated[str, Reference("news")]
FacilityId = Annotated[str, Reference("facility")]
ServiceId = Annotated[str, Reference("service")]
PartnerId = Annotated[str, Reference("partner")]
OperationId = Annotated[str, Reference("operation")]
FigureId = Annotated[str, Reference("fact")]
SourceId = Annotated[str, Reference("source")]
Slug = Annotated[str, Shape(r"[a-z0-9]+(-[a-z0-9]+)*", "bad-slug")]
Url = Annotated[str, Shape(r"https?://[^\s<>\"]+", "bad-url")]
Email = Annotated[str, Shape(r"[^@\s<>]+@[^@\s<>]+\.[a-z]{2,}", "bad-email")]
Phone = Annotated[str, Shape(r"\+371 ?[0-9]{8}", "bad-phone")]
SiteAddress = Annotated[str, Shape(r"/([a-z0-9_-][a-z0-9._-]*/)*", "bad-address")]
# An address of the site, or of a file on it: /lv/feed.xml.
PublishedAddress = Annotated[str, Shape(r"/([a-z0-9_-][a-z0-9._-]*/)*([a-z0-9_-]+\.[a-z0-9]+)?", "bad-address")]
MediaName = Annotated[str, Shape(r"[A-Za-z0-9._/-]+", "bad-media-name")]


@dataclass(frozen=True, slots=True)
class LocalizedSlug(Localized):
    """Address words in several languages: small Latin letters, digits and hyphens."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The counted noun of a language in the plural forms that CLDR names for it (Latvian: zero, one, other)."""

    forms: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]

    def in_language(self, language: str) -> dict[str, str]:
        return dict(dict(self.forms)[language])
