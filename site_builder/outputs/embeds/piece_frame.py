"""What stands around every piece: its language, the page that tells more, the EU block, style and script."""

from functools import partial
from typing import Any, NamedTuple

from site_builder.i18n.formats import DateText
from site_builder.outputs.assets import PIECE_SCRIPT, PIECE_STYLESHEET, Assets
from site_builder.outputs.frame import EuBlock, eu_blocks, name_language
from site_builder.site import Site


class PieceFrame(NamedTuple):
    """Everything around a piece. `as_of` is the time of what it tells, with the word before it."""

    language: str
    title: str
    canonical: str
    page: str
    site_name: str
    site_name_language: str
    stylesheet: str
    script: str
    eu: tuple[EuBlock, ...]
    as_of_word: str = ""
    as_of: DateText | None = None


def piece_frame(
    site: Site,
    assets: Assets,
    language: str,
    page: str,
    title: str,
    operation: str = "",
    as_of_word: str = "",
    as_of: DateText | None = None,
) -> PieceFrame:
    """The frame of a piece; `page` is the address, or the place on a page, that tells more."""
    around = site.once(("piece-frame", language), partial(_around, site, assets, language))
    return PieceFrame(
        title=title,
        canonical=site.absolute(page.partition("#")[0]),
        page=site.href(page),
        eu=eu_blocks(site, assets, language, operation),
        as_of_word=as_of_word,
        as_of=as_of,
        **around,
    )


def _around(site: Site, assets: Assets, language: str) -> dict[str, Any]:
    return {
        "language": language,
        "site_name": site.localized(site.config.name, language),
        "site_name_language": name_language(site, language),
        "stylesheet": site.href(assets.address(PIECE_STYLESHEET)),
        "script": site.href(assets.address(PIECE_SCRIPT)),
    }
