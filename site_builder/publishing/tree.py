"""A folder with a release in it: what it really holds, and how it is brought from one release to another."""

import contextlib
import errno
import os
import shutil
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from site_builder.publishing.disk import FOLDER_MODE, gone, make_folder, same_file, write_new
from site_builder.publishing.records import FileRecord
from site_builder.publishing.witness import FOLDER, STATE, State, Witness, within


@dataclass(slots=True)
class Survey:
    """What a folder holds beside what its manifest says."""

    # folders that have exactly the names that they should, in the state in which they were seen
    right: dict[str, State] = field(default_factory=dict)
    # files of the manifest that are not there, or only through a link
    missing: set[str] = field(default_factory=set)
    # files of others with their inode, and their folders
    foreign: dict[str, int] = field(default_factory=dict)
    foreign_folders: set[str] = field(default_factory=set)


class Sight(NamedTuple):
    """What was seen of a tree with a manifest: its names, and the files whose state is not known to be right."""

    manifest: FileRecord
    seen: Survey
    doubtful: set[str]


def survey(root: Path, files: Set[str], folders: Iterable[str], witness: Witness) -> Survey:
    """Look at the names in a folder: at every one of its `folders` by its state, into those whose state is not known.

    What is in the files `Witness.held` tells.
    """
    found = Survey()
    strange = _strange(root, folders, witness, found)
    inside: dict[str, list[str]] = {folder: [] for folder in strange}
    for path in [path for path in files if path.rpartition("/")[0] in strange]:
        inside[path.rpartition("/")[0]].append(path)
    real = {""}
    for folder in sorted(strange):
        before = len(found.foreign), len(found.foreign_folders)
        seen = _look_into(root, folder, files, strange, found, real)
        missing = [path for path in inside[folder] if path not in seen]
        found.missing.update(missing)
        clean = not missing and before == (len(found.foreign), len(found.foreign_folders))
        if folder and clean and folder in real and (state := strange[folder]):
            found.right[folder] = state
            witness.learn_folder(state)
    return found


def _strange(root: Path, folders: Iterable[str], witness: Witness, found: Survey) -> dict[str, State | None]:
    """The folders whose state is not known; those that are known go to `found`. The root is always looked into.

    Written out, since it runs for every folder of both trees.
    """
    strange: dict[str, State | None] = {"": None}
    stat, pack = os.stat, STATE.pack
    known, states, right = witness.known, [], found.right
    with within(root) as (prefix, opened):
        for folder in folders:
            if folder:
                try:
                    seen = stat(prefix + folder, dir_fd=opened, follow_symlinks=False)
                except (FileNotFoundError, NotADirectoryError):
                    strange[folder] = None
                    continue
                state = pack(seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns)
                states.append(state)
                (right if known.get(state) == FOLDER else strange)[folder] = state
    witness.seen += b"".join(states)
    return strange


def _look_into(
    root: Path,
    folder: str,
    files: Set[str],
    strange: Mapping[str, object],
    found: Survey,
    real: set[str],
) -> set[str]:
    """The files of ours in a folder; what is not ours goes to `found`. `real` are folders that are no links."""
    seen: set[str] = set()
    if folder not in real and folder.rpartition("/")[0] in strange:
        return seen
    prefix = f"{folder}/" if folder else ""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError), os.scandir(f"{root}/{folder}") as entries:
        real.add(folder)
        for entry in entries:
            path = prefix + entry.name
            if entry.is_dir(follow_symlinks=False):
                if path in strange:
                    real.add(path)
                elif path not in found.right:
                    _all_foreign(Path(entry.path), path, found)
            elif path in files:
                seen.add(path)
            else:
                found.foreign[path] = entry.inode()
    return seen


def _all_foreign(folder: Path, path: str, found: Survey) -> None:
    """A folder of others with all that is in it."""
    found.foreign_folders.add(path)
    with os.scandir(folder) as entries:
        for entry in entries:
            inner = f"{path}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                _all_foreign(Path(entry.path), inner, found)
            else:
                found.foreign[inner] = entry.inode()


def write_file(root: str, path: str, content: bytes) -> bool:
    """Write a file to its path below `root`, with its folders; several processes may do so at the same time.

    A file at that path is replaced. Returns False, and writes nothing, where a file stands in the place of a folder or
    a folder in the place of the file. Raises OSError, also when `root` does not exist: it is never made here.
    """
    whole = f"{root}/{path}"
    while True:
        try:
            write_new(whole, content)
        except FileNotFoundError:
            _make_folders(root, path.rpartition("/")[0])
        except NotADirectoryError:
            return False
        except FileExistsError:
            if os.path.isdir(whole):
                return False
            gone(whole)
        else:
            return True


def _make_folders(root: str, folder: str) -> None:
    """Make a folder below `root` and those above it. Raises FileNotFoundError when `root` does not exist."""
    if not folder:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), root)
    try:
        make_folder(f"{root}/{folder}")
    except FileNotFoundError:
        _make_folders(root, folder.rpartition("/")[0])
        make_folder(f"{root}/{folder}")


class Changes:
    """Changes a folder and remembers which files and folders must be made durable for it."""

    def __init__(self, root: Path) -> None:
        self.root = str(root)
        self.touched: set[str] = set()
        self.folders: set[str] = {""}
        self.emptied: set[str] = set()

    def remove(self, path: str) -> None:
        """Remove a file; its folder may be empty now."""
        gone(f"{self.root}/{path}")
        folder = path.rpartition("/")[0]
        self.touched.add(folder)
        self.emptied.add(folder)

    def tidy(self, needed: set[str]) -> None:
        """Remove folders that are empty and not needed, from the deepest up."""
        for folder in sorted(self.emptied, key=len, reverse=True):
            while folder and folder not in needed:
                try:
                    os.rmdir(f"{self.root}/{folder}")
                except FileNotFoundError:
                    pass
                except OSError:
                    break
                self.folders.discard(folder)
                self.touched.discard(folder)
                folder = folder.rpartition("/")[0]
                self.touched.add(folder)
        self.emptied.clear()

    def make_way(self, path: str) -> str:
        """The folder of a file, made where it is not there; gives the whole path of the file."""
        folder = path.rpartition("/")[0]
        if folder not in self.folders:
            self._folder(folder)
        self.touched.add(folder)
        return f"{self.root}/{path}"

    def _folder(self, folder: str) -> None:
        above = folder.rpartition("/")[0]
        if above not in self.folders:
            self._folder(above)
        whole = f"{self.root}/{folder}"
        try:
            os.mkdir(whole)
        except FileExistsError:
            if os.path.islink(whole) or not os.path.isdir(whole):
                os.unlink(whole)
                make_folder(whole)
                self.touched.add(above)
        else:
            os.chmod(whole, FOLDER_MODE)
            self.touched.add(above)
        self.folders.add(folder)

    def move(self, source: str, path: str) -> None:
        """Move a file to its place, over what is there."""
        target = self.make_way(path)
        try:
            os.replace(source, target)
        except IsADirectoryError:
            os.rmdir(target)
            os.replace(source, target)

    def link(self, source: str, path: str) -> None:
        """Give a file a second name at its place, over what is there."""
        same_file(source, self.make_way(path))

    @property
    def durable(self) -> list[str]:
        """The folders that changed, whole paths."""
        return [f"{self.root}/{folder}" for folder in sorted(self.touched)]


def mirror_foreign(live: Path, wanted: Survey, held: Survey, known: Mapping[str, list[int]], changes: Changes) -> None:
    """Let the folder of `changes` hold the same files of others as the live folder.

    `known` are those that were seen in the live folder at earlier publishings: what is not among them was put there
    while the folders changed places, and is never removed. Raises OSError where a file can neither be linked nor
    copied.
    """
    for path, inode in held.foreign.items():
        if path not in wanted.foreign and inode in known.get(path, ()):
            changes.remove(path)
    for folder in sorted(held.foreign_folders - wanted.foreign_folders, reverse=True):
        with contextlib.suppress(OSError):
            os.rmdir(f"{changes.root}/{folder}")
    for folder in sorted(wanted.foreign_folders):
        changes.make_way(f"{folder}/")
        shutil.copymode(live / folder, f"{changes.root}/{folder}")
    for path, inode in wanted.foreign.items():
        there = held.foreign.get(path)
        late = there is not None and there not in known.get(path, ()) and inode in known.get(path, ())
        if there != inode and not late:
            changes.link(f"{live}/{path}", path)
