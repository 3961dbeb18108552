"""No day to come stops a build that nobody has touched: what would is told today, or is no error."""

import re

import pytest
from conftest import Project

SITE = "content/site.yaml"
LATER = "2027-01-02"


def news(key: str, slug: str, fields: str) -> dict[str, str | None]:
    """The files of an item of 2026."""
    head = f"date: 2026-11-01\npublished: 2026-11-22\ncategory: decisions\nsources: []\n{fields}"
    return {
        f"content/news/2026/{key}.{code}.md": (
            f"---\ntitle: {key} {code}\nsummary: {key} – {code}.\nslug: {slug}\n{head if code == 'lv' else ''}---\n\n"
            f"{key}: {code}.\n"
        )
        for code in ("lv", "en")
    }


def told(project: Project, capsys: pytest.CaptureFixture[str], day: str) -> list[tuple[str, str]]:
    """Where something is wrong on a day, and what."""
    capsys.readouterr()
    project.run("build", "--output", str(project.output), "--date", day)
    pattern = r"^(.+?):\d+:\d+: (?:error\[|warning\[(?=not-published))(.+?)\]"
    return re.findall(pattern, capsys.readouterr().err, re.MULTILINE)


def test_a_taken_address_is_told_before_the_day(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """An item that begins later, at the address of one that is there; and not when that one will be gone."""
    project.write(news("now", "same", "") | news("then", "same", "publish_from: 2027-01-01\n"))
    places = [(f"content/news/2026/then.{code}.md", "same-address") for code in ("en", "lv")]
    assert told(project, capsys, "2026-11-22") == places
    project.write(news("now", "same", "expires: 2027-01-01\n"))
    assert told(project, capsys, "2026-11-22") == []
    assert told(project, capsys, LATER) == []


def test_a_taken_old_address_is_told_before_the_day(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """An item that begins later claims, as its old address, the one of a page."""
    later = news("then", "then", "publish_from: 2027-01-01\n")
    path = "content/news/2026/then.en.md"
    later[path] = str(later[path]).replace("slug: then", "slug: then\naliases: [/en/news/2026/now/]")
    project.write(news("now", "now", "") | later)
    assert told(project, capsys, "2026-11-22") == [(path, "same-address")]


def test_a_draft_takes_no_address(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """Until somebody says that it is none, there is no day on which it would be published."""
    project.write(news("now", "same", "") | news("never", "same", "draft: true\npublish_from: 2027-01-01\n"))
    assert told(project, capsys, "2026-11-22") == []


def test_a_redirect_to_an_item_that_ends_stays(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """A warning in every build from that day on; deleted, the item leaves a dead link."""
    redirect = "redirects:\n  - {from: /en/old/, to: /en/news/2026/item/}\n"
    project.write({SITE: project.text(SITE) + redirect, **news("item", "item", "expires: 2027-01-01\n")})
    assert told(project, capsys, "2026-11-22") == []
    for text in ("", "more\n"):
        path = "content/pages/privacy.en.md"
        project.write({path: project.text(path) + text})
        assert told(project, capsys, LATER) == [(SITE, "not-published")]
    project.write(dict.fromkeys(news("item", "item", "")))
    assert told(project, capsys, LATER) == [(SITE, "dead-link")]
