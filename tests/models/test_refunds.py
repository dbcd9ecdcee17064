# ruff: noqa: E501 - a statement and its parameters read best on one line
"""Refunds: requested, approved by another, executed with the password again; what is refused, and who counts as another."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import psycopg
import pytest

from tests.security.guard_attempts import BLANKS
from tests.security.scene import USDT, Scene
from tests.support.operators import Operators
from tests.support.sessions import waits_for
from wbo_desktop.domain.permissions import Permission as P
from wbo_desktop.domain.refund import RefundIntent
from wbo_desktop.domain.types import Address
from wbo_desktop.models.administration import import_known_addresses

Ask = Callable[..., Any]
Refusal = Callable[..., str]
REQUEST = "SELECT wbo.request_refund(%s, %s, %s, %s, %s)"
REQUEST_KNOWING = "SELECT wbo.request_refund(%s, %s, %s, %s, %s, %s)"
APPROVE = "SELECT wbo.approve_refund(%s, %s)"
EXECUTE = "SELECT wbo.execute_refund(%s, %s)"


def field(ask: Ask, refund: str, name: str) -> Any:
    return ask("viewer", f"SELECT {name} FROM wbo.refund WHERE refund_no = %s", refund)


@pytest.fixture
def record(scene: Scene) -> str:
    """A credited record of the first client: 100 USDT."""
    return scene.credited(scene.world.clients[0], 100 * USDT, "S-1")


@pytest.fixture
def own(scene: Scene) -> str:
    """The first client's verified wallet."""
    return scene.world.clients[0].wallet.address


def test_from_request_to_refunded(scene: Scene, record: str, own: str, ask: Ask) -> None:
    refund = ask("maker", REQUEST, record, own, 60, "fee kept", "client asked")
    assert scene.status(record) == "refunding"
    wallet = ask(
        "viewer",
        "SELECT to_jsonb(w) FROM wbo.wallet_address w WHERE address = %s AND status = 'verified'",
        own,
    )
    assert field(ask, refund, "wallet_added_by") == wallet["created_by"]
    assert field(
        ask,
        refund,
        "wallet_added_at = (SELECT w.created_at FROM wbo.wallet_address w WHERE w.wallet_id = refund.wallet_id)",
    )
    assert field(ask, refund, "wallet_added_by_desk") is wallet["added_by_desk"]
    assert field(ask, refund, "status") == "requested"
    ask("checker", APPROVE, refund, 1)
    ask("maker", EXECUTE, refund, field(ask, refund, "version"))
    assert field(ask, refund, "executed_by") == "maker"
    scene.chain.mine(sent=scene.chain.sign())
    assert field(ask, refund, "status") == "confirming"
    scene.chain.mine()
    scene.chain.mine()
    assert field(ask, refund, "status") == "confirmed"
    assert scene.status(record) == "refunded"
    ask("maker", "SELECT wbo.record_client_notified(%s, 'phone', 'told')", refund)
    assert field(ask, refund, "notified_by") == "maker"


def test_the_intent_is_what_the_domain_writes(record: str, own: str, ask: Ask) -> None:
    refund = ask("maker", REQUEST, record, own, Decimal("60.5"), "fee kept", "client asked")
    token = ask("viewer", "SELECT contract FROM wbo.coin WHERE code = 'USDT'")
    intent = RefundIntent(refund, record, 31337, Address(token), Address(own), 60_500_000)
    assert field(ask, refund, "intent") == intent.canonical()
    assert field(ask, refund, "intent_hash") == intent.digest()


def test_only_the_clients_own_verified_wallet_on_that_network(
    scene: Scene, record: str, own: str, refusal: Refusal
) -> None:
    with scene.world.connect("owner") as owner:
        owner.execute("SET ROLE wbo_owner")
        owner.execute("INSERT INTO wbo_data.network (name, chain_id) VALUES ('Elsewhere', 77)")
        owner.execute(
            "INSERT INTO wbo_data.wallet_address (client_no, network, address) VALUES (%s, 'Elsewhere', %s), (%s, 'Ethereum', %s)",
            (
                scene.world.clients[0].client_no,
                "0x" + "11" * 20,
                scene.world.clients[0].client_no,
                "0x" + "22" * 20,
            ),
        )
        owner.execute("SET ROLE NONE")
    with scene.world.connect("superuser") as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(
            "UPDATE wbo_data.wallet_address SET status = 'verified', method = 'message_signature', evidence = '{}',"
            " verified_at = now() WHERE network = 'Elsewhere'"
        )
    other, unverified = scene.world.clients[1].wallet.address, "0x" + "22" * 20
    for address, code in (
        (other, "refund_address_other_client"), ("0x" + "11" * 20, "refund_address_other_network"), ("0x" + "33" * 20, "refund_address_unknown"),
        (unverified, "refund_address_not_verified"), ("0x12", "address_malformed"), (None, "address_malformed"),
        (own[:2] + own[2:].swapcase(), "address_checksum"),
    ):  # fmt: skip
        assert refusal("maker", REQUEST, record, address, 100, None, "asked") == code, address


def test_never_above_what_was_credited_and_less_only_with_a_reason(
    record: str, own: str, refusal: Refusal, ask: Ask
) -> None:
    for amount, code in ((Decimal("100.000001"), "refund_exceeds_credited"), (0, "amount_not_positive"), (-1, "amount_not_positive"),
                         (None, "value_missing"), (Decimal("0.0000001"), "amount_too_precise"), (Decimal("NaN"), "amount_malformed")):  # fmt: skip
        assert refusal("maker", REQUEST, record, own, amount, "why", "asked") == code, amount
    for blank in (*BLANKS, "", None):
        assert refusal("maker", REQUEST, record, own, 99, blank, "asked") == "adjust_reason_missing"
        assert refusal("maker", REQUEST, record, own, 100, None, blank) == "remark_blank"
    assert refusal("viewer", REQUEST, record, own, 100, None, "asked") == "42501"
    assert refusal("maker", REQUEST, "DP-none", own, 100, None, "asked") == "unknown_object"
    assert ask("maker", REQUEST, record, own, 100, None, "asked").startswith("RF")


@pytest.mark.parametrize(
    ("risk", "facts"),
    [
        ("contract", "is_contract = true"),
        ("known_address", "is_contract = true"),
        (None, "is_contract = false"),
    ],
)
def test_an_address_where_coins_may_be_lost_needs_the_operators_word(
    scene: Scene, record: str, own: str, ask: Ask, refusal: Refusal, risk: str | None, facts: str
) -> None:
    """The word is about that risk and no other, is kept with the refund, and is in the log."""
    with scene.world.connect("owner") as owner:
        if risk == "known_address":
            import_known_addresses(owner, "Ethereum", [(own, "An exchange")])
        owner.execute("SET ROLE wbo_owner")
        owner.execute(f"UPDATE wbo_data.wallet_address SET {facts} WHERE address = %s".encode(), (own,))
    asked = (record, own, 100, None, "asked")
    if risk is not None:
        other = "contract" if risk == "known_address" else "known_address"
        for word in (None, "", other, "anything"):
            assert refusal("maker", REQUEST_KNOWING, *asked, word) == "receiver_not_acknowledged", word
        assert refusal("maker", REQUEST, *asked) == "receiver_not_acknowledged"
        assert scene.status(record) == "success"
    refund = ask("maker", REQUEST_KNOWING, *asked, risk or "contract")
    assert field(ask, refund, "receiver_acknowledged") == risk
    logged = "SELECT after ->> 'receiver_acknowledged' FROM wbo.audit_log WHERE action = 'request_refund' AND object_id = %s"
    assert ask("superuser", logged, refund) == risk
    with scene.world.connect("owner") as owner:
        owner.execute("SET ROLE wbo_owner")
        if risk is not None:
            with pytest.raises(psycopg.Error, match="invariant_broken"):
                owner.execute("UPDATE wbo_data.refund SET receiver_acknowledged = NULL")


def test_what_becomes_known_after_the_request_stops_nothing_and_is_shown(
    scene: Scene, record: str, own: str, ask: Ask
) -> None:
    refund = ask("maker", REQUEST, record, own, 100, None, "asked")
    with scene.world.connect("owner") as owner:
        import_known_addresses(owner, "Ethereum", [(own, "An exchange")])
    ask("checker", APPROVE, refund, 1)
    assert field(ask, refund, "known_as") == "An exchange"
    assert field(ask, refund, "receiver_acknowledged") is None


def test_one_live_refund_however_many_ask_at_once(
    scene: Scene, record: str, own: str, ask: Ask, refusal: Refusal
) -> None:
    outcomes: list[str] = []

    def click() -> None:
        with scene.world.connect("maker") as session:
            try:
                session.execute(REQUEST.encode(), (record, own, 100, None, "asked"))
                outcomes.append("done")
            except psycopg.Error as error:
                outcomes.append(str(error.diag.message_primary))

    threads = [threading.Thread(target=click) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("done") == 1
    assert set(outcomes) == {"done", "refund_in_progress"}


def test_only_credited_records_are_refunded(scene: Scene, own: str, refusal: Refusal) -> None:
    waiting = scene.submit(scene.world.clients[0], 5 * USDT, "S-2")
    assert refusal("maker", REQUEST, waiting, own, 5, None, "asked") == "status_forbids"


def test_nobody_approves_their_own_request(
    scene: Scene, record: str, own: str, ask: Ask, refusal: Refusal, operators: Operators
) -> None:
    both = operators.make(P.REFUND, P.REFUND_APPROVAL, P.RECORD_INQUIRY)
    refund = ask(both, REQUEST, record, own, 100, None, "asked")
    assert refusal(both, APPROVE, refund, 1) == "approver_is_requester"
    assert refusal("maker", APPROVE, refund, 1) == "42501"
    assert refusal("checker", APPROVE, refund, 2) == "moved_meanwhile"
    assert refusal("checker", APPROVE, "RF-none", 1) == "unknown_object"
    ask("checker", APPROVE, refund, 1)
    assert refusal("checker", APPROVE, refund, 2) in {"already_approved", "status_forbids"}


def test_two_logins_whose_passwords_came_from_one_hand_are_not_two_people(
    scene: Scene, record: str, own: str, ask: Ask, refusal: Refusal, operators: Operators
) -> None:
    """An administrator who made, or reset, both could be behind both, for ever; so could one who is one of them."""
    puppet, other = operators.create("admin", P.REFUND), operators.create("admin", P.REFUND_APPROVAL)
    refund = ask(puppet, REQUEST, record, own, 100, None, "asked")
    _age(scene, puppet, other)
    assert refusal(other, APPROVE, refund, 1) == "same_hand"
    ask("checker", APPROVE, refund, 1)
    assert field(ask, refund, "status") == "approved"


def test_a_request_stays_that_of_the_hand_that_made_it(
    scene: Scene, record: str, own: str, ask: Ask, refusal: Refusal, operators: Operators
) -> None:
    """Another administrator gives out the requester's password afterwards: who asked is who asked."""
    second = operators.make(P.OPERATOR_ADMIN)
    puppet, other = operators.create("admin", P.REFUND), operators.create("admin", P.REFUND_APPROVAL)
    refund = ask(puppet, REQUEST, record, own, 100, None, "asked")
    operators.reissue(second, puppet)
    _age(scene, puppet, other)
    assert refusal(other, APPROVE, refund, 1) == "same_hand"


def test_a_re_issued_password_makes_another_person_after_the_policys_hours(
    scene: Scene, record: str, own: str, ask: Ask, refusal: Refusal, operators: Operators
) -> None:
    """Until then its owner may not have noticed that it was."""
    second = operators.make(P.OPERATOR_ADMIN)
    puppet, other = operators.create("admin", P.REFUND), operators.create("admin", P.REFUND_APPROVAL)
    operators.reissue(second, other)
    refund = ask(puppet, REQUEST, record, own, 100, None, "asked")
    _age(scene, other, hours=23.9)
    assert refusal(other, APPROVE, refund, 1) == "same_hand"
    _age(scene, other, hours=24.1)
    ask(other, APPROVE, refund, 1)
    assert field(ask, refund, "status") == "approved"


def test_two_approvals_are_of_two_hands(
    scene: Scene, record: str, own: str, ask: Ask, refusal: Refusal, operators: Operators
) -> None:
    one, two = (operators.create("admin2", P.REFUND_APPROVAL) for _ in range(2))
    twice = '{"code": "USDT", "network": "Ethereum", "approvals_needed": 2}'
    assert ask("maker", "SELECT wbo.save_cryptocurrency(%s::jsonb, 1)", twice) == "saved"
    refund = ask("maker", REQUEST, record, own, 100, None, "asked")
    ask(one, APPROVE, refund, 1)
    assert refusal(two, APPROVE, refund, field(ask, refund, "version")) == "same_hand"
    ask(operators.make(P.REFUND_APPROVAL), APPROVE, refund, field(ask, refund, "version"))
    assert field(ask, refund, "status") == "approved"


def test_an_approval_of_the_requesters_hand_counts_for_nothing(
    scene: Scene, record: str, own: str, ask: Ask
) -> None:
    """However it came to stand there."""
    refund = ask("maker", REQUEST, record, own, 100, None, "asked")
    with scene.world.connect("superuser") as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(
            "INSERT INTO wbo_data.refund_approval (refund_no, login, intent_hash, hand)"
            " SELECT refund_no, 'ghost', intent_hash, ARRAY['admin', 'ghost'] FROM wbo_data.refund WHERE refund_no = %s",
            (refund,),
        )
        connection.execute("RESET session_replication_role")
        with pytest.raises(psycopg.Error) as refused:
            connection.execute(
                "UPDATE wbo_data.refund SET status = 'approved' WHERE refund_no = %s", (refund,)
            )
    assert "refund:approvals" in str(refused.value.diag.message_detail)


def _age(scene: Scene, *logins: str, hours: float = 1000) -> None:
    """Let the passwords have been issued so many hours ago."""
    with scene.world.connect("superuser") as connection:
        connection.execute(
            "UPDATE wbo_data.operator SET password_issued_at = now() - %s * interval '1 hour' WHERE login = ANY (%s)",
            (hours, list(logins)),
        )


def test_large_amounts_need_two_independent_approvals(
    scene: Scene, record: str, own: str, ask: Ask, refusal: Refusal, operators: Operators
) -> None:
    ask(
        "maker",
        'SELECT wbo.save_cryptocurrency(\'{"code": "USDT", "network": "Ethereum", "two_approvals_above": "50"}\', 1)',
    )
    refund = ask("maker", REQUEST, record, own, 100, None, "asked")
    assert field(ask, refund, "approvals_needed") == 2
    ask("checker", APPROVE, refund, 1)
    assert field(ask, refund, "status") == "requested"
    assert refusal("checker", APPROVE, refund, field(ask, refund, "version")) == "already_approved"
    assert refusal("maker", EXECUTE, refund, field(ask, refund, "version")) == "status_forbids"
    second = operators.make(P.REFUND_APPROVAL)
    ask(second, APPROVE, refund, field(ask, refund, "version"))
    assert field(ask, refund, "status") == "approved"


def test_executing_wants_a_session_that_is_younger_than_a_minute(
    scene: Scene, record: str, own: str, ask: Ask
) -> None:
    refund = ask("maker", REQUEST, record, own, 100, None, "asked")
    ask("checker", APPROVE, refund, 1)
    version = field(ask, refund, "version")
    with scene.world.connect("superuser") as connection:
        # where the server does not tell the session's age, nothing is executed
        connection.execute("REVOKE pg_read_all_stats FROM wbo_owner")
        try:
            _step_up_is_asked(scene, refund, version)
        finally:
            connection.execute("GRANT pg_read_all_stats TO wbo_owner")
        # and a session that is too old is refused by the act and by the guard: here a minute is made no time at all
        for name in ("wbo.execute_refund", "wbo_rule.guard_refund_move"):
            found = connection.execute(
                "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE oid = to_regproc(%s)", (name,)
            ).fetchone()
            assert found is not None
            definition = found[0]
            assert len(re.findall(r"session_is_younger_than\(60\)", definition)) == 1
            connection.execute(
                definition.replace("session_is_younger_than(60)", "session_is_younger_than(0)").encode()
            )
            _step_up_is_asked(scene, refund, version)
            connection.execute(definition.encode())
    ask("maker", EXECUTE, refund, version)


def test_on_a_halted_network_nothing_is_executed(scene: Scene, record: str, own: str, ask: Ask) -> None:
    refund = ask("maker", REQUEST, record, own, 100, None, "asked")
    ask("checker", APPROVE, refund, 1)
    version = field(ask, refund, "version")
    with scene.world.connect("superuser") as root:
        root.execute(
            "UPDATE wbo_data.checkpoint SET alarm = 'finality_violated (network=Ethereum, number=7)'"
        )
    with pytest.raises(psycopg.Error, match="network_halted"):
        ask("maker", EXECUTE, refund, version)
    with scene.world.connect("superuser") as root:
        root.execute("UPDATE wbo_data.checkpoint SET alarm = NULL")
    ask("maker", EXECUTE, refund, version)


def test_a_clock_that_went_back_makes_no_session_young(scene: Scene, record: str, own: str, ask: Ask) -> None:
    """A session from before would be younger than nothing until the clock has made up for it."""
    refund = ask("maker", REQUEST, record, own, 100, None, "asked")
    ask("checker", APPROVE, refund, 1)
    with scene.world.connect("superuser") as connection:
        found = connection.execute(
            "SELECT pg_get_functiondef('wbo_rule.session_is_younger_than'::regproc)"
        ).fetchone()
        assert found is not None
        an_hour_back = found[0].replace("clock_timestamp()", "(clock_timestamp() - interval '1 hour')")
        assert an_hour_back != found[0]
        connection.execute(an_hour_back.encode())
        _step_up_is_asked(scene, refund, field(ask, refund, "version"))
        connection.execute(found[0].encode())
    ask("maker", EXECUTE, refund, field(ask, refund, "version"))


def _step_up_is_asked(scene: Scene, refund: str, version: int) -> None:
    with scene.world.connect("maker") as session, pytest.raises(psycopg.Error, match="step_up_required"):
        session.execute(EXECUTE.encode(), (refund, version))


def test_many_clicks_execute_once(scene: Scene, record: str, own: str, ask: Ask) -> None:
    refund = ask("maker", REQUEST, record, own, 100, None, "asked")
    ask("checker", APPROVE, refund, 1)
    version = field(ask, refund, "version")
    outcomes: list[str] = []

    def click() -> None:
        with scene.world.connect("maker") as session:
            try:
                session.execute(EXECUTE.encode(), (refund, version))
                outcomes.append("done")
            except psycopg.Error as error:
                outcomes.append(str(error.diag.message_primary))

    threads = [threading.Thread(target=click) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("done") == 1
    assert set(outcomes) == {"done", "moved_meanwhile"}
    assert len(scene.chain.sign()) == 1


def test_rejecting_and_cancelling_give_the_record_back(
    scene: Scene, record: str, own: str, ask: Ask, refusal: Refusal
) -> None:
    refund = ask("maker", REQUEST, record, own, 100, None, "asked")
    assert refusal("checker", "SELECT wbo.reject_refund(%s, '\u2003')", refund) == "remark_blank"
    ask("checker", "SELECT wbo.reject_refund(%s, 'no')", refund)
    assert scene.status(record) == "success"
    refund = ask("maker", REQUEST, record, own, 100, None, "asked")
    ask("checker", APPROVE, refund, 1)
    ask("maker", EXECUTE, refund, 2)
    ask("maker", "SELECT wbo.cancel_refund(%s, 'client changed their mind')", refund)
    assert scene.status(record) == "success"
    refund = ask("maker", REQUEST, record, own, 100, None, "asked")
    ask("checker", APPROVE, refund, 1)
    ask("maker", EXECUTE, refund, 2)
    scene.chain.sign()
    assert refusal("maker", "SELECT wbo.cancel_refund(%s, 'too late')", refund) == "already_signed"
    assert refusal("checker", "SELECT wbo.reject_refund(%s, 'too late')", refund) == "status_forbids"


def test_a_refund_can_be_given_up_although_the_wallet_or_the_rules_changed_since(
    scene: Scene, record: str, own: str, ask: Ask
) -> None:
    refund = ask("maker", REQUEST, record, own, 100, None, "asked")
    ask(
        "maker",
        'SELECT wbo.save_cryptocurrency(\'{"code": "USDT", "network": "Ethereum", "minimum_deposit": "500"}\', 1)',
    )
    with scene.world.connect("superuser") as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(
            "UPDATE wbo_data.wallet_address SET status = 'verifying' WHERE address = %s", (own,)
        )
    ask("maker", "SELECT wbo.cancel_refund(%s, 'later')", refund)
    assert scene.status(record) == "success"


def test_a_credit_reorganised_away_under_a_refund_is_settled_when_the_refund_is_given_up(
    scene: Scene, record: str, own: str, ask: Ask, refusal: Refusal
) -> None:
    refund = ask("maker", REQUEST, record, own, 100, None, "asked")
    scene.chain.reorganise(3)
    assert refusal("checker", APPROVE, refund, 1) in {"invariant_broken", "status_forbids"}
    ask("maker", "SELECT wbo.cancel_refund(%s, 'the deposit is gone')", refund)
    assert scene.status(record) == "abnormal"


def test_a_wallet_deleted_meanwhile_stops_the_refund(
    scene: Scene, record: str, own: str, ask: Ask, refusal: Refusal
) -> None:
    wallet = ask("maker", "SELECT wallet_id FROM wbo.wallet_address WHERE address = %s", own)
    version = ask("maker", "SELECT version FROM wbo.wallet_address WHERE address = %s", own)
    with scene.world.connect("maker") as deleting, scene.world.connect("maker") as requesting:
        deleting.execute("BEGIN")
        deleting.execute("SELECT wbo.delete_wallet(%s, 'not theirs', %s)", (wallet, version))
        outcome: list[str] = []

        def request() -> None:
            try:
                requesting.execute(REQUEST.encode(), (record, own, 100, None, "asked"))
                outcome.append("done")
            except psycopg.Error as error:
                outcome.append(str(error.diag.message_primary))

        thread = threading.Thread(target=request)
        thread.start()
        deleting.execute("COMMIT")
        thread.join()
    live = ask("viewer", "SELECT count(*) FROM wbo.refund")
    assert (outcome, live) in ((["refund_address_not_verified"], 0), (["refund_address_unknown"], 0)), outcome


def test_the_daily_limit_holds_for_requests_at_the_same_moment(
    scene: Scene, ask: Ask, refusal: Refusal
) -> None:
    one, two = scene.world.clients[:2]
    records = [scene.credited(one, 100 * USDT, "S-1"), scene.credited(two, 100 * USDT, "S-2")]
    ask(
        "maker",
        'SELECT wbo.save_cryptocurrency(\'{"code": "USDT", "network": "Ethereum", "daily_refund_limit": "150"}\', 1)',
    )
    outcomes: list[str] = []
    ready = threading.Barrier(2)

    def request(record: str, address: str) -> None:
        with scene.world.connect("maker") as session:
            ready.wait()
            try:
                session.execute(REQUEST.encode(), (record, address, 100, None, "asked"))
                outcomes.append("done")
            except psycopg.Error as error:
                outcomes.append(str(error.diag.message_primary))

    threads = [
        threading.Thread(target=request, args=(r, c.wallet.address))
        for r, c in zip(records, (one, two), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["daily_limit_exceeded", "done"]


@pytest.mark.parametrize(("ends", "outcome"), [("COMMIT", "daily_limit_exceeded"), ("ROLLBACK", "done")])
def test_of_two_sessions_the_second_waits_until_the_first_has_used_the_daily_limit_or_not(
    scene: Scene, ask: Ask, ends: str, outcome: str
) -> None:
    """Two coins' worth of different clients: nothing but the limit connects the two requests."""
    one, two = scene.world.clients[:2]
    records = [scene.credited(one, 100 * USDT, "S-1"), scene.credited(two, 100 * USDT, "S-2")]
    ask(
        "maker",
        'SELECT wbo.save_cryptocurrency(\'{"code": "USDT", "network": "Ethereum", "daily_refund_limit": "150"}\', 1)',
    )
    outcomes: list[str] = []

    def request(session: psycopg.Connection[Any]) -> None:
        try:
            session.execute(REQUEST.encode(), (records[1], two.wallet.address, 100, None, "asked"))
            outcomes.append("done")
        except psycopg.Error as error:
            outcomes.append(str(error.diag.message_primary))

    with scene.world.connect("maker") as first, scene.world.connect("maker") as second:
        first.execute("BEGIN")
        first.execute(REQUEST.encode(), (records[0], one.wallet.address, 100, None, "asked"))
        thread = threading.Thread(target=request, args=(second,))
        thread.start()
        with scene.world.connect("superuser") as root:
            assert waits_for(root, second.info.backend_pid) == first.info.backend_pid
        first.execute(ends.encode())
        thread.join()
    assert outcomes == [outcome]


def test_an_old_view_of_the_day_passes_no_limit(scene: Scene, record: str, own: str) -> None:
    """A transaction that began before the other request would not see it: such transactions may do nothing at all."""
    with scene.world.connect("maker") as session:
        for level in ("REPEATABLE READ", "SERIALIZABLE"):
            session.execute(f"BEGIN ISOLATION LEVEL {level}".encode())
            with pytest.raises(psycopg.Error, match="value_invalid"):
                session.execute(REQUEST.encode(), (record, own, 100, None, "asked"))
            session.execute("ROLLBACK")


def test_what_came_to_nothing_does_not_count_against_the_daily_limit(
    scene: Scene, record: str, own: str, ask: Ask, refusal: Refusal
) -> None:
    ask(
        "maker",
        'SELECT wbo.save_cryptocurrency(\'{"code": "USDT", "network": "Ethereum", "daily_refund_limit": "100"}\', 1)',
    )
    for _ in range(2):
        refund = ask("maker", REQUEST, record, own, 100, None, "asked")
        ask("checker", "SELECT wbo.reject_refund(%s, 'no')", refund)
    ask("maker", REQUEST, record, own, 100, None, "asked")
    other = scene.credited(scene.world.clients[1], 1 * USDT, "S-2")
    address = scene.world.clients[1].wallet.address
    assert refusal("maker", REQUEST, other, address, 1, None, "asked") == "daily_limit_exceeded"


def test_the_hot_wallets_alert_and_stop_levels(
    scene: Scene, record: str, own: str, ask: Ask, refusal: Refusal
) -> None:
    """提示頭寸 is shown, 攔截頭寸 stops: what would be left after the refund may not be below it."""
    ask(
        "maker",
        'SELECT wbo.save_cryptocurrency(\'{"code": "USDT", "network": "Ethereum", "alert_level": "500", "stop_level": "50"}\', 1)',
    )
    refund = ask("maker", REQUEST, record, own, 100, None, "asked")

    def holds(amount: str) -> Any:
        with scene.world.connect("superuser") as connection:
            connection.execute(
                "UPDATE wbo_data.hot_wallet SET balances = jsonb_build_object('USDT', %s::text)", (amount,)
            )
        return ask("viewer", "SELECT alerts FROM wbo.hot_wallet")

    assert holds("500.000001") == []
    assert holds("500") == [{"coin": "USDT", "level": "alert"}]
    assert holds("50") == [{"coin": "USDT", "level": "stop"}]
    holds("149.999999")
    assert refusal("checker", APPROVE, refund, 1) == "hot_wallet_balance"
    with scene.world.connect("checker") as checker, pytest.raises(psycopg.Error) as said:
        checker.execute(APPROVE.encode(), (refund, 1))
    assert json.loads(str(said.value.diag.message_detail)) == {
        "coin": "USDT", "needed": "150.000000", "available": "149.999999",
    }  # fmt: skip
    holds("150")
    ask("checker", APPROVE, refund, 1)
    holds("149.999999")  # and again before it is executed
    assert refusal("maker", EXECUTE, refund, field(ask, refund, "version")) == "hot_wallet_balance"


def test_cooling_off_and_the_hot_wallet(
    scene: Scene, record: str, own: str, ask: Ask, refusal: Refusal, agree: Callable[..., int]
) -> None:
    coin = '{"code": "USDT", "network": "Ethereum", "cooling_off_hours": %d}'
    ask("maker", "SELECT wbo.save_cryptocurrency(%s::jsonb, 1)", coin % 24)
    assert refusal("maker", REQUEST, record, own, 100, None, "asked") == "wallet_cooling_off"
    ask("maker", "SELECT wbo.save_cryptocurrency(%s::jsonb, 2)", coin % 0)
    assert refusal("maker", REQUEST, record, own, 100, None, "asked") == "wallet_cooling_off"
    agree()
    refund = ask("maker", REQUEST, record, own, 100, None, "asked")
    balances = {code: Decimal(10) for code in scene.chain.coins}
    with scene.world.connect("superuser") as connection:
        connection.execute("UPDATE wbo_data.hot_wallet SET checked_at = NULL")
    scene.chain.refunds.report_balances(scene.chain.lease, balances)
    assert refusal("checker", APPROVE, refund, 1) == "hot_wallet_balance"
    with scene.world.connect("worker") as worker:
        worker.execute(
            "SELECT wbo_chain.stop_hot_wallet('Ethereum', %s, 'looked at')", (scene.chain.lease.epoch,)
        )
    assert refusal("checker", APPROVE, refund, 1) == "hot_wallet_stopped"


def test_the_client_is_told_once_and_only_when_it_is_over(
    scene: Scene, record: str, own: str, ask: Ask, refusal: Refusal
) -> None:
    refund = ask("maker", REQUEST, record, own, 100, None, "asked")
    told = "SELECT wbo.record_client_notified(%s, %s, 'x')"
    assert refusal("maker", told, refund, "phone") == "status_forbids"
    ask("checker", "SELECT wbo.reject_refund(%s, 'no')", refund)
    assert refusal("maker", told, refund, " ") == "value_missing"
    ask("maker", told, refund, "phone")
    assert refusal("maker", told, refund, "phone") == "status_forbids"
