"""The explanation follows the decision, leads somewhere, and tells a client nothing about another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.domain import cases
from tests.domain.cases import ALL_ROWS, NOW, Row, scene
from wbo_desktop.domain.deposit import ACCEPTABLE, DepositStatus, Reason
from wbo_desktop.domain.diagnosis import ASKED, MESSAGES, STEPS, Answer, Diagnosis, Step, diagnose
from wbo_desktop.domain.facts import Transaction, Transfer
from wbo_desktop.domain.unannounced import ListedCoin, diagnose_txid, presume
from wbo_desktop.domain.verdicts import Check, Note

COINS = (
    ListedCoin("ETH", cases.NETWORK, None, 18, 10**16),
    ListedCoin("USDT", cases.NETWORK, cases.USDT, 6, 10_000_000),
)


def explained(row: Row) -> Diagnosis:
    return diagnose(row.scene.claim, row.scene.judge())


@pytest.mark.parametrize("row", ALL_ROWS, ids=lambda row: row.name)
def test_the_explanation_follows_the_decision(row: Row) -> None:
    diagnosis = explained(row)
    assert diagnosis.reason is row.reason
    assert [line.question for line in diagnosis.lines] == list(ASKED)
    assert any(line.decisive for line in diagnosis.lines) is (row.reason is not None)
    assert all(line.answer in (Answer.NO, Answer.OPEN) for line in diagnosis.lines if line.decisive)
    assert diagnosis.steps
    assert set(diagnosis.message.params) == set(MESSAGES[diagnosis.message.code])
    assert all(diagnosis.message.params.values())


def test_every_check_is_asked_once_and_every_reason_leads_somewhere() -> None:
    assert sorted(ASKED) == sorted(Check)
    assert set(STEPS) == set(Reason)
    assert all(STEPS[reason] for reason in Reason)
    assert {reason.value for reason in Reason} <= set(MESSAGES)


def test_accepting_is_offered_exactly_where_it_is_allowed() -> None:
    assert {reason for reason in Reason if Step.ACCEPT in STEPS[reason]} == ACCEPTABLE


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
    assert answers[Check.EXISTENCE] is Answer.NO
    assert answers[Check.TOKEN] is Answer.NOT_REACHED
    assert answers[Check.AMOUNT] is Answer.NOT_REACHED


def test_without_txid_the_client_is_asked_for_it() -> None:
    nothing = scene(claim=cases.NO_TXID, transaction=None, transfers=())
    several = scene(claim=cases.NO_TXID, transaction=None, more=(cases.other(**cases.SEPARATE),))
    assert diagnose(nothing.claim, nothing.judge()).steps == (Step.WAIT_FOR_CHAIN, Step.ASK_FOR_TXID)
    assert diagnose(several.claim, several.judge()).steps == (Step.LOOK_AT_TRANSFERS, Step.ASK_FOR_TXID)


def test_an_unknown_wallet_is_added_before_it_is_verified() -> None:
    unknown = scene(transaction=None, transfers=(), wallets=())
    assert diagnose(unknown.claim, unknown.judge()).steps == (Step.ADD_WALLET, Step.VERIFY_WALLET)


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (DepositStatus.PROCESSING, "confirming"),
        (DepositStatus.SUCCESS, "credited"),
        (DepositStatus.CANCELLED, "closed"),
        (DepositStatus.DELETED, "closed"),
        (DepositStatus.REFUNDING, "refund"),
        (DepositStatus.REFUNDED, "refund"),
        (DepositStatus.REFUND_FAILED, "refund"),
    ],
)
def test_a_record_that_is_past_matching_is_told_as_it_is(status: DepositStatus, code: str) -> None:
    facts = scene()
    diagnosis = diagnose(facts.claim, facts.judge(), status=status)
    assert (diagnosis.message.code, diagnosis.reason) == (code, None)


@pytest.mark.parametrize("reason", [Reason.REORGANISED, Reason.NODES_DISAGREE])
def test_reasons_that_are_not_about_matching_go_first(reason: Reason) -> None:
    facts = scene()
    diagnosis = diagnose(facts.claim, facts.judge(), status=DepositStatus.ABNORMAL, recorded_reason=reason)
    assert (diagnosis.reason, diagnosis.message.code) == (reason, reason.value)


# money that nobody announced


def ask(
    *transfers: Transfer, transaction: Transaction | None = cases.TRANSACTION
) -> tuple[Diagnosis, str | None]:
    diagnosis, claim = diagnose_txid(
        cases.TXID, cases.NETWORK, transaction, transfers, cases.WALLETS, cases.ACCOUNTS, COINS, NOW
    )
    assert set(diagnosis.message.params) == set(MESSAGES[diagnosis.message.code])
    return diagnosis, claim and claim.client_no


def test_unannounced_money_has_a_likely_client_and_is_judged_like_any() -> None:
    assert ask(cases.TRANSFER)[1] == cases.CLIENT
    assert ask(cases.TRANSFER)[0].reason is None
    assert ask(replace(cases.TRANSFER, sender=cases.EXCHANGE))[0].reason is Reason.SENDER_NOT_VERIFIED
    assert ask(replace(cases.TRANSFER, amount_base=1))[0].reason is Reason.BELOW_MINIMUM
    assert ask(replace(cases.TRANSFER, status=0))[0].reason is Reason.TRANSACTION_FAILED
    assert ask(replace(cases.TRANSFER, recipient=cases.THEIRS))[1] == cases.OTHER_CLIENT


def test_the_record_that_holds_the_transfer_is_named() -> None:
    held = replace(cases.TRANSFER, used_by="DP20260302000005")
    diagnosis, claim = diagnose_txid(
        cases.TXID, cases.NETWORK, None, [held], cases.WALLETS, cases.ACCOUNTS, COINS, NOW
    )
    assert claim is not None
    assert claim.record_no == "DP20260302000005"
    assert diagnosis.reason is None


@pytest.mark.parametrize(
    ("transfer", "reason"),
    [
        ({"token": cases.FAKE}, Reason.WRONG_CONTRACT),
        ({"recipient": cases.EXCHANGE}, Reason.NOT_OUR_ADDRESS),
        ({"recipient": cases.SPARE}, Reason.OTHER_CLIENTS_ACCOUNT),
        ({"amount_base": 0}, Reason.NO_TRANSFER),
        ({"recipient": "0x" + "0" * 40}, Reason.NOT_OUR_ADDRESS),
    ],
)
def test_a_transaction_that_pays_nobody_of_ours(transfer: dict[str, object], reason: Reason) -> None:
    diagnosis, client = ask(replace(cases.TRANSFER, **transfer))  # type: ignore[arg-type]
    assert (diagnosis.reason, client) == (reason, None)
    assert [line.question for line in diagnosis.lines] == list(ASKED[:5])


def test_a_txid_that_no_node_knows_or_that_waits() -> None:
    waiting = replace(cases.TRANSACTION, block_number=None, block_hash=None, status=None)
    elsewhere = replace(cases.TRANSACTION, network=cases.OTHER_NETWORK)
    assert ask(transaction=None)[0].reason is Reason.TXID_NOT_FOUND
    assert ask(transaction=elsewhere)[0].reason is Reason.WRONG_NETWORK
    diagnosis = ask(transaction=waiting)[0]
    assert (diagnosis.reason, diagnosis.message.code) == (Reason.TRANSFER_NOT_SEEN, "txid_pending")
    assert diagnosis.lines[0].note is Note.IN_MEMPOOL


@pytest.mark.parametrize(
    "unlike",
    [{"token": cases.FAKE}, {"recipient": cases.SPARE}, {"amount_base": 0}, {"network": cases.OTHER_NETWORK}],
)
def test_nothing_is_presumed_of_what_could_never_be_credited(unlike: dict[str, object]) -> None:
    transfer = replace(cases.TRANSFER, **unlike)  # type: ignore[arg-type]
    assert presume(transfer, cases.ACCOUNTS, COINS, NOW) is None
