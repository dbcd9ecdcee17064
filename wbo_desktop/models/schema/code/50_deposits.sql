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
                WHERE network = on_network AND client_no IS NULL AND deleted_at IS NULL AND confirmed_at IS NOT NULL
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
    SELECT c.client_no INTO who FROM wbo_data.client c
        WHERE c.securities_account = btrim(deposit_address.securities_account);
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
    SELECT * INTO who FROM wbo_data.client c
        WHERE c.securities_account = btrim(submit_deposit_application.securities_account);
    IF NOT FOUND THEN
        PERFORM wbo_rule.refuse_unknown('client',
            left(coalesce(submit_deposit_application.securities_account, ''), 80));
    END IF;
    SELECT * INTO what FROM wbo_data.cryptocurrency k
    WHERE k.code = btrim(submit_deposit_application.coin) AND k.network = btrim(submit_deposit_application.network);
    IF NOT FOUND THEN
        PERFORM wbo_rule.refuse_unknown('cryptocurrency',
            left(concat_ws(' ', submit_deposit_application.coin, submit_deposit_application.network), 80));
    END IF;
    base := wbo_rule.to_positive_base('amount', submit_deposit_application.amount, what.decimals);
    IF submit_deposit_application.txid IS NOT NULL THEN
        claimed_txid := wbo_rule.require_txid(submit_deposit_application.txid);
    END IF;
    IF wbo_rule.is_blank(submit_deposit_application.source_address) THEN
        PERFORM wbo_rule.refuse('WB400', 'value_missing', '{"field": "source_address"}');
    ELSIF wbo_rule.is_blank(submit_deposit_application.target_address) THEN
        PERFORM wbo_rule.refuse('WB400', 'value_missing', '{"field": "target_address"}');
    ELSIF length(submit_deposit_application.source_address) > 128
        OR length(submit_deposit_application.target_address) > 128 THEN
        PERFORM wbo_rule.refuse('WB400', 'value_too_long', '{"field": "address", "limit": 128}');
    ELSIF submit_deposit_application.requested_at IS NULL THEN
        PERFORM wbo_rule.refuse('WB400', 'value_missing', '{"field": "requested_at"}');
    ELSIF submit_deposit_application.requested_at NOT BETWEEN '2009-01-03Z' AND now() + interval '1 day' THEN
        -- A time that no client can have pressed the button at; programs that read it back may not even be able to hold
        -- it.
        PERFORM wbo_rule.refuse('WB400', 'value_invalid', jsonb_build_object(
            'field', 'requested_at', 'value', left(submit_deposit_application.requested_at::text, 80)));
    END IF;
    source := wbo_rule.read_address(submit_deposit_application.source_address);
    target := wbo_rule.read_address(submit_deposit_application.target_address);

    -- The same serial again is the same request; with other contents it is a mistake of the client side.
    INSERT INTO wbo_data.deposit_application
        AS a (external_serial, client_no, coin_id, amount_base, source_address, target_address, txid, requested_at)
    VALUES (serial, who.client_no, what.id, base, coalesce(source, submit_deposit_application.source_address),
            coalesce(target, submit_deposit_application.target_address), claimed_txid,
                submit_deposit_application.requested_at)
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        SELECT * INTO before FROM wbo_data.deposit_application a WHERE a.external_serial = serial;
        IF (before.client_no, before.coin_id, before.amount_base, before.source_address, before.target_address)
           IS DISTINCT FROM (who.client_no, what.id, base::wbo_data.base_units,
           coalesce(source, submit_deposit_application.source_address),
                             coalesce(target, submit_deposit_application.target_address))
           OR (claimed_txid IS NOT NULL AND claimed_txid IS DISTINCT FROM before.txid) THEN
            PERFORM wbo_rule.refuse('WB409', 'serial_reused', jsonb_build_object('external_serial', serial));
        END IF;
        SELECT d.record_no, d.status, d.reason INTO record_no, status, reason FROM wbo_data.deposit d
            WHERE d.external_serial = serial;
        RETURN;
    END IF;
    IF NOT what.deposit_enabled THEN
        PERFORM wbo_rule.refuse('WB422', 'deposit_disabled',
            jsonb_build_object('coin', what.code, 'network', what.network));
    END IF;

    SELECT a.client_no INTO target_client FROM wbo_data.custodial_account a
    WHERE a.network = what.network AND a.address = target AND a.deleted_at IS NULL AND a.confirmed_at IS NOT NULL;
    fault := CASE
        WHEN source IS NULL OR target IS NULL THEN 'invalid_address'
        WHEN NOT FOUND THEN 'not_our_address'
        WHEN target_client <> who.client_no THEN 'other_clients_account'
    END;
    IF fault IS NULL AND target_client IS NULL
       AND wbo_rule.assign_custodial_account(who.client_no, what.network) <> target THEN
        -- The client already has an account of ours, and this free one is not it.
        fault := 'not_our_address';
    END IF;

    -- Nothing refuses any more.
    record_no := wbo_rule.next_number('DP', 'wbo_data.deposit_no');
    INSERT INTO wbo_data.deposit (record_no, external_serial, client_no, coin_id, network, claimed_base,
        source_address, target_address, txid, required_confirmations, reason)
    VALUES (record_no, serial, who.client_no, what.id, what.network, base,
        coalesce(source, submit_deposit_application.source_address),
            coalesce(target, submit_deposit_application.target_address), claimed_txid, what.confirmations,
                'transfer_not_seen');
    IF fault IS NOT NULL THEN
        UPDATE wbo_data.deposit d SET status = 'abnormal', reason = fault
            WHERE d.record_no = submit_deposit_application.record_no;
    ELSE
        INSERT INTO wbo_data.wallet_address (client_no, network, address) VALUES (who.client_no, what.network, source)
        ON CONFLICT DO NOTHING;
        PERFORM wbo_rule.want_check(record_no, what.network);
    END IF;
    SELECT d.status, d.reason INTO status, reason FROM wbo_data.deposit d
        WHERE d.record_no = submit_deposit_application.record_no;
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
    SELECT * INTO record FROM wbo_data.deposit d WHERE d.external_serial = btrim(attach_txid.external_serial)
        FOR NO KEY UPDATE;
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
    SELECT d.record_no, d.status, d.reason INTO record_no, status, reason FROM wbo_data.deposit d
        WHERE d.record_no = record.record_no;
END
$$;

CREATE FUNCTION wbo.delete_application(external_serial text, remark text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    why text := wbo_rule.require_text('remark', delete_application.remark, 500);
    record wbo_data.deposit;
BEGIN
    PERFORM wbo_rule.begin_operator_act('delete_application', why);
    SELECT * INTO record FROM wbo_data.deposit d WHERE d.external_serial = delete_application.external_serial
        FOR NO KEY UPDATE;
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
    JOIN wbo_data.deposit d ON d.network = gone.network AND d.target_address = gone.target_address
        AND d.record_no <> gone.record_no
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

-- What is on chain for a record that waits: the transfer it was judged by, what its TXID paid to its account, or, of
-- one that names no TXID, what its source paid there in its coin and no other record has. The oldest of several.
CREATE FUNCTION wbo_rule.transfer_for(record wbo_data.deposit) RETURNS wbo_data.chain_transfer
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT t FROM wbo_data.chain_transfer t
    WHERE t.id IN (
            SELECT x.id FROM wbo_data.chain_transfer x WHERE x.id = record.transfer_id
            UNION
            SELECT x.id FROM wbo_data.chain_transfer x
            WHERE x.network = record.network AND x.recipient = record.target_address
              AND CASE WHEN record.txid IS NOT NULL THEN x.txid = record.txid
                       ELSE x.sender = record.source_address AND x.coin_id = record.coin_id END)
      AND t.canonical AND t.purpose = 'deposit' AND coalesce(wbo_rule.holder_of(t), record.record_no) = record.record_no
    ORDER BY t.id = record.transfer_id DESC NULLS LAST, t.block_number, t.log_index LIMIT 1
$$;

-- Only while nothing moved: money that is on chain would be left without a record.
CREATE FUNCTION wbo_rule.refuse_on_chain(record wbo_data.deposit) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    there wbo_data.chain_transfer := wbo_rule.transfer_for(record);
BEGIN
    IF there.id IS NOT NULL THEN
        PERFORM wbo_rule.refuse('WB422', 'transfer_on_chain', (
            SELECT jsonb_build_object('amount', wbo_rule.to_units(there.amount_base, k.decimals)::text, 'coin', k.code,
                                      'txid', there.txid,
                                      'confirmations', greatest(1, c.head_number - there.block_number + 1))
            FROM wbo_data.cryptocurrency k JOIN wbo_data.checkpoint c ON c.network = k.network
                WHERE k.id = there.coin_id));
    END IF;
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
    PERFORM wbo_rule.refuse_on_chain(record);
    UPDATE wbo_data.deposit d SET status = 'cancelled', transfer_id = NULL, remark = why
        WHERE d.record_no = record.record_no;
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
    IF record.status <> 'abnormal' OR record.paid_out THEN
        PERFORM wbo_rule.refuse_status('deposit', record.record_no, record.status, 'pending_auth');
    END IF;
    UPDATE wbo_data.deposit d
    SET status = 'pending_auth', reason = 'transfer_not_seen', transfer_id = NULL, confirm_height = NULL,
        credited_base = NULL,
        credited_at = NULL, alarm = false
    WHERE d.record_no = record.record_no;
    PERFORM wbo_rule.want_check(record.record_no, record.network);
END
$$;

-- Only for an acceptable reason, one of amount or time; guard_credit holds the rest for every writer.
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
    ELSIF record.transfer_id IS NULL OR NOT EXISTS (
        SELECT FROM wbo_data.deposit_reason r WHERE r.reason = record.reason AND r.acceptable) THEN
        PERFORM wbo_rule.refuse('WB422', 'fault_not_acceptable', jsonb_build_object('reason', record.reason));
    END IF;
    UPDATE wbo_data.deposit d SET status = 'processing', accepted = true, remark = why, alarm = false,
        confirm_height = wbo_rule.confirm_height(d.transfer_id, d.required_confirmations)
    WHERE d.record_no = record.record_no;
END
$$;

-- The height from which a transfer is final on its network.
CREATE FUNCTION wbo_rule.confirm_height(transfer bigint, required integer) RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT wbo_rule.final_height(n.finality, t.block_number, required)
    FROM wbo_data.chain_transfer t JOIN wbo_data.network n ON n.name = t.network WHERE t.id = transfer
$$;
