"""Short names of sources for running text: publisher and year, numbered where several would read the same."""

import re
from collections import Counter
from collections.abc import Iterable

from site_builder.content_types import Entry
from site_builder.i18n.formats import NBSP, Formats


def short_names(sources: Iterable[Entry], formats: Formats) -> dict[str, str]:
    """Each source's short name in a language: `irliepaja.lv, 2023`, `irliepaja.lv, 2023 (2)`.

    A name belongs to one source of the whole site, so equal link words never lead to two places (WCAG 2.4.4).
    """
    named: dict[str, str] = {}
    taken: Counter[str] = Counter()
    for source in sources:
        name = f"{bare_publisher(source, formats)}, {_year(source, formats)}"
        taken[name] += 1
        named[source.key] = name if taken[name] == 1 else f"{name}{NBSP}({taken[name]})"
    return named


def bare_publisher(source: Entry, formats: Formats) -> str:
    """The publisher without what is explained in brackets."""
    return formats.tidy(re.sub(r"\s*\([^)]*\)", "", source.fields.publisher[formats.language]))


def _year(source: Entry, formats: Formats) -> str:
    return str(source.fields.date.year) if source.fields.date else formats.words("undated")
