-- Balances of our accounts compared with what is known to have come and gone (native coin, where nodes offer no
-- traces).

-- Which accounts to ask the node about: those that somebody waits for first, then those not looked at for longest.
CREATE FUNCTION wbo_chain.accounts_to_reconcile(network text, epoch bigint, most integer) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
#variable_conflict use_column
DECLARE
    net text := accounts_to_reconcile.network;
BEGIN
    PERFORM wbo_rule.hold_lease(net, accounts_to_reconcile.epoch);
    RETURN (
        SELECT coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'address', x.address)), '[]') FROM (
            (SELECT a.id, a.address FROM wbo_data.deposit d
             JOIN wbo_data.cryptocurrency k ON k.id = d.coin_id AND k.contract IS NULL
             JOIN wbo_data.custodial_account a ON a.network = d.network AND a.address = d.target_address
             AND a.deleted_at IS NULL
             LEFT JOIN wbo_data.account_balance b ON b.custodial_id = a.id
             WHERE d.network = net AND d.status IN ('pending_auth', 'abnormal')
               AND (b.checked_at IS NULL OR b.checked_at < clock_timestamp() - interval '10 seconds')
             GROUP BY a.id, a.address, b.checked_at ORDER BY b.checked_at NULLS FIRST LIMIT most / 2)
            UNION
            (SELECT a.id, a.address FROM wbo_data.custodial_account a
             WHERE a.network = net AND a.deleted_at IS NULL AND a.confirmed_at IS NOT NULL
               AND NOT EXISTS (SELECT FROM wbo_data.account_balance b WHERE b.custodial_id = a.id)
             ORDER BY a.client_no IS NULL, a.id LIMIT most / 4)
            UNION
            (SELECT a.id, a.address FROM wbo_data.account_balance b
             JOIN wbo_data.custodial_account a ON a.id = b.custodial_id AND a.deleted_at IS NULL
             WHERE b.network = net ORDER BY b.checked_at LIMIT most / 4)
        ) AS x);
END
$$;

-- What the node said the accounts held at a block of ours: [{id, balance}]. Says how many differences that brought to
-- light.
CREATE FUNCTION wbo_chain.record_balances(network text, epoch bigint, number bigint, hash text,
    balances jsonb) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
#variable_conflict use_column
DECLARE
    net text := record_balances.network;
    at_number bigint := record_balances.number;
    found integer;
BEGIN
    PERFORM wbo_rule.hold_lease(net, record_balances.epoch);
    PERFORM wbo_rule.begin_act('weigh');
    IF NOT EXISTS (SELECT FROM wbo_data.block b WHERE b.network = net AND b.hash = record_balances.hash
        AND b.number = at_number AND b.canonical) THEN
        RETURN 0;
    END IF;
    INSERT INTO wbo_data.balance_difference (network, custodial_id, from_number, to_number, amount_base)
    SELECT net, was.custodial_id, was.at_number, record_balances.number,
        now_.balance - was.balance - known.came + known.went
    FROM jsonb_to_recordset(record_balances.balances) AS now_ (id bigint, balance numeric)
    JOIN wbo_data.account_balance was ON was.custodial_id = now_.id AND was.balance IS NOT NULL
        AND was.at_number <= record_balances.number
    CROSS JOIN LATERAL (
        SELECT (SELECT coalesce(sum(t.amount_base), 0) FROM wbo_data.chain_transfer t
                JOIN wbo_data.cryptocurrency k ON k.id = t.coin_id AND k.contract IS NULL
                JOIN wbo_data.custodial_account a ON a.id = was.custodial_id AND t.recipient = a.address
                WHERE t.network = net AND t.canonical AND t.block_number > was.at_number
                    AND t.block_number <= record_balances.number) AS came,
               (SELECT coalesce(sum(s.amount_base), 0) FROM wbo_data.account_spending s
                WHERE s.custodial_id = was.custodial_id AND s.canonical
                  AND s.block_number > was.at_number AND s.block_number <= record_balances.number) AS went
    ) AS known
    -- Rollups take fees that receipts do not show: less than expected is told only where nothing was sent.
    WHERE now_.balance - was.balance - known.came + known.went > 0
       OR (now_.balance - was.balance - known.came < 0 AND known.went = 0);
    GET DIAGNOSTICS found = ROW_COUNT;
    INSERT INTO wbo_data.account_balance (custodial_id, network, at_number, balance)
    SELECT n.id, net, record_balances.number, n.balance FROM jsonb_to_recordset(record_balances.balances)
        AS n (id bigint, balance numeric)
    ON CONFLICT (custodial_id) DO UPDATE SET at_number = excluded.at_number, balance = excluded.balance,
        checked_at = clock_timestamp()
    WHERE account_balance.at_number <= excluded.at_number OR account_balance.balance IS NULL;
    RETURN found;
END
$$;

-- What our accounts sent, as the tracker stores each block.
CREATE FUNCTION wbo_rule.store_spending(net text, blocks jsonb) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, wbo, pg_temp AS $$
    INSERT INTO wbo_data.account_spending (network, block_number, block_hash, txid, custodial_id, amount_base)
    SELECT net, b.number, b.hash, s.txid, a.id, s.fee + CASE WHEN s.succeeded THEN s.value ELSE 0 END
    FROM jsonb_to_recordset(blocks) AS b (number bigint, hash text, sent jsonb),
         jsonb_to_recordset(coalesce(b.sent, '[]'))
         AS s (txid text, sender text, succeeded boolean, fee numeric, value numeric)
    JOIN wbo_data.custodial_account a ON a.network = net AND a.address = s.sender AND a.deleted_at IS NULL
    ON CONFLICT (network, block_hash, txid) DO UPDATE SET canonical = true
$$;

-- A reorganisation: what was sent there was not sent, and balances of those blocks say nothing.
CREATE FUNCTION wbo_rule.undo_balances(net text, to_number bigint) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, wbo, pg_temp AS $$
    UPDATE wbo_data.account_spending s SET canonical = false
        WHERE s.network = net AND s.block_number > to_number AND s.canonical;
    UPDATE wbo_data.account_balance b SET balance = NULL, at_number = to_number
        WHERE b.network = net AND b.at_number > to_number;
$$;

CREATE VIEW wbo.unexplained_balance AS
SELECT d.id AS difference_id, d.network, k.code AS coin, k.decimals, a.address::text,
    wbo_rule.to_units(d.amount_base, k.decimals) AS amount,
       d.from_number, d.to_number, d.found_at, a.client_no AS likely_client_no, c.name_en AS likely_client_name,
       c.name_zh_hk AS likely_client_name_zh_hk, c.name_zh_cn AS likely_client_name_zh_cn
FROM wbo_data.balance_difference d
JOIN wbo_data.custodial_account a ON a.id = d.custodial_id
JOIN wbo_data.cryptocurrency k ON k.network = d.network AND k.contract IS NULL
LEFT JOIN wbo_data.client c ON c.client_no = a.client_no
WHERE d.explained_at IS NULL;
REVOKE ALL ON wbo.unexplained_balance FROM PUBLIC;
GRANT SELECT ON wbo.unexplained_balance TO "atm.va_coin_deposit_records_inquiry";

-- An operator's word on one of them, and the owner's. It credits nothing.
CREATE FUNCTION wbo.explain_difference(difference_id bigint, remark text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    why text := wbo_rule.require_text('remark', explain_difference.remark, 500);
BEGIN
    PERFORM wbo_rule.begin_operator_act('explain_difference', why);
    PERFORM wbo_rule.close_difference(explain_difference.difference_id, why);
END
$$;

CREATE FUNCTION wbo_rule.explain_difference(difference_id bigint, remark text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    why text := wbo_rule.require_text('remark', explain_difference.remark, 500);
BEGIN
    PERFORM wbo_rule.begin_act('explain_difference', why);
    PERFORM wbo_rule.close_difference(explain_difference.difference_id, why);
END
$$;

CREATE FUNCTION wbo_rule.close_difference(wanted bigint, why text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    UPDATE wbo_data.balance_difference d SET explained_at = now(), explained_by = session_user, remark = why
    WHERE d.id = wanted AND d.explained_at IS NULL;
    IF NOT FOUND THEN
        PERFORM wbo_rule.refuse_unknown('balance_difference', wanted::text);
    END IF;
END
$$;

CREATE TRIGGER y_audit AFTER INSERT OR UPDATE ON wbo_data.balance_difference FOR EACH ROW
    EXECUTE FUNCTION wbo_rule.write_audit('balance_difference', 'id');
CREATE TRIGGER z_hint AFTER INSERT OR UPDATE ON wbo_data.balance_difference FOR EACH STATEMENT
    EXECUTE FUNCTION wbo_rule.hint('transfer');
