"""The demo with windows: the desktop, with the embedded stack, a worker and simulated clients beside it."""

from __future__ import annotations

import asyncio
import logging
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from wbo_demo import world
from wbo_demo.beside import at_work
from wbo_demo.history import this_morning
from wbo_demo.life import Life
from wbo_demo.stack import Stack, running
from wbo_desktop.services.supervision import Board

BLOCK_SECONDS = 2.0


def run_demo(language: str, data: Path | None) -> int:
    """Opens the desktop and returns when the operator closed it. Without `data` the folder is removed then."""
    from wbo_desktop.app import run_desktop

    logging.basicConfig(
        stream=sys.stderr, level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s"
    )
    with a_folder(data) as folder, running(folder, BLOCK_SECONDS, history=True) as stack:
        introduce(stack)

        async def beside(board: Board) -> None:
            async with at_work(stack, board, ("clients", partial(_day, stack))):
                await asyncio.get_running_loop().create_future()  # until cancelled

        return run_desktop(stack.settings(language), beside)


async def _day(stack: Stack) -> None:
    """Simulates the clients and makers: the morning's refunds first, then deposits without end."""
    await this_morning(stack.world)
    await Life(stack.world).live()


def introduce(stack: Stack) -> None:
    """Prints the logins of the demo with their passwords."""
    print("Log in as one of these made-up operators:", flush=True)
    for name, (shown, _) in world.OPERATORS.items():
        who = stack.world.logins[name]
        print(f"  {who.login:<8} {who.password.reveal()}   {shown}", flush=True)


@contextmanager
def a_folder(data: Path | None) -> Iterator[Path]:
    """A context with the folder asked for, or a temporary one."""
    if data is not None:
        yield data
        return
    with tempfile.TemporaryDirectory(prefix="wbo-demo-", ignore_cleanup_errors=True) as made:
        yield Path(made)
