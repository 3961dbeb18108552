"""Social cards: every page that is shared has one, nothing on it is cut, and a known one is not drawn again."""

import io
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import PROJECT, TODAY, Project, tree
from PIL import Image
from reading import pages, structured

from site_builder.outputs import card_drawing, cards
from site_builder.outputs.card_drawing import fitted
from site_builder.outputs.cards import CardView, CardWords
from site_builder.store import FOLDER

FONT = (PROJECT / "static/fonts/Ubuntu-M.ttf").read_bytes()
COLOURS = ("#0b4f5c", "#ffffff", "#00704b")
EU = ("Eiropas Savienība", "Eiropas Sociālais fonds", "Eiropas Reģionālās attīstības fonds")
LONG = (
    "Deinstitucionalizācijas pakalpojumu infrastruktūras izveidošanas nepieciešamības pamatojums "
    "starpinstitucionālajās pārrunās un līdzdarbošanās iespējas"
)
assert len(LONG) == 150


def view(title: str, label: str = "Lēmumi · 2016. gada 25. februāris", eu: tuple[str, ...] = EU) -> CardView:
    return CardView(CardWords(title, label, "Kurzeme visiem", eu), COLOURS, FONT)


def named(output: Path) -> Iterator[tuple[str, dict[str, str], str]]:
    """Path, what a shared link shows (Open Graph) and text of every page that is shared."""
    for path, page in pages(output):
        if path != "404.html" and 'http-equiv="refresh"' not in page and not path.startswith("embed/"):
            yield path, dict(re.findall(r'<meta property="og:([^"]+)" content="([^"]*)"', page)), page


def test_every_page_has_a_card_in_its_language(real_output: Path) -> None:
    """An absolute address, the size that sharing sites ask for, and the page's title as its alternative text."""
    count = 0
    for path, shown, page in named(real_output):
        base, _, name = shown["image"].partition("/assets/")
        assert base == "https://kurzeme-visiem.example", path
        with Image.open(real_output / "assets" / name) as picture:
            assert (picture.format, picture.size) == ("PNG", (1200, 630)), path
        assert (shown["image:width"], shown["image:height"]) == ("1200", "630"), path
        assert shown["image:alt"].endswith(" · Kurzeme visiem"), path
        assert '<meta name="twitter:card" content="summary_large_image">' in page, path
        count += 1
    assert count > 150
    assert len(list((real_output / "assets").glob("card.*.png"))) >= 110


def test_a_news_article_shows_search_engines_its_card(real_output: Path) -> None:
    """NewsArticle.image is og:image, and each article has a card of its own with its title."""
    seen: dict[str, str] = {}
    for path, shown, page in named(real_output):
        for thing in structured(page):
            if thing["@type"] == "NewsArticle":
                assert thing["image"] == shown["image"], path
                assert shown["image:alt"].startswith(shown["title"]), path
                assert seen.setdefault(thing["image"], path) == path
    assert len(seen) >= 54


def longest_titles() -> list[str]:
    texts = [path.read_text("utf-8") for path in (PROJECT / "content/news").rglob("*.md")]
    titles = [match[1] for text in texts if (match := re.search(r"^title: (.*)$", text, re.MULTILINE))]
    return sorted(titles, key=len)[-6:]


@pytest.mark.parametrize("title", [*longest_titles(), LONG, "Neizmērojami" * 15, "a " * 400 + "b", "Vietas"])
def test_a_title_is_written_in_full(title: str) -> None:
    """However long: the type becomes smaller until all of it fits, and no line is wider than the card."""
    width, height = cards.WIDTH - 2 * card_drawing.MARGIN, card_drawing.TITLE_BOTTOM - card_drawing.TITLE_TOP
    size, lines = fitted(title, FONT, card_drawing.TITLE_SIZES, width, height)
    text = " ".join(lines).replace("\u00a0", " ")
    assert text.replace("- ", "").replace(" ", "") == title.replace(" ", "")
    assert all(card_drawing._font(FONT, size).getlength(line) <= width for line in lines)
    assert size * card_drawing.LEADING * len(lines) <= height
    assert len(title) > 100 or size >= 60


def test_a_long_label_and_a_long_site_name_are_written_in_full() -> None:
    """They shrink and wrap as titles do; ink stays inside the margins."""
    words = CardWords("Vietas", LONG, LONG, EU)
    with Image.open(io.BytesIO(card_drawing.draw(CardView(words, COLOURS, FONT)))) as picture:
        margins = picture.convert("RGB").crop((cards.WIDTH - card_drawing.MARGIN, 0, cards.WIDTH, card_drawing.PAGE))
        assert margins.getcolors() == [(margins.width * margins.height, (0x0B, 0x4F, 0x5C))]
    for sizes, height in ((card_drawing.LABEL_SIZES, 39), (card_drawing.NAME_SIZES, card_drawing.STRIP - 40)):
        size, lines = fitted(LONG, FONT, sizes, 400, height)
        assert "".join(lines).replace("-", "").replace(" ", "") == LONG.replace(" ", "")
        assert size * card_drawing.LEADING * len(lines) <= height


def test_a_card_is_drawn_in_the_colours_of_the_theme_and_of_the_union() -> None:
    """The page on the deep colour, the accent below, the flag in its two official colours on white."""
    with Image.open(io.BytesIO(card_drawing.draw(view("Vietas")))) as picture:
        colours = {colour for _, colour in picture.convert("RGB").getcolors(4096) or ()}
        flag = picture.convert("RGB")
        assert flag.getpixel((5, 5)) == (0x0B, 0x4F, 0x5C)
        assert flag.getpixel((5, card_drawing.PAGE + 5)) == (0x00, 0x70, 0x4B)
        assert flag.getpixel((5, cards.HEIGHT - 5)) == (255, 255, 255)
    assert {(0x00, 0x33, 0x99), (0xFF, 0xCC, 0x00)} <= colours


def test_the_same_card_has_the_same_bytes() -> None:
    """Also when nothing is kept in memory from the first drawing."""
    first = card_drawing.draw(view(LONG))
    for kept in (card_drawing._font, card_drawing._ground, card_drawing._palette, card_drawing._table):
        kept.cache_clear()
    assert card_drawing.draw(view(LONG)) == first


def test_a_card_without_support_has_no_flag() -> None:
    """A site that the EU does not support says nothing of it."""
    with Image.open(io.BytesIO(card_drawing.draw(view("Vietas", eu=())))) as picture:
        assert (0x00, 0x33, 0x99) not in {colour for _, colour in picture.convert("RGB").getcolors(4096) or ()}


def addresses(project: Project) -> dict[str, str]:
    cards_planned = [file for file in project.built().planned if "/card." in file.path]
    return {words.title: file.path for file in cards_planned for words in file.arguments}


def test_the_address_of_a_card_changes_with_all_that_it_is_made_from(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words, size, colours, font, Pillow, the code that draws: sharing sites keep a picture as long as its address."""
    monkeypatch.setattr(card_drawing, "draw", lambda card: b"")
    before = addresses(project)
    project.replace("content/news/2016/lemums.lv.md", "title: Pieņemts lēmums", "title: Pieņemts cits lēmums")
    after = addresses(project)
    assert "Pieņemts cits lēmums" in after
    assert {path for title, path in before.items() if title in after} <= set(after.values())
    for change in ("colour", "font", "pillow", "size", "drawing"):
        if change == "colour":
            deep = re.search(r"--deep: (#\w+);", project.text("static/theme.css"))
            assert deep
            text = project.text("static/theme.css").replace(deep[0], "--deep: #123456;", 1)
            project.write({"static/theme.css": text})
        elif change == "font":
            font = project.folder / "static/fonts/Ubuntu-M.ttf"
            font.write_bytes(font.read_bytes() + b"\0")
        else:
            monkeypatch.setattr("site_builder.build.fingerprint", change.encode)
        if change == "pillow":
            monkeypatch.setattr("site_builder.outputs.cards.PIL.__version__", "0")
        elif change == "size":
            monkeypatch.setattr(cards, "HEIGHT", 600)
        elif change == "drawing":
            monkeypatch.setattr(cards, "_drawing", lambda: "other code")
        last, after = after, addresses(project)
        assert not set(last.values()) & set(after.values()), change


def test_pages_that_say_the_same_share_a_card(project: Project) -> None:
    """The lists of news by year, category and tag have the card of all news."""
    assert project.build() == 0
    pictures = {path: shown["image"] for path, shown, _ in named(project.output)}
    lists = {pictures[f"en/news/{path}index.html"] for path in ("", "2016/", "category/decisions/", "tag/families/")}
    assert len(lists) == 1
    assert pictures["index.html"] == pictures["lv/index.html"] != pictures["en/index.html"]


def test_a_second_build_draws_nothing(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cards are remembered when the output is gone; --clean draws them anew; a changed title draws one card."""
    drawn: list[str] = []
    draw = card_drawing.draw

    def counted(card: CardView) -> bytes:
        drawn.append(card.words.title)
        return draw(card)

    monkeypatch.setattr(card_drawing, "draw", counted)
    shutil.rmtree(project.folder / FOLDER)
    assert project.build() == 0
    whole, all_drawn = tree(project.output), len(drawn)
    assert all_drawn > 30
    drawn.clear()
    assert project.run("build", "--output", str(project.folder / "other"), "--date", TODAY) == 0
    assert (tree(project.folder / "other"), drawn) == (whole, [])
    assert project.build("--clean") == 0
    assert (tree(project.output), len(drawn)) == (whole, all_drawn)
    drawn.clear()
    project.replace("content/news/2016/lemums.en.md", "title: A decision is taken", "title: Another decision is taken")
    assert project.build() == 0
    assert drawn == ["Another decision is taken"]


def test_pillow_is_loaded_only_to_draw(project: Project) -> None:
    """A build that remembers all its cards starts as fast as one without cards."""
    assert project.build() == 0
    code = (
        "import sys\nfrom site_builder.cli import main\n"
        f"assert main(['--project', {str(project.folder)!r}, 'build', '--date', {TODAY!r}]) == 0\n"
        "print('PIL.Image' in sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "False"
