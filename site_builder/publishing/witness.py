"""Remembers in which state of the disk a file or folder was last seen to be right, so that nothing is read again.

A state is inode, size and the times of content and of inode; the last cannot be set by any program. The record
may be deleted or damaged at any time: what it does not know is read and hashed.
"""

import contextlib
import hashlib
import os
import stat
import struct
import time
from pathlib import Path

from site_builder.publishing.disk import write_private
from site_builder.publishing.records import FileRecord

State = tuple[int, int, int, int]
ROW = struct.Struct("<QQqq32s")
FOLDER = b"\0" * 32
# Two changes within a tick of the clock leave the same times, so what changed just now is looked at again.
TICK_NS = 20_000_000


def state_of(path: str) -> State:
    """The state of a file or folder; of a link, the link's own. Raises OSError."""
    seen = os.stat(path, follow_symlinks=False)
    return seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns


class Witness:
    """States that are known to be right: of a file with its SHA-256, of a folder that has what it should."""

    def __init__(self, path: Path, *, fresh: bool = False) -> None:
        """With `fresh` nothing that was remembered is believed."""
        self.path = path
        self.known: dict[State, bytes] = {} if fresh else _read(path)

    def vouches(self, state: State, record: FileRecord) -> bool:
        """Whether a file in this state has this content."""
        digest = self.known.get(state)
        return digest is not None and digest.hex() == record.sha256

    def knows_folder(self, state: State) -> bool:
        """Whether a folder in this state has exactly what it should."""
        return self.known.get(state) == FOLDER

    def holds(self, path: str, record: FileRecord) -> State | None:
        """The state of a file that has the content of its record, known or hashed; None if it has not."""
        with contextlib.suppress(OSError):
            state = state_of(path)
            if state[1] == record.size and (self.vouches(state, record) or hash_of(path) == record.sha256):
                return state
        return None

    def remember(self, rows: dict[State, bytes]) -> None:
        """Keep these states for the next run and no others. Raises OSError."""
        newest = time.time_ns() - TICK_NS
        settled = b"".join(ROW.pack(*state, digest) for state, digest in rows.items() if state[3] < newest)
        write_private(self.path, hashlib.sha256(settled).digest() + settled)
        self.known = rows


def _read(path: Path) -> dict[State, bytes]:
    """The rows of a record that is whole; none of one that is not."""
    try:
        whole = path.read_bytes()
    except OSError:
        return {}
    checksum, rows = whole[:32], whole[32:]
    if hashlib.sha256(rows).digest() != checksum or len(rows) % ROW.size:
        return {}
    return {row[:4]: row[4] for row in ROW.iter_unpack(rows)}


def hash_of(path: str) -> str:
    """SHA-256 of a file that is a file and no link; empty when it cannot be read."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        with open(handle, "rb") as stream:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                return ""
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
