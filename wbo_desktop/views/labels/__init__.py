"""Codes to words, in the operator's language. No other module of views writes what a status, a reason or
a rule is called.

`labels.deposit_status(
    "success")`, `labels.sentence(violation)`; see `words.Words` for what a table does with a code it
does not know.
"""

from wbo_desktop.views.labels.actions import action
from wbo_desktop.views.labels.amounts import (
    amount_difference,
    amount_difference_text,
    deposit_amount,
    deposit_amount_explained,
    deposit_amount_text,
)
from wbo_desktop.views.labels.client_messages import client_message
from wbo_desktop.views.labels.errors import error
from wbo_desktop.views.labels.fields import field
from wbo_desktop.views.labels.names import (
    audit_fault,
    channel,
    finality,
    level,
    method,
    object_kind,
    permission,
    permission_allows,
    policy,
    policy_explained,
    receiver_risk,
    wallet_rule,
)
from wbo_desktop.views.labels.reasons import (
    check,
    failure,
    note,
    on_chain,
    reason,
    reason_next,
    reason_sentence,
    wallet_stop,
)
from wbo_desktop.views.labels.requests import request_about, request_change, request_changes
from wbo_desktop.views.labels.sentences import (
    alarm,
    client_name,
    deposit_explained,
    deposit_next_step,
    inline,
    missing_permission,
    record_explained,
    record_next_step,
    record_reason,
    refund_next_step,
    sentence,
    status,
    value,
    verdict_value,
)
from wbo_desktop.views.labels.statuses import (
    account_next,
    account_state,
    attempt_state,
    deposit_meaning,
    deposit_next,
    deposit_status,
    operator_status,
    refund_next,
    refund_status,
    request_state,
    sharing,
    wallet_next,
    wallet_status,
)
from wbo_desktop.views.labels.steps import step
from wbo_desktop.views.labels.words import Words

__all__ = [
    "Words",
    "account_next",
    "account_state",
    "action",
    "alarm",
    "amount_difference",
    "amount_difference_text",
    "attempt_state",
    "audit_fault",
    "channel",
    "check",
    "client_message",
    "client_name",
    "deposit_amount",
    "deposit_amount_explained",
    "deposit_amount_text",
    "deposit_explained",
    "deposit_meaning",
    "deposit_next",
    "deposit_next_step",
    "deposit_status",
    "error",
    "failure",
    "field",
    "finality",
    "inline",
    "level",
    "method",
    "missing_permission",
    "note",
    "object_kind",
    "on_chain",
    "operator_status",
    "permission",
    "permission_allows",
    "policy",
    "policy_explained",
    "reason",
    "reason_next",
    "reason_sentence",
    "receiver_risk",
    "record_explained",
    "record_next_step",
    "record_reason",
    "refund_next",
    "refund_next_step",
    "refund_status",
    "request_about",
    "request_change",
    "request_changes",
    "request_state",
    "sentence",
    "sharing",
    "status",
    "step",
    "value",
    "verdict_value",
    "wallet_next",
    "wallet_rule",
    "wallet_status",
    "wallet_stop",
]
