"""Records that wait for their wallet alone: their transfer is in a block already, so they cannot be revoked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wbo_desktop.domain.deposit import DepositStatus
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.views import format as shown


def is_on_chain(row: Mapping[str, Any]) -> bool:
    """Whether a row of `deposit_record` waits although its transfer is in a canonical block."""
    waits = row["status"] == DepositStatus.PENDING_AUTH
    return waits and row.get("block_number") is not None and bool(row.get("confirmations"))


def revoke_refusal(row: Mapping[str, Any]) -> RuleViolation | None:
    """The violation with which the database refuses to revoke the row; None when its transfer is not on the
    chain."""
    if not is_on_chain(row):
        return None
    return RuleViolation(
        "transfer_on_chain",
        amount=shown.plain_amount(row.get("observed_amount"), row.get("decimals")),
        coin=row["coin"],
        txid=row.get("observed_txid") or row.get("txid"),
        confirmations=row["confirmations"],
    )
