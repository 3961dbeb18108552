"""What is to be made for a site: the links and checks of every entry, the checks of the whole, and every file.

What belongs to one entry stands together, so that a worker that has linked its texts checks and prints them as well.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from functools import partial
from typing import Any

from site_builder.checks import ENTRY_CHECKS, SITE_CHECKS, TEXT_CHECKS
from site_builder.checks.written import written
from site_builder.entries import Stored
from site_builder.making import NO_INPUTS, Made, Outcome, Task, Workshop
from site_builder.outputs.planned_file import PlannedFile
from site_builder.outputs.site_map import Rows
from site_builder.problems import Problem
from site_builder.render import Renderer
from site_builder.site import Site
from site_builder.store import key_of


class KeptRows(Rows):
    """The rows of pages that were made; loaded only when somebody looks at them. `digest` tells them from others."""

    def __init__(self, outcomes: Sequence[Outcome], workshop: Workshop) -> None:
        self.outcomes = outcomes
        self.workshop = workshop
        self.digest = key_of(*(one.row for one in outcomes))

    def __len__(self) -> int:
        return len(self.outcomes)

    def __getitem__(self, index: Any) -> Any:
        return self.workshop.told(self.outcomes[index]).row


class Tasks:
    """The tasks of a site. Of one that is not `sound` only the links are looked at."""

    def __init__(self, site: Site, renderer: Renderer, planned: Sequence[PlannedFile], *, sound: bool) -> None:
        self.site = site
        self.renderer = renderer
        self.planned = planned
        self.sound = sound

    @property
    def count(self) -> int:
        return len(self.planned) + len(self.site.given) * (1 + self.sound) + len(SITE_CHECKS) * self.sound

    def groups(self) -> Iterator[list[Task]]:
        """All tasks, those of one entry together."""
        files: dict[str, list[Task]] = defaultdict(list)
        for file in self.planned:
            files[file.group].append(self.of_file(file))
        alone = files.pop("", [])
        for kept in self.site.given:
            yield self._of_entry(kept) + files.pop(f"{kept.kind}:{kept.key}", [])
        if self.sound:
            yield from ([self._site_check(check)] for check in SITE_CHECKS)
        yield from ([task] for task in alone)

    def of_file(self, file: PlannedFile) -> Task:
        """The task that makes a planned file."""
        return Task(
            f"file:{file.path}",
            file.inputs or key_of(*file.arguments),
            partial(self.renderer.make, file),
            entry=file.group,
        )

    def of_cards(self, rows: Rows) -> Task:
        """The task that collects the words of all social cards by their keys."""
        return Task("cards", rows.digest, lambda: Made(dict(row.card for row in rows if row.card), troubled=False))

    def some(self, entries: Set[str], names: Set[str]) -> list[list[Task]]:
        """The tasks of some entries, by kind and key, each with its own, and those of these names."""
        files: dict[str, list[Task]] = defaultdict(list)
        paths = {name.removeprefix("file:") for name in names}
        for file in self.planned:
            if file.group in entries or file.path in paths:
                files[file.group].append(self.of_file(file))
        own = [kept for kept in self.site.given if f"{kept.kind}:{kept.key}" in entries]
        groups = [self._of_entry(kept) + files.pop(f"{kept.kind}:{kept.key}", []) for kept in own]
        return [*groups, *([task] for tasks in files.values() for task in tasks)]

    def _of_entry(self, kept: Stored) -> list[Task]:
        """Its links and, where it is published, its checks."""
        entry = f"{kept.kind}:{kept.key}"
        ask = partial(self.site.problems_of, kept.kind, kept.key)
        own = [self._asked(f"links:{entry}", ask, opens=True, entry=entry)]
        if self.sound and kept.key in self.site.entries[kept.kind].kept:
            own.append(self._asked(f"checks:{entry}", partial(self._check, kept.kind, kept.key), entry=entry))
        return own

    def _check(self, kind: str, key: str) -> Iterator[Problem]:
        entry = self.site.get(kind, key)
        for text in written(self.site, entry):
            for check in TEXT_CHECKS:
                yield from check(self.site, text)
        for ask in ENTRY_CHECKS:
            yield from ask(self.site, entry)

    def _site_check(self, check: Callable[[Site], Iterable[Problem]]) -> Task:
        return self._asked(f"checks:{check.__name__}", partial(check, self.site))

    def _asked(self, name: str, ask: Callable[[], Iterable[Problem]], *, opens: bool = False, entry: str = "") -> Task:
        def make() -> Made:
            found = tuple(ask())
            return Made(found, bool(found))

        return Task(name, NO_INPUTS, make, opens, entry)
