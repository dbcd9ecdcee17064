"""A nursery of workers that die: imports everything once, then forks a worker for each order on stdin, and says on stdout
how it ended. A worker kills itself with SIGKILL at the step it is told, or is killed from outside at any moment.

Started as a program by `tests.support.crashes`, with the world's description (JSON) as its first line of input.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
from eth_account import Account

from tests.support.follow import Follower
from wbo_demo.chain import _request
from wbo_demo.world import NETWORK
from wbo_desktop.chain.refunds.sender import RefundSender, SendingRules
from wbo_desktop.chain.refunds.signer import KeystoreSigner
from wbo_desktop.chain.rpc.endpoints import Endpoints
from wbo_desktop.chain.rpc.errors import RpcError
from wbo_desktop.models.chain_store import ChainStore
from wbo_desktop.models.connection import Server, open_connection
from wbo_desktop.models.refund_store import PostgresRefundStore
from wbo_desktop.secrets import Secret
from wbo_desktop.services.tracking import Lease, OnThreads

RULES = SendingRules(again_after=0.0, look_every=60.0, stuck_after=0.5, refused_after=0.1)
IN_HAND = "SELECT count(*) FROM wbo.refund WHERE status IN ('executing', 'signed', 'broadcast', 'confirming')"


class Remote:
    """As much of `demo.chain.Chain` as a follower needs, over its port."""

    def __init__(self, port: int) -> None:
        self._port = port

    def rpc(self, method: str, *params: object) -> Any:
        return _request(self._port, method, params)

    def head(self) -> int:
        return int(self.rpc("eth_blockNumber"), 16)


def dies_at(step: str, visit: int) -> Callable[[str], None]:
    """Ends this process, as by a power cut, when `step` is passed for the `visit`th time."""
    left = visit

    def passed(name: str) -> None:
        nonlocal left
        if name == step:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    return passed


async def work(world: dict[str, Any], order: dict[str, Any]) -> None:
    """Send and follow until nothing is in hand."""
    server = Server(**world["server"])
    login, password = world["worker"], Secret(world["password"])
    passed = dies_at(order.get("step", ""), order.get("visit", 1))
    store, threads = ChainStore(server, login, password), OnThreads(1)
    lease = store.take_lease(NETWORK, f"worker {os.getpid()}", 60.0)
    assert lease is not None
    signer = KeystoreSigner(Path(world["keystore"]), Secret(world["passphrase"]))
    with open_connection(server, login, password, "follower") as connection:
        follower = Follower(connection, Remote(world["port"]), NETWORK, lease.epoch)  # type: ignore[arg-type]
        follower.catch_up()
        async with Endpoints([world["rpc_url"]], world["chain_id"]) as endpoints:
            sender = RefundSender(
                endpoints, signer, PostgresRefundStore(store), threads, rules=RULES, checkpoint=passed
            )
            with open_connection(server, world["owner"], Secret(world["owner_password"]), "count") as owner:
                while await send_and_follow(sender, lease, follower, passed) or in_hand(owner):
                    pass
    store.close()


async def send_and_follow(
    sender: RefundSender, lease: Lease, follower: Follower, passed: Callable[[str], None]
) -> bool:
    """One round; whether anything was sent."""
    try:
        sent = (await sender.step(lease)).sent
    except RpcError:
        return True  # the same step again, as the worker's loop does
    passed("before_follow")
    await asyncio.to_thread(follower.catch_up)
    passed("after_follow")
    return bool(sent)


def in_hand(owner: psycopg.Connection[Any]) -> bool:
    """Whether a refund is still under way."""
    found = owner.execute(IN_HAND.encode()).fetchone()
    return bool(found and found[0])


def naive(world: dict[str, Any], order: dict[str, Any]) -> None:
    """The faulty way, as it is often written: send, then save the hash."""
    passed = dies_at(order.get("step", ""), order.get("visit", 1))
    chain = Remote(world["port"])
    with psycopg.connect(world["naive_dsn"], autocommit=True) as connection:
        unpaid = connection.execute(
            "SELECT id, address, amount FROM naive_refund WHERE txid IS NULL ORDER BY id"
        )
        for number, address, amount in unpaid.fetchall():
            passed("before_sign")
            raw = naive_transaction(world, chain, address, int(amount))
            passed("after_sign")
            passed("after_store")
            txid = chain.rpc("eth_sendRawTransaction", raw)
            passed("after_send")
            connection.execute("UPDATE naive_refund SET txid = %s WHERE id = %s", (txid, number))
            passed("after_mark")


def naive_transaction(world: dict[str, Any], chain: Remote, address: str, amount: int) -> str:
    """A payment with the node's next nonce."""
    fields = {
        "type": 2,
        "chainId": world["chain_id"],
        "nonce": int(chain.rpc("eth_getTransactionCount", world["naive_address"], "pending"), 16),
        "to": address,
        "value": amount,
        "gas": 21_000,
        "maxFeePerGas": 100 * 10**9,
        "maxPriorityFeePerGas": 10**9,
    }
    return "0x" + Account.sign_transaction(fields, world["naive_key"]).raw_transaction.hex().removeprefix(
        "0x"
    )


def live(world: dict[str, Any], order: dict[str, Any]) -> None:
    """A forked worker's whole life."""
    if order["kind"] == "naive":
        naive(world, order)
    else:
        asyncio.run(work(world, order))


def main() -> None:
    """Orders in, endings out: one JSON line each."""
    world = json.loads(sys.stdin.readline())
    print(json.dumps({"ready": True}), flush=True)
    dead: list[int] = []
    for line in sys.stdin:
        while dead:
            os.waitpid(dead.pop(), 0)
        child = os.fork()
        if child == 0:
            try:
                live(world, json.loads(line))
                os._exit(0)
            except Exception:
                sys.excepthook(*sys.exc_info())
                os._exit(3)
        print(json.dumps({"pid": child}), flush=True)
        # told before it is buried, so that no signal goes to a number that another process has by now
        found = os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
        assert found is not None
        status = found.si_status if found.si_code == os.CLD_EXITED else -found.si_status
        print(json.dumps({"ended": status}), flush=True)
        dead.append(child)


if __name__ == "__main__":
    main()
