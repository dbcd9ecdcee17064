"""Ways to stop a desk with a stolen login and psql: each a few statements that several sessions run at once, again whenever
they are ended. Every timeout that a login can lift for itself is lifted.
"""

# ruff: noqa: E501 - an attack reads best on one line

from __future__ import annotations

import random
import secrets
import select
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import psycopg

from wbo_demo.world import Login
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.models import administration
from wbo_desktop.models.connection import Server, open_connection
from wbo_desktop.secrets import Secret

IDLE, BUSY, ASLEEP = "", "SELECT count(*) FROM generate_series(1, 1e11)", "SELECT pg_sleep(3600)"
LIFTED = "SET idle_in_transaction_session_timeout = 0; SET statement_timeout = 0; SET lock_timeout = 0"

Names = Mapping[str, Any]


@dataclass(frozen=True)
class Way:
    """One way.

    Attributes:
        who: the kind of login that was stolen.
        holds: statements in one open transaction; {…} are names of the scene. What is refused is gone on from.
        then: what it does for ever in that transaction: nothing, sleep, or work.
        begin: how the transaction begins; empty for none, each statement by itself then.
        special: code of its own instead.
    """

    name: str
    who: str
    holds: tuple[str, ...] = ()
    then: str = IDLE
    sessions: int = 3
    begin: str = "BEGIN"
    special: Callable[[psycopg.Connection[Any], Names], None] | None = field(default=None, compare=False)


def _fail_logins(session: psycopg.Connection[Any], names: Names) -> None:
    session.execute("BEGIN")
    session.execute(f"SELECT wbo.change_own_password('{names['verifier']}')".encode())
    for _ in range(6):
        with suppress(RuleViolation):
            open_connection(names["server"], names["me"], Secret("wrong, and long enough"), "guess")
    wait_for_the_end(session)


def _read_nothing(statement: str) -> Callable[[psycopg.Connection[Any], Names], None]:
    def run(session: psycopg.Connection[Any], names: Names) -> None:
        session.pgconn.send_query(statement.encode())
        names["over"].wait(600)

    return run


def _half_a_pipeline(session: psycopg.Connection[Any], names: Names) -> None:
    session.pgconn.enter_pipeline_mode()
    session.pgconn.send_query_params(REVOKE.format(**names).encode(), None)
    session.pgconn.send_flush_request()
    session.pgconn.flush()
    names["over"].wait(600)


def _hold_and_let_go(session: psycopg.Connection[Any], names: Names) -> None:
    """Just under every limit, again and again."""
    while not names["over"].is_set():
        with suppress(psycopg.errors.DatabaseError):
            session.execute("BEGIN")
            session.execute(REVOKE.format(**names).encode())
            session.execute("SELECT pg_sleep(0.9)")
        session.execute("ROLLBACK")


def _again_and_again(*statements: str) -> Callable[[psycopg.Connection[Any], Names], None]:
    def run(session: psycopg.Connection[Any], names: Names) -> None:
        while not names["over"].is_set():
            for statement in statements:
                try:
                    session.execute(statement.format(**names).encode(), prepare=False)
                except psycopg.OperationalError:
                    raise
                except psycopg.Error:
                    pass

    return run


def _at_random(session: psycopg.Connection[Any], names: Names) -> None:
    chance = random.Random(secrets.randbits(64))
    while not names["over"].is_set():
        statement = chance.choice(RANDOM).format(**names)
        try:
            session.execute(statement.encode(), prepare=False)
        except psycopg.OperationalError:
            raise
        except psycopg.Error:
            if chance.random() < 0.5:
                session.execute("ROLLBACK")


REVOKE = "SELECT wbo.revoke_deposit('{waiting}', 'held', (SELECT version FROM wbo.deposit_record WHERE record_no = '{waiting}'))"
REVOKE_ALL = "SELECT wbo.revoke_deposit(record_no, 'held', version) FROM wbo.deposit_record WHERE status = 'pending_auth' AND txid IS NULL LIMIT 200"
OWN_PASSWORD = "SELECT wbo.change_own_password('{verifier}')"
RECHECK = "SELECT wbo.recheck_deposit('{abnormal}', (SELECT version FROM wbo.deposit_record WHERE record_no = '{abnormal}'))"
SUBMIT = "SELECT wbo.submit_deposit_application(gen_random_uuid()::text, '{account}', 'USDT', 'Ethereum', 5, '{source}', '{target}')"
REQUEST = "SELECT wbo.request_refund('{credited}', '{address1}', 5, 'part', 'client asked')"
EVERY_RELATION = "SELECT count(*) FROM pg_class c WHERE has_table_privilege(c.oid, 'SELECT') AND pg_relation_size(c.oid) >= 0"

RANDOM = (
    "BEGIN", "BEGIN ISOLATION LEVEL SERIALIZABLE", "SAVEPOINT a", "ROLLBACK TO a", "COMMIT", "ROLLBACK",
    REVOKE, REVOKE_ALL, OWN_PASSWORD, RECHECK, SUBMIT, REQUEST, "SELECT pg_sleep(random() * 20)", "LISTEN wbo_changes", "UNLISTEN *",
    "ALTER ROLE {me} SET work_mem = '64kB'", "ALTER ROLE {me} PASSWORD '{verifier}'", "SELECT pg_notify('wbo_changes', repeat('x', 7000))",
    "SELECT count(*) FROM generate_series(1, 3000000)", "SELECT * FROM wbo.deposit_record LIMIT 500", "SELECT pg_current_xact_id()",
    "SELECT 1/0", "SELECT nothing", "SELECT wbo.attach_txid('{serial}', '0x" + "cd" * 32 + "')", "DECLARE c CURSOR FOR SELECT * FROM pg_class", "FETCH 5 FROM c",
    "SELECT wbo.delete_application('S-abnormal', 'x')", "DISCARD ALL", "RESET ALL", LIFTED, "LOCK TABLE wbo.deposit_record IN ACCESS SHARE MODE",
    "SELECT wbo.deposit_address('{account}', 'Ethereum')", EVERY_RELATION,
)  # fmt: skip

WAYS = (
    Way("own row held", "viewer", (OWN_PASSWORD,)),
    Way("own role held by a setting", "viewer", ("ALTER ROLE {me} SET work_mem = '64kB'",)),
    Way("own role held by a password", "viewer", ("ALTER ROLE {me} PASSWORD '{verifier}'",)),
    Way("own row held and six logins failed", "viewer", special=_fail_logins),
    Way("own row held, asleep", "viewer", (OWN_PASSWORD,), ASLEEP),
    Way("own row held, busy", "viewer", (OWN_PASSWORD,), BUSY),
    Way("a record held", "maker", (REVOKE,)),
    Way("a record held, asleep", "maker", (REVOKE,), ASLEEP),
    Way("a record held, busy", "maker", (REVOKE,), BUSY),
    Way("every waiting record held", "maker", (REVOKE_ALL,)),
    Way("a record held in a savepoint of a broken transaction", "maker", (REVOKE, "SAVEPOINT a", "SELECT 1/0", "ROLLBACK TO a")),
    Way("many in line for one record", "maker", (REVOKE,), sessions=8),
    Way("two records held crosswise", "maker", (REVOKE, RECHECK), sessions=6),
    Way("a record held just under every limit", "maker", sessions=6, special=_hold_and_let_go),
    Way("a wish to judge again held", "maker", (RECHECK,), ASLEEP),
    Way("an application deleted and not committed", "maker", ("SELECT wbo.delete_application('S-abnormal', 'held')",)),
    Way("a refund requested and not committed", "maker", (REQUEST,), BUSY),
    Way("a coin saved and not committed", "maker", ("SELECT wbo.save_cryptocurrency(jsonb_build_object('code', 'USDT', 'network', 'Ethereum', 'remark', 'held'), (SELECT version FROM wbo.cryptocurrency WHERE code = 'USDT' AND network = 'Ethereum'))",)),
    Way("a network saved and not committed", "maker", ("SELECT wbo.save_network(jsonb_build_object('name', 'Ethereum', 'txid_grace_seconds', 6), (SELECT version FROM wbo.network WHERE name = 'Ethereum'))",)),
    Way("accounts imported and not committed", "maker", ("SELECT wbo.import_custodial_accounts('[{{\"channel\": \"OSL\", \"network\": \"Ethereum\", \"address\": \"0x52908400098527886e0f7030069857d2e4169ee7\"}}]')",), ASLEEP),
    Way("a wallet's verification begun and not committed", "maker", ("SELECT wbo.begin_micro_payment({wallet3}, 'USDT', (SELECT version FROM wbo.wallet_address WHERE id = {wallet3}))",)),
    Way("a refund approved and not committed", "checker", ("SELECT wbo.approve_refund('{live_refund}', (SELECT version FROM wbo.refund WHERE refund_no = '{live_refund}'))",)),
    Way("an application submitted and not committed", "intake", (SUBMIT,)),
    Way("a TXID attached and not committed", "intake", ("SELECT wbo.attach_txid('{serial}', '0x" + "ab" * 32 + "')",), ASLEEP),
    Way("an account assigned and not committed", "intake", ("SELECT wbo.deposit_address('{account}', 'Ethereum')", SUBMIT), BUSY),
    Way("an operator created and not committed", "admin", ("SELECT wbo.create_operator('held.' || pg_backend_pid(), 'Held', '{verifier}')",)),
    Way("a permission granted and not committed", "admin", ("SELECT wbo.grant_permission('{colleague}', 'sys.audit_inquiry')",)),
    Way("a colleague disabled and not committed", "admin", ("SELECT wbo.disable_operator('{colleague}', 'held')",), ASLEEP),
    Way("a rule changed and not committed", "admin", ("SELECT wbo.save_policy('idle_lock_minutes', '14')",), BUSY),
    Way("a listener asleep", "viewer", ("LISTEN wbo_changes", "COMMIT", "BEGIN"), ASLEEP),
    Way("a listener idle in a transaction", "viewer", ("LISTEN wbo_changes", "COMMIT", "BEGIN", "SELECT 1")),
    Way("a listener that reads nothing, and news for it", "viewer", special=_again_and_again("LISTEN wbo_changes", "SELECT count(pg_notify('wbo_changes', i || repeat('x', 7000))) FROM generate_series(1, 500) AS i")),
    Way("a flood of news", "viewer", sessions=6, special=_again_and_again("SELECT count(pg_notify('wbo_changes', 'deposit' || i)) FROM generate_series(1, 2000) AS i")),
    Way("much news in one transaction", "viewer", ("SELECT count(pg_notify('n', i || repeat('x', 7000))) FROM generate_series(1, 20000) AS i", "COMMIT"), sessions=2),
    Way("pages read in a transaction", "viewer", ("SELECT * FROM wbo.deposit_record LIMIT 1", "SELECT * FROM wbo.refund LIMIT 1")),
    Way("a snapshot kept", "viewer", ("SELECT pg_export_snapshot()",), begin="BEGIN ISOLATION LEVEL REPEATABLE READ"),
    Way("everything read, serializable", "viewer", (EVERY_RELATION, "SELECT count(*) FROM wbo.deposit_record"), ASLEEP, 6, "BEGIN ISOLATION LEVEL SERIALIZABLE"),
    Way("a cursor left in the middle", "viewer", ("DECLARE c CURSOR FOR SELECT * FROM pg_class, pg_attribute", "FETCH 10 FROM c")),
    Way("every relation locked", "viewer", (EVERY_RELATION, "SELECT * FROM wbo.deposit_record LIMIT 0", "LOCK TABLE wbo.deposit_record IN ACCESS SHARE MODE"), sessions=8),
    Way("all connections taken", "viewer", ("SELECT 1",), begin="", sessions=60),
    Way("connections again and again", "viewer", ("SELECT 1", "SELECT pg_terminate_backend(pg_backend_pid())"), begin="", sessions=8),
    Way("cores kept busy", "viewer", (), BUSY, 8, ""),
    Way("a flood of statements that fail", "viewer", sessions=6, special=_again_and_again("SELECT nothing /* " + "x" * 1_000_000 + " */")),
    Way("a flood of refused acts", "viewer", sessions=6, special=_again_and_again("SELECT wbo.revoke_deposit('x', 'y', 1)")),
    Way("a flood of subtransactions", "maker", ("SELECT pg_current_xact_id()", *("SAVEPOINT s; SELECT wbo.recheck_deposit('x', 1)", "ROLLBACK TO s") * 80), ASLEEP),
    Way("transaction numbers burnt", "viewer", sessions=6, special=_again_and_again("SELECT pg_current_xact_id()")),
    Way("half a pipeline", "maker", special=_half_a_pipeline),
    Way("an answer that nobody reads", "viewer", special=_read_nothing("BEGIN; SELECT repeat('x', 100000) FROM generate_series(1, 100000)")),
    Way("a copy that nobody reads", "viewer", special=_read_nothing("COPY (SELECT repeat('x', 100000) FROM generate_series(1, 100000)) TO STDOUT")),
    Way("sorted on disk", "viewer", ("SET work_mem = '64kB'",), "SELECT i FROM generate_series(1, 20000000) AS i ORDER BY -i", 3, ""),
    Way("acts that wait for one another", "maker", sessions=8, special=_again_and_again(REVOKE.replace("held", " "), RECHECK, "SELECT wbo.recheck_deposit('{waiting}', 1)")),
    Way("any statements", "maker", sessions=6, special=_at_random),
    Way("any statements of a viewer", "viewer", sessions=6, special=_at_random),
    Way("any statements of the client side", "intake", sessions=6, special=_at_random),
    Way("any statements of an administrator", "admin", sessions=6, special=_at_random),
)  # fmt: skip

OF_THE_ISSUE = frozenset(
    {
        "own row held and six logins failed",
        "own role held by a password",
        "a record held",
        "every waiting record held",
        "a listener asleep",
        "pages read in a transaction",
        "a flood of statements that fail",
        "all connections taken",
    }
)


def wait_for_the_end(session: psycopg.Connection[Any]) -> None:
    """Until the server ends it."""
    while True:
        select.select([session.fileno()], [], [], 0.5)
        try:
            session.pgconn.consume_input()
        except psycopg.OperationalError:
            return
        if session.closed:
            return


class Thief:
    """A stolen login whose sessions all go one way, until `stop`."""

    def __init__(self, server: Server, who: Login, way: Way, names: Names) -> None:
        self.way = way
        self._server, self._who = server, who
        self._over = threading.Event()
        with open_connection(server, who.login, who.password, "psql") as session:
            verifier = administration.verifier(session, who.login, who.password)
        self._names = {
            **names,
            "me": who.login,
            "verifier": verifier,
            "server": server,
            "over": self._over,
        }
        self.begun = 0
        self._threads = [threading.Thread(target=self._go_on, daemon=True) for _ in range(way.sessions)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """No new sessions; those that are open end with their connections, which the caller's server ends."""
        self._over.set()

    def join(self, seconds: float) -> None:
        """Wait for the threads."""
        for thread in self._threads:
            thread.join(seconds)

    def _go_on(self) -> None:
        while not self._over.is_set():
            try:
                session = open_connection(self._server, self._who.login, self._who.password, "psql")
            except (RuleViolation, psycopg.Error):
                self._over.wait(0.05)  # no place, or closed
                continue
            self.begun += 1
            with suppress(psycopg.Error, OSError), session:
                self._run(session)

    def _run(self, session: psycopg.Connection[Any]) -> None:
        session.execute(LIFTED)
        if self.way.special is not None:
            self.way.special(session, self._names)
            return
        if self.way.begin:
            session.execute(self.way.begin.encode())
        for statement in self.way.holds:
            try:
                session.execute(statement.format(**self._names).encode(), prepare=False)
            except psycopg.OperationalError:
                raise
            except psycopg.Error:
                if self.way.begin and "SAVEPOINT" not in "".join(self.way.holds):
                    session.execute(b"ROLLBACK; " + self.way.begin.encode())
        if self.way.then:
            session.execute(self.way.then.encode())
        else:
            wait_for_the_end(session)
