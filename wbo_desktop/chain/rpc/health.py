"""One endpoint's state of health, and the rules by which it is set aside and taken back. No network in
here."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from math import log2
from time import monotonic

from wbo_desktop.chain.rpc.errors import (
    BadReply,
    NodeError,
    NotYet,
    RateLimited,
    RpcError,
    WrongChain,
)
from wbo_desktop.chain.rpc.provider import NodeProvider


@dataclass(frozen=True, slots=True)
class EndpointRules:
    """How endpoints are judged. Times in seconds.

    Attributes:
        seconds: the longest wait for an answer; failing over must fit into a block's time.
        probe_seconds: the same for a probe.
        most_lag: blocks an endpoint may be behind the best of the others.
        check_every: how often an endpoint in good health is looked at.
        retest_every: how often one that was set aside is.
        quarrel_rest: how long one is kept aside that the others contradict.
        patience: the longest wait for a rate limit when no endpoint is left.
        quorum: endpoints that must agree before money is believed, where that many are configured.
    """

    seconds: float = 5.0
    probe_seconds: float = 2.0
    most_lag: int = 3
    check_every: float = 6.0
    retest_every: float = 1.0
    quarrel_rest: float = 30.0
    patience: float = 5.0
    quorum: int = 2


class Aside(StrEnum):
    """The reason for which an endpoint is not used."""

    UNTESTED = "untested"
    WRONG_CHAIN = "wrong_chain"
    UNREACHABLE = "unreachable"
    RATE_LIMITED = "rate_limited"
    BAD_REPLY = "bad_reply"
    LAGGING = "lagging"
    CONTRADICTED = "contradicted"


NEVER_USED = frozenset({Aside.WRONG_CHAIN, Aside.CONTRADICTED})
"""Not even when nothing else is left."""


def reason_of(error: RpcError) -> Aside:
    """The reason to set an endpoint aside that failed with this error."""
    if isinstance(error, WrongChain):
        return Aside.WRONG_CHAIN
    if isinstance(error, RateLimited):
        return Aside.RATE_LIMITED
    if isinstance(error, NotYet):
        return Aside.LAGGING
    return Aside.BAD_REPLY if isinstance(error, BadReply | NodeError) else Aside.UNREACHABLE


@dataclass(slots=True)
class Endpoint:
    """One endpoint as seen from here. `position` is its place in the configuration: the first is
    preferred."""

    client: NodeProvider
    position: int
    aside: Aside | None = Aside.UNTESTED
    why: str = ""
    head: int = -1
    latency: float = 0.0
    probes: int = 0
    checked_at: float = field(default=0.0)
    aside_since: float = field(default_factory=monotonic)
    test_at: float = 0.0

    @property
    def usable(self) -> bool:
        return self.aside is None

    def answered(self, seconds: float) -> None:
        """Notes that the endpoint answered; its latency is a moving average."""
        self.latency = seconds if self.latency == 0 else self.latency * 0.8 + seconds * 0.2

    def set_aside(self, reason: Aside, why: str, rest: float) -> None:
        """Takes the endpoint out of use; the time at which that first happened is kept until it is taken
        back."""
        if self.aside is None:
            self.aside_since = monotonic()
        self.aside, self.why = reason, why
        self.test_at = monotonic() + rest

    def take_back(self) -> None:
        self.aside, self.why = None, ""

    def rank(self, best_head: int) -> tuple[bool, int, int]:
        """Smaller is better: not behind, not in a much slower class than others, first in the
        configuration."""
        speed = max(0, round(log2(max(self.latency, 0.05) / 0.05) / 2))
        return (best_head - self.head > 1, speed, self.position)


@dataclass(frozen=True, slots=True)
class EndpointReport:
    """The state of one endpoint for the health report, without its address's secrets."""

    label: str
    usable: bool
    reason: str
    why: str
    head: int
    lag: int
    latency_ms: float
    requests: int
    probes: int


def report_on(endpoint: Endpoint, best_head: int) -> EndpointReport:
    return EndpointReport(
        label=endpoint.client.label,
        usable=endpoint.usable,
        reason=endpoint.aside.value if endpoint.aside else "",
        why=endpoint.why,
        head=endpoint.head,
        lag=max(0, best_head - endpoint.head) if endpoint.head >= 0 else 0,
        latency_ms=round(endpoint.latency * 1000, 1),
        requests=endpoint.client.counts.requests,
        probes=endpoint.probes,
    )
