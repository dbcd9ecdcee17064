"""A server of its own that is killed again and again while operators act, and what its log is worth afterwards."""

from __future__ import annotations

import random
import threading
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.audit_desk import crowd
from tests.support.audit_replay import replay
from wbo_demo import world
from wbo_demo.postgres import Postgres
from wbo_demo.world import Login
from wbo_desktop.models.connection import Server, open_connection


@dataclass
class Crashed:
    """What was left.

    Attributes:
        faults: changes and entries that are not one to one.
        lost: requests that were answered as received and are not there.
        fault: what walking the sealed chain found; None when it is whole.
        broken: calls that a killed server broke off.
    """

    kills: int = 0
    entries: int = 0
    sealed: int = 0
    broken: int = 0
    done: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    fault: str | None = None


def campaign(folder: Path, kills: int, people: int, seed: int, longest: float = 0.6) -> Crashed:
    """Kill the server that many times, each at a random moment at most `longest` seconds after it came up."""
    dice, result = random.Random(seed), Crashed()
    postgres = Postgres.start(folder / "postgres", durable=True)
    try:
        superuser = Login(postgres.superuser, postgres.superuser_password)
        with open_connection(
            Server(postgres.host, postgres.port, "postgres"), superuser.login, superuser.password, "set-up"
        ) as connection:
            connection.execute("CREATE DATABASE wbo")
        made = world.build(Server(postgres.host, postgres.port, "wbo"), superuser)
        for _ in range(kills):
            stop = threading.Event()
            threads, desks = crowd(made, stop, people, dice.randrange(10**6))
            stop.wait(0.2 + dice.random() * longest)
            postgres.kill()
            result.kills += 1
            postgres = Postgres.start(folder / "postgres", port=postgres.port, durable=True)
            stop.wait(0.2)
            stop.set()
            for thread in threads:
                thread.join(30)
            _collect(made, desks, result)
        _examine(made, result)
    finally:
        postgres.stop(remove=True)
    return result


def _collect(made: world.World, desks: list, result: Crashed) -> None:  # type: ignore[type-arg]
    submitted: set[str] = set()
    for desk in desks:
        submitted |= desk.deeds.submitted
        result.broken += desk.deeds.broken
        result.done += desk.deeds.done
    with made.connect("superuser") as connection:
        kept = connection.execute("SELECT external_serial FROM wbo_data.deposit_application").fetchall()
    result.lost += sorted(submitted - {serial for (serial,) in kept})


def _examine(made: world.World, result: Crashed) -> None:
    with made.connect("superuser") as connection:
        told = replay(connection)
        connection.execute("SELECT wbo_rule.seal_entries(1000000)")
        row = connection.execute("SELECT sealed, fault FROM wbo_rule.verify_entries()").fetchone()
        assert row is not None
        result.faults, result.entries = told.faults, told.entries
        result.sealed, result.fault = row
