"""The digest of every source file's content, read again only where the file's stat has changed.

Size, times and inode of a file that was written in the same moment as it was read prove nothing (Git calls such an
index entry racy), so only those of older files are kept.
"""

import struct
import time
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from site_builder.store import Store, key_of

STAT = struct.Struct("!QqqQ")
# Nanoseconds after which a file system surely gives another time; one that knows no parts of a millisecond may count in
# two seconds, as FAT does.
FINE, COARSE = 50_000_000, 2_000_000_000


def content_digests(project: Path, paths: Iterable[str], store: Store) -> dict[str, bytes]:
    """A digest of each file's bytes by its path; of what cannot be read, of the reason."""
    known = store.all("files")
    now = time.time_ns()
    found: dict[str, bytes] = {}
    fresh: list[tuple[bytes, bytes]] = []
    for path in paths:
        key, stat = path.encode(), _stat(project / path)
        kept = known.get(key)
        if stat and kept and kept.startswith(stat):
            found[path] = kept[STAT.size :]
            continue
        found[path] = _digest(project / path)
        if stat and _settled(stat, now):
            fresh.append((key, stat + found[path]))
    store.put("files", fresh)
    if len(known) > 2 * len(found) + 1000:
        store.drop("files", known.keys() - {path.encode() for path in found})
    return found


def _stat(path: Path) -> bytes:
    try:
        seen = path.stat()
    except OSError:
        return b""
    return STAT.pack(seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino)


def _settled(stat: bytes, now: int) -> bool:
    """Whether a file is so old that a change of it from now on would show."""
    changed: int = STAT.unpack(stat)[2]
    return changed + (FINE if changed % 1_000_000 else COARSE) < now


def _digest(path: Path) -> bytes:
    try:
        return blake2b(path.read_bytes(), digest_size=16).digest()
    except OSError as error:
        return key_of("unreadable", error.errno)
