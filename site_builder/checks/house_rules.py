"""What this site asks of itself: its owner's decisions, people's homes, honest dates and sums, real texts."""

import re
from collections.abc import Iterator
from itertools import chain

from site_builder.checks.written import Written
from site_builder.content_types import Entry
from site_builder.content_types.facility import MAP_WORDS, MOVING_WORDS
from site_builder.content_types.figure import NotAdditive, total
from site_builder.problems import Place, Problem, did_you_mean, phrase, problem
from site_builder.samples import SAMPLES
from site_builder.site import Site
from site_builder.yaml_places import YamlDocument

CONFIG = Place("content/site.yaml")
# Some of what each of the MAP_WORDS has, in small letters: found many times faster than these in a text that has none.
MAP_SIGN = re.compile(r"[0-9](?:°|[.,][0-9]{4})|geo:|map|m\.org|waze")
DEFAULT_HOST = "kurzeme-visiem.example"


def base_url_decided(site: Site) -> Iterator[Problem]:
    """Until the owner decides, the site has an address that cannot exist (RFC 2606)."""
    if DEFAULT_HOST in site.config.base_url:
        yield problem("base-url-undecided", CONFIG, severity="notice", hint=phrase("hint.base-url"))


def publisher_decided(site: Site) -> Iterator[Problem]:
    """Until the owner decides, pages say that the publisher is not stated."""
    if site.config.publisher is None:
        yield problem("publisher-undecided", CONFIG, severity="notice", hint=phrase("hint.publisher"))


def homes_protected(site: Site, one: Written) -> Iterator[Problem]:
    """No text about somebody's home carries a point, a map or a picture (GDPR Art. 5(1)(c))."""
    html = one.text.html
    point = MAP_WORDS.search(html) if MAP_SIGN.search(html.lower()) else None
    marks = (("map", point[0] if point else ""), ("picture", "![" if "<img" in html else ""))
    for variant, mark in marks:
        if mark and _about_a_home(site, one):
            yield problem("sensitive", one.find(site, mark), variant=variant, hint=phrase("hint.sensitive"))


def _about_a_home(site: Site, one: Written) -> bool:
    """Whether a text belongs to a home, to something that names one, or links to one."""
    homes = [home for home in site.all("facility") if home.fields.sensitive]
    keys = {home.key for home in homes}
    if one.entry.kind == "facility":
        return one.entry.key in keys
    links = (f'href="{site.href(site.address(home, one.language))}"' for home in homes)
    return bool(keys & set(getattr(one.entry.fields, "facilities", ()))) or any(link in one.text.html for link in links)


def moving_days_untold(site: Site, entry: Entry) -> Iterator[Problem]:
    """A home's opening is told by year or season, never by day or month."""
    if entry.kind == "milestone":
        milestone = entry.fields
        home = any(one.fields.sensitive for one in site.some("facility", milestone.facilities))
        opening = milestone.event == "opening" or any(MOVING_WORDS.search(text) for _, text in milestone.text)
        if home and opening and milestone.date.precision in ("day", "month"):
            yield problem("sensitive", entry.place("date"), variant="date", hint=phrase("hint.sensitive-date"))


def pictures_of_homes_absent(site: Site, entry: Entry) -> Iterator[Problem]:
    """No picture goes with news of somebody's home."""
    pictured = entry.kind == "news" and entry.fields.image
    if pictured and any(one.fields.sensitive for one in site.some("facility", entry.fields.facilities)):
        hint = phrase("hint.sensitive")
        yield problem("sensitive", entry.place("image"), variant="field", key="image", hint=hint)


def dates_in_the_past(site: Site) -> Iterator[Problem]:
    """What happened lies before the day of the build; a date to come is a slip, or wants `publish_from`."""
    today = site.config.today
    news = {row.key for code in site.config.codes for row in site.news(code) if row.day > today.toordinal()}
    for entry in (*(site.get("news", key) for key in sorted(news)), *site.all("milestone")):
        day = entry.fields.date
        if day.to_come(today):
            yield problem("future-date", entry.place("date"), value=day.text, severity="warning")


def twins_differ(site: Site, entry: Entry) -> Iterator[Problem]:
    """A translation that is the original's copy is an oversight."""
    first, *others = entry.texts or (None,)
    for text in others:
        if first and text.body.strip() == first.body.strip():
            place = Place(text.path, text.body_line)
            yield problem("same-text", place, twin=first.path, severity="warning", hint=phrase("hint.same-text"))


def samples_replaced(site: Site, one: Written) -> Iterator[Problem]:
    """The sample sentences of `site-builder new` are not published."""
    if one.text.plain in SAMPLES:
        yield problem("sample-text", one.find(site), text=one.text.plain, hint=phrase("hint.sample-text"))


def money_adds_up(site: Site) -> Iterator[Problem]:
    """An operation's EU and national parts make its total; `total` refuses parts that must not be added."""
    for entry in site.all("operation"):
        operation = entry.fields
        if not (operation.total and operation.eu_part and operation.national_part):
            continue
        parts = [site.figure(operation.eu_part), site.figure(operation.national_part)]
        try:
            parts_sum = total(parts)
        except NotAdditive as refused:
            yield problem("not-additive", entry.place("national_part"), figure=refused, hint=phrase("hint.additive"))
            continue
        stated = site.figure(operation.total).value
        if parts_sum != stated:
            yield problem("money-differs", entry.place("total"), total=stated, parts=parts_sum)


def redirects_lead_to_pages(site: Site) -> Iterator[Problem]:
    """A redirect to an item that is a draft, expired or not begun leads nowhere today, which is no reason to stop."""
    redirects = site.config.redirects
    unpublished = frozenset(site.unpublished()) if redirects else frozenset()
    for one in redirects:
        if one.to in unpublished:
            yield problem("not-published", CONFIG, key=one.to, severity="warning")


def pictograms_known(site: Site, document: YamlDocument, names: frozenset[str]) -> Iterator[Problem]:
    """Every pictogram that a service or a category names is in the sheet. `document` is the configuration's."""
    of_services = ((one.fields.pictogram, one.place("pictogram")) for one in site.all("service"))
    of_categories = (
        (one.pictogram, document.place(("categories", index, "pictogram")))
        for index, one in enumerate(site.config.categories)
    )
    for name, place in chain(of_services, of_categories):
        if name is not None and name not in names:
            yield problem("unknown-pictogram", place, key=name, hint=did_you_mean(name, names))
