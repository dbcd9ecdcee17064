-- What waits for an administrator of another hand (授權申請): asked for by the acts in 53 and 54 when a guard wants
-- agreement, decided by one act.

-- Returns 'waiting'. The operator who asked may ask for something else instead; another's request is decided first.
CREATE FUNCTION wbo_rule.ask(kind text, object text, before jsonb, payload jsonb,
    verifier text DEFAULT NULL) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    open_one wbo_data.change_request;
BEGIN
    SELECT * INTO open_one FROM wbo_data.change_request r
    WHERE r.kind = ask.kind AND r.object_id = ask.object AND r.state = 'waiting' FOR NO KEY UPDATE;
    IF open_one.payload = ask.payload AND ask.verifier IS NULL AND open_one.before = ask.before THEN
        RETURN 'waiting';
    ELSIF open_one.requested_by <> session_user THEN
        PERFORM wbo_rule.refuse('WB409', 'request_waits', jsonb_build_object(
            'kind', ask.kind, 'id', ask.object, 'login', open_one.requested_by));
    END IF;
    UPDATE wbo_data.change_request r SET state = 'withdrawn', decided_by = session_user, decided_at = now(),
        verifier = NULL
    WHERE r.id = open_one.id;
    INSERT INTO wbo_data.change_request (kind, object_id, before, payload, verifier)
    VALUES (ask.kind, ask.object, ask.before, ask.payload, ask.verifier);
    RETURN 'waiting';
END
$$;

CREATE FUNCTION wbo_rule.lock_request(wanted bigint, becomes text) RETURNS wbo_data.change_request
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    request wbo_data.change_request;
BEGIN
    PERFORM wbo_rule.lock_administration();
    SELECT * INTO request FROM wbo_data.change_request r WHERE r.id = wanted FOR NO KEY UPDATE;
    IF request.id IS NULL THEN
        PERFORM wbo_rule.refuse_unknown('permission_request', wanted::text);
    ELSIF request.state <> 'waiting' THEN
        PERFORM wbo_rule.refuse_status('permission_request', request.id::text, request.state, becomes);
    END IF;
    RETURN request;
END
$$;

-- Whose login a request is about; NULL for rules, coins and networks.
CREATE FUNCTION wbo_rule.login_of(request wbo_data.change_request) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT CASE WHEN request.kind IN ('create_operator', 'enable_operator', 'reset_password', 'grant_permission')
                THEN split_part(request.object_id, ' ', 1) END
$$;

-- Does what was asked for.
CREATE FUNCTION wbo_rule.apply_request(request wbo_data.change_request) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    login text := wbo_rule.login_of(request);
    details jsonb := request.payload -> 'details';
    expected integer := (request.payload ->> 'expected_version')::integer;
BEGIN
    CASE request.kind
        WHEN 'create_operator', 'enable_operator' THEN
            PERFORM wbo_rule.open_operator(login);
        WHEN 'reset_password' THEN
            PERFORM wbo_rule.replace_password(login, request.verifier, request.requested_by, request.requested_hand);
        WHEN 'grant_permission' THEN
            PERFORM wbo_rule.give_permission(login, request.payload ->> 'permission', request.requested_by);
        WHEN 'save_policy' THEN
            IF wbo_rule.policy(request.object_id) IS DISTINCT FROM request.before -> 'value' THEN
                PERFORM wbo_rule.refuse('WB409', 'moved_meanwhile',
                    jsonb_build_object('object', 'policy', 'id', request.object_id,
                    'expected', request.before -> 'value', 'actual', wbo_rule.policy(request.object_id), 'status', ''));
            END IF;
            PERFORM wbo_rule.write_policy(request.object_id, request.payload -> 'value');
        WHEN 'save_cryptocurrency' THEN
            PERFORM wbo_rule.write_cryptocurrency(details, expected);
        WHEN 'save_network' THEN
            PERFORM wbo_rule.write_network(details, expected);
    END CASE;
END
$$;

-- Refused to the operator who asked, to whom it is about, to every login of the asker's hand; and when the asker is
-- gone meanwhile.
CREATE FUNCTION wbo.approve_request(request_id bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    request wbo_data.change_request;
BEGIN
    PERFORM wbo_rule.begin_operator_act('approve_request');
    request := wbo_rule.lock_request(approve_request.request_id, 'granted');
    IF session_user = request.requested_by OR session_user = wbo_rule.login_of(request) THEN
        PERFORM wbo_rule.refuse('WB403', 'second_administrator_needed', jsonb_build_object('id', request.id));
    ELSIF NOT EXISTS (SELECT FROM wbo_data.operator o WHERE o.login = request.requested_by AND o.disabled_at IS NULL
                      AND o.password_foreign_at IS NULL) THEN
        PERFORM wbo_rule.refuse('WB403', 'operator_disabled', jsonb_build_object('login', request.requested_by));
    END IF;
    UPDATE wbo_data.change_request r SET state = 'granted', decided_by = session_user, decided_at = now(),
        verifier = NULL
    WHERE r.id = request.id;
    PERFORM wbo_rule.apply_request(request);
    UPDATE wbo_data.change_request r SET applied_at = now() WHERE r.id = request.id;
END
$$;

CREATE FUNCTION wbo.refuse_request(request_id bigint, remark text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    why text := wbo_rule.require_text('remark', refuse_request.remark, 500);
    request wbo_data.change_request;
BEGIN
    PERFORM wbo_rule.begin_operator_act('refuse_request', why);
    request := wbo_rule.lock_request(refuse_request.request_id, 'refused');
    PERFORM wbo_rule.require_other_hand(request.requested_by, request.requested_hand, session_user::text);
    UPDATE wbo_data.change_request r SET state = 'refused', decided_by = session_user, decided_at = now(),
        verifier = NULL,
        decide_remark = why
    WHERE r.id = request.id;
END
$$;

CREATE FUNCTION wbo.withdraw_request(request_id bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    request wbo_data.change_request;
BEGIN
    PERFORM wbo_rule.begin_operator_act('withdraw_request');
    request := wbo_rule.lock_request(withdraw_request.request_id, 'withdrawn');
    IF session_user <> request.requested_by THEN
        PERFORM wbo_rule.refuse('WB403', 'not_your_request', jsonb_build_object('login', request.requested_by));
    END IF;
    UPDATE wbo_data.change_request r SET state = 'withdrawn', decided_by = session_user, decided_at = now(),
        verifier = NULL
    WHERE r.id = request.id;
END
$$;

-- Passwords past the desk ---------------------------------------------------------------------------------------------

-- Whether the password that a login has is another one than the desk set last. False where the server cannot be asked.
CREATE FUNCTION wbo_rule.has_foreign_password(who wbo_data.operator) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    RETURN who.password_mark IS NOT NULL AND to_regprocedure('wbo_log.password_marks()') IS NOT NULL AND EXISTS (
        SELECT FROM wbo_log.password_marks() AS m WHERE m.login = who.login AND m.mark <> who.password_mark);
END
$$;

-- Marks an operator whose password was set past the desk. Returns whether it was just noticed.
CREATE FUNCTION wbo_rule.notice_password(of_login text) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    who wbo_data.operator;
BEGIN
    SELECT * INTO who FROM wbo_data.operator o WHERE o.login = of_login FOR NO KEY UPDATE;
    IF who.login IS NULL OR NOT wbo_rule.has_foreign_password(who) THEN
        RETURN false;
    END IF;
    UPDATE wbo_data.operator o SET password_foreign_at = coalesce(o.password_foreign_at, clock_timestamp()),
        password_mark = (SELECT m.mark FROM wbo_log.password_marks() AS m WHERE m.login = who.login)
    WHERE o.login = who.login;
    INSERT INTO wbo_data.audit_entry (operator, workstation, action, object_type, object_id)
    VALUES (who.login, '', 'password_changed_elsewhere', 'operator', who.login);
    RETURN true;
END
$$;

-- An administrator of another hand has asked the operator: the password is theirs, and they act again.
CREATE FUNCTION wbo.confirm_password(login text, remark text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    why text := wbo_rule.require_text('remark', confirm_password.remark, 500);
    target wbo_data.operator;
BEGIN
    PERFORM wbo_rule.begin_operator_act('confirm_password', why);
    target := wbo_rule.lock_operator(confirm_password.login);
    PERFORM wbo_rule.require_other_hand(target.login, '{}', session_user::text);
    IF target.password_foreign_at IS NULL OR wbo_rule.has_foreign_password(target) THEN
        PERFORM wbo_rule.refuse_status('operator', target.login, 'enabled', 'confirm_password');
    END IF;
    UPDATE wbo_data.operator o SET password_foreign_at = NULL WHERE o.login = target.login;
END
$$;
