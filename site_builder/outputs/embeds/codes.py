"""The codes that other sites paste, by way of embedding. tests/embeds/ keeps every one that was ever told here."""

from collections.abc import Mapping

from markupsafe import escape

from site_builder.outputs.embeds.heights import LEAST
from site_builder.outputs.embeds.piece_addresses import HOST_SCRIPT, piece_address
from site_builder.outputs.embeds.pieces import NEWS_LIST, USUAL, Spot, content_of, piece_height
from site_builder.site import Site

# Each code is one line and one block, since WordPress makes `<br>` of line breaks and themes place blocks alone. Where
# somebody may not paste frames, the link beside it stays.
FRAME = (
    '<iframe src="{piece}" title="{title}" width="100%" height="{height}" frameborder="0" loading="lazy"'
    ' referrerpolicy="no-referrer" data-project-embed></iframe><p><a href="{page}">{title}</a> – {site}</p>'
)
SCRIPT = '<script src="{script}" async></script>'
# From the safest to the richest.
WAYS: Mapping[str, str] = {
    "link": '<blockquote><p><a href="{page}">{title}</a></p><p>{site}</p></blockquote>',
    "frame": f"<div>{FRAME}</div>",
    "script": f"<div>{FRAME}{SCRIPT}</div>",
    "address": "{page}",
    "element": (
        '<div><project-news lang="{language}" count="{count}"{filter}><a href="{page}">{title}</a></project-news>'
        f"{SCRIPT}</div>"
    ),
}


def values_of(site: Site, spot: Spot) -> dict[str, str]:
    """What stands in the blanks of the codes of a piece."""
    kind, _, key = spot.label.partition(":")
    return {
        "page": site.absolute(spot.page),
        "piece": site.absolute(piece_address(spot.address)),
        "title": content_of(site, spot).heading,
        "site": site.localized(site.config.name, spot.language),
        "script": site.absolute(HOST_SCRIPT),
        "height": str(max(LEAST, piece_height(site, spot))),
        "language": spot.language,
        "count": str(USUAL),
        "filter": f' {kind}="{key}"' if kind else "",
    }


def ways_for(spot: Spot) -> tuple[str, ...]:
    """The ways that a piece can go: only pages answer WordPress, only lists of news fill an element."""
    without = {"address": not spot.answer, "element": spot.kind != NEWS_LIST}
    return tuple(way for way in WAYS if not without.get(way))


def code_of(way: str, values: Mapping[str, str]) -> str:
    """The code of a piece; `filter` is ready, everything else is text."""
    safe = {name: value if name == "filter" else str(escape(value)) for name, value in values.items()}
    return WAYS[way].format(**safe)
