"""Rendered files to the output folder: refuses folders that are not ours, writes what changed, removes what is stale.

Files are first written beside their place and then moved over it, so that no reader sees half a file. What the last
manifest does not name is never touched.
"""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from site_builder.outputs.planned_file import RenderedFile
from site_builder.problems import Phrase, Place, Problem, phrase, problem

MANIFEST = "site-manifest.json"
GENERATOR = "site-builder"
MANIFEST_FORMAT = 1
ASIDE = ".site-builder-new-"


@dataclass(frozen=True, slots=True)
class PublishReport:
    """What publishing did, as paths in the output."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]


class OutputRefused(Exception):
    """The output folder must not be written; carries the problem."""

    def __init__(self, found: Problem) -> None:
        super().__init__(found.code)
        self.found = found


def manifest_file(rendered: Iterable[RenderedFile], addresses: Iterable[str]) -> RenderedFile:
    """`site-manifest.json`: every file with size and SHA-256, and the addresses that were published."""
    files = [
        {
            "path": file.path,
            "size": len(file.content),
            "sha256": hashlib.sha256(file.content).hexdigest(),
            "kept": False,
        }
        for file in sorted(rendered, key=lambda file: file.path)
    ]
    whole = {
        "generator": GENERATOR,
        "format": MANIFEST_FORMAT,
        "addresses": sorted(addresses),
        "files": files,
    }
    return RenderedFile(MANIFEST, json.dumps(whole, ensure_ascii=False, indent=1).encode() + b"\n")


def check_output(output: Path, project: Path, shown: str) -> Problem | None:
    """Why `output` must not be written, if so: the project itself, home, `/`, or a folder with files of others."""
    place = Place(shown)
    if output.is_symlink():
        return problem("output-refused", place, variant="link", hint=phrase("hint.output"))
    whole = output.resolve()
    home = _home()
    if whole in (project, home, Path(whole.anchor)) or project.is_relative_to(whole) or home.is_relative_to(whole):
        return problem("output-refused", place, variant="home", hint=phrase("hint.output"))
    if _is_source(whole, project):
        return problem("output-refused", place, variant="source", hint=phrase("hint.output"))
    if output.exists() and not output.is_dir():
        return problem("output-refused", place, variant="file", hint=phrase("hint.output"))
    if output.is_dir() and any(output.iterdir()) and last_manifest(output) is None:
        return problem(
            "output-refused", place, variant="foreign", hint=phrase("hint.output-foreign", manifest=MANIFEST)
        )
    return None


SOURCES = ("content", "templates", "static", "site_builder", "tests", "docs", "benchmarks", "node_modules")


def _is_source(output: Path, project: Path) -> bool:
    """Whether a folder is one of the project's own: its sources, and hidden folders but `.site-builder`."""
    if not output.is_relative_to(project):
        return False
    first = output.relative_to(project).parts[0]
    return first in SOURCES or (first.startswith(".") and first != ".site-builder")


def _home() -> Path:
    """The user's home; the root where a container knows none."""
    try:
        return Path.home().resolve()
    except RuntimeError:
        return Path("/")


def last_manifest(output: Path) -> frozenset[str] | None:
    """The paths that we published last; None when the folder has no manifest of ours."""
    try:
        manifest = json.loads((output / MANIFEST).read_bytes())
        if manifest["generator"] != GENERATOR:
            return None
        return frozenset({MANIFEST, *(str(file["path"]) for file in manifest["files"])})
    except (OSError, ValueError, KeyError, TypeError):
        return None


def publish(output: Path, rendered: Iterable[RenderedFile], *, rewrite: bool = False) -> PublishReport:
    """Bring the folder to exactly `rendered` (files that are not ours aside): assets first, the manifest last.

    With `rewrite` files are written even where they are the same already.
    Raises OutputRefused when a path would leave the folder, OSError when the disk refuses.
    """
    output.mkdir(parents=True, exist_ok=True)
    files = sorted(rendered, key=_publishing_order)
    for file in files:
        _inside(output, file.path)
    before = last_manifest(output) or frozenset()
    changed = [file for file in files if rewrite or not _same(output / file.path, file.content)]
    _mark_as_ours(output)
    with tempfile.TemporaryDirectory(prefix=ASIDE, dir=output) as aside:
        for file in changed:
            _write(Path(aside) / file.path, file.content)
        for file in changed:
            target = output / file.path
            _make_room(output, target, before)
            target.parent.mkdir(parents=True, exist_ok=True)
            (Path(aside) / file.path).replace(target)
    stale = sorted(before - {file.path for file in files})
    removed = [path for path in stale if _remove(output, path)]
    names = {file.path for file in changed}
    unchanged = tuple(file.path for file in files if file.path not in names)
    return PublishReport(tuple(sorted(names)), unchanged, tuple(removed))


def _mark_as_ours(output: Path) -> None:
    """Sweep up after a run that was killed; name an empty folder ours before the first file is in it."""
    for left in output.glob(f"{ASIDE}*"):
        shutil.rmtree(left)
    if last_manifest(output) is None:
        _write(output / MANIFEST, manifest_file((), ()).content)


def _publishing_order(file: RenderedFile) -> tuple[int, str]:
    """New assets stand before the pages that need them; the manifest tells of what is already there."""
    return (0 if file.path.startswith("assets/") else 2 if file.path == MANIFEST else 1, file.path)


def _inside(output: Path, path: str) -> None:
    target = (output / path).resolve()
    if not target.is_relative_to(output.resolve()):
        hint: Phrase = phrase("hint.output")
        raise OutputRefused(problem("output-refused", Place(path), variant="outside", hint=hint))


def _same(target: Path, content: bytes) -> bool:
    try:
        return not target.is_symlink() and target.stat().st_size == len(content) and target.read_bytes() == content
    except OSError:
        return False


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    path.chmod(0o644)


def _make_room(output: Path, target: Path, ours: frozenset[str]) -> None:
    """A folder may take the place of what was a page of ours, and a page that of a folder with only ours in it."""
    for parent in target.relative_to(output).parents:
        step = output / parent
        if step != output and (step.is_file() or step.is_symlink()):
            if step.relative_to(output).as_posix() not in ours:
                raise _foreign(step.relative_to(output).as_posix())
            step.unlink()
    if target.is_dir():
        inside = target.relative_to(output).as_posix() + "/"
        for path in sorted(ours):
            if path.startswith(inside):
                _remove(output, path)
        if target.is_dir():
            raise _foreign(inside)


def _foreign(path: str) -> OutputRefused:
    hint = phrase("hint.output-foreign", manifest=MANIFEST)
    return OutputRefused(problem("output-refused", Place(path), variant="foreign", hint=hint))


def _remove(output: Path, path: str) -> bool:
    """Remove a file that a manifest named; a manifest that was tampered with removes nothing outside."""
    target = output / path
    if ".." in target.parts or not target.parent.resolve().is_relative_to(output.resolve()) or not target.is_file():
        return False
    target.unlink()
    for parent in target.parents:
        if parent == output or any(parent.iterdir()):
            break
        parent.rmdir()
    return True
