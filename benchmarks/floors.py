"""Python-Markdown alone on the bodies of a corpus: what no generator that uses it can go below.

The extensions are those that the generator itself gives to Python-Markdown, so the floor moves with it. Run as a
process of its own (`floors.py PROJECT JOBS`), it prints the wall and CPU seconds of the conversions, without imports.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from corpus import PROJECT, bodies

CHUNK = 64


@dataclass(frozen=True, slots=True)
class Floor:
    """Seconds of the conversions of all bodies, with so many processes."""

    jobs: int
    wall: float
    cpu: float


def measure_floor(project: Path, jobs: int) -> Floor:
    """Convert all bodies of a project in a fresh process."""
    command = [sys.executable, __file__, str(project), str(jobs)]
    return Floor(**json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def engine_options() -> dict[str, Any]:
    """What the generator gives to Python-Markdown, overheard while it converts a text."""
    import markdown

    heard: list[dict[str, Any]] = []

    class Overheard(markdown.Markdown):
        def __init__(self, **options: Any) -> None:
            heard.append(options)
            super().__init__(**options)

    markdown.Markdown = Overheard  # type: ignore[misc]  # for as long as this process lives
    sys.path.insert(0, str(PROJECT))
    from site_builder.markup.markdown import to_html

    to_html("text")
    return heard[0]


def convert(texts: Sequence[str]) -> int:
    """Convert texts one after the other with one converter; gives the characters made."""
    import markdown

    converter = markdown.Markdown(**_options)
    return sum(len(converter.reset().convert(text)) for text in texts)


_options: dict[str, Any] = {}


def floor(texts: list[str], jobs: int) -> Floor:
    """Measure the conversion of texts; with more jobs than one, in forked processes."""
    _options.update(engine_options())
    started, before = time.perf_counter(), os.times()
    if jobs == 1:
        convert(texts)
    else:
        pieces = [texts[first : first + CHUNK] for first in range(0, len(texts), CHUNK)]
        with ProcessPoolExecutor(jobs, mp_context=get_context("fork")) as pool:
            list(pool.map(convert, pieces))
    return Floor(jobs, time.perf_counter() - started, sum(os.times()[:4]) - sum(before[:4]))


def main() -> int:
    """Measure and print, for measure_floor."""
    texts = bodies(sorted((Path(sys.argv[1]) / "content").rglob("*.md")))
    measured = floor(texts, int(sys.argv[2]))
    print(json.dumps({"jobs": measured.jobs, "wall": measured.wall, "cpu": measured.cpu}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
