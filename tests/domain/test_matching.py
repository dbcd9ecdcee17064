"""Every verdict by example: the tables of `cases`, and what single lines have to say."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.domain import cases
from tests.domain.cases import ALL_ROWS, FAULTY, HONEST, UNREAL, WAITS, Row, acceptable, scene
from wbo_desktop.domain.deposit import ACCEPTABLE, WAITING, DepositStatus, Reason
from wbo_desktop.domain.matching import amount_text
from wbo_desktop.domain.verdicts import REALITY, Check, Note, Verdict
from wbo_desktop.domain.wallet import WalletStatus


@pytest.mark.parametrize("row", ALL_ROWS, ids=lambda row: row.name)
def test_each_row_is_judged_right(row: Row) -> None:
    judgement = row.scene.judge()
    assert (judgement.to_status, judgement.reason) == (row.status, row.reason)
    transfer = judgement.transfer
    found = {
        "log_index": transfer and transfer.log_index,
        "amount": transfer and transfer.amount,
        "block_number": transfer and transfer.block_number,
        "proposed": len(judgement.proposal),
    }
    assert {name: found[name] for name in row.extra} == row.extra


def test_the_tables_have_every_reason_that_matching_can_give() -> None:
    elsewhere = {Reason.REORGANISED, Reason.NODES_DISAGREE}
    assert {row.reason for row in ALL_ROWS} == {*Reason, None} - elsewhere
    assert {row.reason for row in WAITS} == WAITING
    assert {row.reason for row in FAULTY} == ACCEPTABLE
    assert not {row.reason for row in UNREAL} & (ACCEPTABLE | WAITING)


@pytest.mark.parametrize("check", Check)
def test_the_tables_have_every_check_passing_and_not(check: Check) -> None:
    seen = {row.scene.judge().verdict(check).passed for row in ALL_ROWS}
    assert {True, False, None} <= seen


@pytest.mark.parametrize("row", [*UNREAL, *WAITS], ids=lambda row: row.name)
def test_accepting_does_not_make_money_real(row: Row) -> None:
    judgement = replace(row.scene, claim=replace(row.scene.claim, accepted=True)).judge()
    assert (judgement.to_status, judgement.reason) == (row.status, row.reason)
    assert not acceptable(judgement)


@pytest.mark.parametrize("row", FAULTY, ids=lambda row: row.name)
def test_accepting_credits_what_arrived(row: Row) -> None:
    before = row.scene.judge()
    after = replace(row.scene, claim=replace(row.scene.claim, accepted=True)).judge()
    assert acceptable(before)
    assert all(before.verdict(check).passed for check in REALITY)
    assert after.to_status is DepositStatus.PROCESSING
    assert after.transfer == before.transfer is not None


@pytest.mark.parametrize("row", HONEST, ids=lambda row: row.name)
def test_credit_names_the_transfer(row: Row) -> None:
    transfer = row.scene.judge().transfer
    assert transfer is not None
    assert transfer.recipient == cases.OURS


def test_verdicts_are_one_for_each_check_in_order_and_plain_json() -> None:
    for row in ALL_ROWS:
        told = json.loads(json.dumps(row.scene.judge().verdicts_json()))
        assert [verdict["check"] for verdict in told] == [check.value for check in Check]
        assert all(set(v) == {"check", "passed", "claimed", "found", "reason", "note"} for v in told)


def test_both_sides_of_the_address_check_are_shown() -> None:
    judgement = scene(transfer={"sender": cases.EXCHANGE}).judge()
    sender = judgement.verdict(Check.SENDER)
    assert (sender.passed, sender.claimed, sender.found) == (False, cases.WALLET, cases.EXCHANGE)
    assert sender.note is Note.WALLET_UNKNOWN


def test_amounts_are_told_in_units_of_the_coin_to_the_last_decimal() -> None:
    amount = scene(transfer={"amount": 99_999_999}).judge().verdict(Check.AMOUNT)
    assert (amount.claimed, amount.found) == ("100.000000", "99.999999")
    assert amount.note is Note.LESS_THAN_CLAIMED
    assert amount_text(1, 18) == "0.000000000000000001"
    assert amount_text(2**256 - 1, 0) == str(2**256 - 1)


def test_a_proposal_names_both_transfers_of_a_payment_in_parts() -> None:
    row = next(row for row in FAULTY if row.name == "in two parts, two transactions")
    assert row.scene.judge().proposal_json() == [
        {"txid": cases.TXID, "log_index": 3, "sender": cases.WALLET, "amount_base": "60000000"},
        {"txid": cases.OTHER_TXID, "log_index": 7, "sender": cases.WALLET, "amount_base": "40000000"},
    ]


def test_a_verdict_as_plain_values() -> None:
    whole = Verdict(
        Check.WALLET, None, "verified", "verifying", Reason.WALLET_UNVERIFIED, Note.WALLET_UNKNOWN
    )
    assert whole.as_json() == {
        "check": "wallet", "passed": None, "claimed": "verified", "found": "verifying",
        "reason": "wallet_unverified", "note": "wallet_unknown",
    }  # fmt: skip
    assert Verdict(Check.STATUS, True).as_json() == {
        "check": "status", "passed": True, "claimed": None, "found": None, "reason": None, "note": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "check", "passed", "found"),
    [
        (
            scene(transaction={"network": cases.OTHER_NETWORK}, transfers=()),
            Check.EXISTENCE,
            True,
            cases.TXID,
        ),
        (
            scene(transaction={"network": cases.OTHER_NETWORK}, transfers=()),
            Check.NETWORK,
            False,
            cases.OTHER_NETWORK,
        ),
        (
            scene(claim={"target": cases.THEIRS}, transfer={"recipient": cases.THEIRS}),
            Check.UNUSED,
            None,
            None,
        ),
        (scene(transfer={"token": cases.FAKE}), Check.TOKEN, False, cases.FAKE),
        (scene(transfer={"token": None}), Check.TOKEN, False, "native"),
        (scene(transfer={"token": cases.FAKE, "recipient": cases.THEIRS}), Check.TOKEN, False, cases.FAKE),
        (scene(transfer={"token": None, "recipient": cases.THEIRS}), Check.TOKEN, False, "native"),
        (scene(claim={"token": None}, transfer={"token": None}), Check.TOKEN, True, "native"),
        (scene(transfer={"recipient": cases.EXCHANGE}), Check.TARGET, False, cases.EXCHANGE),
        (scene(transfer={"used_by": "DP9"}), Check.UNUSED, False, "DP9"),
        (scene(transaction={"status": 0}), Check.STATUS, False, "0"),
        (scene(), Check.STATUS, True, "1"),
        (scene(wallet=cases.unverified(WalletStatus.VERIFYING)), Check.WALLET, None, "verifying"),
        (scene(transfer={"amount": 1}), Check.MINIMUM, False, "0.000001"),
        (scene(), Check.TIMELINESS, True, "2026-03-02T09:32:00+00:00"),
    ],
)
def test_lines_show_what_was_found(
    facts: cases.Scene, check: Check, passed: bool | None, found: str | None
) -> None:
    verdict = facts.judge().verdict(check)
    assert (verdict.passed, verdict.found) == (passed, found)


def test_what_moves_nothing_has_no_note_of_zero_values() -> None:
    assert scene(transfers=()).judge().verdict(Check.TARGET).note is None


@pytest.mark.parametrize("claim", [{}, cases.NO_TXID])
def test_no_transfer_is_held_by_a_record_whose_account_is_not_its_clients(claim: dict[str, None]) -> None:
    facts = scene(
        claim=claim | {"target": cases.THEIRS}, transaction=None, transfer={"recipient": cases.THEIRS}
    )
    assert facts.judge().transfer is None


@pytest.mark.parametrize(
    ("facts", "check", "note"),
    [
        (scene(transaction={"block_number": None}, transfers=()), Check.EXISTENCE, Note.IN_MEMPOOL),
        (scene(transaction=None, transfer={"canonical": False}), Check.EXISTENCE, Note.ORPHANED),
        (scene(claim=cases.NO_TXID, transaction=None), Check.EXISTENCE, Note.FOUND_BY_ACCOUNT),
        (scene(transfer={"amount": 0}), Check.TARGET, Note.ZERO_VALUE),
        (scene(transfer={"recipient": cases.OURS_TOO}), Check.TARGET, Note.OTHER_ACCOUNT_OF_CLIENT),
        (scene(transfer={"recipient": cases.SPARE}), Check.TARGET, Note.UNASSIGNED_ACCOUNT),
        (scene(transfer={"sender": cases.STRANGER}), Check.SENDER, Note.WALLET_OF_OTHER_CLIENT),
        (scene(wallet={"status": WalletStatus.DELETED}), Check.WALLET, Note.WALLET_DELETED),
        (
            scene(wallet={"status": WalletStatus.DELETED, "client_no": cases.OTHER_CLIENT}),
            Check.WALLET,
            Note.WALLET_UNKNOWN,
        ),
        (scene(transfer={"amount": 10**9}), Check.AMOUNT, Note.MORE_THAN_CLAIMED),
        (
            scene(claim={"accepted": True, "minimum_base": 10**9}),
            Check.MINIMUM,
            Note.ACCEPTED,
        ),
    ],
)
def test_notes_say_what_else_is_worth_knowing(facts: cases.Scene, check: Check, note: Note) -> None:
    assert facts.judge().verdict(check).note is note


def test_a_claim_cannot_take_another_clients_money_by_naming_their_account() -> None:
    """Nor hold it, so that its owner's request finds it free."""
    judgement = scene(
        claim={"target": cases.THEIRS, "source": cases.STRANGER},
        transfer={"recipient": cases.THEIRS, "sender": cases.STRANGER},
    ).judge()
    assert judgement.reason is Reason.OTHER_CLIENTS_ACCOUNT
    assert judgement.transfer is None


def test_the_txid_found_on_the_right_network_too_counts_there() -> None:
    facts = scene(transaction={"network": cases.OTHER_NETWORK})
    assert facts.judge().to_status is DepositStatus.PROCESSING


def test_money_waits_for_the_request_it_was_sent_for() -> None:
    """Two requests of a client wait without TXID; what fits the second must not be held by the first."""
    second = scene(claim=cases.NO_TXID | {"contested": True}, transaction=None)
    first = replace(second, claim=replace(second.claim, record_no="DP2", claimed_base=50_000_000))
    assert first.judge().transfer is None
    assert second.judge().transfer == second.transfers[0]
