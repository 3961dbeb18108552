"""One publisher at a time: who holds the lock is told, and one who died holds nothing."""

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from site_builder.problems import ProblemsFound
from site_builder.publishing import lock
from site_builder.publishing.lock import Lock
from site_builder.publishing.publication import Publication

HOLD = r"""
import os, sys, time
from pathlib import Path
from site_builder.publishing.publication import Publication
with Publication(Path(sys.argv[1]), Path(sys.argv[2])) as publication:
    publication.stage("a.html", b"half")
    if len(sys.argv) > 3 and os.fork() == 0:
        os.write(1, b"child\n")
        time.sleep(60)
        os._exit(0)
    os.write(1, b"ready\n")
    time.sleep(60)
"""


def _holder(output: Path, *more: str) -> subprocess.Popen[str]:
    """Another process that is publishing."""
    command = [sys.executable, "-c", HOLD, str(output), str(output.parent / "project"), *more]
    other = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert other.stdout
    for _ in range(1 + len(more)):
        assert other.stdout.readline().strip() in ("ready", "child")
    return other


def _end(other: subprocess.Popen[str]) -> None:
    os.killpg(other.pid, signal.SIGKILL)
    other.communicate()


def test_a_second_publisher_is_told_who_is_first(tmp_path: Path) -> None:
    """With process, host and moment, and what to do."""
    output = tmp_path / "public"
    other = _holder(output)
    try:
        with pytest.raises(ProblemsFound) as found, Publication(output, tmp_path / "project"):
            pass
    finally:
        _end(other)
    problem = found.value.problems[0]
    assert (problem.code, dict(problem.message.params)["pid"]) == ("output-busy", str(other.pid))
    assert problem.hint
    assert all(value not in ("", "?") for value in dict(problem.message.params).values())


def test_a_publisher_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    """And what it had staged is swept."""
    output = tmp_path / "public"
    other = _holder(output)
    _end(other)
    staging = tmp_path / ".public.site-builder/staging"
    assert [path.name for path in staging.rglob("*.html")] == ["a.html"]
    with Publication(output, tmp_path / "project"):
        assert not list(staging.rglob("*.html"))
    assert not staging.exists()


def test_a_worker_that_outlives_its_killed_parent_holds_nothing(tmp_path: Path) -> None:
    """The lock is the parent's alone."""
    output = tmp_path / "public"
    other = _holder(output, "with a worker")
    other.kill()
    other.wait()
    try:
        with Publication(output, tmp_path / "project"):
            pass
    finally:
        _end(other)


def test_within_a_process_there_is_one_publisher_too(tmp_path: Path) -> None:
    """The preview may build in a thread."""
    with (
        Publication(tmp_path / "public", tmp_path / "project"),
        pytest.raises(ProblemsFound),
        Publication(tmp_path / "public", tmp_path / "project"),
    ):
        pass


def test_outputs_do_not_wait_for_each_other(tmp_path: Path) -> None:
    """Two outputs of a project have two stores."""
    project = tmp_path / "project"
    with Publication(project / "public", project), Publication(project / "other/public", project):
        pass


def test_a_lock_that_was_replaced_meanwhile_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opened the file before it was removed takes the one that others find."""
    path = tmp_path / "lock"
    take = lock._lock
    taken: list[int] = []

    def removed_first(handle: int) -> None:
        if not taken:
            path.unlink()
        taken.append(handle)
        take(handle)

    monkeypatch.setattr(lock, "_lock", removed_first)
    with Lock(path, "public"), pytest.raises(ProblemsFound), Lock(path, "public"):
        pass
    assert len(taken) == 3


def test_a_disk_that_refuses_the_last_call_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was published is live by then, and the lock has ended."""
    held, close = Lock(tmp_path / "lock", "public"), os.close

    def refusing(handle: int, *_: object) -> None:
        if _:
            raise OSError(errno.EIO, "refused")
        close(handle)
        raise OSError(errno.EIO, "refused")

    held.__enter__()
    with monkeypatch.context() as disk:
        disk.setattr(os, "close", refusing)
        disk.setattr(os, "ftruncate", refusing)
        held.__exit__(None, None, None)
    with Lock(tmp_path / "lock", "public"):
        pass
