"""Atom (RFC 4287) and JSON Feed 1.1 of the news, one of each a language, with full texts and absolute addresses."""

import datetime
import json
import re
import uuid
import xml.etree.ElementTree as etree
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from site_builder.content_types import Entry
from site_builder.content_types.news import last_change, published_day
from site_builder.outputs.assets import Assets
from site_builder.outputs.planned_file import PlannedFile
from site_builder.outputs.views import category_link
from site_builder.site import Site

ATOM = "http://www.w3.org/2005/Atom"
NEWEST = 50


class FeedItem(NamedTuple):
    """A news item in a feed; `id` comes from its key and never changes."""

    id: str
    url: str
    title: str
    summary: str
    html: str
    published: str
    updated: str
    category: str


class FeedView(NamedTuple):
    """The newest items of a language."""

    id: str
    language: str
    title: str
    description: str
    home: str
    atom: str
    json_feed: str
    icon: str
    author: str
    licence: str
    items: tuple[FeedItem, ...]


def plan(site: Site, assets: Assets) -> Iterator[PlannedFile]:
    """Two feeds a language."""
    for language in site.config.codes:
        rows = sorted(site.news(language), key=lambda row: (row.published, row.day), reverse=True)
        newest = tuple(row.key for row in rows[:NEWEST])
        yield PlannedFile(f"{language}/feed.xml", _atom, (language, newest))
        yield PlannedFile(f"{language}/feed.json", _json, (language, newest))


def _atom(site: Site, assets: Assets, language: str, newest: tuple[str, ...]) -> bytes:
    return atom_feed(_view(site, assets, language, newest))


def _json(site: Site, assets: Assets, language: str, newest: tuple[str, ...]) -> bytes:
    return json_feed(_view(site, assets, language, newest))


def _view(site: Site, assets: Assets, language: str, newest: tuple[str, ...]) -> FeedView:
    """Both feeds say the same."""
    return site.once(("feed", language, newest), partial(_make_view, site, assets, language, newest))


def _make_view(site: Site, assets: Assets, language: str, newest: tuple[str, ...]) -> FeedView:
    words, config = site.words[language], site.config
    return FeedView(
        id=uuid.uuid5(uuid.UUID(config.id), language).urn,
        language=language,
        title=words("feed.title", site=site.localized(config.name, language)),
        description=site.localized(config.tagline, language),
        home=site.absolute(site.addresses.section("news", language)),
        atom=site.absolute(f"/{language}/feed.xml"),
        json_feed=site.absolute(f"/{language}/feed.json"),
        icon=site.absolute(assets.address("icon.svg")),
        author=site.localized((config.publisher or config).name, language),
        licence=config.licence.url,
        items=tuple(_item(site, site.get("news", key), language) for key in newest),
    )


def item_id(site: Site, entry: Entry, language: str) -> str:
    """A name that holds for ever: from the site's id, the item's key and its language, not from its address."""
    return uuid.uuid5(uuid.UUID(site.config.id), f"{language}:{entry.kind}:{entry.key}").urn


def _item(site: Site, entry: Entry, language: str) -> FeedItem:
    return FeedItem(
        id=item_id(site, entry, language),
        url=site.absolute(site.address(entry, language)),
        title=site.plain(entry, language, "title"),
        summary=site.plain(entry, language, "summary"),
        html=_absolute_links(site, site.text(entry, language, "body").html),
        published=_moment(published_day(entry)),
        updated=_moment(last_change(entry, language)),
        category=category_link(site, entry.fields.category, language).text,
    )


def _absolute_links(site: Site, html: str) -> str:
    """Feed readers have no base address: addresses from the root become whole ones."""
    return re.sub(r'(href|src)="/', rf'\1="{site.config.origin}/', html)


def _moment(day: datetime.date) -> str:
    """A day as the moment that feeds want; noon UTC is the same day in every European zone."""
    return f"{day.isoformat()}T12:00:00Z"


def atom_feed(view: FeedView) -> bytes:
    """Write a feed as Atom (RFC 4287)."""
    etree.register_namespace("", ATOM)
    feed = etree.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": view.language})
    _text(feed, "id", view.id)
    _text(feed, "title", view.title)
    _text(feed, "subtitle", view.description)
    _text(feed, "updated", max((item.updated for item in view.items), default="1970-01-01T00:00:00Z"))
    _text(feed, "rights", view.licence)
    _text(feed, "icon", view.icon)
    _text(etree.SubElement(feed, f"{{{ATOM}}}author"), "name", view.author)
    etree.SubElement(feed, f"{{{ATOM}}}link", {"rel": "self", "type": "application/atom+xml", "href": view.atom})
    etree.SubElement(feed, f"{{{ATOM}}}link", {"rel": "alternate", "type": "text/html", "href": view.home})
    for item in view.items:
        entry = etree.SubElement(feed, f"{{{ATOM}}}entry")
        _text(entry, "id", item.id)
        _text(entry, "title", item.title)
        _text(entry, "published", item.published)
        _text(entry, "updated", item.updated)
        etree.SubElement(entry, f"{{{ATOM}}}link", {"rel": "alternate", "type": "text/html", "href": item.url})
        etree.SubElement(entry, f"{{{ATOM}}}category", {"term": item.category})
        _text(entry, "summary", item.summary)
        content = _text(entry, "content", item.html)
        content.set("type", "html")
    etree.indent(feed)
    written: bytes = etree.tostring(feed, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + written + b"\n"


def _text(parent: etree.Element, name: str, text: str) -> etree.Element:
    element = etree.SubElement(parent, f"{{{ATOM}}}{name}")
    element.text = text
    return element


def json_feed(view: FeedView) -> bytes:
    """Write a feed as JSON Feed 1.1 (jsonfeed.org/version/1.1)."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": view.title,
        "description": view.description,
        "home_page_url": view.home,
        "feed_url": view.json_feed,
        "icon": view.icon,
        "language": view.language,
        "authors": [{"name": view.author}],
        "items": [
            {
                "id": item.id,
                "url": item.url,
                "title": item.title,
                "summary": item.summary,
                "content_html": item.html,
                "date_published": item.published,
                "date_modified": item.updated,
                "tags": [item.category],
                "language": view.language,
            }
            for item in view.items
        ],
    }
    return json.dumps(feed, ensure_ascii=False, indent=2).encode() + b"\n"
