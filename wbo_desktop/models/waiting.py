"""Doing what needs the whole schema to itself while others are at work: in short tries, so that no session queues behind
one for long, and naming who is in the way when patience ends.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import psycopg

TRY_MILLISECONDS = 4000
"""Longer than the worker's watch needs to end an operator's session that is in the way."""

PAUSE_SECONDS = 1.0
"""What waited behind a try is done in between."""


class MigrationError(Exception):
    """What is wrong with the database or the login, in one line."""


def patiently(connection: psycopg.Connection[Any], work: Callable[[], None], patience: float) -> None:
    """Run `work`, one transaction, until it gets its locks.

    Raises:
        MigrationError: somebody held something for `patience` seconds; the message says who.
    """
    deadline = time.monotonic() + patience
    connection.execute(f"SET lock_timeout = {TRY_MILLISECONDS}".encode())
    try:
        while True:
            try:
                work()
                return
            except (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected):
                if time.monotonic() >= deadline:
                    raise MigrationError(_told(in_the_way(connection))) from None
                time.sleep(PAUSE_SECONDS)
    finally:
        connection.execute("RESET lock_timeout")


def in_the_way(connection: psycopg.Connection[Any]) -> list[str]:
    """Who holds something of the schema in a transaction now: login, workstation, process and since when."""
    found = connection.execute(
        "SELECT coalesce(a.usename, '?'), coalesce(a.application_name, '') || '@' ||"
        " coalesce(host(a.client_addr), 'local'), a.pid, a.xact_start FROM pg_stat_activity a"
        " WHERE a.pid <> pg_backend_pid() AND EXISTS (SELECT FROM pg_locks l JOIN pg_class c ON c.oid = l.relation"
        " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE l.pid = a.pid AND l.granted AND n.nspname LIKE 'wbo%%'"
        " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()))"
        " ORDER BY a.xact_start, a.pid"
    ).fetchall()
    return [
        f"{login} at {workstation}, process {pid}, since {since:%H:%M:%S}"
        for login, workstation, pid, since in found
    ]


def _told(names: list[str]) -> str:
    who = "; ".join(names) if names else "somebody who has gone by now; try again"
    return f"Nothing was changed: the schema is in use by {who}. End it with pg_terminate_backend(process) or wait"
