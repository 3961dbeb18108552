"""The search page: every name on the site in one list, which a script filters and which is whole without one."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from site_builder.content_types import Entry
from site_builder.outputs.assets import Assets
from site_builder.outputs.frame import Frame, Link, framed
from site_builder.outputs.planned_file import FromTemplate, PlannedFile, plan_page
from site_builder.outputs.standing import StandingText, page_entry, standing_page, standing_text
from site_builder.outputs.views import entry_link
from site_builder.site import Site

# More news than this is reached by year, so that the page stays light.
NEWEST = 100
# Pages that lead nowhere from a list of names.
NOT_LISTED = frozenset({"home", "not-found", "search"})


class NameGroup(NamedTuple):
    """The names of one kind."""

    id: str
    name: str
    links: tuple[Link, ...]


class SearchView(NamedTuple):
    """The search page. `action` is its own address."""

    frame: Frame
    text: StandingText
    action: str
    script: str
    groups: tuple[NameGroup, ...]


def plan(site: Site, assets: Assets) -> Iterator[PlannedFile]:
    """The page in every language."""
    entry = page_entry(site, "search")
    for language in site.config.codes:
        newest = tuple(row.key for row in site.news(language)[:NEWEST])
        origin = site.origin("page", "search", language)
        yield plan_page(site.address(entry, language), _search, language, newest, origin=origin)


def _search(site: Site, assets: Assets, language: str, newest: tuple[str, ...]) -> FromTemplate:
    entry = page_entry(site, "search")

    def view(frame: Frame) -> SearchView:
        return SearchView(
            frame=frame,
            text=standing_text(site, entry, language),
            action=site.href(site.address(entry, language)),
            script=site.href(assets.address("search.js")),
            groups=tuple(group for group in _groups(site, language, newest) if group.links),
        )

    return framed(site, assets, standing_page(site, entry, language), "search", view)


def _groups(site: Site, language: str, newest: tuple[str, ...]) -> Iterator[NameGroup]:
    words = site.words[language]
    pages = (one for one in site.all("page") if one.key not in NOT_LISTED and one.has_language(language))
    for group, name, entries in (
        ("pages", words("search.pages"), pages),
        ("services", words("home.services"), site.all("service")),
        ("facilities", words("home.facilities"), site.all("facility")),
        ("words", words("search.words"), site.all("term")),
        ("partners", words("news.partners"), site.all("partner")),
    ):
        yield NameGroup(f"group-{group}", name, _links(site, entries, language))
    links = tuple(entry_link(site, site.get("news", key), language) for key in newest)
    yield NameGroup("group-news", words("news.list"), links)


def _links(site: Site, entries: Iterable[Entry], language: str) -> tuple[Link, ...]:
    """Names with their links, in the language's alphabet."""
    links = [entry_link(site, one, language) for one in entries]
    return tuple(sorted(links, key=lambda link: site.formats[language].alphabetical(link.text)))
