-- A second worker's side of reports: it holds no lease, decides nothing, and says what its own nodes show.

-- The blocks in which a record waits for this login's report: [{number, hash}], the oldest first.
CREATE FUNCTION wbo_chain.blocks_to_report(network text, most integer) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object('number', b.block_number, 'hash', b.block_hash)), '[]') FROM (
        SELECT DISTINCT t.block_number, t.block_hash
        FROM wbo_data.deposit d
        JOIN wbo_data.chain_transfer t ON t.id = d.transfer_id
        JOIN wbo_data.network n ON n.name = d.network AND n.worker_agreement > 1
        WHERE d.network = blocks_to_report.network AND d.status = 'processing' AND t.canonical AND NOT EXISTS (
            SELECT FROM wbo_data.transfer_report r
            WHERE r.network = t.network AND r.block_hash = t.block_hash AND r.txid = t.txid
                AND r.log_index = t.log_index
              AND r.login = session_user)
        ORDER BY t.block_number LIMIT least(most, 100)) AS b
$$;

-- What this login's nodes show in some blocks, in the form of record_blocks; returns how many transfers to our
-- accounts.
CREATE FUNCTION wbo_chain.report_transfers(network text, blocks jsonb) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
#variable_conflict use_column
DECLARE
    net text := report_transfers.network;
    made integer;
BEGIN
    INSERT INTO wbo_data.transfer_report (network, block_hash, txid, log_index, coin_id, sender, recipient, amount_base)
    SELECT net, b.hash, t.txid, t.log_index, k.id, t.sender, t.recipient, t.amount
    FROM jsonb_to_recordset(blocks) AS b (hash text, transfers jsonb),
         jsonb_to_recordset(coalesce(b.transfers, '[]')) AS t (
             txid text, log_index integer, contract text, sender text, recipient text, amount numeric)
    JOIN wbo_data.custodial_account a ON a.network = net AND a.address = t.recipient AND a.deleted_at IS NULL
    JOIN wbo_data.cryptocurrency k ON k.network = net AND k.contract IS NOT DISTINCT FROM t.contract
    JOIN wbo_data.network n ON n.name = net AND n.worker_agreement > 1
    WHERE t.amount > 0
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS made = ROW_COUNT;
    RETURN made;
END
$$;
