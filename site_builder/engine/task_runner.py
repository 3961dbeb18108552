"""Runs the tasks that are out of date, and takes the results of the others from the graph of the last build.

A task is out of date if it is new, if its arguments differ, if an input that it has read has another value, or if the
file that it made is nowhere to be had. That is asked in one way for every task and every kind of change.
"""

import functools
import struct
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from site_builder.engine.dependencies import DependencyTracker, InputName
from site_builder.engine.task_graph import Recorded, TaskGraph
from site_builder.parallel import each
from site_builder.problems import Problem, has_errors
from site_builder.sources.read import Moved
from site_builder.store import Store, digest_of

# A result: digest of the arguments, SHA-256 and size of the file, digests of its summary and of its anchors, weights,
# digest of the details, whether these hold problems.
RECORD = struct.Struct("!16s32sQ16s16s7I16s?")
NO_FILE, NO_DIGEST = b"\0" * 32, b"\0" * 16
# Where the parts of a result stand.
SHA256, SUMMARY, ANCHORS, DETAILS = slice(16, 48), slice(56, 72), slice(72, 88), slice(116, 132)
PROBLEMS_AT = RECORD.size - 1


class TaskResult(bytes):
    """The record of a result, `RECORD.size` bytes; a large site has a hundred thousand and looks at few of them."""

    __slots__ = ()

    @property
    def arguments(self) -> bytes:
        """The digest of the arguments of the task."""
        return self[:16]

    @property
    def sha256(self) -> bytes:
        """The SHA-256 of the file that the task made; zeros for a task that makes no file."""
        return self[SHA256]

    @property
    def size(self) -> int:
        """The size of the file in bytes."""
        return int.from_bytes(self[48:56], "big")

    @property
    def summary(self) -> bytes:
        """The digest of what lists of pages show of the file; zeros where they show nothing."""
        return self[SUMMARY]

    @property
    def anchors(self) -> bytes:
        """The digest of the places in the file that links may lead to."""
        return self[ANCHORS]

    @property
    def weights(self) -> tuple[int, ...]:
        """What the page weighs, in the order of the budgets."""
        return struct.unpack_from("!7I", self, 88)

    @property
    def details(self) -> bytes:
        """The digest under which the details are cached."""
        return self[DETAILS]

    @property
    def has_problems(self) -> bool:
        return self[PROBLEMS_AT] == 1

    @property
    def is_file(self) -> bool:
        """Whether the task made a file, perhaps an empty one."""
        return self[SHA256] != NO_FILE


class CacheMiss(Exception):
    """The cache lacks something that a result of it names: the build must begin again without it."""


class Made(NamedTuple):
    """What the function of a task gives: its details, encoded; a file's digest and size; see TaskResult.

    `content` is the compressed content of the file, for the cache; empty where there is no file.
    """

    details: bytes
    has_problems: bool
    sha256: bytes = NO_FILE
    size: int = 0
    summary: bytes = NO_DIGEST
    anchors: bytes = NO_DIGEST
    weights: tuple[int, ...] = (0,) * 7
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class Task:
    """A function to run. `arguments` is a digest of its arguments; its reads are recorded while `make` runs.

    The tasks after one that is a `gate` run only if it finds no error.
    """

    name: str
    arguments: bytes
    make: Callable[[], Made]
    gate: bool = False


class Reason(NamedTuple):
    """Why a task ran: it is `new`, its `arguments` differ, its file is `missing`, or these `inputs` have changed."""

    cause: str
    inputs: tuple[InputName, ...] = ()


class _Done(NamedTuple):
    """What a worker gives for a task: its record and reads, or the exception that it raised."""

    name: str
    record: Recorded | None
    details: bytes = b""
    content: bytes = b""
    failure: Exception | None = None


# Gives the problems that the details of a task hold. Raises CacheMiss for what is no such thing.
ProblemsIn = Callable[[str, bytes], tuple[Problem, ...]]


class TaskRunner:
    """Runs tasks for the inputs of a tracker. The graph of the last build says which are up to date."""

    def __init__(
        self, tracker: DependencyTracker, graph: TaskGraph, store: Store, problems_in: ProblemsIn, jobs: int
    ) -> None:
        """Every input must be declared before."""
        self.tracker = tracker
        self.graph = graph
        self.store = store
        self.problems_in = problems_in
        self.jobs = jobs
        self.changed = tracker.changed()
        self.dirty = graph.readers_of(self.changed)
        # the tasks that ran in this build
        self.made: dict[str, Recorded] = {}
        self.failures: list[Exception] = []
        self.reasons: dict[str, Reason] = {}

    # Results

    def cached(self, name: str) -> TaskResult | None:
        """The result of the last build for a task whose inputs have not changed."""
        number = self.graph.numbers.get(name)
        return None if number is None or number in self.dirty else TaskResult(self.graph.result(number))

    def result(self, name: str) -> TaskResult:
        """The result of a task that ran or is up to date. Raises KeyError."""
        if name in self.made:
            return TaskResult(self.made[name].result)
        known = self.cached(name)
        if known is None:
            raise KeyError(name)
        return known

    def parts(self, names: Iterable[str], part: slice) -> Iterator[bytes]:
        """A part of the result of each task; all of them ran or are up to date. A large site asks for all of them."""
        made, numbers, results, begin, end = self.made, self.graph.numbers, self.graph.results, part.start, part.stop
        for name in names:
            if name in made:
                yield made[name].result[part]
            else:
                at = numbers[name] * RECORD.size
                yield bytes(results[at + begin : at + end])

    def details(self, result: TaskResult) -> bytes:
        """The details of a result. Raises CacheMiss."""
        found = self.store.get("details", result.details)
        if found is None:
            raise CacheMiss
        return found

    def problems_of(self, name: str, result: TaskResult) -> tuple[Problem, ...]:
        """The problems that a task found. Raises CacheMiss."""
        return self.problems_in(name, self.details(result)) if result.has_problems else ()

    def problems(self, names: Iterable[str]) -> Iterator[Problem]:
        """The problems of tasks, of those that have a result. Raises CacheMiss."""
        for name in names:
            if name in self.made or name in self._with_problems:
                yield from self.problems_of(name, self.result(name))

    @functools.cached_property
    def _with_problems(self) -> set[str]:
        """The tasks that found problems in an earlier build and are up to date."""
        flags = enumerate(self.graph.results[PROBLEMS_AT :: RECORD.size])
        return {self.graph.tasks[number] for number, flag in flags if flag and number not in self.dirty}

    # Running

    def out_of_date(self, name: str, arguments: bytes) -> Reason | None:
        """Why a task must run; None if it is up to date."""
        found = self.state(name, arguments)
        return found if isinstance(found, Reason) else None

    def state(self, name: str, arguments: bytes) -> Reason | bytes:
        """Why a task must run; if it is up to date, the SHA-256 of its file. A large site asks for all of its files."""
        number = self.graph.numbers.get(name)
        if number is None:
            return Reason("new")
        if number in self.dirty:
            return Reason("inputs")
        at = number * RECORD.size
        head = bytes(self.graph.results[at : at + SHA256.stop])
        return head[SHA256] if head.startswith(arguments) else Reason("arguments")

    def run(self, groups: Sequence[Sequence[tuple[Task, Reason]]], tick: Callable[[], None]) -> None:
        """Run tasks for the reasons given, those of a group one after the other; `tick` is called for each task.

        An exception of a task ends its group and is in `failures`: perhaps a problem found elsewhere explains it.
        """
        self.reasons.update((task.name, reason) for group in groups for task, reason in group)
        tasks = [[task for task, _ in group] for group in groups]
        # the graph is saved after all of these, so it never names details or contents that are not in the cache
        with self.store.gathering("contents", "details") as keep:
            # a worker reads the cache, and shares only one that is on the disk
            jobs = self.jobs if self.store.path else 1
            for group, done in zip(tasks, each(self._run_group, tasks, jobs), strict=True):
                for one in done:
                    self._take(one, keep)
                for _ in group:
                    tick()

    def _take(self, done: _Done, keep: Callable[..., None]) -> None:
        if done.record is None:
            assert done.failure, "a task gives a record or fails"
            self.failures.append(done.failure)
            return
        result = TaskResult(done.record.result)
        keep([(result.sha256, done.content)] if done.content else [], [(result.details, done.details)])
        self.made[done.name] = done.record

    def _run_group(self, group: Sequence[Task]) -> list[_Done]:
        """Run the tasks of a group, perhaps in a worker."""
        done: list[_Done] = []
        for task in group:
            try:
                with self.tracker.recording() as reads:
                    made = task.make()
            except Moved:
                raise
            except Exception as failure:  # raise_failures raises it
                done.append(_Done(task.name, None, failure=failure))
                break
            record = Recorded(_packed(task, made), array("I", sorted(reads)))
            done.append(_Done(task.name, record, made.details, made.content))
            if task.gate and made.has_problems and has_errors(self.problems_in(task.name, made.details)):
                break
        return done

    def raise_failures(self) -> None:
        """Raise the first exception that a task ended in, when no problem explains it."""
        if self.failures:
            raise self.failures[0]

    def explained(self, name: str) -> Reason | None:
        """Why a task ran, with the names of the inputs that have changed; None for one that did not run."""
        reason = self.reasons.get(name)
        if reason is None or reason.cause != "inputs":
            return reason
        reads = self.graph.reads[self.graph.numbers[name]]
        return Reason("inputs", tuple(sorted(self._changed_names[one] for one in self.changed.intersection(reads))))

    @functools.cached_property
    def _changed_names(self) -> dict[int, InputName]:
        return self.tracker.names_of(self.changed)

    def updated_graph(self, planned: Set[str] | None) -> TaskGraph:
        """The graph for the next build. `planned` are the names of all tasks; None where they are not all known.

        A task that is out of date and did not run is not in it.
        """
        tasks = self.graph.tasks
        removed = {tasks[number] for number in self.dirty} - self.made.keys()
        if planned is not None:
            removed |= self.graph.numbers.keys() - planned
        if not removed and not self.made and self.tracker.is_unchanged():
            return self.graph
        return self.graph.updated(self.tracker.state(), removed, self.made)


def _packed(task: Task, made: Made) -> bytes:
    return RECORD.pack(
        task.arguments,
        made.sha256,
        made.size,
        made.summary,
        made.anchors,
        *made.weights,
        digest_of(made.details),
        made.has_problems,
    )
