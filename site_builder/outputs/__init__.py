"""The outputs, written out: each plans files from the Site.

A new output is a module here with `plan(site, assets)` and a line in OUTPUTS. Cards and site maps come after them
(`site_builder/plan.py`), because they are made from what the other pages turned out to be.
"""

from collections.abc import Callable, Iterator

from site_builder.outputs import (
    assets,
    calendar,
    easy_to_read,
    facilities,
    fact_pages,
    feeds,
    home,
    news,
    project,
    redirects,
    root,
    search,
    services,
    standing,
)
from site_builder.outputs.assets import Assets
from site_builder.outputs.embeds import embedding
from site_builder.outputs.open_data import pages, record_pages
from site_builder.outputs.planned_file import PlannedFile
from site_builder.site import Site

Output = Callable[[Site, Assets], Iterator[PlannedFile]]

OUTPUTS: tuple[Output, ...] = (
    home.plan,
    project.plan,
    services.plan,
    facilities.plan,
    news.plan,
    fact_pages.plan,
    pages.plan,
    record_pages.plan,
    search.plan,
    standing.plan,
    easy_to_read.plan,
    root.plan,
    feeds.plan,
    calendar.plan,
    embedding.plan,
    redirects.plan,
    assets.plan,
)
