"""Planned files made without a site: by the same renderer and task runner as a build."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from types import SimpleNamespace
from typing import Any, cast

from site_builder.engine.dependencies import DependencyTracker, InputName
from site_builder.engine.task_graph import GraphFiles, TaskGraph
from site_builder.engine.task_runner import RECORD, Reason, Task, TaskRunner
from site_builder.i18n.words import Words
from site_builder.outputs.assets import Assets
from site_builder.outputs.planned_file import PlannedFile
from site_builder.render import Renderer
from site_builder.site import Site
from site_builder.store import Store, key_of
from site_builder.tasks import problems_in
from site_builder.templating import Templates

WORDS = {"lv": Words("lv", "lv_LV", {"home": "Sākums"}), "en": Words("en", "en_GB", {"home": "Home"})}


def rendered(
    planned: Iterable[PlannedFile],
    templates: Templates | None = None,
    base_path: str = "",
    tick: Callable[[], None] = lambda: None,
    store: Store | None = None,
) -> tuple[TaskRunner, Mapping[str, bytes]]:
    """The runner after all files are made, and their contents."""
    tracker = templates.tracker if templates else DependencyTracker()
    tracker.set_input(("assets",), "")
    for language in WORDS:
        tracker.set_input(("marks", language), "")
    site: Any = SimpleNamespace(tracker=tracker, config=SimpleNamespace(base_path=base_path))
    contents: dict[str, bytes] = {}
    assets = Assets((), (), b"", {})
    renderer = Renderer(cast("Site", site), assets, cast("Templates", templates), contents.__setitem__, Store())
    runner = TaskRunner(tracker, TaskGraph(RECORD.size), store or Store(), problems_in, 1)
    tasks = [Task(file.path, key_of(*file.arguments), partial(renderer.make, file)) for file in planned]
    runner.run([[(task, Reason("new"))] for task in tasks], tick)
    runner.raise_failures()
    return runner, contents


def reads_of(runner: TaskRunner) -> dict[str, set[InputName]]:
    """The names of the inputs that every task of a run has read, by the task's name."""
    names = {number: name for name, number in runner.tracker.inputs.items()}
    return {task: {names[one] for one in recorded.reads} for task, recorded in runner.made.items()}


def reads_in(files: GraphFiles) -> dict[str, set[InputName]]:
    """The same of every task in the graph of a site that was saved."""
    graph = files.load("site")
    names = [tuple(name.split("\0")) for name in graph.inputs]
    return {task: {names[one] for one in graph.reads[number]} for task, number in graph.numbers.items()}
