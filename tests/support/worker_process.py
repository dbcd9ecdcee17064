"""A worker as a process of its own, which a test may kill."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from tests.support.desk_worker import QUICK
from wbo_demo.world import World
from wbo_desktop.models.connection import Server
from wbo_desktop.secrets import Secret
from wbo_desktop.worker import Worker, _serve

ROOT = Path(__file__).parents[2]


class WorkerProcess:
    """`python -m tests.support.worker_process`; its password comes by environment, as in production."""

    def __init__(self, world: World) -> None:
        who, server = world.logins["worker"], world.server
        environment = dict(os.environ)
        environment |= {
            "TEST_WORKER": json.dumps([server.host, server.port, server.dbname, who.login]),
            "TEST_WORKER_PASSWORD": who.password.reveal(),
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.worker_process"],
            env=environment,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.said: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line)

    @property
    def health(self) -> dict[str, Any]:
        """The newest health line."""
        found: dict[str, Any] = json.loads(self.said[-1])
        return found

    def kill(self) -> None:
        """SIGKILL: no chance to tidy up."""
        self._end(signal.SIGKILL)

    def terminate(self) -> int:
        """SIGTERM, and the exit status."""
        return self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> int:
        if self.process.poll() is None:
            self.process.send_signal(how)
        status = self.process.wait(30)
        self._reader.join(5)
        if self.process.stdout is not None:
            self.process.stdout.close()
        return status


def main() -> None:
    host, port, dbname, login = json.loads(os.environ["TEST_WORKER"])
    password = Secret(os.environ.pop("TEST_WORKER_PASSWORD"))
    rules = type(QUICK)(network=QUICK.network, says_health=True)
    worker = Worker(Server(host, port, dbname), login, password, rules=rules)
    asyncio.run(_serve(worker, (signal.SIGTERM,)))


if __name__ == "__main__":
    main()
