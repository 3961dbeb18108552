"""Why files were made again, in words: which input changed, as a file or a field that a person can open."""

from collections.abc import Iterable, Iterator, Mapping

from site_builder.content_types import CONTENT_TYPES, ContentType
from site_builder.engine.dependencies import InputName
from site_builder.engine.task_runner import Reason
from site_builder.i18n.words import WORDS_FOLDER
from site_builder.outputs.planned_file import page_path
from site_builder.phrases import PHRASES
from site_builder.problems import Phrase, phrase
from site_builder.project import CONFIG_PATH
from site_builder.record.log import LOG
from site_builder.templating import TEMPLATES_FOLDER

TYPES: Mapping[str, ContentType] = {one.kind: one for one in CONTENT_TYPES}
# Inputs that are files of a folder, or the folder itself; and inputs of which there is one.
FOLDERS = {"template": TEMPLATES_FOLDER, "media": "content/media", "assets": "static"}
SINGLE = {
    "marks": phrase("why.names"),
    "citations": phrase("why.citations", path=f"content/{TYPES['source'].where}"),
    "record": phrase("why.file", path=LOG),
}


def lines(made: Mapping[str, Reason], language: str) -> Iterator[str]:
    """A line for each file that was made, by path, with the reason in the language of messages."""
    for path, reason in sorted(made.items()):
        yield f"{path} ← {reason_text(reason, language)}"


def reason_text(reason: Reason, language: str) -> str:
    """A reason as words: the inputs that changed, or what else made the file necessary."""
    if reason.cause != "inputs":
        return PHRASES[f"why.{reason.cause}"][language]
    return ", ".join(dict.fromkeys(input_phrase(one).text(language) for one in reason.inputs))


def find_path(wanted: str, paths: Iterable[str]) -> str | None:
    """The file that a person means: by its path in the output, or by the address of the page."""
    known = set(paths)
    name = wanted.strip().removeprefix("./").lstrip("/")
    candidates = (name, page_path(name), page_path(f"{name}/"), name.partition("/")[2])
    return next((one for one in candidates if one in known), None)


def input_phrase(name: InputName) -> Phrase:
    """What an input is for the person who changed it."""
    kind, *rest = name
    if kind in ("entry", "text", "body", "places"):
        return _entry_phrase(kind, *rest)
    if kind == "config":
        return phrase("why.day") if rest == ["today"] else _file(f"{CONFIG_PATH}: {rest[0]}")
    if kind == "word":
        return _file(": ".join((f"{WORDS_FOLDER}/{rest[0]}.yaml", *rest[1:])))
    if kind == "formats":
        return phrase("why.formats", path=f"{WORDS_FOLDER}/{rest[0]}.yaml" if rest else CONFIG_PATH)
    if kind in ("news", "kind", "aliases"):
        return phrase("why.list", path=f"content/{TYPES[rest[0] if rest else 'news'].where}")
    if kind == "media-files":
        return _file(f"{FOLDERS['media']}/")
    if kind in FOLDERS:
        return _file(f"{FOLDERS[kind]}/{rest[0] if rest else ''}")
    return SINGLE[kind]


def _file(path: str) -> Phrase:
    return phrase("why.file", path=path)


def _entry_phrase(part: str, kind: str, key: str, language: str = "*") -> Phrase:
    """The file of an entry and the part of it that changed; of a fact, the file."""
    where = f"content/{TYPES[kind].where}"
    if part == "places":
        return phrase("why.places", path=f"{where}/{key}.*.md" if TYPES[kind].layout == "markdown" else where)
    if TYPES[kind].layout == "markdown":
        return phrase("why.body" if part == "body" else "why.fields", path=f"{where}/{key}.{language}.md")
    return _file(f"{where}: {key}" if TYPES[kind].layout == "table" else f"{where}/{key}.yaml")
