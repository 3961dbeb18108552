"""What the checks of wording read: texts in which what readers do not see is blotted out, and patterns found faster."""

import re

import pytest
from conftest import interface
from hypothesis import given
from hypothesis import strategies as st

from site_builder.checks.house_rules import MAP_SIGN
from site_builder.checks.written import blotted
from site_builder.content_types.facility import MAP_WORDS
from site_builder.i18n.words import wider
from site_builder.markup.sentences import BLOT

PIECES = [
    "a", "B ", " ", "\n", "`", "```", "[", "]", "[[fact:x]]", "(", ")", "](x)", "](", "    ", "\n[a]: b", "[^1]: c",
    "{#d}", "{",
    "<i>", "<", ">", "https://e.lv", "http://", "f@g.lv", "@", "\n|---|:-:|\n", "--", "---\n", "| ", ":",
]  # fmt: skip
UNSEEN = re.compile(
    r"```.*?```|`[^`\n]*`|\[\[[^\]\n]*\]\]|(?<=\])\([^)\n]*\)|^ {0,3}\[[^\]^\n]+\]:.*$|\{[#:][^}\n]*\}|<[^>\n]*>"
    r"|https?://[^\s)>\]]*|[^\s(]+@[^\s)]+|^[ \t]*\|?[ \t]*:?-{2,}[-|: \t]*$",
    re.DOTALL | re.MULTILINE,
)


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_only_what_is_looked_for_can_be_there(text: str) -> None:
    """The patterns that a text has no mark of change nothing in it; places stay."""
    assert blotted(text) == UNSEEN.sub(lambda match: BLOT * len(match[0]), text)
    assert len(blotted(text)) == len(text)


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        (r"\bx", "x"),
        (r"(?<=[^\s|]) +x", " +x"),
        (r"(?<=[\w\]])\b--", "--"),
        (r"(?<=[]a])x", r"(?<=[]a])x"),
        (r"(?<!a)x", r"(?<!a)x"),
        ("x", "x"),
    ],
)
def test_a_wider_pattern_lacks_what_only_looks_around(pattern: str, found: str) -> None:
    """Boundaries and sets behind; what is written otherwise stays."""
    assert wider(pattern) == found


@pytest.mark.parametrize("language", ["lv", "en"])
@pytest.mark.parametrize("key", ["no-break", "people-first", "typography"])
def test_the_wider_patterns_of_the_site_can_be_read(language: str, key: str) -> None:
    """Each is a pattern of its own."""
    for pattern in interface(language)[key]:
        re.compile(wider(pattern))


@pytest.mark.parametrize("words", re.split(r"\|(?![^(]*\))", MAP_WORDS.pattern))
@given(data=st.data())
def test_no_words_of_a_map_are_without_a_sign(words: str, data: st.DataObject) -> None:
    """Each kind of what is looked for only where a sign stands has one, in letters of either case."""
    found = data.draw(st.from_regex(re.compile(words, MAP_WORDS.flags), fullmatch=True))
    assert MAP_SIGN.search(found.lower())
