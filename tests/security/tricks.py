"""What a stolen login would try with psql, beside tables and functions. Every line must be refused for everybody.

A trick is a statement; where the server answers some of them with a mere warning, a probe asks afterwards whether it had
any effect. `{me}`, `{other}` and `{outsider}` are logins: the attacker's own, another operator's, and a permission the
attacker lacks.
"""

# ruff: noqa: E501 - an attack reads best on one line

from __future__ import annotations

from dataclasses import dataclass

from tests.security.attackers import Attackers, Figures
from wbo_desktop.domain.permissions import Permission


@dataclass(frozen=True)
class Trick:
    """A statement, and a question that says whether it worked (true or a number above 0: it did)."""

    statement: str
    probe: str | None = None


BECOME_SOMEBODY = tuple(
    Trick(statement)
    for role in ("wbo_owner", "wbo_log_reader", "postgres", "pg_read_all_data", "pg_write_all_data", "pg_signal_backend",
                 "pg_execute_server_program", "pg_read_server_files", "pg_monitor", '"{other}"', '"{outsider}"')
    for statement in (f"SET ROLE {role}", f"SET SESSION AUTHORIZATION {role}", f"GRANT {role} TO \"{{me}}\"",
                      f"SELECT set_config('role', '{role}', false)", f"SET LOCAL ROLE {role}",
                      f"CREATE ROLE puppet IN ROLE {role}", f"REASSIGN OWNED BY {role} TO CURRENT_USER",
                      f"DROP OWNED BY {role}", f"ALTER DEFAULT PRIVILEGES FOR ROLE {role} GRANT ALL ON TABLES TO PUBLIC")
)  # fmt: skip

ROLE_TRICKS = (
    *(Trick(f'ALTER ROLE "{{me}}" {word}') for word in
      ("SUPERUSER", "CREATEROLE", "CREATEDB", "REPLICATION", "BYPASSRLS", "CONNECTION LIMIT -1", "VALID UNTIL 'infinity'",
       "RENAME TO root", "SET session_replication_role = replica", "SET log_statement = none", "SET temp_file_limit = -1")),
    *(Trick(f'ALTER ROLE "{{other}}" {word}') for word in
      ("PASSWORD 'x'", "NOLOGIN", "SET search_path = pg_temp", "RESET ALL", "CONNECTION LIMIT 0", "RENAME TO root")),
    *(Trick(f"ALTER ROLE wbo_owner {word}") for word in ("LOGIN", "PASSWORD 'x'", "SUPERUSER", "SET search_path = pg_temp")),
    Trick("ALTER ROLE ALL SET search_path = pg_temp"),
    Trick("CREATE ROLE puppet LOGIN"), Trick("CREATE USER puppet SUPERUSER"), Trick('DROP ROLE "{other}"'),
    Trick('GRANT "{me}" TO "{other}"'),
    Trick('REVOKE wbo_operator FROM "{other}"'),
    Trick('COMMENT ON ROLE "{other}" IS \'x\''),
    Trick("GRANT SELECT ON wbo.coin TO PUBLIC", "SELECT has_table_privilege('public', 'wbo.coin', 'SELECT')"),
    Trick("GRANT ALL ON wbo.deposit_record TO \"{other}\" WITH GRANT OPTION",
          "SELECT has_table_privilege('{other}', 'wbo.deposit_record', 'UPDATE')"),
    Trick("REVOKE ALL ON SCHEMA wbo FROM wbo_operator", "SELECT NOT has_schema_privilege('wbo_operator', 'wbo', 'USAGE')"),
    Trick("GRANT USAGE ON SCHEMA wbo_data TO \"{me}\"", "SELECT has_schema_privilege('wbo_data', 'USAGE')"),
    Trick("GRANT ALL ON DATABASE {database} TO PUBLIC", "SELECT has_database_privilege('public', '{database}', 'TEMP')"),
)  # fmt: skip

SETTINGS = (
    *(Trick(f"SET {name} = {value}") for name, value in (
        ("session_replication_role", "replica"), ("log_statement", "none"), ("log_min_messages", "panic"),
        ("log_min_error_statement", "panic"), ("log_error_verbosity", "terse"), ("temp_file_limit", "-1"),
        ("track_activities", "off"), ("zero_damaged_pages", "on"), ("ignore_checksum_failure", "on"),
        ("allow_system_table_mods", "on"), ("session_preload_libraries", "'x'"), ("dynamic_library_path", "'/tmp'"),
        ("lc_messages", "'C'"), ("log_min_duration_statement", "0"), ("max_stack_depth", "'1MB'"),
        ("shared_preload_libraries", "'x'"), ("log_destination", "'stderr'"), ("data_directory", "'/tmp'"))),
    Trick("DO $$ BEGIN END $$; SET plpgsql.variable_conflict = 'use_variable'"),
    Trick("LOAD '/tmp/evil.so'"), Trick("LOAD 'dblink'"),
    Trick("ALTER SYSTEM SET log_destination = 'stderr'"), Trick("ALTER SYSTEM RESET ALL"),
    Trick("ALTER DATABASE {database} SET session_replication_role = replica"), Trick("ALTER DATABASE {database} OWNER TO CURRENT_USER"),
    Trick("ALTER DATABASE {database} CONNECTION LIMIT 0"), Trick("DROP DATABASE {database}"), Trick("CREATE DATABASE mine"),
    Trick("SELECT pg_reload_conf()"), Trick("SELECT pg_rotate_logfile()"), Trick("CHECKPOINT"), Trick("SELECT pg_promote()"),
    Trick("SELECT pg_switch_wal()"), Trick("SELECT pg_create_restore_point('x')"),
    Trick("SELECT pg_create_physical_replication_slot('x')"), Trick("SELECT pg_create_logical_replication_slot('x', 'pgoutput')"),
    Trick("SELECT pg_logical_emit_message(false, 'x', 'y')"), Trick("PREPARE TRANSACTION 'mine'", "SELECT count(*) FROM pg_prepared_xacts"),
    Trick("SELECT pg_stat_reset()"), Trick("SELECT pg_replication_origin_create('x')"),
)  # fmt: skip

OBJECTS = tuple(
    Trick(statement)
    for statement in (
        "CREATE TEMP TABLE deposit (status text)", "CREATE TEMP VIEW coin AS SELECT 1", "CREATE TEMP SEQUENCE s",
        "CREATE TABLE public.deposit (status text)", "CREATE TABLE wbo.x (a int)", "CREATE TABLE wbo_data.x (a int)",
        "SELECT 1 INTO TEMP x", "SELECT 1 AS a INTO public.x", "CREATE SCHEMA mine", "CREATE SCHEMA AUTHORIZATION CURRENT_USER",
        "CREATE FUNCTION pg_temp.now() RETURNS timestamptz LANGUAGE sql AS 'SELECT NULL::timestamptz'",
        "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1'", "CREATE FUNCTION wbo.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE OR REPLACE FUNCTION wbo.my_session() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE FUNCTION pg_catalog.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE FUNCTION pg_temp.f() RETURNS int LANGUAGE c AS '/lib/x86_64-linux-gnu/libc.so.6', 'system'",
        "CREATE PROCEDURE pg_temp.p() LANGUAGE sql AS 'SELECT 1'", "CREATE AGGREGATE pg_temp.a (int) (sfunc = int4pl, stype = int)",
        "CREATE OPERATOR public.=== (leftarg = text, rightarg = text, function = texteq)",
        "CREATE CAST (text AS int) WITH INOUT AS IMPLICIT", "CREATE TYPE pg_temp.t AS (a int)", "CREATE DOMAIN pg_temp.d AS int",
        "CREATE COLLATION public.c FROM \"C\"", "CREATE EXTENSION dblink", "CREATE EXTENSION file_fdw", "CREATE EXTENSION adminpack",
        "CREATE EXTENSION plpython3u", "CREATE EXTENSION pg_trgm", "CREATE LANGUAGE plperlu", "CREATE FOREIGN DATA WRAPPER w",
        "CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw", "CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION f()",
        "CREATE PUBLICATION p FOR ALL TABLES", "CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p", "CREATE TABLESPACE t LOCATION '/tmp'",
        "CREATE STATISTICS public.s ON number, hash FROM wbo_data.block", "CREATE TEXT SEARCH DICTIONARY public.d (template = simple)",
        "CREATE ACCESS METHOD m TYPE TABLE HANDLER heap_tableam_handler", "CREATE CONVERSION public.c FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1",
        "ALTER FUNCTION wbo.my_session() SECURITY INVOKER", "ALTER FUNCTION wbo.my_session() RESET search_path",
        "ALTER FUNCTION wbo.my_session() OWNER TO CURRENT_USER", "DROP FUNCTION wbo.my_session()", "ALTER SCHEMA wbo RENAME TO mine",
        "DROP SCHEMA wbo CASCADE", "COMMENT ON DATABASE {database} IS 'x'", "SECURITY LABEL ON ROLE wbo_owner IS 'x'",
        "INSERT INTO pg_catalog.pg_proc DEFAULT VALUES", "UPDATE pg_catalog.pg_authid SET rolsuper = true",
        "DELETE FROM pg_catalog.pg_auth_members", "UPDATE pg_catalog.pg_class SET relacl = NULL",
        "DO $$ BEGIN UPDATE wbo_data.deposit SET status = 'success'; END $$",
        "DO $$ BEGIN EXECUTE 'SET ROLE wbo_owner'; END $$",
        "DO $$ BEGIN PERFORM wbo_rule.begin_act('x'); END $$",
        "DO LANGUAGE plperlu 'system(1)'", "DO LANGUAGE plpython3u 'import os'",
        "SET search_path = pg_temp, wbo_data, public; UPDATE deposit SET status = 'success'",
        "SET search_path = pg_temp, wbo_rule; SELECT begin_act('x')",
        "SET row_security = off; SELECT * FROM wbo_data.deposit",
        "WITH w AS (DELETE FROM wbo_data.audit_entry RETURNING 1) SELECT 1",
        "EXPLAIN ANALYZE DELETE FROM wbo_data.audit_entry", "EXPLAIN SELECT * FROM wbo_data.deposit",
        "PREPARE p AS DELETE FROM wbo_data.audit_entry; EXECUTE p", "DECLARE c CURSOR FOR SELECT * FROM wbo_data.deposit",
        "CREATE MATERIALIZED VIEW pg_temp.m AS SELECT 1", "IMPORT FOREIGN SCHEMA x FROM SERVER y INTO public", "VACUUM FULL",
        "ALTER LARGE OBJECT 1 OWNER TO CURRENT_USER",
    )
)  # fmt: skip

FILES_AND_PROGRAMS = tuple(
    Trick(statement)
    for statement in (
        "COPY (SELECT 1) TO PROGRAM 'id'", "COPY (SELECT 1) TO '/tmp/wbo_attack'", "COPY wbo.coin FROM '/etc/passwd'",
        "COPY wbo.coin FROM PROGRAM 'id'", "COPY pg_authid TO STDOUT",
        *(f"SELECT {call}" for call in (
            "pg_read_file('PG_VERSION')", "pg_read_file('/etc/passwd')", "pg_read_binary_file('global/1260')",
            "pg_read_binary_file('PG_VERSION', 0, 10, true)", "pg_ls_dir('.')", "pg_ls_logdir()", "pg_ls_waldir()", "pg_ls_tmpdir()",
            "pg_ls_archive_statusdir()", "pg_stat_file('PG_VERSION')", "pg_current_logfile()", "pg_current_logfile('jsonlog')",
            "pg_hba_file_rules()", "pg_show_all_file_settings()", "current_setting('data_directory')",
            "current_setting('config_file')", "current_setting('hba_file')", "pg_file_write('x', 'y', false)", "pg_import_system_collations('public')",
            "lo_import('/etc/passwd')", "lo_export(1, '/tmp/x')", "lo_create(0)", "lo_creat(-1)", "lo_from_bytea(0, 'x')",
            "lo_put(1, 0, 'x')", "lo_open(1, 131072)", "lo_unlink(1)", "lowrite(0, 'x')", "loread(0, 1)", "lo_get(1)",
            "dblink('dbname=postgres', 'SELECT 1')", "dblink_connect('x')",
            "pg_advisory_lock(1)", "pg_advisory_lock(1, 2)", "pg_try_advisory_lock(1)", "pg_advisory_xact_lock(1)",
            "pg_try_advisory_xact_lock(1)", "pg_advisory_lock_shared(1)", "pg_advisory_unlock_all()",
            "count(pg_advisory_lock(n)) FROM generate_series(1, 3) AS n",
        )),
    )
)  # fmt: skip

SECRETS = (
    *(Trick(f"SELECT * FROM {catalogue} LIMIT 1") for catalogue in (
        "pg_authid", "pg_shadow", "pg_subscription", "pg_user_mapping", "pg_statistic", "pg_largeobject", "pg_hba_file_rules",
        "pg_file_settings", "pg_backend_memory_contexts", "pg_shmem_allocations", "pg_replication_origin_status", "pg_statistic_ext_data")),
    Trick("SELECT 1", "SELECT count(*) FROM pg_roles WHERE rolpassword <> '********'"),
    Trick("SELECT 1", "SELECT count(*) FROM pg_user WHERE passwd <> '********'"),
    Trick("SELECT 1", "SELECT count(*) FROM pg_stat_activity WHERE usename <> session_user AND query NOT IN ('', '<insufficient privilege>')"),
    Trick("SELECT 1", "SELECT count(*) FROM pg_stat_activity WHERE usename <> session_user AND (client_addr IS NOT NULL OR state IS NOT NULL)"),
    Trick("SELECT 1", "SELECT count(*) FROM (SELECT pg_stat_get_backend_activity(id) AS q, pg_stat_get_backend_userid(id) AS u"
          " FROM pg_stat_get_backend_idset() AS id) AS b WHERE u <> session_user::regrole AND q NOT IN ('', '<insufficient privilege>',"
          " '<backend information not available>', '<command string not enabled>')"),
    Trick("SELECT 1", "SELECT count(*) FROM pg_stats WHERE schemaname = 'wbo_data'"),
    Trick("SELECT 1", "SELECT count(*) FROM pg_settings WHERE name IN ('data_directory', 'hba_file', 'log_directory', 'ssl_passphrase_command')"),
    Trick("SELECT 1", "SELECT count(*) FROM pg_sequences WHERE schemaname = 'wbo_data' AND last_value IS NOT NULL"),
    Trick("SELECT nextval('wbo_data.deposit_no')"), Trick("SELECT setval('wbo_data.refund_no', 1)"), Trick("SELECT last_value FROM wbo_data.refund_no"),
    *(Trick(f"SELECT {signal}(pid) FROM pg_stat_activity WHERE usename = '{victim}'")
      for signal in ("pg_cancel_backend", "pg_terminate_backend") for victim in ("postgres", "{other}")),
    Trick("SELECT pg_log_backend_memory_contexts(pg_backend_pid())"),
    Trick("SELECT query_to_xml('SELECT * FROM wbo_data.deposit', true, true, '')"),
    Trick("SELECT table_to_xml('wbo_data.deposit', true, true, '')"),
    Trick("SELECT 1", "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'wbo_data'"),
    Trick("SELECT schema_to_xml('wbo_data', true, true, '')", "SELECT false"),
    Trick("SELECT 'wbo_data.deposit'::regclass"),
    Trick("SELECT pg_relation_size('wbo_data.deposit')"),
    Trick("SELECT has_table_privilege('wbo_data.deposit', 'SELECT')", "SELECT has_table_privilege('wbo_data.deposit', 'SELECT')"),
)  # fmt: skip

ALL = (*BECOME_SOMEBODY, *ROLE_TRICKS, *SETTINGS, *OBJECTS, *FILES_AND_PROGRAMS, *SECRETS)


def attack(attackers: Attackers) -> Figures:
    """Everybody tries every trick."""
    figures = Figures()
    for who in attackers.names:
        login = attackers.logins[who].login
        outsider = next(
            p for p in (Permission.REFUND_APPROVAL, Permission.OPERATOR_ADMIN) if p not in attackers.held(who)
        )
        other = "checker" if who != "checker" else "maker"
        words = {
            "me": login,
            "other": attackers.world.logins[other].login,
            "outsider": outsider.value,
            "database": attackers.world.server.dbname,
        }
        # Somebody to harm: another operator and a superuser are at work.
        with attackers.world.connect("superuser"), attackers.world.connect(other):
            _attack(attackers, who, words, figures)
    return figures


def _attack(attackers: Attackers, who: str, words: dict[str, str], figures: Figures) -> None:
    for trick in ALL:
        statement = _fill(trick.statement, words)
        probe = _fill(trick.probe, words) if trick.probe else None
        state, value = attackers.attempt(who, statement, probe)
        worked = state == "" and (probe is None or bool(value))
        figures.count(
            refused=not worked,
            may=False,
            who=who,
            what=probe if probe and statement == "SELECT 1" else statement,
        )


def _fill(text: str, words: dict[str, str]) -> str:
    for name, value in words.items():
        text = text.replace("{" + name + "}", value)
    return text
