-- Functions, views and grants as they stood in November 2026: the faulty twin beside which today's are measured.

-- Helpers of the rules. Only the owner's functions call them.

CREATE SCHEMA wbo_rule;

-- Every refusal of the database comes from here: SQLSTATE of class WB, the code as message, its parameters as detail.
CREATE FUNCTION wbo_rule.refuse(kind text, code text, params jsonb DEFAULT '{}') RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = kind, MESSAGE = code, DETAIL = params::text;
END
$$;

-- Blank as a person sees it: unicode spaces and invisible characters count as nothing.
CREATE FUNCTION wbo_rule.is_blank(value text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT value IS NULL OR regexp_replace(value,
        '[\s\u0000-\u0020\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0]',
        '', 'g') = ''
$$;

CREATE FUNCTION wbo_rule.require_text(field text, value text, longest integer) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    IF wbo_rule.is_blank(value) THEN
        PERFORM wbo_rule.refuse('WB400', CASE WHEN field LIKE '%remark%' THEN 'remark_blank' ELSE 'value_missing' END,
                                jsonb_build_object('field', field));
    ELSIF length(value) > longest THEN
        PERFORM wbo_rule.refuse('WB400', 'value_too_long', jsonb_build_object('field', field, 'limit', longest));
    END IF;
    RETURN btrim(value);
END
$$;

-- Amounts: exact both ways; numeric multiplication never rounds.
CREATE FUNCTION wbo_rule.to_units(base numeric, decimals integer) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT base * ('1e-' || decimals)::numeric $$;

CREATE FUNCTION wbo_rule.to_base(field text, amount numeric, decimals integer) RETURNS numeric
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    base numeric;
BEGIN
    IF amount IS NULL THEN
        PERFORM wbo_rule.refuse('WB400', 'value_missing', jsonb_build_object('field', field));
    ELSIF amount IN ('NaN', 'Infinity', '-Infinity') THEN
        PERFORM wbo_rule.refuse('WB400', 'amount_malformed', jsonb_build_object('field', field, 'value', amount::text));
    ELSIF amount < 0 THEN
        PERFORM wbo_rule.refuse('WB400', 'amount_not_positive', jsonb_build_object('field', field, 'value', left(amount::text, 80)));
    ELSIF amount >= 1e78 THEN
        PERFORM wbo_rule.refuse('WB400', 'amount_too_large', jsonb_build_object('field', field, 'value', left(amount::text, 80)));
    END IF;
    base := amount * ('1e' || decimals)::numeric;
    IF base <> trunc(base) THEN
        PERFORM wbo_rule.refuse('WB400', 'amount_too_precise',
                                jsonb_build_object('field', field, 'value', left(amount::text, 80), 'decimals', decimals));
    ELSIF base > 115792089237316195423570985008687907853269984665640564039457584007913129639935 THEN
        PERFORM wbo_rule.refuse('WB400', 'amount_too_large', jsonb_build_object('field', field, 'value', left(amount::text, 80)));
    END IF;
    RETURN trunc(base);
END
$$;

CREATE FUNCTION wbo_rule.to_positive_base(field text, amount numeric, decimals integer) RETURNS numeric
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    base numeric := wbo_rule.to_base(field, amount, decimals);
BEGIN
    IF base = 0 THEN
        PERFORM wbo_rule.refuse('WB400', 'amount_not_positive', jsonb_build_object('field', field, 'value', '0'));
    END IF;
    RETURN base;
END
$$;

-- Keccak-256 (the original padding, as Ethereum uses it) of an ASCII text of at most 135 bytes: enough for EIP-55.
CREATE FUNCTION wbo_rule.keccak256_short(message text) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE STRICT SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    constants constant bigint[] := ARRAY[
        x'0000000000000001'::bigint, x'0000000000008082'::bigint, x'800000000000808a'::bigint, x'8000000080008000'::bigint,
        x'000000000000808b'::bigint, x'0000000080000001'::bigint, x'8000000080008081'::bigint, x'8000000000008009'::bigint,
        x'000000000000008a'::bigint, x'0000000000000088'::bigint, x'0000000080008009'::bigint, x'000000008000000a'::bigint,
        x'000000008000808b'::bigint, x'800000000000008b'::bigint, x'8000000000008089'::bigint, x'8000000000008003'::bigint,
        x'8000000000008002'::bigint, x'8000000000000080'::bigint, x'000000000000800a'::bigint, x'800000008000000a'::bigint,
        x'8000000080008081'::bigint, x'8000000000008080'::bigint, x'0000000080000001'::bigint, x'8000000080008008'::bigint];
    -- For lane i of the walk of rho and pi: where it goes, and by how much it is rotated.
    targets constant integer[] := ARRAY[10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1];
    turns constant integer[] := ARRAY[1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44];
    block bytea := convert_to(message, 'SQL_ASCII');
    a bigint[] := array_fill(0::bigint, ARRAY[25]);
    c bigint[];
    row_before bigint[];
    d bigint;
    held bigint;
    moving bigint;
    x integer;
    y integer;
    digest bytea := '\x';
BEGIN
    IF length(block) > 135 THEN
        RAISE EXCEPTION 'keccak256_short takes at most 135 bytes';
    END IF;
    x := length(block);
    block := block || decode(repeat('00', 136 - x), 'hex');
    block := set_byte(block, x, 1);
    block := set_byte(block, 135, get_byte(block, 135) | 128);
    FOR lane IN 0..16 LOOP
        FOR i IN REVERSE 7..0 LOOP
            a[lane + 1] := (a[lane + 1] << 8) | get_byte(block, lane * 8 + i);
        END LOOP;
    END LOOP;
    FOR round IN 1..24 LOOP
        c := ARRAY[a[1] # a[6] # a[11] # a[16] # a[21], a[2] # a[7] # a[12] # a[17] # a[22],
                   a[3] # a[8] # a[13] # a[18] # a[23], a[4] # a[9] # a[14] # a[19] # a[24],
                   a[5] # a[10] # a[15] # a[20] # a[25]];
        FOR x IN 0..4 LOOP
            moving := c[(x + 1) % 5 + 1];
            d := c[(x + 4) % 5 + 1] # ((moving << 1) | ((moving >> 63) & 1));
            FOR y IN 0..4 LOOP
                a[x + 5 * y + 1] := a[x + 5 * y + 1] # d;
            END LOOP;
        END LOOP;
        moving := a[2];
        FOR i IN 1..24 LOOP
            held := a[targets[i] + 1];
            a[targets[i] + 1] := (moving << turns[i]) | ((moving >> (64 - turns[i])) & ~((-1::bigint) << turns[i]));
            moving := held;
        END LOOP;
        FOR y IN 0..4 LOOP
            row_before := a[5 * y + 1 : 5 * y + 5];
            FOR x IN 0..4 LOOP
                a[x + 5 * y + 1] := row_before[x + 1] # (~row_before[(x + 1) % 5 + 1] & row_before[(x + 2) % 5 + 1]);
            END LOOP;
        END LOOP;
        a[1] := a[1] # constants[round];
    END LOOP;
    FOR lane IN 1..4 LOOP
        FOR i IN 0..7 LOOP
            digest := digest || set_byte('\x00'::bytea, 0, ((a[lane] >> (8 * i)) & 255)::integer);
        END LOOP;
    END LOOP;
    RETURN digest;
END
$$;

-- The EIP-55 form of an address, or NULL where it cannot be read: malformed, or mixed case with a wrong checksum.
CREATE FUNCTION wbo_rule.read_address(value text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    digits text := substr(btrim(value), 3);
    lower_digits text := lower(digits);
    digest text;
    checked text := '0x';
BEGIN
    IF btrim(value) !~ '^0[xX][0-9a-fA-F]{40}$' THEN
        RETURN NULL;
    END IF;
    digest := encode(wbo_rule.keccak256_short(lower_digits), 'hex');
    FOR i IN 1..40 LOOP
        checked := checked || CASE WHEN substr(digest, i, 1) >= '8' THEN upper(substr(lower_digits, i, 1))
                                   ELSE substr(lower_digits, i, 1) END;
    END LOOP;
    IF digits NOT IN (lower_digits, upper(digits), substr(checked, 3)) THEN
        RETURN NULL;
    END IF;
    RETURN checked;
END
$$;

CREATE FUNCTION wbo_rule.require_address(field text, value text) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    checked text := wbo_rule.read_address(value);
BEGIN
    IF checked IS NULL THEN
        PERFORM wbo_rule.refuse('WB400',
            CASE WHEN btrim(value) ~ '^0[xX][0-9a-fA-F]{40}$' THEN 'address_checksum' ELSE 'address_malformed' END,
            jsonb_build_object('field', field, 'value', left(btrim(coalesce(value, '')), 80)));
    END IF;
    RETURN checked;
END
$$;

CREATE FUNCTION wbo_rule.require_txid(value text) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    normal text := lower(btrim(value));
BEGIN
    IF normal IS NULL OR normal !~ '^0x[0-9a-f]{64}$' THEN
        PERFORM wbo_rule.refuse('WB400', 'txid_malformed',
                                jsonb_build_object('field', 'txid', 'value', left(btrim(coalesce(value, '')), 80)));
    END IF;
    RETURN normal;
END
$$;

-- Who and where ------------------------------------------------------------------------------------------------------

CREATE FUNCTION wbo_rule.workstation() RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT left(current_setting('application_name'), 64) || coalesce('@' || host(inet_client_addr()), '@local')
$$;

-- Names the act that the audit entries of this transaction belong to. Every rule looks at what is committed now: in a
-- transaction that sees an older state, two acts could each be within a limit that they break together.
CREATE FUNCTION wbo_rule.begin_act(action text, remark text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        PERFORM wbo_rule.refuse('WB400', 'value_invalid', jsonb_build_object('field', 'transaction_isolation', 'value', current_setting('transaction_isolation')));
    END IF;
    PERFORM set_config('wbo.action', action, true), set_config('wbo.remark', coalesce(remark, ''), true);
END
$$;

-- The same for an operator's act: refused unless the operator is known, enabled, and has changed the one-time password.
CREATE FUNCTION wbo_rule.begin_operator_act(action text, remark text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    who wbo_data.operator;
BEGIN
    SELECT * INTO who FROM wbo_data.operator WHERE login = session_user;
    IF NOT FOUND THEN
        PERFORM wbo_rule.refuse('WB403', 'not_an_operator', jsonb_build_object('login', session_user));
    ELSIF who.disabled_at IS NOT NULL THEN
        PERFORM wbo_rule.refuse('WB403', 'operator_disabled', jsonb_build_object('login', session_user));
    ELSIF who.must_change_password THEN
        PERFORM wbo_rule.refuse('WB403', 'password_change_required');
    END IF;
    PERFORM wbo_rule.begin_act(action, remark);
END
$$;

CREATE FUNCTION wbo_rule.refuse_unknown(object text, id text) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT wbo_rule.refuse('WB404', 'unknown_object', jsonb_build_object('object', object, 'id', id))
$$;

CREATE FUNCTION wbo_rule.check_version(object text, id text, expected integer, actual integer, status text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    IF expected IS DISTINCT FROM actual THEN
        PERFORM wbo_rule.refuse('WB409', 'moved_meanwhile', jsonb_build_object(
            'object', object, 'id', id, 'expected', expected, 'actual', actual, 'status', status));
    END IF;
END
$$;

CREATE FUNCTION wbo_rule.refuse_status(object text, id text, status text, wanted text) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT wbo_rule.refuse('WB422', 'status_forbids', jsonb_build_object(
        'object', object, 'id', id, 'status', status, 'wanted', wanted))
$$;

-- Seconds since this session began. NULL (no right to read the statistics) must refuse, so callers ask "younger than". A session
-- that begins in the future is older than it seems: the server's clock went back.
CREATE FUNCTION wbo_rule.session_is_younger_than(seconds integer) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT coalesce((
        SELECT clock_timestamp() - a.backend_start BETWEEN interval '-1 second' AND make_interval(secs => seconds)
        FROM pg_stat_get_activity(pg_backend_pid()) AS a
    ), false)
$$;

CREATE FUNCTION wbo_rule.policy(wanted text) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT value FROM wbo_data.policy WHERE name = wanted
$$;

-- Wants a record judged again by the worker of its network.
CREATE FUNCTION wbo_rule.want_check(record text, on_network text) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, wbo, pg_temp AS $$
    INSERT INTO wbo_data.deposit_check (record_no, network) VALUES (record, on_network)
    ON CONFLICT (record_no) DO UPDATE
        SET ticket = nextval('wbo_data.deposit_check_ticket'), check_after = clock_timestamp()
$$;

-- Guards: what holds for whoever writes, the owner's own functions included.

CREATE FUNCTION wbo_rule.guard_move() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> TG_ARGV[1] THEN
            PERFORM wbo_rule.refuse_status(TG_ARGV[0], 'new', 'none', NEW.status);
        END IF;
    ELSIF NEW.status <> OLD.status AND NOT EXISTS (
        SELECT FROM wbo_data.status_move
        WHERE object_type = TG_ARGV[0] AND from_status = OLD.status AND to_status = NEW.status
    ) THEN
        PERFORM wbo_rule.refuse_status(TG_ARGV[0], to_jsonb(OLD) ->> TG_ARGV[2], OLD.status, NEW.status);
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER a_guard_move BEFORE INSERT OR UPDATE OF status ON wbo_data.deposit
    FOR EACH ROW EXECUTE FUNCTION wbo_rule.guard_move('deposit', 'pending_auth', 'record_no');
CREATE TRIGGER a_guard_move BEFORE INSERT OR UPDATE OF status ON wbo_data.refund
    FOR EACH ROW EXECUTE FUNCTION wbo_rule.guard_move('refund', 'requested', 'refund_no');
CREATE TRIGGER a_guard_move BEFORE INSERT OR UPDATE OF status ON wbo_data.wallet_address
    FOR EACH ROW EXECUTE FUNCTION wbo_rule.guard_move('wallet', 'unverified', 'address');

-- A row's version counts its changes; `updated_at` dates the last one.
CREATE FUNCTION wbo_rule.count_version() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    NEW.version := OLD.version + 1;
    IF TG_ARGV[0] = 'dated' THEN
        NEW.updated_at := clock_timestamp();
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER b_version BEFORE UPDATE ON wbo_data.deposit FOR EACH ROW EXECUTE FUNCTION wbo_rule.count_version('dated');
CREATE TRIGGER b_version BEFORE UPDATE ON wbo_data.refund FOR EACH ROW EXECUTE FUNCTION wbo_rule.count_version('dated');
-- What the worker finds out about an address changes nothing that somebody may be deciding on.
CREATE TRIGGER b_version BEFORE UPDATE ON wbo_data.wallet_address FOR EACH ROW WHEN (NEW.is_contract IS NOT DISTINCT FROM OLD.is_contract)
    EXECUTE FUNCTION wbo_rule.count_version('dated');
CREATE TRIGGER b_version BEFORE UPDATE ON wbo_data.network FOR EACH ROW EXECUTE FUNCTION wbo_rule.count_version('dated');
CREATE TRIGGER b_version BEFORE UPDATE ON wbo_data.cryptocurrency FOR EACH ROW EXECUTE FUNCTION wbo_rule.count_version('dated');
CREATE TRIGGER b_version BEFORE UPDATE ON wbo_data.custodial_account FOR EACH ROW EXECUTE FUNCTION wbo_rule.count_version('undated');
CREATE TRIGGER b_version BEFORE UPDATE ON wbo_data.deposit_application FOR EACH ROW EXECUTE FUNCTION wbo_rule.count_version('undated');
CREATE TRIGGER b_version BEFORE UPDATE ON wbo_data.operator FOR EACH ROW EXECUTE FUNCTION wbo_rule.count_version('undated');

-- What was said stays said: the named columns never change once they have a value.
CREATE FUNCTION wbo_rule.keep() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    was jsonb := to_jsonb(OLD);
    becomes jsonb := to_jsonb(NEW);
    named text;
BEGIN
    FOREACH named IN ARRAY TG_ARGV LOOP
        IF was -> named IS DISTINCT FROM becomes -> named AND was -> named <> 'null' THEN
            PERFORM wbo_rule.refuse('WB422', 'invariant_broken', jsonb_build_object('rule', TG_TABLE_NAME || '.' || named));
        END IF;
    END LOOP;
    RETURN NEW;
END
$$;

CREATE TRIGGER c_keep BEFORE UPDATE ON wbo_data.deposit_application FOR EACH ROW EXECUTE FUNCTION wbo_rule.keep(
    'external_serial', 'client_no', 'coin_id', 'amount_base', 'source_address', 'target_address', 'txid', 'requested_at',
    'received_at', 'deleted_at', 'deleted_by', 'delete_remark');
CREATE TRIGGER c_keep BEFORE UPDATE ON wbo_data.deposit FOR EACH ROW EXECUTE FUNCTION wbo_rule.keep(
    'record_no', 'external_serial', 'client_no', 'coin_id', 'network', 'claimed_base', 'source_address', 'target_address',
    'txid', 'created_at', 'first_seen_at');
CREATE TRIGGER c_keep BEFORE UPDATE ON wbo_data.refund FOR EACH ROW EXECUTE FUNCTION wbo_rule.keep(
    'refund_no', 'record_no', 'client_no', 'coin_id', 'network', 'wallet_id', 'address', 'amount_base', 'adjust_reason',
    'remark', 'intent', 'intent_hash', 'approvals_needed', 'receiver_acknowledged', 'requested_by', 'requested_at', 'approved_by', 'approved_at',
    'executed_by', 'executed_at', 'closed_by', 'closed_at', 'hot_wallet', 'nonce', 'notified_at', 'notified_by');
CREATE TRIGGER c_keep BEFORE UPDATE ON wbo_data.refund_approval FOR EACH ROW EXECUTE FUNCTION wbo_rule.keep(
    'refund_no', 'login', 'intent_hash', 'at');
CREATE TRIGGER c_keep BEFORE UPDATE ON wbo_data.refund_attempt FOR EACH ROW EXECUTE FUNCTION wbo_rule.keep(
    'refund_no', 'attempt', 'txid', 'nonce', 'raw', 'max_fee_per_gas', 'max_priority_fee_per_gas', 'gas_limit', 'signed_at');
CREATE TRIGGER c_keep BEFORE UPDATE ON wbo_data.cryptocurrency FOR EACH ROW EXECUTE FUNCTION wbo_rule.keep(
    'code', 'network', 'contract', 'decimals');
CREATE TRIGGER c_keep BEFORE UPDATE ON wbo_data.network FOR EACH ROW EXECUTE FUNCTION wbo_rule.keep('name', 'chain_id');
CREATE TRIGGER c_keep BEFORE UPDATE ON wbo_data.custodial_account FOR EACH ROW EXECUTE FUNCTION wbo_rule.keep(
    'channel', 'network', 'address', 'client_no', 'assigned_at', 'deleted_at', 'delete_remark', 'created_at');
CREATE TRIGGER c_keep BEFORE UPDATE ON wbo_data.permission_grant FOR EACH ROW EXECUTE FUNCTION wbo_rule.keep(
    'login', 'permission_code', 'requested_by', 'requested_at');
CREATE TRIGGER c_keep BEFORE UPDATE ON wbo_data.operator FOR EACH ROW EXECUTE FUNCTION wbo_rule.keep('login', 'created_at', 'created_by');
CREATE TRIGGER c_keep BEFORE UPDATE ON wbo_data.wallet_address FOR EACH ROW EXECUTE FUNCTION wbo_rule.keep(
    'client_no', 'network', 'address', 'created_at', 'created_by', 'deleted_at', 'deleted_by', 'delete_remark');
CREATE TRIGGER c_keep BEFORE UPDATE ON wbo_data.chain_transfer FOR EACH ROW EXECUTE FUNCTION wbo_rule.keep(
    'network', 'block_number', 'block_hash', 'txid', 'log_index', 'coin_id', 'sender', 'recipient', 'amount_base', 'custodial_id');

-- Nothing is ever physically removed, and the log is never touched again.
CREATE FUNCTION wbo_rule.refuse_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    PERFORM wbo_rule.refuse('WB422', 'invariant_broken', jsonb_build_object('rule', TG_TABLE_NAME || ':' || lower(TG_OP)));
    RETURN NULL;
END
$$;

DO $$
DECLARE
    kept text;
BEGIN
    FOR kept IN
        SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'wbo_data' AND c.relkind = 'r' AND c.relname NOT IN (
            'deposit_check', 'status_move', 'worker_lease', 'log_file', 'login_failure')
    LOOP
        EXECUTE format('CREATE TRIGGER z_no_delete BEFORE DELETE ON wbo_data.%I FOR EACH ROW EXECUTE FUNCTION wbo_rule.refuse_change()', kept);
        EXECUTE format('CREATE TRIGGER z_no_truncate BEFORE TRUNCATE ON wbo_data.%I FOR EACH STATEMENT EXECUTE FUNCTION wbo_rule.refuse_change()', kept);
    END LOOP;
END
$$;
CREATE TRIGGER z_no_update BEFORE UPDATE ON wbo_data.audit_entry FOR EACH ROW EXECUTE FUNCTION wbo_rule.refuse_change();
CREATE TRIGGER z_no_update BEFORE UPDATE ON wbo_data.audit_seal FOR EACH ROW EXECUTE FUNCTION wbo_rule.refuse_change();

-- Money is real: a record may say it is being confirmed or credited only for such a transfer ----------------------------

CREATE FUNCTION wbo_rule.guard_credit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    found wbo_data.chain_transfer;
    coin wbo_data.cryptocurrency;
    mark wbo_data.checkpoint;
    settled bigint;
    gap interval := coalesce((wbo_rule.policy('transfer_gap_hours') #>> '{}')::integer, 0) * interval '1 hour';
    broken text;
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.status = 'success' AND OLD.status IN ('success', 'refunding') THEN
        -- Credited before: a refund that was given up changes nothing about the credit.
        IF (NEW.transfer_id, NEW.credited_base, NEW.confirm_height) IS DISTINCT FROM (OLD.transfer_id, OLD.credited_base, OLD.confirm_height) THEN
            PERFORM wbo_rule.refuse('WB422', 'invariant_broken', '{"rule": "credit:again"}');
        END IF;
        RETURN NEW;
    END IF;
    SELECT * INTO found FROM wbo_data.chain_transfer WHERE id = NEW.transfer_id;
    SELECT * INTO coin FROM wbo_data.cryptocurrency WHERE id = NEW.coin_id;
    SELECT * INTO mark FROM wbo_data.checkpoint WHERE network = NEW.network;
    SELECT CASE n.finality WHEN 'finalized' THEN coalesce(mark.finalized_number, -1) ELSE mark.number END
        INTO settled FROM wbo_data.network n WHERE n.name = NEW.network;
    broken := CASE
        WHEN found.id IS NULL THEN 'credit:transfer'
        WHEN NOT found.canonical THEN 'credit:canonical'
        WHEN found.network <> NEW.network THEN 'credit:network'
        WHEN found.coin_id <> NEW.coin_id THEN 'credit:coin'
        WHEN found.purpose <> 'deposit' THEN 'credit:purpose'
        WHEN NOT EXISTS (SELECT FROM wbo_data.custodial_account a
                         WHERE a.id = found.custodial_id AND a.client_no = NEW.client_no) THEN 'credit:target'
        WHEN NOT EXISTS (SELECT FROM wbo_data.wallet_address w
                         WHERE w.client_no = NEW.client_no AND w.network = NEW.network AND w.address = found.sender
                           AND w.status = 'verified') THEN 'credit:sender'
        WHEN NOT NEW.accepted AND found.amount_base < coin.minimum_base THEN 'credit:minimum'
        WHEN NOT NEW.accepted AND (found.amount_base > NEW.claimed_base
             OR found.amount_base * 100 < NEW.claimed_base * (100 - coin.credit_tolerance)) THEN 'credit:amount'
        WHEN NOT NEW.accepted AND gap > interval '0' AND NOT EXISTS (
             SELECT FROM wbo_data.block b WHERE b.network = found.network AND b.hash = found.block_hash
               AND b.mined_at BETWEEN NEW.created_at - gap AND NEW.created_at + gap) THEN 'credit:late'
        WHEN NEW.status = 'success' AND NEW.credited_base IS DISTINCT FROM found.amount_base THEN 'credit:credited'
        WHEN NEW.status = 'success' AND (NEW.confirm_height IS NULL
             OR NEW.confirm_height < found.block_number OR settled < NEW.confirm_height) THEN 'credit:final'
    END;
    IF broken IS NOT NULL THEN
        PERFORM wbo_rule.refuse('WB422', 'invariant_broken', jsonb_build_object('rule', broken));
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER d_guard_credit BEFORE INSERT OR UPDATE OF status, transfer_id, credited_base, confirm_height ON wbo_data.deposit
    FOR EACH ROW WHEN (NEW.status IN ('processing', 'success')) EXECUTE FUNCTION wbo_rule.guard_credit();

-- What was credited stays credited while a refund rests on it: its amount and its transfer are what the refund may not exceed.
CREATE FUNCTION wbo_rule.keep_credit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    PERFORM wbo_rule.refuse('WB422', 'invariant_broken', '{"rule": "credit:kept"}');
    RETURN NULL;
END
$$;
CREATE TRIGGER d_keep_credit BEFORE UPDATE OF credited_base, transfer_id, coin_id ON wbo_data.deposit
    FOR EACH ROW WHEN (OLD.status IN ('refunding', 'refunded', 'refund_failed')
        AND (OLD.credited_base, OLD.transfer_id) IS DISTINCT FROM (NEW.credited_base, NEW.transfer_id))
    EXECUTE FUNCTION wbo_rule.keep_credit();

-- A wallet's proof by micro-payment is a canonical transfer from it, of the amount that was asked for.
CREATE FUNCTION wbo_rule.guard_wallet() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    other text;
BEGIN
    IF NEW.method = 'micro_payment' AND NOT EXISTS (
        SELECT FROM wbo_data.chain_transfer t
        WHERE t.id = NEW.transfer_id AND t.canonical AND t.network = NEW.network AND t.sender = NEW.address
          AND t.recipient = NEW.micro_target AND t.coin_id = NEW.micro_coin_id AND t.amount_base = NEW.micro_amount_base
    ) THEN
        PERFORM wbo_rule.refuse('WB422', 'invariant_broken', '{"rule": "wallet:micro_payment"}');
    ELSIF NEW.method = 'message_signature' AND (NEW.challenge IS NULL OR NEW.signature IS NULL) THEN
        PERFORM wbo_rule.refuse('WB422', 'invariant_broken', '{"rule": "wallet:signature"}');
    END IF;
    IF NOT NEW.shared_override THEN
        SELECT w.client_no INTO other FROM wbo_data.wallet_address w
        WHERE w.network = NEW.network AND w.address = NEW.address AND w.client_no <> NEW.client_no AND w.status = 'verified';
        IF FOUND THEN
            PERFORM wbo_rule.refuse('WB422', 'wallet_of_other_client',
                                    jsonb_build_object('address', NEW.address, 'client_no', other));
        END IF;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER d_guard_wallet BEFORE INSERT OR UPDATE OF status ON wbo_data.wallet_address
    FOR EACH ROW WHEN (NEW.status = 'verified') EXECUTE FUNCTION wbo_rule.guard_wallet();

-- Records that wait for this wallet are looked at again.
CREATE FUNCTION wbo_rule.wallet_moved() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    PERFORM wbo_rule.want_check(d.record_no, d.network) FROM wbo_data.deposit d
    WHERE d.client_no = NEW.client_no AND d.network = NEW.network
      AND (d.status = 'pending_auth' OR (d.status = 'abnormal' AND d.reason = 'sender_not_verified'));
    RETURN NULL;
END
$$;
CREATE TRIGGER e_wallet_moved AFTER UPDATE OF status ON wbo_data.wallet_address
    FOR EACH ROW WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION wbo_rule.wallet_moved();

-- Refunds ---------------------------------------------------------------------------------------------------------------

CREATE FUNCTION wbo_rule.guard_refund_request() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    record wbo_data.deposit;
BEGIN
    SELECT * INTO record FROM wbo_data.deposit WHERE record_no = NEW.record_no;
    IF record.status NOT IN ('success', 'refund_failed') OR record.alarm THEN
        PERFORM wbo_rule.refuse_status('deposit', NEW.record_no, record.status, 'refunding');
    ELSIF NEW.client_no <> record.client_no OR NEW.coin_id <> record.coin_id OR NEW.network <> record.network THEN
        PERFORM wbo_rule.refuse('WB422', 'invariant_broken', '{"rule": "refund:record"}');
    ELSIF NEW.amount_base < 1 THEN
        PERFORM wbo_rule.refuse('WB422', 'refund_below_one', jsonb_build_object('amount', NEW.amount_base::text));
    ELSIF NEW.amount_base > record.credited_base THEN
        PERFORM wbo_rule.refuse('WB422', 'refund_exceeds_credited', (
            SELECT jsonb_build_object('amount', wbo_rule.to_units(NEW.amount_base, decimals)::text,
                                      'limit', wbo_rule.to_units(record.credited_base, decimals)::text)
            FROM wbo_data.cryptocurrency WHERE id = NEW.coin_id));
    ELSIF NEW.amount_base < record.credited_base AND wbo_rule.is_blank(NEW.adjust_reason) THEN
        PERFORM wbo_rule.refuse('WB422', 'adjust_reason_missing', (
            SELECT jsonb_build_object('amount', wbo_rule.to_units(NEW.amount_base, decimals)::text,
                                      'limit', wbo_rule.to_units(record.credited_base, decimals)::text)
            FROM wbo_data.cryptocurrency WHERE id = NEW.coin_id));
    ELSIF wbo_rule.is_blank(NEW.remark) THEN
        PERFORM wbo_rule.refuse('WB400', 'remark_blank', '{"field": "remark"}');
    END IF;
    IF NEW.intent <> wbo_rule.refund_intent(NEW) OR NEW.intent_hash <> encode(sha256(convert_to(NEW.intent, 'UTF8')), 'hex') THEN
        PERFORM wbo_rule.refuse('WB422', 'intent_mismatch', jsonb_build_object('refund_no', NEW.refund_no));
    END IF;
    PERFORM wbo_rule.require_refund_wallet(NEW);
    PERFORM wbo_rule.require_acknowledgement(NEW);
    RETURN NEW;
END
$$;

-- Why coins sent to a wallet may never reach the client, as far as is known: it is an exchange's or the like, or a contract.
CREATE FUNCTION wbo_rule.receiver_risk(wallet wbo_data.wallet_address) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT CASE
        WHEN EXISTS (SELECT FROM wbo_data.known_address i
                     WHERE i.network = wallet.network AND i.address = wallet.address AND i.label IS NOT NULL) THEN 'known_address'
        WHEN wallet.is_contract THEN 'contract'
    END
$$;

CREATE FUNCTION wbo_rule.require_acknowledgement(refund wbo_data.refund) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    risk text;
BEGIN
    SELECT wbo_rule.receiver_risk(w) INTO risk FROM wbo_data.wallet_address w WHERE w.id = refund.wallet_id;
    IF risk IS DISTINCT FROM refund.receiver_acknowledged THEN
        PERFORM wbo_rule.refuse('WB422', 'receiver_not_acknowledged', jsonb_build_object('address', refund.address, 'risk', risk));
    END IF;
END
$$;

-- The canonical text of what is agreed to; domain/refund.py writes the same.
CREATE FUNCTION wbo_rule.refund_intent(refund wbo_data.refund) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT concat_ws(E'\n', 'wbo-refund-intent-v1',
        'refund_no=' || refund.refund_no, 'record_no=' || refund.record_no, 'chain_id=' || n.chain_id,
        'token=' || coalesce(lower(c.contract), 'native'), 'address=' || lower(refund.address), 'amount=' || refund.amount_base)
    FROM wbo_data.cryptocurrency c JOIN wbo_data.network n ON n.name = c.network WHERE c.id = refund.coin_id
$$;

-- The refund's address is, now, a verified wallet of that client on that network, and not one verified a moment ago.
CREATE FUNCTION wbo_rule.require_refund_wallet(refund wbo_data.refund) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    wallet wbo_data.wallet_address;
    hours integer;
BEGIN
    -- Held until the end, so that it is not deleted meanwhile.
    SELECT * INTO wallet FROM wbo_data.wallet_address WHERE id = refund.wallet_id FOR SHARE;
    IF wallet.client_no IS DISTINCT FROM refund.client_no THEN
        PERFORM wbo_rule.refuse('WB422', 'refund_address_other_client', jsonb_build_object('address', refund.address));
    ELSIF wallet.network <> refund.network THEN
        PERFORM wbo_rule.refuse('WB422', 'refund_address_other_network',
                                jsonb_build_object('address', refund.address, 'network', wallet.network));
    ELSIF wallet.status <> 'verified' OR wallet.address <> refund.address THEN
        PERFORM wbo_rule.refuse('WB422', 'refund_address_not_verified',
                                jsonb_build_object('address', refund.address, 'status', wallet.status));
    END IF;
    SELECT cooling_off_hours INTO hours FROM wbo_data.cryptocurrency WHERE id = refund.coin_id;
    IF wallet.verified_at + make_interval(hours => hours) > clock_timestamp() THEN
        PERFORM wbo_rule.refuse('WB422', 'wallet_cooling_off', jsonb_build_object(
            'address', refund.address, 'until', to_jsonb(wallet.verified_at + make_interval(hours => hours))));
    END IF;
END
$$;

CREATE TRIGGER d_guard_request BEFORE INSERT ON wbo_data.refund
    FOR EACH ROW EXECUTE FUNCTION wbo_rule.guard_refund_request();

-- Approved only by enough others; executed only in a young session; signed only with the bytes and nonce beside it.
CREATE FUNCTION wbo_rule.guard_refund_move() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    approvals integer;
    backed boolean;
BEGIN
    SELECT count(*) INTO approvals FROM wbo_data.refund_approval a
    WHERE a.refund_no = NEW.refund_no AND a.login <> NEW.requested_by AND a.intent_hash = NEW.intent_hash;
    IF NEW.status IN ('approved', 'executing', 'signed') THEN
        IF approvals < NEW.approvals_needed THEN
            PERFORM wbo_rule.refuse('WB422', 'invariant_broken', '{"rule": "refund:approvals"}');
        END IF;
        PERFORM wbo_rule.require_refund_wallet(NEW);
        SELECT d.status = 'refunding' AND NOT d.alarm INTO backed FROM wbo_data.deposit d WHERE d.record_no = NEW.record_no;
        IF NOT backed THEN
            PERFORM wbo_rule.refuse('WB422', 'invariant_broken', '{"rule": "refund:credited"}');
        END IF;
    END IF;
    IF NEW.status = 'executing' AND NOT wbo_rule.session_is_younger_than(60) THEN
        PERFORM wbo_rule.refuse('WB403', 'step_up_required', '{"seconds": 60}');
    ELSIF NEW.status = 'signed' AND NOT EXISTS (
        SELECT FROM wbo_data.refund_attempt a WHERE a.refund_no = NEW.refund_no AND a.nonce = NEW.nonce
    ) THEN
        PERFORM wbo_rule.refuse('WB422', 'invariant_broken', '{"rule": "refund:signed"}');
    ELSIF NEW.status = 'confirmed' AND NOT EXISTS (
        SELECT FROM wbo_data.hot_wallet_transaction t
        JOIN wbo_data.refund_attempt a ON a.txid = t.txid AND a.refund_no = NEW.refund_no
        WHERE t.txid = NEW.txid AND t.canonical AND t.succeeded AND t.block_hash = NEW.block_hash
    ) THEN
        PERFORM wbo_rule.refuse('WB422', 'invariant_broken', '{"rule": "refund:confirmed"}');
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER d_guard_refund_move BEFORE UPDATE OF status ON wbo_data.refund
    FOR EACH ROW WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION wbo_rule.guard_refund_move();

-- Whether the passwords of two operators may be known to one person: an administrator gave them out, or one of the two gave
-- out the other's, a short while ago. So one administrator cannot be requester and approver under borrowed names before
-- the owners of those names have noticed.
CREATE FUNCTION wbo_rule.one_hand(one text, other text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    WITH fresh AS (
        SELECT o.login, o.password_issued_by AS issuer FROM wbo_data.operator o
        WHERE o.login IN (one, other) AND o.password_issued_at > clock_timestamp()
              - coalesce((wbo_rule.policy('fresh_password_hours') #>> '{}')::integer, 24) * interval '1 hour'
    )
    SELECT coalesce(bool_or(f.issuer IN (one, other) AND f.issuer <> f.login), false) OR (count(*) = 2 AND count(DISTINCT f.issuer) = 1
           AND count(f.issuer) = 2) FROM fresh f
$$;

CREATE FUNCTION wbo_rule.guard_approval() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    refund wbo_data.refund;
BEGIN
    SELECT * INTO refund FROM wbo_data.refund WHERE refund_no = NEW.refund_no;
    IF refund.requested_by = NEW.login THEN
        PERFORM wbo_rule.refuse('WB403', 'approver_is_requester', jsonb_build_object('login', NEW.login));
    ELSIF wbo_rule.one_hand(refund.requested_by, NEW.login) OR EXISTS (
        SELECT FROM wbo_data.refund_approval a WHERE a.refund_no = NEW.refund_no AND wbo_rule.one_hand(a.login, NEW.login)) THEN
        PERFORM wbo_rule.refuse('WB403', 'approver_not_independent', jsonb_build_object('login', NEW.login));
    ELSIF refund.intent_hash <> NEW.intent_hash THEN
        PERFORM wbo_rule.refuse('WB422', 'intent_mismatch', jsonb_build_object('refund_no', NEW.refund_no));
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER d_guard_approval BEFORE INSERT ON wbo_data.refund_approval
    FOR EACH ROW EXECUTE FUNCTION wbo_rule.guard_approval();

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

-- The same for one table, with its columns written out: a change then costs what its columns cost, not what all of them do.
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
        (SELECT string_agg('NEW.' || quote_ident(k), ' || '' '' || ' ORDER BY n) FROM unnest(string_to_array(keys, ',')) WITH ORDINALITY AS u (k, n)),
        (SELECT string_agg(format($f$        IF NEW.%1$I IS DISTINCT FROM OLD.%1$I THEN
            was := was || jsonb_build_object(%1$L, OLD.%1$I);
            becomes := becomes || jsonb_build_object(%1$L, NEW.%1$I);
%2$s        END IF;$f$, attname, CASE WHEN attname NOT IN ('version', 'updated_at') THEN E'            counts := true;\n' ELSE '' END), E'\n' ORDER BY attnum)
         FROM pg_attribute WHERE attrelid = format('wbo_data.%I', of_table)::regclass AND attnum > 0 AND NOT attisdropped AND attname <> ALL (ignored)),
        ignored, ignored,
        (SELECT string_agg('OLD.' || quote_ident(k), ' || '' '' || ' ORDER BY n) FROM unnest(string_to_array(keys, ',')) WITH ORDINALITY AS u (k, n)))
$$;

DO $$
DECLARE
    audited record;
BEGIN
    -- The table, what its rows are called, their key, and columns that never count as a change.
    FOR audited IN SELECT * FROM (VALUES
        ('policy', 'policy', 'name', NULL), ('network', 'network', 'name', NULL),
        ('cryptocurrency', 'cryptocurrency', 'code,network', NULL), ('client', 'client', 'client_no', NULL),
        ('custodial_account', 'custodial_account', 'network,address', NULL), ('wallet_address', 'wallet', 'id', 'is_contract'),
        ('deposit_application', 'application', 'external_serial', NULL), ('deposit', 'deposit', 'record_no', NULL),
        ('refund', 'refund', 'refund_no', NULL), ('refund_approval', 'refund_approval', 'refund_no,login', NULL),
        ('refund_attempt', 'refund_attempt', 'refund_no,attempt', 'raw'), ('hot_wallet', 'hot_wallet', 'network,address', 'balances,checked_at,fee_estimate'),
        ('known_address', 'known_address', 'network,address', NULL), ('operator', 'operator', 'login', 'password_mark'),
        ('permission_grant', 'permission_grant', 'login,permission_code', NULL)
    ) AS tables (name, kind, keys, ignored) LOOP
        EXECUTE wbo_rule.audit_function(audited.name, audited.keys, string_to_array(coalesce(audited.ignored, ''), ','));
        EXECUTE format('CREATE TRIGGER y_audit AFTER INSERT OR UPDATE OR DELETE ON wbo_data.%1$I FOR EACH ROW EXECUTE FUNCTION wbo_rule.%2$I(%3$s)',
                       audited.name, 'audit_' || audited.name, concat_ws(', ', quote_literal(audited.kind), quote_literal(audited.keys), quote_literal(audited.ignored)));
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

-- What may be read. Amounts are shown in units of the coin; each view's readers are in 90_grants.sql.

CREATE SCHEMA wbo;

CREATE VIEW wbo.schema_version AS SELECT max(version) AS version FROM wbo_data.schema_migration;

CREATE VIEW wbo.policy AS SELECT name, value, updated_at, updated_by FROM wbo_data.policy;

-- What every operator needs of networks and coins: no node's address, no limit.
CREATE VIEW wbo.chain_health AS
SELECT n.name AS network, n.chain_id, n.explorer_tx_url, n.explorer_address_url, c.head_number, c.head_seen_at, c.number AS checkpoint_number, c.block_seconds, c.alarm,
       l.holder AS worker, l.expires_at AS worker_until
FROM wbo_data.network n
LEFT JOIN wbo_data.checkpoint c ON c.network = n.name
LEFT JOIN wbo_data.worker_lease l ON l.network = n.name;

CREATE VIEW wbo.network AS
SELECT n.name, n.chain_id, n.kind, n.finality, n.rpc_urls, n.explorer_tx_url, n.explorer_address_url, n.txid_grace_seconds,
       n.agreement, h.head_number, h.head_seen_at, h.checkpoint_number, h.worker, h.worker_until, h.alarm, n.version, n.updated_at
FROM wbo_data.network n JOIN wbo.chain_health h ON h.network = n.name;

CREATE VIEW wbo.cryptocurrency AS
SELECT code, network, name_en, name_zh_hk, name_zh_cn, contract::text, decimals,
       wbo_rule.to_units(minimum_base, decimals) AS minimum_deposit, confirmations, wallet_rule, deposit_enabled,
       credit_tolerance, (SELECT coalesce(jsonb_agg(jsonb_build_object('from', wbo_rule.to_units((s ->> 'from_base')::numeric, decimals)::text,
                                                                        'confirmations', (s ->> 'confirmations')::integer)), '[]')
                          FROM jsonb_array_elements(confirmation_steps) AS s) AS confirmation_steps, approvals_needed,
       wbo_rule.to_units(two_approvals_above_base, decimals) AS two_approvals_above, cooling_off_hours,
       wbo_rule.to_units(daily_refund_limit_base, decimals) AS daily_refund_limit,
       wbo_rule.to_units(alert_level_base, decimals) AS alert_level, wbo_rule.to_units(stop_level_base, decimals) AS stop_level,
       remark, version, updated_at
FROM wbo_data.cryptocurrency;

CREATE VIEW wbo.coin AS
SELECT code, network, name_en, name_zh_hk, name_zh_cn, contract::text, decimals,
       wbo_rule.to_units(minimum_base, decimals) AS minimum_deposit, confirmations, deposit_enabled
FROM wbo_data.cryptocurrency;

CREATE VIEW wbo.client AS
SELECT client_no, securities_account, name_en, name_zh_hk, name_zh_cn, identity_verified, language FROM wbo_data.client;

CREATE VIEW wbo.custodial_account AS
SELECT a.id AS account_id, a.channel, a.network, a.address::text, a.client_no, c.name_en AS client_name, c.name_zh_hk AS client_name_zh_hk, c.name_zh_cn AS client_name_zh_cn, a.assigned_at, a.created_at, a.version
FROM wbo_data.custodial_account a LEFT JOIN wbo_data.client c USING (client_no)
WHERE a.deleted_at IS NULL;

CREATE VIEW wbo.wallet_address AS
SELECT w.id AS wallet_id, w.client_no, c.name_en AS client_name, c.name_zh_hk AS client_name_zh_hk, c.name_zh_cn AS client_name_zh_cn, w.network, w.address::text, w.status, w.method, w.challenge, w.signature,
       m.code AS micro_coin, wbo_rule.to_units(w.micro_amount_base, m.decimals) AS micro_amount, w.micro_target::text,
       w.expires_at AS micro_expires_at, t.txid::text AS micro_txid,
       CASE WHEN t.canonical THEN greatest(0, p.head_number - t.block_number + 1) END AS micro_confirmations,
       m.confirmations AS micro_required, w.evidence, w.failure, w.remark, w.created_at, w.created_by, w.verified_at, w.verified_by,
       w.deleted_at, w.deleted_by, w.delete_remark, o.client_no AS other_client_no, w.shared_override, w.version, w.updated_at,
       w.is_contract, i.label AS known_as
FROM wbo_data.wallet_address w
JOIN wbo_data.client c USING (client_no)
LEFT JOIN wbo_data.known_address i ON i.network = w.network AND i.address = w.address
LEFT JOIN wbo_data.cryptocurrency m ON m.id = w.micro_coin_id
LEFT JOIN wbo_data.chain_transfer t ON t.id = w.transfer_id
LEFT JOIN wbo_data.checkpoint p ON p.network = w.network
LEFT JOIN LATERAL (
    SELECT x.client_no FROM wbo_data.wallet_address x
    WHERE x.network = w.network AND x.address = w.address AND x.client_no <> w.client_no AND x.status = 'verified' LIMIT 1
) o ON true;

CREATE VIEW wbo.deposit_record AS
SELECT d.record_no, d.external_serial, d.client_no, c.name_en AS client_name, c.name_zh_hk AS client_name_zh_hk, c.name_zh_cn AS client_name_zh_cn, c.securities_account, k.code AS coin, d.network, k.decimals,
       wbo_rule.to_units(d.claimed_base, k.decimals) AS claimed_amount,
       wbo_rule.to_units(t.amount_base, k.decimals) AS observed_amount,
       wbo_rule.to_units(d.credited_base, k.decimals) AS credited_amount,
       d.source_address, t.sender::text AS observed_source, d.target_address, d.txid::text, t.log_index, t.block_number, t.block_hash::text,
       CASE WHEN t.canonical THEN greatest(0, p.head_number - t.block_number + 1) ELSE 0 END AS confirmations,
       d.required_confirmations, d.status, d.reason, d.verdicts, d.proposal, d.alarm, d.version, a.requested_at, d.created_at, d.first_seen_at,
       d.credited_at, d.updated_at, d.remark, w.id AS wallet_id, w.status AS wallet_status, s.client_no AS custodial_client_no,
       r.refund_no, r.status AS refund_status, p.head_number AS network_head, p.head_seen_at, p.block_seconds
FROM wbo_data.deposit d
JOIN wbo_data.client c USING (client_no)
JOIN wbo_data.cryptocurrency k ON k.id = d.coin_id
JOIN wbo_data.deposit_application a USING (external_serial)
LEFT JOIN wbo_data.chain_transfer t ON t.id = d.transfer_id
LEFT JOIN wbo_data.checkpoint p ON p.network = d.network
LEFT JOIN wbo_data.wallet_address w
    ON w.client_no = d.client_no AND w.network = d.network AND w.address = d.source_address AND w.status <> 'deleted'
LEFT JOIN wbo_data.custodial_account s ON s.network = d.network AND s.address = d.target_address AND s.deleted_at IS NULL
LEFT JOIN LATERAL (
    SELECT x.refund_no, x.status FROM wbo_data.refund x WHERE x.record_no = d.record_no ORDER BY x.requested_at DESC LIMIT 1
) r ON true;

CREATE VIEW wbo.deposit_application AS
SELECT a.external_serial, d.record_no, a.client_no, c.name_en AS client_name, c.name_zh_hk AS client_name_zh_hk, c.name_zh_cn AS client_name_zh_cn, c.securities_account, k.code AS coin, k.network, k.decimals,
       wbo_rule.to_units(a.amount_base, k.decimals) AS amount, a.source_address, a.target_address, a.txid::text, a.requested_at,
       a.received_at, d.status, d.reason, d.verdicts, a.deleted_at, a.deleted_by, a.delete_remark, d.version
FROM wbo_data.deposit_application a
JOIN wbo_data.deposit d USING (external_serial)
JOIN wbo_data.client c ON c.client_no = a.client_no
JOIN wbo_data.cryptocurrency k ON k.id = a.coin_id;

-- Barriers: no condition of the reader's own runs on a row that the view keeps back.
CREATE VIEW wbo.deposit_timeline WITH (security_barrier) AS
SELECT e.object_id AS record_no, e.seq, e.at, e.operator, e.workstation, e.action, e.before ->> 'status' AS before_status,
       e.after ->> 'status' AS after_status, e.after ->> 'reason' AS reason, e.remark
FROM wbo_data.audit_entry e WHERE e.object_type = 'deposit';

CREATE VIEW wbo.refund_attempt AS
SELECT a.refund_no, a.attempt, a.txid::text, a.nonce, a.max_fee_per_gas, a.max_priority_fee_per_gas, a.gas_limit, a.signed_at, a.broadcast_at,
       CASE WHEN t.txid IS NOT NULL THEN CASE WHEN t.succeeded THEN 'mined' ELSE 'reverted' END
            WHEN a.broadcast_at IS NOT NULL THEN 'broadcast' ELSE 'signed' END AS state,
       t.block_number, a.last_answer
FROM wbo_data.refund_attempt a
LEFT JOIN wbo_data.hot_wallet_transaction t ON t.txid = a.txid AND t.canonical;

CREATE VIEW wbo.refund AS
SELECT r.refund_no, r.record_no, r.client_no, c.name_en AS client_name, c.name_zh_hk AS client_name_zh_hk, c.name_zh_cn AS client_name_zh_cn, c.language AS client_language, k.code AS coin, r.network, n.chain_id,
       k.contract::text AS token, k.decimals, r.status, wbo_rule.to_units(r.amount_base, k.decimals) AS amount, r.amount_base::numeric,
       wbo_rule.to_units(d.credited_base, k.decimals) AS credited_amount, r.address::text, r.wallet_id, w.method AS wallet_method,
       w.verified_at AS wallet_verified_at, r.adjust_reason, r.remark, r.intent, r.intent_hash, r.approvals_needed,
       coalesce((SELECT jsonb_agg(jsonb_build_object('login', a.login, 'at', a.at) ORDER BY a.at)
                 FROM wbo_data.refund_approval a WHERE a.refund_no = r.refund_no), '[]') AS approvals,
       r.requested_by, r.requested_at, r.approved_by, r.approved_at, r.executed_by, r.executed_at, r.closed_by, r.closed_at, r.close_remark,
       r.hot_wallet::text, r.nonce, r.txid::text, wbo_rule.to_units(r.fee_paid_wei, 18) AS fee_paid,
       (SELECT f.code FROM wbo_data.cryptocurrency f WHERE f.network = r.network AND f.contract IS NULL LIMIT 1) AS fee_coin, r.block_number, r.block_hash::text,
       CASE WHEN r.block_number IS NULL THEN 0 ELSE greatest(0, p.head_number - r.block_number + 1) END AS confirmations,
       r.required_confirmations, r.failure, r.notified_at, r.notified_by, r.notified_channel, r.notified_remark, r.version, r.updated_at,
       p.head_number AS network_head, p.head_seen_at, p.block_seconds, w.is_contract, i.label AS known_as, r.receiver_acknowledged
FROM wbo_data.refund r
JOIN wbo_data.deposit d USING (record_no)
JOIN wbo_data.client c ON c.client_no = r.client_no
JOIN wbo_data.cryptocurrency k ON k.id = r.coin_id
JOIN wbo_data.network n ON n.name = r.network
JOIN wbo_data.wallet_address w ON w.id = r.wallet_id
LEFT JOIN wbo_data.known_address i ON i.network = r.network AND i.address = r.address
LEFT JOIN wbo_data.checkpoint p ON p.network = r.network;

-- What of the client's wallets a refund may be sent to, for those who may request one.
CREATE VIEW wbo.refund_address WITH (security_barrier) AS
SELECT w.id AS wallet_id, w.client_no, w.network, w.address::text, w.method, w.verified_at, w.is_contract, i.label AS known_as
FROM wbo_data.wallet_address w
LEFT JOIN wbo_data.known_address i ON i.network = w.network AND i.address = w.address
WHERE w.status = 'verified';

CREATE VIEW wbo.hot_wallet AS
SELECT h.network, h.address::text, h.balances, h.fee_estimate,
       (SELECT k.code FROM wbo_data.cryptocurrency k WHERE k.network = h.network AND k.contract IS NULL LIMIT 1) AS fee_coin, h.stopped_reason, h.checked_at, h.next_nonce,
       coalesce((SELECT jsonb_agg(jsonb_build_object('coin', k.code, 'level',
                        CASE WHEN (h.balances ->> k.code)::numeric <= wbo_rule.to_units(k.stop_level_base, k.decimals) THEN 'stop' ELSE 'alert' END))
                 FROM wbo_data.cryptocurrency k
                 WHERE k.network = h.network AND (h.balances ->> k.code)::numeric
                       <= wbo_rule.to_units(greatest(k.alert_level_base, k.stop_level_base), k.decimals)), '[]') AS alerts
FROM wbo_data.hot_wallet h;

-- Money that arrived and belongs to no record, with the client it most likely is from.
CREATE VIEW wbo.unmatched_transfer AS
SELECT t.id AS transfer_id, t.network, k.code AS coin, k.decimals, wbo_rule.to_units(t.amount_base, k.decimals) AS amount,
       t.sender::text, t.recipient::text, t.txid::text, t.log_index, t.block_number, t.block_hash::text,
       greatest(0, p.head_number - t.block_number + 1) AS confirmations, t.seen_at,
       coalesce(a.client_no, w.client_no) AS likely_client_no, c.name_en AS likely_client_name,
       c.name_zh_hk AS likely_client_name_zh_hk, c.name_zh_cn AS likely_client_name_zh_cn
FROM wbo_data.chain_transfer t
JOIN wbo_data.cryptocurrency k ON k.id = t.coin_id
JOIN wbo_data.custodial_account a ON a.id = t.custodial_id
LEFT JOIN wbo_data.checkpoint p ON p.network = t.network
LEFT JOIN LATERAL (
    SELECT x.client_no FROM wbo_data.wallet_address x
    WHERE x.network = t.network AND x.address = t.sender AND x.status <> 'deleted' ORDER BY x.status = 'verified' DESC, x.id LIMIT 1
) w ON true
LEFT JOIN wbo_data.client c ON c.client_no = coalesce(a.client_no, w.client_no)
WHERE t.canonical AND t.purpose = 'deposit' AND NOT EXISTS (SELECT FROM wbo_data.deposit d WHERE d.transfer_id = t.id);

CREATE VIEW wbo.operator AS
SELECT o.login, o.display_name, o.language, o.must_change_password, o.disabled_at, o.disabled_by, o.locked_until, o.created_at, o.created_by, o.version,
       coalesce((SELECT array_agg(g.permission_code ORDER BY g.permission_code) FROM wbo_data.permission_grant g
                 WHERE g.login = o.login AND g.state = 'granted'), '{}') AS permissions
FROM wbo_data.operator o;

CREATE VIEW wbo.permission_request AS
SELECT id AS request_id, login, permission_code, requested_by, requested_at, decided_by, decided_at, state FROM wbo_data.permission_grant;

CREATE VIEW wbo.audit_log AS
SELECT e.seq, e.at, e.operator, e.workstation, e.action, e.object_type, e.object_id, e.before, e.after, e.remark,
       encode(s.hash, 'hex') AS hash, s.sealed_at
FROM wbo_data.audit_entry e LEFT JOIN wbo_data.audit_seal s USING (seq);

-- Receiving deposits (入幣申請), and what operators do with them (入幣記錄).

-- A client's deposit address on a network; the first free custodial account is assigned when the client has none yet.
CREATE FUNCTION wbo_rule.assign_custodial_account(of_client text, on_network text) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    account text;
BEGIN
    SELECT address INTO account FROM wbo_data.custodial_account WHERE client_no = of_client AND network = on_network;
    IF FOUND THEN
        RETURN account;
    END IF;
    -- One at a time per client, so that two requests do not take two accounts.
    PERFORM FROM wbo_data.client WHERE client_no = of_client FOR NO KEY UPDATE;
    SELECT address INTO account FROM wbo_data.custodial_account WHERE client_no = of_client AND network = on_network;
    IF FOUND THEN
        RETURN account;
    END IF;
    UPDATE wbo_data.custodial_account SET client_no = of_client, assigned_at = now()
    WHERE id = (SELECT id FROM wbo_data.custodial_account
                WHERE network = on_network AND client_no IS NULL AND deleted_at IS NULL
                ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING address INTO account;
    IF account IS NULL THEN
        PERFORM wbo_rule.refuse('WB422', 'no_custodial_account', jsonb_build_object('network', on_network));
    END IF;
    RETURN account;
END
$$;

CREATE FUNCTION wbo.deposit_address(securities_account text, network text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    who text;
BEGIN
    PERFORM wbo_rule.begin_act('deposit_address');
    SELECT c.client_no INTO who FROM wbo_data.client c WHERE c.securities_account = btrim(deposit_address.securities_account);
    IF NOT FOUND THEN
        PERFORM wbo_rule.refuse_unknown('client', deposit_address.securities_account);
    ELSIF NOT EXISTS (SELECT FROM wbo_data.network n WHERE n.name = deposit_address.network) THEN
        PERFORM wbo_rule.refuse_unknown('network', deposit_address.network);
    END IF;
    RETURN wbo_rule.assign_custodial_account(who, deposit_address.network);
END
$$;

CREATE FUNCTION wbo.submit_deposit_application(
    external_serial text, securities_account text, coin text, network text, amount numeric, source_address text,
    target_address text, txid text DEFAULT NULL, requested_at timestamptz DEFAULT now(),
    OUT record_no text, OUT status text, OUT reason text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
#variable_conflict use_column
DECLARE
    serial text := wbo_rule.require_text('external_serial', submit_deposit_application.external_serial, 64);
    who wbo_data.client;
    what wbo_data.cryptocurrency;
    base numeric;
    claimed_txid text;
    source text;
    target text;
    fault text;
    before wbo_data.deposit_application;
    target_client text;
BEGIN
    PERFORM wbo_rule.begin_act('submit_deposit_application');
    SELECT * INTO who FROM wbo_data.client c WHERE c.securities_account = btrim(submit_deposit_application.securities_account);
    IF NOT FOUND THEN
        PERFORM wbo_rule.refuse_unknown('client', left(coalesce(submit_deposit_application.securities_account, ''), 80));
    END IF;
    SELECT * INTO what FROM wbo_data.cryptocurrency k
    WHERE k.code = btrim(submit_deposit_application.coin) AND k.network = btrim(submit_deposit_application.network);
    IF NOT FOUND THEN
        PERFORM wbo_rule.refuse_unknown('cryptocurrency', left(concat_ws(' ', submit_deposit_application.coin, submit_deposit_application.network), 80));
    END IF;
    base := wbo_rule.to_positive_base('amount', submit_deposit_application.amount, what.decimals);
    IF submit_deposit_application.txid IS NOT NULL THEN
        claimed_txid := wbo_rule.require_txid(submit_deposit_application.txid);
    END IF;
    IF wbo_rule.is_blank(submit_deposit_application.source_address) THEN
        PERFORM wbo_rule.refuse('WB400', 'value_missing', '{"field": "source_address"}');
    ELSIF wbo_rule.is_blank(submit_deposit_application.target_address) THEN
        PERFORM wbo_rule.refuse('WB400', 'value_missing', '{"field": "target_address"}');
    ELSIF length(submit_deposit_application.source_address) > 128 OR length(submit_deposit_application.target_address) > 128 THEN
        PERFORM wbo_rule.refuse('WB400', 'value_too_long', '{"field": "address", "limit": 128}');
    ELSIF submit_deposit_application.requested_at IS NULL THEN
        PERFORM wbo_rule.refuse('WB400', 'value_missing', '{"field": "requested_at"}');
    ELSIF submit_deposit_application.requested_at NOT BETWEEN '2009-01-03Z' AND now() + interval '1 day' THEN
        -- A time that no client can have pressed the button at; programs that read it back may not even be able to hold it.
        PERFORM wbo_rule.refuse('WB400', 'value_invalid', jsonb_build_object(
            'field', 'requested_at', 'value', left(submit_deposit_application.requested_at::text, 80)));
    END IF;
    source := wbo_rule.read_address(submit_deposit_application.source_address);
    target := wbo_rule.read_address(submit_deposit_application.target_address);

    -- The same serial again is the same request; with other contents it is a mistake of the client side.
    INSERT INTO wbo_data.deposit_application AS a (external_serial, client_no, coin_id, amount_base, source_address, target_address, txid, requested_at)
    VALUES (serial, who.client_no, what.id, base, coalesce(source, submit_deposit_application.source_address),
            coalesce(target, submit_deposit_application.target_address), claimed_txid, submit_deposit_application.requested_at)
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        SELECT * INTO before FROM wbo_data.deposit_application a WHERE a.external_serial = serial;
        IF (before.client_no, before.coin_id, before.amount_base, before.source_address, before.target_address)
           IS DISTINCT FROM (who.client_no, what.id, base::wbo_data.base_units, coalesce(source, submit_deposit_application.source_address),
                             coalesce(target, submit_deposit_application.target_address))
           OR (claimed_txid IS NOT NULL AND claimed_txid IS DISTINCT FROM before.txid) THEN
            PERFORM wbo_rule.refuse('WB409', 'serial_reused', jsonb_build_object('external_serial', serial));
        END IF;
        SELECT d.record_no, d.status, d.reason INTO record_no, status, reason FROM wbo_data.deposit d WHERE d.external_serial = serial;
        RETURN;
    END IF;
    IF NOT what.deposit_enabled THEN
        PERFORM wbo_rule.refuse('WB422', 'deposit_disabled', jsonb_build_object('coin', what.code, 'network', what.network));
    END IF;

    record_no := 'DP' || to_char(now() AT TIME ZONE 'Asia/Hong_Kong', 'YYYYMMDD') || '-' || lpad(nextval('wbo_data.deposit_no')::text, 6, '0');
    INSERT INTO wbo_data.deposit (record_no, external_serial, client_no, coin_id, network, claimed_base, source_address, target_address, txid, required_confirmations, reason)
    VALUES (record_no, serial, who.client_no, what.id, what.network, base, coalesce(source, submit_deposit_application.source_address),
            coalesce(target, submit_deposit_application.target_address), claimed_txid, what.confirmations, 'transfer_not_seen');

    SELECT a.client_no INTO target_client FROM wbo_data.custodial_account a
    WHERE a.network = what.network AND a.address = target AND a.deleted_at IS NULL;
    fault := CASE
        WHEN source IS NULL OR target IS NULL THEN 'invalid_address'
        WHEN NOT FOUND THEN 'not_our_address'
        WHEN target_client <> who.client_no THEN 'other_clients_account'
    END;
    IF fault IS NULL AND target_client IS NULL AND wbo_rule.assign_custodial_account(who.client_no, what.network) <> target THEN
        -- The client already has an account of ours, and this free one is not it.
        fault := 'not_our_address';
    END IF;
    IF fault IS NOT NULL THEN
        UPDATE wbo_data.deposit d SET status = 'abnormal', reason = fault WHERE d.record_no = submit_deposit_application.record_no;
    ELSE
        INSERT INTO wbo_data.wallet_address (client_no, network, address) VALUES (who.client_no, what.network, source)
        ON CONFLICT DO NOTHING;
        PERFORM wbo_rule.want_check(record_no, what.network);
    END IF;
    SELECT d.status, d.reason INTO status, reason FROM wbo_data.deposit d WHERE d.record_no = submit_deposit_application.record_no;
END
$$;

CREATE FUNCTION wbo.attach_txid(external_serial text, txid text, OUT record_no text, OUT status text, OUT reason text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
#variable_conflict use_column
DECLARE
    claimed_txid text := wbo_rule.require_txid(attach_txid.txid);
    record wbo_data.deposit;
BEGIN
    PERFORM wbo_rule.begin_act('attach_txid');
    SELECT * INTO record FROM wbo_data.deposit d WHERE d.external_serial = btrim(attach_txid.external_serial) FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        PERFORM wbo_rule.refuse_unknown('application', left(coalesce(attach_txid.external_serial, ''), 80));
    ELSIF record.txid IS DISTINCT FROM claimed_txid THEN
        IF record.txid IS NOT NULL THEN
            PERFORM wbo_rule.refuse('WB409', 'txid_already_attached',
                                    jsonb_build_object('external_serial', record.external_serial, 'txid', record.txid));
        ELSIF record.status NOT IN ('pending_auth', 'abnormal') THEN
            PERFORM wbo_rule.refuse_status('deposit', record.record_no, record.status, 'attach_txid');
        END IF;
        UPDATE wbo_data.deposit_application a SET txid = claimed_txid WHERE a.external_serial = record.external_serial;
        UPDATE wbo_data.deposit d SET txid = claimed_txid WHERE d.record_no = record.record_no;
        PERFORM wbo_rule.want_check(record.record_no, record.network);
    END IF;
    SELECT d.record_no, d.status, d.reason INTO record_no, status, reason FROM wbo_data.deposit d WHERE d.record_no = record.record_no;
END
$$;

CREATE FUNCTION wbo.delete_application(external_serial text, remark text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    why text := wbo_rule.require_text('remark', delete_application.remark, 500);
    record wbo_data.deposit;
BEGIN
    PERFORM wbo_rule.begin_operator_act('delete_application', why);
    SELECT * INTO record FROM wbo_data.deposit d WHERE d.external_serial = delete_application.external_serial FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        PERFORM wbo_rule.refuse_unknown('application', delete_application.external_serial);
    ELSIF record.status NOT IN ('pending_auth', 'abnormal') OR record.alarm THEN
        PERFORM wbo_rule.refuse_status('application', delete_application.external_serial, record.status, 'deleted');
    END IF;
    UPDATE wbo_data.deposit SET status = 'deleted', transfer_id = NULL, remark = why WHERE record_no = record.record_no;
    UPDATE wbo_data.deposit_application a SET deleted_at = now(), deleted_by = session_user, delete_remark = why
    WHERE a.external_serial = record.external_serial;
    PERFORM wbo_rule.rivals_again(record.record_no);
END
$$;

-- A transfer that a record lets go may be what another record waits for.
CREATE FUNCTION wbo_rule.rivals_again(record text) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT wbo_rule.want_check(d.record_no, d.network) FROM wbo_data.deposit gone
    JOIN wbo_data.deposit d ON d.network = gone.network AND d.target_address = gone.target_address AND d.record_no <> gone.record_no
    WHERE gone.record_no = record AND d.status IN ('pending_auth', 'abnormal') LIMIT 100
$$;

CREATE FUNCTION wbo_rule.lock_deposit(wanted text, expected_version integer) RETURNS wbo_data.deposit
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    record wbo_data.deposit;
BEGIN
    SELECT * INTO record FROM wbo_data.deposit d WHERE d.record_no = wanted FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        PERFORM wbo_rule.refuse_unknown('deposit', wanted);
    END IF;
    PERFORM wbo_rule.check_version('deposit', wanted, expected_version, record.version, record.status);
    RETURN record;
END
$$;

CREATE FUNCTION wbo.revoke_deposit(record_no text, remark text, expected_version integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    why text := wbo_rule.require_text('remark', revoke_deposit.remark, 500);
    record wbo_data.deposit;
BEGIN
    PERFORM wbo_rule.begin_operator_act('revoke_deposit', why);
    record := wbo_rule.lock_deposit(revoke_deposit.record_no, expected_version);
    IF record.status <> 'pending_auth' THEN
        PERFORM wbo_rule.refuse_status('deposit', record.record_no, record.status, 'cancelled');
    END IF;
    UPDATE wbo_data.deposit d SET status = 'cancelled', transfer_id = NULL, remark = why WHERE d.record_no = record.record_no;
    PERFORM wbo_rule.rivals_again(record.record_no);
END
$$;

CREATE FUNCTION wbo.recheck_deposit(record_no text, expected_version integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    record wbo_data.deposit;
BEGIN
    PERFORM wbo_rule.begin_operator_act('recheck_deposit');
    record := wbo_rule.lock_deposit(recheck_deposit.record_no, expected_version);
    IF record.status <> 'abnormal' THEN
        PERFORM wbo_rule.refuse_status('deposit', record.record_no, record.status, 'pending_auth');
    END IF;
    UPDATE wbo_data.deposit d
    SET status = 'pending_auth', reason = 'transfer_not_seen', transfer_id = NULL, confirm_height = NULL, credited_base = NULL,
        credited_at = NULL, alarm = false, accepted = false
    WHERE d.record_no = record.record_no;
    PERFORM wbo_rule.want_check(record.record_no, record.network);
END
$$;

-- Only the amount, the minimum, lateness or a split can be accepted; guard_credit holds the rest, whoever writes.
CREATE FUNCTION wbo.accept_deposit(record_no text, remark text, expected_version integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    why text := wbo_rule.require_text('remark', accept_deposit.remark, 500);
    record wbo_data.deposit;
BEGIN
    PERFORM wbo_rule.begin_operator_act('accept_deposit', why);
    record := wbo_rule.lock_deposit(accept_deposit.record_no, expected_version);
    IF record.status <> 'abnormal' THEN
        PERFORM wbo_rule.refuse_status('deposit', record.record_no, record.status, 'processing');
    ELSIF record.reason NOT IN ('amount_differs', 'below_minimum', 'split_payment', 'late') OR record.transfer_id IS NULL THEN
        PERFORM wbo_rule.refuse('WB422', 'fault_not_acceptable', jsonb_build_object('reason', record.reason));
    END IF;
    UPDATE wbo_data.deposit d SET status = 'processing', accepted = true, remark = why, alarm = false,
        confirm_height = wbo_rule.confirm_height(d.transfer_id, d.required_confirmations)
    WHERE d.record_no = record.record_no;
END
$$;

-- The height at which a transfer is final by its network's rule: a number of confirmations, or its own block once finalized.
CREATE FUNCTION wbo_rule.confirm_height(transfer bigint, required integer) RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT CASE n.finality WHEN 'finalized' THEN t.block_number ELSE t.block_number + required - 1 END
    FROM wbo_data.chain_transfer t JOIN wbo_data.network n ON n.name = t.network WHERE t.id = transfer
$$;

-- Refunds (退幣): requested, approved by another, executed with the password again; or rejected, or cancelled.

CREATE FUNCTION wbo_rule.lock_refund(wanted text, expected_version integer) RETURNS wbo_data.refund
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    refund wbo_data.refund;
BEGIN
    -- The record first, always in this order, so that two acts never wait for each other in a circle.
    PERFORM FROM wbo_data.deposit d
        WHERE d.record_no = (SELECT r.record_no FROM wbo_data.refund r WHERE r.refund_no = wanted) FOR NO KEY UPDATE;
    SELECT * INTO refund FROM wbo_data.refund r WHERE r.refund_no = wanted FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        PERFORM wbo_rule.refuse_unknown('refund', wanted);
    ELSIF expected_version IS NOT NULL THEN
        PERFORM wbo_rule.check_version('refund', wanted, expected_version, refund.version, refund.status);
    END IF;
    RETURN refund;
END
$$;

-- `acknowledged`: the risk (wbo_rule.receiver_risk) of which the operator says to have checked with the client that coins
-- sent there reach them. Without it nothing is requested to a contract's or an exchange's address.
CREATE FUNCTION wbo.request_refund(record_no text, address text, amount numeric, adjust_reason text, remark text,
                                   acknowledged text DEFAULT NULL) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    why text := wbo_rule.require_text('remark', request_refund.remark, 500);
    record wbo_data.deposit;
    coin wbo_data.cryptocurrency;
    target text := wbo_rule.require_address('address', request_refund.address);
    wallet wbo_data.wallet_address;
    refund wbo_data.refund;
    live text;
BEGIN
    PERFORM wbo_rule.begin_operator_act('request_refund', why);
    SELECT * INTO record FROM wbo_data.deposit d WHERE d.record_no = request_refund.record_no FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        PERFORM wbo_rule.refuse_unknown('deposit', request_refund.record_no);
    END IF;
    SELECT r.refund_no INTO live FROM wbo_data.refund r
    WHERE r.record_no = record.record_no AND r.status IN ('requested', 'approved', 'executing', 'signed', 'broadcast', 'confirming');
    IF FOUND THEN
        PERFORM wbo_rule.refuse('WB409', 'refund_in_progress', jsonb_build_object('record_no', record.record_no, 'refund_no', live));
    ELSIF record.status NOT IN ('success', 'refund_failed') OR record.alarm THEN
        PERFORM wbo_rule.refuse_status('deposit', record.record_no, record.status, 'refunding');
    END IF;
    SELECT * INTO coin FROM wbo_data.cryptocurrency WHERE id = record.coin_id;
    wallet := wbo_rule.refund_wallet(record.client_no, record.network, target);

    refund.refund_no := 'RF' || to_char(now() AT TIME ZONE 'Asia/Hong_Kong', 'YYYYMMDD') || '-' || lpad(nextval('wbo_data.refund_no')::text, 6, '0');
    refund.record_no := record.record_no;
    refund.client_no := record.client_no;
    refund.coin_id := record.coin_id;
    refund.network := record.network;
    refund.wallet_id := wallet.id;
    refund.address := target;
    refund.amount_base := wbo_rule.to_positive_base('amount', request_refund.amount, coin.decimals);
    refund.adjust_reason := CASE WHEN refund.amount_base < record.credited_base THEN nullif(btrim(request_refund.adjust_reason), '') END;
    refund.receiver_acknowledged := nullif(request_refund.acknowledged, '');
    IF wbo_rule.receiver_risk(wallet) IS NULL THEN
        refund.receiver_acknowledged := NULL;  -- it was taken back meanwhile: nothing is left to be acknowledged
    END IF;
    refund.intent := wbo_rule.refund_intent(refund);
    PERFORM wbo_rule.check_daily_limit(coin, refund.amount_base);
    INSERT INTO wbo_data.refund (refund_no, record_no, client_no, coin_id, network, wallet_id, address, amount_base, adjust_reason,
                                 remark, intent, intent_hash, approvals_needed, required_confirmations, receiver_acknowledged)
    VALUES (refund.refund_no, refund.record_no, refund.client_no, refund.coin_id, refund.network, refund.wallet_id, refund.address,
            refund.amount_base, refund.adjust_reason, why, refund.intent, encode(sha256(convert_to(refund.intent, 'UTF8')), 'hex'),
            wbo_rule.approvals_needed(coin, refund.amount_base), record.required_confirmations, refund.receiver_acknowledged);
    UPDATE wbo_data.deposit d SET status = 'refunding' WHERE d.record_no = record.record_no;
    PERFORM wbo_rule.close_without_approval(refund.refund_no);
    RETURN refund.refund_no;
END
$$;

-- The client's verified wallet at that address on that network, or the reason why it is none.
CREATE FUNCTION wbo_rule.refund_wallet(of_client text, on_network text, target text) RETURNS wbo_data.wallet_address
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    wallet wbo_data.wallet_address;
BEGIN
    SELECT * INTO wallet FROM wbo_data.wallet_address w
    WHERE w.client_no = of_client AND w.network = on_network AND w.address = target AND w.status <> 'deleted';
    IF FOUND AND wallet.status = 'verified' THEN
        RETURN wallet;
    ELSIF FOUND THEN
        PERFORM wbo_rule.refuse('WB422', 'refund_address_not_verified', jsonb_build_object('address', target, 'status', wallet.status));
    END IF;
    SELECT * INTO wallet FROM wbo_data.wallet_address w
    WHERE w.client_no = of_client AND w.address = target AND w.status = 'verified' LIMIT 1;
    IF FOUND THEN
        PERFORM wbo_rule.refuse('WB422', 'refund_address_other_network', jsonb_build_object('address', target, 'network', wallet.network));
    ELSIF EXISTS (SELECT FROM wbo_data.wallet_address w WHERE w.address = target AND w.client_no <> of_client AND w.status <> 'deleted') THEN
        PERFORM wbo_rule.refuse('WB422', 'refund_address_other_client', jsonb_build_object('address', target));
    END IF;
    PERFORM wbo_rule.refuse('WB422', 'refund_address_unknown', jsonb_build_object('address', target));
END
$$;

CREATE FUNCTION wbo_rule.approvals_needed(coin wbo_data.cryptocurrency, amount_base numeric) RETURNS integer
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT CASE
        WHEN coin.two_approvals_above_base IS NOT NULL AND amount_base > coin.two_approvals_above_base THEN 2
        WHEN coin.approvals_needed = 0 AND coalesce(wbo_rule.policy('refund_approval_required'), 'true') = 'true' THEN 1
        ELSE coin.approvals_needed
    END
$$;

-- What was requested today (Hong Kong), of live and confirmed refunds, stays within the coin's limit.
CREATE FUNCTION wbo_rule.check_daily_limit(coin wbo_data.cryptocurrency, amount_base numeric) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    used numeric;
BEGIN
    IF coin.daily_refund_limit_base IS NULL THEN
        RETURN;
    END IF;
    -- Two requests at once must not both fit under the same remainder.
    PERFORM FROM wbo_data.cryptocurrency k WHERE k.id = coin.id FOR NO KEY UPDATE;
    SELECT coalesce(sum(r.amount_base), 0) INTO used FROM wbo_data.refund r
    WHERE r.coin_id = coin.id AND r.status NOT IN ('rejected', 'cancelled', 'failed')
      AND r.requested_at >= date_trunc('day', now() AT TIME ZONE 'Asia/Hong_Kong') AT TIME ZONE 'Asia/Hong_Kong';
    IF used + amount_base > coin.daily_refund_limit_base THEN
        PERFORM wbo_rule.refuse('WB422', 'daily_limit_exceeded', jsonb_build_object(
            'coin', coin.code, 'limit', wbo_rule.to_units(coin.daily_refund_limit_base, coin.decimals)::text,
            'used', wbo_rule.to_units(used, coin.decimals)::text, 'amount', wbo_rule.to_units(amount_base, coin.decimals)::text));
    END IF;
END
$$;

-- Where policy and coin ask for nobody else, a request is approved as it is made.
CREATE FUNCTION wbo_rule.close_without_approval(wanted text) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, wbo, pg_temp AS $$
    UPDATE wbo_data.refund SET status = 'approved', approved_at = now() WHERE refund_no = wanted AND approvals_needed = 0
$$;

CREATE FUNCTION wbo.approve_refund(refund_no text, expected_version integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
#variable_conflict use_column
DECLARE
    refund wbo_data.refund;
    approvals integer;
BEGIN
    PERFORM wbo_rule.begin_operator_act('approve_refund');
    refund := wbo_rule.lock_refund(approve_refund.refund_no, NULL);
    IF refund.requested_by = session_user THEN
        PERFORM wbo_rule.refuse('WB403', 'approver_is_requester', jsonb_build_object('login', session_user));
    ELSIF EXISTS (SELECT FROM wbo_data.refund_approval a WHERE a.refund_no = refund.refund_no AND a.login = session_user) THEN
        PERFORM wbo_rule.refuse('WB409', 'already_approved', jsonb_build_object('login', session_user));
    END IF;
    PERFORM wbo_rule.check_version('refund', refund.refund_no, approve_refund.expected_version, refund.version, refund.status);
    IF refund.status <> 'requested' THEN
        PERFORM wbo_rule.refuse_status('refund', refund.refund_no, refund.status, 'approved');
    END IF;
    PERFORM wbo_rule.require_refund_wallet(refund);
    PERFORM wbo_rule.check_hot_wallet(refund);
    INSERT INTO wbo_data.refund_approval (refund_no, intent_hash) VALUES (refund.refund_no, refund.intent_hash);
    SELECT count(*) INTO approvals FROM wbo_data.refund_approval a WHERE a.refund_no = refund.refund_no;
    IF approvals >= refund.approvals_needed THEN
        UPDATE wbo_data.refund r SET status = 'approved', approved_by = session_user, approved_at = now() WHERE r.refund_no = refund.refund_no;
    END IF;
END
$$;

-- The hot wallet as last read from the chain: not stopped, enough of the coin left above the stop level, and enough for the fee.
CREATE FUNCTION wbo_rule.check_hot_wallet(refund wbo_data.refund) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    wallet wbo_data.hot_wallet;
    coin wbo_data.cryptocurrency;
    available numeric;
    needed numeric;
BEGIN
    SELECT * INTO wallet FROM wbo_data.hot_wallet h WHERE h.network = refund.network;
    IF NOT FOUND THEN
        PERFORM wbo_rule.refuse('WB422', 'hot_wallet_missing', jsonb_build_object('network', refund.network));
    ELSIF wallet.stopped_reason IS NOT NULL THEN
        PERFORM wbo_rule.refuse('WB422', 'hot_wallet_stopped', jsonb_build_object('network', refund.network, 'reason', wallet.stopped_reason));
    END IF;
    SELECT * INTO coin FROM wbo_data.cryptocurrency k WHERE k.id = refund.coin_id;
    available := (wallet.balances ->> coin.code)::numeric * ('1e' || coin.decimals)::numeric;
    -- What the worker has not read yet keeps nobody waiting here: it reads before it signs.
    IF available - refund.amount_base < coalesce(coin.stop_level_base, 0) THEN
        PERFORM wbo_rule.refuse('WB422', 'hot_wallet_balance', jsonb_build_object(
            'coin', coin.code, 'needed', wbo_rule.to_units(refund.amount_base + coalesce(coin.stop_level_base, 0), coin.decimals)::text,
            'available', wallet.balances ->> coin.code));
    END IF;
    needed := CASE WHEN coin.contract IS NOT NULL THEN (wallet.fee_estimate ->> 'token')::numeric
                   ELSE (wallet.fee_estimate ->> 'native')::numeric + wbo_rule.to_units(refund.amount_base, coin.decimals) END;
    IF (wallet.fee_estimate ->> 'held')::numeric < needed THEN
        PERFORM wbo_rule.refuse('WB422', 'hot_wallet_gas', jsonb_build_object(
            'network', refund.network, 'needed', needed::text, 'available', wallet.fee_estimate ->> 'held'));
    END IF;
END
$$;

CREATE FUNCTION wbo_rule.close_refund(refund wbo_data.refund, wanted text, why text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    UPDATE wbo_data.refund r SET status = wanted, closed_by = session_user, closed_at = now(), close_remark = why
    WHERE r.refund_no = refund.refund_no;
    UPDATE wbo_data.deposit d SET status = 'success' WHERE d.record_no = refund.record_no;
    -- A credit that was reorganised away while its refund waited is settled now.
    UPDATE wbo_data.deposit d SET status = 'abnormal', reason = 'reorganised' WHERE d.record_no = refund.record_no AND d.alarm;
END
$$;

CREATE FUNCTION wbo.reject_refund(refund_no text, remark text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    why text := wbo_rule.require_text('remark', reject_refund.remark, 500);
    refund wbo_data.refund;
BEGIN
    PERFORM wbo_rule.begin_operator_act('reject_refund', why);
    refund := wbo_rule.lock_refund(reject_refund.refund_no, NULL);
    IF refund.status NOT IN ('requested', 'approved') THEN
        PERFORM wbo_rule.refuse_status('refund', refund.refund_no, refund.status, 'rejected');
    END IF;
    PERFORM wbo_rule.close_refund(refund, 'rejected', why);
END
$$;

CREATE FUNCTION wbo.cancel_refund(refund_no text, remark text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    why text := wbo_rule.require_text('remark', cancel_refund.remark, 500);
    refund wbo_data.refund;
BEGIN
    PERFORM wbo_rule.begin_operator_act('cancel_refund', why);
    refund := wbo_rule.lock_refund(cancel_refund.refund_no, NULL);
    IF refund.status IN ('signed', 'broadcast', 'confirming') THEN
        PERFORM wbo_rule.refuse('WB422', 'already_signed', jsonb_build_object('refund_no', refund.refund_no));
    ELSIF refund.status NOT IN ('requested', 'approved', 'executing') THEN
        PERFORM wbo_rule.refuse_status('refund', refund.refund_no, refund.status, 'cancelled');
    END IF;
    PERFORM wbo_rule.close_refund(refund, 'cancelled', why);
END
$$;

CREATE FUNCTION wbo.execute_refund(refund_no text, expected_version integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    refund wbo_data.refund;
BEGIN
    PERFORM wbo_rule.begin_operator_act('execute_refund');
    IF NOT wbo_rule.session_is_younger_than(60) THEN
        PERFORM wbo_rule.refuse('WB403', 'step_up_required', '{"seconds": 60}');
    END IF;
    refund := wbo_rule.lock_refund(execute_refund.refund_no, execute_refund.expected_version);
    IF refund.status <> 'approved' THEN
        PERFORM wbo_rule.refuse_status('refund', refund.refund_no, refund.status, 'executing');
    END IF;
    PERFORM wbo_rule.check_hot_wallet(refund);
    UPDATE wbo_data.refund r SET status = 'executing', executed_by = session_user, executed_at = now() WHERE r.refund_no = refund.refund_no;
END
$$;

CREATE FUNCTION wbo.record_client_notified(refund_no text, channel text, remark text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    how text := wbo_rule.require_text('channel', record_client_notified.channel, 40);
    refund wbo_data.refund;
BEGIN
    PERFORM wbo_rule.begin_operator_act('record_client_notified', record_client_notified.remark);
    refund := wbo_rule.lock_refund(record_client_notified.refund_no, NULL);
    IF refund.status NOT IN ('confirmed', 'failed', 'rejected', 'cancelled') OR refund.notified_at IS NOT NULL THEN
        PERFORM wbo_rule.refuse_status('refund', refund.refund_no, refund.status, 'notified');
    END IF;
    UPDATE wbo_data.refund r SET notified_at = now(), notified_by = session_user, notified_channel = how,
        notified_remark = nullif(btrim(left(record_client_notified.remark, 500)), '')
    WHERE r.refund_no = refund.refund_no;
END
$$;

-- Client wallet addresses (客戶錢包地址): added, verified by micro-payment or signature, deleted with a remark.

CREATE FUNCTION wbo_rule.lock_wallet(wanted bigint, expected_version integer) RETURNS wbo_data.wallet_address
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    wallet wbo_data.wallet_address;
BEGIN
    SELECT * INTO wallet FROM wbo_data.wallet_address w WHERE w.id = wanted FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        PERFORM wbo_rule.refuse_unknown('wallet', wanted::text);
    ELSIF wallet.status = 'deleted' THEN
        PERFORM wbo_rule.refuse('WB422', 'wallet_deleted', jsonb_build_object('address', wallet.address));
    END IF;
    PERFORM wbo_rule.check_version('wallet', wallet.address, expected_version, wallet.version, wallet.status);
    RETURN wallet;
END
$$;

CREATE FUNCTION wbo.add_wallet(client_no text, network text, address text, remark text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
#variable_conflict use_column
DECLARE
    checked text := wbo_rule.require_address('address', add_wallet.address);
    made bigint;
BEGIN
    PERFORM wbo_rule.begin_operator_act('add_wallet', add_wallet.remark);
    IF NOT EXISTS (SELECT FROM wbo_data.client c WHERE c.client_no = btrim(add_wallet.client_no)) THEN
        PERFORM wbo_rule.refuse_unknown('client', coalesce(add_wallet.client_no, ''));
    ELSIF NOT EXISTS (SELECT FROM wbo_data.network n WHERE n.name = add_wallet.network) THEN
        PERFORM wbo_rule.refuse_unknown('network', coalesce(add_wallet.network, ''));
    END IF;
    INSERT INTO wbo_data.wallet_address (client_no, network, address, remark)
    VALUES (btrim(add_wallet.client_no), add_wallet.network, checked, nullif(btrim(left(add_wallet.remark, 500)), ''))
    ON CONFLICT DO NOTHING RETURNING id INTO made;
    IF made IS NULL THEN
        PERFORM wbo_rule.refuse('WB409', 'already_exists', jsonb_build_object('object', 'wallet', 'id', checked));
    END IF;
    RETURN made;
END
$$;

-- Beginning again from any live status; a wallet that was verified is not, until the new proof is there.
CREATE FUNCTION wbo_rule.begin_verification(wallet wbo_data.wallet_address, by_method text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM wbo_data.refund r WHERE r.wallet_id = wallet.id
               AND r.status IN ('requested', 'approved', 'executing', 'signed', 'broadcast', 'confirming')) THEN
        PERFORM wbo_rule.refuse('WB422', 'wallet_in_use', (
            SELECT jsonb_build_object('address', wallet.address, 'refund_no', max(r.refund_no)) FROM wbo_data.refund r
            WHERE r.wallet_id = wallet.id AND r.status IN ('requested', 'approved', 'executing', 'signed', 'broadcast', 'confirming')));
    END IF;
    UPDATE wbo_data.wallet_address w
    SET status = 'verifying', method = by_method, verified_at = NULL, verified_by = NULL, evidence = NULL, failure = NULL,
        challenge = NULL, signature = NULL, micro_coin_id = NULL, micro_amount_base = NULL, micro_target = NULL,
        expires_at = NULL, transfer_id = NULL
    WHERE w.id = wallet.id;
END
$$;

-- The amount asked for is the coin's smallest sensible one with a random extra in its last places, so that it is unique
-- among what is being waited for at that account.
CREATE FUNCTION wbo.begin_micro_payment(wallet_id bigint, coin text, expected_version integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    wallet wbo_data.wallet_address;
    chosen wbo_data.cryptocurrency;
    target text;
    amount numeric;
    unit numeric;
BEGIN
    PERFORM wbo_rule.begin_operator_act('begin_micro_payment');
    wallet := wbo_rule.lock_wallet(begin_micro_payment.wallet_id, expected_version);
    SELECT * INTO chosen FROM wbo_data.cryptocurrency k WHERE k.code = begin_micro_payment.coin AND k.network = wallet.network;
    IF NOT FOUND THEN
        PERFORM wbo_rule.refuse_unknown('cryptocurrency', concat_ws(' ', begin_micro_payment.coin, wallet.network));
    END IF;
    target := wbo_rule.assign_custodial_account(wallet.client_no, wallet.network);
    PERFORM wbo_rule.begin_verification(wallet, 'micro_payment');
    unit := ('1e' || greatest(0, chosen.decimals - 6))::numeric;
    FOR attempt IN 1..50 LOOP
        amount := (CASE WHEN chosen.decimals >= 3 THEN ('1e' || (chosen.decimals - 3))::numeric ELSE 1 END)
                  + (1 + floor(random() * 899))::numeric * unit;
        BEGIN
            UPDATE wbo_data.wallet_address w
            SET micro_coin_id = chosen.id, micro_amount_base = amount, micro_target = target,
                expires_at = now() + coalesce((wbo_rule.policy('micro_payment_hours') #>> '{}')::integer, 24) * interval '1 hour'
            WHERE w.id = wallet.id;
            RETURN;
        EXCEPTION WHEN unique_violation THEN
            NULL;
        END;
    END LOOP;
    PERFORM wbo_rule.refuse('WB409', 'already_exists', jsonb_build_object('object', 'micro_payment', 'id', target));
END
$$;

CREATE FUNCTION wbo.begin_message_signature(wallet_id bigint, expected_version integer) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    wallet wbo_data.wallet_address;
    text_to_sign text;
BEGIN
    PERFORM wbo_rule.begin_operator_act('begin_message_signature');
    wallet := wbo_rule.lock_wallet(begin_message_signature.wallet_id, expected_version);
    PERFORM wbo_rule.begin_verification(wallet, 'message_signature');
    text_to_sign := format(E'I own the wallet %s\nClient: %s\nNetwork: %s\nOne-time code: %s', wallet.address, wallet.client_no,
                           wallet.network, replace(gen_random_uuid()::text, '-', ''));
    UPDATE wbo_data.wallet_address w SET challenge = text_to_sign,
        expires_at = now() + coalesce((wbo_rule.policy('micro_payment_hours') #>> '{}')::integer, 24) * interval '1 hour'
    WHERE w.id = wallet.id;
    RETURN text_to_sign;
END
$$;

CREATE FUNCTION wbo.submit_wallet_signature(wallet_id bigint, signature text, expected_version integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    wallet wbo_data.wallet_address;
BEGIN
    PERFORM wbo_rule.begin_operator_act('submit_wallet_signature');
    wallet := wbo_rule.lock_wallet(submit_wallet_signature.wallet_id, expected_version);
    IF submit_wallet_signature.signature IS NULL OR btrim(submit_wallet_signature.signature) !~ '^0x([0-9a-fA-F]{2})+$' OR length(submit_wallet_signature.signature) > 8194 THEN
        PERFORM wbo_rule.refuse('WB400', 'value_invalid', jsonb_build_object('field', 'signature', 'value', left(btrim(coalesce(submit_wallet_signature.signature, '')), 80)));
    ELSIF wallet.status <> 'verifying' OR wallet.method <> 'message_signature' THEN
        PERFORM wbo_rule.refuse_status('wallet', wallet.address, wallet.status, 'verified');
    END IF;
    UPDATE wbo_data.wallet_address w SET signature = lower(btrim(submit_wallet_signature.signature)), failure = NULL WHERE w.id = wallet.id;
END
$$;

CREATE FUNCTION wbo.allow_shared_wallet(wallet_id bigint, remark text, expected_version integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    why text := wbo_rule.require_text('remark', allow_shared_wallet.remark, 500);
    wallet wbo_data.wallet_address;
BEGIN
    PERFORM wbo_rule.begin_operator_act('allow_shared_wallet', why);
    wallet := wbo_rule.lock_wallet(allow_shared_wallet.wallet_id, expected_version);
    UPDATE wbo_data.wallet_address w SET shared_override = true, remark = why WHERE w.id = wallet.id;
END
$$;

CREATE FUNCTION wbo.delete_wallet(wallet_id bigint, remark text, expected_version integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    why text := wbo_rule.require_text('remark', delete_wallet.remark, 500);
    wallet wbo_data.wallet_address;
    live text;
BEGIN
    PERFORM wbo_rule.begin_operator_act('delete_wallet', why);
    wallet := wbo_rule.lock_wallet(delete_wallet.wallet_id, expected_version);
    SELECT r.refund_no INTO live FROM wbo_data.refund r
    WHERE r.wallet_id = wallet.id AND r.status IN ('requested', 'approved', 'executing', 'signed', 'broadcast', 'confirming') LIMIT 1;
    IF FOUND THEN
        PERFORM wbo_rule.refuse('WB422', 'wallet_in_use', jsonb_build_object('address', wallet.address, 'refund_no', live));
    END IF;
    UPDATE wbo_data.wallet_address w SET status = 'deleted', deleted_at = now(), deleted_by = session_user, delete_remark = why
    WHERE w.id = wallet.id;
END
$$;

-- Cryptocurrencies (加密貨幣), networks (網絡), custodial accounts (渠道存管賬戶) and the desk's policy.

-- Only names that are known may be given: a misspelt one must not be silently ignored.
CREATE FUNCTION wbo_rule.check_names(details jsonb, known text[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    stranger text;
BEGIN
    IF jsonb_typeof(details) IS DISTINCT FROM 'object' THEN
        PERFORM wbo_rule.refuse('WB400', 'value_invalid', '{"field": "details", "value": ""}');
    END IF;
    SELECT k INTO stranger FROM jsonb_object_keys(details) AS k WHERE k <> ALL (known) LIMIT 1;
    IF FOUND THEN
        PERFORM wbo_rule.refuse('WB400', 'value_invalid', jsonb_build_object('field', stranger, 'value', left(details ->> stranger, 80)));
    END IF;
END
$$;

-- A whole number within bounds, or a refusal that names the field.
CREATE FUNCTION wbo_rule.read_integer(details jsonb, field text, lowest bigint, highest bigint) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    IF details ->> field !~ '^-?[0-9]{1,18}$' OR (details ->> field)::bigint NOT BETWEEN lowest AND highest THEN
        PERFORM wbo_rule.refuse('WB400', 'value_invalid', jsonb_build_object('field', field, 'value', left(details ->> field, 80)));
    END IF;
    RETURN (details ->> field)::bigint;
END
$$;

CREATE FUNCTION wbo_rule.read_amount(details jsonb, field text, decimals integer) RETURNS numeric
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    IF details ->> field IS NULL THEN
        RETURN NULL;
    ELSIF details ->> field !~ '^[0-9]{1,78}(\.[0-9]{1,78})?$' THEN
        PERFORM wbo_rule.refuse('WB400', 'amount_malformed', jsonb_build_object('field', field, 'value', left(details ->> field, 80)));
    END IF;
    RETURN wbo_rule.to_base(field, (details ->> field)::numeric, decimals);
END
$$;

-- Confirmations that rise with the amount: [{"from": amount in units, "confirmations": number}], kept in base units.
CREATE FUNCTION wbo_rule.read_steps(details jsonb, decimals integer) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    steps jsonb := details -> 'confirmation_steps';
    read jsonb := '[]';
    step jsonb;
BEGIN
    IF jsonb_typeof(steps) IS DISTINCT FROM 'array' OR jsonb_array_length(steps) > 20 THEN
        PERFORM wbo_rule.refuse('WB400', 'value_invalid', jsonb_build_object('field', 'confirmation_steps', 'value', left(steps::text, 80)));
    END IF;
    FOR step IN SELECT * FROM jsonb_array_elements(steps) LOOP
        PERFORM wbo_rule.check_names(step, ARRAY['from', 'confirmations']);
        IF step ->> 'from' IS NULL OR step ->> 'confirmations' IS NULL THEN
            PERFORM wbo_rule.refuse('WB400', 'value_missing', '{"field": "confirmation_steps"}');
        END IF;
        read := read || jsonb_build_object('from_base', wbo_rule.read_amount(step, 'from', decimals)::text,
                                           'confirmations', wbo_rule.read_integer(step, 'confirmations', 1, 10000));
    END LOOP;
    RETURN read;
END
$$;

CREATE FUNCTION wbo.save_cryptocurrency(details jsonb, expected_version integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    coin wbo_data.cryptocurrency;
    token text;
    places integer;
    named text;
BEGIN
    PERFORM wbo_rule.begin_operator_act('save_cryptocurrency', details ->> 'remark');
    PERFORM wbo_rule.check_names(details, ARRAY['code', 'network', 'name_en', 'name_zh_hk', 'name_zh_cn', 'contract', 'decimals',
        'minimum_deposit', 'confirmations', 'wallet_rule', 'deposit_enabled', 'credit_tolerance', 'approvals_needed',
        'two_approvals_above', 'cooling_off_hours', 'daily_refund_limit', 'alert_level', 'stop_level', 'confirmation_steps', 'remark']);
    PERFORM wbo_rule.require_text('code', details ->> 'code', 16), wbo_rule.require_text('network', details ->> 'network', 40);
    IF NOT EXISTS (SELECT FROM wbo_data.network n WHERE n.name = details ->> 'network') THEN
        PERFORM wbo_rule.refuse_unknown('network', details ->> 'network');
    ELSIF details ->> 'code' !~ '^[A-Za-z0-9.]{1,16}$' THEN
        PERFORM wbo_rule.refuse('WB400', 'value_invalid', jsonb_build_object('field', 'code', 'value', details ->> 'code'));
    END IF;
    SELECT * INTO coin FROM wbo_data.cryptocurrency k
    WHERE k.code = details ->> 'code' AND k.network = details ->> 'network' FOR NO KEY UPDATE;
    IF expected_version IS NULL AND FOUND THEN
        PERFORM wbo_rule.refuse('WB409', 'already_exists', jsonb_build_object('object', 'cryptocurrency', 'id', concat_ws(' ', coin.code, coin.network)));
    ELSIF expected_version IS NULL THEN
        places := wbo_rule.read_integer(details, 'decimals', 0, 36);
        IF places IS NULL THEN
            PERFORM wbo_rule.refuse('WB400', 'value_missing', '{"field": "decimals"}');
        END IF;
        IF details ->> 'contract' IS NOT NULL THEN
            token := wbo_rule.require_address('contract', details ->> 'contract');
        END IF;
        IF EXISTS (SELECT FROM wbo_data.cryptocurrency k WHERE k.network = details ->> 'network' AND k.contract IS NOT DISTINCT FROM token) THEN
            PERFORM wbo_rule.refuse('WB409', 'already_exists', jsonb_build_object('object', 'contract', 'id', coalesce(details ->> 'contract', 'native')));
        END IF;
        INSERT INTO wbo_data.cryptocurrency (code, network, name_en, name_zh_hk, name_zh_cn, contract, decimals)
        VALUES (details ->> 'code', details ->> 'network', wbo_rule.require_text('name_en', details ->> 'name_en', 80),
                wbo_rule.require_text('name_zh_hk', details ->> 'name_zh_hk', 80),
                wbo_rule.require_text('name_zh_cn', details ->> 'name_zh_cn', 80),
                token, places)
        RETURNING * INTO coin;
    ELSIF coin.id IS NULL THEN
        PERFORM wbo_rule.refuse_unknown('cryptocurrency', concat_ws(' ', details ->> 'code', details ->> 'network'));
    ELSE
        PERFORM wbo_rule.check_version('cryptocurrency', concat_ws(' ', coin.code, coin.network), expected_version, coin.version, '');
    END IF;
    IF details ->> 'wallet_rule' NOT IN ('once', 'every_deposit') THEN
        PERFORM wbo_rule.refuse('WB400', 'value_invalid', jsonb_build_object('field', 'wallet_rule', 'value', details ->> 'wallet_rule'));
    ELSIF details ? 'credit_tolerance' AND (details ->> 'credit_tolerance' !~ '^[0-9]{1,3}(\.[0-9]{1,2})?$'
          OR (details ->> 'credit_tolerance')::numeric > 100) THEN
        PERFORM wbo_rule.refuse('WB400', 'value_invalid', jsonb_build_object('field', 'credit_tolerance', 'value', details ->> 'credit_tolerance'));
    END IF;
    FOREACH named IN ARRAY ARRAY['name_en', 'name_zh_hk', 'name_zh_cn'] LOOP
        IF details ? named THEN
            PERFORM wbo_rule.require_text(named, details ->> named, 80);
        END IF;
    END LOOP;
    places := coin.decimals;
    UPDATE wbo_data.cryptocurrency k SET
        name_en = coalesce(nullif(btrim(details ->> 'name_en'), ''), k.name_en),
        name_zh_hk = coalesce(nullif(btrim(details ->> 'name_zh_hk'), ''), k.name_zh_hk),
        name_zh_cn = coalesce(nullif(btrim(details ->> 'name_zh_cn'), ''), k.name_zh_cn),
        minimum_base = coalesce(wbo_rule.read_amount(details, 'minimum_deposit', places), k.minimum_base),
        confirmations = coalesce(wbo_rule.read_integer(details, 'confirmations', 1, 10000), k.confirmations),
        confirmation_steps = CASE WHEN details ? 'confirmation_steps' THEN wbo_rule.read_steps(details, places) ELSE k.confirmation_steps END,
        wallet_rule = coalesce(details ->> 'wallet_rule', k.wallet_rule),
        deposit_enabled = coalesce((details ->> 'deposit_enabled') = 'true', k.deposit_enabled),
        credit_tolerance = coalesce((details ->> 'credit_tolerance')::numeric, k.credit_tolerance),
        approvals_needed = coalesce(wbo_rule.read_integer(details, 'approvals_needed', 0, 2), k.approvals_needed),
        cooling_off_hours = coalesce(wbo_rule.read_integer(details, 'cooling_off_hours', 0, 8760), k.cooling_off_hours),
        two_approvals_above_base = CASE WHEN details ? 'two_approvals_above' THEN wbo_rule.read_amount(details, 'two_approvals_above', places) ELSE k.two_approvals_above_base END,
        daily_refund_limit_base = CASE WHEN details ? 'daily_refund_limit' THEN wbo_rule.read_amount(details, 'daily_refund_limit', places) ELSE k.daily_refund_limit_base END,
        alert_level_base = CASE WHEN details ? 'alert_level' THEN wbo_rule.read_amount(details, 'alert_level', places) ELSE k.alert_level_base END,
        stop_level_base = CASE WHEN details ? 'stop_level' THEN wbo_rule.read_amount(details, 'stop_level', places) ELSE k.stop_level_base END,
        remark = CASE WHEN details ? 'remark' THEN nullif(btrim(left(details ->> 'remark', 500)), '') ELSE k.remark END
    WHERE k.id = coin.id;
END
$$;

CREATE FUNCTION wbo.save_network(details jsonb, expected_version integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    network wbo_data.network;
    wanted text := wbo_rule.require_text('name', details ->> 'name', 40);
    urls text[];
    wrong text;
BEGIN
    PERFORM wbo_rule.begin_operator_act('save_network');
    PERFORM wbo_rule.check_names(details, ARRAY['name', 'chain_id', 'kind', 'finality', 'rpc_urls', 'explorer_tx_url',
        'explorer_address_url', 'txid_grace_seconds', 'agreement']);
    IF details ? 'rpc_urls' THEN
        IF jsonb_typeof(details -> 'rpc_urls') <> 'array' THEN
            PERFORM wbo_rule.refuse('WB400', 'value_invalid', jsonb_build_object('field', 'rpc_urls', 'value', left(details ->> 'rpc_urls', 80)));
        END IF;
        SELECT array_agg(btrim(u)) INTO urls FROM jsonb_array_elements_text(details -> 'rpc_urls') AS u;
        SELECT u INTO wrong FROM unnest(urls) AS u WHERE u !~ '^(https?|wss?)://[^\s]+$' OR length(u) > 500 LIMIT 1;
        IF FOUND THEN
            PERFORM wbo_rule.refuse('WB400', 'value_invalid', jsonb_build_object('field', 'rpc_urls', 'value', left(wrong, 80)));
        END IF;
    END IF;
    -- The desktop opens these in a browser.
    SELECT u INTO wrong FROM unnest(ARRAY[btrim(details ->> 'explorer_tx_url'), btrim(details ->> 'explorer_address_url')]) AS u
    WHERE u <> '' AND (u !~ '^https?://[^\s]+$' OR length(u) > 500) LIMIT 1;
    IF FOUND THEN
        PERFORM wbo_rule.refuse('WB400', 'value_invalid', jsonb_build_object('field', 'explorer_url', 'value', left(wrong, 80)));
    END IF;
    IF details ->> 'finality' NOT IN ('confirmations', 'finalized') THEN
        PERFORM wbo_rule.refuse('WB400', 'value_invalid', jsonb_build_object('field', 'finality', 'value', details ->> 'finality'));
    END IF;
    SELECT * INTO network FROM wbo_data.network n WHERE n.name = wanted FOR NO KEY UPDATE;
    IF expected_version IS NULL AND FOUND THEN
        PERFORM wbo_rule.refuse('WB409', 'already_exists', jsonb_build_object('object', 'network', 'id', wanted));
    ELSIF expected_version IS NULL THEN
        IF details ->> 'chain_id' IS NULL THEN
            PERFORM wbo_rule.refuse('WB400', 'value_missing', '{"field": "chain_id"}');
        ELSIF wanted !~ '^[A-Za-z0-9][A-Za-z0-9 ._-]{0,39}$' THEN
            PERFORM wbo_rule.refuse('WB400', 'value_invalid', jsonb_build_object('field', 'name', 'value', wanted));
        ELSIF EXISTS (SELECT FROM wbo_data.network n WHERE n.chain_id = wbo_rule.read_integer(details, 'chain_id', 1, 9007199254740991)) THEN
            PERFORM wbo_rule.refuse('WB409', 'already_exists', jsonb_build_object('object', 'chain_id', 'id', details ->> 'chain_id'));
        END IF;
        INSERT INTO wbo_data.network (name, chain_id) VALUES (wanted, wbo_rule.read_integer(details, 'chain_id', 1, 9007199254740991))
        RETURNING * INTO network;
    ELSIF network.name IS NULL THEN
        PERFORM wbo_rule.refuse_unknown('network', wanted);
    ELSE
        PERFORM wbo_rule.check_version('network', wanted, expected_version, network.version, '');
    END IF;
    UPDATE wbo_data.network n SET
        finality = coalesce(details ->> 'finality', n.finality),
        rpc_urls = CASE WHEN details ? 'rpc_urls' THEN coalesce(urls, '{}') ELSE n.rpc_urls END,
        explorer_tx_url = CASE WHEN details ? 'explorer_tx_url' THEN nullif(btrim(details ->> 'explorer_tx_url'), '') ELSE n.explorer_tx_url END,
        explorer_address_url = CASE WHEN details ? 'explorer_address_url' THEN nullif(btrim(details ->> 'explorer_address_url'), '') ELSE n.explorer_address_url END,
        txid_grace_seconds = coalesce(wbo_rule.read_integer(details, 'txid_grace_seconds', 0, 604800), n.txid_grace_seconds),
        agreement = coalesce(wbo_rule.read_integer(details, 'agreement', 1, 9), n.agreement)
    WHERE n.name = wanted;
END
$$;

CREATE FUNCTION wbo.import_custodial_accounts(rows jsonb) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    line record;
    made integer := 0;
BEGIN
    PERFORM wbo_rule.begin_operator_act('import_custodial_accounts');
    IF jsonb_typeof(rows) IS DISTINCT FROM 'array' OR EXISTS (
        SELECT FROM jsonb_array_elements(CASE jsonb_typeof(rows) WHEN 'array' THEN rows END) AS r WHERE jsonb_typeof(r) <> 'object') THEN
        PERFORM wbo_rule.refuse('WB400', 'value_invalid', '{"field": "rows", "value": ""}');
    END IF;
    FOR line IN SELECT r.channel, r.network, r.address FROM jsonb_to_recordset(rows) AS r (channel text, network text, address text) LOOP
        IF NOT EXISTS (SELECT FROM wbo_data.network n WHERE n.name = line.network) THEN
            PERFORM wbo_rule.refuse_unknown('network', coalesce(line.network, ''));
        END IF;
        INSERT INTO wbo_data.custodial_account (channel, network, address)
        VALUES (wbo_rule.require_text('channel', line.channel, 80), line.network, wbo_rule.require_address('address', line.address))
        ON CONFLICT DO NOTHING;
        IF FOUND THEN
            made := made + 1;
        END IF;
    END LOOP;
    RETURN made;
END
$$;

CREATE FUNCTION wbo.delete_custodial_account(account_id bigint, remark text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    why text := wbo_rule.require_text('remark', delete_custodial_account.remark, 500);
    account wbo_data.custodial_account;
BEGIN
    PERFORM wbo_rule.begin_operator_act('delete_custodial_account', why);
    SELECT * INTO account FROM wbo_data.custodial_account a WHERE a.id = account_id AND a.deleted_at IS NULL FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        PERFORM wbo_rule.refuse_unknown('custodial_account', account_id::text);
    ELSIF account.client_no IS NOT NULL THEN
        PERFORM wbo_rule.refuse('WB422', 'account_assigned', jsonb_build_object('address', account.address, 'client_no', account.client_no));
    END IF;
    UPDATE wbo_data.custodial_account a SET deleted_at = now(), delete_remark = why WHERE a.id = account.id;
END
$$;

CREATE FUNCTION wbo.save_policy(name text, value jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    PERFORM wbo_rule.begin_operator_act('save_policy');
    UPDATE wbo_data.policy p SET value = save_policy.value, updated_at = now(), updated_by = session_user
    WHERE p.name = save_policy.name AND jsonb_typeof(p.value) = jsonb_typeof(save_policy.value)
      AND (jsonb_typeof(p.value) <> 'number' OR (save_policy.value #>> '{}' ~ '^[0-9]{1,6}$' AND (save_policy.value #>> '{}')::integer
           BETWEEN CASE WHEN p.name IN ('fresh_password_hours', 'transfer_gap_hours') THEN 0 ELSE 1 END AND 100000));
    IF NOT FOUND THEN
        PERFORM wbo_rule.refuse('WB400', 'value_invalid', jsonb_build_object('field', coalesce(save_policy.name, ''), 'value', left(save_policy.value::text, 80)));
    END IF;
END
$$;

INSERT INTO wbo_data.policy (name, value) VALUES
    ('idle_lock_minutes', '15'), ('session_hours', '12'), ('refund_approval_required', 'true'),
    ('login_failures', '5'), ('login_lock_minutes', '15'), ('micro_payment_hours', '24'), ('one_time_password_hours', '72'),
    ('fresh_password_hours', '24'), ('transfer_gap_hours', '0')
ON CONFLICT DO NOTHING;

-- Operators (操作員與權限) are login roles; a permission is membership of a group role. Role administration is the one place
-- with dynamic SQL: identifiers by %I, values by %L, and only ever a SCRAM verifier, never a password.

CREATE FUNCTION wbo_rule.require_verifier(verifier text) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    IF verifier IS NULL OR verifier !~ '^SCRAM-SHA-256\$[0-9]{4,7}:[A-Za-z0-9+/=]{16,64}\$[A-Za-z0-9+/=]{44}:[A-Za-z0-9+/=]{44}$' THEN
        PERFORM wbo_rule.refuse('WB400', 'verifier_malformed');
    END IF;
    RETURN verifier;
END
$$;

-- What tells this password from another one that is set past the desk; see wbo_rule.notice_passwords.
CREATE FUNCTION wbo_rule.password_mark(verifier text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT encode(sha256(convert_to(verifier, 'UTF8')), 'hex')
$$;

CREATE FUNCTION wbo_rule.lock_operator(wanted text) RETURNS wbo_data.operator
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    found wbo_data.operator;
BEGIN
    SELECT * INTO found FROM wbo_data.operator o WHERE o.login = wanted FOR NO KEY UPDATE;
    IF found.login IS NULL THEN
        PERFORM wbo_rule.refuse_unknown('operator', coalesce(wanted, ''));
    END IF;
    RETURN found;
END
$$;

CREATE FUNCTION wbo_rule.one_time_until() RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT now() + coalesce((wbo_rule.policy('one_time_password_hours') #>> '{}')::integer, 72) * interval '1 hour'
$$;

-- What a role may use of the server by itself. An operator can lift the timeouts, which are for honest programs that hang;
-- wbo_rule.end_stalled_sessions ends what holds locks all the same.
CREATE FUNCTION wbo_rule.limit_role(login text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    EXECUTE format('ALTER ROLE %I CONNECTION LIMIT 60', login);
    EXECUTE format('ALTER ROLE %I SET idle_in_transaction_session_timeout = %L', login, '60s');
    EXECUTE format('ALTER ROLE %I SET lock_timeout = %L', login, '5s');
    EXECUTE format('ALTER ROLE %I SET statement_timeout = %L', login, '10min');
END
$$;

-- Permissions are held as memberships only by somebody enabled and past the one-time password; until then they stand in the
-- table alone, so that a password which passed through other hands opens no page and does nothing.
CREATE FUNCTION wbo_rule.give_permissions(to_login text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    code text;
BEGIN
    FOR code IN SELECT g.permission_code FROM wbo_data.permission_grant g WHERE g.login = to_login AND g.state = 'granted' LOOP
        EXECUTE format('GRANT %I TO %I', code, to_login);
    END LOOP;
END
$$;

CREATE FUNCTION wbo_rule.take_permissions(from_login text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    code text;
BEGIN
    FOR code IN
        SELECT r.rolname FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid JOIN pg_roles u ON u.oid = m.member
        WHERE u.rolname = from_login AND r.rolname ~ '^(atm|sys)\.'
    LOOP
        EXECUTE format('REVOKE %I FROM %I', code, from_login);
    END LOOP;
END
$$;

CREATE FUNCTION wbo.create_operator(login text, display_name text, scram_verifier text, language text DEFAULT 'zh_HK') RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    wanted text := btrim(create_operator.login);
    verifier text := wbo_rule.require_verifier(create_operator.scram_verifier);
    shown text := wbo_rule.require_text('display_name', create_operator.display_name, 80);
    until_then timestamptz := wbo_rule.one_time_until();
BEGIN
    PERFORM wbo_rule.begin_operator_act('create_operator');
    -- Lower case and plain: a login must not look like another one, nor like a role of the system.
    IF wanted IS NULL OR wanted !~ '^[a-z][a-z0-9_.]{1,30}$' OR wanted ~ '^(wbo_|pg_|atm\.|sys\.)' THEN
        PERFORM wbo_rule.refuse('WB400', 'value_invalid', jsonb_build_object('field', 'login', 'value', left(coalesce(wanted, ''), 80)));
    ELSIF coalesce(create_operator.language, '') NOT IN ('zh_HK', 'zh_CN', 'en') THEN
        PERFORM wbo_rule.refuse('WB400', 'value_invalid', jsonb_build_object('field', 'language', 'value', left(coalesce(create_operator.language, ''), 80)));
    ELSIF EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
        PERFORM wbo_rule.refuse('WB409', 'login_taken', jsonb_build_object('login', wanted));
    END IF;
    EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS INHERIT PASSWORD %L VALID UNTIL %L',
                   wanted, verifier, until_then);
    EXECUTE format('GRANT wbo_operator TO %I', wanted);
    PERFORM wbo_rule.limit_role(wanted);
    INSERT INTO wbo_data.operator (login, display_name, language, one_time_until, password_issued_by, password_issued_at, password_mark)
    VALUES (wanted, shown, create_operator.language, until_then, session_user, clock_timestamp(), wbo_rule.password_mark(verifier));
END
$$;

-- Ends every session of a role but the one that asks.
CREATE FUNCTION wbo_rule.end_sessions(of_login text) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a WHERE a.usename = of_login AND a.pid <> pg_backend_pid()
$$;

CREATE FUNCTION wbo_rule.is_administrator(who text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT EXISTS (SELECT FROM wbo_data.permission_grant g WHERE g.login = who AND g.permission_code = 'sys.operator_admin' AND g.state = 'granted')
$$;

-- Whether the desk would be left without an administrator who can log in and act.
CREATE FUNCTION wbo_rule.is_last_administrator(who text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT wbo_rule.is_administrator(who) AND NOT EXISTS (
        SELECT FROM wbo_data.operator o JOIN wbo_data.permission_grant g ON g.login = o.login
        WHERE g.permission_code = 'sys.operator_admin' AND g.state = 'granted'
          AND o.disabled_at IS NULL AND NOT o.must_change_password AND o.login <> who)
$$;

-- Serialises what could leave the desk without an administrator, or give a permission twice.
CREATE FUNCTION wbo_rule.lock_administration() RETURNS void
LANGUAGE sql SET search_path = pg_catalog, wbo, pg_temp AS $$
    LOCK TABLE wbo_data.permission_grant IN SHARE ROW EXCLUSIVE MODE
$$;

CREATE FUNCTION wbo.disable_operator(login text, remark text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    target wbo_data.operator;
BEGIN
    PERFORM wbo_rule.begin_operator_act('disable_operator', disable_operator.remark);
    PERFORM wbo_rule.lock_administration();
    target := wbo_rule.lock_operator(disable_operator.login);
    IF target.disabled_at IS NOT NULL THEN
        PERFORM wbo_rule.refuse_status('operator', target.login, 'disabled', 'disabled');
    ELSIF wbo_rule.is_last_administrator(target.login) THEN
        PERFORM wbo_rule.refuse('WB422', 'last_administrator', jsonb_build_object('login', target.login));
    END IF;
    UPDATE wbo_data.operator o SET disabled_at = now(), disabled_by = session_user WHERE o.login = target.login;
    -- A session that slips in while this one commits has no right left to use.
    EXECUTE format('ALTER ROLE %I NOLOGIN', target.login);
    EXECUTE format('REVOKE wbo_operator FROM %I', target.login);
    PERFORM wbo_rule.take_permissions(target.login);
    PERFORM wbo_rule.end_sessions(target.login);
END
$$;

CREATE FUNCTION wbo.enable_operator(login text, scram_verifier text, remark text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    target wbo_data.operator;
    until_then timestamptz := wbo_rule.one_time_until();
BEGIN
    PERFORM wbo_rule.begin_operator_act('enable_operator', enable_operator.remark);
    PERFORM wbo_rule.lock_administration();
    target := wbo_rule.lock_operator(enable_operator.login);
    IF target.disabled_at IS NULL THEN
        PERFORM wbo_rule.refuse_status('operator', target.login, 'enabled', 'enabled');
    END IF;
    UPDATE wbo_data.operator o SET disabled_at = NULL, disabled_by = NULL, must_change_password = true, one_time_until = until_then,
        password_issued_by = session_user, password_issued_at = clock_timestamp(), password_mark = wbo_rule.password_mark(enable_operator.scram_verifier),
        locked_until = NULL, locked_from = NULL, open_until = NULL, unlocked_at = clock_timestamp()
    WHERE o.login = target.login;
    EXECUTE format('ALTER ROLE %I LOGIN PASSWORD %L VALID UNTIL %L', target.login,
                   wbo_rule.require_verifier(enable_operator.scram_verifier), until_then);
    EXECUTE format('GRANT wbo_operator TO %I', target.login);
END
$$;

CREATE FUNCTION wbo.reset_password(login text, scram_verifier text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    target wbo_data.operator;
    until_then timestamptz := wbo_rule.one_time_until();
BEGIN
    PERFORM wbo_rule.begin_operator_act('reset_password');
    PERFORM wbo_rule.lock_administration();
    target := wbo_rule.lock_operator(reset_password.login);
    IF target.disabled_at IS NOT NULL THEN
        PERFORM wbo_rule.refuse_status('operator', target.login, 'disabled', 'reset_password');
    END IF;
    UPDATE wbo_data.operator o SET must_change_password = true, one_time_until = until_then, password_issued_by = session_user,
        password_issued_at = clock_timestamp(), password_mark = wbo_rule.password_mark(reset_password.scram_verifier),
        locked_until = NULL, locked_from = NULL, open_until = NULL, unlocked_at = clock_timestamp()
    WHERE o.login = target.login;
    EXECUTE format('ALTER ROLE %I PASSWORD %L VALID UNTIL %L', target.login,
                   wbo_rule.require_verifier(reset_password.scram_verifier), until_then);
    PERFORM wbo_rule.take_permissions(target.login);
    PERFORM wbo_rule.end_sessions(target.login);
END
$$;

CREATE FUNCTION wbo.change_own_password(scram_verifier text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    self wbo_data.operator;
BEGIN
    PERFORM wbo_rule.begin_act('change_own_password');
    SELECT * INTO self FROM wbo_data.operator o WHERE o.login = session_user FOR NO KEY UPDATE;
    IF self.login IS NULL THEN
        PERFORM wbo_rule.refuse('WB403', 'not_an_operator', jsonb_build_object('login', session_user));
    ELSIF self.disabled_at IS NOT NULL THEN
        PERFORM wbo_rule.refuse('WB403', 'operator_disabled', jsonb_build_object('login', session_user));
    END IF;
    EXECUTE format('ALTER ROLE %I PASSWORD %L VALID UNTIL %L', self.login,
                   wbo_rule.require_verifier(change_own_password.scram_verifier), 'infinity');
    UPDATE wbo_data.operator o SET must_change_password = false, one_time_until = NULL,
        password_mark = wbo_rule.password_mark(change_own_password.scram_verifier) WHERE o.login = self.login;
    INSERT INTO wbo_data.audit_entry (workstation, action, object_type, object_id)
    SELECT wbo_rule.workstation(), 'change_own_password', 'operator', self.login WHERE NOT self.must_change_password;
    PERFORM wbo_rule.give_permissions(self.login);
    -- Whoever came in with the old password goes.
    PERFORM wbo_rule.end_sessions(self.login);
END
$$;

-- What can change money's way waits for a second administrator when an administrator would hold it: nobody gives it to
-- themselves, and two roles of one person are two people's decision.
CREATE FUNCTION wbo_rule.needs_second_administrator(target text, code text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT (code LIKE 'atm.%' AND code NOT LIKE '%\_inquiry' AND (target = session_user OR wbo_rule.is_administrator(target)))
        OR (code = 'sys.operator_admin' AND EXISTS (
            SELECT FROM wbo_data.permission_grant g WHERE g.login = target AND g.state = 'granted'
              AND g.permission_code LIKE 'atm.%' AND g.permission_code NOT LIKE '%\_inquiry'))
$$;

CREATE FUNCTION wbo_rule.require_permission_code(code text) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    IF code IS NULL OR code !~ '^(atm|sys)\.[a-z_]+$' OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = code AND NOT rolcanlogin) THEN
        PERFORM wbo_rule.refuse_unknown('permission', left(coalesce(code, ''), 80));
    END IF;
END
$$;

-- Returns 'granted', or 'waiting' when a second administrator has to agree.
CREATE FUNCTION wbo.grant_permission(login text, permission text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    target wbo_data.operator;
    outcome text := 'granted';
BEGIN
    PERFORM wbo_rule.begin_operator_act('grant_permission');
    PERFORM wbo_rule.require_permission_code(grant_permission.permission);
    PERFORM wbo_rule.lock_administration();
    target := wbo_rule.lock_operator(grant_permission.login);
    SELECT g.state INTO outcome FROM wbo_data.permission_grant g
    WHERE g.login = target.login AND g.permission_code = grant_permission.permission AND g.state <> 'withdrawn';
    IF FOUND THEN
        RETURN outcome;
    END IF;
    outcome := CASE WHEN wbo_rule.needs_second_administrator(target.login, grant_permission.permission) THEN 'waiting' ELSE 'granted' END;
    INSERT INTO wbo_data.permission_grant (login, permission_code, state, decided_by, decided_at)
    VALUES (target.login, grant_permission.permission, outcome,
            CASE WHEN outcome = 'granted' THEN session_user END, CASE WHEN outcome = 'granted' THEN now() END);
    IF outcome = 'granted' AND target.disabled_at IS NULL AND NOT target.must_change_password THEN
        EXECUTE format('GRANT %I TO %I', grant_permission.permission, target.login);
    END IF;
    RETURN outcome;
END
$$;

CREATE FUNCTION wbo.approve_permission_grant(request_id bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    request wbo_data.permission_grant;
    target wbo_data.operator;
BEGIN
    PERFORM wbo_rule.begin_operator_act('approve_permission_grant');
    PERFORM wbo_rule.lock_administration();
    SELECT * INTO request FROM wbo_data.permission_grant g WHERE g.id = approve_permission_grant.request_id FOR NO KEY UPDATE;
    IF request.id IS NULL THEN
        PERFORM wbo_rule.refuse_unknown('permission_request', approve_permission_grant.request_id::text);
    ELSIF request.state <> 'waiting' THEN
        PERFORM wbo_rule.refuse_status('permission_request', request.id::text, request.state, 'granted');
    ELSIF session_user IN (request.requested_by, request.login) THEN
        PERFORM wbo_rule.refuse('WB403', 'second_administrator_needed',
                                jsonb_build_object('login', request.login, 'permission', request.permission_code));
    END IF;
    UPDATE wbo_data.permission_grant g SET state = 'granted', decided_by = session_user, decided_at = now() WHERE g.id = request.id;
    target := wbo_rule.lock_operator(request.login);
    IF target.disabled_at IS NULL AND NOT target.must_change_password THEN
        EXECUTE format('GRANT %I TO %I', request.permission_code, request.login);
    END IF;
END
$$;

CREATE FUNCTION wbo.revoke_permission(login text, permission text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    target wbo_data.operator;
BEGIN
    PERFORM wbo_rule.begin_operator_act('revoke_permission');
    PERFORM wbo_rule.require_permission_code(revoke_permission.permission);
    PERFORM wbo_rule.lock_administration();
    target := wbo_rule.lock_operator(revoke_permission.login);
    IF revoke_permission.permission = 'sys.operator_admin' AND target.disabled_at IS NULL
       AND wbo_rule.is_last_administrator(target.login) THEN
        PERFORM wbo_rule.refuse('WB422', 'last_administrator', jsonb_build_object('login', target.login));
    END IF;
    UPDATE wbo_data.permission_grant g SET state = 'withdrawn', decided_by = session_user, decided_at = now()
    WHERE g.login = target.login AND g.permission_code = revoke_permission.permission AND g.state <> 'withdrawn';
    EXECUTE format('REVOKE %I FROM %I', revoke_permission.permission, target.login);
END
$$;

-- What a desktop asks first, and again when something about operators changed.
CREATE FUNCTION wbo.my_session(OUT login text, OUT display_name text, OUT permissions text[], OUT must_change_password boolean,
                               OUT language text, OUT workstation text, OUT policy jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
#variable_conflict use_column
BEGIN
    SELECT o.login, o.display_name, o.must_change_password, o.language INTO login, display_name, must_change_password, language
    FROM wbo_data.operator o WHERE o.login = session_user AND o.disabled_at IS NULL;
    IF NOT FOUND THEN
        PERFORM wbo_rule.refuse('WB403', 'not_an_operator', jsonb_build_object('login', session_user));
    END IF;
    SELECT coalesce(array_agg(r.rolname::text ORDER BY r.rolname), '{}') INTO permissions FROM pg_roles r
    WHERE r.rolname ~ '^(atm|sys)\.' AND pg_has_role(session_user, r.oid, 'MEMBER');
    SELECT jsonb_object_agg(p.name, p.value) INTO policy FROM wbo_data.policy p;
    workstation := wbo_rule.workstation();
END
$$;

-- The tracker's side: leases, blocks, transfers, what has to be decided, and the decisions.
-- Every function takes the epoch of the caller's lease and refuses one that was lost, so a worker that was paused and wakes
-- up late writes nothing.

CREATE SCHEMA wbo_chain;

-- Leads a network: returns the epoch, or NULL while somebody else leads. Taking it over raises the epoch.
CREATE FUNCTION wbo_chain.take_lease(network text, holder text, seconds double precision) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
#variable_conflict use_column
DECLARE
    taken bigint;
    until_then timestamptz := clock_timestamp() + make_interval(secs => least(greatest(seconds, 0.1), 300));
BEGIN
    INSERT INTO wbo_data.worker_lease AS l (network, epoch, holder, expires_at)
    VALUES (take_lease.network, 1, left(take_lease.holder, 120), until_then)
    ON CONFLICT (network) DO UPDATE SET
        epoch = l.epoch + (l.holder <> excluded.holder OR l.expires_at <= clock_timestamp())::integer,
        holder = excluded.holder, expires_at = excluded.expires_at
    WHERE l.holder = excluded.holder OR l.expires_at <= clock_timestamp()
    RETURNING l.epoch INTO taken;
    RETURN taken;
END
$$;

CREATE FUNCTION wbo_chain.release_lease(network text, epoch bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
    UPDATE wbo_data.worker_lease l SET expires_at = clock_timestamp()
    WHERE l.network = release_lease.network AND l.epoch = release_lease.epoch
$$;

-- Renews the lease, holding its row so that nobody takes over before this transaction ends.
CREATE FUNCTION wbo_rule.hold_lease(of_network text, of_epoch bigint, seconds double precision DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    UPDATE wbo_data.worker_lease l
    SET expires_at = greatest(l.expires_at, clock_timestamp() + make_interval(secs => least(coalesce(seconds, 0), 300)))
    WHERE l.network = of_network AND l.epoch = of_epoch AND l.expires_at > clock_timestamp();
    IF NOT FOUND THEN
        PERFORM wbo_rule.refuse('WB409', 'lease_lost', jsonb_build_object('network', of_network, 'epoch', of_epoch));
    END IF;
END
$$;

-- Says what the worker is doing (shown on the desktop and in its health line); renews the lease.
CREATE FUNCTION wbo_chain.report_health(network text, epoch bigint, seconds double precision, health jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    PERFORM wbo_rule.hold_lease(report_health.network, report_health.epoch, seconds);
    UPDATE wbo_data.worker_lease l SET health = report_health.health WHERE l.network = report_health.network;
END
$$;

-- What a worker needs to know of the networks, coins and hot wallets.
CREATE FUNCTION wbo_chain.configuration() RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT jsonb_build_object(
        'networks', (SELECT coalesce(jsonb_agg(jsonb_build_object(
            'name', n.name, 'chain_id', n.chain_id, 'finality', n.finality, 'rpc_urls', n.rpc_urls, 'agreement', n.agreement,
            'txid_grace_seconds', n.txid_grace_seconds)), '[]') FROM wbo_data.network n),
        'coins', (SELECT coalesce(jsonb_agg(jsonb_build_object(
            'id', k.id, 'code', k.code, 'network', k.network, 'contract', k.contract, 'decimals', k.decimals,
            'confirmations', k.confirmations, 'confirmation_steps', k.confirmation_steps)), '[]') FROM wbo_data.cryptocurrency k),
        'hot_wallets', (SELECT coalesce(jsonb_agg(jsonb_build_object('network', h.network, 'address', h.address)), '[]')
                        FROM wbo_data.hot_wallet h))
$$;

CREATE FUNCTION wbo_chain.checkpoint(network text) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT jsonb_build_object('number', c.number, 'hash', c.hash, 'finalized', c.finalized_number, 'head', c.head_number, 'alarm', c.alarm)
    FROM wbo_data.checkpoint c WHERE c.network = checkpoint.network
$$;

-- The canonical blocks at or below a height, newest first: what a walk back compares with the node.
CREATE FUNCTION wbo_chain.recent_blocks(network text, from_number bigint, most integer) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object('number', b.number, 'hash', b.hash, 'parent_hash', b.parent_hash) ORDER BY b.number DESC), '[]')
    FROM (SELECT * FROM wbo_data.block x WHERE x.network = recent_blocks.network AND x.canonical AND x.number <= from_number
          ORDER BY x.number DESC LIMIT least(most, 1000)) AS b
$$;

-- Where a network is tracked from: set once, at the first start.
CREATE FUNCTION wbo_chain.start_tracking(network text, epoch bigint, number bigint, hash text, parent_hash text, mined_at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
#variable_conflict use_column
BEGIN
    PERFORM wbo_rule.hold_lease(start_tracking.network, start_tracking.epoch);
    INSERT INTO wbo_data.block (network, number, hash, parent_hash, mined_at)
    VALUES (start_tracking.network, start_tracking.number, start_tracking.hash, start_tracking.parent_hash, start_tracking.mined_at)
    ON CONFLICT DO NOTHING;
    INSERT INTO wbo_data.checkpoint (network, number, hash, head_number)
    VALUES (start_tracking.network, start_tracking.number, start_tracking.hash, start_tracking.number) ON CONFLICT DO NOTHING;
END
$$;

-- Round trip 1 of a block (or of a range, when catching up). `blocks` is a JSON array, oldest first, of
--   {number, hash, parent_hash, mined_at, txids: [...],
--    transfers: [{txid, log_index, contract, sender, recipient, amount}],       of listed contracts and the native coin
--    sent: [{txid, sender, nonce, succeeded, fee, value}]}                      by hot wallets; by anybody where nothing is traced
-- Stores all of it, moves the checkpoint by compare-and-set, and returns what has to be decided.
CREATE FUNCTION wbo_chain.record_blocks(network text, epoch bigint, seconds double precision, expected_hash text, blocks jsonb,
                                        head bigint, finalized bigint) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
#variable_conflict use_column
DECLARE
    net text := record_blocks.network;
    mark wbo_data.checkpoint;
    last jsonb := blocks -> -1;
    broken bigint;
    stored bigint[];
BEGIN
    PERFORM wbo_rule.hold_lease(net, record_blocks.epoch, seconds);
    PERFORM wbo_rule.begin_act('track');
    SELECT * INTO mark FROM wbo_data.checkpoint c WHERE c.network = net FOR UPDATE;
    IF mark.hash IS DISTINCT FROM expected_hash THEN
        PERFORM wbo_rule.refuse('WB409', 'checkpoint_moved', jsonb_build_object('network', net, 'expected', expected_hash, 'actual', mark.hash));
    ELSIF mark.alarm IS NOT NULL THEN
        PERFORM wbo_rule.refuse('WB422', 'invariant_broken', '{"rule": "line_stopped"}');
    END IF;
    IF jsonb_array_length(blocks) > 0 THEN
        SELECT (b.value ->> 'number')::bigint INTO broken
        FROM jsonb_array_elements(blocks) WITH ORDINALITY AS b (value, place)
        WHERE (b.value ->> 'number')::bigint <> mark.number + b.place
           OR b.value ->> 'parent_hash' <> CASE WHEN b.place = 1 THEN mark.hash ELSE blocks -> (b.place - 2)::integer ->> 'hash' END
        ORDER BY b.place LIMIT 1;
        IF FOUND THEN
            PERFORM wbo_rule.refuse('WB409', 'parent_mismatch', jsonb_build_object('network', net, 'number', broken));
        END IF;
        INSERT INTO wbo_data.block (network, number, hash, parent_hash, mined_at)
        SELECT net, b.number, b.hash, b.parent_hash, b.mined_at
        FROM jsonb_to_recordset(blocks) AS b (number bigint, hash text, parent_hash text, mined_at timestamptz)
        ON CONFLICT (network, hash) DO UPDATE SET canonical = true, orphaned_at = NULL;
        stored := wbo_rule.store_transfers(net, blocks);
        PERFORM wbo_rule.store_sent(net, blocks);
        PERFORM wbo_rule.store_spending(net, blocks);
        PERFORM wbo_rule.want_concerned(net, blocks, stored);
        PERFORM wbo_rule.stop_at_unknown(net, blocks);
        PERFORM wbo_rule.settle_refunds(net, (last ->> 'number')::bigint, '{}');
    END IF;
    UPDATE wbo_data.checkpoint c SET
        number = coalesce((last ->> 'number')::bigint, c.number), hash = coalesce(last ->> 'hash', c.hash),
        head_number = record_blocks.head, head_seen_at = clock_timestamp(),
        finalized_number = greatest(c.finalized_number, record_blocks.finalized),
        block_seconds = CASE WHEN jsonb_array_length(blocks) = 0 THEN c.block_seconds ELSE coalesce((
            SELECT extract(epoch FROM max(b.mined_at) - min(b.mined_at)) / nullif(count(*) - 1, 0)
            FROM (SELECT x.mined_at FROM wbo_data.block x WHERE x.network = net AND x.canonical ORDER BY x.number DESC LIMIT 20) AS b
        ), c.block_seconds) END
    WHERE c.network = net AND (jsonb_array_length(blocks) > 0 OR c.head_number <> record_blocks.head
                               OR c.finalized_number IS DISTINCT FROM greatest(c.finalized_number, record_blocks.finalized)
                               OR c.head_seen_at < clock_timestamp() - interval '5 seconds');
    RETURN wbo_rule.to_decide(net, 200, clock_timestamp());
END
$$;

-- The transfers among them that go to our accounts, of listed coins.
CREATE FUNCTION wbo_rule.store_transfers(net text, blocks jsonb) RETURNS bigint[]
LANGUAGE sql SET search_path = pg_catalog, wbo, pg_temp AS $$
    WITH seen AS (
        SELECT b.number, b.hash, t.*
        FROM jsonb_to_recordset(blocks) AS b (number bigint, hash text, transfers jsonb),
             jsonb_to_recordset(coalesce(b.transfers, '[]')) AS t (txid text, log_index integer, contract text, sender text, recipient text, amount numeric)
    ), kept AS (
        INSERT INTO wbo_data.chain_transfer (network, block_number, block_hash, txid, log_index, coin_id, sender, recipient, amount_base, custodial_id, purpose)
        SELECT net, s.number, s.hash, s.txid, s.log_index, k.id, s.sender, s.recipient, s.amount, a.id,
               CASE WHEN EXISTS (SELECT FROM wbo_data.wallet_address w
                                 WHERE w.network = net AND w.micro_target = s.recipient AND w.micro_coin_id = k.id AND w.micro_amount_base = s.amount
                                   AND w.address = s.sender AND w.status = 'verifying' AND w.method = 'micro_payment')
                    THEN 'wallet_verification' ELSE 'deposit' END
        FROM seen s
        JOIN wbo_data.custodial_account a ON a.network = net AND a.address = s.recipient AND a.deleted_at IS NULL
        JOIN wbo_data.cryptocurrency k ON k.network = net AND k.contract IS NOT DISTINCT FROM s.contract
        WHERE s.amount > 0
        ON CONFLICT (network, block_hash, txid, log_index, coin_id, sender, recipient, amount_base)
            DO UPDATE SET canonical = true, orphaned_at = NULL
        RETURNING id
    )
    SELECT coalesce(array_agg(id), '{}') FROM kept
$$;

-- Records that these blocks are about: their TXID is in one, or money came to their account. One that is abnormal for its
-- amount may now have its second part.
CREATE FUNCTION wbo_rule.want_concerned(net text, blocks jsonb, stored bigint[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    -- An array, so that each is looked for by index however many records wait: a set of JSON has no statistics.
    named text[] := ARRAY(SELECT x FROM jsonb_array_elements(blocks) AS b, jsonb_array_elements_text(coalesce(b -> 'txids', '[]')) AS x);
BEGIN
    PERFORM wbo_rule.want_check(c.record_no, net) FROM (
        SELECT d.record_no FROM wbo_data.deposit d
        WHERE d.network = net AND d.txid = ANY (named) AND d.status IN ('pending_auth', 'abnormal')
        UNION
        SELECT d.record_no FROM wbo_data.chain_transfer t
        JOIN wbo_data.deposit d ON d.network = t.network AND d.target_address = t.recipient AND d.coin_id = t.coin_id
        WHERE t.id = ANY (stored) AND d.status IN ('pending_auth', 'abnormal') AND (d.status = 'pending_auth' OR (
            NOT d.alarm AND d.reason IN ('amount_differs', 'below_minimum', 'split_payment')))
    ) AS c;
END
$$;

-- Everything domain/matching.py asks about one record, from the database: every canonical transfer of its TXID, and those of
-- the newest 500 to its account that no other record holds (older ones are found by TXID).
CREATE FUNCTION wbo_rule.record_facts(record text, ticket bigint) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    WITH told AS (
        SELECT d.*, k.code, k.contract, k.decimals, k.minimum_base, (k.credit_tolerance * 100)::integer AS tolerance_bp, k.wallet_rule,
               n.txid_grace_seconds - extract(epoch FROM clock_timestamp() - coalesce((
                   SELECT max(e.at) FROM wbo_data.audit_entry e
                   WHERE e.object_type = 'deposit' AND e.object_id = d.record_no
                     AND e.action IN ('attach_txid', 'recheck_deposit', 'submit_deposit_application', 'reorganise')), d.created_at)) AS grace_left
        FROM wbo_data.deposit d
        JOIN wbo_data.cryptocurrency k ON k.id = d.coin_id
        JOIN wbo_data.network n ON n.name = d.network
        WHERE d.record_no = record_facts.record
    ), concerned AS (
        SELECT x.id FROM told d JOIN wbo_data.chain_transfer x ON x.network = d.network AND x.txid = d.txid AND x.canonical
        UNION
        SELECT y.id FROM told d CROSS JOIN LATERAL (
            SELECT x.* FROM wbo_data.chain_transfer x WHERE x.network = d.network AND x.recipient = d.target_address
            ORDER BY x.block_number DESC LIMIT 500) AS y
        WHERE y.canonical AND y.purpose = 'deposit'
          AND NOT EXISTS (SELECT FROM wbo_data.deposit o WHERE o.transfer_id = y.id AND o.record_no <> d.record_no)
    ), moved AS (
        SELECT t.*, c.contract, b.mined_at, s.client_no AS owner, coalesce(
                   (SELECT o.record_no FROM wbo_data.deposit o, told d WHERE o.transfer_id = t.id AND o.record_no <> d.record_no),
                   CASE WHEN t.purpose = 'wallet_verification' THEN t.purpose END) AS used_by
        FROM concerned
        JOIN wbo_data.chain_transfer t USING (id)
        JOIN wbo_data.cryptocurrency c ON c.id = t.coin_id
        JOIN wbo_data.custodial_account s ON s.id = t.custodial_id
        JOIN wbo_data.block b ON b.network = t.network AND b.hash = t.block_hash
    )
    SELECT jsonb_build_object(
        'record_no', d.record_no, 'ticket', record_facts.ticket, 'version', d.version, 'status', d.status, 'reason', d.reason, 'accepted', d.accepted,
        'client_no', d.client_no, 'coin_id', d.coin_id, 'coin', d.code, 'network', d.network, 'contract', d.contract, 'decimals', d.decimals,
        'claimed', d.claimed_base::text, 'minimum', d.minimum_base::text, 'tolerance_bp', d.tolerance_bp,
        'max_gap_hours', coalesce((wbo_rule.policy('transfer_gap_hours') #>> '{}')::integer, 0),
        'source_address', d.source_address, 'target_address', d.target_address, 'txid', d.txid, 'wallet_rule', d.wallet_rule,
        'created_at', d.created_at, 'overdue', d.txid IS NOT NULL AND d.grace_left < 0, 'grace_left', greatest(0.2, d.grace_left + 0.1),
        'contested', EXISTS (SELECT FROM wbo_data.deposit o
                             WHERE o.network = d.network AND o.target_address = d.target_address AND o.source_address = d.source_address
                               AND o.coin_id = d.coin_id AND o.status = 'pending_auth' AND o.txid IS NULL AND o.record_no <> d.record_no),
        'wallets', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                        'client_no', w.client_no, 'address', w.address, 'status', w.status, 'verified_at', w.verified_at)), '[]')
                    FROM wbo_data.wallet_address w
                    WHERE w.network = d.network AND (w.client_no = d.client_no OR w.address = d.source_address
                                                     OR w.address IN (SELECT m.sender FROM moved m))),
        'accounts', (SELECT coalesce(jsonb_agg(jsonb_build_object('address', s.address, 'client_no', s.client_no)), '[]')
                     FROM wbo_data.custodial_account s
                     WHERE s.network = d.network AND s.deleted_at IS NULL
                       AND (s.client_no = d.client_no OR s.address = d.target_address OR s.address IN (SELECT m.recipient FROM moved m))),
        'transfers', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                'id', t.id, 'txid', t.txid, 'log_index', t.log_index, 'contract', t.contract, 'sender', t.sender,
                'recipient', t.recipient, 'amount', t.amount_base::text, 'block_number', t.block_number, 'block_hash', t.block_hash,
                'mined_at', t.mined_at, 'used_by', t.used_by) ORDER BY t.block_number, t.txid, t.log_index), '[]') FROM moved t))
    FROM told d
$$;

-- The height up to which a network's blocks are believed, by its rule of finality.
CREATE FUNCTION wbo_rule.settled_height(net text) RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT CASE n.finality WHEN 'finalized' THEN coalesce(c.finalized_number, -1) ELSE c.number END
    FROM wbo_data.network n JOIN wbo_data.checkpoint c ON c.network = n.name WHERE n.name = net
$$;

-- Wallets whose proof has come, or whose time is over. A micro-payment is decided twice: when it is seen, and when it is final.
CREATE FUNCTION wbo_rule.wallet_cases(net text, most integer) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object(
        'wallet_id', w.id, 'version', w.version, 'address', w.address, 'client_no', w.client_no, 'method', w.method,
        'challenge', w.challenge, 'signature', w.signature, 'micro_target', w.micro_target, 'micro_contract', k.contract,
        'micro_amount', w.micro_amount_base::text, 'expired', w.expires_at < clock_timestamp(),
        'transfer', CASE WHEN t.id IS NOT NULL THEN jsonb_build_object(
            'id', t.id, 'txid', t.txid, 'log_index', t.log_index, 'contract', k.contract, 'sender', t.sender, 'recipient', t.recipient,
            'amount', t.amount_base::text, 'block_number', t.block_number, 'block_hash', t.block_hash,
            'attached', w.transfer_id IS NOT DISTINCT FROM t.id, 'confirm_height', wbo_rule.confirm_height(t.id, k.confirmations)) END)), '[]')
    FROM (
        SELECT x.* FROM wbo_data.wallet_address x
        WHERE x.network = net AND x.status = 'verifying' AND x.method = 'micro_payment'
        UNION ALL
        SELECT x.* FROM wbo_data.wallet_address x
        WHERE x.network = net AND x.status = 'verifying' AND x.method = 'message_signature'
          AND ((x.signature IS NOT NULL AND x.failure IS NULL) OR x.expires_at < clock_timestamp())
    ) AS w
    LEFT JOIN wbo_data.cryptocurrency k ON k.id = w.micro_coin_id
    LEFT JOIN LATERAL (
        SELECT y.* FROM wbo_data.chain_transfer y
        WHERE y.network = net AND y.recipient = w.micro_target AND y.coin_id = w.micro_coin_id
          AND y.amount_base = w.micro_amount_base AND y.sender = w.address AND y.canonical
          AND NOT EXISTS (SELECT FROM wbo_data.deposit d WHERE d.transfer_id = y.id)
          AND NOT EXISTS (SELECT FROM wbo_data.wallet_address o WHERE o.transfer_id = y.id AND o.id <> w.id)
          AND y.seen_at >= w.expires_at - interval '30 days'
        ORDER BY y.id IS NOT DISTINCT FROM w.transfer_id DESC, y.block_number LIMIT 1) AS t ON w.method = 'micro_payment'
    WHERE w.method = 'message_signature'
       OR (t.id IS NULL AND w.expires_at < clock_timestamp())
       OR (t.id IS NOT NULL AND (w.transfer_id IS DISTINCT FROM t.id
                                 OR wbo_rule.confirm_height(t.id, k.confirmations) <= wbo_rule.settled_height(net)))
    LIMIT most
$$;

-- The last block at which a refund's transaction may be final.
CREATE FUNCTION wbo_rule.final_height(finality text, block_number bigint, confirmations integer) RETURNS bigint
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT CASE finality WHEN 'finalized' THEN block_number ELSE block_number + confirmations - 1 END
$$;

-- What is about to settle a refund and needs other nodes' word for it, as it was told and stored.
CREATE FUNCTION wbo_rule.refunds_to_agree(net text) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object(
        'txid', t.txid, 'block_number', t.block_number, 'block_hash', t.block_hash, 'sender', t.address, 'nonce', t.nonce,
        'succeeded', t.succeeded, 'transfers', t.transfers) ORDER BY t.nonce), '[]')
    FROM wbo_data.network n
    JOIN wbo_data.refund r ON r.network = n.name AND r.status IN ('signed', 'broadcast', 'confirming')
        AND r.failure IS DISTINCT FROM 'transfer_not_seen_on_chain'
    JOIN wbo_data.hot_wallet_transaction t ON t.network = r.network AND t.address = r.hot_wallet AND t.nonce = r.nonce AND t.canonical
        AND (r.failure IS DISTINCT FROM 'paid_by_unknown' OR t.explanation IS NOT NULL)
    WHERE n.name = net AND n.agreement > 1
      AND wbo_rule.final_height(n.finality, t.block_number, r.required_confirmations) <= wbo_rule.settled_height(net)
$$;

-- What the worker has to decide now. At most `most` of each kind; the rest comes with the next call.
CREATE FUNCTION wbo_rule.to_decide(net text, most integer, due_at timestamptz) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT jsonb_build_object(
        'records', (SELECT coalesce(jsonb_agg(wbo_rule.record_facts(q.record_no, q.ticket)), '[]') FROM (
            SELECT * FROM wbo_data.deposit_check c WHERE c.network = net AND c.check_after <= due_at
            ORDER BY c.check_after LIMIT most) AS q),
        'due', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                    'record_no', d.record_no, 'version', d.version, 'block_number', t.block_number, 'block_hash', t.block_hash,
                    'txid', t.txid, 'log_index', t.log_index, 'contract', k.contract, 'sender', t.sender, 'recipient', t.recipient,
                    'amount', t.amount_base::text)), '[]')
                FROM (SELECT x.* FROM wbo_data.deposit x
                      WHERE x.network = net AND x.status = 'processing' AND x.confirm_height <= wbo_rule.settled_height(net)
                      ORDER BY x.confirm_height LIMIT most) AS d
                JOIN wbo_data.chain_transfer t ON t.id = d.transfer_id
                JOIN wbo_data.cryptocurrency k ON k.id = t.coin_id),
        'wallets', wbo_rule.wallet_cases(net, most),
        'sent', wbo_rule.refunds_to_agree(net),
        'unasked', (SELECT coalesce(jsonb_agg(DISTINCT w.address), '[]') FROM (
            SELECT x.address FROM wbo_data.wallet_address x
            WHERE x.network = net AND x.is_contract IS NULL AND x.status <> 'deleted' ORDER BY x.id LIMIT 40) AS w),
        'checkpoint', (SELECT jsonb_build_object('number', c.number, 'hash', c.hash, 'head', c.head_number, 'finalized', c.finalized_number,
                                                 'alarm', c.alarm)
                       FROM wbo_data.checkpoint c WHERE c.network = net))
$$;

-- What a node said of wallets' addresses: {"0x…": true} where code is deployed.
CREATE FUNCTION wbo_chain.note_contracts(network text, epoch bigint, contracts jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    PERFORM wbo_rule.hold_lease(note_contracts.network, note_contracts.epoch);
    UPDATE wbo_data.wallet_address w SET is_contract = f.value::boolean
    FROM jsonb_each_text(contracts) AS f
    WHERE w.network = note_contracts.network AND w.address = f.key AND w.is_contract IS DISTINCT FROM f.value::boolean;
END
$$;

-- Transfers of old blocks that were not stored when they passed, because the account or the coin is newer than the block, or
-- the block older than the tracking. Says how many were new, and which of the addresses are ours.
CREATE FUNCTION wbo_chain.record_past_transfers(network text, epoch bigint, blocks jsonb, addresses text[]) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
#variable_conflict use_column
DECLARE
    net text := record_past_transfers.network;
    believed jsonb;
    stored bigint[] := '{}';
BEGIN
    PERFORM wbo_rule.hold_lease(net, record_past_transfers.epoch);
    PERFORM wbo_rule.begin_act('track');
    INSERT INTO wbo_data.block (network, number, hash, parent_hash, mined_at)
    SELECT net, b.number, b.hash, b.parent_hash, b.mined_at
    FROM jsonb_to_recordset(blocks) AS b (number bigint, hash text, parent_hash text, mined_at timestamptz)
    WHERE b.number <= (SELECT c.number FROM wbo_data.checkpoint c WHERE c.network = net)
    ON CONFLICT DO NOTHING;
    SELECT coalesce(jsonb_agg(b.value), '[]') INTO believed FROM jsonb_array_elements(blocks) AS b (value)
    JOIN wbo_data.block x ON x.network = net AND x.hash = b.value ->> 'hash' AND x.canonical;
    BEGIN
        stored := wbo_rule.store_transfers(net, believed);
        PERFORM wbo_rule.want_concerned(net, believed, stored);
    EXCEPTION WHEN unique_violation THEN
        stored := '{}';  -- the same log is stored in another block: a reorganisation that is not undone yet
    END;
    RETURN jsonb_build_object('stored', cardinality(stored), 'accounts', (
        SELECT coalesce(jsonb_agg(jsonb_build_object('address', a.address, 'client_no', a.client_no)), '[]')
        FROM wbo_data.custodial_account a
        WHERE a.network = net AND a.deleted_at IS NULL AND a.address = ANY (record_past_transfers.addresses)));
END
$$;

-- Round trip 2: the worker's decisions, each by compare-and-set on the version it was made for.
--   records: [{record_no, version, ticket, status, reason, transfer_id, required_confirmations, verdicts, proposal, check_again_seconds}]
--   credits: [{record_no, version, agreed}]
--   sent: [{txid, block_hash, agreed}]                                         transactions that settle refunds
--   wallets: [{wallet_id, version, outcome: seen|verified|failed|expired, transfer_id, evidence, failure}]
-- A decision whose record moved meanwhile is dropped: the record is asked about again. Returns how many were applied.
CREATE FUNCTION wbo_chain.apply_decisions(network text, epoch bigint, decisions jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    net text := apply_decisions.network;
    one jsonb;
    moved integer := 0;
    credited integer := 0;
    proven integer := 0;
    dropped integer := 0;
BEGIN
    PERFORM wbo_rule.hold_lease(net, apply_decisions.epoch);
    PERFORM wbo_rule.begin_act('track');
    IF (SELECT c.alarm IS NOT NULL FROM wbo_data.checkpoint c WHERE c.network = net) THEN
        PERFORM wbo_rule.refuse('WB422', 'invariant_broken', '{"rule": "line_stopped"}');
    END IF;
    FOR one IN SELECT * FROM jsonb_array_elements(coalesce(decisions -> 'wallets', '[]')) LOOP
        IF wbo_rule.apply_wallet(net, one) THEN proven := proven + 1; ELSE dropped := dropped + 1; END IF;
    END LOOP;
    FOR one IN SELECT * FROM jsonb_array_elements(coalesce(decisions -> 'records', '[]')) LOOP
        IF wbo_rule.apply_record(net, one) THEN moved := moved + 1; ELSE dropped := dropped + 1; END IF;
    END LOOP;
    FOR one IN SELECT * FROM jsonb_array_elements(coalesce(decisions -> 'credits', '[]')) LOOP
        IF wbo_rule.apply_credit(net, one) THEN credited := credited + 1; ELSE dropped := dropped + 1; END IF;
    END LOOP;
    IF jsonb_array_length(coalesce(decisions -> 'sent', '[]')) > 0 THEN
        PERFORM wbo_rule.apply_agreement(net, decisions -> 'sent');
    END IF;
    RETURN jsonb_build_object('moved', moved, 'credited', credited, 'proven', proven, 'dropped', dropped);
END
$$;

-- Credits what arrived; or, when the nodes contradict one another about it, sets the record aside. What the guard refuses (a
-- wallet deleted, a minimum raised since it was judged) is judged again.
CREATE FUNCTION wbo_rule.apply_credit(net text, one jsonb) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    IF (one ->> 'agreed')::boolean THEN
        UPDATE wbo_data.deposit d
        SET status = 'success', reason = NULL, credited_base = t.amount_base, credited_at = clock_timestamp()
        FROM wbo_data.chain_transfer t
        WHERE t.id = d.transfer_id AND d.record_no = one ->> 'record_no' AND d.version = (one ->> 'version')::integer
          AND d.network = net AND d.status = 'processing';
        RETURN FOUND;
    END IF;
    UPDATE wbo_data.deposit d SET status = 'abnormal', reason = 'nodes_disagree', confirm_height = NULL
    WHERE d.record_no = one ->> 'record_no' AND d.version = (one ->> 'version')::integer AND d.network = net AND d.status = 'processing';
    RETURN false;
EXCEPTION WHEN SQLSTATE 'WB422' THEN
    UPDATE wbo_data.deposit d SET status = 'pending_auth', reason = 'transfer_not_seen', transfer_id = NULL, confirm_height = NULL, accepted = false
    WHERE d.record_no = one ->> 'record_no' AND d.network = net AND d.status = 'processing';
    PERFORM wbo_rule.want_check(one ->> 'record_no', net);
    RETURN false;
END
$$;

CREATE FUNCTION wbo_rule.apply_record(net text, one jsonb) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    d wbo_data.deposit;
    becomes text := one ->> 'status';
    transfer bigint := (one ->> 'transfer_id')::bigint;
    required integer;
BEGIN
    SELECT * INTO d FROM wbo_data.deposit x WHERE x.record_no = one ->> 'record_no' AND x.network = net FOR UPDATE;
    IF d.version IS DISTINCT FROM (one ->> 'version')::integer OR d.status NOT IN ('pending_auth', 'abnormal') OR d.alarm THEN
        -- Moved meanwhile. What is past judging leaves the queue (credited money that a reorganisation took waits for an
        -- operator); the rest stays in it.
        DELETE FROM wbo_data.deposit_check c WHERE c.record_no = one ->> 'record_no' AND (d.status NOT IN ('pending_auth', 'abnormal') OR d.alarm);
        RETURN false;
    END IF;
    IF one -> 'check_again_seconds' <> 'null' THEN
        UPDATE wbo_data.deposit_check c SET check_after = clock_timestamp() + make_interval(secs => (one ->> 'check_again_seconds')::double precision)
        WHERE c.record_no = d.record_no AND c.ticket = (one ->> 'ticket')::bigint;
    ELSE
        DELETE FROM wbo_data.deposit_check c WHERE c.record_no = d.record_no AND c.ticket = (one ->> 'ticket')::bigint;
    END IF;
    IF becomes NOT IN ('pending_auth', 'processing', 'abnormal') THEN
        -- Judging a record never ends it: revoking and deleting are operators' acts.
        PERFORM wbo_rule.refuse_status('deposit', d.record_no, d.status, becomes);
    END IF;
    IF becomes IS NULL THEN
        RETURN true;  -- nothing could be said yet
    END IF;
    -- From abnormal, a record is only ever looked at again by way of pending_auth.
    IF d.status = 'abnormal' AND becomes <> 'abnormal' THEN
        UPDATE wbo_data.deposit x SET status = 'pending_auth', reason = NULL, transfer_id = NULL, accepted = false WHERE x.record_no = d.record_no;
        d.status := 'pending_auth';
    END IF;
    required := coalesce((one ->> 'required_confirmations')::integer, d.required_confirmations);
    UPDATE wbo_data.deposit x
    SET status = becomes, reason = one ->> 'reason', transfer_id = transfer, verdicts = coalesce(one -> 'verdicts', x.verdicts),
        proposal = coalesce(one -> 'proposal', x.proposal),
        txid = coalesce(x.txid, (SELECT t.txid FROM wbo_data.chain_transfer t WHERE t.id = transfer AND becomes = 'processing')),
        required_confirmations = required,
        confirm_height = CASE WHEN becomes = 'processing' THEN wbo_rule.confirm_height(transfer, required) END,
        first_seen_at = coalesce(x.first_seen_at, CASE WHEN transfer IS NOT NULL THEN clock_timestamp() END)
    WHERE x.record_no = d.record_no
      AND (x.status, x.reason, x.transfer_id, x.verdicts, x.proposal)
          IS DISTINCT FROM (becomes, one ->> 'reason', transfer, coalesce(one -> 'verdicts', x.verdicts), coalesce(one -> 'proposal', x.proposal));
    RETURN true;
EXCEPTION WHEN unique_violation OR SQLSTATE 'WB422' THEN
    -- Another record took this transfer a moment ago, or the guard sees newer facts; this one is asked about again.
    PERFORM wbo_rule.want_check(one ->> 'record_no', net);
    UPDATE wbo_data.deposit_check c SET check_after = clock_timestamp() + interval '1 second' WHERE c.record_no = one ->> 'record_no';
    RETURN false;
END
$$;

CREATE FUNCTION wbo_rule.apply_wallet(net text, one jsonb) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    w wbo_data.wallet_address;
    other text;
BEGIN
    SELECT * INTO w FROM wbo_data.wallet_address x WHERE x.id = (one ->> 'wallet_id')::bigint AND x.network = net FOR UPDATE;
    IF w.version IS DISTINCT FROM (one ->> 'version')::integer OR w.status <> 'verifying' THEN
        RETURN false;
    END IF;
    IF one ->> 'outcome' IN ('seen', 'verified') AND w.method = 'micro_payment' THEN
        UPDATE wbo_data.chain_transfer t SET purpose = 'wallet_verification' WHERE t.id = (one ->> 'transfer_id')::bigint AND t.purpose <> 'wallet_verification';
    END IF;
    IF one ->> 'outcome' = 'verified' AND NOT w.shared_override THEN
        SELECT x.client_no INTO other FROM wbo_data.wallet_address x
        WHERE x.network = net AND x.address = w.address AND x.client_no <> w.client_no AND x.status = 'verified';
    END IF;
    IF other IS NOT NULL THEN
        UPDATE wbo_data.wallet_address x SET status = 'unverified', failure = 'wallet_of_other_client' WHERE x.id = w.id;
    ELSIF one ->> 'outcome' = 'verified' THEN
        UPDATE wbo_data.wallet_address x SET status = 'verified', transfer_id = coalesce((one ->> 'transfer_id')::bigint, x.transfer_id),
            evidence = one -> 'evidence', failure = NULL, verified_at = clock_timestamp(), verified_by = session_user WHERE x.id = w.id;
    ELSIF one ->> 'outcome' = 'seen' THEN
        UPDATE wbo_data.wallet_address x SET transfer_id = (one ->> 'transfer_id')::bigint
        WHERE x.id = w.id AND x.transfer_id IS DISTINCT FROM (one ->> 'transfer_id')::bigint;
    ELSIF one ->> 'outcome' = 'expired' THEN
        UPDATE wbo_data.wallet_address x SET status = 'unverified', failure = 'expired', transfer_id = NULL WHERE x.id = w.id;
    ELSE
        UPDATE wbo_data.wallet_address x SET failure = coalesce(one ->> 'failure', 'signature_wrong') WHERE x.id = w.id;
    END IF;
    RETURN true;
EXCEPTION WHEN unique_violation OR SQLSTATE 'WB422' THEN
    RETURN false;  -- the guard sees newer facts; it is asked about again
END
$$;

-- Undoes what was built on blocks above `to_number`, in one transaction: they are marked, nothing is deleted.
CREATE FUNCTION wbo_chain.rewind(network text, epoch bigint, expected_hash text, to_number bigint) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
#variable_conflict use_column
DECLARE
    net text := rewind.network;
    mark wbo_data.checkpoint;
    ancestor wbo_data.block;
    orphans bigint[];
    result jsonb;
BEGIN
    PERFORM wbo_rule.hold_lease(net, rewind.epoch);
    PERFORM wbo_rule.begin_act('reorganise');
    SELECT * INTO mark FROM wbo_data.checkpoint c WHERE c.network = net FOR UPDATE;
    SELECT * INTO ancestor FROM wbo_data.block b WHERE b.network = net AND b.number = to_number AND b.canonical;
    IF mark.hash IS DISTINCT FROM expected_hash THEN
        PERFORM wbo_rule.refuse('WB409', 'checkpoint_moved', jsonb_build_object('network', net, 'expected', expected_hash, 'actual', mark.hash));
    ELSIF ancestor.hash IS NULL THEN
        PERFORM wbo_rule.refuse_unknown('block', to_number::text);
    ELSIF to_number < mark.finalized_number THEN
        PERFORM wbo_rule.refuse('WB422', 'finality_violated', jsonb_build_object('network', net, 'number', to_number + 1));
    END IF;
    UPDATE wbo_data.block b SET canonical = false, orphaned_at = clock_timestamp() WHERE b.network = net AND b.number > to_number AND b.canonical;
    WITH gone AS (
        UPDATE wbo_data.chain_transfer t SET canonical = false, orphaned_at = clock_timestamp()
        WHERE t.network = net AND t.block_number > to_number AND t.canonical RETURNING t.id)
    SELECT coalesce(array_agg(id), '{}') INTO orphans FROM gone;
    UPDATE wbo_data.hot_wallet_transaction t SET canonical = false WHERE t.network = net AND t.block_number > to_number AND t.canonical;

    result := wbo_rule.undo_deposits(net, orphans);
    PERFORM wbo_rule.undo_refunds(net, to_number);
    PERFORM wbo_rule.undo_balances(net, to_number);
    UPDATE wbo_data.wallet_address w SET status = CASE w.status WHEN 'verified' THEN 'verifying' ELSE w.status END, transfer_id = NULL,
        verified_at = NULL, verified_by = NULL, evidence = NULL, failure = 'reorganised', expires_at = clock_timestamp() + interval '24 hours'
    WHERE w.transfer_id = ANY (orphans) AND w.status IN ('verified', 'verifying');
    UPDATE wbo_data.checkpoint c SET number = ancestor.number, hash = ancestor.hash WHERE c.network = net;
    RETURN result || jsonb_build_object('transfers', cardinality(orphans), 'depth', mark.number - to_number);
END
$$;

CREATE FUNCTION wbo_rule.undo_deposits(net text, orphans bigint[]) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    waiting text[];
    alarmed text[];
BEGIN
    WITH back AS (
        UPDATE wbo_data.deposit d SET status = CASE d.status WHEN 'processing' THEN 'pending_auth' ELSE d.status END,
            reason = 'transfer_not_seen', transfer_id = NULL, confirm_height = NULL, accepted = false
        WHERE d.transfer_id = ANY (orphans) AND d.status IN ('processing', 'pending_auth') RETURNING d.record_no)
    SELECT coalesce(array_agg(record_no), '{}') INTO waiting FROM back;
    -- An abnormal record keeps pointing at what it was judged by until it is judged again.
    PERFORM wbo_rule.want_check(r, net) FROM unnest(waiting) AS r;
    PERFORM wbo_rule.want_check(d.record_no, net) FROM wbo_data.deposit d WHERE d.transfer_id = ANY (orphans) AND d.status = 'abnormal' AND NOT d.alarm;
    WITH lost AS (
        UPDATE wbo_data.deposit d SET status = CASE d.status WHEN 'success' THEN 'abnormal' ELSE d.status END,
            reason = 'reorganised', alarm = true
        WHERE d.transfer_id = ANY (orphans) AND d.status IN ('success', 'refunding', 'refunded', 'refund_failed') RETURNING d.record_no)
    SELECT coalesce(array_agg(record_no), '{}') INTO alarmed FROM lost;
    RETURN jsonb_build_object('waiting', to_jsonb(waiting), 'alarmed', to_jsonb(alarmed));
END
$$;

-- Stops the line loudly: a finalized hash changed, or an endpoint serves another chain. Cleared by the owner.
CREATE FUNCTION wbo_chain.raise_alarm(network text, epoch bigint, alarm text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    PERFORM wbo_rule.hold_lease(raise_alarm.network, raise_alarm.epoch);
    PERFORM wbo_rule.begin_act('raise_alarm');
    UPDATE wbo_data.checkpoint c SET alarm = left(raise_alarm.alarm, 500)
    WHERE c.network = raise_alarm.network AND c.alarm IS DISTINCT FROM left(raise_alarm.alarm, 500);
END
$$;

-- The owner's word that the line may go on, after somebody has looked. With `forget_finality` also that the finalized blocks
-- that are no longer the chain may be undone.
CREATE FUNCTION wbo_rule.clear_alarm(of_network text, remark text, forget_finality boolean DEFAULT false) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    PERFORM wbo_rule.begin_act('clear_alarm', wbo_rule.require_text('remark', remark, 500));
    UPDATE wbo_data.checkpoint c
    SET alarm = NULL, finalized_number = CASE WHEN NOT forget_finality THEN c.finalized_number END
    WHERE c.network = of_network AND c.alarm IS NOT NULL;
    IF NOT FOUND THEN
        PERFORM wbo_rule.refuse_unknown('alarm', of_network);
    END IF;
END
$$;
CREATE TRIGGER y_audit AFTER UPDATE OF alarm ON wbo_data.checkpoint FOR EACH ROW WHEN (OLD.alarm IS DISTINCT FROM NEW.alarm)
    EXECUTE FUNCTION wbo_rule.write_audit('network', 'network', 'number,hash,head_number,finalized_number,head_seen_at,block_seconds');

CREATE FUNCTION wbo_chain.seal_audit(most integer) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$ SELECT wbo_rule.seal_entries(least(most, 10000)) $$;

-- The refund sender's side: nonces, signed bytes, broadcasts and how they end. Bytes are stored before they are broadcast;
-- whichever of a nonce's family is mined settles the refund.

-- Which database this is: the cluster, its timeline (a promoted standby or a recovery to a point in time begins a new one) and
-- the database in it. One that was restored may have forgotten what it signed, and differs in at least one of them.
CREATE FUNCTION wbo_rule.database_mark() RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT concat_ws('/', (SELECT c.system_identifier FROM pg_control_system() AS c),
                     left(pg_walfile_name(pg_current_wal_insert_lsn()), 8),
                     (SELECT d.oid FROM pg_database d WHERE d.datname = current_database()))
$$;

-- A hot wallet is known from the first time its worker names it; the chain's count of its transactions is where it begins.
-- `mined` counts its transactions in blocks, `pending` those in the node's pool as well.
CREATE FUNCTION wbo_chain.register_hot_wallet(network text, epoch bigint, address text, mined bigint, pending bigint) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
#variable_conflict use_column
DECLARE
    wallet wbo_data.hot_wallet;
BEGIN
    PERFORM wbo_rule.hold_lease(register_hot_wallet.network, register_hot_wallet.epoch);
    PERFORM wbo_rule.begin_act('register_hot_wallet');
    INSERT INTO wbo_data.hot_wallet (network, address, next_nonce, signed_in)
    VALUES (register_hot_wallet.network, register_hot_wallet.address, register_hot_wallet.mined, wbo_rule.database_mark()) ON CONFLICT DO NOTHING;
    SELECT * INTO wallet FROM wbo_data.hot_wallet h
    WHERE h.network = register_hot_wallet.network AND h.address = register_hot_wallet.address;
    IF wallet.address IS NULL THEN
        -- Another address is this network's hot wallet; the owner changes that, never a worker.
        PERFORM wbo_rule.refuse('WB409', 'already_exists', jsonb_build_object('object', 'hot_wallet', 'id', register_hot_wallet.network));
    ELSIF wallet.stopped_reason IS NULL AND (
        -- The chain or the pool knows transactions that this database does not: a restored backup, or the key is used elsewhere.
        greatest(register_hot_wallet.mined, register_hot_wallet.pending) > wallet.next_nonce OR wallet.signed_in IS DISTINCT FROM wbo_rule.database_mark()
    ) THEN
        UPDATE wbo_data.hot_wallet h SET stopped_reason = 'reconciliation_needed'
        WHERE h.network = wallet.network AND h.address = wallet.address RETURNING * INTO wallet;
    END IF;
    RETURN jsonb_build_object('address', wallet.address, 'next_nonce', wallet.next_nonce, 'stopped_reason', wallet.stopped_reason);
END
$$;

-- With what a refund costs now (`fees`: the native coin held, a refund of it and of a token, in its units; empty when a node cannot say).
CREATE FUNCTION wbo_chain.report_balances(network text, epoch bigint, balances jsonb, fees jsonb DEFAULT '{}') RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    PERFORM wbo_rule.hold_lease(report_balances.network, report_balances.epoch);
    -- Asked first, here and below: a statement that changes nothing would hint at every desktop all the same.
    IF EXISTS (SELECT FROM wbo_data.hot_wallet h WHERE h.network = report_balances.network
               AND (h.balances <> report_balances.balances OR h.checked_at IS NULL OR h.checked_at < clock_timestamp() - interval '10 seconds')) THEN
        UPDATE wbo_data.hot_wallet h SET balances = report_balances.balances, fee_estimate = report_balances.fees, checked_at = clock_timestamp()
        WHERE h.network = report_balances.network;
    END IF;
END
$$;

CREATE FUNCTION wbo_chain.stop_hot_wallet(network text, epoch bigint, reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    PERFORM wbo_rule.hold_lease(stop_hot_wallet.network, stop_hot_wallet.epoch);
    PERFORM wbo_rule.begin_act('stop_hot_wallet');
    UPDATE wbo_data.hot_wallet h SET stopped_reason = left(reason, 200) WHERE h.network = stop_hot_wallet.network AND h.stopped_reason IS NULL;
END
$$;

-- What the sender has in hand: refunds with stored bytes that are in no block, the oldest nonce first; then those to sign, in the
-- order they were executed. A confirmed refund comes back when the block that held its transaction was reorganised away.
CREATE FUNCTION wbo_chain.refund_work(network text, epoch bigint) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    PERFORM wbo_rule.hold_lease(refund_work.network, refund_work.epoch);
    RETURN jsonb_build_object(
        'wallet', (SELECT jsonb_build_object('address', h.address, 'next_nonce', h.next_nonce, 'stopped_reason', h.stopped_reason,
                                             'looked_ago', extract(epoch FROM clock_timestamp() - h.checked_at))
                   FROM wbo_data.hot_wallet h WHERE h.network = refund_work.network),
        'coins', (SELECT coalesce(jsonb_agg(jsonb_build_object('code', k.code, 'contract', k.contract, 'decimals', k.decimals) ORDER BY k.id), '[]')
                  FROM wbo_data.cryptocurrency k WHERE k.network = refund_work.network),
        'refunds', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                'refund_no', r.refund_no, 'record_no', r.record_no, 'version', r.version, 'status', r.status, 'chain_id', n.chain_id,
                'token', k.contract, 'coin', k.code, 'address', r.address, 'amount', r.amount_base::text, 'failure', r.failure,
                'intent', r.intent, 'intent_hash', r.intent_hash, 'hot_wallet', r.hot_wallet, 'nonce', r.nonce,
                'is_contract', (SELECT w.is_contract FROM wbo_data.wallet_address w WHERE w.id = r.wallet_id),
                'stop_level', coalesce(k.stop_level_base, 0)::text,
                'attempts', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                        'attempt', a.attempt, 'txid', a.txid, 'raw', encode(a.raw, 'hex'), 'sent', a.broadcast_at IS NOT NULL, 'last_answer', a.last_answer,
                        'age', extract(epoch FROM clock_timestamp() - coalesce(a.broadcast_at, a.signed_at))) ORDER BY a.attempt), '[]')
                    FROM wbo_data.refund_attempt a WHERE a.refund_no = r.refund_no))
                ORDER BY r.nonce NULLS LAST, r.executed_at, r.refund_no), '[]')
            FROM (SELECT x.* FROM wbo_data.refund x
                  WHERE x.network = refund_work.network AND x.status IN ('executing', 'signed', 'broadcast')
                  UNION ALL
                  SELECT y.* FROM wbo_data.refund y
                  WHERE y.network = refund_work.network AND y.status = 'confirmed' AND y.refund_no IN (
                        SELECT a.refund_no FROM wbo_data.hot_wallet_transaction t JOIN wbo_data.refund_attempt a ON a.txid = t.txid
                        WHERE t.network = refund_work.network AND NOT t.canonical)
                    AND NOT EXISTS (SELECT FROM wbo_data.hot_wallet_transaction o WHERE o.txid = y.txid AND o.canonical)
                  ORDER BY nonce NULLS LAST, executed_at, refund_no LIMIT 100) AS r
            JOIN wbo_data.cryptocurrency k ON k.id = r.coin_id
            JOIN wbo_data.network n ON n.name = r.network));
END
$$;

-- Stores signed bytes: the first reserves the nonce, later ones are replacements with the same nonce and higher fees.
CREATE FUNCTION wbo_chain.store_signed(network text, epoch bigint, refund_no text, expected_version integer, sender text, nonce bigint,
                                       txid text, raw bytea, max_fee_per_gas numeric, max_priority_fee_per_gas numeric, gas_limit bigint) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
#variable_conflict use_column
DECLARE
    refund wbo_data.refund;
    wallet wbo_data.hot_wallet;
    place integer;
BEGIN
    PERFORM wbo_rule.hold_lease(store_signed.network, store_signed.epoch);
    PERFORM wbo_rule.begin_act('sign_refund');
    refund := wbo_rule.lock_refund(store_signed.refund_no, store_signed.expected_version);
    SELECT * INTO wallet FROM wbo_data.hot_wallet h WHERE h.network = refund.network AND h.address = store_signed.sender FOR UPDATE;
    IF refund.network <> store_signed.network OR wallet.address IS NULL THEN
        PERFORM wbo_rule.refuse('WB422', 'hot_wallet_missing', jsonb_build_object('network', store_signed.network));
    ELSIF wallet.stopped_reason IS NOT NULL OR wallet.signed_in IS DISTINCT FROM wbo_rule.database_mark() THEN
        PERFORM wbo_rule.refuse('WB422', 'hot_wallet_stopped', jsonb_build_object(
            'network', wallet.network, 'reason', coalesce(wallet.stopped_reason, 'reconciliation_needed')));
    ELSIF refund.status = 'executing' AND store_signed.nonce <> wallet.next_nonce THEN
        PERFORM wbo_rule.refuse('WB409', 'nonce_conflict', jsonb_build_object(
            'network', wallet.network, 'sender', wallet.address, 'expected', wallet.next_nonce, 'actual', store_signed.nonce));
    ELSIF refund.status <> 'executing' AND (refund.status NOT IN ('signed', 'broadcast') OR store_signed.nonce <> refund.nonce
          OR store_signed.sender <> refund.hot_wallet) THEN
        PERFORM wbo_rule.refuse_status('refund', refund.refund_no, refund.status, 'signed');
    END IF;
    SELECT coalesce(max(a.attempt), 0) + 1 INTO place FROM wbo_data.refund_attempt a WHERE a.refund_no = refund.refund_no;
    INSERT INTO wbo_data.refund_attempt (refund_no, attempt, txid, nonce, raw, max_fee_per_gas, max_priority_fee_per_gas, gas_limit)
    VALUES (refund.refund_no, place, store_signed.txid, store_signed.nonce, store_signed.raw, store_signed.max_fee_per_gas,
            store_signed.max_priority_fee_per_gas, store_signed.gas_limit);
    IF refund.status = 'executing' THEN
        UPDATE wbo_data.hot_wallet h SET next_nonce = h.next_nonce + 1 WHERE h.network = wallet.network AND h.address = wallet.address;
        UPDATE wbo_data.refund r SET status = 'signed', hot_wallet = wallet.address, nonce = store_signed.nonce, txid = store_signed.txid,
            failure = NULL WHERE r.refund_no = refund.refund_no;
    ELSE
        UPDATE wbo_data.refund r SET txid = store_signed.txid, failure = NULL WHERE r.refund_no = refund.refund_no;
    END IF;
    RETURN place;
END
$$;

-- The last look before bytes leave, at the one who is about to send them: still the leader, the wallet not stopped meanwhile.
-- Gives the bytes as they are stored; a sender that was paused wakes up to find that it may not.
CREATE FUNCTION wbo_chain.bytes_to_send(network text, epoch bigint, txid text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    attempt wbo_data.refund_attempt;
    refund wbo_data.refund;
    wallet wbo_data.hot_wallet;
BEGIN
    PERFORM wbo_rule.hold_lease(bytes_to_send.network, bytes_to_send.epoch);
    SELECT * INTO attempt FROM wbo_data.refund_attempt a WHERE a.txid = bytes_to_send.txid;
    SELECT * INTO refund FROM wbo_data.refund r WHERE r.refund_no = attempt.refund_no AND r.network = bytes_to_send.network;
    IF NOT FOUND THEN
        PERFORM wbo_rule.refuse_unknown('refund_attempt', bytes_to_send.txid);
    ELSIF refund.status NOT IN ('signed', 'broadcast', 'confirming', 'confirmed') THEN
        PERFORM wbo_rule.refuse_status('refund', refund.refund_no, refund.status, 'broadcast');
    END IF;
    SELECT * INTO wallet FROM wbo_data.hot_wallet h WHERE h.network = refund.network AND h.address = refund.hot_wallet;
    IF wallet.stopped_reason IS NOT NULL OR wallet.signed_in IS DISTINCT FROM wbo_rule.database_mark() THEN
        PERFORM wbo_rule.refuse('WB422', 'hot_wallet_stopped', jsonb_build_object(
            'network', refund.network, 'reason', coalesce(wallet.stopped_reason, 'reconciliation_needed')));
    END IF;
    RETURN encode(attempt.raw, 'hex');
END
$$;

-- What a node answered to a broadcast. Never proof of anything; it is kept because somebody will ask.
-- `maybe_sent`: a node may have the bytes. Only a clear refusal, or a request that never left, says that it has not.
CREATE FUNCTION wbo_chain.mark_broadcast(network text, epoch bigint, txid text, answer text, maybe_sent boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    attempt wbo_data.refund_attempt;
    refund wbo_data.refund;
BEGIN
    PERFORM wbo_rule.hold_lease(mark_broadcast.network, mark_broadcast.epoch);
    PERFORM wbo_rule.begin_act('broadcast_refund');
    SELECT * INTO attempt FROM wbo_data.refund_attempt a WHERE a.txid = mark_broadcast.txid;
    refund := wbo_rule.lock_refund(attempt.refund_no, NULL);
    IF attempt.last_answer IS DISTINCT FROM left(answer, 200) OR (maybe_sent AND attempt.broadcast_at IS NULL) THEN
        UPDATE wbo_data.refund_attempt a
        SET broadcast_at = coalesce(a.broadcast_at, CASE WHEN maybe_sent THEN clock_timestamp() END), last_answer = left(answer, 200)
        WHERE a.txid = attempt.txid;
    END IF;
    IF maybe_sent AND (refund.status = 'signed' OR (refund.status = 'broadcast' AND refund.failure = 'node_refuses')) THEN
        UPDATE wbo_data.refund r SET status = 'broadcast', failure = NULL WHERE r.refund_no = refund.refund_no;
    END IF;
END
$$;

-- A refund that cannot be signed or sent now (balance, gas, a signer's refusal): says why, moves nothing.
CREATE FUNCTION wbo_chain.note_refund(network text, epoch bigint, refund_no text, failure text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    refund wbo_data.refund;
BEGIN
    PERFORM wbo_rule.hold_lease(note_refund.network, note_refund.epoch);
    PERFORM wbo_rule.begin_act('note_refund');
    refund := wbo_rule.lock_refund(note_refund.refund_no, NULL);
    IF refund.network = note_refund.network AND refund.status IN ('executing', 'signed', 'broadcast')
       AND refund.failure IS DISTINCT FROM left(note_refund.failure, 300) THEN
        UPDATE wbo_data.refund r SET failure = left(note_refund.failure, 300) WHERE r.refund_no = refund.refund_no;
    END IF;
END
$$;

-- What the hot wallet's transactions did, as the tracker stores each block.
CREATE FUNCTION wbo_rule.store_sent(net text, blocks jsonb) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, wbo, pg_temp AS $$
    INSERT INTO wbo_data.hot_wallet_transaction (network, address, txid, nonce, block_number, block_hash, succeeded, fee_paid_wei, transfers)
    SELECT net, h.address, s.txid, s.nonce, b.number, b.hash, s.succeeded, s.fee,
           (SELECT coalesce(jsonb_agg(jsonb_build_object('contract', x -> 'contract', 'sender', x -> 'sender', 'recipient', x -> 'recipient',
                                                         'amount', x ->> 'amount', 'log_index', x -> 'log_index')), '[]')
            FROM jsonb_array_elements(coalesce(b.transfers, '[]')) AS x WHERE x ->> 'txid' = s.txid)
    FROM jsonb_to_recordset(blocks) AS b (number bigint, hash text, sent jsonb, transfers jsonb),
         jsonb_to_recordset(coalesce(b.sent, '[]')) AS s (txid text, sender text, nonce bigint, succeeded boolean, fee numeric)
    JOIN wbo_data.hot_wallet h ON h.network = net AND h.address = s.sender
    -- The same block read again, from another node: what the first one told of it may have been a lie.
    ON CONFLICT (network, block_hash, txid) DO UPDATE SET canonical = true, address = excluded.address, nonce = excluded.nonce,
        succeeded = excluded.succeeded, fee_paid_wei = excluded.fee_paid_wei, transfers = excluded.transfers
$$;

-- Whether a mined transaction moved a refund's coin from the hot wallet to the refund's address. The amount is not asked for: some
-- tokens keep a part on the way, and what a node says about an amount was decided when the bytes were compared.
CREATE FUNCTION wbo_rule.pays_refund(sent wbo_data.hot_wallet_transaction, refund wbo_data.refund) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT sent.succeeded AND EXISTS (
        SELECT FROM jsonb_to_recordset(sent.transfers) AS x (contract text, sender text, recipient text, amount numeric)
        JOIN wbo_data.cryptocurrency k ON k.id = refund.coin_id AND k.contract IS NOT DISTINCT FROM x.contract
        WHERE x.sender = sent.address AND x.recipient = refund.address AND x.amount > 0)
$$;

-- Moves refunds by what is mined: seen → confirming; enough confirmations → confirmed, or failed when it reverted or when a
-- transaction that is not of its family used its nonce. Whatever else is final but proves neither waits for a person.
-- Where the network wants several nodes to agree, one node's word ends no refund: `agreed` names the transactions they agree on.
CREATE FUNCTION wbo_rule.settle_refunds(net text, tip bigint, agreed text[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    final_tip bigint;
    mined record;
BEGIN
    SELECT CASE n.finality WHEN 'finalized' THEN coalesce(c.finalized_number, -1) ELSE tip END INTO final_tip
    FROM wbo_data.network n JOIN wbo_data.checkpoint c ON c.network = n.name WHERE n.name = net;
    FOR mined IN
        SELECT r.refund_no, r.record_no, r.status, t.txid, t.block_number, t.block_hash, t.succeeded, t.fee_paid_wei,
               EXISTS (SELECT FROM wbo_data.refund_attempt a WHERE a.txid = t.txid AND a.refund_no = r.refund_no) AS ours,
               t.explanation IS NOT NULL AS explained, wbo_rule.pays_refund(t, r) AS pays,
               wbo_rule.final_height(n.finality, t.block_number, r.required_confirmations) <= final_tip
                   AND (n.agreement <= 1 OR t.block_hash || t.txid = ANY (agreed)) AS final
        FROM wbo_data.refund r
        JOIN wbo_data.network n ON n.name = r.network
        JOIN wbo_data.hot_wallet_transaction t ON t.network = r.network AND t.address = r.hot_wallet AND t.nonce = r.nonce AND t.canonical
        WHERE r.network = net AND r.status IN ('signed', 'broadcast', 'confirming')
        ORDER BY r.refund_no
    LOOP
        PERFORM FROM wbo_data.deposit d WHERE d.record_no = mined.record_no FOR UPDATE;
        IF mined.ours AND mined.status IN ('signed', 'broadcast') THEN
            UPDATE wbo_data.refund r SET status = 'confirming', txid = mined.txid, block_number = mined.block_number, failure = NULL,
                block_hash = mined.block_hash, fee_paid_wei = mined.fee_paid_wei WHERE r.refund_no = mined.refund_no;
        END IF;
        CONTINUE WHEN NOT mined.final;
        IF mined.ours AND mined.pays THEN
            UPDATE wbo_data.refund r SET status = 'confirmed', failure = NULL WHERE r.refund_no = mined.refund_no;
            UPDATE wbo_data.deposit d SET status = 'refunded' WHERE d.record_no = mined.record_no;
        ELSIF mined.ours AND mined.succeeded OR NOT mined.ours AND mined.pays AND NOT mined.explained THEN
            -- Mined with success, but the token logged no transfer; or paid by bytes that this database has forgotten. Neither success
            -- nor failure is proven, and a second refund must not be possible meanwhile.
            UPDATE wbo_data.refund r SET failure = CASE WHEN mined.ours THEN 'transfer_not_seen_on_chain' ELSE 'paid_by_unknown' END
            WHERE r.refund_no = mined.refund_no AND (r.failure IS NULL OR r.failure = 'nodes_disagree');
        ELSE
            UPDATE wbo_data.refund r SET status = 'failed',
                failure = CASE WHEN mined.ours THEN 'transaction_reverted' ELSE 'nonce_used_by_other' END WHERE r.refund_no = mined.refund_no;
            UPDATE wbo_data.deposit d SET status = 'refund_failed' WHERE d.record_no = mined.record_no;
        END IF;
    END LOOP;
END
$$;

-- What the other nodes said: [{txid, block_hash, agreed}]. Where they contradict one another for long, the refund says so and waits.
CREATE FUNCTION wbo_rule.apply_agreement(net text, said jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    UPDATE wbo_data.refund r SET failure = 'nodes_disagree'
    FROM jsonb_to_recordset(said) AS s (txid text, block_hash text, agreed boolean)
    JOIN wbo_data.hot_wallet_transaction t ON t.network = net AND t.txid = s.txid AND t.block_hash = s.block_hash AND t.canonical
    WHERE NOT s.agreed AND r.network = net AND r.hot_wallet = t.address AND r.nonce = t.nonce AND r.failure IS NULL
      AND r.status IN ('signed', 'broadcast', 'confirming');
    PERFORM wbo_rule.settle_refunds(net, (SELECT c.number FROM wbo_data.checkpoint c WHERE c.network = net), ARRAY(
        SELECT s.block_hash || s.txid FROM jsonb_to_recordset(said) AS s (txid text, block_hash text, agreed boolean) WHERE s.agreed));
END
$$;

CREATE FUNCTION wbo_rule.is_unknown(sent wbo_data.hot_wallet_transaction) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT NOT EXISTS (SELECT FROM wbo_data.refund_attempt a WHERE a.txid = sent.txid)
       AND NOT EXISTS (SELECT FROM wbo_data.hot_wallet_transaction o WHERE o.txid = sent.txid AND o.explanation IS NOT NULL)
$$;

-- A transaction of the hot wallet that was never signed here: somebody else has the key, or this database forgot.
CREATE FUNCTION wbo_rule.stop_at_unknown(net text, blocks jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM jsonb_to_recordset(blocks) AS b (hash text)
               JOIN wbo_data.hot_wallet_transaction t ON t.network = net AND t.block_hash = b.hash
               WHERE wbo_rule.is_unknown(t)) THEN
        UPDATE wbo_data.hot_wallet h SET stopped_reason = CASE WHEN h.signed_in IS NOT DISTINCT FROM wbo_rule.database_mark()
            THEN 'unknown_transaction' ELSE 'reconciliation_needed' END
        WHERE h.network = net AND h.stopped_reason IS NULL;
    END IF;
END
$$;

-- What a reorganisation takes back. A confirmed refund stays confirmed: its bytes are offered again until they are mined again.
CREATE FUNCTION wbo_rule.undo_refunds(net text, to_number bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    UPDATE wbo_data.refund r SET status = 'broadcast', block_number = NULL, block_hash = NULL, fee_paid_wei = NULL
    WHERE r.network = net AND r.status = 'confirming' AND r.block_number > to_number;
    -- A failure that was proven by a block that is gone is proven no longer, and a new refund may exist by now.
    UPDATE wbo_data.hot_wallet h SET stopped_reason = 'settled_refund_reorganised'
    WHERE h.network = net AND h.stopped_reason IS NULL AND EXISTS (
        SELECT FROM wbo_data.refund r JOIN wbo_data.hot_wallet_transaction t ON t.network = net AND t.address = r.hot_wallet AND t.nonce = r.nonce
        WHERE r.network = net AND r.status = 'failed' AND t.block_number > to_number);
END
$$;

-- The way out of a stopped hot wallet: every transaction the chain knows is told apart, then the owner lets sending go on.
-- Only members of the owner role can call these; `wbo-desktop reconcile` does (models/reconcile.py says how).

CREATE FUNCTION wbo_rule.unread_nonces(wallet wbo_data.hot_wallet, mined bigint) RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT count(*) FROM generate_series(wallet.next_nonce, mined - 1) AS n
    WHERE NOT EXISTS (SELECT FROM wbo_data.hot_wallet_transaction t
                      WHERE t.network = wallet.network AND t.address = wallet.address AND t.nonce = n AND t.canonical)
$$;

CREATE FUNCTION wbo_rule.may_be_paid_by(refund wbo_data.refund, sent wbo_data.hot_wallet_transaction) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT refund.network = sent.network AND refund.status IN ('requested', 'approved', 'executing', 'signed', 'broadcast')
       AND (refund.nonce IS NULL OR refund.nonce = sent.nonce) AND sent.succeeded AND EXISTS (
        SELECT FROM jsonb_to_recordset(sent.transfers) AS x (contract text, sender text, recipient text, amount numeric)
        JOIN wbo_data.cryptocurrency k ON k.id = refund.coin_id AND k.contract IS NOT DISTINCT FROM x.contract
        WHERE x.sender = sent.address AND x.recipient = refund.address AND x.amount = refund.amount_base)
$$;

-- Refunds that a forgotten transaction pays, by coin, address and exact amount.
CREATE FUNCTION wbo_rule.payable_by(sent wbo_data.hot_wallet_transaction) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object('refund_no', r.refund_no, 'status', r.status) ORDER BY r.refund_no), '[]')
    FROM wbo_data.refund r WHERE wbo_rule.may_be_paid_by(r, sent)
$$;

-- Credited records of the client whose wallet got the money, where the refund itself was forgotten.
CREATE FUNCTION wbo_rule.refundable_by(sent wbo_data.hot_wallet_transaction) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object('record_no', d.record_no, 'status', d.status) ORDER BY d.record_no), '[]')
    FROM (SELECT DISTINCT d.record_no, d.status
          FROM jsonb_to_recordset(sent.transfers) AS x (contract text, sender text, recipient text, amount numeric)
          JOIN wbo_data.cryptocurrency k ON k.network = sent.network AND k.contract IS NOT DISTINCT FROM x.contract
          JOIN wbo_data.wallet_address w ON w.network = sent.network AND w.address = x.recipient AND w.status <> 'deleted'
          JOIN wbo_data.deposit d ON d.client_no = w.client_no AND d.coin_id = k.id AND d.status IN ('success', 'refunding', 'refund_failed')
               AND NOT d.alarm AND d.credited_base >= x.amount
          WHERE sent.succeeded AND x.sender = sent.address LIMIT 50) AS d
$$;

-- Everything there is to look at. `mined` is the chain's count of the hot wallet's transactions.
CREATE FUNCTION wbo_rule.hot_wallet_puzzle(of_network text, mined bigint) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT jsonb_build_object(
        'address', h.address, 'stopped_reason', h.stopped_reason, 'next_nonce', h.next_nonce,
        'same_database', h.signed_in IS NOT DISTINCT FROM wbo_rule.database_mark(),
        'checkpoint', (SELECT c.number FROM wbo_data.checkpoint c WHERE c.network = h.network),
        -- Nonces that the chain has used and that no stored block shows yet.
        'unread', wbo_rule.unread_nonces(h, mined),
        'unknown', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                'txid', t.txid, 'nonce', t.nonce, 'block_number', t.block_number, 'succeeded', t.succeeded,
                'transfers', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                        'coin', k.code, 'amount', wbo_rule.to_units(x.amount, k.decimals)::text, 'recipient', x.recipient,
                        'client_no', (SELECT w.client_no FROM wbo_data.wallet_address w WHERE w.network = h.network AND w.address = x.recipient
                                      AND w.status <> 'deleted' ORDER BY w.status = 'verified' DESC, w.id LIMIT 1))), '[]')
                    FROM jsonb_to_recordset(t.transfers) AS x (contract text, recipient text, amount numeric)
                    JOIN wbo_data.cryptocurrency k ON k.network = h.network AND k.contract IS NOT DISTINCT FROM x.contract),
                'refunds', wbo_rule.payable_by(t), 'records', wbo_rule.refundable_by(t)) ORDER BY t.nonce), '[]')
            FROM wbo_data.hot_wallet_transaction t
            WHERE t.network = h.network AND t.address = h.address AND t.canonical AND wbo_rule.is_unknown(t)))
    FROM wbo_data.hot_wallet h WHERE h.network = of_network
$$;

CREATE FUNCTION wbo_rule.unknown_transaction(of_network text, of_txid text) RETURNS wbo_data.hot_wallet_transaction
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    sent wbo_data.hot_wallet_transaction;
BEGIN
    SELECT * INTO sent FROM wbo_data.hot_wallet_transaction t WHERE t.network = of_network AND t.txid = lower(of_txid) AND t.canonical;
    IF sent.txid IS NULL OR NOT wbo_rule.is_unknown(sent) THEN
        PERFORM wbo_rule.refuse_unknown('hot_wallet_transaction', of_txid);
    END IF;
    RETURN sent;
END
$$;

-- A forgotten transaction is a refund's payment: its bytes join the refund's family, and the tracker settles it like any other.
-- The bytes come from the chain and were compared by the caller; that it pays this refund is seen here in what it moved.
CREATE FUNCTION wbo_rule.adopt_transaction(of_network text, of_txid text, of_refund text, raw bytea, max_fee_per_gas numeric,
                                           max_priority_fee_per_gas numeric, gas_limit bigint, remark text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    sent wbo_data.hot_wallet_transaction := wbo_rule.unknown_transaction(of_network, of_txid);
    refund wbo_data.refund := wbo_rule.lock_refund(of_refund, NULL);
BEGIN
    PERFORM wbo_rule.begin_act('reconcile_hot_wallet', wbo_rule.require_text('remark', remark, 500));
    IF NOT wbo_rule.may_be_paid_by(refund, sent) OR refund.status = 'requested' THEN
        PERFORM wbo_rule.refuse_status('refund', refund.refund_no, refund.status, 'signed');
    END IF;
    INSERT INTO wbo_data.refund_attempt (refund_no, attempt, txid, nonce, raw, max_fee_per_gas, max_priority_fee_per_gas, gas_limit,
                                         broadcast_at, last_answer)
    SELECT refund.refund_no, coalesce(max(a.attempt), 0) + 1, sent.txid, sent.nonce, adopt_transaction.raw, adopt_transaction.max_fee_per_gas,
           adopt_transaction.max_priority_fee_per_gas, adopt_transaction.gas_limit, clock_timestamp(), 'found on chain'
    FROM wbo_data.refund_attempt a WHERE a.refund_no = refund.refund_no;
    IF refund.status = 'approved' THEN
        UPDATE wbo_data.refund r SET status = 'executing', executed_by = session_user, executed_at = now() WHERE r.refund_no = refund.refund_no;
    END IF;
    IF refund.status IN ('approved', 'executing') THEN
        UPDATE wbo_data.refund r SET status = 'signed', hot_wallet = sent.address, nonce = sent.nonce, txid = sent.txid
        WHERE r.refund_no = refund.refund_no;
    END IF;
    UPDATE wbo_data.refund r SET status = 'broadcast', failure = NULL WHERE r.refund_no = refund.refund_no AND r.status = 'signed';
END
$$;

-- A forgotten transaction is no live refund's payment. Where it paid out a record whose refund was forgotten, that record is
-- marked, so that it is never refunded again.
CREATE FUNCTION wbo_rule.explain_transaction(of_network text, of_txid text, of_record text, remark text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    sent wbo_data.hot_wallet_transaction := wbo_rule.unknown_transaction(of_network, of_txid);
    why text := wbo_rule.require_text('remark', explain_transaction.remark, 500);
BEGIN
    PERFORM wbo_rule.begin_act('reconcile_hot_wallet', why || coalesce(E'\n' || of_txid, ''));
    IF of_record IS NOT NULL THEN
        UPDATE wbo_data.deposit d SET alarm = true, remark = concat_ws(E'\n', d.remark, why, of_txid)
        WHERE d.record_no = of_record AND d.network = of_network AND d.status IN ('success', 'refunding', 'refund_failed');
        IF NOT FOUND THEN
            PERFORM wbo_rule.refuse_unknown('deposit', of_record);
        END IF;
    END IF;
    UPDATE wbo_data.hot_wallet_transaction t SET explanation = why, explained_by = session_user, explained_at = clock_timestamp()
    WHERE t.network = of_network AND t.txid = sent.txid AND t.canonical;
END
$$;

-- The owner's word that sending may go on: refused while the chain knows a transaction that nobody has told apart.
-- `mined` and `pending` are the chain's counts, as read a moment ago.
CREATE FUNCTION wbo_rule.reconcile_hot_wallet(of_network text, mined bigint, pending bigint, remark text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    wallet wbo_data.hot_wallet;
BEGIN
    PERFORM wbo_rule.begin_act('reconcile_hot_wallet', wbo_rule.require_text('remark', remark, 500));
    SELECT * INTO wallet FROM wbo_data.hot_wallet h WHERE h.network = of_network FOR UPDATE;
    IF NOT FOUND THEN
        PERFORM wbo_rule.refuse('WB422', 'hot_wallet_missing', jsonb_build_object('network', of_network));
    ELSIF pending > greatest(mined, wallet.next_nonce) OR wbo_rule.unread_nonces(wallet, mined) > 0 OR EXISTS (
        SELECT FROM wbo_data.hot_wallet_transaction t
        WHERE t.network = of_network AND t.address = wallet.address AND t.canonical AND wbo_rule.is_unknown(t)) THEN
        PERFORM wbo_rule.refuse('WB409', 'reconciliation_needed', jsonb_build_object(
            'network', of_network, 'sender', wallet.address, 'expected', wallet.next_nonce, 'actual', greatest(mined, pending)));
    END IF;
    UPDATE wbo_data.hot_wallet h SET next_nonce = greatest(mined, h.next_nonce), stopped_reason = NULL, signed_in = wbo_rule.database_mark()
    WHERE h.network = of_network;
END
$$;

-- Watching: refused attempts come from the server's log into the audit; logins that fail too often are locked for a time; a
-- session that sits on locks is ended. The worker's sealer calls keep_watch every few seconds; any number of them may.

-- Reads what the server's log has to say since the last look. Each refusal is counted exactly once: how far was read and what
-- was found are written together. Returns how many refusals there were, or NULL when the server keeps no JSON log.
CREATE FUNCTION wbo_chain.collect_refusals(most_bytes integer DEFAULT 4194304) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    first_look boolean;
    file record;
    mark wbo_data.log_file;
    piece record;
    total integer := 0;
    left_to_read bigint := least(greatest(most_bytes, 65536), 16777216);
BEGIN
    PERFORM wbo_rule.begin_act('collect_refusals');
    SELECT w.looked_at IS NULL INTO first_look FROM wbo_data.watch w FOR NO KEY UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN 0;  -- somebody else is reading
    ELSIF to_regprocedure('wbo_log.files()') IS NULL THEN
        RETURN NULL;
    END IF;
    DELETE FROM wbo_data.log_file f WHERE NOT EXISTS (SELECT FROM wbo_log.files() AS x WHERE x.name = f.name);
    FOR file IN
        SELECT x.name, x.size, wbo_log.head(x.name) AS head FROM wbo_log.files() AS x
        LEFT JOIN wbo_data.log_file f ON f.name = x.name WHERE x.size IS DISTINCT FROM f.read_to ORDER BY x.name
    LOOP
        CONTINUE WHEN file.head IS NULL;
        -- What was logged before anybody looked is not this desk's; a file that is new later is read from its beginning.
        INSERT INTO wbo_data.log_file AS f (name, head, read_to) VALUES (file.name, file.head, CASE WHEN first_look THEN file.size ELSE 0 END)
        ON CONFLICT (name) DO UPDATE SET head = excluded.head, read_to = 0, inside_long_line = false
            WHERE f.head <> excluded.head OR f.read_to > file.size;
        SELECT * INTO mark FROM wbo_data.log_file f WHERE f.name = file.name;
        WHILE mark.read_to < file.size AND left_to_read > 0 LOOP
            SELECT * INTO piece FROM wbo_log.refusals(mark.name, mark.read_to, 1048576, mark.inside_long_line);
            EXIT WHEN piece.next = mark.read_to;
            left_to_read := left_to_read - (piece.next - mark.read_to);
            mark.read_to := piece.next;
            mark.inside_long_line := piece.still_inside;
            total := total + wbo_rule.note_refusals(piece.refused);
        END LOOP;
        UPDATE wbo_data.log_file f SET read_to = mark.read_to, inside_long_line = mark.inside_long_line
        WHERE f.name = mark.name AND f.read_to <> mark.read_to;
    END LOOP;
    UPDATE wbo_data.watch SET looked_at = clock_timestamp();
    RETURN CASE WHEN EXISTS (SELECT FROM wbo_data.log_file) THEN total END;
END
$$;

-- When a line was logged. Abbreviated time zones mean different things in different places: a time that cannot be is now.
CREATE FUNCTION wbo_rule.read_log_time(told text) RETURNS timestamptz
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    RETURN CASE WHEN told::timestamptz BETWEEN clock_timestamp() - interval '7 days' AND clock_timestamp() THEN told::timestamptz
                ELSE clock_timestamp() END;
EXCEPTION WHEN data_exception THEN
    RETURN clock_timestamp();
END
$$;

-- Writes refusals into the audit: one entry for those that are alike, with how many, so that a flood stays readable.
-- A login that fails may name any database: an operator's is this desk's affair wherever it knocks.
CREATE FUNCTION wbo_rule.note_refusals(lines jsonb) RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    total integer;
BEGIN
    WITH read AS (
        SELECT r.*, wbo_rule.read_log_time(r.at) AS logged_at, EXISTS (SELECT FROM wbo_data.operator o WHERE o.login = r.login) AS is_operator
        FROM jsonb_to_recordset(lines) AS r (at text, login text, database text, address text, application text,
                                             sqlstate text, code text, object text)
    ), ours AS (
        SELECT * FROM read r
        WHERE (r.sqlstate LIKE '28%' AND (r.is_operator OR r.database = current_database()))
           OR (r.database = current_database() AND (r.sqlstate IN ('42501', 'WB403') OR r.is_operator OR EXISTS (
                   SELECT FROM pg_roles p JOIN pg_auth_members m ON m.member = p.oid JOIN pg_roles g ON g.oid = m.roleid
                   WHERE p.rolname = r.login AND g.rolname = 'wbo_intake')))
    ), failed AS (
        INSERT INTO wbo_data.login_failure (login, address, at)
        SELECT o.login, coalesce(o.address, 'local'), o.logged_at FROM ours o WHERE o.sqlstate = '28P01' AND o.is_operator
    ), noted AS (
        INSERT INTO wbo_data.audit_entry (at, operator, workstation, action, object_type, object_id, after)
        SELECT min(o.logged_at), coalesce(o.login, ''), coalesce(o.application, '') || '@' || coalesce(o.address, 'local'), 'refused',
               CASE WHEN o.sqlstate LIKE '28%' THEN 'login' ELSE 'function' END, coalesce(o.object, o.login, ''),
               jsonb_strip_nulls(jsonb_build_object('code', o.code, 'sqlstate', o.sqlstate, 'count', nullif(count(*), 1)))
        FROM ours o GROUP BY o.login, o.application, o.address, o.sqlstate, o.code, o.object ORDER BY min(o.logged_at)
    )
    SELECT count(*) INTO total FROM ours;
    RETURN total;
END
$$;

-- Locks and lifts ------------------------------------------------------------------------------------------------------
--
-- A lock is an expired password: the server answers a right one like a wrong one, so nobody can go on guessing, and it stands
-- in the catalogue, so a restart does not lift it. A stranger can set it off, but not keep a colleague out: a login that knocks
-- from a place where it has worked before, and has not failed too often there, opens the door for a minute.

CREATE FUNCTION wbo_rule.set_password_expiry(of_login text, until_then timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    EXECUTE format('ALTER ROLE %I VALID UNTIL %L', of_login, until_then);
END
$$;

CREATE FUNCTION wbo_rule.judge_logins() RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    most constant integer := coalesce((wbo_rule.policy('login_failures') #>> '{}')::integer, 5);
    span constant interval := coalesce((wbo_rule.policy('login_lock_minutes') #>> '{}')::integer, 15) * interval '1 minute';
    who record;
    changed integer := 0;
BEGIN
    -- Who is in now has got in from there.
    INSERT INTO wbo_data.login_place (login, address, entered_at)
    SELECT o.login, coalesce(host(a.client_addr), 'local'), max(a.backend_start)
    FROM pg_stat_activity a JOIN wbo_data.operator o ON o.login = a.usename
    WHERE a.backend_type = 'client backend' AND a.datname = current_database() GROUP BY 1, 2
    ON CONFLICT (login, address) DO UPDATE SET entered_at = excluded.entered_at WHERE login_place.entered_at < excluded.entered_at;

    -- Time is up.
    FOR who IN SELECT * FROM wbo_data.operator o WHERE o.locked_until <= clock_timestamp() FOR NO KEY UPDATE LOOP
        PERFORM wbo_rule.begin_act('unlock_login');
        UPDATE wbo_data.operator o SET locked_until = NULL, locked_from = NULL, open_until = NULL, unlocked_at = clock_timestamp() WHERE o.login = who.login;
        PERFORM wbo_rule.set_password_expiry(who.login, coalesce(who.one_time_until, 'infinity'));
        changed := changed + 1;
    END LOOP;

    -- Too many failures since the last success there: from one address, or several times as many from all over.
    FOR who IN
        SELECT o.*, f.address, f.failures FROM wbo_data.operator o
        CROSS JOIN LATERAL (
            SELECT x.address, count(*) AS failures, sum(count(*)) OVER () AS everywhere FROM wbo_data.login_failure x
            LEFT JOIN wbo_data.login_place p ON p.login = x.login AND p.address = x.address
            WHERE x.login = o.login AND x.at > greatest(clock_timestamp() - span, p.entered_at, o.unlocked_at)
            GROUP BY x.address ORDER BY count(*) DESC LIMIT 1
        ) AS f
        WHERE o.locked_until IS NULL AND o.disabled_at IS NULL AND (f.failures >= most OR f.everywhere >= 4 * most)
        FOR NO KEY UPDATE OF o
    LOOP
        PERFORM wbo_rule.begin_act('lock_login');
        UPDATE wbo_data.operator o SET locked_until = clock_timestamp() + span, locked_from = who.address, open_until = NULL WHERE o.login = who.login;
        PERFORM wbo_rule.set_password_expiry(who.login, '1970-01-01Z');
        changed := changed + 1;
    END LOOP;

    -- A knock from a known place opens for a minute; afterwards the lock holds again.
    FOR who IN
        SELECT o.*, EXISTS (
            SELECT FROM wbo_data.login_place p
            WHERE p.login = o.login AND p.address IS DISTINCT FROM o.locked_from AND p.known_since < o.locked_until - span
              AND EXISTS (SELECT FROM wbo_data.login_failure x WHERE x.login = o.login AND x.address = p.address
                          AND x.at > greatest(o.locked_until - span, o.open_until))
              AND (SELECT count(*) FROM wbo_data.login_failure x WHERE x.login = o.login AND x.address = p.address
                   AND x.at > clock_timestamp() - span) < most) AS knocks
        FROM wbo_data.operator o WHERE o.locked_until > clock_timestamp() AND coalesce(o.open_until, '-infinity') < clock_timestamp()
        FOR NO KEY UPDATE OF o
    LOOP
        IF who.knocks THEN
            PERFORM wbo_rule.begin_act('open_login');
            UPDATE wbo_data.operator o SET open_until = clock_timestamp() + interval '1 minute' WHERE o.login = who.login;
            PERFORM wbo_rule.set_password_expiry(who.login, coalesce(who.one_time_until, 'infinity'));
            changed := changed + 1;
        ELSIF EXISTS (SELECT FROM pg_roles r WHERE r.rolname = who.login AND r.rolvaliduntil IS DISTINCT FROM '1970-01-01Z') THEN
            PERFORM wbo_rule.set_password_expiry(who.login, '1970-01-01Z');
        END IF;
    END LOOP;
    DELETE FROM wbo_data.login_failure x WHERE x.at < clock_timestamp() - greatest(span, interval '1 day');
    RETURN changed;
END
$$;

-- Ends sessions of operators and of the client side that hold on to a transaction: row locks of a stolen login must not stop
-- the worker, nor an open transaction number the sealer. Their own timeouts can be lifted by themselves; this cannot.
CREATE FUNCTION wbo_rule.end_stalled_sessions(most_seconds double precision DEFAULT 20) RETURNS integer
LANGUAGE sql SET search_path = pg_catalog, wbo, pg_temp AS $$
    WITH stalled AS (
        SELECT a.usename, a.application_name, a.client_addr, pg_terminate_backend(a.pid) AS ended
        FROM pg_stat_activity a
        WHERE a.pid <> pg_backend_pid() AND a.datname = current_database() AND a.backend_type = 'client backend'
          AND ((a.backend_xid IS NOT NULL AND a.xact_start < clock_timestamp() - make_interval(secs => most_seconds) AND (
                    -- doing nothing, or in somebody's way, or so long that the log cannot be sealed; a large import is neither
                    a.state LIKE 'idle in transaction%' OR a.xact_start < clock_timestamp() - make_interval(secs => 30 * most_seconds)
                    OR EXISTS (SELECT FROM pg_stat_activity b WHERE b.wait_event_type = 'Lock' AND a.pid = ANY (pg_blocking_pids(b.pid)))))
               OR (a.state LIKE 'idle in transaction%' AND a.state_change < clock_timestamp() - make_interval(secs => 3 * most_seconds))
               OR EXISTS (SELECT FROM wbo_data.operator o WHERE o.login = a.usename AND o.disabled_at IS NOT NULL))
          AND (EXISTS (SELECT FROM wbo_data.operator o WHERE o.login = a.usename)
               OR EXISTS (SELECT FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid WHERE m.member = a.usesysid AND r.rolname = 'wbo_intake'))
    ), noted AS (
        INSERT INTO wbo_data.audit_entry (operator, workstation, action, object_type, object_id)
        SELECT s.usename, left(s.application_name, 64) || '@' || coalesce(host(s.client_addr), 'local'), 'end_session', 'operator', s.usename
        FROM stalled s WHERE s.ended
    )
    SELECT count(*)::integer FROM stalled
$$;

-- PostgreSQL lets everybody set their own password with ALTER ROLE, past change_own_password and past the log. It is noticed
-- here, once each.
CREATE FUNCTION wbo_rule.notice_passwords() RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    noticed integer := 0;
    who record;
BEGIN
    IF to_regprocedure('wbo_log.password_marks()') IS NULL THEN
        RETURN NULL;
    END IF;
    FOR who IN
        SELECT o.login, o.password_mark AS known, m.mark FROM wbo_data.operator o JOIN wbo_log.password_marks() AS m ON m.login = o.login
        WHERE o.password_mark IS DISTINCT FROM m.mark FOR NO KEY UPDATE OF o
    LOOP
        PERFORM wbo_rule.begin_act('password_changed_elsewhere');
        UPDATE wbo_data.operator o SET password_mark = who.mark WHERE o.login = who.login;
        IF who.known IS NOT NULL THEN
            INSERT INTO wbo_data.audit_entry (operator, workstation, action, object_type, object_id)
            VALUES (who.login, '', 'password_changed_elsewhere', 'operator', who.login);
            noticed := noticed + 1;
        END IF;
    END LOOP;
    RETURN noticed;
END
$$;

-- All of it, in one call. `refused` is NULL when the server keeps no JSON log that could be read.
CREATE FUNCTION wbo_chain.keep_watch(OUT refused integer, OUT logins integer, OUT ended integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    refused := wbo_chain.collect_refusals();
    PERFORM FROM wbo_data.watch FOR NO KEY UPDATE SKIP LOCKED;
    IF FOUND THEN
        logins := wbo_rule.judge_logins();
        ended := wbo_rule.end_stalled_sessions();
        PERFORM wbo_rule.notice_passwords();
    END IF;
END
$$;

INSERT INTO wbo_data.watch DEFAULT VALUES ON CONFLICT DO NOTHING;

-- Balances of our accounts compared with what is known to have come and gone (native coin, where nodes offer no traces).

-- Which accounts to ask the node about: those that somebody waits for first, then those not looked at for longest.
CREATE FUNCTION wbo_chain.accounts_to_weigh(network text, epoch bigint, most integer) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
#variable_conflict use_column
DECLARE
    net text := accounts_to_weigh.network;
BEGIN
    PERFORM wbo_rule.hold_lease(net, accounts_to_weigh.epoch);
    RETURN (
        SELECT coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'address', x.address)), '[]') FROM (
            (SELECT a.id, a.address FROM wbo_data.deposit d
             JOIN wbo_data.cryptocurrency k ON k.id = d.coin_id AND k.contract IS NULL
             JOIN wbo_data.custodial_account a ON a.network = d.network AND a.address = d.target_address AND a.deleted_at IS NULL
             LEFT JOIN wbo_data.account_balance b ON b.custodial_id = a.id
             WHERE d.network = net AND d.status IN ('pending_auth', 'abnormal')
               AND (b.checked_at IS NULL OR b.checked_at < clock_timestamp() - interval '10 seconds')
             GROUP BY a.id, a.address, b.checked_at ORDER BY b.checked_at NULLS FIRST LIMIT most / 2)
            UNION
            (SELECT a.id, a.address FROM wbo_data.custodial_account a
             WHERE a.network = net AND a.deleted_at IS NULL
               AND NOT EXISTS (SELECT FROM wbo_data.account_balance b WHERE b.custodial_id = a.id)
             ORDER BY a.client_no IS NULL, a.id LIMIT most / 4)
            UNION
            (SELECT a.id, a.address FROM wbo_data.account_balance b
             JOIN wbo_data.custodial_account a ON a.id = b.custodial_id AND a.deleted_at IS NULL
             WHERE b.network = net ORDER BY b.checked_at LIMIT most / 4)
        ) AS x);
END
$$;

-- What the node said the accounts held at a block of ours: [{id, balance}]. Says how many differences that brought to light.
CREATE FUNCTION wbo_chain.record_balances(network text, epoch bigint, number bigint, hash text, balances jsonb) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
#variable_conflict use_column
DECLARE
    net text := record_balances.network;
    at_number bigint := record_balances.number;
    found integer;
BEGIN
    PERFORM wbo_rule.hold_lease(net, record_balances.epoch);
    PERFORM wbo_rule.begin_act('weigh');
    IF NOT EXISTS (SELECT FROM wbo_data.block b WHERE b.network = net AND b.hash = record_balances.hash AND b.number = at_number AND b.canonical) THEN
        RETURN 0;
    END IF;
    INSERT INTO wbo_data.balance_difference (network, custodial_id, from_number, to_number, amount_base)
    SELECT net, was.custodial_id, was.at_number, record_balances.number, now_.balance - was.balance - known.came + known.went
    FROM jsonb_to_recordset(record_balances.balances) AS now_ (id bigint, balance numeric)
    JOIN wbo_data.account_balance was ON was.custodial_id = now_.id AND was.balance IS NOT NULL AND was.at_number <= record_balances.number
    CROSS JOIN LATERAL (
        SELECT (SELECT coalesce(sum(t.amount_base), 0) FROM wbo_data.chain_transfer t
                JOIN wbo_data.cryptocurrency k ON k.id = t.coin_id AND k.contract IS NULL
                JOIN wbo_data.custodial_account a ON a.id = was.custodial_id AND t.recipient = a.address
                WHERE t.network = net AND t.canonical AND t.block_number > was.at_number AND t.block_number <= record_balances.number) AS came,
               (SELECT coalesce(sum(s.amount_base), 0) FROM wbo_data.account_spending s
                WHERE s.custodial_id = was.custodial_id AND s.canonical
                  AND s.block_number > was.at_number AND s.block_number <= record_balances.number) AS went
    ) AS known
    -- Rollups take fees that receipts do not show: less than expected is told only where nothing was sent.
    WHERE now_.balance - was.balance - known.came + known.went > 0
       OR (now_.balance - was.balance - known.came < 0 AND known.went = 0);
    GET DIAGNOSTICS found = ROW_COUNT;
    INSERT INTO wbo_data.account_balance (custodial_id, network, at_number, balance)
    SELECT n.id, net, record_balances.number, n.balance FROM jsonb_to_recordset(record_balances.balances) AS n (id bigint, balance numeric)
    ON CONFLICT (custodial_id) DO UPDATE SET at_number = excluded.at_number, balance = excluded.balance, checked_at = clock_timestamp()
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
         jsonb_to_recordset(coalesce(b.sent, '[]')) AS s (txid text, sender text, succeeded boolean, fee numeric, value numeric)
    JOIN wbo_data.custodial_account a ON a.network = net AND a.address = s.sender AND a.deleted_at IS NULL
    ON CONFLICT (network, block_hash, txid) DO UPDATE SET canonical = true
$$;

-- A reorganisation: what was sent there was not sent, and balances of those blocks say nothing.
CREATE FUNCTION wbo_rule.undo_balances(net text, to_number bigint) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, wbo, pg_temp AS $$
    UPDATE wbo_data.account_spending s SET canonical = false WHERE s.network = net AND s.block_number > to_number AND s.canonical;
    UPDATE wbo_data.account_balance b SET balance = NULL, at_number = to_number WHERE b.network = net AND b.at_number > to_number;
$$;

CREATE VIEW wbo.unexplained_balance AS
SELECT d.id AS difference_id, d.network, k.code AS coin, k.decimals, a.address::text, wbo_rule.to_units(d.amount_base, k.decimals) AS amount,
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

CREATE TRIGGER y_audit AFTER INSERT OR UPDATE ON wbo_data.balance_difference FOR EACH ROW EXECUTE FUNCTION wbo_rule.write_audit('balance_difference', 'id');
CREATE TRIGGER z_hint AFTER INSERT OR UPDATE ON wbo_data.balance_difference FOR EACH STATEMENT EXECUTE FUNCTION wbo_rule.hint('transfer');

-- What an auditor asks for: the log's chain, its head, and the day in figures.

-- The desktop's 驗證 button: walks the hash chain, and compares it with a head that was noted elsewhere when one is given.
CREATE FUNCTION wbo.verify_audit(noted_head text DEFAULT NULL,
                                 OUT entries bigint, OUT sealed bigint, OUT head text, OUT bad_seq bigint, OUT fault text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT * FROM wbo_rule.verify_entries(noted_head)
$$;

-- The chain's head, to be kept outside (printed, mailed): whoever rewrites the log up to here cannot make it fit again.
CREATE FUNCTION wbo.audit_head(OUT sealed bigint, OUT seq bigint, OUT head text, OUT sealed_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT s.position, s.seq, encode(s.hash, 'hex'), s.sealed_at FROM wbo_data.audit_seal s ORDER BY s.position DESC LIMIT 1
$$;

-- One day in Hong Kong, for the person who did not work on it: who did what how often, what was refused, what came in and
-- went out, what still stands out, and the chain's head, which proves all of it as soon as the report left the house.
CREATE FUNCTION wbo.daily_report(day date DEFAULT NULL) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp SET timezone = 'Asia/Hong_Kong' AS $$
DECLARE
    of_day date := coalesce(day, current_date);
    since timestamptz := of_day;
    until timestamptz := of_day + 1;
BEGIN
    RETURN jsonb_build_object(
        'day', of_day, 'since', since, 'until', until, 'made_at', clock_timestamp(),
        'entries', (SELECT jsonb_build_object('count', count(*), 'first', min(e.seq), 'last', max(e.seq),
                        'unsealed', count(*) FILTER (WHERE s.seq IS NULL))
                    FROM wbo_data.audit_entry e LEFT JOIN wbo_data.audit_seal s USING (seq) WHERE e.at >= since AND e.at < until),
        'acts', coalesce((SELECT jsonb_agg(jsonb_build_object('operator', x.operator, 'action', x.action, 'count', x.times) ORDER BY x.operator, x.action)
                 FROM (SELECT e.operator, e.action, count(*) AS times FROM wbo_data.audit_entry e
                       WHERE e.at >= since AND e.at < until GROUP BY e.operator, e.action) x), '[]'),
        'credited', coalesce((SELECT jsonb_agg(jsonb_build_object('coin', x.code, 'network', x.network, 'count', x.times, 'amount', x.amount::text) ORDER BY x.network, x.code)
                     FROM (SELECT k.code, k.network, count(*) AS times, wbo_rule.to_units(sum(d.credited_base), k.decimals) AS amount
                           FROM wbo_data.deposit d JOIN wbo_data.cryptocurrency k ON k.id = d.coin_id
                           WHERE d.credited_at >= since AND d.credited_at < until GROUP BY k.code, k.network, k.decimals) x), '[]'),
        'refunded', coalesce((SELECT jsonb_agg(jsonb_build_object('coin', x.code, 'network', x.network, 'count', x.times, 'amount', x.amount::text) ORDER BY x.network, x.code)
                     FROM (SELECT k.code, k.network, count(*) AS times, wbo_rule.to_units(sum(r.amount_base), k.decimals) AS amount
                           FROM wbo_data.refund r JOIN wbo_data.cryptocurrency k ON k.id = r.coin_id
                           WHERE r.refund_no IN (SELECT e.object_id FROM wbo_data.audit_entry e
                                                 WHERE e.at >= since AND e.at < until AND e.object_type = 'refund'
                                                   AND e.after ->> 'status' = 'confirmed' AND e.before ->> 'status' <> 'confirmed')
                           GROUP BY k.code, k.network, k.decimals) x), '[]'),
        'open', jsonb_build_object(
            'network_alarms', coalesce((SELECT jsonb_agg(jsonb_build_object('network', p.network, 'alarm', p.alarm) ORDER BY p.network)
                               FROM wbo_data.checkpoint p WHERE p.alarm IS NOT NULL), '[]'),
            'record_alarms', (SELECT count(*) FROM wbo_data.deposit d WHERE d.alarm),
            'abnormal', (SELECT count(*) FROM wbo_data.deposit d WHERE d.status = 'abnormal'),
            'refunds_under_way', (SELECT count(*) FROM wbo_data.refund r WHERE r.status NOT IN ('confirmed', 'failed', 'rejected', 'cancelled')),
            'unexplained_balances', (SELECT count(*) FROM wbo.unexplained_balance)),
        'anchor', (SELECT to_jsonb(h) FROM wbo.audit_head() h));
END
$$;

-- Who may read what and do what. Nothing for PUBLIC; {…} is filled from domain/acts.py and domain/permissions.py.

REVOKE ALL ON SCHEMA wbo, wbo_chain, wbo_rule, wbo_data FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA wbo, wbo_chain, wbo_rule FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA wbo, wbo_data FROM PUBLIC;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA wbo_data FROM PUBLIC;
-- And for what somebody makes by hand.
ALTER DEFAULT PRIVILEGES FOR ROLE wbo_owner REVOKE ALL ON FUNCTIONS FROM PUBLIC;

GRANT USAGE ON SCHEMA wbo TO wbo_operator, wbo_intake;
GRANT USAGE ON SCHEMA wbo_chain TO wbo_worker;

-- Every operator
GRANT EXECUTE ON FUNCTION wbo.my_session(), wbo.change_own_password(text) TO wbo_operator;
GRANT SELECT ON wbo.policy, wbo.chain_health, wbo.coin, wbo.schema_version TO wbo_operator;

-- A view's functions run as whoever reads it. This one is plain arithmetic; its schema stays closed to them all the same.
GRANT EXECUTE ON FUNCTION wbo_rule.to_units(numeric, integer) TO wbo_operator;

-- Pages
GRANT SELECT ON wbo.cryptocurrency, wbo.network TO "atm.crypto_currency_inquiry";
GRANT SELECT ON wbo.custodial_account TO "atm.va_channel_custodial_account_inquiry";
GRANT SELECT ON wbo.wallet_address, wbo.client TO "atm.va_client_wallet_address_inquiry";
GRANT SELECT ON wbo.deposit_application, wbo.client TO "atm.va_crypto_currency_deposit_application_inquiry";
GRANT SELECT ON wbo.deposit_record, wbo.deposit_timeline, wbo.refund, wbo.refund_attempt, wbo.hot_wallet, wbo.unmatched_transfer, wbo.client
    TO "atm.va_coin_deposit_records_inquiry";
GRANT SELECT ON wbo.refund_address TO "atm.va_refund_of_coin_deposit_record", "atm.va_refund_approval";
GRANT SELECT ON wbo.operator, wbo.permission_request TO "sys.operator_admin";
GRANT SELECT ON wbo.audit_log TO "sys.audit_inquiry";
GRANT EXECUTE ON FUNCTION wbo.verify_audit(text), wbo.audit_head(), wbo.daily_report(date) TO "sys.audit_inquiry";

-- Acts: one function each
DO $$
DECLARE
    one record;
BEGIN
    FOR one IN
        SELECT p.oid::regprocedure AS signature, v.permission
        FROM (VALUES ('accept_deposit', 'atm.va_coin_deposit_records_operation'), ('add_wallet', 'atm.va_client_wallet_address_operation'), ('allow_shared_wallet', 'atm.va_client_wallet_address_operation'), ('approve_permission_grant', 'sys.operator_admin'), ('approve_refund', 'atm.va_refund_approval'), ('begin_message_signature', 'atm.va_client_wallet_address_operation'), ('begin_micro_payment', 'atm.va_client_wallet_address_operation'), ('cancel_refund', 'atm.va_refund_of_coin_deposit_record'), ('create_operator', 'sys.operator_admin'), ('delete_application', 'atm.va_crypto_currency_deposit_application_operation'), ('delete_custodial_account', 'atm.va_channel_custodial_account_operation'), ('delete_wallet', 'atm.va_client_wallet_address_operation'), ('disable_operator', 'sys.operator_admin'), ('enable_operator', 'sys.operator_admin'), ('execute_refund', 'atm.va_refund_of_coin_deposit_record'), ('explain_difference', 'atm.va_coin_deposit_records_operation'), ('grant_permission', 'sys.operator_admin'), ('import_custodial_accounts', 'atm.va_channel_custodial_account_operation'), ('recheck_deposit', 'atm.va_coin_deposit_records_operation'), ('record_client_notified', 'atm.va_refund_of_coin_deposit_record'), ('reject_refund', 'atm.va_refund_approval'), ('request_refund', 'atm.va_refund_of_coin_deposit_record'), ('reset_password', 'sys.operator_admin'), ('revoke_deposit', 'atm.va_coin_deposit_records_operation'), ('revoke_permission', 'sys.operator_admin'), ('save_cryptocurrency', 'atm.crypto_currency_operation'), ('save_network', 'atm.crypto_currency_operation'), ('save_policy', 'sys.operator_admin'), ('submit_wallet_signature', 'atm.va_client_wallet_address_operation'), ('verify_audit', 'sys.audit_inquiry')) AS v (function, permission)
        JOIN pg_proc p ON p.proname = v.function JOIN pg_namespace n ON n.oid = p.pronamespace AND n.nspname
        = 'wbo'
    LOOP
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %I', one.signature, one.permission);
    END LOOP;
END
$$;

-- Intake may submit, attach, and ask for an address; nothing else
GRANT EXECUTE ON FUNCTION wbo.submit_deposit_application(text, text, text, text, numeric, text, text, text, timestamptz),
    wbo.attach_txid(text, text), wbo.deposit_address(text, text) TO wbo_intake;

-- The worker runs the tracker's, the sender's and the sealer's functions; nothing else
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA wbo_chain TO wbo_worker;
