"""oEmbed answers (oembed.com 1.0, type rich): one static file a page, which WordPress and others ask for.

WordPress keeps of `html` a blockquote that is its very first thing and one empty iframe, of the blockquote only links
and text, and stores both for ever with the post: so the words are such as do not grow old.
"""

from typing import Any

from markupsafe import escape

from site_builder.outputs.assets import Assets
from site_builder.outputs.embeds.heights import MOST
from site_builder.outputs.embeds.piece_addresses import piece_address
from site_builder.outputs.embeds.pieces import Content, Spot, content_of, piece_height
from site_builder.outputs.lasting import as_json
from site_builder.site import Site

# A static file cannot follow the asker's `maxwidth`: the width suits any column, and the frame has that of its own.
WIDTH = 600
A_DAY = 86_400


def make_answer(site: Site, assets: Assets, spot: Spot) -> bytes:
    """The answer for a page with a piece."""
    return as_json(_answer(site, spot))


def _answer(site: Site, spot: Spot) -> dict[str, Any]:
    content, height = content_of(site, spot), min(MOST, piece_height(site, spot))
    publisher, language = site.config.publisher, spot.language
    author = {"author_name": site.localized(publisher.name, language), "author_url": publisher.url} if publisher else {}
    return {
        "version": "1.0",
        "type": "rich",
        "title": content.heading,
        **author,
        "provider_name": site.localized(site.config.name, language),
        "provider_url": site.absolute(site.addresses.home(language)),
        "cache_age": A_DAY,
        "width": WIDTH,
        "height": height,
        "html": _html(site, spot, content, height),
    }


def _html(site: Site, spot: Spot, content: Content, height: int) -> str:
    """One line, since WordPress deletes line breaks; every `>` in an attribute is escaped, since it looks for one."""
    name = escape(site.localized(site.config.name, spot.language))
    link = f'<a href="{escape(site.absolute(spot.page))}">{escape(content.said)}</a>'
    return (
        f"<blockquote>{link} – {name}</blockquote>"
        f'<iframe title="{escape(content.heading)}" src="{escape(site.absolute(piece_address(spot.address)))}"'
        f' width="100%" height="{height}" frameborder="0" marginwidth="0" marginheight="0" scrolling="no"></iframe>'
    )
