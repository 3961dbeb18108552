"""A fresh WordPress on loopback for tests/test_wordpress.py: its own database, folder and ports, gone afterwards."""

import base64
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from find_program import PROGRAMS, find

SETUP = Path(__file__).with_name("wordpress_setup")
PASSWORD = "A long password of the proof"
NEEDED = ("php", "mariadbd", "wordpress")
# What WordPress itself and its reader of feeds, SimplePie, call.
MODULES = ("mysqli", "dom", "xml", "mbstring")
# A database or server that starts well takes a second or two; one that never does is a fault.
PATIENCE = 60
WORKERS = 4

DATABASE_PHP = """\
<?php
define('DB_NAME', 'wordpress');
define('DB_USER', 'wordpress');
define('DB_PASSWORD', '');
define('DB_SOCKET', '{socket}');
define('DB_HOST', 'localhost:' . DB_SOCKET);
"""

# No word leaves this machine: no updates, no jobs by the clock, no other host but the site's.
CONFIG_PHP = """\
<?php
require __DIR__ . '/wp-config-database.php';
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
define('WP_HOME', '{home}');
define('WP_SITEURL', '{home}');
define('SITE_HOST', '{site_host}');
define('SITE_PORT', {site_port});
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('WP_ACCESSIBLE_HOSTS', SITE_HOST);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('DISABLE_WP_CRON', true);
define('WP_ENVIRONMENT_TYPE', 'local');
define('AUTH_KEY', 'proof');
define('SECURE_AUTH_KEY', 'proof');
define('LOGGED_IN_KEY', 'proof');
define('NONCE_KEY', 'proof');
define('AUTH_SALT', 'proof');
define('SECURE_AUTH_SALT', 'proof');
define('LOGGED_IN_SALT', 'proof');
define('NONCE_SALT', 'proof');
$table_prefix = 'wp_';
define('ABSPATH', __DIR__ . '/');
require ABSPATH . 'wp-settings.php';
"""


@dataclass(frozen=True, slots=True)
class WordPress:
    """A WordPress that runs: where it is, its version, and each user's key for the REST interface."""

    address: str
    version: str
    keys: Mapping[str, str]
    folder: Path

    def publish(self, user: str, content: str, title: str = "Raksts") -> str:
        """Publish a post as the block editor does, by the REST interface with the user's own rights; its address."""
        post = self.ask(user, "/wp/v2/posts", {"title": title, "content": content, "status": "publish"})
        return str(post["link"])

    def ask(self, user: str, route: str, values: Mapping[str, str] | None = None) -> Any:
        """The answer of the REST interface; `values` are sent with POST."""
        key = base64.b64encode(f"{user}:{self.keys[user]}".encode()).decode()
        body = None if values is None else json.dumps(values).encode()
        headers = {"Authorization": f"Basic {key}", "Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.address}/index.php?rest_route={route}", body, headers)
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return json.load(answer)

    def page(self, address: str) -> str:
        """What WordPress sends a reader."""
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            return str(answer.read().decode())

    def php(self, code: str) -> Any:
        """What a piece of PHP gives back (as JSON) inside this WordPress."""
        script = f"require '{self.folder}/wp-load.php'; echo json_encode((function () {{ {code} }})());"
        run = subprocess.run(["php", "-r", script], capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stdout + run.stderr
        return json.loads(run.stdout)


def refused() -> str:
    """Why this machine cannot run a WordPress; empty where it can."""
    missing = [name for name in NEEDED if find(PROGRAMS[name]) is None]
    if missing:
        packages = " ".join(package for name in missing for package in PROGRAMS[name].packages)
        return f"no {', '.join(missing)} (Debian, Ubuntu: {packages})"
    run = subprocess.run(["php", "-m"], capture_output=True, text=True, check=True)
    lacking = [module for module in MODULES if module not in run.stdout.split()]
    return f"PHP lacks {', '.join(lacking)} (Debian, Ubuntu: php-mysql php-xml php-mbstring)" if lacking else ""


@contextmanager
def wordpress(site: str, language: str = "lv") -> Iterator[WordPress]:
    """A fresh WordPress in a language that may ask the site at `site`; all of it is gone when the context ends."""
    # a socket's path may have 107 characters, which a test's own folder can exceed
    with stopped_gently(), tempfile.TemporaryDirectory(prefix="wp-") as place:
        folder, port = Path(place) / "wordpress", free_port()
        address = f"http://localhost:{port}"
        with database(Path(place)) as connection:
            put(folder, address, site, connection)
            told = install(folder, language)
            command = ["php", "-d", "opcache.enable_cli=1", "-S", f"127.0.0.1:{port}", "-t", str(folder)]
            with running(command, {"PHP_CLI_SERVER_WORKERS": str(WORKERS)}, Path(place) / "php.log"):
                wait_for_port(port)
                yield WordPress(address, told["version"], told["keys"], folder)


def put(folder: Path, address: str, site: str, connection: Path) -> None:
    """Copy Debian's WordPress and write what a person who installs it writes."""
    shutil.copytree(str(find(PROGRAMS["wordpress"])), folder, ignore=dangling)
    parts = urlsplit(site)
    words = {"{home}": address, "{site_host}": str(parts.hostname), "{site_port}": str(parts.port)}
    config = CONFIG_PHP
    for name, value in words.items():
        config = config.replace(name, value)
    (folder / "wp-config.php").unlink(missing_ok=True)
    (folder / "wp-config.php").write_text(config, "utf-8")
    (folder / "wp-config-database.php").write_text(DATABASE_PHP.replace("{socket}", str(connection)), "utf-8")
    plugins = folder / "wp-content/mu-plugins"
    plugins.mkdir()
    shutil.copy(SETUP / "loopback.php", plugins)


def dangling(folder: str, names: list[str]) -> list[str]:
    """Debian's links to settings of the system, which only an installed package has."""
    return [name for name in names if not Path(folder, name).exists()]


def install(folder: Path, language: str) -> Any:
    """Make the tables and the users; the version and the users' keys."""
    command = ["php", str(SETUP / "install.php"), str(folder), language, PASSWORD]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return json.loads(run.stdout)


@contextmanager
def database(place: Path) -> Iterator[Path]:
    """A database without network and without users in a folder of its own; the path of its socket."""
    data, connection = place / "data", place / "sql"
    data.mkdir()
    command = [str(find(PROGRAMS["mariadbd"])), "--no-defaults", f"--datadir={data}", f"--socket={connection}"]
    command += ["--skip-networking", "--skip-grant-tables", f"--pid-file={place}/sql.pid"]
    command += ["--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=64M"]
    command += ["--user=root"] if os.geteuid() == 0 else []
    with running(command, {}, place / "sql.log"):
        wait_until(connection.exists, "the database")
        yield connection


@contextmanager
def running(command: list[str], environment: Mapping[str, str], log: Path) -> Iterator[None]:
    """A program with its children while the context lasts."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=output, env={**os.environ, **environment}, start_new_session=True
        )
        try:
            yield
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(PATIENCE)


@contextmanager
def stopped_gently() -> Iterator[None]:
    """A run that is told to end does so as after Ctrl+C: what it has started ends with it."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_port(port: int) -> None:
    def open_() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    wait_until(open_, "the web server")


def wait_until(ready: Any, what: str) -> None:
    """Wait for something that takes a moment; a fault when it never comes."""
    end = time.monotonic() + PATIENCE
    while not ready():
        assert time.monotonic() < end, f"{what} has not started"
        time.sleep(0.05)
