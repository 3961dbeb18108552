"""Writes the corpus as a Hugo site: the same text, and the pages that Hugo can make of it with small layouts.

Hugo makes as many articles, lists (all, by year, category and tag, twenty to a page), facility, service and standing
pages, a page of partners, a feed of 50 full texts in two formats, a sitemap with alternates, JSON-LD with the article's
text, breadcrumbs, links to the item before and after. It does not do these: find related items (Hugo can, but its way
grows with the square of the items, and it would not be fair to ask it for that); check types, references, wording,
links, anchors and budgets; print figures with their dates and sources; mark words of another language; tidy no-break
spaces; hash assets; draw social cards and charts; write the pages of figures, timeline, glossary and sources of facts,
open data, the list for the search, a manifest. Its pages have less around them: about half the bytes.
"""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import yaml
from items import Item, Notation, markdown
from sentences import CATEGORIES, LANGUAGES, TAGS

LAYOUTS = Path(__file__).with_name("hugo")
EMBED = re.compile(r"\[\[([a-z]+):([a-z0-9/-]+)[^\]]*\]\]")
TARGET = re.compile(r"\]\(([a-z]+):([a-z0-9/-]+)\)")
SECTIONS = (
    ("news", "Jaunumi", "News"),
    ("facilities", "Vietas", "Facilities"),
    ("services", "Pakalpojumi", "Services"),
)


def write_hugo(folder: Path, content: Path, items: tuple[Item, ...]) -> None:
    """Write the site anew from the items and from the standing pages and facts under `content`."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(LAYOUTS, folder)
    for path in content.glob("facts/*.yaml"):
        _write(folder / "data" / path.name, path.read_text("utf-8"))
    shutil.copytree(content / "media", folder / "static/media")
    shutil.copytree(content.parent / "static", folder / "static/assets")
    partners = list(yaml.load((content / "facts/partners.yaml").read_text("utf-8"), yaml.BaseLoader))
    for language in LANGUAGES:
        _write_lists(folder / "content", items, language)
        _write_pages(folder / "content", content, language)
        for item in items:
            _write(folder / f"content/news/{item.key}.{language}.md", _news_file(item, items, language, partners))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _page(fields: dict[str, Any], body: str = "") -> str:
    head = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in fields.items())
    return f"---\n{head}---\n{body}"


def _news_file(item: Item, items: tuple[Item, ...], language: str, partners: list[str]) -> str:
    side = LANGUAGES.index(language)
    notation = Notation(
        lambda number, code: f"/{code}/news/{items[number].key}/",
        lambda number: f'{{{{< fact "people-{number}" >}}}}',
    )
    fields: dict[str, Any] = {
        "title": item.title[side],
        "summary": item.summary[side],
        "date": item.day.isoformat(),
        "categories": [CATEGORIES[item.category][0]],
        "tags": [TAGS[tag][0] for tag in item.tags],
        "facilities": [f"place-{number}" for number in item.facilities],
        "partners": [partners[number] for number in item.partners],
    }
    if item.picture is not None:
        fields["image"] = f"/media/picture-{item.picture}.png"
    return _page(fields, markdown(item, items, language, notation))


def _write_lists(folder: Path, items: tuple[Item, ...], language: str) -> None:
    """The pages that hold lists: home, sections, years, and the names of tags and categories."""
    side = LANGUAGES.index(language) + 1
    _write(folder / f"_index.{language}.md", _page({"title": "Kurzeme visiem"}))
    for section in SECTIONS:
        _write(folder / f"{section[0]}/_index.{language}.md", _page({"title": section[side]}))
    for year in sorted({item.day.year for item in items}):
        _write(folder / f"news/{year}/_index.{language}.md", _page({"title": str(year)}))
    for taxonomy, labels in (("tags", TAGS), ("categories", CATEGORIES)):
        for label in labels:
            _write(folder / f"{taxonomy}/{label[0]}/_index.{language}.md", _page({"title": label[side]}))


def _write_pages(folder: Path, content: Path, language: str) -> None:
    """The standing pages, one page a facility and a service, and the page of partners."""
    for path in content.glob(f"pages/*.{language}.md"):
        head, body = path.read_text("utf-8").removeprefix("---\n").split("\n---\n", 1)
        fields = yaml.load(head, yaml.BaseLoader)
        layout = {"layout": "partners"} if path.name.startswith("partners.") else {}
        shown = {"title": fields["title"], "summary": fields["summary"], **layout}
        name = "_index" if path.name.startswith(("facilities.", "services.", "news.")) else ""
        if not name and not path.name.startswith(("home.", "not-found.")):
            _write(folder / path.name, _page(shown, _plain(body, language)))
    for path in content.glob("facts/facilities/*.yaml"):
        _write_fact(folder / f"facilities/{path.stem}.{language}.md", path, language, ("description",))
    parts = ("for_whom", "how_to_get", "you_get", "deadlines", "cost", "rules", "contact")
    for path in content.glob("facts/services/*.yaml"):
        _write_fact(folder / f"services/{path.stem}.{language}.md", path, language, parts)


def _write_fact(target: Path, source: Path, language: str, parts: tuple[str, ...]) -> None:
    fact = yaml.load(source.read_text("utf-8"), yaml.BaseLoader)
    body = "\n\n".join(fact[part][language] for part in parts if part in fact)
    title = fact.get("title", fact["name"])[language]
    address = ", ".join(fact["address"].values()) if "address" in fact else ""
    fields = {"title": title, "summary": fact["summary"][language], "address": address}
    _write(target, _page(fields, _plain(body, language)))


def _plain(body: str, language: str) -> str:
    """Our references as what Hugo knows: figures as a shortcode, the rest as links."""

    def embed(found: re.Match[str]) -> str:
        kind, key = found.groups()
        return f'{{{{< fact "{key}" >}}}}' if kind == "fact" else f"[{key}](/{language}/{kind}/{key}/)"

    return TARGET.sub(rf"](/{language}/\1/\2/)", EMBED.sub(embed, body))
