"""Markdown to safe HTML, with numbered slots where links and facts go; knows no site.

`to_html(text)` is a pure function of its text: Python-Markdown makes the HTML, nh3 sanitizes it, and whatever names
something of the site (`[[fact:id]]`, `facility:id`, `media:name.jpg`, `../x.lv.md`) is left as a slot that
`Html.fill` replaces with trusted HTML or an address. Slots are private-use characters, refused in the input.
"""

import html as entities
import re
import xml.etree.ElementTree as etree
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

import markdown
import nh3
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.toc import TocExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from site_builder.i18n.slugs import slugify

SLOT = re.compile("\ue000(\\d+)\ue001")
TARGET = re.compile("\ue002(\\d+)\ue003")
PRIVATE = re.compile("[\ue000-\uf8ff]")
EMBED = r"\[\[([a-z]+):([a-z0-9][a-z0-9/-]*)(?: ([a-z-]+))?\]\]"
# What a link may name: the content types and the media.
KINDS = (
    "news", "page", "facility", "service", "operation", "fact", "partner", "member", "person", "milestone", "source",
    "term", "contact", "media",
)  # fmt: skip

MAX_CHARACTERS = 60_000
MAX_RUN = 60
MAX_INDENT = 80
MAX_OPEN = 59
CLOSED_BY = {"]": "[", ")": "(", ">": "<"}
MARK = re.compile(r"[\[\]()<>]")
RUN = re.compile(rf"([\[<(*_`!]\s?){{{MAX_RUN},}}")

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


class CannotRead(Exception):
    """The text would take Python-Markdown too long or too deep (its issues #798 and #1619); `phrase` says why."""

    def __init__(self, phrase: str, line: int) -> None:
        super().__init__(phrase)
        self.phrase = phrase
        self.line = line


@dataclass(frozen=True, slots=True)
class Mention:
    """Something the text names: an embed `[[kind:key form]]`, or a link or picture with its target."""

    target: str
    form: str = ""
    is_embed: bool = False
    is_picture: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the text, for a list of contents."""

    level: int
    id: str
    html: str


@dataclass(frozen=True, slots=True)
class Html:
    """Sanitized HTML with slots, the mentions that fill them by number, the headings, and what was taken out."""

    text: str
    mentions: tuple[Mention, ...]
    headings: tuple[Heading, ...]
    removed: tuple[str, ...] = ()

    @property
    def dead_anchors(self) -> set[str]:
        """Links to a place in the same text that is not there."""
        return set(re.findall(r'href="#([^"]+)"', self.text)) - set(re.findall(r' id="([^"]+)"', self.text))

    def fill(self, embeds: dict[int, tuple[str, str]], addresses: dict[int, str]) -> str:
        """Put trusted HTML into the slots of embeds and addresses into those of links.

        An embed has two forms: with a link, and without one for places inside links and headings. A link without
        an address loses its tag and keeps its words.
        """
        return _fill(self.text, embeds, addresses)


def to_html(text: str, words: tuple[str, str] = ("Footnotes", "Back to the text")) -> Html:
    """Make HTML from Markdown. `words` are the footnotes' heading and the label of the way back.

    Raises CannotRead for text that is too large or nested too deep.
    """
    _refuse(text)
    mentions: list[Mention] = []
    converter = markdown.Markdown(
        extensions=[
            "tables", "def_list", "attr_list", "sane_lists",
            FootnoteExtension(BACKLINK_TITLE=words[1] + " {}", SEPARATOR="-", USE_DEFINITION_ORDER=False),
            TocExtension(slugify=_heading_slug, permalink=False, toc_depth="2-4"),
            _Embeds(mentions),
        ],
        output_format="html",
    )  # fmt: skip
    try:
        raw = converter.convert(text)
    except RecursionError as error:
        raise CannotRead("markdown-too-deep", 1) from error
    clean = _footnotes(_sanitize(raw, mentions), words)
    headings = tuple(Heading(int(level), id_, inner) for level, id_, inner in HEADING.findall(clean))
    return Html(clean, tuple(mentions), headings, _removed(raw))


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
    parser = _Unwanted()
    parser.feed(raw)
    parser.close()
    return tuple(sorted(parser.found))


HEADING = re.compile(r'<h([2-6]) id="([^"]+)">(.*?)</h\1>', re.DOTALL)


def _refuse(text: str) -> None:
    """Refuse what Python-Markdown cannot read in reasonable time: runs, deep nests and things left open."""
    if len(text) > MAX_CHARACTERS:
        raise CannotRead("markdown-too-large", 1)
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


# Ids that the pages use themselves, whole ones and the beginnings of others; a test compares them with the templates.
RESERVED_IDS = ("content", "q")
RESERVED_BEGINNINGS = (
    "audience-", "chart-", "footer-", "group-", "kind-", "letter-", "name-", "part-", "reason-", "seen-", "table-",
    "title-", "to-home-", "year-",
)  # fmt: skip


def _heading_slug(value: str, separator: str) -> str:
    slug = slugify(PRIVATE.sub("", SLOT.sub("", value))) or "x"
    return f"{slug}-1" if slug in RESERVED_IDS or slug.startswith(RESERVED_BEGINNINGS) else slug


class _EmbedPattern(InlineProcessor):
    """`[[kind:key form]]`; runs after code and escapes and before links, so it works inside a link's words."""

    def __init__(self, mentions: list[Mention]) -> None:
        super().__init__(EMBED)
        self.mentions = mentions

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # str is allowed
        self.mentions.append(Mention(f"{m[1]}:{m[2]}", m[3] or "", is_embed=True))
        return f"\ue000{len(self.mentions) - 1}\ue001", m.start(0), m.end(0)


class _Demote(Treeprocessor):
    """The title is the page's only h1, so a text's `#` headings become h2."""

    def run(self, root: etree.Element) -> None:
        for heading in root.iter("h1"):
            heading.tag = "h2"


class _Embeds(Extension):
    def __init__(self, mentions: list[Mention]) -> None:
        super().__init__()
        self.mentions = mentions

    def extendMarkdown(self, md: markdown.Markdown) -> None:
        md.inlinePatterns.register(_EmbedPattern(self.mentions), "site-embed", 175)
        md.treeprocessors.register(_Demote(md), "site-demote", 15)
        # A line that begins with a year ("2023. gada ...") is a sentence, not item 2023 of a list.
        ordered: Any = md.parser.blockprocessors["olist"]
        ordered.RE = re.compile(r"^[ ]{0,3}\d{1,3}\.[ ]+(.*)")
        ordered.CHILD_RE = re.compile(r"^[ ]{0,3}((\d{1,3}\.))[ ]+(.*)")


def _sanitize(raw: str, mentions: list[Mention]) -> str:
    def rewrite(tag: str, attribute: str, value: str) -> str | None:
        if attribute == "style":
            return value if re.fullmatch(r"text-align: (left|center|right);", value) else None
        if (tag, attribute) not in LINK_ATTRIBUTES or value.startswith(("#", "mailto:", "tel:")):
            return value
        if re.match(r"https?://", value) and tag == "a":
            return value
        mentions.append(Mention(value, is_picture=tag == "img"))
        return f"\ue002{len(mentions) - 1}\ue003"

    clean = nh3.clean(
        raw,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=rewrite,
        url_schemes=SCHEMES,
        link_rel=None,
    )
    return re.sub(r' style="text-align: (left|center|right);"', r' class="align-\1"', clean)


def _fill(text: str, embeds: dict[int, tuple[str, str]], addresses: dict[int, str]) -> str:
    """Walk the HTML tag by tag; inside links and headings embeds take their form without a link."""
    out: list[str] = []
    unlinked = 0
    dropped: list[bool] = []
    for index, part in enumerate(re.split(r"(<[^>]*>)", text)):
        if index % 2 == 0:
            form = 1 if unlinked else 0
            out.append(SLOT.sub(lambda slot, form=form: embeds[int(slot[1])][form], part))
            continue
        tag = _fill_tag(part, embeds, addresses)
        if UNLINKED.match(part):
            unlinked += -1 if part.startswith("</") else 1
        is_link = LINK_TAG.match(part) is not None
        if is_link:
            target = TARGET.search(part)
            dropped.append(target is not None and int(target[1]) not in addresses)
        lost = (is_link and dropped[-1]) or (part == "</a>" and dropped.pop())
        out.append("" if lost else tag)
    return "".join(out)


def _fill_tag(tag: str, embeds: dict[int, tuple[str, str]], addresses: dict[int, str]) -> str:
    """Attributes hold addresses, and of an embed its words."""
    filled = TARGET.sub(lambda match: addresses.get(int(match[1]), ""), tag)
    return SLOT.sub(lambda slot: entities.escape(strip_tags(embeds[int(slot[1])][1])), filled)


LINK_TAG = re.compile(r"<a\b")
UNLINKED = re.compile(r"</?(?:a|h[2-6])\b")
INLINE_TAG = re.compile(r"</?(?:a|abbr|b|cite|code|del|em|i|ins|kbd|mark|q|s|small|span|strong|sub|sup)\b[^>]*>")


# What stays in the words of a page when a mark was left unfinished: [[x]], [fact:x], ](page:x, [^1], {#x
LEFTOVER = re.compile(
    r"\[\[|\]\]|\[(?:" + "|".join(KINDS) + r"):|\]\s?\((?:" + "|".join(KINDS) + r"|https?):?|\[\^[^\]\s]+\]|\{[#:]"
)


def leftover(html: str, source: str) -> str:
    """A mark of ours or of Markdown that was meant and not understood; empty when all were.

    Marks in code, and those that the source escapes with a backslash, are meant to be seen.
    """
    shown = strip_tags(re.sub(r"<(code|pre)\b.*?</\1>", "", html, flags=re.DOTALL))
    found = LEFTOVER.search(shown)
    return "" if found is None or f"\\{found[0][0]}" in source else found[0]


def strip_tags(html: str) -> str:
    """The words of a piece of HTML, on one line."""
    return re.sub(r"[ \t\n]+", " ", entities.unescape(re.sub(r"<[^>]+>", " ", INLINE_TAG.sub("", html)))).strip()
