"""Publishing an output whole or not at all: what is live is left alone until one step that no reader can see.

The standby tree, beside the output, is brought to the new release by the difference alone, made durable, and changes
places with the live one. A first publishing writes its files straight to their paths in a new tree, which is renamed to
the output. Where the system cannot do that, files are replaced one by one in a safe order.
"""

import contextlib
import datetime
import functools
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, NoReturn, Self

from site_builder.parallel import Beside
from site_builder.problems import Place, Problem, ProblemsFound, give_up, phrase, problem
from site_builder.publishing import refusals
from site_builder.publishing.disk import CannotExchange, can_exchange
from site_builder.publishing.exchange import by_exchange, look_at_spare
from site_builder.publishing.in_place import ASIDE, in_place
from site_builder.publishing.lock import Lock
from site_builder.publishing.manifest import MANIFEST, manifest_bytes, read_file, read_manifest
from site_builder.publishing.records import (
    NO_PROMISE,
    FileRecord,
    Promised,
    PublishReport,
    Way,
    Whole,
    folders_of,
    record_of,
    stays_inside,
)
from site_builder.publishing.releases import KEPT_FOR, LEAST_KEPT, Release, Releases, difference, undo
from site_builder.publishing.step import Step
from site_builder.publishing.store import Store
from site_builder.publishing.tree import Changes, Sight, write_file
from site_builder.publishing.witness import Witness, hash_of

ASSETS = "assets/"
Files = Mapping[str, FileRecord]
# The record of a manifest where nothing is published.
NO_MANIFEST = record_of(b"")


class Seen(NamedTuple):
    """What was seen of both trees: live files that may not be right, the spare tree; the states of all."""

    doubtful: set[str]
    spare: Sight | None
    states: bytes


class Publication:
    """One publishing of an output: a context within which nobody else publishes there.

    Leaving it without `publish` changes nothing and removes what was staged.
    """

    def __init__(self, output: Path, project: Path, *, fresh: bool = False) -> None:
        """With `fresh` nothing that is published counts as there, so every file is written anew."""
        self.project = project.resolve()
        self.output = output.parent.resolve() / output.name
        inside = self.output.is_relative_to(self.project)
        self.shown = self.output.relative_to(self.project).as_posix() if inside else str(output)
        self.fresh = fresh
        self.manifest = NO_MANIFEST
        self.live = Whole({})
        self.store = Store.of(self.output, self.project)
        self.lock = Lock(self.store.lock, self.shown)
        self.held: dict[str, FileRecord] = {}
        self._look_ahead: Beside[Seen] | None = None
        self._spare_seen: Sight | None = None
        # where the files of a first publishing are written to their paths
        self.tree: Path | None = None
        # which site readers see should something fail now: the old, the new, or a mixture
        self.showing = "old"

    def __enter__(self) -> Self:
        """Take the lock and sweep what a dead run left.

        Raises ProblemsFound when the folder is refused or busy, OSError.
        """
        if found := refusals.refused(self.output, self.project, self.shown):
            raise ProblemsFound([found])
        self._read_live()
        self.store.root.mkdir(parents=True, exist_ok=True)
        self.lock.__enter__()
        try:
            self._begin()
        except BaseException:
            self.lock.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Remove what was staged and let others publish; a disk's refusal becomes a problem."""
        if self._look_ahead:
            self._look_ahead.close()
        try:
            shutil.rmtree(self.store.staging, ignore_errors=True)
        finally:
            self.lock.__exit__(kind, error, at)
        if isinstance(error, OSError):
            raise ProblemsFound([self._refusal_of_the_disk(error)]) from error

    def _read_live(self) -> None:
        """What was published last. Raises ProblemsFound when the folder has files and no manifest of ours."""
        content = read_file(self.output / MANIFEST)
        manifest = record_of(content)
        if manifest == self.manifest and content:
            return
        live = read_manifest(content)
        # what a killed first run placed file by file has no manifest yet, and is removed when the lock is taken
        if live is None and not self._cut_short_live and refusals.has_files(self.output):
            raise ProblemsFound([refusals.foreign(self.shown)])
        self.manifest, self.live = (manifest, live) if live else (NO_MANIFEST, Whole({}))

    @property
    def _cut_short_live(self) -> bool:
        """Whether the last run was cut short while it placed files in the live folder."""
        journal = self.store.read_journal()
        return journal.get("tree") == "live" and bool(journal.get("files"))

    def _begin(self) -> None:
        self._read_live()
        self.store.sweep()
        if self._undo_cut_short():
            self._read_live()
        self.releases = Releases(self.store.releases)
        self.releases.settle(self.manifest_hash)
        self.witness = Witness(self.store.witness, fresh=self.fresh)
        if self.manifest == NO_MANIFEST:
            self.tree = self.store.new_tree()

    def _undo_cut_short(self) -> bool:
        """Remove files of ours that a killed run had placed and no manifest came to name, and their empty folders.

        Returns whether there was such a run. Raises OSError.
        """
        journal = self.store.read_journal()
        shutil.rmtree(self.output / ASIDE, ignore_errors=True)
        if not journal.get("files"):
            return False
        root = self.output if journal.get("tree") == "live" else self.store.spare
        said = read_manifest(read_file(root / MANIFEST)) or Whole({})
        named = said.files.keys() | {MANIFEST}
        changes = Changes(root)
        for path, sha256 in journal["files"].items():
            if stays_inside(path) and path not in named and hash_of(f"{root}/{path}") == sha256:
                changes.remove(path)
        changes.emptied |= folders_of(filter(stays_inside, journal["files"]))
        changes.tidy(folders_of(said.files))
        self.store.make_durable(changes.durable)
        self.store.write_journal("", {})
        return True

    @functools.cached_property
    def published(self) -> Files:
        """The files that the live folder really holds as they were last published."""
        if self.fresh:
            return {}
        seen = self._look_ahead.answer() if self._look_ahead else None
        if seen is None:
            return self.witness.held(self.output, self.live.files)
        self._spare_seen = seen.spare
        self.witness.seen = bytearray(seen.states)
        return self.witness.held(self.output, self.live.files, seen.doubtful)

    def look_ahead(self) -> None:
        """Begin to look at both trees while this process makes the site; nothing to see is not worth it."""
        if self.live.files and not self.fresh:
            self._look_ahead = Beside(self._look)

    def _look(self) -> Seen:
        doubtful = self.witness.doubtful(self.output, self.live.files)
        spare = look_at_spare(self.store.spare, self._spare_is(), self.witness)
        return Seen(doubtful, spare, bytes(self.witness.seen))

    @property
    def intact(self) -> bool:
        """Whether the live folder holds every file of the last release."""
        return self.manifest != NO_MANIFEST and len(self.published) == len(self.live.files)

    @property
    def manifest_hash(self) -> str:
        """The SHA-256 of the live manifest, which tells one release from another."""
        return self.manifest.sha256

    @property
    def promised(self) -> Promised:
        """The addresses that were published last."""
        return self.live.promised

    def stage(self, path: str, content: bytes) -> FileRecord:
        """Write the new content of a file aside; returns its size and SHA-256. Raises OSError.

        May be called in forked processes; of several contents for a path the last one counts. On a first publishing
        the file is written to its path in the tree that becomes the output, else under its hash.
        """
        is_file_of_site = stays_inside(path) and path != MANIFEST
        if self.tree and is_file_of_site and write_file(str(self.tree), path, content):
            return record_of(content)
        return self.store.stage(content)

    def publish(self, files: Files, promised: Promised) -> PublishReport:
        """Make exactly `files` live, with the assets that earlier pages still need and what others put there.

        Each file was staged in this run or stands in `published`. Raises ProblemsFound: a file of somebody else is in
        the way, or the disk refuses, and the message says which site is live.
        """
        return self._to(self._with_kept(Whole(files, frozenset(), promised)))

    def restore(self, number: int | None = None) -> tuple[Release, PublishReport]:
        """Bring back what a release held: the one before the live content, or the one of this number.

        Raises ProblemsFound when there is no such release or a content of it is lost.
        """
        wanted = self.releases.before_live() if number is None else self.releases.get(number)
        if wanted is None:
            variant = "none" if number is None else "number"
            give = problem(
                "no-release", Place(self.shown), variant=variant, number=number, hint=phrase("hint.no-release")
            )
            raise ProblemsFound([give])
        try:
            whole = self.releases.at(wanted.number, self.live)
        except (OSError, ValueError, KeyError, TypeError):
            self._lost(wanted.number)
        if record_of(manifest_bytes(whole)).sha256 != wanted.manifest:
            self._lost(wanted.number)
        return wanted, self._to(self._with_kept(whole), restores=wanted)

    def _lost(self, number: int) -> NoReturn:
        give_up("release-lost", Place(self.shown), number=number, hint=phrase("hint.no-release"))

    # What is to be live ----------------------------------------------------------------------------------------

    def _with_kept(self, whole: Whole) -> Whole:
        """With the hashed assets of earlier releases, which open and cached pages still ask for.

        They are kept for ten releases or ninety days, whichever is more.
        """
        since = self.store.read_state().get("kept", {})
        now, number = _now(), self.releases.next_number
        folders = folders_of(path for path in whole.files if path.startswith(ASSETS))
        kept = {}
        self.kept_since: dict[str, tuple[int, str]] = {}
        for path in sorted(self.live.files.keys() - whole.files.keys()):
            if path.startswith(ASSETS) and path not in folders and self._holds(path):
                first, moment = since.get(path, (number, now.isoformat()))
                if number - first < LEAST_KEPT or now - datetime.datetime.fromisoformat(moment) < KEPT_FOR:
                    kept[path] = self.live.files[path]
                    self.kept_since[path] = (first, moment)
        return Whole({**whole.files, **kept}, whole.kept | kept.keys(), whole.promised)

    def _holds(self, path: str) -> bool:
        """Whether the live folder holds a file that no page of this run speaks for, also when nothing is believed."""
        record = self.live.files[path]
        if path in self.published or (self.fresh and self.witness.holds(f"{self.output}/{path}", record)):
            self.held[path] = record
            return True
        return False

    def _to(self, whole: Whole, restores: Release | None = None) -> PublishReport:
        """Make a release live, by the way that works here."""
        for path in whole.files.keys() - self.live.files.keys():
            if not stays_inside(path) or path == MANIFEST:
                hint = phrase("hint.output")
                raise ProblemsFound([problem("output-refused", Place(path), variant="outside", hint=hint)])
        try:
            return self._publish(whole, restores)
        except OSError as error:
            raise ProblemsFound([self._refusal_of_the_disk(error)]) from error

    def _publish(self, whole: Whole, restores: Release | None) -> PublishReport:
        content = manifest_bytes(whole)
        manifest = record_of(content)
        self.held.update(self.published)
        written = sorted(path for path, record in whole.files.items() if self.held.get(path) != record)
        removed = sorted(self.live.files.keys() - whole.files.keys())
        if not written and not removed and manifest == self.manifest:
            return PublishReport((), (), len(whole.files) + 1, manifest=self.manifest_hash)
        step = self._step(whole, self.store.stage(content), anywhere=restores is not None)
        del content  # twenty megabytes of a large site
        if restores:
            self._check_all_there(step, written, restores)
        way = self._go_live(step, whole, restores)
        if manifest != self.manifest:
            written.append(MANIFEST)
        self._after()
        return PublishReport(
            tuple(written),
            tuple(removed),
            len(step.wanted) - len(written),
            way,
            self.releases.listed[-1].number,
            manifest.sha256,
        )

    def _step(self, whole: Whole, manifest: FileRecord, *, anywhere: bool) -> Step:
        before = dict(self.live.files)
        if self.manifest != NO_MANIFEST:
            before[MANIFEST] = self.held[MANIFEST] = self.manifest
        oldest = self.releases.listed[0].number if self.releases.listed else self.releases.next_number
        return Step(
            self.output,
            self.store,
            self.witness,
            before,
            self.held,
            {**whole.files, MANIFEST: manifest},
            self.releases.next_number,
            oldest,
            anywhere,
            self._spare_is(),
            self._spare_seen,
            self.fresh,
            self.tree,
        )

    def _spare_is(self) -> tuple[str, Callable[[], Whole | None]] | None:
        """What the spare tree should hold: the release before the live one, known without reading its manifest."""
        listed = self.releases.listed
        if len(listed) < 2:
            return (self.manifest_hash, lambda: self.live) if listed else None
        return listed[-2].manifest, lambda: self._before_live(listed[-1].number)

    def _before_live(self, live: int) -> Whole | None:
        try:
            return undo(self.live, self.releases.read_difference(live))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _check_all_there(self, step: Step, written: list[str], restores: Release) -> None:
        """Before anything is changed: that every content of an earlier release is still to be found."""
        for path in written:
            if step.source(path) is None and hash_of(f"{self.store.spare}/{path}") != step.wanted[path].sha256:
                self._lost(restores.number)

    def _go_live(self, step: Step, whole: Whole, restores: Release | None) -> Way:
        changes = difference(self.live, whole)
        pages = sum(path.endswith(".html") for path in changes.changed)

        def note(way: Way) -> list[str]:
            """Write the release down; the same manifest again is a repair and no release, if that one is known."""
            if step.wanted[MANIFEST] == step.before.get(MANIFEST) and self.releases.listed:
                return []
            release = Release(
                step.number,
                _now(),
                step.wanted[MANIFEST].sha256,
                way,
                pages,
                len(changes.changed),
                restores.shows if restores else None,
            )
            return self.releases.add(release, changes)

        if can_exchange(self.output, self.store.root):
            with contextlib.suppress(CannotExchange):
                by_exchange(step, lambda: note("exchange"), lambda: self._shows("new"))
                return "exchange"
            self.releases.settle(self.manifest_hash)
        in_place(step, lambda: note("in-place"), self._shows)
        return "in-place"

    def _shows(self, what: str) -> None:
        self.showing = what

    def _after(self) -> None:
        state = self.store.read_state()
        self.store.write_state({**state, "kept": self.kept_since})
        self.releases.prune(_now(), self.store.objects)

    def _refusal_of_the_disk(self, error: OSError) -> Problem:
        """What the disk refused, and which site readers see now."""
        place = Place(str(error.filename or self.shown))
        return problem("publish-failed", place, variant=self.showing, reason=error.strerror or error, output=self.shown)


def promised_at(output: Path) -> Promised:
    """The addresses that were published last to an output; none where nothing of ours was. Raises OSError."""
    live = read_manifest(read_file(output / MANIFEST))
    return live.promised if live else NO_PROMISE


def kept_releases(output: Path, project: Path) -> list[Release]:
    """The releases of an output that can be brought back, the live one last. Writes nothing and waits for nobody."""
    publication = Publication(output, project)
    live = read_file(publication.output / MANIFEST)
    return Releases(publication.store.releases).until(record_of(live).sha256)


def _now() -> datetime.datetime:
    """The moment of a release; it stands in private records alone, never in the output."""
    return datetime.datetime.now(datetime.UTC)
