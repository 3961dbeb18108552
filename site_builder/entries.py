"""Source files to entries: reads each file, checks it against its content type, and joins the languages of a pair.

A unit is what is read together: the files of one news item or page, or one file of facts. What a unit gives depends on
its files, the languages and the declared lists alone, so it is kept under a digest of these.
"""

import dataclasses
import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, Union

from site_builder.config import SiteConfig
from site_builder.content_types import CONTENT_TYPES, ContentType, Entry
from site_builder.content_types.content_type import LanguageText, Span, in_time, shown_days
from site_builder.content_types.figure import FIGURE_GROUPS
from site_builder.content_types.news import NewsRow, news_row
from site_builder.engine.serialization import Undecodable, decode, decode_cached, encode
from site_builder.problems import Place, Problem, ProblemsFound, has_errors, phrase, problem
from site_builder.schema import MISSING, Context, FoundReference, field_specs, read, read_fields
from site_builder.sources.contents import digest_of_file
from site_builder.sources.discover import SourceFile
from site_builder.sources.read import Document, Moved, SourceText, read_document, read_text
from site_builder.store import Store, digest_of, key_of
from site_builder.versions import fingerprint
from site_builder.yaml_places import KeyPath, YamlDocument, parse


@dataclass(frozen=True, slots=True)
class Reading:
    """What every file is read with: the project, the languages, their plural forms and the declared lists."""

    project: Path
    languages: tuple[str, ...]
    plural_forms: dict[str, tuple[str, ...]]
    vocabularies: dict[str, frozenset[str]]

    def context(self) -> Context:
        return Context(self.languages, self.plural_forms, self.vocabularies)

    @property
    def key(self) -> bytes:
        """A digest of all but the project's place, and of the tool that reads."""
        lists = sorted((name, sorted(words)) for name, words in self.vocabularies.items())
        return key_of(fingerprint(), self.languages, sorted(self.plural_forms.items()), lists)


class Stored(NamedTuple):
    """An entry as it is cached: encoded, with what must be known of it before it is decoded.

    `digest` covers all of it but the bodies of its texts, and the lines on which everything stands. Of its parts there
    are digests: `shared` of what all languages share, `own` of the fields of each language, `bodies` of each body.
    `draft`, `begins` and `ends` (ordinals of days, 0 for none) decide whether it is published. `aliases` are its old
    addresses, each with its language and its place in the list.
    """

    kind: str
    key: str
    whole: bool
    digest: bytes
    shared: bytes
    own: tuple[tuple[str, bytes], ...]
    bodies: tuple[tuple[str, bytes], ...]
    draft: bool
    begins: int
    ends: int
    encoded: bytes
    row: NewsRow | None
    aliases: tuple[tuple[str, int, str], ...]

    def published_on(self, day: int) -> bool:
        """Whether the entry is on the site on a day, given as an ordinal."""
        return not self.draft and in_time(self.begins, self.ends, day)

    @property
    def span(self) -> Span:
        """When the entry is shown."""
        return self.begins, self.ends

    def load(self, project: Path) -> Entry:
        """The entry itself, with the texts of its files left to be read. Raises Undecodable."""
        fields, origin, path, root, written, references = decode(self.encoded, _shape_of(self.kind))
        complete = fields is not None and all(own is not None for own, _, _ in written)
        paths = (path, *(own_path for _, own_path, _ in written))
        if self.whole > complete or len(written) != len(self.bodies) or not all(map(_in_content, paths)):
            raise Undecodable(self.key)
        texts = tuple(
            LanguageText(language, own, SourceText(own_path, project, digest=digest), line)
            for (language, digest), (own, own_path, line) in zip(self.bodies, written, strict=True)
        )
        document = next((text.document for text in texts if text.path == path), None) or SourceText(path, project)
        return Entry(self.kind, self.key, fields, origin, document, root, texts, references, self.whole)


def _in_content(path: str) -> bool:
    """Whether a path is one of the project's content: no cached path leads to another file."""
    return path.startswith("content/") and "/../" not in path


@cache
def _shape_of(kind: str) -> Any:
    """The type that an encoded entry of a kind has, as `_encoded` makes it."""
    content_type = next((one for one in CONTENT_TYPES if one.kind == kind), None)
    if content_type is None:
        raise Undecodable(kind)
    shared, own = (Union[one, None] for one in (content_type.fields, content_type.text_fields))  # noqa: UP007
    return tuple[shared, Place, str, KeyPath, tuple[tuple[own, str, int], ...], tuple[FoundReference, ...]]  # type: ignore[valid-type]


def _encoded(entry: Entry) -> bytes:
    """What `Stored` does not say of an entry; texts are left in their files."""
    texts = [(text.fields, text.path, text.body_line) for text in entry.texts]
    return encode((entry.fields, entry.origin, entry.document.path, entry.root, texts, entry.references))


class UnitRead(NamedTuple):
    """What reading a unit gave; a tuple, as `Stored` is, because a large site loads tens of thousands in every run."""

    entries: tuple[Stored, ...]
    problems: tuple[Problem, ...]


Unit = tuple[SourceFile, ...]
# Reads units, perhaps in several processes, and gives the results in their order.
ReadUnits = Callable[[Sequence[Unit], Reading], Iterable[UnitRead]]


def reading_of(project: Path, config: SiteConfig, plural_forms: dict[str, tuple[str, ...]]) -> Reading:
    """What the files of a site are read with."""
    vocabularies = {
        "categories": frozenset(category.key for category in config.categories),
        "tags": frozenset(tag.key for tag in config.tags),
        FIGURE_GROUPS: frozenset(section.key for section in config.sections if section.parent == "results"),
    }
    return Reading(project, config.codes, plural_forms, vocabularies)


def load_entries(
    reading: Reading,
    files: Iterable[SourceFile],
    digests: Mapping[str, bytes],
    store: Store,
    read_units: ReadUnits,
    held: dict[bytes, UnitRead],
) -> tuple[tuple[Stored, ...], list[Problem]]:
    """Read all files, those that are known from the store. What is wrong is reported, its entry marked as not whole.

    `digests` gives the digest of each file's content by its path; `held` is filled with what every unit gave. Raises
    Moved when a file has another content now.
    """
    units = units_of(files)
    keys = [key_of(reading.key, [(file.path, digests[file.path]) for file in unit]) for unit in units]
    wanted = set(keys)
    found = {key: held[key] for key in wanted & held.keys()}
    if 2 * len(found) < len(wanted):
        kinds = {key: unit[0].type.kind for key, unit in zip(keys, units, strict=True)}
        cached = ((key, _decoded(content, kinds[key])) for key, content in store.each("units") if key in kinds)
        found |= {key: read for key, read in cached if read}
    unknown = [(key, unit) for key, unit in zip(keys, units, strict=True) if key not in found]
    made = dict(zip((key for key, _ in unknown), read_units([unit for _, unit in unknown], reading), strict=True))
    paths = [file.path for _, unit in unknown for file in unit]
    moved = [path for path in paths if digest_of_file(reading.project / path) != digests[path]]
    if moved:
        store.drop("files", [path.encode() for path in moved])
        raise Moved(moved[0])
    store.put("units", ((key, encode(one)) for key, one in made.items()))
    if store.count("units") > 2 * len(keys):
        store.drop("units", store.keys("units") - wanted)
    held.clear()
    held |= found | made
    read_all = [held[key] for key in keys]
    entries = tuple(entry for one in read_all for entry in one.entries)
    return entries, [told for one in read_all for told in one.problems]


def _decoded(content: bytes, kind: str) -> UnitRead | None:
    """What reading a unit of a kind gave; None for bytes that are no such value."""
    read = decode_cached(content, UnitRead)
    return read if read and all(one.kind == kind for one in read.entries) else None


def units_of(files: Iterable[SourceFile]) -> list[Unit]:
    """Files of facts each alone, then those of news and pages by key."""
    facts: list[Unit] = []
    pairs: dict[tuple[str, str], list[SourceFile]] = defaultdict(list)
    for file in files:
        if file.type.layout == "markdown":
            pairs[file.type.kind, file.key].append(file)
        else:
            facts.append((file,))
    return [*facts, *(tuple(pair) for pair in pairs.values())]


def read_each(units: Sequence[Unit], reading: Reading) -> Iterator[UnitRead]:
    """Read units one after the other."""
    return (read_unit(unit, reading) for unit in units)


def read_unit(unit: Unit, reading: Reading) -> UnitRead:
    """Read the files of a unit."""
    first = unit[0].type
    if first.layout == "markdown":
        entry, problems = _read_pair(list(unit), reading)
        entries = [entry]
    else:
        entries, problems = _read_facts(unit[0], reading)
    checked = [_by_rules(entry) for entry in entries]
    typed = _as_typed(entries)
    return UnitRead(
        tuple(stored(entry, yaml) for (entry, _), yaml in zip(checked, typed, strict=True)),
        (*problems, *(found for _, wrong in checked for found in wrong)),
    )


def _as_typed(entries: Sequence[Entry]) -> Iterator[list[str]]:
    """The YAML of each entry of a unit: a remark in it moves the places at which problems are told."""
    if entries and entries[0].texts:
        yield [text.document.document.front_matter.text for text in entries[0].texts]
    elif entries:
        lines = entries[0].document.document.front_matter.text.split("\n")
        begins = [entry.origin.line - 1 for entry in entries]
        for begin, end in itertools.pairwise([*begins, len(lines)]):
            yield lines[begin:end]


def stored(entry: Entry, yaml: list[str]) -> Stored:
    """An entry as it is kept, with the YAML that it was read from."""
    fields = entry.fields
    begins, ends = shown_days(entry)
    encoded = _encoded(entry)
    return Stored(
        kind=entry.kind,
        key=entry.key,
        whole=entry.whole,
        digest=key_of(entry.kind, entry.key, entry.whole, encoded, yaml),
        shared=_shared(entry),
        own=tuple((text.language, digest_of(encode(text.fields))) for text in entry.texts),
        bodies=tuple((text.language, key_of(text.body)) for text in entry.texts),
        draft=bool(getattr(fields, "draft", False)),
        begins=begins,
        ends=ends,
        encoded=encoded,
        row=news_row(entry) if entry.kind == "news" and entry.whole else None,
        aliases=tuple(
            (text.language, index, alias)
            for text in entry.texts
            for index, alias in enumerate(getattr(text.fields, "aliases", ()))
        ),
    )


def _shared(entry: Entry) -> bytes:
    """A digest of what all languages of an entry share, wherever it stands."""
    references = [(one.kind, one.key) for one in entry.references]
    languages = [text.language for text in entry.texts]
    return key_of(entry.kind, entry.key, entry.root, references, languages, encode(entry.fields))


def _by_rules(entry: Entry) -> tuple[Entry, list[Problem]]:
    """The entry after its content type's own rules; one that breaks a rule is not whole."""
    found = [told for rule in _type_of(entry).rules for told in rule(entry)] if entry.whole else []
    return dataclasses.replace(entry, whole=entry.whole and not has_errors(found)), found


def _type_of(entry: Entry) -> ContentType:
    return next(content_type for content_type in CONTENT_TYPES if content_type.kind == entry.kind)


# Facts ---------------------------------------------------------------------------------------------------------


def _broken(file: SourceFile, key: str) -> Entry:
    """Something that is there but could not be read; the key `*` stands for a whole table."""
    return Entry(file.type.kind, key, None, Place(file.path), SourceText(file.path), whole=False)


def _read_facts(file: SourceFile, reading: Reading) -> tuple[list[Entry], list[Problem]]:
    nothing = [_broken(file, file.key or "*")]
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
    source = SourceText(file.path, reading.project, Document(file.path, document, "", 1))
    whole = fields is not MISSING
    entry = Entry(file.type.kind, key, fields if whole else None, origin, source, root, (), references, whole)
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
        return _broken(files[0], key), problems
    first = next(language for language in reading.languages if language in documents)
    front = documents[first].front_matter.value
    if first != reading.languages[0] and not (isinstance(front, dict) and "only" in front):
        twin = files[0].path.removesuffix(f".{files[0].language}.md") + f".{reading.languages[0]}.md"
        hint = phrase("hint.missing-twin", twin=twin)
        return _broken(files[0], key), [problem("missing-twin", Place(documents[first].path), twin=twin, hint=hint)]
    context = reading.context()
    shared_keys = tuple(spec.key for spec in field_specs(content_type.fields))
    text_keys = tuple(spec.key for spec in field_specs(content_type.text_fields))
    fields = read_fields(content_type.fields, documents[first].front_matter, (), context, text_keys)
    texts = tuple(
        _read_text(documents[language], language, content_type, shared_keys, context, reading.project)
        for language in reading.languages
        if language in documents
    )
    for language, document in documents.items():
        if language != first:
            context.problems += _differences(documents[first], document, shared_keys)
    context.problems += _missing_twins(files, documents[first], fields, reading.languages)
    whole = fields is not MISSING and all(text.fields is not None for text in texts)
    origin = Place(documents[first].path)
    references = tuple(context.references)
    source = next(text.document for text in texts if text.language == first)
    shared = None if fields is MISSING else fields
    entry = Entry(content_type.kind, key, shared, origin, source, (), texts, references, whole)
    return entry, problems + context.problems


def _read_text(
    document: Document,
    language: str,
    content_type: ContentType,
    shared_keys: tuple[str, ...],
    context: Context,
    project: Path,
) -> LanguageText:
    """One language's own fields; the shared ones, which are read from the first language's file, are known here."""
    fields = read_fields(content_type.text_fields, document.front_matter, (), context, shared_keys)
    source = SourceText(document.path, project, document)
    return LanguageText(language, None if fields is MISSING else fields, source, document.body_line)


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
