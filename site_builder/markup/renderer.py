"""Markdown to sanitized HTML with slots, by Python-Markdown and nh3; the only module that imports these.

Building Python-Markdown costs as much as a short text, so a converter is built once and takes one text after another.
"""

import functools
import re
import sys
import xml.etree.ElementTree as etree
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import markdown
import nh3
from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from site_builder.i18n import slugs
from site_builder.markup import markdown as texts
from site_builder.markup.markdown import EMBED, KINDS, PRIVATE, SLOT, CannotRead, Heading, Html, Mention

MAX_CHARACTERS = 60_000
MAX_RUN = 60
MAX_INDENT = 80
MAX_OPEN = 59
CLOSED_BY = {"]": "[", ")": "(", ">": "<"}
OPENING = "[<(*_`!"
MARK = re.compile(r"[\[\]()<>]")
RUN = re.compile(rf"([\[<(*_`!]\s?){{{MAX_RUN},}}")
INDENT = re.compile(rf"\n[ \t>]{{{MAX_INDENT + 1}}}")

TAGS = {
    "a", "abbr", "b", "blockquote", "br", "cite", "code", "dd", "del", "dl", "dt", "em", "h2", "h3", "h4", "h5", "h6",
    "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "small", "span", "strong", "sub", "sup",
    "table", "tbody", "td", "th", "thead", "tr", "ul", "div", "figure", "figcaption",
}  # fmt: skip
ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "id", "title"},
    "abbr": {"title"},
    "img": {"src", "alt", "width", "height"},
    "li": {"id"},
    "ol": {"start"},
    "sup": {"id"},
    "td": {"style"},
    "th": {"style"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
    **{tag: {"lang"} for tag in ("span", "p", "q", "cite", "em", "blockquote")},
}
SCHEMES = {"http", "https", "mailto", "tel", *KINDS}
LINK_ATTRIBUTES = {("a", "href"), ("img", "src")}
SIDE = re.compile(r"text-align: (left|center|right);")
SIDE_STYLE = re.compile(r' style="text-align: (left|center|right);"')
HEADING = re.compile(r'<h([2-6]) id="([^"]+)">(.*?)</h\1>', re.DOTALL)


@functools.cache
def described() -> str:
    """The renderer: its libraries with their versions, and a digest of the code here that uses them."""
    sources = b"".join(Path(module or "").read_bytes() for module in (__file__, texts.__file__, slugs.__file__))
    python = ".".join(map(str, sys.version_info[:3]))
    code = sha256(sources).hexdigest()[:16]
    sanitizer = nh3.__version__  # type: ignore[attr-defined]  # its stub leaves it out
    return f"Python-Markdown {markdown.__version__}, nh3 {sanitizer}, Python {python}, {code}"


# The converters that nobody uses, by their words. One is taken out while it works, so that no two texts meet in it;
# one that failed half way is not put back.
_idle: dict[tuple[str, str], list["_Converter"]] = {}


def render(text: str, words: tuple[str, str]) -> Html:
    """Make HTML from Markdown; see `to_html`."""
    _refuse(text)
    idle = _idle.setdefault(words, [])
    converter = idle.pop() if idle else _Converter(words)
    try:
        made = converter.convert(text)
    except RecursionError as error:
        raise CannotRead("markdown-too-deep", 1) from error
    idle.append(converter)
    return made


class _Converter:
    """Python-Markdown and the sanitizer with all their options, for the footnotes of one language."""

    def __init__(self, words: tuple[str, str]) -> None:
        self.words = words
        self.mentions: list[Mention] = []
        self.markdown = markdown.Markdown(
            extensions=[
                TableExtension(), DefListExtension(), AttrListExtension(), SaneListExtension(),
                FootnoteExtension(BACKLINK_TITLE=words[1] + " {}", SEPARATOR="-", USE_DEFINITION_ORDER=False),
                TocExtension(slugify=_heading_slug, permalink=False, toc_depth="2-4"),
                _Embeds(self),
            ],
            output_format="html",
        )  # fmt: skip
        self.cleaner = nh3.Cleaner(
            tags=TAGS, attributes=ATTRIBUTES, attribute_filter=self.attribute, url_schemes=SCHEMES, link_rel=None
        )

    def convert(self, text: str) -> Html:
        self.mentions = []
        raw = self.markdown.reset().convert(text)
        clean = self.cleaner.clean(raw)
        if ' style="' in clean:
            clean = SIDE_STYLE.sub(r' class="align-\1"', clean)
        if "=" in text or "&" in text:
            clean = _shown_attributes(clean)
        clean = _footnotes(clean, self.words)
        headings = tuple(Heading(int(level), id_, inner) for level, id_, inner in HEADING.findall(clean))
        return Html(clean, tuple(self.mentions), headings, _removed(raw))

    def attribute(self, tag: str, attribute: str, value: str) -> str | None:
        """What becomes of an attribute; links and pictures of the site get a slot."""
        if attribute == "style":
            return value if SIDE.fullmatch(value) else None
        if (tag, attribute) not in LINK_ATTRIBUTES or value.startswith(("#", "mailto:", "tel:")):
            return value
        if tag == "a" and value.startswith(("http://", "https://")):
            return value
        return f"\ue002{self.mention(Mention(value, is_picture=tag == 'img'))}\ue003"

    def mention(self, mention: Mention) -> int:
        """Remember what the text names; gives its number."""
        self.mentions.append(mention)
        return len(self.mentions) - 1


# A tag with whatever its quoted values hold, or what begins a value outside of tags.
TAG_OR_SHOWN = re.compile(r'<[^"<>]*(?:"[^"]*"[^"<>]*)*>|="')


def _shown_attributes(html: str) -> str:
    """Attributes that a text shows, in code for example, are written so that no reader takes them for real ones."""
    return TAG_OR_SHOWN.sub(lambda found: "=&quot;" if found[0] == '="' else found[0], html)


def _footnotes(html: str, words: tuple[str, str]) -> str:
    """Name the notes and their ways back, which Python-Markdown leaves to classes that the sanitizer drops."""
    head, found, notes = html.rpartition('<div>\n<hr>\n<ol>\n<li id="fn-')
    if not found:
        return html
    notes = '<ol>\n<li id="fn-' + notes
    notes = re.sub(r' title="([^"]+)">↩', r' aria-label="\1">↩', notes.removesuffix("</div>"))
    return f'{head}<section class="footnotes" aria-label="{words[0]}">\n{notes}</section>'


class _Unwanted(HTMLParser):
    """Collects elements and link schemes that the sanitizer takes out, so that nothing vanishes without a word."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def parse_html_declaration(self, i: int) -> int:
        """Skip `<!...>`; the standard parser asserts on broken ones."""
        end = self.rawdata.find(">", i)
        return end + 1 if end >= 0 else -1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.found.add(f"<{tag}>")
        for name, value in attrs:
            scheme = re.match(r"([a-z][a-z0-9+.-]*):", re.sub(r"[\x00-\x20]", "", value or "").lower())
            if name in ("href", "src") and scheme and scheme[1] not in SCHEMES:
                self.found.add(scheme[0])


def _removed(raw: str) -> tuple[str, ...]:
    if _stays_whole(raw):
        return ()
    parser = _Unwanted()
    parser.feed(raw)
    parser.close()
    return tuple(sorted(parser.found))


OPENED = re.compile(r"<(/?[^\t\n\r\f />]*)")
KNOWN = TAGS | {f"/{tag}" for tag in TAGS}
HARMLESS = re.compile(rf'(?:href|src)="(?:[#/.]|(?:{"|".join(sorted(SCHEMES))}):|[^":&]*")')


def _stays_whole(raw: str) -> bool:
    """Whether certainly nothing is taken out, told without parsing, as of nearly every text.

    Whatever follows a `<` is a tag of ours, and wherever the name of a link's attribute stands, its value follows,
    which has a known scheme or can have none.
    """
    if not KNOWN.issuperset(OPENED.findall(raw)):
        return False
    lower = raw.lower()
    return len(HARMLESS.findall(raw)) == lower.count("href") + lower.count("src")


def _refuse(text: str) -> None:
    """Refuse what Python-Markdown cannot read in reasonable time: runs, deep nests and things left open."""
    if len(text) > MAX_CHARACTERS:
        raise CannotRead("markdown-too-large", 1)
    if _is_ordinary(text):
        return
    open_marks = dict.fromkeys(CLOSED_BY.values(), 0)
    for number, line in enumerate(text.split("\n"), 1):
        if PRIVATE.search(line):
            raise CannotRead("markdown-private-character", number)
        if RUN.search(line):
            raise CannotRead("markdown-run", number)
        if len(line) - len(line.lstrip(" \t>")) > MAX_INDENT:
            raise CannotRead("markdown-too-deep", number)
        for character in MARK.findall(line):
            opened = CLOSED_BY.get(character, character)
            open_marks[opened] = max(0, open_marks[opened] + (-1 if character in CLOSED_BY else 1))
            if open_marks[opened] > MAX_OPEN:
                raise CannotRead("markdown-run", number)
    if text.count("<!") > MAX_RUN:
        raise CannotRead("markdown-run", 1)


def _is_ordinary(text: str) -> bool:
    """Whether there is certainly nothing to refuse: too few marks for a run or nest, no deep indent, no slots."""
    few = sum(map(text.count, OPENING)) <= MAX_OPEN
    return few and INDENT.search("\n" + text) is None and PRIVATE.search(text) is None


# Ids that the pages use themselves, whole ones and the beginnings of others; a test compares them with the templates.
RESERVED_IDS = ("content", "q")
RESERVED_BEGINNINGS = (
    "audience-", "chart-", "day-", "footer-", "group-", "kind-", "letter-", "name-", "part-", "reason-", "seen-",
    "table-", "title-", "to-home-", "year-",
)  # fmt: skip


def _heading_slug(value: str, separator: str) -> str:
    slug = slugs.slugify(PRIVATE.sub("", SLOT.sub("", value))) or "x"
    return f"{slug}-1" if slug in RESERVED_IDS or slug.startswith(RESERVED_BEGINNINGS) else slug


class _EmbedPattern(InlineProcessor):
    """`[[kind:key form]]`; runs after code and escapes and before links, so it works inside a link's words."""

    def __init__(self, converter: _Converter) -> None:
        super().__init__(EMBED)
        self.converter = converter

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # str is allowed
        number = self.converter.mention(Mention(f"{m[1]}:{m[2]}", m[3] or "", is_embed=True))
        return f"\ue000{number}\ue001", m.start(0), m.end(0)


class _Demote(Treeprocessor):
    """The title is the page's only h1, so a text's `#` headings become h2."""

    def run(self, root: etree.Element) -> None:
        for heading in root.iter("h1"):
            heading.tag = "h2"


class _Embeds(Extension):
    def __init__(self, converter: _Converter) -> None:
        super().__init__()
        self.converter = converter

    def extendMarkdown(self, md: markdown.Markdown) -> None:
        md.inlinePatterns.register(_EmbedPattern(self.converter), "site-embed", 175)
        md.treeprocessors.register(_Demote(md), "site-demote", 15)
        # A line that begins with a year ("2023. gada ...") is a sentence, not item 2023 of a list.
        ordered: Any = md.parser.blockprocessors["olist"]
        ordered.RE = re.compile(r"^[ ]{0,3}\d{1,3}\.[ ]+(.*)")
        ordered.CHILD_RE = re.compile(r"^[ ]{0,3}((\d{1,3}\.))[ ]+(.*)")
