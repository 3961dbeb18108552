"""YAML text to plain values and the place of each: mappings, lists, and scalars that stay the text that was typed.

Nothing is guessed: `no`, `12:30` and `007` arrive as those letters, and the schema decides what they are. Equal keys,
anchors, aliases and tags are refused (YAML 1.2 sections 3.2.1.3, 6.9, 7.1: an editor of facts needs none of them).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from site_builder.problems import Place, Problem, give_up, phrase, problem

try:
    from yaml import CSafeLoader as EventLoader
except ImportError:  # every wheel has it; without libyaml all would take 60 times as long, and tell other places
    give_up("slow-yaml", Place("requirements.txt"), hint=phrase("hint.slow-yaml"))

Node = None | str | list[Any] | dict[str, Any]
KeyPath = tuple[str | int, ...]

LOST_WORDS = re.compile(r"\s+#[^\s#]")
MAX_DEPTH = 20
MAX_CHARACTERS = 1_000_000
# Controls (but tab), directions, private use and non-characters: XML 1.0 section 2.2 and Unicode TR 36.
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ue000-\uf8ff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """A value, and the places of its keys and of its values by key path."""

    value: Node
    keys: dict[KeyPath, Place] = field(repr=False)
    values: dict[KeyPath, Place] = field(repr=False)
    path: str
    text: str = field(default="", repr=False, compare=False)
    first_line: int = 1

    def place(self, key_path: KeyPath) -> Place:
        """Where the value at `key_path` stands; a missing one is told at its nearest parent."""
        while key_path and key_path not in self.values:
            key_path = key_path[:-1]
        return self.values.get(key_path, Place(self.path))

    def find(self, key_path: KeyPath, words: str, skip: int = 0) -> Place:
        """Where `words` stand within the value at `key_path`, after `skip` others; else where the value begins."""
        begins = self.place(key_path)
        lines = self.text.split("\n")[begins.line - self.first_line :]
        for number, line in enumerate(lines):
            start = line.find(words, begins.column - 1 if number == 0 else 0)
            while start >= 0 and skip:
                start, skip = line.find(words, start + 1), skip - 1
            if start >= 0:
                return Place(self.path, begins.line + number, start + 1)
        return begins

    def key_place(self, key_path: KeyPath) -> Place:
        """Where the key itself stands; for list items and missing keys the place of the value."""
        return self.keys.get(key_path) or self.place(key_path)


class _Refused(Exception):
    def __init__(self, found: Problem) -> None:
        self.found = found


def parse(text: str, path: str, first_line: int = 1) -> tuple[YamlDocument, list[Problem]]:
    """Read YAML `text` of the file `path`, whose first line is line `first_line` of that file.

    Gives the document (its value is None when nothing could be read) and the problems found.
    """
    empty = YamlDocument(None, {}, {}, path)
    if len(text) > MAX_CHARACTERS:
        limit = f"{MAX_CHARACTERS:,}".replace(",", " ")
        return empty, [problem("file-too-large", Place(path, first_line), limit=limit)]
    hidden = refuse_text(text, path, first_line)
    if hidden:
        return empty, hidden
    reader = _Reader(text, path, first_line)
    try:
        value = reader.document()
    except _Refused as refused:
        return empty, [*reader.problems, refused.found]
    except yaml.YAMLError as error:
        return empty, [*reader.problems, _syntax_problem(error, text, path, first_line)]
    return YamlDocument(value, reader.keys, reader.values, path, text, first_line), reader.problems


def refuse_text(text: str, path: str, first_line: int = 1) -> list[Problem]:
    """What no text of the project may hold: traces of a Git conflict, characters that cannot be seen or printed."""
    if HIDDEN.search(text) is None and "<<<<<<< " not in text and ">>>>>>> " not in text:
        return []
    found = []
    for number, line in enumerate(text.split("\n"), first_line):
        if line.startswith(("<<<<<<< ", ">>>>>>> ")):
            found.append(problem("merge-conflict", Place(path, number), hint=phrase("hint.merge-conflict")))
        if hidden := HIDDEN.search(line):
            place = Place(path, number, hidden.start() + 1)
            found.append(problem("forbidden-character", place, character=f"U+{ord(hidden[0]):04X}"))
    return found[:20]


class _Reader:
    def __init__(self, text: str, path: str, first_line: int) -> None:
        self.path = path
        self.first_line = first_line
        self.lines = text.splitlines()
        self.keys: dict[KeyPath, Place] = {}
        self.values: dict[KeyPath, Place] = {}
        self.problems: list[Problem] = []
        self.events: Iterator[Any] = yaml.parse(text, Loader=EventLoader)

    def document(self) -> Node:
        event = next(self.events)
        while isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
            event = next(self.events)
        if isinstance(event, yaml.StreamEndEvent):
            return None
        value = self.node(event, ())
        for after in self.events:
            if isinstance(after, yaml.DocumentStartEvent):
                raise _Refused(problem("yaml-several-documents", self.at(after)))
        return value

    def at(self, event: Any) -> Place:
        return Place(self.path, event.start_mark.line + self.first_line, event.start_mark.column + 1)

    def node(self, event: Any, key_path: KeyPath) -> Node:
        self.values[key_path] = self.at(event)
        self.refuse_extras(event, key_path)
        if isinstance(event, yaml.ScalarEvent):
            self.refuse_lost_words(event)
            if hidden := HIDDEN.search(event.value):
                code = f"U+{ord(hidden[0]):04X}"
                self.problems.append(problem("forbidden-character", self.at(event), character=code))
            return _scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(key_path)
        return self.mapping(key_path)

    def refuse_extras(self, event: Any, key_path: KeyPath) -> None:
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise _Refused(problem("yaml-anchor", self.at(event), hint=phrase("hint.yaml-anchor")))
        if event.tag:
            raise _Refused(problem("yaml-tag", self.at(event), tag=event.tag, hint=phrase("hint.yaml-tag")))
        if len(key_path) > MAX_DEPTH:
            raise _Refused(problem("yaml-too-deep", self.at(event), limit=MAX_DEPTH))

    def refuse_lost_words(self, event: Any) -> None:
        """`title: Darbnīcas #1` is `Darbnīcas` to YAML; `# a comment` with a space after it is a comment to us too."""
        mark = event.end_mark
        rest = self.lines[mark.line][mark.column :] if not event.style and mark.line < len(self.lines) else ""
        if event.value and LOST_WORDS.match(rest):
            place = Place(self.path, mark.line + self.first_line, mark.column + rest.index("#") + 1)
            self.problems.append(problem("hash-in-text", place, hint=phrase("hint.hash-in-text")))

    def sequence(self, key_path: KeyPath) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self.node(event, (*key_path, len(items))))
        return items

    def mapping(self, key_path: KeyPath) -> dict[str, Any]:
        pairs: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.key(event)
            here = (*key_path, key)
            if key in pairs:
                first = self.keys[here]
                self.problems.append(problem("duplicate-key", self.at(event), key=key, line=first.line))
                self.node(next(self.events), (*key_path, f"{key}#again"))
                continue
            self.keys[here] = self.at(event)
            pairs[key] = self.node(next(self.events), here)
        return pairs

    def key(self, event: Any) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            raise _Refused(problem("yaml-key", self.at(event)))
        self.refuse_extras(event, ())
        return str(event.value)


def _scalar(event: Any) -> str | None:
    if not event.style and event.value in ("", "~", "null"):
        return None
    return str(event.value)


def _syntax_problem(error: yaml.YAMLError, text: str, path: str, first_line: int) -> Problem:
    """Tell a YAML error where the editor made it, which is often not where the parser noticed it."""
    mark = getattr(error, "problem_mark", None)
    context = getattr(error, "context_mark", None)
    said = f"{getattr(error, 'context', None) or ''} {getattr(error, 'problem', None) or ''}"
    lines = text.splitlines() or [""]

    def place(at: Any) -> Place:
        return Place(path, (at.line if at else 0) + first_line, (at.column if at else 0) + 1)

    line = lines[min(mark.line, len(lines) - 1)] if mark else ""
    if "\t" in line[: len(line) - len(line.lstrip())] or "'\\t'" in said:
        return problem("yaml-syntax", place(mark), variant="tab", hint=phrase("hint.yaml-tab"))
    if "quoted scalar" in said:
        return problem("yaml-syntax", place(context), variant="quote", hint=phrase("hint.yaml-quote"))
    if re.match(r"\s+[a-z_]+:", line) and mark and mark.line + 1 < len(lines) + 1 and "mapping values" in said:
        return problem("yaml-syntax", Place(path, mark.line + first_line), variant="indent", hint=phrase("hint.indent"))
    if "expected ',' or" in said:
        return problem("yaml-syntax", place(context or mark), variant="bracket", hint=phrase("hint.bracket"))
    if "mapping values are not allowed" in said:
        return problem("yaml-syntax", place(mark), variant="colon", hint=phrase("hint.yaml-colon"))
    if context and re.match(r"\s*[A-Za-z_]+:\S", lines[min(context.line, len(lines) - 1)]):
        return problem("yaml-syntax", place(context), variant="no-space", hint=phrase("hint.no-space"))
    if "could not find expected ':'" in said:
        return problem("yaml-syntax", place(context or mark), variant="no-colon", hint=phrase("hint.yaml-no-colon"))
    if "special characters are not allowed" in said or "unacceptable character" in str(error):
        return problem("yaml-syntax", place(mark), variant="character")
    hint = phrase("hint.yaml-indent") if "block" in said else phrase("hint.yaml-general")
    return problem("yaml-syntax", place(mark or context), hint=hint)
