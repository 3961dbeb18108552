"""The tables described for programs: a Frictionless Data Package (v1) and CSV on the Web (W3C, 2015).

A table without rows is an empty file, which neither can describe, so it is left out of both.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from site_builder.content_types import Entry
from site_builder.i18n.slugs import slugify
from site_builder.outputs.assets import Assets
from site_builder.outputs.lasting import as_readable_json
from site_builder.outputs.open_data.columns import DATE, KEYS, Column, Table
from site_builder.outputs.open_data.tables import BY_KEY, TABLES
from site_builder.outputs.open_data.wording import meaning, table_about, table_name, title
from site_builder.outputs.open_data.writers import content, name_of
from site_builder.site import Site

Thing = dict[str, Any]

# Table Schema types with what they ask of a value; `string` where a type is not named.
FRICTIONLESS: dict[str, Thing] = {
    "number": {"type": "number"},
    "integer": {"type": "integer"},
    "boolean": {"type": "boolean", "trueValues": ["true"], "falseValues": ["false"]},
    "date": {"type": "date"},
    "uri": {"type": "string", "format": "uri"},
    "partial-date": {"type": "string", "constraints": {"pattern": DATE}},
    "keys": {"type": "string", "constraints": {"pattern": KEYS}},
}
# CSV on the Web datatypes; XML Schema has no one for a date that may be a year, a month or a day.
CSVW: dict[str, Any] = {
    "number": "decimal",
    "integer": "integer",
    "boolean": "boolean",
    "date": "date",
    "uri": "anyURI",
    "partial-date": {"base": "string", "format": DATE},
}


def described(site: Site) -> tuple[Table, ...]:
    """The tables that have rows."""
    return tuple(table for table in TABLES if table.filled(site))


def cited(site: Site, table: Table) -> tuple[Entry, ...]:
    """The sources that the rows of a table rest on, each once."""
    if not any(column.name == "sources" for column in table.columns):
        return ()
    keys = dict.fromkeys(key for row in table.filled(site) for key in str(row["sources"] or "").split())
    return site.some("source", keys)


# Frictionless Data Package --------------------------------------------------------------------------------------


def package(site: Site, assets: Assets) -> bytes:
    """`datapackage.json`: names and explanations in all languages, one after the other."""
    codes = site.config.codes
    return as_readable_json(
        {
            "profile": "tabular-data-package",
            "name": slugify(site.config.name[codes[0]]),
            "id": site.config.id,
            "title": _together(site.localized(site.config.name, code) for code in codes),
            "description": _paragraphs(site.words[code]("data.package-about") for code in codes),
            "homepage": site.absolute(site.addresses.section("data", codes[0])),
            "keywords": [word for code in codes for word in site.words[code].items("data.keywords")],
            "licenses": [_licence(site)],
            "contributors": _contributors(site),
            "resources": [_resource(site, table) for table in described(site)],
        },
        levels=5,
    )


def _contributors(site: Site) -> list[Thing]:
    publisher = site.config.publisher
    if publisher is None:
        return []
    name = _together(publisher.name[code] for code in site.config.codes)
    return [{"title": name, "path": publisher.url, "role": "publisher"}]


def _licence(site: Site) -> Thing:
    licence = site.config.licence
    return {"name": licence.name.replace(" ", "-"), "title": licence.name, "path": licence.url}


def _resource(site: Site, table: Table) -> Thing:
    raw, codes = content(site, table, "csv"), site.config.codes
    return {
        "profile": "tabular-data-resource",
        "name": table.key,
        "path": name_of(table, "csv"),
        "title": _together(table_name(site, table, code) for code in codes),
        "description": _paragraphs(table_about(site, table, code) for code in codes),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(raw),
        "hash": f"sha256:{hashlib.sha256(raw).hexdigest()}",
        "licenses": [_licence(site)],
        **({"sources": listed} if (listed := [_source(one) for one in cited(site, table)]) else {}),
        "schema": _table_schema(site, table),
    }


def _source(entry: Entry) -> Thing:
    return {"title": entry.fields.title, **({"path": entry.fields.url} if entry.fields.url else {})}


def _table_schema(site: Site, table: Table) -> Thing:
    keys = [
        {"fields": name, "reference": {"resource": other.key, "fields": other.primary[0]}}
        for name, other in _foreign(site, table)
    ]
    return {
        "fields": [one for column in table.columns for one in _fields(site, table, column)],
        "missingValues": [""],
        **({"primaryKey": list(table.primary)} if table.primary else {}),
        **({"foreignKeys": keys} if keys else {}),
    }


def _fields(site: Site, table: Table, column: Column) -> Iterator[Thing]:
    """A field of Table Schema, or one a language."""
    codes = site.config.codes
    kind = FRICTIONLESS.get(column.type, {"type": "string"})
    limits = {
        **kind.get("constraints", {}),
        **({"required": True} if column.required else {}),
        **({"enum": list(column.choices)} if column.choices else {}),
        **({"unique": True} if table.primary == (column.name,) else {}),
    }
    for name, code in zip(table.names(column, codes), codes, strict=False):
        told = f" ({code})" if column.translated else ""
        yield {
            "name": name,
            **kind,
            "title": _together(title(site, column, one) for one in codes) + told,
            "description": _paragraphs(meaning(site, column, one) for one in codes),
            **({"constraints": limits} if limits else {}),
        }


def _foreign(site: Site, table: Table) -> Iterator[tuple[str, Table]]:
    """The columns with one key of another table; a column of many keys is no foreign key in any standard."""
    for column in table.columns:
        if column.refers and column.type != "keys" and BY_KEY[column.refers].filled(site):
            yield column.name, BY_KEY[column.refers]


def _together(words: Iterable[str]) -> str:
    return " / ".join(dict.fromkeys(words))


def _paragraphs(words: Iterable[str]) -> str:
    return "\n\n".join(words)


# CSV on the Web -------------------------------------------------------------------------------------------------


def csvw_table(site: Site, assets: Assets, key: str) -> bytes:
    """`<table>.csv-metadata.json`, where a reader of the file looks for it."""
    table = BY_KEY[key]
    return as_readable_json({"@context": _context(site), **_csvw(site, table, _csvw_schema(site, table))}, levels=3)


def csvw_group(site: Site, assets: Assets) -> bytes:
    """`csv-metadata.json`: all tables together, which foreign keys need (Metadata Vocabulary 5.5.2.1)."""
    tables = [
        _csvw(site, table, {**_csvw_schema(site, table), **_csvw_foreign(site, table)}) for table in described(site)
    ]
    return as_readable_json({"@context": _context(site), **_licensed(site), "tables": tables}, levels=5)


def _context(site: Site) -> list[Any]:
    return ["http://www.w3.org/ns/csvw", {"@language": site.config.first_language}]


def _licensed(site: Site) -> Thing:
    return {"dc:license": {"@id": site.config.licence.url}}


def _csvw(site: Site, table: Table, schema: Thing) -> Thing:
    codes = site.config.codes
    links = [{"@id": entry.fields.url} for entry in cited(site, table) if entry.fields.url]
    return {
        "url": name_of(table, "csv"),
        "dc:title": [_spoken(table_name(site, table, code), code) for code in codes],
        "dc:description": [_spoken(table_about(site, table, code), code) for code in codes],
        **_licensed(site),
        **({"dc:source": links} if links else {}),
        "tableSchema": schema,
    }


def _spoken(words: str, language: str) -> Thing:
    return {"@value": words, "@language": language}


def _csvw_schema(site: Site, table: Table) -> Thing:
    columns = [one for column in table.columns for one in _csvw_columns(site, table, column)]
    return {"columns": columns, **({"primaryKey": list(table.primary)} if table.primary else {})}


def _csvw_columns(site: Site, table: Table, column: Column) -> Iterator[Thing]:
    """Each title stands before the name in the file's head, so that a reader finds one of them there."""
    codes = site.config.codes
    for name, code in zip(table.names(column, codes), codes, strict=False):
        yield {
            "name": name,
            "titles": {one: [title(site, column, one), name] for one in codes},
            "dc:description": [_spoken(meaning(site, column, one), one) for one in codes],
            "datatype": CSVW.get(column.type, "string"),
            **({"required": True} if column.required else {}),
            **({"lang": code} if column.translated else {}),
            **({"separator": " "} if column.type == "keys" else {}),
        }


def _csvw_foreign(site: Site, table: Table) -> Thing:
    keys = [
        {
            "columnReference": name,
            "reference": {"resource": name_of(other, "csv"), "columnReference": other.primary[0]},
        }
        for name, other in _foreign(site, table)
    ]
    return {"foreignKeys": keys} if keys else {}
