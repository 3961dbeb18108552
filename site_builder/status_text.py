"""The status of the content as the lines that a terminal shows."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from site_builder.phrases import PHRASES
from site_builder.status import LISTS, Change, Item, Status

Style = Literal["", "heading", "next", "path"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line and what it is, for its colour."""

    text: str = ""
    style: Style = ""


def lines(report: Status, language: str, width: int, *, errors: bool) -> Iterator[Line]:
    """The status in a language of messages, in lines of at most `width` where words and paths allow it.

    `errors` says that the content has some, so that nothing will change before they are corrected.
    """
    text = _Text(language, width)
    yield Line(text.say("status.title", day=report.today, zone=report.timezone), "heading")
    if errors:
        yield from text.wrapped("", text.say("status.errors"))
    yield Line()
    yield from text.next(report)
    yield from text.calendar(report)
    for name in LISTS:
        yield from text.items(name, getattr(report, name))
    empty = [text.say(f"status.{name}-short") for name in LISTS if not getattr(report, name)]
    if empty:
        yield from text.wrapped("", text.say("status.nothing", names=", ".join(empty)))


@dataclass(frozen=True, slots=True)
class _Text:
    """Writes parts of the status in a language, for a width."""

    language: str
    width: int

    def say(self, key: str, /, **params: object) -> str:
        return PHRASES[key][self.language].format(**params)

    def wrapped(self, opening: str, words: str, style: Style = "") -> Iterator[Line]:
        """Words after an opening, their later lines under the first."""
        room = max(self.width - len(opening), 24)
        for number, line in enumerate(textwrap.wrap(words, room, break_on_hyphens=False)):
            yield Line((" " * len(opening) if number else opening) + line, style)

    def next(self, report: Status) -> Iterator[Line]:
        """The next moment at which the site changes, and how to see it beforehand."""
        if report.next is None:
            yield Line(self.say("status.never"), "next")
            yield Line()
            return
        moment = report.next
        yield Line(self.say("status.next", day=moment.day, time=moment.at.strftime("%H:%M")), "next")
        for change in moment.pages:
            yield from self.change(change, "  ")
        yield from self.wrapped("", self.say("status.next-build"))
        yield from self.wrapped("", self.say("status.try", day=moment.day))
        yield Line()

    def calendar(self, report: Status) -> Iterator[Line]:
        """The moments after the next one; those that change no page stand apart."""
        later = [moment for moment in report.coming if moment != report.next]
        pages = [change for moment in later for change in moment.pages]
        warnings = [change for moment in report.coming for change in moment.warnings]
        for key, changes in (("status.later", pages), ("status.warnings", warnings)):
            if changes:
                yield Line(self.say(key, day=report.until), "heading")
                for change in changes:
                    yield from self.change(change, f"  {change.item.day}  ")
                yield Line()

    def change(self, change: Change, opening: str) -> Iterator[Line]:
        """One thing that happens."""
        pair = ("appears", "goes") if change.of_pages else ("warning", "warning-ends")
        column = max(len(self.say(f"status.{what}")) for what in pair)
        code = f" [{change.item.note}]" if change.item.note else ""
        what = self.say(f"status.{change.what}").ljust(column)
        yield from self.wrapped(f"{opening}{what}  ", change.item.title + code)

    def items(self, name: str, items: Sequence[Item]) -> Iterator[Line]:
        """A list with its heading: day, title, what there is to say, and where it is written."""
        if not items:
            return
        yield Line(f"{self.say(f'status.{name}')} ({len(items)})", "heading")
        column = max(len(item.day) for item in items)
        for item in items:
            opening = f"  {item.day.ljust(column)}  "
            yield from self.wrapped(opening, item.title)
            indent = " " * len(opening)
            if name == "untranslated" and item.note:
                yield from self.wrapped(indent, item.note)
            code = f" [{item.note}]" if name == "stale" else ""
            yield Line(f"{indent}{item.place.path}:{item.place.line}{code}", "path")
        yield Line()
