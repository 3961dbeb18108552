"""Links between our pages lead somewhere: to a file that is there, and to a place in it."""

from pathlib import Path

import pytest
from rendering import rendered

from site_builder.dead_links import DeadLinks
from site_builder.engine.task_graph import GraphFiles
from site_builder.engine.task_runner import RECORD, CacheMiss
from site_builder.links import ids_of, links_of
from site_builder.memory_cache import Graphs
from site_builder.outputs.planned_file import PlannedFile, page_path
from site_builder.store import Store


def _dead(
    pages: dict[str, str], base_path: str = "", folder: Path | None = None, unpublished: frozenset[str] = frozenset()
) -> list[tuple[str, str, str]]:
    """Code, page and link of what is dead. Pages whose names begin with `to-` lead on; `a/` and `b/` are groups."""
    planned = [
        PlannedFile(
            path,
            lambda site, assets, text: text.encode(),
            (text,),
            address="" if path.startswith("to-") else f"/{path}",
            group=path.partition("/")[0] if path[:2] in ("a/", "b/") else "",
        )
        for path, text in pages.items()
    ]
    runner, _ = rendered(planned, base_path=base_path, store=Store(folder))
    graphs = Graphs(GraphFiles(folder or Path("/nowhere"), "", RECORD.size), None)
    found = DeadLinks(runner, planned, base_path, unpublished).find(graphs)
    return [(one.code, one.place.path, dict(one.message.params)["link"]) for one in found]


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


def test_a_part_of_a_sheet_of_symbols_is_looked_for_there() -> None:
    """Icons are symbols of a picture, named by their ids."""
    pages = {"lv/index.html": '<use href="/p.svg#a"/><use href="/p.svg#b"/>', "p.svg": '<symbol id="a"/>'}
    assert _dead(pages) == [("dead-anchor", "lv/index.html", "/p.svg#b")]


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
    pages = {"lv/index.html": f'<p id="a"><a href="{link}">x</a></p>', "ment/lv/index.html": ""}
    assert [code for code, _, _ in _dead(pages, "/base")] == dead


def test_a_place_on_the_same_page_has_the_base_path() -> None:
    """`#…` alone works wherever the site is published."""
    assert _dead({"lv/index.html": '<p id="a"><a href="#a">x</a></p>'}, "/base") == []


WHOLE = {
    "lv/index.html": '<a href="/en/#b">x</a><a href="/p.svg#c">x</a>',
    "en/index.html": '<p id="a"><p id="b">',
    "p.svg": '<symbol id="c"/>',
}
ANCHOR = ("dead-anchor", "lv/index.html", "/en/#b")


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"en/index.html": '<p id="b">'}, []),
        ({"en/index.html": '<p id="a">'}, [ANCHOR]),
        ({"en/index.html": None}, [("dead-link", "lv/index.html", "/en/#b")]),
        ({"en/index.html": None, "other/index.html": '<p id="b">'}, [("dead-link", "lv/index.html", "/en/#b")]),
        ({"p.svg": "<svg/>"}, [("dead-anchor", "lv/index.html", "/p.svg#c")]),
        ({"lv/index.html": '<a href="/en/#z">x</a>'}, [("dead-anchor", "lv/index.html", "/en/#z")]),
        ({"new/index.html": '<a href="/x/">x</a>'}, [("dead-link", "new/index.html", "/x/")]),
        ({"new/index.html": '<p id="b"><a href="/lv/">x</a>'}, []),
    ],
)
def test_the_next_build_reports_a_link_that_dies(
    changed: dict[str, str | None], expected: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    """Also where the page that has it did not change; until it is mended, and in every build until then."""
    assert _dead(WHOLE, folder=tmp_path) == []
    now = {path: text for path, text in {**WHOLE, **changed}.items() if text is not None}
    for _ in range(2):
        assert _dead(now, folder=tmp_path) == expected
    assert _dead(WHOLE, folder=tmp_path) == []
    assert _dead(now, folder=tmp_path) == expected


def test_a_dead_link_of_a_group_names_the_page_that_has_it(tmp_path: Path) -> None:
    """Pages of a group are checked together; a link that several pages have is reported at the first of them."""
    pages = {
        "a/1.html": "",
        "a/2.html": '<a href="/x/">x</a>',
        "b/1.html": '<a href="/x/">x</a><a href="/a/1.html#z">x</a>',
    }
    expected = [("dead-link", "a/2.html", "/x/"), ("dead-anchor", "b/1.html", "/a/1.html#z")]
    for _ in range(2):
        assert sorted(_dead(pages, folder=tmp_path)) == sorted(expected)
    pages["a/2.html"] = ""
    expected[0] = ("dead-link", "b/1.html", "/x/")
    assert sorted(_dead(pages, folder=tmp_path)) == sorted(expected)


def test_a_page_that_leads_on_may_lead_to_what_is_not_published_today(tmp_path: Path) -> None:
    """No date can stop a build: neither today nor when the address comes or goes; a page that readers open may not."""
    link, coming = '<a href="/later/">x</a>', frozenset({"/later/"})
    for pages, unpublished, expected in (
        ({"to-later/index.html": link}, coming, []),
        ({"to-later/index.html": link}, frozenset[str](), [("dead-link", "to-later/index.html", "/later/")]),
        ({"to-later/index.html": link, "later/index.html": ""}, frozenset[str](), []),
        ({"to-later/index.html": link}, coming, []),
        ({"to-later/index.html": link, "p/index.html": link}, coming, [("dead-link", "p/index.html", "/later/")]),
        ({"p/index.html": link}, coming, [("dead-link", "p/index.html", "/later/")]),
    ):
        assert _dead(pages, folder=tmp_path, unpublished=unpublished) == expected


def test_links_that_the_cache_has_lost_are_not_made_up(tmp_path: Path) -> None:
    """The build begins again."""
    assert _dead({"p/index.html": '<a href="/x/">x</a>'}, folder=tmp_path) != []
    planned = PlannedFile("p/index.html", lambda site, assets: b'<a href="/y/">x</a>', (), address="/p/")
    runner, _ = rendered([planned], store=Store(tmp_path))
    runner.store.drop("details", runner.store.keys("details"))
    with pytest.raises(CacheMiss):
        DeadLinks(runner, [planned], "", frozenset()).find(Graphs(GraphFiles(tmp_path, "", RECORD.size), None))


def test_links_and_ids_of_a_page_are_its_own() -> None:
    """Each link once, in order, as it is followed; attributes of other names, other hosts and schemes are no links."""
    page = (
        b'<a href="/b#c"><img src="/d?e=1&amp;f=2"><a href="#g"><a href="/b#c"><a data-href="/h" hreflang="lv">'
        b'<a href="//i"><a href="https://j"><a href="k"><a xhref="/l"><a href="&#47;m"><a href="/n?src="> id="'
    )
    assert links_of(page, "x/index.html", "/base") == ("/b#c", "/d?e=1&f=2", "/base/x/#g", "/h", "/m", "/n?src=")
    assert ids_of(b'<p id="a" data-id="b"><b\nid="c"><i xid="d" id="a">') == ["a", "c", "a"]


@pytest.mark.parametrize(
    ("address", "path"),
    [("/lv/", "lv/index.html"), ("/", "index.html"), ("/404.html", "404.html"), ("/lv/a/b/", "lv/a/b/index.html")],
)
def test_an_address_is_a_file(address: str, path: str) -> None:
    """An address with a final slash is the index of a folder."""
    assert page_path(address) == path
