"""Builds a project again and again into a folder that nobody but its own server reads."""

from pathlib import Path

from site_builder.build import Built, build
from site_builder.config import Options
from site_builder.memory_cache import MemoryCache


class Preview:
    """A project and the output of its preview, with what its builds keep in memory."""

    def __init__(self, project: Path, output: Path) -> None:
        self.project = project.resolve()
        self.output = output.parent.resolve() / output.name
        self.memory = MemoryCache()

    def build(self, options: Options) -> Built:
        """Build and publish, as `build` does. Raises OSError."""
        return build(self.project, self.output, options, preview=True, memory=self.memory)[0]

    def prepare(self) -> None:
        """Save what the next preview begins with, while nobody waits."""
        self.memory.save()
