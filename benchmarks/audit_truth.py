"""What the audit costs and what it is worth: write rate with and without it, tamperings noticed, one to one after kills."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import psycopg

from benchmarks._report import Row
from benchmarks._world import broker
from tests.support.audit_crash import campaign as crashes
from tests.support.audit_desk import Desk, add_wallet
from tests.support.audit_tamper import Tamperer
from wbo_demo.world import NETWORK, World

ROUNDS = 14
ACTS = 60
TAMPERINGS = 10_000
ENTRIES = 100
KILLS = 15
TARGET = 0.7


def run() -> list[Row]:
    """Three rows."""
    with broker() as world:
        rows = [_write_rate(world), _tamperings(world)]
    return [*rows, _kills()]


@contextmanager
def _unaudited(superuser: psycopg.Connection[Any]) -> Iterator[None]:
    """The same schema with its audit triggers switched off."""
    tables = superuser.execute(
        "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'y_audit'"
    ).fetchall()
    for action in ("DISABLE", "ENABLE"):
        for (table,) in tables:
            superuser.execute(f"ALTER TABLE {table} {action} TRIGGER y_audit".encode())
        if action == "DISABLE":
            yield


def _acts(world: World, intake: psycopg.Connection[Any], maker: psycopg.Connection[Any]) -> float:
    """Seconds for `ACTS` requests, each submitted, told its TXID, and revoked."""
    client = world.clients[0]
    begun = perf_counter()
    for _ in range(ACTS // 3):
        serial = f"B-{secrets.token_hex(8)}"
        row = intake.execute(
            "SELECT record_no FROM wbo.submit_deposit_application(%s, %s, 'ETH', %s, 1.5, %s, %s)",
            (serial, client.securities_account, NETWORK, client.wallet.address, client.custodial),
        ).fetchone()
        assert row is not None
        intake.execute("SELECT wbo.attach_txid(%s, %s)", (serial, "0x" + secrets.token_hex(32)))
        maker.execute("SELECT wbo.revoke_deposit(%s, 'not wanted', 2)", row)
    return perf_counter() - begun


def _bare(superuser: psycopg.Connection[Any]) -> float:
    """Seconds for row changes with nothing around them but their guards: the audit's worst case."""
    begun = perf_counter()
    for n in range(ACTS):
        superuser.execute(
            "UPDATE wbo_data.deposit SET remark = %s WHERE record_no ="
            " (SELECT record_no FROM wbo_data.deposit ORDER BY record_no LIMIT 1)",
            (f"remark {n} {secrets.token_hex(4)}",),
        )
    return perf_counter() - begun


def _write_rate(world: World) -> Row:
    with (
        world.connect("superuser") as superuser,
        world.connect("intake") as intake,
        world.connect("maker") as maker,
    ):
        _acts(world, intake, maker)
        times: dict[str, list[float]] = {"with": [], "without": [], "bare with": [], "bare without": []}
        for turn in range(2 * ROUNDS):
            # Turn about, and the pairs the other way round each time: the machine is not alone with us.
            if turn % 4 in (0, 3):
                times["with"].append(_acts(world, intake, maker))
                times["bare with"].append(_bare(superuser))
            else:
                with _unaudited(superuser):
                    times["without"].append(_acts(world, intake, maker))
                    times["bare without"].append(_bare(superuser))
    rate = {name: ACTS / median(found) for name, found in times.items()}
    ratio, bare = rate["with"] / rate["without"], rate["bare with"] / rate["bare without"]
    return Row(
        "audit_truth: write rate",
        f"{rate['with']:.0f} acts/s",
        f"{rate['without']:.0f} acts/s unaudited",
        ratio,
        f"≥ {TARGET}",
        ratio >= TARGET,
        f"submit, attach, revoke, median of {ROUNDS} rounds; bare row updates {bare:.2f}"
        f" ({rate['bare with']:.0f} to {rate['bare without']:.0f} a second)",
    )


def _tamperings(world: World) -> Row:
    desk = Desk(world, 1)
    with world.connect("superuser") as superuser:
        # A log of its own length: what the write rate wrote would only make each walk longer.
        superuser.execute("SET session_replication_role = replica")
        superuser.execute("DELETE FROM wbo_data.audit_seal")
        superuser.execute("DELETE FROM wbo_data.audit_entry")
        superuser.execute("UPDATE wbo_data.audit_horizon SET position = 0, horizon = '1:1:'")
        superuser.execute("SET session_replication_role = origin")
        while _count(superuser) < ENTRIES:
            desk.act((add_wallet,))
        desk.close()
        superuser.execute("SELECT wbo_rule.seal_entries(100000)")
        begun = perf_counter()
        hand = Tamperer(superuser, 20260102)
        assert len(hand.seqs) >= ENTRIES
        found = hand.campaign(TAMPERINGS)
    noticed = found.total - len(found.missed)
    return Row(
        "audit_truth: tamperings noticed",
        f"{noticed} of {found.total}",
        "0 of an unsealed log",
        None,
        "all",
        noticed == TAMPERINGS,
        f"{perf_counter() - begun:.0f} s; {found.tried}; {found.missed[:3]}",
    )


def _count(connection: psycopg.Connection[Any]) -> int:
    row = connection.execute("SELECT count(*) FROM wbo_data.audit_entry").fetchone()
    assert row is not None
    return int(row[0])


def _kills() -> Row:
    with tempfile.TemporaryDirectory(prefix="wbo-bench-") as folder:
        result = crashes(Path(folder), kills=KILLS, people=4, seed=20260102)
    return Row(
        "audit_truth: one to one",
        f"{len(result.faults)} faults, {len(result.lost)} lost",
        f"{result.entries} entries",
        None,
        "0 and 0",
        not result.faults and not result.lost and result.fault is None and result.kills == KILLS,
        f"{result.kills} kills -9, {result.broken} calls broken off, {result.sealed} sealed; {dict(result.done)}",
    )
