"""Row 25: the demo left running for eight hours at ten times its pace: errors, memory,
stalls, records left behind.

Eight hours' worth of events take 48 minutes; WBO_EIGHT_HOURS_MINUTES makes it shorter. Beside it, the clients of November
2026: they died of the first refusal.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from benchmarks._report import Row
from tests.support.long_day import Figures, spend

PACE = 10.0
MINUTES = 48.0
LONGEST_STALL = 0.1
MOST_MEMORY = 1.1
LONGEST_START = 15.0


def run(minutes: float | None = None) -> list[Row]:
    """Rows of one long day."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    wanted = minutes or float(os.environ.get("WBO_EIGHT_HOURS_MINUTES", MINUTES))
    with tempfile.TemporaryDirectory(prefix="wbo-day-") as folder:
        Path(folder).chmod(0o755)
        figures = spend(Path(folder) / "demo", wanted * 60, PACE)
    return _rows(figures)


def _rows(figures: Figures) -> list[Row]:
    hours = figures.minutes * PACE / 60
    deeds = sum(count for kind, count in figures.deeds.items() if not kind.endswith(("attached", "forbids")))
    done = f"{deeds} deeds, {figures.credited} credited, {figures.refunds} refunds, {figures.blocks} blocks a chain"
    died = "no refusal in this run"
    if figures.first_answer is not None:
        died = f"dead after {figures.first_answer * PACE / 60:.0f} min: the first refusal"
    failed = len(figures.errors) + len(figures.troubles)
    longest = max(figures.stalls, default=0.0)
    return [
        Row(
            "eight_hours: errors",
            f"{failed} in {hours:.1f} h at {PACE:g} times the pace",
            died,
            None,
            "0",
            failed == 0,
            "; ".join([done, *figures.errors[:3], *figures.troubles[:3]]),
        ),
        Row(
            "eight_hours: records that nobody moves",
            str(len(figures.left_behind)),
            "",
            None,
            "0",
            not figures.left_behind,
            "; ".join(figures.left_behind[:5]),
        ),
        Row(
            "eight_hours: first start to the login",
            f"{figures.start:.1f} s",
            "",
            None,
            f"≤ {LONGEST_START:g} s",
            figures.start <= LONGEST_START,
            "a new world with its history; imports not counted",
        ),
        Row(
            "eight_hours: memory",
            f"{figures.memory[-1][1] / 1e6:.0f} MB",
            "after the warm-up",
            figures.growth,
            f"≤ {MOST_MEMORY:g}",
            figures.growth <= MOST_MEMORY,
            f"the two nodes beside it: {figures.nodes / 1e6:.0f} MB",
        ),
        Row(
            "eight_hours: longest stall of the window",
            f"{longest * 1000:.0f} ms",
            "",
            None,
            f"≤ {LONGEST_STALL * 1000:.0f} ms",
            longest <= LONGEST_STALL,
            f"{len(figures.stalls)} above 20 ms",
        ),
    ]
