"""What a reorganisation undoes, on a chain that really reorganises."""

from __future__ import annotations

from decimal import Decimal

import psycopg
import pytest

from tests.support.desk_worker import Desk, eventually, working
from wbo_demo.chain import Chain
from wbo_demo.clients import Clients
from wbo_demo.tokens import transfer_data
from wbo_demo.world import DemoClient, World


@pytest.fixture
def desk(stack: World) -> Desk:
    return Desk(stack)


@pytest.fixture
def clients(stack: World) -> Clients:
    return Clients(stack)


def signed(stack: World, chain: Chain, client: DemoClient, units: int) -> tuple[str, str]:
    """A USDT payment as bytes, so that it can be put into another block; raw and TXID."""
    data = transfer_data(client.custodial, units * 10**6)
    return chain.sign(client.wallet, stack.tokens["USDT"].address, data=data)


async def test_mined_again_in_another_block(stack: World, chain: Chain, desk: Desk, clients: Clients) -> None:
    client = stack.clients[0]
    async with working(stack):
        raw, txid = signed(stack, chain, client, 40)
        chain.rpc("eth_sendRawTransaction", raw)
        record = clients.submit(client, "USDT", Decimal(40), txid=txid)
        chain.mine()
        before = await desk.until(record.record_no, "processing")
        chain.reorg(2, [(raw, 1)])  # the same transaction, one block later
        chain.mine()
        row = await eventually(
            lambda: (
                (r := desk.record(record.record_no))["block_hash"] not in (None, before["block_hash"]) and r
            )
        )
        assert row["status"] in ("processing", "success")
        assert row["block_number"] == before["block_number"] + 1
        chain.mine()
        row = await desk.until(record.record_no, "success")
    assert row["credited_amount"] == Decimal(40)
    orphans = desk.rows("SELECT canonical FROM wbo_data.chain_transfer WHERE txid = %s ORDER BY id", txid)
    assert [r["canonical"] for r in orphans] == [False, True], "orphaned transfers are marked, not deleted"


async def test_gone_while_confirming(stack: World, chain: Chain, desk: Desk, clients: Clients) -> None:
    """Noticed at once, even when the new chain is not longer: the head's own hash says so."""
    client = stack.clients[0]
    async with working(stack):
        raw, txid = signed(stack, chain, client, 41)
        chain.rpc("eth_sendRawTransaction", raw)
        record = clients.submit(client, "USDT", Decimal(41), txid=txid)
        await desk.until(record.record_no, "processing")
        chain.reorg(1)
        row = await desk.until(record.record_no, "pending_auth", "transfer_not_seen", seconds=3)
        assert row["confirmations"] == 0
        chain.rpc("eth_sendRawTransaction", raw)
        chain.mine(3)
        await desk.until(record.record_no, "success")


async def test_gone_after_it_was_credited(stack: World, chain: Chain, desk: Desk, clients: Clients) -> None:
    client = stack.clients[0]
    async with working(stack):
        raw, txid = signed(stack, chain, client, 42)
        chain.rpc("eth_sendRawTransaction", raw)
        record = clients.submit(client, "USDT", Decimal(42), txid=txid)
        chain.mine(2)
        await desk.until(record.record_no, "success")
        chain.reorg(3)
        row = await desk.until(record.record_no, "abnormal", "reorganised")
        assert row["alarm"]
        with stack.connect("maker") as maker, pytest.raises(psycopg.Error) as refused:
            maker.execute(
                "SELECT wbo.request_refund(%s, %s, 42, NULL, 'asked for')",
                (record.record_no, client.wallet.address),
            )
        assert refused.value.diag.message_primary == "status_forbids"
        # it comes back by itself; the record does not: somebody has to look first
        chain.rpc("eth_sendRawTransaction", raw)
        chain.mine(5)
        await desk.caught_up()
        assert desk.record(record.record_no)["status"] == "abnormal"
        with stack.connect("maker") as maker:
            version = desk.record(record.record_no)["version"]
            maker.execute("SELECT wbo.recheck_deposit(%s, %s)", (record.record_no, version))
        row = await desk.until(record.record_no, "success")
        assert not row["alarm"]


async def test_a_second_payment_does_not_slip_in(
    stack: World, chain: Chain, desk: Desk, clients: Clients
) -> None:
    """Replaced by another transaction of the same nonce to somebody else: the classic double spend."""
    client = stack.clients[0]
    stranger = chain.account("a stranger").address
    async with working(stack):
        nonce = int(chain.rpc("eth_getTransactionCount", client.wallet.address, "latest"), 16)
        raw, txid = signed(stack, chain, client, 43)
        token = stack.tokens["USDT"].address
        other, _ = chain.sign(
            client.wallet, token, data=transfer_data(stranger, 43 * 10**6), nonce=nonce, gas=100_000
        )
        chain.rpc("eth_sendRawTransaction", raw)
        record = clients.submit(client, "USDT", Decimal(43), txid=txid)
        await desk.until(record.record_no, "processing")
        chain.reorg(1, [(other, 0)])
        chain.mine(6)
        await desk.until(record.record_no, "abnormal", "txid_not_found")


async def test_finality_by_tag_and_its_violation(
    stack: World, chain: Chain, desk: Desk, clients: Clients
) -> None:
    """Credited only below `finalized` (anvil: 64 below the head); a finalized hash that changes stops the line."""
    client = stack.clients[0]
    with stack.connect("superuser") as connection:
        connection.execute("UPDATE wbo_data.network SET finality = 'finalized'")
    async with working(stack):
        record = clients.submit(client, "USDT", Decimal(44), txid=clients.pay(client, "USDT", Decimal(44)))
        chain.mine(30)
        await desk.caught_up()
        assert desk.record(record.record_no)["status"] == "processing"
        chain.mine(40)
        await desk.until(record.record_no, "success")
        chain.reorg(71)
        chain.mine()
        alarm = "SELECT alarm FROM wbo.network"
        (row,) = await eventually(lambda: [r for r in desk.rows(alarm) if r["alarm"]])
        assert row["alarm"].startswith("finality_violated")
        assert desk.record(record.record_no)["status"] == "success", "nothing is undone by itself"
        later = clients.submit(client, "USDT", Decimal(45), txid=clients.pay(client, "USDT", Decimal(45)))
        with stack.connect("owner") as owner:
            owner.execute("SET ROLE wbo_owner")
            owner.execute("SELECT wbo_rule.clear_alarm('Ethereum', 'the network said so', true)")
        await desk.until(record.record_no, "abnormal", "reorganised")
        await desk.until(later.record_no, "processing")
