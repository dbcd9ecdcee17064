"""Reports, in this worker's own name, what its nodes show of transfers that records wait for; leading or not.

Where a network wants more than one worker's word (`worker_agreement`), a credit needs the same transfer of
the same block from so many different logins. A thief with one login cannot make the others report it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from datetime import UTC, datetime

from wbo_desktop.chain.evm.blocks import BlockFacts
from wbo_desktop.chain.evm.reader import read_blocks
from wbo_desktop.chain.evm.tracers import Tracers
from wbo_desktop.chain.evm.traces import TraceKind
from wbo_desktop.chain.rpc.endpoints import Endpoints
from wbo_desktop.chain.rpc.errors import RpcError
from wbo_desktop.chain.rpc.health import EndpointRules
from wbo_desktop.chain.rpc.provider import NodeProvider
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.services.tracking import (
    CoinSettings,
    FoundBlock,
    NetworkSettings,
    OnThreads,
    TrackingStore,
)

log = logging.getLogger("wbo.worker")

MOST_BLOCKS = 10
"""Blocks in one request, with their receipts."""


class Reporting:
    """One network's reports by this worker."""

    def __init__(
        self,
        network: NetworkSettings,
        coins: Sequence[CoinSettings],
        store: TrackingStore,
        on_threads: OnThreads,
        every: float,
    ) -> None:
        self.reported = 0
        self._network, self._store, self._db, self._every = network, store, on_threads, every
        self._listed = {coin.contract for coin in coins}
        self._tracers = Tracers()

    async def run(self) -> None:
        """Reports until cancelled; what cannot be read or written now is tried again."""
        rules = EndpointRules(quorum=1)
        async with Endpoints(self._network.rpc_urls, self._network.chain_id, rules) as endpoints:
            while True:
                try:
                    more = await self._step(endpoints)
                except (RpcError, RuleViolation) as error:
                    log.info("%s: nothing reported now: %s", self._network.name, error)
                    more = False
                if not more:
                    await asyncio.sleep(self._every)

    async def _step(self, endpoints: Endpoints) -> bool:
        """Reports once. Returns whether there may be more."""
        wanted = await self._db(self._store.blocks_to_report, self._network.name, MOST_BLOCKS)
        if not wanted:
            return False
        numbers = [number for number, _ in wanted]
        found = await endpoints.attempt(lambda client: self._read(client, numbers))
        known = set(wanted)
        # a node that holds another block at that height says nothing about ours
        same = [_reported(facts) for facts in found if (facts.block.number, facts.block.hash) in known]
        if not same:
            return False
        made: int = await self._db(self._store.report_transfers, self._network.name, same)
        self.reported += made
        return made > 0 and len(wanted) == MOST_BLOCKS

    async def _read(self, client: NodeProvider, numbers: Sequence[int]) -> list[BlockFacts]:
        native = None in self._listed
        tokens = [contract for contract in self._listed if contract is not None]

        def read(traces: TraceKind | None) -> Coroutine[None, None, list[BlockFacts]]:
            return read_blocks(client, self._network.chain_id, numbers, tokens, native=native, traces=traces)

        return await self._tracers.use(client, read) if native else await read(None)


def _reported(facts: BlockFacts) -> FoundBlock:
    return FoundBlock(
        facts.block.number,
        facts.block.hash,
        facts.block.parent_hash,
        datetime.fromtimestamp(facts.block.timestamp, UTC),
        transfers=tuple(t for t in facts.transfers if not t.is_zero),
    )
