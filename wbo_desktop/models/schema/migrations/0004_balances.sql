-- Native coin that contracts sent on leaves no log. Where the nodes offer no traces, balances tell that something came.

-- What an account held at a block that was deep enough to stay. Without a balance it is looked at anew.
CREATE TABLE wbo_data.account_balance (
    custodial_id bigint PRIMARY KEY REFERENCES wbo_data.custodial_account,
    network text NOT NULL,
    at_number bigint NOT NULL,
    balance wbo_data.base_units,
    checked_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX account_balance_oldest ON wbo_data.account_balance (network, checked_at);

-- What the accounts sent away themselves: value and fee.
CREATE TABLE wbo_data.account_spending (
    network text NOT NULL,
    block_number bigint NOT NULL,
    block_hash wbo_data.hash NOT NULL,
    txid wbo_data.hash NOT NULL,
    custodial_id bigint NOT NULL REFERENCES wbo_data.custodial_account,
    amount_base wbo_data.base_units NOT NULL,
    canonical boolean NOT NULL DEFAULT true,
    PRIMARY KEY (network, block_hash, txid)
);
CREATE INDEX account_spending_account ON wbo_data.account_spending (custodial_id, block_number);

-- What neither transfers nor spending explain, for a person to look at.
CREATE TABLE wbo_data.balance_difference (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    network text NOT NULL,
    custodial_id bigint NOT NULL REFERENCES wbo_data.custodial_account,
    from_number bigint NOT NULL,
    to_number bigint NOT NULL,
    amount_base numeric(79, 0) NOT NULL CHECK (amount_base <> 0),
    found_at timestamptz NOT NULL DEFAULT now(),
    explained_at timestamptz,
    explained_by text,
    remark text
);
CREATE INDEX balance_difference_open ON wbo_data.balance_difference (network, id) WHERE explained_at IS NULL;
