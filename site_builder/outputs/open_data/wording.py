"""What tables and columns are called and what they mean, in the words of each language."""

from site_builder.outputs.open_data.columns import Column, Table
from site_builder.site import Site

# In the words of a column its title stands before this, its meaning behind it.
DASH = " – "


def title(site: Site, column: Column, language: str) -> str:
    """What a column is called: `Start: precision` for a part of a date."""
    names = [_words(site, key, language)[0] for key in column.explained]
    return f"{site.words[language]('label.end')} ".join(names)


def meaning(site: Site, column: Column, language: str) -> str:
    """What stands in a column: the meaning of the last of its words, which is that of a date's part."""
    return _words(site, column.explained[-1], language)[1]


def _words(site: Site, key: str, language: str) -> tuple[str, str]:
    name, _, means = site.words[language](f"data.column.{key}").partition(DASH)
    return name, means


def table_name(site: Site, table: Table, language: str) -> str:
    return site.words[language](f"data.{table.key}.name")


def table_about(site: Site, table: Table, language: str) -> str:
    return site.words[language](f"data.{table.key}.about")
