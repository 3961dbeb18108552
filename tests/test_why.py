"""`build --why` names the files that a build made, no more and no fewer, and the inputs that changed for each."""

import re
import shutil
from collections.abc import Callable

import pytest
from conftest import Project

from site_builder.outputs.planned_file import PlannedFile
from site_builder.render import Renderer
from site_builder.store import FOLDER

BODY = "content/news/2016/lemums.en.md"
LATVIAN = BODY.replace(".en.", ".lv.")
FIGURES = "content/facts/figures.yaml"
WORDS = "templates/i18n/en.yaml"
PAGE = "en/news/2016/decision/index.html"


def _delete(project: Project) -> None:
    """The item goes, and its addresses are withdrawn."""
    withdrawn = "".join(
        f"- {{address: {address}, reason: {{lv: Kļūda, en: A mistake}}}}\n"
        for address in ("/lv/jaunumi/2016/lemums/", "/en/news/2016/decision/")
    )
    config = project.text("content/site.yaml")
    project.write({BODY: None, LATVIAN: None, "content/site.yaml": f"{config}withdrawn:\n{withdrawn}"})


def _add(project: Project) -> None:
    for code in ("lv", "en"):
        text = project.text(BODY.replace(".en.", f".{code}."))
        project.write({f"content/news/2016/otrs.{code}.md": text.replace("slug: decision", "slug: other")})


def _rename(project: Project) -> None:
    """The item has another address, and its old one leads there."""
    for path, old in ((BODY, "/en/news/2016/decision/"), (LATVIAN, "/lv/jaunumi/2016/lemums/")):
        text = project.text(path).replace("slug: decision", "slug: decided")
        project.write({path: text.replace("---\n", f"---\naliases: [{old}]\n", 1)})
        (project.folder / path).rename(project.folder / path.replace("lemums", "nolemts"))


def _lose(project: Project) -> None:
    """The output and the cache are gone."""
    shutil.rmtree(project.output)
    shutil.rmtree(project.folder / FOLDER)


def replaced(path: str, old: str, new: str) -> Callable[[Project], None]:
    return lambda project: project.replace(path, old, new)


# The edits of the benchmark; a file that each makes; what stands beside it as the reason.
EDITS: dict[str, tuple[Callable[[Project], object], str, str]] = {
    "body": (replaced(BODY, "See [the house]", "Look at [the house]"), PAGE, f"{BODY} (text)"),
    "title": (replaced(BODY, "title: A decision", "title: One decision"), "en/news/index.html", f"{BODY} (fields)"),
    "tag": (
        replaced(LATVIAN, "tags: [families]", "tags: []"),
        "lv/jaunumi/2016/lemums/index.html",
        "content/news/2016/lemums.*.md (fields)",
    ),
    "fact": (replaced(FIGURES, "value: 114", "value: 115"), "en/results/index.html", f"{FIGURES}: children"),
    "word": (replaced(WORDS, "skip: ", "skip: New "), "en/index.html", f"{WORDS}: skip"),
    "rare word": (
        replaced(WORDS, "data.changes.heading: ", "data.changes.heading: New "),
        "en/data/changes/index.html",
        f"{WORDS}: data.changes.heading",
    ),
    "template": (
        replaced("templates/pages/article.html", "{% extends", "{# #}{% extends"),
        PAGE,
        "templates/pages/article.html",
    ),
    "setting": (
        replaced("content/site.yaml", "tagline: {lv: ", "tagline: {lv: Visiem "),
        "lv/index.html",
        "content/site.yaml: tagline",
    ),
    "style": (
        lambda project: project.write({"static/site.css": project.text("static/site.css") + "\n.a{margin:0}\n"}),
        "lv/index.html",
        "static/",
    ),
    "delete": (_delete, "en/news/index.html", "content/news/2016/lemums.*.md (fields)"),
    "add": (_add, "en/news/2016/other/index.html", "a new file: no earlier build made it"),
    "rename": (_rename, "en/news/2016/decided/index.html", "a new file: no earlier build made it"),
    "lost": (_lose, PAGE, "a new file: no earlier build made it"),
    "nothing": (lambda project: None, "", "No file had to be made again."),
}


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The paths of the files that are rendered while a test runs."""
    found: set[str] = set()
    make = Renderer.make

    def watched(renderer: Renderer, file: PlannedFile) -> object:
        found.add(file.path)
        return make(renderer, file)

    monkeypatch.setattr(Renderer, "make", watched)
    return found


def why(project: Project, capsys: pytest.CaptureFixture[str], *path: str) -> tuple[int, str]:
    """What `build --why` prints, in English."""
    capsys.readouterr()
    code = project.run(
        "--messages",
        "en",
        "build",
        "--output",
        str(project.output),
        "--date",
        "2026-11-22",
        "--jobs",
        "1",
        "--why",
        *path,
    )
    return code, capsys.readouterr().out


@pytest.mark.parametrize("edit", EDITS)
def test_the_answer_is_what_was_made(
    edit: str, project: Project, made: set[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """For every edit of the benchmark and some others, each file that was rendered stands in a line with its reason."""
    assert why(project, capsys)[0] == 0
    made.clear()
    change, path, reason = EDITS[edit]
    change(project)
    code, printed = why(project, capsys)
    assert code == 0
    lines = dict(re.findall(r"(?m)^(\S+) ← (.+)$", printed))
    assert lines.keys() == made
    assert reason in (lines[path] if path else printed)
    made.clear()
    assert "No file had to be made again." in why(project, capsys)[1]
    assert made == set()


def test_the_reason_of_one_file(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """By its path or address; one that was not made says so, and one that is not there is an error."""
    assert why(project, capsys)[0] == 0
    for number, name in enumerate((PAGE, "/en/news/2016/decision/", "en/news/2016/decision", f"public/{PAGE}")):
        project.replace(BODY, "Services", f"Services {number}")
        code, printed = why(project, capsys, name)
        assert code == 0
        assert [line for line in printed.splitlines() if "←" in line] == [f"{PAGE} ← {BODY} (text)"]
        assert f"{PAGE} was not made again: nothing that it is made from has changed." in why(project, capsys, name)[1]
        project.replace(BODY, f"Services {number}", "Services")
        why(project, capsys)
    capsys.readouterr()
    assert project.run("--messages", "en", "build", "--output", str(project.output), "--why", "/absent/") == 1
    assert "the site has no file or page “/absent/”" in capsys.readouterr().err
