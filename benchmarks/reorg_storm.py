"""Reorganisations of 1 to 64 blocks while deposits flow: credits left standing on orphaned blocks, and how soon each
is noticed; beside a program that counts heights only, with 6 confirmations (ours has 3).
"""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass
from time import monotonic
from typing import Any

from benchmarks._report import Row
from benchmarks._tracking import ByHand, tracking
from benchmarks._world import broker
from tests.support.worker_storm import DEEPEST, Counting, Payment, Storm, standing_on_orphans
from wbo_demo.world import World
from wbo_desktop.services.judging import SOON

RUNS = int(os.environ.get("WBO_BENCH_REORGS", "1000"))
FORGET = 40
"""Payments that are still looked at; older ones are far below every reorganisation."""


def run() -> list[Row]:
    began = monotonic()
    with broker() as made:
        end = asyncio.run(_storm(made))
    return [
        Row(
            "reorg_storm, credits on orphaned blocks",
            str(len(end.wrong)),
            f"counting heights: {end.counted}",
            None,
            "0, while counting heights leaves some",
            not end.wrong and end.counted > 0,
            "; ".join(
                [
                    f"{RUNS} reorganisations of 1 to {DEEPEST} blocks in {monotonic() - began:.0f} s",
                    *end.wrong[:5],
                ]
            ),
        ),
        Row(
            "reorg_storm, noticed",
            f"{RUNS - end.late} within one block",
            "",
            None,
            "all",
            end.late == 0,
            f"{end.alarms} credits were taken back with an alarm",
        ),
        Row(
            "reorg_storm, lost",
            str(len(end.lost)),
            "",
            None,
            "0 payments that stand and are neither credited nor under an alarm",
            not end.lost,
            "; ".join([f"{end.payments} payments, {end.credited} stand credited at the end", *end.lost[:5]]),
        ),
    ]


@dataclass
class End:
    """What was found wrong on the way, and how it ended."""

    wrong: list[str]
    late: int
    counted: int
    payments: int
    credited: int
    alarms: int
    lost: list[str]


async def _storm(made: World) -> End:
    storm = Storm(made, seed=5)
    counting = Counting(storm.chain)
    wrong: list[str] = []
    all_payments: list[Payment] = []
    late = 0
    async with tracking(made) as by_hand:
        await by_hand.settle()
        for _ in range(RUNS):
            late += await _one(storm, counting, by_hand)
            wrong += await asyncio.to_thread(_check, made, storm)
            all_payments += [p for p in storm.payments if p not in all_payments[-FORGET:]]
            del storm.payments[:-FORGET]
        await asyncio.to_thread(storm.chain.mine, 6)
        await by_hand.settle()
        await asyncio.sleep(SOON + 0.5)  # what was about to change is looked at again
        await by_hand.settle()
        counting.look(storm.payments)
    storm.payments = all_payments
    gone = [txid for txid in counting.credited if not storm.chain.rpc("eth_getTransactionReceipt", txid)]
    rows = {row[0]: row for row in _rows(made, all_payments)}
    standing = [p for p in all_payments if storm.block_of(p) is not None]
    lost = [
        f"{p.record_no} is {rows[p.record_no][1]} ({rows[p.record_no][4]})"
        for p in standing
        if rows[p.record_no][1] != "success" and not rows[p.record_no][3]
    ]
    wrong += standing_on_orphans(storm, [row[:3] for row in rows.values()])
    credited = sum(row[1] == "success" for row in rows.values())
    alarms = sum(row[3] for row in rows.values())
    return End(wrong, late, len(gone), len(all_payments), credited, alarms, lost)


async def _one(storm: Storm, counting: Counting, by_hand: ByHand) -> int:
    """One reorganisation; 1 when it was not noticed with the first look after it."""
    dice, chain = storm.dice, storm.chain
    for _ in range(dice.randint(1, 2)):
        await asyncio.to_thread(storm.pay)
    await asyncio.to_thread(chain.mine, dice.randint(1, 8))
    await by_hand.settle()
    counting.look(storm.payments)
    await asyncio.to_thread(storm.reorganise, dice.randint(1, DEEPEST))
    await asyncio.to_thread(chain.mine)
    await by_hand.settle()
    counting.look(storm.payments)
    mark = by_hand.tracker.mark
    head = chain.rpc("eth_getBlockByNumber", "latest", False)
    return int(mark is None or mark.hash != head["hash"])


def _check(made: World, storm: Storm) -> list[str]:
    return standing_on_orphans(storm, [row[:3] for row in _rows(made, storm.payments)])


def _rows(made: World, payments: list[Payment]) -> list[tuple[Any, ...]]:
    with made.connect("superuser") as connection:
        return connection.execute(
            "SELECT record_no, status, block_hash, alarm, reason FROM wbo.deposit_record WHERE record_no = ANY (%s)",
            ([payment.record_no for payment in payments],),
        ).fetchall()
