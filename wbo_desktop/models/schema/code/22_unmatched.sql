-- Which transfers no record has, as a table that is as short as they are few: finding them among all transfers took a
-- second at two million records. Its rows say nothing that the transfers and the records do not say.

CREATE FUNCTION wbo_rule.transfer_arrives() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    IF NEW.purpose = 'deposit' THEN
        INSERT INTO wbo_data.unmatched (transfer_id, seen_at)
        SELECT NEW.id, NEW.seen_at WHERE NOT EXISTS (SELECT FROM wbo_data.deposit d WHERE d.transfer_id = NEW.id)
        ON CONFLICT DO NOTHING;
    ELSE
        DELETE FROM wbo_data.unmatched u WHERE u.transfer_id = NEW.id;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER f_unmatched AFTER INSERT OR UPDATE OF purpose ON wbo_data.chain_transfer
    FOR EACH ROW EXECUTE FUNCTION wbo_rule.transfer_arrives();

CREATE FUNCTION wbo_rule.transfer_is_taken() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        INSERT INTO wbo_data.unmatched (transfer_id, seen_at)
        SELECT t.id, t.seen_at FROM wbo_data.chain_transfer t WHERE t.id = OLD.transfer_id AND t.purpose = 'deposit'
        ON CONFLICT DO NOTHING;
    END IF;
    IF NEW.transfer_id IS NOT NULL THEN
        DELETE FROM wbo_data.unmatched u WHERE u.transfer_id = NEW.transfer_id;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER f_unmatched_new AFTER INSERT ON wbo_data.deposit
    FOR EACH ROW WHEN (NEW.transfer_id IS NOT NULL) EXECUTE FUNCTION wbo_rule.transfer_is_taken();
CREATE TRIGGER f_unmatched AFTER UPDATE OF transfer_id ON wbo_data.deposit
    FOR EACH ROW WHEN (OLD.transfer_id IS DISTINCT FROM NEW.transfer_id) EXECUTE FUNCTION wbo_rule.transfer_is_taken();

-- A transfer leaves the list when a record takes it or a wallet is proven by it, and in no other way.
CREATE FUNCTION wbo_rule.keep_unmatched() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM wbo_data.deposit d WHERE d.transfer_id = OLD.transfer_id)
       AND EXISTS (SELECT FROM wbo_data.chain_transfer t WHERE t.id = OLD.transfer_id AND t.purpose = 'deposit') THEN
        PERFORM wbo_rule.refuse('WB422', 'invariant_broken', '{"rule": "unmatched:delete"}');
    END IF;
    RETURN OLD;
END
$$;
CREATE TRIGGER z_no_delete BEFORE DELETE ON wbo_data.unmatched FOR EACH ROW EXECUTE FUNCTION wbo_rule.keep_unmatched();
CREATE TRIGGER z_no_truncate BEFORE TRUNCATE ON wbo_data.unmatched
    FOR EACH STATEMENT EXECUTE FUNCTION wbo_rule.refuse_change();
