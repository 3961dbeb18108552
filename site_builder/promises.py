"""What a site promises: the addresses that it publishes, and what became of those that it published before."""

from collections.abc import Iterable

from site_builder.config import CONFIG_PATH
from site_builder.content_types import Entry
from site_builder.outputs.planned_file import PlannedFile
from site_builder.outputs.redirects import redirects
from site_builder.problems import Place, Problem, phrase, problem
from site_builder.publishing.records import Promised, vanished
from site_builder.site import Site


def promised(site: Site, planned: Iterable[PlannedFile]) -> Promised:
    """The addresses of a site: pages, which of these are lists that come and go, and redirects."""
    pages = frozenset(file.address for file in planned if file.address)
    lists = frozenset(address for address in pages if site.addresses.is_list(address))
    return Promised(pages, lists, frozenset(old for old, _, _ in redirects(site)))


def withdrawn(site: Site, entries: Iterable[Entry]) -> frozenset[str]:
    """The addresses that the configuration withdraws, and those of items that are drafts, expired or not begun."""
    found = {one.address for one in site.config.withdrawn}
    for entry in entries:
        if entry.whole and entry.kind in site.entries and entry.key not in site.entries[entry.kind]:
            for code in site.config.codes:
                if entry.has_language(code):
                    found.add(site.address(entry, code))
            found.update(alias for text in entry.texts for alias in getattr(text.fields, "aliases", ()))
    return frozenset(found)


def vanished_addresses(before: Promised, now: Promised, gone: frozenset[str]) -> list[Problem]:
    """A problem for every lasting address that was published, is gone and was not withdrawn (`gone`)."""
    return [
        problem(
            "vanished-address",
            Place(CONFIG_PATH),
            address=address,
            hint=phrase("hint.vanished-address", address=address),
        )
        for address in vanished(before, now, gone)
    ]
