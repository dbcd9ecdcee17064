"""Fifty sessions execute the same refunds at once: each is executed once and paid once, and no nonce is left out."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from benchmarks._report import Row
from benchmarks._world import broker
from tests.support.clickers import campaign

SESSIONS = 50
REFUNDS = 40


def run() -> list[Row]:
    """One row."""
    with broker() as world, tempfile.TemporaryDirectory() as folder:
        clicks = asyncio.run(campaign(world, Path(folder), SESSIONS, REFUNDS))
    met = (
        len(clicks.paid) == REFUNDS
        and clicks.duplicates == 0
        and clicks.executed.total() == REFUNDS
        and clicks.requests == SESSIONS * REFUNDS
        and not clicks.has_gap
    )
    return [
        Row(
            "many_clickers",
            f"{clicks.paid.total()} transfers, {'a gap' if clicks.has_gap else 'no gap'}",
            f"{clicks.requests} requests",
            None,
            f"{REFUNDS} transfers, no nonce gap",
            met,
            f"{SESSIONS} sessions, {REFUNDS} refunds; refused: {dict(clicks.refusals)}",
        )
    ]
