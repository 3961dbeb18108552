"""Plain links with which a reader passes a page on: no script of others, nothing sent before the reader follows one."""

from typing import NamedTuple
from urllib.parse import quote, urlencode

from site_builder.i18n.formats import NBSP
from site_builder.i18n.words import Words


class ShareLink(NamedTuple):
    """A way to pass a page on: its name, which says where the link leads."""

    name: str
    href: str
    pictogram: str


def share_links(words: Words, title: str, url: str) -> tuple[ShareLink, ...]:
    """E-mail (RFC 6068) and the services that people in Latvia use, each by its documented share address."""
    title = title.replace(NBSP, " ")
    facebook, draugiem = "https://www.facebook.com/sharer/sharer.php", "https://www.draugiem.lv/say/ext/add.php"
    return (
        ShareLink(words("share.email"), _asked("mailto:", subject=title, body=f"{title}\r\n{url}"), "post"),
        ShareLink("WhatsApp", _asked("https://wa.me/", text=f"{title} {url}"), "share"),
        ShareLink("Facebook", _asked(facebook, u=url), "share"),
        ShareLink("Draugiem.lv", _asked(draugiem, title=title, link=url), "share"),
    )


def _asked(address: str, **query: str) -> str:
    """An address with its query, a space as %20: a plus sign stays a plus sign in a letter (RFC 6068 section 5)."""
    return f"{address}?{urlencode(query, quote_via=quote)}"
