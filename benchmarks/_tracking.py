"""A tracker by hand, for the benchmarks of the tracker."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from wbo_demo.world import World
from wbo_desktop.chain.rpc.endpoints import Endpoints
from wbo_desktop.chain.rpc.health import EndpointRules
from wbo_desktop.chain.tracking.tracker import Tracker, TrackerRules
from wbo_desktop.models.chain_store import ChainStore
from wbo_desktop.services.tracking import OnThreads


@dataclass
class ByHand:
    """A tracker that takes a step when told, and what it costs."""

    tracker: Tracker
    endpoints: Endpoints
    store: ChainStore

    async def settle(self) -> tuple[int, int]:
        """Steps until all is stored and decided; requests and round trips."""
        requests, trips = self.endpoints.requests, self.store.round_trips
        while await self.tracker.step():
            pass
        return self.endpoints.requests - requests, self.store.round_trips - trips


@asynccontextmanager
async def tracking(
    made: World, urls: Sequence[str] | None = None, *, rules: TrackerRules | None = None, quorum: int = 1
) -> AsyncIterator[ByHand]:
    """A tracker of the broker's network under a long lease."""
    who = made.logins["worker"]
    store = ChainStore(made.server, who.login, who.password, "bench")
    db = OnThreads(2)
    configuration = store.configuration()
    (network,) = configuration.networks
    lease = store.take_lease(network.name, "bench", 300)
    assert lease is not None, "somebody else leads"
    async with Endpoints(
        urls or network.rpc_urls, network.chain_id, EndpointRules(quorum=quorum)
    ) as endpoints:
        yield ByHand(
            Tracker(
                network,
                configuration.coins_of(network.name),
                frozenset(),
                endpoints,
                store,
                db,
                lease,
                rules or TrackerRules(lease_seconds=300),
            ),
            endpoints,
            store,
        )
    store.release_lease(lease)
    store.close()
    db.shutdown()
