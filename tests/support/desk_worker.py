"""A worker on a made-up broker, and the desk's questions asked of the database, with deadlines in place of sleeps."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import monotonic
from typing import Any

from wbo_demo.world import World
from wbo_desktop.chain.tracking.network_worker import NetworkWorkerRules
from wbo_desktop.chain.tracking.tracker import TrackerRules
from wbo_desktop.worker import Worker, WorkerRules

QUICK = WorkerRules(
    network=NetworkWorkerRules(poll=0.1, standby=0.2, tracker=TrackerRules(lease_seconds=2.0))
)


@asynccontextmanager
async def working(world: World, rules: WorkerRules = QUICK, **more: Any) -> AsyncIterator[Worker]:
    """A worker at work while the block runs; it must have ended by itself afterwards."""
    who = world.logins["worker"]
    worker = Worker(world.server, who.login, who.password, rules=rules, **more)
    task = asyncio.create_task(worker.run())
    try:
        yield worker
    finally:
        await worker.stop()
        await asyncio.wait_for(task, 30)


@dataclass
class Desk:
    """What is written about deposits, read as the owner's administrator."""

    world: World

    def rows(self, query: str, *values: object) -> list[dict[str, Any]]:
        with self.world.connect("superuser") as connection:
            found = connection.execute(query.encode(), values)
            names = [column.name for column in found.description or ()]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def record(self, record_no: str) -> dict[str, Any]:
        (row,) = self.rows("SELECT * FROM wbo.deposit_record WHERE record_no = %s", record_no)
        return row

    async def caught_up(self) -> None:
        """Every block of the chain is stored."""
        chain = self.world.chain
        assert chain is not None
        stored = "SELECT number FROM wbo_data.checkpoint"
        await eventually(lambda: [r["number"] for r in self.rows(stored)] == [chain.head()])

    async def until(
        self, record_no: str, status: str, reason: str | None = None, seconds: float = 20
    ) -> dict[str, Any]:
        """The record once it has this status (and reason)."""

        def there() -> dict[str, Any] | None:
            row = self.record(record_no)
            return row if row["status"] == status and reason in (None, row["reason"]) else None

        return await eventually(there, seconds, lambda: f"{record_no} is {_short(self.record(record_no))}")


def _short(row: dict[str, Any]) -> str:
    return f"{row['status']} ({row['reason']}), version {row['version']}, verdicts {row['verdicts']}"


async def eventually(
    look: Callable[[], Any], seconds: float = 20, otherwise: Callable[[], str] = lambda: "it never came"
) -> Any:
    """What `look` gives once it is true; asked on a thread, so that the worker on this loop goes on."""
    deadline = monotonic() + seconds
    while True:
        found = await asyncio.to_thread(look)
        if found:
            return found
        assert monotonic() < deadline, await asyncio.to_thread(otherwise)
        await asyncio.sleep(0.02)
