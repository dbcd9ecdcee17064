"""A sender that was paused while another took over, at each named step: what it wakes up with is not sent any more."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tests.support.fault_proxy import FaultProxy
from tests.support.follow import take_lease
from tests.support.refunds import executing, payments
from tests.support.sending import Desk, sending_desk
from wbo_demo.world import NETWORK, World
from wbo_desktop.chain.refunds.sender import CHECKPOINTS
from wbo_desktop.domain.errors import RuleViolation

SENT_BEFORE_THE_PAUSE = {
    "before_sign": 0,
    "after_sign": 0,
    "after_store": 0,
    "after_send": 1,
    "after_mark": 1,
}


def expire_lease(world: World) -> None:
    """As if the paused worker's time had run out."""
    with world.connect("superuser") as root:
        root.execute("UPDATE wbo_data.worker_lease SET expires_at = now()")


def pause_at(name: str, meanwhile: Callable[[], None]) -> Callable[[str], None]:
    """A checkpoint that does something the first time this name is passed, while the sender stands still."""
    left = [name]

    def passed(now: str) -> None:
        if now in left:
            left.remove(now)
            meanwhile()

    return passed


@pytest.fixture
async def proxy(stack: World) -> AsyncIterator[FaultProxy]:
    """The paused sender's way to the node: it counts what that one sends, and nobody else's."""
    assert stack.chain is not None
    async with FaultProxy(stack.chain.rpc_url) as proxy:
        yield proxy


def test_every_named_step_is_paused_at() -> None:
    assert tuple(SENT_BEFORE_THE_PAUSE) == CHECKPOINTS


@pytest.mark.parametrize("step", CHECKPOINTS)
async def test_a_sender_paused_while_another_took_over_sends_nothing_more(
    stack: World, tmp_path: Path, proxy: FaultProxy, desk: Desk, step: str
) -> None:
    numbers = executing(stack, "USDT", 10**6, 2)

    async def another_pays() -> None:
        async with sending_desk(stack, tmp_path) as other:
            assert stack.chain is not None
            await other.step()
            other.settle()
            assert {other.refund(number)["status"] for number in numbers} == {"confirmed"}

    def take_over() -> None:
        expire_lease(stack)
        other = threading.Thread(target=lambda: asyncio.run(another_pays()))
        other.start()
        other.join()

    expire_lease(stack)
    async with sending_desk(
        stack, tmp_path, rpc_url=proxy.url, checkpoint=pause_at(step, take_over)
    ) as paused:
        with pytest.raises(RuleViolation, match="lease_lost"):
            await paused.step()
        assert len(proxy.sent) == SENT_BEFORE_THE_PAUSE[step]
    paid = payments(desk.chain, stack.hot_wallet.address, desk.first_block + 1)
    assert sorted(one.nonce for one in paid) == [0, 1]
    expire_lease(stack)
    with stack.connect("worker") as connection:
        desk.follower.epoch = take_lease(connection, NETWORK)


async def test_a_wallet_stopped_meanwhile_sends_nothing(desk: Desk) -> None:
    """The tracker saw a transaction of the wallet that nobody here signed, between storing and sending."""

    def stop() -> None:
        with desk.world.connect("superuser") as root:
            root.execute("UPDATE wbo_data.hot_wallet SET stopped_reason = 'unknown_transaction'")

    desk.sender._tools.checkpoint = pause_at("after_store", stop)
    (number,) = executing(desk.world, "USDT", 10**6)
    with pytest.raises(RuleViolation, match="hot_wallet_stopped"):
        await desk.step()
    assert desk.refund(number)["status"] == "signed"
    assert not payments(desk.chain, desk.world.hot_wallet.address, desk.first_block + 1)


async def test_bytes_changed_between_storing_and_sending_are_not_sent(desk: Desk) -> None:
    """What is sent is what is stored, read and compared once more; not what the sender remembers."""

    def alter() -> None:
        thief, _ = desk.chain.sign(desk.world.hot_wallet, "0x" + "66" * 20, 10**18, nonce=0)
        with desk.world.connect("superuser") as root:
            root.execute("SET session_replication_role = replica")
            root.execute("UPDATE wbo_data.refund_attempt SET raw = %s", (bytes.fromhex(thief[2:]),))

    desk.sender._tools.checkpoint = pause_at("after_store", alter)
    executing(desk.world, "USDT", 10**6)
    assert (await desk.step()).stopped == "stored_bytes_altered"
    assert not payments(desk.chain, desk.world.hot_wallet.address, desk.first_block + 1)
    assert (await desk.step()).stopped == "stored_bytes_altered"


async def test_bytes_stored_under_another_hash_are_not_sent(by_hand: Desk) -> None:
    """Under a hash that is not theirs they would be mined as somebody else's."""
    desk = by_hand
    executing(desk.world, "USDT", 10**6)
    await desk.step()
    desk.chain.rpc("anvil_dropAllTransactions")
    with desk.world.connect("superuser") as root:
        root.execute("SET session_replication_role = replica")
        root.execute("UPDATE wbo_data.refund_attempt SET txid = %s", ("0x" + "ab" * 32,))
    assert (await desk.step()).stopped == "stored_bytes_altered"
    assert not desk.chain.rpc("txpool_content")["pending"]
