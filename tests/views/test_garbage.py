"""Widgets in cycles go where Qt can bear it."""

from __future__ import annotations

import gc
import threading
import weakref

from PySide6.QtCore import QObject

from tests.views.conftest import until
from wbo_desktop.views import garbage

CYCLES = 50


class Holder:
    """Holds a QObject and itself, so that only the collector ends both."""

    def __init__(self, ended: list[str]) -> None:
        self.itself, self.held = self, Held()
        weakref.finalize(self.held, lambda: ended.append(threading.current_thread().name))


class Held(QObject):
    """Has a `__dict__`, and so can be watched."""


def allocate() -> None:
    """What a thread of the database does: rows after rows, more than the collector's thresholds."""
    assert [[number] for number in range(50_000)]


def on_a_thread() -> None:
    worker = threading.Thread(target=allocate, name="worker")
    worker.start()
    worker.join()


async def test_what_a_thread_allocates_collects_no_widget_there() -> None:
    ended: list[str] = []
    for _ in range(CYCLES):
        Holder(ended)
    on_a_thread()
    assert "worker" not in ended
    await until(lambda: len(ended) == CYCLES or garbage.collect())
    assert set(ended) == {"MainThread"}


def test_with_pythons_own_collector_it_would() -> None:
    ended: list[str] = []
    gc.enable()
    try:
        for _ in range(CYCLES):
            Holder(ended)
        on_a_thread()
    finally:
        gc.disable()
    assert "worker" in ended
