"""Refunds among nodes that lie about what became of them: where nodes have to agree, one node's word settles none."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.bytecode import REVERTS
from tests.support.desk_worker import Desk, eventually, working
from tests.support.fault_proxy import Fault, FaultProxy, Kind
from tests.support.refunds import approve, credit, execute, payments
from tests.support.sending import quick_signer
from wbo_demo.world import NETWORK, World
from wbo_desktop.chain.refunds.recovered import WalletOnChain
from wbo_desktop.models.reconcile import Orders, reconcile

STRANGER = "0x" + "0" * 24 + "66" * 20
RECEIPTS = frozenset({"eth_getBlockReceipts", "eth_getTransactionReceipt"})


@pytest.fixture
async def nodes(stack: World) -> AsyncIterator[list[FaultProxy]]:
    """Three ways to the chain, of which the first is preferred; two have to agree."""
    assert stack.chain is not None
    started = [await FaultProxy(stack.chain.rpc_url).start() for _ in range(3)]
    yield started
    for proxy in started:
        proxy.clear()
        await proxy.stop()


def use(stack: World, nodes: list[FaultProxy], agreement: int) -> None:
    with stack.connect("superuser") as connection:
        connection.execute(
            "UPDATE wbo_data.network SET rpc_urls = %s, agreement = %s",
            ([node.url for node in nodes], agreement),
        )


def saying_it_reverted(wallet: str) -> Any:
    """A node for which every transaction of the hot wallet failed."""

    def change(method: str, params: list[Any], result: Any) -> Any:
        if isinstance(result, list):
            return [change(method, params, receipt) for receipt in result]
        if isinstance(result, dict) and "logs" in result and result["from"].lower() == wallet.lower():
            return result | {"status": "0x0"}
        return result

    return change


def saying_somebody_else_was_paid(wallet: str) -> Any:
    """A node for which the refund's money was never moved, although its transaction succeeded."""

    def change(method: str, params: list[Any], result: Any) -> Any:
        if isinstance(result, list):
            return [change(method, params, receipt) for receipt in result]
        if isinstance(result, dict) and "logs" in result and result["from"].lower() == wallet.lower():
            return result | {
                "logs": [log | {"topics": [*log["topics"][:2], STRANGER]} for log in result["logs"]]
            }
        return result

    return change


def rows(world: World, number: str) -> dict[str, Any]:
    (row,) = Desk(world).rows("SELECT * FROM wbo.refund WHERE refund_no = %s", number)
    return row


async def executed(world: World, coin: str = "USDT", amount: int = 10**6) -> str:
    """A refund that a worker has signed."""
    await eventually(lambda: Desk(world).rows("SELECT FROM wbo.hot_wallet WHERE balances <> '{}'"))
    await Desk(world).caught_up()
    (number,) = await asyncio.to_thread(lambda: approve(world, credit(world, coin, amount)))
    await asyncio.to_thread(execute, world, [number])
    await eventually(lambda: rows(world, number)["txid"])
    return number


@pytest.mark.parametrize("lie", [saying_it_reverted, saying_somebody_else_was_paid])
async def test_a_node_that_says_a_refund_failed_is_overruled(
    stack: World, tmp_path: Path, nodes: list[FaultProxy], lie: Any
) -> None:
    """On its word alone the client would be paid a second time."""
    chain, wallet = stack.chain, stack.hot_wallet.address
    assert chain is not None
    use(stack, nodes, agreement=2)
    first_block = chain.head() + 1
    nodes[0].add(Fault(Kind.CHANGE, RECEIPTS, change=lie(wallet)))
    seen = set()
    async with working(stack, signer=quick_signer(stack, tmp_path)):
        number = await executed(stack)

        def ended() -> bool:
            chain.mine()
            row = rows(stack, number)
            seen.add((row["status"], row["failure"]))
            return row["status"] in ("confirmed", "failed")

        await eventually(ended, 40, lambda: f"{seen}")
    print(
        seen,
        [len(n.asked) for n in nodes],
        [sum(any(m in RECEIPTS for m in a) for a in n.asked) for n in nodes],
    )
    assert rows(stack, number)["status"] == "confirmed", seen
    assert Desk(stack).record(rows(stack, number)["record_no"])["status"] == "refunded"
    assert len(payments(chain, wallet, first_block)) == 1


async def test_one_against_one_settles_nothing_and_says_so(
    stack: World, tmp_path: Path, nodes: list[FaultProxy]
) -> None:
    chain = stack.chain
    assert chain is not None
    use(stack, nodes[:2], agreement=2)
    lie = nodes[1].add(Fault(Kind.CHANGE, RECEIPTS, change=saying_it_reverted(stack.hot_wallet.address)))
    async with working(stack, signer=quick_signer(stack, tmp_path)) as worker:
        number = await executed(stack)
        chain.mine(6)
        await eventually(lambda: any(n.get("disputes") for n in worker.health()["networks"]))
        assert rows(stack, number)["status"] == "confirming"
        lie.times = 0

        def confirmed() -> bool:
            return bool(rows(stack, number)["status"] == "confirmed")

        await eventually(confirmed, 40, lambda: f"{rows(stack, number)}")


async def test_a_failure_that_the_nodes_agree_on_is_one(
    stack: World, tmp_path: Path, nodes: list[FaultProxy]
) -> None:
    """All of them show that it reverted."""
    chain = stack.chain
    assert chain is not None
    use(stack, nodes, agreement=2)
    chain.rpc("evm_setAutomine", False)
    async with working(stack, signer=quick_signer(stack, tmp_path)):
        number = await executed(stack)
        await eventually(lambda: rows(stack, number)["status"] == "broadcast")
        chain.rpc("anvil_setCode", stack.tokens["USDT"].address, "0x" + REVERTS)

        def failed() -> bool:
            chain.mine()
            return bool(rows(stack, number)["status"] == "failed")

        await eventually(failed, 40, lambda: f"{rows(stack, number)}")
    assert rows(stack, number)["failure"] == "transaction_reverted"
    assert Desk(stack).record(rows(stack, number)["record_no"])["status"] == "refund_failed"


async def test_a_refund_whose_place_was_taken_fails_once_the_other_payment_is_explained(
    stack: World, tmp_path: Path, nodes: list[FaultProxy]
) -> None:
    """Somebody paid the same by hand, with the refund's nonce: until a person has said what that was, nothing is proven."""
    chain = stack.chain
    assert chain is not None
    use(stack, nodes, agreement=2)
    chain.rpc("evm_setAutomine", False)
    async with working(stack, signer=quick_signer(stack, tmp_path)):
        number = await executed(stack, "ETH", 10**16)
        await eventually(lambda: rows(stack, number)["status"] == "broadcast")
        with stack.connect("superuser") as root:
            root.execute("UPDATE wbo_data.hot_wallet SET stopped_reason = 'unknown_transaction'")
        chain.rpc("anvil_dropAllTransactions")
        txid = chain.send(stack.hot_wallet, rows(stack, number)["address"], 10**16, nonce=0)

        def is_now(status: str, failure: str) -> Callable[[], bool]:
            def there() -> bool:
                chain.mine()
                row = rows(stack, number)
                return (row["status"], row["failure"]) == (status, failure)

            return there

        await eventually(is_now("broadcast", "paid_by_unknown"), 40, lambda: f"{rows(stack, number)}")

        def explain() -> None:
            side = WalletOnChain([chain.rpc_url], chain.chain_id)
            with stack.connect("owner") as owner:
                reconcile(owner, NETWORK, side, Orders(foreign=[txid]), "the treasurer paid by hand")

        await asyncio.to_thread(explain)
        await eventually(is_now("failed", "nonce_used_by_other"), 40, lambda: f"{rows(stack, number)}")
