"""Sentences from the tables of words: a refusal with its values, what a record waits for, a value of a
column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol

from PySide6.QtCore import QCoreApplication

from wbo_desktop.domain.errors import RuleViolation, told
from wbo_desktop.models.tables import DepositApplication, DepositRecord, Refund
from wbo_desktop.views import format as shown
from wbo_desktop.views import i18n
from wbo_desktop.views.labels.actions import action
from wbo_desktop.views.labels.errors import error, moved_meanwhile_plainly
from wbo_desktop.views.labels.fields import field
from wbo_desktop.views.labels.names import (
    channel,
    finality,
    method,
    object_kind,
    permission,
    receiver_risk,
    wallet_rule,
)
from wbo_desktop.views.labels.reasons import on_chain, reason, reason_next, reason_sentence, wallet_stop
from wbo_desktop.views.labels.statuses import (
    account_state,
    deposit_meaning,
    deposit_next,
    deposit_status,
    operator_status,
    refund_next,
    refund_status,
    request_state,
    wallet_status,
)
from wbo_desktop.views.labels.words import Words
from wbo_desktop.views.on_chain import is_on_chain


def sentence(violation: RuleViolation) -> str:
    """The sentence of a violation, with the name of its field, for a place where no field stands beside it."""
    text = inline(violation)
    if "field" not in violation.params:
        return text
    return QCoreApplication.translate("error", "{field}: {sentence}").format(
        field=field(violation.params["field"]), sentence=text
    )


def inline(violation: RuleViolation) -> str:
    """The sentence of a violation for the line below the field concerned, without the field's name."""
    values = {name: _parameter(name, value, violation.params) for name, value in violation.params.items()}
    words = error
    if violation.code == "moved_meanwhile" and not violation.params.get("status"):
        words = moved_meanwhile_plainly
    return words(violation.code).format_map(defaultdict(lambda: "—", values))


def alarm(text: str | None) -> str:
    """The sentence of the alarm by which a network was stopped: of the rule that the worker wrote; other text
    as it is."""
    violation = told(text or "")
    return sentence(violation) if violation is not None else text or shown.NOTHING


def _parameter(name: str, value: Any, params: Mapping[str, Any]) -> str:
    """A parameter of a violation as text for an operator."""
    if value is None or value == "":
        return "—"
    table = {"field": field, "object": object_kind, "permission": permission, "risk": receiver_risk}.get(name)
    if table is not None:
        return table(value)
    if name == "reason":
        return wallet_stop(value) if value in wallet_stop else reason(value)
    if name in {"status", "wanted"}:
        return _status_or_action(str(value), str(params.get("object", "")))
    if name == "until":
        return shown.time_text(value)
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _status_or_action(code: str, kind: str) -> str:
    tables = [status_words(kind), action, request_state] if kind else [wallet_status, deposit_status, action]
    return next((table(code) for table in tables if code in table), code)


def status_words(kind: str) -> Words:
    """The table of words for the statuses of `kind`: deposit, refund or wallet."""
    if kind.startswith("refund"):
        return refund_status
    if kind.startswith("wallet"):
        return wallet_status
    if kind.startswith("custodial"):
        return account_state
    return operator_status if kind == "operator" else deposit_status


def status(kind: str, code: object) -> str:
    """The word for a status of a deposit, a refund or a wallet."""
    return status_words(kind)(code)


def deposit_explained(status_code: str, reason_code: str | None) -> str:
    """One sentence about the state of a record: its reason where there is one, else its status."""
    return reason_sentence(reason_code) if reason_code else deposit_meaning(status_code)


def deposit_next_step(status_code: str, reason_code: str | None) -> str:
    """The sentence on what the operator does next about a deposit record."""
    waiting = status_code in {"pending_auth", "abnormal"}
    return reason_next(reason_code) if waiting and reason_code in reason_next else deposit_next(status_code)


def record_reason(row: DepositRecord | DepositApplication) -> str:
    """The short word for the reason of a row of `deposit_record`."""
    return on_chain("reason") if is_on_chain(row) else reason(row.reason)


def record_explained(row: DepositRecord | DepositApplication) -> str:
    """One sentence about the state of a row of `deposit_record`."""
    return on_chain("sentence") if is_on_chain(row) else deposit_explained(row.status, row.reason)


def record_next_step(row: DepositRecord | DepositApplication) -> str:
    """The sentence on what the operator does next about a row of `deposit_record`."""
    return on_chain("next") if is_on_chain(row) else deposit_next_step(row.status, row.reason)


def refund_next_step(row: Refund) -> str:
    """The sentence on what has to happen next to a row of `refund`."""
    if row.status == "confirmed" and row.notified_at:
        return QCoreApplication.translate("refund_next", "Nothing is left to do. The client has been told.")
    return refund_next(row.status)


class OfClient(Protocol):
    """A row with a client's names."""

    @property
    def client_name(self) -> str | None: ...
    @property
    def client_name_zh_hk(self) -> str | None: ...
    @property
    def client_name_zh_cn(self) -> str | None: ...


class OfLikelyClient(Protocol):
    """A row with the names of the client that it is likely of."""

    @property
    def likely_client_name(self) -> str | None: ...
    @property
    def likely_client_name_zh_hk(self) -> str | None: ...
    @property
    def likely_client_name_zh_cn(self) -> str | None: ...


def client_name(row: OfClient) -> str:
    """A client's name in the operator's language; the English one where there is no other."""
    return in_own_language(row.client_name, row.client_name_zh_hk, row.client_name_zh_cn)


def likely_client_name(row: OfLikelyClient) -> str:
    """The likely client's name in the operator's language; the English one where there is no other."""
    return in_own_language(row.likely_client_name, row.likely_client_name_zh_hk, row.likely_client_name_zh_cn)


def in_own_language(english: str | None, zh_hk: str | None, zh_cn: str | None) -> str:
    """The name in the operator's language; the English one where there is no other, a dash without any."""
    own = {"zh_HK": zh_hk, "zh_CN": zh_cn}.get(i18n.language())
    return own or english or shown.NOTHING


def verdict_value(check_code: object, content: object) -> str:
    """A claimed or found value of a check as text for an operator."""
    text = str(content)
    translate = QCoreApplication.translate
    if check_code == "status" and text in {"0", "1"}:
        return translate("verdict", "Succeeded") if text == "1" else translate("verdict", "Failed")
    if check_code == "token" and text == "native":
        return translate("verdict", "The network's own coin")
    if check_code == "wallet":
        return wallet_status(text)
    return shown.time_text(text) if check_code == "timeliness" else text


def missing_permission(code: str) -> str:
    """The sentence that names the permission which an act needs and the operator lacks."""
    return sentence(RuleViolation("permission_denied", permission=code))


def value(column: str, content: Any, kind: str = "") -> str:
    """A value of the audit log's before or after as text: codes as words, times local, the rest as it is."""
    if content is None:
        return "—"
    if isinstance(content, bool):
        return _yes_or_no(content)
    if isinstance(content, datetime) or (column.endswith(("_at", "_until")) and isinstance(content, str)):
        return shown.time_text(content)
    if column == "status":
        return status(kind, content)
    tables: dict[str, Callable[[str], str]] = {
        "alarm": alarm,
        "reason": reason,
        "method": method,
        "wallet_method": method,
        "wallet_rule": wallet_rule,
        "receiver_acknowledged": receiver_risk,
        "finality": finality,
        "notified_channel": channel,
        "permission_code": permission,
    }
    if column in tables:
        return tables[column](content)
    if isinstance(content, (list, tuple)):
        return shown.joined(value(column.removesuffix("s"), item, kind) for item in content)
    return format(content, "f") if isinstance(content, Decimal) else str(content)


def _yes_or_no(content: bool) -> str:
    if content:
        return QCoreApplication.translate("value", "Yes")
    return QCoreApplication.translate("value", "No")
