"""What must be refused to whoever writes, and as what: straight into the tables, past every function."""

# ruff: noqa: E501 - an attack reads best on one line

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import psycopg

from tests.security.scene import Scene

_REFUND = (
    "INSERT INTO wbo_data.refund (refund_no, record_no, client_no, coin_id, network, wallet_id, address, amount_base, adjust_reason,"
    " remark, intent, intent_hash, approvals_needed, required_confirmations)"
    " SELECT r.*, i.intent, encode(sha256(convert_to(i.intent, 'UTF8')), 'hex'), 1, 3 FROM (VALUES ('RF-x', '{record}', '{client}',"
    " {coin}, 'Ethereum', {wallet}, '{address}', {amount}::numeric, {reason}, {remark})) AS r (a, b, c, d, e, f, g, h, j, k),"
    " LATERAL (SELECT concat_ws(E'\\n', 'wbo-refund-intent-v1', 'refund_no=RF-x', 'record_no={record}', 'chain_id=31337', 'token=' || "
    "(SELECT lower(contract) FROM wbo_data.cryptocurrency WHERE id = {coin}), 'address=' || lower('{address}'), 'amount=' || {amount})) AS i (intent)"
)


def refund(names: Mapping[str, Any], **changed: Any) -> str:
    """A refund of the second record, all of it, unless changed."""
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
    "deposit_application": ("external_serial", "client_no", "coin_id", "amount_base", "source_address", "target_address", "txid", "requested_at", "received_at"),
    "deposit": ("record_no", "external_serial", "client_no", "coin_id", "network", "claimed_base", "source_address", "target_address", "txid",
                "created_at", "first_seen_at"),
    "refund": ("refund_no", "record_no", "client_no", "coin_id", "network", "wallet_id", "address", "amount_base", "adjust_reason", "remark", "intent",
               "intent_hash", "approvals_needed", "requested_by", "requested_hand", "requested_at", "approved_by", "approved_at", "executed_by",
               "executed_at", "hot_wallet", "nonce"),
    "refund_approval": ("refund_no", "login", "hand", "intent_hash", "at"),
    "refund_attempt": ("refund_no", "attempt", "txid", "nonce", "raw", "max_fee_per_gas", "max_priority_fee_per_gas", "gas_limit", "signed_at"),
    "cryptocurrency": ("code", "network", "contract", "decimals"),
    "network": ("name", "chain_id"),
    "wallet_address": ("client_no", "network", "address", "created_at", "created_by"),
    "custodial_account": ("channel", "network", "address", "client_no", "assigned_at", "created_at"),
    "chain_transfer": ("network", "block_number", "block_hash", "txid", "log_index", "coin_id", "sender", "recipient", "amount_base", "custodial_id"),
    "operator": ("login", "created_at", "created_by"),
    "permission_grant": ("login", "permission_code", "requested_by", "requested_at"),
}  # fmt: skip
"""What was said stays said."""

OTHER_VALUE = {
    "text": "'0x' || repeat('12', 32)", "address": "'0x' || repeat('1', 40)", "integer": "{c} + 1", "bigint": "{c} + 1", "numeric": "{c} + 1",
    "bytea": "'\\x00'::bytea", "timestamp with time zone": "{c} + interval '1 second'", "ARRAY": "{c} || '{{x}}'::text[]",
}  # fmt: skip

_FIRST = {
    ("deposit_application", "txid"): "UPDATE wbo_data.deposit_application SET txid = '0x' || repeat('ab', 32) WHERE txid IS NULL; ",
    ("deposit", "txid"): "UPDATE wbo_data.deposit SET txid = '0x' || repeat('ab', 32) WHERE txid IS NULL; ",
    ("refund", "adjust_reason"): "UPDATE wbo_data.refund SET adjust_reason = 'a part' WHERE adjust_reason IS NULL; ",
}  # fmt: skip
"""What gives a column a value that nothing has yet."""

Attempt = tuple[str, str]
"""The code of the refusal that is expected, and what is tried. A refusal of another kind is none: the guard may be gone."""


def statements(scene: Scene, connection: psycopg.Connection[Any]) -> Iterator[Attempt]:
    """Everything that must be refused, and as what."""
    yield from _removals(connection)
    yield from _rewrites(connection)
    yield from _credits(scene.names)
    yield from _refunds(scene.names)
    yield from _wallets(scene.names)


def _removals(connection: psycopg.Connection[Any]) -> Iterator[Attempt]:
    queues = (
        "deposit_check",
        "status_move",
        "desk_rule",
        "worker_lease",
        "log_file",
        "login_failure",
        "unmatched",
    )
    found = connection.execute(
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = 'wbo_data' AND c.relkind = 'r' ORDER BY 1"
    ).fetchall()
    for (table,) in found:
        if table not in queues:
            yield f"{table}:truncate", f"TRUNCATE wbo_data.{table} CASCADE"
            if connection.execute(f"SELECT FROM wbo_data.{table} LIMIT 1".encode()).fetchone() is not None:
                # who holds a transfer is kept by a rule of its own, which comes first
                kept = "transfer:kept" if table == "transfer_holder" else f"{table}:delete"
                yield kept, f"DELETE FROM wbo_data.{table}"
    yield "audit_entry:update", "UPDATE wbo_data.audit_entry SET action = 'other' WHERE seq = 1"
    yield "audit_seal:update", "UPDATE wbo_data.audit_seal SET hash = sha256(hash) WHERE position = 1"


def _rewrites(connection: psycopg.Connection[Any]) -> Iterator[Attempt]:
    for table, columns in KEPT.items():
        kinds = dict(
            connection.execute(
                "SELECT column_name, CASE domain_name WHEN 'address' THEN domain_name ELSE data_type END"
                " FROM information_schema.columns WHERE table_schema = 'wbo_data' AND table_name = %s",
                (table,),
            ).fetchall()
        )
        for column in columns:
            other = OTHER_VALUE[kinds[column]].format(c=column)
            yield (
                f"{table}.{column}",
                _FIRST.get((table, column), "")
                + f"UPDATE wbo_data.{table} SET {column} = {other} WHERE {column} IS NOT NULL",
            )


_TRANSFER = (
    "INSERT INTO wbo_data.chain_transfer (network, block_number, block_hash, txid, log_index, coin_id, sender, recipient, amount_base,"
    " custodial_id, purpose) SELECT b.network, b.number, b.hash, '0x' || repeat('e', 64), 0, {coin}, '{sender}', a.address, {amount}, a.id,"
    " '{purpose}' FROM wbo_data.block b, wbo_data.custodial_account a WHERE b.network = a.network AND b.network = '{network}' AND b.canonical"
    " AND a.client_no = '{client}' ORDER BY b.number LIMIT 1; "
    "UPDATE wbo_data.deposit SET status = 'processing', reason = NULL, confirm_height = 1, transfer_id ="
    " (SELECT id FROM wbo_data.chain_transfer WHERE txid = '0x' || repeat('e', 64)) WHERE record_no = '{record}'"
)
_ELSEWHERE = (
    "INSERT INTO wbo_data.network (name, chain_id) VALUES ('Elsewhere', 4242);"
    " INSERT INTO wbo_data.custodial_account (channel, network, address, client_no, assigned_at)"
    " VALUES ('OSL', 'Elsewhere', '0x' || repeat('1', 40), '{client0}', now());"
    " INSERT INTO wbo_data.block (network, number, hash, parent_hash, mined_at)"
    " VALUES ('Elsewhere', 1, '0x' || repeat('1', 64), '0x' || repeat('0', 64), now()); "
)


def matching(n: Mapping[str, Any], **changed: Any) -> str:
    """A transfer of just what the waiting record asks for, which takes it up: nothing about it is wrong unless changed."""
    usual = {
        "coin": n["coin"], "sender": n["address0"], "amount": 5 * 10**6, "purpose": "deposit", "client": n["client0"],
        "network": "Ethereum", "record": n["waiting"],
    }  # fmt: skip
    return _TRANSFER.format(**(usual | changed))


def _credits(n: Mapping[str, Any]) -> Iterator[Attempt]:
    yield (
        "status_forbids",
        (
            'INSERT INTO wbo_data.deposit SELECT (jsonb_populate_record(d, \'{"record_no": "DP-x", "external_serial": "S-waiting"}\')).*'
            f" FROM wbo_data.deposit d WHERE record_no = '{n['credited']}'"
        ),
    )
    for code, record, transfer in (
        ("credit:held", n["waiting"], n["credited_transfer"]),  # another client's money, and another record's
        ("credit:sender", n["unproven"], n["unproven_transfer"]),  # a sender that nobody proved
        ("credit:transfer", n["waiting"], "NULL"),
    ):
        yield (
            code,
            f"UPDATE wbo_data.deposit SET status = 'processing', reason = NULL, transfer_id = {transfer}, confirm_height = 1 WHERE record_no = '{record}'",
        )
    yield "credit:network", _ELSEWHERE.format(**n) + matching(n, network="Elsewhere")
    yield (
        "credit:coin",
        matching(
            n, coin="(SELECT id FROM wbo_data.cryptocurrency WHERE code = 'ETH' AND network = 'Ethereum')"
        ),
    )
    yield "credit:purpose", matching(n, purpose="wallet_verification")
    yield "credit:target", matching(n, client=n["client1"])
    yield "credit:sender", matching(n, sender=n["address3"])
    yield (
        "credit:minimum",
        f"UPDATE wbo_data.cryptocurrency SET minimum_base = 5000001 WHERE id = {n['coin']}; " + matching(n),
    )
    yield "credit:amount", matching(n, amount=5 * 10**6 + 1)
    yield "credit:amount", matching(n, amount=5 * 10**6 * 95 // 100 - 1)
    late = "UPDATE wbo_data.policy SET value = '1' WHERE name = 'transfer_gap_hours'; "
    yield "credit:late", late + matching(n)
    early = n["confirming"]
    yield (
        "credit:final",
        (  # not enough confirmations
            "UPDATE wbo_data.deposit SET confirm_height = 10000 WHERE record_no = '" + early + "';"
            "UPDATE wbo_data.deposit SET status = 'success', credited_base = 20000000, credited_at = now() WHERE record_no = '"
            + early
            + "'"
        ),
    )
    yield (
        "credit:credited",
        f"UPDATE wbo_data.deposit SET status = 'success', credited_base = 21000000, credited_at = now() WHERE record_no = '{early}'",
    )
    for height in ("1", "NULL"):
        yield (
            "credit:final",
            f"UPDATE wbo_data.deposit SET confirm_height = {height}, status = 'success', credited_base = 20000000, credited_at = now() WHERE record_no = '{early}'",
        )
    yield (
        "credit:again",
        f"UPDATE wbo_data.deposit SET credited_base = credited_base + 1 WHERE record_no = '{n['credited']}'",
    )
    yield (
        "credit:again",
        f"UPDATE wbo_data.deposit SET transfer_id = {n['unproven_transfer']} WHERE record_no = '{n['credited']}'",
    )
    yield (
        "credit:again",
        f"UPDATE wbo_data.deposit SET confirm_height = confirm_height + 1 WHERE record_no = '{n['credited']}'",
    )
    for record in ("live", "refunded"):
        yield (
            "credit:kept",
            f"UPDATE wbo_data.deposit SET credited_base = credited_base + 1 WHERE record_no = '{n[record]}'",
        )
    yield (
        "credit:amount",
        f"UPDATE wbo_data.deposit SET status = 'processing', transfer_id = (SELECT id FROM wbo_data.chain_transfer WHERE amount_base = 3000000), confirm_height = 1 WHERE record_no = '{n['abnormal']}'",
    )
    yield (
        "deposit_check2",
        f"UPDATE wbo_data.deposit SET status = 'abnormal', reason = NULL WHERE record_no = '{n['waiting']}'",
    )
    yield (
        "credit:canonical",
        (  # a transfer on a block that never was
            f"UPDATE wbo_data.chain_transfer SET canonical = false WHERE id = (SELECT transfer_id FROM wbo_data.deposit WHERE record_no = '{early}'); UPDATE wbo_data.deposit SET status = 'success',"
            f" credited_base = 20000000, credited_at = now() WHERE record_no = '{early}'"
        ),
    )


def _refunds(n: Mapping[str, Any]) -> Iterator[Attempt]:
    yield "refund_exceeds_credited", refund(n, amount=50 * 10**6 + 1)
    yield "refund_below_one", refund(n, amount=0)
    yield "base_units_check", refund(n, amount=-1)
    yield "adjust_reason_missing", refund(n, amount=49 * 10**6)
    for blank in BLANKS:
        yield "adjust_reason_missing", refund(n, amount=49 * 10**6, reason=f"'{blank}'")
        yield "remark_blank", refund(n, remark=f"'{blank}'")
    own = {"client": n["client0"], "wallet": n["wallet0"], "address": n["address0"]}
    yield "status_forbids", refund(n, record=n["waiting"], **own)
    yield "status_forbids", refund(n, record=n["live"], amount=80 * 10**6, **own)
    yield "status_forbids", refund(n, record=n["refunded"], amount=70 * 10**6, **own)
    alarm = f"UPDATE wbo_data.deposit SET alarm = true WHERE record_no = '{n['second']}'; "
    yield "status_forbids", alarm + refund(n)
    yield "refund_address_other_client", refund(n, wallet=n["wallet0"], address=n["address0"])
    yield "refund_address_other_client", refund(n, wallet=n["wallet3"], address=n["address3"])
    yield "refund_address_not_verified", refund(n, address=n["address0"])
    yield "refund:record", refund(n, **own)
    yield "intent_mismatch", refund(n).replace("amount=' || 50000000", "amount=' || 50000001")
    # the record says credited again, but its refund is still live
    yield (
        "refund_live",
        (
            f"UPDATE wbo_data.deposit SET status = 'success' WHERE record_no = '{n['live']}'; "
            + refund(n, record=n["live"], amount=80 * 10**6, **own)
        ),
    )
    cooling = f"UPDATE wbo_data.cryptocurrency SET cooling_off_hours = 1 WHERE id = {n['coin']}; UPDATE wbo_data.wallet_address SET verified_at = now() WHERE id = {n['wallet1']}; "
    yield "wallet_cooling_off", cooling + refund(n)
    contract = f"UPDATE wbo_data.wallet_address SET is_contract = true WHERE id = {n['wallet1']}; "
    yield "receiver_not_acknowledged", contract + refund(n)
    live = n["live_refund"]
    yield "refund:approvals", f"UPDATE wbo_data.refund SET status = 'approved' WHERE refund_no = '{live}'"
    yield (
        "approver_is_requester",
        f"INSERT INTO wbo_data.refund_approval (refund_no, login, intent_hash) SELECT refund_no, requested_by, intent_hash FROM wbo_data.refund WHERE refund_no = '{live}'",
    )
    yield (
        "intent_mismatch",
        f"INSERT INTO wbo_data.refund_approval (refund_no, login, intent_hash) VALUES ('{live}', 'checker', repeat('0', 64))",
    )
    approved = (
        f"INSERT INTO wbo_data.refund_approval (refund_no, login, intent_hash) SELECT refund_no, 'checker', intent_hash FROM wbo_data.refund"
        f" WHERE refund_no = '{live}'; UPDATE wbo_data.refund SET status = 'approved' WHERE refund_no = '{live}'; "
    )
    executing = approved + f"UPDATE wbo_data.refund SET status = 'executing' WHERE refund_no = '{live}'; "
    signed = f"UPDATE wbo_data.refund SET status = 'signed', hot_wallet = '{n['hot_wallet']}', nonce = 99 WHERE refund_no = '{live}'"
    yield "status_forbids", approved + signed
    yield "refund:signed", executing + signed
    yield (
        "refund:signed",
        executing + f"UPDATE wbo_data.refund SET status = 'signed' WHERE refund_no = '{live}'",
    )
    attempt = (
        f"INSERT INTO wbo_data.refund_attempt VALUES ('{live}', 1, '0x' || repeat('ab', 32), {{nonce}}, '\\x00', 2, 1, 21000); "
        f"UPDATE wbo_data.refund SET status = 'signed', hot_wallet = '{n['hot_wallet']}', nonce = {{nonce}}, txid = '0x' || repeat('ab', 32)"
        f" WHERE refund_no = '{live}'; "
    )
    yield "refund_nonce", executing + attempt.format(nonce=0)  # the other refund's nonce
    yield (
        "refund:confirmed",
        (
            executing
            + attempt.format(nonce=99)
            + f"UPDATE wbo_data.refund SET status = 'confirming' WHERE refund_no = '{live}';"
            f" UPDATE wbo_data.refund SET status = 'confirmed', block_hash = '0x' || repeat('cd', 32) WHERE refund_no = '{live}'"
        ),
    )
    yield (
        "refund:credited",
        f"UPDATE wbo_data.deposit SET alarm = true WHERE record_no = '{n['live']}'; {approved}",
    )
    gone = f"UPDATE wbo_data.wallet_address SET status = 'deleted', deleted_at = now() WHERE id = {n['wallet0']}; "
    yield "refund_address_not_verified", gone + approved


def _wallets(n: Mapping[str, Any]) -> Iterator[Attempt]:
    proof = "verified_at = now(), evidence = '{}'"
    unproven = f"WHERE id = {n['wallet3']}"
    begin = f"UPDATE wbo_data.wallet_address SET status = 'verifying', method = '{{}}', challenge = 'x', micro_coin_id = {n['coin']}, micro_amount_base = 1 {unproven}; "

    def verified(more: str = "") -> str:
        return f"UPDATE wbo_data.wallet_address SET status = 'verified', {more}{proof} {unproven}"

    yield "status_forbids", verified("method = 'message_signature', ")
    yield "wallet:signature", begin.format("message_signature") + verified()
    yield "wallet:micro_payment", begin.format("micro_payment") + verified()
    transfer = f"transfer_id = {n['unproven_transfer']}, "
    yield "wallet:micro_payment", begin.format("micro_payment") + verified(transfer)
    yield (
        "wallet_address_check",
        (
            begin.format("message_signature")
            + f"UPDATE wbo_data.wallet_address SET status = 'verified', signature = '0x00' {unproven}"
        ),
    )
    yield (
        "wallet_of_other_client",
        (
            f"INSERT INTO wbo_data.wallet_address (client_no, network, address) VALUES ('{n['client3']}', 'Ethereum', '{n['address0']}');"
            " UPDATE wbo_data.wallet_address SET status = 'verifying', method = 'message_signature', challenge = 'x', signature = '0x00'"
            f" WHERE client_no = '{n['client3']}' AND address = '{n['address0']}'; UPDATE wbo_data.wallet_address SET status = 'verified', {proof}"
            f" WHERE client_no = '{n['client3']}' AND address = '{n['address0']}'"
        ),
    )
    yield (
        "wallet_address_of_client",
        f"INSERT INTO wbo_data.wallet_address (client_no, network, address) VALUES ('{n['client0']}', 'Ethereum', '{n['address0']}')",
    )
