"""Questions about the whole site: CHECKS lists functions, each takes the Site and yields Problems."""

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
from site_builder.problems import Problem
from site_builder.site import Site

CHECKS: tuple[Callable[[Site], Iterator[Problem]], ...] = (
    base_url_decided,
    publisher_decided,
    homes_protected,
    moving_days_untold,
    pictures_of_homes_absent,
    dates_in_the_past,
    pictures_described,
    alternatives_say_something,
    links_say_where,
    headings_fit,
    statement_complete,
    pages_reviewed,
    easy_to_read,
    people_first,
    typography,
    operations_described,
    operations_kept_up,
    twins_differ,
    money_adds_up,
    samples_replaced,
)
