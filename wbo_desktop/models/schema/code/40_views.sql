-- What may be read. Amounts are shown in units of the coin; each view's readers are in 90_grants.sql.

CREATE SCHEMA wbo;

CREATE VIEW wbo.schema_version AS
SELECT max(version) AS version, jsonb_object_agg(name, sha256) AS migrations FROM wbo_data.schema_migration;

CREATE VIEW wbo.policy AS SELECT name, value, updated_at, updated_by FROM wbo_data.policy;

-- What every operator needs of networks and coins: no node's address, no limit.
CREATE VIEW wbo.chain_health AS
SELECT n.name AS network, n.chain_id, n.explorer_tx_url, n.explorer_address_url, c.head_number, c.head_seen_at,
    c.number AS checkpoint_number, c.block_seconds, c.alarm,
       l.holder AS worker, l.expires_at AS worker_until, l.health -> 'state' AS worker_state
FROM wbo_data.network n
LEFT JOIN wbo_data.checkpoint c ON c.network = n.name
LEFT JOIN wbo_data.worker_lease l ON l.network = n.name;

-- How far the server's log was read, for administrators.
CREATE VIEW wbo.log_reading AS
SELECT w.looked_at, w.behind_bytes, w.behind_since, EXISTS (SELECT FROM wbo_data.log_file) AS collects
    FROM wbo_data.watch w;

-- What moves when something changes, cheap enough to be read all day: the log's newest entry, how far each chain is
-- followed, the newest transfer. A desktop that listens finds by it what no notification told.
CREATE VIEW wbo.change_mark AS
SELECT (SELECT max(e.seq) FROM wbo_data.audit_entry e) AS recorded,
       (SELECT string_agg(concat_ws(' ', h.network, h.checkpoint_number, h.head_number, h.alarm, h.worker,
                                    h.worker_state ->> 'code'), ', ' ORDER BY h.network) FROM wbo.chain_health h)
                                        AS followed,
       (SELECT max(t.id) FROM wbo_data.chain_transfer t) AS seen;

CREATE VIEW wbo.network AS
SELECT n.name, n.chain_id, n.finality, n.rpc_urls, n.explorer_tx_url, n.explorer_address_url, n.txid_grace_seconds,
       n.agreement, n.worker_agreement, h.head_number, h.head_seen_at, h.checkpoint_number, h.worker, h.worker_until,
       h.alarm, n.version, n.updated_at
FROM wbo_data.network n JOIN wbo.chain_health h ON h.network = n.name;

CREATE VIEW wbo.cryptocurrency AS
SELECT code, network, name_en, name_zh_hk, name_zh_cn, contract::text, decimals,
       wbo_rule.to_units(minimum_base, decimals) AS minimum_deposit, confirmations, wallet_rule, deposit_enabled,
       credit_tolerance,
       (SELECT coalesce(
       jsonb_agg(jsonb_build_object('from', wbo_rule.to_units((s ->> 'from_base')::numeric, decimals)::text,
                                                                        'confirmations',
                                                                            (s ->> 'confirmations')::integer)), '[]')
                          FROM jsonb_array_elements(confirmation_steps) AS s) AS confirmation_steps, approvals_needed,
       wbo_rule.to_units(two_approvals_above_base, decimals) AS two_approvals_above, cooling_off_hours,
       wbo_rule.to_units(daily_refund_limit_base, decimals) AS daily_refund_limit,
       wbo_rule.to_units(alert_level_base, decimals) AS alert_level,
       wbo_rule.to_units(stop_level_base, decimals) AS stop_level,
       remark, version, updated_at
FROM wbo_data.cryptocurrency;

CREATE VIEW wbo.coin AS
SELECT code, network, name_en, name_zh_hk, name_zh_cn, contract::text, decimals,
       wbo_rule.to_units(minimum_base, decimals) AS minimum_deposit, confirmations, deposit_enabled, id AS coin_id
FROM wbo_data.cryptocurrency;

CREATE VIEW wbo.client AS
SELECT client_no, securities_account, name_en, name_zh_hk, name_zh_cn, identity_verified, language FROM wbo_data.client;

CREATE VIEW wbo.custodial_account AS
SELECT a.id AS account_id, a.channel, a.network, a.address::text, a.client_no, c.name_en AS client_name,
    c.name_zh_hk AS client_name_zh_hk, c.name_zh_cn AS client_name_zh_cn, a.assigned_at, a.created_at, a.version,
       CASE WHEN a.client_no IS NOT NULL THEN 'assigned' WHEN a.confirmed_at IS NULL THEN 'importing'
            WHEN a.delete_asked_at IS NOT NULL THEN 'deleting' ELSE 'free' END AS state,
       a.import_id, i.imported_by, i.imported_at, i.decided_by AS confirmed_by, a.confirmed_at,
       a.delete_asked_by, a.delete_asked_at, a.delete_asked_remark,
       CASE WHEN a.client_no IS NULL AND (a.confirmed_at IS NULL OR a.delete_asked_at IS NOT NULL)
            THEN wbo_rule.is_my_hand(coalesce(a.delete_asked_hand, i.imported_hand)) END AS asked_by_own_hand
FROM wbo_data.custodial_account a LEFT JOIN wbo_data.client c USING (client_no)
LEFT JOIN wbo_data.custodial_import i ON i.id = a.import_id
WHERE a.deleted_at IS NULL;

-- What waits for somebody of another hand: whole imports, and deletions.
CREATE VIEW wbo.custodial_request AS
SELECT 'import ' || i.id AS request, i.imported_by AS asked_by, i.imported_at AS asked_at,
    wbo_rule.is_my_hand(i.imported_hand) AS asked_by_own_hand
FROM wbo_data.custodial_import i
WHERE i.state = 'waiting'
    AND EXISTS (SELECT FROM wbo_data.custodial_account a WHERE a.import_id = i.id AND a.deleted_at IS NULL)
UNION ALL
SELECT 'deletion ' || a.id, a.delete_asked_by, a.delete_asked_at, wbo_rule.is_my_hand(a.delete_asked_hand)
FROM wbo_data.custodial_account a
WHERE a.delete_asked_at IS NOT NULL AND a.deleted_at IS NULL AND a.client_no IS NULL;

CREATE VIEW wbo.wallet_address AS
SELECT w.id AS wallet_id, w.client_no, c.name_en AS client_name, c.name_zh_hk AS client_name_zh_hk,
    c.name_zh_cn AS client_name_zh_cn, w.network, w.address::text, w.status, w.method, w.challenge, w.signature,
       m.code AS micro_coin, wbo_rule.to_units(w.micro_amount_base, m.decimals) AS micro_amount, w.micro_target::text,
       w.expires_at AS micro_expires_at, t.txid::text AS micro_txid,
       CASE WHEN t.canonical THEN greatest(0, p.head_number - t.block_number + 1) END AS micro_confirmations,
       m.confirmations AS micro_required, w.evidence, w.failure, w.remark, w.created_at, w.created_by, w.verified_at,
       w.verified_by,
       w.deleted_at, w.deleted_by, w.delete_remark, o.client_no AS other_client_no, w.shared_override, w.version,
       w.updated_at,
       w.is_contract, i.label AS known_as, w.added_hand <> '{}' AS added_by_desk, w.begun_by,
       wbo_rule.cools_until(w.verified_at, w.added_hand, 0) AS cools_until, w.shared_with,
       w.shared_asked_by, w.shared_asked_at, w.shared_asked_with, w.shared_asked_remark, w.shared_agreed_by,
       w.shared_agreed_at,
       CASE WHEN w.shared_asked_at IS NOT NULL AND w.status <> 'deleted' THEN 'waiting'
            WHEN w.shared_override THEN 'allowed' END AS sharing,
       CASE WHEN w.shared_asked_at IS NOT NULL THEN wbo_rule.is_my_hand(w.shared_asked_hand) END AS asked_by_own_hand
FROM wbo_data.wallet_address w
JOIN wbo_data.client c USING (client_no)
LEFT JOIN wbo_data.known_address i ON i.network = w.network AND i.address = w.address
LEFT JOIN wbo_data.cryptocurrency m ON m.id = w.micro_coin_id
LEFT JOIN wbo_data.chain_transfer t ON t.id = w.transfer_id
LEFT JOIN wbo_data.checkpoint p ON p.network = w.network
LEFT JOIN LATERAL (
    SELECT x.client_no FROM wbo_data.wallet_address x
    WHERE x.network = w.network AND x.address = w.address AND x.client_no <> w.client_no
        AND x.status = 'verified' LIMIT 1
) o ON true;

-- Sharing that waits for somebody of another hand.
CREATE VIEW wbo.wallet_request AS
SELECT w.id AS wallet_id, w.shared_asked_by AS asked_by, w.shared_asked_at AS asked_at,
       wbo_rule.is_my_hand(w.shared_asked_hand) AS asked_by_own_hand
FROM wbo_data.wallet_address w WHERE w.shared_asked_at IS NOT NULL AND w.status <> 'deleted';

CREATE VIEW wbo.deposit_record AS
SELECT d.record_no, d.external_serial, d.client_no, c.name_en AS client_name, c.name_zh_hk AS client_name_zh_hk,
    c.name_zh_cn AS client_name_zh_cn, c.securities_account, k.code AS coin, d.network, k.decimals,
       wbo_rule.to_units(d.claimed_base, k.decimals) AS claimed_amount,
       wbo_rule.to_units(t.amount_base, k.decimals) AS observed_amount,
       wbo_rule.to_units(d.credited_base, k.decimals) AS credited_amount,
       d.source_address, t.sender::text AS observed_source, d.target_address, d.txid::text, t.log_index,
       t.block_number, t.block_hash::text,
       CASE WHEN t.canonical THEN greatest(0, p.head_number - t.block_number + 1) ELSE 0 END AS confirmations,
       d.required_confirmations, d.status, d.reason, d.verdicts, d.proposal, d.alarm, d.version, a.requested_at,
       d.created_at, d.first_seen_at,
       d.credited_at, d.updated_at, d.remark, w.id AS wallet_id, w.status AS wallet_status,
       s.client_no AS custodial_client_no,
       CASE WHEN d.status = 'processing' AND t.id IS NOT NULL THEN wbo_rule.reports_missing(t) ELSE 0 END
       AS reports_missing,
       r.refund_no, r.status AS refund_status, p.head_number AS network_head, p.head_seen_at, p.block_seconds,
       t.txid::text AS observed_txid
FROM wbo_data.deposit d
JOIN wbo_data.client c USING (client_no)
JOIN wbo_data.cryptocurrency k ON k.id = d.coin_id
JOIN wbo_data.deposit_application a USING (external_serial)
LEFT JOIN wbo_data.chain_transfer t ON t.id = d.transfer_id
LEFT JOIN wbo_data.checkpoint p ON p.network = d.network
LEFT JOIN wbo_data.wallet_address w
    ON w.client_no = d.client_no AND w.network = d.network AND w.address = d.source_address AND w.status <> 'deleted'
LEFT JOIN wbo_data.custodial_account s ON s.network = d.network AND s.address = d.target_address
    AND s.deleted_at IS NULL
LEFT JOIN LATERAL (
    SELECT x.refund_no, x.status FROM wbo_data.refund x WHERE x.record_no = d.record_no
        ORDER BY x.requested_at DESC LIMIT 1
) r ON true;

CREATE VIEW wbo.deposit_application AS
SELECT a.external_serial, d.record_no, a.client_no, c.name_en AS client_name, c.name_zh_hk AS client_name_zh_hk,
    c.name_zh_cn AS client_name_zh_cn, c.securities_account, k.code AS coin, k.network, k.decimals,
       wbo_rule.to_units(a.amount_base, k.decimals) AS amount, a.source_address, a.target_address, a.txid::text,
       a.requested_at,
       d.created_at AS received_at, d.status, d.reason, d.verdicts, a.deleted_at, a.deleted_by, a.delete_remark,
       d.version
FROM wbo_data.deposit_application a
JOIN wbo_data.deposit d USING (external_serial)
JOIN wbo_data.client c ON c.client_no = a.client_no
JOIN wbo_data.cryptocurrency k ON k.id = a.coin_id;

-- Barriers: no condition of the reader's own runs on a row that the view keeps back.
CREATE VIEW wbo.deposit_timeline WITH (security_barrier) AS
SELECT e.object_id AS record_no, e.seq, e.at, e.operator, e.workstation, e.action,
    e.before ->> 'status' AS before_status,
       e.after ->> 'status' AS after_status, e.after ->> 'reason' AS reason, e.remark
FROM wbo_data.audit_entry e WHERE e.object_type = 'deposit';

CREATE VIEW wbo.refund_attempt AS
SELECT a.refund_no, a.attempt, a.txid::text, a.nonce, a.max_fee_per_gas, a.max_priority_fee_per_gas, a.gas_limit,
    a.signed_at, a.broadcast_at,
       CASE WHEN t.txid IS NOT NULL THEN CASE WHEN t.succeeded THEN 'mined' ELSE 'reverted' END
            WHEN a.broadcast_at IS NOT NULL THEN 'broadcast' ELSE 'signed' END AS state,
       t.block_number, a.last_answer
FROM wbo_data.refund_attempt a
LEFT JOIN wbo_data.hot_wallet_transaction t ON t.txid = a.txid AND t.canonical;

CREATE VIEW wbo.refund AS
SELECT r.refund_no, r.record_no, r.client_no, c.name_en AS client_name, c.name_zh_hk AS client_name_zh_hk,
    c.name_zh_cn AS client_name_zh_cn, c.language AS client_language, k.code AS coin, r.network, n.chain_id,
       k.contract::text AS token, k.decimals, r.status, wbo_rule.to_units(r.amount_base, k.decimals) AS amount,
       r.amount_base::numeric,
       wbo_rule.to_units(d.credited_base, k.decimals) AS credited_amount, r.address::text, r.wallet_id,
       w.method AS wallet_method,
       w.verified_at AS wallet_verified_at, r.adjust_reason, r.remark, r.intent, r.intent_hash, r.approvals_needed,
       coalesce((SELECT jsonb_agg(jsonb_build_object('login', a.login, 'at', a.at, 'hand', a.hand) ORDER BY a.at)
                 FROM wbo_data.refund_approval a WHERE a.refund_no = r.refund_no), '[]') AS approvals,
       r.requested_by, r.requested_at, r.approved_by, r.approved_at, r.executed_by, r.executed_at, r.closed_by,
       r.closed_at, r.close_remark,
       r.hot_wallet::text, r.nonce, r.txid::text, wbo_rule.to_units(r.fee_paid_wei, 18) AS fee_paid,
       (SELECT f.code FROM wbo_data.cryptocurrency f WHERE f.network = r.network AND f.contract IS NULL LIMIT 1)
       AS fee_coin, r.block_number, r.block_hash::text,
       CASE WHEN r.block_number IS NULL THEN 0 ELSE greatest(0, p.head_number - r.block_number + 1) END
       AS confirmations,
       r.required_confirmations, r.failure, r.notified_at, r.notified_by, r.notified_channel, r.notified_remark,
       r.version, r.updated_at,
       p.head_number AS network_head, p.head_seen_at, p.block_seconds, w.is_contract, i.label AS known_as,
       r.receiver_acknowledged, r.requested_hand,
       w.created_by AS wallet_added_by, w.created_at AS wallet_added_at, w.added_hand <> '{}' AS wallet_added_by_desk
FROM wbo_data.refund r
JOIN wbo_data.deposit d USING (record_no)
JOIN wbo_data.client c ON c.client_no = r.client_no
JOIN wbo_data.cryptocurrency k ON k.id = r.coin_id
JOIN wbo_data.network n ON n.name = r.network
JOIN wbo_data.wallet_address w ON w.id = r.wallet_id
LEFT JOIN wbo_data.known_address i ON i.network = r.network AND i.address = r.address
LEFT JOIN wbo_data.checkpoint p ON p.network = r.network;

-- What of the client's wallets a refund may be sent to, for those who may request one.
CREATE VIEW wbo.refund_address WITH (security_barrier) AS
SELECT w.id AS wallet_id, w.client_no, w.network, w.address::text, w.method, w.verified_at, w.is_contract,
    i.label AS known_as,
       w.created_by AS added_by, w.added_hand <> '{}' AS added_by_desk,
       -- by coin, since each may ask for longer
       (SELECT jsonb_object_agg(k.code, wbo_rule.cools_until(w.verified_at, w.added_hand, k.cooling_off_hours))
        FROM wbo_data.cryptocurrency k WHERE k.network = w.network) AS cools_until
FROM wbo_data.wallet_address w
LEFT JOIN wbo_data.known_address i ON i.network = w.network AND i.address = w.address
WHERE w.status = 'verified';

CREATE VIEW wbo.hot_wallet AS
SELECT h.network, h.address::text, h.balances, h.fee_estimate,
       (SELECT k.code FROM wbo_data.cryptocurrency k WHERE k.network = h.network AND k.contract IS NULL LIMIT 1)
       AS fee_coin, h.stopped_reason, h.checked_at, h.next_nonce,
       coalesce((SELECT jsonb_agg(jsonb_build_object('coin', k.code, 'level',
                        CASE WHEN (h.balances ->> k.code)::numeric <= wbo_rule.to_units(k.stop_level_base, k.decimals)
                            THEN 'stop' ELSE 'alert' END))
                 FROM wbo_data.cryptocurrency k
                 WHERE k.network = h.network AND (h.balances ->> k.code)::numeric
                       <= wbo_rule.to_units(greatest(k.alert_level_base, k.stop_level_base), k.decimals)), '[]')
                       AS alerts
FROM wbo_data.hot_wallet h;

-- Money that arrived and belongs to no record, with the client it most likely is from.
CREATE VIEW wbo.unmatched_transfer AS
SELECT t.id AS transfer_id, t.network, k.code AS coin, k.decimals,
    wbo_rule.to_units(t.amount_base, k.decimals) AS amount,
       t.sender::text, t.recipient::text, t.txid::text, t.log_index, t.block_number, t.block_hash::text,
       greatest(0, p.head_number - t.block_number + 1) AS confirmations, t.seen_at,
       coalesce(a.client_no, w.client_no) AS likely_client_no, c.name_en AS likely_client_name,
       c.name_zh_hk AS likely_client_name_zh_hk, c.name_zh_cn AS likely_client_name_zh_cn
FROM wbo_data.unmatched u
JOIN wbo_data.chain_transfer t ON t.id = u.transfer_id
JOIN wbo_data.cryptocurrency k ON k.id = t.coin_id
JOIN wbo_data.custodial_account a ON a.id = t.custodial_id
LEFT JOIN wbo_data.checkpoint p ON p.network = t.network
LEFT JOIN LATERAL (
    SELECT x.client_no FROM wbo_data.wallet_address x
    WHERE x.network = t.network AND x.address = t.sender AND x.status <> 'deleted'
        ORDER BY x.status = 'verified' DESC, x.id LIMIT 1
) w ON true
LEFT JOIN wbo_data.client c ON c.client_no = coalesce(a.client_no, w.client_no)
WHERE t.canonical AND t.purpose = 'deposit';

CREATE VIEW wbo.operator AS
SELECT o.login, o.display_name, o.language, o.must_change_password, o.disabled_at, o.disabled_by, o.locked_until,
    o.created_at, o.created_by, o.version,
       o.password_issued_by, o.password_issued_at, o.password_foreign_at, (
           SELECT r.requested_by FROM wbo_data.change_request r WHERE r.state = 'waiting' AND r.object_id = o.login
             AND r.kind IN ('create_operator', 'enable_operator', 'reset_password') ORDER BY r.id LIMIT 1)
             AS waiting_by,
       coalesce((SELECT array_agg(g.permission_code ORDER BY g.permission_code) FROM wbo_data.permission_grant g
                 WHERE g.login = o.login AND g.state = 'granted'), '{}') AS permissions
FROM wbo_data.operator o;

-- Everybody's own hand, for what they may read about themselves.
CREATE FUNCTION wbo.my_hand() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT wbo_rule.hand(session_user::text)
$$;

-- What waits for, or was decided by, an administrator of another hand. `for_me`: whether the reader may decide it.
CREATE VIEW wbo.permission_request AS
SELECT r.id AS request_id, r.kind, r.object_id,
       CASE WHEN r.kind IN ('create_operator', 'enable_operator', 'reset_password', 'grant_permission')
            THEN split_part(r.object_id, ' ', 1) END AS login,
       r.payload ->> 'permission' AS permission_code, r.before, r.payload, r.requested_by, r.requested_hand,
       r.requested_at,
       r.state, r.decided_by, r.decided_at, r.decide_remark,
       r.state = 'waiting' AND NOT r.requested_hand && (SELECT wbo.my_hand()) AND NOT (
           r.kind IN ('create_operator', 'enable_operator', 'reset_password', 'grant_permission')
           AND split_part(r.object_id, ' ', 1) = session_user) AS for_me
FROM wbo_data.change_request r;

CREATE VIEW wbo.audit_log AS
SELECT e.seq, e.at, e.operator, e.workstation, e.action, e.object_type, e.object_id, e.before, e.after, e.remark,
       encode(s.hash, 'hex') AS hash, s.sealed_at
FROM wbo_data.audit_entry e LEFT JOIN wbo_data.audit_seal s USING (seq);
