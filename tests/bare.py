"""Runs `make site` and `make test` in a bare Debian, as a new user would: `bare.py [--if-possible] [VARIANT...]`.

The system is made by debootstrap and has git, make, Python and certificates, and no more; the project is a fresh clone
of HEAD. Each variant is run in a copy of it, in namespaces of its own, so that mounts and processes end with it. Prints
what the commands said and how long they took. Exits 1 when one of them fails, when a process is left, or when the proof
cannot be run; with `--if-possible` the last is no failure.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from find_program import PROGRAMS, find

PROJECT = Path(__file__).resolve().parent.parent
BARE = PROJECT / "build/bare"
RELEASE = "bookworm"
PACKAGES = ("git", "make", "python3", "python3-venv", "ca-certificates")
# What a variant has beside /proc and the plain devices.
VARIANTS = {
    "without": ("without /dev/shm and /dev/pts", ()),
    "with": ("with /dev/shm and /dev/pts", ("shm", "pts")),
}
# All mounts and processes of a command end with it, and it ends with this process.
APART = ("setpriv", "--pdeathsig", "KILL", "unshare", "--mount", "--pid", "--fork", "--kill-child")
# How this machine reaches registries: these variables, pip's files, and the certificates that were added to it.
VARIABLES = re.compile(r"PIP_\w+|(?:http|https|ftp|all|no)_proxy|\w*_CA_(?:BUNDLE|CERTS)|SSL_CERT_(?:FILE|DIR)", re.I)
CERTIFICATES = Path("/usr/local/share/ca-certificates")
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
LOCAL = re.compile(r"(?:(?<=[\s=:,\"'])|^|(?<=file://))/[^\s,\"':]+", re.M)

# The first process of its namespace: a shell, which also takes care of processes whose parent is gone.
INSIDE = """
set -e
root=$1; extra=$2; folders=$3; shift 3
mount -t proc proc "$root/proc"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
for device in null zero full random urandom tty; do
    touch "$root/dev/$device"
    mount --bind "/dev/$device" "$root/dev/$device"
done
ln -s /proc/self/fd "$root/dev/fd"
for number in 0:stdin 1:stdout 2:stderr; do ln -s "/proc/self/fd/${number%:*}" "$root/dev/${number#*:}"; done
case $extra in *shm*) mkdir "$root/dev/shm"; mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm";; esac
case $extra in *pts*)
    mkdir "$root/dev/pts"
    mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts "$root/dev/pts"
    ln -s pts/ptmx "$root/dev/ptmx";;
esac
printf '%s\\n' "$folders" | while read -r folder; do
    [ -z "$folder" ] && continue
    mkdir -p "$root$folder"
    mount --bind "$folder" "$root$folder"
    mount -o remount,bind,ro "$root$folder"
done
code=0
chroot "$root" "$@" || code=$?
sleep 2
for process in "$root"/proc/[0-9]*; do
    [ "${process##*/}" = 1 ] && continue
    grep -q '^State:.Z' "$process/status" 2>/dev/null && continue
    words=$(tr '\\0' ' ' <"$process/cmdline" 2>/dev/null) || continue
    [ -n "$words" ] && echo "PROCESS LEFT: ${process##*/} $words"
done
exit $code
"""


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended: its exit code, all that it said, and the seconds it took."""

    code: int
    said: str
    seconds: float

    @property
    def left(self) -> list[str]:
        """The processes that it left."""
        return re.findall(r"^PROCESS LEFT: (.+)$", self.said, re.M)

    @property
    def counts(self) -> str:
        """The last line of pytest, or the last line of all."""
        lines = [line.strip("= ") for line in self.said.splitlines() if not line.startswith("PROCESS LEFT")]
        return next((line for line in reversed(lines) if re.search(r"\d passed.* in ", line)), "".join(lines[-1:]))


def lack() -> str:
    """What this machine does not have for the proof, in one sentence; empty where nothing is missing."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return "it needs root, to make a system below build/ and to change into it"
    if find(PROGRAMS["debootstrap"]) is None:
        return f"it needs debootstrap (apt-get install {' '.join(PROGRAMS['debootstrap'].packages)})"
    if subprocess.run([*APART, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True, check=False).returncode:
        return "it needs namespaces of its own for mounts and processes, which this machine refuses (unshare, setpriv)"
    return ""


def sources() -> list[tuple[str, str, str]]:
    """Address, suite and component of all of Debian's packages of the release that this machine's apt knows."""
    if not shutil.which("apt-get"):
        return []
    form = "$(REPO_URI) $(CODENAME) $(COMPONENT)"
    printed = subprocess.run(
        ["apt-get", "indextargets", "--format", form, "Identifier: Packages"],
        capture_output=True, text=True, check=False,
    ).stdout  # fmt: skip
    found = [tuple(line.split()) for line in dict.fromkeys(printed.splitlines())]
    return [
        (one[0], one[1], one[2])
        for one in found
        if len(one) == 3 and re.fullmatch(rf"{RELEASE}(?:-(?:updates|security))?", one[1]) and one[2] == "main"
    ]


def make_system() -> Path:
    """The bare system, made where there is none yet. Raises CalledProcessError when debootstrap fails."""
    system = BARE / "system"
    if (system / "made").exists():
        return system
    shutil.rmtree(system, ignore_errors=True)
    known = sources()
    mirror = [address for address, suite, _ in known if suite == RELEASE][:1]
    command = [*APART, "debootstrap", "--variant=minbase", f"--include={','.join(PACKAGES)}", RELEASE, str(system)]
    subprocess.run([*command, *mirror], check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    if mirror:
        lines = "".join(f"deb {' '.join(one)}\n" for one in known)
        (system / "etc/apt/sources.list").write_text(lines, "utf-8")
    (system / "made").touch()
    return system


def settings() -> tuple[Mapping[str, str], list[Path]]:
    """The variables and the files by which this machine's pip and programs reach what they download."""
    variables = {name: value for name, value in os.environ.items() if VARIABLES.fullmatch(name)}
    home = Path.home()
    folders = [Path(one) for one in os.environ.get("XDG_CONFIG_DIRS", "/etc/xdg").split(":") if one]
    files = [Path("/etc/pip.conf"), *(folder / "pip/pip.conf" for folder in folders)]
    files += [home / ".config/pip/pip.conf", home / ".pip/pip.conf"]
    return variables, [file for file in files if file.is_file()]


def named(variables: Mapping[str, str], files: list[Path]) -> Iterator[Path]:
    """Every local file and folder that the settings name."""
    for text in (*variables.values(), *(file.read_text("utf-8") for file in files)):
        yield from (path for name in LOCAL.findall(text) if (path := Path(name)).exists() and path != Path("/"))


def furnish(root: Path) -> tuple[Mapping[str, str], list[Path]]:
    """Give a root the ways of this machine to apt, pip and the network.

    Returns the variables for what runs there, and the folders of packages that it must see as well.
    """
    for name in ("resolv.conf", "hosts"):
        if Path("/etc", name).exists():
            shutil.copy(Path("/etc", name), root / "etc" / name)
    if shutil.which("apt-config"):
        dump = subprocess.run(["apt-config", "dump", "Acquire"], capture_output=True, text=True, check=True).stdout
        (root / "etc/apt/apt.conf.d/90acquire").write_text(dump, "utf-8")
    for certificate in CERTIFICATES.glob("*.crt"):
        shutil.copy(certificate, root / CERTIFICATES.relative_to("/"))
    variables, files = settings()
    folders = []
    for path in (*files, *named(variables, files)):
        inside = root / path.relative_to("/")
        if path.is_dir() and not inside.exists():
            # an index of packages has the packages beside it
            folders.append(path.parent if path.name == "simple" else path)
        elif path.is_file() and not inside.exists():
            inside.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, inside)
    return variables, list(dict.fromkeys(folders))


def run_in(root: Path, extra: tuple[str, ...], command: str, log: Path) -> Done:
    """Run a command of the shell in a root; its output goes to a file as well."""
    variables, folders = furnish(root)
    given = {**variables, "PATH": PATH, "HOME": "/root"}
    words = ["env", "-i", *(f"{name}={value}" for name, value in given.items()), "sh", "-c", command]
    listed = "\n".join(map(str, folders))
    started = time.monotonic()
    with log.open("a+", encoding="utf-8", errors="replace") as stream:
        begin = stream.tell()
        code = subprocess.run(
            [*APART, "sh", "-c", INSIDE, "inside", str(root), " ".join(extra), listed, *words],
            stdin=subprocess.DEVNULL, stdout=stream, stderr=subprocess.STDOUT, check=False,
        ).returncode  # fmt: skip
        seconds = time.monotonic() - started
        stream.seek(begin)
        return Done(code, stream.read(), seconds)


def prove(name: str) -> bool:
    """Run both commands in a fresh copy of the bare system, print what they gave, and say whether all is well."""
    title, extra = VARIANTS[name]
    root, log = BARE / name, BARE / f"{name}.log"
    shutil.rmtree(root, ignore_errors=True)
    log.unlink(missing_ok=True)
    subprocess.run(["cp", "-a", "--reflink=auto", str(make_system()), str(root)], check=True)
    clone = ["git", "clone", "--quiet", "--no-hardlinks", str(PROJECT), str(root / "root/project")]
    subprocess.run(clone, check=True)
    well = run_in(root, extra, "update-ca-certificates", log).code == 0
    try:
        for command in ("make site", "make test"):
            done = run_in(root, extra, f"cd /root/project && {command}", log)
            print(f"bare Debian {RELEASE} {title}: {command}: exit {done.code}, {done.seconds:.0f} s: {done.counts}")
            skipped = re.findall(r"^SKIPPED.*$", done.said, re.M)
            print("".join(f"  {line}\n" for line in (*skipped, *(f"process left: {one}" for one in done.left))), end="")
            if done.code:
                print("\n".join(done.said.splitlines()[-60:]))
            sys.stdout.flush()
            well = well and not done.code and not done.left
    finally:
        shutil.rmtree(root, ignore_errors=True)
    return well


def main() -> int:
    """Run the variants that are named, or all."""
    if lacking := lack():
        print(f"DID NOT RUN: both commands in a bare Debian: {lacking}.", file=sys.stderr)
        return 0 if "--if-possible" in sys.argv else 1
    changed = subprocess.run(
        ["git", "-C", str(PROJECT), "status", "--porcelain"], capture_output=True, text=True, check=True
    ).stdout
    if changed:
        print(f"{len(changed.splitlines())} files are not committed, and what they hold is not in this proof.")
    BARE.mkdir(parents=True, exist_ok=True)
    names = [name for name in sys.argv[1:] if name != "--if-possible"] or list(VARIANTS)
    results = [prove(name) for name in names]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
