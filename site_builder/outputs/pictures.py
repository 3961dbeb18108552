"""The width and height of pictures, read from the files themselves, so that pages do not jump while they load."""

import io
import re

VIEW_BOX = re.compile(rb'<svg\b[^>]*\bviewBox="[-\d.]+[ ,]+[-\d.]+[ ,]+([\d.]+)[ ,]+([\d.]+)"', re.DOTALL)
SVG_SIDES = re.compile(rb'<svg\b(?=[^>]*\bwidth="([\d.]+)(?:px)?")(?=[^>]*\bheight="([\d.]+)(?:px)?")', re.DOTALL)
# The orientations of Exif (tag 0x0112) that lie on their side.
TURNED = (5, 6, 7, 8)


class UnreadablePicture(Exception):
    """A file with a picture's name is none."""


def size_of(name: str, content: bytes) -> tuple[int, int]:
    """Width and height in CSS pixels as a browser shows them. Raises UnreadablePicture."""
    return _svg(content) if name.lower().endswith(".svg") else _raster(content)


def _svg(content: bytes) -> tuple[int, int]:
    found = SVG_SIDES.search(content) or VIEW_BOX.search(content)
    if found is None:
        raise UnreadablePicture
    return round(float(found[1])), round(float(found[2]))


def _raster(content: bytes) -> tuple[int, int]:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(content)) as image:
            width, height = image.size
            turned = image.getexif().get(0x0112) in TURNED
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise UnreadablePicture from error
    return (height, width) if turned else (width, height)
