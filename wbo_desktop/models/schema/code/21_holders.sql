-- What a transfer serves, for ever: one record, or the proof of one wallet, whichever block its transaction is in.

-- Where a transfer stands in its transaction; for one stored before that was kept, in its block.
CREATE FUNCTION wbo_rule.place_of(transfer wbo_data.chain_transfer) RETURNS integer
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT coalesce(transfer.position, transfer.log_index)
$$;

CREATE FUNCTION wbo_rule.holder(transfer wbo_data.chain_transfer) RETURNS wbo_data.transfer_holder
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT h FROM wbo_data.transfer_holder h
    WHERE h.network = transfer.network AND h.txid = transfer.txid AND h.coin_id = transfer.coin_id
      AND h.custodial_id = transfer.custodial_id AND h.position = wbo_rule.place_of(transfer)
$$;

-- The number of the record that the transfer serves, or 'wallet_verification'; NULL while it is free. A credit whose
-- block was replaced keeps what its transaction paid to that account from everybody else until it is found again:
-- executed anew, a transaction may pay another amount at another place.
CREATE FUNCTION wbo_rule.holder_of(transfer wbo_data.chain_transfer) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT CASE WHEN h.position = wbo_rule.place_of(transfer) THEN coalesce(h.record_no, 'wallet_verification')
                ELSE h.record_no END
    FROM wbo_data.transfer_holder h
    WHERE h.network = transfer.network AND h.txid = transfer.txid AND h.coin_id = transfer.coin_id
      AND h.custodial_id = transfer.custodial_id
      AND (h.position = wbo_rule.place_of(transfer) OR (h.credited AND NOT EXISTS (
            SELECT FROM wbo_data.deposit d JOIN wbo_data.chain_transfer x ON x.id = d.transfer_id
            WHERE d.record_no = h.record_no AND x.network = h.network AND x.txid = h.txid AND x.canonical)))
    ORDER BY h.position = wbo_rule.place_of(transfer) DESC, h.position LIMIT 1
$$;

-- What a record points at is its own from then on; let go of, it is free again unless it was credited.
CREATE FUNCTION wbo_rule.hold_for_record() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    held wbo_data.chain_transfer;
    holder wbo_data.transfer_holder;
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.transfer_id IS DISTINCT FROM NEW.transfer_id THEN
        DELETE FROM wbo_data.transfer_holder h USING wbo_data.chain_transfer x
        WHERE x.id = OLD.transfer_id AND h.network = x.network AND h.txid = x.txid AND h.coin_id = x.coin_id
          AND h.custodial_id = x.custodial_id AND h.position = wbo_rule.place_of(x)
          AND h.record_no = OLD.record_no AND NOT h.credited;
    END IF;
    IF NEW.transfer_id IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT * INTO held FROM wbo_data.chain_transfer WHERE id = NEW.transfer_id;
    INSERT INTO wbo_data.transfer_holder (network, txid, coin_id, custodial_id, position, record_no)
    VALUES (held.network, held.txid, held.coin_id, held.custodial_id, wbo_rule.place_of(held), NEW.record_no)
    ON CONFLICT DO NOTHING;
    -- Somebody else's, perhaps since a moment ago: the insertion waited for that.
    holder := wbo_rule.holder(held);
    IF holder.record_no IS DISTINCT FROM NEW.record_no THEN
        PERFORM wbo_rule.refuse('WB422', 'invariant_broken', '{"rule": "transfer:held"}');
    ELSIF NEW.status = 'success' AND NOT holder.credited THEN
        UPDATE wbo_data.transfer_holder h SET credited = true
        WHERE h.network = holder.network AND h.txid = holder.txid AND h.coin_id = holder.coin_id
          AND h.custodial_id = holder.custodial_id AND h.position = holder.position;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER f_hold_transfer AFTER INSERT OR UPDATE OF transfer_id, status ON wbo_data.deposit
    FOR EACH ROW EXECUTE FUNCTION wbo_rule.hold_for_record();

-- A micro-payment proves a wallet and nothing else, also when it is seen again after the wallet was given up.
CREATE FUNCTION wbo_rule.hold_for_wallet() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    INSERT INTO wbo_data.transfer_holder (network, txid, coin_id, custodial_id, position)
    VALUES (NEW.network, NEW.txid, NEW.coin_id, NEW.custodial_id, wbo_rule.place_of(NEW)) ON CONFLICT DO NOTHING;
    IF (wbo_rule.holder(NEW)).record_no IS NOT NULL THEN
        PERFORM wbo_rule.refuse('WB422', 'invariant_broken', '{"rule": "transfer:held"}');
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER f_hold_transfer AFTER INSERT OR UPDATE OF purpose ON wbo_data.chain_transfer
    FOR EACH ROW WHEN (NEW.purpose = 'wallet_verification') EXECUTE FUNCTION wbo_rule.hold_for_wallet();

CREATE TRIGGER c_keep BEFORE UPDATE ON wbo_data.transfer_holder FOR EACH ROW EXECUTE FUNCTION wbo_rule.keep(
    'network', 'txid', 'coin_id', 'custodial_id', 'position', 'record_no', 'wallet_id');

CREATE FUNCTION wbo_rule.keep_holder() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    PERFORM wbo_rule.refuse('WB422', 'invariant_broken', '{"rule": "transfer:kept"}');
    RETURN NULL;
END
$$;
-- A wallet's proof is never let go of either, and never becomes a record's.
CREATE TRIGGER d_keep_holder BEFORE DELETE ON wbo_data.transfer_holder
    FOR EACH ROW WHEN (OLD.credited OR OLD.record_no IS NULL) EXECUTE FUNCTION wbo_rule.keep_holder();
CREATE TRIGGER d_keep_credited BEFORE UPDATE ON wbo_data.transfer_holder
    FOR EACH ROW WHEN ((OLD.credited AND NOT NEW.credited) OR OLD.record_no IS DISTINCT FROM NEW.record_no)
    EXECUTE FUNCTION wbo_rule.keep_holder();

CREATE TRIGGER z_no_truncate BEFORE TRUNCATE ON wbo_data.transfer_holder
    FOR EACH STATEMENT EXECUTE FUNCTION wbo_rule.refuse_change();

-- The same money in another block: everything but the block and the place in it.
CREATE FUNCTION wbo_rule.is_same_money(one wbo_data.chain_transfer, other wbo_data.chain_transfer) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT (one.network, one.txid, one.coin_id, one.custodial_id, one.sender, one.recipient, one.amount_base) =
           (other.network, other.txid, other.coin_id, other.custodial_id, other.sender, other.recipient,
            other.amount_base)
$$;

-- Credited records whose block was replaced follow their transfer into the block that has it now. What that means for
-- their alarm is decided when the new block is final, see wbo_rule.apply_credit.
CREATE FUNCTION wbo_rule.follow_transfers(stored bigint[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    lost wbo_data.deposit;
    was wbo_data.chain_transfer;
    found_again bigint;
BEGIN
    FOR lost IN
        SELECT d.* FROM wbo_data.deposit d
        WHERE d.alarm AND d.status IN ('abnormal', 'refunding', 'refunded', 'refund_failed') AND d.record_no IN (
            SELECT h.record_no FROM wbo_data.chain_transfer t
            JOIN wbo_data.transfer_holder h ON h.network = t.network AND h.txid = t.txid AND h.credited
            WHERE t.id = ANY (stored))
        ORDER BY d.record_no FOR NO KEY UPDATE OF d
    LOOP
        SELECT * INTO was FROM wbo_data.chain_transfer t WHERE t.id = lost.transfer_id;
        CONTINUE WHEN was.canonical AND was.id <> ALL (stored);
        SELECT t.id INTO found_again FROM wbo_data.chain_transfer t
        WHERE t.id = ANY (stored) AND t.canonical AND wbo_rule.is_same_money(t, was)
          AND coalesce((wbo_rule.holder(t)).record_no, lost.record_no) = lost.record_no
        ORDER BY t.id <> was.id, wbo_rule.place_of(t) <> wbo_rule.place_of(was), wbo_rule.place_of(t) LIMIT 1;
        UPDATE wbo_data.deposit d SET transfer_id = found_again,
            confirm_height = wbo_rule.confirm_height(found_again, d.required_confirmations)
        WHERE d.record_no = lost.record_no AND found_again IS NOT NULL;
    END LOOP;
END
$$;
