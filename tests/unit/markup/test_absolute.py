"""Addresses made whole: every one, as browsers mean it, and nothing else of a text is touched."""

from urllib.parse import urljoin

import html5lib
import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.markup.absolute import absolute

PAGE = "https://host.example/base/en/news/item/"


@pytest.mark.parametrize(
    ("given_html", "whole"),
    [
        ('<a href="/base/en/">x</a>', '<a href="https://host.example/base/en/">x</a>'),
        ('<a href="#here">x</a>', f'<a href="{PAGE}#here">x</a>'),
        ('<a href="?a=1&amp;b=2">x</a>', f'<a href="{PAGE}?a=1&amp;b=2">x</a>'),
        ('<a href="../other/">x</a>', '<a href="https://host.example/base/en/news/other/">x</a>'),
        ('<a href="//else.example/x">x</a>', '<a href="https://else.example/x">x</a>'),
        ('<a href="tel:+371 1">x</a>', '<a href="tel:+371 1">x</a>'),
        ('<a href="http://[odd">x</a>', '<a href="http://[odd">x</a>'),
        ('<video poster="/p.png"></video>', '<video poster="https://host.example/p.png"></video>'),
        ('<IMG SRC="/a.png">', '<IMG SRC="https://host.example/a.png">'),
        (
            '<img alt="x" srcset="/a.png 1x, /b,c.png 200w,#d" src="/a.png">',
            f'<img alt="x" srcset="https://host.example/a.png 1x, https://host.example/b,c.png 200w,{PAGE}#d" '
            'src="https://host.example/a.png">',
        ),
        ('<p>href="/x" src="/y"</p>', '<p>href="/x" src="/y"</p>'),
        ('<a title=" href=" href="/x">y</a>', '<a title=" href=" href="https://host.example/x">y</a>'),
        ('<a title="> &lt;a href=&quot;/x&quot;">y</a>', '<a title="> &lt;a href=&quot;/x&quot;">y</a>'),
        ('<span data-href="/x">y</span>', '<span data-href="/x">y</span>'),
        ("<p>a &lt; b</p><br>", "<p>a &lt; b</p><br>"),
    ],
)
def test_an_address_becomes_whole_and_the_rest_stays(given_html: str, whole: str) -> None:
    """Links from the root, to places on the page, relative ones, lists of pictures; not words that look like them."""
    assert absolute(given_html, PAGE) == whole


PIECES = [
    "<a ", "<img ", "<p>", "</a>", "</p>", ">", "/>", "<", 'href="/x"', "href='#y'", 'src="/p.png"', 'title="', '"',
    "'", " ", 'alt="a > b"', 'title="href=&quot;/z&quot;"', "href=", "/base/", "&amp;", "&#1;", "<!--", "-->", "<b>",
]  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt"}}


@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_whatever_the_sanitizer_gives_is_read_as_a_browser_reads_it(pieces: list[str]) -> None:
    """The same elements, attributes and words, with nothing but addresses made whole."""
    clean = nh3.clean("".join(pieces), tags={"a", "img", "p", "b"}, attributes=ATTRIBUTES)
    before, after = _read(clean), _read(absolute(clean, PAGE))
    for _, attributes, _, _ in before:
        for name in attributes.keys() & {"href", "src"}:
            attributes[name] = urljoin(PAGE, attributes[name])
    assert after == before


def _read(html: str) -> list[tuple[str, dict[str, str], str | None, str | None]]:
    fragment = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return [(one.tag, dict(one.attrib), one.text, one.tail) for one in fragment.iter()]
