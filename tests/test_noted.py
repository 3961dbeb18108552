"""Every page of the real site is made from what it noted: nothing else makes it anew, and nothing less would do."""

import shutil
import time
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from conftest import PROJECT, Project, share
from rendering import kept_reads
from site_builder.ledger import Node

from site_builder.build import Built, Wanted, make
from site_builder.outputs import card_drawing
from site_builder.outputs.open_data.tables import TABLES
from site_builder.problems import in_order
from site_builder.render import Renderer
from site_builder.settled import FINE
from site_builder.store import FOLDER, Store

FIGURES = "content/facts/figures.yaml"
SITE = "content/site.yaml"
EN, LV = "templates/i18n/en.yaml", "templates/i18n/lv.yaml"
ITEM = "content/news/2016/sadarbibas-ligumi.en.md"
PAGE = "en/news/2016/cooperation-agreements/index.html"
HOUSE = "content/facts/facilities/salmu-iela-53.yaml"


@dataclass(frozen=True)
class Run:
    """A build: what it found, the files that it made, and the inputs that it had."""

    built: Built
    made: frozenset[str]
    inputs: dict[Node, bytes]
    noted: dict[str, set[bytes]]

    @property
    def output(self) -> dict[str, object]:
        """What readers get, and what the editor is told."""
        return {**{path: one.record for path, one in self.built.files.items()}, "": in_order(self.built.problems)}

    def reads(self, path: str) -> set[bytes]:
        """What a file has read."""
        return self.noted[f"file:{path}"]


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
        wanted = Wanted(lambda path, content: made.add(path))
        built = make(project.folder, project.options(), wanted=wanted, fresh=fresh, jobs=1)
    assert built.publishable, built.problems
    noted = kept_reads(Store(project.folder / FOLDER))
    return Run(built, frozenset(made), dict(sites[0].ledger.nodes), noted)


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
    pytest.param(
        HOUSE, "status:", "# a remark\nstatus:", {"en/facilities/salmu-iela-53/index.html"},
        {"en/facilities/virsu-iela-9-11/index.html", "en/privacy/index.html", PAGE},
        id="a remark",
    ),
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
    changed = {value for node, value in first.inputs.items() if value != after.inputs.get(node)}
    assert changed
    assert {one for one in first.made & after.built.files.keys() if first.reads(one) & changed} <= after.made


# Pages of every kind, and nodes of the ledger that each of them must have noted.
def page_of(kind: str, key: str, language: str = "en") -> set[Node]:
    return {("entry", kind, key), ("body", kind, key, language)}


NOTED: list[tuple[str, set[Node]]] = [
    (PAGE, {*page_of("news", "2016/sadarbibas-ligumi"), ("template", "pages/article.html"), ("marks", "en")}),
    ("en/privacy/index.html", {*page_of("page", "privacy"), ("template", "layout.html"), ("config", "navigation")}),
    ("en/facilities/salmu-iela-53/index.html", {("entry", "facility", "salmu-iela-53"), ("citations", "en")}),
    ("en/feed.json", {*page_of("news", "2016/sadarbibas-ligumi"), ("formats", "en")}),
    ("data/figures.json", {("kind", "fact"), ("config", "languages")}),
]


@pytest.mark.parametrize(("path", "nodes"), NOTED)
def test_a_page_notes_what_it_shows(path: str, nodes: set[Node], first: Run) -> None:
    """Its own entry and text, lists, templates, words and the configuration, each by its own name."""
    reads = first.reads(path)
    assert {node for node in nodes if first.inputs[node] not in reads} == set()
    assert reads <= set(first.inputs.values())
    language = "lv" if path.startswith("en/") else ""
    others = {node for node, value in first.inputs.items() if value in reads and node[0] == "body" and language in node}
    assert others == set()
