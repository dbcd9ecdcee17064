-- Operators (操作員與權限) are login roles; a permission is membership of a group role. Role administration is the one place
-- with dynamic SQL: identifiers by %I, values by %L, and only ever a SCRAM verifier, never a password.

CREATE FUNCTION wbo_rule.require_verifier(verifier text) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    IF verifier IS NULL
        OR verifier !~ '^SCRAM-SHA-256\$[0-9]{4,7}:[A-Za-z0-9+/=]{16,64}\$[A-Za-z0-9+/=]{44}:[A-Za-z0-9+/=]{44}$' THEN
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
    SELECT now() + wbo_rule.policy_number('one_time_password_hours') * interval '1 hour'
$$;

-- What a role may use of the server by itself. An operator can lift the timeouts, which are for honest programs that
-- hang; wbo_chain.end_stalled ends what holds on to a transaction all the same.
CREATE FUNCTION wbo_rule.limit_role(login text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    EXECUTE format('ALTER ROLE %I CONNECTION LIMIT %s', login, wbo_rule.session_limit('connections')::integer);
    EXECUTE format('ALTER ROLE %I SET idle_in_transaction_session_timeout = %L', login, '60s');
    EXECUTE format('ALTER ROLE %I SET lock_timeout = %L', login, '5s');
    EXECUTE format('ALTER ROLE %I SET statement_timeout = %L', login, '10min');
END
$$;

-- Permissions are held as memberships only by somebody enabled and past the one-time password; until then they stand in
-- the table alone, so that a password which passed through other hands opens no page and does nothing.
CREATE FUNCTION wbo_rule.give_permissions(to_login text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    code text;
BEGIN
    FOR code IN SELECT g.permission_code FROM wbo_data.permission_grant g
        WHERE g.login = to_login AND g.state = 'granted' LOOP
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

-- Makes a login that cannot log in before an administrator of another hand agreed. Returns 'waiting'.
CREATE FUNCTION wbo.create_operator(login text, display_name text, scram_verifier text,
    language text DEFAULT 'zh_HK') RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    wanted text := btrim(create_operator.login);
    verifier text := wbo_rule.require_verifier(create_operator.scram_verifier);
    shown text := wbo_rule.require_text('display_name', create_operator.display_name, 80);
BEGIN
    PERFORM wbo_rule.begin_operator_act('create_operator');
    -- Lower case and plain: a login must not look like another one, nor like a role of the system.
    IF wanted IS NULL OR wanted !~ '^[a-z][a-z0-9_.]{1,30}$' OR wanted ~ '^(wbo_|pg_|atm\.|sys\.)' THEN
        PERFORM wbo_rule.refuse('WB400', 'value_invalid',
            jsonb_build_object('field', 'login', 'value', left(coalesce(wanted, ''), 80)));
    ELSIF coalesce(create_operator.language, '') NOT IN ('zh_HK', 'zh_CN', 'en') THEN
        PERFORM wbo_rule.refuse('WB400', 'value_invalid',
            jsonb_build_object('field', 'language', 'value', left(coalesce(create_operator.language, ''), 80)));
    ELSIF EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
        PERFORM wbo_rule.refuse('WB409', 'login_taken', jsonb_build_object('login', wanted));
    END IF;
    EXECUTE format(
        'CREATE ROLE %I NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS INHERIT PASSWORD %L',
                   wanted, verifier);
    PERFORM wbo_rule.limit_role(wanted);
    INSERT INTO wbo_data.operator (login, display_name, language, password_mark, disabled_at, disabled_by)
    VALUES (wanted, shown, create_operator.language, wbo_rule.password_mark(verifier), now(), session_user);
    PERFORM wbo_rule.note_issue(wanted, session_user);
    RETURN wbo_rule.ask('create_operator', wanted, '{}',
                        jsonb_build_object('display_name', shown, 'language', create_operator.language));
END
$$;

-- What an agreement opens: the login, with the one-time password that was set when it was asked for.
CREATE FUNCTION wbo_rule.open_operator(of_login text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    target wbo_data.operator;
    until_then timestamptz := wbo_rule.one_time_until();
BEGIN
    PERFORM wbo_rule.seize_login(of_login);
    target := wbo_rule.lock_operator(of_login);
    IF target.disabled_at IS NULL THEN
        PERFORM wbo_rule.refuse_status('operator', target.login, 'enabled', 'enabled');
    END IF;
    UPDATE wbo_data.operator o SET disabled_at = NULL, disabled_by = NULL, must_change_password = true,
        one_time_until = until_then,
        locked_until = NULL, locked_from = NULL, open_until = NULL, unlocked_at = clock_timestamp()
    WHERE o.login = target.login;
    EXECUTE format('ALTER ROLE %I LOGIN VALID UNTIL %L', target.login, until_then);
    EXECUTE format('GRANT wbo_operator TO %I', target.login);
END
$$;

CREATE FUNCTION wbo_rule.is_administrator(who text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT EXISTS (SELECT FROM wbo_data.permission_grant g WHERE g.login = who
        AND g.permission_code = 'sys.operator_admin' AND g.state = 'granted')
$$;

-- Whether the desk would be left without an administrator who can log in and act.
CREATE FUNCTION wbo_rule.is_last_administrator(who text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT wbo_rule.is_administrator(who) AND NOT EXISTS (
        SELECT FROM wbo_data.operator o JOIN wbo_data.permission_grant g ON g.login = o.login
        WHERE g.permission_code = 'sys.operator_admin' AND g.state = 'granted'
          AND o.disabled_at IS NULL AND NOT o.must_change_password AND o.login <> who)
$$;

-- Whether two administrators of different hands can log in and act, `without` not counted: as long as there are,
-- everything that needs two people can be decided.
CREATE FUNCTION wbo_rule.has_two_hands(without text DEFAULT NULL) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    WITH acting AS (
        SELECT o.login FROM wbo_data.operator o JOIN wbo_data.permission_grant g ON g.login = o.login
        WHERE g.permission_code = 'sys.operator_admin' AND g.state = 'granted'
          AND o.disabled_at IS NULL AND NOT o.must_change_password AND o.login IS DISTINCT FROM without)
    SELECT EXISTS (SELECT FROM acting a JOIN acting b ON a.login < b.login
        WHERE NOT wbo_rule.same_hand(a.login, b.login))
$$;

-- No act leaves the desk without an administrator, nor alone with one hand: the others could no longer be asked.
CREATE FUNCTION wbo_rule.require_administrators_left(target text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    IF wbo_rule.is_last_administrator(target) THEN
        PERFORM wbo_rule.refuse('WB422', 'last_administrator', jsonb_build_object('login', target));
    ELSIF wbo_rule.has_two_hands() AND NOT wbo_rule.has_two_hands(target) THEN
        PERFORM wbo_rule.refuse('WB422', 'last_other_hand', jsonb_build_object('login', target));
    END IF;
END
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
    PERFORM wbo_rule.seize_login(disable_operator.login);
    target := wbo_rule.lock_operator(disable_operator.login);
    IF target.disabled_at IS NOT NULL THEN
        PERFORM wbo_rule.refuse_status('operator', target.login, 'disabled', 'disabled');
    END IF;
    PERFORM wbo_rule.require_administrators_left(target.login);
    UPDATE wbo_data.operator o SET disabled_at = now(), disabled_by = session_user WHERE o.login = target.login;
    -- A session that slips in while this one commits has no right left to use.
    EXECUTE format('ALTER ROLE %I NOLOGIN', target.login);
    EXECUTE format('REVOKE wbo_operator FROM %I', target.login);
    PERFORM wbo_rule.take_permissions(target.login);
    PERFORM wbo_rule.end_sessions(target.login);
END
$$;

-- Sets the one-time password; the login stays closed until an administrator of another hand agreed. Returns 'waiting'.
CREATE FUNCTION wbo.enable_operator(login text, scram_verifier text, remark text DEFAULT NULL) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    target wbo_data.operator;
    verifier text := wbo_rule.require_verifier(enable_operator.scram_verifier);
BEGIN
    PERFORM wbo_rule.begin_operator_act('enable_operator', enable_operator.remark);
    PERFORM wbo_rule.lock_administration();
    target := wbo_rule.lock_operator(enable_operator.login);
    IF target.disabled_at IS NULL THEN
        PERFORM wbo_rule.refuse_status('operator', target.login, 'enabled', 'enabled');
    END IF;
    EXECUTE format('ALTER ROLE %I NOLOGIN PASSWORD %L', target.login, verifier);
    UPDATE wbo_data.operator o SET password_mark = wbo_rule.password_mark(verifier) WHERE o.login = target.login;
    PERFORM wbo_rule.note_issue(target.login, session_user);
    RETURN wbo_rule.ask('enable_operator', target.login, '{}', jsonb_build_object('display_name', target.display_name));
END
$$;

-- The new password of an enabled operator, given out by `issuer`.
CREATE FUNCTION wbo_rule.replace_password(of_login text, verifier text, issuer text,
    kept text[] DEFAULT '{}') RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    target wbo_data.operator;
    until_then timestamptz := wbo_rule.one_time_until();
BEGIN
    PERFORM wbo_rule.seize_login(of_login);
    target := wbo_rule.lock_operator(of_login);
    IF target.disabled_at IS NOT NULL THEN
        PERFORM wbo_rule.refuse_status('operator', target.login, 'disabled', 'reset_password');
    END IF;
    PERFORM wbo_rule.note_issue(target.login, issuer, kept);
    UPDATE wbo_data.operator o SET must_change_password = true, one_time_until = until_then,
        password_mark = wbo_rule.password_mark(verifier),
        locked_until = NULL, locked_from = NULL, open_until = NULL, unlocked_at = clock_timestamp()
    WHERE o.login = target.login;
    EXECUTE format('ALTER ROLE %I PASSWORD %L VALID UNTIL %L', target.login, verifier, until_then);
    PERFORM wbo_rule.take_permissions(target.login);
    PERFORM wbo_rule.end_sessions(target.login);
END
$$;

-- The database's owner gives an operator a new one-time password and makes a root administrator of them: how a desk
-- goes on that lost one.
CREATE FUNCTION wbo_rule.renew_administrator(of_login text, verifier text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    PERFORM wbo_rule.begin_act('add_administrator');
    PERFORM wbo_rule.lock_administration();
    IF EXISTS (SELECT FROM wbo_data.operator o WHERE o.login = of_login AND o.disabled_at IS NOT NULL) THEN
        PERFORM wbo_rule.open_operator(of_login);
    END IF;
    PERFORM wbo_rule.replace_password(of_login, wbo_rule.require_verifier(verifier), NULL);
    INSERT INTO wbo_data.permission_grant (login, permission_code, state, decided_by, decided_at)
    VALUES (of_login, 'sys.operator_admin', 'granted', session_user, now())
    ON CONFLICT (login, permission_code) WHERE state <> 'withdrawn' DO NOTHING;
END
$$;

-- Returns 'done', or 'waiting' where the operator may do more than look: the old password holds until it was agreed to.
CREATE FUNCTION wbo.reset_password(login text, scram_verifier text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    target wbo_data.operator;
    verifier text := wbo_rule.require_verifier(reset_password.scram_verifier);
BEGIN
    PERFORM wbo_rule.begin_operator_act('reset_password');
    -- Without its row's lock and its sessions' end: whom this is about goes on working until it was agreed to.
    SELECT * INTO target FROM wbo_data.operator o WHERE o.login = reset_password.login;
    IF target.login IS NULL THEN
        PERFORM wbo_rule.refuse_unknown('operator', coalesce(reset_password.login, ''));
    ELSIF target.disabled_at IS NOT NULL THEN
        PERFORM wbo_rule.refuse_status('operator', target.login, 'disabled', 'reset_password');
    ELSIF wbo_rule.holds_power(target.login) THEN
        RETURN wbo_rule.ask('reset_password', target.login, '{}',
            jsonb_build_object('display_name', target.display_name), verifier);
    END IF;
    PERFORM wbo_rule.replace_password(target.login, verifier, session_user::text);
    RETURN 'done';
END
$$;

CREATE FUNCTION wbo.change_own_password(scram_verifier text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    self wbo_data.operator;
BEGIN
    PERFORM wbo_rule.begin_act('change_own_password');
    -- At an unlocked desk somebody else could set a password without knowing the one there is.
    IF NOT wbo_rule.session_is_younger_than(60) THEN
        PERFORM wbo_rule.refuse('WB403', 'step_up_required', '{"seconds": 60}');
    END IF;
    PERFORM wbo_rule.notice_password(session_user::text);
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
    -- Sessions that came in with the old password end.
    PERFORM wbo_rule.end_sessions(self.login);
END
$$;

CREATE FUNCTION wbo_rule.require_permission_code(code text) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    IF code IS NULL OR code !~ '^(atm|sys)\.[a-z_]+$'
        OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = code AND NOT rolcanlogin) THEN
        PERFORM wbo_rule.refuse_unknown('permission', left(coalesce(code, ''), 80));
    END IF;
END
$$;

CREATE FUNCTION wbo_rule.give_permission(to_login text, code text, asked_by text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    target wbo_data.operator := wbo_rule.lock_operator(to_login);
BEGIN
    INSERT INTO wbo_data.permission_grant (login, permission_code, state, requested_by, decided_by, decided_at)
    VALUES (target.login, code, 'granted', asked_by, session_user, now())
    ON CONFLICT (login, permission_code) WHERE state <> 'withdrawn' DO NOTHING;
    IF target.disabled_at IS NULL AND NOT target.must_change_password THEN
        EXECUTE format('GRANT %I TO %I', code, target.login);
    END IF;
END
$$;

-- Returns 'granted', or 'waiting': what allows more than looking is agreed to by an administrator of another hand.
CREATE FUNCTION wbo.grant_permission(login text, permission text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    target wbo_data.operator;
BEGIN
    PERFORM wbo_rule.begin_operator_act('grant_permission');
    PERFORM wbo_rule.require_permission_code(grant_permission.permission);
    PERFORM wbo_rule.lock_administration();
    target := wbo_rule.lock_operator(grant_permission.login);
    IF EXISTS (SELECT FROM wbo_data.permission_grant g
               WHERE g.login = target.login AND g.permission_code = grant_permission.permission
               AND g.state = 'granted') THEN
        RETURN 'granted';
    END IF;
    BEGIN
        PERFORM wbo_rule.give_permission(target.login, grant_permission.permission, session_user::text);
        RETURN 'granted';
    EXCEPTION WHEN SQLSTATE 'WB202' THEN
        RETURN wbo_rule.ask('grant_permission', target.login || ' ' || grant_permission.permission, '{}',
                            jsonb_build_object('permission', grant_permission.permission));
    END;
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
    IF revoke_permission.permission = 'sys.operator_admin' AND target.disabled_at IS NULL THEN
        PERFORM wbo_rule.require_administrators_left(target.login);
    END IF;
    -- What only waits is taken back with it.
    UPDATE wbo_data.change_request r SET state = 'withdrawn', decided_by = session_user, decided_at = now()
    WHERE r.kind = 'grant_permission' AND r.state = 'waiting'
      AND r.object_id = target.login || ' ' || revoke_permission.permission;
    UPDATE wbo_data.permission_grant g SET state = 'withdrawn', decided_by = session_user, decided_at = now()
    WHERE g.login = target.login AND g.permission_code = revoke_permission.permission AND g.state <> 'withdrawn';
    EXECUTE format('REVOKE %I FROM %I', revoke_permission.permission, target.login);
END
$$;

-- What a desktop asks first, and again when something about operators changed.
CREATE FUNCTION wbo.my_session(OUT login text, OUT display_name text, OUT permissions text[],
    OUT must_change_password boolean,
                               OUT language text, OUT workstation text, OUT policy jsonb, OUT hand text[],
                               OUT two_hands boolean,
                               OUT password_foreign boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
#variable_conflict use_column
BEGIN
    SELECT o.login, o.display_name, o.must_change_password, o.language, o.password_foreign_at IS NOT NULL
    INTO login, display_name, must_change_password, language, password_foreign
    FROM wbo_data.operator o WHERE o.login = session_user AND o.disabled_at IS NULL;
    IF NOT FOUND THEN
        PERFORM wbo_rule.refuse('WB403', 'not_an_operator', jsonb_build_object('login', session_user));
    END IF;
    SELECT coalesce(array_agg(r.rolname::text ORDER BY r.rolname), '{}') INTO permissions FROM pg_roles r
    WHERE r.rolname ~ '^(atm|sys)\.' AND pg_has_role(session_user, r.oid, 'MEMBER');
    SELECT jsonb_object_agg(p.name, p.value) INTO policy FROM wbo_data.policy p;
    workstation := wbo_rule.workstation();
    hand := wbo_rule.hand(session_user::text);
    two_hands := wbo_rule.has_two_hands();
END
$$;
