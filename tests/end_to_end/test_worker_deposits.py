"""Deposits from submission to credit, on a real chain and a real database, with a worker in this loop."""

from __future__ import annotations

import asyncio
import json
from decimal import Decimal

import pytest

from tests.support.desk_worker import Desk, eventually, working
from wbo_demo.clients import Clients
from wbo_demo.tokens import Token, TokenKind, transfer_data
from wbo_demo.world import World
from wbo_desktop.chain.tracking.network_worker import NetworkWorkerRules
from wbo_desktop.chain.tracking.tracker import TrackerRules
from wbo_desktop.worker import WorkerRules


@pytest.fixture
def desk(stack: World) -> Desk:
    return Desk(stack)


@pytest.fixture
def clients(stack: World) -> Clients:
    return Clients(stack)


def mine(world: World, blocks: int = 1) -> None:
    assert world.chain is not None
    world.chain.mine(blocks)


@pytest.mark.parametrize("coin", ["ETH", "USDT", "DAI"])
async def test_credited_by_txid(stack: World, desk: Desk, clients: Clients, coin: str) -> None:
    client = stack.clients[0]
    async with working(stack):
        txid = clients.pay(client, coin, Decimal(50))
        record = clients.submit(client, coin, Decimal(50), txid=txid)
        row = await desk.until(record.record_no, "processing")
        assert row["confirmations"] == 1
        mine(stack, 2)
        row = await desk.until(record.record_no, "success")
    assert row["credited_amount"] == Decimal(50)
    assert row["txid"] == txid
    assert row["reason"] is None


async def test_credited_by_account_alone(stack: World, desk: Desk, clients: Clients) -> None:
    """Without a TXID: the request comes first, the money finds it, and the record learns its TXID."""
    client = stack.clients[1]
    async with working(stack):
        record = clients.submit(client, "USDT", Decimal(75))
        await desk.until(record.record_no, "pending_auth", "transfer_not_seen")
        txid = clients.pay(client, "USDT", Decimal(75))
        mine(stack, 2)
        row = await desk.until(record.record_no, "success")
    assert (row["txid"], row["credited_amount"]) == (txid, Decimal(75))


async def test_money_first_request_later(stack: World, desk: Desk, clients: Clients) -> None:
    """What came unannounced is listed with the likely client, and found by a later request without TXID."""
    client = stack.clients[1]
    async with working(stack):
        clients.pay(client, "DAI", Decimal(30))
        unmatched = "SELECT * FROM wbo.unmatched_transfer"
        (listed,) = await eventually(lambda: desk.rows(unmatched))
        assert (listed["likely_client_no"], listed["amount"]) == (client.client_no, Decimal(30))
        mine(stack, 5)
        record = clients.submit(client, "DAI", Decimal(30))
        await desk.until(record.record_no, "success")
        assert desk.rows(unmatched) == []


async def test_txid_attached_late(stack: World, desk: Desk, clients: Clients) -> None:
    """Two payments of the same amount: nobody guesses, the TXID tells."""
    client = stack.clients[0]
    async with working(stack):
        clients.pay(client, "USDT", Decimal(20))
        meant = clients.pay(client, "USDT", Decimal(20))
        mine(stack, 3)
        await desk.caught_up()
        record = clients.submit(client, "USDT", Decimal(20))
        await eventually(lambda: len(desk.record(record.record_no)["proposal"]) == 2)
        assert desk.record(record.record_no)["status"] == "pending_auth"
        clients.attach(record.external_serial, meant)
        row = await desk.until(record.record_no, "success")
    assert row["txid"] == meant


async def test_money_older_than_the_tracking(stack: World, desk: Desk, clients: Clients) -> None:
    """A worker that starts anew stores an old block's transfer when a TXID leads to it."""
    client = stack.clients[0]
    txid = clients.pay(client, "USDT", Decimal(44))
    mine(stack, 10)
    from_now_on = WorkerRules(
        network=NetworkWorkerRules(poll=0.1, tracker=TrackerRules(lease_seconds=2.0, first_blocks_back=2))
    )
    async with working(stack, from_now_on):
        record = clients.submit(client, "USDT", Decimal(44), txid=txid)
        row = await desk.until(record.record_no, "success")
    assert row["credited_amount"] == Decimal(44)


async def test_unknown_txid(stack: World, desk: Desk, clients: Clients) -> None:
    """Waits for the network's grace (5 s here), then is abnormal; mined after all, it is credited."""
    client = stack.clients[0]
    assert stack.chain is not None
    token = stack.tokens["USDT"]
    async with working(stack):
        stack.chain.rpc("evm_setAutomine", False)
        raw, txid = stack.chain.sign(
            client.wallet, token.address, data=transfer_data(client.custodial, 60_000_000), gas=100_000
        )
        record = clients.submit(client, "USDT", Decimal(60), txid=txid)
        await desk.until(record.record_no, "pending_auth", "transfer_not_seen")
        await desk.until(record.record_no, "abnormal", "txid_not_found")
        stack.chain.rpc("eth_sendRawTransaction", raw)
        mine(stack, 3)
        await desk.until(record.record_no, "success")


async def test_waits_while_in_the_pool(stack: World, desk: Desk, clients: Clients) -> None:
    client = stack.clients[0]
    assert stack.chain is not None
    async with working(stack):
        stack.chain.rpc("evm_setAutomine", False)
        txid = clients.pay(client, "ETH", Decimal("0.5"))
        record = clients.submit(client, "ETH", Decimal("0.5"), txid=txid)
        await eventually(lambda: "in_mempool" in str(desk.record(record.record_no)["verdicts"]))
        mine(stack, 3)
        await desk.until(record.record_no, "success")


async def test_wrong_contract(stack: World, desk: Desk, clients: Clients) -> None:
    """A token that calls itself USDT."""
    client = stack.clients[0]
    assert stack.chain is not None
    fake = Token.deploy(stack.chain, TokenKind("Tether USD", "USDT", 6), client.wallet)
    async with working(stack):
        txid = fake.transfer(client.wallet, client.custodial, 500 * 10**6)
        record = clients.submit(client, "USDT", Decimal(500), txid=txid)
        await desk.until(record.record_no, "abnormal", "wrong_contract")


async def test_failed_transaction(stack: World, desk: Desk, clients: Clients) -> None:
    client = stack.clients[0]
    async with working(stack):
        token = stack.tokens["USDT"]
        too_much = 10**9 * 10**6
        txid = token.transfer(client.wallet, client.custodial, too_much, gas=100_000)
        record = clients.submit(client, "USDT", Decimal(500), txid=txid)
        await desk.until(record.record_no, "abnormal", "transaction_failed")


async def test_sent_to_somebody_else(stack: World, desk: Desk, clients: Clients) -> None:
    client, other = stack.clients[:2]
    assert stack.chain is not None
    stranger = stack.chain.account("a stranger").address
    async with working(stack):
        txid = clients.pay(client, "USDT", Decimal(30), to=stranger)
        record = clients.submit(client, "USDT", Decimal(30), txid=txid)
        await desk.until(record.record_no, "abnormal", "not_our_address")
        txid = clients.pay(client, "USDT", Decimal(31), to=other.custodial)
        record = clients.submit(client, "USDT", Decimal(31), txid=txid)
        await desk.until(record.record_no, "abnormal", "other_clients_account")


async def test_short_within_and_beyond_tolerance(stack: World, desk: Desk, clients: Clients) -> None:
    client = stack.clients[0]
    async with working(stack):
        near = clients.submit(client, "USDT", Decimal(100), txid=clients.pay(client, "USDT", Decimal(96)))
        far = clients.submit(client, "USDT", Decimal(100), txid=clients.pay(client, "USDT", Decimal(94)))
        mine(stack, 3)
        row = await desk.until(near.record_no, "success")
        assert row["credited_amount"] == Decimal(96)
        row = await desk.until(far.record_no, "abnormal", "amount_differs")
        assert row["observed_amount"] == Decimal(94)
        with stack.connect("maker") as maker:
            maker.execute(
                "SELECT wbo.accept_deposit(%s, 'the client agreed', %s)", (far.record_no, row["version"])
            )
        row = await desk.until(far.record_no, "success")
        assert row["credited_amount"] == Decimal(94)


async def test_below_minimum(stack: World, desk: Desk, clients: Clients) -> None:
    client = stack.clients[0]
    async with working(stack):
        txid = clients.pay(client, "USDT", Decimal("0.009"))
        record = clients.submit(client, "USDT", Decimal("0.009"), txid=txid)
        await desk.until(record.record_no, "abnormal", "below_minimum")


async def test_paid_in_two_parts(stack: World, desk: Desk, clients: Clients) -> None:
    client = stack.clients[0]
    async with working(stack):
        record = clients.submit(client, "USDT", Decimal(100))
        clients.pay(client, "USDT", Decimal(60))
        await desk.until(record.record_no, "abnormal", "amount_differs")
        clients.pay(client, "USDT", Decimal(40))
        row = await desk.until(record.record_no, "abnormal", "split_payment")
    assert len(row["proposal"]) == 2


async def test_one_txid_serves_one_record(stack: World, desk: Desk, clients: Clients) -> None:
    client = stack.clients[0]
    async with working(stack):
        txid = clients.pay(client, "USDT", Decimal(25))
        first = clients.submit(client, "USDT", Decimal(25), txid=txid)
        mine(stack, 3)
        await desk.until(first.record_no, "success")
        second = clients.submit(client, "USDT", Decimal(25), txid=txid)
        await desk.until(second.record_no, "abnormal", "txid_already_used")


async def test_unverified_wallet_waits_for_its_proof(stack: World, desk: Desk, clients: Clients) -> None:
    client = stack.clients[3]
    async with working(stack):
        txid = clients.pay(client, "USDT", Decimal(25))
        record = clients.submit(client, "USDT", Decimal(25), txid=txid)
        await desk.until(record.record_no, "pending_auth", "wallet_unverified")
        mine(stack, 5)
        await asyncio.to_thread(_sign_for, stack, client.client_no)
        await desk.until(record.record_no, "success")


def _sign_for(world: World, client_no: str) -> None:
    """The maker asks for a signature, and the client gives it."""
    from eth_account import Account
    from eth_account.messages import encode_defunct

    client = next(c for c in world.clients if c.client_no == client_no)
    with world.connect("maker") as maker:
        find = (
            "SELECT wallet_id, version FROM wbo.wallet_address WHERE client_no = %s AND status <> 'deleted'"
        )
        wallet_id, version = maker.execute(find, (client_no,)).fetchone() or (0, 0)
        begin = "SELECT wbo.begin_message_signature(%s, %s)"
        (challenge,) = maker.execute(begin, (wallet_id, version)).fetchone() or ("",)
        key = client.wallet.private_key.reveal()
        signed = Account.sign_message(encode_defunct(text=challenge), key).signature
        wallet_id, version = maker.execute(find, (client_no,)).fetchone() or (0, 0)
        submit = "SELECT wbo.submit_wallet_signature(%s, %s, %s)"
        maker.execute(submit, (wallet_id, "0x" + signed.hex().removeprefix("0x"), version))


async def test_confirmations_grow_with_the_amount(stack: World, desk: Desk, clients: Clients) -> None:
    steps = [{"from": "10", "confirmations": 6}]
    details = {"code": "ETH", "network": "Ethereum", "confirmation_steps": steps}
    with stack.connect("maker") as maker:
        maker.execute("SELECT wbo.save_cryptocurrency(%s::jsonb, 1)", (json.dumps(details),))
        shown = maker.execute(
            "SELECT confirmation_steps FROM wbo.cryptocurrency WHERE code = 'ETH'"
        ).fetchone()
    assert shown == ([{"from": "10.000000000000000000", "confirmations": 6}],)
    client = stack.clients[0]
    async with working(stack):
        small = clients.submit(client, "ETH", Decimal(1), txid=clients.pay(client, "ETH", Decimal(1)))
        large = clients.submit(client, "ETH", Decimal(10), txid=clients.pay(client, "ETH", Decimal(10)))
        row = await desk.until(large.record_no, "processing")
        assert row["required_confirmations"] == 6
        mine(stack, 2)
        await desk.until(small.record_no, "success")
        mine(stack, 2)
        await eventually(lambda: desk.record(large.record_no)["confirmations"] == 5)
        assert desk.record(large.record_no)["status"] == "processing"
        mine(stack)
        await desk.until(large.record_no, "success")


async def test_a_serial_twice_is_one_credit(stack: World, desk: Desk, clients: Clients) -> None:
    client = stack.clients[0]
    async with working(stack):
        txid = clients.pay(client, "USDT", Decimal(12))
        values = ("SAME-1", client.securities_account, "USDT", "Ethereum", 12)
        addresses = (client.wallet.address, client.custodial, txid)
        call = "SELECT (wbo.submit_deposit_application(%s, %s, %s, %s, %s, %s, %s, %s)).record_no"
        with stack.connect("intake") as intake:
            numbers = {intake.execute(call, values + addresses).fetchone() for _ in range(3)}
        assert len(numbers) == 1
        mine(stack, 3)
        ((record_no,),) = numbers  # type: ignore[misc]
        await desk.until(record_no, "success")
