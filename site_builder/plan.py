"""Gathers what every output plans, and refuses two files at one path."""

from pathlib import PurePosixPath

from site_builder.config import CONFIG_PATH
from site_builder.outputs import OUTPUTS, assets
from site_builder.outputs.assets import Assets
from site_builder.outputs.planned_file import PlannedFile
from site_builder.problems import Place, Problem, phrase, problem
from site_builder.publishing.manifest import MANIFEST
from site_builder.site import Site


def plan(site: Site, site_assets: Assets) -> tuple[tuple[PlannedFile, ...], list[Problem]]:
    """All files of the site before they are made."""
    planned: tuple[PlannedFile, ...] = ()
    for output in OUTPUTS:
        planned += tuple(output(site, site_assets, planned))
    planned += tuple(assets.plan(site_assets))
    return planned, _collisions(planned)


def _collisions(planned: tuple[PlannedFile, ...]) -> list[Problem]:
    """Two files at one path, also by case alone, or a file where another's folder must be."""
    taken: dict[str, PlannedFile] = {MANIFEST: PlannedFile(MANIFEST, bytes, b"")}
    found = []
    for file in planned:
        other = taken.setdefault(file.path.lower(), file)
        if other is not file:
            found.append(_collision(file, other))
    for file in planned:
        parents = map(str, PurePosixPath(file.path.lower()).parents)
        found += [_collision(file, taken[parent]) for parent in parents if parent in taken]
    return found


def _collision(file: PlannedFile, other: PlannedFile) -> Problem:
    """Told at the one of the two that has a source file of its own, or at the later one."""
    told, first = (file, other) if file.origin else (other, file)
    address = "/" + file.path.removesuffix("index.html")
    place = told.origin or Place(CONFIG_PATH)
    named = first.origin or first.path
    return problem("same-address", place, address=address, first=named, hint=phrase("hint.same-address"))
