"""The guided tour comes out, in Traditional Chinese and in English: every step in the real windows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("language", ["zh_HK", "en"])
def test_every_step_of_the_tour_comes_out(language: str, tmp_path: Path) -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "wbo_desktop", "demo", "--tour", tmp_path / "tour", "--lang", language]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=420, check=False)
    report = json.loads((tmp_path / "tour" / "tour.json").read_text(encoding="utf-8"))
    assert done.returncode == 0, done.stderr[-4000:]
    assert report["ok"]
    assert "Traceback" not in done.stderr
    for step in report["steps"]:
        assert (tmp_path / "tour" / step["picture"]).stat().st_size > 10_000
    refunded = next(s for s in report["steps"] if s["name"].startswith("confirmed"))
    assert refunded["seen"]["balance_rose_by"] == "200.000000"
