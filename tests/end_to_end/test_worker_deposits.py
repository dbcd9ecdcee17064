"""Deposits from submission to credit, on a real chain and a real database, with a worker in this loop."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.support.desk_worker import Desk, working
from wbo_desktop.demo.clients import Clients
from wbo_desktop.demo.world import World


@pytest.mark.parametrize("coin", ["ETH", "USDT", "DAI"])
async def test_credited_by_txid(stack: World, coin: str) -> None:
    clients, desk, client = Clients(stack), Desk(stack), stack.clients[0]
    assert stack.chain is not None
    async with working(stack):
        txid = clients.pay(client, coin, Decimal(50))
        record = clients.submit(client, coin, Decimal(50), txid=txid)
        row = await desk.until(record.record_no, "processing")
        assert row["confirmations"] == 1
        stack.chain.mine(2)
        row = await desk.until(record.record_no, "success")
    assert row["credited_amount"] == Decimal(50)
    assert row["txid"] == txid
    assert row["reason"] is None
