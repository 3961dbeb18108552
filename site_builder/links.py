"""Links between our pages must lead to a file, and to an id that is there.

They come from templates or from configuration: what texts name was checked when they were linked.
"""

import re
from collections.abc import Callable, Container, Iterable, Set
from html import unescape
from urllib.parse import unquote

from site_builder.outputs.planned_file import page_path

# Each begins with letters that every match has and looks back after them, so that a search leaps from one to the next.
LINK = re.compile(rb'="(?:(?<=href=")(?<!\whref=")|(?<=src=")(?<!\wsrc="))([^"]*)"')
ID = re.compile(rb'id="(?<=\sid=")([^"]*)"')


def links_of(content: bytes, path: str, base_path: str) -> tuple[str, ...]:
    """Where a page links to on its own host, each once: addresses from the root, with fragments."""
    own = base_path + "/" + path.removesuffix("index.html")
    found = [raw for raw in dict.fromkeys(LINK.findall(content)) if raw.startswith((b"/", b"#", b"&"))]
    targets = (unescape(raw.decode("utf-8")) for raw in found)
    whole = (own + target if target.startswith("#") else target for target in targets)
    return tuple(dict.fromkeys(one for one in whole if one.startswith("/") and not one.startswith("//")))


def ids_of(content: bytes) -> list[str]:
    """The ids of a page, in their order, repeated ones too."""
    return [one.decode("utf-8") for one in ID.findall(content)]


def target_of(link: str, base_path: str) -> str | None:
    """The file, or the place in one, that a link leads to; None outside the site's own folder of the host."""
    if base_path and not link.startswith(base_path + "/"):
        return None
    address, _, anchor = link.removeprefix(base_path).partition("#")
    path = page_path(unquote(address.partition("?")[0]))
    return f"{path}#{anchor}" if anchor else path


def broken_links(
    pages: Iterable[tuple[str, Iterable[str]]], paths: Container[str], ids: Callable[[str], Set[str]], base_path: str
) -> dict[str, tuple[str, str]]:
    """Links that lead nowhere, each with the code of what is wrong and the first of the `pages` that has it."""
    seen: set[str] = set()
    found: dict[str, tuple[str, str]] = {}
    for page, links in pages:
        for link in links:
            if link not in seen:
                seen.add(link)
                if code := _broken(link, paths, ids, base_path):
                    found[link] = (code, page)
    return found


def _broken(link: str, paths: Container[str], ids: Callable[[str], Set[str]], base_path: str) -> str:
    target = target_of(link, base_path)
    path, _, anchor = (target or "").partition("#")
    if target is None or path not in paths:
        return "dead-link"
    return "dead-anchor" if anchor and anchor not in ids(path) else ""
