-- What an auditor asks for: the log's chain, its head, and the day in figures.

-- The desktop's 驗證 button: walks the hash chain, and compares it with a head that was noted elsewhere when one is
-- given.
CREATE FUNCTION wbo.verify_audit(noted_head text DEFAULT NULL,
                                 OUT entries bigint, OUT sealed bigint, OUT head text, OUT bad_seq bigint,
                                 OUT fault text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT * FROM wbo_rule.verify_entries(noted_head)
$$;

-- The chain's head, to be kept outside (printed, mailed): no owner who rewrites the log up to here can make it fit.
CREATE FUNCTION wbo.audit_head(OUT sealed bigint, OUT seq bigint, OUT head text, OUT sealed_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT s.position, s.seq, encode(s.hash, 'hex'), s.sealed_at FROM wbo_data.audit_seal s
        ORDER BY s.position DESC LIMIT 1
$$;

-- One day in Hong Kong, for the person who did not work on it: who did what how often, what was refused, what came in
-- and went out, what still stands out, and the chain's head, which proves all of it as soon as the report left the
-- house.
CREATE FUNCTION wbo.daily_report(day date DEFAULT NULL) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, wbo,
    pg_temp SET timezone = 'Asia/Hong_Kong' AS $$
DECLARE
    of_day date := coalesce(day, current_date);
    since timestamptz := of_day;
    until timestamptz := of_day + 1;
BEGIN
    RETURN jsonb_build_object(
        'day', of_day, 'since', since, 'until', until, 'made_at', clock_timestamp(),
        'entries', (SELECT jsonb_build_object('count', count(*), 'first', min(e.seq), 'last', max(e.seq),
                        'unsealed', count(*) FILTER (WHERE s.seq IS NULL))
                    FROM wbo_data.audit_entry e LEFT JOIN wbo_data.audit_seal s USING (seq)
                        WHERE e.at >= since AND e.at < until),
        'acts', coalesce(
            (SELECT jsonb_agg(jsonb_build_object('operator', x.operator, 'action', x.action, 'count', x.times)
                ORDER BY x.operator, x.action)
                 FROM (SELECT e.operator, e.action, count(*) AS times FROM wbo_data.audit_entry e
                       WHERE e.at >= since AND e.at < until GROUP BY e.operator, e.action) x), '[]'),
        'credited', coalesce(
            (SELECT jsonb_agg(
                jsonb_build_object('coin', x.code, 'network', x.network, 'count', x.times, 'amount', x.amount::text)
                    ORDER BY x.network, x.code)
                     FROM (SELECT k.code, k.network, count(*) AS times,
                     wbo_rule.to_units(sum(d.credited_base), k.decimals) AS amount
                           FROM wbo_data.deposit d JOIN wbo_data.cryptocurrency k ON k.id = d.coin_id
                           WHERE d.credited_at >= since AND d.credited_at < until
                           GROUP BY k.code, k.network, k.decimals) x), '[]'),
        'refunded', coalesce(
            (SELECT jsonb_agg(
                jsonb_build_object('coin', x.code, 'network', x.network, 'count', x.times, 'amount', x.amount::text)
                    ORDER BY x.network, x.code)
                     FROM (SELECT k.code, k.network, count(*) AS times,
                     wbo_rule.to_units(sum(r.amount_base), k.decimals) AS amount
                           FROM wbo_data.refund r JOIN wbo_data.cryptocurrency k ON k.id = r.coin_id
                           WHERE r.refund_no IN (SELECT e.object_id FROM wbo_data.audit_entry e
                                                 WHERE e.at >= since AND e.at < until AND e.object_type = 'refund'
                                                   AND e.after ->> 'status' = 'confirmed'
                                                   AND e.before ->> 'status' <> 'confirmed')
                           GROUP BY k.code, k.network, k.decimals) x), '[]'),
        'open', jsonb_build_object(
            'network_alarms',
                coalesce((SELECT jsonb_agg(jsonb_build_object('network', p.network, 'alarm', p.alarm)
                    ORDER BY p.network)
                               FROM wbo_data.checkpoint p WHERE p.alarm IS NOT NULL), '[]'),
            'record_alarms', (SELECT count(*) FROM wbo_data.deposit d WHERE d.alarm),
            'abnormal', (SELECT count(*) FROM wbo_data.deposit d WHERE d.status = 'abnormal'),
            'refunds_under_way', (SELECT count(*) FROM wbo_data.refund r WHERE r.status IN (
                SELECT s.status FROM wbo_data.status_set s WHERE s.object_type = 'refund' AND s.name = 'live')),
            'unexplained_balances', (SELECT count(*) FROM wbo.unexplained_balance)),
        'anchor', (SELECT to_jsonb(h) FROM wbo.audit_head() h));
END
$$;
