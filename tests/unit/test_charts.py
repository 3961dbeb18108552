"""Charts: geometry true to values and dates, labels that never meet, one set of numbers in drawing, table and facts."""

import datetime
import itertools
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import FIGURE, PROJECT, Project
from hypothesis import given
from hypothesis import strategies as st

from site_builder import charts
from site_builder.charts import Amount, Drawing, Lane
from site_builder.outputs.charts import ChartView
from site_builder.outputs.fact_pages import ResultsView, TimelineView
from site_builder.outputs.project import OperationView
from site_builder.values import PartialDate


def amount(value: int, words: str = "Words", when: PartialDate | None = None, **more: bool) -> Amount:
    return Amount(Decimal(value), f"{value} people", (words,), when, **more)


def day(year: int, month: int, number: int = 1) -> PartialDate:
    return PartialDate(datetime.date(year, month, number).isoformat())


VALUES = st.lists(st.integers(0, 10**7), min_size=1, max_size=8)
WORDS = st.text("abc \u00a0ā", min_size=1, max_size=90)


# Rows with bars --------------------------------------------------------------------------------------------------


@given(VALUES)
def test_bars_are_as_long_as_their_values_from_zero(values: list[int]) -> None:
    """The longest fills the width, all begin at the same place, and twice the value is twice the length."""
    drawn = charts.bars([amount(value) for value in values]).bars
    most = max(values)
    assert {bar.x for bar in drawn} == {0.0}
    for bar, value in zip(drawn, values, strict=True):
        assert bar.width == pytest.approx(100 * value / most if most else 0, abs=0.051)


def test_equal_values_have_equal_bars_and_zero_has_none() -> None:
    """Nothing but the value decides a length."""
    assert [bar.width for bar in charts.bars([amount(7), amount(0), amount(7)]).bars] == [100, 0, 100]
    assert [bar.width for bar in charts.bars([amount(0)]).bars] == [0]
    assert charts.bars([]).bars == ()


@given(st.lists(st.tuples(st.integers(0, 99), WORDS), min_size=1, max_size=6))
def test_no_text_meets_another_or_a_bar(rows: list[tuple[int, str]]) -> None:
    """Lines of text keep a line's distance, a bar stands clear of the text above and below, all in the drawing."""
    drawing = charts.bars([amount(value, words) for value, words in rows])
    baselines = [line.y for line in drawing.texts]
    assert all(after - before >= 1.2 for before, after in itertools.pairwise(baselines))
    for bar in drawing.bars:
        above = max((y for y in baselines if y < bar.y), default=0.0)
        below = min((y for y in baselines if y > bar.y), default=drawing.height + 1)
        assert bar.y - above >= 0.3, "room for letters that reach below the line"
        assert below - (bar.y + bar.height) >= 0.9, "room for the letters' height"
        assert bar.y + bar.height <= drawing.height
    assert all(len(line.text) <= charts.WIDE_LINE for line in drawing.texts if " " in line.text)


def test_a_long_no_break_chain_breaks_rather_than_leaves_the_drawing() -> None:
    """No-break spaces hold within a line only."""
    assert charts.wrapped("more\u00a0than\u00a0ten\u00a0words", 12) == ["more\u00a0than", "ten\u00a0words"]
    assert charts.wrapped("EUR\u00a01.5\u00a0million", 20) == ["EUR\u00a01.5\u00a0million"]


# Growth ----------------------------------------------------------------------------------------------------------


def test_growth_stands_where_the_calendar_says() -> None:
    """Half a year is half of a year; a month is a stretch; an inferred day is hollow; the undated is untied."""
    drawing = charts.growth(
        [
            amount(1, when=PartialDate("2022-01", "month")),
            amount(2, when=day(2022, 7, 2)),
            amount(3, when=PartialDate("2023-01-01", inferred=True)),
            amount(4),
        ]
    )
    axis = next(line for line in drawing.axes if line.x1 == line.x2)
    span, first, second = drawing.spans[0], *drawing.dots
    assert (span.y1, span.y2) == pytest.approx((0, axis.y2 * 31 / 730), abs=0.1)
    assert first.y == pytest.approx(axis.y2 / 4, abs=0.1)
    assert second.y == pytest.approx(axis.y2 / 2, abs=0.1)
    assert (first.hollow, second.hollow) == (False, True)
    ties = [line for line in drawing.axes if line.x1 == charts.AXIS and line.x2 != charts.AXIS]
    assert (len(ties), len(drawing.bars)) == (3, 4)


@given(st.lists(st.dates(datetime.date(2015, 1, 1), datetime.date(2024, 12, 31)), min_size=1, max_size=6))
def test_what_ties_a_bar_to_its_time_crosses_nothing(days: list[datetime.date]) -> None:
    """Later times are lower on the axis, and their rows are lower too; names of years do not meet."""
    dates = [PartialDate(one.isoformat()) for one in sorted(days)]
    drawing = charts.growth([amount(1, when=one) for one in dates])
    ties = [line for line in drawing.axes if line.x1 == charts.AXIS and line.x2 != charts.AXIS]
    for before, after in itertools.pairwise(ties):
        assert before.y1 <= after.y1
        assert before.y2 < after.y2
    assert all(0 <= dot.y <= drawing.height for dot in drawing.dots)
    labels = sorted(line.y for line in drawing.texts if line.x == 0)
    assert all(after - before >= 1 for before, after in itertools.pairwise(labels))


def test_a_figure_with_one_reading_and_no_date_is_one_bar() -> None:
    """Without dates there is no axis."""
    drawing = charts.growth([amount(5, hollow=True)])
    assert (drawing.axes, drawing.dots) == ((), ())
    assert [(bar.width, bar.hollow) for bar in drawing.bars] == [(80.0, True)]


# Split -----------------------------------------------------------------------------------------------------------


@given(st.lists(st.integers(1, 10**7), min_size=1, max_size=4))
def test_the_parts_stand_side_by_side_and_fill_the_whole(parts: list[int]) -> None:
    """Each begins where the one before ends; neighbours differ in filling; each has its sample beside its words."""
    drawing = charts.split(Decimal(sum(parts)), [amount(part) for part in parts])
    stacked = [bar for bar in drawing.bars if bar.y == 0]
    samples = [bar for bar in drawing.bars if bar.y > 0]
    assert stacked[0].x == 0
    assert all(a.x + a.width == pytest.approx(b.x, abs=0.11) for a, b in itertools.pairwise(stacked))
    assert stacked[-1].x + stacked[-1].width == pytest.approx(100, abs=0.11)
    assert [bar.hollow for bar in stacked] == [bool(index % 2) for index in range(len(parts))]
    assert [bar.hollow for bar in samples] == [bar.hollow for bar in stacked]
    assert min(line.y for line in drawing.texts) - 1 > stacked[0].height


# Time ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "precision", "first", "last"),
    [
        ("2022", "year", (2022, 1, 1), (2022, 12, 31)),
        ("2022-02", "month", (2022, 2, 1), (2022, 2, 28)),
        ("2022-winter", "season", (2021, 12, 1), (2022, 2, 28)),
        ("2022-spring", "season", (2022, 3, 1), (2022, 5, 31)),
        ("2022-summer", "season", (2022, 6, 1), (2022, 8, 31)),
        ("2022-autumn", "season", (2022, 9, 1), (2022, 11, 30)),
        ("2022-09-01", "day", (2022, 9, 1), (2022, 9, 1)),
    ],
)
def test_an_inexact_date_is_as_long_as_what_it_may_mean(
    written: str, precision: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    """A winter begins in the December before; a full day is a point."""
    date = PartialDate(written, precision)  # type: ignore[arg-type]  # one of the four
    assert (date.first_day, date.last_day) == (datetime.date(*first), datetime.date(*last))
    start, end = charts.place(date, 2021, 2023)
    days = (date.last_day - date.first_day).days + 1 if precision != "day" else 0
    assert (end - start) * 1095 == pytest.approx(days)


@given(st.lists(st.dates(datetime.date(2015, 1, 1), datetime.date(2023, 12, 31)), min_size=1, max_size=40))
def test_marks_of_a_lane_stand_at_their_time_and_touch_no_other(days: list[datetime.date]) -> None:
    """Across by the calendar; on one level no two are closer than a mark is wide."""
    drawing = charts.lanes([Lane("Lane", tuple(PartialDate(one.isoformat()) for one in days))])
    first, last = min(days).year, max(days).year
    length = (datetime.date(last + 1, 1, 1) - datetime.date(first, 1, 1)).days
    expected = sorted(
        charts.YEARS_LEFT + charts.YEARS_WIDTH * (one - datetime.date(first, 1, 1)).days / length for one in days
    )
    assert [dot.x for dot in drawing.dots] == pytest.approx(expected, abs=0.051)
    by_level: dict[float, list[float]] = {}
    for dot in drawing.dots:
        by_level.setdefault(dot.y, []).append(dot.x)
    for marks in by_level.values():
        assert all(after - before >= 3.1 for before, after in itertools.pairwise(marks))
    label = next(line for line in drawing.texts if line.strong)
    assert min(by_level) > label.y + 0.3, "the lane's name stands clear of its marks"


def test_years_are_named_as_far_as_there_is_room() -> None:
    """At most five names, each in the middle of its year."""
    drawing = charts.lanes([Lane("Lane", (day(2015, 1), day(2023, 12)))])
    named = [(line.text, line.x) for line in drawing.texts if line.centred]
    assert [name for name, _ in named] == ["2015", "2017", "2019", "2021", "2023"]
    assert named[0][1] == pytest.approx(1.5 + 97 / 18, abs=0.06)


# On the pages ----------------------------------------------------------------------------------------------------


def chart_views(project: Project) -> dict[tuple[str, str], ChartView]:
    """Every chart of a project by language and id."""
    made = project.make()
    assert made.built.publishable, made.built.problems
    found: dict[tuple[str, str], ChartView] = {}
    for view in made.views.values():
        many = view.charts if isinstance(view, ResultsView) else ()
        one = view.chart if isinstance(view, TimelineView | OperationView) else None
        for chart in (*many, *((one,) if one else ())):
            found[view.frame.language, chart.id] = chart
    return found


def printed(drawing: Drawing) -> list[str]:
    """The values that a drawing prints, each perhaps in several lines, with its words beneath."""
    groups = itertools.groupby(drawing.texts, key=lambda line: line.strong)
    return [" ".join(line.text for line in lines) for strong, lines in groups if strong]


CHARTS = """\
key_figures: [children]
charts:
  - key: growth
    kind: growth
    title: {lv: Izaugsme, en: Growth}
    note: {lv: Piezīme., en: A note.}
    figures: [{figure: children}]
  - key: bars
    kind: bars
    title: {lv: Stabiņi, en: Bars}
    figures: [{figure: children, label: {lv: Īsi, en: Short}}, {figure: planned}, {figure: nobody}, {figure: same}]
"""
OTHER = {"planned": ("40", "planned"), "nobody": ("0", "exact"), "same": ("114", "about")}


def with_charts(site_folder: Callable[..., Project]) -> Project:
    others = "".join(
        FIGURE.replace("children:", f"{key}:").replace("114", value) + f"  qualifier: {qualifier}\n"
        for key, (value, qualifier) in OTHER.items()
    )
    project = site_folder({"content/facts/figures.yaml": FIGURE + others})
    project.replace("content/site.yaml", "key_figures: [children]\n", CHARTS)
    return project


def test_one_reading_zero_a_plan_and_equal_values_are_drawn(site_folder: Callable[..., Project]) -> None:
    """Values print with their qualifiers as everywhere; a plan is hollow and the notes say so."""
    found = chart_views(with_charts(site_folder))
    bars = found["en", "bars"]
    assert printed(bars.drawing) == [row.value for row in bars.rows]
    assert [row.value.replace("\u00a0", " ") for row in bars.rows] == [
        "114 children", "40 children (planned)", "0 children", "about 114 children",
    ]  # fmt: skip
    assert [(bar.width, bar.hollow) for bar in bars.drawing.bars] == [
        (100, False), (35.1, True), (0, False), (100, False),
    ]  # fmt: skip
    assert any("plan" in note for note in bars.notes)
    assert any("not to be added up" in note for note in bars.notes)
    assert [row.label for row in bars.rows] == ["Children"] * 4, "the table gives the whole name"
    growth = found["lv", "growth"]
    assert [bar.width for bar in growth.drawing.bars] == [80.0]
    assert growth.notes[-1] == "Piezīme."


def test_a_site_without_charts_and_milestones_has_none(project: Project) -> None:
    """Charts may be left out, and nothing is drawn from nothing."""
    assert chart_views(project) == {}
    assert project.build() == 0
    assert 'class="chart"' not in project.page("en/results/index.html")


MONEY = FIGURE.replace("unit: count", "unit: EUR").replace("additive: false", "additive: true")
PARTS = {"whole": "1000", "eu": "850", "national": "150"}
MONEY_LINES = "total: whole\neu_part: eu\nnational_part: national\nsources:"


def with_money(site_folder: Callable[..., Project], old: str = "", new: str = "") -> Project:
    figures = "".join(MONEY.replace("children:", f"{key}:").replace("114", value) for key, value in PARTS.items())
    project = site_folder({"content/facts/figures.yaml": FIGURE + figures.replace(old, new)})
    project.replace("content/facts/operations/erdf.yaml", "sources:", MONEY_LINES)
    return project


def test_an_operations_money_is_split_where_it_may_be(site_folder: Callable[..., Project]) -> None:
    """850 of 1000 is 85 of a hundred, and the table has the parts and the whole."""
    found = chart_views(with_money(site_folder))
    chart = found["lv", "funding-erdf"]
    assert [bar.width for bar in chart.drawing.bars if bar.y == 0] == [85, 15]
    assert printed(chart.drawing) == [row.value for row in chart.rows[:-1]]
    assert len(chart.rows) == 3
    assert ("lv", "funding-esf") not in found


def test_money_that_must_not_be_added_is_not_split(site_folder: Callable[..., Project]) -> None:
    """A part that is only known roughly makes no bar, and the build says why."""
    project = with_money(site_folder)
    project.replace("content/facts/figures.yaml", "  value: 150\n", "  value: 150\n  qualifier: about\n")
    assert "not-additive" in [problem.code for problem in project.problems()]
    project.replace("content/facts/operations/erdf.yaml", MONEY_LINES, "total: whole\neu_part: eu\nsources:")
    assert chart_views(project) == {}


@pytest.fixture(scope="session")
def real_charts() -> dict[tuple[str, str], ChartView]:
    """The charts of the real content."""
    return chart_views(Project(PROJECT))


@pytest.mark.parametrize("language", ["lv", "en"])
def test_the_drawings_of_the_real_site_say_what_their_tables_and_the_facts_say(
    language: str, real_charts: dict[tuple[str, str], ChartView]
) -> None:
    """The same values in the same order; six statements of spending, five counts of people, two parts."""
    listed = {key: chart for (code, key), chart in real_charts.items() if code == language}
    assert set(listed) == {"spending", "people", "funding-infrastructure", "timeline"}
    counts = {"spending": 6, "people": 5, "funding-infrastructure": 2}
    for key, count in counts.items():
        values = [row.value for row in listed[key].rows]
        assert printed(listed[key].drawing) == values[:count], key
        assert all(row.sources for row in listed[key].rows), key
    assert [re.sub(r"\D", "", row.value) for row in listed["people"].rows] == ["42", "114", "102", "71", "26"]
    lengths = [bar.width for bar in listed["people"].drawing.bars]
    assert lengths == pytest.approx([100 * value / 114 for value in (42, 114, 102, 71, 26)], abs=0.051)
    assert [bar.width for bar in listed["funding-infrastructure"].drawing.bars if bar.y == 0] == [85, 15]


def test_the_drawing_of_spending_keeps_every_qualifier(real_charts: dict[tuple[str, str], ChartView]) -> None:
    """Both readings of the disputed sum are there, and only the later one is hollow."""
    chart = real_charts["en", "spending"]
    assert [value.replace("\u00a0", " ") for value in printed(chart.drawing)] == [
        "about EUR 38,500", "about EUR 700,000", "more than EUR 1.1 million", "more than EUR 1.4 million",
        "more than EUR 1.5 million", "about EUR 1.5 million",
    ]  # fmt: skip
    assert [bar.hollow for bar in chart.drawing.bars] == [False] * 5 + [True]
    assert "(year inferred)" in [line.text for line in chart.drawing.texts]
    assert "not known" in chart.description


def test_the_timeline_draws_every_milestone_once(real_charts: dict[tuple[str, str], ChartView]) -> None:
    """As many marks as the table counts, and as the facts have."""
    chart = real_charts["lv", "timeline"]
    listed = re.findall(r"(?m)^[a-z0-9-]+:$", (PROJECT / "content/facts/milestones.yaml").read_text("utf-8"))
    marks = len(chart.drawing.dots) + len(chart.drawing.spans)
    assert marks == sum(sum(year.counts) for year in chart.years) == len(listed)


# Markup and style ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["lv", "en"])
@pytest.mark.parametrize("section", ["results", "timeline", "infrastructure"])
def test_a_chart_has_a_role_a_name_a_table_and_little_weight(language: str, section: str, real_output: Path) -> None:
    """WCAG 1.1.1: role and name by title and description; the table beneath; no inline style; at most 6 kB."""
    paths = {
        "results": ("rezultati", "results"), "timeline": ("laika-linija", "timeline"),
        "infrastructure": ("par-projektu/infrastruktura", "about/infrastructure"),
    }  # fmt: skip
    page = real_output / language / paths[section][language == "en"] / "index.html"
    found = re.findall(r'<div class="chart" id="chart-(.*?)">(.*?</details>)', page.read_text("utf-8"), re.DOTALL)
    assert found
    for key, html in found:
        assert f'<svg role="img" aria-labelledby="title-{key} seen-{key}"' in html
        assert re.search(rf'<title id="title-{key}">[^<]+</title>\s*<desc id="seen-{key}">[^<]+</desc>', html)
        assert html.count("<table") == 1
        assert "style=" not in html
        assert len(html.encode()) <= 6000, key


def test_colours_of_charts_are_tokens() -> None:
    """Every colour is a token of the theme, or in forced colours a colour of the system; text is --text or --quiet."""
    css = (PROJECT / "static/charts.css").read_text("utf-8")
    colours = re.findall(r"\b(?:fill|stroke|color|background): ([^;]+);", css)
    assert [one for one in colours if not re.fullmatch(r"var\(--[a-z-]+\)|CanvasText|Canvas", one)] == []
    tokens = (PROJECT / "static/theme.css").read_text("utf-8")
    assert [one for one in set(re.findall(r"var\((--[a-z0-9-]+)\)", css)) if f"{one}:" not in tokens] == []
    text = [re.search(r"fill: ([^;]+);", rule) for rule in re.findall(r"\.chart (?:text|\.strong) \{[^}]*\}", css)]
    assert {match[1] for match in text if match} == {"var(--quiet)", "var(--text)", "CanvasText"}
