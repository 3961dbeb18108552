"""The graph of the last build: it says what a plain dictionary would say, and a damaged file is an empty graph."""

import errno
import hashlib
import os
from array import array
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.engine import task_graph
from site_builder.engine.dependencies import DIGEST_SIZE, DependencyTracker
from site_builder.engine.task_graph import (
    CHECKSUM_SIZE,
    CODE,
    GRAPHS_KEPT,
    LENGTH_SIZE,
    PREFIX,
    Adjacency,
    GraphFiles,
    Recorded,
    TaskGraph,
)

# Bytes of a result in these tests.
SIZE = 3
Rows = list[list[int]]


def rows_of(adjacency: Adjacency) -> Rows:
    """All rows as plain lists."""
    return [list(adjacency[row]) for row in range(len(adjacency))]


def content_of(graph: TaskGraph) -> dict[str, Any]:
    """Everything that a graph says, as plain values."""
    return {
        "inputs": list(graph.inputs),
        "digests": bytes(graph.digests),
        "tasks": list(graph.tasks),
        "numbers": dict(graph.numbers),
        "results": bytes(graph.results),
        "reads": rows_of(graph.reads),
        "readers": rows_of(graph.readers),
    }


EMPTY = content_of(TaskGraph(SIZE))


# Rows of numbers ------------------------------------------------------------------------------------------------

ROW = st.lists(st.integers(0, 7), max_size=4, unique=True).map(sorted)
ROWS = st.lists(ROW, max_size=8)


@given(ROWS)
def test_rows_are_those_that_were_given(rows: Rows) -> None:
    """Also when they come back from two sections of a file."""
    found = Adjacency.of(rows)
    assert rows_of(found) == rows
    ends, numbers = (memoryview(b"".join(bytes(piece) for piece in one)) for one in found.sections())
    assert rows_of(Adjacency.from_sections(ends, numbers)) == rows


@given(ROWS)
def test_inverted_rows_say_where_each_number_stands(rows: Rows) -> None:
    """For every number, also for one that stands nowhere; twice inverted they are the same rows."""
    inverted = Adjacency.of(rows).inverted(8)
    assert rows_of(inverted) == [[row for row, one in enumerate(rows) if number in one] for number in range(8)]
    assert rows_of(inverted.inverted(len(rows))) == rows


@given(ROWS, st.lists(st.tuples(st.dictionaries(st.integers(0, 11), ROW, max_size=6), st.integers(0, 4)), max_size=4))
def test_other_rows_take_the_place_of_some(rows: Rows, changes: list[tuple[dict[int, list[int]], int]]) -> None:
    """The others stay, new ones are empty where nothing is given for them; and this again and again."""
    found, wanted = Adjacency.of(rows), [list(row) for row in rows]
    for changed, more in changes:
        before, old = found, [list(row) for row in wanted]
        size = max(len(wanted), *(row + 1 for row in changed), 0) + more
        wanted += [[] for _ in range(size - len(wanted))]
        for row, numbers in changed.items():
            wanted[row] = numbers
        found = found.with_rows(changed, size)
        assert rows_of(found) == wanted
        assert rows_of(before) == old
        # sections are written without the pieces being joined first
        fresh = before.with_rows(changed, size)
        assert b"".join(bytes(piece) for piece in list(fresh.sections())[1]) == array(CODE, chain(*wanted)).tobytes()


def test_sections_that_do_not_fit_are_refused() -> None:
    """Rows that end elsewhere than the numbers, or none at all."""
    for ends, numbers in (([0, 2], [1]), ([0], [1]), ([], []), ([0, 1], [])):
        with pytest.raises(ValueError, match="do not fit"):
            Adjacency.from_sections(memoryview(array(CODE, ends).tobytes()), memoryview(array(CODE, numbers).tobytes()))
    with pytest.raises(TypeError):
        Adjacency.from_sections(memoryview(b"\0" * 5), memoryview(b""))


# Graphs ---------------------------------------------------------------------------------------------------------


class Step(NamedTuple):
    """What a build does: the inputs that it has, the tasks that are gone, and those that run, with their reads.

    A task reads those of its inputs that are there.
    """

    inputs: dict[str, int]
    removed: set[str]
    made: dict[str, tuple[bytes, set[str]]]


NAMES, TASKS = "uvwxyz", "abcdefgh"
STEPS = st.builds(
    Step,
    st.dictionaries(st.sampled_from(NAMES), st.integers(0, 2)),
    st.sets(st.sampled_from(TASKS), max_size=3),
    st.dictionaries(
        st.sampled_from(TASKS),
        st.tuples(st.binary(min_size=SIZE, max_size=SIZE), st.sets(st.sampled_from(NAMES), max_size=4)),
        max_size=5,
    ),
)


class Model:
    """What a graph must say, as plain dictionaries: results and reads of tasks, values of inputs."""

    def __init__(self) -> None:
        self.results: dict[str, bytes] = {}
        self.reads: dict[str, set[str]] = {}
        self.most_tasks = self.most_inputs = 0

    def build(self, step: Step, before: Mapping[str, int]) -> tuple[set[str], dict[str, tuple[bytes, set[str]]]]:
        """Take a step: the names of the tasks that are gone, and the tasks that ran.

        A task that has read an input that is gone does not stay: it runs again or is gone as well.
        """
        lost = {task for task, reads in self.reads.items() if reads - step.inputs.keys()}
        made = {task: (result, reads & step.inputs.keys()) for task, (result, reads) in step.made.items()}
        removed = ((step.removed & self.results.keys()) | lost) - made.keys()
        for task in removed:
            del self.results[task], self.reads[task]
        self.most_tasks = max(self.most_tasks, len(self.results | made))
        self.most_inputs = max(self.most_inputs, len(before.keys() | step.inputs.keys()))
        self.results |= {task: result for task, (result, _) in made.items()}
        self.reads |= {task: reads for task, (_, reads) in made.items()}
        return removed, made


def compare(graph: TaskGraph, model: Model, step: Step, tracker: DependencyTracker) -> None:
    """A graph says what the model says, and nothing else."""
    assert graph.numbers.keys() == model.results.keys()
    assert {name: graph.tasks[number] for name, number in graph.numbers.items()} == {
        name: name for name in graph.numbers
    }
    assert {task: graph.result(number) for task, number in graph.numbers.items()} == model.results
    assert {name for name in graph.inputs if name} == step.inputs.keys()
    names = list(graph.inputs)
    assert {task: {names[one] for one in graph.reads[number]} for task, number in graph.numbers.items()} == model.reads
    assert rows_of(graph.readers) == rows_of(graph.reads.inverted(len(graph.inputs)))
    for number, name in enumerate(names):
        wanted = {task for task, reads in model.reads.items() if name in reads}
        assert {graph.tasks[one] for one in graph.readers_of([number])} == wanted
    assert len(graph.results) == SIZE * len(graph.tasks)
    assert (len(graph.reads), len(graph.readers)) == (len(graph.tasks), len(graph.inputs))
    assert bytes(graph.digests) == tracker.state()[1]
    assert len(graph.tasks) <= model.most_tasks
    assert len(graph.inputs) <= model.most_inputs


@given(st.lists(STEPS, max_size=8), st.booleans())
def test_a_graph_says_what_the_builds_gave(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Step], loaded: bool
) -> None:
    """After any builds: results are those given last, and readers are reads the other way round.

    The numbers of what is gone are used again, and a graph that was saved and loaded is the same in all of this.
    """
    path = tmp_path_factory.getbasetemp() / "graph-model"
    model, graph, before = Model(), TaskGraph(SIZE), dict[str, int]()
    for step in steps:
        tracker = DependencyTracker(graph.inputs, graph.digests)
        for name, value in step.inputs.items():
            tracker.set_input((name,), value)
        removed, made = model.build(step, before)
        old = content_of(graph)
        recorded = {
            task: Recorded(result, array(CODE, sorted(tracker.inputs[one,] for one in reads)))
            for task, (result, reads) in made.items()
        }
        after = graph.updated(tracker.state(), removed, recorded)
        compare(after, model, step, tracker)
        assert content_of(graph) == old, "the graph of the last build stays as it is"
        after.save(path)
        again = TaskGraph.load(path, SIZE)
        assert content_of(again) == content_of(after)
        compare(again, model, step, tracker)
        graph, before = again if loaded else after, step.inputs


def graph_of(*tasks: str) -> TaskGraph:
    """A graph in which each task reads an input of its name, and all of them one more."""
    tracker = DependencyTracker()
    for name in (*tasks, "all"):
        tracker.set_input((name,), name)
    made = {
        name: Recorded(bytes([number] * SIZE), sorted([tracker.inputs[name,], tracker.inputs["all",]]))
        for number, name in enumerate(tasks)
    }
    return TaskGraph(SIZE).updated(tracker.state(), (), made)


def test_readers_of_inputs_that_the_graph_lacks_are_none() -> None:
    """An input that is new has a number beyond those of the last build."""
    graph = graph_of("a", "b")
    assert graph.readers_of([0, 2]) == {0, 1}
    assert graph.readers_of([0, 3, 99]) == {0}
    assert TaskGraph(SIZE).readers_of([0]) == set()


def test_few_changes_and_many_give_the_same_readers() -> None:
    """Whether the readers of some inputs are changed or those of all are computed anew."""
    names = [f"task {number}" for number in range(40)]
    for count in (1, 19, 21, 40):
        graph = graph_of(*names)
        made = {name: Recorded(b"new", [number, (number + 1) % 40]) for number, name in enumerate(names[:count])}
        after = graph.updated((list(graph.inputs), bytes(graph.digests)), (), made)
        assert rows_of(after.readers) == rows_of(after.reads.inverted(41))
        assert after.readers_of([40]) == set(range(count, 40))


# On the disk ----------------------------------------------------------------------------------------------------


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """The file of a graph."""
    path = tmp_path / "cache/graph-site"
    graph_of("a", "b").save(path)
    assert content_of(TaskGraph.load(path, SIZE)) == content_of(graph_of("a", "b"))
    return path


def test_a_file_that_is_cut_anywhere_is_an_empty_graph(saved: Path) -> None:
    """As is one that has become longer."""
    whole = saved.read_bytes()
    for content in (*(whole[:end] for end in range(len(whole))), whole + b"\0"):
        saved.write_bytes(content)
        assert content_of(TaskGraph.load(saved, SIZE)) == EMPTY


def test_a_file_with_any_flipped_bit_is_an_empty_graph(saved: Path) -> None:
    """Wherever the bit is."""
    whole = saved.read_bytes()
    for at in range(len(whole)):
        saved.write_bytes(bytes([*whole[:at], whole[at] ^ 1 << at % 8, *whole[at + 1 :]]))
        assert content_of(TaskGraph.load(saved, SIZE)) == EMPTY


def with_checksum(content: bytes) -> bytes:
    """Content behind its right checksum."""
    return hashlib.sha256(content).digest() + content


def framed(layout: str, sections: Sequence[bytes]) -> bytes:
    """A file of these sections."""
    head = msgspec.msgpack.encode((layout, [len(one) for one in sections]))
    return with_checksum(len(head).to_bytes(LENGTH_SIZE, "big") + head + b"".join(sections))


def sections_of(graph: TaskGraph) -> list[bytes]:
    """The sections of a graph as bytes."""
    names = [msgspec.msgpack.encode(list(one)) for one in (graph.inputs, graph.tasks)]
    rows = [b"".join(bytes(piece) for piece in one) for side in (graph.reads, graph.readers) for one in side.sections()]
    return [names[0], bytes(graph.digests), names[1], bytes(graph.results), *rows]


def strangers() -> Iterator[tuple[str, bytes]]:
    """Files that are whole and no graphs."""
    layout, sections = graph_of()._layout, sections_of(graph_of("a", "b"))
    yield "empty", b""
    yield "a checksum of nothing", with_checksum(b"")
    yield "text", b"This is no graph at all, but a text that somebody has put here.\n"
    yield "text behind its checksum", with_checksum(b"This is no graph at all, but a text.")
    yield "a head beyond the end", with_checksum(b"\xff" * 40)
    yield "no head", with_checksum(bytes(LENGTH_SIZE))
    yield "another head", with_checksum((1).to_bytes(LENGTH_SIZE, "big") + b"\x07")
    yield "another layout", framed(layout.replace("2:", "1:", 1), sections)
    yield "a section less", framed(layout, sections[:-1])
    yield "a section more", framed(layout, [*sections, b""])
    yield "no sections", framed(layout, [])
    yield "names that are none", framed(layout, [b"\xc1", *sections[1:]])
    yield "names that are numbers", framed(layout, [*sections[:2], msgspec.msgpack.encode([1, 2]), *sections[3:]])
    yield "results that are too short", framed(layout, [*sections[:3], sections[3][:-1], *sections[4:]])
    yield "a task without a result", framed(layout, [*sections[:3], sections[3][:-SIZE], *sections[4:]])
    yield "rows of half numbers", framed(layout, [*sections[:4], sections[4][:-1], *sections[5:]])
    yield "rows without their numbers", framed(layout, [*sections[:5], b"", *sections[6:]])
    yield "a task without its row", framed(layout, [*sections[:4], sections[6], sections[7], *sections[6:]])


STRANGERS = dict(strangers())


def test_a_file_that_is_put_together_as_a_graph_is_one(saved: Path) -> None:
    """So that the files below are refused for what is wrong with them, and for nothing else."""
    graph = graph_of("a", "b")
    saved.write_bytes(framed(graph._layout, sections_of(graph)))
    assert content_of(TaskGraph.load(saved, SIZE)) == content_of(graph)


@pytest.mark.parametrize("content", STRANGERS.values(), ids=STRANGERS.keys())
def test_a_file_that_is_no_graph_is_an_empty_one(content: bytes, saved: Path) -> None:
    """Any content gives an empty graph, even with a correct checksum, and a graph can be saved over it."""
    saved.write_bytes(content)
    assert content_of(TaskGraph.load(saved, SIZE)) == EMPTY
    graph_of("c").save(saved)
    assert content_of(TaskGraph.load(saved, SIZE)) == content_of(graph_of("c"))


def test_a_graph_with_results_of_another_size_is_empty(saved: Path) -> None:
    """Also where the sizes would fit by chance."""
    for size in (SIZE - 1, SIZE + 1, 1, 2 * SIZE):
        assert content_of(TaskGraph.load(saved, size)) == EMPTY
        assert TaskGraph.load(saved, size).result_size == size


def test_where_there_is_no_file_there_is_an_empty_graph(saved: Path) -> None:
    """Nor where a folder has its name, or a file that of its folder."""
    assert content_of(TaskGraph.load(saved.with_name("absent"), SIZE)) == EMPTY
    assert content_of(TaskGraph.load(saved.parent, SIZE)) == EMPTY
    assert content_of(TaskGraph.load(saved / "below", SIZE)) == EMPTY


def test_a_loaded_graph_stays_when_its_file_is_written_again(saved: Path) -> None:
    """The file of the last build is mapped into memory; the next one takes its place and does not change it."""
    first = TaskGraph.load(saved, SIZE)
    graph_of("c", "d", "e").save(saved)
    assert content_of(first) == content_of(graph_of("a", "b"))
    saved.unlink()
    assert content_of(first) == content_of(graph_of("a", "b"))


class FullDisk:
    """A stream that accepts a number of writes and then refuses, like a full disk."""

    def __init__(self, stream: Any, writes: int) -> None:
        self.stream = stream
        self.writes = writes

    def __enter__(self) -> "FullDisk":
        return self

    def __exit__(self, *error: object) -> None:
        self.stream.close()

    def write(self, content: bytes) -> None:
        """Write, or raise OSError."""
        if not self.writes:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self.writes -= 1
        self.stream.write(content)

    def seek(self, place: int) -> None:
        """Go to a place of the file."""
        self.stream.seek(place)


@pytest.mark.parametrize("writes", [0, 1, 2, 5, 7])
def test_a_full_disk_leaves_the_graph_of_before(writes: int, saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is raised, and no half file is left."""
    real = Path.open
    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", lambda path, mode: FullDisk(real(path, mode), writes))
        graph_of("c").save(saved)
    assert list(saved.parent.iterdir()) == [saved]
    assert content_of(TaskGraph.load(saved, SIZE)) == content_of(graph_of("a", "b"))


@pytest.mark.parametrize("call", ["mkdir", "open", "replace"])
def test_a_disk_that_refuses_leaves_the_graph_of_before(
    call: str, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever call fails."""

    def refuse(*arguments: Any, **more: Any) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    with monkeypatch.context() as patch:
        patch.setattr(Path, call, refuse)
        graph_of("c").save(saved)
    assert list(saved.parent.iterdir()) == [saved]
    assert content_of(TaskGraph.load(saved, SIZE)) == content_of(graph_of("a", "b"))


def test_a_file_in_the_place_of_the_folder_is_borne(tmp_path: Path) -> None:
    """The graph is not saved, and the file stays."""
    (tmp_path / "cache").write_text("a file")
    graph_of("a").save(tmp_path / "cache/graph-site")
    assert (tmp_path / "cache").read_text() == "a file"
    assert content_of(TaskGraph.load(tmp_path / "cache/graph-site", SIZE)) == EMPTY


def test_a_graph_is_never_half_there(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that is killed while it saves leaves the graph of before, and beside it what it has written."""

    class Killed(BaseException):
        """The process ends here."""

    def kill(path: Path, target: Path) -> None:
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(Path, "replace", kill)
        graph_of("c").save(saved)
    assert content_of(TaskGraph.load(saved, SIZE)) == content_of(graph_of("a", "b"))
    assert len(list(saved.parent.iterdir())) == 2


def test_the_newest_graphs_stay(tmp_path: Path) -> None:
    """With what builds that were killed have left; other files are not touched."""
    (tmp_path / "store").write_text("not a graph")
    (tmp_path / f"{PREFIX}site-half.123").write_text("half a graph")
    os.utime(tmp_path / f"{PREFIX}site-half.123", (1, 1))
    for number in range(2 * GRAPHS_KEPT):
        path = tmp_path / f"{PREFIX}site-{number}"
        graph_of(str(number)).save(path)
        os.utime(path, (number + 2, number + 2))
        assert len(list(tmp_path.glob(f"{PREFIX}*"))) <= GRAPHS_KEPT
    names = {path.name for path in tmp_path.iterdir()}
    newest = range(GRAPHS_KEPT, 2 * GRAPHS_KEPT)
    assert names == {"store", *(f"{PREFIX}site-{number}" for number in newest)}


def test_a_project_has_a_graph_for_each_variant_and_name(tmp_path: Path) -> None:
    """They do not see each other; all of them are found, and all are removed."""
    for variant in ("a", "b"):
        files = GraphFiles(tmp_path / "cache", variant, SIZE)
        assert content_of(files.load("site")) == EMPTY
        assert not list(files.all()) or variant == "b"
        for name in ("site", "links"):
            files.save(name, graph_of(variant, name))
    for variant in ("a", "b"):
        files = GraphFiles(tmp_path / "cache", variant, SIZE)
        assert {*files.load("site").numbers} == {variant, "site"}
        assert {*files.load("links").numbers} == {variant, "links"}
        found = {tuple(sorted(graph.numbers)) for graph in files.all()}
        assert found == {("a", "site"), ("a", "links"), ("b", "site"), ("b", "links")}
    (tmp_path / "cache/other").write_text("not a graph")
    files.remove()
    assert list(files.all()) == []
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["other"]


def test_digests_and_checksums_are_as_long_as_the_file_says() -> None:
    """The layout of the file names what may change in it: another one needs another number there."""
    assert (CHECKSUM_SIZE, LENGTH_SIZE, DIGEST_SIZE) == (32, 8, 12)
    assert graph_of()._layout == f"2:{SIZE}:{task_graph.NUMBER_SIZE}"


def test_a_name_that_is_no_text_is_not_saved(saved: Path) -> None:
    """A file may have bytes in its name that are not UTF-8: the graph of before stays, and nothing is left behind."""
    before, beside = content_of(TaskGraph.load(saved, SIZE)), set(saved.parent.iterdir())
    tracker = DependencyTracker()
    tracker.set_input(("template", os.fsdecode(b"\xff.html")), "")
    TaskGraph(SIZE).updated(tracker.state(), (), {}).save(saved)
    assert content_of(TaskGraph.load(saved, SIZE)) == before
    assert set(saved.parent.iterdir()) == beside
