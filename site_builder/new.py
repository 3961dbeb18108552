"""Ready skeletons: new content in every language, with today's date and address words made from the titles."""

import datetime
import json
from collections.abc import Sequence
from pathlib import Path

from site_builder.config import Options, SiteConfig, load_config
from site_builder.i18n.slugs import slugify
from site_builder.problems import Place, give_up, phrase
from site_builder.samples import SAMPLE_SUMMARY, SAMPLE_TEXT, sample

NEWS_FIRST = """---
title: {title}
date: {today}
published: {today}
summary: {todo_summary}
category: {category}
sources: []
draft: true
---

{todo_body}
"""

TEXT_TWIN = """---
title: {title}
slug: {slug}
summary: {todo_summary}
---

{todo_body}
"""

PAGE_FIRST = """---
title: {title}
slug: {slug}
published: {today}
summary: {todo_summary}
draft: true
---

{todo_body}
"""

FACILITY = """name: {names}
title: {names}
slug: {slugs}
summary: {todos}
kind: day-centre
address: {{street: {street}, locality: Liepāja}}
# cilvēku mājas / somebody's home: true – bez kartes, attēliem un atvēršanas dienas
sensitive: true
status: planned
audience: {todos}
services: []
operator: {todos}
description: {todos}
sources: []
published: {today}
"""

PARTNER = """
{slug}:
  name: {names}
  type: municipality
  region: kurzeme
  sources: []
"""


def create(project: Path, kind: str, titles: Sequence[str]) -> tuple[str, ...]:
    """Write the skeleton of a `news`, `page`, `facility` or `partner`; gives the paths of the files.

    `titles` are in the order of the site's languages. Raises ProblemsFound when a file is already there or a title
    gives no address word; nothing is written then.
    """
    config, _, _ = load_config(project, Options())
    if len(titles) < len(config.codes):
        give_up("new-titles-missing", Place("content"), hint=phrase("hint.new-title"))
    by_language = dict(zip(config.codes, titles, strict=False))
    for title in by_language.values():
        if not slugify(title):
            give_up("new-title", Place("content"), title=title, hint=phrase("hint.new-title"))
    makers = {"news": _news, "page": _page, "facility": _facility, "partner": _partner}
    files = makers[kind](config, by_language, project)
    for path in files:
        if kind != "partner" and (project / path).exists():
            give_up("new-exists", Place(path), path=path, hint=phrase("hint.new-exists"))
    for path, text in files.items():
        target = project / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8", newline="\n")
    return tuple(files)


def _news(config: SiteConfig, titles: dict[str, str], project: Path) -> dict[str, str]:
    first, today = config.first_language, config.today
    stem = f"content/news/{today.year}/{slugify(titles[first])}"
    files = {}
    for language, title in titles.items():
        template = NEWS_FIRST if language == first else TEXT_TWIN
        category = config.categories[0].key
        files[f"{stem}.{language}.md"] = _fill(template, language, title, today, category)
    return files


def _page(config: SiteConfig, titles: dict[str, str], project: Path) -> dict[str, str]:
    first = config.first_language
    stem = f"content/pages/{slugify(titles[first])}"
    return {
        f"{stem}.{language}.md": _fill(
            PAGE_FIRST if language == first else TEXT_TWIN, language, title, config.today, ""
        )
        for language, title in titles.items()
    }


def _fill(template: str, language: str, title: str, today: datetime.date, category: str) -> str:
    return template.format(
        title=_quoted(title),
        slug=slugify(title),
        today=today.isoformat(),
        category=category,
        todo_summary=sample(SAMPLE_SUMMARY, language),
        todo_body=sample(SAMPLE_TEXT, language),
    )


def _facility(config: SiteConfig, titles: dict[str, str], project: Path) -> dict[str, str]:
    first = titles[config.first_language]
    todos = _mapping({language: sample(SAMPLE_SUMMARY, language) for language in titles})
    text = FACILITY.format(
        names=_mapping(titles),
        slugs=_mapping({language: slugify(title) for language, title in titles.items()}),
        street=_quoted(first),
        todos=todos,
        today=config.today.isoformat(),
    )
    return {f"content/facts/facilities/{slugify(first)}.yaml": text}


def _partner(config: SiteConfig, titles: dict[str, str], project: Path) -> dict[str, str]:
    path = "content/facts/partners.yaml"
    slug = slugify(titles[config.first_language])
    before = (project / path).read_text("utf-8") if (project / path).exists() else ""
    if any(line.startswith(f"{slug}:") for line in before.splitlines()):
        give_up("new-exists", Place(path), path=slug, hint=phrase("hint.new-exists"))
    added = PARTNER.format(slug=slug, names=_mapping(titles))
    return {path: (before.rstrip("\n") + "\n" if before else "") + added.lstrip("\n" if not before else "")}


def _mapping(words: dict[str, str]) -> str:
    return "{" + ", ".join(f"{language}: {_quoted(text)}" for language, text in words.items()) + "}"


def _quoted(text: str) -> str:
    """A YAML scalar; JSON's double quotes are YAML's too."""
    plain = text.replace(" ", "").isalnum() and not text.isdigit() and text != "null"
    return text if plain else json.dumps(text, ensure_ascii=False)
