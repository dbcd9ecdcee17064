"""Who holds a transfer: the same transaction on another network, in another coin, account, place or block.

What each transfer differs in from the right one is one thing only, so that each part of a condition counts.
"""

# ruff: noqa: E501 - an attack reads best on one line

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

Attempt = tuple[str, str]
"""The code that should be told ("": nothing is refused), and what is tried."""

ELSEWHERE = (
    "INSERT INTO wbo_data.network (name, chain_id) VALUES ('Elsewhere', 4242);"
    " INSERT INTO wbo_data.custodial_account (channel, network, address, client_no, assigned_at)"
    " VALUES ('OSL', 'Elsewhere', '0x' || repeat('1', 40), '{client0}', now());"
    " INSERT INTO wbo_data.block (network, number, hash, parent_hash, mined_at)"
    " VALUES ('Elsewhere', 1, '0x' || repeat('1', 64), '0x' || repeat('0', 64), now()); "
)
"""A second network with a block, and an account of the first client."""

ONE, TWO, THREE = 900_001, 900_002, 900_003
OTHER_TXID = "0x" + "9" * 64
OTHER_ACCOUNT = "(SELECT min(id) FROM wbo_data.custodial_account WHERE client_no = '{client2}')"
OTHER_COIN = "(SELECT id FROM wbo_data.cryptocurrency WHERE code = 'ETH' AND network = 'Ethereum')"


def copied(transfer: object, becomes: int, **changed: object) -> str:
    """That transfer once more, as another row; what is changed is JSON, or SQL in parentheses."""
    parts = [f"'id', {becomes}"]
    for column, value in changed.items():
        if isinstance(value, str) and value.startswith("("):
            parts.append(f"'{column}', {value}")
        else:
            parts.append(f"'{column}', '{json.dumps(value)}'::jsonb")
    return (
        "INSERT INTO wbo_data.chain_transfer OVERRIDING SYSTEM VALUE SELECT (jsonb_populate_record(t, jsonb_build_object("
        f"{', '.join(parts)}))).* FROM wbo_data.chain_transfer t WHERE t.id = {transfer}; "
    )


def must(condition: str) -> str:
    """It is so, or the probe tells `unlike`."""
    return f"SELECT public.must({condition}); "


def other_block(hash_digit: str = "3") -> str:
    """A block that replaces nothing, for a transfer that is mined again."""
    return (
        "INSERT INTO wbo_data.block (network, number, hash, parent_hash, mined_at) VALUES"
        f" ('Ethereum', 1000000, '0x' || repeat('{hash_digit}', 64), '0x' || repeat('0', 64), now()); "
    )


def orphaned(transfer: object) -> str:
    """Its block was replaced."""
    return f"UPDATE wbo_data.chain_transfer SET canonical = false WHERE id = {transfer}; "


def points(record: str, transfer: object) -> str:
    """A record that is judged by nobody yet takes this transfer, or lets go of it."""
    return f"UPDATE wbo_data.deposit SET transfer_id = {transfer} WHERE record_no = '{record}'; "


def beside(transfer: object, record: str) -> str:
    """Holders that differ in one thing each from that of a transfer: five rows of the same record, none of them credited."""
    return (
        "INSERT INTO wbo_data.transfer_holder (network, txid, coin_id, custodial_id, position, record_no)"
        " SELECT o.network, o.txid, o.coin_id, o.custodial_id, o.position, '" + record + "' FROM wbo_data.chain_transfer t,"
        " LATERAL (VALUES ('Elsewhere', t.txid, t.coin_id, t.custodial_id, wbo_rule.place_of(t)),"
        f" (t.network, '{OTHER_TXID}', t.coin_id, t.custodial_id, wbo_rule.place_of(t)),"
        f" (t.network, t.txid, {OTHER_COIN}, t.custodial_id, wbo_rule.place_of(t)),"
        f" (t.network, t.txid, t.coin_id, {OTHER_ACCOUNT}, wbo_rule.place_of(t)),"
        " (t.network, t.txid, t.coin_id, t.custodial_id, wbo_rule.place_of(t) + 1))"
        f" AS o (network, txid, coin_id, custodial_id, position) WHERE t.id = {transfer}; "
    )  # fmt: skip


def held(transfer: object) -> str:
    """The holder's row of just this transfer."""
    return (
        "wbo_data.transfer_holder h JOIN wbo_data.chain_transfer t ON h.network = t.network AND h.txid = t.txid AND h.coin_id = t.coin_id"
        f" AND h.custodial_id = t.custodial_id AND h.position = wbo_rule.place_of(t) WHERE t.id = {transfer}"
    )


def untouched(transfer: object, act: str) -> str:
    """The row itself stays where it is, so that nobody can come between."""
    where = f"(SELECT h.ctid FROM {held(transfer)})"
    return f"DO $do$ DECLARE was tid := {where}; BEGIN {act} PERFORM public.must(was = {where}); END $do$; "


def past_triggers(statement: str) -> str:
    """Written while no trigger looks, as by an older version of the desk."""
    return (
        "RESET ROLE; SET LOCAL session_replication_role = replica; "
        + statement
        + "SET LOCAL session_replication_role = origin; SET LOCAL ROLE wbo_owner; "
    )


def credit(record: str, transfer: str, amount: int) -> str:
    """A record that is being confirmed is credited, as far as finality lets it."""
    return (
        f"UPDATE wbo_data.deposit SET confirm_height = (SELECT block_number FROM wbo_data.chain_transfer WHERE id = {transfer}),"
        f" status = 'success', credited_base = {amount}, credited_at = now() WHERE record_no = '{record}'; "
    )


def probes(n: Mapping[str, Any], matching: str) -> Iterator[Attempt]:
    """All of them. `matching`: a transfer that the waiting record takes up, being confirmed."""
    for expected, statement in (
        *_let_go(n),
        *_reported(n),
        *_taken(n),
        *_credited(n, matching),
        *_whose(n),
        *_follows(n),
        *_kept(n),
    ):
        yield expected, statement.format(**n) if "{client" in statement else statement


def _let_go(n: Mapping[str, Any]) -> Iterator[Attempt]:
    waiting = n["waiting"]
    two = copied(n["unproven_transfer"], ONE, txid="0x" + "a1" * 32) + copied(
        n["unproven_transfer"], TWO, txid="0x" + "a2" * 32
    )
    yield (
        "",
        two + points(waiting, ONE) + must(f"EXISTS (SELECT FROM {held(ONE)} AND h.record_no = '{waiting}')"),
    )
    yield (
        "",
        two + points(waiting, ONE) + points(waiting, TWO) + must(f"NOT EXISTS (SELECT FROM {held(ONE)})"),
    )
    yield (
        "",
        two + points(waiting, ONE) + points(waiting, "NULL") + must(f"NOT EXISTS (SELECT FROM {held(ONE)})"),
    )
    all_its = f"(SELECT count(*) FROM wbo_data.transfer_holder WHERE record_no = '{waiting}')"
    yield (
        "",
        two + points(waiting, ONE) + beside(ONE, waiting) + points(waiting, TWO) + must(f"{all_its} = 6"),
    )
    yield (
        "",
        two
        + points(waiting, ONE)
        + untouched(
            ONE,
            f"UPDATE wbo_data.deposit SET status = 'abnormal', reason = 'late' WHERE record_no = '{waiting}';",
        ),
    )
    elsewhere = past_triggers(
        f"UPDATE wbo_data.deposit SET transfer_id = {ONE} WHERE record_no = '{waiting}'; "
    )
    other = f"INSERT INTO wbo_data.transfer_holder (network, txid, coin_id, custodial_id, position, record_no) SELECT network, txid, coin_id, custodial_id, wbo_rule.place_of(t), '{n['abnormal']}' FROM wbo_data.chain_transfer t WHERE id = {ONE}; "
    yield "", two + other + elsewhere + points(waiting, TWO) + must(f"EXISTS (SELECT FROM {held(ONE)})")
    yield "transfer:held", two + other + points(waiting, ONE)
    # credited once: it lets go of the transfer, the transfer not of it
    yield (
        "",
        two
        + beside(ONE, waiting)
        + must(
            f"(SELECT (wbo_rule.holder(t)).record_no FROM wbo_data.chain_transfer t WHERE t.id = {ONE}) IS NULL"
        ),
    )
    lost = f"UPDATE wbo_data.deposit SET status = 'abnormal', reason = 'late' WHERE record_no = '{n['credited']}'; "
    yield (
        "",
        two
        + lost
        + points(n["credited"], ONE)
        + must(f"EXISTS (SELECT FROM {held(n['credited_transfer'])})"),
    )


def _taken(n: Mapping[str, Any]) -> Iterator[Attempt]:
    """A transfer that nobody has is in the list of those; one that a record takes is not."""
    waiting, listed = n["waiting"], f"EXISTS (SELECT FROM wbo_data.unmatched WHERE transfer_id = {ONE})"
    one = copied(n["unproven_transfer"], ONE, txid="0x" + "a1" * 32)
    yield "", one + must(listed)
    yield "", one + points(waiting, ONE) + must(f"NOT {listed}")
    yield "", one + points(waiting, ONE) + points(waiting, "NULL") + must(listed)
    yield (
        "",
        one
        + (
            'INSERT INTO wbo_data.deposit_application SELECT (jsonb_populate_record(a, \'{"external_serial": "S-x"}\')).* FROM wbo_data.deposit_application a'
            ' WHERE external_serial = \'S-waiting\'; INSERT INTO wbo_data.deposit SELECT (jsonb_populate_record(d, \'{"record_no": "DP-x",'
            f' "external_serial": "S-x", "transfer_id": {ONE}}}\')).* FROM wbo_data.deposit d WHERE record_no = \'{waiting}\'; '
        )
        + must(f"NOT {listed}"),
    )
    proof = f"UPDATE wbo_data.chain_transfer SET purpose = 'wallet_verification' WHERE id = {ONE}; "
    yield "", one + proof + must(f"NOT {listed}")
    yield "transfer:held", one + points(waiting, ONE) + proof
    # of an older version of the desk: a proof that a record lets go of is in no list
    yield (
        "",
        one + points(waiting, ONE) + past_triggers(proof) + points(waiting, "NULL") + must(f"NOT {listed}"),
    )
    yield "unmatched:delete", one + f"DELETE FROM wbo_data.unmatched WHERE transfer_id = {ONE}"
    yield "unmatched:truncate", "TRUNCATE wbo_data.unmatched"


def _credited(n: Mapping[str, Any], matching: str) -> Iterator[Attempt]:
    waiting, found = (
        n["waiting"],
        "(SELECT id FROM wbo_data.chain_transfer WHERE txid = '0x' || repeat('e', 64))",
    )
    success = credit(waiting, found, 5 * 10**6)
    its = f"(SELECT count(*) FROM wbo_data.transfer_holder WHERE record_no = '{waiting}' AND credited)"
    yield "", matching + "; " + must(f"{its} = 0")
    yield "", matching + "; " + beside(found, waiting) + success + must(f"{its} = 1")
    yield (
        "",
        untouched(
            n["credited_transfer"],
            f"UPDATE wbo_data.deposit SET status = 'refunding' WHERE record_no = '{n['credited']}';"
            f" UPDATE wbo_data.deposit SET status = 'success' WHERE record_no = '{n['credited']}';",
        ),
    )
    # two workers' words
    two_words = "UPDATE wbo_data.network SET worker_agreement = 2 WHERE name = 'Ethereum'; "
    yield "credit:reports", two_words + matching + "; " + success
    second = (
        "INSERT INTO wbo_data.transfer_report (network, block_hash, txid, log_index, login, coin_id, sender, recipient, amount_base)"
        " SELECT network, block_hash, txid, log_index, 'other', coin_id, sender, recipient, amount_base FROM wbo_data.chain_transfer"
        f" WHERE id = {found}; "
    )
    yield "", two_words + matching + "; " + second + success


def _reported(n: Mapping[str, Any]) -> Iterator[Attempt]:
    """A worker's word counts for just the transfer that it told of."""
    one = copied(n["unproven_transfer"], ONE, txid="0x" + "a1" * 32)
    told = "wbo_data.transfer_report r JOIN wbo_data.chain_transfer t USING (network, txid)"
    yield "", one + must(f"NOT EXISTS (SELECT FROM {told} WHERE t.id = {ONE})")
    columns = ("network", "block_hash", "txid", "log_index", "coin_id", "sender", "recipient", "amount_base")
    others = {
        "block_hash": "'0x' || repeat('1', 64)", "txid": f"'{OTHER_TXID}'", "log_index": "log_index + 1", "coin_id": OTHER_COIN,
        "sender": f"'{n['address2']}'", "recipient": f"'{n['address2']}'", "amount_base": "amount_base + 1",
    }  # fmt: skip
    almost = "".join(
        f"INSERT INTO wbo_data.transfer_report (login, {', '.join(columns)}) SELECT '{changed}',"
        f" {', '.join(other if c == changed else c for c in columns)} FROM wbo_data.chain_transfer WHERE id = {ONE}; "
        for changed, other in others.items()
    )
    missing = f"(SELECT wbo_rule.reports_missing(t) FROM wbo_data.chain_transfer t WHERE id = {ONE})"
    two = "UPDATE wbo_data.network SET worker_agreement = 2 WHERE name = 'Ethereum'; "
    yield "", two + one + almost + must(f"{missing} = 1")


def _whose(n: Mapping[str, Any]) -> Iterator[Attempt]:
    """`holder_of`: a credit whose block was replaced keeps its account's share of the transaction from everybody, and no more."""
    paid, record = n["credited_transfer"], n["credited"]

    def whose(expected: str, **changed: object) -> str:
        one = copied(paid, ONE, log_index=500, **changed)
        return one + must(
            f"(SELECT wbo_rule.holder_of(t) FROM wbo_data.chain_transfer t WHERE id = {ONE}) IS NOT DISTINCT FROM {expected}"
        )

    yield "", whose("NULL", position=7)
    yield "", orphaned(paid) + whose(f"'{record}'", position=7)
    yield "", orphaned(paid) + whose("NULL", position=7, coin_id=OTHER_COIN)
    yield "", orphaned(paid) + whose("NULL", position=7, custodial_id=OTHER_ACCOUNT)
    yield "", orphaned(paid) + whose("NULL", position=7, txid=OTHER_TXID)
    yield "", whose("NULL", coin_id=OTHER_COIN)
    yield "", whose("NULL", custodial_id=OTHER_ACCOUNT)
    # held and not credited: what else the transaction paid is free
    early = f"(SELECT transfer_id FROM wbo_data.deposit WHERE record_no = '{n['confirming']}')"
    yield (
        "",
        orphaned(early)
        + copied(early, ONE, log_index=500, position=7)
        + must(f"(SELECT wbo_rule.holder_of(t) FROM wbo_data.chain_transfer t WHERE id = {ONE}) IS NULL"),
    )
    # the record has another transfer by now, of another transaction or of the same one elsewhere
    lost = f"UPDATE wbo_data.deposit SET status = 'abnormal', reason = 'late' WHERE record_no = '{record}'; "
    for away in ({"txid": OTHER_TXID}, {"network": "Elsewhere", "block_hash": "0x" + "1" * 64}):
        found = (
            (ELSEWHERE if "network" in away else "") + copied(paid, TWO, **away) + lost + points(record, TWO)
        )
        yield "", found + whose(f"'{record}'", position=7)


def _follows(n: Mapping[str, Any]) -> Iterator[Attempt]:
    """A refunded record follows its transfer into the block that has it now, and nothing else."""
    record = n["refunded"]
    old = f"(SELECT transfer_id FROM wbo_data.deposit WHERE record_no = '{record}')"
    again = {
        "block_hash": "0x" + "3" * 64,
        "block_number": 1_000_000,
        "log_index": 500,
        "position": 7,
        "canonical": True,
    }
    gone = other_block() + orphaned(old)
    yield "", gone + copied(old, ONE, **again) + points(record, ONE)
    yield "credit:kept", other_block() + copied(old, ONE, **again) + points(record, ONE)
    yield "credit:kept", gone + copied(old, ONE, **(again | {"canonical": False})) + points(record, ONE)
    yield "credit:kept", gone + copied(old, ONE, **again, amount_base=69 * 10**6) + points(record, ONE)
    yield (
        "credit:kept",
        gone
        + copied(old, ONE, **again)
        + copied(old, TWO, **(again | {"log_index": 501, "position": 8}), amount_base=69 * 10**6)
        + points(record, TWO),
    )
    # what an operator accepted is this money, in whichever block
    accepted = f"UPDATE wbo_data.deposit SET accepted = true, transfer_id = {ONE} WHERE record_no = '{n['waiting']}'; UPDATE wbo_data.deposit SET accepted = true WHERE record_no = '{n['waiting']}'; "
    one = other_block() + copied(n["unproven_transfer"], ONE, txid="0x" + "a1" * 32) + accepted
    still = f"(SELECT accepted FROM wbo_data.deposit WHERE record_no = '{n['waiting']}')"
    yield "", one + copied(ONE, TWO, **again) + points(n["waiting"], TWO) + must(still)
    yield (
        "",
        one + copied(ONE, TWO, **again, amount_base=1) + points(n["waiting"], TWO) + must(f"NOT {still}"),
    )


def _kept(n: Mapping[str, Any]) -> Iterator[Attempt]:
    yield "transfer_holder.position", "UPDATE wbo_data.transfer_holder SET position = position + 1"
    yield "transfer:kept", "UPDATE wbo_data.transfer_holder SET credited = false WHERE credited"
    one = copied(n["unproven_transfer"], ONE, txid="0x" + "a1" * 32, purpose="wallet_verification")
    yield (
        "transfer:kept",
        one
        + f"UPDATE wbo_data.transfer_holder SET record_no = '{n['waiting']}' WHERE txid = '0x' || repeat('a1', 32)",
    )
    yield "transfer:kept", one + "DELETE FROM wbo_data.transfer_holder WHERE txid = '0x' || repeat('a1', 32)"
    yield (
        "chain_transfer.tx_sender",
        f"UPDATE wbo_data.chain_transfer SET tx_sender = '{n['address2']}' WHERE id = {n['credited_transfer']}",
    )
    yield (
        "",
        orphaned(n["credited_transfer"])
        + f"UPDATE wbo_data.chain_transfer SET tx_sender = '{n['address2']}' WHERE id = {n['credited_transfer']}",
    )
