"""One publisher at a time for an output: the system's own lock, which ends with its holder, however that one died."""

import contextlib
import datetime
import json
import os
import socket
import sys
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from site_builder.problems import Place, give_up, phrase

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

# Far behind the words, since Windows lets nobody else read what is locked.
LOCKED_BYTE = 1 << 30
HELD: set[int] = set()


class Lock:
    """A lock on a file that says who holds it."""

    def __init__(self, path: Path, shown: str) -> None:
        """`shown` is the output as messages name it."""
        self.path = path
        self.shown = shown
        self.handle = -1

    def __enter__(self) -> Self:
        """Take the lock. Raises ProblemsFound when another has it, OSError."""
        while not self._take():
            pass
        return self

    def _take(self) -> bool:
        """Take the lock on the file that is there now; False when somebody put another in its place meanwhile."""
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _lock(handle)
            if not self._is_there(handle):
                os.close(handle)
                return False
            os.ftruncate(handle, 0)
            os.write(handle, json.dumps(_ourselves()).encode())
        except (BlockingIOError, PermissionError):
            holder = _holder(handle)
            os.close(handle)
            give_up("output-busy", Place(self.shown), hint=phrase("hint.output-busy", **holder), **holder)
        except BaseException:
            os.close(handle)
            raise
        self.handle = handle
        HELD.add(handle)
        return True

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Let go; the file stays, since removing it would let two in.

        What the disk says to that changes nothing of what was published, and the lock ends in any case (close(2)).
        """
        HELD.discard(self.handle)
        for let_go in (partial(os.ftruncate, self.handle, 0), partial(os.close, self.handle)):
            with contextlib.suppress(OSError):
                let_go()

    def _is_there(self, handle: int) -> bool:
        """Whether the file that we locked is still the one that others find."""
        try:
            return os.path.samestat(os.fstat(handle), os.stat(self.path))
        except FileNotFoundError:
            return False


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        os.lseek(handle, LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        os.lseek(handle, 0, os.SEEK_SET)
    else:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _ourselves() -> dict[str, str]:
    """Who we are, for the message that others get."""
    since = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    return {"pid": str(os.getpid()), "host": socket.gethostname(), "since": since}


def _holder(handle: int) -> dict[str, str]:
    """Who holds the lock, as far as it says."""
    try:
        os.lseek(handle, 0, os.SEEK_SET)
        words = json.loads(os.read(handle, 1000))
        return {name: str(words[name]) for name in ("pid", "host", "since")}
    except (OSError, ValueError, KeyError, TypeError):
        return {"pid": "?", "host": "?", "since": "?"}


def _let_go_in_child() -> None:
    """A worker that outlives a killed parent must not hold its lock."""
    for handle in HELD:
        with contextlib.suppress(OSError):
            os.close(handle)
    HELD.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go_in_child)
