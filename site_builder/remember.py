"""Keeps what is slow to make from one build to the next, in a folder that may be deleted at any time.

An entry is the content after a checksum of its key and content, so a damaged, cut or moved entry is simply made anew.
"""

import contextlib
import hashlib
import os
import re
from collections.abc import Callable
from pathlib import Path

FOLDER = ".site-builder/cache"
# What a build used is kept, and as much again of what earlier ones used, but never less than this many entries.
LEAST_KEPT = 500
ENTRY = re.compile(r"[0-9a-f]{64}(\.[0-9]+\.new)?")


class Memory:
    """The entries of a folder. Without a folder, or where it cannot be written, everything is made anew."""

    def __init__(self, folder: Path | None = None, *, fresh: bool = False) -> None:
        """With `fresh` nothing that is there is believed, and all that is used is written again."""
        self.folder = folder
        self.fresh = fresh
        self.used: set[str] = set()

    def recall(self, key: str, make: Callable[[], bytes]) -> bytes:
        """The content of `key`, a SHA-256 in hexadecimal of all that it is made from; made when not known."""
        if self.folder is None:
            return make()
        path = self.folder / key
        self.used.add(key)
        content = None if self.fresh else _read(path, key)
        if content is None:
            content = make()
            _write(path, _checksum(key, content) + content)
        return content

    def forget(self) -> None:
        """Drop the entries that were not used for longest, and what a killed run left; called after a good build."""
        if self.folder is None:
            return
        others = [(path, used) for path, used in _entries(self.folder) if path.name not in self.used]
        others.sort(key=lambda entry: (entry[0].name.endswith(".new"), -entry[1]))
        room = max(len(self.used), LEAST_KEPT - len(self.used))
        for place, (path, _) in enumerate(others):
            if place >= room or path.name.endswith(".new"):
                with contextlib.suppress(OSError):
                    path.unlink()


def _entries(folder: Path) -> list[tuple[Path, int]]:
    """The entries of a folder with the time of their last use; other files in it are not ours."""
    found = []
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if ENTRY.fullmatch(path.name):
                with contextlib.suppress(OSError):
                    found.append((path, path.stat().st_mtime_ns))
    return found


def _checksum(key: str, content: bytes) -> bytes:
    return hashlib.sha256(key.encode() + content).digest()


def _read(path: Path, key: str) -> bytes | None:
    """The content of an entry that is whole; its time tells `forget` that it was used."""
    try:
        checksum, content = (whole := path.read_bytes())[:32], whole[32:]
    except OSError:
        return None
    if checksum != _checksum(key, content):
        return None
    with contextlib.suppress(OSError):
        os.utime(path)
    return content


def _write(path: Path, content: bytes) -> None:
    """Written beside and moved, so that no run reads half an entry; a full or locked disk only costs time."""
    aside = path.with_name(f"{path.name}.{os.getpid()}.new")
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.write_bytes(content)
        aside.replace(path)
