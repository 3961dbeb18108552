"""Every page of the real site is made from what it noted: nothing else makes it anew, and nothing less would do."""

import shutil
import time
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from conftest import PROJECT, Project, share
from rendering import reads_in

from site_builder.build import Built, OutputTarget, make, variant_of
from site_builder.engine.dependencies import InputName
from site_builder.engine.task_graph import GraphFiles
from site_builder.engine.task_runner import RECORD
from site_builder.outputs import card_drawing
from site_builder.outputs.open_data.tables import TABLES
from site_builder.problems import in_order
from site_builder.render import Renderer
from site_builder.settled import FINE
from site_builder.store import FOLDER

FIGURES = "content/facts/figures.yaml"
SITE = "content/site.yaml"
EN, LV = "templates/i18n/en.yaml", "templates/i18n/lv.yaml"
ITEM = "content/news/2016/sadarbibas-ligumi.en.md"
PAGE = "en/news/2016/cooperation-agreements/index.html"
HOUSE = "content/facts/facilities/salmu-iela-53.yaml"


@dataclass(frozen=True)
class Run:
    """A build: what it found, the files that it made, the inputs that it had with their values, and all reads."""

    built: Built
    made: frozenset[str]
    inputs: dict[InputName, bytes]
    reads: dict[str, set[InputName]]

    @property
    def output(self) -> dict[str, object]:
        """What readers get, and what the editor is told."""
        results = {file.path: self.built.result(file.path) for file in self.built.planned}
        return {**{path: (one.sha256, one.size) for path, one in results.items()}, "": in_order(self.built.problems)}


def run(project: Project, *, fresh: bool = False) -> Run:
    """Build in this process, so that all can be looked at; a card is its words, of which alone it is made."""
    made: set[str] = set()
    sites: list[Any] = []
    begin = Renderer.__init__

    def caught(renderer: Renderer, site: Any, *rest: Any) -> None:
        sites.append(site)
        begin(renderer, site, *rest)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Renderer, "__init__", caught)
        patch.setattr(card_drawing, "draw", lambda card: repr(card.words).encode())
        target = OutputTarget(lambda path, content: made.add(path))
        built = make(project.folder, project.options(), target=target, fresh=fresh, jobs=1)
    assert built.publishable, built.problems
    reads = reads_in(GraphFiles(project.folder / FOLDER, variant_of(project.options()), RECORD.size))
    tracker = sites[0].tracker
    return Run(built, frozenset(made), {name: tracker.digest(name) for name in tracker.inputs}, reads)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy of the real site, built once."""
    project = Project(tmp_path_factory.mktemp("real"))
    for name in ("content", "templates", "static"):
        shutil.copytree(PROJECT / name, project.folder / name)
    return project


@pytest.fixture(scope="module")
def first(real: Project) -> Run:
    """The first build of the real site, which makes everything."""
    found = run(real, fresh=True)
    assert len(found.made) > 300
    return found


@pytest.fixture(scope="module")
def kept(real: Project, first: Run) -> Path:
    """What the first build kept, put aside: every change begins from there."""
    assert run(real).made == set()
    return Path(shutil.copytree(real.folder / FOLDER, real.folder / "kept"))


@pytest.fixture
def change(real: Project, kept: Path) -> Iterator[Callable[[str, str, str], None]]:
    """Changes the first of some words in a file; afterwards it is as it was, and so is what is kept."""
    before: dict[Path, str] = {}

    def put(path: str, old: str, new: str) -> None:
        file = real.folder / path
        text = file.read_text("utf-8")
        before.setdefault(file, text)
        assert old in text, path
        file.write_text(text.replace(old, new, 1), "utf-8")
        time.sleep(FINE / 10**9)

    yield put
    for file, text in before.items():
        file.write_text(text, "utf-8")
    shutil.rmtree(real.folder / FOLDER)
    shutil.copytree(kept, real.folder / FOLDER)
    time.sleep(FINE / 10**9)


NEWS_IN = {f"en/news/{path}" for path in ("page/2/index.html", "2016/index.html", "category/decisions/index.html")}
FEEDS = {
    f"en/{folder}{name}"
    for folder in ("", "feeds/category/decisions/")
    for name in ("rss.xml", "feed.xml", "feed.json")
}
# The pages that tell the sizes of files.
DATA_PAGES = {"en/data/index.html", *(f"en/data/{table.key}/index.html" for table in TABLES if table.key != "figures")}


# A change; pages that show it, among others unless it is said that these are all; and pages that have nothing of it.
CHANGES = [
    pytest.param(ITEM, "\n---\n", "\n---\n\nA new beginning.\n", {PAGE, *FEEDS}, None, id="a body"),
    pytest.param(
        ITEM, "title: ", "title: New ", {PAGE, *FEEDS, *NEWS_IN, "en/site-map/index.html"},
        {"en/index.html", "lv/index.html", "en/privacy/index.html", "en/news/2023/project-results/index.html"},
        id="a title",
    ),
    pytest.param(
        FIGURES, "money spent on the project’s services", "money used for the project’s services",
        {"en/results/index.html", "en/news/2022/funding-spent/index.html", "data/figures.json"},
        {PAGE, "en/privacy/index.html", "en/facilities/salmu-iela-53/index.html", "en/sources/index.html"},
        id="a fact",
    ),
    pytest.param(HOUSE, "status:", "# a remark\nstatus:", set(), None, id="a remark"),
    pytest.param(EN, 'size.kb: "{number}', 'size.kb: "about {number}', DATA_PAGES, None, id="a rare word"),
    pytest.param(
        EN, "money.millions-unit: EUR", "money.millions-unit: Euros",
        {"en/results/index.html", "en/feed.json", "en/news/2022/funding-spent/index.html"},
        {"lv/rezultati/index.html", "en/privacy/index.html", PAGE},
        id="a word of numbers",
    ),
    pytest.param(
        SITE, "locale: en_GB", "locale: en_ZA",
        {"en/results/index.html", "en/feed.json", "en/feed.xml", "en/privacy/index.html"}, {"lv/feed.xml"},
        id="the locale",
    ),
    pytest.param(
        "templates/components/charts.html", "{#", "{# #}{#", {"en/results/index.html", "lv/laika-linija/index.html"},
        {"en/index.html", "en/privacy/index.html", PAGE, *FEEDS},
        id="a part of templates",
    ),
    pytest.param(
        "templates/pages/article.html", "{% extends", "{# #}{% extends", {PAGE},
        {"en/index.html", "en/privacy/index.html", *FEEDS},
        id="a template",
    ),
    pytest.param(
        SITE, "names:", "names:\n  - {language: lv, words: [Jaunais nosaukums]}", {PAGE, "en/index.html"},
        FEEDS, id="a name of another language",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("path", "old", "new", "shown", "elsewhere"), share(CHANGES, 6))
def test_what_a_page_read_makes_it_anew_and_nothing_else(
    path: str,
    old: str,
    new: str,
    shown: Set[str],
    elsewhere: Set[str] | None,
    real: Project,
    first: Run,
    change: Callable[[str, str, str], None],
) -> None:
    """Pages that show what was changed are made; the others come from the store, and are those of a clean build."""
    change(path, old, new)
    after = run(real)
    assert after.made >= shown
    assert after.made == shown if elsewhere is None else not after.made & elsewhere
    assert run(real).made == set()
    assert after.output == run(real, fresh=True).output
    changed = {name for name, value in first.inputs.items() if value != after.inputs.get(name)}
    assert changed
    planned = {file.path for file in after.built.planned}
    assert {one for one in first.made & planned if first.reads[one] & changed} <= after.made


# Pages of every kind, and inputs that each of them must have read.
def page_of(kind: str, key: str, language: str = "en") -> set[InputName]:
    return {("entry", kind, key), ("text", kind, key, language), ("body", kind, key, language)}


READ: list[tuple[str, set[InputName]]] = [
    (PAGE, {*page_of("news", "2016/sadarbibas-ligumi"), ("template", "pages/article.html"), ("marks", "en")}),
    ("en/privacy/index.html", {*page_of("page", "privacy"), ("template", "layout.html"), ("config", "navigation")}),
    ("en/facilities/salmu-iela-53/index.html", {("entry", "facility", "salmu-iela-53"), ("citations", "en")}),
    ("en/feed.json", {*page_of("news", "2016/sadarbibas-ligumi"), ("formats", "en")}),
    ("data/figures.json", {("kind", "fact"), ("config", "languages")}),
]


@pytest.mark.parametrize(("path", "names"), READ)
def test_a_page_reads_what_it_shows(path: str, names: set[InputName], first: Run) -> None:
    """Its own entry and text, lists, templates, words and the configuration, each by its own name."""
    reads = first.reads[path]
    assert names - reads == set()
    assert reads <= first.inputs.keys()
    language = "lv" if path.startswith("en/") else ""
    assert {name for name in reads if name[0] == "body" and language in name} == set()
