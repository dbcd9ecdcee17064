"""Row 13: pages, filters and counts of two million deposit records of 100,000 clients, beside OFFSET and the bare driver.

The table is made once (some minutes) and kept in build/big_table; `WBO_BIG_TABLE` asks for another number of records.
"""

from __future__ import annotations

import json
import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import psycopg

from benchmarks._report import Row
from tests.support import many_records
from tests.support.page_filters import Values, combinations, pages
from wbo_demo.postgres import Postgres
from wbo_demo.world import Login
from wbo_desktop.models import pages as paging
from wbo_desktop.models import store
from wbo_desktop.models.connection import Database, Server
from wbo_desktop.models.migrate import code_hash
from wbo_desktop.models.tables import ChainHealth, DepositRecord
from wbo_desktop.secrets import Secret
from wbo_desktop.services.pages import Filter, Match, PageRequest

RECORDS = int(os.environ.get("WBO_BIG_TABLE", "2000000"))
CLIENTS = max(100, RECORDS // 20)
FOLDER = Path("build") / f"big_table_{RECORDS}"
LIMIT, FIRST_LIMIT, RUNS, SHOWN = 100.0, 15.0, 5, 50


def run() -> list[Row]:
    """The whole row, on one server."""
    with _database() as database:
        found = _filters(database)
        return [*found, *_depth(database), _counts(database), _idle(database)]


def superusers_dsn(postgres: Postgres, dbname: str = "postgres") -> str:
    """A connection string; it holds the password."""
    return postgres.dsn(postgres.superuser, postgres.superuser_password, dbname)


@contextmanager
def on_big_server() -> Iterator[tuple[Postgres, str]]:
    """The server, and the name of a database of that size, made by this program's schema."""
    marker = FOLDER / "made.json"
    FOLDER.mkdir(parents=True, exist_ok=True)
    known = json.loads(marker.read_text()) if marker.exists() else {}
    postgres = Postgres.start(FOLDER / "server", settings={"shared_buffers": "1GB"})
    try:
        name = known.get("name", "wbo_big_0")
        if known.get("schema") != code_hash():
            with psycopg.connect(superusers_dsn(postgres), autocommit=True) as maintenance:
                maintenance.execute(f"DROP DATABASE IF EXISTS {name}".encode())
            name = f"wbo_big_{int(name.rsplit('_', 1)[1]) + 1}"
            many_records.build(postgres, name, RECORDS, CLIENTS)
            marker.write_text(json.dumps({"schema": code_hash(), "name": name}))
        yield postgres, name
    finally:
        postgres.stop()


@contextmanager
def _database() -> Iterator[Database]:
    """The desk's own handle on it."""
    with on_big_server() as (postgres, name):
        login = Login(postgres.superuser, postgres.superuser_password)
        database = Database(
            Server(postgres.host, postgres.port, name), login.login, Secret(login.password.reveal()), "bench"
        )
        yield database
        database.close_all()


def median(work: Callable[[], Any], runs: int = RUNS) -> float:
    """Milliseconds, the middle of some runs after one to get warm."""
    work()
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def values_of(database: Database) -> Values:
    """Values that rows really have, from the middle of each source."""
    rows: dict[type[Any], dict[str, Any]] = {}
    for page in pages():
        found = paging.page(database, PageRequest(page.model, limit=21)).rows
        if found:
            rows[page.model] = dict(found[-1])
    return Values(rows)


def _filters(database: Database) -> list[Row]:
    """Every filter of every page, alone and in pairs."""
    values, slow, first = values_of(database), [], []
    worst, tried = (0.0, ""), 0
    for page in pages():
        for filters in combinations(page, values):
            request = PageRequest(page.model, filters, limit=SHOWN)
            took = median(partial(paging.page, database, request), 3)
            tried += 1
            said = f"{page.model.source()}: " + " and ".join(
                f"{one.column} {one.match} {one.value}" for one in filters
            )
            worst = max(worst, (took, said))
            if took > LIMIT:
                slow.append((took, said))
            if not filters:
                first.append((took, page.model.source()))
    for took, said in sorted(slow, reverse=True):
        print(f"  {took:7.1f} ms  {said[:200]}", flush=True)
    slowest = max(first)
    return [
        Row(
            f"big_table: filters of {RECORDS:,} records, alone and in pairs",
            f"{len(slow)} of {tried} above {LIMIT:.0f} ms",
            "the view itself, November 2026: 16 of 129",
            None,
            "0",
            not slow,
            f"slowest {worst[0]:.1f} ms ({worst[1][:80]})",
        ),
        Row(
            "big_table: first page of each source",
            f"at most {slowest[0]:.1f} ms",
            "48 to 77 ms for the records",
            None,
            f"≤ {FIRST_LIMIT:.0f} ms",
            slowest[0] <= FIRST_LIMIT,
            f"{slowest[1]}, {SHOWN} rows",
        ),
    ]


def _depth(database: Database) -> list[Row]:
    """A page of the middle beside the first, OFFSET, and the bare driver with the same statements."""

    def query(sql: str, *parameters: Any) -> Any:
        return database.execute_sql(sql, parameters).fetchall()

    middle = query(
        "SELECT created_at, record_no FROM wbo.deposit_key ORDER BY created_at DESC, record_no DESC OFFSET %s LIMIT 1",
        RECORDS // 2,
    )[0]
    first = median(lambda: paging.page(database, PageRequest(DepositRecord, limit=SHOWN)), 21)
    deep = median(
        lambda: paging.page(database, PageRequest(DepositRecord, after=tuple(middle), limit=SHOWN)), 21
    )
    offset = median(
        lambda: query(
            "SELECT * FROM wbo.deposit_record ORDER BY created_at DESC, record_no DESC OFFSET %s LIMIT %s",
            RECORDS // 2,
            SHOWN,
        ),
        3,
    )
    raw = _raw(database)
    return [
        Row(
            "big_table: a deep page",
            f"{deep:.1f} ms",
            f"first {first:.1f} ms, OFFSET {offset:.0f} ms",
            deep / first,
            "≤ 1.5 × first",
            deep <= 1.5 * first,
        ),
        Row(
            "big_table: a page beside the bare driver",
            f"{first:.1f} ms",
            f"{raw:.1f} ms",
            first / raw,
            "≤ 1.5",
            first <= 1.5 * raw,
            "the same two statements by psycopg",
        ),
    ]


def _raw(database: Database) -> float:
    """The same two statements, by psycopg."""
    server = database.server
    with psycopg.connect(
        host=server.host,
        port=server.port,
        dbname=server.dbname,
        user=database.login,
        password=database._password.reveal(),
        autocommit=True,
        options="-c random_page_cost=1.1",
    ) as bare:

        def page() -> None:
            keys = bare.execute(
                "SELECT created_at, record_no FROM wbo.deposit_key ORDER BY created_at DESC, record_no DESC LIMIT %s",
                (SHOWN,),
            ).fetchall()
            bare.execute(
                "SELECT * FROM wbo.deposit_record WHERE record_no = ANY(%s)", ([key[1] for key in keys],)
            ).fetchall()

        return median(page, 21)


def _counts(database: Database) -> Row:
    """What stands beside a list and in the menu."""
    abnormal = (Filter(DepositRecord.status, Match.ONE_OF, ["abnormal"]),)
    shown = median(lambda: paging.count(database, DepositRecord, abnormal, exact=False))
    exact = median(lambda: paging.count(database, DepositRecord, (), exact=True), 3)
    whole = median(lambda: database.execute_sql("SELECT count(*) FROM wbo.deposit_record").fetchone(), 1)
    return Row(
        "big_table: counts",
        f"shown {shown:.1f} ms, exact {exact:.0f} ms",
        f"counting the view {whole:.0f} ms",
        exact / whole,
        "shown ≤ 15 ms",
        shown <= 15,
    )


def _idle(database: Database) -> Row:
    """What refreshes by itself when nothing changes: the marks, the state of the chains, and now and then the visible page
    with the menu's counts."""
    asked = [(one.source, one.filters) for page in pages() for one in page.waiting]
    counts = median(lambda: paging.waiting(database, asked, 1000), 21)
    page = median(lambda: paging.page(database, PageRequest(DepositRecord, limit=100)), 21)
    marks = median(lambda: database.execute_sql("SELECT * FROM wbo.change_mark").fetchall(), 21)
    health = median(lambda: paging.page(database, PageRequest(ChainHealth)), 21)
    looked = (marks + health) / store.MARK_SECONDS
    cost = looked + (counts + page) / store.LOOK_AGAIN_SECONDS
    naive = (counts + page + health) / store.MARK_SECONDS
    return Row(
        "big_table: what an idle desktop asks",
        f"{cost:.2f} ms a second",
        f"page and counts every {store.MARK_SECONDS:.0f} s: {naive:.2f}",
        cost / naive,
        "≤ 1 ms a second",
        cost <= 1,
        f"marks {marks:.2f} ms, chains {health:.2f}, counts {counts:.1f}, page {page:.1f}",
    )
