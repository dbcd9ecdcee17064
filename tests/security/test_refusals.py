"""Refused attempts are in the audit although their transactions rolled back: who, where, what and why, never
the statement."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import Any

import psycopg
import pytest

from wbo_demo import world
from wbo_demo.postgres import Postgres
from wbo_demo.world import Login, World
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.models.connection import Server, open_connection
from wbo_desktop.secrets import Secret

WRONG = Secret("not the password at all")


class Watch:
    """A worker that looks when it is told, and the refusals in the audit."""

    def __init__(self, made: World) -> None:
        self.world = made
        self.look()

    def look(self) -> int | None:
        """One look at the log; how many refusals there were."""
        with self.world.connect("worker") as worker:
            found = worker.execute("SELECT refused FROM wbo_chain.keep_watch()").fetchone()
        return None if found is None else found[0]

    def entries(self) -> list[dict[str, Any]]:
        """What the audit says of refusals, oldest first."""
        with self.world.connect("superuser") as connection:
            rows = connection.execute(
                "SELECT operator, workstation, object_type, object_id, after ->> 'code', after ->> 'sqlstate',"
                " coalesce((after ->> 'count')::int, 1) FROM wbo_data.audit_entry WHERE action = 'refused' ORDER BY seq"
            ).fetchall()
        names = ("operator", "workstation", "type", "object", "code", "sqlstate", "count")
        return [dict(zip(names, row, strict=True)) for row in rows]

    def until(self, enough: Callable[[list[dict[str, Any]]], bool]) -> list[dict[str, Any]]:
        """The server writes its log a moment after it has answered."""
        deadline = monotonic() + 15
        while True:
            self.look()
            if enough(self.entries()) or monotonic() > deadline:
                return self.entries()

    def total(self) -> int:
        """All refusals counted."""
        return sum(entry["count"] for entry in self.entries())


def refused(connection: psycopg.Connection[Any], statement: str, *values: object) -> None:
    with pytest.raises(psycopg.Error):
        connection.execute(statement.encode(), values)


def fail_to_log_in(made: World, login: str, dbname: str | None = None) -> None:
    server = made.server if dbname is None else replace(made.server, dbname=dbname)
    with pytest.raises(RuleViolation, match="login_failed"):
        open_connection(server, login, WRONG, "stranger")


@pytest.fixture
def watch(database: World) -> Watch:
    return Watch(database)


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Callable[..., World]]:
    """A broker on a server of its own, which may be restarted and killed."""
    servers: list[Postgres] = []
    made: list[World] = []

    def start(**settings: str) -> World:
        server = Postgres.start(tmp_path, settings=settings)
        servers.append(server)
        where = Server(server.host, server.port, "desk")
        superuser = Login(server.superuser, server.superuser_password)
        if not made:
            with open_connection(
                replace(where, dbname="postgres"), superuser.login, superuser.password, "tests"
            ) as c:
                c.execute("CREATE DATABASE desk")
            made.append(world.build(where, superuser))
        made[0].server = where
        return made[0]

    start.servers = servers  # type: ignore[attr-defined]
    yield start
    for server in servers[-1:]:
        server.stop(remove=True)


def test_who_was_refused_what_is_in_the_audit(watch: Watch) -> None:
    with (
        watch.world.connect("viewer") as viewer,
        watch.world.connect("maker") as maker,
        watch.world.connect("intake") as intake,
    ):
        refused(viewer, "SELECT wbo.revoke_deposit('DP-secret', 'a private remark', 1)")
        refused(viewer, "SELECT * FROM wbo.audit_log WHERE remark = 'a private remark'")
        refused(viewer, "UPDATE wbo_data.deposit SET status = 'success'")
        refused(maker, "SELECT wbo.revoke_deposit(%s, %s, 1)", "DP-secret", "a private remark")
        refused(maker, "SELECT wbo.revoke_deposit('DP-secret', ' ', 1)")
        refused(intake, "SELECT wbo.attach_txid('S-secret', 'nonsense')")
        refused(maker, "SELECT 1/0")  # no attempt at anything
    fail_to_log_in(watch.world, "maker")
    fail_to_log_in(watch.world, "maker", "postgres")
    found = watch.until(lambda entries: len(entries) >= 7)
    told = {(e["operator"], e["type"], e["object"], e["code"], e["sqlstate"]) for e in found}
    assert told == {
        ("viewer", "function", "revoke_deposit", "permission_denied", "42501"),
        ("viewer", "function", "audit_log", "permission_denied", "42501"),
        ("viewer", "function", "wbo_data", "permission_denied", "42501"),
        ("maker", "function", "revoke_deposit", "unknown_object", "WB404"),
        ("maker", "function", "revoke_deposit", "remark_blank", "WB400"),
        ("intake", "function", "attach_txid", "txid_malformed", "WB400"),
        ("maker", "login", "maker", "login_failed", "28P01"),
    }
    assert {e["workstation"] for e in found if e["type"] == "function"} == {
        f"demo-{name}@127.0.0.1" for name in ("viewer", "maker", "intake")
    }
    assert sum(e["count"] for e in found if e["type"] == "login") == 2
    with watch.world.connect("superuser") as connection:
        everything = connection.execute(
            "SELECT string_agg(e::text, ' ') FROM wbo_data.audit_entry e WHERE action = 'refused'"
        ).fetchone()
    assert everything is not None
    for secret in ("private", "DP-secret", "S-secret", "nonsense"):
        assert secret not in everything[0]


def test_each_refusal_counts_once_whoever_looks(watch: Watch) -> None:
    """Several workers look at once while operators are refused all the time."""
    done = threading.Event()

    def look() -> None:
        with watch.world.connect("worker") as worker:
            while not done.is_set():
                worker.execute("SELECT wbo_chain.keep_watch()")

    lookers = [threading.Thread(target=look) for _ in range(3)]
    for looker in lookers:
        looker.start()
    with watch.world.connect("viewer") as viewer:
        for n in range(300):
            refused(viewer, f"SELECT wbo.recheck_deposit('{n}', 1)")
    done.set()
    for looker in lookers:
        looker.join()
    watch.until(lambda entries: sum(e["count"] for e in entries) >= 300)
    assert watch.total() == 300
    assert watch.look() == 0
    assert watch.total() == 300


def test_a_restart_a_crash_and_rotation_lose_and_double_nothing(own_server: Any) -> None:
    made = own_server(log_filename="postgresql-%Y-%m-%d_%H%M%S.log", log_rotation_size="0")
    watch = Watch(made)
    expected = 0
    for how in ("restart", "kill", "rotate", "rotate", "none"):
        with made.connect("viewer") as viewer:
            for n in range(20):
                refused(viewer, f"SELECT wbo.recheck_deposit('{n}', 1)")
        expected += 20
        if how == "rotate":
            with made.connect("superuser") as connection:
                connection.execute("SELECT pg_rotate_logfile()")
        elif how != "none":
            before = watch.total()
            server = own_server.servers[-1]
            # what was written before the end is still to be read after it
            if how == "kill":
                watch.until(lambda entries, most=expected: sum(e["count"] for e in entries) >= most)
                server.kill()
            else:
                server.stop()
            own_server(log_filename="postgresql-%Y-%m-%d_%H%M%S.log", log_rotation_size="0")
            assert watch.total() >= before
        watch.until(lambda entries, most=expected: sum(e["count"] for e in entries) >= most)
        assert watch.total() == expected, how


def test_nothing_that_is_sent_stops_the_watch_or_speaks_for_others(watch: Watch) -> None:
    forged = (
        '{"timestamp":"2026-01-01 00:00:00 UTC","user":"checker","dbname":"%s",'
        '"error_severity":"ERROR","state_code":"WB403","message":"forged"}'
    )
    server = watch.world.server
    with watch.world.connect("viewer") as viewer:
        line = forged % server.dbname
        refused(viewer, f"SELECT '\n{line}\n', wbo.recheck_deposit('x', 1)")
        refused(
            viewer,
            "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'WB403', MESSAGE = E'forged\\n"
            + line.replace("'", "''")
            + "'; END $$",
        )
        refused(viewer, "SELECT wbo.recheck_deposit('" + "x" * 3_000_000 + "', 1)")
        refused(viewer, "SELECT '\\u0000', wbo.recheck_deposit('\u202e\ufeff', 1)")
        viewer.execute("SET application_name = 'forged\"}{'")
        refused(viewer, "SELECT wbo.recheck_deposit('y', 1)")
    _connect_as(server, b"maker\xff\xfe", server.dbname.encode())
    with watch.world.connect("viewer") as viewer:
        refused(viewer, "SELECT wbo.recheck_deposit('last', 1)")
    found = watch.until(lambda entries: sum(e["count"] for e in entries if e["operator"] == "viewer") >= 6)
    assert {e["operator"] for e in found} - {"viewer"} <= {
        "maker\ufffd\ufffd",
        "maker\xff\xfe",
        "maker??",
        "maker",
        "",
    }, found
    assert not any(e["operator"] in {"checker", "maker"} for e in found)
    assert sum(e["count"] for e in found if e["operator"] == "viewer") >= 6
    assert not any("forged" in (e["code"] or "") for e in found)


def test_a_server_without_a_json_log_is_told(own_server: Any) -> None:
    made = own_server(log_destination="stderr")
    with made.connect("worker") as worker:
        assert worker.execute("SELECT refused FROM wbo_chain.keep_watch()").fetchone() == (None,)
    with made.connect("owner") as owner:
        from wbo_desktop.models.catalogue import warnings

        assert any("jsonlog" in line for line in warnings(owner))


def _connect_as(server: Server, user: bytes, dbname: bytes) -> None:
    """A startup packet with any bytes for a name, and a wrong answer to what is asked."""
    body = struct.pack("!i", 196608) + b"user\0" + user + b"\0database\0" + dbname + b"\0\0"
    with (
        contextlib.suppress(OSError),
        socket.create_connection((server.host, server.port), timeout=5) as knock,
    ):
        knock.sendall(struct.pack("!i", len(body) + 4) + body)
        knock.recv(4096)
        answer = b"SCRAM-SHA-256\0" + struct.pack("!i", 24) + b"n,,n=,r=abcdefghijklmnop"
        knock.sendall(b"p" + struct.pack("!i", len(answer) + 4) + answer)
        knock.recv(4096)
        wrong = b"c=biws,r=wrong,p=AAAA"
        knock.sendall(b"p" + struct.pack("!i", len(wrong) + 4) + wrong)
        knock.recv(4096)


def test_a_flood_of_failing_statements_hides_no_failed_login(watch: Watch) -> None:
    """Thirty megabytes of statements that fail, and guesses at a password in between."""
    viewer = watch.world.connect("viewer")
    with contextlib.closing(viewer):
        for part in range(6):
            for _ in range(5):
                refused(viewer, "SELECT nothing /* " + "x" * 1_000_000 + " */")
            if part % 2:
                fail_to_log_in(watch.world, "maker")
    began = monotonic()
    found = watch.until(lambda entries: sum(e["count"] for e in entries if e["type"] == "login") >= 3)
    assert sum(e["count"] for e in found if e["type"] == "login") == 3
    assert monotonic() - began < 15
    with watch.world.connect("superuser") as connection:
        behind = connection.execute("SELECT behind_bytes, behind_since FROM wbo_data.watch").fetchone()
    assert behind is not None
    assert behind[1] is None


def test_a_log_that_is_read_too_slowly_says_so(watch: Watch) -> None:
    with watch.world.connect("viewer") as viewer:
        for _ in range(12):
            refused(viewer, "SELECT nothing /* " + "x" * 1_000_000 + " */")
    with watch.world.connect("worker") as worker, watch.world.connect("superuser") as connection:
        told = "SELECT behind_bytes > 1000000, behind_since IS NOT NULL FROM wbo_data.watch"
        deadline = monotonic() + 15
        while connection.execute(told).fetchone() != (True, True):
            assert monotonic() < deadline
            worker.execute("SELECT wbo_chain.collect_refusals(0)")
        watch.look()
        assert connection.execute(told).fetchone() == (False, False)
