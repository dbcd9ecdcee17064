"""The audit read back: every entry applied in turn must end at the rows that the tables hold now.

A change without an entry, an entry without a change, one written twice or one of an act that was rolled back: each
leaves a value that does not fit. Nothing here shares code with the trigger that writes the log.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg import sql

_TRIGGERS = """
SELECT c.relname, split_part(encode(t.tgargs, 'escape'), '\\000', 1),
       array_remove(string_to_array(split_part(encode(t.tgargs, 'escape'), '\\000', 3), ','), '')
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE t.tgname = 'y_audit' AND c.relname <> 'checkpoint'
"""
_ENTRIES = """
SELECT seq, object_type, object_id, before, after FROM wbo_data.audit_entry
WHERE object_type = ANY (%s) AND (before IS NOT NULL OR after IS NOT NULL) ORDER BY seq
"""


@dataclass(frozen=True)
class Audited:
    """A table whose rows are audited: as which type of object, and without which columns."""

    table: str
    kind: str
    ignored: tuple[str, ...]


@dataclass
class Replay:
    """What reading the log back found. `faults` is empty when entries and changes are one to one."""

    entries: int = 0
    rows: int = 0
    faults: list[str] = field(default_factory=list)


def audited_tables(connection: psycopg.Connection[Any]) -> list[Audited]:
    """Every table with an audit trigger, but `checkpoint`, of which only the alarm is audited."""
    found = connection.execute(_TRIGGERS.encode()).fetchall()
    return [Audited(table, kind, tuple(ignored)) for table, kind, ignored in found]


def replay(connection: psycopg.Connection[Any]) -> Replay:
    """Apply every entry; compare with the tables. Needs a superuser, and UTC as both had when they were written."""
    tables = audited_tables(connection)
    result = Replay()
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        entries = connection.execute(_ENTRIES.encode(), ([t.kind for t in tables],)).fetchall()
        told = _apply(entries, result)
        for table in tables:
            rows = _rows(connection, table)
            result.rows += sum(rows.values())
            _compare(table.kind, rows, told.get(table.kind, Counter()), result)
    return result


def _apply(entries: list[tuple[Any, ...]], result: Replay) -> dict[str, Counter[str]]:
    """The rows as the log tells them, by type."""
    live: dict[tuple[str, str], dict[str, Any]] = {}
    gone: list[tuple[str, dict[str, Any]]] = []
    for seq, kind, name, before, after in entries:
        if kind == "network" and "alarm" in (after or {}):
            continue  # the checkpoint's
        result.entries += 1
        key = (kind, name)
        if before is None:
            if key in live:
                gone.append((kind, live[key]))  # an address given up and taken again has the same name
            live[key] = after
        elif key not in live or after is None or any(live[key].get(k) != v for k, v in before.items()):
            result.faults.append(f"entry {seq}: {kind} {name} was not as it says: {before}")
        else:
            live[key] = live[key] | after
    told: dict[str, Counter[str]] = {}
    for kind, row in [*gone, *((kind, row) for (kind, _), row in live.items())]:
        told.setdefault(kind, Counter())[_text(row)] += 1
    return told


def _rows(connection: psycopg.Connection[Any], table: Audited) -> Counter[str]:
    query = sql.SQL("SELECT to_jsonb(t) - %s::text[] FROM wbo_data.{} t").format(sql.Identifier(table.table))
    return Counter(_text(row) for (row,) in connection.execute(query, (list(table.ignored),)))


def _compare(kind: str, rows: Counter[str], told: Counter[str], result: Replay) -> None:
    result.faults += [f"{kind}: a row that the log does not tell: {row}" for row in rows - told]
    result.faults += [f"{kind}: told by the log, but no such row: {row}" for row in told - rows]


def _text(row: dict[str, Any]) -> str:
    return json.dumps(row, sort_keys=True)
