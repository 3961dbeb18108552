"""Engines that are wrong on purpose, each with the steps that show it: whoever trusts the machine may see it bite.

A lie stands around the real `build`, or in the place of a part of the engine, and believes something that it must not.
What it believes is in `.site-builder/lie/`, where a real engine would have it too.
"""

import dataclasses
import datetime
import functools
import hashlib
import importlib
import json
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Build = Callable[..., Any]
Step = tuple[Any, ...]
# Seconds in which a build that writes down too early can be killed.
KILLED_WITHIN = 2
SOURCES = ("content", "templates", "static")


@dataclass(frozen=True)
class Lie:
    """What makes a wrong engine of the right one, and steps of which the last shows it."""

    of: Callable[[Build], Build]
    steps: list[Step]
    # the random steps of the machine would rarely show it
    rare: bool = False


# What a lie sees ------------------------------------------------------------------------------------------------


def _sources(project: Path) -> Iterator[Path]:
    """The files of a project's sources, relative to it."""
    for folder in SOURCES:
        yield from (path.relative_to(project) for path in sorted((project / folder).rglob("*")) if path.is_file())


def _digest(project: Path) -> str:
    contents = [(path.as_posix(), (project / path).read_bytes().hex()) for path in _sources(project)]
    return hashlib.sha256(json.dumps(contents).encode()).hexdigest()


def _files(folder: Path) -> dict[str, bytes]:
    root = folder.resolve()
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


# Sources that are believed to be as they were ------------------------------------------------------------------


def old_source(believed: Callable[[Path, Path], bool], *, deleted: bool = False) -> Callable[[Build], Build]:
    """Builds from the file it saw first where `believed(old, new)`; with `deleted` also from files that are gone."""

    def of(build: Build) -> Build:
        def wrong(project: Path, output: Path, options: Any, *rest: Any, **more: Any) -> Any:
            shadow = project / ".site-builder/lie/project"
            now = set(_sources(project))
            for path in set(_sources(shadow)) - now:
                if not deleted:
                    (shadow / path).unlink()
            for path in now:
                if not (shadow / path).exists() or not believed(shadow / path, project / path):
                    (shadow / path).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy2(project / path, shadow / path)
            return build(shadow, output, options, *rest, **more)

        return wrong

    return of


def edits_of(pattern: str) -> Callable[[Path, Path], bool]:
    """Files whose edits are not seen."""
    return lambda old, new: bool(re.search(pattern, new.as_posix()))


def same_size_and_time(old: Path, new: Path) -> bool:
    one, other = old.stat(), new.stat()
    return (one.st_size, one.st_mtime_ns) == (other.st_size, other.st_mtime_ns)


def same_text(old: Path, new: Path) -> bool:
    """Comments and white space do not matter, it is believed."""
    bare = [re.sub(rb"<!--.*?-->|\s", b"", path.read_bytes()) for path in (old, new)]
    return bare[0] == bare[1]


# Outputs that are believed to be as they should be -------------------------------------------------------------


def old_output(pattern: str, *, removed: bool = False) -> Callable[[Build], Build]:
    """Files that were there before keep what they said; with `removed` they stay when they should go."""

    def of(build: Build) -> Build:
        def wrong(project: Path, output: Path, *rest: Any, **more: Any) -> Any:
            before = {path: content for path, content in _files(output).items() if re.fullmatch(pattern, path)}
            result = build(project, output, *rest, **more)
            for path, content in before.items():
                if (output / path).exists() != removed:
                    (output / path).parent.mkdir(parents=True, exist_ok=True)
                    (output / path).write_bytes(content)
                    (output / path).chmod(0o644)
            return result

        return wrong

    return of


def after(change: Callable[[Path, bool], None]) -> Callable[[Build], Build]:
    """Does something to the output after a build; it is told whether that published."""

    def of(build: Build) -> Build:
        def wrong(project: Path, output: Path, *rest: Any, **more: Any) -> Any:
            result = build(project, output, *rest, **more)
            change(output, result[1] is not None)
            return result

        return wrong

    return of


def nothing_new(
    known: Callable[[Path, Any], str], *, at_output: bool = True, problems: bool = True, before: bool = False
) -> Callable[[Build], Build]:
    """Publishes nothing while what it knows is what it knew.

    With `at_output` it knows this of each output, with `before` it writes down what it knows before it builds;
    without `problems` it forgets to tell them again.
    """

    def of(build: Build) -> Build:
        def wrong(project: Path, output: Path, options: Any, *rest: Any, **more: Any) -> Any:
            memory = project / ".site-builder/lie"
            memory.mkdir(parents=True, exist_ok=True)
            note = memory / (f"knows-{output.name}" if at_output else "knows")
            knows = known(project, options)
            if note.exists() and note.read_text("utf-8") == knows and output.exists():
                built, report = build(project, memory / "elsewhere", options, *rest, **more)
                return (built if problems else dataclasses.replace(built, problems=())), report
            if before:
                note.write_text(knows, "utf-8")
                time.sleep(KILLED_WITHIN)
            result = build(project, output, options, *rest, **more)
            if result[1] is not None:
                note.write_text(knows, "utf-8")
            return result

        return wrong

    return of


def all_of_it(project: Path, options: Any) -> str:
    return f"{_digest(project)} {options}"


def times_of_it(project: Path, options: Any) -> str:
    return f"{max((project / path).stat().st_mtime_ns for path in _sources(project))} {options}"


def unchecked_memory(build: Build) -> Build:
    """Publishes what it remembers of the same state, whatever has become of that on the disk."""

    def wrong(project: Path, output: Path, options: Any, *rest: Any, **more: Any) -> Any:
        memory = project / ".site-builder/zzz-lie" / hashlib.sha256(all_of_it(project, options).encode()).hexdigest()
        result = build(project, output, options, *rest, **more)
        if result[1] is None:
            return result
        if not memory.exists():
            shutil.copytree(output.resolve(), memory)
        for path, content in _files(memory).items():
            if (output / path).read_bytes() != content:
                (output / path).write_bytes(content)
        return result

    return wrong


# Options that are not heard ------------------------------------------------------------------------------------


def first_option(name: str) -> Callable[[Build], Build]:
    """Builds with the first value of an option that it was given."""

    def of(build: Build) -> Build:
        def wrong(project: Path, output: Path, options: Any, *rest: Any, **more: Any) -> Any:
            note = project / ".site-builder/zzz-lie" / name
            if not note.exists():
                note.parent.mkdir(parents=True, exist_ok=True)
                note.write_text(str(getattr(options, name)), "utf-8")
            text = note.read_text("utf-8")
            value = datetime.date.fromisoformat(text) if name == "today" else text == "True"
            return build(project, output, dataclasses.replace(options, **{name: value}), *rest, **more)

        return wrong

    return of


def _backwards(build: Build) -> Build:
    """Tells problems in another order."""

    def wrong(*given: Any, **more: Any) -> Any:
        built, report = build(*given, **more)
        return dataclasses.replace(built, problems=built.problems[::-1]), report

    return wrong


def _one_word(output: Path, published: bool) -> None:
    """An error, and yet the front page is another."""
    if not published:
        (output / "index.html").write_bytes(b"")


def _for_me_alone(output: Path, published: bool) -> None:
    if published:
        os.chmod(output / "robots.txt", 0o600)  # noqa: PTH101  # beside many Path.chmod this one is the lie


def _tidy(output: Path, published: bool) -> None:
    """What the manifest does not name goes."""
    if published:
        manifest = json.loads((output / "site-manifest.json").read_bytes())
        named = {"site-manifest.json", *(file["path"] for file in manifest["files"])}
        for path in _files(output).keys() - named:
            (output / path).unlink()


ARTICLE = r"(lv/jaunumi|en/news)/\d{4}/[^/]+/index\.html"
LISTS = r"(lv/jaunumi|en/news)/(\d{4}/)?index\.html"


def believing(module: str, name: str, wrong: Callable[[Any], Any]) -> Callable[[Build], Build]:
    """Replaces something of the generator, for as long as the process lives."""

    def of(build: Build) -> Build:
        owner: Any = importlib.import_module(module)
        *inner, last = name.split(".")
        for step in inner:
            owner = getattr(owner, step)
        if not hasattr(getattr(owner, last), "wrong"):
            replaced = wrong(getattr(owner, last))
            replaced.wrong = True
            setattr(owner, last, replaced)
        return build

    return of


def both(*lies: Callable[[Build], Build]) -> Callable[[Build], Build]:
    """Several lies at once."""
    return lambda build: functools.reduce(lambda built, of: of(built), lies, build)


# Parts of the engine ---------------------------------------------------------------------------------------------

DEPENDENCIES = "site_builder.engine.dependencies"
GRAPH, RUNNER = "site_builder.engine.task_graph", "site_builder.engine.task_runner"
# The digest of a value that is not looked at.
SAME = bytes(16)


def _without_one_page(readers_of: Any) -> Any:
    """One page among the readers of inputs is forgotten."""

    def wrong(graph: Any, inputs: Any) -> Any:
        found = readers_of(graph, inputs)
        pages = sorted((graph.tasks[one], one) for one in found if graph.tasks[one].endswith(".html"))
        return found - {one for _, one in pages[:1]}

    return wrong


def _unseen(kind: str) -> Callable[[Any], Any]:
    """Inputs of a kind do not change."""

    def of(changed: Any) -> Any:
        def wrong(tracker: Any) -> Any:
            found = changed(tracker)
            return {number for number, name in tracker.names_of(found).items() if name[0] != kind}

        return wrong

    return of


def _unread(kind: str) -> Callable[[Any], Any]:
    """Reads of inputs of a kind are not recorded."""

    def of(record_read: Any) -> Any:
        def wrong(tracker: Any, *name: str) -> None:
            if name[0] != kind:
                record_read(tracker, *name)

        return wrong

    return of


def _any_arguments(out_of_date: Any) -> Any:
    """A task with other arguments is up to date."""

    def wrong(runner: Any, name: str, arguments: bytes) -> Any:
        reason = out_of_date(runner, name, arguments)
        return None if reason and reason.cause == "arguments" else reason

    return wrong


def _with_old_readers(updated: Any) -> Any:
    """What a task reads now and did not read before is not known of the inputs."""

    def wrong(graph: Any, *given: Any) -> Any:
        found = updated(graph, *given)
        if len(graph.readers):
            found.readers = graph.readers
        return found

    return wrong


def _without_results(updated: Any) -> Any:
    """The inputs of now with the results of before: so is a graph that is saved before its tasks have run."""
    return lambda graph, inputs, removed, made: updated(graph, inputs, (), {})


def _with_old_results(updated: Any) -> Any:
    """What is known of a task is not renewed, but which inputs it reads is."""

    def wrong(graph: Any, inputs: Any, removed: Any, made: Any) -> Any:
        known = {name: one for name, one in made.items() if name in graph.numbers}
        old = {name: one._replace(result=graph.result(graph.numbers[name])) for name, one in known.items()}
        return updated(graph, inputs, removed, {**made, **old})

    return wrong


def _unchecked_content(cached_content: Any) -> Any:
    """Gives a content whose last byte is damaged."""

    def wrong(store: Any, sha256: bytes) -> Any:
        content = cached_content(store, sha256)
        return content and content[:-1] + bytes([content[-1] ^ 1])

    return wrong


def _content_of_another(cached_content: Any) -> Any:
    """Gives the first content of the cache for every file."""
    return lambda store, sha256: cached_content(store, min(store.keys("contents"), default=sha256))


def _same_rows(init: Any) -> Any:
    """No list of pages differs from another."""

    def wrong(rows: Any, *given: Any) -> None:
        init(rows, *given)
        rows.digest = SAME

    return wrong


def _targets_unread(contains: Any) -> Any:
    """That a link leads to a file is not recorded."""

    def wrong(paths: Any, path: object) -> Any:
        with paths.tracker.recording():
            return contains(paths, path)

    return wrong


EDIT: Step = ("edit_body", "news", "2016/a01", "lv")
TITLE: Step = ("edit_text", "news", "2016/a22", "lv", "title")

LIES: dict[str, Lie] = {
    "a list that keeps an old title": Lie(old_output(LISTS), [EDIT, TITLE]),
    "a home page that keeps old news": Lie(
        old_output(r"\w\w/index\.html"), [EDIT, ("edit_field", "2016/a01", "date", "2016-12-31")]
    ),
    "neighbours that keep an old title": Lie(
        old_output(ARTICLE), [("edit_text", "pages", "guide", "lv", "title"), TITLE]
    ),
    "a feed that keeps an old summary": Lie(
        old_output(r"\w\w/(.*/)?(feed\.(xml|json)|rss\.xml)"), [("touch", "content/site.yaml"), TITLE]
    ),
    "a site map that knows no new page": Lie(old_output(r"sitemap\.xml"), [EDIT, ("add_news",)]),
    "a tag's page that loses its last item": Lie(
        old_output(r".*/(birka|tag)/.*"), [EDIT, ("edit_field", "2015/all", "tags", ["families"])]
    ),
    "a deleted item's page that stays": Lie(
        old_output(ARTICLE, removed=True), [EDIT, ("delete", "news", "2016/a04", True)]
    ),
    "sources of deleted items that stay": Lie(
        old_source(lambda old, new: False, deleted=True), [EDIT, ("delete", "news", "2016/a08", True)]
    ),
    "a reader that is forgotten": Lie(believing(GRAPH, "TaskGraph.readers_of", _without_one_page), [EDIT]),
    "bodies that do not change": Lie(
        believing(DEPENDENCIES, "DependencyTracker.changed", _unseen("body")), [TITLE, EDIT]
    ),
    "fields of a language that do not change": Lie(
        believing(DEPENDENCIES, "DependencyTracker.changed", _unseen("text")), [EDIT, TITLE]
    ),
    "places that do not change": Lie(
        believing(DEPENDENCIES, "DependencyTracker.changed", _unseen("places")),
        [("break_it", "warning"), ("spell", "content/news/2016/a03.lv.md", "remark")],
        rare=True,
    ),
    "a configuration that does not change": Lie(
        believing(DEPENDENCIES, "DependencyTracker.changed", _unseen("config")),
        [EDIT, ("configure", "name", {"lv": "Cita", "en": "Other"})],
    ),
    "words whose reads are not recorded": Lie(
        believing(DEPENDENCIES, "DependencyTracker.record_read", _unread("word")),
        [EDIT, ("edit_word", "lv", "published")],
    ),
    "bodies whose reads are not recorded": Lie(
        believing(DEPENDENCIES, "DependencyTracker.record_read", _unread("body")), [EDIT, EDIT]
    ),
    "arguments that nobody looks at": Lie(
        believing(RUNNER, "TaskRunner.out_of_date", _any_arguments), [EDIT, ("add_news",)]
    ),
    "readers of the last build": Lie(
        believing(GRAPH, "TaskGraph.updated", _with_old_readers),
        [("turn_part", "news", "2016/a02", "lv", "figure"), ("edit_figure", "children", False)],
    ),
    "a graph that is saved before its tasks have run": Lie(
        believing(GRAPH, "TaskGraph.updated", _without_results), [EDIT, TITLE]
    ),
    "results of the last build": Lie(believing(GRAPH, "TaskGraph.updated", _with_old_results), [EDIT, TITLE]),
    "a damaged content that is published": Lie(
        believing("site_builder.build", "cached_content", _unchecked_content), [EDIT, ("use_output", "dist")]
    ),
    "dead links of the last build": Lie(
        believing("site_builder.dead_links", "DeadLinks._arguments", lambda _: lambda links: SAME),
        [EDIT, ("break_it", "dead link")],
    ),
    "targets of links that are forgotten": Lie(
        believing("site_builder.dead_links", "_Paths.__contains__", _targets_unread),
        [("redirect", "/en/news/2016/item-a05/"), ("delete_twin", "2016/a05")],
        rare=True,
    ),
    "lists of pages that never change": Lie(
        believing("site_builder.tasks", "PageRows.__init__", _same_rows), [EDIT, TITLE]
    ),
    "an unseen fact": Lie(old_source(edits_of(r"facts/figures")), [EDIT, ("edit_figure", "children", False)]),
    "an unseen partner": Lie(old_source(edits_of(r"facts/partners")), [EDIT, ("edit_fact", "partners", "city")]),
    "an unseen facility": Lie(old_source(edits_of(r"facts/facilities")), [EDIT, ("edit_fact", "facilities", "salmu")]),
    "an unseen word": Lie(old_source(edits_of(r"templates/i18n")), [EDIT, ("edit_word", "lv", "footer.pages")]),
    "an unseen macro": Lie(
        old_source(edits_of(r"templates/components")), [EDIT, ("edit_template", "components/cards.html")]
    ),
    "an unseen include": Lie(
        old_source(edits_of(r"components/inner")), [("add_include",), ("edit_template", "components/inner.html")]
    ),
    "an unseen comment": Lie(old_source(same_text), [EDIT, ("edit_template", "layout.html")]),
    "an unseen style": Lie(old_source(edits_of(r"static/.*\.css")), [EDIT, ("edit_static", "site.css")]),
    "an unseen navigation": Lie(
        old_source(edits_of(r"site\.yaml")), [EDIT, ("configure", "navigation", ["about", "news"])]
    ),
    "an unseen picture": Lie(old_source(edits_of(r"content/media")), [EDIT, ("edit_media", "a.svg")]),
    "trust in size and time": Lie(
        old_source(same_size_and_time), [EDIT, ("edit_body", "news", "2016/a01", "lv", True)]
    ),
    "trust in the newest time": Lie(nothing_new(times_of_it), [EDIT, ("edit_media", "a.svg", True)]),
    "a day that does not pass": Lie(first_option("today"), [EDIT, ("move_date", 2)]),
    "drafts that stay": Lie(first_option("drafts"), [EDIT, ("show_drafts", True)]),
    "a tool that was not upgraded": Lie(nothing_new(all_of_it), [EDIT, ("use_tool", "next")]),
    "an output that nobody looks at": Lie(nothing_new(all_of_it), [EDIT, ("damage_output", 3, "delete")]),
    "one memory for two outputs": Lie(
        nothing_new(all_of_it, at_output=False),
        [("use_output", "dist"), ("use_output", "public"), EDIT, ("use_output", "dist")],
    ),
    "a build that was killed and is believed": Lie(
        nothing_new(all_of_it, before=True), [EDIT, ("kill_first", 1500), TITLE]
    ),
    "an old memory that is believed": Lie(
        nothing_new(all_of_it), [EDIT, ("keep_memory",), TITLE, ("wait",), ("restore_memory",), ("revert",)]
    ),
    "a damaged memory that is believed": Lie(unchecked_memory, [EDIT, ("damage_memory", -1, "bit")]),
    "warnings that are told once": Lie(
        nothing_new(all_of_it, problems=False), [("break_it", "warning"), ("touch", "content/site.yaml")]
    ),
    "problems in another order": Lie(_backwards, [EDIT, ("break_it", "two errors")]),
    "a site with errors that is published": Lie(after(_one_word), [EDIT, ("break_it", "template")]),
    "a file of another mode": Lie(after(_for_me_alone), [EDIT]),
    "files of others that are deleted": Lie(after(_tidy), [EDIT, ("add_foreign", "note.txt")]),
}


# Engines that depend on what is around them -------------------------------------------------------------------


def _says(tell: Callable[[Path], object]) -> Callable[[Build], Build]:
    """Writes something of the surroundings into the site."""

    def of(build: Build) -> Build:
        def wrong(project: Path, output: Path, *rest: Any, **more: Any) -> Any:
            result = build(project, output, *rest, **more)
            (output / "told.txt").write_text(str(tell(project)), "utf-8")
            (output / "told.txt").chmod(0o644)
            return result

        return wrong

    return of


def _made_by_umask(output: Path, published: bool) -> None:
    (output / "told.txt").write_text("", "utf-8")


_same_contents = both(
    believing("site_builder.build", "content_digests", lambda _: lambda *given: dict.fromkeys(given[1], b"")),
    believing("site_builder.entries", "digest_of_file", lambda _: lambda path: b""),
)


def _first_entry(load: Any) -> Any:
    return lambda table, kept: table.loaded.get((table.kind, kept.key), (0, None))[1] or load(table, kept)


def _first_graph(leave: Any) -> Any:
    """The first graph of a process stays in its memory."""
    first: dict[str, Any] = {}
    return lambda graphs, name, before, graph: leave(graphs, name, before, first.setdefault(name, graph))


def _first_tracker(record: Any) -> Any:
    """Entries that stay in memory record what is read of them with the tracker of the first build."""
    first: list[Any] = []

    def wrong(recorder: Any, *name: str) -> None:
        first.append(recorder.tracker)
        first[0].record_read(*name)

    return wrong


def _first_content(content: Any) -> Any:
    first: dict[str, Any] = {}

    def wrong(preview: Any, path: str) -> Any:
        return first.setdefault(path, content(preview, path))

    return wrong


# Engines that stay, and believe what they once read.
RESIDENT: dict[str, Lie] = {
    "values": Lie(believing(DEPENDENCIES, "Memo.drop", lambda _: lambda memo, changed: None), [EDIT, EDIT]),
    "entries": Lie(believing("site_builder.site", "EntryTable.load", _first_entry), [TITLE, TITLE]),
    "digests of sources": Lie(_same_contents, [TITLE, TITLE]),
    "the graph": Lie(believing("site_builder.memory_cache", "Graphs.leave", _first_graph), [EDIT, EDIT]),
    "readers": Lie(
        believing(GRAPH, "TaskGraph.updated", _with_old_readers),
        [("turn_part", "news", "2016/a02", "lv", "figure"), ("edit_figure", "children", False)],
    ),
    "the tracker": Lie(
        believing("site_builder.tracked", "ReadRecorder.__call__", _first_tracker), [EDIT, TITLE, TITLE]
    ),
    "contents": Lie(believing("site_builder.preview", "Preview.content", _first_content), [EDIT, EDIT]),
    "that the cache is whole": Lie(
        believing("site_builder.preview", "Preview._has", lambda _: lambda *given: True),
        [EDIT, ("keep_memory",), EDIT, ("restore_memory",)],
    ),
    "any content of the cache": Lie(believing("site_builder.preview", "cached_content", _content_of_another), [TITLE]),
}

SURROUNDED: dict[str, Lie] = {
    "the time of day": Lie(_says(lambda project: datetime.datetime.now(datetime.UTC).date()), []),
    "the order of folders": Lie(_says(lambda project: os.listdir(project / "content")), []),  # noqa: PTH208
    "the umask": Lie(after(_made_by_umask), []),
    "the folder": Lie(_says(lambda project: project), []),
    "the hash seed": Lie(_says(lambda project: hash("site")), []),
    "the zone": Lie(_says(lambda project: time.tzname), []),
    "the time of a file": Lie(_says(lambda project: int((project / "content/site.yaml").stat().st_mtime)), []),
}
