"""Files to text and Markdown files to documents, whatever program saved them."""

from pathlib import Path

import pytest

from site_builder.problems import Place, ProblemsFound
from site_builder.sources.read import MAX_BYTES, Document, read_document, read_text

TEXT = "---\ntitle: Māja\n---\n\nTeksts.\n"


def _document(folder: Path, content: str | bytes) -> tuple[Document | None, list[tuple[str, Place]]]:
    (folder / "a.md").write_bytes(content if isinstance(content, bytes) else content.encode())
    document, problems = read_document(folder, "a.md")
    return document, [(found.code, found.place) for found in problems]


def _refused(folder: Path, path: str = "a.md") -> list[tuple[str, Place]]:
    with pytest.raises(ProblemsFound) as stopped:
        read_text(folder, path)
    return [(found.code, found.place) for found in stopped.value.problems]


# Text ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"a\nb\n", "a\nb\n"),
        (b"\xef\xbb\xbfa\n", "a\n"),
        (b"a\r\nb\r\n", "a\nb\n"),
        (b"a\rb\r", "a\nb\n"),
        (b"a\n\r\nb", "a\n\nb"),
        ("Ma\u0304ja".encode(), "Māja"),
        ("Māja".encode(), "Māja"),
        (b"", ""),
    ],
)
def test_a_text_is_the_same_whatever_saved_it(tmp_path: Path, raw: bytes, text: str) -> None:
    """Byte order marks go, line ends become one kind, letters with marks become one character."""
    (tmp_path / "a.md").write_bytes(raw)
    assert read_text(tmp_path, "a.md") == text


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (b"M\xe2ja", Place("a.md", 1, 2)),
        (b"a\nM\xe2ja", Place("a.md", 2, 2)),
        ("ā".encode() + b"\r\n" + "Mājā ".encode() + b"\xe2", Place("a.md", 2, 6)),
        (b"a\xff", Place("a.md", 1, 2)),
        ("Mā".encode()[:-1], Place("a.md", 1, 2)),
    ],
)
def test_a_byte_that_is_not_utf8_is_told_where_it_stands(tmp_path: Path, raw: bytes, place: Place) -> None:
    """Columns count letters, so that an editor finds the place."""
    (tmp_path / "a.md").write_bytes(raw)
    assert _refused(tmp_path) == [("not-utf8", place)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_told(tmp_path: Path, encoding: str) -> None:
    """What Notepad calls Unicode is recognized by its byte order mark."""
    mark = "" if encoding == "utf-16" else "\ufeff"
    (tmp_path / "a.md").write_bytes((mark + TEXT).encode(encoding))
    assert _refused(tmp_path) == [("not-utf8", Place("a.md"))]


def test_an_unreadable_encoding_comes_with_a_hint(tmp_path: Path) -> None:
    """Whoever saved the file wrongly is told how to save it rightly."""
    (tmp_path / "a.md").write_bytes(b"\xe2")
    with pytest.raises(ProblemsFound) as stopped:
        read_text(tmp_path, "a.md")
    assert [found.hint is None for found in stopped.value.problems] == [False]


@pytest.mark.parametrize("path", ["absent.md", "folder"])
def test_what_cannot_be_read_is_told(tmp_path: Path, path: str) -> None:
    """A missing file and a folder in a file's place."""
    (tmp_path / "folder").mkdir()
    assert _refused(tmp_path, path) == [("unreadable-file", Place(path))]


def test_a_file_that_is_too_large_is_told(tmp_path: Path) -> None:
    """One byte more than the limit is too much."""
    (tmp_path / "a.md").write_bytes(b"x" * (MAX_BYTES + 1))
    assert _refused(tmp_path) == [("file-too-large", Place("a.md"))]


def test_a_file_of_the_largest_size_is_read(tmp_path: Path) -> None:
    """As many bytes as the limit are fine."""
    (tmp_path / "a.md").write_bytes(b"x" * MAX_BYTES)
    assert len(read_text(tmp_path, "a.md")) == MAX_BYTES


# Documents -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        TEXT,
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.replace("\n", "\r\n"),
        TEXT.replace("---\n", "---  \n"),
        TEXT.replace("ā", "a\u0304"),
    ],
)
def test_a_document_has_front_matter_and_body(tmp_path: Path, content: str | bytes) -> None:
    """However the file was saved, its fields and its text are the same."""
    document, problems = _document(tmp_path, content)
    assert document is not None
    assert (document.front_matter.value, document.body, document.body_line, problems) == (
        {"title": "Māja"},
        "\nTeksts.\n",
        4,
        [],
    )


def test_a_field_has_its_line_in_the_file(tmp_path: Path) -> None:
    """The line of the first `---` is counted."""
    document, _ = _document(tmp_path, TEXT)
    assert document is not None
    assert document.front_matter.place(("title",)) == Place("a.md", 2, 8)


def test_a_line_of_hyphens_in_the_body_is_text(tmp_path: Path) -> None:
    """Only the second `---` of the file ends the front matter."""
    document, _ = _document(tmp_path, TEXT + "\n---\n\nbeigas\n")
    assert document is not None
    assert document.body == "\nTeksts.\n\n---\n\nbeigas\n"


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        ("", "no-front-matter", 1),
        ("Teksts.\n", "no-front-matter", 1),
        ("\n" + TEXT, "no-front-matter", 1),
        ("---\n---\nTeksts.\n", "no-front-matter", 1),
        ("---\n# piezīme\n---\nTeksts.\n", "no-front-matter", 1),
        ("---\ntitle: Māja\n\nTeksts.\n", "front-matter-open", 1),
        ("---", "front-matter-open", 1),
        ("---\ntitle: Māja\n---\n", "empty-body", 3),
        ("---\ntitle: Māja\n---\n \n\n", "empty-body", 3),
        ("---\ntitle: a: b\n---\nTeksts.\n", "yaml-syntax", 2),
        ("---\nx: 1\ntitle: &a b\n---\nTeksts.\n", "yaml-anchor", 3),
        (b"---\ntitle: M\xe2ja\n---\nTeksts.\n", "not-utf8", 2),
    ],
)
def test_a_document_that_cannot_be_used_is_told(tmp_path: Path, content: str | bytes, code: str, line: int) -> None:
    """Empty files, missing and open front matter, empty texts and broken fields."""
    document, problems = _document(tmp_path, content)
    assert document is None
    assert [(found, place.line) for found, place in problems] == [(code, line)]


def test_an_equal_key_leaves_the_document_usable(tmp_path: Path) -> None:
    """The rest of the file is looked at all the same."""
    document, problems = _document(tmp_path, "---\na: 1\na: 2\n---\nTeksts.\n")
    assert document is not None
    assert problems == [("duplicate-key", Place("a.md", 3, 1))]
