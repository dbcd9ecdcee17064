-- The way out of a stopped hot wallet: every transaction the chain knows is told apart, then the owner lets sending go
-- on. Only members of the owner role can call these; `wbo-desktop reconcile` does (models/reconcile.py says how).

CREATE FUNCTION wbo_rule.unread_nonces(wallet wbo_data.hot_wallet, mined bigint) RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT count(*) FROM generate_series(wallet.next_nonce, mined - 1) AS n
    WHERE NOT EXISTS (SELECT FROM wbo_data.hot_wallet_transaction t
                      WHERE t.network = wallet.network AND t.address = wallet.address AND t.nonce = n AND t.canonical)
$$;

CREATE FUNCTION wbo_rule.may_be_paid_by(refund wbo_data.refund, sent wbo_data.hot_wallet_transaction) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT refund.network = sent.network
        AND refund.status IN ('requested', 'approved', 'executing', 'signed', 'broadcast')
       AND (refund.nonce IS NULL OR refund.nonce = sent.nonce) AND sent.succeeded AND EXISTS (
        SELECT FROM jsonb_to_recordset(sent.transfers) AS x (contract text, sender text, recipient text, amount numeric)
        JOIN wbo_data.cryptocurrency k ON k.id = refund.coin_id AND k.contract IS NOT DISTINCT FROM x.contract
        WHERE x.sender = sent.address AND x.recipient = refund.address AND x.amount = refund.amount_base)
$$;

-- Refunds that a forgotten transaction pays, by coin, address and exact amount.
CREATE FUNCTION wbo_rule.payable_by(sent wbo_data.hot_wallet_transaction) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object('refund_no', r.refund_no, 'status', r.status) ORDER BY r.refund_no),
        '[]')
    FROM wbo_data.refund r WHERE wbo_rule.may_be_paid_by(r, sent)
$$;

-- Credited records of the client whose wallet got the money, where the refund itself was forgotten.
CREATE FUNCTION wbo_rule.refundable_by(sent wbo_data.hot_wallet_transaction) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object('record_no', d.record_no, 'status', d.status) ORDER BY d.record_no),
        '[]')
    FROM (SELECT DISTINCT d.record_no, d.status
          FROM jsonb_to_recordset(sent.transfers) AS x (contract text, sender text, recipient text, amount numeric)
          JOIN wbo_data.cryptocurrency k ON k.network = sent.network AND k.contract IS NOT DISTINCT FROM x.contract
          JOIN wbo_data.wallet_address w ON w.network = sent.network AND w.address = x.recipient
          AND w.status <> 'deleted'
          JOIN wbo_data.deposit d ON d.client_no = w.client_no AND d.coin_id = k.id
          AND d.status IN ('success', 'refunding', 'refund_failed')
               AND NOT d.alarm AND d.credited_base >= x.amount
          WHERE sent.succeeded AND x.sender = sent.address LIMIT 50) AS d
$$;

-- Everything there is to look at. `mined` is the chain's count of the hot wallet's transactions.
CREATE FUNCTION wbo_rule.hot_wallet_unreconciled(of_network text, mined bigint) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT jsonb_build_object(
        'address', h.address, 'stopped_reason', h.stopped_reason, 'next_nonce', h.next_nonce,
        'same_database', h.signed_in IS NOT DISTINCT FROM wbo_rule.database_mark(),
        'checkpoint', (SELECT c.number FROM wbo_data.checkpoint c WHERE c.network = h.network),
        -- Nonces that the chain has used and that no stored block shows yet.
        'unread', wbo_rule.unread_nonces(h, mined),
        'unknown', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                'txid', t.txid, 'nonce', t.nonce, 'block_number', t.block_number, 'succeeded', t.succeeded,
                'transfers', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                        'coin', k.code, 'amount', wbo_rule.to_units(x.amount, k.decimals)::text, 'recipient',
                            x.recipient,
                        'client_no',
                            (SELECT w.client_no FROM wbo_data.wallet_address w
                                WHERE w.network = h.network AND w.address = x.recipient
                                      AND w.status <> 'deleted' ORDER BY w.status = 'verified' DESC, w.id LIMIT 1))),
                                      '[]')
                    FROM jsonb_to_recordset(t.transfers) AS x (contract text, recipient text, amount numeric)
                    JOIN wbo_data.cryptocurrency k ON k.network = h.network AND k.contract IS NOT DISTINCT
                        FROM x.contract),
                'refunds', wbo_rule.payable_by(t), 'records', wbo_rule.refundable_by(t)) ORDER BY t.nonce), '[]')
            FROM wbo_data.hot_wallet_transaction t
            WHERE t.network = h.network AND t.address = h.address AND t.canonical AND wbo_rule.is_unknown(t)))
    FROM wbo_data.hot_wallet h WHERE h.network = of_network
$$;

CREATE FUNCTION wbo_rule.unknown_transaction(of_network text, of_txid text) RETURNS wbo_data.hot_wallet_transaction
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    sent wbo_data.hot_wallet_transaction;
BEGIN
    SELECT * INTO sent FROM wbo_data.hot_wallet_transaction t
        WHERE t.network = of_network AND t.txid = lower(of_txid) AND t.canonical;
    IF sent.txid IS NULL OR NOT wbo_rule.is_unknown(sent) THEN
        PERFORM wbo_rule.refuse_unknown('hot_wallet_transaction', of_txid);
    END IF;
    RETURN sent;
END
$$;

-- A forgotten transaction is a refund's payment: its bytes join the refund's family, and the tracker settles it like
-- any other. The bytes come from the chain and were compared by the caller; that it pays this refund is seen here in
-- what it moved.
CREATE FUNCTION wbo_rule.adopt_transaction(of_network text, of_txid text, of_refund text, raw bytea,
    max_fee_per_gas numeric,
                                           max_priority_fee_per_gas numeric, gas_limit bigint, remark text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    sent wbo_data.hot_wallet_transaction := wbo_rule.unknown_transaction(of_network, of_txid);
    refund wbo_data.refund := wbo_rule.lock_refund(of_refund, NULL);
BEGIN
    PERFORM wbo_rule.begin_act('reconcile_hot_wallet', wbo_rule.require_text('remark', remark, 500));
    IF NOT wbo_rule.may_be_paid_by(refund, sent) OR refund.status = 'requested' THEN
        PERFORM wbo_rule.refuse_status('refund', refund.refund_no, refund.status, 'signed');
    END IF;
    INSERT INTO wbo_data.refund_attempt (refund_no, attempt, txid, nonce, raw, max_fee_per_gas,
        max_priority_fee_per_gas, gas_limit,
                                         broadcast_at, last_answer)
    SELECT refund.refund_no, coalesce(max(a.attempt), 0) + 1, sent.txid, sent.nonce, adopt_transaction.raw,
        adopt_transaction.max_fee_per_gas,
           adopt_transaction.max_priority_fee_per_gas, adopt_transaction.gas_limit, clock_timestamp(), 'found on chain'
    FROM wbo_data.refund_attempt a WHERE a.refund_no = refund.refund_no;
    IF refund.status = 'approved' THEN
        UPDATE wbo_data.refund r SET status = 'executing', executed_by = session_user, executed_at = now()
            WHERE r.refund_no = refund.refund_no;
    END IF;
    IF refund.status IN ('approved', 'executing') THEN
        UPDATE wbo_data.refund r SET status = 'signed', hot_wallet = sent.address, nonce = sent.nonce, txid = sent.txid
        WHERE r.refund_no = refund.refund_no;
    END IF;
    UPDATE wbo_data.refund r SET status = 'broadcast', failure = NULL
        WHERE r.refund_no = refund.refund_no AND r.status = 'signed';
END
$$;

-- A forgotten transaction is no live refund's payment. Where it paid out a record whose refund was forgotten, that
-- record is marked, so that it is never refunded again.
CREATE FUNCTION wbo_rule.explain_transaction(of_network text, of_txid text, of_record text, remark text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    sent wbo_data.hot_wallet_transaction := wbo_rule.unknown_transaction(of_network, of_txid);
    why text := wbo_rule.require_text('remark', explain_transaction.remark, 500);
BEGIN
    PERFORM wbo_rule.begin_act('reconcile_hot_wallet', why || coalesce(E'\n' || of_txid, ''));
    IF of_record IS NOT NULL THEN
        UPDATE wbo_data.deposit d SET alarm = true, paid_out = true, remark = concat_ws(E'\n', d.remark, why, of_txid)
        WHERE d.record_no = of_record AND d.network = of_network
            AND d.status IN ('success', 'refunding', 'refund_failed');
        IF NOT FOUND THEN
            PERFORM wbo_rule.refuse_unknown('deposit', of_record);
        END IF;
    END IF;
    UPDATE wbo_data.hot_wallet_transaction t SET explanation = why, explained_by = session_user,
        explained_at = clock_timestamp()
    WHERE t.network = of_network AND t.txid = sent.txid AND t.canonical;
END
$$;

CREATE TRIGGER y_audit AFTER UPDATE OF explanation ON wbo_data.hot_wallet_transaction
    FOR EACH ROW WHEN (OLD.explanation IS DISTINCT FROM NEW.explanation)
    EXECUTE FUNCTION wbo_rule.write_audit('hot_wallet_transaction', 'network,block_hash,txid',
        'succeeded,seen_at,canonical,transfers');

-- The owner's word that sending may go on: refused while the chain knows an unreconciled transaction.
-- `mined` and `pending` are the chain's counts, as read a moment ago.
CREATE FUNCTION wbo_rule.reconcile_hot_wallet(of_network text, mined bigint, pending bigint, remark text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    wallet wbo_data.hot_wallet;
BEGIN
    PERFORM wbo_rule.begin_act('reconcile_hot_wallet', wbo_rule.require_text('remark', remark, 500));
    SELECT * INTO wallet FROM wbo_data.hot_wallet h WHERE h.network = of_network FOR UPDATE;
    IF NOT FOUND THEN
        PERFORM wbo_rule.refuse('WB422', 'hot_wallet_missing', jsonb_build_object('network', of_network));
    ELSIF pending > greatest(mined, wallet.next_nonce) OR wbo_rule.unread_nonces(wallet, mined) > 0 OR EXISTS (
        SELECT FROM wbo_data.hot_wallet_transaction t
        WHERE t.network = of_network AND t.address = wallet.address AND t.canonical AND wbo_rule.is_unknown(t)) THEN
        PERFORM wbo_rule.refuse('WB409', 'reconciliation_needed', jsonb_build_object(
            'network', of_network, 'sender', wallet.address, 'expected', wallet.next_nonce, 'actual',
                greatest(mined, pending)));
    END IF;
    UPDATE wbo_data.hot_wallet h SET next_nonce = greatest(mined, h.next_nonce), stopped_reason = NULL,
        signed_in = wbo_rule.database_mark()
    WHERE h.network = of_network;
END
$$;
