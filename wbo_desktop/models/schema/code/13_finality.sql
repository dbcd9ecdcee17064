-- Finality: from which height a transfer counts as final, and up to which height a network's blocks do.

-- The height that the chain has to reach before what is in `block_number` is final, by a network's rule.
CREATE FUNCTION wbo_rule.final_height(by_rule text, block_number bigint, confirmations integer) RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT block_number + CASE WHEN f.counts_confirmations THEN confirmations - 1 ELSE 0 END
    FROM wbo_data.finality_rule f WHERE f.finality = by_rule
$$;

-- The height that is reached, by a network's rule: the newest stored block's, or that of what a node calls finalized
-- (-1 before it named one).
CREATE FUNCTION wbo_rule.settled_by(by_rule text, newest bigint, finalized bigint) RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT CASE f.settled_by WHEN 'finalized' THEN coalesce(finalized, -1) ELSE newest END
    FROM wbo_data.finality_rule f WHERE f.finality = by_rule
$$;

CREATE FUNCTION wbo_rule.settled_height(net text) RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT wbo_rule.settled_by(n.finality, c.number, c.finalized_number)
    FROM wbo_data.network n JOIN wbo_data.checkpoint c ON c.network = n.name WHERE n.name = net
$$;
