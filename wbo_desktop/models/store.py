"""The database as one operator sees it: pages, acts and notifications, for `services.desk.Desk`."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Mapping, Set
from dataclasses import fields
from time import monotonic
from typing import Any, TypeVar

import peewee
import psycopg
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from wbo_desktop.domain.acts import Act, Topic
from wbo_desktop.domain.errors import LOST, RuleViolation
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.models import pages
from wbo_desktop.models.connection import Database, Server, open_connection, refusal, refusals
from wbo_desktop.models.migrate import told_differences
from wbo_desktop.secrets import Secret
from wbo_desktop.services.desk import Asked, Session
from wbo_desktop.services.pages import Count, Filter, KeysetPage, PageRequest

T = TypeVar("T")

MARK_SECONDS = 5.0
"""The time between two readings of the change marks on the listening connection. They show a notification
that got lost, and a connection that died unnoticed."""
LOOK_AGAIN_SECONDS = 60.0
"""The time after which every page is read again, whatever the marks say."""
ALL_TOPICS = frozenset(Topic)
MARKS: Mapping[str, frozenset[Topic]] = {
    "recorded": ALL_TOPICS - {Topic.CHAIN, Topic.TRANSFER},
    "followed": frozenset({Topic.CHAIN}),
    "seen": frozenset({Topic.TRANSFER}),
}
"""The topics that may have changed when a column of `wbo.change_mark` moves."""


class PostgresStore:
    """The implementation of `services.desk.Store`."""

    def __init__(
        self, server: Server, login: str, password: Secret, never_on: threading.Thread | None = None
    ) -> None:
        self._server, self._login, self._password = server, login, password
        self._workstation = socket.gethostname()
        self._database = Database(server, login, password, self._workstation, never_on)
        self._closing = threading.Event()

    def session(self) -> Session:
        """The operator's session, read now. Raises `database_outdated` or `database_foreign` when the
        migrations that the database has run are not this program's."""
        self._check_schema()
        me = self._read(
            lambda: self._database.execute_sql(
                "SELECT login, display_name, permissions, must_change_password, workstation, policy,"
                " hand, two_hands, password_foreign FROM wbo.my_session()"
            ).fetchone()
        )
        known = {p.value for p in Permission}
        return Session(
            login=me[0],
            display_name=me[1],
            permissions=frozenset(Permission(p) for p in me[2] if p in known),
            must_change_password=me[3],
            workstation=me[4],
            server=str(self._server),
            policy=me[5],
            hand=frozenset(me[6]),
            two_hands=me[7],
            password_foreign=me[8],
        )

    def _check_schema(self) -> None:
        found = self._read(
            lambda: self._database.execute_sql(
                "SELECT version, to_jsonb(v) -> 'migrations' FROM wbo.schema_version v"
            ).fetchone()
        )
        differ = told_differences(*(found or (None, None)))
        if differ.changed or differ.foreign:
            raise RuleViolation("database_foreign", name=[*differ.changed, *differ.foreign][0])
        if differ.missing:
            raise RuleViolation("database_outdated", name=differ.missing[0])

    def call(self, act: Act) -> Any:
        """The result of the act's function: its value, a mapping for a row, None for void. `outcome_unknown`
        when the connection broke on the way."""
        try:
            with refusals(act.permission):
                return _result(self._database.execute_sql(*_statement(act)))
        except RuleViolation as refused:
            if refused.code == "database_unreachable" and refused.__cause__ is not None:
                # it broke on the way, not before: the server may have done it
                raise RuleViolation("outcome_unknown") from refused
            raise

    def call_fresh(self, act: Act, password: Secret) -> Any:
        """The result of the act in a session of its own, opened with the password given again."""
        with (
            refusals(act.permission),
            open_connection(self._server, self._login, password, self._workstation) as fresh,
        ):
            statement, parameters = _statement(act)
            return _result(fresh.execute(statement.encode(), parameters))

    def page(self, request: PageRequest[Any]) -> KeysetPage[Any]:
        return self._read(lambda: pages.page(self._database, request))

    def count(self, source: type[object], filters: tuple[Filter, ...], exact: bool) -> Count:
        return self._read(lambda: pages.count(self._database, source, filters, exact))

    def waiting(self, asked: Asked, most: int) -> list[int]:
        return self._read(lambda: pages.waiting(self._database, asked, most))

    def row(self, source: type[Any], key: Mapping[str, Any]) -> Any:
        return self._read(lambda: pages.row(self._database, source, key))

    def _read(self, work: Callable[[], T]) -> T:
        """The result of `work`, which reads only and is done again on a new connection when the old one
        broke, as after a restart of the server or a change of the password."""
        try:
            return work()
        except (peewee.PeeweeException, psycopg.Error) as error:
            rule = refusal(error)
            if rule is None:
                raise
            if rule.code not in LOST:
                raise rule from error
        with refusals():
            return work()

    def verify_password(self, password: Secret) -> None:
        """Proves a password to the server by opening a connection with it."""
        open_connection(self._server, self._login, password, self._workstation).close()

    def scram_verifier(self, login: str, password: Secret) -> str:
        """The SCRAM verifier of a password, made on this workstation."""
        with refusals():
            connection = self._database.cursor().connection
        made: bytes = connection.pgconn.encrypt_password(
            password.reveal().encode(), login.encode(), b"scram-sha-256"
        )
        return made.decode()

    def use_password(self, password: Secret) -> None:
        """Uses this password for every later connection."""
        self._password = password
        self._database.use_password(password)

    def listen(self, heard: Callable[[frozenset[Topic]], None]) -> None:
        """Calls `heard` with changed topics until `close`; blocks. Notifications are hints: the marks are
        read every `MARK_SECONDS`, and every `LOOK_AGAIN_SECONDS` all topics count as changed."""
        while not self._closing.is_set():
            try:
                with open_connection(self._server, self._login, self._password, self._workstation) as ear:
                    ear.execute("LISTEN wbo_changes")
                    marks = _marks(ear)
                    heard(ALL_TOPICS)
                    self._listen(ear, marks, heard)
            except (RuleViolation, psycopg.Error):
                self._closing.wait(1.0)

    def _listen(
        self,
        ear: psycopg.Connection[Any],
        marks: Mapping[str, Any],
        heard: Callable[[frozenset[Topic]], None],
    ) -> None:
        looked = marked = monotonic()
        told: set[Topic] = set()
        while not self._closing.is_set():
            if topics := _hints(ear):
                told |= topics
                heard(topics)
            if monotonic() - marked > MARK_SECONDS:
                before, marks, marked = marks, _marks(ear), monotonic()
                if untold := _untold(before, marks, told):
                    heard(untold)
                told.clear()
            if monotonic() - looked > LOOK_AGAIN_SECONDS:
                looked = monotonic()
                heard(ALL_TOPICS)

    def close(self) -> None:
        """Ends every connection."""
        self._closing.set()
        self._database.close_all()


def _marks(ear: psycopg.Connection[Any]) -> Mapping[str, Any]:
    with ear.cursor(row_factory=dict_row) as cursor:
        return cursor.execute("SELECT * FROM wbo.change_mark").fetchone() or {}


def _hints(ear: psycopg.Connection[Any]) -> frozenset[Topic]:
    """The topics of the notifications that arrive within a while; those of one moment together."""
    notes = list(ear.notifies(timeout=min(MARK_SECONDS, LOOK_AGAIN_SECONDS) / 10, stop_after=1))
    if notes:
        notes += ear.notifies(timeout=0)
    known = {topic.value for topic in Topic}
    return frozenset(Topic(note.payload) for note in notes if note.payload in known)


def _untold(before: Mapping[str, Any], after: Mapping[str, Any], told: Set[Topic]) -> frozenset[Topic]:
    """The topics whose marks moved and of which no notification came."""
    moved = (topics for name, topics in MARKS.items() if before.get(name) != after.get(name))
    return frozenset().union(*moved) - told


def _statement(act: Act) -> tuple[str, tuple[Any, ...]]:
    values = tuple(_parameter(getattr(act, f.name)) for f in fields(act))
    return f"SELECT * FROM wbo.{act.function}({', '.join(['%s'] * len(values))})", values


def _parameter(value: Any) -> Any:
    return Jsonb(value) if isinstance(value, (dict, list)) else value


def _result(cursor: Any) -> Any:
    found = cursor.fetchone()
    if found is None or (len(found) == 1 and found[0] in ("", None)):
        return None
    if len(found) == 1:
        return found[0]
    return dict(zip((column.name for column in cursor.description), found, strict=True))
