"""Prints measurements as tables: medians with their ranges, and ratios within rounds."""

import platform
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from floors import Floor
from measure import CPUS, Output, Run, Spread, spread
from serving import Served


@dataclass(frozen=True, slots=True)
class Row:
    """One measured build."""

    count: int
    round: int
    phase: str
    engine: str
    run: Run


@dataclass(slots=True)
class Results:
    """All that was measured so far."""

    has_hugo: bool
    rows: list[Row] = field(default_factory=list)
    floors: list[tuple[int, int, Floor]] = field(default_factory=list)
    outputs: list[tuple[int, str, Output]] = field(default_factory=list)
    served: list[tuple[int, str, Served]] = field(default_factory=list)

    def runs(self, count: int, phase: str, engine: str) -> dict[int, Run]:
        """The runs of a phase by their round."""
        wanted = (count, phase, engine)
        return {row.round: row.run for row in self.rows if (row.count, row.phase, row.engine) == wanted}


def report(results: Results) -> str:
    """All tables that there is something for."""
    parts = [_machine(results), *_build_tables(results), *_growth(results), *_served(results)]
    return "\n".join(parts)


def _machine(results: Results) -> str:
    told = f"{CPUS} CPUs, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    return told if results.has_hugo else f"{told}\nNo Hugo was found: ratios are to our own cold build of the round."


def _sizes(results: Results) -> list[int]:
    return sorted({row.count for row in results.rows})


# Builds -------------------------------------------------------------------------------------------------------

HEAD = (
    f"{'':10} {'':5} {'wall s':>22} {'n':>3} {'ratio':>20} {'CPU s':>7} {'largest':>8} {'together':>8} {'others':>7} "
    f"{'load':>5}"
)


def _build_tables(results: Results) -> Iterator[str]:
    for count in _sizes(results):
        yield f"\n{count} items in two languages\n{HEAD}"
        for phase in dict.fromkeys(row.phase for row in results.rows if row.count == count):
            for engine in dict.fromkeys(row.engine for row in results.rows):
                if runs := results.runs(count, phase, engine):
                    yield _build_line(phase, engine, runs, _reference(results, count, phase, engine))
        yield from _output_lines(results, count)
        yield from _floor_lines(results, count)


def _reference(results: Results, count: int, phase: str, engine: str) -> dict[int, Run]:
    """What runs are compared with: Hugo's of the same phase, else our own cold ones."""
    if not results.has_hugo:
        return results.runs(count, "cold", "ours") if phase != "cold" else {}
    return results.runs(count, phase, "hugo") if engine != "hugo" else {}


def _build_line(phase: str, engine: str, runs: dict[int, Run], reference: dict[int, Run]) -> str:
    listed = list(runs.values())
    ratios = [run.wall / reference[number].wall for number, run in runs.items() if number in reference]
    cpu = spread([run.cpu for run in listed]).median
    largest, together = max(run.largest for run in listed), max(run.together for run in listed)
    others, load = max(run.others for run in listed), max(run.load for run in listed)
    wall = _range(spread([run.wall for run in listed]))
    ratio = _range(spread(ratios)) if ratios else ""
    return (
        f"{phase:10} {engine:5} {wall:>22} {len(listed):3d} {ratio:>20} {cpu:7.2f} {largest:5d} MB {together:5d} MB "
        f"{others:7.0%} {load:5.1f}"
    )


def _range(told: Spread) -> str:
    digits = 3 if told.median < 1 else 2
    return f"{told.median:.{digits}f} ({told.least:.{digits}f}-{told.most:.{digits}f})"


def _output_lines(results: Results, count: int) -> Iterator[str]:
    """What each generator has written in its first build."""
    for size, engine, output in results.outputs:
        if size == count:
            yield f"{'output':10} {engine:5} {output.files:,} files, {output.bytes:,} bytes"


def _floor_lines(results: Results, count: int) -> Iterator[str]:
    """Python-Markdown alone, and what our cold build takes of it in the same round."""
    cold = results.runs(count, "cold", "ours")
    for jobs in sorted({floor.jobs for size, _, floor in results.floors if size == count}):
        floors = {number: floor for size, number, floor in results.floors if (size, floor.jobs) == (count, jobs)}
        wall, cpu = ([take(floor) for floor in floors.values()] for take in (_wall, _cpu))
        yield f"Python-Markdown alone in {jobs} process(es): {_range(spread(wall))} s, CPU {_range(spread(cpu))} s"
        for name, take in (("wall", _wall), ("CPU", _cpu)):
            ratios = [take(cold[number]) / take(floor) for number, floor in floors.items() if number in cold]
            if ratios:
                yield f"  our cold {name} is {_range(spread(ratios))} times that"


def _wall(measured: Run | Floor) -> float:
    return measured.wall


def _cpu(measured: Run | Floor) -> float:
    return measured.cpu


# Growth and preview -------------------------------------------------------------------------------------------


def _growth(results: Results) -> Iterator[str]:
    """How much longer a cold build of more items takes, by the medians."""
    sizes = _sizes(results)
    for engine in dict.fromkeys(row.engine for row in results.rows):
        for fewer, more in pairwise(sizes):
            few, many = (results.runs(size, "cold", engine) for size in (fewer, more))
            if few and many:
                ratio = _median(many, _wall) / _median(few, _wall)
                yield f"\nGrowth of a cold build of {engine}, {fewer} to {more} items: {ratio:.1f} times"


def _median(runs: dict[int, Run], take: Callable[[Run], float]) -> float:
    return spread([take(run) for run in runs.values()]).median


def _served(results: Results) -> Iterator[str]:
    for count, engine, served in results.served:
        pages = spread([one.page for one in served.latencies])
        reloads = [one.reload for one in served.latencies if one.reload is not None]
        told = f"reload {_range(spread(reloads))} s" if reloads else "no reload message"
        yield f"\nPreview, {count} items, {engine}: ready after {served.ready:.1f} s"
        yield f"saved to new page {_range(pages)} s, {told}, {pages.count} edits"
