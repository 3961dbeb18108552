"""The flow from files to pages, and nothing else: discover, read, validate, link, plan, make, publish."""

import contextlib
import functools
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from site_builder.bodies import PLANNING, Basis, edited, make_again, readers_of
from site_builder.budgets import Weights, over_budget
from site_builder.checks.house_rules import pictograms_known
from site_builder.config import Options, load_config
from site_builder.entries import Reading, ReadUnits, Unit, UnitRead, load_entries, read_unit, reading_of
from site_builder.held import Held
from site_builder.i18n.words import WORDS_FOLDER, UnknownWord, Words, load_languages
from site_builder.links import broken_links
from site_builder.making import NO_ROW, Lost, Outcome, Workshop
from site_builder.markup.languages import language_marker
from site_builder.markup.remembered import Texts
from site_builder.outputs.assets import load_assets, remembered_size
from site_builder.outputs.cards import plan_cards
from site_builder.outputs.frame import missing_pictures
from site_builder.outputs.planned_file import PlannedFile, page_path
from site_builder.outputs.site_map import plan_site_maps, plan_sitemap
from site_builder.parallel import WORTH_FORKING, cores, each
from site_builder.plan import collisions, plan
from site_builder.problems import Place, Problem, ProblemsFound, has_errors, in_order, problem
from site_builder.promises import promised, vanished_addresses, withdrawn
from site_builder.publishing.publication import Publication, promised_at
from site_builder.publishing.records import NO_PROMISE, FileRecord, Promised, PublishReport, Whole
from site_builder.record.git import head
from site_builder.record.load import load_record
from site_builder.render import Renderer, Stage, file_place
from site_builder.site import Site
from site_builder.sources.contents import content_digests
from site_builder.sources.discover import SourceFile, discover
from site_builder.sources.read import Moved, read_text
from site_builder.store import FOLDER, LEAST_KEPT, Store, digest_of, key_of
from site_builder.tasks import KeptRows, Tasks
from site_builder.templating import Templates
from site_builder.theme import THEME_FILE, theme_problems, tokens
from site_builder.versions import fingerprint

# So often a build begins again because a file was saved while it ran.
MOVES_BORNE = 5

Progress = Callable[[str, int], Callable[[], None]]


def silent(stage: str, total: int) -> Callable[[], None]:
    """Shows no progress."""
    return lambda: None


@dataclass(frozen=True, slots=True)
class Built:
    """A site that was made: its files, none if anything stands in the way; and every problem found.

    `staying` are files that are published and stay as they are, where only what an edit concerns was made. `pages` are
    the languages, each with how many pages a reader can open in it.
    """

    problems: tuple[Problem, ...]
    pages: tuple[tuple[str, int], ...] = ()
    planned: tuple[PlannedFile, ...] = ()
    files: Mapping[str, Outcome] = field(default_factory=dict)
    staying: Mapping[str, FileRecord] = field(default_factory=dict)
    # the time zone that decides which day it is, and the day
    calendar: tuple[str, str] = ("", "")
    promised: Promised = NO_PROMISE
    withdrawn: frozenset[str] = frozenset()
    # what the next build may go on from, once it is published
    basis: Basis | None = None

    @property
    def publishable(self) -> bool:
        return bool(self.files or self.staying) and not has_errors(self.problems)

    @property
    def weights(self) -> Iterator[tuple[str, Weights]]:
        """What every page weighs."""
        return ((path, one.weights) for path, one in self.files.items() if path.endswith(".html"))


@dataclass(slots=True)
class Last:
    """A sound build as it stands in memory, from which the preview goes on. `planning` was read beside tasks."""

    options: Options
    head: str
    reading: Reading
    files: tuple[SourceFile, ...]
    tasks: Tasks
    workshop: Workshop
    planning: frozenset[bytes]
    built: Built


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where the files go: `stage` takes each one that is made; `there` tells which need not be made again.

    `basis` is of the build whose manifest is live; `live` gives its files and what they promise, if all are there.
    """

    stage: Stage = lambda path, content: None
    there: Callable[[str, Outcome], bool] = lambda path, outcome: True
    basis: Basis | None = None
    live: Callable[[], Whole | None] = lambda: None


def make(
    project: Path,
    options: Options,
    progress: Progress = silent,
    *,
    wanted: Wanted | None = None,
    fresh: bool = False,
    jobs: int | None = None,
    held: Held | None = None,
) -> Built:
    """Make the whole site, with all problems of the run.

    With `fresh` nothing is taken from what earlier builds kept. Without `wanted` no file is kept anywhere. Who builds
    again and again gives the same `held` each time.
    """
    folder = project / FOLDER

    def attempt() -> Built:
        for opened in (partial(Store, folder, fresh=fresh), partial(Store, folder, fresh=True), Store):
            with contextlib.suppress(Lost), contextlib.closing(opened()) as store:
                return _make(project, options, progress, wanted or Wanted(), store, jobs or cores(), held or Held())
        raise Lost

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
    project: Path, options: Options, progress: Progress, wanted: Wanted, store: Store, jobs: int, held: Held
) -> Built:
    config, document, problems = load_config(project, options)
    words, wrong_words, forms = load_languages(project, config.languages, store)

    found = discover(project, config.codes)
    texts = Texts(store)
    reading = reading_of(project, config, forms)
    digests = content_digests(project, (file.path for file in found.files), store)
    entries, wrong_entries = load_entries(reading, found.files, digests, store, _reader(texts, words, jobs), held.units)
    record, wrong_record = load_record(project, config, store)
    theme = read_text(project, THEME_FILE)
    assets = load_assets(project, found.media, tokens(theme), remembered_size(store))
    problems = [*problems, *wrong_words, *found.problems, *wrong_entries, *wrong_record, *theme_problems(theme)]
    if has_errors(wrong_words):
        return Built(in_order(problems))
    media = assets.media_files
    site = Site(project, config, document, words, entries, media, texts.to_html, held, record, drafts=options.drafts)
    site.ledger.declare(("assets",), assets.key)
    with site.ledger.reading() as planning:
        problems += [*site.problems(), *missing_pictures(site, assets)]
        problems += pictograms_known(site, document, assets.pictograms)
        sound = not has_errors(problems)
        renderer = Renderer(site, assets, _templates(project, site, store), wanted.stage, store)
        tasks = Tasks(site, renderer, plan(site, assets) if sound else [], sound=sound)
        new = partial(Workshop, site.ledger, store, _variant(options), jobs)
        if sound and wanted.basis and (again := _made_again(tasks, new(), wanted.basis, problems, progress, wanted)):
            return again
        workshop = new()
        built = _made(tasks, workshop, problems, progress, wanted)
    if built.publishable:
        workshop.keep()
        built = replace(built, basis=_basis(built, workshop, planning, problems))
        for table in ("html", "pictures", "templates"):
            store.bound(table, 4 * len(built.files) + LEAST_KEPT)
        held.last = Last(options, head(project), reading, found.files, tasks, workshop, frozenset(planning), built)
    return built


def _basis(built: Built, workshop: Workshop, planning: Set[bytes], problems: Sequence[Problem]) -> Basis:
    """What the next build may go on from; `problems` are those found before anything was made."""
    read_in_planning = {one: frozenset([PLANNING]) for one in planning & workshop.bodies.keys()}
    readers = readers_of(workshop.outcomes, read_in_planning)
    return Basis("", digest_of(workshop.inputs_now), readers, in_order(problems), built.problems, built.pages)


def _made_again(
    tasks: Tasks,
    workshop: Workshop,
    basis: Basis,
    problems: Sequence[Problem],
    progress: Progress,
    wanted: Wanted,
) -> Built | None:
    """What was made, where only bodies were edited since the last build; None where a whole build is needed."""
    edit = edited(workshop, basis) if basis.early == in_order(problems) else None
    live = wanted.live() if edit else None
    if edit is None or live is None:
        return None
    paths = live.files.keys() - live.kept
    try:
        readers = make_again(workshop, tasks, edit, basis, paths, partial(progress, "render"))
    except Lost:
        return None
    if readers is None:
        return None
    files = {name.removeprefix("file:"): one for name, one in workshop.outcomes.items() if one.is_file}
    staying = {path: live.files[path] for path in paths - files.keys()}
    config = tasks.site.config
    calendar = config.timezone, config.today.isoformat()
    now = basis._replace(inputs=digest_of(workshop.inputs_now), readers=readers)
    return Built(basis.problems, basis.pages, (), files, staying, calendar, live.promised, withdrawn(tasks.site), now)


def _made(tasks: Tasks, workshop: Workshop, problems: Sequence[Problem], progress: Progress, wanted: Wanted) -> Built:
    """Everything made, as far as nothing stands in the way; `problems` are those found before."""
    site, planned = tasks.site, tasks.planned
    config = site.config
    workshop.do(tasks.groups(), progress("render", tasks.count), wanted.there)
    problems = [*problems, *workshop.problems("links:")]
    if has_errors(problems):
        return Built(in_order(problems))
    problems += workshop.problems("checks:")
    if has_errors(problems):
        return Built(in_order(problems))
    workshop.raise_failures()
    problems += _of_files(workshop, planned)
    if has_errors(problems):
        return Built(in_order([*problems, *collisions(planned)]))

    after = _make_after(workshop, tasks, planned, wanted)
    planned = [*planned, *after]
    files = {file.path: workshop.outcomes[f"file:{file.path}"] for file in planned}
    problems += [*_of_files(workshop, after), *collisions(planned)]
    gone = withdrawn(site)
    if not has_errors(problems):
        problems += _dead_links(workshop, planned, config.base_path, gone)
    told = (config.timezone, config.today.isoformat()), promised(site, planned), gone
    pages = tuple((code, sum(file.address.startswith(f"/{code}/") for file in planned)) for code in config.codes)
    built = Built(in_order(problems), pages, tuple(planned), files, {}, *told)
    return replace(built, problems=in_order([*problems, *over_budget(built.weights)]))


def _variant(options: Options) -> str:
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


def _templates(project: Path, site: Site, store: Store) -> Templates:
    names = site.names()
    for code in site.words:
        site.ledger.declare(("marks", code), names)
    markers = {code: language_marker(names, code) for code in site.words}
    return Templates(project, site.words, markers, site.ledger, store)


def _make_after(workshop: Workshop, tasks: Tasks, planned: Sequence[PlannedFile], wanted: Wanted) -> list[PlannedFile]:
    """What is made from what other pages turned out to be: the site map pages, social cards, the sitemap."""

    def make(files: Iterable[PlannedFile]) -> list[PlannedFile]:
        made = list(files)
        workshop.do([[tasks.of_file(file)] for file in made], lambda: None, wanted.there)
        workshop.raise_failures()
        return made

    def rows(files: Iterable[PlannedFile]) -> KeptRows:
        outcomes = [workshop.outcomes[f"file:{file.path}"] for file in files]
        return KeptRows([one for one in outcomes if one.row != NO_ROW], workshop)

    maps = make(plan_site_maps(tasks.site, rows(file for file in planned if file.listed)))
    pages = [*planned, *maps]
    cards = tasks.of_cards(rows(file for file in pages if file.path.endswith(".html")))
    workshop.do([[cards]], lambda: None, wanted.there)
    drawn = make(plan_cards(workshop.told(workshop.outcomes[cards.name])))
    return [*maps, *drawn, *make([plan_sitemap(rows(file for file in pages if file.listed))])]


def _of_files(workshop: Workshop, planned: Iterable[PlannedFile]) -> list[Problem]:
    """The problems of files; a template's mistake is told once, for the first page that shows it."""
    outcomes = (workshop.outcomes[f"file:{file.path}"] for file in planned)
    found: dict[object, Problem] = {}
    for one in (told for outcome in outcomes for told in workshop.problems_of(outcome)):
        found.setdefault((one.place, one.code) if one.code.startswith("template-") else one, one)
    return list(found.values())


def _dead_links(
    workshop: Workshop, planned: Sequence[PlannedFile], base_path: str, unpublished: frozenset[str]
) -> list[Problem]:
    """Links that lead nowhere, told at the page that has them.

    Where the last builds left no dead link, only pages that were made can have one, unless something is gone that
    others may link to. A redirect may lead to a page that is `unpublished` today: no date can stop a build.
    """
    files = {file.path: file for file in planned}

    def given(outcome: Outcome | None) -> frozenset[str]:
        """What others may link to in a file: itself, as an empty name, and its ids."""
        return frozenset(("", *workshop.told(outcome).ids)) if outcome else frozenset()

    now = functools.cache(lambda path: given(workshop.outcomes.get(f"file:{path}")))
    changed = {name.removeprefix("file:") for name in workshop.replaced if name.startswith("file:")}
    some = workshop.steady and not any(given(workshop.before(f"file:{path}")) - now(path) for path in changed)

    def broken(paths: Iterable[str], known: Set[str]) -> dict[str, tuple[str, str]]:
        linking = ((path, workshop.told(workshop.outcomes[f"file:{path}"]).links) for path in paths)
        return broken_links(linking, known, now, base_path)

    html = [path for path in files if path.endswith(".html")]
    pages = [path for path in html if files[path].address and (path in changed or not some)]
    redirects = [path for path in html if not files[path].address]
    found = broken(redirects, files.keys() | map(page_path, unpublished)) | broken(pages, files.keys())
    return [problem(code, file_place(files[page]), link=link) for link, (code, page) in found.items()]


def _with_vanished(built: Built, before: Promised) -> Built:
    """With a problem for each address that was promised `before` and is gone."""
    gone = vanished_addresses(before, built.promised, built.withdrawn) if built.publishable else []
    return replace(built, problems=in_order([*built.problems, *gone]))


def _records(built: Built, publication: Publication) -> dict[str, FileRecord]:
    """Size and hash of every file; of those that are published already the same objects, not equal ones beside them."""
    records, live = dict(built.staying), publication.published
    for path, outcome in built.files.items():
        record, there = outcome.record, live.get(path)
        records[path] = there if there == record else record
    return records


def _left(project: Path, key: bytes, manifest: str) -> Basis | None:
    """What the build left whose files are live; see `_leave`."""
    with contextlib.closing(Store(project / FOLDER)) as store:
        kept = store.get("states", key)
    basis: Basis | None = pickle.loads(kept) if kept else None  # noqa: S301  # written by us, under a checksum
    return basis if basis and basis.manifest == manifest else None


def _leave(project: Path, key: bytes, basis: Basis) -> None:
    with contextlib.closing(Store(project / FOLDER)) as store:
        store.put("states", [(key, pickle.dumps(basis))])


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
    preview: bool = False,
    jobs: int | None = None,
    held: Held | None = None,
) -> tuple[Built, PublishReport | None]:
    """Make the site and publish it to `output`; with any error nothing is published.

    With `rewrite` every file is made and written anew, else what is kept is taken and what differs is written.
    In a `preview` addresses may vanish: nobody else has seen them. Who builds again and again gives the same `held`
    and goes on from that alone.
    """
    try:
        with Publication(output, project, fresh=rewrite, lasting=not preview) as publication:
            if jobs != 1:
                publication.look_ahead()
            key = key_of("basis", str(publication.output), _variant(options))
            wanted = Wanted(
                publication.stage,
                lambda path, outcome: publication.published.get(path) == outcome.record,
                None if rewrite or held else _left(project, key, publication.manifest_hash),
                lambda: publication.live if publication.intact else None,
            )
            built = make(project, options, progress, wanted=wanted, fresh=rewrite, jobs=jobs, held=held)
            if not preview:
                built = _with_vanished(built, publication.promised)
            if not built.publishable:
                return built, None
            report = publication.publish(_records(built, publication), built.promised)
            if built.basis and not preview:
                _leave(project, key, built.basis._replace(manifest=report.manifest))
            return built, report
    except ProblemsFound as found:
        return Built(in_order(found.problems)), None
