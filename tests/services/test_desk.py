"""The desk on a real database: acts, pages and what others change, as two operators see it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from decimal import Decimal

import pytest

from wbo_demo.clients import Clients
from wbo_demo.world import World
from wbo_desktop.domain.acts import ExecuteRefund, RevokeDeposit, Topic
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.models.store import PostgresStore
from wbo_desktop.models.tables import DepositRecord, DepositTimeline
from wbo_desktop.secrets import Secret
from wbo_desktop.services.desk import Desk, log_in
from wbo_desktop.services.pages import Filter, Match, PageRequest


async def open_desk(world: World, name: str) -> Desk:
    who = world.logins[name]
    return await log_in(
        lambda login, password: PostgresStore(world.server, login, password), who.login, who.password
    )


def run(scenario: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(scenario())  # type: ignore[arg-type]


def test_a_revoked_deposit_shows_on_the_other_desk_within_a_second(database: World) -> None:
    async def scenario() -> None:
        made = Clients(database).submit(database.clients[0], "USDT", Decimal(100))
        maker, viewer = await open_desk(database, "maker"), await open_desk(database, "viewer")
        seen: asyncio.Queue[frozenset[Topic]] = asyncio.Queue()
        viewer.changes.subscribe({Topic.DEPOSIT}, seen.put_nowait)
        viewer.start_listening()
        await asyncio.wait_for(seen.get(), 3)  # the first look, as the ear opens

        row = await maker.row(DepositRecord, record_no=made.record_no)
        assert row is not None
        own: list[frozenset[Topic]] = []
        maker.changes.subscribe({Topic.DEPOSIT}, own.append)
        await maker.do(RevokeDeposit(made.record_no, "用戶重複申請", row["version"]))
        assert own, "who did it sees it without being told by the server"

        await asyncio.wait_for(seen.get(), 1)
        page = await viewer.page(PageRequest(DepositRecord, (Filter("status", Match.ONE_OF, ["cancelled"]),)))
        assert [r["record_no"] for r in page.rows] == [made.record_no]
        timeline = await viewer.rows(DepositTimeline, Filter("record_no", Match.EQUAL, made.record_no))
        assert [(t["action"], t["after_status"]) for t in timeline][-1] == ("revoke_deposit", "cancelled")
        assert timeline[-1]["remark"] == "用戶重複申請"
        await maker.close()
        await viewer.close()

    run(scenario)


def test_what_was_decided_on_an_older_version_changes_nothing(database: World) -> None:
    async def scenario() -> None:
        made = Clients(database).submit(database.clients[0], "USDT", Decimal(100))
        maker = await open_desk(database, "maker")
        row = await maker.row(DepositRecord, record_no=made.record_no)
        assert row is not None
        with pytest.raises(RuleViolation) as refused:
            await maker.do(RevokeDeposit(made.record_no, "too late", row["version"] - 1))
        assert refused.value.code == "moved_meanwhile"
        assert refused.value.params["actual"] == row["version"]
        after = await maker.row(DepositRecord, record_no=made.record_no)
        assert after is not None
        assert (after["status"], after["version"]) == ("pending_auth", row["version"])
        await maker.close()

    run(scenario)


def test_an_act_without_its_permission_is_refused_by_name(database: World) -> None:
    async def scenario() -> None:
        made = Clients(database).submit(database.clients[0], "USDT", Decimal(100))
        viewer = await open_desk(database, "viewer")
        assert not viewer.may(RevokeDeposit)
        with pytest.raises(RuleViolation) as refused:
            await viewer.do(RevokeDeposit(made.record_no, "not mine", 1))
        assert refused.value.code == "permission_denied"
        assert refused.value.params["permission"] == RevokeDeposit.permission
        await viewer.close()

    run(scenario)


def test_a_wrong_password_opens_nothing_and_executes_nothing(database: World) -> None:
    async def scenario() -> None:
        who = database.logins["maker"]
        with pytest.raises(RuleViolation) as refused:
            await log_in(
                lambda login, password: PostgresStore(database.server, login, password),
                who.login,
                Secret("wrong"),
            )
        assert refused.value.code == "login_failed"
        maker = await open_desk(database, "maker")
        with pytest.raises(RuleViolation) as refused:
            await maker.do(ExecuteRefund("RF-none", 1))
        assert refused.value.code == "step_up_required"
        with pytest.raises(RuleViolation) as refused:
            await maker.do(ExecuteRefund("RF-none", 1), password=Secret("wrong"))
        assert refused.value.code == "password_wrong"
        with pytest.raises(RuleViolation) as refused:
            await maker.do(ExecuteRefund("RF-none", 1), password=who.password)
        assert refused.value.code == "unknown_object"
        await maker.close()

    run(scenario)


def test_pages_go_on_where_the_last_one_ended(database: World) -> None:
    async def scenario() -> None:
        clients = Clients(database)
        made = [clients.submit(database.clients[n % 3], "USDT", Decimal(10 + n)).record_no for n in range(7)]
        desk = await open_desk(database, "viewer")
        seen: list[str] = []
        after = None
        while True:
            page = await desk.page(PageRequest(DepositRecord, after=after, limit=3))
            seen += [row["record_no"] for row in page.rows]
            after = page.last
            if after is None:
                break
        assert seen == made[::-1]
        assert (await desk.count(DepositRecord, exact=True)).rows == 7
        await desk.close()

    run(scenario)
