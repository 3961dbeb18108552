"""Tasks: a result is up to date as long as its arguments and all that it was made from are the same, and no longer."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.engine.dependencies import DependencyTracker, Memo
from site_builder.engine.serialization import Undecodable, decode, encode
from site_builder.engine.task_graph import GraphFiles, TaskGraph
from site_builder.engine.task_runner import (
    ANCHORS,
    DETAILS,
    NO_DIGEST,
    NO_FILE,
    RECORD,
    SHA256,
    SUMMARY,
    CacheMiss,
    Made,
    Reason,
    Task,
    TaskResult,
    TaskRunner,
)
from site_builder.problems import Place, Problem, problem
from site_builder.sources.read import Moved
from site_builder.store import Store, digest_of, key_of

FAULT = problem("empty-file", Place("a"))
NOTE = problem("not-published", Place("b"), key="x", severity="warning")
WEIGHTS = tuple(range(1, 8))
# What a task of these tests says in its details: its problems, what it has read, and its argument.
Said = tuple[tuple[Problem, ...], str, str]


def problems_in(name: str, details: bytes) -> tuple[Problem, ...]:
    """The problems of a task of these tests."""
    try:
        found: Said = decode(details, Said)
    except Undecodable as error:
        raise CacheMiss from error
    return found[0]


class Run:
    """One build: a runner over inputs, and which tasks ran."""

    def __init__(
        self, folder: Path, inputs: Mapping[str, str], variant: str = "", jobs: int = 1, graph: TaskGraph | None = None
    ) -> None:
        """It begins with the graph that was saved last, or with the one that is given."""
        self.inputs = inputs
        self.files = GraphFiles(folder, variant, RECORD.size)
        self.graph = self.files.load("site") if graph is None else graph
        self.tracker = DependencyTracker(self.graph.inputs, self.graph.digests)
        for name, value in inputs.items():
            self.tracker.set_input((name,), value)
        self.runner = TaskRunner(self.tracker, self.graph, Store(folder), problems_in, jobs)
        self.ran: list[str] = []
        self.names: set[str] = set()
        self.ticks = 0

    def task(self, name: str, reads: str = "", argument: str = "", gate: bool = False, file: bool = False) -> Task:
        """A task that reads inputs, each named by a letter, and says what they are."""

        def make() -> Made:
            self.ran.append(name)
            for one in reads:
                self.tracker.record_read(one)
            said = "".join(self.inputs[one] for one in reads)
            if "moved" in said:
                raise Moved(name)
            if "raise" in said:
                raise ValueError(name)
            found = tuple(one for word, one in (("fault", FAULT), ("note", NOTE)) if word in said)
            details = encode((found, said, argument))
            if not file:
                return Made(details, bool(found))
            sha256 = hashlib.sha256(said.encode()).digest()
            content = b"compressed " + said.encode()
            return Made(details, bool(found), sha256, len(said), key_of(said), key_of(name), WEIGHTS, content)

        return Task(name, key_of(argument), make, gate)

    def run(self, *groups: Sequence[Task], missing: str = "") -> list[str]:
        """Run the tasks that are out of date, and those whose files are missing; which ones ran."""
        self.names |= {task.name for group in groups for task in group}
        pending: list[list[tuple[Task, Reason]]] = []
        for group in groups:
            reasons = [(task, self.runner.out_of_date(task.name, task.arguments)) for task in group]
            pending.append([(task, reason) for task, reason in reasons if reason])
        absent = [task for group in groups for task in group if task.name in missing]
        pending += [
            [(one, Reason("missing"))] for one in absent if not self.runner.out_of_date(one.name, one.arguments)
        ]
        self.ran.clear()
        self.runner.run(list(filter(None, pending)), self.tick)
        return self.ran

    def build(self, *groups: Sequence[Task], missing: str = "") -> list[str]:
        """The same, and save the graph for the next build."""
        ran = self.run(*groups, missing=missing)
        self.save()
        return ran

    def save(self) -> None:
        """Save the graph; the tasks that were run so far are all that there are."""
        self.files.save("site", self.runner.updated_graph(self.names))

    def said(self, name: str) -> tuple[str, str]:
        """What a task has read, and its argument, from its result."""
        found: Said = decode(self.runner.details(self.runner.result(name)), Said)
        return found[1:]

    def tick(self) -> None:
        self.ticks += 1


BOTH = {"x": "1", "y": "2"}


def alone(tasks: Sequence[Task]) -> list[list[Task]]:
    """Every task in a group of its own."""
    return [[task] for task in tasks]


# Results --------------------------------------------------------------------------------------------------------


def test_a_result_is_found_as_it_was(tmp_path: Path) -> None:
    """Every part of it, by the next build, which runs nothing."""
    first = Run(tmp_path, BOTH)
    assert first.build([first.task("a", "xy", file=True)], [first.task("b")]) == ["a", "b"]
    second = Run(tmp_path, BOTH)
    assert second.build([second.task("a", "xy", file=True)], [second.task("b")]) == []
    for run in (first, second):
        result = run.runner.result("a")
        assert result == first.runner.result("a")
        assert (result.arguments, result.sha256) == (key_of(""), hashlib.sha256(b"12").digest())
        assert (result.size, result.is_file, result.has_problems) == (2, True, False)
        assert (result.summary, result.anchors, result.weights) == (key_of("12"), key_of("a"), WEIGHTS)
        assert result.details == digest_of(encode(((), "12", "")))
        assert run.said("a") == ("12", "")
        assert run.runner.problems_of("a", result) == ()
        assert Store(tmp_path).get("contents", result.sha256) == b"compressed 12"
        assert not run.runner.result("b").is_file
        for part, name in ((SHA256, "sha256"), (SUMMARY, "summary"), (ANCHORS, "anchors"), (DETAILS, "details")):
            wanted = [getattr(run.runner.result(one), name) for one in "ab"]
            assert list(run.runner.parts("ab", part)) == wanted
    assert (first.ticks, second.ticks) == (2, 0)
    assert second.runner.cached("a") == first.runner.result("a")


def test_a_task_without_a_file_leaves_the_parts_of_one_empty(tmp_path: Path) -> None:
    """Zeros stand there, and no content is cached."""
    run = Run(tmp_path, BOTH)
    run.build([run.task("a", "x")])
    result = run.runner.result("a")
    assert (result.sha256, result.size, result.summary, result.anchors) == (NO_FILE, 0, NO_DIGEST, NO_DIGEST)
    assert (result.weights, result.is_file) == ((0,) * 7, False)
    assert Store(tmp_path).keys("contents") == set()
    assert Store(tmp_path).keys("details") == {result.details}


def test_a_task_that_did_not_run_has_no_result(tmp_path: Path) -> None:
    """Nor has one that is out of date."""
    run = Run(tmp_path, BOTH)
    run.build([run.task("a", "x")])
    assert run.runner.cached("a") is None
    with pytest.raises(KeyError):
        run.runner.result("b")
    after = Run(tmp_path, {**BOTH, "x": "other"})
    assert after.runner.cached("a") is None
    with pytest.raises(KeyError):
        after.runner.result("a")


# What is out of date --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("after", "argument", "ran"),
    [
        ({"x": "1", "y": "2"}, "", []),
        ({"x": "1", "y": "other"}, "", ["b", "c"]),
        ({"x": "other", "y": "2"}, "", ["a", "b"]),
        ({"x": "1", "y": "2", "z": "new"}, "", []),
        ({"x": "1", "y": "2"}, "other", ["a", "b", "c", "d"]),
    ],
)
def test_a_task_runs_again_when_an_input_or_its_arguments_differ(
    after: dict[str, str], argument: str, ran: list[str], tmp_path: Path
) -> None:
    """And only then."""
    for inputs, given_, wanted in ((BOTH, "", ["a", "b", "c", "d"]), (after, argument, ran), (after, argument, [])):
        run = Run(tmp_path, inputs)
        reads = {"a": "x", "b": "xy", "c": "y", "d": ""}
        assert run.build(*alone([run.task(name, one, given_) for name, one in reads.items()])) == wanted
        assert run.said("b") == (inputs["x"] + inputs["y"], given_)


def test_earlier_reads_do_not_count(tmp_path: Path) -> None:
    """A task that reads another input now is made from that alone."""
    for reads, value, ran in (("x", "1", ["a"]), ("y", "1", ["a"]), ("y", "1", [])):
        run = Run(tmp_path, {"x": value, "y": "2"})
        assert run.build([run.task("a", reads, argument=reads)]) == ran
    run = Run(tmp_path, {"x": "another", "y": "2"})
    assert run.build([run.task("a", "y", argument="y")]) == []


def test_an_input_that_is_gone_has_changed(tmp_path: Path) -> None:
    """A task that has read it runs again, also when the input comes back afterwards."""
    run = Run(tmp_path, BOTH)
    run.build([run.task("a", "y")], [run.task("b", "x")])
    run = Run(tmp_path, {"x": "1"})
    assert run.build([run.task("a", "x")], [run.task("b", "x")]) == ["a"]
    assert run.runner.explained("a") == Reason("inputs", (("y",),))
    run = Run(tmp_path, BOTH)
    assert run.build([run.task("a", "x")], [run.task("b", "x")]) == []


def test_a_state_that_comes_back_is_computed_from_what_is_there(tmp_path: Path) -> None:
    """A change that was taken back: the graph is that of the last build and of no earlier one."""
    for value, ran in (("1", ["a"]), ("2", ["a"]), ("1", ["a"]), ("1", [])):
        run = Run(tmp_path, {"x": value})
        assert run.build([run.task("a", "x")]) == ran
        assert run.said("a") == (value, "")


def test_tasks_that_are_gone_are_forgotten(tmp_path: Path) -> None:
    """They are new when they come back, also where everything else is up to date."""
    run = Run(tmp_path, BOTH)
    run.build([run.task("a")], [run.task("b")])
    run = Run(tmp_path, BOTH)
    assert run.build([run.task("a")]) == []
    run = Run(tmp_path, BOTH)
    assert run.graph.numbers.keys() == {"a"}
    assert run.build([run.task("a")], [run.task("b")]) == ["b"]
    assert run.runner.explained("b") == Reason("new")


def test_variants_do_not_see_each_other(tmp_path: Path) -> None:
    """Nor does one whose name begins as that of another does."""
    for variant in ("a", "ab", "b"):
        run = Run(tmp_path, BOTH, variant)
        assert run.build([run.task("a")]) == ["a"]
    for variant in ("a", "ab", "b"):
        run = Run(tmp_path, BOTH, variant)
        assert run.build([run.task("a")]) == []


def test_why_a_task_ran_is_explained(tmp_path: Path) -> None:
    """With the names of the inputs that have changed, of those that it had read; nothing for one that did not run."""
    inputs = {"x": "1", "y": "2", "z": "3"}
    run = Run(tmp_path, inputs)
    names = {"a": "xyz", "b": "x", "c": "", "d": "", "e": "z"}
    run.build(*alone([run.task(name, reads) for name, reads in names.items()]))
    assert {name: run.runner.explained(name) for name in names} == dict.fromkeys(names, Reason("new"))
    run = Run(tmp_path, {"x": "other", "z": "3", "w": "new"})
    tasks = [
        run.task("a", "xz"),
        run.task("b", "x"),
        run.task("c", argument="other"),
        run.task("d"),
        run.task("e", "z"),
    ]
    assert run.build(*alone(tasks), missing="d") == ["a", "b", "c", "d"]
    assert {name: run.runner.explained(name) for name in names} == {
        "a": Reason("inputs", (("x",), ("y",))),
        "b": Reason("inputs", (("x",),)),
        "c": Reason("arguments"),
        "d": Reason("missing"),
        "e": None,
    }


# Groups, problems, failures -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("value", "ran"), [("fine", ["a", "b", "c"]), ("fault", ["a"]), ("note", ["a", "b", "c"])])
def test_a_group_ends_at_an_error_of_its_gate(value: str, ran: list[str], tmp_path: Path) -> None:
    """An error there explains whatever comes after; a warning ends nothing, and a group never ends another."""
    run = Run(tmp_path, {"x": value})
    group = [run.task("a", "x", gate=True), run.task("b", "x"), run.task("c")]
    assert run.build(group, [run.task("d")]) == [*ran, "d"]
    assert run.ticks == 4
    run = Run(tmp_path, {"x": "fine"})
    group = [run.task("a", "x", gate=True), run.task("b", "x"), run.task("c")]
    after = {"fine": [], "fault": ["a", "b", "c"], "note": ["a", "b"]}
    assert run.build(group, [run.task("d")]) == after[value]


def test_an_error_of_a_task_that_is_no_gate_ends_nothing(tmp_path: Path) -> None:
    """All problems are found in one build."""
    run = Run(tmp_path, {"x": "fault"})
    assert run.build([run.task("a", gate=True), run.task("b", "x"), run.task("c")]) == ["a", "b", "c"]


def test_an_exception_is_raised_only_on_demand(tmp_path: Path) -> None:
    """It ends its group, not the others: a problem that explains it may be found elsewhere."""
    run = Run(tmp_path, {"x": "raise", "y": "fault"})
    assert run.build([run.task("a", "x"), run.task("b")], [run.task("c", "y")]) == ["a", "c"]
    assert list(run.runner.problems("abc")) == [FAULT]
    with pytest.raises(KeyError):
        run.runner.result("a")
    with pytest.raises(ValueError, match="a"):
        run.runner.raise_failures()
    run = Run(tmp_path, {"x": "fine", "y": "2"})
    assert run.build([run.task("a", "x"), run.task("b")]) == ["a", "b"]
    run.runner.raise_failures()


def test_a_task_that_fails_has_the_result_of_no_other_inputs(tmp_path: Path) -> None:
    """Neither that of before nor one of its own: it runs in every build until it succeeds."""
    run = Run(tmp_path, {"x": "1"})
    run.build([run.task("a", "x")])
    for _ in range(2):
        run = Run(tmp_path, {"x": "raise"})
        assert run.build([run.task("a", "x")]) == ["a"]
    run = Run(tmp_path, {"x": "1"})
    assert run.build([run.task("a", "x")]) == ["a"]


def test_a_task_that_fails_with_other_arguments_has_the_result_of_the_old_ones(tmp_path: Path) -> None:
    """As long as the inputs are the same."""
    run = Run(tmp_path, {"x": "1", "y": "raise"})
    run.build([run.task("a", "x")])
    run = Run(tmp_path, {"x": "1", "y": "raise"})
    assert run.build([run.task("a", "xy", argument="other")]) == ["a"]
    run = Run(tmp_path, {"x": "1", "y": "raise"})
    assert run.build([run.task("a", "x")]) == []
    assert run.said("a") == ("1", "")


def test_problems_are_found_by_the_names_of_tasks(tmp_path: Path) -> None:
    """Also by a build in which these tasks are up to date; of a task without a result there are none."""
    for _ in range(2):
        run = Run(tmp_path, {"x": "fault", "y": "note", "z": ""})
        run.build(*alone([run.task("a", "x"), run.task("b", "y"), run.task("c", "z")]))
        found = [list(run.runner.problems(names)) for names in ("a", "b", "c", "cba", "never")]
        assert found == [[FAULT], [NOTE], [], [NOTE, FAULT], []]
    run = Run(tmp_path, {"x": "fine", "y": "note", "z": ""})
    assert list(run.runner.problems("abc")) == [NOTE]


def test_a_file_that_is_saved_meanwhile_ends_the_build_at_once(tmp_path: Path) -> None:
    """What was made until then is right for its inputs, and all that the graph names of it is cached."""
    run = Run(tmp_path, {"x": "moved", "y": "2"})
    tasks = [run.task("a", "y", file=True), run.task("b", "x"), run.task("c", "y")]
    with pytest.raises(Moved):
        run.run(*alone(tasks))
    assert run.ran == ["a", "b"]
    run.files.save("site", run.runner.updated_graph(None))
    after = Run(tmp_path, {"x": "1", "y": "2"})
    assert after.said("a") == ("2", "")
    assert Store(tmp_path).get("contents", after.runner.result("a").sha256)
    tasks = [after.task("a", "y", file=True), after.task("b", "x"), after.task("c", "y")]
    assert after.build(*alone(tasks)) == ["b", "c"]


# The cache ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("damage", ["lost", "other"])
def test_details_that_are_lost_are_a_cache_miss(damage: str, tmp_path: Path) -> None:
    """They are cached apart from the graph, so they may be lost alone: whoever asks for them begins again."""
    run = Run(tmp_path, {"x": "note"})
    run.build([run.task("a", "x")])
    again = Run(tmp_path, {"x": "note"})
    details = again.runner.result("a").details
    if damage == "lost":
        again.runner.store.drop("details", [details])
    else:
        again.runner.store.put("details", [(details, b"\xc1")])
    assert again.build([again.task("a", "x")]) == []
    with pytest.raises(CacheMiss):
        list(again.runner.problems("a"))
    with pytest.raises(CacheMiss):
        again.runner.problems_of("a", again.runner.result("a"))
    if damage == "lost":
        with pytest.raises(CacheMiss):
            again.runner.details(again.runner.result("a"))


def named_by(graph: TaskGraph) -> tuple[set[bytes], set[bytes]]:
    """The contents and the details that the results of a graph name."""
    results = [TaskResult(graph.result(number)) for number in graph.numbers.values()]
    return {one.sha256 for one in results if one.is_file}, {one.details for one in results}


def test_a_graph_names_only_what_is_cached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whenever a build is killed, the next one finds contents and details of every result that it finds."""
    put, sizes = Store.put, []

    def watch(store: Store, table: str, values: Any) -> None:
        put(store, table, values)
        graph = GraphFiles(tmp_path, "", RECORD.size).load("site")
        contents, details = named_by(graph)
        assert contents <= store.keys("contents")
        assert details <= store.keys("details")
        sizes.append(len(details))

    monkeypatch.setattr(Store, "put", watch)
    for round_, count in ((1, 450), (2, 10)):
        run = Run(tmp_path, BOTH)
        tasks = [run.task(f"{number}", "x", f"{round_} {number}", file=True) for number in range(count)]
        run.build(*alone(tasks))
        contents, details = named_by(run.files.load("site"))
        assert (contents, len(details)) == ({hashlib.sha256(b"1").digest()}, count)
        assert contents <= run.runner.store.keys("contents")
        assert details <= run.runner.store.keys("details")
    assert set(sizes) == {0, 450}


def test_a_build_that_is_killed_changes_nothing(tmp_path: Path) -> None:
    """Then other inputs, then the old ones again: each build is right, whatever the killed ones have cached."""
    run = Run(tmp_path, BOTH)
    run.build([run.task("a", "x", file=True)], [run.task("b", "y")])
    for value in ("killed", "other", "1", "killed", "1"):
        run = Run(tmp_path, {"x": value, "y": "2"})
        ran = run.run([run.task("a", "x", file=True)], [run.task("b", "y")])
        assert ran == ([] if value == "1" else ["a"])
        assert run.said("a") == (value, "")
        # only a build that is not killed saves its graph; here none of them does
    for value, ran in (("other", ["a"]), ("other", []), ("1", ["a"]), ("1", [])):
        run = Run(tmp_path, {"x": value, "y": "2"})
        assert run.build([run.task("a", "x", file=True)], [run.task("b", "y")]) == ran
        assert run.said("a") == (value, "")


@pytest.mark.parametrize("last", [0, 1])
@pytest.mark.parametrize("value", ["1", "2", "3"])
def test_builds_at_the_same_time_save_over_each_other(last: int, value: str, tmp_path: Path) -> None:
    """The graph is that of one of them, whole: the next build is right, whichever that was."""
    before = Run(tmp_path, {"x": "1", "y": "1"})
    before.build([before.task("a", "x")], [before.task("b", "y")])
    runs = [Run(tmp_path, {"x": "2", "y": "1", "z": "1"}), Run(tmp_path, {"x": "1", "w": "2", "y": "2"})]
    for run in runs:
        tasks = [run.task("a", "x"), run.task("b", "y"), *([run.task("c", "z")] if "z" in run.inputs else [])]
        run.run(*alone(tasks))
    for run in (runs[1 - last], runs[last]):
        run.save()
    after = Run(tmp_path, {"x": value, "y": "2", "z": "3", "w": "4"})
    ran = after.build(*alone([after.task("a", "x"), after.task("b", "y"), after.task("c", "z")]))
    saved = runs[last].inputs
    assert ran == [name for name, one in (("a", "x"), ("b", "y"), ("c", "z")) if saved.get(one) != after.inputs[one]]
    assert [after.said(name)[0] for name in "abc"] == [value, "2", "3"]


def test_values_in_memory_are_those_of_the_inputs(tmp_path: Path) -> None:
    """Also where an input that no task has read had another value in between, or was there only then.

    A process that stays drops the values of the inputs that have changed since the last graph.
    """
    memo = Memo(10)
    graph = TaskGraph(RECORD.size)
    values = [("x", "1"), ("x", "2"), ("x", "1"), ("y", "2"), ("z", "3"), ("y", "4"), ("z", "3"), ("x", "1")]
    for name, value in values:
        run = Run(tmp_path, {"all": "", name: value}, graph=graph)
        memo.drop(run.runner.changed)
        run.run([run.task("a", "")])
        with run.tracker.recording() as reads:
            assert memo.get(name, partial(read_value, run, name), run.tracker) == value
        assert reads == {run.tracker.inputs[name,]}
        graph = run.runner.updated_graph({"a"})


def read_value(run: Run, name: str) -> str:
    """The value of an input, and a read of it."""
    run.tracker.record_read(name)
    return run.inputs[name]


# Several processes ----------------------------------------------------------------------------------------------


def test_several_processes_give_the_same_as_one(tmp_path: Path) -> None:
    """Results, reads, problems and failures; and what is cached is right for the next build."""
    inputs = {"x": "1", "y": "note", "z": "fault", "w": "raise"}
    found = []
    for jobs in (1, 2, 4):
        run = Run(tmp_path / str(jobs), inputs, jobs=jobs)
        groups = [[run.task(f"{number}{one}", one, file=one == "x") for one in "xyz"] for number in range(200)]
        run.build(*groups, [run.task("w", "w")])
        names = [task.name for group in groups for task in group]
        made = {name: (one.result, list(one.reads)) for name, one in run.runner.made.items()}
        assert list(made) == names
        found.append((made, [run.said(name) for name in names]))
        assert len(list(run.runner.problems(names))) == 400
        assert [str(one) for one in run.runner.failures] == ["w"]
        assert run.ticks == 601
        assert (len(run.ran) > 0) == (jobs == 1), "workers run the tasks where there are several processes"
    assert found[0] == found[1] == found[2]
    again = Run(tmp_path / "4", inputs)
    groups = [[again.task(f"{number}{one}", one, file=one == "x") for one in "xyz"] for number in range(200)]
    assert again.build(*groups) == []
    assert Store(tmp_path / "4").keys("contents") == {hashlib.sha256(b"1").digest()}


# Any builds -----------------------------------------------------------------------------------------------------

INPUTS, NAMES = "uvwx", "abcde"
# An input that every build has: which others there are. It is what a task reads that finds an input missing.
LIST = "inputs"
ODD, FAILS = (1, 3), 3
# Arguments say what a task reads: the first input, then the second one if that is odd, else the third one.
Arguments = tuple[str, str, str]


class Build(NamedTuple):
    """The inputs and tasks of a build, which files are missing, and how it ends."""

    inputs: dict[str, int]
    tasks: dict[str, Arguments]
    missing: set[str]
    # whether all tasks are known, as they are in a build without errors
    complete: bool
    killed: bool


NAME = st.sampled_from(INPUTS)
BUILDS = st.builds(
    Build,
    st.dictionaries(NAME, st.sampled_from([0, 0, 1, 1, 2, FAILS])),
    st.dictionaries(st.sampled_from(NAMES), st.tuples(NAME, NAME, NAME)),
    st.sets(st.sampled_from(NAMES), max_size=2),
    st.sampled_from([True, True, True, False]),
    st.sampled_from([False, False, False, True]),
)
# The value of an input by its name: None where it is missing.
Reads = dict[str, object]


def values_read(inputs: Mapping[str, int], arguments: Arguments) -> Iterator[tuple[str, object]]:
    """What a task with these arguments reads."""
    first, odd, even = arguments
    for name in (first, odd if inputs.get(first, 0) in ODD else even):
        yield (name, inputs[name]) if name in inputs else (LIST, sorted(inputs))


class Model:
    """Runs everything in every build, and knows what each task had read in the build that was saved last."""

    def __init__(self) -> None:
        self.known: dict[str, tuple[Arguments, Reads]] = {}

    def build(self, build: Build) -> tuple[dict[str, Reason], dict[str, Reads]]:
        """The tasks that must run, with their reasons, and what all tasks read now, but those that fail."""
        now: Reads = {**build.inputs, LIST: sorted(build.inputs)}
        changed = {
            task: tuple(sorted((name,) for name, value in reads.items() if now.get(name) != value))
            for task, (_, reads) in self.known.items()
        }
        reasons: dict[str, Reason] = {}
        for task, arguments in build.tasks.items():
            if task not in self.known:
                reasons[task] = Reason("new")
            elif changed[task]:
                reasons[task] = Reason("inputs", changed[task])
            elif self.known[task][0] != arguments:
                reasons[task] = Reason("arguments")
            elif task in build.missing:
                reasons[task] = Reason("missing")
        results = {task: dict(values_read(build.inputs, arguments)) for task, arguments in build.tasks.items()}
        results = {task: reads for task, reads in results.items() if FAILS not in reads.values()}
        if not build.killed:
            stay = {
                task: one
                for task, one in self.known.items()
                if not changed[task] and (task in build.tasks or not build.complete)
            }
            made = {task: (build.tasks[task], results[task]) for task in reasons if task in results}
            self.known = {**stay, **made}
        return reasons, results


def task_of(run: Run, inputs: Mapping[str, int], name: str, arguments: Arguments) -> Task:
    """A task that reads what its arguments say."""

    def make() -> Made:
        run.ran.append(name)
        read: Reads = {}
        for one, value in values_read(inputs, arguments):
            run.tracker.record_read(one)
            read[one] = value
            if value == FAILS:
                raise ValueError(name)
        details = repr(read).encode()
        return Made(details, False, hashlib.sha256(details).digest(), len(details), content=details)

    return Task(name, key_of(arguments), make)


@given(st.lists(BUILDS, max_size=8), st.booleans())
def test_a_build_gives_what_a_build_of_everything_gives(
    tmp_path_factory: pytest.TempPathFactory, builds: list[Build], in_memory: bool
) -> None:
    """After any builds, also those that are killed or do not know all tasks, with the graph from a file or from memory.

    The tasks that run are those that are new, have read an input that differs, have other arguments or whose file is
    missing: no fewer and no more; and each of them is explained by the inputs that it had read.
    """
    folder = tmp_path_factory.getbasetemp() / "any-builds"
    GraphFiles(folder, "", RECORD.size).remove()
    store, model = Store(), Model()
    graph = TaskGraph(RECORD.size)
    for build in builds:
        run = Run(folder, {}, graph=graph)
        for name, value in build.inputs.items():
            run.tracker.set_input((name,), value)
        run.tracker.set_input((LIST,), sorted(build.inputs))
        run.runner = TaskRunner(run.tracker, graph, store, problems_in, 1)
        tasks = [task_of(run, build.inputs, name, arguments) for name, arguments in build.tasks.items()]
        run.run(*alone(tasks), missing="".join(build.missing))
        reasons, results = model.build(build)
        assert sorted(run.ran) == sorted(reasons)
        assert {task.name: run.runner.explained(task.name) for task in tasks if task.name in run.ran} == reasons
        assert [one for one in build.tasks if one not in run.ran and run.runner.explained(one)] == []
        for name, reads in results.items():
            details = repr(reads).encode()
            assert run.runner.details(run.runner.result(name)) == details
            assert run.runner.result(name).sha256 == hashlib.sha256(details).digest()
        assert {str(one) for one in run.runner.failures} == reasons.keys() - results.keys()
        if not build.killed:
            saved = run.runner.updated_graph({*build.tasks} if build.complete else None)
            run.files.save("site", saved)
            graph = saved if in_memory else run.files.load("site")
            assert graph.numbers.keys() == model.known.keys()
