"""A small real site as plain values, the steps that an editor, a developer or a disk can take with it, and its files.

A step is a method of `World` with plain arguments, so that a sequence of steps can be written down and replayed.
"""

import contextlib
import copy
import datetime
import json
import os
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from conftest import FACILITY, FIGURE, OPERATION, PROJECT, SECTIONS, SERVICE, SITE_YAML, SOURCE, _sections, _statement

from site_builder.yaml_places import parse

Fields = dict[str, Any]
Step = tuple[Any, ...]
TODAY = "2026-11-22"
LANGUAGES = ("lv", "en")
PATHS = {"lv": "jaunumi", "en": "news"}
MARK = "<!-- {:04d} -->"
# A template, and after what in it a mark of an edit is put: whole pages, lists, macros, what macros include.
TEMPLATES = {
    "layout.html": '<main id="content" class="wide" tabindex="-1">',
    "pages/article.html": "{% block main %}",
    "pages/news-list.html": "{% block main %}",
    "pages/home.html": "{% block main %}",
    "pages/facility.html": "{% block main %}",
    "pages/standing.html": "{% block main %}",
    "pages/redirect.html": "<body>",
    "components/basics.html": "{% macro not_stated(t) -%}",
    "components/cards.html": '<article class="card news-card">',
    "components/figures.html": '<dl class="facts figure-lines">',
    "components/eu.html": "{% macro block(t, blocks) %}",
    "components/plain-layout.html": '<main id="content" class="wide">',
}
WORDS = ("skip", "home", "nav.main", "news.list", "news.previous", "footer.pages", "figure.as-of", "footnotes.title",
         "sources", "feed.as", "audience.children", "published", "home.figures", "contents")  # fmt: skip
# What a body may have more: an id, a link to it, links to others, a figure, a picture, words that are warned of.
PARTS = {
    "heading": "## Daļa\n\nTeksts.",
    "anchor": "[Uz daļu](#dala)",
    "link": "[Cits lēmums](news:2016/a02)",
    "figure": "Bērni: [[fact:children]].",
    "picture": "![Zīme](media:b.svg)",
    "warning": "[šeit](news:2016/a02)",
}
TABLES = ("figures", "sources", "partners", "milestones", "glossary")
THINGS = ("facilities", "services", "operations")
PAGES = ("about", "guide", "news", "home", "easy-to-read", "results")
# By kind, the localized field that names a thing.
NAMES = {
    "figures": "label", "sources": "publisher", "partners": "name", "milestones": "text", "glossary": "term",
    "facilities": "title", "services": "name", "operations": "short",
}  # fmt: skip
# By kind, the word that texts name it by.
KINDS = {
    "figures": "fact", "sources": "source", "partners": "partner", "milestones": "milestone", "glossary": "term",
    "facilities": "facility", "services": "service", "operations": "operation", "news": "news", "pages": "page",
}  # fmt: skip
WRONG: dict[str, tuple[str, Callable[[str], str]]] = {
    "unknown fact": ("content/news/2016/a01.lv.md", lambda text: text + "\n[[fact:no-such]]\n"),
    "bad front matter": ("content/news/2016/a02.en.md", lambda text: text.replace("title:", "title", 1)),
    "no table": ("content/facts/figures.yaml", lambda text: text + "x: [\n"),
    "template": (
        "templates/pages/article.html",
        lambda text: text.replace("{% block main %}", "{% block main %}{{", 1),
    ),
    "view": ("templates/pages/news-list.html", lambda text: text.replace("view.summary", "view.no_such", 1)),
    "word": ("templates/i18n/lv.yaml", lambda text: re.sub(r"(?m)^skip: .*\n", "", text)),
    "configuration": ("content/site.yaml", lambda text: text.replace("navigation: [", 'navigation: ["no-such", ', 1)),
    "two errors": ("content/news/2016/a02.lv.md", lambda text: text + "\n[[fact:no-such]]\n\n[[term:no-such]]\n"),
    "dead link": (
        "templates/pages/home.html",
        lambda text: text.replace("{% block main %}", '{% block main %}<a href="/no">x</a>'),
    ),
    "warning": ("content/news/2016/a03.lv.md", lambda text: text + "\n[melnraksts](news:2015/draft)\n"),
}


@dataclass
class Model:
    """All that a site is made from; paths in `raw`, `wrong` and `spelt` are those of files."""

    config: Fields
    tables: dict[str, dict[str, Fields]]
    things: dict[str, dict[str, Fields]]
    # kind, key, language: front matter and body
    texts: dict[str, dict[str, dict[str, tuple[Fields, str]]]]
    # templates, styles, scripts, media: files as they are
    raw: dict[str, bytes]
    # files that are written wrongly now
    wrong: dict[str, str] = field(default_factory=dict)
    # how a text file's characters are written: "crlf", "nfd", "bom"; "remark" moves what stands below it
    spelt: dict[str, str] = field(default_factory=dict)


def base_model() -> Model:
    """The site before the first step."""
    raw = {
        path.relative_to(PROJECT).as_posix(): path.read_bytes()
        for folder in ("templates", "static")
        for path in sorted((PROJECT / folder).rglob("*"))
        if path.is_file()
    }
    raw |= {f"content/media/{name}": _media(name, 1) for name in ("a.svg", "b.svg", "rules.csv")}
    return Model(_config(), _tables(), _things(), {"news": dict(_news()), "pages": dict(_pages())}, raw)


def _both(lv: str, en: str) -> Fields:
    return {"lv": lv, "en": en}


def _values(text: str) -> Any:
    return parse(text, "model")[0].value


def _config() -> Fields:
    config: Fields = _values(SITE_YAML + _sections())
    config["tags"] += [{"key": "money", "slug": _both("nauda", "money"), "name": _both("Nauda", "Money")}]
    config["redirects"] = [{"from": "/veca/", "to": "/lv/jaunumi/"}]
    config["key_figures"] = ["children", "homes"]
    bars = [{"figure": "children"}, {"figure": "homes"}]
    config["charts"] = [{"key": "both", "kind": "bars", "title": _both("Abi", "Both"), "figures": bars}]
    return config


def _tables() -> dict[str, dict[str, Fields]]:
    children = _values(FIGURE)["children"]
    older = {"value": 100, "as_of": "2022-09-01", "sources": ["decision"]}
    homes = {**children, "label": _both("Mājas", "Homes"), "value": 2}
    decision = _values(SOURCE)["decision"]
    partner = {"type": "municipality", "region": "kurzeme", "sources": ["decision"]}
    return {
        "figures": {"children": {**children, "series": [older]}, "homes": homes},
        "sources": {"decision": decision, "report": {**decision, "title": "Pārskats", "date": "2023-09-02"}},
        "partners": {
            "city": {"name": _both("Pilsēta", "City"), **partner},
            "region": {"name": _both("Reģions", "Region"), **partner},
        },
        "milestones": {
            "start": {
                "date": "2016-02-25", "scope": "liepaja", "event": "decision", "news": "2016/a01",
                "text": _both("Darba sākums.", "The beginning."), "sources": ["decision"],
            }
        },
        "glossary": {
            "respite": {
                "term": _both("atelpa", "respite"), "standing": "own", "sources": ["report"],
                "explanation": _both("Atpūta vecākiem.", "A rest for parents."),
            }
        },
    }  # fmt: skip


def _things() -> dict[str, dict[str, Fields]]:
    return {
        "facilities": {"salmu": _values(FACILITY)},
        "services": {"care": _values(SERVICE)},
        "operations": {key: _values(OPERATION.format(name=key.upper())) for key in ("esf", "erdf")},
    }


def _pages() -> Iterator[tuple[str, dict[str, tuple[Fields, str]]]]:
    for key in (*SECTIONS, "home", "not-found"):
        yield (
            key,
            {
                "lv": (
                    {"title": f"Lapa {key}", "summary": f"Īsi {key}.", "published": TODAY},
                    f"Lapa {key}: teksts 0001.\n",
                ),
                "en": ({"title": f"Page {key}", "summary": f"Short {key}."}, f"Page {key}: text 0001.\n"),
            },
        )
    for_guide = "[[term:respite]] [[facility:salmu]] [a](news:2016/a01) [b](service:care) [[fact:homes as-of]]\n"
    yield (
        "guide",
        {
            "lv": (
                {"title": "Ceļvedis", "summary": "Īsi.", "published": TODAY, "aliases": ["/lv/vecs/"]},
                f"Te 0001. {for_guide}",
            ),
            "en": ({"title": "Guide", "slug": "the-guide", "summary": "Short."}, f"Here 0001. {for_guide}"),
        },
    )


def _news() -> Iterator[tuple[str, dict[str, tuple[Fields, str]]]]:
    """Twenty-two short items of one year, so that its list has two pages, most of them in one language to be quick;

    and four of another year with all that is rare.
    """
    for number in range(1, 23):
        day = f"2016-{(number - 1) // 2 + 1:02d}-{number:02d}"
        key, texts = news_item(f"2016/a{number:02d}", day, number, "decisions" if number % 2 else "results")
        yield key, texts if number < 7 else in_one(texts, "lv")
    yield news_item("2015/all", "2015-06-01", 23, "decisions", facilities=["salmu"], services=["care"],
                    partners=["city"], related=["2016/a01", "2015/shown"], tags=["families", "money"])  # fmt: skip
    yield news_item("2015/shown", "2015-06-02", 24, "results", image="a.svg")
    yield news_item("2015/draft", "2015-06-03", 25, "results", draft=True, tags=["money"])
    yield news_item("2015/timed", "2015-06-04", 26, "results", publish_from="2026-11-24", expires="2026-11-26")


def news_item(key: str, date: str, number: int, category: str, **more: Any) -> tuple[str, Any]:
    """A news item in both languages, with what `more` adds to its fields."""
    shared = {"date": date, "published": TODAY, "category": category, "tags": ["families"] * (number % 3 == 0)}
    shared |= {"operation": "esf", "sources": ["decision"], **more}
    words = {"image_alt": f"Zīme {number}"} if "image" in more else {}
    embeds = {0: "[[fact:children]]", 1: "[cits](news:2016/a02)", 2: "[[term:respite]]", 3: "[dati](media:rules.csv)"}
    picture = "\n\n![Zīme](media:b.svg)\n" if number == 5 else ""
    embed = embeds[number % 4] + picture
    return key, {
        "lv": (
            {"title": f"Ziņa {number}", "summary": f"Īsi par {number}.", **words, **shared},
            f"Teksts 0001. {embed}\n",
        ),
        "en": (
            {
                "title": f"Item {number}",
                "slug": "item-" + key.rpartition("/")[2],
                "summary": f"Short {number} [[fact:children]].",
                **words,
            },
            f"Text 0001. {embed}\n",
        ),
    }


def in_one(texts: Any, language: str) -> Any:
    """An item's text in one language alone, which says why."""
    fields, body = texts[language]
    fields = {**texts["lv"][0], **fields, "only": language, "reason": "Vienā valodā."}
    return {language: (fields, body)}


def _media(name: str, number: int) -> bytes:
    if name.endswith(".svg"):
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><title>{number:04d}</title></svg>'.encode()
        )
    return f"nr\n{number:04d}\n".encode()


# Model to files ------------------------------------------------------------------------------------------------


def files_of(model: Model) -> dict[str, bytes]:
    """The files of a site by path."""
    files = {**model.raw, **{path: text.encode() for path, text in _texts(model).items()}}
    for path in model.wrong.keys() & files.keys():
        files[path] = WRONG[model.wrong[path]][1](files[path].decode()).encode()
    for path in model.spelt.keys() & files.keys():
        files[path] = SPELLINGS[model.spelt[path]](files[path].decode())
    return files


def _texts(model: Model) -> dict[str, str]:
    texts = {"content/site.yaml": _yaml(model.config)}
    for name, table in model.tables.items():
        texts[f"content/facts/{name}.yaml"] = "".join(f"{key}:\n{_yaml(fields, '  ')}" for key, fields in table.items())
    for folder, things in model.things.items():
        texts |= {f"content/facts/{folder}/{key}.yaml": _yaml(fields) for key, fields in things.items()}
    for folder, entries in model.texts.items():
        for key, languages in entries.items():
            for language, (fields, body) in languages.items():
                texts[f"content/{folder}/{key}.{language}.md"] = f"---\n{_yaml(fields)}---\n\n{body}"
    for language in LANGUAGES:
        texts[f"content/pages/accessibility-statement.{language}.md"] = _statement(language)
    return texts


SPELLINGS: dict[str, Callable[[str], bytes]] = {
    "crlf": lambda text: text.replace("\n", "\r\n").encode(),
    "nfd": lambda text: unicodedata.normalize("NFD", text).encode(),
    "bom": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "remark": lambda text: _with_remark(text).encode(),
}


def _with_remark(text: str) -> str:
    """A text with a remark in its first lines: in the front matter, the table or the template."""
    if text.startswith("---\n"):
        return text.replace("---\n", "---\n# Piebilde\n", 1)
    return f"{{# Piebilde #}}\n{text}" if text.startswith(("{", "<")) else f"# Piebilde\n{text}"


def _yaml(fields: Fields, indent: str = "") -> str:
    return "".join(f"{indent}{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in fields.items())


class Copy:
    """A folder that is kept equal to the files of a model, touching only what differs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, bytes] = {}

    def write(self, files: dict[str, bytes], *, quiet: bool = False) -> None:
        """Write what differs; with `quiet` a file that keeps its size keeps its times as well."""
        for path in self.files.keys() - files.keys():
            self._remove(path)
        for path, content in files.items():
            if self.files.get(path) == content:
                continue
            target = self.folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            before = target.stat() if target.exists() else None
            target.write_bytes(content)
            if quiet and before and before.st_size == len(content):
                os.utime(target, ns=(before.st_atime_ns, before.st_mtime_ns))
        self.files = dict(files)

    def _remove(self, path: str) -> None:
        target = self.folder / path
        target.unlink()
        with contextlib.suppress(OSError):
            for parent in target.relative_to(self.folder).parents[:-2]:
                (self.folder / parent).rmdir()


# The world and its steps ---------------------------------------------------------------------------------------


class World:
    """A project on disk, what is built of it, and every step that can be taken with both."""

    def __init__(self, folder: Path, *, written: bool = False) -> None:
        """Writes the files, unless they are `written`."""
        self.project = Copy(folder / "project")
        self.clean = Copy(folder / "clean")
        self.beside = folder / "beside"
        self.model = base_model()
        self.before: Model | None = None
        self.number = 1
        self.today = TODAY
        self.drafts = False
        self.tool = "now"
        self.outputs = {name: folder / where for name, where in
                        {"public": "project/public", "dist": "project/dist", "far": "far/site"}.items()}  # fmt: skip
        self.output = "public"
        # files in an output that are not ours
        self.foreign: dict[str, dict[str, bytes]] = {name: {} for name in self.outputs}
        self.rewrite = self.by_command = self.waits = False
        self.killed_after: int | None = None
        # the last model that could be published
        self.good = copy.deepcopy(self.model)
        self.steps: list[Step] = []
        if written:
            self.project.files = self.clean.files = files_of(self.model)
        self.save()

    @property
    def memory(self) -> Path:
        """What the engine keeps from build to build."""
        return self.project.folder / ".site-builder"

    @property
    def public(self) -> Path:
        return self.outputs[self.output]

    def do(self, name: str, *arguments: Any) -> None:
        """Take a step and remember it."""
        self.steps.append((name, *arguments))
        getattr(self, name)(*arguments)

    def save(self, *, quiet: bool = False) -> None:
        """Bring both folders to the model."""
        files = files_of(self.model)
        self.project.write(files, quiet=quiet)
        self.clean.write(files)

    def next(self) -> int:
        self.number += 1
        return self.number

    @contextlib.contextmanager
    def edit(self, *, quiet: bool = False) -> Iterator[Model]:
        """Change the model and the files; the model before is kept for `revert`."""
        self.before = copy.deepcopy(self.model)
        yield self.model
        self.save(quiet=quiet)

    # News and pages ........................................................

    def add_news(self, only: str = "") -> None:
        """Add an item in both languages, or in one."""
        with self.edit() as model:
            number = self.next()
            key, texts = news_item(f"2016/b{number}", "2016-06-15", number, "results", facilities=["salmu"])
            model.texts["news"][key] = in_one(texts, only) if only else texts

    def add_page(self) -> None:
        with self.edit() as model:
            number = self.next()
            model.texts["pages"][f"p{number}"] = {
                "lv": ({"title": f"Lapa {number}", "summary": "Īsi.", "published": TODAY}, "Teksts 0001.\n"),
                "en": ({"title": f"Page {number}", "slug": f"page-{number}", "summary": "Short."}, "Text 0001.\n"),
            }

    def edit_body(self, folder: str, key: str, language: str, quiet: bool = False) -> None:
        with self.edit(quiet=quiet) as model:
            fields, body = model.texts[folder][key][language]
            body = re.sub(r"\b\d{4}\b", f"{self.next():04d}", body, count=1)
            model.texts[folder][key][language] = (fields, body)

    def turn_part(self, folder: str, key: str, language: str, part: str) -> None:
        """Add a part to a body, or take it away where it is there."""
        with self.edit() as model:
            fields, body = model.texts[folder][key][language]
            added = f"\n{PARTS[part]}\n"
            turned = body.removesuffix(added) if body.endswith(added) else body + added
            model.texts[folder][key][language] = (fields, turned)

    def edit_text(self, folder: str, key: str, language: str, name: str, quiet: bool = False) -> None:
        """Edit a title or summary."""
        with self.edit(quiet=quiet) as model:
            fields = model.texts[folder][key][language][0]
            fields[name] = _numbered(fields[name], self.next())

    def correct(self, key: str, language: str) -> None:
        """Add a correction with its day, which is also the day of the last change."""
        with self.edit() as model:
            fields = model.texts["news"][key][language][0]
            note = {"date": "2026-11-22", "text": f"Labots {self.next()}."}
            fields["correction"] = [*fields.get("correction", []), note]

    def edit_field(self, key: str, name: str, value: Any) -> None:
        """Give an item another date, category, list of tags, or the like; None takes the field away."""
        with self.edit() as model:
            texts = model.texts["news"][key]
            fields = texts.get("lv", texts.get("en", ({}, "")))[0]
            fields[name] = value
            if value is None:
                del fields[name]

    def rename(self, folder: str, key: str, language: str) -> None:
        """Give a text another address; the old one leads to it."""
        with self.edit() as model:
            fields = model.texts[folder][key][language][0]
            slug = fields.get("slug", key.rpartition("/")[2])
            old = f"/{language}/{PATHS[language]}/{key[:4]}/{slug}/" if folder == "news" else f"/{language}/{slug}/"
            fields["slug"] = f"slug-{self.next()}"
            fields["aliases"] = [*fields.get("aliases", []), old]

    def rename_file(self, key: str) -> None:
        """Give an item another key, here and wherever it is named; its addresses stay."""
        with self.edit() as model:
            new = f"{key[:4]}/c{self.next()}"
            texts = model.texts["news"].pop(key)
            for fields, _ in texts.values():
                fields.setdefault("slug", key.rpartition("/")[2])
            model.texts["news"][new] = texts
            _everywhere(model, lambda text: new if text == key else text.replace(f"(news:{key})", f"(news:{new})"))

    def delete(self, folder: str, key: str, tidy: bool = True) -> None:
        """Delete anything with a key; `tidy` takes its name out of every list and text, without it errors follow."""
        with self.edit() as model:
            group = {**model.texts, **model.things, **model.tables}[folder]
            del group[key]
            if tidy:
                _forget(model, KINDS[folder], key)

    def delete_twin(self, key: str) -> None:
        """Delete the English text of an item and say so."""
        with self.edit() as model:
            model.texts["news"][key] = in_one(model.texts["news"][key], "lv")
            _everywhere(model, lambda text: text.replace(f"(news:{key})", "(page:guide)"))

    # Facts .................................................................

    def add_fact(self, folder: str) -> None:
        """Add a copy of the first of a kind under another name."""
        with self.edit() as model:
            group = {**model.things, **model.tables}[folder]
            number = self.next()
            new: Fields = copy.deepcopy(next(iter(group.values())))
            field_name = NAMES[folder]
            new[field_name] = {code: _numbered(text, number) for code, text in new[field_name].items()}
            if folder == "services":
                new["slug"] = {code: f"{text}-{number}" for code, text in new["slug"].items()}
            group[f"k{number}"] = new

    def edit_fact(self, folder: str, key: str, quiet: bool = False) -> None:
        """Edit the words that name a thing."""
        with self.edit(quiet=quiet) as model:
            fields = {**model.things, **model.tables}[folder][key]
            number = self.next()
            fields[NAMES[folder]] = {code: _numbered(text, number) for code, text in fields[NAMES[folder]].items()}

    def edit_figure(self, key: str, series: bool = False) -> None:
        """Another value, now or earlier."""
        with self.edit() as model:
            figure = model.tables["figures"][key]
            if series and figure.get("series"):
                figure = figure["series"][0]
            figure["value"] = 100 + self.next()

    def rename_facility(self, key: str) -> None:
        with self.edit() as model:
            number = self.next()
            model.things["facilities"][key]["slug"] = _both(f"vieta-{number}", f"place-{number}")

    # Files as they are .....................................................

    def edit_media(self, name: str, quiet: bool = False) -> None:
        """Add or change a picture or document."""
        with self.edit(quiet=quiet) as model:
            model.raw[f"content/media/{name}"] = _media(name, self.next())

    def delete_media(self, name: str) -> None:
        with self.edit() as model:
            model.raw.pop(f"content/media/{name}", None)

    def edit_template(self, name: str, quiet: bool = False) -> None:
        """Put or renew a mark in a template, macro or include."""
        with self.edit(quiet=quiet) as model:
            path, mark = f"templates/{name}", MARK.format(self.next())
            text = re.sub(r"<!-- \d{4} -->", "", model.raw[path].decode())
            anchor = TEMPLATES.get(name, "{# extra #}")
            assert anchor in text, f"{name} has no {anchor}"
            model.raw[path] = text.replace(anchor, anchor + mark, 1).encode()

    def add_include(self) -> None:
        """Let pages include a new file, which includes another."""
        with self.edit() as model:
            model.raw["templates/components/extra.html"] = b'{# extra #}{% include "components/inner.html" %}\n'
            model.raw["templates/components/inner.html"] = b"{# extra #}\n"
            path = "templates/pages/standing.html"
            line = '{% include "components/extra.html" %}'
            text = model.raw[path].decode().replace(line, "")
            model.raw[path] = text.replace("{% block main %}", "{% block main %}" + line, 1).encode()

    def delete_include(self) -> None:
        """Delete the inner file, which is an error as long as anything includes it."""
        with self.edit() as model:
            model.raw.pop("templates/components/inner.html", None)

    def edit_word(self, language: str, key: str) -> None:
        """Edit an interface word."""
        with self.edit() as model:
            path = f"templates/i18n/{language}.yaml"
            text = model.raw[path].decode()
            line = re.search(rf"(?m)^{re.escape(key)}: (.*)$", text)
            assert line, key
            word = _numbered(line[1].strip('"'), self.next())
            model.raw[path] = (
                text[: line.start(1)] + json.dumps(word, ensure_ascii=False) + text[line.end(1) :]
            ).encode()

    def edit_static(self, name: str, quiet: bool = False) -> None:
        """Put or renew a comment at the end of a style, a script or the sheet of pictograms."""
        with self.edit(quiet=quiet) as model:
            path, number = f"static/{name}", self.next()
            bare = re.sub(rb"(/\*|<!--) \d{4} (\*/|-->)\n$", b"", model.raw.get(path, b"<svg/>\n"))
            comment = MARK.format(number) if name.endswith(".svg") else f"/* {number:04d} */"
            model.raw[path] = bare + comment.encode() + b"\n"

    def spell_name(self, form: str) -> None:
        """A file of `static/` whose name has a mark: composed, decomposed, or neither."""
        with self.edit() as model:
            name = "static/zīme.svg"
            composed, decomposed = unicodedata.normalize("NFC", name), unicodedata.normalize("NFD", name)
            for one in (composed, decomposed):
                model.raw.pop(one, None)
            if form:
                model.raw[decomposed if form == "NFD" else composed] = _media("a.svg", self.next())

    def spell(self, path: str, spelling: str) -> None:
        """The same text in other bytes: line ends, decomposed letters, a byte order mark, a remark."""
        with self.edit() as model:
            model.spelt.pop(path, None)
            if spelling:
                model.spelt[path] = spelling

    # The configuration .....................................................

    def configure(self, name: str, value: Any) -> None:
        """Give a setting of site.yaml another value."""
        with self.edit() as model:
            model.config[name] = value

    def rename_label(self, group: str, index: int) -> None:
        """Rename a category or tag."""
        with self.edit() as model:
            label = model.config[group][index]
            label["name"] = {code: _numbered(text, self.next()) for code, text in label["name"].items()}

    def add_tag(self, key: str) -> None:
        """Add a tag and give it to an item."""
        with self.edit() as model:
            number = self.next()
            name = f"t{number}"
            model.config["tags"].append(
                {"key": name, "slug": _both(name, name), "name": _both(f"Birka {number}", f"Tag {number}")}
            )
            texts = model.texts["news"][key]
            fields = texts.get("lv", texts.get("en", ({}, "")))[0]
            fields["tags"] = [*fields["tags"], name]

    def redirect(self, target: str) -> None:
        """Add a redirect, or without target take the newest away."""
        with self.edit() as model:
            redirects = model.config["redirects"]
            if target:
                redirects.append({"from": f"/old-{self.next()}/", "to": target})
            elif redirects:
                redirects.pop()

    # Errors and repairs ....................................................

    def break_it(self, name: str) -> None:
        """Write something wrongly."""
        with self.edit() as model:
            model.wrong[WRONG[name][0]] = name

    def repair(self) -> None:
        """Put right what was written wrongly."""
        with self.edit() as model:
            model.wrong = {}

    def revert(self) -> None:
        """Take the last edit back, or the taking back."""
        if self.before:
            self.model, self.before = self.before, self.model
            self.save()

    def return_to_good(self) -> None:
        """Take back all that was done since a build last published."""
        self.model = copy.deepcopy(self.good)
        self.save()

    # What is asked of a build ..............................................

    def move_date(self, days: int) -> None:
        """The day of the build, counted from the first; it may go back."""
        self.today = (datetime.date.fromisoformat(TODAY) + datetime.timedelta(days=days)).isoformat()

    def show_drafts(self, shown: bool) -> None:
        self.drafts = shown

    def use_output(self, name: str) -> None:
        self.output = name

    def use_tool(self, name: str) -> None:
        """Take another version of the generator."""
        self.tool = name

    def clean_build(self) -> None:
        """The next build is one with `--clean`."""
        self.rewrite = True

    def command_line(self) -> None:
        """The next build is made by the command line in a process of its own."""
        self.by_command = True

    def kill_first(self, milliseconds: int) -> None:
        """Before the next build another is begun and killed."""
        self.killed_after = milliseconds

    def wait(self) -> None:
        """The next step is taken without a build after it."""
        self.waits = True

    # What happens to files .................................................

    def touch(self, path: str) -> None:
        """A file is saved as it is."""
        os.utime(self.project.folder / path)

    def fresh_checkout(self) -> None:
        """Every file has a new time, as after a checkout."""
        for path in self.project.files:
            os.utime(self.project.folder / path)

    def forget_memory(self) -> None:
        """The cache is deleted."""
        shutil.rmtree(self.memory, ignore_errors=True)

    def damage_memory(self, place: int, how: str) -> None:
        """A file of the cache is cut, emptied, changed in one bit, or deleted; `place` is where in the sorted files."""
        files = sorted(path for path in self.memory.rglob("*") if path.is_file())
        if not files:
            return
        path = files[place % len(files)]
        content = path.read_bytes()
        if how == "delete":
            path.unlink()
        elif how == "cut":
            path.write_bytes(content[: len(content) // 2])
        elif how == "empty":
            path.write_bytes(b"")
        elif content:
            at = place % len(content)
            path.write_bytes(content[:at] + bytes([content[at] ^ 1 << place % 8]) + content[at + 1 :])

    def keep_memory(self) -> None:
        """A copy of the cache is put aside, as a build server does."""
        shutil.rmtree(self.beside, ignore_errors=True)
        if self.memory.exists():
            shutil.copytree(self.memory, self.beside, symlinks=True)

    def restore_memory(self) -> None:
        """The copy that was put aside takes the cache's place."""
        if self.beside.exists():
            shutil.rmtree(self.memory, ignore_errors=True)
            shutil.copytree(self.beside, self.memory, symlinks=True)

    def delete_output(self) -> None:
        """The output is deleted, with all that is not ours in it."""
        if self.public.is_symlink():
            self.public.unlink()
        shutil.rmtree(self.public, ignore_errors=True)
        self.foreign[self.output] = {}

    def damage_output(self, place: int, how: str) -> None:
        """Somebody deletes or changes a page of the output; `place` is where in the sorted pages."""
        root, foreign = self.public.resolve(), self.foreign[self.output]
        pages = [path for path in sorted(root.rglob("*.html")) if path.relative_to(root).as_posix() not in foreign]
        if pages and how == "delete":
            pages[place % len(pages)].unlink()
        elif pages:
            pages[place % len(pages)].write_text("<p>by hand</p>", "utf-8")

    def add_foreign(self, name: str) -> None:
        """Somebody puts a file into the output."""
        if self.public.exists():
            target = self.public / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(f"{self.next()}".encode())
            self.foreign[self.output][name] = target.read_bytes()


def _numbered(text: str, number: int) -> str:
    """A text with a number of four digits at its end, in place of the last one."""
    return re.sub(r" \d{4}(\.?)$|(\.?)$", lambda found: f" {number:04d}{found[1] or found[2] or ''}", text, count=1)


def _everywhere(model: Model, change: Callable[[str], str]) -> None:
    """Change every text that is not a key."""

    def walk(value: Any) -> Any:
        if isinstance(value, str):
            return change(value)
        if isinstance(value, tuple):
            return tuple(map(walk, value))
        if isinstance(value, list):
            return [walk(one) for one in value]
        return {key: walk(one) for key, one in value.items()} if isinstance(value, dict) else value

    model.texts, model.tables, model.things, model.config = map(
        walk, (model.texts, model.tables, model.things, model.config)
    )


def _forget(model: Model, kind: str, key: str) -> None:
    """Take the name of something out of lists, fields and texts."""
    named = re.compile(rf"\[\[{kind}:{re.escape(key)}( [a-z-]+)?\]\]|\({kind}:{re.escape(key)}\)")
    _everywhere(model, lambda text: named.sub(lambda found: "(page:guide)" if found[0][0] == "(" else "–", text))

    def walk(value: Any) -> None:
        parts = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
        for one in parts:
            walk(one)
        if isinstance(value, list) and key in value:
            value.remove(key)
        if isinstance(value, list):
            value[:] = [one for one in value if not (isinstance(one, dict) and one.get("figure") == key)]
        if isinstance(value, dict) and value.get(kind) == key:
            del value[kind]

    walk([model.texts, model.tables, model.things, model.config])
