"""Draws a social card with Pillow: the page's title on the theme's deep colour, the site and the EU's support below.

The picture has a palette: each part is drawn as shades of its ink on its ground, which is fast, small and exact.
"""

import functools
import io
import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence

from PIL import Image, ImageColor, ImageDraw, ImageFont

from site_builder.outputs import eu_flag
from site_builder.outputs.cards import HEIGHT, WIDTH, CardView

WHITE = "#ffffff"
MARGIN = 80
# From top to bottom: the page on its ground, a band of the accent colour, the strip with the site and the EU.
PAGE, BAND = 466, 10
STRIP = HEIGHT - PAGE - BAND
LABEL_TOP, LABEL_BOTTOM, LABEL_INK = 71, 110, 205
TITLE_TOP, TITLE_BOTTOM = 134, PAGE - 40
LEADING = 1.16
# Whole words as large as they fit; then smaller, with words broken that are wider than the card. Nothing is cut.
TITLE_SIZES = [(size, False) for size in range(88, 24, -4)] + [(size, True) for size in range(40, 8, -4)]
LABEL_SIZES = [(size, False) for size in range(32, 20, -2)] + [(size, True) for size in range(20, 6, -2)]
NAME_SIZES = [(size, False) for size in range(44, 16, -4)] + [(size, True) for size in range(28, 8, -4)]
EU_SIZES = range(28, 12, -2)
FLAG_HEIGHT = 90
EU_GAP = 22
EU_WIDTH = 640
# Shades of a part: the first is its ground, the last its ink.
SHADES = 32
PAGE_SHADES, NAME_SHADES, WORD_SHADES, STAR_SHADES = (part * SHADES for part in range(4))
BAND_SHADE = 4 * SHADES


def draw(view: CardView) -> bytes:
    """The card as a PNG: the same words, colours, font and Pillow give the same bytes."""
    whole = _ground(view.font, view.words.site_name, view.words.eu).copy()
    whole.paste(_page(view), (0, 0))
    whole.putpalette(_palette(view.colours))
    file = io.BytesIO()
    # Half the time of level 4 for a fifth more bytes.
    whole.save(file, "PNG", compress_level=2)
    return file.getvalue()


@functools.lru_cache(maxsize=4)
def _ground(font: bytes, site_name: str, eu_words: tuple[str, ...]) -> Image.Image:
    """A card without its page: the band and the strip, which most cards of a language share."""
    whole = Image.new("L", (WIDTH, HEIGHT), BAND_SHADE)
    eu = _eu(font, eu_words)
    left = WIDTH - MARGIN - eu.width if eu else WIDTH - MARGIN
    whole.paste(_name(font, site_name, left - 2 * MARGIN), (0, PAGE + BAND))
    if eu:
        whole.paste(eu, (left, PAGE + BAND))
    return whole


def _page(view: CardView) -> Image.Image:
    """The label and the title, left aligned."""
    part = Image.new("L", (WIDTH, PAGE))
    pen = ImageDraw.Draw(part)
    across = WIDTH - 2 * MARGIN
    for text, sizes, top, bottom, ink in (
        (view.words.label, LABEL_SIZES, LABEL_TOP, LABEL_BOTTOM, LABEL_INK),
        (view.words.title, TITLE_SIZES, TITLE_TOP, TITLE_BOTTOM, 255),
    ):
        size, lines = fitted(text, view.font, sizes, across, bottom - top)
        _write(pen, MARGIN, top + 0.9 * size, lines, _font(view.font, size), ink)
    return part.point(_table(PAGE_SHADES))


def _name(font: bytes, name: str, across: int) -> Image.Image:
    """The strip with the site's name."""
    part = Image.new("L", (WIDTH, STRIP))
    size, lines = fitted(name, font, NAME_SIZES, across, STRIP - 40)
    _write(ImageDraw.Draw(part), MARGIN, _middle(lines, size), lines, _font(font, size))
    return part.point(_table(NAME_SHADES))


def _eu(font: bytes, words: tuple[str, ...]) -> Image.Image | None:
    """The flag with the words of the EU's support to its right."""
    if not words:
        return None
    flag_width = FLAG_HEIGHT * eu_flag.WIDTH // eu_flag.HEIGHT
    left = flag_width + EU_GAP
    for size in EU_SIZES:
        ink = _font(font, size)
        across = max(round(ink.getlength(_plain(line))) for line in words)
        if left + across <= EU_WIDTH and size * LEADING * len(words) <= STRIP - 20:
            break
    part = Image.new("L", (left + across, STRIP))
    _write(ImageDraw.Draw(part), left, _middle(words, size), [_plain(line) for line in words], ink)
    part = part.point(_table(WORD_SHADES))
    part.paste(_flag(flag_width), (0, (STRIP - FLAG_HEIGHT) // 2))
    return part


def _flag(width: int) -> Image.Image:
    """The flag, its stars drawn four times as large and made small, so that their edges are smooth."""
    scale = 4 * width / eu_flag.WIDTH
    large = Image.new("L", (4 * width, 4 * FLAG_HEIGHT))
    pen = ImageDraw.Draw(large)
    for star in eu_flag.stars():
        pen.polygon([(x * scale, y * scale) for x, y in star], 255)
    return large.resize((width, FLAG_HEIGHT), Image.Resampling.BOX).point(_table(STAR_SHADES))


def _middle(lines: Sequence[str], size: int) -> float:
    """The first baseline of lines in the middle of the strip; letters are measured by the height of a capital."""
    capital = 0.7 * size
    return (STRIP - capital - LEADING * size * (len(lines) - 1)) / 2 + capital


def _write(
    pen: ImageDraw.ImageDraw,
    left: int,
    baseline: float,
    lines: Iterable[str],
    font: ImageFont.FreeTypeFont,
    ink: int = 255,
) -> None:
    for row, line in enumerate(lines):
        pen.text((left, baseline + LEADING * font.size * row), line, ink, font, "ls")


def fitted(text: str, font: bytes, sizes: Iterable[tuple[int, bool]], width: int, height: int) -> tuple[int, list[str]]:
    """The first size at which all of the text fits, and its lines; words may be broken where the size says so."""
    for size, broken in sizes:
        ink = _font(font, size)
        words = list(_pieces(_plain(text), ink, width)) if broken else _plain(text).split(" ")
        widths = [ink.getlength(word + " ") for word in words]
        rows = _wrapped(widths, width)
        if len(rows) * LEADING * size <= height and max(widths) <= width:
            break
    return size, [" ".join(words[start:end]) for start, end in _balanced(rows, widths, width)]


Rows = list[tuple[int, int]]


def _wrapped(widths: Sequence[float], width: float) -> Rows:
    """As many words in a row as fit, each row as its first word and the one after its last."""
    rows: Rows = []
    taken = width + 1.0
    for place, one in enumerate(widths):
        if taken + one > width:
            rows.append((place, place))
            taken = 0.0
        rows[-1] = (rows[-1][0], place + 1)
        taken += one
    return rows


def _balanced(rows: Rows, widths: Sequence[float], width: int) -> Rows:
    """The same number of rows, as even as may be, so that no word is left alone below."""
    best = rows
    for narrower in range(width - 40, width // 3, -40):
        tried = _wrapped(widths, narrower)
        if len(tried) > len(rows) or max(widths) > narrower:
            break
        best = tried
    return best


def _pieces(text: str, font: ImageFont.FreeTypeFont, width: int) -> Iterator[str]:
    """The words, those that are too wide in pieces."""
    for word in text.split(" "):
        rest = word
        while font.getlength(rest) > width:
            cut = max(1, bisect(range(1, len(rest)), float(width), key=lambda end: font.getlength(rest[:end] + "-")))
            yield rest[:cut] + "-"
            rest = rest[cut:]
        yield rest


def _plain(text: str) -> str:
    """A short name in quotes stays in one line; the font has one kind of no-break space."""
    named = re.sub(r"“[^”]{1,24}”", lambda name: name[0].replace(" ", "\u00a0"), text)
    return named.replace("\u202f", "\u00a0")


@functools.lru_cache(maxsize=64)
def _font(content: bytes, size: int) -> ImageFont.FreeTypeFont:
    # The basic engine is in every Pillow and gives the same picture everywhere.
    return ImageFont.truetype(io.BytesIO(content), size, layout_engine=ImageFont.Layout.BASIC)


@functools.cache
def _table(first: int) -> list[int]:
    """From 256 levels of ink to the shades of a part."""
    return [first + level * (SHADES - 1) // 255 for level in range(256)]


@functools.lru_cache(maxsize=2)
def _palette(colours: tuple[str, ...]) -> bytes:
    """Red, green and blue of every shade of every part, in the order of the parts."""
    deep, on_deep, accent = colours
    parts = ((deep, on_deep), (WHITE, deep), (WHITE, eu_flag.BLUE), (eu_flag.BLUE, eu_flag.GOLD))
    return bytes([*(value for part in parts for value in _shades(*part)), *ImageColor.getrgb(accent)[:3]])


def _shades(ground: str, ink: str) -> Iterator[int]:
    """Red, green and blue of each shade between two colours."""
    one, other = ImageColor.getrgb(ground), ImageColor.getrgb(ink)
    for shade in range(SHADES):
        yield from (round(a + (b - a) * shade / (SHADES - 1)) for a, b in zip(one[:3], other[:3], strict=True))
