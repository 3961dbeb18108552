"""The interface's words: complete in every language, with the same blanks."""

from pathlib import Path

import pytest

from site_builder.config import LanguageConfig
from site_builder.i18n.words import UnknownWord, Words, load_languages
from site_builder.problems import Place, Problem, ProblemsFound
from site_builder.store import Store

PROJECT = Path(__file__).resolve().parents[3]
LANGUAGES = (LanguageConfig("lv", "Latviešu", "lv_LV"), LanguageConfig("en", "English", "en_GB"))
LV = """\
home: Sākums
page: "{number}. lapa"
seasons: [ziema, pavasaris, vasara, rudens]
count: {zero: "{count} ziņas", one: "{count} ziņa", other: "{count} ziņas"}
"""
EN = """\
home: Home
page: Page {number}
seasons: [winter, spring, summer, autumn]
count: {one: "{count} item", other: "{count} items"}
"""


def _load(project: Path, lv: str = LV, en: str = EN) -> tuple[dict[str, Words], list[Problem]]:
    folder = project / "templates/i18n"
    folder.mkdir(parents=True, exist_ok=True)
    for language, text in (("lv", lv), ("en", en)):
        (folder / f"{language}.yaml").write_text(text, "utf-8")
    return load_languages(project, LANGUAGES, Store())[:2]


def _told(found: list[Problem]) -> list[tuple[str, Place]]:
    return [(problem.code, problem.place) for problem in found]


def test_the_words_of_the_site_are_complete() -> None:
    """The words that the project ships agree between its languages."""
    assert load_languages(PROJECT, LANGUAGES, Store())[1] == []


# Asking for words ----------------------------------------------------------------------------------------------


def test_a_word_is_found_in_its_language(tmp_path: Path) -> None:
    """The same key gives each language's own word."""
    words, problems = _load(tmp_path)
    assert (words["lv"]("home"), words["en"]("home"), problems) == ("Sākums", "Home", [])


def test_the_blanks_of_a_word_are_filled(tmp_path: Path) -> None:
    """What the page knows is put where the language wants it."""
    words, _ = _load(tmp_path)
    assert [words[language]("page", number=2) for language in ("lv", "en")] == ["2. lapa", "Page 2"]


def test_a_plural_takes_the_form_of_its_count(tmp_path: Path) -> None:
    """A count of 21 is singular in Latvian and plural in English."""
    words, _ = _load(tmp_path)
    assert [words[language].plural("count", 21) for language in ("lv", "en")] == ["21 ziņa", "21 items"]


def test_a_list_keeps_its_order(tmp_path: Path) -> None:
    """Seasons come as they were written."""
    assert _load(tmp_path)[0]["en"].items("seasons") == ("winter", "spring", "summer", "autumn")


@pytest.mark.parametrize("key", ["absent", "seasons", "count"])
def test_what_is_no_word_is_unknown(tmp_path: Path, key: str) -> None:
    """A key that is missing, a list or a plural gives no word."""
    with pytest.raises(UnknownWord):
        _load(tmp_path)[0]["lv"](key)


@pytest.mark.parametrize("key", ["absent", "home", "seasons"])
def test_what_is_no_plural_is_unknown(tmp_path: Path, key: str) -> None:
    """A key that is missing, a word or a list gives no plural."""
    with pytest.raises(UnknownWord):
        _load(tmp_path)[0]["lv"].plural(key, 1)


@pytest.mark.parametrize("key", ["absent", "home", "count"])
def test_what_is_no_list_is_unknown(tmp_path: Path, key: str) -> None:
    """A key that is missing, a word or a plural gives no list."""
    with pytest.raises(UnknownWord):
        _load(tmp_path)[0]["lv"].items(key)


# Comparing languages -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("en", "told"),
    [
        (EN.replace("home: Home\n", ""), [("missing-word", Place("templates/i18n/en.yaml"))]),
        (EN + "hone: Home\n", [("unknown-word-key", Place("templates/i18n/en.yaml", 5, 1))]),
        (EN.replace("{number}", "{count}"), [("word-blanks", Place("templates/i18n/en.yaml", 2, 7))]),
        (EN.replace("{number}", "2"), [("word-blanks", Place("templates/i18n/en.yaml", 2, 7))]),
        (EN.replace("{number}", "{number"), [("word-blanks", Place("templates/i18n/en.yaml", 2, 7))]),
        (EN.replace("home: Home", "home: [Home]"), [("word-shape", Place("templates/i18n/en.yaml", 1, 7))]),
        (EN.replace("[winter, spring, summer, autumn]", "x"), [("word-shape", Place("templates/i18n/en.yaml", 3, 10))]),
        (EN + "home: Again\n", [("duplicate-key", Place("templates/i18n/en.yaml", 5, 1))]),
    ],
)
def test_a_language_that_differs_from_the_first_is_told(tmp_path: Path, en: str, told: list[tuple[str, Place]]) -> None:
    """A missing, strange, misshapen or repeated key, and blanks that are not the first language's."""
    assert _told(_load(tmp_path, en=en)[1]) == told


@pytest.mark.parametrize("language", ["lv", "en"])
def test_a_year_of_another_length_is_told(tmp_path: Path, language: str) -> None:
    """A language with three seasons would fail on the first page that needs the fourth."""
    texts = {"lv": LV.replace(", rudens", ""), "en": EN.replace(", autumn", "")}
    problems = _load(tmp_path, **{language: texts[language]})[1]
    assert _told(problems) == [("word-shape", Place(f"templates/i18n/{language}.yaml", 3, 10))]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("lv", LV.replace('zero: "{count} ziņas", ', "")),
        ("en", EN.replace('one: "{count} item", ', "")),
        ("en", EN.replace("one:", 'zero: "none", one:')),
    ],
)
def test_a_plural_needs_exactly_the_forms_of_its_language(tmp_path: Path, language: str, text: str) -> None:
    """A form too few would fail on some page, a form too many is never used."""
    problems = _load(tmp_path, **{language: text})[1]
    assert _told(problems) == [("word-shape", Place(f"templates/i18n/{language}.yaml", 4, 8))]


def test_blanks_may_stand_in_another_order(tmp_path: Path) -> None:
    """Languages order their sentences as they like."""
    assert _load(tmp_path, LV + 'x: "{a} {b}"\n', EN + 'x: "{b}, {a}"\n')[1] == []


def test_a_strange_key_is_hinted_at(tmp_path: Path) -> None:
    """The nearest key of the first language is named."""
    problems = _load(tmp_path, en=EN + "hone: Home\n")[1]
    assert [dict(found.hint.params) for found in problems if found.hint] == [{"name": "home"}]


@pytest.mark.parametrize("language", ["lv", "en"])
@pytest.mark.parametrize("text", ["", "# nothing yet\n", "[a, b]\n"])
def test_a_file_without_words_is_told(tmp_path: Path, language: str, text: str) -> None:
    """An empty file, in whichever language, is a problem and not a crash."""
    assert _load(tmp_path, **{language: text})[1] != []


def test_a_file_that_is_not_there_stops_the_run(tmp_path: Path) -> None:
    """Without its words a language has no pages."""
    with pytest.raises(ProblemsFound) as stopped:
        load_languages(tmp_path, LANGUAGES, Store())
    assert [found.place.path for found in stopped.value.problems] == ["templates/i18n/lv.yaml"]
