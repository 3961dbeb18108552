"""Strict readers of feeds and calendars: each tells what in a file breaks its standard, by the standard's own sections.

They are written from the standards and know nothing of what writes the files.
"""

import datetime
import functools
import json
import re
import xml.etree.ElementTree as etree
from collections import Counter
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import html5lib

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")
RFC3339 = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")
RFC822 = re.compile(
    r"((Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?\d{2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} "
    r"\d{2}:\d{2}:\d{2} (GMT|UT|[+-]\d{4})"
)
# Elements and attributes that run, load or change what stands around them.
UNSAFE = {"script", "style", "iframe", "object", "embed", "form", "input", "button", "link", "meta", "base", "svg"}
LOADING = {"href", "src", "poster", "action", "formaction", "data", "background"}
SCHEMES = ("http:", "https:", "mailto:", "tel:")


def is_absolute(address: str | None) -> bool:
    """Whether an address is whole: http(s) with a host, no spaces (RFC 3986)."""
    parts = urlsplit(address or "")
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not re.search(r"\s", address or "")


def is_iri(name: str | None) -> bool:
    """Whether a name is a URI with its scheme, such as `urn:uuid:…`."""
    return bool(re.fullmatch(r"[a-z][a-z0-9+.-]*:\S+", name or ""))


def is_rfc3339(moment: str | None) -> bool:
    if not RFC3339.fullmatch(moment or ""):
        return False
    try:
        datetime.datetime.fromisoformat(moment or "")
    except ValueError:
        return False
    return True


def is_rfc822(moment: str | None) -> bool:
    """A date of RFC 822 with a year of four digits, whose weekday is that of the day."""
    if not RFC822.fullmatch(moment or ""):
        return False
    try:
        day = parsedate_to_datetime(moment or "")
    except ValueError:
        return False
    return (moment or "")[:3] == day.strftime("%a")


@functools.cache
def html_faults(html: str, where: str) -> tuple[str, ...]:
    """What readers would miss or refuse in a full text; it is read as browsers do."""
    found = []
    for element in html5lib.parseFragment(html, namespaceHTMLElements=False).iter():
        if element.tag in UNSAFE:
            found.append(f"{where}: {element.tag} is not safe")
        for name, value in element.attrib.items():
            if str(name).startswith("on") or name == "style":
                found.append(f"{where}: the attribute {name} is not safe")
            if name in LOADING and not value.startswith(SCHEMES):
                found.append(f"{where}: the address {value} is not whole")
    return tuple(found)


# Atom ----------------------------------------------------------------------------------------------------------

# Children and how often they may stand, 4.1.1 and 4.1.2; `None` is any number.
FEED_CHILDREN = {"author": (1, None), "category": (0, None), "contributor": (0, None), "generator": (0, 1),
                 "icon": (0, 1), "id": (1, 1), "link": (0, None), "logo": (0, 1), "rights": (0, 1), "subtitle": (0, 1),
                 "title": (1, 1), "updated": (1, 1), "entry": (0, None)}  # fmt: skip
ENTRY_CHILDREN = {"author": (0, None), "category": (0, None), "content": (0, 1), "contributor": (0, None),
                  "id": (1, 1), "link": (0, None), "published": (0, 1), "rights": (0, 1), "source": (0, 1),
                  "summary": (0, 1), "title": (1, 1), "updated": (1, 1)}  # fmt: skip
PERSON_CHILDREN = {"name": (1, 1), "uri": (0, 1), "email": (0, 1)}
ATTRIBUTES = {"link": {"href", "rel", "type", "hreflang", "title", "length"}, "category": {"term", "scheme", "label"},
              "content": {"type", "src"}, "title": {"type"}, "subtitle": {"type"}, "summary": {"type"},
              "rights": {"type"}}  # fmt: skip
COMMON = {"{http://www.w3.org/XML/1998/namespace}lang", "{http://www.w3.org/XML/1998/namespace}base"}


def atom_faults(content: bytes) -> list[str]:
    """What breaks RFC 4287, sections 3 and 4."""
    try:
        feed = etree.fromstring(content)
    except etree.ParseError as error:
        return [f"2: not well-formed: {error}"]
    if feed.tag != f"{ATOM}feed":
        return ["4.1.1: the document element is not atom:feed"]
    return [*_atom_feed(feed)]


def _atom_feed(feed: etree.Element) -> Iterator[str]:
    yield from _atom_children(feed, FEED_CHILDREN, "4.1.1")
    yield from _atom_links(feed, "4.1.1")
    if not any(link.get("rel") == "self" for link in feed.iter(f"{ATOM}link")):
        yield "4.1.1: a feed SHOULD name itself (rel=self)"
    entries = feed.findall(f"{ATOM}entry")
    seen = Counter((one.findtext(f"{ATOM}id"), one.findtext(f"{ATOM}updated")) for one in entries)
    yield from (f"4.1.1: two entries have the id and the day of {one[0]}" for one, count in seen.items() if count > 1)
    for entry in entries:
        yield from _atom_entry(entry, has_author=feed.find(f"{ATOM}author") is not None)
    for element in feed.iter():
        yield from _atom_element(element)


def _atom_entry(entry: etree.Element, *, has_author: bool) -> Iterator[str]:
    yield from _atom_children(entry, ENTRY_CHILDREN, "4.1.2")
    yield from _atom_links(entry, "4.1.2")
    content = entry.find(f"{ATOM}content")
    alternate = any(link.get("rel", "alternate") == "alternate" for link in entry.findall(f"{ATOM}link"))
    if content is None and not alternate:
        yield "4.1.2: an entry without content has no alternate"
    if not has_author and entry.find(f"{ATOM}author") is None:
        yield "4.1.2: an entry has no author"
    published, updated = entry.findtext(f"{ATOM}published"), entry.findtext(f"{ATOM}updated")
    if published and updated and updated < published:
        yield "4.2.15: updated before it was published"
    if content is not None and content.get("type") == "html":
        if len(content):
            yield "4.1.3.3: content of type html has child elements"
        yield from html_faults(content.text or "", "4.1.3.3")


def _atom_children(parent: etree.Element, allowed: Mapping[str, tuple[int, int | None]], section: str) -> Iterator[str]:
    counted = Counter(child.tag for child in parent)
    for tag in counted:
        if tag.startswith(ATOM) and tag.removeprefix(ATOM) not in allowed:
            yield f"{section}: {tag.removeprefix(ATOM)} may not stand there"
    for name, (least, most) in allowed.items():
        count = counted[ATOM + name]
        if count < least or (most is not None and count > most):
            yield f"{section}: {name} stands {count} times"


def _atom_links(parent: etree.Element, section: str) -> Iterator[str]:
    alternates = Counter(
        (link.get("type"), link.get("hreflang"))
        for link in parent.findall(f"{ATOM}link")
        if link.get("rel", "alternate") == "alternate"
    )
    yield from (f"{section}: two alternates of {one}" for one, count in alternates.items() if count > 1)


def _atom_element(element: etree.Element) -> Iterator[str]:
    """The elements by themselves: dates 3.3, persons 3.2, texts 3.1, and 4.2."""
    name, text = element.tag.removeprefix(ATOM), element.text or ""
    for attribute in element.attrib.keys() - COMMON - ATTRIBUTES.get(name, set()):
        yield f"4: {name} has the attribute {attribute}"
    if name in ("updated", "published") and not is_rfc3339(text):
        yield f"3.3: {text} is not a date"
    if name == "author":
        yield from _atom_children(element, PERSON_CHILDREN, "3.2")
    if name in ("id", "icon", "logo", "uri") and not is_iri(text):
        yield f"4.2.6: {name} {text} is not an IRI"
    if name in ("title", "subtitle", "summary", "rights") and (element.get("type", "text") != "text" or len(element)):
        yield f"3.1: {name} is not plain text"
    if name in ("title", "name") and not text.strip():
        yield f"4.2.14: {name} is empty"
    if name == "category" and not element.get("term"):
        yield "4.2.2.1: a category without term"
    if name == "link":
        yield from _atom_link(element)


def _atom_link(link: etree.Element) -> Iterator[str]:
    if not is_absolute(link.get("href")):
        yield f"4.2.7.1: the link {link.get('href')} is not whole"
    if not MEDIA_TYPE.fullmatch(link.get("type", "text/html")):
        yield f"4.2.7.3: {link.get('type')} is no media type"
    if not LANGUAGE.fullmatch(link.get("hreflang", "en")):
        yield f"4.2.7.4: {link.get('hreflang')} is no language"
    if link.get("rel") == "enclosure" and not (link.get("length", "").isdigit() and link.get("type")):
        yield "4.2.7.6: an enclosure without length or type"


# RSS -----------------------------------------------------------------------------------------------------------

CHANNEL = {"title", "link", "description", "language", "copyright", "lastBuildDate", "docs", "item", "pubDate",
           "category", "generator", "ttl", "image", "managingEditor", "webMaster", "cloud", "rating", "textInput",
           "skipHours", "skipDays"}  # fmt: skip
ITEM = {"title", "link", "description", "author", "category", "comments", "enclosure", "guid", "pubDate", "source"}
ONCE = {"title", "link", "description", "language", "copyright", "lastBuildDate", "docs", "pubDate", "guid",
        "enclosure", "author", "comments", "source"}  # fmt: skip


def rss_faults(content: bytes) -> list[str]:
    """What breaks RSS 2.0.11 or the RSS Advisory Board's profile of it."""
    try:
        rss = etree.fromstring(content)
    except etree.ParseError as error:
        return [f"not well-formed: {error}"]
    if rss.tag != "rss" or rss.get("version") != "2.0":
        return ["the document element is not rss, version 2.0"]
    if [child.tag for child in rss] != ["channel"]:
        return ["rss has not one channel"]
    return [*_channel(rss[0])]


def _channel(channel: etree.Element) -> Iterator[str]:
    yield from _rss_children(channel, CHANNEL)
    for name in ("title", "link", "description"):
        if not (channel.findtext(name) or "").strip():
            yield f"channel: {name} is missing"
    if not is_absolute(channel.findtext("link")):
        yield "channel: the link is not whole"
    if not LANGUAGE.fullmatch(channel.findtext("language") or ""):
        yield "channel: no language"
    if not is_rfc822(channel.findtext("lastBuildDate")):
        yield "channel: lastBuildDate is not a date of RFC 822"
    own = [link for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self"]
    if len(own) != 1 or not is_absolute(own[0].get("href")) or own[0].get("type") != "application/rss+xml":
        yield "profile: the channel does not name itself by atom:link"
    guids = Counter(item.findtext("guid") for item in channel.findall("item"))
    yield from (f"item: the guid {guid} stands {count} times" for guid, count in guids.items() if count > 1)
    for item in channel.findall("item"):
        yield from _item(item)


def _rss_children(parent: etree.Element, allowed: set[str]) -> Iterator[str]:
    counted = Counter(child.tag for child in parent)
    yield from (f"{parent.tag}: {tag} may not stand there" for tag in counted if "{" not in tag and tag not in allowed)
    yield from (f"{parent.tag}: {tag} stands {counted[tag]} times" for tag in ONCE if counted[tag] > 1)


def _item(item: etree.Element) -> Iterator[str]:
    yield from _rss_children(item, ITEM)
    for name in ("title", "description"):
        if not (item.findtext(name) or "").strip():
            yield f"item: {name} is missing"
    if not is_absolute(item.findtext("link")):
        yield "item: the link is not whole"
    guid = item.find("guid")
    if guid is None or not guid.text:
        yield "item: no guid"
    elif guid.get("isPermaLink") != "false" and not is_absolute(guid.text):
        yield "item: the guid is no address, and does not say so"
    if not is_rfc822(item.findtext("pubDate")):
        yield f"item: {item.findtext('pubDate')} is not a date of RFC 822"
    updated = item.findtext(f"{ATOM}updated")
    if updated is not None and not is_rfc3339(updated):
        yield f"item: {updated} is not a date of Atom"
    enclosure = item.find("enclosure")
    if enclosure is not None and not (
        is_absolute(enclosure.get("url"))
        and enclosure.get("length", "").isdigit()
        and MEDIA_TYPE.fullmatch(enclosure.get("type", ""))
    ):
        yield "item: an enclosure without url, length or type"
    yield from html_faults(item.findtext(f"{CONTENT}encoded") or "", "item")
    if re.search(r"<(?!/?[a-z])", item.findtext("description") or ""):
        yield "item: the description is not HTML"


# JSON Feed -----------------------------------------------------------------------------------------------------

TEXTS = {"title", "home_page_url", "feed_url", "description", "user_comment", "next_url", "icon", "favicon", "language"}
ITEM_TEXTS = {"id", "url", "external_url", "title", "content_html", "content_text", "summary", "image", "banner_image",
              "date_published", "date_modified", "language"}  # fmt: skip
WHOLE = {"home_page_url", "feed_url", "next_url", "icon", "favicon", "url", "external_url", "image", "banner_image"}


def json_faults(content: bytes) -> list[str]:
    """What breaks JSON Feed 1.1."""
    try:
        feed = json.loads(content)
    except ValueError as error:
        return [f"not JSON: {error}"]
    return [*_json_feed(feed)] if isinstance(feed, dict) else ["not an object"]


def _json_feed(feed: dict[str, Any]) -> Iterator[str]:
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        yield "version is not that of 1.1"
    if not feed.get("title"):
        yield "title is missing"
    yield from _json_values(feed, TEXTS, {"version", "authors", "hubs", "expired", "items"})
    if not isinstance(feed.get("items"), list):
        yield "items is not a list"
        return
    for author in feed.get("authors", []):
        if not author.keys() & {"name", "url", "avatar"}:
            yield "an author has neither name nor url"
    ids = Counter(item.get("id") for item in feed["items"])
    yield from (f"the id {one} stands {count} times" for one, count in ids.items() if count > 1)
    for item in feed["items"]:
        yield from _json_item(item)


def _json_item(item: dict[str, Any]) -> Iterator[str]:
    yield from _json_values(item, ITEM_TEXTS, {"tags", "authors", "attachments"})
    if not item.get("id"):
        yield "an item has no id"
    if not (item.get("content_html") or item.get("content_text")):
        yield "an item has no content"
    for name in ("date_published", "date_modified"):
        if name in item and not is_rfc3339(item[name]):
            yield f"{name} {item[name]} is not a date"
    if not all(isinstance(tag, str) and tag for tag in item.get("tags", [])):
        yield "tags are not texts"
    yield from html_faults(item.get("content_html", ""), "content_html")


def _json_values(thing: dict[str, Any], texts: set[str], others: set[str]) -> Iterator[str]:
    for name, value in thing.items():
        if name not in texts | others and not name.startswith("_"):
            yield f"{name} is unknown"
        if name in texts and not isinstance(value, str):
            yield f"{name} is not a text"
        if name in WHOLE and not is_absolute(value):
            yield f"{name} {value} is not whole"
    if "language" in thing and not LANGUAGE.fullmatch(str(thing["language"])):
        yield f"{thing['language']} is no language"


# iCalendar -----------------------------------------------------------------------------------------------------

LINE = re.compile(r'([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"]*"|[^";:,]*))*):(.*)', re.DOTALL)
TEXT = re.compile(r"(?:[^\\;,\x00-\x08\x0a-\x1f\x7f]|\\[\\;,nN])*")
TEXT_LIST = re.compile(TEXT.pattern + "(?:," + TEXT.pattern + ")*")
UTC = re.compile(r"\d{8}T\d{6}Z")
DAY = re.compile(r"\d{8}")
URI = re.compile(r"https?://[^\s<>\"]+")
# The values of the properties that we know (RFC 5545 3.6.1 and 3.7, RFC 7986 5).
VALUES = {"VERSION": re.compile(r"2\.0"), "PRODID": TEXT, "CALSCALE": re.compile("GREGORIAN"), "UID": TEXT,
          "NAME": TEXT, "X-WR-CALNAME": TEXT, "DESCRIPTION": TEXT, "SUMMARY": TEXT, "URL": URI, "SOURCE": URI,
          "REFRESH-INTERVAL": re.compile(r"P\d+[DW]"), "LAST-MODIFIED": UTC, "DTSTAMP": UTC, "DTSTART": DAY,
          "CATEGORIES": TEXT_LIST, "STATUS": re.compile("TENTATIVE|CONFIRMED|CANCELLED"),
          "CLASS": re.compile("PUBLIC|PRIVATE|CONFIDENTIAL"), "TRANSP": re.compile("OPAQUE|TRANSPARENT")}  # fmt: skip
MUST_ONCE = {"VCALENDAR": ("VERSION", "PRODID"), "VEVENT": ("UID", "DTSTAMP", "DTSTART")}
MAY_REPEAT = {"CATEGORIES", "NAME", "DESCRIPTION"}
PARAMETERS = {"DTSTART": "VALUE=DATE", "SOURCE": "VALUE=URI", "REFRESH-INTERVAL": "VALUE=DURATION"}


def calendar_faults(content: bytes) -> list[str]:
    """What breaks RFC 5545 or RFC 7986 in a calendar of all-day events."""
    return [*_lines_faults(content), *_components(content)]


def _lines_faults(content: bytes) -> Iterator[str]:
    if not content.endswith(b"\r\n"):
        yield "3.1: the last line has no end"
    for line in content.split(b"\r\n"):
        if len(line) > 75:
            yield f"3.1: a line of {len(line)} octets"
        if b"\n" in line or b"\r" in line:
            yield "3.1: a line ends in LF alone"
        try:
            line.decode()
        except UnicodeDecodeError:
            yield "3.1.4: a character is cut in two, or not UTF-8"


def _components(content: bytes) -> Iterator[str]:
    """The components, their properties and the values of these."""
    open_ones: list[tuple[str, Counter[str]]] = []
    seen, uids, events = False, Counter[str](), 0
    for line in content.replace(b"\r\n ", b"").decode("utf-8", "replace").split("\r\n")[:-1]:
        found = LINE.fullmatch(line)
        if not found:
            yield f"3.1: not a content line: {line[:40]}"
            continue
        name, parameters, value = found[1], found[2], found[3]
        if name == "BEGIN":
            if (value, len(open_ones)) not in (("VCALENDAR", 0), ("VEVENT", 1)) or (seen and not open_ones):
                yield f"3.4: {value} begins where it may not"
            seen = True
            open_ones.append((value, Counter()))
        elif name == "END":
            if not open_ones or open_ones[-1][0] != value:
                yield f"3.4: {value} ends where it may not"
                return
            events += value == "VEVENT"
            yield from _properties(*open_ones.pop())
        elif not open_ones:
            yield "3.4: a property outside of a component"
        else:
            open_ones[-1][1][name] += 1
            uids[value] += name == "UID"
            yield from _property(name, parameters, value)
    if open_ones or not events:
        yield "3.6: a calendar without events, or one that does not end"
    yield from (f"3.8.4.7: the UID {uid} stands {count} times" for uid, count in uids.items() if count > 1)


def _properties(component: str, counted: Counter[str]) -> Iterator[str]:
    for name in MUST_ONCE[component]:
        if counted[name] != 1:
            yield f"3.6: {component} has {counted[name]} {name}"
    yield from (f"3.6: {name} stands {n} times" for name, n in counted.items() if n > 1 and name not in MAY_REPEAT)


def _property(name: str, parameters: str, value: str) -> Iterator[str]:
    if name not in VALUES:
        yield f"3.8: {name} is unknown"
    elif not VALUES[name].fullmatch(value):
        yield f"3.3: {name} cannot be {value[:40]}"
    if name in PARAMETERS and PARAMETERS[name] not in parameters.split(";"):
        yield f"3.2.20: {name} does not say {PARAMETERS[name]}"
    if name in ("DTSTART", "DTSTAMP", "LAST-MODIFIED") and VALUES[name].fullmatch(value):
        try:
            datetime.datetime.strptime(value[:8], "%Y%m%d")  # a day
        except ValueError:
            yield f"3.3.4: {name} {value} is not a day"
