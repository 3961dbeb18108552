"""Long proofs with tools that need Java and Node: the Nu HTML Checker on every file, Lighthouse on six page types."""

import datetime
import json
import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import PROJECT, TODAY
from find_program import PROGRAMS, find
from served import served

from site_builder.build import build
from site_builder.config import Options

pytestmark = [pytest.mark.prove, pytest.mark.timeout(1800)]
TOOLS = PROJECT / "node_modules"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PAGES = (
    "/lv/", "/lv/jaunumi/2023/projekta-rezultati/", "/en/facilities/virsu-iela-9-11/",
    "/lv/pakalpojumi/grupu-dzivokli/", "/en/results/", "/lv/viegli-lasit/",
)  # fmt: skip
NODE_NEEDED = (22, 19)
TRIES = 3


def test_the_nu_checker_has_nothing_to_say(real_output: Path) -> None:
    """No error and no warning on any page, style sheet or picture of the real site."""
    files = [path for path in sorted(real_output.rglob("*")) if path.suffix in (".html", ".css", ".svg")]
    messages = nu_messages(files)
    counts = Counter(kind for kind, _, _ in messages)
    print(f"\nNu HTML Checker: {dict(Counter(path.suffix for path in files))} files")
    print(f"errors {counts['error']}, warnings {counts['warning']}, all messages {dict(counts)}")
    places = {(kind, text): place for kind, text, place in messages}
    told = Counter((kind, text) for kind, text, _ in messages).most_common()
    assert not told, "\n".join(f"{count} x {' '.join(one)} (such as {places[one]})" for one, count in told)


def nu_messages(files: list[Path]) -> list[tuple[str, str, str]]:
    """Kind, text and place of everything that the Nu HTML Checker says about files."""
    command = ["java", "-jar", str(TOOLS / "vnu-jar/build/dist/vnu.jar"), "--format", "json", "--stdout"]
    command += ["--exit-zero-always", "--also-check-css", "--also-check-svg", *map(str, files)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    return [
        (one.get("subType", one["type"]), one["message"], f"{one['url']}:{one.get('lastLine')}")
        for one in json.loads(run.stdout)["messages"]
    ]


@pytest.fixture(scope="module")
def own_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The real site, built for the very address it is served at, as a published site is."""
    output = tmp_path_factory.mktemp("proof") / "public"
    output.mkdir()
    with served(output) as address:
        options = Options(base_url=f"{address}/", today=datetime.date.fromisoformat(TODAY))
        built, _ = build(PROJECT, output, options)
        assert built.publishable
        yield address


@pytest.mark.parametrize("path", PAGES)
def test_lighthouse_gives_100_in_all_four(path: str, own_address: str, tmp_path: Path) -> None:
    """Performance, accessibility, best practices and findability of a phone on a slow network.

    Other work on the machine can only lower the first, so a page has three tries.
    """
    for _ in range(TRIES):
        report = lighthouse(own_address + path, tmp_path / "report.json")
        scores = {name: round(100 * report["categories"][name]["score"]) for name in CATEGORIES}
        load = " ".join(f"{one:.2f}" for one in os.getloadavg())
        print(f"\nLighthouse {report['lighthouseVersion']} {path} {scores} (load average {load})")
        if set(scores.values()) == {100}:
            break
    weak = [
        f"{category}: {audit['id']}: {audit['title']} {audit.get('displayValue', '')}"
        for category in CATEGORIES
        for reference in report["categories"][category]["auditRefs"]
        if reference["weight"] and (audit := report["audits"][reference["id"]])["score"] not in (1, None)
    ]
    assert set(scores.values()) == {100}, (scores, "\n".join(weak))


def lighthouse(url: str, target: Path) -> dict[str, Any]:
    """Lighthouse's report of a page with its own settings, in the system's Chromium."""
    command = [node(), str(TOOLS / "lighthouse/cli/index.js"), url, "--quiet", "--no-enable-error-reporting"]
    command += [f"--only-categories={','.join(CATEGORIES)}", "--chrome-flags=--headless=new --no-sandbox"]
    command += ["--output=json", f"--output-path={target}"]
    environment = {**os.environ, "CHROME_PATH": find(PROGRAMS["chromium"]) or ""}
    run = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert run.returncode == 0, run.stderr
    report: dict[str, Any] = json.loads(target.read_text("utf-8"))
    assert not report.get("runtimeError"), report["runtimeError"]
    return report


def node() -> str:
    """The system's Node where it is new enough, else the one that npm brought."""
    own = shutil.which("node")
    version = subprocess.run([own, "--version"], capture_output=True, text=True, check=True).stdout if own else ""
    if own and tuple(map(int, re.findall(r"\d+", version)[:2])) >= NODE_NEEDED:
        return own
    return str(next(TOOLS.glob("node-*/bin/node")))
