"""Planned files to files: made, measured, and handed to where they are staged."""

import hashlib
from collections.abc import Callable
from typing import NamedTuple

from site_builder.budgets import Weights, weight_of
from site_builder.engine.serialization import decode_cached, encode
from site_builder.links import ids_of, links_of
from site_builder.making import Made
from site_builder.outputs.assets import Assets
from site_builder.outputs.page_rows import PageRow, page_row
from site_builder.outputs.planned_file import FromTemplate, PlannedFile
from site_builder.problems import Place, Problem, phrase, problem
from site_builder.site import Site
from site_builder.store import Store, key_of
from site_builder.templating import TemplateFailed, Templates

# Takes a file's path and content to where it waits for being published.
Stage = Callable[[str, bytes], object]


class FileTold(NamedTuple):
    """What is kept of a file that was made: problems, its row, the links that it has and the ids that it gives."""

    problems: tuple[Problem, ...]
    row: PageRow | None = None
    links: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()


class Renderer:
    """Makes planned files."""

    def __init__(self, site: Site, assets: Assets, templates: Templates, stage: Stage, store: Store) -> None:
        self.site = site
        self.assets = assets
        self.templates = templates
        self.stage = stage
        self.store = store
        self.shared = {asset.address.lstrip("/"): asset.content for asset in assets.static}

    def make(self, file: PlannedFile) -> Made:
        """Make a file. A template that fails is a problem of the file."""
        self.site.ledger.note("assets")
        made = self._drawn(file) if file.dear else file.make(self.site, self.assets, *file.arguments)
        row = None
        if isinstance(made, FromTemplate):
            row = page_row(made.view)
            try:
                made = self.templates.render(file.path, made)
            except TemplateFailed as failed:
                return Made(FileTold((failed.found,)), troubled=True)
        self.stage(file.path, made)
        return self._told(file, made, row)

    def _drawn(self, file: PlannedFile) -> bytes:
        """A file that is dear to make, drawn or remembered."""
        cached = decode_cached(self.store.get("pictures", file.inputs), bytes)
        if cached is not None:
            return cached
        made = file.make(self.site, self.assets, *file.arguments)
        assert isinstance(made, bytes), "a picture has no template"
        self.store.put("pictures", [(file.inputs, encode(made))])
        return made

    def _told(self, file: PlannedFile, content: bytes, row: PageRow | None) -> Made:
        problems: tuple[Problem, ...] = ()
        weights: Weights = (0,) * 7
        told = FileTold(problems)
        if file.path.endswith((".html", ".svg")):
            ids = ids_of(content)
            links: tuple[str, ...] = ()
            if file.path.endswith(".html"):
                weights = weight_of(content, self.shared, self.site.config.base_path)
                links = links_of(content, file.path, self.site.config.base_path)
                problems = tuple(repeated_ids(file, ids))
            told = FileTold(problems, row, links, tuple(dict.fromkeys(ids)))
        digest = hashlib.sha256(content).digest()
        return Made(told, bool(problems), digest, len(content), key_of(row) if row else b"\0" * 16, weights)


def repeated_ids(file: PlannedFile, ids: list[str]) -> list[Problem]:
    """An id names one place of a page (HTML 3.2.6); two headings of one name in two texts would not."""
    if len(set(ids)) == len(ids):
        return []
    twice = sorted({one for one in ids if ids.count(one) > 1})
    return [problem("id-twice", file_place(file), id=one, hint=phrase("hint.id-twice")) for one in twice]


def file_place(file: PlannedFile) -> Place:
    """Where a problem of a file is told: its source file, else the file itself."""
    return file.origin() if file.origin else Place(file.path)
