"""The rules that `domain` states and the database obeys: tables that every upgrade empties and fills again.

A rule is changed in `domain/`, and holds for both sides from the next `db upgrade` on. The database's functions
read these tables, so that no list stands in SQL a second time.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from wbo_desktop.domain import (
    blank,
    deposit,
    desk_rules,
    finality,
    refund,
    reorg,
    sessions,
    wallet,
)

Row = tuple[Any, ...]


def _moves() -> Iterable[Row]:
    for kind, table in (("deposit", deposit.MOVES), ("refund", refund.MOVES), ("wallet", wallet.MOVES)):
        for before, afters in table.items():
            yield from ((kind, before.value, after.value) for after in afters)


def _undo_moves() -> Iterable[Row]:
    for kind, table in (
        ("deposit", reorg.DEPOSIT_UNDO),
        ("refund", reorg.REFUND_UNDO),
        ("wallet", reorg.WALLET_UNDO),
    ):
        for status, undo in table.items():
            flags = undo.alarm, undo.detached, undo.judged_again
            yield (kind, status.value, undo.to_status, undo.reason, *flags)


def _desk_rules() -> Iterable[Row]:
    for r in desk_rules.RULES:
        initial = None if r.default is None else Jsonb(r.default)
        ranks = list(r.ranks) or None
        yield r.object_type, r.name, r.weaker.value, ranks, r.unlimited, r.lowest, r.highest, initial


def tables() -> dict[str, list[Row]]:
    """The rows of each table of rules in `wbo_data`, in the order of its columns."""
    return {
        "status_move": list(_moves()),
        "undo_move": list(_undo_moves()),
        "status_set": [("refund", name, s.value) for name, of in refund.STATUS_SETS.items() for s in of],
        "deposit_reason": [(r.value, r in deposit.ACCEPTABLE, r in deposit.CURABLE) for r in deposit.Reason],
        "finality_rule": [
            (rule.value, height.counts_confirmations, height.settled_by)
            for rule, height in finality.FINAL_HEIGHTS.items()
        ],
        "receiver_risk": [
            (place, risk.value, by) for place, (risk, by) in enumerate(wallet.RECEIVER_RISKS, 1)
        ],
        "blank_range": list(blank.BLANK_RANGES),
        "desk_rule": list(_desk_rules()),
        "session_limit": [(limit.value, value) for limit, value in sessions.LIMITS.items()],
    }


def install(connection: psycopg.Connection[Any]) -> None:
    """Makes the tables say what `domain` says, in the caller's transaction, as the owner."""
    with connection.cursor() as cursor:
        for name, rows in tables().items():
            table = sql.Identifier("wbo_data", name)
            cursor.execute(sql.SQL("DELETE FROM {}").format(table))
            values = sql.SQL(", ").join([sql.Placeholder()] * len(rows[0]))
            cursor.executemany(sql.SQL("INSERT INTO {} VALUES ({})").format(table, values), rows)
