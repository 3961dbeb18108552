"""The tasks of a site: the links and checks of every entry, the checks of the whole site, and every file.

The tasks of one entry are a group, so that the worker that has linked its texts checks and renders them as well.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from site_builder.checks import ENTRY_CHECKS, SITE_CHECKS, TEXT_CHECKS
from site_builder.checks.written import written
from site_builder.engine.serialization import Undecodable, decode, encode
from site_builder.engine.task_runner import (
    NO_DIGEST,
    NO_FILE,
    SUMMARY,
    CacheMiss,
    Made,
    Reason,
    Task,
    TaskRunner,
)
from site_builder.entries import Stored
from site_builder.outputs.cards import CardWords
from site_builder.outputs.planned_file import PlannedFile
from site_builder.outputs.site_map import Rows
from site_builder.problems import Problem, has_errors
from site_builder.render import FileDetails, Renderer
from site_builder.site import Site
from site_builder.store import digest_of, key_of

# Whether the output has a file with this SHA-256 already.
Has = Callable[[str, bytes], bool]
Group = list[tuple[Task, Reason]]
# A file's task has its path as name; the names of the others begin so, and no path has a colon after these words.
LINKS, CHECKS, CARDS, DEAD_LINKS = "links:", "checks:", "cards:", "dead-links:"


def details_of(runner: TaskRunner, path: str) -> FileDetails:
    """The details of a file that was made. Raises CacheMiss."""
    found: FileDetails = _decoded(runner.details(runner.result(path)), FileDetails)
    return found


def problems_in(name: str, details: bytes) -> tuple[Problem, ...]:
    """The problems that a task found, from its details. Raises CacheMiss."""
    if name.startswith((LINKS, CHECKS)):
        found: tuple[Problem, ...] = _decoded(details, tuple[Problem, ...])
        return found
    of_file: FileDetails = _decoded(details, FileDetails)
    return of_file.problems


def _decoded(details: bytes, type_: Any) -> Any:
    try:
        return decode(details, type_)
    except Undecodable as error:
        raise CacheMiss from error


class PageRows(Rows):
    """The rows of pages, decoded when somebody looks at them; their digest tells whether any of them differs."""

    def __init__(self, paths: Iterable[str], runner: TaskRunner) -> None:
        files = list(paths)
        summaries = list(runner.parts(files, SUMMARY))
        self.paths = [path for path, summary in zip(files, summaries, strict=True) if summary != NO_DIGEST]
        self.runner = runner
        self.digest = digest_of(b"".join(summaries))

    def __len__(self) -> int:
        return len(self.paths)

    def __getitem__(self, index: Any) -> Any:
        return details_of(self.runner, self.paths[index]).row


class Pending(NamedTuple):
    """What a build has to do: groups of tasks to run, and files that are up to date and not in the output."""

    groups: list[Group]
    absent: list[PlannedFile]


class SiteTasks:
    """The tasks of a site. Of a site that is not `sound` only the links are looked at."""

    def __init__(self, site: Site, renderer: Renderer, planned: Sequence[PlannedFile], *, sound: bool) -> None:
        self.site = site
        self.renderer = renderer
        self.planned = planned
        self.sound = sound

    def names(self, also: Iterable[PlannedFile]) -> set[str]:
        """The names of all tasks, those of the files `also` planned among them."""
        names = {file.path for files in (self.planned, also) for file in files}
        return {*names, *self.links(), *self.checks(), CARDS, DEAD_LINKS}

    def links(self) -> list[str]:
        """The names of the tasks that look up what entries name."""
        return [f"{LINKS}{one.kind}:{one.key}" for one in self.site.given]

    def checks(self) -> list[str]:
        """The names of the tasks that check entries and the site."""
        return [
            *(f"{CHECKS}{one.kind}:{one.key}" for one in self.site.given if self._checked(one)),
            *(f"{CHECKS}{check.__name__}" for check in SITE_CHECKS if self.sound),
        ]

    def pending(self, runner: TaskRunner, has: Has) -> Pending:
        """The tasks that are out of date, in the order in which they run, and the files that are absent."""
        files, absent = self._pending_files(runner, self.planned, has)
        alone = files.pop("", [])
        groups: list[Group] = []
        for entry in self.site.given:
            own = self._of_entry(runner, entry)
            files_of_entry = files.pop(f"{entry.kind}:{entry.key}", [])
            if own or (files_of_entry and not self._has_errors(runner, entry)):
                groups.append([*own, *files_of_entry])
        if self.sound:
            groups += filter(None, (self._out_of_date(runner, self._site_check(check)) for check in SITE_CHECKS))
        return Pending([*groups, *([one] for one in alone)], absent)

    def pending_files(self, runner: TaskRunner, files: Iterable[PlannedFile], has: Has) -> Pending:
        """The same for some files alone."""
        groups, absent = self._pending_files(runner, files, has)
        return Pending(list(groups.values()), absent)

    def _pending_files(
        self, runner: TaskRunner, files: Iterable[PlannedFile], has: Has
    ) -> tuple[dict[str, Group], list[PlannedFile]]:
        """The files that are out of date by their groups, and those that are absent from the output."""
        groups: dict[str, Group] = defaultdict(list)
        absent: list[PlannedFile] = []
        for file in files:
            state = runner.state(file.path, arguments_of(file))
            if isinstance(state, Reason):
                groups[file.group].append((self.of_file(file), state))
            elif state != NO_FILE and not has(file.path, state):
                absent.append(file)
        return groups, absent

    def of_file(self, file: PlannedFile) -> Task:
        """The task that makes a planned file."""
        return Task(file.path, arguments_of(file), partial(self.renderer.make, file))

    def of_cards(self, rows: Rows) -> Task:
        """The task that collects the words of all social cards by their keys."""

        def make() -> Made:
            return Made(encode(dict(row.card for row in rows if row.card)), has_problems=False)

        return Task(CARDS, rows.digest, make)

    def _of_entry(self, runner: TaskRunner, entry: Stored) -> Group:
        """Its links and, where it is published, its checks: those that are out of date."""
        name = f"{entry.kind}:{entry.key}"
        links = _asking(f"{LINKS}{name}", partial(self.site.problems_of, entry.kind, entry.key), gate=True)
        found = self._out_of_date(runner, links)
        if self._checked(entry):
            found += self._out_of_date(runner, _asking(f"{CHECKS}{name}", partial(self._check, entry.kind, entry.key)))
        return found

    def _checked(self, entry: Stored) -> bool:
        return self.sound and entry.key in self.site.entries[entry.kind].kept

    def _out_of_date(self, runner: TaskRunner, task: Task) -> Group:
        reason = runner.out_of_date(task.name, task.arguments)
        return [(task, reason)] if reason else []

    def _has_errors(self, runner: TaskRunner, entry: Stored) -> bool:
        """Whether the links of an entry, which are up to date, have errors, so that its files cannot be made."""
        return has_errors(tuple(runner.problems([f"{LINKS}{entry.kind}:{entry.key}"])))

    def _check(self, kind: str, key: str) -> Iterator[Problem]:
        entry = self.site.get(kind, key)
        for text in written(self.site, entry):
            for check in TEXT_CHECKS:
                yield from check(self.site, text)
        for ask in ENTRY_CHECKS:
            yield from ask(self.site, entry)

    def _site_check(self, check: Callable[[Site], Iterable[Problem]]) -> Task:
        return _asking(f"{CHECKS}{check.__name__}", partial(check, self.site))


def arguments_of(file: PlannedFile) -> bytes:
    """The digest of the arguments of a planned file."""
    return file.inputs or key_of(*file.arguments)


def cards_in(details: bytes) -> dict[str, CardWords]:
    """The words of all social cards, from the details of their task. Raises CacheMiss."""
    found: dict[str, CardWords] = _decoded(details, dict[str, CardWords])
    return found


def _asking(name: str, ask: Callable[[], Iterable[Problem]], *, gate: bool = False) -> Task:
    """A task that asks a question and gives the problems that it finds."""

    def make() -> Made:
        found = tuple(ask())
        return Made(encode(found), bool(found))

    return Task(name, NO_DIGEST, make, gate)
