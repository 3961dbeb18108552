"""Numbers and dates to the geometry of a chart: pure values, no markup and no site.

Across, everything is in percent of the drawing's width; down, in em of its text. So text keeps its size on every
screen, which a drawing that grows as a whole could not do.
"""

import dataclasses
import datetime
import math
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from site_builder.i18n.formats import NBSP
from site_builder.values import PartialDate

# Characters that a line may have: it fits at 320 px (WCAG 1.4.10) in a wide typeface, spaced as WCAG 1.4.12 asks.
WIDE_LINE = 32
NARROW_LINE = 22
LINE = 1.35
BAR = 0.9
GAP = 0.9
# Where the axis of time stands, and where the bars beside it begin, in percent.
AXIS = 14.0
BESIDE_AXIS = 20.0
# A mark on a lane: its height with the space above it, and the width it keeps free on the smallest screen.
LEVEL = 0.85
MARK_WIDTH = 3.4
MOST_YEAR_LABELS = 5
# Where an axis of years begins across, and how long it is: half a year's name stands out on either side.
YEARS_LEFT = 1.5
YEARS_WIDTH = 97.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar as long as its value; hollow where it is told apart from the others."""

    x: float
    y: float
    width: float
    height: float
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A thin line: an axis, or what ties a bar to its time."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Dot:
    """A day; hollow where we worked it out."""

    x: float
    y: float
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text on its baseline; strong for values."""

    x: float
    y: float
    text: str
    strong: bool = False
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart ready to be drawn: `axes` to read it by, a fainter `grid`, and `spans` of time that a date may mean."""

    height: float
    bars: tuple[Bar, ...] = ()
    axes: tuple[Line, ...] = ()
    grid: tuple[Line, ...] = ()
    spans: tuple[Line, ...] = ()
    dots: tuple[Dot, ...] = ()
    texts: tuple[TextLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Amount:
    """A value to draw: its printed form, the words beneath it, its time, and whether its bar is hollow."""

    value: Decimal
    printed: str
    words: tuple[str, ...]
    when: PartialDate | None = None
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Lane:
    """The events of one kind, with its name."""

    name: str
    dates: tuple[PartialDate, ...]


# Rows of text with a bar beneath ---------------------------------------------------------------------------------


def bars(amounts: Sequence[Amount]) -> Drawing:
    """A row for each amount: its value, its words, and a bar from zero, all to one measure."""
    return _rows(amounts, 0.0, WIDE_LINE)[0]


def growth(amounts: Sequence[Amount]) -> Drawing:
    """The same rows in the order of time, each tied to its place on an axis where a year is as long as any other.

    Dated amounts come in order; those without a date follow them and are tied to nothing.
    """
    rows, middles = _rows(amounts, BESIDE_AXIS, NARROW_LINE)
    days = [amount.when for amount in amounts if amount.when is not None]
    if not days:
        return rows
    first, last = years(days)
    height = middles[len(days) - 1] + LINE
    ties, spans, dots = [], [], []
    for day, middle in zip(days, middles, strict=False):
        start, end = (_round(height * part) for part in place(day, first, last))
        if day.precision == "day":
            dots.append(Dot(AXIS, start, day.inferred))
        else:
            spans.append(Line(AXIS, start, AXIS, end))
        ties.append(Line(AXIS, _round((start + end) / 2), BESIDE_AXIS - 1, middle))
    ticks, labels = _years_beside(first, last, height)
    axis = Line(AXIS, 0, AXIS, height)
    return dataclasses.replace(
        rows,
        axes=(axis, *ticks, *ties),
        spans=tuple(spans),
        dots=tuple(dots),
        texts=(*rows.texts, *labels),
    )


def _years_beside(first: int, last: int, height: float) -> tuple[list[Line], list[TextLine]]:
    """A line where a year begins, with its name under it; with little room only every second, third, ... year."""
    year_height = height / (last + 1 - first)
    step = math.ceil(LINE / year_height)
    begins = [(year, _round(year_height * (year - first))) for year in range(first, last + 1, step)]
    ticks = [Line(0, y, AXIS, y) for _, y in begins]
    return ticks, [TextLine(0, _round(y + LINE * 0.75), str(year)) for year, y in begins]


def split(whole: Decimal, parts: Sequence[Amount]) -> Drawing:
    """One bar for the whole, its parts side by side, and a row with a sample of each part's bar.

    Every second part is hollow, so that neighbours differ by more than colour (WCAG 1.4.1).
    """
    made, texts = [], []
    x, y = 0.0, 2 * BAR + GAP
    for index, part in enumerate(parts):
        width = 100 * float(part.value / whole) if whole else 0.0
        hollow = bool(index % 2)
        made.append(Bar(_round(x), 0.0, _round(width), 2 * BAR, hollow))
        made.append(Bar(0.0, _round(y + 0.2), 5.0, BAR, hollow))
        lines, y = _text(part, 8.0, y, WIDE_LINE - 2)
        texts += lines
        x, y = x + width, y + GAP
    return Drawing(_round(y - GAP / 2), tuple(made), texts=tuple(texts))


def _rows(amounts: Sequence[Amount], left: float, characters: int) -> tuple[Drawing, list[float]]:
    """The rows, and the height at which each begins to be read."""
    most = max((amount.value for amount in amounts), default=Decimal(0))
    made, texts, middles = [], [], []
    y = 0.0
    for amount in amounts:
        middles.append(_round(y + LINE * 0.6))
        lines, y = _text(amount, left, y, characters)
        texts += lines
        made.append(Bar(left, _round(y + 0.35), _length(amount.value, most, left), BAR, amount.hollow))
        y += 0.35 + BAR + GAP
    return Drawing(_round(max(y - GAP / 2, 0)), tuple(made), texts=tuple(texts)), middles


def _length(value: Decimal, most: Decimal, left: float) -> float:
    """From zero; a value below zero has no bar."""
    return _round((100 - left) * float(value / most)) if value > 0 else 0.0


def _text(amount: Amount, x: float, y: float, characters: int) -> tuple[list[TextLine], float]:
    """The printed value and its words in lines from `y` on, and where they end."""
    made = []
    for strong, part in ((True, amount.printed), *((False, words) for words in amount.words)):
        for line in wrapped(part, characters):
            y += LINE
            made.append(TextLine(x, _round(y - LINE * 0.25), line, strong))
    return made, y


def wrapped(text: str, characters: int) -> list[str]:
    """A text in lines; a no-break space breaks only where what it holds together is longer than a line."""
    lines = textwrap.wrap(text, characters, break_long_words=False, break_on_hyphens=False)
    if all(len(line) <= characters for line in lines) or NBSP not in text:
        return lines
    made, start = [], 0
    plain = text.replace(NBSP, " ")
    for line in wrapped(plain, characters):
        start = plain.index(line, start)
        made.append(text[start : start + len(line)])
        start += len(line)
    return made


# Time ------------------------------------------------------------------------------------------------------------


def years(days: Iterable[PartialDate]) -> tuple[int, int]:
    """The first and the last year that the days may mean."""
    known = list(days)
    return min(day.first_day.year for day in known), max(day.last_day.year for day in known)


def place(day: PartialDate, first: int, last: int) -> tuple[float, float]:
    """Where a date begins and ends on an axis over whole years, from 0 to 1; a full day is a point."""
    zero, end = datetime.date(first, 1, 1).toordinal(), datetime.date(last + 1, 1, 1).toordinal()
    start = (day.first_day.toordinal() - zero) / (end - zero)
    return start, start if day.precision == "day" else (day.last_day.toordinal() + 1 - zero) / (end - zero)


def lanes(given: Sequence[Lane]) -> Drawing:
    """Events as marks over an axis of years, a lane for each kind; marks too close to each other are stacked."""
    first, last = years(day for lane in given for day in lane.dates)
    marks: list[Line | Dot] = []
    texts: list[TextLine] = []
    floors: list[Line] = []
    y = 0.0
    for lane in given:
        texts.append(TextLine(0, _round(y + LINE * 0.75), lane.name, strong=True))
        days = sorted(lane.dates, key=lambda day: (day.first_day, -day.last_day.toordinal()))
        levels = stacked([place(day, first, last) for day in days])
        y = _round(y + LINE + LEVEL * (max(levels, default=0) + 1) + 0.4)
        floors.append(Line(0, y, 100, y))
        marks += [
            _mark(day, first, last, _round(y - LEVEL * (level + 0.6))) for day, level in zip(days, levels, strict=True)
        ]
        y += GAP
    bottom = _round(y - GAP)
    grid, labels = _year_axis(first, last, bottom)
    return Drawing(
        height=_round(bottom + LINE),
        axes=tuple(floors),
        grid=tuple(grid),
        spans=tuple(mark for mark in marks if isinstance(mark, Line)),
        dots=tuple(mark for mark in marks if isinstance(mark, Dot)),
        texts=(*texts, *labels),
    )


def _mark(day: PartialDate, first: int, last: int, y: float) -> Line | Dot:
    """A day as a dot, a longer time as a line as long as the time."""
    start, end = (_across(part) for part in place(day, first, last))
    return Dot(start, y, day.inferred) if day.precision == "day" else Line(start, y, end, y)


def stacked(places: Sequence[tuple[float, float]]) -> list[int]:
    """For each mark, in the order of their beginnings, the lowest level on which it touches no earlier one."""
    ends: list[float] = []
    levels = []
    for start, end in places:
        free = next((level for level, taken in enumerate(ends) if taken <= start), len(ends))
        ends[free : free + 1] = [end + MARK_WIDTH / 100]
        levels.append(free)
    return levels


def _across(part: float) -> float:
    """A part of the axis of years, from 0 to 1, as a place across the drawing."""
    return _round(YEARS_LEFT + YEARS_WIDTH * part)


def _year_axis(first: int, last: int, bottom: float) -> tuple[list[Line], list[TextLine]]:
    """A line where each year begins, and as many of the years named as have room."""
    count = last + 1 - first
    step = math.ceil(count / MOST_YEAR_LABELS)
    grid = [Line(x, 0, x, bottom) for x in (_across(number / count) for number in range(count + 1))]
    labels = [
        TextLine(_across((year - first + 0.5) / count), _round(bottom + LINE * 0.8), str(year), centred=True)
        for year in range(first, last + 1, step)
    ]
    return grid, labels


def _round(value: float) -> float:
    return round(value, 1)
