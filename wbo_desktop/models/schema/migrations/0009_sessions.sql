-- What keeps one login from stopping the others.

-- How long sessions of operators and of the client side may hold on to a transaction, in seconds, and how many they may
-- have; filled from domain/sessions.py.
CREATE TABLE wbo_data.session_limit (
    name text PRIMARY KEY,
    value double precision NOT NULL CHECK (value > 0)
);

-- Logins that may not connect for a time because their sessions had to be ended again and again.
CREATE TABLE wbo_data.closed_login (
    login text PRIMARY KEY,
    closed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    until timestamptz
);

-- How far the server's log was read, as of the last look: what was left unread, and since when something always was.
ALTER TABLE wbo_data.watch
    ADD COLUMN behind_bytes bigint NOT NULL DEFAULT 0,
    ADD COLUMN behind_since timestamptz;

-- The chain of seals reaches over every transaction that this snapshot sees as over: an open one holds up nobody's
-- entries but its own.
ALTER TABLE wbo_data.audit_horizon
    ALTER COLUMN horizon TYPE pg_snapshot
        USING (greatest(horizon::text::numeric, 1) || ':' || greatest(horizon::text::numeric, 1) || ':')::pg_snapshot;
