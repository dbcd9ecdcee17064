-- Sessions of operators and of the client side: who they are, what is theirs to have, and how a login is stopped
-- although it sits on its own rows. Only catalogues and statistics are asked here: no session can make these wait.

CREATE FUNCTION wbo_rule.session_limit(wanted text) RETURNS double precision
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT l.value FROM wbo_data.session_limit l WHERE l.name = wanted
$$;

-- Whether a login is an operator's or the client side's, whom the watch may end; never the worker's, the owner's or a
-- superuser's.
CREATE FUNCTION wbo_rule.is_watched(of_role oid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT NOT r.rolsuper
       AND EXISTS (SELECT FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
                   WHERE m.member = r.oid AND g.rolname IN ('wbo_operator', 'wbo_intake'))
       AND NOT EXISTS (SELECT FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
                       WHERE m.member = r.oid AND g.rolname IN ('wbo_owner', 'wbo_worker'))
    FROM pg_roles r WHERE r.oid = of_role
$$;

-- Ends every session of a login but the one that asks.
CREATE FUNCTION wbo_rule.end_sessions(of_login text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    -- The statistics of a transaction are those of its first look otherwise.
    PERFORM pg_stat_clear_snapshot();
    PERFORM pg_terminate_backend(a.pid) FROM pg_stat_activity a
        WHERE a.usename = of_login AND a.pid <> pg_backend_pid();
END
$$;

-- Ends who has sat for a third of a second on what administering logins needs: an administrator's act takes
-- milliseconds.
CREATE FUNCTION wbo_rule.end_administering() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    PERFORM pg_stat_clear_snapshot();
    PERFORM pg_terminate_backend(a.pid) FROM pg_stat_activity a
    WHERE a.pid <> pg_backend_pid() AND a.xact_start < clock_timestamp() - interval '0.3 seconds'
        AND wbo_rule.is_watched(a.usesysid)
      AND EXISTS (
        SELECT FROM pg_locks l
        WHERE l.pid = a.pid AND l.granted AND l.mode <> 'AccessShareLock'
          AND (l.classid = 'pg_authid'::regclass
               OR l.relation IN ('pg_authid'::regclass, 'pg_auth_members'::regclass, 'pg_db_role_setting'::regclass,
                                 'wbo_data.operator'::regclass, 'wbo_data.permission_grant'::regclass)));
END
$$;

-- Takes what stopping a login needs, within seconds, whichever session holds it: its sessions are ended first, and
-- again whenever something is still held. Who is told to end lets go in a moment, and by then this one stands first in
-- the line. Afterwards nothing that is done to this login in this transaction waits for anybody.
CREATE FUNCTION wbo_rule.seize_login(of_login text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp SET lock_timeout = '300ms'
    SET client_min_messages = 'error' AS $$
DECLARE
    code text;
BEGIN
    IF NOT EXISTS (SELECT FROM wbo_data.operator o WHERE o.login = of_login) THEN
        PERFORM wbo_rule.refuse_unknown('operator', coalesce(of_login, ''));
    END IF;
    FOR attempt IN 1..12 LOOP
        PERFORM wbo_rule.end_sessions(of_login);
        BEGIN
            -- In the order in which the acts take them, so that none of them waits for this one while it waits for
            -- them.
            PERFORM wbo_rule.lock_administration();
            PERFORM FROM wbo_data.operator o WHERE o.login = of_login FOR NO KEY UPDATE;
            EXECUTE format('ALTER ROLE %I CONNECTION LIMIT 0', of_login);
            -- From PostgreSQL 16 on the session that grants or revokes a role holds it: what is granted already is
            -- granted again, and held.
            FOR code IN
                SELECT r.rolname FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid
                    JOIN pg_roles u ON u.oid = m.member
                WHERE u.rolname = of_login AND (r.rolname = 'wbo_operator' OR r.rolname ~ '^(atm|sys)\.')
                    ORDER BY r.rolname
            LOOP
                EXECUTE format('GRANT %I TO %I', code, of_login);
            END LOOP;
            EXIT;
        EXCEPTION WHEN lock_not_available OR deadlock_detected OR internal_error THEN
            -- internal_error: the catalogue's row was changed by somebody else in this moment.
            IF attempt = 12 THEN
                RAISE;
            END IF;
            PERFORM wbo_rule.end_administering();
        END;
    END LOOP;
    -- Who slipped in before the role was held.
    PERFORM wbo_rule.end_sessions(of_login);
    EXECUTE format('ALTER ROLE %I CONNECTION LIMIT %s', of_login, wbo_rule.session_limit('connections')::integer);
    UPDATE wbo_data.closed_login c SET until = NULL WHERE c.login = of_login AND c.until IS NOT NULL;
END
$$;

-- Changes a role unless somebody sits on it now; then it is tried again at the next look.
CREATE FUNCTION wbo_rule.try_alter_role(of_login text, words text) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp SET lock_timeout = '300ms' AS $$
BEGIN
    EXECUTE format('ALTER ROLE %I ' || words, of_login);
    RETURN true;
EXCEPTION WHEN lock_not_available OR internal_error THEN
    RETURN false;
END
$$;

CREATE FUNCTION wbo_rule.note_login(of_login text, what text, told jsonb) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, wbo, pg_temp AS $$
    INSERT INTO wbo_data.audit_entry (workstation, action, object_type, object_id, after)
    VALUES (wbo_rule.workstation(), what, 'operator', of_login, told)
$$;
