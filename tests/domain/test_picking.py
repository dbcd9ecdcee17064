"""Which transfer is chosen where several could be, and which belong together."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.domain import cases
from tests.domain.cases import CLAIM, TRANSFER, Scene, scene
from wbo_desktop.domain.evidence import Evidence, gather
from wbo_desktop.domain.facts import PlacedTransfer
from wbo_desktop.domain.matching import judge
from wbo_desktop.domain.picking import Pick, pick
from wbo_desktop.domain.wallet import WalletStatus


def evidence(facts: Scene) -> Evidence:
    return gather(
        facts.claim,
        facts.transaction,
        facts.transfers,
        facts.wallets,
        facts.accounts,
        txid_overdue=facts.txid_overdue,
    )


def picked(facts: Scene) -> Pick:
    return pick(evidence(facts))


# several in one transaction


def of_two(first: WalletStatus | None, second: WalletStatus | None, **second_differs: Any) -> int | None:
    """Log index of the chosen one of two transfers of the same amount; None: a wallet that is not known."""
    wallets = [
        replace(cases.WALLETS[0], address=address, status=status)
        for address, status in ((cases.WALLET, first), (cases.SECOND_WALLET, second))
        if status is not None
    ]
    later = cases.other(sender=cases.SECOND_WALLET, **second_differs)
    chosen = picked(scene(more=(later,), wallets=tuple(wallets))).transfer
    return chosen and chosen.log_index


W = WalletStatus
FIRST, SECOND = 3, 7


@pytest.mark.parametrize("waiting", [W.UNVERIFIED, W.VERIFYING])
def test_money_of_a_verified_wallet_goes_first_then_what_may_become_one(waiting: WalletStatus) -> None:
    # what goes before comes later in the transaction, or is not the exact amount
    assert of_two(waiting, W.VERIFIED) == SECOND
    assert of_two(waiting, W.VERIFIED, amount=1) == SECOND
    assert of_two(W.DELETED, waiting) == SECOND
    assert of_two(W.DELETED, waiting, amount=1) == SECOND
    assert of_two(None, waiting, amount=1) == SECOND
    assert of_two(W.DELETED, W.VERIFIED, amount=1) == SECOND
    assert of_two(W.VERIFIED, waiting) == FIRST


def test_of_equals_the_exact_amount_then_one_that_fits_then_the_most_then_the_first() -> None:
    assert of_two(W.VERIFIED, W.VERIFIED) == FIRST
    assert of_two(None, W.DELETED) == FIRST
    assert of_two(W.UNVERIFIED, W.VERIFYING) == FIRST
    assert of_two(W.VERIFIED, W.VERIFIED, amount=99_000_000) == FIRST
    lots = scene(
        claim={"claimed_base": 98_000_000}, more=(cases.other(amount=96_000_000, sender=cases.WALLET),)
    )
    chosen = picked(lots).transfer
    assert chosen is not None
    assert chosen.log_index == SECOND  # the first is more than was claimed
    most = scene(claim={"claimed_base": 98_000_000}, more=(cases.other(amount=101_000_000),))
    chosen = picked(most).transfer
    assert chosen is not None
    assert chosen.amount == 101_000_000


# payments in parts


def parts(chosen: int, *others: int) -> tuple[int, ...]:
    """Amounts, in millionths of the claim's hundred, that are proposed as one payment."""
    more = tuple(
        cases.other(
            txid=cases.tx_hash(50 + n),
            block_number=51 + n,
            block_hash=cases.block_hash(51 + n),
            amount=amount * 1_000_000,
        )
        for n, amount in enumerate(others)
    )
    found = picked(scene(transfer={"amount": chosen * 1_000_000}, more=more))
    assert found.transfer is not None
    assert isinstance(found.parts, tuple)
    return tuple(t.amount // 1_000_000 for t in found.parts)


@pytest.mark.parametrize(
    ("amounts", "together"),
    [
        ((60, 40), (60, 40)),
        ((40, 55, 60, 58), (40, 60)),  # the pair that comes nearest
        ((40, 55, 1), (40, 55)),  # two, although all three would do
        ((40, 30, 28), (40, 30, 28)),
        ((40, 30), ()),
        ((40, 30, 40), ()),  # all three are more than was claimed
        ((40, 10, 10), ()),
        ((95, 3), ()),  # enough by itself
        ((94, 3), (94, 3)),
        ((40,), ()),
    ],
)
def test_parts_of_one_payment(amounts: tuple[int, ...], together: tuple[int, ...]) -> None:
    assert parts(*amounts) == together


# facts told twice, and facts that contradict each other


def merged(*transfers: PlacedTransfer) -> PlacedTransfer:
    (one,) = evidence(scene(transfers=transfers)).own
    return one


def test_copies_that_contradict_each_other_stand_for_nothing_but_keep_their_holder() -> None:
    other_amount = replace(TRANSFER, amount=1, used_by="DP20260302000009")
    one = merged(TRANSFER, other_amount)
    assert one.canonical is False
    assert one.used_by == "DP20260302000009"
    assert merged(other_amount, TRANSFER) == one
    held, free = replace(TRANSFER, used_by="DP20260302000009"), replace(TRANSFER, amount=1)
    assert merged(held, free).used_by == merged(free, held).used_by == "DP20260302000009"


def test_a_copy_that_another_record_holds_says_so_for_all() -> None:
    held = replace(TRANSFER, used_by="DP20260302000009")
    own = replace(TRANSFER, used_by=CLAIM.record_no)
    assert merged(TRANSFER, held).used_by == "DP20260302000009"
    assert merged(own, held).used_by == "DP20260302000009"
    assert merged(TRANSFER, own).used_by == CLAIM.record_no
    assert merged(TRANSFER, held).canonical


def test_of_a_wallet_listed_twice_the_latest_verification_counts() -> None:
    earlier, later = cases.WALLETS[0], replace(cases.WALLETS[0], verified_at=cases.NOW + timedelta(days=1))
    never = replace(earlier, verified_at=None)
    for wallets in ((earlier, never, later), (later, never, earlier), (never, later, earlier)):
        assert evidence(scene(wallets=wallets)).wallet(cases.WALLET) == later
    assert evidence(scene(wallets=(never, earlier))).wallet(cases.WALLET) == earlier


def test_without_a_word_about_its_grace_a_txid_is_not_overdue() -> None:
    unknown = scene(transaction=None, transfers=())
    judged = judge(CLAIM, None, (), unknown.wallets, unknown.accounts)
    assert judged == unknown.judge()
    assert judged != replace(unknown, txid_overdue=True).judge()
