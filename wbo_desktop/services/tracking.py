"""The values that the worker and the database exchange, and the port that `models.chain_store` implements.

Nothing here decides. Amounts are base units, heights are block numbers, times aware. The port's methods
block; `OnThreads` runs them beside the loop, so that a window painted by the same loop never waits.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, ParamSpec, Protocol, TypeVar

from wbo_desktop.domain.deposit import DepositStatus, Reason
from wbo_desktop.domain.facts import Claim, OurAddress, PlacedTransfer, Transfer, WalletFact
from wbo_desktop.domain.finality import FinalityRule
from wbo_desktop.domain.reorg import StoredBlock
from wbo_desktop.domain.types import Address, BlockHash, TxHash
from wbo_desktop.domain.wallet import VerificationMethod

T = TypeVar("T")
P = ParamSpec("P")

# configuration


@dataclass(frozen=True, slots=True)
class NetworkSettings:
    """One network's configuration; `agreement` nodes must show a credit, and `worker_agreement` worker logins
    report it."""

    name: str
    chain_id: int
    finality: FinalityRule
    rpc_urls: tuple[str, ...]
    agreement: int
    worker_agreement: int = 1


@dataclass(frozen=True, slots=True)
class CoinSettings:
    """One coin's configuration on one network; `contract` is None for the native one.

    `confirmation_steps`: pairs of (from this many base units on, at least so many confirmations).
    """

    id: int
    code: str
    network: str
    contract: Address | None
    confirmations: int
    confirmation_steps: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Configuration:
    """All networks, coins and hot wallets that a worker follows; compared by value to see whether something
    changed."""

    networks: tuple[NetworkSettings, ...] = ()
    coins: tuple[CoinSettings, ...] = ()
    hot_wallets: Mapping[str, Address] = field(default_factory=dict)

    def coins_of(self, network: str) -> tuple[CoinSettings, ...]:
        return tuple(coin for coin in self.coins if coin.network == network)


# a network's state


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to lead a network, as of one epoch. Every write names it, and a write under a lost one is
    refused."""

    network: str
    epoch: int


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The newest block of a network that is stored, and the head as last seen. With an `alarm` the network
    stands still until the owner clears it."""

    number: int
    hash: BlockHash
    head: int
    finalized: int | None = None
    alarm: str | None = None


# what is found on chain


@dataclass(frozen=True, slots=True)
class FoundSpending:
    """A transaction and what it took from its sender: `fee` and `value` in wei. Reported of the hot wallets,
    and of every sender where the native coin is listed, for the database to reconcile our accounts' balances.
    """

    txid: TxHash
    sender: Address
    nonce: int
    succeeded: bool
    fee: int
    value: int = 0


@dataclass(frozen=True, slots=True)
class FoundBlock:
    """A block as it is stored: its header's hashes and the listed transfers and transactions in it."""

    number: int
    hash: BlockHash
    parent_hash: BlockHash
    mined_at: datetime
    txids: tuple[TxHash, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    sent: tuple[FoundSpending, ...] = ()


# what has to be decided


@dataclass(frozen=True, slots=True)
class StoredTransfer:
    """A transfer to one of our accounts, with the database's id of it."""

    id: int
    transfer: PlacedTransfer


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """One record that is to be judged, with everything that the database knows about it.

    Attributes:
        ticket: the number of the request to judge it; a newer request survives the decision.
        overdue: whether the grace for an unknown TXID has passed; `grace_left` seconds of it remain.
        transfers: canonical ones of its TXID, and those to its account that no other record holds.
    """

    claim: Claim
    ticket: int
    version: int
    status: DepositStatus
    reason: Reason | None
    coin_id: int
    overdue: bool
    grace_left: float
    transfers: tuple[StoredTransfer, ...]
    wallets: tuple[WalletFact, ...]
    accounts: tuple[OurAddress, ...]


@dataclass(frozen=True, slots=True)
class DueRecord:
    """A record in `processing` whose transfer has reached its finality height."""

    record_no: str
    version: int
    transfer: Transfer
    block_number: int
    block_hash: BlockHash


@dataclass(frozen=True, slots=True)
class MicroTransfer:
    """A stored transfer that may be a wallet's micro-payment; final at `confirm_height`."""

    id: int
    transfer: Transfer
    block_number: int
    block_hash: BlockHash
    attached: bool
    confirm_height: int


@dataclass(frozen=True, slots=True)
class WalletCase:
    """A wallet whose proof (a payment or a signature) is there to be checked, or whose time for it is
    over."""

    wallet_id: int
    version: int
    address: Address
    client_no: str
    method: VerificationMethod
    challenge: str | None
    signature: str | None
    micro_target: Address | None
    micro_contract: Address | None
    micro_amount: int | None
    expired: bool
    transfer: MicroTransfer | None


@dataclass(frozen=True, slots=True)
class SentTransaction:
    """A hot wallet's transaction that is about to settle a refund, as the node that is followed shows it.

    `transfers`: what it moved of listed coins; None where their places in the block were not kept.
    """

    txid: TxHash
    block_number: int
    block_hash: BlockHash
    sender: Address
    nonce: int
    succeeded: bool
    transfers: tuple[Transfer, ...] | None


@dataclass(frozen=True, slots=True)
class Work:
    """Everything on a network that waits for a decision of the worker.

    Attributes:
        due: records to be credited.
        unasked: addresses of wallets of which it is not known yet whether they are contracts.
        sent: transactions that other nodes have to confirm before they settle a refund.
    """

    checkpoint: Checkpoint
    records: tuple[RecordFacts, ...] = ()
    due: tuple[DueRecord, ...] = ()
    wallets: tuple[WalletCase, ...] = ()
    unasked: tuple[Address, ...] = ()
    sent: tuple[SentTransaction, ...] = ()

    @property
    def is_idle(self) -> bool:
        """Whether no record and no wallet waits for a decision."""
        return not (self.records or self.due or self.wallets)


# what was decided


@dataclass(frozen=True, slots=True)
class RecordDecision:
    """The judgement of one record, valid for the version that was judged.

    `check_again` keeps the record in the queue for so many seconds; None takes it out until something
    happens. Without a `status` the record stays as it is.
    """

    record_no: str
    version: int
    ticket: int
    status: DepositStatus | None = None
    reason: Reason | None = None
    transfer_id: int | None = None
    required_confirmations: int | None = None
    verdicts: Sequence[Mapping[str, Any]] = ()
    proposal: Sequence[Mapping[str, Any]] = ()
    check_again: float | None = None


@dataclass(frozen=True, slots=True)
class CreditDecision:
    """The decision to credit a record, or, with `agreed` False, to set it aside because the nodes contradict
    each other."""

    record_no: str
    version: int
    agreed: bool = True


@dataclass(frozen=True, slots=True)
class WalletDecision:
    """The outcome of a wallet's proof: `seen`, `verified`, `failed` or `expired`."""

    wallet_id: int
    version: int
    outcome: str
    transfer_id: int | None = None
    evidence: Mapping[str, Any] | None = None
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class SentDecision:
    """Whether the nodes agree on what a refund's transaction did; False when they have contradicted one
    another for long."""

    txid: TxHash
    block_hash: BlockHash
    agreed: bool


@dataclass(frozen=True, slots=True)
class Decisions:
    """The decisions on one `Work`."""

    records: tuple[RecordDecision, ...] = ()
    credits: tuple[CreditDecision, ...] = ()
    wallets: tuple[WalletDecision, ...] = ()
    sent: tuple[SentDecision, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.records or self.credits or self.wallets or self.sent)


@dataclass(frozen=True, slots=True)
class Applied:
    """The number of decisions of each kind that were applied; `dropped` ones met a newer version and are
    asked for again."""

    moved: int = 0
    credited: int = 0
    proven: int = 0
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class Rewound:
    """What a rewind undid: blocks (`depth`) and transfers, and the records that wait again or carry an alarm,
    by number."""

    depth: int
    transfers: int
    waiting: tuple[str, ...]
    alarmed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PastTransfers:
    """The number of transfers of old blocks that were stored, and the custodial accounts among the addresses
    asked about."""

    stored: int
    accounts: tuple[OurAddress, ...]


@dataclass(frozen=True, slots=True)
class TrackedAccount:
    """One of our accounts with the database's id of it."""

    id: int
    address: Address


@dataclass(frozen=True, slots=True)
class Watched:
    """The result of one reading of the server's log: refusals found, bytes still unread (`behind`), and
    whether the server keeps a log that can be read at all (`collects`)."""

    refused: int
    behind: int
    collects: bool


class TrackingStore(Protocol):
    """The port to the database as the worker sees it. Blocking; every method may raise `RuleViolation`
    (`lease_lost`, `checkpoint_moved`, `database_unreachable`, …)."""

    round_trips: int
    """The number of statements sent so far."""

    def configuration(self) -> Configuration: ...
    def take_lease(self, network: str, holder: str, seconds: float) -> Lease | None: ...
    def release_lease(self, lease: Lease) -> None: ...
    def report_health(self, lease: Lease, seconds: float, health: Mapping[str, Any]) -> None: ...
    def checkpoint(self, network: str) -> Checkpoint | None: ...
    def recent_blocks(self, network: str, from_number: int, most: int) -> list[StoredBlock]: ...
    def start_tracking(self, lease: Lease, block: FoundBlock) -> None: ...
    def record_blocks(
        self,
        lease: Lease,
        seconds: float,
        expected_hash: str,
        blocks: Sequence[FoundBlock],
        head: int,
        finalized: int | None,
    ) -> Work: ...
    def record_past_transfers(
        self, lease: Lease, blocks: Sequence[FoundBlock], addresses: Sequence[Address]
    ) -> PastTransfers: ...
    def apply_decisions(self, lease: Lease, decisions: Decisions) -> Applied: ...
    def blocks_to_report(self, network: str, most: int) -> list[tuple[int, str]]: ...
    def report_transfers(self, network: str, blocks: Sequence[FoundBlock]) -> int: ...
    def note_contracts(self, lease: Lease, found: Mapping[Address, bool]) -> None: ...
    def rewind(self, lease: Lease, expected_hash: str, to_number: int) -> Rewound: ...
    def raise_alarm(self, lease: Lease, alarm: str) -> None: ...
    def accounts_to_reconcile(self, lease: Lease, most: int) -> list[TrackedAccount]: ...
    def record_balances(
        self, lease: Lease, number: int, block_hash: str, balances: Mapping[int, int]
    ) -> int: ...
    def seal_audit(self, most: int) -> int: ...
    def keep_watch(self) -> Watched: ...
    def end_stalled(self) -> list[dict[str, str]]: ...
    def note_ended(self, ended: Sequence[Mapping[str, str]]) -> None: ...
    @property
    def backend(self) -> int: ...
    def listen(self, heard: Callable[[str, int], None]) -> None:
        """Calls `heard` with the topic and the backend's process id of each change, until `close`; with an
        empty topic at every connection, because anything may have changed before."""

    def close(self) -> None: ...


class OnThreads:
    """Runs blocking calls on a small executor: `await on_threads(store.checkpoint, "Ethereum")`."""

    def __init__(self, threads: int = 4) -> None:
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix="worker-database")

    async def __call__(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._executor, partial(work, *args, **kwargs))

    def shutdown(self) -> None:
        """Takes no more calls and blocks until those under way have ended."""
        self._executor.shutdown(wait=True)
