-- Watching: refused attempts come from the server's log into the audit; logins that fail too often are locked for a
-- time. Every worker calls keep_watch each second, and what ends sessions (66_ending.sql) more often, on a connection
-- of its own.

-- Reads what the server's log has to say since the last look. Each refusal is counted exactly once: how far was read
-- and what was found are written together. Returns how many refusals there were, or NULL when the server keeps no JSON
-- log.
CREATE FUNCTION wbo_chain.collect_refusals(most_seconds double precision DEFAULT 2) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    first_look boolean;
    file record;
    mark wbo_data.log_file;
    piece record;
    total integer := 0;
    until_then constant timestamptz := clock_timestamp() + make_interval(secs => least(most_seconds, 10));
    unread bigint := 0;
BEGIN
    PERFORM wbo_rule.begin_act('collect_refusals');
    SELECT w.looked_at IS NULL INTO first_look FROM wbo_data.watch w FOR NO KEY UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN 0;  -- somebody else is reading
    ELSIF to_regprocedure('wbo_log.files()') IS NULL THEN
        RETURN NULL;
    END IF;
    DELETE FROM wbo_data.log_file f WHERE NOT EXISTS (SELECT FROM wbo_log.files() AS x WHERE x.name = f.name);
    FOR file IN
        SELECT x.name, x.size, wbo_log.head(x.name) AS head FROM wbo_log.files() AS x
        LEFT JOIN wbo_data.log_file f ON f.name = x.name WHERE x.size IS DISTINCT FROM f.read_to ORDER BY x.name
    LOOP
        CONTINUE WHEN file.head IS NULL;
        -- What was logged before anybody looked is not this desk's; a file that is new later is read from its
        -- beginning.
        INSERT INTO wbo_data.log_file AS f (name, head, read_to)
            VALUES (file.name, file.head, CASE WHEN first_look THEN file.size ELSE 0 END)
        ON CONFLICT (name) DO UPDATE SET head = excluded.head, read_to = 0, inside_long_line = false
            WHERE f.head <> excluded.head OR f.read_to > file.size;
        SELECT * INTO mark FROM wbo_data.log_file f WHERE f.name = file.name;
        WHILE mark.read_to < file.size AND clock_timestamp() < until_then LOOP
            SELECT * INTO piece FROM wbo_log.refusals(mark.name, mark.read_to, 4194304, mark.inside_long_line);
            EXIT WHEN piece.next = mark.read_to;
            mark.read_to := piece.next;
            mark.inside_long_line := piece.still_inside;
            total := total + wbo_rule.note_refusals(piece.refused);
        END LOOP;
        UPDATE wbo_data.log_file f SET read_to = mark.read_to, inside_long_line = mark.inside_long_line
        WHERE f.name = mark.name AND f.read_to <> mark.read_to;
        unread := unread + file.size - mark.read_to;
    END LOOP;
    UPDATE wbo_data.watch SET looked_at = clock_timestamp(), behind_bytes = unread,
        behind_since = CASE WHEN unread > 1048576 THEN coalesce(behind_since, clock_timestamp()) END;
    RETURN CASE WHEN EXISTS (SELECT FROM wbo_data.log_file) THEN total END;
END
$$;

-- When a line was logged. Abbreviated time zones mean different things in different places: a time that cannot be is
-- now.
CREATE FUNCTION wbo_rule.read_log_time(told text) RETURNS timestamptz
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    RETURN CASE WHEN told::timestamptz BETWEEN clock_timestamp() - interval '7 days'
        AND clock_timestamp() THEN told::timestamptz
                ELSE clock_timestamp() END;
EXCEPTION WHEN data_exception THEN
    RETURN clock_timestamp();
END
$$;

-- Writes refusals into the audit: one entry for those that are alike, with how many, so that a flood stays readable.
-- A login that fails may name any database: an operator's is this desk's affair wherever it knocks.
CREATE FUNCTION wbo_rule.note_refusals(lines jsonb) RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    total integer;
BEGIN
    WITH read AS (
        SELECT r.*, wbo_rule.read_log_time(r.at) AS logged_at,
            EXISTS (SELECT FROM wbo_data.operator o WHERE o.login = r.login) AS is_operator
        FROM jsonb_to_recordset(lines) AS r (at text, login text, database text, address text, application text,
                                             sqlstate text, code text, object text)
    ), ours AS (
        SELECT * FROM read r
        WHERE (r.sqlstate LIKE '28%' AND (r.is_operator OR r.database = current_database()))
           OR (r.database = current_database() AND (r.sqlstate IN ('42501', 'WB403') OR r.is_operator OR EXISTS (
                   SELECT FROM pg_roles p JOIN pg_auth_members m ON m.member = p.oid JOIN pg_roles g ON g.oid = m.roleid
                   WHERE p.rolname = r.login AND g.rolname = 'wbo_intake')))
    ), failed AS (
        INSERT INTO wbo_data.login_failure (login, address, at)
        SELECT o.login, coalesce(o.address, 'local'), o.logged_at FROM ours o
            WHERE o.sqlstate = '28P01' AND o.is_operator
    ), noted AS (
        INSERT INTO wbo_data.audit_entry (at, operator, workstation, action, object_type, object_id, after)
        SELECT min(o.logged_at), coalesce(o.login, ''), coalesce(o.application, '') || '@'
            || coalesce(o.address, 'local'), 'refused',
               CASE WHEN o.sqlstate LIKE '28%' THEN 'login' ELSE 'function' END, coalesce(o.object, o.login, ''),
               jsonb_strip_nulls(
               jsonb_build_object('code', o.code, 'sqlstate', o.sqlstate, 'count', nullif(count(*), 1)))
        FROM ours o GROUP BY o.login, o.application, o.address, o.sqlstate, o.code, o.object ORDER BY min(o.logged_at)
    )
    SELECT count(*) INTO total FROM ours;
    RETURN total;
END
$$;

-- Locks and lifts -----------------------------------------------------------------------------------------------------
-- A lock is an expired password: the server answers a right one like a wrong one, so that guessing on tells nothing,
-- and it stands in the catalogue, so a restart does not lift it. A stranger can set it off, but not keep a colleague
-- out: a login that knocks from a place where it has worked before, and has not failed too often there, opens the door
-- for a minute.

CREATE FUNCTION wbo_rule.set_password_expiry(of_login text, until_then timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    EXECUTE format('ALTER ROLE %I VALID UNTIL %L', of_login, until_then);
END
$$;

-- The same for the watch, which waits for no lock: false while another session holds the role.
CREATE FUNCTION wbo_rule.try_password_expiry(of_login text, until_then timestamptz) RETURNS boolean
LANGUAGE sql SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT wbo_rule.try_alter_role(of_login, format('VALID UNTIL %L', until_then))
$$;

CREATE FUNCTION wbo_rule.judge_logins() RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    most constant integer := wbo_rule.policy_number('login_failures');
    span constant interval := wbo_rule.policy_number('login_lock_minutes') * interval '1 minute';
    who record;
    changed integer := 0;
BEGIN
    -- Who is in now has got in from there.
    INSERT INTO wbo_data.login_place (login, address, entered_at)
    SELECT o.login, coalesce(host(a.client_addr), 'local'), max(a.backend_start)
    FROM pg_stat_activity a JOIN wbo_data.operator o ON o.login = a.usename
    WHERE a.backend_type = 'client backend' AND a.datname = current_database() GROUP BY 1, 2
    ON CONFLICT (login, address) DO UPDATE SET entered_at = excluded.entered_at
        WHERE login_place.entered_at < excluded.entered_at;

    -- Time is up.
    FOR who IN SELECT * FROM wbo_data.operator o WHERE o.locked_until <= clock_timestamp()
        FOR NO KEY UPDATE SKIP LOCKED LOOP
        CONTINUE WHEN NOT wbo_rule.try_password_expiry(who.login, coalesce(who.one_time_until, 'infinity'));
        PERFORM wbo_rule.begin_act('unlock_login');
        UPDATE wbo_data.operator o SET locked_until = NULL, locked_from = NULL, open_until = NULL,
            unlocked_at = clock_timestamp() WHERE o.login = who.login;
        changed := changed + 1;
    END LOOP;

    -- Too many failures since the last success there: from one address, or several times as many from all over.
    FOR who IN
        SELECT o.*, f.address, f.failures FROM wbo_data.operator o
        CROSS JOIN LATERAL (
            SELECT x.address, count(*) AS failures, sum(count(*)) OVER () AS everywhere FROM wbo_data.login_failure x
            LEFT JOIN wbo_data.login_place p ON p.login = x.login AND p.address = x.address
            WHERE x.login = o.login AND x.at > greatest(clock_timestamp() - span, p.entered_at, o.unlocked_at)
            GROUP BY x.address ORDER BY count(*) DESC LIMIT 1
        ) AS f
        WHERE o.locked_until IS NULL AND o.disabled_at IS NULL AND (f.failures >= most OR f.everywhere >= 4 * most)
        FOR NO KEY UPDATE OF o SKIP LOCKED
    LOOP
        CONTINUE WHEN NOT wbo_rule.try_password_expiry(who.login, '1970-01-01Z');
        PERFORM wbo_rule.begin_act('lock_login');
        UPDATE wbo_data.operator o SET locked_until = clock_timestamp() + span, locked_from = who.address,
            open_until = NULL WHERE o.login = who.login;
        changed := changed + 1;
    END LOOP;

    -- A knock from a known place opens for a minute; afterwards the lock holds again.
    FOR who IN
        SELECT o.*, EXISTS (
            SELECT FROM wbo_data.login_place p
            WHERE p.login = o.login AND p.address IS DISTINCT
                FROM o.locked_from AND p.known_since < o.locked_until - span
              AND EXISTS (SELECT FROM wbo_data.login_failure x WHERE x.login = o.login AND x.address = p.address
                          AND x.at > greatest(o.locked_until - span, o.open_until))
              AND (SELECT count(*) FROM wbo_data.login_failure x WHERE x.login = o.login AND x.address = p.address
                   AND x.at > clock_timestamp() - span) < most) AS knocks
        FROM wbo_data.operator o WHERE o.locked_until > clock_timestamp()
            AND coalesce(o.open_until, '-infinity') < clock_timestamp()
        FOR NO KEY UPDATE OF o SKIP LOCKED
    LOOP
        IF who.knocks THEN
            CONTINUE WHEN NOT wbo_rule.try_password_expiry(who.login, coalesce(who.one_time_until, 'infinity'));
            PERFORM wbo_rule.begin_act('open_login');
            UPDATE wbo_data.operator o SET open_until = clock_timestamp() + interval '1 minute'
                WHERE o.login = who.login;
            changed := changed + 1;
        ELSIF EXISTS (SELECT FROM pg_roles r WHERE r.rolname = who.login AND r.rolvaliduntil IS DISTINCT
            FROM '1970-01-01Z') THEN
            PERFORM wbo_rule.try_password_expiry(who.login, '1970-01-01Z');
        END IF;
    END LOOP;
    DELETE FROM wbo_data.login_failure x WHERE x.at < clock_timestamp() - greatest(span, interval '1 day');
    RETURN changed;
END
$$;

-- PostgreSQL lets everybody set their own password with ALTER ROLE, past change_own_password and past the log. It is
-- noticed here, once each; until an administrator has confirmed it the login only looks.
CREATE FUNCTION wbo_rule.notice_passwords() RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp SET lock_timeout = '200ms' AS $$
DECLARE
    noticed integer := 0;
    who record;
BEGIN
    IF to_regprocedure('wbo_log.password_marks()') IS NULL THEN
        RETURN NULL;
    END IF;
    FOR who IN
        SELECT o.login, o.password_mark AS known, m.mark FROM wbo_data.operator o
            JOIN wbo_log.password_marks() AS m ON m.login = o.login
        WHERE o.password_mark IS DISTINCT FROM m.mark
    LOOP
        BEGIN
            PERFORM wbo_rule.begin_act('password_changed_elsewhere');
            IF who.known IS NULL THEN
                UPDATE wbo_data.operator o SET password_mark = who.mark WHERE o.login = who.login;
            ELSIF wbo_rule.notice_password(who.login) THEN
                noticed := noticed + 1;
            END IF;
        EXCEPTION WHEN lock_not_available THEN
            CONTINUE;  -- somebody sits on the row: at the next look
        END;
    END LOOP;
    RETURN noticed;
END
$$;

-- All of it, in one call: what stalls is ended before anything is written. `refused` is NULL when the server keeps no
-- JSON log that could be read; `behind` is how many bytes of it are not read yet.
CREATE FUNCTION wbo_chain.keep_watch(OUT refused integer, OUT logins integer, OUT ended integer, OUT behind bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp SET lock_timeout = '2s' AS $$
BEGIN
    ended := wbo_chain.note_ended(wbo_chain.end_stalled());
    refused := wbo_chain.collect_refusals();
    SELECT w.behind_bytes INTO behind FROM wbo_data.watch w FOR NO KEY UPDATE SKIP LOCKED;
    IF FOUND THEN
        logins := wbo_rule.judge_logins() + wbo_rule.close_logins();
        PERFORM wbo_rule.notice_passwords();
    END IF;
END
$$;

INSERT INTO wbo_data.watch DEFAULT VALUES ON CONFLICT DO NOTHING;
