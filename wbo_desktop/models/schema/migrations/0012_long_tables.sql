-- What keeps pages fast when the tables are long: indexes for each filter and pair of filters in the page's own order,
-- and the transfers without a record as a short table of their own.

DROP INDEX wbo_data.deposit_coin, wbo_data.deposit_source;
CREATE INDEX deposit_coin_status ON wbo_data.deposit (coin_id, status, created_at DESC, record_no DESC);
CREATE INDEX deposit_client_status ON wbo_data.deposit (client_no, status, created_at DESC, record_no DESC);
CREATE INDEX deposit_client_coin ON wbo_data.deposit (client_no, coin_id, created_at DESC, record_no DESC);
CREATE INDEX deposit_source ON wbo_data.deposit (source_address, created_at DESC, record_no DESC)
    INCLUDE (status, coin_id, client_no);
CREATE INDEX deposit_by_txid ON wbo_data.deposit (txid) WHERE txid IS NOT NULL;
CREATE INDEX deposit_number ON wbo_data.deposit (record_no text_pattern_ops);
CREATE INDEX deposit_serial ON wbo_data.deposit (external_serial text_pattern_ops);
CREATE INDEX deposit_credited ON wbo_data.deposit USING brin (credited_at);

CREATE INDEX refund_coin_status ON wbo_data.refund (coin_id, status, requested_at DESC, refund_no DESC);
CREATE INDEX refund_client_status ON wbo_data.refund (client_no, status, requested_at DESC, refund_no DESC);
CREATE INDEX refund_address ON wbo_data.refund (address, requested_at DESC, refund_no DESC);
CREATE INDEX refund_txid ON wbo_data.refund (txid) WHERE txid IS NOT NULL;
CREATE INDEX refund_wallet ON wbo_data.refund (wallet_id);
CREATE INDEX refund_number ON wbo_data.refund (refund_no text_pattern_ops);
CREATE INDEX refund_record_number ON wbo_data.refund (record_no text_pattern_ops);

CREATE INDEX wallet_address_client ON wbo_data.wallet_address (client_no, created_at DESC, id DESC);
CREATE INDEX wallet_address_status ON wbo_data.wallet_address (status, created_at DESC, id DESC);
CREATE INDEX wallet_address_network ON wbo_data.wallet_address (network, status, created_at DESC, id DESC);
CREATE INDEX wallet_address_coin ON wbo_data.wallet_address (micro_coin_id) WHERE micro_coin_id IS NOT NULL;
CREATE INDEX wallet_address_transfer ON wbo_data.wallet_address (transfer_id) WHERE transfer_id IS NOT NULL;

CREATE INDEX custodial_account_network ON wbo_data.custodial_account (network, created_at DESC, id DESC)
    WHERE deleted_at IS NULL;
CREATE INDEX custodial_account_whose ON wbo_data.custodial_account (client_no text_pattern_ops);
CREATE INDEX custodial_account_by_address ON wbo_data.custodial_account (address);

CREATE INDEX client_number ON wbo_data.client (client_no text_pattern_ops);
CREATE INDEX client_account ON wbo_data.client (securities_account text_pattern_ops);

CREATE INDEX deposit_application_client ON wbo_data.deposit_application (client_no);
CREATE INDEX deposit_application_coin ON wbo_data.deposit_application (coin_id);
CREATE INDEX chain_transfer_coin ON wbo_data.chain_transfer (coin_id);
CREATE INDEX chain_transfer_account ON wbo_data.chain_transfer (custodial_id);
CREATE INDEX transfer_holder_coin ON wbo_data.transfer_holder (coin_id);
CREATE INDEX transfer_holder_account ON wbo_data.transfer_holder (custodial_id);
CREATE INDEX balance_difference_account ON wbo_data.balance_difference (custodial_id);

-- The log is read by time. One id has one kind of object, or very few: that leads, so that both ways of asking are
-- served.
DROP INDEX wbo_data.audit_entry_object, wbo_data.audit_entry_operator, wbo_data.audit_entry_action,
    wbo_data.audit_entry_at;
CREATE INDEX audit_entry_at ON wbo_data.audit_entry (at DESC, seq DESC);
CREATE INDEX audit_entry_object ON wbo_data.audit_entry (object_id, object_type, seq);
CREATE INDEX audit_entry_operator ON wbo_data.audit_entry (operator, at DESC, seq DESC);
CREATE INDEX audit_entry_action ON wbo_data.audit_entry (action, at DESC, seq DESC);
CREATE INDEX audit_entry_operator_action ON wbo_data.audit_entry (operator, action, at DESC, seq DESC);

-- Pairs that look frequent, each value by itself being so, and are not: without these the planner looks for them from
-- the top.
CREATE STATISTICS wbo_data.audit_entry_pairs (mcv) ON operator, action FROM wbo_data.audit_entry;
CREATE STATISTICS wbo_data.deposit_pairs (mcv) ON status, coin_id FROM wbo_data.deposit;
CREATE STATISTICS wbo_data.refund_pairs (mcv) ON status, coin_id FROM wbo_data.refund;
CREATE STATISTICS wbo_data.wallet_address_pairs (mcv) ON status, network FROM wbo_data.wallet_address;

-- Transfers to our accounts that no record has; kept by triggers, see code/22_unmatched.sql.
CREATE TABLE wbo_data.unmatched (
    transfer_id bigint PRIMARY KEY REFERENCES wbo_data.chain_transfer,
    seen_at timestamptz NOT NULL
);
CREATE INDEX unmatched_page ON wbo_data.unmatched (seen_at DESC, transfer_id DESC);
INSERT INTO wbo_data.unmatched (transfer_id, seen_at)
SELECT t.id, t.seen_at FROM wbo_data.chain_transfer t
WHERE t.purpose = 'deposit' AND NOT EXISTS (SELECT FROM wbo_data.deposit d WHERE d.transfer_id = t.id);
