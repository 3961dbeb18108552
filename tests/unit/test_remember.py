"""What is remembered from build to build: never wrong, never in the way, never without bound."""

import os
from pathlib import Path

import pytest

from site_builder import remember
from site_builder.remember import Memory

KEY, OTHER = "a" * 64, "b" * 64


def recall(folder: Path, key: str = KEY, content: bytes = b"made") -> tuple[bytes, bool]:
    """What a new run gets, and whether it had to make it."""
    made = []

    def make() -> bytes:
        made.append(key)
        return content

    return Memory(folder).recall(key, make), bool(made)


def test_an_entry_is_made_once(tmp_path: Path) -> None:
    """The second run reads what the first wrote, also empty content."""
    assert recall(tmp_path / "cache") == (b"made", True)
    assert recall(tmp_path / "cache") == (b"made", False)
    assert recall(tmp_path, OTHER, b"") == (b"", True)
    assert recall(tmp_path, OTHER, b"") == (b"", False)


@pytest.mark.parametrize("content", [b"", b"made", b"\0" * 40, None])
def test_a_damaged_entry_is_made_anew(content: bytes | None, tmp_path: Path) -> None:
    """Cut, foreign, empty, or with one byte changed: it is a miss, and whole again afterwards."""
    recall(tmp_path)
    entry = tmp_path / KEY
    entry.write_bytes(content if content is not None else entry.read_bytes()[:-1] + b"x")
    assert recall(tmp_path) == (b"made", True)
    assert recall(tmp_path) == (b"made", False)


def test_an_entry_under_another_name_is_a_miss(tmp_path: Path) -> None:
    """A file that was copied or renamed does not become the content of another key."""
    recall(tmp_path)
    (tmp_path / OTHER).write_bytes((tmp_path / KEY).read_bytes())
    assert recall(tmp_path, OTHER, b"other") == (b"other", True)


def test_a_folder_that_cannot_be_used_costs_time_only(tmp_path: Path) -> None:
    """A file in the place of the folder, a folder in the place of an entry: all is made, nothing fails."""
    (tmp_path / "file").write_text("no folder")
    (tmp_path / KEY).mkdir()
    for folder in (tmp_path / "file", tmp_path):
        memory = Memory(folder)
        assert [memory.recall(KEY, lambda: b"made") for _ in range(2)] == [b"made", b"made"]
        memory.forget()
    assert (tmp_path / KEY).is_dir()


def test_a_fresh_memory_believes_nothing(tmp_path: Path) -> None:
    """All is made and written again."""
    recall(tmp_path)
    assert Memory(tmp_path, fresh=True).recall(KEY, lambda: b"new") == b"new"
    assert recall(tmp_path) == (b"new", False)


def test_without_a_folder_all_is_made() -> None:
    """Nothing is written anywhere."""
    memory = Memory()
    assert [memory.recall(KEY, lambda: b"made") for _ in range(2)] == [b"made", b"made"]
    memory.forget()


def test_what_was_not_used_for_longest_is_dropped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the run used stays, then the newest up to the bound; what a killed run left goes, files of others stay."""
    monkeypatch.setattr(remember, "LEAST_KEPT", 5)
    keys = [f"{number:064x}" for number in range(9)]
    for age, key in enumerate(keys):
        recall(tmp_path, key)
        os.utime(tmp_path / key, ns=(10**18 + age, 10**18 + age))
    (tmp_path / f"{KEY}.123.new").write_bytes(b"half")
    (tmp_path / "README").write_text("of others")
    memory = Memory(tmp_path)
    for key in keys[:2]:
        memory.recall(key, lambda: b"never")
    memory.forget()
    assert {path.name for path in tmp_path.iterdir()} == {*keys[:2], *keys[-3:], "README"}
    monkeypatch.setattr(remember, "LEAST_KEPT", 3)
    later = Memory(tmp_path)
    later.recall(keys[8], lambda: b"never")
    later.forget()
    assert {path.name for path in tmp_path.iterdir()} == {*keys[:2], keys[8], "README"}, "use renews"
