"""What a command says is true, also when the disk refuses and when nobody hears it."""

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest
from conftest import PROJECT, TODAY, Project

from site_builder.publishing.manifest import MANIFEST
from site_builder.publishing.store import Store


@pytest.fixture
def deaf(tmp_path: Path) -> Iterator[IO[str]]:
    """A stream that takes nothing, like a file on a full disk: it is open for reading alone."""
    path = tmp_path / "deaf"
    path.touch()
    with path.open() as stream:
        yield stream


def build(project: Project, *verb: str, **streams: int | IO[str]) -> subprocess.CompletedProcess[str]:
    """Build in a process of its own, whose output is kept back as it is for a file or a pipe."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    options = ["--project", str(project.folder), "build", "--messages", "en", "--output", str(project.output)]
    command = [sys.executable, "-m", "site_builder", *options, "--date", TODAY, *verb]
    return subprocess.run(command, cwd=PROJECT, env=environment, text=True, check=False, **given)  # type: ignore[call-overload, no-any-return]


@pytest.mark.parametrize("verb", [(), ("--json",)], ids=["text", "json"])
def test_a_report_that_cannot_be_written_is_told_as_that(
    project: Project, verb: tuple[str, ...], deaf: IO[str]
) -> None:
    """The site is live, and no disk of the site has failed."""
    done = build(project, *verb, stdout=deaf)
    assert done.returncode == 1
    assert (
        "stdout:1:1: error[unheard]: what the command says could not be written out: Bad file descriptor" in done.stderr
    )
    assert "what was done stays done" in done.stderr
    assert not any(words in done.stderr for words in ("Traceback", "Exception ignored", "error[disk]", "Nothing was"))
    assert (project.output / MANIFEST).is_file()


def test_errors_that_nobody_hears_still_have_their_exit_code(project: Project, deaf: IO[str]) -> None:
    """Where even that cannot be told, the code says that something is wrong, and not that the program is."""
    project.write({"content/site.yaml": "name: ["})
    done = build(project, stderr=deaf)
    assert (done.returncode, done.stdout) == (1, "")


def test_a_reader_who_wants_no_more_ends_it_quietly(project: Project) -> None:
    """As `site-builder build | head -0` does."""
    reading, writing = os.pipe()
    os.close(reading)
    done = build(project, stdout=writing)
    os.close(writing)
    assert done.returncode == 1
    assert not any(words in done.stderr for words in ("Traceback", "Exception ignored", "error["))


def test_a_site_that_is_live_is_never_said_not_to_be(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A disk that refuses only what comes after the exchange has not kept the new site from its readers."""

    def refuse(*given: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(Store, "settle", refuse)
    assert project.run("build", "--messages", "en", "--output", str(project.output), "--date", TODAY) == 1
    told = capsys.readouterr().err
    assert "the new site is published already" in told
    assert "Nothing was published" not in told
    assert (project.output / MANIFEST).is_file()


# On a terminal -------------------------------------------------------------------------------------------------

SHOWING = """
import os, sys, threading
from contextlib import ExitStack
from site_builder import cli
with ExitStack() as stack:
    begin = cli._progress(stack, cli.speaker("en"))
    tick = begin("render", 3)
    tick()
    os.write(2, b"END")
    threads = threading.active_count()
print(threads, sys.stderr.isatty())
"""


# Where the system gives no terminal, a stream that says it is one still shows what is drawn.
PRETENDED = "import sys\nsys.stderr.isatty = lambda: True\n"


@pytest.mark.parametrize("terminal", ["real", "pretended"])
def test_progress_is_drawn_without_a_thread(terminal: str) -> None:
    """A process with threads is not forked: whoever looks on would wait twice as long."""
    try:
        shown, end = os.openpty() if terminal == "real" else os.pipe()
    except OSError as refusal:
        pytest.skip(f"DID NOT RUN: progress on a real terminal: none is given ({refusal}), as without /dev/pts")
    with os.fdopen(shown, "rb", buffering=0) as reader:
        code = SHOWING if terminal == "real" else PRETENDED + SHOWING
        command = [sys.executable, "-c", code]
        environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80"}
        done = subprocess.run(
            command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, stderr=end, text=True, check=True
        )
        os.close(end)
        drawn = reader.read(10_000).decode().partition("END")[0]
    assert done.stdout.split() == ["1", "True"]
    assert "Pages" in drawn
    assert "33%" in drawn
