"""The crash campaign: workers are killed at every step of a refund's life and at any moment, and others go on from there.

`campaign` runs it for the sender, `naive_campaign` for the faulty way beside it; both count transfers on chain.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

from psycopg.conninfo import make_conninfo

from tests.support.follow import Follower, take_lease
from tests.support.refunds import approve, assert_sums_agree, credit_each, execute
from tests.support.sending import quick_signer
from wbo_demo.chain import ETHER
from wbo_demo.world import NETWORK, World
from wbo_desktop.chain.refunds.sender import CHECKPOINTS

STEPS = (*CHECKPOINTS, "before_follow", "after_follow")
ANY_MOMENT = "any moment"
BACKLOG = 3
TOP_UP = 8
LIFE_SECONDS = 120.0


@dataclass
class Outcome:
    """What a campaign came to; `paid` counts the transfers of each refund."""

    kills: Counter[str] = field(default_factory=Counter)
    paid: Counter[str] = field(default_factory=Counter)
    refunds: int = 0
    seconds: float = 0.0

    @property
    def duplicates(self) -> int:
        """Transfers too many."""
        return sum(times - 1 for times in self.paid.values() if times > 1)

    @property
    def lost(self) -> int:
        """Refunds that never were paid."""
        return self.refunds - len(self.paid)


class Nursery:
    """The process that forks workers; see `crash_worker`."""

    def __init__(self, description: dict[str, Any]) -> None:
        root = Path(__file__).resolve().parents[2]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.crash_worker"],
            cwd=root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._say(description)
        assert self._hear() == {"ready": True}

    def _say(self, what: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()

    def _hear(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        found: dict[str, Any] = json.loads(self._process.stdout.readline())
        return found

    def begin(self, order: dict[str, Any]) -> int:
        """Start a worker; its process id."""
        self._say(order)
        return int(self._hear()["pid"])

    def ending(self) -> int:
        """Wait for the worker; its exit status, -9 when it was killed."""
        return int(self._hear()["ended"])

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()


def describe(world: World, folder: Path) -> dict[str, Any]:
    """What a worker needs to know, as plain JSON: only a test's world may be written down like this."""
    assert world.chain is not None
    quick_signer(world, folder)
    server, worker, owner, root = world.server, *(world.logins[n] for n in ("worker", "owner", "superuser"))
    naive = world.chain.account("naive wallet")
    return {
        "server": {"host": server.host, "port": server.port, "dbname": server.dbname},
        "worker": worker.login,
        "password": worker.password.reveal(),
        "owner": owner.login,
        "owner_password": owner.password.reveal(),
        "keystore": str(folder / "hot-wallet.json"),
        "passphrase": "correct horse battery staple",
        "port": world.chain.port,
        "rpc_url": world.chain.rpc_url,
        "chain_id": world.chain.chain_id,
        "naive_address": naive.address,
        "naive_key": naive.private_key.reveal(),
        "naive_dsn": make_conninfo(
            host=server.host,
            port=server.port,
            dbname=server.dbname,
            user=root.login,
            password=root.password.reveal(),
        ),
    }


@contextmanager
def nursery(world: World, folder: Path) -> Iterator[Nursery]:
    """Ready to fork workers of this world."""
    made = Nursery(describe(world, folder))
    try:
        yield made
    finally:
        made.close()


def orders(kind: str, kills: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    """Half of the deaths at a named step, evenly; half at any moment."""
    steps = STEPS if kind == "sender" else CHECKPOINTS
    for number in range(kills):
        if number % 2:
            yield {"kind": kind, "delay": chance.uniform(0.02, 0.5)}
        else:
            yield {
                "kind": kind,
                "step": steps[number // 2 % len(steps)],
                "visit": chance.choice((1, 1, 2, 3)),
            }


def campaign(world: World, folder: Path, kills: int, seed: int = 5) -> Outcome:
    """Kill that many workers while refunds are under way; then let one finish, and count what left on chain."""
    began, chance, outcome = monotonic(), random.Random(seed), Outcome()
    chain = world.chain
    assert chain is not None
    amounts: dict[int, str] = {}
    with world.connect("worker") as connection:
        follower = Follower(connection, chain, NETWORK, take_lease(connection, NETWORK))
        follower.catch_up()
        chain.mine(5)  # deeper than any reorganisation to come
        follower.catch_up()
    first_block = chain.head() + 1
    with nursery(world, folder) as workers:
        _one_life(world, workers, {"kind": "sender"}, chance)  # names the hot wallet
        while left := list(_still_to_die(outcome, kills, chance)):
            for order in left:
                _top_up(world, amounts)
                if _one_life(world, workers, order, chance) == -signal.SIGKILL:
                    outcome.kills[order.get("step", ANY_MOMENT)] += 1
        assert _one_life(world, workers, {"kind": "sender"}, chance) == 0
    outcome.refunds = len(amounts)
    logs = chain.rpc("eth_getLogs", {"fromBlock": hex(first_block), "address": world.tokens["USDT"].address})
    for log in logs:
        if log["topics"][1][-40:] == world.hot_wallet.address[2:].lower():
            outcome.paid[amounts[int(log["data"], 16)]] += 1
    assert_sums_agree(world, first_block)
    outcome.seconds = monotonic() - began
    return outcome


def _still_to_die(outcome: Outcome, kills: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    """Deaths that are missing: in number, then at a step that no worker lived to see as often as it was told to."""
    if outcome.kills.total() < kills:
        yield from orders("sender", kills - outcome.kills.total(), chance)
    else:
        yield from ({"kind": "sender", "step": step, "visit": 1} for step in STEPS if not outcome.kills[step])


def _top_up(world: World, amounts: dict[int, str]) -> None:
    """Keep some refunds waiting, each with an amount of its own by which the chain tells them apart."""
    with world.connect("owner") as owner:
        found = owner.execute("SELECT count(*) FROM wbo.refund WHERE status = 'executing'").fetchone()
    if found is None or found[0] < BACKLOG:
        wanted = [1_000_000 + len(amounts) + n for n in range(TOP_UP)]
        numbers = approve(world, credit_each(world, "USDT", wanted))
        execute(world, numbers)
        amounts.update(zip(wanted, numbers, strict=True))


def _one_life(world: World, workers: Nursery, order: dict[str, Any], chance: random.Random) -> int:
    """From birth to death; blocks are mined meanwhile, now and then the pool is lost or the chain reorganises."""
    chain = world.chain
    assert chain is not None
    with world.connect("superuser") as root:
        root.execute("UPDATE wbo_data.worker_lease SET expires_at = now()")
    mines_at_once = chance.random() < 0.3
    chain.rpc("evm_setAutomine", mines_at_once)
    pid = workers.begin(order)
    ended = _Waiting(workers)
    deadline, dies = monotonic() + LIFE_SECONDS, monotonic() + order.get("delay", LIFE_SECONDS)
    while not ended.within(0.03):
        now = monotonic()
        if now >= dies or now >= deadline:
            os.kill(pid, signal.SIGKILL)
            dies = deadline + LIFE_SECONDS
        chain.rpc("anvil_mine", "0x1")
        if chance.random() < 0.03:
            chain.rpc("anvil_dropAllTransactions")
        if chance.random() < 0.02 and not mines_at_once:  # the node loses blocks when it does both at a time
            chain.rpc("anvil_reorg", 2, [])
    assert monotonic() < deadline, "a worker did not finish"
    assert ended.status in (0, -signal.SIGKILL)
    return ended.status


class _Waiting:
    """Waits for a worker's ending on a thread, so that the chain goes on meanwhile."""

    def __init__(self, workers: Nursery) -> None:
        self.status = 0
        self._done = threading.Event()

        def wait() -> None:
            self.status = workers.ending()
            self._done.set()

        threading.Thread(target=wait, daemon=True).start()

    def within(self, seconds: float) -> bool:
        return self._done.wait(seconds)


def naive_campaign(world: World, folder: Path, kills: int, seed: int = 5) -> Outcome:
    """The same deaths for a worker that sends first and saves the hash afterwards."""
    began, chance, outcome = monotonic(), random.Random(seed), Outcome()
    chain = world.chain
    assert chain is not None
    chain.fund(chain.account("naive wallet").address, 100 * ETHER)
    chain.rpc("evm_setAutomine", True)
    first_block, made = chain.head() + 1, 0
    with world.connect("superuser") as root, nursery(world, folder) as workers:
        root.execute(
            "CREATE TABLE naive_refund (id integer PRIMARY KEY, address text, amount numeric, txid text)"
        )
        for order in orders("naive", kills, chance):
            unpaid = root.execute("SELECT count(*) FROM naive_refund WHERE txid IS NULL").fetchone()
            for _ in range(BACKLOG - (unpaid[0] if unpaid else 0)):
                made += 1
                to = world.clients[0].wallet.address
                root.execute("INSERT INTO naive_refund VALUES (%s, %s, %s)", (made, to, 1_000_000 + made))
            pid = workers.begin(order)
            ended = _Waiting(workers)
            if not ended.within(order.get("delay", LIFE_SECONDS) / 4):
                os.kill(pid, signal.SIGKILL)
                ended.within(LIFE_SECONDS)
            outcome.kills[order.get("step", ANY_MOMENT)] += ended.status == -signal.SIGKILL
        workers.begin({"kind": "naive"})
        assert workers.ending() == 0
        root.execute("DROP TABLE naive_refund")
    outcome.refunds = made
    for number in range(first_block, chain.head() + 1):
        for tx in chain.rpc("eth_getBlockByNumber", hex(number), True)["transactions"]:
            if tx["from"].lower() == chain.account("naive wallet").address.lower():
                outcome.paid[str(int(tx["value"], 16) - 1_000_000)] += 1
    outcome.seconds = monotonic() - began
    return outcome
