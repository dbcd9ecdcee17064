"""Balances of our accounts, reconciled: what came and went explains them to the unit, and what does not is listed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.models.test_chain_store import block, hash_of, lease, store
from wbo_demo.world import World
from wbo_desktop.domain.facts import Transfer
from wbo_desktop.domain.types import Address, TxHash
from wbo_desktop.models.chain_store import ChainStore
from wbo_desktop.services.tracking import FoundSpending, Lease

__all__ = ["lease", "store"]

Ask = Callable[..., Any]
FOUND = "SELECT coalesce(array_agg(amount_base::text ORDER BY id), '{}') FROM wbo_data.balance_difference"
BALANCE = "SELECT balance::text FROM wbo_data.account_balance WHERE custodial_id = %s"


@pytest.fixture
def account(database: World, ask: Ask) -> int:
    """The first client's."""
    return int(
        ask("superuser", "SELECT id FROM wbo_data.custodial_account WHERE address = %s", here(database))
    )


def here(database: World) -> Address:
    return Address(database.clients[0].custodial)


def came(database: World, number: int, amount: int) -> Transfer:
    source = Address(database.clients[0].wallet.address)
    return Transfer(TxHash(f"0x{number:064x}"), 0, None, source, here(database), amount)


def test_what_came_and_went_between_two_weighings_explains_the_difference(
    database: World, store: ChainStore, lease: Lease, account: int, ask: Ask
) -> None:
    """The block of the first comparison is in it already; a transaction that failed cost its fee alone."""

    def mine(number: int, **found: Any) -> None:
        store.record_blocks(lease, 60, hash_of(number - 1), [block(number, **found)], number, None)

    def spent(number: int, ok: bool) -> FoundSpending:
        return FoundSpending(TxHash(f"0x{number:064x}"), here(database), number, ok, 3, 40)

    def reconcile(number: int, balance: int) -> int:
        return store.record_balances(lease, number, hash_of(number), {account: balance})

    mine(11, transfers=(came(database, 11, 1000),))
    assert reconcile(11, 1000) == 0
    mine(12, transfers=(came(database, 12, 500),))
    assert reconcile(12, 1500) == 0, "the thousand of before is in what was compared then"
    mine(13, sent=(spent(13, True),))
    assert reconcile(13, 1457) == 0
    mine(14, sent=(spent(14, False),))
    assert reconcile(14, 1454) == 0
    assert ask("superuser", FOUND) == []
    mine(15)
    assert reconcile(15, 1455) == 1
    assert ask("superuser", FOUND) == ["1"]
    mine(16)
    assert reconcile(16, 1455) == 0, "told once"
    assert reconcile(15, 1) == 0
    assert ask("superuser", BALANCE, account) == "1455", "an answer that comes late says nothing of now"
    store.rewind(lease, hash_of(16), 14)
    assert ask("superuser", BALANCE, account) is None, "compared at a block that is gone"
