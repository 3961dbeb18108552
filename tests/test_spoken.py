"""What a command says is true, also when the disk refuses and when nobody hears it."""

import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest
from conftest import PROJECT, TODAY, Project

from site_builder.publishing.manifest import MANIFEST
from site_builder.publishing.store import Store

FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="DID NOT RUN: no device that is always full")


def build(project: Project, *verb: str, **streams: int | IO[str]) -> subprocess.CompletedProcess[str]:
    """Build in a process of its own, whose output is kept back as it is for a file or a pipe."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    options = ["--project", str(project.folder), "build", "--messages", "en", "--output", str(project.output)]
    command = [sys.executable, "-m", "site_builder", *options, "--date", TODAY, *verb]
    return subprocess.run(command, cwd=PROJECT, env=environment, text=True, check=False, **given)  # type: ignore[call-overload, no-any-return]


@needs_full
@pytest.mark.parametrize("verb", [(), ("--json",)], ids=["text", "json"])
def test_a_report_that_cannot_be_written_is_told_as_that(project: Project, verb: tuple[str, ...]) -> None:
    """The site is live, and no disk of the site has failed: git says so too when it commits to a full disk."""
    with FULL.open("w") as full:
        done = build(project, *verb, stdout=full)
    assert done.returncode == 1
    assert "stdout:1:1: error[unheard]: what the command says could not be written out: No space left" in done.stderr
    assert "what was done stays done" in done.stderr
    assert not any(words in done.stderr for words in ("Traceback", "Exception ignored", "error[disk]", "Nothing was"))
    assert (project.output / MANIFEST).is_file()


@needs_full
def test_errors_that_nobody_hears_still_have_their_exit_code(project: Project) -> None:
    """Where even that cannot be told, the code says that something is wrong, and not that the program is."""
    project.write({"content/site.yaml": "name: ["})
    with FULL.open("w") as full:
        done = build(project, stderr=full)
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
