"""The finished site as a host serves it: on loopback, with the strict policy, compressed, with sensible caching."""

import gzip
import re
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from find_program import PROGRAMS, find
from page_types import Page as SitePage
from playwright.sync_api import Browser, Page, sync_playwright

from site_builder.serve import CONTENT_TYPES

IN_PAGE = Path(__file__).with_name("in_page.js")

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'"
)
# What other sites may ask for by script (docs/embedding.md).
SHARED = "/embed/"
COMPRESSED = ("text/", "image/svg", "application/")
# With `?cut=N` the first N bytes come, and after so many seconds the rest: long enough for the first to be painted.
PAUSE = 0.2


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    folder: Path

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        cut = re.fullmatch(r"cut=(\d+)", query)
        file = self.folder / (path.lstrip("/") + ("index.html" if path.endswith("/") else ""))
        inside = file.resolve().is_relative_to(self.folder) and file.is_file()
        self._answer(200 if inside else 404, file if inside else self.folder / "404.html", int(cut[1]) if cut else 0)

    def _answer(self, status: int, file: Path, cut: int) -> None:
        content, kind = file.read_bytes(), CONTENT_TYPES.get(file.suffix, "application/octet-stream")
        # a name with the hash of its content never changes its content
        caching = "public, max-age=31536000, immutable" if self.path.startswith("/assets/") else "no-cache"
        self.send_response(status)
        if not cut and kind.startswith(COMPRESSED) and "gzip" in self.headers.get("Accept-Encoding", ""):
            content = gzip.compress(content)
            self.send_header("Content-Encoding", "gzip")
        headers = {
            "Content-Type": kind,
            "Content-Length": str(len(content)),
            "Content-Security-Policy": POLICY,
            "Cache-Control": caching,
            "Vary": "Accept-Encoding",
            "X-Content-Type-Options": "nosniff",
        }
        if self.path.startswith(SHARED):
            headers |= {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if cut:
            self.wfile.write(content[:cut])
            self.wfile.flush()
            time.sleep(PAUSE)
        self.wfile.write(content[cut:])

    def log_message(self, *args: object) -> None:
        """Says nothing: the test tells what matters."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Says nothing of a visitor who went away before the end; anything else is a fault of the test."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder that is served on a free loopback port while the context lasts."""
    handler = type("Handler", (_Handler,), {"folder": folder.resolve()})
    with _Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium of the system; without it this fails, a browser test is never skipped."""
    path = find(PROGRAMS["chromium"])
    assert path, "Chromium is missing: make test says how to install it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass(frozen=True, slots=True)
class Visitor:
    """Opens pages of a served site in a browser, where tests ask `look.…` of `in_page.js`."""

    browser: Browser
    address: str

    @contextmanager
    def window(self, width: int = 1280, height: int = 800, **wishes: Any) -> Iterator[Page]:
        """A window without any past, of one size and with a reader's wishes (scheme, script, motion)."""
        size = {"width": width, "height": height}
        with self.browser.new_context(viewport=size, base_url=self.address, **wishes) as context:  # type: ignore[arg-type]  # a TypedDict of the same shape
            context.add_init_script(path=IN_PAGE)
            yield context.new_page()

    def tour(self, pages: list[SitePage], width: int = 1280, **wishes: Any) -> Iterator[tuple[str, Page]]:
        """Each page's address, with the window in which it has just been opened."""
        with self.window(width, **wishes) as window:
            for page in pages:
                window.goto(page.address)
                yield page.address, window
