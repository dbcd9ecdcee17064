-- Ninety ordinary days before today: clients, wallets, deposits and refunds, written at once and past every trigger.
-- Only a superuser of a made-up world can do this. Rows and audit entries come from the same list of what happened, so
-- they agree. In: the table `crowd`, and the settings demo.days, demo.per_day, demo.maker, … (see history.py).

SET LOCAL session_replication_role = replica;
SET LOCAL synchronous_commit = off;
SET LOCAL TimeZone = 'UTC';
SELECT setseed(0.2026);

CREATE TEMPORARY TABLE happened (
    n bigint GENERATED ALWAYS AS IDENTITY, at timestamptz NOT NULL, operator text NOT NULL, action text NOT NULL,
    object_type text NOT NULL, object_id text NOT NULL, patch jsonb NOT NULL, remark text
) ON COMMIT DROP;

CREATE FUNCTION pg_temp.who(role text) RETURNS text LANGUAGE sql STABLE
    AS $$ SELECT current_setting('demo.' || role) $$;

CREATE FUNCTION pg_temp.block_hash(network text, number bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT '0x' || encode(sha256(convert_to(network || ' ' || number, 'UTF8')), 'hex')
$$;

-- Clients, their accounts and wallets: imported before the first day --------------------------------------------------

CREATE TEMPORARY TABLE wallet ON COMMIT DROP AS
SELECT nextval(pg_get_serial_sequence('wbo_data.wallet_address', 'id')) AS id,
       nextval(pg_get_serial_sequence('wbo_data.custodial_account', 'id')) AS custodial_id,
       c.n, c.client_no, p.network, c.wallet AS address, p.custodial, c.state,
       now() - (current_setting('demo.days')::integer + 2) * interval '1 day' + c.n * interval '90 seconds' AS at
FROM crowd c CROSS JOIN LATERAL (VALUES ('Ethereum', c.custodial, true), ('Polygon', c.second_custodial, c.n % 3 = 0))
    AS p (network, custodial, has)
WHERE p.has;

INSERT INTO happened (at, operator, action, object_type, object_id, patch)
SELECT min(w.at) - interval '2 hours', pg_temp.who('owner'), 'import_clients', 'client', c.client_no,
    jsonb_build_object(
    'client_no', c.client_no, 'securities_account', c.securities_account, 'name_en', c.name_en, 'name_zh_hk',
        c.name_zh_hk,
    'name_zh_cn', c.name_zh_cn, 'identity_verified', true, 'language',
        (ARRAY['zh_HK', 'zh_HK', 'zh_CN', 'en'])[1 + c.n % 4],
    'imported_at', min(w.at) - interval '2 hours')
FROM crowd c JOIN wallet w USING (client_no) GROUP BY c.n, c.client_no, c.securities_account, c.name_en, c.name_zh_hk,
    c.name_zh_cn;

INSERT INTO happened (at, operator, action, object_type, object_id, patch)
SELECT w.at - interval '1 hour', pg_temp.who('maker'), 'import_custodial_accounts', 'custodial_account',
    w.network || ' ' || w.custodial,
       jsonb_build_object('id', w.custodial_id, 'channel', 'OSL', 'network', w.network, 'address', w.custodial,
       'created_at', w.at - interval '1 hour',
                          'confirmed_at', w.at - interval '1 hour')
FROM wallet w UNION ALL
SELECT w.at - interval '30 minutes', pg_temp.who('intake'), 'deposit_address', 'custodial_account',
    w.network || ' ' || w.custodial,
       jsonb_build_object('client_no', w.client_no, 'assigned_at', w.at - interval '30 minutes')
FROM wallet w;

INSERT INTO happened (at, operator, action, object_type, object_id, patch)
SELECT w.at, pg_temp.who('intake'), 'submit_deposit_application', 'wallet', w.id::text, jsonb_build_object(
    'id', w.id, 'client_no', w.client_no, 'network', w.network, 'address', w.address, 'status', 'unverified',
    'created_at', w.at, 'updated_at', w.at, 'created_by', pg_temp.who('intake'))
FROM wallet w;

-- Deposits: more on weekdays and in the afternoon, most by few clients ------------------------------------------------

CREATE TEMPORARY TABLE made ON COMMIT DROP AS
WITH slot AS MATERIALIZED (
    SELECT d.local, random() AS r_time, random() AS r_time2, random() AS r_client, random() AS r_coin,
        random() AS r_amount,
           random() AS r_status, random() AS r_odd, random() AS r_pause
    FROM (SELECT date_trunc('day', now() AT TIME ZONE 'Asia/Hong_Kong') - d * interval '1 day' AS local
          FROM generate_series(1, current_setting('demo.days')::integer) AS d) AS d
    CROSS JOIN LATERAL generate_series(1, (current_setting('demo.per_day')::numeric
        * CASE WHEN extract(isodow FROM d.local) < 6 THEN 1.25 ELSE 0.35 END * (0.7 + 0.6 * random()))::integer)
), picked AS (
    SELECT s.*, (
        s.local + interval '8 hours' + (s.r_time + s.r_time2) * interval '7 hours') AT TIME ZONE 'Asia/Hong_Kong'
            AS at, w.client_no, w.id AS wallet_id,
           w.network, w.address AS source, w.custodial AS target, w.custodial_id, w.state,
           CASE WHEN w.network = 'Ethereum' THEN CASE WHEN s.r_coin < 0.62 THEN 'USDT' WHEN s.r_coin < 0.86 THEN 'ETH'
           ELSE 'DAI' END
                ELSE CASE WHEN s.r_coin < 0.65 THEN 'USDC' ELSE 'POL' END END AS code
    FROM slot s JOIN (SELECT *, row_number() OVER (ORDER BY md5(client_no || network)) - 1 AS place,
        count(*) OVER () AS total FROM wallet) w
        ON w.place = floor(w.total * s.r_client ^ 2.4)
), numbered AS (
    SELECT p.*, k.id AS coin_id, k.decimals, k.confirmations, row_number() OVER (ORDER BY p.at) AS i,
           'DP' || to_char(p.local, 'YYYYMMDD') || '-'
           || lpad((row_number() OVER (PARTITION BY p.local ORDER BY p.at))::text, 6, '0') AS record_no
    FROM picked p JOIN wbo_data.cryptocurrency k ON k.code = p.code AND k.network = p.network
)
SELECT n.*, 'APP-' || to_char(n.at AT TIME ZONE 'Asia/Hong_Kong', 'YYMMDD') || '-' || lpad(n.i::text, 5, '0') AS serial,
       '0x' || encode(sha256(convert_to('made-up ' || n.record_no, 'UTF8')), 'hex') AS txid,
       (CASE n.code WHEN 'ETH' THEN greatest(0.05, round((3 * n.r_amount ^ 3)::numeric, 2))
                    WHEN 'POL' THEN greatest(50, round((6000 * n.r_amount ^ 2)::numeric, -1))
                    ELSE greatest(20,
                        round((12000 * n.r_amount ^ 3)::numeric, CASE WHEN n.r_odd < 0.7 THEN -1 ELSE 2 END)) END
        * ('1e' || n.decimals)::numeric)::numeric(78, 0) AS claimed,
       n.at + (60 + 240 * n.r_pause) * interval '1 second' AS paid_at,
       CASE WHEN n.state <> 'verified' THEN 'waits'
            WHEN n.at > now() - interval '9 days' AND n.r_time2 < 0.12 THEN 'odd'
            WHEN n.r_status < 0.885 THEN 'credited' WHEN n.r_status < 0.925 THEN 'refunded' WHEN n.r_status < 0.935
                THEN 'refund_given_up'
            WHEN n.r_status < 0.960 THEN 'revoked' WHEN n.r_status < 0.985 THEN 'deleted'
            ELSE 'unasked' END AS fate
FROM numbered n;
DELETE FROM made WHERE fate = 'waits' AND at < now() - interval '5 days';
CREATE TEMPORARY TABLE chained ON COMMIT DROP AS
SELECT m.*, nextval(pg_get_serial_sequence('wbo_data.chain_transfer', 'id')) AS transfer_id,
       CASE m.network WHEN 'Ethereum'
       THEN current_setting('demo.first_block')::bigint - ceil(extract(epoch FROM now() - m.paid_at) / 12)::bigint
                      ELSE current_setting('demo.second_block')::bigint - ceil(
                      extract(epoch FROM now() - m.paid_at) / 2)::bigint END AS block_number,
       CASE m.network WHEN 'Ethereum' THEN 12 ELSE 2 END AS pace,
       CASE WHEN m.code IN ('ETH', 'POL') THEN -1 ELSE m.i % 90 END AS spot,
       CASE WHEN m.fate = 'odd' AND m.r_odd < 0.5 THEN trunc(m.claimed * 0.8) ELSE m.claimed END AS arrived
FROM made m WHERE m.fate IN ('credited', 'refunded', 'refund_given_up', 'unasked')
    OR (m.fate = 'odd' AND m.r_odd < 0.5);

INSERT INTO wbo_data.block (network, number, hash, parent_hash, mined_at, canonical)
SELECT DISTINCT ON (network, block_number) network, block_number, pg_temp.block_hash(network, block_number),
       pg_temp.block_hash(network, block_number - 1), paid_at, true
FROM chained ORDER BY network, block_number, paid_at;

INSERT INTO wbo_data.chain_transfer (id, network, block_number, block_hash, txid, log_index, position, coin_id, sender,
    recipient, amount_base,
                                     custodial_id, seen_at)
OVERRIDING SYSTEM VALUE
SELECT transfer_id, network, block_number, pg_temp.block_hash(network, block_number), txid, spot, spot, coin_id,
    source, target, arrived, custodial_id, paid_at + interval '2 seconds'
FROM chained;

-- What happened to each -----------------------------------------------------------------------------------------------

INSERT INTO happened (at, operator, action, object_type, object_id, patch)
SELECT m.at, pg_temp.who('intake'), 'submit_deposit_application', 'application', m.serial, jsonb_build_object(
    'external_serial', m.serial, 'client_no', m.client_no, 'coin_id', m.coin_id, 'amount_base', m.claimed,
        'source_address', m.source,
    'target_address', m.target, 'requested_at', m.at - interval '4 seconds', 'received_at', m.at)
FROM made m WHERE m.fate <> 'unasked' UNION ALL
SELECT m.at, pg_temp.who('intake'), 'submit_deposit_application', 'deposit', m.record_no, jsonb_build_object(
    'record_no', m.record_no, 'external_serial', m.serial, 'client_no', m.client_no, 'coin_id', m.coin_id, 'network',
        m.network,
    'claimed_base', m.claimed, 'source_address', m.source, 'target_address', m.target, 'required_confirmations',
        m.confirmations,
    'status', 'pending_auth', 'reason', 'transfer_not_seen', 'created_at', m.at, 'updated_at', m.at)
FROM made m WHERE m.fate <> 'unasked' UNION ALL
SELECT m.at + interval '1 second', pg_temp.who('worker'), 'track', 'deposit', m.record_no,
    '{"reason": "wallet_unverified"}'::jsonb
FROM made m WHERE m.fate = 'waits';

-- The TXID, told by the client.
INSERT INTO happened (at, operator, action, object_type, object_id, patch)
SELECT m.paid_at, pg_temp.who('intake'), 'attach_txid', kind.object_type, kind.object_id,
    jsonb_build_object('txid', m.txid)
FROM made m CROSS JOIN LATERAL (VALUES ('application', m.serial), ('deposit', m.record_no))
    AS kind (object_type, object_id)
WHERE m.fate IN ('credited', 'refunded', 'refund_given_up', 'odd', 'deleted');

INSERT INTO happened (at, operator, action, object_type, object_id, patch)
SELECT c.paid_at + interval '2 seconds', pg_temp.who('worker'), 'track', 'deposit', c.record_no,
       jsonb_build_object('transfer_id', c.transfer_id, 'first_seen_at', c.paid_at + interval '2 seconds',
                          'confirm_height', c.block_number + c.confirmations - 1)
       || CASE c.fate WHEN 'odd' THEN '{"status": "abnormal", "reason": "amount_differs"}'
       ELSE '{"status": "processing", "reason": null}' END::jsonb
FROM chained c WHERE c.fate <> 'unasked' UNION ALL
SELECT c.paid_at + c.confirmations * c.pace * interval '1 second', pg_temp.who('worker'), 'track', 'deposit',
    c.record_no, jsonb_build_object(
    'status', 'success', 'credited_base', c.arrived, 'credited_at',
        c.paid_at + c.confirmations * c.pace * interval '1 second')
FROM chained c WHERE c.fate IN ('credited', 'refunded', 'refund_given_up');

INSERT INTO happened (at, operator, action, object_type, object_id, patch)
SELECT m.paid_at + interval '1 hour', pg_temp.who('worker'), 'track', 'deposit', m.record_no,
    jsonb_build_object('status', 'abnormal', 'reason',
    CASE WHEN m.fate = 'deleted' OR m.r_odd < 0.75 THEN 'txid_not_found' WHEN m.r_odd < 0.9 THEN 'wrong_network'
        ELSE 'transaction_failed' END)
FROM made m WHERE m.fate = 'deleted' OR (m.fate = 'odd' AND m.r_odd >= 0.5);

-- The operators' part: revoked, deleted.
INSERT INTO happened (at, operator, action, object_type, object_id, patch, remark)
SELECT m.at + interval '40 minutes', pg_temp.who('maker'), 'revoke_deposit', 'deposit', m.record_no,
    '{"status": "cancelled", "remark": "客戶重複申請"}'::jsonb, '客戶重複申請'
FROM made m WHERE m.fate = 'revoked' UNION ALL
SELECT m.at + interval '5 hours', pg_temp.who('maker'), 'delete_application', 'deposit', m.record_no,
    '{"status": "deleted", "remark": "TXID 填錯，客戶重新申請"}'::jsonb, 'TXID 填錯，客戶重新申請'
FROM made m WHERE m.fate = 'deleted' UNION ALL
SELECT m.at + interval '5 hours', pg_temp.who('maker'), 'delete_application', 'application', m.serial,
    jsonb_build_object('deleted_at', m.at + interval '5 hours',
    'deleted_by', pg_temp.who('maker'), 'delete_remark', 'TXID 填錯，客戶重新申請'), 'TXID 填錯，客戶重新申請'
FROM made m WHERE m.fate = 'deleted';

-- Refunds: asked for by the maker, agreed to by the checker, paid; some given up before that.
CREATE TEMPORARY TABLE paid_back ON COMMIT DROP AS
SELECT c.*, c.paid_at + (2 + 20 * c.r_odd) * interval '1 hour' AS asked_at,
    CASE WHEN c.r_odd < 0.8 THEN c.arrived ELSE trunc(c.arrived * 0.9) END AS amount,
       'RF' || to_char(c.local, 'YYYYMMDD') || '-'
       || lpad((row_number() OVER (PARTITION BY c.local ORDER BY c.paid_at))::text, 6, '0') AS refund_no,
       CASE WHEN c.fate = 'refunded' THEN row_number() OVER (PARTITION BY c.network, c.fate ORDER BY c.paid_at) - 1 END
       AS nonce,
       '0x' || encode(sha256(convert_to('made-up refund of ' || c.record_no, 'UTF8')), 'hex') AS refund_txid
FROM chained c WHERE c.fate IN ('refunded', 'refund_given_up') AND c.paid_at < now() - interval '26 hours';
CREATE TEMPORARY TABLE asked ON COMMIT DROP AS
SELECT b.*, r.patch, wbo_rule.refund_intent(jsonb_populate_record(NULL::wbo_data.refund, r.patch)) AS intent
FROM paid_back b CROSS JOIN LATERAL (SELECT jsonb_build_object(
    'refund_no', b.refund_no, 'record_no', b.record_no, 'client_no', b.client_no, 'coin_id', b.coin_id, 'network',
        b.network, 'wallet_id', b.wallet_id,
    'address', b.source, 'amount_base', b.amount, 'adjust_reason', CASE WHEN b.amount < b.arrived THEN '客戶保留部分' END,
        'remark', '客戶要求退幣',
    'status', 'requested', 'approvals_needed', 1, 'requested_by', pg_temp.who('maker'), 'requested_hand',
        jsonb_build_array(pg_temp.who('maker')),
    'requested_at', b.asked_at, 'updated_at', b.asked_at, 'required_confirmations', b.confirmations) AS patch) AS r;

INSERT INTO happened (at, operator, action, object_type, object_id, patch, remark)
SELECT b.asked_at, pg_temp.who('maker'), 'request_refund', 'deposit', b.record_no, '{"status": "refunding"}'::jsonb,
    '客戶要求退幣'
FROM asked b UNION ALL
SELECT b.asked_at, pg_temp.who('maker'), 'request_refund', 'refund', b.refund_no,
       b.patch || jsonb_build_object('intent', b.intent, 'intent_hash',
       encode(sha256(convert_to(b.intent, 'UTF8')), 'hex')), '客戶要求退幣'
FROM asked b;

INSERT INTO happened (at, operator, action, object_type, object_id, patch, remark)
SELECT b.asked_at + interval '25 minutes', pg_temp.who('checker'), 'reject_refund', 'refund', b.refund_no,
    jsonb_build_object('status', 'rejected',
    'closed_by', pg_temp.who('checker'), 'closed_at', b.asked_at + interval '25 minutes', 'close_remark', '未能聯絡客戶確認'),
        '未能聯絡客戶確認'
FROM paid_back b WHERE b.fate = 'refund_given_up' UNION ALL
SELECT b.asked_at + interval '25 minutes', pg_temp.who('checker'), 'reject_refund', 'deposit', b.record_no,
    '{"status": "success"}'::jsonb, '未能聯絡客戶確認'
FROM paid_back b WHERE b.fate = 'refund_given_up' UNION ALL
SELECT b.asked_at + interval '20 minutes', pg_temp.who('checker'), 'approve_refund', 'refund_approval',
    b.refund_no || ' ' || pg_temp.who('checker'), jsonb_build_object(
    'refund_no', b.refund_no, 'login', pg_temp.who('checker'), 'hand', jsonb_build_array(pg_temp.who('checker')), 'at',
        b.asked_at + interval '20 minutes', 'intent_hash',
    encode(sha256(convert_to(b.intent, 'UTF8')), 'hex')), NULL
FROM asked b WHERE b.fate = 'refunded' UNION ALL
SELECT b.asked_at + step.after, pg_temp.who(step.role), step.action, 'refund', b.refund_no, step.patch, NULL
FROM paid_back b CROSS JOIN LATERAL (VALUES
    (interval '20 minutes', 'checker', 'approve_refund',
        jsonb_build_object('status', 'approved', 'approved_by', pg_temp.who('checker'), 'approved_at',
            b.asked_at + interval '20 minutes')),
    (interval '30 minutes', 'maker', 'execute_refund',
        jsonb_build_object('status', 'executing', 'executed_by', pg_temp.who('maker'), 'executed_at',
            b.asked_at + interval '30 minutes')),
    (interval '1801 seconds', 'worker', 'sign_refund',
        jsonb_build_object('status', 'signed', 'hot_wallet', pg_temp.who('hot_wallet'), 'nonce', b.nonce, 'txid',
            b.refund_txid)),
    (interval '1802 seconds', 'worker', 'broadcast_refund', '{"status": "broadcast"}'::jsonb),
    (interval '1815 seconds', 'worker', 'track',
        jsonb_build_object('status', 'confirming', 'block_number',
            b.block_number + ceil(
                extract(epoch FROM b.asked_at - b.paid_at + interval '1815 seconds') / b.pace)::bigint,
        'block_hash',
            pg_temp.block_hash(b.network,
                b.block_number + ceil(
                    extract(epoch FROM b.asked_at - b.paid_at + interval '1815 seconds') / b.pace)::bigint))),
    (interval '32 minutes', 'worker', 'track',
        jsonb_build_object('status', 'confirmed', 'fee_paid_wei', 65000 * trunc((1e9 * (1 + 4 * b.r_amount))::numeric)))
) AS step (after, role, action, patch) WHERE b.fate = 'refunded' UNION ALL
SELECT b.asked_at + interval '32 minutes', pg_temp.who('worker'), 'track', 'deposit', b.record_no,
    '{"status": "refunded"}'::jsonb, NULL
FROM paid_back b WHERE b.fate = 'refunded';

-- Wallets were verified by signatures, of which the made-up ones are only the form.
INSERT INTO happened (at, operator, action, object_type, object_id, patch)
SELECT w.at + interval '20 minutes', pg_temp.who('maker'), 'begin_message_signature', 'wallet', w.id::text,
       jsonb_build_object('status', 'verifying', 'method', 'message_signature', 'challenge',
       'I own the wallet ' || w.address)
FROM wallet w WHERE w.state = 'verified' UNION ALL
SELECT w.at + interval '24 minutes', pg_temp.who('maker'), 'submit_wallet_signature', 'wallet', w.id::text,
       jsonb_build_object('signature', '0x' || repeat(encode(sha256(convert_to(w.address, 'UTF8')), 'hex'), 2) || '1b')
FROM wallet w WHERE w.state = 'verified' UNION ALL
SELECT w.at + interval '25 minutes', pg_temp.who('worker'), 'track', 'wallet', w.id::text,
    jsonb_build_object('status', 'verified', 'verified_at', w.at + interval '25 minutes',
    'verified_by', pg_temp.who('worker'), 'evidence', jsonb_build_object('method', 'EIP-191', 'recovered', w.address),
        'is_contract', false)
FROM wallet w WHERE w.state = 'verified';

-- The night after yesterday is not over.
DELETE FROM happened WHERE at > now();

-- Folded: each object's row is the sum of its entries -----------------------------------------------------------------

CREATE FUNCTION pg_temp.defaults(of_table regclass) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    wanted text;
    found jsonb;
BEGIN
    SELECT 'SELECT jsonb_build_object('
        || string_agg(format('%L, %s', a.attname, coalesce(pg_get_expr(d.adbin, d.adrelid), 'NULL')), ', ') || ')'
            INTO wanted
    FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE a.attrelid = of_table AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '';
    EXECUTE wanted INTO found;
    RETURN found;
END
$$;

CREATE AGGREGATE pg_temp.merged(jsonb) (SFUNC = jsonb_concat, STYPE = jsonb, INITCOND = '{}');

-- Of each kind: its table, a row as it stands before anything is said of it, and the columns that never count in the
-- log.
CREATE TEMPORARY TABLE kind ON COMMIT DROP AS
SELECT k.name, k.of_table, k.ignored, pg_temp.defaults(('wbo_data.' || k.of_table)::regclass) AS standing
FROM (VALUES ('client', 'client', ''), ('custodial_account', 'custodial_account', ''),
    ('wallet', 'wallet_address', 'is_contract'),
             ('application', 'deposit_application', ''), ('deposit', 'deposit', ''), ('refund', 'refund', ''),
             ('refund_approval', 'refund_approval', '')) AS k (name, of_table, ignored);

CREATE TEMPORARY TABLE folded ON COMMIT DROP AS
WITH placed AS (
    SELECT h.*, row_number() OVER (PARTITION BY h.object_type, h.object_id ORDER BY h.at, h.n) AS place FROM happened h
), said AS (
    SELECT p.n, p.at, p.operator, p.action, p.object_type, p.object_id, p.remark, p.place, k.ignored,
           CASE WHEN p.place = 1 THEN k.standing ELSE c.counted END || p.patch AS patch
    FROM placed p JOIN kind k ON k.name = p.object_type
    CROSS JOIN LATERAL (
        SELECT CASE WHEN k.standing ? 'version' THEN jsonb_build_object('version', p.place) ELSE '{}' END
               || CASE WHEN k.standing ? 'updated_at' THEN jsonb_build_object('updated_at', p.at) ELSE '{}' END
               AS counted
    ) AS c
), stood AS (
    SELECT s.*, pg_temp.merged(s.patch) OVER one AS state FROM said s WINDOW one
        AS (PARTITION BY s.object_type, s.object_id ORDER BY s.place)
)
SELECT s.*, lag(s.state) OVER one AS stood_before, lead(s.place) OVER one IS NULL AS last
FROM stood s WINDOW one AS (PARTITION BY s.object_type, s.object_id ORDER BY s.place);

DO $$
DECLARE
    k record;
BEGIN
    FOR k IN SELECT * FROM kind LOOP
        EXECUTE format('INSERT INTO wbo_data.%1$I OVERRIDING SYSTEM VALUE SELECT r.*
                        FROM folded f CROSS JOIN LATERAL jsonb_populate_record(NULL::wbo_data.%1$I, f.state) AS r
                        WHERE f.object_type = %2$L AND f.last', k.of_table, k.name);
    END LOOP;
END
$$;

-- What triggers keep: whom each transfer serves, and which serve none.
INSERT INTO wbo_data.transfer_holder (network, txid, coin_id, custodial_id, position, record_no, credited)
SELECT t.network, t.txid, t.coin_id, t.custodial_id, t.log_index, d.record_no, d.credited_at IS NOT NULL
FROM wbo_data.deposit d JOIN wbo_data.chain_transfer t ON t.id = d.transfer_id ON CONFLICT DO NOTHING;
INSERT INTO wbo_data.unmatched (transfer_id, seen_at)
SELECT c.transfer_id, c.paid_at + interval '2 seconds' FROM chained c WHERE c.fate = 'unasked';

INSERT INTO wbo_data.hot_wallet_transaction (network, address, txid, nonce, block_number, block_hash, succeeded,
    fee_paid_wei)
SELECT network, hot_wallet, txid, nonce, block_number, block_hash, true, fee_paid_wei FROM wbo_data.refund
    WHERE status = 'confirmed';
INSERT INTO wbo_data.block (network, number, hash, parent_hash, mined_at, canonical)
SELECT DISTINCT ON (network, block_number) network, block_number, block_hash,
    pg_temp.block_hash(network, block_number - 1), executed_at, true
FROM wbo_data.refund WHERE status = 'confirmed' ON CONFLICT DO NOTHING;

-- What was written so far happened before all that: the log stays in the order of its times.
UPDATE wbo_data.audit_entry e SET at = (SELECT min(at) FROM happened) - interval '1 day' + e.seq * interval '1 second';
INSERT INTO wbo_data.audit_entry (at, operator, workstation, action, object_type, object_id, before, after, remark)
SELECT e.at, e.operator, CASE e.operator WHEN pg_temp.who('maker') THEN 'WBO Desktop BO-PC-03@10.20.1.13'
    WHEN pg_temp.who('checker') THEN 'WBO Desktop BO-PC-07@10.20.1.17'
           WHEN pg_temp.who('worker') THEN 'worker chain-1@10.20.5.9' WHEN pg_temp.who('intake')
           THEN 'client-site@10.20.5.2' ELSE 'wbo-desktop cli@10.20.5.4' END,
       e.action, e.object_type, e.object_id,
       (SELECT jsonb_object_agg(key, e.stood_before -> key) FROM jsonb_object_keys(e.patch) AS key
       WHERE e.place > 1 AND key <> e.ignored),
       e.patch - e.ignored, e.remark
FROM folded e ORDER BY e.at, e.n;
