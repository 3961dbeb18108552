"""The same sources give the same bytes: for anyone, at any time, in any folder, however the machine is set up."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import PROJECT, PROVE, share
from faults import did_not_run
from fresh_builds import Builder, Surroundings, Wanted
from judge import Tree, tree_of
from little_world import TODAY, World
from lying_engines import SURROUNDED

NOBODY = 65534
# What the surroundings of a process say. Each is a process of its own.
VARIABLES = {
    "no zone": {"TZ": ""},
    "another zone": {"TZ": "Pacific/Kiritimati"},
    "a C locale without UTF-8": {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "Turkish": {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr"},
    "hash seed 0": {"PYTHONHASHSEED": "0"},
    "hash seed 4242": {"PYTHONHASHSEED": "4242"},
    "another user's variables": {"HOME": "/nonexistent", "USER": "someone", "LOGNAME": "someone", "HOSTNAME": "far"},
    "a date of the source": {"SOURCE_DATE_EPOCH": "1"},
    "no bytecode": {"PYTHONDONTWRITEBYTECODE": "1"},
    "optimized": {"PYTHONOPTIMIZE": "1"},
}
AROUND = {
    "a strict umask": Surroundings(umask=0o077),
    "an open umask": Surroundings(umask=0),
    "folders read from z to a": Surroundings(reversed=True),
    "half a year later": Surroundings(hours_later=24 * 183 + 11),
    "years earlier": Surroundings(hours_later=-24 * 3000),
}
# All of them in two processes, for when time is short: a difference is found, but not named.
TWO = {
    "many at once": {key: value for name in list(VARIABLES)[::2] for key, value in VARIABLES[name].items()},
    "many others": {key: value for name in list(VARIABLES)[1::2] for key, value in VARIABLES[name].items()},
}


TRIED = VARIABLES if PROVE else TWO


class Site:
    """Sources to be built in many ways, and the tree that each must give."""

    def __init__(self, folder: Path, project: Path) -> None:
        self.folder = folder
        self.project = project
        self.count = 0
        self.builder = Builder()
        self.tree = self.built(self.builder)

    def built(self, builder: Builder, project: Path | None = None, **more: Any) -> Tree:
        """The tree of a build into a new folder, with nothing remembered."""
        self.count += 1
        where = project or self.project
        output = more.pop("output", None) or self.folder / f"outputs/{self.count}"
        output.parent.mkdir(parents=True, exist_ok=True)
        output.parent.chmod(0o777)
        if not more.pop("warm", False):
            shutil.rmtree(where / ".site-builder", ignore_errors=True)
        outcome = builder.build(Wanted(str(where), str(output), TODAY, **more))
        assert outcome.published, outcome.problems
        return tree_of(output)

    def copy(self, name: str, *, backwards: bool = False) -> Path:
        """The sources in another folder, perhaps written in the opposite order, with times of their own."""
        target = self.folder / name
        files = sorted(path for path in self.project.rglob("*") if path.is_file() and not _made(path, self.project))
        for number, path in enumerate(reversed(files) if backwards else files):
            copied = target / path.relative_to(self.project)
            copied.parent.mkdir(parents=True, exist_ok=True)
            copied.write_bytes(path.read_bytes())
            os.utime(copied, (1_000_000_000 + number, 1_000_000_000 + number))
        return target


def _made(path: Path, project: Path) -> bool:
    """Whether a file is no source of the site."""
    return path.relative_to(project).parts[0] not in ("content", "templates", "static")


def _same(found: Tree, expected: Tree) -> None:
    assert found.keys() == expected.keys()
    assert [path for path in found if found[path] != expected[path]] == []


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """The little world's site, in a folder that anybody may enter."""
    folder = Path(tempfile.mkdtemp(prefix="site-builder-reproducible-")).resolve()
    folder.chmod(0o755)
    made = Site(folder, World(folder / "world").project.folder)
    yield made
    made.builder.end()
    shutil.rmtree(folder)


@pytest.mark.parametrize("variables", TRIED.values(), ids=list(TRIED))
def test_variables_of_the_process_change_nothing(site: Site, variables: dict[str, str]) -> None:
    """Zone, locale, hash seed, user, host, SOURCE_DATE_EPOCH and Python's own switches."""
    builder = Builder(variables=variables)
    try:
        _same(site.built(builder), site.tree)
    finally:
        builder.end()


@pytest.mark.parametrize("around", AROUND.values(), ids=list(AROUND))
def test_surroundings_change_nothing(site: Site, around: Surroundings) -> None:
    """Umask, the order in which a file system lists, the time of day and the day."""
    _same(site.built(site.builder, around=around), site.tree)


def test_another_user_gets_the_same(site: Site) -> None:
    """Built by `nobody`, from sources that it may read but not write, so that nothing can be remembered either."""
    if os.geteuid() != 0:
        did_not_run("only root can become another user")
    around = Surroundings(user=NOBODY)
    _same(site.built(site.builder, around=around), site.tree)


@pytest.mark.parametrize("name", ["other", "a folder with spaces and ā", "deep/" * 12 + "down"])
def test_the_folder_of_the_project_changes_nothing(site: Site, name: str) -> None:
    """Sources elsewhere, written in the opposite order, with other times."""
    _same(site.built(site.builder, site.copy(name, backwards=True)), site.tree)


@pytest.mark.parametrize("name", ["public", "out with spaces ē", "deep/" * 12 + "public"])
def test_the_output_changes_nothing(site: Site, name: str) -> None:
    """An output elsewhere, also inside the project."""
    output = (site.project if name == "public" else site.folder) / name
    _same(site.built(site.builder, output=output), site.tree)


def test_warm_and_cold_are_the_same(site: Site) -> None:
    """With what an earlier build remembered, without, and over the earlier output."""
    output = site.folder / "again"
    for warm, clean in ((False, False), (True, False), (True, True), (False, False)):
        _same(site.built(site.builder, output=output, warm=warm, clean=clean), site.tree)


@pytest.mark.parametrize("jobs", [1, 2, 4])
def test_the_number_of_jobs_changes_nothing(site: Site, jobs: int) -> None:
    """One process, as many as the machine has, more than it has."""
    _same(site.built(site.builder, jobs=jobs), site.tree)


def test_the_real_site_is_reproducible(real_output: Path, tmp_path: Path) -> None:
    """The real content with most variations at once: zone, locale, hash seed, time, umask, file order, folder."""
    copy = tmp_path / "else where"
    for folder in ("content", "templates", "static"):
        shutil.copytree(PROJECT / folder, copy / folder, copy_function=shutil.copyfile)
    builder = Builder(variables=TWO["many others"])
    around = Surroundings(umask=0o077, reversed=True, hours_later=4321)
    try:
        outcome = builder.build(Wanted(str(copy), str(tmp_path / "out"), TODAY, around=around))
    finally:
        builder.end()
    assert outcome.published, outcome.problems
    _same(tree_of(tmp_path / "out"), tree_of(real_output))


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Builder]:
    """A builder in other surroundings."""
    builder = Builder(variables=TWO["many others"])
    yield builder
    builder.end()


@pytest.mark.parametrize("lie", share(SURROUNDED, 3))
def test_a_site_that_depends_on_it_is_found(site: Site, elsewhere: Builder, lie: str) -> None:
    """An engine that writes one of these things into the site gives another tree."""
    remembered = site.folder / "remembered"
    remembered.mkdir(exist_ok=True)
    around = Surroundings(umask=0o077, reversed=True, hours_later=4321)
    copy = site.copy("lied", backwards=True)
    here = site.built(site.builder, lie=lie, remember=str(remembered))
    assert here != site.built(elsewhere, copy, lie=lie, around=around, remember=str(remembered))
