"""How tests read pages – their words, their elements, their structured data – and what is written in YAML."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import html5lib

from site_builder.yaml_places import parse

NBSP = "\u00a0"
LANGUAGES = ("lv", "en")
HTML = "{http://www.w3.org/1999/xhtml}"
# Regulation 821/2014, Article 4(4), and Regulation 2021/1060, Annex IX 1.3.
TYPEFACES = ("Arial", "Auto", "Calibri", "Garamond", "Trebuchet", "Tahoma", "Verdana", "Ubuntu")


def written(path: Path) -> dict[str, Any]:
    """The names and values of a YAML file."""
    value = parse(path.read_text("utf-8"), path.name)[0].value
    assert isinstance(value, dict), path
    return value


def pages(output: Path) -> Iterator[tuple[str, str]]:
    """Path and text of every page."""
    for path in sorted(output.rglob("*.html")):
        yield path.relative_to(output).as_posix(), path.read_text("utf-8")


def words(html: str) -> str:
    """The words of a page, with no-break spaces as spaces."""
    within = re.sub(r"</?span[^>]*>", "", html)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", within).replace(NBSP, " "))


def dom(html: str) -> Any:
    return html5lib.parse(html, treebuilder="etree")


def structured(page: str) -> list[dict[str, Any]]:
    """The JSON-LD things of a page."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return list(json.loads(found[1])["@graph"]) if found else []


def spoken(element: Any, language: str = "") -> Iterator[tuple[str, str]]:
    """Every piece of text that a page shows or a screen reader says, with the language that it is marked with.

    Code is in no language.
    """
    if not isinstance(element.tag, str) or element.tag.removeprefix(HTML) in ("head", "script", "style", "code"):
        return
    language = element.get("lang", language)
    yield element.text or "", language
    for child in element:
        yield from spoken(child, language)
        yield child.tail or "", language


def trail_to(tree: Any, wanted: Any) -> tuple[str, ...]:
    """The elements from the top of a tree down to one of it."""
    parents = {child: parent for parent in tree.iter() for child in parent}
    steps = [str(wanted.tag)]
    while wanted in parents:
        wanted = parents[wanted]
        steps.append(str(wanted.tag))
    return tuple(reversed(steps))
