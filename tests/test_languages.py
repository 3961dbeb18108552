"""Languages: words complete, pairs complete, nothing in the other language without a mark."""

import re
from pathlib import Path
from string import Formatter

import pytest
from conftest import PROJECT, interface

from site_builder.phrases import PHRASES

# Words that the code asks for by a name of which a part is a value of the content.
FAMILIES = (
    "embed.way-",
    "audience.", "data.", "date.", "event.", "facility-kind.", "fund.", "money.", "months", "news.of-",
    "operation.",
    "partner-group.", "qualifier.", "scope.", "seasons", "service.", "size.", "source-kind.", "standing.", "status.",
    "unit.",
)  # fmt: skip


def test_interface_words_are_complete_in_both_languages() -> None:
    """The same keys, none empty."""
    latvian, english = interface("lv"), interface("en")
    assert sorted(latvian) == sorted(english)
    assert [key for key, value in latvian.items() if not value and key != "number.group"] == []


def test_every_word_that_templates_ask_for_is_there() -> None:
    """Words asked for by a fixed key exist; so a page that is rarely made cannot fail on one."""
    asked = set()
    for template in (PROJECT / "templates").rglob("*.html"):
        asked |= set(re.findall(r"\bt(?:\.plural)?\(\s*[\"']([a-z0-9.-]+)[\"']\s*[,)]", template.read_text("utf-8")))
    assert sorted(asked - set(interface("lv"))) == []


def test_every_word_is_used() -> None:
    """No word is left over from something that is gone."""
    sources = [*(PROJECT / "templates").rglob("*.html"), *(PROJECT / "site_builder").rglob("*.py")]
    text = "\n".join(path.read_text("utf-8") for path in sources)
    unused = [
        key
        for key in interface("lv")
        if f'"{key}"' not in text and f"'{key}'" not in text and not key.startswith(FAMILIES)
    ]
    assert unused == []


@pytest.mark.parametrize("key", PHRASES)
def test_a_message_is_in_both_languages_with_the_same_blanks(key: str) -> None:
    """Latvian and English say the same things."""
    assert set(PHRASES[key]) == {"lv", "en"}
    blanks = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in PHRASES[key].values()]
    assert blanks[0] == blanks[1]
    assert all(PHRASES[key].values())


def test_every_item_and_page_has_its_twin() -> None:
    """Each file of the real content is in both languages."""
    for folder in ("news", "pages"):
        files = {path.relative_to(PROJECT).as_posix() for path in (PROJECT / "content" / folder).rglob("*.md")}
        assert {path for path in files if path.replace(".lv.md", ".en.md") not in files} == set()
        assert {path for path in files if path.replace(".en.md", ".lv.md") not in files} == set()


def test_twins_name_the_same_figures_and_places() -> None:
    """A figure or link in one language is in the other, so a translation that lags is seen."""
    for latvian in (PROJECT / "content").rglob("*.lv.md"):
        english = Path(str(latvian).replace(".lv.md", ".en.md"))
        mentions = [
            sorted(set(re.findall(r"\[\[([a-z]+:[a-z0-9/-]+)|\]\(([a-z]+:[a-z0-9/-]+)\)", path.read_text("utf-8"))))
            for path in (latvian, english)
        ]
        assert mentions[0] == mentions[1], latvian.name
