"""Collects garbage on Qt's thread only.

Python collects cycles on whichever thread allocates last; a widget or model among them would be destroyed there, and
Qt crashes. The work for the database runs on threads that allocate a lot, so the collector is switched off and a
timer does its work, by the thresholds that Python itself would use.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QCoreApplication, QTimer

EVERY_MS = 500
_NAME = "garbage"


def collect_here(app: QCoreApplication) -> None:
    """Switches Python's collector off and lets `app`'s event loop collect. Calling it again does nothing."""
    if app.findChild(QTimer, _NAME) is not None:
        return
    gc.disable()
    timer = QTimer(app)
    timer.setObjectName(_NAME)
    timer.timeout.connect(collect)
    timer.start(EVERY_MS)


def collect() -> None:
    """Collects the generations whose thresholds are reached, the oldest first."""
    for generation in (2, 1, 0):
        if gc.get_count()[generation] > gc.get_threshold()[generation]:
            gc.collect(generation)
            return
