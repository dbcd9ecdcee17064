-- The refund sender's side: nonces, signed bytes, broadcasts and how they end. Bytes are stored before they are
-- broadcast; whichever of a nonce's family is mined settles the refund.

-- Which database this is: the cluster, its timeline (a promoted standby or a recovery to a point in time begins a new
-- one) and the database in it. One that was restored may have forgotten what it signed, and differs in at least one of
-- them.
CREATE FUNCTION wbo_rule.database_mark() RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT concat_ws('/', (SELECT c.system_identifier FROM pg_control_system() AS c),
                     left(pg_walfile_name(pg_current_wal_insert_lsn()), 8),
                     (SELECT d.oid FROM pg_database d WHERE d.datname = current_database()))
$$;

-- A hot wallet is known from the first time its worker names it; the chain's count of its transactions is where it
-- begins. `mined` counts its transactions in blocks, `pending` those in the node's pool as well.
CREATE FUNCTION wbo_chain.register_hot_wallet(network text, epoch bigint, address text, mined bigint,
    pending bigint) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
#variable_conflict use_column
DECLARE
    wallet wbo_data.hot_wallet;
BEGIN
    PERFORM wbo_rule.hold_lease(register_hot_wallet.network, register_hot_wallet.epoch);
    PERFORM wbo_rule.begin_act('register_hot_wallet');
    INSERT INTO wbo_data.hot_wallet (network, address, next_nonce, signed_in)
    VALUES (register_hot_wallet.network, register_hot_wallet.address, register_hot_wallet.mined,
        wbo_rule.database_mark()) ON CONFLICT DO NOTHING;
    SELECT * INTO wallet FROM wbo_data.hot_wallet h
    WHERE h.network = register_hot_wallet.network AND h.address = register_hot_wallet.address;
    IF wallet.address IS NULL THEN
        -- Another address is this network's hot wallet; the owner changes that, never a worker.
        PERFORM wbo_rule.refuse('WB409', 'already_exists',
            jsonb_build_object('object', 'hot_wallet', 'id', register_hot_wallet.network));
    ELSIF wallet.stopped_reason IS NULL AND (
        -- The chain or the pool knows transactions that this database does not: a restored backup, or the key is used
        -- elsewhere.
        greatest(register_hot_wallet.mined, register_hot_wallet.pending) > wallet.next_nonce
            OR wallet.signed_in IS DISTINCT FROM wbo_rule.database_mark()
    ) THEN
        UPDATE wbo_data.hot_wallet h SET stopped_reason = 'reconciliation_needed'
        WHERE h.network = wallet.network AND h.address = wallet.address RETURNING * INTO wallet;
    END IF;
    RETURN jsonb_build_object('address', wallet.address, 'next_nonce', wallet.next_nonce, 'stopped_reason',
        wallet.stopped_reason);
END
$$;

-- With what a refund costs now (`fees`: the native coin held, a refund of it and of a token, in its units; empty when a
-- node cannot say).
CREATE FUNCTION wbo_chain.report_balances(network text, epoch bigint, balances jsonb,
    fees jsonb DEFAULT '{}') RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    PERFORM wbo_rule.hold_lease(report_balances.network, report_balances.epoch);
    -- Asked first, here and below: a statement that changes nothing would hint at every desktop all the same.
    IF EXISTS (SELECT FROM wbo_data.hot_wallet h WHERE h.network = report_balances.network
               AND (h.balances <> report_balances.balances OR h.checked_at IS NULL
               OR h.checked_at < clock_timestamp() - interval '10 seconds')) THEN
        UPDATE wbo_data.hot_wallet h SET balances = report_balances.balances, fee_estimate = report_balances.fees,
            checked_at = clock_timestamp()
        WHERE h.network = report_balances.network;
    END IF;
END
$$;

CREATE FUNCTION wbo_chain.stop_hot_wallet(network text, epoch bigint, reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    PERFORM wbo_rule.hold_lease(stop_hot_wallet.network, stop_hot_wallet.epoch);
    PERFORM wbo_rule.begin_act('stop_hot_wallet');
    UPDATE wbo_data.hot_wallet h SET stopped_reason = left(reason, 200)
        WHERE h.network = stop_hot_wallet.network AND h.stopped_reason IS NULL;
END
$$;

-- What the sender has in hand: refunds with stored bytes that are in no block, the oldest nonce first; then those to
-- sign, in the order they were executed. A confirmed refund comes back when the block that held its transaction was
-- reorganised away.
CREATE FUNCTION wbo_chain.refund_work(network text, epoch bigint) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    PERFORM wbo_rule.hold_lease(refund_work.network, refund_work.epoch);
    RETURN jsonb_build_object(
        'wallet', (SELECT jsonb_build_object('address', h.address, 'next_nonce', h.next_nonce, 'stopped_reason',
            h.stopped_reason,
                                             'looked_ago', extract(epoch FROM clock_timestamp() - h.checked_at))
                   FROM wbo_data.hot_wallet h WHERE h.network = refund_work.network),
        'coins', (SELECT coalesce(
            jsonb_agg(jsonb_build_object('code', k.code, 'contract', k.contract, 'decimals', k.decimals)
                ORDER BY k.id), '[]')
                  FROM wbo_data.cryptocurrency k WHERE k.network = refund_work.network),
        'refunds', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                'refund_no', r.refund_no, 'record_no', r.record_no, 'version', r.version, 'status', r.status,
                    'chain_id', n.chain_id,
                'token', k.contract, 'coin', k.code, 'address', r.address, 'amount', r.amount_base::text, 'failure',
                    r.failure,
                'intent', r.intent, 'intent_hash', r.intent_hash, 'hot_wallet', r.hot_wallet, 'nonce', r.nonce,
                'is_contract', (SELECT w.is_contract FROM wbo_data.wallet_address w WHERE w.id = r.wallet_id),
                'stop_level', coalesce(k.stop_level_base, 0)::text,
                'attempts', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                        'attempt', a.attempt, 'txid', a.txid, 'raw', encode(a.raw, 'hex'), 'sent',
                            a.broadcast_at IS NOT NULL, 'last_answer', a.last_answer,
                        'age', extract(epoch FROM clock_timestamp() - coalesce(a.broadcast_at, a.signed_at)))
                            ORDER BY a.attempt), '[]')
                    FROM wbo_data.refund_attempt a WHERE a.refund_no = r.refund_no))
                ORDER BY r.nonce NULLS LAST, r.executed_at, r.refund_no), '[]')
            FROM (SELECT x.* FROM wbo_data.refund x
                  WHERE x.network = refund_work.network AND x.status IN ('executing', 'signed', 'broadcast')
                    -- what is not signed yet waits while the network is halted
                    AND (x.status <> 'executing' OR NOT EXISTS (
                        SELECT FROM wbo_data.checkpoint c WHERE c.network = x.network AND c.alarm IS NOT NULL))
                  UNION ALL
                  SELECT y.* FROM wbo_data.refund y
                  WHERE y.network = refund_work.network AND y.status = 'confirmed' AND y.refund_no IN (
                        SELECT a.refund_no FROM wbo_data.hot_wallet_transaction t
                            JOIN wbo_data.refund_attempt a ON a.txid = t.txid
                        WHERE t.network = refund_work.network AND NOT t.canonical)
                    AND NOT EXISTS (SELECT FROM wbo_data.hot_wallet_transaction o WHERE o.txid = y.txid AND o.canonical)
                  ORDER BY nonce NULLS LAST, executed_at, refund_no LIMIT 100) AS r
            JOIN wbo_data.cryptocurrency k ON k.id = r.coin_id
            JOIN wbo_data.network n ON n.name = r.network));
END
$$;

-- Stores signed bytes: the first reserves the nonce, later ones are replacements with the same nonce and higher fees.
CREATE FUNCTION wbo_chain.store_signed(network text, epoch bigint, refund_no text, expected_version integer,
    sender text, nonce bigint,
                                       txid text, raw bytea, max_fee_per_gas numeric, max_priority_fee_per_gas numeric,
                                       gas_limit bigint) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
#variable_conflict use_column
DECLARE
    refund wbo_data.refund;
    wallet wbo_data.hot_wallet;
    place integer;
BEGIN
    PERFORM wbo_rule.hold_lease(store_signed.network, store_signed.epoch);
    PERFORM wbo_rule.begin_act('sign_refund');
    refund := wbo_rule.lock_refund(store_signed.refund_no, store_signed.expected_version);
    SELECT * INTO wallet FROM wbo_data.hot_wallet h WHERE h.network = refund.network
        AND h.address = store_signed.sender FOR UPDATE;
    IF refund.network <> store_signed.network OR wallet.address IS NULL THEN
        PERFORM wbo_rule.refuse('WB422', 'hot_wallet_missing', jsonb_build_object('network', store_signed.network));
    ELSIF wallet.stopped_reason IS NOT NULL OR wallet.signed_in IS DISTINCT FROM wbo_rule.database_mark() THEN
        PERFORM wbo_rule.refuse('WB422', 'hot_wallet_stopped', jsonb_build_object(
            'network', wallet.network, 'reason', coalesce(wallet.stopped_reason, 'reconciliation_needed')));
    ELSIF refund.status = 'executing' AND store_signed.nonce <> wallet.next_nonce THEN
        PERFORM wbo_rule.refuse('WB409', 'nonce_conflict', jsonb_build_object(
            'network', wallet.network, 'sender', wallet.address, 'expected', wallet.next_nonce, 'actual',
                store_signed.nonce));
    ELSIF refund.status <> 'executing'
        AND (refund.status NOT IN ('signed', 'broadcast') OR store_signed.nonce <> refund.nonce
          OR store_signed.sender <> refund.hot_wallet) THEN
        PERFORM wbo_rule.refuse_status('refund', refund.refund_no, refund.status, 'signed');
    END IF;
    IF refund.status = 'executing' THEN
        PERFORM wbo_rule.require_running(refund.network);
    END IF;
    SELECT coalesce(max(a.attempt), 0) + 1 INTO place FROM wbo_data.refund_attempt a
        WHERE a.refund_no = refund.refund_no;
    INSERT INTO wbo_data.refund_attempt (refund_no, attempt, txid, nonce, raw, max_fee_per_gas,
        max_priority_fee_per_gas, gas_limit)
    VALUES (refund.refund_no, place, store_signed.txid, store_signed.nonce, store_signed.raw,
        store_signed.max_fee_per_gas,
            store_signed.max_priority_fee_per_gas, store_signed.gas_limit);
    IF refund.status = 'executing' THEN
        UPDATE wbo_data.hot_wallet h SET next_nonce = h.next_nonce + 1
            WHERE h.network = wallet.network AND h.address = wallet.address;
        UPDATE wbo_data.refund r SET status = 'signed', hot_wallet = wallet.address, nonce = store_signed.nonce,
            txid = store_signed.txid,
            failure = NULL WHERE r.refund_no = refund.refund_no;
    ELSE
        UPDATE wbo_data.refund r SET txid = store_signed.txid, failure = NULL WHERE r.refund_no = refund.refund_no;
    END IF;
    RETURN place;
END
$$;

-- The last look before bytes leave, at the one who is about to send them: still the leader, the wallet not stopped
-- meanwhile. Gives the bytes as they are stored; a sender that was paused wakes up to find that it may not.
CREATE FUNCTION wbo_chain.bytes_to_send(network text, epoch bigint, txid text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    attempt wbo_data.refund_attempt;
    refund wbo_data.refund;
    wallet wbo_data.hot_wallet;
BEGIN
    PERFORM wbo_rule.hold_lease(bytes_to_send.network, bytes_to_send.epoch);
    SELECT * INTO attempt FROM wbo_data.refund_attempt a WHERE a.txid = bytes_to_send.txid;
    SELECT * INTO refund FROM wbo_data.refund r WHERE r.refund_no = attempt.refund_no
        AND r.network = bytes_to_send.network;
    IF NOT FOUND THEN
        PERFORM wbo_rule.refuse_unknown('refund_attempt', bytes_to_send.txid);
    ELSIF refund.status NOT IN ('signed', 'broadcast', 'confirming', 'confirmed') THEN
        PERFORM wbo_rule.refuse_status('refund', refund.refund_no, refund.status, 'broadcast');
    END IF;
    SELECT * INTO wallet FROM wbo_data.hot_wallet h WHERE h.network = refund.network AND h.address = refund.hot_wallet;
    IF wallet.stopped_reason IS NOT NULL OR wallet.signed_in IS DISTINCT FROM wbo_rule.database_mark() THEN
        PERFORM wbo_rule.refuse('WB422', 'hot_wallet_stopped', jsonb_build_object(
            'network', refund.network, 'reason', coalesce(wallet.stopped_reason, 'reconciliation_needed')));
    END IF;
    RETURN encode(attempt.raw, 'hex');
END
$$;

-- What a node answered to a broadcast. Never proof of anything; it is kept because somebody will ask.
-- `maybe_sent`: a node may have the bytes. Only a clear refusal, or a request that never left, says that it has not.
CREATE FUNCTION wbo_chain.mark_broadcast(network text, epoch bigint, txid text, answer text,
    maybe_sent boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    attempt wbo_data.refund_attempt;
    refund wbo_data.refund;
BEGIN
    PERFORM wbo_rule.hold_lease(mark_broadcast.network, mark_broadcast.epoch);
    PERFORM wbo_rule.begin_act('broadcast_refund');
    SELECT * INTO attempt FROM wbo_data.refund_attempt a WHERE a.txid = mark_broadcast.txid;
    refund := wbo_rule.lock_refund(attempt.refund_no, NULL);
    IF attempt.last_answer IS DISTINCT FROM left(answer, 200) OR (maybe_sent AND attempt.broadcast_at IS NULL) THEN
        UPDATE wbo_data.refund_attempt a
        SET broadcast_at = coalesce(a.broadcast_at, CASE WHEN maybe_sent THEN clock_timestamp() END),
            last_answer = left(answer, 200)
        WHERE a.txid = attempt.txid;
    END IF;
    IF maybe_sent AND (refund.status = 'signed' OR (refund.status = 'broadcast' AND refund.failure = 'node_refuses'))
        THEN
        UPDATE wbo_data.refund r SET status = 'broadcast', failure = NULL WHERE r.refund_no = refund.refund_no;
    END IF;
END
$$;

-- A refund that cannot be signed or sent now (balance, gas, a signer's refusal): says why, moves nothing.
CREATE FUNCTION wbo_chain.note_refund(network text, epoch bigint, refund_no text, failure text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    refund wbo_data.refund;
BEGIN
    PERFORM wbo_rule.hold_lease(note_refund.network, note_refund.epoch);
    PERFORM wbo_rule.begin_act('note_refund');
    refund := wbo_rule.lock_refund(note_refund.refund_no, NULL);
    IF refund.network = note_refund.network AND refund.status IN ('executing', 'signed', 'broadcast')
       AND refund.failure IS DISTINCT FROM left(note_refund.failure, 300) THEN
        UPDATE wbo_data.refund r SET failure = left(note_refund.failure, 300) WHERE r.refund_no = refund.refund_no;
    END IF;
END
$$;

-- What the hot wallet's transactions did, as the tracker stores each block.
CREATE FUNCTION wbo_rule.store_sent(net text, blocks jsonb) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, wbo, pg_temp AS $$
    INSERT INTO wbo_data.hot_wallet_transaction (network, address, txid, nonce, block_number, block_hash, succeeded,
        fee_paid_wei, transfers)
    SELECT net, h.address, s.txid, s.nonce, b.number, b.hash, s.succeeded, s.fee,
           (SELECT coalesce(
           jsonb_agg(jsonb_build_object('contract', x -> 'contract', 'sender', x -> 'sender', 'recipient',
           x -> 'recipient',
                                                         'amount', x ->> 'amount', 'log_index', x -> 'log_index')),
                                                         '[]')
            FROM jsonb_array_elements(coalesce(b.transfers, '[]')) AS x WHERE x ->> 'txid' = s.txid)
    FROM jsonb_to_recordset(blocks) AS b (number bigint, hash text, sent jsonb, transfers jsonb),
         jsonb_to_recordset(coalesce(b.sent, '[]'))
         AS s (txid text, sender text, nonce bigint, succeeded boolean, fee numeric)
    JOIN wbo_data.hot_wallet h ON h.network = net AND h.address = s.sender
    -- The same block read again, from another node: what the first one told of it may have been a lie.
    ON CONFLICT (network, block_hash, txid) DO UPDATE SET canonical = true, address = excluded.address,
        nonce = excluded.nonce,
        succeeded = excluded.succeeded, fee_paid_wei = excluded.fee_paid_wei, transfers = excluded.transfers
$$;

-- Whether a mined transaction moved a refund's coin from the hot wallet to the refund's address. The amount is not
-- asked for: some tokens keep a part on the way, and what a node says about an amount was decided when the bytes were
-- compared.
CREATE FUNCTION wbo_rule.pays_refund(sent wbo_data.hot_wallet_transaction, refund wbo_data.refund) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT sent.succeeded AND EXISTS (
        SELECT FROM jsonb_to_recordset(sent.transfers) AS x (contract text, sender text, recipient text, amount numeric)
        JOIN wbo_data.cryptocurrency k ON k.id = refund.coin_id AND k.contract IS NOT DISTINCT FROM x.contract
        WHERE x.sender = sent.address AND x.recipient = refund.address AND x.amount > 0)
$$;

-- Moves refunds by what is mined: seen → confirming; enough confirmations → confirmed, or failed when it reverted or
-- when a transaction that is not of its family used its nonce. Whatever else is final but proves neither waits for a
-- person. Where the network wants several nodes to agree, one node's word ends no refund: `agreed` names the
-- transactions they agree on.
CREATE FUNCTION wbo_rule.settle_refunds(net text, tip bigint, agreed text[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp SET lock_timeout = '500ms' AS $$
DECLARE
    final_tip bigint;
    mined record;
BEGIN
    SELECT wbo_rule.settled_by(n.finality, tip, c.finalized_number) INTO final_tip
    FROM wbo_data.network n JOIN wbo_data.checkpoint c ON c.network = n.name WHERE n.name = net;
    FOR mined IN
        SELECT r.refund_no, r.record_no, r.status, t.txid, t.block_number, t.block_hash, t.succeeded, t.fee_paid_wei,
               EXISTS (SELECT FROM wbo_data.refund_attempt a WHERE a.txid = t.txid AND a.refund_no = r.refund_no)
               AS ours,
               t.explanation IS NOT NULL AS explained, wbo_rule.pays_refund(t, r) AS pays,
               wbo_rule.final_height(n.finality, t.block_number, r.required_confirmations) <= final_tip
                   AND (n.agreement <= 1 OR t.block_hash || t.txid = ANY (agreed)) AS final
        FROM wbo_data.refund r
        JOIN wbo_data.network n ON n.name = r.network
        JOIN wbo_data.hot_wallet_transaction t ON t.network = r.network AND t.address = r.hot_wallet
            AND t.nonce = r.nonce AND t.canonical
        WHERE r.network = net AND r.status IN ('signed', 'broadcast', 'confirming')
        ORDER BY r.refund_no
    LOOP
        BEGIN
            PERFORM FROM wbo_data.deposit d WHERE d.record_no = mined.record_no FOR NO KEY UPDATE;
            PERFORM FROM wbo_data.refund r WHERE r.refund_no = mined.refund_no FOR NO KEY UPDATE;
        EXCEPTION WHEN lock_not_available THEN
            CONTINUE;  -- locked elsewhere: settled at the next look; no other refund waits for it
        END;
        IF mined.ours AND mined.status IN ('signed', 'broadcast') THEN
            UPDATE wbo_data.refund r SET status = 'confirming', txid = mined.txid, block_number = mined.block_number,
                failure = NULL,
                block_hash = mined.block_hash, fee_paid_wei = mined.fee_paid_wei WHERE r.refund_no = mined.refund_no;
        END IF;
        CONTINUE WHEN NOT mined.final;
        IF mined.ours AND mined.pays THEN
            UPDATE wbo_data.refund r SET status = 'confirmed', failure = NULL WHERE r.refund_no = mined.refund_no;
            UPDATE wbo_data.deposit d SET status = 'refunded' WHERE d.record_no = mined.record_no;
        ELSIF mined.ours AND mined.succeeded OR NOT mined.ours AND mined.pays AND NOT mined.explained THEN
            -- Mined with success, but the token logged no transfer; or paid by bytes that this database has forgotten.
            -- Neither success nor failure is proven, and a second refund must not be possible meanwhile.
            UPDATE wbo_data.refund r SET failure = CASE WHEN mined.ours THEN 'transfer_not_seen_on_chain'
                ELSE 'paid_by_unknown' END
            WHERE r.refund_no = mined.refund_no AND (r.failure IS NULL OR r.failure = 'nodes_disagree');
        ELSE
            UPDATE wbo_data.refund r SET status = 'failed',
                failure = CASE WHEN mined.ours THEN 'transaction_reverted' ELSE 'nonce_used_by_other' END
                    WHERE r.refund_no = mined.refund_no;
            UPDATE wbo_data.deposit d SET status = 'refund_failed' WHERE d.record_no = mined.record_no;
        END IF;
    END LOOP;
END
$$;

-- What the other nodes said: [{txid, block_hash, agreed}]. Where they contradict one another for long, the refund says
-- so and waits.
CREATE FUNCTION wbo_rule.apply_agreement(net text, said jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    UPDATE wbo_data.refund r SET failure = 'nodes_disagree'
    FROM jsonb_to_recordset(said) AS s (txid text, block_hash text, agreed boolean)
    JOIN wbo_data.hot_wallet_transaction t ON t.network = net AND t.txid = s.txid AND t.block_hash = s.block_hash
        AND t.canonical
    WHERE NOT s.agreed AND r.network = net AND r.hot_wallet = t.address AND r.nonce = t.nonce AND r.failure IS NULL
      AND r.status IN ('signed', 'broadcast', 'confirming');
    PERFORM wbo_rule.settle_refunds(net, (SELECT c.number FROM wbo_data.checkpoint c WHERE c.network = net), ARRAY(
        SELECT s.block_hash || s.txid FROM jsonb_to_recordset(said) AS s (txid text, block_hash text, agreed boolean)
            WHERE s.agreed));
END
$$;

CREATE FUNCTION wbo_rule.is_unknown(sent wbo_data.hot_wallet_transaction) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT NOT EXISTS (SELECT FROM wbo_data.refund_attempt a WHERE a.txid = sent.txid)
       AND NOT EXISTS (SELECT FROM wbo_data.hot_wallet_transaction o
       WHERE o.txid = sent.txid AND o.explanation IS NOT NULL)
$$;

-- A transaction of the hot wallet that was never signed here: somebody else has the key, or this database forgot.
CREATE FUNCTION wbo_rule.stop_at_unknown(net text, blocks jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM jsonb_to_recordset(blocks) AS b (hash text)
               JOIN wbo_data.hot_wallet_transaction t ON t.network = net AND t.block_hash = b.hash
               WHERE wbo_rule.is_unknown(t)) THEN
        UPDATE wbo_data.hot_wallet h SET stopped_reason = CASE WHEN h.signed_in IS NOT DISTINCT
            FROM wbo_rule.database_mark()
            THEN 'unknown_transaction' ELSE 'reconciliation_needed' END
        WHERE h.network = net AND h.stopped_reason IS NULL;
    END IF;
END
$$;

-- What a reorganisation takes back. A confirmed refund stays confirmed: its bytes are offered again until they are
-- mined again.
CREATE FUNCTION wbo_rule.undo_refunds(net text, to_number bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    UPDATE wbo_data.refund r SET status = u.to_status, block_number = NULL, block_hash = NULL, fee_paid_wei = NULL
    FROM wbo_data.undo_move u
    WHERE u.object_type = 'refund' AND u.from_status = r.status AND r.network = net AND r.block_number > to_number;
    -- A failure that was proven by a block that is gone is proven no longer, and a new refund may exist by now.
    UPDATE wbo_data.hot_wallet h SET stopped_reason = 'settled_refund_reorganised'
    WHERE h.network = net AND h.stopped_reason IS NULL AND EXISTS (
        SELECT FROM wbo_data.refund r JOIN wbo_data.hot_wallet_transaction t ON t.network = net
            AND t.address = r.hot_wallet AND t.nonce = r.nonce
        WHERE r.network = net AND r.status = 'failed' AND t.block_number > to_number);
END
$$;
