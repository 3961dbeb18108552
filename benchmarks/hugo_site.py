"""Writes the corpus as a Hugo site: the same text, and the pages that Hugo can make of it with plain layouts.

Hugo makes as many articles, lists (all, by year, category and tag, twenty to a page), facility, service and standing
pages, a page of partners, a sitemap with alternates, links to the item before and after. Around each page stands what
stands around ours, and like ours it is computed anew for every page: navigation, breadcrumbs, languages, support by the
EU, a head with alternates, feeds, Open Graph and JSON-LD with the article's text, a footer with contacts and links. An
article has a table of contents, ways to share it, its facts and three cards of other items. As further output formats
Hugo writes the embed page and the oEmbed answer of each item, facility and service, the embed page and the data of each
list of news that has them in our site, and feeds of 50 full texts in three formats for the site and each category,
facility and service.

It does not do these: find related items (Hugo can, but its way grows with the square of the items, and it would not be
fair to ask it for that; its cards are the newest items of the same tag); check types, references, wording, links,
anchors and budgets; print figures with their dates and sources; mark words of another language; tidy no-break spaces;
hash assets; draw social cards and charts; write the pages of figures, timeline, glossary and sources of facts, embed
pages of figures, charts and partners, open data, the list for the search, a manifest.
"""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import yaml
from items import Item, Notation, markdown
from sentences import CATEGORIES, LANGUAGES, TAGS

PUBLISHED = "2026-11-01"
PICTURE_SHOWS = ("Zila krāsa, kas pāriet zaļā", "Blue that turns into green")
LAYOUTS = Path(__file__).with_name("hugo")
EMBED = re.compile(r"\[\[([a-z]+):([a-z0-9/-]+)[^\]]*\]\]")
TARGET = re.compile(r"\]\(([a-z]+):([a-z0-9/-]+)\)")
SECTIONS = (
    ("news", "Jaunumi", "News"),
    ("facilities", "Vietas", "Facilities"),
    ("services", "Pakalpojumi", "Services"),
)
SERVICE_PARTS = (
    "for_whom",
    "how_to_get",
    "needed",
    "you_get",
    "deadlines",
    "cost",
    "where",
    "provider",
    "rules",
    "contact",
)
# The output formats of pages; what has none of these has the page alone.
FEEDS = ["rss", "atom", "jsonfeed"]
PIECE = ["embed", "oembed"]
NEWS_PIECE = ["newsembed", "newsjson"]


def write_hugo(folder: Path, content: Path, items: tuple[Item, ...]) -> None:
    """Write the site anew from the items and from the standing pages and facts under `content`."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(LAYOUTS, folder)
    for path in (*content.glob("facts/*.yaml"), *content.glob("facts/operations/*.yaml")):
        _write(folder / "data" / path.relative_to(content / "facts"), path.read_text("utf-8"))
    shutil.copytree(content / "media", folder / "static/media")
    shutil.copytree(content.parent / "static", folder / "static/assets")
    partners, sources = (list(_load(content / f"facts/{name}.yaml")) for name in ("partners", "sources"))
    for language in LANGUAGES:
        words = _load(content.parent / f"templates/i18n/{language}.yaml")
        _write_lists(folder / "content", items, language, words)
        _write_pages(folder / "content", content, language, words)
        for item in items:
            fields = _news_fields(item, language, partners, sources)
            body = markdown(item, items, language, _notation(items))
            _write(folder / f"content/news/{item.key}.{language}.md", _page(fields, body))


def _load(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), yaml.BaseLoader)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _page(fields: dict[str, Any], body: str = "") -> str:
    head = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in fields.items())
    return f"---\n{head}---\n{body}"


def _notation(items: tuple[Item, ...]) -> Notation:
    return Notation(
        lambda number, code: f"/{code}/news/{items[number].key}/",
        lambda number: f'{{{{< fact "people-{number}" >}}}}',
    )


def _news_fields(item: Item, language: str, partners: list[str], sources: list[str]) -> dict[str, Any]:
    side = LANGUAGES.index(language)
    fields: dict[str, Any] = {
        "title": item.title[side],
        "summary": item.summary[side],
        "date": item.day.isoformat(),
        "categories": [CATEGORIES[item.category][0]],
        "tags": [TAGS[tag][0] for tag in item.tags],
        "facilities": [f"place-{number}" for number in item.facilities],
        "partners": [partners[number] for number in item.partners],
        "sources": [sources[item.number % len(sources)]],
        "outputs": ["html", *PIECE],
    }
    if item.picture is not None:
        fields["image"] = f"/media/picture-{item.picture}.png"
        fields["image_alt"] = PICTURE_SHOWS[side]
    return fields


def _write_lists(folder: Path, items: tuple[Item, ...], language: str, words: dict[str, str]) -> None:
    """The pages that hold lists: home, sections, years, and the names of tags and categories."""
    side = LANGUAGES.index(language) + 1
    _write(folder / f"_index.{language}.md", _page({"title": "Kurzeme visiem"}))
    for section in SECTIONS:
        fields: dict[str, Any] = {"title": section[side]}
        if section[0] == "news":
            fields["outputs"] = ["html", *PIECE, "newsjson"]
        _write(folder / f"{section[0]}/_index.{language}.md", _page(fields))
    for year in sorted({item.day.year for item in items}):
        _write(folder / f"news/{year}/_index.{language}.md", _page(_list_fields(words, "year", str(year))))
    for label in TAGS:
        _write(folder / f"tags/{label[0]}/_index.{language}.md", _page(_list_fields(words, "tag", label[side])))
    for category in CATEGORIES:
        fields = {
            **_list_fields(words, "category", category[side]),
            "pictogram": category[3],
            "outputs": ["html", *FEEDS, "embed", "newsjson"],
        }
        _write(folder / f"categories/{category[0]}/_index.{language}.md", _page(fields))


def _list_fields(words: dict[str, str], kind: str, name: str) -> dict[str, Any]:
    """The words of a list of news of a year, category or tag."""
    title, summary = (words[f"news.of-{kind}{part}"].format(name=name, year=name) for part in ("", "-summary"))
    return {"title": title, "linkTitle": name, "summary": summary}


def _write_pages(folder: Path, content: Path, language: str, words: dict[str, str]) -> None:
    """The standing pages, one page a facility and a service, and the page of partners."""
    for path in content.glob(f"pages/*.{language}.md"):
        head, body = path.read_text("utf-8").removeprefix("---\n").split("\n---\n", 1)
        fields = yaml.load(head, yaml.BaseLoader)
        layout = {"layout": "partners"} if path.name.startswith("partners.") else {}
        days = {"date": fields.get("published", PUBLISHED), "lastmod": fields.get("updated", PUBLISHED)}
        shown = {"title": fields["title"], "summary": fields["summary"], **days, **layout}
        name = "_index" if path.name.startswith(("facilities.", "services.", "news.")) else ""
        if not name and not path.name.startswith(("home.", "not-found.")):
            _write(folder / path.name, _page(shown, _plain(body, language)))
    for path in content.glob("facts/facilities/*.yaml"):
        fact = _load(path)
        _write_fact(folder / f"facilities/{path.stem}/_index.{language}.md", fact, fact["kind"], language)
    for path in content.glob("facts/services/*.yaml"):
        fact = _load(path)
        fact["description"] = {language: _service_text(fact, words, language)}
        fact["audiences"] = [words[f"audience.{one}"] for one in fact["audiences"]]
        _write_fact(folder / f"services/{path.stem}/_index.{language}.md", fact, fact["pictogram"], language)


def _service_text(fact: dict[str, Any], words: dict[str, str], language: str) -> str:
    """The parts of the description of a service, each under its heading."""
    parts = ((words[f"service.{part}"], fact.get(part)) for part in SERVICE_PARTS)
    return "\n\n".join(
        f"## {name}\n\n{text[language] if text else words['service.not-stated']}" for name, text in parts
    )


def _write_fact(target: Path, fact: dict[str, Any], pictogram: str, language: str) -> None:
    fields: dict[str, Any] = {
        "title": fact.get("title", fact["name"])[language],
        "linkTitle": fact["name"][language],
        "summary": fact["summary"][language],
        "date": fact.get("published", PUBLISHED),
        "pictogram": pictogram,
        "provided": fact.get("services", []),
        "places": fact.get("facilities", []),
        "outputs": ["html", *FEEDS] if fact.get("sensitive") == "true" else ["html", *PIECE, *NEWS_PIECE, *FEEDS],
    }
    fields |= {key: fact[key] for key in ("kind", "address", "operation", "sources", "audiences") if fact.get(key)}
    if "kind" in fact:
        fields["status"] = fact["status"]
    elif fact.get("status"):
        fields["state"] = fact["status"][language]
    for key in ("audience", "operator", "access", "provider"):
        if fact.get(key):
            fields[key] = fact[key][language]
    _write(target, _page(fields, _plain(fact["description"][language], language)))


def _plain(body: str, language: str) -> str:
    """Our references as what Hugo knows: figures as a shortcode, the rest as links."""

    def embed(found: re.Match[str]) -> str:
        kind, key = found.groups()
        return f'{{{{< fact "{key}" >}}}}' if kind == "fact" else f"[{key}](/{language}/{kind}/{key}/)"

    return TARGET.sub(rf"](/{language}/\1/\2/)", EMBED.sub(embed, body))
