"""Pictures of the main pages of the real site, wide and narrow, light and dark, and of the printed article.

`make screenshots` writes them to `.site-builder/screenshots/`, and the README's two to `docs/pictures/`.
"""

import sys
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, ViewportSize
from served import chromium, served

PROJECT = Path(__file__).resolve().parent.parent
TARGET = PROJECT / ".site-builder/screenshots"
ARTICLE = "/lv/jaunumi/2023/projekta-rezultati/"
PAGES = {
    "home": "/lv/",
    "news": "/lv/jaunumi/",
    "article": ARTICLE,
    "facility": "/lv/vietas/virsu-iela-9-11/",
    "service": "/en/services/group-apartments/",
    "results": "/en/results/",
    "timeline": "/lv/laika-linija/",
    "partners": "/en/partners/",
    "easy-to-read": "/lv/viegli-lasit/",
}
WIDE: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
# A4 less the margins of print.css, in CSS pixels
PAPER: ViewportSize = {"width": 658, "height": 979}
# The README's pictures: name of a page, screen, file
README: tuple[tuple[str, ViewportSize, str], ...] = (
    ("home", {"width": 1280, "height": 800}, "home.png"),
    ("easy-to-read", PHONE, "easy-to-read-phone.png"),
)
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


def main() -> int:
    """Build the site into `public/` and take its pictures."""
    from site_builder.cli import main as command

    if command(["--project", str(PROJECT), "build"]):
        return 1
    TARGET.mkdir(parents=True, exist_ok=True)
    (PROJECT / "docs/pictures").mkdir(exist_ok=True)
    with served(PROJECT / "public") as address, chromium() as browser:
        take_all(browser, address)
    print(TARGET)
    return 0


def take_all(browser: Browser, host: str) -> None:
    """Every page on both screens in both schemes, the printed article, the README's two."""
    for name, address in PAGES.items():
        for size in (WIDE, PHONE):
            for scheme in SCHEMES:
                take(browser, host + address, size, TARGET / f"{name}-{size['width']}-{scheme}.png", scheme=scheme)
    take(browser, host + ARTICLE, PAPER, TARGET / "article-print.png", paper=True)
    page = browser.new_page()
    page.goto(host + ARTICLE)
    page.pdf(path=TARGET / "article.pdf", format="A4", prefer_css_page_size=True)
    page.close()
    for name, size, file in README:
        take(browser, host + PAGES[name], size, PROJECT / "docs/pictures" / file, whole=False)


def take(
    browser: Browser,
    url: str,
    size: ViewportSize,
    path: Path,
    *,
    scheme: Scheme = "light",
    paper: bool = False,
    whole: bool = True,
) -> None:
    """One picture: the whole page or its first view, on a screen or as printed."""
    page = browser.new_page(viewport=size, color_scheme=scheme)
    page.emulate_media(media="print" if paper else "screen", color_scheme=scheme)
    page.goto(url)
    page.screenshot(path=path, full_page=whole)
    page.close()


if __name__ == "__main__":
    sys.exit(main())
