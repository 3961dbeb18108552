"""The record of changes to facts: from Git's main line, from the log where there is none, and the same from both."""

import csv
import os
import shutil
import subprocess
import time
import xml.etree.ElementTree as etree
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import TODAY, Project, tree
from reading import NBSP, words

from site_builder.build import build
from site_builder.record import git
from site_builder.record.compare import differences, things_in
from site_builder.record.log import LOG
from site_builder.settled import FINE
from site_builder.store import FOLDER
from site_builder.unchanged import Memory

FIGURES = "content/facts/figures.yaml"
HOUSE = "content/facts/facilities/salmu.yaml"
ATOM = "{http://www.w3.org/2005/Atom}"
# A minute before noon of the first day that has a change; the record begins the day before.
FIRST, SECOND, THIRD = "2026-11-23T11:59:00Z", "2026-11-24T12:00:00Z", "2026-11-25T12:00:00Z"
BEGINNING = "2026-11-20T12:00:00Z"


class History:
    """A project under Git, with commits at given moments."""

    def __init__(self, project: Project) -> None:
        self.project = project

    def git(self, *arguments: str, at: str = BEGINNING, folder: Path | None = None) -> str:
        """Runs Git as somebody with no configuration of their own."""
        person = ["-c", "user.name=Editor", "-c", "user.email=editor@example.org", "-c", "init.defaultBranch=main"]
        around = {**os.environ, "GIT_COMMITTER_DATE": at, "GIT_AUTHOR_DATE": at, "GIT_CONFIG_GLOBAL": os.devnull}
        command = ["git", *person, "-c", "protocol.file.allow=always", *arguments]
        return subprocess.run(
            command, cwd=folder or self.project.folder, env=around, capture_output=True, text=True, check=True
        ).stdout

    def begin(self) -> None:
        self.git("init", "--quiet")
        self.commit(BEGINNING)

    def commit(self, at: str) -> None:
        self.git("add", "--all", "content")
        self.git("commit", "--quiet", "--allow-empty", "--message", "Edited", at=at)

    def figure(self, old: str, new: str, at: str) -> None:
        """Changes the figure and commits that."""
        self.project.replace(FIGURES, old, new)
        self.commit(at)

    def rows(self) -> list[tuple[str, ...]]:
        """What the built record has: day, table, id, kind, field, old, new, sources."""
        names = ("day", "table", "id", "change", "field", "old", "new", "sources")
        return [tuple(row[name] for name in names) for row in table(self.project)]


def table(project: Project) -> list[dict[str, str]]:
    return list(csv.DictReader((project.output / "data/changes.csv").read_text("utf-8").splitlines()))


@pytest.fixture
def history(project: Project) -> History:
    """The small site with its first commit."""
    found = History(project)
    found.begin()
    return found


CHILDREN = ("figures", "children", "value")
GREW = ("2026-11-23", *CHILDREN, "value", "114", "116", "decision")


def test_a_changed_value_is_told_with_its_day_its_old_and_new_value_and_its_sources(history: History) -> None:
    """In the table, on the page of each language in its own words, and in the feed; the first state is no change."""
    history.figure("value: 114", "value: 116", FIRST)
    assert history.project.build() == 0
    assert history.rows() == [GREW]
    lv, en = (words(history.project.page(f"{path}/index.html")) for path in ("lv/dati/izmainas", "en/data/changes"))
    assert "Pieraksts sākas 2026. gada 20. novembrī." in lv
    assert "2026. gada 23. novembris" in lv
    assert "skaitlis: bija 114 bērni; tagad 116 bērni" in lv
    assert "The record begins on 20 November 2026." in en
    assert "value: was 114 children; now 116 children" in en
    assert '<a href="/en/results/#children">Children</a>' in history.project.page("en/data/changes/index.html")
    feed = etree.fromstring(history.project.page("en/feeds/changes/feed.xml"))
    items = feed.findall(f"{ATOM}entry")
    told = [(one.findtext(f"{ATOM}title", "").replace(NBSP, " "), one.findtext(f"{ATOM}updated")) for one in items]
    assert told == [
        ("Children: value changed", "2026-11-23T12:00:00Z"),
        ("The record begins on 20 November 2026.", "2026-11-20T12:00:00Z"),
    ]
    assert feed.findtext(f"{ATOM}updated") == "2026-11-23T12:00:00Z"
    link = items[0].find(f"{ATOM}link")
    assert link is not None
    assert f'id="{link.attrib["href"].partition("#")[2]}"' in history.project.page("en/data/changes/index.html")


def test_the_day_is_that_of_the_sites_time_zone(history: History) -> None:
    """An hour before midnight in London it is the next day in Riga."""
    history.figure("value: 114", "value: 116", "2026-11-22T23:00:00Z")
    assert history.project.build() == 0
    assert [row[0] for row in history.rows()] == ["2026-11-23"]


REFORMED = """\
# Figures
children:
    sources:
      - decision
    status: "current"
    qualifier: exact
    as_of: {date: 2023-09-01, precision: day}
    additive: false
    scope: {en: Liepāja, lv: Liepāja}
    noun:
      en: {other: children, one: child}
      lv: {zero: bērni, one: bērns, other: bērni}
    unit: count
    value: 114
    label: {lv: Bērni, en: Children}
"""


def test_another_form_another_name_and_other_words_are_no_changed_values(history: History) -> None:
    """Order, quotes, remarks, defaults written out, names of files; of edited words only the fields are told."""
    history.project.write({FIGURES: REFORMED})
    service = history.project.text("content/facts/services/care.yaml")
    history.project.write({"content/facts/services/care.yaml": None, "content/facts/services/help.yaml": service})
    for path in (HOUSE, "content/news/2016/lemums.lv.md"):
        history.project.write({path: history.project.text(path).replace("[care]", "[help]")})
    history.commit(FIRST)
    history.figure("lv: Bērni,", "lv: Visi bērni,", SECOND)
    assert history.project.build() == 0
    assert [row for row in history.rows() if row[1] != "facilities"] == [
        ("2026-11-24", "figures", "children", "wording", "label", "", "", "")
    ]


def test_of_a_home_only_the_year_is_told_and_nothing_in_the_feed(history: History) -> None:
    """The day on which a home's status changed could tell when people moved."""
    history.project.replace(HOUSE, "status: open\nstatus_since: {date: 2022, precision: year}\n", "status: planned\n")
    history.commit(FIRST)
    history.project.replace(HOUSE, "status: planned\n", "status: open\n")
    history.commit(SECOND)
    assert history.project.build() == 0
    assert {(row[0], row[2]) for row in history.rows()} == {("2026", "salmu")}
    assert ("2026", "facilities", "salmu", "value", "status", "planned", "open", "decision") in history.rows()
    page = words(history.project.page("en/data/changes/index.html"))
    assert "status: was Planned; now In use" in page
    assert "Of homes we tell only the year." in page
    assert history.project.run("changes", "--record") == 0
    assert "2026-11-2" not in history.project.text(LOG).partition("changes:")[2]
    assert "Salmu" not in history.project.page("en/feeds/changes/feed.xml")


def test_what_comes_and_goes_and_what_is_disputed(history: History) -> None:
    """A second reading is a value that came; a thing that is gone keeps the name that it had."""
    project = history.project
    more = "other:\n" + project.text(FIGURES).partition("\n")[2].replace("Children", "Others").replace("114", "7")
    project.write({FIGURES: project.text(FIGURES) + more})
    history.commit(FIRST)
    one = "{value: 114, as_of: 2023-09-01, sources: [decision]}"
    two = "{value: 120, qualifier: about, as_of: 2024-01-01, sources: [decision]}"
    disputed = project.text(FIGURES).split("\nother:")[0] + "\n"
    disputed = disputed.replace("  value: 114\n", f"  readings: [{one}, {two}]\n  explanation: {{lv: Jā, en: Yes}}\n")
    disputed = disputed.replace("  as_of: 2023-09-01\n  sources: [decision]\n", "").replace("current", "disputed")
    project.write({FIGURES: disputed})
    history.commit(SECOND)
    assert project.build() == 0
    assert sorted(history.rows()) == [
        ("2026-11-23", "figures", "other", "added", "value", "", "7", "decision"),
        ("2026-11-24", "figures", "children", "value", "status", "current", "disputed", "decision"),
        ("2026-11-24", "figures", "children", "value", "value", "", "120", "decision"),
        ("2026-11-24", "figures", "children", "wording", "explanation", "", "", ""),
        ("2026-11-24", "figures", "other", "removed", "value", "7", "", "decision"),
    ]
    assert "Figure: Others – removed" in words(project.page("en/data/changes/index.html"))


def test_a_state_that_cannot_be_read_is_passed_over(history: History) -> None:
    """A file that was broken for a while is compared with what it was before."""
    history.figure("value: 114", "value: [", FIRST)
    history.figure("value: [", "value: 116", SECOND)
    assert history.project.build() == 0
    assert history.rows() == [("2026-11-24", *GREW[1:])]


def test_a_first_state_that_cannot_be_read_is_no_state(project: Project) -> None:
    """The record goes on from the first that can; a commit of an impossible day stops nothing."""
    history = History(project)
    project.replace(FIGURES, "value: 114", "value: [")
    history.begin()
    history.figure("value: [", "value: 114", FIRST)
    history.figure("value: 114", "value: 116", "@99999999999999 +0000")
    assert project.build() == 0
    assert [row[5:7] for row in history.rows()] == [("114", "116")]


def test_a_branch_is_told_on_the_day_of_its_merge(history: History) -> None:
    """Readers saw it when it came to the main line, once."""
    history.git("checkout", "--quiet", "-b", "branch")
    history.figure("value: 114", "value: 115", FIRST)
    history.figure("value: 115", "value: 116", SECOND)
    history.git("checkout", "--quiet", "main")
    history.git("merge", "--quiet", "--no-ff", "--message", "Merged", "branch", at=THIRD)
    assert history.project.build() == 0
    assert history.rows() == [("2026-11-25", *GREW[1:])]


# The log ---------------------------------------------------------------------------------------------------------


def recorded(history: History) -> None:
    """A change, recorded, and the log committed."""
    history.figure("value: 114", "value: 116", FIRST)
    assert history.project.run("changes", "--record") == 0
    history.commit(SECOND)


def copy_of(history: History, folder: Path) -> Project:
    """The project as an archive has it: without Git, without what was kept."""
    ignored = shutil.ignore_patterns(".git", ".site-builder", "public")
    return Project(Path(shutil.copytree(history.project.folder, folder, ignore=ignored)))


def shallow_clone(history: History, folder: Path) -> Project:
    """The newest commit alone, as machines that build often fetch it."""
    history.git("clone", "--quiet", "--depth", "1", history.project.folder.as_uri(), str(folder), folder=folder.parent)
    for name in ("templates", "static"):
        shutil.copytree(history.project.folder / name, folder / name)
    return Project(folder)


def test_with_the_log_up_to_date_a_copy_a_shallow_clone_and_the_clone_are_the_same(
    history: History, tmp_path: Path
) -> None:
    """So an archive of the sources gives the same site, byte by byte."""
    recorded(history)
    assert history.project.build() == 0
    assert history.rows() == [GREW]
    for other in (copy_of(history, tmp_path / "copy"), shallow_clone(history, tmp_path / "shallow")):
        assert [found.code for found in other.problems()] == []
        assert other.build() == 0
        assert tree(other.output) == tree(history.project.output)


def test_what_is_newer_than_the_log_comes_from_git(history: History, capsys: pytest.CaptureFixture[str]) -> None:
    """Recording again adds it and nothing else; recording what is recorded writes nothing."""
    recorded(history)
    history.figure("value: 116", "value: 117", THIRD)
    assert history.project.build() == 0
    newer = ("2026-11-25", *CHILDREN, "value", "116", "117", "decision")
    assert history.rows() == [newer, GREW]
    before = tree(history.project.output)
    capsys.readouterr()
    assert history.project.run("changes") == 0
    assert capsys.readouterr().out == "2026-11-25 figures/children: value 116 → 117\n"
    assert history.project.run("changes", "--record") == 0
    history.commit(THIRD)
    assert history.project.build() == 0
    assert tree(history.project.output) == before
    log = history.project.text(LOG)
    assert log.count("- day:") == 2
    capsys.readouterr()
    assert history.project.run("changes", "--record") == 0
    assert capsys.readouterr().out == "The record lacks nothing\n"
    assert history.project.text(LOG) == log


def test_a_shallow_clone_with_an_old_log_is_built_and_says_what_it_may_lack(history: History, tmp_path: Path) -> None:
    """The log alone counts; a notice says so, and `changes` that it cannot tell."""
    recorded(history)
    history.figure("value: 116", "value: 117", THIRD)
    cut = shallow_clone(history, tmp_path / "cut")
    assert [(found.code, found.severity) for found in cut.problems()] == [("record-cut", "notice")]
    assert cut.build() == 0
    assert [row["new"] for row in table(cut)] == ["116"]
    assert cut.run("changes") == 1


def test_a_line_that_was_rewritten_tells_what_the_log_does_not_have(history: History) -> None:
    """Squashed with further edits, the recorded state is nowhere: what the log has is not told twice."""
    history.figure("value: 114", "value: 116", FIRST)
    assert history.project.run("changes", "--record") == 0
    history.project.replace(FIGURES, "status: current", "status: superseded")
    history.git("reset", "--quiet", "--soft", "HEAD~1")
    history.commit(SECOND)
    history.figure("value: 116", "value: 117", THIRD)
    assert history.project.build() == 0
    assert history.rows() == [
        ("2026-11-25", *CHILDREN, "value", "116", "117", "decision"),
        ("2026-11-24", "figures", "children", "value", "status", "current", "superseded", "decision"),
        GREW,
    ]


def test_a_branch_that_was_recorded_loses_nothing_of_the_main_line(history: History) -> None:
    """Its state never stood on the main line, which had an edit of its own meanwhile."""
    history.git("checkout", "--quiet", "-b", "branch")
    recorded(history)
    history.git("checkout", "--quiet", "main")
    service = "content/facts/services/care.yaml"
    history.project.replace(service, "audiences: [children]", "audiences: [children, families]")
    history.commit(SECOND)
    history.git("merge", "--quiet", "--no-ff", "--message", "Merged", "branch", at=THIRD)
    assert history.project.build() == 0
    more = ("2026-11-24", "services", "care", "value", "audiences", "children", "children families", "decision")
    assert history.rows() == [more, GREW]


def test_what_is_taken_back_after_it_was_recorded_is_told(history: History) -> None:
    """The facts are as they were when the log was written, and yet readers saw something else meanwhile."""
    recorded(history)
    history.figure("value: 116", "value: 117", THIRD)
    history.figure("value: 117", "value: 116", "2026-11-26T12:00:00Z")
    assert history.project.build() == 0
    assert [row[5:7] for row in history.rows()] == [("117", "116"), ("116", "117"), ("114", "116")]


def test_a_change_may_be_added_by_hand(project: Project) -> None:
    """Without Git the log is all there is; what it names need not be there any more."""
    named = "table: partners, id: gone, label: {lv: Bijušais, en: Former}"
    change = f"  - {{day: 2026-11-02, {named}, change: removed, sources: [unknown]}}\n"
    project.write({LOG: f"begins: 2026-11-01\nchanges:\n{change}"})
    assert project.build() == 0
    assert [(row["id"], row["label_en"], row["old"]) for row in table(project)] == [("gone", "Former", "")]
    assert "Partner: Former – removed" in words(project.page("en/data/changes/index.html"))


def test_a_home_is_told_by_the_year_whatever_was_recorded(project: Project) -> None:
    """It may have been written by hand, or before the place was a home."""
    named = "table: facilities, id: salmu, label: {lv: Māja, en: House}"
    change = f"  - {{day: 2026-11-02, {named}, change: value, field: status, old: planned, new: open}}\n"
    project.write({LOG: f"begins: 2026-11-01\nchanges:\n{change}"})
    assert project.build() == 0
    assert [(row["day"], row["precision"]) for row in table(project)] == [("2026", "year")]
    for path in project.output.rglob("*"):
        assert path.is_dir() or b"2026-11-02" not in path.read_bytes(), path


# Where Git is, or is not -----------------------------------------------------------------------------------------


def test_a_commit_alone_changes_the_record(history: History) -> None:
    """The files are the same as in the build before: that HEAD moved is an input."""
    history.project.replace(FIGURES, "value: 114", "value: 116")
    assert history.project.build() == 0
    time.sleep(2 * FINE / 10**9)
    assert history.project.build() == 0
    assert Memory(history.project.folder, history.project.output, None, False).recall(TODAY) is not None
    assert history.rows() == []
    history.commit(FIRST)
    assert history.project.build() == 0
    assert history.rows() == [GREW]
    again = tree(history.project.output)
    assert history.project.build("--clean") == 0
    assert tree(history.project.output) == again


def test_git_is_asked_only_when_head_has_moved(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer is kept; whatever else is edited, the next build reads a few small files."""
    history.figure("value: 114", "value: 116", FIRST)
    asked: list[str] = []
    ask = git._ask

    def noting(project: Path, *told: str, given: bytes = b"") -> bytes | None:
        asked.append(told[0])
        return ask(project, *told, given=given)

    monkeypatch.setattr(git, "_ask", noting)
    for edit in ("", " "):
        history.project.replace("content/pages/privacy.en.md", "teksts.", f"teksts.{edit}")
        build(history.project.folder, history.project.output, history.project.options(), jobs=1)
        assert len(asked) == (0 if edit else 3)
        asked.clear()


def beside(history: History, tmp_path: Path) -> None:
    """Goes on in a second work tree, whose `.git` is a file."""
    history.git("worktree", "add", "--quiet", str(tmp_path / "tree"), "-b", "other")
    for name in ("templates", "static"):
        shutil.copytree(history.project.folder / name, tmp_path / "tree" / name)
    history.project = Project(tmp_path / "tree")


PLACES: dict[str, Callable[[History, Path, pytest.MonkeyPatch], object]] = {
    "a detached head": lambda history, tmp_path, patch: history.git("checkout", "--quiet", "--detach"),
    "edits not committed": lambda history, tmp_path, patch: history.project.replace(
        FIGURES, "value: 116", "value: 118"
    ),
    "another folder": lambda history, tmp_path, patch: patch.chdir(tmp_path),
    "a second work tree": lambda history, tmp_path, patch: beside(history, tmp_path),
    "packed": lambda history, tmp_path, patch: history.git("gc", "--quiet"),
    "another repository's environment": lambda history, tmp_path, patch: patch.setenv("GIT_DIR", str(tmp_path)),
    "a hook": lambda history, tmp_path, patch: patch.setenv("GIT_INDEX_FILE", str(tmp_path / "index")),
    "an index that is locked": lambda history, tmp_path, patch: history.project.write({".git/index.lock": ""}),
}


@pytest.mark.parametrize("place", PLACES)
def test_it_is_read_wherever_it_stands(
    place: str, history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever state the clone is in, and wherever the program was started."""
    history.figure("value: 114", "value: 116", FIRST)
    PLACES[place](history, tmp_path, monkeypatch)
    assert history.project.build() == 0
    assert history.rows() == [GREW]


def test_the_project_may_stand_below_the_root_of_its_repository(project: Project, tmp_path: Path) -> None:
    """What happens elsewhere in the repository is none of the record's affair."""
    history = History(project)
    history.git("init", "--quiet", folder=tmp_path)
    history.commit(BEGINNING)
    (tmp_path / "content").mkdir()
    (tmp_path / "content/changes.yaml").write_text("something else")
    history.git("add", "content", folder=tmp_path)
    history.figure("value: 114", "value: 116", FIRST)
    assert project.build() == 0
    assert history.rows() == [GREW]


@pytest.mark.parametrize("harm", ["no program", "no commit", "empty folder", "a file", "lost objects", "not ours"])
def test_where_git_cannot_answer_the_log_alone_counts(
    harm: str, history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The build is fine, and nothing is told that is not known."""
    recorded(history)
    history.figure("value: 116", "value: 117", THIRD)
    folder = history.project.folder / ".git"
    if harm == "no program":
        monkeypatch.setenv("PATH", str(tmp_path))
    elif harm == "lost objects":
        shutil.rmtree(folder / "objects")
        (folder / "objects").mkdir()
    elif harm == "not ours":
        monkeypatch.setattr(git, "_ask", lambda *told, **given: None)
    else:
        shutil.rmtree(folder)
        if harm == "no commit":
            history.git("init", "--quiet")
        elif harm == "empty folder":
            folder.mkdir()
        else:
            folder.write_text("gitdir: ../nowhere\n")
    assert history.project.build() == 0
    assert [row["new"] for row in table(history.project)] == ["116"]
    assert history.project.run("changes") == 1


def test_head_is_told_from_files_alone(history: History) -> None:
    """It moves with every commit and stays with every other edit."""
    before = git.head(history.project.folder)
    assert before
    history.project.replace(FIGURES, "value: 114", "value: 116")
    assert git.head(history.project.folder) == before
    history.commit(FIRST)
    after = git.head(history.project.folder)
    assert after != before
    history.git("pack-refs", "--all")
    assert git.head(history.project.folder / "content").splitlines()[0] == "ref: refs/heads/main"


# Comparing ------------------------------------------------------------------------------------------------------

READINGS = """\
a:
  label: {lv: A, en: A}
  series:
    - {value: 1, as_of: 2020-01-01, sources: [x]}
    - {value: 2, as_of: 2021-01-01, sources: [x]}
"""


def compared(old: str, new: str) -> list[tuple[str, str, str, str]]:
    before, after = things_in(FIGURES, old, ("lv", "en")), things_in(FIGURES, new, ("lv", "en"))
    assert before is not None
    assert after is not None
    return [(one.change, one.field, one.old, one.new) for one in differences(before, after)]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("value: 2", "value: 3", [("value", "series.value", "2", "3")]),
        ("    - {value: 1, as_of: 2020-01-01, sources: [x]}\n", "", [("value", "series.value", "1", "")]),
        ("    - {value: 1", "    - {value: 0, as_of: 2019, sources: [x]}\n    - {value: 1",
         [("value", "series.value", "", "0")]),
        ("2021-01-01", "{date: 2021-01, precision: month, inferred: true, because: {lv: Jā, en: Yes}}",
         [("value", "series.as_of", "2021-01-01", "2021-01?"), ("wording", "series.as_of", "", "")]),
        ("series:\n", "series:\n    # the same\n", []),
        ("sources: [x]}", "sources: [x, y]}", [("value", "series.sources", "x", "x y")]),
        ("A, en: A", "A, en: B", [("wording", "label", "", "")]),
        ("  series", "  group: results\n  series", []),
        ("  series", "  show_as: millions\n  unknown: 3\n  series", []),
        ("a:\n", "b:\n", []),
    ],
)  # fmt: skip
def test_what_counts_as_a_change(old: str, new: str, told: list[tuple[str, str, str, str]]) -> None:
    """Parts of a list are matched by what they say, not by where they stand."""
    assert READINGS.replace(old, new, 1) != READINGS
    assert compared(READINGS, READINGS.replace(old, new, 1)) == told


def test_people_and_contacts_are_not_watched() -> None:
    """What a person asked us to take away must not stay in a record."""
    for path in ("content/facts/people.yaml", "content/facts/contacts.yaml", "content/facts/glossary.yaml"):
        assert things_in(path, "a: {name: Somebody}\n", ("lv",)) == {}
    assert things_in(FIGURES, "a: [\n", ("lv",)) is None
    assert things_in(FIGURES, "\n", ("lv",)) == {}


def test_what_is_kept_of_the_history_may_be_deleted(history: History) -> None:
    """The store is a help and no source."""
    history.figure("value: 114", "value: 116", FIRST)
    assert history.project.build() == 0
    before = tree(history.project.output)
    shutil.rmtree(history.project.folder / FOLDER)
    assert history.project.build() == 0
    assert tree(history.project.output) == before
