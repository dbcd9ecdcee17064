-- Tables. Only the owner may touch them; everybody else sees views and calls functions.
-- Amounts are integers in base units. Addresses are EIP-55 checksummed, hashes lower case. Nothing is ever deleted.

CREATE SCHEMA wbo_data;

CREATE TABLE wbo_data.schema_migration (
    version integer PRIMARY KEY,
    name text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now(),
    code_hash text NOT NULL
);

CREATE DOMAIN wbo_data.base_units AS numeric(78, 0) CHECK (VALUE >= 0);
CREATE DOMAIN wbo_data.address AS text CHECK (VALUE ~ '^0x[0-9a-fA-F]{40}$');
CREATE DOMAIN wbo_data.hash AS text CHECK (VALUE ~ '^0x[0-9a-f]{64}$');

-- What the desk is configured with ------------------------------------------------------------------------------------

CREATE TABLE wbo_data.policy (
    name text PRIMARY KEY,
    value jsonb NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now(),
    updated_by text NOT NULL DEFAULT session_user
);

CREATE TABLE wbo_data.network (
    name text PRIMARY KEY CHECK (name ~ '^[A-Za-z0-9][A-Za-z0-9 ._-]{0,39}$'),
    chain_id bigint NOT NULL UNIQUE CHECK (chain_id > 0),
    kind text NOT NULL DEFAULT 'EVM' CHECK (kind = 'EVM'),
    finality text NOT NULL DEFAULT 'confirmations' CHECK (finality IN ('confirmations', 'finalized')),
    rpc_urls text[] NOT NULL DEFAULT '{}',
    explorer_tx_url text,
    explorer_address_url text,
    txid_grace_seconds integer NOT NULL DEFAULT 3600 CHECK (txid_grace_seconds BETWEEN 0 AND 604800),
    agreement integer NOT NULL DEFAULT 1 CHECK (agreement BETWEEN 1 AND 9),
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE wbo_data.cryptocurrency (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL CHECK (code ~ '^[A-Za-z0-9.]{1,16}$'),
    network text NOT NULL REFERENCES wbo_data.network,
    name_en text NOT NULL,
    name_zh_hk text NOT NULL,
    name_zh_cn text NOT NULL,
    contract wbo_data.address,
    decimals integer NOT NULL CHECK (decimals BETWEEN 0 AND 36),
    minimum_base wbo_data.base_units NOT NULL DEFAULT 0,
    confirmations integer NOT NULL DEFAULT 12 CHECK (confirmations BETWEEN 1 AND 10000),
    wallet_rule text NOT NULL DEFAULT 'once' CHECK (wallet_rule IN ('once', 'every_deposit')),
    deposit_enabled boolean NOT NULL DEFAULT true,
    credit_tolerance numeric(5, 2) NOT NULL DEFAULT 5 CHECK (credit_tolerance BETWEEN 0 AND 100),
    confirmation_steps jsonb NOT NULL DEFAULT '[]',
    approvals_needed integer NOT NULL DEFAULT 1 CHECK (approvals_needed BETWEEN 0 AND 2),
    two_approvals_above_base wbo_data.base_units,
    cooling_off_hours integer NOT NULL DEFAULT 0 CHECK (cooling_off_hours BETWEEN 0 AND 8760),
    daily_refund_limit_base wbo_data.base_units,
    alert_level_base wbo_data.base_units,
    stop_level_base wbo_data.base_units,
    remark text,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (code, network)
);
CREATE UNIQUE INDEX cryptocurrency_contract ON wbo_data.cryptocurrency (network, contract) WHERE contract IS NOT NULL;
CREATE UNIQUE INDEX cryptocurrency_native ON wbo_data.cryptocurrency (network) WHERE contract IS NULL;

-- Clients, their accounts and wallets ---------------------------------------------------------------------------------

CREATE TABLE wbo_data.client (
    client_no text PRIMARY KEY,
    securities_account text NOT NULL UNIQUE,
    name_en text NOT NULL,
    name_zh_hk text,
    name_zh_cn text,
    identity_verified boolean NOT NULL DEFAULT false,
    language text NOT NULL DEFAULT 'zh_HK' CHECK (language IN ('zh_HK', 'zh_CN', 'en')),
    imported_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE wbo_data.custodial_account (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    channel text NOT NULL,
    network text NOT NULL REFERENCES wbo_data.network,
    address wbo_data.address NOT NULL,
    client_no text REFERENCES wbo_data.client,
    assigned_at timestamptz,
    deleted_at timestamptz,
    delete_remark text,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    CHECK ((client_no IS NULL) = (assigned_at IS NULL)),
    CHECK (deleted_at IS NULL OR client_no IS NULL)
);
CREATE UNIQUE INDEX custodial_account_address ON wbo_data.custodial_account (network, address) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX custodial_account_client ON wbo_data.custodial_account (client_no, network)
    WHERE client_no IS NOT NULL;
CREATE INDEX custodial_account_free ON wbo_data.custodial_account (network, id)
    WHERE client_no IS NULL AND deleted_at IS NULL;
CREATE INDEX custodial_account_page ON wbo_data.custodial_account (created_at DESC, id DESC);

CREATE TABLE wbo_data.wallet_address (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    client_no text NOT NULL REFERENCES wbo_data.client,
    network text NOT NULL REFERENCES wbo_data.network,
    address wbo_data.address NOT NULL,
    status text NOT NULL DEFAULT 'unverified',
    method text CHECK (method IN ('micro_payment', 'message_signature')),
    challenge text,
    signature text,
    micro_coin_id integer REFERENCES wbo_data.cryptocurrency,
    micro_amount_base wbo_data.base_units,
    micro_target wbo_data.address,
    expires_at timestamptz,
    transfer_id bigint,
    evidence jsonb,
    failure text,
    shared_override boolean NOT NULL DEFAULT false,
    remark text,
    created_at timestamptz NOT NULL DEFAULT now(),
    created_by text NOT NULL DEFAULT session_user,
    verified_at timestamptz,
    verified_by text,
    deleted_at timestamptz,
    deleted_by text,
    delete_remark text,
    version integer NOT NULL DEFAULT 1,
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK (status <> 'verified' OR (verified_at IS NOT NULL AND method IS NOT NULL AND evidence IS NOT NULL)),
    CHECK ((status = 'deleted') = (deleted_at IS NOT NULL))
);
CREATE UNIQUE INDEX wallet_address_of_client ON wbo_data.wallet_address (client_no, network, address)
    WHERE status <> 'deleted';
CREATE UNIQUE INDEX wallet_address_one_client ON wbo_data.wallet_address (network, address)
    WHERE status = 'verified' AND NOT shared_override;
CREATE UNIQUE INDEX wallet_address_micro
    ON wbo_data.wallet_address (network, micro_target, micro_coin_id, micro_amount_base)
    WHERE status = 'verifying' AND method = 'micro_payment';
CREATE INDEX wallet_address_signature ON wbo_data.wallet_address (network, id)
    WHERE status = 'verifying' AND method = 'message_signature';
CREATE INDEX wallet_address_page ON wbo_data.wallet_address (created_at DESC, id DESC);
CREATE INDEX wallet_address_address ON wbo_data.wallet_address (address);

-- What the chain said -------------------------------------------------------------------------------------------------

CREATE TABLE wbo_data.checkpoint (
    network text PRIMARY KEY REFERENCES wbo_data.network,
    number bigint NOT NULL,
    hash wbo_data.hash NOT NULL,
    head_number bigint NOT NULL,
    finalized_number bigint,
    head_seen_at timestamptz NOT NULL DEFAULT now(),
    block_seconds numeric,
    alarm text
);

CREATE TABLE wbo_data.block (
    network text NOT NULL REFERENCES wbo_data.network,
    number bigint NOT NULL,
    hash wbo_data.hash NOT NULL,
    parent_hash wbo_data.hash NOT NULL,
    mined_at timestamptz NOT NULL,
    canonical boolean NOT NULL DEFAULT true,
    orphaned_at timestamptz,
    PRIMARY KEY (network, hash)
);
CREATE UNIQUE INDEX block_canonical ON wbo_data.block (network, number) WHERE canonical;

CREATE TABLE wbo_data.chain_transfer (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    network text NOT NULL,
    block_number bigint NOT NULL,
    block_hash wbo_data.hash NOT NULL,
    txid wbo_data.hash NOT NULL,
    log_index integer NOT NULL,
    coin_id integer NOT NULL REFERENCES wbo_data.cryptocurrency,
    sender wbo_data.address NOT NULL,
    recipient wbo_data.address NOT NULL,
    amount_base wbo_data.base_units NOT NULL CHECK (amount_base > 0),
    custodial_id bigint NOT NULL REFERENCES wbo_data.custodial_account,
    purpose text NOT NULL DEFAULT 'deposit' CHECK (purpose IN ('deposit', 'wallet_verification')),
    canonical boolean NOT NULL DEFAULT true,
    seen_at timestamptz NOT NULL DEFAULT now(),
    orphaned_at timestamptz,
    FOREIGN KEY (network, block_hash) REFERENCES wbo_data.block,
    -- a node that lied about a log is told the truth later: both stay, one is canonical
    UNIQUE (network, block_hash, txid, log_index, coin_id, sender, recipient, amount_base)
);
CREATE UNIQUE INDEX chain_transfer_once ON wbo_data.chain_transfer (network, txid, log_index) WHERE canonical;
CREATE INDEX chain_transfer_recipient ON wbo_data.chain_transfer (network, recipient, block_number);
CREATE INDEX chain_transfer_page ON wbo_data.chain_transfer (seen_at DESC, id DESC);

ALTER TABLE wbo_data.wallet_address ADD FOREIGN KEY (transfer_id) REFERENCES wbo_data.chain_transfer;

-- The moves that a status may make, filled from domain/ by each upgrade.
CREATE TABLE wbo_data.status_move (
    object_type text NOT NULL,
    from_status text NOT NULL,
    to_status text NOT NULL,
    PRIMARY KEY (object_type, from_status, to_status)
);

-- Deposits ------------------------------------------------------------------------------------------------------------

CREATE SEQUENCE wbo_data.deposit_no;
CREATE SEQUENCE wbo_data.refund_no;

CREATE TABLE wbo_data.deposit_application (
    external_serial text PRIMARY KEY CHECK (length(external_serial) BETWEEN 1 AND 64),
    client_no text NOT NULL REFERENCES wbo_data.client,
    coin_id integer NOT NULL REFERENCES wbo_data.cryptocurrency,
    amount_base wbo_data.base_units NOT NULL CHECK (amount_base > 0),
    source_address text NOT NULL CHECK (length(source_address) <= 128),
    target_address text NOT NULL CHECK (length(target_address) <= 128),
    txid wbo_data.hash,
    requested_at timestamptz NOT NULL CHECK (isfinite(requested_at)),
    received_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz,
    deleted_by text,
    delete_remark text,
    version integer NOT NULL DEFAULT 1
);
CREATE INDEX deposit_application_page ON wbo_data.deposit_application (received_at DESC, external_serial DESC);

CREATE TABLE wbo_data.deposit (
    record_no text PRIMARY KEY,
    external_serial text NOT NULL UNIQUE REFERENCES wbo_data.deposit_application,
    client_no text NOT NULL REFERENCES wbo_data.client,
    coin_id integer NOT NULL REFERENCES wbo_data.cryptocurrency,
    network text NOT NULL REFERENCES wbo_data.network,
    claimed_base wbo_data.base_units NOT NULL CHECK (claimed_base > 0),
    credited_base wbo_data.base_units,
    source_address text NOT NULL,
    target_address text NOT NULL,
    txid wbo_data.hash,
    transfer_id bigint UNIQUE REFERENCES wbo_data.chain_transfer,
    required_confirmations integer NOT NULL,
    confirm_height bigint,
    status text NOT NULL DEFAULT 'pending_auth',
    reason text,
    verdicts jsonb NOT NULL DEFAULT '[]',
    proposal jsonb NOT NULL DEFAULT '[]',
    accepted boolean NOT NULL DEFAULT false,
    alarm boolean NOT NULL DEFAULT false,
    remark text,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    first_seen_at timestamptz,
    credited_at timestamptz,
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK (status NOT IN ('processing', 'success') OR transfer_id IS NOT NULL),
    CHECK (status <> 'success' OR (credited_base > 0 AND credited_at IS NOT NULL)),
    CHECK (status <> 'abnormal' OR reason IS NOT NULL)
);
CREATE INDEX deposit_page ON wbo_data.deposit (created_at DESC, record_no DESC);
CREATE INDEX deposit_status ON wbo_data.deposit (status, created_at DESC, record_no DESC);
CREATE INDEX deposit_client ON wbo_data.deposit (client_no, created_at DESC, record_no DESC);
CREATE INDEX deposit_coin ON wbo_data.deposit (coin_id, created_at DESC, record_no DESC);
CREATE INDEX deposit_txid ON wbo_data.deposit (network, txid) WHERE txid IS NOT NULL;
CREATE INDEX deposit_source ON wbo_data.deposit (source_address);
CREATE INDEX deposit_target ON wbo_data.deposit (target_address);
CREATE INDEX deposit_waiting ON wbo_data.deposit (network, target_address, coin_id)
    WHERE status IN ('pending_auth', 'abnormal');
CREATE INDEX deposit_due ON wbo_data.deposit (network, confirm_height) WHERE status = 'processing';

-- The worker's queue: records to judge. The ticket changes with each reason to look, so that a decision made on older
-- facts does not clear a newer wish.
CREATE SEQUENCE wbo_data.deposit_check_ticket;
CREATE TABLE wbo_data.deposit_check (
    record_no text PRIMARY KEY REFERENCES wbo_data.deposit,
    network text NOT NULL,
    ticket bigint NOT NULL DEFAULT nextval('wbo_data.deposit_check_ticket'),
    check_after timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX deposit_check_due ON wbo_data.deposit_check (network, check_after);

-- Refunds -------------------------------------------------------------------------------------------------------------

CREATE TABLE wbo_data.hot_wallet (
    network text NOT NULL REFERENCES wbo_data.network,
    address wbo_data.address NOT NULL,
    next_nonce bigint NOT NULL CHECK (next_nonce >= 0),
    balances jsonb NOT NULL DEFAULT '{}',
    checked_at timestamptz,
    stopped_reason text,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (network, address)
);
CREATE UNIQUE INDEX hot_wallet_one ON wbo_data.hot_wallet (network);

CREATE TABLE wbo_data.refund (
    refund_no text PRIMARY KEY,
    record_no text NOT NULL REFERENCES wbo_data.deposit,
    client_no text NOT NULL REFERENCES wbo_data.client,
    coin_id integer NOT NULL REFERENCES wbo_data.cryptocurrency,
    network text NOT NULL REFERENCES wbo_data.network,
    wallet_id bigint NOT NULL REFERENCES wbo_data.wallet_address,
    address wbo_data.address NOT NULL,
    amount_base wbo_data.base_units NOT NULL CHECK (amount_base >= 1),
    adjust_reason text,
    remark text NOT NULL,
    status text NOT NULL DEFAULT 'requested',
    intent text NOT NULL,
    intent_hash text NOT NULL CHECK (intent_hash ~ '^[0-9a-f]{64}$'),
    approvals_needed integer NOT NULL CHECK (approvals_needed BETWEEN 0 AND 2),
    requested_by text NOT NULL DEFAULT session_user,
    requested_at timestamptz NOT NULL DEFAULT now(),
    approved_by text,
    approved_at timestamptz,
    executed_by text,
    executed_at timestamptz,
    closed_by text,
    closed_at timestamptz,
    close_remark text,
    hot_wallet wbo_data.address,
    nonce bigint,
    txid wbo_data.hash,
    block_number bigint,
    block_hash wbo_data.hash,
    required_confirmations integer NOT NULL,
    fee_paid_wei wbo_data.base_units,
    failure text,
    notified_at timestamptz,
    notified_by text,
    notified_channel text,
    notified_remark text,
    version integer NOT NULL DEFAULT 1,
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK ((nonce IS NULL) = (hot_wallet IS NULL)),
    CHECK (status NOT IN ('signed', 'broadcast', 'confirming', 'confirmed') OR nonce IS NOT NULL),
    CHECK (status <> 'confirmed' OR (txid IS NOT NULL AND block_hash IS NOT NULL))
);
CREATE UNIQUE INDEX refund_live ON wbo_data.refund (record_no)
    WHERE status IN ('requested', 'approved', 'executing', 'signed', 'broadcast', 'confirming');
CREATE UNIQUE INDEX refund_confirmed ON wbo_data.refund (record_no) WHERE status = 'confirmed';
CREATE UNIQUE INDEX refund_nonce ON wbo_data.refund (network, hot_wallet, nonce) WHERE nonce IS NOT NULL;
CREATE INDEX refund_page ON wbo_data.refund (requested_at DESC, refund_no DESC);
CREATE INDEX refund_status ON wbo_data.refund (status, requested_at DESC, refund_no DESC);
CREATE INDEX refund_client ON wbo_data.refund (client_no, requested_at DESC, refund_no DESC);
CREATE INDEX refund_record ON wbo_data.refund (record_no);

CREATE TABLE wbo_data.refund_approval (
    refund_no text NOT NULL REFERENCES wbo_data.refund,
    login text NOT NULL DEFAULT session_user,
    intent_hash text NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (refund_no, login)
);

-- Every set of bytes that could move a refund's money: a nonce family. Stored before broadcast, never changed.
CREATE TABLE wbo_data.refund_attempt (
    refund_no text NOT NULL REFERENCES wbo_data.refund,
    attempt integer NOT NULL CHECK (attempt >= 1),
    txid wbo_data.hash NOT NULL UNIQUE,
    nonce bigint NOT NULL,
    raw bytea NOT NULL,
    max_fee_per_gas numeric(78, 0) NOT NULL,
    max_priority_fee_per_gas numeric(78, 0) NOT NULL,
    gas_limit bigint NOT NULL,
    signed_at timestamptz NOT NULL DEFAULT now(),
    broadcast_at timestamptz,
    last_answer text,
    PRIMARY KEY (refund_no, attempt)
);

-- A hot wallet's transactions as they were mined, ours and any that are not.
CREATE TABLE wbo_data.hot_wallet_transaction (
    network text NOT NULL,
    address wbo_data.address NOT NULL,
    txid wbo_data.hash NOT NULL,
    nonce bigint NOT NULL,
    block_number bigint NOT NULL,
    block_hash wbo_data.hash NOT NULL,
    succeeded boolean NOT NULL,
    fee_paid_wei wbo_data.base_units NOT NULL,
    canonical boolean NOT NULL DEFAULT true,
    seen_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (network, block_hash, txid),
    FOREIGN KEY (network, block_hash) REFERENCES wbo_data.block,
    FOREIGN KEY (network, address) REFERENCES wbo_data.hot_wallet
);
CREATE INDEX hot_wallet_transaction_nonce ON wbo_data.hot_wallet_transaction (network, address, nonce) WHERE canonical;
CREATE INDEX hot_wallet_transaction_txid ON wbo_data.hot_wallet_transaction (txid);

-- Operators -----------------------------------------------------------------------------------------------------------

CREATE TABLE wbo_data.operator (
    login text PRIMARY KEY,
    display_name text NOT NULL,
    language text NOT NULL DEFAULT 'zh_HK' CHECK (language IN ('zh_HK', 'zh_CN', 'en')),
    must_change_password boolean NOT NULL DEFAULT true,
    one_time_until timestamptz,
    -- who gave out the one-time password, the last time one was
    password_issued_by text,
    -- of the password that the desk's functions set last: another one was set past them
    password_mark text,
    password_issued_at timestamptz,
    disabled_at timestamptz,
    disabled_by text,
    locked_until timestamptz,
    locked_from text,
    open_until timestamptz,
    unlocked_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    created_by text NOT NULL DEFAULT session_user,
    version integer NOT NULL DEFAULT 1
);

CREATE TABLE wbo_data.permission_grant (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    login text NOT NULL REFERENCES wbo_data.operator,
    permission_code text NOT NULL,
    state text NOT NULL CHECK (state IN ('waiting', 'granted', 'withdrawn')),
    requested_by text NOT NULL DEFAULT session_user,
    requested_at timestamptz NOT NULL DEFAULT now(),
    decided_by text,
    decided_at timestamptz
);
CREATE UNIQUE INDEX permission_grant_open ON wbo_data.permission_grant (login, permission_code)
    WHERE state <> 'withdrawn';

-- Workers -------------------------------------------------------------------------------------------------------------

CREATE TABLE wbo_data.worker_lease (
    network text PRIMARY KEY REFERENCES wbo_data.network,
    epoch bigint NOT NULL,
    holder text NOT NULL,
    expires_at timestamptz NOT NULL,
    health jsonb
);

-- Audit ---------------------------------------------------------------------------------------------------------------

CREATE TABLE wbo_data.audit_entry (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    operator text NOT NULL DEFAULT session_user,
    workstation text NOT NULL,
    action text NOT NULL,
    object_type text NOT NULL,
    object_id text NOT NULL,
    before jsonb,
    after jsonb,
    remark text
);
CREATE INDEX audit_entry_object ON wbo_data.audit_entry (object_type, object_id, seq);
CREATE INDEX audit_entry_operator ON wbo_data.audit_entry (operator, seq);
CREATE INDEX audit_entry_action ON wbo_data.audit_entry (action, seq);
CREATE INDEX audit_entry_at ON wbo_data.audit_entry (at);
CREATE INDEX audit_entry_xid ON wbo_data.audit_entry (xid, seq);

CREATE TABLE wbo_data.audit_seal (
    position bigint PRIMARY KEY CHECK (position >= 1),
    seq bigint NOT NULL UNIQUE REFERENCES wbo_data.audit_entry,
    hash bytea NOT NULL CHECK (length(hash) = 32),
    sealed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- How far the chain of seals reaches: every entry of a transaction below `horizon` is sealed.
CREATE TABLE wbo_data.audit_horizon (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    system_identifier bigint NOT NULL,
    horizon xid8 NOT NULL,
    position bigint NOT NULL
);

-- Watching: what the server's log says, logins that fail, and where logins come from ----------------------------------

-- One watcher at a time holds this row.
CREATE TABLE wbo_data.watch (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    looked_at timestamptz
);

-- How far each file of the server's JSON log was read. `head` tells a file from another of the same name.
CREATE TABLE wbo_data.log_file (
    name text PRIMARY KEY,
    head text NOT NULL,
    read_to bigint NOT NULL CHECK (read_to >= 0),
    inside_long_line boolean NOT NULL DEFAULT false
);

CREATE TABLE wbo_data.login_failure (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    login text NOT NULL,
    address text NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX login_failure_login ON wbo_data.login_failure (login, at);
CREATE INDEX login_failure_at ON wbo_data.login_failure (at);

-- The addresses an operator has really worked from.
CREATE TABLE wbo_data.login_place (
    login text NOT NULL REFERENCES wbo_data.operator,
    address text NOT NULL,
    known_since timestamptz NOT NULL DEFAULT clock_timestamp(),
    entered_at timestamptz NOT NULL,
    PRIMARY KEY (login, address)
);
