"""Shared parts of the embedded stack: the lock on a data folder, private files, free ports, waiting."""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

LOOPBACK = "127.0.0.1"


class DemoError(Exception):
    """The reason for which the embedded stack cannot run, in one line with what to do."""

    known = True
    """Whether it is a fault of the environment, which is shown without a traceback."""


class FolderLock:
    """The lock of this process on a folder until `release()`; the system releases it when the process
    dies."""

    def __init__(self, folder: Path) -> None:
        """Raises `DemoError` when another stack, of this process or another, holds the folder."""
        folder.mkdir(parents=True, exist_ok=True)
        self._file = (folder / "lock").open("a+b")
        try:
            _lock(self._file)
        except OSError:
            self._file.close()
            raise DemoError(
                f"{folder} is in use by another demo or sandbox: end that one or take another folder"
            ) from None

    def release(self) -> None:
        """Releases the folder; may be called twice."""
        self._file.close()


def _lock(file: IO[bytes]) -> None:
    """Locks the open file, not the process, so that two stacks in one process exclude each other too."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def write_private(path: Path, text: str) -> None:
    """Writes a file that only its owner can read, from its first moment."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def free_port() -> int:
    """A free loopback port. Another process may take it first, so starters try again."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def wait_until(done: Callable[[], object], seconds: float, interval: float = 0.01) -> bool:
    """Calls `done` every `interval` seconds until it is true. False when that took longer than `seconds`."""
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            return False
        time.sleep(interval)
    return True


def tail(path: Path, lines: int = 3) -> str:
    """The last lines of a log in one line, for an error message."""
    try:
        return " / ".join(path.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-lines:])
    except OSError:
        return "it left no log"
