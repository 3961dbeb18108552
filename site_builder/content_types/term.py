"""The glossary: words of the field in each language, explained plainly."""

from dataclasses import dataclass
from typing import Literal

from site_builder.content_types.content_type import ContentType
from site_builder.values import Localized, SourceId


@dataclass(frozen=True, slots=True)
class Term:
    """A word and what it means; `standing` says whether the English is official, in use, or ours."""

    term: Localized
    standing: Literal["official", "in-use", "own"]
    explanation: Localized
    abbreviation: Localized | None = None
    sources: tuple[SourceId, ...] = ()


TERM = ContentType(kind="term", layout="table", where="facts/glossary.yaml", fields=Term)
