"""Wrong credits over transactions made to be credited wrongly, and honest ones refused; beside web3's
`process_receipt`, which is first shown to credit many of them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from benchmarks._report import Row
from benchmarks._tracking import tracking
from benchmarks._world import broker
from tests.support.worker_hostile import Case, Hostility, naive
from wbo_demo.world import World

LEAST_HOSTILE = 40
GRACE = 1.5


def run() -> list[Row]:
    with broker() as made:
        wrong, refused, cases = asyncio.run(_ours(made))
        assert made.chain is not None
        fooled = naive(made.chain, cases)
    hostile = [case for case in cases if case.expected is None]
    honest = len(cases) - len(hostile)
    return [
        Row(
            "hostile_receipts, wrong credits",
            str(len(wrong)),
            f"process_receipt: {len(fooled)}",
            None,
            "0, while the naive way credits some",
            not wrong and bool(fooled) and len(hostile) >= LEAST_HOSTILE,
            "; ".join([f"of {len(hostile)} hostile requests", *wrong]),
        ),
        Row(
            "hostile_receipts, honest refused",
            str(len(refused)),
            "",
            None,
            "0",
            not refused,
            "; ".join([f"of {honest} honest requests", *refused]),
        ),
    ]


async def _ours(made: World) -> tuple[list[str], list[str], list[Case]]:
    """Names of the wrong credits and of the honest requests refused; all cases."""
    assert made.chain is not None
    async with tracking(made) as by_hand:
        await by_hand.settle()
    cases = await asyncio.to_thread(Hostility(made).commit)
    made.chain.mine(4)
    async with tracking(made) as by_hand:
        for _ in range(6):
            await by_hand.settle()
            await asyncio.sleep(GRACE / 2)  # the grace for an unknown TXID runs in real time
    return *judge(made, cases), cases


def judge(made: World, cases: Sequence[Case]) -> tuple[list[str], list[str]]:
    """Names of the wrong credits and of the honest requests refused."""
    with made.connect("superuser") as connection:
        rows = connection.execute(
            "SELECT record_no, status, reason, credited_amount FROM wbo.deposit_record"
        ).fetchall()
    found = {row[0]: row[1:] for row in rows}
    wrong, refused = [], []
    for case in cases:
        status, reason, credited = found[case.record_no]
        if case.expected is None and status in ("processing", "success"):
            wrong.append(f"{case.name}: {status} {credited}")
        elif case.expected is not None and status == "success" and credited != case.expected:
            wrong.append(f"{case.name}: credited {credited} in place of {case.expected}")
        elif case.expected is not None and status != "success":
            refused.append(f"{case.name}: {status} ({reason})")
    return wrong, refused
