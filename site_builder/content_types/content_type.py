"""What every kind of content declares: where its files are, which fields it has, what else must hold for it."""

import datetime
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from site_builder.problems import Place, Problem, problem
from site_builder.schema import FoundReference
from site_builder.sources.read import SourceText
from site_builder.values import Localized
from site_builder.yaml_places import KeyPath


@dataclass(frozen=True, slots=True)
class LanguageText:
    """One language's file of a news item or page: its own fields, its Markdown and where that begins."""

    language: str
    fields: Any
    document: SourceText = field(repr=False, compare=False)
    body_line: int = 1

    @property
    def path(self) -> str:
        return self.document.path

    @property
    def body(self) -> str:
        return self.document.body


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of the content: a news item, a page or a fact, with its origin.

    `key` is permanent and the same in all languages; `fields` is the record that its content type declares; `texts`
    are the files of news and pages, empty for facts. An entry that is not `whole` had something wrong that was
    reported: it keeps others from being told that it does not exist, and its texts are still looked at. The key
    `*` stands for a whole table that could not be read.
    """

    kind: str
    key: str
    fields: Any
    origin: Place
    document: SourceText = field(repr=False, compare=False)
    root: KeyPath = ()
    texts: tuple[LanguageText, ...] = ()
    references: tuple[FoundReference, ...] = field(default=(), repr=False, compare=False)
    whole: bool = True

    def place(self, *path: str | int) -> Place:
        """Where a field stands in the file."""
        return self.document.place((*self.root, *path))

    def address_place(self, language: str) -> Place:
        """Where the file of a language says the address, or begins."""
        text = self.text(language)
        return text.document.place(("slug",)) if text else self.place("slug")

    def text(self, language: str) -> LanguageText | None:
        """This entry's file in a language, if there is one."""
        return next((text for text in self.texts if text.language == language), None)

    def has_language(self, language: str) -> bool:
        """Facts are in every language; news and pages in those they have files for."""
        return not self.texts or self.text(language) is not None


def entry_name(entry: Entry, language: str) -> str:
    """What a thing is called in a language."""
    text = entry.text(language)
    if text:
        return str(text.fields.title)
    fields = entry.fields
    for attribute in ("short", "term", "name", "label", "title", "text"):
        value = getattr(fields, attribute, None)
        if isinstance(value, Localized):
            return value[language]
        if isinstance(value, str):
            return value
    return entry.key


# The first day on which something is shown and the first on which it is not any more, as ordinals, 0 for none.
Span = tuple[int, int]
ALWAYS: Span = (0, 0)


def meet(one: Span, other: Span) -> bool:
    """Whether there is a day on which both are shown."""
    return max(one[0], other[0]) < min(one[1] or math.inf, other[1] or math.inf)


def in_time(begins: int, ends: int, day: int) -> bool:
    """Whether something is shown on a day; all are ordinals, and with `ends` 0 it is shown for ever."""
    return begins <= day and not (ends and ends <= day)


def is_published(entry: Entry, today: datetime.date) -> bool:
    """Whether an entry is on the site on a day: not a draft, begun, not expired."""
    return not getattr(entry.fields, "draft", False) and in_time(*shown_days(entry), today.toordinal())


def shown_days(entry: Entry) -> Span:
    """When an entry is shown."""
    begins, ends = getattr(entry.fields, "publish_from", None), getattr(entry.fields, "expires", None)
    return begins.toordinal() if begins else 0, ends.toordinal() if ends else 0


Rule = Callable[[Entry], Iterator[Problem]]


def updated_after_published(entry: Entry) -> Iterator[Problem]:
    """A fact with a page of its own is not updated before it is published."""
    if entry.fields.updated and entry.fields.updated < entry.fields.published:
        yield problem("dates-order", entry.place("updated"), earlier="published", later="updated")


@dataclass(frozen=True, slots=True)
class ContentType:
    """A kind of content.

    `layout` is `markdown` (a file per language: `fields` are shared by the languages, `text_fields` are each
    language's own), `files` (a YAML file a thing) or `table` (one YAML file, id to record). `where` is the folder or
    file under `content/`. `rules` tell what is wrong with one entry beyond its types.
    """

    kind: str
    layout: Literal["markdown", "files", "table"]
    where: str
    fields: type
    text_fields: type | None = None
    rules: tuple[Rule, ...] = ()
