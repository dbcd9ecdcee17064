-- Custodial accounts (渠道存管賬戶): imported by one person, and used for nothing until a person of another hand has
-- confirmed them against the custodian's list: an operator who could add an address alone would be sent clients' money.
-- Deleting what was confirmed takes two as well, so that no operator chooses by deletion which account is given out
-- next.

-- Returns how many were new. They wait under one number.
CREATE FUNCTION wbo.import_custodial_accounts(rows jsonb) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    line record;
    import bigint;
    made integer := 0;
BEGIN
    PERFORM wbo_rule.begin_operator_act('import_custodial_accounts');
    IF jsonb_typeof(rows) IS DISTINCT FROM 'array' OR EXISTS (
        SELECT FROM jsonb_array_elements(CASE jsonb_typeof(rows) WHEN 'array' THEN rows END) AS r
            WHERE jsonb_typeof(r) <> 'object') THEN
        PERFORM wbo_rule.refuse('WB400', 'value_invalid', '{"field": "rows", "value": ""}');
    END IF;
    FOR line IN SELECT r.channel, r.network, r.address FROM jsonb_to_recordset(rows)
        AS r (channel text, network text, address text) LOOP
        IF NOT EXISTS (SELECT FROM wbo_data.network n WHERE n.name = line.network) THEN
            PERFORM wbo_rule.refuse_unknown('network', coalesce(line.network, ''));
        END IF;
        line.channel := wbo_rule.require_text('channel', line.channel, 80);
        line.address := wbo_rule.require_address('address', line.address);
        CONTINUE WHEN EXISTS (SELECT FROM wbo_data.custodial_account a
                              WHERE a.network = line.network AND a.address = line.address AND a.deleted_at IS NULL);
        IF import IS NULL THEN
            INSERT INTO wbo_data.custodial_import DEFAULT VALUES RETURNING id INTO import;
        END IF;
        INSERT INTO wbo_data.custodial_account (channel, network, address, import_id)
        VALUES (line.channel, line.network, line.address, import) ON CONFLICT DO NOTHING;
        IF FOUND THEN
            made := made + 1;
        END IF;
    END LOOP;
    RETURN made;
END
$$;

CREATE FUNCTION wbo_rule.lock_import(wanted bigint, becomes text) RETURNS wbo_data.custodial_import
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    import wbo_data.custodial_import;
BEGIN
    SELECT * INTO import FROM wbo_data.custodial_import i WHERE i.id = wanted FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        PERFORM wbo_rule.refuse_unknown('custodial_import', coalesce(wanted::text, ''));
    ELSIF import.state <> 'waiting' THEN
        PERFORM wbo_rule.refuse_status('custodial_import', import.id::text, import.state, becomes);
    END IF;
    RETURN import;
END
$$;

-- `accounts`: how many the person saw. More or fewer of them by now is another thing than what was looked at.
CREATE FUNCTION wbo.confirm_custodial_import(import_id bigint, accounts integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    import wbo_data.custodial_import;
    waiting integer;
BEGIN
    PERFORM wbo_rule.begin_operator_act('confirm_custodial_import');
    import := wbo_rule.lock_import(confirm_custodial_import.import_id, 'confirmed');
    PERFORM wbo_rule.require_other_hand(import.imported_by, import.imported_hand, session_user);
    SELECT count(*) INTO waiting FROM wbo_data.custodial_account a
        WHERE a.import_id = import.id AND a.deleted_at IS NULL;
    PERFORM wbo_rule.check_version('custodial_import', import.id::text, confirm_custodial_import.accounts, waiting,
        import.state);
    UPDATE wbo_data.custodial_import i SET state = 'confirmed' WHERE i.id = import.id;
    UPDATE wbo_data.custodial_account a SET confirmed_at = clock_timestamp()
    WHERE a.import_id = import.id AND a.deleted_at IS NULL;
END
$$;

-- By who may confirm, of whatever hand; who imported them can delete them one by one.
CREATE FUNCTION wbo.refuse_custodial_import(import_id bigint, remark text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    why text := wbo_rule.require_text('remark', refuse_custodial_import.remark, 500);
    import wbo_data.custodial_import;
BEGIN
    PERFORM wbo_rule.begin_operator_act('refuse_custodial_import', why);
    import := wbo_rule.lock_import(refuse_custodial_import.import_id, 'refused');
    UPDATE wbo_data.custodial_import i SET state = 'refused', decide_remark = why WHERE i.id = import.id;
    UPDATE wbo_data.custodial_account a SET deleted_at = now(), deleted_by = session_user, delete_remark = why
    WHERE a.import_id = import.id AND a.deleted_at IS NULL;
END
$$;

CREATE FUNCTION wbo_rule.lock_account(wanted bigint) RETURNS wbo_data.custodial_account
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    account wbo_data.custodial_account;
BEGIN
    SELECT * INTO account FROM wbo_data.custodial_account a WHERE a.id = wanted
        AND a.deleted_at IS NULL FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        PERFORM wbo_rule.refuse_unknown('custodial_account', coalesce(wanted::text, ''));
    ELSIF account.client_no IS NOT NULL THEN
        PERFORM wbo_rule.refuse('WB422', 'account_assigned',
                                jsonb_build_object('address', account.address, 'client_no', account.client_no));
    END IF;
    RETURN account;
END
$$;

-- Returns 'deleted' for one that was not confirmed yet; else 'waiting', for another hand. Until then nothing
-- changes: the account may still be given to a client, which ends the wish.
CREATE FUNCTION wbo.delete_custodial_account(account_id bigint, remark text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    why text := wbo_rule.require_text('remark', delete_custodial_account.remark, 500);
    account wbo_data.custodial_account;
BEGIN
    PERFORM wbo_rule.begin_operator_act('delete_custodial_account', why);
    account := wbo_rule.lock_account(delete_custodial_account.account_id);
    IF account.confirmed_at IS NULL THEN
        UPDATE wbo_data.custodial_account a SET deleted_at = now(), deleted_by = session_user, delete_remark = why
        WHERE a.id = account.id;
        RETURN 'deleted';
    ELSIF account.delete_asked_at IS NOT NULL THEN
        PERFORM wbo_rule.refuse('WB409', 'already_asked', jsonb_build_object('login', account.delete_asked_by));
    END IF;
    UPDATE wbo_data.custodial_account a SET delete_asked_by = session_user,
        delete_asked_hand = wbo_rule.hand(session_user),
        delete_asked_at = now(), delete_asked_remark = why
    WHERE a.id = account.id;
    RETURN 'waiting';
END
$$;

CREATE FUNCTION wbo_rule.lock_deletion(wanted bigint, expected_version integer) RETURNS wbo_data.custodial_account
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    account wbo_data.custodial_account := wbo_rule.lock_account(wanted);
BEGIN
    PERFORM wbo_rule.check_version('custodial_account', account.address, expected_version, account.version, '');
    IF account.delete_asked_at IS NULL THEN
        PERFORM wbo_rule.refuse_status('custodial_account', account.address, 'confirmed', 'deleted');
    END IF;
    RETURN account;
END
$$;

CREATE FUNCTION wbo.confirm_custodial_deletion(account_id bigint, expected_version integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    account wbo_data.custodial_account;
BEGIN
    PERFORM wbo_rule.begin_operator_act('confirm_custodial_deletion');
    account := wbo_rule.lock_deletion(confirm_custodial_deletion.account_id, expected_version);
    UPDATE wbo_data.custodial_account a SET deleted_at = now(), deleted_by = session_user,
        delete_remark = a.delete_asked_remark
    WHERE a.id = account.id;
END
$$;

CREATE FUNCTION wbo.refuse_custodial_deletion(account_id bigint, remark text, expected_version integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    why text := wbo_rule.require_text('remark', refuse_custodial_deletion.remark, 500);
    account wbo_data.custodial_account;
BEGIN
    PERFORM wbo_rule.begin_operator_act('refuse_custodial_deletion', why);
    account := wbo_rule.lock_deletion(refuse_custodial_deletion.account_id, expected_version);
    UPDATE wbo_data.custodial_account a
    SET delete_asked_by = NULL, delete_asked_hand = NULL, delete_asked_at = NULL, delete_asked_remark = NULL
    WHERE a.id = account.id;
END
$$;
