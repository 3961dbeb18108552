"""How high a frame must be for a piece, told from the lengths of its texts: nothing of it may need to be scrolled."""

import math
from collections.abc import Iterable
from typing import NamedTuple


class Line(NamedTuple):
    """A text of a piece, with the name of how it is set (`static/embed/piece.css`)."""

    style: str
    text: str


class Setting(NamedTuple):
    """How many letters surely fit a line of the narrowest frame (272 px), how high a line is, what space is after."""

    letters: int
    height: int
    after: int


# Wide letters and words that break early are counted in: what is left over stands as space above the piece's foot.
SETTINGS = {
    "title": Setting(18, 22, 8),
    "name": Setting(22, 19, 2),
    "text": Setting(24, 21, 8),
    "small": Setting(26, 20, 8),
    "names": Setting(29, 18, 8),
    "value": Setting(14, 24, 4),
    "item": Setting(22, 21, 9),
    "event": Setting(21, 21, 0),
}
# Border, the space around, and what every foot has beside its texts.
AROUND = 96
EMBLEM = 86
# What WordPress shows at least and at most (its wp-embed.js).
LEAST, MOST = 200, 1000
STEP = 10


def height_of(lines: Iterable[Line], more: float = 0) -> int:
    """The height in CSS pixels that is enough from 272 px on; `more` is for what is no text."""
    needed = AROUND + more + sum(_height(one) for one in lines)
    return max(LEAST, math.ceil(needed / STEP) * STEP)


def _height(line: Line) -> int:
    letters, height, after = SETTINGS[line.style]
    return math.ceil(len(line.text) / letters) * height + after if line.text else 0
