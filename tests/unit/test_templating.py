"""What is taken from a page that a template made: the white space that only its author needs."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.templating import without_indentation


def test_indentation_and_empty_lines_are_not_sent() -> None:
    """Each line begins with its first character; words keep the spaces between them."""
    assert (
        without_indentation("\n\n<ul>\n  <li>one  two</li>\n\n\t<li>\n</ul>\n")
        == "<ul>\n<li>one  two</li>\n<li>\n</ul>\n"
    )


def test_text_as_typed_keeps_its_spaces() -> None:
    """`pre` and `textarea` keep lines and indentation, whatever stands around them."""
    typed = "<pre><code>a\n    b\n\n  c\n</code></pre>"
    field = "<textarea rows='2'>\n  one\n</textarea>"
    assert without_indentation(f"  <p>\n    {typed}\n    {field}\n  </p>") == f"  <p>\n{typed}\n{field}\n</p>"


@pytest.mark.parametrize("space", [" ", "\t", "\r", "\f", "\v", " \t\r\n"])
def test_white_space_of_every_kind_goes_with_its_line_break(space: str) -> None:
    """Before a break, after it, and where a line has nothing else; within a line it stays."""
    assert without_indentation(f"<p>{space}\n{space}\n{space}x y") == "<p>\nx y"
    within = f"{space}x{space}y{space}".replace("\n", "")
    assert without_indentation(within) == within


@given(st.text("a<>\u00a0\u2003\x1c \t\r\f\v\n"))
def test_a_run_of_white_space_with_a_break_is_one_break(html: str) -> None:
    """Whatever stands around it, and nothing else is changed."""
    assert without_indentation(html) == re.sub(r"[ \t\r\f\v\n]*\n[ \t\r\f\v\n]*", "\n", html).lstrip("\n")


def test_a_no_break_space_is_text() -> None:
    """A line that begins with one keeps it."""
    assert without_indentation("<p>\n  \u00a0x</p>") == "<p>\n\u00a0x</p>"
