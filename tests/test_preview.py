"""The preview after a change: what reads an edited body is made again, or else the whole site, and never less."""

import dataclasses
import datetime
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import TODAY, Project, tree

from site_builder.build import build
from site_builder.config import Options
from site_builder.preview import Preview
from site_builder.publishing.manifest import MANIFEST
from site_builder.store import FOLDER

BODY = "content/news/2016/lemums.en.md"
SITE = "content/site.yaml"
OPTIONS = Options("http://127.0.0.1:8000/", datetime.date.fromisoformat(TODAY))


def output(project: Project) -> dict[str, str]:
    """What the preview holds; its manifest is as old as the last whole build. What is only kept for old pages aside."""
    folder = project.folder / "preview"
    kept = {one["path"] for one in json.loads((folder / MANIFEST).read_bytes())["files"] if one["kept"]}
    return {path: digest for path, digest in tree(folder).items() if path not in {MANIFEST, *kept}}


def clean(project: Project, options: Options = OPTIONS) -> dict[str, str]:
    """The same from a build that knows nothing of earlier ones."""
    folder = project.folder.with_name("clean")
    shutil.copytree(project.folder, folder, ignore=shutil.ignore_patterns("preview", FOLDER))
    built, _ = build(folder, folder / "preview", options, preview=True)
    assert built.publishable, built.problems
    return output(Project(folder))


@pytest.fixture
def preview(project: Project) -> Preview:
    """The preview of the small site, after its first build."""
    found = Preview(project.folder, project.folder / "preview")
    assert found.build(OPTIONS).publishable
    return found


def edit(project: Project, old: str, new: str, path: str = BODY) -> Path:
    project.replace(path, old, new)
    return project.folder / path


# Enough ---------------------------------------------------------------------------------------------------------


def test_an_edited_body_is_on_every_page_that_shows_it(project: Project, preview: Preview) -> None:
    """Its page and the feeds with its full text; again and again, also with figures, links and headings."""
    for old, new in (
        ("See [the house]", "Look at [the house]"),
        ("Services", "## Rooms\n\nServices"),
        ("Look at", "[[fact:children]], see"),
    ):
        before = output(project)
        assert preview.build(OPTIONS, {edit(project, old, new)}).publishable
        changed = {path for path, digest in output(project).items() if before[path] != digest}
        assert {"en/news/2016/decision/index.html", "en/feed.xml"} <= changed
        assert len(changed) < len(before) / 4
    assert preview.quick == 3
    assert output(project) == clean(project)


def test_both_languages_saved_at_once(project: Project, preview: Preview) -> None:
    """Two files of one item are one unit."""
    changed = {
        edit(project, "See [the house]", "Look at [the house]"),
        edit(project, "Skatiet", "Redziet", BODY.replace(".en.", ".lv.")),
    }
    preview.build(OPTIONS, changed)
    assert (preview.quick, output(project)) == (1, clean(project))


def test_a_whole_build_after_quick_ones_has_everything(project: Project, preview: Preview) -> None:
    """What was put in place by itself is found and published, with the manifest."""
    preview.build(OPTIONS, {edit(project, "See [the house]", "Look at [the house]")})
    preview.build(OPTIONS, {edit(project, "summary: The", "summary: New. The")})
    assert preview.quick == 1
    assert output(project) == clean(project)
    assert tree(project.folder / "preview")[MANIFEST] == tree(project.folder.with_name("clean") / "preview")[MANIFEST]


def test_what_editors_leave_behind_does_not_count(project: Project, preview: Preview) -> None:
    """A swap file beside the text, which no build reads."""
    left = project.folder / "content/news/2016/.lemums.en.md.swp"
    left.write_text("x")
    preview.build(OPTIONS, {left, edit(project, "See [the house]", "Look at [the house]")})
    assert (preview.quick, output(project)) == (1, clean(project))


# Not enough -----------------------------------------------------------------------------------------------------


def _edited(project: Project) -> Path:
    return edit(project, "See [the house]", "Look at [the house]")


def _style(project: Project) -> set[Path]:
    path = "static/site.css"
    project.write({path: project.text(path) + "\n.new { margin: 0 }\n"})
    return {_edited(project), project.folder / path}


def _new_item(project: Project) -> set[Path]:
    files: dict[str, str | None] = {}
    for code in ("lv", "en"):
        text = project.text(BODY.replace(".en.", f".{code}."))
        files[f"content/news/2016/otrs.{code}.md"] = text.replace("slug: decision", "slug: other")
    project.write(files)
    return {_edited(project), *(project.folder / path for path in files)}


def _linked(project: Project) -> set[Path]:
    path = _edited(project)
    path.rename(project.folder / "content/news/.elsewhere.md")
    path.symlink_to("../.elsewhere.md")
    return {path}


def _moved_head(project: Project) -> set[Path]:
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-C", str(project.folder)]
    for command in (["init", "-q"], ["add", "content"], ["commit", "-q", "-m", "x"]):
        subprocess.run([*git, *command], check=True)
    return {_edited(project)}


def _other_build(project: Project) -> set[Path]:
    """Another program keeps what it made of other texts; then this one's text is saved."""
    edit(project, "See [the house]", "Go to [the house]")
    build(project.folder, project.folder / "other", OPTIONS, preview=True)
    return {edit(project, "Go to [the house]", "Look at [the house]")}


CHANGES: dict[str, Callable[[Project], set[Path]]] = {
    "a field": lambda project: {edit(project, "summary: The", "summary: New. The")},
    "a remark between the fields": lambda project: {edit(project, "title: ", "# New\ntitle: ")},
    "a warning": lambda project: {edit(project, "salmu).", "salmu)...")},
    "another file as well": _style,
    "a new item": _new_item,
    "a link to a file": _linked,
    "the history of the facts": _moved_head,
    "what others keep": _other_build,
    "a file from elsewhere": lambda project: {_edited(project), project.folder.parent / "other.md"},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_after_another_change_the_whole_site_is_built(
    change: Callable[[Project], set[Path]], project: Project, preview: Preview
) -> None:
    """As by a build that never knew the site before."""
    changed = change(project)
    assert preview.build(OPTIONS, changed).publishable
    shutil.rmtree(project.folder / "other", ignore_errors=True)
    assert (preview.quick, output(project)) == (0, clean(project))


@pytest.mark.parametrize("others", [{"today": datetime.date(2026, 11, 23)}, {"base_url": "http://127.0.0.1:9000/"}])
def test_with_other_options_the_whole_site_is_built(others: dict[str, Any], project: Project, preview: Preview) -> None:
    """Something may have come or gone by another day; every page has the address."""
    options = dataclasses.replace(OPTIONS, **others)
    preview.build(options, {_edited(project)})
    assert (preview.quick, output(project)) == (0, clean(project, options))


def test_when_the_day_ends_the_whole_site_is_built(
    project: Project, preview: Preview, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The options say nothing of the day: the clock does."""
    options = Options(OPTIONS.base_url)
    preview.build(options)
    preview.build(options, {_edited(project)})
    assert preview.quick == 1
    monkeypatch.setattr("site_builder.preview.today_in", lambda zone: "2050-01-01")
    preview.build(options, {edit(project, "Look at", "See")})
    assert preview.quick == 1


def test_a_page_that_is_too_heavy_is_told(project: Project, preview: Preview) -> None:
    """When it becomes so, and when it is not any more."""
    words = "Word. " * 8000
    told = [
        [found.code for found in preview.build(OPTIONS, {edit(project, *change)}).problems]
        for change in (("See [the", f"{words}See [the"), (words, ""))
    ]
    assert ["over-budget" in codes for codes in told] == [True, False]
    assert (preview.quick, output(project)) == (0, clean(project))


def test_an_id_that_goes_is_a_whole_build(project: Project, preview: Preview) -> None:
    """Others may link to it."""
    preview.build(OPTIONS, {edit(project, "Services", "## Rooms\n\nServices")})
    preview.build(OPTIONS, {edit(project, "## Rooms\n\n", "")})
    assert (preview.quick, output(project)) == (1, clean(project))


def test_a_warning_that_was_told_of_a_file_is_told_again(project: Project, preview: Preview) -> None:
    """At its new line, or not any more."""
    first = preview.build(OPTIONS, {edit(project, "salmu).", "salmu)...")})
    second = preview.build(OPTIONS, {edit(project, "Services", "\nServices")})
    lines = [[found.place.line for found in built.problems if found.place.path == BODY] for built in (first, second)]
    assert lines == [[7], [8]]
    preview.build(OPTIONS, {edit(project, "salmu)...", "salmu).")})
    assert (preview.quick, output(project)) == (0, clean(project))


@pytest.mark.parametrize("wrong", ["[the house](facility:salmu#none)", "[[fact:childen]]"])
def test_a_mistake_is_told_and_changes_nothing(wrong: str, project: Project, preview: Preview) -> None:
    """A place that is not there, which only the finished page shows; a name that nobody knows."""
    before = output(project)
    built = preview.build(OPTIONS, {edit(project, "[the house](facility:salmu)", wrong)})
    assert (built.publishable, preview.quick, output(project)) == (False, 0, before)
    assert preview.build(OPTIONS, {edit(project, wrong, "[the house](facility:salmu)")}).publishable
    assert (preview.quick, output(project)) == (0, before)


def test_what_planning_reads_is_planned_again(project: Project, preview: Preview) -> None:
    """No plan reads a body today; one that does is not trusted."""
    last = preview.held.last
    last.planning = frozenset(last.tasks.site.ledger.values)
    preview.build(OPTIONS, {_edited(project)})
    assert (preview.quick, output(project)) == (0, clean(project))


def test_an_output_that_could_not_be_written_is_not_gone_on_from(
    project: Project, preview: Preview, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The site in memory is newer than the one on disk then."""
    with monkeypatch.context() as patched:
        patched.setattr("site_builder.publishing.publication.Publication.publish", _refused)
        preview.build(OPTIONS, {edit(project, "summary: The", "summary: New. The")})
    preview.build(OPTIONS, {_edited(project)})
    assert (preview.quick, output(project)) == (0, clean(project))


def _refused(*_: object) -> None:
    raise OSError(28, os.strerror(28))
