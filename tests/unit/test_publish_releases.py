"""Releases: what is kept of them, how they come back, and what open pages of earlier ones still find."""

import datetime
import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from site_builder.problems import ProblemsFound
from site_builder.publishing.manifest import MANIFEST
from site_builder.publishing.publication import Publication
from site_builder.publishing.records import Promised, PublishReport, record_of
from site_builder.publishing.releases import KEPT_FOR, LEAST_KEPT, MOST_KEPT

STORE = ".public.site-builder"
Clock = Callable[[datetime.timedelta], None]


@pytest.fixture(params=["exchange", "in-place"], autouse=True)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways of publishing; the second as on a system where folders cannot change places."""
    if request.param == "in-place":
        monkeypatch.setattr("site_builder.publishing.publication.can_exchange", lambda output, store: False)
    return str(request.param)


@pytest.fixture
def pass_time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Lets time pass for what is kept for a time."""
    moment = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)

    def go_on(span: datetime.timedelta) -> None:
        nonlocal moment
        moment += span
        monkeypatch.setattr("site_builder.publishing.publication._now", lambda: moment)

    go_on(datetime.timedelta())
    return go_on


def publish(output: Path, files: Mapping[str, str], *addresses: str) -> PublishReport:
    """Publish as the engine does: what is published already is not staged again."""
    with Publication(output, output.parent / "project") as publication:
        records = {path: record_of(content.encode()) for path, content in files.items()}
        for path, content in files.items():
            if publication.published.get(path) != records[path]:
                assert publication.stage(path, content.encode()) == records[path]
        return publication.publish(records, Promised(frozenset(addresses)))


def rollback(output: Path, number: int | None = None) -> PublishReport:
    with Publication(output, output.parent / "project") as publication:
        return publication.restore(number)[1]


def numbers(output: Path) -> list[int]:
    with Publication(output, output.parent / "project") as publication:
        return [release.number for release in publication.releases.listed]


def held(output: Path) -> dict[str, str]:
    """What readers see, the manifest aside."""
    files = (path for path in output.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(output).as_posix(): path.read_text("utf-8") for path in files}


def manifest(output: Path) -> dict[str, bool]:
    """The manifest's files, and whether each is only kept."""
    return {file["path"]: file["kept"] for file in json.loads((output / MANIFEST).read_bytes())["files"]}


def test_every_publishing_that_changes_something_is_a_release(tmp_path: Path, way: str) -> None:
    """With its number, moment and way, and how much it changed."""
    output = tmp_path / "public"
    publish(output, {"a.html": "1", "b.css": "1"})
    publish(output, {"a.html": "1", "b.css": "1"})
    publish(output, {"a.html": "2", "b.css": "1", "c.html": "1"})
    with Publication(output, tmp_path / "project") as publication:
        listed = publication.releases.listed
    assert [(one.number, one.pages, one.files, one.way) for one in listed] == [(1, 1, 2, way), (2, 2, 2, way)]


def test_any_release_comes_back_as_it_was(tmp_path: Path) -> None:
    """All its files with their bytes, its addresses, and no file of a later one."""
    output = tmp_path / "public"
    states = [
        {"a.html": "1"},
        {"a.html": "2", "lv/b.html": "b"},
        {"a.html": "2", "lv": "page"},
        {"c/d/e.html": "deep", "f.html": "2"},
    ]
    manifests = []
    for state in states:
        publish(output, state, "/lv/")
        manifests.append((output / MANIFEST).read_bytes())
    for number in (1, 4, 2, 3, 1, 2):
        rollback(output, number)
        assert held(output) == states[number - 1]
        assert (output / MANIFEST).read_bytes() == manifests[number - 1]


def test_without_a_number_each_rollback_goes_one_further_back(tmp_path: Path) -> None:
    """Not to and fro between two."""
    output = tmp_path / "public"
    for text in "123":
        publish(output, {"a.html": text})
    assert [rollback(output).release, held(output)] == [4, {"a.html": "2"}]
    assert [rollback(output).release, held(output)] == [5, {"a.html": "1"}]
    with pytest.raises(ProblemsFound) as found:
        rollback(output)
    assert [(one.code, bool(one.hint)) for one in found.value.problems] == [("no-release", True)]
    publish(output, {"a.html": "4"})
    rollback(output)
    assert held(output) == {"a.html": "1"}


def test_a_number_that_is_no_release_is_told(tmp_path: Path) -> None:
    """And nothing changes."""
    output = tmp_path / "public"
    publish(output, {"a.html": "1"})
    with pytest.raises(ProblemsFound) as found:
        rollback(output, 7)
    assert [one.code for one in found.value.problems] == ["no-release"]
    assert held(output) == {"a.html": "1"}


def test_a_release_that_never_became_live_is_forgotten(
    tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that ended between writing it down and showing it: the list tells what readers saw."""
    output = tmp_path / "public"
    publish(output, {"a.html": "1"})
    publish(output, {"a.html": "2"})
    target = "exchange.exchange" if way == "exchange" else "in_place._replace"
    with monkeypatch.context() as patch, pytest.raises(ZeroDivisionError):
        patch.setattr(f"site_builder.publishing.{target}", lambda *given, **named: 1 // 0)
        publish(output, {"a.html": "3"})
    assert numbers(output) == [1, 2]
    rollback(output)
    assert held(output) == {"a.html": "1"}


def test_files_of_others_survive_a_rollback(tmp_path: Path) -> None:
    """They belong to no release."""
    output = tmp_path / "public"
    publish(output, {"a.html": "1"})
    (output / "CNAME").write_text("old", "utf-8")
    publish(output, {"a.html": "2"})
    (output / "CNAME").write_text("mine", "utf-8")
    (output / "late").write_text("mine", "utf-8")
    rollback(output)
    assert held(output) == {"a.html": "1", "CNAME": "mine", "late": "mine"}


def test_a_release_of_which_something_is_lost_does_not_come_back_in_part(tmp_path: Path) -> None:
    """Nor does one whose kept content was damaged; readers keep what they have."""
    output = tmp_path / "public"
    for text in "1234":
        publish(output, {"a.html": text, "b.html": "b"})
    kept = [path for path in (tmp_path / STORE / "objects").rglob("*") if path.is_file()]
    assert kept
    for path in kept:
        path.write_text("x", "utf-8")
    with pytest.raises(ProblemsFound) as found:
        rollback(output, 1)
    assert [one.code for one in found.value.problems] == ["release-lost"]
    assert held(output) == {"a.html": "4", "b.html": "b"}


def test_a_rollback_mends_what_was_changed_by_hand(tmp_path: Path) -> None:
    """A page that somebody changed in the live folder does not come back changed, even if both trees share it."""
    output = tmp_path / "public"
    publish(output, {"a.html": "1", "b.html": "b"})
    publish(output, {"a.html": "2", "b.html": "b"})
    (output / "b.html").write_text("x", "utf-8")
    with pytest.raises(ProblemsFound) as found:
        rollback(output)
    assert [one.code for one in found.value.problems] == ["release-lost"]
    publish(output, {"a.html": "2", "b.html": "b"})
    rollback(output)
    assert held(output) == {"a.html": "1", "b.html": "b"}


def test_the_store_may_be_deleted_at_any_time(tmp_path: Path) -> None:
    """Only the way back is lost."""
    import shutil

    output = tmp_path / "public"
    publish(output, {"a.html": "1", "assets/old.css": "1"})
    publish(output, {"a.html": "2"})
    shutil.rmtree(tmp_path / STORE)
    publish(output, {"a.html": "3"})
    assert held(output) == {"a.html": "3", "assets/old.css": "1"}
    shutil.rmtree(tmp_path / STORE)
    assert publish(output, {"a.html": "3"}).written == ()


@pytest.mark.parametrize("name", ["spare", "spare/site-manifest.json", "spare/lv", "witness", "state.json", "releases"])
@pytest.mark.parametrize("damage", ["deleted", "damaged"])
def test_a_store_that_is_damaged_never_reaches_readers(tmp_path: Path, name: str, damage: str) -> None:
    """Whatever part of it is missing or has other bytes, what is published is right."""
    import shutil

    output = tmp_path / "public"
    for text in "12":
        publish(output, {"a.html": text, "lv/b.html": "b", "lv/c.html": "c"})
    for text in "34":
        target = tmp_path / STORE / name
        if target.exists():
            for path in [target] if target.is_file() else sorted(target.rglob("*")):
                if path.is_file() and damage == "damaged":
                    path.unlink()
                    path.write_text("x", "utf-8")
            if damage == "deleted":
                shutil.rmtree(target) if target.is_dir() else target.unlink()
        publish(output, {"a.html": text, "lv/b.html": "b", "lv/c.html": "c"})
        assert held(output) == {"a.html": text, "lv/b.html": "b", "lv/c.html": "c"}


def test_an_output_that_was_deleted_is_made_anew(tmp_path: Path) -> None:
    """Also when the store is still there."""
    import shutil

    output = tmp_path / "public"
    for text in "12":
        publish(output, {"a.html": text, "lv/b.html": "b"})
    shutil.rmtree(output)
    publish(output, {"a.html": "3", "lv/b.html": "b"})
    assert held(output) == {"a.html": "3", "lv/b.html": "b"}


# How long things are kept --------------------------------------------------------------------------------------


def test_old_assets_are_kept_for_ten_releases_and_ninety_days(tmp_path: Path, pass_time: Clock) -> None:
    """Whichever is more: open pages, caches and embeds still ask for them. The manifest says that they are kept."""
    output = tmp_path / "public"
    publish(output, {"a.html": "0", "assets/a.1.css": "1"})
    for at in range(1, LEAST_KEPT + 3):
        publish(output, {"a.html": str(at)})
        assert manifest(output) == {"a.html": False, "assets/a.1.css": True}
        assert (output / "assets/a.1.css").read_text("utf-8") == "1"
    pass_time(KEPT_FOR - datetime.timedelta(seconds=1))
    publish(output, {"a.html": "not yet"})
    assert (output / "assets/a.1.css").exists()
    pass_time(datetime.timedelta(seconds=1))
    publish(output, {"a.html": "now"})
    assert not (output / "assets").exists()


def test_days_alone_do_not_drop_an_asset(tmp_path: Path, pass_time: Clock) -> None:
    """A site that is published once a season keeps the assets of its last ten releases."""
    output = tmp_path / "public"
    publish(output, {"a.html": "0", "assets/a.1.css": "1"})
    for at in range(1, LEAST_KEPT + 1):
        pass_time(KEPT_FOR)
        publish(output, {"a.html": str(at)})
        assert (output / "assets/a.1.css").exists()
    pass_time(KEPT_FOR)
    publish(output, {"a.html": "now"})
    assert not (output / "assets").exists()


def test_an_asset_that_is_used_again_is_no_longer_merely_kept(tmp_path: Path) -> None:
    """And its time begins anew when it goes again."""
    output = tmp_path / "public"
    publish(output, {"a.html": "0", "assets/a.1.css": "1"})
    publish(output, {"a.html": "1"})
    publish(output, {"a.html": "2", "assets/a.1.css": "1"})
    assert manifest(output) == {"a.html": False, "assets/a.1.css": False}


def test_after_a_rollback_the_assets_of_the_later_release_are_still_there(tmp_path: Path) -> None:
    """Readers may have its pages open."""
    output = tmp_path / "public"
    publish(output, {"a.html": "1", "assets/a.1.css": "1"})
    publish(output, {"a.html": "2", "assets/a.2.css": "2"})
    rollback(output)
    assert manifest(output) == {"a.html": False, "assets/a.1.css": False, "assets/a.2.css": True}


def test_pages_are_not_kept(tmp_path: Path) -> None:
    """Only what has its hash in its name can never be wrong."""
    output = tmp_path / "public"
    publish(output, {"a.html": "1", "old.html": "1"})
    publish(output, {"a.html": "2"})
    assert held(output) == {"a.html": "2"}


def test_ten_releases_are_kept_however_old(tmp_path: Path, pass_time: Clock) -> None:
    """And all of the last ninety days; what is forgotten leaves nothing in the store."""
    output = tmp_path / "public"
    for at in range(LEAST_KEPT + 5):
        publish(output, {"a.html": str(at)})
    assert numbers(output) == list(range(1, LEAST_KEPT + 6))
    pass_time(KEPT_FOR * 2)
    publish(output, {"a.html": "later"})
    assert numbers(output) == list(range(7, LEAST_KEPT + 7))
    rollback(output, 7)
    assert held(output) == {"a.html": "6"}
    objects = [int(path.name) for path in (tmp_path / STORE / "objects").iterdir()]
    assert min(objects) >= 7


def test_there_is_an_end_to_what_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A site that is published every few minutes does not fill the disk."""
    monkeypatch.setattr("site_builder.publishing.releases.MOST_KEPT", LEAST_KEPT + 2)
    output = tmp_path / "public"
    for at in range(LEAST_KEPT + 5):
        publish(output, {"a.html": str(at)})
    assert len(numbers(output)) == LEAST_KEPT + 2
    assert MOST_KEPT >= 90
