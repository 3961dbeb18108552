"""The few things that Python's library does not do with files: two folders that change places, and durability."""

import contextlib
import ctypes
import errno
import functools
import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterable
from io import BufferedReader
from pathlib import Path

# Beyond this many files and folders one syncfs(2) takes less time than an fsync(2) of each, and promises the same.
FEW = 32
AT_FDCWD = -100
RENAME_EXCHANGE = 2
RENAME_SWAP = 2
FILE_MODE = 0o644
FOLDER_MODE = 0o755


class CannotExchange(Exception):
    """Two folders cannot change places in one step here: the system or the file system does not know how."""


@functools.cache
def _system() -> ctypes.CDLL | None:
    """The C library; None where there is none to speak of."""
    try:
        return ctypes.CDLL(None, use_errno=True)
    except (OSError, TypeError):
        return None


def _function(name: str) -> Callable[..., int] | None:
    return getattr(_system(), name, None) if sys.platform != "win32" else None


def exchange(one: Path, other: Path) -> None:
    """Let two folders change places in one step that no reader can see.

    Linux renameat2(2) with RENAME_EXCHANGE, macOS renamex_np(2) with RENAME_SWAP. Raises CannotExchange where that does
    not work, OSError when the disk fails.
    """
    first, second = os.fsencode(one), os.fsencode(other)
    if (rename := _function("renameat2")) is not None:
        failed = rename(AT_FDCWD, first, AT_FDCWD, second, RENAME_EXCHANGE)
    elif (swap := _function("renamex_np")) is not None:
        failed = swap(first, second, RENAME_SWAP)
    else:
        raise CannotExchange
    if failed:
        number = ctypes.get_errno()
        if number in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EXDEV, errno.EBUSY):
            raise CannotExchange
        raise OSError(number, os.strerror(number), str(one))


def can_exchange(output: Path, store: Path) -> bool:
    """Whether an output and a folder of its store could change places, tried with two empty folders.

    Raises OSError when the disk fails: that is no reason to replace files one by one on it.
    """
    try:
        homes = {os.stat(path).st_dev for path in (output.parent, output, store) if path.exists()}
        if len(homes) > 1 or os.path.ismount(output):
            return False
        pair = store / "try-1", store / "try-2"
        for path in pair:
            path.mkdir(exist_ok=True)
        exchange(*pair)
        for path in pair:
            path.rmdir()
    except CannotExchange:
        return False
    return True


def make_durable(paths: Iterable[str]) -> None:
    """Bring files and folders to the disk itself; those that are gone are passed over. Raises OSError."""
    wanted = list(paths)
    if len(wanted) > FEW and _function("syncfs") is not None:
        for path in _one_a_disk(wanted):
            _sync_all(path)
        return
    for path in wanted:
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            sync(path)


def _one_a_disk(paths: Iterable[str]) -> list[str]:
    """One path of each file system."""
    found = {}
    for path in paths:
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            found[os.stat(path, follow_symlinks=False).st_dev] = path
    return list(found.values())


def sync(path: str | Path) -> None:
    """fsync(2) of a file or folder; a system that cannot open folders (Windows) keeps them by itself."""
    if sys.platform == "win32" and os.path.isdir(path):
        return
    handle = os.open(path, os.O_RDWR if sys.platform == "win32" else os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        os.close(handle)


def _sync_all(path: str) -> None:
    """syncfs(2) of the file system that a path is on; it reports errors since Linux 5.8."""
    syncfs = _function("syncfs")
    assert syncfs is not None, "the caller has looked"
    handle = os.open(path, os.O_RDONLY)
    try:
        if syncfs(handle):
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), path)
    finally:
        os.close(handle)


def make_folder(path: str) -> None:
    """Make a folder, whatever the umask; one that is there is fine."""
    with contextlib.suppress(FileExistsError):
        os.mkdir(path)
        os.chmod(path, FOLDER_MODE)


def write_new(path: str, content: bytes) -> None:
    """Write a file that is not there yet, whatever the umask. Raises FileExistsError, OSError."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), FILE_MODE)
    try:
        os.chmod(handle if os.chmod in os.supports_fd else path, FILE_MODE)
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(handle, rest) :]
    except OSError as error:
        raise OSError(error.errno, error.strerror, path) from error
    finally:
        os.close(handle)


def write_private(path: Path, content: bytes) -> None:
    """Write a file of ours beside its place and move it there, so that nobody reads half of it."""
    aside = f"{path}.new"
    with contextlib.suppress(FileNotFoundError):
        os.unlink(aside)
    write_new(aside, content)
    os.replace(aside, path)


# How systems say that there is no file of ours at a path: nothing, a link, a socket, a folder, one we may not read.
NO_FILE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.EMLINK, errno.ENXIO, errno.EISDIR, errno.EACCES})


def open_file(path: str) -> BufferedReader | None:
    """A file to be read; None where there is none that we may read: nothing, a link, a folder, a device.

    Raises OSError when the disk fails: what it holds is then not known, and must not be taken for lost.
    """
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        if error.errno in NO_FILE:
            return None
        raise
    if stat.S_ISREG(os.fstat(handle).st_mode):
        return open(handle, "rb")
    os.close(handle)
    return None


# How systems say that a file cannot have one more name; where its folder may not be written, a copy is refused, too.
NO_SECOND_NAMES = frozenset({
    errno.EPERM, errno.EACCES, errno.EMLINK, errno.EXDEV, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS,
})  # fmt: skip


def same_file(source: str, target: str) -> None:
    """Give a file a second name, replacing what has it; a copy where the file system has no second names."""
    try:
        os.link(source, target, follow_symlinks=False)
    except FileExistsError:
        os.unlink(target)
        same_file(source, target)
    except (OSError, NotImplementedError) as error:
        if isinstance(error, OSError) and error.errno not in NO_SECOND_NAMES:
            raise
        shutil.copy2(source, target, follow_symlinks=False)


def gone(path: str) -> None:
    """Remove a file, if it is there."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        os.unlink(path)
