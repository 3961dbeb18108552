"""`templates/i18n/<language>.yaml` to Words: the interface's own words, complete in every language."""

from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any

from site_builder.config import LanguageConfig
from site_builder.problems import Place, Problem, did_you_mean, has_errors, problem
from site_builder.sources.read import read_text
from site_builder.yaml_places import YamlDocument, parse

WORDS_FOLDER = "templates/i18n"


class UnknownWord(Exception):
    """A template or a view asked for an interface word that the language's file does not have."""


@dataclass(frozen=True, slots=True)
class Words:
    """The interface words of one language: key to text, key to plural forms, key to list."""

    language: str
    locale: str
    entries: dict[str, Any]

    def __call__(self, key: str, /, **params: object) -> str:
        """The word of `key` with its blanks filled. Raises UnknownWord."""
        value = self.entries.get(key)
        if not isinstance(value, str):
            raise UnknownWord(key)
        return value.format(**params) if params else value

    def plural(self, key: str, count: int) -> str:
        """The form of `key` for `count`, with `{count}` filled. Raises UnknownWord."""
        forms = self.entries.get(key)
        if not isinstance(forms, dict):
            raise UnknownWord(key)
        from site_builder.i18n.plurals import plural_form

        return str(forms[plural_form(self.locale, count)]).format(count=count)

    def items(self, key: str) -> tuple[str, ...]:
        """The list of `key`, such as the months. Raises UnknownWord."""
        value = self.entries.get(key)
        if not isinstance(value, list):
            raise UnknownWord(key)
        return tuple(value)


def load_words(project: Path, languages: tuple[LanguageConfig, ...]) -> tuple[dict[str, Words], list[Problem]]:
    """Read the words of all languages; each must have the keys, blanks and list lengths of the first.

    Raises ProblemsFound when a file cannot be read.
    """
    documents: dict[str, YamlDocument] = {}
    problems: list[Problem] = []
    words: dict[str, Words] = {}
    for language in languages:
        path = f"{WORDS_FOLDER}/{language.code}.yaml"
        document, found = parse(read_text(project, path), path)
        problems += found
        documents[language.code] = document
        value = document.value if isinstance(document.value, dict) else {}
        words[language.code] = Words(language.code, language.locale, value)
    if not has_errors(problems):
        problems += _differences(languages, documents)
    return words, problems


def _differences(languages: tuple[LanguageConfig, ...], documents: dict[str, YamlDocument]) -> list[Problem]:
    first, *others = languages
    model = documents[first.code]
    found: list[Problem] = []
    assert isinstance(model.value, dict)
    for language in others:
        document = documents[language.code]
        value = document.value if isinstance(document.value, dict) else {}
        for key in model.value:
            if key not in value:
                found.append(problem("missing-word", Place(document.path), key=key, model=model.key_place((key,))))
            elif isinstance(model.value[key], str) != isinstance(value[key], str):
                found.append(problem("word-shape", document.place((key,)), key=key))
            elif isinstance(value[key], str) and _blanks(value[key]) != _blanks(str(model.value[key])):
                found.append(problem("word-blanks", document.place((key,)), key=key))
        for key in value:
            if key not in model.value:
                place = document.key_place((key,))
                found.append(problem("unknown-word-key", place, key=key, hint=did_you_mean(key, model.value)))
    return found


def _blanks(text: str) -> set[str]:
    """The names in braces; a text whose braces do not match is its own only blank, unlike any other text."""
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name}
    except ValueError:
        return {text}
