-- Who may read what and do what. Nothing for PUBLIC; {…} is filled from domain/acts.py and domain/permissions.py.

REVOKE ALL ON SCHEMA wbo, wbo_chain, wbo_rule, wbo_data FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA wbo, wbo_chain, wbo_rule FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA wbo, wbo_data FROM PUBLIC;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA wbo_data FROM PUBLIC;
-- And for what somebody makes by hand.
ALTER DEFAULT PRIVILEGES FOR ROLE wbo_owner REVOKE ALL ON FUNCTIONS FROM PUBLIC;

GRANT USAGE ON SCHEMA wbo TO wbo_operator, wbo_intake;
GRANT USAGE ON SCHEMA wbo_chain TO wbo_worker;

-- Every operator
GRANT EXECUTE ON FUNCTION wbo.my_session(), wbo.my_hand(), wbo.change_own_password(text) TO wbo_operator;
GRANT SELECT ON wbo.policy, wbo.chain_health, wbo.change_mark, wbo.coin, wbo.schema_version TO wbo_operator;

-- A view's functions run as the login that reads it. This one is plain arithmetic; its schema stays closed to them all
-- the same.
GRANT EXECUTE ON FUNCTION wbo_rule.to_units(numeric, integer) TO wbo_operator;
-- These say no more than the view does.
GRANT EXECUTE ON FUNCTION wbo_rule.is_my_hand(text[]), wbo_rule.cools_until(timestamptz, text[], integer),
    wbo_rule.reports_missing(wbo_data.chain_transfer) TO wbo_operator;

-- Pages
GRANT SELECT ON wbo.cryptocurrency, wbo.network TO "atm.crypto_currency_inquiry";
GRANT SELECT ON wbo.custodial_account, wbo.custodial_key,
    wbo.custodial_request TO "atm.va_channel_custodial_account_inquiry";
GRANT SELECT ON wbo.wallet_address, wbo.wallet_key, wbo.wallet_request,
    wbo.client TO "atm.va_client_wallet_address_inquiry";
GRANT SELECT ON wbo.deposit_application, wbo.application_key,
    wbo.client TO "atm.va_crypto_currency_deposit_application_inquiry";
GRANT SELECT ON wbo.deposit_record, wbo.deposit_timeline, wbo.refund, wbo.refund_attempt, wbo.hot_wallet,
    wbo.unmatched_transfer, wbo.client,
    wbo.deposit_key, wbo.refund_key, wbo.unmatched_key
    TO "atm.va_coin_deposit_records_inquiry";
GRANT SELECT ON wbo.refund_address TO "atm.va_refund_of_coin_deposit_record", "atm.va_refund_approval";
GRANT SELECT ON wbo.operator, wbo.permission_request, wbo.log_reading TO "sys.operator_admin";
GRANT SELECT ON wbo.audit_log TO "sys.audit_inquiry";
GRANT EXECUTE ON FUNCTION wbo.verify_audit(text), wbo.audit_head(), wbo.daily_report(date) TO "sys.audit_inquiry";

-- Acts: one function each
{act_grants}

-- Intake may submit, attach, and ask for an address; nothing else
GRANT EXECUTE
    ON FUNCTION wbo.submit_deposit_application(text, text, text, text, numeric, text, text, text, timestamptz),
    wbo.attach_txid(text, text), wbo.deposit_address(text, text) TO wbo_intake;

-- The worker runs the tracker's, the sender's and the sealer's functions; nothing else
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA wbo_chain TO wbo_worker;
