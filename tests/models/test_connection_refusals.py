"""What a failed connection means: each cause has its own code, in whatever language the server speaks."""

from __future__ import annotations

import asyncio
import datetime
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from tests.support.tls_server import (
    ADDRESS,
    BETWEEN,
    LANGUAGE,
    Authority,
    TlsServer,
    languages,
    somebody_in_between,
)
from wbo_desktop.domain.errors import CATALOGUE, LOST, PASSING, RuleViolation
from wbo_desktop.models.connection import Server, open_connection, refusal
from wbo_desktop.secrets import Secret
from wbo_desktop.views import labels


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TlsServer]:
    """Debian's server with TLS, whose words are English."""
    with languages():
        made = TlsServer.start(tmp_path_factory.mktemp("tls"))
        yield made
        made.postgres.stop(remove=True)


@pytest.fixture(params=["C", LANGUAGE], ids=["English", "Chinese"])
def server(tls: TlsServer, request: pytest.FixtureRequest) -> Iterator[TlsServer]:
    """The same, once in each language."""
    tls.set(lc_messages=request.param)
    yield tls
    tls.set(lc_messages="C")


def told(server: Server, login: str, password: Secret) -> RuleViolation:
    """What is said instead of opening a connection."""
    with pytest.raises(RuleViolation) as refused:
        open_connection(server, login, password, "test").close()
    return refused.value


def code(server: TlsServer, **changed: object) -> str:
    """The code of it, for the operator's own login unless told otherwise."""
    login, password = changed.pop("login", server.login), changed.pop("password", server.password)
    assert isinstance(login, str)
    assert isinstance(password, Secret)
    return told(replace(server.server, **changed), login, password).code  # type: ignore[arg-type]


def test_the_server_lets_in_who_proves_the_password(server: TlsServer) -> None:
    with open_connection(server.server, server.login, server.password, "test") as opened:
        assert opened.pgconn.ssl_in_use
        assert opened.execute("SELECT current_setting('lc_messages')").fetchone() is not None


def test_a_wrong_password(server: TlsServer) -> None:
    assert code(server, password=Secret("not this one")) == "login_failed"
    assert code(server, login="a_login_that_nobody_has") == "login_failed"


def test_a_wrong_password_counts_once_where_the_server_speaks_english(tls: TlsServer) -> None:
    def failures(login: str) -> int:
        return tls.postgres.server_log.read_text("utf-8").count(f'authentication failed for user "{login}"')

    before = failures(tls.login)
    assert code(tls, password=Secret("not this one")) == "login_failed"
    assert code(tls, login="whose_line_comes_after") == "login_failed"
    while not failures("whose_line_comes_after"):
        pass  # the server writes its log a moment later, in order
    assert failures(tls.login) - before == 1


def test_a_login_that_may_not_log_in(server: TlsServer) -> None:
    with changed_role(server, "NOLOGIN", "LOGIN"):
        assert code(server) == "login_not_permitted"


def test_too_many_connections(server: TlsServer) -> None:
    with changed_role(server, "CONNECTION LIMIT 0", "CONNECTION LIMIT -1"):
        assert code(server) == "database_full"
    with server_full(server):
        assert code(server) == "database_full"


def test_a_database_that_is_not_there(server: TlsServer) -> None:
    refused = told(replace(server.server, dbname="elsewhere"), server.login, server.password)
    assert (refused.code, refused.params["database"]) == ("database_missing", "elsewhere")


def test_a_workstation_without_a_line_in_pg_hba(server: TlsServer) -> None:
    server.admit(others="another_database")
    try:
        assert code(server) == "workstation_not_admitted"
    finally:
        server.admit()


@pytest.mark.parametrize("method", ["password", "trust", "md5"])
def test_a_server_that_does_not_ask_by_scram(server: TlsServer, method: str) -> None:
    server.admit(method)
    try:
        # a verifier of SCRAM makes "md5" ask by SCRAM: that is as good
        if method == "md5":
            open_connection(server.server, server.login, server.password, "test").close()
        else:
            assert code(server) == "scram_missing"
    finally:
        server.admit()


def test_a_copy_that_can_only_be_read(server: TlsServer) -> None:
    server.set(default_transaction_read_only="on")
    try:
        assert code(server) == "database_read_only"
    finally:
        with server.superuser() as connection:
            connection.execute("SET default_transaction_read_only = off")
            connection.execute("ALTER SYSTEM RESET default_transaction_read_only")
            server._reload(connection)


# ------------------------------------------------------------ TLS


def test_no_tls(server: TlsServer) -> None:
    server.set(ssl="off")
    try:
        assert code(server) == "tls_missing"
    finally:
        server.set(ssl="on")


def test_a_certificate_for_another_name(server: TlsServer) -> None:
    with certificate(server, server.ours, "127.0.0.9"):
        assert code(server) == "tls_wrong_name"


def test_an_expired_certificate(server: TlsServer) -> None:
    with certificate(server, server.ours, ADDRESS, until=-datetime.timedelta(days=1)):
        assert code(server) == "tls_expired"


def test_a_certificate_of_another_authority(server: TlsServer) -> None:
    with certificate(server, Authority(server.folder, "theirs"), ADDRESS):
        assert code(server) == "tls_untrusted"


def test_a_file_of_authorities_that_is_not_there(server: TlsServer) -> None:
    assert code(server, sslrootcert="/nowhere/root.crt") == "tls_authority_unreadable"


async def test_somebody_in_between_with_a_certificate_of_our_own_authority(
    server: TlsServer, tmp_path: Path
) -> None:
    made = server.ours.certify(BETWEEN)
    async with somebody_in_between((ADDRESS, server.postgres.port), *made, tmp_path) as port:
        between = replace(server.server, host=BETWEEN, port=port)
        refused = await asyncio.to_thread(told, between, server.login, server.password)
    assert refused.code == "server_not_genuine"


async def test_nothing_is_proven_to_somebody_who_hides_that_the_server_can_bind(
    server: TlsServer, tmp_path: Path
) -> None:
    """Whoever has a proof without the binding may guess at the password as long as they like."""
    made = server.ours.certify(BETWEEN)
    heard: list[bytes] = []
    upstream = (ADDRESS, server.postgres.port)
    async with somebody_in_between(upstream, *made, tmp_path, heard=heard) as port:
        between = replace(server.server, host=BETWEEN, port=port)
        refused = await asyncio.to_thread(told, between, server.login, server.password)
    assert refused.code == "server_not_genuine"
    assert heard
    assert not any(heard)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (psycopg.errors.DiskFull, "database_full"),
        (psycopg.errors.TooManyConnections, "database_full"),
        (psycopg.errors.AdminShutdown, "database_unreachable"),
        (psycopg.errors.QueryCanceled, "statement_timed_out"),
        (psycopg.errors.LockNotAvailable, "busy_elsewhere"),
        (psycopg.errors.InsufficientPrivilege, "permission_denied"),
    ],
)
def test_what_goes_wrong_in_a_session_is_told_by_its_state(error: type[psycopg.Error], code: str) -> None:
    refused = refusal(error("in no language that matters"))
    assert refused is not None
    assert refused.code == code


# ------------------------------------------------------------ not there


def test_nothing_listens(tls: TlsServer) -> None:
    with socket.create_server((ADDRESS, 0)) as once:
        port = once.getsockname()[1]
    assert code(tls, port=port) == "database_unreachable"


@pytest.mark.parametrize("language", ["C", LANGUAGE])
def test_a_server_that_recovers_does_not_call_the_password_wrong(tls: TlsServer, language: str) -> None:
    tls.set(lc_messages=language)
    waits_for_a_primary = tls.cluster / "standby.signal"
    tls.pg_ctl("stop", "-m", "fast")
    waits_for_a_primary.touch()
    try:
        tls.pg_ctl(
            "start",
            "-W",
            "-l",
            str(tls.postgres.server_log.with_name("recovering.log")),
            "-o",
            "-c hot_standby=off",
        )
        # until the port is open nothing can be said but that it is not reached
        codes = iter(lambda: code(tls), "database_starting")
        assert set(codes) <= {"database_unreachable"}
        assert code(tls, password=Secret("not this one")) == "database_starting"
    finally:
        tls.pg_ctl("stop", "-m", "immediate")
        waits_for_a_primary.unlink()
        tls.pg_ctl("start", "-w", "-l", str(tls.postgres.server_log.with_name("again.log")))
        tls.set(lc_messages="C")
    open_connection(tls.server, tls.login, tls.password, "test").close()


# ------------------------------------------------------------ statements


def test_a_statement_that_took_too_long_is_not_changed_meanwhile(tls: TlsServer) -> None:
    with open_connection(tls.server, tls.login, tls.password, "test") as opened:
        opened.execute("SET statement_timeout = '1ms'")
        with pytest.raises(psycopg.Error) as stopped:
            opened.execute("SELECT pg_sleep(30)")
    found = refusal(stopped.value)
    assert found is not None
    assert found.code == "statement_timed_out"


def test_every_cause_has_a_sentence_and_only_the_login_itself_ends_a_session() -> None:
    for one in sorted(LOST | PASSING):
        assert labels.sentence(RuleViolation(one, **dict.fromkeys(CATALOGUE[one], "x")))
    assert not (LOST | PASSING) & {"login_failed", "login_not_permitted", "operator_disabled"}


@contextmanager
def changed_role(server: TlsServer, becomes: str, was: str) -> Iterator[None]:
    with server.superuser() as connection:
        connection.execute(f"ALTER ROLE {server.login} {becomes}".encode())
        yield
        connection.execute(f"ALTER ROLE {server.login} {was}".encode())


@contextmanager
def server_full(server: TlsServer) -> Iterator[None]:
    """No connection is left but those that are reserved for the server's owner."""
    held = []
    try:
        while True:
            held.append(open_connection(server.server, server.login, server.password, "test"))
    except RuleViolation:
        pass  # why is what the test asks
    try:
        yield
    finally:
        for one in held:
            one.close()


@contextmanager
def certificate(
    server: TlsServer, by: Authority, address: str, until: datetime.timedelta = datetime.timedelta(days=1)
) -> Iterator[None]:
    server.certify(*by.certify(address, until=until))
    yield
    server.certify(*server.ours.certify(ADDRESS))
