"""The documents tell of everything that is there: content types and their fields, commands and options, outputs."""

import itertools
import re
from pathlib import Path

import pytest
from conftest import PROJECT

from site_builder.config import SiteConfig
from site_builder.content_types import CONTENT_TYPES
from site_builder.outputs import OUTPUTS
from site_builder.phrases import PHRASES
from site_builder.schema import field_specs

OTHERS = {"__init__.py", "outline_words.py", "test_broken.py", "test_docs.py", "test_sites.py"}
GUIDES = ("docs/redigesana.md", "docs/editing.md")


def read(path: str) -> str:
    return (PROJECT / path).read_text("utf-8")


@pytest.mark.parametrize("guide", GUIDES)
def test_every_field_of_every_content_type_is_explained(guide: str) -> None:
    """Each field stands in the guide as `field`."""
    text = read(guide)
    fields = {
        spec.key
        for content_type in CONTENT_TYPES
        for record in (content_type.fields, content_type.text_fields)
        if record
        for spec in field_specs(record)
    } | {spec.key for spec in field_specs(SiteConfig)}
    assert sorted(field for field in fields if f"`{field}`" not in text) == []


@pytest.mark.parametrize("guide", GUIDES)
def test_every_option_is_explained(guide: str) -> None:
    """Each option of the command line stands in the guide."""
    options = set(re.findall(r'"(--[a-z-]+)"', read("site_builder/cli.py"))) - {"--messages=lv", "--messages=en"}
    text = read(guide)
    assert sorted(option for option in options if option not in text) == []


def test_the_architecture_page_names_every_module_that_is_there() -> None:
    """A newcomer guesses no file from the page that is not in the tree, and misses none."""
    text = read("docs/architecture.md")
    modules = {
        path.relative_to(PROJECT / "site_builder").as_posix()
        for path in (PROJECT / "site_builder").rglob("*.py")
        if path.name not in ("__init__.py", "__main__.py")
    }
    assert sorted(module for module in modules if Path(module).name not in text) == []
    assert sorted(set(re.findall(r"\b[a-z_]+\.py\b", text)) - {Path(one).name for one in modules} - OTHERS) == []


def test_the_architecture_page_names_every_output() -> None:
    """OUTPUTS and the page agree."""
    text = read("docs/architecture.md")
    assert [output.__module__ for output in OUTPUTS if output.__module__.rsplit(".", 1)[-1] + ".py" not in text] == []


def test_links_between_documents_lead_somewhere() -> None:
    """Relative links of README and docs exist."""
    for path in (PROJECT / "README.md", *(PROJECT / "docs").glob("*.md")):
        prose = re.sub(r"```.*?```|`[^`\n]*`", "", path.read_text("utf-8"), flags=re.DOTALL)
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", prose):
            assert (path.parent / target).exists(), (path.name, target)


def test_the_table_of_rules_is_complete_and_names_what_is_there() -> None:
    """All 42 rules and EU-1 to EU-12, with codes of checks that exist; every rule that is tested has its line."""
    rows = re.findall(r"(?m)^\| (EU-\d+|\d+) \|[^|]*\|([^|]*)\|([^|]*)\|", read("docs/accessibility.md"))
    assert [name for name, _, _ in rows] == [*map(str, range(1, 43)), *(f"EU-{number}" for number in range(1, 13))]
    codes = {code for _, checks, _ in rows for code in re.findall(r"`([a-z0-9-]+)`", checks)}
    known = {key.split("/")[0] for key in PHRASES}
    assert sorted(codes - known) == []
    tested = {int(number) for number in re.findall(r"def test_rule_(\d\d)_", read("tests/test_rules.py"))}
    assert sorted(tested - {int(name) for name, _, test in rows if name.isdigit() and test.strip()}) == []


def test_every_dependency_has_its_reason() -> None:
    """Each library that we chose is in docs/decisions.md."""
    import tomllib

    project = tomllib.loads(read("pyproject.toml"))
    names = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    plain = {re.split(r"[ >=<]", name)[0].lower() for name in names}
    text = read("docs/decisions.md").lower()
    assert sorted(name for name in plain if not name.startswith("types-") and name not in text) == []


# All that a locked file may hold: a pinned name with its markers, its hashes, and comments that say who needs it.
LOCKED_LINE = re.compile(
    r"[a-z0-9._-]+==[a-zA-Z0-9.+]+( ; [^;:/]+)? \\"
    r"|    --hash=sha256:[0-9a-f]{64}( \\)?"
    r"|\s*#([^:/]|:$|(?<=\.toml):)*"
)


@pytest.mark.parametrize("path", ["requirements.txt", "requirements-dev.txt"])
def test_locked_requirements_are_names_versions_and_hashes_only(path: str) -> None:
    """A lock file works on any machine: it says what to install, and nothing of where it came from."""
    lines = read(path).splitlines()
    assert [line for line in lines if not LOCKED_LINE.fullmatch(line)] == []
    for line, after in itertools.pairwise(lines):
        assert "==" not in line or "--hash=" in after, line
