"""Rendering: pages from templates, which see only what they are shown, and the mistakes of templates."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple, cast

import pytest
from conftest import PROJECT
from jinja2 import Environment, nodes
from rendering import WORDS, reads_of, rendered

from site_builder.build import _of_files
from site_builder.engine.dependencies import DependencyTracker
from site_builder.outputs.assets import Assets
from site_builder.outputs.planned_file import FromTemplate, PlannedFile
from site_builder.problems import Place, Problem
from site_builder.publishing.records import FileRecord
from site_builder.render import Renderer
from site_builder.store import Store
from site_builder.templating import FILTERS, GLOBALS, TESTS, Templates


@pytest.fixture
def templates(tmp_path: Path) -> Callable[..., Templates]:
    """Writes templates, by name without ending, and gives their environment."""

    def write(**texts: str) -> Templates:
        (tmp_path / "templates").mkdir()
        for name, text in texts.items():
            (tmp_path / "templates" / f"{name}.html").write_text(text, "utf-8")
        return Templates(tmp_path, WORDS, dict.fromkeys(WORDS, str), DependencyTracker())

    return write


def _planned(template: str, language: str = "lv", path: str = "lv/index.html", **view: object) -> PlannedFile:
    page = FromTemplate(template, language, SimpleNamespace(**view))
    return PlannedFile(path, lambda site, assets: page)


def _render(planned: list[PlannedFile], templates: Templates) -> tuple[list[bytes], list[Problem]]:
    runner, contents = rendered(planned, templates)
    return list(contents.values()), _of_files(runner, planned)


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
    site: Any = SimpleNamespace(tracker=DependencyTracker(), config=SimpleNamespace(base_path=""))
    site.tracker.set_input(("assets",), "")
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


@dataclass(frozen=True)
class Shown:
    """A view with a field, a field that is not public, and a method."""

    title: str = "A"
    _secret: str = "S"

    def loud(self) -> str:
        return self.title * 2


class Row(NamedTuple):
    """A view as outputs have it."""

    title: str = "B"


FORBIDDEN = {
    "the class of a view": ("{{ view.__class__.__mro__ }}", "attribute", "__mro__"),
    "the globals of a method": ("{{ ''.format.__globals__ }}", "attribute", "__globals__"),
    "the globals of a view's method": ("{{ view.shown.loud.__globals__ }}", "attribute", "__globals__"),
    "a field that is not public": ("{{ view.shown._secret }}", "attribute", "_secret"),
    "as an item": ("{{ view['__class__'] }}", "attribute", "__class__"),
    "as an item of a name that is made": ("{{ view.row['__cl' ~ 'ass__'] }}", "attribute", "__class__"),
    "within a format": ("{{ '{0.__class__}'.format(view) }}", "attribute", "__class__"),
    "within a format that is escaped": ("{{ ('{0.__class__}'|safe).format(view) }}", "attribute", "__class__"),
    "within a format of a mapping": ("{{ '{a.__init__}'.format_map({'a': view}) }}", "attribute", "__init__"),
    "by a filter of attributes": ("{{ [view]|selectattr('__class__')|list }}", "attribute", "__class__"),
    "by a filter that joins": ("{{ [view]|join(attribute='__class__') }}", "attribute", "__class__"),
    "of the words": ("{{ t.__call__ }}", "attribute", "__call__"),
    "of Jinja's own": ("{{ self._TemplateReference__context }}", "attribute", "_TemplateReference__context"),
    "of a macro": ("{% macro m() %}{% endmacro %}{{ m['_func'] }}", "attribute", "_func"),
    "a change of a list": ("{{ view.listed.append(1) }}", "attribute", "append"),
    "a filter that is not listed": ("{{ view|attr('title') }}", "filter", "attr"),
    "a filter that does not exist": ("{{ view.title|uper }}", "filter", "uper"),
    "a filter in a branch that is not taken": ("{% if not view %}{{ view|pprint }}{% endif %}", "filter", "pprint"),
    "a filter as a block": ("{% filter title %}a{% endfilter %}", "filter", "title"),
    "a test": ("{{ view is defined }}", "test", "defined"),
}


@pytest.mark.parametrize("name", FORBIDDEN)
@pytest.mark.parametrize("included", [False, True])
def test_what_templates_may_not_use_is_refused(templates: Callable[..., Templates], name: str, included: bool) -> None:
    """No attribute that is not public, no filter and no test but those that are listed: with template and line."""
    text, kind, used = FORBIDDEN[name]
    made = templates(a="{% include 'b.html' %}" if included else "x\n" + text, b="x\n" + text)
    contents, problems = _render([_planned("a.html", shown=Shown(), row=Row(), listed=[], title="A")], made)
    assert contents == []
    (found,) = problems
    assert (found.code, found.place) == ("template-forbidden", Place(f"templates/{'b' if included else 'a'}.html", 2))
    assert found.message.key == f"template-forbidden/{kind}"
    for language in ("lv", "en"):
        assert f'"{used}"' in found.message.text(language)
        assert "lv/index.html" in found.message.text(language)


def test_a_filter_that_is_not_listed_is_told_with_the_nearest(templates: Callable[..., Templates]) -> None:
    """As with other names."""
    _, (found,) = _render([_planned("a.html")], templates(a="{{ view|uper }}"))
    assert found.hint is not None
    assert "upper" in found.hint.text("lv")


@pytest.mark.parametrize("name", ["range", "dict", "cycler", "joiner", "lipsum"])
def test_global_names_that_are_not_listed_are_unknown(templates: Callable[..., Templates], name: str) -> None:
    """Jinja's own globals are as unknown as any other name."""
    _, (found,) = _render([_planned("a.html")], templates(a=f"x\n{{{{ {name}(1) }}}}"))
    assert (found.code, found.place) == ("template-error", Place("templates/a.html", 2))


def test_public_attributes_of_every_kind_of_view_are_shown(templates: Callable[..., Templates]) -> None:
    """Fields, items and methods, of named tuples, dataclasses, dicts and text."""
    text = "{{ view.row.title }} {{ view.shown.title }} {{ view.shown.loud() }} {{ view.pairs.a }} {{ view.row[0] }}"
    more = " {{ 'a b'.split()|join('+') }} {{ '{}-{}'.format(1, 2) }} {{ view.pairs.items()|list|length }}"
    made, problems = _render([_planned("a.html", row=Row(), shown=Shown(), pairs={"a": 1})], templates(a=text + more))
    assert (made, problems) == ([b"B A AA 1 B a+b 1-2 1"], [])


def test_the_lists_name_what_the_templates_use() -> None:
    """No filter, test or global name is allowed that no template of the project needs."""
    used: dict[type[nodes.Node], set[str]] = {nodes.Filter: set(), nodes.Test: set(), nodes.Name: set()}
    for path in (PROJECT / "templates").rglob("*.html"):
        for node in Environment(autoescape=True).parse(path.read_text("utf-8")).find_all(tuple(used)):
            used[type(node)].add(node.name)  # type: ignore[attr-defined]
    assert used[nodes.Filter] == FILTERS
    assert used[nodes.Test] == TESTS
    assert used[nodes.Name] >= GLOBALS


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
    runner, _ = rendered([_planned("a.html")], made)
    assert reads_of(runner)["lv/index.html"] == {
        ("assets",),
        ("marks", "lv"),
        *(("template", f"{name}.html") for name in "abc"),
    }


def test_a_template_that_may_be_missing_is_looked_for_again(templates: Callable[..., Templates]) -> None:
    """A page that does without a template is made from which templates there are."""
    made = templates(a="{% include 'b.html' ignore missing %}")
    runner, _ = rendered([_planned("a.html")], made)
    assert ("template",) in reads_of(runner)["lv/index.html"]
