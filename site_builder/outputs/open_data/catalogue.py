"""The tables for catalogues of data: DCAT-AP 3 in JSON-LD, and schema.org/Dataset for search engines.

Nothing in it is made up: without a publisher the catalogue names none, and then lacks one property that DCAT-AP asks
for. No clock is read: the dates are those of the record of changes and of what the tables tell of.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from site_builder.outputs.assets import Assets
from site_builder.outputs.lasting import as_readable_json
from site_builder.outputs.open_data.columns import Table
from site_builder.outputs.open_data.described import cited, described
from site_builder.outputs.open_data.tables import CHANGES, TABLES, changes
from site_builder.outputs.open_data.wording import table_about, table_name, title
from site_builder.outputs.open_data.writers import FOLDER, FORMS, content, name_of
from site_builder.outputs.structured_data import Thing, publisher
from site_builder.site import Site

AUTHORITY = "http://publications.europa.eu/resource/authority/"
MEDIA = "https://www.iana.org/assignments/media-types/"
MEDIA_TYPES = {"csv": "text/csv", "json": "application/json"}
# ISO 639-1 to the EU's authority list of languages.
LANGUAGES = {
    "bg": "BUL", "cs": "CES", "da": "DAN", "de": "DEU", "el": "ELL", "en": "ENG", "es": "SPA", "et": "EST",
    "fi": "FIN", "fr": "FRA", "ga": "GLE", "hr": "HRV", "hu": "HUN", "it": "ITA", "lt": "LIT", "lv": "LAV",
    "mt": "MLT", "nl": "NLD", "pl": "POL", "pt": "POR", "ro": "RON", "sk": "SLK", "sl": "SLV", "sv": "SWE",
    "ru": "RUS", "uk": "UKR",
}  # fmt: skip
# Population and society, in the EU's authority list of themes.
THEME = "SOCI"
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def catalogue(site: Site, assets: Assets) -> bytes:
    """`catalog.jsonld`: the catalogue, its datasets and their distributions."""
    return as_readable_json({"@context": CONTEXT, "@graph": list(_graph(site))}, levels=3)


def _graph(site: Site) -> Iterator[Thing]:
    tables = described(site)
    codes = site.config.codes
    yield {
        "@id": _id(site, "catalog"),
        "@type": "dcat:Catalog",
        "dct:title": [_spoken(site.words[code]("data.catalogue", site=site.config.name[code]), code) for code in codes],
        "dct:description": [_spoken(site.words[code]("data.package-about"), code) for code in codes],
        **_publisher(site),
        "dct:language": _languages(site),
        "dct:license": _link(site.config.licence.url),
        "dct:spatial": _link(f"{AUTHORITY}country/LVA"),
        "foaf:homepage": _link(site.absolute(site.addresses.section("data", codes[0]))),
        "dcat:themeTaxonomy": _link(f"{AUTHORITY}data-theme"),
        **_modified(changed(site, TABLES)),
        "dcat:dataset": [_link(_id(site, table.key)) for table in tables],
    }
    for table in tables:
        yield _dataset(site, table)
        yield from (_distribution(site, table, form) for form in FORMS)


def _dataset(site: Site, table: Table) -> Thing:
    codes = site.config.codes
    days = span(site, table)
    return {
        "@id": _id(site, table.key),
        "@type": "dcat:Dataset",
        "dct:identifier": _id(site, table.key),
        "dct:title": [_spoken(table_name(site, table, code), code) for code in codes],
        "dct:description": [_spoken(table_about(site, table, code), code) for code in codes],
        **_publisher(site),
        "dcat:keyword": [_spoken(word, code) for code in codes for word in site.words[code].items("data.keywords")],
        "dcat:theme": _link(f"{AUTHORITY}data-theme/{THEME}"),
        "dct:language": _languages(site),
        "dct:spatial": _link(f"{AUTHORITY}country/LVA"),
        **({"dct:temporal": _period(*days)} if days else {}),
        "dct:accessRights": _link(f"{AUTHORITY}access-right/PUBLIC"),
        "dcat:landingPage": [_link(site.absolute(site.addresses.section("data", code))) for code in codes],
        **_modified(changed(site, [table])),
        "dct:source": [_link(one.fields.url) for one in cited(site, table) if one.fields.url],
        "dcat:distribution": [_link(_id(site, f"{table.key}-{form}")) for form in FORMS],
    }


def _distribution(site: Site, table: Table, form: str) -> Thing:
    raw = content(site, table, form)
    url = site.absolute(f"/{FOLDER}/{name_of(table, form)}")
    described_by = [_link(f"{url}-metadata.json")] if form == "csv" else []
    return {
        "@id": _id(site, f"{table.key}-{form}"),
        "@type": "dcat:Distribution",
        "dct:title": [_spoken(f"{table_name(site, table, code)} ({form.upper()})", code) for code in site.config.codes],
        "dcat:accessURL": _link(url),
        "dcat:downloadURL": _link(url),
        "dcat:mediaType": _link(MEDIA + MEDIA_TYPES[form]),
        "dct:format": _link(f"{AUTHORITY}file-type/{form.upper()}"),
        "dct:license": _link(site.config.licence.url),
        "dcat:byteSize": {"@value": str(len(raw)), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": _link("http://spdx.org/rdf/terms#checksumAlgorithm_sha256"),
            "spdx:checksumValue": {"@value": hashlib.sha256(raw).hexdigest(), "@type": "xsd:hexBinary"},
        },
        **({"foaf:page": described_by} if described_by else {}),
    }


def _id(site: Site, name: str) -> str:
    return site.absolute(f"/{FOLDER}/catalog.jsonld#{name}")


def _link(url: str) -> Thing:
    return {"@id": url}


def _spoken(words: str, language: str) -> Thing:
    return {"@value": words, "@language": language}


def _publisher(site: Site) -> Thing:
    """Who publishes; DCAT-AP 3 asks for it, and nobody is named before the owner has decided."""
    given = site.config.publisher
    if given is None:
        return {}
    names = [_spoken(given.name[code], code) for code in site.config.codes]
    return {"dct:publisher": {"@id": given.url, "@type": "foaf:Agent", "foaf:name": names}}


def _languages(site: Site) -> list[Thing]:
    return [_link(f"{AUTHORITY}language/{LANGUAGES[code]}") for code in site.config.codes if code in LANGUAGES]


def _modified(day: str) -> Thing:
    return {"dct:modified": {"@value": day, "@type": "xsd:date"}} if day else {}


def _period(first: str, last: str) -> Thing:
    return {
        "@type": "dct:PeriodOfTime",
        "dcat:startDate": {"@value": first, "@type": "xsd:date"},
        "dcat:endDate": {"@value": last, "@type": "xsd:date"},
    }


def changed(site: Site, tables: Iterable[Table]) -> str:
    """The last day on which the record has a change of one of the tables, or on which it begins; else nothing."""
    keys = {table.key for table in tables}
    days = [one.day.text for one in changes(site) if one.day.exact and (one.table in keys or CHANGES.key in keys)]
    begins = site.record.begins
    return max(days, default=begins.isoformat() if begins else "")


def span(site: Site, table: Table) -> tuple[str, str] | None:
    """The first and last day that a table tells of."""
    rows, (first, last) = table.filled(site), table.span
    begins = [str(row[first]) for row in rows if first and row[first]]
    ends = [str(row[last]) for row in rows if last and row[last]]
    return (min(begins), max(ends)) if begins and ends else None


# schema.org -----------------------------------------------------------------------------------------------------


def dataset(site: Site, table: Table, language: str, address: str) -> Thing:
    """A table on its page, as search engines for data read it."""
    words, days = site.words[language], span(site, table)
    thing: dict[str, Any] = {
        "@type": "Dataset",
        "@id": _id(site, table.key),
        "name": table_name(site, table, language),
        "description": table_about(site, table, language),
        "url": site.absolute(address),
        "inLanguage": list(site.config.codes),
        "isAccessibleForFree": True,
        "license": site.config.licence.url,
        "keywords": list(words.items("data.keywords")),
        "variableMeasured": [title(site, column, language) for column in table.columns],
        "spatialCoverage": [{"@type": "Place", "name": words(name)} for name in ("city", "data.country")],
        "temporalCoverage": "/".join(days) if days else "",
        "dateModified": changed(site, [table]),
        "isBasedOn": [one.fields.url for one in cited(site, table) if one.fields.url],
        "distribution": [_download(site, table, form) for form in FORMS],
        "publisher": publisher(site, language),
    }
    return {key: value for key, value in thing.items() if value}


def _download(site: Site, table: Table, form: str) -> Thing:
    url = site.absolute(f"/{FOLDER}/{name_of(table, form)}")
    return {"@type": "DataDownload", "encodingFormat": MEDIA_TYPES[form], "contentUrl": url}
