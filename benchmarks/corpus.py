"""Writes a project of N news items in two languages, with the facts around them, and if wanted the same for Hugo.

The corpus is the project's own standing pages, facts, templates and static files, without its news; to them come N
items over twelve years (150 to 480 words, headings, lists, tables, quotations, links to each other), facilities up to
60, partners up to 40, 20 figures, 30 tags and 4 categories. Equal arguments write equal bytes. Its sentences repeat, so
nothing may be said from it of compression. A build on or after the day `LAST_DAY` of items.py finds no date to come.
"""

import argparse
import json
import re
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from hugo_site import write_hugo
from items import FACILITIES, FIGURES, PARTNERS, PICTURES, Item, Notation, make_items, markdown
from PIL import Image
from sentences import BUILDINGS, CATEGORIES, LANGUAGES, NOUN, PLACES, TAGS

PROJECT = Path(__file__).resolve().parent.parent
PUBLISHED = "2026-11-01"
NEWS_LINK = re.compile(r"\[([^\]]*)\]\(news:[^)]*\)")
NEWS_FIELD = re.compile(r"^ +news: .*\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Facts:
    """The ids that news may name."""

    sources: list[str]
    partners: list[str]


def write_project(folder: Path, items: tuple[Item, ...]) -> None:
    """Write the project anew; what stood in the folder is removed."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("templates", "static"):
        shutil.copytree(PROJECT / name, folder / name)
    content = folder / "content"
    shutil.copytree(PROJECT / "content", content, ignore=shutil.ignore_patterns("news"))
    _without_news(content)
    _write_site_yaml(content / "site.yaml")
    facts = _write_facts(content / "facts")
    _write_pictures(content / "media")
    for item in items:
        for language in LANGUAGES:
            path = content / f"news/{item.key}.{language}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(news_file(item, items, language, facts), "utf-8")


def news_file(item: Item, items: tuple[Item, ...], language: str, facts: Facts) -> str:
    """A news item's file of a language: front matter, shared fields in the first language alone, body."""
    side = LANGUAGES.index(language)
    fields: dict[str, Any] = {"title": item.title[side], "summary": item.summary[side]}
    if item.picture is not None:
        fields["image_alt"] = ("Zila krāsa, kas pāriet zaļā", "Blue that turns into green")[side]
    if language == LANGUAGES[0]:
        fields |= _shared_fields(item, facts)
    notation = Notation(lambda number, _: f"news:{items[number].key}", lambda number: f"[[fact:{figure_key(number)}]]")
    head = "".join(f"{key}: {_flow(value)}\n" for key, value in fields.items())
    return f"---\n{head}---\n{markdown(item, items, language, notation)}"


def _shared_fields(item: Item, facts: Facts) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "date": item.day,
        "category": CATEGORIES[item.category][0],
        "tags": [TAGS[tag][0] for tag in item.tags],
        "sources": [facts.sources[item.number % len(facts.sources)]],
    }
    if item.facilities:
        fields["facilities"] = [facility_key(number) for number in item.facilities]
    if item.partners:
        fields["partners"] = [facts.partners[number] for number in item.partners]
    if item.picture is not None:
        fields["image"] = f"picture-{item.picture}.png"
    return fields


def _flow(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(value)}]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)


def facility_key(number: int) -> str:
    return f"place-{number}"


def figure_key(number: int) -> str:
    return f"people-{number}"


# The project's own content ------------------------------------------------------------------------------------


def _without_news(content: Path) -> None:
    """Take references to the project's own news out of its pages and facts."""
    for path in (*content.glob("pages/*.md"), *content.glob("facts/**/*.yaml")):
        text = path.read_text("utf-8")
        path.write_text(NEWS_FIELD.sub("", NEWS_LINK.sub(r"\1", text)), "utf-8")


def _write_site_yaml(path: Path) -> None:
    config = yaml.safe_load(path.read_text("utf-8"))
    config["tags"] = [_labelled(key, latvian, english) for key, latvian, english in TAGS]
    config["categories"] = [
        {**_labelled(key, latvian, english), "pictogram": pictogram} for key, latvian, english, pictogram in CATEGORIES
    ]
    _write_yaml(path, config)


def _labelled(key: str, latvian: str, english: str) -> dict[str, Any]:
    return {"key": key, "slug": _twice(key), "name": {"lv": latvian, "en": english}}


def _twice(words: str) -> dict[str, str]:
    return dict.fromkeys(LANGUAGES, words)


def _keys(path: Path) -> list[str]:
    return list(yaml.safe_load(path.read_text("utf-8")))


class _Plain(yaml.SafeDumper):
    """YAML without anchors, which content may not have."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _yaml(value: Any) -> str:
    return yaml.dump(value, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=1000)


def _write_yaml(path: Path, value: Any) -> None:
    path.write_text(_yaml(value), "utf-8")


# Facts --------------------------------------------------------------------------------------------------------


def _write_facts(folder: Path) -> Facts:
    sources = _keys(folder / "sources.yaml")
    for number in range(FACILITIES):
        _write_yaml(folder / f"facilities/{facility_key(number)}.yaml", _facility(number, sources))
    missing = range(PARTNERS - len(_keys(folder / "partners.yaml")))
    _append(folder / "partners.yaml", {f"partner-{number}": _partner(number, sources) for number in missing})
    _append(folder / "figures.yaml", {figure_key(number): _figure(number, sources) for number in range(FIGURES)})
    return Facts(sources, _keys(folder / "partners.yaml"))


def _append(path: Path, rows: dict[str, Any]) -> None:
    path.write_text(f"{path.read_text('utf-8').rstrip()}\n{_yaml(rows)}", "utf-8")


def _facility(number: int, sources: list[str]) -> dict[str, Any]:
    place, building = PLACES[number % len(PLACES)], BUILDINGS[number % len(BUILDINGS)]
    name = {"lv": f"{place[0]} {building[0]} {number}", "en": f"{building[1].capitalize()} {number}, {place[1]}"}
    return {
        "name": name,
        "title": name,
        "summary": {"lv": "Ēka, kurā saņem pakalpojumus.", "en": "A building where services are given."},
        "kind": "day-centre",
        "address": {"street": f"Bērzu iela {number + 1}", "locality": "Liepāja", "postcode": f"LV-{3400 + number}"},
        "sensitive": False,
        "status": "open",
        "audience": {"lv": "Visiem novada iedzīvotājiem", "en": "For all residents of the municipality"},
        "services": ["day-centre"],
        "operator": {"lv": "Sociālais dienests", "en": "Social service"},
        "description": {
            "lv": "Ēkā ir telpas nodarbībām un **tikšanās vieta**.\n\n## Ēka\n\nTā atrodas pie parka.\n",
            "en": "The building has rooms and a **meeting place**.\n\n## The building\n\nIt is near a park.\n",
        },
        "sources": [sources[number % len(sources)]],
        "published": PUBLISHED,
    }


def _partner(number: int, sources: list[str]) -> dict[str, Any]:
    return {
        "name": {"lv": f"{PLACES[number % len(PLACES)][0]} novads {number}", "en": f"Municipality No {number}"},
        "type": "municipality",
        "region": "kurzeme",
        "note": {"lv": "Piedalījās projektā.", "en": "Took part in the project."},
        "sources": [sources[number % len(sources)]],
    }


def _figure(number: int, sources: list[str]) -> dict[str, Any]:
    return {
        "label": {"lv": f"Cilvēki, kas saņēma pakalpojumu {number}", "en": f"People who received service {number}"},
        "value": 100 + number,
        "unit": "count",
        "noun": NOUN,
        "as_of": "2026-10-01",
        "scope": _twice("Liepāja"),
        "group": "results-services",
        "additive": False,
        "status": "current",
        "sources": [sources[number % len(sources)]],
    }


def _write_pictures(folder: Path) -> None:
    for number in range(PICTURES):
        blue = Image.linear_gradient("L").resize((800, 450))
        picture = Image.merge(
            "RGB", (Image.new("L", blue.size, number * 20), blue, blue.transpose(Image.Transpose.FLIP_TOP_BOTTOM))
        )
        picture.save(folder / f"picture-{number}.png")


# The command --------------------------------------------------------------------------------------------------


def write_corpus(folder: Path, count: int, seed: int = 1, *, hugo: bool = True) -> None:
    """Write `folder/project` and, if wanted, `folder/hugo`."""
    items = make_items(count, seed)
    write_project(folder / "project", items)
    if hugo:
        write_hugo(folder / "hugo", folder / "project/content", items)


def word_counts(folder: Path) -> tuple[int, int, int]:
    """The fewest, mean and most words of the bodies of a written project."""
    counts = [len(body.split()) for body in bodies(sorted((folder / "content/news").rglob("*.md")))]
    return min(counts), sum(counts) // len(counts), max(counts)


def bodies(paths: Iterable[Path]) -> list[str]:
    """The Markdown below the front matter of files."""
    return [path.read_text("utf-8").split("\n---\n", 1)[1] for path in paths]


def main() -> int:
    """Write a corpus and say what it is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("n", type=int, help="how many news items, each in two languages")
    parser.add_argument("out", type=Path, help="the folder to write: OUT/project and OUT/hugo")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-hugo", action="store_true", help="do not write the same text for Hugo")
    options = parser.parse_args()
    write_corpus(options.out, options.n, options.seed, hugo=not options.no_hugo)
    fewest, mean, most = word_counts(options.out / "project")
    print(f"{options.n} items in {len(LANGUAGES)} languages; words of a body: {fewest} to {most}, mean {mean}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
