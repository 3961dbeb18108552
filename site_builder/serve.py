"""Live preview: builds on every change, reloads the browser, shows problems there beside the last good page.

livereload accepts any Host and any Origin, so everything it serves stands behind a guard of ours: only loopback
names, only pages of this server (DNS rebinding, cross-site websocket hijacking).
"""

import asyncio
import html
import ipaddress
import socket
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

import tornado.httpserver
import tornado.netutil
import tornado.web
import watchfiles
from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler

from site_builder.build import Built
from site_builder.config import Options
from site_builder.phrases import PHRASES
from site_builder.preview import Preview
from site_builder.problems import Place, Problem, give_up, has_errors, phrase, problem, spoken_seconds
from site_builder.unchanged import look

# Gives the content of a file of the site by its path; None where there is none.
FindFile = Callable[[str], bytes | None]
WATCHED = ("content", "templates", "static")
# Long enough for an editor to finish writing a file, short enough not to be felt.
SETTLE_MILLISECONDS = 50
RELOAD_SCRIPT = '<script src="/livereload.js?port={port}&amp;path=livereload"></script>'
BANNER_STYLE = (
    "position:relative;z-index:9;margin:0;padding:1rem 1.5rem;background:#fff3f0;color:#3d0a00;border-bottom:4px solid "
    "#b3261e;font:16px/1.5 ui-monospace,monospace;white-space:pre-wrap;overflow-wrap:anywhere"
)


class State:
    """What the last build found; shared by the watcher and the pages."""

    def __init__(self) -> None:
        self.problems: tuple[Problem, ...] = ()
        self.language = "lv"

    @property
    def banner(self) -> str:
        if not has_errors(self.problems):
            return ""
        words = {key: PHRASES[f"serve.{key}"][self.language] for key in ("banner-title", "banner-text")}
        lines = [line for found in self.problems for line in found.lines(self.language)]
        return (
            f'<section role="alert" style="{BANNER_STYLE}"><strong>{html.escape(words["banner-title"])}</strong>\n'
            f"{html.escape(words['banner-text'])}\n\n{html.escape(chr(10).join(lines))}</section>"
        )


def is_loopback(host: str) -> bool:
    """Whether a host name or address can only mean this machine."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def is_allowed(host_header: str, origin: str | None, port: int) -> bool:
    """The guard: the Host is a loopback name with our port, and an Origin, if there is one, is this server."""
    try:
        named = urlsplit(f"//{host_header}")
        if not is_loopback(named.hostname or "") or named.port not in (port, None if port == 80 else port):
            return False
    except ValueError:
        return False
    return origin is None or origin == f"http://{host_header}"


def url(host: str, port: int) -> str:
    """The address of the preview; an IPv6 host stands in brackets (RFC 3986 section 3.2.2)."""
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


class Guard:
    """Mixed into every handler: refuses foreign hosts and origins before anything is read."""

    request: Any
    application: Any

    def prepare(self) -> None:
        headers = self.request.headers
        allowed = is_allowed(headers.get("Host", ""), headers.get("Origin"), self.application.settings["port"])
        if not allowed:
            raise tornado.web.HTTPError(403)


class ReloadSocket(Guard, LiveReloadHandler):  # type: ignore[misc]  # livereload has no types
    """The websocket that tells the browser to reload."""

    def check_origin(self, origin: str) -> bool:
        return is_allowed(self.request.headers.get("Host", ""), origin, self.application.settings["port"])


class ReloadScript(Guard, LiveReloadJSHandler):  # type: ignore[misc]  # livereload has no types
    """The browser's half of livereload."""


class Pages(Guard, tornado.web.RequestHandler):
    """The preview's files; pages get the banner of problems and the reload script."""

    def get(self, path: str) -> None:
        find: FindFile = self.application.settings["find"]
        name = f"{path}index.html" if path.endswith("/") or not path else path
        content = find(name)
        if content is None and find(f"{name}/index.html") is not None:
            self.redirect(f"/{path}/")
            return
        if content is None:
            self.set_status(404)
            name = "404.html"
            content = find(name) or b"<!doctype html><title>404</title><body>"
        suffix = PurePosixPath(name).suffix
        self.set_header("Content-Type", CONTENT_TYPES.get(suffix, "application/octet-stream"))
        self.set_header("Cache-Control", "no-store")
        self.finish(self._with_extras(content) if suffix == ".html" else content)

    def _with_extras(self, content: bytes) -> bytes:
        state: State = self.application.settings["state"]
        script = RELOAD_SCRIPT.format(port=self.application.settings["port"])
        head, body, rest = content.partition(b"<body")
        tag, end, page = rest.partition(b">")
        return head + body + tag + end + (state.banner + script).encode() + page


CONTENT_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".ico": "image/x-icon",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".xml": "application/xml",
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def application(find: FindFile, port: int, state: State) -> tornado.web.Application:
    """The preview server: every handler behind the guard. `find` gives the content of a file by its path."""
    LiveReloadHandler.live_css = True
    return tornado.web.Application(
        [(r"/livereload", ReloadSocket), (r"/livereload\.js", ReloadScript), (r"/(.*)", Pages)],
        find=find,
        port=port,
        state=state,
    )


def serve(project: Path, host: str, port: int, *, drafts: bool, language: str) -> int:
    """Serve until interrupted; gives the exit code. Raises ProblemsFound for a host or port that cannot be used."""
    if not is_loopback(host):
        give_up("serve.not-loopback", Place("."), host=host, hint=phrase("hint.loopback"))
    state, preview = State(), Preview(project)
    state.language = language
    address = url(host, port)

    def say(key: str, **params: object) -> None:
        print(PHRASES[key][language].format(**params), flush=True)

    def rebuild() -> None:
        started = time.monotonic()
        options = Options(base_url=address, drafts=drafts)
        try:
            built = preview.build(options)
        except OSError as error:
            told = problem("disk", Place(str(error.filename or ".")), reason=error.strerror or error)
            built = Built((told,))
        state.problems = built.problems
        for found in built.problems:
            if found.severity != "notice":
                print("\n".join(found.lines(language)), file=sys.stderr, flush=True)
        if built.publishable:
            say("serve.rebuilt", seconds=spoken_seconds(time.monotonic() - started, language))
        else:
            say("serve.problems", count=sum(found.severity == "error" for found in built.problems))

    asyncio.run(_run(preview, host, port, state, rebuild, say))
    return 0


async def _run(
    preview: Preview, host: str, port: int, state: State, rebuild: Callable[..., None], say: Callable[..., None]
) -> None:
    """Serve, and build after every change; between two of them get ready for the next."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        sockets = tornado.netutil.bind_sockets(port, address=host, family=family)
    except OSError:
        give_up("serve.port-busy", Place("."), port=port)
    seen = look(preview.project).inputs
    rebuild()
    server = tornado.httpserver.HTTPServer(application(preview.content, port, state))
    server.add_sockets(sockets)
    say("serve.at", url=url(host, port))
    say("serve.stop")
    stop = threading.Event()
    folders = [preview.project / name for name in WATCHED if (preview.project / name).is_dir()]
    watching = watchfiles.awatch(*folders, step=SETTLE_MILLISECONDS, debounce=400, stop_event=stop)
    coming = asyncio.ensure_future(anext(watching, None))
    try:
        # the first build can use all cores as long as nothing watches; what was saved meanwhile is looked for
        await asyncio.sleep(0)
        if look(preview.project).inputs != seen:
            await asyncio.to_thread(rebuild)
        await asyncio.to_thread(preview.save)
        while await coming is not None:
            await asyncio.to_thread(rebuild)
            reload_browsers()
            await asyncio.to_thread(preview.save)
            coming = asyncio.ensure_future(anext(watching, None))
    except asyncio.CancelledError:
        stop.set()
    finally:
        server.stop()


def reload_browsers() -> None:
    """Tell every connected browser to load its page anew."""
    message = {"command": "reload", "path": "*", "liveCSS": False, "liveImg": False}
    for waiter in list(LiveReloadHandler.waiters):
        waiter.send_message(message)
