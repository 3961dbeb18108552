"""The flow from files to pages, and nothing else: discover, read, validate, link, plan, render, publish."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from site_builder.budgets import Weight, over_budget, weigh
from site_builder.checks import CHECKS
from site_builder.checks.house_rules import pictograms_known
from site_builder.config import Options, load_config
from site_builder.entries import load_entries
from site_builder.i18n.plurals import plural_forms
from site_builder.i18n.words import WORDS_FOLDER, UnknownWord, load_words
from site_builder.markup.languages import language_marker
from site_builder.markup.markdown import to_html
from site_builder.outputs.assets import load_assets
from site_builder.outputs.frame import missing_pictures
from site_builder.outputs.planned_file import PlannedFile, RenderedFile
from site_builder.plan import plan
from site_builder.problems import Place, Problem, ProblemsFound, has_errors, in_order, problem
from site_builder.promises import promised, vanished_addresses, withdrawn
from site_builder.publishing.publication import Publication
from site_builder.publishing.records import NO_PROMISE, FileRecord, Promised, PublishReport, record_of
from site_builder.remember import FOLDER, Memory
from site_builder.render import dead_links, render, repeated_ids
from site_builder.site import link
from site_builder.sources.discover import discover
from site_builder.sources.read import read_text
from site_builder.templating import Templates
from site_builder.theme import THEME_FILE, theme_problems, tokens

Progress = Callable[[str, int], Callable[[], None]]


def silent(stage: str, total: int) -> Callable[[], None]:
    """Shows no progress."""
    return lambda: None


@dataclass(frozen=True, slots=True)
class Built:
    """A site made in memory: all its files, none if anything stands in the way; and every problem found."""

    rendered: tuple[RenderedFile, ...]
    planned: tuple[PlannedFile, ...]
    problems: tuple[Problem, ...]
    languages: tuple[str, ...] = ()
    weights: tuple[Weight, ...] = ()
    promised: Promised = NO_PROMISE
    withdrawn: frozenset[str] = frozenset()

    @property
    def publishable(self) -> bool:
        return bool(self.rendered) and not has_errors(self.problems)

    def pages(self, language: str) -> int:
        """How many pages a reader can open in a language."""
        return sum(file.address.startswith(f"/{language}/") for file in self.planned)


def make(project: Path, options: Options, progress: Progress = silent, *, fresh: bool = False) -> Built:
    """Make the whole site in memory, with all problems of the run.

    With `fresh` nothing is taken from what earlier builds remembered.
    """
    memory = Memory(project / FOLDER, fresh=fresh)
    try:
        return _make(project, options, progress, memory)
    except ProblemsFound as found:
        return Built((), (), in_order(found.problems))
    except UnknownWord as missing:
        place = Place(f"{WORDS_FOLDER}/{missing.language}.yaml")
        return Built((), (), (problem("unusable-word", place, key=missing.key),))


def _make(project: Path, options: Options, progress: Progress, memory: Memory) -> Built:
    config, document, problems = load_config(project, options)
    words, wrong_words = load_words(project, config.languages)
    forms = {language.code: plural_forms(language.locale) for language in config.languages}

    found = discover(project, config.codes)
    entries, wrong_entries = load_entries(project, config, forms, found.files)
    theme = read_text(project, THEME_FILE)
    assets = load_assets(project, found.media, tokens(theme))
    problems = [*problems, *wrong_words, *found.problems, *wrong_entries, *theme_problems(theme)]
    if has_errors(wrong_words):
        return Built((), (), in_order(problems), config.codes)
    site, unlinked = link(config, document, words, entries, assets.media_files, to_html, drafts=options.drafts)
    problems += [*unlinked, *missing_pictures(site, assets)]
    if not has_errors(problems):
        problems += [found for check in CHECKS for found in check(site)]
        problems += pictograms_known(site, document, assets.pictograms)
    if has_errors(problems):
        return Built((), (), in_order(problems), config.codes)

    planned, collisions = plan(site, assets)
    names = site.names()
    templates = Templates(project, words, {code: language_marker(names, code) for code in config.codes})
    rendered, failed = render(planned, templates, progress("render", len(planned)), memory)
    problems += [*collisions, *failed]
    if not has_errors(problems):
        origins = {file.path: file.origin for file in planned}
        problems += [*dead_links(rendered, config.base_path, origins), *repeated_ids(rendered, origins)]
        memory.forget()
    weights = weigh(rendered, config.base_path)
    problems += over_budget(weights)
    told = promised(site, planned), withdrawn(site, entries)
    return Built(rendered, planned, in_order(problems), config.codes, weights, *told)


def build(
    project: Path,
    output: Path,
    options: Options,
    progress: Progress = silent,
    *,
    rewrite: bool = False,
    preview: bool = False,
) -> tuple[Built, PublishReport | None]:
    """Make the site and publish it to `output`; with any error nothing is published.

    With `rewrite` every file is made and written anew, else what is remembered is taken and what differs is written.
    In a `preview` addresses may vanish: nobody else has seen them.
    """
    try:
        with Publication(output, project, fresh=rewrite, lasting=not preview) as publication:
            built = make(project, options, progress, fresh=rewrite)
            if built.publishable and not preview:
                gone = vanished_addresses(publication.promised, built.promised, built.withdrawn)
                built = replace(built, problems=in_order([*built.problems, *gone]))
            if not built.publishable:
                return built, None
            files = {file.path: _known_or_staged(publication, file) for file in built.rendered}
            return built, publication.publish(files, built.promised)
    except ProblemsFound as found:
        return Built((), (), in_order(found.problems)), None


def _known_or_staged(publication: Publication, file: RenderedFile) -> FileRecord:
    record = record_of(file.content)
    return record if publication.published.get(file.path) == record else publication.stage(file.content)
