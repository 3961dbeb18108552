"""Each check of the browser tests, proved on a small page: silent while it is whole, and sees what is broken."""

import functools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page as Window
from playwright.sync_api import Request
from served import Visitor, chromium, served
from test_browser_axe import AXE, violations
from test_browser_eu import word_faults
from test_browser_keyboard import skip_faults, walk
from test_browser_layout import DOUBLE_TEXT, TEXT_SPACING, faults
from test_browser_network import cut_faults, weight_faults

pytestmark = pytest.mark.browser
STYLE = """
body { margin: 0; font: 1rem/1.5 Arial, sans-serif; background: #fff; color: #000; }
a { display: inline-block; padding: 4px; color: #003399; }
a:focus-visible { outline: 3px solid #c8102e; outline-offset: 2px; }
.eu { color: #003399; }
.box { overflow: hidden; }
.far { margin-top: 2000px; }
"""
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Whole</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/site.css"></head>
<body><header><div class="eu"><img data-eu-emblem src="/flag.svg" width="96" height="64" alt="Flag"> <p>Union</p></div>
</header><main><h1>Whole</h1><p><a href="/">One</a></p><p><a href="/">Two</a></p><p class="box">Some words in a box</p>
<p class="far"><img src="/flag.svg" width="96" height="64" alt="Far" loading="lazy"></p></main></body></html>"""
FLAG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 60"><rect width="90" height="60" fill="#039"/></svg>'


def by_axe(window: Window) -> list[str]:
    window.evaluate(AXE)
    return violations(window)


def by_spacing(window: Window) -> list[str]:
    window.evaluate("style => look.setStyle(style)", TEXT_SPACING)
    return faults(window)


def by_double_text(window: Window) -> list[str]:
    window.evaluate("style => look.setStyle(style)", DOUBLE_TEXT)
    return faults(window)


def by_weight(window: Window) -> list[str]:
    asked: list[Request] = []
    window.on("request", lambda request: asked.append(request))
    window.reload()
    return weight_faults(window, asked)


def by_coming_slowly(window: Window) -> list[str]:
    return cut_faults(window, "/", PAGE.index("<main>"))


@functools.cache
def asked(question: str) -> Callable[[Window], list[str]]:
    return lambda window: list(map(str, window.evaluate(f"look.{question}()")))


def by_eu_words(window: Window) -> list[str]:
    return [fault for word in window.evaluate("look.euWords()") for fault in word_faults(word)]


def by_flag(window: Window) -> list[str]:
    window.goto("/flag.svg")
    drawn = window.evaluate("look.flag()")
    return [] if abs(drawn["flag"] - 1.5) < 0.02 else [f"the flag is {drawn['flag']:.2f}"]


def by_emblem(window: Window) -> list[str]:
    logos = window.evaluate("look.logos()")
    return [] if logos["emblem"] and logos["emblem"]["bottom"] < 640 else ["the emblem is not seen"]


# what is asked, what is put in the place of what, and a part of what must be said
BREAKS = [
    (by_axe, ' alt="Far"', "", "image-alt"),
    (by_axe, "color: #000;", "color: #999;", "color-contrast"),
    (by_axe, ' lang="en"', "", "html-has-lang"),
    (by_axe, "<h1>Whole</h1>", "<h3>Whole</h3>", "page-has-heading-one"),
    (by_axe, '<a href="/">Two</a>', '<a href="/"></a>', "link-name"),
    (by_axe, "padding: 4px;", "font-size: 8px; line-height: 8px; float: left; clear: left;", "target-size"),
    (walk, "outline: 3px solid #c8102e;", "outline: none;", "shows its focus at 1.00:1"),
    (walk, "outline: 3px solid #c8102e;", "outline: 3px solid #ccc;", "shows its focus at 1.61:1"),
    (walk, '<a href="/">Two</a>', '<a href="/" tabindex="1">Two</a>', "is not in the order"),
    (walk, "body {", "header { position: fixed; inset: 0; background: #fff; } body {", "is hidden"),
    (walk, '<a href="/">One</a>', '<a href="/">One</a><script src="/trap.js"></script>', "is never reached"),
    (asked("faint"), "color: #000;", "color: #888;", "has a contrast of 3.54"),
    (skip_faults, "<header>", '<header><a href="/">Home</a>', "first stop '/'"),
    (skip_faults, "<header>", '<header><a href="#none">Skip</a>', "does not lead into main"),
    (faults, "body {", "h1 { width: 2000px; } body {", "scrolls sideways"),
    (faults, ".box {", ".box { width: 2em; height: 1em;", "cut off"),
    (faults, ".box {", ".box { margin-top: -2.9rem;", "text over text"),
    (faults, ".box {", ".box { margin-left: -9px;", "past the edge"),
    (by_spacing, ".box {", ".box { line-height: 1; height: 1em;", "cut off"),
    (by_double_text, ".box {", ".box { height: 24px;", "cut off"),
    (asked("moving"), ".box {", ".box { transition: color 1s;", "moves"),
    (asked("moving"), ".box {", "@keyframes slide { to { left: 9px } } .box { animation: slide 9s;", "is animated"),
    (asked("moving"), "body {", "html { scroll-behavior: smooth } body {", "moves"),
    (asked("refused"), "<h1>", '<h1 style="color: #000">', "style-src-attr"),
    (asked("refused"), "<h1>", "<script>var a</script><h1>", "script-src-elem"),
    (asked("refused"), "<h1>", '<img src="https://other.example/a.png" alt=""><h1>', "img-src"),
    (asked("refused"), "<h1>", "<style>h1 { color: #000 }</style><h1>", "style-src-elem"),
    (asked("stored"), "<h1>", '<script src="/store.js"></script><h1>', "kept"),
    (asked("stored"), "<h1>", '<script src="/cookie.js"></script><h1>', "cookie=1"),
    (by_weight, ' loading="lazy"', "", "not lazy"),
    (by_weight, ' width="96" height="64" alt="Far"', ' alt="Far"', "no width and height"),
    (by_weight, "<h1>", '<script src="/grow.js"></script><h1>', "shifts by"),
    (
        by_weight,
        "<h1>",
        "".join(f'<link rel="stylesheet" href="/site.css?{n}">' for n in range(8)) + "<h1>",
        "asks for",
    ),
    (by_coming_slowly, "body {", "body { display: flex; justify-content: end;", "header"),
    (by_eu_words, "Arial, sans-serif", "Roboto, sans-serif", "is set in Roboto"),
    (by_eu_words, ".eu {", ".eu { font-style: italic;", "is slanted"),
    (by_eu_words, ".eu {", ".eu { text-decoration: underline;", "is underlined"),
    (by_eu_words, ".eu { color: #003399", ".eu { color: #fc0", "has the colour"),
    (by_eu_words, ".eu {", ".eu { background: #036;", "has a contrast"),
    (by_flag, 'width="90" height="60" fill', 'width="90" height="50" fill', "the flag is 1.80"),
    (by_emblem, "<header>", '<header class="far">', "not seen"),
]
SCRIPTS = {
    "trap.js": "addEventListener('keydown', event => { if (document.activeElement.textContent === 'One')"
    " event.preventDefault(); })",
    "store.js": "localStorage.setItem('kept', '1')",
    "cookie.js": "document.cookie = 'cookie=1'",
    # after the first frame is painted, and before the check has read to the end
    "grow.js": "addEventListener('load', () => requestAnimationFrame(() => requestAnimationFrame(() =>"
    " document.querySelector('h1').before(Object.assign(document.createElement('p'), {textContent: 'Late words'})))))",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the page is that a test breaks."""
    folder = tmp_path_factory.mktemp("broken")
    for name, text in {**SCRIPTS, "404.html": "none"}.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def window(folder: Path) -> Iterator[Window]:
    """A window on that folder: what one test leaves in it, no later one asks for."""
    with served(folder) as address, chromium() as browser, Visitor(browser, address).window() as window:
        yield window


@pytest.fixture(scope="module")
def whole() -> dict[Callable[[Window], list[str]], list[str]]:
    """What each check has said of the whole page."""
    return {}


def said(ask: Callable[[Window], list[str]], old: str, new: str, folder: Path, window: Window) -> list[str]:
    """What a check says of the page with one thing changed."""
    files = {"index.html": PAGE, "site.css": STYLE, "flag.svg": FLAG}
    assert sum(old in text for text in files.values()) == 1, f"{old} does not stand in one file"
    for name, text in files.items():
        (folder / name).write_text(text.replace(old, new), "utf-8")
    window.goto("/")
    return ask(window)


@pytest.mark.parametrize(("ask", "old", "new", "expected"), BREAKS)
def test_a_check_sees_what_is_broken(
    ask: Callable[[Window], list[str]],
    old: str,
    new: str,
    expected: str,
    folder: Path,
    window: Window,
    whole: dict[Callable[[Window], list[str]], list[str]],
) -> None:
    """What is broken is said, and nothing is said of it before."""
    if ask not in whole:
        whole[ask] = said(ask, "Whole</title>", "Whole</title>", folder, window)
    assert [one for one in whole[ask] if expected in one] == []
    assert [one for one in said(ask, old, new, folder, window) if expected in one]
