"""The script that compares two folders: every kind of difference is seen, and none where there is none."""

from collections.abc import Callable
from pathlib import Path

import pytest
from compare_trees import main


def _write(folder: Path) -> None:
    (folder / "lv/tukša").mkdir(parents=True)
    (folder / "lv/a.html").write_text("<p>one\ntwo</p>\n", "utf-8")
    (folder / "b.bin").write_bytes(b"\0\xff")
    (folder / "link").symlink_to("b.bin")


def _replace_link(folder: Path) -> None:
    (folder / "link").unlink()
    (folder / "link").symlink_to("lv/a.html")


def _folder_for_file(folder: Path) -> None:
    (folder / "b.bin").unlink()
    (folder / "b.bin").mkdir()


DIFFERENCES: dict[str, tuple[Callable[[Path], object], list[str]]] = {
    "one byte": (lambda folder: (folder / "b.bin").write_bytes(b"\0\xfe"), ["b.bin: 2 bytes, then 2; from byte 1"]),
    "cut": (
        lambda folder: (folder / "lv/a.html").write_text("<p>one\n"),
        ["lv/a.html: 15 bytes, then 7; from byte 7, line 2"],
    ),
    "gone": (lambda folder: (folder / "b.bin").unlink(), ["only in before: b.bin"]),
    "new": (lambda folder: (folder / "lv/c").write_text(""), ["only in after: lv/c"]),
    "an empty folder": (lambda folder: (folder / "lv/tukša").rmdir(), ["only in before: lv/tukša/"]),
    "a link": (_replace_link, ["link: leads to b.bin, then to lv/a.html"]),
    "a folder for a file": (_folder_for_file, ["only in before: b.bin", "only in after: b.bin/"]),
}


@pytest.fixture
def trees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two equal folders, `before` and `after`, in the working folder."""
    monkeypatch.chdir(tmp_path)
    for name in ("before", "after"):
        _write(tmp_path / name)
    return tmp_path


def test_equal_folders_do_not_differ(trees: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Times do not count."""
    (trees / "after/b.bin").touch()
    assert main(["before", "after"]) == 0
    assert capsys.readouterr().out == "3 files, then 3: 0 paths differ\n"


@pytest.mark.parametrize("name", DIFFERENCES)
def test_every_difference_is_listed(name: str, trees: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With its path, and how it differs."""
    change, expected = DIFFERENCES[name]
    change(trees / "after")
    assert main(["before", "after"]) == 1
    *lines, counts = capsys.readouterr().out.splitlines()
    assert len(lines) == len(expected)
    assert all(line.startswith(beginning) for line, beginning in zip(lines, expected, strict=True))
    assert counts.endswith(f": {len(expected)} paths differ")


def test_a_folder_that_is_not_there_is_refused(trees: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """So that nothing is not taken for equal."""
    assert main(["before", "absent"]) == 2
    assert capsys.readouterr().err == "absent is no folder\n"
