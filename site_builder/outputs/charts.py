"""Charts from the facts: figures that `content/site.yaml` lists, the parts of an operation's money, milestones."""

from collections import Counter
from typing import NamedTuple

from site_builder import charts
from site_builder.charts import Amount, Drawing, Lane
from site_builder.config import Chart, ChartFigure
from site_builder.content_types import Entry
from site_builder.content_types.figure import Figure, Reading
from site_builder.i18n.formats import DateText
from site_builder.outputs.views import SourceLink, sources
from site_builder.site import Site

SCOPES = ("liepaja", "region", "national")


class ChartRow(NamedTuple):
    """A drawn number as the table beneath prints it; the label is empty where all rows are of one figure."""

    label: str
    date: DateText
    value: str
    sources: tuple[SourceLink, ...]


class YearRow(NamedTuple):
    """How many events a year had in each lane."""

    year: int
    counts: tuple[int, ...]


class ChartView(NamedTuple):
    """A chart with its words: what is seen in it, the notes under it, and the same numbers as a table.

    The table has `rows` of figures, or `years` with a column for each of `lanes`.
    """

    id: str
    title: str
    description: str
    notes: tuple[str, ...]
    drawing: Drawing
    rows: tuple[ChartRow, ...] = ()
    lanes: tuple[str, ...] = ()
    years: tuple[YearRow, ...] = ()


class _Claim(NamedTuple):
    """A reading of a figure that a chart draws, its name in the drawing, and its label in the table."""

    figure: Figure
    reading: Reading
    hollow: bool
    name: str = ""
    label: str = ""


def results_charts(site: Site, language: str) -> tuple[ChartView, ...]:
    """The charts that `content/site.yaml` lists, in its order."""
    makers = {"growth": _growth, "bars": _bars}
    return tuple(makers[chart.kind](site, chart, language) for chart in site.config.charts)


def operation_chart(site: Site, operation: Entry, language: str) -> ChartView | None:
    """How an operation's total divides into the EU and the national part; None unless all three are known.

    That the parts may be added and make the total is asked by checks/house_rules.py (`money_adds_up`) before anything
    is planned.
    """
    fields = operation.fields
    if not (fields.total and fields.eu_part and fields.national_part):
        return None
    named = [(name, site.figure(getattr(fields, name))) for name in ("eu_part", "national_part", "total")]
    rate = site.figure(fields.eu_rate) if fields.eu_rate else None
    return _split(site, operation.key, named, rate, language)


def timeline_chart(site: Site, language: str) -> ChartView | None:
    """All milestones over the years, a lane for each scope that has any; None without milestones."""
    words = site.words[language]
    milestones = [entry.fields for entry in site.all("milestone")]
    by_scope = [(scope, tuple(one.date for one in milestones if one.scope == scope)) for scope in SCOPES]
    filled = [(words(f"scope.{scope}"), dates) for scope, dates in by_scope if dates]
    if not filled:
        return None
    names = [f"{name}{words('label.end')} {words.plural('chart.events', len(dates))}" for name, dates in filled]
    drawing = charts.lanes([Lane(name, dates) for name, (_, dates) in zip(names, filled, strict=True)])
    first, last = charts.years(one.date for one in milestones)
    counts = [Counter(day.year for day in dates) for _, dates in filled]
    return ChartView(
        id="timeline",
        title=site.formats[language].tidy(words("chart.timeline", first=first, last=last)),
        description=words("chart.timeline-seen", lanes="; ".join(names)),
        notes=(words("chart.timeline-marks"),),
        drawing=drawing,
        lanes=tuple(name for name, _ in filled),
        years=tuple(YearRow(year, tuple(count[year] for count in counts)) for year in range(first, last + 1)),
    )


# Charts of figures -----------------------------------------------------------------------------------------------


def _growth(site: Site, chart: Chart, language: str) -> ChartView:
    words = site.words[language]
    figure = site.figure(chart.figures[0].figure)
    earlier = tuple(_Claim(figure, one, _planned(one)) for one in figure.series)
    claims = sorted((*earlier, *_stated(figure)), key=_day)
    rows = tuple(_row(site, claim, language) for claim in claims)
    amounts = [_amount(claim, row.value, _when(row.date)) for claim, row in zip(claims, rows, strict=True)]
    dated = [f"{row.value} ({row.date.text})" for row in rows if row.date.iso]
    seen = (words("chart.growth-seen", first=dated[0], last=dated[-1]),) if dated else ()
    between = words("chart.growth-between")
    disputed = (words("chart.growth-disputed"),) if figure.disputed else ()
    notes = (words("chart.growth-axis"), between, *disputed, *_hollow_note(site, claims, language))
    return _view(site, chart, language, (*seen, between), notes, charts.growth(amounts), rows)


def _bars(site: Site, chart: Chart, language: str) -> ChartView:
    words = site.words[language]
    claims = [claim for one in chart.figures for claim in _named(site, one, language)]
    rows = tuple(_row(site, claim, language) for claim in claims)
    pairs = list(zip(claims, rows, strict=True))
    amounts = [_amount(claim, row.value, (claim.name,)) for claim, row in pairs]
    longest, value = max(((claim, row.value) for claim, row in pairs), key=lambda pair: pair[0].reading.value)
    seen = words("chart.bars-seen", count=len(rows), label=longest.name, value=value)
    together = len(chart.figures) > 1 and not all(claim.figure.additive for claim in claims)
    notes = (*((words("figures.not-added"),) if together else ()), *_hollow_note(site, claims, language))
    return _view(site, chart, language, (seen,), notes, charts.bars(amounts), rows)


def _split(site: Site, key: str, named: list[tuple[str, Figure]], rate: Figure | None, language: str) -> ChartView:
    """`named` are the parts, then the whole."""
    words = site.words[language]
    names = [words(f"operation.{name}") for name, _ in named]
    claims = [
        _Claim(figure, figure.stated[0], False, name, name) for name, (_, figure) in zip(names, named, strict=True)
    ]
    rows = tuple(_row(site, claim, language) for claim in claims)
    if rate is not None:
        names[0] += f"{words('label.end')} {site.formats[language].figure(rate)}"
    amounts = [_amount(claim, row.value, (name,)) for claim, row, name in zip(claims, rows, names, strict=True)]
    first, second, whole = (row.value for row in rows)
    return ChartView(
        id=f"funding-{key}",
        title=words("chart.split"),
        description=words("chart.split-seen", total=whole, first=first, second=second),
        notes=(words("chart.split-total", total=whole),),
        drawing=charts.split(amounts[-1].value, amounts[:-1]),
        rows=rows,
    )


def _view(
    site: Site,
    chart: Chart,
    language: str,
    seen: tuple[str, ...],
    notes: tuple[str, ...],
    drawing: Drawing,
    rows: tuple[ChartRow, ...],
) -> ChartView:
    own = (site.localized(chart.note, language),) if chart.note else ()
    title = site.localized(chart.title, language)
    return ChartView(chart.key, title, " ".join(seen), (*notes, *own), drawing, rows)


def _named(site: Site, one: ChartFigure, language: str) -> tuple[_Claim, ...]:
    """The readings of a figure among others: by its own label, or in the drawing by a shorter one."""
    label = site.plain(site.get("fact", one.figure), language, "label")
    return _stated(site.figure(one.figure), site.localized(one.label, language) if one.label else label, label)


def _stated(figure: Figure, name: str = "", label: str = "") -> tuple[_Claim, ...]:
    """The readings that hold: every one after the first is hollow, and so is a plan."""
    return tuple(
        _Claim(figure, one, index > 0 or _planned(one), name, label) for index, one in enumerate(figure.stated)
    )


def _planned(reading: Reading) -> bool:
    return reading.qualifier == "planned"


def _row(site: Site, claim: _Claim, language: str) -> ChartRow:
    formats = site.formats[language]
    return ChartRow(
        label=claim.label,
        date=formats.as_of(claim.reading),
        value=formats.reading(claim.figure, claim.reading),
        sources=sources(site, claim.reading.sources, language),
    )


def _amount(claim: _Claim, printed: str, words: tuple[str, ...]) -> Amount:
    return Amount(claim.reading.value, printed, words, claim.reading.as_of, claim.hollow)


def _when(date: DateText) -> tuple[str, ...]:
    """A date beneath its value: the day, then on a line of its own how sure it is."""
    return (date.text, f"({date.mark})") if date.mark else (date.text,)


def _day(claim: _Claim) -> tuple[bool, str]:
    """Sorts by time; what has no date comes last."""
    day = claim.reading.as_of
    return day is None, day.last_day.isoformat() if day else ""


def _hollow_note(site: Site, claims: list[_Claim], language: str) -> tuple[str, ...]:
    return (site.words[language]("chart.hollow"),) if any(claim.hollow for claim in claims) else ()
