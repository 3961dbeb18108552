"""The pieces that other sites show: where they are, and what each tells. A new kind is a function and a line in KINDS.

Homes of people (`sensitive`) have no piece, no list of their news and none of their figures, and no piece links to
them, unless their file says `embeddable`.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from site_builder.content_types import Entry
from site_builder.content_types.facility import may_be_embedded
from site_builder.content_types.news import NewsRow, last_change
from site_builder.i18n.formats import DateText
from site_builder.outputs.assets import Assets
from site_builder.outputs.charts import ChartView, operation_chart, results_charts, timeline_chart
from site_builder.outputs.embeds.heights import EMBLEM, Line, height_of
from site_builder.outputs.embeds.piece_addresses import (
    chart_address,
    fact_address,
    hanging_on,
    news_address,
    piece_address,
)
from site_builder.outputs.embeds.piece_frame import PieceFrame, piece_frame
from site_builder.outputs.frame import Link, section_name
from site_builder.outputs.planned_file import FromTemplate
from site_builder.outputs.project import partner_names
from site_builder.outputs.views import (
    FacilityCard,
    FigureView,
    NewsCard,
    ServiceCard,
    address_lines,
    category_link,
    entry_link,
    facility_card,
    figure_view,
    figures,
    full_date,
    news_card,
    service_card,
)
from site_builder.site import Site

# A list holds so many items; how many of them are seen the address says behind its `#`, and without that the style.
ITEMS, USUAL = 10, 5
COUNTS = tuple(range(3, ITEMS + 1))
EVENTS = 4
NEWS_LIST = "news-list"
# The height of one em of a chart's text in the narrowest frame, in px.
CHART_EM = 14.5


class Spot(NamedTuple):
    """One piece: its kind, its address without `/embed`, the page that tells more, and what it is made from.

    `keys` are those of the things shown, `label` names a list; `changed` is a day as an ordinal. Only pieces of pages
    have an oEmbed answer: `answer` is that page's address.
    """

    kind: str
    language: str
    address: str
    page: str
    keys: tuple[str, ...] = ()
    label: str = ""
    changed: int = 0
    answer: str = ""


class Content(NamedTuple):
    """What a piece tells: its heading, one lasting line for where no frame is shown, what its template shows.

    `lines` are its texts as they are set, `more` the px of what is no text.
    """

    heading: str
    said: str
    part: Any
    lines: tuple[Line, ...]
    more: float = 0
    as_of_word: str = ""
    as_of: DateText | None = None
    operation: str = ""


class PieceView(NamedTuple):
    """A piece as its template sees it."""

    frame: PieceFrame
    heading: str
    part: Any


class Kind(NamedTuple):
    """A kind of piece: which there are in a language, and what one tells."""

    spots: Callable[[Site, str], Iterator[Spot]]
    content: Callable[[Site, Spot], Content]


# News lists -----------------------------------------------------------------------------------------------------


class NewsPart(NamedTuple):
    """The newest items, how many of them may be shown, and the page with all of them."""

    items: tuple[NewsCard, ...]
    counts: tuple[int, ...]
    all: Link


def _news_lists(site: Site, language: str) -> Iterator[Spot]:
    """All news, those of each category that the site has, those of each facility and service.

    A category without news has no page, but its piece and answer stay: there may be news again.
    """
    rows = _by_list(site.news(language))
    whole = site.addresses.section("news", language)
    yield _news_spot(language, whole, whole, "", rows[""])._replace(answer=whole)
    for category in site.config.categories:
        label = f"category:{category.key}"
        address = site.addresses.labelled("category", category.slug[language], language)
        spot = _news_spot(language, address, address if rows[label] else whole, label, rows[label])
        yield spot._replace(answer=address)
    for entry in (*_open_facilities(site), *site.all("service")):
        label, page = f"{entry.kind}:{entry.key}", site.address(entry, language)
        yield _news_spot(language, news_address(site, page, language), page, label, rows[label])


def _by_list(rows: Iterable[NewsRow]) -> dict[str, list[NewsRow]]:
    """The newest items of every list, by its label."""
    found: dict[str, list[NewsRow]] = defaultdict(list)
    for row in rows:
        labels = (
            "",
            f"category:{row.category}",
            *(f"facility:{key}" for key in row.facilities),
            *(f"service:{key}" for key in row.services),
        )
        for label in labels:
            if len(found[label]) < ITEMS:
                found[label].append(row)
    return found


def _news_spot(language: str, address: str, page: str, label: str, rows: list[NewsRow]) -> Spot:
    changed = max((row.changed[row.languages.index(language)] for row in rows), default=0)
    return Spot(NEWS_LIST, language, address, page, tuple(row.key for row in rows), label, changed)


def _news_list(site: Site, spot: Spot) -> Content:
    words = site.words[spot.language]
    items = tuple(news_card(site, site.get("news", key), spot.language) for key in spot.keys)
    name = list_name(site, spot.label, spot.language)
    heading = words("news.of-category", name=name) if name else section_name(site, "news", spot.language)
    more = Link(words("home.all-news"), site.href(spot.page))
    lines = (Line("title", heading), *_item_lines(items[:USUAL]), Line("small", words("embed.no-news") + more.text))
    changed = full_date(site, datetime.date.fromordinal(spot.changed), spot.language) if spot.changed else None
    return Content(heading, heading, NewsPart(items, COUNTS, more), lines, 0, words("updated"), changed)


def list_name(site: Site, label: str, language: str) -> str:
    """The name of a category, facility or service; nothing for all news."""
    kind, _, key = label.partition(":")
    if kind == "category":
        return category_link(site, key, language).text
    return site.plain(site.get(kind, key), language, "name") if kind else ""


def list_height(site: Site, spot: Spot, items: int) -> int:
    """The height of a list that shows another number of items than is usual."""
    title, *_, more = content_of(site, spot).lines
    return _frame_height(site, spot, (title, *_item_lines(content_of(site, spot).part.items[:items]), more))


def _item_lines(cards: Iterable[NewsCard]) -> Iterator[Line]:
    for card in cards:
        yield Line("item", card.title)
        yield Line("small", f"{card.date.marked} {card.category.text}")


# News items, places, services -----------------------------------------------------------------------------------


class NewsItemPart(NamedTuple):
    """A news item in brief."""

    card: NewsCard


def _news_items(site: Site, language: str) -> Iterator[Spot]:
    for row in site.news(language):
        address = site.addresses.news(row, language)
        yield Spot("news-item", language, address, address, (row.key,), answer=address)


def _news_item(site: Site, spot: Spot) -> Content:
    entry = site.get("news", spot.keys[0])
    card = news_card(site, entry, spot.language)
    lines = (
        Line("title", card.title),
        Line("small", f"{card.date.marked} {card.category.text}"),
        Line("text", card.summary),
    )
    updated = full_date(site, last_change(entry, spot.language), spot.language)
    word, operation = site.words[spot.language]("updated"), entry.fields.operation or ""
    said = f"{card.title} – {card.date.marked}"
    return Content(card.title, said, NewsItemPart(card), lines, 0, word, updated, operation)


class FacilityPart(NamedTuple):
    """A place in brief."""

    card: FacilityCard
    address: tuple[str, ...]
    audience: str
    services: tuple[Link, ...]


def _open_facilities(site: Site) -> tuple[Entry, ...]:
    return tuple(entry for entry in site.all("facility") if may_be_embedded(entry.fields))


def _homes(site: Site) -> tuple[Entry, ...]:
    return tuple(entry for entry in site.all("facility") if not may_be_embedded(entry.fields))


def kept_private(site: Site) -> Iterator[str]:
    """The addresses of the kit that homes would have: nobody asks where they are, if they were published once."""
    for home in _homes(site):
        for language in site.config.codes:
            yield from hanging_on(site, site.address(home, language))
            yield from (piece_address(fact_address(language, key)) for key in home.fields.figures)


def _facilities(site: Site, language: str) -> Iterator[Spot]:
    for entry in _open_facilities(site):
        address = site.address(entry, language)
        yield Spot("facility", language, address, address, (entry.key,), answer=address)


def _facility(site: Site, spot: Spot) -> Content:
    entry = site.get("facility", spot.keys[0])
    part = FacilityPart(
        card=facility_card(site, entry, spot.language),
        address=address_lines(site, entry.fields.address),
        audience=site.plain(entry, spot.language, "audience"),
        services=tuple(entry_link(site, one, spot.language) for one in site.some("service", entry.fields.services)),
    )
    since = part.card.status_since.marked if part.card.status_since else ""
    lines = (
        Line("title", part.card.title),
        Line("text", f"{part.card.status_word} {since}"),
        Line("text", part.card.summary),
        *(Line("text", one) for one in (", ".join(part.address), part.audience)),
        *(Line("text", ", ".join(link.text for link in part.services)) for _ in part.services[:1]),
    )
    word, updated = site.words[spot.language]("updated"), _updated(site, entry, spot.language)
    said = f"{part.card.title} – {', '.join(part.address)}"
    return Content(part.card.title, said, part, lines, 3 * 21, word, updated, entry.fields.operation or "")


class ServicePart(NamedTuple):
    """A service in brief."""

    card: ServiceCard
    audiences: tuple[str, ...]
    provider: str
    facilities: tuple[Link, ...]


def _services(site: Site, language: str) -> Iterator[Spot]:
    for entry in site.all("service"):
        address = site.address(entry, language)
        yield Spot("service", language, address, address, (entry.key,), answer=address)


def _service(site: Site, spot: Spot) -> Content:
    entry, words = site.get("service", spot.keys[0]), site.words[spot.language]
    service = entry.fields
    places = [one for one in site.some("facility", service.facilities) if may_be_embedded(one.fields)]
    part = ServicePart(
        card=service_card(site, entry, spot.language),
        audiences=tuple(words(f"audience.{one}") for one in service.audiences),
        provider=site.plain(entry, spot.language, "provider"),
        facilities=tuple(entry_link(site, one, spot.language) for one in places),
    )
    lines = (
        Line("title", part.card.name),
        Line("text", part.card.summary),
        *(Line("text", one) for one in (", ".join(part.audiences), part.provider)),
        *(Line("text", ", ".join(link.text for link in part.facilities)) for _ in part.facilities[:1]),
    )
    as_of = site.formats[spot.language].date(service.as_of)
    operation = service.operation or ""
    return Content(part.card.name, part.card.name, part, lines, 3 * 21, words("service.as-of"), as_of, operation)


def _updated(site: Site, entry: Entry, language: str) -> DateText:
    return full_date(site, last_change(entry, language), language)


# Figures and charts ---------------------------------------------------------------------------------------------


class FiguresPart(NamedTuple):
    """Figures, each with its day and sources."""

    figures: tuple[FigureView, ...]


def _key_figures(site: Site, language: str) -> Iterator[Spot]:
    address = site.addresses.section("results", language)
    yield Spot("key-figures", language, address, address, site.config.key_figures, answer=address)


def _key_figures_content(site: Site, spot: Spot) -> Content:
    words = site.words[spot.language]
    shown = figures(site, spot.keys, spot.language)
    heading = words("home.figures")
    lines = (Line("title", heading), *(line for one in shown for line in _figure_lines(one, all_readings=False)))
    return Content(heading, heading, FiguresPart(shown), lines)


def _one_figures(site: Site, language: str) -> Iterator[Spot]:
    private = {key for home in _homes(site) for key in home.fields.figures}
    for entry in site.all("fact"):
        if entry.key not in private:
            page = site.address(entry, language)
            yield Spot("figure", language, fact_address(language, entry.key), page, (entry.key,))


def _one_figure(site: Site, spot: Spot) -> Content:
    entry = site.get("fact", spot.keys[0])
    shown = figure_view(site, entry, spot.language)
    lines = (Line("title", shown.label), *_figure_lines(shown), Line("text", shown.explanation))
    operation = entry.fields.operation or ""
    return Content(
        shown.label, shown.label, FiguresPart((shown,)), lines, 30 * len(shown.readings), "", None, operation
    )


def _figure_lines(figure: FigureView, *, all_readings: bool = True) -> Iterator[Line]:
    """The texts of a figure; of several readings the first alone where there is little room."""
    if not all_readings:
        yield Line("name", figure.label)
    for reading in figure.readings if all_readings else figure.readings[:1]:
        yield Line("value", reading.text)
        yield Line("small", f"{reading.as_of.marked} {figure.scope if all_readings else ''}")
        yield Line("small", "; ".join(one.short for one in reading.sources))
        yield Line("text", reading.note if all_readings else "")
    if figure.disputed and not all_readings:
        yield Line("small", "; ".join(reading.text for reading in figure.readings))


class ChartPart(NamedTuple):
    """A chart; its numbers as a table stand on the page."""

    chart: ChartView


def _charts(site: Site, language: str) -> Iterator[Spot]:
    def spot(key: str, page: str) -> Spot:
        return Spot("chart", language, chart_address(language, key), f"{page}#chart-{key}", (key,))

    results = site.addresses.section("results", language)
    yield from (spot(chart.key, results) for chart in site.config.charts)
    if site.all("milestone"):
        yield spot("timeline", site.addresses.section("timeline", language))
    for entry in site.all("operation"):
        money = entry.fields
        if money.total and money.eu_part and money.national_part:
            yield spot(f"funding-{entry.key}", site.address(entry, language))


def _chart(site: Site, spot: Spot) -> Content:
    chart = next(one for one in _all_charts(site, spot.language) if one.id == spot.keys[0])
    operation = chart.id.removeprefix("funding-") if chart.id.startswith("funding-") else ""
    lines = (Line("title", chart.title), Line("small", " ".join(chart.notes)), Line("small", chart.title))
    return Content(
        chart.title, chart.title, ChartPart(chart), lines, chart.drawing.height * CHART_EM + 40, "", None, operation
    )


def _all_charts(site: Site, language: str) -> Iterator[ChartView]:
    yield from results_charts(site, language)
    others = (timeline_chart(site, language), *(operation_chart(site, one, language) for one in site.all("operation")))
    yield from (chart for chart in others if chart)


# Partners and timeline ------------------------------------------------------------------------------------------


class NamesOf(NamedTuple):
    """Partners of one group by name."""

    name: str
    names: tuple[str, ...]


class PartnersPart(NamedTuple):
    """How many partners sources state, and who they are."""

    total: FigureView | None
    groups: tuple[NamesOf, ...]


def _section(kind: str, section: str) -> Callable[[Site, str], Iterator[Spot]]:
    """A kind of which each language has one piece, that of a section."""

    def spots(site: Site, language: str) -> Iterator[Spot]:
        address = site.addresses.section(section, language)
        yield Spot(kind, language, address, address, answer=address)

    return spots


def _partners(site: Site, spot: Spot) -> Content:
    heading = section_name(site, "partners", spot.language)
    total = figures(site, site.config.partner_figures[:1], spot.language)
    groups = tuple(NamesOf(*group) for group in partner_names(site, spot.language))
    lines = (
        Line("title", heading),
        *(line for one in total for line in _figure_lines(one, all_readings=False)),
        *(Line("names", f"{group.name} {', '.join(group.names)}") for group in groups),
        Line("small", site.words[spot.language]("embed.partners-note")),
    )
    return Content(heading, heading, PartnersPart(total[0] if total else None, groups), lines)


class EventView(NamedTuple):
    """Something that happened."""

    date: DateText
    text: str


class TimelinePart(NamedTuple):
    """The last events, newest first, and the page with all of them."""

    events: tuple[EventView, ...]
    all: Link


def _timeline(site: Site, spot: Spot) -> Content:
    words = site.words[spot.language]
    heading = section_name(site, "timeline", spot.language)
    milestones = [one for one in site.all("milestone") if site.addresses.shelf(one) == "timeline"]
    newest = sorted(milestones, key=lambda one: one.fields.date.last_day, reverse=True)[:EVENTS]
    date = site.formats[spot.language].date
    events = tuple(EventView(date(one.fields.date), site.plain(one, spot.language, "text")) for one in newest)
    more = Link(words("embed.all-events"), site.href(spot.page))
    lines = (
        Line("title", heading),
        *(Line("event", event.date.marked) for event in events),
        *(Line("text", event.text) for event in events),
        Line("small", more.text),
    )
    return Content(heading, heading, TimelinePart(events, more), lines)


# All kinds ------------------------------------------------------------------------------------------------------

KINDS: dict[str, Kind] = {
    NEWS_LIST: Kind(_news_lists, _news_list),
    "news-item": Kind(_news_items, _news_item),
    "facility": Kind(_facilities, _facility),
    "service": Kind(_services, _service),
    "key-figures": Kind(_key_figures, _key_figures_content),
    "figure": Kind(_one_figures, _one_figure),
    "chart": Kind(_charts, _chart),
    "partners": Kind(_section("partners", "partners"), _partners),
    "timeline": Kind(_section("timeline", "timeline"), _timeline),
}


def spots(site: Site, language: str) -> Iterator[Spot]:
    """Every piece of a language."""
    for kind in KINDS.values():
        yield from kind.spots(site, language)


def content_of(site: Site, spot: Spot) -> Content:
    """What a piece tells."""
    return site.once(("piece", spot), lambda: KINDS[spot.kind].content(site, spot))


def piece_height(site: Site, spot: Spot) -> int:
    """The height of a frame in which nothing of the piece has to be scrolled, at 272 px and more."""
    return _frame_height(site, spot, content_of(site, spot).lines)


def _frame_height(site: Site, spot: Spot, lines: Iterable[Line]) -> int:
    content = content_of(site, spot)
    foot = [Line("small", f"{content.as_of_word}: {content.as_of.text}")] if content.as_of else []
    periods = {
        one.fields.programming_period for one in site.some("operation", (*site.config.funding, content.operation))
    }
    return height_of([*lines, *foot], content.more + EMBLEM * len(periods))


def make_piece(site: Site, assets: Assets, spot: Spot) -> FromTemplate:
    """A piece as a page of its own."""
    content = content_of(site, spot)
    frame = piece_frame(
        site,
        assets,
        spot.language,
        spot.page,
        content.heading,
        content.operation,
        content.as_of_word,
        content.as_of,
    )
    return FromTemplate(f"embed/{spot.kind}.html", spot.language, PieceView(frame, content.heading, content.part))
