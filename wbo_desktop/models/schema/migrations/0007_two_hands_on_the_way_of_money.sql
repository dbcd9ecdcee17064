-- Whose hand turned money's way: who signed a payment that is to prove a wallet, who added a wallet or imported an
-- account, and who of another hand agreed.

-- Who signed the transaction of a transfer. Unknown (and so no proof of a wallet) for tokens' transfers of before.
ALTER TABLE wbo_data.chain_transfer ADD COLUMN tx_sender wbo_data.address;
UPDATE wbo_data.chain_transfer SET tx_sender = sender WHERE log_index = -1;

-- `added_hand`: the operator who added the wallet with everybody above; empty when the client side named it.
-- `begun_hand`: the same of who began its latest verification or handed in its signature. `shared_asked_*`: who asked
-- that it may also be verified for this client, beside the client `shared_asked_with`; `shared_with`: beside whom it
-- may, and who of another hand agreed to that. Overrides of before have nobody who agreed.
ALTER TABLE wbo_data.wallet_address
    ADD COLUMN added_hand text[] NOT NULL DEFAULT '{}',
    ADD COLUMN begun_by text,
    ADD COLUMN begun_hand text[] NOT NULL DEFAULT '{}',
    ADD COLUMN shared_asked_by text,
    ADD COLUMN shared_asked_hand text[],
    ADD COLUMN shared_asked_at timestamptz,
    ADD COLUMN shared_asked_with text REFERENCES wbo_data.client,
    ADD COLUMN shared_asked_remark text,
    ADD COLUMN shared_with text REFERENCES wbo_data.client,
    ADD COLUMN shared_agreed_by text,
    ADD COLUMN shared_agreed_hand text[],
    ADD COLUMN shared_agreed_at timestamptz,
    ADD CHECK ((shared_asked_at IS NULL) = (shared_asked_hand IS NULL)),
    ADD CHECK ((shared_asked_at IS NULL) = (shared_asked_with IS NULL));
UPDATE wbo_data.wallet_address w SET added_hand = ARRAY[o.login] || o.issued_hand
FROM wbo_data.operator o WHERE o.login = w.created_by;
UPDATE wbo_data.wallet_address w SET shared_with = o.client_no
FROM wbo_data.wallet_address o
WHERE w.shared_override AND o.network = w.network AND o.address = w.address AND o.client_no <> w.client_no
  AND o.status = 'verified';
CREATE INDEX wallet_address_asked_with ON wbo_data.wallet_address (shared_asked_with)
    WHERE shared_asked_with IS NOT NULL;
CREATE INDEX wallet_address_shared_with ON wbo_data.wallet_address (shared_with) WHERE shared_with IS NOT NULL;
CREATE INDEX wallet_address_shared ON wbo_data.wallet_address (id) WHERE shared_asked_at IS NOT NULL;

-- One file of deposit addresses: used for nothing until a person of another hand has confirmed it.
CREATE TABLE wbo_data.custodial_import (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'confirmed', 'refused')),
    imported_by text NOT NULL DEFAULT session_user,
    imported_hand text[] NOT NULL,
    imported_at timestamptz NOT NULL DEFAULT now(),
    decided_by text,
    decided_hand text[],
    decided_at timestamptz,
    decide_remark text,
    CHECK ((state = 'waiting') = (decided_by IS NULL)),
    CHECK (state <> 'confirmed' OR (decided_hand IS NOT NULL AND NOT imported_hand && decided_hand))
);

-- `confirmed_at`: since when an account counts as ours. `delete_asked_*`: a deletion that waits for another hand.
ALTER TABLE wbo_data.custodial_account
    ADD COLUMN import_id bigint REFERENCES wbo_data.custodial_import,
    ADD COLUMN confirmed_at timestamptz,
    ADD COLUMN delete_asked_by text,
    ADD COLUMN delete_asked_hand text[],
    ADD COLUMN delete_asked_at timestamptz,
    ADD COLUMN delete_asked_remark text,
    ADD COLUMN deleted_by text,
    ADD COLUMN deleted_hand text[],
    ADD CHECK (NOT delete_asked_hand && deleted_hand);
UPDATE wbo_data.custodial_account SET confirmed_at = created_at;
ALTER TABLE wbo_data.custodial_account ADD CHECK (client_no IS NULL OR confirmed_at IS NOT NULL);
CREATE INDEX custodial_account_import ON wbo_data.custodial_account (import_id) WHERE import_id IS NOT NULL;
CREATE INDEX custodial_account_asked ON wbo_data.custodial_account (id) WHERE delete_asked_at IS NOT NULL;
CREATE INDEX custodial_import_waiting ON wbo_data.custodial_import (id) WHERE state = 'waiting';
DROP INDEX wbo_data.custodial_account_free;
CREATE INDEX custodial_account_free ON wbo_data.custodial_account (network, id)
    WHERE client_no IS NULL AND deleted_at IS NULL AND confirmed_at IS NOT NULL;
