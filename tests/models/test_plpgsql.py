"""Every function of the schema is looked through by `plpgsql_check`, where the server has it (Debian's does)."""

from __future__ import annotations

import re
from typing import Any

import psycopg

from wbo_demo.world import World

FUNCTIONS = """
    SELECT p.oid, p.oid::regprocedure::text, p.prorettype = 'trigger'::regtype
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
    WHERE n.nspname IN ('wbo', 'wbo_chain', 'wbo_rule', 'wbo_log') AND l.lanname = 'plpgsql' ORDER BY 2
"""
TABLES = "SELECT DISTINCT tgrelid FROM pg_trigger WHERE tgfoid = %s AND NOT tgisinternal"
CHECK = """
    SELECT lineno, message
    FROM plpgsql_check_function_tb(%s::oid::regprocedure, %s::oid::regclass,
        other_warnings => false, extra_warnings => false, performance_warnings => false)
    WHERE level = 'error'
"""


def has_the_check(connection: psycopg.Connection[Any]) -> bool:
    found = connection.execute("SELECT FROM pg_available_extensions WHERE name = 'plpgsql_check'").fetchone()
    return found is not None


def errors(connection: psycopg.Connection[Any]) -> list[str]:
    """What is wrong, by function and line."""
    found = []
    for oid, name, is_trigger in connection.execute(FUNCTIONS.encode()).fetchall():
        tables = [row[0] for row in connection.execute(TABLES, (oid,)).fetchall()] if is_trigger else [0]
        for table in tables:
            told = connection.execute(CHECK, (oid, table)).fetchall()
            found += [f"{name}, line {line}: {message}" for line, message in told]
    return found


def test_no_function_has_an_error(database: World) -> None:
    with database.connect("superuser") as root:
        known = root.execute("SELECT current_setting('server_version')").fetchone()
        assert known is not None
        if not has_the_check(root):
            assert not re.search("Debian", known[0]), "install postgresql-15-plpgsql-check"
            return
        root.execute("CREATE EXTENSION plpgsql_check")
        assert errors(root) == []
        root.execute(
            "CREATE FUNCTION wbo_rule.wrong() RETURNS void LANGUAGE plpgsql AS"
            " 'BEGIN PERFORM no_such_column FROM wbo_data.deposit; END'"
        )
        assert any("no_such_column" in error for error in errors(root))
