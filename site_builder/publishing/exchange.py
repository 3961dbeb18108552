"""By exchange: the spare tree is brought to the new release and changes places with the live folder."""

import os
import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from site_builder.publishing.disk import exchange, make_durable, make_folder, sync
from site_builder.publishing.manifest import MANIFEST, read_manifest
from site_builder.publishing.records import FileRecord, folders_of, record_of
from site_builder.publishing.step import Step
from site_builder.publishing.tree import Changes, Survey, mirror_foreign, survey
from site_builder.publishing.witness import FOLDER, State, state_of

Rows = dict[State, bytes]


@dataclass(slots=True)
class Spare:
    """The spare tree as it is found: what its manifest says, and what it holds."""

    files: dict[str, FileRecord]
    seen: Survey


def by_exchange(step: Step, note: Callable[[], list[str]], live_is_new: Callable[[], None]) -> None:
    """Publish by exchange. `note` writes the release down and gives the files of that.

    Raises CannotExchange when the two folders cannot change places, with the live folder as it was; OSError;
    ProblemsFound when a file of somebody else is in the way. `live_is_new` is called when readers see the new site.
    """
    live = survey_live(step)
    foreign = dict(live.foreign)
    known = step.store.know_foreign(foreign)
    step.refuse_taken(live)
    rows, durable = bring(step, live, known)
    step.witness.remember(rows)
    make_durable([*durable, *note()], step.store.root)
    first = not step.before
    if first:
        _put(step.store.spare, step.output)
    else:
        exchange(step.output, step.store.spare)
    live_is_new()
    sync(step.output.parent)
    sync(step.store.root)
    step.store.write_journal("", {})
    step.store.only_foreign(foreign)
    if first:
        _prepare(step)


def survey_live(step: Step) -> Survey:
    """The live folder: what others put there, and which folders have exactly what they should."""
    live = survey(step.output, step.before, step.witness, lambda path, record: path in step.held)
    for path in step.before.keys() - step.held.keys():
        live.right.pop(path.rpartition("/")[0], None)
    return live


def bring(step: Step, live: Survey, known: Mapping[str, list[int]]) -> tuple[Rows, list[str]]:
    """Bring the spare tree to what is wanted; gives what was seen to be right, and what must be made durable."""
    root = step.store.spare
    spare = _read_spare(step)
    kept_rows: Rows = {}
    place = _to_place(step, spare, kept_rows)
    leave = [path for path in spare.files if path not in step.wanted and path not in spare.seen.missing]
    step.store.write_journal("spare", {path: step.wanted[path].sha256 for path in place if path not in spare.files})
    changes = Changes(root)
    changes.touched |= folders_of(spare.files) - spare.seen.right.keys()
    kept = {step.archive(root, path, spare.files[path], step.number - 2) for path in leave}
    kept |= {step.archive(root, path, spare.files[path], step.number - 2) for path in place if path in spare.files}
    for path in leave:
        changes.remove(path)
    needed = folders_of([*step.wanted, *live.foreign]) | live.foreign_folders
    changes.tidy(needed)
    mirror_foreign(step.output, live, spare.seen, known, changes)
    changes.tidy(needed)
    relinked = _place(step, place, changes)
    rows = _rows(step, live, spare, changes, place, relinked)
    new_files = [f"{root}/{path}" for path in place if path not in relinked]
    return {**rows, **kept_rows}, [*new_files, *changes.durable, *filter(None, kept)]


def _read_spare(step: Step) -> Spare:
    """The spare tree; one without a manifest is half made, or half removed, and is made anew."""
    root = step.store.spare
    said = read_manifest(root)
    if said is None:
        shutil.rmtree(root, ignore_errors=True)
        make_folder(str(root))
        return Spare({}, survey(root, {}, step.witness, lambda path, record: False))
    files = {**said[1].files, MANIFEST: record_of(said[0])}
    witness = step.witness
    seen = survey(
        root, files, witness, lambda path, record: path == MANIFEST or bool(witness.holds(f"{root}/{path}", record))
    )
    return Spare(files, seen)


def _to_place(step: Step, spare: Spare, rows: Rows) -> list[str]:
    """The files that the spare tree has not got.

    A file that both trees have is one file under two names, so the live one speaks for it; others are looked at.
    """
    place = []
    for path, record in step.wanted.items():
        if step.fresh or spare.files.get(path) != record or path in spare.seen.wrong:
            place.append(path)
        elif step.before.get(path) != record or path not in step.held:
            state = step.witness.holds(f"{step.store.spare}/{path}", record)
            if state is None:
                place.append(path)
            else:
                rows[state] = bytes.fromhex(record.sha256)
    return place


def _place(step: Step, place: list[str], changes: Changes) -> set[str]:
    """Give the spare tree what it has not got, the manifest last; gives the paths that were linked and not moved."""
    sources = {path: step.source(path) for path in place}
    uses = Counter(sources.values())
    linked = set()
    for path in sorted(place, key=lambda path: path == MANIFEST):
        source = sources[path]
        if source is None:
            raise LookupError(f"{path} is neither staged nor published")
        if source.startswith(str(step.store.staging)) and uses[source] == 1:
            changes.move(source, path)
        else:
            changes.link(source, path)
            if not source.startswith(str(step.store.staging)):
                linked.add(path)
    return linked


def _rows(step: Step, live: Survey, spare: Spare, changes: Changes, place: list[str], linked: set[str]) -> Rows:
    """All states that are right now; a second name changes a file's state, so what was placed is looked at again."""
    root = str(step.store.spare)
    rows = {state: bytes.fromhex(step.before[path].sha256) for path, state in step.states.items() if path not in linked}
    for path in place:
        state = state_of(f"{root}/{path}")
        if state[1] != step.wanted[path].size:
            raise LookupError(f"{path} has not the size of its record")
        rows[state] = bytes.fromhex(step.wanted[path].sha256)
    with_foreign = folders_of([*live.foreign, *(f"{path}/x" for path in live.foreign_folders)])
    rows |= dict.fromkeys(live.right.values(), FOLDER)
    rows |= {state: FOLDER for folder, state in spare.seen.right.items() if folder not in changes.touched}
    for folder in (changes.touched & folders_of(step.wanted)) - with_foreign:
        rows[state_of(f"{root}/{folder}")] = FOLDER
    return rows


def _put(spare: Path, output: Path) -> None:
    """The first time there is nothing to change places with."""
    output.parent.mkdir(parents=True, exist_ok=True)
    if output.exists():
        output.rmdir()
    os.rename(spare, output)


def _prepare(step: Step) -> None:
    """Make the spare tree for the next time, which then costs no more than what changed."""
    states = {path: state_of(f"{step.output}/{path}") for path in step.wanted}
    again = Step(
        step.output, step.store, step.witness, step.wanted, step.wanted, states, step.wanted, step.number, step.number
    )
    rows, durable = bring(again, survey_live(again), {})
    make_durable(durable, step.store.root)
    step.witness.remember(rows)
    step.store.write_journal("", {})
