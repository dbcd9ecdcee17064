"""Stolen logins that try to stop the desk: how long each part of it stands still, and how long disabling them takes.

The peer is the watch of November 2026 in the same run: one call that waited for the rows of those it was to end.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Any

from benchmarks._report import Row
from benchmarks._world import broker
from tests.support.stalling import Desk, RealWatch, Standstill
from tests.support.stalling_twin import TwinWatch
from tests.support.stalling_ways import OF_THE_ISSUE, WAYS, Way
from wbo_demo.world import World

SECONDS = 17.0
LONGEST, LONGEST_DISABLING = 15.0, 5.0
TOGETHER = 5
MIXED_ROUNDS = 6
ON_ONE_RECORD = (
    "a record held",
    "many in line for one record",
    "a record held just under every limit",
    "acts that wait for one another",
)
"""Ways in which five logins relieve one another on the same record."""
SHOWN = ("own row held and six logins failed", "a record held", "every waiting record held")


def run() -> list[Row]:
    """One row for what stands still, one for disabling, each beside the twin."""
    begun = perf_counter()
    ours = campaign(rounds(), RealWatch)
    twin = campaign([(way,) for way in WAYS if way.name in SHOWN], TwinWatch)
    ways = {name for one in ours for name in one.ways}
    worst = max(ours, key=lambda one: one.worst)
    theirs = max(twin, key=lambda one: one.worst)
    slowest = max(ours, key=lambda one: one.disabling)
    note = (
        f"{len(ways)} ways in {len(ours)} attacks of {SECONDS:.0f} s by one to {TOGETHER} logins,"
        f" {sum(one.sessions for one in ours):,} sessions; {perf_counter() - begun:.0f} s;"
        f" longest: {', '.join(f'{part} {max(one.longest[part] for one in ours):.1f} s' for part in worst.longest)}"
    )
    return [
        Row(
            "one_login_stops_nobody: standstill",
            f"{worst.worst:.1f} s ({', '.join(worst.ways)})",
            f"{theirs.worst:.1f} s, as long as it was attacked",
            worst.worst / theirs.worst,
            f"<= {LONGEST:.0f} s; the watch of November 2026 stands still",
            worst.worst <= LONGEST < theirs.worst and len(ways) >= 40,
            note,
        ),
        Row(
            "one_login_stops_nobody: disabling",
            f"{slowest.disabling:.1f} s",
            f"{max(one.disabling for one in twin):.1f} s",
            None,
            f"<= {LONGEST_DISABLING:.0f} s",
            slowest.disabling <= LONGEST_DISABLING,
            ", ".join(slowest.ways),
        ),
    ]


def rounds() -> list[tuple[Way, ...]]:
    """The ways that were seen each alone; five logins on one record; all ways five at a time; any mixture of one to five."""
    chance = random.Random(21)
    alone = [(way,) for way in WAYS if way.name in OF_THE_ISSUE]
    others = [way for way in WAYS if way.name not in OF_THE_ISSUE]
    chance.shuffle(others)
    fives = [tuple(others[at : at + TOGETHER]) for at in range(0, len(others), TOGETHER)]
    mixed = [tuple(chance.sample(WAYS, chance.randint(1, TOGETHER))) for _ in range(MIXED_ROUNDS)]
    on_one_record = [(way,) * TOGETHER for way in WAYS if way.name in ON_ONE_RECORD]
    return [*alone, *on_one_record, *fives, *mixed]


def campaign(
    attacks: Sequence[tuple[Way, ...]], watch: Callable[[World], Any], seconds: float = SECONDS
) -> list[Standstill]:
    """All attacks on one desk, one after the other."""
    with broker() as world:
        desk = Desk(world, watch)
        try:
            return [desk.attack(ways, seconds) for ways in attacks]
        finally:
            desk.close()
