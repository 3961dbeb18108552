"""The Jinja environment: strict, escaping, and blind to everything but the view and the words it is given."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2

from site_builder.i18n.words import UnknownWord, Words
from site_builder.markup.languages import Marker
from site_builder.outputs.planned_file import RenderedFile, Template
from site_builder.problems import Phrase, Place, Problem, phrase, problem

TEMPLATES_FOLDER = "templates"
# Elements in which white space is text (HTML 15.3.1); the second group is the name.
AS_TYPED = re.compile(r"(<(pre|textarea)\b.*?</\2>)", re.DOTALL)


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
    outside = [re.sub(r"\s*\n\s*", "\n", part, flags=re.ASCII) for part in parts[::3]]
    return "".join(part + typed for part, typed in zip(outside, (*parts[1::3], ""), strict=True)).lstrip("\n")


class Templates:
    """The project's templates with the words of each language, and what marks other languages' names in a page."""

    def __init__(self, project: Path, words: dict[str, Words], markers: Mapping[str, Marker]) -> None:
        self.folder = project / TEMPLATES_FOLDER
        self.words = words
        self.markers = markers
        self.environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(self.folder),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )

    def render(self, path: str, template: Template, view: Any) -> RenderedFile:
        """Make a page. Raises TemplateFailed with template, line, and the page being made."""
        try:
            found = self.environment.get_template(template.name)
            text = without_indentation(found.render(view=view, t=self.words[template.language]))
        except Exception as error:  # a template can raise anything, and whatever it is, the template is where to look
            raise TemplateFailed(self._problem(error, template, path)) from error
        return RenderedFile(path, self.markers[template.language](text).encode("utf-8"))

    def _problem(self, error: Exception, template: Template, path: str) -> Problem:
        name, line = self._where(error, template.name)
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
