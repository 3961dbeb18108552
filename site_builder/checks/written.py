"""The texts of the site as their writers typed them, with what readers never see blotted out."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from site_builder.content_types import Entry
from site_builder.markup.sentences import BLOT
from site_builder.problems import Place
from site_builder.site import Site, Text, value_at
from site_builder.yaml_places import KeyPath

# What readers do not see, after the mark that stands in each of it: what has no mark in a text is not looked for.
UNSEEN = {
    "`": r"```.*?```|`[^`\n]*`",  # code
    "[[": r"\[\[[^\]\n]*\]\]",  # names of facts and pages
    "](": r"\((?<=\]\()[^)\n]*\)",  # where links lead
    "]:": r"^ {0,3}\[[^\]^\n]+\]:.*$",
    "{": r"\{[#:][^}\n]*\}",  # ids
    "<": r"<[^>\n]*>",  # tags
    "://": r"https?://[^\s)>\]]*",  # addresses
    "@": r"[^\s(]+@[^\s)]+",
    "--": r"^[ \t]*\|?[ \t]*:?-{2,}[-|: \t]*$",  # the line below a table's head
}


# Checks ask for the same text one after the other.
@functools.lru_cache(maxsize=64)
def blotted(source: str) -> str:
    """A text as typed, of the same length, with BLOT for what readers do not see."""
    unseen = "|".join(pattern for mark, pattern in UNSEEN.items() if mark in source)
    return _compiled(unseen).sub(lambda match: BLOT * len(match[0]), source) if unseen else source


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Written:
    """One text: whose, where, in which language, made and as typed."""

    entry: Entry
    path: KeyPath
    language: str
    text: Text
    source: str

    @cached_property
    def seen(self) -> str:
        """The text as typed, of the same length, with BLOT for what readers do not see."""
        return blotted(self.source)

    def place(self, site: Site, start: int, words: str) -> Place:
        """Where the `words` that begin at `start` of the source stand in the file."""
        skip = len(re.findall(f"(?={re.escape(words)})", self.source[: start + len(words) - 1]))
        return site.place(self.entry, self.language, self.path, words, skip)

    def find(self, site: Site, *needles: str) -> Place:
        """Where the first of the `needles` that the source has stands; else where the text begins."""
        needle = next((one for one in needles if one and one in self.source), "")
        return site.place(self.entry, self.language, self.path, needle)


def written(site: Site, entry: Entry) -> Iterator[Written]:
    """Every text of an entry."""
    for path, language, text in site.texts(entry):
        yield Written(entry, path, language, text, _source(entry, path, language))


def body(site: Site, entry: Entry, language: str) -> Written:
    """The text of a news item or page in a language."""
    return Written(entry, ("body",), language, site.text(entry, language, "body"), _source(entry, ("body",), language))


def _source(entry: Entry, path: KeyPath, language: str) -> str:
    own = entry.text(language)
    if own and path == ("body",):
        return own.body
    value = value_at(own.fields if own else entry.fields, path)
    return str(value if own else value[language])
