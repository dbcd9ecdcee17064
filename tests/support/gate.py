"""Holds back the answers of a store in memory, so that a test decides what overlaps with what."""

from __future__ import annotations

import threading
from typing import Any

from tests.support.memory_store import MemoryStore
from wbo_desktop.services.pages import PageRequest


class Gate:
    """Open until it is shut; then each page is read, and its answer kept until it is let through."""

    def __init__(self, store: MemoryStore) -> None:
        self._read = store.page
        self._shut = False
        self._held: list[threading.Event] = []
        self._allowed = 0
        self._lock = threading.Lock()
        self.asked = 0
        store.page = self._page  # type: ignore[method-assign]

    def _page(self, request: PageRequest) -> Any:
        try:
            return self._read(request)
        finally:
            self._wait()

    def _wait(self) -> None:
        let_through = threading.Event()
        with self._lock:
            if not self._shut:
                let_through.set()
            elif self._allowed:
                self._allowed -= 1
                let_through.set()
            else:
                self._held.append(let_through)
            self.asked += 1
        let_through.wait()

    def shut(self) -> None:
        """From now on answers wait."""
        self._shut, self.asked = True, 0

    def open(self, answers: int = 1) -> None:
        """Let so many answers through, the oldest first; those that are not there yet when they come."""
        with self._lock:
            for _ in range(answers):
                if self._held:
                    self._held.pop(0).set()
                else:
                    self._allowed += 1

    def open_newest(self) -> None:
        """Let the newest answer through before the older ones."""
        with self._lock:
            self._held.pop().set()
