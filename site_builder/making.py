"""Tasks: pages and checks, each made from its inputs and what it reads, and made again when one of these differs.

A kept outcome holds as long as its inputs are the same and every value that was read has the same digest. That is asked
of each task in every build, so it does not matter what the outcome was kept from: another day, branch or machine.
"""

import functools
import operator
import pickle
import struct
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, NamedTuple

from site_builder.ledger import SIZE, Ledger, Truth, joined, split
from site_builder.parallel import each
from site_builder.problems import Problem, has_errors
from site_builder.publishing.records import FileRecord
from site_builder.sources.read import Moved
from site_builder.store import KEY_SIZE, Store, digest_of, key_of

# How an outcome is kept. Behind it stand the bodies of others that were read, so many as its end says, and all reads.
HEADER = struct.Struct("!16s32sQ16s7I16s?I")
WEIGHTS = struct.Struct("!7I")
# The name under which the digest of all outcomes is kept, and the inputs of the site for which all of them were true.
STATE, STATE_KEY = "state", b":state"
NOTHING, NO_ROW, NO_INPUTS = b"\0" * 32, b"\0" * 16, b"\0" * 16


class Outcome(bytes):
    """What a task gave, as it is kept: a large site has a hundred thousand, and a build looks at few of them.

    Of a file the SHA-256 and size, a digest of its `row`, its weights. The remainder, which most builds never look at,
    is kept apart under its digest `rest`; `troubled` says that it holds problems. `others` are the inputs among those
    read that are bodies of entries to which the task does not belong.
    """

    __slots__ = ()

    @property
    def inputs(self) -> bytes:
        """The digest of what the task was told."""
        return self[:16]

    @property
    def sha256(self) -> bytes:
        return self[16:48]

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return int.from_bytes(self[48:56], "big")

    @property
    def row(self) -> bytes:
        return self[56:72]

    @property
    def weights(self) -> tuple[int, ...]:
        """What the page weighs, in the order of the budgets."""
        return WEIGHTS.unpack_from(self, 72)

    @property
    def rest(self) -> bytes:
        return self[100:116]

    @property
    def troubled(self) -> bool:
        return self[116] == 1

    @property
    def others(self) -> list[bytes]:
        return split(self, HEADER.size) if len(self) > HEADER.size else []

    @property
    def is_file(self) -> bool:
        """Whether the task made a file, perhaps an empty one."""
        return self.sha256 != NOTHING

    @property
    def record(self) -> FileRecord:
        """What publishing calls the file."""
        return FileRecord(self.size, self.sha256.hex())


class Lost(Exception):
    """Something that the store should have is not there any more: all must be made anew."""


def _problems(rest: Any) -> tuple[Problem, ...]:
    """The problems in the remainder of an outcome."""
    found: tuple[Problem, ...] = getattr(rest, "problems", rest)
    return found


def _outcome(kept: bytes) -> Outcome:
    """The outcome at the beginning of what is kept of a task."""
    others = int.from_bytes(kept[HEADER.size - 4 : HEADER.size], "big")
    return Outcome(kept[: HEADER.size + others * SIZE])


def _together(digests: Iterable[bytes]) -> bytes:
    """One digest of many, whatever their order; given again with some of them, that of the others.

    Of all that is kept and of all inputs: with it, what was true of a whole site is still true.
    """
    return functools.reduce(operator.xor, map(int.from_bytes, digests), 0).to_bytes(KEY_SIZE, "big")


class Known(NamedTuple):
    """What the last builds kept of a task: its outcome; a digest of that and its reads; whether these hold."""

    outcome: Outcome
    digest: bytes
    holds: bool


class Made(NamedTuple):
    """What the function of a task gives: see Outcome."""

    rest: Any
    troubled: bool
    sha256: bytes = NOTHING
    size: int = 0
    row: bytes = NO_ROW
    weights: tuple[int, ...] = (0,) * 7


@dataclass(frozen=True, slots=True)
class Task:
    """Something to make. `inputs` is a digest of what it is told; what it reads is noted while `make` runs.

    One that `opens` its group must be without errors before the rest of it is tried. `entry` is the one that it
    belongs to, if it does.
    """

    name: str
    inputs: bytes
    make: Callable[[], Made]
    opens: bool = False
    entry: str = ""


class Workshop:
    """Does tasks, or takes their outcomes from the store."""

    def __init__(self, ledger: Ledger, store: Store, variant: str, jobs: int) -> None:
        """`variant` keeps apart what is made with different options."""
        self.bodies = {value: f"{node[1]}:{node[2]}" for node, value in ledger.nodes.items() if node[0] == "body"}
        self.ledger = ledger
        self.store = store
        self.variant = variant
        self.jobs = jobs
        self.outcomes: dict[str, Outcome] = {}
        # the names of tasks that were done, with digests of what is kept of them
        self.made: dict[str, bytes] = {}
        self.failures: list[Exception] = []

    @functools.cached_property
    def _said(self) -> tuple[bytes, bytes]:
        """What the last whole build said of all tasks together, and the inputs of that time, joined."""
        state = self.store.get("tasks", self._key(STATE)) or b""
        return state[:KEY_SIZE], state[KEY_SIZE:]

    @property
    def inputs_then(self) -> bytes:
        """The inputs of the last whole build that was sound, joined; empty where none is known."""
        return self._said[1]

    @functools.cached_property
    def inputs_now(self) -> bytes:
        """The inputs of this build, joined."""
        return joined(self.ledger.values)

    @functools.cached_property
    def known(self) -> dict[str, Known]:
        """What is kept of all tasks."""
        known = self._known(Truth(self.ledger.values, self._said[1]))
        if known and not self._is_said_of(known):
            known = self._known(Truth(self.ledger.values, None))
        return known

    @functools.cached_property
    def steady(self) -> bool:
        """Whether all that is kept is of one build that was sound."""
        return self._is_said_of(self.known)

    def _is_said_of(self, known: Mapping[str, Known]) -> bool:
        together, inputs = self._said
        return together == _together([digest_of(inputs), *(one.digest for one in known.values())])

    def _known(self, truth: Truth) -> dict[str, Known]:
        """What is kept of all tasks. Their reads, which are most of it, are looked at one after the other."""
        prefix = self._key("")
        return {
            key[len(prefix) :].decode(): Known(_outcome(value), digest_of(key + value), truth.of(value, HEADER.size))
            for key, value in self.store.each("tasks", prefix)
            if not key.endswith(STATE_KEY)
        }

    def _key(self, name: str) -> bytes:
        return f"{self.variant}:{name}".encode()

    def told(self, outcome: Outcome) -> Any:
        """The remainder of an outcome. Raises Lost."""
        kept = self.store.get("told", outcome.rest)
        if kept is None:
            raise Lost
        return pickle.loads(kept)  # noqa: S301  # written by us, under a checksum

    def problems_of(self, outcome: Outcome) -> tuple[Problem, ...]:
        """What was wrong with what a task made. Raises Lost."""
        return _problems(self.told(outcome)) if outcome.troubled else ()

    def still_good(self, task: Task) -> Outcome | None:
        """The kept outcome of a task, if nothing it was made from has changed."""
        kept = self.known.get(task.name)
        if kept is None or not kept.holds or kept.outcome.inputs != task.inputs:
            return None
        return kept.outcome

    def do(
        self, groups: Iterable[Sequence[Task]], tick: Callable[[], None], there: Callable[[str, Outcome], bool]
    ) -> None:
        """Do the tasks of every group that are not known; see Task for groups that stop.

        `there` tells whether the file of a known outcome is there, or must be made again because nobody has it.
        """
        open_groups: list[list[Task]] = []
        for group in groups:
            todo = []
            for task in group:
                outcome = self.still_good(task)
                if outcome is None or (outcome.is_file and not there(task.name.partition(":")[2], outcome)):
                    todo.append(task)
                else:
                    self.outcomes[task.name] = outcome
                    tick()
            if todo:
                open_groups.append(todo)
        for _ in self.make(open_groups):
            tick()

    def make(self, groups: Sequence[Sequence[Task]]) -> Iterator[tuple[str, bytes]]:
        """Do the tasks of groups, whatever is known of them; gives the name of each and what it read, joined."""
        # never an outcome without its remainder, also where the build is killed
        with self.store.gathering("told", "tasks") as keep:
            for done in each(self._do_group, groups, self.jobs):
                for name, made, reads, rest in done:
                    if isinstance(made, Outcome):
                        whole = made + reads
                        keep([(made.rest, rest)], [(self._key(name), whole)])
                        self.outcomes[name], self.made[name] = made, digest_of(self._key(name) + whole)
                    else:
                        self.failures.append(made)
                    yield name, reads

    def _do_group(self, group: Sequence[Task]) -> list[tuple[str, Outcome | Exception, bytes, bytes]]:
        """What errors there are elsewhere is not known yet, so an exception is kept until nothing else is wrong."""
        done: list[tuple[str, Outcome | Exception, bytes, bytes]] = []
        for task in group:
            try:
                with self.ledger.reading() as reads:
                    made = task.make()
            except Moved:
                raise
            except Exception as failure:  # raised by raise_failures
                done.append((task.name, failure, b"", b""))
                break
            rest = pickle.dumps(made.rest)
            others = [one for one in reads & self.bodies.keys() if self.bodies[one] != task.entry]
            told = HEADER.pack(
                task.inputs, made.sha256, made.size, made.row, *made.weights, key_of(rest), made.troubled, len(others)
            )
            done.append((task.name, Outcome(told + joined(others)), joined(reads), rest))
            if task.opens and made.troubled and has_errors(_problems(made.rest)):
                break
        return done

    def raise_failures(self) -> None:
        """Raise the first exception that a task ended in, when no problem explains it."""
        if self.failures:
            raise self.failures[0]

    def problems(self, beginning: str) -> list[Problem]:
        """The problems of all tasks whose names begin so."""
        troubled = (one for name, one in self.outcomes.items() if one.troubled and name.startswith(beginning))
        return [found for one in troubled for found in self.problems_of(one)]

    def kept(self, name: str, inputs: Set[bytes]) -> Known | None:
        """What is kept of a task, looked up by itself; whether it holds with these inputs."""
        key = self._key(name)
        value = self.store.get("tasks", key)
        return (
            Known(_outcome(value), digest_of(key + value), inputs >= set(split(value, HEADER.size))) if value else None
        )

    def outcome(self, name: str) -> Outcome:
        """The outcome of a task, also of one that nobody has asked for yet and that holds. Raises Lost."""
        if name not in self.outcomes:
            kept = self.kept(name, self.ledger.values)
            if kept is None or not kept.holds:
                raise Lost
            return kept.outcome
        return self.outcomes[name]

    def before(self, name: str) -> Outcome | None:
        """The outcome that the last builds kept, whether it still holds or not."""
        kept = self.known.get(name)
        return kept.outcome if kept else None

    def readers(self, inputs: Set[bytes]) -> dict[bytes, set[str]]:
        """The names of the tasks that have read each of the inputs. Raises Lost when others have changed the store."""
        prefix, whole = self._key(""), 0
        found: dict[bytes, set[str]] = defaultdict(set)
        for key, kept in self.store.each("tasks", prefix):
            name = key[len(prefix) :].decode()
            if name in self.outcomes and digest_of(key + kept) == self._digest(name):
                whole += 1
                for one in inputs & set(split(kept, HEADER.size)):
                    found[one].add(name)
        if whole < len(self.outcomes):
            raise Lost
        return found

    def _digest(self, name: str) -> bytes:
        """The digest of what is kept of a task."""
        return self.made[name] if name in self.made else self.known[name].digest

    @property
    def replaced(self) -> set[str]:
        """The names of tasks that were done or are no more."""
        return {*self.made, *(self.known.keys() - self.outcomes.keys())}

    def keep(self) -> None:
        """Keep what is true of all tasks together, and forget those that are no more."""
        gone = [self._key(name) for name in self.known if name not in self.outcomes]
        if not self.made and not gone and self.steady:
            return
        self._say(map(self._digest, self.outcomes))
        self.store.drop("tasks", gone)
        if self.store.count("tasks") > 5 * len(self.outcomes) + 1000:
            prefix = self._key("")
            self.store.drop("tasks", [key for key in self.store.keys("tasks") if not key.startswith(prefix)])
        self._sweep()

    def keep_made(self, before: Iterable[bytes]) -> None:
        """Keep what is true of all tasks together when some were made and no other was looked at.

        `before` are the digests of what was kept of those.
        """
        together, inputs = self._said
        self._say([together, digest_of(inputs), *before, *self.made.values()])

    def _say(self, digests: Iterable[bytes]) -> None:
        together = _together([digest_of(self.inputs_now), *digests])
        self.store.put("tasks", [(self._key(STATE), together + self.inputs_now)])

    def _sweep(self) -> None:
        """Forget remainders that no outcome has any more, once there are as many of them as of others."""
        if self.store.count("told") > 2 * self.store.count("tasks") + 1000:
            used = {_outcome(kept).rest for key, kept in self.store.all("tasks").items() if not key.endswith(STATE_KEY)}
            self.store.drop("told", self.store.keys("told") - used)
