"""The preview's guard: only this machine, only its own pages; a real server on a free port that keeps to it; types."""

import asyncio
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import tornado.httpserver
import tornado.netutil

from site_builder.outputs.assets import STATIC_ENDINGS
from site_builder.problems import Place, ProblemsFound, Severity, problem
from site_builder.serve import CONTENT_TYPES, State, application, is_allowed, is_loopback, serve
from site_builder.sources.discover import MEDIA_ENDINGS

PORT = 8000


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("localhost", True),
        ("LOCALHOST", True),
        ("127.0.0.1", True),
        ("127.0.0.2", True),
        ("::1", True),
        ("[::1]", True),
        ("", False),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.0.1", False),
        ("evil.example", False),
        ("localhost.evil.example", False),
        ("127.0.0.1.evil.example", False),
        ("127.1", False),
        ("2130706433", False),
        ("localhost:8000", False),
    ],
)
def test_only_names_of_this_machine_are_loopback(host: str, loopback: bool) -> None:
    """Anything that a name server could answer for is not."""
    assert is_loopback(host) is loopback


@pytest.mark.parametrize(
    ("host", "origin", "allowed"),
    [
        ("localhost:8000", None, True),
        ("127.0.0.1:8000", None, True),
        ("[::1]:8000", None, True),
        ("localhost:8000", "http://localhost:8000", True),
        ("[::1]:8000", "http://[::1]:8000", True),
        ("", None, False),
        ("evil.example", None, False),
        ("evil.example:8000", None, False),
        ("evil.example:8000", "http://evil.example:8000", False),
        ("localhost.evil.example:8000", None, False),
        ("127.0.0.1.evil.example:8000", None, False),
        ("localhost@evil.example:8000", None, False),
        ("localhost", None, False),
        ("localhost:8001", None, False),
        ("localhost:port", None, False),
        ("localhost:99999", None, False),
        ("[::1", None, False),
        ("[evil]:8000", None, False),
        ("localhost:8000", "http://evil.example", False),
        ("localhost:8000", "http://evil.example:8000", False),
        ("localhost:8000", "http://localhost:8001", False),
        ("localhost:8000", "http://localhost", False),
        ("localhost:8000", "https://localhost:8000", False),
        ("localhost:8000", "http://127.0.0.1:8000", False),
        ("localhost:8000", "http://localhost:8000.evil.example", False),
        ("localhost:8000", "null", False),
        ("localhost:8000", "", False),
    ],
)
def test_only_this_server_and_its_own_pages_are_allowed(host: str, origin: str | None, allowed: bool) -> None:
    """The Host is a loopback name with our port; an Origin, if any, is the very same server."""
    assert is_allowed(host, origin, PORT) is allowed


@pytest.mark.parametrize(("host", "allowed"), [("localhost", True), ("localhost:80", True), ("localhost:81", False)])
def test_the_port_of_the_web_may_be_left_out(host: str, allowed: bool) -> None:
    """Browsers do not write port 80."""
    assert is_allowed(host, None, 80) is allowed


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.0.1", "::", "evil.example", ""])
def test_the_preview_is_not_offered_to_others(tmp_path: Path, host: str) -> None:
    """A host that is not this machine is refused before anything is built, with a hint."""
    with pytest.raises(ProblemsFound) as refused:
        serve(tmp_path, host, PORT, drafts=False, language="en")
    assert [found.hint is None for found in refused.value.problems] == [False]
    assert list(tmp_path.iterdir()) == []


# A real server -------------------------------------------------------------------------------------------------

Ask = Callable[..., tuple[int, str]]
PAGE = "<!doctype html><html><head></head><body class='x'><h1>Sākums</h1></body></html>"


@pytest.fixture
def state() -> State:
    """What the last build found: nothing."""
    return State()


@pytest.fixture
def ask(state: State) -> Ask:
    """Asks a real server on a free port of this machine: a path and headers, `{port}` filled, to status and answer."""
    texts = {"index.html": PAGE, "lv/index.html": PAGE, "404.html": PAGE.replace("Sākums", "Nav"), "a.css": "body{}"}
    files = {path: text.encode() for path, text in texts.items()}

    async def answer(path: str, headers: dict[str, str]) -> tuple[int, str]:
        (listening,) = tornado.netutil.bind_sockets(0, address="127.0.0.1")
        port = listening.getsockname()[1]
        server = tornado.httpserver.HTTPServer(application(files.get, port, state))
        server.add_sockets([listening])
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            sent = {"Host": "127.0.0.1:{port}", "Connection": "close", **headers}
            lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in sent.items())]
            writer.write(("\r\n".join(lines).replace("{port}", str(port)) + "\r\n\r\n").encode())
            head = await reader.readuntil(b"\r\n\r\n")
            status = int(head.split()[1])
            length = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
            body = await reader.readexactly(int(length[1])) if length else b""
        finally:
            writer.close()
            await writer.wait_closed()
            server.stop()
            await server.close_all_connections()
        return status, (head + body).decode().replace(str(port), "{port}")

    def send(path: str, **headers: str) -> tuple[int, str]:
        return asyncio.run(answer(path, {name.replace("_", "-"): value for name, value in headers.items()}))

    return send


SOCKET = {
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec_WebSocket_Key": "AAAAAAAAAAAAAAAAAAAAAA==",
    "Sec_WebSocket_Version": "13",
}


@pytest.mark.parametrize("path", ["/", "/lv/", "/index.html", "/?x=1"])
def test_a_page_comes_with_the_script_that_reloads_it(ask: Ask, path: str) -> None:
    """The script stands at the beginning of the body, and the page is otherwise as it was built."""
    status, answer = ask(path)
    script = '<script src="/livereload.js?port={port}&amp;path=livereload"></script>'
    assert (status, answer.partition("\r\n\r\n")[2]) == (200, PAGE.replace("'x'>", f"'x'>{script}"))


def test_a_page_that_is_not_there_is_our_page_of_errors(ask: Ask) -> None:
    """It reloads too, so that the page can come into being under the reader's eyes."""
    status, answer = ask("/absent/")
    assert (status, "<h1>Nav</h1>" in answer, "livereload.js" in answer) == (404, True, True)


def test_other_files_come_as_they_are(ask: Ask) -> None:
    """A style sheet has no script in it."""
    status, answer = ask("/a.css")
    assert (status, answer.partition("\r\n\r\n")[2]) == (200, "body{}")


def test_nothing_is_kept_by_the_browser(ask: Ask) -> None:
    """A preview from yesterday would mislead."""
    assert "\r\nCache-Control: no-store\r\n" in ask("/")[1]


def test_a_folder_without_its_slash_leads_to_the_page(ask: Ask) -> None:
    """As on any host of static files."""
    status, answer = ask("/lv")
    assert (status, "\r\nLocation: /lv/\r\n" in answer) == (302, True)


@pytest.mark.parametrize("path", ["/", "/a.css", "/absent/", "/livereload.js", "/livereload"])
@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "127.0.0.1:1", "127.0.0.1"])
def test_a_foreign_host_is_refused_everywhere(ask: Ask, path: str, host: str) -> None:
    """A name that somebody else's name server points at us reads nothing (DNS rebinding)."""
    status, answer = ask(path, Host=host)
    assert (status, "Sākums" in answer) == (403, False)


@pytest.mark.parametrize("path", ["/", "/a.css", "/livereload.js"])
def test_a_foreign_page_is_refused(ask: Ask, path: str) -> None:
    """A page of another site that asks for ours gets nothing."""
    assert ask(path, Origin="https://evil.example")[0] == 403


def test_our_own_page_is_answered(ask: Ask) -> None:
    """A request that names this server as its origin is ours."""
    assert ask("/a.css", Origin="http://127.0.0.1:{port}")[0] == 200


def test_the_reload_script_is_served(ask: Ask) -> None:
    """The browser's half comes from the same server."""
    assert ask("/livereload.js")[0] == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://127.0.0.1:{port}"}, 101),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Host": "evil.example:{port}", "Origin": "http://evil.example:{port}"}, 403),
    ],
)
def test_the_websocket_speaks_only_with_our_pages(ask: Ask, headers: dict[str, str], status: int) -> None:
    """Browsers let any page open a websocket to any server, so the server must ask whose it is."""
    assert ask("/livereload", **{**SOCKET, **headers})[0] == status


@pytest.mark.parametrize(
    "path",
    [
        "/../README.md",
        "/lv/../../README.md",
        "/%2e%2e/README.md",
        "/..%2fREADME.md",
        "/lv/%2e%2e%2f%2e%2e%2fREADME.md",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/./index.html",
        "//lv",
    ],
)
def test_only_the_paths_of_the_site_are_found(ask: Ask, path: str) -> None:
    """The server looks names up and opens no file: dots and second slashes lead nowhere, and to no other host."""
    status, answer = ask(path)
    assert (status, "<h1>Nav</h1>" in answer, "root:" in answer) == (404, True, False)


def test_a_folder_leads_to_its_page(ask: Ask) -> None:
    """An address that lacks its last slash is corrected, as a web server does."""
    status, answer = ask("/lv")
    assert (status, "\r\nLocation: /lv/\r\n" in answer) == (302, True)
    assert ask("/absent")[0] == 404


def test_a_path_that_no_file_can_have_is_not_found(ask: Ask) -> None:
    """A NUL in a path is nonsense, not a failure of the server."""
    assert ask("/%00")[0] in {400, 403, 404}


# Problems on the page ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("severity", "shown"), [("error", True), ("warning", False), ("notice", False)])
def test_what_stands_in_the_way_is_shown_on_the_page(ask: Ask, state: State, severity: Severity, shown: bool) -> None:
    """The last good page stays, with what is wrong above it."""
    state.problems = (problem("empty-file", Place("content/a.yaml", 2, 3), severity=severity),)
    status, answer = ask("/")
    assert (status, "content/a.yaml:2:3" in answer, "Sākums" in answer) == (200, shown, True)


def test_what_is_shown_is_escaped(state: State) -> None:
    """A file's name or text cannot become part of the page."""
    state.problems = (problem("empty-file", Place("<script>alert(1)</script>")),)
    assert ("<script>" in state.banner, "&lt;script&gt;" in state.banner) == (False, True)


def test_every_file_of_a_site_has_a_type(real_output: Path) -> None:
    """Else a browser would save it instead of showing it: what the real site holds, and what editors may add."""
    there = {path.suffix for path in real_output.rglob("*") if path.is_file()}
    assert sorted({*there, *STATIC_ENDINGS, *MEDIA_ENDINGS} - set(CONTENT_TYPES)) == []
