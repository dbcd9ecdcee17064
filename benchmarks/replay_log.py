"""`audit verify --replay` over the log of two million deposit records: every audited row rebuilt from its entries.

Beside it, the same rows read and not compared with anything. On a copy of `big_table`'s database, which is made when it is
missing (some minutes); `WBO_BIG_TABLE` asks for another number of records.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from benchmarks._report import Row
from benchmarks.big_table import RECORDS, on_big_server, superusers_dsn
from tests.support import many_records
from wbo_desktop.models.replay import replay

NAME = "wbo_replay"
ENTRIES = Path(many_records.__file__).with_name("many_entries.sql")
CHANGED = (
    "UPDATE wbo_data.deposit SET credited_base = credited_base + 1 WHERE record_no ="
    " (SELECT record_no FROM wbo_data.deposit WHERE status = 'success' LIMIT 1)",
    "UPDATE wbo_data.custodial_account SET channel = 'Elsewhere' WHERE client_no = 'M0000001'",
    "DELETE FROM wbo_data.refund WHERE refund_no = (SELECT max(refund_no) FROM wbo_data.refund)",
)
"""What an owner with the triggers off might do, one row each."""


def run() -> list[Row]:
    """How long the untouched log takes, and whether three changed rows are named."""
    with _copy() as connection:
        began = time.perf_counter()
        whole = replay(connection)
        took = time.perf_counter() - began
        began = time.perf_counter()
        (read,) = _one(connection, "SELECT count(to_jsonb(d)) FROM wbo_data.deposit d")
        plain = time.perf_counter() - began
        (entries,) = _one(connection, "SELECT count(*) FROM wbo_data.audit_entry")
        connection.execute("SET session_replication_role = replica")
        for change in CHANGED:
            connection.execute(change.encode())
        connection.execute("RESET session_replication_role")
        found = replay(connection)
    named = sorted(f"{fault.table} {fault.code}" for fault in found.faults)
    return [
        Row(
            f"replay_log: {RECORDS:,} records",
            f"{whole.rows:,} rows from {entries:,} entries in {took:.0f} s",
            f"reading {read:,} deposits {plain:.0f} s",
            took / plain,
            "every row explained",
            not whole.faults,
            "; ".join(str(fault) for fault in whole.faults[:2]),
        ),
        Row(
            "replay_log: three rows changed with the triggers off",
            f"{len(found.faults)} named",
            "seals alone: 0",
            None,
            "3",
            len(found.faults) == len(CHANGED),
            ", ".join(named),
        ),
    ]


@contextmanager
def _copy() -> Iterator[psycopg.Connection[Any]]:
    """A superuser's session on a copy whose log explains it."""
    with on_big_server() as (postgres, name):
        with psycopg.connect(superusers_dsn(postgres), autocommit=True) as maintenance:
            maintenance.execute(f"DROP DATABASE IF EXISTS {NAME}".encode())
            maintenance.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
                    sql.Identifier(NAME), sql.Identifier(name)
                )
            )
        with psycopg.connect(superusers_dsn(postgres, NAME), autocommit=True) as connection:
            with connection.transaction():
                connection.execute(ENTRIES.read_bytes())
            connection.execute("VACUUM (ANALYZE) wbo_data.audit_entry")
            yield connection
        with psycopg.connect(superusers_dsn(postgres), autocommit=True) as maintenance:
            maintenance.execute(f"DROP DATABASE {NAME}".encode())


def _one(connection: psycopg.Connection[Any], query: str) -> tuple[Any, ...]:
    found = connection.execute(query.encode()).fetchone()
    assert found is not None
    return tuple(found)
