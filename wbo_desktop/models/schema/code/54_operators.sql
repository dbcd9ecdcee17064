-- Operators (操作員與權限) are login roles; a permission is membership of a group role. Role administration is the one place
-- with dynamic SQL: identifiers by %I, values by %L, and only ever a SCRAM verifier, never a password.

CREATE FUNCTION wbo_rule.require_verifier(verifier text) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    IF verifier IS NULL OR verifier !~ '^SCRAM-SHA-256\$[0-9]{4,7}:[A-Za-z0-9+/=]{16,64}\$[A-Za-z0-9+/=]{44}:[A-Za-z0-9+/=]{44}$' THEN
        PERFORM wbo_rule.refuse('WB400', 'verifier_malformed');
    END IF;
    RETURN verifier;
END
$$;

-- What tells this password from another one that is set past the desk; see wbo_rule.notice_passwords.
CREATE FUNCTION wbo_rule.password_mark(verifier text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT encode(sha256(convert_to(verifier, 'UTF8')), 'hex')
$$;

CREATE FUNCTION wbo_rule.lock_operator(wanted text) RETURNS wbo_data.operator
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    found wbo_data.operator;
BEGIN
    SELECT * INTO found FROM wbo_data.operator o WHERE o.login = wanted FOR NO KEY UPDATE;
    IF found.login IS NULL THEN
        PERFORM wbo_rule.refuse_unknown('operator', coalesce(wanted, ''));
    END IF;
    RETURN found;
END
$$;

CREATE FUNCTION wbo_rule.one_time_until() RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT now() + coalesce((wbo_rule.policy('one_time_password_hours') #>> '{}')::integer, 72) * interval '1 hour'
$$;

-- What a role may use of the server by itself. An operator can lift the timeouts, which are for honest programs that hang;
-- wbo_rule.end_stalled_sessions ends what holds locks all the same.
CREATE FUNCTION wbo_rule.limit_role(login text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    EXECUTE format('ALTER ROLE %I CONNECTION LIMIT 60', login);
    EXECUTE format('ALTER ROLE %I SET idle_in_transaction_session_timeout = %L', login, '60s');
    EXECUTE format('ALTER ROLE %I SET lock_timeout = %L', login, '5s');
    EXECUTE format('ALTER ROLE %I SET statement_timeout = %L', login, '10min');
END
$$;

-- Permissions are held as memberships only by somebody enabled and past the one-time password; until then they stand in the
-- table alone, so that a password which passed through other hands opens no page and does nothing.
CREATE FUNCTION wbo_rule.give_permissions(to_login text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    code text;
BEGIN
    FOR code IN SELECT g.permission_code FROM wbo_data.permission_grant g WHERE g.login = to_login AND g.state = 'granted' LOOP
        EXECUTE format('GRANT %I TO %I', code, to_login);
    END LOOP;
END
$$;

CREATE FUNCTION wbo_rule.take_permissions(from_login text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    code text;
BEGIN
    FOR code IN
        SELECT r.rolname FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid JOIN pg_roles u ON u.oid = m.member
        WHERE u.rolname = from_login AND r.rolname ~ '^(atm|sys)\.'
    LOOP
        EXECUTE format('REVOKE %I FROM %I', code, from_login);
    END LOOP;
END
$$;

CREATE FUNCTION wbo.create_operator(login text, display_name text, scram_verifier text, language text DEFAULT 'zh_HK') RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    wanted text := btrim(create_operator.login);
    verifier text := wbo_rule.require_verifier(create_operator.scram_verifier);
    shown text := wbo_rule.require_text('display_name', create_operator.display_name, 80);
    until_then timestamptz := wbo_rule.one_time_until();
BEGIN
    PERFORM wbo_rule.begin_operator_act('create_operator');
    -- Lower case and plain: a login must not look like another one, nor like a role of the system.
    IF wanted IS NULL OR wanted !~ '^[a-z][a-z0-9_.]{1,30}$' OR wanted ~ '^(wbo_|pg_|atm\.|sys\.)' THEN
        PERFORM wbo_rule.refuse('WB400', 'value_invalid', jsonb_build_object('field', 'login', 'value', left(coalesce(wanted, ''), 80)));
    ELSIF coalesce(create_operator.language, '') NOT IN ('zh_HK', 'zh_CN', 'en') THEN
        PERFORM wbo_rule.refuse('WB400', 'value_invalid', jsonb_build_object('field', 'language', 'value', left(coalesce(create_operator.language, ''), 80)));
    ELSIF EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
        PERFORM wbo_rule.refuse('WB409', 'login_taken', jsonb_build_object('login', wanted));
    END IF;
    EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS INHERIT PASSWORD %L VALID UNTIL %L',
                   wanted, verifier, until_then);
    EXECUTE format('GRANT wbo_operator TO %I', wanted);
    PERFORM wbo_rule.limit_role(wanted);
    INSERT INTO wbo_data.operator (login, display_name, language, one_time_until, password_mark)
    VALUES (wanted, shown, create_operator.language, until_then, wbo_rule.password_mark(verifier));
    PERFORM wbo_rule.note_issue(wanted, session_user);
END
$$;

-- Ends every session of a role but the one that asks.
CREATE FUNCTION wbo_rule.end_sessions(of_login text) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a WHERE a.usename = of_login AND a.pid <> pg_backend_pid()
$$;

CREATE FUNCTION wbo_rule.is_administrator(who text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT EXISTS (SELECT FROM wbo_data.permission_grant g WHERE g.login = who AND g.permission_code = 'sys.operator_admin' AND g.state = 'granted')
$$;

-- Whether the desk would be left without an administrator who can log in and act.
CREATE FUNCTION wbo_rule.is_last_administrator(who text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT wbo_rule.is_administrator(who) AND NOT EXISTS (
        SELECT FROM wbo_data.operator o JOIN wbo_data.permission_grant g ON g.login = o.login
        WHERE g.permission_code = 'sys.operator_admin' AND g.state = 'granted'
          AND o.disabled_at IS NULL AND NOT o.must_change_password AND o.login <> who)
$$;

-- Serialises what could leave the desk without an administrator, or give a permission twice.
CREATE FUNCTION wbo_rule.lock_administration() RETURNS void
LANGUAGE sql SET search_path = pg_catalog, wbo, pg_temp AS $$
    LOCK TABLE wbo_data.permission_grant IN SHARE ROW EXCLUSIVE MODE
$$;

CREATE FUNCTION wbo.disable_operator(login text, remark text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    target wbo_data.operator;
BEGIN
    PERFORM wbo_rule.begin_operator_act('disable_operator', disable_operator.remark);
    PERFORM wbo_rule.lock_administration();
    target := wbo_rule.lock_operator(disable_operator.login);
    IF target.disabled_at IS NOT NULL THEN
        PERFORM wbo_rule.refuse_status('operator', target.login, 'disabled', 'disabled');
    ELSIF wbo_rule.is_last_administrator(target.login) THEN
        PERFORM wbo_rule.refuse('WB422', 'last_administrator', jsonb_build_object('login', target.login));
    END IF;
    UPDATE wbo_data.operator o SET disabled_at = now(), disabled_by = session_user WHERE o.login = target.login;
    -- A session that slips in while this one commits has no right left to use.
    EXECUTE format('ALTER ROLE %I NOLOGIN', target.login);
    EXECUTE format('REVOKE wbo_operator FROM %I', target.login);
    PERFORM wbo_rule.take_permissions(target.login);
    PERFORM wbo_rule.end_sessions(target.login);
END
$$;

CREATE FUNCTION wbo.enable_operator(login text, scram_verifier text, remark text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    target wbo_data.operator;
    until_then timestamptz := wbo_rule.one_time_until();
BEGIN
    PERFORM wbo_rule.begin_operator_act('enable_operator', enable_operator.remark);
    PERFORM wbo_rule.lock_administration();
    target := wbo_rule.lock_operator(enable_operator.login);
    IF target.disabled_at IS NULL THEN
        PERFORM wbo_rule.refuse_status('operator', target.login, 'enabled', 'enabled');
    END IF;
    UPDATE wbo_data.operator o SET disabled_at = NULL, disabled_by = NULL, must_change_password = true, one_time_until = until_then,
        password_mark = wbo_rule.password_mark(enable_operator.scram_verifier),
        locked_until = NULL, locked_from = NULL, open_until = NULL, unlocked_at = clock_timestamp()
    WHERE o.login = target.login;
    PERFORM wbo_rule.note_issue(target.login, session_user);
    EXECUTE format('ALTER ROLE %I LOGIN PASSWORD %L VALID UNTIL %L', target.login,
                   wbo_rule.require_verifier(enable_operator.scram_verifier), until_then);
    EXECUTE format('GRANT wbo_operator TO %I', target.login);
END
$$;

CREATE FUNCTION wbo.reset_password(login text, scram_verifier text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    target wbo_data.operator;
    until_then timestamptz := wbo_rule.one_time_until();
BEGIN
    PERFORM wbo_rule.begin_operator_act('reset_password');
    PERFORM wbo_rule.lock_administration();
    target := wbo_rule.lock_operator(reset_password.login);
    IF target.disabled_at IS NOT NULL THEN
        PERFORM wbo_rule.refuse_status('operator', target.login, 'disabled', 'reset_password');
    END IF;
    UPDATE wbo_data.operator o SET must_change_password = true, one_time_until = until_then,
        password_mark = wbo_rule.password_mark(reset_password.scram_verifier),
        locked_until = NULL, locked_from = NULL, open_until = NULL, unlocked_at = clock_timestamp()
    WHERE o.login = target.login;
    PERFORM wbo_rule.note_issue(target.login, session_user);
    EXECUTE format('ALTER ROLE %I PASSWORD %L VALID UNTIL %L', target.login,
                   wbo_rule.require_verifier(reset_password.scram_verifier), until_then);
    PERFORM wbo_rule.take_permissions(target.login);
    PERFORM wbo_rule.end_sessions(target.login);
END
$$;

CREATE FUNCTION wbo.change_own_password(scram_verifier text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    self wbo_data.operator;
BEGIN
    PERFORM wbo_rule.begin_act('change_own_password');
    SELECT * INTO self FROM wbo_data.operator o WHERE o.login = session_user FOR NO KEY UPDATE;
    IF self.login IS NULL THEN
        PERFORM wbo_rule.refuse('WB403', 'not_an_operator', jsonb_build_object('login', session_user));
    ELSIF self.disabled_at IS NOT NULL THEN
        PERFORM wbo_rule.refuse('WB403', 'operator_disabled', jsonb_build_object('login', session_user));
    END IF;
    EXECUTE format('ALTER ROLE %I PASSWORD %L VALID UNTIL %L', self.login,
                   wbo_rule.require_verifier(change_own_password.scram_verifier), 'infinity');
    UPDATE wbo_data.operator o SET must_change_password = false, one_time_until = NULL,
        password_mark = wbo_rule.password_mark(change_own_password.scram_verifier) WHERE o.login = self.login;
    INSERT INTO wbo_data.audit_entry (workstation, action, object_type, object_id)
    SELECT wbo_rule.workstation(), 'change_own_password', 'operator', self.login WHERE NOT self.must_change_password;
    PERFORM wbo_rule.give_permissions(self.login);
    -- Whoever came in with the old password goes.
    PERFORM wbo_rule.end_sessions(self.login);
END
$$;

-- What can change money's way waits for a second administrator when an administrator would hold it: nobody gives it to
-- themselves, and two roles of one person are two people's decision.
CREATE FUNCTION wbo_rule.needs_second_administrator(target text, code text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT (code LIKE 'atm.%' AND code NOT LIKE '%\_inquiry' AND (target = session_user OR wbo_rule.is_administrator(target)))
        OR (code = 'sys.operator_admin' AND EXISTS (
            SELECT FROM wbo_data.permission_grant g WHERE g.login = target AND g.state = 'granted'
              AND g.permission_code LIKE 'atm.%' AND g.permission_code NOT LIKE '%\_inquiry'))
$$;

CREATE FUNCTION wbo_rule.require_permission_code(code text) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    IF code IS NULL OR code !~ '^(atm|sys)\.[a-z_]+$' OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = code AND NOT rolcanlogin) THEN
        PERFORM wbo_rule.refuse_unknown('permission', left(coalesce(code, ''), 80));
    END IF;
END
$$;

-- Returns 'granted', or 'waiting' when a second administrator has to agree.
CREATE FUNCTION wbo.grant_permission(login text, permission text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    target wbo_data.operator;
    outcome text := 'granted';
BEGIN
    PERFORM wbo_rule.begin_operator_act('grant_permission');
    PERFORM wbo_rule.require_permission_code(grant_permission.permission);
    PERFORM wbo_rule.lock_administration();
    target := wbo_rule.lock_operator(grant_permission.login);
    SELECT g.state INTO outcome FROM wbo_data.permission_grant g
    WHERE g.login = target.login AND g.permission_code = grant_permission.permission AND g.state <> 'withdrawn';
    IF FOUND THEN
        RETURN outcome;
    END IF;
    outcome := CASE WHEN wbo_rule.needs_second_administrator(target.login, grant_permission.permission) THEN 'waiting' ELSE 'granted' END;
    INSERT INTO wbo_data.permission_grant (login, permission_code, state, decided_by, decided_at)
    VALUES (target.login, grant_permission.permission, outcome,
            CASE WHEN outcome = 'granted' THEN session_user END, CASE WHEN outcome = 'granted' THEN now() END);
    IF outcome = 'granted' AND target.disabled_at IS NULL AND NOT target.must_change_password THEN
        EXECUTE format('GRANT %I TO %I', grant_permission.permission, target.login);
    END IF;
    RETURN outcome;
END
$$;

CREATE FUNCTION wbo.approve_permission_grant(request_id bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    request wbo_data.permission_grant;
    target wbo_data.operator;
BEGIN
    PERFORM wbo_rule.begin_operator_act('approve_permission_grant');
    PERFORM wbo_rule.lock_administration();
    SELECT * INTO request FROM wbo_data.permission_grant g WHERE g.id = approve_permission_grant.request_id FOR NO KEY UPDATE;
    IF request.id IS NULL THEN
        PERFORM wbo_rule.refuse_unknown('permission_request', approve_permission_grant.request_id::text);
    ELSIF request.state <> 'waiting' THEN
        PERFORM wbo_rule.refuse_status('permission_request', request.id::text, request.state, 'granted');
    ELSIF session_user IN (request.requested_by, request.login) THEN
        PERFORM wbo_rule.refuse('WB403', 'second_administrator_needed',
                                jsonb_build_object('login', request.login, 'permission', request.permission_code));
    END IF;
    UPDATE wbo_data.permission_grant g SET state = 'granted', decided_by = session_user, decided_at = now() WHERE g.id = request.id;
    target := wbo_rule.lock_operator(request.login);
    IF target.disabled_at IS NULL AND NOT target.must_change_password THEN
        EXECUTE format('GRANT %I TO %I', request.permission_code, request.login);
    END IF;
END
$$;

CREATE FUNCTION wbo.revoke_permission(login text, permission text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    target wbo_data.operator;
BEGIN
    PERFORM wbo_rule.begin_operator_act('revoke_permission');
    PERFORM wbo_rule.require_permission_code(revoke_permission.permission);
    PERFORM wbo_rule.lock_administration();
    target := wbo_rule.lock_operator(revoke_permission.login);
    IF revoke_permission.permission = 'sys.operator_admin' AND target.disabled_at IS NULL
       AND wbo_rule.is_last_administrator(target.login) THEN
        PERFORM wbo_rule.refuse('WB422', 'last_administrator', jsonb_build_object('login', target.login));
    END IF;
    UPDATE wbo_data.permission_grant g SET state = 'withdrawn', decided_by = session_user, decided_at = now()
    WHERE g.login = target.login AND g.permission_code = revoke_permission.permission AND g.state <> 'withdrawn';
    EXECUTE format('REVOKE %I FROM %I', revoke_permission.permission, target.login);
END
$$;

-- What a desktop asks first, and again when something about operators changed.
CREATE FUNCTION wbo.my_session(OUT login text, OUT display_name text, OUT permissions text[], OUT must_change_password boolean,
                               OUT language text, OUT workstation text, OUT policy jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
#variable_conflict use_column
BEGIN
    SELECT o.login, o.display_name, o.must_change_password, o.language INTO login, display_name, must_change_password, language
    FROM wbo_data.operator o WHERE o.login = session_user AND o.disabled_at IS NULL;
    IF NOT FOUND THEN
        PERFORM wbo_rule.refuse('WB403', 'not_an_operator', jsonb_build_object('login', session_user));
    END IF;
    SELECT coalesce(array_agg(r.rolname::text ORDER BY r.rolname), '{}') INTO permissions FROM pg_roles r
    WHERE r.rolname ~ '^(atm|sys)\.' AND pg_has_role(session_user, r.oid, 'MEMBER');
    SELECT jsonb_object_agg(p.name, p.value) INTO policy FROM wbo_data.policy p;
    workstation := wbo_rule.workstation();
END
$$;
