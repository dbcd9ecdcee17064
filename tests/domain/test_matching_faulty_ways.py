"""The tables catch the faulty ways: a judge that is blind to one kind of fact credits what is not there.

Each way is our own judge with that fact hidden from it, so rows that stay right would prove nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.domain import cases
from tests.domain.cases import ALL_ROWS, UNREAL, WAITS, Row, Scene
from wbo_desktop.domain.deposit import DepositStatus
from wbo_desktop.domain.wallet import WalletRule, WalletStatus

Blind = Callable[[Scene], Scene]


def each_transfer(**change: Any) -> Blind:
    return lambda facts: replace(facts, transfers=tuple(replace(t, **change) for t in facts.transfers))


def blind_to_status(facts: Scene) -> Scene:
    """web3's `process_receipt`: decodes logs of a failed transaction as happily as any."""
    node = replace(facts.transaction, status=1) if facts.transaction else None
    return each_transfer(status=1)(replace(facts, transaction=node))


def blind_to_blocks(facts: Scene) -> Scene:
    """Counting heights only: what was seen once at a height stays true."""
    node = replace(facts.transaction, block_hash=cases.block_hash(50)) if facts.transaction else None
    return each_transfer(canonical=True, block_hash=cases.block_hash(50))(replace(facts, transaction=node))


def blind_to_wallet(**change: Any) -> Blind:
    return lambda facts: replace(facts, wallets=tuple(replace(w, **change) for w in facts.wallets))


def blind_to_network(facts: Scene) -> Scene:
    node = replace(facts.transaction, network=cases.NETWORK) if facts.transaction else None
    return each_transfer(network=cases.NETWORK)(replace(facts, transaction=node))


def blind_to_account_owner(facts: Scene) -> Scene:
    return replace(facts, accounts=tuple(replace(a, client_no=cases.CLIENT) for a in facts.accounts))


def trusting_the_signer(facts: Scene) -> Scene:
    """Takes whoever sent the transaction for whose money it was."""
    return each_transfer(sender=facts.transaction.sender)(facts) if facts.transaction else facts


FAULTY_WAYS: dict[str, Blind] = {
    "status": blind_to_status,
    "blocks": blind_to_blocks,
    "contract": each_transfer(token=cases.USDT),
    "recipient": each_transfer(recipient=cases.OURS),
    "sender": each_transfer(sender=cases.WALLET),
    "signer": trusting_the_signer,
    "use": each_transfer(used_by=None),
    "network": blind_to_network,
    "owner": blind_to_account_owner,
    "wallet status": blind_to_wallet(status=WalletStatus.VERIFIED),
    "wallet owner": blind_to_wallet(client_no=cases.CLIENT),
    "wallet network": blind_to_wallet(network=cases.NETWORK),
    "wallet age": lambda facts: replace(facts, claim=replace(facts.claim, wallet_rule=WalletRule.ONCE)),
}


def credited(rows: tuple[Row, ...], blind: Blind = lambda facts: facts) -> list[str]:
    return [row.name for row in rows if blind(row.scene).judge().to_status is DepositStatus.PROCESSING]


@pytest.mark.parametrize("way", FAULTY_WAYS)
def test_a_blind_judge_credits_wrongly_and_ours_does_not(way: str) -> None:
    wrongly = credited((*UNREAL, *WAITS), FAULTY_WAYS[way])
    assert wrongly, f"no row notices a judge that is blind to {way}"
    assert credited((*UNREAL, *WAITS)) == []


def test_the_number_of_hostile_rows() -> None:
    assert len(UNREAL) + len(WAITS) >= 40
    assert len({row.name for row in ALL_ROWS}) == len(ALL_ROWS)


def test_choosing_the_first_transfer_of_a_batch_is_caught() -> None:
    """The naive pick: the first log to our account, whoever holds it and whatever it is worth."""
    first = [row for row in ALL_ROWS if row.status is DepositStatus.PROCESSING and row.scene.claim.txid]
    assert any(row.scene.judge().transfer != row.scene.transfers[0] for row in first)
