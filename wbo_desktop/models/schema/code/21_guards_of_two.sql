-- Guards of what takes two people on the way of money: accounts that clients are given, wallets that refunds go to.
-- The actor is the session's login, and the hands of two that have to be different are those at the time of their
-- acts.

CREATE FUNCTION wbo_rule.is_operator(who text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT EXISTS (SELECT FROM wbo_data.operator o WHERE o.login = who)
$$;

-- Whether a hand (as it was kept) is the reader's own: the desktop then offers no act that needs another one.
CREATE FUNCTION wbo_rule.is_my_hand(kept text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT coalesce(kept && wbo_rule.hand(session_user), false)
$$;

-- Custodial accounts --------------------------------------------------------------------------------------------------

-- What an operator imports is assigned to no client until another hand has confirmed it. What the owner writes is the
-- owner's word.
CREATE FUNCTION wbo_rule.guard_account() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF wbo_rule.is_operator(session_user) THEN
            NEW.confirmed_at := NULL;
        ELSE
            NEW.confirmed_at := coalesce(NEW.confirmed_at, now());
        END IF;
    ELSIF OLD.confirmed_at IS NULL AND NEW.confirmed_at IS NOT NULL AND NOT EXISTS (
        SELECT FROM wbo_data.custodial_import i WHERE i.id = NEW.import_id AND i.state = 'confirmed') THEN
        PERFORM wbo_rule.refuse('WB422', 'invariant_broken', '{"rule": "account:confirmed"}');
    ELSIF OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL AND OLD.confirmed_at IS NOT NULL THEN
        IF OLD.delete_asked_hand IS NULL THEN
            PERFORM wbo_rule.refuse('WB422', 'invariant_broken', '{"rule": "account:deleted"}');
        END IF;
        PERFORM wbo_rule.require_other_hand(OLD.delete_asked_by, OLD.delete_asked_hand, session_user);
        NEW.deleted_hand := wbo_rule.hand(session_user);
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER d_guard_account BEFORE INSERT OR UPDATE OF confirmed_at, deleted_at ON wbo_data.custodial_account
    FOR EACH ROW EXECUTE FUNCTION wbo_rule.guard_account();
CREATE TRIGGER c_keep_two BEFORE UPDATE ON wbo_data.custodial_account FOR EACH ROW EXECUTE FUNCTION wbo_rule.keep(
    'import_id', 'confirmed_at', 'deleted_by', 'deleted_hand');

CREATE FUNCTION wbo_rule.guard_import() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.state := 'waiting';
        NEW.imported_hand := wbo_rule.hand(session_user);
        RETURN NEW;
    ELSIF OLD.state <> 'waiting' THEN
        PERFORM wbo_rule.refuse_status('custodial_import', OLD.id::text, OLD.state, NEW.state);
    ELSIF NEW.state = 'confirmed' THEN
        PERFORM wbo_rule.require_other_hand(OLD.imported_by, OLD.imported_hand, session_user);
    END IF;
    NEW.decided_by := session_user;
    NEW.decided_hand := wbo_rule.hand(session_user);
    NEW.decided_at := clock_timestamp();
    RETURN NEW;
END
$$;
CREATE TRIGGER d_guard_import BEFORE INSERT OR UPDATE ON wbo_data.custodial_import
    FOR EACH ROW EXECUTE FUNCTION wbo_rule.guard_import();
CREATE TRIGGER c_keep BEFORE UPDATE ON wbo_data.custodial_import FOR EACH ROW EXECUTE FUNCTION wbo_rule.keep(
    'imported_by', 'imported_hand', 'imported_at');

-- Wallets -------------------------------------------------------------------------------------------------------------

-- Who added a wallet: an operator's whole hand; empty for the client side.
CREATE FUNCTION wbo_rule.guard_added() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    NEW.added_hand := CASE WHEN wbo_rule.is_operator(session_user) THEN wbo_rule.hand(session_user) ELSE '{}' END;
    IF NEW.shared_override THEN
        PERFORM wbo_rule.refuse('WB422', 'invariant_broken', '{"rule": "wallet:shared"}');
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER d_guard_added BEFORE INSERT ON wbo_data.wallet_address
    FOR EACH ROW EXECUTE FUNCTION wbo_rule.guard_added();
CREATE TRIGGER c_keep_hand BEFORE UPDATE OF added_hand ON wbo_data.wallet_address
    FOR EACH ROW WHEN (OLD.added_hand <> NEW.added_hand) EXECUTE FUNCTION wbo_rule.refuse_change();

-- An address is shared with the one client that was named when it was asked for, and by two hands.
CREATE FUNCTION wbo_rule.guard_shared() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    IF OLD.shared_asked_hand IS NULL OR NEW.shared_with IS DISTINCT FROM OLD.shared_asked_with THEN
        PERFORM wbo_rule.refuse('WB422', 'invariant_broken', '{"rule": "wallet:shared"}');
    END IF;
    PERFORM wbo_rule.require_other_hand(OLD.shared_asked_by, OLD.shared_asked_hand, session_user);
    NEW.shared_agreed_by := session_user;
    NEW.shared_agreed_hand := wbo_rule.hand(session_user);
    NEW.shared_agreed_at := clock_timestamp();
    RETURN NEW;
END
$$;
CREATE TRIGGER d_guard_shared BEFORE UPDATE OF shared_override, shared_with ON wbo_data.wallet_address
    FOR EACH ROW WHEN (NEW.shared_override
        AND (NOT OLD.shared_override OR NEW.shared_with IS DISTINCT FROM OLD.shared_with))
    EXECUTE FUNCTION wbo_rule.guard_shared();

-- Another client for whom this address is verified, and with whom no operator agreed that it is shared.
CREATE FUNCTION wbo_rule.other_owner(wallet wbo_data.wallet_address) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT w.client_no FROM wbo_data.wallet_address w
    WHERE w.network = wallet.network AND w.address = wallet.address AND w.client_no <> wallet.client_no
        AND w.status = 'verified'
      AND NOT (wallet.shared_override AND w.client_no IS NOT DISTINCT FROM wallet.shared_with)
    LIMIT 1
$$;

-- Until when a wallet receives no refund: a wallet that the desk itself added is not its client's word, and the
-- operator who added it may be found out while it cools off. A coin may ask for longer, and of every wallet.
CREATE FUNCTION wbo_rule.cools_until(verified_at timestamptz, added_hand text[], coin_hours integer) RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT verified_at + make_interval(hours => greatest(coin_hours, CASE WHEN added_hand <> '{}' THEN
        wbo_rule.policy_number('wallet_cooling_off_hours') ELSE 0 END))
$$;

-- Two people stand behind every payment. Where no approval is needed, the wallet has to be somebody else's work than
-- the request: who added it, began its verification or handed in its signature is then another hand than who asks for
-- the refund.
CREATE FUNCTION wbo_rule.guard_refund_hands() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    wallet wbo_data.wallet_address;
    shared text;
BEGIN
    IF EXISTS (SELECT FROM wbo_data.refund_approval a WHERE a.refund_no = NEW.refund_no) THEN
        RETURN NEW;
    END IF;
    SELECT * INTO wallet FROM wbo_data.wallet_address w WHERE w.id = NEW.wallet_id;
    SELECT h.login INTO shared FROM unnest(wallet.added_hand || wallet.begun_hand) AS h (login)
    WHERE h.login = ANY (NEW.requested_hand || wbo_rule.hand(NEW.requested_by)) ORDER BY h.login LIMIT 1;
    IF FOUND THEN
        PERFORM wbo_rule.refuse('WB403', 'wallet_of_own_hand', jsonb_build_object(
            'address', NEW.address, 'login', NEW.requested_by, 'common', shared));
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER d_guard_refund_hands BEFORE UPDATE OF status ON wbo_data.refund
    FOR EACH ROW WHEN (OLD.status <> NEW.status AND NEW.status IN ('approved', 'executing', 'signed'))
    EXECUTE FUNCTION wbo_rule.guard_refund_hands();
