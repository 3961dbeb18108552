"""Mistakes made on purpose: each gets the right file, line, column and code, a hint, and leaves the site as it was."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import FIGURE, NEWS_EN, NEWS_LV, PROJECT, Project, tree

LV = "content/news/2016/lemums.lv.md"
EN = "content/news/2016/lemums.en.md"
FIGURES = "content/facts/figures.yaml"
SALMU = "content/facts/facilities/salmu.yaml"
SITE = "content/site.yaml"
LOG = "content/changes.yaml"
ESF = "content/facts/operations/esf.yaml"
STATEMENT_LV = "content/pages/accessibility-statement.lv.md"
STATEMENT_EN = "content/pages/accessibility-statement.en.md"
EASY = "content/pages/easy-to-read.en.md"
THEME = "static/theme.css"


def theme_place(text: str) -> str:
    """Where the theme says something; it changes more often than what is told of it."""
    lines = (PROJECT / THEME).read_text("utf-8").split("\n")
    return f"{THEME}:{next(number for number, line in enumerate(lines, 1) if text in line)}:1"


@dataclass(frozen=True)
class Mistake:
    """One mistake: what is changed in which file, and where and how it is told."""

    name: str
    path: str
    old: str
    new: str
    place: str
    code: str
    hinted: bool = True


MISTAKES = [
    # Front matter
    Mistake("unknown-key", LV, "category:", "kategorija:", f"{LV}:6:1", "unknown-key"),
    Mistake("foreign-key", LV, "summary:", "description:", f"{LV}:5:1", "unknown-key"),
    Mistake("missing-key", LV, "title: Pieņemts lēmums\n", "", f"{LV}:2:1", "missing-key", False),
    Mistake("empty-title", EN, "title: A decision is taken", 'title: ""', f"{EN}:2:8", "empty-text", False),
    Mistake("list-wanted", LV, "sources: [decision]", "sources: decision", f"{LV}:11:10", "wrong-type"),
    Mistake("truth-wanted", LV, "operation: esf", "operation: esf\ndraft: nē", f"{LV}:11:8", "wrong-type"),
    Mistake("no-end-of-header", LV, "\n---\n\nPakal", "\n\nPakal", f"{LV}:1:1", "front-matter-open"),
    Mistake("no-header", EN, "---\ntitle: A", "title: A", f"{EN}:1:1", "no-front-matter"),
    Mistake("empty-body", EN, NEWS_EN.split("---\n")[2], "\n", f"{EN}:5:1", "empty-body", False),
    # Dates
    Mistake("no-such-day", LV, "date: 2016-02-25", "date: 2016-02-30", f"{LV}:3:7", "bad-date"),
    Mistake("local-date", LV, "date: 2016-02-25", "date: 25.02.2016", f"{LV}:3:7", "bad-date"),
    Mistake("year-folder", LV, "date: 2016-02-25", "date: 2017-02-25", f"{LV}:3:7", "year-folder"),
    Mistake(
        "inferred-why",
        LV,
        "date: 2016-02-25",
        "date: {date: 2016-02-25, inferred: true}",
        f"{LV}:3:7",
        "inferred-without-reason",
    ),
    Mistake(
        "expires-before-it-appears",
        LV,
        "operation: esf",
        "operation: esf\npublish_from: 2030-01-02\nexpires: 2030-01-01",
        f"{LV}:12:10",
        "dates-order",
        False,
    ),
    # Names of things
    Mistake("unknown-fact", LV, "[[fact:children]]", "[[fact:childen]]", f"{LV}:14:21", "unknown-fact"),
    Mistake("unknown-facility", LV, "(facility:salmu)", "(facility:salmi)", f"{LV}:14:55", "unknown-facility"),
    Mistake("unknown-source", LV, "sources: [decision]", "sources: [decison]", f"{LV}:11:11", "unknown-source"),
    Mistake("unknown-category", LV, "category: decisions", "category: decision", f"{LV}:6:11", "unknown-word"),
    Mistake("unknown-embed", EN, "[[fact:children]]", "[[figure:children]]", f"{EN}:7:18", "unknown-embed"),
    Mistake("unknown-form", EN, "[[fact:children]]", "[[fact:children nubmer]]", f"{EN}:7:18", "unknown-form"),
    Mistake("listed-twice", LV, "[decision]", "[decision, decision]", f"{LV}:11:21", "listed-twice", False),
    Mistake("bad-link", EN, "(facility:salmu)", "(salmu)", f"{EN}:7:53", "bad-link"),
    Mistake("dead-file-link", EN, "(facility:salmu)", "(../2015/none.en.md)", f"{EN}:7:53", "dead-file-link"),
    Mistake("unknown-picture", EN, "See [", "![A house](media:house.jpg) See [", f"{EN}:7:48", "unknown-media"),
    Mistake("foreign-picture", EN, "See [", "![A](https://x.example/a.jpg) See [", f"{EN}:7:42", "picture-not-media"),
    Mistake("script", EN, "See [", "<script>alert(1)</script> See [", f"{EN}:7:38", "html-removed"),
    Mistake("javascript-link", EN, "(facility:salmu)", "(javascript:alert)", f"{EN}:7:53", "html-removed"),
    Mistake("bad-slug", EN, "slug: decision", "slug: Lēmums 1", f"{EN}:3:7", "bad-slug"),
    # Pairs
    Mistake("twin-differs", EN, "slug: decision", "slug: decision\ncategory: results", f"{EN}:4:11", "twin-differs"),
    Mistake("only-why", LV, "operation: esf", "operation: esf\nonly: lv", f"{LV}:11:7", "only-without-reason"),
    # YAML
    Mistake("tab", LV, "operation: esf", "operation:\n\t- esf", f"{LV}:11:1", "yaml-syntax"),
    Mistake("open-quote", LV, "title: Pieņemts", 'title: "Pieņemts', f"{LV}:2:8", "yaml-syntax"),
    Mistake("colon-in-title", LV, "title: Pieņemts", "title: Dome: pieņemts", f"{LV}:2:12", "yaml-syntax"),
    Mistake(
        "duplicate-key", LV, "operation: esf", "operation: esf\ncategory: results", f"{LV}:11:1", "duplicate-key", False
    ),
    Mistake("anchor", FIGURES, "value: 114", "value: &a 114", f"{FIGURES}:3:10", "yaml-anchor"),
    Mistake("tag", FIGURES, "value: 114", "value: !!int 114", f"{FIGURES}:3:10", "yaml-tag"),
    Mistake("conflict", LV, "operation: esf", "<<<<<<< HEAD\noperation: esf", f"{LV}:10:1", "merge-conflict"),
    # Facts
    Mistake("number-as-printed", FIGURES, "value: 114", "value: 1 114", f"{FIGURES}:3:10", "wrong-type"),
    Mistake("no-source", FIGURES, "  sources: [decision]\n", "", f"{FIGURES}:2:3", "figure-without-source"),
    Mistake("no-date", FIGURES, "  as_of: 2023-09-01\n", "", f"{FIGURES}:2:3", "figure-without-date"),
    Mistake("no-plural", FIGURES, "zero: bērni, ", "", f"{FIGURES}:6:9", "missing-plural-form"),
    Mistake("sum-of-people", FIGURES, "additive: false", "additive: true", f"{FIGURES}:9:13", "additive-people"),
    Mistake("dispute-alone", FIGURES, "status: current", "status: disputed", f"{FIGURES}:10:11", "disputed-readings"),
    Mistake(
        "no-group", FIGURES, "additive: false", "additive: false\n  group: people", f"{FIGURES}:10:10", "unknown-word"
    ),
    Mistake(
        "no-english",
        SALMU,
        "{lv: Apraksts., en: Description.}",
        "{lv: Apraksts.}",
        f"{SALMU}:12:14",
        "missing-language",
        False,
    ),
    Mistake("home-day", SALMU, "{date: 2022, precision: year}", "2022-03-01", f"{SALMU}:8:15", "sensitive"),
    Mistake(
        "home-on-a-map",
        SALMU,
        "operator:",
        "coordinates: {latitude: 56.5, longitude: 21.0, source: decision}\noperator:",
        f"{SALMU}:11:14",
        "sensitive",
    ),
    Mistake(
        "updated-too-early",
        SALMU,
        "published: 2026-11-22",
        "published: 2026-11-22\nupdated: 2020-01-01",
        f"{SALMU}:16:10",
        "dates-order",
        False,
    ),
    Mistake("never-published", SALMU, "published: 2026-11-22\n", "", f"{SALMU}:1:1", "missing-key", False),
    Mistake("bad-status", SALMU, "status: open", "status: opened", f"{SALMU}:7:9", "unknown-choice"),
    # What would be published as it was typed
    Mistake("conflict-in-text", LV, "Pakalpojumus", "<<<<<<< HEAD\nPakalpojumus", f"{LV}:14:1", "merge-conflict"),
    Mistake("one-bracket", EN, "[[fact:children]]", "[[fact:children]", f"{EN}:7:18", "leftover-mark"),
    Mistake("space-in-name", EN, "[[fact:children]]", "[[fact: children]]", f"{EN}:7:18", "leftover-mark"),
    Mistake("open-link", EN, "(facility:salmu)", "(facility:salmu", f"{EN}:7:51", "leftover-mark"),
    Mistake("note-without-text", EN, "Services", "Services[^1]", f"{EN}:7:9", "leftover-mark"),
    Mistake("name-in-short-text", SALMU, "lv: Bērniem", 'lv: "[[service:care]]"', f"{SALMU}:9:16", "embed-in-plain"),
    Mistake("no-such-image", LV, "operation: esf", "operation: esf\nimage: x.jpg", f"{LV}:11:8", "unknown-media"),
    Mistake("image-is-a-text", LV, "operation: esf", "operation: esf\nimage: x.pdf", f"{LV}:11:8", "media-type"),
    Mistake("own-relative", LV, "operation: esf", "related: [2016/lemums]", f"{LV}:10:11", "related-self", False),
    Mistake("expired-before-date", LV, "operation: esf", "expires: 2016-02-01", f"{LV}:10:10", "dates-order", False),
    Mistake("published-false", LV, "published: 2026-11-22", "published: false", f"{LV}:4:12", "bad-date"),
    # Addresses
    Mistake("alias-upwards", EN, "slug: decision", "aliases: [/lv/../lv/]", f"{EN}:3:11", "bad-address"),
    Mistake("alias-on-home", EN, "slug: decision", "aliases: [/lv/]", f"{EN}:3:11", "same-address"),
    Mistake("alias-in-a-file", EN, "slug: decision", "aliases: [/lv/feed.xml/]", f"{EN}:3:11", "same-address"),
    # Homes
    Mistake(
        "map-in-access",
        SALMU,
        "operator:",
        "access: {lv: 56.51234, en: Ramp}\noperator:",
        f"{SALMU}:11:14",
        "sensitive",
    ),
    Mistake("map-in-news", EN, "Services", "56.51234, 21.01234", f"{EN}:7:1", "sensitive"),
    Mistake(
        "moving-day",
        SALMU,
        "operator:",
        "history: [{date: 2022-03-01, text: {lv: Bērni ievācās, en: x}, sources: [decision]}]\noperator:",
        f"{SALMU}:11:18",
        "sensitive",
    ),
    # Words
    Mistake("condition-first-lv", LV, "Pakalpojumus saņēma", "Te invalīdi saņēma", f"{LV}:14:4", "people-first"),
    Mistake("condition-first-en", EN, "Services", "He was wheelchair-bound. It", f"{EN}:7:8", "people-first"),
    Mistake("condition-first-title", EN, "A decision is taken", "Help for the disabled", f"{EN}:2:17", "people-first"),
    Mistake(
        "condition-first-fact",
        SALMU,
        "en: For children",
        "en: Children with special needs",
        f"{SALMU}:9:43",
        "people-first",
    ),
    Mistake("link-here", EN, "[the house]", "[here]", f"{EN}:7:41", "link-words"),
    Mistake("link-more", LV, "[māju]", "[Lasīt vairāk…]", f"{LV}:14:48", "link-words"),
    Mistake("link-address", EN, "[the house]", "[https://x.example/]", f"{EN}:7:41", "link-words"),
    # The accessibility statement and EU-funded projects
    Mistake("statement-unreviewed", STATEMENT_LV, "reviewed: 2026-11-22\n", "", f"{STATEMENT_LV}:4:12", "statement"),
    Mistake("statement-without-part", STATEMENT_EN, "{#method}", "{#how}", f"{STATEMENT_EN}:5:1", "statement"),
    Mistake(
        "statement-part-empty", STATEMENT_EN, "{#method}\n\nText en.", "{#method}", f"{STATEMENT_EN}:10:11", "statement"
    ),
    Mistake(
        "statement-order",
        STATEMENT_EN,
        "## Who {#who}\n\nsmall.example\n\n## Method {#method}",
        "## Method {#method}\n\nText.\n\n## Who {#who}\n\nsmall.example",
        f"{STATEMENT_EN}:6:11",
        "statement",
    ),
    Mistake("no-ombudsman", STATEMENT_EN, "Tiesībsargs (Ombudsman)", "Nobody", f"{STATEMENT_EN}:34:16", "statement"),
    Mistake(
        "reviewed-before-published",
        STATEMENT_LV,
        "reviewed: 2026-11-22",
        "reviewed: 2026-11-21",
        f"{STATEMENT_LV}:5:11",
        "dates-order",
        False,
    ),
    Mistake(
        "no-money",
        ESF,
        "funding_note: {lv: Summas avotos nav., en: No source states the sums.}\n",
        "",
        f"{ESF}:1:1",
        "operation-money",
    ),
    # The theme
    Mistake(
        "weak-colours", THEME, "--quiet: #4a5851;", "--quiet: #8a9891;", theme_place("--quiet on --ground"), "contrast"
    ),
    Mistake(
        "weak-in-the-dark", THEME, "--link: #7fd3ae;", "--link: #00664a;", theme_place("--link on --ground"), "contrast"
    ),
    Mistake(
        "no-such-colour",
        THEME,
        "--text on --ground",
        "--txt on --ground",
        theme_place("--text on --ground"),
        "contrast-token",
    ),
    Mistake(
        "colour-not-read",
        THEME,
        "--deep: #00543c;",
        "--deep: hsl(163 100% 16%);",
        theme_place("--deep: #00543c"),
        "colour-form",
    ),
    # Configuration
    Mistake("no-such-locale", SITE, "locale: lv_LV", "locale: zz_ZZ", f"{SITE}:10:40", "bad-language"),
    Mistake("base-url-with-query", SITE, "small.example/", "small.example/?a=1", f"{SITE}:3:11", "bad-url"),
    Mistake(
        "no-such-figure", SITE, "key_figures: [children]", "key_figures: [childen]", f"{SITE}:15:15", "unknown-fact"
    ),
    Mistake(
        "no-such-figure-of-partners",
        SITE,
        "key_figures: [children]",
        "key_figures: [children]\npartner_figures: [children, childen]",
        f"{SITE}:16:29",
        "unknown-fact",
    ),
    Mistake(
        "no-such-figure-in-a-chart",
        SITE,
        "key_figures: [children]",
        "key_figures: [children]\ncharts:\n"
        "  - {key: a, kind: bars, title: {lv: A, en: A}, figures: [{figure: childen}]}",
        f"{SITE}:17:68",
        "unknown-fact",
    ),
    Mistake(
        "growth-of-two-figures",
        SITE,
        "key_figures: [children]",
        "key_figures: [children]\ncharts:\n"
        "  - {key: a, kind: growth, title: {lv: A, en: A}, figures: [{figure: children}, {figure: children}]}",
        f"{SITE}:17:60",
        "chart-figures",
    ),
    Mistake(
        "chart-without-figures",
        SITE,
        "key_figures: [children]",
        "key_figures: [children]\ncharts: [{key: a, kind: bars, title: {lv: A, en: A}, figures: []}]",
        f"{SITE}:16:63",
        "chart-figures",
    ),
    Mistake(
        "two-charts-of-one-key",
        SITE,
        "key_figures: [children]",
        "key_figures: [children]\ncharts:\n"
        + 2 * "  - {key: a, kind: growth, title: {lv: A, en: A}, figures: [{figure: children}]}\n",
        f"{SITE}:18:5",
        "duplicate-id",
        False,
    ),
    Mistake("bad-zone", SITE, "Europe/Riga", "Europe/Liepaja", f"{SITE}:4:11", "bad-timezone", False),
    Mistake(
        "name-of-no-language",
        SITE,
        "funding: [esf]",
        "names: [{language: lt, words: [Klaipėda]}]\nfunding: [esf]",
        f"{SITE}:14:20",
        "unknown-language",
        False,
    ),
    Mistake(
        "no-such-section", SITE, "facilities, news]", "facilities, jaunumi]", f"{SITE}:12:43", "unknown-section", False
    ),
]


@pytest.fixture(scope="module")
def lasting(published_once: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The small site as it was built, for one mistake after the other."""
    return Project(Path(shutil.copytree(published_once.folder, tmp_path_factory.mktemp("lasting") / "project")))


@pytest.fixture
def standing(lasting: Project) -> Iterator[Project]:
    """The small site as it was built, put right again when the test is done: what is refused publishes nothing."""
    before = _sources(lasting)
    yield lasting
    for path in _sources(lasting).keys() - before.keys():
        path.unlink()
    for path, content in before.items():
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)


def _sources(project: Project) -> dict[Path, bytes]:
    folders = (project.folder / name for name in ("content", "static"))
    return {path: path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
@pytest.mark.parametrize("language", ["lv", "en"])
def test_a_mistake_is_told_where_it_is_and_publishes_nothing(
    mistake: Mistake, language: str, standing: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line names file, line, column and code; exit code 1; the published site keeps every byte."""
    before = tree(standing.output)
    standing.replace(mistake.path, mistake.old, mistake.new)
    capsys.readouterr()
    assert standing.build("--messages", language) == 1
    said = capsys.readouterr()
    lines = (said.out + said.err).splitlines()
    told = [index for index, line in enumerate(lines) if line.startswith(f"{mistake.place}: error[{mistake.code}]: ")]
    assert told, "\n".join(lines)
    if mistake.hinted:
        hint = {"lv": "  padoms: ", "en": "  hint: "}[language]
        assert lines[told[0] + 1].startswith(hint), "\n".join(lines)
    assert "Traceback" not in said.err
    assert tree(standing.output) == before


WARNINGS = [
    Mistake("quoted", EN, "Services", "“The disabled”: services", f"{EN}:7:2", "people-first"),
    Mistake("straight-quotes", EN, "See [", 'See "it": [', f"{EN}:7:41", "typography"),
    Mistake("apostrophe", EN, "]]. See", "]]'s. See", f"{EN}:7:35", "typography"),
    Mistake("low-quotes", LV, "Skatiet", "Skatiet „to”", f"{LV}:14:48", "typography"),
    Mistake("two-hyphens", EN, "See [", "See -- [", f"{EN}:7:41", "typography"),
    Mistake("three-dots", EN, ". See", "... See", f"{EN}:7:35", "typography"),
    Mistake("space-before-comma", EN, "]]. See", "]] , see", f"{EN}:7:35", "typography"),
    Mistake("decimal-point", LV, "Skatiet", "Tie ir 1.5 milj. eiro. Skatiet", f"{LV}:14:47", "typography"),
    Mistake("decimal-comma", EN, "See [", "It is EUR 1,5 million. See [", f"{EN}:7:47", "typography"),
    Mistake("mark-in-yaml", SALMU, "en: Description.", "en: Now... Description.", f"{SALMU}:12:37", "typography"),
    Mistake("long-title", EN, "A decision is taken", "A decision " * 6 + "is taken", f"{EN}:2:8", "long-title"),
    Mistake(
        "review-due", STATEMENT_LV, "published: 2026-11-22\nreviewed: 2026-11-22",
        "published: 2025-01-01\nreviewed: 2025-11-21", f"{STATEMENT_LV}:5:11", "review-due",
    ),
    Mistake("statement-address", STATEMENT_EN, "small.example", "this site", f"{STATEMENT_EN}:6:8", "statement"),
    Mistake(
        "long-sentence", EASY, "Page easy-to-read: teksts.", "A short one.\nThis is " + "very " * 13 + "long.",
        f"{EASY}:7:1", "hard-to-read",
    ),
    Mistake(
        "initial-in-sentence", EASY, "Page easy-to-read: teksts.", f"So H. Valcis is {'very ' * 11}long.",
        f"{EASY}:6:1", "hard-to-read",
    ),
    Mistake(
        "long-heading", EASY, "Page easy-to-read: teksts.", "## One two three four five six seven eight nine\n\nText.",
        f"{EASY}:6:4", "hard-to-read",
    ),
    Mistake("abbreviation", EASY, "Page easy-to-read: teksts.", "The EU paid.", f"{EASY}:6:5", "hard-to-read"),
    Mistake(
        "operation-old", ESF, "end: 2023-12-31\nlast_updated: 2026-11-22", "end: 2027-12-31\nlast_updated: 2026-05-22",
        f"{ESF}:15:15", "operation-old",
    ),
]  # fmt: skip


def test_the_unbroken_site_is_silent(project: Project) -> None:
    """So what the mistakes tell is theirs."""
    assert project.problems() == ()


@pytest.mark.parametrize("mistake", WARNINGS, ids=lambda mistake: mistake.name)
@pytest.mark.parametrize("language", ["lv", "en"])
def test_a_warning_is_told_where_it_is_and_stops_nothing(
    mistake: Mistake, language: str, published: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """File, line, column and code, then what to do; the site is published."""
    published.replace(mistake.path, mistake.old, mistake.new)
    assert published.build("--messages", language) == 0
    lines = capsys.readouterr().err.splitlines()
    told = [index for index, line in enumerate(lines) if line.startswith(f"{mistake.place}: warning[{mistake.code}]: ")]
    assert told, "\n".join(lines)
    assert lines[told[0] + 1].startswith({"lv": "  padoms: ", "en": "  hint: "}[language])


PICTURE = "---\ntitle: Privacy\nsummary: S.\n---\n\n![{}](media:a.svg)\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="2" height="1"/>'
FILES: dict[str, tuple[dict[str, str | None], str, str]] = {
    "missing-twin": ({EN: None}, f"{LV}:1:1", "missing-twin"),
    "unknown-file": ({"content/news/2016/piezimes.txt": "x"}, "content/news/2016/piezimes.txt:1:1", "unknown-file"),
    "no-language": ({"content/news/2016/cits.md": NEWS_LV}, "content/news/2016/cits.md:1:1", "no-language"),
    "no-year": ({"content/news/cits.lv.md": NEWS_LV}, "content/news/cits.lv.md:1:1", "no-year-folder"),
    "bad-name": ({"content/news/2016/Lēmums.lv.md": NEWS_LV}, "content/news/2016/Lēmums.lv.md:1:1", "bad-file-name"),
    "bad-media": ({"content/media/mana bilde.jpg": "x"}, "content/media/mana bilde.jpg:1:1", "bad-media-name"),
    "empty-table": ({FIGURES: ""}, f"{FIGURES}:1:1", "empty-file"),
    "no-first-language": ({LV: None}, f"{EN}:1:1", "missing-twin"),
    "slug-of-section": (
        {"content/pages/about.en.md": "---\ntitle: About\nslug: other\nsummary: S.\n---\n\nText.\n"},
        "content/pages/about.en.md:3:1",
        "slug-of-section",
    ),
    "alt-is-a-file-name": (
        {"content/media/a.svg": SVG, "content/pages/privacy.en.md": PICTURE.format("KPR_ESF_1000")},
        "content/pages/privacy.en.md:6:3",
        "poor-alt",
    ),
    "no-erdf": ({"content/facts/operations/erdf.yaml": None}, f"{SITE}:14:10", "operation-page"),
    "a-log-of-another-shape": (
        {LOG: "changes:\n  - {day: 2026-11-02, table: people}\n"},
        f"{LOG}:2:30",
        "unknown-choice",
    ),
    "a-log-with-a-slip": ({LOG: "recorded: 5\n"}, f"{LOG}:1:11", "bad-tree"),
    "bad-id": ({FIGURES: FIGURE.replace("children:\n", "Bērni:\n")}, f"{FIGURES}:1:1", "bad-id"),
    "same-address": (
        {
            "content/news/2016/cits.lv.md": NEWS_LV,
            "content/news/2016/cits.en.md": NEWS_EN,
        },
        "content/news/2016/lemums.en.md:3:7",
        "same-address",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_wrong_file_is_told_and_publishes_nothing(
    name: str, standing: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """Files that are missing, misnamed or in each other's way are told at the file."""
    files, place, code = FILES[name]
    before = tree(standing.output)
    standing.write(files)
    capsys.readouterr()
    assert standing.build() == 1
    said = capsys.readouterr().err
    assert f"{place}: error[{code}]: " in said
    assert "Traceback" not in said
    assert tree(standing.output) == before


def test_a_chart_of_euros_and_people_is_refused(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """Bars of different units would be compared by their length."""
    money = FIGURE.replace("children:\n", "money:\n").replace("unit: count", "unit: EUR")
    project.write({FIGURES: FIGURE + money})
    figures = "figures: [{figure: children}, {figure: money}]"
    chart = f"charts: [{{key: a, kind: bars, title: {{lv: A, en: A}}, {figures}}}]"
    project.replace(SITE, "key_figures: [children]", f"key_figures: [children]\n{chart}")
    assert project.build() == 1
    assert f"{SITE}:16:63: error[chart-units]: " in capsys.readouterr().err


TWIN = "---\ntitle: T\nslug: taken\nsummary: S.\npublished: 2026-11-22\n---\n\nText.\n"


def test_all_mistakes_of_a_run_are_told_at_once(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """Three files, four mistakes: one run names them all, in the order of files and lines."""
    project.replace(LV, "category: decisions", "category: decision")
    project.replace(LV, "[[fact:children]]", "[[fact:childen]]")
    project.replace(EN, "slug: decision", "slug: Lēmums")
    project.replace(SALMU, "status: open", "status: opened")
    project.write({"content/pages/twin.lv.md": TWIN, "content/pages/twin.en.md": TWIN.replace("published", "updated")})
    project.write(
        {"content/pages/other.lv.md": TWIN, "content/pages/other.en.md": TWIN.replace("published", "updated")}
    )
    assert project.build() == 1
    told = [
        line.split(": error[")[1].split("]")[0] for line in capsys.readouterr().err.splitlines() if ": error[" in line
    ]
    assert told == [
        "unknown-choice",
        "bad-slug",
        "unknown-word",
        "unknown-fact",
        "same-address",
        "same-address",
    ]


def test_a_broken_table_is_one_problem_and_not_a_hundred(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """What could not be read is told once, not again wherever it is named."""
    project.replace(FIGURES, "value: 114", "value: 'open")
    assert project.build() == 1
    assert capsys.readouterr().err.count(": error[") == 1


def test_bytes_that_are_not_utf8_are_told_with_their_column(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file saved by an old editor is named with the line and column of the first wrong byte."""
    (project.folder / LV).write_bytes(NEWS_LV.encode("utf-8").replace("Pieņemts".encode(), b"Pie\xf2emts"))
    assert project.build() == 1
    assert f"{LV}:2:11: error[not-utf8]: " in capsys.readouterr().err


def test_json_gives_the_same_problems_to_tools(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """`--json` prints path, line, column, severity, code, message and hint, and nothing else."""
    import json

    project.replace(LV, "category: decisions", "category: decision")
    assert project.build("--json") == 1
    found = json.loads(capsys.readouterr().out)
    assert [set(one) for one in found] == [{"path", "line", "column", "severity", "code", "message", "hint"}]
    assert (found[0]["path"], found[0]["line"], found[0]["column"]) == (LV, 6, 11)


def test_a_broken_template_is_told_with_its_line_and_page(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown name in a template is the template's problem, not a traceback."""
    project.write({"templates/pages/article.html": "<p>\n{{ view.nothing_like_this }}\n</p>\n"})
    assert project.build() == 1
    assert "templates/pages/article.html:2:1: error[template-error]: " in capsys.readouterr().err


def test_a_template_that_leaves_its_sandbox_is_told_in_both_languages(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """With its line, and nothing is published."""
    project.write({"templates/pages/article.html": "<p>\n{{ view.__class__.__mro__ }}\n</p>\n"})
    said = {"lv": 'veidne lapai {} lieto "__mro__"', "en": 'the template for the page {} uses "__mro__"'}
    for language, words in said.items():
        assert project.build("--messages", language) == 1
        page = "lv/jaunumi/2016/lemums/index.html"
        place = "templates/pages/article.html:2:1: error[template-forbidden]: "
        assert place + words.format(page) in capsys.readouterr().err


def test_a_missing_interface_word_is_told(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """Words missing in one language are told for that language's file."""
    text = project.text("templates/i18n/en.yaml")
    line = next(line for line in text.splitlines() if line.startswith("not-stated:"))
    project.replace("templates/i18n/en.yaml", line + "\n", "")
    assert project.build() == 1
    assert "templates/i18n/en.yaml:1:1: error[missing-word]: " in capsys.readouterr().err


OUTPUTS: dict[str, Callable[[Project], str]] = {
    "the project itself": lambda project: str(project.folder),
    "its tests": lambda project: str(project.folder / "tests/out"),
    "a hidden folder of it": lambda project: str(project.folder / ".venv"),
    "its content": lambda project: str(project.folder / "content"),
    "a folder above it": lambda project: str(project.folder.parent),
    "the root": lambda project: "/",
    "home": lambda project: "~",
}


@pytest.mark.parametrize("name", OUTPUTS)
def test_a_folder_that_is_not_ours_is_refused(
    name: str, project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The project, home and the root are never an output folder."""
    home = project.folder.parent / "home"
    home.mkdir()
    monkeypatch.setattr(Path, "home", lambda: home)
    given = OUTPUTS[name](project).replace("~", str(home))
    before = tree(project.folder)
    assert project.run("build", "--output", given) == 1
    assert "error[output-refused]" in capsys.readouterr().err
    assert tree(project.folder) == before


def test_a_folder_with_files_of_others_is_refused(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that is not empty and has no manifest of ours keeps its files."""
    project.output.mkdir()
    (project.output / "diploma.txt").write_text("years of work")
    assert project.build() == 1
    assert "error[output-refused]" in capsys.readouterr().err
    assert (project.output / "diploma.txt").read_text() == "years of work"


def test_a_wrong_command_line_is_exit_code_2(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown option or a date that is none is a wrong command line."""
    assert project.run("build", "--no-such-option") == 2
    assert project.run("build", "--date", "25.02.2016") == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_folder_without_a_project_is_told(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """Outside a project the command says what is missing."""
    from site_builder.cli import main

    assert main(["--project", str(project.folder / "static"), "build"]) == 1
    assert "content/site.yaml:1:1: error[no-project]: " in capsys.readouterr().err
