"""Atomic swap: the standby tree is brought to the new release and changes places with the live folder.

A first publishing has nothing to change places with: the tree in which its files were staged is renamed to the output.
"""

import os
import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from site_builder.publishing.disk import exchange, make_folder
from site_builder.publishing.manifest import MANIFEST, read_file, read_manifest
from site_builder.publishing.records import FileRecord, Whole, folders_of, record_of
from site_builder.publishing.step import SpareIs, Step
from site_builder.publishing.tree import Changes, Sight, Survey, mirror_foreign, survey
from site_builder.publishing.witness import Witness, state_of


class Spare(NamedTuple):
    """The spare tree as it is found: what its manifest says, and what it holds.

    `doubtful` are its files whose state is not known to be right, where they were looked at already.
    """

    files: dict[str, FileRecord]
    folders: set[str]
    seen: Survey
    doubtful: set[str] | None


def by_exchange(step: Step, note: Callable[[], list[str]], live_is_new: Callable[[], None]) -> None:
    """Publish by atomic swap, or by a rename where nothing is live. `note` records the release and returns its files.

    Raises CannotExchange when the two folders cannot change places, with the live folder as it was; OSError;
    ProblemsFound when a file of somebody else is in the way. `live_is_new` is called when readers see the new site.
    """
    live = survey_live(step)
    foreign = dict(live.foreign)
    known = step.store.know_foreign(foreign)
    step.refuse_taken(live)
    if step.tree and not read_manifest(read_file(step.store.spare / MANIFEST)):
        root, durable = step.tree, _complete(step, step.tree)
    else:
        root, durable = step.store.spare, bring(step, live, known)
    step.store.make_durable([*durable, *note()])
    late = []
    if step.before:
        exchange(step.output, root)
        live_is_new()
        late = _hand_over(step, foreign)
    else:
        _put(root, step.output)
        live_is_new()
    step.store.make_durable([*late, str(step.output.parent), str(root.parent)])
    step.store.write_journal("", {})
    step.store.settle(step.output, foreign)
    step.witness.remember()


def _hand_over(step: Step, foreign: dict[str, int]) -> list[str]:
    """Give the new live folder what others put into the old one while it was made ready, and note it in `foreign`.

    Gives the folders that changed.
    """
    changes = Changes(step.output)
    for path, inode in survey_live(step, step.store.spare).foreign.items():
        if foreign.get(path) != inode and path not in step.wanted and folders_of([path]).isdisjoint(step.wanted):
            changes.link(f"{step.store.spare}/{path}", path)
            foreign[path] = inode
    return changes.durable


def survey_live(step: Step, root: Path | None = None) -> Survey:
    """The live folder, or where it is now: what others put there, and which folders have the names that they should."""
    return survey(root or step.output, step.before.keys(), step.folders_before, step.witness)


def _complete(step: Step, tree: Path) -> list[str]:
    """Bring the tree of a first publishing, whose files are at their paths, to exactly what is wanted.

    A build that began again may have written files that are not wanted any more, which are removed, and what could not
    be written to its path was staged under its hash. Returns the files and folders to make durable. Raises OSError;
    LookupError when a wanted file was not staged.
    """
    found = survey(tree, step.wanted.keys(), step.folders_wanted, step.witness)
    for path in found.foreign:
        os.unlink(tree / path)
    for folder in sorted(found.foreign_folders, reverse=True):
        os.rmdir(tree / folder)
    _place(step, sorted(found.missing), Changes(tree))
    for path, record in step.wanted.items():
        step.witness.learn_file(f"{tree}/{path}", record)
    return [f"{tree}/{path}" for path in (*step.wanted, *step.folders_wanted)]


def bring(step: Step, live: Survey, known: Mapping[str, list[int]]) -> list[str]:
    """Bring the spare tree to what is wanted; gives what must be made durable."""
    root = step.store.spare
    spare = _read_spare(step)
    if step.store.spare_was_copied:
        # what others have in it are copies of what they put into the live folder
        known = {path: [inode] for path, inode in spare.seen.foreign.items()}
    place = _to_place(step, spare)
    leave = [path for path in spare.files.keys() - step.wanted.keys() if path not in spare.seen.missing]
    # a spare tree that has no manifest yet is made anew after a kill, so nothing in it needs to be noted
    added = [path for path in place if path not in spare.files] if spare.files else []
    step.store.write_journal("spare", {path: step.wanted[path].sha256 for path in added})
    changes = Changes(root)
    changes.touched |= spare.folders - spare.seen.right.keys()
    going = [*leave, *(path for path in place if path in spare.files)]
    kept = {step.archive(root, path, spare.files[path], step.number - 2) for path in going}
    for path in leave:
        changes.remove(path)
    needed = step.folders_wanted | folders_of(live.foreign) | live.foreign_folders
    changes.tidy(needed)
    mirror_foreign(step.output, live, spare.seen, known, changes)
    changes.tidy(needed)
    new_files = _place(step, place, changes)
    _learn(step, live, changes, place)
    return [*new_files, *changes.durable, *filter(None, kept)]


def look_at_spare(root: Path, spare_is: SpareIs | None, witness: Witness) -> Sight | None:
    """Look at the spare tree and change nothing; None where it has no manifest. See `Step.spare_is`."""
    record, said = _said(root, spare_is)
    if said is None:
        return None
    files = {**said.files, MANIFEST: record}
    return Sight(record, survey(root, files.keys(), folders_of(files), witness), witness.doubtful(root, files))


def _said(root: Path, spare_is: SpareIs | None) -> tuple[FileRecord, Whole | None]:
    """The manifest of the spare tree, and what it says."""
    content = read_file(root / MANIFEST)
    record = record_of(content)
    known = spare_is[1]() if spare_is and record.sha256 == spare_is[0] else None
    return record, known or read_manifest(content)


def _read_spare(step: Step) -> Spare:
    """The spare tree; one without a manifest is half made, or half removed, and is made anew."""
    root = step.store.spare
    record, said = _said(root, step.spare_is)
    if said is None:
        shutil.rmtree(root, ignore_errors=True)
        make_folder(str(root))
        return Spare({}, {""}, Survey(), None)
    files = {**said.files, MANIFEST: record}
    folders = step.folders_before if files.keys() == step.before.keys() else folders_of(files)
    if step.sight and step.sight.manifest == record:
        return Spare(files, folders, step.sight.seen, step.sight.doubtful)
    return Spare(files, folders, survey(root, files.keys(), folders, step.witness), None)


def _to_place(step: Step, spare: Spare) -> list[str]:
    """The files that the spare tree has not got. Its own are looked at like those of the live folder: whoever copies
    both trees makes two files of one.
    """
    if step.fresh:
        return list(step.wanted)
    said = {path: record for path, record in step.wanted.items() if spare.files.get(path) == record}
    there = step.witness.held(step.store.spare, said, spare.doubtful)
    return [path for path in step.wanted if path not in there]


def _place(step: Step, place: list[str], changes: Changes) -> list[str]:
    """Move or link staged and live files to their paths, the manifest last; returns those that are new on the disk.

    Raises OSError; LookupError when a file is neither staged nor published.
    """
    sources = {path: step.source(path) for path in place}
    uses = Counter(sources.values())
    staging = f"{step.store.staging}/"
    new = []
    for path in sorted(place, key=lambda path: path == MANIFEST):
        source = sources[path]
        if source is None:
            raise LookupError(f"{path} is neither staged nor published")
        if source.startswith(staging) and uses[source] == 1:
            changes.move(source, path)
        else:
            changes.link(source, path)
        if source.startswith(staging):
            new.append(f"{changes.root}/{path}")
    return new


def _learn(step: Step, live: Survey, changes: Changes, place: list[str]) -> None:
    """What was changed is right now; a second name changes a file's state, so this comes when all are given."""
    root = step.store.spare
    for path in place:
        step.witness.learn_file(f"{root}/{path}", step.wanted[path])
    with_foreign = folders_of([*live.foreign, *(f"{path}/x" for path in live.foreign_folders)])
    for folder in (changes.touched & step.folders_wanted) - with_foreign:
        step.witness.learn_folder(state_of(f"{root}/{folder}"))


def _put(tree: Path, output: Path) -> None:
    """Make a tree the output where nothing is live that it could change places with. Raises OSError."""
    output.parent.mkdir(parents=True, exist_ok=True)
    if output.exists():
        output.rmdir()
    os.rename(tree, output)
