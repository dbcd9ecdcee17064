"""How a database answers what it is for: attacks, ordinary changes, rights. Each probe knows the answer it should get."""

# ruff: noqa: E501 - an attack reads best on one line

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import psycopg

from tests.security import holder_probes, near_misses
from tests.security.guard_attempts import matching, statements
from tests.security.guards import code_of
from tests.security.scene import Scene

AS_OWNER = """
CREATE OR REPLACE FUNCTION public.as_owner(statement text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS
    $f$ BEGIN EXECUTE statement; END $f$;
ALTER FUNCTION public.as_owner(text) OWNER TO wbo_owner;
GRANT USAGE ON SCHEMA public TO PUBLIC;
CREATE OR REPLACE FUNCTION public.must(so boolean) RETURNS void LANGUAGE plpgsql AS
    $f$ BEGIN IF so IS NOT TRUE THEN RAISE EXCEPTION 'unlike' USING ERRCODE = 'WB999'; END IF; END $f$;
CREATE OR REPLACE FUNCTION wbo_rule.session_is_younger_than(seconds integer) RETURNS boolean LANGUAGE sql STABLE AS
    $f$ SELECT coalesce(nullif(current_setting('probe.age', true), ''), '0')::integer <= seconds $f$;
CREATE OR REPLACE FUNCTION wbo_rule.hint() RETURNS trigger LANGUAGE plpgsql AS
    $f$ BEGIN RAISE NOTICE 'hint %', TG_ARGV[0]; RETURN NULL; END $f$"""
"""What the probes need: a word that something is so, an operator's session that writes as the owner does, a session as old as they say, and hints that
are heard before the end."""


@dataclass(frozen=True)
class Probe:
    """A statement, what should be told, and by whom: the owner, or an operator by way of one of the owner's functions."""

    expected: str
    statement: str
    who: str = ""
    table: str = ""


CHANGES: dict[str, tuple[str, str, bool, str]] = {
    # table: (a change that may be, the topic of its hint, whether it is in the log, whether it counts a version, or dates it)
    "policy": ("UPDATE {t} SET value = '14' WHERE name = 'idle_lock_minutes'", "policy", True, ""),
    "network": ("UPDATE {t} SET explorer_tx_url = 'https://e/{{txid}}' WHERE name = 'Ethereum'", "network", True, "dated"),
    "cryptocurrency": ("UPDATE {t} SET name_en = 'other' WHERE id = {coin}", "currency", True, "dated"),
    "custodial_account": ("UPDATE {t} SET delete_asked_remark = 'x' WHERE id = (SELECT max(id) FROM {t} WHERE client_no IS NULL)", "custodial", True, "counted"),
    "custodial_import": ("INSERT INTO {t} (imported_by) VALUES ('{maker}')", "custodial", True, ""),
    "wallet_address": ("UPDATE {t} SET remark = 'other' WHERE id = {wallet0}", "wallet", True, "dated"),
    "known_address": ("INSERT INTO {t} (network, address, label) VALUES ('Ethereum', '0x' || repeat('7', 40), 'x')", "wallet", True, ""),
    "client": ("UPDATE {t} SET name_en = 'other' WHERE client_no = '{client0}'", "", True, ""),
    "deposit": ("UPDATE {t} SET remark = 'other' WHERE record_no = '{waiting}'", "deposit", True, "dated"),
    "deposit_application": ("UPDATE {t} SET delete_remark = 'other' WHERE external_serial = 'S-waiting'", "deposit", True, "counted"),
    "refund": ("UPDATE {t} SET close_remark = 'other' WHERE refund_no = '{live_refund}'", "refund", True, "dated"),
    "refund_approval": ("INSERT INTO {t} (refund_no, login, intent_hash) SELECT refund_no, '{checker}', intent_hash FROM wbo_data.refund WHERE refund_no = '{live_refund}'", "refund", True, ""),
    "refund_attempt": ("INSERT INTO {t} VALUES ('{live_refund}', 1, '0x' || repeat('ab', 32), 99, '\\x00', 2, 1, 21000)", "refund", True, ""),
    "hot_wallet": ("UPDATE {t} SET stopped_reason = 'looked at' WHERE network = 'Ethereum'", "refund", True, ""),
    "operator": ("UPDATE {t} SET display_name = 'Other' WHERE login = '{viewer}'", "operator", True, "counted"),
    "permission_grant": ("UPDATE {t} SET state = 'withdrawn', decided_at = now() WHERE login = '{viewer}' AND permission_code LIKE '%records_inquiry'", "operator", True, ""),
    "change_request": ("INSERT INTO {t} (kind, object_id, requested_by, requested_hand) VALUES ('save_policy', 'x', '{admin}', '{{}}')", "operator", True, ""),
    "hot_wallet_transaction": ("UPDATE {t} SET explanation = 'x', explained_by = '{admin}', explained_at = now()", "", True, ""),
    "checkpoint": ("UPDATE {t} SET alarm = 'x'", "chain", True, ""),
    "chain_transfer": ("UPDATE {t} SET seen_at = now() WHERE id = {unproven_transfer}", "transfer", False, ""),
    "balance_difference": ("INSERT INTO {t} (network, custodial_id, from_number, to_number, amount_base) SELECT network, id, 1, 2, 1 FROM wbo_data.custodial_account LIMIT 1", "transfer", True, ""),
}  # fmt: skip

_AGREED = "agreement_needed"
_BEGUN = (
    "INSERT INTO wbo_data.chain_transfer (network, block_number, block_hash, txid, log_index, coin_id,"
    " sender, tx_sender, recipient, amount_base, custodial_id, purpose, canonical) SELECT b.network, b.number, b.hash, '0x' || repeat('d', 64), 0, {coin}, '{sender}', '{signer}',"
    " a.address, {amount}, a.id, 'wallet_verification', {canonical} FROM wbo_data.block b, wbo_data.custodial_account a WHERE b.network = 'Ethereum'"
    " AND b.canonical AND a.client_no = '{account}' ORDER BY b.number LIMIT 1; "
    "UPDATE wbo_data.wallet_address SET status = 'verifying', method = 'micro_payment', micro_coin_id = {wanted}, micro_amount_base = 7, micro_target ="
    " (SELECT address FROM wbo_data.custodial_account WHERE client_no = '{client3}') WHERE id = {wallet3}; "
    "UPDATE wbo_data.wallet_address SET status = 'verified', verified_at = now(), evidence = '{{}}', transfer_id ="
    " (SELECT id FROM wbo_data.chain_transfer WHERE txid = '0x' || repeat('d', 64)) WHERE id = {wallet3}"
)


def _proofs(n: Mapping[str, Any]) -> Iterator[Probe]:
    """A micro-payment that proves nothing for one reason each."""
    usual = {
        **n,
        "sender": n["address3"],
        "signer": n["address3"],
        "amount": 7,
        "canonical": "true",
        "account": n["client3"],
        "wanted": n["coin"],
    }
    yield Probe("", _BEGUN.format(**usual))
    closed = "; UPDATE wbo_data.cryptocurrency SET deposit_enabled = false; UPDATE wbo_data.wallet_address SET status = 'verified'"
    yield Probe(
        "wallet:micro_payment",
        _BEGUN.format(**usual).replace("; UPDATE wbo_data.wallet_address SET status = 'verified'", closed),
    )
    for changed in (
        {"sender": n["address2"]},
        {"signer": n["address2"]},
        {"amount": 8},
        {"canonical": "false"},
        {"account": n["client2"]},
        {"wanted": 1},
    ):
        yield Probe("wallet:micro_payment", _BEGUN.format(**(usual | changed)))
    for expected, statement in near_misses.proofs(n, _BEGUN.format(**usual)):
        yield Probe(expected, statement)


_PAID = (
    "INSERT INTO wbo_data.refund_approval (refund_no, login, intent_hash) SELECT refund_no, '{checker}', intent_hash FROM wbo_data.refund WHERE refund_no ="
    " '{live_refund}'; UPDATE wbo_data.refund SET status = 'approved' WHERE refund_no = '{live_refund}'; UPDATE wbo_data.refund SET status = 'executing'"
    " WHERE refund_no = '{live_refund}'; INSERT INTO wbo_data.refund_attempt VALUES ('{live_refund}', 1, '0x' || repeat('ab', 32), 99, '\\x00', 2, 1, 21000);"
    " UPDATE wbo_data.refund SET status = 'signed', hot_wallet = '{hot_wallet}', nonce = {nonce}, txid = '0x' || repeat('ab', 32) WHERE refund_no ="
    " '{live_refund}'; UPDATE wbo_data.refund SET status = 'confirming' WHERE refund_no = '{live_refund}'; INSERT INTO wbo_data.hot_wallet_transaction"
    " (network, block_number, block_hash, txid, address, nonce, fee_paid_wei, succeeded, canonical) SELECT network, number, hash, '0x' || repeat('{tx}', 32), '{hot_wallet}', 99, 1,"
    " {succeeded}, {canonical} FROM wbo_data.block WHERE canonical ORDER BY number DESC LIMIT 1; UPDATE wbo_data.refund SET status = 'confirmed', block_hash ="
    " (SELECT hash FROM wbo_data.block WHERE canonical ORDER BY number DESC OFFSET {above} LIMIT 1) WHERE refund_no = '{live_refund}'"
)


def _payments(n: Mapping[str, Any]) -> Iterator[Probe]:
    """A refund is confirmed by its own transaction, mined and successful; and by nothing that differs from that in one thing."""
    usual = {**n, "nonce": 99, "tx": "ab", "succeeded": "true", "canonical": "true", "above": 0}
    yield Probe("", _PAID.format(**usual))
    for changed in ({"tx": "cd"}, {"succeeded": "false"}, {"canonical": "false"}, {"above": 1}):
        yield Probe("refund:confirmed", _PAID.format(**(usual | changed)))
    yield Probe("refund:signed", _PAID.format(**(usual | {"nonce": 98})))
    for expected, statement in near_misses.paid(n, _PAID.format(**usual)):
        yield Probe(expected, statement)


_OWN_ACCOUNT = "INSERT INTO wbo_data.custodial_account (channel, network, address) VALUES ('x', 'Ethereum', '0x' || repeat('8', 40)); "
_FREE = "id = (SELECT max(id) FROM wbo_data.custodial_account WHERE client_no IS NULL)"
_UNWANTED = f"UPDATE wbo_data.custodial_account SET delete_asked_by = '{{by}}', delete_asked_hand = ARRAY['{{by}}'], delete_asked_at = now() WHERE {_FREE}; "
_SHARED = (
    "UPDATE wbo_data.wallet_address SET shared_asked_by = '{by}', shared_asked_hand = ARRAY['{by}'], shared_asked_at = now(), shared_asked_with = '{client1}'"
    " WHERE id = {wallet0}; UPDATE wbo_data.wallet_address SET shared_override = true, shared_with = '{with}' WHERE id = {wallet0}"
)
OPERATORS: tuple[tuple[str, str, str], ...] = (
    (_AGREED, "admin", "UPDATE wbo_data.policy SET value = 'false' WHERE name = 'refund_approval_required'"),
    ("", "admin", "UPDATE wbo_data.policy SET value = 'true' WHERE name = 'refund_approval_required'"),
    (_AGREED, "admin", "UPDATE wbo_data.policy SET value = '0' WHERE name = 'fresh_password_hours'"),
    ("", "admin", "UPDATE wbo_data.policy SET value = '25' WHERE name = 'fresh_password_hours'"),
    (_AGREED, "admin", "UPDATE wbo_data.policy SET value = '16' WHERE name = 'idle_lock_minutes'"),
    ("", "admin", "UPDATE wbo_data.policy SET value = '14' WHERE name = 'idle_lock_minutes'"),
    ("", "admin", "UPDATE wbo_data.policy SET value = '5' WHERE name = 'transfer_gap_hours'"),
    (_AGREED, "admin", "UPDATE wbo_data.policy SET value = '5' WHERE name = 'transfer_gap_hours'; UPDATE wbo_data.policy SET value = '6' WHERE name = 'transfer_gap_hours'"),
    (_AGREED, "admin", "UPDATE wbo_data.policy SET value = '5' WHERE name = 'transfer_gap_hours'; UPDATE wbo_data.policy SET value = '0' WHERE name = 'transfer_gap_hours'"),
    (_AGREED, "admin", "INSERT INTO wbo_data.policy (name, value) VALUES ('another', '1')"),
    (_AGREED, "maker", "UPDATE wbo_data.cryptocurrency SET approvals_needed = 0 WHERE id = {coin}"),
    ("", "maker", "UPDATE wbo_data.cryptocurrency SET approvals_needed = 2 WHERE id = {coin}"),
    (_AGREED, "maker", "UPDATE wbo_data.cryptocurrency SET confirmations = 2 WHERE id = {coin}"),
    ("", "maker", "UPDATE wbo_data.cryptocurrency SET confirmation_steps = '[{{\"from_base\": \"5\", \"confirmations\": 9}}]' WHERE id = {coin}"),
    (_AGREED, "maker", "UPDATE wbo_data.cryptocurrency SET confirmation_steps = '[{{\"from_base\": \"5\", \"confirmations\": 9}}]' WHERE id = {coin}; UPDATE wbo_data.cryptocurrency SET confirmation_steps = '[{{\"from_base\": \"6\", \"confirmations\": 9}}]' WHERE id = {coin}"),
    ("", "maker", "UPDATE wbo_data.cryptocurrency SET daily_refund_limit_base = 5 WHERE id = {coin}"),
    (_AGREED, "maker", "UPDATE wbo_data.cryptocurrency SET daily_refund_limit_base = 5 WHERE id = {coin}; UPDATE wbo_data.cryptocurrency SET daily_refund_limit_base = NULL WHERE id = {coin}"),
    (_AGREED, "maker", "UPDATE wbo_data.cryptocurrency SET daily_refund_limit_base = 5 WHERE id = {coin}; UPDATE wbo_data.cryptocurrency SET daily_refund_limit_base = 6 WHERE id = {coin}"),
    ("", "maker", "UPDATE wbo_data.cryptocurrency SET wallet_rule = 'every_deposit' WHERE id = {coin}"),
    (_AGREED, "maker", "UPDATE wbo_data.cryptocurrency SET wallet_rule = 'every_deposit' WHERE id = {coin}; UPDATE wbo_data.cryptocurrency SET wallet_rule = 'once' WHERE id = {coin}"),
    (_AGREED, "maker", "INSERT INTO wbo_data.cryptocurrency (code, network, name_en, name_zh_hk, name_zh_cn, decimals, contract) VALUES ('NEW', 'Ethereum', 'x', 'x', 'x', 6, '0x' || repeat('9', 40))"),
    (_AGREED, "maker", "UPDATE wbo_data.network SET rpc_urls = '{{http://127.0.0.1:9}}' WHERE name = 'Ethereum'"),
    (_AGREED, "maker", "INSERT INTO wbo_data.network (name, chain_id) VALUES ('New', 99)"),
    ("same_hand", "maker", "INSERT INTO wbo_data.custodial_import DEFAULT VALUES; UPDATE wbo_data.custodial_import SET state = 'confirmed' WHERE id = (SELECT max(id) FROM wbo_data.custodial_import)"),
    ("status_forbids", "maker", "INSERT INTO wbo_data.custodial_import DEFAULT VALUES; UPDATE wbo_data.custodial_import SET state = 'refused' WHERE id = (SELECT max(id) FROM wbo_data.custodial_import); UPDATE wbo_data.custodial_import SET state = 'confirmed' WHERE id = (SELECT max(id) FROM wbo_data.custodial_import)"),
    ("", "maker", "INSERT INTO wbo_data.custodial_import (state) VALUES ('confirmed'); UPDATE wbo_data.custodial_import SET state = 'refused' WHERE id = (SELECT max(id) FROM wbo_data.custodial_import)"),
    ("transfer_report.amount_base", "maker", "INSERT INTO wbo_data.transfer_report (network, block_hash, txid, log_index, login, coin_id, sender, recipient, amount_base) SELECT network, block_hash, txid, log_index, 'y', coin_id, sender, recipient, amount_base FROM wbo_data.chain_transfer LIMIT 1; UPDATE wbo_data.transfer_report SET amount_base = amount_base + 1"),
    ("account:confirmed", "maker", _OWN_ACCOUNT + "UPDATE wbo_data.custodial_account SET confirmed_at = now() WHERE address = '0x' || repeat('8', 40)"),
    ("", "maker", _OWN_ACCOUNT + "UPDATE wbo_data.custodial_account SET deleted_at = now() WHERE address = '0x' || repeat('8', 40)"),
    ("custodial_account_check3", "maker", _OWN_ACCOUNT + "UPDATE wbo_data.custodial_account SET client_no = '{client0}', assigned_at = now() WHERE address = '0x' || repeat('8', 40)"),
    ("account:deleted", "maker", "UPDATE wbo_data.custodial_account SET deleted_at = now() WHERE " + _FREE),
    ("same_hand", "maker", _UNWANTED.replace("{by}", "{maker}") + "UPDATE wbo_data.custodial_account SET deleted_at = now() WHERE " + _FREE),
    ("", "maker", _UNWANTED.replace("{by}", "{checker}") + "UPDATE wbo_data.custodial_account SET deleted_at = now() WHERE " + _FREE),
    ("wallet:shared", "maker", "UPDATE wbo_data.wallet_address SET shared_override = true WHERE id = {wallet0}"),
    ("same_hand", "maker", _SHARED.replace("{by}", "{maker}").replace("{with}", "{client1}")),
    ("", "maker", _SHARED.replace("{by}", "{checker}").replace("{with}", "{client1}")),
    ("wallet:shared", "maker", _SHARED.replace("{by}", "{checker}").replace("{with}", "{client2}")),
    ("wallet:shared", "maker", "INSERT INTO wbo_data.wallet_address (client_no, network, address, shared_override) VALUES ('{client0}', 'Ethereum', '0x' || repeat('8', 40), true)"),
    ("wallet_address:update", "maker", "UPDATE wbo_data.wallet_address SET added_hand = '{{x}}' WHERE id = {wallet0}"),
    (_AGREED, "admin", "INSERT INTO wbo_data.permission_grant (login, permission_code, state) VALUES ('{viewer}', 'atm.va_refund_approval', 'granted')"),
    (_AGREED, "admin", "INSERT INTO wbo_data.permission_grant (login, permission_code, state) VALUES ('{viewer}', 'sys.audit_inquiry', 'granted')"),
    ("", "admin", "INSERT INTO wbo_data.permission_grant (login, permission_code, state) VALUES ('{admin}', 'atm.crypto_currency_inquiry', 'granted')"),
    ("", "admin", "INSERT INTO wbo_data.permission_grant (login, permission_code, state) VALUES ('{viewer}', 'atm.va_refund_approval', 'withdrawn')"),
    (_AGREED, "admin", "INSERT INTO wbo_data.operator (login, display_name) VALUES ('another', 'x')"),
    ("", "admin", "INSERT INTO wbo_data.operator (login, display_name, disabled_at) VALUES ('another', 'x', now())"),
    (_AGREED, "admin", "UPDATE wbo_data.operator SET disabled_at = now() WHERE login = '{viewer}'; UPDATE wbo_data.operator SET disabled_at = NULL WHERE login = '{viewer}'"),
    (_AGREED, "admin", "UPDATE wbo_data.operator SET password_issued_at = now() WHERE login = '{maker}'"),
    (_AGREED, "admin", "UPDATE wbo_data.operator SET password_issued_by = '{checker}' WHERE login = '{maker}'"),
    ("", "admin", "UPDATE wbo_data.operator SET password_issued_at = now(), password_issued_by = '{admin}' WHERE login = '{viewer}'"),
    ("status_forbids", "admin", "INSERT INTO wbo_data.change_request (kind, object_id, state) VALUES ('save_policy', 'x', 'granted')"),
    ("same_hand", "admin", "INSERT INTO wbo_data.change_request (kind, object_id) VALUES ('save_policy', 'x'); UPDATE wbo_data.change_request SET state = 'granted', decided_by = '{admin}' WHERE object_id = 'x'"),
    ("change_request.payload", "admin", "INSERT INTO wbo_data.change_request (kind, object_id, payload) VALUES ('save_policy', 'x', '5'); UPDATE wbo_data.change_request SET payload = '6' WHERE object_id = 'x'"),
    ("", "admin", "INSERT INTO wbo_data.change_request (kind, object_id) VALUES ('save_policy', 'x'); UPDATE wbo_data.change_request SET state = 'withdrawn', decided_by = '{admin}' WHERE object_id = 'x'"),
    ("status_forbids", "admin", "INSERT INTO wbo_data.change_request (kind, object_id) VALUES ('save_policy', 'x'); UPDATE wbo_data.change_request SET state = 'withdrawn', decided_by = '{admin}' WHERE object_id = 'x'; UPDATE wbo_data.change_request SET state = 'granted' WHERE object_id = 'x'"),
    ("", "admin", "INSERT INTO wbo_data.change_request (kind, object_id, requested_by) VALUES ('save_policy', 'idle_lock_minutes', '{checker}'); UPDATE wbo_data.change_request SET state = 'granted', decided_by = '{admin}', decided_at = now() WHERE object_id = 'idle_lock_minutes'; UPDATE wbo_data.policy SET value = '16' WHERE name = 'idle_lock_minutes'"),
    (_AGREED, "admin", "INSERT INTO wbo_data.change_request (kind, object_id, requested_by) VALUES ('save_policy', 'session_hours', '{checker}'); UPDATE wbo_data.change_request SET state = 'granted', decided_by = '{admin}', decided_at = now() WHERE object_id = 'session_hours'; UPDATE wbo_data.policy SET value = '16' WHERE name = 'idle_lock_minutes'"),
    (_AGREED, "admin", "INSERT INTO wbo_data.change_request (kind, object_id, requested_by) VALUES ('save_policy', 'idle_lock_minutes', '{checker}'); UPDATE wbo_data.change_request SET state = 'granted', decided_by = '{admin}', decided_at = now(), applied_at = now() WHERE object_id = 'idle_lock_minutes'; UPDATE wbo_data.policy SET value = '16' WHERE name = 'idle_lock_minutes'"),
    (_AGREED, "admin", "INSERT INTO wbo_data.change_request (kind, object_id, requested_by) VALUES ('save_policy', 'idle_lock_minutes', '{checker}'); UPDATE wbo_data.policy SET value = '16' WHERE name = 'idle_lock_minutes'"),
)  # fmt: skip


_KNOWN = "INSERT INTO wbo_data.known_address (network, address, label) VALUES ('Ethereum', '{address0}', %s) ON CONFLICT (network, address) DO UPDATE SET label = excluded.label; "
_DROPPED = "UPDATE wbo_data.refund SET status = 'cancelled' WHERE refund_no = '{live_refund}'; UPDATE wbo_data.deposit SET status = 'success' WHERE record_no = '{live}'; "
_AGAIN = (
    "INSERT INTO wbo_data.refund SELECT (jsonb_populate_record(r, jsonb_build_object('refund_no', 'RF-x', 'status', 'requested', 'intent', i.text, 'intent_hash',"
    " encode(sha256(convert_to(i.text, 'UTF8')), 'hex'){more}))).* FROM wbo_data.refund r, LATERAL (SELECT replace(r.intent, r.refund_no, 'RF-x') AS text) AS i"
    " WHERE r.refund_no = '{live_refund}'"
)
_ASKED = (
    "UPDATE wbo_data.wallet_address SET shared_asked_by = '{checker}', shared_asked_hand = ARRAY['{checker}'], shared_asked_at = now(),"
    " shared_asked_with = '{with}' WHERE client_no = '{client3}' AND address = '{address0}'; "
)
MORE: tuple[tuple[str, str], ...] = (
    ("", "INSERT INTO wbo_data.refund_approval (refund_no, login, intent_hash) SELECT refund_no, '{checker}', intent_hash FROM wbo_data.refund WHERE refund_no = '{live_refund}'; UPDATE wbo_data.refund SET status = 'approved' WHERE refund_no = '{live_refund}'; UPDATE wbo_data.refund SET status = 'executing' WHERE refund_no = '{live_refund}'"),
    ("step_up_required", "INSERT INTO wbo_data.refund_approval (refund_no, login, intent_hash) SELECT refund_no, '{checker}', intent_hash FROM wbo_data.refund WHERE refund_no = '{live_refund}'; UPDATE wbo_data.refund SET status = 'approved' WHERE refund_no = '{live_refund}'; SET LOCAL probe.age = 61; UPDATE wbo_data.refund SET status = 'executing' WHERE refund_no = '{live_refund}'"),
    ("same_hand", "INSERT INTO wbo_data.refund_approval (refund_no, login, intent_hash) SELECT refund_no, '{admin}', intent_hash FROM wbo_data.refund WHERE refund_no = '{live_refund}'"),
    ("", "INSERT INTO wbo_data.wallet_address (client_no, network, address) VALUES ('{client2}', 'Ethereum', '{address3}'); UPDATE wbo_data.wallet_address SET status = 'verifying', method = 'message_signature', challenge = 'x', signature = '0x00' WHERE id = {wallet3}; UPDATE wbo_data.wallet_address SET status = 'verified', verified_at = now(), evidence = '{{}}' WHERE id = {wallet3}"),
    ("", "INSERT INTO wbo_data.wallet_address (client_no, network, address) VALUES ('{client3}', 'Ethereum', '{address0}'); " + _ASKED.replace("{with}", "{client0}") + "UPDATE wbo_data.wallet_address SET status = 'verifying', method = 'message_signature', challenge = 'x', signature = '0x00', shared_override = true, shared_with = '{client0}' WHERE client_no = '{client3}' AND address = '{address0}'; UPDATE wbo_data.wallet_address SET status = 'verified', verified_at = now(), evidence = '{{}}' WHERE client_no = '{client3}' AND address = '{address0}'"),
    ("wallet_of_other_client", "INSERT INTO wbo_data.wallet_address (client_no, network, address) VALUES ('{client3}', 'Ethereum', '{address0}'); " + _ASKED.replace("{with}", "{client1}") + "UPDATE wbo_data.wallet_address SET status = 'verifying', method = 'message_signature', challenge = 'x', signature = '0x00', shared_override = true, shared_with = '{client1}' WHERE client_no = '{client3}' AND address = '{address0}'; UPDATE wbo_data.wallet_address SET status = 'verified', verified_at = now(), evidence = '{{}}' WHERE client_no = '{client3}' AND address = '{address0}'"),
    ("", _DROPPED + _AGAIN.replace("{more}", "")),
    ("intent_mismatch", _DROPPED + _AGAIN.replace("{more}", ", 'intent_hash', repeat('0', 64)")),
    ("receiver_not_acknowledged", _DROPPED + _KNOWN.replace("%s", "'an exchange'") + _AGAIN.replace("{more}", "")),
    ("", _DROPPED + _KNOWN.replace("%s", "NULL") + _AGAIN.replace("{more}", "")),
)  # fmt: skip
"""What may be, and what may not by a hair."""


def probes(scene: Scene, connection: psycopg.Connection[Any]) -> Iterator[Probe]:
    """All of them. `connection` is the owner's."""
    names = scene.names | {name: login.login for name, login in scene.world.logins.items()}
    for expected, statement in holder_probes.probes(names, matching(names)):
        yield Probe(expected, statement)
    for expected, statement in near_misses.probes(names, matching(names)):
        yield Probe(expected, statement)
    for expected, statement in statements(scene, connection):
        yield Probe(expected, statement)
    for expected, statement in MORE:
        yield Probe(expected, statement.format(**names))
    yield Probe("", matching(scene.names))
    gap = "UPDATE wbo_data.policy SET value = '1' WHERE name = 'transfer_gap_hours'; UPDATE wbo_data.block SET mined_at = now(); "
    yield Probe("", gap + matching(scene.names))
    yield from _proofs(names)
    yield from _payments(names)
    for expected, who, statement in OPERATORS:
        yield Probe(expected, statement.format(**names), names[who])
    for table, (change, topic, logged, counted) in CHANGES.items():
        told = f"logged {int(logged)}, version {int(counted != '')}, dated {int(counted == 'dated')}, hints {[topic] if topic else []}"
        yield Probe(told, change.format(t=f"wbo_data.{table}", **names), table=table)


def told(connection: psycopg.Connection[Any], probe: Probe) -> str:
    """What comes of it, within a transaction of the superuser's; nothing of it stays."""
    connection.execute("SAVEPOINT probe")
    try:
        if probe.table:
            return _change(connection, probe)
        if probe.who:
            connection.execute(f"SET SESSION AUTHORIZATION {probe.who}".encode())
            connection.execute("SELECT public.as_owner(%s)", (probe.statement,))
        else:
            connection.execute("SET LOCAL ROLE wbo_owner")
            connection.execute(probe.statement.encode(), prepare=False)
        connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except psycopg.Error as error:
        return code_of(error)
    finally:
        connection.execute("ROLLBACK TO probe; RELEASE probe")
    return ""


_ENTRIES = "SELECT count(*) FROM wbo_data.audit_entry"


def _change(connection: psycopg.Connection[Any], probe: Probe) -> str:
    heard: list[str] = []

    def hear(diagnostic: psycopg.errors.Diagnostic) -> None:
        if (said := diagnostic.message_primary or "").startswith("hint "):
            heard.append(said[5:])

    counted = CHANGES[probe.table][3]
    versions = f"SELECT sum(version) FROM wbo_data.{probe.table}" if counted else "SELECT 0"
    dates = (
        f"SELECT (1000000 * extract(epoch FROM max(updated_at)))::bigint FROM wbo_data.{probe.table}"
        if counted == "dated"
        else "SELECT 0"
    )
    connection.execute("SET LOCAL ROLE wbo_owner; SELECT wbo_rule.begin_act('probe')")
    before = [_value(connection, q) for q in (_ENTRIES, versions, dates)]
    connection.add_notice_handler(hear)
    try:
        connection.execute(probe.statement.encode(), prepare=False)
    finally:
        connection.remove_notice_handler(hear)
    after = [_value(connection, q) for q in (_ENTRIES, versions, dates)]
    return f"logged {int(after[0] > before[0])}, version {after[1] - before[1]}, dated {int(after[2] > before[2])}, hints {sorted(set(heard))}"


def _value(connection: psycopg.Connection[Any], query: str) -> int:
    row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return int(row[0])
