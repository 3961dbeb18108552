"""Publishing is whole or nothing: the command line under faults, kills, cut power, full disks, rivals and readers.

Each proof runs a small seeded share in `make test` and all of it in `make prove`, where it prints its counts.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import PROJECT, PROVE, tree
from faults import (
    CHANGING,
    CUTS,
    FAULTS,
    FOREIGN,
    HANDLING,
    LOCKED,
    MANIFEST,
    NO_EXCHANGE,
    PATIENCE,
    Live,
    Point,
    Run,
    Stage,
    Tree,
    against_manifest,
    change,
    clean_releases,
    cut_power,
    did_not_run,
    disk,
    disk_refused,
    environment,
    in_pieces,
    inject,
    judge,
    make_stage,
    new_disk,
    next_run,
    points,
    run,
    sha256,
    spread,
    strace_refused,
    verdict,
    watching,
    without_exchange,
)

SEED = random.randrange(10**6) if PROVE else 4
DISK_MEGABYTES = 48
DISK_INODES = 2000


def share(few: int, many: int) -> pytest.MarkDecorator:
    """How many tries a proof makes in `make test` and in `make prove`; 0 is all there are."""
    long = [pytest.mark.prove, pytest.mark.timeout(4 * 3600)]
    return pytest.mark.parametrize("count", [pytest.param(few, id="share"), pytest.param(many, id="all", marks=long)])


@dataclass(frozen=True, slots=True)
class Try:
    """One try: what was done, what was live after it, what is wrong with that, and with the next run."""

    what: str
    live: str
    wrong: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


def conclude(proof: str, tries: Sequence[Try], **more: object) -> None:
    """Print the counts of a proof and fail with what went wrong."""
    lives = Counter(one.live for one in tries)
    counts = {
        "tries": len(tries), **{name: lives[name] for name in ("old", "new", "none", "mixed")},
        "wrong": sum(bool(one.wrong) for one in tries), "next run failed": sum(bool(one.after) for one in tries),
    }  # fmt: skip
    print(f"\n{proof}: " + ", ".join(f"{name} {value}" for name, value in {**counts, **more}.items()))
    bad = [f"{one.what}: {'; '.join((*one.wrong, *one.after))[:600]}" for one in tries if one.wrong or one.after]
    assert not bad, f"{len(bad)} of {len(tries)}\n" + "\n".join(bad[:30])


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Tree]:
    """What each release is when it is published alone."""
    return clean_releases(tmp_path_factory.mktemp("clean") / "project")


@pytest.fixture(scope="module")
def stages(tmp_path_factory: pytest.TempPathFactory, releases: dict[str, Tree]) -> list[Stage]:
    """One project for each try that may run at a time: two in `make prove`, which runs one test at a time."""
    folder = tmp_path_factory.mktemp("stages")
    return [make_stage(folder / f"project-{number}", releases) for number in range(2 if PROVE else 1)]


@pytest.fixture
def stage(stages: list[Stage]) -> Stage:
    stages[0].restore()
    return stages[0]


def chosen(cases: Sequence[tuple[Point, str]], count: int) -> list[tuple[Point, str]]:
    return random.Random(SEED).sample(cases, min(count, len(cases))) if count else list(cases)


# The judge -----------------------------------------------------------------------------------------------------

PAGES = {"index.html": "home", "lv/index.html": "start"}
SPOILT: dict[str, Callable[[Path], object]] = {
    "a page of another release": lambda output: (output / "index.html").write_text("new", "utf-8"),
    "a page that is cut": lambda output: (output / "lv/index.html").write_text("st", "utf-8"),
    "a page that is missing": lambda output: (output / "lv/index.html").unlink(),
    "a file that is left over": lambda output: (output / "left.html").write_text("", "utf-8"),
    "no manifest": lambda output: (output / MANIFEST).unlink(),
    "a file of others is lost": lambda output: (output / "own.html").unlink(),
    "a file of others is changed": lambda output: (output / "empty.txt").write_text("x", "utf-8"),
}


def output_of(pages: dict[str, str], folder: Path) -> Path:
    """An output with pages, their manifest, and files of others."""
    for path, text in {**pages, **FOREIGN}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    files = [{"path": path, "sha256": sha256(text), "kept": False} for path, text in pages.items()]
    (folder / MANIFEST).write_text(json.dumps({"files": files}), "utf-8")
    return folder


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_the_judge_sees_what_is_not_whole(spoil: Callable[[Path], object], tmp_path: Path) -> None:
    """A release is live only when every file is its own and those of others are untouched."""
    releases = {"old": {path: sha256(text) for path, text in PAGES.items()}}
    output = output_of(PAGES, tmp_path)
    assert judge(output, releases, FOREIGN) == Live("old")
    spoil(output)
    assert judge(output, releases, FOREIGN).faults


# Every fault point ---------------------------------------------------------------------------------------------


@share(3, 0)
def test_a_fault_at_any_file_call_leaves_the_old_site_or_the_new(
    count: int, stages: list[Stage], tmp_path: Path
) -> None:
    """Disk full, a broken disk and a kill at every call that touches output or store; a broken disk at every read.

    What is live is whole, what the run says of it is true, and a plain run after it gives the new site.
    """
    if refused := strace_refused():
        did_not_run(refused)
    stages[0].restore()
    found = points(stages[0], tmp_path / "log")
    calls = (*CHANGING, *HANDLING)
    cases = [(one, fault) for one in found for fault in FAULTS if one.call in calls or fault == "EIO"]
    missed: list[str] = []

    def try_one(stage: Stage, case: tuple[Point, str]) -> Try:
        point, fault = case
        stage.restore()
        ended, hit = inject(stage, point, fault, tmp_path / f"{stage.project.folder.name}.log")
        if not hit:
            missed.append(f"{fault} at {point}")
        live, wrong = verdict(stage, ended, killed=fault == "KILL")
        return Try(f"{fault} at {point}", live, tuple(wrong), tuple(next_run(stage)))

    tries = spread(stages, chosen(cases, count), try_one)
    print("\n", dict(Counter(one.call for one in found)))
    conclude("every file call", tries, points=len(found), missed=len(missed), seed=SEED)
    assert len(missed) * 50 <= len(tries), missed


@share(1, 0)
def test_a_fault_in_the_first_publishing_leaves_nothing_or_the_whole_site(
    count: int, stages: list[Stage], tmp_path: Path
) -> None:
    """Where nothing was published before, a kill or a fault at each call that changes something leaves no half site."""
    if refused := strace_refused():
        did_not_run(refused)
    stages[0].forget()
    found = points(stages[0], tmp_path / "log")
    changing = [(one, fault) for one in found if one.call in CHANGING for fault in ("EIO", "KILL")]

    def try_one(stage: Stage, case: tuple[Point, str]) -> Try:
        point, fault = case
        stage.forget()
        ended, _ = inject(stage, point, fault, tmp_path / f"{stage.project.folder.name}.log")
        live, wrong = verdict(stage, ended, killed=fault == "KILL")
        return Try(f"{fault} at {point}", live, tuple(wrong), tuple(next_run(stage)))

    tries = spread(stages, chosen(changing, count), try_one)
    conclude("first publishing", tries, points=len({point for point, _ in changing}), seed=SEED)


@share(2, 500)
def test_a_kill_at_any_moment_leaves_the_old_site_or_the_new(count: int, stages: list[Stage]) -> None:
    """SIGKILL at random moments of the whole run, more of them late, one release upon another."""
    for stage in stages:
        stage.restore()
    whole = max(spread(stages, range(len(stages)), lambda stage, _: seconds(stage.build)))
    chance = random.Random(SEED)
    moments = [whole * 1.1 * (1 - chance.random() ** 2) for _ in range(count)]

    def try_one(stage: Stage, moment: float) -> Try:
        if stage.live().release == stage.after:
            stage.turn()
        ended, killed = killed_after(stage, moment)
        live, wrong = verdict(stage, ended, killed=killed)
        live = {stage.before: "old", stage.after: "new"}.get(live, live)
        return Try(f"killed after {moment:.3f} s", live, tuple(wrong), tuple(next_run(stage)))

    conclude("random kills", spread(stages, moments, try_one), run=f"{whole:.2f} s", seed=SEED)


@share(1, 300)
def test_a_kill_at_any_moment_of_a_first_publishing_leaves_nothing_or_the_whole_site(
    count: int, stages: list[Stage]
) -> None:
    """The same where nothing was published before; the next run is right and leaves nothing of the killed one."""
    for stage in stages:
        stage.forget()
    whole = max(spread(stages, range(len(stages)), lambda stage, _: seconds(stage.build)))
    chance = random.Random(SEED)
    moments = [whole * 1.1 * (1 - chance.random() ** 2) for _ in range(count)]

    def try_one(stage: Stage, moment: float) -> Try:
        stage.forget()
        ended, killed = killed_after(stage, moment)
        live, wrong = verdict(stage, ended, killed=killed)
        after = next_run(stage) + [f"left: {path}" for path in stage.store.glob("publish/*/staging")]
        return Try(f"killed after {moment:.3f} s", live, tuple(wrong), tuple(after))

    conclude("random kills of a first publishing", spread(stages, moments, try_one), run=f"{whole:.2f} s", seed=SEED)


def seconds(command: Sequence[str]) -> float:
    """How long a run takes that nobody kills."""
    started = time.monotonic()
    assert run(command).code == 0
    return time.monotonic() - started


def killed_after(stage: Stage, moment: float) -> tuple[Run, bool]:
    """A run that is killed at a moment, if it has not ended by then."""
    process = started_run(stage.build)
    try:
        said, _ = process.communicate(timeout=moment)
    except subprocess.TimeoutExpired:
        process.kill()
        said, _ = process.communicate()
    return Run(process.returncode, said), process.returncode == -signal.SIGKILL


def started_run(command: Sequence[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command, cwd=PROJECT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


@share(1, 200)
def test_where_folders_cannot_change_places_pages_are_whole(count: int, stages: list[Stage], tmp_path: Path) -> None:
    """Files are replaced one by one then: a fault leaves whole pages with their assets, and the next run ends it."""
    if refused := strace_refused():
        did_not_run(refused)
    stages[0].restore()
    found = [one for one in points(stages[0], tmp_path / "log", NO_EXCHANGE) if one.call in CHANGING]
    cases = [(one, fault) for one in found for fault in FAULTS if one.call != "renameat2"]

    def try_one(stage: Stage, case: tuple[Point, str]) -> Try:
        point, fault = case
        stage.restore()
        ended, _ = inject(stage, point, fault, tmp_path / f"{stage.project.folder.name}.log", NO_EXCHANGE)
        live, wrong = stage.live().release, in_pieces(stage)
        wrong += [] if fault == "KILL" or not ended.untruthful else [ended.untruthful]
        wrong += [ended.said[-600:]] if ended.code == 0 and live != "new" else []
        return Try(f"{fault} at {point}", live, tuple(wrong), tuple(next_run(stage)))

    conclude("file by file", spread(stages, chosen(cases, count), try_one), points=len(found), seed=SEED)


# Disks that fail -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def old_disk(tmp_path_factory: pytest.TempPathFactory, releases: dict[str, Tree]) -> tuple[Path, Stage]:
    """A disk with the old site on it, and the stage that is there once the disk is mounted."""
    folder = tmp_path_factory.mktemp("disk")
    if refused := disk_refused(folder):
        did_not_run(refused)
    image = new_disk(folder / "old.img", DISK_MEGABYTES, "-N", str(DISK_INODES))
    with disk(image, folder / "mounted") as mounted:
        stage = make_stage(mounted / "project", releases)
    return image, stage


@contextmanager
def mounted_copy(old_disk: tuple[Path, Stage]) -> Iterator[Path]:
    """A fresh copy of the disk's image, removed afterwards."""
    image, _ = old_disk
    copy = image.with_name("copy.img")
    subprocess.run(["cp", "--sparse=always", str(image), str(copy)], check=True)
    try:
        yield copy
    finally:
        copy.unlink()


@share(2, 0)
def test_a_power_cut_at_any_change_leaves_the_old_site_or_the_new(
    count: int, old_disk: tuple[Path, Stage], tmp_path: Path
) -> None:
    """The run is killed before each call that changes a file and the disk cut off at once, data lost in two ways."""
    if refused := strace_refused():
        did_not_run(refused)
    stage = old_disk[1]
    with mounted_copy(old_disk) as image, disk(image, stage.project.folder.parent):
        found = [point for point in points(stage, tmp_path / "log") if point.call in CHANGING]
    cases = chosen([(one, cut) for one in found for cut in CUTS], count)
    tries = [cut_at(old_disk, point, cut, tmp_path / "log") for point, cut in cases]
    conclude("power cut", tries, points=len(found), seed=SEED)


@share(1, 0)
def test_a_power_cut_in_a_first_publishing_leaves_nothing_or_the_whole_site(
    count: int, old_disk: tuple[Path, Stage], tmp_path: Path
) -> None:
    """The same where nothing was published before, and after the run said it is done."""
    if refused := strace_refused():
        did_not_run(refused)
    stage = old_disk[1]
    with mounted_copy(old_disk) as image, disk(image, stage.project.folder.parent):
        stage.forget()
        found = [point for point in points(stage, tmp_path / "log") if point.call in CHANGING]
    cases = chosen([(one, cut) for one in found for cut in CUTS], count)
    tries = [cut_at(old_disk, point, cut, tmp_path / "log", first=True) for point, cut in cases]
    conclude("power cut in a first publishing", tries, points=len(found), seed=SEED)
    tries = [cut_at(old_disk, None, cut, tmp_path / "log", first=True) for cut in CUTS]
    assert {one.live for one in tries} == {"new"}, tries
    conclude("power cut after a first publishing", tries)


@share(1, 10)
def test_what_is_published_survives_a_power_cut(count: int, old_disk: tuple[Path, Stage], tmp_path: Path) -> None:
    """A run that said it is done has written the new site to the disk itself."""
    tries = [cut_at(old_disk, None, cut, tmp_path / "log") for _ in range(count) for cut in CUTS]
    assert {one.live for one in tries} == {"new"}, tries
    conclude("power cut after the end", tries)


def cut_at(old_disk: tuple[Path, Stage], point: Point | None, cut: str, log: Path, *, first: bool = False) -> Try:
    """Publish, kill at a point (none: let it end), cut the power, mount again and look.

    With `first` nothing was published before.
    """
    stage = old_disk[1]
    folder = stage.project.folder.parent
    with mounted_copy(old_disk) as image:
        with disk(image, folder):
            stage.expect_old()
            if first:
                stage.forget()
                subprocess.run(["sync", "--file-system", str(folder)], check=True)
            ended, _ = inject(stage, point, "KILL", log) if point else (run(stage.build), True)
            assert point or ended.code == 0, ended.said
            cut_power(folder, CUTS[cut])
        with disk(image, folder):
            live, wrong = verdict(stage, ended, killed=True)
            return Try(f"{cut} at {point or 'the end'}", live, tuple(wrong), tuple(next_run(stage)))


@share(1, 20)
def test_a_full_disk_leaves_the_old_site_or_the_new(count: int, old_disk: tuple[Path, Stage]) -> None:
    """From no room at all to more than enough for a publishing, in bytes; with room made the next run succeeds."""
    needed = used_by_publishing(old_disk, lambda free: free.f_bavail * free.f_frsize)
    room = [needed * step // count for step in range(count + 2)]
    conclude("disk full", [filled(old_disk, fill_bytes, free) for free in room], needed=needed)


@share(1, 60)
def test_a_disk_without_inodes_leaves_the_old_site_or_the_new(count: int, old_disk: tuple[Path, Stage]) -> None:
    """The same where no more files can be made, however small."""
    needed = used_by_publishing(old_disk, lambda free: free.f_favail)
    room = [needed * step // count for step in range(count + 2)]
    conclude("no inodes", [filled(old_disk, fill_inodes, free) for free in room], needed=needed)


def used_by_publishing(old_disk: tuple[Path, Stage], free: Callable[[os.statvfs_result], int]) -> int:
    """How much of a disk one publishing takes at most, watched while it runs."""
    stage = old_disk[1]
    folder = stage.project.folder.parent
    with mounted_copy(old_disk) as image, disk(image, folder):
        before = least = free(os.statvfs(folder))
        process = started_run(stage.build)
        while process.poll() is None:
            least = min(least, free(os.statvfs(folder)))
            time.sleep(0.001)
        assert process.communicate()[0] and process.returncode == 0
        return before - min(least, free(os.statvfs(folder)))


def filled(old_disk: tuple[Path, Stage], fill: Callable[[Path, int], None], free: int) -> Try:
    """Publish on a disk with only so much room, then with all of it."""
    stage = old_disk[1]
    with mounted_copy(old_disk) as image, disk(image, stage.project.folder.parent) as folder:
        filler = folder / "filler"
        filler.mkdir()
        fill(filler, free)
        live, wrong = verdict(stage, run(stage.build))
        shutil.rmtree(filler)
        return Try(f"{free} left", live, tuple(wrong), tuple(next_run(stage)))


def fill_bytes(folder: Path, free: int) -> None:
    """In large pieces, then in small ones: a file system needs room of its own for what it is told to hold."""
    with (folder / "filler").open("wb", buffering=0) as file:
        for piece in (1 << 20, 4096):
            with suppress(OSError):
                while (room := os.statvfs(folder)).f_bavail * room.f_frsize >= free + piece:
                    file.write(b"x" * piece)
                    os.fsync(file.fileno())


def fill_inodes(folder: Path, free: int) -> None:
    """An empty file takes an inode and no room but that of its name."""
    for number in range(os.statvfs(folder).f_favail - free):
        (folder / str(number)).touch()


@share(1, 3)
def test_an_output_that_cannot_be_written_is_said_and_left(count: int, old_disk: tuple[Path, Stage]) -> None:
    """On a disk that is read-only the old site stays; writable again, the next run succeeds."""
    stage = old_disk[1]
    folder = stage.project.folder.parent
    tries = []
    for _ in range(count):
        with mounted_copy(old_disk) as image, disk(image, folder):
            subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
            live, wrong = verdict(stage, run(stage.build))
            subprocess.run(["mount", "-o", "remount,rw", str(folder)], check=True)
            tries.append(Try("read-only", live, tuple(wrong), tuple(next_run(stage))))
    conclude("read-only", tries)


# Rivals --------------------------------------------------------------------------------------------------------


@share(1, 100)
def test_of_two_publishers_at_once_one_waits_or_is_told(count: int, stages: list[Stage]) -> None:
    """One publishes; the other succeeds after it, or is refused with the number of the process that holds the lock."""
    chance = random.Random(SEED)
    refusals: list[str] = []

    def try_one(stage: Stage, delay: float) -> Try:
        stage.restore()
        both = [started_run(stage.build)]
        time.sleep(delay)
        both.append(started_run(stage.build))
        ends = [Run(0, process.communicate(timeout=PATIENCE)[0]) for process in both]
        ends = [Run(process.returncode, end.said) for process, end in zip(both, ends, strict=True)]
        live, wrong = verdict(stage, min(ends, key=lambda end: end.code))
        for end, other in zip(ends, reversed(both), strict=True):
            if end.code and not (LOCKED.search(end.said) and str(other.pid) in end.said):
                wrong.append(f"exit {end.code}, the other was {other.pid}: {end.said[-400:]}")
            refusals.extend([end.said] if end.code else [])
        return Try(f"{delay:.3f} s apart", live, tuple(wrong), tuple(next_run(stage)))

    tries = spread(stages, [chance.random() ** 2 * 0.3 for _ in range(count)], try_one)
    conclude("two publishers", tries, refused=len(refusals), seed=SEED)


def test_a_store_that_is_lost_costs_no_more_than_time(stage: Stage) -> None:
    """With the store gone and a page spoilt a run puts things right, which is then the first release that is known."""
    assert run(stage.build).code == 0
    shutil.rmtree(stage.store)
    (stage.output / "lv/index.html").write_text("spoilt", "utf-8")
    ended = run(stage.build)
    assert (ended.code, stage.live()) == (0, Live("new")), ended.said
    assert run([*stage.build, "--clean"]).code == 0
    assert stage.live() == Live("new")


@share(1, 20)
def test_an_output_that_is_removed_meanwhile_comes_back_whole(count: int, stages: list[Stage]) -> None:
    """The run is stopped at a random moment and goes on without its output: a whole site, or none and said so."""
    chance = random.Random(SEED)

    def try_one(stage: Stage, moment: float) -> Try:
        stage.restore()
        with started_run(stage.build) as process:
            time.sleep(moment)
            if process.poll() is not None:
                return Try(f"done before {moment:.3f} s", "new", (), tuple(next_run(stage)))
            process.send_signal(signal.SIGSTOP)
            done = judge(stage.output, stage.releases, stage.foreign).release == stage.after
            shutil.rmtree(stage.output, ignore_errors=True)
            process.send_signal(signal.SIGCONT)
            said = process.communicate(timeout=PATIENCE)[0]
        live, wrong = verdict(stage, Run(process.returncode, said), gone=True, done=done)
        return Try(f"removed after {moment:.3f} s", live, tuple(wrong), tuple(next_run(stage, gone=True)))

    conclude("output removed", spread(stages, [0.1 + chance.random() / 2 for _ in range(count)], try_one), seed=SEED)


# Readers -------------------------------------------------------------------------------------------------------


WAYS: dict[str, Callable[[Stage], list[str]]] = {
    "folders change places": lambda stage: stage.build,
    "file by file": without_exchange,
}


@share(2, 200)
@pytest.mark.parametrize("way", WAYS)
def test_a_reader_never_meets_anything_but_whole_pages_and_their_assets(way: str, count: int, stage: Stage) -> None:
    """Page and style change with each publishing; files that are not ours are there all the time."""
    if way == "file by file" and (refused := strace_refused()):
        did_not_run(refused)
    known = contents(stage)
    with watching(stage, pages_throughout(stage)) as met:
        for release in range(3, 3 + count):
            change(stage.project, release, style=True)
            ended = run(WAYS[way](stage))
            assert ended.code == 0, ended.said
            known |= contents(stage)
    whole_reads(f"reader while {way}", met, known, publishings=count)


def contents(stage: Stage) -> set[tuple[str, str]]:
    """All that may be read now, checked against the manifest."""
    files = tree(stage.output)
    ours = {path: content for path, content in files.items() if path not in FOREIGN}
    assert against_manifest(stage.output, ours)[1] == []
    return set(files.items())


def pages_throughout(stage: Stage) -> list[str]:
    """The pages that every release has, and what is not ours."""
    return [*sorted(path for path in stage.releases["old"] if path.endswith(".html")), *FOREIGN]


def whole_reads(proof: str, met: Sequence[tuple[str, str, int]], known: set[tuple[str, str]], **more: object) -> None:
    """Print and judge what a reader met."""
    count: Counter[str] = Counter()
    wrong = []
    for path, what, times in met:
        kind = "asset" if path.startswith("assets/") else "page"
        fault = "missing" if what == "missing" else "cut or unknown" if (path, what) not in known else ""
        count[f"{kind} {fault}" if fault else f"{kind} reads"] += times
        wrong += [f"{path}: {fault} x {times}"] if fault else []
    names = (
        "page reads",
        "asset reads",
        "page missing",
        "page cut or unknown",
        "asset missing",
        "asset cut or unknown",
    )
    print(f"\n{proof}: " + ", ".join(f"{name} {count[name]}" for name in names), more)
    assert not wrong, wrong[:30]
    assert count["page reads"] > 0


def test_files_of_others_that_come_while_it_publishes_stay(stage: Stage) -> None:
    """What somebody puts into the output at any moment of a publishing is there after it."""
    process = started_run(stage.build)
    put: list[Path] = []
    while process.poll() is None:
        path = stage.output / f"letters/{len(put)}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(str(len(put)), "utf-8")
        put.append(path)
        time.sleep(0.0005)
    assert process.communicate()[0] and process.returncode == 0
    lost = [path.name for path in put if not path.is_file()]
    print(f"\nfiles of others during publishing: {len(put)}, lost {len(lost)}")
    assert not lost, lost[:10]
    shutil.rmtree(stage.output / "letters")
    assert stage.live() == Live("new")


@share(2, 200)
def test_a_rollback_brings_back_the_old_release_byte_by_byte_under_a_reader(count: int, stage: Stage) -> None:
    """Back to the old release and forth to the third, the new one, again and again; files that are not ours stay."""
    known = contents(stage)
    assert run(stage.build).code == 0
    known |= contents(stage)
    seconds = []
    with watching(stage, pages_throughout(stage)) as met:
        for number in range(count):
            started = time.monotonic()
            forth = ["3"] if number % 2 else []
            ended = run(stage.command("rollback", *forth, "--output", str(stage.output)))
            seconds.append(time.monotonic() - started)
            assert ended.code == 0, ended.said
            assert stage.live() == Live("new" if number % 2 else "old")
    whole_reads("reader during rollbacks", met, known, rollbacks=count, median=f"{sorted(seconds)[count // 2]:.2f} s")
