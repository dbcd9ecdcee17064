"""What the refund sender and its database say to one another: values, and the port that `models.refund_store` fills.

Nothing here decides. Amounts and fees are base units. The port's methods block; `services.tracking.OnThreads` runs
them beside the loop.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from wbo_desktop.domain.refund import RefundIntent, RefundStatus
from wbo_desktop.domain.sending import WalletStop
from wbo_desktop.domain.types import Address, TxHash
from wbo_desktop.services.tracking import Lease


@dataclass(frozen=True, slots=True)
class StoredAttempt:
    """Signed bytes as they were stored, before anybody was given them.

    Attributes:
        sent: a node may have them.
        age: seconds since they were first sent, or since they were signed.
        last_answer: the node's last word, empty when there was none.
    """

    attempt: int
    txid: TxHash
    raw: bytes
    sent: bool
    age: float
    last_answer: str


@dataclass(frozen=True, slots=True)
class RefundWork:
    """One refund in hand. `nonce` is None until something was signed; `attempts` in the order of signing.

    `is_contract`: what operators were told of the address; None before a node was asked.
    """

    refund_no: str
    version: int
    status: RefundStatus
    intent: RefundIntent
    intent_text: str
    intent_hash: str
    coin: str
    stop_level: int
    failure: str | None
    hot_wallet: Address | None
    nonce: int | None
    attempts: tuple[StoredAttempt, ...] = ()
    is_contract: bool | None = None

    @property
    def is_as_approved(self) -> bool:
        """Whether the intent, put together anew from its parts, is the text and the hash that were approved."""
        return self.intent.canonical() == self.intent_text and self.intent.digest() == self.intent_hash


@dataclass(frozen=True, slots=True)
class HotWallet:
    """The account that refunds are paid from; with a `stopped_reason` nothing is signed or sent."""

    address: Address
    next_nonce: int
    stopped_reason: str | None


@dataclass(frozen=True, slots=True)
class HeldCoin:
    """A coin of the network, for reading balances. `contract` is None for the native one."""

    code: str
    contract: Address | None
    decimals: int


@dataclass(frozen=True, slots=True)
class SendingWork:
    """Everything there is to send, the oldest nonce first, then those to sign in the order of execution.

    `looked_ago`: seconds since the wallet's balances were stored, None when they never were.
    """

    wallet: HotWallet | None
    looked_ago: float | None
    coins: tuple[HeldCoin, ...] = ()
    refunds: tuple[RefundWork, ...] = ()


@dataclass(frozen=True, slots=True)
class NewAttempt:
    """Signed bytes about to be stored, as they were read out of the bytes themselves."""

    sender: Address
    nonce: int
    txid: TxHash
    raw: bytes
    fee_cap: int
    tip: int
    gas: int


@dataclass(frozen=True, slots=True)
class FeeEstimate:
    """What a refund may cost by the fees of now, in units of the network's own coin.

    Attributes:
        held: what the hot wallet has for it.
        native, token: the most that sending the network's own coin, or a token, is likely to take.
    """

    held: Decimal
    native: Decimal
    token: Decimal


class RefundStore(Protocol):
    """The database as the sender sees it. Blocking; every method may raise `RuleViolation` (`lease_lost`,
    `moved_meanwhile`, `nonce_conflict`, `hot_wallet_stopped`, `database_unreachable`, …)."""

    def register(self, lease: Lease, address: Address, mined: int, pending: int) -> HotWallet:
        """Name the hot wallet, with the chain's counts of its transactions: in blocks, and in the node's pool
        as well. A wallet that the chain knows more of than the database is stopped."""

    def work(self, lease: Lease) -> SendingWork: ...
    def store_signed(self, lease: Lease, refund_no: str, version: int, attempt: NewAttempt) -> int:
        """Store the bytes and take the nonce, in one transaction; returns the attempt's number."""

    def bytes_to_send(self, lease: Lease, txid: TxHash) -> bytes:
        """The stored bytes, for the worker that may send them now: refused when the lease is lost or the wallet stopped."""

    def mark_broadcast(self, lease: Lease, txid: TxHash, answer: str, maybe_sent: bool) -> None: ...
    def note(self, lease: Lease, refund_no: str, failure: str | None) -> None:
        """Say on the refund why it waits: a `RefundFailure`, or the code of the rule that refused it."""

    def note_contract(self, lease: Lease, address: Address) -> None:
        """Keep that code is deployed at a client's address, so that operators are warned of it."""

    def report_balances(
        self, lease: Lease, balances: Mapping[str, Decimal], fees: FeeEstimate | None = None
    ) -> None: ...
    def stop(self, lease: Lease, reason: WalletStop) -> None: ...
