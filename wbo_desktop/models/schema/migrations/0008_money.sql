-- A transfer serves one record for ever, whichever block it is in; and numbers that start anew each day.

-- Where in its transaction the transfer stands: that stays when another block includes the transaction, the place among
-- the block's logs (`log_index`) does not. NULL for transfers stored before this was kept.
ALTER TABLE wbo_data.chain_transfer ADD COLUMN position integer;

-- What a transfer serves: a deposit record, or (without one) the proof of a wallet. `credited` never goes back, and
-- neither does a row that has it.
CREATE TABLE wbo_data.transfer_holder (
    network text NOT NULL,
    txid wbo_data.hash NOT NULL,
    coin_id integer NOT NULL REFERENCES wbo_data.cryptocurrency,
    custodial_id bigint NOT NULL REFERENCES wbo_data.custodial_account,
    position integer NOT NULL,
    record_no text REFERENCES wbo_data.deposit,
    wallet_id bigint REFERENCES wbo_data.wallet_address,
    credited boolean NOT NULL DEFAULT false,
    PRIMARY KEY (network, txid, coin_id, custodial_id, position),
    CHECK (record_no IS NULL OR wallet_id IS NULL),
    CHECK (record_no IS NOT NULL OR NOT credited)
);
CREATE INDEX transfer_holder_record ON wbo_data.transfer_holder (record_no) WHERE record_no IS NOT NULL;
CREATE INDEX transfer_holder_wallet ON wbo_data.transfer_holder (wallet_id) WHERE wallet_id IS NOT NULL;

INSERT INTO wbo_data.transfer_holder (network, txid, coin_id, custodial_id, position, record_no, credited)
SELECT t.network, t.txid, t.coin_id, t.custodial_id, t.log_index, d.record_no, d.credited_at IS NOT NULL
FROM wbo_data.deposit d JOIN wbo_data.chain_transfer t ON t.id = d.transfer_id
ORDER BY d.credited_at IS NULL, d.created_at
ON CONFLICT DO NOTHING;
INSERT INTO wbo_data.transfer_holder (network, txid, coin_id, custodial_id, position, wallet_id)
SELECT t.network, t.txid, t.coin_id, t.custodial_id, t.log_index, max(w.id)
FROM wbo_data.chain_transfer t LEFT JOIN wbo_data.wallet_address w ON w.transfer_id = t.id
WHERE t.purpose = 'wallet_verification'
GROUP BY t.network, t.txid, t.coin_id, t.custodial_id, t.log_index
ON CONFLICT DO NOTHING;

-- Paid out by a transaction that the desk did not know: never refunded again, whatever becomes of its alarm.
ALTER TABLE wbo_data.deposit ADD COLUMN paid_out boolean NOT NULL DEFAULT false;
UPDATE wbo_data.deposit SET paid_out = true WHERE alarm AND reason IS NULL;
CREATE INDEX deposit_alarm ON wbo_data.deposit (network, confirm_height) WHERE alarm;

-- Whoever starts the day's numbers holds this row for that moment.
CREATE TABLE wbo_data.number_turn (only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row));
INSERT INTO wbo_data.number_turn DEFAULT VALUES;
