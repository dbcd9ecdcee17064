"""Failed logins: slowed, locked for a time, and a stranger keeps nobody out for good.

The server's log is read by the watch; here its findings are put in place of it, so that addresses can be made up.
"""

from __future__ import annotations

import itertools
import secrets
from typing import Any

import psycopg
import pytest

from wbo_demo.world import Login, World
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.models import administration
from wbo_desktop.models.connection import open_connection
from wbo_desktop.secrets import Secret

_numbers = itertools.count(1)


class Door:
    """One operator's login, and what is seen of it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.who = Login(f"door_{next(_numbers)}_{secrets.token_hex(2)}", Secret(secrets.token_urlsafe(18)))
        with world.connect("owner") as owner:
            administration.make_first_operator(
                owner, self.who.login, self.who.password, "Door", [], one_time=False
            )

    def opens(self) -> bool:
        """Whether the right password opens it."""
        try:
            open_connection(self.world.server, self.who.login, self.who.password, "desk").close()
        except RuleViolation as refused:
            return refused.code != "login_failed"
        return True

    def fail(self, address: str, times: int) -> None:
        """That many failures seen from an address, and one look of the watch."""
        with self.as_owner() as owner:
            for _ in range(times):
                owner.execute(
                    "INSERT INTO wbo_data.login_failure (login, address) VALUES (%s, %s)",
                    (self.who.login, address),
                )
        self.look()

    def known(self, address: str) -> None:
        """The operator has worked from there for long."""
        with self.as_owner() as owner:
            owner.execute(
                "INSERT INTO wbo_data.login_place (login, address, known_since, entered_at)"
                " VALUES (%s, %s, now() - interval '1 year', now() - interval '1 day')",
                (self.who.login, address),
            )

    def time_passes(self, minutes: int) -> None:
        """Everything about the lock happened so much earlier."""
        with self.as_owner() as owner:
            ago = f"interval '{minutes} minutes'"
            owner.execute(
                f"UPDATE wbo_data.operator SET locked_until = locked_until - {ago}, open_until = open_until - {ago},"
                f" unlocked_at = unlocked_at - {ago} WHERE login = %s".encode(),
                (self.who.login,),
            )
            owner.execute(f"UPDATE wbo_data.login_failure SET at = at - {ago}".encode())
        self.look()

    def look(self) -> None:
        """One look of the watch."""
        with self.world.connect("worker") as worker:
            worker.execute("SELECT wbo_chain.keep_watch()")

    def row(self) -> dict[str, Any]:
        """What stands about it."""
        with self.world.connect("admin") as admin:
            found = admin.execute("SELECT * FROM wbo.operator WHERE login = %s", (self.who.login,))
            assert found.description is not None
            names = [column.name for column in found.description]
            values = found.fetchone()
        assert values is not None
        return dict(zip(names, values, strict=True))

    def as_owner(self) -> psycopg.Connection[Any]:
        connection = self.world.connect("owner")
        connection.execute("SET ROLE wbo_owner")
        connection.execute("SELECT set_config('wbo.action', 'test', false)")
        return connection


@pytest.fixture
def door(database: World) -> Door:
    return Door(database)


STRANGER, OTHER_STRANGER, DESK = "203.0.113.9", "203.0.113.10", "10.0.0.7"


def test_five_failures_lock_for_the_policys_time(door: Door) -> None:
    door.fail(STRANGER, 4)
    assert door.opens()
    door.fail(STRANGER, 1)
    assert not door.opens()
    assert door.row()["locked_until"] is not None
    door.time_passes(14)
    assert not door.opens()
    door.time_passes(2)
    assert door.opens()
    assert door.row()["locked_until"] is None


def test_real_failures_are_found_in_the_servers_log(door: Door) -> None:
    door.look()
    for _ in range(5):
        with pytest.raises(RuleViolation, match="login_failed"):
            open_connection(door.world.server, door.who.login, Secret("wrong and long enough"), "guess")
    for _ in range(1000):
        door.look()
        if door.row()["locked_until"] is not None:
            break
    assert not door.opens()
    with door.world.connect("superuser") as connection:
        actions = connection.execute(
            "SELECT action FROM wbo_data.audit_entry WHERE object_id = %s ORDER BY seq", (door.who.login,)
        ).fetchall()
    assert ("lock_login",) in actions
    assert ("refused",) in actions


def test_a_colleague_who_knocks_from_the_own_desk_gets_in(door: Door) -> None:
    door.known(DESK)
    door.fail(STRANGER, 5)
    assert not door.opens()
    door.fail(DESK, 1)  # the first try, which the lock refused
    assert door.opens()
    door.fail(STRANGER, 50)  # the stranger goes on
    assert door.opens()
    door.time_passes(2)  # the minute is over; the lock still holds against the stranger
    assert not door.opens()
    door.fail(DESK, 1)
    assert door.opens()


def test_a_stranger_opens_nothing_by_knocking(door: Door) -> None:
    door.known(DESK)
    door.fail(STRANGER, 5)
    door.fail(STRANGER, 1)
    door.fail(OTHER_STRANGER, 1)
    assert not door.opens()


def test_too_many_failures_at_the_own_desk_lock_it_there_too(door: Door) -> None:
    door.known(DESK)
    door.fail(DESK, 5)
    assert not door.opens()
    door.fail(DESK, 1)
    assert not door.opens()


def test_many_addresses_together_lock_as_well(door: Door) -> None:
    for n in range(5):
        door.fail(f"198.51.100.{n}", 4)
    assert not door.opens()


def test_a_lock_ends_although_a_stranger_goes_on(door: Door) -> None:
    """Whatever the stranger does, the door is open again and again, and knocking from the own desk opens it at any time."""
    door.known(DESK)
    opened = 0
    for _ in range(5):
        door.fail(STRANGER, 5)
        assert not door.opens()
        door.fail(DESK, 1)
        opened += door.opens()
        door.time_passes(16)
        opened += door.opens()
    assert opened == 10


def test_the_lock_stands_in_the_catalogue_and_the_administrator_can_lift_it(door: Door) -> None:
    door.fail(STRANGER, 5)
    with door.world.connect("superuser") as connection:
        found = connection.execute(
            "SELECT rolvaliduntil < now() FROM pg_roles WHERE rolname = %s", (door.who.login,)
        )
        assert found.fetchone() == (True,)
    new = Secret(secrets.token_urlsafe(18))
    with door.world.connect("admin") as admin:
        verifier = administration.verifier(admin, door.who.login, new)
        admin.execute("SELECT wbo.reset_password(%s, %s)", (door.who.login, verifier))
    door.who = Login(door.who.login, new)
    assert door.opens()
    door.look()
    assert door.opens()
    assert door.row()["locked_until"] is None


def test_a_one_time_password_stays_one_through_a_lock(door: Door) -> None:
    new = Secret(secrets.token_urlsafe(18))
    with door.world.connect("admin") as admin:
        admin.execute(
            "SELECT wbo.reset_password(%s, %s)",
            (door.who.login, administration.verifier(admin, door.who.login, new)),
        )
    door.who = Login(door.who.login, new)
    door.fail(STRANGER, 5)
    door.time_passes(16)
    assert door.opens()
    with door.world.connect("superuser") as connection:
        found = connection.execute(
            "SELECT rolvaliduntil = one_time_until FROM pg_roles JOIN wbo_data.operator ON login = rolname WHERE login = %s",
            (door.who.login,),
        )
        assert found.fetchone() == (True,)


def test_administrators_see_how_far_the_servers_log_is_read(database: World) -> None:
    with database.connect("worker") as worker:
        worker.execute("SELECT wbo_chain.keep_watch()")
    reading = "SELECT looked_at > now() - interval '1 minute', behind_bytes, behind_since, collects FROM wbo.log_reading"
    with database.connect("admin") as admin:
        assert admin.execute(reading).fetchone() == (True, 0, None, True)
    with database.connect("owner") as owner:
        owner.execute("UPDATE wbo_data.watch SET behind_bytes = 5, behind_since = looked_at")
    with database.connect("admin") as admin:
        assert admin.execute(reading.replace("behind_since", "behind_since IS NULL")).fetchone() == (
            True,
            5,
            False,
            True,
        )
    with database.connect("maker") as maker, pytest.raises(psycopg.Error) as refused:
        maker.execute(reading)
    assert refused.value.sqlstate == "42501"
