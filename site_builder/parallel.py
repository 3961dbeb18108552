"""Work on many things on all cores. The workers are forks, so the site is shared with them and not copied to each."""

import gc
import os
import pickle
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

Item = TypeVar("Item")
Result = TypeVar("Result")
# Fewer things than this are done at once in this process: starting others takes longer.
WORTH_FORKING = 150
BATCH = 25
# What ends an answer that nothing has cut short.
WHOLE = b"whole"
# So often a fork looks whether the process that started it is still there.
LOOK_SECONDS = 0.5

# What the workers inherit: set while they are started.
_work: tuple[Callable[[Any], Any], Sequence[Any]] = (lambda item: item, ())


def cores() -> int:
    """How many processes the machine gives us."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def each(function: Callable[[Item], Result], items: Sequence[Item], jobs: int) -> Iterator[Result]:
    """`function` of every item, in their order; results must be picklable when there are many items.

    In several processes only where that helps and is safe: a process with threads cannot be forked.
    """
    alone = jobs < 2 or len(items) < WORTH_FORKING or threading.active_count() > 1 or not hasattr(os, "fork")
    pool = None if alone else _pool(jobs)
    return _forked(function, items, pool) if pool else map(function, items)


def _pool(jobs: int) -> "ProcessPoolExecutor | None":
    """Workers to be; none where the system refuses their semaphores, as some containers do.

    Nobody needs to be told: one process gives the same results, as where there is no fork, only later.
    """
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    try:
        return ProcessPoolExecutor(jobs, get_context("fork"), _end_with, (os.getpid(),))
    except (NotImplementedError, OSError):
        return None


def _forked(function: Callable[[Item], Result], items: Sequence[Item], pool: "ProcessPoolExecutor") -> Iterator[Result]:
    global _work  # the one way to hand something over without pickling it
    _work = (function, items)
    starts = range(0, len(items), BATCH)
    gc.freeze()
    try:
        with pool:
            yield from chain.from_iterable(pool.map(_batch, starts))
    finally:
        gc.unfreeze()
        _work = (lambda item: item, ())


class Beside(Generic[Result]):
    """Something that is found out in a fork of its own while this process goes on.

    It must change nothing: where there is no second core, where a fork is not safe or where it fails, this process
    does it when the answer is asked for.
    """

    def __init__(self, find: Callable[[], Result]) -> None:
        self.find = find
        self.child = self.pipe = 0
        if cores() > 1 and threading.active_count() == 1 and hasattr(os, "fork"):
            self._fork()

    def _fork(self) -> None:
        pipe, end = os.pipe()
        parent = os.getpid()
        try:
            child = os.fork()
        except OSError:  # no more processes are allowed: this one does it, as where there is no fork
            os.close(pipe)
        else:
            if not child:
                _tell(self.find, pipe, end, parent)
            self.pipe, self.child = pipe, child
        os.close(end)

    def answer(self) -> Result:
        """What was found; may be asked for once. Raises what finding it raises."""
        told = b""
        if self.child:
            with open(self.pipe, "rb", closefd=False) as stream:
                told = stream.read()
        self.close()
        found: Result = pickle.loads(told) if told.endswith(WHOLE) else self.find()  # noqa: S301  # from our own fork
        return found

    def close(self) -> None:
        """Let go of the fork, whether it is done or not."""
        if self.child:
            os.close(self.pipe)
            os.kill(self.child, signal.SIGKILL)
            os.waitpid(self.child, 0)
            self.child = 0


def _tell(find: Callable[[], object], pipe: int, end: int, parent: int) -> None:
    """Write what is found to the end of a pipe and exit, also when finding it fails: the parent then finds it itself.

    A fork that held the reading side open as well would wait for ever for a parent that is gone to read.
    """
    try:
        os.close(pipe)
        _end_with(parent)
        with open(end, "wb") as stream:
            stream.write(pickle.dumps(find()) + WHOLE)
    finally:
        os._exit(0)


def _end_with(parent: int) -> None:
    """Let this fork end soon after the process that started it is gone, whatever it waits for.

    Other forks may hold its pipes open, so that no end of a pipe is a sign; and not every system has a signal for it.
    """

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(LOOK_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _batch(start: int) -> list[Any]:
    function, items = _work
    return [function(item) for item in items[start : start + BATCH]]
