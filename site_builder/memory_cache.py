"""What a process that builds again and again, as the preview does, keeps in memory from one build to the next."""

from dataclasses import dataclass, field
from typing import Any

from site_builder.content_types import Entry
from site_builder.engine.dependencies import Memo
from site_builder.engine.task_graph import GraphFiles, TaskGraph
from site_builder.entries import UnitRead
from site_builder.tracked import ReadRecorder

# Texts and other values that several pages show, of which the newest stay in memory.
TEXTS, VALUES = 600, 4000
# Plans of outputs: more than there are outputs.
PLANS = 100


@dataclass(slots=True)
class MemoryCache:
    """Units by the digest of their files; entries by kind and key, with the digests that they had and the recorder of
    what is read of them; values; graphs.

    `graphs` are those of the last build by variant and name; what `texts`, `values` and `plans` have read is known by
    the numbers of the inputs in the graph of `variant`. `unsaved` are those that are not on the disk yet. `site` is
    the one of the running build (of a type that this module must not know): what one build plans may ask for a place
    in another.
    """

    units: dict[bytes, UnitRead] = field(default_factory=dict)
    entries: dict[tuple[str, str], tuple[object, Entry]] = field(default_factory=dict)
    recorder: ReadRecorder = field(default_factory=ReadRecorder)
    texts: Memo = field(default_factory=lambda: Memo(TEXTS))
    values: Memo = field(default_factory=lambda: Memo(VALUES))
    plans: Memo = field(default_factory=lambda: Memo(PLANS))
    site: Any = None
    graphs: dict[tuple[str, str], TaskGraph] = field(default_factory=dict)
    variant: str = ""
    unsaved: dict[tuple[str, str], tuple[GraphFiles, TaskGraph]] = field(default_factory=dict)

    def save(self) -> None:
        """Save the graphs, so that the next process finds them."""
        for (_, name), (files, graph) in self.unsaved.items():
            files.save(name, graph)
        self.unsaved.clear()

    def forget_values(self, variant: str) -> None:
        """Forget texts, values and plans before a build of a `variant`: their numbers are those of another graph."""
        self.variant = variant
        self.texts, self.values, self.plans = Memo(TEXTS), Memo(VALUES), Memo(PLANS)

    def drop(self, changed: set[int]) -> None:
        """Drop what was computed from inputs that have changed."""
        for memo in (self.texts, self.values, self.plans):
            memo.drop(changed)


class Graphs:
    """The graphs that a build begins with and leaves, on the disk or in the memory of a process that stays."""

    def __init__(self, files: GraphFiles, memory: MemoryCache | None) -> None:
        self.files = files
        self.memory = memory or MemoryCache()
        self.stays = memory is not None

    def take(self, name: str) -> TaskGraph:
        """The graph of the last build. It is in memory again only once it is left: a build that fails leaves none."""
        graph = self.memory.graphs.pop((self.files.variant, name), None)
        return self.files.load(name) if graph is None else graph

    def leave(self, name: str, before: TaskGraph, graph: TaskGraph) -> None:
        """Give the graph to the next build. A process that stays saves it when nobody waits."""
        self.memory.graphs[self.files.variant, name] = graph
        if graph is not before:
            self.memory.unsaved[self.files.variant, name] = self.files, graph
        if not self.stays:
            self.memory.save()
