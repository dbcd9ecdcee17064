"""The explanation follows the decision, leads somewhere, and tells a client nothing about another."""

from __future__ import annotations

import pytest

from tests.domain import cases
from tests.domain.cases import ALL_ROWS, Row, scene
from wbo_desktop.domain.deposit import ACCEPTABLE, DepositStatus, Reason
from wbo_desktop.domain.diagnosis import (
    ASKED,
    MESSAGES,
    STEPS,
    Diagnosis,
    DiagnosisAnswer,
    NextStep,
    diagnose,
)
from wbo_desktop.domain.verdicts import Check
from wbo_desktop.domain.wallet import WalletStatus


def explained(row: Row) -> Diagnosis:
    return diagnose(row.scene.claim, row.scene.judge())


@pytest.mark.parametrize("row", ALL_ROWS, ids=lambda row: row.name)
def test_the_explanation_follows_the_decision(row: Row) -> None:
    diagnosis = explained(row)
    assert diagnosis.reason is row.reason
    assert [line.question for line in diagnosis.lines] == list(ASKED)
    assert any(line.decisive for line in diagnosis.lines) is (row.reason is not None)
    assert all(
        line.answer in (DiagnosisAnswer.NO, DiagnosisAnswer.OPEN) for line in diagnosis.lines if line.decisive
    )
    assert diagnosis.steps
    assert set(diagnosis.message.params) == set(MESSAGES[diagnosis.message.code])
    assert all(diagnosis.message.params.values())


@pytest.mark.parametrize("row", ALL_ROWS, ids=lambda row: row.name)
def test_the_lines_are_the_verdicts(row: Row) -> None:
    judgement = row.scene.judge()
    for line in explained(row).lines:
        verdict = judgement.verdict(line.question)
        assert (line.claimed, line.found) == (verdict.claimed, verdict.found)
        assert (line.reason, line.note) == (verdict.reason, verdict.note)
        open_or_not = DiagnosisAnswer.OPEN if verdict.reason else DiagnosisAnswer.NOT_REACHED
        assert (
            line.answer
            is {True: DiagnosisAnswer.YES, False: DiagnosisAnswer.NO, None: open_or_not}[verdict.passed]
        )


def test_every_check_is_asked_once_and_every_reason_leads_somewhere() -> None:
    assert sorted(ASKED) == sorted(Check)
    assert set(STEPS) == set(Reason)
    assert all(STEPS[reason] for reason in Reason)
    assert {reason.value for reason in Reason} <= set(MESSAGES)


def test_accepting_is_offered_exactly_where_it_is_allowed() -> None:
    assert {reason for reason in Reason if NextStep.ACCEPT in STEPS[reason]} == ACCEPTABLE


@pytest.mark.parametrize("row", ALL_ROWS, ids=lambda row: row.name)
def test_a_client_is_told_nothing_about_another(row: Row) -> None:
    told = " ".join(explained(row).message.params.values())
    holders = {t.used_by for t in row.scene.transfers if t.used_by}
    secrets = {cases.OTHER_CLIENT, *holders} - {row.scene.claim.record_no}
    if row.scene.claim.target != cases.THEIRS:
        secrets.add(cases.THEIRS)
    assert not [secret for secret in secrets if secret in told]


def test_lines_after_the_one_that_failed_were_not_reached() -> None:
    row = next(row for row in ALL_ROWS if row.name == "unknown and overdue")
    answers = {line.question: line.answer for line in explained(row).lines}
    assert answers[Check.EXISTENCE] is DiagnosisAnswer.NO
    assert answers[Check.TOKEN] is DiagnosisAnswer.NOT_REACHED
    assert answers[Check.AMOUNT] is DiagnosisAnswer.NOT_REACHED


def test_without_txid_the_client_is_asked_for_it() -> None:
    nothing = scene(claim=cases.NO_TXID, transaction=None, transfers=())
    several = scene(claim=cases.NO_TXID, transaction=None, more=(cases.other(**cases.SEPARATE),))
    assert diagnose(nothing.claim, nothing.judge()).steps == (NextStep.WAIT_FOR_CHAIN, NextStep.ASK_FOR_TXID)
    assert diagnose(several.claim, several.judge()).steps == (
        NextStep.LOOK_AT_TRANSFERS,
        NextStep.ASK_FOR_TXID,
    )


def test_an_unknown_wallet_is_added_before_it_is_verified() -> None:
    unknown = scene(transaction=None, transfers=(), wallets=())
    assert diagnose(unknown.claim, unknown.judge()).steps == (NextStep.ADD_WALLET, NextStep.VERIFY_WALLET)
    known = scene(wallet=cases.unverified(WalletStatus.VERIFYING))
    assert diagnose(known.claim, known.judge()).steps == (NextStep.VERIFY_WALLET,)


def test_a_fault_of_a_transfer_that_was_found_by_its_account_has_the_steps_of_that_fault() -> None:
    facts = scene(claim=cases.NO_TXID, transaction=None, transfer={"amount": 20_000_000})
    diagnosis = diagnose(facts.claim, facts.judge())
    assert diagnosis.reason is Reason.AMOUNT_DIFFERS
    assert diagnosis.steps == STEPS[Reason.AMOUNT_DIFFERS]


@pytest.mark.parametrize(
    ("status", "code", "step"),
    [
        (DepositStatus.PROCESSING, "confirming", NextStep.WAIT_FOR_CONFIRMATIONS),
        (DepositStatus.SUCCESS, "credited", None),
        (DepositStatus.CANCELLED, "closed", NextStep.ASK_TO_SUBMIT_AGAIN),
        (DepositStatus.DELETED, "closed", NextStep.ASK_TO_SUBMIT_AGAIN),
        (DepositStatus.REFUNDING, "refund", NextStep.LOOK_AT_REFUND),
        (DepositStatus.REFUNDED, "refund", NextStep.LOOK_AT_REFUND),
        (DepositStatus.REFUND_FAILED, "refund", NextStep.LOOK_AT_REFUND),
    ],
)
def test_a_record_that_is_past_matching_is_told_as_it_is(
    status: DepositStatus, code: str, step: NextStep | None
) -> None:
    facts = scene()
    diagnosis = diagnose(facts.claim, facts.judge(), status=status)
    assert (diagnosis.message.code, diagnosis.reason) == (code, None)
    assert diagnosis.steps == ((step,) if step else ())
    assert [line.question for line in diagnosis.lines] == list(ASKED)


@pytest.mark.parametrize("reason", [Reason.REORGANISED, Reason.NODES_DISAGREE])
def test_reasons_that_are_not_about_matching_go_first(reason: Reason) -> None:
    facts = scene()
    diagnosis = diagnose(facts.claim, facts.judge(), status=DepositStatus.ABNORMAL, recorded_reason=reason)
    assert (diagnosis.reason, diagnosis.message.code) == (reason, reason.value)
