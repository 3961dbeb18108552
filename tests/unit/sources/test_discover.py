"""Walking the content: what each file is, and what fits nowhere."""

from pathlib import Path

import pytest

from site_builder.sources.discover import Discovered, discover


def _discover(project: Path, *paths: str) -> Discovered:
    (project / "content").mkdir(exist_ok=True)
    for path in paths:
        file = project / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x", "utf-8")
    return discover(project, ("lv", "en"))


@pytest.mark.parametrize(
    ("path", "kind", "key", "language"),
    [
        ("news/2016/lemums.lv.md", "news", "2016/lemums", "lv"),
        ("news/2016/lemums.en.md", "news", "2016/lemums", "en"),
        ("pages/about.lv.md", "page", "about", "lv"),
        ("facts/facilities/salmu-iela-53.yaml", "facility", "salmu-iela-53", ""),
        ("facts/services/care.yaml", "service", "care", ""),
        ("facts/operations/esf.yaml", "operation", "esf", ""),
        ("facts/figures.yaml", "fact", "", ""),
        ("facts/sources.yaml", "source", "", ""),
    ],
)
def test_a_file_is_known_by_its_place(tmp_path: Path, path: str, kind: str, key: str, language: str) -> None:
    """Folder and name tell the content type, the key and the language."""
    found = _discover(tmp_path, path)
    assert [(file.path, file.type.kind, file.key, file.language) for file in found.files] == [
        (f"content/{path}", kind, key, language)
    ]
    assert found.problems == ()


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("notes.txt", "unknown-file"),
        ("facts/figurs.yaml", "unknown-file"),
        ("facts/facilities/salmu.yml", "unknown-file"),
        ("news/2016/lemums.lv.txt", "unknown-file"),
        ("news/2016/lemums.md", "no-language"),
        ("news/2016/lemums.de.md", "no-language"),
        ("pages/about.md", "no-language"),
        ("news/lemums.lv.md", "no-year-folder"),
        ("news/16/lemums.lv.md", "no-year-folder"),
        ("news/2016/Lēmums.lv.md", "bad-file-name"),
        ("news/2016/mans lemums.lv.md", "bad-file-name"),
        ("pages/about.us.lv.md", "bad-file-name"),
        ("facts/facilities/Salmu.yaml", "bad-file-name"),
        ("media/mana māja.jpg", "bad-media-name"),
        ("media/program.exe", "media-type"),
        ("media/page.html", "media-type"),
    ],
)
def test_a_file_that_fits_nowhere_is_told_with_a_hint(tmp_path: Path, path: str, code: str) -> None:
    """Nothing is skipped in silence."""
    found = _discover(tmp_path, path)
    assert [(one.code, one.place.path, one.hint is None) for one in found.problems] == [
        (code, f"content/{path}", False)
    ]
    assert found.files == ()


@pytest.mark.parametrize("path", ["site.yaml", "news/.gitkeep", "pages/.DS_Store", "media/Thumbs.db", "pages/a.lv.md~"])
def test_what_programs_leave_behind_is_ignored(tmp_path: Path, path: str) -> None:
    """Neither the configuration nor the traces of editors and systems are content."""
    assert _discover(tmp_path, path) == Discovered((), (), ())


def test_media_are_listed_by_their_names(tmp_path: Path) -> None:
    """Names under the media folder, in order, with capitals in endings allowed."""
    found = _discover(tmp_path, "media/b.JPG", "media/2023/a.pdf")
    assert (found.media, found.problems) == (("2023/a.pdf", "b.JPG"), ())


def test_files_come_in_a_fixed_order(tmp_path: Path) -> None:
    """The order is that of the paths, not that of the disk."""
    found = _discover(tmp_path, "pages/b.lv.md", "pages/a.lv.md", "news/2020/z.lv.md")
    assert [file.key for file in found.files] == ["2020/z", "a", "b"]


def test_a_name_with_separate_marks_is_told_as_one_sees_it(tmp_path: Path) -> None:
    """A file name of macOS is shown in the composed form."""
    found = _discover(tmp_path, "pages/ma\u0304ja.lv.md")
    assert [one.place.path for one in found.problems] == ["content/pages/māja.lv.md"]


def test_a_link_out_of_the_project_is_refused(tmp_path: Path) -> None:
    """A symbolic link must not bring foreign files onto the site."""
    (tmp_path / "secret.md").write_text("x", "utf-8")
    project = tmp_path / "project"
    (project / "content/pages").mkdir(parents=True)
    (project / "content/pages/a.lv.md").symlink_to(tmp_path / "secret.md")
    found = discover(project, ("lv", "en"))
    assert ([one.code for one in found.problems], found.files) == (["link-outside"], ())


def test_a_media_link_out_of_the_project_is_refused(tmp_path: Path) -> None:
    """Nor must it publish them as pictures."""
    (tmp_path / "secret.jpg").write_text("x", "utf-8")
    project = tmp_path / "project"
    (project / "content/media").mkdir(parents=True)
    (project / "content/media/a.jpg").symlink_to(tmp_path / "secret.jpg")
    found = discover(project, ("lv", "en"))
    assert ([one.code for one in found.problems], found.media) == (["link-outside"], ())


def test_a_link_within_the_project_is_followed(tmp_path: Path) -> None:
    """A link to a neighbour is a file like any other."""
    _discover(tmp_path, "pages/a.lv.md")
    (tmp_path / "content/pages/b.lv.md").symlink_to("a.lv.md")
    assert [file.key for file in discover(tmp_path, ("lv", "en")).files] == ["a", "b"]


def test_a_project_without_content_is_told(tmp_path: Path) -> None:
    """There is nothing to build."""
    assert [one.code for one in discover(tmp_path, ("lv", "en")).problems] == ["no-content"]
