"""What an editor should know of the content on a day, and when the site would change without an edit.

Only what is declared counts: no Git, no times of files. So a text that was changed without a new `updated` is not
seen, and neither is a site that a day to come makes impossible (`check --date` tells that).
"""

import contextlib
import datetime
import zoneinfo
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from site_builder.config import Options, SiteConfig, load_config
from site_builder.content_types import Entry
from site_builder.content_types.content_type import LanguageText, entry_name, is_published
from site_builder.content_types.news import published_day
from site_builder.content_types.operation import RENEWAL_DAYS, renewal_due
from site_builder.content_types.page import REVIEW_DAYS, review_due
from site_builder.engine.serialization import Undecodable
from site_builder.entries import load_entries, read_each, reading_of
from site_builder.i18n.plurals import plural_forms
from site_builder.problems import Place, Problem
from site_builder.sources.contents import content_digests
from site_builder.sources.discover import discover
from site_builder.store import FOLDER, Store

# How far the list of coming moments reaches (a review made today is due within it), and how early one is announced.
COMING_DAYS = REVIEW_DAYS + 1
SOON_DAYS = 60
# The lists of a status, in the order in which they are told.
LISTS = ("drafts", "scheduled", "expiring", "expired", "untranslated", "behind", "stale")


@dataclass(frozen=True, slots=True)
class Item:
    """An entry that something is told of: its title, where that is written, and the day it is about, if there is one.

    `note` says more: why there is no translation, which language is behind, or the code of a warning.
    """

    kind: str
    key: str
    title: str
    place: Place
    day: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to an entry by itself: it appears, goes, or a warning about it begins or ends."""

    what: Literal["appears", "goes", "warning", "warning-ends"]
    item: Item

    @property
    def begins(self) -> bool:
        return self.what in ("appears", "warning")

    @property
    def of_pages(self) -> bool:
        return self.what in ("appears", "goes")


@dataclass(frozen=True, slots=True)
class Moment:
    """The beginning of a day on which something changes: `pages` on the site, `warnings` only in what `check` says."""

    at: datetime.datetime
    pages: tuple[Change, ...]
    warnings: tuple[Change, ...]

    @property
    def day(self) -> datetime.date:
        return self.at.date()


@dataclass(frozen=True, slots=True)
class Status:
    """The state of the content on a day.

    `next` is the first moment at which the output changes, however far; `coming` has all moments until `until`.
    """

    today: datetime.date
    until: datetime.date
    timezone: str
    next: Moment | None
    coming: tuple[Moment, ...]
    drafts: tuple[Item, ...]
    scheduled: tuple[Item, ...]
    expiring: tuple[Item, ...]
    expired: tuple[Item, ...]
    untranslated: tuple[Item, ...]
    behind: tuple[Item, ...]
    stale: tuple[Item, ...]


def load(project: Path, options: Options) -> tuple[SiteConfig, tuple[Entry, ...], list[Problem]]:
    """Read what the status is told from, with the problems of reading.

    Raises ProblemsFound when the configuration cannot be used.
    """
    config, _, problems = load_config(project, options)
    forms = {language.code: plural_forms(language.locale) for language in config.languages}
    found = discover(project, config.codes)
    reading = reading_of(project, config, forms)

    def entries_of(store: Store) -> tuple[tuple[Entry, ...], list[Problem]]:
        with contextlib.closing(store):
            digests = content_digests(project, (file.path for file in found.files), store)
            stored, wrong = load_entries(reading, found.files, digests, store, read_each, {})
        return tuple(one.load(project) for one in stored), wrong

    try:
        entries, wrong = entries_of(Store(project / FOLDER))
    except Undecodable:
        entries, wrong = entries_of(Store(project / FOLDER, fresh=True))
    return config, entries, [*problems, *found.problems, *wrong]


def status(entries: Iterable[Entry], config: SiteConfig, language: str) -> Status:
    """The state on `config.today`, with titles in `language`; entries that could not be read are left out."""
    telling = _Telling(config, language if language in config.codes else config.first_language)
    whole = [entry for entry in entries if entry.whole]
    moments = tuple(telling.moments(whole))
    until, soon = later(config.today, COMING_DAYS), later(config.today, SOON_DAYS)
    pages = [change for moment in moments for change in moment.pages]
    near = [change.item for moment in moments if moment.day <= soon for change in moment.warnings if change.begins]
    return Status(
        today=config.today,
        until=until,
        timezone=config.timezone,
        next=next((moment for moment in moments if moment.pages), None),
        coming=tuple(moment for moment in moments if moment.day <= until),
        drafts=_listed(telling.drafts(whole)),
        scheduled=tuple(change.item for change in pages if change.begins),
        expiring=tuple(change.item for change in pages if not change.begins),
        expired=_listed(telling.expired(whole)),
        untranslated=_listed(telling.untranslated(whole)),
        behind=_listed(telling.behind(whole)),
        stale=_listed([*telling.warned(whole), *near]),
    )


def _listed(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(sorted(items, key=lambda item: (item.day, item.place)))


# What depends on the day ---------------------------------------------------------------------------------------


def future_date(entry: Entry, day: datetime.date) -> bool:
    """Whether an entry tells of a day that is still to come."""
    return bool(entry.fields.date.to_come(day))


# Kind and code of every warning that a day alone can bring, when it holds, and the field to be changed.
WARNINGS: tuple[tuple[str, str, Callable[[Entry, datetime.date], bool], str], ...] = (
    ("page", "review-due", review_due, "reviewed"),
    ("operation", "operation-old", renewal_due, "last_updated"),
    ("news", "future-date", future_date, "date"),
    ("milestone", "future-date", future_date, "date"),
)


def warnings(entry: Entry, day: datetime.date) -> dict[str, str]:
    """The warnings that `check` gives of an entry on a day, each with the field it is about."""
    if not is_published(entry, day):
        return {}
    return {code: field for kind, code, holds, field in WARNINGS if entry.kind == kind and holds(entry, day)}


def due(entry: Entry) -> datetime.date | None:
    """The day on which a warning may begin or end: the next review or renewal, or the day that is told of."""
    if entry.kind == "page" and entry.fields.reviewed:
        return later(entry.fields.reviewed, REVIEW_DAYS + 1)
    if entry.kind == "operation":
        return later(entry.fields.last_updated, RENEWAL_DAYS + 1)
    return entry.fields.date.last_day if entry.kind in ("news", "milestone") else None


def turning_days(entry: Entry, today: datetime.date) -> set[datetime.date]:
    """The days after `today` on which an entry may be other than the day before; what changes is found by comparing."""
    fields = entry.fields
    ended = later(fields.end.last_day, 1) if entry.kind == "operation" else None
    days = (getattr(fields, "publish_from", None), getattr(fields, "expires", None), due(entry), ended)
    return {day for day in days if day and day > today}


def later(day: datetime.date, days: int) -> datetime.date:
    """A day some days later, or the calendar's last day."""
    return datetime.date.fromordinal(min(day.toordinal() + days, datetime.date.max.toordinal()))


def beginning(day: datetime.date, timezone: str) -> datetime.datetime:
    """The first moment of a day in a time zone, also where clocks are put forward at midnight."""
    zone = zoneinfo.ZoneInfo(timezone)
    midnight = datetime.datetime.combine(day, datetime.time(), zone)
    return midnight.astimezone(datetime.UTC).astimezone(zone)


@dataclass(frozen=True, slots=True)
class _Telling:
    """Finds what there is to tell, as seen on `config.today`."""

    config: SiteConfig
    language: str

    def item(
        self, entry: Entry, *path: str, day: object = "", note: str = "", text: LanguageText | None = None
    ) -> Item:
        """An entry with the place of one of its fields, in its own file or in a language's `text`."""
        named = self.language if entry.has_language(self.language) else entry.texts[0].language
        place = text.document.place(path) if text else entry.place(*path)
        return Item(entry.kind, entry.key, entry_name(entry, named), place, str(day), note)

    def moments(self, entries: Iterable[Entry]) -> Iterator[Moment]:
        """All days after today on which something changes by itself, in order."""
        changes: dict[datetime.date, list[Change]] = {}
        for entry in entries:
            for day in turning_days(entry, self.config.today):
                changes.setdefault(day, []).extend(self.changes(entry, day))
        for day in sorted(changes):
            found = sorted(changes[day], key=lambda change: (change.item.place, change.what))
            pages = tuple(change for change in found if change.of_pages)
            told = tuple(change for change in found if not change.of_pages)
            if found:
                yield Moment(beginning(day, self.config.timezone), pages, told)

    def changes(self, entry: Entry, day: datetime.date) -> Iterator[Change]:
        """What is other on a day than on the day before."""
        before = later(day, -1)
        here = is_published(entry, day)
        if here != is_published(entry, before):
            field = "publish_from" if here else "expires"
            yield Change("appears" if here else "goes", self.item(entry, field, day=day))
        now, then = warnings(entry, day), warnings(entry, before)
        for code, field in {**then, **now}.items():
            if (code in now) != (code in then):
                item = self.item(entry, field, day=day, note=code)
                yield Change("warning" if code in now else "warning-ends", item)

    def drafts(self, entries: Iterable[Entry]) -> Iterator[Item]:
        """What is marked as a draft, with the day that it is dated."""
        for entry in entries:
            if getattr(entry.fields, "draft", False):
                yield self.item(entry, "draft", day=_dated(entry))

    def expired(self, entries: Iterable[Entry]) -> Iterator[Item]:
        """What was on the site until a day that has come."""
        for entry in entries:
            ends = getattr(entry.fields, "expires", None)
            if ends and ends <= self.config.today and is_published(entry, later(ends, -1)):
                yield self.item(entry, "expires", day=ends)

    def untranslated(self, entries: Iterable[Entry]) -> Iterator[Item]:
        """What is not in every language, with its reason."""
        for entry in entries:
            if not all(map(entry.has_language, self.config.codes)):
                yield self.item(entry, "only", day=_dated(entry), note=entry.fields.reason or "")

    def behind(self, entries: Iterable[Entry]) -> Iterator[Item]:
        """Translations that were not updated since the first language's text was; the note is their language.

        A translation without `updated` is as old as the day of publishing.
        """
        for entry in entries:
            for text in entry.texts[1:]:
                changed = entry.texts[0].fields.updated
                if changed and changed > (text.fields.updated or _first_day(entry)):
                    yield self.item(entry, "updated", day=changed, note=text.language, text=text)

    def warned(self, entries: Iterable[Entry]) -> Iterator[Item]:
        """What `check` warns of today because of the day."""
        for entry in entries:
            for code, field in warnings(entry, self.config.today).items():
                yield self.item(entry, field, day=due(entry), note=code)


def _dated(entry: Entry) -> str:
    """The day that an entry is dated, as its file has it."""
    return str(entry.fields.date.text if entry.kind == "news" else entry.fields.published)


def _first_day(entry: Entry) -> datetime.date:
    """The day on which a text was first published."""
    return published_day(entry) if entry.kind == "news" else entry.fields.published


# For other programs --------------------------------------------------------------------------------------------


def as_dict(report: Status, problems: Iterable[Problem], language: str) -> dict[str, Any]:
    """The object that `--json` prints: its keys and those of its parts are kept."""
    return {
        "date": report.today.isoformat(),
        "timezone": report.timezone,
        "next": _moment(report.next) if report.next else None,
        "coming": [_moment(moment) for moment in report.coming],
        **{name: [_item(item) for item in getattr(report, name)] for name in LISTS},
        "problems": [found.as_dict(language) for found in problems],
    }


def _moment(moment: Moment) -> dict[str, Any]:
    return {
        "at": moment.at.isoformat(),
        "pages": [{"what": change.what, **_item(change.item)} for change in moment.pages],
        "warnings": [{"what": change.what, **_item(change.item)} for change in moment.warnings],
    }


def _item(item: Item) -> dict[str, str | int]:
    return {
        "kind": item.kind,
        "key": item.key,
        "title": item.title,
        "path": item.place.path,
        "line": item.place.line,
        "day": item.day,
        "note": item.note,
    }
