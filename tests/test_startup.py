"""What is loaded when: a start with nothing to do stays light, and imports point one way."""

import ast
import subprocess
import sys

import pytest
from conftest import PROJECT, Project

HEAVY = ("markdown", "jinja2", "msgspec", "yaml", "babel", "rich", "nh3", "tornado", "livereload", "watchfiles", "PIL")


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--no-such-option"], ["build", "--help"]])
def test_help_and_mistakes_load_nothing_heavy(arguments: list[str]) -> None:
    """No library is imported before a command needs it."""
    code = (
        "import sys\nfrom site_builder.cli import main\n"
        f"try:\n    main({arguments!r})\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "[]"


def test_python_markdown_is_loaded_by_the_first_text() -> None:
    """A build in which no text is made needs neither Python-Markdown nor nh3; one module imports them."""
    code = "import sys, site_builder.build; print(sorted({'markdown', 'nh3', 'PIL.Image'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_yaml_without_its_quick_reader_is_told(project: Project) -> None:
    """It would tell other places, and take very long: refused in the editor's language, and no traceback."""
    code = "import yaml; del yaml.CSafeLoader; from site_builder.cli import main; raise SystemExit(main())"
    command = [sys.executable, "-c", code, "--project", str(project.folder), "build"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.splitlines()[0].split(": ")[:2]) == (
        1, ["requirements.txt:1:1", "error[slow-yaml]"],
    )  # fmt: skip
    assert "Traceback" not in done.stderr


def test_the_status_makes_no_page() -> None:
    """What would change and when is told from the content alone, without templates, pictures or a server."""
    code = "import sys, site_builder.status, site_builder.status_text\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert {"jinja2", "PIL", "rich", "tornado", "watchfiles"}.isdisjoint(done.stdout.split())


# Lower layers first; a module imports only from its own layer's line or those above it. A module that has a line of its
# own does not stand with its package.
LAYERS = (
    (
        "phrases",
        "samples",
        "versions",
        "settled",
        "engine.serialization",
        "store",
        "parallel",
        "engine.dependencies",
        "engine.serialization",
        "values",
        "i18n.slugs",
        "i18n.plurals",
        "record.git",
    ),
    ("problems", "publishing.records", "publishing.disk"),
    ("yaml_places", "theme", "project"),
    ("schema", "sources.read"),
    ("content_types",),
    ("config", "sources.discover", "sources.contents"),
    ("i18n", "markup", "charts", "record"),
    ("entries", "addresses", "citations"),
    ("tracked",),
    ("engine",),
    ("memory_cache",),
    ("site",),
    ("outputs",),
    ("publishing.refusals", "publishing.lock", "publishing.manifest"),
    ("publishing", "templating", "checks", "links", "budgets"),
    ("plan", "render", "promises"),
    ("tasks",),
    ("dead_links", "why"),
    ("build", "new", "status", "status_text", "unchanged"),
    ("preview",),
    ("serve",),
    ("cli",),
)


def layer(module: str) -> int:
    """The line of LAYERS that a module, or else its package, stands in."""
    own = [depth for depth, names in enumerate(LAYERS) if module in names]
    package = [depth for depth, names in enumerate(LAYERS) if module.partition(".")[0] in names]
    assert own or package, f"{module} is in no layer"
    return (own or package)[0]


def test_imports_point_one_way() -> None:
    """No module imports from a layer above its own."""
    for path in (PROJECT / "site_builder").rglob("*.py"):
        module = path.relative_to(PROJECT / "site_builder").with_suffix("").as_posix().replace("/", ".")
        if module in ("__init__", "__main__", "sources.__init__"):
            continue
        module = module.removesuffix(".__init__")
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("site_builder."):
                other = (node.module or "").removeprefix("site_builder.")
                assert layer(other) <= layer(module), f"{module} imports {other}"


def test_a_link_may_name_every_content_type() -> None:
    """`markup/markdown.py` knows no site, so its list of kinds is kept equal by this test."""
    from site_builder.content_types import CONTENT_TYPES
    from site_builder.markup.markdown import KINDS

    assert {content_type.kind for content_type in CONTENT_TYPES} | {"media"} == set(KINDS)
