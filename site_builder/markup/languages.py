"""Marks names of another language in a finished page, so that a screen reader pronounces them as what they are."""

import re
from collections.abc import Callable, Mapping

# A tag with its quoted attributes, or a comment; what lies between is text.
TAG = re.compile(r"(<!--.*?-->|<[^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*>)", re.DOTALL)
NAME = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
LANGUAGE = re.compile(r"\slang=\"([^\"]*)\"")
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
# Elements whose text is no prose, or may hold no element; `title` and `desc` are those of a drawing.
UNTOUCHED = frozenset({"head", "script", "style", "title", "desc", "textarea", "option", "code", "pre"})

Marker = Callable[[str], str]


def language_marker(names: Mapping[str, tuple[str, ...]], language: str) -> Marker:
    """A function that marks, in a page of `language`, the names of every other language with `lang` (WCAG 3.1.2).

    `names` gives plain names by language. A name that stands in an element of its language is left alone.
    """
    patterns = {code: _pattern(listed) for code, listed in names.items() if code != language and listed}
    if not patterns:
        return str
    return lambda page: _mark(page, patterns, language)


def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the names as whole words, the longest first; a space also matches a no-break space."""
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    words = (re.escape(name).replace(r"\ ", "[ \u00a0]") for name in longest_first)
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)")


def _mark(page: str, patterns: Mapping[str, re.Pattern[str]], language: str) -> str:
    parts = TAG.split(page)
    # open elements: name, language within, what marks a name within (nothing where text is left alone)
    open_elements = [("", language, "span")]
    for index, part in enumerate(parts):
        if index % 2:
            _step(part, open_elements)
            continue
        _, within, mark = open_elements[-1]
        if mark and part.strip():
            parts[index] = _mark_text(part, patterns, within, mark)
    return "".join(parts)


def _step(tag: str, open_elements: list[tuple[str, str, str]]) -> None:
    """Follow one tag: into an element, or out of the nearest one of its name."""
    found = NAME.match(tag)
    if not found:
        return
    closing, name = found[1], found[2].lower()
    if closing:
        if any(name == element for element, _, _ in open_elements[1:]):
            while open_elements.pop()[0] != name:
                pass
    elif name not in VOID and not tag.endswith("/>"):
        _, within, mark = open_elements[-1]
        own = LANGUAGE.search(tag)
        if name in UNTOUCHED:
            mark = ""
        elif name == "svg":
            mark = mark and "tspan"
        open_elements.append((name, own[1] if own else within, mark))


def _mark_text(text: str, patterns: Mapping[str, re.Pattern[str]], within: str, mark: str) -> str:
    for code, pattern in patterns.items():
        if code != within:
            text = pattern.sub(rf'<{mark} lang="{code}">\g<0></{mark}>', text)
    return text
