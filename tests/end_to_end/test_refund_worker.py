"""Refunds paid by whole workers: tracker, sender and lease together, against a real node."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.support.desk_worker import Desk, eventually, working
from tests.support.refunds import approve, credit, execute, payments
from tests.support.sending import quick_signer
from wbo_demo.world import World
from wbo_desktop.settings import Settings, SettingsError
from wbo_desktop.worker import make_worker


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


async def test_a_refund_waits_while_the_network_asks_for_more_than_the_administrators_limit(
    stack: World, tmp_path: Path
) -> None:
    """The limit is the settings': `fee_cap_gwei`."""
    chain = stack.chain
    assert chain is not None
    quick_signer(stack, tmp_path)
    who, server = stack.logins["worker"], stack.server
    settings = Settings(
        db_host=server.host,
        db_port=server.port,
        db_name=server.dbname,
        db_sslmode="prefer",
        worker_login=who.login,
        hot_wallet_keystore=str(tmp_path / "hot-wallet.json"),
        poll_seconds=0.1,
        fee_cap_gwei=20,
    )
    secret = {
        "WBO_WORKER_PASSWORD": who.password.reveal(),
        "WBO_HOT_WALLET_PASSPHRASE": "correct horse battery staple",
    }
    worker = make_worker(settings, secret)
    work = asyncio.create_task(worker.run())
    try:
        await eventually(lambda: Desk(stack).rows("SELECT FROM wbo.hot_wallet WHERE balances <> '{}'"))
        await Desk(stack).caught_up()
        chain.rpc("anvil_setNextBlockBaseFeePerGas", hex(200 * 10**9))
        chain.mine()
        (number,) = await asyncio.to_thread(lambda: approve(stack, credit(stack, "USDT", 10**6)))
        await asyncio.to_thread(execute, stack, [number])
        await eventually(lambda: refund(stack, number)["failure"] == "fees_above_cap")
        chain.rpc("anvil_setNextBlockBaseFeePerGas", hex(10**9))
        row = await until(stack, number, "confirmed")
        paid = Desk(stack).rows("SELECT max_fee_per_gas FROM wbo.refund_attempt WHERE txid = %s", row["txid"])
        assert paid[0]["max_fee_per_gas"] <= 20 * 10**9
    finally:
        await worker.stop()
        await work
    with pytest.raises(SettingsError):
        make_worker(replace(settings, fee_cap_gwei=0), secret)
