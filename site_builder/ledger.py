"""Which inputs there are, each with a digest of its value, and which of them the running task has read.

A page or check is made from what it read and nothing else: while one runs, every value it takes from the site is noted
here. If all that it noted is still the same, making it again would give the same bytes.
"""

import hashlib
from collections.abc import Iterable, Iterator, Set
from contextlib import contextmanager

Node = tuple[str, ...]
SIZE = 12
# So many inputs that are gone are looked for one by one.
FEW = 20


class Ledger:
    """The inputs of a site, and the reads of the task that runs."""

    def __init__(self) -> None:
        self.nodes: dict[Node, bytes] = {}
        self.values: set[bytes] = set()
        self._reads: set[bytes] | None = None

    def declare(self, node: Node, value: object) -> None:
        """State an input and its value, a digest or anything whose `repr` tells all of it."""
        told = value if isinstance(value, bytes) else repr(value).encode()
        name = "\0".join(node).encode() + b"\0\0"
        self.values.discard(self.nodes.get(node, b""))
        self.nodes[node] = hashlib.blake2b(name + told, digest_size=SIZE).digest()
        self.values.add(self.nodes[node])

    def holds(self, reads: set[bytes]) -> bool:
        """Whether all inputs that were read, perhaps in an earlier build, have the same values."""
        return reads <= self.values

    def note(self, *node: str) -> None:
        """Tell that the running task reads an input. Raises KeyError for one that was not declared."""
        if self._reads is not None:
            self._reads.add(self.nodes[node])

    def note_all(self, reads: set[bytes]) -> None:
        """Tell that the running task uses something that was made from other reads."""
        if self._reads is not None:
            self._reads |= reads

    @contextmanager
    def reading(self) -> Iterator[set[bytes]]:
        """Collect the reads of what runs inside; what surrounds it has not read them."""
        before, self._reads = self._reads, set()
        try:
            yield self._reads
        finally:
            self._reads = before


def joined(reads: Iterable[bytes]) -> bytes:
    """Reads as one string of bytes, to be kept."""
    return b"".join(sorted(reads))


def split(kept: bytes, start: int = 0) -> list[bytes]:
    """The reads that are joined in a string of bytes, from `start` on."""
    return [kept[at : at + SIZE] for at in range(start, len(kept), SIZE)]


class Truth:
    """Tells whether what was read is still true: whether all inputs have the same values as then."""

    def __init__(self, known: Set[bytes], before: bytes | None) -> None:
        """`known` are the inputs; `before`, if known, those of a time at which all asked for was true, joined."""
        self.known = known
        gone = set(split(before)) - known if before is not None else set()
        self.gone = tuple(gone) if before is not None and len(gone) <= FEW else None

    def of(self, kept: bytes, start: int) -> bool:
        """Whether it is true of reads that are joined in `kept` from `start` on."""
        if self.gone is None:
            return self.known >= set(split(kept, start))
        return not any(kept.find(one, start) >= 0 for one in self.gone)
