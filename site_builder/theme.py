"""The theme's tokens, and the contrast of every pair of colours that the styles use, computed in every scheme."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.problems import Place, Problem, did_you_mean, phrase, problem

THEME_FILE = "static/theme.css"
# What the social cards are drawn with, besides what the styles use.
CARD_TOKENS = ("--deep", "--on-deep", "--accent")
# A scheme to the words of the media query that sets its tokens over the light ones.
SCHEMES = {"light": "", "dark": "prefers-color-scheme: dark", "print": "print"}

PAIR = re.compile(r"/\*\s*pair:\s*(--[\w-]+)\s+on\s+(--[\w-]+)\s+([0-9.]+)\s*\*/")
TOKEN = re.compile(r"(--[\w-]+)\s*:\s*([^;}]+)")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
COLOUR_LIKE = re.compile(r"#|(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color|color-mix|light-dark)a?\(", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """A custom property as the theme gives it, with the media query around it ("" for none) and its line."""

    name: str
    value: str
    media: str
    line: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two colours that the styles show one on the other, and the contrast they must reach."""

    foreground: str
    ground: str
    needed: float
    line: int


def tokens(css: str, scheme: str = "light") -> dict[str, str]:
    """The tokens of a scheme by name (`--deep`); those that the scheme leaves alone are the light ones."""
    listed = _tokens(css)
    found = {one.name: one.value for one in listed if not one.media}
    wanted = SCHEMES[scheme]
    return {**found, **{one.name: one.value for one in listed if wanted and wanted in one.media}}


def pairs(css: str) -> tuple[Pair, ...]:
    """The pairs that the theme's comments list."""
    return tuple(Pair(match[1], match[2], float(match[3]), _line(css, match.start())) for match in PAIR.finditer(css))


def luminance(colour: str) -> float:
    """Relative luminance of a #rgb or #rrggbb colour (WCAG 2.2, definition of relative luminance)."""
    digits = colour.lstrip("#")
    wide = digits if len(digits) == 6 else "".join(2 * digit for digit in digits)
    parts = [int(wide[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def theme_problems(css: str) -> Iterator[Problem]:
    """What is wrong with the text of `static/theme.css`: colours not readable, pairs unknown or too weak."""
    unreadable = [one for one in _tokens(css) if COLOUR_LIKE.search(one.value) and not HEX.fullmatch(one.value)]
    for token in unreadable:
        place, hint = Place(THEME_FILE, token.line), phrase("hint.colour-form")
        yield problem("colour-form", place, token=token.name, value=token.value, hint=hint)
    schemes = {scheme: tokens(css, scheme) for scheme in SCHEMES}
    yield from _unknown(CARD_TOKENS, 1, schemes["light"])
    for pair in pairs(css):
        yield from _unknown((pair.foreground, pair.ground), pair.line, schemes["light"])
        for scheme, given in schemes.items():
            yield from _weak(pair, scheme, given)


def _unknown(names: tuple[str, ...], line: int, known: dict[str, str]) -> Iterator[Problem]:
    """Names that the theme does not have, or that are no colours; `line` is where they are asked for."""
    colours = {name for name, value in known.items() if HEX.fullmatch(value)}
    for name in names:
        place = Place(THEME_FILE, line)
        if name not in known:
            yield problem("contrast-token", place, token=name, hint=did_you_mean(name, colours))
        elif name not in colours and not COLOUR_LIKE.search(known[name]):
            yield problem("colour-form", place, token=name, value=known[name], hint=phrase("hint.colour-form"))


def _weak(pair: Pair, scheme: str, given: dict[str, str]) -> Iterator[Problem]:
    """The pair's contrast in a scheme is too low; a colour that is not readable was told already."""
    one, other = given.get(pair.foreground, ""), given.get(pair.ground, "")
    if not (HEX.fullmatch(one) and HEX.fullmatch(other)):
        return
    ratio = contrast(one, other)
    if ratio < pair.needed:
        yield problem(
            "contrast",
            Place(THEME_FILE, pair.line),
            variant=scheme,
            foreground=pair.foreground,
            ground=pair.ground,
            ratio=_shown(ratio),
            needed=_shown(pair.needed),
            hint=phrase("hint.contrast", foreground=f"{pair.foreground}: {one}", ground=f"{pair.ground}: {other}"),
        )


def _shown(ratio: float) -> str:
    """Two decimals cut off, never rounded up to a ratio that is not reached."""
    return f"{int(ratio * 100) / 100:g}:1"


def _tokens(css: str) -> list[Token]:
    """Every custom property with the media query it stands in, found by counting brackets."""
    bare = COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), css)
    found, media, start = [], [""], 0
    for match in re.finditer(r"[{}]", bare):
        block = bare[start : match.start()]
        found += [
            Token(one[1], one[2].strip(), " ".join(media).strip(), _line(css, start + one.start()))
            for one in TOKEN.finditer(block)
        ]
        if match[0] == "{":
            prelude = block.rpartition(";")[2].strip()
            media.append(prelude if prelude.startswith("@media") else "")
        elif len(media) > 1:
            media.pop()
        start = match.end()
    return found


def _line(css: str, position: int) -> int:
    return css.count("\n", 0, position) + 1
