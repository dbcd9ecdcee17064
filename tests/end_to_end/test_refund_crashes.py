"""Workers killed at every step of a refund's life: each refund is paid once.

The full length is `benchmarks.crash_refund`.
"""

from __future__ import annotations

from pathlib import Path

from tests.support.crashes import ANY_MOMENT, STEPS, campaign, naive_campaign
from wbo_demo.world import World

KILLS = 42


def test_the_faulty_way_pays_twice(stack: World, tmp_path: Path) -> None:
    outcome = naive_campaign(stack, tmp_path, 20)
    assert outcome.duplicates > 0


def test_killed_workers_pay_each_refund_once(stack: World, tmp_path: Path) -> None:
    outcome = campaign(stack, tmp_path, KILLS)
    assert (outcome.duplicates, outcome.lost) == (0, 0), outcome
    assert sum(outcome.kills.values()) >= KILLS
    assert set(outcome.kills) >= {*STEPS, ANY_MOMENT}
