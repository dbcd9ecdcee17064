-- Guards: what holds for every writer, the owner's own functions included.

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
    RETURN NEW;
END
$$;

CREATE FUNCTION wbo_rule.count_and_date_version() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    NEW.version := OLD.version + 1;
    NEW.updated_at := clock_timestamp();
    RETURN NEW;
END
$$;

CREATE TRIGGER b_version BEFORE UPDATE ON wbo_data.deposit FOR EACH ROW
    EXECUTE FUNCTION wbo_rule.count_and_date_version();
CREATE TRIGGER b_version BEFORE UPDATE ON wbo_data.refund FOR EACH ROW
    EXECUTE FUNCTION wbo_rule.count_and_date_version();
-- What the worker finds out about an address changes nothing that somebody may be deciding on.
CREATE TRIGGER b_version BEFORE UPDATE ON wbo_data.wallet_address FOR EACH ROW
    WHEN (NEW.is_contract IS NOT DISTINCT FROM OLD.is_contract)
    EXECUTE FUNCTION wbo_rule.count_and_date_version();
CREATE TRIGGER b_version BEFORE UPDATE ON wbo_data.network FOR EACH ROW
    EXECUTE FUNCTION wbo_rule.count_and_date_version();
CREATE TRIGGER b_version BEFORE UPDATE ON wbo_data.cryptocurrency FOR EACH ROW
    EXECUTE FUNCTION wbo_rule.count_and_date_version();
CREATE TRIGGER b_version BEFORE UPDATE ON wbo_data.custodial_account FOR EACH ROW
    EXECUTE FUNCTION wbo_rule.count_version();
CREATE TRIGGER b_version BEFORE UPDATE ON wbo_data.deposit_application FOR EACH ROW
    EXECUTE FUNCTION wbo_rule.count_version();
CREATE TRIGGER b_version BEFORE UPDATE ON wbo_data.operator FOR EACH ROW
    EXECUTE FUNCTION wbo_rule.count_version();

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
            PERFORM wbo_rule.refuse('WB422', 'invariant_broken',
                jsonb_build_object('rule', TG_TABLE_NAME || '.' || named));
        END IF;
    END LOOP;
    RETURN NEW;
END
$$;

CREATE TRIGGER c_keep BEFORE UPDATE ON wbo_data.deposit_application FOR EACH ROW EXECUTE FUNCTION wbo_rule.keep(
    'external_serial', 'client_no', 'coin_id', 'amount_base', 'source_address', 'target_address', 'txid',
        'requested_at',
    'received_at', 'deleted_at', 'deleted_by', 'delete_remark');
CREATE TRIGGER c_keep BEFORE UPDATE ON wbo_data.deposit FOR EACH ROW EXECUTE FUNCTION wbo_rule.keep(
    'record_no', 'external_serial', 'client_no', 'coin_id', 'network', 'claimed_base', 'source_address',
        'target_address',
    'txid', 'created_at', 'first_seen_at');
CREATE TRIGGER c_keep BEFORE UPDATE ON wbo_data.refund FOR EACH ROW EXECUTE FUNCTION wbo_rule.keep(
    'refund_no', 'record_no', 'client_no', 'coin_id', 'network', 'wallet_id', 'address', 'amount_base', 'adjust_reason',
    'remark', 'intent', 'intent_hash', 'approvals_needed', 'receiver_acknowledged', 'requested_by', 'requested_hand',
        'requested_at', 'approved_by', 'approved_at',
    'executed_by', 'executed_at', 'closed_by', 'closed_at', 'hot_wallet', 'nonce', 'notified_at', 'notified_by');
CREATE TRIGGER c_keep BEFORE UPDATE ON wbo_data.refund_approval FOR EACH ROW EXECUTE FUNCTION wbo_rule.keep(
    'refund_no', 'login', 'hand', 'intent_hash', 'at');
CREATE TRIGGER c_keep BEFORE UPDATE ON wbo_data.refund_attempt FOR EACH ROW EXECUTE FUNCTION wbo_rule.keep(
    'refund_no', 'attempt', 'txid', 'nonce', 'raw', 'max_fee_per_gas', 'max_priority_fee_per_gas', 'gas_limit',
        'signed_at');
CREATE TRIGGER c_keep BEFORE UPDATE ON wbo_data.cryptocurrency FOR EACH ROW EXECUTE FUNCTION wbo_rule.keep(
    'code', 'network', 'contract', 'decimals');
CREATE TRIGGER c_keep BEFORE UPDATE ON wbo_data.network FOR EACH ROW EXECUTE FUNCTION wbo_rule.keep('name', 'chain_id');
CREATE TRIGGER c_keep BEFORE UPDATE ON wbo_data.custodial_account FOR EACH ROW EXECUTE FUNCTION wbo_rule.keep(
    'channel', 'network', 'address', 'client_no', 'assigned_at', 'deleted_at', 'delete_remark', 'created_at');
CREATE TRIGGER c_keep BEFORE UPDATE ON wbo_data.permission_grant FOR EACH ROW EXECUTE FUNCTION wbo_rule.keep(
    'login', 'permission_code', 'requested_by', 'requested_at');
CREATE TRIGGER c_keep BEFORE UPDATE ON wbo_data.change_request FOR EACH ROW EXECUTE FUNCTION wbo_rule.keep(
    'kind', 'object_id', 'before', 'payload', 'requested_by', 'requested_hand', 'requested_at', 'decided_by',
        'decided_hand',
    'decided_at', 'decide_remark', 'applied_at');
CREATE TRIGGER c_keep BEFORE UPDATE ON wbo_data.operator FOR EACH ROW
    EXECUTE FUNCTION wbo_rule.keep('login', 'created_at', 'created_by');
CREATE TRIGGER c_keep BEFORE UPDATE ON wbo_data.wallet_address FOR EACH ROW EXECUTE FUNCTION wbo_rule.keep(
    'client_no', 'network', 'address', 'created_at', 'created_by', 'deleted_at', 'deleted_by', 'delete_remark');
CREATE TRIGGER c_keep BEFORE UPDATE ON wbo_data.chain_transfer FOR EACH ROW EXECUTE FUNCTION wbo_rule.keep(
    'network', 'block_number', 'block_hash', 'txid', 'log_index', 'position', 'coin_id', 'sender', 'recipient',
    'amount_base', 'custodial_id');
-- Who signed is told again with a block that comes back after a reorganisation, perhaps by a node that tells the truth.
CREATE TRIGGER c_keep_signer BEFORE UPDATE OF tx_sender ON wbo_data.chain_transfer
    FOR EACH ROW WHEN (OLD.canonical) EXECUTE FUNCTION wbo_rule.keep('tx_sender');

-- Nothing is ever physically removed, and the log is never touched again.
CREATE FUNCTION wbo_rule.refuse_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    PERFORM wbo_rule.refuse('WB422', 'invariant_broken',
        jsonb_build_object('rule', TG_TABLE_NAME || ':' || lower(TG_OP)));
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
            'deposit_check', 'unmatched', 'transfer_holder', 'status_move', 'desk_rule', 'worker_lease', 'log_file',
                'login_failure')
    LOOP
        EXECUTE format(
            'CREATE TRIGGER z_no_delete BEFORE DELETE ON wbo_data.%I '
            'FOR EACH ROW EXECUTE FUNCTION wbo_rule.refuse_change()', kept);
        EXECUTE format(
            'CREATE TRIGGER z_no_truncate BEFORE TRUNCATE ON wbo_data.%I '
            'FOR EACH STATEMENT EXECUTE FUNCTION wbo_rule.refuse_change()', kept);
    END LOOP;
END
$$;
CREATE TRIGGER z_no_update BEFORE UPDATE ON wbo_data.audit_entry FOR EACH ROW EXECUTE FUNCTION wbo_rule.refuse_change();
CREATE TRIGGER z_no_update BEFORE UPDATE ON wbo_data.audit_seal FOR EACH ROW EXECUTE FUNCTION wbo_rule.refuse_change();

-- Money is real: a record may say it is being confirmed or credited only for such a transfer --------------------------

-- What is judged by domain/matching.py and here; a test compares the two. Amounts in base units.
CREATE FUNCTION wbo_rule.is_enough(arrived numeric, minimum numeric) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, wbo, pg_temp AS $$ SELECT arrived >= minimum $$;

-- At most what was claimed, and at least that less the tolerance, in percent.
CREATE FUNCTION wbo_rule.fits_claim(arrived numeric, claimed numeric, tolerance numeric) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT arrived <= claimed AND arrived * 100 >= claimed * (100 - tolerance)
$$;

-- Mined at most `gap` before or after the request; a gap of 0 allows any time.
CREATE FUNCTION wbo_rule.is_timely(mined_at timestamptz, requested_at timestamptz, gap interval) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT gap = interval '0' OR mined_at BETWEEN requested_at - gap AND requested_at + gap
$$;

CREATE FUNCTION wbo_rule.guard_credit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    found wbo_data.chain_transfer;
    coin wbo_data.cryptocurrency;
    mark wbo_data.checkpoint;
    settled bigint;
    gap interval := wbo_rule.policy_number('transfer_gap_hours') * interval '1 hour';
    broken text;
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.status IN ('success', 'refunding') THEN
        -- Credited before: a refund that was given up changes nothing about the credit. It is `success` again, since no
        -- move leads from there to `processing`.
        IF (NEW.transfer_id, NEW.credited_base, NEW.confirm_height) IS DISTINCT
            FROM (OLD.transfer_id, OLD.credited_base, OLD.confirm_height) THEN
            PERFORM wbo_rule.refuse('WB422', 'invariant_broken', '{"rule": "credit:again"}');
        END IF;
        RETURN NEW;
    END IF;
    SELECT * INTO found FROM wbo_data.chain_transfer WHERE id = NEW.transfer_id;
    SELECT * INTO coin FROM wbo_data.cryptocurrency WHERE id = NEW.coin_id;
    SELECT * INTO mark FROM wbo_data.checkpoint WHERE network = NEW.network;
    SELECT wbo_rule.settled_by(n.finality, mark.number, mark.finalized_number) INTO settled FROM wbo_data.network n
        WHERE n.name = NEW.network;
    broken := CASE
        WHEN found.id IS NULL THEN 'credit:transfer'
        WHEN NOT found.canonical THEN 'credit:canonical'
        WHEN found.network <> NEW.network THEN 'credit:network'
        WHEN found.coin_id <> NEW.coin_id THEN 'credit:coin'
        WHEN found.purpose <> 'deposit' THEN 'credit:purpose'
        WHEN coalesce(wbo_rule.holder_of(found), NEW.record_no) <> NEW.record_no THEN 'credit:held'
        WHEN NOT EXISTS (SELECT FROM wbo_data.custodial_account a
                         WHERE a.id = found.custodial_id AND a.client_no = NEW.client_no) THEN 'credit:target'
        WHEN NOT EXISTS (SELECT FROM wbo_data.wallet_address w
                         WHERE w.client_no = NEW.client_no AND w.network = NEW.network AND w.address = found.sender
                           AND w.status = 'verified') THEN 'credit:sender'
        WHEN NOT NEW.accepted AND NOT wbo_rule.is_enough(found.amount_base, coin.minimum_base) THEN 'credit:minimum'
        WHEN NOT NEW.accepted AND NOT wbo_rule.fits_claim(found.amount_base, NEW.claimed_base, coin.credit_tolerance)
            THEN 'credit:amount'
        WHEN NOT NEW.accepted AND gap > interval '0' AND NOT EXISTS (
             SELECT FROM wbo_data.block b WHERE b.network = found.network AND b.hash = found.block_hash
               AND wbo_rule.is_timely(b.mined_at, NEW.created_at, gap)) THEN 'credit:late'
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
-- An operator accepted this transfer; another one, or another amount, is judged by the rules again.
CREATE FUNCTION wbo_rule.end_acceptance() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    NEW.accepted := EXISTS (SELECT FROM wbo_data.chain_transfer was, wbo_data.chain_transfer now_at
                            WHERE was.id = OLD.transfer_id AND now_at.id = NEW.transfer_id
                              AND wbo_rule.is_same_money(was, now_at));
    RETURN NEW;
END
$$;
CREATE TRIGGER c_end_acceptance BEFORE UPDATE ON wbo_data.deposit
    FOR EACH ROW WHEN (NEW.accepted AND NEW.transfer_id IS DISTINCT FROM OLD.transfer_id)
    EXECUTE FUNCTION wbo_rule.end_acceptance();

CREATE TRIGGER d_guard_credit BEFORE INSERT OR UPDATE OF status, transfer_id, credited_base,
    confirm_height ON wbo_data.deposit
    FOR EACH ROW WHEN (NEW.status IN ('processing', 'success')) EXECUTE FUNCTION wbo_rule.guard_credit();

-- What was credited stays credited while a refund rests on it: its amount and its transfer are what the refund may not
-- exceed. Only into another block may the record follow the same transfer.
CREATE FUNCTION wbo_rule.keep_credit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    IF NEW.credited_base IS DISTINCT FROM OLD.credited_base OR NOT EXISTS (
        SELECT FROM wbo_data.chain_transfer was, wbo_data.chain_transfer now_at
        WHERE was.id = OLD.transfer_id AND NOT was.canonical AND now_at.id = NEW.transfer_id AND now_at.canonical
          AND wbo_rule.is_same_money(was, now_at)
    ) THEN
        PERFORM wbo_rule.refuse('WB422', 'invariant_broken', '{"rule": "credit:kept"}');
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER d_keep_credit BEFORE UPDATE OF credited_base, transfer_id, coin_id ON wbo_data.deposit
    FOR EACH ROW WHEN (OLD.status IN ('refunding', 'refunded', 'refund_failed')
        AND (OLD.credited_base, OLD.transfer_id) IS DISTINCT FROM (NEW.credited_base, NEW.transfer_id))
    EXECUTE FUNCTION wbo_rule.keep_credit();

-- A wallet's proof by micro-payment is a canonical transfer from it, of the amount that was asked for, in a transaction
-- that the wallet itself signed, in a coin that is open for deposits.
CREATE FUNCTION wbo_rule.guard_wallet() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    other text;
BEGIN
    IF NEW.method = 'micro_payment' AND NOT EXISTS (
        SELECT FROM wbo_data.chain_transfer t JOIN wbo_data.cryptocurrency k ON k.id = t.coin_id
        WHERE t.id = NEW.transfer_id AND t.canonical AND t.network = NEW.network AND t.sender = NEW.address
          AND t.tx_sender = NEW.address AND t.recipient = NEW.micro_target AND t.coin_id = NEW.micro_coin_id
          AND t.amount_base = NEW.micro_amount_base AND k.deposit_enabled
          AND wbo_rule.holder_of(t) = 'wallet_verification'
          AND coalesce((wbo_rule.holder(t)).wallet_id, NEW.id) = NEW.id
    ) THEN
        PERFORM wbo_rule.refuse('WB422', 'invariant_broken', '{"rule": "wallet:micro_payment"}');
    ELSIF NEW.method = 'message_signature' AND (NEW.challenge IS NULL OR NEW.signature IS NULL) THEN
        PERFORM wbo_rule.refuse('WB422', 'invariant_broken', '{"rule": "wallet:signature"}');
    END IF;
    other := wbo_rule.other_owner(NEW);
    IF other IS NOT NULL THEN
        PERFORM wbo_rule.refuse('WB422', 'wallet_of_other_client',
                                jsonb_build_object('address', NEW.address, 'client_no', other));
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

-- Refunds -------------------------------------------------------------------------------------------------------------

-- Whether a refund may be asked for, its number aside.
CREATE FUNCTION wbo_rule.check_refund(refund wbo_data.refund) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    record wbo_data.deposit;
BEGIN
    SELECT * INTO record FROM wbo_data.deposit WHERE record_no = refund.record_no;
    IF record.status NOT IN ('success', 'refund_failed') OR record.alarm THEN
        PERFORM wbo_rule.refuse_status('deposit', refund.record_no, record.status, 'refunding');
    ELSIF refund.client_no <> record.client_no OR refund.coin_id <> record.coin_id
        OR refund.network <> record.network THEN
        PERFORM wbo_rule.refuse('WB422', 'invariant_broken', '{"rule": "refund:record"}');
    ELSIF refund.amount_base < 1 THEN
        PERFORM wbo_rule.refuse('WB422', 'refund_below_one', jsonb_build_object('amount', refund.amount_base::text));
    ELSIF refund.amount_base > record.credited_base THEN
        PERFORM wbo_rule.refuse('WB422', 'refund_exceeds_credited', (
            SELECT jsonb_build_object('amount', wbo_rule.to_units(refund.amount_base, decimals)::text,
                                      'limit', wbo_rule.to_units(record.credited_base, decimals)::text)
            FROM wbo_data.cryptocurrency WHERE id = refund.coin_id));
    ELSIF refund.amount_base < record.credited_base AND wbo_rule.is_blank(refund.adjust_reason) THEN
        PERFORM wbo_rule.refuse('WB422', 'adjust_reason_missing', (
            SELECT jsonb_build_object('amount', wbo_rule.to_units(refund.amount_base, decimals)::text,
                                      'limit', wbo_rule.to_units(record.credited_base, decimals)::text)
            FROM wbo_data.cryptocurrency WHERE id = refund.coin_id));
    ELSIF wbo_rule.is_blank(refund.remark) THEN
        PERFORM wbo_rule.refuse('WB400', 'remark_blank', '{"field": "remark"}');
    END IF;
    PERFORM wbo_rule.require_refund_wallet(refund);
    PERFORM wbo_rule.require_acknowledgement(refund);
END
$$;

CREATE FUNCTION wbo_rule.guard_refund_request() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    PERFORM wbo_rule.check_refund(NEW);
    IF NEW.intent <> wbo_rule.refund_intent(NEW)
        OR NEW.intent_hash <> encode(sha256(convert_to(NEW.intent, 'UTF8')), 'hex') THEN
        PERFORM wbo_rule.refuse('WB422', 'intent_mismatch', jsonb_build_object('refund_no', NEW.refund_no));
    END IF;
    NEW.requested_hand := wbo_rule.hand(NEW.requested_by);
    RETURN NEW;
END
$$;

-- Why coins sent to a wallet may never reach the client, as far as is known: the first risk that applies.
CREATE FUNCTION wbo_rule.receiver_risk(wallet wbo_data.wallet_address) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT r.risk FROM wbo_data.receiver_risk r
    WHERE CASE r.known_by
        WHEN 'known_address' THEN EXISTS (SELECT FROM wbo_data.known_address i
            WHERE i.network = wallet.network AND i.address = wallet.address AND i.label IS NOT NULL)
        WHEN 'code' THEN wallet.is_contract
    END
    ORDER BY r.place LIMIT 1
$$;

CREATE FUNCTION wbo_rule.require_acknowledgement(refund wbo_data.refund) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    risk text;
BEGIN
    SELECT wbo_rule.receiver_risk(w) INTO risk FROM wbo_data.wallet_address w WHERE w.id = refund.wallet_id;
    IF risk IS DISTINCT FROM refund.receiver_acknowledged THEN
        PERFORM wbo_rule.refuse('WB422', 'receiver_not_acknowledged',
            jsonb_build_object('address', refund.address, 'risk', risk));
    END IF;
END
$$;

-- The canonical text of what is agreed to; domain/refund.py writes the same.
CREATE FUNCTION wbo_rule.refund_intent(refund wbo_data.refund) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT concat_ws(E'\n', 'wbo-refund-intent-v1',
        'refund_no=' || refund.refund_no, 'record_no=' || refund.record_no, 'chain_id=' || n.chain_id,
        'token=' || coalesce(lower(c.contract), 'native'), 'address=' || lower(refund.address),
            'amount=' || refund.amount_base)
    FROM wbo_data.cryptocurrency c JOIN wbo_data.network n ON n.name = c.network WHERE c.id = refund.coin_id
$$;

-- The refund's address is, now, a verified wallet of that client on that network, and not one verified a moment ago.
CREATE FUNCTION wbo_rule.require_refund_wallet(refund wbo_data.refund) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    wallet wbo_data.wallet_address;
    cools_until timestamptz;
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
    SELECT wbo_rule.cools_until(wallet.verified_at, wallet.added_hand, k.cooling_off_hours) INTO cools_until
    FROM wbo_data.cryptocurrency k WHERE k.id = refund.coin_id;
    IF cools_until > clock_timestamp() THEN
        PERFORM wbo_rule.refuse('WB422', 'wallet_cooling_off', jsonb_build_object(
            'address', refund.address, 'until', to_jsonb(cools_until)));
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
    WHERE a.refund_no = NEW.refund_no AND a.login <> NEW.requested_by AND a.intent_hash = NEW.intent_hash
      AND NOT a.hand && NEW.requested_hand;
    IF NEW.status IN ('approved', 'executing', 'signed') THEN
        IF approvals < NEW.approvals_needed THEN
            PERFORM wbo_rule.refuse('WB422', 'invariant_broken', '{"rule": "refund:approvals"}');
        END IF;
        PERFORM wbo_rule.require_refund_wallet(NEW);
        SELECT d.status = 'refunding' AND NOT d.alarm INTO backed FROM wbo_data.deposit d
            WHERE d.record_no = NEW.record_no;
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

CREATE FUNCTION wbo_rule.guard_approval() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    refund wbo_data.refund;
BEGIN
    SELECT * INTO refund FROM wbo_data.refund WHERE refund_no = NEW.refund_no;
    IF refund.requested_by = NEW.login THEN
        PERFORM wbo_rule.refuse('WB403', 'approver_is_requester', jsonb_build_object('login', NEW.login));
    ELSIF refund.intent_hash <> NEW.intent_hash THEN
        PERFORM wbo_rule.refuse('WB422', 'intent_mismatch', jsonb_build_object('refund_no', NEW.refund_no));
    END IF;
    PERFORM wbo_rule.require_other_hand(refund.requested_by, refund.requested_hand, NEW.login);
    PERFORM wbo_rule.require_other_hand(a.login, a.hand, NEW.login)
    FROM wbo_data.refund_approval a WHERE a.refund_no = NEW.refund_no;
    NEW.hand := wbo_rule.hand(NEW.login);
    RETURN NEW;
END
$$;
CREATE TRIGGER d_guard_approval BEFORE INSERT ON wbo_data.refund_approval
    FOR EACH ROW EXECUTE FUNCTION wbo_rule.guard_approval();
