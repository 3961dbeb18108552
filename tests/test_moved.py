"""Files that somebody saves while a build runs: nothing is kept under the name of another text."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import Project, tree

from site_builder import build as engine
from site_builder.sources.contents import content_digests
from site_builder.store import FOLDER

BODY, FACT, TEMPLATE = (
    "content/news/2016/lemums.en.md",
    "content/facts/services/care.yaml",
    "templates/pages/article.html",
)
EDITS = {
    BODY: ("See [the house]", "Look at [the house]"),
    FACT: ("summary: {lv: ", "summary: {lv: Vienmēr "),
    TEMPLATE: ("{% block main %}", "{% block main %}<!-- edited -->"),
}
# What is saved after which part of a build: when all files were looked at, read, and the site is planned.
MOMENTS = [
    (BODY, "content_digests"),
    (FACT, "content_digests"),
    (BODY, "load_entries"),
    (BODY, "plan"),
    (TEMPLATE, "plan"),
]


def clean(project: Project, folder: Path) -> dict[str, str]:
    """What a build gives that never knew another state of the files."""
    for name in ("content", "templates", "static"):
        shutil.copytree(project.folder / name, folder / name)
    other = Project(folder)
    assert other.build() == 0
    return tree(other.output)


@pytest.mark.parametrize(("path", "moment"), MOMENTS)
def test_a_file_saved_while_it_builds_is_built(
    path: str,
    moment: str,
    project: Project,
    published_once: Project,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With the old file again, the site is the old one; and with the new one that of a clean build."""
    real: Any = getattr(engine, moment)
    saved: list[str] = []

    def saving(*arguments: Any, **more: Any) -> Any:
        result = real(*arguments, **more)
        if not saved:
            saved.append(path)
            project.replace(path, *EDITS[path])
        return result

    old = tree(published_once.output)
    shutil.rmtree(project.folder / FOLDER)
    monkeypatch.setattr(engine, moment, saving)
    assert project.build() == 0
    assert tree(project.output).keys() == old.keys()
    assert saved
    project.replace(path, *reversed(EDITS[path]))
    assert project.build() == 0
    assert tree(project.output) == old
    project.replace(path, *EDITS[path])
    assert project.build() == 0
    assert tree(project.output) == clean(project, tmp_path / "after") != old


def test_a_file_that_keeps_changing_is_told(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Somebody writes faster than it reads: it says so, in place of building for ever."""
    times = iter(range(1000))

    def saving(*arguments: Any) -> Any:
        result = content_digests(*arguments)
        project.write({BODY: project.text(BODY) + f"\nAgain {next(times)}.\n"})
        return result

    shutil.rmtree(project.folder / FOLDER)
    monkeypatch.setattr(engine, "content_digests", saving)
    assert project.build() == 1
    assert f"{BODY}:1:1: error[file-moved]" in capsys.readouterr().err
    assert next(times) == engine.MOVES_BORNE + 1
    assert not project.output.exists()
