"""The record of changes to facts as a page and as feeds; as a table it is among the others."""

import datetime
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import NamedTuple

from markupsafe import Markup, escape

from site_builder.content_types import Entry
from site_builder.i18n.formats import DateText
from site_builder.outputs.assets import Assets
from site_builder.outputs.feed_formats import FORMATS, FeedItem, FeedView, written
from site_builder.outputs.frame import Discovery, Frame, Link, feeds_of, framed, section_link
from site_builder.outputs.lasting import lasting_id
from site_builder.outputs.open_data.pages import TableView, table_address, table_page, table_view
from site_builder.outputs.open_data.tables import BY_KEY, CHANGES, changes
from site_builder.outputs.open_data.wording import title
from site_builder.outputs.planned_file import FromTemplate, PlannedFile, plan_lasting, plan_page
from site_builder.outputs.standing import page_entry
from site_builder.outputs.views import SourceLink, sources
from site_builder.record.compare import TABLES as WATCHED
from site_builder.record.log import Change
from site_builder.site import Site
from site_builder.values import PartialDate

# So many things are told on the page, and so many in the feed; the files have all.
SHOWN = 100
NEWEST = 50
KINDS = {table: kind for kind, table in WATCHED.items()}
# Fields whose words the interface says elsewhere, with what stands before the word there.
SPOKEN = {
    ("facilities", "status"): "status.",
    ("facilities", "kind"): "facility-kind.",
    ("milestones", "scope"): "scope.",
    ("milestones", "event"): "event.",
    ("operations", "fund"): "fund.",
}


class ThingView(NamedTuple):
    """What changed in a thing on a day; `word` says it of things that came or went, `fields` each value that changed.

    `reworded` are the fields whose words were edited.
    """

    id: str
    name: str
    href: str
    kind: str
    word: str
    fields: tuple[str, ...]
    reworded: tuple[str, ...]
    sources: tuple[SourceLink, ...]


class DayView(NamedTuple):
    """The changes of a day, or of homes in a year."""

    date: DateText
    things: tuple[ThingView, ...]
    homes: bool


class ChangesView(NamedTuple):
    """The record of changes; `more` if there are older ones, which only the files have."""

    frame: Frame
    table: TableView
    whole: Link
    begins: str
    days: tuple[DayView, ...]
    more: bool
    feeds: tuple[Discovery, ...]


def plan(site: Site, assets: Assets) -> Iterator[PlannedFile]:
    """The page and its feeds in every language."""
    for language in site.config.codes:
        yield plan_page(table_address(site, CHANGES, language), _page, language)
        folder = site.addresses.feeds(language, "changes").lstrip("/")
        yield from (plan_lasting(folder + form.file, _feed, form.name, language) for form in FORMATS)


def _page(site: Site, assets: Assets, language: str) -> FromTemplate:
    record, words = site.record, site.words[language]
    feeds = feeds_of(site, language, words("data.changes.heading"), "changes", word="data.changes.feed")
    page = table_page(site, CHANGES, language)._replace(heading=words("data.changes.heading"))
    page = page._replace(discovery=(*page.discovery, *feeds))
    told = groups(changes(site))

    def view(frame: Frame) -> ChangesView:
        return ChangesView(
            frame=frame,
            table=table_view(site, CHANGES, language),
            whole=section_link(site, "data", language),
            begins=_said(site, record.begins, language) if record.begins else "",
            days=_days(site, told[:SHOWN], language),
            more=len(told) > SHOWN,
            feeds=feeds,
        )

    return framed(site, assets, page, "data-changes", view)


def _said(site: Site, begins: datetime.date, language: str) -> str:
    """When the record begins, as a sentence."""
    day = site.formats[language].date_in(PartialDate(begins.isoformat()))
    return site.words[language]("data.changes.begins", date=day.text)


# Changes of a day and a thing -----------------------------------------------------------------------------------

Group = tuple[Change, ...]


def groups(changes: tuple[Change, ...]) -> list[Group]:
    """The changes of one thing on one day together, the newest day first; after the days of a year what has no day."""
    found: dict[tuple[str, str, str], list[Change]] = {}
    for one in changes:
        found.setdefault((one.day.text, one.table, one.id), []).append(one)

    def newest(group: Group) -> tuple[int, bool, datetime.date]:
        day = group[0].day
        return day.year, day.exact, day.last_day

    return sorted(map(tuple, found.values()), key=newest, reverse=True)


def _days(site: Site, told: list[Group], language: str) -> tuple[DayView, ...]:
    days: dict[PartialDate, list[ThingView]] = {}
    for group in told:
        days.setdefault(group[0].day, []).append(thing_view(site, group, language))
    return tuple(
        DayView(site.formats[language].date(day), tuple(things), not day.exact) for day, things in days.items()
    )


def thing_view(site: Site, group: Group, language: str) -> ThingView:
    first, words = group[0], site.words[language]
    entry = _entry(site, first)
    cited = tuple(dict.fromkeys(source for one in group for source in one.sources))
    whole = next((one.change for one in group if one.change in ("added", "removed")), "")
    return ThingView(
        id=f"{first.day.text}-{first.table}-{first.id}",
        name=site.name(entry, language) if entry else site.formats[language].tidy(_plain(first.label[language])),
        href=site.href(site.address(entry, language)) if entry else "",
        kind=words(f"data.one.{first.table}"),
        word=words(f"data.change.{whole}") if whole else "",
        fields=tuple(_field(site, one, entry, language) for one in group if one.field and one.change != "wording"),
        reworded=tuple(name for one in group if one.change == "wording" for name in _names(site, one, language)),
        sources=sources(site, cited, language),
    )


def _entry(site: Site, change: Change) -> Entry | None:
    """The thing as it is now, if it still is."""
    return next(iter(site.some(KINDS[change.table], [change.id])), None)


def _plain(words: str) -> str:
    """Words as they were recorded, with the names of figures and things in place of what they stand for."""
    return re.sub(r"\[\[[a-z]+:([^\]]*)\]\]", r"\1", words)


def _names(site: Site, change: Change, language: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_name(site, change.table, field, language) for field in (change.field or "").split()))


def _name(site: Site, table: str, field: str, language: str) -> str:
    """What a field is called: as the column of the table, if it has one, else by a word of its own."""
    part, _, own = field.rpartition(".")
    column = next((one for one in BY_KEY[table].columns if one.name == own and part in ("", "address", "series")), None)
    if column is None:
        return site.words[language]("data.field.other" if part not in FIELDS else f"data.field.{part}")
    name = title(site, column, language)
    return f"{site.words[language]('data.field.series')}: {name}" if part == "series" else name


FIELDS = ("history", "former_names")


def _field(site: Site, change: Change, entry: Entry | None, language: str) -> str:
    """What a field was and is, as a sentence."""
    words = site.words[language]
    old, new = (
        _value(site, change, value, entry, language) or words("not-stated") for value in (change.old, change.new)
    )
    return words("data.change.line", name=_name(site, change.table, change.field or "", language), old=old, new=new)


def _value(site: Site, change: Change, value: str | None, entry: Entry | None, language: str) -> str:
    """A value as the pages print it, where they do; else as it was written."""
    if not value:
        return ""
    field = (change.field or "").rpartition(".")[2]
    prefix = SPOKEN.get((change.table, field))
    if prefix and value in next(one.choices for one in BY_KEY[change.table].columns if one.name == field):
        return site.words[language](f"{prefix}{value}")
    if field == "sources":
        return "; ".join(one.short for one in sources(site, tuple(value.split()), language)) or value
    if field == "value":
        return " / ".join(_number(site, one, entry, language) for one in value.split())
    return _date(site, value, language) or value


def _number(site: Site, value: str, entry: Entry | None, language: str) -> str:
    formats = site.formats[language]
    try:
        amount = Decimal(value)
    except InvalidOperation:
        return value
    return formats.amount(entry.fields, amount) if entry else formats.number(amount)


def _date(site: Site, value: str, language: str) -> str:
    """A date as the language writes it; nothing for what is none."""
    found = re.fullmatch(r"([0-9]{4}(?:-(?:[0-9]{2}(?:-[0-9]{2})?|winter|spring|summer|autumn))?)(\??)", value)
    if not found:
        return ""
    text, unsure = found.groups()
    precisions = {4: "year", 7: "month", 10: "day"}
    precision = precisions[len(text)] if text[5:].replace("-", "").isdigit() or len(text) == 4 else "season"
    try:
        date = site.formats[language].date(PartialDate(text, precision, bool(unsure)))  # type: ignore[arg-type]  # one of the four
    except (ValueError, IndexError):
        return ""
    return f"{date.text} ({date.mark})" if date.mark else date.text


# The feed -------------------------------------------------------------------------------------------------------


def _feed(site: Site, assets: Assets, form: str, language: str) -> bytes:
    view = site.once(("feed", "changes", language), partial(_feed_view, site, assets, language))
    return written(view, form)


def _feed_view(site: Site, assets: Assets, language: str) -> FeedView:
    """Exact days only: a home's changes, told by the year, would have their day in the feed's order."""
    words, config = site.words[language], site.config
    told = [group for group in groups(changes(site)) if group[0].day.exact][:NEWEST]
    address = site.absolute(table_address(site, CHANGES, language))
    items = tuple(_item(site, group, language, address) for group in told)
    begins = site.record.begins
    first = (_beginning(site, begins, language, address),) if begins else ()
    every = (*items, *first)
    return FeedView(
        id=lasting_id(site, language, "changes").urn,
        language=language,
        title=words("data.changes.feed-title", site=site.localized(config.name, language)),
        description=words("data.changes.about"),
        home=address,
        folder=site.absolute(site.addresses.feeds(language, "changes")),
        icon=site.absolute(assets.address("icon.svg")),
        author=site.localized((config.publisher or config).name, language),
        author_url=config.publisher.url if config.publisher else "",
        licence=config.licence.url,
        updated=every[0].updated if every else page_entry(site, "data").fields.published,
        items=every,
    )


def _item(site: Site, group: Group, language: str, address: str) -> FeedItem:
    thing = thing_view(site, group, language)
    words, day = site.words[language], group[0].day.last_day
    lines = [_line(field) for field in thing.fields]
    lines += [_line(words("data.change.reworded", names=", ".join(thing.reworded)))] if thing.reworded else []
    cited = "; ".join(one.short for one in thing.sources)
    lines += [_line(f"{words('sources')}{words('label.end')} {cited}")] if cited else []
    said = thing.word or words("data.change.value" if thing.fields else "data.change.wording")
    return FeedItem(
        id=lasting_id(site, language, "change", group[0].day.text, group[0].table, group[0].id).urn,
        url=f"{address}#{thing.id}",
        title=f"{thing.name}{words('label.end')} {said}",
        summary=thing.kind,
        html=str(Markup("").join(lines)),
        published=day,
        updated=day,
        category=group[0].table,
        category_name=thing.kind,
        picture=None,
    )


def _line(text: str) -> Markup:
    return Markup("<p>{}</p>").format(escape(text))


def _beginning(site: Site, day: datetime.date, language: str, address: str) -> FeedItem:
    """The oldest item: the record begins. So a feed without changes has a date that means something."""
    words = site.words[language]
    text = _said(site, day, language)
    return FeedItem(
        lasting_id(site, language, "changes-begin").urn, address, text, words("data.changes.about"), str(_line(text)),
        day, day, CHANGES.key, words("data.changes.heading"), None,
    )  # fmt: skip
