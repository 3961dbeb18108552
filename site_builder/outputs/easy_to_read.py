"""The easy-to-read page: its text in parts, each with a pictogram, and every sentence on a line of its own."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from site_builder.config import EASY_TO_READ
from site_builder.outputs.assets import Assets
from site_builder.outputs.frame import Frame, Link, plan_page
from site_builder.outputs.planned_file import PlannedFile
from site_builder.outputs.standing import StandingText, page_entry, standing_page, standing_text
from site_builder.site import Site

HEADING = re.compile(r'<h([23]) id="([^"]+)">(.*?)</h\1>', re.DOTALL)
PARAGRAPH = re.compile(r"(?<=<p>)(.*?)(?=</p>)", re.DOTALL)
# A sentence ends here when what follows begins with a capital letter or an opening quotation mark.
SENTENCE_END = re.compile(r"(?:(?<=[.!?])|(?<=[.!?]”))\s+(?=[“‘]?[^\W\d_a-zāčēģīķļņšūž]|$)")


@dataclass(frozen=True, slots=True)
class EasyPart:
    """A heading with what stands under it. Its id names a pictogram or a service, whose pictogram it gets."""

    id: str
    level: int
    heading: Markup
    html: Markup = field(repr=False)
    pictogram: str = ""


@dataclass(frozen=True, slots=True)
class EasyView:
    """The easy-to-read page."""

    frame: Frame
    text: StandingText
    lead: Markup
    introduction: Markup = field(repr=False)
    parts: tuple[EasyPart, ...] = ()
    contents: tuple[Link, ...] = ()


def plan(site: Site, assets: Assets, planned: tuple[PlannedFile, ...]) -> Iterator[PlannedFile]:
    """The page in every language that has it."""
    entry = page_entry(site, EASY_TO_READ)
    signs = {name: name for name in assets.pictograms}
    signs |= {one.key: one.fields.pictogram for one in site.all("service") if one.fields.pictogram}
    for text in entry.texts:
        words = standing_text(site, entry, text.language)
        introduction, parts = easy_parts(words.body, signs)

        def view(
            frame: Frame,
            words: StandingText = words,
            introduction: Markup = introduction,
            parts: tuple[EasyPart, ...] = parts,
        ) -> EasyView:
            return EasyView(frame, words, easy_lead(words.summary), introduction, parts, words.contents)

        page = standing_page(site, entry, text.language)
        yield plan_page(site, assets, page, "pages/easy-to-read.html", view)


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
    """Split between tags only where no element is open, so that the spans nest."""
    pieces, depth = [""], 0
    for part in re.split(r"(<[^>]*>)", paragraph):
        if part.startswith("<"):
            depth += -1 if part.startswith("</") else 0 if re.match(r"<(?:br|img)\b", part) else 1
            pieces[-1] += part
        elif depth:
            pieces[-1] += part
        else:
            first, *others = SENTENCE_END.sub("\n\n", part).split("\n\n")
            pieces[-1] += first
            pieces += others
    return " ".join(f'<span class="sentence">{piece}</span>' for piece in pieces)
