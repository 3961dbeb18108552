"""The site map page of each language, and `sitemap.xml` with language alternates; both from the planned pages."""

import xml.etree.ElementTree as etree
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from site_builder.outputs.assets import Assets
from site_builder.outputs.frame import Frame, Link, framed
from site_builder.outputs.page_rows import PageRow
from site_builder.outputs.planned_file import FromTemplate, PlannedFile, plan_page
from site_builder.outputs.standing import StandingText, page_entry, standing_page, standing_text
from site_builder.site import Site
from site_builder.store import key_of

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
# Breadcrumbs of a page of the first level, and of the most that stands below one: news items stand below a year.
HEAD_DEPTH, ARTICLE_DEPTH = 2, 3
# More news than this is reached by year, so that the page stays light.
NEWEST = 100


class MapGroup(NamedTuple):
    """The pages that stand under one page of the first level."""

    head: Link
    pages: tuple[Link, ...]


class SiteMapView(NamedTuple):
    """All pages of a language."""

    frame: Frame
    text: StandingText
    groups: tuple[MapGroup, ...]


class Rows(Sequence[PageRow]):
    """The rows of pages, and a digest of them."""

    digest: bytes


def plan_site_maps(site: Site, rows: Rows) -> Iterator[PlannedFile]:
    """The site map pages, from the rows of all listed pages."""
    entry = page_entry(site, "site-map")
    for language in site.config.codes:
        address, origin = site.address(entry, language), site.origin("page", entry.key, language)
        yield plan_page(address, _site_map, language, rows, inputs=key_of(language, rows.digest), origin=origin)


def plan_sitemap(rows: Rows) -> PlannedFile:
    """`sitemap.xml` of everything, the site map pages included."""
    return PlannedFile("sitemap.xml", _sitemap_xml, (rows,), rows.digest)


def _site_map(site: Site, assets: Assets, language: str, rows: Sequence[PageRow]) -> FromTemplate:
    entry = page_entry(site, "site-map")
    text = standing_text(site, entry, language)
    groups = _groups(row for row in rows if row.language == language)
    page = standing_page(site, entry, language)
    return framed(site, assets, page, "site-map", lambda frame: SiteMapView(frame, text, groups))


def _groups(rows: Iterable[PageRow]) -> tuple[MapGroup, ...]:
    """Pages of the first level in their order, each with what is under it; breadcrumbs tell which."""
    heads: list[PageRow] = []
    below: dict[str, list[Link]] = defaultdict(list)
    articles = 0
    for row in rows:
        articles += row.depth > ARTICLE_DEPTH
        if row.depth <= HEAD_DEPTH:
            heads.append(row)
        elif row.depth <= ARTICLE_DEPTH or articles <= NEWEST:
            below[row.above].append(Link(row.heading, row.href))
    return tuple(MapGroup(Link(head.heading, head.href), tuple(below[head.href])) for head in heads)


def _sitemap_xml(site: Site, assets: Assets, rows: Sequence[PageRow]) -> bytes:
    return sitemap_xml(sorted(rows, key=lambda row: row.canonical))


def sitemap_xml(rows: Iterable[PageRow]) -> bytes:
    """Write the sitemap (sitemaps.org 0.9, with the alternates that search engines read as xhtml:link)."""
    etree.register_namespace("", SITEMAP)
    etree.register_namespace("xhtml", XHTML)
    root = etree.Element(f"{{{SITEMAP}}}urlset")
    for row in rows:
        url = etree.SubElement(root, f"{{{SITEMAP}}}url")
        etree.SubElement(url, f"{{{SITEMAP}}}loc").text = row.canonical
        if row.changed:
            etree.SubElement(url, f"{{{SITEMAP}}}lastmod").text = row.changed
        for language, address in row.alternates:
            link = {"rel": "alternate", "hreflang": language, "href": address}
            etree.SubElement(url, f"{{{XHTML}}}link", link)
    etree.indent(root)
    written: bytes = etree.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + written + b"\n"
