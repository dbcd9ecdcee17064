"""Many runs of the state machine, each in a database of its own."""

from __future__ import annotations

from contextlib import ExitStack
from itertools import count

from hypothesis import HealthCheck, Phase, Verbosity, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.support.fuzz_arena import Arena, Tally, database_copy
from tests.support.fuzz_machine import machine
from wbo_demo.world import World

_numbers = count(1)


def campaign(template: World, examples: int, steps: int, weaken: str = "", random: bool = False) -> Tally:
    """Run it; what was tried. Raises what the machine found, with the steps that lead there.

    Args:
        weaken: SQL that makes a hole in each run's schema first.
        random: other steps each time, instead of the same.
    """
    tally = Tally()
    open_now: dict[int, ExitStack] = {}

    def enter() -> Arena:
        parts = ExitStack()
        world = parts.enter_context(database_copy(template, f"fuzz_{next(_numbers)}"))
        try:
            arena = Arena(world, tally, weaken)
        except BaseException:  # house: allow: the database has to go whatever ended the run
            parts.close()
            raise
        open_now[id(arena)] = parts
        return arena

    def leave(arena: Arena) -> None:
        arena.close()
        open_now.pop(id(arena)).close()

    chosen = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        derandomize=not random,
        print_blob=False,
        verbosity=Verbosity.quiet if weaken else Verbosity.normal,
        # A run costs a database: what is found is told as it was found.
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine(enter, leave), settings=chosen)
    return tally
