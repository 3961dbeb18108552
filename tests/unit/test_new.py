"""Skeletons of new content: they can be built at once, keep what was typed, and overwrite nothing."""

from pathlib import Path
from typing import Any

import pytest
from conftest import Project, tree

from site_builder.new import create
from site_builder.problems import ProblemsFound, has_errors
from site_builder.sources.read import read_document
from site_builder.yaml_places import YamlDocument, parse

TITLES = ["Jauna ziņa", "New item"]


def _fields(document: YamlDocument) -> dict[str, Any]:
    assert isinstance(document.value, dict)
    return document.value


def _refused(project: Project, kind: str, titles: list[str]) -> list[tuple[str, bool]]:
    with pytest.raises(ProblemsFound) as refused:
        create(project.folder, kind, titles)
    return [(found.code, found.hint is not None) for found in refused.value.problems]


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("news", ["jauna-zina.lv.md", "jauna-zina.en.md"]),
        ("page", ["jauna-zina.lv.md", "jauna-zina.en.md"]),
        ("facility", ["jauna-zina.yaml"]),
        ("partner", ["partners.yaml"]),
    ],
)
def test_a_skeleton_is_written_in_every_language(project: Project, kind: str, names: list[str]) -> None:
    """File names come from the first language's title, and every file that is named is there."""
    paths = create(project.folder, kind, TITLES)
    assert [Path(path).name for path in paths] == names
    assert all((project.folder / path).is_file() for path in paths)


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [("news", {"sample-text"}), ("page", {"sample-text"}), ("facility", {"sample-text"}), ("partner", set())],
)
def test_nothing_is_wrong_with_a_skeleton_but_its_sample_sentences(
    project: Project, kind: str, wrong: set[str]
) -> None:
    """Whoever begins has only to replace the sentences that say so."""
    create(project.folder, kind, TITLES)
    assert {found.code for found in project.problems(drafts=True) if has_errors([found])} == wrong


@pytest.mark.parametrize("kind", ["news", "page"])
def test_a_draft_does_not_stop_the_site(project: Project, kind: str) -> None:
    """An unfinished text waits; the rest of the site is published."""
    create(project.folder, kind, TITLES)
    assert [found for found in project.problems() if has_errors([found])] == []


@pytest.mark.parametrize("kind", ["news", "page"])
def test_a_new_text_is_a_draft(project: Project, kind: str) -> None:
    """Nothing is published before somebody says so."""
    document, _ = read_document(project.folder, create(project.folder, kind, TITLES)[0])
    assert document is not None
    assert _fields(document.front_matter)["draft"] == "true"


@pytest.mark.parametrize(
    "title",
    [
        "Jauna ziņa",
        "Māja: jauna",
        '“Kurzeme visiem” un "citi"',
        "It's here",
        "# piezīme",
        "- punkts",
        "{a}",
        "[a]",
        "5 % vairāk",
        "a \\ b",
        "2023",
        "true",
        "null",
        "@x & *y",
        "Viens, divi",
    ],
)
def test_a_title_is_kept_whatever_is_in_it(project: Project, title: str) -> None:
    """Signs that mean something in YAML are quoted."""
    for path in create(project.folder, "news", [title, title]):
        document, problems = read_document(project.folder, path)
        assert document is not None
        assert (_fields(document.front_matter)["title"], problems) == (title, [])


@pytest.mark.parametrize("title", ["Māja: jauna, {liela}", "null", 'a "b"'])
def test_a_name_is_kept_whatever_is_in_it(project: Project, title: str) -> None:
    """The same holds for names in facts."""
    (path,) = create(project.folder, "facility", [title, title])
    document, _ = parse(project.text(path), path)
    assert _fields(document)["name"] == {"lv": title, "en": title}


def test_partners_are_added_to_those_there_are(project: Project) -> None:
    """The file keeps its partners, and the new one comes last."""
    create(project.folder, "partner", ["Pirmais", "First"])
    (path,) = create(project.folder, "partner", ["Otrais", "Second"])
    document, problems = parse(project.text(path), path)
    assert (list(_fields(document)), problems) == (["pirmais", "otrais"], [])


# Refusals ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["news", "page", "facility", "partner"])
def test_nothing_is_overwritten(project: Project, kind: str) -> None:
    """A second skeleton of the same name is refused, and the first stays as it is."""
    create(project.folder, kind, TITLES)
    before = tree(project.folder)
    assert _refused(project, kind, TITLES) == [("new-exists", True)]
    assert tree(project.folder) == before


def test_nothing_is_written_when_one_of_the_files_is_there(project: Project) -> None:
    """Half a pair is worse than none."""
    first, _ = create(project.folder, "news", TITLES)
    (project.folder / first).unlink()
    before = tree(project.folder)
    assert _refused(project, "news", TITLES) == [("new-exists", True)]
    assert tree(project.folder) == before


@pytest.mark.parametrize(
    ("titles", "code"),
    [
        (["Jauna ziņa"], "new-titles-missing"),
        ([], "new-titles-missing"),
        (["Jauna ziņa", "–"], "new-title"),
        (["", "New item"], "new-title"),
        (["日本", "Japan"], "new-title"),
    ],
)
def test_a_title_that_makes_no_address_is_refused(project: Project, titles: list[str], code: str) -> None:
    """Every language needs a title with letters or digits in it; nothing is written otherwise."""
    before = tree(project.folder)
    assert _refused(project, "news", titles) == [(code, True)]
    assert tree(project.folder) == before
