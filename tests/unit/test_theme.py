"""The theme: contrast as WCAG computes it, every scheme looked at, and no colour anywhere but in the tokens."""

import re
from collections.abc import Iterator

import pytest
from conftest import PROJECT

from site_builder.theme import PAIR, contrast, pairs, theme_problems, tokens

THEME = (PROJECT / "static/theme.css").read_text("utf-8")
STYLES = ("site.css", "charts.css", "print.css")
# What is not a colour of ours: the reader's own colours (CSS Color 4, 6.2) and words that take a colour from elsewhere.
NO_COLOUR = {"transparent", "currentcolor", "inherit", "none", "0"}
SYSTEM = {"canvastext", "canvas", "linktext", "buttontext", "buttonface", "highlight", "highlighttext", "graytext"}
COLOURED = re.compile(r"(?:^|[;{\s])(color|background|background-color|outline|outline-color|fill|stroke):\s*([^;}]+)")
# Tells nothing and carries no words (WCAG 2.2, 1.4.11 asks nothing of it).
ADORNMENT = {"--ribbon"}
LITERAL = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color|color-mix)a?\(", re.IGNORECASE)

SMALL = """\
/* pair: --text on --ground 4.5 */
:root { --text: #767676; --ground: #fff; --space: 1rem; }
@media (min-width: 48rem) { :root { --space: 2rem; } }
@media screen and (prefers-color-scheme: dark) { :root { --ground: #000; } }
:root { --deep: #004; --on-deep: #ffe; --accent: #900; }
"""
CARDS = {"--deep": "#004", "--on-deep": "#ffe", "--accent": "#900"}


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000", "#ffffff", 21.0),
        ("#ffffff", "#fff", 1.0),
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
        ("#C8102E", "#ffffff", 5.88),
        ("#007A53", "#ffffff", 5.37),
        ("#003399", "#ffffff", 10.86),
    ],
)
def test_contrast_is_what_wcag_computes(one: str, other: str, ratio: float) -> None:
    """Ratios known from the recommendation's own techniques and from the city's and the Union's colours."""
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


def test_a_scheme_takes_what_it_does_not_set_from_the_light_one() -> None:
    """Dark changes the ground only; a wide screen's tokens belong to no scheme."""
    assert tokens(SMALL) == {"--text": "#767676", "--ground": "#fff", "--space": "1rem", **CARDS}
    assert tokens(SMALL, "dark") == {"--text": "#767676", "--ground": "#000", "--space": "1rem", **CARDS}


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("#767676", "#777777", [("contrast", "contrast/light", 1), ("contrast", "contrast/print", 1)]),
        ("#000;", "#777;", [("contrast", "contrast/dark", 1)]),
        ("--text on", "--txt on", [("contrast-token", "contrast-token", 1)]),
        ("#767676", "hsl(0 0% 40%)", [("colour-form", "colour-form", 2)]),
        ("#767676", "#76767680", [("colour-form", "colour-form", 2)]),
        ("#767676", "gray", [("colour-form", "colour-form", 1)]),
        ("/* pair: --text on --ground 4.5 */", "/* pairs: none */", []),
        ("--accent: #900;", "", [("contrast-token", "contrast-token", 1)]),
        ("--deep: #004;", "--deep: navy;", [("colour-form", "colour-form", 1)]),
    ],
)
def test_what_is_wrong_with_a_theme_is_told(old: str, new: str, found: list[tuple[str, str, int]]) -> None:
    """Every scheme that fails is told on the pair's line, an unreadable colour on its own."""
    assert list(theme_problems(SMALL)) == []
    told = [(one.code, one.message.key, one.place.line) for one in theme_problems(SMALL.replace(old, new))]
    assert told == found


def test_the_theme_of_the_site_is_in_order() -> None:
    """Every pair reaches its contrast in the light, the dark and the print scheme; a pair that is not read is none."""
    assert list(theme_problems(THEME)) == []
    assert len(pairs(THEME)) == THEME.count("pair:") == len(PAIR.findall(THEME)) > 20


def rules(css: str) -> Iterator[tuple[str, str]]:
    """Selector and declarations of every innermost block."""
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return ((found[1], found[2]) for found in re.finditer(r"([^{}]*)\{([^{}]*)\}", bare))


@pytest.mark.parametrize("style", STYLES)
def test_no_colour_stands_outside_the_theme(style: str) -> None:
    """Styles name tokens, or the reader's own system colours."""
    for selector, declarations in rules((PROJECT / "static" / style).read_text("utf-8")):
        assert not LITERAL.search(declarations), selector
        for _, value in COLOURED.findall(declarations):
            words = set(re.sub(r"var\([^)]*\)", "", value).lower().replace("!important", "").split())
            named = {word for word in words if word.isalpha()} - NO_COLOUR - SYSTEM - {"solid"}
            assert named == set(), selector


@pytest.mark.parametrize("style", STYLES)
def test_every_pair_of_colours_in_a_rule_is_computed(style: str) -> None:
    """A rule that sets words and ground names a pair of the theme; each colour alone stands in some pair."""
    listed = {(pair.foreground, pair.ground) for pair in pairs(THEME)}
    for selector, declarations in rules((PROJECT / "static" / style).read_text("utf-8")):
        given = {
            name.removesuffix("-color"): re.findall(r"var\((--[\w-]+)", value)
            for name, value in COLOURED.findall(declarations)
        }
        words, grounds = given.get("color", []), given.get("background", [])
        assert {(one, other) for one in words for other in grounds} <= listed, selector
        assert set(words) <= {one for one, _ in listed}, selector
        assert set(grounds) - ADORNMENT <= {name for pair in listed for name in pair}, selector
