"""A client's wallet address: its statuses, their moves, the proofs of ownership, and the risks of paying to
it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from wbo_desktop.domain.types import Address


class WalletStatus(StrEnum):
    """The states of a wallet: 未認證, 認證中, 已認證, 已刪除."""

    UNVERIFIED = "unverified"
    VERIFYING = "verifying"
    VERIFIED = "verified"
    DELETED = "deleted"


class VerificationMethod(StrEnum):
    """The ways in which a client proves to own an address."""

    MICRO_PAYMENT = "micro_payment"
    MESSAGE_SIGNATURE = "message_signature"


class WalletRule(StrEnum):
    """How often a coin wants the source wallet verified: once, or after each request."""

    ONCE = "once"
    EVERY_DEPOSIT = "every_deposit"


class ReceiverRisk(StrEnum):
    """Why coins sent to a wallet may never reach the client. A refund there needs the operator's confirmation
    that this was checked with the client."""

    KNOWN_ADDRESS = "known_address"
    CONTRACT = "contract"


RECEIVER_RISKS = ((ReceiverRisk.KNOWN_ADDRESS, "known_address"), (ReceiverRisk.CONTRACT, "code"))
"""Each risk with what it is known by, the one that outweighs the others first: the owner's list of known
addresses, or code that a node found at the address."""


def receiver_risk(known_as: str | None, is_contract: bool | None) -> ReceiverRisk | None:
    """The risk of an address, None where there is none or no node was asked yet (`is_contract` is None). An
    entry in the owner's list of known addresses is `known_as`."""
    known = {"known_address": bool(known_as), "code": bool(is_contract)}
    return next((risk for risk, known_by in RECEIVER_RISKS if known[known_by]), None)


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
    """What a transfer on the chain says about a claimed wallet."""

    PROVES = "proves"
    NOT_SIGNED_BY_WALLET = "not_signed_by_wallet"
    """The right payment in a transaction that another account signed: any holder of an allowance can send it
    (EIP-20 `transferFrom`), and a token's contract can log what it likes. Wallets that are contracts sign
    nothing themselves: for those there is the signature proof (EIP-1271)."""
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
    """What a transfer proves about a claimed wallet: it must be the micro-payment that was asked for, to the
    last base unit, in a transaction signed by the wallet.

    `signed_by`: the sender of the transaction that the transfer is part of; None (not known) proves nothing.
    """
    found = (sender, recipient, token, amount)
    if found != (payment.source, payment.target, payment.token, payment.amount):
        return PaymentProof.OTHER_PAYMENT
    return PaymentProof.PROVES if signed_by == payment.source else PaymentProof.NOT_SIGNED_BY_WALLET
