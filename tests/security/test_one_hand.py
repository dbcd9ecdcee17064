"""One person with every login that descends from theirs moves no money and weakens no rule; November's schema let them."""

from __future__ import annotations

from collections.abc import Callable

from tests.support.one_hand.campaign import THREE_WAYS, campaign
from tests.support.one_hand.stage import stage
from wbo_demo.world import World

STEPS = 1500
Figures = Callable[[str, object], None]


def test_the_ways_of_november_2026_are_found_in_its_schema(template: World, record_property: Figures) -> None:
    with stage(template, "one_hand_twin", twin=True) as twin:
        tally = campaign(twin, STEPS, seed=1)
    record_property(
        "figures", f"one hand, November's schema: {len(tally.found)} ways in {tally.steps:,} steps"
    )
    assert set(THREE_WAYS) <= set(tally.found)


def test_no_way_is_found_in_todays_schema(template: World, record_property: Figures) -> None:
    with stage(template, "one_hand_today", twin=False) as today:
        tally = campaign(today, STEPS, seed=2)
    record_property(
        "figures",
        f"one hand, today's schema: {tally.steps:,} steps, {sum(tally.done.values()):,} acts done,"
        f" {sum(tally.refused.values()):,} refused by {len(tally.refused)} codes",
    )
    assert tally.found == {}
    assert {"create_operator", "request_refund", "save_policy", "add_wallet"} <= set(tally.done)
    assert {"import_custodial_accounts", "allow_shared_wallet", "begin_micro_payment"} <= set(tally.done)
