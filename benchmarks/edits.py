"""The changes that are measured: how each is made in either generator, and how it is seen in the written pages."""

import html
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from corpus import figure_key
from engines import Engine, edited_item
from items import Item
from sentences import LANGUAGES, NOUN, TAGS

# The language whose texts are edited and looked at.
SEEN = "en"


@dataclass(slots=True)
class Subject:
    """A generator with its copy of the corpus, the item that is edited, by its key of now, and what `add` puts back.

    `before` are the keys that the item had.
    """

    engine: Engine
    items: tuple[Item, ...]
    item: Item
    deleted: dict[Path, str] = field(default_factory=dict)
    before: list[str] = field(default_factory=list)

    @property
    def page(self) -> Path:
        return self.engine.page(self.engine.address(self.item.key, SEEN))


Check = Callable[[], bool]
Edit = Callable[[Subject, int], Check]


def subject(engine: Engine, items: tuple[Item, ...]) -> Subject:
    """The item in the middle that no other links to."""
    return Subject(engine, items, edited_item(items))


def cold(one: Subject, number: int) -> Check:
    """No cache and no output."""
    one.engine.forget()
    return one.page.is_file


def same(one: Subject, number: int) -> Check:
    """Nothing changed since the last build."""
    return one.page.is_file


def restored(one: Subject, number: int) -> Check:
    """As in CI: the cache is back, the output is not, and every file has a new time."""
    one.engine.drop_output()
    for path in (path for path in one.engine.source.rglob("*") if path.is_file() and ".site-builder" not in path.parts):
        path.touch()
    return one.page.is_file


def body(one: Subject, number: int) -> Check:
    """A line is added to a text, or the line that was added is another."""
    path = one.engine.news_file(one.item.key, SEEN)
    text = re.sub(r"\nCorrected line .*\n", "", path.read_text("utf-8"))
    path.write_text(f"{text}\nCorrected line z{number}z.\n", "utf-8")
    return _shows(one.page, f"z{number}z")


def title(one: Subject, number: int) -> Check:
    """An item has another title, which lists and neighbours show too."""
    wanted = f"{one.item.title[LANGUAGES.index(SEEN)]} z{number}z"
    _set_field(one.engine.news_file(one.item.key, SEEN), "title", wanted)
    return lambda: wanted in _read(one.page) and any(wanted in _read(page) for page in _year_pages(one))


def tag(one: Subject, number: int) -> Check:
    """An item leaves the list of one tag and joins that of another."""
    own = set(one.item.tags)
    others = [index for index in range(len(TAGS)) if index not in own]
    wanted = TAGS[others[number % len(others)]][0]
    for path in _shared_files(one):
        _set_field(path, "tags", [*(TAGS[index][0] for index in one.item.tags[1:]), wanted])
    listing = one.engine.page(f"/{SEEN}/{one.engine.tags}/{wanted}/").parent
    address = one.engine.address(one.item.key, SEEN)
    return lambda: any(f'"{address}"' in _read(page) for page in listing.rglob("index.html"))


def fact(one: Subject, number: int) -> Check:
    """A figure is another, which the articles that name it print."""
    naming = [(item, block.figure) for item in one.items for block in item.blocks if block.figure is not None]
    if not naming:
        raise LookupError("no item of this corpus names a figure: take more items")
    item, figure = naming[0]
    value = 200 + number % 700
    pattern = rf"(?m)^({figure_key(figure)}:\n(?:  .*\n)*?  value: )\d+$"
    _substitute(one.engine.source / one.engine.figures, pattern, rf"\g<1>{value}")
    return _shows(one.engine.page(one.engine.address(item.key, SEEN)), f"{value} {NOUN[SEEN]['other']}")


def word(one: Subject, number: int) -> Check:
    """A word that stands on every page."""
    return _word(one, "skip", number, lambda: one.page)


def rare_word(one: Subject, number: int) -> Check:
    """A word that stands on one page of a language."""
    return _word(one, one.engine.rare_word, number, lambda: one.engine.output / SEEN / one.engine.rare_page)


def delete(one: Subject, number: int) -> Check:
    """An item goes, in both languages, from its page and from the lists. Hugo leaves the old page where it was.

    Our generator is told that its addresses were withdrawn, and so reads another configuration.
    """
    address = f'"{one.engine.address(one.item.key, SEEN)}"'
    if one.engine.withdrawing:
        path = one.engine.source / one.engine.withdrawing
        one.deleted[path] = path.read_text("utf-8")
        path.write_text(one.deleted[path] + _withdrawn(one), "utf-8")
    for path in _files(one):
        one.deleted[path] = path.read_text("utf-8")
        path.unlink()
    left = one.engine.name == "hugo"
    return lambda: (left or not one.page.exists()) and not any(address in _read(page) for page in _year_pages(one))


def add(one: Subject, number: int) -> Check:
    """The item that was deleted is published (again)."""
    for path, text in one.deleted.items():
        path.write_text(text, "utf-8")
    one.deleted.clear()
    return lambda: one.page.is_file() and any(one.item.slug in _read(page) for page in _year_pages(one))


def rename(one: Subject, number: int) -> Check:
    """An item has another address, and its old one leads to it."""
    before = one.item
    one.item = replace(before, slug=f"{re.sub(r'-z[0-9]+$', '', before.slug)}-z{number}")
    for language in LANGUAGES:
        path = one.engine.news_file(one.item.key, language)
        one.engine.news_file(before.key, language).rename(path)
        _set_field(path, "aliases", [one.engine.alias(key, language) for key in (before.key, *one.before)])
    one.before.append(before.key)
    old = one.engine.page(one.engine.address(before.key, SEEN))
    return lambda: one.page.is_file() and one.engine.address(one.item.key, SEEN) in _read(old)


# In the order in which they are measured: `add` puts back what `delete` took.
EDITS: dict[str, Edit] = {
    "cold": cold,
    "same": same,
    "body": body,
    "title": title,
    "tag": tag,
    "fact": fact,
    "word": word,
    "rare-word": rare_word,
    "delete": delete,
    "add": add,
    "rename": rename,
    "restored": restored,
}


# Files --------------------------------------------------------------------------------------------------------


def _files(one: Subject) -> Iterator[Path]:
    return (one.engine.news_file(one.item.key, language) for language in LANGUAGES)


def _shared_files(one: Subject) -> Iterator[Path]:
    """The files that say what holds in every language: one of ours, each of Hugo's."""
    return (one.engine.news_file(one.item.key, language) for language in one.engine.shared)


def _withdrawn(one: Subject) -> str:
    addresses = [one.engine.address(key, language) for key in (one.item.key, *one.before) for language in LANGUAGES]
    lines = [f"- {{address: {address}, reason: {{lv: Kļūda, en: A mistake}}}}\n" for address in addresses]
    return "".join(("withdrawn:\n", *lines))


def _set_field(path: Path, key: str, value: str | list[str]) -> None:
    line = f"{key}: {json.dumps(value, ensure_ascii=False)}\n"
    text = re.sub(rf"(?m)^{key}: .*\n", "", path.read_text("utf-8"), count=1)
    path.write_text(text.replace("---\n", f"---\n{line}", 1), "utf-8")


def _substitute(path: Path, pattern: str, replacement: str) -> None:
    text, count = re.subn(pattern, replacement, path.read_text("utf-8"), count=1)
    if not count:
        raise LookupError(f"{path} has no {pattern}")
    path.write_text(text, "utf-8")


def _word(one: Subject, key: str, number: int, page: Callable[[], Path]) -> Check:
    _substitute(one.engine.source / one.engine.words / f"{SEEN}.yaml", rf"(?m)^({key}: \w+).*$", rf"\1 z{number}z")
    return lambda: f"z{number}z" in _read(page())


def _year_pages(one: Subject) -> Iterator[Path]:
    """The pages of the list of the item's year."""
    folder = one.engine.page(f"/{SEEN}/{one.engine.news[SEEN]}/{one.item.day.year}/").parent
    yield folder / "index.html"
    yield from folder.glob("page/*/index.html")


def _shows(page: Path, words: str) -> Check:
    return lambda: words in _read(page)


def _read(page: Path) -> str:
    """The words and addresses of a page: its text, and the values of attributes in quotation marks."""
    text = page.read_text("utf-8") if page.is_file() else ""
    return text + " ".join(html.unescape(re.sub(r"<[^>]+>", "", text)).replace("\u00a0", " ").split())
