-- Rules that the program states once and every upgrade installs (models/installed_rules.py), as it does the status
-- moves.

-- What a block that was orphaned does to whoever rests on it. A `to_status` of NULL: it stays; a `reason` of NULL:
-- nothing of the row changes. `detached` lets the transfer go, `judged_again` asks the worker about the record once
-- more.
CREATE TABLE wbo_data.undo_move (
    object_type text NOT NULL CHECK (object_type IN ('deposit', 'refund', 'wallet')),
    from_status text NOT NULL,
    to_status text,
    reason text,
    alarm boolean NOT NULL,
    detached boolean NOT NULL,
    judged_again boolean NOT NULL,
    PRIMARY KEY (object_type, from_status)
);

-- Why a record waits or is abnormal: whether an operator may accept it, and whether another transfer may cure it.
CREATE TABLE wbo_data.deposit_reason (
    reason text PRIMARY KEY,
    acceptable boolean NOT NULL,
    curable boolean NOT NULL
);

-- Sets of statuses that have a name: a refund is `live`, `cancellable`.
CREATE TABLE wbo_data.status_set (
    object_type text NOT NULL CHECK (object_type IN ('deposit', 'refund', 'wallet')),
    name text NOT NULL,
    status text NOT NULL,
    PRIMARY KEY (object_type, name, status)
);

-- How a network says that a block stays: by the blocks on top of it, or by what a node calls finalized.
CREATE TABLE wbo_data.finality_rule (
    finality text PRIMARY KEY,
    counts_confirmations boolean NOT NULL,
    settled_by text NOT NULL CHECK (settled_by IN ('checkpoint', 'finalized'))
);

-- Characters that say nothing, as code points from `first` to `last`.
CREATE TABLE wbo_data.blank_range (
    first integer PRIMARY KEY,
    last integer NOT NULL,
    CHECK (first BETWEEN 1 AND last AND last <= 1114111)
);

-- Why coins sent to an address may never arrive, the most telling first, and by what that is known.
CREATE TABLE wbo_data.receiver_risk (
    place integer PRIMARY KEY,
    risk text NOT NULL UNIQUE,
    known_by text NOT NULL CHECK (known_by IN ('known_address', 'code'))
);

ALTER TABLE wbo_data.desk_rule ADD COLUMN initial jsonb;
