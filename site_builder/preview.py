"""Builds a project again and again, and gives the files of its last good build without writing them anywhere."""

import threading
from pathlib import Path

from site_builder.build import SITE, Built, OutputTarget, make, variant_of
from site_builder.config import Options
from site_builder.engine.task_graph import TaskGraph
from site_builder.engine.task_runner import RECORD, TaskResult
from site_builder.memory_cache import MemoryCache
from site_builder.render import cached_content
from site_builder.store import FOLDER, Store


class Preview:
    """A project, the results of its last good build, and what its builds keep in memory.

    The contents of the files are in the cache. Readers see the old files until the new ones are all made.
    """

    def __init__(self, project: Path) -> None:
        self.project = project.resolve()
        self.memory = MemoryCache()
        self.shown = TaskGraph(RECORD.size)
        self.options = Options()
        # the SHA-256 of the contents that the cache has, once somebody has looked
        self._contents: set[bytes] | None = None
        self._lock = threading.Lock()

    def build(self, options: Options) -> Built:
        """Build the site; with an error the files stay those of the last good build. Raises OSError."""
        with self._lock:
            return self._build(options)

    def _build(self, options: Options) -> Built:
        self.options = options
        built = make(self.project, options, target=OutputTarget(has=self._has), memory=self.memory)
        if built.publishable:
            self.shown = self.memory.graphs[variant_of(options), SITE]
            self._contents = (self._contents or set()) | {self._sha256(path) for path in built.made}
        return built

    def files(self) -> dict[str, str]:
        """The SHA-256 of every file by its path."""
        return {path: sha256.hex() for path in self.shown.numbers if any(sha256 := self._sha256(path))}

    def content(self, path: str) -> bytes | None:
        """The content of a file; None where the site has no such file.

        Contents that somebody has removed from the cache, or damaged, are made again first. Raises OSError.
        """
        if path not in self.shown.numbers or not any(self._sha256(path)):
            return None
        content = self._cached(path)
        if content is None:
            with self._lock:
                self._contents = {self._sha256(one) for one in self.shown.numbers if self._cached(one) is not None}
                self._build(self.options)
            content = self._cached(path)
        return content

    def save(self) -> None:
        """Save what the next preview begins with, when nobody waits."""
        self.memory.save()

    def _sha256(self, path: str) -> bytes:
        return TaskResult(self.shown.result(self.shown.numbers[path])).sha256

    def _cached(self, path: str) -> bytes | None:
        store = Store(self.project / FOLDER)
        content = cached_content(store, self._sha256(path))
        store.close()
        return content

    def _has(self, path: str, sha256: bytes) -> bool:
        if self._contents is None:
            store = Store(self.project / FOLDER)
            self._contents = store.keys("contents")
            store.close()
        return sha256 in self._contents
