"""The Jinja environment: sandboxed, strict, escaping, and blind to everything but the view and the words it is given.

A template may use the filters, tests and global names that are listed here, and public attributes of the values that
it is given. Templates are compiled in each process that uses them: compiled ones would be code in the cache.
"""

import contextlib
import dataclasses
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal, NoReturn

import jinja2
from jinja2 import nodes
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from site_builder.engine.dependencies import DependencyTracker
from site_builder.i18n.words import UnknownWord, Words
from site_builder.markup.languages import Marker
from site_builder.outputs.planned_file import FromTemplate
from site_builder.problems import Phrase, Place, Problem, did_you_mean, phrase, problem

TEMPLATES_FOLDER = "templates"
# All that templates may use of Jinja's own.
FILTERS = frozenset({
    "first", "format", "join", "length", "list", "lower", "rejectattr", "replace", "safe", "selectattr", "upper",
})  # fmt: skip
TESTS: frozenset[str] = frozenset()
GLOBALS = frozenset({"namespace"})
# Elements in which white space is text (HTML 15.3.1); the second group is the name.
AS_TYPED = re.compile(r"(<(pre|textarea)\b.*?</\2>)", re.DOTALL)
# That of HTML, to which a vertical tab is added, and no no-break space.
WHITE_SPACE = " \t\r\f\v"


class TemplateFailed(Exception):
    """A template could not be made; carries the problem."""

    def __init__(self, found: Problem) -> None:
        super().__init__(str(found.place))
        self.found = found


class Forbidden(Exception):
    """A template uses what it may not; `template` and `line` are set where that was found before it ran."""

    def __init__(
        self, kind: Literal["filter", "test", "attribute"], name: str, template: str = "", line: int = 0
    ) -> None:
        super().__init__(f"{kind} {name}")
        self.kind = kind
        self.name = name
        self.template = template
        self.line = line


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


class _Environment(ImmutableSandboxedEnvironment):
    """Notes every template that a page uses, also those that are extended, included or imported.

    Raises Forbidden for a name that a template may not use: at compile time for a literal name, at run time for a
    computed one.
    """

    tracker: DependencyTracker

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        for used, allowed in ((self.filters, FILTERS), (self.tests, TESTS), (self.globals, GLOBALS)):
            for name in used.keys() - allowed:
                del used[name]
        self._fields = _FieldsOfTypes()
        # the templates that each template names, once it is compiled
        self._used: dict[str, set[str]] = {}

    def _load_template(self, name: str, globals: Any) -> jinja2.Template:  # noqa: A002  # Jinja's name
        if ("template", name) not in self.tracker.inputs:
            self.tracker.record_read("template")
            raise jinja2.TemplateNotFound(name)
        self.tracker.record_read("template", name)
        found = super()._load_template(name, globals)
        self._record(name)
        return found

    def _record(self, name: str) -> None:
        """Record a template and those that it names: Jinja loads what an imported one imports only once a process."""
        waiting, seen = [name], {name}
        while waiting:
            self.tracker.record_read("template", waiting[-1])
            more = self._used.get(waiting.pop(), set()) - seen
            seen |= more
            waiting += (one for one in more if ("template", one) in self.tracker.inputs)

    def _generate(self, source: nodes.Template, name: str | None, *arguments: Any, **options: Any) -> str:
        """Jinja's hook between parsing a template and compiling it."""
        for node in source.find_all((nodes.Filter, nodes.Test, nodes.Getattr)):
            _refuse(node, name or "")
        using: list[Any] = list(source.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)))
        names = (one for node in using for one in (node.template, *node.template.find_all(nodes.Const)))
        self._used[name or ""] = {one.value for one in names if isinstance(one, nodes.Const)}
        return super()._generate(source, name, *arguments, **options)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """As the sandbox has it, with a short way to what needs no question: the fields of views, and macros."""
        if attribute in self._fields[type(obj)]:
            return getattr(obj, attribute)
        if type(obj) is TemplateModule and attribute[0] != "_" and attribute in obj.__dict__:
            return obj.__dict__[attribute]
        return super().getattr(obj, attribute)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805  # as in Jinja
        """As the sandbox has it, with a short way to macros, which take the evaluation context, and to words."""
        kind = type(__obj)
        if kind is Macro or kind is Words:
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
            return __obj(__context.eval_ctx, *args, **kwargs) if kind is Macro else __obj(*args, **kwargs)
        return super().call(__context, __obj, *args, **kwargs)

    def unsafe_undefined(self, obj: Any, attribute: str) -> NoReturn:
        """What the sandbox calls for an attribute that is not safe."""
        raise Forbidden("attribute", attribute)


def _refuse(node: nodes.Node, template: str) -> None:
    """Raise Forbidden for a filter or test that is not listed, and for an attribute that is not public."""
    match node:
        case nodes.Filter(name=name) if name not in FILTERS:
            raise Forbidden("filter", name, template, node.lineno)
        case nodes.Test(name=name) if name not in TESTS:
            raise Forbidden("test", name, template, node.lineno)
        case nodes.Getattr(attr=name) if name.startswith("_"):
            raise Forbidden("attribute", name, template, node.lineno)


class _FieldsOfTypes(dict[type, frozenset[str]]):
    """The names of the public fields of named tuples and dataclasses; nothing for other types."""

    def __missing__(self, kind: type) -> frozenset[str]:
        fields = [field.name for field in dataclasses.fields(kind)] if dataclasses.is_dataclass(kind) else ()
        names = getattr(kind, "_fields", ()) if issubclass(kind, tuple) else fields
        self[kind] = frozenset(name for name in names if not name.startswith("_"))
        return self[kind]


class Templates:
    """The project's templates with the words of each language, and what marks other languages' names in a page."""

    def __init__(
        self, project: Path, words: Mapping[str, Words], markers: Mapping[str, Marker], tracker: DependencyTracker
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

    def compile(self) -> None:
        """Compile all templates, so that forked workers need not do so each; one that fails is a page's problem."""
        for name in self.sources:
            with contextlib.suppress(jinja2.TemplateError, UnicodeDecodeError, Forbidden):
                self.environment.get_template(name)

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
        if isinstance(error, Forbidden):
            allowed = {"filter": FILTERS, "test": TESTS}.get(error.kind)
            near = did_you_mean(error.name, allowed) if allowed else None
            return problem("template-forbidden", place, variant=error.kind, name=error.name, page=path, hint=near)
        said = getattr(error, "message", None) or str(error) or type(error).__name__
        return problem("template-error", place, said=said, page=path)

    def _where(self, error: Exception, fallback: str) -> tuple[str, int]:
        """Template and line: from a syntax error itself, else from the last template frame of the traceback."""
        if isinstance(error, jinja2.TemplateSyntaxError):
            return error.name or fallback, error.lineno
        if isinstance(error, Forbidden) and error.line:
            return error.template, error.line
        name, line = fallback, 1
        step = error.__traceback__
        while step is not None:
            file = Path(step.tb_frame.f_code.co_filename)
            if file.is_relative_to(self.folder):
                name, line = file.relative_to(self.folder).as_posix(), step.tb_lineno
            step = step.tb_next
        return name, line
