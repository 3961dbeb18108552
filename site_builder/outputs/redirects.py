"""Old addresses to new: a small page for each alias and for each redirect of the configuration."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from site_builder.outputs.assets import Assets
from site_builder.outputs.planned_file import FromTemplate, PlannedFile, page_path
from site_builder.problems import Place
from site_builder.project import CONFIG_PATH
from site_builder.site import Site


class RedirectView(NamedTuple):
    """Where an old address leads."""

    language: str
    href: str
    url: str


def plan(site: Site, assets: Assets) -> Iterator[PlannedFile]:
    """A page a redirect, in the language of the old address."""
    for old, new, origin in sorted(redirects(site), key=lambda one: one[:2]):
        first_part = old.split("/")[1]
        language = first_part if first_part in site.config.codes else site.config.first_language
        yield PlannedFile(page_path(old), _redirect, (language, new), origin=origin)


def _redirect(site: Site, assets: Assets, language: str, new: str) -> FromTemplate:
    return FromTemplate("pages/redirect.html", language, RedirectView(language, site.href(new), site.absolute(new)))


def redirects(site: Site) -> Iterator[tuple[str, str, Callable[[], Place]]]:
    """Old and new address of every redirect, and where it is asked for."""
    yield from site.aliases()
    for redirect in site.config.redirects:
        yield redirect.from_, redirect.to, partial(Place, CONFIG_PATH)
