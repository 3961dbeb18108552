"""The live preview as a whole process: it builds, notices a change, and shows problems beside the last good page."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator

import pytest
from conftest import PROJECT, Project

EN = "content/news/2016/lemums.en.md"
PATIENCE_SECONDS = 60


def free_port() -> int:
    """A port of 127.0.0.1 that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def eventually(get: Callable[[], str], wanted: str) -> str:
    """Ask until the answer holds `wanted`; the last answer when patience ends."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    answer = ""
    while time.monotonic() < deadline:
        try:
            answer = get()
        except (urllib.error.URLError, ConnectionError):
            answer = ""
        if wanted in answer:
            break
        time.sleep(0.1)
    return answer


@pytest.fixture
def preview(project: Project) -> Iterator[Callable[[str], str]]:
    """The preview of the small site; gives a function from a path to the page."""
    port = free_port()
    command = [sys.executable, "-m", "site_builder", "--project", str(project.folder), "serve", "--port", str(port)]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def get(path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return str(answer.read().decode("utf-8"))

    yield get
    server.terminate()
    server.wait(timeout=30)


def test_a_saved_change_is_on_the_page_and_a_mistake_stands_above_it(
    project: Project, preview: Callable[[str], str]
) -> None:
    """First the page; then its new text; then the mistake with its place, above the last good text."""

    def page() -> str:
        return preview("/en/news/2016/decision/")

    assert "livereload.js" in eventually(page, "A decision is taken")
    project.replace(EN, "See [the house]", "Look at [the house]")
    assert "Look at" in eventually(page, "Look at")
    project.replace(EN, "[[fact:children]]", "[[fact:childen]]")
    broken = eventually(page, 'role="alert"')
    assert f"{EN}:7:18: error[unknown-fact]" in broken
    assert "Look at" in broken
    project.replace(EN, "[[fact:childen]]", "[[fact:children]]")
    mended = eventually(lambda: "" if 'role="alert"' in page() else page(), "Look at")
    assert "Look at" in mended
    assert not (project.folder / "public").exists()
