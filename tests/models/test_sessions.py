"""One login stops nobody: what holds on to a transaction is ended, and what others need goes on meanwhile."""

from __future__ import annotations

import contextlib
import secrets
import threading
from collections.abc import Callable, Iterator
from time import monotonic
from typing import Any

import psycopg
import pytest

from tests.security.scene import USDT, Scene
from tests.support.operators import Operators
from tests.support.sessions import waits_for
from wbo_demo.world import World
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.domain.sessions import LIMITS, SessionLimit
from wbo_desktop.models import administration, audit, catalogue
from wbo_desktop.models.connection import open_connection
from wbo_desktop.secrets import Secret

Ask = Callable[..., Any]
PATIENCE = 20.0


@contextlib.contextmanager
def limits(world: World, **seconds: float) -> Iterator[None]:
    """Shorter limits than the desk's, so that a test does not take as long."""
    with world.connect("owner") as owner:
        owner.execute("SET ROLE wbo_owner")
        for name, value in seconds.items():
            owner.execute(
                "UPDATE wbo_data.session_limit SET value = %s WHERE name = %s", (value, SessionLimit(name))
            )
        yield


def a_verifier(world: World) -> str:
    """Of a password that nobody uses."""
    with world.connect("owner") as owner:
        return administration.verifier(owner, "somebody", Secret(secrets.token_urlsafe(18)))


def holding(world: World, login: str, *statements: str) -> psycopg.Connection[Any]:
    """A session of a login with every timeout lifted, in a transaction that it does not end."""
    thief = world.connect(login)
    thief.execute(
        "SET idle_in_transaction_session_timeout = 0; SET statement_timeout = 0; SET lock_timeout = 0"
    )
    thief.execute("BEGIN")
    for statement in statements:
        thief.execute(statement.encode())
    return thief


def look(world: World) -> list[dict[str, str]]:
    """One look of the worker's guard."""
    with world.connect("worker") as worker:
        found = worker.execute("SELECT wbo_chain.end_stalled()").fetchone()
    assert found is not None
    ended: list[dict[str, str]] = found[0]
    return ended


def until_ended(world: World, login: str) -> str:
    """Look until a session of this login was ended; why."""
    deadline = monotonic() + PATIENCE
    while monotonic() < deadline:
        for one in look(world):
            assert one["login"] == login, one
            return one["reason"]
    raise AssertionError(f"no session of {login} was ended")


def is_open(session: psycopg.Connection[Any]) -> bool:
    try:
        session.execute("SELECT 1")
    except psycopg.OperationalError:
        return False
    return True


_behind: dict[psycopg.Connection[Any], list[threading.Thread]] = {}
"""What runs in each session."""


def in_background(session: psycopg.Connection[Any], statement: str) -> threading.Thread:
    """A statement that lasts; it ends with its session, which `closing` has to close."""

    def run() -> None:
        with contextlib.suppress(psycopg.Error):
            session.execute(statement.encode())

    thread = threading.Thread(target=run, daemon=True)
    _behind.setdefault(session, []).append(thread)
    thread.start()
    return thread


@contextlib.contextmanager
def closing(session: psycopg.Connection[Any]) -> Iterator[psycopg.Connection[Any]]:
    """Closed at the end, when nothing runs in it any more: libpq frees what another thread still reads."""
    try:
        yield session
    finally:
        for thread in _behind.pop(session, ()):
            while thread.is_alive():
                with contextlib.suppress(psycopg.Error):
                    session.cancel()
                thread.join(0.2)
        session.close()


# ------------------------------------------------------- what others need goes on


def test_a_held_record_holds_up_nobody_elses(scene: Scene, ask: Ask) -> None:
    """Without anybody who would end the one that holds it: the others' deposits are credited all the same."""
    one, two, *_ = scene.world.clients
    held, free = scene.submit(one, 10 * USDT, "S-held"), scene.submit(two, 20 * USDT, "S-free")
    revoke = f"SELECT wbo.revoke_deposit('{held}', 'held', 1)"
    with (
        limits(scene.world, workers_patience=0.05),
        closing(holding(scene.world, "maker", revoke)) as thief,
    ):
        for client, amount in ((one, 10), (two, 20)):
            scene.chain.mine(
                scene.chain.transfer("USDT", client.wallet.address, client.custodial, amount * USDT)
            )
        scene.chain.mine()
        scene.chain.mine()
        assert scene.status(free) == "success"
        assert scene.status(held) == "pending_auth"
        thief.execute("ROLLBACK")
    scene.chain.mine()
    scene.chain.mine()
    assert scene.status(held) == "success"


def new_client(number: str) -> str:
    """A change that is audited and waits for nobody else's."""
    return (
        "INSERT INTO wbo_data.client (client_no, securities_account, name_en, name_zh_hk, name_zh_cn, identity_verified)"
        f" VALUES ('{number}', 'S{number}', 'x', 'x', 'x', true)"
    )


def test_sealing_does_not_wait_for_an_open_transaction(database: World) -> None:
    """Only the open transaction's own entries wait; when they come they are sealed too, and the log verifies."""
    with database.connect("worker") as worker, database.connect("owner") as owner:
        owner.execute("SET ROLE wbo_owner")
        worker.execute("SELECT wbo_chain.seal_audit(10000)")
        sealed = "SELECT count(*) FROM wbo_data.audit_entry JOIN wbo_data.audit_seal USING (seq) WHERE object_id = %s"
        with closing(holding(database, "owner", "SET ROLE wbo_owner", new_client("early"))) as open_one:
            owner.execute(new_client("late").encode())
            for _ in range(2):
                worker.execute("SELECT wbo_chain.seal_audit(10000)")
                assert owner.execute(sealed, ("late",)).fetchone() == (1,)
                assert audit.verify(owner).fault is None
            open_one.execute("COMMIT")
        worker.execute("SELECT wbo_chain.seal_audit(10000)")
        assert owner.execute(sealed, ("early",)).fetchone() == (1,)
        found = audit.verify(owner)
        assert (found.fault, found.entries) == (None, found.sealed)


def test_sealing_by_small_steps_past_an_open_transaction(database: World) -> None:
    """Each step seals a few; the horizon never says more than what was sealed."""
    with database.connect("worker") as worker, database.connect("owner") as owner:
        owner.execute("SET ROLE wbo_owner")
        worker.execute("SELECT wbo_chain.seal_audit(10000)")
        with closing(holding(database, "owner", "SET ROLE wbo_owner", new_client("early"))) as open_one:
            for number in range(5):
                owner.execute(new_client(f"late{number}").encode())
            for step in (2, 2, 1):
                found = worker.execute("SELECT wbo_chain.seal_audit(2)").fetchone()
                assert found == (step,)
                assert audit.verify(owner).fault is None
            open_one.execute("COMMIT")
        assert worker.execute("SELECT wbo_chain.seal_audit(2)").fetchone() == (1,)
        assert audit.verify(owner).fault is None


# ------------------------------------------------------- stopping a login


@pytest.mark.parametrize(
    "hold",
    [
        "ALTER ROLE {me} SET search_path = public",
        "ALTER ROLE {me} PASSWORD '{verifier}'",
        "SELECT wbo.change_own_password('{verifier}')",
        "SELECT pg_sleep(600)",
    ],
)
@pytest.mark.parametrize("act", ["disable_operator", "reset_password"])
def test_who_sits_on_its_own_rows_is_stopped_within_seconds(
    database: World, operators: Operators, ask: Ask, hold: str, act: str
) -> None:
    """With nobody else who would end it, and with a partner who connects again and again."""
    name = operators.make(Permission.RECORD_INQUIRY)
    login, verifier = database.logins[name], a_verifier(database)
    statement = hold.format(me=name, verifier=verifier)
    over = threading.Event()

    def hold_again() -> None:
        while not over.is_set():
            with (
                contextlib.suppress(psycopg.Error, RuleViolation),
                open_connection(database.server, name, login.password, "again") as session,
            ):
                session.execute("SET lock_timeout = 0")
                session.execute("BEGIN")
                session.execute(statement.encode())
                session.execute("SELECT pg_sleep(600)")

    thieves = [threading.Thread(target=hold_again) for _ in range(3)]
    for thief in thieves:
        thief.start()
    deadline = monotonic() + PATIENCE
    while monotonic() < deadline:
        with database.connect("superuser") as root:
            found = root.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE usename = %s AND query LIKE '%%pg_sleep(600)%%'",
                (name,),
            ).fetchone()
        if found is not None and found[0]:
            break
    began = monotonic()
    try:
        if act == "disable_operator":
            ask("admin", "SELECT wbo.disable_operator(%s)", name)
        else:
            ask("admin", "SELECT wbo.reset_password(%s, %s)", name, verifier)
        took = monotonic() - began
    finally:
        over.set()
        with database.connect("superuser") as root:
            while any(thief.is_alive() for thief in thieves):  # one may just have come in
                root.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", (name,)
                )
                thieves[-1].join(0.1)
    assert took < 5
    with pytest.raises(RuleViolation, match=r"login_(failed|not_permitted)"):
        open_connection(database.server, name, login.password, "again")


def test_an_administrator_who_sits_on_a_colleagues_row_is_in_nobodys_way(
    database: World, operators: Operators, ask: Ask
) -> None:
    """A stolen administrator's login holds the row of another, and the table of grants."""
    thief, verifier = operators.make(Permission.OPERATOR_ADMIN), a_verifier(database)
    for hold in (
        "SELECT wbo.grant_permission('{name}', 'sys.audit_inquiry')",
        "SELECT wbo.disable_operator('{name}', 'held')",
        "SELECT wbo.create_operator('{other}', 'x', '{verifier}')",
    ):
        name = operators.make()
        statement = hold.format(name=name, other=operators.name(), verifier=verifier)
        with closing(holding(database, thief, statement)):
            began = monotonic()
            ask("admin", "SELECT wbo.disable_operator(%s)", name)
            assert monotonic() - began < 5


# ------------------------------------------------------- who is ended


@pytest.mark.parametrize(
    ("login", "statement", "lasting", "limit", "reason"),
    [
        ("maker", "SELECT pg_current_xact_id()", None, "idle_writer", "idle_writer"),
        ("intake", "SELECT pg_current_xact_id()", None, "idle_writer", "idle_writer"),
        ("maker", "SELECT pg_current_xact_id()", "SELECT pg_sleep(60)", "idle_writer", "idle_writer"),
        (
            "maker",
            "SELECT pg_current_xact_id()",
            "SELECT count(*) FROM generate_series(1, 1e10)",
            "working_writer",
            "working_writer",
        ),
        ("viewer", "SELECT count(*) FROM wbo.coin", None, "idle_reader", "idle_reader"),
        ("viewer", "SELECT 1", "SELECT pg_sleep(60)", "idle_reader", "idle_reader"),
        (
            "viewer",
            "SELECT pg_sleep(0.1)",
            "SELECT count(*) FROM generate_series(1, 1e10)",
            "idle_reader",
            "idle_reader",
        ),
    ],
)
def test_a_transaction_that_lasts_is_ended(
    database: World, login: str, statement: str, lasting: str | None, limit: str, reason: str
) -> None:
    with limits(database, **{limit: 0.6}), closing(holding(database, login, statement)) as thief:
        if lasting is not None:
            in_background(thief, lasting)
        assert look(database) == []
        assert until_ended(database, login) == reason
        assert lasting is not None or not is_open(thief)


def test_one_long_statement_that_reads_may_take_its_time(database: World) -> None:
    """As an audit verification does; but not for ever."""
    statement = "SELECT count(*) FROM generate_series(1, 1e10)"
    with limits(database, idle_reader=0.3), closing(database.connect("viewer")) as reader:
        in_background(reader, statement)
        deadline = monotonic() + 1.5
        while monotonic() < deadline:
            assert look(database) == []
        with limits(database, working_reader=0.5):
            assert until_ended(database, "viewer") == "working_reader"


def test_who_is_in_somebodys_way_is_ended_sooner(scene: Scene, operators: Operators) -> None:
    other = operators.make(Permission.RECORD_OPERATION)
    record = scene.submit(scene.world.clients[0], 10 * USDT, "S-wanted")
    revoke = f"SELECT wbo.revoke_deposit('{record}', 'held', 1)"
    with (
        limits(scene.world, in_the_way=0.5),
        closing(holding(scene.world, "maker", revoke)) as thief,
        closing(scene.world.connect(other)) as colleague,
    ):
        waits = in_background(colleague, revoke)
        assert until_ended(scene.world, "maker") == "in_the_way"
        waits.join(PATIENCE)
        assert not is_open(thief)
    assert scene.status(record) == "cancelled"


def test_who_stands_in_line_is_not_ended_for_it(scene: Scene) -> None:
    """A colleague who waits for the record, with another one behind, is no thief."""
    record = scene.submit(scene.world.clients[0], 10 * USDT, "S-line")
    revoke = f"SELECT wbo.revoke_deposit('{record}', 'held', 1)"
    ended: list[str] = []
    with (
        limits(scene.world, in_the_way=0.5, idle_writer=60),
        contextlib.ExitStack() as opened,
        scene.world.connect("superuser") as root,
    ):
        logins = [Operators(scene.world).make(Permission.RECORD_OPERATION) for _ in range(3)]
        thief = opened.enter_context(closing(holding(scene.world, logins[0], revoke)))
        line = [opened.enter_context(closing(scene.world.connect(name))) for name in logins[1:]]
        threads = []
        for session in line:
            threads.append(in_background(session, revoke))
            waits_for(root, session.info.backend_pid)
        deadline = monotonic() + PATIENCE
        while monotonic() < deadline and any(thread.is_alive() for thread in threads):
            ended += [one["login"] for one in look(scene.world)]
        assert ended == logins[:1]
        assert not is_open(thief)
        assert [is_open(session) for session in line] == [True, True]


def test_who_only_just_began_is_in_nobodys_way(scene: Scene, operators: Operators) -> None:
    """However long somebody has waited: an act of the desk is over sooner than a transaction counts as held."""
    other = operators.make(Permission.RECORD_OPERATION)
    record = scene.submit(scene.world.clients[0], 10 * USDT, "S-young")
    revoke = f"SELECT wbo.revoke_deposit('{record}', 'held', 1)"
    with limits(scene.world, in_the_way=0.1, holds=1.5, idle_writer=60):
        began = monotonic()
        with (
            closing(holding(scene.world, "maker", revoke)),
            closing(scene.world.connect(other)) as colleague,
        ):
            waits = in_background(colleague, revoke)
            assert until_ended(scene.world, "maker") == "in_the_way"
            assert monotonic() - began >= 1.5
            waits.join(PATIENCE)


def test_who_is_in_the_workers_way_is_ended_at_once(scene: Scene) -> None:
    """The tracker wishes to judge a record anew whose wish somebody holds."""
    client = scene.world.clients[0]
    record = scene.submit(client, 10 * USDT, "S-wish")
    recheck = f"SELECT wbo.attach_txid('S-wish', '0x{'ab' * 32}')"
    with closing(holding(scene.world, "intake", recheck)) as thief:
        done = threading.Event()

        def track() -> None:
            scene.chain.mine(scene.chain.transfer("USDT", client.wallet.address, client.custodial, 10 * USDT))
            done.set()

        tracking = threading.Thread(target=track)
        tracking.start()
        assert until_ended(scene.world, "intake") == "in_the_workers_way"
        assert done.wait(PATIENCE)
        tracking.join()
        assert not is_open(thief)
    assert scene.status(record) == "processing"


def test_a_listener_that_reads_no_news_is_ended_when_the_queue_fills(database: World) -> None:
    with (
        limits(database, queue_filled=0.0001, queue_holder=0.3),
        closing(database.connect("viewer")) as ear,
        closing(holding(database, "checker", "LISTEN wbo_changes")) as asleep,
        database.connect("superuser") as root,
    ):
        ear.execute("LISTEN wbo_changes")
        asleep.execute("COMMIT")
        asleep.execute("BEGIN")
        root.execute(
            "SELECT pg_notify('wbo_changes', i || repeat('x', 7000)) FROM generate_series(1, 3000) AS i"
        )
        ended: set[str] = set()
        deadline = monotonic() + PATIENCE
        while monotonic() < deadline and len(ended) < 2:
            found = look(database)
            assert all(one["reason"] == "queue_holder" for one in found)
            ended |= {one["login"] for one in found}
        assert ended == {"viewer", "checker"}
        while monotonic() < deadline:
            root.execute("NOTIFY wbo_changes, 'x'")
            usage = root.execute("SELECT pg_notification_queue_usage()").fetchone()
            if usage is not None and usage[0] < 0.0001:
                return
        raise AssertionError("the queue is not emptied")


def test_the_worker_and_the_owner_are_never_ended(database: World) -> None:
    with (
        limits(database, **{name.value: 0.01 for name in LIMITS if name != SessionLimit.CONNECTIONS}),
        closing(holding(database, "worker", "SELECT pg_current_xact_id()")) as worker,
        closing(holding(database, "owner", "SELECT pg_current_xact_id()")) as owner,
        closing(database.connect("maker")) as idle,
    ):
        for _ in range(20):
            assert look(database) == []
        assert [is_open(one) for one in (worker, owner, idle)] == [True] * 3


def test_a_login_whose_sessions_are_ended_again_and_again_is_closed_for_a_time(
    database: World, operators: Operators, ask: Ask
) -> None:
    name = operators.make(Permission.RECORD_INQUIRY)
    in_the_log = "SELECT count(*) FROM wbo.audit_log WHERE action = %s AND object_id = %s"
    with limits(database, idle_writer=0.2, closed_for=1.5):
        for ended in range(1, 4):
            with closing(holding(database, name, "SELECT pg_current_xact_id()")) as thief:
                deadline = monotonic() + PATIENCE
                while ask("maker", in_the_log, "end_session", name) < ended:
                    assert monotonic() < deadline
                    ask("worker", "SELECT wbo_chain.keep_watch()")
                assert not is_open(thief)
        with pytest.raises(RuleViolation):
            database.connect(name)
        assert ask("maker", in_the_log, "close_login", name) == 1
        deadline = monotonic() + PATIENCE
        while ask("maker", in_the_log, "reopen_login", name) == 0:
            assert monotonic() < deadline
            ask("worker", "SELECT wbo_chain.keep_watch()")
        database.connect(name).close()
        ask("worker", "SELECT wbo_chain.keep_watch()")
        assert ask("maker", in_the_log, "close_login", name) == 1


def test_sessions_in_line_behind_their_own_count_towards_closing_the_login(
    scene: Scene, operators: Operators, ask: Ask
) -> None:
    """One holds the record and two wait to hold it next, beside a colleague: all three are ended, and none comes back."""
    name, other = (operators.make(Permission.RECORD_OPERATION) for _ in range(2))
    record = scene.submit(scene.world.clients[0], 10 * USDT, "S-lines")
    revoke = f"SELECT wbo.revoke_deposit('{record}', 'held', 1)"
    closed = "SELECT count(*) FROM wbo.audit_log WHERE action = 'close_login' AND object_id = %s"
    with (
        limits(scene.world, in_the_way=0.5, idle_writer=60),
        contextlib.ExitStack() as opened,
        scene.world.connect("superuser") as root,
    ):
        opened.enter_context(closing(holding(scene.world, name, revoke)))
        line = [opened.enter_context(closing(holding(scene.world, name))) for _ in range(2)]
        colleague = opened.enter_context(closing(scene.world.connect(other)))
        for session in (*line, colleague):
            in_background(session, revoke)
            waits_for(root, session.info.backend_pid)
        deadline = monotonic() + PATIENCE
        while ask("maker", closed, name) == 0:
            assert monotonic() < deadline
            ask("worker", "SELECT wbo_chain.keep_watch()")
        with pytest.raises(RuleViolation):
            scene.world.connect(name)
        assert ask("maker", closed, other) == 0
        assert is_open(colleague)


def test_a_login_has_a_few_connections(database: World, operators: Operators) -> None:
    name = operators.make()
    most = int(LIMITS[SessionLimit.CONNECTIONS])
    with contextlib.ExitStack() as sessions:
        for _ in range(most):
            sessions.enter_context(closing(database.connect(name)))
        with pytest.raises(RuleViolation):
            database.connect(name)


def test_the_worker_and_the_owner_have_connections_that_nobody_can_take(database: World) -> None:
    """From PostgreSQL 16 on; before, a few connections a login have to do."""
    with database.connect("owner") as owner:
        assert not [line for line in catalogue.warnings(owner) if "stolen logins" in line]
        if owner.info.server_version < 160000:
            return
        for name in ("worker", "owner", "maker", "intake"):
            found = owner.execute(
                "SELECT pg_has_role(%s, 'pg_use_reserved_connections', 'USAGE'),"
                " current_setting('reserved_connections')::int",
                (database.logins[name].login,),
            ).fetchone()
            assert found is not None
            assert found[0] == (name in ("worker", "owner"))
            assert found[1] >= 10
