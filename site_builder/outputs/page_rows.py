"""What site maps and social cards know of every page once it is made, kept with it from build to build."""

from typing import Any, NamedTuple

from site_builder.outputs.cards import Card, CardWords
from site_builder.outputs.frame import Frame


class PageRow(NamedTuple):
    """A page as site maps name it, and the card that it shows.

    `href` has the base path, `depth` is the number of its breadcrumbs, `above` the first of them after home; `changed`
    is an ISO date or empty; `alternates` are its languages with their URLs.
    """

    language: str
    href: str
    depth: int
    above: str
    heading: str
    canonical: str
    changed: str
    alternates: tuple[tuple[str, str], ...]
    card: tuple[str, CardWords] | None


def page_row(view: Any) -> PageRow | None:
    """The row of a page from its view; None for what is no page of the site."""
    frame = getattr(view, "frame", None)
    if isinstance(frame, Frame):
        same = [(one.language, one.url) for one in frame.alternates if one.same_page]
        return PageRow(
            language=frame.language,
            href=frame.trail[-1].href if frame.trail else frame.home,
            depth=len(frame.trail),
            above=frame.trail[1].href if len(frame.trail) > 1 else "",
            heading=frame.heading,
            canonical=frame.canonical,
            changed=frame.updated.iso if frame.updated else "",
            alternates=(*same, *((("x-default", frame.x_default),) if frame.x_default else ())),
            card=(frame.card.key, frame.card.words),
        )
    card = getattr(view, "card", None)
    return PageRow("", "", 0, "", "", "", "", (), (card.key, card.words)) if isinstance(card, Card) else None
