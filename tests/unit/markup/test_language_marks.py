"""Names of another language are marked, once, where they are prose."""

import re
from collections.abc import Iterator, Mapping

import pytest
from conftest import PROJECT
from hypothesis import example, given
from hypothesis import strategies as st
from markupsafe import escape

from site_builder.markup.languages import UNTOUCHED, VOID, language_marker

NAMES = {"lv": ("Kurzeme visiem", "Salmu iela 53", "Salmu iela"), "en": ()}


@pytest.mark.parametrize(
    ("page", "marked"),
    [
        ("<p>The project “Kurzeme visiem”.</p>", "<p>The project “[Kurzeme visiem]”.</p>"),
        ("<h1>Salmu iela\u00a053</h1>", "<h1>[Salmu iela\u00a053]</h1>"),
        ("<p>Salmu ielas</p>", "<p>Salmu ielas</p>"),
        ('<p lang="lv">Salmu iela</p>', '<p lang="lv">Salmu iela</p>'),
        ('<div lang="lv"><p>Salmu iela</p></div> Salmu iela', '<div lang="lv"><p>Salmu iela</p></div> [Salmu iela]'),
        ("<head><title>Salmu iela</title></head>", "<head><title>Salmu iela</title></head>"),
        ('<img alt="a > b Salmu iela"><br>', '<img alt="a > b Salmu iela"><br>'),
        ("<svg><title>Salmu iela</title></svg>", "<svg><title>Salmu iela</title></svg>"),
        ("<p>x<br>Salmu iela<em>Salmu iela</em></p>", "<p>x<br>[Salmu iela]<em>[Salmu iela]</em></p>"),
        ("<!-- Salmu iela --> Salmu iela", "<!-- Salmu iela --> [Salmu iela]"),
        ("</p>Salmu iela", "</p>[Salmu iela]"),
        ("<p title='<div lang=\"lv\">'>Salmu iela</p>", "<p title='<div lang=\"lv\">'>[Salmu iela]</p>"),
        ("<p title='<div lang='lv'>Salmu iela", "<p title='<div lang='lv'>Salmu iela"),
        ("<p title='<div lang='lt'>Salmu iela", "<p title='<div lang='lt'>[Salmu iela]"),
        ("<p LANG = lv>Salmu iela</p>", "<p LANG = lv>Salmu iela</p>"),
        ("<p \"lang='lv'\">Salmu iela</p>", "<p \"lang='lv'\">[Salmu iela]</p>"),
        ("<p hreflang=lv data-lang='lv'>Salmu iela</p>", "<p hreflang=lv data-lang='lv'>[Salmu iela]</p>"),
        ("<p title=lang=lv>Salmu iela</p>", "<p title=lang=lv>[Salmu iela]</p>"),
        ("<p title='<code x='1'>Salmu iela</code> Salmu iela", "<p title='<code x='1'>Salmu iela</code> [Salmu iela]"),
        (
            '<p lang="lv"><span lang="en">Salmu iela</span></p>',
            '<p lang="lv"><span lang="en">[Salmu iela]</span></p>',
        ),
    ],
)
def test_names_are_marked_where_they_are_prose(page: str, marked: str) -> None:
    """The longest name as a whole word, outside its own language, outside head, drawings and attributes."""
    expected = marked.replace("[", '<span lang="lv">').replace("]", "</span>")
    assert language_marker(NAMES, "en")(page) == expected


def test_a_name_in_a_drawing_is_marked_as_drawings_do() -> None:
    """SVG has `tspan` where HTML has `span`."""
    marked = '<svg><text><tspan lang="lv">Salmu iela</tspan></text></svg><b><span lang="lv">Salmu iela</span></b>'
    assert language_marker(NAMES, "en")("<svg><text>Salmu iela</text></svg><b>Salmu iela</b>") == marked


def test_in_a_page_of_the_names_language_only_its_other_parts_are_marked() -> None:
    """The page in all languages is Latvian, with a part in English."""
    page = '<p>Salmu iela 53</p><p lang="en">Salmu iela 53</p>'
    marked = '<p>Salmu iela 53</p><p lang="en"><span lang="lv">Salmu iela 53</span></p>'
    assert language_marker(NAMES, "lv")(page) == marked


def test_names_of_several_languages_are_marked_once() -> None:
    """A mark is no text in which further names are looked for; what HTML escapes is found; the first language wins."""
    marker = language_marker({"lv": ("span", "A & B", "Alma"), "lt": ("lang", "O'Hara", "Alma")}, "en")
    assert marker("<p>span lang A &amp; B O&#39;Hara Alma</p>") == (
        '<p><span lang="lv">span</span> <span lang="lt">lang</span> <span lang="lv">A &amp; B</span>'
        ' <span lang="lt">O&#39;Hara</span> <span lang="lv">Alma</span></p>'
    )


PIECES = [
    "Alma", "Alma iela", "Alma\u00a0iela 1", "A &amp; B", "span", "lang", "xAlma", "Almas", "p", " ", "x", "\n", "ā",
    ">", '"', "'",
    "<p>", "</p>", "<P>", "</P >", "<div>", "</div>", "<span>", "</span>", "<br>", "<br/>", "</br>", "<a/>",
    "<a href=Alma/>",
    '<p lang="lv">', '<p lang="en">', '<div lang="lt">', "<div lang='lv'>", '<span data-lang="lv">',
    '<i title=">" lang="lv">',
    "<i title='<p lang=\"lv\">'>", "</i>", '<br lang="lv">', "<svg>", "</svg>", "<title>", "</title>", "<code>",
    "</code>",
    "<head>", "</head>", "<option>", "<!-- Alma -->", "<!-- <p> ", "-->", "<!doctype html>", "<p title='",
    '<p title="', "<", "</",
    '<i title="<b" lang="lt">', "<p title=\"it's\" lang='lt'>", "<em lang=lt>", "</em>", '<em LANG = "lv">', "</p-x>",
    '<i title="</p>">', "<i title='\"' lang=\"lt\">", '<b x="', "<i alt='\" y='>", "<p/lang='lv'>",
    "</b>", "<x-y>", "</x-y>", "<p\n\tlang=\"lt\">", "<p <b>",
]  # fmt: skip
OWNERS = {"lv": ("Alma iela 1", "Alma iela", "Alma", "A & B", "span"), "lt": ("lang", "Alma", "p")}


def walked(page: str, language: str, named: Mapping[str, tuple[str, ...]]) -> str:
    """Every tag and every text of a page, one after the other, with a stack of all open elements."""
    owners = {str(escape(name)): code for code, listed in reversed(list(named.items())) for name in listed}
    words = "|".join(
        re.escape(name).replace(r"\ ", "[ \u00a0]") for name in sorted(owners, key=lambda name: -len(name))
    )
    names = re.compile(rf"(?<!\w)(?:{words})(?!\w)")
    tags = re.compile(r"(<!--.*?-->|</?[a-zA-Z][a-zA-Z0-9-]*(?:[^>\"']|\"[^\"]*\"|'[^']*')*>)", re.DOTALL)
    stack = [("", language, "span")]
    made = ""
    for number, part in enumerate(tags.split(page)):
        if number % 2 == 0:
            made += names.sub(
                lambda name: _named(name[0], owners[name[0].replace("\u00a0", " ")], *stack[-1][1:]), part
            )
            continue
        made += part
        if name := re.match(r"<(/?)([a-zA-Z0-9-]+)(.*)>", part, re.DOTALL):
            _follow(name[1], name[2].lower(), name[3], stack)
    return made


def _named(name: str, owner: str, within: str, mark: str) -> str:
    return f'<{mark} lang="{owner}">{name}</{mark}>' if mark and owner != within else name


def _follow(closing: str, name: str, attributes: str, stack: list[tuple[str, str, str]]) -> None:
    if closing and name in [element for element, _, _ in stack]:
        while stack.pop()[0] != name:
            pass
    elif not closing and name not in VOID and not attributes.endswith("/"):
        own = dict(reversed(list(_attributes(attributes)))).get("lang")
        mark = "" if name in UNTOUCHED else "tspan" if name == "svg" and stack[-1][2] else stack[-1][2]
        stack.append((name, stack[-1][1] if own is None else own, mark))


def _attributes(text: str) -> Iterator[tuple[str, str]]:
    """Name and value of each attribute, letter by letter."""
    words = [""]
    quote = ""
    for letter in text:
        if letter == quote or (not quote and letter in "\"'"):
            quote = "" if quote else letter
            words[-1] += "\0"
        elif quote:
            words[-1] += letter
        elif letter.isspace() or letter in "/=":
            words += [letter, ""]
        else:
            words[-1] += letter
    words = [word for word in words if word.strip()]
    while words:
        name = words.pop(0)
        if name not in "/=" and words[:1] == ["="]:
            words.pop(0)
            yield name.lower(), words.pop(0).strip("\0") if words else ""
        else:
            yield name.lower(), ""


@example("<p title='<code x='1'>Alma", "en", OWNERS)
@example("<p title='<div lang='lv'>Alma", "en", OWNERS)
@given(
    st.lists(st.sampled_from(PIECES), max_size=25).map("".join),
    st.sampled_from(["lv", "en", "lt"]),
    st.sampled_from([OWNERS, {"lv": OWNERS["lv"]}]),
)
def test_marks_are_those_of_a_plain_walk(page: str, language: str, named: Mapping[str, tuple[str, ...]]) -> None:
    """The quick way finds what a walk through all tags finds, in any soup of tags, quotes and comments."""
    assert language_marker(named, language)(page) == walked(page, language, named)


def test_no_pattern_repeats_a_group_possessively() -> None:
    """Python before 3.11.5 matches such a pattern where it does not match (CPython issue 106052)."""
    possessive = re.compile(r"\)(?:[*+?]|\{\d*,?\d*\})\+")
    found = {
        path.name: possessive.findall(path.read_text("utf-8")) for path in (PROJECT / "site_builder").rglob("*.py")
    }
    assert found
    assert {name: patterns for name, patterns in found.items() if patterns} == {}
