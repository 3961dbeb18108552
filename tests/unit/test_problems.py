"""Problems as values: their lines, their order, their JSON, and the hint at the name that was meant."""

import json

import pytest

from site_builder.phrases import PHRASES
from site_builder.problems import (
    Place,
    Problem,
    ProblemsFound,
    Severity,
    did_you_mean,
    give_up,
    has_errors,
    in_order,
    phrase,
    problem,
    to_json,
)


def _some(code: str = "empty-file", place: Place | None = None, severity: Severity = "error") -> Problem:
    return problem(code, place or Place("content/a.yaml", 2, 3), severity=severity)


def test_a_place_is_written_as_editors_read_it() -> None:
    """Path, line and column with colons, which editors make into a link."""
    assert str(Place("content/a.yaml", 2, 3)) == "content/a.yaml:2:3"


def test_a_place_without_a_line_is_the_top_of_the_file() -> None:
    """Lines and columns count from one."""
    assert str(Place("content/a.yaml")) == "content/a.yaml:1:1"


def test_a_problem_without_hint_is_one_line() -> None:
    """Place, severity, code and sentence."""
    (line,) = _some().lines("en")
    assert line == f"content/a.yaml:2:3: error[empty-file]: {PHRASES['empty-file']['en']}"


@pytest.mark.parametrize("language", ["lv", "en"])
def test_a_hint_is_a_line_of_its_own(language: str) -> None:
    """The hint stands indented under the problem, in the same language."""
    found = problem("empty-file", Place("a"), hint=phrase("hint.utf8"))
    hint = f"  {PHRASES['word.hint'][language]}: {PHRASES['hint.utf8'][language]}"
    assert list(found.lines(language))[1:] == [hint]


def test_a_variant_keeps_the_code() -> None:
    """A code may have several sentences; it stays one code."""
    found = problem("not-utf8", Place("a"), variant="utf16")
    assert (found.code, found.message.text("en")) == ("not-utf8", PHRASES["not-utf8/utf16"]["en"])


def test_the_blanks_of_a_sentence_are_filled() -> None:
    """Whatever is put into a blank stands in the sentence, brackets and all."""
    assert "{x} ā" in phrase("hint.did-you-mean", name="{x} ā").text("lv")


def test_json_has_every_part_of_every_problem() -> None:
    """Editors' tools get an array of objects, with an empty hint where there is none."""
    (given,) = json.loads(to_json([_some()], "en"))
    assert given == {
        "path": "content/a.yaml",
        "line": 2,
        "column": 3,
        "severity": "error",
        "code": "empty-file",
        "message": PHRASES["empty-file"]["en"],
        "hint": "",
    }


def test_json_of_nothing_is_an_empty_array() -> None:
    """A run without problems prints valid JSON too."""
    assert json.loads(to_json([], "lv")) == []


def test_json_keeps_latvian_letters() -> None:
    """Letters are printed as letters."""
    assert "ā" in to_json([problem("empty-file", Place("content/māja.yaml"))], "lv")


def test_problems_are_sorted_by_file_line_and_column() -> None:
    """Line 10 comes after line 9, and column 1 before column 2."""
    places = [Place("b", 1), Place("a", 10), Place("a", 9, 2), Place("a", 9, 1)]
    found = in_order(_some(place=place) for place in places)
    assert [problem.place for problem in found] == sorted(places)


def test_repeats_are_dropped() -> None:
    """The same problem is told once, however many pages met it."""
    assert in_order([_some(), _some()]) == (_some(),)


def test_problems_at_one_place_are_sorted_by_code() -> None:
    """The order does not depend on the order of finding."""
    found = [_some("no-content"), _some("empty-file")]
    assert [problem.code for problem in in_order(found)] == ["empty-file", "no-content"]


@pytest.mark.parametrize(
    ("severities", "stops"),
    [((), False), (("notice", "warning"), False), (("notice", "error"), True)],
)
def test_only_errors_stand_in_the_way(severities: tuple[Severity, ...], stops: bool) -> None:
    """Warnings and notices let a site be published."""
    assert has_errors(_some(severity=severity) for severity in severities) is stops


def test_the_nearest_name_is_hinted_at() -> None:
    """A slip of the finger gets the name that was meant."""
    assert dict(did_you_mean("summry", ["title", "summary"]).params) == {"name": "summary"}


def test_all_names_are_listed_when_none_is_near() -> None:
    """Who is far off gets the names there are, in order."""
    assert dict(did_you_mean("zzz", ["b", "a"]).params) == {"names": "a, b"}


def test_a_long_list_of_names_is_cut() -> None:
    """A hint stays readable, and says that there are more."""
    names = dict(did_you_mean("zzz", [f"{number:02}" for number in range(20)]).params)["names"]
    assert names == "00, 01, 02, 03, 04, 05, 06, 07, 08, 09, 10, 11, …"


def test_no_names_at_all_still_make_a_hint() -> None:
    """A project without a single facility does not print an empty list."""
    assert dict(did_you_mean("zzz", []).params) == {"names": "–"}


def test_giving_up_carries_the_problem() -> None:
    """Where nothing more can be read, the run stops with the problem."""
    with pytest.raises(ProblemsFound) as stopped:
        give_up("no-content", Place("content"))
    assert stopped.value.problems == (problem("no-content", Place("content")),)
