"""`content/site.yaml` to SiteConfig: what is the same for the whole site."""

import dataclasses
import datetime
import re
import zoneinfo
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from site_builder.i18n.plurals import is_locale
from site_builder.problems import Problem, ProblemsFound, has_errors, phrase, problem
from site_builder.project import CONFIG_PATH
from site_builder.schema import MISSING, Context, read_fields
from site_builder.sources.read import read_text
from site_builder.values import (
    Computed,
    Key,
    Localized,
    LocalizedSlug,
    OperationId,
    PublishedAddress,
    Shape,
    SiteAddress,
    Slug,
    Url,
)
from site_builder.yaml_places import YamlDocument, parse

# Sections that are a word in addresses and have no page.
WORDS_ONLY = ("category", "tag", "page")
# The section that every page's header leads to, with checks and a template of its own.
EASY_TO_READ = "easy-to-read"


@dataclass(frozen=True, slots=True)
class LanguageConfig:
    """A language of the site, in the order of the language switch."""

    code: Annotated[str, Shape(r"[a-z]{2}", "bad-language")]
    # its own name for itself
    name: str
    # CLDR locale, for numbers and plural forms
    locale: Annotated[str, Shape(r"[a-z]{2}(_[A-Z]{2})?", "bad-language")]


@dataclass(frozen=True, slots=True)
class Section:
    """A fixed part of the site: its address word and its name in the navigation."""

    key: Slug
    path: LocalizedSlug
    name: Localized
    # the section that breadcrumbs show above it
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Category:
    """A category or tag of news."""

    key: Slug
    slug: LocalizedSlug
    name: Localized
    # the sign beside news without a picture
    pictogram: Slug | None = None


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes the site."""

    name: Localized
    url: Url


@dataclass(frozen=True, slots=True)
class Licence:
    """The terms under which the content may be used again."""

    name: str
    url: Url


@dataclass(frozen=True, slots=True)
class Names:
    """Names that stand in texts of every language and are read aloud in their own."""

    language: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChartFigure:
    """A figure in a chart, with a shorter name where its own is too long for a drawing."""

    figure: str
    label: Localized | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart on the page of results: the growth of one figure over time, or several figures as bars from zero."""

    key: Slug
    kind: Literal["growth", "bars"]
    title: Localized
    figures: tuple[ChartFigure, ...]
    note: Localized | None = None


@dataclass(frozen=True, slots=True)
class Redirect:
    """An old address that leads to a new one."""

    from_: Annotated[SiteAddress, Key("from")]
    to: SiteAddress


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An address that was published and has nothing any more, on purpose; that of a folder stands for its files too."""

    address: PublishedAddress
    # why, for those who look after the site
    reason: Localized


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """The site as a whole."""

    # the site's name
    name: Localized
    # one line under the name
    tagline: Localized
    # where it is published, with the base path
    base_url: Url
    # the zone whose calendar decides what is published
    timezone: str
    # the language of problems and of the command line
    messages: Literal["lv", "en"]
    # names the feeds' items for ever; never change it
    id: Annotated[str, Shape(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "bad-uuid")]
    # the languages, first the one that all others translate
    languages: tuple[LanguageConfig, ...]
    # address words and names of the fixed parts
    sections: tuple[Section, ...]
    # section keys in the main navigation
    navigation: tuple[str, ...]
    # section keys in the footer
    footer: tuple[str, ...]
    # categories of news
    categories: tuple[Category, ...]
    # tags of news
    tags: tuple[Category, ...]
    # operations named in the EU block of every page
    funding: tuple[OperationId, ...]
    # figures on the home page
    key_figures: tuple[str, ...]
    # licence of the content
    licence: Licence
    # who publishes; "not stated" until it is decided
    publisher: Publisher | None = None
    # names to be marked with their language where they stand in a text of another (WCAG 3.1.2)
    names: tuple[Names, ...] = ()
    # old addresses
    redirects: tuple[Redirect, ...] = ()
    # addresses that were published and have no page any more
    withdrawn: tuple[Withdrawn, ...] = ()
    # figures on the page of partners: how many there are, then how many of each type
    partner_figures: tuple[str, ...] = ()
    # charts on the page of results
    charts: tuple[Chart, ...] = ()
    # the day as of which the site is built
    today: Annotated[datetime.date, Computed()] = datetime.date.min

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(language.code for language in self.languages)

    @property
    def first_language(self) -> str:
        return self.languages[0].code

    @property
    def base_path(self) -> str:
        """The path part of the base URL, without the final slash."""
        return urlsplit(self.base_url).path.rstrip("/")

    @property
    def origin(self) -> str:
        parts = urlsplit(self.base_url)
        return f"{parts.scheme}://{parts.netloc}"

    def language(self, code: str) -> LanguageConfig:
        return next(language for language in self.languages if language.code == code)

    def section(self, key: str) -> Section | None:
        return next((section for section in self.sections if section.key == key), None)


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line decides."""

    base_url: str | None = None
    today: datetime.date | None = None
    drafts: bool = False


def load_config(project: Path, options: Options) -> tuple[SiteConfig, YamlDocument, list[Problem]]:
    """Read the site's configuration.

    Gives it with its document and the problems that leave it usable. Raises ProblemsFound when it is not usable.
    """
    text = read_text(project, CONFIG_PATH)
    document, problems = parse(text, CONFIG_PATH)
    codes = _language_codes(document)
    context = Context(codes, plural_forms={}, vocabularies={})
    context.problems.extend(problems)
    if not has_errors(problems):
        config = read_fields(SiteConfig, document, (), context)
        if config is not MISSING:
            config = _with_options(config, options, context, document)
            context.problems.extend(_inconsistent(config, document))
    if has_errors(context.problems):
        raise ProblemsFound(context.problems)
    return config, document, context.problems


def _language_codes(document: YamlDocument) -> tuple[str, ...]:
    """The codes of `languages`, needed before anything in several languages can be read."""
    value: Any = document.value
    languages = value.get("languages") if isinstance(value, dict) else None
    if not isinstance(languages, list):
        return ()
    return tuple(item["code"] for item in languages if isinstance(item, dict) and isinstance(item.get("code"), str))


def is_base_url(text: str) -> bool:
    """Whether a text can be the address of a site: scheme, host, perhaps a port and a path, nothing else."""
    try:
        parts = urlsplit(text)
        named = parts.hostname and parts.port != 0
    except ValueError:
        return False
    return bool(named) and parts.scheme in ("http", "https") and not re.search(r"[\s?#<>\"@]", text)


def _with_options(config: SiteConfig, options: Options, context: Context, document: YamlDocument) -> SiteConfig:
    base_url = options.base_url or config.base_url
    if not is_base_url(base_url):
        context.report("bad-url", document.place(("base_url",)), value=base_url, hint=phrase("hint.bad-url"))
    for index, language in enumerate(config.languages):
        if not is_locale(language.locale):
            place = document.place(("languages", index, "locale"))
            context.report("bad-language", place, value=language.locale, hint=phrase("hint.bad-language"))
    base_url = base_url if base_url.endswith("/") else base_url + "/"
    try:
        zone = zoneinfo.ZoneInfo(config.timezone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        context.report("bad-timezone", document.place(("timezone",)), value=config.timezone)
        zone = zoneinfo.ZoneInfo("UTC")
    today = options.today or datetime.datetime.now(zone).date()
    return dataclasses.replace(config, base_url=base_url, today=today)


REQUIRED_SECTIONS = (
    "news", "facilities", "services", "partners", "working-group", "about", "infrastructure", "results", "timeline",
    "sources", "glossary", EASY_TO_READ, "contacts", "accessibility-statement", "privacy", "about-this-site",
    "site-map", "data", "search", "feeds", "embed", "category", "tag", "page",
)  # fmt: skip


def _inconsistent(config: SiteConfig, document: YamlDocument) -> list[Problem]:
    """Sections that others name must exist; keys must be unique."""
    keys = {section.key for section in config.sections}
    named = [
        ((name, index), key) for name in ("navigation", "footer") for index, key in enumerate(getattr(config, name))
    ]
    parents = [(("sections", index, "parent"), one.parent) for index, one in enumerate(config.sections) if one.parent]
    wordless = [(path, key) for path, key in (*named, *parents) if key in WORDS_ONLY and path[0] != "sections"]
    missing = [key for key in REQUIRED_SECTIONS if key not in keys]
    return [
        *(problem("missing-section", document.place(("sections",)), key=key) for key in missing),
        *(problem("unknown-section", document.place(p), key=key) for p, key in (*named, *parents) if key not in keys),
        *(problem("section-is-word", document.place(path), key=key) for path, key in wordless),
        *(
            problem("unknown-language", document.place(("names", index, "language")), language=one.language)
            for index, one in enumerate(config.names)
            if one.language not in config.codes
        ),
        *_circles(config, document),
        *_repeated(config, document),
    ]


def _circles(config: SiteConfig, document: YamlDocument) -> list[Problem]:
    """No section stands above itself."""
    above = {section.key: section.parent for section in config.sections}
    found = []
    for index, section in enumerate(config.sections):
        step, seen = section.parent, {section.key}
        while step is not None and step not in seen:
            seen.add(step)
            step = above.get(step)
        if step is not None:
            found.append(problem("section-circle", document.place(("sections", index, "parent")), key=section.key))
    return found


def _repeated(config: SiteConfig, document: YamlDocument) -> list[Problem]:
    lists = {
        "sections": [section.key for section in config.sections],
        "categories": [category.key for category in config.categories],
        "tags": [tag.key for tag in config.tags],
        "languages": list(config.codes),
        "charts": [chart.key for chart in config.charts],
    }
    for name, labels in (("categories", config.categories), ("tags", config.tags)):
        for code in config.codes:
            lists[f"{name}:{code}"] = [label.slug[code] for label in labels]
    return [
        problem("duplicate-id", document.place((name.partition(":")[0], index)), key=key)
        for name, keys in lists.items()
        for index, key in enumerate(keys)
        if key in keys[:index]
    ]
