"""One person with every login that descends from theirs moves no money and weakens no rule; November's schema let them."""

from __future__ import annotations

from collections.abc import Callable

from tests.support.one_hand.campaign import THREE_WAYS, campaign
from tests.support.one_hand.stage import stage
from wbo_desktop.demo.world import World

STEPS = 1500
Figures = Callable[[str, object], None]


def test_the_ways_of_november_2026_are_found_in_its_schema(template: World, record_property: Figures) -> None:
    with stage(template, "one_hand_twin", twin=True) as twin:
        tally = campaign(twin, STEPS, seed=1)
    record_property(
        "figures", f"one hand, November's schema: {len(tally.found)} ways in {tally.steps:,} steps"
    )
    assert set(THREE_WAYS) <= set(tally.found)
