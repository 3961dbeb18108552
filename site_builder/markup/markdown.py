"""Markdown to safe HTML, with numbered slots where links and facts go; knows no site.

`to_html(text)` is a pure function of its text: `renderer.py` makes the HTML, and whatever names something of the site
(`[[fact:id]]`, `facility:id`, `media:name.jpg`, `../x.lv.md`) is left as a slot that `Html.fill` replaces with trusted
HTML or an address. Slots are private-use characters, refused in the input.
"""

import html as entities
import re
from dataclasses import dataclass

SLOT = re.compile("\ue000(\\d+)\ue001")
TARGET = re.compile("\ue002(\\d+)\ue003")
PRIVATE = re.compile("[\ue000-\uf8ff]")
EMBED = r"\[\[([a-z]+):([a-z0-9][a-z0-9/-]*)(?: ([a-z-]+))?\]\]"
# What a link may name: the content types and the media.
KINDS = (
    "news", "page", "facility", "service", "operation", "fact", "partner", "member", "person", "milestone", "source",
    "term", "contact", "media",
)  # fmt: skip


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
    from site_builder.markup.renderer import render

    return render(text, words)


def renderer() -> str:
    """What makes the HTML, with the versions and the code: of equal texts, words and renderers it makes equal HTML."""
    from site_builder.markup.renderer import described

    return described()


TAG = re.compile(r"(<[^>]*>)")
# A tag within which embeds take their form without a link: whether it closes, and whether it is a link.
UNLINKED = re.compile(r"<(/?)(?:(a)|h[2-6])\b")


def _fill(text: str, embeds: dict[int, tuple[str, str]], addresses: dict[int, str]) -> str:
    """Walk the HTML tag by tag; inside links and headings embeds take their form without a link."""
    if "\ue000" not in text and "\ue002" not in text:
        return text
    out: list[str] = []
    unlinked = 0
    dropped: list[bool] = []
    for index, part in enumerate(TAG.split(text)):
        if index % 2 == 0:
            out.append(_fill_words(part, embeds, 1 if unlinked else 0))
            continue
        lost = False
        if tag := UNLINKED.match(part):
            unlinked += -1 if tag[1] else 1
            if tag[2] and not tag[1]:
                target = TARGET.search(part)
                lost = target is not None and int(target[1]) not in addresses
                dropped.append(lost)
            elif part == "</a>":
                lost = dropped.pop()
        out.append("" if lost else _fill_tag(part, embeds, addresses))
    return "".join(out)


def _fill_words(words: str, embeds: dict[int, tuple[str, str]], form: int) -> str:
    return SLOT.sub(lambda slot: embeds[int(slot[1])][form], words) if "\ue000" in words else words


def _fill_tag(tag: str, embeds: dict[int, tuple[str, str]], addresses: dict[int, str]) -> str:
    """Attributes hold addresses, and of an embed its words."""
    if "\ue002" in tag:
        tag = TARGET.sub(lambda match: addresses.get(int(match[1]), ""), tag)
    if "\ue000" in tag:
        tag = SLOT.sub(lambda slot: entities.escape(strip_tags(embeds[int(slot[1])][1])), tag)
    return tag


# What stays in the words of a page when a mark was left unfinished: [[x]], [fact:x], ](page:x, [^1], {#x
LEFTOVER = re.compile(
    r"\[\[|\]\]|\[(?:" + "|".join(KINDS) + r"):|\]\s?\((?:" + "|".join(KINDS) + r"|https?):?|\[\^[^\]\s]+\]|\{[#:]"
)
CODE = re.compile(r"<(code|pre)\b.*?</\1>", re.DOTALL)
# Without one of these there is none of those: a bracket, a brace, or a character reference that may be one.
BRACKET = re.compile(r"[\[\]{]|&(?!(?:amp|lt|gt|quot|nbsp|#x27);)")


def leftover(html: str, source: str) -> str:
    """A mark of ours or of Markdown that was meant and not understood; empty when all were.

    Marks in code, and those that the source escapes with a backslash, are meant to be seen.
    """
    if BRACKET.search(html) is None:
        return ""
    found = LEFTOVER.search(strip_tags(CODE.sub("", html)))
    return "" if found is None or f"\\{found[0][0]}" in source else found[0]


INLINE_TAG = re.compile(r"</?(?:a|abbr|b|cite|code|del|em|i|ins|kbd|mark|q|s|small|span|strong|sub|sup)\b[^>]*>")
OTHER_TAG = re.compile(r"<[^>]+>")


def strip_tags(html: str) -> str:
    """The words of a piece of HTML, on one line."""
    if "<" in html:
        html = OTHER_TAG.sub(" ", INLINE_TAG.sub("", html))
    words = entities.unescape(html).replace("\n", " ").replace("\t", " ")
    while "  " in words:  # a few turns, each of them many times faster than a pattern
        words = words.replace("  ", " ")
    return words.strip()
