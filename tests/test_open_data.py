"""The files of open data say what the pages say, in both forms alike."""

import csv
import json
import re
from pathlib import Path

from conftest import PROJECT, Project
from reading import NBSP, written


def test_csv_and_json_have_the_same_rows(real_output: Path) -> None:
    """RFC 4180 and JSON of one table: nothing stated is null in one and something in the other."""
    raw = (real_output / "data/figures.csv").read_bytes()
    assert raw.count(b"\r\n") == raw.count(b"\n")
    rows = list(csv.DictReader(raw.decode("utf-8").splitlines()))
    objects = json.loads((real_output / "data/figures.json").read_text("utf-8"))
    plain = {None: "", True: "true", False: "false"}
    assert rows == [{key: plain.get(value, value) for key, value in one.items()} for one in objects]


def test_every_value_of_every_figure_is_a_row(real_output: Path) -> None:
    """A row for each value, each reading of a disputed figure and each earlier value; each with its sources."""
    expected = []
    for key, figure in written(PROJECT / "content/facts/figures.yaml").items():
        readings = figure.get("readings") or [figure]
        series = figure.get("series") or []
        expected += [(key, str(one["value"]), " ".join(one["sources"])) for one in (*readings, *series)]
    rows = json.loads((real_output / "data/figures.json").read_text("utf-8"))
    assert [(row["id"], row["value"], row["sources"]) for row in rows] == expected


def test_the_page_explains_every_column_and_counts_the_rows(real_output: Path) -> None:
    """Column names, row count and file sizes on the page are those of the files, in both languages."""
    raw = (real_output / "data/figures.csv").read_bytes()
    rows = list(csv.reader(raw.decode("utf-8").splitlines()))
    for page in ("lv/dati/index.html", "en/data/index.html"):
        html = (real_output / page).read_text("utf-8")
        named = [
            name for term in re.findall(r"<dt>(.*?)</dt>", html) for name in re.findall(r"<code>(.*?)</code>", term)
        ]
        assert named == rows[0]
        assert re.search(rf"\b{len(rows) - 1} (?:rind|row)", html)
        assert f"(CSV, {-(-len(raw) // 1000)}{NBSP}kB)" in html


def test_a_site_without_figures_has_empty_tables(project: Project) -> None:
    """The files are there, with nothing in them."""
    project.write({"content/facts/figures.yaml": None})
    project.replace("content/site.yaml", "key_figures: [children]", "key_figures: []")
    project.replace("content/facts/facilities/salmu.yaml", "figures: [children]\n", "")
    for language in ("lv", "en"):
        project.replace(f"content/news/2016/lemums.{language}.md", "[[fact:children]]", "daudzi")
    assert project.build() == 0
    assert (project.output / "data/figures.csv").read_bytes() == b""
    assert json.loads((project.output / "data/figures.json").read_text("utf-8")) == []
