"""The site map page of each language, and `sitemap.xml` with language alternates; both from the planned pages."""

import xml.etree.ElementTree as etree
from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.outputs.assets import Assets
from site_builder.outputs.frame import Alternate, Frame, Link, plan_page
from site_builder.outputs.planned_file import PlannedFile
from site_builder.outputs.standing import StandingText, page_entry, standing_page, standing_text
from site_builder.site import Site

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"


@dataclass(frozen=True, slots=True)
class MapGroup:
    """The pages that stand under one page of the first level."""

    head: Link
    pages: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SiteMapView:
    """All pages of a language."""

    frame: Frame
    text: StandingText
    groups: tuple[MapGroup, ...]


@dataclass(frozen=True, slots=True)
class SitemapUrl:
    """A page in `sitemap.xml`: its URL, last change as a date (may be empty), and its languages."""

    url: str
    changed: str
    alternates: tuple[Alternate, ...]
    x_default: str


def plan(site: Site, assets: Assets, planned: tuple[PlannedFile, ...]) -> Iterator[PlannedFile]:
    """The site map pages, then the sitemap of everything including them."""
    frames = [one.view.frame for one in planned if one.address and one.listed]
    maps = []
    for language in site.config.codes:
        entry = page_entry(site, "site-map")
        groups = _groups([frame for frame in frames if frame.language == language])

        def view(frame: Frame, language: str = language, groups: tuple[MapGroup, ...] = groups) -> SiteMapView:
            return SiteMapView(frame, standing_text(site, page_entry(site, "site-map"), language), groups)

        maps.append(plan_page(site, assets, standing_page(site, entry, language), "pages/site-map.html", view))
    yield from maps
    frames += [one.view.frame for one in maps]
    urls = tuple(sorted((_url(frame) for frame in frames), key=lambda one: one.url))
    yield PlannedFile("sitemap.xml", sitemap_xml, urls)


def _groups(frames: list[Frame]) -> tuple[MapGroup, ...]:
    """Pages of the first level in their order, each with what is under it; breadcrumbs tell which."""
    heads = [frame for frame in frames if len(frame.trail) <= 2]
    groups = []
    for head in heads:
        below = [frame for frame in frames if len(frame.trail) > 2 and frame.trail[1].href == _href(head)]
        pages = tuple(Link(frame.heading, _href(frame)) for frame in below)
        groups.append(MapGroup(Link(head.heading, _href(head)), pages))
    return tuple(groups)


def _href(frame: Frame) -> str:
    return frame.trail[-1].href if frame.trail else frame.home


def _url(frame: Frame) -> SitemapUrl:
    same = tuple(alternate for alternate in frame.alternates if alternate.same_page)
    return SitemapUrl(frame.canonical, frame.updated.iso if frame.updated else "", same, frame.x_default)


def sitemap_xml(urls: tuple[SitemapUrl, ...]) -> bytes:
    """Write the sitemap (sitemaps.org 0.9, with the alternates that search engines read as xhtml:link)."""
    etree.register_namespace("", SITEMAP)
    etree.register_namespace("xhtml", XHTML)
    root = etree.Element(f"{{{SITEMAP}}}urlset")
    for one in urls:
        url = etree.SubElement(root, f"{{{SITEMAP}}}url")
        etree.SubElement(url, f"{{{SITEMAP}}}loc").text = one.url
        if one.changed:
            etree.SubElement(url, f"{{{SITEMAP}}}lastmod").text = one.changed
        alternates = [(alternate.language, alternate.url) for alternate in one.alternates]
        if one.x_default:
            alternates.append(("x-default", one.x_default))
        for language, address in alternates:
            link = {"rel": "alternate", "hreflang": language, "href": address}
            etree.SubElement(url, f"{{{XHTML}}}link", link)
    etree.indent(root)
    written: bytes = etree.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + written + b"\n"
