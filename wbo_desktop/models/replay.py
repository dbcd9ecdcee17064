"""The replay of the log: every audited row, rebuilt from its entries and compared with the table.

Seals show that entries stayed as they were written; this shows that the tables are what the entries say. A
change with the triggers switched off, by the database's owner, has no entry and is found here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

MOST_FAULTS = 20
"""The most faults that are named of each table."""

ROW_UNEXPLAINED, ROW_MISSING, ROW_DIFFERS = "row_unexplained", "row_missing", "row_differs"


@dataclass(frozen=True, slots=True)
class ReplayFault:
    """A row of which log and table disagree.

    Attributes:
        code: `row_unexplained` (a row without entries), `row_missing` (entries without their row),
            `row_differs`.
        columns: those that differ, as (name, value in the log, value in the table).
    """

    code: str
    table: str
    object_id: str
    columns: tuple[tuple[str, Any, Any], ...] = ()

    def __str__(self) -> str:
        differing = ", ".join(
            f"{name}: {told!r} in the log, {there!r} in the table" for name, told, there in self.columns
        )
        return f"{self.table} {self.object_id}: {self.code}" + (f" ({differing})" if differing else "")


@dataclass(frozen=True, slots=True)
class Replayed:
    """The result of a replay: the number of rows compared, and the faults."""

    rows: int
    faults: tuple[ReplayFault, ...]


@dataclass(frozen=True, slots=True)
class _Audited:
    """An audited table with the name of its kind in the log and its key; `only`: the columns that are logged,
    where not all are."""

    table: str
    kind: str
    key: tuple[str, ...]
    only: tuple[str, ...] = ()


_PARTLY = {
    "checkpoint": ("alarm",),
    "hot_wallet_transaction": ("explanation", "explained_by", "explained_at"),
}
"""Tables of which the log keeps only these columns, and no entry when a row is made."""

_TABLES = """
SELECT c.relname, split_part(encode(t.tgargs, 'escape'), '\\000', 1),
       (SELECT array_agg(a.attname::text ORDER BY k.place)
        FROM pg_index i, unnest(i.indkey) WITH ORDINALITY AS k (number, place), pg_attribute a
        WHERE i.indrelid = c.oid AND i.indisprimary AND a.attrelid = c.oid AND a.attnum = k.number)
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE t.tgname = 'y_audit' AND c.relnamespace = 'wbo_data'::regnamespace ORDER BY c.relname
"""

# An object that was given up and made again under its name begins anew with each entry that has no "before".
_WHOLE = """
WITH told AS MATERIALIZED (
    SELECT e.object_id, wbo_rule.merged(e.after ORDER BY e.seq) AS said FROM (
        SELECT x.object_id, x.seq, x.after,
               count(*) FILTER (WHERE x.before IS NULL) OVER (PARTITION BY x.object_id ORDER BY x.seq) AS life
        FROM wbo_data.audit_entry x
        WHERE x.object_type = {kind} AND x.after IS NOT NULL AND NOT x.after ?| {foreign}) AS e
    GROUP BY e.object_id, e.life)
SELECT coalesce(told.object_id, {name}), to_jsonb(t), told.said,
       CASE WHEN told.said IS NOT NULL AND {there} IS NOT NULL THEN to_jsonb(jsonb_populate_record(t, told.said)) END
FROM told FULL JOIN wbo_data.{table} t ON {same}
WHERE told.said IS NULL OR {there} IS NULL OR jsonb_populate_record(t, told.said) IS DISTINCT FROM t
LIMIT {most}
"""
_PARTS = """
WITH told AS MATERIALIZED (
    SELECT e.object_id, wbo_rule.merged(e.after ORDER BY e.seq) AS said
    FROM wbo_data.audit_entry e WHERE e.object_type = {kind} AND e.after ?| {only} GROUP BY e.object_id)
SELECT {name}, to_jsonb(t), coalesce(told.said, '{{}}'),
       to_jsonb(jsonb_populate_record(t, {nothing} || coalesce(told.said, '{{}}')))
FROM wbo_data.{table} t LEFT JOIN told ON told.object_id = {name}
WHERE jsonb_populate_record(t, {nothing} || coalesce(told.said, '{{}}')) IS DISTINCT FROM t
LIMIT {most}
"""


def replay(connection: psycopg.Connection[Any]) -> Replayed:
    """Rebuilds and compares every audited row, in one snapshot. Needs a member of the owner role.

    A column that came with an upgrade is not in the entries of older rows, and not compared until an entry
    names it.
    """
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        connection.execute("SET LOCAL work_mem = '256MB'")
        faults, rows = [], 0
        for audited in _audited(connection):
            found = connection.execute(
                sql.SQL("SELECT count(*) FROM wbo_data.{}").format(sql.Identifier(audited.table))
            ).fetchone()
            rows += found[0] if found else 0
            faults += [_fault(audited, *line) for line in connection.execute(_statement(audited)).fetchall()]
    return Replayed(rows, tuple(faults))


def _audited(connection: psycopg.Connection[Any]) -> Iterator[_Audited]:
    for table, kind, key in connection.execute(_TABLES.encode()).fetchall():
        yield _Audited(table, kind, tuple(key), _PARTLY.get(table, ()))


def _statement(audited: _Audited) -> sql.Composed:
    key = [sql.SQL("t.{}").format(sql.Identifier(name)) for name in audited.key]
    same = sql.SQL(" AND ").join(
        sql.SQL("(told.said ->> {}) = t.{}::text").format(sql.Literal(name), sql.Identifier(name))
        for name in audited.key
    )
    parts = {
        "kind": sql.Literal(audited.kind),
        "table": sql.Identifier(audited.table),
        "name": sql.SQL("concat_ws(' ', {})").format(sql.SQL(", ").join(key)),
        "there": key[0],
        "same": same,
        "most": sql.Literal(MOST_FAULTS),
        "only": sql.Literal(list(audited.only)),
        "foreign": sql.Literal([] if audited.only else list(_of_others(audited.kind))),
        "nothing": sql.Literal("{" + ", ".join(f'"{name}": null' for name in audited.only) + "}"),
    }
    return sql.SQL(_PARTS if audited.only else _WHOLE).format(**parts)


def _of_others(kind: str) -> tuple[str, ...]:
    """The columns in entries about `kind` that belong to another table: a network's alarm is in its
    checkpoint."""
    return _PARTLY["checkpoint"] if kind == "network" else ()


def _fault(audited: _Audited, object_id: str, row: Any, said: Any, told: Any) -> ReplayFault:
    if said is None:
        return ReplayFault(ROW_UNEXPLAINED, audited.table, object_id)
    if told is None:
        return ReplayFault(ROW_MISSING, audited.table, object_id)
    differing = tuple((name, told[name], row[name]) for name in row if told[name] != row[name])
    return ReplayFault(ROW_DIFFERS, audited.table, object_id, differing)
