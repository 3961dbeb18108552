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


def test_a_page_of_the_names_language_stays() -> None:
    """A Latvian page has no Latvian name to mark."""
    page = "<p>Salmu iela 53</p>"
    assert language_marker(NAMES, "lv")(page) == page
