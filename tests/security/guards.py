"""What must hold for whoever writes: the owner role itself writes straight into the tables, past every function."""

# ruff: noqa: E501 - an attack reads best on one line

from __future__ import annotations

import json
from typing import Any

import psycopg
from psycopg import sql

from tests.security.attackers import Figures
from tests.security.guard_attempts import statements
from tests.security.scene import Scene
from wbo_desktop.domain import deposit, refund, wallet


def attack(scene: Scene) -> Figures:
    """The owner role writes everything that must not be."""
    figures = Figures()
    with scene.world.connect("owner") as connection:
        connection.execute("SET ROLE wbo_owner")
        for expected, statement in list(statements(scene, connection)):
            code = outcome(connection, statement)
            told = f"{expected} expected, {code or 'nothing'} told: {statement[-300:]}"
            figures.count(refused=code == expected, may=False, who="owner", what=told)
    return figures + _moves(scene)


def outcome(connection: psycopg.Connection[Any], statement: str) -> str:
    """The code of what refuses a statement; "" when it goes through. Nothing of it stays."""
    try:
        connection.execute(
            ("BEGIN; " + statement + "; SET CONSTRAINTS ALL IMMEDIATE").encode(), prepare=False
        )
    except psycopg.Error as error:
        return code_of(error)
    finally:
        connection.execute("ROLLBACK")
    return ""


def code_of(error: psycopg.Error) -> str:
    """What tells one refusal from another: the desk's code, of a broken invariant its rule, else the constraint's name."""
    told = error.diag.message_primary or ""
    if (error.sqlstate or "").startswith("WB"):
        return (
            str(json.loads(error.diag.message_detail or "{}")["rule"]) if told == "invariant_broken" else told
        )
    return error.diag.constraint_name or error.sqlstate or "?"


# Every move from every status to every other ----------------------------------------------------------------------------

_FORCED = {
    "deposit": "transfer_id = coalesce(transfer_id, {credited_transfer}), credited_base = 1, credited_at = now(), reason = 'late', status = {status}",
    "refund": "nonce = 7, hot_wallet = {hot_wallet}, txid = '0x' || repeat('ab', 32), block_hash = '0x' || repeat('cd', 32), status = {status}",
    "wallet_address": "method = 'message_signature', evidence = '{{}}', verified_at = now(), status = {status},"
    " deleted_at = CASE WHEN {status} = 'deleted' THEN now() END",
}
_TABLES = (
    ("deposit", "record_no", "live", deposit.MOVES),
    ("refund", "refund_no", "live_refund", refund.MOVES),
    ("wallet_address", "id", "wallet0", wallet.MOVES),
)


def _moves(scene: Scene) -> Figures:
    """A superuser puts the row into a status without any trigger; then the owner tries to move it on."""
    figures = Figures()
    with scene.world.connect("superuser") as connection:
        for table, key, name, moves in _TABLES:
            for before in moves:
                for after in moves:
                    if after != before and after not in moves[before]:
                        refused = _move(connection, scene, table, key, name, before.value, after.value)
                        figures.count(
                            refused=refused, may=False, who="owner", what=f"{table}: {before} → {after}"
                        )
    return figures


def _move(
    connection: psycopg.Connection[Any],
    scene: Scene,
    table: str,
    key: str,
    name: str,
    before: str,
    after: str,
) -> bool:
    row = sql.SQL(" WHERE {} = {}").format(sql.Identifier(key), sql.Literal(scene.names[name]))

    def update(status: str) -> sql.Composed:
        words = {k: sql.Literal(v) for k, v in scene.names.items()} | {"status": sql.Literal(status)}
        return (
            sql.SQL("UPDATE wbo_data.{} SET ").format(sql.Identifier(table))
            + sql.SQL(_FORCED[table]).format(**words)
            + row
        )  # type: ignore[arg-type]

    connection.execute("BEGIN")
    try:
        connection.execute("SET LOCAL session_replication_role = replica")
        connection.execute("DROP INDEX IF EXISTS wbo_data.refund_nonce")
        connection.execute(update(before))
        connection.execute("SET LOCAL session_replication_role = origin")
        connection.execute("SET LOCAL ROLE wbo_owner")
        try:
            connection.execute(update(after))
        except psycopg.Error as error:
            return error.sqlstate == "WB422" and "status_forbids" in str(error)
        return False
    finally:
        connection.execute("ROLLBACK")
