"""The worker inside the desktop's own loop: it catches up on full blocks without holding the windows up."""

from __future__ import annotations

import asyncio
import time
from decimal import Decimal

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from tests.support.desk_worker import Desk, working
from wbo_demo.chain import Chain
from wbo_demo.clients import Clients
from wbo_demo.world import World

LONGEST = 0.050
BLOCKS, TRANSFERS = 4, 80


@pytest.fixture
def full_blocks(stack: World, chain: Chain) -> None:
    """Blocks with as many token transfers as Ethereum's."""
    client = stack.clients[0]
    chain.rpc("evm_setAutomine", False)
    nonce = int(chain.rpc("eth_getTransactionCount", client.wallet.address, "latest"), 16)
    for _ in range(BLOCKS):
        for _ in range(TRANSFERS):
            stack.tokens["USDT"].transfer(
                client.wallet, client.custodial, 10_000, nonce=nonce, gas=80_000, maxFeePerGas=10**11
            )
            nonce += 1
        chain.mine()
    chain.rpc("evm_setAutomine", True)


def test_windows_are_painted_meanwhile(
    qapp: QApplication, stack: World, chain: Chain, full_blocks: None
) -> None:
    """Measured as the time this thread worked between two looks of a 5 ms timer, whatever else the machine does."""
    loop = QEventLoop(qapp)
    asyncio.set_event_loop(loop)
    busy: list[float] = []
    last = time.thread_time()

    def look() -> None:
        nonlocal last
        now = time.thread_time()
        busy.append(now - last)
        last = now

    timer = QTimer()
    timer.timeout.connect(look)

    async def scenario() -> None:
        clients, client, desk = Clients(stack), stack.clients[1], Desk(stack)
        nonlocal last
        async with working(stack):
            last = time.thread_time()
            timer.start(5)
            records = [
                await asyncio.to_thread(clients.submit, client, "USDT", Decimal(30 + n)) for n in range(40)
            ]
            for n in range(0, 40, 10):
                await asyncio.to_thread(clients.pay, client, "USDT", Decimal(30 + n))
            await asyncio.to_thread(chain.mine, 3)
            await desk.caught_up()
            for record in records[::10]:
                await desk.until(record.record_no, "success")
            timer.stop()

    with loop:
        loop.run_until_complete(scenario())
    asyncio.set_event_loop(None)
    assert len(busy) > 50
    assert max(busy) < LONGEST, sorted(busy)[-5:]
