"""Planned files made without a site: by the same renderer and workshop as a build."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from types import SimpleNamespace
from typing import Any, cast

from site_builder.ledger import Ledger, split
from site_builder.making import HEADER, Task, Workshop

from site_builder.i18n.words import Words
from site_builder.outputs.assets import Assets
from site_builder.outputs.planned_file import PlannedFile
from site_builder.render import Renderer
from site_builder.site import Site
from site_builder.store import Store, key_of
from site_builder.templating import Templates

WORDS = {"lv": Words("lv", "lv_LV", {"home": "Sākums"}), "en": Words("en", "en_GB", {"home": "Home"})}


def rendered(
    planned: Iterable[PlannedFile],
    templates: Templates | None = None,
    base_path: str = "",
    tick: Callable[[], None] = lambda: None,
    store: Store | None = None,
) -> tuple[Workshop, Mapping[str, bytes]]:
    """The workshop after all files are made, and their contents."""
    ledger = templates.ledger if templates else Ledger()
    ledger.declare(("assets",), "")
    for language in WORDS:
        ledger.declare(("marks", language), "")
    site: Any = SimpleNamespace(ledger=ledger, config=SimpleNamespace(base_path=base_path))
    contents: dict[str, bytes] = {}
    assets = Assets((), (), b"", {})
    renderer = Renderer(cast("Site", site), assets, cast("Templates", templates), contents.__setitem__, Store())
    workshop = Workshop(ledger, store or Store(), "", 1)
    groups = [[Task(f"file:{file.path}", key_of(*file.arguments), partial(renderer.make, file))] for file in planned]
    workshop.do(groups, tick, lambda path, outcome: True)
    workshop.raise_failures()
    return workshop, contents


def kept_reads(store: Store) -> dict[str, set[bytes]]:
    """What every task has read, as the store has it, by the task's name."""
    return {key.decode().partition(":")[2]: set(split(kept, HEADER.size)) for key, kept in store.each("tasks")}
