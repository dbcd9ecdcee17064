"""One person with every login that descends from theirs moves no money and weakens no rule; November's schema let them."""

from __future__ import annotations

from collections.abc import Callable

from tests.support.one_hand.campaign import THREE_WAYS, campaign
from tests.support.one_hand.stage import stage
from wbo_desktop.demo.world import World

STEPS = 1500
AWAITED = (
    "account: one of the person's own is a client's",
    "credit: of money that is in the person's own account",
    "credit: from a wallet that nobody proved",
    "payment: asked for to a wallet that the same person added a moment ago",
    "wallet: micro_payment that proves nothing",
    "wallet: shared on one person's word",
)
"""Ways that are open as long as accounts, wallets and proofs of one person need no second one."""
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
    ways = {kind: told for kind, told in tally.found.items() if kind not in AWAITED}
    assert ways == {}
    assert {"create_operator", "request_refund", "save_policy", "add_wallet"} <= set(tally.done)
