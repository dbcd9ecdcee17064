-- Very many records, written set-wise and past every trigger: many.records deposits of many.clients clients, whose
-- activity is skewed (the busiest has about 5 %), with what hangs on them. Only a superuser of a made-up world can do
-- this.

SET LOCAL session_replication_role = replica;
SET LOCAL synchronous_commit = off;
SET LOCAL work_mem = '256MB';
SELECT setseed(0.5);

INSERT INTO wbo_data.client (client_no, securities_account, name_en, name_zh_hk, name_zh_cn, identity_verified)
SELECT 'M' || lpad(i::text, 7, '0'), '88-' || lpad(i::text, 7, '0') || '-30', 'Client ' || i, '客戶' || i, '客户' || i, true
FROM generate_series(1, current_setting('many.clients')::integer) AS i;

-- A coin that nobody pays in, and one that few do.
INSERT INTO wbo_data.cryptocurrency (code, network, name_en, name_zh_hk, name_zh_cn, contract, decimals, confirmations)
VALUES ('USDT', 'Ethereum', 'Tether USD', '泰達幣', '泰达币', '0x00000000000000000000000000000000000000a1', 6, 3),
       ('RARE', 'Ethereum', 'Rare', '稀有幣', '稀有币', '0x00000000000000000000000000000000000000a2', 6, 3),
       ('NONE', 'Ethereum', 'None', '無人幣', '无人币', '0x00000000000000000000000000000000000000a3', 6, 3);

INSERT INTO wbo_data.custodial_account (channel, network, address, client_no, assigned_at, created_at, confirmed_at)
SELECT 'OSL', 'Ethereum', '0x' || substr(encode(sha256(('account' || i)::bytea), 'hex'), 1, 40),
    'M' || lpad(i::text, 7, '0'),
       now() - interval '900 days', now() - i * interval '10 minutes', now() - interval '900 days'
FROM generate_series(1, current_setting('many.clients')::integer) AS i;

INSERT INTO wbo_data.wallet_address (client_no, network, address, status, method, evidence, verified_at, verified_by,
    created_at)
SELECT 'M' || lpad(i::text, 7, '0'), 'Ethereum', '0x' || substr(encode(sha256(('wallet' || i)::bytea), 'hex'), 1, 40),
    'verified',
       'message_signature', '{}', now() - interval '900 days', 'worker', now() - i * interval '10 minutes'
FROM generate_series(1, current_setting('many.clients')::integer) AS i;

CREATE TEMPORARY TABLE made ON COMMIT DROP AS
SELECT i, now() - i * (interval '1000 days' / current_setting('many.records')::integer) AS at,
       1 + floor(current_setting('many.clients')::integer * power(random(), 4))::integer AS client,
       CASE WHEN random() < 0.001 THEN 'RARE' WHEN random() < 0.7 THEN 'USDT' ELSE 'ETH' END AS coin,
       CASE WHEN i < 3000 AND random() < 0.5 THEN 'pending_auth' WHEN i < 5000 AND random() < 0.3 THEN 'processing'
            WHEN random() < 0.03 THEN 'abnormal' WHEN random() < 0.03 THEN 'cancelled' WHEN random() < 0.03
                THEN 'deleted'
            WHEN random() < 0.08 THEN 'refunded' WHEN random() < 0.002 THEN 'refund_failed' WHEN random() < 0.0005
                THEN 'refunding'
            ELSE 'success' END AS status,
       trunc((1 + 4999 * random())::numeric * 1000000) AS amount,
       '0x' || encode(sha256(('tx' || i)::bytea), 'hex') AS txid
FROM generate_series(1, current_setting('many.records')::integer) AS i;

CREATE TEMPORARY TABLE whole ON COMMIT DROP AS
SELECT m.*, k.id AS coin_id, 'MANY' || lpad(m.i::text, 9, '0') AS serial,
    'M' || lpad(m.client::text, 7, '0') AS client_no,
       'DP' || to_char(m.at AT TIME ZONE 'Asia/Hong_Kong', 'YYYYMMDD') || '-' || lpad((m.i % 1000000)::text, 6, '0')
       AS record_no,
       '0x' || substr(encode(sha256(('account' || m.client)::bytea), 'hex'), 1, 40) AS target,
       '0x' || substr(encode(sha256(('wallet' || m.client)::bytea), 'hex'), 1, 40) AS source,
       (SELECT min(a.id) FROM wbo_data.custodial_account a WHERE a.client_no = 'M0000001') + m.client - 1
       AS custodial_id,
       (SELECT min(w.id) FROM wbo_data.wallet_address w WHERE w.client_no = 'M0000001') + m.client - 1 AS wallet_id
FROM made m JOIN wbo_data.cryptocurrency k ON k.code = m.coin AND k.network = 'Ethereum';

INSERT INTO wbo_data.block (network, number, hash, parent_hash, mined_at, canonical)
VALUES ('Ethereum', 0, '0x' || repeat('0', 64), '0x' || repeat('0', 64), now() - interval '1000 days', false)
ON CONFLICT DO NOTHING;

INSERT INTO wbo_data.deposit_application (external_serial, client_no, coin_id, amount_base, source_address,
    target_address,
                                          txid, requested_at, received_at)
SELECT serial, client_no, coin_id, amount, source, target, txid, at, at FROM whole ORDER BY at;

INSERT INTO wbo_data.chain_transfer (network, block_number, block_hash, txid, log_index, coin_id, sender, recipient,
    amount_base,
                                     custodial_id, seen_at)
SELECT 'Ethereum', 0, '0x' || repeat('0', 64), txid, 0, coin_id, source, target, amount, custodial_id, at
FROM whole WHERE status NOT IN ('pending_auth', 'abnormal', 'cancelled') ORDER BY at;

INSERT INTO wbo_data.deposit (record_no, external_serial, client_no, coin_id, network, claimed_base, credited_base,
                              source_address, target_address, txid, transfer_id, required_confirmations,
                              confirm_height, status,
                              reason, created_at, first_seen_at, credited_at, updated_at)
SELECT m.record_no, m.serial, m.client_no, m.coin_id, 'Ethereum', m.amount,
       CASE WHEN m.status IN ('success', 'refunding', 'refunded', 'refund_failed') THEN m.amount END, m.source,
       m.target, m.txid,
       -- what belonged to a deleted record belongs to nobody now
       CASE WHEN m.status <> 'deleted' OR m.i % 20 > 0 THEN t.id END, 3, 0, m.status,
       CASE m.status WHEN 'abnormal' THEN 'txid_not_found' END, m.at, m.at + interval '1 minute',
       CASE WHEN m.status IN ('success', 'refunding', 'refunded', 'refund_failed') THEN m.at + interval '2 minutes' END,
       m.at + interval '2 minutes'
FROM whole m LEFT JOIN wbo_data.chain_transfer t ON t.network = 'Ethereum' AND t.txid = m.txid AND t.canonical
    ORDER BY m.at;

INSERT INTO wbo_data.refund (refund_no, record_no, client_no, coin_id, network, wallet_id, address, amount_base,
    remark, status,
                             intent, intent_hash, approvals_needed, requested_by, requested_hand, requested_at,
                             required_confirmations, hot_wallet, nonce, txid, block_number, block_hash)
SELECT 'RF' || substr(record_no, 3), record_no, client_no, coin_id, 'Ethereum', wallet_id, source, amount, 'asked for',
       CASE status WHEN 'refunded' THEN 'confirmed' WHEN 'refund_failed' THEN 'failed'
       ELSE (ARRAY['requested', 'approved'])[1 + i % 2] END,
       '{}', repeat('0', 64), 1, 'maker', ARRAY['maker'], at + interval '1 hour', 3,
       CASE status WHEN 'refunded' THEN '0x' || repeat('1', 40) END, CASE status WHEN 'refunded' THEN i END,
       CASE status WHEN 'refunded' THEN '0x' || encode(sha256(('refund' || i)::bytea), 'hex') END,
       CASE status WHEN 'refunded' THEN 0 END, CASE status WHEN 'refunded' THEN '0x' || repeat('0', 64) END
FROM whole WHERE status IN ('refunding', 'refunded', 'refund_failed') ORDER BY at;

INSERT INTO wbo_data.audit_entry (at, operator, workstation, action, object_type, object_id, before, after)
SELECT at, CASE WHEN i % 10 = 0 THEN 'maker' ELSE 'worker' END, 'OPS-1@127.0.0.1',
       CASE WHEN i % 10 > 0 THEN 'apply_decisions' WHEN status = 'cancelled' THEN 'revoke_deposit'
       ELSE 'recheck_deposit' END,
       'deposit', record_no, '{"status": "processing"}', jsonb_build_object('status', status)
FROM whole ORDER BY at;

INSERT INTO wbo_data.unmatched (transfer_id, seen_at)
SELECT t.id, t.seen_at FROM wbo_data.chain_transfer t
WHERE t.purpose = 'deposit' AND NOT EXISTS (SELECT FROM wbo_data.deposit d WHERE d.transfer_id = t.id);
