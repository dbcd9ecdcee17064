"""A refund's statuses, the moves between them, and its intent: the canonical text that requester, approvers
and worker hash."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from wbo_desktop.domain.types import Address


class RefundStatus(StrEnum):
    """The states of a refund. From `SIGNED` on, signed bytes exist that can move money; before, none do."""

    REQUESTED = "requested"
    APPROVED = "approved"
    EXECUTING = "executing"
    SIGNED = "signed"
    BROADCAST = "broadcast"
    CONFIRMING = "confirming"
    CONFIRMED = "confirmed"
    FAILED = "failed"
    REJECTED = "rejected"
    CANCELLED = "cancelled"


R = RefundStatus

MOVES: dict[RefundStatus, frozenset[RefundStatus]] = {
    R.REQUESTED: frozenset({R.APPROVED, R.REJECTED, R.CANCELLED}),
    R.APPROVED: frozenset({R.EXECUTING, R.REJECTED, R.CANCELLED}),
    R.EXECUTING: frozenset({R.SIGNED, R.CANCELLED}),
    R.SIGNED: frozenset({R.BROADCAST, R.CONFIRMING, R.FAILED}),
    R.BROADCAST: frozenset({R.CONFIRMING, R.FAILED}),
    R.CONFIRMING: frozenset({R.BROADCAST, R.CONFIRMED, R.FAILED}),
    R.CONFIRMED: frozenset(),
    R.FAILED: frozenset(),
    R.REJECTED: frozenset(),
    R.CANCELLED: frozenset(),
}

LIVE = frozenset({R.REQUESTED, R.APPROVED, R.EXECUTING, R.SIGNED, R.BROADCAST, R.CONFIRMING})
"""While one of these exists for a record, no other refund of it can."""

CANCELLABLE = frozenset({R.REQUESTED, R.APPROVED, R.EXECUTING})
"""Before anything was signed."""

STATUS_SETS = {"live": LIVE, "cancellable": CANCELLABLE}
"""The sets by the names under which the database asks for them."""


@dataclass(frozen=True, slots=True)
class RefundIntent:
    """What the approvers of a refund agree to. `amount` in base units; `token` is None for the native coin."""

    refund_no: str
    record_no: str
    chain_id: int
    token: Address | None
    address: Address
    amount: int

    def canonical(self) -> str:
        """The text that is hashed: one `name=value` a line, in this order, addresses in lower case."""
        return "\n".join(
            (
                "wbo-refund-intent-v1",
                f"refund_no={self.refund_no}",
                f"record_no={self.record_no}",
                f"chain_id={self.chain_id}",
                f"token={self.token.lower() if self.token else 'native'}",
                f"address={self.address.lower()}",
                f"amount={self.amount}",
            )
        )

    def digest(self) -> str:
        """SHA-256 of the canonical text, 64 hexadecimal digits."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()
