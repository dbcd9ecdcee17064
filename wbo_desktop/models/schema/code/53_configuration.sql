-- Cryptocurrencies (加密貨幣), networks (網絡) and the desk's policy.

-- Only names that are known may be given: a misspelt one must not be silently ignored.
CREATE FUNCTION wbo_rule.check_names(details jsonb, known text[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    stranger text;
BEGIN
    IF jsonb_typeof(details) IS DISTINCT FROM 'object' THEN
        PERFORM wbo_rule.refuse('WB400', 'value_invalid', '{"field": "details", "value": ""}');
    END IF;
    SELECT k INTO stranger FROM jsonb_object_keys(details) AS k WHERE k <> ALL (known) LIMIT 1;
    IF FOUND THEN
        PERFORM wbo_rule.refuse('WB400', 'value_invalid',
            jsonb_build_object('field', stranger, 'value', left(details ->> stranger, 80)));
    END IF;
END
$$;

-- A whole number within bounds, or a refusal that names the field.
CREATE FUNCTION wbo_rule.read_integer(details jsonb, field text, lowest bigint, highest bigint) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    IF details ->> field !~ '^-?[0-9]{1,18}$' OR (details ->> field)::bigint NOT BETWEEN lowest AND highest THEN
        PERFORM wbo_rule.refuse('WB400', 'value_invalid',
            jsonb_build_object('field', field, 'value', left(details ->> field, 80)));
    END IF;
    RETURN (details ->> field)::bigint;
END
$$;

-- The same for a rule of the desk, whose bounds are installed with it.
CREATE FUNCTION wbo_rule.read_bounded(kind text, rule text, details jsonb) RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT wbo_rule.read_integer(details, r.name, r.lowest, r.highest) FROM wbo_data.desk_rule r
    WHERE r.object_type = kind AND r.name = rule
$$;

CREATE FUNCTION wbo_rule.read_amount(details jsonb, field text, decimals integer) RETURNS numeric
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    IF details ->> field IS NULL THEN
        RETURN NULL;
    ELSIF details ->> field !~ '^[0-9]{1,78}(\.[0-9]{1,78})?$' THEN
        PERFORM wbo_rule.refuse('WB400', 'amount_malformed',
            jsonb_build_object('field', field, 'value', left(details ->> field, 80)));
    END IF;
    RETURN wbo_rule.to_base(field, (details ->> field)::numeric, decimals);
END
$$;

-- Confirmations that rise with the amount: [{"from": amount in units, "confirmations": number}], kept in base units.
CREATE FUNCTION wbo_rule.read_steps(details jsonb, decimals integer) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    steps jsonb := details -> 'confirmation_steps';
    read jsonb := '[]';
    step jsonb;
BEGIN
    IF jsonb_typeof(steps) IS DISTINCT FROM 'array' OR jsonb_array_length(steps) > 20 THEN
        PERFORM wbo_rule.refuse('WB400', 'value_invalid',
            jsonb_build_object('field', 'confirmation_steps', 'value', left(steps::text, 80)));
    END IF;
    FOR step IN SELECT * FROM jsonb_array_elements(steps) LOOP
        PERFORM wbo_rule.check_names(step, ARRAY['from', 'confirmations']);
        IF step ->> 'from' IS NULL OR step ->> 'confirmations' IS NULL THEN
            PERFORM wbo_rule.refuse('WB400', 'value_missing', '{"field": "confirmation_steps"}');
        END IF;
        read := read || jsonb_build_object('from_base', wbo_rule.read_amount(step, 'from', decimals)::text,
                                           'confirmations',
                                           wbo_rule.read_bounded('cryptocurrency', 'confirmations', step));
    END LOOP;
    RETURN read;
END
$$;

CREATE FUNCTION wbo_rule.write_cryptocurrency(details jsonb, expected_version integer) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    coin wbo_data.cryptocurrency;
    token text;
    places integer;
    named text;
BEGIN
    PERFORM wbo_rule.check_names(details,
        ARRAY['code', 'network', 'name_en', 'name_zh_hk', 'name_zh_cn', 'contract', 'decimals',
        'minimum_deposit', 'confirmations', 'wallet_rule', 'deposit_enabled', 'credit_tolerance', 'approvals_needed',
        'two_approvals_above', 'cooling_off_hours', 'daily_refund_limit', 'alert_level', 'stop_level',
            'confirmation_steps', 'remark']);
    PERFORM wbo_rule.require_text('code', details ->> 'code', 16),
        wbo_rule.require_text('network', details ->> 'network', 40);
    IF NOT EXISTS (SELECT FROM wbo_data.network n WHERE n.name = details ->> 'network') THEN
        PERFORM wbo_rule.refuse_unknown('network', details ->> 'network');
    ELSIF details ->> 'code' !~ '^[A-Za-z0-9.]{1,16}$' THEN
        PERFORM wbo_rule.refuse('WB400', 'value_invalid',
            jsonb_build_object('field', 'code', 'value', details ->> 'code'));
    END IF;
    SELECT * INTO coin FROM wbo_data.cryptocurrency k
    WHERE k.code = details ->> 'code' AND k.network = details ->> 'network' FOR NO KEY UPDATE;
    IF expected_version IS NULL AND FOUND THEN
        PERFORM wbo_rule.refuse('WB409', 'already_exists',
            jsonb_build_object('object', 'cryptocurrency', 'id', concat_ws(' ', coin.code, coin.network)));
    ELSIF expected_version IS NULL THEN
        places := wbo_rule.read_integer(details, 'decimals', 0, 36);
        IF places IS NULL THEN
            PERFORM wbo_rule.refuse('WB400', 'value_missing', '{"field": "decimals"}');
        END IF;
        IF details ->> 'contract' IS NOT NULL THEN
            token := wbo_rule.require_address('contract', details ->> 'contract');
        END IF;
        IF EXISTS (SELECT FROM wbo_data.cryptocurrency k WHERE k.network = details ->> 'network'
            AND k.contract IS NOT DISTINCT FROM token) THEN
            PERFORM wbo_rule.refuse('WB409', 'already_exists',
                jsonb_build_object('object', 'contract', 'id', coalesce(details ->> 'contract', 'native')));
        END IF;
        INSERT INTO wbo_data.cryptocurrency (code, network, name_en, name_zh_hk, name_zh_cn, contract, decimals)
        VALUES (details ->> 'code', details ->> 'network', wbo_rule.require_text('name_en', details ->> 'name_en', 80),
                wbo_rule.require_text('name_zh_hk', details ->> 'name_zh_hk', 80),
                wbo_rule.require_text('name_zh_cn', details ->> 'name_zh_cn', 80),
                token, places)
        RETURNING * INTO coin;
    ELSIF coin.id IS NULL THEN
        PERFORM wbo_rule.refuse_unknown('cryptocurrency', concat_ws(' ', details ->> 'code', details ->> 'network'));
    ELSE
        PERFORM wbo_rule.check_version('cryptocurrency', concat_ws(' ', coin.code, coin.network), expected_version,
            coin.version, '');
    END IF;
    IF details ->> 'wallet_rule' NOT IN ('once', 'every_deposit') THEN
        PERFORM wbo_rule.refuse('WB400', 'value_invalid',
            jsonb_build_object('field', 'wallet_rule', 'value', details ->> 'wallet_rule'));
    ELSIF details ? 'credit_tolerance' AND (details ->> 'credit_tolerance' !~ '^[0-9]{1,3}(\.[0-9]{1,2})?$'
          OR (details ->> 'credit_tolerance')::numeric > 100) THEN
        PERFORM wbo_rule.refuse('WB400', 'value_invalid',
            jsonb_build_object('field', 'credit_tolerance', 'value', details ->> 'credit_tolerance'));
    END IF;
    FOREACH named IN ARRAY ARRAY['name_en', 'name_zh_hk', 'name_zh_cn'] LOOP
        IF details ? named THEN
            PERFORM wbo_rule.require_text(named, details ->> named, 80);
        END IF;
    END LOOP;
    places := coin.decimals;
    UPDATE wbo_data.cryptocurrency k SET
        name_en = coalesce(nullif(btrim(details ->> 'name_en'), ''), k.name_en),
        name_zh_hk = coalesce(nullif(btrim(details ->> 'name_zh_hk'), ''), k.name_zh_hk),
        name_zh_cn = coalesce(nullif(btrim(details ->> 'name_zh_cn'), ''), k.name_zh_cn),
        minimum_base = coalesce(wbo_rule.read_amount(details, 'minimum_deposit', places), k.minimum_base),
        confirmations = coalesce(wbo_rule.read_bounded('cryptocurrency', 'confirmations', details), k.confirmations),
        confirmation_steps = CASE WHEN details ? 'confirmation_steps' THEN wbo_rule.read_steps(details, places)
            ELSE k.confirmation_steps END,
        wallet_rule = coalesce(details ->> 'wallet_rule', k.wallet_rule),
        deposit_enabled = coalesce((details ->> 'deposit_enabled') = 'true', k.deposit_enabled),
        credit_tolerance = coalesce((details ->> 'credit_tolerance')::numeric, k.credit_tolerance),
        approvals_needed = coalesce(wbo_rule.read_bounded('cryptocurrency', 'approvals_needed', details),
            k.approvals_needed),
        cooling_off_hours = coalesce(wbo_rule.read_bounded('cryptocurrency', 'cooling_off_hours', details),
            k.cooling_off_hours),
        two_approvals_above_base = CASE WHEN details ? 'two_approvals_above'
            THEN wbo_rule.read_amount(details, 'two_approvals_above', places) ELSE k.two_approvals_above_base END,
        daily_refund_limit_base = CASE WHEN details ? 'daily_refund_limit'
            THEN wbo_rule.read_amount(details, 'daily_refund_limit', places) ELSE k.daily_refund_limit_base END,
        alert_level_base = CASE WHEN details ? 'alert_level' THEN wbo_rule.read_amount(details, 'alert_level', places)
            ELSE k.alert_level_base END,
        stop_level_base = CASE WHEN details ? 'stop_level' THEN wbo_rule.read_amount(details, 'stop_level', places)
            ELSE k.stop_level_base END,
        remark = CASE WHEN details ? 'remark' THEN nullif(btrim(left(details ->> 'remark', 500)), '') ELSE k.remark END
    WHERE k.id = coin.id;
    SET CONSTRAINTS ALL IMMEDIATE;
END
$$;

-- Returns 'saved', or 'waiting' when it makes a rule weaker or a new way for money: as a whole, for an administrator of
-- another hand.
CREATE FUNCTION wbo.save_cryptocurrency(details jsonb, expected_version integer) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    now_is jsonb;
BEGIN
    PERFORM wbo_rule.begin_operator_act('save_cryptocurrency', details ->> 'remark');
    BEGIN
        PERFORM wbo_rule.write_cryptocurrency(details, expected_version);
        RETURN 'saved';
    EXCEPTION WHEN SQLSTATE 'WB202' THEN
        SELECT to_jsonb(k) INTO now_is FROM wbo.cryptocurrency k
            WHERE k.code = details ->> 'code' AND k.network = details ->> 'network';
        RETURN wbo_rule.ask('save_cryptocurrency', concat_ws(' ', details ->> 'code', details ->> 'network'),
                            wbo_rule.only_keys(now_is, details),
                            jsonb_build_object('details', details, 'expected_version', expected_version));
    END;
END
$$;

-- What `shown` says of the names that `details` gives; numbers as text, since JSON's would be read as floats.
CREATE FUNCTION wbo_rule.only_keys(shown jsonb, details jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT coalesce(
        jsonb_object_agg(s.key, CASE jsonb_typeof(s.value) WHEN 'number' THEN to_jsonb(s.value #>> '{}') ELSE s.value
            END), '{}') FROM jsonb_each(shown) AS s WHERE details ? s.key
$$;

CREATE FUNCTION wbo_rule.write_network(details jsonb, expected_version integer) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    network wbo_data.network;
    wanted text := wbo_rule.require_text('name', details ->> 'name', 40);
    urls text[];
    wrong text;
BEGIN
    PERFORM wbo_rule.check_names(details, ARRAY['name', 'chain_id', 'finality', 'rpc_urls', 'explorer_tx_url',
        'explorer_address_url', 'txid_grace_seconds', 'agreement', 'worker_agreement']);
    IF details ? 'rpc_urls' THEN
        IF jsonb_typeof(details -> 'rpc_urls') <> 'array' THEN
            PERFORM wbo_rule.refuse('WB400', 'value_invalid',
                jsonb_build_object('field', 'rpc_urls', 'value', left(details ->> 'rpc_urls', 80)));
        END IF;
        SELECT array_agg(btrim(u)) INTO urls FROM jsonb_array_elements_text(details -> 'rpc_urls') AS u;
        SELECT u INTO wrong FROM unnest(urls) AS u WHERE u !~ '^(https?|wss?)://[^\s]+$' OR length(u) > 500 LIMIT 1;
        IF FOUND THEN
            PERFORM wbo_rule.refuse('WB400', 'value_invalid',
                jsonb_build_object('field', 'rpc_urls', 'value', left(wrong, 80)));
        END IF;
    END IF;
    -- The desktop opens these in a browser.
    SELECT u INTO wrong
        FROM unnest(ARRAY[btrim(details ->> 'explorer_tx_url'), btrim(details ->> 'explorer_address_url')]) AS u
    WHERE u <> '' AND (u !~ '^https?://[^\s]+$' OR length(u) > 500) LIMIT 1;
    IF FOUND THEN
        PERFORM wbo_rule.refuse('WB400', 'value_invalid',
            jsonb_build_object('field', 'explorer_url', 'value', left(wrong, 80)));
    END IF;
    IF details ->> 'finality' NOT IN ('confirmations', 'finalized') THEN
        PERFORM wbo_rule.refuse('WB400', 'value_invalid',
            jsonb_build_object('field', 'finality', 'value', details ->> 'finality'));
    END IF;
    SELECT * INTO network FROM wbo_data.network n WHERE n.name = wanted FOR NO KEY UPDATE;
    IF expected_version IS NULL AND FOUND THEN
        PERFORM wbo_rule.refuse('WB409', 'already_exists', jsonb_build_object('object', 'network', 'id', wanted));
    ELSIF expected_version IS NULL THEN
        IF details ->> 'chain_id' IS NULL THEN
            PERFORM wbo_rule.refuse('WB400', 'value_missing', '{"field": "chain_id"}');
        ELSIF wanted !~ '^[A-Za-z0-9][A-Za-z0-9 ._-]{0,39}$' THEN
            PERFORM wbo_rule.refuse('WB400', 'value_invalid', jsonb_build_object('field', 'name', 'value', wanted));
        ELSIF EXISTS (SELECT FROM wbo_data.network n
            WHERE n.chain_id = wbo_rule.read_integer(details, 'chain_id', 1, 9007199254740991)) THEN
            PERFORM wbo_rule.refuse('WB409', 'already_exists',
                jsonb_build_object('object', 'chain_id', 'id', details ->> 'chain_id'));
        END IF;
        INSERT INTO wbo_data.network (name, chain_id)
            VALUES (wanted, wbo_rule.read_integer(details, 'chain_id', 1, 9007199254740991))
        RETURNING * INTO network;
    ELSIF network.name IS NULL THEN
        PERFORM wbo_rule.refuse_unknown('network', wanted);
    ELSE
        PERFORM wbo_rule.check_version('network', wanted, expected_version, network.version, '');
    END IF;
    UPDATE wbo_data.network n SET
        finality = coalesce(details ->> 'finality', n.finality),
        rpc_urls = CASE WHEN details ? 'rpc_urls' THEN coalesce(urls, '{}') ELSE n.rpc_urls END,
        explorer_tx_url = CASE WHEN details ? 'explorer_tx_url' THEN nullif(btrim(details ->> 'explorer_tx_url'), '')
            ELSE n.explorer_tx_url END,
        explorer_address_url = CASE WHEN details ? 'explorer_address_url'
            THEN nullif(btrim(details ->> 'explorer_address_url'), '') ELSE n.explorer_address_url END,
        txid_grace_seconds = coalesce(wbo_rule.read_bounded('network', 'txid_grace_seconds', details),
            n.txid_grace_seconds),
        agreement = coalesce(wbo_rule.read_bounded('network', 'agreement', details), n.agreement),
        worker_agreement = coalesce(wbo_rule.read_bounded('network', 'worker_agreement', details), n.worker_agreement)
    WHERE n.name = wanted;
    SET CONSTRAINTS ALL IMMEDIATE;
END
$$;

-- Returns 'saved', or 'waiting' as with a coin: which nodes are believed decides what counts as money.
CREATE FUNCTION wbo.save_network(details jsonb, expected_version integer) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    now_is jsonb;
BEGIN
    PERFORM wbo_rule.begin_operator_act('save_network');
    BEGIN
        PERFORM wbo_rule.write_network(details, expected_version);
        RETURN 'saved';
    EXCEPTION WHEN SQLSTATE 'WB202' THEN
        SELECT to_jsonb(n) INTO now_is FROM wbo.network n WHERE n.name = btrim(details ->> 'name');
        RETURN wbo_rule.ask('save_network', btrim(details ->> 'name'), wbo_rule.only_keys(now_is, details),
                            jsonb_build_object('details', details, 'expected_version', expected_version));
    END;
END
$$;

CREATE FUNCTION wbo_rule.write_policy(name text, value jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    UPDATE wbo_data.policy p SET value = write_policy.value, updated_at = now(), updated_by = session_user
    FROM wbo_data.desk_rule r
    WHERE p.name = write_policy.name AND r.object_type = 'policy' AND r.name = p.name
      AND jsonb_typeof(p.value) = jsonb_typeof(write_policy.value)
      AND (jsonb_typeof(p.value) <> 'number' OR (write_policy.value #>> '{}' ~ '^[0-9]{1,6}$'
           AND (write_policy.value #>> '{}')::integer BETWEEN r.lowest AND r.highest));
    IF NOT FOUND THEN
        PERFORM wbo_rule.refuse('WB400', 'value_invalid', jsonb_build_object(
            'field', coalesce(write_policy.name, ''), 'value', left(write_policy.value::text, 80)));
    END IF;
END
$$;

-- Returns 'saved', or 'waiting' when the rule would be weaker.
CREATE FUNCTION wbo.save_policy(name text, value jsonb) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    PERFORM wbo_rule.begin_operator_act('save_policy');
    BEGIN
        PERFORM wbo_rule.write_policy(save_policy.name, save_policy.value);
        RETURN 'saved';
    EXCEPTION WHEN SQLSTATE 'WB202' THEN
        RETURN wbo_rule.ask('save_policy', save_policy.name,
            jsonb_build_object('value', wbo_rule.policy(save_policy.name)),
                            jsonb_build_object('value', save_policy.value));
    END;
END
$$;

INSERT INTO wbo_data.policy (name, value)
SELECT r.name, r.initial FROM wbo_data.desk_rule r WHERE r.object_type = 'policy' ON CONFLICT DO NOTHING;
