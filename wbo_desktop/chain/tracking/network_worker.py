"""The part of the worker that follows one network: waits for the lease, leads while it holds it, and gives it
back.

Any number of workers may follow the same network; the one with the lease leads. Errors of nodes and of the
database are waited out here; only `stop` ends it.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from time import monotonic
from typing import Any

from wbo_desktop.chain.leading import Companion, CompanionMaker, Leading
from wbo_desktop.chain.rpc.endpoints import Endpoints
from wbo_desktop.chain.rpc.errors import RpcError
from wbo_desktop.chain.rpc.health import EndpointRules
from wbo_desktop.chain.tracking.deciding import Elsewhere
from wbo_desktop.chain.tracking.reporting import Reporting
from wbo_desktop.chain.tracking.tracker import Tracker, TrackerRules
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.network_health import NetworkTrouble
from wbo_desktop.domain.types import Address
from wbo_desktop.services.supervision import spawn, spawn_lasting
from wbo_desktop.services.tracking import CoinSettings, Lease, NetworkSettings, OnThreads, TrackingStore

log = logging.getLogger("wbo.worker")


@dataclass(frozen=True, slots=True)
class NetworkWorkerRules:
    """Seconds, all of them.

    Attributes:
        poll: the longest time between looks at the head; a subscription wakes earlier.
        standby: between tries for a lease that somebody else holds.
        look: between looks whether there is something new to tell of its own health.
        said_for: how long a part that broke, and began anew, is told as failing.
        stuck: a tracker that has done nothing for so long loses the lease to somebody who may do better.
    """

    poll: float = 1.0
    standby: float = 0.7
    look: float = 0.2
    said_for: float = 10.0
    stuck: float = 60.0
    tracker: TrackerRules = field(default_factory=TrackerRules)


class NetworkWorker:
    """One network's work in this process."""

    def __init__(
        self,
        network: NetworkSettings,
        coins: Sequence[CoinSettings],
        hot_wallets: frozenset[Address],
        store: TrackingStore,
        on_threads: OnThreads,
        holder: str,
        rules: NetworkWorkerRules,
        *,
        companions: Sequence[CompanionMaker] = (),
        elsewhere: Elsewhere | None = None,
    ) -> None:
        self.network, self.coins, self.hot_wallets = network, tuple(coins), hot_wallets
        self.store = store
        self.tracker: Tracker | None = None
        self._failing = ""
        self._broke = ("", 0.0)
        self._told: dict[str, Any] = {}
        self._db, self._holder, self._rules = on_threads, holder, rules
        self._companion_makers, self._elsewhere = companions, elsewhere
        self._endpoints: Endpoints | None = None
        self._companions: list[Companion] = []
        self._stopping = asyncio.Event()
        self._lost = False
        self._broken = False
        self._active_at = monotonic()

    # ------------------------------------------------------------ life

    async def run(self) -> None:
        """Until `stop`; what is under way then is finished."""
        if self.network.worker_agreement < 2:
            await self._try_to_lead()
            return
        reporting = Reporting(self.network, self.coins, self.store, self._db, self._rules.poll)
        task = spawn_lasting(reporting.run, f"reports of {self.network.name}")
        try:
            await self._try_to_lead()
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _try_to_lead(self) -> None:
        while not self._stopping.is_set():
            try:
                lease = await self._db(
                    self.store.take_lease,
                    self.network.name,
                    self._holder,
                    self._rules.tracker.lease_seconds,
                )
                if lease is not None:
                    await self._lead(lease)
                    continue
            except RuleViolation as refused:
                self._note(refused)
            except Exception as error:  # a defect must not leave the network without anybody who tries
                log.exception("%s: the network worker broke", self.network.name)
                self._note(error)
            await self._pause(self._rules.standby)

    def stop(self) -> None:
        """Finish the step and let the lease go."""
        self._stopping.set()
        self.wake()

    def wake(self) -> None:
        """Look now: something changed in the database."""
        if self._endpoints is not None:
            self._endpoints.wake()
        for companion in self._companions:
            companion.wake()

    @property
    def leads(self) -> bool:
        return self.tracker is not None

    # ------------------------------------------------------------ leading

    async def _lead(self, lease: Lease) -> None:
        log.info("%s: leading, epoch %d", self.network.name, lease.epoch)
        self._lost, self._broken, self._active_at = False, False, monotonic()
        rules = EndpointRules(quorum=self.network.agreement)
        async with Endpoints(self.network.rpc_urls, self.network.chain_id, rules) as endpoints:
            self._endpoints = endpoints
            self.tracker = Tracker(
                self.network,
                self.coins,
                self.hot_wallets,
                endpoints,
                self.store,
                self._db,
                lease,
                self._rules.tracker,
                self._elsewhere,
            )
            try:
                async with self._beside(lease, endpoints):
                    await self._follow(self.tracker, endpoints)
            finally:
                self._endpoints, self.tracker, self._companions = None, None, []
        if not self._lost:
            with contextlib.suppress(RuleViolation):
                await self._db(self.store.release_lease, lease)
        log.info("%s: no longer leading", self.network.name)

    async def _follow(self, tracker: Tracker, endpoints: Endpoints) -> None:
        async for _ in endpoints.wake_ups(self._rules.poll):
            more = True
            while more and not self._over:
                more = await self._step(tracker)
                self._active_at = monotonic()
                await asyncio.sleep(0)  # a window on the same loop is painted in between
            if self._over:
                return

    @property
    def _over(self) -> bool:
        return self._lost or self._broken or self._stopping.is_set()

    async def _step(self, tracker: Tracker) -> bool:
        blocks = tracker.progress.blocks
        try:
            more = await tracker.step()
        except RpcError as error:
            self._note(error)
            return False
        except RuleViolation as refused:
            self._note(refused)
            if refused.code != "lease_lost":
                raise
            self._lost = True
            return False
        self._failing = ""
        if tracker.progress.blocks != blocks:
            for companion in self._companions:
                companion.wake()
        return more

    @contextlib.asynccontextmanager
    async def _beside(self, lease: Lease, endpoints: Endpoints) -> AsyncIterator[None]:
        """The heartbeat and the companions run beside the tracker; when one loses the lease, all stop."""
        leading = Leading(self.network, self.coins, lease, endpoints)
        self._companions = [make(leading) for make in self._companion_makers]
        work = [lambda: self._heartbeat(lease), *(companion.run for companion in self._companions)]
        tasks = [spawn(self._guarded(one), f"beside {self.network.name}") for one in work]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _guarded(self, work: Callable[[], Awaitable[None]]) -> None:
        """A part that ends ends the leading: the network worker takes the lease again and begins all its
        parts anew."""
        try:
            await work()
        except RuleViolation as refused:
            self._note(refused)
            self._lost = self._lost or refused.code == "lease_lost"
        except Exception as error:
            log.exception("%s: a part of the network worker broke", self.network.name)
            self._note(error)
            # the next step of the tracker, which goes well, must not make it forgotten
            self._broke = (str(error), monotonic())
        self._broken = True
        if self._endpoints is not None:
            self._endpoints.wake()

    async def _heartbeat(self, lease: Lease) -> None:
        """Keeps the lease while nodes are slow, and lets it go when the tracker hangs."""
        seconds = self._rules.tracker.lease_seconds
        due, told = 0.0, None
        while (now := monotonic()) - self._active_at < self._rules.stuck:
            # what changed is told at once, for operators look at it; the rest in time for the lease
            if now >= due or self._state()["code"] != told:
                health = self.health()
                await self._db(self.store.report_health, lease, seconds, health)
                due, told = now + seconds / 3, health["state"]["code"]
            await asyncio.sleep(min(self._rules.look, seconds / 3))
        raise RuleViolation("lease_lost", network=self.network.name, epoch=lease.epoch)

    # ------------------------------------------------------------ what it says of itself

    @property
    def failure(self) -> str:
        """What does not work now, whichever part it is; empty when all does."""
        text, at = self._broke
        broke = text if text and monotonic() - at < self._rules.said_for else ""
        return self._failing or broke or next((c.failure for c in self._companions if c.failure), "")

    def _state(self) -> dict[str, Any]:
        """For the desktop: the trouble, since when, and how many nodes answer of how many that have to
        agree."""
        usable, nodes, needed = 0, 0, 0
        if self._endpoints is not None:
            (usable, nodes), needed = self._endpoints.nodes, self._endpoints.quorum
        code = str(self._trouble(usable, needed) or "")
        if not self._told or self._told["code"] != code:
            self._told = {"code": code, "since": datetime.now(UTC).isoformat()}
        return self._told | {"usable": usable, "nodes": nodes, "needed": needed}

    def _trouble(self, usable: int, needed: int) -> NetworkTrouble | None:
        if usable == 0:
            return NetworkTrouble.NO_NODE
        if usable < needed:
            return NetworkTrouble.FEW_NODES
        if any(companion.failure for companion in self._companions):
            return NetworkTrouble.SENDING
        return NetworkTrouble.FAULT if self.failure else None

    def health(self) -> dict[str, Any]:
        """Plain values; no endpoint's address is among them."""
        tracker, endpoints = self.tracker, self._endpoints
        said: dict[str, Any] = {"network": self.network.name, "leads": self.leads, "failure": self.failure}
        if tracker is None or endpoints is None:
            return said
        said["state"] = self._state()
        mark = tracker.mark
        said |= {
            "epoch": tracker.lease.epoch,
            "checkpoint": mark.number if mark else None,
            "alarm": mark.alarm if mark else None,
            "lag": max(0, tracker.progress.head - mark.number) if mark else None,
            "range": tracker.range.size,
            "untraced": tracker.tracers.untraced,
            "unexplained": tracker.balances.differences,
            "disputes": tracker.witnesses.disputes,
            "round_trips": self.store.round_trips,
            "requests": endpoints.requests,
            "endpoints": [asdict(report) for report in endpoints.report()],
        }
        return said | asdict(tracker.progress)

    def _note(self, error: Exception) -> None:
        text = str(error)
        if text != self._failing:
            log.warning("%s: %s", self.network.name, text)
        self._failing = text

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            pass  # time to try again
