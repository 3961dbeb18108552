"""Work on all cores: the same results in the same order, however many processes do it."""

import gc
import multiprocessing
import os
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import PROJECT

from site_builder.parallel import WORTH_FORKING, Beside, cores, each

MANY = range(WORTH_FORKING + 60)
FEW = range(WORTH_FORKING - 1)


def process_of(_: object) -> int:
    return os.getpid()


def odd(number: int) -> int:
    if number % 2 == 0:
        raise ValueError(f"{number} is even")
    return number


def refused_semaphores() -> str:
    """Why this system gives no semaphores, as containers without /dev/shm do; empty where it gives them."""
    try:
        multiprocessing.get_context("fork").Semaphore()
    except (NotImplementedError, OSError) as refusal:
        return f"this system gives no semaphores ({refusal}), as it may without /dev/shm"
    return ""


@pytest.fixture(autouse=True)
def no_process_is_left() -> Iterator[None]:
    """Workers end with the work, whatever becomes of it, and so does what they were told to do."""
    yield
    assert multiprocessing.active_children() == []
    assert gc.get_freeze_count() == 0


@pytest.mark.parametrize("jobs", [1, 2, 4])
@pytest.mark.parametrize("items", [(), FEW, MANY, [*MANY, *MANY][:-1]], ids=len)
def test_results_come_in_the_order_of_the_items(jobs: int, items: range | list[int]) -> None:
    """Once for each, also where the last batch is not full."""
    assert list(each(lambda number: number * number, items, jobs)) == [number * number for number in items]


def test_many_things_are_done_by_several_processes() -> None:
    """And not by this one; few, or with one job, by this one alone. Without semaphores this one does all."""
    for items, jobs in ((FEW, 2), (MANY, 1)):
        assert set(each(process_of, items, jobs)) == {os.getpid()}
    done_by = set(each(process_of, MANY, 2))
    if refused := refused_semaphores():
        assert done_by == {os.getpid()}
        pytest.skip(f"DID NOT RUN: work by several processes: {refused}; this process did it alone, as promised")
    assert os.getpid() not in done_by


def test_what_a_worker_needs_need_not_be_pickled() -> None:
    """Function and items are inherited."""
    items = [lambda number=number: number for number in MANY]
    assert list(each(lambda item: item(), items, 2)) == list(MANY)


@pytest.mark.parametrize("jobs", [1, 2, 4])
def test_the_first_exception_in_the_order_of_the_items_is_raised(jobs: int) -> None:
    """Not the one that happens first."""
    numbers = [1] * 97 + [8] + [1] * 100 + [0] * 100
    with pytest.raises(ValueError, match="8 is even"):
        list(each(odd, numbers, jobs))
    assert list(each(odd, [1] * len(MANY), jobs)) == [1] * len(MANY)


def test_a_process_with_threads_does_not_fork() -> None:
    """A lock that another thread holds would never be released in a fork."""
    ends = threading.Event()
    thread = threading.Thread(target=ends.wait)
    thread.start()
    try:
        assert set(each(process_of, MANY, 2)) == {os.getpid()}
    finally:
        ends.set()
        thread.join()


def test_a_system_that_cannot_fork_works_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The site is too large to be copied to every worker."""
    monkeypatch.delattr(os, "fork")
    assert set(each(process_of, MANY, 2)) == {os.getpid()}


@pytest.mark.parametrize("refusal", [NotImplementedError, PermissionError])
def test_a_system_without_semaphores_works_alone(refusal: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    """A container whose /dev/shm is closed."""

    def refused(*_: object) -> None:
        raise refusal

    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", refused)
    assert set(each(process_of, MANY, 2)) == {os.getpid()}


@pytest.fixture
def no_fork_is_left() -> Iterator[None]:
    """Not even one that is done and waits for that to be noticed."""
    yield
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@pytest.fixture
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("site_builder.parallel.cores", lambda: 2)


@pytest.mark.usefixtures("no_fork_is_left", "two_cores")
def test_something_is_found_out_by_another_process() -> None:
    """However much it is: more than a pipe holds."""
    process, found = Beside(lambda: (os.getpid(), b"x" * 1_000_000)).answer()
    assert process != os.getpid()
    assert len(found) == 1_000_000


@pytest.mark.usefixtures("no_fork_is_left", "two_cores")
@pytest.mark.parametrize("end", ["raises", "is killed", "is cut short", "is not picklable"])
def test_what_a_fork_does_not_tell_is_found_out_here(
    end: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Whatever became of it, and nothing is printed."""
    here, pipe = os.getpid(), os.pipe()
    monkeypatch.setattr(os, "pipe", lambda: pipe)

    def find() -> object:
        if os.getpid() == here:
            return here
        if end == "raises":
            raise OSError(5, "the disk fails")
        if end == "is killed":
            os.kill(os.getpid(), 9)
        if end == "is cut short":
            os.write(pipe[1], pickle.dumps("cut"))
            os.kill(os.getpid(), 9)
        return lambda: None

    assert Beside(find).answer() == here
    assert capfd.readouterr() == ("", "")


@pytest.mark.usefixtures("no_fork_is_left")
@pytest.mark.parametrize("lack", ["threads", "fork", "core", "processes"])
def test_something_is_found_out_here_where_a_fork_is_not_safe_or_no_use(
    lack: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """See `each`."""
    monkeypatch.setattr("site_builder.parallel.cores", lambda: 1 if lack == "core" else 2)
    if lack == "threads":
        monkeypatch.setattr(threading, "active_count", lambda: 2)
    if lack == "fork":
        monkeypatch.delattr(os, "fork")
    if lack == "processes":
        monkeypatch.setattr(os, "fork", _no_more)
    asked: list[str] = []

    def find() -> int:
        asked.append(lack)
        return os.getpid()

    beside = Beside(find)
    assert asked == []
    assert beside.answer() == os.getpid()


def _no_more() -> None:
    raise BlockingIOError(11, "Resource temporarily unavailable")


@pytest.mark.usefixtures("no_fork_is_left", "two_cores")
def test_nobody_need_ask() -> None:
    """What runs for long is ended."""
    beside = Beside(lambda: time.sleep(60))
    begun = time.monotonic()
    beside.close()
    beside.close()
    assert time.monotonic() - begun < 30


@pytest.mark.usefixtures("no_fork_is_left", "two_cores")
def test_what_finding_out_raises_here_is_raised() -> None:
    with pytest.raises(ValueError, match="2 is even"):
        Beside(lambda: odd(2)).answer()


def test_there_is_at_least_one_core(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that the process may use, where the system tells."""
    assert cores() >= 1
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert cores() == 1


def test_workers_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    """Nobody tells them: they look."""
    if refused := refused_semaphores():
        pytest.skip(f"DID NOT RUN: workers whose parent is killed: {refused}; there are no workers then")
    numbers = tmp_path / "workers"
    code = (
        "import os, time\nfrom site_builder.parallel import each\n"
        f"def work(number):\n    open({str(numbers)!r}, 'a').write(f'{{os.getpid()}}\\n')\n    time.sleep(0.01)\n"
        "list(each(work, range(100_000), 2))\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=PROJECT)
    while len(set(numbers.read_text().split()) if numbers.exists() else ()) < 2:
        time.sleep(0.05)
    parent.kill()
    parent.wait()
    workers = {int(number) for number in numbers.read_text().split()}
    deadline = time.monotonic() + 60
    while any(map(alive, workers)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert [number for number in workers if alive(number)] == []


@pytest.mark.parametrize("busy", ["b'x' * 10_000_000", "time.sleep(600)"], ids=["with its answer", "finding out"])
def test_a_fork_beside_ends_with_a_parent_that_is_killed(busy: str) -> None:
    """Also where nobody takes an answer that is larger than a pipe holds, and while it still finds out."""
    code = (
        "import time\nfrom site_builder import parallel\nparallel.cores = lambda: 2\n"
        f"print(parallel.Beside(lambda: {busy}).child, flush=True)\ntime.sleep(600)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], cwd=PROJECT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        time.sleep(0.3)
        assert alive(child)
        parent.kill()
    deadline = time.monotonic() + 60
    while alive(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    still = alive(child)
    if still:
        os.kill(child, 9)
    assert not still


def alive(process: int) -> bool:
    """Whether a process is there and does not only wait for its end to be noticed."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/stat")
    return not (status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z")
