"""The answer to "does this transfer match this record": a verdict for each check, and the status that
follows.

`matching` makes the verdicts; `conclude` alone turns them into a status, so that what is shown and what is
done cannot differ. Values in verdicts are text for people and JSON; codes are translated by the views.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from wbo_desktop.domain.deposit import WAITING, DepositStatus, Reason
from wbo_desktop.domain.facts import PlacedTransfer


class Check(StrEnum):
    """The checks of a record, in the order in which they are shown."""

    EXISTENCE = "existence"
    NETWORK = "network"
    STATUS = "status"
    TOKEN = "token"
    TARGET = "target"
    SENDER = "sender"
    WALLET = "wallet"
    AMOUNT = "amount"
    MINIMUM = "minimum"
    UNUSED = "unused"
    TIMELINESS = "timeliness"


class Note(StrEnum):
    """A remark on a verdict, for people; it decides nothing."""

    IN_MEMPOOL = "in_mempool"
    ORPHANED = "orphaned"
    SEVERAL_CANDIDATES = "several_candidates"
    FOUND_BY_ACCOUNT = "found_by_account"
    ZERO_VALUE = "zero_value"
    OTHER_ACCOUNT_OF_CLIENT = "other_account_of_client"
    UNASSIGNED_ACCOUNT = "unassigned_account"
    OTHER_WALLET_OF_CLIENT = "other_wallet_of_client"
    WALLET_OF_OTHER_CLIENT = "wallet_of_other_client"
    WALLET_UNKNOWN = "wallet_unknown"
    WALLET_DELETED = "wallet_deleted"
    VERIFIED_BEFORE_REQUEST = "verified_before_request"
    ACCEPTED = "accepted"
    LESS_THAN_CLAIMED = "less_than_claimed"
    MORE_THAN_CLAIMED = "more_than_claimed"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of one check: passed, failed, or None while it cannot be said; then `reason`, if any, names
    what is waited for.

    Attributes:
        claimed, found: what the record says and what the chain shows, as text.
    """

    check: Check
    passed: bool | None
    claimed: str | None = None
    found: str | None = None
    reason: Reason | None = None
    note: Note | None = None

    def as_json(self) -> dict[str, str | bool | None]:
        return {
            "check": self.check.value,
            "passed": self.passed,
            "claimed": self.claimed,
            "found": self.found,
            "reason": self.reason.value if self.reason else None,
            "note": self.note.value if self.note else None,
        }


REALITY: tuple[Check, ...] = (
    Check.NETWORK,
    Check.EXISTENCE,
    Check.STATUS,
    Check.TARGET,
    Check.TOKEN,
    Check.UNUSED,
    Check.SENDER,
    Check.WALLET,
)
"""The checks that make the transfer real and this record's, the most telling fault first. An operator can
accept none."""

JUDGEMENT: tuple[Check, ...] = (Check.AMOUNT, Check.MINIMUM, Check.TIMELINESS)
"""The checks whose faults an operator may accept."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdicts on one record, and the status and reason that follow.

    Attributes:
        verdicts: one for every `Check`, in that order.
        to_status: `pending_auth`, `processing` or `abnormal`.
        reason: why it waits or is abnormal; None when processing.
        transfer: the one chosen for the record; the caller attaches it.
        proposal: transfers that an operator should look at (a payment in parts, or several that might be
            meant).
    """

    verdicts: tuple[Verdict, ...]
    to_status: DepositStatus
    reason: Reason | None
    transfer: PlacedTransfer | None
    proposal: tuple[PlacedTransfer, ...] = ()

    def verdict(self, check: Check) -> Verdict:
        """The verdict of one check."""
        return next(verdict for verdict in self.verdicts if verdict.check is check)

    def verdicts_json(self) -> list[dict[str, str | bool | None]]:
        """The verdicts as plain values, for a JSON column."""
        return [verdict.as_json() for verdict in self.verdicts]

    def proposal_json(self) -> list[dict[str, str | int]]:
        """The proposed transfers as plain values; base units as text, because JSON's numbers are floats."""
        return [
            {"txid": t.txid, "log_index": t.log_index, "sender": t.sender, "amount_base": str(t.amount)}
            for t in self.proposal
        ]


def conclude(verdicts: tuple[Verdict, ...], *, accepted: bool) -> tuple[DepositStatus, Reason | None]:
    """The status and the reason that the verdicts mean.

    A failed check of `REALITY` is abnormal. One that is not known yet waits, also when the amount is wrong,
    because a record that can be accepted must lack nothing else. Then a failed check of `JUDGEMENT` is
    abnormal, unless an operator accepted it (`accepted`).
    """
    by_check = {verdict.check: verdict for verdict in verdicts}
    unreadable = next((v for v in verdicts if v.reason is Reason.INVALID_ADDRESS), None)
    if unreadable:
        return DepositStatus.ABNORMAL, unreadable.reason
    real = [by_check[check] for check in REALITY]
    for verdict in real:
        if verdict.passed is False:
            return DepositStatus.ABNORMAL, verdict.reason
    unknown = [verdict.reason for verdict in real if verdict.passed is None]
    if unknown:
        waiting = [reason for reason in unknown if reason in WAITING]
        wallet = Reason.WALLET_UNVERIFIED  # the one the desk can do something about is shown first
        return DepositStatus.PENDING_AUTH, wallet if wallet in waiting else Reason.TRANSFER_NOT_SEEN
    for check in JUDGEMENT:
        if by_check[check].passed is not True and not accepted:
            return DepositStatus.ABNORMAL, by_check[check].reason
    return DepositStatus.PROCESSING, None
