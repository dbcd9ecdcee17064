"""What the worker and its database say to one another: values, and the port that `models.chain_store` fills.

Nothing here decides. Amounts are base units, heights are block numbers, times aware. The port's methods block;
`OnThreads` runs them beside the loop, so that a window painted by the same loop never waits.
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
from wbo_desktop.domain.facts import Claim, OurAddress, Transfer, WalletFact
from wbo_desktop.domain.finality import FinalityRule
from wbo_desktop.domain.reorg import StoredBlock
from wbo_desktop.domain.types import Address, BlockHash, TxHash
from wbo_desktop.domain.wallet import VerificationMethod

T = TypeVar("T")
P = ParamSpec("P")

# configuration


@dataclass(frozen=True, slots=True)
class NetworkSettings:
    """One network; `agreement` is how many endpoints must see a credit, `worker_agreement` how many worker logins."""

    name: str
    chain_id: int
    finality: FinalityRule
    rpc_urls: tuple[str, ...]
    agreement: int
    worker_agreement: int = 1


@dataclass(frozen=True, slots=True)
class CoinSettings:
    """One coin on one network; `contract` is None for the native one.

    `confirmation_steps`: from this many base units on, at least so many confirmations.
    """

    id: int
    code: str
    network: str
    contract: Address | None
    confirmations: int
    confirmation_steps: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Configuration:
    """Everything a worker follows; compared to see whether it changed."""

    networks: tuple[NetworkSettings, ...] = ()
    coins: tuple[CoinSettings, ...] = ()
    hot_wallets: Mapping[str, Address] = field(default_factory=dict)

    def coins_of(self, network: str) -> tuple[CoinSettings, ...]:
        """The coins of one network."""
        return tuple(coin for coin in self.coins if coin.network == network)


# a network's state


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to lead a network, as of one epoch; every write names it, and a lost one is refused."""

    network: str
    epoch: int


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far a network is stored. With an `alarm` nothing goes on until the owner has looked."""

    number: int
    hash: BlockHash
    head: int
    finalized: int | None = None
    alarm: str | None = None


# what is found on chain


@dataclass(frozen=True, slots=True)
class FoundTransfer:
    """A transfer of a listed coin, to anybody; the database keeps those to our accounts.

    Attributes:
        position: of its log in the transaction, the same in whichever block that is; None where it is `log_index`.
        signed_by: who signed its transaction, which need not be the sender; None where it is not needed.
    """

    txid: TxHash
    log_index: int
    contract: Address | None
    sender: Address
    recipient: Address
    amount: int
    position: int | None = None
    signed_by: Address | None = None


@dataclass(frozen=True, slots=True)
class FoundSpending:
    """A transaction signed by an account that matters: a hot wallet, or anybody where nothing is traced."""

    txid: TxHash
    sender: Address
    nonce: int
    succeeded: bool
    fee: int
    value: int = 0


@dataclass(frozen=True, slots=True)
class FoundBlock:
    """A block as it is stored."""

    number: int
    hash: BlockHash
    parent_hash: BlockHash
    mined_at: datetime
    txids: tuple[TxHash, ...] = ()
    transfers: tuple[FoundTransfer, ...] = ()
    sent: tuple[FoundSpending, ...] = ()


# what has to be decided


@dataclass(frozen=True, slots=True)
class StoredTransfer:
    """A stored transfer to one of our accounts; `id` is the database's."""

    id: int
    transfer: Transfer


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """One record to be judged, with everything the database knows about it.

    Attributes:
        ticket: of the wish to have it judged; a newer wish outlives the decision.
        overdue: the grace for an unknown TXID has passed; `grace_left` seconds of it remain.
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
    """A record whose transfer has the confirmations it needs."""

    record_no: str
    version: int
    transfer: FoundTransfer
    block_number: int
    block_hash: BlockHash


@dataclass(frozen=True, slots=True)
class MicroTransfer:
    """The transfer that looks like a wallet's micro-payment."""

    id: int
    transfer: FoundTransfer
    block_number: int
    block_hash: BlockHash
    attached: bool
    confirm_height: int


@dataclass(frozen=True, slots=True)
class WalletCase:
    """A wallet whose proof has come, or whose time is over."""

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
    """A hot wallet's transaction that is about to settle a refund, as one node told it.

    `transfers`: what it moved of listed coins; None where their places in the block were not kept.
    """

    txid: TxHash
    block_number: int
    block_hash: BlockHash
    sender: Address
    nonce: int
    succeeded: bool
    transfers: tuple[FoundTransfer, ...] | None


@dataclass(frozen=True, slots=True)
class Work:
    """What there is to decide now.

    `sent`: what other nodes have to confirm before it settles a refund.
    `unasked`: addresses of wallets of which it is not known yet whether they are contracts.
    """

    checkpoint: Checkpoint
    records: tuple[RecordFacts, ...] = ()
    due: tuple[DueRecord, ...] = ()
    wallets: tuple[WalletCase, ...] = ()
    unasked: tuple[Address, ...] = ()
    sent: tuple[SentTransaction, ...] = ()

    @property
    def is_idle(self) -> bool:
        """Whether nothing waits for a decision."""
        return not (self.records or self.due or self.wallets)


# what was decided


@dataclass(frozen=True, slots=True)
class RecordDecision:
    """One record's judgement, for the version it was made for.

    `check_again` in seconds keeps the record in the queue; None takes it out until something happens. Without
    a `status` the record stays as it is.
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
    """Credit a record, or (`agreed` off) set it aside because the nodes contradict each other."""

    record_no: str
    version: int
    agreed: bool = True


@dataclass(frozen=True, slots=True)
class WalletDecision:
    """What became of a wallet's proof: `seen`, `verified`, `failed` or `expired`."""

    wallet_id: int
    version: int
    outcome: str
    transfer_id: int | None = None
    evidence: Mapping[str, Any] | None = None
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class SentDecision:
    """Whether the nodes agree on what a refund's transaction did; False when they contradict one another for long."""

    txid: TxHash
    block_hash: BlockHash
    agreed: bool


@dataclass(frozen=True, slots=True)
class Decisions:
    """Everything decided on one `Work`."""

    records: tuple[RecordDecision, ...] = ()
    credits: tuple[CreditDecision, ...] = ()
    wallets: tuple[WalletDecision, ...] = ()
    sent: tuple[SentDecision, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.records or self.credits or self.wallets or self.sent)


@dataclass(frozen=True, slots=True)
class Applied:
    """How many of each were applied; `dropped` ones moved meanwhile and are asked about again."""

    moved: int = 0
    credited: int = 0
    proven: int = 0
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class Rewound:
    """What a reorganisation undid."""

    depth: int
    transfers: int
    waiting: tuple[str, ...]
    alarmed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PastTransfers:
    """How many transfers of old blocks were stored, and which of the addresses asked about are ours."""

    stored: int
    accounts: tuple[OurAddress, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """One of our accounts, by the database's id."""

    id: int
    address: Address


@dataclass(frozen=True, slots=True)
class Watched:
    """One look of the watch: refusals found, bytes of the server's log that are left unread, and whether the server
    keeps a log that can be read at all."""

    refused: int
    behind: int
    collects: bool


class TrackingStore(Protocol):
    """The database as the worker sees it. Blocking; every method may raise `RuleViolation` (`lease_lost`,
    `checkpoint_moved`, `database_unreachable`, …)."""

    round_trips: int
    """Statements sent so far."""

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
    def accounts_to_weigh(self, lease: Lease, most: int) -> list[Account]: ...
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
        """Call `heard` with the topic and the backend of each change, until `close`; with an empty topic at
        every connection, because anything may have changed before."""

    def close(self) -> None: ...


class OnThreads:
    """Runs blocking calls on a small executor: `await on_threads(store.checkpoint, "Ethereum")`."""

    def __init__(self, threads: int = 4) -> None:
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix="worker-database")

    async def __call__(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._executor, partial(work, *args, **kwargs))

    def shutdown(self) -> None:
        """No more calls; those under way are waited for."""
        self._executor.shutdown(wait=True)
