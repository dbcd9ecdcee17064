"""The schema made, upgraded and checked: twice, from an older version, by the wrong login, after a restore."""

# ruff: noqa: E501 - a statement reads best on one line

from __future__ import annotations

import hashlib
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from tests.support import twin_2026_11
from tests.support.sessions import waits_for
from wbo_demo.postgres import Postgres
from wbo_demo.world import World
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.models import audit, migrate
from wbo_desktop.models.connection import open_connection
from wbo_desktop.models.store import PostgresStore


@pytest.fixture
def superuser(database: World) -> Iterator[psycopg.Connection[Any]]:
    with database.connect("superuser") as connection:
        yield connection


def test_a_database_is_made_once(superuser: psycopg.Connection[Any]) -> None:
    with pytest.raises(migrate.MigrationError, match="db upgrade"):
        migrate.initialise(superuser)


def test_an_upgrade_changes_nothing_the_second_time_and_keeps_what_there_is(database: World) -> None:
    with database.connect("intake") as intake:
        client = database.clients[0]
        intake.execute(
            "SELECT wbo.submit_deposit_application('S-1', %s, 'USDT', 'Ethereum', 5, %s, %s)",
            (client.securities_account, client.wallet.address, client.custodial),
        )
    with database.connect("owner") as owner:
        for _ in range(2):
            assert migrate.upgrade(owner) == migrate.SCHEMA_VERSION
        assert migrate.check(owner).faults == ()
    with database.connect("viewer") as viewer:
        assert viewer.execute("SELECT count(*) FROM wbo.deposit_record").fetchone() == (1,)
    with database.connect("maker") as maker, pytest.raises(psycopg.Error, match="unknown_object"):
        maker.execute("SELECT wbo.revoke_deposit('x', 'y', 1)")


def test_an_older_database_is_brought_up_to_date(database: World, monkeypatch: pytest.MonkeyPatch) -> None:
    older = migrate.MIGRATIONS
    newer = [*older, ("9999_more.sql", "ALTER TABLE wbo_data.policy ADD COLUMN explanation text;")]
    monkeypatch.setattr(migrate, "MIGRATIONS", newer)
    monkeypatch.setattr(migrate, "SCHEMA_VERSION", len(newer))
    with database.connect("owner") as owner:
        assert "db upgrade" in migrate.check(owner).faults[0]
        assert migrate.upgrade(owner) == len(newer)
        assert migrate.check(owner).faults == ()
    with database.connect("viewer") as viewer:
        assert viewer.execute("SELECT version FROM wbo.schema_version").fetchone() == (len(newer),)


def test_a_migration_that_comes_late_with_a_number_between_others_runs_too(
    database: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = ("0000_late.sql", "ALTER TABLE wbo_data.policy ADD COLUMN late text;")
    monkeypatch.setattr(migrate, "MIGRATIONS", [late, *migrate.MIGRATIONS])
    monkeypatch.setattr(migrate, "SCHEMA_VERSION", len(migrate.MIGRATIONS))
    with database.connect("owner") as owner:
        assert migrate.upgrade(owner) == migrate.SCHEMA_VERSION
        assert migrate.check(owner).faults == ()
        owner.execute("SET ROLE wbo_owner")
        assert owner.execute("SELECT count(late) FROM wbo_data.policy").fetchone() == (0,)


NOVEMBERS = ("nov_root", "nov_lead", "nov_mk", "nov_ck", "nov_free")
NOVEMBER = (
    "INSERT INTO wbo_data.operator (login, display_name, password_issued_by) VALUES ('nov_root', 'Root', NULL),"
    " ('nov_lead', 'Lead', 'nov_root'), ('nov_mk', 'Maker', 'nov_lead'), ('nov_ck', 'Checker', 'nov_root'), ('nov_free', 'Free', NULL)",
    "INSERT INTO wbo_data.permission_grant (login, permission_code, state, requested_by) VALUES"
    " ('nov_root', 'atm.va_refund_approval', 'waiting', 'nov_lead'),"
    " ('nov_mk', 'atm.va_refund_of_coin_deposit_record', 'granted', 'nov_root')",
    "INSERT INTO wbo_data.refund (refund_no, record_no, client_no, coin_id, network, wallet_id, address, amount_base, remark,"
    " intent, intent_hash, approvals_needed, required_confirmations, requested_by) VALUES ('RF1', 'DP1', 'C1', 1, 'N', 1,"
    " '0x' || repeat('0', 40), 1, 'x', 'x', repeat('0', 64), 1, 1, 'nov_mk')",
    "INSERT INTO wbo_data.refund_approval (refund_no, login, intent_hash) VALUES ('RF1', 'nov_ck', 'x'), ('RF1', 'nov_free', 'x')",
)


def test_a_desk_of_november_2026_learns_whose_hand_did_what(
    template: World, postgres_cluster: Postgres
) -> None:
    """Refunds that wait, and requests that wait, keep the hand of who asked as far as it is known."""
    maintenance = psycopg.connect(postgres_cluster.superuser_dsn(), autocommit=True)
    maintenance.execute("DROP DATABASE IF EXISTS november WITH (FORCE)")
    maintenance.execute("CREATE DATABASE november")
    who = template.logins["superuser"]
    server = replace(template.server, dbname="november")
    with open_connection(server, who.login, who.password, "tests") as connection:
        connection.execute("GRANT CREATE ON DATABASE november TO wbo_owner")
        connection.execute("SET ROLE wbo_owner")
        connection.execute(twin_2026_11.TABLES.encode())
        connection.execute(twin_2026_11.CODE.encode())
        for number, (name, _) in enumerate(migrate.MIGRATIONS[:5], 1):
            connection.execute(
                "INSERT INTO wbo_data.schema_migration (version, name, code_hash) VALUES (%s, %s, '')",
                (number, name),
            )
        connection.execute("RESET ROLE")
        connection.execute("SET ROLE wbo_owner")
        for login in NOVEMBERS:
            connection.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(login)))
        connection.execute("RESET ROLE")
        connection.execute("SET session_replication_role = replica")
        for statement in NOVEMBER:
            connection.execute(statement.encode())
        connection.execute("RESET session_replication_role")
        assert migrate.upgrade(connection) == migrate.SCHEMA_VERSION
        hands = dict(connection.execute("SELECT login, hand FROM wbo_data.refund_approval").fetchall())
        assert hands == {"nov_ck": ["nov_ck", "nov_root"], "nov_free": ["nov_free"]}
        asked = connection.execute("SELECT requested_hand FROM wbo_data.refund").fetchone()
        assert asked == (["nov_lead", "nov_mk", "nov_root"],)
        waiting = connection.execute(
            "SELECT object_id, requested_by, requested_hand, for_me FROM wbo.permission_request WHERE state = 'waiting'"
        ).fetchall()
        assert waiting == [("nov_root atm.va_refund_approval", "nov_lead", ["nov_lead", "nov_root"], True)]
        hand = connection.execute("SELECT wbo_rule.hand('nov_mk')").fetchone()
        assert hand == (["nov_lead", "nov_mk", "nov_root"],)
    maintenance.execute("DROP DATABASE november WITH (FORCE)")
    for login in NOVEMBERS:
        maintenance.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(login)))
    maintenance.close()


def test_an_upgrade_that_breaks_leaves_everything_as_it_was(
    database: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = [
        *migrate.MIGRATIONS,
        ("9999_broken.sql", "ALTER TABLE wbo_data.policy ADD COLUMN x text; SELECT 1/0;"),
    ]
    before = migrate.SCHEMA_VERSION
    monkeypatch.setattr(migrate, "MIGRATIONS", broken)
    monkeypatch.setattr(migrate, "SCHEMA_VERSION", len(broken))
    with database.connect("owner") as owner, pytest.raises(psycopg.errors.DivisionByZero):
        migrate.upgrade(owner)
    monkeypatch.undo()
    with database.connect("owner") as owner:
        check = migrate.check(owner)
    assert (check.version, check.faults) == (before, ())


FIRST = migrate.MIGRATIONS[0]
LAST = migrate.MIGRATIONS[-1]
EDITED = (LAST[0], LAST[1] + "\n-- and one more thing")
MISFITS = {
    "foreign": (migrate.MIGRATIONS[:-1], LAST[0], "newer", "database_foreign"),
    "changed": ([*migrate.MIGRATIONS[:-1], EDITED], LAST[0], "another text", "database_foreign"),
    "swapped": ([("0001_other.sql", FIRST[1]), *migrate.MIGRATIONS[1:]], FIRST[0], "newer", "database_foreign"),
    "missing": (
        [*migrate.MIGRATIONS, ("9999_more.sql", "SELECT 1;")], "9999_more.sql", "wbo-desktop db upgrade", "database_outdated",
    ),
}  # fmt: skip
"""What a program has that meets a database of this one's: its migrations, the one that differs, and what is said."""
misfits = pytest.mark.parametrize("misfit", MISFITS)


def store_of(world: World, who: str = "maker") -> PostgresStore:
    login = world.logins[who]
    return PostgresStore(world.server, login.login, login.password)


@misfits
def test_a_database_of_other_migrations_is_refused_by_name_at_check_and_login(
    misfit: str, database: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, name, words, code = MISFITS[misfit]
    monkeypatch.setattr(migrate, "MIGRATIONS", own)
    with database.connect("owner") as owner:
        faults = migrate.check(owner).faults
    assert any(fault.startswith(f"{name} ") and words in fault for fault in faults), faults
    with closing(store_of(database)) as store, pytest.raises(RuleViolation) as refused:
        store.session()
    assert refused.value.code == code
    assert refused.value.params == {"name": name}


@misfits
def test_an_upgrade_runs_what_is_missing_and_refuses_the_rest(
    misfit: str, database: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, name, words, code = MISFITS[misfit]
    monkeypatch.setattr(migrate, "MIGRATIONS", own)
    monkeypatch.setattr(migrate, "SCHEMA_VERSION", len(own))
    with database.connect("owner") as owner:
        if code == "database_outdated":
            migrate.upgrade(owner)
            assert migrate.check(owner).faults == ()
            return
        with pytest.raises(migrate.MigrationError, match=f"^{name} .*{words}"):
            migrate.upgrade(owner)
    monkeypatch.undo()
    with database.connect("owner") as owner:
        assert migrate.check(owner).faults == ()


def test_the_same_migrations_are_let_in(database: World) -> None:
    with closing(store_of(database)) as store:
        assert store.session().login == database.logins["maker"].login


def test_hashes_that_were_not_kept_yet_are_recorded_by_the_upgrade(
    database: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.connect("superuser") as root:
        root.execute("UPDATE wbo_data.schema_migration SET sha256 = NULL")
    with database.connect("owner") as owner:
        assert migrate.check(owner).faults == ()
        migrate.upgrade(owner)
    with database.connect("superuser") as root:
        kept = dict(root.execute("SELECT name, sha256 FROM wbo_data.schema_migration").fetchall())
    assert kept == {name: hashlib.sha256(text.encode()).hexdigest() for name, text in migrate.MIGRATIONS}


def test_a_database_from_before_hashes_asks_for_the_upgrade(database: World) -> None:
    with database.connect("superuser") as root:
        root.execute("SET ROLE wbo_owner")
        root.execute("DROP VIEW wbo.schema_version")
        root.execute("CREATE VIEW wbo.schema_version AS SELECT 13 AS version")
        root.execute("GRANT SELECT ON wbo.schema_version TO wbo_operator")
    with closing(store_of(database)) as store, pytest.raises(RuleViolation) as refused:
        store.session()
    assert refused.value.code == "database_outdated"
    with database.connect("owner") as owner:
        assert "db upgrade" in migrate.check(owner).faults[0]


def test_other_code_than_this_programs_is_told(superuser: psycopg.Connection[Any]) -> None:
    superuser.execute(
        "UPDATE wbo_data.schema_migration SET code_hash = 'other' WHERE version = %s",
        (migrate.SCHEMA_VERSION,),
    )
    assert any("differ" in fault for fault in migrate.check(superuser).faults)


@pytest.mark.parametrize("who", ["maker", "admin", "intake", "worker"])
def test_only_the_owners_members_upgrade(who: str, database: World) -> None:
    with database.connect(who) as connection, pytest.raises(migrate.MigrationError):
        migrate.upgrade(connection)


def test_an_operator_cannot_hold_an_upgrade_up(database: World) -> None:
    """Not with an advisory lock; an open transaction of theirs is ended by the watch."""
    with database.connect("maker") as maker:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            maker.execute("SELECT pg_advisory_lock(1)")
        maker.execute("SELECT pg_notify('wbo_changes', 'x')")
        with database.connect("owner") as owner:
            owner.execute("SET lock_timeout = '5s'")
            migrate.upgrade(owner)


def test_no_schema_and_too_old_a_server(postgres_cluster: Postgres, database: World) -> None:
    who = database.logins["superuser"]
    with open_connection(
        replace(database.server, dbname="postgres"), who.login, who.password, "tests"
    ) as connection:
        assert "db init" in migrate.check(connection).faults[0]
        with pytest.raises(migrate.MigrationError, match="db init"):
            migrate.upgrade(connection)


def test_a_restored_database_is_checked_for_its_rights(
    database: World, postgres_cluster: Postgres, tmp_path: Path
) -> None:
    """pg_dump leaves the rights on the database itself behind; `db check` says so, and securing mends it."""
    with database.connect("worker") as worker:
        worker.execute("SELECT wbo_chain.seal_audit(10000)")
    dump = tmp_path / "desk.dump"
    restored = f"{database.server.dbname}_restored"
    _run(postgres_cluster, "pg_dump", "-Fc", "-f", dump, database.server.dbname)
    who = database.logins["superuser"]
    maintenance = replace(database.server, dbname="postgres")
    with open_connection(maintenance, who.login, who.password, "tests") as connection:
        connection.execute(f"CREATE DATABASE {restored} TEMPLATE template0".encode())
        try:
            _run(postgres_cluster, "pg_restore", "--exit-on-error", "-d", restored, dump)
            copy = replace(database, server=replace(database.server, dbname=restored))
            with copy.connect("superuser") as inside:
                assert any("PUBLIC" in fault for fault in migrate.check(inside).faults)
                migrate.secure_database(inside)
                assert migrate.check(inside).faults == ()
                assert audit.verify(inside).fault is None
            with copy.connect("maker") as maker, pytest.raises(psycopg.errors.InsufficientPrivilege):
                maker.execute("CREATE TEMP TABLE x (a int)")
        finally:
            connection.execute(f"DROP DATABASE {restored} WITH (FORCE)".encode())


def _run(server: Postgres, program: str, *arguments: object) -> None:
    done = subprocess.run(
        [
            server.bin_dir / program,
            "-h",
            server.host,
            "-p",
            str(server.port),
            "-U",
            server.superuser,
            *map(str, arguments),
        ],
        env={"PGPASSWORD": server.superuser_password.reveal(), "LC_ALL": "C.UTF-8", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr


def test_an_upgrade_names_who_is_in_the_way_and_holds_nobody_up(database: World) -> None:
    """A reader that never ends its transaction; an operator who comes meanwhile is not queued behind the upgrade."""
    reader, owner = database.connect("viewer"), database.connect("owner")
    with closing(reader), closing(owner):
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM wbo.deposit_record")
        told: list[str] = []

        def upgrade() -> None:
            try:
                migrate.upgrade(owner, patience=1.0)
            except migrate.MigrationError as error:
                told.append(str(error))

        upgrading = threading.Thread(target=upgrade)
        upgrading.start()
        with database.connect("superuser") as root:
            waits_for(root, owner.info.backend_pid)
        with database.connect("checker") as colleague:
            assert colleague.execute("SELECT count(*) FROM wbo.deposit_record").fetchone() is not None
        upgrading.join()
        assert f"viewer at demo-viewer@127.0.0.1, process {reader.info.backend_pid}, since" in told[0]
        reader.execute("ROLLBACK")
        assert migrate.upgrade(owner, patience=1.0) == migrate.SCHEMA_VERSION
