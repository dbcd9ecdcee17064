"""The demo on a screen: the desktop, with the embedded stack, a worker and live clients running beside it."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from wbo_desktop.demo import clients, world
from wbo_desktop.demo.stack import Stack, running
from wbo_desktop.worker import make_worker

BLOCK_SECONDS = 2.0


def run_demo(language: str, data: Path | None) -> int:
    """Open the desktop; returns when the operator closed it. Without `data` the world is gone then."""
    from wbo_desktop.app import run_desktop

    with a_folder(data) as folder, running(folder, BLOCK_SECONDS) as stack:
        introduce(stack)

        async def beside() -> None:
            async with at_work(stack):
                await clients.live(stack.world)

        return run_desktop(stack.settings(language), beside)


def introduce(stack: Stack) -> None:
    """Tell the terminal who can log in."""
    print("Log in as one of these made-up operators:", flush=True)
    for name, (shown, _) in world.OPERATORS.items():
        who = stack.world.logins[name]
        print(f"  {who.login:<8} {who.password.reveal()}   {shown}", flush=True)


@contextmanager
def a_folder(data: Path | None) -> Iterator[Path]:
    """The folder asked for, or one that is removed afterwards."""
    if data is not None:
        yield data
        return
    with tempfile.TemporaryDirectory(prefix="wbo-demo-", ignore_cleanup_errors=True) as made:
        yield Path(made)


@asynccontextmanager
async def at_work(stack: Stack) -> AsyncIterator[None]:
    """A chain worker in this loop, which drains at the end."""
    worker = make_worker(stack.settings(), stack.environment())
    work = asyncio.create_task(worker.run())
    try:
        yield
    finally:
        await worker.stop()
        with contextlib.suppress(asyncio.CancelledError):
            await work
