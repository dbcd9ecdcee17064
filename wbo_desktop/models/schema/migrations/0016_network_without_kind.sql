-- Every network is an EVM network: what would differ for another kind is not a column's affair (docs/architecture.md).
ALTER TABLE wbo_data.network DROP COLUMN kind;
