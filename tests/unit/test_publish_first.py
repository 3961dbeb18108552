"""The first publishing of an output: files are written straight to their paths in the tree that becomes the output."""

import json
import os
import random
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from site_builder.problems import ProblemsFound
from site_builder.publishing.manifest import MANIFEST
from site_builder.publishing.publication import Publication
from site_builder.publishing.records import FileRecord, Promised, PublishReport, record_of
from site_builder.publishing.tree import write_file

STORE = ".public.site-builder"
SITE = {"index.html": "home", "lv/a/index.html": "a", "lv/b/index.html": "b", "assets/x.1.css": "same", "same": "same"}


@pytest.fixture(params=["exchange", "in-place"], autouse=True)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways of publishing; the second as on a system where folders cannot change places."""
    if request.param == "in-place":
        monkeypatch.setattr("site_builder.publishing.publication.can_exchange", lambda output, store: False)
    return str(request.param)


def records(files: Mapping[str, str]) -> dict[str, FileRecord]:
    return {path: record_of(text.encode()) for path, text in files.items()}


def publish(output: Path, files: Mapping[str, str]) -> PublishReport:
    """Publish as the engine does: what is published already is not staged again."""
    with Publication(output, output.parent / "project") as publication:
        for path, record in records(files).items():
            if publication.published.get(path) != record:
                publication.stage(path, files[path].encode())
        return publication.publish(records(files), Promised())


def contents(folder: Path) -> dict[str, str]:
    """The files of a folder, the manifest aside."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in files}


def in_forks(work: list[Callable[[], object]]) -> None:
    """Do each piece of work in a process of its own, all at the same time."""
    children = []
    for one in work:
        if not (child := os.fork()):
            try:
                one()
            finally:
                os._exit(0)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)


def test_only_the_output_and_a_small_store_are_left(tmp_path: Path, way: str) -> None:
    """No second tree is made; every path is a file of its own, equal contents too."""
    report = publish(tmp_path / "public", SITE)
    assert (report.way, report.release, report.removed) == (way, 1, ())
    assert sorted(report.written) == sorted([*SITE, MANIFEST])
    assert contents(tmp_path / "public") == SITE
    assert {path.stat().st_nlink for path in (tmp_path / "public").rglob("*") if path.is_file()} == {1}
    left = {path.relative_to(tmp_path / STORE).as_posix() for path in (tmp_path / STORE).rglob("*")}
    assert left <= {"lock", "journal", "witness", "state.json", "objects", "releases", "releases/1.json"}


def test_an_empty_output_is_taken(tmp_path: Path) -> None:
    """As a container's image has it."""
    (tmp_path / "public").mkdir()
    publish(tmp_path / "public", SITE)
    assert contents(tmp_path / "public") == SITE


def test_the_second_publishing_makes_the_second_tree_of_links(tmp_path: Path, way: str) -> None:
    """What stays is one file under two names, and the publishings after it write only what changed."""
    output, spare = tmp_path / "public", tmp_path / STORE / "spare"
    publish(output, SITE)
    report = publish(output, {**SITE, "index.html": "2"})
    assert (report.written, report.release) == (("index.html", MANIFEST), 2)
    if way == "exchange":
        assert contents(spare) == SITE
        shared = {path for path in SITE if (output / path).stat().st_ino == (spare / path).stat().st_ino}
        assert shared == SITE.keys() - {"index.html"}
    for text in "345":
        report = publish(output, {**SITE, "index.html": text})
        assert report.written == ("index.html", MANIFEST)
        assert contents(output) == {**SITE, "index.html": text}


def test_rollbacks_reach_the_first_release(tmp_path: Path) -> None:
    """From the second release, and from later ones."""
    output = tmp_path / "public"
    states = [SITE, {"index.html": "2", "lv/a/index.html": "a"}, {"index.html": "3", "lv/new.html": "n"}]
    publish(output, states[0])
    first = (output / MANIFEST).read_bytes()
    with Publication(output, tmp_path / "project") as publication, pytest.raises(ProblemsFound) as found:
        publication.restore()
    assert [one.code for one in found.value.problems] == ["no-release"]
    for state in states[1:]:
        publish(output, state)
        with Publication(output, tmp_path / "project") as publication:
            publication.restore(1)
        assert contents(output) == SITE
        assert (output / MANIFEST).read_bytes() == first
        publish(output, state)


def test_what_a_build_that_began_again_does_not_want_is_not_published(tmp_path: Path) -> None:
    """A file saved meanwhile lets the build begin again: other contents, and files and folders that change places."""
    wanted = {"a.html": "new", "lv/b": "page", "c/index.html": "c", "d.html": "d"}
    with Publication(tmp_path / "public", tmp_path / "project") as publication:
        for path in ("a.html", "lv/b/deep/index.html", "lv/b/index.html", "c", "gone/x/y.html", "gone.html"):
            publication.stage(path, b"old")
        for path, text in wanted.items():
            assert publication.stage(path, text.encode()) == record_of(text.encode())
        publication.publish(records(wanted), Promised())
    assert contents(tmp_path / "public") == wanted
    folders = {path.relative_to(tmp_path / "public").as_posix() for path in (tmp_path / "public").rglob("*/")}
    assert {folder for folder in folders if (tmp_path / "public" / folder).is_dir()} == {"lv", "c"}


def test_a_file_that_was_not_staged_is_our_mistake(tmp_path: Path) -> None:
    """Nothing goes live, also where another size was staged."""
    for staged in ({}, {"a.html": "longer"}):
        with pytest.raises(LookupError), Publication(tmp_path / "public", tmp_path / "project") as publication:
            for path, text in staged.items():
                publication.stage(path, text.encode())
            publication.publish(records({"a.html": "a"}), Promised())
        assert not list((tmp_path / "public").rglob("*.html"))


def test_several_processes_stage_at_the_same_time(tmp_path: Path) -> None:
    """The same files and the same contents: each is there once, whole."""
    texts = {f"lv/{number % 7}/{number}/index.html": str(number % 3) * 20_000 for number in range(60)}

    def stage_all(publication: Publication, seed: int) -> None:
        for path in random.Random(seed).sample(sorted(texts), len(texts)):
            publication.stage(path, texts[path].encode())

    with Publication(tmp_path / "public", tmp_path / "project") as publication:
        in_forks([lambda seed=seed: stage_all(publication, seed) for seed in range(4)])  # type: ignore[misc]
        publication.publish(records(texts), Promised())
    assert contents(tmp_path / "public") == texts


def test_a_refused_build_leaves_neither_output_nor_trees(tmp_path: Path) -> None:
    """Whether it ends with problems or with an exception; the next run is right."""
    output = tmp_path / "public"
    with Publication(output, tmp_path / "project") as publication:
        publication.stage("index.html", b"half")
    with pytest.raises(ZeroDivisionError), Publication(output, tmp_path / "project") as publication:
        publication.stage("index.html", b"half")
        1 / 0  # noqa: B018  # an exception of the build
    assert not output.exists()
    assert not [path for path in (tmp_path / STORE).iterdir() if path.name in ("staging", "spare")]
    publish(output, SITE)
    assert contents(output) == SITE


@pytest.mark.parametrize("path", ["../x", "a/../../x", "/tmp/x", MANIFEST, ""])
def test_a_path_that_is_none_of_a_site_is_never_written_to(tmp_path: Path, path: str) -> None:
    """Neither outside the tree nor over the manifest; publishing it is refused."""
    with pytest.raises(ProblemsFound), Publication(tmp_path / "public", tmp_path / "project") as publication:
        publication.stage(path, b"bad")
        assert not list(tmp_path.rglob("x"))
        publication.publish({path: record_of(b"bad")}, Promised())
    assert not (tmp_path / "public").exists()


@pytest.mark.parametrize("files", [{}, {"a.html": record_of(b"mine").sha256}])
def test_what_a_journal_does_not_name_stays_that_of_others(tmp_path: Path, files: dict[str, str]) -> None:
    """A record of a run that was cut short does not make a folder without a manifest ours."""
    output = tmp_path / "public"
    output.mkdir()
    (output / "letter.txt").write_text("mine", "utf-8")
    (tmp_path / STORE).mkdir()
    (tmp_path / STORE / "journal").write_text(json.dumps({"tree": "live", "files": files}), "utf-8")
    with pytest.raises(ProblemsFound) as found:
        publish(output, SITE)
    assert [one.code for one in found.value.problems] == ["output-refused"]
    assert contents(output) == {"letter.txt": "mine"}


def test_a_worker_that_outlives_a_killed_run_writes_nothing_into_the_next(tmp_path: Path) -> None:
    """It has a tree of its own, which it does not make again."""
    output = tmp_path / "public"
    killed = Publication(output, tmp_path / "project").__enter__()
    killed.stage("index.html", b"of the killed run")
    killed.lock.__exit__(None, None, None)
    with Publication(output, tmp_path / "project") as publication:
        for path, text in SITE.items():
            publication.stage(path, text.encode())
        with pytest.raises(FileNotFoundError):
            killed.stage("index.html", b"late")
        with pytest.raises(FileNotFoundError):
            killed.stage("lv/a/index.html", b"late")
        publication.publish(records(SITE), Promised())
    assert contents(output) == SITE
    assert not (tmp_path / STORE / "staging").exists()


def test_a_run_killed_at_any_moment_leaves_nothing_or_the_whole_site(tmp_path: Path, way: str) -> None:
    """SIGKILL at random moments; the next run is right and nothing of the killed one stays."""
    texts = {f"lv/{number}/index.html": f"{number}" for number in range(150)}
    chance = random.Random(7)
    started = time.monotonic()
    publish(tmp_path / "whole/public", texts)
    whole = time.monotonic() - started
    for number in range(12):
        output = tmp_path / str(number) / "public"
        output.parent.mkdir()
        child = os.fork()
        if not child:
            publish(output, texts)
            os._exit(0)
        time.sleep(whole * 1.2 * chance.random())
        os.kill(child, 9)
        os.waitpid(child, 0)
        seen = contents(output)
        assert seen.items() <= texts.items() if way == "in-place" else seen in ({}, texts)
        other = {**texts, "index.html": "next"}
        del other["lv/7/index.html"]
        publish(output, other)
        assert contents(output) == other
        assert not (output.parent / STORE / "staging").exists()


def test_an_output_that_was_removed_is_made_with_the_second_tree_that_is_still_there(tmp_path: Path) -> None:
    """Files of others that went with the output do not come back from it."""
    output = tmp_path / "public"
    publish(output, SITE)
    (output / "CNAME").write_text("mine", "utf-8")
    for text in "23":
        publish(output, {**SITE, "index.html": text})
    output.rename(tmp_path / "aside")
    for text in "456":
        publish(output, {**SITE, "index.html": text})
        assert contents(output) == {**SITE, "index.html": text}


def test_a_file_is_written_over_a_link_not_through_it(tmp_path: Path) -> None:
    """And not where its folder is a file, or where it is a folder itself."""
    (tmp_path / "tree").mkdir()
    (tmp_path / "elsewhere").write_text("mine", "utf-8")
    (tmp_path / "tree/link").symlink_to(tmp_path / "elsewhere")
    tree = str(tmp_path / "tree")
    assert write_file(tree, "link", b"1")
    assert not write_file(tree, "link/inner", b"2")
    assert write_file(tree, "folder/inner", b"3")
    assert not write_file(tree, "folder", b"4")
    assert (contents(tmp_path / "tree"), (tmp_path / "elsewhere").read_text()) == (
        {"link": "1", "folder/inner": "3"},
        "mine",
    )
