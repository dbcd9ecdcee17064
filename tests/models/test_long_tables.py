"""Long tables: no filter of any page, alone or with another, reads more of a table than it shows of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from psycopg import sql

from tests.support import many_records
from tests.support.page_filters import Values, combinations, pages
from wbo_demo.postgres import Postgres
from wbo_demo.world import Login, World
from wbo_desktop.models import pages as paging
from wbo_desktop.models.connection import Database, Server, open_connection
from wbo_desktop.models.narrow import keys
from wbo_desktop.models.tables import DepositRecord
from wbo_desktop.services.pages import Filter, Match, PageRequest
from wbo_desktop.views.pages.spec import PageSpec

RECORDS, CLIENTS, SHOWN = 30_000, 2_000, 50
MOST_READ = 3_000
"""Rows that a plan may read to show 50, as many as a typed beginning of a number matches; a scan of any of the long
tables would be ten times as many."""


@pytest.fixture(scope="module")
def long_tables(postgres_cluster: Postgres) -> Iterator[World]:
    """A broker with many records, once for all these tests."""
    made = many_records.build(postgres_cluster, "wbo_long", RECORDS, CLIENTS)
    yield made
    superuser = made.logins["superuser"]
    maintenance = Server(postgres_cluster.host, postgres_cluster.port, "postgres")
    with open_connection(maintenance, superuser.login, superuser.password, "tests") as connection:
        connection.execute(sql.SQL("DROP DATABASE wbo_long WITH (FORCE)"))


class Watched(Database):
    """A handle that keeps the plans of what it runs."""

    plans: list[tuple[str, dict[str, Any]]]

    def execute_sql(self, statement: str, params: Any = None, **options: Any) -> Any:
        if statement.startswith(("SELECT", "(SELECT")):
            explained = super().execute_sql("EXPLAIN (ANALYZE, FORMAT JSON, TIMING off) " + statement, params)
            self.plans.append((statement, explained.fetchone()[0][0]["Plan"]))
        return super().execute_sql(statement, params, **options)


@pytest.fixture(scope="module")
def watched(long_tables: World) -> Iterator[Watched]:
    """The desk's own way to the database, as somebody who may see every page."""
    who: Login = long_tables.logins["superuser"]
    made = Watched(long_tables.server, who.login, who.password, "test")
    made.plans = []
    made.execute_sql(
        "SET enable_seqscan = off"
    )  # a table of this size would be scanned although an index is there
    yield made
    made.close_all()


@pytest.fixture(scope="module")
def values(long_tables: World) -> Values:
    """Values that rows really have."""
    rows: dict[type[Any], dict[str, Any]] = {}
    with long_tables.connect("superuser") as connection:
        for page in pages():
            cursor = connection.execute(
                sql.SQL("SELECT * FROM wbo.{} OFFSET 20 LIMIT 1").format(sql.Identifier(page.model.source()))
            )
            found = cursor.fetchone()
            if found is not None and cursor.description is not None:
                rows[page.model] = dict(zip((c.name for c in cursor.description), found, strict=True))
    return Values(rows)


def read(plan: dict[str, Any]) -> Iterator[tuple[str, float]]:
    """What each scan of a plan read: its table, and its rows with those it threw away."""
    if "Relation Name" in plan:
        rows = plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)
        yield plan["Relation Name"], rows * plan["Actual Loops"]
    for part in plan.get("Plans", ()):
        yield from read(part)


LONG = frozenset(
    {
        "deposit",
        "deposit_application",
        "chain_transfer",
        "refund",
        "audit_entry",
        "wallet_address",
        "custodial_account",
    }
)


@pytest.mark.parametrize("page", list(pages()), ids=lambda page: page.code)
def test_no_filter_reads_more_than_it_shows(page: PageSpec, watched: Watched, values: Values) -> None:
    wrong = []
    tried = 0
    for filters in combinations(page, values):
        watched.plans.clear()
        paging.page(watched, PageRequest(page.model, filters, limit=SHOWN))
        tried += 1
        for _, plan in watched.plans:
            for table, rows in read(plan):
                if table in LONG and rows > MOST_READ:
                    asked = " and ".join(f"{one.column} {one.match} {one.value}" for one in filters)
                    wrong.append(f"{int(rows)} rows of {table} for {asked}")
    assert tried > len(page.filters)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "page", [page for page in pages() if page.model.paging.keys is not None], ids=lambda page: page.code
)
def test_rows_by_their_keys_are_the_views(
    page: PageSpec, watched: Watched, values: Values, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = list(combinations(page, values))
    asked = [PageRequest(page.model, filters, limit=SHOWN) for filters in every[:: max(1, len(every) // 40)]]
    by_keys = [paging.page(watched, one).rows for one in asked]
    monkeypatch.setattr(page.model, "paging", replace(page.model.paging, keys=None))
    assert by_keys == [paging.page(watched, one).rows for one in asked]
    assert any(by_keys)


@pytest.mark.parametrize("day", [date(2023, 12, 31), date(2024, 1, 1), date(2024, 2, 29), date(2026, 10, 9)])
@pytest.mark.parametrize("digits", range(11))
def test_a_typed_beginning_finds_its_day(day: date, digits: int) -> None:
    number = f"DP{day:%Y%m%d}"[:digits]
    first, last = days_meant(number)
    assert first <= day <= last
    assert (last - first).days < {8: 31, 9: 10, 10: 1}.get(digits, 10**7)


@pytest.mark.parametrize(
    "typed", ["DP20241", "DP202413", "DP20240230", "DP2024023", "DP20240", "dp2024", "2024"]
)
def test_a_beginning_that_means_no_day_asks_for_none(typed: str) -> None:
    first, last = days_meant(typed)
    meant = {
        "DP20241": (date(2024, 10, 1), date(2024, 12, 31)),
        "DP20240": (date(2024, 1, 1), date(2024, 9, 30)),
    }
    assert (first, last) == meant.get(typed, (date.min, date.max))


def days_meant(typed: str) -> tuple[date, date]:
    """The first and the last day that the keys are asked for; all days where they are not restricted."""
    asked = keys(
        DepositRecord.paging.keys,
        (Filter("record_no", Match.STARTS_WITH, typed),),
        ("created_at",),
        True,
        None,
        1,
    )
    moments = [one for one in asked.parameters if isinstance(one, datetime)]
    if not moments:
        return date.min, date.max
    first, beyond = moments
    return (first + timedelta(days=1)).date(), (beyond - timedelta(days=2)).date()


def test_every_foreign_key_has_an_index(database: World) -> None:
    with database.connect("superuser") as connection:
        missing = connection.execute(
            """SELECT c.conrelid::regclass::text || ' ' || c.conname FROM pg_constraint c
            WHERE c.contype = 'f' AND c.connamespace = 'wbo_data'::regnamespace
              AND c.confrelid NOT IN ('wbo_data.network'::regclass) AND NOT EXISTS (
                SELECT FROM pg_index i WHERE i.indrelid = c.conrelid
                  AND (i.indkey::smallint[])[0:cardinality(c.conkey) - 1] @> c.conkey)"""
        ).fetchall()
    assert [one for (one,) in missing] == []
