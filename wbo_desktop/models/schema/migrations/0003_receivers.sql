-- What is known about the address that a refund goes to, and what sending costs.

-- Whether code is deployed at the address; NULL until the worker has asked a node.
ALTER TABLE wbo_data.wallet_address ADD COLUMN is_contract boolean;
CREATE INDEX wallet_address_unasked ON wbo_data.wallet_address (network, id)
    WHERE is_contract IS NULL AND status <> 'deleted';

-- Hot wallets of exchanges and the like: what is sent back there may never reach the client. Kept by the owner; a label
-- that was taken back is NULL, since nothing is physically removed.
CREATE TABLE wbo_data.known_address (
    network text NOT NULL REFERENCES wbo_data.network,
    address wbo_data.address NOT NULL,
    label text CHECK (length(label) BETWEEN 1 AND 80),
    PRIMARY KEY (network, address)
);

-- What a refund costs by the fees of now, and the native coin held for it, as the worker last saw them. In units of
-- that coin.
ALTER TABLE wbo_data.hot_wallet ADD COLUMN fee_estimate jsonb NOT NULL DEFAULT '{}';
