"""A build after an edit makes what reads the edited input and nothing else, on the command line and in the preview."""

import dataclasses
import datetime
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from conftest import TODAY, Project, tree

from site_builder.build import Built, build, check
from site_builder.config import Options
from site_builder.engine.task_graph import PREFIX, GraphFiles
from site_builder.outputs.assets import Assets
from site_builder.outputs.planned_file import PlannedFile
from site_builder.plan import plan
from site_builder.preview import Preview
from site_builder.problems import Place, Problem, problem
from site_builder.publishing.manifest import MANIFEST
from site_builder.publishing.publication import Publication
from site_builder.site import Site
from site_builder.store import FOLDER, TABLES, Store

BODY = "content/news/2016/lemums.en.md"
LATVIAN = BODY.replace(".en.", ".lv.")
PRIVACY = "content/pages/privacy.en.md"
OPTIONS = Options(None, datetime.date.fromisoformat(TODAY))
PAGE = "en/news/2016/decision/index.html"
FEEDS = {
    f"en/{folder}{name}"
    for folder in ("", "feeds/category/decisions/", "feeds/facility/salmu/", "feeds/service/care/")
    for name in ("feed.json", "feed.xml", "rss.xml")
}


class CommandLine:
    """Builds as processes of their own do: with nothing in memory, into a folder."""

    def __init__(self, project: Project) -> None:
        self.project = project

    def build(self, options: Options = OPTIONS, **more: Any) -> Built:
        """Build and publish."""
        return build(self.project.folder, self.project.folder / "public", options, **more)[0]

    def files(self) -> dict[str, str]:
        """The SHA-256 of every file, but for assets that only old pages need and the manifest, which names these."""
        folder = self.project.folder / "public"
        kept = {one["path"] for one in json.loads((folder / MANIFEST).read_bytes())["files"] if one["kept"]}
        return {path: digest for path, digest in tree(folder).items() if path not in {MANIFEST, *kept}}


class Shown(CommandLine):
    """Builds as the preview does: with what earlier builds have left in memory, into nothing."""

    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self.preview = Preview(project.folder)

    def build(self, options: Options = OPTIONS, **more: Any) -> Built:
        """Build what the preview shows."""
        return self.preview.build(options, **more)

    def files(self) -> dict[str, str]:
        """The SHA-256 of every file that the preview shows."""
        return self.preview.files()


@pytest.fixture(params=[CommandLine, Shown])
def site(request: pytest.FixtureRequest, project: Project) -> Any:
    """The small site after its first build."""
    found = request.param(project)
    assert found.build().publishable
    return found


CLEAN: dict[str, tuple[dict[str, str], Built]] = {}


def clean(project: Project, options: Options = OPTIONS) -> tuple[dict[str, str], Built]:
    """The files and findings of a build that knows nothing of earlier ones; built once for equal sources."""
    sources = {name: tree(project.folder / name) for name in ("content", "templates", "static")}
    key = repr((sources, options, (project.folder / ".git").exists()))
    if key not in CLEAN:
        folder = project.folder.with_name("clean")
        shutil.copytree(
            project.folder,
            folder,
            ignore=shutil.ignore_patterns("public", "dist", ".site-builder"),
            symlinks=True,
        )
        other = CommandLine(Project(folder))
        built = other.build(options)
        CLEAN[key] = other.files() if built.publishable else {}, built
        shutil.rmtree(folder)
    return CLEAN[key]


def same_as_clean(site: CommandLine, built: Built, options: Options = OPTIONS) -> None:
    """Files, problems and counts are those of a clean build."""
    files, expected = clean(site.project, options)
    assert site.files() == files
    for part in ("problems", "pages", "calendar", "promised", "withdrawn", "publishable"):
        assert getattr(built, part) == getattr(expected, part), part


def edit(site: CommandLine, old: str = "See [the house]", new: str = "Look at [the house]", path: str = BODY) -> None:
    site.project.replace(path, old, new)


# What is made ---------------------------------------------------------------------------------------------------


def test_an_edited_body_is_on_every_page_that_shows_it(site: CommandLine) -> None:
    """Its page and the feeds with its full text, and no other file; also with figures, links and headings."""
    for old, new in (
        ("See [the house]", "Look at [the house]"),
        ("Services", "## Rooms\n\nServices"),
        ("Look at", "[[fact:children]], see"),
    ):
        edit(site, old, new)
        built = site.build()
        assert built.made.keys() == {PAGE, *FEEDS}
        assert {reason.inputs for reason in built.made.values()} == {(("body", "news", "2016/lemums", "en"),)}
        same_as_clean(site, built)


def test_both_languages_and_a_page_at_once(site: CommandLine) -> None:
    """Each edit makes what reads it."""
    edit(site)
    edit(site, "Skatiet", "Redziet", LATVIAN)
    site.project.write({PRIVACY: site.project.text(PRIVACY) + "\nMore.\n"})
    built = site.build()
    assert {PAGE, "lv/jaunumi/2016/lemums/index.html", "en/privacy/index.html"} <= built.made.keys()
    assert not any(path.startswith("embed/") for path in built.made)
    same_as_clean(site, built)


def test_one_edit_after_another(site: CommandLine) -> None:
    """Each edit makes its readers, also after a build that made files for another reason."""
    _style(site)
    assert len(site.build().made) > len(site.files()) / 2
    site.project.write({PRIVACY: site.project.text(PRIVACY) + "\nMore.\n"})
    assert site.build().made.keys() == {"en/privacy/index.html"}
    edit(site)
    built = site.build()
    assert built.made.keys() == {PAGE, *FEEDS}
    same_as_clean(site, built)


def test_nothing_is_made_when_nothing_has_changed(site: CommandLine) -> None:
    built = site.build()
    assert built.made == {}
    same_as_clean(site, built)


def test_an_edit_that_no_page_shows_changes_no_file(site: CommandLine) -> None:
    """A page is made, and is equal."""
    before = site.files()
    edit(site, "salmu).", "salmu).\n\n")
    assert PAGE in site.build().made
    assert site.files() == before


def test_an_edit_that_is_taken_back(site: CommandLine) -> None:
    """The same files come back."""
    before = site.files()
    for old, new in (("See", "Look at"), ("Look at", "See")):
        edit(site, f"{old} [the house]", f"{new} [the house]")
        assert PAGE in site.build().made
    assert site.files() == before


def test_a_new_title_is_where_titles_are(site: CommandLine) -> None:
    """In lists, feeds, pieces and site maps of its language; the other language has only links to its address."""
    edit(site, "title: A decision", "title: One decision")
    built = site.build()
    assert {PAGE, "en/news/index.html", "en/index.html", "en/site-map/index.html", *FEEDS} <= built.made.keys()
    latvian = {path for path in built.made if path.startswith(("lv/", "embed/lv/"))}
    assert latvian <= {"lv/jaunumi/2016/lemums/index.html"}
    same_as_clean(site, built)


def test_a_word_of_one_page_makes_that_page(site: CommandLine) -> None:
    """No other page has read it."""
    edit(site, "data.changes.heading: ", "data.changes.heading: New ", "templates/i18n/en.yaml")
    built = site.build()
    assert {path for path in built.made if path.endswith(".html")} <= {
        "en/data/changes/index.html", "en/data/index.html", "en/site-map/index.html",
    }  # fmt: skip
    assert built.made
    same_as_clean(site, built)


def test_a_remark_makes_nothing(site: CommandLine) -> None:
    """It moves lines, which no page shows."""
    edit(site, "title: ", "# New\ntitle: ")
    built = site.build()
    assert built.made == {}
    same_as_clean(site, built)


# Any change -----------------------------------------------------------------------------------------------------


def _new_item(site: CommandLine) -> None:
    for code in ("lv", "en"):
        text = site.project.text(BODY.replace(".en.", f".{code}."))
        site.project.write({f"content/news/2016/otrs.{code}.md": text.replace("slug: decision", "slug: other")})


def _style(site: CommandLine) -> None:
    site.project.write({"static/site.css": site.project.text("static/site.css") + "\n.new { margin: 0 }\n"})


def _damaged_page(site: CommandLine) -> None:
    output = site.project.folder / "public"
    if output.exists():
        (output / "index.html").write_text("x", "utf-8")


def _removed_page(site: CommandLine) -> None:
    (site.project.folder / "public/index.html").unlink(missing_ok=True)


def _other_site(site: CommandLine) -> None:
    """Another output of the same project is made from other texts, and these are taken back."""
    edit(site, "summary: The", "summary: New. The")
    assert build(site.project.folder, site.project.folder / "dist", OPTIONS)[0].publishable
    edit(site, "summary: New. The", "summary: The")


def _checked(site: CommandLine) -> None:
    """The graph is of a later state than the site."""
    edit(site, "summary: The", "summary: New. The")
    assert check(site.project.folder, site.project.folder / "public", OPTIONS).publishable


def _linked(site: CommandLine) -> None:
    path = site.project.folder / BODY
    path.rename(site.project.folder / "content/news/.elsewhere.md")
    path.symlink_to("../.elsewhere.md")


def _moved_head(site: CommandLine) -> None:
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-C", str(site.project.folder)]
    for command in (["init", "-q"], ["add", "content"], ["commit", "-q", "-m", "x"]):
        subprocess.run([*git, *command], check=True)


def _forgotten(table: str) -> Callable[[CommandLine], None]:
    def forget(site: CommandLine) -> None:
        store = Store(site.project.folder / FOLDER)
        store.drop(table, store.keys(table))
        store.close()

    return forget


def _damaged(table: str) -> Callable[[CommandLine], None]:
    """Every value with another first byte: what its checksum does not fit is not there."""

    def damage(site: CommandLine) -> None:
        store = Store(site.project.folder / FOLDER)
        store._change(f"UPDATE {table} SET value = X'00' || substr(value, 2)", [()])
        store.close()

    return damage


def _without_graphs(site: CommandLine) -> None:
    for path in (site.project.folder / FOLDER).glob(f"{PREFIX}*"):
        path.unlink()


CHANGES: dict[str, Callable[[CommandLine], None]] = {
    "a field": lambda site: edit(site, "summary: The", "summary: New. The"),
    "a remark between the fields": lambda site: edit(site, "title: ", "# New\ntitle: "),
    "a warning": lambda site: edit(site, "salmu).", "salmu)..."),
    "a style": _style,
    "a new item": _new_item,
    "a link to a file": _linked,
    "the history of the facts": _moved_head,
    "a file of the site was changed": _damaged_page,
    "a file of the site was removed": _removed_page,
    "another output was made of other texts": _other_site,
    "the site was checked with other texts": _checked,
    "the graphs were removed": _without_graphs,
    **{f"{table} are emptied": _forgotten(table) for table in TABLES},
    **{f"{table} are damaged": _damaged(table) for table in TABLES},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_after_any_change_and_an_edit_the_site_is_that_of_a_clean_build(
    change: Callable[[CommandLine], None], site: CommandLine
) -> None:
    """Files, problems and counts."""
    change(site)
    edit(site)
    same_as_clean(site, site.build())
    if isinstance(site, Shown):
        assert {path for path in site.files() if site.preview.content(path) is None} == set()


@pytest.mark.parametrize(
    "others", [{"today": datetime.date(2026, 11, 23)}, {"base_url": "http://127.0.0.1:9000/"}, {"drafts": True}]
)
def test_with_other_options_the_site_is_that_of_a_clean_build(others: dict[str, Any], site: CommandLine) -> None:
    """Something may have come or gone by another day; every page has the address. And back again."""
    options = dataclasses.replace(OPTIONS, **others)
    edit(site)
    same_as_clean(site, site.build(options), options)
    edit(site, "Look at", "See")
    same_as_clean(site, site.build())


def test_the_day_of_the_clock_is_an_input(site: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The options of the preview say nothing of the day."""
    whole = site.build(Options())
    assert site.build(Options()).made == {}

    class Later(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> "Later":
            return cls(2050, 1, 1, tzinfo=tz)

    monkeypatch.setattr("site_builder.config.datetime.datetime", Later)
    later = site.build(Options())
    assert later.calendar != whole.calendar
    assert later.problems != whole.problems


@pytest.mark.parametrize("other", ["figure", "item"])
def test_a_build_that_was_killed_leaves_nothing_that_is_believed(
    other: str, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It made pages of another fact, or of another neighbour, which are not there any more."""
    site = CommandLine(project)
    site.build()
    figures = "content/facts/figures.yaml"
    before: dict[str, str | None] = {figures: project.text(figures)}
    if other == "figure":
        edit(site, "value: 114", "value: 115", figures)
    else:
        _new_item(site)
        before |= {f"content/news/2016/otrs.{code}.md": None for code in ("lv", "en")}
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(GraphFiles, "save", _killed)
        site.build()
    project.write(before)
    edit(site)
    same_as_clean(site, site.build())


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_our_own_mistake_is_raised(site: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception that no problem explains is a bug of ours; the build after it is right."""

    def wrong(*_: object) -> None:
        raise ValueError("ours")

    edit(site)
    with monkeypatch.context() as patched:
        patched.setattr("site_builder.outputs.news.share_links", wrong)
        with pytest.raises(ValueError, match="ours"):
            site.build()
    same_as_clean(site, site.build())


def test_after_a_rollback_the_site_is_made_again(project: Project) -> None:
    """What is live is older than what is cached."""
    site = CommandLine(project)
    site.build()
    edit(site, "summary: The", "summary: New. The")
    site.build()
    with Publication(project.folder / "public", project.folder) as publication:
        publication.restore()
    edit(site)
    same_as_clean(site, site.build())


@pytest.mark.parametrize(
    ("wrong", "code"), [("[the house](facility:salmu#none)", "dead-anchor"), ("[[fact:childen]]", "unknown-fact")]
)
def test_a_mistake_changes_nothing(wrong: str, code: str, site: CommandLine) -> None:
    """A place that is not there, which only the finished page shows; a name that nobody knows."""
    before = site.files()
    edit(site, "[the house](facility:salmu)", wrong)
    for _ in range(2):
        built = site.build()
        assert not built.publishable
        assert code in [found.code for found in built.problems]
        assert built.problems == clean(site.project)[1].problems
        assert site.files() == before
    edit(site, wrong, "[the house](facility:salmu)")
    same_as_clean(site, site.build())
    assert site.files() == before


def test_a_word_that_is_gone_is_missed(site: CommandLine) -> None:
    """Nothing new takes its place."""
    words = site.project.text("templates/i18n/en.yaml")
    lines = [one for one in words.splitlines(True) if "footer.pages:" not in one]
    site.project.write({"templates/i18n/en.yaml": "".join(lines)})
    before = site.files()
    built = site.build()
    assert (built.publishable, built.problems) == (False, clean(site.project)[1].problems)
    assert site.files() == before
    site.project.write({"templates/i18n/en.yaml": words})
    same_as_clean(site, site.build())


def test_a_page_that_is_too_heavy_is_reported(site: CommandLine) -> None:
    """When it becomes so, while it is so, and not any more."""
    words, found = "Word. " * 8000, []
    for old, new in (("See [the", f"{words}See [the"), ("Services", "Services "), (words, "")):
        edit(site, old, new)
        built = site.build()
        found.append("over-budget" in [one.code for one in built.problems])
        same_as_clean(site, built)
    assert found == [True, True, False]


def test_a_heading_that_goes_is_missed_by_who_links_to_it(site: CommandLine) -> None:
    """Each build reports the link, although its page has not changed, until one of the two pages is corrected."""
    edit(site, "Services", "## Rooms\n\nServices")
    link = "\nSee [rooms](news:2016/lemums#rooms).\n"
    site.project.write({PRIVACY: site.project.text(PRIVACY) + link})
    assert site.build().publishable
    edit(site, "## Rooms\n\n", "")
    for _ in range(2):
        assert [found.code for found in site.build().problems if found.severity == "error"] == ["dead-anchor"]
    site.project.replace(PRIVACY, link, "")
    same_as_clean(site, site.build())


def test_a_warning_moves_with_its_line(site: CommandLine) -> None:
    """Every build reports it at its present line until the text is corrected."""
    lines = []
    for old, new in (("salmu).", "salmu)..."), ("Services", "\nServices"), ("title: ", "# New\ntitle: "),
                     ("salmu)...", "salmu).")):  # fmt: skip
        edit(site, old, new)
        built = site.build()
        lines.append([found.place.line for found in built.problems if found.place.path == BODY])
        same_as_clean(site, built)
    assert lines == [[7], [8], [9], []]


def test_an_early_warning_that_is_another_is_reported(site: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is found before any task runs need not be an input."""
    for line in (3, 3, 4, None):
        found = [] if line is None else [problem("empty-file", Place("a", line), severity="warning")]
        monkeypatch.setattr("site_builder.build.theme_problems", lambda theme, found=found: found)
        site.project.write({BODY: site.project.text(BODY) + "\nMore.\n"})
        assert list(site.build().problems) == found


def test_a_body_that_a_plan_reads_is_planned_again(site: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    """No plan reads one today."""

    def reading(site: Site, assets: Assets) -> list[PlannedFile]:
        entry = site.get("news", "2016/lemums")
        words = site.text(entry, "en", "body").plain

        def write(site: Site, assets: Assets, text: str) -> bytes:
            return text.encode()

        return [*plan(site, assets), PlannedFile("words.txt", write, (words,))]

    monkeypatch.setattr("site_builder.build.plan", reading)
    site.build()
    before = site.files()["words.txt"]
    edit(site)
    assert "words.txt" in site.build().made
    assert site.files()["words.txt"] != before


def test_a_check_of_the_whole_site_may_read_a_body(site: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is asked again when that body has changed; no such check reads one today."""
    asked: list[str] = []

    def reading(site: Site) -> Iterator[Problem]:
        asked.append(site.text(site.get("news", "2016/lemums"), "en", "body").plain)
        yield from ()

    monkeypatch.setattr("site_builder.tasks.SITE_CHECKS", (reading,))
    for _ in range(2):
        site.build()
    edit(site)
    site.build()
    assert len(asked) == 2
    assert asked[0] != asked[1]


def test_an_output_that_could_not_be_written_is_written_next_time(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cache is newer than the site then."""
    site = CommandLine(project)
    site.build()
    edit(site)
    with monkeypatch.context() as patched:
        patched.setattr("site_builder.publishing.exchange.exchange", _refused)
        assert site.build().problems[-1].code == "publish-failed"
    edit(site, "Look at", "See")
    same_as_clean(site, site.build())


def _refused(*_: object) -> None:
    raise OSError(28, os.strerror(28))


# The preview ----------------------------------------------------------------------------------------------------


def test_a_preview_begins_with_what_the_last_one_saved(project: Project) -> None:
    """Nothing is made by a new process; what was not saved is made again, and is equal."""
    options = Options("http://127.0.0.1:8000/", OPTIONS.today)
    first = Shown(project)
    assert len(first.build(options).made) > 50
    first.preview.save()
    assert Shown(project).build(options).made == {}
    edit(first)
    assert PAGE in first.build(options).made
    second = Shown(project)
    assert PAGE in second.build(options).made
    assert second.files() == first.files()


def test_what_a_preview_shows_is_the_content(project: Project) -> None:
    """Of every file, with the digest that it names; of nothing else."""
    site = Shown(project)
    site.build()
    edit(site)
    site.build()
    for path, digest in site.files().items():
        content = site.preview.content(path)
        assert content is not None
        assert digest == hashlib.sha256(content).hexdigest()
    for path in ("", "absent.html", "../content/site.yaml", "links:news:2016/lemums", "cards:"):
        assert site.preview.content(path) is None
