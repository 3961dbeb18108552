"""The inputs that tasks may read, a digest of the value of each, and the inputs that the running task has read.

A task depends on what it has read and on nothing else. While a task runs, every input that it reads is recorded here,
so the task is up to date as long as these inputs have the same values.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from typing import Any, TypeVar, cast

Value = TypeVar("Value")

# An input is named by words: ("word", "lv", "home"), ("body", "news", "2023/opening", "lv").
InputName = tuple[str, ...]
# Bytes of the digest of a value, and what stands in the place of one where there is no input.
DIGEST_SIZE = 12
NOT_THERE = bytes(DIGEST_SIZE)
Buffer = bytes | bytearray | memoryview


class DependencyTracker:
    """Gives every input a number, and records the numbers of the inputs that are read.

    Numbers are stable from build to build: those of the last one, with the values of that time, are the basis on which
    `changed` finds what is different.
    """

    def __init__(self, names: Sequence[str] = (), digests: Buffer = b"") -> None:
        """`names` and `digests` are those that `state` gave after the last build."""
        self._names = list(names)
        self._numbers = {name: number for number, name in enumerate(names) if name}
        self._free = [number for number, name in enumerate(names) if not name]
        self._before = bytes(digests)
        # the inputs of this build: their numbers by name, and their values by number
        self.inputs: dict[InputName, int] = {}
        self._digests = bytearray(len(self._before))
        self._reads: set[int] | None = None

    def set_input(self, name: InputName, value: object) -> None:
        """Declare an input with its value: bytes, or an object whose `repr` shows all of it."""
        content = value if isinstance(value, bytes) else repr(value).encode("utf-8", "surrogatepass")
        self.set_digest(name, blake2b(content, digest_size=DIGEST_SIZE).digest())

    def set_digest(self, name: InputName, digest: bytes) -> None:
        """Declare an input by the digest of its value: `DIGEST_SIZE` bytes, not all of them zero."""
        whole = "\0".join(name)
        number = self._numbers.get(whole)
        if number is None:
            number = self._number_for(whole)
        self.inputs[name] = number
        self._digests[number * DIGEST_SIZE : (number + 1) * DIGEST_SIZE] = digest

    def _number_for(self, name: str) -> int:
        """A number for an input that the last build did not have."""
        number = self._free.pop() if self._free else len(self._names)
        if number == len(self._names):
            self._names.append(name)
            self._digests += NOT_THERE
        self._names[number] = name
        self._numbers[name] = number
        return number

    def digest(self, name: InputName) -> bytes:
        """The digest of an input of this build. Raises KeyError."""
        number = self.inputs[name]
        return bytes(self._digests[number * DIGEST_SIZE : (number + 1) * DIGEST_SIZE])

    def is_unchanged(self) -> bool:
        """Whether the inputs are those of the last build, all with the same values."""
        return self._digests == self._before

    def changed(self) -> set[int]:
        """The inputs of the last build that have another value now, or are gone."""
        before, now = self._before, self._digests
        if now.startswith(before):
            return set()
        starts = range(0, len(before), DIGEST_SIZE)
        different = {at // DIGEST_SIZE for at in starts if before[at : at + DIGEST_SIZE] != now[at : at + DIGEST_SIZE]}
        return {
            number for number in different if before.find(NOT_THERE, at := number * DIGEST_SIZE, at + DIGEST_SIZE) < 0
        }

    def names_of(self, numbers: Container[int]) -> dict[int, InputName]:
        """The names of some inputs of this build or of the last one, by number."""
        return {number: tuple(name.split("\0")) for number, name in enumerate(self._names) if number in numbers}

    def state(self) -> tuple[list[str], bytes]:
        """Names of the inputs of this build by number, and all their digests; a free number has an empty name."""
        there = set(self.inputs.values())
        if len(there) == len(self._names):
            return self._names, bytes(self._digests)
        return [name if number in there else "" for number, name in enumerate(self._names)], bytes(self._digests)

    # Reads

    def record_read(self, *name: str) -> None:
        """Record that the running task reads an input. Raises KeyError for one that is not declared."""
        if self._reads is not None:
            self._reads.add(self.inputs[name])

    def record_reads(self, reads: Iterable[int]) -> None:
        """Record that the running task uses a value that was computed from other reads."""
        if self._reads is not None:
            self._reads.update(reads)

    @contextmanager
    def recording(self) -> Iterator[set[int]]:
        """Collect the reads of what runs inside; they do not count as reads of what runs outside."""
        outer, self._reads = self._reads, set()
        try:
            yield self._reads
        finally:
            self._reads = outer


class Memo:
    """Values that were computed from inputs, with the reads of each; one whose inputs have changed is dropped.

    The newest `size` values stay, for as long as the process lives.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self._values: dict[object, tuple[Any, set[int]]] = {}

    def get(self, key: object, compute: Callable[[], Value], tracker: DependencyTracker) -> Value:
        """The value of a key, computed where it is not known; the running task reads what the value was made from."""
        if key not in self._values:
            try:
                with tracker.recording() as reads:
                    value = compute()
            except Exception:
                # that there is no value depends on what was read
                tracker.record_reads(reads)
                raise
            while len(self._values) >= self.size:
                del self._values[next(iter(self._values))]
            self._values[key] = value, reads
        known, reads = self._values[key]
        tracker.record_reads(reads)
        return cast("Value", known)

    def drop(self, changed: set[int]) -> None:
        """Drop the values that were computed from one of these inputs."""
        if changed:
            self._values = {key: one for key, one in self._values.items() if one[1].isdisjoint(changed)}
