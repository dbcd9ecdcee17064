"""Any number of workers, one leads; killed, another takes over; asked to stop, it lets go at once."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from contextlib import AsyncExitStack
from decimal import Decimal

import pytest

from tests.support.desk_worker import Desk, eventually, working
from tests.support.worker_process import WorkerProcess
from wbo_demo.chain import Chain
from wbo_demo.clients import Clients
from wbo_demo.world import World
from wbo_desktop.chain.tracking.network_worker import NetworkWorkerRules
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.models.chain_store import ChainStore
from wbo_desktop.services.tracking import Decisions


@pytest.fixture
def desk(stack: World) -> Desk:
    return Desk(stack)


@pytest.fixture
def processes() -> Iterator[list[WorkerProcess]]:
    started: list[WorkerProcess] = []
    yield started
    for one in started:
        one.kill()


def holder(desk: Desk) -> str | None:
    rows = desk.rows("SELECT holder FROM wbo_data.worker_lease WHERE expires_at > clock_timestamp()")
    return rows[0]["holder"] if rows else None


def epoch(desk: Desk) -> int:
    """Of the lease now: each time that another takes it, it is one more."""
    (row,) = desk.rows("SELECT epoch FROM wbo_data.worker_lease WHERE network = 'Ethereum'")
    return int(row["epoch"])


async def test_two_workers_one_lease(stack: World, chain: Chain, desk: Desk) -> None:
    """Both run; everything is done once, by the first; the second leads as soon as the first stops."""
    clients, client = Clients(stack), stack.clients[0]

    async def credited(units: int) -> None:
        paid = clients.pay(client, "USDT", Decimal(units))
        record = clients.submit(client, "USDT", Decimal(units), txid=paid)
        chain.mine(2)
        await desk.until(record.record_no, "success")

    async with AsyncExitStack() as until_the_end:
        async with working(stack) as first:
            await eventually(lambda: holder(desk) == first.holder)
            second = await until_the_end.enter_async_context(working(stack))
            await eventually(lambda: "Ethereum" in second.networks)
            assert first.holder != second.holder
            led = epoch(desk)
            for units in (50, 51, 52):
                await credited(units)
                assert not second.networks["Ethereum"].leads
            assert first.networks["Ethereum"].leads
            assert epoch(desk) == led, "nobody took the lease over, not even for a moment"
        await eventually(lambda: holder(desk) == second.holder, seconds=2)
        await credited(53)
        assert second.networks["Ethereum"].leads
        assert epoch(desk) == led + 1


async def test_another_takes_over(
    stack: World, chain: Chain, desk: Desk, processes: list[WorkerProcess]
) -> None:
    """Within 5 s by the rules of production; the benchmark `worker_kills` measures it."""
    rules = NetworkWorkerRules()
    assert rules.tracker.lease_seconds + rules.standby < 5
    clients, client = Clients(stack), stack.clients[0]
    leader = WorkerProcess(stack)
    processes.append(leader)
    killed_holder = await eventually(lambda: holder(desk))
    async with working(stack) as standby:
        await eventually(lambda: "Ethereum" in standby.networks)
        leader.kill()
        record = clients.submit(client, "USDT", Decimal(50), txid=clients.pay(client, "USDT", Decimal(50)))
        await eventually(lambda: holder(desk) not in (None, killed_holder))
        chain.mine(2)
        await desk.until(record.record_no, "success")


async def test_sigterm_drains(stack: World, desk: Desk, processes: list[WorkerProcess]) -> None:
    """It ends with 0, and the next worker need not wait for the lease to run out."""
    leader = WorkerProcess(stack)
    processes.append(leader)
    await eventually(lambda: holder(desk) and leader.said)
    assert leader.health["networks"][0]["network"] == "Ethereum"
    assert await asyncio.to_thread(leader.terminate) == 0
    assert holder(desk) is None


async def test_late_worker_writes_nothing(stack: World, chain: Chain) -> None:
    """A worker that was paused past its lease and wakes up finds every write refused."""
    who = stack.logins["worker"]
    late, quick = (ChainStore(stack.server, who.login, who.password) for _ in range(2))
    lost = late.take_lease("Ethereum", "late", 0.1)
    assert lost is not None
    taken = await eventually(lambda: quick.take_lease("Ethereum", "quick", 30))
    assert taken.epoch > lost.epoch
    for write in (
        lambda: late.record_blocks(lost, 3, "0x" + "0" * 64, [], 1, None),
        lambda: late.apply_decisions(lost, Decisions()),
        lambda: late.rewind(lost, "0x" + "0" * 64, 0),
        lambda: late.raise_alarm(lost, "nonsense"),
        lambda: late.record_past_transfers(lost, [], []),
        lambda: late.report_health(lost, 3, {}),
    ):
        with pytest.raises(RuleViolation) as refused:
            write()
        assert refused.value.code == "lease_lost"
    late.close()
    quick.close()


async def test_killed_while_deposits_flow(
    stack: World, chain: Chain, desk: Desk, processes: list[WorkerProcess]
) -> None:
    """The short form of the benchmark `worker_kills`: every deposit is credited exactly once, none is lost."""
    dice = random.Random(4)
    clients = Clients(stack)
    records = []
    processes += [WorkerProcess(stack), WorkerProcess(stack)]
    for round_ in range(4):
        for n in range(5):
            client = stack.clients[dice.randrange(3)]
            amount = Decimal(100 + round_ * 5 + n)
            txid = clients.pay(client, "USDT", amount)
            told = txid if dice.random() < 0.5 else None
            records.append((clients.submit(client, "USDT", amount, txid=told).record_no, amount))
            await asyncio.sleep(0.09 * dice.random())
        processes.pop(0).kill()
        processes.append(WorkerProcess(stack))
    chain.mine(3)
    for record_no, amount in records:
        row = await desk.until(record_no, "success", seconds=40)
        assert row["credited_amount"] == amount
    credits_ = desk.rows(
        "SELECT object_id, count(*) FROM wbo_data.audit_entry"
        " WHERE object_type = 'deposit' AND after ->> 'status' = 'success' GROUP BY 1"
    )
    assert {row["object_id"]: row["count"] for row in credits_} == {number: 1 for number, _ in records}
