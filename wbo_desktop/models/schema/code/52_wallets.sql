-- Client wallet addresses (客戶錢包地址): added, verified by micro-payment or signature, deleted with a remark.

CREATE FUNCTION wbo_rule.lock_wallet(wanted bigint, expected_version integer) RETURNS wbo_data.wallet_address
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    wallet wbo_data.wallet_address;
BEGIN
    SELECT * INTO wallet FROM wbo_data.wallet_address w WHERE w.id = wanted FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        PERFORM wbo_rule.refuse_unknown('wallet', wanted::text);
    ELSIF wallet.status = 'deleted' THEN
        PERFORM wbo_rule.refuse('WB422', 'wallet_deleted', jsonb_build_object('address', wallet.address));
    END IF;
    PERFORM wbo_rule.check_version('wallet', wallet.address, expected_version, wallet.version, wallet.status);
    RETURN wallet;
END
$$;

CREATE FUNCTION wbo.add_wallet(client_no text, network text, address text, remark text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
#variable_conflict use_column
DECLARE
    checked text := wbo_rule.require_address('address', add_wallet.address);
    made bigint;
BEGIN
    PERFORM wbo_rule.begin_operator_act('add_wallet', add_wallet.remark);
    IF NOT EXISTS (SELECT FROM wbo_data.client c WHERE c.client_no = btrim(add_wallet.client_no)) THEN
        PERFORM wbo_rule.refuse_unknown('client', coalesce(add_wallet.client_no, ''));
    ELSIF NOT EXISTS (SELECT FROM wbo_data.network n WHERE n.name = add_wallet.network) THEN
        PERFORM wbo_rule.refuse_unknown('network', coalesce(add_wallet.network, ''));
    END IF;
    INSERT INTO wbo_data.wallet_address (client_no, network, address, remark)
    VALUES (btrim(add_wallet.client_no), add_wallet.network, checked, nullif(btrim(left(add_wallet.remark, 500)), ''))
    ON CONFLICT DO NOTHING RETURNING id INTO made;
    IF made IS NULL THEN
        PERFORM wbo_rule.refuse('WB409', 'already_exists', jsonb_build_object('object', 'wallet', 'id', checked));
    END IF;
    RETURN made;
END
$$;

-- Beginning again from any live status; a wallet that was verified is not, until the new proof is there.
CREATE FUNCTION wbo_rule.begin_verification(wallet wbo_data.wallet_address, by_method text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM wbo_data.refund r WHERE r.wallet_id = wallet.id
               AND wbo_rule.status_is('refund', r.status, 'live')) THEN
        PERFORM wbo_rule.refuse('WB422', 'wallet_in_use', (
            SELECT jsonb_build_object('address', wallet.address, 'refund_no', max(r.refund_no)) FROM wbo_data.refund r
            WHERE r.wallet_id = wallet.id AND wbo_rule.status_is('refund', r.status, 'live')));
    END IF;
    UPDATE wbo_data.wallet_address w
    SET status = 'verifying', method = by_method, begun_by = session_user, begun_hand = wbo_rule.hand(session_user),
        verified_at = NULL, verified_by = NULL, evidence = NULL, failure = NULL,
        challenge = NULL, signature = NULL, micro_coin_id = NULL, micro_amount_base = NULL, micro_target = NULL,
        expires_at = NULL, transfer_id = NULL
    WHERE w.id = wallet.id;
END
$$;

-- The amount asked for is the coin's smallest sensible one with a random extra in its last places, so that it is unique
-- among what is being waited for at that account.
CREATE FUNCTION wbo.begin_micro_payment(wallet_id bigint, coin text, expected_version integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    wallet wbo_data.wallet_address;
    chosen wbo_data.cryptocurrency;
    target text;
    amount numeric;
    unit numeric;
BEGIN
    PERFORM wbo_rule.begin_operator_act('begin_micro_payment');
    wallet := wbo_rule.lock_wallet(begin_micro_payment.wallet_id, expected_version);
    SELECT * INTO chosen FROM wbo_data.cryptocurrency k WHERE k.code = begin_micro_payment.coin
        AND k.network = wallet.network;
    IF NOT FOUND THEN
        PERFORM wbo_rule.refuse_unknown('cryptocurrency', concat_ws(' ', begin_micro_payment.coin, wallet.network));
    ELSIF NOT chosen.deposit_enabled THEN
        PERFORM wbo_rule.refuse('WB422', 'deposit_disabled',
            jsonb_build_object('coin', chosen.code, 'network', chosen.network));
    END IF;
    target := wbo_rule.assign_custodial_account(wallet.client_no, wallet.network);
    PERFORM wbo_rule.begin_verification(wallet, 'micro_payment');
    unit := ('1e' || greatest(0, chosen.decimals - 6))::numeric;
    FOR attempt IN 1..50 LOOP
        amount := (CASE WHEN chosen.decimals >= 3 THEN ('1e' || (chosen.decimals - 3))::numeric ELSE 1 END)
                  + (1 + floor(random() * 899))::numeric * unit;
        BEGIN
            UPDATE wbo_data.wallet_address w
            SET micro_coin_id = chosen.id, micro_amount_base = amount, micro_target = target,
                expires_at = now() + wbo_rule.policy_number('micro_payment_hours') * interval '1 hour'
            WHERE w.id = wallet.id;
            RETURN;
        EXCEPTION WHEN unique_violation THEN
            NULL;
        END;
    END LOOP;
    PERFORM wbo_rule.refuse('WB409', 'already_exists', jsonb_build_object('object', 'micro_payment', 'id', target));
END
$$;

CREATE FUNCTION wbo.begin_message_signature(wallet_id bigint, expected_version integer) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    wallet wbo_data.wallet_address;
    text_to_sign text;
BEGIN
    PERFORM wbo_rule.begin_operator_act('begin_message_signature');
    wallet := wbo_rule.lock_wallet(begin_message_signature.wallet_id, expected_version);
    PERFORM wbo_rule.begin_verification(wallet, 'message_signature');
    text_to_sign := format(E'I own the wallet %s\nClient: %s\nNetwork: %s\nOne-time code: %s', wallet.address,
        wallet.client_no,
                           wallet.network, replace(gen_random_uuid()::text, '-', ''));
    UPDATE wbo_data.wallet_address w SET challenge = text_to_sign,
        expires_at = now() + wbo_rule.policy_number('micro_payment_hours') * interval '1 hour'
    WHERE w.id = wallet.id;
    RETURN text_to_sign;
END
$$;

CREATE FUNCTION wbo.submit_wallet_signature(wallet_id bigint, signature text, expected_version integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    wallet wbo_data.wallet_address;
BEGIN
    PERFORM wbo_rule.begin_operator_act('submit_wallet_signature');
    wallet := wbo_rule.lock_wallet(submit_wallet_signature.wallet_id, expected_version);
    IF submit_wallet_signature.signature IS NULL OR btrim(submit_wallet_signature.signature) !~ '^0x([0-9a-fA-F]{2})+$'
        OR length(submit_wallet_signature.signature) > 8194 THEN
        PERFORM wbo_rule.refuse('WB400', 'value_invalid',
            jsonb_build_object('field', 'signature', 'value',
                left(btrim(coalesce(submit_wallet_signature.signature, '')), 80)));
    ELSIF wallet.status <> 'verifying' OR wallet.method <> 'message_signature' THEN
        PERFORM wbo_rule.refuse_status('wallet', wallet.address, wallet.status, 'verified');
    END IF;
    UPDATE wbo_data.wallet_address w SET signature = lower(btrim(submit_wallet_signature.signature)), failure = NULL,
        begun_hand = ARRAY(SELECT DISTINCT h FROM unnest(w.begun_hand || wbo_rule.hand(session_user)) AS h ORDER BY h)
    WHERE w.id = wallet.id;
END
$$;

-- One address for two clients: asked for by one hand, agreed to by another, and only beside the client who has it then.
CREATE FUNCTION wbo.allow_shared_wallet(wallet_id bigint, remark text, expected_version integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    why text := wbo_rule.require_text('remark', allow_shared_wallet.remark, 500);
    wallet wbo_data.wallet_address;
    other text;
BEGIN
    PERFORM wbo_rule.begin_operator_act('allow_shared_wallet', why);
    wallet := wbo_rule.lock_wallet(allow_shared_wallet.wallet_id, expected_version);
    other := wbo_rule.other_owner(wallet);
    IF other IS NULL THEN
        PERFORM wbo_rule.refuse_status('wallet', wallet.address, wallet.status, 'allow_shared_wallet');
    ELSIF wallet.shared_asked_at IS NOT NULL THEN
        PERFORM wbo_rule.refuse('WB409', 'already_asked', jsonb_build_object('login', wallet.shared_asked_by));
    END IF;
    UPDATE wbo_data.wallet_address w SET shared_asked_by = session_user,
        shared_asked_hand = wbo_rule.hand(session_user),
        shared_asked_at = now(), shared_asked_with = other, shared_asked_remark = why
    WHERE w.id = wallet.id;
END
$$;

CREATE FUNCTION wbo_rule.lock_sharing(wanted bigint, expected_version integer) RETURNS wbo_data.wallet_address
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    wallet wbo_data.wallet_address := wbo_rule.lock_wallet(wanted, expected_version);
BEGIN
    IF wallet.shared_asked_at IS NULL THEN
        PERFORM wbo_rule.refuse_status('wallet', wallet.address, wallet.status, 'agree_shared_wallet');
    END IF;
    RETURN wallet;
END
$$;

CREATE FUNCTION wbo.agree_shared_wallet(wallet_id bigint, expected_version integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    wallet wbo_data.wallet_address;
BEGIN
    PERFORM wbo_rule.begin_operator_act('agree_shared_wallet');
    wallet := wbo_rule.lock_sharing(agree_shared_wallet.wallet_id, expected_version);
    UPDATE wbo_data.wallet_address w SET shared_override = true, shared_with = w.shared_asked_with,
        shared_asked_by = NULL, shared_asked_hand = NULL, shared_asked_at = NULL, shared_asked_with = NULL,
            shared_asked_remark = NULL
    WHERE w.id = wallet.id;
END
$$;

CREATE FUNCTION wbo.refuse_shared_wallet(wallet_id bigint, remark text, expected_version integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    why text := wbo_rule.require_text('remark', refuse_shared_wallet.remark, 500);
    wallet wbo_data.wallet_address;
BEGIN
    PERFORM wbo_rule.begin_operator_act('refuse_shared_wallet', why);
    wallet := wbo_rule.lock_sharing(refuse_shared_wallet.wallet_id, expected_version);
    UPDATE wbo_data.wallet_address w SET
        shared_asked_by = NULL, shared_asked_hand = NULL, shared_asked_at = NULL, shared_asked_with = NULL,
            shared_asked_remark = NULL
    WHERE w.id = wallet.id;
END
$$;

CREATE FUNCTION wbo.delete_wallet(wallet_id bigint, remark text, expected_version integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    why text := wbo_rule.require_text('remark', delete_wallet.remark, 500);
    wallet wbo_data.wallet_address;
    live text;
BEGIN
    PERFORM wbo_rule.begin_operator_act('delete_wallet', why);
    wallet := wbo_rule.lock_wallet(delete_wallet.wallet_id, expected_version);
    SELECT r.refund_no INTO live FROM wbo_data.refund r
    WHERE r.wallet_id = wallet.id AND wbo_rule.status_is('refund', r.status, 'live') LIMIT 1;
    IF FOUND THEN
        PERFORM wbo_rule.refuse('WB422', 'wallet_in_use',
            jsonb_build_object('address', wallet.address, 'refund_no', live));
    END IF;
    UPDATE wbo_data.wallet_address w SET status = 'deleted', deleted_at = now(), deleted_by = session_user,
        delete_remark = why
    WHERE w.id = wallet.id;
END
$$;
