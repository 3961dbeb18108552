"""Which pages stand for the whole site in the browser: every template and every kind of element that any page has."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from site_builder.outputs.planned_file import FromTemplate, PlannedFile

# Chosen by hand on top: what differs in content only, and what the programme's readers look at first.
ALSO = (
    "/lv/jaunumi/2023/",
    "/en/news/2023/",
    "/lv/jaunumi/2023/projekta-rezultati/",
    "/en/news/2023/project-results/",
    "/lv/vietas/virsu-iela-9-11/",
    "/en/facilities/virsu-iela-9-11/",
    "/lv/vietas/teodora-breiksa-iela-16-20/",
    "/en/facilities/teodora-breiksa-iela-16-20/",
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site: the template it is made by, where it is, and the kinds of element it has."""

    template: str
    language: str
    address: str
    kinds: frozenset[str]


def pages_of(
    planned: Iterable[PlannedFile], printed: Mapping[str, FromTemplate], html: Mapping[str, str]
) -> list[Page]:
    """Every page of a site that a reader stays on, from what it was `printed` from and its HTML."""
    return [
        Page(page.template, page.language, file.address or f"/{file.path}", _kinds(html[file.path]))
        for file in planned
        if (page := printed.get(file.path)) and 'http-equiv="refresh"' not in html[file.path]
    ]


def _kinds(html: str) -> frozenset[str]:
    """`tag` or `tag.class` of everything in the body."""
    found = set()
    for tag, attributes in re.findall(r"<([a-z][a-z0-9]*)([^>]*)>", html[html.index("<body") :]):
        classes = re.search(r'\bclass="([^"]+)"', attributes)
        found |= {f"{tag}.{one}" for one in classes[1].split()} if classes else {tag}
    return frozenset(found)


def representatives(pages: Iterable[Page], also: Iterable[str] = ALSO) -> list[Page]:
    """The fewest pages, found greedily in each language, that together have all templates and kinds, and `also`.

    A page of a new type is among them by itself, since it brings a template or a kind that no other page has.
    """
    pages, also = list(pages), set(also)
    chosen = [page for page in pages if page.address in also]
    for language in sorted({page.language for page in pages}):
        left = [page for page in pages if page.language == language]
        covered = {kind for page in chosen if page in left for kind in _covers(page)}
        while left:
            best = max(left, key=lambda page: len(_covers(page) - covered))
            if not _covers(best) - covered:
                break
            chosen.append(best)
            covered |= _covers(best)
    return sorted(chosen, key=lambda page: page.address)


def _covers(page: Page) -> frozenset[str]:
    return page.kinds | {page.template}
