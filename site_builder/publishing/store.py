"""Where publishing keeps what is its own: one folder an output, on the same file system; it may be deleted any time."""

import contextlib
import errno
import json
import os
import shutil
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from site_builder.publishing.disk import make_durable, make_folder, same_file, write_new, write_private
from site_builder.publishing.records import FileRecord, record_of
from site_builder.publishing.refusals import STORES
from site_builder.publishing.witness import hash_of

# How often, and after how many seconds, a folder is removed that others still write to.
SWEEPS, PAUSE = 100, 0.02


@dataclass(frozen=True, slots=True)
class Store:
    """The private folder of an output."""

    root: Path

    @classmethod
    def of(cls, output: Path, project: Path) -> "Store":
        """The store of an output: within the project, or a hidden folder beside an output elsewhere."""
        if output.is_relative_to(project):
            return cls(project / STORES / quote(output.relative_to(project).as_posix(), safe=""))
        return cls(output.parent / f".{output.name}.site-builder")

    @property
    def lock(self) -> Path:
        return self.root / "lock"

    @property
    def spare(self) -> Path:
        """The second tree: the release before, and then the one to come."""
        return self.root / "spare"

    @property
    def staging(self) -> Path:
        return self.root / "staging"

    def new_tree(self) -> Path:
        """Make the folder in which a run writes the tree of a first publishing. Raises OSError.

        It has a name of its own, so that workers that outlive a killed run cannot write into the tree of the next run.
        """
        self.staging.mkdir(exist_ok=True)
        tree = self.staging / f"tree-{os.urandom(8).hex()}"
        make_folder(str(tree))
        return tree

    @property
    def objects(self) -> Path:
        return self.root / "objects"

    @property
    def releases(self) -> Path:
        return self.root / "releases"

    @property
    def witness(self) -> Path:
        return self.root / "witness"

    def make_durable(self, paths: Iterable[str]) -> None:
        """Bring files and folders to the disk itself. Raises OSError."""
        make_durable(paths)

    def sweep(self) -> None:
        """Remove what a run that was killed had prepared. Raises OSError.

        Workers outlive it for a moment and may still add to it: then it is removed again.
        """
        for folder in (self.root, self.releases, self.objects):
            folder.mkdir(parents=True, exist_ok=True)
        for left in reversed(range(SWEEPS)):
            if not self.staging.exists():
                return
            try:
                shutil.rmtree(self.staging)
            except OSError as error:
                if not left or error.errno not in (errno.ENOTEMPTY, errno.ENOENT):
                    raise
                time.sleep(PAUSE)

    def stage(self, content: bytes) -> FileRecord:
        """Write a content aside, under its hash; any process may. Raises OSError."""
        record = record_of(content)
        path = self.staged(record)
        try:
            write_new(path, content)
        except FileNotFoundError:
            make_folder(str(self.staging))
            make_folder(os.path.dirname(path))
            return self.stage(content)
        except FileExistsError:
            if os.stat(path).st_size != record.size:
                self._stage_again(path, content)
        return record

    def _stage_again(self, path: str, content: bytes) -> None:
        """What another worker has begun: it may still be writing, or may have been killed."""
        aside = f"{path}.{os.getpid()}"
        write_new(aside, content)
        os.replace(aside, path)

    def staged(self, record: FileRecord) -> str:
        return f"{self.staging}/{record.sha256[:2]}/{record.sha256}"

    def keep(self, path: str, record: FileRecord, release: int) -> None:
        """Keep the content of a file that leaves, for a release that had it; one that is gone is not kept."""
        folder = f"{self.objects}/{release}"
        make_folder(folder)
        with contextlib.suppress(FileNotFoundError):
            same_file(path, f"{folder}/{record.sha256}")

    def kept(self, record: FileRecord) -> str | None:
        """A content of an earlier release, if it is still there and whole."""
        for release in os.listdir(self.objects):
            path = f"{self.objects}/{release}/{record.sha256}"
            if hash_of(path) == record.sha256:
                return path
        return None

    # What is remembered from one publishing to the next

    def read_state(self) -> dict[str, Any]:
        """Since when assets are only kept, and which files of others were seen; empty where that is lost."""
        return _read_json(self.root / "state.json")

    def write_state(self, state: Mapping[str, Any]) -> None:
        write_private(self.root / "state.json", json.dumps(state).encode())

    def know_foreign(self, foreign: Mapping[str, int]) -> dict[str, list[int]]:
        """Note which files of others are there, with those known before; gives the latter."""
        state = self.read_state()
        known: dict[str, list[int]] = state.get("foreign", {})
        together = {path: sorted({*known.get(path, ()), inode}) for path, inode in foreign.items()}
        self.write_state({**state, "foreign": {**known, **together}})
        return known

    def settle(self, output: Path, foreign: Mapping[str, int]) -> None:
        """Forget files of others that the live folder did not have, and note which folders are the trees.

        After a first publishing there is no spare tree yet.
        """
        trees = [os.stat(tree).st_ino for tree in (output, self.spare) if tree.exists()]
        own = {path: [inode] for path, inode in foreign.items()}
        self.write_state({**self.read_state(), "foreign": own, "trees": trees})

    @property
    def spare_was_copied(self) -> bool:
        """Whether the spare tree is none of the two that were noted: somebody restored a copy of this folder."""
        inode = os.stat(self.spare).st_ino
        return inode not in self.read_state().get("trees", [inode])

    def read_journal(self) -> dict[str, Any]:
        """Which files the last run was about to place, and in which tree; one that is cut short placed nothing."""
        return _read_json(self.root / "journal")

    def write_journal(self, tree: str, files: Mapping[str, str]) -> None:
        """Note which files of ours may stand where no manifest names them, should this run be cut short."""
        path = self.root / "journal"
        new = not path.exists()
        path.write_bytes(json.dumps({"tree": tree, "files": files}).encode())
        self.make_durable([str(path), *([str(self.root)] if new else [])])


def _read_json(path: Path) -> dict[str, Any]:
    try:
        said = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}
