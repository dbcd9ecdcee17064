"""The refusal of a rule: a code and its parameters, never a sentence.

The catalogue names every code with the parameters that its sentence may use. The database raises the same
codes (as MESSAGE, with the parameters as JSON in DETAIL), and `views.labels` has the sentence for each in
every language.
"""

from __future__ import annotations

import ast
from typing import Any


class RuleViolation(Exception):
    """The refusal of an act by a rule; nothing was changed.

    Attributes:
        code: a key of `CATALOGUE`.
        params: the values that the sentence needs; plain values only.
    """

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        return f"{self.code}({shown})"


def told(text: str) -> RuleViolation | None:
    """The violation that `text` was written from by `str(violation)`; None for any other text."""
    code, opened, _ = text.partition("(")
    if not opened or code not in CATALOGUE:
        return None
    try:
        call = ast.parse(text, mode="eval").body
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            return None
        params = {part.arg: ast.literal_eval(part.value) for part in call.keywords if part.arg}
    except (SyntaxError, ValueError):
        return None
    return RuleViolation(code, **params)


CATALOGUE: dict[str, tuple[str, ...]] = {
    # input that cannot be read
    "address_malformed": ("field", "value"),
    "address_checksum": ("field", "value"),
    "txid_malformed": ("field", "value"),
    "amount_malformed": ("field", "value"),
    "amount_not_positive": ("field", "value"),
    "amount_too_precise": ("field", "value", "decimals"),
    "amount_too_large": ("field", "value"),
    "value_missing": ("field",),
    "value_too_long": ("field", "limit"),
    "value_invalid": ("field", "value"),
    "remark_blank": ("field",),
    # things that are not there, or moved meanwhile
    "unknown_object": ("object", "id"),
    "moved_meanwhile": ("object", "id", "expected", "actual", "status"),
    "already_exists": ("object", "id"),
    # who may
    "permission_denied": ("permission",),
    "operator_disabled": ("login",),
    "not_an_operator": ("login",),
    "password_change_required": (),
    "password_unconfirmed": ("login",),
    "step_up_required": ("seconds",),
    # deposits
    "status_forbids": ("object", "id", "status", "wanted"),
    "serial_reused": ("external_serial",),
    "txid_already_attached": ("external_serial", "txid"),
    "deposit_disabled": ("coin", "network"),
    "no_custodial_account": ("network",),
    "fault_not_acceptable": ("reason",),
    "transfer_on_chain": ("amount", "coin", "txid", "confirmations"),
    "refund_in_progress": ("record_no", "refund_no"),
    # refunds
    "refund_exceeds_credited": ("amount", "limit"),
    "refund_below_one": ("amount",),
    "refund_address_not_verified": ("address", "status"),
    "refund_address_other_client": ("address",),
    "refund_address_other_network": ("address", "network"),
    "refund_address_unknown": ("address",),
    "receiver_not_acknowledged": ("address", "risk"),
    "adjust_reason_missing": ("amount", "limit"),
    "approver_is_requester": ("login",),
    "already_approved": ("login",),
    "same_hand": ("login", "other", "common"),
    "wallet_cooling_off": ("address", "until"),
    "daily_limit_exceeded": ("coin", "limit", "used", "amount"),
    "hot_wallet_balance": ("coin", "needed", "available"),
    "hot_wallet_gas": ("network", "needed", "available"),
    "hot_wallet_stopped": ("network", "reason"),
    "hot_wallet_missing": ("network",),
    "network_halted": ("network",),
    "intent_mismatch": ("refund_no",),
    "already_signed": ("refund_no",),
    # wallets and custodial accounts
    "wallet_of_other_client": ("address", "client_no"),
    "wallet_in_use": ("address", "refund_no"),
    "wallet_deleted": ("address",),
    "wallet_of_own_hand": ("address", "login", "common"),
    "already_asked": ("login",),
    "asked_by_own_hand": ("login",),
    "account_assigned": ("address", "client_no"),
    "verification_target_missing": ("client_no", "network"),
    # operators
    "own_permission": ("permission",),
    "last_administrator": ("login",),
    "last_other_hand": ("login",),
    "login_taken": ("login",),
    "verifier_malformed": (),
    "password_unchanged": (),
    "password_too_short": ("minimum",),
    "password_common": (),
    "password_contains_login": (),
    "second_administrator_needed": ("id",),
    "agreement_needed": ("kind", "id", "rules"),
    "request_waits": ("kind", "id", "login"),
    "not_your_request": ("login",),
    # workers
    "lease_lost": ("network", "epoch"),
    "checkpoint_moved": ("network", "expected", "actual"),
    "parent_mismatch": ("network", "number"),
    "finality_violated": ("network", "number"),
    "nonce_conflict": ("network", "sender", "expected", "actual"),
    "reconciliation_needed": ("network", "sender", "expected", "actual"),
    "invariant_broken": ("rule",),
    # the environment
    "login_failed": (),
    "login_locked": ("until",),
    "password_wrong": (),
    "login_not_permitted": ("login",),
    "workstation_not_admitted": ("server",),
    "database_unreachable": (),
    "database_starting": (),
    "database_full": (),
    "database_read_only": ("server",),
    "database_missing": ("database", "server"),
    "database_outdated": ("name",),
    "database_foreign": ("name",),
    "connection_refused": ("server", "state"),
    "outcome_unknown": (),
    "statement_timed_out": (),
    "busy_elsewhere": (),
    "transport_insecure": ("server",),
    "tls_missing": ("server",),
    "tls_wrong_name": ("server",),
    "tls_expired": ("server",),
    "tls_untrusted": ("server",),
    "tls_failed": ("server",),
    "tls_authority_unreadable": ("path",),
    "scram_missing": ("server",),
    "server_not_genuine": ("server",),
    "session_expired": (),
    "screen_locked": (),
}

PASSING = frozenset(
    {
        "database_unreachable",
        "database_starting",
        "database_full",
        "database_read_only",
        "statement_timed_out",
        "busy_elsewhere",
    }
)
"""Refusals that pass by themselves: nothing was changed, and the same may be tried again. They never end a
session or a worker."""

LOST = PASSING - {"statement_timed_out", "busy_elsewhere"} | {
    "workstation_not_admitted",
    "database_missing",
    "connection_refused",
    "tls_missing",
    "tls_wrong_name",
    "tls_expired",
    "tls_untrusted",
    "tls_failed",
    "tls_authority_unreadable",
    "scram_missing",
    "server_not_genuine",
}
"""Refusals that mean there is no connection for now: an open desktop keeps what it shows and waits; only a
refusal of the login itself ends its session."""
