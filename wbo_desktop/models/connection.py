"""The connection to PostgreSQL: how it is opened, which thread may not wait for it, and the rules behind its
errors."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import peewee
import psycopg
from playhouse.postgres_ext import Psycopg3Database

from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.models import startup
from wbo_desktop.secrets import Secret

CONNECT_SECONDS = 8


@dataclass(frozen=True, slots=True)
class Server:
    """The address of the shared database; `sslmode` and `sslrootcert` as libpq defines them."""

    host: str
    port: int
    dbname: str
    sslmode: str = "verify-full"
    sslrootcert: str = "system"

    @property
    def is_local(self) -> bool:
        """Whether every host is a socket or the loopback of this machine, so that no network lies between."""
        return all(
            host in ("localhost", "127.0.0.1", "::1") or host.startswith("/") for host in self.host.split(",")
        )

    def parameters(self) -> dict[str, Any]:
        """libpq's connection parameters, without login and password.

        Raises:
            RuleViolation: `transport_insecure` for a remote server without verified TLS.
        """
        common = {
            "host": self.host,
            "port": self.port,
            "connect_timeout": CONNECT_SECONDS,
            "keepalives_idle": 30,
            "keepalives_interval": 10,
            "keepalives_count": 3,
            "tcp_user_timeout": 20_000,
            "target_session_attrs": "read-write",
            # indexes are in memory or on an SSD; the server's own default is for disks that turn, and makes it read tables
            "options": "-c random_page_cost=1.1",
        }
        if self.is_local:
            return common | {"require_auth": "scram-sha-256", "sslmode": "prefer"}
        if self.sslmode != "verify-full":
            raise RuleViolation("transport_insecure", server=f"{self.host}:{self.port}")
        return common | {
            "require_auth": "scram-sha-256",
            "sslmode": "verify-full",
            "sslrootcert": self.sslrootcert,
            "channel_binding": "require",
        }

    def targets(self, login: str) -> list[startup.LoginTarget]:
        """One login target for each host, for `startup.ask_again`."""
        authority = None if self.is_local else self.sslrootcert
        hosts = self.host.split(",")
        return [startup.LoginTarget(host, self.port, self.dbname, login, authority) for host in hosts]

    def __str__(self) -> str:
        return f"{self.host}:{self.port}/{self.dbname}"


class Database(Psycopg3Database):
    """peewee's database with one connection a thread. It keeps the password as a `Secret` and gives it to
    libpq alone.

    Args:
        never_on: the thread that must not wait for the database (Qt's); None where there is none. Connecting
            on it raises RuntimeError.
    """

    def __init__(
        self,
        server: Server,
        login: str,
        password: Secret,
        application: str,
        never_on: threading.Thread | None = None,
    ) -> None:
        super().__init__(server.dbname, autoconnect=True)
        self.server = server
        self.login = login
        self._password = password
        self._application = application
        self._never_on = never_on
        self._opened: list[psycopg.Connection[Any]] = []

    def use_password(self, password: Secret) -> None:
        """Uses this password for every later connection."""
        self._password = password

    def cursor(self, named_cursor: Any = None) -> Any:
        """A cursor of this thread's connection; of a new one when the server has ended it meanwhile.

        Looks only at what has arrived already, so it costs no round trip. When a connection breaks while a
        statement runs, the caller has to find out whether that was done.
        """
        connection = self._state.conn
        if connection is not None:
            try:
                connection.pgconn.consume_input()  # what the server said last
                connection.pgconn.consume_input()  # that it hung up after it
            except psycopg.OperationalError:
                connection.close()
            if connection.closed:
                self.close()
        return super().cursor(named_cursor)

    def close_all(self) -> None:
        """Ends the connections of every thread."""
        for connection in self._opened:
            connection.close()
        self._opened.clear()

    def _connect(self) -> psycopg.Connection[Any]:
        if self._never_on is not None and threading.current_thread() is self._never_on:
            raise RuntimeError("The database was asked on the thread that paints the windows")
        made = open_connection(self.server, self.login, self._password, self._application)
        self._opened = [one for one in self._opened if not one.closed] + [made]
        return made


def open_connection(
    server: Server, login: str, password: Secret, application: str
) -> psycopg.Connection[Any]:
    """A new connection in autocommit mode.

    Raises:
        RuleViolation: the reason, see `connection_refusal`; `transport_insecure` for a remote server without
            verified TLS.
    """
    parameters = server.parameters()
    try:
        return psycopg.connect(
            dbname=server.dbname,
            user=login,
            password=password.reveal(),
            application_name=application[:63],
            autocommit=True,
            **parameters,
        )
    except psycopg.OperationalError as error:
        refused = connection_refusal(error, server, login, password)
    raise refused


def connection_refusal(
    error: psycopg.OperationalError, server: Server, login: str, password: Secret
) -> RuleViolation:
    """The rule behind a failed connection.

    libpq tells the reason in the server's language. A wrong password is known by the words that `db check`
    demands (`lc_messages = C`), so that it counts as one attempt; for everything else the server is asked
    once more, for codes.
    """
    if isinstance(error, psycopg.errors.ConnectionTimeout):
        return RuleViolation("database_unreachable")
    proven = error.pgconn is not None and error.pgconn.used_password
    if proven and f'password authentication failed for user "{login}"' in str(error):
        return RuleViolation("login_failed")
    refusals_there = [
        startup.ask_again(target, password if proven else None) for target in server.targets(login)
    ]
    # of several hosts, the one that was reached says more
    told = [one for one in refusals_there if one is not None and one.code != "database_unreachable"]
    return told[0] if told else RuleViolation("database_unreachable")


def driver_error(error: BaseException) -> psycopg.Error | None:
    """The psycopg error inside one of peewee's; None when there is none."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, psycopg.Error):
            return seen
        inner = next((arg for arg in getattr(seen, "args", ()) if isinstance(arg, psycopg.Error)), None)
        seen = inner or seen.__cause__ or seen.__context__
    return None


def refusal(error: BaseException, permission: str | None = None) -> RuleViolation | None:
    """The rule behind a database error; None for a defect of the program, which is to be raised as it is."""
    cause = driver_error(error)
    if cause is None:
        return None
    state = cause.sqlstate
    if state is None or state.startswith(("08", "57P")):
        return RuleViolation("database_unreachable")
    if state.startswith("53"):
        return RuleViolation("database_full")
    if state.startswith("WB"):
        return RuleViolation(
            cause.diag.message_primary or "", **json.loads(cause.diag.message_detail or "{}")
        )
    if state == "42501":
        return RuleViolation("permission_denied", permission=permission or "")
    if state == "57014":
        return RuleViolation("statement_timed_out")
    if state in ("40001", "40P01", "55P03"):
        return RuleViolation("busy_elsewhere")
    return None


@contextmanager
def refusals(permission: str | None = None) -> Iterator[None]:
    """A context in which the database's refusals are raised as `RuleViolation`, and defects as they are."""
    try:
        yield
    except (peewee.PeeweeException, psycopg.Error) as error:
        rule = refusal(error, permission)
        if rule is None:
            raise
        raise rule from error
