"""Whatever an editor does to a file, the answer is a site or a list of problems, and never a traceback."""

import shutil
from pathlib import Path

import pytest
from conftest import PROJECT, PROVE, Project, small_site
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

FILES = [*sorted(path for path in small_site() if "/pages/" not in path), "content/pages/about.lv.md"]
WORDS = sorted(path.relative_to(PROJECT).as_posix() for path in (PROJECT / "templates/i18n").glob("*.yaml"))
PIECES = st.one_of(
    st.sampled_from(
        [
            "\t",
            "---\n",
            "- ",
            ": ",
            "{",
            "}",
            "[",
            "]",
            '"',
            "'",
            "|\n",
            "#",
            "&a ",
            "*a",
            "!!int ",
            "null",
            "~",
            "\n",
            "\x00",
        ]
    ),
    st.sampled_from(
        ["[[fact:x]]", "](facility:", "<script>", "🏠", "\u202e", "\ue000", "01.02.2020", "0", "-1", "true"]
    ),
    st.text(max_size=6),
)


@st.composite
def damage(draw: st.DrawFn) -> tuple[str, int, int, str]:
    """A file, where in it (0 to 9999 of its length), how many characters go, and what comes in their place."""
    path = draw(st.sampled_from(FILES + WORDS))
    return path, draw(st.integers(0, 9999)), draw(st.sampled_from([0, 0, 1, 5, 40, 400])), draw(PIECES)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """One small site that every example damages and mends."""
    project = Project(tmp_path_factory.mktemp("fuzz") / "project")
    project.write(dict(small_site()))
    for folder in ("templates", "static"):
        shutil.copytree(PROJECT / folder, project.folder / folder)
    return project


@settings(
    max_examples=3000 if PROVE else 60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(change=damage())
def test_a_damaged_file_gives_a_site_or_problems(copy: Project, change: tuple[str, int, int, str]) -> None:
    """Each problem names a file of the project and a line that it has."""
    path, at, gone, put = change
    file: Path = copy.folder / path
    whole = file.read_text("utf-8")
    start = len(whole) * at // 10_000
    broken = whole[:start] + put + whole[start + gone :]
    try:
        file.write_bytes(broken.encode("utf-8", "surrogatepass"))
        built = copy.built()
        assert built.publishable or any(found.severity == "error" for found in built.problems)
        for found in built.problems:
            lines = (copy.folder / found.place.path).read_bytes().count(b"\n") + 1
            assert 1 <= found.place.line <= lines + 1, found
            assert found.place.column >= 1, found
            assert list(found.lines("lv")), found
    finally:
        file.write_text(whole, "utf-8", newline="")
