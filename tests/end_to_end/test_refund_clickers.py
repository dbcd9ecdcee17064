"""Sessions that execute the same refunds at once. The full number is `benchmarks.many_clickers`."""

from __future__ import annotations

from pathlib import Path

from tests.support.clickers import campaign
from wbo_demo.world import World


async def test_each_refund_is_executed_and_paid_once(stack: World, tmp_path: Path) -> None:
    clicks = await campaign(stack, tmp_path, sessions=12, count=6)
    assert clicks.requests == 72
    assert len(clicks.executed) == len(clicks.paid) == 6
    assert clicks.executed.total() == clicks.paid.total() == 6
    assert set(clicks.refusals) == {"moved_meanwhile"}
    assert not clicks.has_gap
