"""A build after an edit of bodies: what reads them is made again and everything else stays, or the whole is made."""

import dataclasses
import datetime
import json
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from conftest import TODAY, Project, tree
from site_builder.held import Held

from site_builder.build import Built, build, check, make
from site_builder.config import Options
from site_builder.outputs.assets import Assets
from site_builder.outputs.planned_file import PlannedFile
from site_builder.plan import plan
from site_builder.problems import Place, Problem, problem
from site_builder.publishing.manifest import MANIFEST
from site_builder.publishing.publication import Publication
from site_builder.site import Site
from site_builder.store import FOLDER, TABLES, Store

BODY = "content/news/2016/lemums.en.md"
OPTIONS = Options(None, datetime.date.fromisoformat(TODAY))
PAGE = "en/news/2016/decision/index.html"


def made(project: Project, options: Options = OPTIONS, output: str = "public", **more: Any) -> Built:
    built, _ = build(project.folder, project.folder / output, options, **more)
    return built


def output(project: Project) -> dict[str, str]:
    """What is live; assets that are only kept for old pages aside, and the manifest where it names any."""
    kept = _kept(project)
    aside = {*kept, MANIFEST} if kept else set()
    return {path: digest for path, digest in tree(project.folder / "public").items() if path not in aside}


CLEAN: dict[str, dict[str, str]] = {}


def clean(project: Project, options: Options = OPTIONS) -> dict[str, str]:
    """What a build gives that knows nothing of earlier ones; made once for equal sources."""
    sources = {name: tree(project.folder / name) for name in ("content", "templates", "static")}
    key = repr((sources, options))
    if key not in CLEAN:
        folder = project.folder.with_name("clean")
        shutil.copytree(project.folder, folder, ignore=shutil.ignore_patterns("public", "dist", ".site-builder"))
        built, _ = build(folder, folder / "public", options)
        assert built.publishable, built.problems
        CLEAN[key] = tree(folder / "public")
    return CLEAN[key]


def edit(project: Project, old: str = "See [the house]", new: str = "Look at [the house]", path: str = BODY) -> None:
    project.replace(path, old, new)


@pytest.fixture
def site(project: Project) -> Project:
    """The small site, after its first build."""
    assert made(project).publishable
    return project


# Enough ---------------------------------------------------------------------------------------------------------


def test_an_edited_body_is_on_every_page_that_shows_it(site: Project) -> None:
    """Its page and the feeds with its full text; again and again, also with figures, links and headings."""
    for old, new in (
        ("See [the house]", "Look at [the house]"),
        ("Services", "## Rooms\n\nServices"),
        ("Look at", "[[fact:children]], see"),
    ):
        before = tree(site.folder / "public")
        edit(site, old, new)
        built = made(site)
        changed = {path for path, digest in tree(site.folder / "public").items() if before[path] != digest}
        assert {PAGE, "en/feed.xml"} <= changed
        assert changed - {"site-manifest.json"} <= built.files.keys()
        assert len(built.files) < len(before) / 4
        assert len(built.files) + len(built.staying) == len(before) - 1
    assert tree(site.folder / "public") == clean(site)


def test_both_languages_and_two_items_at_once(site: Project) -> None:
    """Each with what reads it, and a page of its own kind."""
    page = "content/pages/privacy.en.md"
    edit(site)
    edit(site, "Skatiet", "Redziet", BODY.replace(".en.", ".lv."))
    site.write({page: site.text(page) + "\nMore.\n"})
    assert made(site).staying
    assert tree(site.folder / "public") == clean(site)


def test_one_text_after_another(site: Project) -> None:
    """Who reads the one is not forgotten while the other is edited; assets that are only kept are not counted."""
    _style(site)
    assert not made(site).staying
    kept = _kept(site)
    assert kept
    site.write({"content/pages/privacy.en.md": site.text("content/pages/privacy.en.md") + "\nMore.\n"})
    assert made(site).staying
    edit(site)
    assert made(site).staying
    assert _kept(site) == kept
    wanted = clean(site)
    assert output(site) == {path: digest for path, digest in wanted.items() if path != MANIFEST}


def _kept(project: Project) -> set[str]:
    said = json.loads((project.folder / "public" / MANIFEST).read_bytes())
    return {one["path"] for one in said["files"] if one["kept"]}


def test_what_a_whole_build_tells_is_told(site: Project) -> None:
    """Problems, counts of pages, day and addresses are those of a clean build."""
    edit(site)
    built = made(site)
    whole = make(site.folder, OPTIONS, fresh=True)
    assert built.staying
    for part in ("problems", "pages", "calendar", "promised", "withdrawn", "publishable"):
        assert getattr(built, part) == getattr(whole, part), part


def test_a_whole_build_goes_on_from_it(site: Project) -> None:
    """It believes what is kept, and makes what a change of a row concerns, no more."""
    edit(site)
    assert made(site).staying
    edit(site, "summary: The", "summary: New. The")
    held = Held()
    built = made(site, held=held)
    assert not built.staying
    assert held.last.workshop.steady
    assert tree(site.folder / "public") == clean(site)
    edit(site, "Look at", "See")
    assert made(site).staying


def test_an_edit_that_no_page_shows_publishes_nothing(site: Project) -> None:
    edit(site, "salmu).", "salmu).\n\n")
    built, report = build(site.folder, site.folder / "public", OPTIONS)
    assert built.staying
    assert built.publishable
    assert report
    assert report.written == ()


def test_an_edit_that_is_taken_back(site: Project) -> None:
    """The outcomes of that time are not there any more; the same bytes are made."""
    before = tree(site.folder / "public")
    for old, new in (("See", "Look at"), ("Look at", "See")):
        edit(site, f"{old} [the house]", f"{new} [the house]")
        assert made(site).staying
    assert tree(site.folder / "public") == before


# Not enough -----------------------------------------------------------------------------------------------------


def _new_item(project: Project) -> None:
    for code in ("lv", "en"):
        text = project.text(BODY.replace(".en.", f".{code}."))
        project.write({f"content/news/2016/otrs.{code}.md": text.replace("slug: decision", "slug: other")})


def _style(project: Project) -> None:
    project.write({"static/site.css": project.text("static/site.css") + "\n.new { margin: 0 }\n"})


def _damaged_page(project: Project) -> None:
    (project.folder / "public/index.html").write_text("x", "utf-8")


def _removed_page(project: Project) -> None:
    (project.folder / "public/index.html").unlink()


def _other_site(project: Project) -> None:
    """Another output of the same project is made from other texts, and these are taken back."""
    edit(project, "summary: The", "summary: New. The")
    assert made(project, output="dist").publishable
    edit(project, "summary: New. The", "summary: The")


def _checked(project: Project) -> None:
    """The store is of a later state than the site."""
    edit(project, "summary: The", "summary: New. The")
    assert not check(project.folder, project.folder / "public", OPTIONS).staying


def _forgotten(table: str) -> Callable[[Project], None]:
    def forget(project: Project) -> None:
        store = Store(project.folder / FOLDER)
        store.drop(table, store.keys(table))
        store.close()

    return forget


CHANGES: dict[str, Callable[[Project], None]] = {
    "a field": lambda project: edit(project, "summary: The", "summary: New. The"),
    "a remark between the fields": lambda project: edit(project, "title: ", "# New\ntitle: "),
    "a warning": lambda project: edit(project, "salmu).", "salmu)..."),
    "another file as well": _style,
    "a new item": _new_item,
    "a file of the site was changed": _damaged_page,
    "a file of the site was removed": _removed_page,
    "another output was made of other texts": _other_site,
    "the site was checked with other texts": _checked,
    **{f"nothing is kept of {table}": _forgotten(table) for table in ("tasks", "told", "states")},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_after_another_change_the_whole_site_is_built(change: Callable[[Project], None], site: Project) -> None:
    """As by a build that never knew the site before."""
    change(site)
    edit(site)
    built = made(site)
    assert built.publishable
    assert not built.staying
    wanted, found = clean(site), output(site)
    assert found == {path: digest for path, digest in wanted.items() if path in found or path != MANIFEST}


@pytest.mark.parametrize(
    "others", [{"today": datetime.date(2026, 11, 23)}, {"base_url": "http://127.0.0.1:9000/"}, {"drafts": True}]
)
def test_with_other_options_the_whole_site_is_built(others: dict[str, Any], site: Project) -> None:
    """Something may have come or gone by another day; every page has the address."""
    options = dataclasses.replace(OPTIONS, **others)
    edit(site)
    assert not made(site, options).staying
    assert tree(site.folder / "public") == clean(site, options)


@pytest.mark.parametrize("more", [{"rewrite": True}, {"held": Held()}])
def test_who_asks_for_a_whole_build_gets_one(more: dict[str, Any], site: Project) -> None:
    """Everything anew, or what the preview goes on from by itself."""
    edit(site)
    assert not made(site, **more).staying


@pytest.mark.parametrize("other", ["figure", "item"])
def test_outcomes_of_a_build_that_was_killed_are_not_gone_on_from(
    other: str, site: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are of another fact, or of another neighbour, which are not there any more."""
    figures = "content/facts/figures.yaml"
    before: dict[str, str | None] = {figures: site.text(figures)}
    if other == "figure":
        edit(site, "value: 114", "value: 115", figures)
    else:
        _new_item(site)
        before |= {f"content/news/2016/otrs.{code}.md": None for code in ("lv", "en")}
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr("site_builder.making.Workshop.keep", _killed)
        made(site)
    site.write(before)
    edit(site)
    assert not made(site).staying
    assert tree(site.folder / "public") == clean(site)


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_our_own_mistake_is_raised(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a whole build would."""

    def wrong(*_: object) -> None:
        raise ValueError("ours")

    monkeypatch.setattr("site_builder.outputs.news.share_links", wrong)
    edit(site)
    with pytest.raises(ValueError, match="ours"):
        made(site)


def test_a_rollback_is_not_gone_on_from(site: Project) -> None:
    """What is live is older than what is kept."""
    edit(site, "summary: The", "summary: New. The")
    made(site)
    with Publication(site.folder / "public", site.folder) as publication:
        publication.restore()
    edit(site)
    assert not made(site).staying
    assert tree(site.folder / "public") == clean(site)


@pytest.mark.parametrize(
    ("wrong", "code"), [("[the house](facility:salmu#none)", "dead-anchor"), ("[[fact:childen]]", "unknown-fact")]
)
def test_a_mistake_is_told_and_changes_nothing(wrong: str, code: str, site: Project) -> None:
    """A place that is not there, which only the finished page shows; a name that nobody knows."""
    before = tree(site.folder / "public")
    edit(site, "[the house](facility:salmu)", wrong)
    built = made(site)
    assert (built.publishable, built.staying) == (False, {})
    assert code in [found.code for found in built.problems]
    assert tree(site.folder / "public") == before
    edit(site, wrong, "[the house](facility:salmu)")
    made(site)
    assert tree(site.folder / "public") == before


def test_a_word_that_is_gone_is_missed(site: Project) -> None:
    """Nothing new takes its place."""
    words = site.text("templates/i18n/en.yaml")
    site.write({"templates/i18n/en.yaml": "".join(one for one in words.splitlines(True) if "footer.pages:" not in one)})
    edit(site)
    built = made(site)
    assert (built.publishable, built.staying) == (False, {})


def test_a_page_that_is_too_heavy_is_told(site: Project) -> None:
    """When it becomes so, and when it is not any more."""
    words, told = "Word. " * 8000, []
    for old, new in (("See [the", f"{words}See [the"), (words, "")):
        edit(site, old, new)
        built = made(site)
        told.append("over-budget" in [found.code for found in built.problems])
        assert not built.staying
    assert told == [True, False]


def test_an_id_that_goes_is_a_whole_build(site: Project) -> None:
    """Others may link to it."""
    edit(site, "Services", "## Rooms\n\nServices")
    assert made(site).staying
    edit(site, "## Rooms\n\n", "")
    assert not made(site).staying
    assert tree(site.folder / "public") == clean(site)


def test_a_warning_that_was_told_of_a_file_is_told_again(site: Project) -> None:
    """At its new line, or not any more."""
    lines = []
    for old, new in (("salmu).", "salmu)..."), ("Services", "\nServices"), ("salmu)...", "salmu).")):
        edit(site, old, new)
        built = made(site)
        assert not built.staying
        lines.append([found.place.line for found in built.problems if found.place.path == BODY])
    assert lines == [[7], [8], []]
    assert tree(site.folder / "public") == clean(site)


def test_an_early_warning_that_is_another_is_told(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is found before anything is made need not be an input: another line will do."""
    for line, stays in ((3, False), (3, True), (4, False), (None, False)):
        told = [] if line is None else [problem("empty-file", Place("a", line), severity="warning")]
        monkeypatch.setattr("site_builder.build.theme_problems", lambda theme, told=told: told)
        site.write({BODY: site.text(BODY) + "\nMore.\n"})
        built = made(site)
        assert (list(built.problems), bool(built.staying)) == (told, stays)


@pytest.mark.parametrize("table", TABLES)
def test_whatever_is_damaged_in_the_store_the_site_is_right(table: str, site: Project) -> None:
    """Every kept value with another first byte: what its checksum does not fit is not there."""
    store = Store(site.folder / FOLDER)
    store._change(f"UPDATE {table} SET value = X'00' || substr(value, 2)", [()])
    store.close()
    edit(site)
    made(site)
    assert tree(site.folder / "public") == clean(site)


def test_a_body_that_a_plan_reads_is_planned_again(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """No plan reads one today."""

    def reading(site: Site, assets: Assets) -> list[PlannedFile]:
        site.ledger.note("body", "news", "2016/lemums", "en")
        return plan(site, assets)

    monkeypatch.setattr("site_builder.build.plan", reading)
    _never_stays(project)


def test_a_body_that_a_check_of_the_whole_site_reads_is_checked_again(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No such check reads one today."""

    def reading(site: Site) -> Iterator[Problem]:
        site.ledger.note("body", "news", "2016/lemums", "en")
        yield from ()

    monkeypatch.setattr("site_builder.tasks.SITE_CHECKS", (reading,))
    _never_stays(project)


def _never_stays(project: Project) -> None:
    assert not made(project).staying
    edit(project)
    assert not made(project).staying


def test_an_output_that_could_not_be_written_is_not_gone_on_from(
    site: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is kept is newer than the site then."""
    edit(site)
    with monkeypatch.context() as patched:
        patched.setattr("site_builder.publishing.exchange.exchange", _refused)
        assert made(site).problems[-1].code == "publish-failed"
    edit(site, "Look at", "See")
    built = made(site)
    assert built.publishable
    assert tree(site.folder / "public") == clean(site)


def _refused(*_: object) -> None:
    raise OSError(28, "No space left on device")
