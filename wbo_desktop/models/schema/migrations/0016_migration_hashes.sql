-- Which text of a migration ran, so that another one under its name is noticed. NULL: it ran before hashes were kept;
-- the upgrade that adds this column records them.
ALTER TABLE wbo_data.schema_migration ADD COLUMN sha256 text CHECK (sha256 ~ '^[0-9a-f]{64}$');
