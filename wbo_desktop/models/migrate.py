"""The schema: made, upgraded and checked by the owner, never by a desktop.

`schema/migrations/NNNN_*.sql` change tables and run once each. `schema/code/*.sql` are functions, views and
grants: the schemas that hold them are dropped and made again by every upgrade, in one transaction with the
migrations.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from importlib import resources
from typing import Any

import psycopg
from psycopg import sql

from wbo_desktop.domain import acts
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.models import catalogue, installed_rules, migrations, waiting
from wbo_desktop.models.waiting import MigrationError as MigrationError

_FILES = resources.files(__package__) / "schema"

OWNER = "wbo_owner"
OLDEST_SERVER = 150000


@dataclass(frozen=True, slots=True)
class SchemaCheck:
    """The result of `db check`; `faults` is empty when all is well. `warnings` are about the server."""

    version: int | None
    needed: int
    faults: tuple[str, ...]
    warnings: tuple[str, ...] = ()


def _scripts(folder: str) -> list[tuple[str, str]]:
    found = sorted((f for f in (_FILES / folder).iterdir() if f.name.endswith(".sql")), key=lambda f: f.name)
    return [(f.name, f.read_text(encoding="utf-8")) for f in found]


MIGRATIONS = _scripts("migrations")
SCHEMA_VERSION = len(MIGRATIONS)


def initialise(connection: psycopg.Connection[Any]) -> None:
    """Makes roles and schema in an empty database. Needs a login that may create roles (a superuser).

    Raises:
        MigrationError: the server is too old, or the schema is there already.
    """
    _check_server(connection)
    if _version(connection) is not None:
        raise MigrationError("This database has the schema already; use: wbo-desktop db upgrade")
    with connection.transaction():
        _make_roles(connection)
        connection.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        secure_database(connection)
        connection.execute((_FILES / "log_reader.sql").read_bytes())
        _close_other_databases(connection)
        _apply(connection)


def secure_database(connection: psycopg.Connection[Any]) -> None:
    """Sets the rights on the database itself: none for PUBLIC (so no temporary tables), no large objects, no
    advisory locks (a login that takes many leaves no lock memory to others), a limit on temporary files.

    A database restored or cloned from a template does not inherit them. Needs a superuser.
    """
    database = sql.Identifier(connection.info.dbname)
    with connection.transaction():
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
        connection.execute(sql.SQL("GRANT CONNECT, CREATE ON DATABASE {} TO wbo_owner").format(database))
        connection.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO wbo_operator, wbo_intake, wbo_worker").format(database)
        )
        connection.execute(sql.SQL("ALTER DATABASE {} SET temp_file_limit = '4GB'").format(database))
        connection.execute(_CLOSE_BUILT_IN.encode())


_CLOSE_BUILT_IN = f"""DO $$
DECLARE
    one regprocedure;
BEGIN
    FOR one IN {catalogue.OPEN_BUILT_IN} LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', one);
    END LOOP;
END
$$"""


def _close_other_databases(connection: psycopg.Connection[Any]) -> None:
    """Takes from PUBLIC the rights on the server's own databases, in which every login could make temporary
    tables and take locks."""
    for name in ("postgres", "template1"):
        is_open = connection.execute(
            "SELECT FROM pg_database WHERE datname = %s AND has_database_privilege('public', oid, 'CONNECT')",
            (name,),
        ).fetchone()
        if is_open is not None and name != connection.info.dbname:
            connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))


def upgrade(connection: psycopg.Connection[Any], patience: float = 60.0) -> int:
    """Brings the schema to this program's version and returns it. Needs a member of the owner role.

    Raises:
        MigrationError: there is no schema yet, its migrations are not this program's, or other sessions held
            locks for `patience` seconds; the message names them.
    """
    _check_server(connection)
    version = _version(connection)
    if version is None:
        raise MigrationError("This database has no schema yet; use: wbo-desktop db init")
    waiting.patiently(connection, lambda: _upgrade_once(connection), patience)
    return SCHEMA_VERSION


def _upgrade_once(connection: psycopg.Connection[Any]) -> None:
    with connection.transaction():
        _as_owner(connection)
        # One upgrade at a time; not by an advisory lock, which any login could take.
        connection.execute("LOCK TABLE wbo_data.schema_migration IN EXCLUSIVE MODE")
        misfits = migrations.compare(migrations.recorded(connection), MIGRATIONS).misfits()
        if misfits:
            raise MigrationError("\n".join(misfits))
        _apply(connection)


def check(connection: psycopg.Connection[Any]) -> SchemaCheck:
    """The comparison of the database with this program, for `wbo-desktop db check`."""
    version = _version(connection)
    faults: list[str] = []
    if version is None:
        faults.append("no schema: wbo-desktop db init")
    else:
        faults += differences(connection).faults()
        faults += () if faults else [*_code_faults(connection), *catalogue.holes(connection)]
    warnings = [*catalogue.warnings(connection), *(() if faults else _lone_desk(connection))]
    return SchemaCheck(version, SCHEMA_VERSION, tuple(faults), tuple(warnings))


def _lone_desk(connection: psycopg.Connection[Any]) -> Iterable[str]:
    try:
        found = connection.execute("SELECT wbo_rule.has_two_hands()").fetchone()
    except psycopg.errors.InsufficientPrivilege:
        return
    if found and not found[0]:
        yield (
            "no two administrators of different hands have logged in, so nothing that matters can be agreed to:"
            " wbo-desktop db add-admin LOGIN"
        )


def differences(connection: psycopg.Connection[Any]) -> migrations.Differences:
    """How the migrations that this database has run differ from this program's. For every login."""
    found = connection.execute(
        "SELECT version, to_jsonb(v) -> 'migrations' FROM wbo.schema_version v"
    ).fetchone()
    return told_differences(*(found or (None, None)))


def told_differences(version: int | None, ran: Mapping[str, str | None] | None) -> migrations.Differences:
    """The same from a row of `wbo.schema_version`; `ran` is None in a database from before hashes were kept."""
    if ran is None:
        ran = dict.fromkeys(name for name, _ in MIGRATIONS[: version or 0])
    return migrations.compare(ran, MIGRATIONS)


def _code_faults(connection: psycopg.Connection[Any]) -> Iterable[str]:
    try:
        found = connection.execute(
            "SELECT code_hash FROM wbo_data.schema_migration ORDER BY version DESC LIMIT 1"
        ).fetchone()
    except psycopg.errors.InsufficientPrivilege:
        return
    if found and found[0] != code_hash():
        yield "functions or views differ from this program's: wbo-desktop db upgrade"


def code_hash() -> str:
    """SHA-256 of the functions, views and grants that this program installs."""
    return hashlib.sha256("\0".join(text for _, text in _rendered_code()).encode()).hexdigest()


def _check_server(connection: psycopg.Connection[Any]) -> None:
    if connection.info.server_version < OLDEST_SERVER:
        raise MigrationError("PostgreSQL 15 or later is needed")


def _version(connection: psycopg.Connection[Any]) -> int | None:
    try:
        there = connection.execute("SELECT to_regclass('wbo.schema_version') IS NOT NULL").fetchone()
        if not there or not there[0]:
            return None
        found = connection.execute("SELECT version FROM wbo.schema_version").fetchone()
    except psycopg.errors.InsufficientPrivilege:
        raise MigrationError(
            "This login may not look at the schema; log in as the owner's administrator"
        ) from None
    return found[0] if found else None


def _make_roles(connection: psycopg.Connection[Any]) -> None:
    connection.execute((_FILES / "roles.sql").read_bytes())
    permissions = "ARRAY[" + ", ".join(f"'{p.value}'" for p in Permission) + "]"
    groups = (_FILES / "group_roles.sql").read_text(encoding="utf-8").replace("{permissions}", permissions)
    _as_owner(connection)
    connection.execute(groups.encode())
    connection.execute("RESET ROLE")
    connection.execute(_RESERVE.encode())


# From PostgreSQL 16 on: connections that no operator can take, for who gets the desk going again.
_RESERVE = """DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'pg_use_reserved_connections')
       AND NOT (pg_has_role('wbo_owner', 'pg_use_reserved_connections', 'USAGE')
                AND pg_has_role('wbo_worker', 'pg_use_reserved_connections', 'USAGE')) THEN
        GRANT pg_use_reserved_connections TO wbo_owner, wbo_worker;
    END IF;
END
$$"""


def _as_owner(connection: psycopg.Connection[Any]) -> None:
    try:
        connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(OWNER)))
    except psycopg.errors.InsufficientPrivilege:
        raise MigrationError(
            f"This login is not a member of {OWNER}; log in as the owner's administrator"
        ) from None


def _apply(connection: psycopg.Connection[Any]) -> None:
    """Runs the migrations that have not run yet, then makes all code anew."""
    _as_owner(connection)
    done = set(migrations.recorded(connection))
    connection.execute("DROP SCHEMA IF EXISTS wbo, wbo_chain, wbo_rule CASCADE")
    # By name: one that was merged late, with a number between others, runs all the same.
    for name, text in MIGRATIONS:
        if name not in done:
            connection.execute(text.encode())
            done.add(name)
            connection.execute(
                "INSERT INTO wbo_data.schema_migration (version, name, code_hash) VALUES (%s, %s, '')",
                (len(done), name),
            )
    migrations.record(connection, MIGRATIONS)
    installed_rules.install(connection)
    for _, text in _rendered_code():
        connection.execute(text.encode())
    # logins that were made when other limits held
    connection.execute("SELECT wbo_rule.limit_role(login) FROM wbo_data.operator WHERE disabled_at IS NULL")
    connection.execute(
        "UPDATE wbo_data.schema_migration SET code_hash = %s WHERE version = %s",
        (code_hash(), SCHEMA_VERSION),
    )
    connection.execute("RESET ROLE")


def _rendered_code() -> list[tuple[str, str]]:
    return [(name, text.replace("{act_grants}", _act_grants())) for name, text in _scripts("code")]


def _act_grants() -> str:
    """GRANT EXECUTE for each act to its permission's role, by the function's name (no act function is
    overloaded)."""
    guarded = [act for act in acts.ALL if act.permission is not None]
    pairs = ", ".join(
        f"('{act.function}', '{act.permission}')" for act in sorted(guarded, key=lambda a: a.function)
    )
    return f"""DO $$
DECLARE
    one record;
BEGIN
    FOR one IN
        SELECT p.oid::regprocedure AS signature, v.permission
        FROM (VALUES {pairs}) AS v (function, permission)
        JOIN pg_proc p ON p.proname = v.function JOIN pg_namespace n ON n.oid = p.pronamespace AND n.nspname
        = 'wbo'
    LOOP
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %I', one.signature, one.permission);
    END LOOP;
END
$$;"""


def act_arguments(act: type[acts.Act]) -> int:
    """The number of arguments of an act's function; a test compares it with the database."""
    return len(fields(act))
