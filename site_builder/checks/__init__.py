"""Questions about the site, listed: ENTRY_CHECKS of every published entry, SITE_CHECKS of the site as a whole."""

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
    samples_replaced,
    twins_differ,
)
from site_builder.checks.visibility import operations_described, operations_kept_up
from site_builder.checks.wording import people_first, typography
from site_builder.content_types import Entry
from site_builder.problems import Problem
from site_builder.site import Site

ENTRY_CHECKS: tuple[Callable[[Site, Entry], Iterator[Problem]], ...] = (
    homes_protected,
    moving_days_untold,
    pictures_of_homes_absent,
    pictures_described,
    alternatives_say_something,
    links_say_where,
    headings_fit,
    easy_to_read,
    people_first,
    typography,
    twins_differ,
    samples_replaced,
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
)
