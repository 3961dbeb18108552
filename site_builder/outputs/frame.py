"""What every page has around its content: names, navigation, languages, breadcrumbs, EU block, footer."""

import datetime
import json
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, NamedTuple

from site_builder.config import EASY_TO_READ
from site_builder.content_types import Entry
from site_builder.i18n.formats import DateText
from site_builder.outputs.assets import PICTOGRAMS, STYLESHEET, Asset, Assets
from site_builder.outputs.cards import Card, CardWords, card
from site_builder.outputs.feed_formats import FORMATS, RSS
from site_builder.outputs.pictures import UnreadablePicture, size_of
from site_builder.outputs.planned_file import FromTemplate
from site_builder.problems import Place, Problem, phrase, problem
from site_builder.site import Site
from site_builder.values import PartialDate

LONGEST_TITLE = 70


class Link(NamedTuple):
    """A link with its words; `language` where the words are not in the page's language."""

    text: str
    href: str
    current: bool = False
    language: str = ""


class Alternate(NamedTuple):
    """The same page in a language."""

    language: str
    name: str
    href: str
    url: str
    current: bool
    same_page: bool


class Discovery(NamedTuple):
    """The page, or what stands on it, in a form for machines: a feed, a table (HTML 4.6.7.1, `rel=alternate`)."""

    type: str
    title: str
    href: str


class Fund(NamedTuple):
    """An operation in the EU block: the fund that paid and the period whose visibility rules hold."""

    fund: str
    fund_name: str
    period: str
    name: str
    href: str


class EuBlock(NamedTuple):
    """The support of one programming period, whose rules ask for other words than the next one's.

    `picture` is the emblem with `words`; `funds` are named where the period's rules ask for their names.
    """

    period: str
    words: str
    picture: str
    width: int
    height: int
    funds: tuple[Fund, ...]


# For each period the picture and its words: the Union and the funds by name (Regulation 821/2014 Art. 4, 1303/2013
# Annex XII 2.2), or one statement and no other mark beside it (Regulation 2021/1060 Annex IX).
EU_PICTURES = {"2014-2020": ("eu-emblem", "eu.union"), "2021-2027": ("eu-cofunded", "eu.cofunded")}
FUNDS_NAMED = frozenset({"2014-2020"})


class Frame(NamedTuple):
    """Everything around a page's content."""

    language: str
    locale: str
    site_name: str
    site_name_language: str
    tagline: str
    title: str
    heading: str
    description: str
    canonical: str
    alternates: tuple[Alternate, ...]
    x_default: str
    home: str
    navigation: tuple[Link, ...]
    trail: tuple[Link, ...]
    footer: tuple[Link, ...]
    easy: Link
    contacts: tuple["ContactLine", ...]
    contacts_link: Link
    funds: tuple[Fund, ...]
    eu: tuple[EuBlock, ...]
    card: Card
    stylesheet: str
    script: str
    icon: str
    pictograms: str
    feeds: Link
    rss: str
    discovery: tuple[Discovery, ...]
    embed: Link
    publisher: str
    publisher_url: str
    licence: Link
    json_ld: str
    og_type: str = "website"
    updated: DateText | None = None


class PhoneView(NamedTuple):
    """A telephone number as it is read and as it is dialled."""

    text: str
    tel: str


class ContactLine(NamedTuple):
    """An institution in the footer, at the same place on every page (WCAG 3.2.6)."""

    name: str
    phone: PhoneView


class Page(NamedTuple):
    """What a page says of itself, from which its frame is made.

    `addresses` are its languages, `operation` is what paid for what it tells of, `discovery` its own forms for machines
    beside the site's. On its social card stand its heading, or `card_title`, and `card_label`, or the page above it.
    """

    language: str
    heading: str
    description: str
    addresses: Mapping[str, str]
    section: str = ""
    parents: tuple[Link, ...] = ()
    structured: tuple[Mapping[str, Any], ...] = ()
    og_type: str = "website"
    updated: datetime.date | None = None
    operation: str = ""
    card_title: str = ""
    card_label: str = ""
    discovery: tuple[Discovery, ...] = ()


def framed(site: Site, assets: Assets, page: Page, template: str, view: Callable[[Frame], Any]) -> FromTemplate:
    """A page in its frame; `view` is a function from the frame to the view."""
    return FromTemplate(f"pages/{template}.html", page.language, view(make_frame(site, assets, page)))


def make_frame(site: Site, assets: Assets, page: Page) -> Frame:
    config, language = site.config, page.language
    tidy = site.formats[language].tidy
    address = page.addresses[language]
    around = _around(site, assets, language, page.section, page.operation)
    site_name, tagline = around["site_name"], around["tagline"]
    trail = _trail(site, page)
    heading = tidy(page.heading)
    shared = page_card(site, assets, page)
    things = [_pictured(thing, shared) for thing in page.structured]
    return Frame(
        title=page_title(heading, site_name) if trail else f"{site_name} – {tagline}",
        heading=heading,
        description=tidy(page.description),
        canonical=site.absolute(address),
        alternates=_alternates(site, page),
        x_default=site.absolute(page.addresses[config.first_language])
        if config.first_language in page.addresses
        else "",
        trail=trail,
        card=shared,
        json_ld=script_json([*things, _breadcrumb_list(site, trail, page)] if trail else things),
        og_type=page.og_type,
        updated=site.formats[language].date(PartialDate(page.updated.isoformat())) if page.updated else None,
        **{**around, "discovery": (*around["discovery"], *page.discovery)},
    )


def _around(site: Site, assets: Assets, language: str, section: str, operation: str) -> dict[str, Any]:
    """What the frames of all pages of a section and an operation have in common."""
    make = partial(_make_around, site, assets, language, section, operation)
    return site.once(("around", language, section, operation), make)


def _make_around(site: Site, assets: Assets, language: str, section: str, operation: str) -> dict[str, Any]:
    config, words = site.config, site.words[language]
    return {
        "language": language,
        "locale": config.language(language).locale,
        "site_name": site.localized(config.name, language),
        "site_name_language": name_language(site, language),
        "tagline": site.localized(config.tagline, language),
        "home": site.href(site.addresses.home(language)),
        "navigation": tuple(section_link(site, key, language, section) for key in config.navigation),
        "footer": tuple(section_link(site, key, language, section) for key in config.footer),
        "easy": section_link(site, EASY_TO_READ, language, section),
        "contacts": _contact_lines(site, language),
        "contacts_link": section_link(site, "contacts", language, section),
        "funds": tuple(fund(site, site.get("operation", key), language) for key in config.funding),
        "eu": eu_blocks(site, assets, language, operation),
        "stylesheet": site.href(assets.address(STYLESHEET)),
        "script": site.href(assets.address("site.js")),
        "icon": site.href(assets.address("icon.svg")),
        "pictograms": site.href(assets.address(PICTOGRAMS)),
        "feeds": section_link(site, "feeds", language, section),
        "rss": site.href(site.addresses.feeds(language) + RSS.file),
        "discovery": feeds_of(site, language, site.localized(config.name, language)),
        "embed": section_link(site, "embed", language, section),
        "publisher": site.localized(config.publisher.name, language) if config.publisher else words("not-stated"),
        "publisher_url": config.publisher.url if config.publisher else "",
        "licence": Link(config.licence.name, config.licence.url),
    }


def feeds_of(
    site: Site, language: str, name: str, kind: str = "", key: str = "", word: str = "feed.as"
) -> tuple[Discovery, ...]:
    """The feeds of all news or of a part of them, called `name` with a `word`: first what most programs read."""
    words, folder = site.words[language], site.href(site.addresses.feeds(language, kind, key))
    return tuple(Discovery(one.type, words(word, name=name, format=one.name), folder + one.file) for one in FORMATS)


def page_title(heading: str, site_name: str) -> str:
    """The heading with the site's name after it, where both fit into what search engines and tabs show."""
    title = f"{heading} – {site_name}"
    return title if len(title) <= LONGEST_TITLE else heading


def name_language(site: Site, language: str) -> str:
    """A name that is the same in every language is the first language's."""
    names = dict(site.config.name.words)
    return site.config.first_language if len(set(names.values())) == 1 else language


def script_json(things: Iterable[Mapping[str, Any]]) -> str:
    """JSON-LD that may stand inside a script element (HTML 4.12.1.3: no `</script` and no `<!--`)."""
    graph = list(things)
    if not graph:
        return ""
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def entry_addresses(site: Site, entry: Entry) -> dict[str, str]:
    """The addresses of an entry in the languages it has."""
    return {code: site.address(entry, code) for code in site.config.codes if entry.has_language(code)}


def fund(site: Site, operation: Entry, language: str) -> Fund:
    """An operation as the EU block names it."""
    fields = operation.fields
    return Fund(
        fund=fields.fund,
        fund_name=site.words[language](f"fund.{fields.fund}"),
        period=fields.programming_period,
        name=site.plain(operation, language, "short"),
        href=site.href(site.address(operation, language)),
    )


def eu_blocks(site: Site, assets: Assets, language: str, operation: str = "") -> tuple[EuBlock, ...]:
    """The support of the site's operations and of the page's own, one block a period: they are never mixed."""
    return site.once(("eu", language, operation), partial(_eu_blocks, site, assets, language, operation))


def _eu_blocks(site: Site, assets: Assets, language: str, operation: str) -> tuple[EuBlock, ...]:
    operations = site.some("operation", dict.fromkeys((*site.config.funding, operation)))
    funds = [fund(site, one, language) for one in operations]
    return tuple(
        _eu_block(site, assets, language, period, tuple(one for one in funds if one.period == period))
        for period in dict.fromkeys(one.period for one in funds)
    )


def _eu_block(site: Site, assets: Assets, language: str, period: str, funds: tuple[Fund, ...]) -> EuBlock:
    name, words = EU_PICTURES[period]
    picture = assets.find(f"{name}.{language}.svg")
    assert picture, f"checked by missing_pictures: {name}.{language}.svg"
    width, height = size_of(picture.name, picture.content)
    return EuBlock(
        period=period,
        words=site.words[language](words),
        picture=site.href(picture.address),
        width=width,
        height=height,
        funds=funds if period in FUNDS_NAMED else (),
    )


def missing_pictures(site: Site, assets: Assets) -> list[Problem]:
    """The EU pictures that the site's operations need in its languages, and that are not there or not usable."""
    found = []
    periods = sorted({operation.fields.programming_period for operation in site.all("operation")})
    for language in site.config.codes:
        for period in periods:
            name, words = EU_PICTURES[period]
            place = Place(f"static/{name}.{language}.svg")
            asset = assets.find(f"{name}.{language}.svg")
            shown, hint = period.replace("-", "–"), phrase("hint.eu-picture")
            if asset is None:
                said = site.words[language](words)
                found.append(problem("eu-picture", place, variant="missing", words=said, period=shown, hint=hint))
            elif not _has_size(asset):
                found.append(problem("eu-picture", place, variant="size", hint=hint))
    return found


def _has_size(picture: Asset) -> bool:
    try:
        size_of(picture.name, picture.content)
    except UnreadablePicture:
        return False
    return True


def page_card(site: Site, assets: Assets, page: Page) -> Card:
    """The page's social card; of the EU's support it shows the block of the page's own operation, else the first."""
    tidy = site.formats[page.language].tidy
    above = page.parents[-1].text if page.parents else site.localized(site.config.tagline, page.language)
    own = [one.fields.programming_period for one in site.some("operation", [page.operation])]
    eu = eu_blocks(site, assets, page.language, page.operation)
    block = next((one for one in eu if one.period in own), eu[0] if eu else None)
    words = CardWords(
        title=tidy(page.card_title or page.heading),
        label=tidy(page.card_label or above),
        site_name=site.localized(site.config.name, page.language),
        eu=(block.words, *(one.fund_name for one in block.funds)) if block else (),
    )
    return card(site, assets, words)


def _pictured(thing: Mapping[str, Any], shared: Card) -> Mapping[str, Any]:
    """A news article shows its card where search engines ask for a picture."""
    return {**thing, "image": shared.url} if thing["@type"] == "NewsArticle" else thing


def section_name(site: Site, key: str, language: str) -> str:
    section = site.config.section(key)
    assert section is not None, f"checked by config.py: {key}"
    return site.localized(section.name, language)


def section_trail(site: Site, key: str, language: str) -> tuple[Link, ...]:
    """The section and the sections above it, as breadcrumbs."""
    return site.once(("trail", key, language), partial(_section_trail, site, key, language))


def _section_trail(site: Site, key: str, language: str) -> tuple[Link, ...]:
    section = site.config.section(key)
    assert section is not None, f"checked by config.py: {key}"
    above = section_trail(site, section.parent, language) if section.parent else ()
    return (*above, section_link(site, key, language))


def section_link(site: Site, key: str, language: str, current: str = "") -> Link:
    """A section's name with its link; `current` is the section of the page that links."""
    href = site.href(site.addresses.section(key, language))
    return Link(section_name(site, key, language), href, key == current)


def _trail(site: Site, page: Page) -> tuple[Link, ...]:
    """Home, the parents, this page; empty on the home page itself."""
    home = site.addresses.home(page.language)
    here = page.addresses[page.language]
    if here == home:
        return ()
    first = Link(site.words[page.language]("home"), site.href(home))
    tidy = site.formats[page.language].tidy
    return (first, *page.parents, Link(tidy(page.heading), site.href(here), current=True))


def _breadcrumb_list(site: Site, trail: tuple[Link, ...], page: Page) -> dict[str, Any]:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": link.text, "item": site.config.origin + link.href}
            for position, link in enumerate(trail, 1)
        ],
    }


def _alternates(site: Site, page: Page) -> tuple[Alternate, ...]:
    found = []
    for language in site.config.languages:
        same = language.code in page.addresses
        address = page.addresses[language.code] if same else site.addresses.home(language.code)
        found.append(
            Alternate(
                language.code,
                language.name,
                site.href(address),
                site.absolute(address),
                language.code == page.language,
                same,
            )
        )
    return tuple(found)


def _contact_lines(site: Site, language: str) -> tuple[ContactLine, ...]:
    return tuple(
        ContactLine(site.plain(contact, language, "name"), phone_view(contact.fields.phones[0].number))
        for contact in site.all("contact")
        if contact.fields.phones
    )


def phone_view(number: str) -> PhoneView:
    """+37163489655 is read as +371 63 489 655, the way the city writes it."""
    tel = "".join(number.split())
    digits = tel.removeprefix("+371")
    return PhoneView("\u00a0".join(("+371", digits[:2], digits[2:5], digits[5:])), tel)
