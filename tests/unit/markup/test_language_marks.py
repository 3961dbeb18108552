"""Names of another language are marked, once, where they are prose."""

import pytest

from site_builder.markup.languages import language_marker

NAMES = {"lv": ("Kurzeme visiem", "Salmu iela 53", "Salmu iela"), "en": ()}


@pytest.mark.parametrize(
    ("page", "marked"),
    [
        ("<p>The project “Kurzeme visiem”.</p>", "<p>The project “[Kurzeme visiem]”.</p>"),
        ("<h1>Salmu iela\u00a053</h1>", "<h1>[Salmu iela\u00a053]</h1>"),
        ("<p>Salmu ielas</p>", "<p>Salmu ielas</p>"),
        ('<p lang="lv">Salmu iela</p>', '<p lang="lv">Salmu iela</p>'),
        ('<div lang="lv"><p>Salmu iela</p></div> Salmu iela', '<div lang="lv"><p>Salmu iela</p></div> [Salmu iela]'),
        ("<head><title>Salmu iela</title></head>", "<head><title>Salmu iela</title></head>"),
        ('<img alt="a > b Salmu iela"><br>', '<img alt="a > b Salmu iela"><br>'),
        ("<svg><title>Salmu iela</title></svg>", "<svg><title>Salmu iela</title></svg>"),
        ("<p>x<br>Salmu iela<em>Salmu iela</em></p>", "<p>x<br>[Salmu iela]<em>[Salmu iela]</em></p>"),
        ("<!-- Salmu iela --> Salmu iela", "<!-- Salmu iela --> [Salmu iela]"),
        ("</p>Salmu iela", "</p>[Salmu iela]"),
        (
            '<p lang="lv"><span lang="en">Salmu iela</span></p>',
            '<p lang="lv"><span lang="en">[Salmu iela]</span></p>',
        ),
    ],
)
def test_names_are_marked_where_they_are_prose(page: str, marked: str) -> None:
    """The longest name as a whole word, outside its own language, outside head, drawings and attributes."""
    expected = marked.replace("[", '<span lang="lv">').replace("]", "</span>")
    assert language_marker(NAMES, "en")(page) == expected


def test_a_name_in_a_drawing_is_marked_as_drawings_do() -> None:
    """SVG has `tspan` where HTML has `span`."""
    marked = '<svg><text><tspan lang="lv">Salmu iela</tspan></text></svg><b><span lang="lv">Salmu iela</span></b>'
    assert language_marker(NAMES, "en")("<svg><text>Salmu iela</text></svg><b>Salmu iela</b>") == marked


def test_in_a_page_of_the_names_language_only_its_other_parts_are_marked() -> None:
    """The page in all languages is Latvian, with a part in English."""
    page = '<p>Salmu iela 53</p><p lang="en">Salmu iela 53</p>'
    marked = '<p>Salmu iela 53</p><p lang="en"><span lang="lv">Salmu iela 53</span></p>'
    assert language_marker(NAMES, "lv")(page) == marked


def test_names_of_several_languages_are_marked_once() -> None:
    """A mark is no text in which further names are looked for; what HTML escapes is found; the first language wins."""
    marker = language_marker({"lv": ("span", "A & B", "Alma"), "lt": ("lang", "O'Hara", "Alma")}, "en")
    assert marker("<p>span lang A &amp; B O&#39;Hara Alma</p>") == (
        '<p><span lang="lv">span</span> <span lang="lt">lang</span> <span lang="lv">A &amp; B</span>'
        ' <span lang="lt">O&#39;Hara</span> <span lang="lv">Alma</span></p>'
    )
