"""Plain links with which a reader passes a page on: no script of others, nothing sent before the reader follows one."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from site_builder.i18n.words import Words


@dataclass(frozen=True, slots=True)
class ShareLink:
    """A way to pass a page on: its name, which says where the link leads."""

    name: str
    href: str
    pictogram: str


def share_links(words: Words, title: str, url: str) -> tuple[ShareLink, ...]:
    """E-mail (RFC 6068) and the services that people in Latvia use, each by its documented share address."""
    letter = urlencode({"subject": title, "body": f"{title}\r\n{url}"}, quote_via=quote)
    draugiem = urlencode({"title": title, "link": url})
    return (
        ShareLink(words("share.email"), f"mailto:?{letter}", "post"),
        ShareLink("WhatsApp", f"https://wa.me/?{urlencode({'text': f'{title} {url}'})}", "share"),
        ShareLink("Facebook", f"https://www.facebook.com/sharer/sharer.php?{urlencode({'u': url})}", "share"),
        ShareLink("Draugiem.lv", f"https://www.draugiem.lv/say/ext/add.php?{draugiem}", "share"),
    )
