"""Rendering: pages from templates, which see only what they are shown, and the mistakes of templates."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from rendering import WORDS, kept_reads, rendered

from site_builder.build import _of_files
from site_builder.ledger import Ledger
from site_builder.outputs.assets import Assets
from site_builder.outputs.planned_file import FromTemplate, PlannedFile
from site_builder.problems import Place, Problem
from site_builder.publishing.records import FileRecord
from site_builder.render import Renderer
from site_builder.store import Store
from site_builder.templating import Templates


@pytest.fixture
def templates(tmp_path: Path) -> Callable[..., Templates]:
    """Writes templates, by name without ending, and gives their environment."""

    def write(**texts: str) -> Templates:
        (tmp_path / "templates").mkdir()
        for name, text in texts.items():
            (tmp_path / "templates" / f"{name}.html").write_text(text, "utf-8")
        return Templates(tmp_path, WORDS, dict.fromkeys(WORDS, str), Ledger(), Store())

    return write


def _planned(template: str, language: str = "lv", path: str = "lv/index.html", **view: object) -> PlannedFile:
    page = FromTemplate(template, language, SimpleNamespace(**view))
    return PlannedFile(path, lambda site, assets: page)


def _render(planned: list[PlannedFile], templates: Templates) -> tuple[list[bytes], list[Problem]]:
    workshop, contents = rendered(planned, templates)
    return list(contents.values()), _of_files(workshop, planned)


@pytest.mark.parametrize(("language", "text"), [("lv", "Sākums: A"), ("en", "Home: A")])
def test_a_page_is_made_from_view_and_words(templates: Callable[..., Templates], language: str, text: str) -> None:
    """A template sees its view and the words of its language."""
    planned = [_planned("a.html", language, title="A")]
    assert _render(planned, templates(a="{{ t('home') }}: {{ view.title }}")) == ([text.encode()], [])


def test_what_a_view_says_is_escaped(templates: Callable[..., Templates]) -> None:
    """Words are words, even when they look like HTML."""
    made, _ = _render([_planned("a.html", title='<b>"&')], templates(a="{{ view.title }}"))
    assert made == [b"&lt;b&gt;&#34;&amp;"]


def test_a_content_is_hashed_once() -> None:
    """What staging says of a content is what is remembered of the file."""
    given = FileRecord(7, "ab" * 32)
    site: Any = SimpleNamespace(ledger=Ledger(), config=SimpleNamespace(base_path=""))
    site.ledger.declare(("assets",), "")
    renderer = Renderer(site, Assets((), (), b"", {}), cast("Templates", None), lambda path, content: given, Store())
    made = renderer.make(PlannedFile("a.txt", lambda site, assets: b"content"))
    assert (made.size, made.sha256.hex()) == given


def test_a_file_may_be_made_without_a_template(templates: Callable[..., Templates]) -> None:
    """A function of what it is told gives the bytes."""
    planned = PlannedFile("a.txt", lambda site, assets, title: title.encode(), ("ā",))
    assert _render([planned], templates()) == (["ā".encode()], [])


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("x\n{{ view.absent }}", "template-error", 2),
        ("x\n\n{{ absent }}", "template-error", 3),
        ("x\n{% if %}", "template-error", 2),
        ("x\n{{ t('absent') }}", "template-word", 2),
        ("x\n{{ 1 + 'a' }}", "template-error", 2),
        ("x\n{% include 'absent.html' %}", "template-missing", 2),
    ],
)
def test_a_template_that_fails_is_told_with_its_line(
    templates: Callable[..., Templates], text: str, code: str, line: int
) -> None:
    """Missing fields, words and templates, and slips in the template itself."""
    made, problems = _render([_planned("a.html")], templates(a=text))
    assert made == []
    assert [(found.code, found.place) for found in problems] == [(code, Place("templates/a.html", line))]


def test_a_mistake_is_told_in_the_template_that_has_it(templates: Callable[..., Templates]) -> None:
    """The part that was included is named, not the page."""
    _, problems = _render([_planned("a.html")], templates(a="{% include 'b.html' %}", b="\n{{ view.absent }}"))
    assert [found.place for found in problems] == [Place("templates/b.html", 2)]


def test_a_template_that_fails_is_told_once(templates: Callable[..., Templates]) -> None:
    """One mistake in a template is one problem, however many pages it makes."""
    planned = [_planned("a.html", path=f"{number}.html") for number in range(3)]
    _, problems = _render(planned, templates(a="{{ view.absent }}"))
    assert len(problems) == 1


def test_a_template_that_fails_does_not_stop_the_others(templates: Callable[..., Templates]) -> None:
    """All templates are tried, so that all mistakes are told at once."""
    planned = [_planned("a.html", path="a.html"), _planned("b.html", path="b.html")]
    made, problems = _render(planned, templates(a="{{ view.absent }}", b="b"))
    assert (made, len(problems)) == ([b"b"], 1)


def test_progress_is_told_after_each_file(templates: Callable[..., Templates]) -> None:
    """Files that fail count too."""
    ticks: list[None] = []
    planned = [_planned("a.html", path="a.html"), _planned("b.html", path="b.html")]
    rendered(planned, templates(a="a", b="{{ view.absent }}"), tick=lambda: ticks.append(None))
    assert len(ticks) == 2


def test_an_id_that_a_page_has_twice_is_told(templates: Callable[..., Templates]) -> None:
    """Two texts of a page may have headings of one name; a link could not tell them (HTML 3.2.6)."""
    _, problems = _render([_planned("a.html")], templates(a='<p id="x"><p id="x"><p id="y">'))
    assert [(found.code, found.place.path) for found in problems] == [("id-twice", "lv/index.html")]


def test_what_a_page_was_printed_from_is_noted(templates: Callable[..., Templates]) -> None:
    """Every template that has a part in it, also through others, and none else."""
    made = templates(a="{% include 'b.html' %}", b="{% import 'c.html' as c %}", c="c", d="d")
    workshop, _ = rendered([_planned("a.html")], made)
    reads = kept_reads(workshop.store)["file:lv/index.html"]
    noted = {node for node, digest in made.ledger.nodes.items() if digest in reads}
    assert noted == {("assets",), ("marks", "lv"), *(("template", f"{name}.html") for name in "abc")}


def test_a_template_that_may_be_missing_is_looked_for_again(templates: Callable[..., Templates]) -> None:
    """A page that does without a template is made from which templates there are."""
    made = templates(a="{% include 'b.html' ignore missing %}")
    workshop, _ = rendered([_planned("a.html")], made)
    assert made.ledger.nodes["template",] in kept_reads(workshop.store)["file:lv/index.html"]
