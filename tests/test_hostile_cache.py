"""A cache that a stranger wrote, with correct checksums: it runs nothing, and the site is that of a clean build."""

import contextlib
import hashlib
import pickle
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Project
from test_edits import OPTIONS, CommandLine, clean

from site_builder.build import Built, build
from site_builder.engine.serialization import decode, encode
from site_builder.engine.task_graph import CHECKSUM_SIZE, PREFIX
from site_builder.entries import UnitRead
from site_builder.sources.contents import DIGEST_SIZE, _stat
from site_builder.status import load
from site_builder.store import FILE, FOLDER, TABLES, Store


class Hostile:
    """Makes a file when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        return open, (str(self.mark), "w")


# What stands in the place of a cached value; `mark` is a file that code would make.
VALUES: dict[str, Callable[[bytes, Path], bytes]] = {
    "a pickle": lambda value, mark: pickle.dumps(Hostile(mark)),
    "a pickle behind the value": lambda value, mark: value + pickle.dumps(Hostile(mark), 0),
    "an encoded pickle": lambda value, mark: encode((pickle.dumps(Hostile(mark)),)),
    "half of the value": lambda value, mark: value[: len(value) // 2],
    "arrays in arrays": lambda value, mark: b"\x91" * 10_000,
}
BODY = "content/news/2016/lemums.en.md"
CHANGES: dict[str, Callable[[Project], object]] = {
    "nothing": lambda project: None,
    "a text": lambda project: project.replace(BODY, "See [the house]", "Look at [the house]"),
    "a field": lambda project: project.replace(BODY, "summary: The", "summary: New. The"),
    "no output": lambda project: shutil.rmtree(project.output),
}
CASES: dict[str, tuple[tuple[str, ...], str, str]] = {
    **{f"{table}: {value}": ((table,), value, "no output") for table in TABLES for value in list(VALUES)[:2]},
    **{f"all: {value}": (TABLES, value, "no output") for value in VALUES},
    **{f"all, {change}": (TABLES, "a pickle", change) for change in CHANGES},
}


@pytest.fixture
def site(project: Project) -> Project:
    """The small site, after its first build."""
    assert made(project).publishable
    return project


def made(project: Project) -> Built:
    return build(project.folder, project.output, OPTIONS)[0]


def is_clean(project: Project) -> bool:
    """Whether the files of the output are those of a clean build."""
    return CommandLine(project).files() == clean(project)[0]


def replace(project: Project, tables: tuple[str, ...], value_of: Callable[[bytes], bytes]) -> None:
    """Put others in the place of all values of some tables, with the checksums that belong to them."""
    store = Store(project.folder / FOLDER)
    for table in tables:
        values = store.all(table)
        store.put(table, [(key, value_of(value)) for key, value in values.items()])
        assert store.count(table) == len(values)
    store.close()


@pytest.mark.parametrize("case", CASES)
def test_hostile_values_run_nothing_and_are_made_again(case: str, site: Project, tmp_path: Path) -> None:
    """In each table, whatever the next build is for."""
    tables, value, change = CASES[case]
    mark = tmp_path / "ran"
    replace(site, tables, lambda content: VALUES[value](content, mark))
    CHANGES[change](site)
    built = made(site)
    assert built.publishable, built.problems
    assert is_clean(site)
    assert not mark.exists()


def test_a_wrong_digest_of_a_file_is_not_believed_again(site: Project) -> None:
    """It looks as if the file were saved while the build runs, but only once."""
    with contextlib.closing(Store(site.folder / FOLDER)) as store:
        files = [path for path in (site.folder / "content").rglob("*") if path.is_file()]
        stats = {path.relative_to(site.folder).as_posix().encode(): _stat(str(path)) for path in files}
        store.put("files", [(path, stat + bytes(DIGEST_SIZE)) for path, stat in stats.items()])
    built = made(site)
    assert built.publishable, built.problems
    assert is_clean(site)


@pytest.mark.parametrize("change", CHANGES)
def test_an_entry_that_cannot_be_decoded_is_read_again(change: str, site: Project) -> None:
    """The unit around it can be decoded, so that is seen late."""

    def damaged(content: bytes) -> bytes:
        read = decode(content, UnitRead)
        return encode(read._replace(entries=tuple(one._replace(encoded=b"\xc1") for one in read.entries)))

    replace(site, ("units",), damaged)
    entries = load(site.folder, site.options())[1]
    assert all(entry.fields is not None for entry in entries)
    replace(site, ("units",), damaged)
    CHANGES[change](site)
    assert made(site).publishable
    assert is_clean(site)


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "content/../../secret.lv.md", "../secret.lv.md", "templates/base.html"]
)
def test_a_cached_path_leads_to_no_other_file(path: str, site: Project) -> None:
    """An entry whose file would be another is read again from its own."""

    def elsewhere(content: bytes) -> bytes:
        read = decode(content, UnitRead)
        return encode(read._replace(entries=tuple(one._replace(encoded=_moved(one.encoded)) for one in read.entries)))

    def _moved(content: bytes) -> bytes:
        fields, origin, _, *rest = decode(content, list[Any])
        return encode((fields, origin, path, *rest))

    replace(site, ("units",), elsewhere)
    entries = load(site.folder, site.options())[1]
    assert {entry.document.path.split("/")[0] for entry in entries} == {"content"}


@pytest.mark.parametrize("value", VALUES)
def test_the_state_of_an_unchanged_run_is_data(value: str, project: Project, tmp_path: Path) -> None:
    """A run that finds another state, or none, makes the site."""
    mark = tmp_path / "ran"
    assert project.build() == 0
    replace(project, ("states",), lambda content: VALUES[value](content, mark))
    assert project.build() == 0
    assert not mark.exists()


def test_a_cache_of_an_older_tool_with_compiled_templates_is_not_read(site: Project) -> None:
    """Its table may stay in the file; nobody asks for it."""
    with sqlite3.connect(site.folder / FOLDER / FILE) as connection:
        connection.execute("CREATE TABLE templates (key BLOB PRIMARY KEY, value BLOB)")
        connection.execute("INSERT INTO templates VALUES (x'00', x'00')")
    connection.close()
    CHANGES["a text"](site)
    assert made(site).publishable
    assert is_clean(site)


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("change", CHANGES)
def test_a_graph_that_a_stranger_wrote_runs_nothing(value: str, change: str, site: Project, tmp_path: Path) -> None:
    """What is no graph is as good as none, whatever its checksum says."""
    mark = tmp_path / "ran"
    graphs = list((site.folder / FOLDER).glob(f"{PREFIX}*"))
    assert graphs
    for path in graphs:
        content = VALUES[value](path.read_bytes()[CHECKSUM_SIZE:], mark)
        path.write_bytes(hashlib.sha256(content).digest() + content)
    CHANGES[change](site)
    assert made(site).publishable
    assert is_clean(site)
    assert not mark.exists()
