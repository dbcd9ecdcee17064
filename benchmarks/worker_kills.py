"""The leading worker is killed (SIGKILL) at random 200 times while 500 deposits flow: each must be credited exactly once.

Three workers run at any time, started anew as they die; a lease of a second makes the most of the time. How soon
another leads is measured with the leases of production as well.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from multiprocessing.process import BaseProcess
from statistics import median
from time import monotonic, sleep
from typing import Any

import psycopg

from benchmarks._report import Row
from benchmarks._world import broker
from wbo_demo.clients import Clients
from wbo_demo.world import World

KILLS = int(os.environ.get("WBO_BENCH_KILLS", "200"))
DEPOSITS = int(os.environ.get("WBO_BENCH_DEPOSITS", "500"))
AT_ONCE = 3
MEASURED = 8
PATIENCE = 90.0

_context = multiprocessing.get_context("forkserver")


def run() -> list[Row]:
    _context.set_forkserver_preload(["benchmarks.worker_kills", "wbo_desktop.worker"])
    with broker() as made, _asking(made) as ask:
        took, records, killed = _storm(made, ask)
        problems = _check(made, records)
        production = _take_overs(made, ask)
    return [
        Row(
            "worker_kills, deposits credited exactly once",
            f"{len(records) - len(problems)} of {len(records)}",
            "",
            None,
            "all, none twice, none lost",
            not problems,
            "; ".join([f"{killed} kills of the leading worker, {AT_ONCE} running", *problems[:5]]),
        ),
        Row(
            "worker_kills, another leads",
            f"median {median(production):.1f} s, longest {max(production):.1f} s",
            "",
            None,
            "within 5 s",
            max(production) < 5,
            f"{MEASURED} kills, leases of 3 s; with leases of 1 s: median {median(took):.1f} s, longest {max(took):.1f} s",
        ),
    ]


class Ask:
    """One connection for the benchmark's own questions."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def holder(self) -> str | None:
        """Who leads now."""
        row = self._connection.execute(
            "SELECT holder FROM wbo_data.worker_lease WHERE expires_at > clock_timestamp()"
        ).fetchone()
        return row[0] if row else None


@contextmanager
def _asking(made: World) -> Iterator[Ask]:
    with made.connect("superuser") as connection:
        yield Ask(connection)


def _work(server: tuple[str, int, str], login: str, password: str, lease: float) -> None:
    """A worker's whole life, in a process of its own."""
    import asyncio
    import logging

    from wbo_desktop.chain.tracking.network_worker import NetworkWorkerRules
    from wbo_desktop.chain.tracking.tracker import TrackerRules
    from wbo_desktop.models.connection import Server
    from wbo_desktop.secrets import Secret
    from wbo_desktop.worker import Worker, WorkerRules

    logging.getLogger("wbo").setLevel(logging.CRITICAL)
    rules = WorkerRules(
        network=NetworkWorkerRules(
            poll=0.2, standby=0.7 if lease > 2 else 0.1, tracker=TrackerRules(lease_seconds=lease)
        )
    )
    asyncio.run(Worker(Server(*server), login, Secret(password), rules=rules).run())


def _start(made: World, lease: float) -> BaseProcess:
    who, server = made.logins["worker"], made.server
    process = _context.Process(
        target=_work,
        args=((server.host, server.port, server.dbname), who.login, who.password.reveal(), lease),
        daemon=True,
    )
    process.start()
    return process


def _kill_leader(ask: Ask, crowd: list[BaseProcess], start: Callable[[], BaseProcess]) -> float:
    """Kill the worker that leads, start another; seconds until that one leads."""
    holder = _until(ask.holder)
    victim = next(process for process in crowd if f":{process.pid}:" in holder)
    assert victim.pid is not None
    os.kill(victim.pid, signal.SIGKILL)
    began = monotonic()
    victim.join()
    crowd.remove(victim)
    crowd.append(start())
    _until(lambda: ask.holder() not in (None, holder))
    return monotonic() - began


def _until(look: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    deadline = monotonic() + seconds
    while not (found := look()):
        if monotonic() > deadline:
            raise TimeoutError("nobody took over")
        sleep(0.01)
    return found


def _storm(made: World, ask: Ask) -> tuple[list[float], list[tuple[str, Decimal]], int]:
    dice = random.Random(7)
    records: list[tuple[str, Decimal]] = []
    over = threading.Event()
    flow = threading.Thread(target=_flow, args=(made, records, over))
    crowd = [_start(made, 1.0) for _ in range(AT_ONCE)]
    took = []
    try:
        _until(ask.holder)
        flow.start()
        for _ in range(KILLS):
            sleep(dice.uniform(0, 0.6))
            took.append(_kill_leader(ask, crowd, lambda: _start(made, 1.0)))
        over.set()
        flow.join()
        assert made.chain is not None
        made.chain.mine(5)
        _until(lambda: _all_credited(made, len(records)))
    except TimeoutError:
        pass  # what is missing is told below
    finally:
        over.set()
        flow.join()
        _end(crowd)
    return took, records, len(took)


def _end(crowd: list[BaseProcess]) -> None:
    for process in crowd:
        process.kill()
        process.join()


def _flow(made: World, records: list[tuple[str, Decimal]], over: threading.Event) -> None:
    """Deposits at random moments until there are enough, the last ones at once when the kills are over."""
    dice = random.Random(8)
    clients = Clients(made)
    for number in range(DEPOSITS):
        client = dice.choice(made.clients[:3])
        amount = Decimal(number + 20)
        coin = dice.choice(("USDT", "DAI"))
        early = dice.random() < 0.5
        if early:
            record = clients.submit(client, coin, amount)
            txid = clients.pay(client, coin, amount)
            if dice.random() < 0.5:
                clients.attach(record.external_serial, txid)
        else:
            txid = clients.pay(client, coin, amount)
            record = clients.submit(client, coin, amount, txid=txid)
        records.append((record.record_no, amount))
        over.wait(dice.uniform(0, 2 * KILLS * 1.2 / DEPOSITS))


def _all_credited(made: World, wanted: int) -> bool:
    with made.connect("superuser") as connection:
        row = connection.execute("SELECT count(*) FROM wbo_data.deposit WHERE status = 'success'").fetchone()
    return row is not None and row[0] == wanted


def _check(made: World, records: list[tuple[str, Decimal]]) -> list[str]:
    """What is wrong with each: not credited, credited another amount, or credited more than once."""
    with made.connect("superuser") as connection:
        rows = connection.execute(
            "SELECT record_no, status, reason, credited_amount FROM wbo.deposit_record"
        ).fetchall()
        credits_ = connection.execute(
            "SELECT object_id, count(*) FROM wbo_data.audit_entry"
            " WHERE object_type = 'deposit' AND after ->> 'status' = 'success' GROUP BY 1"
        ).fetchall()
    found = {row[0]: row[1:] for row in rows}
    times = dict(credits_)
    problems = []
    for record_no, amount in records:
        status, reason, credited = found[record_no]
        if status != "success" or credited != amount or times.get(record_no) != 1:
            problems.append(
                f"{record_no}: {status} ({reason}), {credited} of {amount}, {times.get(record_no, 0)} times"
            )
    return problems


def _take_overs(made: World, ask: Ask) -> list[float]:
    crowd = [_start(made, 3.0) for _ in range(2)]
    try:
        _until(ask.holder)
        took = []
        for _ in range(MEASURED):
            sleep(1.0)
            took.append(_kill_leader(ask, crowd, lambda: _start(made, 3.0)))
        return took
    finally:
        _end(crowd)
