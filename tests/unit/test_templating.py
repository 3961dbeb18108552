"""What is taken from a page that a template made: the white space that only its author needs."""

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


def test_a_no_break_space_is_text() -> None:
    """A line that begins with one keeps it."""
    assert without_indentation("<p>\n  \u00a0x</p>") == "<p>\n\u00a0x</p>"
