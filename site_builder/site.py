"""link(): all entries to one Site, in which every name has been looked up and every text is HTML.

After this stage nothing is unknown: references lead somewhere, figures in texts are printed, languages are paired.
"""

import dataclasses
import datetime
import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any

from site_builder.addresses import ANCHORED, PAGED, Addresses, operation_section
from site_builder.citations import short_names
from site_builder.config import WORDS_ONLY, Chart, SiteConfig
from site_builder.content_types import CONTENT_TYPES, Entry
from site_builder.content_types.content_type import LanguageText
from site_builder.content_types.figure import Figure
from site_builder.i18n.formats import Formats
from site_builder.i18n.words import Words
from site_builder.markup.markdown import EMBED, CannotRead, Heading, Html, Mention, leftover, strip_tags
from site_builder.problems import Place, Problem, did_you_mean, phrase, problem
from site_builder.schema import field_specs
from site_builder.values import Localized, LocalizedMarkdown, LocalizedSlug
from site_builder.yaml_places import KeyPath, YamlDocument

ToHtml = Callable[[str, tuple[str, str]], Html]
KINDS = tuple(content_type.kind for content_type in CONTENT_TYPES)
FACT_FORMS = ("", "number", "as-of")
PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".svg")


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


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that outputs are planned from. Unpublished entries are not in it."""

    config: SiteConfig
    words: Mapping[str, Words]
    formats: Mapping[str, Formats]
    entries: Mapping[str, Mapping[str, Entry]]
    addresses: Addresses
    texts: Mapping[tuple[str, str, KeyPath, str], Text] = field(repr=False)
    citations: Mapping[str, Mapping[str, str]] = field(repr=False)
    media: Mapping[str, MediaFile] = field(repr=False)

    def all(self, kind: str) -> tuple[Entry, ...]:
        """Entries of a kind, in the order of their files."""
        return tuple(self.entries[kind].values())

    def get(self, kind: str, key: str) -> Entry:
        """The entry that a checked reference names."""
        return self.entries[kind][key]

    def some(self, kind: str, keys: Iterable[str]) -> tuple[Entry, ...]:
        """The published ones among the entries that references name."""
        return tuple(self.entries[kind][key] for key in keys if key in self.entries[kind])

    def text(self, entry: Entry, language: str, *path: str | int) -> Text:
        """A text field of an entry: `site.text(facility, "lv", "description")`."""
        return self.texts[entry.kind, entry.key, path, language]

    def plain(self, entry: Entry, language: str, *path: str | int) -> str:
        """The words of a text field."""
        return self.texts[entry.kind, entry.key, path, language].plain

    def localized(self, value: Localized, language: str) -> str:
        """Words that belong to no entry (configuration), with the language's typography."""
        return self.formats[language].tidy(value[language])

    def name(self, entry: Entry, language: str) -> str:
        """What a thing is called."""
        if entry.texts:
            return self.plain(entry, language, "title")
        return self.formats[language].tidy(entry_name(entry, language))

    def address(self, entry: Entry, language: str) -> str:
        return self.addresses.of(entry, language)

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

    def news(self, language: str) -> tuple[Entry, ...]:
        """News that a language has, newest first."""
        items = [entry for entry in self.all("news") if entry.has_language(language)]
        return tuple(sorted(items, key=lambda entry: (entry.fields.date.last_day, entry.key), reverse=True))


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


# Linking -------------------------------------------------------------------------------------------------------


def link(
    config: SiteConfig,
    document: YamlDocument,
    words: dict[str, Words],
    entries: Iterable[Entry],
    media: Mapping[str, MediaFile],
    to_html: ToHtml,
    *,
    drafts: bool,
) -> tuple[Site, list[Problem]]:
    """Look up every name, fill every text, and leave out what is not published as of `config.today`.

    `document` is the configuration's, to tell places. `media` gives each picture and document by its name under
    `content/media/`.
    """
    given = tuple(entries)
    listed = [entry for entry in given if entry.whole]
    everything = {kind: {entry.key: entry for entry in listed if entry.kind == kind} for kind in KINDS}
    published = {
        kind: MappingProxyType(
            {key: entry for key, entry in group.items() if drafts or is_published(entry, config.today)}
        )
        for kind, group in everything.items()
    }
    formats = {language: Formats(words[language]) for language in config.codes}
    linking = _Linking(config, document, words, formats, everything, published, Addresses(config), media, to_html)
    linking.broken = frozenset((entry.kind, entry.key) for entry in given if not entry.whole)
    for entry in given:
        linking.references(entry)
        linking.entry(entry)
    linking.configured()
    linking.own_addresses()
    site = Site(
        config,
        MappingProxyType(words),
        MappingProxyType(formats),
        MappingProxyType(published),
        linking.addresses,
        MappingProxyType(linking.texts),
        {code: short_names(published["source"].values(), formats[code]) for code in config.codes},
        MappingProxyType(dict(media)),
    )
    return site, linking.problems


def is_published(entry: Entry, today: datetime.date) -> bool:
    """Whether an entry is on the site on a day: not a draft, begun, not expired."""
    fields = entry.fields
    begins, ends = getattr(fields, "publish_from", None), getattr(fields, "expires", None)
    return not getattr(fields, "draft", False) and not (begins and begins > today) and not (ends and ends <= today)


@dataclass(slots=True)
class _Linking:
    config: SiteConfig
    document: YamlDocument
    words: dict[str, Words]
    formats: dict[str, Formats]
    everything: dict[str, dict[str, Entry]]
    published: dict[str, MappingProxyType[str, Entry]]
    addresses: Addresses
    media: Mapping[str, MediaFile]
    to_html: ToHtml
    broken: frozenset[tuple[str, str]] = frozenset()
    texts: dict[tuple[str, str, KeyPath, str], Text] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    by_address: dict[str, MediaFile] = field(init=False)

    def __post_init__(self) -> None:
        self.by_address = {self.config.base_path + one.address: one for one in self.media.values()}

    def references(self, entry: Entry) -> None:
        """Every field that names an entry names one that exists."""
        for reference in entry.references:
            self.known(reference.kind, reference.key, reference.place)

    def configured(self) -> None:
        """Every name in the configuration exists."""
        place = self.document.place(("sections",))
        for index, key in enumerate(self.config.funding):
            self.known("operation", key, self.document.place(("funding", index)))
        for index, key in enumerate(self.config.key_figures):
            self.known("fact", key, self.document.place(("key_figures", index)))
        for index, key in enumerate(self.config.partner_figures):
            self.known("fact", key, self.document.place(("partner_figures", index)))
        for index, chart in enumerate(self.config.charts):
            self.chart(chart, ("charts", index, "figures"))
        for key in ("home", "not-found", *(section.key for section in self.config.sections)):
            if key in WORDS_ONLY or self.told("page", key):
                continue
            page = self.everything["page"].get(key)
            self.slug_of_section(key, page)
            if page is None:
                self.problems.append(problem("section-without-page", place, key=key))
            elif key not in self.published["page"] or not all(map(page.has_language, self.config.codes)):
                hint = phrase("hint.section-unpublished")
                self.problems.append(problem("section-unpublished", page.origin, key=key, hint=hint))

        self.one_operation_a_page()

    def chart(self, chart: Chart, path: KeyPath) -> None:
        """A chart's figures exist and can be drawn to one measure; growth is the growth of one figure."""
        found = [
            self.known("fact", one.figure, self.document.place((*path, index, "figure")))
            for index, one in enumerate(chart.figures)
        ]
        place = self.document.place(path)
        if not chart.figures or (chart.kind == "growth" and len(chart.figures) > 1):
            hint = phrase("hint.chart-figures")
            self.problems.append(problem("chart-figures", place, key=chart.key, hint=hint))
        units = {entry.fields.unit for entry in found if entry is not None and entry.whole}
        if len(units) > 1:
            units_told = ", ".join(sorted(units))
            hint = phrase("hint.chart-units")
            self.problems.append(problem("chart-units", place, key=chart.key, units=units_told, hint=hint))

    def own_addresses(self) -> None:
        """No two entries have one page; told here so that it comes in one run with everything else."""
        taken: dict[str, Place] = {}
        for kind in ("page", *PAGED):
            for entry in self.published[kind].values():
                for language in filter(entry.has_language, self.config.codes):
                    address = self.addresses.of(entry, language)
                    place = entry.address_place(language)
                    first = taken.setdefault(address, place)
                    if first is not place and entry.key != "not-found":
                        hint = phrase("hint.same-address")
                        self.problems.append(problem("same-address", place, address=address, first=first, hint=hint))

    def slug_of_section(self, key: str, page: Entry | None) -> None:
        """The address of a section comes from the configuration; a `slug` in its page would do nothing."""
        for text in page.texts if page and page.whole else ():
            if text.fields.slug is not None:
                at = text.document.key_place(("slug",))
                self.problems.append(problem("slug-of-section", at, key=key, hint=phrase("hint.slug-of-section")))

    def one_operation_a_page(self) -> None:
        """Each of the two pages of operations shows one operation, which its fund decides."""
        listed = self.everything["operation"].values()
        for key in ("about", "infrastructure"):
            shown = [entry for entry in listed if operation_section(entry) == key]
            if len(shown) != 1 and not any(kind == "operation" for kind, _ in self.broken):
                at = shown[1].origin if shown else self.document.place(("funding",))
                self.problems.append(problem("operation-page", at, key=key, count=len(shown)))

    def known(self, kind: str, key: str, place: Place) -> Entry | None:
        """The entry, or None after reporting; an unpublished one is a warning, so that no date can stop a build."""
        entry = self.everything[kind].get(key)
        if entry is None and self.told(kind, key):
            return None
        if entry is None:
            self.problems.append(problem(f"unknown-{kind}", place, key=key, hint=self.near(kind, key)))
            return None
        if key not in self.published[kind]:
            self.problems.append(problem("not-published", place, key=key, severity="warning"))
            return None
        return entry

    def told(self, kind: str, key: str) -> bool:
        """Whether the thing is there but could not be read, which was told where it stands."""
        return (kind, key) in self.broken or (kind, "*") in self.broken

    def near(self, kind: str, key: str) -> Any:
        import difflib

        near = difflib.get_close_matches(key, list(self.everything[kind]), n=1, cutoff=0.5)
        if not near:
            return did_you_mean(key, self.everything[kind])
        return phrase("hint.did-you-mean-at", name=near[0], place=self.everything[kind][near[0]].origin)

    def entry(self, entry: Entry) -> None:
        self.picture(entry)
        for path, value in _localized_fields(entry.fields, ()) if entry.whole else ():
            for language, words in value:
                place = entry.place(*path, language)
                here = (entry.kind, entry.key, path, language)
                if isinstance(value, LocalizedMarkdown):
                    self.texts[here] = self.markdown(words, language, place, None)
                else:
                    self.texts[here] = self.plain(words, language, place)
        for text in entry.texts:
            self.language_text(entry, text)

    def picture(self, entry: Entry) -> None:
        """The picture of a news item is there, and is a picture."""
        name = getattr(entry.fields, "image", None)
        if name is not None and not name.lower().endswith(PICTURES):
            hint = phrase("hint.known-names", names=", ".join(PICTURES))
            self.problems.append(problem("media-type", entry.place("image"), value=name, hint=hint))
        elif name is not None:
            self.media_address(name, entry.place("image"))

    def language_text(self, entry: Entry, text: LanguageText) -> None:
        for path, value in _text_fields(text.fields) if entry.whole else ():
            key = (entry.kind, entry.key, path, text.language)
            self.texts[key] = self.plain(value, text.language, text.document.place(path))
        body = self.markdown(text.body, text.language, Place(text.path, text.body_line), text)
        self.texts[entry.kind, entry.key, ("body",), text.language] = body

    # Texts -----------------------------------------------------------------------------------------------------

    def plain(self, text: str, language: str, place: Place) -> Text:
        """Plain words in which figures may be named."""

        def fill(match: re.Match[str]) -> str:
            if match[1] != "fact":
                hint = phrase("hint.embed-in-plain")
                self.problems.append(problem("embed-in-plain", place, kind=match[1], hint=hint))
                return ""
            mention = Mention(f"{match[1]}:{match[2]}", match[3] or "", is_embed=True)
            return strip_tags(self.embed(mention, language, place)[1])

        filled = re.sub(EMBED, fill, text)
        if "[[" in filled:
            self.problems.append(problem("leftover-mark", place, mark="[[", hint=phrase("hint.leftover-mark")))
        words = self.formats[language].tidy(filled)
        return Text(html.escape(words, quote=False), words)

    def markdown(self, text: str, language: str, place: Place, of: LanguageText | None) -> Text:
        words = self.words[language]
        try:
            made = self.to_html(text, (words("footnotes.title"), words("footnotes.back")))
        except CannotRead as refused:
            at = Place(place.path, place.line + refused.line - 1) if of else place
            self.problems.append(problem(refused.phrase, at, hint=phrase("hint.markdown-limits")))
            return Text("", "")
        for removed in made.removed:
            at = _find(of, removed.strip("<>"), place, 0)
            self.problems.append(problem("html-removed", at, what=removed, hint=phrase("hint.html-removed")))
        embeds: dict[int, tuple[str, str]] = {}
        addresses: dict[int, str] = {}
        seen: dict[str, int] = {}
        for number, mention in enumerate(made.mentions):
            at = _find(of, mention.target, place, seen.get(mention.target, 0))
            seen[mention.target] = seen.get(mention.target, 0) + 1
            if mention.is_embed:
                embeds[number] = self.embed(mention, language, at)
            else:
                address = self.target(mention, language, of, at)
                if address is not None:
                    addresses[number] = html.escape(address)
        for anchor in sorted(made.dead_anchors):
            at = _find(of, f"(#{anchor})", place, 0)
            self.problems.append(problem("dead-anchor", at, link=f"#{anchor}", hint=phrase("hint.own-anchor")))
        complete = self.sized(self.documents(made.fill(embeds, addresses), made.mentions, language))
        if mark := leftover(complete, text):
            at = _find(of, mark.strip(), place, 0)
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
            if name in self.media and not name.lower().endswith(PICTURES):
                note = self.formats[language].document(name, self.media[name].size)
                link = rf'(<a href="{re.escape(self.config.base_path + self.media[name].address)}"[^>]*>.*?)</a>'
                html = re.sub(link, rf"\g<1> ({note})</a>", html, flags=re.DOTALL)
        return html

    def sized(self, text: str) -> str:
        """Pictures of a text get their size and wait until they are scrolled to (HTML 4.8.4.4)."""

        def attributes(match: re.Match[str]) -> str:
            one = self.by_address.get(html.unescape(match[1]))
            return f'{match[0]} width="{one.width}" height="{one.height}" loading="lazy"' if one else match[0]

        return re.sub(r'<img\b[^>]*?\bsrc="([^"]*)"', attributes, text)

    def _heading(self, heading: Heading, embeds: dict[int, tuple[str, str]], language: str) -> str:
        bare = Html(re.sub(r"</?a\b[^>]*>", "", heading.html), (), ())
        return self.formats[language].tidy_html(bare.fill({n: (text, text) for n, (_, text) in embeds.items()}, {}))

    def embed(self, mention: Mention, language: str, place: Place) -> tuple[str, str]:
        """A `[[kind:key form]]` as HTML, with its link and without."""
        kind, _, key = mention.target.partition(":")
        if kind not in KINDS:
            hint = did_you_mean(kind, KINDS)
            self.problems.append(problem("unknown-embed", place, kind=kind, hint=hint))
            return "", ""
        entry = self.known(kind, key, place)
        if entry is None:
            fallback = self.everything[kind].get(key)
            text = html.escape(entry_name(fallback, language)) if fallback else ""
            return text, text
        if not entry.has_language(language):
            self.problems.append(problem("no-translation", place, key=key, language=language))
            return "", ""
        allowed = FACT_FORMS if kind == "fact" else ("",)
        if mention.form not in allowed:
            hint = did_you_mean(mention.form, [form for form in allowed if form])
            self.problems.append(problem("unknown-form", place, form=mention.form, hint=hint))
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
            return self.plain(entry_name(entry, language), language, entry.origin).plain
        if form == "as-of":
            return formats.as_of(entry.fields.stated[0]).marked
        return formats.figure(entry.fields, with_unit=form != "number")

    def target(self, mention: Mention, language: str, of: LanguageText | None, place: Place) -> str | None:
        """Where a link or picture of a text leads, with the base path; None, after reporting, when nowhere."""
        target, _, anchor = mention.target.partition("#")
        kind, separator, key = target.partition(":")
        if mention.is_picture and kind != "media":
            self.problems.append(problem("picture-not-media", place, value=target, hint=phrase("hint.media")))
            return None
        if kind == "media" and separator:
            return self.media_address(key, place)
        if separator and kind in KINDS:
            found = self.known(kind, key, place)
        elif target.endswith(".md") and of is not None:
            found = self.relative(target, of, place)
        else:
            self.problems.append(problem("bad-link", place, value=mention.target, hint=phrase("hint.bad-link")))
            return None
        if found is None:
            return None
        if not found.has_language(language):
            self.problems.append(problem("no-translation", place, key=found.key, language=language))
            return None
        address = self.config.base_path + self.addresses.of(found, language)
        return f"{address}#{anchor}" if anchor and found.kind not in ANCHORED else address

    def media_address(self, name: str, place: Place) -> str | None:
        if name not in self.media:
            self.problems.append(problem("unknown-media", place, key=name, hint=did_you_mean(name, self.media)))
            return None
        return self.config.base_path + self.media[name].address

    def relative(self, target: str, of: LanguageText, place: Place) -> Entry | None:
        """A link to a neighbour's file, as a Git host's preview follows it."""
        steps: list[str] = []
        for step in (PurePosixPath(of.path).parent / target).parts:
            steps = steps[:-1] if step == ".." else [*steps, step]
        path = "/".join(steps)
        for group in self.everything.values():
            for other in group.values():
                if any(text.path == path for text in other.texts):
                    return self.known(other.kind, other.key, place)
        self.problems.append(problem("dead-file-link", place, value=target, hint=phrase("hint.bad-link")))
        return None


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
