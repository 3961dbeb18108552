"""Links of finished pages that lead nowhere. A task for each group of pages reads what its targets offer.

The links come from templates or from configuration: what texts name was checked when they were linked.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from site_builder.engine.dependencies import DIGEST_SIZE, DependencyTracker
from site_builder.engine.serialization import Undecodable, decode, encode
from site_builder.engine.task_graph import TaskGraph
from site_builder.engine.task_runner import ANCHORS, DETAILS, CacheMiss, Made, Task, TaskRunner
from site_builder.links import broken_links
from site_builder.memory_cache import Graphs
from site_builder.outputs.planned_file import PlannedFile, page_path
from site_builder.problems import Problem, problem
from site_builder.render import file_place
from site_builder.store import digest_of
from site_builder.tasks import DEAD_LINKS, details_of

# The name of the graph of the tasks that look for dead links.
GRAPH = "links"
# Inputs: a file, whose value is what links may lead to in it; the paths of all files; what is not published today.
FILE, FILES, UNPUBLISHED = "file", "files", "unpublished"
# The value of a file without places.
ONE_PLACE = b"\1" * DIGEST_SIZE


class DeadLink(NamedTuple):
    """A link that leads nowhere, the code of what is wrong, and the file that has it."""

    link: str
    code: str
    path: str


class _Paths(Container[str]):
    """The paths of all files, and others that may be linked to; records which of them are asked for."""

    def __init__(self, tracker: DependencyTracker, others: Container[str]) -> None:
        self.tracker = tracker
        self.others = others

    def __contains__(self, path: object) -> bool:
        if (FILE, str(path)) in self.tracker.inputs:
            self.tracker.record_read(FILE, str(path))
            return True
        self.tracker.record_read(FILES)
        self.tracker.record_read(UNPUBLISHED)
        return path in self.others


class DeadLinks:
    """Finds the dead links of the files that a runner has made or has up to date."""

    def __init__(
        self, files: TaskRunner, planned: Sequence[PlannedFile], base_path: str, unpublished: Iterable[str]
    ) -> None:
        """A page without an address leads on to another and may lead to an address that is `unpublished` today: no
        date can stop a build.
        """
        self.files = files
        self.base_path = base_path
        self.unpublished = frozenset(map(page_path, unpublished))
        self.planned = {file.path: file for file in planned}
        self.groups: dict[str, list[str]] = defaultdict(list)
        for path, file in self.planned.items():
            if path.endswith(".html"):
                self.groups[file.group or path].append(path)

    def find(self, graphs: Graphs) -> list[Problem]:
        """The dead links as problems. They are looked for only where links or places differ. Raises CacheMiss."""
        arguments = self._arguments()
        if reason := self.files.out_of_date(DEAD_LINKS, arguments):
            self.files.run([[(Task(DEAD_LINKS, arguments, partial(self._look, graphs)), reason)]], lambda: None)
            self.files.raise_failures()
        return list(self._problems(_decoded(self.files.details(self.files.result(DEAD_LINKS)))))

    def _arguments(self) -> bytes:
        """A digest of all links, and of all places that they may lead to."""
        paths = list(self.planned)
        parts = (b"".join(self.files.parts(paths, part)) for part in (ANCHORS, DETAILS))
        named = "\n".join((self.base_path, *paths, "", *sorted(self.unpublished)))
        opened = bytes(bool(file.address) for file in self.planned.values())
        return digest_of(b"".join((named.encode(), b"\n", opened, *parts)))

    def _look(self, graphs: Graphs) -> Made:
        graph = graphs.take(GRAPH)
        tracker = self._tracker(graph)
        runner = TaskRunner(tracker, graph, self.files.store, lambda name, details: (), self.files.jobs)
        tasks = {group: self._task(tracker, group) for group in self.groups}
        reasons = ((task, runner.out_of_date(name, task.arguments)) for name, task in tasks.items())
        runner.run([[(task, reason)] for task, reason in reasons if reason], lambda: None)
        runner.raise_failures()
        results = (runner.result(name) for name in tasks)
        found = [one for result in results if result.has_problems for one in _decoded(runner.details(result))]
        graphs.leave(GRAPH, graph, runner.updated_graph(tasks.keys()))
        return Made(encode(tuple(found)), has_problems=False)

    def _tracker(self, graph: TaskGraph) -> DependencyTracker:
        tracker = DependencyTracker(graph.inputs, graph.digests)
        for path in self.planned:
            has_places = path.endswith((".html", ".svg"))
            anchors = self.files.result(path).anchors[:DIGEST_SIZE] if has_places else ONE_PLACE
            tracker.set_digest((FILE, path), anchors)
        tracker.set_input((FILES,), digest_of("\n".join(sorted(self.planned)).encode()))
        tracker.set_input((UNPUBLISHED,), sorted(self.unpublished))
        return tracker

    def _task(self, tracker: DependencyTracker, group: str) -> Task:
        paths = self.groups[group]
        details = b"".join(self.files.result(path).details for path in paths)
        opened = bytes(bool(self.planned[path].address) for path in paths)
        arguments = digest_of("\n".join((self.base_path, *paths, "")).encode() + opened + details)
        return Task(group, arguments, partial(self._check, tracker, group))

    def _check(self, tracker: DependencyTracker, group: str) -> Made:
        found: list[DeadLink] = []
        paths = self.groups[group]
        leading_on = [path for path in paths if not self.planned[path].address]
        for some, others in ((leading_on, self.unpublished), ([path for path in paths if path not in leading_on], ())):
            linking = ((path, details_of(self.files, path).links) for path in some)
            broken = broken_links(linking, _Paths(tracker, others), self._anchors, self.base_path)
            found += (DeadLink(link, code, path) for link, (code, path) in broken.items())
        return Made(encode(tuple(found)), bool(found))

    def _anchors(self, path: str) -> frozenset[str]:
        has_places = path.endswith((".html", ".svg"))
        return frozenset(details_of(self.files, path).ids) if has_places else frozenset()

    def _problems(self, found: Iterable[DeadLink]) -> Iterator[Problem]:
        """Each dead link once, at the first page that has it; a page that readers open before one that leads on."""
        order = {path: (not file.address, number) for number, (path, file) in enumerate(self.planned.items())}
        first_last = sorted(found, key=lambda one: order[one.path], reverse=True)
        for one in {one.link: one for one in first_last}.values():
            yield problem(one.code, file_place(self.planned[one.path]), link=one.link)


def _decoded(details: bytes) -> tuple[DeadLink, ...]:
    try:
        found: tuple[DeadLink, ...] = decode(details, tuple[DeadLink, ...])
    except Undecodable as error:
        raise CacheMiss from error
    return found
