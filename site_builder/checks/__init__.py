"""Questions about the site, listed: of every text, of every published entry, and of the site as a whole."""

from collections.abc import Callable, Iterator

from site_builder.checks.accessibility import (
    alternatives_say_something,
    easy_to_read,
    headings_fit,
    links_say_where,
    pages_reviewed,
    pictures_described,
    statement_complete,
)
from site_builder.checks.house_rules import (
    base_url_decided,
    dates_in_the_past,
    homes_protected,
    money_adds_up,
    moving_days_untold,
    pictures_of_homes_absent,
    publisher_decided,
    redirects_lead_to_pages,
    samples_replaced,
    twins_differ,
)
from site_builder.checks.visibility import operations_described, operations_kept_up
from site_builder.checks.wording import people_first, typography
from site_builder.checks.written import Written
from site_builder.content_types import Entry
from site_builder.problems import Problem
from site_builder.site import Site

TEXT_CHECKS: tuple[Callable[[Site, Written], Iterator[Problem]], ...] = (
    homes_protected,
    pictures_described,
    alternatives_say_something,
    links_say_where,
    headings_fit,
    easy_to_read,
    people_first,
    typography,
    samples_replaced,
)

ENTRY_CHECKS: tuple[Callable[[Site, Entry], Iterator[Problem]], ...] = (
    moving_days_untold,
    pictures_of_homes_absent,
    twins_differ,
)

SITE_CHECKS: tuple[Callable[[Site], Iterator[Problem]], ...] = (
    base_url_decided,
    publisher_decided,
    dates_in_the_past,
    statement_complete,
    pages_reviewed,
    operations_described,
    operations_kept_up,
    money_adds_up,
    redirects_lead_to_pages,
)
