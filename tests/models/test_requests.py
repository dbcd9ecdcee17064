"""What waits for an administrator of another hand: logins, permissions, passwords, weaker rules, new ways for money."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import psycopg
import pytest

from tests.support.operators import Operators
from wbo_demo.world import World
from wbo_desktop.domain.desk_rules import POLICIES, RULES, Weaker
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.permissions import POWER
from wbo_desktop.domain.permissions import Permission as P

Ask = Callable[..., Any]
Refusal = Callable[..., str]
Agree = Callable[..., int]
ADMIN = P.OPERATOR_ADMIN
APPROVE = "SELECT wbo.approve_request(%s)"
POLICY = "SELECT wbo.save_policy(%s, %s::jsonb)"
COIN = "SELECT wbo.save_cryptocurrency(%s::jsonb, %s)"
NETWORK = "SELECT wbo.save_network(%s::jsonb, %s)"
GRANT = "SELECT wbo.grant_permission(%s, %s)"
OPEN = (
    "SELECT request_id FROM wbo.permission_request WHERE state = 'waiting' ORDER BY request_id DESC LIMIT 1"
)


# who decides


@pytest.mark.parametrize("permission", sorted(POWER))
def test_what_allows_more_than_looking_is_given_by_two_hands(
    permission: P, operators: Operators, ask: Ask, refusal: Refusal
) -> None:
    one, two, target = operators.make(ADMIN), operators.make(ADMIN), operators.make()
    for holder in (target, one):
        assert ask(one, GRANT, holder, permission.value) == (
            "granted" if (holder, permission) == (one, ADMIN) else "waiting"
        )
        if (holder, permission) == (one, ADMIN):
            return
        assert ask(one, GRANT, holder, permission.value) == "waiting", "asked once"
        assert permission.value not in ask(holder, "SELECT permissions FROM wbo.my_session()")
        request = ask(one, OPEN)
        assert refusal(one, APPROVE, request) == "second_administrator_needed"
        assert refusal("maker", APPROVE, request) == "42501"
        ask(two, APPROVE, request)
        assert permission.value in ask(holder, "SELECT permissions FROM wbo.my_session()")
        assert refusal(two, APPROVE, request) == "status_forbids"


def test_looking_is_granted_by_one(operators: Operators, ask: Ask) -> None:
    one = operators.make(ADMIN)
    for permission in set(P) - POWER:
        assert ask(one, GRANT, one, permission.value) == "granted"


def test_neither_who_asked_nor_whom_it_is_about_nor_their_ghosts_decide(
    operators: Operators, ask: Ask, refusal: Refusal
) -> None:
    one, about = operators.make(ADMIN), operators.make(ADMIN)
    ghost = operators.create(one, ADMIN)
    ask(one, GRANT, about, P.REFUND.value)
    request = ask(one, OPEN)
    assert refusal(one, APPROVE, request) == "second_administrator_needed"
    assert refusal(about, APPROVE, request) == "second_administrator_needed"
    assert refusal(ghost, APPROVE, request) == "same_hand"
    assert refusal(ghost, "SELECT wbo.refuse_request(%s, 'no')", request) == "same_hand"
    ask(operators.make(ADMIN), APPROVE, request)


def test_a_request_stays_that_of_the_hand_that_made_it(
    operators: Operators, database: World, ask: Ask, refusal: Refusal
) -> None:
    """The asker's password is given out by somebody else meanwhile: who asked is who asked."""
    one, two = operators.make(ADMIN), operators.make(ADMIN)
    ghost, other_ghost = operators.create(one, ADMIN), operators.create(one, ADMIN)
    ask(ghost, GRANT, operators.make(), P.REFUND.value)
    request = ask(one, OPEN)
    operators.reissue(two, ghost)
    with database.connect("superuser") as connection:
        connection.execute("UPDATE wbo_data.operator SET password_issued_at = now() - interval '1 year'")
    assert refusal(other_ghost, APPROVE, request) == "same_hand"


def test_a_request_is_withdrawn_by_who_made_it_or_refused_by_another(
    operators: Operators, ask: Ask, refusal: Refusal
) -> None:
    one, two, target = operators.make(ADMIN), operators.make(ADMIN), operators.make()
    ask(one, GRANT, target, P.REFUND.value)
    request = ask(one, OPEN)
    assert refusal(two, "SELECT wbo.withdraw_request(%s)", request) == "not_your_request"
    ask(one, "SELECT wbo.withdraw_request(%s)", request)
    ask(one, GRANT, target, P.REFUND.value)
    request = ask(one, OPEN)
    assert refusal(two, "SELECT wbo.refuse_request(%s, ' ')", request) == "remark_blank"
    ask(two, "SELECT wbo.refuse_request(%s, 'not in this team')", request)
    for decide in (APPROVE, "SELECT wbo.withdraw_request(%s)", "SELECT wbo.refuse_request(%s, 'again')"):
        assert refusal(two, decide, request) == "status_forbids"
        assert refusal(two, decide, -1) == "unknown_object"
    ask(one, GRANT, target, P.REFUND.value)
    request = ask(one, OPEN)
    ask(one, "SELECT wbo.revoke_permission(%s, %s)", target, P.REFUND.value)
    assert refusal(two, APPROVE, request) == "status_forbids"


def test_what_somebody_asked_for_who_is_gone_is_not_done(
    operators: Operators, ask: Ask, refusal: Refusal
) -> None:
    one, target = operators.make(ADMIN), operators.make()
    ask(one, GRANT, target, P.REFUND.value)
    request = ask("admin", OPEN)
    ask("admin", "SELECT wbo.disable_operator(%s, 'stolen')", one)
    assert refusal("admin", APPROVE, request) == "operator_disabled"
    ask("admin", "SELECT wbo.refuse_request(%s, 'was not them')", request)


# logins and passwords


def test_a_new_login_opens_when_agreed(operators: Operators, database: World, ask: Ask) -> None:
    name = operators.name()
    verifier = operators.verifier(name)
    made = ask("admin", "SELECT wbo.create_operator(%s, 'Somebody', %s, 'en')", name, verifier)
    assert made == "waiting"
    with pytest.raises(RuleViolation, match="login_not_permitted"):
        database.connect(name)
    assert ask("admin2", "SELECT wbo.approve_request(%s)", ask("admin", OPEN)) == ""
    operators.change_password(name)
    assert ask(name, "SELECT hand FROM wbo.my_session()") == sorted(["admin", name])


def test_a_refused_login_never_opens(
    operators: Operators, database: World, ask: Ask, refusal: Refusal
) -> None:
    name = operators.name()
    ask("admin", "SELECT wbo.create_operator(%s, 'Somebody', %s, 'en')", name, operators.verifier(name))
    ask("admin2", "SELECT wbo.refuse_request(%s, 'who is that?')", ask("admin", OPEN))
    with pytest.raises(RuleViolation, match="login_not_permitted"):
        database.connect(name)
    reset = "SELECT wbo.reset_password(%s, %s)"
    assert refusal("admin", reset, name, operators.verifier(name)) == "status_forbids"


def test_the_old_password_holds_until_a_reset_is_agreed_to(
    operators: Operators, database: World, ask: Ask, refusal: Refusal
) -> None:
    name = operators.create("admin", P.REFUND)
    old = database.logins[name]
    with database.connect(name) as session:
        reset = "SELECT wbo.reset_password(%s, %s)"
        assert ask("admin2", reset, name, operators.verifier(name)) == "waiting"
        session.execute("SELECT wbo.my_session()")
    new = database.logins[name]
    with pytest.raises(RuleViolation, match="login_failed"):
        database.connect(name)
    kept = "SELECT count(*) FROM wbo_data.change_request WHERE verifier IS NOT NULL"
    assert ask("superuser", kept) == 1
    ask("admin", APPROVE, ask("admin", OPEN))
    assert ask("superuser", kept) == 0
    database.logins[name] = old
    with pytest.raises(RuleViolation, match="login_failed"):
        database.connect(name)
    database.logins[name] = new
    operators.change_password(name)
    assert "admin2" in ask(name, "SELECT hand FROM wbo.my_session()")


def test_the_verifier_is_in_no_log_and_on_no_page(operators: Operators, ask: Ask) -> None:
    name = operators.create("admin", P.REFUND)
    verifier = operators.verifier(name)
    ask("admin2", "SELECT wbo.reset_password(%s, %s)", name, verifier)
    ask("admin", APPROVE, ask("admin", OPEN))
    kept = "SELECT count(*) FROM wbo_data.audit_entry e WHERE to_jsonb(e)::text LIKE '%%SCRAM%%'"
    assert ask("superuser", kept) == 0
    assert (
        ask("admin", "SELECT count(*) FROM wbo.permission_request r WHERE to_jsonb(r)::text LIKE '%%SCRAM%%'")
        == 0
    )


def test_who_only_looks_gets_a_new_password_from_one(operators: Operators, ask: Ask) -> None:
    name = operators.create("admin", P.RECORD_INQUIRY)
    assert ask("admin", "SELECT wbo.reset_password(%s, %s)", name, operators.verifier(name)) == "done"
    # but not while a permission that allows more waits for them
    operators.change_password(name)
    ask("admin2", GRANT, name, P.REFUND.value)
    assert ask("admin", "SELECT wbo.reset_password(%s, %s)", name, operators.verifier(name)) == "waiting"


# rules


def _weaker_value(name: str, value: Any) -> Any:
    rule = POLICIES[name]
    if rule.weaker is Weaker.RANK:
        return rule.ranks[0] == "true"
    if rule.unlimited == "zero":
        return 0 if value else None
    return value - 1 if rule.weaker is Weaker.LOWER else value + 1


@pytest.mark.parametrize("name", sorted(POLICIES))
def test_a_rule_gets_stronger_by_one_and_weaker_by_two(
    name: str, ask: Ask, refusal: Refusal, agree: Agree
) -> None:
    now = "SELECT value FROM wbo.policy WHERE name = %s"
    value = ask("admin", now, name)
    if name == "transfer_gap_hours":
        assert ask("admin", POLICY, name, "24") == "saved"
        value = 24
    weaker = _weaker_value(name, value)
    assert ask("admin", POLICY, name, json.dumps(weaker)) == "waiting"
    assert ask("admin", now, name) == value
    assert refusal("admin", APPROVE, ask("admin", OPEN)) == "second_administrator_needed"
    assert agree() == 1
    assert ask("admin", now, name) == weaker
    assert ask("admin", POLICY, name, json.dumps(value)) == "saved"
    assert ask("admin", now, name) == value


def test_a_wish_made_of_an_older_rule_is_not_granted(ask: Ask, refusal: Refusal) -> None:
    ask("admin", POLICY, "session_hours", "16")
    request = ask("admin", OPEN)
    ask("admin", POLICY, "session_hours", "8")
    assert refusal("admin2", APPROVE, request) == "moved_meanwhile"


def test_one_question_at_a_time_and_the_asker_may_change_it(ask: Ask, refusal: Refusal) -> None:
    assert ask("admin", POLICY, "session_hours", "16") == "waiting"
    assert refusal("admin2", POLICY, "session_hours", "20") == "request_waits"
    assert ask("admin", POLICY, "session_hours", "18") == "waiting"
    ask("admin2", APPROVE, ask("admin", OPEN))
    assert ask("admin", "SELECT value FROM wbo.policy WHERE name = 'session_hours'") == 18


STRONGER = {
    "minimum_deposit": "5", "confirmations": 9, "wallet_rule": "every_deposit", "deposit_enabled": False,
    "credit_tolerance": "1",
    "approvals_needed": 2, "two_approvals_above": "10", "cooling_off_hours": 1000, "daily_refund_limit": "100",
    "alert_level": "900000", "stop_level": "900000", "confirmation_steps": [{"from": "100", "confirmations": 20}],
}  # fmt: skip
WEAKER = {
    "minimum_deposit": "0", "confirmations": 1, "wallet_rule": "once", "deposit_enabled": True, "credit_tolerance": "99",
    "approvals_needed": 0, "two_approvals_above": None, "cooling_off_hours": 0, "daily_refund_limit": None,
    "alert_level": None, "stop_level": None, "confirmation_steps": [],
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(STRONGER))
def test_each_rule_of_a_coin_gets_stronger_by_one_and_weaker_by_two(
    name: str, ask: Ask, agree: Agree
) -> None:
    def version() -> Any:
        return ask("maker", "SELECT version FROM wbo.cryptocurrency WHERE code = 'USDT'")

    def save(value: object) -> Any:
        return ask("maker", COIN, json.dumps({"code": "USDT", "network": "Ethereum", name: value}), version())

    now = f"SELECT to_jsonb(c) -> '{name}' FROM wbo.cryptocurrency c WHERE code = 'USDT'"
    assert save(STRONGER[name]) == "saved"
    stronger = ask("maker", now)
    assert save(WEAKER[name]) == "waiting"
    assert ask("maker", now) == stronger
    assert agree() == 1
    assert ask("maker", now) != stronger


def test_every_rule_of_a_coin_is_tried(ask: Ask) -> None:
    tried = {rule.shown_as for rule in RULES if rule.object_type == "cryptocurrency"}
    assert tried == set(STRONGER) == set(WEAKER)


def test_a_save_that_mixes_both_waits_as_a_whole(ask: Ask, agree: Agree) -> None:
    mixed = json.dumps({"code": "USDT", "network": "Ethereum", "confirmations": 30, "approvals_needed": 0})
    version = ask("maker", "SELECT version FROM wbo.cryptocurrency WHERE code = 'USDT'")
    assert ask("maker", COIN, mixed, version) == "waiting"
    now = "SELECT confirmations || ' ' || approvals_needed FROM wbo.cryptocurrency WHERE code = 'USDT'"
    assert ask("maker", now) == "3 1"
    agree()
    assert ask("maker", now) == "30 0"


def test_who_asks_for_a_coin_does_not_agree_through_the_administrator_above(
    ask: Ask, refusal: Refusal
) -> None:
    """The maker's password came from `admin`."""
    version = ask("maker", "SELECT version FROM wbo.cryptocurrency WHERE code = 'USDT'")
    ask("maker", COIN, '{"code": "USDT", "network": "Ethereum", "approvals_needed": 0}', version)
    request = ask("admin", OPEN)
    assert refusal("admin", APPROVE, request) == "same_hand"
    ask("admin2", APPROVE, request)


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({"rpc_urls": ["http://evil.example"]}, "waiting"),
        ({"rpc_urls": []}, "waiting"),
        ({"finality": "finalized"}, "waiting"),
        ({"agreement": 2}, "saved"),
        ({"txid_grace_seconds": 4}, "saved"),
        ({"txid_grace_seconds": 6}, "waiting"),
        ({"explorer_tx_url": "https://explorer.example/{txid}"}, "saved"),
    ],
)
def test_which_nodes_are_believed_is_decided_by_two(change: dict[str, Any], outcome: str, ask: Ask) -> None:
    version = ask("maker", "SELECT version FROM wbo.network WHERE name = 'Ethereum'")
    assert ask("maker", NETWORK, json.dumps({"name": "Ethereum", **change}), version) == outcome


# guards: whichever function writes


def test_the_guards_hold_for_whoever_is_logged_in_as_an_operator(database: World, ask: Ask) -> None:
    """A definer function that forgot to ask would still be refused: the owner's rights in an operator's session."""
    attempts = (
        "UPDATE wbo_data.policy SET value = 'false' WHERE name = 'refund_approval_required'",
        "UPDATE wbo_data.policy SET value = '0' WHERE name = 'fresh_password_hours'",
        "INSERT INTO wbo_data.policy (name, value) VALUES ('another', '1')",
        "UPDATE wbo_data.cryptocurrency SET approvals_needed = 0 WHERE code = 'USDT'",
        "INSERT INTO wbo_data.network (name, chain_id) VALUES ('Mine', 77)",
        "INSERT INTO wbo_data.permission_grant (login, permission_code, state)"
        " VALUES ('viewer', 'atm.va_refund_approval', 'granted')",
        "INSERT INTO wbo_data.operator (login, display_name) VALUES ('ghost', 'Ghost')",
        "UPDATE wbo_data.operator SET password_issued_by = 'admin', password_issued_at = now() WHERE login = 'checker'",
    )
    for statement in attempts:
        assert _as_admin_with_the_owners_rights(database, statement) == "agreement_needed", statement


def test_a_granted_request_lets_nothing_else_through(database: World, ask: Ask, agree: Agree) -> None:
    ask("admin", POLICY, "session_hours", "16")
    agree()
    again = "UPDATE wbo_data.policy SET value = '17' WHERE name = 'session_hours'"
    assert _as_admin_with_the_owners_rights(database, again) == "agreement_needed"


def test_nothing_rides_on_a_request_that_was_just_granted(database: World, ask: Ask) -> None:
    """In the transaction that granted and did it."""
    ask("admin2", POLICY, "session_hours", "16")
    again = "UPDATE wbo_data.policy SET value = '99' WHERE name = 'session_hours'"
    granting = f"SELECT wbo.approve_request({ask('admin', OPEN)})"
    assert _as_admin_with_the_owners_rights(database, again, granting) == "agreement_needed"


def test_nothing_is_granted_by_writing_it_down(database: World, ask: Ask) -> None:
    granted = (
        "INSERT INTO wbo_data.change_request (kind, object_id, state, decided_by, decided_at)"
        " VALUES ('save_policy', 'session_hours', 'granted', 'admin2', now())"
    )
    assert _as_admin_with_the_owners_rights(database, granted) == "status_forbids"
    ask("admin", POLICY, "session_hours", "16")
    own = "UPDATE wbo_data.change_request SET state = 'granted', decided_by = 'admin' WHERE state = 'waiting'"
    assert _as_admin_with_the_owners_rights(database, own) == "same_hand"


def _as_admin_with_the_owners_rights(database: World, statement: str, before: str = "SELECT 1") -> str:
    """What a definer function of the desk may do for an administrator, after an act in the same transaction; returns the
    code that refused it."""
    with database.connect("superuser") as connection:
        connection.execute("BEGIN")
        connection.execute(
            "CREATE FUNCTION wbo_rule.forgetful() RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $f$"
            f" BEGIN {statement}; SET CONSTRAINTS ALL IMMEDIATE; END $f$".encode()
        )
        connection.execute("ALTER FUNCTION wbo_rule.forgetful() OWNER TO wbo_owner")
        connection.execute("GRANT USAGE ON SCHEMA wbo_rule TO admin")
        connection.execute("GRANT EXECUTE ON FUNCTION wbo_rule.forgetful() TO admin")
        connection.execute("SET SESSION AUTHORIZATION admin")
        connection.execute(before.encode())
        with pytest.raises(psycopg.Error) as refused:
            connection.execute("SELECT wbo_rule.forgetful()")
        connection.execute("ROLLBACK")
    return str(refused.value.diag.message_primary)


def test_amounts_are_compared_as_numbers() -> None:
    from wbo_desktop.domain.desk_rules import weakened

    assert weakened("cryptocurrency", {"minimum_deposit": Decimal("1.50")}, {"minimum_deposit": "1.5"}) == []
    assert weakened("cryptocurrency", {"minimum_deposit": Decimal(10)}, {"minimum_deposit": "9"}) == [
        "minimum_deposit"
    ]
