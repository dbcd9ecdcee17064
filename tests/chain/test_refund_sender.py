"""A refund's life at the sender, with a real database and a real chain."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.refunds import assert_sums_agree, executing, payments
from tests.support.sending import Desk, sending_desk
from wbo_desktop.demo.world import World


@pytest.fixture
async def desk(stack: World, tmp_path: Path) -> AsyncIterator[Desk]:
    async with sending_desk(stack, tmp_path) as desk:
        await desk.step()  # names the hot wallet
        yield desk
        desk.follow()
        assert_sums_agree(stack, desk.first_block + 1)


@pytest.mark.parametrize(("coin", "amount"), [("USDT", 1_500_000), ("ETH", 10**17), ("DAI", 5 * 10**18)])
async def test_executed_refund_is_paid_and_confirmed(desk: Desk, coin: str, amount: int) -> None:
    (number,) = executing(desk.world, coin, amount)
    progress = await desk.step()
    assert progress.signed == progress.sent == [number]
    refund = desk.refund(number)
    assert (refund["status"], refund["failure"]) == ("broadcast", None)
    desk.settle()
    refund = desk.refund(number)
    assert refund["status"] == "confirmed"
    (paid,) = payments(desk.chain, desk.world.hot_wallet.address, desk.first_block + 1)
    assert (paid.txid, paid.nonce) == (refund["txid"], refund["nonce"])
    assert (paid.address, paid.amount) == (refund["address"], amount)
