"""Deliberate holes, one at a time: a suite that does not notice them would prove nothing."""

# ruff: noqa: E501 - an attack reads best on one line

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Weakening:
    """What a careless change would do, what takes back the part of it that is the whole server's, and which suites see it."""

    name: str
    weaken: str
    seen_by: frozenset[str]
    restore: str = ""


ALL = (
    Weakening("a function for PUBLIC", "GRANT EXECUTE ON FUNCTION wbo.revoke_deposit(text, text, integer) TO PUBLIC",
              frozenset({"functions", "catalogue"})),
    Weakening("a definer function without a pinned search_path", "ALTER FUNCTION wbo.accept_deposit(text, text, integer) RESET search_path",
              frozenset({"catalogue"})),
    Weakening("a table that operators may write", "GRANT USAGE ON SCHEMA wbo_data TO wbo_operator; GRANT UPDATE ON wbo_data.deposit TO wbo_operator",
              frozenset({"relations", "catalogue"})),
    Weakening("a page shown to everybody", "GRANT SELECT ON wbo.audit_log TO wbo_operator", frozenset({"relations"})),
    Weakening("a view that can be written through", "GRANT USAGE ON SCHEMA wbo_data TO \"sys.operator_admin\"; GRANT INSERT ON wbo.policy TO \"sys.operator_admin\"",
              frozenset({"relations", "catalogue"})),
    Weakening("helpers in reach", "GRANT USAGE ON SCHEMA wbo_rule TO wbo_operator; GRANT EXECUTE ON FUNCTION wbo_rule.begin_act(text, text) TO wbo_operator",
              frozenset({"functions"})),
    Weakening("the worker's functions for operators", "GRANT USAGE ON SCHEMA wbo_chain TO wbo_operator; GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA wbo_chain TO wbo_operator",
              frozenset({"functions"})),
    Weakening("temporary tables", "GRANT TEMPORARY ON DATABASE {database} TO PUBLIC", frozenset({"tricks", "catalogue"})),
    Weakening("a schema anybody may create in", "GRANT ALL ON SCHEMA public TO PUBLIC", frozenset({"tricks", "catalogue"})),
    Weakening("advisory locks", "GRANT EXECUTE ON FUNCTION pg_advisory_lock(bigint) TO PUBLIC", frozenset({"tricks", "catalogue"})),
    Weakening("large objects", "GRANT EXECUTE ON FUNCTION lo_from_bytea(oid, bytea) TO PUBLIC", frozenset({"tricks", "catalogue"})),
    Weakening("files of the server", "GRANT EXECUTE ON FUNCTION pg_read_file(text) TO wbo_operator", frozenset({"tricks"})),
    Weakening("a member of the owner role", "GRANT wbo_owner TO {intake}", frozenset({"tricks", "relations"}), "REVOKE wbo_owner FROM {intake}"),
    Weakening("an owner that can log in", "ALTER ROLE wbo_owner LOGIN", frozenset({"catalogue"}), "ALTER ROLE wbo_owner NOLOGIN"),
    Weakening("a permission that can be passed on", "GRANT \"atm.va_refund_approval\" TO {checker} WITH ADMIN OPTION",
              frozenset({"catalogue"}), "REVOKE ADMIN OPTION FOR \"atm.va_refund_approval\" FROM {checker}"),
    Weakening("a trigger that was dropped", "DROP TRIGGER a_guard_move ON wbo_data.deposit", frozenset({"guards"})),
    Weakening("a trigger that was switched off", "ALTER TABLE wbo_data.refund DISABLE TRIGGER d_guard_refund_move", frozenset({"guards", "catalogue"})),
    Weakening("a log that can be edited", "DROP TRIGGER z_no_update ON wbo_data.audit_entry", frozenset({"guards"})),
    Weakening("one live refund no longer", "DROP INDEX wbo_data.refund_live", frozenset({"guards"})),
    Weakening("a move that is not in the table", "INSERT INTO wbo_data.status_move VALUES ('deposit', 'cancelled', 'pending_auth')", frozenset({"guards"})),
    Weakening("dynamic SQL", "CREATE OR REPLACE FUNCTION wbo.recheck_deposit(record_no text, expected_version integer) RETURNS void LANGUAGE plpgsql"
              " SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $f$ BEGIN EXECUTE record_no; END $f$", frozenset({"catalogue"})),
)  # fmt: skip
