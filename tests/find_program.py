"""Finds a program that the tests run and prints its path: `find_program.py chromium --install`.

With `--install` it is got with apt where that is allowed. Exits 1, saying what to install, when there is none: a test
is never skipped in silence.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

# Debian's packages that would start a server of the system when they are installed: only unpacked, and here.
UNPACKED = Path(__file__).resolve().parent.parent / "build/debian"
NO_WORDPRESS = "without it the proof of embedding in WordPress does not run"


@dataclass(frozen=True, slots=True)
class Program:
    """The names (or paths) a program goes by, the Debian packages that bring it, and what else helps.

    A program with `trial` is only found where it runs with these arguments: the packages bring the libraries it needs.
    """

    names: tuple[str, ...]
    packages: tuple[str, ...]
    advice: str
    variable: str = ""
    unpacked: bool = False
    trial: tuple[str, ...] = ()


PROGRAMS = {
    "chromium": Program(
        ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
        ("chromium", "fonts-dejavu-core"),
        "install Chromium or Chrome and set BROWSER to its path",
        "BROWSER",
    ),
    # The driver of the browser tests is a Node of its own, which pip installs without the libraries of the system.
    "playwright": Program(
        (str(Path(sys.executable).with_name("playwright")),),
        ("libatomic1",),
        "install what `playwright --version` says is missing",
        trial=("--version",),
    ),
    "java": Program(("java",), ("default-jre-headless",), "install a Java runtime, 17 or newer"),
    "npm": Program(("npm",), ("npm",), "install Node with npm"),
    "debootstrap": Program(("debootstrap",), ("debootstrap",), "without it `make bare` does not run"),
    "strace": Program(("strace",), ("strace",), "without it the proofs of publishing under faults do not run"),
    "mkfs.ext4": Program(
        ("mkfs.ext4",), ("e2fsprogs",), "without it the proofs of cut power and full disks do not run"
    ),
    "php": Program(("php",), ("php-cli", "php-mysql", "php-xml", "php-mbstring"), NO_WORDPRESS),
    "mariadbd": Program(("mariadbd", "/usr/sbin/mariadbd"), ("mariadb-server-core",), NO_WORDPRESS),
    "wordpress": Program(
        (f"{UNPACKED}/usr/share/wordpress",),
        (
            "wordpress",
            "wordpress-l10n",
            "wordpress-theme-twentytwentythree",
            "libjs-cropper",
            "libjs-underscore",
            "php-getid3",
        ),
        f"set WORDPRESS to a folder with WordPress; {NO_WORDPRESS}",
        "WORDPRESS",
        unpacked=True,
    ),
}


def find(program: Program) -> str | None:
    """The path of a program, from its variable or the usual names."""
    names = filter(None, (os.environ.get(program.variable, ""), *program.names))
    if program.unpacked:
        return next((name for name in names if Path(name).is_dir()), None)
    return next((path for name in names if (path := shutil.which(name)) and not fault(program, path)), None)


def fault(program: Program, path: str) -> str:
    """Why a program with a trial does not run, in its own words; empty where it runs."""
    if not program.trial:
        return ""
    tried = subprocess.run([path, *program.trial], capture_output=True, text=True, check=False)
    said = (tried.stderr or tried.stdout).strip() or f"exit {tried.returncode}"
    return "" if tried.returncode == 0 else said.splitlines()[0]


def install(program: Program) -> None:
    """Install (or only unpack) Debian's packages when we are root and there is apt."""
    if not (hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")):
        return
    apt("update", "-qq")
    if program.unpacked:
        unpack(program.packages)
    else:
        apt("install", "-y", "-qq", "--no-install-recommends", *program.packages)


def unpack(packages: tuple[str, ...]) -> None:
    """Put the files of Debian's packages under build/, running nothing of theirs."""
    UNPACKED.mkdir(parents=True, exist_ok=True)
    apt("download", "-qq", *packages, folder=UNPACKED)
    for package in sorted(UNPACKED.glob("*.deb")):
        subprocess.run(["dpkg-deb", "-x", str(package), str(UNPACKED)], check=True)
        package.unlink()


def apt(*command: str, folder: Path | None = None) -> None:
    """Run apt-get; whether it worked is seen by what is there afterwards."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", *command], env=environment, cwd=folder, stdout=sys.stderr, check=False)


def main() -> int:
    """Print the path, installing first where asked and needed."""
    name = sys.argv[1]
    program = PROGRAMS[name]
    if find(program) is None and "--install" in sys.argv:
        install(program)
    path = find(program)
    if path is None:
        packages = " ".join(program.packages)
        faults = [fault(program, there) for there in map(shutil.which, program.names) if there]
        state = f"does not run ({faults[0]})" if faults else "is missing"
        print(f"{name} {state}. Debian, Ubuntu: apt-get install {packages}. Others: {program.advice}.", file=sys.stderr)
        return 1
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
