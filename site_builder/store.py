"""What is slow to make, kept from build to build in one SQLite file that may be deleted at any time.

Everything in it is the value of a pure function under a digest of all that the function was given, so an entry of an
older state, of another branch or of another tool is never wrong, only unused. Every entry carries a checksum of its key
and value: a damaged one is a miss. Two builds may use it at once; where it cannot be used, everything is made anew.
"""

import contextlib
import hashlib
import os
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

FOLDER = ".site-builder/cache"
# The number is that of the layout.
FILE = "store-2.sqlite3"
# Source files by their stat, units of reading, HTML of Markdown, pictures, what whole builds found, interface words,
# details of the results of tasks, contents of made files, the history of facts.
TABLES = ("files", "units", "html", "pictures", "states", "words", "details", "contents", "history")
CHECKSUM = 4
# Bytes of a digest of values.
KEY_SIZE = 16
# However small a site is, so many values of a table are kept.
LEAST_KEPT = 1000
# So many values are gathered before they are written.
GATHERED = 200
# Seconds to wait for another build that writes.
PATIENCE = 10


def digest_of(content: bytes) -> bytes:
    """A digest of bytes (BLAKE2b)."""
    return hashlib.blake2b(content, digest_size=KEY_SIZE).digest()


def key_of(*parts: object) -> bytes:
    """A digest of values, told apart by their `repr`."""
    return digest_of(repr(parts).encode("utf-8", "surrogateescape"))


class Store:
    """The kept values. Without a folder they are kept in memory, as long as the process lives."""

    def __init__(self, folder: Path | None = None, *, fresh: bool = False) -> None:
        """With `fresh` what is there is thrown away."""
        self.path = folder / FILE if folder else None
        if fresh:
            self._throw_away()
        self._connection: sqlite3.Connection | None = None
        self._process = 0

    def get(self, table: str, key: bytes) -> bytes | None:
        """A value, if it is known and whole."""
        rows = self._ask(f"SELECT value FROM {table} WHERE key = ?", (key,))  # noqa: S608  # a name of TABLES
        return _checked(key, rows[0][0]) if rows else None

    def all(self, table: str) -> dict[bytes, bytes]:
        """All whole values of a table."""
        return dict(self.each(table))

    def each(self, table: str, prefix: bytes = b"") -> Iterator[tuple[bytes, bytes]]:
        """The whole values of keys that begin so, one after the other: they need not be in memory all at once."""
        question = f"SELECT key, value FROM {table} WHERE key >= ? AND key < ?"  # noqa: S608  # as above
        try:
            for key, kept in self._open().execute(question, (prefix, prefix + b"\xff" * 64)):
                if (value := _checked(key, kept)) is not None:
                    yield key, value
        except sqlite3.DatabaseError as error:
            self._failed(error)

    def put(self, table: str, values: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep values; a full or locked disk only costs time."""
        rows = ((key, _checksum(key, value) + value) for key, value in values)
        self._change(f"INSERT OR REPLACE INTO {table} (key, value) VALUES (?, ?)", rows)  # noqa: S608  # as above

    @contextlib.contextmanager
    def gathering(self, *tables: str) -> Iterator[Callable[..., None]]:
        """Gives a function that keeps values, some for each table, many at a time: a change costs as much as hundreds.

        Nothing is in a table before what was given with it for the tables named earlier. Where the work ends in an
        exception, the values that were given before it are kept as well.
        """
        waiting: dict[str, dict[bytes, bytes]] = {table: {} for table in tables}

        def write() -> None:
            for table, values in waiting.items():
                self.put(table, values.items())
                values.clear()

        def keep(*given: Iterable[tuple[bytes, bytes]]) -> None:
            for values, more in zip(waiting.values(), given, strict=True):
                values.update(more)
            if max(map(len, waiting.values())) >= GATHERED:
                write()

        try:
            yield keep
        finally:
            write()

    def drop(self, table: str, keys: Iterable[bytes]) -> None:
        """Forget values."""
        self._change(f"DELETE FROM {table} WHERE key = ?", ((key,) for key in keys))  # noqa: S608  # as above

    def bound(self, table: str, most: int) -> None:
        """Forget all values but those that were kept last; one that is asked for later is made and kept again."""
        self._change(f"DELETE FROM {table} WHERE rowid <= (SELECT max(rowid) FROM {table}) - ?", [(most,)])  # noqa: S608  # as above

    def keys(self, table: str) -> set[bytes]:
        """All keys of a table."""
        return {row[0] for row in self._ask(f"SELECT key FROM {table}", ())}  # noqa: S608  # as above

    def count(self, table: str) -> int:
        """How many values a table has."""
        rows = self._ask(f"SELECT count(*) FROM {table}", ())  # noqa: S608  # as above
        return int(rows[0][0]) if rows else 0

    def close(self) -> None:
        """Let go of the file; it is opened again when it is needed, also in a forked process."""
        if self._connection is not None and self._process == os.getpid():
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
        self._connection = None

    # SQLite ----------------------------------------------------------------------------------------------------

    def _ask(self, question: str, values: tuple[bytes, ...]) -> list[tuple[bytes, ...]]:
        for _ in _attempts():
            try:
                return self._open().execute(question, values).fetchall()
            except sqlite3.DatabaseError as error:
                self._failed(error)
        return []

    def _change(self, statement: str, rows: Iterable[tuple[bytes | int, ...]]) -> None:
        listed = list(rows)
        for _ in _attempts():
            try:
                with self._open() as connection:
                    connection.executemany(statement, listed)
                return
            except sqlite3.DatabaseError as error:
                self._failed(error)

    def _open(self) -> sqlite3.Connection:
        """The connection of this process: SQLite's must not be carried over a fork."""
        if self._connection is None or self._process != os.getpid():
            self._process = os.getpid()
            try:
                if self.path:
                    self.path.parent.mkdir(parents=True, exist_ok=True)
                self._connection = sqlite3.connect(self.path or ":memory:", timeout=PATIENCE, check_same_thread=False)
            except (OSError, sqlite3.OperationalError):
                self.path = None
                self._connection = sqlite3.connect(":memory:", check_same_thread=False)
            self._prepare(self._connection)
        return self._connection

    @staticmethod
    def _prepare(connection: sqlite3.Connection) -> None:
        """Nothing here is worth waiting for a disk: what a power cut damages is made anew."""
        connection.execute("PRAGMA journal_mode = TRUNCATE")
        connection.execute("PRAGMA synchronous = OFF")
        for table in TABLES:
            connection.execute(f"CREATE TABLE IF NOT EXISTS {table} (key BLOB PRIMARY KEY, value BLOB)")

    def _failed(self, error: sqlite3.DatabaseError) -> None:
        """A file that is no database any more is put away; where a disk refuses, memory takes its place."""
        self.close()
        if isinstance(error, sqlite3.OperationalError):
            self.path = None
        self._throw_away()

    def _throw_away(self) -> None:
        for name in (FILE, f"{FILE}-journal"):
            if self.path is not None:
                with contextlib.suppress(OSError):
                    self.path.with_name(name).unlink()


def _attempts() -> Iterator[int]:
    """What fails once is tried again with an empty file in the place of a damaged one, or in memory."""
    return iter(range(2))


def _checksum(key: bytes, value: bytes) -> bytes:
    """Tells damage, not intent: readers of the store decode data and run nothing."""
    return zlib.crc32(value, zlib.crc32(key)).to_bytes(CHECKSUM, "big")


def _checked(key: bytes, kept: object) -> bytes | None:
    if not isinstance(kept, bytes) or not isinstance(key, bytes) or not key:
        return None
    checksum, value = kept[:CHECKSUM], kept[CHECKSUM:]
    return value if checksum == _checksum(key, value) else None
