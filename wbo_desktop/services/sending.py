"""The values that the refund sender and the database exchange, and the port that `models.refund_store`
implements.

Nothing here decides. Amounts and fees are base units. The port's methods block; `services.tracking.OnThreads`
runs them beside the loop.
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
    """One signed transaction of a refund, as it was stored before any node was given it.

    Attributes:
        attempt: counts the refund's signed transactions from 1.
        sent: whether a node may have it.
        age: seconds since it was first sent, or since it was signed.
        last_answer: a node's last answer to it, empty when there was none.
    """

    attempt: int
    txid: TxHash
    raw: bytes
    sent: bool
    age: float
    last_answer: str


@dataclass(frozen=True, slots=True)
class RefundWork:
    """One refund that is to be signed or sent.

    Attributes:
        intent_text, intent_hash: what the approvers agreed to.
        stop_level: of the coin, in base units, below which the hot wallet does not pay.
        nonce: None until something was signed.
        attempts: in the order of signing.
        is_contract: whether operators were told that the address is a contract; None before a node was asked.
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
        """Whether the intent, put together anew from its parts, has the text and the hash that were
        approved."""
        return self.intent.canonical() == self.intent_text and self.intent.digest() == self.intent_hash


@dataclass(frozen=True, slots=True)
class HotWallet:
    """The account from which a network's refunds are paid. With a `stopped_reason` nothing is signed or
    sent."""

    address: Address
    next_nonce: int
    stopped_reason: str | None


@dataclass(frozen=True, slots=True)
class HeldCoin:
    """A coin whose balance the hot wallet reports; `contract` is None for the native one."""

    code: str
    contract: Address | None
    decimals: int


@dataclass(frozen=True, slots=True)
class SendingWork:
    """The refunds of one network that are under way or to be signed: by nonce, then in the order of
    execution.

    `looked_ago`: seconds since the wallet's balances were stored, None when they never were.
    """

    wallet: HotWallet | None
    looked_ago: float | None
    coins: tuple[HeldCoin, ...] = ()
    refunds: tuple[RefundWork, ...] = ()


@dataclass(frozen=True, slots=True)
class NewAttempt:
    """A signed transaction that is about to be stored, as read out of the signed bytes. Fees are wei a unit
    of gas."""

    sender: Address
    nonce: int
    txid: TxHash
    raw: bytes
    fee_cap: int
    tip: int
    gas: int


@dataclass(frozen=True, slots=True)
class FeeEstimate:
    """What a refund may cost at the current fees, in units of the network's native coin.

    Attributes:
        held: the hot wallet's balance of it.
        native, token: the most that sending the native coin, or a token, is likely to cost.
    """

    held: Decimal
    native: Decimal
    token: Decimal


class RefundStore(Protocol):
    """The port to the database as the refund sender sees it. Blocking; every method may raise `RuleViolation`
    (`lease_lost`, `moved_meanwhile`, `nonce_conflict`, `hot_wallet_stopped`, `database_unreachable`, …)."""

    def register(self, lease: Lease, address: Address, mined: int, pending: int) -> HotWallet:
        """Stores the hot wallet's address and returns its state. `mined` and `pending` are the node's counts
        of its transactions (`latest` and `pending`): a wallet of which the chain knows more than the database
        is stopped."""

    def work(self, lease: Lease) -> SendingWork: ...
    def store_signed(self, lease: Lease, refund_no: str, version: int, attempt: NewAttempt) -> int:
        """Stores the signed bytes and takes the nonce, in one transaction. Returns the attempt's number."""

    def bytes_to_send(self, lease: Lease, txid: TxHash) -> bytes:
        """The stored bytes of an attempt. Refused when the lease is lost or the wallet stopped."""

    def mark_broadcast(self, lease: Lease, txid: TxHash, answer: str, maybe_sent: bool) -> None: ...
    def note(self, lease: Lease, refund_no: str, failure: str | None) -> None:
        """Stores on the refund why it waits: a `RefundFailure`, or the code of the rule that refused it; None
        for neither."""

    def note_contract(self, lease: Lease, address: Address) -> None:
        """Stores that there is code at a client's address, so that operators are warned of it."""

    def report_balances(
        self, lease: Lease, balances: Mapping[str, Decimal], fees: FeeEstimate | None = None
    ) -> None: ...
    def stop(self, lease: Lease, reason: WalletStop) -> None: ...
