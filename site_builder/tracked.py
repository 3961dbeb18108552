"""Entries that record what is read of them: the fields that all languages share, those of a language, text, places."""

from collections.abc import Callable
from typing import Any

from site_builder.content_types import Entry
from site_builder.content_types.content_type import LanguageText
from site_builder.engine.dependencies import DependencyTracker
from site_builder.problems import Place

Record = Callable[..., None]
# Inputs of an entry: what all languages share; the fields of a language's file; its Markdown; where everything stands.
ENTRY, TEXT, BODY, PLACES = "entry", "text", "body", "places"


class ReadRecorder:
    """Records reads with the tracker of the running build. Entries that stay in memory hold on to it."""

    def __init__(self) -> None:
        self.tracker = DependencyTracker()

    def __call__(self, *name: str) -> None:
        self.tracker.record_read(*name)


class TrackedText(LanguageText):
    """A file of a language. Its fields are read by whoever asks its entry for it."""

    __slots__ = ("record",)
    record: Record

    def __init__(self, text: LanguageText, record: Record) -> None:
        _copy(LanguageText, text, self)
        object.__setattr__(self, "record", record)
        self.document.watch(lambda what: record(what, *([self.language] if what == BODY else [])))

    @property
    def body_line(self) -> int:
        """The line of the file on which the Markdown begins."""
        self.record(PLACES)
        line: int = _field(LanguageText, "body_line", self)
        return line


class TrackedEntry(Entry):
    """An entry of the site. That it was read is recorded by the table that gives it; the rest is recorded here."""

    __slots__ = ("record",)
    record: Record

    def __init__(self, entry: Entry, recorder: ReadRecorder) -> None:
        def record(what: str, *rest: str) -> None:
            recorder(what, entry.kind, entry.key, *rest)

        _copy(Entry, entry, self)
        object.__setattr__(self, "record", record)
        self.document.watch(record)
        _set_field(Entry, "texts", self, tuple(TrackedText(text, record) for text in entry.texts))

    @property
    def origin(self) -> Place:
        """Where the entry begins."""
        self.record(PLACES)
        place: Place = _field(Entry, "origin", self)
        return place

    @property
    def texts(self) -> tuple[LanguageText, ...]:
        """The files of all languages."""
        found: tuple[LanguageText, ...] = _field(Entry, "texts", self)
        for text in found:
            self.record(TEXT, text.language)
        return found

    def text(self, language: str) -> LanguageText | None:
        """The file of a language, if there is one: which languages there are is what all languages share."""
        found: LanguageText | None = next(
            (one for one in _field(Entry, "texts", self) if one.language == language), None
        )
        if found:
            self.record(TEXT, language)
        return found

    def has_language(self, language: str) -> bool:
        """Facts are in every language; news and pages in those they have files for."""
        texts = _field(Entry, "texts", self)
        return not texts or any(text.language == language for text in texts)


def _field(kind: type, name: str, value: object) -> Any:
    """A field of a class whose name a subclass uses for a property."""
    return getattr(kind, name).__get__(value)


def _set_field(kind: type, name: str, value: object, content: object) -> None:
    getattr(kind, name).__set__(value, content)


def _copy(kind: Any, source: object, target: object) -> None:
    """Copy the fields of a dataclass with slots to a value of its subclass."""
    for name in kind.__slots__:
        _set_field(kind, name, target, getattr(source, name))
