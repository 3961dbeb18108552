"""The search page: every name on the site in one list, which a script filters and which is whole without one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from site_builder.content_types import Entry
from site_builder.outputs.assets import Assets
from site_builder.outputs.frame import Frame, Link, plan_page
from site_builder.outputs.planned_file import PlannedFile
from site_builder.outputs.standing import StandingText, page_entry, standing_page, standing_text
from site_builder.outputs.views import entry_link
from site_builder.site import Site

# More news than this is reached by year, so that the page stays light.
NEWEST = 100
# Pages that lead nowhere from a list of names.
NOT_LISTED = frozenset({"home", "not-found", "search"})


@dataclass(frozen=True, slots=True)
class NameGroup:
    """The names of one kind."""

    id: str
    name: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SearchView:
    """The search page. `action` is its own address."""

    frame: Frame
    text: StandingText
    action: str
    script: str
    groups: tuple[NameGroup, ...]


def plan(site: Site, assets: Assets, planned: tuple[PlannedFile, ...]) -> Iterator[PlannedFile]:
    """The page in every language."""
    entry = page_entry(site, "search")
    for language in site.config.codes:

        def view(frame: Frame, language: str = language) -> SearchView:
            return SearchView(
                frame=frame,
                text=standing_text(site, entry, language),
                action=site.href(site.address(entry, language)),
                script=site.href(assets.address("search.js")),
                groups=tuple(group for group in _groups(site, language) if group.links),
            )

        yield plan_page(site, assets, standing_page(site, entry, language), "pages/search.html", view)


def _groups(site: Site, language: str) -> Iterator[NameGroup]:
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
    newest = tuple(entry_link(site, one, language) for one in site.news(language)[:NEWEST])
    yield NameGroup("group-news", words("news.list"), newest)


def _links(site: Site, entries: Iterable[Entry], language: str) -> tuple[Link, ...]:
    """Names with their links, in the language's alphabet."""
    links = [entry_link(site, one, language) for one in entries]
    return tuple(sorted(links, key=lambda link: site.formats[language].alphabetical(link.text)))
