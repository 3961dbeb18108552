"""The newest news as static JSON for the host script: `/embed/v1/<language>/news.json` and the same by subject.

Fields are only ever added. docs/embedding.md tells what each means.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from site_builder.outputs.assets import Assets
from site_builder.outputs.embeds.piece_addresses import HOST_DATA
from site_builder.outputs.embeds.pieces import NEWS_LIST, Spot, content_of
from site_builder.outputs.frame import eu_blocks
from site_builder.outputs.lasting import as_json
from site_builder.outputs.planned_file import PlannedFile, plan_lasting
from site_builder.site import Site


def plan_data(found: Iterable[Spot]) -> Iterator[PlannedFile]:
    """A file a list of news. That of a category, place or service goes with it: the link in the page then stays."""
    for spot in found:
        if spot.kind == NEWS_LIST:
            path = f"{HOST_DATA}/{spot.language}/news{_subject(spot)}.json".lstrip("/")
            yield plan_lasting(path, _data, spot) if not spot.label else PlannedFile(path, _data, (spot,))


def _subject(spot: Spot) -> str:
    """Category, facility or service and its key, which no renaming changes."""
    return "/" + spot.label.replace(":", "/") if spot.label else ""


def _data(site: Site, assets: Assets, spot: Spot) -> bytes:
    return as_json(_news(site, assets, spot))


def _news(site: Site, assets: Assets, spot: Spot) -> dict[str, Any]:
    content, words = content_of(site, spot), site.words[spot.language]
    name = site.localized(site.config.name, spot.language)
    return {
        "version": 1,
        "language": spot.language,
        "title": content.heading,
        "url": site.absolute(spot.page),
        "source": f"{words('embed.from')}{words('label.end')} {name}",
        "updated": content.as_of.iso if content.as_of else None,
        "items": [
            {
                "title": card.title,
                "url": site.config.origin + card.href,
                "date": card.date.iso,
                "date_text": card.date.marked,
                "category": card.category.text,
                "summary": card.summary,
            }
            for card in content.part.items
        ],
        "eu": [
            {
                "words": block.words,
                "picture": site.config.origin + block.picture,
                "width": block.width,
                "height": block.height,
                "funds": [fund.fund_name for fund in block.funds],
            }
            for block in eu_blocks(site, assets, spot.language)
        ],
    }
