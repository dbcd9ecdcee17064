"""Sends whose answer is lost, late, reset or false, through a proxy before a real node; beside it, the script that takes an
error for "not sent" and tries again with a fresh nonce."""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path

from benchmarks._report import Row
from benchmarks._world import broker
from tests.support.ambiguity import campaign, naive_campaign

ANSWERS = int(os.environ.get("WBO_BENCH_ANSWERS", "2000"))
NAIVE_ANSWERS = 200


def run() -> list[Row]:
    """One row. The peer must pay twice, or the zero would prove nothing."""
    with broker() as world, tempfile.TemporaryDirectory() as folder:
        naive = asyncio.run(naive_campaign(world, NAIVE_ANSWERS))
        ours = asyncio.run(campaign(world, Path(folder), ANSWERS))
    met = (
        ours.duplicates == ours.lost == ours.strangers == 0
        and ours.answers.total() >= ANSWERS
        and ours.nonces == ours.refunds
        and ours.resent > 0
        and naive.duplicates > 0
    )
    return [
        Row(
            "ambiguous_send",
            f"{ours.duplicates} duplicates, {ours.lost} lost of {ours.refunds}",
            f"{naive.duplicates} duplicates of {naive.refunds}",
            None,
            f"0 duplicates, 0 lost, {ANSWERS} ambiguous answers",
            met,
            f"{ours.answers.total()} ambiguous answers in {len(ours.answers)} ways, {ours.resent} sends of the same bytes, "
            f"{ours.strangers} of bytes not stored before; peer: {naive.answers.total()} answers, {ours.seconds:.0f} s",
        )
    ]
