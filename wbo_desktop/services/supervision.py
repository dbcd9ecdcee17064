"""Background work: the one place where tasks and threads are started, so that none is lost and none fails
unseen.

`spawn` starts a task. `keep_running` begins a part again when it fails and reports it to a `Board`, which
windows and terminals show in their own words.
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
    """Starts `work` as a task and keeps a reference until it ends (asyncio keeps none). Returns the task.

    An exception that ends it is logged at once, and handed to `failed`. `awaited`: the caller awaits the task
    and handles its exception, which is then not logged here.
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
    """Starts `work` and begins it again for ever when it fails: for the watchers of a part, which no
    supervisor restarts."""
    return spawn(keep_running(name, work, Board(), pauses=Pauses(limit=inf)), name)


def spawn_thread(work: Callable[[], object], name: str, over: threading.Event) -> threading.Thread:
    """Runs `work`, which blocks until it is closed, on a daemon thread. A failure is logged, and it begins
    again after a second, until `over` is set."""

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
    """The state of a part that failed."""

    WAITING = "waiting"
    """In the pause before it begins again."""
    BEGUN_AGAIN = "begun_again"
    """Running again, for less than `Pauses.steady` so far."""
    GIVEN_UP = "given_up"
    """Failed too often in a row, and not begun again."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """The failure of one part.

    Attributes:
        part: its code, such as `clients`; `detail` distinguishes several of a kind (by a network's name).
        error: the exception in one line.
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
    """The parts beside the desktop that are failing now. For one event loop."""

    def __init__(self) -> None:
        self._troubles: dict[tuple[str, str], Trouble] = {}
        self._listeners: list[Callable[[], None]] = []

    def troubles(self) -> list[Trouble]:
        """The trouble of every failing part: those given up first, then by time."""
        return sorted(self._troubles.values(), key=lambda t: (t.state is not State.GIVEN_UP, t.at))

    def tell(self, trouble: Trouble) -> None:
        """Puts a part's trouble on the board, in place of its last one."""
        self._troubles[trouble.part, trouble.detail] = trouble
        self._changed()

    def well(self, part: str, detail: str = "") -> None:
        """Takes a part's trouble off the board."""
        if self._troubles.pop((part, detail), None) is not None:
            self._changed()

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Calls `listener` after each change of the board. Returns the function that ends the
        subscription."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def _changed(self) -> None:
        for listener in tuple(self._listeners):
            listener()


# ------------------------------------------------------------ beginning again


@dataclass(frozen=True, slots=True)
class Pauses:
    """How long a failed part waits, in seconds: `first`, then doubling up to `longest`. A part that ran for
    `steady` counts as well again; after `limit` failures in a row it is given up."""

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
    """Runs `work` again each time it fails, until it returns, is cancelled, or failed `pauses.limit` times in
    a row."""
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
    """An exception's text in one line of at most 300 characters; the name of its class when it has none."""
    said = " ".join(str(error).split()) or type(error).__name__
    return said if len(said) <= 300 else said[:299] + "…"
