"""Everything that the schema declares to keep itself true, one line each, as the catalogue of a new database tells it.

`catalogue.txt` beside this file is what it should be: a rule that goes, or one that is weaker, is a line that somebody has to
change there on purpose. `python -m tests.security.inventory` writes it anew.
"""

# ruff: noqa: E501 - a query reads best on one line

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import psycopg

KEPT = Path(__file__).with_name("catalogue.txt")
_OURS = "n.nspname IN ('wbo', 'wbo_chain', 'wbo_rule', 'wbo_data', 'wbo_log')"

_QUERIES = {
    "constraint": f"""
        SELECT c.conrelid::regclass::text || ' ' || pg_get_constraintdef(c.oid) || CASE WHEN c.convalidated THEN '' ELSE ' NOT VALID' END
        FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace WHERE {_OURS} AND c.conrelid <> 0 AND c.contype IN ('c', 'f', 'p', 'u', 'x')""",
    "domain": f"""
        SELECT c.contypid::regtype::text || ' ' || pg_get_constraintdef(c.oid)
        FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace WHERE {_OURS} AND c.contypid <> 0""",
    "unique": f"""
        SELECT regexp_replace(pg_get_indexdef(i.indexrelid), '^CREATE UNIQUE INDEX ', '') FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE {_OURS} AND i.indisunique AND NOT EXISTS (SELECT FROM pg_constraint x WHERE x.conindid = i.indexrelid AND x.contype IN ('p', 'u'))""",
    "not null": f"""
        SELECT c.oid::regclass::text || '.' || a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE {_OURS} AND c.relkind = 'r' AND a.attnotnull AND a.attnum > 0 AND NOT a.attisdropped""",
    "trigger": f"""
        SELECT c.oid::regclass::text || ' ' || regexp_replace(pg_get_triggerdef(t.oid), '^CREATE (CONSTRAINT )?TRIGGER ', '') || CASE t.tgenabled WHEN 'O' THEN '' ELSE ' OFF' END
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {_OURS} AND NOT t.tgisinternal""",
    "function": f"""
        SELECT p.oid::regprocedure::text || ' ' || p.provolatile::text || CASE WHEN p.prosecdef THEN ' definer of ' || p.proowner::regrole ELSE '' END
               || coalesce(' ' || array_to_string(p.proconfig, ' '), '')
        FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE {_OURS}""",
    "execute": f"""
        SELECT p.oid::regprocedure::text || ' ' || CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END
        FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS a
        WHERE {_OURS} AND a.grantee <> p.proowner""",
    "grant": f"""
        SELECT c.oid::regclass::text || ' ' || a.privilege_type || ' ' || CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(c.relacl) AS a WHERE {_OURS} AND a.grantee <> c.relowner""",
    "schema": f"""
        SELECT n.nspname || ' ' || a.privilege_type || ' ' || CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END
        FROM pg_namespace n, aclexplode(n.nspacl) AS a WHERE {_OURS} AND a.grantee <> n.nspowner""",
    "member": """
        SELECT g.rolname || ' of ' || u.rolname FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles u ON u.oid = m.member
        WHERE u.rolname IN ('wbo_owner', 'wbo_operator', 'wbo_intake', 'wbo_worker', 'wbo_log_reader') AND g.rolname ~ '^pg_'""",
}  # fmt: skip


def inventory(connection: psycopg.Connection[Any]) -> list[str]:
    """One line for each rule."""
    connection.execute("SET search_path = pg_catalog")
    try:
        return sorted(
            f"{kind}: {' '.join(str(row[0]).split())}"
            for kind, query in _QUERIES.items()
            for row in connection.execute(query.encode())
        )
    finally:
        connection.execute("RESET search_path")


def kept() -> list[str]:
    """What it should be."""
    return KEPT.read_text(encoding="utf-8").splitlines()


def write(lines: Iterable[str]) -> None:
    """It is to be so from now on."""
    KEPT.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    from benchmarks._world import broker

    with broker() as world, world.connect("superuser") as superuser:
        write(inventory(superuser))
