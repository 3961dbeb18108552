"""Where a cold build spends its time: own time by function and by module, of one build in one process.

The profiler makes Python's own functions look dearer than they are beside what C does; shares tell where to look, and
run.py tells what was won.
"""

import argparse
import cProfile
import pstats
import shutil
import sys
import sysconfig
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus import PROJECT, write_corpus
from engines import BUILD_DAY

sys.path.insert(0, str(PROJECT))
PLACES = (
    (str(PROJECT) + "/", ""),
    (sysconfig.get_paths()["purelib"] + "/", ""),
    (sysconfig.get_paths()["stdlib"], "python"),
)

TEMPLATES = "/project/templates/"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a function took: its own seconds, those with all it called, and how often it was called."""

    name: str
    own: float
    total: float
    calls: int


def profiled(project: Path, output: Path) -> pstats.Stats:
    """Build cold under the profiler, imports and all."""
    for made in (output, project / ".site-builder"):
        shutil.rmtree(made, ignore_errors=True)
    profiler = cProfile.Profile()
    profiler.enable()
    from site_builder.cli import main

    code = main(["--project", str(project), "build", "--output", str(output), "--date", BUILD_DAY, "--jobs", "1"])
    profiler.disable()
    if code:
        raise SystemExit("the corpus does not build")
    return pstats.Stats(profiler)


def costs(stats: pstats.Stats) -> Iterator[Cost]:
    """Every function of a profile."""
    for (path, line, function), (_, calls, own, total, _) in stats.stats.items():  # type: ignore[attr-defined]  # typeshed leaves it out
        yield Cost(f"{_short(path)}:{line}({function})" if line else function, own, total, calls)


def _short(path: str) -> str:
    if TEMPLATES in path:
        return path[path.index(TEMPLATES) + 1 :]
    for beginning, instead in PLACES:
        if path.startswith(beginning):
            return instead + path.removeprefix(beginning)
    return path


def by_module(listed: list[Cost]) -> list[tuple[str, float]]:
    """Own seconds by file, or by package where it is not ours; functions of C by their own name."""
    sums: defaultdict[str, float] = defaultdict(float)
    for cost in listed:
        file = cost.name.partition(":")[0] if not cost.name.startswith(("<", "{")) else "C: " + cost.name
        sums[file if file.startswith(("site_builder", "C:", "python")) else file.partition("/")[0]] += cost.own
    return sorted(sums.items(), key=lambda one: -one[1])


def report(stats: pstats.Stats, count: int) -> str:
    """Two tables: the dearest functions and modules, by own time."""
    listed = sorted(costs(stats), key=lambda cost: -cost.own)
    whole = sum(cost.own for cost in listed)
    lines = [
        f"{whole:.2f} s under the profiler",
        "",
        f"{'own s':>8} {'share':>6} {'total s':>8} {'calls':>10}  function",
    ]
    lines += [
        f"{cost.own:8.2f} {cost.own / whole:6.1%} {cost.total:8.2f} {cost.calls:10d}  {cost.name}"
        for cost in listed[:count]
    ]
    lines += ["", f"{'own s':>8} {'share':>6}  module"]
    lines += [f"{own:8.2f} {own / whole:6.1%}  {name}" for name, own in by_module(listed)[:count]]
    return "\n".join(lines)


def main() -> int:
    """Profile a build of a corpus, which is made if none is named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", type=int, default=200, help="how many items (default 200)")
    parser.add_argument("--project", type=Path, help="a project that corpus.py wrote, instead of a new one")
    parser.add_argument("--functions", type=int, default=25, help="how many lines of each table (default 25)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        if options.project is None:
            write_corpus(folder, options.n, hugo=False)
        stats = profiled(options.project or folder / "project", folder / "out/public")
    print(report(stats, options.functions))
    return 0


if __name__ == "__main__":
    sys.exit(main())
