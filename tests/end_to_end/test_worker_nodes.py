"""The worker among nodes that fail, lie or know little, and among several networks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from tests.support.desk_worker import QUICK, Desk, eventually, working
from tests.support.fault_proxy import Fault, FaultProxy, Kind
from wbo_demo.chain import ETHER, Chain
from wbo_demo.clients import Clients
from wbo_demo.folder import free_port
from wbo_demo.tokens import call_data, compiled
from wbo_demo.world import World

CONTRACTS = Path(__file__).parents[1] / "contracts"
TRACERS = frozenset({"debug_traceBlockByNumber", "trace_block"})
RECONCILING = replace(
    QUICK, network=replace(QUICK.network, tracker=replace(QUICK.network.tracker, reconcile_every=0.1))
)


@pytest.fixture
def desk(stack: World) -> Desk:
    return Desk(stack)


@pytest.fixture
async def proxies(chain: Chain) -> AsyncIterator[list[FaultProxy]]:
    """Three ways to the same chain, each of which may fail by itself."""
    started = [await FaultProxy(chain.rpc_url).start() for _ in range(3)]
    yield started
    for proxy in started:
        proxy.clear()
        await proxy.stop()


def use(stack: World, proxies: list[FaultProxy], agreement: int = 1) -> None:
    with stack.connect("superuser") as connection:
        urls = [proxy.url for proxy in proxies]
        connection.execute("UPDATE wbo_data.network SET rpc_urls = %s, agreement = %s", (urls, agreement))


FAULTS = {
    "429": Fault(Kind.RATE_LIMIT, seconds=2),
    "stalls": Fault(Kind.STALL),
    "resets": Fault(Kind.RESET),
    "truncated": Fault(Kind.TRUNCATE),
    "not JSON": Fault(Kind.BAD_JSON),
    "half of each batch": Fault(Kind.DROP_ITEMS),
    "far behind": Fault(Kind.LAG, blocks=50),
    "another chain": Fault(Kind.WRONG_CHAIN),
}


@pytest.mark.parametrize("name", FAULTS)
async def test_goes_on_with_another_endpoint(
    stack: World, chain: Chain, desk: Desk, proxies: list[FaultProxy], name: str
) -> None:
    """The preferred endpoint fails while a deposit is under way."""
    use(stack, proxies[:2])
    clients, client = Clients(stack), stack.clients[0]
    async with working(stack):
        await desk.caught_up()
        proxies[0].add(replace(FAULTS[name]))
        record = clients.submit(client, "USDT", Decimal(50), txid=clients.pay(client, "USDT", Decimal(50)))
        chain.mine(2)
        await desk.until(record.record_no, "success", seconds=12)


def lying(real: int, told: int) -> Any:
    """A node that multiplies one amount in the logs it shows."""
    was, becomes = (amount.to_bytes(32, "big").hex() for amount in (real, told))

    def change(method: str, params: list[Any], result: Any) -> Any:
        if method == "eth_getBlockReceipts":
            return [change("", [], receipt) for receipt in result or []]
        if isinstance(result, dict) and "logs" in result:
            logs = [log | {"data": log["data"].replace(was, becomes)} for log in result["logs"]]
            return result | {"logs": logs}
        return result

    return change


async def test_a_liar_is_overruled(stack: World, chain: Chain, desk: Desk, proxies: list[FaultProxy]) -> None:
    """The preferred endpoint shows ten times the amount. Two others agree: it is set aside, its block read again."""
    use(stack, proxies, agreement=2)
    proxies[0].add(Fault(Kind.CHANGE, change=lying(10 * 10**6, 100 * 10**6)))
    clients, client = Clients(stack), stack.clients[0]
    async with working(stack) as worker:
        record = clients.submit(client, "USDT", Decimal(100), txid=clients.pay(client, "USDT", Decimal(10)))
        row = await desk.until(record.record_no, "processing")
        assert row["observed_amount"] == Decimal(100), "the lie is believed until it would be credited"
        chain.mine(2)
        row = await desk.until(record.record_no, "abnormal", "amount_differs")
        assert row["observed_amount"] == Decimal(10)
        (network,) = worker.health()["networks"]
        assert [one["reason"] for one in network["endpoints"]] == ["contradicted", "", ""]
    told = desk.rows("SELECT amount_base::bigint AS told, canonical FROM wbo_data.chain_transfer ORDER BY id")
    assert told == [{"told": 10**8, "canonical": False}, {"told": 10**7, "canonical": True}]


async def test_one_against_one_credits_nothing(
    stack: World, chain: Chain, desk: Desk, proxies: list[FaultProxy]
) -> None:
    use(stack, proxies[:2], agreement=2)
    lie = proxies[1].add(Fault(Kind.CHANGE, change=lying(30 * 10**6, 31 * 10**6)))
    clients, client = Clients(stack), stack.clients[0]
    async with working(stack) as worker:
        record = clients.submit(client, "USDT", Decimal(30), txid=clients.pay(client, "USDT", Decimal(30)))
        chain.mine(5)
        await eventually(lambda: any(n.get("disputes") for n in worker.health()["networks"]))
        assert desk.record(record.record_no)["status"] == "processing"
        lie.times = 0
        await desk.until(record.record_no, "success")


async def test_a_lie_about_a_micro_payment_proves_no_wallet(
    stack: World, chain: Chain, desk: Desk, proxies: list[FaultProxy]
) -> None:
    """The preferred endpoint shows the amount that was asked for where another one was paid: two others know better."""
    use(stack, proxies, agreement=2)
    client = stack.clients[3]
    (wallet,) = desk.rows("SELECT * FROM wbo.wallet_address WHERE client_no = %s", client.client_no)
    with stack.connect("maker") as maker:
        maker.execute(
            "SELECT wbo.begin_micro_payment(%s, 'USDT', %s)", (wallet["wallet_id"], wallet["version"])
        )

    def read() -> dict[str, Any]:
        (row,) = desk.rows("SELECT * FROM wbo.wallet_address WHERE client_no = %s", client.client_no)
        return row

    asked = int(read()["micro_amount"].scaleb(6))
    lie = proxies[0].add(Fault(Kind.CHANGE, change=lying(asked - 1, asked)))
    async with working(stack) as worker:
        await desk.caught_up()
        txid = stack.pay(client.wallet, read()["micro_target"], "USDT", asked - 1)
        await eventually(lambda: read()["micro_txid"] == txid)
        assert read()["status"] == "verifying", "seen, as the liar told it"
        chain.mine(4)
        await eventually(
            lambda: (
                "contradicted" in [e["reason"] for n in worker.health()["networks"] for e in n["endpoints"]]
            ),
            40,
        )
        chain.mine(2)
        await desk.caught_up()
        assert (read()["status"], read()["micro_txid"]) == ("verifying", None)
        told = desk.rows(
            "SELECT amount_base::bigint AS told, canonical FROM wbo_data.chain_transfer ORDER BY id"
        )
        assert told == [{"told": asked, "canonical": False}, {"told": asked - 1, "canonical": True}]
        proven = "SELECT FROM wbo_data.audit_entry WHERE object_type = 'wallet' AND after ->> 'status' = 'verified'"
        assert desk.rows(proven + " AND object_id = %s", str(wallet["wallet_id"])) == [], (
            "not even for a moment"
        )
        lie.times = 0
        paid = stack.pay(client.wallet, read()["micro_target"], "USDT", asked)
        chain.mine(4)
        row = await eventually(lambda: (w := read())["status"] == "verified" and w, 40)
        assert row["evidence"]["txid"] == paid


async def test_one_node_against_one_proves_no_wallet(
    stack: World, chain: Chain, desk: Desk, proxies: list[FaultProxy]
) -> None:
    """A witness that contradicts the truth holds it up as well; once it is honest the wallet is verified."""
    use(stack, proxies[:2], agreement=2)
    client = stack.clients[3]
    (wallet,) = desk.rows("SELECT * FROM wbo.wallet_address WHERE client_no = %s", client.client_no)
    with stack.connect("maker") as maker:
        maker.execute(
            "SELECT wbo.begin_micro_payment(%s, 'USDT', %s)", (wallet["wallet_id"], wallet["version"])
        )
    (wallet,) = desk.rows("SELECT * FROM wbo.wallet_address WHERE client_no = %s", client.client_no)
    asked = int(wallet["micro_amount"].scaleb(6))
    lie = proxies[1].add(Fault(Kind.CHANGE, change=lying(asked, asked + 1)))
    status = "SELECT status FROM wbo.wallet_address WHERE client_no = %s"
    async with working(stack) as worker:
        stack.pay(client.wallet, wallet["micro_target"], "USDT", asked)
        chain.mine(5)
        await eventually(lambda: any(n.get("disputes") for n in worker.health()["networks"]))
        assert desk.rows(status, client.client_no) == [{"status": "verifying"}]
        lie.times = 0
        await eventually(lambda: desk.rows(status, client.client_no) == [{"status": "verified"}])


@pytest.mark.parametrize("nodes", [1, 3])
async def test_a_node_that_lost_our_newest_blocks_undoes_nothing(
    stack: World, chain: Chain, desk: Desk, proxies: list[FaultProxy], nodes: int
) -> None:
    """It shows the same chain, some blocks shorter: that is no reorganisation, only a node that restarted."""
    use(stack, proxies[:nodes])
    clients, client = Clients(stack), stack.clients[0]
    async with working(stack) as worker:
        paid = clients.pay(client, "USDT", Decimal(50))
        record = clients.submit(client, "USDT", Decimal(50), txid=paid)
        chain.mine(1)
        before = await desk.until(record.record_no, "processing")
        await desk.caught_up()
        looked = sum(proxy.requests for proxy in proxies)
        for proxy in proxies[:nodes]:
            proxy.add(Fault(Kind.LAG, frozen_at=before["block_number"] - 1))
        await eventually(lambda: sum(proxy.requests for proxy in proxies) > looked + 12)
        row = desk.record(record.record_no)
        assert (row["status"], row["block_hash"]) == ("processing", before["block_hash"])
        assert worker.health()["networks"][0]["reorgs"] == 0
        for proxy in proxies:
            proxy.clear()
        chain.mine(2)
        await desk.until(record.record_no, "success")
        assert worker.health()["networks"][0]["reorgs"] == 0


async def test_nothing_is_credited_by_a_node_that_lost_our_newest_block(
    stack: World, chain: Chain, desk: Desk, proxies: list[FaultProxy]
) -> None:
    """It is behind, or on its way to another chain: what is due then waits until it shows the block again."""
    use(stack, proxies[:1])
    clients, client = Clients(stack), stack.clients[3]
    async with working(stack):
        paid = clients.pay(client, "USDT", Decimal(50))
        record = clients.submit(client, "USDT", Decimal(50), txid=paid)
        chain.mine(5)
        await desk.until(record.record_no, "pending_auth", "wallet_unverified")
        await desk.caught_up()
        proxies[0].add(Fault(Kind.LAG, frozen_at=chain.head() - 1))
        seen = proxies[0].requests
        await eventually(lambda: proxies[0].requests > seen + 5)
        with stack.connect("superuser") as root:
            root.execute("SELECT set_config('wbo.action', 'test', false)")
            for status in ("verifying", "verified"):
                root.execute(
                    "UPDATE wbo_data.wallet_address SET status = %s, method = 'message_signature', challenge = 'c',"
                    " signature = 's', evidence = '{}', verified_at = now() WHERE client_no = %s",
                    (status, client.client_no),
                )
        await desk.until(record.record_no, "processing")
        seen = proxies[0].requests
        await eventually(lambda: proxies[0].requests > seen + 10)
        assert desk.record(record.record_no)["status"] == "processing", "final, and not credited"
        proxies[0].clear()
        await desk.until(record.record_no, "success")


async def test_coin_passed_on_by_a_contract_is_traced(stack: World, chain: Chain, desk: Desk) -> None:
    client = stack.clients[0]
    hostile = chain.deploy(compiled("Hostile", CONTRACTS).bytecode)
    async with working(stack):
        data = call_data("forward(address)", ("address",), (client.custodial,))
        chain.send(client.wallet, hostile, value=2 * ETHER, data=data)
        (row,) = await eventually(lambda: desk.rows("SELECT * FROM wbo.unmatched_transfer"))
    assert (row["amount"], row["sender"], row["log_index"]) == (Decimal(2), hostile, -2)
    assert row["likely_client_no"] == client.client_no


async def test_without_traces_the_balance_tells(
    stack: World, chain: Chain, desk: Desk, proxies: list[FaultProxy]
) -> None:
    """What a contract passed on cannot be seen, but it cannot be missed either."""
    use(stack, proxies[:1])
    proxies[0].add(Fault(Kind.REPLACE_ERROR, methods=TRACERS, message="the method is not available"))
    clients, client, other = Clients(stack), stack.clients[0], stack.clients[1]
    hostile = chain.deploy(compiled("Hostile", CONTRACTS).bytecode)
    custodial = chain.account(f"custodial {other.client_no}")
    compared = "SELECT min(at_number) AS at FROM wbo_data.account_balance HAVING count(*) > 20"
    chain.mine(15)
    async with working(stack, RECONCILING):
        clients.pay(other, "ETH", Decimal(1))  # a block that shows whether the node traces
        chain.mine(15)
        await eventually(lambda: desk.rows(compared))
        clients.pay(client, "ETH", Decimal(3))
        clients.pay(other, "ETH", Decimal(4))
        chain.send(custodial, client.wallet.address, value=ETHER)  # the custodian moves some of it on
        data = call_data("forward(address)", ("address",), (client.custodial,))
        chain.send(client.wallet, hostile, value=2 * ETHER, data=data)
        head = chain.mine(30)
        found = await eventually(lambda: desk.rows("SELECT * FROM wbo.unexplained_balance"))
        await eventually(lambda: desk.rows(compared)[0]["at"] > head - 20)
        assert desk.rows("SELECT * FROM wbo.unexplained_balance") == found
    (row,) = found
    assert (row["address"], row["amount"]) == (client.custodial, Decimal(2))
    assert row["likely_client_no"] == client.client_no


async def test_sent_on_another_network(stack: World, chain: Chain, desk: Desk, tmp_path: Path) -> None:
    clients, client = Clients(stack), stack.clients[0]
    with Chain.start(tmp_path / "other", chain_id=31338, keep_state=False) as other:
        with stack.connect("superuser") as connection:
            connection.execute(
                "INSERT INTO wbo_data.network (name, chain_id, rpc_urls) VALUES ('Other', 31338, %s)",
                ([other.rpc_url],),
            )
        other.fund(client.wallet.address, 10 * ETHER)
        txid = other.send(client.wallet, client.custodial, value=ETHER)
        async with working(stack):
            record = clients.submit(client, "ETH", Decimal(1), txid=txid)
            row = await desk.until(record.record_no, "abnormal", "wrong_network")
    assert next(v["found"] for v in row["verdicts"] if v["check"] == "network") == "Other"


async def test_endpoints_changed_while_it_runs(
    stack: World, chain: Chain, desk: Desk, proxies: list[FaultProxy]
) -> None:
    """The network's row names another endpoint: the worker follows without a restart."""
    use(stack, proxies[:1])
    clients, client = Clients(stack), stack.clients[0]
    async with working(stack):
        await desk.caught_up()
        proxies[0].add(Fault(Kind.RESET))
        use(stack, proxies[1:2])
        record = clients.submit(client, "USDT", Decimal(50), txid=clients.pay(client, "USDT", Decimal(50)))
        chain.mine(2)
        await desk.until(record.record_no, "success")
    assert proxies[1].requests > 0


async def test_one_nodes_fork_undoes_nothing(
    stack: World, chain: Chain, desk: Desk, proxies: list[FaultProxy]
) -> None:
    """Where a credit needs two endpoints, taking it back does too: the one that shows another chain is set aside."""
    use(stack, proxies, agreement=2)
    clients, client = Clients(stack), stack.clients[0]
    async with working(stack) as worker:
        record = clients.submit(client, "USDT", Decimal(50), txid=clients.pay(client, "USDT", Decimal(50)))
        chain.mine(2)
        row = await desk.until(record.record_no, "success")

        def fork(method: str, params: list[Any], result: Any) -> Any:
            if (
                isinstance(result, dict)
                and "parentHash" in result
                and int(result["number"], 16) >= row["block_number"]
            ):
                return result | {"hash": "0x" + "f" * 63 + result["hash"][-1]}
            return result

        proxies[0].add(Fault(Kind.CHANGE, change=fork))
        await eventually(
            lambda: (
                "contradicted" in [e["reason"] for n in worker.health()["networks"] for e in n["endpoints"]]
            )
        )
        chain.mine(2)
        await desk.caught_up()
        assert desk.record(record.record_no)["status"] == "success"
        assert worker.health()["networks"][0]["reorgs"] == 0


async def test_two_nodes_fork_against_two_undoes_nothing_and_blames_nobody(
    stack: World, chain: Chain, desk: Desk, proxies: list[FaultProxy]
) -> None:
    """Whichever two are asked first; and once the others show it too, the reorganisation is believed."""
    fourth = await FaultProxy(chain.rpc_url).start()
    try:
        four = [*proxies, fourth]
        use(stack, four, agreement=2)
        clients, client = Clients(stack), stack.clients[0]
        async with working(stack) as worker:
            record = clients.submit(
                client, "USDT", Decimal(50), txid=clients.pay(client, "USDT", Decimal(50))
            )
            chain.mine(2)
            height = (await desk.until(record.record_no, "success"))["block_number"]
            await desk.caught_up()

            def fork(method: str, params: list[Any], result: Any) -> Any:
                if (
                    isinstance(result, dict)
                    and "parentHash" in result
                    and int(result["number"], 16) >= height
                ):
                    return result | {"hash": "0x" + "f" * 63 + result["hash"][-1]}
                return result

            for at in (0, 1):
                four[at].add(Fault(Kind.CHANGE, change=fork))
            asked = [proxy.requests for proxy in four]
            await eventually(
                lambda: all(p.requests > n + 6 for p, n in zip(four, asked, strict=True)), 30,
                lambda: f"{asked} {[p.requests for p in four]}",
            )  # fmt: skip
            (network,) = worker.health()["networks"]
            assert network["reorgs"] == 0
            assert [one["reason"] for one in network["endpoints"]] == [""] * 4
            assert desk.record(record.record_no)["status"] == "success"
            four[2].add(Fault(Kind.CHANGE, change=fork))
            await desk.until(record.record_no, "abnormal", "reorganised")
    finally:
        fourth.clear()
        await fourth.stop()


async def test_heads_by_subscription(stack: World, chain: Chain, desk: Desk) -> None:
    """Over WebSocket a new head wakes the tracker, which would look only every 20 seconds by itself."""
    with stack.connect("superuser") as connection:
        connection.execute("UPDATE wbo_data.network SET rpc_urls = %s", ([chain.ws_url],))
    slow = replace(QUICK, network=replace(QUICK.network, poll=20.0))
    clients, client = Clients(stack), stack.clients[0]
    async with working(stack, slow):
        await desk.caught_up()
        record = clients.submit(client, "USDT", Decimal(50), txid=clients.pay(client, "USDT", Decimal(50)))
        await desk.until(record.record_no, "processing", seconds=5)
        chain.mine(2)
        await desk.until(record.record_no, "success", seconds=5)


async def test_catches_up_after_an_absence(stack: World, chain: Chain, desk: Desk) -> None:
    """Nobody tracked for 200 blocks in which money came; it is found, and the range grew meanwhile."""
    clients, client = Clients(stack), stack.clients[0]
    async with working(stack):
        await desk.caught_up()
    records = []
    for n in range(5):
        records.append(clients.submit(client, "USDT", Decimal(50 + n)).record_no)
        clients.pay(client, "USDT", Decimal(50 + n))
        chain.mine(40)
    async with working(stack) as worker:
        for record_no in records:
            await desk.until(record_no, "success")
        (network,) = worker.health()["networks"]
        assert network["blocks"] == 205
        assert network["requests"] < 60


async def test_metrics_on_loopback(stack: World, chain: Chain, desk: Desk) -> None:
    port = free_port()
    async with working(stack, replace(QUICK, metrics_port=port)):
        await desk.caught_up()

        def read() -> str:
            with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
                return str(answer.read().decode())

        checkpoint = f'wbo_checkpoint{{network="Ethereum"}} {chain.head()}.0'
        text = await eventually(lambda: read() if checkpoint in read() else "")
    assert 'wbo_leads{network="Ethereum"} 1.0' in text
    assert "wbo_blocks_total" in text
