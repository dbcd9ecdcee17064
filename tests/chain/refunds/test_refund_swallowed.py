"""Nodes that take signed bytes and lose them, among nodes that would have kept them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.support.fault_proxy import Fault, FaultProxy, Kind
from tests.support.follow import take_lease
from tests.support.refunds import assert_sums_agree, executing
from tests.support.sending import PATIENT, Desk, sending_desk
from wbo_demo.world import NETWORK, World

SEND = frozenset({"eth_sendRawTransaction"})


@asynccontextmanager
async def ready(stack: World, folder: Path, **more: Any) -> AsyncIterator[Desk]:
    """A sender that has named its hot wallet; afterwards the sums must agree."""
    async with sending_desk(stack, folder, **more) as desk:
        await desk.step()
        yield desk
        assert_sums_agree(stack, desk.first_block + 1)


@pytest.fixture
async def nodes(stack: World) -> AsyncIterator[list[FaultProxy]]:
    """Two ways to the chain, of which the first is preferred."""
    assert stack.chain is not None
    stack.chain.rpc("evm_setAutomine", False)
    async with FaultProxy(stack.chain.rpc_url) as one, FaultProxy(stack.chain.rpc_url) as two:
        yield [one, two]


@pytest.mark.parametrize("said", ["", "already known", "fee too low", "nonce too low"])
async def test_what_one_node_loses_is_offered_to_the_others(
    stack: World, tmp_path: Path, nodes: list[FaultProxy], said: str
) -> None:
    nodes[0].add(Fault(Kind.SWALLOW, SEND, message=said))
    async with ready(stack, tmp_path, rpc_url=[node.url for node in nodes]) as desk:
        (number,) = executing(stack, "USDT", 10**6)
        for _ in range(3):
            await desk.step()
        assert len(desk.attempts(number)) == 1
        assert nodes[1].sent == [desk.attempts(number)[0]["raw"]]
        desk.settle()
        assert desk.refund(number)["status"] == "confirmed"


async def test_a_node_that_only_pretends_to_keep_it_cannot_drive_the_fees_up_for_long(
    stack: World, tmp_path: Path, nodes: list[FaultProxy]
) -> None:
    """It shows the transaction as waiting, and never passes it on: the replacement goes to the others too."""

    def pretend(method: str, params: list[Any], result: Any) -> Any:
        if method == "eth_getTransactionByHash" and result is None:
            return {"hash": params[0], "blockNumber": None}
        return result

    nodes[0].add(Fault(Kind.SWALLOW, SEND))
    nodes[0].add(Fault(Kind.CHANGE, frozenset({"eth_getTransactionByHash"}), change=pretend))
    rules = replace(PATIENT, stuck_after=0.0)
    async with ready(stack, tmp_path, rpc_url=[node.url for node in nodes], rules=rules) as desk:
        (number,) = executing(stack, "USDT", 10**6)
        await desk.step()
        assert not nodes[1].sent
        assert (await desk.step()).replaced == [number]
        assert [len(desk.attempts(number)), len(nodes[1].sent)] == [2, 1]
        desk.settle()
        assert desk.refund(number)["status"] == "confirmed"


@pytest.mark.parametrize("lie", ["in a block", "nonce used"])
async def test_a_node_that_says_it_is_mined_when_it_is_not_is_not_believed_for_ever(
    stack: World, tmp_path: Path, nodes: list[FaultProxy], lie: str
) -> None:
    """No block of the chain has it: after a while all nodes are given the same bytes again."""

    def mined(method: str, params: list[Any], result: Any) -> Any:
        if lie == "in a block" and method == "eth_getTransactionByHash":
            return {"hash": params[0], "blockNumber": "0x5"}
        return "0x1" if lie == "nonce used" and method == "eth_getTransactionCount" else result

    async with ready(stack, tmp_path, rpc_url=[node.url for node in nodes]) as desk:
        (number,) = executing(stack, "USDT", 10**6)
        nodes[0].add(Fault(Kind.SWALLOW, SEND))
        await desk.step()
        nodes[0].add(Fault(Kind.CHANGE, change=mined))
        assert not (await desk.step()).sent
        desk.sender._tools.rules = replace(PATIENT, stuck_after=0.0)
        progress = await desk.step()
        assert (progress.sent, progress.replaced) == ([number], [])
        assert nodes[1].sent == [desk.attempts(number)[0]["raw"]]
        desk.settle()
        assert desk.refund(number)["status"] == "confirmed"


async def test_an_hour_in_which_the_only_node_swallows_everything(
    stack: World, tmp_path: Path, nodes: list[FaultProxy]
) -> None:
    """The same bytes are offered all the time; no fee rises for a transaction that nobody has."""
    nodes[0].add(Fault(Kind.SWALLOW, SEND))
    async with ready(stack, tmp_path, rpc_url=nodes[0].url) as desk:
        (number,) = executing(stack, "USDT", 10**6)
        for _ in range(3):
            await desk.step()
            desk.all(  # twenty minutes pass
                "UPDATE wbo_data.refund_attempt SET broadcast_at = broadcast_at - interval '20 minutes' RETURNING 1"
            )
        assert (await desk.step()).sent == [number]
        assert len(desk.attempts(number)) == 1
        nodes[0].clear()
        await desk.step()
        desk.settle()
        assert desk.refund(number)["status"] == "confirmed"


async def test_the_clock_of_the_database_may_jump(stack: World, tmp_path: Path) -> None:
    """An hour back: nothing is replaced early or twice; an hour forward: one replacement, the same nonce."""
    assert stack.chain is not None
    stack.chain.rpc("evm_setAutomine", False)
    async with ready(stack, tmp_path, rules=replace(PATIENT, stuck_after=120.0)) as desk:
        (number,) = executing(stack, "ETH", 10**16)
        await desk.step()
        for sign, attempts in (("+", 1), ("-", 2)):  # a moment in the future is a clock that went back
            desk.all(
                f"UPDATE wbo_data.refund_attempt SET broadcast_at = clock_timestamp() {sign} interval '1 hour' RETURNING 1"
            )
            await desk.step()
            assert len(desk.attempts(number)) == attempts
        assert len({one["nonce"] for one in desk.attempts(number)}) == 1
        desk.settle()
        assert desk.refund(number)["status"] == "confirmed"


async def test_a_lease_ends_at_the_databases_clock_only(stack: World, tmp_path: Path) -> None:
    async with ready(stack, tmp_path) as desk:
        (number,) = executing(stack, "USDT", 10**6)
        desk.all(
            "UPDATE wbo_data.worker_lease SET expires_at = clock_timestamp() - interval '1 hour' RETURNING 1"
        )
        with pytest.raises(Exception, match="lease_lost"):
            await desk.step()
        assert not desk.attempts(number)
        with stack.connect("worker") as connection:
            assert take_lease(connection, NETWORK) > desk.lease.epoch
