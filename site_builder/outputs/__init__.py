"""The outputs, written out. Each plans files from the Site; those that name other pages come after them.

A new output is a module here with `plan(site, assets, planned)` and a line in OUTPUTS.
"""

from collections.abc import Callable, Iterator

from site_builder.outputs import (
    easy_to_read,
    facilities,
    fact_pages,
    feed,
    home,
    news,
    project,
    redirects,
    root,
    services,
    site_map,
    standing,
)
from site_builder.outputs.assets import Assets
from site_builder.outputs.planned_file import PlannedFile
from site_builder.site import Site

Output = Callable[[Site, Assets, tuple[PlannedFile, ...]], Iterator[PlannedFile]]

OUTPUTS: tuple[Output, ...] = (
    home.plan,
    project.plan,
    services.plan,
    facilities.plan,
    news.plan,
    fact_pages.plan,
    standing.plan,
    easy_to_read.plan,
    root.plan,
    site_map.plan,
    feed.plan,
    redirects.plan,
)
