"""Which tool made something: a digest of this package's own sources and of the versions installed beside it."""

import functools
import hashlib
import sys
import sysconfig
from pathlib import Path

PACKAGE = Path(__file__).parent


@functools.cache
def fingerprint() -> bytes:
    """Changes with every change of this package, of a package it uses, and of Python."""
    told = hashlib.blake2b(sys.version.encode(), digest_size=16)
    installed = Path(sysconfig.get_path("purelib"))
    told.update("\n".join(sorted(path.name for path in installed.glob("*.dist-info"))).encode())
    for source in sorted(PACKAGE.rglob("*.py")):
        told.update(source.relative_to(PACKAGE).as_posix().encode() + b"\0" + source.read_bytes() + b"\0")
    return told.digest()
