"""How texts are worded and typed: people before their conditions, and each language's own marks.

The words and marks of a language stand with its other words in `templates/i18n/`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from site_builder.checks.written import Written
from site_builder.i18n.words import wider
from site_builder.problems import Problem, phrase, problem
from site_builder.site import Site

# Fields that hold the official names of others, which are printed as they are.
NAMES = {
    "source": {"publisher", "note"},
    "partner": {"name", "former_names"},
    "member": {"name"},
    "person": {"role", "institution"},
    "contact": {"name"},
    "facility": {"operator"},
    "service": {"provider"},
    "operation": {"title", "programme", "objective", "measure", "beneficiary"},
}
QUOTED = re.compile("“[^”]*”")


def people_first(site: Site, text: Written) -> Iterator[Problem]:
    """People come before their conditions (UN Geneva, Disability-Inclusive Language Guidelines).

    In a quotation, or where an official name is named, it is others who speak, so that is a warning.
    """
    rules = _patterns(site, text.language, "people-first", re.IGNORECASE)
    if text.path[0] in NAMES.get(text.entry.kind, ()):
        return
    seen = text.seen
    for pattern, better in rules.possible(seen):
        for found in pattern.finditer(seen):
            names = _official_names(site, text.language)
            others = _within(found, QUOTED.finditer(seen)) or _named(found, seen, names)
            yield problem(
                "people-first",
                text.place(site, found.start(), found[0]),
                severity="warning" if others else "error",
                words=found[0],
                hint=phrase("hint.write-instead", better=better),
            )


def typography(site: Site, text: Written) -> Iterator[Problem]:
    """Quotation marks, dashes, dots and decimal marks are the language's own.

    The writer is told, and nothing is mended: a machine has to guess which side of a word a straight mark closes and
    whether two hyphens are a dash, and the wrong mark would stay in the file to be copied. What cannot be seen while
    typing, the no-break spaces, `Formats.tidy` puts in without a word.
    """
    rules = _patterns(site, text.language, "typography")
    seen = text.seen
    for pattern, better in rules.possible(seen):
        for found in pattern.finditer(seen):
            place = text.place(site, found.start(), found[0])
            hint = phrase("hint.write-instead", better=better)
            yield problem("typography", place, severity="warning", mark=found[0].strip(), hint=hint)


@dataclass(frozen=True, slots=True)
class _Rules:
    """Patterns with what to write instead, each with a wider pattern that is found faster; and one pattern for all."""

    rules: tuple[tuple[re.Pattern[str], str, re.Pattern[str]], ...]
    any: re.Pattern[str]

    def possible(self, text: str) -> list[tuple[re.Pattern[str], str]]:
        """The rules that a text may break: in most texts none."""
        if self.any.search(text) is None:
            return []
        return [(pattern, better) for pattern, better, quick in self.rules if quick.search(text)]


def _patterns(site: Site, language: str, key: str, flags: re.RegexFlag = re.NOFLAG) -> _Rules:
    def compiled() -> _Rules:
        table, whole = site.words[language].table(key), flags | re.MULTILINE
        rules = [(re.compile(one, whole), better, re.compile(wider(one), whole)) for one, better in table]
        return _Rules(tuple(rules), _any([one for one, _ in table], whole))

    return site.once(("rules", key, language), compiled)


def _any(patterns: Iterable[str], flags: re.RegexFlag) -> re.Pattern[str]:
    """One pattern for all, which of most texts tells that none is there; of all texts, where that would be no faster.

    A search for letters of either case looks at every letter, so once is better; others leap, each to its own.
    """
    if not flags & re.IGNORECASE:
        return re.compile("")
    try:
        joined = re.compile("|".join(f"(?:{one})" for one in patterns), flags)
    except re.error:  # one with flags or names of its own
        return re.compile("")
    return re.compile("") if joined.groups else joined


def _official_names(site: Site, language: str) -> tuple[str, ...]:
    """The names that institutions and documents have given themselves."""
    kinds = ("source", "partner", "member", "contact")
    return tuple(site.name(entry, language) for kind in kinds for entry in site.all(kind))


def _named(found: re.Match[str], seen: str, names: Iterable[str]) -> bool:
    holding = [name for name in names if found[0] in name]
    return any(_within(found, re.finditer(re.escape(name), seen)) for name in holding)


def _within(found: re.Match[str], spans: Iterable[re.Match[str]]) -> bool:
    return any(span.start() <= found.start() and found.end() <= span.end() for span in spans)
