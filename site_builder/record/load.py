"""The record of changes as a build sees it: what was recorded, and what Git knows beyond that.

The log alone counts where there is no Git, where the clone is cut before the recorded state, or where nothing is newer:
so a build from a copy without history is the same as one in a clone, once the log is up to date.
"""

import datetime
import zoneinfo
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from site_builder.config import SiteConfig
from site_builder.engine.serialization import decode_cached, encode
from site_builder.problems import Place, Problem, phrase, problem
from site_builder.record import git
from site_builder.record.compare import Things, differences, things_in
from site_builder.record.log import LOG, Change, Log, joined, read_log
from site_builder.sources.read import read_text
from site_builder.store import Store, key_of
from site_builder.versions import fingerprint

FACTS = "content/facts"
# So many states of files and whole records are kept.
KEPT = 500
# A second of the year 9999: clocks may be wrong, and a commit may say any number.
LATEST = 253_402_000_000


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
    log, problems = load_log(project, config.codes, store)
    here = git.head(project)
    if not here or problems:
        return Record(log.begins, log.changes), problems
    key = key_of(fingerprint(), str(project.resolve()), here, config.timezone, config.codes, log)
    cached = decode_cached(store.get("history", key), tuple[Newer | None])
    if cached is None:
        cached = (History(project, config.codes, config.timezone, store).newer(log),)
        store.put("history", [(key, encode(cached))])
        store.bound("history", KEPT)
    (newer,) = cached
    if newer is None:
        return Record(log.begins, log.changes), [_cut()] if git.is_shallow(project) else []
    whole = joined(log, newer.changes, newer.begins, newer.tree)
    return Record(whole.begins, whole.changes), []


def load_log(project: Path, languages: tuple[str, ...], store: Store) -> tuple[Log, list[Problem]]:
    """The log; one without mistakes is kept, because a long one takes long to read."""
    text = read_text(project, LOG) if (project / LOG).exists() else ""
    key = key_of(fingerprint(), LOG, languages, text)
    if known := decode_cached(store.get("history", key), Log):
        return known, []
    log, problems = read_log(text, languages)
    if not problems:
        store.put("history", [(key, encode(log))])
    return log, problems


def _cut() -> Problem:
    return problem("record-cut", Place(LOG), severity="notice", hint=phrase("hint.record-cut"))


def _recorded(log: Log, line: Sequence[git.Version], trees: Sequence[str]) -> int | None:
    """Where in the line, the newest first, the recorded state stands: the log was written after it.

    Facts may have had the same state again later. None where the line does not have it, as after a branch that was
    recorded is merged with other edits, or squashed.
    """
    written = next((at for at, one in enumerate(line) if LOG in one.files), 0)
    return next((at for at, tree in enumerate(trees) if at >= written and tree and tree == log.recorded), None)


def _without(changes: Sequence[Change], known: Sequence[Change]) -> tuple[Change, ...]:
    """Changes without those that the log has, each as often as it has them."""

    def told(one: Change) -> tuple[str | None, ...]:
        return one.table, one.id, one.change, one.field, one.old, one.new

    left = Counter(map(told, known))
    found = []
    for one in changes:
        if left[told(one)]:
            left[told(one)] -= 1
        else:
            found.append(one)
    return tuple(found)


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
        known = _recorded(log, line, trees)
        if known is None and git.is_shallow(self.project):
            return None
        begins = known if known is not None else max((at for at, tree in enumerate(trees) if tree), default=0)
        changes = self._changes(line[:begins])
        if changes is None:
            return None
        told = changes if known is not None else _without(changes, log.changes)
        return Newer(told, self._day(line[begins]), trees[0])

    def _day(self, version: git.Version) -> datetime.date:
        second = min(max(version.second, 0), LATEST)
        return datetime.datetime.fromtimestamp(second, self.zone).date()

    def _changes(self, line: Sequence[git.Version]) -> tuple[Change, ...] | None:
        """The changes of versions, the oldest first. A file that could not be read is compared once it can be."""
        states = self._states(line)
        if states is None:
            return None
        good: dict[str, str] = {}
        found: list[Change] = []
        for version in reversed(line):
            old: dict[str, Things] = {}
            new: dict[str, Things] = {}
            for path, (before, after) in version.files.items():
                was, now = (states[path, blob] for blob in (good.get(path, before), after))
                if now is None:
                    good.setdefault(path, before)
                    continue
                good[path] = after
                if was is not None:
                    old[path], new[path] = was, now
            day = self._day(version).isoformat()
            found += [one.on(day) for one in differences(_together(old), _together(new))]
        return tuple(found)

    def _states(self, line: Sequence[git.Version]) -> dict[tuple[str, str], Things | None] | None:
        """What each version of a file says, by path and blob; None if Git does not have one."""
        wanted = {(path, blob) for one in line for path, pair in one.files.items() for blob in pair}
        keys = {one: key_of(fingerprint(), self.languages, one) for one in wanted}
        cached = {one: decode_cached(self.store.get("history", key), tuple[Things | None]) for one, key in keys.items()}
        states = {one: found[0] for one, found in cached.items() if found}
        texts = git.blobs(self.project, (blob for path, blob in wanted if (path, blob) not in states))
        if texts is None:
            return None
        for path, blob in sorted(wanted - states.keys()):
            states[path, blob] = things_in(path, texts.get(blob, ""), self.languages)
            self.store.put("history", [(keys[path, blob], encode((states[path, blob],)))])
        return states


def _together(states: dict[str, Things]) -> Things:
    return {name: thing for things in states.values() for name, thing in things.items()}
