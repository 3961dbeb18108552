"""What source files say is told by their bytes; their size and time only spare a reading."""

import os
import time
from pathlib import Path

import pytest

from site_builder.settled import COARSE, FINE, settled
from site_builder.sources.contents import content_digests
from site_builder.store import Store

LONG_AGO = 10**18


def digest(project: Path, path: str = "a") -> bytes:
    """What a build is told of a file."""
    store = Store(project / "cache")
    found = content_digests(project, [path], store)
    store.close()
    assert list(found) == [path]
    return found[path]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file's times are long past when it is looked at, as those of most files are."""
    now = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: now() + 2 * COARSE)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that were read."""
    found: list[Path] = []
    read = Path.read_bytes

    def noted(path: Path) -> bytes:
        found.append(path)
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", noted)
    return found


@pytest.mark.usefixtures("later")
def test_a_file_that_did_not_change_is_read_once(tmp_path: Path, reads: list[Path]) -> None:
    """Its stat says that it is the same; equal bytes have one digest, others another."""
    for name, text in (("a", "one"), ("b", "one"), ("c", "two")):
        (tmp_path / name).write_text(text)
    found = [digest(tmp_path, name) for name in "abc"]
    assert found[0] == found[1] != found[2]
    assert len(reads) == 3
    assert [digest(tmp_path, name) for name in "abc"] == found
    assert len(reads) == 3


@pytest.mark.usefixtures("later")
def test_other_bytes_with_the_same_size_and_time_are_seen(tmp_path: Path) -> None:
    """A tool that puts the old time back cannot put back the time of the inode."""
    file = tmp_path / "a"
    file.write_text("one")
    os.utime(file, ns=(LONG_AGO, LONG_AGO))
    before = digest(tmp_path)
    file.write_text("two")
    os.utime(file, ns=(LONG_AGO, LONG_AGO))
    assert digest(tmp_path) != before


@pytest.mark.usefixtures("later")
def test_another_file_in_its_place_is_seen(tmp_path: Path) -> None:
    """Also one that is older and was moved there."""
    (tmp_path / "a").write_text("one")
    (tmp_path / "b").write_text("two")
    for name in "ab":
        os.utime(tmp_path / name, ns=(LONG_AGO, LONG_AGO))
    before = digest(tmp_path)
    (tmp_path / "b").rename(tmp_path / "a")
    assert digest(tmp_path) != before


def test_a_file_as_young_as_the_reading_is_read_again(tmp_path: Path, reads: list[Path]) -> None:
    """Whoever writes twice in one tick of the clock leaves a stat that proves nothing (Git calls it racy)."""
    file = tmp_path / "a"
    file.write_text("one")
    before = digest(tmp_path)
    same = file.stat()
    file.write_text("two")
    store = Store(tmp_path / "cache")
    assert store.all("files") == {}
    assert digest(tmp_path) != before
    assert len(reads) == 2
    assert same.st_size == file.stat().st_size


def test_a_time_in_the_future_proves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that was put back: such a file may be written again at the same time."""
    (tmp_path / "a").write_text("one")
    written = (tmp_path / "a").stat().st_ctime_ns
    monkeypatch.setattr(time, "time_ns", lambda: written - 10**9)
    digest(tmp_path)
    assert Store(tmp_path / "cache").all("files") == {}


@pytest.mark.parametrize(
    ("changed", "age", "expected"),
    [
        (10**18 + 1, FINE + 1, True),
        (10**18 + 1, FINE - 1, False),
        (10**18, FINE + 1, False),
        (10**18, COARSE + 1, True),
    ],
)
def test_how_old_a_file_must_be_depends_on_its_clock(changed: int, age: int, expected: bool) -> None:
    """A time without parts of a millisecond may be one of whole seconds."""
    assert settled(changed, changed + age) == expected


@pytest.mark.usefixtures("later")
def test_a_file_may_be_older_than_the_clock(tmp_path: Path) -> None:
    """A time before 1970, as broken archives give it, is a time."""
    (tmp_path / "a").write_text("one")
    os.utime(tmp_path / "a", ns=(-(10**9), -(10**9)))
    assert digest(tmp_path) == digest(tmp_path)


@pytest.mark.parametrize("damage", ["cut", "gone"])
@pytest.mark.usefixtures("later")
def test_a_store_that_was_damaged_costs_a_reading(damage: str, tmp_path: Path) -> None:
    """The digest is the same."""
    (tmp_path / "a").write_text("one")
    before = digest(tmp_path)
    store = Store(tmp_path / "cache")
    assert len(store.all("files")) == 1
    if damage == "cut":
        store.put("files", [(b"a", b"")])
    else:
        store.drop("files", [b"a"])
    store.close()
    assert digest(tmp_path) == before


@pytest.mark.usefixtures("later")
def test_a_file_that_cannot_be_read_has_a_digest_of_the_reason(tmp_path: Path) -> None:
    """What is wrong is told where it is read; here it only must not be mistaken for what it was."""
    file = tmp_path / "a"
    file.write_text("one")
    whole = digest(tmp_path)
    file.unlink()
    missing = digest(tmp_path)
    file.mkdir()
    folder = digest(tmp_path)
    assert len({whole, missing, folder}) == 3
    file.rmdir()
    assert digest(tmp_path) == missing
    file.write_text("one")
    assert digest(tmp_path) == whole


@pytest.mark.usefixtures("later")
def test_files_that_are_no_more_are_forgotten_in_time(tmp_path: Path) -> None:
    """When there are many more of them than of those that are."""
    (tmp_path / "a").write_text("one")
    digest(tmp_path)
    store = Store(tmp_path / "cache")
    store.put("files", ((b"%d" % number, b"gone") for number in range(1500)))
    store.close()
    digest(tmp_path)
    assert list(Store(tmp_path / "cache").all("files")) == [b"a"]
