"""`templates/i18n/<language>.yaml` to Words: the interface's own words, complete in every language."""

import re
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from string import Formatter
from typing import Any, NamedTuple

from site_builder.config import LanguageConfig
from site_builder.engine.serialization import decode_cached, encode
from site_builder.i18n.plurals import plural_form, plural_forms
from site_builder.problems import Place, Problem, did_you_mean, has_errors, problem
from site_builder.sources.read import read_text
from site_builder.store import Store, key_of
from site_builder.versions import fingerprint
from site_builder.yaml_places import YamlDocument, parse

WORDS_FOLDER = "templates/i18n"
LENGTHS = {"months": 12, "months-in": 12, "seasons": 4, "seasons-in": 4}


def _patterns(value: Any) -> bool:
    """Whether a list, or the keys of a table, are regular expressions that can be read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return isinstance(value, list | dict) and all(re.compile(pattern) for pattern in value)
    except (re.error, TypeError, RecursionError, OverflowError, Warning):
        return False


BEGINNING = re.compile(r"(?:\\b|\(\?<=\[(?!\^?\])(?:[^\]\\]|\\.)*\]\))+")


def wider(pattern: str) -> str:
    """A pattern without the boundary or look behind that it begins with, found wherever the pattern is, and faster.

    A search leaps from one first letter to the next, but stops at every letter for what only looks around.
    """
    return pattern[found.end() :] if (found := BEGINNING.match(pattern)) else pattern


# Words that are rules of printing: what each must be.
RULES: dict[str, Callable[[Any], bool]] = {
    "no-break": _patterns,
    "people-first": _patterns,
    "typography": _patterns,
    "number.minimum-grouping-digits": lambda value: value in ("1", "2", "3"),
    "alphabet": lambda value: isinstance(value, str),
}


class UnknownWord(Exception):
    """An interface word was asked for that the language's file does not have, or whose blanks are others."""

    def __init__(self, key: str, language: str) -> None:
        super().__init__(f"{language}: {key}")
        self.key = key
        self.language = language

    def __reduce__(self) -> tuple[type, tuple[str, str]]:
        return UnknownWord, (self.key, self.language)


@dataclass(frozen=True, slots=True)
class Words:
    """The interface words of one language: key to text, key to plural forms, key to list."""

    language: str
    locale: str
    entries: dict[str, Any]
    # told which word is read
    note: Callable[[str], None] | None = field(default=None, repr=False, compare=False)

    def noting(self, note: Callable[[str], None]) -> "Words":
        """The same words, which tell of every one that is read."""
        return replace(self, note=note)

    def _value(self, key: str) -> Any:
        value = self.entries.get(key)
        if self.note is not None:
            self.note(key)
        return value

    def __call__(self, key: str, /, **params: object) -> str:
        """The word of `key` with its blanks filled. Raises UnknownWord."""
        value = self._value(key)
        if not isinstance(value, str):
            raise UnknownWord(key, self.language)
        try:
            return value.format(**params) if params else value
        except (KeyError, IndexError, ValueError, AttributeError) as error:
            raise UnknownWord(key, self.language) from error

    def plural(self, key: str, count: int | Decimal, shown: str = "") -> str:
        """The form of `key` for `count`, with `{count}` filled by `shown` or the count. Raises UnknownWord."""
        forms = self._value(key)
        if not isinstance(forms, dict):
            raise UnknownWord(key, self.language)
        try:
            return str(forms[plural_form(self.locale, count)]).format(count=shown or count)
        except (KeyError, IndexError, ValueError) as error:
            raise UnknownWord(key, self.language) from error

    def items(self, key: str) -> tuple[str, ...]:
        """The list of `key`, such as the months. Raises UnknownWord."""
        value = self._value(key)
        if not isinstance(value, list):
            raise UnknownWord(key, self.language)
        return tuple(value)

    def table(self, key: str) -> tuple[tuple[str, str], ...]:
        """The pairs of `key`, such as a pattern and the better wording. Raises UnknownWord."""
        value = self._value(key)
        if not isinstance(value, dict):
            raise UnknownWord(key, self.language)
        return tuple(value.items())


Forms = dict[str, tuple[str, ...]]


class _Cached(NamedTuple):
    """What reading the words gave, as it is cached; words that are of no use are read again."""

    entries: dict[str, dict[str, str | list[str] | dict[str, str]]]
    problems: list[Problem]
    forms: Forms


def load_languages(
    project: Path, languages: tuple[LanguageConfig, ...], store: Store
) -> tuple[dict[str, Words], list[Problem], Forms]:
    """The words of all languages, what is wrong with them, and the plural forms of each; known ones from the store.

    Raises ProblemsFound when a file cannot be read.
    """
    texts = {language.code: read_text(project, _path(language.code)) for language in languages}
    key = key_of(fingerprint(), texts, [language.locale for language in languages])
    cached = decode_cached(store.get("words", key), _Cached)
    if cached and cached.entries.keys() == texts.keys() == cached.forms.keys():
        words = {one.code: Words(one.code, one.locale, cached.entries[one.code]) for one in languages}
        return words, cached.problems, cached.forms
    words, problems = read_words(texts, languages)
    forms = {language.code: plural_forms(language.locale) for language in languages}
    store.put("words", [(key, encode(_Cached({code: own.entries for code, own in words.items()}, problems, forms)))])
    return words, problems, forms


def _path(code: str) -> str:
    return f"{WORDS_FOLDER}/{code}.yaml"


def read_words(
    texts: Mapping[str, str], languages: tuple[LanguageConfig, ...]
) -> tuple[dict[str, Words], list[Problem]]:
    """The words in the texts of their files; each language must have the keys, blanks and list lengths of the first."""
    documents: dict[str, YamlDocument] = {}
    problems: list[Problem] = []
    words: dict[str, Words] = {}
    for language in languages:
        document, found = parse(texts[language.code], _path(language.code))
        problems += found
        documents[language.code] = document
        value = document.value if isinstance(document.value, dict) else {}
        words[language.code] = Words(language.code, language.locale, value)
    if not has_errors(problems):
        problems += _differences(languages, documents)
    return words, problems


def _differences(languages: tuple[LanguageConfig, ...], documents: dict[str, YamlDocument]) -> list[Problem]:
    """What a language's words lack, have too many of, or write in another shape than the first language's."""
    model = documents[languages[0].code]
    found: list[Problem] = []
    for language in languages:
        document = documents[language.code]
        if not isinstance(document.value, dict):
            found.append(problem("empty-file", Place(document.path)))
            continue
        found += _shapes(document, language.locale)
        if isinstance(model.value, dict) and document is not model:
            found += _compared(document, document.value, model, model.value)
    return found


def _shapes(document: YamlDocument, locale: str) -> list[Problem]:
    """Twelve months, four seasons, and for counted words every plural form of the language and no other."""
    assert isinstance(document.value, dict)
    forms = set(plural_forms(locale))
    found = []
    for key, value in document.value.items():
        wrong_list = isinstance(value, list) and len(value) != LENGTHS.get(key, len(value))
        wrong_forms = isinstance(value, dict) and key not in RULES and set(value) != forms
        wrong_rule = key in RULES and not RULES[key](value)
        if value is None or wrong_list or wrong_forms or wrong_rule:
            found.append(problem("word-shape", document.place((key,)), key=key))
    return found


def _compared(
    document: YamlDocument, value: dict[str, Any], model: YamlDocument, words: dict[str, Any]
) -> list[Problem]:
    """Keys, kinds and blanks against the first language's."""
    found = []
    for key, model_value in words.items():
        if key not in value:
            found.append(problem("missing-word", Place(document.path), key=key, model=model.key_place((key,))))
        elif type(model_value) is not type(value[key]):
            found.append(problem("word-shape", document.place((key,)), key=key))
        elif isinstance(value[key], str) and _blanks(value[key]) != _blanks(model_value):
            found.append(problem("word-blanks", document.place((key,)), key=key))
    for key in value:
        if key not in words:
            place = document.key_place((key,))
            found.append(problem("unknown-word-key", place, key=key, hint=did_you_mean(key, words)))
    return found


def _blanks(text: str) -> set[str]:
    """The names in braces; a text whose braces do not match is its own only blank, unlike any other text."""
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name}
    except ValueError:
        return {text}
