-- Ending what holds others up. First a look that writes nothing and waits for no lock, called twice a second; what it
-- ended is put into the log by a call of its own, which also closes a login that had to be ended again and again.

-- Ends sessions of operators and of the client side that hold on to a transaction longer than wbo_data.session_limit
-- allows, whatever they do in it. Their own timeouts can be lifted by themselves; this cannot. Returns [{login,
-- workstation, reason}].
CREATE FUNCTION wbo_chain.end_stalled() RETURNS jsonb
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
    WITH most AS MATERIALIZED (
        SELECT jsonb_object_agg(l.name, l.value) AS of, pg_notification_queue_usage() AS queue
            FROM wbo_data.session_limit l
    ), waiting AS MATERIALIZED (
        SELECT l.pid, extract(epoch FROM clock_timestamp() - min(l.waitstart))::double precision AS seconds,
               bool_and(NOT wbo_rule.is_watched(a.usesysid)) AS is_ours
        FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
        WHERE NOT l.granted AND a.backend_type = 'client backend' GROUP BY l.pid
    ), blocking AS MATERIALIZED (
        SELECT b.pid, max(w.seconds) AS seconds, max(w.seconds) FILTER (WHERE w.is_ours) AS our_seconds
        FROM waiting w CROSS JOIN LATERAL unnest(pg_blocking_pids(w.pid)) AS b (pid) GROUP BY b.pid
    ), seen AS MATERIALIZED (
        SELECT a.pid, a.usename::text AS login, left(a.application_name, 64) || '@'
            || coalesce(host(a.client_addr), 'local') AS workstation,
               a.state = 'idle' AND a.wait_event = 'ClientWrite' AS reads_no_news,
               CASE WHEN a.state <> 'idle' THEN extract(epoch FROM clock_timestamp() - a.xact_start)::double precision
               END AS age,
               a.backend_xid IS NOT NULL AS writes, a.wait_event_type = 'Lock' AS waits,
               a.state LIKE 'idle in%' OR a.wait_event_type = 'Client' OR a.wait_event = 'PgSleep' AS sleeps,
               a.query_start > a.xact_start + interval '50 milliseconds' AS goes_on
        FROM pg_stat_activity a
        WHERE a.datname = current_database() AND a.backend_type = 'client backend' AND a.pid <> pg_backend_pid()
          AND (wbo_rule.is_watched(a.usesysid) OR EXISTS (
              SELECT FROM pg_roles r WHERE r.oid = a.usesysid AND NOT r.rolcanlogin AND NOT r.rolsuper))
    ), judged AS (
        SELECT s.*, CASE
            -- disabled, and slipped in
            WHEN NOT (SELECT r.rolcanlogin FROM pg_roles r WHERE r.rolname = s.login) THEN 'disabled'
            -- Who stands in line itself is an honest colleague until it holds something.
            WHEN s.waits THEN NULL
            WHEN b.our_seconds >= (m.of ->> 'in_the_workers_way')::double precision
                 AND s.age >= (m.of ->> 'holds')::double precision THEN 'in_the_workers_way'
            WHEN b.seconds >= (m.of ->> 'in_the_way')::double precision
                 AND s.age >= (m.of ->> 'holds')::double precision THEN 'in_the_way'
            -- While the worker waits, any other session that holds a lock will be in its way next.
            WHEN s.writes AND s.sleeps AND s.age >= CASE
                 WHEN EXISTS (SELECT FROM waiting w WHERE w.is_ours
                 AND w.seconds >= (m.of ->> 'in_the_workers_way')::double precision)
                 THEN least(2 * (m.of ->> 'in_the_workers_way')::double precision,
                 (m.of ->> 'idle_writer')::double precision)
                 ELSE (m.of ->> 'idle_writer')::double precision END THEN 'idle_writer'
            WHEN s.writes AND s.age >= (m.of ->> 'working_writer')::double precision THEN 'working_writer'
            WHEN NOT s.writes AND (s.sleeps OR s.goes_on) AND s.age >= (m.of ->> 'idle_reader')::double precision
                THEN 'idle_reader'
            WHEN s.age >= (m.of ->> 'working_reader')::double precision THEN 'working_reader'
            WHEN m.queue >= (m.of ->> 'queue_filled')::double precision
                 AND (s.reads_no_news OR s.age >= (m.of ->> 'queue_holder')::double precision) THEN 'queue_holder'
            END AS reason
        FROM seen s CROSS JOIN most m LEFT JOIN blocking b ON b.pid = s.pid
    ), with_line AS (
        -- Of a login that is in the way, the sessions that stand in line to be there next go with it.
        SELECT j.pid, j.login, j.workstation, coalesce(j.reason, CASE
            WHEN j.waits AND j.age >= (m.of ->> 'holds')::double precision
                 AND bool_or(j.reason IN ('in_the_way', 'in_the_workers_way')) OVER (PARTITION BY j.login)
                 THEN 'in_line' END) AS reason
        FROM judged j CROSS JOIN most m
    ), ended AS MATERIALIZED (
        SELECT j.login, j.workstation, j.reason, pg_terminate_backend(j.pid) AS done FROM with_line j
            WHERE j.reason IS NOT NULL
    )
    SELECT coalesce(jsonb_agg(jsonb_build_object('login', e.login, 'workstation', e.workstation, 'reason', e.reason)),
        '[]')
    FROM ended e WHERE e.done
$$;

-- Puts into the log what was ended; returns how many sessions.
CREATE FUNCTION wbo_chain.note_ended(ended jsonb) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp SET lock_timeout = '1s' AS $$
    WITH noted AS (
        INSERT INTO wbo_data.audit_entry (operator, workstation, action, object_type, object_id, after)
        SELECT e.login, e.workstation, 'end_session', 'operator', e.login,
               jsonb_strip_nulls(jsonb_build_object('reason', e.reason, 'count', nullif(count(*), 1)))
        FROM jsonb_to_recordset(ended) AS e (login text, workstation text, reason text)
        GROUP BY e.login, e.workstation, e.reason
    )
    SELECT jsonb_array_length(ended)
$$;

-- Logins whose sessions had to be ended too often are closed for a time, and opened when it is over; returns how many.
CREATE FUNCTION wbo_rule.close_logins() RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp SET lock_timeout = '300ms' AS $$
DECLARE
    who record;
    changed integer := 0;
BEGIN
    FOR who IN
        SELECT c.login FROM wbo_data.closed_login c WHERE c.until <= clock_timestamp() FOR NO KEY UPDATE SKIP LOCKED
    LOOP
        IF wbo_rule.try_alter_role(who.login, format('CONNECTION LIMIT %s', wbo_rule.connections_of(who.login))) THEN
            UPDATE wbo_data.closed_login c SET until = NULL WHERE c.login = who.login;
            PERFORM wbo_rule.note_login(who.login, 'reopen_login', NULL);
            changed := changed + 1;
        END IF;
    END LOOP;
    FOR who IN
        SELECT e.object_id AS login, clock_timestamp() + make_interval(secs => wbo_rule.session_limit('closed_for'))
            AS until
        FROM wbo_data.audit_entry e
        LEFT JOIN wbo_data.closed_login c ON c.login = e.object_id
        JOIN pg_roles r ON r.rolname = e.object_id AND r.rolcanlogin AND wbo_rule.is_watched(r.oid)
        WHERE e.at > clock_timestamp() - make_interval(secs => wbo_rule.session_limit('endings_within'))
          AND e.action = 'end_session' AND e.after ->> 'reason' NOT IN ('disabled', 'queue_holder')
          AND e.at > coalesce(c.closed_at, '-infinity') AND c.until IS NULL
        GROUP BY e.object_id HAVING sum(coalesce((e.after ->> 'count')::integer, 1)) >= wbo_rule.session_limit(
            'endings')
    LOOP
        PERFORM wbo_rule.end_sessions(who.login);
        IF wbo_rule.try_alter_role(who.login, 'CONNECTION LIMIT 0') THEN
            INSERT INTO wbo_data.closed_login AS c (login, until) VALUES (who.login, who.until)
            ON CONFLICT (login) DO UPDATE SET closed_at = clock_timestamp(), until = excluded.until;
            PERFORM wbo_rule.note_login(who.login, 'close_login', jsonb_build_object('until', who.until));
            PERFORM wbo_rule.end_sessions(who.login);
            changed := changed + 1;
        END IF;
    END LOOP;
    RETURN changed;
END
$$;

CREATE FUNCTION wbo_rule.connections_of(of_login text) RETURNS integer
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT wbo_rule.session_limit(CASE WHEN pg_has_role(of_login, 'wbo_intake', 'MEMBER') THEN 'client_side_connections'
                                       ELSE 'connections' END)::integer
$$;
