"""Marks names of another language in a finished page, so that a screen reader pronounces them as what they are."""

import re
from collections.abc import Callable, Iterable, Mapping

from markupsafe import escape

# A tag: closing slash, name, attributes with their quoted values; between tags is text. A quoted value may hold `<` and
# `>`; where a quote is never closed there is no tag. The group is not repeated possessively, since Python before 3.11.5
# then finds a tag that does not end (CPython issue 106052); there is only one way to match, so this costs little.
TAG = r"<(/?)([a-zA-Z][a-zA-Z0-9-]*+)[^>\"']*+(?:(?:\"[^\"]*\"|'[^']*')[^>\"']*+)*>"
COMMENT = r"<!--.*?-->"
# What may be the language of an element; most have it in double quotes.
LANGUAGE = re.compile(r"lang(?<=[\s\"'/]lang)\s*+=\s*+(?:\"([^\"]*)\")?", re.IGNORECASE)
# The begin of a tag as templates and nh3 write it: values stand in double quotes and hold no `<`.
PLAIN = re.compile(r"<([a-zA-Z][a-zA-Z0-9-]*+)(?:\s++[^\s\"'<>/=]++(?:=\"[^\"<]*+\")?)*\s*+")
# An attribute of a tag, with its value in either kind of quotes or in none; quotes without a name are passed over.
ATTRIBUTE = re.compile(
    r"\"[^\"]*+\"|'[^']*+'|([^\s\"'>/=]++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++)))?", re.DOTALL
)
TOKEN = re.compile(f"{TAG}|{COMMENT}", re.DOTALL)
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
# Elements whose text is no prose, or may hold no element; `title` and `desc` are those of a drawing.
UNTOUCHED = frozenset({"head", "script", "style", "title", "desc", "textarea", "option", "code", "pre"})

Marker = Callable[[str], str]


def language_marker(names: Mapping[str, tuple[str, ...]], language: str) -> Marker:
    """A function that marks, in a page of `language`, names that stand in a text of another language than theirs.

    `names` gives plain names by language; the mark is a `lang` (WCAG 3.1.2). A name of two languages is the first's.
    """
    owners = {str(escape(name)): code for code, listed in reversed(list(names.items())) for name in listed}
    if not owners:
        return str
    token = re.compile(rf"({TAG}|{COMMENT}|{_words(owners)})", re.DOTALL)
    own = [name for name, code in owners.items() if code == language]
    others = [name for name, code in owners.items() if code != language]
    own_words, other_words = (re.compile(_words(names)) if names else None for names in (own, others))

    def mark(page: str) -> str:
        if (other_words and other_words.search(page)) or (own_words and _abroad(page, own_words, language)):
            return _mark(page, token, owners, language)
        return page

    return mark


def _abroad(page: str, words: re.Pattern[str], language: str) -> bool:
    """Whether any of the words may stand in an element of another language than the page's.

    Most pages have none there, and to look at these elements alone is quicker than to take the page apart.
    """
    for found in LANGUAGE.finditer(page):
        if found[1] != language:
            begin = page.rfind("<", 0, found.start())
            tag = PLAIN.fullmatch(page, begin, found.start())
            end = _end(page, tag[1], begin) if tag else None
            if end is None or words.search(page, begin, end):
                return True
    return False


def _end(page: str, name: str, begin: int) -> int | None:
    """Where an element ends whose tag begins at `begin`; None where that is not plain to see."""
    depth = 0
    for tag in TOKEN.finditer(page, begin):
        if not depth and (name.lower() in VOID or page[tag.end() - 2] == "/"):
            return tag.end()
        if tag[2] and tag[2].lower() == name.lower():
            depth += -1 if tag[1] else 1
            if depth < 1:
                return tag.start()
    return None


def _words(names: Iterable[str]) -> str:
    """A pattern of any of the names as a whole word, the longest first.

    A space of a name also matches a no-break space. Every choice begins with its letter, so that the search leaps from
    one such letter to the next.
    """
    by_first: dict[str, list[str]] = {}
    for name in sorted(names, key=lambda name: (-len(name), name)):
        by_first.setdefault(name[0], []).append(re.escape(name[1:]).replace(r"\ ", "[ \u00a0]"))
    return "|".join(
        rf"{first}(?<!\w{first})(?:{'|'.join(rests)})(?!\w)"
        for first, rests in ((re.escape(first), rests) for first, rests in by_first.items())
    )


def _mark(page: str, token: re.Pattern[str], owners: Mapping[str, str], language: str) -> str:
    """The page taken apart: tags, comments and names as tokens, text between them."""
    # open elements: name, language within, what marks a name within (nothing where text is left alone)
    open_elements = [("", language, "span")]
    pieces = token.split(page)
    tokens = pieces[1::4]
    for place, (whole, closing, name) in enumerate(zip(tokens, pieces[2::4], pieces[3::4], strict=True)):
        if not name:
            if whole[0] != "<":
                tokens[place] = _marked(whole, owners[whole.replace("\u00a0", " ")], open_elements[-1])
        elif closing:
            if name == open_elements[-1][0]:
                open_elements.pop()
            else:
                _leave(name.lower(), open_elements)
        elif name not in VOID:
            _enter(name.lower(), whole, open_elements)
    made = [""] * (2 * len(tokens) + 1)
    made[::2], made[1::2] = pieces[::4], tokens
    return "".join(made)


def _enter(name: str, tag: str, open_elements: list[tuple[str, str, str]]) -> None:
    """Into an element, if it is none without content."""
    if tag[-2] == "/" or name in VOID:
        return
    _, within, mark = open_elements[-1]
    if "lang" in tag.lower():
        within = _language(tag[1 + len(name) :], within)
    if name in UNTOUCHED:
        mark = ""
    elif name == "svg":
        mark = mark and "tspan"
    open_elements.append((name, within, mark))


def _language(attributes: str, within: str) -> str:
    """The language within an element: that of its first `lang`, or that of where it stands."""
    for name, *values in ATTRIBUTE.findall(attributes):
        if name.lower() == "lang":
            return "".join(values)
    return within


def _leave(name: str, open_elements: list[tuple[str, str, str]]) -> None:
    """Out of the nearest element of a name, if there is one."""
    if any(name == element for element, _, _ in open_elements):
        while open_elements.pop()[0] != name:
            pass


def _marked(name: str, owner: str, element: tuple[str, str, str]) -> str:
    """A name within an element, marked where that is of another language."""
    _, within, mark = element
    return name if not mark or owner == within else f'<{mark} lang="{owner}">{name}</{mark}>'
