"""Measures whole fresh processes: wall, CPU of the tree, memory, and what others used of the machine meanwhile."""

import os
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

CPUS = os.cpu_count() or 1
TICKS = os.sysconf("SC_CLK_TCK")
SAMPLE_SECONDS = 0.1
LONGEST_WAIT = 300


@dataclass(frozen=True, slots=True)
class Run:
    """One process and all its children, to their end.

    `cpu` is user and system seconds of the tree. `largest` is the peak resident memory of its largest process (of the
    kernel's own account), `together` the highest sum over the tree of proportional memory (PSS: what processes share
    is counted once), looked at ten times a second, or 0 where it was too short to be seen; both in MB. `others` is the
    share of the machine's CPUs that everybody else used meanwhile, `load` the one-minute load average before.
    """

    wall: float
    cpu: float
    largest: int
    together: int
    others: float
    load: float


@dataclass(frozen=True, slots=True)
class Output:
    """How many files a build has written, and how many bytes are in them."""

    files: int
    bytes: int


def output_of(folder: Path) -> Output:
    """Count the files under a folder."""
    sizes = [path.lstat().st_size for path in folder.rglob("*") if not path.is_dir()]
    return Output(len(sizes), sum(sizes))


class Failed(Exception):
    """The measured process did not end well; holds what it said last."""


def measure(command: Sequence[str], folder: Path, env: dict[str, str]) -> Run:
    """Run a command and measure it. Raises Failed when its exit code is not 0."""
    load, busy = os.getloadavg()[0], busy_seconds()
    own = time.process_time()
    with tempfile.TemporaryFile() as said:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        with _Sampler(process.pid) as sampler:
            _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise Failed(f"{' '.join(command)}: {process.returncode}\n{said.read().decode(errors='replace')[-3000:]}")
    cpu = used.ru_utime + used.ru_stime
    others = busy_seconds() - busy - cpu - (time.process_time() - own)
    return Run(wall, cpu, used.ru_maxrss // 1024, sampler.peak // 1024, max(0.0, others) / wall / CPUS, load)


def busy_seconds() -> float:
    """The CPU seconds that the whole machine has spent since it started."""
    first = Path("/proc/stat").read_text("ascii").split("\n", 1)[0]
    user, nice, system, _idle, _waiting, *rest = (int(word) for word in first.split()[1:9])
    return (user + nice + system + sum(rest)) / TICKS


def wait_until_quiet(share: float) -> bool:
    """Wait until others use less than a share of the CPUs over a second; False if that did not come."""
    given_up = time.monotonic() + LONGEST_WAIT
    while time.monotonic() < given_up:
        before = busy_seconds()
        time.sleep(1)
        if (busy_seconds() - before) / CPUS < share:
            return True
    return False


# Memory -------------------------------------------------------------------------------------------------------


class _Sampler:
    """Looks at the memory of a process tree until left; `peak` is the highest sum in kB."""

    def __init__(self, pid: int) -> None:
        self.pid, self.peak = pid, 0
        self.done = threading.Event()
        self.thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "_Sampler":
        self.thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.done.set()
        self.thread.join()

    def _watch(self) -> None:
        while not self.done.wait(SAMPLE_SECONDS):
            self.peak = max(self.peak, memory_of_tree(self.pid))


def memory_of_tree(pid: int) -> int:
    """The proportional memory of a process and its descendants, in kB."""
    return sum(_proportional(one) for one in tree(pid))


def tree(pid: int) -> Iterator[int]:
    """A process and its descendants."""
    yield pid
    with suppress(OSError):
        for listed in Path(f"/proc/{pid}/task").glob("*/children"):
            with suppress(OSError):
                for child in listed.read_text("ascii").split():
                    yield from tree(int(child))


def _proportional(pid: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


# Numbers ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Spread:
    """The median of some measurements, the least, the most, and how many there are."""

    median: float
    least: float
    most: float
    count: int


def spread(values: Sequence[float]) -> Spread:
    """What to say of measurements; there must be one at least."""
    return Spread(statistics.median(values), min(values), max(values), len(values))
