# ruff: noqa: E501 - a query reads best on one line
"""What the server's catalogue says of the schema: the figures that every release must show, and one registry of acts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg

from wbo_demo.world import World
from wbo_desktop.domain import acts
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.models import catalogue, migrate

COUNTED = {
    "SECURITY DEFINER functions without pinned search_path": """
        SELECT count(*) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname LIKE 'wbo%%' AND p.prosecdef
          AND NOT coalesce('search_path=pg_catalog, wbo, pg_temp' = ANY (p.proconfig), false)
          AND NOT (n.nspname = 'wbo_log' AND 'search_path=pg_catalog, pg_temp' = ANY (p.proconfig))""",
    "functions executable by PUBLIC": """
        SELECT count(*) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname LIKE 'wbo%%' AND (p.proacl IS NULL OR EXISTS (
            SELECT FROM aclexplode(p.proacl) AS a WHERE a.grantee = 0))""",
    "tables or views writable by a login role": """
        SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, pg_roles r
        WHERE n.nspname LIKE 'wbo%%' AND c.relkind IN ('r', 'v', 'p', 'm') AND r.rolcanlogin AND NOT r.rolsuper
          AND r.rolname <> ALL (%(owners)s)
          AND has_table_privilege(r.oid, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')""",
    "owner roles that are superuser or can log in": """
        SELECT count(*) FROM pg_roles r WHERE (rolsuper OR rolcanlogin) AND EXISTS (
            SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname LIKE 'wbo%%' AND c.relowner = r.oid)""",
    "definer functions owned by a superuser": """
        SELECT count(*) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_roles r ON r.oid = p.proowner
        WHERE n.nspname LIKE 'wbo%%' AND p.prosecdef AND (r.rolsuper OR r.rolcanlogin)""",
    "functions that take an advisory lock": """
        SELECT count(*) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname LIKE 'wbo%%' AND p.prosrc ~ 'advisory'""",
    "overloaded functions": """
        SELECT count(*) FROM (SELECT FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
                              WHERE n.nspname IN ('wbo', 'wbo_chain') GROUP BY n.nspname, p.proname HAVING count(*) > 1) AS twice""",
}


def test_the_catalogue_shows_no_hole(database: World, record_property: Callable[[str, object], None]) -> None:
    with database.connect("superuser") as connection:
        owners = [database.logins["owner"].login]
        found = {name: _count(connection, query, owners) for name, query in COUNTED.items()}
        definers = connection.execute(
            "SELECT count(*) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname LIKE 'wbo%' AND p.prosecdef"
        ).fetchone()
        record_property(
            "figures",
            f"catalogue: {definers and definers[0]} definer functions; "
            + "; ".join(f"{n} {name}" for name, n in found.items()),
        )
        assert set(found.values()) == {0}
        assert list(catalogue.holes(connection)) == []
        assert list(catalogue.warnings(connection)) == []


def test_db_check_is_content_with_a_new_database(database: World) -> None:
    for who in ("superuser", "owner"):
        with database.connect(who) as connection:
            assert migrate.check(connection).faults == ()


def test_the_acts_of_the_desk_are_the_functions_of_the_database(database: World) -> None:
    """Names, how many arguments, and the one permission that may execute each."""
    with database.connect("superuser") as connection:
        found = {
            name: (range(most - optional, most + 1), set(roles))
            for name, most, optional, roles in connection.execute(
                "SELECT p.proname, p.pronargs, p.pronargdefaults, ARRAY(SELECT a.grantee::regrole::text FROM aclexplode(p.proacl) AS a"
                " WHERE a.grantee <> p.proowner) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
                " WHERE n.nspname = 'wbo'"
            ).fetchall()
        }
    for act in acts.ALL:
        counts, roles = found[act.function]
        assert migrate.act_arguments(act) in counts, act
        assert roles == {f'"{act.permission}"' if act.permission else "wbo_operator"}, act


def test_each_permission_is_a_role_that_nobody_logs_in_with(database: World) -> None:
    with database.connect("superuser") as connection:
        found = {
            name
            for (name,) in connection.execute(
                "SELECT rolname FROM pg_roles WHERE rolname ~ '^(atm|sys)\\.' AND NOT rolcanlogin AND NOT rolsuper"
            ).fetchall()
        }
    assert found == {p.value for p in Permission}


def _count(connection: psycopg.Connection[Any], query: str, owners: list[str]) -> int:
    found = connection.execute(query.encode(), {"owners": owners}).fetchone()
    assert found is not None
    return int(found[0])
