"""The guardian ends its program whatever happens to the parent."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from wbo_demo.folder import wait_until
from wbo_demo.guardian import GRACE, Guarded, end_leftover, read_pid_file

SLEEPER = [sys.executable, "-c", "import signal; print('up', flush=True); signal.pause()"]
DEAF = [
    sys.executable,
    "-c",
    "import signal as s; s.signal(s.SIGINT, s.SIG_IGN); print('deaf', flush=True); s.pause()",
]
PARENT = """
import signal, sys
from pathlib import Path
from wbo_demo.guardian import Guarded
folder = Path(sys.argv[1])
Guarded.start(sys.argv[2:], pid_file=folder / "pid", log=folder / "log")
signal.pause()
"""


def started(folder: Path, command: list[str], grace: float = 5.0) -> Guarded:
    """A guarded program that is up."""
    guarded = Guarded.start(command, pid_file=folder / "pid", log=folder / "log", grace=grace)
    assert wait_until(lambda: guarded.pid, 10), (folder / "log").read_text()
    return guarded


def is_gone(pid: int) -> bool:
    """Whether a process has ended (one that nobody waited for yet has ended too)."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_stop_ends_the_program(tmp_path: Path) -> None:
    guarded = started(tmp_path, SLEEPER)
    pid = guarded.pid
    assert pid is not None
    guarded.stop()
    guarded.stop()
    assert is_gone(pid)
    assert not guarded.running
    assert not (tmp_path / "pid").exists()


def test_a_program_that_does_not_listen_is_killed_after_the_grace(tmp_path: Path) -> None:
    guarded = started(tmp_path, DEAF, grace=0.2)
    pid = guarded.pid
    assert pid is not None
    assert wait_until(lambda: "deaf" in (tmp_path / "log").read_text(), 10)
    guarded.stop()
    assert is_gone(pid)


@pytest.mark.parametrize("interrupt", [signal.SIG_DFL, signal.SIG_IGN], ids=["in front", "in the background"])
def test_a_killed_parent_takes_the_program_along(tmp_path: Path, interrupt: signal.Handlers) -> None:
    """A script's shell makes what it starts in the background deaf to interrupts."""
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tmp_path), *SLEEPER],
        preexec_fn=lambda: signal.signal(signal.SIGINT, interrupt),
    )
    assert wait_until(lambda: read_pid_file(tmp_path / "pid"), 20)
    recorded = read_pid_file(tmp_path / "pid")
    assert recorded is not None
    assert not is_gone(recorded[0])
    # an interpreter that is still starting may swallow the interrupt, and is killed only after the grace
    assert wait_until(lambda: "up" in (tmp_path / "log").read_text(), 20)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    assert wait_until(lambda: is_gone(recorded[0]), GRACE - 2), "it was asked to end, not killed"
    assert wait_until(lambda: not (tmp_path / "pid").exists(), 10)


def test_when_the_guardian_is_killed_too_the_next_start_ends_the_leftover(tmp_path: Path) -> None:
    guarded = started(tmp_path, SLEEPER)
    pid = guarded.pid
    assert pid is not None
    guarded._guardian.kill()
    guarded._guardian.wait()
    assert not is_gone(pid), "the program outlives a killed guardian; that is what the pid file is for"
    assert end_leftover(tmp_path / "pid") is True
    assert is_gone(pid)
    guarded.stop()


def test_a_stranger_with_the_recorded_number_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "pid").write_text(json.dumps({"pid": os.getpid(), "argv": ["postgres", "-D", "somewhere"]}))
    assert end_leftover(tmp_path / "pid") is False
    assert not (tmp_path / "pid").exists()


@pytest.mark.parametrize("content", ["", "{", '{"pid": "x"}', "[]", "null"])
def test_half_a_pid_file_counts_as_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "pid").write_text(content)
    assert end_leftover(tmp_path / "pid") is False


def test_a_program_that_cannot_be_started_ends_the_guardian(tmp_path: Path) -> None:
    guarded = Guarded.start([str(tmp_path / "missing")], pid_file=tmp_path / "pid", log=tmp_path / "log")
    assert wait_until(lambda: not guarded.running, 10)
    assert "cannot be started" in (tmp_path / "log").read_text()
    guarded.stop()
