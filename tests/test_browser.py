"""A smoke test in a real browser: the main pages of the real site open, with styles and without any complaint."""

import functools
import os
import shutil
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

pytestmark = pytest.mark.browser
PAGES = (
    "/", "/lv/", "/en/", "/lv/jaunumi/2023/projekta-rezultati/", "/en/facilities/virsu-iela-9-11/",
    "/lv/pakalpojumi/grupu-dzivokli/", "/en/results/", "/lv/laika-linija/", "/en/partners/", "/lv/viegli-lasit/",
)  # fmt: skip


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Says nothing: the test tells what matters."""


@pytest.fixture(scope="module")
def address(real_output: Path) -> Iterator[str]:
    """The real site on a loopback port."""
    handler = functools.partial(_Quiet, directory=str(real_output))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium of the system; without it the test fails, it is never skipped."""
    path = os.environ.get("BROWSER") or shutil.which("chromium")
    assert path, "Chromium is missing: make test says how to install it"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_without_complaint(path: str, width: int, address: str, browser: Browser) -> None:
    """Status 200, no console message, no foreign request, no cookie, no sideways scrolling, styles in force."""
    context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=True)
    page = context.new_page()
    complaints: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    response = page.goto(address + path)
    assert response is not None
    assert response.status == 200
    assert complaints == []
    assert [url for url in requests if not url.startswith(address)] == []
    assert context.cookies() == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.styleSheets.length") == 1
    context.close()


def test_the_eu_emblem_is_seen_on_landing(address: str, browser: Browser) -> None:
    """EU-2, EU-4, EU-5, EU-8: inside the first screen of a small phone, undistorted, its words the picture's name, and
    the flag (540 of the picture's 583 units of height) no smaller than the site's own mark.
    """
    page = browser.new_page(viewport={"width": 360, "height": 640})
    for path, union in (("/lv/", "Eiropas Savienība"), ("/en/", "European Union"), ("/", "Eiropas Savienība")):
        page.goto(f"{address}{path}")
        block, emblem = page.locator(".eu").bounding_box(), page.locator("[data-eu-emblem]").first
        box, mark = emblem.bounding_box(), page.locator(".brand img").first.bounding_box()
        assert block and box and mark
        assert block["y"] + block["height"] <= 640
        natural = emblem.evaluate("image => image.naturalWidth / image.naturalHeight")
        assert abs(box["width"] / box["height"] - natural) < 0.02
        assert box["height"] * 540 / 583.2 >= max(56, mark["height"])
        assert emblem.get_attribute("alt") == union
    page.close()


def test_the_language_switch_leads_to_the_same_page(address: str, browser: Browser) -> None:
    """One tap from a Latvian article to the same article in English."""
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{address}/lv/jaunumi/2023/grupu-dzivokli/")
    page.locator("a[hreflang=en]").first.click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert "Viršu iela 9/11" in page.locator("main").inner_text().replace("\u00a0", " ")
    page.close()
