"""Texts that everybody can use: pictures in words, links that say where, headings, the statement, easy reading."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from site_builder.checks.house_rules import DEFAULT_HOST
from site_builder.checks.written import Written, body
from site_builder.config import EASY_TO_READ
from site_builder.content_types import Entry
from site_builder.content_types.page import review_due
from site_builder.i18n.formats import NBSP
from site_builder.markup.markdown import EMBED, strip_tags
from site_builder.markup.sentences import sentences
from site_builder.outputs.frame import LONGEST_TITLE
from site_builder.problems import Phrase, Problem, phrase, problem
from site_builder.site import Site

# Pictures -----------------------------------------------------------------------------------------------------------

FILE_NAME = re.compile(r"[A-Z0-9_]{2,}|(?i:.*\.(?:jpe?g|png|webp|svg|gif|pdf))")


def pictures_described(site: Site, text: Written) -> Iterator[Problem]:
    """Every picture in a text has words for those who do not see it (WCAG 1.1.1)."""
    undescribed = [tag for tag in re.findall(r"<img\b[^>]*>", text.text.html) if not re.search(r'alt="\s*[^"\s]', tag)]
    if undescribed:
        yield problem("missing-alt", text.find(site, "!["), hint=phrase("hint.alt"))


def alternatives_say_something(site: Site, text: Written) -> Iterator[Problem]:
    """A picture's words are no file name, and do not begin by saying that it is a picture (WCAG 1.1.1, F30)."""
    openings = tuple(f"{word} " for word in site.words[text.language].items("alt-openings"))
    found = re.findall(r'<img\b[^>]*?\balt="([^"]+)"', text.text.html)
    for alt in [text.text.plain] if text.path == ("image_alt",) else found:
        place = text.find(site, alt)
        if FILE_NAME.fullmatch(alt.strip()):
            yield problem("poor-alt", place, variant="file-name", words=alt, hint=phrase("hint.alt"))
        elif alt.casefold().startswith(openings):
            yield problem("poor-alt", place, severity="warning", words=alt, hint=phrase("hint.poor-alt"))


# Links and headings -------------------------------------------------------------------------------------------------


def links_say_where(site: Site, text: Written) -> Iterator[Problem]:
    """The words of a link tell where it leads, also when read alone (WCAG 2.4.4)."""
    empty = site.words[text.language].items("empty-links")
    for link in re.findall(r"<a\b[^>]*>(.*?)</a>", text.text.html, re.DOTALL):
        words = strip_tags(link).replace(NBSP, " ")
        bare = re.match(r"https?://|www\.", words)
        if bare or words.casefold().strip(" .,:;!?…→›»") in empty:
            place = text.find(site, f"[{words}]", words)
            variant = "address" if bare else ""
            yield problem("link-words", place, variant=variant, words=words, hint=phrase("hint.link-words"))


HEADINGS = {"news": "title", "page": "title", "facility": "title", "service": "name"}


def headings_fit(site: Site, text: Written) -> Iterator[Problem]:
    """A page's heading fits into the title that tabs and search engines show (WCAG 2.4.2)."""
    count = len(text.text.plain)
    if text.path == (HEADINGS.get(text.entry.kind),) and count > LONGEST_TITLE:
        hint = phrase("hint.long-title", limit=LONGEST_TITLE)
        yield problem("long-title", text.find(site), severity="warning", count=count, hint=hint)


# The accessibility statement, and pages that somebody reads through again and again ---------------------------------

# The parts of the statement's form in their order (annex to Cabinet Regulation 445 of 14 July 2020).
STATEMENT_PARTS = (
    "who", "method", "status", "not-accessible", "alternatives", "preparation", "feedback", "enforcement",
)  # fmt: skip
SECTION = re.compile(r'<h[2-6] id="([^"]+)">.*?</h[2-6]>', re.DOTALL)


def statement_complete(site: Site) -> Iterator[Problem]:
    """The accessibility statement has its parts, the site's address, the Ombudsman and the day of its review."""
    entry = site.get("page", "accessibility-statement")
    if entry.fields.reviewed is None:
        yield problem("statement", entry.place("published"), variant="unreviewed", hint=phrase("hint.reviewed"))
    for text in (body(site, entry, own.language) for own in entry.texts):
        yield from _statement_parts(site, text)
        yield from _statement_names(site, text)


def _statement_parts(site: Site, text: Written) -> Iterator[Problem]:
    parts = _parts(text)
    missing = [part for part in STATEMENT_PARTS if part not in parts]
    for part in missing:
        yield problem("statement", text.find(site), variant="part", part=part, hint=_part_hint(part))
    wanted = [part for part in STATEMENT_PARTS if part in parts]
    misplaced = [part for part, expected in zip(parts, wanted, strict=True) if part != expected]
    if misplaced:
        hint = phrase("hint.statement-order", parts=", ".join(STATEMENT_PARTS))
        at = text.find(site, f"{{#{misplaced[0]}}}")
        yield problem("statement", at, variant="order", part=misplaced[0], hint=hint)
    for part, words in parts.items():
        if not words:
            at = text.find(site, f"{{#{part}}}")
            yield problem("statement", at, variant="empty", part=part, hint=_part_hint(part))


def _part_hint(part: str) -> Phrase:
    return phrase("hint.statement-part", part=part)


def _parts(text: Written) -> dict[str, str]:
    """The parts that a statement has, in its own order, with the words below each heading."""
    parts: dict[str, str] = {}
    here = ""
    _, *pieces = SECTION.split(text.text.html)
    for id_, html in zip(pieces[::2], pieces[1::2], strict=True):
        here = id_ if id_ in STATEMENT_PARTS else here
        parts[here] = " ".join((parts.get(here, ""), strip_tags(html))).strip()
    parts.pop("", None)
    return parts


def _statement_names(site: Site, text: Written) -> Iterator[Problem]:
    """Which site it is about, and to whom one may complain in the end.

    The address is a warning, so that the site can be built for a preview at another address.
    """
    words = site.words[text.language]
    plain = text.text.plain.replace(NBSP, " ")
    host = urlsplit(site.config.base_url).netloc
    undecided = words("statement.undecided")
    if host not in plain and not (host == DEFAULT_HOST and undecided in plain):
        hint = phrase("hint.statement-address", host=host, words=undecided)
        yield problem("statement", text.find(site, "{#who}"), variant="address", severity="warning", hint=hint)
    ombudsman = words("statement.ombudsman")
    if ombudsman.casefold() not in _parts(text).get("enforcement", "").casefold():
        hint = phrase("hint.statement-ombudsman", name=ombudsman)
        yield problem("statement", text.find(site, "{#enforcement}"), variant="ombudsman", hint=hint)


def pages_reviewed(site: Site) -> Iterator[Problem]:
    """A page that was reviewed is reviewed again within a year; a warning, so that no calendar stops a site."""
    for entry in site.all("page"):
        if review_due(entry, site.config.today):
            days = (site.config.today - entry.fields.reviewed).days
            place = entry.place("reviewed")
            yield problem("review-due", place, severity="warning", days=days, hint=phrase("hint.review-due"))


# Easy to read -------------------------------------------------------------------------------------------------------

# Inclusion Europe, "Information for all": short sentences, no abbreviations. The words of headings are our measure.
LONGEST_SENTENCE = 15
LONGEST_HEADING = 8
BLOCK = re.compile(
    r"^[ \t]*(?:(?:[-*>]|#+|\d{1,3}\.)[ \t]+)?(\S.*(?:\n(?!\s*$|[ \t]*(?:[-*>#|]|\d{1,3}\. )).+)*)", re.M
)
WORD = re.compile(r"\w+(?:[-’/.]\w+)*")
ABBREVIATION = re.compile(r"\b[^\W\d_]{2,}\b")


def easy_to_read(site: Site, text: Written) -> Iterator[Problem]:
    """The page in easy language has short sentences and headings and no abbreviation that it does not explain."""
    if (text.entry.kind, text.entry.key) == ("page", EASY_TO_READ):
        yield from _long_sentences(site, text)
        yield from _long_headings(site, text)
        yield from _abbreviations(site, text)


def _long_sentences(site: Site, text: Written) -> Iterator[Problem]:
    seen, printed = text.seen, _as_printed(site, text)
    for block in BLOCK.finditer(seen):
        for first, last in sentences(printed[block.start(1) : block.end(1)]):
            start, end = block.start(1) + first, block.start(1) + last
            typed = text.source[start:end]
            names = [_printed(site, text.language, kind, key) for kind, key, _ in re.findall(EMBED, typed)]
            count = sum(len(WORD.findall(words)) for words in (seen[start:end], *names))
            if count > LONGEST_SENTENCE:
                place = text.place(site, start, typed.split("\n")[0])
                hint = phrase("hint.long-sentence", limit=LONGEST_SENTENCE)
                yield problem("hard-to-read", place, variant="sentence", severity="warning", count=count, hint=hint)


def _as_printed(site: Site, text: Written) -> str:
    """The text as typed, of the same length, with the page's no-break spaces and the first letters of what it names.

    That is all of the page that decides where a sentence ends.
    """
    letters = list(site.formats[text.language].tidy(text.seen))
    for named in re.finditer(EMBED, text.source):
        letters[named.start()] = _printed(site, text.language, named[1], named[2])[:1] or letters[named.start()]
    return "".join(letters)


def _printed(site: Site, language: str, kind: str, key: str) -> str:
    """What a reader sees where a text names a thing."""
    entry: Entry | None = site.entries[kind].get(key)
    if entry is None:
        return ""
    return site.formats[language].figure(entry.fields) if kind == "fact" else site.name(entry, language)


def _long_headings(site: Site, text: Written) -> Iterator[Problem]:
    for heading in text.text.headings:
        words = strip_tags(heading.html).replace(NBSP, " ")
        if len(words.split()) > LONGEST_HEADING:
            hint = phrase("hint.long-heading", limit=LONGEST_HEADING)
            place = text.find(site, words, f"{{#{heading.id}}}")
            count = len(words.split())
            yield problem("hard-to-read", place, variant="heading", severity="warning", count=count, hint=hint)


def _abbreviations(site: Site, text: Written) -> Iterator[Problem]:
    for found in ABBREVIATION.finditer(text.seen):
        explained = f"{found[0]} (" in text.source or f"({found[0]})" in text.source
        if found[0].isupper() and not explained:
            place = text.place(site, found.start(), found[0])
            hint = phrase("hint.abbreviation")
            yield problem("hard-to-read", place, variant="abbreviation", severity="warning", words=found[0], hint=hint)
