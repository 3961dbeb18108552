"""Source files to entries: reads each file, checks it against its content type, and joins the languages of a pair."""

import dataclasses
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from site_builder.config import SiteConfig
from site_builder.content_types import CONTENT_TYPES, ContentType, Entry
from site_builder.content_types.content_type import LanguageText
from site_builder.content_types.figure import FIGURE_GROUPS
from site_builder.problems import Place, Problem, ProblemsFound, has_errors, phrase, problem
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
    """Read all files. What is wrong is reported, and its entry is marked as not whole."""
    vocabularies = {
        "categories": frozenset(category.key for category in config.categories),
        "tags": frozenset(tag.key for tag in config.tags),
        FIGURE_GROUPS: frozenset(section.key for section in config.sections if section.parent == "results"),
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
        entries.append(entry)
    checked = [_by_rules(entry) for entry in entries]
    for _, wrong in checked:
        problems += wrong
    return tuple(entry for entry, _ in checked), problems


def _by_rules(entry: Entry) -> tuple[Entry, list[Problem]]:
    """The entry after its content type's own rules; one that breaks a rule is not whole."""
    found = [told for rule in _type_of(entry).rules for told in rule(entry)] if entry.whole else []
    return dataclasses.replace(entry, whole=entry.whole and not has_errors(found)), found


def _type_of(entry: Entry) -> ContentType:
    return next(content_type for content_type in CONTENT_TYPES if content_type.kind == entry.kind)


# Facts ---------------------------------------------------------------------------------------------------------


def _broken(content_type: ContentType, key: str, document: YamlDocument) -> Entry:
    """Something that is there but could not be read."""
    return Entry(content_type.kind, key, None, Place(document.path), document, whole=False)


def _read_facts(file: SourceFile, reading: Reading) -> tuple[list[Entry], list[Problem]]:
    nothing = [_broken(file.type, file.key or "*", YamlDocument(None, {}, {}, file.path))]
    try:
        text = read_text(reading.project, file.path)
    except ProblemsFound as found:
        return nothing, list(found.problems)
    document, problems = parse(text, file.path)
    if document.value is None:
        return nothing, problems or [problem("empty-file", Place(file.path))]
    if file.type.layout == "files":
        entry, wrong = _read_record(file, file.key, (), document, reading)
        return [entry], problems + wrong
    if not isinstance(document.value, dict):
        return nothing, [*problems, problem("wrong-type", Place(file.path), variant="mapping", key=file.path)]
    read_records = [_read_record(file, key, (key,), document, reading) for key in document.value]
    for _, wrong in read_records:
        problems += wrong
    return [entry for entry, _ in read_records], problems


def _read_record(
    file: SourceFile, key: str, root: tuple[str, ...], document: YamlDocument, reading: Reading
) -> tuple[Entry, list[Problem]]:
    context = reading.context()
    if not key.replace("-", "").isalnum() or not key.isascii() or key != key.lower():
        context.report("bad-id", document.key_place(root), value=key, hint=phrase("hint.bad-slug"))
    fields = read(file.type.fields, document, root, context)
    origin = document.key_place(root)
    references = tuple(context.references)
    whole = fields is not MISSING
    entry = Entry(file.type.kind, key, fields, origin, document, root, (), references, whole)
    return entry, context.problems


# News and pages ------------------------------------------------------------------------------------------------


def _read_pair(files: list[SourceFile], reading: Reading) -> tuple[Entry, list[Problem]]:
    """Join the files of one key. The first language's file holds the fields that all languages share."""
    content_type, key = files[0].type, files[0].key
    problems: list[Problem] = []
    documents: dict[str, Document] = {}
    for file in files:
        document, wrong = read_document(reading.project, file.path)
        problems += wrong
        if document:
            documents[file.language] = document
    if len(documents) < len(files):
        return _broken(content_type, key, YamlDocument(None, {}, {}, files[0].path)), problems
    first = next(language for language in reading.languages if language in documents)
    front = documents[first].front_matter.value
    if first != reading.languages[0] and not (isinstance(front, dict) and "only" in front):
        twin = files[0].path.removesuffix(f".{files[0].language}.md") + f".{reading.languages[0]}.md"
        hint = phrase("hint.missing-twin", twin=twin)
        return _broken(content_type, key, documents[first].front_matter), [
            problem("missing-twin", Place(documents[first].path), twin=twin, hint=hint)
        ]
    context = reading.context()
    shared_keys = tuple(spec.key for spec in field_specs(content_type.fields))
    text_keys = tuple(spec.key for spec in field_specs(content_type.text_fields))
    front_matter = documents[first].front_matter
    fields = read_fields(content_type.fields, front_matter, (), context, text_keys)
    texts = tuple(
        _read_text(documents[language], language, content_type, shared_keys, context)
        for language in reading.languages
        if language in documents
    )
    for language, document in documents.items():
        if language != first:
            context.problems += _differences(documents[first], document, shared_keys)
    context.problems += _missing_twins(files, documents[first], fields, reading.languages)
    whole = fields is not MISSING and all(text.fields is not MISSING for text in texts)
    origin = Place(documents[first].path)
    references = tuple(context.references)
    entry = Entry(content_type.kind, key, fields, origin, front_matter, (), texts, references, whole)
    return entry, problems + context.problems


def _read_text(
    document: Document, language: str, content_type: ContentType, shared_keys: tuple[str, ...], context: Context
) -> LanguageText:
    """One language's own fields; the shared ones, which are read from the first language's file, are known here."""
    fields = read_fields(content_type.text_fields, document.front_matter, (), context, shared_keys)
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
