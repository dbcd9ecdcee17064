"""A desk whose connections break: the next act, the notifications and the new password find their way all the same."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tests.services.test_desk import open_desk, run
from tests.support.operators import Operators
from wbo_demo.clients import Clients
from wbo_demo.world import World
from wbo_desktop.domain.acts import RevokeDeposit, Topic
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.models import store as stores
from wbo_desktop.models.store import ALL_TOPICS, PostgresStore
from wbo_desktop.models.tables import DepositRecord
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
        row = await maker.row(DepositRecord, record_no=made.record_no)
        assert row is not None
        assert end_sessions(database, "maker") > 0
        await maker.do(RevokeDeposit(made.record_no, "after the restart", row["version"]))
        after = await maker.row(DepositRecord, record_no=made.record_no)
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
        row = await maker.row(DepositRecord, record_no=made.record_no)
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
        after = await maker.row(DepositRecord, record_no=made.record_no)
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
        self._counted, self._since = 0, time.monotonic()
        self.store = PostgresStore(world.server, who.login, who.password)
        self._thread = threading.Thread(target=self.store.listen, args=(self.heard.append,), daemon=True)

    @property
    def topics(self) -> set[Topic]:
        """All that was heard of."""
        return {topic for topics in self.heard for topic in topics}

    def quiet(self, seconds: float) -> bool:
        """Whether nothing was heard for so long."""
        if len(self.heard) != self._counted:
            self._counted, self._since = len(self.heard), time.monotonic()
        return time.monotonic() - self._since > seconds

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
    """One hint at deposits arrives; the next ones do not, although others do."""
    monkeypatch.setattr(stores, "MARK_SECONDS", 0.3)
    monkeypatch.setattr(stores, "LOOK_AGAIN_SECONDS", 600.0)
    with database.connect("superuser") as superuser:
        superuser.execute("ALTER TABLE wbo_data.deposit DISABLE TRIGGER z_hint")
        superuser.execute("ALTER TABLE wbo_data.deposit_application DISABLE TRIGGER z_hint")

    async def scenario() -> None:
        async with Ear(database, "viewer") as ear:
            ear.heard.clear()
            with database.connect("superuser") as superuser:
                superuser.execute("NOTIFY wbo_changes, 'deposit'")
            await until(lambda: Topic.DEPOSIT in ear.topics)
            await until(lambda: ear.quiet(0.7))
            ear.heard.clear()
            Clients(database).submit(database.clients[0], "USDT", Decimal(100))
            await until(lambda: Topic.DEPOSIT in ear.topics)

    run(scenario)


def test_a_hint_at_something_else_hides_no_block(database: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "MARK_SECONDS", 0.3)
    monkeypatch.setattr(stores, "LOOK_AGAIN_SECONDS", 600.0)
    with database.connect("superuser") as superuser:
        superuser.execute("ALTER TABLE wbo_data.checkpoint DISABLE TRIGGER z_hint")

    async def scenario() -> None:
        async with Ear(database, "viewer") as ear:
            ear.heard.clear()
            with database.connect("superuser") as superuser, superuser.transaction():
                superuser.execute("NOTIFY wbo_changes, 'deposit'")
                superuser.execute(
                    "INSERT INTO wbo_data.checkpoint (network, number, hash, head_number)"
                    " SELECT name, 1, '0x' || repeat('1', 64), 1 FROM wbo_data.network LIMIT 1"
                )
            await until(lambda: {Topic.DEPOSIT, Topic.CHAIN} <= ear.topics)

    run(scenario)


def test_each_mark_says_what_may_have_changed(database: World) -> None:
    with database.connect("viewer") as viewer:
        marks = stores._marks(viewer)
    assert set(marks) == set(stores.MARKS)
    moved = {
        name: stores._untold({**marks, name: "before"}, {**marks, name: "after"}, frozenset())
        for name in marks
    }
    assert moved["followed"] == {Topic.CHAIN}
    assert moved["seen"] == {Topic.TRANSFER}
    assert moved["recorded"] == ALL_TOPICS - {Topic.CHAIN, Topic.TRANSFER}
    assert stores._untold(marks, dict(marks), frozenset()) == frozenset()
    before = dict.fromkeys(marks, 1)
    after = dict.fromkeys(marks, 2)
    assert stores._untold(before, after, {Topic.CHAIN}) == ALL_TOPICS - {Topic.CHAIN}


def test_the_log_is_looked_at_although_nobody_hints_at_it(
    database: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores, "MARK_SECONDS", 0.3)
    monkeypatch.setattr(stores, "LOOK_AGAIN_SECONDS", 600.0)

    async def scenario() -> None:
        async with Ear(database, "viewer") as ear:
            ear.heard.clear()
            Clients(database).submit(database.clients[0], "USDT", Decimal(100))
            await until(lambda: Topic.AUDIT in ear.topics)

    run(scenario)


def test_while_nothing_changes_nothing_is_read_but_the_marks(
    database: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores, "MARK_SECONDS", 0.1)
    monkeypatch.setattr(stores, "LOOK_AGAIN_SECONDS", 600.0)

    async def scenario() -> None:
        async with Ear(database, "viewer") as ear:
            ear.heard.clear()
            reads = _reads_of_the_log(database)
            await until(lambda: _reads_of_the_log(database) >= reads + 5)
            assert ear.heard == []

    run(scenario)


def _reads_of_the_log(world: World) -> int:
    """How often the log's newest entry was asked for."""
    with world.connect("superuser") as superuser:
        superuser.execute("SELECT pg_stat_force_next_flush()")
        found = superuser.execute(
            "SELECT coalesce(seq_scan, 0) + coalesce(idx_scan, 0) FROM pg_stat_all_tables"
            " WHERE relid = 'wbo_data.audit_entry'::regclass"
        ).fetchone()
    assert found is not None
    return int(found[0])


def test_everything_is_looked_at_now_and_then(database: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "LOOK_AGAIN_SECONDS", 0.3)

    async def scenario() -> None:
        async with Ear(database, "viewer") as ear:
            ear.heard.clear()  # from here on nobody changes anything
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
