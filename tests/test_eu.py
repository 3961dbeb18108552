"""The EU's support as the law asks: its flag and words by construction, and the words of each programming period."""

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable
from pathlib import Path

import outline_words
import pytest
from conftest import NEWS_EN, NEWS_LV, OPERATION, PROJECT, Project
from reading import TYPEFACES

SVG = "{http://www.w3.org/2000/svg}"
PICTURES = sorted((PROJECT / "static").glob("eu-*.svg"))
NEXT = OPERATION.format(name="ERDF").replace("2014-2020", "2021-2027")
LV = "content/news/2016/lemums.lv.md"


def test_the_pictures_are_what_the_script_makes_from_the_font_and_the_words() -> None:
    """Nobody edits an outline by hand, and words that change in templates/i18n change in the picture."""
    made = dict(outline_words.pictures())
    assert {path.relative_to(PROJECT).as_posix() for path in PICTURES} == set(made)
    for path, text in made.items():
        assert (PROJECT / path).read_text("utf-8") == text, path


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.name)
def test_the_flag_follows_its_official_construction(path: Path) -> None:
    """EU-3, EU-4, EU-9: official colours only, 3:2, twelve stars, words blue on white, a white border of 1/25."""
    tree = etree.parse(path).getroot()
    assert {one.get("fill") for one in tree.iter() if one.get("fill")} == {"#003399", "#FFCC00", "#FFFFFF"}
    plate, flag = tree.findall(f"{SVG}rect")
    stars, words = tree.findall(f"{SVG}path")
    width, height = float(flag.get("width", "")), float(flag.get("height", ""))
    assert width / height == 1.5
    assert (flag.get("fill"), plate.get("fill"), words.get("fill")) == ("#003399", "#FFFFFF", "#003399")
    assert stars.get("fill") == "#FFCC00"
    assert (stars.get("d") or "").count("M") == 12
    assert -float(plate.get("x", "")) == -float(plate.get("y", "")) == pytest.approx(height / 25)
    assert tree.get("viewBox", "").split() == [plate.get(name) for name in ("x", "y", "width", "height")]
    assert not list(tree.iter(f"{SVG}style"))


def test_the_font_is_the_original_with_its_licence_and_is_not_published(real_output: Path) -> None:
    """Ubuntu Font Licence 1.0: 1) with copyright and licence, 2a) unmodified under its own name. Pages load no font."""
    import hashlib

    folder = PROJECT / "static/fonts"
    assert "UBUNTU FONT LICENCE Version 1.0" in (folder / "LICENCE.txt").read_text("ascii")
    assert "Canonical Ltd" in (folder / "copyright.txt").read_text("ascii")
    digest = hashlib.sha256((folder / "Ubuntu-M.ttf").read_bytes()).hexdigest()
    assert digest == "e801a0867295367000c6dd3c337622ae4aaff85786ddbfbdb985ce774fe3cd62"
    assert not [
        path
        for path in real_output.rglob("*")
        if path.suffix in (".ttf", ".woff", ".woff2", ".txt") and "robots" not in path.name
    ]


def test_the_words_beside_the_emblem_are_in_a_face_the_law_names() -> None:
    """EU-7: the block's own rule names the eight faces only; nothing in it is slanted or underlined."""
    styles = (PROJECT / "static/site.css").read_text("utf-8")
    rules = dict(re.findall(r"^(\.eu[^{]*?) \{ (.*) \}$", styles, re.MULTILINE))
    family = re.search(r"font-family: ([^;]*);", rules[".eu"])
    assert family
    faces = {face.strip(' "').removesuffix(" MS") for face in family[1].split(",")}
    assert faces - {"sans-serif"} <= set(TYPEFACES)
    assert not [rule for rule in rules.values() if re.search(r"italic|oblique|underline|text-shadow", rule)]


def blocks(page: str) -> dict[str, str]:
    """The parts of a page's EU block by period."""
    section = re.search(r'<section class="eu".*?</section>', page, re.DOTALL)
    assert section
    parts = section[0].split('<div class="eu-part" data-period="')[1:]
    return {part[:9]: part.partition("</div>")[0] for part in parts}


def test_a_page_names_the_support_of_the_site_and_of_its_own_operation(project: Project) -> None:
    """EU-6, EU-12: each period in its own part and words; funds by name for 2014-2020, none for 2021-2027."""
    project.write({"content/facts/operations/erdf.yaml": NEXT})
    project.replace(LV, "operation: esf", "operation: erdf")
    assert project.build() == 0
    article = blocks(project.page("en/news/2016/decision/index.html"))
    assert list(article) == ["2014-2020", "2021-2027"]
    assert 'alt="European Union"' in article["2014-2020"]
    assert "European Social Fund" in article["2014-2020"]
    assert 'alt="Co-funded by the European Union"' in article["2021-2027"]
    assert "Fund<" not in article["2021-2027"]
    assert 'alt="Līdzfinansē Eiropas Savienība"' in project.page("lv/jaunumi/2016/lemums/index.html")
    for path in ("en/index.html", "en/facilities/salmu/index.html", "index.html", "404.html"):
        assert set(blocks(project.page(path))) == {"2014-2020"}, path


def test_a_site_of_the_new_period_says_co_funded_everywhere(project: Project) -> None:
    """EU-6: no page of an operation of 2021-2027 names a fund beside the emblem or carries the older words."""
    plus = NEXT.replace("fund: ERDF", "fund: ESF+")
    project.write({"content/facts/operations/esf.yaml": plus, "content/facts/operations/erdf.yaml": NEXT})
    assert project.build() == 0
    for path in project.output.rglob("*.html"):
        page = path.read_text("utf-8")
        if 'http-equiv="refresh"' not in page:
            assert set(blocks(page)) == {"2021-2027"}, path
            assert not re.search(r'alt="(European Union|Eiropas Savienība)"', page), path
            assert "data-fund=" not in page, path


@pytest.mark.parametrize(("variant", "text"), [("missing", None), ("size", "<svg viewBox='0 0 3 2'/>")])
def test_a_picture_that_an_operation_needs_is_missed(
    variant: str, text: str | None, site_folder: Callable[..., Project]
) -> None:
    """Told with the file's name before anything is published; a period that no operation has needs no picture."""
    project = site_folder()
    project.write({"static/eu-cofunded.en.svg": text})
    assert project.problems() == ()
    project.write({"content/facts/operations/erdf.yaml": NEXT})
    (found,) = project.problems()
    assert (found.place.path, found.code, found.message.key) == (
        "static/eu-cofunded.en.svg", "eu-picture", f"eu-picture/{variant}",
    )  # fmt: skip
    assert found.hint
    assert project.build() == 1
    assert not project.output.exists()


def test_news_of_the_new_period_has_its_words_on_the_card(project: Project) -> None:
    """What stands on a social card follows the page's own operation too."""
    project.write({"content/facts/operations/erdf.yaml": NEXT})
    project.write({LV: NEWS_LV.replace("operation: esf", "operation: erdf"), LV.replace(".lv.", ".en."): NEWS_EN})
    cards_planned = [file for file in project.built().planned if "/card." in file.path]
    cards = {words.title: words for file in cards_planned for words in file.arguments}
    assert cards["A decision is taken"].eu == ("Co-funded by the European Union",)
    assert cards["Page home"].eu == ("European Union", "European Social Fund")
