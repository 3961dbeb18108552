"""Remembers in which state of the disk a file or folder was last seen to be right, so that nothing is read again.

A state is inode, size and the times of content and of inode; the last cannot be set by any program. The record
may be deleted or damaged at any time: what it does not know is read and hashed.
"""

import contextlib
import hashlib
import os
import struct
import time
from collections.abc import Iterator, Mapping, Set
from pathlib import Path

from site_builder.publishing.disk import open_file, write_private
from site_builder.publishing.records import FileRecord
from site_builder.settled import settled

# Inode, size, times of content and of inode in nanoseconds, packed: a large site has two hundred thousand in every run.
State = bytes
STATE = struct.Struct("<QQqq")
STATES = struct.Struct("32s")
ROW = struct.Struct("32s32s")
FOLDER = b"\0" * 32
# So many rows more than states were looked at are too many.
ROOM = 1000


def state_of(path: str) -> State:
    """The state of a file or folder; of a link, the link's own. Raises OSError."""
    seen = os.stat(path, follow_symlinks=False)
    return STATE.pack(seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns)


@contextlib.contextmanager
def within(root: Path) -> Iterator[tuple[str, int | None]]:
    """How `os.stat` names what is in a folder: what stands before its path, and the open folder.

    From an open folder the system looks up a path a sixth sooner, which counts where there are a hundred thousand. An
    OSError names the whole path.
    """
    folder = None
    if os.stat in os.supports_dir_fd:
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            folder = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    if folder is None:
        yield f"{root}/", None
        return
    try:
        yield "", folder
    except OSError as error:
        error.filename = os.path.join(root, str(error.filename or ""))
        raise
    finally:
        os.close(folder)


def _size(state: State) -> int:
    return int.from_bytes(state[8:16], "little")


def _changed(state: State) -> int:
    """When the inode changed."""
    return int.from_bytes(state[24:], "little", signed=True)


class Witness:
    """States that are known to be right: of a file with its SHA-256, of a folder that has exactly the names it should.

    What is learned in a run is appended. A row that was damaged matches no state, or a hash that is then not the
    one that is looked for, so it needs no checksum of its own.
    """

    def __init__(self, path: Path, *, fresh: bool = False) -> None:
        """With `fresh` nothing that was remembered is believed."""
        self.path = path
        self.known, self.cut = ({}, True) if fresh else _read(path)
        # the states that were looked at, one after the other
        self.seen = bytearray()
        self.learned: dict[State, bytes] = {}

    def holds(self, path: str, record: FileRecord) -> bool:
        """Whether a file has the content of its record: its state is known, or it is hashed."""
        try:
            state = state_of(path)
        except (FileNotFoundError, NotADirectoryError):
            return False
        if _size(state) != record.size:
            return False
        self.seen += state
        digest = self.known.get(state)
        if digest is not None and digest.hex() == record.sha256:
            return True
        if hash_of(path) != record.sha256:
            return False
        self.learned[state] = bytes.fromhex(record.sha256)
        return True

    def held(
        self, root: Path, files: Mapping[str, FileRecord], doubtful: Set[str] | None = None
    ) -> dict[str, FileRecord]:
        """Those of the files that a folder really holds; only the `doubtful` ones are read."""
        doubtful = self.doubtful(root, files) if doubtful is None else doubtful
        held = dict(files)
        for path in doubtful & files.keys():
            if not self.holds(f"{root}/{path}", files[path]):
                del held[path]
        return held

    def doubtful(self, root: Path, files: Mapping[str, FileRecord]) -> set[str]:
        """Those of the files whose state is not known to be right. Written out, since every build asks."""
        stat, pack, known, states, doubtful = os.stat, STATE.pack, self.known, [], set()
        with within(root) as (prefix, folder):
            for path, record in files.items():
                try:
                    seen = stat(prefix + path, dir_fd=folder, follow_symlinks=False)
                except (FileNotFoundError, NotADirectoryError):
                    doubtful.add(path)
                    continue
                state = pack(seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns)
                states.append(state)
                digest = known.get(state)
                if digest is None or digest.hex() != record.sha256:
                    doubtful.add(path)
        self.seen += b"".join(states)
        return doubtful

    def learn_file(self, path: str, record: FileRecord) -> None:
        """A file was just put in its place. Raises OSError; LookupError when it has not the size of its record."""
        state = state_of(path)
        if _size(state) != record.size:
            raise LookupError(f"{path} has not the size of its record")
        self.learned[state] = bytes.fromhex(record.sha256)

    def learn_folder(self, state: State) -> None:
        """A folder has exactly the names that it should."""
        self.learned[state] = FOLDER

    def remember(self) -> None:
        """Keep for the next run what was learned; all anew when most of the record is of no use. Raises OSError."""
        now = time.time_ns()
        rows = {state: digest for state, digest in self.learned.items() if settled(_changed(state), now)}
        if self.cut or len(self.known) > len(self.seen) // STATE.size + ROOM:
            seen = (state for (state,) in STATES.iter_unpack(self.seen))
            right = {state: self.known[state] for state in seen if state in self.known}
            write_private(self.path, _packed(right | rows))
        elif rows:
            with self.path.open("ab") as stream:
                stream.write(_packed(rows))
        self.known |= rows
        self.learned.clear()
        self.cut = False


def _packed(rows: Mapping[State, bytes]) -> bytes:
    return b"".join(state + digest for state, digest in rows.items())


def _read(path: Path) -> tuple[dict[State, bytes], bool]:
    """The rows of a record, and whether its end was cut off, so that nothing may be appended."""
    try:
        rows = path.read_bytes()
    except OSError:
        return {}, True
    whole = len(rows) // ROW.size * ROW.size
    return dict(ROW.iter_unpack(rows[:whole])), whole != len(rows)


def hash_of(path: str) -> str:
    """SHA-256 of a file; empty where there is none of ours. Raises OSError when the disk fails."""
    stream = open_file(path)
    if stream is None:
        return ""
    with stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
