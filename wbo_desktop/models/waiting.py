"""Work that needs the whole schema to itself while sessions are open: in short tries, so that no session
queues behind one for long, and with the names of the sessions in the way when patience ends."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import psycopg

TRY_MILLISECONDS = 4000
"""The longest wait for locks in one try: more than the worker's watch needs to end an operator's session in
the way."""

PAUSE_SECONDS = 1.0
"""The pause between two tries, in which the sessions that queued behind one go on."""


class MigrationError(Exception):
    """A fault of the database or the login that the administrator has to mend, in one line."""


def patiently(connection: psycopg.Connection[Any], work: Callable[[], None], patience: float) -> None:
    """Runs `work`, one transaction, again until it gets its locks.

    Raises:
        MigrationError: other sessions held locks for `patience` seconds; the message names them.
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
    """The sessions that hold a lock on the schema now: login, workstation, process and since when, one line
    each."""
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
