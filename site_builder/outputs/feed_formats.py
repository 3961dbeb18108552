"""A feed's view as RSS 2.0 (rssboard.org), Atom (RFC 4287) and JSON Feed 1.1 (jsonfeed.org): the same in each."""

import datetime
import json
import re
from collections.abc import Callable, Iterable, Iterator
from html import escape
from typing import Any, NamedTuple

from site_builder.outputs.lasting import as_json

# What XML 1.0 (2.2) cannot hold.
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

A_SECOND = datetime.timedelta(seconds=1)


class Enclosure(NamedTuple):
    """A picture that belongs to an item, with its type and size in bytes."""

    url: str
    type: str
    size: int


class FeedItem(NamedTuple):
    """A news item in a feed; `id` comes from its key and never changes. `html` is safe, with whole addresses."""

    id: str
    url: str
    title: str
    summary: str
    html: str
    published: datetime.date
    updated: datetime.date
    category: str
    category_name: str
    picture: Enclosure | None


class FeedView(NamedTuple):
    """A feed: `folder` is where its files stand, `home` the page with its news, `updated` a day of its content."""

    id: str
    language: str
    title: str
    description: str
    home: str
    folder: str
    icon: str
    author: str
    author_url: str
    licence: str
    updated: datetime.date
    items: tuple[FeedItem, ...]


def noon(day: datetime.date) -> datetime.datetime:
    """A day as the moment that feeds want; noon UTC is the same day in every European zone."""
    return datetime.datetime.combine(day, datetime.time(12), datetime.UTC)


def with_moments(items: Iterable[FeedItem]) -> Iterator[tuple[FeedItem, datetime.datetime]]:
    """Each item with its published moment: noon of its day, or a second before that of the item above on the same day.

    WordPress sorts items by it and shuffles those that have the same (its SimplePie, `sort_items`).
    """
    above: datetime.datetime | None = None
    for item in items:
        own = noon(item.published)
        above = own if above is None else min(own, above - A_SECOND)
        yield item, above


def rfc3339(moment: datetime.datetime) -> str:
    """A moment as Atom and JSON Feed write it: 2026-11-22T12:00:00Z."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def rfc822(moment: datetime.datetime) -> str:
    """A moment as RSS writes it: Sun, 22 Nov 2026 12:00:00 GMT."""
    from email.utils import format_datetime

    return format_datetime(moment, usegmt=True)


def element(name: str, text: str = "", **attributes: str) -> str:
    """An XML element with a text, in one line; an empty one is closed at once."""
    given = "".join(f' {key}="{xml_text(value)}"' for key, value in attributes.items())
    return f"<{name}{given}>{xml_text(text)}</{name}>" if text else f"<{name}{given}/>"


def xml_text(text: str) -> str:
    """A text as XML holds it, in an element or between double quotes, without what XML cannot hold."""
    return escape(NOT_XML.sub("", text))


def _written(lines: Iterator[str]) -> bytes:
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + "\n".join(lines) + "\n").encode("utf-8")


# Atom ----------------------------------------------------------------------------------------------------------


def atom_feed(view: FeedView) -> bytes:
    """Write a feed as Atom."""
    return _written(_atom_lines(view))


def _atom_lines(view: FeedView) -> Iterator[str]:
    yield f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{xml_text(view.language)}">'
    yield element("id", view.id)
    yield element("title", view.title)
    yield element("subtitle", view.description)
    yield element("updated", rfc3339(noon(view.updated)))
    yield element("rights", view.licence)
    yield element("icon", view.icon)
    url = element("uri", view.author_url) if view.author_url else ""
    yield f"<author>{element('name', view.author)}{url}</author>"
    yield element("link", rel="self", type=ATOM.type, href=view.folder + ATOM.file)
    yield element("link", rel="alternate", type="text/html", hreflang=view.language, href=view.home)
    for item, moment in with_moments(view.items):
        yield "<entry>"
        yield element("id", item.id)
        yield element("title", item.title)
        yield element("published", rfc3339(moment))
        yield element("updated", rfc3339(noon(item.updated)))
        yield element("link", rel="alternate", type="text/html", hreflang=view.language, href=item.url)
        if item.picture:
            picture = item.picture
            yield element("link", rel="enclosure", type=picture.type, length=str(picture.size), href=picture.url)
        yield element("category", term=item.category, label=item.category_name)
        yield element("summary", item.summary)
        yield element("content", item.html, type="html")
        yield "</entry>"
    yield "</feed>"


# RSS -----------------------------------------------------------------------------------------------------------


def rss_feed(view: FeedView) -> bytes:
    """Write a feed as RSS 2.0 with the elements that the RSS Advisory Board's profile recommends beside its own."""
    return _written(_rss_lines(view))


def _rss_lines(view: FeedView) -> Iterator[str]:
    yield (
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/">'
    )
    yield "<channel>"
    yield element("title", view.title)
    yield element("link", view.home)
    yield element("description", view.description)
    yield element("language", view.language)
    yield element("copyright", view.licence)
    yield element("lastBuildDate", rfc822(noon(view.updated)))
    yield element("docs", "https://www.rssboard.org/rss-specification")
    yield element("atom:link", rel="self", type=RSS.type, href=view.folder + RSS.file)
    for item, moment in with_moments(view.items):
        yield "<item>"
        yield element("title", item.title)
        yield element("link", item.url)
        yield element("guid", item.id, isPermaLink="false")
        yield element("pubDate", rfc822(moment))
        yield element("atom:updated", rfc3339(noon(item.updated)))
        yield element("category", item.category_name)
        # A description is HTML (RSS 2.0, “entity-encoded HTML”), and a summary is plain words.
        yield element("description", escape(item.summary, quote=False))
        yield element("content:encoded", item.html)
        if item.picture:
            yield element("enclosure", url=item.picture.url, length=str(item.picture.size), type=item.picture.type)
        yield "</item>"
    yield "</channel>"
    yield "</rss>"


# JSON Feed -----------------------------------------------------------------------------------------------------


def json_feed(view: FeedView) -> bytes:
    """Write a feed as JSON Feed 1.1."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": view.title,
        "description": view.description,
        "home_page_url": view.home,
        "feed_url": view.folder + JSON.file,
        "icon": view.icon,
        "language": view.language,
        "authors": [{"name": view.author, **({"url": view.author_url} if view.author_url else {})}],
        "items": [_json_item(item, moment, view.language) for item, moment in with_moments(view.items)],
    }
    return as_json(feed)


def _json_item(item: FeedItem, moment: datetime.datetime, language: str) -> dict[str, Any]:
    return {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "summary": item.summary,
        "content_html": item.html,
        **({"image": item.picture.url} if item.picture else {}),
        "date_published": rfc3339(moment),
        "date_modified": rfc3339(noon(item.updated)),
        "tags": [item.category_name],
        "language": language,
    }


class Format(NamedTuple):
    """A format of feeds: its name in every language, its file, its media type, and what writes it."""

    name: str
    file: str
    type: str
    write: Callable[[FeedView], bytes]


RSS = Format("RSS", "rss.xml", "application/rss+xml", rss_feed)
ATOM = Format("Atom", "feed.xml", "application/atom+xml", atom_feed)
JSON = Format("JSON Feed", "feed.json", "application/feed+json", json_feed)
# In the order in which pages name them: first what most programs read.
FORMATS = (RSS, ATOM, JSON)


def written(view: FeedView, name: str) -> bytes:
    """A feed in the format of a name."""
    return next(form.write(view) for form in FORMATS if form.name == name)


# Size ----------------------------------------------------------------------------------------------------------


def with_full_text(items: tuple[FeedItem, ...], limit: int) -> int:
    """How many of the items, the newest of which come first, keep their text in a feed of at most `limit` bytes of it.

    A text counts as what it weighs in the format that makes most of it. From the first that does not fit, none is kept,
    so that a reader never finds a short item between two full ones.
    """
    left = limit
    for number, item in enumerate(items):
        left -= weight(item.html)
        if left < 0:
            return number
    return len(items)


def weight(text: str) -> int:
    """The bytes of a text in XML or in JSON, whichever are more."""
    return max(len(xml_text(text).encode()), len(json.dumps(text, ensure_ascii=False).encode()))
