"""A killed build leaves no process: neither a worker nor the fork that looks ahead, at whatever moment it is killed.

A small seeded share runs in `make test`, and many kills in `make prove`, with a new seed that is printed.
"""

import os
import random
import secrets
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import NEWS_EN, NEWS_LV, PROJECT, PROVE, TODAY, Project, small_site, write_project

from site_builder.parallel import LOOK_SECONDS, WORTH_FORKING
from site_builder.store import FOLDER

SEED = random.randrange(10**6) if PROVE else 7
PROCESSES = Path("/proc")
# What every process of one build has among its variables.
MARK = "BUILD_TO_BE_KILLED"
# A fork looks every half second; the rest is for a machine that has much else to do.
PATIENCE = 20 * LOOK_SECONDS
KILLS = [
    pytest.param(4, id="share"),
    pytest.param(200, id="all", marks=[pytest.mark.prove, pytest.mark.timeout(3600)]),
]


def processes(mark: str) -> set[int]:
    """The processes of a build that are alive; one that only waits for its end to be noticed has no variables."""
    found = set()
    for folder in PROCESSES.iterdir():
        if folder.name.isdigit():
            try:
                variables = (folder / "environ").read_bytes()
            except OSError:
                continue
            if f"{MARK}={mark}".encode() in variables.split(b"\0"):
                found.add(int(folder.name))
    return found


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, float]:
    """A published site that is large enough for workers, and the seconds that its build takes."""
    files = small_site()
    for number in range(WORTH_FORKING):
        files[f"content/news/2016/item-{number}.lv.md"] = NEWS_LV.replace("Pieņemts lēmums", f"Lēmums {number}")
        files[f"content/news/2016/item-{number}.en.md"] = NEWS_EN.replace("slug: decision", f"slug: decision-{number}")
    project = write_project(tmp_path_factory.mktemp("killed") / "project", {**files})
    started = time.monotonic()
    assert project.build() == 0
    return project, time.monotonic() - started


def begin(project: Project, mark: str) -> subprocess.Popen[bytes]:
    """A build that makes everything again, with all that it forks, while the site from before is live."""
    shutil.rmtree(project.folder / FOLDER, ignore_errors=True)
    options = ["--project", str(project.folder), "build", "--output", str(project.output), "--date", TODAY]
    return subprocess.Popen(
        [sys.executable, "-m", "site_builder", *options, "--jobs", "2"],
        cwd=PROJECT, env={**os.environ, MARK: mark}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


@pytest.mark.parametrize("count", KILLS)
def test_a_killed_build_leaves_no_process(count: int, large: tuple[Project, float]) -> None:
    """Killed at a random moment of the whole run, or soon after a fork was seen, by turns."""
    if not (PROCESSES / "self/environ").exists():
        pytest.skip("DID NOT RUN: what a killed build leaves: this system has no /proc that lists processes")
    project, whole = large
    chance = random.Random(SEED)
    left: list[str] = []
    forked = 0
    for number in range(count):
        mark = secrets.token_hex(8)
        with begin(project, mark) as build:
            moment = chance.random()
            if number % 2:
                while build.poll() is None and processes(mark) <= {build.pid}:
                    pass
                time.sleep(moment * 0.1)
            else:
                time.sleep(moment * whole)
            forked += bool(processes(mark) - {build.pid})
            build.kill()
        deadline = time.monotonic() + PATIENCE
        while (still := processes(mark)) and time.monotonic() < deadline:
            time.sleep(0.05)
        left += [f"{number}: {process}" for process in still]
        for process in still:
            os.kill(process, 9)
    print(f"\nkilled builds: {count}, with forks at that moment {forked}, processes left {len(left)}, seed {SEED}")
    assert left == []
    assert forked
