"""Holds back the answers of a store in memory, so that a test decides what overlaps with what."""

from __future__ import annotations

import threading
from typing import Any

from tests.support.memory_store import MemoryStore
from wbo_desktop.services.pages import PageRequest


class Gate:
    """Open until it is shut; then each page is read, and its answer kept until one more is let through."""

    def __init__(self, store: MemoryStore) -> None:
        self._read, self._allowed = store.page, threading.Semaphore(0)
        self._shut = False
        self.asked = 0
        store.page = self._page  # type: ignore[method-assign]

    def _page(self, request: PageRequest) -> Any:
        try:
            return self._read(request)
        finally:
            self.asked += 1
            if self._shut:
                self._allowed.acquire()

    def shut(self) -> None:
        """From now on answers wait."""
        self._shut, self.asked = True, 0

    def open(self, answers: int = 1) -> None:
        """Let so many answers through."""
        for _ in range(answers):
            self._allowed.release()
