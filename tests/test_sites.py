"""Whole small sites: what a build promises whatever the content is."""

import datetime
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import NEWS_EN, NEWS_LV, PROJECT, TODAY, Project, tree

from site_builder.build import OutputTarget, make
from site_builder.store import FILE, FOLDER, TABLES

LV = "content/news/2016/lemums.lv.md"
EN = "content/news/2016/lemums.en.md"


def test_a_news_item_is_everywhere_it_belongs(project: Project) -> None:
    """One file a language: home, list, year, category, tag, feeds, sitemap, facility and service have it."""
    assert project.build() == 0
    address = "/en/news/2016/decision/"
    for page in (
        "en/index.html",
        "en/news/index.html",
        "en/news/2016/index.html",
        "en/news/category/decisions/index.html",
        "en/news/tag/families/index.html",
        "en/facilities/salmu/index.html",
        "en/services/care/index.html",
        "en/feed.xml",
        "en/feed.json",
        "en/rss.xml",
        "en/site-map/index.html",
        "sitemap.xml",
    ):
        assert address in project.page(page), page


def test_a_second_build_writes_nothing(project: Project) -> None:
    """Equal inputs give equal bytes, so nothing is written and no time of a file changes."""
    assert project.build() == 0
    before = {path: path.stat().st_mtime_ns for path in project.output.rglob("*")}
    assert project.build() == 0
    assert {path: path.stat().st_mtime_ns for path in project.output.rglob("*")} == before


def test_output_is_the_same_in_another_folder_zone_locale_and_order(
    site_folder: Callable[..., Project], tmp_path: Path
) -> None:
    """Two processes with other folder, zone, locale, umask and hash seed give the same bytes."""
    trees = []
    for name, zone, locale, seed in (("a", "Pacific/Kiritimati", "C", "1"), ("b", "America/Adak", "lv_LV.UTF-8", "2")):
        copy = site_folder(name=name)
        environment = {**os.environ, "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed, "PYTHONPATH": str(PROJECT)}
        command = [sys.executable, "-m", "site_builder", "--project", str(copy.folder), "build", "--date", TODAY]
        done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        trees.append(tree(copy.output))
    assert trees[0] == trees[1]


def test_a_removed_item_leaves_the_site(project: Project) -> None:
    """What is deleted from the content is deleted from the output, with folders that became empty."""
    assert project.build() == 0
    project.write({LV: None, EN: None})
    gone = ("/lv/jaunumi/2016/lemums/", "/en/news/2016/decision/")
    lines = "".join(f"  - {{address: {address}, reason: {{lv: Kļūda, en: A mistake}}}}\n" for address in gone)
    project.write({"content/site.yaml": project.text("content/site.yaml") + f"withdrawn:\n{lines}"})
    assert project.build() == 0
    assert not (project.output / "en/news/2016").exists()
    assert "/en/news/2016/decision/" not in project.page("sitemap.xml")


def test_files_of_others_in_the_output_are_left_alone(project: Project) -> None:
    """What the manifest does not name is never deleted."""
    assert project.build() == 0
    (project.output / "google1234.html").write_text("proof of ownership")
    assert project.build() == 0
    assert project.page("google1234.html") == "proof of ownership"


def test_drafts_appear_only_when_asked_for(project: Project) -> None:
    """A draft is nowhere, and with --drafts everywhere."""
    project.replace(LV, "operation: esf", "operation: esf\ndraft: true")
    assert project.build() == 0
    assert not (project.output / "lv/jaunumi/2016").exists()
    assert project.build("--drafts") == 0
    assert (project.output / "lv/jaunumi/2016/lemums/index.html").exists()


def test_the_calendar_is_an_input(project: Project) -> None:
    """`publish_from` and `expires` hold by the day that --date gives: the first day counts, the last does not."""
    project.replace(LV, "operation: esf", "operation: esf\npublish_from: 2027-01-10\nexpires: 2027-02-01")

    def published(day: str) -> bool:
        assert project.run("build", "--output", str(project.output), "--date", day) == 0
        return (project.output / "lv/jaunumi/2016/lemums/index.html").exists()

    days = ("2027-01-09", "2027-01-10", "2027-01-31", "2027-02-01")
    assert [published(day) for day in days] == [False, True, True, False]


def test_today_is_counted_in_the_zone_of_the_site(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without --date the day is that of the site's time zone, not of the machine's."""
    from site_builder import config

    class Clock(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> "Clock":
            return cls.fromtimestamp(1_800_000_000 - 1_800_000_000 % 86_400 + 23 * 3600, tz)

    monkeypatch.setattr("site_builder.config.datetime.datetime", Clock)
    days = []
    for zone in ("Europe/Riga", "Europe/London"):
        text = project.text("content/site.yaml")
        project.write({"content/site.yaml": re.sub(r"(?m)^timezone: .*$", f"timezone: {zone}", text)})
        days.append(config.load_config(project.folder, config.Options())[0].today)
    assert days[0] == days[1] + datetime.timedelta(days=1)


def test_an_item_in_one_language_says_why_and_links_to_nothing_missing(project: Project) -> None:
    """`only` with a reason is built in its language, without a twin in hreflang or the other feed."""
    project.replace(LV, "operation: esf", "operation: esf\nonly: lv\nreason: Dokuments ir tikai latviski.")
    project.write({EN: None})
    assert project.build() == 0
    page = project.page("lv/jaunumi/2016/lemums/index.html")
    assert "Dokuments ir tikai latviski." in page
    assert 'hreflang="en" href="https://small.example' not in page
    assert "decision" not in project.page("en/feed.json")


def test_aliases_lead_on(project: Project) -> None:
    """An old address is a page that leads to the new one, and stays out of the sitemap."""
    project.replace(LV, "title: Pieņemts", "aliases: [/lv/vecs/]\ntitle: Pieņemts")
    assert project.build() == 0
    page = project.page("lv/vecs/index.html")
    assert "/lv/jaunumi/2016/lemums/" in page
    assert "noindex" in page
    assert "/lv/vecs/" not in project.page("sitemap.xml")


def test_lists_are_cut_into_pages_of_twenty(project: Project) -> None:
    """Forty-one items make three pages, each language's in its own words."""
    files: dict[str, str | None] = {}
    for number in range(40):
        files[f"content/news/2016/n{number}.lv.md"] = NEWS_LV
        files[f"content/news/2016/n{number}.en.md"] = NEWS_EN.replace("slug: decision", f"slug: item-{number}")
    project.write(files)
    assert project.build() == 0
    assert (project.output / "lv/jaunumi/lapa/3/index.html").exists()
    assert (project.output / "en/news/page/3/index.html").exists()
    assert not (project.output / "en/news/page/4").exists()
    assert project.page("en/news/index.html").count('href="/en/news/2016/item-') >= 20


def test_a_base_path_stands_before_every_link(project: Project) -> None:
    """Under https://host/path/ every link of ours begins with the path, and the feeds and sitemap with the URL."""
    assert project.build("--base-url", "https://host.example/kurzeme-visiem/") == 0
    for path in project.output.rglob("*.html"):
        for link in re.findall(r'(?:href|src)="(/[^"]*)"', path.read_text("utf-8")):
            assert link.startswith("/kurzeme-visiem/"), (path, link)
    assert "<loc>https://host.example/kurzeme-visiem/en/</loc>" in project.page("sitemap.xml")
    assert "https://host.example/kurzeme-visiem/en/news/2016/decision/" in project.page("en/feed.xml")
    assert 'href=\\"/' not in project.page("en/feed.json")


def test_a_disputed_figure_shows_every_reading_with_its_source(project: Project) -> None:
    """Both numbers, both dates, both sources; in a text the second stands beside the first."""
    project.write({"content/facts/figures.yaml": DISPUTED})
    assert project.build() == 0
    results = project.page("en/results/index.html")
    assert "22\u00a0partners" in results
    assert "24\u00a0partners" in results
    assert "The parts add up to more." in results
    assert "22\u00a0partners (sources also say: 24\u00a0partners)" in project.page("en/news/2016/decision/index.html")


DISPUTED = """\
children:
  label: {lv: Partneri, en: Partners}
  unit: count
  noun:
    lv: {zero: partneri, one: partneris, other: partneri}
    en: {one: partner, other: partners}
  scope: {lv: Kurzeme, en: Kurzeme}
  additive: false
  status: disputed
  explanation: {lv: Daļu summa ir lielāka., en: The parts add up to more.}
  readings:
    - {value: 22, as_of: 2016-02-25, sources: [decision]}
    - {value: 24, undated: {lv: avotā nav datuma, en: the source gives no date}, sources: [decision]}
"""


def test_an_inferred_date_is_marked_with_its_reason(project: Project) -> None:
    """The mark and the reason stand beside the date; machines get the date."""
    reason = "{lv: avotā nav gada, en: the source gives no year}"
    project.replace(LV, "date: 2016-02-25", f"date: {{date: 2016-02-25, inferred: true, because: {reason}}}")
    assert project.build() == 0
    page = project.page("en/news/2016/decision/index.html")
    assert '<time datetime="2016-02-25">' in page
    assert "year inferred" in page
    assert "the source gives no year" in page
    assert "gads noteikts pēc konteksta" in project.page("lv/jaunumi/2016/lemums/index.html")


def test_a_correction_is_shown_to_readers(project: Project) -> None:
    """A dated note stands on the page, and counts as the last change in the feed."""
    note = "correction:\n  - {date: 2026-11-25, text: The number was wrong.}\n"
    project.replace(EN, "slug: decision\n", f"slug: decision\n{note}")
    assert project.build() == 0
    assert "The number was wrong." in project.page("en/news/2016/decision/index.html")
    assert "2026-11-25T" in project.page("en/feed.xml")


def test_a_sensitive_place_shows_no_point_anywhere(project: Project) -> None:
    """No coordinates, no map, in no output; a place that is not sensitive may have them."""
    project.replace("content/facts/facilities/salmu.yaml", "sensitive: true", "sensitive: false")
    project.replace(
        "content/facts/facilities/salmu.yaml",
        "operator:",
        "coordinates: {latitude: 56.5123, longitude: 21.0123, source: decision}\noperator:",
    )
    assert project.build() == 0
    assert '"latitude":56.5123' in project.page("en/facilities/salmu/index.html")
    project.replace("content/facts/facilities/salmu.yaml", "sensitive: false", "sensitive: true")
    assert project.build() == 1
    project.replace(
        "content/facts/facilities/salmu.yaml",
        "coordinates: {latitude: 56.5123, longitude: 21.0123, source: decision}\n",
        "",
    )
    assert project.build() == 0
    for path in project.output.rglob("*"):
        if path.is_file():
            assert b"56.51" not in path.read_bytes(), path
            assert b'"geo"' not in path.read_bytes(), path


def test_text_cannot_leave_its_place_in_json_ld(project: Project) -> None:
    """A title that tries to close the script element stays data."""
    project.replace(EN, "title: A decision is taken", 'title: "</script><script>alert(1)</script>"')
    assert project.build() == 0
    assert "<script>alert(1)" not in project.page("en/news/2016/decision/index.html")


def test_a_link_to_something_unpublished_keeps_its_words(project: Project) -> None:
    """A date that comes or passes cannot stop a build: the link goes, its words stay, a warning tells."""
    project.write(
        {
            "content/news/2016/cits.lv.md": NEWS_LV.replace("operation: esf", "draft: true"),
            "content/news/2016/cits.en.md": NEWS_EN.replace("slug: decision", "slug: other"),
        }
    )
    project.replace(EN, "See [the house](facility:salmu).", "See [the other item](news:2016/cits).")
    assert project.build() == 0
    assert "See the other item." in project.page("en/news/2016/decision/index.html")
    assert ("not-published", "warning") in {(found.code, found.severity) for found in project.problems()}


def test_feed_ids_do_not_follow_the_address(project: Project) -> None:
    """A new slug or title changes the address and leaves the id."""
    import json

    def item() -> tuple[str, str]:
        assert project.build() == 0
        only = json.loads(project.page("en/feed.json"))["items"][0]
        return only["id"], only["url"]

    before = item()
    project.replace(EN, "slug: decision", "slug: another-word\naliases: [/en/news/2016/decision/]")
    after = item()
    assert before[0] == after[0]
    assert before[1] != after[1]


def test_a_third_language_needs_only_data_and_words(site_folder: Callable[..., Project]) -> None:
    """Lithuanian: a line in site.yaml, its words, its files, its words beside the EU emblem; no code."""
    from conftest import small_site

    files: dict[str, str | None] = {}
    for path, text in small_site().items():
        added = re.sub(r"\{lv: ([^{}]*?), en: ", r"{lt: \1, lv: \1, en: ", text)
        added = added.replace("    en: {one: child", "    lt: {one: a, few: b, many: c, other: d}\n    en: {one: child")
        added = re.sub(r"(publisher: \{name: \{)", r"\1", added)
        if path.endswith("site.yaml"):
            added = added.replace("languages:\n", "languages:\n  - {code: lt, name: Lietuvių, locale: lt_LT}\n")
        if path.endswith(".lv.md"):
            files[path.replace(".lv.md", ".lt.md")] = text
            added = re.sub(r"(?m)^(date|published|category|tags|facilities|services|operation|sources):.*\n", "", text)
        files[path] = added
    project = site_folder(files)
    words = project.text("templates/i18n/en.yaml")
    words = re.sub(r"\{one: (\".*?\"), other: (\".*?\")\}", r"{one: \1, few: \2, many: \2, other: \2}", words)
    project.write({"templates/i18n/lt.yaml": words})
    shutil.copy(project.folder / "static/eu-emblem.en.svg", project.folder / "static/eu-emblem.lt.svg")
    assert project.build() == 0, project.problems()
    assert (project.output / "lt/jaunumi/2016/lemums/index.html").exists()
    assert "114\u00a0d" in project.page("lt/rezultati/index.html")


MONEY = """\
{key}:
  label: {{lv: Summa, en: Sum}}
  value: {value}
  unit: EUR
  scope: {{lv: Liepāja, en: Liepāja}}
  additive: {additive}
  status: current
  as_of: 2020-04-01
  sources: [decision]
"""


def test_money_that_does_not_add_up_is_told(project: Project) -> None:
    """An operation's EU and national parts make its total; parts that are not additive are never added."""
    from conftest import FIGURE

    def codes(part: int, additive: str) -> list[str]:
        values = (("total", 100, "false"), ("eu", 85, additive), ("own", part, additive))
        figures = [MONEY.format(key=key, value=value, additive=yes) for key, value, yes in values]
        project.write({"content/facts/figures.yaml": FIGURE + "".join(figures)})
        return [found.code for found in project.problems()]

    project.replace(
        "content/facts/operations/erdf.yaml", "fund:", "total: total\neu_part: eu\nnational_part: own\nfund:"
    )
    assert codes(15, "true") == []
    assert codes(16, "true") == ["money-differs"]
    assert codes(15, "false") == ["not-additive"]


def test_a_publisher_is_named_once_there_is_one(project: Project) -> None:
    """The small site has a publisher: JSON-LD names it as GovernmentOrganization, and the footer does."""
    assert project.build() == 0
    page = project.page("en/news/2016/decision/index.html")
    assert '"@type":"GovernmentOrganization","@id":"https://institution.example/"' in page
    assert "Institution</a>" in page


@pytest.mark.parametrize("damage", ["details", "contents", "units", "html", "all"])
def test_what_was_kept_and_is_lost_is_made_again(damage: str, project: Project) -> None:
    """Whatever part of the store is damaged; mistakes are told as ever, and the next build finds everything again."""
    assert project.build() == 0
    whole = tree(project.output)

    def lose() -> None:
        connection = sqlite3.connect(project.folder / FOLDER / FILE)
        with connection:
            for table in TABLES if damage == "all" else (damage,):
                connection.execute(f"UPDATE {table} SET value = x'00'")
        connection.close()

    lose()
    text = project.text(EN)
    project.write({EN: text.replace("slug: decision", "slug: decision\ncolour: red")})
    assert [found.code for found in project.problems()] == ["unknown-key"]
    lose()
    project.write({EN: text.replace("title: A decision", "title: One decision")})
    assert project.build() == 0
    project.write({EN: text})
    lose()
    assert project.build() == 0
    now = tree(project.output)
    assert [path for path in whole if now.get(path) != whole[path]] == ["site-manifest.json"], "it names the kept card"
    made: list[str] = []
    make(project.folder, project.options(), target=OutputTarget(lambda path, content: made.append(path)))
    assert made == []


def test_a_build_that_was_killed_leaves_a_folder_that_the_next_one_takes(project: Project) -> None:
    """What it had prepared is swept, what is missing is put back."""
    assert project.build() == 0
    whole = tree(project.output)
    staging = project.folder / ".site-builder/publish/public/staging"
    for folder in (staging, project.output / ".site-builder-new"):
        folder.mkdir()
        (folder / "file").write_text("half")
    (project.output / "lv/index.html").unlink()
    assert project.build() == 0
    assert tree(project.output) == whole


def test_milestones_of_a_scope_stand_on_the_page_that_the_site_has_for_them(project: Project) -> None:
    """The timeline leads there with their number and keeps the others; the picture of all stays on the timeline."""
    milestone = "{{date: 2020-0{0}-01, scope: {1}, event: other, text: {{lv: A{0}, en: B{0}}}, sources: [decision]}}\n"
    events = "one: " + milestone.format(1, "liepaja") + "two: " + milestone.format(2, "region")
    project.write(
        {**_section("timeline-region", "timeline/region", "timeline"), "content/facts/milestones.yaml": events}
    )
    assert project.build() == 0, project.problems()
    whole, part = project.page("en/timeline/index.html"), project.page("en/timeline/region/index.html")
    assert ('id="one"' in whole, 'id="two"' in whole, 'id="one"' in part, 'id="two"' in part) == (
        True,
        False,
        False,
        True,
    )
    assert 'href="/en/timeline/region/">timeline-region</a> <span class="count">(1 event)</span>' in whole
    assert ("<svg role" in whole, "<svg role" in part) == (True, False)


def test_check_prints_what_the_heaviest_page_weighs(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """Each budget with the worst page's value and the limit."""
    assert project.run("check", "--date", TODAY) == 0
    printed = capsys.readouterr().out
    assert re.search(r"HTML of the page: \d+ kB, limit 40 kB \(.*\.html\)", printed)
    assert "web fonts of the page: 0, limit 0" in printed


def test_names_of_another_language_are_marked(project: Project) -> None:
    """The address of a house in an English text is read aloud as Latvian; a Latvian text needs no mark."""
    assert project.build() == 0
    assert '<span lang="lv">Salmu iela\u00a053</span></h1>' in project.page("en/facilities/salmu/index.html")
    latvian = re.search(r"<h1>.*?</h1>", project.page("lv/vietas/salmu/index.html"))
    assert latvian
    assert latvian[0] == "<h1>Māja Salmu ielā\u00a053</h1>"


PAGE = "---\ntitle: {title}\nsummary: {title} in one line.\n{shared}---\n\n{title} in a text.\n"


def _section(key: str, path: str, parent: str) -> dict[str, str | None]:
    """The pages of a new section, and the configuration that has it."""
    from conftest import small_site

    line = f"  - {{key: {key}, path: {{lv: {path}, en: {path}}}, name: {{lv: {key}, en: {key}}}, parent: {parent}}}\n"
    return {
        "content/site.yaml": small_site()["content/site.yaml"] + line,
        f"content/pages/{key}.lv.md": PAGE.format(title=f"Daļa {key}", shared="published: 2026-11-22\n"),
        f"content/pages/{key}.en.md": PAGE.format(title=f"Part {key}", shared=""),
    }


def test_a_figure_stands_on_the_page_of_its_group(project: Project) -> None:
    """Its page has it in full, the page of results in brief, and everything that names it leads to its page."""
    project.write(_section("people", "results/people", "results"))
    project.replace("content/facts/figures.yaml", "additive: false", "additive: false\n  group: people")
    assert project.build() == 0, project.problems()
    address = 'href="/en/results/people/#children"'
    assert 'id="children"' in project.page("en/results/people/index.html")
    assert 'id="children"' not in project.page("en/results/index.html")
    assert address in project.page("en/results/index.html")
    assert address in project.page("en/news/2016/decision/index.html")
    assert address in project.page("en/index.html")
    trail = re.search(r'<nav class="breadcrumbs.*?</nav>', project.page("en/results/people/index.html"), re.DOTALL)
    assert trail
    assert 'href="/en/results/"' in trail[0]
    assert "<loc>https://small.example/en/results/people/</loc>" in project.page("sitemap.xml")


def test_a_figure_without_a_group_stands_on_the_page_of_results(project: Project) -> None:
    """A section under results that no figure names is a page of text."""
    project.write(_section("people", "results/people", "results"))
    assert project.build() == 0, project.problems()
    assert 'id="children"' in project.page("en/results/index.html")
    assert "Part people in a text." in project.page("en/results/people/index.html")


def test_sources_of_a_kind_stand_on_the_page_that_the_site_has_for_them(project: Project) -> None:
    """The page of sources leads to it with their number, and so does everything that rests on them."""
    project.write(_section("sources-primary", "sources/primary", "sources"))
    assert project.build() == 0, project.problems()
    page = project.page("en/sources/primary/index.html")
    assert '<a href="https://council.example/decision">Lēmums</a>' in page
    assert 'id="decision"' not in project.page("en/sources/index.html")
    assert 'href="/en/sources/primary/"' in project.page("en/sources/index.html")
    assert "(1 source)" in project.page("en/sources/index.html")
    assert '<a href="/en/sources/primary/#decision">Council, 2016</a>' in project.page("en/results/index.html")
