"""Planned files to files: rendered, measured, and handed to the output."""

import hashlib
import zlib
from collections.abc import Callable
from typing import NamedTuple

from site_builder.budgets import Weights, over_budget, weight_of
from site_builder.engine.serialization import encode
from site_builder.engine.task_runner import NO_DIGEST, Made
from site_builder.links import ids_of, links_of
from site_builder.outputs.assets import Assets
from site_builder.outputs.page_rows import PageRow, page_row
from site_builder.outputs.planned_file import FromTemplate, PlannedFile
from site_builder.problems import Place, Problem, phrase, problem
from site_builder.publishing.records import FileRecord, record_of
from site_builder.site import Site
from site_builder.store import Store, digest_of, key_of
from site_builder.templating import TemplateFailed, Templates

# Takes the path and the content of a file; returns its size and SHA-256 where it has computed them.
Stage = Callable[[str, bytes], FileRecord | None]
# The fastest level of zlib: pages shrink to a quarter, and a cold build takes a hundredth longer.
COMPRESSION = 1


class FileDetails(NamedTuple):
    """What a finished file says of itself: its problems, what lists of pages show of it, its links and its ids."""

    problems: tuple[Problem, ...]
    row: PageRow | None = None
    links: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()


class Renderer:
    """Renders planned files."""

    def __init__(self, site: Site, assets: Assets, templates: Templates, stage: Stage, store: Store) -> None:
        self.site = site
        self.assets = assets
        self.templates = templates
        self.stage = stage
        self.store = store
        self.shared = {asset.address.lstrip("/"): asset.content for asset in assets.static}

    def make(self, file: PlannedFile) -> Made:
        """Render a file. A template that fails is a problem of the file."""
        self.site.tracker.record_read("assets")
        made = self._drawn(file) if file.dear else file.make(self.site, self.assets, *file.arguments)
        row = None
        if isinstance(made, FromTemplate):
            row = page_row(made.view)
            try:
                made = self.templates.render(file.path, made)
            except TemplateFailed as failed:
                return Made(encode(FileDetails((failed.found,))), has_problems=True)
        record = self.stage(file.path, made) or record_of(made)
        return self._measured(file, made, record, row)

    def _drawn(self, file: PlannedFile) -> bytes:
        """A picture that is expensive to draw, from the cache or drawn. The cache has its SHA-256 and its content."""
        known = self.store.get("pictures", file.inputs)
        content = cached_content(self.store, known) if known else None
        if content is not None:
            return content
        made = file.make(self.site, self.assets, *file.arguments)
        assert isinstance(made, bytes), "a picture has no template"
        self.store.put("pictures", [(file.inputs, hashlib.sha256(made).digest())])
        return made

    def _measured(self, file: PlannedFile, content: bytes, record: FileRecord, row: PageRow | None) -> Made:
        problems: list[Problem] = []
        weights: Weights = (0,) * 7
        ids: list[str] = []
        links: tuple[str, ...] = ()
        if file.path.endswith((".html", ".svg")):
            ids = ids_of(content)
        compressed = zlib.compress(content, COMPRESSION)
        if file.path.endswith(".html"):
            weights = weight_of(content, len(compressed), self.shared, self.site.config.base_path)
            links = links_of(content, file.path, self.site.config.base_path)
            problems = [*repeated_ids(file, ids), *over_budget([(file.path, weights)])]
        details = FileDetails(tuple(problems), row, links, tuple(dict.fromkeys(ids)))
        return Made(
            encode(details),
            bool(problems),
            bytes.fromhex(record.sha256),
            record.size,
            key_of(row) if row else NO_DIGEST,
            digest_of("\n".join(details.ids).encode()),
            weights,
            compressed,
        )


def cached_content(store: Store, sha256: bytes) -> bytes | None:
    """The content of a file that an earlier build made; None where the cache does not have it."""
    compressed = store.get("contents", sha256)
    if compressed is None:
        return None
    try:
        content = zlib.decompress(compressed)
    except zlib.error:
        return None
    return content if hashlib.sha256(content).digest() == sha256 else None


def repeated_ids(file: PlannedFile, ids: list[str]) -> list[Problem]:
    """An id names one place of a page (HTML 3.2.6); two headings of one name in two texts would not."""
    if len(set(ids)) == len(ids):
        return []
    twice = sorted({one for one in ids if ids.count(one) > 1})
    return [problem("id-twice", file_place(file), id=one, hint=phrase("hint.id-twice")) for one in twice]


def file_place(file: PlannedFile) -> Place:
    """Where a problem of a file is told: its source file, else the file itself."""
    return file.origin() if file.origin else Place(file.path)
