"""A desk whose connections break: the next act, the notifications and the new password find their way all the same."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tests.services.test_desk import open_desk, run
from tests.support.operators import Operators
from wbo_desktop.demo.clients import Clients
from wbo_desktop.demo.world import World
from wbo_desktop.domain.acts import RevokeDeposit, Topic
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.models import store as stores
from wbo_desktop.models.store import ALL_TOPICS, PostgresStore
from wbo_desktop.secrets import Secret
from wbo_desktop.services.desk import Desk


def end_sessions(world: World, name: str) -> int:
    """End every session of a login in this test's database, as a restart of the server would; how many there were."""
    with world.connect("superuser") as superuser:
        found = superuser.execute(
            "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"
            " WHERE usename = %s AND datname = current_database()",
            (world.logins[name].login,),
        ).fetchone()
    assert found is not None
    return int(found[0])


async def until(condition: Callable[[], bool], seconds: float = 10) -> None:
    """Wait for it, with a deadline."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


def test_the_first_act_after_a_restart_is_done_and_done_once(database: World) -> None:
    async def scenario() -> None:
        made = Clients(database).submit(database.clients[0], "USDT", Decimal(100))
        maker = await open_desk(database, "maker")
        row = await maker.row("deposit_record", record_no=made.record_no)
        assert row is not None
        assert end_sessions(database, "maker") > 0
        await maker.do(RevokeDeposit(made.record_no, "after the restart", row["version"]))
        after = await maker.row("deposit_record", record_no=made.record_no)
        assert after is not None
        assert (after["status"], after["version"]) == ("cancelled", row["version"] + 1)
        await maker.close()

    run(scenario)


def test_an_act_that_breaks_under_way_does_not_claim_that_nothing_was_changed(database: World) -> None:
    async def scenario() -> None:
        made = Clients(database).submit(database.clients[0], "USDT", Decimal(100))
        maker = await open_desk(database, "maker")
        told: list[frozenset[Topic]] = []
        maker.changes.subscribe({Topic.DEPOSIT}, told.append)
        row = await maker.row("deposit_record", record_no=made.record_no)
        assert row is not None
        with database.connect("superuser") as holder, holder.transaction():
            holder.execute("SELECT FROM wbo_data.deposit WHERE record_no = %s FOR UPDATE", (made.record_no,))
            act = asyncio.create_task(maker.do(RevokeDeposit(made.record_no, "held up", row["version"])))
            await until(lambda: _waits(database, "maker"))
            end_sessions(database, "maker")
            with pytest.raises(RuleViolation) as broken:
                await act
        assert broken.value.code == "outcome_unknown"
        assert told, "pages look again"
        after = await maker.row("deposit_record", record_no=made.record_no)
        assert after is not None
        assert after["status"] == "pending_auth"
        await maker.close()

    run(scenario)


def _waits(world: World, name: str) -> bool:
    with world.connect("superuser") as superuser:
        return (
            superuser.execute(
                "SELECT FROM pg_stat_activity WHERE usename = %s AND wait_event_type = 'Lock'",
                (world.logins[name].login,),
            ).fetchone()
            is not None
        )


class Ear:
    """A desk's listener on a thread, and what it heard."""

    def __init__(self, world: World, name: str) -> None:
        who = world.logins[name]
        self.heard: list[frozenset[Topic]] = []
        self.store = PostgresStore(world.server, who.login, who.password)
        self._thread = threading.Thread(target=self.store.listen, args=(self.heard.append,), daemon=True)

    async def __aenter__(self) -> Ear:
        self._thread.start()
        await until(lambda: bool(self.heard))
        return self

    async def __aexit__(self, *error: object) -> None:
        self.store.close()
        self._thread.join(10)


def test_what_changed_while_the_ear_was_away_is_looked_at(
    database: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores, "LOOK_AGAIN_SECONDS", 600.0)

    async def scenario() -> None:
        async with Ear(database, "viewer") as ear:
            ear.heard.clear()
            assert end_sessions(database, "viewer") == 1
            await until(lambda: ALL_TOPICS in ear.heard)

    run(scenario)


def test_a_notification_that_got_lost_costs_a_few_seconds_and_nothing_else(
    database: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores, "LOOK_AGAIN_SECONDS", 0.3)

    async def scenario() -> None:
        async with Ear(database, "viewer") as ear:
            ear.heard.clear()  # from here on nobody notifies
            await until(lambda: ear.heard.count(ALL_TOPICS) >= 2)

    run(scenario)


def test_the_new_password_is_used_by_every_connection(database: World, operators: Operators) -> None:
    name = operators.make(Permission.RECORD_INQUIRY)
    old, new = database.logins[name].password, Secret("correct horse battery staple")

    async def scenario() -> None:
        desk = await open_desk(database, name)
        heard: list[frozenset[Topic]] = []
        desk.changes.subscribe(set(Topic), heard.append)
        desk.start_listening()
        await until(lambda: bool(heard))
        await _in_every_thread(desk)
        await desk.change_own_password(old, new)
        end_sessions(database, name)
        heard.clear()
        await _in_every_thread(desk)
        await until(lambda: ALL_TOPICS in heard)
        await desk.unlock(new)
        with pytest.raises(RuleViolation) as refused:
            await desk.unlock(old)
        assert refused.value.code == "password_wrong"
        await desk.close()

    run(scenario)


async def _in_every_thread(desk: Desk) -> None:
    """One read on each of the desk's database threads, at the same time."""
    together = threading.Barrier(3)

    def read() -> Any:
        together.wait(10)
        return desk._store.session()

    await asyncio.gather(*(desk._run(read) for _ in range(3)))
