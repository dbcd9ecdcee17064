-- The log of very many records: an entry for the making of every audited row, and one more for each deposit that came
-- to its end. Written past every trigger, in place of what was in the log; only a superuser of a made-up world can do
-- this.

SET LOCAL session_replication_role = replica;
SET LOCAL synchronous_commit = off;
TRUNCATE wbo_data.audit_entry, wbo_data.audit_seal;

DO $$
DECLARE
    audited record;
BEGIN
    FOR audited IN
        SELECT c.relname, string_to_array(encode(t.tgargs, 'escape'), '\000') AS told
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE t.tgname = 'y_audit' AND c.relnamespace = 'wbo_data'::regnamespace ORDER BY c.relname
    LOOP
        -- what the trigger was given: the kind, the key, and what never counts as a change
        EXECUTE format(
            'INSERT INTO wbo_data.audit_entry (operator, workstation, action, object_type, object_id, after)'
            ' SELECT ''owner'', ''many@local'', ''insert'', %L, concat_ws('' '', %s), '
            'to_jsonb(t) - %L::text[] FROM wbo_data.%I t',
            audited.told[1],
            (SELECT string_agg('t.' || quote_ident(k), ', ' ORDER BY n)
             FROM string_to_table(audited.told[2], ',') WITH ORDINALITY AS u (k, n)),
            string_to_array(audited.told[3], ','), audited.relname);
    END LOOP;
END
$$;

INSERT INTO wbo_data.audit_entry (operator, workstation, action, object_type, object_id, before, after)
SELECT 'worker', 'many@local', 'apply_decisions', 'deposit', d.record_no, '{"status": "pending_auth"}',
       jsonb_build_object('status', d.status, 'updated_at', d.updated_at)
FROM wbo_data.deposit d WHERE d.status <> 'pending_auth';
