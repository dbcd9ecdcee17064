-- What needs an administrator of another hand: weaker rules, new ways for money, and logins that could move it. These
-- guards hold for every login of an operator, whichever function writes; the acts in 53 to 55 turn their
-- refusal into a request.

-- How many confirmations an amount needs, of a row of cryptocurrency as jsonb.
CREATE FUNCTION wbo_rule.confirmations_of(coin jsonb, amount_base numeric) RETURNS integer
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT greatest((coin ->> 'confirmations')::integer, max((s ->> 'confirmations')::integer))
    FROM jsonb_array_elements(coin -> 'confirmation_steps') AS s WHERE amount_base >= (s ->> 'from_base')::numeric
$$;

CREATE FUNCTION wbo_rule.needs_fewer_confirmations(was jsonb, becomes jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT bool_or(wbo_rule.confirmations_of(becomes, a.amount) < wbo_rule.confirmations_of(was, a.amount))
    FROM (SELECT 0::numeric UNION SELECT (s ->> 'from_base')::numeric
          FROM jsonb_array_elements((was -> 'confirmation_steps') || (becomes -> 'confirmation_steps')) AS s)
          AS a (amount)
$$;

-- Whether one rule is weaker afterwards; domain/desk_rules.py judges the same. What cannot be compared, such as a limit
-- that goes, is weaker.
CREATE FUNCTION wbo_rule.is_weaker(rule wbo_data.desk_rule, was text, becomes text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT coalesce(CASE
        WHEN rule.weaker = 'any' THEN was IS DISTINCT FROM becomes
        WHEN rule.weaker = 'rank' THEN array_position(rule.ranks, becomes) < array_position(rule.ranks, was)
        WHEN rule.unlimited = 'null' AND was IS NULL THEN false
        WHEN rule.unlimited = 'zero' AND 0 IN (was::numeric, becomes::numeric) THEN becomes::numeric = 0
            AND was::numeric <> 0
        WHEN rule.weaker = 'lower' THEN becomes::numeric < was::numeric
        ELSE becomes::numeric > was::numeric
    END, true)
$$;

-- The rules that a row of cryptocurrency or network makes weaker.
CREATE FUNCTION wbo_rule.weakened(kind text, was jsonb, becomes jsonb) RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT coalesce(array_agg(r.name ORDER BY r.name), '{}') FROM wbo_data.desk_rule r
    WHERE r.object_type = kind AND CASE r.name
        WHEN 'confirmation_steps' THEN wbo_rule.needs_fewer_confirmations(was, becomes)
        ELSE wbo_rule.is_weaker(r, was ->> r.name, becomes ->> r.name) END
$$;

-- Whether `permission` can move money, open a way for it, or make somebody who can. Everything but looking.
CREATE FUNCTION wbo_rule.is_power(permission text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT permission NOT LIKE '%\_inquiry' OR permission LIKE 'sys.%'
$$;

-- Whether a login holds such a permission, or is about to.
CREATE FUNCTION wbo_rule.holds_power(who text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT EXISTS (SELECT FROM wbo_data.permission_grant g
                   WHERE g.login = who AND g.state = 'granted' AND wbo_rule.is_power(g.permission_code))
        OR EXISTS (SELECT FROM wbo_data.change_request r
                   WHERE r.state = 'waiting' AND r.kind = 'grant_permission' AND split_part(r.object_id, ' ', 1) = who)
$$;

-- Whether an administrator of another hand agrees to just this, in this transaction: between its decision and its end a
-- request is granted and not applied yet, and only wbo.approve_request makes that moment.
CREATE FUNCTION wbo_rule.is_agreed(kinds text[], object text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT EXISTS (SELECT FROM wbo_data.change_request r
                   WHERE r.kind = ANY (kinds) AND r.object_id = object AND r.state = 'granted' AND r.applied_at IS NULL
                     AND r.decided_by = session_user AND r.decided_at = now())
$$;

-- Refuses unless agreed. The database's owner is not asked: it makes the desk, and is no operator.
CREATE FUNCTION wbo_rule.require_agreement(kinds text[], object text, what jsonb DEFAULT '[]') RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM wbo_data.operator o WHERE o.login = session_user)
        AND NOT wbo_rule.is_agreed(kinds, object) THEN
        PERFORM wbo_rule.refuse('WB202', 'agreement_needed',
            jsonb_build_object('kind', kinds[1], 'id', object, 'rules', what));
    END IF;
END
$$;

-- TG_ARGV: the act, what it is set on, the columns that name the row.
CREATE FUNCTION wbo_rule.guard_weaker() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    becomes jsonb := to_jsonb(NEW);
    weaker text[] := CASE TG_OP WHEN 'INSERT' THEN ARRAY['new']
        ELSE wbo_rule.weakened(TG_ARGV[1], to_jsonb(OLD), becomes) END;
    object text;
BEGIN
    IF weaker <> '{}' THEN
        SELECT string_agg(becomes ->> k, ' ' ORDER BY n) INTO object
        FROM unnest(string_to_array(TG_ARGV[2], ',')) WITH ORDINALITY AS u (k, n);
        PERFORM wbo_rule.require_agreement(ARRAY[TG_ARGV[0]], object, to_jsonb(weaker));
    END IF;
    RETURN NEW;
END
$$;
-- A new one is judged at the end, when everything about it was read and could have been refused.
CREATE TRIGGER d_guard_weaker BEFORE UPDATE ON wbo_data.cryptocurrency
    FOR EACH ROW EXECUTE FUNCTION wbo_rule.guard_weaker('save_cryptocurrency', 'cryptocurrency', 'code,network');
CREATE CONSTRAINT TRIGGER d_guard_new AFTER INSERT ON wbo_data.cryptocurrency DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION wbo_rule.guard_weaker('save_cryptocurrency', 'cryptocurrency', 'code,network');
CREATE TRIGGER d_guard_weaker BEFORE UPDATE ON wbo_data.network
    FOR EACH ROW EXECUTE FUNCTION wbo_rule.guard_weaker('save_network', 'network', 'name');
CREATE CONSTRAINT TRIGGER d_guard_new AFTER INSERT ON wbo_data.network DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION wbo_rule.guard_weaker('save_network', 'network', 'name');

CREATE FUNCTION wbo_rule.guard_policy() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    rule wbo_data.desk_rule;
BEGIN
    SELECT * INTO rule FROM wbo_data.desk_rule r WHERE r.object_type = 'policy' AND r.name = NEW.name;
    IF TG_OP = 'INSERT' OR rule.name IS NULL OR wbo_rule.is_weaker(rule, OLD.value #>> '{}', NEW.value #>> '{}') THEN
        PERFORM wbo_rule.require_agreement('{save_policy}', NEW.name, jsonb_build_array(NEW.name));
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER d_guard_weaker BEFORE INSERT OR UPDATE ON wbo_data.policy
    FOR EACH ROW EXECUTE FUNCTION wbo_rule.guard_policy();

CREATE FUNCTION wbo_rule.guard_grant() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    IF wbo_rule.is_power(NEW.permission_code) THEN
        PERFORM wbo_rule.require_agreement('{grant_permission}', NEW.login || ' ' || NEW.permission_code);
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER d_guard_grant BEFORE INSERT OR UPDATE ON wbo_data.permission_grant
    FOR EACH ROW WHEN (NEW.state = 'granted') EXECUTE FUNCTION wbo_rule.guard_grant();

-- An operator that can log in, and a password of somebody with power that another one gives out.
CREATE FUNCTION wbo_rule.guard_operator() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    IF NEW.disabled_at IS NULL AND (TG_OP = 'INSERT' OR OLD.disabled_at IS NOT NULL) THEN
        PERFORM wbo_rule.require_agreement('{create_operator,enable_operator}', NEW.login);
    ELSIF TG_OP = 'UPDATE' AND NEW.disabled_at IS NULL AND wbo_rule.holds_power(NEW.login)
          AND (OLD.password_issued_at, OLD.password_issued_by) IS DISTINCT
          FROM (NEW.password_issued_at, NEW.password_issued_by) THEN
        PERFORM wbo_rule.require_agreement('{reset_password,create_operator,enable_operator}', NEW.login);
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER d_guard_operator BEFORE INSERT OR UPDATE OF disabled_at, password_issued_at,
    password_issued_by ON wbo_data.operator
    FOR EACH ROW EXECUTE FUNCTION wbo_rule.guard_operator();

-- A request is decided once, and granted only by somebody of another hand than who asked.
CREATE FUNCTION wbo_rule.guard_request() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.requested_hand := wbo_rule.hand(NEW.requested_by);
        IF NEW.state <> 'waiting' THEN
            PERFORM wbo_rule.refuse_status('permission_request', 'new', 'none', NEW.state);
        END IF;
        RETURN NEW;
    ELSIF NEW.state = OLD.state THEN
        RETURN NEW;
    ELSIF OLD.state <> 'waiting' THEN
        PERFORM wbo_rule.refuse_status('permission_request', OLD.id::text, OLD.state, NEW.state);
    END IF;
    NEW.decided_hand := wbo_rule.hand(NEW.decided_by);
    IF NEW.state = 'granted' THEN
        PERFORM wbo_rule.require_other_hand(OLD.requested_by, OLD.requested_hand, NEW.decided_by);
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER d_guard_request BEFORE INSERT OR UPDATE ON wbo_data.change_request
    FOR EACH ROW EXECUTE FUNCTION wbo_rule.guard_request();
