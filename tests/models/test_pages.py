# ruff: noqa: E501 - a statement and its parameters read best on one line
"""Pages: every source read by the right people, paged by key in its own order, filtered, counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import psycopg
import pytest

from tests.security.matrix import EVERY_OPERATOR, READERS
from tests.security.scene import USDT, Scene
from tests.support.operators import Operators
from wbo_demo.world import World
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.models import pages
from wbo_desktop.models.connection import Database, refusals
from wbo_desktop.models.store import PostgresStore
from wbo_desktop.models.tables import VIEWS, DepositRecord, Network, View
from wbo_desktop.services.pages import Filter, Match, PageRequest


def handle(world: World, name: str) -> Database:
    who = world.logins[name]
    return Database(world.server, who.login, who.password, "test")


@pytest.fixture
def viewer(database: World) -> Iterator[Database]:
    made = handle(database, "viewer")
    yield made
    made.close_all()


@pytest.fixture
def many(scene: Scene) -> list[str]:
    """Twenty-five records, several of the very same moment."""
    client = scene.world.clients[0]
    with scene.world.connect("intake") as intake:
        for batch in range(5):
            with intake.transaction():
                for n in range(5):
                    intake.execute(
                        "SELECT wbo.submit_deposit_application(%s, %s, 'USDT', 'Ethereum', %s, %s, %s)",
                        (
                            f"S-{batch}{n}_%",
                            client.securities_account,
                            Decimal(10 + n),
                            client.wallet.address,
                            client.custodial,
                        ),
                    )
    with scene.world.connect("viewer") as viewer:
        rows = viewer.execute(
            "SELECT record_no FROM wbo.deposit_record ORDER BY created_at DESC, record_no DESC"
        ).fetchall()
    return [row[0] for row in rows]


def all_pages(
    database: Database, limit: int, *filters: Filter, source: type[View] = DepositRecord
) -> list[Any]:
    found: list[Any] = []
    after: tuple[Any, ...] | None = None
    while True:
        page = pages.page(database, PageRequest(source, filters, after=after, limit=limit))
        found += page.rows
        if page.last is None:
            return found
        after = page.last


@pytest.mark.parametrize("source", VIEWS, ids=lambda view: view.source())
def test_every_source_is_read_by_whoever_may_and_by_nobody_else(
    source: type[View], database: World, operators: Operators
) -> None:
    allowed = operators.make(*sorted(READERS.get(source.source(), frozenset()))[:1])
    outsider = operators.make()
    inside, outside = handle(database, allowed), handle(database, outsider)
    try:
        page = pages.page(inside, PageRequest(source, limit=2))
        if page.rows:
            assert {source.paging.order.name, *source.paging.key_names} <= set(page.rows[0].keys())
        assert pages.count(inside, source, (), exact=True).rows >= len(page.rows)
        assert pages.count(inside, source, (), exact=False).rows >= 0
        if source.source() not in EVERY_OPERATOR:
            with pytest.raises(RuleViolation, match="permission_denied"), refusals():
                pages.page(outside, PageRequest(source))
    finally:
        inside.close_all()
        outside.close_all()


@pytest.mark.parametrize("limit", [1, 2, 7, 24, 25, 26, 1000])
def test_pages_show_each_row_once_in_order(limit: int, many: list[str], viewer: Database) -> None:
    assert [row["record_no"] for row in all_pages(viewer, limit)] == many


def test_a_page_goes_on_where_it_was_although_rows_came_in_between(
    many: list[str], viewer: Database, scene: Scene
) -> None:
    first = pages.page(viewer, PageRequest(DepositRecord, limit=10))
    scene.submit(scene.world.clients[1], 5 * USDT, "S-new")
    second = pages.page(viewer, PageRequest(DepositRecord, after=first.last, limit=100))
    assert [row["record_no"] for row in (*first.rows, *second.rows)] == many


def test_filters(many: list[str], viewer: Database, scene: Scene) -> None:
    now = datetime.now(UTC)
    client = scene.world.clients[0]

    def found(column: str, match: Match, value: Any) -> int:
        return len(all_pages(viewer, 100, Filter(column, match, value)))

    assert found("client_no", Match.EQUAL, client.client_no) == 25
    assert found("client_no", Match.EQUAL, "nobody") == 0
    assert found("txid", Match.EQUAL, None) == 25
    assert found("status", Match.ONE_OF, ["pending_auth", "abnormal"]) == 25
    assert found("status", Match.ONE_OF, []) == 0
    assert found("created_at", Match.BETWEEN, (now - timedelta(hours=1), now + timedelta(hours=1))) == 25
    assert found("created_at", Match.BETWEEN, (None, now - timedelta(hours=1))) == 0
    assert found("created_at", Match.BETWEEN, (None, None)) == 25
    # the first moment counts, the one beyond does not
    newest = all_pages(viewer, 100)[0]["created_at"]
    assert found("created_at", Match.BETWEEN, (newest, None)) == 5
    assert found("created_at", Match.BETWEEN, (None, newest)) == 20
    now_known = [row["updated_at"] for row in all_pages(viewer, 100, source=Network)]
    for bounds, rows in (((max(now_known), None), 1), ((None, min(now_known)), 0)):
        between = all_pages(viewer, 100, Filter("updated_at", Match.BETWEEN, bounds), source=Network)
        assert len(between) >= rows
        assert rows or between == []
    assert found("record_no", Match.STARTS_WITH, "DP") == 25
    assert found("record_no", Match.STARTS_WITH, many[3]) == 1
    # what looks like a pattern is only text
    assert found("external_serial", Match.STARTS_WITH, "S-0") == 5
    assert found("external_serial", Match.STARTS_WITH, "S-00_") == 1
    assert found("external_serial", Match.STARTS_WITH, "S-00_%") == 1
    assert found("external_serial", Match.STARTS_WITH, "%") == 0
    assert found("external_serial", Match.STARTS_WITH, "S_") == 0
    assert found("external_serial", Match.STARTS_WITH, "S\\") == 0
    assert found("external_serial", Match.STARTS_WITH, "'; DROP TABLE x; --") == 0
    assert found("external_serial", Match.STARTS_WITH, "\U0010ffff") == 0
    assert found("external_serial", Match.STARTS_WITH, "") == 25


def test_rows_counts_and_what_is_no_source(many: list[str], viewer: Database) -> None:
    row = pages.row(viewer, DepositRecord, {"record_no": many[0]})
    assert row is not None
    assert (row["claimed_amount"], row["decimals"]) == (Decimal("14.000000"), 6)
    assert pages.row(viewer, DepositRecord, {"record_no": "DP-none"}) is None
    assert (
        pages.count(
            viewer, DepositRecord, (Filter("claimed_amount", Match.EQUAL, Decimal(12)),), exact=True
        ).rows
        == 5
    )
    for wrong in ("wbo_data.deposit", "pg_authid", "", str):
        with pytest.raises(RuleViolation, match="value_invalid"):
            pages.page(viewer, PageRequest(wrong))
    with pytest.raises(RuleViolation, match="value_invalid"):
        pages.page(viewer, PageRequest(DepositRecord, order="remark"))


def test_a_limit_is_kept_within_bounds(many: list[str], viewer: Database) -> None:
    assert len(pages.page(viewer, PageRequest(DepositRecord, limit=0)).rows) == 1
    assert len(pages.page(viewer, PageRequest(DepositRecord, limit=10**9)).rows) == 25


def test_reading_goes_on_after_the_server_ended_the_session(many: list[str], database: World) -> None:
    who = database.logins["viewer"]
    store = PostgresStore(database.server, who.login, who.password)
    try:
        assert len(store.page(PageRequest(DepositRecord, limit=5)).rows) == 5
        for _ in range(20):
            with database.connect("superuser") as connection:
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s AND datname = current_database()",
                    (who.login,),
                )
            assert len(store.page(PageRequest(DepositRecord, limit=5)).rows) == 5
    finally:
        store.close()


def test_a_transfer_stays_among_the_unmatched_until_a_record_takes_it(scene: Scene) -> None:
    client = scene.world.clients[0]
    scene.chain.mine(scene.chain.transfer("USDT", client.wallet.address, client.custodial, 100 * USDT))
    unmatched = "SELECT count(*) FROM wbo.unmatched_transfer"
    assert scene.value("viewer", unmatched) == 1
    with scene.world.connect("superuser") as superuser, pytest.raises(psycopg.Error) as refused:
        superuser.execute("DELETE FROM wbo_data.unmatched")
    assert '"unmatched:delete"' in (refused.value.diag.message_detail or "")
    record = scene.submit(client, 200 * USDT, "S-takes")
    scene.chain.mine()
    assert scene.status(record) == "abnormal"
    assert scene.value("viewer", unmatched) == 0
    scene.value("maker", "SELECT wbo.delete_application('S-takes', 'not theirs')")
    assert scene.value("viewer", unmatched) == 1
