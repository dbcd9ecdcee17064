"""A password that was set past the desk: noticed, and until an administrator confirmed it the login only looks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from tests.support.operators import Operators
from wbo_demo.world import Login, World
from wbo_desktop.domain.permissions import Permission as P
from wbo_desktop.models import administration
from wbo_desktop.secrets import Secret

Ask = Callable[..., Any]
Refusal = Callable[..., str]
WATCH = "SELECT wbo_chain.keep_watch()"
NOTICED = "SELECT count(*) FROM wbo.audit_log WHERE action = 'password_changed_elsewhere' AND operator = %s"
CONFIRM = "SELECT wbo.confirm_password(%s, %s)"


def _set_past_the_desk(database: World, session: psycopg.Connection[Any], name: str) -> None:
    """As somebody would who finds a desk unlocked."""
    chosen = Secret(f"not through the desk at all {name}")
    session.execute(f"ALTER ROLE {name} PASSWORD '{administration.verifier(session, name, chosen)}'".encode())
    database.logins[name] = Login(name, chosen)


def test_an_own_password_is_set_only_by_who_knows_the_old_one(
    operators: Operators, database: World, ask: Ask
) -> None:
    """Seen: at an unlocked desk somebody set a new password in the open session, logged in with it, was young, executed."""
    name = operators.create("admin", P.REFUND)
    with database.connect(name) as session:
        verifier = administration.verifier(session, name, Secret("a password of somebody else"))
        with _older_by(database, session, 61), pytest.raises(psycopg.Error) as refused:
            session.execute("SELECT wbo.change_own_password(%s)", (verifier,))
        assert refused.value.diag.message_primary == "step_up_required"
    operators.change_password(name)


def _older_by(database: World, session: psycopg.Connection[Any], seconds: int) -> Any:
    """Let a session be as old as that: the rule's own number is lowered instead, since nobody wants to wait."""
    from contextlib import contextmanager

    @contextmanager
    def aged() -> Any:
        with database.connect("superuser") as superuser:
            made = superuser.execute(
                "SELECT pg_get_functiondef('wbo_rule.session_is_younger_than'::regproc)"
            ).fetchone()
            assert made is not None
            superuser.execute(
                made[0]
                .replace("clock_timestamp() -", f"clock_timestamp() + interval '{seconds} s' -")
                .encode()
            )
            try:
                yield
            finally:
                superuser.execute(made[0].encode())

    return aged()


def test_it_is_noticed_once_and_the_login_only_looks_until_confirmed(
    operators: Operators, database: World, ask: Ask, refusal: Refusal
) -> None:
    name = operators.create("admin", P.REFUND, P.RECORD_INQUIRY)
    ask("worker", WATCH)
    assert ask("maker", NOTICED, name) == 0
    with database.connect(name) as session:
        _set_past_the_desk(database, session, name)
    for _ in range(2):
        ask("worker", WATCH)
        assert ask("maker", NOTICED, name) == 1
    execute = "SELECT wbo.execute_refund('RF', 1)"
    assert refusal(name, execute) == "password_unconfirmed"
    assert ask(name, "SELECT password_foreign FROM wbo.my_session()") is True
    ask(name, "SELECT count(*) FROM wbo.deposit_record")
    # a password of one's own choice does not lift it: whoever set the foreign one knows it
    operators.change_password(name)
    assert refusal(name, execute) == "password_unconfirmed"
    assert refusal("admin", CONFIRM, name, "asked") == "same_hand"
    assert refusal("admin2", CONFIRM, name, " ") == "remark_blank"
    ask("admin2", CONFIRM, name, "asked by telephone, it was them")
    assert refusal(name, execute) == "unknown_object"
    assert refusal("admin2", CONFIRM, name, "again") == "status_forbids"
    ask("worker", WATCH)
    assert ask("maker", NOTICED, name) == 1


def test_desktops_are_told_that_it_was_noticed(operators: Operators, database: World, ask: Ask) -> None:
    """The desktop of that login says so at once: it reads its session again when something about operators changed."""
    name = operators.create("admin", P.REFUND)
    ask("worker", WATCH)
    with database.connect(name) as session:
        _set_past_the_desk(database, session, name)
        session.execute("LISTEN wbo_changes")
        ask("worker", WATCH)
        assert "operator" in {told.payload for told in session.notifies(timeout=10, stop_after=1)}


def test_an_act_notices_it_before_the_watch_does(
    operators: Operators, database: World, refusal: Refusal, ask: Ask
) -> None:
    """The watch comes by every few seconds; a refund takes less."""
    name = operators.create("admin", P.REFUND, P.OPERATOR_ADMIN, P.WALLET_OPERATION, P.REFUND_APPROVAL)
    with database.connect(name) as session:
        _set_past_the_desk(database, session, name)
    for act in (
        "SELECT wbo.execute_refund('RF', 1)",
        "SELECT wbo.approve_refund('RF', 1)",
        "SELECT wbo.add_wallet('C100021', 'Ethereum', '0x0000000000000000000000000000000000000001', NULL)",
        "SELECT wbo.disable_operator('viewer', 'x')",
        "SELECT wbo.approve_request(1)",
    ):
        assert refusal(name, act) == "password_unconfirmed", act


def test_changing_it_again_through_the_desk_does_not_cover_it(
    operators: Operators, database: World, refusal: Refusal, ask: Ask
) -> None:
    """Before anybody looked: ALTER ROLE, then the act that makes the mark anew."""
    name = operators.create("admin", P.REFUND)
    with database.connect(name) as session:
        _set_past_the_desk(database, session, name)
    operators.change_password(name)
    assert refusal(name, "SELECT wbo.execute_refund('RF', 1)") == "password_unconfirmed"
    assert ask("maker", NOTICED, name) == 1


def test_a_password_that_an_administrator_gives_out_settles_it(
    operators: Operators, database: World, refusal: Refusal, ask: Ask
) -> None:
    name = operators.create("admin", P.REFUND)
    with database.connect(name) as session:
        _set_past_the_desk(database, session, name)
    ask("worker", WATCH)
    operators.reissue("admin2", name)
    assert refusal(name, "SELECT wbo.execute_refund('RF', 1)") == "unknown_object"


def test_a_request_of_somebody_whose_password_is_not_theirs_is_not_granted(
    operators: Operators, database: World, refusal: Refusal, ask: Ask
) -> None:
    name = operators.make(P.OPERATOR_ADMIN)
    ask(name, "SELECT wbo.grant_permission('viewer', %s)", P.REFUND.value)
    with database.connect(name) as session:
        _set_past_the_desk(database, session, name)
    ask("worker", WATCH)
    request = ask("admin", "SELECT request_id FROM wbo.permission_request WHERE state = 'waiting'")
    assert refusal("admin", "SELECT wbo.approve_request(%s)", request) == "operator_disabled"
