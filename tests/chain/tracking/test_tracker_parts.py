"""The tracker's pure parts: judging by facts, ranges that adapt, contracts' signatures."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from wbo_desktop.chain.tracking.ranges import AdaptiveRange
from wbo_desktop.domain.deposit import DepositStatus, Reason
from wbo_desktop.domain.facts import Claim, OurAddress, PlacedTransfer, Transaction, WalletFact
from wbo_desktop.domain.types import Address, BlockHash, TxHash, checksum_address
from wbo_desktop.domain.wallet import WalletStatus
from wbo_desktop.services.judging import IN_POOL, SOON, LookedUp, decide, wants_lookup
from wbo_desktop.services.tracking import CoinSettings, RecordFacts, StoredTransfer

NOW = datetime(2026, 1, 5, tzinfo=UTC)
TOKEN, OTHER_TOKEN, WALLET, ACCOUNT = (checksum_address(f"0x{n:040x}") for n in (0xAA1, 0xAA2, 0xBB1, 0xCC1))
TXID, BLOCK = TxHash("0x" + "7" * 64), BlockHash("0x" + "8" * 64)
COIN = CoinSettings(1, "USDT", "Ethereum", TOKEN, confirmations=3, confirmation_steps=((1000, 12),))


def claim(txid: TxHash | None = TXID) -> Claim:
    return Claim("DP-1", "C1", "USDT", "Ethereum", TOKEN, 6, 500, 1, WALLET, ACCOUNT, txid, NOW)


def transfer(amount: int = 500, token: Address = TOKEN) -> PlacedTransfer:
    return PlacedTransfer(
        TXID,
        0,
        token,
        WALLET,
        ACCOUNT,
        amount,
        network="Ethereum",
        status=1,
        canonical=True,
        block_number=100,
        block_hash=BLOCK,
        block_time=NOW,
    )


def facts(*stored: PlacedTransfer, txid: TxHash | None = TXID, overdue: bool = False) -> RecordFacts:
    return RecordFacts(
        claim=claim(txid),
        ticket=4,
        version=2,
        status=DepositStatus.PENDING_AUTH,
        reason=None,
        coin_id=1,
        overdue=overdue,
        grace_left=90.0,
        transfers=tuple(StoredTransfer(7 + n, t) for n, t in enumerate(stored)),
        wallets=(WalletFact("C1", "Ethereum", WALLET, WalletStatus.VERIFIED, NOW),),
        accounts=(OurAddress("Ethereum", ACCOUNT, "C1"),),
    )


MINED = Transaction(TXID, "Ethereum", 100, BLOCK, NOW, 1, WALLET)
POOLED = replace(MINED, block_number=None, block_hash=None, block_time=None, status=None)


def test_stored_transfer_needs_no_lookup() -> None:
    assert not wants_lookup(facts(transfer()))
    assert not wants_lookup(facts(txid=None))
    assert wants_lookup(facts())
    assert wants_lookup(facts(transfer(token=OTHER_TOKEN)))


def test_processing_names_the_stored_transfer_and_its_confirmations() -> None:
    decision = decide(facts(transfer()), None, COIN)
    assert (decision.status, decision.transfer_id, decision.required_confirmations) == (
        DepositStatus.PROCESSING,
        7,
        3,
    )
    assert decision.check_again is None


def test_confirmations_rise_with_the_amount_that_came() -> None:
    large = replace(facts(transfer(2000)), claim=replace(claim(), claimed_base=2000))
    assert decide(large, None, COIN).required_confirmations == 12


def test_never_moved_on_by_a_lookup_alone() -> None:
    """What only the node shows must be stored first: the record waits, whatever it would have become."""
    decision = decide(facts(), LookedUp(MINED, (transfer(),)), COIN)
    assert (decision.status, decision.transfer_id, decision.check_again) == (None, None, SOON)


@pytest.mark.parametrize("seen", [LookedUp(ahead=True), LookedUp(stale=True)])
def test_blocks_on_the_way_are_waited_for(seen: LookedUp) -> None:
    decision = decide(facts(overdue=True), seen, COIN)
    assert (decision.status, decision.check_again) == (None, SOON)


def test_unknown_txid_is_looked_for_once_more_when_its_grace_is_over() -> None:
    decision = decide(facts(), LookedUp(), COIN)
    assert (decision.status, decision.reason) == (DepositStatus.PENDING_AUTH, Reason.TRANSFER_NOT_SEEN)
    assert decision.check_again == 90.0
    decision = decide(facts(overdue=True), LookedUp(), COIN)
    assert (decision.status, decision.reason) == (DepositStatus.ABNORMAL, Reason.TXID_NOT_FOUND)
    assert decision.check_again is None


def test_pooled_transaction_may_vanish_without_a_trace() -> None:
    decision = decide(facts(overdue=True), LookedUp(POOLED), COIN)
    assert (decision.status, decision.check_again) == (DepositStatus.PENDING_AUTH, IN_POOL)


def test_wrong_contract_by_lookup() -> None:
    decision = decide(facts(), LookedUp(MINED, (transfer(token=OTHER_TOKEN),)), COIN)
    assert (decision.status, decision.reason) == (DepositStatus.ABNORMAL, Reason.WRONG_CONTRACT)


def test_range_grows_while_fast_and_halves_when_it_fails() -> None:
    sizes = AdaptiveRange(48, 4000)
    seen = []
    for _ in range(8):
        seen.append(sizes.size)
        sizes.worked(0.01, sizes.size, 0)
    assert seen == [1, 2, 4, 8, 16, 32, 48, 48]
    sizes.failed(48)
    assert sizes.size == 24
    sizes.worked(5.0, 24, 0)
    assert sizes.size == 12
    for _ in range(9):
        sizes.failed(sizes.size)
    assert sizes.size == 1


def test_range_holds_few_full_blocks() -> None:
    sizes = AdaptiveRange(48, 600)
    sizes.worked(0.01, 1, 250)
    assert sizes.size == 2
    sizes.worked(0.01, 2, 500)
    assert sizes.size == 2
    sizes.worked(0.01, 2, 2_000)
    assert sizes.size == 1


def test_a_short_rest_of_a_range_does_not_make_it_grow() -> None:
    sizes = AdaptiveRange(48, 600)
    sizes.worked(0.01, 1, 0)
    sizes.worked(0.01, 1, 0)
    assert sizes.size == 2
