"""Files to text and Markdown files to Documents: encoding, header between `---`, body and the line it begins on."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from site_builder.problems import Place, Problem, ProblemsFound, phrase, problem
from site_builder.store import key_of
from site_builder.yaml_places import KeyPath, Node, YamlDocument, parse, refuse_text

MAX_BYTES = 1_000_000


class Moved(ProblemsFound):
    """A file is not any more what it was when this build first looked at it: who builds begins again."""

    def __init__(self, path: str) -> None:
        super().__init__([problem("file-moved", Place(path), hint=phrase("hint.file-moved"))])
        self.path = path

    def __reduce__(self) -> tuple[type, tuple[str]]:
        return Moved, (self.path,)


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
    end = front_matter_end(lines)
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


def front_matter_end(lines: list[str]) -> int | None:
    """The index of the line that closes the front matter."""
    return next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)


class SourceText:
    """A source file that entries come from; it is read again only when somebody asks what stands in it, and where.

    The text of a cached entry is not cached: it has a `project` to read the file from, and the `digest` that the body
    must have. Whatever reads the file raises Moved when it has another.
    """

    __slots__ = ("_document", "_record", "digest", "path", "project")

    def __init__(
        self, path: str, project: Path | None = None, document: Document | None = None, digest: bytes = b""
    ) -> None:
        self.path = path
        self.project = project
        self.digest = digest
        self._document = document
        self._record: Callable[[str], None] | None = None

    def watch(self, record: Callable[[str], None]) -> None:
        """Call `record` with "body" or "places" whenever the Markdown is read, or where something stands."""
        self._record = record

    @property
    def document(self) -> Document:
        """The file as it stands; empty when it cannot be read any more."""
        if self._record:
            self._record("places")
        return self._whole()

    def _whole(self) -> Document:
        if self._document is None:
            self._document = self._read()
        return self._document

    def _read(self) -> Document:
        nothing = Document(self.path, YamlDocument(None, {}, {}, self.path), "", 1)
        if self.project is None:
            return nothing
        if self.path.endswith(".md"):
            found = read_document(self.project, self.path)[0] or nothing
            self._unmoved(found.body)
            return found
        try:
            return Document(self.path, parse(read_text(self.project, self.path), self.path)[0], "", 1)
        except ProblemsFound:
            return nothing

    @property
    def body(self) -> str:
        """The Markdown below the front matter, without reading that."""
        if self._record:
            self._record("body")
        if self._document is not None or self.project is None:
            return self._whole().body
        try:
            lines = read_text(self.project, self.path).split("\n")
        except ProblemsFound:
            return self._unmoved("")
        end = front_matter_end(lines)
        return self._unmoved("" if end is None else "\n".join(lines[end + 1 :]))

    def _unmoved(self, body: str) -> str:
        if self.digest and key_of(body) != self.digest:
            raise Moved(self.path)
        return body

    @property
    def value(self) -> Node:
        """What the YAML says."""
        return self.document.front_matter.value

    def place(self, key_path: KeyPath) -> Place:
        """Where a value stands; see `YamlDocument.place`."""
        return self.document.front_matter.place(key_path)

    def find(self, key_path: KeyPath, words: str, skip: int = 0) -> Place:
        """Where words stand within a value; see `YamlDocument.find`."""
        return self.document.front_matter.find(key_path, words, skip)

    def key_place(self, key_path: KeyPath) -> Place:
        """Where a key stands; see `YamlDocument.key_place`."""
        return self.document.front_matter.key_place(key_path)
