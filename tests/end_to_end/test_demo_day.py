"""Ten minutes of the demo in one, in the real window: nothing fails, nothing is left behind. `eight_hours` is longer."""

from __future__ import annotations

from pathlib import Path

from tests.support.long_day import spend

SECONDS = 50.0
PACE = 12.0


def test_ten_minutes_of_the_demo(tmp_path: Path) -> None:
    figures = spend(tmp_path / "demo", SECONDS, PACE)
    assert figures.errors == []
    assert figures.troubles == []
    assert figures.left_behind == []
    assert figures.credited > 20
    assert figures.refunds > 3
    assert figures.growth < 1.5  # a minute has no warm-up; the benchmark measures it
    assert max(figures.stalls, default=0.0) < 0.4
