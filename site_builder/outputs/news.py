"""News: each item's page, and the lists of all, of a year, of a category and of a tag, twenty to a page."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from site_builder.content_types import Entry
from site_builder.content_types.news import published_day
from site_builder.i18n.formats import DateText
from site_builder.outputs import structured_data
from site_builder.outputs.assets import Assets
from site_builder.outputs.frame import (
    Frame,
    Fund,
    Link,
    Page,
    entry_addresses,
    fund,
    plan_page,
    section_name,
    section_trail,
)
from site_builder.outputs.planned_file import PlannedFile
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
    last_change,
    news_card,
    news_picture,
    sources,
    tag_link,
)
from site_builder.site import Site

PER_PAGE = 20
RELATED = 3
CONTENTS_FROM = 3


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A correction, as readers see it."""

    date: DateText
    text: str


@dataclass(frozen=True, slots=True)
class ArticleView:
    """A news item's page."""

    frame: Frame
    summary: str
    body: Markup = field(repr=False)
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


@dataclass(frozen=True, slots=True)
class Pagination:
    """Where in a long list one is."""

    previous: str
    following: str
    pages: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class NewsListView:
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


@dataclass(frozen=True, slots=True)
class NewsList:
    """A list to be planned: its heading, its address in each language, which items belong to it."""

    heading: Callable[[str], str]
    description: Callable[[str], str]
    address: Callable[[str], str]
    belongs: Callable[[Entry], bool]
    parents: bool = True
    introduced: bool = False


def plan(site: Site, assets: Assets, planned: tuple[PlannedFile, ...]) -> Iterator[PlannedFile]:
    """All pages of news in all languages."""
    for language in site.config.codes:
        items = site.news(language)
        for index, entry in enumerate(items):
            newer = items[index - 1] if index else None
            older = items[index + 1] if index + 1 < len(items) else None
            yield _article(site, assets, entry, language, older, newer)
    for news_list in _lists(site):
        yield from _plan_list(site, assets, news_list)


# Articles ------------------------------------------------------------------------------------------------------


def _article(
    site: Site, assets: Assets, entry: Entry, language: str, older: Entry | None, newer: Entry | None
) -> PlannedFile:
    fields, text = entry.fields, entry.text(language)
    assert text is not None, "site.news gives only items that the language has"
    changed = last_change(entry, language)
    headings = [heading for heading in site.text(entry, language, "body").headings if heading.level == 2]
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
        origin=entry.address_place(language),
        operation=fields.operation or "",
        card_label=" · ".join(
            (
                category_link(site, fields.category, language).text,
                site.formats[language].date(fields.date).marked,
            )
        ),
    )
    operation = site.get("operation", fields.operation) if fields.operation else None

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
            previous=entry_link(site, older, language) if older else None,
            following=entry_link(site, newer, language) if newer else None,
            related=tuple(news_card(site, one, language) for one in related_news(site, entry, language)),
        )

    return plan_page(site, assets, page, "pages/article.html", view)


def related_news(site: Site, entry: Entry, language: str) -> tuple[Entry, ...]:
    """What the editor named; then the items that share most facilities, services and tags, nearest in time first."""
    named = [one for one in site.some("news", entry.fields.related) if one.has_language(language)]
    others = [one for one in site.news(language) if one.key != entry.key and one not in named]
    scored = [(_shared(entry, one), one) for one in others]
    alike = [(score, one) for score, one in scored if score]
    day = entry.fields.date.last_day
    alike.sort(key=lambda pair: (-pair[0], abs((pair[1].fields.date.last_day - day).days), pair[1].key))
    return tuple([*named, *[one for _, one in alike]][:RELATED])


def _shared(one: Entry, other: Entry) -> int:
    weights = {"facilities": 3, "services": 2, "tags": 1}
    return sum(
        weight * len(set(getattr(one.fields, name)) & set(getattr(other.fields, name)))
        for name, weight in weights.items()
    )


# Lists ---------------------------------------------------------------------------------------------------------


def _lists(site: Site) -> Iterator[NewsList]:
    section, words = page_entry(site, "news"), site.words
    yield NewsList(
        heading=lambda language: site.plain(section, language, "title"),
        description=lambda language: site.plain(section, language, "summary"),
        address=lambda language: site.addresses.section("news", language),
        belongs=lambda entry: True,
        parents=False,
        introduced=True,
    )
    for year in sorted({entry.fields.date.year for entry in site.all("news")}, reverse=True):
        yield NewsList(
            heading=lambda language, year=year: words[language]("news.of-year", year=year),  # type: ignore[misc]  # mypy #15459: default in lambda
            description=lambda language, year=year: words[language]("news.of-year-summary", year=year),  # type: ignore[misc]  # as above
            address=lambda language, year=year: site.addresses.year(str(year), language),  # type: ignore[misc]  # as above
            belongs=lambda entry, year=year: entry.fields.date.year == year,  # type: ignore[misc]  # as above
        )
    for category in site.config.categories:
        yield NewsList(
            heading=lambda language, one=category: words[language]("news.of-category", name=one.name[language]),  # type: ignore[misc]  # as above
            description=lambda language, one=category: words[language](
                "news.of-category-summary", name=one.name[language]
            ),  # type: ignore[misc]  # as above
            address=lambda language, one=category: site.addresses.labelled("category", one.slug[language], language),  # type: ignore[misc]  # as above
            belongs=lambda entry, one=category: entry.fields.category == one.key,  # type: ignore[misc]  # as above
        )
    for tag in site.config.tags:
        yield NewsList(
            heading=lambda language, one=tag: words[language]("news.of-tag", name=one.name[language]),  # type: ignore[misc]  # as above
            description=lambda language, one=tag: words[language]("news.of-tag-summary", name=one.name[language]),  # type: ignore[misc]  # as above
            address=lambda language, one=tag: site.addresses.labelled("tag", one.slug[language], language),  # type: ignore[misc]  # as above
            belongs=lambda entry, one=tag: one.key in entry.fields.tags,  # type: ignore[misc]  # as above
        )


def _plan_list(site: Site, assets: Assets, news_list: NewsList) -> Iterator[PlannedFile]:
    """All pages of a list in all languages. A page's twins are the pages of the same number."""
    found = {
        language: [entry for entry in site.news(language) if news_list.belongs(entry)] for language in site.config.codes
    }
    for language, items in found.items():
        if not items and not news_list.introduced:
            continue
        for number in range(1, _page_count(items) + 1):
            twins = {
                code: site.addresses.page_of_list(news_list.address(code), number, code)
                for code, others in found.items()
                if number <= _page_count(others) and (others or news_list.introduced)
            }
            yield _list_page(site, assets, news_list, language, items, number, twins)


def _list_page(
    site: Site,
    assets: Assets,
    news_list: NewsList,
    language: str,
    items: Sequence[Entry],
    number: int,
    twins: Mapping[str, str],
) -> PlannedFile:
    section = page_entry(site, "news")
    count = _page_count(items)
    heading = news_list.heading(language)
    if number > 1:
        heading += site.words[language]("pagination.heading", number=number, count=count)
    shown = items[(number - 1) * PER_PAGE : number * PER_PAGE]
    changed = max((last_change(entry, language) for entry in items), default=section.fields.published)
    page = Page(
        language=language,
        heading=heading,
        description=news_list.description(language),
        addresses=twins,
        section="news",
        parents=section_trail(site, "news", language) if news_list.parents or number > 1 else (),
        structured=(
            structured_data.web_page(site, language, twins[language], site.formats[language].tidy(heading), changed),
        ),
        updated=changed,
        card_title=section_name(site, "news", language),
        card_label=site.localized(site.config.tagline, language),
    )

    def view(frame: Frame) -> NewsListView:
        return NewsListView(
            frame=frame,
            introduction=html(site, section, language, "body") if news_list.introduced and number == 1 else Markup(""),
            summary=site.formats[language].tidy(news_list.description(language)),
            items=tuple(news_card(site, entry, language) for entry in shown),
            total=len(items),
            pagination=_pagination(site, news_list.address(language), language, number, count) if count > 1 else None,
            years=_years(site, language, news_list.address(language)),
            categories=_labels(site, language, "category", news_list.address(language)),
            tags=_labels(site, language, "tag", news_list.address(language)),
        )

    return plan_page(site, assets, page, "pages/news-list.html", view)


def _page_count(items: Sequence[Entry]) -> int:
    return max(1, math.ceil(len(items) / PER_PAGE))


def _pagination(site: Site, address: str, language: str, number: int, count: int) -> Pagination:
    def href(page: int) -> str:
        return site.href(site.addresses.page_of_list(address, page, language)) if 1 <= page <= count else ""

    pages = tuple(Link(str(page), href(page), page == number) for page in range(1, count + 1))
    return Pagination(href(number - 1), href(number + 1), pages)


def _year_link(site: Site, year: str, language: str, current: str = "") -> Link:
    address = site.addresses.year(year, language)
    return Link(year, site.href(address), address == current)


def _years(site: Site, language: str, current: str) -> tuple[Link, ...]:
    years = sorted({entry.fields.date.year for entry in site.news(language)}, reverse=True)
    return tuple(_year_link(site, str(year), language, current) for year in years)


def _labels(site: Site, language: str, list_name: str, current: str) -> tuple[Link, ...]:
    """The categories or tags that have news, in the language's alphabet."""
    items = site.news(language)
    links = []
    for label in site.config.categories if list_name == "category" else site.config.tags:
        used = any(label.key == one.fields.category or label.key in one.fields.tags for one in items)
        address = site.addresses.labelled(list_name, label.slug[language], language)
        if used:
            links.append(Link(site.localized(label.name, language), site.href(address), address == current))
    return tuple(sorted(links, key=lambda link: site.formats[language].alphabetical(link.text)))
