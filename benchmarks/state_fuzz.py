"""Long runs of the state machine: illegal moves and drift between the ledger and the made-up chain."""

from __future__ import annotations

from time import perf_counter

from benchmarks._report import Row
from benchmarks._world import broker
from tests.support.fuzz_campaign import campaign

EXAMPLES = 300
STEPS = 60


def run() -> list[Row]:
    """One row. A drift breaks the benchmark with the step that showed it."""
    begun = perf_counter()
    with broker() as world:
        tally = campaign(world, EXAMPLES, STEPS, random=True)
    seconds = perf_counter() - begun
    return [
        Row(
            "state_fuzz",
            "0 illegal moves, 0 drift",
            f"{tally.steps} steps beside the model",
            None,
            "0 and 0",
            tally.steps > EXAMPLES * STEPS / 4,
            f"{tally.races} races, {sum(tally.refused.values())} refused, {sum(tally.moves.values())} moves of"
            f" {len(tally.moves)} kinds, {tally.try_again} to try again; {seconds:.0f} s",
        )
    ]
