"""The tables of moves: whole, reachable, and with ends that are ends."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import pytest

from wbo_desktop.domain import deposit, refund, wallet
from wbo_desktop.domain.deposit import ACCEPTABLE, WAITING, DepositStatus, Reason
from wbo_desktop.domain.refund import CANCELLABLE, LIVE, RefundStatus
from wbo_desktop.domain.verdicts import JUDGEMENT, REALITY, Check
from wbo_desktop.domain.wallet import WalletStatus

D, R, W = DepositStatus, RefundStatus, WalletStatus
TABLES: list[tuple[type[StrEnum], Mapping, StrEnum, set]] = [
    (D, deposit.MOVES, D.PENDING_AUTH, {D.CANCELLED, D.DELETED, D.REFUNDED}),
    (R, refund.MOVES, R.REQUESTED, {R.CONFIRMED, R.FAILED, R.REJECTED, R.CANCELLED}),
    (W, wallet.MOVES, W.UNVERIFIED, {W.DELETED}),
]
tables = pytest.mark.parametrize(
    ("statuses", "moves", "first", "ends"), TABLES, ids=["deposit", "refund", "wallet"]
)


def reachable(moves: Mapping, start: StrEnum) -> set:
    seen, left = {start}, [start]
    while left:
        for to in moves[left.pop()] - seen:
            seen.add(to)
            left.append(to)
    return seen


@tables
def test_every_status_has_its_line_and_can_be_reached(
    statuses: type[StrEnum], moves: Mapping, first: StrEnum, ends: set
) -> None:
    assert set(moves) == set(statuses)
    assert reachable(moves, first) == set(statuses)


@tables
def test_ends_are_final_and_everything_else_can_end(
    statuses: type[StrEnum], moves: Mapping, first: StrEnum, ends: set
) -> None:
    assert {status for status in statuses if not moves[status]} == ends
    assert all(reachable(moves, status) & ends for status in statuses)
    assert all(status not in moves[status] for status in statuses)


def test_the_deposit_moves_are_the_ones_of_the_product_and_no_others() -> None:
    allowed = """
        pending_auth processing, pending_auth abnormal, pending_auth cancelled, pending_auth deleted,
        processing success, processing abnormal, processing pending_auth,
        abnormal pending_auth, abnormal processing, abnormal deleted,
        success refunding, success abnormal,
        refunding refunded, refunding refund_failed, refunding success, refund_failed refunding
    """
    moves = {f"{status.value} {to.value}" for status, targets in deposit.MOVES.items() for to in targets}
    assert moves == {" ".join(move.split()) for move in allowed.split(",")}


def test_money_is_only_credited_out_of_confirming_or_a_refund_that_was_called_off() -> None:
    assert {s for s in D if D.SUCCESS in deposit.MOVES[s]} == {D.PROCESSING, D.REFUNDING}


def test_only_waiting_records_can_be_revoked() -> None:
    assert {s for s in D if D.CANCELLED in deposit.MOVES[s]} == {D.PENDING_AUTH}


def test_reasons_are_of_one_kind_each() -> None:
    assert not WAITING & ACCEPTABLE
    assert {Reason.AMOUNT_DIFFERS, Reason.BELOW_MINIMUM, Reason.SPLIT_PAYMENT, Reason.LATE} == ACCEPTABLE


def test_every_check_is_either_about_reality_or_about_judgement() -> None:
    assert len(REALITY) + len(JUDGEMENT) == len(Check)
    assert {*REALITY, *JUDGEMENT} == set(Check)


def test_a_refund_lives_until_it_ended_and_is_called_off_only_before_it_was_signed() -> None:
    assert set(RefundStatus) - LIVE == {s for s in R if not refund.MOVES[s]}
    assert {s for s in R if R.CANCELLED in refund.MOVES[s]} == CANCELLABLE
    signed = reachable(refund.MOVES, R.SIGNED)
    assert not signed & {*CANCELLABLE, R.CANCELLED, R.REJECTED}
    assert {s for s in R if R.CONFIRMED in refund.MOVES[s]} == {R.CONFIRMING}


def test_a_wallet_is_verified_only_by_verifying() -> None:
    assert {s for s in W if W.VERIFIED in wallet.MOVES[s]} == {W.VERIFYING}


def test_a_refund_and_a_wallet_move_as_written_here_and_no_other_way() -> None:
    refunds = """
        requested approved, requested rejected, requested cancelled,
        approved executing, approved rejected, approved cancelled,
        executing signed, executing cancelled,
        signed broadcast, signed confirming, signed failed, broadcast confirming, broadcast failed,
        confirming broadcast, confirming confirmed, confirming failed
    """
    wallets = """
        unverified verifying, unverified deleted, verifying verified, verifying unverified, verifying deleted,
        verified verifying, verified deleted
    """
    for moves, allowed in ((refund.MOVES, refunds), (wallet.MOVES, wallets)):
        made = {f"{status.value} {to.value}" for status, targets in moves.items() for to in targets}
        assert made == {" ".join(move.split()) for move in allowed.split(",")}
