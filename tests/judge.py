"""Builds a world as it is and cleanly in another place, and says in what the two differ."""

import copy
import hashlib
import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from conftest import PROJECT
from fresh_builds import ROOT, Builder, Outcome, Wanted
from little_world import Step, World

from site_builder.outputs.planned_file import page_path
from site_builder.publishing.manifest import MANIFEST

Tree = dict[str, tuple[str, int]]
REMEMBERED_STATES = 50
# A build that makes at most every twentieth file makes few.
FEW = 20
# Steps after which the contents of files may be gone, until a build publishes again.
CACHE_DAMAGED = {"forget_memory", "damage_memory", "restore_memory", "clean_build"}
# What another version of the generator does otherwise: in which module, and in place of what.
UPGRADE = {
    "outputs/home.py": ("NEWEST = 3", "NEWEST = 2"),
    "outputs/news.py": ("RELATED = 3", "RELATED = 2"),
    "outputs/feeds.py": ("NEWEST = 50", "NEWEST = 7"),
}


class Differs(AssertionError):
    """The build is not what a clean build of the same state is."""


def tree_of(folder: Path) -> Tree:
    """Path to digest and mode of every file of a folder, wherever a link to the folder leads."""
    found: Tree = {}
    root = os.path.realpath(folder)
    for where, _, names in os.walk(root):
        for name in names:
            path = f"{where}/{name}"  # a Path for every file of every step costs too much
            with open(path, "rb") as stream:  # noqa: PTH123  # as above
                digest = hashlib.sha256(stream.read()).hexdigest()
            found[path[len(root) + 1 :]] = (digest, stat.S_IMODE(os.stat(path).st_mode))  # noqa: PTH116
    return found


@dataclass(frozen=True)
class Clean:
    """What a clean build of a state gives."""

    outcome: Outcome
    tree: Tree
    manifest: bytes


class Judge:
    """Has builders for both roles and every version; a `lie` sabotages the builds that are judged."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lie = ""
        # whether what is judged is built by a process that stays, as the preview's does
        self.resident = False
        # the worlds so far; the files that the preview of each tool shows; the steps up to the last good build
        self.worlds = 0
        self.shown: dict[str, dict[str, str]] = {}
        self.good_steps: dict[str, int] = {}
        # how many builds made few of the files, and took all others as they were
        self.few = 0
        self.remembered = folder / "remembered"
        self.remembered.mkdir(parents=True)
        self.builders: dict[tuple[str, str], Builder] = {}
        self.known: dict[str, Clean] = {}
        self.world_folder = folder.resolve() / "world"

    def world(self) -> World:
        """A new world in the place of the last one, already built once."""
        begun = self.folder / "begun"
        self.worlds += 1
        self.shown.clear()
        self.good_steps.clear()
        shutil.rmtree(self.world_folder, ignore_errors=True)
        if begun.exists():
            shutil.copytree(begun, self.world_folder, symlinks=True)
            return World(self.world_folder, written=True)
        world = World(self.world_folder)
        self.judge(world)
        shutil.copytree(self.world_folder, begun, symlinks=True)
        return world

    def builder(self, role: str, tool: str) -> Builder:
        """The program that builds: role "clean", "judged", or "resident" with its lie; tool "now" or "next"."""
        if (role, tool) not in self.builders:
            project = "clean" if role == "clean" else "project"
            package = ROOT if tool == "now" else self._upgraded()
            self.builders[role, tool] = Builder(package=package, warm=[self.world_folder / project])
        return self.builders[role, tool]

    def _upgraded(self) -> Path:
        """A copy of the generator in which three numbers are others."""
        package = self.folder / "next"
        if not package.exists():
            shutil.copytree(
                PROJECT / "site_builder", package / "site_builder", ignore=shutil.ignore_patterns("__pycache__")
            )
            for name, (old, new) in UPGRADE.items():
                path = package / "site_builder" / name
                text = path.read_text("utf-8")
                assert text.count(old) == 1, (name, old)
                path.write_text(text.replace(old, new), "utf-8")
        return package

    def end(self) -> None:
        """End the builders."""
        for builder in self.builders.values():
            builder.end()
        shutil.rmtree(self.world_folder)

    # A step ................................................................

    def judge(self, world: World) -> Clean:
        """Build and compare. Raises Differs, or BuildCrashed when a build ends in a traceback."""
        if world.killed_after is not None:
            killed = replace(self.wanted(world), kill_after=world.killed_after, resident=False)
            self.builder("judged", world.tool).build(killed)
        previewed = self.resident and not world.by_command
        before = {} if previewed else tree_of(world.public)
        clean = self._asked_for(world)
        outcome = self._answer(world)
        if told := [one["en"]["message"] for one in outcome.problems if one["en"]["code"] == "vanished-address"]:
            vanished = self._refused(told, _vanished(world, clean))
            self._unchanged(world, before)
            self._withdraw(world, vanished, clean)
            clean = self._asked_for(world)
            outcome = self._answer(world)
        world.by_command = world.rewrite = False
        world.killed_after = None
        self._compare_problems(outcome, clean.outcome)
        self.few += outcome.published and 0 < FEW * outcome.made < len(clean.tree)
        if previewed:
            self._compare_files(world, outcome, clean)
        elif clean.outcome.published:
            self._compare_trees(world, tree_of(world.public), clean)
        else:
            self._unchanged(world, before)
        if clean.outcome.published:
            world.good = copy.deepcopy(world.model)
        return clean

    def _asked_for(self, world: World) -> Clean:
        """Ask for both builds, and wait for the clean one, which is made once for equal states."""
        state = [sorted((path, content.hex()) for path, content in world.clean.files.items())]
        key = hashlib.sha256(json.dumps([state, world.today, world.drafts, world.tool]).encode()).hexdigest()
        wanted = None if key in self.known else self._ask_clean(world)
        if not world.by_command:
            self.judged(world).ask(self.wanted(world))
        if wanted:
            outcome = self.builder("clean", world.tool).answer()
            output = Path(wanted.output)
            manifest = (output / MANIFEST).read_bytes() if outcome.published else b""
            self.known[key] = Clean(outcome, tree_of(output) if outcome.published else {}, manifest)
            for old in list(self.known)[:-REMEMBERED_STATES]:
                del self.known[old]
        return self.known[key]

    def _ask_clean(self, world: World) -> Wanted:
        """The same state, in another folder, with nothing there that an earlier build left.

        One process has the least work with it; by how many a site is built changes nothing (test_reproducible.py).
        """
        output = world.clean.folder / "public"
        for left in (output, world.clean.folder / ".site-builder"):
            if left.is_symlink():
                left.unlink()
            shutil.rmtree(left, ignore_errors=True)
        remember = str(self.remembered)
        wanted = Wanted(str(world.clean.folder), str(output), world.today, world.drafts, jobs=1, remember=remember)
        self.builder("clean", world.tool).ask(wanted)
        return wanted

    def judged(self, world: World) -> Builder:
        """The program whose builds are judged."""
        return self.builder(f"resident {self.lie}" if self.resident else "judged", world.tool)

    def wanted(self, world: World) -> Wanted:
        """The build that is judged."""
        return Wanted(
            str(world.project.folder),
            str(world.public),
            world.today,
            world.drafts,
            world.rewrite,
            lie=self.lie,
            resident=self.resident,
            preview=self.worlds,
            ask_all=self._is_damaged(world),
        )

    def _answer(self, world: World) -> Outcome:
        return self._by_command(world) if world.by_command else self.judged(world).answer()

    def _by_command(self, world: World) -> Outcome:
        """The command line, in a process of its own, with nothing made easier."""
        wanted = self.wanted(world)
        package = ROOT if world.tool == "now" else self._upgraded()
        command = [sys.executable, "-m", "site_builder", "--project", wanted.project, "build", "--json"]
        command += ["--output", wanted.output, "--date", wanted.today]
        command += ["--drafts"] * wanted.drafts + ["--clean"] * wanted.clean
        run = subprocess.run(
            command, capture_output=True, text=True, cwd=package, env={**os.environ, "PYTHONPATH": str(package)}
        )
        assert "Traceback" not in run.stderr, run.stderr
        return Outcome(run.returncode == 0, [{"en": found} for found in json.loads(run.stdout)])

    def _compare_problems(self, outcome: Outcome, clean: Outcome) -> None:
        """The same problems in the same order, and published or not."""
        told, expected = ([json.dumps(one["en"], sort_keys=True, ensure_ascii=False) for one in each.problems]
                          for each in (outcome, clean))  # fmt: skip
        whole = all("lv" in one for one in outcome.problems)
        if outcome.killed or told != expected or (whole and outcome.problems != clean.problems):
            raise Differs(f"problems: {told}\nof a clean build: {expected}")
        if outcome.published != clean.published:
            raise Differs(f"published {outcome.published}, a clean build {clean.published}")

    def _compare_files(self, world: World, outcome: Outcome, clean: Clean) -> None:
        """Paths and digests of what the preview shows, and that it gives the contents; with errors the last ones."""
        shown = self.shown.get(world.tool, {})
        if clean.outcome.published:
            shown = {path: digest for path, (digest, _) in clean.tree.items() if path != MANIFEST}
        if outcome.files != shown:
            raise Differs(_difference(outcome.files, shown))
        if outcome.lost and (clean.outcome.published or not self._is_damaged(world)):
            raise Differs(f"the preview does not give the contents of {outcome.lost[:12]}")
        self.shown[world.tool] = shown
        if clean.outcome.published:
            self.good_steps[world.tool] = len(world.steps)

    def _is_damaged(self, world: World) -> bool:
        """Whether the cache was damaged since the preview's last good build."""
        since = world.steps[self.good_steps.get(world.tool, 0) :]
        return any(name in CACHE_DAMAGED for name, *_ in since)

    def _compare_trees(self, world: World, after: Tree, clean: Clean) -> None:
        """Path, bytes and mode; kept assets and files of others aside, which are where and what they were."""
        foreign = world.foreign[world.output]
        for path, content in foreign.items():
            if after.pop(path, ("", 0))[0] != hashlib.sha256(content).hexdigest():
                raise Differs(f"a file that is not ours was touched: {path}")
        expected = dict(clean.tree)
        manifest: dict[str, Any] = json.loads((world.public / MANIFEST).read_bytes())
        kept = {file["path"]: file["sha256"] for file in manifest["files"] if file["kept"]}
        for path, digest in kept.items():
            if not path.startswith("assets/") or path in expected or after.pop(path, ("", 0))[0] != digest:
                raise Differs(f"not an asset of an earlier release: {path}")
        if kept:
            manifest["files"] = [file for file in manifest["files"] if not file["kept"]]
            if manifest != json.loads(clean.manifest):
                raise Differs("the manifests differ")
        if kept:
            expected[MANIFEST] = after[MANIFEST]
        if after != expected:
            raise Differs(_difference(after, expected))

    def _unchanged(self, world: World, before: Tree) -> None:
        after = tree_of(world.public)
        if after != before:
            raise Differs(f"nothing may be published, yet {_difference(after, before)}")

    def _refused(self, told: list[str], vanished: list[str]) -> list[str]:
        """The addresses that are told to vanish; each of them really does."""
        named = [address for address in vanished if any(f" {address} " in f"{one} " for one in told)]
        if len(named) != len(told):
            raise Differs(f"{vanished} vanish, told is {told}")
        return named

    def _withdraw(self, world: World, vanished: list[str], clean: Clean) -> None:
        """Say of addresses why they are gone."""
        reason = {"lv": "Dzēsts.", "en": "Deleted."}
        before = [one for one in world.model.config.get("withdrawn", []) if page_path(one["address"]) not in clean.tree]
        new = [{"address": one, "reason": reason} for one in vanished if one not in [old["address"] for old in before]]
        world.model.config["withdrawn"] = [*before, *new]
        world.save()


def _vanished(world: World, clean: Clean) -> list[str]:
    """The lasting addresses of the output at which a clean build has no page, not even one that leads on."""
    manifest = world.public / MANIFEST
    if not clean.outcome.published or not manifest.exists():
        return []
    said = json.loads(manifest.read_bytes())
    lasting = (set(said["addresses"]) - set(said["lists"])) | set(said["redirects"])
    return sorted(one for one in lasting if page_path(one) not in clean.tree)


def _difference(found: Mapping[str, object], expected: Mapping[str, object]) -> str:
    """What differs, in words."""
    lines = [f"more: {path}" for path in sorted(found.keys() - expected.keys())]
    lines += [f"missing: {path}" for path in sorted(expected.keys() - found.keys())]
    lines += [f"other: {path}" for path in sorted(found.keys() & expected.keys()) if found[path] != expected[path]]
    return f"{len(lines)} files differ: " + ", ".join(lines[:12])


def replay(judge: Judge, steps: list[Step]) -> World:
    """A new world, and every step with its judgement. Raises Differs."""
    world = judge.world()
    for name, *arguments in steps:
        take(judge, world, name, *arguments)
    return world


# Steps that only decide how the next build is made, or when.
WITHOUT_BUILD = ("clean_build", "command_line", "kill_first", "keep_memory", "wait")


def take(judge: Judge, world: World, name: str, *arguments: Any) -> bool:
    """One step and, unless it is to wait, its judgement; gives whether that published."""
    waits = world.waits
    world.waits = False
    world.do(name, *arguments)
    return name in WITHOUT_BUILD or waits or judge.judge(world).outcome.published
