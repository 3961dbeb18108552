"""Makes static/eu-*.svg: the European flag with the words that the law puts beside it, as outlines.

The words come from templates/i18n, the letters from the Ubuntu font in static/fonts, one of the eight faces of
Regulation 821/2014 Art. 4(4) and of Regulation 2021/1060 Annex IX. Run it when a language or the words change.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from reading import written

from site_builder.outputs.eu_flag import BLUE, BORDER, GOLD, HEIGHT, WIDTH, Point, stars

PROJECT = Path(__file__).resolve().parent.parent
FONT = "static/fonts/Ubuntu-M.ttf"
# The name of a picture and the interface word that stands in it.
PICTURES = {"eu-emblem": "eu.union", "eu-cofunded": "eu.cofunded"}
SIZE = HEIGHT * 0.36
LEADING = SIZE * 1.22
GAP = HEIGHT / 6
SHOWN_HEIGHT = 64


def pictures() -> Iterator[tuple[str, str]]:
    """The path and text of each picture: every language, every programming period."""
    font = TTFont(PROJECT / FONT)
    for path in sorted((PROJECT / "templates/i18n").glob("*.yaml")):
        words = written(path)
        for name, key in PICTURES.items():
            yield f"static/{name}.{path.stem}.svg", picture(font, words[key])


def picture(font: Any, words: str) -> str:
    """The flag and, to its right, the words in two lines, on a white plate.

    The plate is the flag's white border on a dark screen and keeps the words blue on white everywhere: a style for
    dark screens inside the picture is refused by some browsers under our policy, and a second picture for them goes
    to the printer with white words.
    """
    lines = two_lines(font, words)
    left = WIDTH + BORDER + GAP
    width = left + max(length(font, line) for line in lines) + GAP + BORDER
    height = HEIGHT + 2 * BORDER
    capital = font["OS/2"].sCapHeight * SIZE / font["head"].unitsPerEm
    first = (HEIGHT - capital - LEADING * (len(lines) - 1)) / 2 + capital
    outlines = "".join(outline(font, line, left, first + LEADING * row) for row, line in enumerate(lines))
    plate = f"{-BORDER:.1f} {-BORDER:.1f} {width:.1f} {height:.1f}"
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" width="{width * SHOWN_HEIGHT / height:.0f}" height="{SHOWN_HEIGHT}" viewBox="{plate}">
  <title>{escape(words)}</title>
  <rect x="{-BORDER:.1f}" y="{-BORDER:.1f}" width="{width:.1f}" height="{height:.1f}" fill="#FFFFFF"/>
  <rect width="{WIDTH}" height="{HEIGHT}" fill="{BLUE}"/>
  <path fill="{GOLD}" d="{"".join(polygon(star) for star in stars())}"/>
  <path fill="{BLUE}" d="{outlines}"/>
</svg>
"""  # noqa: E501  # an SVG's own line


def polygon(points: tuple[Point, ...]) -> str:
    return "M" + "L".join(f"{x:.2f},{y:.2f}" for x, y in points) + "Z"


def two_lines(font: Any, words: str) -> tuple[str, ...]:
    """The words cut at the space that makes the narrowest picture."""
    cuts = [found.start() for found in re.finditer(" ", words)]
    halves = [(words[:cut], words[cut + 1 :]) for cut in cuts]
    return min(halves, key=lambda half: max(length(font, line) for line in half)) if halves else (words,)


def outline(font: Any, line: str, x: float, baseline: float) -> str:
    """A line of words as path data."""
    glyphs, scale = font.getGlyphSet(), SIZE / font["head"].unitsPerEm
    pen = SVGPathPen(glyphs, ntos=lambda number: f"{number:.1f}".removesuffix(".0"))
    for name, start in placed(font, line):
        glyphs[name].draw(TransformPen(pen, (scale, 0, 0, -scale, x + start * scale, baseline)))
    return str(pen.getCommands())


def length(font: Any, line: str) -> float:
    *_, (last, start) = placed(font, line)
    return float((start + font["hmtx"][last][0]) * SIZE / font["head"].unitsPerEm)


def placed(font: Any, line: str) -> Iterator[tuple[str, int]]:
    """Each letter's glyph and where it begins, pairs moved closer as the font says."""
    cmap, kerning = font.getBestCmap(), font["kern"].kernTables[0].kernTable
    x, before = 0, ""
    for letter in line:
        name = cmap[ord(letter)]
        x += kerning.get((before, name), 0)
        yield name, x
        x, before = x + font["hmtx"][name][0], name


if __name__ == "__main__":
    for target, text in pictures():
        (PROJECT / target).write_text(text, "utf-8", newline="\n")
        print(target)
