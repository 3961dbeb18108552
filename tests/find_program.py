"""Finds a program that the tests run and prints its path: `find_program.py chromium --install`.

With `--install` it is got with apt where that is allowed. Exits 1, saying what to install, when there is none: a test
is never skipped in silence.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Program:
    """The names a program goes by, the Debian packages that bring it, and what else helps."""

    names: tuple[str, ...]
    packages: tuple[str, ...]
    advice: str
    variable: str = ""


PROGRAMS = {
    "chromium": Program(
        ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
        ("chromium", "fonts-dejavu-core"),
        "install Chromium or Chrome and set BROWSER to its path",
        "BROWSER",
    ),
    "java": Program(("java",), ("default-jre-headless",), "install a Java runtime, 17 or newer"),
    "npm": Program(("npm",), ("npm",), "install Node with npm"),
    "strace": Program(("strace",), ("strace",), "without it the proofs of publishing under faults do not run"),
    "mkfs.ext4": Program(
        ("mkfs.ext4",), ("e2fsprogs",), "without it the proofs of cut power and full disks do not run"
    ),
}


def find(program: Program) -> str | None:
    """The path of a program, from its variable or the usual names."""
    names = (os.environ.get(program.variable, ""), *program.names)
    return next((path for name in names if (path := shutil.which(name))), None)


def install(program: Program) -> None:
    """Install Debian's packages when we are root and there is apt."""
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *program.packages]):
            subprocess.run(["apt-get", *command], env=environment, stdout=sys.stderr, check=False)


def main() -> int:
    """Print the path, installing first where asked and needed."""
    name = sys.argv[1]
    program = PROGRAMS[name]
    if find(program) is None and "--install" in sys.argv:
        install(program)
    path = find(program)
    if path is None:
        packages = " ".join(program.packages)
        print(
            f"{name} is missing. Debian, Ubuntu: apt-get install {packages}. Others: {program.advice}.", file=sys.stderr
        )
        return 1
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
