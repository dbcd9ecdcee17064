-- The audit: one entry for each changed row, in the same transaction, by trigger; sealed into a hash chain afterwards,
-- so that writers never wait for each other.

-- TG_ARGV: the object's type, its key columns (comma separated), columns that never count as a change.
CREATE FUNCTION wbo_rule.write_audit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    was jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
    becomes jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
    keys text[] := string_to_array(TG_ARGV[1], ',');
    ignored text[] := string_to_array(coalesce(TG_ARGV[2], ''), ',');
    id text;
BEGIN
    SELECT string_agg(coalesce(becomes, was) ->> k, ' ' ORDER BY n) INTO id
        FROM unnest(keys) WITH ORDINALITY AS u (k, n);
    was := was - ignored;
    becomes := becomes - ignored;
    IF TG_OP = 'UPDATE' THEN
        SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, becomes -> o.key) INTO was, becomes
        FROM jsonb_each(was) AS o WHERE o.value IS DISTINCT FROM becomes -> o.key;
        IF was IS NULL OR was - ARRAY['version', 'updated_at'] = '{}' THEN
            RETURN NULL;
        END IF;
    END IF;
    INSERT INTO wbo_data.audit_entry (workstation, action, object_type, object_id, before, after, remark)
    VALUES (wbo_rule.workstation(), coalesce(nullif(current_setting('wbo.action', true), ''), lower(TG_OP)),
        TG_ARGV[0], id,
            was, becomes, nullif(current_setting('wbo.remark', true), ''));
    RETURN NULL;
END
$$;

-- The same for one table, with its columns written out: a change then costs what its columns cost, not what all of them
-- do.
CREATE FUNCTION wbo_rule.audit_function(of_table text, keys text, ignored text[]) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT format($f$CREATE FUNCTION wbo_rule.%I() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $body$
DECLARE
    was jsonb;
    becomes jsonb;
    counts boolean := false;
    id text := %s;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        was := '{}';
        becomes := '{}';
%s
        IF NOT counts THEN
            RETURN NULL;
        END IF;
    ELSIF TG_OP = 'INSERT' THEN
        becomes := to_jsonb(NEW) - %L::text[];
    ELSE
        was := to_jsonb(OLD) - %L::text[];
        id := %s;
    END IF;
    INSERT INTO wbo_data.audit_entry (workstation, action, object_type, object_id, before, after, remark)
    VALUES (left(current_setting('application_name'), 64) || coalesce('@' || host(inet_client_addr()), '@local'),
            coalesce(nullif(current_setting('wbo.action', true), ''), lower(TG_OP)), TG_ARGV[0], id,
            was, becomes, nullif(current_setting('wbo.remark', true), ''));
    RETURN NULL;
END
$body$ $f$, 'audit_' || of_table,
        (SELECT string_agg('NEW.' || quote_ident(k), ' || '' '' || ' ORDER BY n)
            FROM unnest(string_to_array(keys, ',')) WITH ORDINALITY AS u (k, n)),
        (SELECT string_agg(format($f$        IF NEW.%1$I IS DISTINCT FROM OLD.%1$I THEN
            was := was || jsonb_build_object(%1$L, OLD.%1$I);
            becomes := becomes || jsonb_build_object(%1$L, NEW.%1$I);
%2$s        END IF;$f$, attname, CASE WHEN attname NOT IN ('version', 'updated_at')
    THEN E'            counts := true;\n' ELSE '' END), E'\n' ORDER BY attnum)
         FROM pg_attribute WHERE attrelid = format('wbo_data.%I', of_table)::regclass AND attnum > 0
         AND NOT attisdropped AND attname <> ALL (ignored)),
        ignored, ignored,
        (SELECT string_agg('OLD.' || quote_ident(k), ' || '' '' || ' ORDER BY n)
            FROM unnest(string_to_array(keys, ',')) WITH ORDINALITY AS u (k, n)))
$$;

DO $$
DECLARE
    audited record;
BEGIN
    -- The table, what its rows are called, their key, and columns that never count as a change.
    FOR audited IN SELECT * FROM (VALUES
        ('policy', 'policy', 'name', NULL), ('network', 'network', 'name', NULL),
        ('cryptocurrency', 'cryptocurrency', 'code,network', NULL), ('client', 'client', 'client_no', NULL),
        ('custodial_account', 'custodial_account', 'network,address', NULL),
            ('custodial_import', 'custodial_import', 'id', NULL),
        ('wallet_address', 'wallet', 'id', 'is_contract'),
        ('deposit_application', 'application', 'external_serial', NULL), ('deposit', 'deposit', 'record_no', NULL),
        ('refund', 'refund', 'refund_no', NULL), ('refund_approval', 'refund_approval', 'refund_no,login', NULL),
        ('refund_attempt', 'refund_attempt', 'refund_no,attempt', 'raw'),
            ('hot_wallet', 'hot_wallet', 'network,address', 'balances,checked_at,fee_estimate'),
        ('known_address', 'known_address', 'network,address', NULL), ('operator', 'operator', 'login', 'password_mark'),
        ('permission_grant', 'permission_grant', 'login,permission_code', NULL),
            ('change_request', 'change_request', 'id', 'verifier')
    ) AS tables (name, kind, keys, ignored) LOOP
        EXECUTE wbo_rule.audit_function(audited.name, audited.keys,
            string_to_array(coalesce(audited.ignored, ''), ','));
        EXECUTE format(
            'CREATE TRIGGER y_audit AFTER INSERT OR UPDATE OR DELETE ON wbo_data.%1$I '
            'FOR EACH ROW EXECUTE FUNCTION wbo_rule.%2$I(%3$s)',
                       audited.name, 'audit_' || audited.name,
                       concat_ws(', ', quote_literal(audited.kind), quote_literal(audited.keys),
                       quote_literal(audited.ignored)));
    END LOOP;
END
$$;

-- What is hashed of an entry: every column, unambiguously (a value that is missing is not the JSON null).
CREATE FUNCTION wbo_rule.entry_text(e wbo_data.audit_entry) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT jsonb_build_array(e.seq, e.xid::text, extract(epoch FROM e.at)::text, e.operator, e.workstation, e.action,
                             e.object_type, e.object_id, e.before::text, e.after::text, e.remark)::text
$$;

CREATE FUNCTION wbo_rule.seal_hash(previous bytea, place bigint, e wbo_data.audit_entry) RETURNS bytea
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT sha256(previous || convert_to(place || ':' || wbo_rule.entry_text(e), 'UTF8'))
$$;

-- What a snapshot sees as over, as far as a transaction number, and without the one that asks: it may go on writing.
CREATE FUNCTION wbo_rule.seen_below(seen pg_snapshot, upto xid8) RETURNS pg_snapshot
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    WITH open AS (
        SELECT x FROM pg_snapshot_xip(seen) AS x WHERE x < upto
        UNION
        SELECT pg_current_xact_id_if_assigned() WHERE pg_current_xact_id_if_assigned() < upto
    )
    SELECT (coalesce((SELECT min(x::text::numeric) FROM open), upto::text::numeric) || ':' || upto || ':'
            || coalesce((SELECT string_agg(x::text, ',' ORDER BY x) FROM open), ''))::pg_snapshot
$$;

-- Seals the entries of every transaction that is over, in the order (xid, seq), and keeps the snapshot that says which
-- these are: a session that leaves a transaction open holds up its own entries alone, and an entry that turns up
-- unsealed although its transaction was over at the horizon was put there by hand.
CREATE FUNCTION wbo_rule.seal_entries(most integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    mark wbo_data.audit_horizon;
    seen pg_snapshot;
    previous bytea;
    entry wbo_data.audit_entry;
    sealed integer := 0;
    last_xid xid8;
    restored boolean;
BEGIN
    SELECT * INTO mark FROM wbo_data.audit_horizon FOR UPDATE;
    seen := wbo_rule.seen_below(pg_current_snapshot(), pg_snapshot_xmax(pg_current_snapshot()));
    restored := mark.system_identifier <> (SELECT system_identifier FROM pg_control_system());
    IF restored THEN
        -- Restored into another cluster, whose transaction numbers start anew and say nothing about older entries: this
        -- once, writers wait a moment, so that what is there unsealed is all committed.
        LOCK TABLE wbo_data.audit_entry IN SHARE ROW EXCLUSIVE MODE;
        seen := wbo_rule.seen_below(pg_current_snapshot(), pg_snapshot_xmax(pg_current_snapshot()));
        most := 2147483647;
    END IF;
    SELECT hash INTO previous FROM wbo_data.audit_seal WHERE position = mark.position;
    previous := coalesce(previous, sha256('wbo-audit'));
    FOR entry IN
        SELECT e.* FROM wbo_data.audit_entry e
        WHERE (restored OR (e.xid >= pg_snapshot_xmin(mark.horizon) AND e.xid < pg_snapshot_xmax(seen)
                            AND pg_visible_in_snapshot(e.xid, seen)))
          AND NOT EXISTS (SELECT FROM wbo_data.audit_seal s WHERE s.seq = e.seq)
        ORDER BY e.xid, e.seq LIMIT most
    LOOP
        mark.position := mark.position + 1;
        previous := wbo_rule.seal_hash(previous, mark.position, entry);
        INSERT INTO wbo_data.audit_seal (position, seq, hash) VALUES (mark.position, entry.seq, previous);
        sealed := sealed + 1;
        last_xid := entry.xid;
    END LOOP;
    IF sealed = most THEN
        -- There may be more, of this transaction too.
        seen := wbo_rule.seen_below(seen, last_xid);
    END IF;
    UPDATE wbo_data.audit_horizon SET
        position = mark.position, system_identifier = (SELECT system_identifier FROM pg_control_system()),
        horizon = CASE WHEN restored OR pg_snapshot_xmax(seen) >= pg_snapshot_xmax(horizon) THEN seen ELSE horizon END
    WHERE restored OR position <> mark.position OR pg_snapshot_xmin(horizon) < pg_snapshot_xmin(seen);
    RETURN sealed;
END
$$;

-- A row as its entries tell it, one after the other; see models/replay.py.
CREATE AGGREGATE wbo_rule.merged(jsonb) (SFUNC = jsonb_concat, STYPE = jsonb, INITCOND = '{}');

-- The first entry whose time cannot be: before that of an earlier one by more than a minute (number and time are taken
-- in the same instant), or after it was sealed. So no entry can be written for yesterday.
CREATE FUNCTION wbo_rule.time_contradicts() RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT t.seq FROM (
        SELECT e.seq, e.at, s.sealed_at,
               max(e.at) OVER (ORDER BY e.seq ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS latest
        FROM wbo_data.audit_entry e LEFT JOIN wbo_data.audit_seal s ON s.seq = e.seq) AS t
    WHERE t.at < t.latest - interval '1 minute' OR t.at > t.sealed_at + interval '1 minute'
    ORDER BY t.seq LIMIT 1
$$;

-- Walks the chain: how many entries, and the first fault (NULL when there is none). With a head that was noted
-- elsewhere, also whether the chain still leads over it: a log that was rewritten and sealed anew does not
-- lead over it.
CREATE FUNCTION wbo_rule.verify_entries(noted_head text DEFAULT NULL,
                                        OUT entries bigint, OUT sealed bigint, OUT head text, OUT bad_seq bigint,
                                            OUT fault text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    mark wbo_data.audit_horizon;
    last wbo_data.audit_seal;
BEGIN
    SELECT * INTO mark FROM wbo_data.audit_horizon;
    SELECT count(*) INTO entries FROM wbo_data.audit_entry;
    SELECT count(*) INTO sealed FROM wbo_data.audit_seal;
    SELECT * INTO last FROM wbo_data.audit_seal ORDER BY position DESC LIMIT 1;
    head := encode(coalesce(last.hash, sha256('wbo-audit')), 'hex');
    SELECT link.seq, CASE WHEN link.position <> link.place THEN 'seal_missing' WHEN (link.entry).seq IS NULL
        THEN 'entry_removed' ELSE 'entry_altered' END
    INTO bad_seq, fault
    FROM (SELECT s.position, s.seq, s.hash, e AS entry, row_number() OVER chain AS place,
                 coalesce(lag(s.hash) OVER chain, sha256('wbo-audit')) AS previous
          FROM wbo_data.audit_seal s LEFT JOIN wbo_data.audit_entry e ON e.seq = s.seq WINDOW chain
          AS (ORDER BY s.position)) AS link
    WHERE link.position <> link.place OR (link.entry).seq IS NULL
       OR link.hash IS DISTINCT FROM wbo_rule.seal_hash(link.previous, link.position, link.entry)
    ORDER BY link.position LIMIT 1;
    IF FOUND THEN
        RETURN;
    ELSIF sealed <> coalesce(mark.position, -1) THEN
        fault := 'seal_missing';
        bad_seq := last.seq;
        RETURN;
    ELSIF noted_head IS NOT NULL AND NOT EXISTS (
        SELECT FROM wbo_data.audit_seal s WHERE encode(s.hash, 'hex') = lower(btrim(noted_head))) THEN
        fault := 'anchor_missing';
        RETURN;
    END IF;
    -- An entry that is not sealed although its transaction is long over, or that names one which has not begun yet.
    SELECT e.seq INTO bad_seq FROM wbo_data.audit_entry e
    WHERE (pg_visible_in_snapshot(e.xid, mark.horizon) OR e.xid >= pg_snapshot_xmax(pg_current_snapshot()))
      AND mark.system_identifier = (SELECT system_identifier FROM pg_control_system())
      AND e.xid IS DISTINCT FROM pg_current_xact_id_if_assigned()
      AND NOT EXISTS (SELECT FROM wbo_data.audit_seal s WHERE s.seq = e.seq)
    ORDER BY e.seq LIMIT 1;
    IF FOUND THEN
        fault := 'entry_inserted';
        RETURN;
    END IF;
    bad_seq := wbo_rule.time_contradicts();
    fault := CASE WHEN bad_seq IS NOT NULL THEN 'time_contradicts' END;
END
$$;

INSERT INTO wbo_data.audit_horizon (system_identifier, horizon, position)
SELECT system_identifier, '1:1:', 0 FROM pg_control_system() WHERE NOT EXISTS (SELECT FROM wbo_data.audit_horizon);

-- A change is hinted at to every desktop and worker: the payload is its topic, nothing more.
CREATE FUNCTION wbo_rule.hint() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    PERFORM pg_notify('wbo_changes', TG_ARGV[0]);
    RETURN NULL;
END
$$;

DO $$
DECLARE
    hinted record;
BEGIN
    FOR hinted IN SELECT * FROM (VALUES
        ('policy', 'policy'), ('network', 'network'), ('cryptocurrency', 'currency'),
            ('custodial_account', 'custodial'), ('custodial_import', 'custodial'),
        ('wallet_address', 'wallet'), ('known_address', 'wallet'), ('deposit', 'deposit'),
            ('deposit_application', 'deposit'), ('refund', 'refund'),
        ('refund_approval', 'refund'), ('refund_attempt', 'refund'), ('hot_wallet', 'refund'), ('operator', 'operator'),
        ('permission_grant', 'operator'), ('change_request', 'operator'), ('checkpoint', 'chain'),
            ('chain_transfer', 'transfer')
    ) AS pairs (of_table, topic) LOOP
        EXECUTE format(
            'CREATE TRIGGER z_hint AFTER INSERT OR UPDATE ON wbo_data.%I '
            'FOR EACH STATEMENT EXECUTE FUNCTION wbo_rule.hint(%L)',
                       hinted.of_table, hinted.topic);
    END LOOP;
END
$$;
