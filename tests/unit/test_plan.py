"""No two files at one path, nor a file where another's folder must be."""

import pytest

from site_builder.outputs.planned_file import PlannedFile
from site_builder.plan import collisions
from site_builder.problems import Place
from site_builder.publishing.manifest import MANIFEST


def planned(path: str, origin: str = "") -> PlannedFile:
    return PlannedFile(path, lambda site, assets: b"", origin=(lambda: Place(origin)) if origin else None)


def told(*files: PlannedFile) -> list[tuple[str, str, str]]:
    """Where it is told, of which address, and what was there first."""
    found = [(one.place.path, dict(one.message.params)) for one in collisions(files)]
    return [(path, said["address"], str(said["first"])) for path, said in found]


def test_files_beside_and_below_each_other_are_fine() -> None:
    """A folder may have a page and pages below it."""
    paths = ("index.html", "a/index.html", "a/b/index.html", "a/b/c.html", "ab/index.html", "a.html", "a/b.html")
    assert told(*map(planned, paths)) == []


@pytest.mark.parametrize("other", ["a/index.html", "A/Index.html"])
def test_two_files_at_one_path_are_told(other: str) -> None:
    """Also by case alone: some file systems cannot tell them apart (NTFS, APFS)."""
    address = f"/{other.removesuffix('index.html')}"
    assert told(planned("a/index.html", "a.md"), planned(other, "b.md")) == [("b.md", address, "a.md:1:1")]


def test_it_is_told_where_an_editor_can_mend_it() -> None:
    """At the file of the two that has a source, in whichever order; else in the configuration."""
    ours, none = planned("a/index.html", "a.md"), planned("a/index.html")
    for files in ((ours, none), (none, ours)):
        assert told(*files) == [("a.md", "/a/", "a/index.html")]
    assert told(none, planned("a/index.html")) == [("content/site.yaml", "/a/", "a/index.html")]


@pytest.mark.parametrize("paths", [("a/b", "a/b/c/index.html"), ("a/b/c/index.html", "a/b"), ("A/B", "a/b/c.html")])
def test_a_file_where_a_folder_must_be_is_told(paths: tuple[str, str]) -> None:
    """Whichever is planned first."""
    assert len(told(*map(planned, paths))) == 1


@pytest.mark.parametrize("path", [MANIFEST, f"{MANIFEST}/index.html", MANIFEST.upper()])
def test_the_manifest_has_its_place(path: str) -> None:
    """Nothing of a site stands there."""
    assert len(told(planned(path, "a.md"))) == 1
