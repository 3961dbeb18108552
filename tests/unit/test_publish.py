"""Publishing: which folders are refused, what is written, what is removed, and what is never touched."""

import json
import os
import shutil
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from site_builder.problems import Problem, ProblemsFound
from site_builder.publishing import tree
from site_builder.publishing.manifest import MANIFEST, manifest_bytes, read_manifest
from site_builder.publishing.publication import Publication
from site_builder.publishing.records import Promised, PublishReport, Whole, record_of
from site_builder.publishing.refusals import refused
from site_builder.publishing.witness import hash_of, within


def _files(**contents: str) -> dict[str, bytes]:
    """Files by name: `__` for a slash, `_` for a dot."""
    return {name.replace("__", "/").replace("_", "."): text.encode() for name, text in contents.items()}


def publish(output: Path, files: Mapping[str, bytes], *, fresh: bool = False) -> PublishReport:
    """Publish as the engine does: what is published already is not staged again."""
    with Publication(output, output.parent / "project", fresh=fresh) as publication:
        publication.look_ahead()
        records = {path: record_of(content) for path, content in files.items()}
        for path, content in files.items():
            if publication.published.get(path) != records[path]:
                publication.stage(path, content)
        return publication.publish(records, Promised(frozenset({"/lv/"})))


def check_output(output: Path, project: Path, shown: str) -> Problem | None:
    """Why an output is refused, before anything is written."""
    try:
        with Publication(output, project):
            return None
    except ProblemsFound as found:
        return found.problems[0]


def _tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }


@pytest.fixture(params=["exchange", "alone", "in-place"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """By exchange, while another process looks at the trees, and without one; in place, as on a system where folders
    cannot change places and paths must be whole.
    """
    if request.param == "alone":
        monkeypatch.delattr(os, "fork")
        return "exchange"
    if request.param == "in-place":
        monkeypatch.setattr(os, "supports_dir_fd", frozenset[object]())
        monkeypatch.setattr("site_builder.publishing.publication.can_exchange", lambda output, store: False)
    return str(request.param)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project in a home folder of its own."""
    home = tmp_path / "home"
    folder = home / "project"
    for name in ("content", "templates", "static", "site_builder", ".git"):
        (folder / name).mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    return folder


def test_what_the_disk_refuses_below_an_open_folder_is_named_whole(tmp_path: Path) -> None:
    """Where something failed is told with the path of the output, whichever way it was looked at."""
    with pytest.raises(OSError, match="missing") as failed, within(tmp_path) as (prefix, folder):
        os.stat(f"{prefix}missing", dir_fd=folder)
    assert failed.value.filename == f"{tmp_path}/missing"


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
    found = refused(choose(project), project, "shown")
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


def test_files_are_written_with_their_folders(tmp_path: Path, way: str) -> None:
    """The folder has exactly what was rendered, and the manifest."""
    report = publish(tmp_path / "public", _files(lv__index_html="ā", assets__a_css="b"))
    assert _tree(tmp_path / "public") == {"lv/index.html": "ā", "assets/a.css": "b"}
    assert report == PublishReport(("assets/a.css", "lv/index.html", MANIFEST), (), 0, way, 1)  # type: ignore[arg-type]


def test_a_second_publishing_writes_nothing(tmp_path: Path, way: str) -> None:
    """The same site again leaves every file as it is, down to its time, and is no release."""
    files = _files(lv__index_html="a", a_css="b")
    publish(tmp_path / "public", files)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "public").rglob("*")}
    assert publish(tmp_path / "public", files) == PublishReport((), (), 3)
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "public").rglob("*")} == before


def test_only_what_changed_is_written(tmp_path: Path, way: str) -> None:
    """A change of one letter writes one page and the manifest; the others stay the files they were."""
    publish(tmp_path / "public", _files(a_html="a", b_html="b"))
    before = (tmp_path / "public/a.html").stat().st_ino
    report = publish(tmp_path / "public", _files(a_html="a", b_html="c"))
    assert (report.written, report.unchanged) == (("b.html", MANIFEST), 1)
    assert (tmp_path / "public/a.html").stat().st_ino == before


def test_many_publishings_leave_exactly_the_last(tmp_path: Path, way: str) -> None:
    """Whatever came and went in between, in whatever order, the folder is what a new one would be."""
    states = [
        _files(a_html="a", lv__b_html="b"),
        _files(a_html="a2", lv__c__index_html="c"),
        _files(lv="page"),
        _files(lv__b_html="b", lv__c__index_html="c2", x__y__z_html="deep"),
        _files(a_html="a"),
    ]
    for at in (0, 1, 2, 3, 0, 3, 3, 1, 4, 2, 0):
        publish(tmp_path / "public", states[at])
        assert _tree(tmp_path / "public") == {path: content.decode() for path, content in states[at].items()}
        folders = {path.relative_to(tmp_path / "public").as_posix() for path in (tmp_path / "public").rglob("*/")}
        assert all(any(path.startswith(f"{folder}/") for path in states[at]) for folder in folders)


def test_equal_files_are_written_each(tmp_path: Path, way: str) -> None:
    """Two paths of one content are two files; later one may change alone."""
    publish(tmp_path / "public", _files(a_html="same", b_html="same"))
    assert _tree(tmp_path / "public") == {"a.html": "same", "b.html": "same"}
    publish(tmp_path / "public", _files(a_html="other", b_html="same"))
    assert _tree(tmp_path / "public") == {"a.html": "other", "b.html": "same"}


def test_a_damaged_file_is_written_anew(tmp_path: Path, way: str) -> None:
    """What somebody changed by hand is put right, whatever the manifest says, now and after further publishings."""
    output = tmp_path / "public"
    publish(output, _files(lv__a_html="a", b_html="1"))
    publish(output, _files(lv__a_html="a", b_html="2"))
    time.sleep(0.05)
    publish(output, _files(lv__a_html="a", b_html="3"))
    (output / "lv/a.html").write_text("x", "utf-8")
    for text in ("3", "4", "5"):
        publish(output, _files(lv__a_html="a", b_html=text))
        assert _tree(output) == {"lv/a.html": "a", "b.html": text}


def test_a_change_with_the_same_size_and_time_is_seen(tmp_path: Path, way: str) -> None:
    """Nobody can set the time of the inode, so a file that pretends not to have changed is found out."""
    output = tmp_path / "public"
    publish(output, _files(a_html="old"))
    seen = (output / "a.html").stat()
    (output / "a.html").write_text("bad", "utf-8")
    os.utime(output / "a.html", ns=(seen.st_atime_ns, seen.st_mtime_ns))
    publish(output, _files(a_html="old"))
    assert _tree(output) == {"a.html": "old"}


def test_damage_in_a_copy_of_the_second_tree_does_not_go_live(tmp_path: Path, way: str) -> None:
    """Whoever copies output and store makes two files of one; then the live one does not speak for the other."""
    first, second = tmp_path / "first", tmp_path / "second"
    for text in ("one", "two"):
        publish(first / "public", _files(lv__page_html=text, lv__other_html="other"))
    shutil.copytree(first, second, symlinks=True)
    publish(second / "public", _files(lv__page_html="three", lv__other_html="other"))
    time.sleep(0.1)
    publish(second / "public", _files(lv__page_html="four", lv__other_html="other"))
    for damaged in second.glob(".public.site-builder/spare/lv/other.html"):
        damaged.write_text("OTHER", "utf-8")
    publish(second / "public", _files(lv__page_html="five", lv__other_html="other"))
    assert _tree(second / "public") == {"lv/page.html": "five", "lv/other.html": "other"}


def test_a_second_tree_that_others_exchange_meanwhile_is_looked_at_anew(tmp_path: Path, way: str) -> None:
    """What was seen of it while the site was made is then not true of it."""
    output, spare, other = tmp_path / "public", tmp_path / ".public.site-builder/spare", tmp_path / "other"
    publish(output, _files(lv__a_html="a", lv__b_html="1"))
    if spare.exists():
        shutil.copytree(spare, other)
    for text in ("2", "3", "2", "3"):
        time.sleep(0.06)
        publish(output, _files(lv__a_html="a", lv__b_html=text, lv__new_html="n"))
    files = _files(lv__a_html="a", lv__b_html="4", lv__new_html="n")
    with Publication(output, tmp_path / "project") as publication:
        publication.look_ahead()
        assert publication.intact
        if other.exists():
            shutil.rmtree(spare)
            other.rename(spare)
            (spare / "lv/a.html").write_text("x", "utf-8")
        publication.stage("lv/b.html", files["lv/b.html"])
        publication.publish({path: record_of(content) for path, content in files.items()}, Promised())
    assert _tree(output) == {path: content.decode() for path, content in files.items()}


def test_what_was_once_hashed_or_looked_into_is_known(
    tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where both trees are copies, and where no row of the record is of no use."""
    monkeypatch.setattr("site_builder.publishing.witness.ROOM", 0)
    publish(tmp_path / "first/public", _files(lv__a_html="a", lv__b_html="1", en__a_html="a"))
    publish(tmp_path / "first/public", _files(lv__a_html="a", lv__b_html="2", en__a_html="a"))
    output = tmp_path / "second/public"
    shutil.copytree(tmp_path / "first", tmp_path / "second", symlinks=True)
    read, look_into = tmp_path / "read", tree._look_into

    def note(path: str) -> None:
        """Also in another process. What was put there a moment ago proves nothing yet."""
        if path and not path.endswith("new.html"):
            with read.open("a") as stream:
                stream.write(f"{path}\n")

    def looked_into(root: Path, folder: str, *given: Any) -> set[str]:
        note(folder)
        return look_into(root, folder, *given)

    def hashed(path: str) -> str:
        note(path)
        return hash_of(path)

    monkeypatch.setattr("site_builder.publishing.tree._look_into", looked_into)
    monkeypatch.setattr("site_builder.publishing.witness.hash_of", hashed)
    for number in range(3, 9):
        time.sleep(0.06)
        if number < 6:
            read.write_text("")
        publish(output, _files(lv__a_html="a", lv__b_html="2", en__a_html="a", new_html=str(number)))
    assert read.read_text() == ""


def test_a_removed_file_is_written_anew(tmp_path: Path, way: str) -> None:
    """So is what somebody removed, and a whole folder."""
    output = tmp_path / "public"
    publish(output, _files(lv__a_html="a", lv__b_html="b"))
    for path in sorted((output / "lv").iterdir()):
        path.unlink()
    (output / "lv").rmdir()
    publish(output, _files(lv__a_html="a", lv__b_html="b"))
    assert _tree(output) == {"lv/a.html": "a", "lv/b.html": "b"}


def test_a_link_in_the_place_of_a_file_is_replaced_not_followed(tmp_path: Path, way: str) -> None:
    """A page is never written through a link."""
    publish(tmp_path / "public", _files(a_html="a", b_html="b"))
    (tmp_path / "public/a.html").unlink()
    (tmp_path / "public/a.html").symlink_to("b.html")
    publish(tmp_path / "public", _files(a_html="c", b_html="b"))
    assert _tree(tmp_path / "public") == {"a.html": "c", "b.html": "b"}


def test_nothing_but_the_site_is_left(tmp_path: Path, way: str) -> None:
    """The place where files are prepared is cleared away."""
    publish(tmp_path / "public", _files(a_html="a"))
    assert sorted(path.name for path in (tmp_path / "public").iterdir()) == ["a.html", MANIFEST]
    assert not (tmp_path / ".public.site-builder/staging").exists()


def test_leaving_without_publishing_changes_nothing(tmp_path: Path, way: str) -> None:
    """What was staged is removed, and readers see what they saw."""
    publish(tmp_path / "public", _files(a_html="a"))
    with Publication(tmp_path / "public", tmp_path / "project") as publication:
        publication.stage("a.html", b"new")
    assert _tree(tmp_path / "public") == {"a.html": "a"}
    assert not (tmp_path / ".public.site-builder/staging").exists()


def test_a_file_that_is_neither_staged_nor_published_is_our_mistake(tmp_path: Path, way: str) -> None:
    """The engine forgot something: nothing goes live."""
    publish(tmp_path / "public", _files(a_html="a"))
    with pytest.raises(LookupError), Publication(tmp_path / "public", tmp_path / "project") as publication:
        publication.publish({"a.html": record_of(b"never staged")}, Promised())
    assert _tree(tmp_path / "public") == {"a.html": "a"}


def test_everything_can_be_written_anew(tmp_path: Path, way: str) -> None:
    """On demand files are written even where they are the same."""
    files = _files(a_html="a")
    publish(tmp_path / "public", files)
    before = (tmp_path / "public/a.html").stat().st_ino
    assert publish(tmp_path / "public", files, fresh=True).written == ("a.html",)
    assert (tmp_path / "public/a.html").stat().st_ino != before
    assert _tree(tmp_path / "public") == {"a.html": "a"}


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_files_can_be_read_by_a_web_server(tmp_path: Path, way: str, umask: int) -> None:
    """Everybody may read, only we may write, whatever the umask."""
    before = os.umask(umask)
    try:
        publish(tmp_path / "public", _files(lv__a_html="a"))
        publish(tmp_path / "public", _files(lv__a_html="b", en__a_html="c"))
    finally:
        os.umask(before)
    modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "public").rglob("*") if path.is_file()}
    folders = {path.stat().st_mode & 0o777 for path in (tmp_path / "public", *(tmp_path / "public").rglob("*/"))}
    assert (modes, folders) == ({0o644}, {0o755})


# What is removed -----------------------------------------------------------------------------------------------


def test_what_is_no_longer_there_is_removed(tmp_path: Path, way: str) -> None:
    """A page that is gone from the content is gone from the site, with its empty folders."""
    publish(tmp_path / "public", _files(a_html="a", lv__old__index_html="b"))
    report = publish(tmp_path / "public", _files(a_html="a"))
    assert report.removed == ("lv/old/index.html",)
    assert sorted(path.name for path in (tmp_path / "public").iterdir()) == ["a.html", MANIFEST]


def test_a_page_may_become_a_folder(tmp_path: Path, way: str) -> None:
    """A file of ours makes room for a folder of the same name."""
    publish(tmp_path / "public", _files(lv="a"))
    publish(tmp_path / "public", _files(lv__index_html="b"))
    assert _tree(tmp_path / "public") == {"lv/index.html": "b"}


def test_a_folder_may_become_a_page(tmp_path: Path, way: str) -> None:
    """A folder of which nothing is left makes room for a file of the same name."""
    publish(tmp_path / "public", _files(lv__index_html="b"))
    publish(tmp_path / "public", _files(lv="a"))
    assert _tree(tmp_path / "public") == {"lv": "a"}


# Files of others -----------------------------------------------------------------------------------------------


def test_files_of_others_survive_every_publishing(tmp_path: Path, way: str) -> None:
    """What the manifest does not name stays, in folders of ours and of others, empty folders and links too."""
    output = tmp_path / "public"
    publish(output, _files(a_html="a", lv__index_html="b"))
    (output / "lv/CNAME").write_text("mine", "utf-8")
    (output / ".well-known/acme").mkdir(parents=True)
    (output / ".well-known/acme/token").write_text("t", "utf-8")
    (output / "empty").mkdir()
    (output / "link").symlink_to("nowhere")
    for text in ("b", "c", "d"):
        publish(output, _files(a_html=text))
        assert _tree(output) == {"a.html": text, "lv/CNAME": "mine", ".well-known/acme/token": "t"}
        assert (output / "empty").is_dir()
        assert (output / "link").readlink() == Path("nowhere")


def test_a_file_of_others_that_was_removed_does_not_come_back(tmp_path: Path, way: str) -> None:
    """Nor does an old copy of one that was changed, in place or by another in its place."""
    output = tmp_path / "public"
    publish(output, _files(a_html="0"))
    for name in ("gone", "changed", "replaced"):
        (output / name).write_text("old", "utf-8")
    publish(output, _files(a_html="1"))
    (output / "gone").unlink()
    (output / "changed").write_text("new", "utf-8")
    (tmp_path / "new").write_text("new", "utf-8")
    (tmp_path / "new").replace(output / "replaced")
    for text in ("2", "3", "4"):
        publish(output, _files(a_html=text))
        assert _tree(output) == {"a.html": text, "changed": "new", "replaced": "new"}


def test_a_file_of_others_is_not_overwritten(tmp_path: Path, way: str) -> None:
    """A page of ours does not take the place of a file that somebody put there; the same content does no harm."""
    output = tmp_path / "public"
    publish(output, _files(a_html="a"))
    (output / "robots.txt").write_text("mine", "utf-8")
    with pytest.raises(ProblemsFound) as found:
        publish(output, _files(a_html="b", robots_txt="ours"))
    assert [(one.code, one.place.path) for one in found.value.problems] == [("output-refused", "robots.txt")]
    assert _tree(output) == {"a.html": "a", "robots.txt": "mine"}
    publish(output, _files(a_html="b", robots_txt="mine"))
    publish(output, _files(a_html="b"))
    assert _tree(output) == {"a.html": "b"}


@pytest.mark.parametrize("path", ["lv", "lv/index.html/inner"])
def test_a_file_of_others_is_no_folder_of_ours(tmp_path: Path, way: str, path: str) -> None:
    """Nor is it buried under a folder or a page of ours."""
    output = tmp_path / "public"
    publish(output, _files(a_html="a"))
    (output / path).parent.mkdir(parents=True, exist_ok=True)
    (output / path).write_text("mine", "utf-8")
    with pytest.raises(ProblemsFound):
        publish(output, _files(a_html="b", lv__index_html="c"))
    assert _tree(output) == {"a.html": "a", path: "mine"}


# Leaving the folder --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["../outside.html", "lv/../../outside.html", "/etc/outside.html", MANIFEST])
def test_a_path_that_leaves_the_folder_is_refused_before_anything_is_written(
    tmp_path: Path, way: str, path: str
) -> None:
    """One bad path stops the whole publishing."""
    with pytest.raises(ProblemsFound) as found:
        publish(tmp_path / "public", {"a.html": b"a", path: b"b"})
    assert [(one.code, one.place.path) for one in found.value.problems] == [("output-refused", path)]
    assert not (tmp_path / "public").exists()


def test_a_path_through_a_link_that_leaves_the_folder_is_not_followed(tmp_path: Path, way: str) -> None:
    """A folder of ours that was replaced by a link to elsewhere: nothing is written or removed there."""
    output = tmp_path / "public"
    publish(output, _files(lv__index_html="a"))
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/index.html").write_text("mine", "utf-8")
    (output / "lv/index.html").unlink()
    (output / "lv").rmdir()
    (output / "lv").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ProblemsFound):
        publish(output, _files(lv__index_html="b"))
    publish(output, _files(b_html="b"))
    assert _tree(tmp_path / "elsewhere") == {"index.html": "mine"}


@pytest.mark.parametrize("path", ["../precious.txt", "lv/../../precious.txt"])
def test_a_manifest_cannot_remove_what_is_outside(tmp_path: Path, way: str, path: str) -> None:
    """A manifest that names files outside the folder (a mistake, or malice) removes none of them."""
    precious = tmp_path / "precious.txt"
    precious.write_text("mine", "utf-8")
    output = tmp_path / "public"
    (output / "lv").mkdir(parents=True)
    files = [{"path": name, "size": 4, "sha256": record_of(b"mine").sha256, "kept": False} for name in (path, precious)]
    manifest = {"generator": "site-builder", "format": 1, "files": files}
    (output / MANIFEST).write_text(json.dumps(manifest, default=str), "utf-8")
    publish(output, _files(a_html="a"))
    assert precious.exists()


# The manifest --------------------------------------------------------------------------------------------------


def test_the_manifest_names_every_file_with_size_and_hash() -> None:
    """Files and addresses are in order, so that equal sites have equal manifests."""
    files = {"b": record_of(b""), 'a "ā"': record_of(b"ab")}
    promised = Promised(frozenset({"/lv/", "/en/"}), frozenset(), frozenset({"/old/"}))
    whole = json.loads(manifest_bytes(Whole(files, frozenset("b"), promised)))
    assert (whole["generator"], whole["format"]) == ("site-builder", 1)
    assert (whole["addresses"], whole["lists"], whole["redirects"]) == (["/en/", "/lv/"], [], ["/old/"])
    assert [(file["path"], file["size"], file["sha256"][:8], file["kept"]) for file in whole["files"]] == [
        ('a "ā"', 2, "fb8e20fc", False),
        ("b", 0, "e3b0c442", True),
    ]


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Files, kept ones and addresses come back."""
    whole = Whole({"a": record_of(b"a"), "ā/b": record_of(b"b")}, frozenset("a"), Promised(frozenset({"/lv/"})))
    (tmp_path / MANIFEST).write_bytes(manifest_bytes(whole))
    assert read_manifest((tmp_path / MANIFEST).read_bytes()) == whole
