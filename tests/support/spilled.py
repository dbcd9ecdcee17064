"""Looks through the log of a server that writes down everything for each secret that this process made."""

from __future__ import annotations

import subprocess
from pathlib import Path

from wbo_desktop.secrets import Secret

EVERYTHING = {
    "log_statement": "all",
    "log_connections": "on",
    "log_min_error_statement": "debug5",
    "log_min_messages": "debug1",
}
"""Settings of a server that logs every statement with its parameters, and every connection."""

SHORTEST = 12
"""Shorter ones are made up to be refused, and ordinary words among them would be found everywhere."""

_made: set[str] = set()


def remember_secrets() -> None:
    """Note each `Secret` from now on."""
    plain = Secret.__init__

    def noting(self: Secret, value: str) -> None:
        if len(value) >= SHORTEST:
            _made.add(value)
        plain(self, value)

    Secret.__init__ = noting  # type: ignore[method-assign]


def spilled(logs: Path) -> tuple[int, int, list[str]]:
    """How many secrets were looked for, in how many bytes of log, and the beginnings of lines that hold one."""
    files = [path for path in logs.iterdir() if path.is_file()]
    found = subprocess.run(
        ["grep", "--text", "--no-filename", "--fixed-strings", "--file=-", *map(str, files)],
        input="\n".join(sorted(_made)),
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        env={"LC_ALL": "C"},
    )
    assert found.returncode in (0, 1), found.stderr
    return len(_made), sum(path.stat().st_size for path in files), found.stdout.splitlines()
