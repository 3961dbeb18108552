"""States of a project and of its cache after which builds were once wrong, in tracebacks or in what they showed."""

import shutil

import pytest
from conftest import Project
from test_edits import OPTIONS, clean

from site_builder import build as engine
from site_builder import parallel
from site_builder.build import check, make
from site_builder.config import Options
from site_builder.memory_cache import MemoryCache
from site_builder.preview import Preview
from site_builder.render import cached_content
from site_builder.store import Store

WORDS = ("templates/i18n/lv.yaml", "templates/i18n/en.yaml")


@pytest.fixture
def forked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small site is built by several processes, as a large one is."""
    monkeypatch.setattr(parallel, "WORTH_FORKING", 2)
    monkeypatch.setattr(engine, "WORTH_FORKING", 2)


@pytest.mark.usefixtures("forked")
def test_a_cache_that_cannot_be_used_costs_time_alone(project: Project) -> None:
    """A file in the place of its folder; workers do not look for what only this process has."""
    shutil.rmtree(project.folder / ".site-builder")
    (project.folder / ".site-builder").write_text("", "utf-8")
    built = check(project.folder, project.folder / "public", OPTIONS)
    assert built.publishable
    assert built.problems == clean(project)[1].problems


def test_a_preview_without_a_cache_says_why(project: Project) -> None:
    """It could show nothing."""
    shutil.rmtree(project.folder / ".site-builder")
    (project.folder / ".site-builder").write_text("", "utf-8")
    with pytest.raises(OSError, match=r"\.site-builder"):
        Preview(project.folder).build(OPTIONS)


def test_a_word_that_was_missing_is_found_when_it_is_there(project: Project) -> None:
    """Its page failed, and depends on which words there are."""
    project.replace("templates/pages/not-found.html", "{% block main %}", '{% block main %}{{ t("review.new") }}')
    assert [found.code for found in project.built().problems] == ["template-word"]
    for path in WORDS:
        project.write({path: project.text(path) + '\nreview.new: "Word"\n'})
    assert project.built().publishable


@pytest.mark.usefixtures("forked")
def test_a_word_that_code_misses_is_a_problem_in_every_process(project: Project) -> None:
    """The exception comes back from a worker as itself."""
    for path in WORDS:
        lines = [line for line in project.text(path).splitlines(True) if not line.startswith("footnotes.title:")]
        project.write({path: "".join(lines)})
    built = make(project.folder, OPTIONS, jobs=2)
    (found,) = built.problems
    assert (found.code, dict(found.message.params)) == ("unusable-word", {"key": "footnotes.title"})


def test_one_memory_for_two_addresses(project: Project) -> None:
    """What was computed for one is not used for the other."""
    memory = MemoryCache()
    one, other = (Options(f"https://{name}.example/", OPTIONS.today) for name in ("one", "other"))
    for options in (one, other):
        assert make(project.folder, options, memory=memory, jobs=1).publishable
    project.replace("content/news/2016/lemums.en.md", "See [the house]", "Look at [the house]")
    contents: dict[str, bytes] = {}
    target = engine.OutputTarget(contents.__setitem__)
    assert make(project.folder, one, memory=memory, target=target, jobs=1).publishable
    assert contents
    assert [path for path, content in contents.items() if b"other.example" in content] == []


def test_files_of_a_build_with_an_error_are_not_restored_again_and_again(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are in the cache, and the preview knows it after the next good build."""
    preview = Preview(project.folder)
    preview.build(OPTIONS)
    body = "content/news/2016/lemums.en.md"
    project.replace("templates/layout.html", "<body", "<!-- new --><body")
    project.replace(body, "(facility:salmu)", "(facility:salmu#none)")
    assert not preview.build(OPTIONS).publishable
    project.replace(body, "(facility:salmu#none)", "(facility:salmu)")
    assert preview.build(OPTIONS).publishable
    restored: list[bytes] = []
    cached = cached_content

    def watched(store: Store, sha256: bytes) -> bytes | None:
        restored.append(sha256)
        return cached(store, sha256)

    monkeypatch.setattr(engine, "cached_content", watched)
    project.replace(body, "See [the house]", "Look at [the house]")
    assert preview.build(OPTIONS).publishable
    assert restored == []


def test_what_an_imported_template_imports_is_read_by_every_page(project: Project) -> None:
    """Jinja loads an imported template once a process; each page depends on all that it names."""
    project.write(
        {
            "templates/components/outer.html": '{% import "components/inner.html" as inner %}'
            "{% macro show() %}{{ inner.mark() }}{% endmacro %}",
            "templates/components/inner.html": "{% macro mark() %}<!-- one -->{% endmacro %}",
        }
    )
    for name in ("article", "service", "facility"):
        path = f"templates/pages/{name}.html"
        text = project.text(path)
        head, end, rest = text.partition("%}")
        project.write({path: f'{head}{end}\n{{% import "components/outer.html" as outer %}}{rest}'})
        project.replace(path, "{% block main %}", "{% block main %}{{ outer.show() }}")
    assert project.build("--jobs", "1") == 0
    project.replace("templates/components/inner.html", "one", "two")
    assert project.build("--jobs", "1") == 0
    pages = ("en/news/2016/decision", "lv/jaunumi/2016/lemums", "en/services/care", "en/facilities/salmu")
    assert [page for page in pages if "<!-- two -->" not in project.page(f"{page}/index.html")] == []
