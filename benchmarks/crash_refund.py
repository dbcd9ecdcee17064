"""Workers killed by SIGKILL at every named step of a refund's life and at any moment, while the pool loses transactions and
the chain reorganises; beside it, the worker that sends first and saves the hash afterwards."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from benchmarks._report import Row
from benchmarks._world import broker
from tests.support.crashes import ANY_MOMENT, STEPS, campaign, naive_campaign

KILLS = int(os.environ.get("WBO_BENCH_KILLS", "2000"))
NAIVE_KILLS = 100


def run() -> list[Row]:
    """One row. The peer must pay twice, or the zero would prove nothing."""
    with broker() as world, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        naive = naive_campaign(world, folder, NAIVE_KILLS)
        ours = campaign(world, folder, KILLS)
    kills = ours.kills.total()
    met = (
        ours.duplicates == ours.lost == 0
        and kills >= KILLS
        and set(ours.kills) >= {*STEPS, ANY_MOMENT}
        and naive.duplicates > 0
    )
    steps = ", ".join(f"{step} {times}" for step, times in sorted(ours.kills.items()))
    return [
        Row(
            "crash_refund",
            f"{ours.duplicates} duplicates, {ours.lost} lost of {ours.refunds}",
            f"{naive.duplicates} duplicates of {naive.refunds}",
            None,
            f"0 duplicates, 0 lost, {KILLS} kills",
            met,
            f"{kills} kills ({steps}) in {ours.seconds:.0f} s; peer: {naive.kills.total()} kills",
        )
    ]
