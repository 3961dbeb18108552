"""A tiny project to break and build: `site_folder(files)` writes one, `run` is the command line, `tree` compares."""

import datetime
import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import settings
from page_types import Page, pages_of, representatives
from reading import pages as pages_in
from reading import written
from served import Visitor, chromium, served

from site_builder.build import Built, OutputTarget, build, make
from site_builder.checks.accessibility import STATEMENT_PARTS
from site_builder.cli import main
from site_builder.config import Options
from site_builder.outputs.planned_file import FromTemplate
from site_builder.problems import Problem
from site_builder.store import FOLDER
from site_builder.templating import Templates

# `make test` tries a fixed share of every property, `make prove` many more and other ones each time.
settings.register_profile("test", derandomize=True, database=None, deadline=None)
settings.register_profile("prove", max_examples=3000, deadline=None)
Thing = TypeVar("Thing")
PROVE = bool(os.environ.get("PROVE"))
settings.load_profile("prove" if PROVE else "test")

PROJECT = Path(__file__).resolve().parent.parent
TODAY = "2026-11-22"
# Where files are in memory, and how many bytes must be free there for the tests to use it.
MEMORY, ROOM = Path("/dev/shm"), 4 * 10**9


def pytest_configure(config: pytest.Config) -> None:
    """Small sites are written by the thousand: in memory, where there is room and programs may be run from."""
    if os.environ.get("PYTEST_DEBUG_TEMPROOT") or config.option.basetemp or not _roomy(MEMORY):
        return
    os.environ["PYTEST_DEBUG_TEMPROOT"] = str(MEMORY)


def _roomy(folder: Path) -> bool:
    if not os.access(folder, os.W_OK):
        return False
    about = os.statvfs(folder)
    return about.f_bavail * about.f_frsize >= ROOM and not about.f_flag & os.ST_NOEXEC


SITE_YAML = """\
name: {lv: Mazā vietne, en: Small site}
tagline: {lv: Pārbaudei, en: For tests}
base_url: https://small.example/
timezone: Europe/Riga
messages: en
id: 3f0e3ad4-7b3c-4d5a-9a6d-0b7f5f0f7a11
publisher: {name: {lv: Iestāde, en: Institution}, url: "https://institution.example/"}
licence: {name: CC BY 4.0, url: "https://creativecommons.org/licenses/by/4.0/"}
languages:
  - {code: lv, name: Latviešu, locale: lv_LV}
  - {code: en, name: English, locale: en_GB}
navigation: [about, services, facilities, news]
footer: [accessibility-statement, privacy, site-map]
funding: [esf]
key_figures: [children]
categories:
  - {key: decisions, slug: {lv: lemumi, en: decisions}, name: {lv: Lēmumi, en: Decisions}}
  - {key: results, slug: {lv: rezultati, en: results}, name: {lv: Rezultāti, en: Results}}
tags:
  - {key: families, slug: {lv: gimenes, en: families}, name: {lv: Ģimenes, en: Families}}
sections:
"""

# Section key to its address words; a standing page is written for each that needs one.
SECTIONS = {
    "news": ("jaunumi", "news"),
    "facilities": ("vietas", "facilities"),
    "services": ("pakalpojumi", "services"),
    "partners": ("partneri", "partners"),
    "working-group": ("darba-grupa", "working-group"),
    "about": ("par-projektu", "about"),
    "infrastructure": ("par-projektu/infrastruktura", "about/infrastructure"),
    "results": ("rezultati", "results"),
    "timeline": ("laika-linija", "timeline"),
    "sources": ("avoti", "sources"),
    "glossary": ("vardnica", "glossary"),
    "easy-to-read": ("viegli-lasit", "easy-to-read"),
    "contacts": ("kontakti", "contacts"),
    "accessibility-statement": ("pieklustamibas-pazinojums", "accessibility-statement"),
    "privacy": ("privatums", "privacy"),
    "about-this-site": ("par-vietni", "about-this-site"),
    "site-map": ("lapas-karte", "site-map"),
    "data": ("dati", "data"),
    "search": ("meklet", "search"),
    "feeds": ("plusmas", "feeds"),
    "embed": ("iegult", "embed"),
}
WORDS = {"category": ("kategorija", "category"), "tag": ("birka", "tag"), "page": ("lapa", "page")}

SOURCE = """\
decision:
  title: Lēmums
  language: lv
  publisher: {lv: Dome, en: Council}
  kind: primary
  date: 2016-02-25
  url: https://council.example/decision
  consulted: {date: 2026-11, precision: month}
"""

FIGURE = """\
children:
  label: {lv: Bērni, en: Children}
  value: 114
  unit: count
  noun:
    lv: {zero: bērni, one: bērns, other: bērni}
    en: {one: child, other: children}
  scope: {lv: Liepāja, en: Liepāja}
  additive: false
  status: current
  as_of: 2023-09-01
  sources: [decision]
"""

FACILITY = """\
name: {lv: Salmu iela 53, en: Salmu iela 53}
title: {lv: Māja Salmu ielā 53, en: House at Salmu iela 53}
summary: {lv: Māja bērniem., en: A house for children.}
kind: family-like-home
address: {street: Salmu iela 53, locality: Liepāja}
sensitive: true
status: open
status_since: {date: 2022, precision: year}
audience: {lv: Bērniem, en: For children}
services: [care]
operator: {lv: Centrs, en: Centre}
description: {lv: Apraksts., en: Description.}
figures: [children]
sources: [decision]
published: 2026-11-22
"""

SERVICE = """\
name: {lv: Aprūpe, en: Care}
slug: {lv: aprupe, en: care}
summary: {lv: Aprūpe mājās., en: Care at home.}
audiences: [children]
for_whom: {lv: Bērniem., en: For children.}
you_get: {lv: Aprūpi., en: Care.}
provider: {lv: Dienests, en: Service}
as_of: {date: 2023, precision: year}
facilities: [salmu]
sources: [decision]
published: 2026-11-22
"""

OPERATION = """\
title: {{lv: {name}, en: {name}}}
short: {{lv: {name} projekts, en: {name} project}}
fund: {name}
programming_period: 2014-2020
programme: {{lv: Programma, en: Programme}}
objective: {{lv: Mērķis, en: Objective}}
measure: {{lv: Pasākums, en: Measure}}
beneficiary: {{lv: Saņēmējs, en: Beneficiary}}
location: {{lv: Kurzeme, en: Kurzeme}}
aims: {{lv: Mērķi., en: Aims.}}
results: {{lv: Rezultāti., en: Results.}}
funding_note: {{lv: Summas avotos nav., en: No source states the sums.}}
start: 2015-07-01
end: 2023-12-31
last_updated: 2026-11-22
sources: [decision]
published: 2026-11-22
"""

NEWS_LV = """\
---
title: Pieņemts lēmums
date: 2016-02-25
published: 2026-11-22
summary: Dome pieņēma lēmumu.
category: decisions
tags: [families]
facilities: [salmu]
services: [care]
operation: esf
sources: [decision]
---

Pakalpojumus saņēma [[fact:children]]. Skatiet [māju](facility:salmu).
"""

NEWS_EN = """\
---
title: A decision is taken
slug: decision
summary: The council took a decision.
---

Services reached [[fact:children]]. See [the house](facility:salmu).
"""


def _page(title: str, shared: bool) -> str:
    published = "published: 2026-11-22\n" if shared else ""
    return f"---\ntitle: {title}\nsummary: {title} – kopsavilkums.\n{published}---\n\n{title}: teksts.\n"


def _statement(language: str) -> str:
    """A complete accessibility statement."""
    shared = "published: 2026-11-22\nreviewed: 2026-11-22\n" if language == "lv" else ""
    texts = {"who": "small.example", "enforcement": "Tiesībsargs (Ombudsman)."}
    parts = "".join(
        f"## {part.title()} {{#{part}}}\n\n{texts.get(part, f'Text {language}.')}\n\n" for part in STATEMENT_PARTS
    )
    return f"---\ntitle: Statement {language}\nsummary: Statement in {language}.\n{shared}---\n\n{parts}"


def _sections() -> str:
    lines = []
    for key, (lv, en) in {**SECTIONS, **WORDS}.items():
        parent = ", parent: about" if key == "infrastructure" else ""
        lines.append(f"  - {{key: {key}, path: {{lv: {lv}, en: {en}}}, name: {{lv: {lv}, en: {en}}}{parent}}}\n")
    return "".join(lines)


def small_site() -> dict[str, str]:
    """The files of a complete tiny project, without templates and static files."""
    files = {
        "content/site.yaml": SITE_YAML + _sections(),
        "content/facts/sources.yaml": SOURCE,
        "content/facts/figures.yaml": FIGURE,
        "content/facts/facilities/salmu.yaml": FACILITY,
        "content/facts/services/care.yaml": SERVICE,
        "content/facts/operations/esf.yaml": OPERATION.format(name="ESF"),
        "content/facts/operations/erdf.yaml": OPERATION.format(name="ERDF"),
        "content/news/2016/lemums.lv.md": NEWS_LV,
        "content/news/2016/lemums.en.md": NEWS_EN,
    }
    for key in (*SECTIONS, "home", "not-found"):
        files[f"content/pages/{key}.lv.md"] = _page(f"Lapa {key}", shared=True)
        files[f"content/pages/{key}.en.md"] = _page(f"Page {key}", shared=False)
    for language in ("lv", "en"):
        files[f"content/pages/accessibility-statement.{language}.md"] = _statement(language)
    return files


def share(everything: Iterable[Thing], few: int) -> list[Thing]:
    """All in `make prove`; so many, evenly spaced, in `make test`."""
    found = list(everything)
    return found if PROVE else found[:: -(-len(found) // few)]


@dataclass(frozen=True)
class Made:
    """A site made in memory: its build, the files by path, and what each page was printed from."""

    built: Built
    contents: Mapping[str, bytes]
    pages: Mapping[str, FromTemplate]

    @property
    def views(self) -> dict[str, Any]:
        """What the template of each page saw."""
        return {path: page.view for path, page in self.pages.items()}


def make_in_memory(folder: Path, options: Options) -> Made:
    """Make a site and keep what it holds; social cards, which are slow, are drawn only when they are unknown."""
    contents: dict[str, bytes] = {}
    pages: dict[str, FromTemplate] = {}
    render = Templates.render

    def noting(templates: Templates, path: str, page: FromTemplate) -> bytes:
        pages[path] = page
        return render(templates, path, page)

    target = OutputTarget(contents.__setitem__, lambda path, result: path.endswith(".png"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Templates, "render", noting)
        # every page is rendered, also one whose content is cached
        patch.setattr("site_builder.build.cached_content", lambda store, sha256: None)
        return Made(make(folder, options, target=target, jobs=1), contents, pages)


@dataclass(frozen=True)
class Project:
    """A project on disk."""

    folder: Path

    @property
    def output(self) -> Path:
        return self.folder / "public"

    def write(self, files: dict[str, str | None]) -> None:
        """Write files; None deletes one."""
        for path, text in files.items():
            target = self.folder / path
            if text is None:
                target.unlink()
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, "utf-8", newline="")

    def replace(self, path: str, old: str, new: str) -> None:
        """Change one text in one file; it must be there exactly once."""
        text = self.text(path)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        self.write({path: text.replace(old, new)})

    def run(self, *arguments: str) -> int:
        """The command line on this project."""
        return main(["--project", str(self.folder), *arguments])

    def build(self, *arguments: str) -> int:
        return self.run("build", "--output", str(self.output), "--date", TODAY, *arguments)

    def make(self, **options: object) -> Made:
        """Make the site in memory."""
        return make_in_memory(self.folder, self.options(**options))

    def options(self, **options: object) -> Options:
        """Options of a build on the day of the tests."""
        today = options.pop("today", datetime.date.fromisoformat(TODAY))
        return Options(today=today, **options)  # type: ignore[arg-type]  # a test's keywords

    def built(self, **options: object) -> Built:
        """Make the site and keep no file."""
        return make(self.folder, self.options(**options))

    def problems(self, **options: object) -> tuple[Problem, ...]:
        return self.built(**options).problems

    def text(self, path: str) -> str:
        """A file of the project."""
        return (self.folder / path).read_text("utf-8")

    def page(self, path: str) -> str:
        """A file of the output."""
        return (self.output / path).read_text("utf-8")


def write_project(folder: Path, files: dict[str, str | None]) -> Project:
    project = Project(folder)
    project.write(files)
    for name in ("templates", "static"):
        shutil.copytree(PROJECT / name, folder / name)
    return project


@pytest.fixture(scope="session")
def published_once(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The small site, built once a session; tests work on copies of it."""
    project = write_project(tmp_path_factory.mktemp("small") / "project", {**small_site()})
    assert project.build() == 0
    return project


@pytest.fixture
def published(published_once: Project, tmp_path: Path) -> Project:
    """The small site as it was built, to be broken and built again."""
    return Project(Path(shutil.copytree(published_once.folder, tmp_path / "project")))


@pytest.fixture
def site_folder(published_once: Project, tmp_path: Path) -> Callable[..., Project]:
    """Writes the small site with `files` added, changed or (None) left out.

    It remembers the social cards of the small site, which is what a second build does.
    """

    def write(files: dict[str, str | None] | None = None, name: str = "project") -> Project:
        given = {**small_site(), **(files or {})}
        project = write_project(tmp_path / name, {path: text for path, text in given.items() if text is not None})
        shutil.copytree(published_once.folder / FOLDER, project.folder / FOLDER)
        return project

    return write


@pytest.fixture
def project(site_folder: Callable[..., Project]) -> Project:
    """The small site, unbroken."""
    return site_folder()


@pytest.fixture(scope="session")
def real_built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, Path]:
    """The real content, built once a session: what was made and found, and the folder where it stands."""
    output = tmp_path_factory.mktemp("real") / "public"
    built, report = build(PROJECT, output, Options(today=datetime.date.fromisoformat(TODAY)))
    assert report, built.problems
    return built, output


@pytest.fixture(scope="session")
def real_output(real_built: tuple[Built, Path]) -> Path:
    """The folder of the real site."""
    return real_built[1]


@pytest.fixture(scope="session")
def built(real_built: tuple[Built, Path]) -> Built:
    """The real site, with what the checks say of it."""
    return real_built[0]


@pytest.fixture(scope="session")
def real_made(real_built: tuple[Built, Path]) -> Made:
    """The real site in memory, with what each page was printed from."""
    return make_in_memory(PROJECT, Options(today=datetime.date.fromisoformat(TODAY)))


@pytest.fixture(scope="session")
def real_pages(real_made: Made) -> list[Page]:
    """The pages of the real site that stand for all of them in the browser."""
    html = {path: real_made.contents[path].decode() for path in real_made.pages}
    pages = pages_of(real_made.built.planned, real_made.pages, html)
    return representatives(page for page in pages if not page.address.startswith("/embed/"))


@pytest.fixture(scope="module", params=["lv", "en"])
def pages(request: pytest.FixtureRequest, real_pages: list[Page]) -> list[Page]:
    """`real_pages` of one language after the other; the root and the page for lost readers count to the first."""
    return [page for page in real_pages if page.language == request.param]


# Playwright keeps an event loop in its thread, and other modules' tests run their own: the browser ends with a module.
@pytest.fixture(scope="module")
def visitor(real_output: Path) -> Iterator[Visitor]:
    """A browser before the served real site."""
    with served(real_output) as address, chromium() as browser:
        yield Visitor(browser, address)


# The files that take longest, the longest first: begun last, one of them would leave the other workers idle.
LONG = (
    "test_incremental",
    "test_browser_axe",
    "test_faults",
    "test_browser_keyboard",
    "test_browser_network",
    "test_noted",
    "test_browser_layout",
    "test_broken",
    "test_browser_eu",
    "test_reproducible",
    "test_browser_breaks",
    "test_publish_faults",
    "test_sites",
    "test_browser_user",
    "test_fuzz",
)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object:
    """The tests of a file, which share what is slow to make, stay together; files are given out in their order here."""
    from xdist.scheduler import LoadFileScheduling  # type: ignore[import-untyped]  # it has none

    config.option.loadscopereorder = False
    return LoadFileScheduling(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Long files come first. The long proofs, which need Java and Node, belong to `make prove` alone."""
    items.sort(key=lambda item: LONG.index(item.path.stem) if item.path.stem in LONG else len(LONG))
    if not PROVE:
        proofs = [item for item in items if item.get_closest_marker("prove")]
        config.hook.pytest_deselected(items=proofs)
        items[:] = [item for item in items if item not in proofs]


@pytest.fixture(scope="session")
def html(real_output: Path) -> dict[str, str]:
    """Every page of the real site by path; the pieces for other sites are no pages, test_embeds.py asks of them."""
    return {path: page for path, page in pages_in(real_output) if not path.startswith("embed/")}


def interface(language: str) -> dict[str, Any]:
    """The interface words of a language."""
    return written(PROJECT / f"templates/i18n/{language}.yaml")


def tree(folder: Path) -> dict[str, str]:
    """Path to SHA-256 of every file in a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
