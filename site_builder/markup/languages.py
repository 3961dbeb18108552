"""Marks names of another language in a finished page, so that a screen reader pronounces them as what they are."""

import re
from collections.abc import Callable, Iterable, Mapping

from markupsafe import escape

# A tag: closing slash, name, attributes with their quoted values; between tags is text.
TAG = r"<(/?)([a-zA-Z][a-zA-Z0-9-]*+)[^>\"']*+(?:(?:\"[^\"]*\"|'[^']*')[^>\"']*+)*+>"
COMMENT = r"<!--.*?-->"
LANGUAGE = re.compile(r"\slang=\"([^\"]*)\"")
NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9-]*")
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
            name = NAME.match(page, begin + 1)
            if name is None or page.count('"', begin, found.start()) % 2:
                return True
            end = _end(page, name[0], found.end())
            if end is None or words.search(page, begin, end):
                return True
    return False


def _end(page: str, name: str, begin: int) -> int | None:
    """Where an element ends whose tag is being left at `begin`; None where that is not plain to see."""
    if name.lower() in VOID:
        return page.find(">", begin)
    depth = 1
    for tag in re.compile(rf"<(/?){name}\b", re.IGNORECASE).finditer(page, begin):
        depth += -1 if tag[1] else 1
        if not depth:
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
    if "lang=" in tag and (own := LANGUAGE.search(tag)):
        within = own[1]
    if name in UNTOUCHED:
        mark = ""
    elif name == "svg":
        mark = mark and "tspan"
    open_elements.append((name, within, mark))


def _leave(name: str, open_elements: list[tuple[str, str, str]]) -> None:
    """Out of the nearest element of a name, if there is one."""
    if any(name == element for element, _, _ in open_elements):
        while open_elements.pop()[0] != name:
            pass


def _marked(name: str, owner: str, element: tuple[str, str, str]) -> str:
    """A name within an element, marked where that is of another language."""
    _, within, mark = element
    return name if not mark or owner == within else f'<{mark} lang="{owner}">{name}</{mark}>'
