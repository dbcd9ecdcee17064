"""Two sessions at the same moment, the second held up by the first."""

from __future__ import annotations

from time import monotonic
from typing import Any

import psycopg

PATIENCE = 20.0


def waits_for(root: psycopg.Connection[Any], pid: int) -> int:
    """The backend that this one waits for, as soon as it does."""
    deadline = monotonic() + PATIENCE
    while monotonic() < deadline:
        found = root.execute("SELECT pg_blocking_pids(%s)", (pid,)).fetchone()
        if found is not None and found[0]:
            return int(found[0][0])
    raise AssertionError("it does not wait")
