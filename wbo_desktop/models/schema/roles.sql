-- The roles of the cluster. Run by a login that may create roles (a superuser at `db init`), and again at each upgrade:
-- every statement is harmless the second time. No login is the owner itself; its members may become it with SET ROLE.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'wbo_owner') THEN
        CREATE ROLE wbo_owner NOLOGIN NOSUPERUSER CREATEROLE;
    END IF;
    -- pg_read_all_stats: the age of the session at step-up. pg_signal_backend: ending a disabled operator's sessions.
    IF NOT pg_has_role('wbo_owner', 'pg_read_all_stats', 'USAGE') THEN
        GRANT pg_read_all_stats TO wbo_owner;
    END IF;
    IF NOT pg_has_role('wbo_owner', 'pg_signal_backend', 'USAGE') THEN
        GRANT pg_signal_backend TO wbo_owner;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'wbo_log_reader') THEN
        CREATE ROLE wbo_log_reader NOLOGIN NOSUPERUSER NOCREATEROLE;
    END IF;
    -- Where the server writes its log.
    IF NOT pg_has_role('wbo_log_reader', 'pg_read_all_settings', 'USAGE') THEN
        GRANT pg_read_all_settings TO wbo_log_reader;
    END IF;
END
$$;
