-- Refunds (退幣): requested, approved by another, executed with the password again; or rejected, or cancelled.

CREATE FUNCTION wbo_rule.lock_refund(wanted text, expected_version integer) RETURNS wbo_data.refund
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    refund wbo_data.refund;
BEGIN
    -- The record first, always in this order, so that two acts never wait for each other in a circle.
    PERFORM FROM wbo_data.deposit d
        WHERE d.record_no = (SELECT r.record_no FROM wbo_data.refund r WHERE r.refund_no = wanted) FOR NO KEY UPDATE;
    SELECT * INTO refund FROM wbo_data.refund r WHERE r.refund_no = wanted FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        PERFORM wbo_rule.refuse_unknown('refund', wanted);
    ELSIF expected_version IS NOT NULL THEN
        PERFORM wbo_rule.check_version('refund', wanted, expected_version, refund.version, refund.status);
    END IF;
    RETURN refund;
END
$$;

-- `acknowledged`: the risk (wbo_rule.receiver_risk) of which the operator says to have checked with the client that
-- coins sent there reach them. Without it nothing is requested to a contract's or an exchange's address.
CREATE FUNCTION wbo.request_refund(record_no text, address text, amount numeric, adjust_reason text, remark text,
                                   acknowledged text DEFAULT NULL) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    why text := wbo_rule.require_text('remark', request_refund.remark, 500);
    record wbo_data.deposit;
    coin wbo_data.cryptocurrency;
    target text := wbo_rule.require_address('address', request_refund.address);
    wallet wbo_data.wallet_address;
    refund wbo_data.refund;
    live text;
BEGIN
    PERFORM wbo_rule.begin_operator_act('request_refund', why);
    SELECT * INTO record FROM wbo_data.deposit d WHERE d.record_no = request_refund.record_no FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        PERFORM wbo_rule.refuse_unknown('deposit', request_refund.record_no);
    END IF;
    SELECT r.refund_no INTO live FROM wbo_data.refund r
    WHERE r.record_no = record.record_no AND wbo_rule.status_is('refund', r.status, 'live');
    IF FOUND THEN
        PERFORM wbo_rule.refuse('WB409', 'refund_in_progress',
            jsonb_build_object('record_no', record.record_no, 'refund_no', live));
    ELSIF record.status NOT IN ('success', 'refund_failed') OR record.alarm THEN
        PERFORM wbo_rule.refuse_status('deposit', record.record_no, record.status, 'refunding');
    END IF;
    SELECT * INTO coin FROM wbo_data.cryptocurrency WHERE id = record.coin_id;
    wallet := wbo_rule.refund_wallet(record.client_no, record.network, target);

    refund.record_no := record.record_no;
    refund.client_no := record.client_no;
    refund.coin_id := record.coin_id;
    refund.network := record.network;
    refund.wallet_id := wallet.id;
    refund.address := target;
    refund.amount_base := wbo_rule.to_positive_base('amount', request_refund.amount, coin.decimals);
    refund.adjust_reason := CASE WHEN refund.amount_base < record.credited_base
        THEN nullif(btrim(request_refund.adjust_reason), '') END;
    refund.receiver_acknowledged := nullif(request_refund.acknowledged, '');
    IF wbo_rule.receiver_risk(wallet) IS NULL THEN
        refund.receiver_acknowledged := NULL;  -- it was taken back meanwhile: nothing is left to be acknowledged
    END IF;
    refund.remark := why;
    PERFORM wbo_rule.check_daily_limit(coin, refund.amount_base);
    PERFORM wbo_rule.check_refund(refund);
    -- Nothing refuses any more.
    refund.refund_no := wbo_rule.next_number('RF', 'wbo_data.refund_no');
    refund.intent := wbo_rule.refund_intent(refund);
    INSERT INTO wbo_data.refund (refund_no, record_no, client_no, coin_id, network, wallet_id, address, amount_base,
        adjust_reason,
                                 remark, intent, intent_hash, approvals_needed, required_confirmations,
                                 receiver_acknowledged)
    VALUES (refund.refund_no, refund.record_no, refund.client_no, refund.coin_id, refund.network, refund.wallet_id,
        refund.address,
            refund.amount_base, refund.adjust_reason, why, refund.intent,
                encode(sha256(convert_to(refund.intent, 'UTF8')), 'hex'),
            wbo_rule.approvals_needed(coin, refund.amount_base), record.required_confirmations,
                refund.receiver_acknowledged);
    UPDATE wbo_data.deposit d SET status = 'refunding' WHERE d.record_no = record.record_no;
    PERFORM wbo_rule.close_without_approval(refund.refund_no);
    RETURN refund.refund_no;
END
$$;

-- The client's verified wallet at that address on that network, or the reason why it is none.
CREATE FUNCTION wbo_rule.refund_wallet(of_client text, on_network text, target text) RETURNS wbo_data.wallet_address
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    wallet wbo_data.wallet_address;
BEGIN
    SELECT * INTO wallet FROM wbo_data.wallet_address w
    WHERE w.client_no = of_client AND w.network = on_network AND w.address = target AND w.status <> 'deleted';
    IF FOUND AND wallet.status = 'verified' THEN
        RETURN wallet;
    ELSIF FOUND THEN
        PERFORM wbo_rule.refuse('WB422', 'refund_address_not_verified',
            jsonb_build_object('address', target, 'status', wallet.status));
    END IF;
    SELECT * INTO wallet FROM wbo_data.wallet_address w
    WHERE w.client_no = of_client AND w.address = target AND w.status = 'verified' LIMIT 1;
    IF FOUND THEN
        PERFORM wbo_rule.refuse('WB422', 'refund_address_other_network',
            jsonb_build_object('address', target, 'network', wallet.network));
    ELSIF EXISTS (SELECT FROM wbo_data.wallet_address w WHERE w.address = target AND w.client_no <> of_client
        AND w.status <> 'deleted') THEN
        PERFORM wbo_rule.refuse('WB422', 'refund_address_other_client', jsonb_build_object('address', target));
    END IF;
    PERFORM wbo_rule.refuse('WB422', 'refund_address_unknown', jsonb_build_object('address', target));
END
$$;

CREATE FUNCTION wbo_rule.approvals_needed(coin wbo_data.cryptocurrency, amount_base numeric) RETURNS integer
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT CASE
        WHEN coin.two_approvals_above_base IS NOT NULL AND amount_base > coin.two_approvals_above_base THEN 2
        WHEN coin.approvals_needed = 0 AND wbo_rule.policy('refund_approval_required') = 'true' THEN 1
        ELSE coin.approvals_needed
    END
$$;

-- What was requested today (Hong Kong), of live and confirmed refunds, stays within the coin's limit.
CREATE FUNCTION wbo_rule.check_daily_limit(coin wbo_data.cryptocurrency, amount_base numeric) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    used numeric;
BEGIN
    IF coin.daily_refund_limit_base IS NULL THEN
        RETURN;
    END IF;
    -- Two requests at once must not both fit under the same remainder.
    PERFORM FROM wbo_data.cryptocurrency k WHERE k.id = coin.id FOR NO KEY UPDATE;
    SELECT coalesce(sum(r.amount_base), 0) INTO used FROM wbo_data.refund r
    WHERE r.coin_id = coin.id AND (r.status = 'confirmed' OR wbo_rule.status_is('refund', r.status, 'live'))
      AND r.requested_at >= date_trunc('day', now() AT TIME ZONE 'Asia/Hong_Kong') AT TIME ZONE 'Asia/Hong_Kong';
    IF used + amount_base > coin.daily_refund_limit_base THEN
        PERFORM wbo_rule.refuse('WB422', 'daily_limit_exceeded', jsonb_build_object(
            'coin', coin.code, 'limit', wbo_rule.to_units(coin.daily_refund_limit_base, coin.decimals)::text,
            'used', wbo_rule.to_units(used, coin.decimals)::text, 'amount',
                wbo_rule.to_units(amount_base, coin.decimals)::text));
    END IF;
END
$$;

-- Where policy and coin need no approver, a request is approved as it is made.
CREATE FUNCTION wbo_rule.close_without_approval(wanted text) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, wbo, pg_temp AS $$
    UPDATE wbo_data.refund SET status = 'approved', approved_at = now()
        WHERE refund_no = wanted AND approvals_needed = 0
$$;

CREATE FUNCTION wbo.approve_refund(refund_no text, expected_version integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
#variable_conflict use_column
DECLARE
    refund wbo_data.refund;
    approvals integer;
BEGIN
    PERFORM wbo_rule.begin_operator_act('approve_refund');
    refund := wbo_rule.lock_refund(approve_refund.refund_no, NULL);
    IF refund.requested_by = session_user THEN
        PERFORM wbo_rule.refuse('WB403', 'approver_is_requester', jsonb_build_object('login', session_user));
    ELSIF EXISTS (SELECT FROM wbo_data.refund_approval a WHERE a.refund_no = refund.refund_no
        AND a.login = session_user) THEN
        PERFORM wbo_rule.refuse('WB409', 'already_approved', jsonb_build_object('login', session_user));
    END IF;
    PERFORM wbo_rule.check_version('refund', refund.refund_no, approve_refund.expected_version, refund.version,
        refund.status);
    IF refund.status <> 'requested' THEN
        PERFORM wbo_rule.refuse_status('refund', refund.refund_no, refund.status, 'approved');
    END IF;
    PERFORM wbo_rule.require_refund_wallet(refund);
    PERFORM wbo_rule.check_hot_wallet(refund);
    INSERT INTO wbo_data.refund_approval (refund_no, intent_hash) VALUES (refund.refund_no, refund.intent_hash);
    SELECT count(*) INTO approvals FROM wbo_data.refund_approval a WHERE a.refund_no = refund.refund_no;
    IF approvals >= refund.approvals_needed THEN
        UPDATE wbo_data.refund r SET status = 'approved', approved_by = session_user, approved_at = now()
            WHERE r.refund_no = refund.refund_no;
    END IF;
END
$$;

-- The hot wallet as last read from the chain: not stopped, enough of the coin left above the stop level, and enough for
-- the fee.
CREATE FUNCTION wbo_rule.check_hot_wallet(refund wbo_data.refund) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    wallet wbo_data.hot_wallet;
    coin wbo_data.cryptocurrency;
    available numeric;
    needed numeric;
BEGIN
    SELECT * INTO wallet FROM wbo_data.hot_wallet h WHERE h.network = refund.network;
    IF NOT FOUND THEN
        PERFORM wbo_rule.refuse('WB422', 'hot_wallet_missing', jsonb_build_object('network', refund.network));
    ELSIF wallet.stopped_reason IS NOT NULL THEN
        PERFORM wbo_rule.refuse('WB422', 'hot_wallet_stopped',
            jsonb_build_object('network', refund.network, 'reason', wallet.stopped_reason));
    END IF;
    SELECT * INTO coin FROM wbo_data.cryptocurrency k WHERE k.id = refund.coin_id;
    available := (wallet.balances ->> coin.code)::numeric * ('1e' || coin.decimals)::numeric;
    -- What the worker has not read yet delays no act here: it reads before it signs.
    IF available - refund.amount_base < coalesce(coin.stop_level_base, 0) THEN
        PERFORM wbo_rule.refuse('WB422', 'hot_wallet_balance', jsonb_build_object(
            'coin', coin.code, 'needed',
                wbo_rule.to_units(refund.amount_base + coalesce(coin.stop_level_base, 0), coin.decimals)::text,
            'available', wallet.balances ->> coin.code));
    END IF;
    needed := CASE WHEN coin.contract IS NOT NULL THEN (wallet.fee_estimate ->> 'token')::numeric
                   ELSE (wallet.fee_estimate ->> 'native')::numeric + wbo_rule.to_units(refund.amount_base,
                   coin.decimals) END;
    IF (wallet.fee_estimate ->> 'held')::numeric < needed THEN
        PERFORM wbo_rule.refuse('WB422', 'hot_wallet_gas', jsonb_build_object(
            'network', refund.network, 'needed', needed::text, 'available', wallet.fee_estimate ->> 'held'));
    END IF;
END
$$;

CREATE FUNCTION wbo_rule.close_refund(refund wbo_data.refund, wanted text, why text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    UPDATE wbo_data.refund r SET status = wanted, closed_by = session_user, closed_at = now(), close_remark = why
    WHERE r.refund_no = refund.refund_no;
    UPDATE wbo_data.deposit d SET status = 'success' WHERE d.record_no = refund.record_no;
    -- A credit that was reorganised away while its refund waited is settled now.
    UPDATE wbo_data.deposit d SET status = 'abnormal', reason = 'reorganised'
        WHERE d.record_no = refund.record_no AND d.alarm;
END
$$;

CREATE FUNCTION wbo.reject_refund(refund_no text, remark text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    why text := wbo_rule.require_text('remark', reject_refund.remark, 500);
    refund wbo_data.refund;
BEGIN
    PERFORM wbo_rule.begin_operator_act('reject_refund', why);
    refund := wbo_rule.lock_refund(reject_refund.refund_no, NULL);
    IF refund.status NOT IN ('requested', 'approved') THEN
        PERFORM wbo_rule.refuse_status('refund', refund.refund_no, refund.status, 'rejected');
    END IF;
    PERFORM wbo_rule.close_refund(refund, 'rejected', why);
END
$$;

CREATE FUNCTION wbo.cancel_refund(refund_no text, remark text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    why text := wbo_rule.require_text('remark', cancel_refund.remark, 500);
    refund wbo_data.refund;
BEGIN
    PERFORM wbo_rule.begin_operator_act('cancel_refund', why);
    refund := wbo_rule.lock_refund(cancel_refund.refund_no, NULL);
    IF wbo_rule.status_is('refund', refund.status, 'cancellable') THEN
        NULL;
    ELSIF wbo_rule.status_is('refund', refund.status, 'live') THEN
        PERFORM wbo_rule.refuse('WB422', 'already_signed', jsonb_build_object('refund_no', refund.refund_no));
    ELSE
        PERFORM wbo_rule.refuse_status('refund', refund.refund_no, refund.status, 'cancelled');
    END IF;
    PERFORM wbo_rule.close_refund(refund, 'cancelled', why);
END
$$;

-- A halted network says of no credit whether it still stands: nothing new is paid on it.
CREATE FUNCTION wbo_rule.require_running(of_network text) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM wbo_data.checkpoint c WHERE c.network = of_network AND c.alarm IS NOT NULL) THEN
        PERFORM wbo_rule.refuse('WB422', 'network_halted', jsonb_build_object('network', of_network));
    END IF;
END
$$;

CREATE FUNCTION wbo.execute_refund(refund_no text, expected_version integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    refund wbo_data.refund;
BEGIN
    PERFORM wbo_rule.begin_operator_act('execute_refund');
    IF NOT wbo_rule.session_is_younger_than(60) THEN
        PERFORM wbo_rule.refuse('WB403', 'step_up_required', '{"seconds": 60}');
    END IF;
    refund := wbo_rule.lock_refund(execute_refund.refund_no, execute_refund.expected_version);
    IF refund.status <> 'approved' THEN
        PERFORM wbo_rule.refuse_status('refund', refund.refund_no, refund.status, 'executing');
    END IF;
    PERFORM wbo_rule.require_running(refund.network);
    PERFORM wbo_rule.check_hot_wallet(refund);
    UPDATE wbo_data.refund r SET status = 'executing', executed_by = session_user, executed_at = now()
        WHERE r.refund_no = refund.refund_no;
END
$$;

CREATE FUNCTION wbo.record_client_notified(refund_no text, channel text, remark text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    how text := wbo_rule.require_text('channel', record_client_notified.channel, 40);
    refund wbo_data.refund;
BEGIN
    PERFORM wbo_rule.begin_operator_act('record_client_notified', record_client_notified.remark);
    refund := wbo_rule.lock_refund(record_client_notified.refund_no, NULL);
    IF wbo_rule.status_is('refund', refund.status, 'live') OR refund.notified_at IS NOT NULL THEN
        PERFORM wbo_rule.refuse_status('refund', refund.refund_no, refund.status, 'notified');
    END IF;
    UPDATE wbo_data.refund r SET notified_at = now(), notified_by = session_user, notified_channel = how,
        notified_remark = nullif(btrim(left(record_client_notified.remark, 500)), '')
    WHERE r.refund_no = refund.refund_no;
END
$$;
