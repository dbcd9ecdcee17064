"""A client wallet address: its statuses, the ways to verify it, and what the client is asked to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from wbo_desktop.domain.types import Address


class WalletStatus(StrEnum):
    """未認證, 認證中, 已認證, 已刪除."""

    UNVERIFIED = "unverified"
    VERIFYING = "verifying"
    VERIFIED = "verified"
    DELETED = "deleted"


class VerificationMethod(StrEnum):
    """How a client proves that an address is theirs."""

    MICRO_PAYMENT = "micro_payment"
    MESSAGE_SIGNATURE = "message_signature"


class WalletRule(StrEnum):
    """How often a coin wants the source wallet verified."""

    ONCE = "once"
    EVERY_DEPOSIT = "every_deposit"


class ReceiverRisk(StrEnum):
    """Why coins sent to a wallet may never reach the client. A refund there needs the operator's word that it was
    checked with the client."""

    KNOWN_ADDRESS = "known_address"
    CONTRACT = "contract"


def receiver_risk(known_as: str | None, is_contract: bool | None) -> ReceiverRisk | None:
    """The risk of an address: the owner's list of exchanges and the like says more than that it is a contract.
    None before a node was asked (`is_contract` is None)."""
    if known_as:
        return ReceiverRisk.KNOWN_ADDRESS
    return ReceiverRisk.CONTRACT if is_contract else None


W = WalletStatus

MOVES: dict[WalletStatus, frozenset[WalletStatus]] = {
    W.UNVERIFIED: frozenset({W.VERIFYING, W.DELETED}),
    W.VERIFYING: frozenset({W.VERIFIED, W.UNVERIFIED, W.DELETED}),
    W.VERIFIED: frozenset({W.VERIFYING, W.DELETED}),
    W.DELETED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class MicroPayment:
    """The payment that proves a wallet: exactly `amount` base units, from the claimed address to `target`."""

    source: Address
    target: Address
    token: Address | None
    amount: int


class PaymentProof(StrEnum):
    """What a transfer found on chain says about a claimed wallet."""

    PROVES = "proves"
    NOT_SIGNED_BY_WALLET = "not_signed_by_wallet"
    """The right payment, but somebody else's transaction: any holder of an allowance can send it (EIP-20 `transferFrom`),
    and a token's contract can log what it likes. Wallets that are contracts sign nothing themselves: for those there is
    the signature proof (EIP-1271)."""
    OTHER_PAYMENT = "other_payment"


def judge_payment(
    payment: MicroPayment,
    *,
    sender: str,
    recipient: str,
    token: str | None,
    amount: int,
    signed_by: str | None,
) -> PaymentProof:
    """Whether a transfer is the micro-payment that was asked for, to the last base unit, and signed by the wallet itself.

    `signed_by`: the sender of the transaction that the transfer is part of; None (not known) proves nothing.
    """
    found = (sender, recipient, token, amount)
    if found != (payment.source, payment.target, payment.token, payment.amount):
        return PaymentProof.OTHER_PAYMENT
    return PaymentProof.PROVES if signed_by == payment.source else PaymentProof.NOT_SIGNED_BY_WALLET
