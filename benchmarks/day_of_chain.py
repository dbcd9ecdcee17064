"""A day of blocks of 12 seconds, made as fast as they come, with reorganisations and failing nodes: at its end what is
credited must be the sum of the canonical transfers of verified clients, and the worker's memory must not have grown.

A credit that a reorganisation took is abnormal with an alarm; the operator has it checked again, as a desk would.
"""

from __future__ import annotations

import asyncio
import gc
import os
import random
from dataclasses import replace
from decimal import Decimal
from time import monotonic

import psutil

from benchmarks._report import Row
from benchmarks._world import broker
from tests.support.desk_worker import eventually, working
from tests.support.fault_proxy import Fault, FaultProxy, Kind
from tests.support.worker_storm import Payment, Storm
from wbo_demo.world import World
from wbo_desktop.chain.tracking.network_worker import NetworkWorkerRules
from wbo_desktop.chain.tracking.tracker import TrackerRules
from wbo_desktop.worker import Worker, WorkerRules

BLOCKS = int(os.environ.get("WBO_BENCH_DAY_BLOCKS", "7200"))
BLOCK_SECONDS = 12
RULES = WorkerRules(network=NetworkWorkerRules(poll=0.1, tracker=TrackerRules(lease_seconds=10)))
FAULTS = (
    Fault(Kind.RATE_LIMIT, seconds=0.5, times=2),
    Fault(Kind.RESET, times=5),
    Fault(Kind.LOSE_REPLY, times=5),
    Fault(Kind.TRUNCATE, times=5),
    Fault(Kind.BAD_JSON, times=5),
    Fault(Kind.DROP_ITEMS, times=5),
    Fault(Kind.LAG, blocks=5, times=20),
    Fault(Kind.HTTP_ERROR, times=5),
    Fault(Kind.WRONG_CHAIN, times=5),
)
WARM_UP = 0.25
"""The part of the day after which memory is compared: caches are filled by then."""


def run() -> list[Row]:
    began = monotonic()
    with broker() as made:
        day = asyncio.run(_day(made))
    seconds = monotonic() - began
    return [
        Row(
            "day_of_chain, credited",
            f"{day.credited}",
            f"canonical and verified: {day.due}",
            None,
            "equal",
            day.credited == day.due and day.due > 0,
            f"{day.blocks} blocks of {BLOCK_SECONDS} s in {seconds:.0f} s, {day.payments} payments,"
            f" {day.reorgs} reorganisations, {day.faults} faults, {day.alarms} alarms",
        ),
        Row(
            "day_of_chain, memory",
            f"{day.memory_end / 2**20:.0f} MiB at the end",
            f"{day.memory_before / 2**20:.0f} MiB after a quarter",
            day.memory_end / day.memory_before,
            "at most 1.1 times",
            day.memory_end <= day.memory_before * 1.1,
        ),
    ]


class Day:
    """The dice, and what they did."""

    def __init__(self, made: World, proxies: list[FaultProxy]) -> None:
        self.made, self.proxies = made, proxies
        self.storm = Storm(made, seed=24)
        self.dice = random.Random(25)
        self.payments = self.blocks = self.reorgs = self.faults = self.alarms = 0
        self.memory_before = self.memory_end = 0
        self.credited = self.due = Decimal(0)
        self.all: list[Payment] = []

    def some_blocks(self) -> None:
        """A minute or so: now and then a payment, a reorganisation, a fault."""
        dice, chain = self.dice, self.storm.chain
        if dice.random() < 0.5:
            self.all.append(self.storm.pay())
            self.payments += 1
            self.blocks += 1
        blocks = dice.randint(1, 8)
        chain.rpc("anvil_mine", hex(blocks), hex(BLOCK_SECONDS))
        self.blocks += blocks
        if dice.random() < 0.12:
            self.storm.reorganise(dice.choice((1, 1, 1, 2, 2, 3, 4, 8)))
            chain.rpc("anvil_mine", hex(1), hex(BLOCK_SECONDS))
            self.blocks += 1
            self.reorgs += 1
        if dice.random() < 0.1:
            dice.choice(self.proxies).add(replace(dice.choice(FAULTS)))
            self.faults += 1
        del self.storm.payments[:-60]

    def check_again(self) -> None:
        """The operator looks at the alarms."""
        find = "SELECT record_no, version FROM wbo.deposit_record WHERE status = 'abnormal' AND alarm"
        with self.made.connect("maker") as maker:
            for record_no, version in maker.execute(find).fetchall():
                maker.execute("SELECT wbo.recheck_deposit(%s, %s)", (record_no, version))
                self.alarms += 1

    def count(self) -> bool:
        """Whether what is credited is what is due."""
        with self.made.connect("superuser") as connection:
            query = (
                "SELECT coalesce(sum(credited_amount), 0) FROM wbo.deposit_record WHERE status = 'success'"
            )
            row = connection.execute(query).fetchone()
        self.credited = row[0] if row else Decimal(0)
        self.due = sum((p.amount for p in self.all if self.storm.block_of(p)), Decimal(0))
        return self.credited == self.due


async def _day(made: World) -> Day:
    assert made.chain is not None
    proxies = [await FaultProxy(made.chain.rpc_url).start() for _ in range(2)]
    with made.connect("superuser") as connection:
        connection.execute("UPDATE wbo_data.network SET rpc_urls = %s", ([proxy.url for proxy in proxies],))
    day = Day(made, proxies)
    process = psutil.Process()
    async with working(made, RULES) as worker:
        while day.blocks < BLOCKS:
            await asyncio.to_thread(day.some_blocks)
            await _caught_up(made, worker)
            if day.dice.random() < 0.05:
                await asyncio.to_thread(day.check_again)
            if not day.memory_before and day.blocks > BLOCKS * WARM_UP:
                gc.collect()
                day.memory_before = process.memory_info().rss
        for proxy in proxies:
            proxy.clear()
        made.chain.mine(6)
        await _caught_up(made, worker)
        await asyncio.to_thread(day.check_again)
        gc.collect()
        day.memory_end = process.memory_info().rss
        try:
            await eventually(day.count, seconds=60)
        except AssertionError:
            pass  # the row tells
    for proxy in proxies:
        await proxy.stop()
    return day


async def _caught_up(made: World, worker: Worker) -> None:
    """The tracker has seen the head: a real one has 12 seconds for each block."""
    worker.wake()
    chain = made.chain
    assert chain is not None
    head = await asyncio.to_thread(chain.head)
    deadline = monotonic() + 60
    while monotonic() < deadline:
        line = worker.networks.get("Ethereum")
        mark = line.tracker.mark if line is not None and line.tracker is not None else None
        if mark is not None and mark.number >= head:
            return
        await asyncio.sleep(0.01)
    raise TimeoutError("the tracker did not catch up")
