"""Reads a site again and again until its input ends, as visitors do: a page, and 0.3 ms later the assets it names.

`watch.py OUTPUT PAGE...` prints how often each content was met as JSON: `[[path, SHA-256 or "missing", times], ...]`.
"""

import hashlib
import json
import re
import select
import sys
import time
from collections import Counter
from pathlib import Path

ASSET = re.compile(rb"assets/[A-Za-z0-9_.-]+\.[0-9a-f]{12}\.[a-z0-9]+")
PAUSE = 0.0003


def watch(output: str, pages: list[str]) -> Counter[tuple[str, str]]:
    """What each path gave, until standard input ends."""
    met: Counter[tuple[str, str]] = Counter()

    def read(path: str) -> bytes:
        try:
            with Path(output, path).open("rb", buffering=0) as file:
                content = file.read()
        except OSError:
            met[path, "missing"] += 1
            return b""
        met[path, hashlib.sha256(content).hexdigest()] += 1
        return content

    print("reading", flush=True)
    while not select.select([sys.stdin], [], [], 0)[0]:
        for page in pages:
            content = read(page)
            time.sleep(PAUSE)
            for asset in set(ASSET.findall(content)):
                read(asset.decode())
    return met


if __name__ == "__main__":
    print(json.dumps([[*what, times] for what, times in watch(sys.argv[1], sys.argv[2:]).items()]))
