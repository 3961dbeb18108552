"""The releases of an output: a small record of each, and the difference from the one before it.

Contents that no folder has any more are kept in `objects/<number of the last release that had them>/<SHA-256>`, so that
forgetting a release is removing a folder.
"""

import dataclasses
import datetime
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from site_builder.publishing.disk import write_private
from site_builder.publishing.records import FileRecord, Promised, Way, Whole

# What is kept: so many releases, and all of so many days, but never more than so many.
LEAST_KEPT = 10
KEPT_FOR = datetime.timedelta(days=90)
MOST_KEPT = 200

PARTS = ("pages", "lists", "redirects")
# A file before or after: size, SHA-256, whether it was kept from earlier; None where it was not there.
Side = tuple[int, str, bool] | None


@dataclass(frozen=True, slots=True)
class Release:
    """One publishing: its number and moment, the hash of its manifest, how many pages and files it changed."""

    number: int
    at: datetime.datetime
    manifest: str
    way: Way
    pages: int
    files: int
    # the release whose content it brought back
    restores: int | None = None

    def as_dict(self, *, live: bool) -> dict[str, int | str | bool | None]:
        """The release as the object that `--json` prints."""
        return {
            "number": self.number,
            "at": self.at.isoformat(timespec="seconds"),
            "pages": self.pages,
            "files": self.files,
            "way": self.way,
            "restores": self.restores,
            "live": live,
        }

    @property
    def shows(self) -> int:
        """The number of the release whose content it has."""
        return self.restores or self.number


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed from one release to the next: files with both sides, addresses as those gone and those that came."""

    files: dict[str, tuple[Side, Side]]
    promised: dict[str, tuple[list[str], list[str]]]

    @property
    def changed(self) -> list[str]:
        """The files that have another content or are gone; not those that are merely kept since."""
        return [path for path, (old, new) in self.files.items() if (old and old[:2]) != (new and new[:2])]


def difference(old: Whole, new: Whole) -> Difference:
    """What changed from one release to the next."""
    changed = {path for path, record in new.files.items() if old.files.get(path) != record}
    paths = changed | (old.files.keys() - new.files.keys()) | (old.kept ^ new.kept)
    promised = {}
    for part in PARTS:
        was, now = getattr(old.promised, part), getattr(new.promised, part)
        promised[part] = (sorted(was - now), sorted(now - was))
    return Difference({path: (_side(old, path), _side(new, path)) for path in sorted(paths)}, promised)


def _side(whole: Whole, path: str) -> Side:
    record = whole.files.get(path)
    return (record.size, record.sha256, path in whole.kept) if record else None


def undo(whole: Whole, changes: Difference) -> Whole:
    """What was live before a difference, from what it made."""
    files, kept = dict(whole.files), set(whole.kept)
    for path, (old, _) in changes.files.items():
        files.pop(path, None)
        kept.discard(path)
        if old:
            files[path] = FileRecord(old[0], old[1])
            if old[2]:
                kept.add(path)
    parts = []
    for part in PARTS:
        removed, added = changes.promised[part]
        parts.append((getattr(whole.promised, part) - frozenset(added)) | frozenset(removed))
    return Whole(files, frozenset(kept), Promised(*parts))


class Releases:
    """The records of an output's releases, oldest first; their numbers have no gaps."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.listed: list[Release] = []
        for release in sorted(map(_read, _records(folder)), key=lambda one: one.number if one else 0):
            if release and self.listed and release.number != self.listed[-1].number + 1:
                self.listed = []
            if release:
                self.listed.append(release)

    def settle(self, live: str) -> list[Release]:
        """Forget what never became live, or was undone by hand: all after the release whose manifest is `live`.

        Gives the forgotten ones. When no release is live, the chain of differences leads nowhere and none is left.
        """
        kept = self.until(live)
        forgotten, self.listed = self.listed[len(kept) :], kept
        for release in forgotten:
            self._forget(release.number)
        return forgotten

    def until(self, live: str) -> list[Release]:
        """All releases up to the last one whose manifest is `live`; none when it was no release."""
        last = max((at for at, release in enumerate(self.listed) if release.manifest == live), default=-1)
        return self.listed[: last + 1]

    def add(self, release: Release, changes: Difference) -> list[str]:
        """Write a release down; gives the files that were written. Raises OSError.

        The first has nothing before it to go back to, so its difference is left out.
        """
        said = {**dataclasses.asdict(release), "at": release.at.isoformat()}
        written = [self.folder / f"{release.number}.json"]
        if self.listed:
            written.insert(0, self._difference(release.number))
            write_private(written[0], json.dumps({"files": changes.files, "promised": changes.promised}).encode())
        write_private(written[-1], json.dumps(said).encode())
        self.listed.append(release)
        return [str(path) for path in written]

    @property
    def next_number(self) -> int:
        return self.listed[-1].number + 1 if self.listed else 1

    def prune(self, now: datetime.datetime, objects: Path) -> None:
        """Forget releases that are old and many, and the contents that only they had."""
        keep = self.listed[-MOST_KEPT:]
        while len(keep) > LEAST_KEPT and now - keep[0].at > KEPT_FOR:
            keep = keep[1:]
        for release in self.listed[: len(self.listed) - len(keep)]:
            self._forget(release.number)
        self.listed = keep
        oldest = keep[0].number if keep else 0
        for name in _names(objects):
            if not name.isdigit() or int(name) < oldest:
                shutil.rmtree(objects / name, ignore_errors=True)

    def read_difference(self, number: int) -> Difference:
        """What a release changed. Raises OSError or ValueError where that is lost."""
        said = json.loads(self._difference(number).read_bytes())
        files = {path: (_read_side(old), _read_side(new)) for path, (old, new) in said["files"].items()}
        return Difference(files, said["promised"])

    def at(self, number: int, live: Whole) -> Whole:
        """What a release held, worked out from what is live. Raises OSError or ValueError where that is lost."""
        for release in reversed(self.listed):
            if release.number == number:
                break
            live = undo(live, self.read_difference(release.number))
        return live

    def get(self, number: int) -> Release | None:
        return next((release for release in self.listed if release.number == number), None)

    def before_live(self) -> Release | None:
        """The release that was live before the content that is live now."""
        return self.get(self.listed[-1].shows - 1) if self.listed else None

    def _difference(self, number: int) -> Path:
        return self.folder / f"{number}.changes"

    def _forget(self, number: int) -> None:
        self._difference(number).unlink(missing_ok=True)
        (self.folder / f"{number}.json").unlink(missing_ok=True)


def _names(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)
    except FileNotFoundError:
        return []


def _records(folder: Path) -> list[Path]:
    return [folder / name for name in _names(folder) if name.endswith(".json")]


def _read(path: Path) -> Release | None:
    """A record; None where it is damaged."""
    try:
        said: dict[str, Any] = json.loads(path.read_bytes())
        return Release(**{**said, "at": datetime.datetime.fromisoformat(said["at"])})
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _read_side(side: Any) -> Side:
    return (int(side[0]), str(side[1]), bool(side[2])) if side else None
