"""Addresses that were published: one that vanishes is an error with two ways out, and lists may come and go."""

import shutil

import pytest
from conftest import Project

from site_builder.publishing.records import Promised, vanished

LV = "content/news/2016/lemums.lv.md"
EN = "content/news/2016/lemums.en.md"
SITE = "content/site.yaml"
GONE = ["/en/news/2016/decision/", "/lv/jaunumi/2016/lemums/"]
REDIRECTS = """
redirects:
  - {from: /lv/jaunumi/2016/lemums/, to: /lv/jaunumi/}
  - {from: /en/news/2016/decision/, to: /en/news/}
"""
WITHDRAWN = """
withdrawn:
  - {address: /lv/jaunumi/2016/lemums/, reason: {lv: Kļūda, en: A mistake}}
  - {address: /en/news/2016/decision/, reason: {lv: Kļūda, en: A mistake}}
"""


def _add(project: Project, lines: str) -> None:
    project.write({SITE: project.text(SITE) + lines})


def _told(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The addresses that are told to have vanished, in the order of the messages."""
    lines = capsys.readouterr().err.splitlines()
    told = [line.split("the address ")[1].split(" ")[0] for line in lines if "error[vanished-address]" in line]
    assert len([line for line in lines if "aliases: [" in line and "withdrawn" in line]) == len(told)
    return told


def test_a_deleted_page_is_told_and_nothing_is_published(
    published: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both languages, with a hint that names the two ways out; lists by year, category and tag may go."""
    published.write({LV: None, EN: None})
    assert published.build() == 1
    assert _told(capsys) == GONE
    assert (published.output / "lv/jaunumi/2016/lemums/index.html").exists()
    assert published.build("--clean") == 1
    assert _told(capsys) == GONE


@pytest.mark.parametrize("lines", [REDIRECTS, WITHDRAWN], ids=["redirected", "withdrawn"])
def test_each_way_out_leads_out(published: Project, lines: str) -> None:
    """A redirect, or a line that says why the page is gone."""
    published.write({LV: None, EN: None})
    _add(published, lines)
    assert published.build() == 0
    assert not (published.output / "lv/jaunumi/2016").exists() or lines == REDIRECTS


def test_a_new_address_needs_the_old_one_as_alias(published: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """A changed slug is told; with `aliases` the old address leads on."""
    published.replace(EN, "slug: decision", "slug: resolution")
    assert published.build() == 1
    assert _told(capsys) == ["/en/news/2016/decision/"]
    published.replace(EN, "slug: resolution", "slug: resolution\naliases: [/en/news/2016/decision/]")
    assert published.build() == 0
    assert "/en/news/2016/resolution/" in published.page("en/news/2016/decision/index.html")


def test_a_redirect_is_an_address_too(published: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """An alias that is taken away later would leave its readers nowhere."""
    published.replace(EN, "slug: decision", "slug: decision\naliases: [/en/old/]")
    assert published.build() == 0
    published.replace(EN, "\naliases: [/en/old/]", "")
    assert published.build() == 1
    assert _told(capsys) == ["/en/old/"]


@pytest.mark.parametrize("field", ["draft: true", "expires: 2026-11-22", "publish_from: 2030-01-01"])
def test_an_item_withdraws_itself(published: Project, field: str) -> None:
    """A draft, an expired item and one that has not begun need no further line, nor do their aliases."""
    published.replace(LV, "operation: esf", "operation: esf\naliases: [/lv/sen/]")
    assert published.build() == 0
    published.replace(LV, "operation: esf", f"operation: esf\n{field}")
    assert published.build() == 0
    assert not (published.output / "lv/jaunumi/2016").exists()


def test_a_check_tells_what_a_build_would(published: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """Beside an output; where nothing was published there is nothing to vanish."""
    published.replace(EN, "slug: decision", "slug: resolution")
    assert published.run("check") == 1
    assert _told(capsys) == ["/en/news/2016/decision/"]
    shutil.rmtree(published.output)
    assert published.run("check") == 0


def test_the_preview_does_not_ask(published: Project) -> None:
    """Whoever tries out an address in the preview has promised nothing."""
    import datetime

    from site_builder.config import Options
    from site_builder.preview import Preview

    published.replace(EN, "slug: decision", "slug: resolution")
    assert Preview(published.folder).build(Options(today=datetime.date(2026, 11, 22))).publishable


def test_a_manifest_of_an_older_version_promises_nothing() -> None:
    """What cannot be told apart is not asked for."""
    assert vanished(Promised(), Promised(frozenset({"/lv/"})), ()) == ()


def test_what_vanishes_is_what_lasts() -> None:
    """Pages and redirects, not lists; what is a page, a redirect or withdrawn now is not gone."""
    before = Promised(frozenset({"/a/", "/b/", "/c/", "/d/", "/list/"}), frozenset({"/list/"}), frozenset({"/old/"}))
    now = Promised(frozenset({"/a/"}), frozenset(), frozenset({"/b/"}))
    assert vanished(before, now, {"/c/"}) == ("/d/", "/old/")


def test_a_folder_that_is_withdrawn_takes_its_files_with_it() -> None:
    """Not the folders and pages beneath it, nor files of other folders."""
    names = {"/a/feed.xml", "/a/b/feed.xml", "/a/b/", "/c/feed.xml"}
    assert vanished(Promised(frozenset(names)), Promised(), {"/a/"}) == ("/a/b/", "/a/b/feed.xml", "/c/feed.xml")


def test_lists_are_told_from_pages_that_last(project: Project) -> None:
    """Lists by year, category and tag come and go, and so do further pages; sections and items last."""
    lists = project.make().built.promised.lists
    assert {"/lv/jaunumi/2016/", "/lv/jaunumi/kategorija/lemumi/", "/en/news/2016/"} <= lists
    assert lists.isdisjoint({"/", "/lv/", "/lv/jaunumi/", "/lv/jaunumi/2016/lemums/", "/en/news/"})
