"""What a tool has made is the work of that tool alone: another version, library or Python is another tool."""

import shutil
import sys
import sysconfig
from pathlib import Path

import pytest

from site_builder import versions


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A little package and its libraries."""
    (tmp_path / "package/part").mkdir(parents=True)
    (tmp_path / "package/a.py").write_text("a = 1")
    (tmp_path / "package/part/b.py").write_text("b = 1")
    (tmp_path / "libraries/markdown-3.10.dist-info").mkdir(parents=True)
    monkeypatch.setattr(versions, "PACKAGE", tmp_path / "package")
    monkeypatch.setattr(sysconfig, "get_path", lambda name: str(tmp_path / "libraries"))
    return tmp_path


def change(tool: Path, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if what == "source":
        (tool / "package/part/b.py").write_text("b = 2")
    elif what == "name":
        (tool / "package/part/b.py").rename(tool / "package/part/c.py")
    elif what == "library":
        (tool / "libraries/markdown-3.10.dist-info").rename(tool / "libraries/markdown-3.11.dist-info")
    elif what == "another library":
        (tool / "libraries/nh3-0.3.dist-info").mkdir()
    elif what == "python":
        monkeypatch.setattr(sys, "version", "another")


@pytest.mark.parametrize("what", ["source", "name", "library", "another library", "python"])
def test_another_tool_has_another_fingerprint(what: str, tool: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any change of a source, a library or Python."""
    before = versions.fingerprint.__wrapped__()
    change(tool, what, monkeypatch)
    assert versions.fingerprint.__wrapped__() != before


def test_the_same_tool_elsewhere_has_the_same_fingerprint(tool: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What one machine kept is good on another; what Python itself writes beside sources does not count."""
    before = versions.fingerprint.__wrapped__()
    (tool / "package/__pycache__").mkdir()
    (tool / "package/__pycache__/a.pyc").write_bytes(b"compiled")
    moved = tool / "moved"
    shutil.copytree(tool / "package", moved)
    monkeypatch.setattr(versions, "PACKAGE", moved)
    assert versions.fingerprint.__wrapped__() == before
