"""The easy-to-read page: its text in parts, each with a pictogram, and every sentence on a line of its own."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from markupsafe import Markup, escape

from site_builder.config import EASY_TO_READ
from site_builder.markup.sentences import BLOT, sentences
from site_builder.outputs.assets import Assets
from site_builder.outputs.frame import Frame, Link, framed
from site_builder.outputs.planned_file import FromTemplate, PlannedFile
from site_builder.outputs.standing import StandingText, page_entry, plan_standing, standing_page, standing_text
from site_builder.site import Site

HEADING = re.compile(r'<h([23]) id="([^"]+)">(.*?)</h\1>', re.DOTALL)
PARAGRAPH = re.compile(r"(?<=<p>)(.*?)(?=</p>)", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
OPENED = re.compile(r"<(?!/|(?:br|img)\b)")


class EasyPart(NamedTuple):
    """A heading with what stands under it. Its id names a pictogram or a service, whose pictogram it gets."""

    id: str
    level: int
    heading: Markup
    html: Markup
    pictogram: str = ""


class EasyView(NamedTuple):
    """The easy-to-read page."""

    frame: Frame
    text: StandingText
    lead: Markup
    introduction: Markup
    parts: tuple[EasyPart, ...] = ()
    contents: tuple[Link, ...] = ()


def plan(site: Site, assets: Assets) -> Iterator[PlannedFile]:
    """The page in every language that has it."""
    yield from plan_standing(site, EASY_TO_READ, _easy)


def _easy(site: Site, assets: Assets, language: str) -> FromTemplate:
    entry = page_entry(site, EASY_TO_READ)
    signs = {name: name for name in assets.pictograms}
    signs |= {one.key: one.fields.pictogram for one in site.all("service") if one.fields.pictogram}
    words = standing_text(site, entry, language)
    introduction, parts = easy_parts(words.body, signs)

    def view(frame: Frame) -> EasyView:
        return EasyView(frame, words, easy_lead(words.summary), introduction, parts, words.contents)

    return framed(site, assets, standing_page(site, entry, language), "easy-to-read", view)


def easy_parts(body: str, signs: Mapping[str, str]) -> tuple[Markup, tuple[EasyPart, ...]]:
    """What stands before the first heading, and the parts; `signs` gives the pictogram of a part by its id."""
    introduction, *pieces = HEADING.split(sentence_a_line(body))
    parts = tuple(
        # Safe: pieces of a text that markup/markdown.py sanitized.
        EasyPart(id_, int(level), Markup(heading), Markup(html), signs.get(id_, ""))  # noqa: S704
        for level, id_, heading, html in zip(pieces[::4], pieces[1::4], pieces[2::4], pieces[3::4], strict=True)
    )
    return Markup(introduction), parts  # noqa: S704  # as above


def easy_lead(summary: str) -> Markup:
    """The summary, a sentence a line."""
    return Markup(_spans(str(escape(summary))))  # noqa: S704  # escaped here


def sentence_a_line(html: str) -> str:
    """Put every sentence of a paragraph into a span of its own (Inclusion Europe: each sentence on a new line)."""
    return PARAGRAPH.sub(lambda found: _spans(found[0]), html)


def _spans(paragraph: str) -> str:
    """Split between sentences only where no element is open, so that the spans nest."""
    pieces, start = [], 0
    for _, end in sentences(TAG.sub(lambda tag: BLOT * len(tag[0]), paragraph)):
        piece = paragraph[start:end].strip(" \t\n")
        if len(OPENED.findall(piece)) == piece.count("</"):
            pieces.append(piece)
            start = end
    return " ".join(f'<span class="sentence">{piece}</span>' for piece in pieces)
