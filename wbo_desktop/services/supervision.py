"""Background work: the one place where tasks are started, so that none is lost and none fails unseen.

`spawn` starts a task. `keep_running` begins a part anew whenever it fails, and tells a `Board` what happened. The board
is what windows and terminals show; the words are theirs.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from math import inf
from time import monotonic
from typing import Any, TypeVar

log = logging.getLogger("wbo.beside")

T = TypeVar("T")
Failed = Callable[[BaseException], None]

_running: set[asyncio.Task[Any]] = set()


def spawn(
    work: Coroutine[Any, Any, T], name: str, *, failed: Failed | None = None, awaited: bool = False
) -> asyncio.Task[T]:
    """Start `work` as a task, with a reference kept until it ends (asyncio keeps none).

    An exception that ends it is logged at once, and handed to `failed`. `awaited`: the caller awaits the task and
    handles its exception, which is then not logged here.
    """
    task = asyncio.get_running_loop().create_task(work, name=name)  # house: allow
    _running.add(task)

    def ended(task: asyncio.Task[T]) -> None:
        _running.discard(task)
        if task.cancelled() or (error := task.exception()) is None:
            return
        if not awaited:
            log.error("%s failed: %s", name, error, exc_info=error)
        if failed is not None:
            failed(error)

    task.add_done_callback(ended)
    return task


def spawn_lasting(work: Callable[[], Awaitable[object]], name: str) -> asyncio.Task[None]:
    """Start `work`, and start it again for ever when it fails: for a part's own watchers, which have no other supervisor."""
    return spawn(keep_running(name, work, Board(), pauses=Pauses(limit=inf)), name)


def spawn_thread(work: Callable[[], object], name: str, over: threading.Event) -> threading.Thread:
    """Run `work`, which blocks until it is closed, on a thread that ends with the program.

    When it fails instead, that is logged and it begins again after a second, until `over` is set.
    """

    def run() -> None:
        while not over.is_set():
            try:
                work()
            except Exception:
                log.exception("%s failed and begins again", name)
                over.wait(1.0)
            else:
                return

    thread = threading.Thread(target=run, name=name, daemon=True)  # house: allow
    thread.start()
    return thread


# ------------------------------------------------------------ what is wrong now


class State(StrEnum):
    """Where a part stands that failed."""

    WAITING = "waiting"
    """It begins again after a pause."""
    BEGUN_AGAIN = "begun_again"
    """It runs again, but not for long enough to be forgotten."""
    GIVEN_UP = "given_up"
    """It failed too often in a row and is not started again."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A part that failed.

    Attributes:
        part: its code, such as `clients`; `detail` tells two of a kind apart (a network's name).
        times: how often it failed in a row.
        next_at: when it begins again, while it waits.
    """

    part: str
    detail: str
    error: str
    state: State
    times: int
    at: datetime
    next_at: datetime | None = None


class Board:
    """What is wrong now with the parts that run beside the desktop. For one event loop."""

    def __init__(self) -> None:
        self._troubles: dict[tuple[str, str], Trouble] = {}
        self._listeners: list[Callable[[], None]] = []

    def troubles(self) -> list[Trouble]:
        """Every part that is not well, the given up first."""
        return sorted(self._troubles.values(), key=lambda t: (t.state is not State.GIVEN_UP, t.at))

    def tell(self, trouble: Trouble) -> None:
        """A part failed, or stands otherwise than before."""
        self._troubles[trouble.part, trouble.detail] = trouble
        self._changed()

    def well(self, part: str, detail: str = "") -> None:
        """A part has nothing to complain about (any more)."""
        if self._troubles.pop((part, detail), None) is not None:
            self._changed()

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener` after each change, until what this returns is called."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def _changed(self) -> None:
        for listener in tuple(self._listeners):
            listener()


# ------------------------------------------------------------ beginning again


@dataclass(frozen=True, slots=True)
class Pauses:
    """Seconds: the first pause, which doubles up to `longest`; after `steady` of running a failure is forgotten.

    After `limit` failures in a row a part is given up.
    """

    first: float = 1.0
    longest: float = 30.0
    steady: float = 30.0
    limit: float = 8

    def after(self, times: int) -> float:
        """The pause after the `times`-th failure in a row."""
        return float(min(self.longest, self.first * 2 ** (times - 1)))


async def keep_running(
    part: str,
    work: Callable[[], Awaitable[object]],
    board: Board,
    *,
    detail: str = "",
    pauses: Pauses | None = None,
) -> None:
    """Run `work` again each time it fails, until it returns, is cancelled, or has failed too often in a row."""
    pauses = pauses or Pauses()
    name = f"{part} {detail}".strip()
    times = 0
    while True:
        began = monotonic()
        steady = asyncio.get_running_loop().call_later(pauses.steady, board.well, part, detail)
        try:
            await work()
            board.well(part, detail)
            return
        except Exception as caught:
            error = caught
        finally:
            steady.cancel()
        times = 1 if monotonic() - began >= pauses.steady else times + 1
        trouble = Trouble(part, detail, _words(error), State.GIVEN_UP, times, datetime.now(UTC))
        if times >= pauses.limit:
            log.critical("%s failed %d times and is given up: %s", name, times, trouble.error, exc_info=error)
            board.tell(trouble)
            return
        pause = pauses.after(times)
        trace = None if getattr(error, "known", False) else error
        log.error("%s failed: %s; it begins again in %g s", name, trouble.error, pause, exc_info=trace)
        next_at = trouble.at + timedelta(seconds=pause)
        board.tell(Trouble(part, detail, trouble.error, State.WAITING, times, trouble.at, next_at))
        await asyncio.sleep(pause)
        log.warning("%s begins again", name)
        board.tell(Trouble(part, detail, trouble.error, State.BEGUN_AGAIN, times, trouble.at))


def _words(error: Exception) -> str:
    """An error in one line."""
    said = " ".join(str(error).split()) or type(error).__name__
    return said if len(said) <= 300 else said[:299] + "…"
