"""Git, as far as the record of changes needs it; where it cannot answer, nothing fails.

Where HEAD is, is read from files alone, in a moment. The rest asks `git` itself, without its environment: inside a hook
that could name another repository.
"""

import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

# Seconds after which Git is left alone.
PATIENCE = 60
QUIET = {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_REPLACE_OBJECTS": "1", "GIT_NO_LAZY_FETCH": "1"}


@dataclass(frozen=True, slots=True)
class Version:
    """A commit of the main line that changed files, with its second; `files` gives their blobs before and after."""

    commit: str
    second: int
    files: Mapping[str, tuple[str, str]]


def head(project: Path) -> str:
    """What tells one history from another: HEAD, its commit, where the clone is cut; empty without a repository."""
    own = _own_folder(project)
    return _state(own, _common(own)) if own else ""


def is_shallow(project: Path) -> bool:
    """Whether the clone is cut, so that its history does not begin at the beginning."""
    own = _own_folder(project)
    return bool(own and _read(_common(own) / "shallow"))


def _own_folder(project: Path) -> Path | None:
    """The folder of Git that the project or the nearest folder above it has."""
    inside = project.resolve()
    found = (_git_folder(folder / ".git") for folder in (inside, *inside.parents))
    return next((one for one in found if one), None)


def _git_folder(path: Path) -> Path | None:
    """The folder of Git: `.git` itself or, in a second work tree or a submodule, the one that the file names."""
    if path.is_dir():
        return path
    named = _read(path).removeprefix("gitdir: ").strip()
    return path.parent / named if named else None


def _common(own: Path) -> Path:
    """The folder that all work trees of a repository share."""
    return own / (_read(own / "commondir").strip() or ".")


def _state(own: Path, common: Path) -> str:
    here = _read(own / "HEAD").strip()
    name = here.removeprefix("ref: ")
    packed = [line for line in _read(common / "packed-refs").splitlines() if line.endswith(" " + name)]
    tables = [_read(folder / "reftable/tables.list") for folder in (own, common)]
    return "\n".join((here, _read(own / name), _read(common / name), *packed, *tables, _read(common / "shallow")))


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except (OSError, ValueError):
        return ""


def versions(project: Path, paths: Iterable[str]) -> list[Version] | None:
    """The commits of the main line that changed files below `paths`, the newest first; None if Git cannot tell."""
    told = _ask(
        project, "-c", "log.showRoot=true", "-c", "log.showSignature=false", "log", "--first-parent", "-m", "--raw",
        "--no-abbrev", "--no-renames", "--relative", "-z", "--format=%x01%H %ct", "--", *paths,
    )  # fmt: skip
    if told is None:
        return None
    return [_version(one) for one in told.decode("utf-8", "replace").split("\x01")[1:]]


def _version(told: str) -> Version:
    line, *rest = told.split("\0")
    commit, second = line.split()
    words = [word.strip("\n") for word in rest]
    pairs = zip(words[::2], words[1::2], strict=False)
    # A line is `:100644 100644 old new M`.
    return Version(commit, int(second), {path: (raw.split()[2], raw.split()[3]) for raw, path in pairs if raw})


def trees(project: Path, commits: Iterable[str], folder: str) -> list[str] | None:
    """The Git tree of a folder in each commit, nothing where it is not there; None if Git cannot tell."""
    asked = "".join(f"{commit}:./{folder}\n" for commit in commits)
    told = _ask(project, "cat-file", "--batch-check=%(objecttype) %(objectname)", given=asked.encode())
    if told is None:
        return None
    lines = [line.split() for line in told.decode().splitlines()]
    return [words[1] if words[0] == "tree" else "" for words in lines]


def blobs(project: Path, names: Iterable[str]) -> dict[str, str] | None:
    """The text of each blob; None if one of them is not there."""
    wanted = list(dict.fromkeys(name for name in names if name.strip("0")))
    told = _ask(project, "cat-file", "--batch", given="".join(f"{name}\n" for name in wanted).encode())
    texts: dict[str, str] = {}
    at = 0
    for name in wanted if told is not None else ():
        assert told is not None
        line_end = told.index(b"\n", at)
        words = told[at:line_end].split()
        if words[1:2] != [b"blob"]:
            return None
        size = int(words[2])
        texts[name] = told[line_end + 1 : line_end + 1 + size].decode("utf-8", "replace")
        at = line_end + size + 2
    return texts if told is not None else None


def _ask(project: Path, *arguments: str, given: bytes = b"") -> bytes | None:
    """What `git` answers in the project's folder; None where it is missing, refuses or takes too long."""
    program = shutil.which("git")
    if program is None:
        return None
    around = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | QUIET
    try:
        done = subprocess.run(  # noqa: S603  # a program and arguments of ours, no shell
            [program, "--no-pager", *arguments],
            cwd=project, env=around, input=given, capture_output=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout if done.returncode == 0 else None
