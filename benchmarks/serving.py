"""The preview: from saving a file to the new page over HTTP, and to the message that reloads the browser."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

import edits
from edits import SEEN, Subject
from engines import environment
from tornado.httpclient import AsyncHTTPClient, HTTPClientError
from tornado.websocket import WebSocketClientConnection, websocket_connect

READY_SECONDS, LONGEST_SECONDS = 600.0, 120.0
# How long after the page the reload message may come.
RELOAD_SECONDS = 20.0
# Seldom enough not to slow the server that is asked, often enough for a goal of 150 ms.
POLL_SECONDS = 0.01
# What stays between two edits, so that the one before has ended whatever it caused.
REST_SECONDS = 1.5
# What a browser says first (protocol 7 of LiveReload).
GREETINGS: tuple[dict[str, object], ...] = (
    {"command": "hello", "protocols": ["http://livereload.com/protocols/official-7"]},
    {"command": "info", "url": "http://127.0.0.1/", "plugins": {}},
)


@dataclass(frozen=True, slots=True)
class Latency:
    """Seconds from a saved file to the new page, and to the reload message (None where none came)."""

    page: float
    reload: float | None


@dataclass(frozen=True, slots=True)
class Served:
    """A preview: seconds until it showed its first page, and the latencies of its edits."""

    ready: float
    latencies: tuple[Latency, ...]


def measure_serving(one: Subject, count: int) -> Served:
    """Start the preview, edit the body of an item so many times, and stop it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [word.replace("{port}", str(port)) for word in one.engine.serving]
    process = subprocess.Popen(
        command,
        cwd=one.engine.source,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return asyncio.run(_edit_again_and_again(one, port, count))
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


async def _edit_again_and_again(one: Subject, port: int, count: int) -> Served:
    url = f"http://127.0.0.1:{port}{one.engine.address(one.item.key, SEEN)}"
    started = time.perf_counter()
    await _until(lambda: _get(url), lambda page: page != b"", READY_SECONDS)
    ready = time.perf_counter() - started
    await asyncio.sleep(REST_SECONDS)
    latencies = []
    for number in range(count):
        latencies.append(await _edit(one, url, port, 100_000 + number))
        await asyncio.sleep(REST_SECONDS)
    return Served(ready, tuple(latencies))


async def _edit(one: Subject, url: str, port: int, number: int) -> Latency:
    reloads = await _listen(port)
    edits.body(one, number)
    saved = time.perf_counter()
    told = asyncio.create_task(_reloaded(reloads, saved))
    await _until(lambda: _get(url), lambda page: f"z{number}z".encode() in page, LONGEST_SECONDS)
    page = time.perf_counter() - saved
    with suppress(asyncio.TimeoutError):
        await asyncio.wait_for(asyncio.shield(told), RELOAD_SECONDS)
    reload = told.result() if told.done() else None
    told.cancel()
    reloads.close()
    return Latency(page, reload)


async def _listen(port: int) -> WebSocketClientConnection:
    connection = await websocket_connect(f"ws://127.0.0.1:{port}/livereload")
    for greeting in GREETINGS:
        await connection.write_message(json.dumps(greeting))
    return connection


async def _reloaded(connection: WebSocketClientConnection, saved: float) -> float:
    while True:
        message = await connection.read_message()
        if message is None or '"reload"' in str(message):
            return time.perf_counter() - saved


async def _get(url: str) -> bytes:
    try:
        return bytes((await AsyncHTTPClient().fetch(url)).body)
    except (HTTPClientError, OSError):
        return b""


async def _until(get: Callable[[], Awaitable[bytes]], good: Callable[[bytes], bool], longest: float) -> None:
    """Ask until the answer is good. Raises TimeoutError."""
    given_up = time.perf_counter() + longest
    while not good(await get()):
        if time.perf_counter() > given_up:
            raise TimeoutError("the preview did not show the page")
        await asyncio.sleep(POLL_SECONDS)
