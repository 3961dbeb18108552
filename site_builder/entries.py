"""Source files to entries: reads each file, checks it against its content type, and joins the languages of a pair."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from site_builder.config import SiteConfig
from site_builder.content_types import CONTENT_TYPES, ContentType, Entry
from site_builder.content_types.content_type import LanguageText
from site_builder.problems import Place, Problem, ProblemsFound, phrase, problem
from site_builder.schema import MISSING, Context, field_specs, read, read_fields
from site_builder.sources.discover import SourceFile
from site_builder.sources.read import Document, read_document, read_text
from site_builder.yaml_places import YamlDocument, parse


@dataclass(frozen=True, slots=True)
class Reading:
    """What every file is read with: the project, the languages, their plural forms and the declared lists."""

    project: Path
    languages: tuple[str, ...]
    plural_forms: dict[str, tuple[str, ...]]
    vocabularies: dict[str, frozenset[str]]

    def context(self) -> Context:
        return Context(self.languages, self.plural_forms, self.vocabularies)


def load_entries(
    project: Path, config: SiteConfig, plural_forms: dict[str, tuple[str, ...]], files: Iterable[SourceFile]
) -> tuple[tuple[Entry, ...], list[Problem]]:
    """Read all files. A file or field that is wrong is reported and its entry left out."""
    vocabularies = {
        "categories": frozenset(category.key for category in config.categories),
        "tags": frozenset(tag.key for tag in config.tags),
    }
    reading = Reading(project, config.codes, plural_forms, vocabularies)
    entries: list[Entry] = []
    problems: list[Problem] = []
    pairs: dict[tuple[str, str], list[SourceFile]] = defaultdict(list)
    for file in files:
        if file.type.layout == "markdown":
            pairs[file.type.kind, file.key].append(file)
        else:
            found, wrong = _read_facts(file, reading)
            entries += found
            problems += wrong
    for group in pairs.values():
        entry, wrong = _read_pair(group, reading)
        problems += wrong
        if entry:
            entries.append(entry)
    for entry in entries:
        for rule in _type_of(entry).rules:
            problems += rule(entry)
    return tuple(entries), problems


def _type_of(entry: Entry) -> ContentType:
    return next(content_type for content_type in CONTENT_TYPES if content_type.kind == entry.kind)


# Facts ---------------------------------------------------------------------------------------------------------


def _read_facts(file: SourceFile, reading: Reading) -> tuple[list[Entry], list[Problem]]:
    try:
        text = read_text(reading.project, file.path)
    except ProblemsFound as found:
        return [], list(found.problems)
    document, problems = parse(text, file.path)
    if document.value is None:
        if not problems:
            problems.append(problem("empty-file", Place(file.path)))
        return [], problems
    if file.type.layout == "files":
        entry, wrong = _read_record(file, file.key, (), document, reading)
        return [entry] if entry else [], problems + wrong
    if not isinstance(document.value, dict):
        return [], [*problems, problem("wrong-type", Place(file.path), variant="mapping", key=file.path)]
    entries = []
    for key in document.value:
        entry, wrong = _read_record(file, key, (key,), document, reading)
        problems += wrong
        if entry:
            entries.append(entry)
    return entries, problems


def _read_record(
    file: SourceFile, key: str, root: tuple[str, ...], document: YamlDocument, reading: Reading
) -> tuple[Entry | None, list[Problem]]:
    context = reading.context()
    if not key.replace("-", "").isalnum() or not key.isascii() or key != key.lower():
        context.report("bad-id", document.key_place(root), value=key, hint=phrase("hint.bad-slug"))
    fields = read(file.type.fields, document, root, context)
    if fields is MISSING:
        return None, context.problems
    origin = document.key_place(root)
    entry = Entry(file.type.kind, key, fields, origin, document, root, (), tuple(context.references))
    return entry, context.problems


# News and pages ------------------------------------------------------------------------------------------------


def _read_pair(files: list[SourceFile], reading: Reading) -> tuple[Entry | None, list[Problem]]:
    """Join the files of one key. The first language's file holds the fields that all languages share."""
    problems: list[Problem] = []
    documents: dict[str, Document] = {}
    for file in files:
        document, wrong = read_document(reading.project, file.path)
        problems += wrong
        if document:
            documents[file.language] = document
    if not documents:
        return None, problems
    content_type, key = files[0].type, files[0].key
    first = next(language for language in reading.languages if language in documents)
    context = reading.context()
    shared_keys = tuple(spec.key for spec in field_specs(content_type.fields))
    text_keys = tuple(spec.key for spec in field_specs(content_type.text_fields or content_type.fields))
    fields = read_fields(content_type.fields, documents[first].front_matter, (), context, text_keys)
    texts = []
    for language in reading.languages:
        if language in documents:
            text = _read_text(documents[language], language, content_type, shared_keys, context)
            if language != first:
                context.problems += _differences(documents[first], documents[language], shared_keys)
            if text:
                texts.append(text)
    context.problems += _missing_twins(files, documents[first], fields, reading.languages)
    problems += context.problems
    if fields is MISSING or len(texts) < len(documents):
        return None, problems
    front_matter = documents[first].front_matter
    origin = Place(documents[first].path)
    return Entry(
        content_type.kind, key, fields, origin, front_matter, (), tuple(texts), tuple(context.references)
    ), problems


def _read_text(
    document: Document, language: str, content_type: ContentType, shared_keys: tuple[str, ...], context: Context
) -> LanguageText | None:
    assert content_type.text_fields is not None
    # The keys of all languages are told once, with the first file; here the twin's own unknown keys are.
    quiet = Context(context.languages, context.plural_forms, context.vocabularies)
    fields = read_fields(content_type.text_fields, document.front_matter, (), quiet, shared_keys)
    context.problems += quiet.problems
    context.references += quiet.references
    if fields is MISSING:
        return None
    return LanguageText(language, fields, document.body, document.front_matter, document.body_line)


def _differences(first: Document, twin: Document, shared_keys: tuple[str, ...]) -> Iterable[Problem]:
    """A shared field stands in the first language's file; where a twin repeats it, it must say the same."""
    ours, theirs = first.front_matter.value, twin.front_matter.value
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in shared_keys:
            if key in theirs and theirs[key] != ours.get(key):
                place = twin.front_matter.place((key,))
                yield problem(
                    "twin-differs", place, key=key, hint=phrase("hint.twin-differs", first=first.path, key=key)
                )


def _missing_twins(
    files: list[SourceFile], first: Document, fields: object, languages: tuple[str, ...]
) -> Iterable[Problem]:
    present = {file.language for file in files}
    only = getattr(fields, "only", None)
    place = first.front_matter.place(("only",))
    if only is not None:
        if not getattr(fields, "reason", None):
            yield problem("only-without-reason", place, hint=phrase("hint.only-reason"))
        if present != {only}:
            yield problem("only-disagrees", place, only=only, present=", ".join(sorted(present)))
        return
    for language in languages:
        if language not in present and fields is not MISSING:
            twin = files[0].path.removesuffix(f".{files[0].language}.md") + f".{language}.md"
            yield problem("missing-twin", Place(first.path), twin=twin, hint=phrase("hint.missing-twin", twin=twin))
