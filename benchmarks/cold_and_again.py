"""How long a build takes: cold, again with nothing changed, and the command's own start, as whole processes.

Prints medians and their ratios to the first; run it on a quiet machine. Usage: cold_and_again.py [ITEMS] [RUNS]
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(PROJECT), str(PROJECT / "tests")]
PARAGRAPH = "Teikums par **pakalpojumu** un [māju](facility:salmu) ar skaitli [[fact:children]]. " * 6


def write_project(folder: Path, items: int) -> None:
    """A small site with `items` news items in two languages, about 300 words each."""
    from conftest import NEWS_EN, NEWS_LV, small_site

    files = small_site()
    body = "\n\n".join([PARAGRAPH] * 5)
    for number in range(items):
        stem = f"content/news/2016/n{number}"
        files[f"{stem}.lv.md"] = NEWS_LV + body
        files[f"{stem}.en.md"] = NEWS_EN.replace("slug: decision", f"slug: n{number}") + body
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    for name in ("templates", "static"):
        shutil.copytree(PROJECT / name, folder / name)


def seconds(*arguments: str) -> float:
    """The wall time of one run of the command; fails if the command does."""
    started = time.monotonic()
    subprocess.run([sys.executable, "-m", "site_builder", *arguments], check=True, capture_output=True, cwd=PROJECT)
    return time.monotonic() - started


def main() -> int:
    """Measure and print."""
    items = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "project"
        write_project(folder, items)
        times: dict[str, list[float]] = {"cold": [], "again": [], "start": []}
        for _ in range(runs):
            for made in ("public", ".site-builder"):
                shutil.rmtree(folder / made, ignore_errors=True)
            times["cold"].append(seconds("--project", str(folder), "build"))
            times["again"].append(seconds("--project", str(folder), "build"))
            times["start"].append(seconds("--help"))
    cold = statistics.median(times["cold"])
    print(f"{items} items in two languages, median of {runs} runs")
    for name, measured in times.items():
        middle = statistics.median(measured)
        spread = f"{min(measured):.2f}-{max(measured):.2f}"
        print(f"{name:6} {middle:7.2f} s  ({spread})  {middle / cold:5.2f} x cold")
    return 0


if __name__ == "__main__":
    sys.exit(main())
