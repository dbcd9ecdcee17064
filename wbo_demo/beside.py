"""What runs beside the desktop in the demo, each part supervised: servers, chain worker, clients.

A part that fails says so on the board (the window shows it) and in the terminal, and begins again.
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


class Server(Protocol):
    """A process of the stack: `demo.postgres.Postgres` or `demo.chain.Chain`."""

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
    """Keep the stack's `servers`, a chain `worker` in this loop, and `more` (named parts) running while the block does.

    The worker drains at the end.
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


async def _watch(server: Server) -> None:
    """Until the server has ended by itself, which is a failure; one that has ended already is started first."""
    if not server.running:
        await asyncio.to_thread(server.restart)
    while True:
        if not server.running:
            raise _ended(server)
        await asyncio.sleep(LOOK_EVERY)


async def _mine(chain: Chain, every: float | None) -> None:
    """The same for a chain, which has to answer too, and whose blocks are mined here where its node does not.

    A node that runs but answers nothing is started again like one that ended.
    """
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


def _ended(server: Server) -> DemoError:
    """The error for the window; what the server wrote last is for the terminal alone."""
    if words := server.last_words():
        log.error("its last words: %s", words)
    return DemoError("it ended by itself")


def _loaded() -> Callable[..., Worker]:
    """The maker of workers. The chain's libraries take a second to load: on a thread, for the login is on the screen."""
    from wbo_desktop.worker import make_worker

    return make_worker


class _Leading:
    """One worker after the other, until `stop`."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._worker: Worker | None = None
        self._over = False

    async def run(self) -> None:
        if self._over:
            return
        make_worker = await asyncio.to_thread(_loaded)
        if self._over:
            return
        self._worker = make_worker(self._stack.settings(), self._stack.environment())
        try:
            await self._worker.run()
        finally:
            self._worker = None
        if not self._over:
            raise DemoError("it ended by itself")

    async def stop(self) -> bool:
        """Let the worker finish, and begin none any more; whether there is one to wait for."""
        self._over = True
        if self._worker is None:
            return False
        await self._worker.stop()
        return True
