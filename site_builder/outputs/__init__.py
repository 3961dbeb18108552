"""The outputs, written out: each plans files from the Site.

A new output is a module here with `plan(site, assets)` and a line in OUTPUTS. Cards and site maps come after them
(`site_builder/plan.py`), because they are made from what the other pages turned out to be.
"""

from collections.abc import Callable, Iterator

from site_builder.outputs import (
    assets,
    easy_to_read,
    facilities,
    fact_pages,
    feed,
    home,
    news,
    open_data,
    project,
    redirects,
    root,
    search,
    services,
    standing,
)
from site_builder.outputs.assets import Assets
from site_builder.outputs.embeds import embedding
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
    open_data.plan,
    search.plan,
    standing.plan,
    easy_to_read.plan,
    root.plan,
    feed.plan,
    embedding.plan,
    redirects.plan,
    assets.plan,
)
