"""Files to text and Markdown files to Documents: encoding, header between `---`, body and the line it begins on."""

import unicodedata
from dataclasses import dataclass
from pathlib import Path

from site_builder.problems import Place, Problem, ProblemsFound, phrase, problem
from site_builder.yaml_places import YamlDocument, parse, refuse_text

MAX_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Document:
    """A Markdown file: its front matter, its body, and the line of the file on which the body begins."""

    path: str
    front_matter: YamlDocument
    body: str
    body_line: int


def read_text(project: Path, path: str) -> str:
    """Read a text file of the project as NFC Unicode with LF line ends.

    Raises ProblemsFound with the place where it is not UTF-8, cannot be read or is too large.
    """
    try:
        raw = (project / path).read_bytes()
    except OSError as error:
        raise ProblemsFound([problem("unreadable-file", Place(path), reason=error.strerror or error)]) from error
    if len(raw) > MAX_BYTES:
        raise ProblemsFound([problem("file-too-large", Place(path), limit="1 000 000")])
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ProblemsFound([problem("not-utf8", Place(path), variant="utf16", hint=phrase("hint.utf8"))])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rsplit(b"\n", 1)[-1].decode("utf-8", "replace")) + 1
        place = Place(path, line, column)
        raise ProblemsFound([problem("not-utf8", place, hint=phrase("hint.utf8"))]) from error
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def read_document(project: Path, path: str) -> tuple[Document | None, list[Problem]]:
    """Read a Markdown file with front matter. Gives None, and the problems, when it has no usable one."""
    try:
        text = read_text(project, path)
    except ProblemsFound as found:
        return None, list(found.problems)
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return None, [problem("no-front-matter", Place(path), hint=phrase("hint.front-matter"))]
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        return None, [problem("front-matter-open", Place(path), hint=phrase("hint.front-matter-open"))]
    refused = refuse_text("\n".join(lines[end + 1 :]), path, end + 2)
    if refused:
        return None, refused
    front_matter, problems = parse("\n".join(lines[1:end]), path, first_line=2)
    if problems and front_matter.value is None:
        return None, problems
    if front_matter.value is None:
        return None, [problem("no-front-matter", Place(path), hint=phrase("hint.front-matter"))]
    body = "\n".join(lines[end + 1 :])
    if not body.strip():
        return None, [*problems, problem("empty-body", Place(path, end + 1), hint=phrase("hint.empty-body"))]
    return Document(path, front_matter, body, end + 2), problems
