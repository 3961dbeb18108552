"""Compares two folders byte for byte, path by path: `python tests/compare_trees.py BEFORE AFTER`.

Prints a line for every path that differs and a line with the counts. Exits with 0 if both folders hold the same, with 1
if they differ, and with 2 if one of them is no folder.
"""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

# Bytes that are shown around the first difference of two files.
SHOWN = 40


def entries(root: Path) -> dict[str, str]:
    """What a folder holds, with its subfolders: the kind of each entry by its path, which ends in `/` for folders."""
    found = {}
    for folder, folders, files in os.walk(root):
        for name in (*folders, *files):
            path = Path(folder, name)
            inside = path.relative_to(root).as_posix()
            if path.is_symlink():
                found[inside] = "link"
            elif path.is_dir():
                found[f"{inside}/"] = "folder"
            else:
                found[inside] = "file"
    return found


def differences(before: Path, after: Path) -> Iterator[str]:
    """A line for every path at which two folders differ, in the order of the paths."""
    old, new = entries(before), entries(after)
    for path in sorted(old.keys() | new.keys()):
        if path not in new:
            yield f"only in {before}: {path}"
        elif path not in old:
            yield f"only in {after}: {path}"
        elif old[path] != new[path]:
            yield f"{path}: a {old[path]}, then a {new[path]}"
        elif said := _difference(before / path, after / path, old[path]):
            yield f"{path}: {said}"


def _difference(before: Path, after: Path, kind: str) -> str:
    """How two entries of one kind differ; an empty text if they do not."""
    if kind == "folder":
        return ""
    if kind == "link":
        targets = before.readlink(), after.readlink()
        return "" if targets[0] == targets[1] else f"leads to {targets[0]}, then to {targets[1]}"
    old, new = before.read_bytes(), after.read_bytes()
    if old == new:
        return ""
    at = next(
        (at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), min(len(old), len(new))
    )
    start, line = max(at - SHOWN // 2, 0), old.count(b"\n", 0, at) + 1
    parts = " then ".join(repr(content[start : start + SHOWN]) for content in (old, new))
    return f"{len(old)} bytes, then {len(new)}; from byte {at}, line {line}: {parts}"


def main(arguments: Sequence[str]) -> int:
    """Compare the two folders that are named. Returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    named = parser.parse_args(arguments)
    for folder in (named.before, named.after):
        if not folder.is_dir():
            print(f"{folder} is no folder", file=sys.stderr)
            return 2
    found = list(differences(named.before, named.after))
    print(*found, sep="\n", end="\n" if found else "")
    files = [sum(kind != "folder" for kind in entries(folder).values()) for folder in (named.before, named.after)]
    print(f"{files[0]} files, then {files[1]}: {len(found)} paths differ")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
