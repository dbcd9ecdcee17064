"""What must hold for whoever writes: the owner role itself writes straight into the tables, past every function."""

# ruff: noqa: E501 - an attack reads best on one line

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import psycopg
from psycopg import sql

from tests.security.attackers import Figures
from tests.security.scene import Scene
from wbo_desktop.domain import deposit, refund, wallet

_REFUND = (
    "INSERT INTO wbo_data.refund (refund_no, record_no, client_no, coin_id, network, wallet_id, address, amount_base, adjust_reason,"
    " remark, intent, intent_hash, approvals_needed, required_confirmations)"
    " SELECT r.*, i.intent, encode(sha256(convert_to(i.intent, 'UTF8')), 'hex'), 1, 3 FROM (VALUES ('RF-x', '{record}', '{client}',"
    " {coin}, 'Ethereum', {wallet}, '{address}', {amount}::numeric, {reason}, {remark})) AS r (a, b, c, d, e, f, g, h, j, k),"
    " LATERAL (SELECT concat_ws(E'\\n', 'wbo-refund-intent-v1', 'refund_no=RF-x', 'record_no={record}', 'chain_id=31337', 'token=' || "
    "(SELECT lower(contract) FROM wbo_data.cryptocurrency WHERE id = {coin}), 'address=' || lower('{address}'), 'amount=' || {amount})) AS i (intent)"
)


def _refund(names: Mapping[str, Any], **changed: Any) -> str:
    usual = {
        "record": names["second"], "client": names["client1"], "coin": names["coin"], "wallet": names["wallet1"],
        "address": names["address1"], "amount": 50 * 10**6, "reason": "NULL", "remark": "'asked'",
    }  # fmt: skip
    return _REFUND.format(**(usual | changed))


BLANKS = (
    " ",
    "\t\n",
    "\u3000",
    "\u00a0",
    "\u200b",
    "\u2003\u2009",
    "\ufeff",
    "\u2800",
    "\u3164",
    "\u00ad",
    "\u180e",
    "\u202f\u205f",
)

KEPT: dict[str, tuple[str, ...]] = {
    "deposit_application": ("external_serial", "client_no", "coin_id", "amount_base", "source_address", "target_address", "requested_at", "received_at"),
    "deposit": ("record_no", "external_serial", "client_no", "coin_id", "network", "claimed_base", "source_address", "target_address", "created_at"),
    "refund": ("refund_no", "record_no", "client_no", "coin_id", "network", "wallet_id", "address", "amount_base", "remark", "intent",
               "intent_hash", "approvals_needed", "requested_by", "requested_at"),
    "refund_approval": ("refund_no", "login", "intent_hash", "at"),
    "refund_attempt": ("refund_no", "attempt", "txid", "nonce", "raw", "max_fee_per_gas", "max_priority_fee_per_gas", "gas_limit", "signed_at"),
    "cryptocurrency": ("code", "network", "decimals"),
    "network": ("name", "chain_id"),
    "wallet_address": ("client_no", "network", "address", "created_at", "created_by"),
    "chain_transfer": ("network", "block_number", "block_hash", "txid", "log_index", "coin_id", "sender", "recipient", "amount_base", "custodial_id"),
    "permission_grant": ("login", "permission_code", "requested_by", "requested_at"),
}  # fmt: skip
"""What was said stays said."""

OTHER_VALUE = {
    "text": "'0x' || repeat('12', 32)", "integer": "{c} + 1", "bigint": "{c} + 1", "numeric": "{c} + 1", "bytea": "'\\x00'::bytea",
    "timestamp with time zone": "{c} + interval '1 second'",
}  # fmt: skip


def statements(scene: Scene, connection: psycopg.Connection[Any]) -> Iterator[str]:
    """Everything that must be refused."""
    yield from _removals(connection)
    yield from _rewrites(connection)
    yield from _credits(scene.names)
    yield from _refunds(scene.names)
    yield from _wallets(scene.names)


def _removals(connection: psycopg.Connection[Any]) -> Iterator[str]:
    queues = ("deposit_check", "status_move", "desk_rule", "worker_lease", "log_file", "login_failure")
    found = connection.execute(
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = 'wbo_data' AND c.relkind = 'r' ORDER BY 1"
    ).fetchall()
    for (table,) in found:
        if table not in queues:
            yield f"TRUNCATE wbo_data.{table} CASCADE"
            if connection.execute(f"SELECT FROM wbo_data.{table} LIMIT 1".encode()).fetchone() is not None:
                yield f"DELETE FROM wbo_data.{table}"
    yield "UPDATE wbo_data.audit_entry SET action = 'other' WHERE seq = 1"
    yield "UPDATE wbo_data.audit_seal SET hash = sha256(hash) WHERE position = 1"


def _rewrites(connection: psycopg.Connection[Any]) -> Iterator[str]:
    for table, columns in KEPT.items():
        kinds = dict(
            connection.execute(
                "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'wbo_data' AND table_name = %s",
                (table,),
            ).fetchall()
        )
        for column in columns:
            other = OTHER_VALUE[kinds[column]].format(c=column)
            yield f"UPDATE wbo_data.{table} SET {column} = {other}"


def _credits(n: Mapping[str, Any]) -> Iterator[str]:
    yield (
        'INSERT INTO wbo_data.deposit SELECT (jsonb_populate_record(d, \'{"record_no": "DP-x", "external_serial": "S-waiting"}\')).*'
        f" FROM wbo_data.deposit d WHERE record_no = '{n['credited']}'"
    )
    for record, transfer in (
        (n["waiting"], n["credited_transfer"]),  # another client's money, and another record's
        (n["unproven"], n["unproven_transfer"]),  # a sender that nobody proved
        (n["waiting"], "NULL"),
    ):
        yield f"UPDATE wbo_data.deposit SET status = 'processing', reason = NULL, transfer_id = {transfer}, confirm_height = 1 WHERE record_no = '{record}'"
    early = n["confirming"]
    yield (  # not enough confirmations
        "UPDATE wbo_data.deposit SET confirm_height = 10000 WHERE record_no = '" + early + "';"
        "UPDATE wbo_data.deposit SET status = 'success', credited_base = 20000000, credited_at = now() WHERE record_no = '"
        + early
        + "'"
    )
    yield f"UPDATE wbo_data.deposit SET status = 'success', credited_base = 21000000, credited_at = now() WHERE record_no = '{early}'"
    yield f"UPDATE wbo_data.deposit SET confirm_height = 1, status = 'success', credited_base = 20000000, credited_at = now() WHERE record_no = '{early}'"
    yield f"UPDATE wbo_data.deposit SET credited_base = credited_base + 1 WHERE record_no = '{n['credited']}'"
    yield f"UPDATE wbo_data.deposit SET transfer_id = {n['unproven_transfer']} WHERE record_no = '{n['credited']}'"
    yield f"UPDATE wbo_data.deposit SET status = 'processing', transfer_id = (SELECT id FROM wbo_data.chain_transfer WHERE amount_base = 3000000), confirm_height = 1 WHERE record_no = '{n['abnormal']}'"
    yield f"UPDATE wbo_data.deposit SET status = 'abnormal', reason = NULL WHERE record_no = '{n['waiting']}'"
    yield (  # a transfer on a block that never was
        f"UPDATE wbo_data.chain_transfer SET canonical = false WHERE id = (SELECT transfer_id FROM wbo_data.deposit WHERE record_no = '{early}'); UPDATE wbo_data.deposit SET status = 'success',"
        f" credited_base = 20000000, credited_at = now() WHERE record_no = '{early}'"
    )


def _refunds(n: Mapping[str, Any]) -> Iterator[str]:
    yield _refund(n, amount=50 * 10**6 + 1)
    yield _refund(n, amount=0)
    yield _refund(n, amount=-1)
    yield _refund(n, amount=49 * 10**6)
    for blank in BLANKS:
        yield _refund(n, amount=49 * 10**6, reason=f"'{blank}'")
        yield _refund(n, remark=f"'{blank}'")
    yield _refund(n, record=n["waiting"], client=n["client0"], wallet=n["wallet0"], address=n["address0"])
    yield _refund(
        n,
        record=n["live"],
        client=n["client0"],
        wallet=n["wallet0"],
        address=n["address0"],
        amount=80 * 10**6,
    )
    yield _refund(
        n,
        record=n["refunded"],
        client=n["client0"],
        wallet=n["wallet0"],
        address=n["address0"],
        amount=70 * 10**6,
    )
    yield _refund(n, wallet=n["wallet0"], address=n["address0"])
    yield _refund(n, wallet=n["wallet3"], address=n["address3"])
    yield _refund(n, address=n["address0"])
    yield _refund(n, client=n["client0"], wallet=n["wallet0"], address=n["address0"])
    yield _refund(n).replace("amount=' || 50000000", "amount=' || 50000001")
    # the record says credited again, but its refund is still live
    yield f"UPDATE wbo_data.deposit SET status = 'success' WHERE record_no = '{n['live']}'; " + _refund(
        n,
        record=n["live"],
        client=n["client0"],
        wallet=n["wallet0"],
        address=n["address0"],
        amount=80 * 10**6,
    )
    live = n["live_refund"]
    yield f"UPDATE wbo_data.refund SET status = 'approved' WHERE refund_no = '{live}'"
    yield f"INSERT INTO wbo_data.refund_approval (refund_no, login, intent_hash) SELECT refund_no, requested_by, intent_hash FROM wbo_data.refund WHERE refund_no = '{live}'"
    yield f"INSERT INTO wbo_data.refund_approval (refund_no, login, intent_hash) VALUES ('{live}', 'checker', repeat('0', 64))"
    approved = (
        f"INSERT INTO wbo_data.refund_approval (refund_no, login, intent_hash) SELECT refund_no, 'checker', intent_hash FROM wbo_data.refund"
        f" WHERE refund_no = '{live}'; UPDATE wbo_data.refund SET status = 'approved' WHERE refund_no = '{live}'; "
    )
    executing = approved + f"UPDATE wbo_data.refund SET status = 'executing' WHERE refund_no = '{live}'; "
    yield (
        approved
        + f"UPDATE wbo_data.refund SET status = 'signed', hot_wallet = '{n['hot_wallet']}', nonce = 99 WHERE refund_no = '{live}'"
    )
    yield (
        executing
        + f"UPDATE wbo_data.refund SET status = 'signed', hot_wallet = '{n['hot_wallet']}', nonce = 99 WHERE refund_no = '{live}'"
    )
    yield executing + f"UPDATE wbo_data.refund SET status = 'signed' WHERE refund_no = '{live}'"
    attempt = (
        f"INSERT INTO wbo_data.refund_attempt VALUES ('{live}', 1, '0x' || repeat('ab', 32), {{nonce}}, '\\x00', 2, 1, 21000); "
        f"UPDATE wbo_data.refund SET status = 'signed', hot_wallet = '{n['hot_wallet']}', nonce = {{nonce}}, txid = '0x' || repeat('ab', 32)"
        f" WHERE refund_no = '{live}'; "
    )
    yield executing + attempt.format(nonce=0)  # the other refund's nonce
    yield (
        executing
        + attempt.format(nonce=99)
        + f"UPDATE wbo_data.refund SET status = 'confirming' WHERE refund_no = '{live}';"
        f" UPDATE wbo_data.refund SET status = 'confirmed', block_hash = '0x' || repeat('cd', 32) WHERE refund_no = '{live}'"
    )
    yield f"UPDATE wbo_data.deposit SET alarm = true WHERE record_no = '{n['live']}'; {approved}"
    yield f"UPDATE wbo_data.wallet_address SET status = 'deleted', deleted_at = now() WHERE id = {n['wallet0']}; {approved}"


def _wallets(n: Mapping[str, Any]) -> Iterator[str]:
    proof = "verified_at = now(), evidence = '{}'"
    unproven = f"WHERE id = {n['wallet3']}"
    begin = f"UPDATE wbo_data.wallet_address SET status = 'verifying', method = '{{}}', challenge = 'x', micro_coin_id = {n['coin']}, micro_amount_base = 1 {unproven}; "
    yield f"UPDATE wbo_data.wallet_address SET status = 'verified', method = 'message_signature', {proof} {unproven}"
    yield (
        begin.format("message_signature")
        + f"UPDATE wbo_data.wallet_address SET status = 'verified', {proof} {unproven}"
    )
    yield (
        begin.format("micro_payment")
        + f"UPDATE wbo_data.wallet_address SET status = 'verified', {proof} {unproven}"
    )
    yield (
        begin.format("micro_payment")
        + f"UPDATE wbo_data.wallet_address SET status = 'verified', transfer_id = {n['unproven_transfer']}, {proof} {unproven}"
    )
    yield (
        begin.format("message_signature")
        + f"UPDATE wbo_data.wallet_address SET status = 'verified', signature = '0x00' {unproven}"
    )
    yield (
        f"INSERT INTO wbo_data.wallet_address (client_no, network, address) VALUES ('{n['client3']}', 'Ethereum', '{n['address0']}');"
        " UPDATE wbo_data.wallet_address SET status = 'verifying', method = 'message_signature', challenge = 'x', signature = '0x00'"
        f" WHERE client_no = '{n['client3']}' AND address = '{n['address0']}'; UPDATE wbo_data.wallet_address SET status = 'verified', {proof}"
        f" WHERE client_no = '{n['client3']}' AND address = '{n['address0']}'"
    )
    yield f"INSERT INTO wbo_data.wallet_address (client_no, network, address) VALUES ('{n['client0']}', 'Ethereum', '{n['address0']}')"


def attack(scene: Scene) -> Figures:
    """The owner role writes everything that must not be."""
    figures = Figures()
    with scene.world.connect("owner") as connection:
        connection.execute("SET ROLE wbo_owner")
        for statement in list(statements(scene, connection)):
            figures.count(
                refused=_refused(connection, statement), may=False, who="owner", what=statement[-300:]
            )
    return figures + _moves(scene)


def _refused(connection: psycopg.Connection[Any], statement: str) -> bool:
    try:
        connection.execute(("BEGIN; " + statement).encode(), prepare=False)
    except psycopg.Error:
        return True
    finally:
        connection.execute("ROLLBACK")
    return False


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
