"""What a record says and what the chain shows, as plain values that `matching` compares.

The worker makes them from the database and the nodes, a test by hand; nothing here decides. Amounts are base
units, addresses EIP-55, hashes lower case, times aware; `network` is the network's name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from wbo_desktop.domain.types import Address, BlockHash, TxHash
from wbo_desktop.domain.wallet import WalletRule, WalletStatus

DEFAULT_TOLERANCE_BPS = 500
"""The tolerance of a coin that sets none, in hundredths of a percent: from 95 % to 100 % of the claim is
credited."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A deposit record's claim: the transfer that the client announced, with the rules of its coin.

    Attributes:
        token: the listed contract, None for the native coin.
        tolerance_bps: how much of the claim may be missing, in hundredths of a percent (500 = 5 %).
        source, target: as the client side wrote them; may be unreadable.
        max_gap: the longest time between request and transfer, either way; None for any.
        accepted: an operator accepted amount, minimum and lateness. Changes nothing else.
        contested: another live record without TXID waits for a transfer of the same coin, from the same
            source, to the same account. Then only an amount that fits decides between them.
    """

    record_no: str
    client_no: str
    coin: str
    network: str
    token: Address | None
    decimals: int
    claimed_base: int
    minimum_base: int
    source: str
    target: str
    txid: TxHash | None
    created_at: datetime
    wallet_rule: WalletRule = WalletRule.ONCE
    tolerance_bps: int = DEFAULT_TOLERANCE_BPS
    max_gap: timedelta | None = None
    accepted: bool = False
    contested: bool = False

    @property
    def least_base(self) -> int:
        """The smallest amount that is credited, in base units: the claim less the tolerance, rounded up."""
        kept = 10_000 - min(max(self.tolerance_bps, 0), 10_000)
        return -(-self.claimed_base * kept // 10_000)

    def fits(self, amount_base: int) -> bool:
        """Whether an amount in base units is credited without an operator: at most the claim, at least
        `least_base`."""
        return self.least_base <= amount_base <= self.claimed_base


@dataclass(frozen=True, slots=True)
class Transaction:
    """A transaction as a node shows it. The block's fields are None while it is in the mempool; `status` is
    the receipt's, 1 or 0."""

    txid: TxHash
    network: str
    block_number: int | None
    block_hash: BlockHash | None
    block_time: datetime | None
    status: int | None
    sender: Address


@dataclass(frozen=True, slots=True)
class Transfer:
    """One movement of a coin in a transaction that succeeded, from the block to the screen.

    Attributes:
        log_index: position of the log in its block; -1 for the value of the transaction itself; -2, -3, … for
            value sent on by contracts.
        token: the contract that logged it, None for the native coin.
        sender: whose balance went down: topic 1 of the log, not always the sender of the transaction.
        amount: base units; what the log says the recipient got, a token's own fee is already missing from it. Zero is
            possible and worth nothing.
        position: of the log in its transaction, which stays when another block includes the transaction; None where it
            is `log_index` (native coin).
        signed_by: the signer of its transaction; None where it is not needed.
    """

    txid: TxHash
    log_index: int
    token: Address | None
    sender: Address
    recipient: Address
    amount: int
    position: int | None = None
    signed_by: Address | None = None

    @property
    def is_zero(self) -> bool:
        """Nothing moved: a look-alike address may be meant to be copied from the history (address
        poisoning).
        """
        return self.amount == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedTransfer(Transfer):
    """A transfer with its place on a network, as a record is compared with it.

    Attributes:
        status: of the transaction's receipt.
        canonical: False when its block was orphaned.
        used_by: the record (or wallet verification) that holds it, None for an unmatched one.
    """

    network: str
    status: int | None
    canonical: bool
    block_number: int
    block_hash: BlockHash
    block_time: datetime
    used_by: str | None = None


@dataclass(frozen=True, slots=True)
class WalletFact:
    """A client's wallet address; the same address may be known for several clients."""

    client_no: str
    network: str
    address: Address
    status: WalletStatus
    verified_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OurAddress:
    """A custodial account of a channel, and the client that it is assigned to, if any."""

    network: str
    address: Address
    client_no: str | None
