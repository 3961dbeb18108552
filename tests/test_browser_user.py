"""Tried as a reader: on a small phone without script, what people come for is found in at most three taps."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page as Window
from served import Visitor

pytestmark = pytest.mark.browser
MOST_TAPS = 3
# Per language: the list of facilities, Viršu iela 9/11 and who runs it; the page of results and what is told there.
OPERATOR = {
    "lv": ("/lv/vietas/", "/lv/vietas/virsu-iela-9-11/", "Liepājas Sociālais dienests"),
    "en": ("/en/facilities/", "/en/facilities/virsu-iela-9-11/", "Liepāja Social Service"),
}
SPENT = {
    "lv": ("/lv/rezultati/", "vairāk nekā 1,5 milj. eiro", "2023. gada 1. septembr", "gads noteikts pēc konteksta"),
    "en": ("/en/results/", "more than EUR 1.5 million", "1 September 2023", "year inferred"),
}
SPENT_LINK = "a[href$='#results-2023']"
SPENT_SOURCE = "Šoruden noslēgsies sociālo pakalpojumu sniegšana projektā"


class Phone:
    """A phone in a reader's hand; it counts the taps."""

    def __init__(self, window: Window, language: str) -> None:
        self.window, self.taps = window, 0
        window.goto(f"/{language}/")

    def tap(self, selector: str) -> None:
        """Tap the first such link that can be seen."""
        with self.window.expect_navigation():
            self.window.locator(selector).filter(visible=True).first.tap()
        self.taps += 1

    def words(self) -> str:
        """The main part as it reads, with plain spaces."""
        return " ".join(self.window.locator("main").inner_text().split())


@pytest.fixture(params=["lv", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def phone(language: str, visitor: Visitor) -> Iterator[Phone]:
    with visitor.window(390, 844, java_script_enabled=False, has_touch=True, is_mobile=True) as window:
        yield Phone(window, language)


def test_who_runs_virsu_iela_is_found(phone: Phone, language: str) -> None:
    """Home, facilities, the house."""
    listing, house, operator = OPERATOR[language]
    phone.tap(f"a[href='{listing}']")
    phone.tap(f"main a[href='{house}']")
    assert phone.taps <= MOST_TAPS
    answers = phone.window.locator("main dd, main p").all_inner_texts()
    assert operator in [" ".join(answer.split()) for answer in answers]


def test_what_was_spent_by_september_2023_is_found_with_its_source(phone: Phone, language: str) -> None:
    """Home, results: sum, day, that the year is inferred, and the source, all in one place."""
    results, *told = SPENT[language]
    phone.tap(f"a[href='{results}']")
    places = phone.window.locator("main :is(article, section, li, div, tr)", has=phone.window.locator(SPENT_LINK))
    texts = (" ".join(text.split()) for text in places.all_inner_texts())
    smallest = min((text for text in texts if told[0] in text), key=len)
    assert [part for part in told if part not in smallest] == []
    assert len(smallest) < 2500, "the figure stands among others"
    phone.tap(f"main {SPENT_LINK}")
    assert phone.taps <= MOST_TAPS
    assert SPENT_SOURCE in phone.words()


def test_the_same_page_in_the_other_language_is_one_tap_away(phone: Phone, language: str) -> None:
    """From the house in one language to the same house in the other."""
    other = {"lv": "en", "en": "lv"}[language]
    phone.tap(f"a[href='{OPERATOR[language][0]}']")
    phone.tap(f"main a[href='{OPERATOR[language][1]}']")
    phone.tap(f"a[hreflang={other}]")
    assert phone.taps <= MOST_TAPS
    assert phone.window.url.endswith(OPERATOR[other][1])
    assert phone.window.locator("html").get_attribute("lang") == other
    assert OPERATOR[other][2] in phone.words()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("ielas", "Viršu ielā"),
        ("berniem", "bērniem"),
        ("GRUPU dzivoklis", "Grupu dzīvokļi"),
        ("zzz", ""),
    ],
)
def test_search_finds_names_in_any_ending_and_counts_them(asked: str, found: str, visitor: Visitor) -> None:
    """The address carries the question; Latvian endings, capitals and missing diacritics do not matter."""
    with visitor.window(390) as window:
        window.goto(f"/lv/meklet/?q={asked}")
        shown = window.locator("[data-search-results] li").filter(visible=True).all_inner_texts()
        assert window.locator("input[name='q']").input_value() == asked
        assert window.locator("[role='status']").inner_text().endswith(f" {len(shown)}")
        assert bool(found) == bool(shown)
        assert any(found in " ".join(name.split()) for name in shown) or not found
        window.locator("input[name='q']").fill("")
        assert window.locator("[data-search-results] li").filter(visible=False).count() == 0
