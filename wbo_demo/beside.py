"""Runs the servers, the chain worker and the clients of the demo beside the desktop, each supervised.

A part that fails is reported on the board (the window shows it) and in the terminal, and begins again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from http.client import HTTPException
from typing import TYPE_CHECKING, Protocol

from wbo_demo.chain import Chain
from wbo_demo.folder import DemoError
from wbo_demo.stack import Stack
from wbo_desktop.services.supervision import Board, Pauses, keep_running, spawn

if TYPE_CHECKING:
    from wbo_desktop.worker import Worker

log = logging.getLogger("wbo.beside")

LOOK_EVERY = 0.25
ASK_EVERY = 1.0
DRAIN_SECONDS = 30.0


class SupervisedServer(Protocol):
    """A process of the stack: `postgres.Postgres` or `chain.Chain`."""

    @property
    def running(self) -> bool: ...
    def restart(self) -> None: ...
    def last_words(self) -> str: ...


@asynccontextmanager
async def at_work(
    stack: Stack,
    board: Board | None = None,
    *more: tuple[str, Callable[[], Awaitable[object]]],
    worker: bool = True,
    servers: bool = True,
    pauses: Pauses | None = None,
) -> AsyncIterator[Board]:
    """A context that runs the stack's `servers`, a chain `worker` in this loop, and `more` (named parts), and
    yields the board.

    At its end the worker finishes what is under way, within 30 seconds.
    """
    board = board or Board()
    leading = _Leading(stack)
    parts: list[tuple[str, str, Callable[[], Awaitable[object]]]] = []
    if servers:
        parts.append(("postgres", "", partial(_watch, stack.postgres)))
        parts += [
            ("chain", name, partial(_mine, chain, stack.mined_every)) for name, chain in stack.chains.items()
        ]
    parts += [(name, "", work) for name, work in more]
    parts += [("worker", "", leading.run)] if worker else []
    tasks = [
        spawn(keep_running(part, work, board, detail=detail, pauses=pauses), f"keep {part} {detail}".strip())
        for part, detail, work in parts
    ]
    try:
        yield board
    finally:
        if await leading.stop():
            await asyncio.wait(tasks[-1:], timeout=DRAIN_SECONDS)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _watch(server: SupervisedServer) -> None:
    """Raises DemoError when the server ends; one that has ended already is started first."""
    if not server.running:
        await asyncio.to_thread(server.restart)
    while True:
        if not server.running:
            raise _ended(server)
        await asyncio.sleep(LOOK_EVERY)


async def _mine(chain: Chain, every: float | None) -> None:
    """Raises DemoError when the chain's node ends or does not answer; one that did already is started first.
    Mines a block `every` seconds, where the node does not mine by itself."""
    if not (chain.running and await asyncio.to_thread(chain.answers)):
        await asyncio.to_thread(chain.restart)
    while True:
        try:
            await asyncio.to_thread(chain.head if every is None else chain.mine)
        except (OSError, HTTPException) as error:
            if chain.running:
                raise DemoError("it does not answer") from error
        if not chain.running:
            raise _ended(chain)
        await asyncio.sleep(ASK_EVERY if every is None else every)


def _ended(server: SupervisedServer) -> DemoError:
    """The error for the window; the last lines of the server's log go to the terminal alone."""
    if words := server.last_words():
        log.error("its last words: %s", words)
    return DemoError("it ended by itself")


def _loaded() -> Callable[..., Worker]:
    """The maker of workers. The chain's libraries take a second to load: on a thread, for the login is on the
    screen."""
    from wbo_desktop.worker import make_worker

    return make_worker


class _Leading:
    """The chain worker, made anew for each run until `stop`."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._worker: Worker | None = None
        self._over = asyncio.Event()

    async def run(self) -> None:
        if self._over.is_set():
            return
        make_worker = await asyncio.to_thread(_loaded)
        if self._over.is_set():
            return
        self._worker = make_worker(self._stack.settings(), self._stack.environment())
        try:
            await self._worker.run()
        finally:
            self._worker = None
        if not self._over.is_set():
            raise DemoError("it ended by itself")

    async def stop(self) -> bool:
        """Asks the worker to finish and begins none any more. Returns whether there was one."""
        self._over.set()
        if self._worker is None:
            return False
        await self._worker.stop()
        return True
