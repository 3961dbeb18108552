"""Old addresses to new: a small page for each alias and for each redirect of the configuration."""

from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.config import CONFIG_PATH
from site_builder.outputs.assets import Assets
from site_builder.outputs.planned_file import PlannedFile, Template, page_path
from site_builder.problems import Place
from site_builder.site import Site


@dataclass(frozen=True, slots=True)
class RedirectView:
    """Where an old address leads."""

    language: str
    href: str
    url: str


def plan(site: Site, assets: Assets, planned: tuple[PlannedFile, ...]) -> Iterator[PlannedFile]:
    """A page a redirect, in the language of the old address."""
    for old, new, origin in sorted(redirects(site), key=lambda one: one[:2]):
        first_part = old.split("/")[1]
        language = first_part if first_part in site.config.codes else site.config.first_language
        view = RedirectView(language, site.href(new), site.absolute(new))
        yield PlannedFile(page_path(old), Template("pages/redirect.html", language), view, origin=origin)


def redirects(site: Site) -> Iterator[tuple[str, str, Place]]:
    """Old and new address of every redirect, and where it is asked for."""
    for kind in ("news", "page"):
        for entry in site.all(kind):
            for text in entry.texts:
                for index, alias in enumerate(text.fields.aliases):
                    yield alias, site.address(entry, text.language), text.document.place(("aliases", index))
    for redirect in site.config.redirects:
        yield redirect.from_, redirect.to, Place(CONFIG_PATH)
