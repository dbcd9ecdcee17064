"""Sends whose answer is lost, late, false or meaningless: the same bytes again, never a fresh nonce.

The full length is `benchmarks.ambiguous_send`.
"""

from __future__ import annotations

from pathlib import Path

from tests.support.ambiguity import WAYS, campaign, naive_campaign
from wbo_demo.world import World

ANSWERS = 3 * len(WAYS)


async def test_the_faulty_way_pays_twice(stack: World) -> None:
    outcome = await naive_campaign(stack, len(WAYS))
    assert outcome.duplicates > 5


async def test_ambiguous_answers_never_pay_twice(stack: World, tmp_path: Path) -> None:
    outcome = await campaign(stack, tmp_path, ANSWERS)
    assert (outcome.duplicates, outcome.lost, outcome.strangers) == (0, 0, 0), outcome
    assert set(outcome.answers) == set(WAYS)
    assert outcome.resent > 0
    assert outcome.nonces == outcome.refunds
