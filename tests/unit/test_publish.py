"""Publishing: which folders are refused, what is written, what is removed, and what is never touched."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.outputs.planned_file import RenderedFile
from site_builder.publish import (
    ASIDE,
    MANIFEST,
    OutputRefused,
    PublishReport,
    check_output,
    last_manifest,
    manifest_file,
    publish,
)


def _files(**contents: str) -> tuple[RenderedFile, ...]:
    """Files by name (`__` for a slash, `_` for a dot), with their manifest."""
    made = tuple(
        RenderedFile(name.replace("__", "/").replace("_", "."), text.encode()) for name, text in contents.items()
    )
    return (*made, manifest_file(made, ["/lv/"]))


def _tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project in a home folder of its own."""
    home = tmp_path / "home"
    folder = home / "project"
    for name in ("content", "templates", "static", "site_builder", ".git"):
        (folder / name).mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    return folder


# Folders that are refused --------------------------------------------------------------------------------------

REFUSED: dict[str, Callable[[Path], Path]] = {
    "the project": lambda project: project,
    "the project by another way": lambda project: project / "content" / "..",
    "above the project": lambda project: project.parent,
    "home": lambda project: Path.home(),
    "above home": lambda project: Path.home().parent,
    "the root": lambda project: Path("/"),
    "the content": lambda project: project / "content",
    "within the content": lambda project: project / "content/public",
    "the templates": lambda project: project / "templates",
    "within the static files": lambda project: project / "static/new/deep",
    "the program": lambda project: project / "site_builder",
    "within git": lambda project: project / ".git/public",
}


@pytest.mark.parametrize("choose", REFUSED.values(), ids=REFUSED)
def test_a_folder_that_is_not_for_output_is_refused(project: Path, choose: Callable[[Path], Path]) -> None:
    """The project, its sources, home, and whatever contains them; with a hint where else to go."""
    found = check_output(choose(project), project, "shown")
    assert found is not None
    assert (found.code, found.place.path, found.hint is None) == ("output-refused", "shown", False)


def test_a_folder_with_files_of_others_is_refused(project: Path) -> None:
    """What we did not write is not ours to write into."""
    output = project / "public"
    output.mkdir()
    (output / "letter.txt").write_text("x", "utf-8")
    found = check_output(output, project, "public")
    assert found is not None
    assert (found.code, found.hint is None) == ("output-refused", False)


@pytest.mark.parametrize(
    "manifest",
    ["", "{", "[]", "null", '{"generator": "other", "files": []}', '{"generator": "site-builder"}', "\u00ff"],
)
def test_a_manifest_of_somebody_else_does_not_make_a_folder_ours(project: Path, manifest: str) -> None:
    """Only a whole manifest of this program does."""
    output = project / "public"
    output.mkdir()
    (output / MANIFEST).write_text(manifest, "utf-8")
    assert check_output(output, project, "public") is not None


def test_a_link_is_refused(project: Path) -> None:
    """A symbolic link could lead anywhere later."""
    (project / "real").mkdir()
    (project / "public").symlink_to("real")
    assert check_output(project / "public", project, "public") is not None


def test_a_dangling_link_is_refused(project: Path) -> None:
    """So could one that leads nowhere now."""
    (project / "public").symlink_to("nowhere")
    assert check_output(project / "public", project, "public") is not None


def test_a_link_above_the_folder_does_not_hide_where_it_leads(project: Path) -> None:
    """The folder is judged by where it really is."""
    (project / "door").symlink_to("content")
    assert check_output(project / "door/public", project, "door/public") is not None


def test_a_file_is_refused(project: Path) -> None:
    """A file stands where the folder should be."""
    (project / "public").write_text("x", "utf-8")
    assert check_output(project / "public", project, "public") is not None


def test_a_new_folder_is_fine(project: Path) -> None:
    """A folder that is not there yet belongs to nobody."""
    assert check_output(project / "public/deep", project, "public/deep") is None


def test_an_empty_folder_is_fine(project: Path) -> None:
    """Nor does one with nothing in it."""
    (project / "public").mkdir()
    assert check_output(project / "public", project, "public") is None


def test_a_folder_of_ours_is_fine(project: Path) -> None:
    """What was published once may be published again."""
    publish(project / "public", _files(a_html="a"))
    assert check_output(project / "public", project, "public") is None


def test_a_folder_outside_the_project_is_fine(project: Path, tmp_path: Path) -> None:
    """A site may be published anywhere that is free."""
    assert check_output(tmp_path / "elsewhere", project, "elsewhere") is None


# What is written -----------------------------------------------------------------------------------------------


def test_files_are_written_with_their_folders(tmp_path: Path) -> None:
    """The folder has exactly what was rendered, and the manifest."""
    report = publish(tmp_path / "public", _files(lv__index_html="ā", assets__a_css="b"))
    assert _tree(tmp_path / "public") == {"lv/index.html": "ā", "assets/a.css": "b"}
    assert report == PublishReport(("assets/a.css", "lv/index.html", MANIFEST), (), ())


def test_a_second_publishing_writes_nothing(tmp_path: Path) -> None:
    """The same site again leaves every file as it is, down to its time."""
    files = _files(lv__index_html="a", a_css="b")
    publish(tmp_path / "public", files)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "public").rglob("*")}
    report = publish(tmp_path / "public", files)
    assert (report.written, report.removed) == ((), ())
    assert sorted(report.unchanged) == sorted(file.path for file in files)
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "public").rglob("*")} == before


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    """A change of one letter writes one page and the manifest."""
    publish(tmp_path / "public", _files(a_html="a", b_html="b"))
    report = publish(tmp_path / "public", _files(a_html="a", b_html="c"))
    assert (report.written, report.unchanged) == (("b.html", MANIFEST), ("a.html",))


def test_a_damaged_file_is_written_anew(tmp_path: Path) -> None:
    """What somebody changed by hand is put right, whatever the manifest says."""
    publish(tmp_path / "public", _files(a_html="a"))
    (tmp_path / "public/a.html").write_text("x", "utf-8")
    publish(tmp_path / "public", _files(a_html="a"))
    assert _tree(tmp_path / "public") == {"a.html": "a"}


def test_a_link_in_the_place_of_a_file_is_replaced_not_followed(tmp_path: Path) -> None:
    """A page is never written through a link."""
    publish(tmp_path / "public", _files(a_html="a", b_html="b"))
    (tmp_path / "public/a.html").unlink()
    (tmp_path / "public/a.html").symlink_to("b.html")
    publish(tmp_path / "public", _files(a_html="c", b_html="b"))
    assert _tree(tmp_path / "public") == {"a.html": "c", "b.html": "b"}


def test_nothing_but_the_site_is_left(tmp_path: Path) -> None:
    """The place where files are prepared is cleared away."""
    publish(tmp_path / "public", _files(a_html="a"))
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")) == [
        "public",
        "public/a.html",
        f"public/{MANIFEST}",
    ]


def test_what_a_killed_run_left_is_swept_up(tmp_path: Path) -> None:
    """Half a publishing is no part of the site."""
    left = tmp_path / "public" / f"{ASIDE}x"
    left.mkdir(parents=True)
    (left / "a.html").write_text("half", "utf-8")
    publish(tmp_path / "public", _files(a_html="a"))
    assert _tree(tmp_path / "public") == {"a.html": "a"}


def test_everything_can_be_written_anew(tmp_path: Path) -> None:
    """On demand files are written even where they are the same."""
    files = _files(a_html="a")
    publish(tmp_path / "public", files)
    assert publish(tmp_path / "public", files, rewrite=True).written == ("a.html", MANIFEST)


def test_files_can_be_read_by_a_web_server(tmp_path: Path) -> None:
    """Everybody may read, only we may write."""
    publish(tmp_path / "public", _files(a_html="a"))
    assert (tmp_path / "public/a.html").stat().st_mode & 0o777 == 0o644


# What is removed -----------------------------------------------------------------------------------------------


def test_what_is_no_longer_there_is_removed(tmp_path: Path) -> None:
    """A page that is gone from the content is gone from the site, with its empty folders."""
    publish(tmp_path / "public", _files(a_html="a", lv__old__index_html="b"))
    report = publish(tmp_path / "public", _files(a_html="a"))
    assert report.removed == ("lv/old/index.html",)
    assert sorted(path.name for path in (tmp_path / "public").iterdir()) == ["a.html", MANIFEST]


def test_files_of_others_are_kept(tmp_path: Path) -> None:
    """What the manifest does not name is never touched, nor is its folder."""
    publish(tmp_path / "public", _files(a_html="a", lv__index_html="b"))
    (tmp_path / "public/lv/CNAME").write_text("mine", "utf-8")
    publish(tmp_path / "public", _files(a_html="a"))
    assert _tree(tmp_path / "public") == {"a.html": "a", "lv/CNAME": "mine"}


def test_a_removed_file_that_is_already_gone_is_no_matter(tmp_path: Path) -> None:
    """Somebody was quicker."""
    publish(tmp_path / "public", _files(a_html="a", b_html="b"))
    (tmp_path / "public/b.html").unlink()
    assert publish(tmp_path / "public", _files(a_html="a")).removed == ()


def test_a_page_may_become_a_folder(tmp_path: Path) -> None:
    """A file of ours makes room for a folder of the same name."""
    publish(tmp_path / "public", _files(lv="a"))
    publish(tmp_path / "public", _files(lv__index_html="b"))
    assert _tree(tmp_path / "public") == {"lv/index.html": "b"}


def test_a_folder_may_become_a_page(tmp_path: Path) -> None:
    """A folder of which nothing is left makes room for a file of the same name."""
    publish(tmp_path / "public", _files(lv__index_html="b"))
    publish(tmp_path / "public", _files(lv="a"))
    assert _tree(tmp_path / "public") == {"lv": "a"}


# Leaving the folder --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["../outside.html", "lv/../../outside.html", "/etc/outside.html"])
def test_a_path_that_leaves_the_folder_is_refused_before_anything_is_written(tmp_path: Path, path: str) -> None:
    """One bad path stops the whole publishing."""
    with pytest.raises(OutputRefused) as refused:
        publish(tmp_path / "public", (RenderedFile("a.html", b"a"), RenderedFile(path, b"b")))
    assert (refused.value.found.code, refused.value.found.place.path) == ("output-refused", path)
    assert _tree(tmp_path) == {}


def test_a_path_through_a_link_that_leaves_the_folder_is_refused(tmp_path: Path) -> None:
    """A folder in the output that is a link to elsewhere is not written through."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "public").mkdir()
    (tmp_path / "public/lv").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputRefused):
        publish(tmp_path / "public", _files(lv__index_html="a"))
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize("path", ["../precious.txt", "lv/../../precious.txt"])
def test_a_manifest_cannot_remove_what_is_outside(tmp_path: Path, path: str) -> None:
    """A manifest that names files outside the folder (a mistake, or malice) removes none of them."""
    precious = tmp_path / "precious.txt"
    precious.write_text("mine", "utf-8")
    output = tmp_path / "public"
    (output / "lv").mkdir(parents=True)
    manifest = {"generator": "site-builder", "format": 1, "files": [{"path": path}, {"path": str(precious)}]}
    (output / MANIFEST).write_text(json.dumps(manifest), "utf-8")
    publish(output, _files(a_html="a"))
    assert precious.exists()


def test_a_link_cannot_make_a_removal_outside(tmp_path: Path) -> None:
    """A folder of ours that was replaced by a link to elsewhere loses nothing there."""
    publish(tmp_path / "public", _files(lv__index_html="a"))
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/index.html").write_text("mine", "utf-8")
    (tmp_path / "public/lv/index.html").unlink()
    (tmp_path / "public/lv").rmdir()
    (tmp_path / "public/lv").symlink_to(tmp_path / "elsewhere")
    publish(tmp_path / "public", _files(b_html="b"))
    assert (tmp_path / "elsewhere/index.html").exists()


# The manifest --------------------------------------------------------------------------------------------------


def test_the_manifest_names_every_file_with_size_and_hash() -> None:
    """Files and addresses are in order, so that equal sites have equal manifests."""
    whole = json.loads(manifest_file([RenderedFile("b", b""), RenderedFile("a", b"ab")], ["/lv/", "/en/"]).content)
    assert whole["addresses"] == ["/en/", "/lv/"]
    assert [(file["path"], file["size"], file["sha256"][:8]) for file in whole["files"]] == [
        ("a", 2, "fb8e20fc"),
        ("b", 0, "e3b0c442"),
    ]


def test_the_last_manifest_gives_what_was_published(tmp_path: Path) -> None:
    """Every path of ours, the manifest's own with them."""
    publish(tmp_path / "public", _files(a_html="a"))
    assert last_manifest(tmp_path / "public") == frozenset({"a.html", MANIFEST})
