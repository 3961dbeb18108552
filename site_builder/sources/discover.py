"""Walks `content/`: which files there are, of what content type, key and language; reports what fits nowhere."""

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from site_builder.content_types import CONTENT_TYPES, ContentType
from site_builder.problems import Phrase, Place, Problem, did_you_mean, phrase, problem

KEY_SHAPE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*")
MEDIA_SHAPE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")
MEDIA_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".svg", ".pdf", ".docx", ".xlsx", ".csv")
# The configuration and the record of changes, which have readers of their own.
NO_CONTENT = ("site.yaml", "changes.yaml")
IGNORED = (".DS_Store", "Thumbs.db", "desktop.ini", ".gitkeep")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of the content; `path` is relative to the project, `language` only for Markdown."""

    path: str
    type: ContentType
    key: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Discovered:
    """All source files, and the names of the media, each in a fixed order."""

    files: tuple[SourceFile, ...]
    media: tuple[str, ...]
    problems: tuple[Problem, ...]


def discover(project: Path, languages: tuple[str, ...]) -> Discovered:
    """List the content of a project. Symbolic links that leave it are refused."""
    files: list[SourceFile] = []
    media: list[str] = []
    problems: list[Problem] = []
    root = project.resolve()
    for inside, entry in sorted(_walk(project / "content"), key=lambda found: found[0].split("/")):
        shown = f"content/{inside}"
        if _passed_over(entry) or inside in NO_CONTENT:
            continue
        if entry.is_dir():
            problems.append(problem("unknown-file", Place(shown), hint=phrase("hint.folder-as-file")))
        elif entry.is_symlink() and not _stays_inside(Path(entry.path), root):
            problems.append(problem("link-outside", Place(shown)))
        elif inside.startswith("media/"):
            wrong = list(_media_problems(shown, inside))
            problems += wrong
            if not wrong:
                media.append(inside.removeprefix("media/"))
        else:
            found = _source_file(shown, inside, languages)
            if isinstance(found, SourceFile):
                files.append(found)
            else:
                problems.append(found)
    return Discovered(tuple(files), tuple(media), (*problems, *_lonely_folders(project)))


def _walk(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Everything in a folder and its folders, with its path in NFC; links to folders are not followed."""
    waiting = [(str(folder), "")]
    while waiting:
        path, inside = waiting.pop()
        try:
            entries = list(os.scandir(path))
        except OSError:
            continue
        for entry in entries:
            name = unicodedata.normalize("NFC", inside + entry.name)
            yield name, entry
            if entry.is_dir(follow_symlinks=False):
                waiting.append((entry.path, name + "/"))


def _passed_over(entry: os.DirEntry[str]) -> bool:
    """Folders, and what editors and desktops leave behind."""
    if entry.is_dir():
        return not entry.is_symlink() and not entry.name.endswith((".md", ".yaml"))
    return left_behind(entry.name)


def left_behind(name: str) -> bool:
    """Whether a file of this name is an editor's or a desktop's own."""
    return name in IGNORED or name.startswith((".", "#")) or name.endswith(("~", ".swp", ".tmp", ".bak"))


def _stays_inside(path: Path, root: Path) -> bool:
    """Whether a file, with all links followed, is in the project."""
    try:
        return path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):
        return False


def _media_problems(shown: str, inside: str) -> Iterable[Problem]:
    name = inside.removeprefix("media/")
    if not MEDIA_SHAPE.fullmatch(name):
        yield problem("bad-media-name", Place(shown), value=name, hint=phrase("hint.bad-media-name"))
    elif not name.lower().endswith(MEDIA_ENDINGS):
        yield problem(
            "media-type", Place(shown), value=name, hint=phrase("hint.known-names", names=", ".join(MEDIA_ENDINGS))
        )


def _source_file(shown: str, inside: str, languages: tuple[str, ...]) -> SourceFile | Problem:
    for content_type in CONTENT_TYPES:
        if content_type.layout == "table" and inside == content_type.where:
            return SourceFile(shown, content_type, "")
        folder = content_type.where + "/"
        if content_type.layout == "files" and inside.startswith(folder) and inside.endswith(".yaml"):
            return _with_key(SourceFile(shown, content_type, inside.removeprefix(folder).removesuffix(".yaml")))
        if content_type.layout == "markdown" and inside.startswith(folder) and inside.endswith(".md"):
            return _markdown_file(shown, inside.removeprefix(folder), content_type, languages)
    return problem("unknown-file", Place(shown), hint=_where_hint(inside))


def _markdown_file(
    shown: str, rest: str, content_type: ContentType, languages: tuple[str, ...]
) -> SourceFile | Problem:
    match = re.fullmatch(r"(.+)\.([^./]+)\.md", rest)
    if not match or match[2] not in languages:
        name = match[1] if match else rest.removesuffix(".md")
        example = f"{name.rsplit('/', 1)[-1]}.{languages[0]}.md"
        return problem("no-language", Place(shown), hint=phrase("hint.no-language", example=example))
    if content_type.kind == "news" and not re.match(r"\d{4}/", rest):
        return problem("no-year-folder", Place(shown), hint=phrase("hint.no-year-folder"))
    return _with_key(SourceFile(shown, content_type, match[1], match[2]))


def _with_key(found: SourceFile) -> SourceFile | Problem:
    if not KEY_SHAPE.fullmatch(found.key):
        return problem("bad-file-name", Place(found.path), value=found.key, hint=phrase("hint.bad-file-name"))
    return found


def _where_hint(inside: str) -> Phrase:
    known = [content_type.where + ("/" if content_type.layout != "table" else "") for content_type in CONTENT_TYPES]
    return did_you_mean(inside, [*known, "media/"])


def _lonely_folders(project: Path) -> list[Problem]:
    if (project / "content").is_dir():
        return []
    return [problem("no-content", Place("content"))]
