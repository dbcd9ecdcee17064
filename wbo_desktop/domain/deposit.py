"""A deposit record's statuses, the moves between them, and the reasons for which it waits or is abnormal.

The tables are the only ones: every upgrade installs them in the database (`models.installed_rules`), where
triggers and functions hold them for every writer.
"""

from __future__ import annotations

from enum import StrEnum


class DepositStatus(StrEnum):
    """The states of a deposit record. The codes are those of the customer's API."""

    PENDING_AUTH = "pending_auth"
    PROCESSING = "processing"
    SUCCESS = "success"
    ABNORMAL = "abnormal"
    CANCELLED = "cancelled"
    DELETED = "deleted"
    REFUNDING = "refunding"
    REFUNDED = "refunded"
    REFUND_FAILED = "refund_failed"


S = DepositStatus

MOVES: dict[DepositStatus, frozenset[DepositStatus]] = {
    S.PENDING_AUTH: frozenset({S.PROCESSING, S.ABNORMAL, S.CANCELLED, S.DELETED}),
    S.PROCESSING: frozenset({S.SUCCESS, S.ABNORMAL, S.PENDING_AUTH}),
    S.SUCCESS: frozenset({S.REFUNDING, S.ABNORMAL}),
    S.ABNORMAL: frozenset({S.PENDING_AUTH, S.PROCESSING, S.DELETED}),
    S.REFUNDING: frozenset({S.REFUNDED, S.REFUND_FAILED, S.SUCCESS}),
    S.REFUND_FAILED: frozenset({S.REFUNDING}),
    S.CANCELLED: frozenset(),
    S.DELETED: frozenset(),
    S.REFUNDED: frozenset(),
}


class Reason(StrEnum):
    """Why a record is `pending_auth` (the first group, `WAITING`) or `abnormal` (the rest)."""

    WALLET_UNVERIFIED = "wallet_unverified"
    TRANSFER_NOT_SEEN = "transfer_not_seen"

    INVALID_ADDRESS = "invalid_address"
    TXID_NOT_FOUND = "txid_not_found"
    WRONG_NETWORK = "wrong_network"
    WRONG_CONTRACT = "wrong_contract"
    NOT_OUR_ADDRESS = "not_our_address"
    TRANSACTION_FAILED = "transaction_failed"
    NO_TRANSFER = "no_transfer"
    SENDER_NOT_VERIFIED = "sender_not_verified"
    OTHER_CLIENTS_ACCOUNT = "other_clients_account"
    BELOW_MINIMUM = "below_minimum"
    AMOUNT_DIFFERS = "amount_differs"
    SPLIT_PAYMENT = "split_payment"
    TXID_ALREADY_USED = "txid_already_used"
    REORGANISED = "reorganised"
    NODES_DISAGREE = "nodes_disagree"
    LATE = "late"


WAITING = frozenset({Reason.WALLET_UNVERIFIED, Reason.TRANSFER_NOT_SEEN})

ACCEPTABLE = frozenset({Reason.AMOUNT_DIFFERS, Reason.BELOW_MINIMUM, Reason.SPLIT_PAYMENT, Reason.LATE})
"""The faults that an operator may accept (核實入賬): those of amount and time. A transfer's existence, target,
coin and sender can never be accepted."""

CURABLE = frozenset({Reason.AMOUNT_DIFFERS, Reason.BELOW_MINIMUM, Reason.SPLIT_PAYMENT})
"""The faults that another transfer to the same account may cure: a record that has one is judged again when
one arrives."""
