"""`site-manifest.json`: every file of a release with size and SHA-256, and the addresses that were published.

It has no moment in it, so equal sites have equal manifests.
"""

import io
import json
from collections.abc import Iterable
from json.encoder import encode_basestring
from pathlib import Path
from typing import Any

from site_builder.publishing.disk import open_file
from site_builder.publishing.records import FileRecord, Promised, Whole, stays_inside

MANIFEST = "site-manifest.json"
GENERATOR = "site-builder"
FORMAT = 1


def manifest_bytes(whole: Whole) -> bytes:
    """The manifest of a release. Written by hand, since the library's indenting encoder takes ten times as long."""
    written = io.BytesIO()
    written.write(f'{{\n "generator": "{GENERATOR}",\n "format": {FORMAT},\n'.encode())
    for name, addresses in (
        ("addresses", whole.promised.pages),
        ("lists", whole.promised.lists),
        ("redirects", whole.promised.redirects),
    ):
        written.write(f' "{name}": {_lines(addresses)},\n'.encode())
    written.write(b' "files": [')
    before = "\n"
    for path in sorted(whole.files):
        size, sha256 = whole.files[path]
        kept = "true" if path in whole.kept else "false"
        told = f'{{"path": {encode_basestring(path)}, "size": {size}, "sha256": "{sha256}", "kept": {kept}}}'
        written.write(f"{before}  {told}".encode())
        before = ",\n"
    written.write(b"\n ]\n}\n")
    return written.getvalue()


def _lines(texts: Iterable[str]) -> str:
    listed = ",\n".join(f"  {encode_basestring(text)}" for text in sorted(texts))
    return f"[\n{listed}\n ]" if listed else "[]"


def read_file(path: Path) -> bytes:
    """A file's bytes; none where there is no file of ours. Raises OSError when the disk fails."""
    stream = open_file(str(path))
    if stream is None:
        return b""
    with stream:
        return stream.read()


def read_manifest(content: bytes) -> Whole | None:
    """A manifest as read; None when it is not one of ours.

    Paths that would leave the folder are passed over: nothing outside is ours, whatever a manifest says.
    """
    try:
        said = json.loads(content)
        return _whole(said) if said["generator"] == GENERATOR else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _whole(said: dict[str, Any]) -> Whole:
    files = {}
    kept = []
    for file in said["files"]:
        path = file["path"]
        if stays_inside(path) and path != MANIFEST:
            files[path] = FileRecord(file["size"], file["sha256"])
            if file["kept"]:
                kept.append(path)
    promised = Promised()
    if "lists" in said:
        promised = Promised(*(frozenset(map(str, said[name])) for name in ("addresses", "lists", "redirects")))
    return Whole(files, frozenset(kept), promised)
