"""Marks names of another language in a finished page, so that a screen reader pronounces them as what they are."""

import re
from collections.abc import Callable, Mapping

from markupsafe import escape

# A comment, or a tag in parts: closing slash, name, attributes with their quoted values. Between tags is text.
TAG = re.compile(r"<!--.*?-->|<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>", re.DOTALL)
LANGUAGE = re.compile(r"\slang=\"([^\"]*)\"")
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
    pattern = _pattern(owners)
    return lambda page: _mark(page, pattern, owners, language)


def _pattern(names: Mapping[str, str]) -> re.Pattern[str]:
    """Any of the names as whole words, the longest first; a space also matches a no-break space."""
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    words = (re.escape(name).replace(r"\ ", "[ \u00a0]") for name in longest_first)
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)")


def _mark(page: str, pattern: re.Pattern[str], owners: Mapping[str, str], language: str) -> str:
    # open elements: name, language within, what marks a name within (nothing where text is left alone)
    open_elements = [("", language, "span")]
    made, end = [], 0
    for tag in TAG.finditer(page):
        made.append(_marked(page[end : tag.start()], open_elements[-1], pattern, owners))
        made.append(tag[0])
        end = tag.end()
        if tag[2]:
            _step(tag[1], tag[2].lower(), tag[3], open_elements)
    made.append(_marked(page[end:], open_elements[-1], pattern, owners))
    return "".join(made)


def _step(closing: str, name: str, attributes: str, open_elements: list[tuple[str, str, str]]) -> None:
    """Follow one tag: into an element, or out of the nearest one of its name."""
    if closing:
        if any(name == element for element, _, _ in open_elements[1:]):
            while open_elements.pop()[0] != name:
                pass
    elif name not in VOID and not attributes.endswith("/"):
        _, within, mark = open_elements[-1]
        own = LANGUAGE.search(attributes) if "lang=" in attributes else None
        if name in UNTOUCHED:
            mark = ""
        elif name == "svg":
            mark = mark and "tspan"
        open_elements.append((name, own[1] if own else within, mark))


def _marked(text: str, element: tuple[str, str, str], pattern: re.Pattern[str], owners: Mapping[str, str]) -> str:
    """A text within an element, its names of other languages marked."""
    _, within, mark = element
    if not mark or text.isspace():
        return text

    def marked(found: re.Match[str]) -> str:
        owner = owners[found[0].replace("\u00a0", " ")]
        return found[0] if owner == within else f'<{mark} lang="{owner}">{found[0]}</{mark}>'

    return pattern.sub(marked, text)
