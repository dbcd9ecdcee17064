"""What works beside the tracker of a network under the same lease, and what it is given: the seam between
`tracking`, which leads, and `refunds`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from wbo_desktop.chain.rpc.endpoints import Endpoints
from wbo_desktop.services.tracking import CoinSettings, Lease, NetworkSettings


class Companion(Protocol):
    """The port of another part that works under the same lease: the refund sender."""

    failure: str
    """What its last step failed by; empty when it did not."""

    async def run(self) -> None:
        """Works until cancelled. Raises `RuleViolation` when the lease is lost."""

    def wake(self) -> None:
        """Says that there may be something to do."""


@dataclass(frozen=True, slots=True)
class Leading:
    """What a companion gets: everything of the network that is led now."""

    network: NetworkSettings
    coins: tuple[CoinSettings, ...]
    lease: Lease
    endpoints: Endpoints


CompanionMaker = Callable[[Leading], Companion]
