"""Markdown to safe HTML: names of the site's things, headings, footnotes, attacks, and texts that take for ever."""

import re
from html import unescape

import nh3
import pytest
from conftest import PROJECT
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.markup import markdown, renderer
from site_builder.markup.markdown import CannotRead, Heading, Html, Mention, strip_tags, to_html
from site_builder.markup.renderer import MAX_CHARACTERS, RESERVED_BEGINNINGS, RESERVED_IDS

CHILDREN = Mention("fact:children", is_embed=True)


def _fill(made: Html) -> str:
    """The HTML with `{key}` for each embed (`<key>` in its linked form) and `@target` for each address."""
    embeds: dict[int, tuple[str, str]] = {}
    addresses: dict[int, str] = {}
    for number, mention in enumerate(made.mentions):
        key = mention.target.partition(":")[2]
        if mention.is_embed:
            embeds[number] = (f'<a href="/{key}">{key}</a>', f"{key}")
        else:
            addresses[number] = f"@{mention.target}"
    return made.fill(embeds, addresses)


def _filled(text: str) -> str:
    return _fill(to_html(text))


# Names of the site's things ------------------------------------------------------------------------------------

LINKED = '<a href="/children">children</a>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[[fact:children]]", f"<p>{LINKED}</p>"),
        ("Tie ir [[fact:children]] kopā.", f"<p>Tie ir {LINKED} kopā.</p>"),
        ("Beigās\n\n[[fact:children]]", f"<p>Beigās</p>\n<p>{LINKED}</p>"),
        ("- [[fact:children]]\n- cits", f"<ul>\n<li>{LINKED}</li>\n<li>cits</li>\n</ul>"),
        ("1. [[fact:children]]", f"<ol>\n<li>{LINKED}</li>\n</ol>"),
        ("> [[fact:children]]", f"<blockquote>\n<p>{LINKED}</p>\n</blockquote>"),
        ("*svarīgi*[[fact:children]]", f"<p><em>svarīgi</em>{LINKED}</p>"),
        ("**svarīgi** [[fact:children]]", f"<p><strong>svarīgi</strong> {LINKED}</p>"),
        ("**[[fact:children]]**", f"<p><strong>{LINKED}</strong></p>"),
        ("([[fact:children]], [[fact:children]])", f"<p>({LINKED}, {LINKED})</p>"),
        ("Termins\n:   [[fact:children]]", f"<dl>\n<dt>Termins</dt>\n<dd>{LINKED}</dd>\n</dl>"),
    ],
)
def test_a_name_is_filled_wherever_words_may_stand(text: str, html: str) -> None:
    """Paragraphs, lists, quotations, after emphasis and within it, alone on the last line."""
    assert _filled(text) == html


def test_a_name_is_filled_in_a_table_cell() -> None:
    """Cells take names like any text."""
    rows = re.findall("<t[hd][^>]*>(.*)</t[hd]>", _filled("| a | b |\n|---|---|\n| [[fact:children]] | c |"))
    assert rows == ["a", "b", LINKED, "c"]


def test_a_name_is_filled_in_a_footnote() -> None:
    """Notes take names like any text."""
    assert LINKED in _filled("Teksts[^1]\n\n[^1]: Piezīme [[fact:children]]")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("## Par [[fact:children]]", '<h2 id="par">Par children</h2>'),
        ("[kā [[fact:children]] te](facility:salmu)", '<p><a href="@facility:salmu">kā children te</a></p>'),
        ("## [a [[fact:children]]](news:b)", '<h2 id="a"><a href="@news:b">a children</a></h2>'),
    ],
)
def test_a_name_makes_no_link_within_a_heading_or_a_link(text: str, html: str) -> None:
    """A link within a link is not HTML, and a heading is no place for one."""
    assert _filled(text) == html


def test_a_name_after_a_link_is_a_link_again() -> None:
    """Only the words within the first link lose theirs."""
    assert _filled("[a](news:b) [[fact:children]]") == f'<p><a href="@news:b">a</a> {LINKED}</p>'


@pytest.mark.parametrize(
    "text",
    [
        "![Attēlā [[fact:children]]](media:maja.jpg)",
        '[māja](facility:salmu "Tur ir [[fact:children]]")',
        '<abbr title="[[fact:children]]">BĒRNI</abbr>',
    ],
)
def test_a_name_in_an_attribute_is_words_only(text: str) -> None:
    """A description or a title takes no tag, and no slot is left over."""
    html = _filled(text)
    assert re.search("[\ue000-\uf8ff]", html) is None
    assert re.findall(r'="[^"]*<', html) == []


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("`[[fact:children]]`", "<p><code>[[fact:children]]</code></p>"),
        ("    [[fact:children]]", "<pre><code>[[fact:children]]\n</code></pre>"),
        (r"\[[fact:children]]", "<p>[[fact:children]]</p>"),
        ("[[Fact:Children]]", "<p>[[Fact:Children]]</p>"),
        ("[[children]]", "<p>[[children]]</p>"),
        ("[[fact:]]", "<p>[[fact:]]</p>"),
    ],
)
def test_a_name_in_code_or_escaped_stays_as_typed(text: str, html: str) -> None:
    """Help about the site can show how names are written."""
    made = to_html(text)
    assert (made.text, made.mentions) == (html, ())


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("[[fact:children]]", CHILDREN),
        ("[[fact:children number]]", Mention("fact:children", "number", is_embed=True)),
        ("[[news:2016/lemums]]", Mention("news:2016/lemums", is_embed=True)),
        ("[māja](facility:salmu)", Mention("facility:salmu")),
        ("[ziņa](../2017/cita.lv.md#tur)", Mention("../2017/cita.lv.md#tur")),
        ("![Māja](media:2023/maja.jpg)", Mention("media:2023/maja.jpg", is_picture=True)),
        ("![Māja](https://foreign.example/a.jpg)", Mention("https://foreign.example/a.jpg", is_picture=True)),
        ("[x](//foreign.example/)", Mention("//foreign.example/")),
    ],
)
def test_what_a_text_names_is_told(text: str, mention: Mention) -> None:
    """Names, links within the site, and every picture are mentions for the link stage."""
    assert to_html(text).mentions == (mention,)


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("[x](https://a.example/x?y=1&z=2)", "https://a.example/x?y=1&amp;z=2"),
        ("[x](mailto:a@b.example)", "mailto:a@b.example"),
        ("[x](tel:+37163489671)", "tel:+37163489671"),
        ("[x](#seit)", "#seit"),
    ],
)
def test_a_link_out_of_the_site_is_left_alone(text: str, href: str) -> None:
    """Web addresses, e-mail, telephones and places on the page name nothing of the site."""
    made = to_html(text)
    assert (made.text, made.mentions) == (f'<p><a href="{href}">x</a></p>', ())


# Filling -------------------------------------------------------------------------------------------------------


def test_a_dead_link_keeps_its_words() -> None:
    """A link without an address loses its tag; what stands in it stays."""
    assert to_html("Skatiet [*šo* māju](facility:x) tur.").fill({}, {}) == "<p>Skatiet <em>šo</em> māju tur.</p>"


def test_only_the_dead_link_is_dropped() -> None:
    """Its neighbours keep their addresses."""
    made = to_html("[a](news:a) [b](news:b) [c](news:c)")
    assert made.fill({}, {0: "/a", 2: "/c"}) == '<p><a href="/a">a</a> b <a href="/c">c</a></p>'


def test_a_name_in_a_dead_link_is_filled() -> None:
    """The words of a dead link are words like any others."""
    assert to_html("[kā [[fact:a]] te](news:b)").fill({0: ("<a>1</a>", "1")}, {}) == "<p>kā 1 te</p>"


def test_a_dead_link_with_a_sharp_title_leaves_nothing_behind() -> None:
    """A `>` in a title does not end the tag."""
    assert to_html('[a](news:b "c > d")').fill({}, {}) == "<p>a</p>"


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("[x](#mana-vieta)\n\n## Mana vieta", set()),
        ("[x](#cita)\n\n## Vieta {#cita}", set()),
        ("[x](#cita)\n\n## Vieta", {"cita"}),
        ("Teksts[^1]\n\n[^1]: Piezīme", set()),
        ("[x](facility:salmu#cita)", set()),
        ("Teksts", set()),
    ],
)
def test_a_link_to_a_place_that_the_text_lacks_is_known(text: str, dead: set[str]) -> None:
    """Places are the ids of the text itself; other pages' places are judged elsewhere."""
    assert to_html(text).dead_anchors == dead


@pytest.mark.parametrize("shown", ['`<a href="/absent/#x" id="y">`', 'href="#x"', "id&#61;&quot;y&quot;"])
def test_an_attribute_in_the_words_is_no_attribute(shown: str) -> None:
    """Readers of pages look for addresses and ids; words that show some are not among them, and stay the same words."""
    made = to_html(shown)
    assert '="' not in made.text
    assert made.dead_anchors == set()
    assert strip_tags(made.text) == unescape(shown.strip("`"))


@pytest.mark.parametrize("words", ["a > b", "a =&quot; b", "=", 'c="d" > e'])
def test_an_attribute_stays_one_whatever_its_neighbours_say(words: str) -> None:
    """A value may hold a sharp bracket or look like an attribute itself."""
    made = to_html(f"![{words}](https://x.example/p.png) = <abbr title='{words}'>x</abbr>")
    assert [mention.target for mention in made.mentions] == ["https://x.example/p.png"]
    assert re.search(r' src="[^"]+"', made.text)
    assert re.search(r' title="[^"]+">x</abbr>', made.text)


# Years and lists -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("2023. gada 1. septembrī", "<p>2023. gada 1. septembrī</p>"),
        ("Pirmā.\n\n2023. gadā.\n\n1999. gadā.", "<p>Pirmā.</p>\n<p>2023. gadā.</p>\n<p>1999. gadā.</p>"),
        ("Rinda\n2023. gadā.", "<p>Rinda\n2023. gadā.</p>"),
        ("- 2023. gada septembrī", "<ul>\n<li>2023. gada septembrī</li>\n</ul>"),
        ("> 2023. gada septembrī", "<blockquote>\n<p>2023. gada septembrī</p>\n</blockquote>"),
        ("Termins\n:   2023. gadā", "<dl>\n<dt>Termins</dt>\n<dd>2023. gadā</dd>\n</dl>"),
        ("<div>\n2023. gadā\n</div>", "<div>\n2023. gadā\n</div>"),
        ("`kods\n2023. gadā`", "<p><code>kods\n2023. gadā</code></p>"),
        ("    2023. gadā", "<pre><code>2023. gadā\n</code></pre>"),
    ],
)
def test_a_line_that_begins_with_a_year_is_a_sentence(text: str, html: str) -> None:
    """Nobody's list has two thousand items; no sign of ours is left in the text."""
    assert to_html(text).text == html


def test_a_footnote_that_begins_with_a_year_is_a_sentence() -> None:
    """Sources often begin with their year."""
    assert '<ol start="2023">' not in to_html("Teksts[^1]\n\n[^1]: 2023. gada pārskats").text


def test_a_short_number_still_begins_a_list() -> None:
    """Lists are written as everywhere."""
    assert to_html("1. viens\n2. divi").text == "<ol>\n<li>viens</li>\n<li>divi</li>\n</ol>"


# Headings ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("## Kā saņemt", [Heading(2, "ka-sanemt", "Kā saņemt")]),
        ("# Viens", [Heading(2, "viens", "Viens")]),
        ("## Kā saņemt {#sanemt}", [Heading(2, "sanemt", "Kā saņemt")]),
        ("## Pats\n\n### Pats", [Heading(2, "pats", "Pats"), Heading(3, "pats_1", "Pats")]),
        ("## Māja\n\n## Maja", [Heading(2, "maja", "Māja"), Heading(2, "maja_1", "Maja")]),
        ("## –", [Heading(2, "x", "–")]),
        ("## *Svarīgi* & vēl", [Heading(2, "svarigi-vel", "<em>Svarīgi</em> &amp; vēl")]),
        ("## [[fact:children]] bērni", [Heading(2, "berni", "\ue0000\ue001 bērni")]),
        ("Teksts\n------", [Heading(2, "teksts", "Teksts")]),
    ],
)
def test_a_heading_has_an_id_made_or_given(text: str, headings: list[Heading]) -> None:
    """Ids are address words, no two are equal, and the text's own top heading is second to the title."""
    assert list(to_html(text).headings) == headings


def test_a_given_id_does_not_collide_with_a_made_one() -> None:
    """A made id gives way to one that the editor chose."""
    ids = [heading.id for heading in to_html("## Pats\n\n## Cits {#pats}\n\n## Pats").headings]
    assert len(set(ids)) == 3


def test_a_made_id_gives_way_to_those_of_the_pages() -> None:
    """The reserved ids are those that templates of pages and outputs write, all and no others; a piece has no text."""
    pages = [path for path in (PROJECT / "templates").rglob("*.html") if path.parent.name != "embed"]
    written = [path.read_text("utf-8") for path in pages]
    typed = {id_ for text in written for id_ in re.findall(r'\sid="([^"{]+)', text)}
    made = {path.read_text("utf-8") for path in (PROJECT / "site_builder/outputs").glob("*.py")}
    typed |= {id_ for text in made for id_ in re.findall(r'Group\(f?"([a-z]+-)', text)}
    beginnings = {id_ for id_ in typed if id_.endswith("-")}
    beginnings |= {id_.partition("-")[0] + "-" for id_ in typed - beginnings if "-" in id_}
    assert beginnings == set(RESERVED_BEGINNINGS)
    assert {id_ for id_ in typed if "-" not in id_} == set(RESERVED_IDS)
    ids = [heading.id for heading in to_html("## Content\n\n## Chart growth\n\n## Contents").headings]
    assert ids == ["content-1", "chart-growth-1", "contents"]


# Footnotes -----------------------------------------------------------------------------------------------------


def test_notes_stand_in_a_named_part_with_a_way_back() -> None:
    """The part has a name, each note a link back to its mark."""
    made = to_html("Teksts[^a]\n\n[^a]: Piezīme", ("Piezīmes", "Atpakaļ uz"))
    assert made.text == (
        '<p>Teksts<sup id="fnref-a"><a href="#fn-a">1</a></sup></p>\n'
        '<section class="footnotes" aria-label="Piezīmes">\n<ol>\n<li id="fn-a">\n'
        '<p>Piezīme&nbsp;<a href="#fnref-a" aria-label="Atpakaļ uz 1">↩</a></p>\n</li>\n</ol>\n</section>'
    )


def test_each_mark_leads_to_its_own_note() -> None:
    """Marks and notes meet by their names, in whatever order they stand."""
    html = to_html("A[^b] B[^a]\n\n[^a]: pirmā\n\n[^b]: otrā").text
    assert dict(re.findall('<li id="fn-([ab])">\n<p>(.*?)&nbsp;', html)) == {"a": "pirmā", "b": "otrā"}
    assert re.findall('<a href="#fn-([ab])">', html) == ["b", "a"]


def test_a_text_without_notes_has_no_part_for_them() -> None:
    """Nothing empty is added."""
    assert to_html("Teksts").text == "<p>Teksts</p>"


def test_a_rule_before_notes_stays() -> None:
    """A line that the editor drew is not taken for the one above the notes."""
    html = to_html("A[^1]\n\n---\n\nB\n\n[^1]: piezīme").text
    assert (html.count("<hr>"), html.count("<section")) == (1, 1)


# Attacks -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "html", "removed"),
    [
        ("[x](javascript:alert(1))", "<p><a>x</a></p>", ("javascript:",)),
        ("[x](JaVaScRiPt:alert(1))", "<p><a>x</a></p>", ("javascript:",)),
        ("[x]( javascript:alert(1))", "<p><a>x</a></p>", ("javascript:",)),
        ("[x](vbscript:x)", "<p><a>x</a></p>", ("vbscript:",)),
        ("[x](data:text/html;base64,xx)", "<p><a>x</a></p>", ("data:",)),
        ("![x](data:image/svg+xml,xx)", '<p><img alt="x"></p>', ("data:",)),
        ("[x](file:///etc/passwd)", "<p><a>x</a></p>", ("file:",)),
        ("<script>alert(1)</script>", "", ("<script>",)),
        ("a <ScRiPt>alert(1)</ScRiPt>", "<p>a </p>", ("<script>",)),
        ("<style>p{}</style>", "", ("<style>",)),
        ("<iframe src='https://a.example/'></iframe>", "", ("<iframe>",)),
        ("<svg onload=alert(1)></svg>", "<p></p>", ("<svg>",)),
        ("<form action=/x><input></form>", "", ("<form>", "<input>")),
        ("<p style='position:fixed'>x</p>", "<p>x</p>", ()),
        ("<p onclick='alert(1)'>x</p>", "<p>x</p>", ()),
        ("<p class='x' id='y'>x</p>", "<p>x</p>", ()),
        ("a <b onmouseover=alert(1)>x</b>", "<p>a <b>x</b></p>", ()),
        ("a <!-- secret --> b", "<p>a  b</p>", ()),
        ("x < y & z", "<p>x &lt; y &amp; z</p>", ()),
        ("`<script>`", "<p><code>&lt;script&gt;</code></p>", ()),
        ("    <script>", "<pre><code>&lt;script&gt;\n</code></pre>", ()),
    ],
)
def test_what_could_do_harm_is_taken_out_and_told(text: str, html: str, removed: tuple[str, ...]) -> None:
    """Scripts, styles, frames, forms, event handlers and strange schemes; code only shows them."""
    made = to_html(text)
    assert (made.text, made.removed) == (html, removed)


@pytest.mark.parametrize(
    "text",
    [
        "[x](java&#115;cript:alert(1))",
        "[x](&#x6A;avascript:alert(1))",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href=javascript:alert(1)>x</a>",
    ],
)
def test_a_scheme_in_disguise_is_taken_out_and_told(text: str) -> None:
    """However it is written, a scheme that is taken out is named."""
    made = to_html(text)
    assert (strip_tags(made.text), "href" in made.text, made.removed) == ("x", False, ("javascript:",))


def test_a_picture_keeps_no_event_handler() -> None:
    """`onerror` goes, the picture stays a mention that the link stage judges."""
    made = to_html("<img src=x onerror=alert(1)>")
    assert (_fill(made), made.mentions) == ('<p><img src="@x"></p>', (Mention("x", is_picture=True),))


@pytest.mark.parametrize(
    "text", ["<div><![foo[x]]></div>", "<div><![", "<p><![if !x]>a<![endif]></p>", "<div><!x[</div>"]
)
def test_a_broken_declaration_is_no_crash(text: str) -> None:
    """What word processors leave in HTML disappears, and the rest is read or refused."""
    try:
        html = to_html(text).text
    except CannotRead:
        html = ""
    assert "<!" not in html


@pytest.mark.parametrize(
    ("style", "attribute"),
    [
        ("text-align: left;", ' class="align-left"'),
        ("text-align: left;background:url(x)", ""),
        ("position:fixed", ""),
    ],
)
def test_a_cell_keeps_its_side_and_no_other_style(style: str, attribute: str) -> None:
    """Alignment becomes a class of ours, since pages allow no inline style."""
    html = to_html(f'<table><tbody><tr><td style="{style}">a</td></tr></tbody></table>').text
    assert re.findall("<td(.*)>a</td>", html) == [attribute]


def test_the_sides_of_a_table_become_classes() -> None:
    """Left, centre and right, as Markdown writes them."""
    html = to_html("| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |").text
    assert re.findall('<td class="(.*)">', html) == ["align-left", "align-center", "align-right"]


def test_the_language_of_words_may_be_marked() -> None:
    """A foreign expression keeps its `lang` (WCAG 3.1.2)."""
    assert to_html('a <span lang="en" class="b">x</span>').text == '<p>a <span lang="en">x</span></p>'


def test_an_attribute_list_adds_no_handler() -> None:
    """`{: … }` can give an id to a heading and nothing that acts."""
    assert to_html("## x {: #y onclick=alert(1) style=color:red }").text == '<h2 id="y">x</h2>'


@settings(derandomize=True, deadline=None)
@given(st.text(alphabet="<>\"'=&;:/![](){}`*_#|-\\ \nascriptonerjvhefdx1.^", max_size=60))
def test_no_text_makes_a_script_or_a_handler(text: str) -> None:
    """Whatever is typed, only harmless tags without handlers come out."""
    html = to_html(text).text
    tags = " ".join(re.findall(r"<[^>]*>", html)).lower()
    assert re.search(r"<script|\son\w+=|=\"\s*(javascript|data):", tags) is None


# One converter for many texts ----------------------------------------------------------------------------------

PIECES = [
    "[[fact:children]]", "[a](news:b)", "[b](#c)", "[c]", "\n\n[c]: https://x.lv", "![d](media:e.jpg)", "[^1]", "[^2]",
    "\n\n[^1]: f [[fact:g]]", "\n\n[^2]: h[^1]", "\n\n# A", "\n## A", "\n## B {#a}",
    "\n\n| i | j |\n|---|--:|\n| 1 | 2 |",
    "\n\n- k", "\n\n7. l", "\n1. m", "\n\n2023. n", "\n\nO\n:   p", "\n\n> q", "\n\n    r", "**s**", "*t*", "_u", "`v`",
    "<b>w", "<div>\n", "</div>", "<p x", "<script>", "<!-- y -->", "<!z", "<p-x>", "<A HREF='#x'>", "<https://x.lv>",
    "<x@y.lv>", "[z](javascript:x)", "[z](java&#9;script:x)", "<a href=data:x>", '<p title="href=a:b">', "src=",
    "&#91;[", "{.a}", "{: #b }", "[TOC]", "***", "\\", "ā ", "\n", " " * 30, "(" * 20, "[" * 20, "\ue000",
]  # fmt: skip
TEXT = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@given(st.lists(TEXT, min_size=1, max_size=4))
def test_no_text_is_changed_by_those_before_it(texts: list[str]) -> None:
    """A converter that is used again is like a new one."""

    def made(text: str) -> Html | str:
        try:
            return to_html(text)
        except CannotRead as refused:
            return refused.phrase

    one_after_another = [made(text) for text in texts]
    for text, html in zip(texts, one_after_another, strict=True):
        renderer._idle.clear()
        assert made(text) == html


def test_a_text_that_could_not_be_read_leaves_nothing_behind() -> None:
    """A converter that failed half way, deep in a list, is not used again."""
    renderer._idle.clear()
    with pytest.raises(CannotRead):
        to_html("- " * 1000 + "x")
    assert to_html("a").text == "<p>a</p>"


@given(TEXT)
def test_short_cuts_are_as_right_as_the_long_way(text: str) -> None:
    """What is told without parsing or reading line by line: nothing is taken out, refused, filled or left over."""
    if renderer._stays_whole(text):
        parser = renderer._Unwanted()
        parser.feed(text)
        parser.close()
        assert not parser.found
    if markdown.BRACKET.search(text) is None:
        assert markdown.LEFTOVER.search(strip_tags(text)) is None
    assert renderer._is_ordinary(text) is False or not _refused_by_line(text)


def _refused_by_line(text: str) -> bool:
    """What `_refuse` asks of every line, in plain words."""
    deep = any(len(line) - len(line.lstrip(" \t>")) > renderer.MAX_INDENT for line in text.split("\n"))
    long = re.search(r"([\[<(*_`!]\s?){60}", text) or max(text.count(mark) for mark in "[(<") > renderer.MAX_OPEN
    return bool(deep or long or re.search("[\ue000-\uf8ff]", text))


def test_the_renderer_has_a_name_for_its_versions_and_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is remembered of a text is kept under the name; another version has another one."""
    name = markdown.renderer()
    assert re.fullmatch(r"Python-Markdown \d[\d.]+, nh3 \d[\d.]+, Python 3\.[\d.]+, [0-9a-f]{16}", name)
    monkeypatch.setattr(nh3, "__version__", "0")
    renderer.described.cache_clear()
    assert markdown.renderer() != name
    renderer.described.cache_clear()


# Texts that would take for ever --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("pirmā\n" + "[" * 60, 2),
        ("[ " * 60, 1),
        ("*" * 61, 1),
        ("_" * 61, 1),
        ("`" * 61, 1),
        ("(" * 61, 1),
        ("<" * 61, 1),
        ("!" * 61, 1),
        ("<a " * 60, 1),
        ("<![CDATA[" * 60, 1),
        ("<![CDATA[\n" * 61, 30),
        ("a\nb\n" + "> " * 60 + "x", 3),
        (" " * 81 + "x", 1),
        ("- " * 1000 + "x", 1),
        ("a\n\nb\ue000", 3),
        ("\uf8ff", 1),
        ("x" * (MAX_CHARACTERS + 1), 1),
    ],
)
def test_what_would_take_for_ever_is_refused_with_its_line(text: str, line: int) -> None:
    """Long runs of marks, deep nesting, our own slot characters and texts that are too large."""
    with pytest.raises(CannotRead) as refused:
        to_html(text)
    assert refused.value.line == line


@pytest.mark.parametrize("text", ["[" * 59, "x" * MAX_CHARACTERS, " " * 80 + "x", "> " * 40 + "x", "-" * 200])
def test_what_is_just_within_the_limits_is_read(text: str) -> None:
    """The guards stop nobody who writes a text."""
    assert to_html(text).text != ""


# Words of HTML -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>a <em>b</em>c</p>", "a bc"),
        ("<p>a</p><p>b</p>", "a b"),
        ("<ul>\n<li>a</li>\n<li>b</li>\n</ul>", "a b"),
        ("a&nbsp;b &amp; c", "a\u00a0b & c"),
        ("<p>a<br>b</p>", "a b"),
        ("", ""),
    ],
)
def test_the_words_of_html_stand_on_one_line(html: str, words: str) -> None:
    """Tags within words go, tags between them become spaces, no-break spaces stay."""
    assert strip_tags(html) == words
