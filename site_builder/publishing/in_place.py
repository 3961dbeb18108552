"""In place: files are replaced one by one, for systems on which two folders cannot change places.

Readers see a mixture while it runs, but never a page cut short, and never a page whose new assets are not there yet.
"""

import errno
import os
import shutil
from collections import Counter
from collections.abc import Callable

from site_builder.publishing.disk import make_folder
from site_builder.publishing.exchange import survey_live
from site_builder.publishing.manifest import MANIFEST
from site_builder.publishing.records import folders_of
from site_builder.publishing.step import Step
from site_builder.publishing.tree import Changes

ASIDE = ".site-builder-new"
# What pages need stands before them, leaves before the lists that name them, the manifest after all it tells of.
RANKS = ("assets", "pages", "machines", "manifest")


def in_place(step: Step, note: Callable[[], list[str]], live_is_new: Callable[[str], None]) -> None:
    """Publish file by file. Raises OSError; ProblemsFound when a file of somebody else is in the way."""
    live = survey_live(step)
    step.refuse_taken(live)
    place = [path for path, record in step.wanted.items() if step.held.get(path) != record]
    folders = step.folders_wanted
    leave = [path for path in step.before.keys() - step.wanted.keys() - folders if path not in live.missing]
    sources = _sources(step, place)
    added = {path: step.wanted[path].sha256 for path in place if path not in step.before}
    step.output.parent.mkdir(parents=True, exist_ok=True)
    make_folder(str(step.output))
    live_is_new("mixed")
    step.store.write_journal("live", {**added, **{path: step.before[path].sha256 for path in leave}})
    kept = [
        step.archive(step.output, path, step.before[path], step.number - 1)
        for path in (*place, *leave)
        if path in step.before
    ]
    changes = Changes(step.output)
    step.store.make_durable([*filter(None, set(sources.values())), *filter(None, set(kept)), *note()])
    uses = Counter(sources.values())
    for rank in RANKS:
        for path in sorted((path for path in place if _rank(path) == rank), key=_order):
            _make_room(step, path, changes)
            _replace(step, sources[path], path, changes, last_use=uses[sources[path]] == 1)
        step.store.make_durable(changes.durable)
    live_is_new("new")
    for path in leave:
        changes.remove(path)
    changes.tidy(folders)
    shutil.rmtree(step.output / ASIDE, ignore_errors=True)
    step.store.make_durable(changes.durable)
    step.store.write_journal("", {})
    for path in place:
        step.witness.learn_file(f"{step.output}/{path}", step.wanted[path])
    step.witness.remember()


def _sources(step: Step, place: list[str]) -> dict[str, str]:
    sources = {}
    for path in place:
        source = step.source(path)
        if source is None:
            raise LookupError(f"{path} is neither staged nor published")
        sources[path] = source
    return sources


def _rank(path: str) -> str:
    if path == MANIFEST:
        return "manifest"
    if path.startswith("assets/"):
        return "assets"
    return "pages" if path.endswith(".html") else "machines"


def _order(path: str) -> tuple[int, str]:
    """Leaves before the lists above them, the home pages last."""
    return -path.count("/"), path


def _make_room(step: Step, path: str, changes: Changes) -> None:
    """A folder may take the place of a page of ours, and a page that of a folder with only ours in it."""
    for folder in folders_of([path]) & step.before.keys():
        if not os.path.isdir(f"{step.output}/{folder}"):
            changes.remove(folder)
    whole = f"{step.output}/{path}"
    if os.path.isdir(whole) and not os.path.islink(whole):
        for other in step.before:
            if other.startswith(f"{path}/"):
                changes.remove(other)
        changes.tidy(step.folders_wanted - {path})


def _replace(step: Step, source: str, path: str, changes: Changes, *, last_use: bool) -> None:
    """Put a content in its place in one step: by renaming it there, or a durable copy of it."""
    staged = source.startswith(str(step.store.staging))
    if staged and last_use:
        try:
            changes.move(source, path)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
        else:
            return
    make_folder(f"{step.output}/{ASIDE}")
    aside = f"{step.output}/{ASIDE}/file"
    shutil.copyfile(source, aside)
    os.chmod(aside, 0o644)
    step.store.make_durable([aside])
    changes.move(aside, path)
