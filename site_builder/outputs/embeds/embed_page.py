"""The page for those who embed: how, with a live example, and pages with the codes of all pieces, by section."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from site_builder.addresses import PAGED
from site_builder.content_types.news import last_change
from site_builder.outputs import structured_data
from site_builder.outputs.assets import Assets
from site_builder.outputs.embeds.codes import WAYS, code_of, values_of, ways_for
from site_builder.outputs.embeds.piece_addresses import HOST_DATA, HOST_SCRIPT, piece_address
from site_builder.outputs.embeds.pieces import COUNTS, NEWS_LIST, Spot, content_of, list_height, list_name
from site_builder.outputs.frame import Frame, Link, Page, framed, section_link, section_name, section_trail
from site_builder.outputs.lasting import as_json
from site_builder.outputs.planned_file import FromTemplate, PlannedFile, plan_page
from site_builder.outputs.standing import StandingText, page_entry, standing_page, standing_text
from site_builder.outputs.views import PageDates, page_dates
from site_builder.site import Site
from site_builder.store import key_of

# The newest items have their codes here; of others the address is enough.
NEWEST = 10
# The section under which the pieces of each kind are found, where that is not the kind of their pages.
SHELVES = {NEWS_LIST: "news", "key-figures": "results", "chart": "results", "partners": "about", "timeline": "about"}
SCRIPT = "embed-page.js"


class Example(NamedTuple):
    """A piece as it looks."""

    href: str
    title: str
    height: str


class Way(NamedTuple):
    """A way to embed, with the code for the example and the same with blanks."""

    key: str
    name: str
    text: str
    code: str
    blank: str


class EmbedView(NamedTuple):
    """The page that explains."""

    frame: Frame
    text: StandingText
    example: Example
    ways: tuple[Way, ...]
    shelves: tuple[Link, ...]
    policy: str
    script: str
    lists: tuple[tuple[str, str, str], ...]
    counts: tuple[int, ...]


class Codes(NamedTuple):
    """A piece with its codes: of each way the name and the code."""

    name: str
    codes: tuple[tuple[str, str], ...]


class CodesView(NamedTuple):
    """The codes of a section's pieces."""

    frame: Frame
    dates: PageDates
    summary: str
    whole: Link
    pieces: tuple[Codes, ...]


Shelves = dict[str, list[Spot]]


def plan_embed_pages(site: Site, found: dict[str, list[Spot]]) -> Iterator[PlannedFile]:
    """The page, those with codes, and their list for the script, in every language; `found` has each one's pieces."""
    shelved = {language: _shelved(site, spots) for language, spots in found.items()}
    for language, shelves in shelved.items():
        address, origin = site.addresses.section("embed", language), site.origin("page", "embed", language)
        example = shelves["news"][0]
        inputs = key_of(language, example, sorted(shelves))
        yield plan_page(address, _embed, language, example, tuple(shelves), inputs=inputs, origin=origin)
        yield PlannedFile(_list_path(language), _list, (language, tuple(map(tuple, shelves.items()))))
        for key, spots in shelves.items():
            languages = tuple(code for code, others in shelved.items() if key in others)
            arguments = key, language, languages, tuple(spots)
            yield plan_page(codes_address(site, key, language), _codes, *arguments, lasting=False)


def codes_address(site: Site, key: str, language: str) -> str:
    """The page with the codes of a section: `/lv/iegult/vietas/`."""
    return site.addresses.section("embed", language) + site.addresses.word(key, language) + "/"


def _list_path(language: str) -> str:
    return f"{HOST_DATA}/{language}/pieces.json".lstrip("/")


def _shelved(site: Site, found: Sequence[Spot]) -> Shelves:
    """The pieces by the section that they belong to; of news the newest items."""
    shelves: Shelves = defaultdict(list)
    shelves["news"] = []
    items = 0
    for spot in found:
        items += spot.kind == "news-item"
        if spot.kind != "news-item" or items <= NEWEST:
            shelves[_shelf(site, spot)].append(spot)
    return dict(shelves)


def _shelf(site: Site, spot: Spot) -> str:
    if spot.kind == "figure":
        return site.addresses.shelf(site.get("fact", spot.keys[0]))
    return SHELVES.get(spot.kind) or PAGED[spot.kind.removesuffix("-item")]


def piece_name(site: Site, spot: Spot) -> str:
    """What a piece is called among others: lists of all news are told from items."""
    heading, words = content_of(site, spot).heading, site.words[spot.language]
    return heading if spot.kind != NEWS_LIST or list_name(site, spot.label, spot.language) else words("home.all-news")


def _embed(site: Site, assets: Assets, language: str, example: Spot, shelves: tuple[str, ...]) -> FromTemplate:
    entry, values = page_entry(site, "embed"), values_of(site, example)
    words = site.words[language]
    few = {**values, "piece": f"{values['piece']}#n3", "height": str(list_height(site, example, 3)), "count": "3"}

    def way(key: str) -> Way:
        return Way(key, words(f"embed.way-{key}"), words(f"embed.way-{key}-text"), code_of(key, few), WAYS[key])

    def view(frame: Frame) -> EmbedView:
        return EmbedView(
            frame=frame,
            text=standing_text(site, entry, language),
            example=Example(site.href(piece_address(example.address)) + "#n3", values["title"], few["height"]),
            ways=tuple(map(way, WAYS)),
            shelves=tuple(
                Link(section_name(site, key, language), site.href(codes_address(site, key, language)))
                for key in shelves
            ),
            policy=_policy(site),
            script=site.href(assets.address(SCRIPT)),
            lists=tuple((one.code, one.name, site.href(f"/{_list_path(one.code)}")) for one in site.config.languages),
            counts=COUNTS,
        )

    return framed(site, assets, standing_page(site, entry, language), "embed", view)


def _policy(site: Site) -> str:
    """What a host adds to its content security policy (CSP 3) for frames, script, data and emblem."""
    return "\n".join(f"{name} {site.config.origin}" for name in ("frame-src", "script-src", "connect-src", "img-src"))


def _codes(
    site: Site, assets: Assets, key: str, language: str, languages: tuple[str, ...], found: tuple[Spot, ...]
) -> FromTemplate:
    words, name = site.words[language], section_name(site, key, language)
    heading, summary = words("embed.codes-of", name=name), words("embed.codes-summary", name=name)
    addresses = {code: codes_address(site, key, code) for code in languages}
    entry = page_entry(site, "embed")
    updated, dates = last_change(entry, language), page_dates(site, entry, language)
    page = Page(
        language=language,
        heading=heading,
        description=summary,
        addresses=addresses,
        section="embed",
        parents=section_trail(site, "embed", language),
        structured=(structured_data.web_page(site, language, addresses[language], heading, updated),),
        updated=updated,
    )
    whole = section_link(site, "embed", language)

    def view(frame: Frame) -> CodesView:
        return CodesView(frame, dates, summary, whole, tuple(_codes_of(site, spot) for spot in found))

    return framed(site, assets, page, "embed-codes", view)


def _codes_of(site: Site, spot: Spot) -> Codes:
    """The codes that need no more than pasting; with the host script's line a frame follows its content."""
    words, values = site.words[spot.language], values_of(site, spot)
    shown = [way for way in ways_for(spot) if way in ("frame", "address")]
    return Codes(piece_name(site, spot), tuple((words(f"embed.way-{way}"), code_of(way, values)) for way in shown))


def _list(site: Site, assets: Assets, language: str, shelves: tuple[tuple[str, list[Spot]], ...]) -> bytes:
    """All pieces for the script of the page: their names, the blanks of their codes, heights of shorter lists."""
    told = [
        {"name": section_name(site, key, language), "pieces": [_told(site, spot) for spot in found]}
        for key, found in shelves
    ]
    whole = {
        "site": site.localized(site.config.name, language),
        "script": site.absolute(HOST_SCRIPT),
        "shelves": told,
    }
    return as_json(whole)


def _told(site: Site, spot: Spot) -> dict[str, object]:
    values = values_of(site, spot)
    same = ("site", "script", "language", "count")
    return {
        "name": piece_name(site, spot),
        "ways": ways_for(spot),
        **{name: value for name, value in values.items() if name not in same and value},
        **({"heights": {count: list_height(site, spot, count) for count in COUNTS}} if spot.kind == NEWS_LIST else {}),
    }
