"""Where everything is: an entry or section and a language to the address of its page."""

from dataclasses import dataclass

from site_builder.config import SiteConfig
from site_builder.content_types import Entry
from site_builder.content_types.news import NewsRow

# Content types shown as anchors on a page of many, with that page's section; parts of it may have their own page.
ANCHORED = {
    "partner": "partners",
    "source": "sources",
    "term": "glossary",
    "fact": "results",
    "milestone": "timeline",
    "contact": "contacts",
    "person": "working-group",
    "member": "working-group",
}
# Content types whose things are parted by a field, if the site has a section such as `timeline-region` for a part.
PARTED = {"source": "kind", "milestone": "scope"}
# Content types with a page each, with the section they stand in.
PAGED = {"news": "news", "facility": "facilities", "service": "services"}


def operation_section(entry: Entry) -> str:
    """The section whose page shows an operation: buildings are the ERDF's, services the social fund's."""
    return "infrastructure" if entry.fields.fund == "ERDF" else "about"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Makes addresses: `/lv/jaunumi/2023/grupu-dzivokli/`, always from the domain root without the base path."""

    config: SiteConfig

    def home(self, language: str) -> str:
        return f"/{language}/"

    def section(self, key: str, language: str) -> str:
        section = self.config.section(key)
        assert section is not None, f"config.py requires the section {key}"
        return f"/{language}/{section.path[language]}/"

    def word(self, key: str, language: str) -> str:
        """A single address word, such as the one before a page's number."""
        section = self.config.section(key)
        assert section is not None, f"config.py requires the section {key}"
        return section.path[language]

    def of(self, entry: Entry, language: str) -> str:
        """The address of an entry in a language; an anchor for things that share a page."""
        if entry.kind == "operation":
            return self.section(operation_section(entry), language)
        if entry.kind == "page":
            return self._page(entry, language)
        if entry.kind in ANCHORED:
            return f"{self.section(self.shelf(entry), language)}#{entry.key}"
        parts = [*entry.key.split("/")[:-1], self._slug(entry, language)]
        return self.section(PAGED[entry.kind], language) + "/".join(parts) + "/"

    def news(self, row: NewsRow, language: str) -> str:
        """The address of a news item, from its row alone."""
        folder = row.key.rpartition("/")[0]
        slug = row.slugs[row.languages.index(language)]
        return f"{self.section(PAGED['news'], language)}{folder}/{slug}/"

    def shelf(self, entry: Entry) -> str:
        """The section whose page shows an anchored entry: its kind's, or a part of it that has a page of its own.

        A figure names its part (`group`); the sources of a kind and the milestones of a scope have one when the site
        has a section for them.
        """
        whole = ANCHORED[entry.kind]
        if entry.kind in PARTED:
            part = self.config.section(f"{whole}-{getattr(entry.fields, PARTED[entry.kind])}")
            return part.key if part and part.parent == whole else whole
        return (entry.fields.group or whole) if entry.kind == "fact" else whole

    def _page(self, entry: Entry, language: str) -> str:
        if entry.key == "home":
            return self.home(language)
        if entry.key == "not-found":
            return "/404.html"
        section = self.config.section(entry.key)
        slug = self._slug(entry, language)
        return self.section(entry.key, language) if section else f"/{language}/{slug}/"

    def _slug(self, entry: Entry, language: str) -> str:
        text = entry.text(language)
        slug = text.fields.slug if text else getattr(entry.fields, "slug", None)
        if slug is None:
            return entry.key.rsplit("/", 1)[-1]
        return str(slug if isinstance(slug, str) else slug[language])

    def year(self, year: str, language: str) -> str:
        return f"{self.section('news', language)}{year}/"

    def labelled(self, list_name: str, slug: str, language: str) -> str:
        """The page of a category or tag; `list_name` is "category" or "tag"."""
        return f"{self.section('news', language)}{self.word(list_name, language)}/{slug}/"

    def feeds(self, language: str, kind: str = "", key: str = "") -> str:
        """The folder of the feeds of all news, of a category, facility or service, or of the record of changes.

        It is made of keys, which last.
        """
        return "/".join(("", language, *(("feeds", kind) if kind else ()), *((key,) if key else ()), ""))

    def calendar(self, language: str) -> str:
        return f"/{language}/calendar.ics"

    def page_of_list(self, address: str, number: int, language: str) -> str:
        return address if number == 1 else f"{address}{self.word('page', language)}/{number}/"
