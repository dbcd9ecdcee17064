"""The short forms of the benchmarks `reorg_storm` and `hostile_receipts`; each first catches the faulty way."""

from __future__ import annotations

import asyncio
from decimal import Decimal

from benchmarks.hostile_receipts import judge
from tests.support.desk_worker import Desk, eventually, working
from tests.support.worker_hostile import Hostility, naive
from tests.support.worker_storm import Counting, Storm, standing_on_orphans
from wbo_demo.chain import Chain
from wbo_demo.world import World


async def test_no_credit_stays_on_an_orphaned_block(stack: World) -> None:
    desk, storm = Desk(stack), Storm(stack, seed=1)
    counting = Counting(storm.chain, confirmations=6)
    async with working(stack):
        for depth in (1, 2, 5, 12, 33, 64):
            await asyncio.to_thread(storm.pay)
            await asyncio.to_thread(storm.pay)
            await asyncio.to_thread(storm.chain.mine, storm.dice.randint(1, 7))
            await desk.caught_up()
            counting.look(storm.payments)
            await asyncio.to_thread(storm.reorganise, depth)
            await asyncio.to_thread(storm.chain.mine)
            await _on_the_chain(desk, storm.chain)
            await eventually(lambda: not standing_on_orphans(storm, _rows(desk)))
            counting.look(storm.payments)
        storm.chain.mine(6)
        counting.look(storm.payments)
        gone = {p.txid for p in storm.payments if storm.block_of(p) is None}
        assert counting.credited & gone, "counting heights credits what is not there: the storm is one"
        due = sum((p.amount for p in storm.payments if p.txid not in gone), Decimal(0))
        total = "SELECT sum(credited_amount) AS credited, bool_or(alarm) AS alarm FROM wbo.deposit_record WHERE NOT alarm"
        alarmed = "SELECT txid FROM wbo.deposit_record WHERE alarm"
        taken_back = {row["txid"] for row in desk.rows(alarmed)}
        due -= sum((p.amount for p in storm.payments if p.txid in taken_back - gone), Decimal(0))
        await eventually(lambda: (desk.rows(total)[0]["credited"] or 0) == due)


async def _on_the_chain(desk: Desk, chain: Chain) -> None:
    head = chain.rpc("eth_getBlockByNumber", "latest", False)["hash"]
    await eventually(
        lambda: desk.rows("SELECT hash::text FROM wbo_data.checkpoint")[0]["hash"] == head, seconds=10
    )


def _rows(desk: Desk) -> list[tuple[str, str, str | None]]:
    rows = desk.rows("SELECT record_no, status, block_hash FROM wbo.deposit_record")
    return [(row["record_no"], row["status"], row["block_hash"]) for row in rows]


async def test_hostile_transactions(stack: World, chain: Chain) -> None:
    async with working(stack):
        cases = await asyncio.to_thread(Hostility(stack).commit)
        await asyncio.to_thread(chain.mine, 4)
        fooled = await asyncio.to_thread(naive, chain, cases)
        assert len(fooled) >= 20, "process_receipt credits wrongly: the transactions are hostile"
        assert sum(case.expected is None for case in cases) >= 40
        await eventually(lambda: judge(stack, cases) == ([], []), 30, lambda: str(judge(stack, cases)))
        desk = Desk(stack)
        undecided = "SELECT record_no FROM wbo.deposit_record WHERE status = 'processing'"
        await eventually(lambda: not desk.rows(undecided))
    assert judge(stack, cases) == ([], [])
