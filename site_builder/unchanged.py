"""Tells in a moment that nothing has changed since the last build, without reading sources or loading what builds.

Every file that a build may read is compared by name, size, times and inode, Git's history by where its HEAD is, the
output by what publishing wrote down of it. A state with a file that is too young to prove something is not kept
(`settled.py`).
"""

import datetime
import hashlib
import json
import os
import sysconfig
import time
import zoneinfo
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any, get_args

from site_builder.problems import Phrase, Place, Problem, Severity
from site_builder.record.git import head
from site_builder.settled import settled
from site_builder.store import FOLDER, Store, key_of

# What a build reads of a project, and this package.
READ = ("content", "templates", "static")
PACKAGE = Path(__file__).parent
# So many states are kept, of all outputs and options.
STATES = 50
# Size, times of content and of inode in nanoseconds, inode.
Seen = tuple[int, int, int, int]
NOTHING: Seen = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Before:
    """What a build found and printed."""

    manifest: str
    timezone: str
    day: str
    problems: tuple[Problem, ...]
    pages: tuple[tuple[str, int], ...]

    def to_json(self) -> bytes:
        """The bytes to cache. They are JSON, because to import msgspec would take a sixth of a run without changes."""
        return json.dumps(astuple(self)).encode()


def from_json(content: bytes) -> Before | None:
    """The value that `Before.to_json` wrote; None for any other bytes."""
    try:
        manifest, timezone, day, problems, pages = json.loads(content)
        zoneinfo.ZoneInfo(timezone)
        counted = tuple((_text(code), int(count)) for code, count in pages)
        before = Before(_text(manifest), timezone, _text(day), tuple(map(_problem, problems)), counted)
        # a phrase that is not known, or whose parameters are others, fails here and not when it is printed
        for one in before.problems:
            _ = one.as_dict("lv"), one.as_dict("en")
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError, OSError):
        return None
    return before


def _problem(row: list[Any]) -> Problem:
    (path, line, column), severity, code, message, hint = row
    if severity not in get_args(Severity):
        raise ValueError(severity)
    place = Place(_text(path), int(line), int(column))
    return Problem(place, severity, _text(code), _phrase(message), None if hint is None else _phrase(hint))


def _phrase(row: list[Any]) -> Phrase:
    key, params = row
    return Phrase(_text(key), tuple((_text(name), _text(value)) for name, value in params))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


@dataclass(frozen=True, slots=True)
class Now:
    """The files as they are: a digest of their names and stats; `settled` if none of them is too young to tell."""

    inputs: bytes
    settled: bool


def look(project: Path) -> Now:
    """Look at everything that a build reads."""
    told = hashlib.blake2b(digest_size=16)
    proven, begun = True, time.time_ns()
    for folder in (*(project / name for name in READ), PACKAGE):
        for name, seen in sorted(_stats(str(folder))):
            told.update(f"{name}\0{seen}\0".encode("utf-8", "surrogateescape"))
            proven = proven and (seen == NOTHING or settled(seen[2], begun))
    told.update("\n".join(sorted(entry.name for entry in os.scandir(sysconfig.get_path("purelib")))).encode())
    told.update(head(project).encode())
    return Now(told.digest(), proven)


def _stats(root: str) -> Iterator[tuple[str, Seen]]:
    """All that is below a folder, with size, times and inode of files; compiled Python aside."""
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError:
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    yield entry.path, NOTHING
                    waiting.append(entry.path)
                continue
            try:
                seen = entry.stat()
            except OSError:
                yield entry.path, NOTHING
            else:
                yield entry.path, (seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino)


def today_in(timezone: str) -> str:
    """The day in a time zone."""
    return datetime.datetime.now(zoneinfo.ZoneInfo(timezone)).date().isoformat()


class Memory:
    """What the last build of an output with the same options found, and whether the next would find the same."""

    def __init__(self, project: Path, output: Path, *options: object) -> None:
        """Look at the files as they are now: what changes from here on is not part of what is kept."""
        self.project = project
        self.output = output
        self.now = look(project)
        self.key = key_of(str(output), options, self.now.inputs)

    def recall(self, day: str) -> Before | None:
        """What a build for a day (that of the site's time zone where it is empty) would find and print, if it is known.

        Raises ProblemsFound when somebody else publishes there or the folder is refused, OSError.
        """
        store = Store(self.project / FOLDER)
        kept = store.get("states", self.key)
        store.close()
        before = from_json(kept) if kept else None
        if before is None:
            return None
        same_day = before.day == (day or today_in(before.timezone))
        return before if same_day and self._published(before) else None

    def _published(self, before: Before) -> bool:
        from site_builder.publishing.publication import Publication

        with Publication(self.output, self.project) as publication:
            return publication.manifest_hash == before.manifest and publication.intact

    def keep(self, before: Before) -> None:
        """Keep what the build found, when the files that it read were old enough to tell."""
        if self.now.settled:
            store = Store(self.project / FOLDER)
            store.put("states", [(self.key, before.to_json())])
            store.bound("states", STATES)
            store.close()
