"""What a site promises: the addresses that it publishes, and what became of those that it published before."""

from collections.abc import Iterable

from site_builder.outputs.embeds.piece_addresses import hanging_on, hangs_on
from site_builder.outputs.embeds.pieces import kept_private
from site_builder.outputs.planned_file import PlannedFile
from site_builder.outputs.redirects import redirects
from site_builder.problems import Place, Problem, phrase, problem
from site_builder.project import CONFIG_PATH
from site_builder.publishing.records import Promised, vanished
from site_builder.site import Site


def promised(site: Site, planned: Iterable[PlannedFile]) -> Promised:
    """The addresses of a site: pages and lasting files, which of these are lists that come and go, and redirects."""
    kept = {file.address or f"/{file.path}": file.lasting for file in planned if file.address or file.lasting}
    lists = frozenset(address for address, lasting in kept.items() if not lasting)
    return Promised(frozenset(kept), lists, frozenset(old for old, _, _ in redirects(site)))


def withdrawn(site: Site) -> frozenset[str]:
    """The addresses that the configuration withdraws, those of items that are drafts, expired or not begun, and what
    hangs on them: pieces for other sites and their oEmbed answers. What hangs on an old address that leads on may go,
    and so may the pieces of homes.
    """
    gone = {*(one.address for one in site.config.withdrawn), *site.unpublished()}
    old = (address for address, _, _ in redirects(site))
    hanging = (address for one in (*gone, *old) for address in hanging_on(site, one))
    return frozenset((*gone, *hanging, *kept_private(site)))


def vanished_addresses(before: Promised, now: Promised, gone: frozenset[str]) -> list[Problem]:
    """A problem for every lasting address that was published, is gone and was not withdrawn (`gone`).

    What hangs on the address of a page is not told beside it: it finds its way when the page does.
    """
    told = vanished(before, now, gone)
    return [
        problem(
            "vanished-address",
            Place(CONFIG_PATH),
            address=address,
            hint=phrase("hint.vanished-address", address=address),
        )
        for address in told
        if not hangs_on(address, frozenset(told))
    ]
