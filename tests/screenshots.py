"""Pictures of the main pages of the real site, wide and narrow, light and dark: `make screenshots`.

Writes them to `.site-builder/screenshots/`, and the README's to `docs/pictures/`.
"""

import functools
import os
import shutil
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal

from playwright.sync_api import sync_playwright

PROJECT = Path(__file__).resolve().parent.parent
TARGET = PROJECT / ".site-builder/screenshots"
PAGES = {
    "home": "/lv/",
    "news": "/lv/jaunumi/",
    "article": "/lv/jaunumi/2023/projekta-rezultati/",
    "facility": "/lv/vietas/virsu-iela-9-11/",
    "service": "/en/services/group-apartments/",
    "results": "/en/results/",
    "timeline": "/lv/laika-linija/",
    "partners": "/en/partners/",
    "easy-to-read": "/lv/viegli-lasit/",
}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Says nothing."""


def main() -> int:
    """Take the pictures of `public/`; builds it first when it is not there."""
    from site_builder.cli import main as command

    if not (PROJECT / "public/lv/index.html").is_file() and command(["--project", str(PROJECT), "build"]):
        return 1
    TARGET.mkdir(parents=True, exist_ok=True)
    handler = functools.partial(_Quiet, directory=str(PROJECT / "public"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        path = os.environ.get("BROWSER") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for name, address in PAGES.items():
            for width in (1280, 390):
                for scheme in SCHEMES:
                    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
                    page.goto(f"http://127.0.0.1:{server.server_port}{address}")
                    page.screenshot(path=TARGET / f"{name}-{width}-{scheme}.png", full_page=True)
                    if (name, width, scheme) == ("home", 1280, "light"):
                        (PROJECT / "docs/pictures").mkdir(exist_ok=True)
                        page.screenshot(path=PROJECT / "docs/pictures/home.png")
                    page.close()
        browser.close()
        server.shutdown()
    print(TARGET)
    return 0


if __name__ == "__main__":
    sys.exit(main())
