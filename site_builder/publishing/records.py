"""What publishing speaks of: a file's size and hash, the addresses of a site, what a publishing did."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

# How a release came to be live: the folders changed places, files were replaced one by one, or nothing was to be done.
Way = Literal["exchange", "in-place", "none"]


class FileRecord(NamedTuple):
    """Size and SHA-256 of a file; a tuple, because a large site has tens of thousands in every run."""

    size: int
    sha256: str


def record_of(content: bytes) -> FileRecord:
    """The record of a content."""
    return FileRecord(len(content), hashlib.sha256(content).hexdigest())


@dataclass(frozen=True, slots=True)
class Promised:
    """The addresses of a site: what readers and machines open, which of these come and go, what redirects."""

    pages: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()
    redirects: frozenset[str] = frozenset()

    @property
    def lasting(self) -> frozenset[str]:
        """The addresses that others may have written down."""
        return (self.pages - self.lists) | self.redirects


NO_PROMISE = Promised()


def vanished(before: Promised, now: Promised, withdrawn: Iterable[str]) -> tuple[str, ...]:
    """The lasting addresses that were published, are neither there nor redirected now, and were not withdrawn.

    A folder that was withdrawn took the files with it that stood in it, such as a feed in its formats.
    """
    gone, on_purpose = before.lasting - now.pages - now.redirects, frozenset(withdrawn)
    return tuple(sorted(one for one in gone if on_purpose.isdisjoint((one, one.rpartition("/")[0] + "/"))))


@dataclass(frozen=True, slots=True)
class PublishReport:
    """What publishing did, as paths in the output; `release` is 0 when nothing was to be done."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    way: Way = "none"
    release: int = 0
    # the SHA-256 of the manifest that is live now
    manifest: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Whole:
    """All that a release holds, the manifest itself aside: its files, the kept ones among them, its addresses."""

    files: Mapping[str, FileRecord] = field(repr=False)
    kept: frozenset[str] = frozenset()
    promised: Promised = NO_PROMISE


def folders_of(paths: Iterable[str]) -> set[str]:
    """Every folder that the paths stand in, the root as ``""``."""
    step = {path.rpartition("/")[0] for path in paths}
    found = {""}
    while step:
        found |= step
        step = {folder.rpartition("/")[0] for folder in step} - found
    return found


def stays_inside(path: str) -> bool:
    """Whether a path of a manifest can only mean a file within the output."""
    if ".." in path and ".." in path.split("/"):
        return False
    return bool(path) and path[0] != "/" and "\0" not in path and "\\" not in path and ":" not in path[:2]
