"""Widgets in cycles go where Qt can bear it."""

from __future__ import annotations

import gc
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable

from PySide6.QtCore import QObject

from tests.views.conftest import until
from wbo_desktop.views import garbage

CYCLES = 1000
"""More than the first generation holds until it is collected."""


class Holder:
    """Holds a QObject and itself, so that only the collector ends both."""

    def __init__(self, ended: list[str]) -> None:
        self.itself, self.held = self, Held()
        weakref.finalize(self.held, lambda: ended.append(threading.current_thread().name))


class Held(QObject):
    """Has a `__dict__`, and so can be watched."""


def allocate(first: Callable[[], None]) -> None:
    """What a thread of the database does: rows after rows, more than the collector's thresholds."""
    first()
    assert [[number] for number in range(50_000)]


def on_a_thread(first: Callable[[], None] = lambda: None) -> None:
    worker = threading.Thread(target=allocate, args=(first,), name="worker")
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
    """In a process of its own: what it destroys on the thread could be anybody's widget."""
    words = "from tests.views import test_garbage; test_garbage.say_who_collects()"
    told = subprocess.run(
        [sys.executable, "-c", words], capture_output=True, text=True, timeout=60, check=True
    )
    assert "worker" in told.stdout.split()


def say_who_collects() -> None:
    """Prints the threads on which holders ended, under Python's own rule."""
    gc.disable()
    ended: list[str] = []
    for _ in range(CYCLES):
        Holder(ended)
    on_a_thread(first=gc.enable)
    print(*ended)
