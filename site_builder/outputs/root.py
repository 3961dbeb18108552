"""Files at the root: the page that offers the languages, the 404 page in all of them, robots.txt."""

from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from site_builder.outputs.assets import STYLESHEET, Assets
from site_builder.outputs.cards import Card
from site_builder.outputs.frame import EuBlock, Link, eu_blocks, page_card
from site_builder.outputs.planned_file import FromTemplate, PlannedFile, page_path
from site_builder.outputs.standing import page_entry, standing_page
from site_builder.outputs.views import html
from site_builder.site import Site


class LanguagePart(NamedTuple):
    """What the root page or the 404 page says in one language."""

    language: str
    name: str
    home: str
    title: str
    summary: str
    body: Markup
    links: tuple[Link, ...]
    eu: tuple[EuBlock, ...]


class RootView(NamedTuple):
    """A page in all languages at once."""

    language: str
    title: str
    site_name: str
    description: str
    canonical: str
    stylesheet: str
    icon: str
    indexed: bool
    card: Card | None
    parts: tuple[LanguagePart, ...]


def plan(site: Site, assets: Assets) -> Iterator[PlannedFile]:
    """`/`, `/404.html` and `/robots.txt`."""
    yield PlannedFile(page_path("/"), _root, address="/", lasting=True)
    yield PlannedFile("404.html", _not_found)
    yield PlannedFile("robots.txt", _robots_txt)


def _robots_txt(site: Site, assets: Assets) -> bytes:
    """Everything may be read (RFC 9309)."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {site.absolute('/sitemap.xml')}\n".encode()


def _root(site: Site, assets: Assets) -> FromTemplate:
    view = _view(site, assets, "home", "/", indexed=True)
    return FromTemplate("pages/root.html", view.language, view)


def _not_found(site: Site, assets: Assets) -> FromTemplate:
    view = _view(site, assets, "not-found", "/404.html", indexed=False)
    return FromTemplate("pages/not-found.html", view.language, view)


def _view(site: Site, assets: Assets, key: str, address: str, *, indexed: bool) -> RootView:
    entry, first = page_entry(site, key), site.config.first_language
    return RootView(
        language=first,
        title=site.plain(entry, first, "title") if key == "not-found" else site.localized(site.config.name, first),
        site_name=site.localized(site.config.name, first),
        description=site.plain(entry, first, "summary"),
        canonical=site.absolute(address) if indexed else "",
        stylesheet=site.href(assets.address(STYLESHEET)),
        icon=site.href(assets.address("icon.svg")),
        indexed=indexed,
        card=page_card(site, assets, standing_page(site, entry, first)) if indexed else None,
        parts=tuple(_part(site, assets, key, code) for code in site.config.codes),
    )


def _part(site: Site, assets: Assets, key: str, language: str) -> LanguagePart:
    entry = page_entry(site, key)
    return LanguagePart(
        language=language,
        name=site.config.language(language).name,
        home=site.href(site.addresses.home(language)),
        title=site.plain(entry, language, "title"),
        summary=site.plain(entry, language, "summary"),
        body=html(site, entry, language, "body"),
        links=tuple(
            Link(site.localized(section.name, language), site.href(site.addresses.section(section.key, language)))
            for name in site.config.navigation
            if (section := site.config.section(name))
        ),
        eu=eu_blocks(site, assets, language),
    )
