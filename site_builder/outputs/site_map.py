"""The site map page of each language, and `sitemap.xml` with language alternates; both from the planned pages."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

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


def plan_site_maps(site: Site, rows_of: Callable[[str], Rows]) -> Iterator[PlannedFile]:
    """The site map pages; `rows_of` gives the rows of the listed pages of a language."""
    entry = page_entry(site, "site-map")
    for language in site.config.codes:
        address, origin = site.address(entry, language), site.origin("page", entry.key, language)
        rows = rows_of(language)
        yield plan_page(address, _site_map, language, rows, inputs=key_of(language, rows.digest), origin=origin)


def plan_sitemap(rows: Rows) -> PlannedFile:
    """`sitemap.xml` of everything, the site map pages included."""
    return PlannedFile("sitemap.xml", _sitemap_xml, (rows,), rows.digest)


def _site_map(site: Site, assets: Assets, language: str, rows: Sequence[PageRow]) -> FromTemplate:
    entry = page_entry(site, "site-map")
    text = standing_text(site, entry, language)
    groups = _groups(rows)
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
    """The sitemap (sitemaps.org 0.9, with the alternates that search engines read as xhtml:link), by address.

    Of a page only its lines are kept: a tree of all of them takes a hundred megabytes on a large site.
    """
    urls = b"".join(lines for _, lines in sorted((row.canonical, _url(row)) for row in rows))
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{SITEMAP}" xmlns:xhtml="{XHTML}">\n'
    return head.encode() + urls + b"</urlset>\n"


def _url(row: PageRow) -> bytes:
    changed = f"    <lastmod>{row.changed}</lastmod>\n" if row.changed else ""
    links = "".join(
        f'    <xhtml:link rel="alternate" hreflang={quoteattr(language)} href={quoteattr(address)} />\n'
        for language, address in row.alternates
    )
    return f"  <url>\n    <loc>{escape(row.canonical)}</loc>\n{changed}{links}  </url>\n".encode()
