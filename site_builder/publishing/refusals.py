"""Which folders a site is never written to, whatever the command line says."""

from pathlib import Path

from site_builder.problems import Place, Problem, phrase, problem
from site_builder.publishing.manifest import MANIFEST

# Where the stores of outputs within the project are.
STORES = ".site-builder/publish"
SOURCES = ("content", "templates", "static", "site_builder", "tests", "docs", "benchmarks", "node_modules")


def refused(output: Path, project: Path, shown: str) -> Problem | None:
    """Why `output` must not be written, if so: the project itself, home, `/`, its sources, a link, a file."""
    place = Place(shown)
    if output.is_symlink():
        return problem("output-refused", place, variant="link", hint=phrase("hint.output"))
    whole = output.resolve()
    home = _home()
    if whole in (project, home, Path(whole.anchor)) or project.is_relative_to(whole) or home.is_relative_to(whole):
        return problem("output-refused", place, variant="home", hint=phrase("hint.output"))
    if _is_source(whole, project):
        return problem("output-refused", place, variant="source", hint=phrase("hint.output"))
    if output.exists() and not output.is_dir():
        return problem("output-refused", place, variant="file", hint=phrase("hint.output"))
    return None


def foreign(shown: str) -> Problem:
    """A folder, or a place in it, belongs to somebody else."""
    hint = phrase("hint.output-foreign", manifest=MANIFEST)
    return problem("output-refused", Place(shown), variant="foreign", hint=hint)


def has_files(folder: Path) -> bool:
    """Whether there is anything in a folder. Raises OSError when that cannot be seen."""
    try:
        return any(folder.iterdir())
    except FileNotFoundError:
        return False


def _is_source(output: Path, project: Path) -> bool:
    """Whether a folder is one of the project's own: its sources, and hidden folders but `.site-builder`."""
    if not output.is_relative_to(project):
        return False
    first = output.relative_to(project).parts[0]
    if output.is_relative_to(project / STORES) or (project / STORES).is_relative_to(output):
        return True
    return first in SOURCES or (first.startswith(".") and first != ".site-builder")


def _home() -> Path:
    """The user's home; the root where a container knows none."""
    try:
        return Path.home().resolve()
    except RuntimeError:
        return Path("/")
