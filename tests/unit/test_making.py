"""Tasks: an outcome holds as long as what it was made from, and no longer."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest
from site_builder.ledger import Ledger
from site_builder.making import NOTHING, STATE_KEY, Lost, Made, Outcome, Task, Workshop

from site_builder.problems import Place, Problem, problem
from site_builder.store import Store, key_of

FAULT = problem("empty-file", Place("a"))
NOTE = problem("not-published", Place("b"), key="x", severity="warning")


def there(path: str, outcome: Outcome) -> bool:
    return True


class Run:
    """One build: a workshop over inputs, and which tasks it did."""

    def __init__(self, folder: Path, inputs: dict[str, str], variant: str = "", jobs: int = 1) -> None:
        ledger = self.ledger = Ledger()
        for name, value in inputs.items():
            ledger.declare((name,), value)
        self.inputs = inputs
        self.workshop = Workshop(ledger, Store(folder), variant, jobs)
        self.done: list[str] = []
        self.ticks = 0

    def task(self, name: str, reads: str = "", told: object = "", opens: bool = False, size: int = 0) -> Task:
        """A task that reads inputs and gives what they say."""

        def make() -> Made:
            self.done.append(name)
            for one in reads:
                self.ledger.note(one)
            said = "".join(self.inputs[one] for one in reads)
            if "raise" in said:
                raise ValueError(name)
            found = tuple(one for word, one in (("fault", FAULT), ("note", NOTE)) if word in said)
            rest = found if found or opens else (said, told)
            digest = key_of(said) * 2 if size else NOTHING
            return Made(rest, bool(found), digest, size, weights=tuple(range(7)))

        return Task(name, key_of(told), make, opens)

    def do(self, *groups: Sequence[Task], there: Callable[[str, Outcome], bool] = there) -> list[str]:
        """Do tasks and keep what they give; which ones had to be done."""
        self.done.clear()
        self.workshop.do(groups, self.tick, there)
        self.workshop.keep()
        return self.done

    def tick(self) -> None:
        self.ticks += 1


BOTH = {"x": "1", "y": "2"}


def test_an_outcome_is_kept_as_it_was(tmp_path: Path) -> None:
    """Every part of it, for the next build, which does nothing."""
    first, second = Run(tmp_path, BOTH), Run(tmp_path, BOTH)
    assert first.do([first.task("file:a", "xy", size=9)], [first.task("b")]) == ["file:a", "b"]
    second = Run(tmp_path, BOTH)
    assert second.do([second.task("file:a", "xy", size=9)], [second.task("b")]) == []
    assert second.workshop.outcomes == first.workshop.outcomes
    outcome = second.workshop.outcomes["file:a"]
    assert (second.workshop.told(outcome), outcome.weights) == (("12", ""), tuple(range(7)))
    assert second.workshop.problems_of(outcome) == ()
    assert (outcome.record.size, outcome.record.sha256) == (9, (key_of("12") * 2).hex())
    assert second.workshop.known["file:a"].digest == first.workshop.made["file:a"]
    assert (first.ticks, second.ticks) == (2, 2)


@pytest.mark.parametrize(
    ("after", "told", "done"),
    [
        ({"x": "1", "y": "2"}, "", []),
        ({"x": "1", "y": "other"}, "", ["b", "c"]),
        ({"x": "other", "y": "2"}, "", ["a", "b"]),
        ({"x": "1", "y": "2", "z": "new"}, "", []),
        ({"x": "1", "y": "2"}, "other", ["a", "b", "c", "d"]),
    ],
)
def test_a_task_is_done_again_when_what_it_read_or_was_told_differs(
    after: dict[str, str], told: str, done: list[str], tmp_path: Path
) -> None:
    """And only then."""
    for inputs, say, wanted in ((BOTH, "", ["a", "b", "c", "d"]), (after, told, done), (after, told, [])):
        run = Run(tmp_path, inputs)
        tasks = [run.task("a", "x", say), run.task("b", "xy", say), run.task("c", "y", say), run.task("d", "", say)]
        assert run.do(*([task] for task in tasks)) == wanted
        assert run.workshop.told(run.workshop.outcomes["b"]) == (inputs["x"] + inputs["y"], say)


def test_what_was_read_before_is_forgotten(tmp_path: Path) -> None:
    """A task that reads something else now is made from that alone."""
    for reads, value, done in (("x", "1", ["a"]), ("y", "2", ["a"]), ("y", "2", [])):
        run = Run(tmp_path, {"x": value, "y": "2"})
        assert run.do([run.task("a", reads, told=reads)]) == done
    run = Run(tmp_path, {"x": "another", "y": "2"})
    assert run.do([run.task("a", "y", told="y")]) == []


def test_an_input_that_is_no_more_was_another(tmp_path: Path) -> None:
    """A page that read what is gone is made again."""
    run = Run(tmp_path, BOTH)
    run.do([run.task("a", "y")])
    run = Run(tmp_path, {"x": "1"})
    assert run.do([run.task("a", "x")]) == ["a"]


def test_a_state_that_comes_back_is_made_from_what_is_there(tmp_path: Path) -> None:
    """An older store, or a change that was taken back: what holds is asked of each outcome."""
    for value, done in (("1", ["a"]), ("2", ["a"]), ("1", ["a"]), ("1", [])):
        run = Run(tmp_path, {"x": value})
        assert run.do([run.task("a", "x")]) == done


def test_a_file_that_nobody_has_is_made_again(tmp_path: Path) -> None:
    """`there` is asked by path and outcome, for what has a file alone."""
    asked = []

    def missing(path: str, outcome: Outcome) -> bool:
        asked.append((path, outcome.size))
        return path != "a"

    for done in (["file:a", "file:b", "c"], ["file:a"]):
        run = Run(tmp_path, BOTH)
        tasks = [run.task("file:a", "x", size=3), run.task("file:b", "x", size=4), run.task("c", "x")]
        assert run.do(*([task] for task in tasks), there=missing) == done
    assert asked == [("a", 3), ("b", 4)]


@pytest.mark.parametrize(("value", "done"), [("fine", ["a", "b", "c"]), ("fault", ["a"]), ("note", ["a", "b", "c"])])
def test_a_group_stops_at_an_error_of_what_opens_it(value: str, done: list[str], tmp_path: Path) -> None:
    """An error there explains whatever comes after; a warning stops nothing, nor does a group stop others."""
    run = Run(tmp_path, {"x": value})
    group = [run.task("a", "x", opens=True), run.task("b", "x"), run.task("c")]
    assert run.do(group, [run.task("d")]) == [*done, "d"]


def test_an_error_of_what_does_not_open_a_group_stops_nothing(tmp_path: Path) -> None:
    """Whatever is wrong is told at once."""
    run = Run(tmp_path, {"x": "fault"})
    assert run.do([run.task("a", opens=True), run.task("b", "x"), run.task("c")]) == ["a", "b", "c"]


def test_an_exception_is_raised_only_when_asked(tmp_path: Path) -> None:
    """It ends its group, not the others; whoever finds a problem that explains it tells that instead."""
    run = Run(tmp_path, {"x": "raise", "y": "fault"})
    assert run.do([run.task("a", "x"), run.task("b")], [run.task("c", "y")]) == ["a", "c"]
    assert run.workshop.problems("") == [FAULT]
    assert "a" not in run.workshop.outcomes
    with pytest.raises(ValueError, match="a"):
        run.workshop.raise_failures()
    run = Run(tmp_path, {"x": "fine", "y": "2"})
    assert run.do([run.task("a", "x"), run.task("b")]) == ["a", "b"]
    run.workshop.raise_failures()


def test_problems_are_told_by_the_names_of_tasks(tmp_path: Path) -> None:
    """By their beginnings; also by a build that finds them kept."""
    for _ in range(2):
        run = Run(tmp_path, {"x": "fault", "y": "note", "z": ""})
        run.do([run.task("links:a", "x")], [run.task("checks:a", "y")], [run.task("checks:b", "z")])
        found: list[list[Problem]] = [run.workshop.problems(one) for one in ("links:", "checks:", "")]
        assert found == [[FAULT], [NOTE], [FAULT, NOTE]]


def test_a_remainder_that_is_gone_is_not_made_up(tmp_path: Path) -> None:
    """Remainders are kept apart, so one may be lost alone: whoever asks for it is told so."""
    run = Run(tmp_path, {"x": "note"})
    run.do([run.task("a", "x")])
    again = Run(tmp_path, {"x": "note"})
    again.workshop.store.drop("told", again.workshop.store.keys("told"))
    assert again.do([again.task("a", "x")]) == []
    with pytest.raises(Lost):
        again.workshop.problems("")


def test_an_outcome_is_never_kept_before_its_remainder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whenever a build is killed, the next one finds the remainder of every outcome that it finds."""
    put, counts = Store.put, []

    def watched(store: Store, table: str, values: Iterable[tuple[bytes, bytes]]) -> None:
        put(store, table, values)
        rests = {Outcome(kept).rest for key, kept in store.each("tasks") if not key.endswith(STATE_KEY)}
        assert rests <= store.keys("told")
        counts.append(len(rests))

    monkeypatch.setattr(Store, "put", watched)
    run = Run(tmp_path, BOTH)
    run.do(*([run.task(f"{number}", told=number)] for number in range(450)))
    assert counts == [0, 200, 200, 400, 400, 450, 450]


def test_remainders_that_no_outcome_has_are_forgotten(tmp_path: Path) -> None:
    """When there are many of them; those of other variants have one."""
    other = Run(tmp_path, BOTH, "other")
    other.do([other.task("a")])
    for round_ in range(4):
        run = Run(tmp_path, BOTH)
        run.do(*([run.task(f"{number}", told=(round_, number))] for number in range(600)))
        told = [run.workshop.told(one) for one in run.workshop.outcomes.values()]
        assert told == [("", (round_, number)) for number in range(600)]
        assert run.workshop.store.count("told") <= 2 * 602 + 1000
    other = Run(tmp_path, BOTH, "other")
    assert other.do([other.task("a")]) == []
    assert other.workshop.told(other.workshop.outcomes["a"]) == ("", "")


def test_tasks_that_are_no_more_are_forgotten(tmp_path: Path) -> None:
    """Those of other variants stay, until they are many more than what there is."""
    other = Run(tmp_path, BOTH, "other")
    other.do([other.task("a")])
    run = Run(tmp_path, BOTH)
    run.do([run.task("a")], [run.task("b")])
    run = Run(tmp_path, BOTH)
    assert run.do([run.task("a")]) == []
    assert Run(tmp_path, BOTH).workshop.known.keys() == {"a"}
    other = Run(tmp_path, BOTH, "other")
    assert other.do([other.task("a")]) == []
    crowd = [[other.task(f"{number}")] for number in range(2000)]
    other = Run(tmp_path, BOTH, "other")
    other.do(*crowd)
    run = Run(tmp_path, BOTH)
    run.do([run.task("a", told="new")])
    assert Run(tmp_path, BOTH, "other").workshop.known == {}
    assert Run(tmp_path, BOTH).workshop.known.keys() == {"a"}


def test_variants_do_not_see_each_other(tmp_path: Path) -> None:
    """One whose name begins as another's does, too."""
    for variant in ("a", "ab", "b"):
        run = Run(tmp_path, BOTH, variant)
        assert run.do([run.task("a")]) == ["a"]


def test_many_tasks_give_the_same_in_several_processes(tmp_path: Path) -> None:
    """Outcomes, reads, problems and failures; and what is kept holds for the next build."""
    inputs = {"x": "1", "y": "note", "z": "fault", "w": "raise"}
    outcomes = []
    for jobs in (1, 2, 4):
        run = Run(tmp_path / str(jobs), inputs, jobs=jobs)
        run.do(*([run.task(f"{number}{one}", one) for one in "xyz"] for number in range(200)), [run.task("w", "w")])
        outcomes.append((run.workshop.outcomes, run.workshop.made))
        assert len(run.workshop.problems("")) == 400
        assert [str(one) for one in run.workshop.failures] == ["w"]
        assert run.ticks == 601
    assert outcomes[0] == outcomes[1] == outcomes[2]
    again = Run(tmp_path / "4", inputs)
    assert again.do(*([again.task(f"{number}{one}", one) for one in "xyz"] for number in range(200))) == []
