"""Pieces of pages: sizes of pictures, share links, the easy-to-read text, pictograms and dates."""

import io
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import PROJECT, Project
from PIL import Image

from site_builder.i18n.words import Words
from site_builder.outputs.easy_to_read import easy_parts, sentence_a_line
from site_builder.outputs.pictures import UnreadablePicture, size_of
from site_builder.outputs.share import share_links

LV = "content/news/2016/lemums.lv.md"
EN = "content/news/2016/lemums.en.md"
HOUSE = "content/facts/facilities/salmu.yaml"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"></svg>'


def raster(kind: str, size: tuple[int, int], orientation: int = 1) -> bytes:
    """A picture file; an orientation above 4 lies on its side (Exif 2.3, tag 0x0112)."""
    held, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = orientation
    Image.new("RGB", size).save(held, kind, **({"exif": exif} if orientation != 1 else {}))
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "size"),
    [
        ("a.png", raster("PNG", (40, 30)), (40, 30)),
        ("a.JPG", raster("JPEG", (40, 30)), (40, 30)),
        ("a.webp", raster("WEBP", (40, 30)), (40, 30)),
        ("turned.jpg", raster("JPEG", (40, 30), 6), (30, 40)),
        ("a.svg", SVG.encode(), (30, 20)),
        ("a.svg", b'<svg height="10px" width="12.6" viewBox="0 0 1 1"/>', (13, 10)),
    ],
)
def test_a_picture_says_how_large_a_browser_shows_it(name: str, content: bytes, size: tuple[int, int]) -> None:
    """Raster pictures by their header and orientation, drawings by their sides or their view box."""
    assert size_of(name, content) == size


@pytest.mark.parametrize(("name", "content"), [("a.png", b"x"), ("a.svg", b"<svg/>"), ("a.jpg", b"")])
def test_what_is_no_picture_is_refused(name: str, content: bytes) -> None:
    """A name is not enough."""
    with pytest.raises(UnreadablePicture):
        size_of(name, content)


def test_pictures_have_their_size_on_pages(project: Project) -> None:
    """In a text and above an item: width, height, and below the fold no loading before it is seen."""
    project.replace(LV, "facilities: [salmu]\n", "")
    project.replace(LV, "operation: esf", "operation: esf\nimage: skats.svg\nimage_alt: Skats uz jūru")
    project.replace(LV, "Skatiet [māju](facility:salmu)", "![Kāpas](media:skats.svg)")
    project.replace(EN, "slug: decision", "slug: decision\nimage_alt: View of the sea")
    project.replace(EN, "See [the house](facility:salmu)", "![Dunes](media:skats.svg)")
    project.write({"content/media/skats.svg": SVG})
    assert project.build() == 0
    page = project.page("en/news/2016/decision/index.html")
    pictures = re.findall(r"<img [^>]*skats[^>]*>", page)
    assert len(pictures) == 2
    assert all('width="30" height="20"' in one for one in pictures)
    assert [one.count('loading="lazy"') for one in pictures] == [0, 1]
    listed = re.findall(r"<img [^>]*skats[^>]*>", project.page("en/news/index.html"))
    assert ['width="30" height="20"' in one and 'loading="lazy"' in one for one in listed] == [True]


def test_a_file_that_is_no_picture_is_told(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """A text saved under a picture's name publishes nothing."""
    project.write({"content/media/skats.png": "not a picture"})
    assert project.build() == 1
    assert "content/media/skats.png:1:1: error[unreadable-picture]: " in capsys.readouterr().err


def test_share_links_carry_title_and_address() -> None:
    """Signs that mean something in an address arrive as they were written."""
    title, url = "Atelpas brīdis & “māja” + 100 %", "https://a.example/lv/x/?a=1+1"
    words = Words("en", "en_GB", {"share.email": "E-mail"})
    links = {one.name: one.href for one in share_links(words, title.replace("100 ", "100\u00a0"), url)}
    assert {name: parse_qs(urlsplit(href).query) for name, href in links.items()} == {
        "E-mail": {"subject": [title], "body": [f"{title}\r\n{url}"]},
        "WhatsApp": {"text": [f"{title} {url}"]},
        "Facebook": {"u": [url]},
        "Draugiem.lv": {"title": [title], "link": [url]},
    }
    assert [name for name, href in links.items() if "+" in href] == [], "RFC 6068: a space in a mailto link is %20"


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<p>One. Two!</p>", ["One.", "Two!"]),
        ("<p>Sākās 2015. gadā. Šī lapa.</p>", ["Sākās 2015. gadā.", "Šī lapa."]),
        ('<p>See <a href="/">A. B. Page</a>. “Next” one.</p>', ['See <a href="/">A. B. Page</a>.', "“Next” one."]),
        ('<p>Read. <a href="/">Page</a>.</p>', ["Read.", '<a href="/">Page</a>.']),
        ("<p>He said “yes.” Then he left.</p>", ["He said “yes.”", "Then he left."]),
        ("<p>Only one</p>", ["Only one"]),
        ("<p>Priekšsēdētājs H.\u00a0Valcis runā. Ātri!</p>", ["Priekšsēdētājs H.\u00a0Valcis runā.", "Ātri!"]),
        ("<p><b>Now.</b> (Then) <b>Next. On</b></p>", ["<b>Now.</b>", "(Then) <b>Next. On</b>"]),
        ("<p>Read: The end… Ąžuolas.<br>\nLast.</p>", ["Read: The end…", "Ąžuolas.<br>", "Last."]),
    ],
)
def test_every_sentence_has_a_line(html: str, lines: list[str]) -> None:
    """Split at sentence ends, never inside a link; nothing but spans is added."""
    made = sentence_a_line(html)
    assert re.findall(r'<span class="sentence">(.*?)</span>', made) == lines
    assert re.sub(r"\s+", "", re.sub(r"</?span[^>]*>", "", made)) == re.sub(r"\s+", "", html)


def test_a_part_gets_the_pictogram_of_its_id() -> None:
    """A heading named as a pictogram or a service has a sign, another has none."""
    body = '<p>First.</p><h2 id="ask">Ask</h2><p>Call.</p><h3 id="care">Care</h3><h3 id="x">X</h3>'
    introduction, parts = easy_parts(body, {"ask": "ask", "care": "home"})
    assert "First." in introduction
    assert [(one.id, one.level, one.pictogram) for one in parts] == [
        ("ask", 2, "ask"),
        ("care", 3, "home"),
        ("x", 3, ""),
    ]


SITE = "content/site.yaml"
CARE = "content/facts/services/care.yaml"
DECISIONS = "name: {lv: Lēmumi, en: Decisions}}"


@pytest.mark.parametrize(
    ("path", "old", "new", "place"),
    [
        (CARE, "audiences:", "pictogram: respit\naudiences:", f"{CARE}:4:12"),
        (SITE, DECISIONS, DECISIONS[:-1] + ", pictogram: decision}", f"{SITE}:17:103"),
    ],
)
def test_an_unknown_pictogram_is_told(
    path: str, old: str, new: str, place: str, project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """A service's or a category's pictogram is in the sheet, or the nearest name is hinted."""
    project.replace(path, old, new)
    assert project.build("--messages", "en") == 1
    told = capsys.readouterr().err
    assert f"{place}: error[unknown-pictogram]: " in told
    assert "did you mean" in told


def test_a_place_says_when_it_was_published_and_updated(project: Project) -> None:
    """On the page, in the footer and in the page's JSON-LD; an update is later than the publication."""
    project.replace(HOUSE, "published: 2026-11-22", "published: 2024-01-02\nupdated: 2025-03-04")
    assert project.build() == 0
    page = project.page("en/facilities/salmu/index.html")
    assert re.search(r'Published: <time datetime="2024-01-02">', page)
    assert page.count('<time datetime="2025-03-04">') == 2
    assert '"datePublished":"2024-01-02"' in page
    assert '"dateModified":"2025-03-04"' in page


def test_the_sheet_of_pictograms_is_light() -> None:
    """One style, small, and no colour but the words' own and the theme's ribbon."""
    sheet = (PROJECT / "static/pictograms.svg").read_text("utf-8")
    assert len(sheet.encode()) <= 8192
    assert not re.search(r"#[0-9a-fA-F]{3}", sheet)
    assert set(re.findall(r'(?:fill|stroke)="([^"]*)"', sheet)) <= {"var(--ribbon)"}
