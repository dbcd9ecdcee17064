-- The audit: one entry for each changed row, in the same transaction, by trigger; sealed into a hash chain afterwards, so
-- that writers never wait for each other.

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
    SELECT string_agg(coalesce(becomes, was) ->> k, ' ' ORDER BY n) INTO id FROM unnest(keys) WITH ORDINALITY AS u (k, n);
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
    VALUES (wbo_rule.workstation(), coalesce(nullif(current_setting('wbo.action', true), ''), lower(TG_OP)), TG_ARGV[0], id,
            was, becomes, nullif(current_setting('wbo.remark', true), ''));
    RETURN NULL;
END
$$;

CREATE TRIGGER y_audit AFTER INSERT OR UPDATE OR DELETE ON wbo_data.policy FOR EACH ROW EXECUTE FUNCTION wbo_rule.write_audit('policy', 'name');
CREATE TRIGGER y_audit AFTER INSERT OR UPDATE OR DELETE ON wbo_data.network FOR EACH ROW EXECUTE FUNCTION wbo_rule.write_audit('network', 'name');
CREATE TRIGGER y_audit AFTER INSERT OR UPDATE OR DELETE ON wbo_data.cryptocurrency FOR EACH ROW EXECUTE FUNCTION wbo_rule.write_audit('cryptocurrency', 'code,network');
CREATE TRIGGER y_audit AFTER INSERT OR UPDATE OR DELETE ON wbo_data.client FOR EACH ROW EXECUTE FUNCTION wbo_rule.write_audit('client', 'client_no');
CREATE TRIGGER y_audit AFTER INSERT OR UPDATE OR DELETE ON wbo_data.custodial_account FOR EACH ROW EXECUTE FUNCTION wbo_rule.write_audit('custodial_account', 'network,address');
CREATE TRIGGER y_audit AFTER INSERT OR UPDATE OR DELETE ON wbo_data.wallet_address FOR EACH ROW EXECUTE FUNCTION wbo_rule.write_audit('wallet', 'id', 'is_contract');
CREATE TRIGGER y_audit AFTER INSERT OR UPDATE OR DELETE ON wbo_data.deposit_application FOR EACH ROW EXECUTE FUNCTION wbo_rule.write_audit('application', 'external_serial');
CREATE TRIGGER y_audit AFTER INSERT OR UPDATE OR DELETE ON wbo_data.deposit FOR EACH ROW EXECUTE FUNCTION wbo_rule.write_audit('deposit', 'record_no');
CREATE TRIGGER y_audit AFTER INSERT OR UPDATE OR DELETE ON wbo_data.refund FOR EACH ROW EXECUTE FUNCTION wbo_rule.write_audit('refund', 'refund_no');
CREATE TRIGGER y_audit AFTER INSERT OR UPDATE OR DELETE ON wbo_data.refund_approval FOR EACH ROW EXECUTE FUNCTION wbo_rule.write_audit('refund_approval', 'refund_no,login');
CREATE TRIGGER y_audit AFTER INSERT OR UPDATE OR DELETE ON wbo_data.refund_attempt FOR EACH ROW EXECUTE FUNCTION wbo_rule.write_audit('refund_attempt', 'refund_no,attempt', 'raw');
CREATE TRIGGER y_audit AFTER INSERT OR UPDATE OR DELETE ON wbo_data.hot_wallet FOR EACH ROW EXECUTE FUNCTION wbo_rule.write_audit('hot_wallet', 'network,address', 'balances,checked_at,fee_estimate');
CREATE TRIGGER y_audit AFTER INSERT OR UPDATE OR DELETE ON wbo_data.known_address FOR EACH ROW EXECUTE FUNCTION wbo_rule.write_audit('known_address', 'network,address');
CREATE TRIGGER y_audit AFTER INSERT OR UPDATE OR DELETE ON wbo_data.operator FOR EACH ROW EXECUTE FUNCTION wbo_rule.write_audit('operator', 'login');
CREATE TRIGGER y_audit AFTER INSERT OR UPDATE OR DELETE ON wbo_data.permission_grant FOR EACH ROW EXECUTE FUNCTION wbo_rule.write_audit('permission_grant', 'login,permission_code');

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

-- Seals what no running transaction can add to: every entry below the oldest transaction still open, in the order (xid, seq).
-- So an entry that turns up unsealed below the horizon was put there by hand.
CREATE FUNCTION wbo_rule.seal_entries(most integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    mark wbo_data.audit_horizon;
    open_from xid8;
    previous bytea;
    entry wbo_data.audit_entry;
    sealed integer := 0;
    last_xid xid8;
    restored boolean;
BEGIN
    SELECT * INTO mark FROM wbo_data.audit_horizon FOR UPDATE;
    open_from := pg_snapshot_xmin(pg_current_snapshot());
    restored := mark.system_identifier <> (SELECT system_identifier FROM pg_control_system());
    IF restored THEN
        -- Restored into another cluster, whose transaction numbers start anew and say nothing about older entries: this once,
        -- writers wait a moment, so that what is there unsealed is all committed.
        LOCK TABLE wbo_data.audit_entry IN SHARE ROW EXCLUSIVE MODE;
        open_from := pg_snapshot_xmin(pg_current_snapshot());
        mark.horizon := '0';
        most := 2147483647;
    END IF;
    SELECT hash INTO previous FROM wbo_data.audit_seal WHERE position = mark.position;
    previous := coalesce(previous, sha256('wbo-audit'));
    FOR entry IN
        SELECT e.* FROM wbo_data.audit_entry e
        WHERE (restored OR (e.xid >= mark.horizon AND e.xid < open_from))
          AND NOT EXISTS (SELECT FROM wbo_data.audit_seal s WHERE s.seq = e.seq)
        ORDER BY e.xid, e.seq LIMIT most
    LOOP
        mark.position := mark.position + 1;
        previous := wbo_rule.seal_hash(previous, mark.position, entry);
        INSERT INTO wbo_data.audit_seal (position, seq, hash) VALUES (mark.position, entry.seq, previous);
        sealed := sealed + 1;
        last_xid := entry.xid;
    END LOOP;
    UPDATE wbo_data.audit_horizon SET
        position = mark.position, horizon = CASE WHEN sealed < most THEN open_from ELSE last_xid END,
        system_identifier = (SELECT system_identifier FROM pg_control_system())
    WHERE restored OR position <> mark.position OR horizon < (CASE WHEN sealed < most THEN open_from ELSE last_xid END);
    RETURN sealed;
END
$$;

-- Walks the chain: how many entries, and the first fault (NULL when there is none). With a head that was noted elsewhere, also
-- whether the chain still leads over it: whoever rewrote the log and sealed it anew cannot have made that fit.
CREATE FUNCTION wbo_rule.verify_entries(noted_head text DEFAULT NULL,
                                        OUT entries bigint, OUT sealed bigint, OUT head text, OUT bad_seq bigint, OUT fault text)
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
    SELECT link.seq, CASE WHEN link.position <> link.place THEN 'seal_missing' WHEN (link.entry).seq IS NULL THEN 'entry_removed' ELSE 'entry_altered' END
    INTO bad_seq, fault
    FROM (SELECT s.position, s.seq, s.hash, e AS entry, row_number() OVER chain AS place,
                 coalesce(lag(s.hash) OVER chain, sha256('wbo-audit')) AS previous
          FROM wbo_data.audit_seal s LEFT JOIN wbo_data.audit_entry e ON e.seq = s.seq WINDOW chain AS (ORDER BY s.position)) AS link
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
    WHERE (e.xid < mark.horizon OR e.xid >= pg_snapshot_xmax(pg_current_snapshot()))
      AND mark.system_identifier = (SELECT system_identifier FROM pg_control_system())
      AND e.xid IS DISTINCT FROM pg_current_xact_id_if_assigned()
      AND NOT EXISTS (SELECT FROM wbo_data.audit_seal s WHERE s.seq = e.seq)
    ORDER BY e.seq LIMIT 1;
    IF FOUND THEN
        fault := 'entry_inserted';
    END IF;
END
$$;

INSERT INTO wbo_data.audit_horizon (system_identifier, horizon, position)
SELECT system_identifier, '0', 0 FROM pg_control_system() WHERE NOT EXISTS (SELECT FROM wbo_data.audit_horizon);

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
        ('policy', 'policy'), ('network', 'network'), ('cryptocurrency', 'currency'), ('custodial_account', 'custodial'),
        ('wallet_address', 'wallet'), ('known_address', 'wallet'), ('deposit', 'deposit'), ('deposit_application', 'deposit'), ('refund', 'refund'),
        ('refund_approval', 'refund'), ('refund_attempt', 'refund'), ('hot_wallet', 'refund'), ('operator', 'operator'),
        ('permission_grant', 'operator'), ('checkpoint', 'chain'), ('chain_transfer', 'transfer')
    ) AS pairs (of_table, topic) LOOP
        EXECUTE format('CREATE TRIGGER z_hint AFTER INSERT OR UPDATE ON wbo_data.%I FOR EACH STATEMENT EXECUTE FUNCTION wbo_rule.hint(%L)',
                       hinted.of_table, hinted.topic);
    END LOOP;
END
$$;
