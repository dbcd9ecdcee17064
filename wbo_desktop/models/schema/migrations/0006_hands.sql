-- One person, one hand: whose passwords came from whom, and what waits for an administrator of another hand.

-- `issued_hand`: everybody who may have known the one-time password when it was given out, the issuer and the issuer's
-- own hand; `issued_before`: the same of the password before, which counts for `fresh_password_hours` more.
-- `password_foreign_at`: since when the password is one that the desk did not set, until an administrator confirms it.
ALTER TABLE wbo_data.operator
    ADD COLUMN issued_hand text[] NOT NULL DEFAULT '{}',
    ADD COLUMN issued_before text[] NOT NULL DEFAULT '{}',
    ADD COLUMN password_foreign_at timestamptz;

-- The hand at the time of the act: a password that somebody else issues later does not make another person of who
-- acted.
ALTER TABLE wbo_data.refund ADD COLUMN requested_hand text[];
ALTER TABLE wbo_data.refund_approval ADD COLUMN hand text[];

WITH RECURSIVE up (login, above) AS (
    SELECT o.login, o.login FROM wbo_data.operator o
    UNION
    SELECT u.login, o.password_issued_by FROM up u JOIN wbo_data.operator o ON o.login = u.above
    WHERE o.password_issued_by IS NOT NULL
), hand AS (
    SELECT u.login, array_agg(u.above ORDER BY u.above) AS logins FROM up u GROUP BY u.login
), asked AS (
    UPDATE wbo_data.refund r SET requested_hand = h.logins FROM hand h WHERE h.login = r.requested_by
), agreed AS (
    UPDATE wbo_data.refund_approval a SET hand = h.logins FROM hand h WHERE h.login = a.login
)
UPDATE wbo_data.operator o SET issued_hand = array_remove(h.logins, o.login) FROM hand h WHERE h.login = o.login;
UPDATE wbo_data.refund SET requested_hand = ARRAY[requested_by] WHERE requested_hand IS NULL;
UPDATE wbo_data.refund_approval SET hand = ARRAY[login] WHERE hand IS NULL;
ALTER TABLE wbo_data.refund ALTER COLUMN requested_hand SET NOT NULL;
ALTER TABLE wbo_data.refund_approval ALTER COLUMN hand SET NOT NULL;

-- Which direction of each rule is the weaker one; filled from domain/ by each upgrade. `ranks`: values of a choice, the
-- weakest first. `unlimited`: the value (or the absence of one) that is weaker than every number.
CREATE TABLE wbo_data.desk_rule (
    object_type text NOT NULL CHECK (object_type IN ('policy', 'cryptocurrency', 'network')),
    name text NOT NULL,
    weaker text NOT NULL CHECK (weaker IN ('lower', 'higher', 'rank', 'any')),
    ranks text[],
    unlimited text CHECK (unlimited IN ('null', 'zero')),
    lowest bigint,
    highest bigint,
    PRIMARY KEY (object_type, name)
);

-- What one administrator (or one who keeps coins and networks) asked for and another, of another hand, decides.
CREATE TABLE wbo_data.change_request (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL,
    object_id text NOT NULL,
    before jsonb NOT NULL DEFAULT '{}',
    payload jsonb NOT NULL DEFAULT '{}',
    -- the SCRAM verifier of a one-time password that waits; never in the log, and gone once it was decided
    verifier text,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'granted', 'refused', 'withdrawn')),
    requested_by text NOT NULL DEFAULT session_user,
    requested_hand text[] NOT NULL,
    requested_at timestamptz NOT NULL DEFAULT now(),
    decided_by text,
    decided_hand text[],
    decided_at timestamptz,
    decide_remark text,
    applied_at timestamptz,
    CHECK ((state = 'waiting') = (decided_by IS NULL)),
    CHECK (state = 'waiting' OR verifier IS NULL),
    CHECK (state <> 'granted' OR NOT requested_hand && decided_hand)
);
CREATE UNIQUE INDEX change_request_waiting ON wbo_data.change_request (kind, object_id) WHERE state = 'waiting';
CREATE INDEX change_request_state ON wbo_data.change_request (state, id);

-- What waited until now.
INSERT INTO wbo_data.change_request (kind, object_id, payload, requested_by, requested_hand, requested_at)
SELECT 'grant_permission', g.login || ' ' || g.permission_code, jsonb_build_object('permission', g.permission_code),
       g.requested_by, ARRAY[g.requested_by] || coalesce(o.issued_hand, '{}'), g.requested_at
FROM wbo_data.permission_grant g LEFT JOIN wbo_data.operator o ON o.login = g.requested_by WHERE g.state = 'waiting';
UPDATE wbo_data.permission_grant SET state = 'withdrawn', decided_by = requested_by, decided_at = now()
    WHERE state = 'waiting';
