"""The milestones whose day is known as a calendar (RFC 5545, RFC 7986) that calendar programs subscribe to."""

import datetime
import re
from collections.abc import Iterator
from typing import NamedTuple

from site_builder.content_types import Entry
from site_builder.content_types.news import last_change
from site_builder.outputs.assets import Assets
from site_builder.outputs.frame import Discovery, Link, section_link
from site_builder.outputs.lasting import lasting_id
from site_builder.outputs.planned_file import PlannedFile, plan_lasting
from site_builder.outputs.standing import page_entry
from site_builder.site import Site

# Octets of a line without its end (RFC 5545 3.1).
LONGEST_LINE = 75
# What a text cannot hold (RFC 5545 3.1: CONTROL).
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class EventView(NamedTuple):
    """A day on which something happened; `inferred` when we worked the day out."""

    uid: str
    day: datetime.date
    inferred: bool
    summary: str
    description: str
    url: str
    categories: tuple[str, ...]
    changed: datetime.date


class CalendarView(NamedTuple):
    """The calendar of a language; `address` is its own, `page` the one that shows the same for readers."""

    id: str
    language: str
    name: str
    description: str
    address: str
    page: str
    events: tuple[EventView, ...]


class CalendarSummary(NamedTuple):
    """What the page of feeds says of the calendar: its address, how many events it has, and how many it leaves out."""

    href: str
    address: str
    events: int
    left_out: int
    timeline: Link


def plan(site: Site, assets: Assets) -> Iterator[PlannedFile]:
    """A calendar a language, if there is anything in it: one without events is none (RFC 5545 3.6)."""
    if _dated(site):
        for language in site.config.codes:
            yield plan_lasting(site.addresses.calendar(language).lstrip("/"), _calendar, language)


def _dated(site: Site) -> tuple[Entry, ...]:
    """The milestones that have a day, in its order.

    A month, season or year is no day: a calendar program would show it as a day on which nothing happened, or as
    something that lasted so long. A day whose year we worked out is there and says so where it is read first.
    """
    known = (one for one in site.all("milestone") if one.fields.date.precision == "day")
    return tuple(sorted(known, key=lambda one: (one.fields.date.text, one.key)))


def calendar_summary(site: Site, language: str) -> CalendarSummary | None:
    """What there is to say of the calendar; None if there is none."""
    events, address = len(_dated(site)), site.addresses.calendar(language)
    left_out = len(site.all("milestone")) - events
    timeline = section_link(site, "timeline", language)
    summary = CalendarSummary(site.href(address), site.absolute(address), events, left_out, timeline)
    return summary if events else None


def calendar_of(site: Site, language: str) -> tuple[Discovery, ...]:
    """The calendar as the pages name it that show the same, if there is one."""
    href, words = site.href(site.addresses.calendar(language)), site.words[language]
    return (Discovery("text/calendar", words("calendar.link"), href),) if _dated(site) else ()


def _calendar(site: Site, assets: Assets, language: str) -> bytes:
    return write(_view(site, language))


def _view(site: Site, language: str) -> CalendarView:
    words, config = site.words[language], site.config
    return CalendarView(
        id=str(lasting_id(site, language, "calendar")),
        language=language,
        name=words("calendar.title", site=site.localized(config.name, language)),
        description=words("calendar.description"),
        address=site.absolute(site.addresses.calendar(language)),
        page=site.absolute(site.addresses.section("timeline", language)),
        events=tuple(_event(site, entry, language) for entry in _dated(site)),
    )


def _event(site: Site, entry: Entry, language: str) -> EventView:
    milestone, words = entry.fields, site.words[language]
    said, mark = site.plain(entry, language, "text"), site.formats[language].date(milestone.date).mark
    return EventView(
        uid=str(lasting_id(site, language, entry.kind, entry.key)),
        day=milestone.date.last_day,
        inferred=milestone.date.inferred,
        summary=f"{said} ({mark})" if mark else said,
        description="\n".join(_description(site, entry, language)),
        url=site.absolute(site.address(entry, language)),
        categories=(words(f"event.{milestone.event}"), words(f"scope.{milestone.scope}")),
        changed=last_change(page_entry(site, site.addresses.shelf(entry)), language),
    )


def _description(site: Site, entry: Entry, language: str) -> Iterator[str]:
    """The words of an event: why its day is what we say, the news item that tells more, the sources."""
    milestone, words = entry.fields, site.words[language]
    date, end = site.formats[language].date(milestone.date), words("label.end")
    yield site.plain(entry, language, "text")
    if date.mark:
        yield f"{date.mark}{end} {date.reason}" if date.reason else date.mark
    news = site.some("news", [milestone.news] if milestone.news else [])
    yield from (
        f"{words('calendar.news')}{end} {_url(site, one, language)}" for one in news if one.has_language(language)
    )
    for source in site.some("source", milestone.sources):
        address = source.fields.url or _url(site, source, language)
        yield f"{words('calendar.source')}{end} {site.citations[language][source.key]}, {address}"


def _url(site: Site, entry: Entry, language: str) -> str:
    return site.absolute(site.address(entry, language))


# iCalendar -----------------------------------------------------------------------------------------------------


def write(view: CalendarView) -> bytes:
    """Write a calendar. What stands for the clock is the day on which the content last changed."""
    return b"".join(map(folded, _lines(view)))


def _lines(view: CalendarView) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:-//site-builder//{view.id}//{view.language.upper()}"
    yield "CALSCALE:GREGORIAN"
    yield f"UID:{view.id}"
    yield f"NAME;LANGUAGE={view.language}:{text(view.name)}"
    # What programs read that do not know RFC 7986.
    yield f"X-WR-CALNAME:{text(view.name)}"
    yield f"DESCRIPTION;LANGUAGE={view.language}:{text(view.description)}"
    yield f"URL:{view.page}"
    yield f"SOURCE;VALUE=URI:{view.address}"
    yield "REFRESH-INTERVAL;VALUE=DURATION:P1D"
    yield f"LAST-MODIFIED:{moment(max(event.changed for event in view.events))}"
    for event in view.events:
        yield from _event_lines(event, view.language)
    yield "END:VCALENDAR"


def _event_lines(event: EventView, language: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{moment(event.changed)}"
    yield f"LAST-MODIFIED:{moment(event.changed)}"
    # Without an end it is the whole of that day (RFC 5545 3.6.1).
    yield f"DTSTART;VALUE=DATE:{basic(event.day)}"
    yield f"SUMMARY;LANGUAGE={language}:{text(event.summary)}"
    yield f"DESCRIPTION;LANGUAGE={language}:{text(event.description)}"
    yield f"CATEGORIES;LANGUAGE={language}:{','.join(map(text, event.categories))}"
    yield f"URL:{event.url}"
    yield f"STATUS:{'TENTATIVE' if event.inferred else 'CONFIRMED'}"
    yield "CLASS:PUBLIC"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def moment(day: datetime.date) -> str:
    """A day as a moment in UTC; noon is the same day in every European zone."""
    return f"{basic(day)}T120000Z"


def basic(day: datetime.date) -> str:
    """A value of type DATE (RFC 5545 3.3.4)."""
    return day.isoformat().replace("-", "")


def text(words: str) -> str:
    """A value of type TEXT (RFC 5545 3.3.11)."""
    plain = CONTROL.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))
    escaped = plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n")


def folded(line: str) -> bytes:
    """A line with its end, cut where it is too long, and never within a character (RFC 5545 3.1)."""
    parts, size = [""], 0
    for character in line:
        size += len(character.encode())
        if size > LONGEST_LINE:
            parts.append("")
            # The space that goes before what is continued counts.
            size = 1 + len(character.encode())
        parts[-1] += character
    return "\r\n ".join(parts).encode() + b"\r\n"
