"""Addresses in sanitized HTML made whole, for readers that know no page: feeds, mail, other sites."""

import re
from html import escape, unescape
from urllib.parse import urljoin

# The sanitizer writes every value between double quotes, quotes in a value and `<` in a text as references.
TAG = re.compile(r'<[a-z][^"<>]*(?:"[^"]*"[^"<>]*)*>', re.IGNORECASE)
ATTRIBUTE = re.compile(r'([^\s"=<>]+)="([^"]*)"')
ADDRESSES = frozenset({"href", "src", "poster"})
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
# A picture of a `srcset` and what follows its address: its width or density, a comma (HTML 4.8.4.2.1).
CANDIDATE = re.compile(r"(\S+?)(,+(?=\s|$)|\s[^,]*(?:,|$)|$)")


def absolute(html: str, page: str) -> str:
    """Sanitized HTML with every address as a whole URL, as it is meant on `page`; nothing else is changed."""
    root = urljoin(page, "/").removesuffix("/")

    def whole(address: str) -> str:
        if address.startswith("#"):
            return page + address
        if address.startswith("/") and not address.startswith("//"):
            return root + address
        return address if SCHEME.match(address) else urljoin(page, address)

    def of_tag(tag: re.Match[str]) -> str:
        return ATTRIBUTE.sub(of_attribute, tag[0]) if '="' in tag[0] else tag[0]

    def of_attribute(found: re.Match[str]) -> str:
        name = found[1].lower()
        if name in ADDRESSES:
            return f'{found[1]}="{escape(whole(unescape(found[2])))}"'
        if name == "srcset":
            listed = CANDIDATE.sub(lambda one: whole(one[1]) + one[2], unescape(found[2]))
            return f'{found[1]}="{escape(listed)}"'
        return found[0]

    return TAG.sub(of_tag, html)
