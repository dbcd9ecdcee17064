"""Records that wait for their wallet alone: their transfer is in a block already, so they cannot be revoked."""

from __future__ import annotations

from wbo_desktop.domain.deposit import DepositStatus
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.models.tables import DepositApplication, DepositRecord
from wbo_desktop.views import format as shown


def is_on_chain(row: DepositRecord | DepositApplication) -> bool:
    """Whether a row of `deposit_record` waits although its transfer is in a canonical block."""
    if isinstance(row, DepositApplication):
        return False  # its page does not tell of blocks
    waits = row.status == DepositStatus.PENDING_AUTH
    return waits and row.block_number is not None and bool(row.confirmations)


def revoke_refusal(row: DepositRecord) -> RuleViolation | None:
    """The violation with which the database refuses to revoke the row; None when its transfer is not on the
    chain."""
    if not is_on_chain(row):
        return None
    return RuleViolation(
        "transfer_on_chain",
        amount=shown.plain_amount(row.observed_amount, row.decimals),
        coin=row.coin,
        txid=row.observed_txid or row.txid,
        confirmations=row.confirmations,
    )
