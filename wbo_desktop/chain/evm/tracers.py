"""The endpoints that offer traces, and what is done when tracing takes one too long: blocks never wait for
traces."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from time import monotonic
from typing import TypeVar

from wbo_desktop.chain.evm.traces import TraceKind, probe
from wbo_desktop.chain.rpc.errors import BadReply, NodeError, NotYet, RateLimited, Unavailable
from wbo_desktop.chain.rpc.provider import NodeProvider

T = TypeVar("T")

REST_SECONDS = 60.0


class Tracers:
    """The kind of traces of each endpoint, as probed. Coin that is not traced is found by balance
    reconciliation."""

    def __init__(self) -> None:
        self._kinds: dict[str, TraceKind | None] = {}
        self._rests_until: dict[str, float] = {}

    @property
    def untraced(self) -> bool:
        """Whether an endpoint in use offers no traces, or none now."""
        now = monotonic()
        return None in self._kinds.values() or any(until > now for until in self._rests_until.values())

    async def use(self, client: NodeProvider, read: Callable[[TraceKind | None], Awaitable[T]]) -> T:
        """`read` with this endpoint's kind of traces; without any when they cannot be had in time.

        Raises:
            RpcError: it failed without traces too.
        """
        kind = await self._kind(client)
        if kind is None:
            return await read(None)
        try:
            return await read(kind)
        except (NotYet, RateLimited):
            raise  # has nothing to do with traces
        except (Unavailable, BadReply, NodeError) as error:
            if isinstance(error, Unavailable) and not error.timed_out:
                raise
            self._rests_until[client.label] = monotonic() + REST_SECONDS
            return await read(None)

    async def _kind(self, client: NodeProvider) -> TraceKind | None:
        if self._rests_until.get(client.label, 0.0) > monotonic():
            return None
        if client.label not in self._kinds:
            self._kinds[client.label] = await probe(client)
        return self._kinds[client.label]
