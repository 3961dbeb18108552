"""The record of changes as a build sees it: what was recorded, and what Git knows beyond that.

The log alone counts where there is no Git, where the clone is cut before the recorded state, or where nothing is newer:
so a build from a copy without history is the same as one in a clone, once the log is up to date.
"""

import datetime
import pickle
import zoneinfo
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from site_builder.config import SiteConfig
from site_builder.problems import Place, Problem, phrase, problem
from site_builder.record import git
from site_builder.record.compare import Things, differences, things_in
from site_builder.record.log import LOG, Change, Log, joined, read_log
from site_builder.store import Store, key_of
from site_builder.versions import fingerprint

FACTS = "content/facts"
# So many states of files and whole records are kept.
KEPT = 500


@dataclass(frozen=True, slots=True)
class Record:
    """All changes, the oldest first, since the day on which the record begins."""

    begins: datetime.date | None = None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Newer:
    """What Git knows beyond the log: the changes, the day of its first state, the tree of HEAD."""

    changes: tuple[Change, ...]
    begins: datetime.date | None
    tree: str


def load_record(project: Path, config: SiteConfig, store: Store) -> tuple[Record, list[Problem]]:
    """The record of a project, with what is wrong with its log, or a notice where it may lack something."""
    log, problems = read_log(project, config.codes)
    here = git.head(project)
    if not here or problems:
        return Record(log.begins, log.changes), problems
    key = key_of(fingerprint(), str(project.resolve()), here, config.timezone, config.codes, log)
    kept = store.get("history", key)
    if kept is None:
        kept = pickle.dumps(History(project, config.codes, config.timezone, store).newer(log))
        store.put("history", [(key, kept)])
        store.bound("history", KEPT)
    newer: Newer | None = pickle.loads(kept)  # noqa: S301  # written by us, under a checksum
    if newer is None:
        return Record(log.begins, log.changes), [_cut()] if git.is_shallow(project) else []
    whole = joined(log, newer.changes, newer.begins, newer.tree)
    return Record(whole.begins, whole.changes), []


def _cut() -> Problem:
    return problem("record-cut", Place(LOG), severity="notice", hint=phrase("hint.record-cut"))


class History:
    """The history of the facts in a clone. What each version of a file holds is kept."""

    def __init__(self, project: Path, languages: tuple[str, ...], timezone: str, store: Store) -> None:
        self.project = project
        self.languages = languages
        self.zone = zoneinfo.ZoneInfo(timezone)
        self.store = store

    def newer(self, log: Log) -> Newer | None:
        """What is newer than the log; None where Git cannot tell all of it."""
        line = git.versions(self.project, (FACTS, LOG))
        trees = git.trees(self.project, (one.commit for one in line), FACTS) if line else None
        if not line or not trees:
            return None
        begins = self._begins(log, line, trees)
        if begins is None:
            return None
        changes = self._changes(line[:begins])
        first = self._day(line[begins]) if begins < len(line) else None
        return None if changes is None else Newer(changes, first, trees[0])

    def _begins(self, log: Log, line: Sequence[git.Version], trees: Sequence[str]) -> int | None:
        """Where in the line, the newest first, the state stands from which on changes are told.

        That is the recorded state. A line that was rewritten may not have it: then it is where the log was last
        written, and without a log the first state of the facts. A clone that is cut does not know these.
        """
        if log.recorded in trees:
            return trees.index(log.recorded)
        if git.is_shallow(self.project):
            return None
        written = [index for index, one in enumerate(line) if log.recorded and LOG in one.files]
        first = max((index for index, tree in enumerate(trees) if tree), default=None)
        return written[0] if written else first

    def _day(self, version: git.Version) -> datetime.date:
        return datetime.datetime.fromtimestamp(version.second, self.zone).date()

    def _changes(self, line: Sequence[git.Version]) -> tuple[Change, ...] | None:
        """The changes of versions, the oldest first. A file that could not be read is compared once it can be."""
        held = self._states(line)
        if held is None:
            return None
        good: dict[str, str] = {}
        found: list[Change] = []
        for version in reversed(line):
            old: dict[str, Things] = {}
            new: dict[str, Things] = {}
            for path, (before, after) in version.files.items():
                was, now = held[path, good.get(path, before)], held[path, after]
                if now is None or was is None:
                    good.setdefault(path, before)
                    continue
                good[path] = after
                old[path], new[path] = was, now
            day = self._day(version).isoformat()
            found += [one.on(day) for one in differences(_together(old), _together(new))]
        return tuple(found)

    def _states(self, line: Sequence[git.Version]) -> dict[tuple[str, str], Things | None] | None:
        """What each version of a file holds, by path and blob; None if Git does not have one."""
        wanted = {(path, blob) for one in line for path, pair in one.files.items() for blob in pair}
        keys = {one: key_of(fingerprint(), self.languages, one) for one in wanted}
        held = {one: kept for one, key in keys.items() if (kept := self.store.get("history", key)) is not None}
        texts = git.blobs(self.project, (blob for path, blob in wanted if (path, blob) not in held))
        if texts is None:
            return None
        for path, blob in sorted(wanted - held.keys()):
            held[path, blob] = pickle.dumps(things_in(path, texts.get(blob, ""), self.languages))
            self.store.put("history", [(keys[path, blob], held[path, blob])])
        return {one: pickle.loads(kept) for one, kept in held.items()}  # noqa: S301  # written by us, under a checksum


def _together(states: dict[str, Things]) -> Things:
    return {name: thing for things in states.values() for name, thing in things.items()}
