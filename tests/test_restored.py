"""Contents in the cache: an output that is gone is filled without rendering, and nothing in the cache can be wrong."""

import os
import shutil
import sqlite3
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from conftest import Project, tree

from site_builder import build as engine
from site_builder.build import Built, OutputTarget, build, check, make
from site_builder.engine.task_graph import GraphFiles
from site_builder.engine.task_runner import RECORD, TaskResult
from site_builder.outputs import card_drawing
from site_builder.render import cached_content
from site_builder.store import FILE, FOLDER, TABLES, Store, key_of
from site_builder.templating import Templates

BODY = "content/news/2016/lemums.en.md"
PAGE = "en/news/2016/decision/index.html"
OTHER = "en/privacy/index.html"
DATA = "data/figures.csv"


@dataclass(frozen=True)
class Run:
    """A build: what it found, and the paths of the pages and the number of the cards that it had to make."""

    built: Built
    rendered: list[str]
    drawn: int

    def file(self, path: str) -> bytes:
        """The SHA-256 of a file."""
        return self.built.result(path).sha256


def run(work: Callable[[], Built]) -> Run:
    """Build in this process, so that calls can be counted."""
    rendered: list[str] = []
    drawn: list[object] = []
    render, draw = Templates.render, card_drawing.draw

    def count_page(templates: Templates, path: str, page: Any) -> bytes:
        rendered.append(path)
        return render(templates, path, page)

    def count_card(card: Any) -> bytes:
        drawn.append(card)
        return draw(card)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Templates, "render", count_page)
        patch.setattr(card_drawing, "draw", count_card)
        patch.setattr(engine, "cores", lambda: 1)
        built = work()
    assert built.publishable, built.problems
    return Run(built, rendered, len(drawn))


def build_to(project: Project, output: Path, **options: object) -> Run:
    """Build a project to an output folder."""
    return run(lambda: build(project.folder, output, project.options(**options), jobs=1)[0])


def store_of(project: Project) -> Store:
    """The cache of a project."""
    return Store(project.folder / FOLDER)


def change(project: Project, statement: str, *values: object) -> int:
    """Change the cache behind the store's back; how many values are changed."""
    connection = sqlite3.connect(project.folder / FOLDER / FILE)
    with connection:
        changed = connection.execute(statement, values).rowcount
    connection.close()
    return changed


def graphs_of(project: Project) -> list[Path]:
    """The files of graphs."""
    return sorted((project.folder / FOLDER).glob("graph-*"))


def results_in(project: Project) -> list[TaskResult]:
    """The results in all graphs that are saved."""
    graphs = GraphFiles(project.folder / FOLDER, "", RECORD.size).all()
    return [TaskResult(graph.result(number)) for graph in graphs for number in graph.numbers.values()]


# Restored -------------------------------------------------------------------------------------------------------


def test_an_output_that_is_removed_comes_from_the_cache(published: Project) -> None:
    """No page is rendered and no card is drawn; every byte is what it was."""
    before = tree(published.output)
    assert len(before) > 200
    shutil.rmtree(published.output)
    found = build_to(published, published.output)
    assert (found.rendered, found.drawn, found.built.made) == ([], 0, {})
    assert tree(published.output) == before


def test_a_file_that_is_removed_comes_from_the_cache(published: Project) -> None:
    """As does one that somebody has changed in the output."""
    before = tree(published.output)
    (published.output / PAGE).unlink()
    (published.output / OTHER).write_text("changed by hand")
    found = build_to(published, published.output)
    assert (found.rendered, found.drawn) == ([], 0)
    assert tree(published.output) == before


def test_another_output_comes_from_the_cache(published: Project) -> None:
    """As on a build server that has the cache and begins with an empty output; the first output stays."""
    before = tree(published.output)
    found = build_to(published, published.folder / "other")
    assert (found.rendered, found.drawn, found.built.made) == ([], 0, {})
    assert tree(published.folder / "other") == tree(published.output) == before


def test_a_project_elsewhere_comes_from_its_cache(published: Project, tmp_path: Path) -> None:
    """A cache knows nothing of the folder of its project, nor of the times of its files."""
    before = tree(published.output)
    shutil.rmtree(published.output)
    moved = Project(Path(shutil.copytree(published.folder, tmp_path / "elsewhere", copy_function=shutil.copyfile)))
    shutil.rmtree(published.folder)
    found = build_to(moved, moved.output)
    assert (found.rendered, found.drawn) == ([], 0)
    assert tree(moved.output) == before


def test_only_what_an_edit_changes_is_rendered_for_an_empty_output(published: Project) -> None:
    """The pages that show the edited text; the others come from the cache."""
    published.replace(BODY, "See [the house]", "Look at [the house]")
    shutil.rmtree(published.output)
    found = build_to(published, published.output)
    assert found.rendered.count(PAGE) == 1
    assert OTHER not in found.rendered
    assert 0 < len(found.rendered) < 20
    clean = run(
        lambda: build(published.folder, published.folder / "clean", published.options(), rewrite=True, jobs=1)[0]
    )
    assert len(clean.rendered) > 80
    assert tree(published.output) == tree(published.folder / "clean")


def test_new_times_of_all_files_change_nothing(published: Project) -> None:
    """A checkout gives every file a new time: nothing is rendered, whether the output is there or not."""
    before = tree(published.output)
    for number, path in enumerate(sorted(published.folder.rglob("*"))):
        if path.is_file() and not path.is_relative_to(published.folder / FOLDER):
            os.utime(path, (1_700_000_000 + number, 1_700_000_000 + number))
    found = build_to(published, published.output)
    assert (found.rendered, found.drawn, found.built.made) == ([], 0, {})
    shutil.rmtree(published.output)
    found = build_to(published, published.output)
    assert (found.rendered, found.drawn, found.built.made) == ([], 0, {})
    assert tree(published.output) == before


def test_a_check_fills_the_cache(published: Project) -> None:
    """The build after it renders nothing, and gives what a build without a check gives."""
    before = tree(published.output)
    shutil.rmtree(published.output)
    for path in graphs_of(published):
        path.unlink()
    for table in ("contents", "details"):
        assert change(published, f"DELETE FROM {table}") > 100
    found = run(lambda: check(published.folder, published.output, published.options()))
    assert len(found.rendered) > 80
    assert not published.output.exists()
    found = build_to(published, published.output)
    assert (found.rendered, found.drawn, found.built.made) == ([], 0, {})
    assert tree(published.output) == before


def test_the_output_is_asked_for_every_file_that_is_up_to_date(published: Project) -> None:
    """Once, by its path and SHA-256; not for one that is made anyway. What the output lacks is handed to it."""
    before = {path: bytes.fromhex(sha256) for path, sha256 in tree(published.output).items()}
    published.replace(BODY, "See [the house]", "Look at [the house]")
    asked: list[tuple[str, bytes]] = []
    staged: list[str] = []

    def has(path: str, sha256: bytes) -> bool:
        asked.append((path, sha256))
        return path not in (OTHER, DATA)

    target = OutputTarget(lambda path, content: staged.append(path), has)
    found = run(lambda: make(published.folder, published.options(), target=target, jobs=1))
    made = found.built.made
    assert PAGE in made
    assert sorted(asked) == sorted(
        (file.path, before[file.path]) for file in found.built.planned if file.path not in made
    )
    assert sorted(staged) == sorted([*made, OTHER, DATA])
    assert set(found.rendered) <= made.keys()


def test_several_processes_restore_the_same(published: Project) -> None:
    """The files of a large site are restored by workers."""
    before = tree(published.output)
    build(published.folder, published.folder / "other", published.options(), jobs=3)
    assert tree(published.folder / "other") == before


# Lost and damaged contents --------------------------------------------------------------------------------------


def checked(key: bytes, value: bytes) -> bytes:
    """A value as the store keeps it."""
    return zlib.crc32(value, zlib.crc32(key)).to_bytes(4, "big") + value


DAMAGES: dict[str, Callable[[bytes, bytes], bytes | None]] = {
    "lost": lambda key, kept: None,
    "cut": lambda key, kept: kept[:-10],
    "a flipped bit": lambda key, kept: bytes([*kept[:50], kept[50] ^ 4, *kept[51:]]),
    "empty": lambda key, kept: b"",
    "not compressed": lambda key, kept: checked(key, b"not compressed"),
    "half compressed": lambda key, kept: checked(key, kept[4:-10]),
    "another content": lambda key, kept: checked(key, zlib.compress(b"another content")),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_lost_content_is_made_again_and_nothing_else(damage: str, published: Project) -> None:
    """A page and a file of data; every byte is what it was, and the content is in the cache again."""
    before = tree(published.output)
    for path in (PAGE, DATA):
        key = bytes.fromhex(before[path])
        (kept,) = (
            sqlite3.connect(published.folder / FOLDER / FILE)
            .execute("SELECT value FROM contents WHERE key = ?", (key,))
            .fetchone()
        )
        value = DAMAGES[damage](key, kept)
        if value is None:
            assert change(published, "DELETE FROM contents WHERE key = ?", key) == 1
        else:
            assert change(published, "UPDATE contents SET value = ? WHERE key = ?", value, key) == 1
        assert cached_content(store_of(published), key) is None
    shutil.rmtree(published.output)
    found = build_to(published, published.output)
    assert (found.rendered, found.drawn) == ([PAGE], 0)
    assert {path: reason.cause for path, reason in found.built.made.items()} == {PAGE: "missing", DATA: "missing"}
    assert tree(published.output) == before
    assert cached_content(store_of(published), found.file(PAGE)) == (published.output / PAGE).read_bytes()
    assert build_to(published, published.folder / "other").built.made == {}


def test_a_lost_content_is_not_missed_while_the_output_has_it(published: Project) -> None:
    """It is made when a file of it is wanted, and not before."""
    assert change(published, "DELETE FROM contents") > 100
    assert build_to(published, published.output).built.made == {}
    (published.output / PAGE).unlink()
    assert build_to(published, published.output).rendered == [PAGE]


def test_a_lost_card_is_drawn_again(published: Project) -> None:
    """Its content is in the cache once, under its SHA-256, whoever asks for it."""
    before = tree(published.output)
    card = next(path for path in before if path.endswith(".png") and "card" in path)
    key = bytes.fromhex(before[card])
    assert change(published, "DELETE FROM contents WHERE key = ?", key) == 1
    shutil.rmtree(published.output)
    found = build_to(published, published.output)
    assert (found.rendered, found.drawn) == ([], 1)
    assert tree(published.output) == before
    assert cached_content(store_of(published), key)


# A bounded cache ------------------------------------------------------------------------------------------------


def junk(store: Store, count: int, seed: object) -> None:
    """Contents and details that no graph names, as builds of other days leave them."""
    for table in ("contents", "details"):
        store.put(table, ((key_of(table, seed, number) * 2, b"junk") for number in range(count)))


def assert_named_is_there(project: Project) -> None:
    """Every content and every details that a saved graph names are in the cache."""
    store = store_of(project)
    results = results_in(project)
    assert len(results) > 300
    assert {one.sha256 for one in results if one.is_file} <= store.keys("contents")
    assert {one.details for one in results} <= store.keys("details")


def test_what_no_graph_names_is_swept_when_there_is_much_of_it(
    published: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cache stays in proportion to the site, over any number of builds; what a saved graph names stays."""
    monkeypatch.setattr(engine, "LEAST_KEPT", 100)
    build_to(published, published.folder / "drafts", drafts=True)
    sizes = []
    before = "Services reached"
    for number, word in enumerate(["One", "Two", "Three", "Four", "Five", "Six"]):
        junk(store_of(published), 900, number)
        published.replace(BODY, before, f"{word} reached")
        before = f"{word} reached"
        found = build_to(published, published.output)
        store = store_of(published)
        sizes.append(max(store.count("contents"), store.count("details")))
        assert max(sizes) <= 6 * len(found.built.planned) + 100
        assert_named_is_there(published)
    assert sizes != sorted(sizes), "nothing was swept"
    # the graph of each variant has all that it had: of the other one, only what was edited since is rendered
    for folder, drafts, rendered in (("drafts", True, [PAGE]), ("public", False, [])):
        shutil.rmtree(published.folder / folder)
        assert build_to(published, published.folder / folder, drafts=drafts).rendered == rendered


def test_a_sweep_leaves_exactly_what_graphs_name(published: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """After any edit, with graphs of several addresses and days; each of them is as good as before."""
    real = engine._sweep
    monkeypatch.setattr(engine, "LEAST_KEPT", 0)
    monkeypatch.setattr(engine, "_sweep", lambda store, graphs, files: real(store, graphs, 0))
    monkeypatch.setattr(card_drawing, "draw", lambda card: repr(card.words).encode())
    options: list[dict[str, object]] = [{}, {"base_url": "https://other.example/"}, {"drafts": True}]
    edits = [
        ("Services", "## Rooms\n\nServices"),
        ("Rooms", "Halls"),
        ("[[fact:children]]", "children"),
        ("Halls", "Rooms"),
    ]
    for number, (old, new) in enumerate(edits):
        published.replace(BODY, old, new)
        build_to(published, published.folder / f"output-{number % 3}", **options[number % 3])
        store, results = store_of(published), results_in(published)
        assert store.keys("contents") == {one.sha256 for one in results if one.is_file}
        assert store.keys("details") == {one.details for one in results}
    last = (len(edits) - 1) % 3
    again = build_to(published, published.folder / "again", **options[last])
    assert again.rendered == []
    assert tree(published.folder / "again") == tree(published.folder / f"output-{last}")


# A cache that is damaged ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def edited(published_once: Project, tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, dict[str, str]]:
    """The small site with an edit that no build has seen, and what a build without any cache makes of it."""
    folder = tmp_path_factory.mktemp("edited")
    project = Project(Path(shutil.copytree(published_once.folder, folder / "project")))
    project.replace(BODY, "Services reached", "The services reached")
    clean = Project(
        Path(shutil.copytree(project.folder, folder / "clean", ignore=shutil.ignore_patterns(FOLDER, "public")))
    )
    shutil.rmtree(clean.folder / ".site-builder", ignore_errors=True)
    assert len(build_to(clean, clean.output).rendered) > 80
    return project, tree(clean.output)


@pytest.fixture
def broken(edited: tuple[Project, dict[str, str]], tmp_path: Path) -> Project:
    """A copy of the edited site with the cache of before, to be damaged."""
    project = Project(Path(shutil.copytree(edited[0].folder, tmp_path / "project")))
    shutil.rmtree(project.output)
    return project


def assert_as_clean(project: Project, wanted: dict[str, str]) -> Run:
    """The site is that of a clean build, and so it is after another build."""
    found = build_to(project, project.output)
    assert tree(project.output) == wanted
    shutil.rmtree(project.output)
    again = build_to(project, project.output)
    assert tree(project.output) == wanted
    assert (again.rendered, again.drawn) == ([], 0)
    assert again.built.problems == found.built.problems
    return found


def flipped(kept: bytes) -> bytes:
    """A value with another bit in its middle."""
    middle = len(kept) // 2
    return bytes([*kept[:middle], kept[middle] ^ 1, *kept[middle + 1 :]])


def damage_table(project: Project, table: str, damage: str) -> None:
    """Damage all values of a table."""
    if damage == "emptied":
        change(project, f"DELETE FROM {table}")
    elif damage == "dropped":
        change(project, f"DROP TABLE {table}")
    elif damage == "foreign":
        store = store_of(project)
        store.put(table, [(key, b"\xc1") for key in store.keys(table)])
        store.close()
    else:
        connection = sqlite3.connect(project.folder / FOLDER / FILE)
        with connection:
            rows = connection.execute(f"SELECT key, value FROM {table}").fetchall()
            values = [(flipped(value), key) for key, value in rows]
            connection.executemany(f"UPDATE {table} SET value = ? WHERE key = ?", values)
        connection.close()


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("damage", ["emptied", "dropped", "foreign"])
def test_a_damaged_table_is_as_good_as_an_empty_one(
    table: str, damage: str, broken: Project, edited: tuple[Project, dict[str, str]]
) -> None:
    """Its values are made again; the site is that of a clean build, byte for byte."""
    damage_table(broken, table, damage)
    assert_as_clean(broken, edited[1])


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("graphs", [True, False], ids=["graphs", "no graphs"])
def test_flipped_bits_in_a_table_are_as_good_as_an_empty_one(
    table: str, graphs: bool, broken: Project, edited: tuple[Project, dict[str, str]]
) -> None:
    """Also where there is no graph, so that everything is made from what the cache has."""
    damage_table(broken, table, "flipped")
    for path in graphs_of(broken):
        if not graphs:
            path.unlink()
    assert_as_clean(broken, edited[1])


def remove(path: Path) -> None:
    path.unlink()


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def replace_by_text(path: Path) -> None:
    path.write_text("This is no graph.")


@pytest.mark.parametrize("damage", [remove, cut, flip, replace_by_text])
@pytest.mark.parametrize("name", ["site", "links", ""])
def test_a_damaged_graph_is_as_good_as_none(
    name: str, damage: Callable[[Path], None], broken: Project, edited: tuple[Project, dict[str, str]]
) -> None:
    """Of the site, of links or both: all is rendered again where it must be, and the site is that of a clean build."""
    paths = [path for path in graphs_of(broken) if path.name.startswith(f"graph-{name}")]
    assert len(paths) == (1 if name else 2)
    for path in paths:
        damage(path)
    found = assert_as_clean(broken, edited[1])
    assert (len(found.rendered) > 80) == (name != "links")


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100, None])
def test_a_damaged_database_is_as_good_as_none(
    content: bytes | None, broken: Project, edited: tuple[Project, dict[str, str]]
) -> None:
    """With graphs that name what was in it: nothing in them is believed that the cache does not have."""
    path = broken.folder / FOLDER / FILE
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2] if content is None else content)
    assert_as_clean(broken, edited[1])


def test_the_graphs_of_an_older_cache_are_right(
    broken: Project, published_once: Project, edited: tuple[Project, dict[str, str]]
) -> None:
    """As where a cache is restored in parts: a graph of another day with the contents of today, and the other way."""
    old = {path.name: path.read_bytes() for path in graphs_of(broken)}
    build_to(broken, broken.output)
    for name, content in old.items():
        (broken.folder / FOLDER / name).write_bytes(content)
    shutil.rmtree(broken.output)
    assert_as_clean(broken, edited[1])
    new = {path.name: path.read_bytes() for path in graphs_of(broken)}
    shutil.copyfile(published_once.folder / FOLDER / FILE, broken.folder / FOLDER / FILE)
    for name, content in new.items():
        (broken.folder / FOLDER / name).write_bytes(content)
    shutil.rmtree(broken.output)
    assert_as_clean(broken, edited[1])
