"""Amount, minimum and lateness are judged twice, by `domain` and by the guard of credits: 100,000 facts, one verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

import psycopg

from tests.domain import cases
from wbo_demo.world import World
from wbo_desktop.domain.types import MAX_BASE_UNITS
from wbo_desktop.domain.verdicts import Check

FACTS = 100_000
MICROSECOND = timedelta(microseconds=1)

Verdicts = tuple[bool | None, bool | None, bool | None]
"""Of the amount, the minimum and the time."""


@dataclass(frozen=True)
class Fact:
    """A claim and what arrived, in base units; `tolerance` in hundredths of a percent, `gap` in hours (0: any)."""

    claimed: int
    arrived: int
    minimum: int
    tolerance: int
    created_at: datetime
    mined_at: datetime
    gap: int

    def judged(self) -> Verdicts:
        """By the desk's matching."""
        judgement = replace(
            cases.scene(),
            claim=replace(
                cases.CLAIM,
                claimed_base=self.claimed,
                minimum_base=self.minimum,
                tolerance_bps=self.tolerance,
                created_at=self.created_at,
                max_gap=timedelta(hours=self.gap) if self.gap else None,
            ),
            transfers=(replace(cases.TRANSFER, amount=self.arrived, block_time=self.mined_at),),
        ).judge()
        amount, minimum, time = (
            judgement.verdict(check).passed for check in (Check.AMOUNT, Check.MINIMUM, Check.TIMELINESS)
        )
        return amount, minimum, time


def facts(random: Random) -> Iterator[Fact]:
    """Facts of every size, most of them at an edge or one base unit or microsecond beside it."""
    for _ in range(FACTS):
        claimed = 1 + random.randrange(10 ** random.randrange(1, 78)) % MAX_BASE_UNITS
        tolerance = random.choice([0, 1, 500, 9_999, 10_000, random.randrange(10_001)])
        kept = claimed * (10_000 - tolerance)
        edge = random.choice(
            [claimed, kept // 10_000, -(-kept // 10_000), random.randrange(1, 2 * claimed + 1)]
        )
        arrived = min(max(edge + random.choice([-1, 0, 0, 1]), 1), MAX_BASE_UNITS)
        minimum = random.choice([0, arrived + random.choice([-1, 0, 1]), random.randrange(2 * claimed)])
        gap = random.choice([0, 1, 24, random.randrange(1, 2_000)])
        created = cases.NOW + random.randrange(10**9) * MICROSECOND
        distance = random.choice([timedelta(hours=gap), random.randrange(10**10) * MICROSECOND])
        distance += random.choice([-1, 0, 0, 1]) * MICROSECOND
        mined = created + random.choice([-1, 1]) * distance
        yield Fact(claimed, arrived, max(minimum, 0), tolerance, created, mined, gap)


def by_the_database(connection: psycopg.Connection, told: list[Fact]) -> list[Verdicts]:
    """The same by the functions that the guard asks, all in one statement."""
    connection.execute(
        "CREATE TEMPORARY TABLE fact (n integer, claimed numeric, arrived numeric, minimum numeric, tolerance numeric(5, 2),"
        " created_at timestamptz, mined_at timestamptz, gap integer)"
    )
    with connection.cursor().copy("COPY fact FROM STDIN") as copy:
        for number, f in enumerate(told):
            percent = Decimal(f.tolerance) / 100
            copy.write_row(
                (number, f.claimed, f.arrived, f.minimum, percent, f.created_at, f.mined_at, f.gap)
            )
    return connection.execute(
        "SELECT wbo_rule.fits_claim(arrived, claimed, tolerance), wbo_rule.is_enough(arrived, minimum),"
        " wbo_rule.is_timely(mined_at, created_at, gap * interval '1 hour') FROM fact ORDER BY n"
    ).fetchall()


def test_database_and_matching_judge_a_hundred_thousand_facts_alike(database: World) -> None:
    told = list(facts(Random(20260302)))
    with database.connect("superuser") as connection:
        found = by_the_database(connection, told)
    judged = [fact.judged() for fact in told]
    differing = [(fact, a, b) for fact, a, b in zip(told, judged, found, strict=True) if a != b]
    assert differing[:3] == []
    seen = Counter(judged)
    assert len(seen) == 8, "every combination of the three is among them"
    assert min(seen.values()) > FACTS // 100
