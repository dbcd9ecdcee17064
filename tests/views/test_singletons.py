"""The desktop survives more Qt calls than the interpreter has references to None."""

from __future__ import annotations

import subprocess
import sys

MANY_CALLS = """
import wbo_desktop.views
from PySide6.QtCore import QObject
thing = QObject()
for _ in range(60_000):
    thing.setObjectName("x")
    thing.parent()
    thing.property("nothing")
print("alive")
"""


def test_a_day_of_calls_does_not_end_the_interpreter() -> None:
    command = [sys.executable, "-c", MANY_CALLS]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "alive", done.stderr
    assert done.returncode == 0, done.stderr
