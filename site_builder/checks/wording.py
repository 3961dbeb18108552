"""How texts are worded and typed: people before their conditions, and each language's own marks.

The words and marks of a language stand with its other words in `templates/i18n/`.
"""

import re
from collections.abc import Iterable, Iterator

from site_builder.checks.written import written
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


def people_first(site: Site) -> Iterator[Problem]:
    """People come before their conditions (UN Geneva, Disability-Inclusive Language Guidelines).

    In a quotation, or where an official name is named, it is others who speak, so that is a warning.
    """
    rules = {code: _patterns(site, code, "people-first", re.IGNORECASE) for code in site.config.codes}
    names = {code: _official_names(site, code) for code in site.config.codes}
    any_rule = {code: _any(patterns) for code, patterns in rules.items()}
    for text in written(site):
        if text.path[0] in NAMES.get(text.entry.kind, ()):
            continue
        seen = text.seen
        if any_rule[text.language].search(seen) is None:
            continue
        for pattern, better, _ in rules[text.language]:
            for found in pattern.finditer(seen):
                others = _within(found, QUOTED.finditer(seen)) or _named(found, seen, names[text.language])
                yield problem(
                    "people-first",
                    text.place(site, found.start(), found[0]),
                    severity="warning" if others else "error",
                    words=found[0],
                    hint=phrase("hint.write-instead", better=better),
                )


def typography(site: Site) -> Iterator[Problem]:
    """Quotation marks, dashes, dots and decimal marks are the language's own.

    The writer is told, and nothing is mended: a machine has to guess which side of a word a straight mark closes and
    whether two hyphens are a dash, and the wrong mark would stay in the file to be copied. What cannot be seen while
    typing, the no-break spaces, `Formats.tidy` puts in without a word.
    """
    rules = {code: _patterns(site, code, "typography") for code in site.config.codes}
    for text in written(site):
        seen = text.seen
        for pattern, better, quick in rules[text.language]:
            if quick.search(seen) is None:
                continue
            for found in pattern.finditer(seen):
                place = text.place(site, found.start(), found[0])
                hint = phrase("hint.write-instead", better=better)
                yield problem("typography", place, severity="warning", mark=found[0].strip(), hint=hint)


Rule = tuple[re.Pattern[str], str, re.Pattern[str]]


def _patterns(site: Site, language: str, key: str, flags: re.RegexFlag = re.NOFLAG) -> list[Rule]:
    """Each pattern, what to write instead, and a wider pattern that is found faster."""
    flags |= re.MULTILINE
    table = site.words[language].table(key)
    return [(re.compile(pattern, flags), better, re.compile(wider(pattern), flags)) for pattern, better in table]


def _any(rules: Iterable[Rule]) -> re.Pattern[str]:
    """One pattern for all, which of most texts tells that none is there; of all texts, where they cannot be joined."""
    patterns = [pattern for pattern, _, _ in rules]
    try:
        joined = re.compile("|".join(f"(?:{one.pattern})" for one in patterns), re.IGNORECASE | re.MULTILINE)
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
