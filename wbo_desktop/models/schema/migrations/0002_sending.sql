-- What a hot wallet's reconciliation with the chain needs to know.

-- The database that last signed, see wbo_rule.database_mark(): a restored copy has another one.
ALTER TABLE wbo_data.hot_wallet ADD COLUMN signed_in text;

-- What each of its transactions moved of the listed coins, and an administrator's word on one that was not signed here.
ALTER TABLE wbo_data.hot_wallet_transaction
    ADD COLUMN transfers jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN explanation text,
    ADD COLUMN explained_by text,
    ADD COLUMN explained_at timestamptz,
    ADD CHECK ((explanation IS NULL) = (explained_by IS NULL));

CREATE INDEX hot_wallet_transaction_orphaned ON wbo_data.hot_wallet_transaction (network) WHERE NOT canonical;
