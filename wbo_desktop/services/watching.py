"""The three loops of every worker beside its networks: one ends sessions that stall the desk, one seals the
log, one reads from the server's log what it refused.

Each has a connection and a thread of its own: when one is held up, the loop that ends the holder goes on.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any

from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.services.supervision import spawn
from wbo_desktop.services.tracking import OnThreads, TrackingStore, Watched

log = logging.getLogger("wbo.worker")

SEAL_MOST = 1000

BEHIND_LITTLE, BEHIND_MUCH = 1 << 20, 256 << 20
"""Unread bytes of the server's log: from the first on it is read without a pause, from the second on
reported."""


@dataclass(frozen=True, slots=True)
class WatchingRules:
    """Pauses in seconds: of each loop between two rounds, and after a failed one."""

    guard: float = 0.5
    seal: float = 1.0
    watch: float = 1.0
    again: float = 1.0


class Watching:
    """The loops, and what they found last.

    Args:
        open_store: makes a store with a connection of its own, for the loop of this name.
    """

    def __init__(
        self, open_store: Callable[[str], TrackingStore], rules: WatchingRules | None = None
    ) -> None:
        self.sealed = 0
        self.watched = Watched(0, 0, collects=True)
        self._rules = rules or WatchingRules()
        self._guard, self._sealer, self._watch = (open_store(what) for what in ("guard", "sealer", "watch"))
        self._ended: list[dict[str, str]] = []
        self._on_threads = OnThreads(threads=3)

    def start(self, failed: Callable[[BaseException], None]) -> Iterator[asyncio.Task[None]]:
        """Starts the loops and yields their tasks, which the caller cancels."""
        for name, work in (("guard", self._end_stalled), ("sealer", self._seal), ("watch", self._keep_watch)):
            yield spawn(self._for_ever(name, work), name, failed=failed)

    def shutdown(self) -> None:
        """Ends the threads, after the calls under way."""
        self._on_threads.shutdown()

    def health(self) -> dict[str, Any]:
        """The watch's part of the worker's health report: `collects`, `behind_bytes`, and `behind` from 256
        MiB on."""
        return {
            "collects": self.watched.collects,
            "behind_bytes": self.watched.behind,
            "behind": self.watched.behind >= BEHIND_MUCH,
        }

    async def _end_stalled(self) -> None:
        self._ended.extend(await self._on_threads(self._guard.end_stalled))
        await asyncio.sleep(self._rules.guard)

    async def _seal(self) -> None:
        sealed = await self._on_threads(self._sealer.seal_audit, SEAL_MOST)
        self.sealed += sealed
        if sealed < SEAL_MOST:
            await asyncio.sleep(self._rules.seal)

    async def _keep_watch(self) -> None:
        told = len(self._ended)
        if told:
            await self._on_threads(self._watch.note_ended, self._ended[:told])
            del self._ended[:told]
        self.watched = await self._on_threads(self._watch.keep_watch)
        if self.watched.behind < BEHIND_LITTLE:
            await asyncio.sleep(self._rules.watch)

    async def _for_ever(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await work()
            except RuleViolation as refused:
                log.warning("%s: %s", name, refused)
                await asyncio.sleep(self._rules.again)
            except Exception:  # whatever it was, the next look is needed
                log.exception("%s broke", name)
                await asyncio.sleep(self._rules.again)
