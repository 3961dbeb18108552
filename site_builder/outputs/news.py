"""News: each item's page, and the lists of all, of a year, of a category and of a tag, twenty to a page."""

import datetime
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from site_builder.config import Category
from site_builder.content_types import Entry
from site_builder.content_types.news import NewsRow, last_change, published_day
from site_builder.i18n.formats import DateText
from site_builder.outputs import structured_data
from site_builder.outputs.assets import Assets
from site_builder.outputs.embeds.piece_addresses import discovery
from site_builder.outputs.frame import (
    Discovery,
    Frame,
    Fund,
    Link,
    Page,
    entry_addresses,
    feeds_of,
    framed,
    fund,
    section_name,
    section_trail,
)
from site_builder.outputs.planned_file import FromTemplate, PlannedFile, plan_page
from site_builder.outputs.share import ShareLink, share_links
from site_builder.outputs.standing import page_entry
from site_builder.outputs.views import (
    FacilityCard,
    NewsCard,
    Picture,
    SourceLink,
    category_link,
    entry_link,
    facility_card,
    full_date,
    html,
    news_card,
    news_picture,
    sources,
    tag_link,
)
from site_builder.site import Site
from site_builder.store import key_of

PER_PAGE = 20
# A long list names its first and last page and so many before and after the one shown.
NEAR_PAGES = 3
RELATED = 3
# The newest items have a social card of their own, older ones that of the section: links are shared while news is new.
OWN_CARDS = 50
# Related items are looked for among so many before and after an item: news of ten years ago is related to nobody.
NEIGHBOURS = 20
CONTENTS_FROM = 3
# Of these lists there are pieces for other sites: all news, and each category.
EMBEDDED = ("", "category")


class CorrectionView(NamedTuple):
    """A correction, as readers see it."""

    date: DateText
    text: str


class ArticleView(NamedTuple):
    """A news item's page."""

    frame: Frame
    summary: str
    body: Markup
    contents: tuple[Link, ...]
    date: DateText
    published: DateText
    updated: DateText
    category: Link
    tags: tuple[Link, ...]
    picture: Picture | None
    facilities: tuple[FacilityCard, ...]
    services: tuple[Link, ...]
    partners: tuple[Link, ...]
    fund: Fund | None
    sources: tuple[SourceLink, ...]
    corrections: tuple[CorrectionView, ...]
    only: str
    share: tuple[ShareLink, ...]
    previous: Link | None
    following: Link | None
    related: tuple[NewsCard, ...]


class Pagination(NamedTuple):
    """Where in a long list one is."""

    previous: str
    following: str
    pages: tuple[Link, ...]


class NewsListView(NamedTuple):
    """A list of news."""

    frame: Frame
    introduction: Markup
    summary: str
    items: tuple[NewsCard, ...]
    total: int
    pagination: Pagination | None
    years: tuple[Link, ...]
    categories: tuple[Link, ...]
    tags: tuple[Link, ...]
    feed: Discovery | None


class NewsList(NamedTuple):
    """A list: all news, or those of a year, a category or a tag; `label` is the year or the key."""

    kind: str
    label: str = ""


class ListPage(NamedTuple):
    """A page of a list: which items stand on it, and what it says of the others. `twins` are its addresses."""

    list: NewsList
    language: str
    number: int
    pages: int
    total: int
    shown: tuple[str, ...]
    changed: int
    twins: tuple[tuple[str, str], ...]
    years: tuple[str, ...]
    categories: tuple[str, ...]
    tags: tuple[str, ...]


def plan(site: Site, assets: Assets) -> Iterator[PlannedFile]:
    """All pages of news in all languages."""
    for language in site.config.codes:
        rows, relations = site.news(language), site.relations(language)
        for index, row in enumerate(rows):
            newer = rows[index - 1].key if index else ""
            older = rows[index + 1].key if index + 1 < len(rows) else ""
            first, last = max(0, index - NEIGHBOURS), index + NEIGHBOURS + 1
            yield plan_page(
                site.addresses.news(row, language),
                _article,
                row,
                language,
                older,
                newer,
                rows[first:last],
                index < OWN_CARDS,
                inputs=key_of(row.key, language, older, newer, relations(first, last), index < OWN_CARDS),
                origin=site.origin("news", row.key, language),
                group=f"news:{row.key}",
            )
    yield from _plan_lists(site)


# Articles ------------------------------------------------------------------------------------------------------


def _article(
    site: Site,
    assets: Assets,
    row: NewsRow,
    language: str,
    older: str,
    newer: str,
    near: Sequence[NewsRow],
    own_card: bool,  # an argument of a planned file
) -> FromTemplate:
    entry = site.get("news", row.key)
    fields, text = entry.fields, entry.text(language)
    assert text is not None, "site.news gives only items that the language has"
    changed = last_change(entry, language)
    headings = [heading for heading in site.text(entry, language, "body").headings if heading.level == 2]
    card_title, card_label = _own_card(site, entry, language) if own_card else _section_card(site, language)
    page = Page(
        language=language,
        heading=site.plain(entry, language, "title"),
        description=site.plain(entry, language, "summary"),
        addresses=entry_addresses(site, entry),
        section="news",
        parents=(*section_trail(site, "news", language), _year_link(site, str(fields.date.year), language)),
        structured=(structured_data.news_article(site, entry, language),),
        og_type="article",
        updated=changed,
        operation=fields.operation or "",
        card_title=card_title,
        card_label=card_label,
        discovery=discovery(site, site.address(entry, language), site.plain(entry, language, "title")),
    )
    operation = site.get("operation", fields.operation) if fields.operation else None

    def linked(key: str) -> Link | None:
        return entry_link(site, site.get("news", key), language) if key else None

    def view(frame: Frame) -> ArticleView:
        return ArticleView(
            frame=frame,
            summary=site.plain(entry, language, "summary"),
            body=html(site, entry, language, "body"),
            contents=tuple(Link(one.html, f"#{one.id}") for one in headings) if len(headings) >= CONTENTS_FROM else (),
            date=site.formats[language].date(fields.date),
            published=full_date(site, published_day(entry), language),
            updated=full_date(site, changed, language),
            category=category_link(site, fields.category, language),
            tags=tuple(tag_link(site, tag, language) for tag in fields.tags),
            picture=news_picture(site, entry, language),
            facilities=tuple(facility_card(site, one, language) for one in site.some("facility", fields.facilities)),
            services=tuple(entry_link(site, one, language) for one in site.some("service", fields.services)),
            partners=tuple(entry_link(site, one, language) for one in site.some("partner", fields.partners)),
            fund=fund(site, operation, language) if operation else None,
            sources=sources(site, fields.sources, language),
            corrections=tuple(
                CorrectionView(
                    full_date(site, correction.date, language),
                    site.plain(entry, language, "correction", index, "text"),
                )
                for index, correction in enumerate(text.fields.correction)
            ),
            only=fields.reason or "",
            share=share_links(site.words[language], frame.heading, frame.canonical),
            previous=linked(older),
            following=linked(newer),
            related=tuple(news_card(site, one, language) for one in related_news(site, entry, row, language, near)),
        )

    return framed(site, assets, page, "article", view)


def _own_card(site: Site, entry: Entry, language: str) -> tuple[str, str]:
    """What stands on the social card of an item, whose title is the heading."""
    category = category_link(site, entry.fields.category, language).text
    return "", f"{category} · {site.formats[language].date(entry.fields.date).marked}"


def _section_card(site: Site, language: str) -> tuple[str, str]:
    """Title and label of the social card of the whole section, which is an item's once it is old."""
    return section_name(site, "news", language), site.localized(site.config.tagline, language)


def related_news(site: Site, entry: Entry, row: NewsRow, language: str, near: Sequence[NewsRow]) -> tuple[Entry, ...]:
    """What the editor named; then those `near` that share most facilities, services and tags, nearest in time first."""
    named = [one for one in site.some("news", entry.fields.related) if one.has_language(language)]
    known = {row.key, *(one.key for one in named)}
    scored = [(_shared(row, one), one) for one in near if one.key not in known]
    alike = sorted((-score, abs(one.day - row.day), one.key) for score, one in scored if score)
    wanted = [key for _, _, key in alike[: RELATED - len(named)]] if len(named) < RELATED else []
    return (*named[:RELATED], *(site.get("news", key) for key in wanted))


def _shared(one: NewsRow, other: NewsRow) -> int:
    weighted = ((3, one.facilities, other.facilities), (2, one.services, other.services), (1, one.tags, other.tags))
    return sum(weight * sum(name in theirs for name in ours) for weight, ours, theirs in weighted if ours and theirs)


# Lists ---------------------------------------------------------------------------------------------------------


def _plan_lists(site: Site) -> Iterator[PlannedFile]:
    """All pages of all lists in all languages. A page's twins are the pages of the same number."""
    news = {language: site.news(language) for language in site.config.codes}
    used = {language: _used(site, rows) for language, rows in news.items()}
    grouped = {language: _grouped(rows) for language, rows in news.items()}
    for news_list in _lists(site, news.values()):
        found = {language: groups.get(news_list, ()) for language, groups in grouped.items()}
        for language, rows in found.items():
            yield from (
                _plan_list(site, news_list, language, found, used[language]) if rows or not news_list.kind else ()
            )


def _grouped(rows: Iterable[NewsRow]) -> dict[NewsList, list[NewsRow]]:
    """The news of every list, each list in the order of the rows."""
    groups: dict[NewsList, list[NewsRow]] = defaultdict(list)
    for row in rows:
        for kind, label in (("", ""), ("year", str(row.year)), ("category", row.category)):
            groups[NewsList(kind, label)].append(row)
        for tag in row.tags:
            groups[NewsList("tag", tag)].append(row)
    return groups


def _plan_list(
    site: Site, news_list: NewsList, language: str, found: Mapping[str, Sequence[NewsRow]], used: Mapping[str, Any]
) -> Iterator[PlannedFile]:
    """All pages of a list in a language; `found` has its news in every language."""
    rows = found[language]
    changed = max((row.changed[row.languages.index(language)] for row in rows), default=0)
    others = {
        code: (_list_address(site, news_list, code), _page_count(theirs))
        for code, theirs in found.items()
        if theirs or not news_list.kind
    }
    for number in range(1, _page_count(rows) + 1):
        twins = tuple(
            (code, site.addresses.page_of_list(address, number, code))
            for code, (address, count) in others.items()
            if number <= count
        )
        page = ListPage(
            list=news_list,
            language=language,
            number=number,
            pages=_page_count(rows),
            total=len(rows),
            shown=tuple(row.key for row in rows[(number - 1) * PER_PAGE : number * PER_PAGE]),
            changed=changed,
            twins=twins,
            **used,
        )
        yield plan_page(dict(twins)[language], _list_page, page, lasting=not news_list.kind and number == 1)


def _lists(site: Site, news: Iterable[Sequence[NewsRow]]) -> Iterator[NewsList]:
    yield NewsList("")
    years = {row.year for rows in news for row in rows}
    yield from (NewsList("year", str(year)) for year in sorted(years, reverse=True))
    yield from (NewsList("category", one.key) for one in site.config.categories)
    yield from (NewsList("tag", one.key) for one in site.config.tags)


def _used(site: Site, rows: Sequence[NewsRow]) -> dict[str, tuple[str, ...]]:
    """The years, categories and tags that have news."""
    categories = {row.category for row in rows}
    tags = {tag for row in rows for tag in row.tags}
    return {
        "years": tuple(str(year) for year in sorted({row.year for row in rows}, reverse=True)),
        "categories": tuple(one.key for one in site.config.categories if one.key in categories),
        "tags": tuple(one.key for one in site.config.tags if one.key in tags),
    }


def _list_address(site: Site, news_list: NewsList, language: str) -> str:
    if not news_list.kind:
        return site.addresses.section("news", language)
    if news_list.kind == "year":
        return site.addresses.year(news_list.label, language)
    return site.addresses.labelled(news_list.kind, _label(site, news_list).slug[language], language)


def _label(site: Site, news_list: NewsList) -> Category:
    labels = site.config.categories if news_list.kind == "category" else site.config.tags
    return next(one for one in labels if one.key == news_list.label)


def _list_words(site: Site, news_list: NewsList, language: str) -> tuple[str, str]:
    """The heading and the description of a list."""
    section, words = page_entry(site, "news"), site.words[language]
    if not news_list.kind:
        return site.plain(section, language, "title"), site.plain(section, language, "summary")
    if news_list.kind == "year":
        year = int(news_list.label)
        return words("news.of-year", year=year), words("news.of-year-summary", year=year)
    name, word = _label(site, news_list).name[language], f"news.of-{news_list.kind}"
    return words(word, name=name), words(f"{word}-summary", name=name)


def _list_page(site: Site, assets: Assets, here: ListPage) -> FromTemplate:
    language, number, twins = here.language, here.number, dict(here.twins)
    section, first = page_entry(site, "news"), not here.list.kind
    heading, description = _list_words(site, here.list, language)
    if number > 1:
        heading += site.words[language]("pagination.heading", number=number, count=here.pages)
    changed = datetime.date.fromordinal(here.changed) if here.changed else section.fields.published
    card_title, card_label = _section_card(site, language)
    feeds = _feeds(site, here.list, language)
    address = _list_address(site, here.list, language)
    page = Page(
        language=language,
        heading=heading,
        description=description,
        addresses=twins,
        section="news",
        parents=() if first and number == 1 else section_trail(site, "news", language),
        structured=(
            structured_data.web_page(site, language, twins[language], site.formats[language].tidy(heading), changed),
        ),
        updated=changed,
        card_title=card_title,
        card_label=card_label,
        discovery=(
            *feeds,
            *(discovery(site, address, heading) if here.list.kind in EMBEDDED and number == 1 else ()),
        ),
    )

    def view(frame: Frame) -> NewsListView:
        return NewsListView(
            frame=frame,
            introduction=html(site, section, language, "body") if first and number == 1 else Markup(""),
            summary=site.formats[language].tidy(description),
            items=tuple(news_card(site, site.get("news", key), language) for key in here.shown),
            total=here.total,
            pagination=_pagination(site, address, language, number, here.pages) if here.pages > 1 else None,
            years=tuple(_year_link(site, year, language, address) for year in here.years),
            categories=_labels(site, language, "category", here.categories, address),
            tags=_labels(site, language, "tag", here.tags, address),
            feed=feeds[0] if feeds else None,
        )

    return framed(site, assets, page, "news-list", view)


def _feeds(site: Site, news_list: NewsList, language: str) -> tuple[Discovery, ...]:
    """The feeds of a category; years and tags have none, and those of all news are on every page."""
    if news_list.kind != "category":
        return ()
    name = site.localized(_label(site, news_list).name, language)
    return feeds_of(site, language, name, "category", news_list.label)


def _page_count(items: Sequence[NewsRow]) -> int:
    return max(1, math.ceil(len(items) / PER_PAGE))


def _pagination(site: Site, address: str, language: str, number: int, count: int) -> Pagination:
    def href(page: int) -> str:
        return site.href(site.addresses.page_of_list(address, page, language)) if 1 <= page <= count else ""

    near = range(number - NEAR_PAGES, number + NEAR_PAGES + 1)
    numbers = (page for page in range(1, count + 1) if page in (1, count) or page in near)
    pages = tuple(Link(str(page), href(page), page == number) for page in numbers)
    return Pagination(href(number - 1), href(number + 1), pages)


def _year_link(site: Site, year: str, language: str, current: str = "") -> Link:
    address = site.addresses.year(year, language)
    return Link(year, site.href(address), address == current)


def _labels(site: Site, language: str, kind: str, keys: Sequence[str], current: str) -> tuple[Link, ...]:
    """The categories or tags that have news, in the language's alphabet."""
    links = []
    for key in keys:
        label = NewsList(kind, key)
        address = _list_address(site, label, language)
        name = site.localized(_label(site, label).name, language)
        links.append(Link(name, site.href(address), address == current))
    return tuple(sorted(links, key=lambda link: site.formats[language].alphabetical(link.text)))
