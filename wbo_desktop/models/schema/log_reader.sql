-- The one window on the server's own log, where refused attempts stand although their transactions rolled back. Run by
-- a superuser at `db init`. Its owner is a role of its own that can do nothing else; the desk's owner may only look
-- through. Statements and their parameters never come out of here.

DROP SCHEMA IF EXISTS wbo_log CASCADE;
CREATE SCHEMA wbo_log;

-- Executing these is the reader's alone; who is not in pg_read_server_files reads only below the data or log directory.
GRANT EXECUTE ON FUNCTION pg_ls_logdir(), pg_read_binary_file(text, bigint, bigint, boolean) TO wbo_log_reader;

-- The JSON logs there are.
CREATE FUNCTION wbo_log.files() RETURNS TABLE (name text, size bigint)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT f.name, f.size FROM pg_ls_logdir() AS f WHERE f.name ~ '^[A-Za-z0-9_.-]+\.json$'
$$;

-- The hash of a log's first line, which tells it from its successor of the same name; NULL while there is no whole
-- line.
CREATE FUNCTION wbo_log.head(file text) RETURNS text
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT encode(sha256(substring(b.begins FOR position('\x0a'::bytea IN b.begins))), 'hex')
    FROM pg_read_binary_file(current_setting('log_directory') || '/' || file, 0, 16384, true) AS b (begins)
    WHERE file ~ '^[A-Za-z0-9_.-]+\.json$' AND position('\x0a'::bytea IN b.begins) > 0
$$;

-- The refusals in a piece of a log: which login was refused what, never what it had sent. Reads whole lines only;
-- `next` is where to go on. A line longer than the piece is told by its beginning and then skipped.
CREATE FUNCTION wbo_log.refusals(file text, first bigint, most integer, inside_long_line boolean,
                                 OUT next bigint, OUT still_inside boolean, OUT refused jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    bytes bytea;
    size integer;
    whole integer;
    line text;
    marks constant bytea[] := ARRAY['"state_code":"28', '"state_code":"WB', '"state_code":"42501"']::bytea[];
BEGIN
    refused := '[]';
    next := first;
    still_inside := inside_long_line;
    IF file !~ '^[A-Za-z0-9_.-]+\.json$' THEN
        RETURN;
    END IF;
    bytes := coalesce(pg_read_binary_file(current_setting('log_directory') || '/' || file, first, most, true), '');
    size := length(bytes);
    whole := wbo_log.last_newline(bytes);
    IF whole = 0 AND size < most THEN
        RETURN;
    END IF;
    next := first + CASE WHEN whole = 0 THEN size ELSE whole END;
    still_inside := whole = 0;
    -- Bytes are compared many times faster than text is read, and a quote inside a statement is written as \": what
    -- does not hold one of these holds no refusal, however much it is.
    IF NOT EXISTS (SELECT FROM unnest(marks) AS m WHERE position(m IN bytes) > 0) THEN
        RETURN;
    ELSIF whole = 0 THEN
        IF NOT inside_long_line THEN
            refused := refused || wbo_log.refusal(convert_from(bytes, 'LATIN1'));
        END IF;
        RETURN;
    END IF;
    FOR line IN
        -- As LATIN1 every byte is a character: nothing that somebody sends makes a piece unreadable. The code stands
        -- near a line's beginning, before all that somebody sends.
        SELECT l.text
            FROM string_to_table(convert_from(substring(bytes FOR whole - 1), 'LATIN1'), E'\n') WITH ORDINALITY
                AS l (text, place)
        WHERE (l.place > 1 OR NOT inside_long_line)
          AND (strpos(left(l.text, 4096), '"state_code":"28') > 0 OR strpos(left(l.text, 4096), '"state_code":"WB') > 0
               OR strpos(left(l.text, 4096), '"state_code":"42501"') > 0)
        ORDER BY l.place
    LOOP
        refused := refused || wbo_log.refusal(line);
    END LOOP;
END
$$;

-- Where the last line that is whole ends; 0 when there is none.
CREATE FUNCTION wbo_log.last_newline(bytes bytea) RETURNS integer
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    size constant integer := length(bytes);
    looked integer := 4096;
    found integer;
    tail text;
BEGIN
    LOOP
        looked := least(looked, size);
        tail := convert_from(substring(bytes FROM size - looked + 1), 'LATIN1');
        found := strpos(reverse(tail), E'\n');
        IF found > 0 THEN
            RETURN size - found + 1;
        ELSIF looked = size THEN
            RETURN 0;
        END IF;
        looked := looked * 8;
    END LOOP;
END
$$;

-- One line of the log, as bytes in LATIN1; an empty array when it is no refusal.
CREATE FUNCTION wbo_log.refusal(line text) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    entry jsonb;
    code text;
    told text;
    context text;
BEGIN
    BEGIN
        entry := convert_from(convert_to(line, 'LATIN1'), 'UTF8')::jsonb;
    EXCEPTION WHEN OTHERS THEN
        -- Cut off, or with bytes that no text may have: what stands before the statement can still be read.
        SELECT coalesce(jsonb_object_agg(m[1], m[2]), '{}') INTO entry FROM regexp_matches(left(line, 16384),
            '"(timestamp|user|dbname|remote_host|error_severity|state_code)":"((?:[^"\\]|\\[^u])*)"', 'g') AS m;
    END;
    code := entry ->> 'state_code';
    IF code IS NULL OR entry ->> 'error_severity' NOT IN ('ERROR', 'FATAL')
        OR (code NOT LIKE 'WB%' AND code NOT IN ('42501', '28P01', '28000')) THEN
        RETURN '[]';
    END IF;
    context := entry ->> 'context';
    told := entry ->> 'message';
    RETURN jsonb_build_array(jsonb_build_object(
        'at', entry -> 'timestamp', 'login', left(entry ->> 'user', 64), 'database', entry -> 'dbname', 'address',
            entry -> 'remote_host',
        'application', left(entry ->> 'application_name', 64), 'sqlstate', code,
        'code', CASE WHEN code LIKE 'WB%' AND told ~ '^[a-z_]{1,64}$' THEN told
                     WHEN code = '42501' THEN 'permission_denied' WHEN code LIKE '28%' THEN 'login_failed' END,
        -- the outermost function of the desk in the context, or what the permission was missing for
        'object', coalesce(
            (SELECT m[1]
                FROM regexp_matches(context, '^(?:PL/pgSQL|SQL) function "?(?:wbo\.|wbo_chain\.)?([a-z_]+)["(]',
                    'gn') WITH ORDINALITY AS r (m, n) ORDER BY n DESC LIMIT 1),
            CASE WHEN code = '42501' THEN substring(told FROM '^permission denied for [a-z ]+ ([a-z0-9_.]{1,64})$')
                END)));
END
$$;

-- A mark of each login's password, to notice one that was changed past the desk: a hash of the stored verifier.
GRANT SELECT (rolname, rolpassword) ON pg_authid TO wbo_log_reader;
CREATE FUNCTION wbo_log.password_marks() RETURNS TABLE (login text, mark text)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT a.rolname::text, encode(sha256(convert_to(coalesce(a.rolpassword, ''), 'UTF8')), 'hex') FROM pg_authid a
$$;

ALTER FUNCTION wbo_log.password_marks() OWNER TO wbo_log_reader;
ALTER FUNCTION wbo_log.files() OWNER TO wbo_log_reader;
ALTER FUNCTION wbo_log.head(text) OWNER TO wbo_log_reader;
ALTER FUNCTION wbo_log.last_newline(bytea) OWNER TO wbo_log_reader;
ALTER FUNCTION wbo_log.refusal(text) OWNER TO wbo_log_reader;
ALTER FUNCTION wbo_log.refusals(text, bigint, integer, boolean) OWNER TO wbo_log_reader;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA wbo_log FROM PUBLIC;
GRANT USAGE ON SCHEMA wbo_log TO wbo_log_reader, wbo_owner;
GRANT EXECUTE ON FUNCTION wbo_log.files(), wbo_log.head(text), wbo_log.refusals(text, bigint, integer, boolean),
    wbo_log.password_marks() TO wbo_owner;
