"""The flow from files to pages, and nothing else: discover, read, validate, link, plan, make, publish."""

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from site_builder.budgets import Weight, over_budget, weights_of
from site_builder.checks import ENTRY_CHECKS, SITE_CHECKS
from site_builder.checks.house_rules import pictograms_known
from site_builder.config import Options, load_config
from site_builder.entries import Reading, Unit, UnitRead, load_entries, read_unit, reading_of
from site_builder.i18n.plurals import plural_forms
from site_builder.i18n.words import WORDS_FOLDER, UnknownWord, load_words
from site_builder.links import broken_links, targets_given
from site_builder.making import Made, Outcome, Task, Workshop
from site_builder.markup.languages import language_marker
from site_builder.markup.remembered import Texts
from site_builder.outputs.assets import Assets, load_assets
from site_builder.outputs.frame import missing_pictures
from site_builder.outputs.planned_file import PlannedFile, digest
from site_builder.outputs.site_map import plan_sitemap
from site_builder.parallel import cores, each
from site_builder.plan import collisions, plan, plan_after
from site_builder.problems import Place, Problem, ProblemsFound, has_errors, in_order, problem
from site_builder.publish import OutputRefused, PublishReport, check_output, publish
from site_builder.render import FileTold, Renderer, Stage, file_place
from site_builder.site import Site
from site_builder.sources.contents import content_digests
from site_builder.sources.discover import discover
from site_builder.sources.read import read_text
from site_builder.store import FOLDER, Store, key_of
from site_builder.templating import Templates
from site_builder.theme import THEME_FILE, theme_problems, tokens
from site_builder.versions import fingerprint

Progress = Callable[[str, int], Callable[[], None]]


def silent(stage: str, total: int) -> Callable[[], None]:
    """Shows no progress."""
    return lambda: None


@dataclass(frozen=True, slots=True)
class Built:
    """A site that was made: its files, none if anything stands in the way; and every problem found."""

    problems: tuple[Problem, ...]
    languages: tuple[str, ...] = ()
    planned: tuple[PlannedFile, ...] = ()
    files: Mapping[str, Outcome] = field(default_factory=dict)
    views: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def publishable(self) -> bool:
        return bool(self.files) and not has_errors(self.problems)

    def pages(self, language: str) -> int:
        """How many pages a reader can open in a language."""
        return sum(file.address.startswith(f"/{language}/") for file in self.planned)

    @property
    def weights(self) -> Iterator[Weight]:
        """What every page weighs."""
        return weights_of((path, one.weights) for path, one in self.files.items() if path.endswith(".html"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where the files go: `stage` takes each one that is made; `there` tells which need not be made again."""

    stage: Stage = lambda path, content: None
    there: Callable[[str, Outcome], bool] = lambda path, outcome: True


def make(
    project: Path,
    options: Options,
    progress: Progress = silent,
    *,
    wanted: Wanted | None = None,
    fresh: bool = False,
    jobs: int | None = None,
) -> Built:
    """Make the whole site, with all problems of the run.

    With `fresh` nothing is taken from what earlier builds kept. Without `wanted` no file is kept anywhere.
    """
    store = Store(project / FOLDER, fresh=fresh)
    try:
        return _make(project, options, progress, wanted or Wanted(), store, jobs or cores())
    except ProblemsFound as found:
        return Built(in_order(found.problems))
    except UnknownWord as missing:
        place = Place(f"{WORDS_FOLDER}/{missing.language}.yaml")
        return Built((problem("unusable-word", place, key=missing.key),))
    finally:
        store.close()


def _make(project: Path, options: Options, progress: Progress, wanted: Wanted, store: Store, jobs: int) -> Built:
    config, document, problems = load_config(project, options)
    words, wrong_words = load_words(project, config.languages)
    forms = {language.code: plural_forms(language.locale) for language in config.languages}

    found = discover(project, config.codes)
    texts = Texts(store)
    reading = reading_of(project, config, forms)
    digests = content_digests(project, (file.path for file in found.files), store)
    entries, wrong_entries = load_entries(reading, found.files, digests, store, _reader(texts, words, jobs))
    theme = read_text(project, THEME_FILE)
    assets = load_assets(project, found.media, tokens(theme))
    problems = [*problems, *wrong_words, *found.problems, *wrong_entries, *theme_problems(theme)]
    if has_errors(wrong_words):
        return Built(in_order(problems), config.codes)
    site = Site(
        project, config, document, words, entries, assets.media_files, texts.to_html, drafts=options.drafts
    )
    site.ledger.declare(("assets",), assets.key)
    workshop = _workshop(site, store, options, jobs)
    problems += [*site.problems(), *missing_pictures(site, assets)]
    problems += _told(workshop, _linking(site))
    if has_errors(problems):
        return Built(in_order(problems), config.codes)
    problems += _told(workshop, _checking(site))
    problems += pictograms_known(site, document, assets.pictograms)
    if has_errors(problems):
        return Built(in_order(problems), config.codes)

    names = site.names()
    site.ledger.declare(("marks",), b"")
    for code in config.codes:
        site.ledger.declare(("marks", code), names)
    templates = Templates(
        project, site.words, {code: language_marker(names, code) for code in config.codes}, site.ledger, store
    )
    workshop.values = set(site.ledger.nodes.values())
    renderer = Renderer(site, assets, templates, wanted.stage)
    planned = plan(site, assets)
    tick = progress("render", len(planned))
    _render(workshop, renderer, planned, tick, wanted)
    listed = [file.path for file in planned if file.listed]
    planned += _render_after(workshop, renderer, planned, listed, tick, wanted)

    problems += collisions(planned)
    files = {file.path: workshop.outcomes[f"file:{file.path}"] for file in planned}
    told = {path: one.told.problems for path, one in files.items() if one.troubled}
    problems += dict.fromkeys(found for one in told.values() for found in one)
    if not has_errors(problems):
        problems += _dead_links(planned, files, config.base_path)
    built = Built((), config.codes, tuple(planned), files, renderer.views)
    problems += over_budget(built.weights)
    if not has_errors(problems):
        workshop.keep()
    return Built(in_order(problems), config.codes, tuple(planned), files, renderer.views)
