"""Site: everything that outputs are planned and made from. Names are looked up and texts become HTML when asked for.

Whatever a task takes from a Site is noted in its tracker, so that it is known what each file was made from.
"""

import dataclasses
import datetime
import difflib
import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, Generic, TypeVar, cast

from site_builder.addresses import ANCHORED, PAGED, Addresses, operation_section
from site_builder.citations import short_names
from site_builder.config import WORDS_ONLY, Chart, Section, SiteConfig
from site_builder.content_types import CONTENT_TYPES, Entry
from site_builder.content_types.content_type import ALWAYS, LanguageText, Span, entry_name, meet
from site_builder.content_types.figure import Figure
from site_builder.content_types.news import NewsRow
from site_builder.engine.dependencies import DependencyTracker, Memo
from site_builder.entries import Stored
from site_builder.i18n.formats import Formats
from site_builder.i18n.words import Words
from site_builder.markup.markdown import EMBED, CannotRead, Heading, Html, Mention, leftover, strip_tags
from site_builder.memory_cache import MemoryCache
from site_builder.problems import Place, Problem, did_you_mean, phrase, problem
from site_builder.record.load import Record
from site_builder.schema import FoundReference, field_specs
from site_builder.store import KEY_SIZE, digest_of, key_of
from site_builder.tracked import BODY, ENTRY, PLACES, TEXT, ReadRecorder, TrackedEntry
from site_builder.values import Localized, LocalizedMarkdown, LocalizedSlug
from site_builder.yaml_places import KeyPath, YamlDocument

# Makes HTML from Markdown: its text, or how to get it, the text's digest, and the words of footnotes.
ToHtml = Callable[[Callable[[], str], bytes, tuple[str, str]], Html]
KINDS = tuple(content_type.kind for content_type in CONTENT_TYPES)
FACT_FORMS = ("", "number", "as-of")
PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".svg")
# Words that decide how every number and text of a language is printed.
PRINTING = ("no-break", "alphabet", "number.group", "number.minimum-grouping-digits")
MARKDOWN_FOLDERS = {one.kind: ["content", one.where] for one in CONTENT_TYPES if one.layout == "markdown"}
NOT_FOUND = "/404.html"
# Finds a place when a problem needs it.
At = Callable[[], Place]
# So many entries are held in memory: those that belong together are asked for together.
ENTRIES_HELD = 2000


@dataclass(frozen=True, slots=True)
class Text:
    """A text of an entry in one language: safe HTML (plain words for plain fields), its words, its headings."""

    html: str
    plain: str
    headings: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A file of `content/media/` on the site, its size in bytes; pictures have width and height, other files 0."""

    address: str
    size: int
    width: int = 0
    height: int = 0


Value = TypeVar("Value")
Kept = TypeVar("Kept")


class Noted(Mapping[str, Value], Generic[Value]):
    """A mapping whose every access is noted as a read of the node of its kind and key."""

    def __init__(self, kind: str, values: Mapping[str, Value], tracker: DependencyTracker) -> None:
        self.kind = kind
        self.values_by_key = values
        self.tracker = tracker

    def __getitem__(self, key: str) -> Value:
        if key not in self.values_by_key:
            self.tracker.record_read(self.kind)
            raise KeyError(key)
        self.tracker.record_read(self.kind, key)
        return self.values_by_key[key]

    def __iter__(self) -> Iterator[str]:
        self.tracker.record_read(self.kind)
        return iter(self.values_by_key)

    def __len__(self) -> int:
        self.tracker.record_read(self.kind)
        return len(self.values_by_key)


class NotedConfig:
    """The configuration, each of whose fields is noted when it is read."""

    DERIVED: Mapping[str, str] = {
        "codes": "languages", "first_language": "languages", "language": "languages",
        "base_path": "base_url", "origin": "base_url",
    }  # fmt: skip

    def __init__(self, config: SiteConfig, tracker: DependencyTracker) -> None:
        self._config = config
        self._tracker = tracker
        self._sections = {one.key: one for one in config.sections}
        for one in dataclasses.fields(config):
            tracker.set_input(("config", one.name), getattr(config, one.name))

    def section(self, key: str) -> Section | None:
        """As the configuration's own, which searches."""
        self._tracker.record_read("config", "sections")
        return self._sections.get(key)

    def __getattr__(self, name: str) -> Any:
        self._tracker.record_read("config", self.DERIVED.get(name, name))
        return getattr(self._config, name)


class EntryTable(Mapping[str, Entry]):
    """The entries of a kind, loaded when they are asked for."""

    def __init__(
        self,
        kind: str,
        kept: dict[str, Stored],
        loaded: dict[tuple[str, str], tuple[object, Entry]],
        project: Path,
        recorder: ReadRecorder,
    ) -> None:
        """`loaded` holds entries with the digests that they had."""
        self.kind = kind
        self.kept = kept
        self.loaded = loaded
        self.project = project
        self.recorder = recorder
        self.tracker = recorder.tracker

    def __getitem__(self, key: str) -> Entry:
        if key not in self.kept:
            self.tracker.record_read("kind", self.kind)
            raise KeyError(key)
        self.tracker.record_read("entry", self.kind, key)
        return self.load(self.kept[key])

    def load(self, kept: Stored) -> Entry:
        """An entry; that it was read is not noted."""
        name, made_from = (self.kind, kept.key), (kept.digest, kept.bodies)
        before, entry = self.loaded.get(name, (None, None))
        if entry is None or before != made_from:
            entry = TrackedEntry(kept.load(self.project), self.recorder)
            while len(self.loaded) >= ENTRIES_HELD:
                del self.loaded[next(iter(self.loaded))]
            self.loaded[name] = made_from, entry
        return entry

    def __contains__(self, key: object) -> bool:
        if key in self.kept:
            self.tracker.record_read("entry", self.kind, str(key))
            return True
        self.tracker.record_read("kind", self.kind)
        return False

    def __iter__(self) -> Iterator[str]:
        self.tracker.record_read("kind", self.kind)
        return iter(self.kept)

    def __len__(self) -> int:
        self.tracker.record_read("kind", self.kind)
        return len(self.kept)

    def all(self) -> tuple[Entry, ...]:
        """All entries, in the order of their files."""
        self.tracker.record_read("kind", self.kind)
        return tuple(map(self.load, self.kept.values()))


class Site:
    """Everything that outputs are planned from. Unpublished entries are not in it."""

    def __init__(
        self,
        project: Path,
        config: SiteConfig,
        document: YamlDocument,
        words: Mapping[str, Words],
        entries: Iterable[Stored],
        media: Mapping[str, MediaFile],
        to_html: ToHtml,
        memory: MemoryCache,
        tracker: DependencyTracker,
        record: Record,
        *,
        drafts: bool,
    ) -> None:
        """`document` is the configuration's, to tell places; `media` gives each file of `content/media/` by name.

        `memory` has what an earlier build of this process computed, and gets what this one computes. Every input is
        declared to the `tracker`. `record` is what changed in the facts.
        """
        self.tracker = memory.recorder.tracker = tracker
        self.project = project
        self.document = document
        self.config = cast("SiteConfig", NotedConfig(config, tracker))
        self.addresses = Addresses(self.config)
        self.words = {code: one.noting(partial(self._record_word, code)) for code, one in words.items()}
        for code, one in words.items():
            for key, value in one.entries.items():
                tracker.set_input(("word", code, key), (one.locale, value))
            tracker.set_input(("word", code), sorted(one.entries))
            tracker.set_input(("formats", code), [one.locale, *map(one.entries.get, PRINTING)])
        self.formats: Mapping[str, Formats] = Noted(
            "formats", {code: Formats(one) for code, one in self.words.items()}, tracker
        )
        tracker.set_input(("formats",), tuple(words))
        for name, file in media.items():
            tracker.set_input(("media", name), file)
        tracker.set_input(("media",), tuple(media))
        tracker.set_input(("media-files",), [(name, media[name]) for name in sorted(media)])
        self.media: Mapping[str, MediaFile] = Noted("media", media, tracker)
        self._record = record
        tracker.set_input(("record",), record)
        self._memory = memory
        memory.site = self
        self._media_names = {file.address: name for name, file in media.items()}
        self._tables(tuple(entries), memory, config.today, drafts=drafts)
        self._linker = Linker(self, to_html, memory.texts)
        self._rows()
        sources = self.all("source")
        citations = {code: short_names(sources, self.formats[code]) for code in config.codes}
        for code, names in citations.items():
            tracker.set_input(("citations", code), names)
        tracker.set_input(("citations",), tuple(citations))
        self.citations: Mapping[str, Mapping[str, str]] = Noted("citations", citations, tracker)

    def _tables(self, entries: tuple[Stored, ...], memory: MemoryCache, today: datetime.date, *, drafts: bool) -> None:
        """Sort the entries by kind, and declare them: an entry's value includes whether it is published."""
        self.broken = frozenset((one.kind, one.key) for one in entries if not one.whole)
        self.given = entries
        self.coming: list[Stored] = []
        self.ended: list[Stored] = []
        everything: dict[str, dict[str, Stored]] = {kind: {} for kind in KINDS}
        published: dict[str, dict[str, Stored]] = {kind: {} for kind in KINDS}
        for one in entries:
            shown = one.whole and (drafts or one.published_on(today.toordinal()))
            self.tracker.set_input((ENTRY, one.kind, one.key), one.shared + bytes([one.whole, shown]))
            self.tracker.set_input((PLACES, one.kind, one.key), one.digest)
            for part, of_languages in ((TEXT, one.own), (BODY, one.bodies)):
                for language, digest in of_languages:
                    self.tracker.set_input((part, one.kind, one.key, language), digest)
            if one.whole:
                everything[one.kind][one.key] = one
            if shown:
                published[one.kind][one.key] = one
            elif one.whole and not one.draft and one.begins > today.toordinal():
                self.coming.append(one)
            elif one.whole and not one.draft:
                self.ended.append(one)
        aliases = [one.aliases for kind in ("news", "page") for one in published[kind].values() if one.aliases]
        self.tracker.set_input(("aliases",), aliases)
        for kind in KINDS:
            digests = [(key, self.tracker.digest((ENTRY, kind, key))) for key in everything[kind]]
            broken = sorted(key for one, key in self.broken if one == kind)
            self.tracker.set_input(("kind", kind), key_of(digests, broken))
        make = partial(EntryTable, loaded=memory.entries, project=self.project, recorder=memory.recorder)
        self.everything = {kind: make(kind, kept) for kind, kept in everything.items()}
        self.entries = {kind: make(kind, kept) for kind, kept in published.items()}

    def _rows(self) -> None:
        """The news of each language, newest first, and a digest of what relates an item to others."""
        rows = [one.row for one in self.entries["news"].kept.values() if one.row]
        rows.sort(key=lambda row: (row.day, row.key), reverse=True)
        self._news = {code: tuple(row for row in rows if code in row.languages) for code in self.words}
        related = {row.key: key_of(row.key, row.day, row.tags, row.facilities, row.services) for row in rows}
        self.tracker.set_input(("news",), self._news)
        self._relations = {code: b"".join(related[row.key] for row in listed) for code, listed in self._news.items()}

    def _record_word(self, language: str, key: str) -> None:
        """Record that a word is read, or that there is none: then which words there are."""
        there = ("word", language, key) in self.tracker.inputs
        self.tracker.record_read("word", language, *([key] if there else []))

    @property
    def record(self) -> Record:
        """The record of changes to facts."""
        self.tracker.record_read("record")
        return self._record

    def all(self, kind: str) -> tuple[Entry, ...]:
        """Entries of a kind, in the order of their files."""
        return self.entries[kind].all()

    def get(self, kind: str, key: str) -> Entry:
        """The entry that a checked reference names."""
        return self.entries[kind][key]

    def some(self, kind: str, keys: Iterable[str]) -> tuple[Entry, ...]:
        """The published ones among the entries that references name."""
        table = self.entries[kind]
        return tuple(table[key] for key in keys if key in table)

    def text(self, entry: Entry, language: str, *path: str | int) -> Text:
        """A text field of an entry: `site.text(facility, "lv", "description")`. Raises KeyError if it has none."""
        return self._linker.text(entry, path, language)[0]

    def find_text(self, entry: Entry, language: str, *path: str | int) -> Text | None:
        """A text field that may have been left out."""
        try:
            return self.text(entry, language, *path)
        except KeyError:
            return None

    def plain(self, entry: Entry, language: str, *path: str | int) -> str:
        """The words of a text field."""
        return self.text(entry, language, *path).plain

    def texts(self, entry: Entry) -> Iterator[tuple[KeyPath, str, Text]]:
        """All texts of an entry with their paths and languages."""
        for path, language in text_paths(entry):
            yield path, language, self.text(entry, language, *path)

    def once(self, key: tuple[object, ...], compute: Callable[[], Kept]) -> Kept:
        """The value of a key, computed once. It may depend on the site, which records what is read, and on assets."""

        def value() -> Kept:
            self.tracker.record_read("assets")
            return compute()

        return self._memory.values.get(key, value, self.tracker)

    def planned(self, output: str, plan: Callable[[], Kept]) -> Kept:
        """What an output plans, as `once` computes it."""

        def value() -> Kept:
            self.tracker.record_read("assets")
            self.tracker.record_read("media-files")
            return plan()

        return self._memory.plans.get(output, value, self.tracker)

    def localized(self, value: Localized, language: str) -> str:
        """Words that belong to no entry (configuration), with the language's typography."""
        return self.formats[language].tidy(value[language])

    def name(self, entry: Entry, language: str) -> str:
        """What a thing is called."""
        if entry.text(language):
            return self.plain(entry, language, "title")
        return self.formats[language].tidy(entry_name(entry, language))

    def address(self, entry: Entry, language: str) -> str:
        return self.addresses.of(entry, language)

    def origin(self, kind: str, key: str, language: str) -> Callable[[], Place]:
        """Finds where the file of an entry names its address, when somebody asks, perhaps in a later build."""
        memory = self._memory
        return lambda: memory.site.everything[kind][key].address_place(language)

    def href(self, address: str) -> str:
        """An address as a link on the same host: with the base path."""
        return self.config.base_path + address

    def absolute(self, address: str) -> str:
        """An address as a whole URL."""
        return self.config.base_url.rstrip("/") + address

    def figure(self, key: str) -> Figure:
        """A figure by its id."""
        found: Figure = self.entries["fact"][key].fields
        return found

    def place(self, entry: Entry, language: str, path: KeyPath, needle: str = "", skip: int = 0) -> Place:
        """Where a text field stands, or in it the words `needle` after `skip` others."""
        text = entry.text(language)
        if text is None:
            return entry.document.find((*entry.root, *path, language), needle, skip)
        if path != ("body",):
            return text.document.find(path, needle, skip)
        begins = Place(text.path, text.body_line)
        return _find(text, needle, begins, skip) if needle else begins

    def media_at(self, href: str) -> MediaFile | None:
        """The file of `content/media/` behind a link."""
        name = self._media_names.get(href.removeprefix(self.config.base_path))
        return self.media[name] if name else None

    def names(self) -> dict[str, tuple[str, ...]]:
        """By language, the names that read the same in every language: the site's, addresses, those configured."""
        config, first = self.config, self.config.first_language
        names: dict[str, list[str]] = {code: [] for code in config.codes}
        for one in config.names:
            names[one.language] += one.words
        names[first] += (entry.fields.address.street for entry in self.all("facility"))
        if len({config.name[code] for code in config.codes}) == 1:
            names[first].append(config.name[first])
        return {code: tuple(dict.fromkeys(listed)) for code, listed in names.items()}

    def news(self, language: str) -> tuple[NewsRow, ...]:
        """News that a language has, newest first."""
        self.tracker.record_read("news")
        return self._news[language]

    def relations(self, language: str) -> Callable[[int, int], bytes]:
        """A digest of what relates some of the `news` of a language to each other, given the first and the last."""
        joined = self._relations[language]
        return lambda first, last: digest_of(joined[first * KEY_SIZE : last * KEY_SIZE])

    def aliases(self) -> Iterator[tuple[str, str, Callable[[], Place]]]:
        """Old and new address of each alias of a page, and what finds where it is asked for."""
        self.tracker.record_read("aliases")
        for kind in ("news", "page"):
            for kept in self.entries[kind].kept.values():
                for alias, language, place in self.aliases_of(kept):
                    yield alias, self.address(self.get(kind, kept.key), language), place

    def aliases_of(self, kept: Stored) -> Iterator[tuple[str, str, At]]:
        """The old addresses of an entry, published or not, with their languages and what finds where they stand."""
        for language, index, alias in kept.aliases:
            yield alias, language, partial(_alias_place, self._memory, kept.kind, kept.key, language, index)

    def unpublished(self) -> Iterator[str]:
        """The addresses, old ones among them, of entries that are drafts, expired or not begun."""
        for kind, table in self.everything.items():
            self.tracker.record_read("kind", kind)
            for kept in table.kept.values():
                if kept.key not in self.entries[kind].kept:
                    entry = table.load(kept)
                    yield from (self.address(entry, code) for code in self.config.codes if entry.has_language(code))
                    yield from (alias for _, _, alias in kept.aliases)

    def expired(self) -> Iterator[str]:
        """The addresses, old ones among them, of news that was on the site and is not any more."""
        self.tracker.record_read("kind", "news")
        for kept in self.ended:
            if kept.row:
                yield from (self.addresses.news(kept.row, code) for code in kept.row.languages)
                yield from (alias for _, _, alias in kept.aliases)

    def stored(self, kind: str, key: str) -> Stored:
        """An entry as it is kept, also one that is not whole; that it was read is not noted."""
        found = self.everything[kind].kept.get(key)
        return found or next(one for one in self.given if (one.kind, one.key) == (kind, key))

    def problems_of(self, kind: str, key: str) -> tuple[Problem, ...]:
        """What is wrong with the names in an entry's fields and texts."""
        self.tracker.record_read("entry", kind, key)
        entry = self.everything[kind].load(self.stored(kind, key))
        linker = self._linker
        found = [*linker.references(entry), *linker.picture(entry)]
        for path, language in text_paths(entry):
            found += linker.text(entry, path, language)[1]
        return tuple(found)

    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the names in the configuration, and two entries at one address."""
        return (*self._linker.configured(), *self._linker.own_addresses())


def _alias_place(memory: MemoryCache, kind: str, key: str, language: str, index: int) -> Place:
    """Where a file of the running build's site names an old address."""
    text = memory.site.everything[kind][key].text(language)
    place: Place = text.document.place(("aliases", index))
    return place


def text_paths(entry: Entry) -> Iterator[tuple[KeyPath, str]]:
    """The paths and languages of an entry's texts; of one that is not whole only the bodies can be told."""
    for path, value in _localized_fields(entry.fields, ()) if entry.whole else ():
        for language, _ in value:
            yield path, language
    for text in entry.texts:
        for path, _ in _text_fields(text.fields) if entry.whole else ():
            yield path, text.language
        yield ("body",), text.language


# Linking -------------------------------------------------------------------------------------------------------


class Linker:
    """Looks names up and fills texts. What is wrong is kept with each text, so that it is told once, by its entry."""

    def __init__(self, site: Site, to_html: ToHtml, texts: Memo) -> None:
        self.site = site
        self.config = site.config
        self.formats = site.formats
        self.addresses = site.addresses
        self.to_html = to_html
        self.problems: list[Problem] = []
        self.texts = texts

    def text(self, entry: Entry, path: KeyPath, language: str) -> tuple[Text, tuple[Problem, ...]]:
        """A text of an entry, and what is wrong with it. Raises KeyError if the entry has none."""
        key = (entry.kind, entry.key, path, language)
        return self.texts.get(key, partial(self._linked, entry, path, language), self.site.tracker)

    def _linked(self, entry: Entry, path: KeyPath, language: str) -> tuple[Text, tuple[Problem, ...]]:
        before, self.problems = self.problems, []
        try:
            self.site.tracker.record_read("entry", entry.kind, entry.key)
            return self._text(entry, path, language), tuple(self.problems)
        finally:
            self.problems = before

    def _text(self, entry: Entry, path: KeyPath, language: str) -> Text:
        own = entry.text(language)
        if own is not None and path == ("body",):
            self.site.tracker.record_read("body", entry.kind, entry.key, language)
            digest = dict(self.site.stored(entry.kind, entry.key).bodies)[language]
            return self.markdown(lambda: own.body, digest, language, lambda: Place(own.path, own.body_line), own)
        if own is not None:
            words = value_at(own.fields, path)
            if not words:
                raise KeyError(path)
            return self.plain(words, language, partial(own.document.place, path))
        value = value_at(entry.fields, path)
        if not isinstance(value, Localized):
            raise KeyError(path)
        place = partial(entry.place, *path, language)
        words = value[language]
        if isinstance(value, LocalizedMarkdown):
            return self.markdown(lambda: words, key_of(words), language, place, None)
        return self.plain(words, language, place)

    def references(self, entry: Entry) -> list[Problem]:
        """Every field that names an entry names one that exists."""
        self.problems = []
        for reference in entry.references:
            self.known(reference.kind, reference.key, partial(self.place_of, entry, reference))
        return self.problems

    def place_of(self, entry: Entry, reference: FoundReference) -> Place:
        """Where an entry names another."""
        self.site.tracker.record_read(PLACES, entry.kind, entry.key)
        return reference.place

    def configured(self) -> list[Problem]:
        """Every name in the configuration exists."""
        self.problems = []
        document = self.site.document
        place = document.place(("sections",))
        for index, key in enumerate(self.config.funding):
            self.known("operation", key, partial(document.place, ("funding", index)))
        for index, key in enumerate(self.config.key_figures):
            self.known("fact", key, partial(document.place, ("key_figures", index)))
        for index, key in enumerate(self.config.partner_figures):
            self.known("fact", key, partial(document.place, ("partner_figures", index)))
        for index, chart in enumerate(self.config.charts):
            self.chart(chart, ("charts", index, "figures"))
        for key in ("home", "not-found", *(section.key for section in self.config.sections)):
            if key in WORDS_ONLY or self.told("page", key):
                continue
            page = self.site.everything["page"].get(key)
            self.slug_of_section(key, page)
            if page is None:
                self.problems.append(problem("section-without-page", place, key=key))
            elif key not in self.site.entries["page"] or not all(map(page.has_language, self.config.codes)):
                hint = phrase("hint.section-unpublished")
                self.problems.append(problem("section-unpublished", page.origin, key=key, hint=hint))
        self.one_operation_a_page()
        return self.problems

    def chart(self, chart: Chart, path: KeyPath) -> None:
        """A chart's figures exist and can be drawn to one measure; growth is the growth of one figure."""
        document = self.site.document
        found = [
            self.known("fact", one.figure, partial(document.place, (*path, index, "figure")))
            for index, one in enumerate(chart.figures)
        ]
        place = document.place(path)
        if not chart.figures or (chart.kind == "growth" and len(chart.figures) > 1):
            hint = phrase("hint.chart-figures")
            self.problems.append(problem("chart-figures", place, key=chart.key, hint=hint))
        units = {entry.fields.unit for entry in found if entry is not None and entry.whole}
        if len(units) > 1:
            units_told = ", ".join(sorted(units))
            hint = phrase("hint.chart-units")
            self.problems.append(problem("chart-units", place, key=chart.key, units=units_told, hint=hint))

    def own_addresses(self) -> list[Problem]:
        """No two entries have one page, today or on a day to come; told here, in one run with everything else."""
        self.problems = []
        taken: dict[str, list[tuple[Span, At]]] = {}
        for address, span, origin in self._page_addresses():
            before = taken.setdefault(address, [])
            first = next((other for times, other in before if meet(times, span)), None)
            if first and address != NOT_FOUND:
                hint = phrase("hint.same-address")
                self.problems.append(problem("same-address", origin(), address=address, first=first(), hint=hint))
            before.append((span, origin))
        return self.problems

    def _page_addresses(self) -> Iterator[tuple[str, Span, At]]:
        """The address of every entry that has a page or will have one, when that is, and where it is named."""
        for kind in ("page", *PAGED):
            if kind != "news":
                for entry in self.site.all(kind):
                    for language in filter(entry.has_language, self.config.codes):
                        yield self.addresses.of(entry, language), ALWAYS, self.site.origin(kind, entry.key, language)
        coming = self.site.coming
        for kept in (*self.site.entries["news"].kept.values(), *coming):
            if row := kept.row:
                for language in row.languages:
                    yield self.addresses.news(row, language), kept.span, self.site.origin("news", row.key, language)
        for kept in coming:
            yield from ((alias, kept.span, place) for alias, _, place in self.site.aliases_of(kept))

    def slug_of_section(self, key: str, page: Entry | None) -> None:
        """The address of a section comes from the configuration; a `slug` in its page would do nothing."""
        for text in page.texts if page and page.whole else ():
            if text.fields.slug is not None:
                at = text.document.key_place(("slug",))
                self.problems.append(problem("slug-of-section", at, key=key, hint=phrase("hint.slug-of-section")))

    def one_operation_a_page(self) -> None:
        """Each of the two pages of operations shows one operation, which its fund decides."""
        listed = self.site.everything["operation"].all()
        for key in ("about", "infrastructure"):
            shown = [entry for entry in listed if operation_section(entry) == key]
            if len(shown) != 1 and not any(kind == "operation" for kind, _ in self.site.broken):
                at = shown[1].origin if shown else self.site.document.place(("funding",))
                self.problems.append(problem("operation-page", at, key=key, count=len(shown)))

    def known(self, kind: str, key: str, place: At) -> Entry | None:
        """The entry, or None after reporting; an unpublished one is a warning, so that no date can stop a build."""
        entry = self.site.everything[kind].get(key)
        if entry is None and self.told(kind, key):
            return None
        if entry is None:
            self.problems.append(problem(f"unknown-{kind}", place(), key=key, hint=self.near(kind, key)))
            return None
        if key not in self.site.entries[kind]:
            self.problems.append(problem("not-published", place(), key=key, severity="warning"))
            return None
        return entry

    def told(self, kind: str, key: str) -> bool:
        """Whether the thing is there but could not be read, which was told where it stands."""
        return (kind, key) in self.site.broken or (kind, "*") in self.site.broken

    def near(self, kind: str, key: str) -> Any:
        """A hint that names the nearest known key, and where it is."""
        table = self.site.everything[kind]
        near = difflib.get_close_matches(key, list(table), n=1, cutoff=0.5)
        if not near:
            return did_you_mean(key, table)
        return phrase("hint.did-you-mean-at", name=near[0], place=table[near[0]].origin)

    def picture(self, entry: Entry) -> list[Problem]:
        """The picture of a news item is there, and is a picture."""
        self.problems = []
        name = getattr(entry.fields, "image", None)
        if name is not None and not name.lower().endswith(PICTURES):
            hint = phrase("hint.known-names", names=", ".join(PICTURES))
            self.problems.append(problem("media-type", entry.place("image"), value=name, hint=hint))
        elif name is not None:
            self.media_address(name, partial(entry.place, "image"))
        return self.problems

    # Texts -----------------------------------------------------------------------------------------------------

    def plain(self, text: str, language: str, place: At) -> Text:
        """Plain words in which figures may be named."""

        def fill(match: re.Match[str]) -> str:
            if match[1] != "fact":
                hint = phrase("hint.embed-in-plain")
                self.problems.append(problem("embed-in-plain", place(), kind=match[1], hint=hint))
                return ""
            mention = Mention(f"{match[1]}:{match[2]}", match[3] or "", is_embed=True)
            return strip_tags(self.embed(mention, language, place)[1])

        filled = re.sub(EMBED, fill, text)
        if "[[" in filled:
            self.problems.append(problem("leftover-mark", place(), mark="[[", hint=phrase("hint.leftover-mark")))
        words = self.formats[language].tidy(filled)
        return Text(html.escape(words, quote=False), words)

    def markdown(
        self, text: Callable[[], str], digest: bytes, language: str, place: At, of: LanguageText | None
    ) -> Text:
        """Markdown with everything that it names looked up; `digest` is its text's."""
        words = self.site.words[language]
        try:
            made = self.to_html(text, digest, (words("footnotes.title"), words("footnotes.back")))
        except CannotRead as refused:
            begins = place()
            at = Place(begins.path, begins.line + refused.line - 1) if of else begins
            self.problems.append(problem(refused.phrase, at, hint=phrase("hint.markdown-limits")))
            return Text("", "")
        for removed in made.removed:
            at = _find(of, removed.strip("<>"), place(), 0)
            self.problems.append(problem("html-removed", at, what=removed, hint=phrase("hint.html-removed")))
        embeds: dict[int, tuple[str, str]] = {}
        addresses: dict[int, str] = {}
        seen: dict[str, int] = {}
        for number, mention in enumerate(made.mentions):
            named = partial(_found, of, mention.target, place, seen.get(mention.target, 0))
            seen[mention.target] = seen.get(mention.target, 0) + 1
            if mention.is_embed:
                embeds[number] = self.embed(mention, language, named)
            else:
                address = self.target(mention, language, of, named)
                if address is not None:
                    addresses[number] = html.escape(address)
        for anchor in sorted(made.dead_anchors):
            at = _find(of, f"(#{anchor})", place(), 0)
            self.problems.append(problem("dead-anchor", at, link=f"#{anchor}", hint=phrase("hint.own-anchor")))
        complete = self.sized(self.documents(made.fill(embeds, addresses), made.mentions, language))
        if leftover(complete, "") and (mark := leftover(complete, text())):
            at = _find(of, mark.strip(), place(), 0)
            self.problems.append(problem("leftover-mark", at, mark=mark.strip(), hint=phrase("hint.leftover-mark")))
        filled = self.formats[language].tidy_html(complete)
        headings = tuple(
            dataclasses.replace(heading, html=self._heading(heading, embeds, language)) for heading in made.headings
        )
        return Text(filled, strip_tags(filled), headings)

    def documents(self, html: str, mentions: Iterable[Mention], language: str) -> str:
        """Links to documents say of what type and size these are (EN 301 549 ch. 10), from the file itself."""
        targets = dict.fromkeys(mention.target for mention in mentions if not mention.is_picture)
        for name in (target.removeprefix("media:") for target in targets if target.startswith("media:")):
            if name in self.site.media and not name.lower().endswith(PICTURES):
                note = self.formats[language].document(name, self.site.media[name].size)
                link = rf'(<a href="{re.escape(self.config.base_path + self.site.media[name].address)}"[^>]*>.*?)</a>'
                html = re.sub(link, rf"\g<1> ({note})</a>", html, flags=re.DOTALL)
        return html

    def sized(self, text: str) -> str:
        """Pictures of a text get their size and wait until they are scrolled to (HTML 4.8.4.4)."""

        def attributes(match: re.Match[str]) -> str:
            one = self.site.media_at(html.unescape(match[1]))
            return f'{match[0]} width="{one.width}" height="{one.height}" loading="lazy"' if one else match[0]

        return re.sub(r'<img\b[^>]*?\bsrc="([^"]*)"', attributes, text)

    def _heading(self, heading: Heading, embeds: dict[int, tuple[str, str]], language: str) -> str:
        bare = Html(re.sub(r"</?a\b[^>]*>", "", heading.html), (), ())
        return self.formats[language].tidy_html(bare.fill({n: (text, text) for n, (_, text) in embeds.items()}, {}))

    def embed(self, mention: Mention, language: str, place: At) -> tuple[str, str]:
        """A `[[kind:key form]]` as HTML, with its link and without."""
        kind, _, key = mention.target.partition(":")
        if kind not in KINDS:
            hint = did_you_mean(kind, KINDS)
            self.problems.append(problem("unknown-embed", place(), kind=kind, hint=hint))
            return "", ""
        entry = self.known(kind, key, place)
        if entry is None:
            fallback = self.site.everything[kind].get(key)
            text = html.escape(entry_name(fallback, language)) if fallback else ""
            return text, text
        if not entry.has_language(language):
            self.problems.append(problem("no-translation", place(), key=key, language=language))
            return "", ""
        allowed = FACT_FORMS if kind == "fact" else ("",)
        if mention.form not in allowed:
            hint = did_you_mean(mention.form, [form for form in allowed if form])
            self.problems.append(problem("unknown-form", place(), form=mention.form, hint=hint))
            return "", ""
        text = html.escape(self.embed_words(entry, mention.form, language), quote=False)
        if mention.form == "as-of":
            return text, text
        css = ' class="figure"' if kind == "fact" else ""
        address = html.escape(self.config.base_path + self.addresses.of(entry, language))
        return f'<a{css} href="{address}">{text}</a>', text

    def embed_words(self, entry: Entry, form: str, language: str) -> str:
        formats = self.formats[language]
        if entry.kind != "fact":
            return self.plain(entry_name(entry, language), language, lambda: entry.origin).plain
        if form == "as-of":
            return formats.as_of(entry.fields.stated[0]).marked
        return formats.figure(entry.fields, with_unit=form != "number")

    def target(self, mention: Mention, language: str, of: LanguageText | None, place: At) -> str | None:
        """Where a link or picture of a text leads, with the base path; None, after reporting, when nowhere."""
        target, _, anchor = mention.target.partition("#")
        kind, separator, key = target.partition(":")
        if mention.is_picture and kind != "media":
            self.problems.append(problem("picture-not-media", place(), value=target, hint=phrase("hint.media")))
            return None
        if kind == "media" and separator:
            return self.media_address(key, place)
        if separator and kind in KINDS:
            found = self.known(kind, key, place)
        elif target.endswith(".md") and of is not None:
            found = self.relative(target, of, place)
        else:
            self.problems.append(problem("bad-link", place(), value=mention.target, hint=phrase("hint.bad-link")))
            return None
        if found is None:
            return None
        if not found.has_language(language):
            self.problems.append(problem("no-translation", place(), key=found.key, language=language))
            return None
        address = self.config.base_path + self.addresses.of(found, language)
        return f"{address}#{anchor}" if anchor and found.kind not in ANCHORED else address

    def media_address(self, name: str, place: At) -> str | None:
        if name not in self.site.media:
            self.problems.append(problem("unknown-media", place(), key=name, hint=did_you_mean(name, self.site.media)))
            return None
        return self.config.base_path + self.site.media[name].address

    def relative(self, target: str, of: LanguageText, place: At) -> Entry | None:
        """A link to a neighbour's file, as a Git host's preview follows it."""
        steps: list[str] = []
        for step in (PurePosixPath(of.path).parent / target).parts:
            steps = steps[:-1] if step == ".." else [*steps, step]
        for kind, folder in MARKDOWN_FOLDERS.items():
            if steps[: len(folder)] == folder:
                key = re.sub(r"\.[^./]+\.md$", "", "/".join(steps[len(folder) :]))
                other = self.site.everything[kind].get(key)
                if other and any(text.path == "/".join(steps) for text in other.texts):
                    return self.known(kind, key, place)
        self.problems.append(problem("dead-file-link", place(), value=target, hint=phrase("hint.bad-link")))
        return None


def _found(text: LanguageText | None, needle: str, place: At, skip: int) -> Place:
    return _find(text, needle, place(), skip)


def value_at(fields: Any, path: KeyPath) -> Any:
    """The value at a path of a record. Raises KeyError if there is none."""
    for step in path:
        try:
            fields = fields[step] if isinstance(step, int) else getattr(fields, _name_of(type(fields), step))
        except (AttributeError, IndexError, TypeError) as error:
            raise KeyError(path) from error
    return fields


def _name_of(record: type, key: str) -> str:
    """The attribute behind a key of the YAML."""
    return next((spec.name for spec in field_specs(record) if spec.key == key), key)


def _find(text: LanguageText | None, needle: str, place: Place, skip: int) -> Place:
    """Where the body names `needle` for the n-th time; the beginning of the text when it stands elsewhere."""
    if text is None:
        return place
    for number, line in enumerate(text.body.split("\n"), text.body_line):
        start = line.find(needle)
        while start >= 0:
            if skip == 0:
                bracket = line.rfind("[[", 0, start)
                column = bracket if bracket >= 0 and bracket + 2 == start else start
                return Place(text.path, number, column + 1)
            skip -= 1
            start = line.find(needle, start + 1)
    return place


def _localized_fields(record: Any, path: KeyPath) -> Iterator[tuple[KeyPath, Localized]]:
    """Every Localized in a record, with its key path in YAML."""
    kind: Any = type(record)
    for spec in field_specs(kind):
        yield from _localized(getattr(record, spec.name), (*path, spec.key))


def _localized(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, Localized]]:
    if isinstance(value, LocalizedSlug):
        return
    if isinstance(value, Localized):
        yield path, value
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _localized(item, (*path, index))
    elif dataclasses.is_dataclass(value) and type(value).__module__.startswith("site_builder.content_types"):
        yield from _localized_fields(value, path)


def _text_fields(fields: Any) -> Iterator[tuple[KeyPath, str]]:
    """The plain texts in one language's front matter."""
    for name in ("title", "summary", "image_alt"):
        value = getattr(fields, name, None)
        if value:
            yield (name,), value
    for index, correction in enumerate(getattr(fields, "correction", ())):
        yield ("correction", index, "text"), correction.text
