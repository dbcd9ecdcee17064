-- The group roles, made by the owner itself so that it may grant them (PostgreSQL 16 and later ask for that).
-- {permissions} is filled from domain/permissions.py.

DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['wbo_operator', 'wbo_intake', 'wbo_worker'] || {permissions}::text[] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB', wanted);
        END IF;
    END LOOP;
END
$$;
