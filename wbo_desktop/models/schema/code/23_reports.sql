-- Reports: which worker logins have seen a transfer. With one worker's login, a thief can make up blocks and transfers;
-- where the network wants it, money is credited only when different logins have reported the same transfer of the same
-- block.

-- As many different logins as the network wants have reported just this transfer.
CREATE FUNCTION wbo_rule.reports_missing(t wbo_data.chain_transfer) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT CASE WHEN n.worker_agreement = 1 THEN 0 ELSE greatest(0, n.worker_agreement - (
        SELECT count(*) FROM wbo_data.transfer_report r
        WHERE r.network = t.network AND r.block_hash = t.block_hash AND r.txid = t.txid AND r.log_index = t.log_index
          AND r.coin_id = t.coin_id AND r.sender = t.sender AND r.recipient = t.recipient
          AND r.amount_base = t.amount_base)::integer) END
    FROM wbo_data.network n WHERE n.name = t.network
$$;

-- What a worker stores it also reports, in its own name.
CREATE FUNCTION wbo_rule.report_stored() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    INSERT INTO wbo_data.transfer_report (network, block_hash, txid, log_index, coin_id, sender, recipient, amount_base)
    SELECT NEW.network, NEW.block_hash, NEW.txid, NEW.log_index, NEW.coin_id, NEW.sender, NEW.recipient, NEW.amount_base
    FROM wbo_data.network n WHERE n.name = NEW.network AND n.worker_agreement > 1
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
CREATE TRIGGER g_report_stored AFTER INSERT ON wbo_data.chain_transfer
    FOR EACH ROW EXECUTE FUNCTION wbo_rule.report_stored();
CREATE TRIGGER c_keep BEFORE UPDATE ON wbo_data.transfer_report FOR EACH ROW EXECUTE FUNCTION wbo_rule.keep(
    'network', 'block_hash', 'txid', 'log_index', 'login', 'coin_id', 'sender', 'recipient', 'amount_base',
        'reported_at');

-- No credit without them, for every writer.
CREATE FUNCTION wbo_rule.guard_reports() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    IF (SELECT wbo_rule.reports_missing(t) FROM wbo_data.chain_transfer t WHERE t.id = NEW.transfer_id) > 0 THEN
        PERFORM wbo_rule.refuse('WB422', 'invariant_broken', '{"rule": "credit:reports"}');
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER d_guard_reports BEFORE UPDATE OF status ON wbo_data.deposit
    FOR EACH ROW WHEN (NEW.status = 'success' AND OLD.status NOT IN ('success', 'refunding'))
    EXECUTE FUNCTION wbo_rule.guard_reports();
