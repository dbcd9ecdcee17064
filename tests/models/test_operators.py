"""Operators: made, granted, disabled; one-time passwords; the last administrator; two administrators for money."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from tests.support.operators import Operators
from wbo_demo.world import World
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.permissions import Permission as P

Ask = Callable[..., Any]
Refusal = Callable[..., str]
ADMIN = P.OPERATOR_ADMIN


def test_a_new_operator_changes_the_one_time_password_before_anything_else(
    operators: Operators, ask: Ask, refusal: Refusal
) -> None:
    name = operators.create("admin", P.RECORD_INQUIRY, P.RECORD_OPERATION, changed=False)
    assert ask(name, "SELECT must_change_password FROM wbo.my_session()") is True
    assert ask(name, "SELECT permissions FROM wbo.my_session()") == []
    assert refusal(name, "SELECT * FROM wbo.deposit_record") == "42501"
    assert refusal(name, "SELECT wbo.revoke_deposit('x', 'y', 1)") == "42501"
    operators.change_password(name)
    assert ask(name, "SELECT must_change_password FROM wbo.my_session()") is False
    assert ask(name, "SELECT count(*) FROM wbo.deposit_record") == 0
    assert refusal(name, "SELECT wbo.revoke_deposit('x', 'y', 1)") == "unknown_object"


def test_a_one_time_password_expires(operators: Operators, database: World) -> None:
    name = operators.create("admin", changed=False)
    with database.connect("superuser") as connection:
        hours = connection.execute(
            "SELECT extract(epoch FROM rolvaliduntil - now()) / 3600 FROM pg_roles WHERE rolname = %s",
            (name,),
        ).fetchone()
        assert hours is not None
        assert 71.9 < hours[0] <= 72
        connection.execute(f"ALTER ROLE {name} VALID UNTIL 'yesterday'".encode())
    with pytest.raises(RuleViolation, match="login_failed"):
        database.connect(name)


def test_an_own_password_does_not_expire_and_ends_every_other_session(
    operators: Operators, database: World
) -> None:
    name = operators.create("admin", P.RECORD_INQUIRY)
    with database.connect("superuser") as connection:
        until = connection.execute(
            "SELECT rolvaliduntil::text FROM pg_roles WHERE rolname = %s", (name,)
        ).fetchone()
    assert until == ("infinity",)
    with database.connect(name) as somebody_elses:
        operators.change_password(name)
        _is_ended(somebody_elses)


def test_grants_are_felt_in_open_sessions_at_once(operators: Operators, database: World, ask: Ask) -> None:
    name = operators.create("admin")
    with database.connect(name) as session:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            session.execute("SELECT * FROM wbo.deposit_record")
        assert ask("admin", "SELECT wbo.grant_permission(%s, %s)", name, P.RECORD_INQUIRY.value) == "granted"
        session.execute("SELECT * FROM wbo.deposit_record")
        assert _permissions(session) == [P.RECORD_INQUIRY.value]
        ask("admin", "SELECT wbo.revoke_permission(%s, %s)", name, P.RECORD_INQUIRY.value)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            session.execute("SELECT * FROM wbo.deposit_record")
        assert _permissions(session) == []


def test_disabling_ends_open_sessions_and_leaves_nothing_to_one_that_slips_in(
    operators: Operators, database: World, ask: Ask, refusal: Refusal
) -> None:
    name = operators.create("admin", P.RECORD_INQUIRY, P.RECORD_OPERATION)
    with database.connect(name) as open_session:
        ask("admin", "SELECT wbo.disable_operator(%s, 'left')", name)
        _is_ended(open_session)
    with pytest.raises(RuleViolation, match="login_not_permitted"):
        database.connect(name)
    with database.connect("superuser") as connection:
        assert connection.execute(
            "SELECT count(*) FROM pg_auth_members m JOIN pg_roles u ON u.oid = m.member WHERE u.rolname = %s",
            (name,),
        ).fetchone() == (0,)
    assert refusal("admin", "SELECT wbo.disable_operator(%s, 'again')", name) == "status_forbids"
    assert (
        refusal("admin", "SELECT wbo.reset_password(%s, %s)", name, operators.verifier(name))
        == "status_forbids"
    )
    assert (
        ask("admin", "SELECT wbo.enable_operator(%s, %s, 'back')", name, operators.verifier(name))
        == "waiting"
    )
    with pytest.raises(RuleViolation, match="login_not_permitted"):
        database.connect(name)
    operators.agree("admin")
    assert refusal(name, "SELECT * FROM wbo.deposit_record") == "42501"
    operators.change_password(name)
    assert ask(name, "SELECT permissions FROM wbo.my_session()") == [
        P.RECORD_INQUIRY.value,
        P.RECORD_OPERATION.value,
    ]


def test_a_session_that_was_opened_while_disabling_can_do_nothing(
    operators: Operators, database: World
) -> None:
    """It logged in before the act was committed, and after the sessions had been ended."""
    name = operators.create("admin", P.RECORD_INQUIRY, P.RECORD_OPERATION)
    with database.connect("admin") as admin:
        admin.execute("BEGIN")
        admin.execute("SELECT wbo.disable_operator(%s, 'left')", (name,))
        with database.connect(name) as late:
            admin.execute("COMMIT")
            for statement in (
                "SELECT * FROM wbo.deposit_record",
                "SELECT * FROM wbo.coin",
                "SELECT wbo.my_session()",
            ):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    late.execute(statement.encode())


def test_a_reset_ends_sessions_and_wants_a_new_password(
    operators: Operators, database: World, ask: Ask, refusal: Refusal
) -> None:
    name = operators.create("admin", P.RECORD_INQUIRY)
    with database.connect(name) as open_session:
        ask("admin", "SELECT wbo.reset_password(%s, %s)", name, operators.verifier(name))
        _is_ended(open_session)
    assert refusal(name, "SELECT * FROM wbo.deposit_record") == "42501"
    operators.change_password(name)
    assert ask(name, "SELECT count(*) FROM wbo.deposit_record") == 0


def test_a_permission_granted_before_the_first_login_comes_with_the_own_password(
    operators: Operators, ask: Ask
) -> None:
    name = operators.create("admin", changed=False)
    assert ask("admin", "SELECT wbo.grant_permission(%s, %s)", name, P.REFUND.value) == "waiting"
    operators.agree("admin")
    assert ask("admin", "SELECT permissions FROM wbo.operator WHERE login = %s", name) == [P.REFUND.value]
    operators.change_password(name)
    assert ask(name, "SELECT permissions FROM wbo.my_session()") == [P.REFUND.value]


def test_the_last_administrator_stays(
    operators: Operators, database: World, ask: Ask, refusal: Refusal
) -> None:
    with database.connect("owner") as owner:  # only in the table: the login belongs to the other tests too
        owner.execute("SET ROLE wbo_owner")
        owner.execute("UPDATE wbo_data.operator SET disabled_at = now() WHERE login = 'admin2'")
    # somebody who never logged in is no administrator that could help
    operators.make(ADMIN, one_time=True)
    assert refusal("admin", "SELECT wbo.disable_operator('admin', 'x')") == "last_administrator"
    assert refusal("admin", "SELECT wbo.revoke_permission('admin', %s)", ADMIN.value) == "last_administrator"
    other = operators.make(ADMIN)
    # of another hand, and the only one
    assert refusal("admin", "SELECT wbo.disable_operator(%s, 'x')", other) == "last_other_hand"
    assert refusal("admin", "SELECT wbo.revoke_permission(%s, %s)", other, ADMIN.value) == "last_other_hand"
    operators.make(ADMIN)
    ask("admin", "SELECT wbo.disable_operator(%s, 'x')", other)


def test_two_administrators_cannot_disable_each_other_at_once(
    operators: Operators, database: World, ask: Ask
) -> None:
    one, two, _ = operators.make(ADMIN), operators.make(ADMIN), operators.make(ADMIN)
    with database.connect("owner") as owner:  # only in the table: the login belongs to the other tests too
        owner.execute("SET ROLE wbo_owner")
        owner.execute("UPDATE wbo_data.operator SET disabled_at = now() WHERE login IN ('admin', 'admin2')")
    outcomes: list[str] = []
    ready = threading.Barrier(2)

    def disable(by: str, target: str) -> None:
        with database.connect(by) as session:
            ready.wait()
            try:
                session.execute("SELECT wbo.disable_operator(%s, 'x')", (target,))
                outcomes.append("done")
            except psycopg.Error as error:
                outcomes.append(str(error.diag.message_primary or "ended"))

    both = [threading.Thread(target=disable, args=pair) for pair in ((one, two), (two, one))]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert outcomes.count("done") == 1, outcomes


def test_an_older_view_of_the_desk_is_no_way_round_a_count(operators: Operators, database: World) -> None:
    """In a transaction that still sees two administrators, or a smaller sum of refunds."""
    for isolation in ("REPEATABLE READ", "SERIALIZABLE"):
        with database.connect("admin") as session:
            session.execute(f"BEGIN ISOLATION LEVEL {isolation}".encode())
            with pytest.raises(psycopg.Error, match="value_invalid"):
                session.execute("SELECT wbo.disable_operator('viewer', 'x')")
            session.execute("ROLLBACK")
        with database.connect("intake") as session:
            session.execute(f"SET default_transaction_isolation = '{isolation.lower()}'".encode())
            with pytest.raises(psycopg.Error, match="value_invalid"):
                session.execute("SELECT wbo.deposit_address('x', 'y')")


@pytest.mark.parametrize(
    "login",
    [
        "",
        " ",
        "a",
        "Root",
        "root;drop",
        "pg_monitor",
        "wbo_owner",
        "wbo_x",
        "atm.x",
        "sys.x",
        "ab\u200bc",
        "x" * 40,
        "öl",
        "1a",
        "a b",
        'a"b',
        "a'b",
    ],
)
def test_a_login_looks_like_no_other_and_like_no_role_of_the_system(
    login: str, operators: Operators, refusal: Refusal
) -> None:
    code = refusal("admin", "SELECT wbo.create_operator(%s, 'N', %s, 'en')", login, operators.verifier("x"))
    assert code == "value_invalid"


def test_a_login_that_is_taken_stays_whose_it_is(operators: Operators, refusal: Refusal) -> None:
    for taken in ("postgres", "viewer", "intake", "worker"):
        assert (
            refusal("admin", "SELECT wbo.create_operator(%s, 'N', %s, 'en')", taken, operators.verifier("x"))
            == "login_taken"
        )


@pytest.mark.parametrize(
    "verifier", ["", "password of 15 characters", "md5" + "0" * 32, "SCRAM-SHA-256$4096:x$y:z", None]
)
def test_only_a_scram_verifier_is_taken(verifier: str | None, operators: Operators, refusal: Refusal) -> None:
    assert (
        refusal("admin", "SELECT wbo.create_operator(%s, 'N', %s, 'en')", operators.name(), verifier)
        == "verifier_malformed"
    )
    assert refusal("viewer", "SELECT wbo.change_own_password(%s)", verifier) == "verifier_malformed"


def test_service_logins_and_roles_are_no_operators(refusal: Refusal, operators: Operators) -> None:
    for name in ("worker", "intake", "owner", "postgres", "wbo_owner", "nobody"):
        assert refusal("admin", "SELECT wbo.disable_operator(%s, 'x')", name) == "unknown_object"
        assert (
            refusal("admin", "SELECT wbo.reset_password(%s, %s)", name, operators.verifier("x"))
            == "unknown_object"
        )
        assert (
            refusal("admin", "SELECT wbo.grant_permission(%s, %s)", name, P.REFUND.value) == "unknown_object"
        )
    for role in ("wbo_owner", "pg_read_server_files", "wbo_worker", "atm.unknown", "", None):
        assert refusal("admin", "SELECT wbo.grant_permission('viewer', %s)", role) == "unknown_object"


def _permissions(session: psycopg.Connection[Any]) -> list[str]:
    found = session.execute("SELECT permissions FROM wbo.my_session()").fetchone()
    assert found is not None
    return list(found[0])


def _is_ended(session: psycopg.Connection[Any]) -> None:
    """The server ends a session a moment after it was told to."""
    for _ in range(10_000):
        try:
            session.execute("SELECT 1")
        except psycopg.OperationalError:
            return
    raise AssertionError("the session is still open")
