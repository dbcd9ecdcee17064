-- One person, one hand. Who gave out a password may have used it: a login and everybody above it, to the root, count as
-- one person. Roots are the administrators that the owner made; no operator issued their passwords.

-- The login itself, who issued its password, everybody above, and for `fresh_password_hours` who stood above the
-- password before this one: a re-issue makes another person of a login only when its owner has had time to notice.
CREATE FUNCTION wbo_rule.hand(who text) RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    WITH RECURSIVE up (login) AS (
        SELECT who
        UNION
        SELECT a.login FROM up JOIN wbo_data.operator o ON o.login = up.login
        CROSS JOIN LATERAL unnest(o.issued_hand || o.password_issued_by || CASE
            WHEN o.password_issued_at > clock_timestamp()
                 - wbo_rule.policy_number('fresh_password_hours') * interval '1 hour'
            THEN o.issued_before ELSE '{}' END) AS a (login)
        WHERE a.login IS NOT NULL
    )
    SELECT array_agg(up.login ORDER BY up.login) FROM up WHERE up.login IS NOT NULL
$$;

-- Whose hand it is: of `hand(who)`, those whose password no operator issued.
CREATE FUNCTION wbo_rule.roots(who text) RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT coalesce(array_agg(h.login ORDER BY h.login), '{}') FROM unnest(wbo_rule.hand(who)) AS h (login)
    LEFT JOIN wbo_data.operator o ON o.login = h.login WHERE o.password_issued_by IS NULL
$$;

-- Whether one person may hold both logins: one stands above the other, or somebody above both.
CREATE FUNCTION wbo_rule.same_hand(one text, other text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    SELECT coalesce(wbo_rule.hand(one) && wbo_rule.hand(other), false)
$$;

-- Refuses what two people have to do when one person may hold both logins. `kept`: the hand of `first` when it acted;
-- what it is now counts as well. The refusal names somebody who stands above both.
CREATE FUNCTION wbo_rule.require_other_hand(first text, kept text[], second text) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
DECLARE
    shared text;
BEGIN
    SELECT h.login INTO shared FROM unnest(wbo_rule.hand(second)) AS h (login)
    WHERE h.login = ANY (kept || wbo_rule.hand(first))
    ORDER BY h.login IN (first, second), h.login = ANY (wbo_rule.roots(second)), h.login LIMIT 1;
    IF FOUND THEN
        PERFORM wbo_rule.refuse('WB403', 'same_hand',
            jsonb_build_object('login', second, 'other', first, 'common', shared));
    END IF;
END
$$;

-- Notes that `issuer` (NULL: the database's owner) gives out a new one-time password of `target`. The issuer's hand is
-- kept as it is now, with what it was when the issue was asked for: a circle of re-issues among one's own logins makes
-- no other person of them.
CREATE FUNCTION wbo_rule.note_issue(target text, issuer text, kept text[] DEFAULT '{}') RETURNS void
LANGUAGE sql SET search_path = pg_catalog, wbo, pg_temp AS $$
    UPDATE wbo_data.operator o SET
        issued_before = CASE WHEN issuer IS NULL THEN '{}' ELSE array_remove(wbo_rule.hand(target), target) END,
        issued_hand = CASE WHEN issuer IS NULL THEN '{}'
                      ELSE ARRAY(SELECT DISTINCT h FROM unnest(wbo_rule.hand(issuer) || kept) AS h ORDER BY h) END,
        password_issued_by = issuer, password_issued_at = clock_timestamp(), password_foreign_at = NULL
    WHERE o.login = target
$$;
