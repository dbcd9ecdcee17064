-- The keys of long sources: columns of one table each, under the names that the source's view has for them, so that the
-- page's order and every filter are the index's. Granted with the source (models/narrow.py).

CREATE VIEW wbo.deposit_key AS
SELECT record_no, created_at, status, client_no, coin_id, source_address, target_address, txid::text, external_serial
FROM wbo_data.deposit;

CREATE VIEW wbo.application_key AS
SELECT record_no, created_at AS received_at, status, client_no, coin_id, source_address, target_address, txid::text,
    external_serial
FROM wbo_data.deposit;

CREATE VIEW wbo.refund_key AS
SELECT refund_no, requested_at, status, record_no, client_no, coin_id, address::text, txid::text FROM wbo_data.refund;

CREATE VIEW wbo.wallet_key AS
SELECT id AS wallet_id, created_at, status, client_no, network, address::text FROM wbo_data.wallet_address;

CREATE VIEW wbo.custodial_key AS
SELECT id AS account_id, created_at, network, client_no, address::text FROM wbo_data.custodial_account
    WHERE deleted_at IS NULL;

CREATE VIEW wbo.unmatched_key AS
SELECT u.transfer_id, u.seen_at, t.coin_id, t.network, t.sender::text, t.recipient::text, t.txid::text,
       coalesce((SELECT a.client_no FROM wbo_data.custodial_account a WHERE a.id = t.custodial_id), (
           SELECT x.client_no FROM wbo_data.wallet_address x
           WHERE x.network = t.network AND x.address = t.sender AND x.status <> 'deleted'
           ORDER BY x.status = 'verified' DESC, x.id LIMIT 1)) AS likely_client_no
FROM wbo_data.unmatched u JOIN wbo_data.chain_transfer t ON t.id = u.transfer_id
WHERE t.canonical AND t.purpose = 'deposit';
