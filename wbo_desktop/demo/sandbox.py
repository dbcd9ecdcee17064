"""`wbo-desktop sandbox`: the embedded stack without windows, described in a JSON file, until SIGTERM."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from pathlib import Path

from wbo_desktop.demo.folder import write_private
from wbo_desktop.demo.records import add_old_records
from wbo_desktop.demo.stack import Stack, running


def run_sandbox(data: Path, described_in: Path, block_time: float, records: int, *, worker: bool) -> int:
    """Run until SIGTERM or SIGINT; the file is written when all is ready and removed at the end."""
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
    at_work = None
    if worker:
        from wbo_desktop.worker import make_worker

        leading = make_worker(stack.settings(), stack.environment())
        at_work = asyncio.create_task(leading.run())
        at_work.add_done_callback(lambda _: stop.set())
    write_private(described_in, json.dumps(stack.describe(), indent=2, ensure_ascii=False))
    print(f"ready: {described_in}", file=sys.stderr, flush=True)
    await stop.wait()
    if at_work is None:
        return 0
    if at_work.done():
        at_work.result()
        return 1
    await leading.stop()
    await at_work
    return 0
