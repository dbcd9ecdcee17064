"""Queries of the server's own catalogue about the desk's security: holes in this database, weaknesses of the
server.

`db check` and the test suite ask the same queries. Any login may run them; what it cannot see is not
reported.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import psycopg

OPEN_BUILT_IN = """SELECT p.oid::regprocedure FROM pg_catalog.pg_proc p
    WHERE p.pronamespace = 'pg_catalog'::pg_catalog.regnamespace
      AND p.proname ~ '^(lo_.*|loread|lowrite|pg_(try_)?advisory_.*|pg_logical_emit_message)$'
      AND pg_catalog.has_function_privilege('public', p.oid, 'EXECUTE')"""
"""The query for the server's functions that the desk does not need, and with which any login could write, or
use up the locks of others."""

_OURS = "('wbo', 'wbo_chain', 'wbo_rule', 'wbo_log')"

_HOLES: dict[str, str] = {
    "definer functions without a pinned search_path": f"""
        SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname IN {_OURS} AND p.prosecdef AND NOT EXISTS (
            SELECT FROM unnest(p.proconfig) AS c WHERE c ~ '^search_path=pg_catalog, (wbo, )?pg_temp$')""",
    "functions that PUBLIC may execute": f"""
        SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname IN {_OURS} AND has_function_privilege('public', p.oid, 'EXECUTE')""",
    "functions with dynamic SQL outside role administration": """
        SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname IN ('wbo', 'wbo_chain', 'wbo_rule') AND p.prosrc ~ '\\mEXECUTE\\M'
          AND p.prosrc !~ '(ALTER|CREATE) ROLE|GRANT (%I|wbo_operator) TO %I|REVOKE (%I|wbo_operator) FROM %I'""",
    "functions that the owner role does not own": """
        SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname IN ('wbo', 'wbo_chain', 'wbo_rule') AND p.proowner <> 'wbo_owner'::regrole
        UNION ALL
        SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname = 'wbo_log' AND p.proowner <> 'wbo_log_reader'::regrole""",
    "tables or views that somebody but the owner may write": """
        SELECT c.oid::regclass::text || ' by ' || r.rolname
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        CROSS JOIN (SELECT 'public' UNION ALL SELECT rolname FROM pg_roles
                    WHERE NOT rolsuper AND rolname !~ '^pg_' AND NOT pg_has_role(oid, 'wbo_owner', 'MEMBER')) AS r (rolname)
        WHERE n.nspname IN ('wbo', 'wbo_data') AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
          AND (has_table_privilege(r.rolname, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
               OR has_any_column_privilege(r.rolname, c.oid, 'INSERT, UPDATE, REFERENCES'))""",
    "tables that somebody but the owner may read past the views": """
        SELECT c.oid::regclass::text || ' by ' || r.rolname
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        CROSS JOIN (SELECT 'public' UNION ALL SELECT rolname FROM pg_roles
                    WHERE NOT rolsuper AND rolname !~ '^pg_' AND NOT pg_has_role(oid, 'wbo_owner', 'MEMBER')) AS r (rolname)
        WHERE n.nspname = 'wbo_data' AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
          AND CASE c.relkind WHEN 'S' THEN has_sequence_privilege(r.rolname, c.oid, 'USAGE, SELECT, UPDATE')
              ELSE has_any_column_privilege(r.rolname, c.oid, 'SELECT') END""",
    "schemas in which somebody but the owner may create": """
        SELECT n.nspname || ' by ' || r.rolname FROM pg_namespace n
        CROSS JOIN (SELECT 'public' UNION ALL SELECT rolname FROM pg_roles
                    WHERE NOT rolsuper AND rolname !~ '^pg_' AND NOT pg_has_role(oid, 'wbo_owner', 'MEMBER')) AS r (rolname)
        WHERE n.nspname !~ '^pg_toast|^pg_temp' AND has_schema_privilege(r.rolname, n.oid, 'CREATE')""",
    "roles of the desk that are more than they should be": """
        SELECT rolname FROM pg_roles
        WHERE rolname ~ '^(wbo_(owner|operator|intake|worker|log_reader)$|atm\\.|sys\\.)'
          AND (rolsuper OR rolcanlogin OR rolreplication OR rolbypassrls OR rolcreatedb
               OR (rolcreaterole AND rolname <> 'wbo_owner'))
        UNION ALL
        SELECT u.rolname FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles u ON u.oid = m.member
        WHERE g.rolname IN ('wbo_operator', 'wbo_intake', 'wbo_worker') AND u.rolcanlogin
          AND (u.rolsuper OR u.rolcreaterole OR u.rolcreatedb OR u.rolreplication OR u.rolbypassrls)""",
    "group roles whose members may pass them on": """
        SELECT g.rolname || ' by ' || u.rolname FROM pg_auth_members m
        JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles u ON u.oid = m.member
        WHERE m.admin_option AND u.rolcanlogin AND NOT u.rolsuper
          AND (g.rolname ~ '^(atm|sys)\\.' OR g.rolname ~ '^wbo_')""",
    "guards that do not stand": """
        SELECT c.oid::regclass::text || '.' || t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'wbo_data' AND t.tgenabled NOT IN ('O', 'A')""",
    "rights of PUBLIC on this database": """
        SELECT privilege FROM unnest(ARRAY['CONNECT', 'TEMPORARY', 'CREATE']) AS privilege
        WHERE has_database_privilege('public', current_database(), privilege)""",
    "functions of the server that should be closed": OPEN_BUILT_IN,
}

_WARNINGS: dict[str, str] = {
    "refused attempts are not collected: set logging_collector = on and add jsonlog to log_destination": """
        SELECT '' WHERE current_setting('logging_collector') <> 'on' OR current_setting('log_destination') !~ 'jsonlog'
                     OR to_regprocedure('wbo_log.files()') IS NULL""",
    "an operator could leave prepared transactions behind: set max_prepared_transactions = 0": """
        SELECT '' WHERE current_setting('max_prepared_transactions')::integer > 0""",
    "stolen logins could take every connection: set reserved_connections and grant pg_use_reserved_connections to wbo_owner"
    " and wbo_worker": """
        SELECT '' WHERE current_setting('server_version_num')::integer >= 160000
          AND (current_setting('reserved_connections')::integer < 10 OR EXISTS (
              SELECT FROM unnest(ARRAY['wbo_owner', 'wbo_worker']) AS r (name)
              WHERE NOT coalesce(pg_has_role(to_regrole(r.name), 'pg_use_reserved_connections', 'USAGE'), false)))""",
    "stolen logins could take every lock: set max_locks_per_transaction to 256 or more": """
        SELECT '' WHERE current_setting('max_locks_per_transaction')::integer < 256""",
    "logins of the client side with too many connections: ALTER ROLE … CONNECTION LIMIT 20": """
        SELECT r.rolname FROM pg_roles r JOIN pg_auth_members m ON m.member = r.oid JOIN pg_roles g ON g.oid = m.roleid
        WHERE g.rolname = 'wbo_intake' AND r.rolcanlogin AND (r.rolconnlimit < 0 OR r.rolconnlimit > 50)""",
    "passwords are not stored as SCRAM: set password_encryption = 'scram-sha-256'": """
        SELECT '' WHERE current_setting('password_encryption') <> 'scram-sha-256'""",
    "the server does not speak English, so a wrong password counts as two attempts: set lc_messages = 'C'": """
        SELECT '' WHERE current_setting('lc_messages') !~ '^(C|POSIX|en_)'""",
    "operators may enter another database of this server": """
        SELECT d.datname FROM pg_database d
        WHERE d.datallowconn AND d.datname <> current_database() AND has_database_privilege('public', d.oid, 'CONNECT')""",
}


def holes(connection: psycopg.Connection[Any]) -> Iterable[str]:
    """One line for each kind of right that must not exist in this database, with the names that have it."""
    return _ask(connection, _HOLES)


def warnings(connection: psycopg.Connection[Any]) -> Iterable[str]:
    """One line for each setting of the server that its administrator should change."""
    return _ask(connection, _WARNINGS)


def _ask(connection: psycopg.Connection[Any], questions: dict[str, str]) -> Iterable[str]:
    for said, query in questions.items():
        found = sorted(str(row[0]) for row in connection.execute(query.encode()).fetchall())
        if found:
            yield said if found == [""] else f"{said}: {', '.join(found)}"
