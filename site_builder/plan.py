"""Gathers what every output plans, and refuses two files at one path."""

from collections.abc import Iterable
from functools import partial

from site_builder.outputs import OUTPUTS, Output
from site_builder.outputs.assets import Assets
from site_builder.outputs.planned_file import PlannedFile
from site_builder.problems import Place, Problem, phrase, problem
from site_builder.project import CONFIG_PATH
from site_builder.publishing.manifest import MANIFEST
from site_builder.site import Site


def plan(site: Site, assets: Assets) -> list[PlannedFile]:
    """The files that are made from the site alone. An output whose plan has read nothing that changed is not asked."""
    return [
        file for output in OUTPUTS for file in site.planned(output.__module__, partial(_planned, output, site, assets))
    ]


def _planned(output: Output, site: Site, assets: Assets) -> tuple[PlannedFile, ...]:
    return tuple(output(site, assets))


def collisions(planned: Iterable[PlannedFile]) -> list[Problem]:
    """Two files at one path, also by case alone, or a file where another's folder must be."""
    taken: dict[str, PlannedFile] = {MANIFEST: PlannedFile(MANIFEST, lambda site, assets: b"")}
    folders: dict[str, PlannedFile] = {}
    found = []
    for file in planned:
        path = file.path.lower()
        other = taken.setdefault(path, file)
        if other is not file:
            found.append(_collision(file, other))
        while (path := path.rpartition("/")[0]) and path not in folders:
            folders[path] = file
    found += [_collision(folders[path], taken[path]) for path in folders.keys() & taken.keys()]
    return found


def _collision(file: PlannedFile, other: PlannedFile) -> Problem:
    """Told at the one of the two that has a source file of its own, or at the later one."""
    told, first = (file, other) if file.origin else (other, file)
    address = "/" + file.path.removesuffix("index.html")
    place = told.origin() if told.origin else Place(CONFIG_PATH)
    named = first.origin() if first.origin else first.path
    return problem("same-address", place, address=address, first=named, hint=phrase("hint.same-address"))
