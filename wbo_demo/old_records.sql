-- Deposit records of the last 400 days on Ethereum, as many as demo.records says: written at once, past every trigger.
-- Only a superuser of a made-up world can do this; what they show is possible, how they came about is not recorded.

SET LOCAL session_replication_role = replica;
SET LOCAL synchronous_commit = off;

CREATE TEMPORARY TABLE made ON COMMIT DROP AS
WITH clients AS (
    SELECT client_no, row_number() OVER (ORDER BY client_no) - 1 AS n, count(*) OVER () AS total
    FROM wbo_data.client JOIN wbo_data.custodial_account USING (client_no) WHERE network = 'Ethereum'
), coins AS (
    SELECT id, decimals, row_number() OVER (ORDER BY id) - 1 AS n, count(*) OVER () AS total
    FROM wbo_data.cryptocurrency WHERE network = 'Ethereum'
), numbers AS (
    SELECT i, now() - i * (interval '400 days' / current_setting('demo.records')::integer) AS at
    FROM generate_series(1, current_setting('demo.records')::integer) AS i
)
SELECT i, at, k.id AS coin_id, c.client_no, a.address AS target, a.id AS custodial_id, w.address AS source,
       trunc((1 + 4999 * random())::numeric * ('1e' || k.decimals)::numeric) AS amount,
       'OLD' || lpad(i::text, 9, '0') AS serial,
       'DP' || to_char(at, 'YYYYMMDD') || '-9' || lpad(i::text, 8, '0') AS record_no,
       '0x' || encode(sha256(('tx' || i)::bytea), 'hex') AS txid,
       (ARRAY['success', 'success', 'success', 'success', 'success', 'success', 'refunded', 'abnormal', 'cancelled',
              'deleted'])[1 + i % 10] AS status
FROM numbers
JOIN clients c ON c.n = i % c.total
JOIN coins k ON k.n = (i / 7) % k.total
JOIN wbo_data.custodial_account a ON a.client_no = c.client_no AND a.network = 'Ethereum'
JOIN LATERAL (SELECT y.address FROM wbo_data.wallet_address y
              WHERE y.client_no = c.client_no AND y.network = 'Ethereum' ORDER BY y.id LIMIT 1) AS w ON true;

INSERT INTO wbo_data.block (network, number, hash, parent_hash, mined_at, canonical)
VALUES ('Ethereum', 0, '0x' || repeat('0', 64), '0x' || repeat('0', 64), now() - interval '400 days', false)
ON CONFLICT DO NOTHING;

INSERT INTO wbo_data.deposit_application (external_serial, client_no, coin_id, amount_base, source_address,
    target_address,
                                          txid, requested_at, received_at)
SELECT serial, client_no, coin_id, amount, source, target, txid, at, at FROM made ON CONFLICT DO NOTHING;

WITH paid AS (
    INSERT INTO wbo_data.chain_transfer (network, block_number, block_hash, txid, log_index, coin_id, sender, recipient,
                                         amount_base, custodial_id, seen_at)
    SELECT 'Ethereum', 0, '0x' || repeat('0', 64), txid, 0, coin_id, source, target, amount, custodial_id, at
    FROM made WHERE status IN ('success', 'refunded') ON CONFLICT DO NOTHING RETURNING id, txid
)
INSERT INTO wbo_data.deposit (record_no, external_serial, client_no, coin_id, network, claimed_base, credited_base,
                              source_address, target_address, txid, transfer_id, required_confirmations,
                              confirm_height, status,
                              reason, created_at, first_seen_at, credited_at, updated_at)
SELECT m.record_no, m.serial, m.client_no, m.coin_id, 'Ethereum', m.amount,
    CASE WHEN p.id IS NOT NULL THEN m.amount END,
       m.source, m.target, m.txid, p.id, 3, 0, m.status, CASE m.status WHEN 'abnormal' THEN 'txid_not_found' END, m.at,
       m.at + interval '1 minute', CASE WHEN p.id IS NOT NULL THEN m.at + interval '2 minutes' END,
       m.at + interval '2 minutes'
FROM made m LEFT JOIN paid p USING (txid) ON CONFLICT DO NOTHING;

-- What triggers keep: whom each transfer serves.
INSERT INTO wbo_data.transfer_holder (network, txid, coin_id, custodial_id, position, record_no, credited)
SELECT t.network, t.txid, t.coin_id, t.custodial_id, t.log_index, d.record_no, d.credited_at IS NOT NULL
FROM wbo_data.deposit d JOIN wbo_data.chain_transfer t ON t.id = d.transfer_id ON CONFLICT DO NOTHING;

-- The log says what stands there: written now, as an import is.
INSERT INTO wbo_data.audit_entry (workstation, action, object_type, object_id, after)
SELECT 'sandbox', 'insert', 'application', a.external_serial, to_jsonb(a)
FROM wbo_data.deposit_application a WHERE a.external_serial LIKE 'OLD%' AND NOT EXISTS (
    SELECT FROM wbo_data.audit_entry e WHERE e.object_type = 'application' AND e.object_id = a.external_serial);
INSERT INTO wbo_data.audit_entry (workstation, action, object_type, object_id, after)
SELECT 'sandbox', 'insert', 'deposit', d.record_no, to_jsonb(d)
FROM wbo_data.deposit d WHERE d.external_serial LIKE 'OLD%' AND NOT EXISTS (
    SELECT FROM wbo_data.audit_entry e WHERE e.object_type = 'deposit' AND e.object_id = d.record_no);

ANALYZE wbo_data.deposit;
ANALYZE wbo_data.deposit_application;
ANALYZE wbo_data.chain_transfer;
