"""Builds in fresh processes at the price of a fork: what one build keeps in memory, the next must not see.

As a program it imports the generator, then makes every build that is asked for on its input in a child of its own.
Three things of the child are not a real build's, and none can change a byte of the site: compiled templates of the
project are there already (a function of their text), so is what Babel knows of the languages, and files are not
pressed to the disk.
"""

import contextlib
import datetime
import functools
import hashlib
import importlib
import itertools
import json
import os
import pickle
import shutil
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("lv", "en")
# After a build the preview is asked for the contents of the files that were made, and of every so manyth file.
FILES_ASKED = 40


@dataclass(frozen=True)
class Surroundings:
    """What a build must not depend on: umask, user, the order in which folders are read, the time of day."""

    umask: int = 0o022
    user: int | None = None
    reversed: bool = False
    hours_later: int = 0


@dataclass(frozen=True)
class Wanted:
    """A build: of which project, to which folder, with which options of the command line."""

    project: str
    output: str
    today: str
    drafts: bool = False
    clean: bool = False
    jobs: int | None = None
    # a folder for what takes long and depends on its arguments alone; for the clean build that others are compared to
    remember: str = ""
    # the name of a lie that sabotages the build
    lie: str = ""
    # SIGKILL after so many milliseconds
    kill_after: int | None = None
    # in the program itself, as the preview builds: what one build has in memory, the next one sees
    resident: bool = False
    # the preview that builds: another number is a new preview in the same program
    preview: int = 0
    # whether the preview is asked for the contents of all files
    ask_all: bool = False
    around: Surroundings = field(default_factory=Surroundings)


@dataclass(frozen=True)
class Outcome:
    """What a build did: whether it published, and its problems as both languages print them."""

    published: bool
    problems: list[dict[str, Any]]
    killed: bool = False
    # how many files were made, and not taken as they were
    made: int = 0
    # what the preview shows: the SHA-256 of every file by its path, and those whose content it does not give
    files: dict[str, str] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)


class BuildCrashed(AssertionError):
    """A build ended in a traceback, which nothing in a project may bring about."""


class Builder:
    """A program that builds on demand; `package` is the folder that holds the generator."""

    def __init__(
        self, *, package: Path = ROOT, warm: Iterable[Path] = (), variables: dict[str, str] | None = None
    ) -> None:
        command = [sys.executable, "-B", __file__, str(package), *map(str, warm)]
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(package), **(variables or {})},
        )

    def ask(self, wanted: Wanted) -> None:
        """Begin a build."""
        assert self.process.stdin
        self.process.stdin.write(json.dumps(asdict(wanted)) + "\n")
        self.process.stdin.flush()

    def answer(self) -> Outcome:
        """Wait for the build that was asked for. Raises BuildCrashed."""
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            raise BuildCrashed("the builder is gone")
        told = json.loads(line)
        if "crash" in told:
            raise BuildCrashed(told["crash"])
        return Outcome(**told)

    def build(self, wanted: Wanted) -> Outcome:
        self.ask(wanted)
        return self.answer()

    def end(self) -> None:
        """End the program."""
        for stream in (self.process.stdin, self.process.stdout):
            if stream:
                stream.close()
        self.process.wait(30)


# The program ---------------------------------------------------------------------------------------------------


def serve(answers: Any) -> None:
    """Answer every line of the input with one line."""
    left = 0
    for line in sys.stdin:
        given = json.loads(line)
        wanted = Wanted(**{**given, "around": Surroundings(**given["around"])})
        if wanted.resident:
            answers.write(json.dumps(_told(wanted)) + "\n")
            answers.flush()
            continue
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.setpgid(0, 0)
            os.close(reading)
            _child(wanted, writing)
        os.close(writing)
        answers.write(_answer(wanted, child, reading) + "\n")
        answers.flush()
        # the workers of a killed build live on until the next one is done: that is what they may disturb
        if left:
            _end_group(left)
        left = child if wanted.kill_after is not None else 0
    if left:
        _end_group(left)


def _answer(wanted: Wanted, child: int, reading: int) -> str:
    """What a build told. One that is killed may leave workers that hold the pipe open: nothing is read from it."""
    killed = False
    if wanted.kill_after is not None:
        time.sleep(wanted.kill_after / 1000)
        os.kill(child, signal.SIGKILL)
        killed = os.WIFSIGNALED(os.waitpid(child, 0)[1])
    with os.fdopen(reading, encoding="utf-8") as told:
        answer = "" if killed else told.read()
    if wanted.kill_after is None:
        os.waitpid(child, 0)
    return answer or json.dumps(asdict(Outcome(False, [], killed=True)))


def _end_group(group: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


def _child(wanted: Wanted, writing: int) -> None:
    """One build; tells its outcome and ends without any of Python's farewells."""
    with os.fdopen(writing, "w", encoding="utf-8") as told:
        json.dump(_told(wanted), told)
    os._exit(0)


def _told(wanted: Wanted) -> dict[str, Any]:
    """One build, and what it did, or the traceback in which it ended."""
    try:
        if wanted.around.user is not None:
            _load_everything(wanted)
        _surround(wanted.around)
        return asdict(_build(wanted))
    except BaseException:
        return {"crash": traceback.format_exc()}


def _load_everything(wanted: Wanted) -> None:
    """A build that is thrown away: the user that comes then may not be allowed to read Python's own modules."""
    for name in ("concurrent.futures.process", *(f"multiprocessing.{part}" for part in ("popen_fork", "synchronize"))):
        importlib.import_module(name)
    _build(replace(wanted, output=f"{wanted.output}-first", jobs=1))
    for folder in (f"{wanted.output}-first", f"{wanted.project}/.site-builder"):
        shutil.rmtree(folder)


def _build(wanted: Wanted) -> Outcome:
    """The generator's own `build`, as the command line calls it."""
    engine: Any = importlib.import_module("site_builder.build")
    config: Any = importlib.import_module("site_builder.config")
    changed: Any = os
    changed.fsync = lambda _: None
    if wanted.remember:
        _remember(Path(wanted.remember))
    options = config.Options(today=datetime.date.fromisoformat(wanted.today), drafts=wanted.drafts)
    more: dict[str, Any] = {} if wanted.jobs is None else {"jobs": wanted.jobs}
    if wanted.jobs is not None and wanted.jobs > 1:
        # a small site would be built in one process whatever is asked for
        parallel: Any = importlib.import_module("site_builder.parallel")
        parallel.WORTH_FORKING = engine.WORTH_FORKING = 2
    build = engine.build
    if wanted.lie:
        lies: Any = importlib.import_module("lying_engines")
        build = {**lies.LIES, **lies.SURROUNDED, **lies.RESIDENT}[wanted.lie].of(build)
    if wanted.resident:
        return _previewed(wanted, options)
    built, report = build(Path(wanted.project), Path(wanted.output), options, rewrite=wanted.clean, **more)
    return Outcome(report is not None, _spoken(built), made=len(built.made))


def _spoken(built: Any) -> list[dict[str, Any]]:
    return [{language: found.as_dict(language) for language in LANGUAGES} for found in built.problems]


def _previewed(wanted: Wanted, options: Any) -> Outcome:
    """A build as the preview makes it, and what the preview shows then. A lie has changed the modules before."""
    preview = _preview(wanted.project, wanted.preview)
    built = preview.build(options)
    files: dict[str, str] = preview.files()
    made = list(built.made) if built.publishable else []
    few = itertools.islice(files, len(preview.builds) % FILES_ASKED, None, FILES_ASKED)
    asked = files if wanted.ask_all else [*made, *few]
    lost = [path for path in dict.fromkeys(asked) if _sha256(preview.content(path)) != files[path]]
    preview.builds.append(len(made))
    # a preview saves what it has in memory when nobody waits: not after every build
    if len(preview.builds) % 2:
        preview.save()
    return Outcome(built.publishable, _spoken(built), made=len(made), files=files, lost=lost)


@functools.lru_cache(maxsize=1)
def _preview(project: str, number: int) -> Any:
    """The preview of a project, until another one is asked for; `builds` says how many files each build has made."""
    module: Any = importlib.import_module("site_builder.preview")
    preview = module.Preview(Path(project))
    preview.builds = []
    return preview


def _sha256(content: bytes | None) -> str:
    return "" if content is None else hashlib.sha256(content).hexdigest()


def _remember(folder: Path) -> None:
    """Keep drawn cards and read Markdown under the whole of their arguments, outside every project."""
    cards: Any = importlib.import_module("site_builder.outputs.card_drawing")
    cards.draw = _remembered(cards.draw, folder)
    texts: Any = importlib.import_module("site_builder.markup.remembered")
    texts.to_html = _remembered(texts.to_html, folder)


def _remembered(function: Callable[..., Any], folder: Path) -> Callable[..., Any]:
    @functools.wraps(function)
    def recall(*arguments: Any) -> Any:
        key = hashlib.sha256(pickle.dumps((function.__module__, function.__name__, arguments))).hexdigest()
        path = folder / key
        with contextlib.suppress(OSError, EOFError, pickle.UnpicklingError):
            return pickle.loads(path.read_bytes())
        made = function(*arguments)
        aside = path.with_name(f"{key}.{os.getpid()}")
        aside.write_bytes(pickle.dumps(made))
        aside.replace(path)
        return made

    return recall


def _surround(around: Surroundings) -> None:
    os.umask(around.umask)
    if around.user is not None:
        os.setgroups([])
        os.setgid(around.user)
        os.setuid(around.user)
    if around.reversed:
        _reverse_folders()
    if around.hours_later:
        _shift_time(around.hours_later)


class _Reversed:
    """A folder's entries in reverse, as os.scandir gives them."""

    def __init__(self, entries: Iterator[os.DirEntry[str]]) -> None:
        self.entries = iter(sorted(entries, key=lambda entry: entry.name, reverse=True))

    def __iter__(self) -> Iterator[os.DirEntry[str]]:
        return self.entries

    def __next__(self) -> os.DirEntry[str]:
        return next(self.entries)

    def __enter__(self) -> "_Reversed":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.entries = iter(())


def _reverse_folders() -> None:
    """Folders are read from z to a, which no file system does by itself."""
    scan, names = os.scandir, os.listdir
    changed: Any = os
    changed.scandir = lambda path=".": _Reversed(scan(path))
    changed.listdir = lambda path=".": sorted(names(path), reverse=True)


def _shift_time(hours: int) -> None:
    """The clock of Python tells another time of another day."""
    seconds, real = hours * 3600, datetime.datetime
    clock, clock_ns = time.time, time.time_ns

    class Later(real):  # type: ignore[misc,valid-type]  # a class made at run time
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> datetime.datetime:
            return real.now(tz) + datetime.timedelta(seconds=seconds)

        @classmethod
        def utcnow(cls) -> datetime.datetime:
            return real.now(datetime.UTC).replace(tzinfo=None) + datetime.timedelta(seconds=seconds)

    changed: Any = datetime
    changed.datetime = Later
    time.time = lambda: clock() + seconds
    time.time_ns = lambda: clock_ns() + seconds * 10**9


def _compile_once(projects: Iterable[str]) -> None:
    """Jinja compiles each text under each name once: a compiled template depends on nothing else."""
    jinja2: Any = importlib.import_module("jinja2")
    real, known = jinja2.Environment.compile, {}

    def compile_(self: Any, source: str, name: str = "", filename: str = "", *rest: Any, **more: Any) -> Any:
        key = (source, name, filename, rest, tuple(more.items()))
        if key not in known:
            known[key] = real(self, source, name, filename, *rest, **more)
        return known[key]

    jinja2.Environment.compile = compile_
    templating: Any = importlib.import_module("site_builder.templating")
    tracker: Any = importlib.import_module("site_builder.engine.dependencies")
    for project in projects:
        templates = templating.Templates(Path(project), {}, {}, tracker.DependencyTracker())
        for name in templates.sources:
            with contextlib.suppress(jinja2.TemplateError):  # a step may have broken one before this process began
                templates.environment.get_template(name)


def run(package: str, *projects: str) -> None:
    """Import the generator from `package` and serve."""
    sys.path[:0] = [package]
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    engine: Any = importlib.import_module("site_builder.build")
    assert Path(engine.__file__).is_relative_to(package), engine.__file__
    for module in ("markdown", "nh3", "yaml", "PIL.ImageDraw", "site_builder.outputs.card_drawing"):
        importlib.import_module(module)
    _compile_once(projects)
    plurals: Any = importlib.import_module("site_builder.i18n.plurals")
    for language in LANGUAGES:
        plurals.plural_forms(language)
    serve(answers)


if __name__ == "__main__":
    run(*sys.argv[1:])
