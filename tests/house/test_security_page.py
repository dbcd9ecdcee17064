"""The threat model names tests that are there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_test_that_the_threat_model_names_exists() -> None:
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(test_[a-z0-9_]+)`", page))
    there = {
        name
        for file in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(
            r"^(?:async )?def (test_[a-z0-9_]+)", file.read_text(encoding="utf-8"), re.MULTILINE
        )
    }
    assert len(named) > 20
    assert named - there == set()


def test_every_row_of_the_threat_model_names_a_test() -> None:
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| **")]
    assert len(rows) >= 9
    assert [row[:40] for row in rows if "`test_" not in row.rsplit("|", 2)[1]] == []
