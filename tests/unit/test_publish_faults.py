"""A disk that fails, or a run that is killed, at every step of a publishing: readers see the old site or the new.

Each call that changes or secures something is counted; the publishing is tried again and again with the first, the
second, ... of them failing, until one gets through.
"""

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from site_builder.problems import ProblemsFound
from site_builder.publishing import disk, lock
from site_builder.publishing.in_place import ASIDE
from site_builder.publishing.manifest import MANIFEST
from site_builder.publishing.publication import Publication
from site_builder.publishing.records import Promised, record_of
from site_builder.publishing.store import Store

CALLS = ("open", "write", "replace", "rename", "link", "unlink", "mkdir", "rmdir", "fsync", "chmod", "scandir")
OLD = {"a.html": "1", "lv/b.html": "b", "lv/gone/c.html": "c", "page": "p", "assets/x.1.css": "x"}
NEW = {"a.html": "2", "lv/b.html": "b", "lv/new/d.html": "d", "page/index.html": "i", "assets/x.2.css": "y"}
FOREIGN = {"CNAME": "mine", "lv/.well-known/t": "mine"}


class Killed(BaseException):
    """As if the process were gone: nothing of ours runs after it."""


class Faults:
    """Lets the call number `at` fail, and if it stands for a kill, every one after it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, fault: BaseException) -> None:
        self.fault = fault
        self.at = 0
        self.count = 0
        for name in CALLS:
            monkeypatch.setattr(os, name, self.guard(getattr(os, name)))
        monkeypatch.setattr("site_builder.publishing.exchange.exchange", self.guard(disk.exchange))

    def guard(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(*given: Any, **named: Any) -> Any:
            self.count += 1
            if self.at and (self.count == self.at or (isinstance(self.fault, Killed) and self.count > self.at)):
                raise self.fault
            return function(*given, **named)

        return guarded


def _publish(output: Path, files: dict[str, str]) -> None:
    with Publication(output, output.parent / "project") as publication:
        records = {path: record_of(content.encode()) for path, content in files.items()}
        for path, content in files.items():
            if publication.published.get(path) != records[path]:
                publication.stage(path, content.encode())
        publication.publish(records, Promised())


def _seen(output: Path) -> dict[str, str]:
    files = (path for path in output.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(output).as_posix(): path.read_text("utf-8") for path in files}


def _let_go() -> None:
    """What the system does when a process is gone."""
    for handle in list(lock.HELD):
        os.close(handle)
        lock.HELD.discard(handle)


FAULTS = {
    "full": lambda: OSError(errno.ENOSPC, "No space left on device", "somewhere"),
    "broken": lambda: OSError(errno.EIO, "Input/output error", "somewhere"),
    "killed": Killed,
}


@pytest.fixture
def outputs(tmp_path: Path) -> Iterator[Path]:
    """Fresh outputs, each published three times and with files of others."""

    def made() -> Iterator[Path]:
        for number in range(1000):
            output = tmp_path / str(number) / "public"
            for files in ({**OLD, "a.html": "0"}, NEW, OLD):
                _publish(output, files)
                for path, content in FOREIGN.items():
                    (output / path).parent.mkdir(parents=True, exist_ok=True)
                    (output / path).write_text(content, "utf-8")
            yield output

    return made()


# `make test` tries every seventh step, `make prove` all.
STRIDE = 1 if os.environ.get("PROVE") else 7


def _with_a_fault(output: Path, fault: BaseException, at: int) -> tuple[str, int]:
    """Publish with the step number `at` failing: what was told, and how many steps there were."""
    told = ""
    with pytest.MonkeyPatch.context() as patch:
        faults = Faults(patch, fault)
        faults.at = at
        try:
            _publish(output, NEW)
        except ProblemsFound as found:
            told = found.problems[0].message.key
        except OSError:
            told = "early"
        except Killed:
            _let_go()
    return told, faults.count


def _goes_on(output: Path, at: int) -> None:
    """The next runs succeed, and leave nothing behind of the one that failed."""
    _publish(output, NEW)
    assert _seen(output) == {**NEW, "assets/x.1.css": "x", **FOREIGN}, at
    (output / "CNAME").unlink()
    _publish(output, {"z.html": "z"})
    rest = {path: text for path, text in FOREIGN.items() if path != "CNAME"}
    assert _seen(output) == {"z.html": "z", "assets/x.1.css": "x", "assets/x.2.css": "y", **rest}, at


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_readers_see_the_old_site_or_the_new(outputs: Iterator[Path], fault: Callable[[], BaseException]) -> None:
    """At whatever step it fails; the message says which of the two, and the next run succeeds."""
    old = {**OLD, "assets/x.2.css": "y", **FOREIGN}
    new = {**NEW, "assets/x.1.css": "x", **FOREIGN}
    for at in range(1, 1000, STRIDE):
        output = next(outputs)
        told, steps = _with_a_fault(output, fault(), at)
        seen = _seen(output)
        assert seen in (old, new), at
        if told:
            assert (told == "publish-failed/new") == (seen == new), (at, told)
        _goes_on(output, at)
        if steps < at:
            break
    assert at > 60


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_in_place_no_file_is_ever_cut_short(
    outputs: Iterator[Path], fault: Callable[[], BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where folders cannot change places readers may see a mixture, but of whole files; the next run puts it right."""
    monkeypatch.setattr("site_builder.publishing.publication.can_exchange", lambda output, store: False)
    old = {**OLD, "assets/x.2.css": "y", **FOREIGN}
    new = {**NEW, "assets/x.1.css": "x", **FOREIGN}
    for at in range(1, 1000, STRIDE):
        output = next(outputs)
        told, steps = _with_a_fault(output, fault(), at)
        seen = {path: text for path, text in _seen(output).items() if not path.startswith(ASIDE)}
        assert seen.items() <= old.items() | new.items(), at
        assert {"publish-failed/old": seen == old, "publish-failed/new": new.items() <= seen.items()}.get(told, True), (
            at
        )
        _goes_on(output, at)
        if steps < at:
            break
    assert at > 60


@pytest.mark.parametrize("way", ["exchange", "in-place"])
@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_first_publishing_leaves_nothing_or_the_whole_site(
    tmp_path: Path, fault: Callable[[], BaseException], way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At whatever step it fails, the next run succeeds, even with another site; in place whole files may be left."""
    if way == "in-place":
        monkeypatch.setattr("site_builder.publishing.publication.can_exchange", lambda output, store: False)
    for at in range(1, 1000, STRIDE):
        output = tmp_path / str(at) / "public"
        output.parent.mkdir()
        told, steps = _with_a_fault(output, fault(), at)
        seen = {path: text for path, text in _seen(output).items() if not path.startswith(ASIDE)}
        assert seen.items() <= NEW.items() if way == "in-place" else seen in ({}, NEW), at
        assert {"publish-failed/old": seen == {}, "publish-failed/new": seen == NEW}.get(told, True), (at, told)
        following, is_release = OLD if at % 2 else NEW, (output / MANIFEST).exists()
        _publish(output, following)
        kept = {path: text for path, text in NEW.items() if path.startswith("assets/") and is_release}
        assert _seen(output) == {**kept, **following}, at
        assert not (output.parent / ".public.site-builder/staging").exists()
        if steps < at:
            break
    assert at > 60


def test_a_worker_that_outlives_a_killed_run_hinders_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it writes while the next run sweeps is swept as well."""
    store = Store(tmp_path / "store")
    store.sweep()
    store.stage(b"left by the killed run")
    late, remove = [b"still", b"writing"], os.rmdir

    def rmdir(path: str, **more: Any) -> None:
        if late:
            store.stage(late.pop())
        remove(path, **more)

    monkeypatch.setattr(os, "rmdir", rmdir)
    store.sweep()
    assert not late
    assert not store.staging.exists()
