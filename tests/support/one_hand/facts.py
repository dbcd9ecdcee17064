"""Everything that can be seen of the desk at one moment, as the person's superuser shadow reads it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import psycopg

from tests.support.one_hand.stage import KNOWN

TABLES = {
    "policies": "policy", "networks": "network", "coins": "cryptocurrency", "accounts": "custodial_account",
    "wallets": "wallet_address", "records": "deposit", "applications": "deposit_application", "refunds": "refund",
    "approvals": "refund_approval", "transfers": "chain_transfer", "operators": "operator", "grants": "permission_grant",
    "requests": "change_request",
}  # fmt: skip


@dataclass
class Facts:
    """Rows by kind; the logins whose password the person knows; what each login may do by membership."""

    rows: dict[str, list[dict[str, Any]]]
    hand: list[str]
    rights: dict[str, frozenset[str]]

    def __getattr__(self, kind: str) -> list[dict[str, Any]]:
        return self.rows[kind]


_ROLES = """
SELECT coalesce(jsonb_agg(jsonb_build_object('login', a.rolname, 'known', a.rolpassword = ANY (%(known)s) AND a.rolcanlogin
           AND coalesce(a.rolvaliduntil > clock_timestamp(), true),
       'rights', (SELECT coalesce(jsonb_agg(g.rolname), '[]') FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
                  WHERE m.member = a.oid))), '[]')
FROM pg_authid a JOIN wbo_data.operator o ON o.login = a.rolname"""


class Looking:
    """Asks for all of it in one query; which tables there are depends on the schema."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection
        there = {
            name
            for (name,) in connection.execute(
                "SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'wbo_data'::regnamespace AND c.relkind = 'r'"
            )
        }
        parts = [
            f"'{kind}', (SELECT coalesce(jsonb_agg(to_jsonb(x)), '[]') FROM wbo_data.{table} x)"
            for kind, table in TABLES.items()
            if table in there
        ]
        self._query = f"SELECT jsonb_build_object({', '.join(parts)}), ({_ROLES})".encode()

    def look(self) -> Facts:
        """What there is now."""
        row = self.connection.execute(self._query, {"known": list(KNOWN)}).fetchone()
        assert row is not None
        rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        rows.update(row[0])
        return Facts(
            rows,
            sorted(r["login"] for r in row[1] if r["known"]),
            {r["login"]: frozenset(r["rights"]) for r in row[1]},
        )
