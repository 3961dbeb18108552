"""Finds the system's Chromium for the browser tests and prints its path; `--install` gets it with apt where allowed.

Exits 1, saying what to install, when there is none: a browser test is never skipped in silence.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """The path of a Chromium, from $BROWSER or the usual names."""
    given = os.environ.get("BROWSER")
    if given and shutil.which(given):
        return given
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def install() -> None:
    """Install Debian's Chromium when we are root and there is apt."""
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        packages = ["chromium", "fonts-dejavu-core"]
        for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
            subprocess.run(["apt-get", *command], env=environment, stdout=sys.stderr, check=False)


def main() -> int:
    """Print the path, installing first where asked and needed."""
    if find() is None and "--install" in sys.argv:
        install()
    path = find()
    if path is None:
        print(
            "Chromium is missing. Debian, Ubuntu: apt-get install chromium. Others: install Chromium or",
            file=sys.stderr,
        )
        print("Chrome and set BROWSER to its path.", file=sys.stderr)
        return 1
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
