"""What the last build knew: inputs with their values, tasks with their results, and which task read which input.

A graph is one value: it is saved whole, under a digest, so a damaged or half-written one is not there at all. Every
result in it is the result of its task for the inputs in it. The parts that are large stay on the disk and are mapped
into memory: a build looks at few of them.
"""

import contextlib
import hashlib
import itertools
import mmap
import os
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Final, NamedTuple, Self

import msgspec

from site_builder.engine.dependencies import DIGEST_SIZE, Buffer

# Arrays of numbers of 32 bits.
CODE: Final = "I"
NUMBER_SIZE = array(CODE).itemsize
CHECKSUM_SIZE, LENGTH_SIZE = 32, 8
# Bytes that are read at a time while the checksum is computed.
BLOCK = 1 << 20
# How the names of files with graphs begin.
PREFIX = "graph-"
# A project has two graphs for each address and kind of build; the newest ones stay.
GRAPHS_KEPT = 12


class Adjacency:
    """For each number a list of numbers, all in one array (compressed sparse rows), which may be in pieces."""

    def __init__(self, ends: "array[int] | memoryview[int]", pieces: Sequence[memoryview]) -> None:
        """`ends` are the places at which the rows end, after a zero; `pieces` together are all numbers."""
        self._ends = ends
        self._pieces = pieces

    @classmethod
    def of(cls, rows: Iterable[Sequence[int]]) -> Self:
        """An adjacency with these rows."""
        numbers = array(CODE)
        ends = array(CODE, [0])
        for row in rows:
            numbers.extend(row)
            ends.append(len(numbers))
        return cls(ends, [memoryview(numbers)])

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, row: int) -> Sequence[int]:
        return self._numbers[self._ends[row] : self._ends[row + 1]]

    @property
    def _numbers(self) -> memoryview:
        """All numbers in one piece."""
        if len(self._pieces) != 1:
            self._pieces = [memoryview(array(CODE, b"".join(self._pieces)))]
        return self._pieces[0]

    def inverted(self, size: int) -> "Adjacency":
        """The rows in which each of `size` numbers stands."""
        rows: dict[int, list[int]] = defaultdict(list)
        for row in range(len(self)):
            for number in self[row]:
                rows[number].append(row)
        return Adjacency.of([rows.get(number, ()) for number in range(size)])

    def with_rows(self, changed: Mapping[int, Sequence[int]], size: int) -> "Adjacency":
        """The same with other rows in some places, and `size` rows in all. What is between them is not copied."""
        ends, numbers, own = self._ends, self._numbers, len(self)
        lengths = array(CODE, map(int.__sub__, itertools.islice(ends, 1, None), ends))
        lengths.extend([0] * (size - own))
        pieces: list[memoryview] = []
        done = 0
        for row in sorted(changed):
            begin = min(row, own)
            pieces += [numbers[ends[done] : ends[begin]], memoryview(array(CODE, changed[row]))]
            lengths[row], done = len(changed[row]), min(row + 1, own)
        pieces.append(numbers[ends[done] :])
        return Adjacency(array(CODE, accumulate(lengths, initial=0)), [piece for piece in pieces if len(piece)])

    def sections(self) -> Iterator[Sequence[Buffer]]:
        """As two sections of a file."""
        yield [memoryview(self._ends)]
        yield self._pieces

    @classmethod
    def from_sections(cls, ends: memoryview, numbers: memoryview) -> Self:
        """The adjacency of two sections. Raises ValueError for what are none."""
        found = cls(ends.cast(CODE), [numbers.cast(CODE)])
        if not len(found._ends) or found._ends[-1] != len(found._pieces[0]):
            raise ValueError("the rows do not fit the numbers")
        return found


NO_ROWS = Adjacency.of([])


class Recorded(NamedTuple):
    """The result of a task that ran, and the numbers of the inputs that it read."""

    result: bytes
    reads: Sequence[int]


class TaskGraph:
    """Inputs and tasks, each known by its number; the numbers of what is gone are used again.

    `results` are records of `result_size` bytes, one a task. `reads` are the inputs of every task, `readers` the tasks
    of every input.
    """

    def __init__(self, result_size: int) -> None:
        """An empty graph."""
        self.result_size = result_size
        self.inputs: Sequence[str] = ()
        self.digests: Buffer = b""
        self.tasks: Sequence[str] = ()
        self.numbers: Mapping[str, int] = {}
        self.results: Buffer = b""
        self.reads = self.readers = NO_ROWS

    def result(self, number: int) -> bytes:
        """The result of a task."""
        return bytes(self.results[number * self.result_size : (number + 1) * self.result_size])

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
        found.tasks, found.numbers, found.results = tasks, numbers, results
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

    # On the disk: a checksum of all that follows, the length of the head, the head, the sections that it names

    def save(self, path: Path) -> None:
        """Write the graph in one step. A disk that refuses costs time in the next build and nothing else.

        So does an input whose name is no Unicode text, such as a file with bytes in its name that are not UTF-8.
        """
        aside = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with aside.open("wb") as stream:
                stream.write(bytes(CHECKSUM_SIZE))
                checksum = hashlib.sha256()
                for piece in self._pieces():
                    checksum.update(piece)
                    stream.write(piece)
                stream.seek(0)
                stream.write(checksum.digest())
            aside.replace(path)
            _sweep(path)
        except (OSError, UnicodeEncodeError):
            with contextlib.suppress(OSError):
                aside.unlink()

    def _pieces(self) -> Iterator[Buffer]:
        names = [msgspec.msgpack.encode(list(names)) for names in (self.inputs, self.tasks)]
        sections: list[Sequence[Buffer]] = [[names[0]], [self.digests], [names[1]], [self.results]]
        sections += [*self.reads.sections(), *self.readers.sections()]
        lengths = [sum(memoryview(piece).nbytes for piece in section) for section in sections]
        head = msgspec.msgpack.encode((self._layout, lengths))
        yield len(head).to_bytes(LENGTH_SIZE, "big")
        yield head
        yield from (piece for section in sections for piece in section)

    @classmethod
    def load(cls, path: Path, result_size: int) -> "TaskGraph":
        """The graph that was saved; an empty one where there is none that is whole."""
        found = cls(result_size)
        try:
            with path.open("rb") as stream:
                if _is_whole(stream.fileno()):
                    content = memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))
                    return found._filled(content[CHECKSUM_SIZE:])
        except (OSError, ValueError, TypeError, msgspec.MsgspecError):
            pass
        return cls(result_size)

    def _filled(self, content: memoryview) -> "TaskGraph":
        """This empty graph with the content of a file. Raises ValueError for that of another program."""
        begin = LENGTH_SIZE + int.from_bytes(content[:LENGTH_SIZE], "big")
        layout, lengths = msgspec.msgpack.decode(content[LENGTH_SIZE:begin], type=tuple[str, list[int]])
        if layout != self._layout:
            raise ValueError("a graph of another layout")
        starts = list(accumulate(lengths, initial=begin))
        parts = [content[start:end] for start, end in itertools.pairwise(starts)]
        inputs, self.digests, tasks, self.results, *rows = parts
        self.inputs, self.tasks = (msgspec.msgpack.decode(names, type=list[str]) for names in (inputs, tasks))
        self.numbers = {name: number for number, name in enumerate(self.tasks) if name}
        self.reads, self.readers = Adjacency.from_sections(*rows[:2]), Adjacency.from_sections(*rows[2:])
        if len(self.results) != len(self.tasks) * self.result_size or len(self.reads) != len(self.tasks):
            raise ValueError("the results do not fit the tasks")
        if len(self.digests) != len(self.inputs) * DIGEST_SIZE or len(self.readers) > len(self.inputs):
            raise ValueError("the digests do not fit the inputs")
        return self

    @property
    def _layout(self) -> str:
        return f"2:{self.result_size}:{NUMBER_SIZE}"


def _is_whole(file: int) -> bool:
    """Whether the content of a file has the checksum that stands in front of it."""
    expected, checksum = os.read(file, CHECKSUM_SIZE), hashlib.sha256()
    while block := os.read(file, BLOCK):
        checksum.update(block)
    return checksum.digest() == expected


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
