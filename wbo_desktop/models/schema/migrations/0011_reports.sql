-- What each worker login reported of a transfer, for networks where one login's word does not make money real.

ALTER TABLE wbo_data.network ADD COLUMN worker_agreement integer NOT NULL DEFAULT 1
    CHECK (worker_agreement BETWEEN 1 AND 5);

CREATE TABLE wbo_data.transfer_report (
    network text NOT NULL REFERENCES wbo_data.network,
    block_hash wbo_data.hash NOT NULL,
    txid wbo_data.hash NOT NULL,
    log_index integer NOT NULL,
    login text NOT NULL DEFAULT session_user,
    coin_id integer NOT NULL REFERENCES wbo_data.cryptocurrency,
    sender wbo_data.address NOT NULL,
    recipient wbo_data.address NOT NULL,
    amount_base wbo_data.base_units NOT NULL,
    reported_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (network, block_hash, txid, log_index, login)
);
CREATE INDEX transfer_report_coin ON wbo_data.transfer_report (coin_id);
