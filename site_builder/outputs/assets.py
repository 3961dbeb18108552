"""Styles, scripts, icons and media under `/assets/`, their content's hash in the name so that they cache for ever."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from site_builder.engine.serialization import decode_cached, encode
from site_builder.outputs.pictures import UnreadablePicture, size_of
from site_builder.outputs.planned_file import PlannedFile
from site_builder.problems import Place, ProblemsFound, phrase, problem
from site_builder.site import PICTURES, MediaFile, Site
from site_builder.store import Store, key_of

# The style file of the site, and that of the pieces that other sites show, and what each is made of, in this order.
STYLESHEET, PIECE_STYLESHEET = "site.css", "piece.css"
STYLES = {
    STYLESHEET: ("theme.css", "site.css", "charts.css", "print.css"),
    PIECE_STYLESHEET: ("theme.css", "charts.css", "embed/piece.css"),
}
STYLE_PARTS = frozenset(part for parts in STYLES.values() for part in parts)
# Scripts of pieces, and the script of other sites' pages, which keeps its address and so has no hash in it.
PIECE_SCRIPT, HOST_SCRIPT = "embed/piece.js", "embed/v1.js"
# The font draws the social cards; pages load no font.
FONT = "fonts/Ubuntu-M.ttf"
PICTOGRAMS = "pictograms.svg"
# What every page's frame names; a theme may change them but not leave them out.
REQUIRED = (*sorted(STYLE_PARTS), "icon.svg", PICTOGRAMS, "site.js", "search.js", PIECE_SCRIPT, HOST_SCRIPT)
SYMBOL = re.compile(rb'<symbol id="([^"]+)"')
STATIC_ENDINGS = (".css", ".js", ".svg", ".png", ".ico", ".webp", ".jpg")


class Asset(NamedTuple):
    """A file that is copied as it is."""

    name: str
    address: str
    content: bytes
    size: tuple[int, int] = (0, 0)


class Assets(NamedTuple):
    """The site's own files and the editors' media, by name."""

    static: tuple[Asset, ...]
    media: tuple[Asset, ...]
    font: bytes
    tokens: Mapping[str, str]

    def find(self, name: str) -> Asset | None:
        """A file of `static/` that may be missing."""
        return next((asset for asset in self.static if asset.name == name), None)

    def address(self, name: str) -> str:
        """The address of a file of `static/`. Raises KeyError when there is none: a template's mistake."""
        return {asset.name: asset.address for asset in self.static}[name]

    @property
    def key(self) -> tuple[object, ...]:
        """Tells one set of static files from another: their names, contents, the theme and the font."""
        return (
            [(asset.name, asset.address) for asset in self.static],
            dict(self.tokens),
            hashlib.sha256(self.font).digest(),
        )

    @property
    def media_files(self) -> dict[str, MediaFile]:
        return {asset.name: MediaFile(asset.address, len(asset.content), *asset.size) for asset in self.media}

    @property
    def pictograms(self) -> frozenset[str]:
        """The names in the sheet of pictograms."""
        (sheet,) = (asset.content for asset in self.static if asset.name == PICTOGRAMS)
        return frozenset(name.decode() for name in SYMBOL.findall(sheet))


# Gives width and height of a picture from its name and content. Raises UnreadablePicture.
SizeOf = Callable[[str, bytes], tuple[int, int]]


def remembered_size(store: Store) -> SizeOf:
    """`size_of`, which loads Pillow only for a picture that is not known."""

    def size(name: str, content: bytes) -> tuple[int, int]:
        key = key_of(PurePosixPath(name).suffix.lower(), hashlib.sha256(content).digest())
        sides = decode_cached(store.get("pictures", key), tuple[int, int])
        if sides is None:
            sides = size_of(name, content)
            store.put("pictures", [(key, encode(sides))])
        return sides

    return size


def load_assets(project: Path, media: Iterable[str], tokens: Mapping[str, str], sizes: SizeOf = size_of) -> Assets:
    """Read all files of `static/` and the named files of `content/media/`; `tokens` are the theme's.

    Raises ProblemsFound when `static/` lacks a file that every page needs, or a picture cannot be read.
    """
    static = project / "static"
    names = sorted(
        path.relative_to(static).as_posix()
        for path in static.rglob("*")
        if path.is_file() and path.suffix in STATIC_ENDINGS
    )
    font = static / FONT
    missing = [name for name in REQUIRED if name not in names] + ([] if font.is_file() else [FONT])
    if missing:
        raise ProblemsFound([problem("missing-static", Place(f"static/{name}")) for name in missing])
    read = {name: (static / name).read_bytes() for name in names}
    return Assets(
        (
            *(_asset(name, b"".join(read[part] for part in parts)) for name, parts in STYLES.items()),
            *(_asset(name, content) for name, content in read.items() if name not in STYLE_PARTS),
        ),
        tuple(_media(project, name, sizes) for name in media),
        font.read_bytes(),
        tokens,
    )


def _media(project: Path, name: str, sizes: SizeOf) -> Asset:
    asset = _asset(name, (project / "content/media" / name).read_bytes())
    if not name.lower().endswith(PICTURES):
        return asset
    try:
        return asset._replace(size=sizes(name, asset.content))
    except UnreadablePicture as error:
        place, hint = Place(f"content/media/{name}"), phrase("hint.unreadable-picture")
        raise ProblemsFound([problem("unreadable-picture", place, hint=hint)]) from error


def _asset(name: str, content: bytes) -> Asset:
    digest = hashlib.sha256(content).hexdigest()[:12]
    flat = PurePosixPath(name.replace("/", "-"))
    return Asset(name, f"/assets/{flat.stem.lower()}.{digest}{flat.suffix.lower()}", content)


def plan(site: Site, assets: Assets) -> Iterator[PlannedFile]:
    """One file an asset; equal content under one name is one file."""
    seen: set[str] = set()
    for asset in (*assets.static, *assets.media):
        if asset.address not in seen and asset.name != HOST_SCRIPT:
            seen.add(asset.address)
            yield PlannedFile(asset.address.lstrip("/"), _copy, (asset.address,))


def _copy(site: Site, assets: Assets, address: str) -> bytes:
    return next(asset.content for asset in (*assets.static, *assets.media) if asset.address == address)
