"""One person with one operator's login, and every login that descends from it, tries everything: what comes of it.

The peer is the schema of November 2026, in which the same search finds the ways that were seen then.
"""

from __future__ import annotations

import sys
from time import perf_counter

from benchmarks._report import Row
from benchmarks._world import broker
from tests.support.one_hand.campaign import THREE_WAYS, campaign
from tests.support.one_hand.stage import stage
from tests.support.one_hand.walk import Tally
from wbo_demo.world import World

STEPS = 20_000
STEPS_OF_TWIN = 3_000
SEED = 8


def run() -> list[Row]:
    """One row. What was found in today's schema is told step by step."""
    with broker() as world:
        before, _ = _search(world, True, STEPS_OF_TWIN)
        tally, seconds = _search(world, False, STEPS)
    for kind, told in sorted(tally.found.items()):
        print(f"--- {kind}\n" + "\n".join(f"    {step}" for step in told), file=sys.stderr)
    known = [way for way in THREE_WAYS if way in before.found]
    return [
        Row(
            "one_hand",
            f"{len(tally.found)} ways in {tally.steps:,} steps",
            f"{len(before.found)} ways in {before.steps:,} steps",
            None,
            "0 in 20,000; the three known ones in November's",
            not tally.found and tally.steps >= STEPS and len(known) == len(THREE_WAYS),
            f"{sum(tally.done.values()):,} acts done, {sum(tally.refused.values()):,} refused by {len(tally.refused)} codes;"
            f" {len(known)} of the three known ways found in November's schema; {seconds:.0f} s",
        )
    ]


def _search(world: World, twin: bool, steps: int) -> tuple[Tally, float]:
    begun = perf_counter()
    with stage(world, "wbo_one_hand", twin) as desk:
        return campaign(desk, steps, SEED), perf_counter() - begun
