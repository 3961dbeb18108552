"""What is wrong, where, and what to do: the one shape in which every stage reports a writer's mistake.

Problems are values. Their words live in `phrases.py`, so that one run can speak Latvian or English; this module
imports nothing of ours but those words.
"""

import difflib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NoReturn

from site_builder.phrases import PHRASES

Severity = Literal["error", "warning", "notice"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A point in a project file; `path` is relative to the project, line and column count from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence of the catalogue with its blanks filled, in a language chosen only when it is printed."""

    key: str
    params: tuple[tuple[str, str], ...] = ()

    def text(self, language: str) -> str:
        """Return the sentence in `language` ("lv" or "en")."""
        return PHRASES[self.key][language].format(**dict(self.params))


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with the project."""

    place: Place
    severity: Severity
    code: str
    message: Phrase
    hint: Phrase | None = None

    def lines(self, language: str) -> Iterator[str]:
        """Give the problem as the lines that a terminal shows."""
        yield f"{self.place}: {self.severity}[{self.code}]: {self.message.text(language)}"
        if self.hint:
            yield f"  {PHRASES['word.hint'][language]}: {self.hint.text(language)}"

    def as_dict(self, language: str) -> dict[str, str | int]:
        """Give the problem as the object that `--json` prints."""
        return {
            "path": self.place.path,
            "line": self.place.line,
            "column": self.place.column,
            "severity": self.severity,
            "code": self.code,
            "message": self.message.text(language),
            "hint": self.hint.text(language) if self.hint else "",
        }


class ProblemsFound(Exception):
    """Carries problems out of a place that can return nothing useful, such as an unreadable `site.yaml`."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(line for problem in problems for line in problem.lines("en")))
        self.problems = tuple(problems)

    def __reduce__(self) -> tuple[type, tuple[Any, ...]]:
        return ProblemsFound, (self.problems,)


def phrase(key: str, /, **params: object) -> Phrase:
    """Choose a sentence of the catalogue; `params` fill its blanks."""
    return Phrase(key, tuple((name, str(value)) for name, value in params.items()))


def problem(
    code: str,
    place: Place,
    /,
    *,
    variant: str = "",
    hint: Phrase | None = None,
    severity: Severity = "error",
    **params: object,
) -> Problem:
    """Make a problem; `code` (with `variant`) names its sentence in the catalogue."""
    key = f"{code}/{variant}" if variant else code
    return Problem(place, severity, code, phrase(key, **params), hint)


def give_up(code: str, place: Place, *, hint: Phrase | None = None, **params: object) -> NoReturn:
    """Stop the run with one problem, where nothing further can be read."""
    raise ProblemsFound([Problem(place, "error", code, phrase(code, **params), hint)])


def did_you_mean(name: str, known: Iterable[str]) -> Phrase:
    """Hint at the nearest known name, or list the known ones when nothing is near."""
    names = sorted(known)
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    if near:
        return phrase("hint.did-you-mean", name=near[0])
    shown = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
    return phrase("hint.known-names", names=shown or "–")


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort by file and line, and drop exact repeats."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda found: (found.place, found.code, found.message.params)))


def has_errors(problems: Iterable[Problem]) -> bool:
    """Tell whether anything stands in the way of publishing."""
    return any(found.severity == "error" for found in problems)


def to_json(problems: Iterable[Problem], language: str) -> str:
    """Print problems for editors' tools."""
    return json.dumps([found.as_dict(language) for found in problems], ensure_ascii=False, indent=2)


def spoken_seconds(seconds: float, language: str) -> str:
    """A duration for a message: 2,4 in Latvian, 2.4 in English."""
    text = f"{seconds:.1f}"
    return text.replace(".", ",") if language == "lv" else text
