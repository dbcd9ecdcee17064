"""`wbo-desktop sandbox`: the embedded stack without windows, described in a JSON file, until SIGTERM."""

from __future__ import annotations

import asyncio
import json
import logging
import signal
import sys
from pathlib import Path

from wbo_demo.beside import at_work
from wbo_demo.folder import write_private
from wbo_demo.records import add_old_records
from wbo_demo.stack import Stack, running


def run_sandbox(data: Path, described_in: Path, block_time: float, records: int, *, worker: bool) -> int:
    """Runs the stack until SIGTERM or SIGINT. The file is written when all is ready and removed at the end.

    A worker that fails is started again, which is printed. A server that was killed is not, since killing it
    is a test.
    """
    logging.basicConfig(
        stream=sys.stderr, level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s"
    )
    with running(data, block_time or None) as stack:
        add_old_records(stack.world, records)
        try:
            return asyncio.run(_serve(stack, described_in, worker=worker))
        finally:
            described_in.unlink(missing_ok=True)


async def _serve(stack: Stack, described_in: Path, *, worker: bool) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    async with at_work(stack, worker=worker, servers=False):
        write_private(described_in, json.dumps(stack.describe(), indent=2, ensure_ascii=False))
        print(f"ready: {described_in}", file=sys.stderr, flush=True)
        await stop.wait()
    return 0
