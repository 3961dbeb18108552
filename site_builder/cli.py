"""The command line: arguments, exit codes, and everything that is printed.

Exit codes: 0 fine, 1 problems found, 2 wrong command line. Heavy modules are imported only by the command that needs
them, so that help, mistakes and a run with nothing to do stay quick.
"""

import argparse
import datetime
import io
import json
import os
import re
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO, cast

from site_builder.phrases import PHRASES
from site_builder.problems import Place, Problem, ProblemsFound, has_errors, phrase, problem, spoken_seconds, to_json

if TYPE_CHECKING:
    from site_builder.build import Built

ALIASES = {"server": "serve", "dev": "serve", "preview": "serve", "validate": "check", "doctor": "check"}
SHOWN_PROBLEMS = 200
# So often progress is drawn.
SECONDS_BETWEEN_DRAWINGS = 0.1
# Longer lines are hard to read on a wide screen.
WIDEST = 100


class WrongUse(Exception):
    """The command line cannot be understood; the message says why, in the language of messages."""


class Unheard(Exception):
    """A stream does not take what is printed: a full disk, a terminal that is gone. Holds the stream's name and why."""

    def __init__(self, stream: str, error: OSError) -> None:
        super().__init__(stream, error.strerror or error)


class _Heard:
    """A stream whose failures are told from those of the disk that holds the site."""

    def __init__(self, name: str, stream: TextIO) -> None:
        self._name = name
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Raises Unheard; BrokenPipeError when the reader wants no more."""
        return int(self._given(self._stream.write, text))

    def flush(self) -> None:
        """Raises as `write` does."""
        self._given(self._stream.flush)

    def _given(self, ask: Callable[..., Any], *given: str) -> Any:
        try:
            return ask(*given)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise Unheard(self._name, error) from error


# argparse's own English sentences, as patterns, and the phrase that says the same.
USAGE = (
    (r"unrecognized arguments: (?P<words>.*)", "usage.unknown"),
    (r"argument (?P<name>.*?): invalid choice: '(?P<value>.*?)' \(choose from (?P<choices>.*)\)", "usage.choice"),
    (r"argument (?P<name>.*?): expected one argument", "usage.value-missing"),
    (r"the following arguments are required: (?P<names>.*)", "usage.required"),
    (r"argument (?P<name>.*?): (?P<wanted>.*)", "usage.value"),
)


class _Parser(argparse.ArgumentParser):
    """argparse that raises instead of exiting."""

    def error(self, message: str) -> NoReturn:
        raise WrongUse(message)


class _Help(argparse.HelpFormatter):
    """Help whose headings are in the language of messages."""

    def __init__(self, prog: str, say: Callable[..., str]) -> None:
        super().__init__(prog, max_help_position=32)
        self.say = say

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, self.say("cli.usage") if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        titles = {"options": "cli.options", "positional arguments": "cli.verbs"}
        super().start_section(self.say(titles[heading]) if heading in titles else heading)


def _explain(message: str, say: Callable[..., str]) -> str:
    """What argparse complains of, in the language of messages."""
    for pattern, key in USAGE:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return say(key, **found.groupdict())
    return message


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; gives the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    language = _language_of(given)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower().replace("-", "") != "utf8":
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    say = speaker(language)
    try:
        options = _parser(say).parse_args(given)
    except WrongUse as error:
        print(say("cli.wrong-use", reason=_explain(str(error), say)), file=sys.stderr)
        return 2
    heard = cast("TextIO", _Heard("stdout", sys.stdout)), cast("TextIO", _Heard("stderr", sys.stderr))
    with redirect_stdout(heard[0]), redirect_stderr(heard[1]):
        try:
            code = _answered(options, language)
            sys.stdout.flush()
            return code
        except BrokenPipeError:
            pass
        except Unheard as error:
            stream, reason = error.args
            told = problem("unheard", Place(stream), reason=reason, hint=phrase("hint.unheard"))
            with suppress(Unheard, BrokenPipeError):
                _show([told], language, as_json=False)
        _say_no_more()
        return 1


def _answered(options: argparse.Namespace, language: str) -> int:
    """Run a command; whatever stops it is printed as problems. Raises Unheard, BrokenPipeError."""
    as_json = getattr(options, "json", False)
    try:
        return _run(options, language)
    except ProblemsFound as found:
        _show(found.problems, language, as_json=as_json)
    except KeyboardInterrupt:
        print(file=sys.stderr)
    except BrokenPipeError:
        raise
    except OSError as error:
        place = Place(str(error.filename or "."))
        _show([problem("disk", place, reason=error.strerror or error)], language, as_json=as_json)
    return 1


def _say_no_more() -> None:
    """What the streams still hold is dropped, or Python would try to write it at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with suppress(Unheard, BrokenPipeError):
            stream.flush()
        os.dup2(nowhere, stream.fileno())


def speaker(language: str) -> Callable[..., str]:
    def say(key: str, /, **params: object) -> str:
        return PHRASES[key][language].format(**params)

    return say


def _language_of(arguments: list[str]) -> str:
    """The language of messages: asked for, else the site's, else Latvian; found before anything heavy is loaded."""
    for index, word in enumerate(arguments):
        if word == "--messages" and arguments[index + 1 : index + 2] in (["lv"], ["en"]):
            return arguments[index + 1]
        if word in ("--messages=lv", "--messages=en"):
            return word[-2:]
    named = [word.removeprefix("--project=") for word in arguments if word.startswith("--project=")]
    named += [arguments[index + 1] for index, word in enumerate(arguments[:-1]) if word == "--project"]
    project = Path(named[0]) if named else Path.cwd()
    for folder in (project, *project.resolve().parents):
        try:
            for line in (folder / "content/site.yaml").read_text("utf-8").splitlines():
                if found := re.match(r"""messages:\s*["']?(lv|en)\b""", line):
                    return found[1]
        except (OSError, RuntimeError, UnicodeDecodeError):
            continue
    return "lv"


def _parser(say: Callable[..., str]) -> argparse.ArgumentParser:
    def style(prog: str) -> argparse.HelpFormatter:
        return _Help(prog, say)

    common = _Parser(add_help=False)
    common.add_argument("--messages", choices=("lv", "en"), default=None, help=say("cli.messages"))
    parser = _Parser(
        prog="site-builder", description=say("cli.about"), parents=[common], add_help=False, formatter_class=style
    )
    parser.add_argument("-h", "--help", action="help", help=say("cli.help"))
    parser.add_argument("--project", type=Path, default=None, metavar="DIR", help=say("cli.project"))
    parser.add_argument("--version", action=_Version, nargs=0, help=say("cli.version"))
    verbs = parser.add_subparsers(dest="verb", metavar=say("cli.verb"), parser_class=_Parser)
    names = {verb: [alias for alias, target in ALIASES.items() if target == verb] for verb in ("serve", "check")}

    def add(verb: str) -> argparse.ArgumentParser:
        made = verbs.add_parser(
            verb,
            help=say(f"cli.{verb}"),
            aliases=names.get(verb, []),
            parents=[common],
            add_help=False,
            formatter_class=style,
        )
        made.add_argument("-h", "--help", action="help", help=say("cli.help"))
        made.set_defaults(run=verb)
        return made

    build = add("build")
    build.add_argument("--output", type=Path, default=None, metavar="DIR", help=say("cli.output"))
    build.add_argument("--base-url", type=_url, default=None, metavar="URL", help=say("cli.base-url"))
    build.add_argument("--date", type=_date, default=None, metavar="YYYY-MM-DD", help=say("cli.date"))
    build.add_argument("--drafts", action="store_true", help=say("cli.drafts"))
    build.add_argument("--clean", action="store_true", help=say("cli.clean"))
    build.add_argument("--jobs", type=_positive, default=None, metavar="N", help=say("cli.jobs"))
    build.add_argument("--json", action="store_true", help=say("cli.json"))
    build.add_argument("--why", nargs="?", const="", default=None, metavar="PATH", help=say("cli.why"))
    serve = add("serve")
    serve.add_argument("--host", default="127.0.0.1", help=say("cli.host"))
    serve.add_argument("--port", type=_positive, default=8000, help=say("cli.port"))
    serve.add_argument("--drafts", action="store_true", help=say("cli.drafts"))
    check = add("check")
    check.add_argument("--output", type=Path, default=None, metavar="DIR", help=say("cli.output-released"))
    check.add_argument("--strict", action="store_true", help=say("cli.strict"))
    check.add_argument("--date", type=_date, default=None, metavar="YYYY-MM-DD", help=say("cli.date"))
    check.add_argument("--json", action="store_true", help=say("cli.json"))
    status = add("status")
    status.add_argument("--date", type=_date, default=None, metavar="YYYY-MM-DD", help=say("cli.status-date"))
    status.add_argument("--json", action="store_true", help=say("cli.status-json"))
    changes = add("changes")
    changes.add_argument("--record", action="store_true", help=say("cli.record"))
    new = add("new")
    new.add_argument("kind", choices=("news", "page", "facility", "partner"), help=say("cli.kind"))
    new.add_argument("titles", nargs="*", metavar=say("cli.title"), help=say("cli.titles"))
    releases = add("releases")
    releases.add_argument("--output", type=Path, default=None, metavar="DIR", help=say("cli.output-released"))
    releases.add_argument("--json", action="store_true", help=say("cli.json-releases"))
    rollback = add("rollback")
    rollback.add_argument(
        "number", nargs="?", type=_positive, metavar=say("cli.number"), help=say("cli.rollback-number")
    )
    rollback.add_argument("--output", type=Path, default=None, metavar="DIR", help=say("cli.output-released"))
    return parser


class _Version(argparse.Action):
    """Prints the version, which is looked up only then."""

    def __call__(self, parser: argparse.ArgumentParser, *given: Any) -> NoReturn:
        print(_version())
        parser.exit()


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"site-builder {version('site-builder')}"
    except PackageNotFoundError:
        return "site-builder"


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"YYYY-MM-DD: {text}") from error


def _positive(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"1–65535: {text}")
    return int(text)


def _url(text: str) -> str:
    from site_builder.config import is_base_url

    if not is_base_url(text):
        raise argparse.ArgumentTypeError(f"https://…/: {text}")
    return text


# Commands ------------------------------------------------------------------------------------------------------


def _run(options: argparse.Namespace, language: str) -> int:
    from site_builder.project import project_folder

    if not getattr(options, "run", None):
        _parser(speaker(language)).print_help()
        return 2
    project = project_folder(options.project, Path.cwd())
    commands = {
        "build": _build,
        "check": _check,
        "serve": _serve,
        "status": _status,
        "changes": _changes,
        "new": _new,
        "releases": _releases,
        "rollback": _rollback,
    }
    return commands[options.run](project, options, language)


def _build(project: Path, options: argparse.Namespace, language: str) -> int:
    from site_builder.unchanged import Before, Memory

    started = time.monotonic()
    output = _output(project, options)
    memory = Memory(project, output, options.base_url, options.drafts)
    looks = options.clean or options.why is not None
    before = None if looks else memory.recall(options.date.isoformat() if options.date else "")
    if before:
        _show(before.problems, language, as_json=options.json)
        if not options.json:
            _published(language, started, output, before.pages)
            print(speaker(language)("cli.look"))
        return 0
    _collect_seldom()
    from site_builder.build import build
    from site_builder.config import Options

    with ExitStack() as stack:
        progress = _progress(stack, speaker(language))
        wanted = Options(options.base_url, options.date, options.drafts)
        built, report = build(project, output, wanted, progress, rewrite=options.clean, jobs=options.jobs)
    _show(built.problems, language, as_json=options.json)
    say = speaker(language)
    if report is None:
        # where the disk refused, the problem itself says which site readers see
        if not any(found.code == "publish-failed" for found in built.problems):
            print(say("cli.not-published", output=_short(output)), file=sys.stderr)
        return 1
    memory.keep(Before(report.manifest, *built.calendar, built.problems, built.pages))
    if options.why is not None and not _explain_files(built, options.why, language, as_json=options.json):
        return 1
    if not options.json:
        _published(language, started, output, built.pages, len(report.written), len(report.removed))
        if report.way == "in-place":
            print(say("cli.in-place"))
        print(say("cli.look"))
    return 0


def _explain_files(built: "Built", wanted: str, language: str, *, as_json: bool) -> bool:
    """Print why files were made again, beside JSON to stderr; gives whether the file asked for is there."""
    from site_builder.why import find_path, lines, reason_text

    say, stream, made = speaker(language), sys.stderr if as_json else sys.stdout, built.made
    if not wanted:
        for line in lines(made, language):
            print(line, file=stream)
        if not made:
            print(say("why.nothing"), file=stream)
        return True
    path = find_path(wanted, (file.path for file in built.planned))
    if path is None:
        print(say("why.unknown", path=wanted), file=sys.stderr)
        return False
    reason = made.get(path)
    print(f"{path} ← {reason_text(reason, language)}" if reason else say("why.up-to-date", path=path), file=stream)
    return True


def _collect_seldom() -> None:
    """Nearly all that a build makes lives to its end: looking for garbage among it takes a third of some builds."""
    import gc

    gc.set_threshold(200_000, 20, 100)


def _published(
    language: str,
    started: float,
    output: Path,
    pages: Sequence[tuple[str, int]],
    written: int = 0,
    removed: int = 0,
) -> None:
    say = speaker(language)
    told = ", ".join(f"{code} {count}" for code, count in pages)
    seconds = spoken_seconds(time.monotonic() - started, language)
    print(say("cli.published", pages=told, seconds=seconds, output=_short(output), written=written, removed=removed))


def _check(project: Path, options: argparse.Namespace, language: str) -> int:
    from site_builder.budgets import told, worst
    from site_builder.build import check
    from site_builder.config import Options

    with ExitStack() as stack:
        wanted = Options(None, options.date, False)
        built = check(project, _output(project, options), wanted, _progress(stack, speaker(language)))
    _show(built.problems, language, as_json=options.json)
    wrong = has_errors(built.problems) or (options.strict and any(p.severity == "warning" for p in built.problems))
    if built.planned and not options.json:
        print(speaker(language)("cli.budgets"))
        for weight in worst(built.weights):
            print(f"  {told(weight).text(language)} ({weight.page})")
    if not options.json and not wrong:
        pages = ", ".join(f"{code} {count}" for code, count in built.pages)
        print(speaker(language)("cli.checked", pages=pages))
    return 1 if wrong else 0


def _serve(project: Path, options: argparse.Namespace, language: str) -> int:
    from site_builder.serve import serve

    _collect_seldom()
    return serve(project, options.host, options.port, drafts=options.drafts, language=language)


def _status(project: Path, options: argparse.Namespace, language: str) -> int:
    import shutil

    from site_builder.config import Options
    from site_builder.problems import in_order
    from site_builder.status import as_dict, load, status
    from site_builder.status_text import lines

    config, entries, problems = load(project, Options(today=options.date))
    report, told = status(entries, config, language), in_order(problems)
    if options.json:
        print(json.dumps(as_dict(report, told, language), ensure_ascii=False, indent=2))
        return 0
    _show(told, language, as_json=False)
    columns = min(shutil.get_terminal_size().columns, WIDEST)
    for line in lines(report, language, columns, errors=has_errors(told)):
        print(_styled(line.text, line.style))
    return 0


def _changes(project: Path, options: argparse.Namespace, language: str) -> int:
    from site_builder.record.keep import keep, pending
    from site_builder.record.log import LOG

    say = speaker(language)
    log, found = pending(project)
    for one in found.changes:
        form = {"value": "changes.line", "wording": "changes.words"}.get(one.change, "changes.whole")
        told = {"field": one.field or "", "old": one.old or "–", "new": one.new or "–", "change": one.change}
        print(say(form, day=one.day.text, table=one.table, id=one.id, **told))
    if options.record and keep(project, log, found):
        print(say("changes.recorded", path=LOG))
    elif not found.changes:
        print(say("changes.none"))
    return 0


def _new(project: Path, options: argparse.Namespace, language: str) -> int:
    from site_builder.config import Options, load_config
    from site_builder.new import create

    say = speaker(language)
    titles = list(options.titles)
    for code in load_config(project, Options())[0].codes[len(titles) :]:
        try:
            titles.append(input(say("cli.ask-title", language=code)) if sys.stdin.isatty() else "")
        except EOFError:
            titles.append("")
        if not titles[-1].strip():
            print(say("cli.wrong-use", reason=say("cli.titles-missing")), file=sys.stderr)
            return 2
    for path in create(project, options.kind, titles):
        print(say("cli.created", path=path))
    print(say("cli.created-next"))
    return 0


def _output(project: Path, options: argparse.Namespace) -> Path:
    return (Path.cwd() / options.output) if options.output else project / "public"


def _releases(project: Path, options: argparse.Namespace, language: str) -> int:
    from site_builder.publishing.publication import kept_releases

    listed = kept_releases(_output(project, options), project)
    if options.json:
        print(json.dumps([release.as_dict(live=release is listed[-1]) for release in listed], indent=2))
        return 0
    say = speaker(language)
    for release in listed:
        words = {"number": release.number, "pages": release.pages, "files": release.files}
        line = say("cli.release", moment=f"{release.at.astimezone():%Y-%m-%d %H:%M}", **words)
        line += say("cli.release-restores", number=release.restores) if release.restores else ""
        print(line + (say("cli.release-live") if release is listed[-1] else ""))
    if not listed:
        print(say("cli.no-releases"))
    return 0


def _rollback(project: Path, options: argparse.Namespace, language: str) -> int:
    from site_builder.publishing.publication import Publication

    output = _output(project, options)
    with Publication(output, project) as publication:
        brought_back, report = publication.restore(options.number)
    say = speaker(language)
    if not report.release:
        print(say("cli.rollback-nothing", number=brought_back.number))
        return 0
    moment = f"{brought_back.at.astimezone():%Y-%m-%d %H:%M}"
    words = {"number": brought_back.number, "release": report.release, "output": _short(output)}
    print(say("cli.rolled-back", moment=moment, **words))
    return 0


# Printing ------------------------------------------------------------------------------------------------------


def _show(problems: Sequence[Problem], language: str, *, as_json: bool) -> None:
    if as_json:
        print(to_json(problems, language))
        return
    for found in problems[:SHOWN_PROBLEMS]:
        for line in found.lines(language):
            print(_coloured(line, found.severity), file=sys.stderr)
    say = speaker(language)
    if len(problems) > SHOWN_PROBLEMS:
        print(say("cli.more-problems", count=len(problems) - SHOWN_PROBLEMS), file=sys.stderr)
    counts = {severity: sum(p.severity == severity for p in problems) for severity in ("error", "warning", "notice")}
    if problems:
        print(say("cli.counts", **counts), file=sys.stderr)


def _coloured(line: str, severity: str) -> str:
    """Colour the severity on a terminal; `NO_COLOR` (no-color.org) is respected."""
    if not sys.stderr.isatty() or os.environ.get("NO_COLOR"):
        return line
    codes = {"error": "31", "warning": "33", "notice": "36"}
    return line.replace(f" {severity}[", f" \033[1;{codes[severity]}m{severity}\033[0m[", 1)


def _styled(text: str, style: str) -> str:
    """Headings stand out and paths step back on a terminal; `NO_COLOR` (no-color.org) is respected."""
    codes = {"heading": "1", "next": "1;36", "path": "2"}
    if style not in codes or not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        return text
    return f"\033[{codes[style]}m{text}\033[0m"


def _progress(stack: ExitStack, say: Callable[..., str]) -> Callable[[str, int], Callable[[], None]]:
    """Progress bars on a terminal; nothing elsewhere.

    They are drawn as the work goes on, not by a thread: a process with threads is not forked, and would work alone.
    """
    if not sys.stderr.isatty():
        return lambda stage, total: lambda: None
    from rich.console import Console
    from rich.progress import Progress

    bars = stack.enter_context(Progress(console=Console(stderr=True), transient=True, auto_refresh=False))
    drawn = 0.0

    def begin(stage: str, total: int) -> Callable[[], None]:
        task: Any = bars.add_task(say(f"stage.{stage}"), total=total)

        def tick() -> None:
            nonlocal drawn
            bars.advance(task)
            if (now := time.monotonic()) > drawn + SECONDS_BETWEEN_DRAWINGS:
                bars.refresh()
                drawn = now

        return tick

    return begin


def _short(path: Path) -> str:
    return os.path.relpath(path) if path.is_relative_to(Path.cwd()) else str(path)
