"""The desktop survives more Qt calls than the interpreter has references to None."""

from __future__ import annotations

import os
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


COUNTED = """
import sys
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLineEdit
app = QApplication([])
thing, line = QObject(), QLineEdit()
calls = (thing.parent, lambda: thing.setObjectName("x"), lambda: line.setText("x"), line.isEnabled, line.isVisible)
before = [sys.getrefcount(one) for one in (None, True, False)]
for call in calls:
    for _ in range(1_000):
        call()
print(max(abs(sys.getrefcount(one) - was) for one, was in zip((None, True, False), before)))
"""


def test_no_call_takes_a_reference_that_it_does_not_give_back() -> None:
    """PySide6 6.12.0 loses one to None with each call, and Python 3.11 aborts after some thousand."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", COUNTED], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 100
