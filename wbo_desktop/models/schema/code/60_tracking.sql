-- The tracker's side: leases, blocks, transfers, what has to be decided, and the decisions. Every function takes the
-- epoch of the caller's lease and refuses one that was lost, so a worker that was paused and wakes up late writes
-- nothing.

CREATE SCHEMA wbo_chain;

-- Leads a network: returns the epoch, or NULL while another worker leads. Taking it over raises the epoch.
CREATE FUNCTION wbo_chain.take_lease(network text, holder text, seconds double precision) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
#variable_conflict use_column
DECLARE
    taken bigint;
    until_then timestamptz := clock_timestamp() + make_interval(secs => least(greatest(seconds, 0.1), 300));
BEGIN
    INSERT INTO wbo_data.worker_lease AS l (network, epoch, holder, expires_at)
    VALUES (take_lease.network, 1, left(take_lease.holder, 120), until_then)
    ON CONFLICT (network) DO UPDATE SET
        epoch = l.epoch + (l.holder <> excluded.holder OR l.expires_at <= clock_timestamp())::integer,
        holder = excluded.holder, expires_at = excluded.expires_at
    WHERE l.holder = excluded.holder OR l.expires_at <= clock_timestamp()
    RETURNING l.epoch INTO taken;
    RETURN taken;
END
$$;

CREATE FUNCTION wbo_chain.release_lease(network text, epoch bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
    UPDATE wbo_data.worker_lease l SET expires_at = clock_timestamp()
    WHERE l.network = release_lease.network AND l.epoch = release_lease.epoch
$$;

-- Renews the lease, holding its row so that no other worker takes over before this transaction ends.
CREATE FUNCTION wbo_rule.hold_lease(of_network text, of_epoch bigint,
    seconds double precision DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    UPDATE wbo_data.worker_lease l
    SET expires_at = greatest(l.expires_at, clock_timestamp() + make_interval(secs => least(coalesce(seconds, 0), 300)))
    WHERE l.network = of_network AND l.epoch = of_epoch AND l.expires_at > clock_timestamp();
    IF NOT FOUND THEN
        PERFORM wbo_rule.refuse('WB409', 'lease_lost', jsonb_build_object('network', of_network, 'epoch', of_epoch));
    END IF;
END
$$;

-- Says what the worker is doing (shown on the desktop and in its health line); renews the lease. A change of what works
-- is told to open desktops at once.
CREATE FUNCTION wbo_chain.report_health(network text, epoch bigint, seconds double precision, health jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    before jsonb := (SELECT l.health -> 'state' -> 'code' FROM wbo_data.worker_lease l
        WHERE l.network = report_health.network);
BEGIN
    PERFORM wbo_rule.hold_lease(report_health.network, report_health.epoch, seconds);
    UPDATE wbo_data.worker_lease l SET health = report_health.health WHERE l.network = report_health.network;
    IF before IS DISTINCT FROM report_health.health -> 'state' -> 'code' THEN
        PERFORM pg_notify('wbo_changes', 'chain');
    END IF;
END
$$;

-- What a worker needs to know of the networks, coins and hot wallets.
CREATE FUNCTION wbo_chain.configuration() RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT jsonb_build_object(
        'networks', (SELECT coalesce(jsonb_agg(jsonb_build_object(
            'name', n.name, 'chain_id', n.chain_id, 'finality', n.finality, 'rpc_urls', n.rpc_urls, 'agreement',
                n.agreement,
            'worker_agreement', n.worker_agreement,
            'txid_grace_seconds', n.txid_grace_seconds)), '[]') FROM wbo_data.network n),
        'coins', (SELECT coalesce(jsonb_agg(jsonb_build_object(
            'id', k.id, 'code', k.code, 'network', k.network, 'contract', k.contract, 'decimals', k.decimals,
            'confirmations', k.confirmations, 'confirmation_steps', k.confirmation_steps)), '[]')
                FROM wbo_data.cryptocurrency k),
        'hot_wallets', (SELECT coalesce(jsonb_agg(jsonb_build_object('network', h.network, 'address', h.address)), '[]')
                        FROM wbo_data.hot_wallet h))
$$;

CREATE FUNCTION wbo_chain.checkpoint(network text) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT jsonb_build_object('number', c.number, 'hash', c.hash, 'finalized', c.finalized_number, 'head',
        c.head_number, 'alarm', c.alarm)
    FROM wbo_data.checkpoint c WHERE c.network = checkpoint.network
$$;

-- The canonical blocks at or below a height, newest first: what a walk back compares with the node.
CREATE FUNCTION wbo_chain.recent_blocks(network text, from_number bigint, most integer) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT coalesce(
        jsonb_agg(jsonb_build_object('number', b.number, 'hash', b.hash, 'parent_hash', b.parent_hash)
            ORDER BY b.number DESC), '[]')
    FROM (SELECT * FROM wbo_data.block x WHERE x.network = recent_blocks.network AND x.canonical
        AND x.number <= from_number
          ORDER BY x.number DESC LIMIT least(most, 1000)) AS b
$$;

-- Where a network is tracked from: set once, at the first start.
CREATE FUNCTION wbo_chain.start_tracking(network text, epoch bigint, number bigint, hash text, parent_hash text,
    mined_at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
#variable_conflict use_column
BEGIN
    PERFORM wbo_rule.hold_lease(start_tracking.network, start_tracking.epoch);
    INSERT INTO wbo_data.block (network, number, hash, parent_hash, mined_at)
    VALUES (start_tracking.network, start_tracking.number, start_tracking.hash, start_tracking.parent_hash,
        start_tracking.mined_at)
    ON CONFLICT DO NOTHING;
    INSERT INTO wbo_data.checkpoint (network, number, hash, head_number)
    VALUES (start_tracking.network, start_tracking.number, start_tracking.hash, start_tracking.number)
        ON CONFLICT DO NOTHING;
END
$$;

-- Round trip 1 of a block (or of a range, when catching up). `blocks` is a JSON array, oldest first, of {number, hash,
-- parent_hash, mined_at, txids: [...], transfers: [{txid, log_index, position, contract, sender, recipient, amount,
-- signed_by}],   of listed contracts and the native coin; `position`: the log's place in its transaction; `signed_by`:
-- who signed that sent: [{txid, sender, nonce, succeeded, fee, value}]}                      by hot wallets; by anybody
-- where nothing is traced Stores all of it, moves the checkpoint by compare-and-set, and returns what has to be
-- decided.
CREATE FUNCTION wbo_chain.record_blocks(network text, epoch bigint, seconds double precision, expected_hash text,
    blocks jsonb,
                                        head bigint, finalized bigint) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
#variable_conflict use_column
DECLARE
    net text := record_blocks.network;
    mark wbo_data.checkpoint;
    last jsonb := blocks -> -1;
    broken bigint;
    stored bigint[];
BEGIN
    PERFORM wbo_rule.hold_lease(net, record_blocks.epoch, seconds);
    PERFORM wbo_rule.begin_act('track');
    SELECT * INTO mark FROM wbo_data.checkpoint c WHERE c.network = net FOR UPDATE;
    IF mark.hash IS DISTINCT FROM expected_hash THEN
        PERFORM wbo_rule.refuse('WB409', 'checkpoint_moved',
            jsonb_build_object('network', net, 'expected', expected_hash, 'actual', mark.hash));
    ELSIF mark.alarm IS NOT NULL THEN
        PERFORM wbo_rule.refuse('WB422', 'invariant_broken', '{"rule": "line_stopped"}');
    END IF;
    IF jsonb_array_length(blocks) > 0 THEN
        SELECT (b.value ->> 'number')::bigint INTO broken
        FROM jsonb_array_elements(blocks) WITH ORDINALITY AS b (value, place)
        WHERE (b.value ->> 'number')::bigint <> mark.number + b.place
           OR b.value ->> 'parent_hash' <> CASE WHEN b.place = 1 THEN mark.hash
           ELSE blocks -> (b.place - 2)::integer ->> 'hash' END
        ORDER BY b.place LIMIT 1;
        IF FOUND THEN
            PERFORM wbo_rule.refuse('WB409', 'parent_mismatch', jsonb_build_object('network', net, 'number', broken));
        END IF;
        INSERT INTO wbo_data.block (network, number, hash, parent_hash, mined_at)
        SELECT net, b.number, b.hash, b.parent_hash, b.mined_at
        FROM jsonb_to_recordset(blocks) AS b (number bigint, hash text, parent_hash text, mined_at timestamptz)
        ON CONFLICT (network, hash) DO UPDATE SET canonical = true, orphaned_at = NULL;
        stored := wbo_rule.store_transfers(net, blocks);
        PERFORM wbo_rule.follow_transfers(stored);
        PERFORM wbo_rule.store_sent(net, blocks);
        PERFORM wbo_rule.store_spending(net, blocks);
        PERFORM wbo_rule.want_concerned(net, blocks, stored);
        PERFORM wbo_rule.stop_at_unknown(net, blocks);
    END IF;
    PERFORM wbo_rule.settle_refunds(net, coalesce((last ->> 'number')::bigint, mark.number), '{}');
    UPDATE wbo_data.checkpoint c SET
        number = coalesce((last ->> 'number')::bigint, c.number), hash = coalesce(last ->> 'hash', c.hash),
        head_number = record_blocks.head, head_seen_at = clock_timestamp(),
        finalized_number = greatest(c.finalized_number, record_blocks.finalized),
        block_seconds = CASE WHEN jsonb_array_length(blocks) = 0 THEN c.block_seconds ELSE coalesce((
            SELECT extract(epoch FROM max(b.mined_at) - min(b.mined_at)) / nullif(count(*) - 1, 0)
            FROM (SELECT x.mined_at FROM wbo_data.block x WHERE x.network = net AND x.canonical
                ORDER BY x.number DESC LIMIT 20) AS b
        ), c.block_seconds) END
    WHERE c.network = net AND (jsonb_array_length(blocks) > 0 OR c.head_number <> record_blocks.head
                               OR c.finalized_number IS DISTINCT
                               FROM greatest(c.finalized_number, record_blocks.finalized)
                               OR c.head_seen_at < clock_timestamp() - interval '5 seconds');
    RETURN wbo_rule.to_decide(net, 200, clock_timestamp());
END
$$;

-- The transfers among them that go to our accounts, of listed coins.
CREATE FUNCTION wbo_rule.store_transfers(net text, blocks jsonb) RETURNS bigint[]
LANGUAGE sql SET search_path = pg_catalog, wbo, pg_temp AS $$
    WITH seen AS (
        SELECT b.number, b.hash, t.*
        FROM jsonb_to_recordset(blocks) AS b (number bigint, hash text, transfers jsonb),
             jsonb_to_recordset(coalesce(b.transfers, '[]')) AS t (
                 txid text, log_index integer, position integer, contract text, sender text, recipient text,
                 amount numeric,
                 signed_by text)
    ), kept AS (
        INSERT INTO wbo_data.chain_transfer
            AS c (network, block_number, block_hash, txid, log_index, position, coin_id, sender,
                                                  recipient, amount_base, custodial_id, tx_sender, purpose)
        SELECT net, s.number, s.hash, s.txid, s.log_index, s.position, k.id, s.sender, s.recipient, s.amount, a.id,
            s.signed_by,
               CASE WHEN h.record_no IS NOT NULL THEN 'deposit'
                    WHEN h.txid IS NOT NULL THEN 'wallet_verification'
                    WHEN EXISTS (SELECT FROM wbo_data.wallet_address w
                                 WHERE w.network = net AND w.micro_target = s.recipient AND w.micro_coin_id = k.id
                                 AND w.micro_amount_base = s.amount
                                   AND w.address = s.sender AND w.address = s.signed_by
                                   AND w.status = 'verifying' AND w.method = 'micro_payment')
                    THEN 'wallet_verification' ELSE 'deposit' END
        FROM seen s
        JOIN wbo_data.custodial_account a ON a.network = net AND a.address = s.recipient AND a.deleted_at IS NULL
            AND a.confirmed_at IS NOT NULL
        JOIN wbo_data.cryptocurrency k ON k.network = net AND k.contract IS NOT DISTINCT FROM s.contract
        LEFT JOIN wbo_data.transfer_holder h ON h.network = net AND h.txid = s.txid AND h.coin_id = k.id
            AND h.custodial_id = a.id AND h.position = coalesce(s.position, s.log_index)
        WHERE s.amount > 0
        ON CONFLICT (network, block_hash, txid, log_index, coin_id, sender, recipient, amount_base)
            -- told again, perhaps by another node: who signed may have been a lie
            DO UPDATE SET canonical = true, orphaned_at = NULL, purpose = excluded.purpose,
                tx_sender = CASE WHEN c.canonical THEN coalesce(c.tx_sender, excluded.tx_sender)
                    ELSE excluded.tx_sender END
        RETURNING id
    )
    SELECT coalesce(array_agg(id), '{}') FROM kept
$$;

-- Records that these blocks are about: their TXID is in one, or money came to their account. One that is abnormal for
-- its amount may now have its second part.
CREATE FUNCTION wbo_rule.want_concerned(net text, blocks jsonb, stored bigint[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    -- An array, so that each is looked for by index however many records wait: a set of JSON has no statistics.
    named text[] := ARRAY(SELECT x FROM jsonb_array_elements(blocks) AS b,
        jsonb_array_elements_text(coalesce(b -> 'txids', '[]')) AS x);
BEGIN
    PERFORM wbo_rule.want_check(c.record_no, net) FROM (
        SELECT d.record_no FROM wbo_data.deposit d
        WHERE d.network = net AND d.txid = ANY (named) AND d.status IN ('pending_auth', 'abnormal')
        UNION
        SELECT d.record_no FROM wbo_data.chain_transfer t
        JOIN wbo_data.deposit d ON d.network = t.network AND d.target_address = t.recipient AND d.coin_id = t.coin_id
        WHERE t.id = ANY (stored) AND d.status IN ('pending_auth', 'abnormal') AND (d.status = 'pending_auth' OR (
            NOT d.alarm AND EXISTS (SELECT FROM wbo_data.deposit_reason r WHERE r.reason = d.reason AND r.curable)))
    ) AS c;
END
$$;

-- Everything domain/matching.py asks about one record, from the database: every canonical transfer of its TXID, and
-- those of the newest 500 to its account that no other record holds (older ones are found by TXID).
CREATE FUNCTION wbo_rule.record_facts(record text, ticket bigint) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    WITH told AS (
        SELECT d.*, k.code, k.contract, k.decimals, k.minimum_base,
            (k.credit_tolerance * 100)::integer AS tolerance_bp, k.wallet_rule,
               n.txid_grace_seconds - extract(epoch FROM clock_timestamp() - coalesce((
                   SELECT max(e.at) FROM wbo_data.audit_entry e
                   WHERE e.object_type = 'deposit' AND e.object_id = d.record_no
                     AND e.action IN ('attach_txid', 'recheck_deposit', 'submit_deposit_application', 'reorganise')),
                     d.created_at)) AS grace_left
        FROM wbo_data.deposit d
        JOIN wbo_data.cryptocurrency k ON k.id = d.coin_id
        JOIN wbo_data.network n ON n.name = d.network
        WHERE d.record_no = record_facts.record
    ), concerned AS (
        SELECT x.id FROM told d JOIN wbo_data.chain_transfer x ON x.network = d.network AND x.txid = d.txid
            AND x.canonical
        UNION
        SELECT y.id FROM told d CROSS JOIN LATERAL (
            SELECT x.* FROM wbo_data.chain_transfer x WHERE x.network = d.network AND x.recipient = d.target_address
            ORDER BY x.block_number DESC LIMIT 500) AS y
        WHERE y.canonical AND y.purpose = 'deposit'
          AND NOT EXISTS (SELECT FROM wbo_data.transfer_holder h
                          WHERE h.network = y.network AND h.txid = y.txid AND h.coin_id = y.coin_id
                            AND h.custodial_id = y.custodial_id AND h.position = coalesce(y.position, y.log_index)
                            AND h.record_no IS DISTINCT FROM d.record_no)
    ), moved AS (
        SELECT t.*, c.contract, b.mined_at, s.client_no AS owner, coalesce(
                   nullif(wbo_rule.holder_of(t), record_facts.record),
                   CASE WHEN t.purpose = 'wallet_verification' THEN t.purpose END) AS used_by
        FROM concerned
        JOIN wbo_data.chain_transfer t USING (id)
        JOIN wbo_data.cryptocurrency c ON c.id = t.coin_id
        JOIN wbo_data.custodial_account s ON s.id = t.custodial_id
        JOIN wbo_data.block b ON b.network = t.network AND b.hash = t.block_hash
    )
    SELECT jsonb_build_object(
        'record_no', d.record_no, 'ticket', record_facts.ticket, 'version', d.version, 'status', d.status, 'reason',
            d.reason, 'accepted', d.accepted,
        'client_no', d.client_no, 'coin_id', d.coin_id, 'coin', d.code, 'network', d.network, 'contract', d.contract,
            'decimals', d.decimals,
        'claimed', d.claimed_base::text, 'minimum', d.minimum_base::text, 'tolerance_bp', d.tolerance_bp,
        'max_gap_hours', wbo_rule.policy_number('transfer_gap_hours'),
        'source_address', d.source_address, 'target_address', d.target_address, 'txid', d.txid, 'wallet_rule',
            d.wallet_rule,
        'created_at', d.created_at, 'overdue', d.txid IS NOT NULL AND d.grace_left < 0, 'grace_left',
            greatest(0.2, d.grace_left + 0.1),
        'contested', EXISTS (SELECT FROM wbo_data.deposit o
                             WHERE o.network = d.network AND o.target_address = d.target_address
                             AND o.source_address = d.source_address
                               AND o.coin_id = d.coin_id AND o.status = 'pending_auth' AND o.txid IS NULL
                               AND o.record_no <> d.record_no),
        'wallets', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                        'client_no', w.client_no, 'address', w.address, 'status', w.status, 'verified_at',
                            w.verified_at)), '[]')
                    FROM wbo_data.wallet_address w
                    WHERE w.network = d.network AND (w.client_no = d.client_no OR w.address = d.source_address
                                                     OR w.address IN (SELECT m.sender FROM moved m))),
        'accounts', (
            SELECT coalesce(jsonb_agg(jsonb_build_object('address', s.address, 'client_no', s.client_no)), '[]')
                     FROM wbo_data.custodial_account s
                     WHERE s.network = d.network AND s.deleted_at IS NULL AND s.confirmed_at IS NOT NULL
                       AND (s.client_no = d.client_no OR s.address = d.target_address
                       OR s.address IN (SELECT m.recipient FROM moved m))),
        'transfers', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                'id', t.id, 'txid', t.txid, 'log_index', t.log_index, 'contract', t.contract, 'sender', t.sender,
                'recipient', t.recipient, 'amount', t.amount_base::text, 'block_number', t.block_number, 'block_hash',
                    t.block_hash,
                'mined_at', t.mined_at, 'used_by', t.used_by) ORDER BY t.block_number, t.txid, t.log_index), '[]')
                    FROM moved t))
    FROM told d
$$;

-- Wallets whose proof has come, or whose time is over. A micro-payment is decided twice: when it is seen, and when it
-- is final; one that the wallet did not sign once, to say so.
CREATE FUNCTION wbo_rule.wallet_cases(net text, most integer) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object(
        'wallet_id', w.id, 'version', w.version, 'address', w.address, 'client_no', w.client_no, 'method', w.method,
        'challenge', w.challenge, 'signature', w.signature, 'micro_target', w.micro_target, 'micro_contract',
            k.contract,
        'micro_amount', w.micro_amount_base::text, 'expired', w.expires_at < clock_timestamp(),
        'transfer', CASE WHEN t.id IS NOT NULL THEN jsonb_build_object(
            'id', t.id, 'txid', t.txid, 'log_index', t.log_index, 'contract', k.contract, 'sender', t.sender,
                'recipient', t.recipient,
            'amount', t.amount_base::text, 'signed_by', t.tx_sender, 'block_number', t.block_number, 'block_hash',
                t.block_hash,
            'attached', w.transfer_id IS NOT DISTINCT FROM t.id, 'confirm_height',
                wbo_rule.confirm_height(t.id, k.confirmations)) END)), '[]')
    FROM (
        SELECT x.* FROM wbo_data.wallet_address x
        WHERE x.network = net AND x.status = 'verifying' AND x.method = 'micro_payment'
        UNION ALL
        SELECT x.* FROM wbo_data.wallet_address x
        WHERE x.network = net AND x.status = 'verifying' AND x.method = 'message_signature'
          AND ((x.signature IS NOT NULL AND x.failure IS NULL) OR x.expires_at < clock_timestamp())
    ) AS w
    LEFT JOIN wbo_data.cryptocurrency k ON k.id = w.micro_coin_id
    LEFT JOIN LATERAL (
        SELECT y.* FROM wbo_data.chain_transfer y
        WHERE y.network = net AND y.recipient = w.micro_target AND y.coin_id = w.micro_coin_id
          AND y.amount_base = w.micro_amount_base AND y.sender = w.address AND y.canonical
          AND coalesce(wbo_rule.holder_of(y), 'wallet_verification') = 'wallet_verification'
          AND coalesce((wbo_rule.holder(y)).wallet_id, w.id) = w.id
          AND y.seen_at >= w.expires_at - interval '30 days'
          -- a coin that is closed proves nothing; a payment that the wallet did not sign is told of once
          AND k.deposit_enabled
          AND (y.tx_sender = w.address OR w.failure IS DISTINCT FROM 'not_signed_by_wallet')
        ORDER BY y.tx_sender IS NOT DISTINCT FROM w.address DESC, y.id IS NOT DISTINCT
            FROM w.transfer_id DESC, y.block_number
        LIMIT 1) AS t ON w.method = 'micro_payment'
    WHERE w.method = 'message_signature'
       OR (t.id IS NULL AND w.expires_at < clock_timestamp())
       OR (t.id IS NOT NULL AND (w.transfer_id IS DISTINCT FROM t.id
                                 OR wbo_rule.confirm_height(t.id, k.confirmations) <= wbo_rule.settled_height(net)))
    LIMIT most
$$;

-- What is about to settle a refund and needs other nodes' word for it, as it was told and stored.
CREATE FUNCTION wbo_rule.refunds_to_agree(net text) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object(
        'txid', t.txid, 'block_number', t.block_number, 'block_hash', t.block_hash, 'sender', t.address, 'nonce',
            t.nonce,
        'succeeded', t.succeeded, 'transfers', t.transfers) ORDER BY t.nonce), '[]')
    FROM wbo_data.network n
    JOIN wbo_data.refund r ON r.network = n.name AND r.status IN ('signed', 'broadcast', 'confirming')
        AND r.failure IS DISTINCT FROM 'transfer_not_seen_on_chain'
    JOIN wbo_data.hot_wallet_transaction t ON t.network = r.network AND t.address = r.hot_wallet AND t.nonce = r.nonce
        AND t.canonical
        AND (r.failure IS DISTINCT FROM 'paid_by_unknown' OR t.explanation IS NOT NULL)
    WHERE n.name = net AND n.agreement > 1
      AND wbo_rule.final_height(n.finality, t.block_number, r.required_confirmations) <= wbo_rule.settled_height(net)
$$;

-- A refund rests on a credit that lost its block, and the record has followed its transfer into another one.
CREATE FUNCTION wbo_rule.waits_for_final(record wbo_data.deposit) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT record.alarm AND NOT record.paid_out AND record.reason = 'reorganised'
       AND record.status IN ('refunding', 'refunded', 'refund_failed')
       AND EXISTS (SELECT FROM wbo_data.chain_transfer t
                   WHERE t.id = record.transfer_id AND t.canonical AND t.amount_base = record.credited_base)
$$;

-- What the worker has to decide now. At most `most` of each kind; the rest comes with the next call.
CREATE FUNCTION wbo_rule.to_decide(net text, most integer, due_at timestamptz) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT jsonb_build_object(
        'records', (SELECT coalesce(jsonb_agg(wbo_rule.record_facts(q.record_no, q.ticket)), '[]') FROM (
            SELECT * FROM wbo_data.deposit_check c WHERE c.network = net AND c.check_after <= due_at
            ORDER BY c.check_after LIMIT most) AS q),
        'due', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                    'record_no', d.record_no, 'version', d.version, 'block_number', t.block_number, 'block_hash',
                        t.block_hash,
                    'txid', t.txid, 'log_index', t.log_index, 'contract', k.contract, 'sender', t.sender, 'recipient',
                        t.recipient,
                    'amount', t.amount_base::text)), '[]')
                FROM ((SELECT x.* FROM wbo_data.deposit x
                       WHERE x.network = net AND x.status = 'processing'
                         AND x.confirm_height <= wbo_rule.settled_height(net)
                       ORDER BY x.confirm_height LIMIT most)
                      UNION ALL
                      -- and credits that a reorganisation took and that are in a final block again
                      (SELECT x.* FROM wbo_data.deposit x
                       WHERE x.network = net AND x.alarm AND x.confirm_height <= wbo_rule.settled_height(net)
                         AND wbo_rule.waits_for_final(x) ORDER BY x.confirm_height LIMIT most)) AS d
                JOIN wbo_data.chain_transfer t ON t.id = d.transfer_id AND wbo_rule.reports_missing(t) = 0
                JOIN wbo_data.cryptocurrency k ON k.id = t.coin_id),
        'wallets', wbo_rule.wallet_cases(net, most),
        'sent', wbo_rule.refunds_to_agree(net),
        'unasked', (SELECT coalesce(jsonb_agg(DISTINCT w.address), '[]') FROM (
            SELECT x.address FROM wbo_data.wallet_address x
            WHERE x.network = net AND x.is_contract IS NULL AND x.status <> 'deleted' ORDER BY x.id LIMIT 40) AS w),
        'checkpoint',
            (SELECT jsonb_build_object('number', c.number, 'hash', c.hash, 'head', c.head_number, 'finalized',
                c.finalized_number,
                                                 'alarm', c.alarm)
                       FROM wbo_data.checkpoint c WHERE c.network = net))
$$;

-- What a node said of wallets' addresses: {"0x…": true} where code is deployed.
CREATE FUNCTION wbo_chain.note_contracts(network text, epoch bigint, contracts jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    PERFORM wbo_rule.hold_lease(note_contracts.network, note_contracts.epoch);
    UPDATE wbo_data.wallet_address w SET is_contract = f.value::boolean
    FROM jsonb_each_text(contracts) AS f
    WHERE w.network = note_contracts.network AND w.address = f.key AND w.is_contract IS DISTINCT FROM f.value::boolean;
END
$$;

-- Transfers of old blocks that were not stored when they passed, because the account or the coin is newer than the
-- block, or the block older than the tracking. Says how many were new, and which of the addresses are ours.
CREATE FUNCTION wbo_chain.record_past_transfers(network text, epoch bigint, blocks jsonb,
    addresses text[]) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
#variable_conflict use_column
DECLARE
    net text := record_past_transfers.network;
    believed jsonb;
    stored bigint[] := '{}';
BEGIN
    PERFORM wbo_rule.hold_lease(net, record_past_transfers.epoch);
    PERFORM wbo_rule.begin_act('track');
    INSERT INTO wbo_data.block (network, number, hash, parent_hash, mined_at)
    SELECT net, b.number, b.hash, b.parent_hash, b.mined_at
    FROM jsonb_to_recordset(blocks) AS b (number bigint, hash text, parent_hash text, mined_at timestamptz)
    WHERE b.number <= (SELECT c.number FROM wbo_data.checkpoint c WHERE c.network = net)
    ON CONFLICT DO NOTHING;
    SELECT coalesce(jsonb_agg(b.value), '[]') INTO believed FROM jsonb_array_elements(blocks) AS b (value)
    JOIN wbo_data.block x ON x.network = net AND x.hash = b.value ->> 'hash' AND x.canonical;
    BEGIN
        stored := wbo_rule.store_transfers(net, believed);
        PERFORM wbo_rule.follow_transfers(stored);
        PERFORM wbo_rule.want_concerned(net, believed, stored);
    EXCEPTION WHEN unique_violation THEN
        stored := '{}';  -- the same log is stored in another block: a reorganisation that is not undone yet
    END;
    RETURN jsonb_build_object('stored', cardinality(stored), 'accounts', (
        SELECT coalesce(jsonb_agg(jsonb_build_object('address', a.address, 'client_no', a.client_no)), '[]')
        FROM wbo_data.custodial_account a
        WHERE a.network = net AND a.deleted_at IS NULL AND a.confirmed_at IS NOT NULL
          AND a.address = ANY (record_past_transfers.addresses)));
END
$$;

-- Round trip 2: the worker's decisions, each by compare-and-set on the version it was made for. records: [{record_no,
-- version, ticket, status, reason, transfer_id, required_confirmations, verdicts, proposal, check_again_seconds}]
-- credits: [{record_no, version, agreed}] sent: [{txid, block_hash, agreed}]
-- transactions that settle refunds wallets: [{wallet_id, version, outcome: seen|verified|failed|expired, transfer_id,
-- evidence, failure}] A decision whose record moved meanwhile is dropped: the record is asked about again. One whose
-- rows somebody holds is left for last and waited for a moment, so that a record held by one is no other's affair.
-- Returns how many were applied.
CREATE FUNCTION wbo_chain.apply_decisions(network text, epoch bigint, decisions jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    net text := apply_decisions.network;
    patience constant interval := make_interval(secs => wbo_rule.session_limit('workers_patience'));
    before constant text := current_setting('lock_timeout');
    one record;
    outcome boolean;
    held jsonb := '[]';
    until_then timestamptz;
    counts jsonb := '{"moved": 0, "credited": 0, "proven": 0, "dropped": 0}';
    named text;
BEGIN
    PERFORM wbo_rule.hold_lease(net, apply_decisions.epoch);
    PERFORM wbo_rule.begin_act('track');
    IF (SELECT c.alarm IS NOT NULL FROM wbo_data.checkpoint c WHERE c.network = net) THEN
        PERFORM wbo_rule.refuse('WB422', 'invariant_broken', '{"rule": "line_stopped"}');
    END IF;
    FOR one IN SELECT * FROM wbo_rule.decisions_in_order(decisions) LOOP
        PERFORM set_config('lock_timeout', '1ms', true);
        outcome := wbo_rule.apply_one(net, one.kind, one.said);
        IF outcome IS NULL THEN
            held := held || jsonb_build_object('kind', one.kind, 'said', one.said);
        ELSE
            named := CASE WHEN outcome THEN one.kind ELSE 'dropped' END;
            counts := jsonb_set(counts, ARRAY[named], to_jsonb((counts ->> named)::integer + 1));
        END IF;
    END LOOP;
    until_then := clock_timestamp() + patience;
    FOR one IN SELECT h.kind, h.said FROM jsonb_to_recordset(held) AS h (kind text, said jsonb) LOOP
        PERFORM set_config('lock_timeout',
            greatest(1, 1000 * extract(epoch FROM until_then - clock_timestamp()))::integer || 'ms', true);
        named := CASE WHEN wbo_rule.apply_one(net, one.kind, one.said) THEN one.kind ELSE 'dropped' END;
        counts := jsonb_set(counts, ARRAY[named], to_jsonb((counts ->> named)::integer + 1));
    END LOOP;
    PERFORM set_config('lock_timeout', before, true);
    IF jsonb_array_length(coalesce(decisions -> 'sent', '[]')) > 0 THEN
        PERFORM wbo_rule.apply_agreement(net, decisions -> 'sent');
    END IF;
    RETURN counts;
END
$$;

-- Wallets first, since records and credits ask whether they are verified.
CREATE FUNCTION wbo_rule.decisions_in_order(decisions jsonb) RETURNS TABLE (kind text, said jsonb)
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT k.kind, e.said
    FROM (VALUES (1, 'wallets', 'proven'), (2, 'records', 'moved'), (3, 'credits', 'credited')) AS k (place, key, kind)
    CROSS JOIN LATERAL jsonb_array_elements(coalesce(decisions -> k.key, '[]')) WITH ORDINALITY AS e (said, number)
    ORDER BY k.place, e.number
$$;

-- One decision: whether it was applied, NULL when somebody holds what it needs.
CREATE FUNCTION wbo_rule.apply_one(net text, kind text, said jsonb) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    RETURN CASE kind WHEN 'proven' THEN wbo_rule.apply_wallet(net, said) WHEN 'moved'
        THEN wbo_rule.apply_record(net, said)
                     ELSE wbo_rule.apply_credit(net, said) END;
EXCEPTION WHEN lock_not_available OR deadlock_detected THEN
    RETURN NULL;
END
$$;

-- The alarm of a credit under a refund ends where the credit would have begun: its transfer is final again, and as many
-- nodes say so as have to. A contradiction leaves it to a person.
CREATE FUNCTION wbo_rule.end_alarm(net text, one jsonb) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    UPDATE wbo_data.deposit d
    SET alarm = NOT (one ->> 'agreed')::boolean,
        reason = CASE WHEN NOT (one ->> 'agreed')::boolean THEN 'nodes_disagree' END
    WHERE d.record_no = one ->> 'record_no' AND d.version = (one ->> 'version')::integer AND d.network = net
      AND wbo_rule.waits_for_final(d) AND d.confirm_height <= wbo_rule.settled_height(net);
    RETURN FOUND;
END
$$;

-- Credits what arrived; or, when the nodes contradict one another about it, sets the record aside. What the guard
-- refuses (a wallet deleted, a minimum raised since it was judged) is judged again.
CREATE FUNCTION wbo_rule.apply_credit(net text, one jsonb) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    IF wbo_rule.end_alarm(net, one) THEN
        RETURN true;
    ELSIF (one ->> 'agreed')::boolean THEN
        UPDATE wbo_data.deposit d
        SET status = 'success', reason = NULL, credited_base = t.amount_base, credited_at = clock_timestamp()
        FROM wbo_data.chain_transfer t
        WHERE t.id = d.transfer_id AND d.record_no = one ->> 'record_no' AND d.version = (one ->> 'version')::integer
          AND d.network = net AND d.status = 'processing';
        RETURN FOUND;
    END IF;
    UPDATE wbo_data.deposit d SET status = 'abnormal', reason = 'nodes_disagree', confirm_height = NULL
    WHERE d.record_no = one ->> 'record_no' AND d.version = (one ->> 'version')::integer AND d.network = net
        AND d.status = 'processing';
    RETURN false;
EXCEPTION WHEN SQLSTATE 'WB422' THEN
    UPDATE wbo_data.deposit d SET status = 'pending_auth', reason = 'transfer_not_seen', transfer_id = NULL,
        confirm_height = NULL
    WHERE d.record_no = one ->> 'record_no' AND d.network = net AND d.status = 'processing';
    PERFORM wbo_rule.want_check(one ->> 'record_no', net);
    RETURN false;
END
$$;

CREATE FUNCTION wbo_rule.apply_record(net text, one jsonb) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    d wbo_data.deposit;
    becomes text := one ->> 'status';
    transfer bigint := (one ->> 'transfer_id')::bigint;
    required integer;
BEGIN
    SELECT * INTO d FROM wbo_data.deposit x WHERE x.record_no = one ->> 'record_no' AND x.network = net FOR UPDATE;
    IF d.version IS DISTINCT FROM (one ->> 'version')::integer OR d.status NOT IN ('pending_auth', 'abnormal')
        OR d.alarm THEN
        -- Moved meanwhile. What is past judging leaves the queue (credited money that a reorganisation took waits for
        -- an operator); the rest stays in it.
        DELETE FROM wbo_data.deposit_check c WHERE c.record_no = one ->> 'record_no'
            AND (d.status NOT IN ('pending_auth', 'abnormal') OR d.alarm);
        RETURN false;
    END IF;
    IF one -> 'check_again_seconds' <> 'null' THEN
        UPDATE wbo_data.deposit_check c SET check_after = clock_timestamp(
            ) + make_interval(secs => (one ->> 'check_again_seconds')::double precision)
        WHERE c.record_no = d.record_no AND c.ticket = (one ->> 'ticket')::bigint;
    ELSE
        DELETE FROM wbo_data.deposit_check c WHERE c.record_no = d.record_no AND c.ticket = (one ->> 'ticket')::bigint;
    END IF;
    IF becomes NOT IN ('pending_auth', 'processing', 'abnormal') THEN
        -- Judging a record never ends it: revoking and deleting are operators' acts.
        PERFORM wbo_rule.refuse_status('deposit', d.record_no, d.status, becomes);
    END IF;
    IF becomes IS NULL THEN
        RETURN true;  -- nothing could be said yet
    END IF;
    -- From abnormal, a record is only ever looked at again by way of pending_auth.
    IF d.status = 'abnormal' AND becomes <> 'abnormal' THEN
        UPDATE wbo_data.deposit x SET status = 'pending_auth', reason = NULL, transfer_id = NULL
            WHERE x.record_no = d.record_no;
        d.status := 'pending_auth';
    END IF;
    required := coalesce((one ->> 'required_confirmations')::integer, d.required_confirmations);
    UPDATE wbo_data.deposit x
    SET status = becomes, reason = one ->> 'reason', transfer_id = transfer,
        verdicts = coalesce(one -> 'verdicts', x.verdicts),
        proposal = coalesce(one -> 'proposal', x.proposal),
        txid = coalesce(x.txid,
            (SELECT t.txid FROM wbo_data.chain_transfer t WHERE t.id = transfer AND becomes = 'processing')),
        required_confirmations = required,
        confirm_height = CASE WHEN becomes = 'processing' THEN wbo_rule.confirm_height(transfer, required) END,
        first_seen_at = coalesce(x.first_seen_at, CASE WHEN transfer IS NOT NULL THEN clock_timestamp() END)
    WHERE x.record_no = d.record_no
      AND (x.status, x.reason, x.transfer_id, x.verdicts, x.proposal)
          IS DISTINCT FROM (becomes, one ->> 'reason', transfer, coalesce(one -> 'verdicts', x.verdicts),
          coalesce(one -> 'proposal', x.proposal));
    RETURN true;
EXCEPTION WHEN unique_violation OR SQLSTATE 'WB422' THEN
    -- Another record took this transfer a moment ago, or the guard sees newer facts; this one is asked about again.
    PERFORM wbo_rule.want_check(one ->> 'record_no', net);
    UPDATE wbo_data.deposit_check c SET check_after = clock_timestamp() + interval '1 second'
        WHERE c.record_no = one ->> 'record_no';
    RETURN false;
END
$$;

CREATE FUNCTION wbo_rule.apply_wallet(net text, one jsonb) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    w wbo_data.wallet_address;
    other text;
BEGIN
    SELECT * INTO w FROM wbo_data.wallet_address x WHERE x.id = (one ->> 'wallet_id')::bigint
        AND x.network = net FOR UPDATE;
    IF w.version IS DISTINCT FROM (one ->> 'version')::integer OR w.status <> 'verifying' THEN
        RETURN false;
    END IF;
    IF one ->> 'outcome' IN ('seen', 'verified') AND w.method = 'micro_payment' THEN
        UPDATE wbo_data.chain_transfer t SET purpose = 'wallet_verification'
            WHERE t.id = (one ->> 'transfer_id')::bigint AND t.purpose <> 'wallet_verification';
        UPDATE wbo_data.transfer_holder h SET wallet_id = w.id FROM wbo_data.chain_transfer t
        WHERE t.id = (one ->> 'transfer_id')::bigint AND h.network = t.network AND h.txid = t.txid
          AND h.coin_id = t.coin_id AND h.custodial_id = t.custodial_id AND h.position = wbo_rule.place_of(t)
          AND h.wallet_id IS NULL;
    END IF;
    IF one ->> 'outcome' = 'verified' THEN
        other := wbo_rule.other_owner(w);
    END IF;
    IF other IS NOT NULL THEN
        UPDATE wbo_data.wallet_address x SET status = 'unverified', failure = 'wallet_of_other_client'
            WHERE x.id = w.id;
    ELSIF one ->> 'outcome' = 'verified' THEN
        UPDATE wbo_data.wallet_address x SET status = 'verified',
            transfer_id = coalesce((one ->> 'transfer_id')::bigint, x.transfer_id),
            evidence = one -> 'evidence', failure = NULL, verified_at = clock_timestamp(), verified_by = session_user
                WHERE x.id = w.id;
    ELSIF one ->> 'outcome' = 'seen' THEN
        UPDATE wbo_data.wallet_address x SET transfer_id = (one ->> 'transfer_id')::bigint, failure = NULL
        WHERE x.id = w.id AND x.transfer_id IS DISTINCT FROM (one ->> 'transfer_id')::bigint;
    ELSIF one ->> 'outcome' = 'expired' THEN
        -- A payment that the wallet did not sign stays said: waiting for it again would be in vain.
        UPDATE wbo_data.wallet_address x SET status = 'unverified', transfer_id = NULL,
            failure = CASE x.failure WHEN 'not_signed_by_wallet' THEN x.failure ELSE 'expired' END WHERE x.id = w.id;
    ELSE
        UPDATE wbo_data.wallet_address x SET transfer_id = NULL,
            failure = coalesce(one ->> 'failure', 'signature_wrong')
        WHERE x.id = w.id;
    END IF;
    RETURN true;
EXCEPTION WHEN unique_violation OR SQLSTATE 'WB422' THEN
    RETURN false;  -- the guard sees newer facts; it is asked about again
END
$$;

-- Undoes what was built on blocks above `to_number`, in one transaction: they are marked, nothing is deleted.
CREATE FUNCTION wbo_chain.rewind(network text, epoch bigint, expected_hash text, to_number bigint) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
#variable_conflict use_column
DECLARE
    net text := rewind.network;
    mark wbo_data.checkpoint;
    ancestor wbo_data.block;
    orphans bigint[];
    result jsonb;
BEGIN
    PERFORM wbo_rule.hold_lease(net, rewind.epoch);
    PERFORM wbo_rule.begin_act('reorganise');
    SELECT * INTO mark FROM wbo_data.checkpoint c WHERE c.network = net FOR UPDATE;
    SELECT * INTO ancestor FROM wbo_data.block b WHERE b.network = net AND b.number = to_number AND b.canonical;
    IF mark.hash IS DISTINCT FROM expected_hash THEN
        PERFORM wbo_rule.refuse('WB409', 'checkpoint_moved',
            jsonb_build_object('network', net, 'expected', expected_hash, 'actual', mark.hash));
    ELSIF ancestor.hash IS NULL THEN
        PERFORM wbo_rule.refuse_unknown('block', to_number::text);
    ELSIF to_number < mark.finalized_number THEN
        PERFORM wbo_rule.refuse('WB422', 'finality_violated',
            jsonb_build_object('network', net, 'number', to_number + 1));
    END IF;
    UPDATE wbo_data.block b SET canonical = false, orphaned_at = clock_timestamp()
        WHERE b.network = net AND b.number > to_number AND b.canonical;
    WITH gone AS (
        UPDATE wbo_data.chain_transfer t SET canonical = false, orphaned_at = clock_timestamp()
        WHERE t.network = net AND t.block_number > to_number AND t.canonical RETURNING t.id)
    SELECT coalesce(array_agg(id), '{}') INTO orphans FROM gone;
    UPDATE wbo_data.hot_wallet_transaction t SET canonical = false
        WHERE t.network = net AND t.block_number > to_number AND t.canonical;

    result := wbo_rule.undo_deposits(net, orphans);
    PERFORM wbo_rule.undo_refunds(net, to_number);
    PERFORM wbo_rule.undo_balances(net, to_number);
    UPDATE wbo_data.wallet_address w SET status = coalesce(u.to_status, w.status), transfer_id = NULL,
        verified_at = NULL, verified_by = NULL, evidence = NULL, failure = u.reason,
            expires_at = clock_timestamp() + interval '24 hours'
    FROM wbo_data.undo_move u
    WHERE w.transfer_id = ANY (orphans) AND u.object_type = 'wallet' AND u.from_status = w.status;
    UPDATE wbo_data.checkpoint c SET number = ancestor.number, hash = ancestor.hash WHERE c.network = net;
    RETURN result || jsonb_build_object('transfers', cardinality(orphans), 'depth', mark.number - to_number);
END
$$;

CREATE FUNCTION wbo_rule.undo_deposits(net text, orphans bigint[]) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    waiting text[];
    alarmed text[];
BEGIN
    -- Those that stay as they are keep pointing at what they were judged by until they are judged again.
    PERFORM wbo_rule.want_check(d.record_no, net) FROM wbo_data.deposit d
    JOIN wbo_data.undo_move u ON u.object_type = 'deposit' AND u.from_status = d.status AND u.judged_again
    WHERE d.transfer_id = ANY (orphans) AND NOT d.alarm;
    WITH undone AS (
        UPDATE wbo_data.deposit d SET status = coalesce(u.to_status, d.status), reason = u.reason,
            confirm_height = NULL,
            transfer_id = CASE WHEN NOT u.detached THEN d.transfer_id END, alarm = d.alarm OR u.alarm
        FROM wbo_data.undo_move u
        WHERE d.transfer_id = ANY (orphans) AND u.object_type = 'deposit' AND u.from_status = d.status
            AND u.reason IS NOT NULL
        RETURNING d.record_no, u.alarm)
    SELECT coalesce(array_agg(record_no) FILTER (WHERE NOT alarm), '{}'),
        coalesce(array_agg(record_no) FILTER (WHERE alarm), '{}')
    INTO waiting, alarmed FROM undone;
    RETURN jsonb_build_object('waiting', to_jsonb(waiting), 'alarmed', to_jsonb(alarmed));
END
$$;

-- Stops the line loudly: a finalized hash changed, or an endpoint serves another chain. Cleared by the owner.
CREATE FUNCTION wbo_chain.raise_alarm(network text, epoch bigint, alarm text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    PERFORM wbo_rule.hold_lease(raise_alarm.network, raise_alarm.epoch);
    PERFORM wbo_rule.begin_act('raise_alarm');
    UPDATE wbo_data.checkpoint c SET alarm = left(raise_alarm.alarm, 500)
    WHERE c.network = raise_alarm.network AND c.alarm IS DISTINCT FROM left(raise_alarm.alarm, 500);
END
$$;

-- The owner's word that the line may go on, after somebody has looked. With `forget_finality` also that the finalized
-- blocks that are no longer the chain may be undone.
CREATE FUNCTION wbo_rule.clear_alarm(of_network text, remark text, forget_finality boolean DEFAULT false) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    PERFORM wbo_rule.begin_act('clear_alarm', wbo_rule.require_text('remark', remark, 500));
    UPDATE wbo_data.checkpoint c
    SET alarm = NULL, finalized_number = CASE WHEN NOT forget_finality THEN c.finalized_number END
    WHERE c.network = of_network AND c.alarm IS NOT NULL;
    IF NOT FOUND THEN
        PERFORM wbo_rule.refuse_unknown('alarm', of_network);
    END IF;
END
$$;
CREATE TRIGGER y_audit AFTER UPDATE OF alarm ON wbo_data.checkpoint FOR EACH ROW
    WHEN (OLD.alarm IS DISTINCT FROM NEW.alarm)
    EXECUTE FUNCTION wbo_rule.write_audit('network', 'network',
        'number,hash,head_number,finalized_number,head_seen_at,block_seconds');

CREATE FUNCTION wbo_chain.seal_audit(most integer) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, wbo,
    pg_temp AS $$ SELECT wbo_rule.seal_entries(least(most, 10000)) $$;
