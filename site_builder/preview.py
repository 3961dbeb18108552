"""What the preview does after a change: where bodies of texts alone have changed, it makes what reads them.

The site, its plan and all outcomes of the last build are still in memory then, and so is what each task has read. An
edit of a body changes no row, so the plan is the same as long as planning has read none of the bodies. Whatever is
not as simple as that, a warning among it, is left to a whole build.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from site_builder.bodies import concerns_others
from site_builder.build import Built, Last, build
from site_builder.config import Options
from site_builder.engine.serialization import Undecodable
from site_builder.entries import Stored, Unit, read_unit, units_of
from site_builder.held import Held
from site_builder.ledger import split
from site_builder.making import Lost
from site_builder.problems import ProblemsFound
from site_builder.publishing.patch import patch
from site_builder.record.git import head
from site_builder.sources.discover import left_behind
from site_builder.unchanged import today_in


class Bodies:
    """The texts of a site that stand in files of their own, the tasks that read them, and what these make again."""

    def __init__(self, last: Last) -> None:
        """Raises Lost when others have changed the store."""
        self.last = last
        self.contents: dict[str, bytes] = {}
        last.tasks.renderer.stage = self.contents.__setitem__
        self.units = {file.path: unit for unit in units_of(last.files) if unit[0].language for file in unit}
        self.tasks = {task.name: task for group in last.tasks.groups() for task in group}
        nodes = last.tasks.site.ledger.nodes
        self.readers = last.workshop.readers({value for node, value in nodes.items() if node[0] == "body"})


class Preview:
    """Builds a project again and again into a folder that nobody but its own server reads."""

    def __init__(self, project: Path, output: Path) -> None:
        self.project = project.resolve()
        self.output = output.parent.resolve() / output.name
        self.held = Held()
        self.bodies: Bodies | None = None
        # how often an edit of bodies was enough
        self.quick = 0

    def prepare(self) -> None:
        """Get ready for an edit of a body, while nobody waits."""
        last: Last | None = self.held.last
        if last is None or (self.bodies and self.bodies.last is last):
            return
        try:
            self.bodies = Bodies(last)
        except Lost:
            self.held.last = None
        finally:
            last.workshop.store.close()

    def build(self, options: Options, changed: Iterable[Path] | None = None) -> Built:
        """Build after `changed` files, or after one does not know what; gives what is found as `build` does.

        Raises OSError.
        """
        if changed is not None and (built := self._of_bodies(options, changed)):
            self.quick += 1
            return built
        # the last build is forgotten before the next one takes as much memory
        self.held.last = self.bodies = None
        built, report = build(self.project, self.output, options, preview=True, held=self.held)
        if report is None:
            self.held.last = None
        return built

    def _of_bodies(self, options: Options, changed: Iterable[Path]) -> Built | None:
        """The site with edited bodies; None where that is not enough."""
        self.prepare()
        bodies = self.bodies
        if bodies is None or not self._same_time(bodies.last, options):
            return None
        units = self._units(bodies, changed)
        if units is None:
            return None
        try:
            return _made_again(bodies, units, self.project, self.output)
        except (Lost, Undecodable, ProblemsFound, OSError):
            return None
        finally:
            bodies.last.workshop.store.close()

    def _same_time(self, last: Last, options: Options) -> bool:
        """Whether a whole build would have the same options, day and history of facts."""
        zone, day = last.built.calendar
        today = options.today.isoformat() if options.today else today_in(zone)
        return options == last.options and today == day and head(self.project) == last.head

    def _units(self, bodies: Bodies, changed: Iterable[Path]) -> set[Unit] | None:
        """The texts whose files have changed; None if another file has. What editors leave behind does not count."""
        units = set()
        for path in changed:
            if not path.is_relative_to(self.project):
                return None
            inside = path.relative_to(self.project).as_posix()
            if inside.startswith("content/") and left_behind(path.name):
                continue
            if inside not in bodies.units or path.is_symlink() or not path.is_file():
                return None
            units.add(bodies.units[inside])
        return units


def _made_again(bodies: Bodies, units: Iterable[Unit], project: Path, output: Path) -> Built | None:
    """What reads the bodies of some texts is made and put in its place; None where more may be different."""
    last = bodies.last
    site, workshop = last.tasks.site, last.workshop
    edited = [_edited(last, unit) for unit in units]
    same = [one for one in edited if one]
    if len(same) < len(edited):
        return None
    gone = site.exchange_bodies(same)
    if not gone.isdisjoint(last.planning):
        return None
    names = {name for one in gone for name in bodies.readers.get(one, ())}
    if not names <= bodies.tasks.keys():
        return None
    before = {name: workshop.outcomes[name] for name in names}
    bodies.contents.clear()
    for name, reads in workshop.make([[bodies.tasks[name]] for name in sorted(names)]):
        for one in split(reads):
            bodies.readers[one].add(name)
    paths, base_path = last.built.files.keys(), site.config.base_path
    if workshop.failures or any(concerns_others(workshop, name, one, paths, base_path) for name, one in before.items()):
        return None
    files = {path: workshop.outcomes[f"file:{path}"] for path in bodies.contents}
    different = {path for path, one in files.items() if one.sha256 != last.built.files[path].sha256}
    patch(output, project, {path: bodies.contents[path] for path in different})
    last.built = replace(last.built, files={**last.built.files, **files})
    return last.built


def _edited(last: Last, unit: Unit) -> Stored | None:
    """An entry as its files are now; None where more than bodies differ, or anything was or is wrong with them."""
    read = read_unit(unit, last.reading)
    paths = {file.path for file in unit}
    if read.problems or any(found.place.path in paths for found in last.built.problems):
        return None
    (new,) = read.entries
    old = last.tasks.site.stored(new.kind, new.key)
    return new if new._replace(bodies=old.bodies) == old else None
