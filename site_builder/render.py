"""Planned files to rendered files, and a look for links that lead nowhere."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from html import unescape
from urllib.parse import unquote

from site_builder.outputs.planned_file import PlannedFile, Remembered, RenderedFile, Template, page_path
from site_builder.problems import Place, Problem, phrase, problem
from site_builder.remember import Memory
from site_builder.templating import TemplateFailed, Templates

# Each begins with its letters and looks back after them, so that a search leaps from one to the next.
LINK = re.compile(rb'(?:h(?<!\wh)ref|s(?<!\ws)rc)="([^"]*)"')
ID = re.compile(rb'id="(?<=\sid=")([^"]*)"')


def render(
    planned: Iterable[PlannedFile], templates: Templates, tick: Callable[[], None], memory: Memory | None = None
) -> tuple[tuple[RenderedFile, ...], list[Problem]]:
    """Make every file; a template that fails is told once. `tick` is called after each file.

    `memory` keeps what is slow to make; without it all is made.
    """
    memory = memory or Memory()
    rendered: list[RenderedFile] = []
    problems: dict[tuple[Place, str], Problem] = {}
    for file in planned:
        if isinstance(file.make, Template):
            try:
                rendered.append(templates.render(file.path, file.make, file.view))
            except TemplateFailed as failed:
                problems.setdefault((failed.found.place, failed.found.code), failed.found)
        elif isinstance(file.make, Remembered):
            rendered.append(
                RenderedFile(file.path, memory.recall(file.make.key, partial(file.make.function, file.view)))
            )
        else:
            rendered.append(RenderedFile(file.path, file.make(file.view)))
        tick()
    return tuple(rendered), list(problems.values())


def links_of(content: bytes) -> tuple[str, ...]:
    """The links of a page that stay on its host: from the root, or `#` and a place of the page itself; each once."""
    found = [unescape(raw.decode()) for raw in dict.fromkeys(LINK.findall(content)) if raw[:1] in (b"/", b"#", b"&")]
    return tuple(link for link in found if link.startswith(("#", "/")) and not link.startswith("//"))


def ids_of(content: bytes) -> tuple[str, ...]:
    """The ids of a page or drawing in their order, as they are written."""
    return tuple(found.decode() for found in ID.findall(content))


def dead_links(
    rendered: Iterable[RenderedFile], base_path: str, origins: Mapping[str, Place | None] | None = None
) -> list[Problem]:
    """Links between our pages must lead to a file, and to an id that is there.

    They come from templates or from configuration: texts were checked when they were linked. `origins` gives the
    source file of a page, to name it instead of the page.
    """
    files = {file.path: file for file in rendered}
    ids = {path: set(ids_of(file.content)) for path, file in files.items() if path.endswith((".html", ".svg"))}
    found: list[Problem] = []
    known: set[str] = set()
    for file in files.values():
        if not file.path.endswith(".html"):
            continue
        for link in links_of(file.content):
            target = link
            if link.startswith("#"):
                target = base_path + "/" + file.path.removesuffix("index.html") + link
            if target not in known:
                known.add(target)
                broken = _broken(target, base_path, ids, files)
                if broken:
                    place = (origins or {}).get(file.path) or Place(file.path)
                    found.append(problem(broken, place, link=target))
    return found


def repeated_ids(rendered: Iterable[RenderedFile], origins: Mapping[str, Place | None]) -> list[Problem]:
    """An id names one place of a page (HTML 3.2.6); two headings of one name in two texts would not."""
    found = []
    for file in rendered:
        for one in repeated(ids_of(file.content)) if file.path.endswith(".html") else ():
            place = origins.get(file.path) or Place(file.path)
            found.append(problem("id-twice", place, id=one, hint=phrase("hint.id-twice")))
    return found


def repeated(ids: Sequence[str]) -> list[str]:
    """The ids that stand more than once, by the alphabet."""
    if len(ids) == len(set(ids)):
        return []
    return sorted(one for one, times in Counter(ids).items() if times > 1)


def _broken(target: str, base_path: str, ids: dict[str, set[str]], files: dict[str, RenderedFile]) -> str:
    """The code of what is wrong with a link from the root, or nothing."""
    if base_path and not target.startswith(base_path + "/"):
        return "dead-link"
    address, _, anchor = target.removeprefix(base_path).partition("#")
    path = page_path(unquote(address.partition("?")[0]))
    if path not in files:
        return "dead-link"
    if anchor and anchor not in ids.get(path, set()):
        return "dead-anchor"
    return ""
