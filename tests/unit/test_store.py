"""What is kept from build to build: never wrong, never in the way, never without bound."""

import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from conftest import PROJECT

from site_builder.store import FILE, GATHERED, TABLES, Store, key_of

KEY, OTHER = key_of("key"), key_of("other")


def kept(folder: Path, key: bytes = KEY) -> bytes | None:
    """What a new run finds."""
    store = Store(folder)
    found = store.get("html", key)
    assert store.all("html").get(key) == found, "asked one by one or all at once, the answer is the same"
    store.close()
    return found


def keep(folder: Path, key: bytes = KEY, value: bytes = b"made") -> None:
    store = Store(folder)
    store.put("html", [(key, value)])
    store.close()


def change(folder: Path, statement: str, *values: object) -> None:
    """Change the file behind the store's back."""
    connection = sqlite3.connect(folder / FILE)
    with connection:
        connection.execute(statement, values)
    connection.close()


@pytest.mark.parametrize("value", [b"made", b"", b"\0" * 100_000])
def test_a_value_is_found_by_the_next_run(value: bytes, tmp_path: Path) -> None:
    """Under its key and in its table alone, also when it is empty."""
    keep(tmp_path / "cache", value=value)
    assert kept(tmp_path / "cache") == value
    assert kept(tmp_path / "cache", OTHER) is None
    assert [table for table in TABLES if Store(tmp_path / "cache").get(table, KEY) is not None] == ["html"]


def test_keys_tell_values_apart() -> None:
    """Neither types nor borders between values are lost, and names that are no text have keys too."""
    keys = [key_of("1"), key_of(1), key_of("1", ""), key_of("", "1"), key_of(("1", "")), key_of("\udcff"), key_of(b"1")]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("damage", ["", "cut", "longer", "bit", "text", "null", "number"])
def test_a_damaged_value_is_a_miss(damage: str, tmp_path: Path) -> None:
    """Cut, grown, of another type or with one bit changed: it is a miss, and may be kept anew."""
    keep(tmp_path)
    (whole,) = sqlite3.connect(tmp_path / FILE).execute("SELECT value FROM html").fetchone()
    changed = {
        "": b"", "cut": whole[:-1], "longer": whole + b"\0", "bit": bytes([*whole[:-1], whole[-1] ^ 1]),
        "text": "made", "null": None, "number": 1,
    }  # fmt: skip
    change(tmp_path, "UPDATE html SET value = ?", changed[damage])
    assert kept(tmp_path) is None
    keep(tmp_path)
    assert kept(tmp_path) == b"made"


def test_a_value_under_another_key_is_a_miss(tmp_path: Path) -> None:
    """One that was moved does not become the value of another key."""
    keep(tmp_path)
    change(tmp_path, "UPDATE html SET key = ?", OTHER)
    assert (kept(tmp_path), kept(tmp_path, OTHER)) == (None, None)


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100, None])
def test_a_file_that_is_no_database_is_replaced(content: bytes | None, tmp_path: Path) -> None:
    """Empty, foreign or cut in the middle: a miss, and the same run keeps values again."""
    keep(tmp_path, value=b"made" * 10_000)
    whole = (tmp_path / FILE).read_bytes()
    (tmp_path / FILE).write_bytes(whole[: len(whole) // 2] if content is None else content)
    store = Store(tmp_path)
    assert store.get("html", KEY) is None
    store.put("html", [(KEY, b"new")])
    assert kept(tmp_path) == b"new"


@pytest.mark.parametrize("page", range(12))
def test_a_damaged_page_of_the_file_costs_time_only(page: int, tmp_path: Path) -> None:
    """Whatever part of the file a disk has lost, no value is wrong and nothing is raised."""
    values = {key_of(number): b"%d" % number * 300 for number in range(40)}
    store = Store(tmp_path)
    store.put("html", values.items())
    store.close()
    whole = (tmp_path / FILE).read_bytes()
    at = (page % (len(whole) // 4096)) * 4096
    (tmp_path / FILE).write_bytes(whole[:at] + b"\xa5" * 4096 + whole[at + 4096 :])
    store = Store(tmp_path)
    assert store.all("html").items() <= values.items()
    for key, value in values.items():
        assert store.get("html", key) in (None, value)
    store.put("html", values.items())


def test_tables_of_another_tool_are_a_miss(tmp_path: Path) -> None:
    """A file of the same name with other tables keeps nothing, and stops nobody."""
    connection = sqlite3.connect(tmp_path / FILE)
    connection.execute("CREATE TABLE html (something INTEGER)")
    connection.close()
    keep(tmp_path)
    assert kept(tmp_path) is None


def gone(folder: Path) -> None:
    (folder / FILE).unlink()


@pytest.mark.parametrize("delete", [gone, shutil.rmtree])
def test_it_may_be_deleted_at_any_time(delete: Callable[[Path], None], tmp_path: Path) -> None:
    """Also while a run has it open; the next run begins anew."""
    store = Store(tmp_path / "cache")
    store.put("html", [(KEY, b"made")])
    delete(tmp_path / "cache")
    store.put("html", [(OTHER, b"other")])
    assert store.get("html", OTHER) in (None, b"other")
    store.close()
    assert kept(tmp_path / "cache") is None
    keep(tmp_path / "cache")
    assert kept(tmp_path / "cache") == b"made"


def test_a_fresh_store_believes_nothing_and_keeps_everything(tmp_path: Path) -> None:
    """What was there is forgotten; what a clean build makes is found by itself and by the next one."""
    keep(tmp_path)
    keep(tmp_path, OTHER)
    store = Store(tmp_path, fresh=True)
    assert (store.get("html", KEY), store.all("html")) == (None, {})
    store.put("html", [(KEY, b"new")])
    assert store.get("html", KEY) == b"new"
    store.close()
    assert (kept(tmp_path), kept(tmp_path, OTHER)) == (b"new", None)


def test_without_a_folder_values_are_kept_for_this_run_alone() -> None:
    """In memory; nothing is written anywhere."""
    store = Store()
    store.put("html", [(KEY, b"made"), (OTHER, b"other")])
    store.drop("html", [OTHER])
    assert (store.get("html", KEY), store.all("html")) == (b"made", {KEY: b"made"})
    assert Store().get("html", KEY) is None


@pytest.mark.parametrize("obstacle", ["file for folder", "folder for file", "missing right", "full"])
def test_a_place_that_cannot_be_used_costs_time_only(
    obstacle: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is raised, and the rest of the run keeps its values in memory."""
    folder = tmp_path / "cache"
    keep(folder)
    if obstacle == "file for folder":
        shutil.rmtree(folder)
        folder.write_text("no folder")
    elif obstacle == "folder for file":
        (folder / FILE).unlink()
        (folder / FILE).mkdir()
    else:
        reason = {"missing right": "attempt to write a readonly database", "full": "database or disk is full"}[obstacle]
        monkeypatch.setattr(sqlite3, "connect", refusing(reason))
    store = Store(folder)
    for _ in range(2):
        store.put("html", [(OTHER, b"other")])
        assert (store.get("html", OTHER), OTHER in store.all("html")) == (b"other", True)
        store.drop("html", [KEY])
        store.bound("html", 1)
    assert store.all("html") == {OTHER: b"other"}
    store.close()
    assert kept(folder, OTHER) is None


def refusing(reason: str) -> Callable[..., sqlite3.Connection]:
    """A connection to a file that can be read and refuses to be written."""
    connect = sqlite3.connect

    class Refusing(sqlite3.Connection):
        def executemany(self, *_: object) -> sqlite3.Cursor:
            raise sqlite3.OperationalError(reason)

    def opened(path: object, **options: Any) -> sqlite3.Connection:
        return connect(str(path), **options, factory=sqlite3.Connection if path == ":memory:" else Refusing)

    return opened


def test_a_folder_that_may_only_be_read_still_gives_values(tmp_path: Path) -> None:
    """SQLite itself opens the file without the right to write; a process that may do everything cannot show this."""
    keep(tmp_path)
    store = Store(tmp_path)
    assert store.get("html", KEY) == b"made"
    connection = store._connection
    assert connection is not None
    connection.execute("PRAGMA query_only = ON")
    store.put("html", [(OTHER, b"other")])
    assert (kept(tmp_path), kept(tmp_path, OTHER)) == (b"made", None)


WRITER = """
import sys
from pathlib import Path
from site_builder.store import GATHERED, Store, key_of
store = Store(Path(sys.argv[1]))
for number in range(60):
    store.put("html", [(key_of(number), b"%d" % number), (key_of(sys.argv[2], number), sys.argv[2].encode())])
    assert store.get("html", key_of(number)) == b"%d" % number
"""


def test_two_processes_use_it_at_once(tmp_path: Path) -> None:
    """Each finds what it kept, and afterwards everything of both is there."""
    command = [sys.executable, "-c", WRITER, str(tmp_path)]
    writers = [subprocess.Popen([*command, name], cwd=PROJECT) for name in ("one", "two")]
    assert [writer.wait(120) for writer in writers] == [0, 0]
    store = Store(tmp_path)
    wanted = {key_of(number): b"%d" % number for number in range(60)}
    wanted |= {key_of(name, number): name.encode() for name in ("one", "two") for number in range(60)}
    assert store.all("html") == wanted
    store.close()


def test_another_build_that_writes_is_waited_for(tmp_path: Path) -> None:
    """It ends soon; what was made meanwhile is not lost."""
    keep(tmp_path)
    other = sqlite3.connect(tmp_path / FILE, check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    soon = threading.Timer(0.2, other.rollback)
    soon.start()
    keep(tmp_path, value=b"new")
    soon.join()
    other.close()
    assert kept(tmp_path) == b"new"


def test_what_was_kept_last_stays(tmp_path: Path) -> None:
    """Keeping a value again renews it; other tables are left alone."""
    store = Store(tmp_path)
    keys = [key_of(number) for number in range(9)]
    for table in ("html", "details"):
        store.put(table, ((key, b"value") for key in keys))
    store.put("html", [(keys[0], b"renewed")])
    store.bound("html", 20)
    assert store.all("html").keys() == set(keys)
    store.bound("html", 3)
    assert store.all("html") == {keys[7]: b"value", keys[8]: b"value", keys[0]: b"renewed"}
    assert store.all("details").keys() == set(keys)
    store.close()


def test_gathered_values_are_all_kept_in_few_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many at a time, and what is left at the end."""
    store = Store(tmp_path)
    sizes: list[int] = []
    change = store._change

    def counted(statement: str, rows: Iterable[Any]) -> None:
        listed = list(rows)
        sizes.append(len(listed))
        change(statement, listed)

    monkeypatch.setattr(store, "_change", counted)
    wanted = {key_of(number): b"%d" % number for number in range(2 * GATHERED + 1)}
    with store.gathering("html") as keep:
        for one in wanted.items():
            keep([one])
    assert (store.all("html"), sizes) == (wanted, [GATHERED, GATHERED, 1])
