"""The files of open data say what the pages say, in all forms alike, and hold for the tools that read such files."""

import csv
import datetime
import hashlib
import io
import json
import re
import shutil
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from conftest import PROJECT, Project
from reading import NBSP, structured, words, written

from site_builder.content_types.facility import Coordinates
from site_builder.outputs.open_data.columns import Table
from site_builder.outputs.open_data.tables import TABLES
from site_builder.schema import field_specs

KEYS = [table.key for table in TABLES]
DATA = {"lv": "lv/dati", "en": "en/data"}
PLAIN = {None: "", True: "true", False: "false"}


def rows_of(output: Path, table: str) -> list[dict[str, str]]:
    """The rows of a table as CSV has them."""
    text = (output / f"data/{table}.csv").read_bytes().decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def objects_of(output: Path, table: str) -> list[dict[str, Any]]:
    """The rows of a table as JSON has them."""
    return list(json.loads((output / f"data/{table}.json").read_text("utf-8")))


def page_of(output: Path, table: str, language: str) -> str:
    """The page that explains a table."""
    word = (
        "" if table == "figures" else written(PROJECT / f"templates/i18n/{language}.yaml")[f"data.{table}.path"] + "/"
    )
    return (output / DATA[language] / f"{word}index.html").read_text("utf-8")


# What the files say -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", KEYS)
def test_csv_and_json_have_the_same_rows(table: str, real_output: Path) -> None:
    """RFC 4180 and JSON of one table: nothing stated is null in one and something in the other."""
    raw = (real_output / f"data/{table}.csv").read_bytes()
    assert raw.count(b"\r\n") == raw.count(b"\n")
    objects = objects_of(real_output, table)
    assert rows_of(real_output, table) == [
        {key: PLAIN.get(value, value) for key, value in one.items()} for one in objects
    ]


def test_every_value_of_every_figure_is_a_row(real_output: Path) -> None:
    """A row for each value, each reading of a disputed figure and each earlier value; each with its sources."""
    expected = []
    for key, figure in written(PROJECT / "content/facts/figures.yaml").items():
        readings = figure.get("readings") or [figure]
        series = figure.get("series") or []
        expected += [(key, str(one["value"]), " ".join(one["sources"])) for one in (*readings, *series)]
    rows = objects_of(real_output, "figures")
    assert [(row["id"], row["value"], row["sources"]) for row in rows] == expected


# Pages of the site, and how the things on them are told from the rest.
SHOWN = {
    "facilities": (["lv/vietas"], r'<h\d[^>]*><a href="(/lv/vietas/[^"]+)"'),
    "services": (["lv/pakalpojumi"], r'<h\d[^>]*><a href="(/lv/pakalpojumi/[^"]+)"'),
    "partners": (["lv/partneri"], r'<li id="((?!reason-)[^"]+)"'),
    "operations": (["lv/par-projektu", "lv/par-projektu/infrastruktura"], r'(id="part-data")'),
    "milestones": (["lv/laika-linija", "lv/laika-linija/kurzemes-regions"], r'<li id="((?!reason-)[^"]+)"'),
    "glossary": (["lv/vardnica"], r'<article class="entry" id="([^"]+)"'),
    "sources": (["lv/avoti", "lv/avoti/iestades"], r'<li id="([^"]+)"'),
}


@pytest.mark.parametrize("table", SHOWN)
def test_a_table_has_as_many_rows_as_the_pages_show(table: str, real_output: Path) -> None:
    """Nothing is published in files alone, and nothing on pages alone."""
    pages, pattern = SHOWN[table]
    shown = [
        (page, found)
        for page in pages
        for found in set(re.findall(pattern, (real_output / page / "index.html").read_text("utf-8")))
    ]
    assert len(rows_of(real_output, table)) == len(shown) > 0


def test_the_pages_of_results_show_every_row_of_figures(real_output: Path) -> None:
    """Each row leads to a page and an anchor that are there."""
    for row in rows_of(real_output, "figures"):
        path, _, anchor = row["page_en"].removeprefix("https://kurzeme-visiem.example/").partition("#")
        assert f'id="{anchor}"' in (real_output / path / "index.html").read_text("utf-8"), row["key"]


@pytest.mark.parametrize("language", DATA)
@pytest.mark.parametrize("table", TABLES, ids=KEYS)
def test_the_page_explains_every_column_and_counts_the_rows(table: Table, language: str, real_output: Path) -> None:
    """Column names, row count, files and first rows on the page are those of the files, in both languages."""
    page, rows = page_of(real_output, table.key, language), rows_of(real_output, table.key)
    named = [name for term in re.findall(r"<dt>(.*?)</dt>", page) for name in re.findall(r"<code>(.*?)</code>", term)]
    assert named == list(rows[0])
    assert re.search(rf"\b{len(rows)} (?:rind|row)", page)
    for form in ("csv", "json"):
        size = -(-(real_output / f"data/{table.key}.{form}").stat().st_size // 1000)
        assert (
            f'href="/data/{table.key}.{form}" download>{table.key}.{form}</a> ({form.upper()}, {size}{NBSP}kB)' in page
        )
    head = re.findall(r'<th scope="col"><code>(.*?)</code>', page)
    assert 2 <= len(head) <= 6
    first = re.search(r'<tbody>\s*<tr><th scope="row">(.*?)</th>', page)
    assert first is not None
    assert first[1] == rows[0][head[0]]


def test_the_page_of_open_data_leads_to_every_table(real_output: Path) -> None:
    """With its row count and the size of each of its files, and to what describes them all."""
    for language, folder in DATA.items():
        html = (real_output / folder / "index.html").read_text("utf-8")
        for table in KEYS:
            for form in ("csv", "json"):
                size = -(-(real_output / f"data/{table}.{form}").stat().st_size // 1000)
                assert f"{table}.{form}</a> ({form.upper()}, {size}{NBSP}kB)" in html
            assert re.search(rf"\b{len(rows_of(real_output, table))} (?:rind|row)[a-z]*: <a href=\"/data/{table}", html)
        for name in ("datapackage.json", "csv-metadata.json", "catalog.jsonld"):
            assert f'href="/data/{name}"' in html
        assert f"https://kurzeme-visiem.example/{folder}/ (CC BY 4.0)" in words(html), language


def test_the_document_tells_of_every_table_with_its_rows(real_output: Path) -> None:
    """docs/open-data.md counts what is published."""
    text = (PROJECT / "docs/open-data.md").read_text("utf-8")
    counts = {key: len(rows_of(real_output, key)) for key in KEYS}
    assert {key: int(rows) for key, rows in re.findall(r"(?m)^\| `([a-z]+)` \| (\d+) \|", text)} == counts
    assert f"each of {sum(counts.values())} rows" in text


@pytest.mark.parametrize("language", DATA)
def test_columns_are_explained_by_words_that_are_used(language: str) -> None:
    """Every word explains a column, has a title before the dash and a meaning behind it; none is left over."""
    given = {
        key.removeprefix("data.column."): value
        for key, value in written(PROJECT / f"templates/i18n/{language}.yaml").items()
        if key.startswith("data.column.")
    }
    assert {word for table in TABLES for column in table.columns for word in column.explained} == set(given)
    assert [key for key, value in given.items() if not re.fullmatch(r"[^–]+ – .+", value)] == []


def test_a_site_without_figures_has_empty_tables(project: Project, tmp_path: Path) -> None:
    """The files are there, with nothing in them; what describes tables tells of those that have rows."""
    project.write({"content/facts/figures.yaml": None})
    project.replace("content/site.yaml", "key_figures: [children]", "key_figures: []")
    project.replace("content/facts/facilities/salmu.yaml", "figures: [children]\n", "")
    for language in ("lv", "en"):
        project.replace(f"content/news/2016/lemums.{language}.md", "[[fact:children]]", "daudzi")
    assert project.build() == 0
    assert (project.output / "data/figures.csv").read_bytes() == b""
    assert json.loads((project.output / "data/figures.json").read_text("utf-8")) == []
    described = json.loads((project.output / "data/datapackage.json").read_text("utf-8"))["resources"]
    assert [one["name"] for one in described] == ["facilities", "services", "operations", "sources", "citations"]
    assert told_of(project.output / "data") == []
    assert project.run("build", "--output", str(tmp_path / "elsewhere")) == 0
    assert (tmp_path / "elsewhere/data/figures.csv").read_bytes() == b""


# What is not in them ----------------------------------------------------------------------------------------------


def test_no_table_tells_where_on_the_map_a_place_is(real_output: Path) -> None:
    """Of homes no more than their page shows, and of no place a point: no column could hold one."""
    names = [name for table in KEYS for name in rows_of(real_output, table)[0]]
    points = {spec.key for spec in field_specs(Coordinates)} - {"source"} | {"coordinates", "map_url", "geo"}
    assert [name for name in names if any(point in name for point in points)] == []
    homes = [row for row in rows_of(real_output, "facilities") if row["sensitive"] == "true"]
    assert len(homes) == 3
    assert [
        row["id"] for row in homes if row["status"] == "open" and row["status_since_precision"] in ("day", "month")
    ] == []
    for row in homes:
        page = words((real_output / row["page_lv"].split(".example/")[1] / "index.html").read_text("utf-8"))
        assert row["street"] in page
        assert row["status_since"][:4] in page


def test_a_point_on_the_map_of_another_place_is_in_no_file(project: Project) -> None:
    """A place that is nobody's home may have one on its page; data of all places together have none."""
    house = "content/facts/facilities/salmu.yaml"
    project.replace(
        house,
        "sensitive: true",
        "sensitive: false\ncoordinates: {latitude: 56.5, longitude: 21.0123, source: decision}",
    )
    assert project.build() == 0
    assert "21.0123" in project.page("en/facilities/salmu/index.html")
    assert [path.name for path in (project.output / "data").iterdir() if b"21.0123" in path.read_bytes()] == []


def test_tables_name_nobody_whom_their_page_does_not_name(real_output: Path) -> None:
    """There is no table of people; a name stands in a text only where the thing's own page has it."""
    people = {one["name"] for one in written(PROJECT / "content/facts/people.yaml").values()}
    assert people
    for table in KEYS:
        for row in rows_of(real_output, table):
            for name in people & {name for name in people if name in " ".join(row.values())}:
                paths = [row[f"page_{code}"].split(".example/")[1].partition("#")[0] for code in DATA]
                told = [words((real_output / path / "index.html").read_text("utf-8")) for path in paths]
                assert any(name in one for one in told), (table, name)


def test_no_file_adds_up_what_must_not_be_added(real_output: Path) -> None:
    """No number stands in a table or a description that no source states: sums of figures least of all."""
    figures = rows_of(real_output, "figures")
    stated = {row["value"] for row in figures}
    for row in rows_of(real_output, "operations"):
        for name in ("total", "eu_part", "national_part", "eu_rate"):
            assert row[name] in stated | {""}
            assert (row[name] == "") or row[f"{name}_figure"] in {one["id"] for one in figures}
    people = [int(row["value"]) for row in figures if row["unit"] == "count" and row["reading"] == "stated"]
    assert {row["additive"] for row in figures if row["unit"] == "count"} == {"false"}
    for name in ("datapackage.json", "catalog.jsonld", "csv-metadata.json"):
        assert str(sum(people)) not in re.findall(r"\d+", (real_output / "data" / name).read_text("utf-8"))
    assert "additive" in json.loads((real_output / "data/datapackage.json").read_text("utf-8"))["description"]


# Other tools read them ----------------------------------------------------------------------------------------------


@contextmanager
def of_others() -> Iterator[None]:
    """What libraries warn their own authors of is none of our affair."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def told_of(folder: Path) -> list[tuple[str, str, str]]:
    """What Frictionless finds wrong with a package: descriptor, sizes, digests, every cell, keys and links."""
    with of_others():
        from frictionless import Package

        report = Package(str(folder / "datapackage.json")).validate()
    listed = [("", report.errors), *((task.name, task.errors) for task in report.tasks)]
    return [(table, one.type, one.message) for table, errors in listed for one in errors]


@pytest.fixture
def data(real_output: Path, tmp_path: Path) -> Path:
    """A copy of the files of open data, to be spoilt."""
    return Path(shutil.copytree(real_output / "data", tmp_path / "data"))


def test_frictionless_finds_nothing_wrong_with_the_package(data: Path) -> None:
    """Every table is in it, with its size, digest, licence, and what its rows rest on."""
    package = json.loads((data / "datapackage.json").read_text("utf-8"))
    assert [one["name"] for one in package["resources"]] == KEYS
    for one in package["resources"]:
        raw = (data / one["path"]).read_bytes()
        assert (one["bytes"], one["hash"]) == (len(raw), f"sha256:{hashlib.sha256(raw).hexdigest()}")
        assert one["licenses"][0]["name"] == "CC-BY-4.0"
        cited = {key for row in rows_of(data.parent, one["name"]) for key in row.get("sources", "").split()}
        assert len(one.get("sources", [])) == len(cited)
    assert told_of(data) == []


# What is spoilt in which table, and what Frictionless says of it there.
SPOILT = [
    ("figures", "2023-09-01,day", "2023-09-31x,day", "constraint-error"),
    ("figures", ",false,results-2023,", ",maybe,results-2023,", "type-error"),
    ("figures", "services-spent.1", "services-spent.2", "primary-key"),
    ("figures", ",kurzeme-visiem,", ",another,", "foreign-key"),
    ("citations", "results-2023,services-spent.1", "nowhere,services-spent.1", "foreign-key"),
    ("milestones", ",decision,", ",decisions,", "constraint-error"),
    ("operations", ",2630900,", ",much,", "type-error"),
    ("glossary", "id,term_lv", "id,word_lv", "incorrect-label"),
    ("facilities", "\r\n", ",\r\n", "extra-label"),
]


def test_a_package_that_was_spoilt_is_refused(data: Path) -> None:
    """So that nothing found means something: dates, numbers, choices, keys, links, heads, sizes and digests."""
    for table, old, new, _ in SPOILT:
        file = data / f"{table}.csv"
        raw = file.read_bytes()
        assert old.encode() in raw, (table, old)
        file.write_bytes(raw.replace(old.encode(), new.encode(), 1))
    found = {(table, code) for table, code, _ in told_of(data)}
    assert {(table, code) for table, _, _, code in SPOILT} <= found
    assert {(table, "hash-count") for table, *_ in SPOILT} <= found


# What a value of a type is to the reader of CSV on the Web.
CLASSES = {"number": "Decimal", "boolean": "bool", "date": "datetime", "keys": "list", "uri": "URIReference"}


@pytest.mark.parametrize("table", TABLES, ids=KEYS)
def test_csv_on_the_web_reads_every_table_by_its_description(table: Table, data: Path) -> None:
    """Each value comes back as what it is – a number, a day, a list – and says the same."""
    with of_others():
        from csvw.metadata import CSVW

    read = CSVW(str(data / f"{table.key}.csv"))
    assert read.is_valid
    [found] = read.tables
    description = json.loads((data / f"{table.key}.csv-metadata.json").read_text("utf-8"))
    for column in description["tableSchema"]["columns"]:
        # A reader that knows no names finds the head of the file among the titles (Tabular Data Model 6.1).
        assert all(len(titles) == 2 and titles[1] == column["name"] for titles in column["titles"].values())
        assert set(column["titles"]) == {"lv", "en"}
    types = {name: column.type for column in table.columns for name in table.names(column, ("lv", "en"))}
    for cells, plain in zip(found, rows_of(data.parent, table.key), strict=True):
        for name, value in cells.items():
            assert _as_text(value) == plain[name], (table.key, name)
            kind = CLASSES.get(types[name], "str")
            assert type(value).__name__ in (kind, "NoneType"), (table.key, name)


def _as_text(value: Any) -> str:
    """A value that was read, as the file has it."""
    if isinstance(value, list):
        return " ".join(value)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if hasattr(value, "unsplit"):
        return str(value.unsplit())
    return PLAIN[value] if value is None or isinstance(value, bool) else str(value)


def test_csv_on_the_web_holds_all_tables_together(data: Path) -> None:
    """Their primary keys are unique and their foreign keys lead somewhere; a spoilt one does not."""
    with of_others():
        from csvw import TableGroup

    group = TableGroup.from_file(str(data / "csv-metadata.json"))
    assert [str(one.url) for one in group.tables] == [f"{key}.csv" for key in KEYS]
    group.check_referential_integrity()
    linked = {
        (one.url.string, key.columnReference[0], key.reference.resource.string)
        for one in group.tables
        for key in one.tableSchema.foreignKeys
    }
    assert ("citations.csv", "source", "sources.csv") in linked
    assert ("figures.csv", "operation", "operations.csv") in linked
    file = data / "citations.csv"
    file.write_bytes(file.read_bytes().replace(b"results-2023,services-spent.1", b"nowhere,services-spent.1", 1))
    with pytest.raises(ValueError, match="nowhere"):
        TableGroup.from_file(str(data / "csv-metadata.json")).check_referential_integrity()


def test_links_of_many_keys_lead_somewhere(real_output: Path) -> None:
    """A column of many keys is no foreign key in any standard, so this asks for each of its keys."""
    ids = {key: {row.get("id", "") for row in rows_of(real_output, key)} for key in KEYS}
    lists = [(table, column) for table in TABLES for column in table.columns if column.refers and column.type == "keys"]
    assert {(table.key, column.name) for table, column in lists} >= {("figures", "sources"), ("facilities", "services")}
    for table, column in lists:
        for row in rows_of(real_output, table.key):
            assert set(row[column.name].split()) <= ids[column.refers], (table.key, row)


def test_the_table_of_citations_has_every_source_of_every_row(real_output: Path) -> None:
    """The same links as the columns of keys, a row each."""
    links = Counter(
        (key, row["key" if key == "figures" else "id"], source)
        for key in KEYS
        if key not in ("changes", "citations", "sources")
        for row in rows_of(real_output, key)
        for source in row["sources"].split()
    )
    told = Counter(
        (key, value, row["source"])
        for row in rows_of(real_output, "citations")
        for key, value in row.items()
        if key != "source" and value
    )
    assert told == links


# Catalogues ---------------------------------------------------------------------------------------------------------


def graph_of(output: Path) -> Any:
    """The catalogue as RDF; its context is its own, so nothing is asked of a network."""
    with of_others():
        from rdflib import Graph

    raw = (output / "data/catalog.jsonld").read_text("utf-8")
    assert isinstance(json.loads(raw)["@context"], dict)
    with of_others():
        return Graph().parse(data=raw, format="json-ld")


def broken_shapes(graph: Any) -> Iterator[str]:
    """What the shapes of DCAT-AP 3.0.1 say is wrong: the property and why."""
    with of_others():
        from pyshacl import validate
        from rdflib import SH, Graph

        shapes = Graph().parse(PROJECT / "tests/shapes/dcat-ap.ttl")
        _, report, _ = validate(graph, shacl_graph=shapes, inference="none")
    for result in report.subjects(SH.resultSeverity, SH.Violation):
        path, why = report.value(result, SH.resultPath), report.value(result, SH.sourceConstraintComponent)
        yield f"{str(path).rpartition('/')[2].rpartition('#')[2]} {str(why).rpartition('#')[2]}"


def test_the_catalogue_lacks_only_what_its_owner_must_decide(real_output: Path) -> None:
    """DCAT-AP asks for a publisher, whom the site does not name before it is decided; nothing else is wrong."""
    assert list(broken_shapes(graph_of(real_output))) == ["publisher MinCountConstraintComponent"]


def test_with_a_publisher_the_catalogue_is_whole(published: Project) -> None:
    """Titles and descriptions in both languages, every table as CSV and as JSON, sizes and digests as they are."""
    from rdflib import DCAT, DCTERMS, RDF, URIRef

    graph = graph_of(published.output)
    assert list(broken_shapes(graph)) == []
    for kind in (DCAT.Catalog, DCAT.Dataset):
        for thing in graph.subjects(RDF.type, kind):
            for property_ in (DCTERMS.title, DCTERMS.description):
                assert {one.language for one in graph.objects(thing, property_)} == {"lv", "en"}
    tables = set(graph.subjects(RDF.type, DCAT.Dataset))
    listed = set(graph.objects(next(graph.subjects(RDF.type, DCAT.Catalog)), DCAT.dataset))
    assert tables == listed
    for one in graph.subjects(RDF.type, DCAT.Distribution):
        url = str(graph.value(one, DCAT.downloadURL))
        raw = (published.output / url.removeprefix("https://small.example/")).read_bytes()
        assert int(graph.value(one, DCAT.byteSize)) == len(raw)
        checksum = graph.value(one, URIRef("http://spdx.org/rdf/terms#checksum"))
        value = graph.value(checksum, URIRef("http://spdx.org/rdf/terms#checksumValue"))
        assert value is not None
        assert str(value).lower() == hashlib.sha256(raw).hexdigest()


@pytest.mark.parametrize("left_out", ["dct:title", "dct:description", "dcat:accessURL", "foaf:name"])
def test_a_catalogue_that_lacks_something_is_refused(left_out: str, published: Project) -> None:
    """So that nothing found means something."""
    file = published.output / "data/catalog.jsonld"
    file.write_text(file.read_text("utf-8").replace(f'"{left_out}"', '"dct:nothing"'), "utf-8")
    found = set(broken_shapes(graph_of(published.output)))
    assert f"{left_out.partition(':')[2]} MinCountConstraintComponent" in found


@pytest.mark.parametrize("language", DATA)
@pytest.mark.parametrize("table", KEYS)
def test_the_page_describes_its_table_to_search_engines(table: str, language: str, real_output: Path) -> None:
    """schema.org/Dataset: what is measured, when and where, the licence, where to take it, what it rests on."""
    page = page_of(real_output, table, language)
    [thing] = [one for one in structured(page) if one["@type"] == "Dataset"]
    assert {"name", "description", "license", "spatialCoverage", "variableMeasured", "distribution"} <= thing.keys()
    urls = [one["contentUrl"] for one in thing["distribution"]]
    assert urls == [f"https://kurzeme-visiem.example/data/{table}.{form}" for form in ("csv", "json")]
    assert 50 <= len(thing["description"]) <= 5000
    assert len(thing["variableMeasured"]) == len(next(one for one in TABLES if one.key == table).columns)
    assert "publisher" not in thing
    for form, kind in (("csv", "text/csv"), ("json", "application/json")):
        assert re.search(rf'<link rel="alternate" type="{kind}" [^>]*href="/data/{table}\.{form}"', page)
    if table == "figures":
        assert thing["temporalCoverage"].startswith("20")
        assert all(url.startswith("http") for url in thing["isBasedOn"])
