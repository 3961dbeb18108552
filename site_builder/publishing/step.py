"""One step from what is live to what is to be live, and where the contents for it come from."""

import functools
import os
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from site_builder.problems import ProblemsFound
from site_builder.publishing.manifest import MANIFEST
from site_builder.publishing.records import FileRecord, Whole, folders_of
from site_builder.publishing.refusals import foreign
from site_builder.publishing.store import Store
from site_builder.publishing.tree import Sight, Survey
from site_builder.publishing.witness import Witness, hash_of

Files = Mapping[str, FileRecord]
# The hash of a manifest, and what finds out what it says
SpareIs = tuple[str, Callable[[], Whole | None]]


@dataclass(frozen=True)
class Step:
    """All that a way of publishing needs to know. The files have the manifest among them."""

    output: Path
    store: Store
    witness: Witness
    # what the live manifest says, and what of it the live folder really holds
    before: Files = field(repr=False)
    held: Files = field(repr=False)
    wanted: Files = field(repr=False)
    # the release to be, and the oldest one whose contents are worth keeping
    number: int
    oldest: int
    # whether a content may also come from another path or from an earlier release: when one is brought back
    anywhere: bool = False
    # what the spare tree holds if its manifest has this hash, so that it need not be read
    spare_is: SpareIs | None = None
    # what was seen of it while the site was made
    sight: Sight | None = None
    # whether every file is to be a new one
    fresh: bool = False
    # where the files of a first publishing were written to their paths
    tree: Path | None = None

    def source(self, path: str) -> str | None:
        """Where the content of a wanted file is: staged, live, or kept from an earlier release."""
        record = self.wanted[path]
        if self.tree and _is_file(placed := f"{self.tree}/{path}", record.size):
            return placed
        staged = self.store.staged(record)
        if os.path.exists(staged):
            return staged
        if self.held.get(path) == record:
            return f"{self.output}/{path}"
        return self._elsewhere(path, record) if self.anywhere else None

    def _elsewhere(self, path: str, record: FileRecord) -> str | None:
        if (twin := self._by_content.get(record)) is not None:
            return f"{self.output}/{twin}"
        spare = f"{self.store.spare}/{path}"
        return spare if hash_of(spare) == record.sha256 else self.store.kept(record)

    @functools.cached_property
    def _by_content(self) -> dict[FileRecord, str]:
        return {record: path for path, record in self.held.items()}

    @functools.cached_property
    def folders_before(self) -> set[str]:
        return folders_of(self.before)

    @functools.cached_property
    def folders_wanted(self) -> set[str]:
        return folders_of(self.wanted)

    def refuse_taken(self, live: Survey) -> None:
        """A file of somebody else must not be where one of ours is to be, nor the other way round.

        One that has our content already is ours. Raises ProblemsFound.
        """
        folders = self.folders_wanted
        for path in sorted(live.foreign):
            if path in self.wanted and hash_of(f"{self.output}/{path}") == self.wanted[path].sha256:
                del live.foreign[path]
            elif path in self.wanted or path in folders or not self.wanted.keys().isdisjoint(_above(path)):
                raise ProblemsFound([foreign(path)])
        for path in live.foreign_folders:
            if path in self.wanted:
                raise ProblemsFound([foreign(path)])

    def archive(self, root: Path, path: str, record: FileRecord, release: int) -> str | None:
        """Keep what a file of ours holds before it leaves; gives the folder that changed for it."""
        if release < self.oldest or path == MANIFEST or self.wanted.get(path) == record:
            return None
        self.store.keep(f"{root}/{path}", record, release)
        return f"{self.store.objects}/{release}"


def _is_file(path: str, size: int) -> bool:
    """Whether there is a file of a size at a path."""
    try:
        found = os.stat(path, follow_symlinks=False)
    except (FileNotFoundError, NotADirectoryError):
        return False
    return stat.S_ISREG(found.st_mode) and found.st_size == size


def _above(path: str) -> set[str]:
    """The folders above a path, the root aside."""
    return folders_of([path]) - {""}
