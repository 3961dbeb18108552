"""Gathers what every output plans, and refuses two files at one path."""

from site_builder.outputs import OUTPUTS, assets
from site_builder.outputs.assets import Assets
from site_builder.outputs.planned_file import PlannedFile
from site_builder.problems import Place, Problem, phrase, problem
from site_builder.site import Site


def plan(site: Site, site_assets: Assets) -> tuple[tuple[PlannedFile, ...], list[Problem]]:
    """All files of the site before they are made."""
    planned: tuple[PlannedFile, ...] = ()
    for output in OUTPUTS:
        planned += tuple(output(site, site_assets, planned))
    planned += tuple(assets.plan(site_assets))
    return planned, _collisions(site, planned)


def _collisions(site: Site, planned: tuple[PlannedFile, ...]) -> list[Problem]:
    """Two files at one path; paths that differ only in case are one on some hosts."""
    seen: dict[str, PlannedFile] = {}
    found = []
    for file in planned:
        other = seen.setdefault(file.path.lower(), file)
        if other is not file:
            address = "/" + file.path.removesuffix("index.html")
            first, second = _claimants(site, address)
            found.append(
                problem("same-address", second, address=address, first=first, hint=phrase("hint.same-address"))
            )
    return found


def _claimants(site: Site, address: str) -> tuple[Place, Place]:
    """The two files that want an address; the configuration when the content alone does not tell."""
    places = []
    for kind in ("news", "page", "facility", "service"):
        for entry in site.all(kind):
            for language in site.config.codes:
                if not entry.has_language(language):
                    continue
                text = entry.text(language)
                if site.address(entry, language) == address:
                    places.append(text.document.place(("slug",)) if text else entry.place("slug"))
                if text and address in text.fields.aliases:
                    places.append(text.document.place(("aliases",)))
    places += [Place("content/site.yaml")] * 2
    return places[0], places[1]
