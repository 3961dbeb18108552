"""An edit of bodies of texts alone, as most edits are: what reads them is made again, and no other task is looked at.

Such an edit changes no row, so the plan, the lists and whatever else has not read the bodies stay as they are. What is
not as simple as that, a warning among it, is left to a whole build.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Set
from typing import NamedTuple

from site_builder.budgets import over_budget
from site_builder.ledger import split
from site_builder.links import broken_links
from site_builder.making import Outcome, Workshop
from site_builder.problems import Problem
from site_builder.store import digest_of
from site_builder.tasks import Tasks

# Stands for a task where bodies were read while the site was planned.
PLANNING = "planning"
# By the input that a body is, the names of the tasks that have read it and belong to another entry or to none.
Readers = Mapping[bytes, frozenset[str]]


class Basis(NamedTuple):
    """What a build that was published leaves for the next: its manifest, a digest of its inputs, what it told.

    `early` are the problems that were found before anything was made.
    """

    manifest: str
    inputs: bytes
    readers: Readers
    early: tuple[Problem, ...]
    problems: tuple[Problem, ...]
    pages: tuple[tuple[str, int], ...]


class Edited(NamedTuple):
    """The inputs that are gone, and the entries, by kind and key, whose bodies took their place."""

    gone: set[bytes]
    entries: set[str]


def readers_of(outcomes: Mapping[str, Outcome], before: Readers) -> Readers:
    """Who reads the bodies of others: those known from `before`, and those whose outcomes are given."""
    found = defaultdict(set, {one: set(names) for one, names in before.items()})
    for name, outcome in outcomes.items():
        for one in outcome.others:
            found[one].add(name)
    return {one: frozenset(names) for one, names in found.items()}


def edited(workshop: Workshop, basis: Basis) -> Edited | None:
    """The bodies that were edited since the last build; None where anything else is not as it was."""
    if digest_of(workshop.inputs_then) != basis.inputs:
        return None
    then, now = set(split(workshop.inputs_then)), workshop.ledger.values
    gone, new = then - now, now - then
    if len(gone) != len(new) or not new <= workshop.bodies.keys():
        return None
    return Edited(gone, {workshop.bodies[one] for one in new})


def make_again(
    workshop: Workshop,
    tasks: Tasks,
    edit: Edited,
    basis: Basis,
    paths: Set[str],
    begin: Callable[[int], Callable[[], None]],
) -> Readers | None:
    """Make what reads the bodies that were edited since the last build, whose files are at `paths`.

    `begin` is told how many tasks that are; what it gives is called for each. Gives who reads the bodies of others now;
    None where only a whole build knows enough. Raises Lost.
    """
    names = {name for one in edit.gone for name in basis.readers.get(one, ())}
    groups = tasks.some(edit.entries, names)
    todo = {task.name: task for group in groups for task in group}
    if not names <= todo.keys():
        return None
    inputs = workshop.ledger.values | edit.gone
    before = {name: kept for name in todo if (kept := workshop.kept(name, inputs)) and kept.holds}
    if any(name not in before or before[name].outcome.inputs != task.inputs for name, task in todo.items()):
        return None
    tick = begin(len(todo))
    for _ in workshop.make(groups):
        tick()
    base_path = tasks.site.config.base_path
    if workshop.failures or any(
        concerns_others(workshop, name, one.outcome, paths, base_path) for name, one in before.items()
    ):
        return None
    workshop.keep_made(one.digest for one in before.values())
    return readers_of(workshop.outcomes, {one: names for one, names in basis.readers.items() if one not in edit.gone})


def concerns_others(workshop: Workshop, name: str, before: Outcome, paths: Set[str], base_path: str) -> bool:
    """Whether what a task made again gives may concern others: its row, problems, weight, ids, or a dead link.

    `paths` are those of all files. Raises Lost.
    """
    now = workshop.outcomes[name]
    if before.troubled or now.troubled or now.row != before.row:
        return True
    if not now.is_file:
        return False
    path = name.removeprefix("file:")
    if over_budget([(path, now.weights), (path, before.weights)]):
        return True
    told = workshop.told(now)
    if not set(workshop.told(before).ids) <= set(told.ids):
        return True

    def ids(other: str) -> frozenset[str]:
        return frozenset(("", *workshop.told(workshop.outcome(f"file:{other}")).ids))

    return bool(broken_links([(path, told.links)], paths, ids, base_path))
