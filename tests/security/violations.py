"""For each constraint that `catalogue.txt` declares, a row that breaks it and nothing before it; found once, on a database
that is whole, and refused by that constraint ever after.
"""

# ruff: noqa: E501 - an attack reads best on one line

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from tests.security.inventory import kept

PLACES = 12
_LINE = re.compile(r"^constraint: wbo_data\.(\w+) (CHECK|FOREIGN KEY|PRIMARY KEY|UNIQUE) (.*)$")
_INDEX = re.compile(r"^unique: (\w+) ON wbo_data\.(\w+) USING btree \(([^)]*)\)(.*)$")
_TRIED: dict[str, list[Any]] = {
    "text": [
        "nonsense",
        "",
        "x" * 1000,
        None,
        "verified",
        "deleted",
        "success",
        "abnormal",
        "0x" + "1" * 40,
        "signed",
    ],
    "number": [-1, 0, 10**7, None, 1, 5],
    "boolean": [True, False, None],
    "timestamp": ["infinity", None, "2026-01-01T00:00:00Z"],
    "jsonb": [None, {}, []],
    "bytea": ["\\x00", None],
    "ARRAY": [["x"], [], None],
}


FILL = (
    "INSERT INTO wbo_data.account_balance (custodial_id, network, at_number, balance) SELECT min(id), 'Ethereum', 1, 1 FROM wbo_data.custodial_account",
    "INSERT INTO wbo_data.account_spending (network, block_number, block_hash, txid, custodial_id, amount_base)"
    " SELECT network, number, hash, hash, 1, 1 FROM wbo_data.block LIMIT 1",
    "INSERT INTO wbo_data.balance_difference (network, custodial_id, from_number, to_number, amount_base) VALUES ('Ethereum', 1, 1, 2, 1)",
    "INSERT INTO wbo_data.change_request (kind, object_id, requested_by, requested_hand) VALUES ('save_policy', 'filled', 'x', '{x}')",
    "INSERT INTO wbo_data.change_request (kind, object_id, requested_by, requested_hand, state, decided_by, decided_hand)"
    " VALUES ('save_policy', 'filled', 'x', '{x}', 'granted', 'y', '{y}')",
    "INSERT INTO wbo_data.closed_login (login) VALUES ('x')",
    "INSERT INTO wbo_data.custodial_import (imported_hand) VALUES ('{x}')",
    "INSERT INTO wbo_data.custodial_import (state, imported_hand, decided_by, decided_hand) VALUES ('confirmed', '{x}', 'y', '{y}')",
    "INSERT INTO wbo_data.deposit_check (record_no, network) SELECT min(record_no), 'Ethereum' FROM wbo_data.deposit ON CONFLICT DO NOTHING",
    "INSERT INTO wbo_data.hot_wallet (network, address, next_nonce) VALUES ('Nowhere', '0x' || repeat('4', 40), 0)",
    "INSERT INTO wbo_data.known_address (network, address, label) VALUES ('Ethereum', '0x' || repeat('8', 40), 'x')",
    "INSERT INTO wbo_data.log_file (name, head, read_to) VALUES ('x', 'x', 1) ON CONFLICT DO NOTHING",
    "INSERT INTO wbo_data.login_failure (login, address) VALUES ('x', 'x')",
    "INSERT INTO wbo_data.login_place (login, address, entered_at) SELECT min(login), 'x', now() FROM wbo_data.operator ON CONFLICT DO NOTHING",
    "INSERT INTO wbo_data.transfer_report (network, block_hash, txid, log_index, login, coin_id, sender, recipient, amount_base)"
    " SELECT network, block_hash, txid, log_index, 'x', coin_id, sender, recipient, amount_base FROM wbo_data.chain_transfer LIMIT 1",
    "INSERT INTO wbo_data.wallet_address (client_no, network, address, status, method, micro_coin_id, micro_amount_base, micro_target, expires_at,"
    " shared_asked_at, shared_asked_hand, shared_asked_with)"
    " SELECT min(client_no), 'Ethereum', '0x' || repeat('6', 40), 'verifying', 'micro_payment', 1, 1, '0x' || repeat('5', 40), now(),"
    " now(), '{x}', max(client_no) FROM wbo_data.client",
    "INSERT INTO wbo_data.transfer_holder (network, txid, coin_id, custodial_id, position, wallet_id)"
    " SELECT 'Ethereum', '0x' || repeat('6', 64), 1, (SELECT min(id) FROM wbo_data.custodial_account), 1, max(id) FROM wbo_data.wallet_address",
)
"""Rows for tables in which an ordinary day leaves none; written without triggers."""


def fill(connection: psycopg.Connection[Any]) -> None:
    """Put those rows in."""
    connection.execute("SET session_replication_role = replica")
    for statement in FILL:
        connection.execute(statement.encode())
    connection.execute("RESET session_replication_role")


@dataclass(frozen=True)
class Violation:
    """A row (the one after `place` others) copied, or changed, with other values in it; and the constraint that refuses that."""

    table: str
    constraint: str
    values: dict[str, Any]
    copied: bool
    place: int
    line: str


def find(connection: psycopg.Connection[Any], table: str) -> tuple[list[Violation], list[str]]:
    """What breaks each constraint of a table, and the lines for which nothing was found. Within a transaction, as a superuser."""
    found, missing = [], []
    about = re.compile(rf"^(constraint: wbo_data\.{table} |unique: \w+ ON wbo_data\.{table} )")
    connection.execute("SAVEPOINT finding")
    stand_aside(connection, table)
    for line in kept():
        if about.match(line):
            one = _find(connection, line)
            if one is None:
                missing.append(line)
            else:
                found.append(one)
    connection.execute("ROLLBACK TO finding; RELEASE finding")
    return found, missing


def stand_aside(connection: psycopg.Connection[Any], table: str) -> None:
    """The table's triggers do, so that only its constraints are left to refuse."""
    connection.execute(f"ALTER TABLE wbo_data.{table} DISABLE TRIGGER USER".encode())


def told(connection: psycopg.Connection[Any], one: Violation) -> tuple[str, str]:
    """The constraint that refuses such a row, and what it says; ("", "") when it is taken in. `stand_aside` came first."""
    table, columns = f"wbo_data.{one.table}", ", ".join(f'"{c}"' for c in one.values)
    row = f"(SELECT ctid FROM {table} ORDER BY ctid OFFSET {one.place} LIMIT 1)"
    if one.copied:
        statement = f"INSERT INTO {table} OVERRIDING SYSTEM VALUE SELECT (jsonb_populate_record(x, %s)).* FROM {table} AS x WHERE ctid = {row}"
    else:
        statement = f"UPDATE {table} AS x SET ({columns}) = (SELECT {columns} FROM jsonb_populate_record(x, %s) AS y) WHERE ctid = {row}"
    connection.execute("SAVEPOINT violation")
    try:
        connection.execute(statement.encode(), (Jsonb(one.values),))
        connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except psycopg.Error as error:
        return error.diag.constraint_name or error.sqlstate or "?", error.diag.message_detail or ""
    finally:
        connection.execute("ROLLBACK TO violation; RELEASE violation")
    return "", ""


def _columns(connection: psycopg.Connection[Any], table: str) -> dict[str, str]:
    rows = connection.execute(
        "SELECT column_name, CASE WHEN data_type IN ('integer', 'bigint', 'numeric', 'double precision') THEN 'number'"
        " WHEN data_type LIKE 'timestamp%%' THEN 'timestamp' ELSE data_type END"
        " FROM information_schema.columns WHERE table_schema = 'wbo_data' AND table_name = %s",
        (table,),
    )
    return {name: kind if kind in _TRIED else "text" for name, kind in rows}


def _keys(connection: psycopg.Connection[Any], table: str) -> list[list[str]]:
    rows = connection.execute(
        "SELECT ARRAY(SELECT a.attname::text FROM unnest(i.indkey) AS k JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k)"
        " FROM pg_index i WHERE i.indrelid = ('wbo_data.' || %s)::regclass AND i.indisunique",
        (table,),
    )
    return [row[0] for row in rows]


def _fresh(
    connection: psycopg.Connection[Any], table: str, kinds: dict[str, str], keep: set[str]
) -> dict[str, Any]:
    """Other values for what must be unique, but for the columns that are to clash."""
    new: dict[str, Any] = {}
    for key in _keys(connection, table):
        if set(key) <= keep or set(key) & set(new):
            continue
        column = next(c for c in key if c not in keep)
        new[column] = _OTHER.get(column, 987_654 if kinds[column] == "number" else "0x" + "7" * 64)
    return new


_OTHER = {"address": "0x" + "7" * 40, "recipient": "0x" + "7" * 40, "code": "OTHER", "login": "other", "external_serial": "S-other",
          "name": "Other", "contract": "0x" + "7" * 40, "client_no": "C-other", "hash": "0x" + "7" * 64}  # fmt: skip


def _find(connection: psycopg.Connection[Any], line: str) -> Violation | None:
    if index := _INDEX.match(line):
        name, table, columns, where = index.groups()
        absent = re.findall(r"\((\w+) IS NULL\)", where)
        return _clash(connection, line, table, {c.strip() for c in columns.split(",")}, name, absent)
    match = _LINE.match(line)
    if match is None:
        return None
    table, kind, rest = match.groups()
    if kind in ("PRIMARY KEY", "UNIQUE"):
        return _clash(
            connection, line, table, {c.strip(' "') for c in rest[1 : rest.index(")")].split(",")}, ""
        )
    tries = _orphans(rest) if kind == "FOREIGN KEY" else _breaks(connection, table, rest)
    return _first(connection, line, table, kind, rest, tries)


def _clash(
    connection: psycopg.Connection[Any],
    line: str,
    table: str,
    columns: set[str],
    name: str,
    absent: Iterable[str] = (),
) -> Violation | None:
    values = _fresh(connection, table, _columns(connection, table), columns) | dict.fromkeys(absent)
    for place in range(PLACES):
        one = Violation(table, "", values, True, place, line)
        constraint, detail = told(connection, one)
        listed = set(re.findall(r"\w+", detail[detail.find("(") : detail.find(")")]))
        if constraint and (constraint == name or (not name and columns == listed)):
            return replace(one, constraint=constraint)
    return None


def _orphans(rest: str) -> Iterator[dict[str, Any]]:
    columns = [c.strip() for c in rest[1 : rest.index(")")].split(",")]
    for value in (987_654_321, "nobody", "0x" + "5" * 64, "0x" + "5" * 40):
        yield {columns[-1]: value}
        yield {columns[0]: value}
    yield dict.fromkeys(columns, "nobody")


def _breaks(connection: psycopg.Connection[Any], table: str, rest: str) -> Iterator[dict[str, Any]]:
    kinds = {c: k for c, k in _columns(connection, table).items() if re.search(rf"\b{c}\b", rest)}
    for one, kind in kinds.items():
        yield from ({one: value} for value in _TRIED[kind])
    for two in itertools.combinations(kinds, 2):
        for values in itertools.product(*(_TRIED[kinds[c]] for c in two)):
            yield dict(zip(two, values, strict=True))


def _first(
    connection: psycopg.Connection[Any],
    line: str,
    table: str,
    kind: str,
    rest: str,
    tries: Iterator[dict[str, Any]],
) -> Violation | None:
    """The first that this constraint refuses, by its name in this database."""
    row = connection.execute(
        "SELECT c.conname FROM pg_constraint c WHERE c.conrelid = ('wbo_data.' || %s)::regclass"
        " AND regexp_replace(pg_get_constraintdef(c.oid), '\\s+', ' ', 'g') LIKE %s",
        (
            table,
            f"{kind} {rest}".replace(" NOT VALID", "")
            .replace("\\", "\\\\")
            .replace("%", "\\%")
            .replace("_", "\\_"),
        ),
    ).fetchone()
    if row is None:
        return None
    for values in itertools.islice(tries, 400):
        for place in range(PLACES if len(values) == 1 else 2):
            one = Violation(table, row[0], values, False, place, line)
            if told(connection, one)[0] == row[0]:
                return one
    return None
