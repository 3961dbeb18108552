"""Feeds and the calendar: strict readers of each standard find no fault, readers find all news, names last for ever."""

import datetime
import json
import re
from collections.abc import Callable, Iterable, Mapping
from html import escape, unescape
from pathlib import Path
from typing import Any

import feedparser
import icalendar
import pytest
from conftest import Made, Project
from feed_standards import atom_faults, calendar_faults, json_faults, rss_faults
from hypothesis import example, given
from hypothesis import strategies as st

from site_builder.outputs.calendar import folded, text
from site_builder.outputs.feed_formats import FORMATS, FeedItem, weight, with_full_text
from site_builder.outputs.feeds import NEWEST, NEWEST_OF_PART, TEXT_BYTES

FAULTS = {"rss.xml": rss_faults, "feed.xml": atom_faults, "feed.json": json_faults, "calendar.ics": calendar_faults}
LV, EN = "content/news/2016/lemums.lv.md", "content/news/2016/lemums.en.md"
SITE = "content/site.yaml"
BASE = "https://host.example/kurzeme-visiem/"
MILESTONES = """\
exact:
  date: 2016-02-25
  scope: liepaja
  event: decision
  text: {lv: "Dome, ar lēmumu; izveidoja \\\\ grupu.", en: The council set up a group.}
  sources: [decision]
  news: 2016/lemums
inferred:
  date: {date: 2017-05-24, inferred: true, because: {lv: avotā nav gada, en: the source gives no year}}
  scope: region
  event: planning
  text: {lv: Grupa tikās., en: "The group met, and spoke of what is to come; nobody was absent from that meeting."}
  sources: [decision]
month:
  date: {date: 2018-01, precision: month}
  scope: national
  event: report
  text: {lv: Ziņojums., en: A report.}
  sources: [decision]
season:
  date: {date: 2018-winter, precision: season}
  scope: national
  event: report
  text: {lv: Ziemā., en: In winter.}
  sources: [decision]
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"/>\n'


def files_of(made: Made) -> dict[str, bytes]:
    """All feeds and calendars of a site that was made."""
    return {path: content for path, content in made.contents.items() if path.rpartition("/")[2] in FAULTS}


def written(output: Path) -> dict[str, bytes]:
    """All feeds and calendars of a site on disk."""
    found = (path for name in FAULTS for path in output.rglob(name))
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in found}


def faults(files: Mapping[str, bytes]) -> dict[str, list[str]]:
    """What the strict readers find, by file."""
    told = {path: FAULTS[path.rpartition("/")[2]](content) for path, content in files.items()}
    return {path: found for path, found in told.items() if found}


def items(content: bytes) -> list[dict[str, Any]]:
    """The items of a JSON Feed."""
    found: list[dict[str, Any]] = json.loads(content)["items"]
    return found


def events(content: bytes) -> list[Any]:
    """The events of a calendar, as icalendar reads them."""
    return [*icalendar.Calendar.from_ical(content).events]


def news(key: str, fields: str = "", body: str = "Teksts.", day: str = "2016-03-01") -> dict[str, str | None]:
    """The files of an item; its own text names nothing else."""
    head = f"title: {key} TITLE\nslug: {key}\nsummary: {key}.\n"
    shared = f"date: {day}\ncategory: results\nsources: []\n{fields}"
    return {
        f"content/news/2016/{key}.lv.md": f"---\n{head.replace('TITLE', 'lv')}{shared}---\n\n{body}\n",
        f"content/news/2016/{key}.en.md": f"---\n{head.replace('TITLE', 'en')}---\n\n{body}\n",
    }


# The real site -------------------------------------------------------------------------------------------------


def test_strict_readers_find_no_fault_in_any_feed(real_output: Path) -> None:
    """Of all news, its parts and the record in three formats, and of the calendar, in both languages."""
    files = written(real_output)
    parts = 1 + 6 + 4 + 7 + 1
    assert len(files) == 2 * (3 * parts + 1)
    assert faults(files) == {}


def test_a_feed_reader_reads_every_feed(real_output: Path) -> None:
    """feedparser finds nothing malformed, and the items of JSON Feed with id, address, days and text in their order."""
    for path, content in written(real_output).items():
        if path.endswith(".xml"):
            read = feedparser.parse(content)
            assert not read.bozo, (path, read.bozo_exception)
            expected = items((real_output / path).with_name("feed.json").read_bytes())
            assert [_read(entry) for entry in read.entries] == [_expected(one) for one in expected], path
            assert read.feed.updated_parsed[:3] == _days([one["date_modified"] for one in expected])[-1], path


def _days(moments: Iterable[str]) -> list[tuple[int, ...]]:
    return sorted(tuple(map(int, moment[:10].split("-"))) for moment in moments)


def _read(entry: Any) -> tuple[Any, ...]:
    days = entry.published_parsed[:3], entry.updated_parsed[:3]
    return entry.id, entry.link, entry.title, *days, unescape(entry.summary), len(entry.content)


def _expected(item: dict[str, Any]) -> tuple[Any, ...]:
    days = _days([item["date_published"], item["date_modified"]])
    return item["id"], item["url"], item["title"], *days, item["summary"], 1


def test_the_three_formats_have_the_same_full_text(real_output: Path) -> None:
    """What RSS and Atom say is what JSON Feed says, to the letter."""
    for path in written(real_output):
        if path.endswith("feed.json"):
            texts = [escape(one["content_html"]) for one in items((real_output / path).read_bytes())]
            for name in ("rss.xml", "feed.xml"):
                written_there = (real_output / path).with_name(name).read_text("utf-8")
                assert [one for one in texts if one not in written_there] == [], path


@pytest.mark.parametrize("language", ["lv", "en"])
def test_the_calendar_is_read_by_others(language: str, real_output: Path) -> None:
    """icalendar reads every milestone whose day is known as an event of that day, and nothing in need of mending."""
    content = (real_output / language / "calendar.ics").read_bytes()
    calendar = events(content)
    pages = "".join(page.read_text("utf-8") for page in (real_output / language).rglob("index.html"))
    timeline = re.sub(r"</?span[^>]*>", "", pages)
    assert len(calendar) > 40
    for event in calendar:
        assert not event.errors
        assert not isinstance(event.DTSTART, datetime.datetime)
        assert event.end == event.start + datetime.timedelta(days=1)
        assert f'id="{event["URL"].rpartition("#")[2]}"' in timeline
        assert escape(event["SUMMARY"].partition(" (")[0], quote=False) in timeline


@pytest.mark.parametrize("language", ["lv", "en"])
def test_every_page_names_the_feeds_of_all_news(language: str, html: dict[str, str]) -> None:
    """In the head, in the three formats; categories, facilities, services and the record name their own as well."""
    own = 0
    for path, page in html.items():
        if path.startswith(f"{language}/") and 'http-equiv="refresh"' not in page:
            named = re.findall(r'<link rel="alternate" type="[a-z/+]*" title="[^"]+" href="([^"]+)"', page)
            assert {f"/{language}/{form.file}" for form in FORMATS} <= set(named), path
            beside = [one for one in named if "/feeds/" in one]
            own += bool(beside)
            assert len(beside) in (0, 3), path
            assert all(f'<a href="{one}" type="application/rss+xml">' in page for one in beside[:1]), path
    assert own == 6 + 4 + 7 + 1


# What a feed says ----------------------------------------------------------------------------------------------


def test_an_item_is_in_the_feeds_of_what_it_is_about(project: Project) -> None:
    """Its language's, its category's, and those of its facilities and services; in no other."""
    project.write(news("other"))
    files = files_of(project.make())
    address = b"/en/news/2016/decision/"
    parts = ("", "feeds/category/decisions/", "feeds/facility/salmu/", "feeds/service/care/")
    assert {path for path, content in files.items() if address in content} == {
        f"en/{part}{form.file}" for part in parts for form in FORMATS
    }
    assert faults(files) == {}


RICH = """\
[The part below](#here), [care at home](service:care),
![A picture](media:a.svg), <a.b@c.example>, [file](media:rules.csv).

`href="left"` and `<img src="left">` are words.[^1]

## Here {#here}

Odd: [brackets](https://x.example/[a]?b=1&c=2#d "a href="), &#1; [host](https://x.example/?u=/lv/).

[^1]: A note & more.
"""


def test_texts_are_whole_and_safe_wherever_they_are_read(site_folder: Callable[..., Project]) -> None:
    """Places on the page, pages of ours, pictures, documents, under a base path; words that look like code stay."""
    files = news("rich", "image: a.svg\n", RICH)
    for code in ("lv", "en"):
        path = f"content/news/2016/rich.{code}.md"
        note = "image_alt: A picture of <b>\ncorrection:\n  - {date: 2026-11-23, text: Wrong < right.}\n"
        files[path] = str(files[path]).replace("slug:", f"{note}slug:")
    media = {"content/media/a.svg": SVG, "content/media/rules.csv": "a,b\n"}
    made = site_folder({**files, **media}).make(base_url=BASE)
    assert made.built.publishable, made.built.problems
    assert faults(files_of(made)) == {}
    ours = re.findall(rb"https://host\.example[^\s<>\"&\\]*", b"".join(files_of(made).values()))
    assert [one for one in ours if not one.startswith(BASE.encode())] == []
    (item,) = (one for one in items(made.contents["en/feed.json"]) if one["title"] == "rich en")
    page = f"{BASE}en/news/2016/rich/"
    for address in (f"{page}#here", f"{BASE}en/services/care/", "mailto:a.b@c.example", f"{page}#fn-1"):
        assert f'href="{address}"' in item["content_html"], address
    assert re.search(
        rf'<img src="{BASE}assets/a[.][0-9a-f]+[.]svg"[^>]*alt="A picture of &lt;b&gt;"', item["content_html"]
    )
    assert re.search(rf'href="{BASE}assets/rules[.][0-9a-f]+[.]csv"', item["content_html"])
    assert 'href="https://x.example/?u=/lv/"' in item["content_html"]
    assert '<code>href=&quot;left"</code>' in item["content_html"]
    assert '<code>&lt;img src=&quot;left"&gt;</code>' in item["content_html"]
    assert "<strong>Correction, 23\u00a0November\u00a02026:</strong> Wrong &lt; right.</p>" in item["content_html"]
    assert item["date_modified"] == "2026-11-23T12:00:00Z"
    assert item["image"].startswith(f"{BASE}assets/a.")


def test_a_picture_is_an_enclosure(site_folder: Callable[..., Project]) -> None:
    """With its address, type and size in bytes; the other item has none."""
    files = news("pictured", "image: a.svg\n")
    for path in files:
        files[path] = str(files[path]).replace("slug:", "image_alt: A picture\nslug:")
    made = site_folder({**files, "content/media/a.svg": SVG}).make()
    for name in ("rss.xml", "feed.xml"):
        read = feedparser.parse(made.contents[f"en/{name}"])
        (picture,) = (one for entry in read.entries for one in entry.enclosures)
        assert (picture.type, picture.length) == ("image/svg+xml", str(len(SVG)))
        assert made.contents[picture.href.removeprefix("https://small.example/")] == SVG.encode()


def test_a_feed_is_as_new_as_its_newest_item(project: Project) -> None:
    """The last change of any item counts, not the day of the build."""
    project.write(news("before", "published: 2026-11-21\n") | news("after", "published: 2026-11-23\n"))
    project.replace(EN, "slug:", "updated: 2026-11-24\nslug:")
    made = project.make(today=datetime.date(2027, 5, 5))
    channel = feedparser.parse(made.contents["en/rss.xml"]).feed
    assert channel.updated == "Tue, 24 Nov 2026 12:00:00 GMT"
    assert b"2027" not in b"".join(files_of(made).values())


def test_a_feed_that_waits_for_its_first_item_is_as_old_as_its_page(project: Project) -> None:
    """It is there, so that readers can wait for it; its day is the one on which its page was published."""
    project.replace("content/facts/facilities/salmu.yaml", "published: 2026-11-22", "published: 2026-10-01")
    project.replace(LV, "facilities: [salmu]\n", "")
    made = project.make()
    empty = {
        path: content for path, content in files_of(made).items() if "/facility/salmu/" in path or "/results/" in path
    }
    assert len(empty) == 2 * 2 * 3
    assert faults(empty) == {}
    assert b"<updated>2026-10-01T12:00:00Z</updated>" in empty["en/feeds/facility/salmu/feed.xml"]
    assert b"<updated>2026-11-22T12:00:00Z</updated>" in empty["en/feeds/category/results/feed.xml"]
    assert b"<link>https://small.example/en/news/</link>" in empty["en/feeds/category/results/rss.xml"]


def test_ids_follow_neither_address_nor_words_nor_category(project: Project) -> None:
    """A new slug, title, category or year of a facility's name leaves every id and UID as it was."""
    project.write({"content/facts/milestones.yaml": MILESTONES})

    def ids() -> dict[str, set[str]]:
        pattern = rb"(?:<id>|<guid[^>]*>|\"id\":\"|UID:)([0-9a-z:-]+)"
        found = files_of(project.make()).items()
        return {path: {one.decode() for one in re.findall(pattern, content)} for path, content in found}

    before = ids()
    project.replace(EN, "slug: decision", "slug: another\naliases: [/en/news/2016/decision/]")
    project.replace(EN, "title: A decision is taken", "title: Taken")
    project.replace("content/facts/milestones.yaml", "en: A report.", "en: Another report.")
    project.replace(
        "content/facts/facilities/salmu.yaml",
        "name: {lv: Salmu iela 53, en:",
        "slug: {lv: a, en: b}\nname: {lv: S, en:",
    )
    assert ids() == before
    project.replace(LV, "category: decisions", "category: results")
    after = ids()
    assert after["en/feed.json"] == before["en/feed.json"]
    (name,) = before["en/feeds/category/decisions/feed.json"]
    assert (after["en/feeds/category/results/feed.json"], after["en/feeds/category/decisions/feed.json"]) == (
        {name},
        set(),
    )


# Limits --------------------------------------------------------------------------------------------------------


def test_a_feed_has_the_items_published_last(project: Project) -> None:
    """Fifty of a language, twenty of a part, the newest first, whatever the day that an item tells of."""
    for number in range(60):
        day = datetime.date(2026, 9, 1) + datetime.timedelta(days=number)
        project.write(
            news(
                f"n{number}",
                f"published: {day}\nfacilities: [salmu]\n",
                day=f"2016-01-{1 + 59 - number:02}" if number > 29 else "2016-02-01",
            )
        )
    made = project.make()
    assert made.built.publishable, made.built.problems
    for path, count in (("en/feed.json", NEWEST), ("en/feeds/facility/salmu/feed.json", NEWEST_OF_PART)):
        days = [one["date_published"] for one in items(made.contents[path])]
        assert len(days) == count
        assert days == sorted(days, reverse=True)
        assert days[1] == "2026-10-30T12:00:00Z"
    assert faults(files_of(made)) == {}


def test_items_of_one_day_have_moments_of_their_own_in_our_order(project: Project, real_output: Path) -> None:
    """None is after the last change; WordPress's RSS block shuffles what was published at the same moment."""
    for number, day in enumerate(("2016-12-31", "2016-01-01", "2016-06-15", "2016-06-15")):
        project.write(news(f"n{number}", "published: 2026-11-20\n", day=day))
    made = files_of(project.make())
    assert items(made["en/feed.json"])[-1]["date_published"] == "2026-11-20T11:59:57Z"
    both = [*made.items(), *written(real_output).items()]
    for found in (items(content) for path, content in both if path.endswith("feed.json")):
        moments = [one["date_published"] for one in found]
        assert moments == sorted(set(moments), reverse=True)
        assert all(one["date_published"] <= one["date_modified"] for one in found)


def test_a_feed_stays_light_whatever_is_written(project: Project) -> None:
    """Of texts that are too much for a feed the older ones are summaries with a link; each file stays below 512 kB."""
    heavy = "\n\n".join(f"**{number}** “a” & b, and so on" for number in range(400))
    for number in range(30):
        project.write(news(f"n{number:02}", f"published: 2026-10-{30 - number:02}\n", heavy))
    made = project.make()
    assert made.built.publishable, made.built.problems
    assert faults(files_of(made)) == {}
    for form in FORMATS:
        assert len(made.contents[f"en/{form.file}"]) < 512_000
    full = [len(one["content_html"]) > 5000 for one in items(made.contents["en/feed.json"])[1:]]
    assert full == sorted(full, reverse=True)
    assert 5 < full.count(True) < 30
    last = items(made.contents["en/feed.json"])[-1]
    assert last["content_html"] == (
        f'<p>{last["summary"]}</p>\n<p>Full text: <a href="{last["url"]}">{last["title"]}</a></p>'
    )


def item(html: str) -> FeedItem:
    day = datetime.date(2026, 11, 22)
    return FeedItem("urn:x", "https://x.example/", "T", "S", html, day, day, "c", "C", None)


@given(st.lists(st.text(max_size=40), max_size=12), st.integers(0, 300))
@example(["ab", "cd"], 4)
def test_full_texts_never_weigh_more_than_the_limit(texts: list[str], limit: int) -> None:
    """As many of the first as fit, and not one less."""
    found = with_full_text(tuple(map(item, texts)), limit)
    assert sum(map(weight, texts[:found])) <= limit
    assert found == len(texts) or sum(map(weight, texts[: found + 1])) > limit


@given(st.text())
def test_a_text_weighs_what_a_format_writes(html: str) -> None:
    """No format writes more bytes of it, so the limit of texts and 112 kB for the rest are at most 512 kB."""
    assert len(json.dumps(html, ensure_ascii=False).encode("utf-8", "surrogatepass")) <= weight(html)
    assert TEXT_BYTES + 112_000 == 512_000


# What is made again --------------------------------------------------------------------------------------------


def test_an_edit_touches_the_feeds_that_have_the_item_and_no_others(project: Project) -> None:
    """A body changes the feeds of one language that have it; a category, those that it leaves and enters."""
    project.write(news("other", "facilities: [salmu]\n"))
    assert project.build() == 0

    def changed() -> set[str]:
        before = written(project.output)
        assert project.build() == 0
        after = written(project.output)
        return {path.rpartition("/")[0] for path in after if after[path] != before[path]}

    project.replace("content/news/2016/other.en.md", "Teksts.", "Another text.")
    assert changed() == {"en", "en/feeds/category/results", "en/feeds/facility/salmu"}
    project.replace("content/news/2016/other.lv.md", "category: results", "category: decisions")
    parts = ("", "/feeds/category/results", "/feeds/category/decisions", "/feeds/facility/salmu")
    assert changed() == {f"{language}{part}" for language in ("lv", "en") for part in parts}


def test_a_feed_is_an_address_that_lasts(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """Where a facility goes, its feeds are told with its pages; a folder that is withdrawn takes its files with it."""
    house = project.text("content/facts/facilities/salmu.yaml")
    project.write({"content/facts/facilities/cita.yaml": house.replace("Salmu iela 53", "Cita iela 1")})
    assert project.build() == 0
    project.write({"content/facts/facilities/cita.yaml": None})
    capsys.readouterr()
    assert project.build() == 1
    told = re.findall(r"the address (\S+) ", capsys.readouterr().err)
    assert "/lv/feeds/facility/cita/rss.xml" in told
    assert len(told) == 2 * (1 + 3)
    folders = ["/lv/vietas/cita/", "/en/facilities/cita/", "/lv/feeds/facility/cita/"]
    files = [f"/en/feeds/facility/cita/{form.file}" for form in FORMATS]
    lines = "".join(f"  - {{address: {one}, reason: {{lv: Slēgta, en: Closed}}}}\n" for one in (*folders, *files))
    project.write({SITE: project.text(SITE) + f"withdrawn:\n{lines}"})
    assert project.build() == 0
    assert not (project.output / "en/feeds/facility/cita").exists()


# The calendar --------------------------------------------------------------------------------------------------


def test_the_calendar_has_the_days_that_are_known(project: Project) -> None:
    """An inferred day says so where it is read first, with its reason; a month or season is no day and is not there."""
    project.write({"content/facts/milestones.yaml": MILESTONES})
    made = project.make(base_url=BASE)
    assert faults(files_of(made)) == {}
    exact, inferred = events(made.contents["en/calendar.ics"])
    assert exact["SUMMARY"] == "The council set up a group."
    assert (exact.DTSTART, exact["STATUS"]) == (datetime.date(2016, 2, 25), "CONFIRMED")
    assert exact["URL"] == f"{BASE}en/timeline/#exact"
    assert f"News item: {BASE}en/news/2016/decision/\n" in exact["DESCRIPTION"]
    assert exact["DESCRIPTION"].endswith("Source: Council, 2016, https://council.example/decision")
    assert exact["DTSTAMP"].dt.date() == datetime.date(2026, 11, 22)
    assert inferred["SUMMARY"].endswith("(year inferred)")
    assert "year inferred: the source gives no year\n" in inferred["DESCRIPTION"]
    assert inferred["STATUS"] == "TENTATIVE"
    (latvian, _) = events(made.contents["lv/calendar.ics"])
    assert latvian["SUMMARY"] == "Dome, ar lēmumu; izveidoja \\ grupu."
    page = made.contents["en/feeds/index.html"].decode()
    assert "Not in the calendar: 2 events." in page
    assert f"{BASE}en/calendar.ics" in page


def test_there_is_no_calendar_without_events(project: Project) -> None:
    """A calendar must have one (RFC 5545 3.6); the page of feeds does not speak of it then."""
    made = project.make()
    assert "en/calendar.ics" not in made.contents
    assert b"calendar.ics" not in made.contents["en/feeds/index.html"] + made.contents["en/timeline/index.html"]


def test_a_calendar_that_loses_its_last_event_is_withdrawn(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is an address that lasts; a file may be withdrawn by itself."""
    project.write({"content/facts/milestones.yaml": MILESTONES})
    assert project.build() == 0
    project.write({"content/facts/milestones.yaml": None})
    capsys.readouterr()
    assert project.build() == 1
    told = re.findall(r"the address (\S+) ", capsys.readouterr().err)
    pieces = [f"/embed/{language}/chart/timeline/" for language in ("en", "lv")]
    assert told == [*pieces, "/en/calendar.ics", "/lv/calendar.ics"]
    lines = "".join(f"  - {{address: {one}, reason: {{lv: Tukšs, en: Empty}}}}\n" for one in told)
    project.write({SITE: project.text(SITE) + f"withdrawn:\n{lines}"})
    assert project.build() == 0


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
@example("x" * 400)
@example("ā€😀" * 80)
def test_any_words_survive_escaping_and_folding(words: str) -> None:
    """What is written is read back, without control characters; no line is too long and no character cut."""
    lines = folded(f"SUMMARY:{text(words)}")
    assert all(len(line) <= 75 and line.decode() is not None for line in lines.split(b"\r\n"))
    value = lines.replace(b"\r\n ", b"").removesuffix(b"\r\n").decode().removeprefix("SUMMARY:")
    back = re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], value, flags=re.DOTALL)
    ends = words.replace("\r\n", "\n").replace("\r", "\n")
    assert back == re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", ends)


# The strict readers --------------------------------------------------------------------------------------------


SPOILT: list[tuple[str, str, str, str]] = [
    ("feed.xml", r"</feed>", "", "2:"),
    ("feed.xml", r"<feed xmlns=\S+", '<feed xmlns="http://purl.org/atom/ns#"', "4.1.1"),
    ("feed.xml", r"<id>urn:uuid:[^<]*</id>\n<title>Small", "<title>Small", "4.1.1: id"),
    ("feed.xml", r"(<title>[^<]*</title>)", r"\1\1", "4.1.1: title"),
    ("feed.xml", r"<updated>[^<]*</updated>\n<rights>", "<rights>", "4.1.1: updated"),
    ("feed.xml", r"<link rel=\"self\"[^>]*>", "", "4.1.1: a feed SHOULD"),
    ("feed.xml", r"(<link rel=\"alternate\"[^>]*>)", r"\1\1", "4.1.1: two alternates"),
    ("feed.xml", r"<author>.*</author>", "", "4.1.1: author"),
    ("feed.xml", r"<author>.*</author>", "<author><uri>https://x.example/</uri></author>", "3.2"),
    ("feed.xml", r"<icon>[^<]*", "<icon>/icon.svg", "4.2.6"),
    ("feed.xml", r"<subtitle>", '<subtitle type="html">', "3.1"),
    ("feed.xml", r"(?s)(<entry>.*</entry>)", r"\1\1", "4.1.1: two entries"),
    ("feed.xml", r"(?s)(<entry>\n)<id>[^<]*</id>", r"\1", "4.1.2: id"),
    ("feed.xml", r"(?s)(<entry>\n)", r"\1<subtitle>x</subtitle>", "4.1.2: subtitle"),
    ("feed.xml", r"(?s)<published>[^<]*", "<published>2099-01-01T12:00:00Z", "4.2.15"),
    ("feed.xml", r"(?s)<published>[^<]*", "<published>2026-11-22", "3.3"),
    ("feed.xml", r"(?s)<published>[^<]*", "<published>2026-02-30T12:00:00Z", "3.3"),
    ("feed.xml", r"<category term=\"[^\"]*\"", "<category", "4.2.2.1"),
    ("feed.xml", r"(?s)(<entry>.*?)href=\"https://small.example", r'\1href="', "4.2.7.1"),
    ("feed.xml", r"hreflang=\"en\"", 'hreflang="english language"', "4.2.7.4"),
    ("feed.xml", r"<link rel=\"alternate\" type=\"text/html\"", '<link rel="enclosure" type="text/html"', "4.2.7.6"),
    ("feed.xml", r"href=&quot;https://small.example", "href=&quot;", "4.1.3.3: the address"),
    ("feed.xml", r"&lt;p&gt;", "&lt;p onclick=&quot;x()&quot;&gt;", "4.1.3.3: the attribute onclick"),
    ("feed.xml", r"&lt;p&gt;", "&lt;script&gt;x()&lt;/script&gt;&lt;p&gt;", "4.1.3.3: script"),
    ("feed.xml", r"<content type=\"html\">", '<content type="html"><p/>', "4.1.3.3: content"),
    ("feed.xml", r"<content type", "<content mode", "4: content has"),
    ("rss.xml", r"</rss>", "", "not well-formed"),
    ("rss.xml", r"version=\"2.0\" ", 'version="0.91" ', "the document element"),
    ("rss.xml", r"(?s)(<channel>.*</channel>)", r"\1\1", "rss has not one"),
    ("rss.xml", r"<description>For", "<abstract>x</abstract><description>For", "channel: abstract"),
    ("rss.xml", r"<description>[^<]*</description>\n<language>", "<language>", "channel: description"),
    ("rss.xml", r"(<language>en</language>)", r"\1\1", "channel: language"),
    ("rss.xml", r"<language>en</language>", "", "channel: no language"),
    ("rss.xml", r"<lastBuildDate>[^<]*", "<lastBuildDate>2026-11-22T12:00:00Z", "channel: lastBuildDate"),
    ("rss.xml", r"<lastBuildDate>...", "<lastBuildDate>Mon", "channel: lastBuildDate"),
    ("rss.xml", r"<atom:link[^>]*>", "", "profile"),
    ("rss.xml", r"(?s)(<item>.*</item>)", r"\1\1", "item: the guid"),
    ("rss.xml", r"<guid.*</guid>", "", "item: no guid"),
    ("rss.xml", r" isPermaLink=\"false\"", "", "item: the guid is no address"),
    ("rss.xml", r"<pubDate>Sun, 22 Nov 2026", "<pubDate>Sun, 22 Nov 26", "item: Sun"),
    ("rss.xml", r"<atom:updated>[^<]*", "<atom:updated>yesterday", "item: yesterday"),
    ("rss.xml", r"(?s)(<item>.*?<link>)[^<]*", r"\1/en/", "item: the link"),
    ("rss.xml", r"</item>", '<enclosure url="https://x.example/a.png"/></item>', "item: an enclosure"),
    ("rss.xml", r"<description>The council", "<description>a &lt; b", "item: the description"),
    ("rss.xml", r"href=&quot;https://small.example", "href=&quot;", "item: the address"),
    ("feed.json", r"}\n$", "", "not JSON"),
    ("feed.json", r"version/1.1", "version/1", "version"),
    ("feed.json", r"\"title\":\"Small[^\"]*\"", '"title":""', "title is missing"),
    ("feed.json", r"\"icon\":\"https://[a-z.]*", '"icon":"', "icon"),
    ("feed.json", r"\"home_page_url\"", '"homepage"', "homepage is unknown"),
    ("feed.json", r'"name":"[^"]*","url"', '"nick"', "an author"),
    ("feed.json", r"\"id\":\"urn", '"_id":"urn', "an item has no id"),
    ("feed.json", r"\"content_html\"", '"_html"', "an item has no content"),
    ("feed.json", r"\"date_modified\":\"2026-11-22T", '"date_modified":"2026-11-22 ', "date_modified"),
    ("feed.json", r"\"tags\":\[\"[^\"]*\"", '"tags":[""', "tags"),
    ("feed.json", r"(?s)(\"items\":)\[.*\]", r"\1{}", "items is not a list"),
    ("feed.json", r"\"language\":\"en\"", '"language":"in English"', "in English is no"),
    ("feed.json", r"href=\\\"https://small.example", r'href=\\"', "content_html: the address"),
    ("calendar.ics", r"\r\n", "\n", "3.1"),
    ("calendar.ics", r"\r\n ", "", "3.1: a line of"),
    ("calendar.ics", r"END:VCALENDAR\r\n", "", "3.6"),
    ("calendar.ics", r"(?s)BEGIN:VEVENT.*END:VEVENT\r\n", "", "3.6: a calendar without"),
    ("calendar.ics", r"(?s)(BEGIN:VEVENT.*?END:VEVENT\r\n)", r"\1\1", "3.8.4.7"),
    ("calendar.ics", r"DTSTAMP:[^\r]*\r\n", "", "3.6: VEVENT has 0 DTSTAMP"),
    ("calendar.ics", r"PRODID:[^\r]*\r\n", "", "3.6: VCALENDAR has 0 PRODID"),
    ("calendar.ics", r"(VERSION:2.0\r\n)", r"\1\1", "3.6: VCALENDAR has 2"),
    ("calendar.ics", r"(STATUS:CONFIRMED\r\n)", r"\1\1", "3.6: STATUS"),
    ("calendar.ics", r"DTSTART;VALUE=DATE", "DTSTART", "3.2.20"),
    ("calendar.ics", r"VALUE=DATE:2016....", "VALUE=DATE:20160231", "3.3.4"),
    ("calendar.ics", r"T120000Z", "T120000", "3.3: "),
    ("calendar.ics", r"up a group", "up, a group", "3.3: SUMMARY"),
    ("calendar.ics", r"STATUS:CONFIRMED", "STATUS:DONE", "3.3: STATUS"),
    ("calendar.ics", r"TRANSP:", "TRANSPARENCY:", "3.8: TRANSPARENCY"),
    ("calendar.ics", r"URL:https://small.example", "URL:", "3.3: URL"),
    ("calendar.ics", r"BEGIN:VEVENT", "BEGIN:VTODO", "3.4"),
    ("calendar.ics", r"CALSCALE:GREGORIAN", "CALSCALE", "3.1: not a content line"),
]  # fmt: skip


@pytest.fixture(scope="module")
def sound(published_once: Project, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Feeds and a calendar of a small site, without a fault."""
    import shutil

    project = Project(Path(shutil.copytree(published_once.folder, tmp_path_factory.mktemp("sound") / "project")))
    project.write({"content/facts/milestones.yaml": MILESTONES})
    files = files_of(project.make())
    assert faults(files) == {}
    return files


@pytest.mark.parametrize(("name", "pattern", "instead", "told"), SPOILT)
def test_the_strict_readers_bite(name: str, pattern: str, instead: str, told: str, sound: dict[str, bytes]) -> None:
    """Whatever is spoilt in a sound feed is told by the reader of its standard."""
    before = sound[f"en/{name}"].decode()
    spoilt = re.sub(pattern, instead, before, count=0 if name == "calendar.ics" and "\r\n" in pattern[:4] else 1)
    assert spoilt != before, "the pattern is not there"
    found = FAULTS[name](spoilt.encode())
    assert [one for one in found if one.startswith(told)], found
