"""A tiny site in releases, the command line as it is, and a judge of what is live: for tests/test_faults.py."""

import fcntl
import hashlib
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import NoReturn, TypeVar

import pytest
from conftest import PROJECT, TODAY, Project, small_site, tree, write_project

Tree = Mapping[str, str]
STORE = ".site-builder"
MANIFEST = "site-manifest.json"
# Files in the output that nobody published: they outlive everything.
FOREIGN = {".well-known/security.txt": "Contact: x", "own.html": "own", "lv/own/letter.txt": "letter", "empty.txt": ""}
# A run that ends well takes a second or two; one that waits for ever is a fault.
PATIENCE = 120
ENVIRONMENT = {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}
# What the message of a run that failed says of the site that readers see.
SAID = {
    "old": ("Readers see the site as it was", "Nothing was published"),
    "new": ("the new site is published already", "what was done stays done"),
    "mixed": ("Readers see some of the new pages",),
}
# What a run says that another keeps from publishing.
LOCKED = re.compile(r"error\[output-busy\]")


def did_not_run(reason: str) -> NoReturn:
    """Ends a proof that this machine forbids; the last lines of every run of tests repeat it with the reason."""
    pytest.skip(f"DID NOT RUN: {reason}")


# The site and its releases ------------------------------------------------------------------------------------


def tiny_site() -> dict[str, str]:
    """The small site in one language without news and facts that have pages: 20 pages, so that a run is short."""
    left_out = ("content/news/", "content/facts/facilities/", "content/facts/services/")
    files = {
        path: text
        for path, text in small_site().items()
        if not path.endswith(".en.md") and not path.startswith(left_out)
    }
    english = re.compile(r"(?m), en: (?:\{[^}]*\}|[^}]*)(?=\})|^ +(?:- \{code: en,|en:).*\n")
    return {path: english.sub("", text) for path, text in files.items()}


def change(project: Project, release: int, addresses: int | None = None, *, style: bool = False) -> None:
    """Write what tells a release from the others: a page's title with its card, one more address, perhaps the style."""
    page = f"---\ntitle: Kontakti {release}\nsummary: Laidiens {release}.\npublished: 2026-11-22\n---\n\nTeksts.\n"
    redirects = "".join(
        f"  - {{from: /lv/vecs-{old}/, to: /lv/kontakti/}}\n" for old in range(1 + (addresses or release))
    )
    site = tiny_site()["content/site.yaml"] + f"redirects:\n{redirects}"
    css = (PROJECT / "static/site.css").read_text("utf-8")
    css += f".release-{release} {{ color: #000; }}\n" if style else ""
    project.write({"content/pages/contacts.lv.md": page, "content/site.yaml": site, "static/site.css": css})


@dataclass(frozen=True, slots=True)
class Run:
    """How a run of the command line ended, and all that it said."""

    code: int
    said: str

    @property
    def untruthful(self) -> str:
        """What is wrong with the manner of a run that was not killed."""
        if "Traceback" in self.said:
            return f"a traceback: {self.said[-600:]}"
        if self.code == 1 and "error[" not in self.said:
            return f"failed without saying why: {self.said!r}"
        return "" if self.code in (0, 1) else f"exit code {self.code}: {self.said!r}"


@dataclass(frozen=True, slots=True)
class Live:
    """What a visitor finds: the name of a release or “none”, or all that is wrong with it."""

    release: str
    faults: tuple[str, ...] = ()


class Stage:
    """A project whose output can be brought back to where it was, and the releases that may be live in it."""

    def __init__(self, folder: Path, releases: Mapping[str, Tree]) -> None:
        self.project = Project(folder)
        self.output = folder / "public"
        self.releases = releases
        self.before, self.after = "old", "new"
        self.foreign = FOREIGN
        self.kept = folder.with_name(f"{folder.name}-kept")

    @property
    def store(self) -> Path:
        return self.project.folder / STORE

    def command(self, *verb: str) -> list[str]:
        return [sys.executable, "-m", "site_builder", "--project", str(self.project.folder), *verb]

    @property
    def build(self) -> list[str]:
        """One process, so that a fault is always at the same place."""
        return self.command("build", "--output", str(self.output), "--date", TODAY, "--jobs", "1")

    def keep(self) -> None:
        """Remember output and store as they are."""
        shutil.rmtree(self.kept, ignore_errors=True)
        self.kept.mkdir()
        for folder in self._folders():
            subprocess.run(["cp", "-a", str(folder), str(self.kept)], check=True)

    def restore(self) -> None:
        """Bring output and store back to what was kept: the old release is live and the content is the new one's."""
        self.expect_old()
        change(self.project, 2)
        for folder in self._folders():
            shutil.rmtree(folder, ignore_errors=True)
        for folder in self.kept.iterdir():
            subprocess.run(["cp", "-a", str(folder), str(self.project.folder)], check=True)

    def expect_old(self) -> None:
        """Judge what is live from now on by the old release with files of others, and the new release after it."""
        self.before, self.after, self.foreign = "old", "new", FOREIGN

    def forget(self) -> None:
        """As if nothing had been published yet; what the engine remembers stays."""
        self.restore()
        self.before, self.foreign = "none", {}
        shutil.rmtree(self.output)
        for path in self.store.iterdir():
            if path.name != "cache":
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def turn(self) -> None:
        """Change the content of what is live to that of another release with the same addresses."""
        self.before = self.after
        self.after = "new" if self.before == "back" else "back"
        change(self.project, 1 if self.after == "back" else 2, addresses=2)

    def _folders(self) -> list[Path]:
        return [path for path in (self.output, self.store) if path.exists()]

    def add_foreign(self) -> None:
        for path, text in FOREIGN.items():
            target = self.output / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8")

    def live(self) -> Live:
        """Read the output path by path and by its manifest."""
        return judge(self.output, self.releases, self.foreign)


def environment() -> dict[str, str]:
    return {**os.environ, **ENVIRONMENT}


def run(command: Sequence[str], **more: object) -> Run:
    """Run a command line to its end."""
    done = subprocess.run(
        command, cwd=PROJECT, env=environment(), capture_output=True, text=True, timeout=PATIENCE, check=False, **more
    )  # type: ignore[call-overload]  # a test's keywords
    return Run(done.returncode, done.stdout + done.stderr)


def make_stage(folder: Path, releases: Mapping[str, Tree]) -> Stage:
    """A project with two releases published, files of others among them, and a third ready to be published."""
    stage = Stage(write_project(folder, {**tiny_site()}).folder, releases)
    for release in (0, 1):
        change(stage.project, release)
        assert stage.project.build() == 0
        stage.add_foreign()
    change(stage.project, 2)
    # so that publishing, not the drawing of cards, is what a run does
    assert stage.project.run("check", "--date", TODAY) == 0
    stage.keep()
    return stage


def clean_releases(folder: Path) -> dict[str, Tree]:
    """The files of the releases, each published once into a folder of its own."""
    project = write_project(folder, {**tiny_site()})
    found = {}
    for name, release, addresses in (("old", 1, 1), ("new", 2, 2), ("back", 1, 2)):
        change(project, release, addresses)
        output = folder / f"public-{name}"
        assert project.run("build", "--output", str(output), "--date", TODAY) == 0
        found[name] = release_of(output)
    return found


def judge(output: Path, releases: Mapping[str, Tree], foreign: Mapping[str, str]) -> Live:
    """Which of the releases is live wholly; faults when none is, or when a file of `foreign` has suffered."""
    files = tree(output) if output.is_dir() else {}
    found = {path: files.pop(path, "missing") for path in FOREIGN}
    faults = [f"not ours and lost: {path}" for path, text in foreign.items() if found[path] != sha256(text)]
    if not files.keys() - {MANIFEST}:
        return Live("none", tuple(faults))
    now, wrong = against_manifest(output, files)
    faults += wrong
    match = next((name for name, wanted in releases.items() if wanted == now), None)
    if match is None:
        nearest = min(releases, key=lambda name: len(differences(now, releases[name], name)))
        faults += differences(now, releases[nearest], nearest)
    return Live("mixed" if wrong or match is None else match, tuple(faults))


def against_manifest(output: Path, files: Tree) -> tuple[Tree, list[str]]:
    """The release that the manifest names, without what is kept of earlier ones; how the files differ from it."""
    try:
        told = json.loads((output / MANIFEST).read_bytes())["files"]
    except (OSError, ValueError) as error:
        return {}, [f"no manifest: {error}"]
    named = {one["path"]: one["sha256"] for one in told}
    there = {path: content for path, content in files.items() if path != MANIFEST}
    return {one["path"]: one["sha256"] for one in told if not one["kept"]}, differences(there, named, "the manifest")


ASSET = re.compile(r"assets/[A-Za-z0-9_.-]+\.[0-9a-f]{12}\.[a-z0-9]+")


def in_pieces(stage: Stage) -> list[str]:
    """What no reader may meet while files are replaced one by one: half a page, or one whose assets are not there."""
    old, new = stage.releases[stage.before], stage.releases[stage.after]
    files = {path: content for path, content in tree(stage.output).items() if path not in (MANIFEST, *FOREIGN)}
    lost = [path for path in old.keys() & new.keys() if path not in files]
    wrong = [f"missing: {path}" for path in sorted(lost)]
    for path, content in files.items():
        if content not in (old.get(path), new.get(path)) and not path.startswith("assets/"):
            wrong.append(f"of no release: {path}")
        if path.endswith(".html"):
            text = (stage.output / path).read_text("utf-8")
            wrong += [f"{path} without {asset}" for asset in sorted(set(ASSET.findall(text)) - files.keys())]
    return wrong


def differences(found: Tree, wanted: Tree, name: str) -> list[str]:
    return [
        *(f"missing, named by {name}: {path}" for path in sorted(wanted.keys() - found.keys())),
        *(f"not named by {name}: {path}" for path in sorted(found.keys() - wanted.keys())),
        *(
            f"other than {name} says: {path}"
            for path in sorted(found.keys() & wanted.keys())
            if found[path] != wanted[path]
        ),
    ]


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def release_of(folder: Path) -> Tree:
    """The files of a release that stands in a folder and was published there first."""
    files = tree(folder)
    del files[MANIFEST]
    return files


def verdict(
    stage: Stage, ended: Run, *, killed: bool = False, gone: bool = False, done: bool = False
) -> tuple[str, list[str]]:
    """What is live after a run, and what is wrong with that or with what the run said of it.

    With `gone` the output was removed meanwhile; `done` tells that the new release was live before.
    """
    live = judge(stage.output, stage.releases, {} if gone else stage.foreign)
    wrong = list(live.faults)
    if live.release not in (stage.before, stage.after) and not (gone and live.release == "none"):
        wrong.append(f"live is {live.release}")
    if killed:
        return live.release, wrong
    wrong += [ended.untruthful] if ended.untruthful else []
    told = [what for what, ways in SAID.items() if any(words in ended.said for words in ways)]
    said = told or ["new" if ended.code == 0 else "old"]
    is_live = {stage.before: "old", stage.after: "new"}.get(live.release, live.release)
    if said != [is_live] and not (gone and live.release == "none" and (ended.code or done)):
        wrong.append(f"exit {ended.code}, live {live.release}, said {said}: {ended.said[-600:]}")
    return live.release, wrong


def next_run(stage: Stage, *, gone: bool = False) -> list[str]:
    """What is wrong after a plain run: it succeeds and the new release is live."""
    ended = run(stage.build)
    release, wrong = verdict(stage, ended, gone=gone)
    return wrong if release == stage.after else [*wrong, f"after the next run {release} is live: {ended.said[-600:]}"]


# After so many tries a long proof says how far it is.
TOLD_EVERY = 250

# Faults by strace ----------------------------------------------------------------------------------------------

CHANGING = (
    "write", "pwrite64", "writev", "fsync", "fdatasync", "syncfs", "rename", "renameat", "renameat2", "link", "linkat",
    "symlink", "symlinkat", "mkdir", "mkdirat", "unlink", "unlinkat", "rmdir", "ftruncate", "truncate", "fallocate",
    "chmod", "fchmod", "fchmodat", "utimensat", "copy_file_range", "sendfile",
)  # fmt: skip
HANDLING = ("open", "openat", "close", "flock", "fcntl")
READING = ("read", "pread64", "getdents64")
FAULTS = {"ENOSPC": "error=ENOSPC", "EIO": "error=EIO", "KILL": "signal=KILL"}
CALL = re.compile(r"^(\d+) +(\w+)\((.*)")


@dataclass(frozen=True, slots=True)
class Point:
    """The n-th call of a kind in a process, and what it was about."""

    call: str
    number: int
    about: str

    def __str__(self) -> str:
        return f"{self.call} {self.number} ({self.about})"


def strace_refused() -> str:
    """Why faults cannot be injected here; empty when they can."""
    if not shutil.which("strace"):
        return "strace is not installed"
    command = ["strace", "-f", "-qq", "-e", "trace=close", "-e", "inject=close:signal=KILL", "true"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return "" if done.returncode == -9 else f"strace cannot inject: {done.stderr.strip()[-200:]}"


# A system on which two folders cannot change places.
NO_EXCHANGE = ("-e", "inject=renameat2:error=ENOSYS")


def points(stage: Stage, log: Path, system: Sequence[str] = ()) -> list[Point]:
    """Every file call of one publishing that touches the output or the store, in order."""
    calls = ",".join(f"?{call}" for call in (*CHANGING, *HANDLING, *READING))
    options = ["-f", "--seccomp-bpf", "-qq", "-y", "-o", str(log), "-e", f"trace={calls}", *system]
    ended = run(["strace", *options, *stage.build])
    assert ended.code == 0, ended.said
    return list(dict.fromkeys(_touching(log.read_text("utf-8", "replace"), stage)))


def _touching(log: str, stage: Stage) -> Iterator[Point]:
    counts: dict[tuple[str, str], int] = {}
    folder = re.escape(str(stage.project.folder))
    ours = re.compile(rf"{folder}(?=[\">])|{folder}/(?:public|{re.escape(STORE)}/(?!cache/))\b[^\"<>]*")
    for line in log.splitlines():
        if found := CALL.match(line):
            process, call, rest = found.groups()
            counts[process, call] = counts.get((process, call), 0) + 1
            if place := ours.search(rest):
                about = os.path.relpath(place[0], stage.project.folder)
                yield Point(call, counts[process, call], about)


def inject(stage: Stage, point: Point, fault: str, log: Path, system: Sequence[str] = ()) -> tuple[Run, bool]:
    """Publish with a fault at a point; also whether the fault came about."""
    # strace 6 delivers no signal where seccomp-bpf picks the calls
    quick = [] if fault == "KILL" else ["--seccomp-bpf"]
    options = [*quick, "-f", "-qq", "-y", "-o", str(log), "-e", f"trace={point.call},renameat2", *system]
    options += ["-e", f"inject={point.call}:{FAULTS[fault]}:when={point.number}"]
    ended = run(["strace", *options, *stage.build])
    if fault == "KILL":
        return ended, ended.code == -9
    told = [line for line in log.read_text("utf-8", "replace").splitlines() if "(INJECTED)" in line]
    return ended, any(str(stage.project.folder) in line and f" {point.call}(" in line for line in told)


def without_exchange(stage: Stage) -> list[str]:
    """A build on a system on which two folders cannot change places."""
    options = ["-f", "--seccomp-bpf", "-qq", "-o", "/dev/null", "-e", "trace=renameat2", *NO_EXCHANGE]
    return ["strace", *options, *stage.build]


# Disks of our own ----------------------------------------------------------------------------------------------

SHUTDOWN = 0x8004587D  # FS_IOC_SHUTDOWN, _IOR('X', 125, __u32)
CUTS = {"metadata written, data lost": 1, "nothing written": 2}


def disk_refused(folder: Path) -> str:
    """Why a file cannot be made a disk and mounted here; empty when it can."""
    if os.geteuid() != 0:
        return "mounting needs root"
    if not shutil.which("mkfs.ext4"):
        return "mkfs.ext4 is not installed"
    try:
        with disk(new_disk(folder / "try.img", 8), folder / "try"):
            return ""
    except subprocess.CalledProcessError as error:
        return f"no loop mount: {error.stderr.strip()}"


def new_disk(image: Path, megabytes: int, *options: str) -> Path:
    """An empty ext4 file system in a file, nothing of it set aside for root."""
    with image.open("wb") as file:
        file.truncate(megabytes << 20)
    command = ["mkfs.ext4", "-q", "-F", "-m", "0", *options, str(image)]
    subprocess.run(command, capture_output=True, text=True, check=True)
    return image


@contextmanager
def disk(image: Path, folder: Path) -> Iterator[Path]:
    """A disk mounted on a folder; whatever happens it is unmounted, which frees its loop device."""
    folder.mkdir(exist_ok=True)
    subprocess.run(["mount", "-o", "loop", str(image), str(folder)], capture_output=True, text=True, check=True)
    try:
        yield folder
    finally:
        for attempt in range(50):
            if subprocess.run(["umount", str(folder)], capture_output=True, check=False).returncode == 0:
                break
            time.sleep(0.1 * attempt)
        else:
            subprocess.run(["umount", "--lazy", str(folder)], check=False)


def cut_power(folder: Path, flag: int) -> None:
    """The disk takes nothing more: what is in memory alone is lost."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.ioctl(handle, SHUTDOWN, struct.pack("I", flag))
    finally:
        os.close(handle)


# Many cases ----------------------------------------------------------------------------------------------------


Case = TypeVar("Case")
Given = TypeVar("Given")


def spread(stages: Sequence[Stage], cases: Sequence[Case], try_one: Callable[[Stage, Case], Given]) -> list[Given]:
    """Try every case, each stage one at a time; what each try gave. Where it takes long, says how far it is."""
    free: SimpleQueue[Stage] = SimpleQueue()
    for stage in stages:
        free.put(stage)

    def one(case: Case) -> Given:
        stage = free.get()
        try:
            return try_one(stage, case)
        finally:
            free.put(stage)

    given: list[Given] = []
    with ThreadPoolExecutor(len(stages)) as pool:
        for result in pool.map(one, cases):
            given.append(result)
            if len(given) % TOLD_EVERY == 0:
                print(f"{len(given)} of {len(cases)} tries", flush=True)
    return given


@contextmanager
def watching(stage: Stage, pages: Sequence[str]) -> Iterator[list[tuple[str, str, int]]]:
    """A reader in a process of its own; the list is filled with what it met when the block ends."""
    met: list[tuple[str, str, int]] = []
    command = [sys.executable, str(PROJECT / "tests/watch.py"), str(stage.output), *pages]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout and reader.stdout.readline()
        try:
            yield met
        finally:
            said, _ = reader.communicate("", timeout=PATIENCE)
    met += [(path, what, times) for path, what, times in json.loads(said)]
