"""The Jinja environment: strict, escaping, and blind to everything but the view and the words it is given."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import jinja2
from jinja2.bccache import Bucket

from site_builder.engine.dependencies import DependencyTracker
from site_builder.i18n.words import UnknownWord, Words
from site_builder.markup.languages import Marker
from site_builder.outputs.planned_file import FromTemplate
from site_builder.problems import Phrase, Place, Problem, phrase, problem
from site_builder.store import Store

TEMPLATES_FOLDER = "templates"
# Elements in which white space is text (HTML 15.3.1); the second group is the name.
AS_TYPED = re.compile(r"(<(pre|textarea)\b.*?</\2>)", re.DOTALL)
# That of HTML, to which a vertical tab is added, and no no-break space.
WHITE_SPACE = " \t\r\f\v"


class TemplateFailed(Exception):
    """A template could not be made; carries the problem."""

    def __init__(self, found: Problem) -> None:
        super().__init__(str(found.place))
        self.found = found


def without_indentation(html: str) -> str:
    """A page without the empty lines and the indentation of its templates, for which readers would pay.

    `pre` and `textarea` keep every space, and a no-break space is text everywhere.
    """
    parts = AS_TYPED.split(html)
    outside = map(_without_indentation, parts[::3])
    return "".join(part + typed for part, typed in zip(outside, (*parts[1::3], ""), strict=True)).lstrip("\n")


def _without_indentation(html: str) -> str:
    """White space that holds line breaks becomes one line break: so for each line, which is faster than a pattern."""
    if "\n" not in html:
        return html
    first, *between, last = html.split("\n")
    lines = filter(None, [line.strip(WHITE_SPACE) for line in between])
    return "\n".join((first.rstrip(WHITE_SPACE), *lines, last.lstrip(WHITE_SPACE)))


class _Environment(jinja2.Environment):
    """Notes every template that a page uses, also those that are extended, included or imported."""

    tracker: DependencyTracker

    def _load_template(self, name: str, globals: Any) -> jinja2.Template:  # noqa: A002  # Jinja's name
        if ("template", name) not in self.tracker.inputs:
            self.tracker.record_read("template")
            raise jinja2.TemplateNotFound(name)
        self.tracker.record_read("template", name)
        return super()._load_template(name, globals)


class _KeptBytecode(jinja2.BytecodeCache):
    """Compiled templates in the store, whose checksum keeps a damaged one from being run."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def load_bytecode(self, bucket: Bucket) -> None:
        kept = self.store.get("templates", bucket.key.encode())
        if kept:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.store.put("templates", [(bucket.key.encode(), bucket.bytecode_to_string())])


class Templates:
    """The project's templates with the words of each language, and what marks other languages' names in a page."""

    def __init__(
        self,
        project: Path,
        words: Mapping[str, Words],
        markers: Mapping[str, Marker],
        tracker: DependencyTracker,
        store: Store,
    ) -> None:
        self.folder = project / TEMPLATES_FOLDER
        self.words = words
        self.markers = markers
        self.tracker = tracker
        found = {path.relative_to(self.folder).as_posix(): path for path in sorted(self.folder.rglob("*.html"))}
        tracker.set_input(("template",), tuple(found))
        self.sources = {name: path.read_bytes() for name, path in found.items()}
        for name, content in self.sources.items():
            tracker.set_input(("template", name), content)
        self.environment = _Environment(
            loader=jinja2.FunctionLoader(self._source),
            bytecode_cache=_KeptBytecode(store),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self.environment.tracker = tracker

    def _source(self, name: str) -> tuple[str, str, Callable[[], bool]]:
        """A template as it was when the build began, and its place: what is saved meanwhile is for the next build."""
        return self.sources[name].decode("utf-8"), str(self.folder / name), lambda: True

    def render(self, path: str, page: FromTemplate) -> bytes:
        """Make a page. Raises TemplateFailed with template, line, and the page being made."""
        try:
            found = self.environment.get_template(page.template)
            text = without_indentation(found.render(view=page.view, t=self.words[page.language]))
        except Exception as error:  # a template can raise anything, and whatever it is, the template is where to look
            raise TemplateFailed(self._problem(error, page, path)) from error
        self.tracker.record_read("marks", page.language)
        return self.markers[page.language](text).encode("utf-8")

    def _problem(self, error: Exception, template: FromTemplate, path: str) -> Problem:
        name, line = self._where(error, template.template)
        place = Place(f"{TEMPLATES_FOLDER}/{name}", line)
        if isinstance(error, jinja2.TemplateNotFound):
            return problem("template-missing", place, name=error.name, page=path)
        if isinstance(error, UnknownWord):
            hint: Phrase = phrase("hint.word", file=f"{TEMPLATES_FOLDER}/i18n/{template.language}.yaml")
            return problem("template-word", place, key=error.key, page=path, hint=hint)
        said = getattr(error, "message", None) or str(error) or type(error).__name__
        return problem("template-error", place, said=said, page=path)

    def _where(self, error: Exception, fallback: str) -> tuple[str, int]:
        """Template and line: from a syntax error itself, else from the last template frame of the traceback."""
        if isinstance(error, jinja2.TemplateSyntaxError):
            return error.name or fallback, error.lineno
        name, line = fallback, 1
        step = error.__traceback__
        while step is not None:
            file = Path(step.tb_frame.f_code.co_filename)
            if file.is_relative_to(self.folder):
                name, line = file.relative_to(self.folder).as_posix(), step.tb_lineno
            step = step.tb_next
        return name, line
