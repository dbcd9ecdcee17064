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
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT value IS NULL OR value ~ (
        SELECT '^[' || string_agg(format('\U%s-\U%s', lpad(to_hex(first), 8, '0'), lpad(to_hex(last), 8, '0')), '')
            || ']*$'
        FROM wbo_data.blank_range)
$$;

CREATE FUNCTION wbo_rule.require_text(field text, value text, longest integer) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
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
        PERFORM wbo_rule.refuse('WB400', 'amount_not_positive',
            jsonb_build_object('field', field, 'value', left(amount::text, 80)));
    ELSIF amount >= 1e78 THEN
        PERFORM wbo_rule.refuse('WB400', 'amount_too_large',
            jsonb_build_object('field', field, 'value', left(amount::text, 80)));
    END IF;
    base := amount * ('1e' || decimals)::numeric;
    IF base <> trunc(base) THEN
        PERFORM wbo_rule.refuse('WB400', 'amount_too_precise',
                                jsonb_build_object('field', field, 'value', left(amount::text, 80), 'decimals',
                                    decimals));
    ELSIF base > 115792089237316195423570985008687907853269984665640564039457584007913129639935 THEN
        PERFORM wbo_rule.refuse('WB400', 'amount_too_large',
            jsonb_build_object('field', field, 'value', left(amount::text, 80)));
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
        x'0000000000000001'::bigint, x'0000000000008082'::bigint, x'800000000000808a'::bigint,
            x'8000000080008000'::bigint,
        x'000000000000808b'::bigint, x'0000000080000001'::bigint, x'8000000080008081'::bigint,
            x'8000000000008009'::bigint,
        x'000000000000008a'::bigint, x'0000000000000088'::bigint, x'0000000080008009'::bigint,
            x'000000008000000a'::bigint,
        x'000000008000808b'::bigint, x'800000000000008b'::bigint, x'8000000000008089'::bigint,
            x'8000000000008003'::bigint,
        x'8000000000008002'::bigint, x'8000000000000080'::bigint, x'000000000000800a'::bigint,
            x'800000008000000a'::bigint,
        x'8000000080008081'::bigint, x'8000000000008080'::bigint, x'0000000080000001'::bigint,
            x'8000000080008008'::bigint];
    -- For lane i of the walk of rho and pi: where it goes, and by how much it is rotated.
    targets constant integer[] := ARRAY[10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22,
        9, 6, 1];
    turns constant integer[] := ARRAY[1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39,
        61, 20, 44];
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
        PERFORM wbo_rule.refuse('WB400', 'value_invalid',
            jsonb_build_object('field', 'transaction_isolation', 'value', current_setting('transaction_isolation')));
    END IF;
    PERFORM set_config('wbo.action', action, true), set_config('wbo.remark', coalesce(remark, ''), true);
END
$$;

-- The same for an operator's act: refused unless the operator is known, enabled, has changed the one-time password, and
-- has one that was set through the desk or confirmed: looked at here, since the watch comes by only every few seconds.
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
    ELSIF who.password_foreign_at IS NOT NULL OR wbo_rule.has_foreign_password(who) THEN
        PERFORM wbo_rule.refuse('WB403', 'password_unconfirmed', jsonb_build_object('login', session_user));
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

-- Seconds since this session began. NULL (no right to read the statistics) must refuse, so callers ask "younger than".
-- A session that begins in the future is older than it seems: the server's clock went back.
CREATE FUNCTION wbo_rule.session_is_younger_than(seconds integer) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT coalesce((
        SELECT clock_timestamp() - a.backend_start BETWEEN interval '-1 second' AND make_interval(secs => seconds)
        FROM pg_stat_get_activity(pg_backend_pid()) AS a
    ), false)
$$;

-- The value of a policy: what operators set, or what it is at first.
CREATE FUNCTION wbo_rule.policy(wanted text) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT coalesce((SELECT p.value FROM wbo_data.policy p WHERE p.name = wanted),
                    (SELECT r.initial FROM wbo_data.desk_rule r WHERE r.object_type = 'policy' AND r.name = wanted))
$$;

CREATE FUNCTION wbo_rule.policy_number(wanted text) RETURNS integer
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT (wbo_rule.policy(wanted) #>> '{}')::integer
$$;

-- Whether a status is in a set that has a name, such as a refund's `live`.
CREATE FUNCTION wbo_rule.status_is(kind text, status text, called text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT EXISTS (SELECT FROM wbo_data.status_set s
                   WHERE s.object_type = kind AND s.name = called AND s.status = status_is.status)
$$;

-- Wants a record judged again by the worker of its network.
CREATE FUNCTION wbo_rule.want_check(record text, on_network text) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, wbo, pg_temp AS $$
    INSERT INTO wbo_data.deposit_check (record_no, network) VALUES (record, on_network)
    ON CONFLICT (record_no) DO UPDATE
        SET ticket = nextval('wbo_data.deposit_check_ticket'), check_after = clock_timestamp()
$$;

-- Numbers: prefix, Hong Kong's day, and a count from 1 each day with as many digits as it needs, six at least ---------

-- A counter's value is the day (since 1970) times this, plus the day's count. So taking a number is one step, and
-- no transaction waits for another; a transaction that is refused leaves a gap in numbers that do not run out.
CREATE FUNCTION wbo_rule.numbers_a_day() RETURNS bigint
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, wbo, pg_temp AS $$ SELECT 10000000000 $$;

CREATE FUNCTION wbo_rule.next_number(prefix text, counter regclass) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    a_day constant bigint := wbo_rule.numbers_a_day();
    today constant bigint := (clock_timestamp() AT TIME ZONE 'Asia/Hong_Kong')::date - date '1970-01-01';
    taken bigint;
    count text;
BEGIN
    LOOP
        taken := nextval(counter);
        EXIT WHEN taken / a_day >= today;
        PERFORM wbo_rule.start_day(counter, today);
    END LOOP;
    -- The day is the number's own: somebody else's clock may have reached midnight a moment earlier.
    count := (taken % a_day)::text;
    RETURN prefix || to_char(date '1970-01-01' + (taken / a_day)::integer, 'YYYYMMDD') || '-'
        || lpad(count, greatest(length(count), 6), '0');
END
$$;

-- Sets a counter to the beginning of a day, unless another session has. The row is held for that only: it is given back
-- with the inner transaction, which always fails, while setval stays. A counter from before numbers had days goes on
-- counting.
CREATE FUNCTION wbo_rule.start_day(counter regclass, today bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    a_day constant bigint := wbo_rule.numbers_a_day();
BEGIN
    PERFORM FROM wbo_data.number_turn FOR UPDATE;
    PERFORM setval(counter, today * a_day + CASE WHEN c.reached < a_day THEN c.reached - 1 ELSE 0 END)
    FROM pg_sequence_last_value(counter) AS c (reached) WHERE c.reached / a_day < today;
    RAISE EXCEPTION USING ERRCODE = 'WB000';
EXCEPTION WHEN SQLSTATE 'WB000' THEN
    RETURN;
END
$$;
