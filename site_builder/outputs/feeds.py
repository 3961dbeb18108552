"""Feeds of all news, and of the news of a category, facility or service; and the page that explains them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from html import escape
from pathlib import PurePosixPath
from typing import NamedTuple

from site_builder.content_types import Entry
from site_builder.content_types.news import NewsRow, first_day, last_change, published_day
from site_builder.markup.absolute import absolute
from site_builder.outputs.assets import Assets
from site_builder.outputs.calendar import CalendarSummary, calendar_summary
from site_builder.outputs.feed_formats import FORMATS, RSS, Enclosure, FeedItem, FeedView, with_full_text, written
from site_builder.outputs.frame import Frame, Link, framed
from site_builder.outputs.lasting import lasting_id
from site_builder.outputs.planned_file import FromTemplate, PlannedFile, plan_lasting
from site_builder.outputs.standing import StandingText, page_entry, plan_standing, standing_page, standing_text
from site_builder.outputs.views import category_link, full_date, news_picture
from site_builder.site import Site

NEWEST = 50
# As many as the page of a facility or service shows.
NEWEST_OF_PART = 20
# Readers give up on feeds that are large (FeedBurner at 512 kB); this leaves room for what stands beside the texts.
TEXT_BYTES = 400_000
TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
}


class Part(NamedTuple):
    """What a feed is about: all news, or a category, facility or service by its key."""

    kind: str = ""
    key: str = ""


class FeedLinks(NamedTuple):
    """A feed on the page that explains feeds: its name, and its address in every format, in the order of `FORMATS`."""

    name: str
    links: tuple[Link, ...]


class FeedGroup(NamedTuple):
    """Feeds of one kind."""

    name: str
    feeds: tuple[FeedLinks, ...]


class FeedsView(NamedTuple):
    """The page that explains feeds. `address` is the feed of all news in the format that most programs read."""

    frame: Frame
    text: StandingText
    address: str
    formats: tuple[str, ...]
    groups: tuple[FeedGroup, ...]
    calendar: CalendarSummary | None


def plan(site: Site, assets: Assets) -> Iterator[PlannedFile]:
    """Every feed in every format and language, also those that wait for their first item; then the page."""
    parts = tuple(_parts(site))
    for language in site.config.codes:
        rows = sorted(site.news(language), key=lambda row: (row.published, row.day), reverse=True)
        newest = _newest(rows)
        for part in parts:
            folder = site.addresses.feeds(language, *part).lstrip("/")
            for form in FORMATS:
                yield plan_lasting(folder + form.file, _feed, form.name, language, part, newest.get(part, ()))
    yield from plan_standing(site, "feeds", _page)


def _parts(site: Site) -> Iterator[Part]:
    """All that has a feed. The feed of a category stays when its last item goes: others have its address."""
    yield Part()
    yield from (Part("category", one.key) for one in site.config.categories)
    yield from (Part(kind, one.key) for kind in ("facility", "service") for one in site.all(kind))


def _newest(rows: Iterable[NewsRow]) -> dict[Part, tuple[str, ...]]:
    """The keys of the news of each feed, given the news in the order of its publication, the newest first."""
    found: dict[Part, list[str]] = defaultdict(list)
    for row in rows:
        for part in (Part(), Part("category", row.category), *_things(row)):
            if len(found[part]) < (NEWEST_OF_PART if part.kind else NEWEST):
                found[part].append(row.key)
    return {part: tuple(keys) for part, keys in found.items()}


def _things(row: NewsRow) -> Iterator[Part]:
    yield from (Part("facility", key) for key in row.facilities)
    yield from (Part("service", key) for key in row.services)


# Views ---------------------------------------------------------------------------------------------------------


def _feed(site: Site, assets: Assets, form: str, language: str, part: Part, newest: tuple[str, ...]) -> bytes:
    view = site.once(("feed", language, part, newest), partial(_view, site, assets, language, part, newest))
    return written(view, form)


def _view(site: Site, assets: Assets, language: str, part: Part, newest: tuple[str, ...]) -> FeedView:
    """All formats of a feed say the same."""
    words, config, name = site.words[language], site.config, _name(site, language, part)
    whole = words("feed.title", site=site.localized(config.name, language))
    items = _shortened(site, language, tuple(_item(site, key, language) for key in newest))
    return FeedView(
        id=lasting_id(site, language, *(("feed", *part) if part.kind else ())).urn,
        language=language,
        title=words("feed.part-title", feed=whole, name=name) if part.kind else whole,
        description=words("feed.part", name=name) if part.kind else site.localized(config.tagline, language),
        home=site.absolute(_home(site, language, part, used=bool(newest))),
        folder=site.absolute(site.addresses.feeds(language, *part)),
        icon=site.absolute(assets.address("icon.svg")),
        author=site.localized((config.publisher or config).name, language),
        author_url=config.publisher.url if config.publisher else "",
        licence=config.licence.url,
        # A feed without items is as old as the page that it belongs to.
        updated=max(one.updated for one in items) if items else first_day(_page_of(site, part)),
        items=items,
    )


def _name(site: Site, language: str, part: Part) -> str:
    """What a feed is about, in words."""
    if part.kind == "category":
        return category_link(site, part.key, language).text
    return site.name(site.get(part.kind, part.key), language) if part.kind else site.words[language]("feeds.all")


def _page_of(site: Site, part: Part) -> Entry:
    """The entry whose page a feed belongs to; a category has only the page of all news."""
    return site.get(part.kind, part.key) if part.kind in ("facility", "service") else page_entry(site, "news")


def _home(site: Site, language: str, part: Part, *, used: bool) -> str:
    """The address of the page that shows what a feed has; a category without news has no page."""
    if part.kind == "category" and used:
        slug = next(one.slug for one in site.config.categories if one.key == part.key)
        return site.addresses.labelled("category", slug[language], language)
    return site.address(_page_of(site, part), language)


def _item(site: Site, key: str, language: str) -> FeedItem:
    """A news item with its full text; it is the same in all feeds that have it."""
    return site.once(("feed-item", key, language), partial(_make_item, site, key, language))


def _make_item(site: Site, key: str, language: str) -> FeedItem:
    entry = site.get("news", key)
    url = site.absolute(site.address(entry, language))
    return FeedItem(
        id=lasting_id(site, language, entry.kind, entry.key).urn,
        url=url,
        title=site.plain(entry, language, "title"),
        summary=site.plain(entry, language, "summary"),
        html=absolute("\n".join(_text(site, entry, language)), url),
        published=published_day(entry),
        updated=last_change(entry, language),
        category=entry.fields.category,
        category_name=category_link(site, entry.fields.category, language).text,
        picture=_picture(site, entry, url),
    )


def _text(site: Site, entry: Entry, language: str) -> Iterator[str]:
    """What the item's page says, as HTML: corrections, picture, text. What is no HTML yet is escaped here."""
    text, words = entry.text(language), site.words[language]
    assert text is not None, "site.news gives only items that the language has"
    for index, correction in enumerate(text.fields.correction):
        day = full_date(site, correction.date, language).text
        label = f"{words('news.correction')}, {day}{words('label.end')}"
        note = site.text(entry, language, "correction", index, "text").html
        yield f"<p><strong>{escape(label)}</strong> {note}</p>"
    if picture := news_picture(site, entry, language):
        sizes = f'width="{picture.width}" height="{picture.height}"'
        yield f'<p><img src="{escape(picture.href)}" {sizes} alt="{escape(picture.alt)}"></p>'
    yield site.text(entry, language, "body").html


def _picture(site: Site, entry: Entry, page: str) -> Enclosure | None:
    name = entry.fields.image
    if not name:
        return None
    file = site.media[name]
    return Enclosure(site.absolute(file.address), TYPES[PurePosixPath(name.lower()).suffix], file.size)


def _shortened(site: Site, language: str, items: tuple[FeedItem, ...]) -> tuple[FeedItem, ...]:
    """The items, those whose text would make the feed too large with their summary and a link instead."""
    full = with_full_text(items, TEXT_BYTES)
    words = site.words[language]
    label = words("feed.full-text") + words("label.end")
    return (*items[:full], *(_short(one, label) for one in items[full:]))


def _short(item: FeedItem, label: str) -> FeedItem:
    link = f'<a href="{escape(item.url)}">{escape(item.title)}</a>'
    return item._replace(html=f"<p>{escape(item.summary)}</p>\n<p>{escape(label)} {link}</p>")


# The page ------------------------------------------------------------------------------------------------------


def _page(site: Site, assets: Assets, language: str) -> FromTemplate:
    entry = page_entry(site, "feeds")

    def view(frame: Frame) -> FeedsView:
        return FeedsView(
            frame=frame,
            text=standing_text(site, entry, language),
            address=site.absolute(site.addresses.feeds(language) + RSS.file),
            formats=tuple(form.name for form in FORMATS),
            groups=tuple(_groups(site, language)),
            calendar=calendar_summary(site, language),
        )

    return framed(site, assets, standing_page(site, entry, language), "feeds", view)


def _groups(site: Site, language: str) -> Iterator[FeedGroup]:
    """All feeds, by what they are about; those of one kind in the language's alphabet."""
    words = site.words[language]
    parts = tuple(_parts(site))
    names = {"": "news.list", "category": "feeds.categories", "facility": "home.facilities", "service": "home.services"}
    for kind, name in names.items():
        if feeds := [_links(site, language, part) for part in parts if part.kind == kind]:
            feeds.sort(key=lambda feed: site.formats[language].alphabetical(feed.name))
            yield FeedGroup(words(name), tuple(feeds))


def _links(site: Site, language: str, part: Part) -> FeedLinks:
    folder = site.href(site.addresses.feeds(language, *part))
    return FeedLinks(_name(site, language, part), tuple(Link(form.name, folder + form.file) for form in FORMATS))
