"""Which edits of bodies are simple, and when what they make concerns others."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from site_builder.bodies import Basis, concerns_others, edited, make_again, readers_of
from site_builder.ledger import Ledger
from site_builder.making import NO_INPUTS, NO_ROW, NOTHING, Made, Outcome, Task, Workshop

from site_builder.problems import Place, problem
from site_builder.render import FileTold
from site_builder.store import Store, digest_of

FAULT = problem("empty-file", Place("a"), severity="warning")
START = {("body", "news", "a", "lv"): "1", ("body", "news", "b", "lv"): "1", ("word", "x"): "1"}


def workshop_of(folder: Path, inputs: dict[tuple[str, ...], str]) -> Workshop:
    ledger = Ledger()
    for node, value in inputs.items():
        ledger.declare(node, value)
    return Workshop(ledger, Store(folder), "", 1)


def basis_of(workshop: Workshop) -> Basis:
    return Basis("", digest_of(workshop.inputs_now), {}, (), (), ())


@pytest.mark.parametrize(
    ("changes", "entries"),
    [
        ({("body", "news", "a", "lv"): "2"}, {"news:a"}),
        ({("body", "news", "a", "lv"): "2", ("body", "news", "b", "lv"): "2"}, {"news:a", "news:b"}),
        ({}, set()),
        ({("word", "x"): "2"}, None),
        ({("body", "news", "a", "lv"): "2", ("word", "x"): "2"}, None),
        ({("body", "news", "a", "lv"): "2", ("word", "x"): None}, None),
        ({("body", "news", "a", "lv"): "2", ("word", "y"): "1"}, None),
        ({("body", "news", "a", "lv"): None}, None),
        ({("body", "news", "c", "lv"): "1"}, None),
    ],
)
def test_an_edit_is_of_bodies_alone_or_not(
    changes: dict[tuple[str, ...], str | None], entries: set[str] | None, tmp_path: Path
) -> None:
    """Each that is new has taken the place of one that is gone."""
    first = workshop_of(tmp_path, START)
    list(first.make([[Task("t", NO_INPUTS, lambda: Made((), troubled=False))]]))
    first.keep()
    after = {node: value for node, value in (START | changes).items() if value is not None}
    found = edited(workshop_of(tmp_path, after), basis_of(first))
    assert (found.entries if found else None) == entries
    assert not found or len(found.gone) == len(found.entries)
    assert edited(workshop_of(tmp_path, after), basis_of(workshop_of(tmp_path, {("word", "z"): "1"}))) is None


def test_readers_of_others_are_those_known_and_those_that_say_so(tmp_path: Path) -> None:
    """What belongs to an entry reads its body without being one of them."""
    workshop = workshop_of(tmp_path, START)
    a, b = (workshop.ledger.nodes["body", "news", key, "lv"] for key in "ab")

    def read() -> Made:
        workshop.ledger.note("body", "news", "a", "lv")
        workshop.ledger.note("body", "news", "b", "lv")
        return Made((), troubled=False)

    list(workshop.make([[Task("own", NO_INPUTS, read, entry="news:a")], [Task("feed", NO_INPUTS, read)]]))
    assert readers_of(workshop.outcomes, {a: frozenset(["x"])}) == {
        a: frozenset(["x", "feed"]), b: frozenset(["own", "feed"]),
    }  # fmt: skip
    again = workshop_of(tmp_path, START)
    assert readers_of({name: again.known[name].outcome for name in again.known}, {}) == {
        a: frozenset(["feed"]), b: frozenset(["own", "feed"]),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "concerns"),
    [
        ({}, {}, False),
        ({}, {"digest": b"2" * 32}, False),
        ({}, {"row": b"2" * 16}, True),
        ({}, {"troubled": True}, True),
        ({"troubled": True}, {}, True),
        ({}, {"weights": (10**9, 0, 0, 0, 0, 0, 0)}, True),
        ({"weights": (10**9, 0, 0, 0, 0, 0, 0)}, {}, True),
        ({}, {"ids": ("x", "y")}, False),
        ({"ids": ("x", "y")}, {"ids": ("y",)}, True),
        ({}, {"links": ("/q/",)}, True),
        ({}, {"links": ("/p/#x",)}, True),
        ({"ids": ("x",)}, {"ids": ("x",), "links": ("/p/#x",)}, False),
        ({}, {"digest": NOTHING, "links": ("/q/",)}, False),
    ],
)
def test_what_concerns_others(before: dict[str, Any], after: dict[str, Any], concerns: bool, tmp_path: Path) -> None:
    workshop = workshop_of(tmp_path, START)

    def made(told: dict[str, Any]) -> Outcome:
        troubled = told.get("troubled", False)
        rest = FileTold((FAULT,) if troubled else (), None, told.get("links", ()), told.get("ids", ()))
        row, weights = told.get("row", NO_ROW), told.get("weights", (0,) * 7)
        done = Made(rest, troubled, told.get("digest", b"1" * 32), 1, row, weights)
        list(workshop.make([[Task("file:p/index.html", NO_INPUTS, lambda: done)]]))
        return workshop.outcomes["file:p/index.html"]

    was = made(before)
    made(after)
    assert concerns_others(workshop, "file:p/index.html", was, {"p/index.html"}, "") == concerns


def test_what_is_kept_of_a_task_holds_with_its_inputs(tmp_path: Path) -> None:
    """With those that it read, whatever else there is."""
    workshop = workshop_of(tmp_path, START)

    def read() -> Made:
        workshop.ledger.note("word", "x")
        return Made((), troubled=False)

    list(workshop.make([[Task("t", NO_INPUTS, read)]]))
    x, values = workshop.ledger.nodes["word", "x"], workshop.ledger.values
    told = [workshop.kept("t", inputs) for inputs in (values, {x}, values - {x}, set[bytes]())]
    assert [one.holds for one in told if one] == [True, True, False, False]
    assert workshop.kept("u", values) is None


@pytest.mark.parametrize(
    ("kept", "again"),
    [
        ({}, True),
        ({"inputs": b"2" * 16}, False),
        ({"word": "2"}, False),
        ({"name": "another"}, False),
    ],
    ids=["of the last build", "told something else", "read something else", "not kept"],
)
def test_only_what_was_true_of_the_last_build_is_gone_on_from(
    kept: dict[str, Any], again: bool, tmp_path: Path
) -> None:
    """A build that was killed may have left outcomes of another site, with the same row."""

    def task_in(workshop: Workshop) -> Task:
        def read() -> Made:
            workshop.ledger.note("word", "x")
            workshop.ledger.note("body", "news", "a", "lv")
            return Made((), troubled=False)

        return Task("t", NO_INPUTS, read, entry="news:a")

    first = workshop_of(tmp_path, START)
    list(first.make([[task_in(first)]]))
    first.keep()
    left = workshop_of(tmp_path, START | {("word", "x"): kept.get("word", "1")})
    first.store.drop("tasks", [b":t"])
    task = task_in(left)
    list(left.make([[Task(kept.get("name", "t"), kept.get("inputs", NO_INPUTS), task.make, entry="news:a")]]))
    now = workshop_of(tmp_path, START | {("body", "news", "a", "lv"): "2"})
    edit = edited(now, basis_of(first))
    assert edit
    site: Any = SimpleNamespace(config=SimpleNamespace(base_path=""))
    tasks: Any = SimpleNamespace(some=lambda entries, names: [[task_in(now)]], site=site)
    assert (make_again(now, tasks, edit, basis_of(first), set(), lambda count: lambda: None) == {}) == again
