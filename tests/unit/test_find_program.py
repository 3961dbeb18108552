"""The set-up finds only programs that run, and says in one sentence what to install where it cannot."""

import subprocess
import sys
from pathlib import Path

import find_program
import pytest
from conftest import PROJECT
from find_program import PROGRAMS, Program, find

BROKEN = "#!/bin/sh\necho 'node: error while loading shared libraries: libatomic.so.1' >&2\nexit 127\n"


@pytest.mark.skipif(sys.platform == "win32", reason="DID NOT RUN: a program that does not run is a script of sh here")
def test_a_program_that_does_not_run_is_not_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its own words and the package that helps are said."""
    path = tmp_path / "driver"
    path.write_text(BROKEN, "utf-8")
    path.chmod(0o755)
    driver = Program((str(path),), ("libatomic1",), "install it", trial=("--version",))
    assert find(driver) is None
    monkeypatch.setitem(PROGRAMS, "driver", driver)
    monkeypatch.setattr(sys, "argv", ["find_program.py", "driver"])
    assert find_program.main() == 1
    said = capsys.readouterr().err
    assert said == (
        "driver does not run (node: error while loading shared libraries: libatomic.so.1). "
        "Debian, Ubuntu: apt-get install libatomic1. Others: install it.\n"
    )
    path.write_text("#!/bin/sh\n", "utf-8")
    assert find(driver) == str(path)


@pytest.mark.parametrize(("options", "code"), [((), 1), (("--if-possible",), 0)])
def test_a_machine_without_debootstrap_is_said_not_to_have_proved_it(options: tuple[str, ...], code: int) -> None:
    """`make bare` fails then, and `make prove` says that this proof did not run."""
    command = [sys.executable, str(PROJECT / "tests/bare.py"), *options]
    done = subprocess.run(command, env={"PATH": "/nowhere"}, capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert done.stderr.startswith("DID NOT RUN: both commands in a bare Debian: it needs ")
    assert done.stderr.count("\n") == 1
