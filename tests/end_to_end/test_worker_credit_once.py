"""The same coins are never credited twice: whole workers on a chain that reorganises deeper than the confirmations."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from pathlib import Path

import pytest

from tests.support.desk_worker import Desk, eventually, working
from tests.support.refunds import approve, execute
from tests.support.sending import quick_signer
from wbo_demo.chain import Chain
from wbo_demo.clients import Clients
from wbo_demo.tokens import transfer_data
from wbo_demo.world import DemoClient, World

CREDITED = """
SELECT coalesce(sum(credited_amount), 0) AS sum FROM wbo.deposit_record
WHERE status IN ('success', 'refunding', 'refunded', 'refund_failed') AND coin = 'USDT'
"""


@pytest.fixture
def desk(stack: World) -> Desk:
    return Desk(stack)


@pytest.fixture
def clients(stack: World) -> Clients:
    return Clients(stack)


def signed(
    stack: World, chain: Chain, client: DemoClient, units: int, to: str | None = None
) -> tuple[str, str]:
    """A USDT payment as bytes, so that it can be put into another block; raw and TXID."""
    data = transfer_data(to or client.custodial, units * 10**6)
    return chain.sign(client.wallet, stack.tokens["USDT"].address, data=data)


def moved_up(stack: World, chain: Chain) -> str:
    """Somebody's payment that takes the first place in a block: what follows has another log index there."""
    raw, _ = signed(stack, chain, stack.clients[1], 1, chain.account("a stranger").address)
    return raw


async def test_mined_again_after_its_refund_it_is_credited_to_nobody_else(
    stack: World, chain: Chain, desk: Desk, clients: Clients, tmp_path: Path
) -> None:
    """Credited and refunded; a reorganisation deeper than the confirmations; the same transaction in another block."""
    client = stack.clients[0]
    async with working(stack, signer=quick_signer(stack, tmp_path)):
        await eventually(lambda: desk.rows("SELECT FROM wbo.hot_wallet WHERE balances <> '{}'"))
        raw, txid = signed(stack, chain, client, 46)
        chain.rpc("eth_sendRawTransaction", raw)
        first = clients.submit(client, "USDT", Decimal(46), txid=txid).record_no
        began = chain.head()
        chain.mine(3)
        await desk.until(first, "success")
        (number,) = await asyncio.to_thread(approve, stack, [first])
        await asyncio.to_thread(execute, stack, [number])
        await eventually(lambda: chain.mine() and desk.record(first)["status"] == "refunded")
        before = desk.record(first)
        ours = desk.rows("SELECT encode(raw, 'hex') AS raw FROM wbo_data.refund_attempt")
        refund = "0x" + ours[-1]["raw"]

        chain.reorg(chain.head() - began + 1, [(moved_up(stack, chain), 1), (refund, 2)])
        chain.mine()
        await eventually(lambda: desk.record(first)["alarm"])
        second = clients.submit(client, "USDT", Decimal(46), txid=txid).record_no
        chain.mine(2)
        await desk.caught_up()
        chain.rpc("evm_setAutomine", False)
        for again in (moved_up(stack, chain), raw):
            chain.rpc("eth_sendRawTransaction", again)
        chain.mine()
        chain.rpc("evm_setAutomine", True)
        chain.mine(5)
        await desk.until(second, "abnormal", "txid_already_used")
        after = await eventually(lambda: (r := desk.record(first))["alarm"] is False and r)
        assert (after["status"], after["reason"]) == ("refunded", None)
        assert after["block_hash"] not in (None, before["block_hash"])
        assert after["confirmations"] > 3
    assert desk.rows(CREDITED)[0]["sum"] == Decimal(46)
    kept = desk.rows("SELECT canonical FROM wbo_data.chain_transfer WHERE txid = %s ORDER BY id", txid)
    assert [row["canonical"] for row in kept] == [False, True]


async def test_while_its_refund_waits_the_record_follows_and_the_refund_goes_on(
    stack: World, chain: Chain, desk: Desk, clients: Clients, tmp_path: Path
) -> None:
    client = stack.clients[0]
    async with working(stack, signer=quick_signer(stack, tmp_path)):
        await eventually(lambda: desk.rows("SELECT FROM wbo.hot_wallet WHERE balances <> '{}'"))
        raw, txid = signed(stack, chain, client, 47)
        chain.rpc("eth_sendRawTransaction", raw)
        record = clients.submit(client, "USDT", Decimal(47), txid=txid).record_no
        chain.mine(3)
        await desk.until(record, "success")
        (number,) = await asyncio.to_thread(approve, stack, [record])
        chain.reorg(4)
        await eventually(lambda: desk.record(record)["alarm"])
        chain.mine(2)
        await desk.caught_up()
        assert desk.record(record)["status"] == "refunding"
        chain.rpc("eth_sendRawTransaction", raw)
        chain.mine(4)
        await eventually(lambda: not desk.record(record)["alarm"])
        await asyncio.to_thread(execute, stack, [number])
        await eventually(lambda: chain.mine() and desk.record(record)["status"] == "refunded")
    assert desk.rows(CREDITED)[0]["sum"] == Decimal(47)
