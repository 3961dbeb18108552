"""The embed kit's files: pieces, oEmbed answers, what stands at old addresses, the host script and its data."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from site_builder.outputs.assets import HOST_SCRIPT, Assets
from site_builder.outputs.embeds.embed_page import plan_embed_pages
from site_builder.outputs.embeds.news_data import plan_data
from site_builder.outputs.embeds.oembed import make_answer
from site_builder.outputs.embeds.piece_addresses import (
    answer_address,
    language_of,
    lists_news,
    news_address,
    piece_address,
)
from site_builder.outputs.embeds.piece_frame import PieceFrame, piece_frame
from site_builder.outputs.embeds.pieces import Spot, make_piece, spots
from site_builder.outputs.planned_file import FromTemplate, PlannedFile, page_path, plan_lasting
from site_builder.outputs.redirects import redirects
from site_builder.problems import Place
from site_builder.site import Site

# Finds where a redirect is asked for.
Origin = Callable[[], Place]
# A chain of redirects longer than this is a circle.
LONGEST_CHAIN = 20


class GoneView(NamedTuple):
    """What stands where a piece was; `moved` where its page is somewhere else now, which has no piece."""

    frame: PieceFrame
    moved: bool


def plan(site: Site, assets: Assets) -> Iterator[PlannedFile]:
    """All files of the kit; what stands at an old address is planned where nothing new does."""
    by_language = {language: list(spots(site, language)) for language in site.config.codes}
    found = [spot for listed in by_language.values() for spot in listed]
    for spot in found:
        yield _plan_piece(spot, spot.address)
        if spot.answer:
            yield plan_lasting(answer_address(spot.answer).lstrip("/"), make_answer, spot)
    yield from _plan_old(site, found)
    yield from plan_data(found)
    yield from plan_embed_pages(site, by_language)
    yield plan_lasting(HOST_SCRIPT, _host_script)


def _plan_piece(spot: Spot, address: str) -> PlannedFile:
    """A piece at its address, or at one that it had."""
    group = f"news:{spot.keys[0]}" if spot.kind == "news-item" and address == spot.address else ""
    at = piece_address(address)
    return PlannedFile(page_path(at), make_piece, (spot,), address=at, lasting=True, group=group)


def _host_script(site: Site, assets: Assets) -> bytes:
    return next(asset.content for asset in assets.static if asset.name == HOST_SCRIPT)


# Old addresses --------------------------------------------------------------------------------------------------


def _plan_old(site: Site, found: list[Spot]) -> Iterator[PlannedFile]:
    """Where a page moved, its pieces stand at the old addresses too: WordPress's secret would be lost on the way.

    A page that is gone, or has moved to one without a piece, leaves a piece that says so.
    """
    taken = {spot.address for spot in found}
    pieces: dict[str, list[Spot]] = defaultdict(list)
    for spot in found:
        pieces[_whose(spot)].append(spot)
    moved = {old: (new, origin) for old, new, origin in redirects(site) if language_of(site, old)}
    unpublished = frozenset(site.unpublished())
    for old, (_, origin) in moved.items():
        new = _end_of(moved, old)
        yield from _plan_copies(pieces[new], old, new, taken)
        yield from _plan_gone(site, old, taken, "" if new in unpublished else new, origin)
    for old in (*site.expired(), *(one.address for one in site.config.withdrawn)):
        yield from _plan_gone(site, old, taken)


def _whose(spot: Spot) -> str:
    """The address with which a piece moves: its own, for lists of a facility's or service's news that of its page."""
    return spot.page if spot.label.startswith(("facility:", "service:")) else spot.address


def _plan_copies(pieces: Iterable[Spot], old: str, new: str, taken: set[str]) -> Iterator[PlannedFile]:
    """The pieces of a page at the addresses that they had while it stood at an old one."""
    for spot in pieces:
        address = old + spot.address.removeprefix(new)
        if address not in taken:
            taken.add(address)
            yield _plan_piece(spot, address)
            if spot.answer:
                yield plan_lasting(answer_address(address).lstrip("/"), make_answer, spot)


def _end_of(moved: Mapping[str, tuple[str, Origin]], old: str) -> str:
    """Where the redirects from an address end."""
    new = old
    for _ in range(LONGEST_CHAIN):
        new = moved[new][0] if new in moved else new
    return new


def _plan_gone(
    site: Site, old: str, taken: set[str], new: str = "", origin: Origin | None = None
) -> Iterator[PlannedFile]:
    """A piece that says that there is nothing here any more, for the page at an old address and its list of news.

    Like a redirect it has no address of its own: where `new` is dead, the redirect is what is wrong.
    """
    language = language_of(site, old)
    if not language:
        return
    addresses = [old, *([news_address(site, old, language)] if lists_news(site, old, language) else [])]
    for address in addresses:
        if address not in taken:
            taken.add(address)
            yield PlannedFile(page_path(piece_address(address)), _gone, (language, new), origin=origin)


def _gone(site: Site, assets: Assets, language: str, new: str) -> FromTemplate:
    page = new or site.addresses.section("news", language)
    title = site.words[language]("redirect.title" if new else "embed.gone")
    return FromTemplate(
        "embed/gone.html", language, GoneView(piece_frame(site, assets, language, page, title), bool(new))
    )
