"""Rendering: templates that fail are told once, and links between our pages lead somewhere."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from site_builder.i18n.words import Words
from site_builder.outputs.planned_file import PlannedFile, RenderedFile, Template, page_path
from site_builder.problems import Place
from site_builder.render import dead_links, ids_of, links_of, render, repeated
from site_builder.templating import Templates

WORDS = {"lv": Words("lv", "lv_LV", {"home": "Sākums"}), "en": Words("en", "en_GB", {"home": "Home"})}


def _quiet() -> None:
    """Progress that nobody watches."""


def _dead(pages: dict[str, str], base_path: str = "") -> list[tuple[str, str, str]]:
    rendered = [RenderedFile(path, html.encode()) for path, html in pages.items()]
    return [
        (found.code, found.place.path, dict(found.message.params)["link"]) for found in dead_links(rendered, base_path)
    ]


# Links ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "link",
    [
        "/lv/",
        "/lv/#augša",
        "/lv/?x=1#augša",
        "#augša",
        "/assets/a.css",
        "/lv/m%C4%81ja/",
        "/lv/&amp;/",
        "https://foreign.example/absent/",
        "//foreign.example/absent/",
        "mailto:a@b.example",
        "relative.html",
    ],
)
def test_a_link_that_leads_somewhere_is_fine(link: str) -> None:
    """Pages, places on them, other files; whatever is not ours is not judged."""
    pages = {
        "lv/index.html": f'<p id="augša"><a href="{link}">x</a></p>',
        "assets/a.css": "",
        "lv/māja/index.html": "",
        "lv/&/index.html": "",
    }
    assert _dead(pages) == []


@pytest.mark.parametrize(
    ("link", "code"),
    [
        ("/absent/", "dead-link"),
        ("/lv", "dead-link"),
        ("/lv/absent.css", "dead-link"),
        ("/lv/#absent", "dead-anchor"),
    ],
)
@pytest.mark.parametrize("attribute", ["href", "src"])
def test_a_link_that_leads_nowhere_is_told_with_its_page(attribute: str, link: str, code: str) -> None:
    """Missing pages, files and places, in whichever attribute."""
    assert _dead({"lv/index.html": f'<x {attribute}="{link}">'}) == [(code, "lv/index.html", link)]


def test_a_place_on_the_same_page_is_looked_for_there() -> None:
    """A link of `#…` alone means the page that has it."""
    pages = {"lv/index.html": '<a href="#b">x</a>', "en/index.html": '<p id="b">'}
    assert _dead(pages) == [("dead-anchor", "lv/index.html", "/lv/#b")]


def test_a_place_on_the_page_of_errors_is_found() -> None:
    """A page that is not an index has its own name in the link."""
    assert _dead({"404.html": '<a href="#a">x</a><p id="a">'}) == []


def test_a_dead_link_is_told_once() -> None:
    """A link in a frame that every page shares is one mistake, not a hundred."""
    pages = {"lv/index.html": '<a href="/x/">x</a>', "en/index.html": '<a href="/x/">x</a>'}
    assert len(_dead(pages)) == 1


def test_only_pages_are_searched_for_links() -> None:
    """A feed or a script has addresses of another kind."""
    assert _dead({"feed.xml": '<a href="/absent/">x</a>'}) == []


@pytest.mark.parametrize(
    ("link", "dead"),
    [("/base/lv/", []), ("/base/lv/#a", []), ("/lv/", ["dead-link"]), ("/basement/lv/", ["dead-link"])],
)
def test_links_have_the_base_path(link: str, dead: list[str]) -> None:
    """A site below a folder of its host must not link out of that folder."""
    pages = {"lv/index.html": f'<p id="a"><a href="{link}">x</a></p>'}
    assert [code for code, _, _ in _dead(pages, "/base")] == dead


def test_a_place_on_the_same_page_has_the_base_path() -> None:
    """`#…` alone works wherever the site is published."""
    assert _dead({"lv/index.html": '<p id="a"><a href="#a">x</a></p>'}, "/base") == []


@pytest.mark.parametrize(
    ("address", "path"),
    [("/lv/", "lv/index.html"), ("/", "index.html"), ("/404.html", "404.html"), ("/lv/a/b/", "lv/a/b/index.html")],
)
def test_an_address_is_a_file(address: str, path: str) -> None:
    """An address with a final slash is the index of a folder."""
    assert page_path(address) == path


# Templates -----------------------------------------------------------------------------------------------------


@pytest.fixture
def templates(tmp_path: Path) -> Callable[..., Templates]:
    """Writes templates, by name without ending, and gives their environment."""

    def write(**texts: str) -> Templates:
        (tmp_path / "templates").mkdir()
        for name, text in texts.items():
            (tmp_path / "templates" / f"{name}.html").write_text(text, "utf-8")
        return Templates(tmp_path, WORDS, dict.fromkeys(WORDS, str))

    return write


def _planned(template: str, language: str = "lv", **view: object) -> PlannedFile:
    return PlannedFile("lv/index.html", Template(template, language), SimpleNamespace(**view))


@pytest.mark.parametrize(("language", "text"), [("lv", "Sākums: A"), ("en", "Home: A")])
def test_a_page_is_made_from_view_and_words(templates: Callable[..., Templates], language: str, text: str) -> None:
    """A template sees its view and the words of its language."""
    made, problems = render(
        [_planned("a.html", language, title="A")], templates(a="{{ t('home') }}: {{ view.title }}"), _quiet
    )
    assert ([file.content.decode() for file in made], problems) == ([text], [])


def test_what_a_view_says_is_escaped(templates: Callable[..., Templates]) -> None:
    """Words are words, even when they look like HTML."""
    made, _ = render([_planned("a.html", title='<b>"&')], templates(a="{{ view.title }}"), _quiet)
    assert made[0].content == b"&lt;b&gt;&#34;&amp;"


def test_a_file_may_be_made_without_a_template(templates: Callable[..., Templates]) -> None:
    """A function of the view gives the bytes."""
    planned = PlannedFile("a.txt", lambda view: view.title.encode(), SimpleNamespace(title="ā"))
    assert render([planned], templates(), _quiet)[0] == (RenderedFile("a.txt", "ā".encode()),)


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
    made, problems = render([_planned("a.html")], templates(a=text), _quiet)
    assert made == ()
    assert [(found.code, found.place) for found in problems] == [(code, Place("templates/a.html", line))]


def test_a_mistake_is_told_in_the_template_that_has_it(templates: Callable[..., Templates]) -> None:
    """The part that was included is named, not the page."""
    _, problems = render([_planned("a.html")], templates(a="{% include 'b.html' %}", b="\n{{ view.absent }}"), _quiet)
    assert [found.place for found in problems] == [Place("templates/b.html", 2)]


def test_a_template_that_fails_is_told_once(templates: Callable[..., Templates]) -> None:
    """One mistake in a template is one problem, however many pages it makes."""
    _, problems = render([_planned("a.html")] * 3, templates(a="{{ view.absent }}"), _quiet)
    assert len(problems) == 1


def test_a_template_that_fails_does_not_stop_the_others(templates: Callable[..., Templates]) -> None:
    """All templates are tried, so that all mistakes are told at once."""
    made, _ = render([_planned("a.html"), _planned("b.html")], templates(a="{{ view.absent }}", b="b"), _quiet)
    assert [file.content for file in made] == [b"b"]


def test_progress_is_told_after_each_file(templates: Callable[..., Templates]) -> None:
    """Files that fail count too."""
    ticks: list[None] = []
    render(
        [_planned("a.html"), _planned("b.html")],
        templates(a="a", b="{{ view.absent }}"),
        lambda: ticks.append(None),
    )
    assert len(ticks) == 2


def test_links_and_ids_of_a_page_are_its_own() -> None:
    """Each link once, in order, as it is followed; attributes of other names, other hosts and schemes are no links."""
    page = (
        b'<a href="/b#c"><img src="/d?e=1&amp;f=2"><a href="#g"><a href="/b#c"><a data-href="/h" hreflang="lv">'
        b'<a href="//i"><a href="https://j"><a href="k"><a xhref="/l"><a href="&#47;m"><a href="/n?src="> id="'
    )
    assert links_of(page) == ("/b#c", "/d?e=1&f=2", "#g", "/h", "/m", "/n?src=")
    assert ids_of(b'<p id="a" data-id="b"><b\nid="c"><i xid="d" id="a">') == ("a", "c", "a")
    assert repeated(["b", "a", "c", "b", "a"]) == ["a", "b"]
