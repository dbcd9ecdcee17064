"""Refunds paid by whole workers: tracker, sender and lease together, against a real node."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from tests.support.desk_worker import Desk, eventually, working
from tests.support.refunds import approve, credit, execute, payments
from tests.support.sending import quick_signer
from wbo_desktop.demo.world import World


def refund(world: World, number: str) -> dict[str, Any]:
    (row,) = Desk(world).rows("SELECT * FROM wbo.refund WHERE refund_no = %s", number)
    return row


async def until(world: World, number: str, status: str) -> dict[str, Any]:
    """The refund once it has this status; blocks are mined meanwhile."""
    assert world.chain is not None

    def there() -> dict[str, Any] | None:
        world.chain.mine()  # type: ignore[union-attr]
        row = refund(world, number)
        return row if row["status"] == status else None

    found: dict[str, Any] = await eventually(there, 30, lambda: f"{refund(world, number)}")
    return found


async def test_a_worker_pays_and_follows_a_refund_to_its_end(stack: World, tmp_path: Path) -> None:
    assert stack.chain is not None
    first_block = stack.chain.head() + 1
    async with working(stack, signer=quick_signer(stack, tmp_path)):
        await eventually(lambda: Desk(stack).rows("SELECT FROM wbo.hot_wallet WHERE balances <> '{}'"))
        await Desk(stack).caught_up()
        numbers = await asyncio.to_thread(lambda: approve(stack, credit(stack, "USDT", 10**6, 3)))
        await asyncio.to_thread(execute, stack, numbers)
        for number in numbers:
            row = await until(stack, number, "confirmed")
            assert row["txid"] is not None
            record = Desk(stack).record(row["record_no"])
            assert (record["status"], record["refund_no"]) == ("refunded", number)
    assert len(payments(stack.chain, stack.hot_wallet.address, first_block)) == 3


async def test_two_workers_pay_once_and_one_finishes_what_the_other_began(
    stack: World, tmp_path: Path
) -> None:
    assert stack.chain is not None
    stack.chain.rpc("evm_setAutomine", False)
    first_block = stack.chain.head() + 1
    signer = quick_signer(stack, tmp_path)
    async with working(stack, signer=signer):
        async with working(stack, signer=signer):
            await eventually(lambda: Desk(stack).rows("SELECT FROM wbo.hot_wallet WHERE balances <> '{}'"))
            await Desk(stack).caught_up()
            numbers = await asyncio.to_thread(lambda: approve(stack, credit(stack, "ETH", 10**16, 4)))
            await asyncio.to_thread(execute, stack, numbers)
            await eventually(lambda: refund(stack, numbers[0])["status"] == "broadcast")
        for number in numbers:  # the second worker is gone; whoever led, the first one finishes
            await until(stack, number, "confirmed")
    paid = payments(stack.chain, stack.hot_wallet.address, first_block)
    assert sorted(one.nonce for one in paid) == list(range(4))
