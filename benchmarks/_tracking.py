"""A made-up broker with a real database and a real chain for the benchmarks of the tracker, and a tracker by hand."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from wbo_desktop.chain.endpoints import Endpoints
from wbo_desktop.chain.health import EndpointRules
from wbo_desktop.chain.tracker import Tracker, TrackerRules
from wbo_desktop.demo import world
from wbo_desktop.demo.chain import Chain
from wbo_desktop.demo.postgres import Postgres
from wbo_desktop.demo.world import Login, World
from wbo_desktop.models.chain_store import ChainStore
from wbo_desktop.models.connection import Server, open_connection
from wbo_desktop.services.tracking import OnThreads

DATABASE = "bench"

STATES_IN_MEMORY = ("--prune-history", "400")
"""For long chains with reorganisations: anvil 1.7.1 forgets contracts when it goes back to a state it put on disk."""

logging.getLogger("wbo").setLevel(logging.CRITICAL)  # reorganisations and failing nodes are what is measured


@contextmanager
def broker(*, block_time: float | None = None, options: Sequence[str] = ()) -> Iterator[World]:
    """A broker on folders that are gone afterwards; its chain mines a block for each transaction unless told."""
    with ExitStack() as parts:
        folder = Path(parts.enter_context(tempfile.TemporaryDirectory(prefix="wbo-bench-")))
        folder.chmod(0o755)  # PostgreSQL runs as somebody else when we are root
        postgres = Postgres.start(folder / "postgres")
        parts.callback(postgres.stop, remove=True)
        chain = parts.enter_context(
            Chain.start(folder / "chain", block_time=block_time, keep_state=False, options=options)
        )
        who = Login(postgres.superuser, postgres.superuser_password)
        maintenance = Server(postgres.host, postgres.port, "postgres")
        with open_connection(maintenance, who.login, who.password, "bench") as connection:
            connection.execute(f"CREATE DATABASE {DATABASE}")
        made = world.build(replace(maintenance, dbname=DATABASE), who, chain=chain)
        world.connect_chain(made, chain)
        yield made


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
