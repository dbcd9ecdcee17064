"""Follows one network: a step reads what is new, has it stored, decides what must be decided, and has that applied.

At most four requests to nodes and three round trips to the database a step, whatever the number of pending
records; what does not fit waits for the next step. Truth comes by height: who wakes the tracker up is not asked.
`domain` decides, the database enforces, and every write names the lease's epoch.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from time import monotonic

from wbo_desktop.chain.evm.blocks import BlockFacts
from wbo_desktop.chain.evm.heads import Heads, read_hashes, read_heads
from wbo_desktop.chain.evm.reader import read_blocks, read_headers
from wbo_desktop.chain.evm.tracers import Tracers
from wbo_desktop.chain.evm.traces import TraceKind
from wbo_desktop.chain.rpc.endpoints import Endpoints
from wbo_desktop.chain.rpc.errors import RpcError, Unavailable
from wbo_desktop.chain.rpc.provider import NodeProvider
from wbo_desktop.chain.tracking.balance_reconciliation import BalanceReconciliation
from wbo_desktop.chain.tracking.budget import Budget
from wbo_desktop.chain.tracking.common_ancestor import find_common_ancestor
from wbo_desktop.chain.tracking.crediting import Sources, WitnessNodes
from wbo_desktop.chain.tracking.deciding import Decider, Elsewhere
from wbo_desktop.chain.tracking.ranges import AdaptiveRange
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.finality import FinalityRule
from wbo_desktop.domain.reorg import Rewind, StoredBlock
from wbo_desktop.domain.types import Address
from wbo_desktop.services.tracking import (
    Checkpoint,
    CoinSettings,
    FoundBlock,
    FoundSpending,
    Lease,
    NetworkSettings,
    OnThreads,
    TrackingStore,
    Work,
)

log = logging.getLogger("wbo.tracker")

MOST_BLOCKS_BACK = 1000
"""Blocks of ours that a walk back compares at most; deeper is no reorganisation any more."""


@dataclass(frozen=True, slots=True)
class TrackerRules:
    """Attributes:
    lease_seconds: how long a lease lasts after each write.
    first_blocks_back: where a network is tracked from at its very first start, below the head.
    longest_range: blocks read at once while catching up, with about `most_transactions` in them.
    reconcile_every: seconds between looks at balances where a node offers no traces; six times as many where all do.
    """

    lease_seconds: float = 3.0
    first_blocks_back: int = 1000
    longest_range: int = 48
    most_transactions: int = 600
    reconcile_every: float = 10.0


@dataclass(slots=True)
class TrackerProgress:
    """What was done so far, for the health line."""

    head: int = -1
    blocks: int = 0
    steps: int = 0
    credited: int = 0
    proven: int = 0
    reorgs: int = 0
    deepest_reorg: int = 0
    alarmed_records: int = 0
    most_requests: int = 0
    most_round_trips: int = 0


class Tracker:
    """One network, under one lease.

    Args:
        coins: those of this network.
        hot_wallets: whose own transactions are stored too.
        elsewhere: asks the other networks about TXIDs that this one does not know.
    """

    def __init__(
        self,
        network: NetworkSettings,
        coins: Sequence[CoinSettings],
        hot_wallets: frozenset[Address],
        endpoints: Endpoints,
        store: TrackingStore,
        on_threads: OnThreads,
        lease: Lease,
        rules: TrackerRules | None = None,
        elsewhere: Elsewhere | None = None,
    ) -> None:
        self.network, self.lease = network, lease
        self.rules = rules or TrackerRules()
        self.progress = TrackerProgress()
        self.mark: Checkpoint | None = None
        self.range = AdaptiveRange(self.rules.longest_range, self.rules.most_transactions)
        self._listed = {coin.contract for coin in coins}
        self._hot_wallets = hot_wallets
        self._endpoints, self._store, self._db = endpoints, store, on_threads
        self._sources = Sources()
        self._budget = Budget(endpoints)
        self.witnesses = WitnessNodes(endpoints, self._sources)
        self.balances = BalanceReconciliation(endpoints, store, on_threads, lease)
        self.tracers = Tracers()
        self._decider = Decider(
            network.name, coins, endpoints, store, on_threads, lease, self.witnesses, self._budget, elsewhere
        )
        self._held: dict[int, str] = {}

    # ------------------------------------------------------------ one step

    async def step(self) -> bool:
        """Do what there is to do; True when more waits already.

        Raises:
            RpcError: no node could tell; nothing was lost, try again later.
            RuleViolation: `lease_lost`, `database_unreachable`.
        """
        self._budget.begin()
        trips = self._store.round_trips
        mark = self.mark
        if mark is None or mark.alarm is not None:  # the owner may have cleared it
            mark = self.mark = await self._begin()
        if mark.alarm is not None:
            return False
        try:
            return await self._look(mark)
        except RuleViolation as refused:
            if refused.code not in ("checkpoint_moved", "invariant_broken"):
                raise
            log.warning("%s: %s, starting from the checkpoint again", self.network.name, refused)
            self.mark = None
            return False
        finally:
            self.progress.steps += 1
            self.progress.most_requests = max(self.progress.most_requests, self._budget.spent)
            self.progress.most_round_trips = max(
                self.progress.most_round_trips, self._store.round_trips - trips
            )

    async def _look(self, mark: Checkpoint) -> bool:
        heads = await self._heads(mark)
        if self._contradicts(heads):
            return await self._go_back(mark)
        found = await self._read(mark, heads.latest.number)
        if found and found[0].block.parent_hash != mark.hash:
            return await self._go_back(mark)
        work = await self._record(mark, found, heads)
        # a node that lost our newest block is behind or on its way to another chain: nothing is credited on it
        shown = heads.hashes.get(mark.number) is not None
        outcome = await self._decider.decide(work, credit=shown)
        self.progress.credited += outcome.applied.credited
        self.progress.proven += outcome.applied.proven
        if outcome.misled_at is not None:
            await self._read_again(work.checkpoint, outcome.misled_at)
            return True
        behind = work.checkpoint.number < heads.latest.number
        if not behind and not outcome.more and work.is_idle and self._budget.allows(1):
            await self._at_leisure(work)
        return outcome.more or behind

    async def _at_leisure(self, work: Work) -> None:
        """One of what can wait: balances, which tell of native coin that no trace showed; which wallets are contracts."""
        every = self.rules.reconcile_every * (1 if self.tracers.untraced else 6)
        if None in self._listed and self.balances.is_due(every):
            await self.balances.reconcile(work.checkpoint.number, self._held)
        else:
            await self._decider.look_at_addresses(work)

    # ------------------------------------------------------------ beginning

    async def _begin(self) -> Checkpoint:
        mark = await self._db(self._store.checkpoint, self.network.name)
        if mark is None:
            await self._db(self._store.start_tracking, self.lease, await self._first_block())
            mark = await self._db(self._store.checkpoint, self.network.name)
            assert mark is not None
        recent = await self._db(self._store.recent_blocks, self.network.name, mark.number, 256)
        self._held = {block.number: block.hash for block in recent}
        return mark

    async def _first_block(self) -> FoundBlock:
        head = await self._endpoints.head()
        number = max(0, head.number - self.rules.first_blocks_back)

        async def read(client: NodeProvider) -> FoundBlock:
            (block,) = await read_headers(client, self.network.chain_id, [number])
            time = datetime.fromtimestamp(block.timestamp, UTC)
            return FoundBlock(block.number, block.hash, block.parent_hash, time)

        return await self._endpoints.attempt(read)

    # ------------------------------------------------------------ reading

    async def _heads(self, mark: Checkpoint) -> Heads:
        async def read(client: NodeProvider) -> Heads:
            finalized = self.network.finality is FinalityRule.FINALIZED
            heads = await read_heads(client, self.network.chain_id, [mark.number], finalized=finalized)
            self._endpoints.saw_head(client, heads.latest.number)
            return heads

        heads = await self._endpoints.attempt(read)
        self.progress.head = heads.latest.number
        return heads

    def _contradicts(self, heads: Heads) -> bool:
        """Whether the node shows another block where we hold one."""
        shown = dict(heads.hashes) | {heads.latest.number: heads.latest.hash}
        if heads.finalized is not None:
            shown[heads.finalized.number] = heads.finalized.hash
        return any(
            found is not None and self._held.get(number, found) != found for number, found in shown.items()
        )

    async def _read(self, mark: Checkpoint, head: int) -> list[BlockFacts]:
        """The next blocks that follow one another, as many as the range allows."""
        first = mark.number + 1
        while first <= head:
            numbers = list(range(first, min(head, mark.number + self.range.size) + 1))
            began = monotonic()
            try:
                found = await self._endpoints.attempt(partial(self._blocks, numbers=numbers))
            except RpcError as error:
                self.range.failed(len(numbers))
                if len(numbers) == 1 or isinstance(error, Unavailable):
                    raise
                continue  # too much at once for this node: half as many
            self.range.worked(monotonic() - began, len(found), sum(len(facts.txs) for facts in found))
            return _linked(found)
        return []

    async def _blocks(self, client: NodeProvider, numbers: Sequence[int]) -> list[BlockFacts]:
        native = None in self._listed
        listed = [contract for contract in self._listed if contract is not None]

        async def read(traces: TraceKind | None) -> list[BlockFacts]:
            return await read_blocks(
                client, self.network.chain_id, numbers, listed, native=native, traces=traces
            )

        return await self.tracers.use(client, read) if native else await read(None)

    # ------------------------------------------------------------ storing

    async def _record(self, mark: Checkpoint, found: Sequence[BlockFacts], heads: Heads) -> Work:
        blocks = [self._stored_form(facts) for facts in found]
        final = heads.finalized.number if heads.finalized is not None else None
        head = max(heads.latest.number, mark.number)
        work = await self._db(
            self._store.record_blocks, self.lease, self.rules.lease_seconds, mark.hash, blocks, head, final
        )
        self.mark = work.checkpoint
        self.progress.blocks += len(blocks)
        for facts in found:
            self._held[facts.block.number] = facts.block.hash
            self._held.pop(facts.block.number - 2 * MOST_BLOCKS_BACK, None)
            self._sources.note(facts.block.hash, facts.source)
        return work

    def _stored_form(self, facts: BlockFacts) -> FoundBlock:
        reconciled = None in self._listed  # the database keeps what our own accounts sent
        return FoundBlock(
            number=facts.block.number,
            hash=facts.block.hash,
            parent_hash=facts.block.parent_hash,
            mined_at=datetime.fromtimestamp(facts.block.timestamp, UTC),
            txids=tuple(tx.txid for tx in facts.txs),
            transfers=tuple(t for t in facts.transfers if not t.is_zero),
            sent=tuple(
                FoundSpending(tx.txid, tx.sender, tx.nonce, tx.status == 1, tx.fee, tx.value)
                for tx in facts.txs
                if reconciled or tx.sender in self._hot_wallets
            ),
        )

    # ------------------------------------------------------------ going back

    async def _go_back(self, mark: Checkpoint) -> bool:
        """Undo what is no longer the chain; False when there is nothing to undo (the node only lags)."""
        stored = await self._db(self._store.recent_blocks, self.network.name, mark.number, MOST_BLOCKS_BACK)

        async def search(client: NodeProvider) -> tuple[str, Rewind]:
            chain_id, name = self.network.chain_id, self.network.name
            return client.label, await find_common_ancestor(client, chain_id, name, stored, mark.finalized)

        try:
            label, found = await self._endpoints.attempt(search)
            if not found.orphaned or not await self._others_agree(label, found.orphaned[-1]):
                return False
            await self._rewind(mark, found.ancestor.number, found.ancestor.hash)
        except RuleViolation as violated:
            if violated.code != "finality_violated":
                raise
            await self._stop_the_network(violated)
            return False
        return True

    async def _others_agree(self, label: str, gone: StoredBlock) -> bool:
        """Where a credit needs several endpoints, taking one back does too: one node's fork undoes nothing, a tie neither.
        Every node is asked, and only with a majority against it is the one that shows another block set aside.
        """
        if not self.witnesses.needed or self._endpoints.quorum < 2:
            return True
        said = await self._endpoints.ask_several(
            lambda client: read_hashes(client, self.network.chain_id, [gone.number]),
            len(self._endpoints.report()),
        )
        shown = [hashes[gone.number] for hashes in said.values() if hashes[gone.number] is not None]
        ours = shown.count(gone.hash)
        theirs = len(shown) - ours
        if theirs >= max(self._endpoints.quorum, ours + 1):
            return True
        if ours >= max(self._endpoints.quorum, theirs + 1):
            self._endpoints.distrust(label, f"shows another block {gone.number} than the others")
        log.warning("%s: only %s shows another block %d; waiting", self.network.name, label, gone.number)
        return False

    async def _rewind(self, mark: Checkpoint, number: int, block_hash: str) -> None:
        undone = await self._db(self._store.rewind, self.lease, mark.hash, number)
        self.mark = await self._db(self._store.checkpoint, self.network.name)
        self._held = {height: held for height, held in self._held.items() if height <= number}
        self.progress.reorgs += 1
        self.progress.deepest_reorg = max(self.progress.deepest_reorg, undone.depth)
        self.progress.alarmed_records += len(undone.alarmed)
        log.warning(
            "%s: %d blocks reorganised away above %d (%s); %d transfers orphaned, waiting again: %s, alarm: %s",
            self.network.name,
            undone.depth,
            number,
            block_hash,
            undone.transfers,
            ", ".join(undone.waiting) or "none",
            ", ".join(undone.alarmed) or "none",
        )

    async def _read_again(self, mark: Checkpoint, number: int) -> None:
        """An endpoint told lies about a block: it is set aside by now, and the others are read from there on."""
        before = [n for n in self._held if n < number]
        if before:
            await self._rewind(mark, max(before), self._held[max(before)])

    async def _stop_the_network(self, violated: RuleViolation) -> None:
        log.critical("%s: the network is stopped: %s", self.network.name, violated)
        await self._db(self._store.raise_alarm, self.lease, str(violated))
        self.mark = None


def _linked(found: list[BlockFacts]) -> list[BlockFacts]:
    """Up to the first block that does not follow the one before: the chain changed while it was read."""
    for place in range(1, len(found)):
        if found[place].block.parent_hash != found[place - 1].block.hash:
            return found[:place]
    return found
