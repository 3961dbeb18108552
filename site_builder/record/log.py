"""`content/changes.yaml`: the changes to facts that were recorded, and up to where; read, checked and written."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import yaml

from site_builder.problems import Problem, has_errors
from site_builder.schema import MISSING, Context, read_fields
from site_builder.values import Localized, PartialDate, Shape
from site_builder.yaml_places import parse

LOG = "content/changes.yaml"
REMARK = """\
# Changes to the facts of this site. `site-builder changes --record` adds what Git knows and this file does not;
# a change that Git cannot tell may be added by hand. What was published here stays.
"""
# The tables of open data whose things are watched.
Watched = Literal["figures", "facilities", "services", "partners", "operations", "milestones"]
Kind = Literal["added", "removed", "value", "wording"]


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one field of a thing, or of the wording of some, or a thing that came or went.

    `day` is when it came to the site's main line; for a home the year alone, because the day could tell when people
    moved. `old` and `new` are as in the open data, nothing where there was nothing; of texts only the fields are told.
    """

    day: PartialDate
    table: Watched
    id: str
    label: Localized
    change: Kind
    field: str | None = None
    old: str | None = None
    new: str | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Log:
    """The recorded changes, the oldest first. `begins` is the day of the first state of the facts, `recorded` the
    Git tree of `content/facts` up to which nothing is missing."""

    begins: datetime.date | None = None
    recorded: Annotated[str, Shape(r"[0-9a-f]{40}([0-9a-f]{24})?", "bad-tree")] | None = None
    changes: tuple[Change, ...] = ()


def read_log(text: str, languages: tuple[str, ...]) -> tuple[Log, list[Problem]]:
    """The log in a text, with what is wrong with it; an empty text is an empty log."""
    document, problems = parse(text, LOG)
    if document.value is None:
        return Log(), problems
    context = Context(languages, problems=problems)
    log = read_fields(Log, document, (), context)
    return (Log() if log is MISSING or has_errors(context.problems) else log), context.problems


def write_log(log: Log) -> str:
    """The log as YAML, each change in the order of its fields."""
    head: dict[str, Any] = {"begins": log.begins.isoformat() if log.begins else None, "recorded": log.recorded}
    told = {**head, "changes": [_written(one) for one in log.changes]}
    kept = {key: value for key, value in told.items() if value}
    return REMARK + yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=10_000)


def _written(one: Change) -> dict[str, Any]:
    day = one.day.text if one.day.precision == "day" else {"date": one.day.text, "precision": one.day.precision}
    fields = {
        "day": day,
        "table": one.table,
        "id": one.id,
        "label": dict(one.label),
        "change": one.change,
        "field": one.field,
        "old": one.old,
        "new": one.new,
        "sources": list(one.sources),
    }
    return {key: value for key, value in fields.items() if value}


def joined(log: Log, newer: Sequence[Change], begins: datetime.date | None, recorded: str | None) -> Log:
    """A log with what Git knows beyond it."""
    return Log(log.begins or begins, recorded or log.recorded, (*log.changes, *newer))
