"""Checks plain YAML values against frozen dataclasses: the one place where text becomes typed values.

`read(Type, document, key_path, context)` gives the value, or MISSING after reporting each thing that is wrong with it.
The dataclass is the schema: its annotations say the types, `X | None` and defaults what may be left out.
"""

import dataclasses
import datetime
import re
import types
import typing
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from site_builder.problems import Phrase, Place, Problem, did_you_mean, phrase, problem
from site_builder.values import (
    DATE_SHAPES,
    Computed,
    Counted,
    Key,
    Localized,
    LocalizedMarkdown,
    LocalizedSlug,
    PartialDate,
    Reference,
    Shape,
    Vocabulary,
)
from site_builder.yaml_places import KeyPath, YamlDocument

MISSING: Any = object()

# What other generators call the same thing, so that a habit brought along gets an answer instead of silence.
FOREIGN_KEYS = {
    "description": "summary",
    "lead": "summary",
    "excerpt": "summary",
    "lastmod": "updated",
    "last_modified": "updated",
    "modified": "updated",
    "redirect_from": "aliases",
    "url": "slug",
    "permalink": "slug",
    "path": "slug",
    "publishdate": "publish_from",
    "publishDate": "publish_from",
    "publish_date": "publish_from",
    "expiryDate": "expires",
    "expirydate": "expires",
    "expiry_date": "expires",
    "categories": "category",
    "tag": "tags",
    "cover": "image",
    "thumbnail": "image",
    "status": "draft",
    "hidden": "draft",
    "virsraksts": "title",
    "datums": "date",
    "kopsavilkums": "summary",
    "kategorija": "category",
    "avoti": "sources",
    "melnraksts": "draft",
}


@dataclasses.dataclass(frozen=True, slots=True)
class FoundReference:
    """A field that names another entry, and where it does."""

    kind: str
    key: str
    place: Place


@dataclasses.dataclass(slots=True)
class Context:
    """What reading needs to know, and what it collects: problems, and references for the link stage."""

    languages: tuple[str, ...]
    plural_forms: dict[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    vocabularies: dict[str, frozenset[str]] = dataclasses.field(default_factory=dict)
    problems: list[Problem] = dataclasses.field(default_factory=list)
    references: list[FoundReference] = dataclasses.field(default_factory=list)

    def report(self, code: str, place: Place, /, **params: Any) -> Any:
        self.problems.append(problem(code, place, **params))
        return MISSING


@dataclasses.dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of a dataclass as YAML knows it."""

    key: str
    name: str
    annotation: Any
    required: bool


@cache
def field_specs(record: Any) -> tuple[FieldSpec, ...]:
    """The fields of a dataclass in order, with their YAML keys."""
    hints = typing.get_type_hints(record, include_extras=True)
    specs = []
    for item in dataclasses.fields(record):
        annotation = hints[item.name]
        if any(isinstance(extra, Computed) for extra in getattr(annotation, "__metadata__", ())):
            continue
        names = [extra.name for extra in getattr(annotation, "__metadata__", ()) if isinstance(extra, Key)]
        required = item.default is dataclasses.MISSING and item.default_factory is dataclasses.MISSING
        specs.append(FieldSpec(names[0] if names else item.name, item.name, annotation, required))
    return tuple(specs)


def read(annotation: Any, document: YamlDocument, key_path: KeyPath, context: Context) -> Any:
    """Read the value at `key_path` as `annotation`; MISSING when it is wrong (and reported)."""
    value = _at(document.value, key_path)
    return _Reading(document, context).read(annotation, value, key_path)


def read_fields(
    record: Any, document: YamlDocument, key_path: KeyPath, context: Context, also_known: tuple[str, ...] = ()
) -> Any:
    """Read the mapping at `key_path` as the dataclass `record`; keys in `also_known` belong to somebody else."""
    value = _at(document.value, key_path)
    return _Reading(document, context).record(record, value, key_path, also_known)


def _at(value: Any, key_path: KeyPath) -> Any:
    for step in key_path:
        value = value[step]
    return value


class _Reading:
    """One document being read in one context."""

    def __init__(self, document: YamlDocument, context: Context) -> None:
        self.document = document
        self.context = context

    def wrong(self, code: str, key_path: KeyPath, /, **params: Any) -> Any:
        return self.context.report(code, self.document.place(key_path), **params)

    def read(self, annotation: Any, value: Any, path: KeyPath) -> Any:
        origin = get_origin(annotation)
        if origin is Annotated:
            return self.annotated(annotation, value, path)
        if origin in (Union, types.UnionType):
            inner = next(choice for choice in get_args(annotation) if choice is not type(None))
            return None if value is None else self.read(inner, value, path)
        if origin is tuple:
            return self.items(get_args(annotation)[0], value, path)
        if origin is Literal:
            return self.choice(get_args(annotation), value, path)
        if annotation in READERS:
            return READERS[annotation](self, value, path)
        return self.record(annotation, value, path)

    def annotated(self, annotation: Any, value: Any, path: KeyPath) -> Any:
        read_value = self.read(get_args(annotation)[0], value, path)
        if read_value is MISSING or read_value is None:
            return read_value
        for extra in annotation.__metadata__:
            if isinstance(extra, Reference):
                self.context.references.append(FoundReference(extra.kind, read_value, self.document.place(path)))
            if isinstance(extra, Shape) and not re.fullmatch(extra.pattern, read_value):
                return self.wrong(extra.phrase, path, value=read_value, hint=phrase(f"hint.{extra.phrase}"))
            if isinstance(extra, Vocabulary):
                known = self.context.vocabularies.get(extra.name, frozenset())
                if read_value not in known:
                    hint = did_you_mean(read_value, known)
                    return self.wrong("unknown-word", path, value=read_value, list=extra.name, hint=hint)
        return read_value

    def record(self, record: type, value: Any, path: KeyPath, also_known: tuple[str, ...] = ()) -> Any:
        if not isinstance(value, dict):
            return self.wrong("wrong-type", path, variant="mapping", key=_name(path))
        specs = field_specs(record)
        known = {spec.key for spec in specs}
        for key in value:
            if key not in known and key not in also_known:
                self.unknown_key(key, (*path, key), known | set(also_known))
        arguments = {}
        complete = True
        for spec in specs:
            got = self.one_field(spec, value, path)
            complete = complete and got is not MISSING
            if got is not None:
                arguments[spec.name] = got
            elif spec.required:
                arguments[spec.name] = None
        return record(**arguments) if complete else MISSING

    def one_field(self, spec: FieldSpec, value: dict[str, Any], path: KeyPath) -> Any:
        given = value.get(spec.key)
        here = (*path, spec.key)
        if given is None:
            hint = phrase("hint.missing-key", key=spec.key)
            return self.wrong("missing-key", here, key=spec.key, hint=hint) if spec.required else None
        return self.read(spec.annotation, given, here)

    def unknown_key(self, key: str, path: KeyPath, known: set[str]) -> None:
        ours = FOREIGN_KEYS.get(key)
        hint = phrase("hint.foreign-key", ours=ours) if ours in known else did_you_mean(key, known)
        self.context.report("unknown-key", self.document.key_place(path), key=key, hint=hint)

    def items(self, item: Any, value: Any, path: KeyPath) -> Any:
        if not isinstance(value, list):
            return self.wrong("wrong-type", path, variant="list", key=_name(path), hint=phrase("hint.list"))
        read_items = [self.read(item, one, (*path, index)) for index, one in enumerate(value)]
        if any(one is MISSING for one in read_items):
            return MISSING
        plain = [one for one in read_items if isinstance(one, str)]
        for index, one in enumerate(plain):
            if one in plain[:index]:
                return self.wrong("listed-twice", (*path, index), value=one)
        return tuple(read_items)

    def choice(self, choices: tuple[str, ...], value: Any, path: KeyPath) -> Any:
        if value in choices:
            return value
        shown = value if isinstance(value, str) else "…"
        return self.wrong("unknown-choice", path, key=_name(path), value=shown, hint=did_you_mean(shown, choices))

    # Scalars ---------------------------------------------------------------------------------------------------

    def text(self, value: Any, path: KeyPath) -> Any:
        if not isinstance(value, str):
            return self.wrong("wrong-type", path, variant="text", key=_name(path))
        if not value.strip():
            return self.wrong("empty-text", path, key=_name(path))
        return value.strip()

    def truth(self, value: Any, path: KeyPath) -> Any:
        if value in ("true", "false"):
            return value == "true"
        return self.wrong("wrong-type", path, variant="truth", key=_name(path), hint=phrase("hint.truth"))

    def whole(self, value: Any, path: KeyPath) -> Any:
        if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,15}", value):
            return int(value)
        return self.wrong("wrong-type", path, variant="whole", key=_name(path))

    def decimal(self, value: Any, path: KeyPath) -> Any:
        try:
            if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,6})?", value):
                return Decimal(value)
        except InvalidOperation:
            pass
        return self.wrong("wrong-type", path, variant="number", key=_name(path), hint=phrase("hint.number"))

    def date(self, value: Any, path: KeyPath) -> Any:
        if value in ("true", "false") and path[-1:] == ("published",):
            hint = phrase("hint.foreign-key", ours="draft")
            return self.wrong("bad-date", path, value=value, hint=hint)
        day = self.partial_date(value, path)
        if day is MISSING:
            return MISSING
        if not day.exact:
            return self.wrong("bad-date", path, variant="full", value=day.text, hint=phrase("hint.full-date"))
        return day.last_day

    # Values of our own -----------------------------------------------------------------------------------------

    def partial_date(self, value: Any, path: KeyPath) -> Any:
        if isinstance(value, dict):
            return self.inexact_date(value, path)
        text = self.text(value, path)
        return text if text is MISSING else self.date_text(text, "day", path, False, None)

    def inexact_date(self, value: dict[str, Any], path: KeyPath) -> Any:
        given = self.record(_WrittenDate, value, path)
        if given is MISSING:
            return MISSING
        if given.inferred and given.because is None:
            return self.wrong("inferred-without-reason", path, hint=phrase("hint.because"))
        return self.date_text(given.date, given.precision, (*path, "date"), given.inferred, given.because)

    def date_text(self, text: str, precision: Any, path: KeyPath, inferred: bool, because: Localized | None) -> Any:
        if not DATE_SHAPES[precision].fullmatch(text):
            return self.wrong("bad-date", path, value=text, hint=phrase(f"hint.date-{precision}"))
        day = PartialDate(text, precision, inferred, because)
        try:
            datetime.date(day.year, 1 if day.month is None else day.month, 1 if day.day is None else day.day)
        except ValueError:
            return self.wrong("bad-date", path, variant="calendar", value=text, hint=phrase(f"hint.date-{precision}"))
        return day

    def localized(self, value: Any, path: KeyPath, kind: type[Localized] = Localized) -> Any:
        if not isinstance(value, dict):
            return self.wrong("wrong-type", path, variant="localized", key=_name(path), hint=self.languages_hint())
        for key in value:
            if key not in self.context.languages:
                self.unknown_key(key, (*path, key), set(self.context.languages))
        words = []
        for language in self.context.languages:
            if value.get(language) is None:
                words.append(self.wrong("missing-language", (*path, language), key=_name(path), language=language))
            else:
                words.append(self.text(value[language], (*path, language)))
        if any(word is MISSING for word in words):
            return MISSING
        return kind(tuple(zip(self.context.languages, words, strict=True)))

    def markdown(self, value: Any, path: KeyPath) -> Any:
        return self.localized(value, path, LocalizedMarkdown)

    def slugs(self, value: Any, path: KeyPath) -> Any:
        words = self.localized(value, path, LocalizedSlug)
        if words is MISSING:
            return MISSING
        for language, word in words:
            if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*", word):
                return self.wrong("bad-slug", (*path, language), value=word, hint=phrase("hint.bad-slug"))
        return words

    def counted(self, value: Any, path: KeyPath) -> Any:
        if not isinstance(value, dict):
            return self.wrong("wrong-type", path, variant="localized", key=_name(path), hint=self.languages_hint())
        for key in value:
            if key not in self.context.languages:
                self.unknown_key(key, (*path, key), set(self.context.languages))
        read_forms = [self.plural_forms(value, language, path) for language in self.context.languages]
        if any(forms is MISSING for forms in read_forms):
            return MISSING
        return Counted(tuple(zip(self.context.languages, read_forms, strict=True)))

    def plural_forms(self, value: dict[str, Any], language: str, path: KeyPath) -> Any:
        here = (*path, language)
        needed = self.context.plural_forms[language]
        given = value.get(language)
        if not isinstance(given, dict):
            return self.wrong("missing-language", here, key=_name(path), language=language)
        for key in given:
            if key not in needed:
                self.unknown_key(key, (*here, key), set(needed))
        forms = [(form, self.one_form(given, form, here)) for form in needed]
        return MISSING if any(word is MISSING for _, word in forms) else tuple(forms)

    def one_form(self, given: dict[str, Any], form: str, path: KeyPath) -> Any:
        if given.get(form) is None:
            return self.wrong("missing-plural-form", (*path, form), form=form, hint=phrase("hint.plural-forms"))
        return self.text(given[form], (*path, form))

    def languages_hint(self) -> Phrase:
        return phrase("hint.localized", example=", ".join(f"{language}: …" for language in self.context.languages))


@dataclasses.dataclass(frozen=True, slots=True)
class _WrittenDate:
    date: str
    precision: Literal["day", "month", "season", "year"] = "day"
    inferred: bool = False
    because: Localized | None = None


READERS: dict[Any, Callable[[_Reading, Any, KeyPath], Any]] = {
    str: _Reading.text,
    bool: _Reading.truth,
    int: _Reading.whole,
    Decimal: _Reading.decimal,
    datetime.date: _Reading.date,
    PartialDate: _Reading.partial_date,
    Localized: _Reading.localized,
    LocalizedMarkdown: _Reading.markdown,
    LocalizedSlug: _Reading.slugs,
    Counted: _Reading.counted,
}


def _name(path: KeyPath) -> str:
    """The nearest key that the editor typed, for a message."""
    return next((str(step) for step in reversed(path) if isinstance(step, str)), "–")
