"""What the status tells of the content, and that it is right about the day on which the site changes by itself."""

import ast
import dataclasses
import datetime
import itertools
import json
import os
import shutil
import zoneinfo
from pathlib import Path

import pytest
from conftest import PROJECT, TODAY, Project
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from site_builder.config import Options
from site_builder.problems import has_errors
from site_builder.status import LISTS, WARNINGS, Item, Status, beginning, load, status

DAY = datetime.date.fromisoformat(TODAY)
ESF = "content/facts/operations/esf.yaml"
MILESTONES = "content/facts/milestones.yaml"
PRIVACY = "content/pages/privacy"


def after(days: int) -> datetime.date:
    return DAY + datetime.timedelta(days=days)


def report(project: Project, today: datetime.date = DAY, language: str = "en") -> Status:
    config, entries, problems = load(project.folder, Options(today=today))
    assert not has_errors(problems), problems
    return status(entries, config, language)


def news(
    name: str, fields: str, date: object = "2026-11-20", languages: tuple[str, ...] = ("lv", "en")
) -> dict[str, str | None]:
    """The files of a news item with shared `fields`."""
    shared = f"date: {date}\ncategory: decisions\nsources: []\n{fields}"
    return {
        f"content/news/2026/{name}.{code}.md": (
            f"---\ntitle: {name} {code}\nsummary: {name} – {code}.\nslug: {name}\n"
            f"{shared if code == languages[0] else ''}---\n\n{name}: {code}.\n"
        )
        for code in languages
    }


def told(items: tuple[Item, ...]) -> list[tuple[str, str, str, str]]:
    """Items as a test compares them."""
    return [(item.day, item.title, f"{item.place.path}:{item.place.line}", item.note) for item in items]


LV = "content/news/2026/item.lv.md:"


@pytest.mark.parametrize(
    ("name", "fields", "expected"),
    [
        ("drafts", "draft: true\n", ("2026-11-20", "item en", f"{LV}8", "")),
        ("scheduled", "publish_from: 2026-12-01\n", ("2026-12-01", "item en", f"{LV}8", "")),
        ("expiring", "expires: 2027-12-01\n", ("2027-12-01", "item en", f"{LV}8", "")),
        ("expired", "expires: 2026-11-22\n", ("2026-11-22", "item en", f"{LV}8", "")),
    ],
)
def test_an_item_is_in_the_list_of_its_state(
    project: Project, name: str, fields: str, expected: tuple[str, str, str, str]
) -> None:
    """With title, path, line and day, and in no other list."""
    project.write(news("item", fields))
    found = report(project)
    assert {one: told(getattr(found, one)) for one in LISTS} == {one: [expected] * (one == name) for one in LISTS}


def test_a_draft_is_not_scheduled(project: Project) -> None:
    """A draft with days never appears and never goes."""
    project.write(news("item", "draft: true\npublish_from: 2026-12-01\nexpires: 2026-12-05\n"))
    found = report(project)
    assert (found.next, found.scheduled, found.expiring, found.expired) == (None, (), (), ())
    assert len(found.drafts) == 1


def test_an_item_in_one_language_is_told_with_its_reason(project: Project) -> None:
    """Also to an editor of the other language, in the only title that there is."""
    project.write(news("item", "only: lv\nreason: Avots ir latviski.\n", languages=("lv",)))
    assert told(report(project).untranslated) == [("2026-11-20", "item lv", f"{LV}8", "Avots ir latviski.")]


@pytest.mark.parametrize(
    ("original", "translation", "line"),
    [
        ("updated: 2026-11-24\n", "updated: 2026-11-23\n", 4),
        ("updated: 2026-11-24\n", "", 2),
        ("updated: 2026-11-24\n", "updated: 2026-11-24\n", 0),
        ("updated: 2026-11-24\n", "updated: 2026-11-25\n", 0),
        ("updated: 2026-11-22\n", "", 0),
        ("", "updated: 2026-11-24\n", 0),
        ("", "", 0),
    ],
)
def test_a_translation_that_was_left_behind_is_told(
    project: Project, original: str, translation: str, line: int
) -> None:
    """By the declared days; a translation without `updated` is as old as the publishing."""
    project.replace(f"{PRIVACY}.lv.md", "published:", f"{original}published:")
    project.replace(f"{PRIVACY}.en.md", "---\n\n", f"{translation}---\n\n")
    expected = [("2026-11-24", "Page privacy", f"{PRIVACY}.en.md:{line}", "en")] if line else []
    assert told(report(project).behind) == expected


def test_what_is_to_be_looked_at_again_is_told_when_it_is_due_and_before(project: Project) -> None:
    """A page's review, the description of a project that still runs, and news of a day to come."""
    project.replace(f"{PRIVACY}.lv.md", "published: 2026-11-22", "published: 2025-11-22\nreviewed: 2025-12-01")
    project.replace(ESF, "end: 2023-12-31", "end: 2027-12-31")
    project.replace(ESF, "last_updated: 2026-11-22", "last_updated: 2026-01-01")
    project.write(news("item", "", date="2026-11-25"))
    expected = [
        ("2026-07-04", "ESF project", f"{ESF}:15", "operation-old"),
        ("2026-11-25", "item en", f"{LV}5", "future-date"),
        ("2026-12-02", "Page privacy", f"{PRIVACY}.lv.md:5", "review-due"),
    ]
    assert told(report(project).stale) == expected
    assert {found.code for found in project.problems()} == {"operation-old", "future-date"}


def test_the_review_of_a_year_is_within_the_coming_moments(project: Project) -> None:
    """A review made today comes due as the last of them."""
    (moment,) = report(project).coming
    assert [change.item.note for change in moment.warnings] == ["review-due"]
    assert (moment.day, moment.pages) == (datetime.date(2027, 11, 23), ())


def test_the_next_moment_may_be_far(project: Project) -> None:
    """The list of coming moments ends after a year, the next moment is told however far it is."""
    project.write(news("item", "publish_from: 9999-12-31\n"))
    found = report(project)
    assert found.next is not None
    assert found.next.day == datetime.date.max
    assert found.next not in found.coming


@pytest.mark.parametrize("today", [datetime.date.min, datetime.date.max])
def test_the_ends_of_the_calendar_are_days_too(project: Project, today: datetime.date) -> None:
    """No arithmetic of days leaves the calendar."""
    project.replace(f"{PRIVACY}.lv.md", "published:", "reviewed: 9999-12-31\npublished:")
    project.replace(ESF, "end: 2023-12-31", "end: 9999-12-31")
    project.replace(ESF, "last_updated: 2026-11-22", "last_updated: 9999-12-30")
    project.write(news("item", "publish_from: 0001-01-01\nexpires: 9999-12-31\n"))
    assert report(project, today).until > datetime.date.min


@pytest.mark.parametrize(
    ("day", "zone", "moment"),
    [
        ("2026-12-01", "Europe/Riga", "2026-12-01T00:00:00+02:00"),
        ("2026-07-01", "Europe/Riga", "2026-07-01T00:00:00+03:00"),
        ("2026-03-29", "Europe/Riga", "2026-03-29T00:00:00+02:00"),
        ("2026-03-08", "America/Havana", "2026-03-08T01:00:00-04:00"),
        ("9999-12-31", "Pacific/Kiritimati", "9999-12-31T00:00:00+14:00"),
    ],
)
def test_a_day_begins_at_the_first_moment_of_its_zone(day: str, zone: str, moment: str) -> None:
    """Midnight, or the first moment after it where clocks jump over midnight."""
    begins = beginning(datetime.date.fromisoformat(day), zone)
    assert begins.isoformat() == moment
    second_before = (begins.astimezone(datetime.UTC) - datetime.timedelta(seconds=1)).astimezone(
        zoneinfo.ZoneInfo(zone)
    )
    assert second_before.date() < begins.date()


# Compared with building the site day by day -------------------------------------------------------------------------

DAYS = 5


@dataclasses.dataclass(frozen=True)
class Site:
    """The days of a small site, counted from today: of each item date, from, to; whether it is a draft; others."""

    items: tuple[tuple[int, int | None, int | None, bool], ...]
    reviewed: int
    renewed: int
    runs: int
    milestone: int

    def files(self) -> dict[str, str | None]:
        """The files that differ from site to site."""
        files: dict[str, str | None] = {}
        for number, (date, begins, ends, draft) in enumerate(self.items):
            fields = f"publish_from: {after(begins)}\n" if begins is not None else ""
            fields += f"expires: {after(ends)}\n" if ends is not None else ""
            files |= news(f"item-{number}", fields + f"draft: {str(draft).lower()}\n", after(date))
        files[MILESTONES] = (
            "done:\n  scope: liepaja\n  event: other\n  text: {lv: Noticis, en: Done}\n  sources: []\n"
            f"  date: {after(self.milestone)}\n"
        )
        return files


def _item(draw: st.DrawFn) -> tuple[int, int | None, int | None, bool]:
    """Days of an item that are in order; most of them matter within the days compared."""
    date = draw(st.integers(-4, DAYS))
    begins = draw(st.none() | st.integers(-2, DAYS))
    first = max(date, date if begins is None else begins) + 1
    ends = draw(st.none() | st.integers(first, max(first, DAYS)))
    return date, begins, ends, draw(st.integers(0, 4)) == 4


@st.composite
def sites(draw: st.DrawFn) -> Site:
    near = st.integers(-1, DAYS + 1)
    items = tuple(_item(draw) for _ in range(draw(st.integers(1, 3))))
    return Site(items, draw(near) - 366, draw(near) - 184, draw(near), draw(near))


# Each thing that a day can bring, and a draft to which a day brings nothing.
EVERYTHING = Site(
    items=((5, 1, None, False), (-1, None, 3, False), (1, 2, 4, True), (3, None, None, False)),
    reviewed=1 - 366,
    renewed=2 - 184,
    runs=3,
    milestone=5,
)


@pytest.fixture(scope="module")
def calendar(published_once: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The small site, whose dated files each example writes anew; a page names the first item."""
    project = Project(Path(shutil.copytree(published_once.folder, tmp_path_factory.mktemp("status") / "project")))
    for code in ("lv", "en"):
        project.replace(f"content/pages/about.{code}.md", "---\n\n", "---\n\n[item](news:2026/item-0) – ")
    project.replace(f"{PRIVACY}.lv.md", "published: 2026-11-22", "published: 2025-11-01\nreviewed: REVIEWED")
    project.replace(ESF, "end: 2023-12-31\nlast_updated: 2026-11-22", "end: ENDS\nlast_updated: RENEWED")
    return project


def written(calendar: Project, site: Site, base: dict[str, str]) -> None:
    """Write a site over the one before."""
    for left in (calendar.folder / "content/news/2026").glob("item-*"):
        left.unlink()
    days = {"REVIEWED": after(site.reviewed), "RENEWED": after(site.renewed), "ENDS": after(site.runs)}
    for path, text in base.items():
        for word, day in days.items():
            text = text.replace(word, str(day))
        calendar.write({path: text})
    calendar.write(site.files())


@pytest.mark.timeout(1800)  # it builds a site for every day of every example
def test_the_moments_are_those_of_building_day_by_day(calendar: Project) -> None:
    """The output's bytes, and the warnings that a day brings, change on the days that the status tells and no other."""
    base = {path: calendar.text(path) for path in (f"{PRIVACY}.lv.md", ESF)}
    codes = {code for _, code, _, _ in WARNINGS}

    # A failing site is small as it is; to shrink it would build for minutes.
    @settings(max_examples=50 if os.environ.get("PROVE") else 3, phases=[Phase.explicit, Phase.generate])
    @given(sites())
    @example(EVERYTHING)
    def holds(site: Site) -> None:
        written(calendar, site, base)
        days = [after(number) for number in range(DAYS + 1)]
        made = {day: calendar.make(today=day) for day in days}
        assert all(one.built.publishable for one in made.values()), made[DAY].built.problems
        # pages name their cards, and a card that is known is not drawn again
        output = {
            day: {path: content for path, content in made[day].contents.items() if not path.endswith(".png")}
            for day in days
        }
        found = report(calendar)
        first = next((day for day in days if output[day] != output[DAY]), None)
        assert (found.next.day if found.next and found.next.day <= days[-1] else None) == first
        told_pages = {moment.day for moment in found.coming if moment.pages and moment.day <= days[-1]}
        told_warnings = {
            (moment.day, change.item.note, change.item.place)
            for moment in found.coming
            for change in moment.warnings
            if moment.day <= days[-1]
        }
        pairs = list(itertools.pairwise(days))
        assert {day for before, day in pairs if output[day] != output[before]} == told_pages
        said = {day: {(one.code, one.place) for one in made[day].built.problems} for day in days}
        other = {(day, *one) for before, day in pairs for one in said[day] ^ said[before]}
        assert {one for one in other if one[1] in codes} == told_warnings
        assert {day for day, code, _ in other if code not in codes} <= told_pages

    holds()


# What sets the day, tells of it, or writes down when something was made and published; no page depends on these.
ELSEWHERE = ("config", "new", "cli", "status", "unchanged", "build", "preview", "publishing.")
# Everything of ours that asks what day it is; each is known to the status.
ASKING = {
    "site.__init__", "checks.accessibility.pages_reviewed", "checks.visibility.operations_kept_up",
    "checks.house_rules.dates_in_the_past",
}  # fmt: skip


def test_the_status_knows_all_that_depends_on_the_day() -> None:
    """Who asks for the day later must tell the status of it."""
    asking = set()
    for path in (PROJECT / "site_builder").rglob("*.py"):
        module = ".".join(path.relative_to(PROJECT / "site_builder").with_suffix("").parts)
        if module.startswith(ELSEWHERE):
            continue
        for function in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(function, ast.FunctionDef):
                names = {node.attr for node in ast.walk(function) if isinstance(node, ast.Attribute)}
                asking |= {f"{module}.{function.name}"} if names & {"today", "now", "utcnow"} else set()
    assert asking == ASKING


# The command line ---------------------------------------------------------------------------------------------------

ENGLISH = """\
The site’s content on 2026-11-22 (Europe/Riga)

Next change without an edit: 2026-12-01 at 00:00
  appears  later en
Readers see it once the site has been built after that.
Check it now: site-builder check --date 2026-12-01

After that, until 2027-11-23
  2027-01-15  goes     later en

Only warnings change, no page (until 2027-11-23)
  2027-11-23  begins  Statement en [review-due]

Scheduled: the day it appears (1)
  2026-12-01  later en
              content/news/2026/later.lv.md:8

Expiring: the day it goes (1)
  2027-01-15  later en
              content/news/2026/later.lv.md:9

Not in every language (1)
  2026-11-20  one lv
              Avots ir tikai latviešu valodā, un tulkojums tam nav
              vajadzīgs.
              content/news/2026/one.lv.md:8

Empty lists: drafts, expired, translations behind, to be looked at
again
"""
LATVIAN = """\
Vietnes saturs 2026-11-22 (Europe/Riga)

Nākamā pārmaiņa bez labojumiem: 2026-12-01 plkst. 00:00
  parādās  later lv
Lasītāji to redzēs, kad pēc tam vietne būs izveidota no jauna.
Pārbaudīt jau tagad: site-builder check --date 2026-12-01

Pēc tam līdz 2027-11-23
  2027-01-15  pazūd    later lv

Mainās tikai brīdinājumi, lapas ne (līdz 2027-11-23)
  2027-11-23  sākas    Statement lv [review-due]

Ieplānots: no kuras dienas parādās (1)
  2026-12-01  later lv
              content/news/2026/later.lv.md:8

Beidzas: no kuras dienas vairs nerāda (1)
  2027-01-15  later lv
              content/news/2026/later.lv.md:9

Nav visās valodās (1)
  2026-11-20  one lv
              Avots ir tikai latviešu valodā, un tulkojums tam nav
              vajadzīgs.
              content/news/2026/one.lv.md:8

Tukši saraksti: melnraksti, kas beidzies, tulkojumi, kas atpaliek,
kas jāpārskata
"""


@pytest.fixture
def planned(project: Project) -> Project:
    """A site with something to tell."""
    project.write(news("later", "publish_from: 2026-12-01\nexpires: 2027-01-15\n"))
    reason = "Avots ir tikai latviešu valodā, un tulkojums tam nav vajadzīgs."
    project.write(news("one", f"only: lv\nreason: {reason}\n", languages=("lv",)))
    return project


@pytest.mark.parametrize(("language", "expected"), [("en", ENGLISH), ("lv", LATVIAN)])
def test_the_command_tells_it_in_the_language_of_messages(
    planned: Project,
    language: str,
    expected: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Headings, days under days, later lines under the first words."""
    monkeypatch.setenv("COLUMNS", "66")
    assert planned.run("status", "--date", TODAY, "--messages", language) == 0
    said = capsys.readouterr()
    assert (said.out, said.err) == (expected, "")


def test_a_site_that_stays_as_it_is_says_so(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """No moment is a sentence of its own."""
    assert project.run("status", "--date", TODAY) == 0
    assert "\nWithout an edit the site will not change.\n" in capsys.readouterr().out


def test_colours_are_for_terminals_that_want_them(
    planned: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Headings are bold on a terminal; `NO_COLOR` leaves the very text that a file gets."""
    texts = []
    for terminal, no_colour in ((False, ""), (True, "1"), (True, "")):
        monkeypatch.setattr("sys.stdout.isatty", lambda shown=terminal: shown)
        monkeypatch.setenv("NO_COLOR", no_colour)
        assert planned.run("status", "--date", TODAY) == 0
        texts.append(capsys.readouterr().out)
    plain, refused, coloured = texts
    assert plain == refused
    assert coloured.startswith("\033[1mThe site’s content on 2026-11-22 (Europe/Riga)\033[0m\n")


def test_json_has_the_same_for_programs(planned: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """The object that docs/editing.md promises, with moments in the site's zone."""
    assert planned.run("status", "--date", TODAY, "--json") == 0
    told_json = json.loads(capsys.readouterr().out)
    assert list(told_json) == ["date", "timezone", "next", "coming", *LISTS, "problems"]
    item = {
        "kind": "news",
        "key": "2026/later",
        "title": "later en",
        "path": "content/news/2026/later.lv.md",
        "line": 8,
        "day": "2026-12-01",
        "note": "",
    }
    assert told_json["next"] == {
        "at": "2026-12-01T00:00:00+02:00",
        "pages": [{"what": "appears", **item}],
        "warnings": [],
    }
    assert told_json["scheduled"] == [item]
    assert [moment["at"][:10] for moment in told_json["coming"]] == ["2026-12-01", "2027-01-15", "2027-11-23"]
    assert (told_json["date"], told_json["timezone"], told_json["problems"]) == (TODAY, "Europe/Riga", [])


def test_broken_content_is_told_beside_what_is_known(planned: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """A file with a mistake is left out, its problem is shown, and the rest is told."""
    planned.write({"content/news/2026/one.lv.md": "nothing\n", "content/facts/figures.yaml": "a: [\n"})
    planned.replace("content/news/2016/lemums.lv.md", "category: decisions", "category: none")
    assert planned.run("status", "--date", TODAY) == 0
    said = capsys.readouterr()
    assert [line.split("[")[1].split("]")[0] for line in said.err.splitlines() if ": error[" in line] == [
        "yaml-syntax", "unknown-word", "no-front-matter",
    ]  # fmt: skip
    assert "until they are corrected nothing is published" in said.out
    assert "2026-12-01 at 00:00\n  appears  later en" in said.out
    assert planned.run("status", "--date", TODAY, "--json") == 0
    assert len(json.loads(capsys.readouterr().out)["problems"]) == 3


def test_content_that_cannot_be_read_is_a_problem(planned: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """Without the configuration there is nothing to tell."""
    planned.write({"content/site.yaml": "a: [\n"})
    assert planned.run("status", "--messages", "en") == 1
    assert "content/site.yaml:2:1: error[yaml-syntax]" in capsys.readouterr().err
