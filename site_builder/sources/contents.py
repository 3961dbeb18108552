"""The digest of every source file's content, read again only where the file's stat has changed.

Only the stats of files that are old enough to prove something are kept (`settled.py`).
"""

import os
import struct
import time
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from site_builder.settled import settled
from site_builder.store import Store, key_of

STAT = struct.Struct("!QqqQ")
DIGEST_SIZE = 16


def content_digests(project: Path, paths: Iterable[str], store: Store) -> dict[str, bytes]:
    """A digest of each file's bytes by its path; of what cannot be read, of the reason."""
    known = store.all("files")
    now = time.time_ns()
    found: dict[str, bytes] = {}
    fresh: list[tuple[bytes, bytes]] = []
    for path in paths:
        key, stat = path.encode(), _stat(f"{project}/{path}")
        kept = known.get(key)
        if stat and kept and kept.startswith(stat) and len(kept) == STAT.size + DIGEST_SIZE:
            found[path] = kept[STAT.size :]
            continue
        found[path] = digest_of_file(project / path)
        if stat and settled(STAT.unpack(stat)[2], now):
            fresh.append((key, stat + found[path]))
    store.put("files", fresh)
    if len(known) > 2 * len(found) + 1000:
        store.drop("files", known.keys() - {path.encode() for path in found})
    return found


def _stat(path: str) -> bytes:
    try:
        seen = os.stat(path)  # noqa: PTH116  # for every file in every build: a Path takes five times as long
    except OSError:
        return b""
    return STAT.pack(seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino)


def digest_of_file(path: Path) -> bytes:
    """A digest of a file's bytes; of what cannot be read, of the reason."""
    try:
        return blake2b(path.read_bytes(), digest_size=DIGEST_SIZE).digest()
    except OSError as error:
        return key_of("unreadable", error.errno)
