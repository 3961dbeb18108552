"""What the last build knew: inputs with their values, tasks with their results, and which task read which input.

The graph is one value: it is read and saved whole, under a digest, so a damaged or half-written one is not there at
all. Every result in it is the result of its task for the inputs in it.
"""

import contextlib
import hashlib
import os
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple, Self

import msgspec

# Arrays of numbers of 32 bits.
CODE = "I"
CHECKSUM_SIZE = 32
# How the names of files with graphs begin.
PREFIX = "graph-"
# A project has two graphs for each address and kind of build; the newest ones stay.
GRAPHS_KEPT = 12


class Adjacency:
    """For each number a list of numbers, all in one array (compressed sparse rows)."""

    __slots__ = ("_ends", "_numbers")

    def __init__(self, lengths: Iterable[int], numbers: "array[int]") -> None:
        self._ends = array(CODE, accumulate(lengths, initial=0))
        self._numbers = numbers

    @classmethod
    def of(cls, rows: Iterable[Sequence[int]]) -> Self:
        """An adjacency with these rows."""
        lengths, numbers = [], array(CODE)
        for row in rows:
            lengths.append(len(row))
            numbers.extend(row)
        return cls(lengths, numbers)

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, row: int) -> "array[int]":
        return self._numbers[self._ends[row] : self._ends[row + 1]]

    def inverted(self, size: int) -> "Adjacency":
        """The rows in which each of `size` numbers stands."""
        rows: dict[int, list[int]] = defaultdict(list)
        for row in range(len(self)):
            for number in self[row]:
                rows[number].append(row)
        return Adjacency.of([rows.get(number, ()) for number in range(size)])

    def with_rows(self, changed: Mapping[int, Sequence[int]], size: int) -> "Adjacency":
        """The same with other rows in some places, and `size` rows in all; what is between them is copied at once."""
        lengths = array(CODE, (end - begin for begin, end in zip(self._ends, self._ends[1:], strict=False)))
        lengths.extend([0] * (size - len(lengths)))
        numbers, done = array(CODE), 0
        for row in sorted(changed):
            begin = min(row, len(self))
            numbers += self._numbers[self._ends[done] : self._ends[begin]]
            numbers.extend(changed[row])
            lengths[row], done = len(changed[row]), min(row + 1, len(self))
        numbers += self._numbers[self._ends[done] :]
        return Adjacency(lengths, numbers)

    def packed(self) -> tuple[bytes, bytes]:
        """As bytes: where each row ends, and all numbers."""
        return self._ends.tobytes(), self._numbers.tobytes()

    @classmethod
    def unpacked(cls, ends: bytes, numbers: bytes) -> Self:
        """The adjacency that `packed` gave. Raises ValueError for anything else."""
        found = cls((), array(CODE))
        found._ends, found._numbers = array(CODE, ends), array(CODE, numbers)
        if not found._ends or found._ends[-1] != len(found._numbers):
            raise ValueError("the rows do not fit the numbers")
        return found


class Recorded(NamedTuple):
    """The result of a task that ran, and the numbers of the inputs that it read."""

    result: bytes
    reads: Sequence[int]


class _File(msgspec.Struct, array_like=True):
    """A graph as it is written; `layout` tells a graph of another program apart."""

    layout: str
    inputs: list[str]
    digests: bytes
    tasks: list[str]
    results: bytes
    reads: tuple[bytes, bytes]
    readers: tuple[bytes, bytes]


class TaskGraph:
    """Inputs and tasks, each known by its number; the numbers of what is gone are used again.

    `results` holds records of `result_size` bytes, one a task. `reads` are the inputs of every task, `readers` the
    tasks of every input.
    """

    def __init__(self, result_size: int) -> None:
        """An empty graph."""
        self.result_size = result_size
        self.inputs: Sequence[str] = ()
        self.digests = b""
        self.tasks: Sequence[str] = ()
        self.numbers: Mapping[str, int] = {}
        self.results = b""
        self.reads = self.readers = Adjacency((), array(CODE))

    def result(self, number: int) -> bytes:
        """The result of a task."""
        return self.results[number * self.result_size : (number + 1) * self.result_size]

    def readers_of(self, inputs: Iterable[int]) -> set[int]:
        """The tasks that have read any of these inputs."""
        return {task for one in inputs if one < len(self.readers) for task in self.readers[one]}

    def updated(
        self, inputs: tuple[list[str], bytes], removed: Iterable[str], made: Mapping[str, Recorded]
    ) -> "TaskGraph":
        """The graph after a build: without the tasks `removed`, with new results of those `made`.

        `inputs` are names and digests, as `DependencyTracker.state` gives them.
        """
        found = TaskGraph(self.result_size)
        found.inputs, found.digests = inputs
        numbers, tasks = dict(self.numbers), list(self.tasks)
        rows: dict[int, Sequence[int]] = {}
        for name in removed:
            number = numbers.pop(name)
            tasks[number], rows[number] = "", ()
        free = [number for number, name in enumerate(tasks) if not name]
        results = bytearray(self.results)
        for name, (result, reads) in made.items():
            number = numbers.get(name, -1)
            if number < 0:
                number = free.pop() if free else len(tasks)
                numbers[name] = number
                if number == len(tasks):
                    tasks.append(name)
                tasks[number] = name
            results[number * self.result_size : (number + 1) * self.result_size] = result
            rows[number] = reads
        found.tasks, found.numbers, found.results = tasks, numbers, bytes(results)
        found.reads = self.reads.with_rows(rows, len(tasks))
        found.readers = self._readers_with(rows, found)
        return found

    def _readers_with(self, rows: Mapping[int, Sequence[int]], found: "TaskGraph") -> Adjacency:
        """The readers of every input, where the reads of some tasks are other ones now."""
        size = len(found.inputs)
        if 2 * len(rows) > len(self.tasks):
            return found.reads.inverted(size)
        lists: dict[int, set[int]] = {}

        def readers(one: int) -> set[int]:
            if one not in lists:
                lists[one] = set(self.readers[one]) if one < len(self.readers) else set()
            return lists[one]

        for task, reads in rows.items():
            before = set(self.reads[task]) if task < len(self.reads) else set()
            for one in before.difference(reads):
                readers(one).discard(task)
            for one in set(reads) - before:
                readers(one).add(task)
        return self.readers.with_rows({one: sorted(tasks) for one, tasks in lists.items()}, size)

    # On the disk

    def save(self, path: Path) -> None:
        """Write the graph in one step. A disk that refuses costs time in the next build and nothing else."""
        content = msgspec.msgpack.encode(
            _File(
                self._layout,
                list(self.inputs),
                self.digests,
                list(self.tasks),
                self.results,
                self.reads.packed(),
                self.readers.packed(),
            )
        )
        aside = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with aside.open("wb") as stream:
                stream.write(hashlib.sha256(content).digest())
                stream.write(content)
            aside.replace(path)
            _sweep(path)
        except OSError:
            with contextlib.suppress(OSError):
                aside.unlink()

    @classmethod
    def load(cls, path: Path, result_size: int) -> "TaskGraph":
        """The graph that was saved; an empty one where there is none that is whole."""
        found = cls(result_size)
        try:
            content = path.read_bytes()
            if hashlib.sha256(memoryview(content)[CHECKSUM_SIZE:]).digest() == content[:CHECKSUM_SIZE]:
                file = msgspec.msgpack.decode(memoryview(content)[CHECKSUM_SIZE:], type=_File)
                if file.layout == found._layout:
                    return found._filled(file)
        except (OSError, ValueError, msgspec.MsgspecError):
            pass
        return found

    def _filled(self, file: _File) -> "TaskGraph":
        """This empty graph with the content of a file. Raises ValueError where the parts do not fit each other."""
        reads, readers = Adjacency.unpacked(*file.reads), Adjacency.unpacked(*file.readers)
        if len(file.results) != len(file.tasks) * self.result_size or len(reads) != len(file.tasks):
            raise ValueError("the results do not fit the tasks")
        self.inputs, self.digests, self.tasks, self.results = file.inputs, file.digests, file.tasks, file.results
        self.numbers = {name: number for number, name in enumerate(file.tasks) if name}
        self.reads, self.readers = reads, readers
        return self

    @property
    def _layout(self) -> str:
        return f"1:{self.result_size}:{array(CODE).itemsize}"


class GraphFiles:
    """The graphs of a project on the disk. Graphs of different `variant`s, such as another address, do not mix."""

    def __init__(self, folder: Path, variant: str, result_size: int) -> None:
        self.folder = folder
        self.variant = variant
        self.result_size = result_size

    def load(self, name: str) -> TaskGraph:
        """The graph of this name that was saved last; an empty one where there is none that is whole."""
        return TaskGraph.load(self._path(name), self.result_size)

    def save(self, name: str, graph: TaskGraph) -> None:
        """Save a graph under a name."""
        graph.save(self._path(name))

    def all(self) -> Iterator[TaskGraph]:
        """The graphs of all names and variants."""
        for path in sorted(self.folder.glob(f"{PREFIX}*")):
            yield TaskGraph.load(path, self.result_size)

    def remove(self) -> None:
        """Remove all graphs."""
        for path in self.folder.glob(f"{PREFIX}*"):
            with contextlib.suppress(OSError):
                path.unlink()

    def _path(self, name: str) -> Path:
        return self.folder / f"{PREFIX}{name}-{self.variant}"


def _sweep(path: Path) -> None:
    """Remove the oldest graphs beside a path, and what a build that was killed has left half written."""
    beside = list(path.parent.glob(f"{PREFIX}*"))
    beside.sort(key=lambda one: one.stat().st_mtime_ns, reverse=True)
    for one in beside[GRAPHS_KEPT:]:
        one.unlink(missing_ok=True)
