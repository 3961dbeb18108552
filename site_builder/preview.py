"""Builds a project again and again, and gives the files of its last good build without writing them anywhere."""

import contextlib
import tempfile
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
        self._options = Options()
        self._contents: set[bytes] | None = None
        # pages are asked for while a build runs; there is one build at a time
        self._building = threading.Lock()

    def build(self, options: Options) -> Built:
        """Build the site; with an error the files stay those of the last good build. Raises OSError."""
        with self._building:
            return self._build(options)

    def _build(self, options: Options) -> Built:
        folder = self.project / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass  # contents that cannot be cached could not be shown
        built = make(self.project, options, target=OutputTarget(has=self._has), memory=self.memory)
        if not built.publishable:
            # what was made is in the cache all the same
            self._contents = None
        else:
            self.shown, self._options = self.memory.graphs[variant_of(options), SITE], options
            self._contents = (self._contents or set()) | {built.result(path).sha256 for path in built.made}
        return built

    def files(self) -> dict[str, str]:
        """The SHA-256 of every file by its path."""
        numbers = self.shown.numbers.items()
        results = ((path, TaskResult(self.shown.result(number))) for path, number in numbers)
        return {path: result.sha256.hex() for path, result in results if result.is_file}

    def content(self, path: str) -> bytes | None:
        """The content of a file; None where the site has no such file.

        What somebody has damaged in the cache is made again by a build; where that finds errors, None as well.
        """
        content = self._cached(path)
        if content is None and self._digest(path):
            with self._building:
                content = self._cached(path)
                return self._made_again(path) if content is None else content
        return content

    def _cached(self, path: str) -> bytes | None:
        """The content of a file as it is in the cache."""
        sha256 = self._digest(path)
        if sha256 is None:
            return None
        with contextlib.closing(Store(self.project / FOLDER)) as store:
            return cached_content(store, sha256)

    def _made_again(self, path: str) -> bytes | None:
        """The content of a file whose content in the cache is damaged."""
        sha256 = self._digest(path)
        if sha256 is not None:
            with contextlib.closing(Store(self.project / FOLDER)) as store:
                store.drop("contents", [sha256])
        self._contents = None
        with contextlib.suppress(OSError):
            self._build(self._options)
        return self._cached(path)

    def _digest(self, path: str) -> bytes | None:
        """The SHA-256 of a file of the site; None where the site has no such file."""
        shown = self.shown
        number = shown.numbers.get(path)
        result = None if number is None else TaskResult(shown.result(number))
        return result.sha256 if result and result.is_file else None

    def save(self) -> None:
        """Save what the next preview begins with, when nobody waits."""
        with self._building:
            self.memory.save()

    def _has(self, path: str, sha256: bytes) -> bool:
        if self._contents is None:
            with contextlib.closing(Store(self.project / FOLDER)) as store:
                self._contents = store.keys("contents")
        return sha256 in self._contents
