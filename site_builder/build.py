"""The flow from files to pages, and nothing else: discover, read, validate, link, plan, make, publish."""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from site_builder.budgets import Weights
from site_builder.checks.house_rules import pictograms_known
from site_builder.config import Options, load_config
from site_builder.dead_links import DeadLinks
from site_builder.engine.dependencies import DependencyTracker
from site_builder.engine.serialization import Undecodable
from site_builder.engine.task_graph import GraphFiles
from site_builder.engine.task_runner import RECORD, SHA256, CacheMiss, Reason, TaskResult, TaskRunner
from site_builder.entries import Reading, ReadUnits, Unit, UnitRead, load_entries, read_unit, reading_of
from site_builder.i18n.words import WORDS_FOLDER, UnknownWord, Words, load_languages
from site_builder.markup.languages import language_marker
from site_builder.markup.remembered import Texts
from site_builder.memory_cache import Graphs, MemoryCache
from site_builder.outputs.assets import load_assets, remembered_size
from site_builder.outputs.cards import plan_cards
from site_builder.outputs.frame import missing_pictures
from site_builder.outputs.planned_file import PlannedFile
from site_builder.outputs.site_map import plan_site_maps, plan_sitemap
from site_builder.parallel import WORTH_FORKING, cores, each
from site_builder.plan import collisions, plan
from site_builder.problems import Place, Problem, ProblemsFound, has_errors, in_order, problem
from site_builder.promises import promised, vanished_addresses, withdrawn
from site_builder.publishing.publication import Publication, promised_at
from site_builder.publishing.records import NO_PROMISE, FileRecord, Promised, PublishReport
from site_builder.record.load import load_record
from site_builder.render import Renderer, Stage, cached_content
from site_builder.site import Site
from site_builder.sources.contents import content_digests
from site_builder.sources.discover import discover
from site_builder.sources.read import Moved, read_text
from site_builder.store import FOLDER, LEAST_KEPT, Store, key_of
from site_builder.tasks import Has, PageRows, SiteTasks, cards_in, problems_in
from site_builder.templating import Templates
from site_builder.theme import THEME_FILE, theme_problems, tokens
from site_builder.versions import fingerprint

# The name of the graph of the tasks of the site.
SITE = "site"
# So often a build begins again because a file was saved while it ran.
MOVES_BORNE = 5

Progress = Callable[[str, int], Callable[[], None]]


def silent(stage: str, total: int) -> Callable[[], None]:
    """Shows no progress."""
    return lambda: None


@dataclass(frozen=True, slots=True)
class Built:
    """A site that was made: its files, none if anything stands in the way; and every problem found.

    `pages` are the languages, each with how many pages a reader can open in it.
    """

    problems: tuple[Problem, ...]
    pages: tuple[tuple[str, int], ...] = ()
    planned: tuple[PlannedFile, ...] = ()
    # the time zone that decides which day it is, and the day
    calendar: tuple[str, str] = ("", "")
    promised: Promised = NO_PROMISE
    withdrawn: frozenset[str] = frozenset()
    runner: TaskRunner | None = field(default=None, repr=False, compare=False)

    @property
    def publishable(self) -> bool:
        return bool(self.planned) and not has_errors(self.problems)

    def result(self, path: str) -> TaskResult:
        """The result of the task that made a file. Raises KeyError."""
        if self.runner is None:
            raise KeyError(path)
        return self.runner.result(path)

    @property
    def weights(self) -> Iterator[tuple[str, Weights]]:
        """What every page weighs."""
        pages = (file.path for file in self.planned if file.path.endswith(".html"))
        return ((path, self.result(path).weights) for path in pages)

    @property
    def made(self) -> dict[str, Reason]:
        """The files that were made in this build, with the reasons; the others were up to date."""
        paths = [file.path for file in self.planned]
        found = {path: self.runner.explained(path) for path in paths} if self.runner else {}
        return {path: reason for path, reason in found.items() if reason}


@dataclass(frozen=True, slots=True)
class OutputTarget:
    """Where the files go: `stage` takes the path and content of each one; `has` tells which are there already.

    By default files are discarded, which is enough to find the problems of a site.
    """

    stage: Stage = lambda path, content: None
    has: Has = lambda path, sha256: True


def make(
    project: Path,
    options: Options,
    progress: Progress = silent,
    *,
    target: OutputTarget | None = None,
    fresh: bool = False,
    jobs: int | None = None,
    memory: MemoryCache | None = None,
) -> Built:
    """Make the whole site, with all problems of the run.

    `fresh` ignores the cache. A process that builds again and again passes the same `memory` to every call, and saves
    the graphs in it when it has time.
    """
    folder = project / FOLDER
    files = GraphFiles(folder, variant_of(options), RECORD.size)
    if fresh:
        files.remove()

    def attempt() -> Built:
        for opened in (partial(Store, folder, fresh=fresh), partial(Store, folder, fresh=True), Store):
            with contextlib.suppress(CacheMiss, Undecodable), contextlib.closing(opened()) as store:
                graphs = Graphs(files, memory)
                return _make(project, options, progress, target or OutputTarget(), store, jobs or cores(), graphs)
            # a result names what the cache does not have: no result is to be believed
            files.remove()
            if memory:
                memory.graphs.clear()
                memory.units.clear()
        raise CacheMiss

    try:
        for _ in range(MOVES_BORNE):
            with contextlib.suppress(Moved):
                return attempt()
        return attempt()
    except ProblemsFound as found:
        return Built(in_order(found.problems))
    except UnknownWord as missing:
        place = Place(f"{WORDS_FOLDER}/{missing.language}.yaml")
        return Built((problem("unusable-word", place, key=missing.key),))


def _make(
    project: Path, options: Options, progress: Progress, target: OutputTarget, store: Store, jobs: int, graphs: Graphs
) -> Built:
    config, document, problems = load_config(project, options)
    words, wrong_words, forms = load_languages(project, config.languages, store)

    memory = graphs.memory
    found = discover(project, config.codes)
    texts = Texts(store)
    reading = reading_of(project, config, forms)
    digests = content_digests(project, (file.path for file in found.files), store)
    entries, wrong_entries = load_entries(
        reading, found.files, digests, store, _reader(texts, words, jobs), memory.units
    )
    record, wrong_record = load_record(project, config, store)
    theme = read_text(project, THEME_FILE)
    assets = load_assets(project, found.media, tokens(theme), remembered_size(store))
    problems = [*problems, *wrong_words, *found.problems, *wrong_entries, *wrong_record, *theme_problems(theme)]
    if has_errors(wrong_words):
        return Built(in_order(problems))

    if memory.variant != graphs.files.variant or (memory.variant, SITE) not in memory.graphs:
        memory.forget_values(graphs.files.variant)
    graph = graphs.take(SITE)
    tracker = DependencyTracker(graph.inputs, graph.digests)
    media = assets.media_files
    site = Site(
        project, config, document, words, entries, media, texts.to_html, memory, tracker, record, drafts=options.drafts
    )
    tracker.set_input(("assets",), assets.key)
    templates = _templates(project, site)
    runner = TaskRunner(tracker, graph, store, problems_in, jobs)
    memory.drop(runner.changed)

    problems += [*site.problems(), *missing_pictures(site, assets)]
    problems += pictograms_known(site, document, assets.pictograms)
    sound = not has_errors(problems)
    planned = plan(site, assets) if sound else []
    tasks = SiteTasks(site, Renderer(site, assets, templates, target.stage, store), planned, sound=sound)
    names: set[str] | None = None
    try:
        built = _made(tasks, runner, problems, progress, target, graphs)
        names = tasks.names(built.planned) if built.planned else None
    finally:
        # also where a file was saved meanwhile: every result is that of the inputs in the graph
        graphs.leave(SITE, graph, runner.updated_graph(names))
    if built.publishable:
        _sweep(store, graphs, len(built.planned))
    return built


def _made(
    tasks: SiteTasks,
    runner: TaskRunner,
    problems: Sequence[Problem],
    progress: Progress,
    target: OutputTarget,
    graphs: Graphs,
) -> Built:
    """Everything made, as far as nothing stands in the way; `problems` are those found before."""
    site, planned = tasks.site, tasks.planned
    config = site.config
    pending = tasks.pending(runner, target.has)
    if len(pending.groups) >= WORTH_FORKING:
        tasks.renderer.templates.compile()
    runner.run(pending.groups, progress("render", sum(map(len, pending.groups)) + len(pending.absent)))
    problems = [*problems, *runner.problems(tasks.links())]
    if has_errors(problems):
        return Built(in_order(problems))
    problems += runner.problems(tasks.checks())
    if has_errors(problems):
        return Built(in_order(problems))
    runner.raise_failures()
    problems += _of_files(runner, planned)
    if has_errors(problems):
        return Built(in_order([*problems, *collisions(planned)]))

    _restore(tasks, runner, pending.absent, target)
    after = _make_after(runner, tasks, planned, target)
    planned = [*planned, *after]
    problems += [*_of_files(runner, after), *collisions(planned)]
    gone = withdrawn(site)
    if not has_errors(problems):
        problems += DeadLinks(runner, planned, config.base_path, gone).find(graphs)
    calendar = config.timezone, config.today.isoformat()
    pages = tuple((code, sum(file.address.startswith(f"/{code}/") for file in planned)) for code in config.codes)
    return Built(in_order(problems), pages, tuple(planned), calendar, promised(site, planned), gone, runner)


def _restore(tasks: SiteTasks, runner: TaskRunner, absent: Sequence[PlannedFile], target: OutputTarget) -> None:
    """Put files that are up to date into the output from the cache; what the cache lacks is made again."""
    store = runner.store

    def restored(file: PlannedFile) -> bool:
        content = cached_content(store, runner.result(file.path).sha256)
        if content is not None:
            target.stage(file.path, content)
        return content is not None

    there = list(each(restored, absent, runner.jobs))
    missing = [file for file, found in zip(absent, there, strict=True) if not found]
    runner.run([[(tasks.of_file(file), Reason("missing"))] for file in missing], lambda: None)
    runner.raise_failures()


def _sweep(store: Store, graphs: Graphs, files: int) -> None:
    """Keep the cache in proportion to the site."""
    for table in ("html", "pictures"):
        store.bound(table, 4 * files + LEAST_KEPT)
    if max(store.count("details"), store.count("contents")) > 6 * files + LEAST_KEPT:
        results = [
            TaskResult(graph.result(number))
            for graph in (*graphs.files.all(), *graphs.memory.graphs.values())
            for number in graph.numbers.values()
        ]
        store.drop("details", store.keys("details") - {one.details for one in results})
        store.drop("contents", store.keys("contents") - {one.sha256 for one in results})


def variant_of(options: Options) -> str:
    """What is made for another address or with drafts is kept apart; it would be right in one place, too, but slow.

    Another tool's outcomes may not even have the same shape.
    """
    return key_of(fingerprint(), options.base_url, options.drafts).hex()[:12]


def _reader(texts: Texts, words: Mapping[str, Words], jobs: int) -> ReadUnits:
    """Reads units on all cores; where there are many, their Markdown becomes HTML there as well."""

    def read_units(units: Sequence[Unit], reading: Reading) -> Iterator[UnitRead]:
        many = len(units) >= WORTH_FORKING
        with texts.store.gathering("html") as keep:
            for unit, made in each(lambda unit: _read(unit, reading, texts, words, many=many), units, jobs):
                keep(made)
                yield unit

    return read_units


def _read(
    unit: Unit, reading: Reading, texts: Texts, words: Mapping[str, Words], *, many: bool
) -> tuple[UnitRead, list[tuple[bytes, bytes]]]:
    read = read_unit(unit, reading)
    bodies = [file for file in unit if many and file.language]
    return read, [made for file in bodies for made in texts.prepare(reading.project, file, words)]


def _templates(project: Path, site: Site) -> Templates:
    names = site.names()
    for code in site.words:
        site.tracker.set_input(("marks", code), names)
    markers = {code: language_marker(names, code) for code in site.words}
    return Templates(project, site.words, markers, site.tracker)


def _make_after(
    runner: TaskRunner, tasks: SiteTasks, planned: Sequence[PlannedFile], target: OutputTarget
) -> list[PlannedFile]:
    """What is made from what other pages turned out to be: the site map pages, social cards, the sitemap."""

    def make(files: Iterable[PlannedFile]) -> list[PlannedFile]:
        made = list(files)
        pending = tasks.pending_files(runner, made, target.has)
        runner.run([[one] for group in pending.groups for one in group], lambda: None)
        runner.raise_failures()
        _restore(tasks, runner, pending.absent, target)
        return made

    def rows(files: Iterable[PlannedFile]) -> PageRows:
        return PageRows((file.path for file in files), runner)

    def of_language(code: str) -> PageRows:
        return rows(file for file in planned if file.listed and file.address.startswith(f"/{code}/"))

    maps = make(plan_site_maps(tasks.site, of_language))
    pages = [*planned, *maps]
    cards = tasks.of_cards(rows(file for file in pages if file.path.endswith(".html")))
    if reason := runner.out_of_date(cards.name, cards.arguments):
        runner.run([[(cards, reason)]], lambda: None)
    drawn = make(plan_cards(cards_in(runner.details(runner.result(cards.name)))))
    return [*maps, *drawn, *make([plan_sitemap(rows(file for file in pages if file.listed))])]


def _of_files(runner: TaskRunner, planned: Iterable[PlannedFile]) -> list[Problem]:
    """The problems of files; a template's mistake is told once, for the first page that shows it."""
    found: dict[object, Problem] = {}
    for one in runner.problems(file.path for file in planned):
        found.setdefault((one.place, one.code) if one.code.startswith("template-") else one, one)
    return list(found.values())


def _with_vanished(built: Built, before: Promised) -> Built:
    """With a problem for each address that was promised `before` and is gone."""
    gone = vanished_addresses(before, built.promised, built.withdrawn) if built.publishable else []
    return replace(built, problems=in_order([*built.problems, *gone]))


def _records(built: Built, publication: Publication) -> dict[str, FileRecord]:
    """Size and hash of every file; of those that are published already the same objects, not equal ones beside them."""
    assert built.runner, "a site that can be published was made by a runner"
    paths = [file.path for file in built.planned]
    records, live = {}, publication.published
    for path, sha256 in zip(paths, built.runner.parts(paths, SHA256), strict=True):
        there, digest = live.get(path), sha256.hex()
        records[path] = there if there and there.sha256 == digest else FileRecord(built.result(path).size, digest)
    return records


def check(project: Path, output: Path, options: Options, progress: Progress = silent) -> Built:
    """Make the site and keep no file: what a build that publishes to `output` would find."""
    return _with_vanished(make(project, options, progress), promised_at(output))


def build(
    project: Path,
    output: Path,
    options: Options,
    progress: Progress = silent,
    *,
    rewrite: bool = False,
    jobs: int | None = None,
    memory: MemoryCache | None = None,
) -> tuple[Built, PublishReport | None]:
    """Make the site and publish it to `output`; with any error nothing is published.

    With `rewrite` every file is made and written anew, else what is cached is used and what differs is written. A
    process that builds again and again passes the same `memory` to every call.
    """
    try:
        with Publication(output, project, fresh=rewrite) as publication:
            if jobs != 1:
                publication.look_ahead()
            target = OutputTarget(
                publication.stage,
                lambda path, sha256: (
                    path in publication.published and publication.published[path].sha256 == sha256.hex()
                ),
            )
            built = make(project, options, progress, target=target, fresh=rewrite, jobs=jobs, memory=memory)
            built = _with_vanished(built, publication.promised)
            if not built.publishable:
                return built, None
            return built, publication.publish(_records(built, publication), built.promised)
    except ProblemsFound as found:
        return Built(in_order(found.problems)), None
