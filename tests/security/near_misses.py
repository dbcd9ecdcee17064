"""What may be, and what may not by one thing: of accounts, wallets, refunds, logins and rules, one condition of a guard each."""

# ruff: noqa: E501 - an attack reads best on one line

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tests.security.guard_attempts import refund
from tests.security.holder_probes import ELSEWHERE, Attempt, must, past_triggers

_AGREED = "agreement_needed"
_ACCOUNT = "address = '0x' || repeat('8', 40)"
_IMPORTED = (
    "INSERT INTO wbo_data.custodial_import DEFAULT VALUES; INSERT INTO wbo_data.custodial_account (channel, network, address, import_id)"
    " SELECT 'x', 'Ethereum', '0x' || repeat('8', 40), max(id) FROM wbo_data.custodial_import; "
)
_DECIDED = "UPDATE wbo_data.custodial_import SET state = '{}' WHERE id = (SELECT max(id) FROM wbo_data.custodial_import); "
_CONFIRMED = f"UPDATE wbo_data.custodial_account SET confirmed_at = now() WHERE {_ACCOUNT}; "


def acts(*of: tuple[str, str]) -> str:
    """What several people do one after the other, each by way of one of the owner's functions."""
    return "".join(
        f"SET SESSION AUTHORIZATION {who}; SELECT public.as_owner($act${statement}$act$); "
        for who, statement in of
    )


def probes(n: Mapping[str, Any], matching: str) -> Iterator[Attempt]:
    """All of them. `matching`: a transfer that the waiting record takes up."""
    yield from _accounts(n)
    yield from _credits(n, matching)
    yield from _wallets(n)
    yield from _refunds(n)
    yield from _asked(n)
    yield from _logins(n)
    yield from _rules(n)


def _accounts(n: Mapping[str, Any]) -> Iterator[Attempt]:
    maker, checker = n["maker"], n["checker"]
    yield "", acts((checker, _IMPORTED), (maker, _DECIDED.format("confirmed") + _CONFIRMED))
    yield "account:confirmed", acts((checker, _IMPORTED), (maker, _CONFIRMED))
    yield "account:confirmed", acts((checker, _IMPORTED), (maker, _DECIDED.format("refused") + _CONFIRMED))
    yield (
        "",
        acts((maker, "UPDATE wbo_data.custodial_account SET deleted_at = NULL WHERE deleted_at IS NULL")),
    )
    yield (
        "custodial_account.confirmed_at",
        "UPDATE wbo_data.custodial_account SET confirmed_at = confirmed_at + interval '1 second'",
    )
    yield "custodial_import.imported_by", "UPDATE wbo_data.custodial_import SET imported_by = 'other'"


def verified(n: Mapping[str, Any], client: str, address: str, network: str) -> str:
    """That client's wallet, proven by a signature."""
    where = f"WHERE client_no = '{n[client]}' AND address = '{address}' AND network = '{network}'; "
    return (
        f"INSERT INTO wbo_data.wallet_address (client_no, network, address) VALUES ('{n[client]}', '{network}', '{address}');"
        f" UPDATE wbo_data.wallet_address SET status = 'verifying', method = 'message_signature', challenge = 'x', signature = '0x00' {where}"
        f"UPDATE wbo_data.wallet_address SET status = 'verified', verified_at = now(), evidence = '{{}}' {where}"
    )


def _credits(n: Mapping[str, Any], matching: str) -> Iterator[Attempt]:
    elsewhere = ELSEWHERE.format(**n)
    stranger = "0x" + "c" * 40
    yield (
        "credit:sender",
        elsewhere + verified(n, "client0", stranger, "Elsewhere") + matching.replace(n["address0"], stranger),
    )
    yield "", verified(n, "client0", stranger, "Ethereum") + matching.replace(n["address0"], stranger)
    # another block was mined in time
    first = "SELECT hash FROM wbo_data.block WHERE network = 'Ethereum' AND canonical ORDER BY number LIMIT 1"
    late = (
        "UPDATE wbo_data.policy SET value = '1' WHERE name = 'transfer_gap_hours'; UPDATE wbo_data.block SET mined_at = now() - CASE"
        f" WHEN hash = ({first}) THEN interval '3 hours' ELSE interval '0' END; "
    )
    yield "credit:late", late + matching


def _wallets(n: Mapping[str, Any]) -> Iterator[Attempt]:
    added = f"INSERT INTO wbo_data.wallet_address (client_no, network, address) VALUES ('{n['client0']}', 'Ethereum', '0x' || repeat('8', 40)); "
    hand = "(SELECT added_hand FROM wbo_data.wallet_address WHERE address = '0x' || repeat('8', 40))"
    yield "", acts((n["maker"], added + must(f"{hand} = wbo_rule.hand(''{n['maker']}'')".replace("''", "'"))))
    yield "", added + must(f"{hand} = '{{}}'")
    # records that wait for it are looked at again
    looked = f"(SELECT count(*) FROM wbo_data.deposit_check WHERE record_no = '{n['waiting']}')"
    yield (
        "",
        (
            f"DELETE FROM wbo_data.deposit_check; UPDATE wbo_data.wallet_address SET status = 'deleted', deleted_at = now() WHERE id = {n['wallet0']}; "
            + must(f"{looked} = 1")
        ),
    )
    yield from _looked_at(n)
    yield "", f"UPDATE wbo_data.wallet_address SET status = 'verified' WHERE id = {n['wallet0']}"
    # what the desk added cools off, what the client named does not
    yield "", must("wbo_rule.cools_until(now(), '{x}', 0) > now() + interval '23 hours'")
    yield "", must("wbo_rule.cools_until(now(), '{}', 0) <= now()")


def _looked_at(n: Mapping[str, Any]) -> Iterator[Attempt]:
    """Which records are judged again when a wallet moves: those of its client and network that wait for it."""
    gone = "UPDATE wbo_data.wallet_address SET status = 'deleted', deleted_at = now() WHERE client_no = '{}' AND network = '{}'; "

    def looked(record: str) -> str:
        return f"(SELECT count(*) FROM wbo_data.deposit_check WHERE record_no = '{n[record]}')"

    for reason, times in (("sender_not_verified", 1), ("late", 0)):
        yield (
            "",
            (
                f"UPDATE wbo_data.deposit SET status = 'abnormal', reason = '{reason}' WHERE record_no = '{n['abnormal']}'; DELETE FROM wbo_data.deposit_check; "
                + gone.format(n["client2"], "Ethereum")
                + must(f"{looked('abnormal')} = {times} AND {looked('confirming')} = 0")
            ),
        )
    there = ELSEWHERE.format(**n) + verified(n, "client0", n["address0"], "Elsewhere")
    yield (
        "",
        there
        + "DELETE FROM wbo_data.deposit_check; "
        + gone.format(n["client0"], "Elsewhere")
        + must(f"{looked('waiting')} = 0"),
    )


def proofs(n: Mapping[str, Any], begun: str) -> Iterator[Attempt]:
    """`begun`: a micro-payment that proves client 3's wallet, in every respect."""
    yield "wallet:micro_payment", begun.replace("'wallet_verification'", "'deposit'")
    # the payment is another wallet's proof already
    spent = f"UPDATE wbo_data.transfer_holder SET wallet_id = {n['wallet0']} WHERE txid = '0x' || repeat('d', 64); UPDATE wbo_data.wallet_address SET status = 'verifying'"
    yield (
        "wallet:micro_payment",
        begun.replace("UPDATE wbo_data.wallet_address SET status = 'verifying'", spent),
    )
    # a wallet of the same address on another network
    moved = ELSEWHERE.format(**n) + (
        f"INSERT INTO wbo_data.wallet_address (client_no, network, address) VALUES ('{n['client3']}', 'Elsewhere', '{n['address3']}'); "
    )
    there = "WHERE network = 'Elsewhere' AND client_no = '{}'".format(n["client3"])
    yield "wallet:micro_payment", moved + begun.replace(f"WHERE id = {n['wallet3']}", there)


_DROPPED = "UPDATE wbo_data.refund SET status = 'cancelled' WHERE refund_no = '{live_refund}'; UPDATE wbo_data.deposit SET status = 'success' WHERE record_no = '{live}'; "
_AGAIN = (
    "INSERT INTO wbo_data.refund SELECT (jsonb_populate_record(r, jsonb_build_object('refund_no', 'RF-x', 'status', 'requested', 'intent', i.text, 'intent_hash',"
    " encode(sha256(convert_to(i.text, 'UTF8')), 'hex'), {more}))).* FROM wbo_data.refund r, LATERAL (SELECT replace(r.intent, r.refund_no, 'RF-x') AS text) AS i"
    " WHERE r.refund_no = '{live_refund}'; "
)
_BACKED = "UPDATE wbo_data.deposit SET status = 'refunding' WHERE record_no = '{live}'; "


def _refunds(n: Mapping[str, Any]) -> Iterator[Attempt]:
    live = n["live_refund"]
    # nobody has to approve: the wallet must be somebody else's work
    alone = (_DROPPED + _AGAIN.replace("{more}", "'approvals_needed', 0") + _BACKED).format(**n)
    begun = (
        f"UPDATE wbo_data.wallet_address SET begun_hand = ARRAY['{n['maker']}'] WHERE id = {n['wallet0']}; "
    )
    yield "", alone + "UPDATE wbo_data.refund SET status = 'approved' WHERE refund_no = 'RF-x'"
    yield (
        "wallet_of_own_hand",
        alone + begun + "UPDATE wbo_data.refund SET status = 'approved' WHERE refund_no = 'RF-x'",
    )
    approval = (
        "INSERT INTO wbo_data.refund_approval (refund_no, login, hand, intent_hash) SELECT refund_no, {login}, {hand}, {hash} FROM wbo_data.refund"
        f" WHERE refund_no = '{live}'; "
    )
    usual = {"login": f"'{n['checker']}'", "hand": f"ARRAY['{n['checker']}']", "hash": "intent_hash"}
    approved = f"UPDATE wbo_data.refund SET status = 'approved' WHERE refund_no = '{live}'; "
    yield "", begun + approval.format(**usual) + approved
    # an approval that came past its own guard does not count
    yield "", past_triggers(approval.format(**usual)) + approved
    for changed in (
        {"login": "requested_by"},
        {"hash": "repeat('0', 64)"},
        {"hand": "requested_hand"},
    ):
        yield "refund:approvals", past_triggers(approval.format(**(usual | changed))) + approved
    # a wallet of the same client on another network
    there = verified(n, "client0", n["address0"], "Elsewhere")
    wallet = "'wallet_id', (SELECT id FROM wbo_data.wallet_address WHERE network = 'Elsewhere')"
    yield (
        "refund_address_other_network",
        ELSEWHERE.format(**n) + there + (_DROPPED + _AGAIN.replace("{more}", wallet)).format(**n),
    )


def paid(n: Mapping[str, Any], usual: str) -> Iterator[Attempt]:
    """`usual`: everything up to the confirmation by its own transaction."""
    own = f"block_hash = (SELECT hash FROM wbo_data.block WHERE canonical ORDER BY number DESC OFFSET 0 LIMIT 1) WHERE refund_no = '{n['live_refund']}'"
    assert own in usual
    others = (
        f"txid = o.txid, block_hash = o.block_hash FROM wbo_data.refund o WHERE o.refund_no = '{n['refund']}'"
        f" AND refund.refund_no = '{n['live_refund']}'"
    )
    yield "refund:confirmed", usual.replace(own, others)


def _asked(n: Mapping[str, Any]) -> Iterator[Attempt]:
    """A refund of just what its record says."""
    yield "", refund(n, amount=49 * 10**6, reason="'a part'")
    yield (
        "refund:record",
        refund(
            n, coin="(SELECT id FROM wbo_data.cryptocurrency WHERE code = 'ETH' AND network = 'Ethereum')"
        ),
    )
    yield "refund:record", ELSEWHERE.format(**n) + refund(n).replace("'Ethereum'", "'Elsewhere'", 1)
    # the log has what changed, and nothing when nothing did
    newest = "(SELECT e.after FROM wbo_data.audit_entry e ORDER BY e.seq DESC LIMIT 1)"
    yield "", "UPDATE wbo_data.checkpoint SET alarm = 'x'; " + must(f'{newest} = \'{{"alarm": "x"}}\'')
    entries = "(SELECT count(*) FROM wbo_data.audit_entry)"
    yield (
        "",
        (
            f"DO $do$ DECLARE were bigint := {entries}; BEGIN UPDATE wbo_data.balance_difference SET network = network; PERFORM public.must(were = {entries}); END $do$"
        ),
    )


def _logins(n: Mapping[str, Any]) -> Iterator[Attempt]:
    viewer, maker, admin, checker = n["viewer"], n["maker"], n["admin"], n["checker"]
    issued = "UPDATE wbo_data.operator SET password_issued_at = now() WHERE login = '{}'; "
    yield (
        "",
        acts(
            (
                admin,
                f"UPDATE wbo_data.operator SET disabled_at = now() WHERE login = '{maker}'; "
                + issued.format(maker),
            )
        ),
    )
    yield (
        "",
        acts((admin, f"UPDATE wbo_data.operator SET disabled_at = disabled_at WHERE login = '{maker}'; ")),
    )
    # who is about to hold a power, and who is not
    power = "atm.va_refund_approval"
    withdrawn = f"INSERT INTO wbo_data.permission_grant (login, permission_code, state) VALUES ('{viewer}', '{power}', 'withdrawn'); "
    yield "", acts((admin, withdrawn + issued.format(viewer)))
    asked = "INSERT INTO wbo_data.change_request (kind, object_id) VALUES ('{}', '{} {}'); "
    yield _AGREED, acts((admin, asked.format("grant_permission", viewer, power) + issued.format(viewer)))
    yield "", acts((admin, asked.format("reset_password", viewer, "x") + issued.format(viewer)))
    yield "", acts((admin, asked.format("grant_permission", checker, power) + issued.format(viewer)))
    # whoever knew the password before counts for a day
    before = f"UPDATE wbo_data.operator SET issued_before = '{{x}}', password_issued_at = now() - interval '{{hours}} hours' WHERE login = '{viewer}'; "
    counts = f"'x' = ANY (wbo_rule.hand('{viewer}'))"
    yield "", before.replace("{hours}", "23") + must(counts)
    yield "", before.replace("{hours}", "25") + must(f"NOT {counts}")


def _rules(n: Mapping[str, Any]) -> Iterator[Attempt]:
    admin, maker, checker = n["admin"], n["maker"], n["checker"]
    weaker = "UPDATE wbo_data.policy SET value = '16' WHERE name = 'idle_lock_minutes'; "
    asked = (
        "INSERT INTO wbo_data.change_request (kind, object_id) VALUES ('save_policy', 'idle_lock_minutes'); "
    )
    decided = "UPDATE wbo_data.change_request SET state = '{}', decided_by = '{}', decided_at = {} WHERE object_id = 'idle_lock_minutes'; "
    yield "", acts((checker, asked), (admin, decided.format("granted", admin, "now()") + weaker))
    for state, by, at in (
        ("refused", admin, "now()"),
        ("granted", maker, "now()"),
        ("granted", admin, "now() - interval '1 hour'"),
    ):
        yield _AGREED, acts((checker, asked), (admin, decided.format(state, by, at) + weaker))
    # agreed to another rule in the same transaction
    other = asked.replace("idle_lock_minutes", "session_hours")
    granted = decided.replace("idle_lock_minutes", "session_hours").format("granted", admin, "now()")
    yield _AGREED, acts((checker, other + asked), (admin, granted + weaker))
    # a decided request may be written to, its decision not
    yield (
        "",
        acts(
            (checker, asked),
            (
                admin,
                decided.format("refused", admin, "now()")
                + "UPDATE wbo_data.change_request SET decide_remark = 'x' WHERE object_id = 'idle_lock_minutes'",
            ),
        ),
    )
    yield (
        "",
        acts(
            (
                checker,
                asked
                + "UPDATE wbo_data.change_request SET payload = payload WHERE object_id = 'idle_lock_minutes'",
            )
        ),
    )
    # a rule without a direction is anybody's to strengthen and nobody's alone
    unruled = "INSERT INTO wbo_data.policy (name, value) VALUES ('unruled', '2'); "
    yield _AGREED, unruled + acts((admin, "UPDATE wbo_data.policy SET value = '1' WHERE name = 'unruled'"))
    yield "", acts((admin, "UPDATE wbo_data.policy SET value = '0' WHERE name = 'transfer_gap_hours'"))
