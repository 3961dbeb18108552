"""The rows of a table as files: CSV and JSON, which say the same."""

import csv
import io
from collections.abc import Callable, Sequence
from functools import partial

from site_builder.outputs.assets import Assets
from site_builder.outputs.lasting import as_readable_json
from site_builder.outputs.open_data.columns import Row, Table, Value
from site_builder.outputs.open_data.tables import BY_KEY
from site_builder.site import Site

FOLDER = "data"


def cell(value: Value) -> str:
    """A value as CSV and the preview write it: nothing for what is not stated, `true` and `false` as JSON."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def to_csv(rows: Sequence[Row]) -> bytes:
    """RFC 4180: a head, lines ending in CRLF, UTF-8. A table without rows is an empty file."""
    text = io.StringIO()
    writer = csv.writer(text)
    if rows:
        writer.writerow(rows[0])
    writer.writerows([cell(value) for value in row.values()] for row in rows)
    return text.getvalue().encode("utf-8")


# The endings of a table's files, in the order of the page.
FORMS: dict[str, Callable[[Sequence[Row]], bytes]] = {"csv": to_csv, "json": as_readable_json}


def name_of(table: Table, form: str) -> str:
    return f"{table.key}.{form}"


def content(site: Site, table: Table, form: str) -> bytes:
    """A file of a table; made once for all that tell its size or its digest."""
    return site.once(("open-data-file", table.key, form), partial(_content, site, table, form))


def _content(site: Site, table: Table, form: str) -> bytes:
    return FORMS[form](table.filled(site))


def data_file(site: Site, assets: Assets, key: str, form: str) -> bytes:
    return content(site, BY_KEY[key], form)
