"""One node as web3's provider: single calls and batches over one kept-alive transport, answers matched and checked,
requests counted.

Nothing is retried or cached as web3's own providers would; the one repetition is of a request that met a connection
the server had closed meanwhile, and never of one that sends or signs. A batch is taken apart item by item, so that one
bad item fails alone. Failover between nodes is `endpoints`' matter.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import count
from time import monotonic
from typing import Any

from web3 import AsyncWeb3
from web3.providers.async_base import AsyncJSONBaseProvider
from web3.types import RPCEndpoint, RPCError, RPCResponse

from wbo_desktop.chain.rpc import wire
from wbo_desktop.chain.rpc.errors import BadReply, NodeError, RateLimited, RpcError, Unavailable
from wbo_desktop.chain.rpc.json_rpc import (
    NEVER_REPEATED,
    Call,
    Counts,
    batch_of,
    error_of,
    matched,
    request_of,
    result_of,
    too_large,
)
from wbo_desktop.chain.rpc.transport import WsTransport, label_of, node_of, transport_for

AT_ONCE_ALONE = 8
"""How many items of a failed batch are asked for at the same time when they are asked for one by one."""

_QUANTITIES = frozenset(
    {
        "eth_blockNumber",
        "eth_chainId",
        "eth_estimateGas",
        "eth_gasPrice",
        "eth_getBalance",
        "eth_getTransactionCount",
        "eth_maxPriorityFeePerGas",
    }
)
_DATA = frozenset({"eth_call", "eth_getCode"})


class NodeProvider(AsyncJSONBaseProvider):
    """One node.

    `w3` has web3's methods and contracts over it; `call` and `batch` give the raw results, for requests that ask
    several things at once and for whole blocks, whose receipts web3 takes forty times as long to format as to read.

    Args:
        url: http, https, ws or wss.
        seconds: the longest wait for one exchange.
        longest_batch: batches are split to this size; it shrinks when the node refuses a batch as a whole.
    """

    global_ccip_read_enabled = False
    """A contract's answer makes us ask no server that it names (EIP-3668)."""

    def __init__(self, url: str, *, seconds: float = 5.0, longest_batch: int = 100) -> None:
        super().__init__()
        self.label = label_of(url)
        self.node = node_of(url)
        self.counts = Counts()
        self.seconds = seconds
        self.longest_batch = longest_batch
        self._transport = transport_for(url)
        self._ids = count(1)
        self._resume_at = 0.0

    def __repr__(self) -> str:
        return f"NodeProvider({self.label})"

    @cached_property
    def w3(self) -> AsyncWeb3[NodeProvider]:
        """web3 over this node, without the middleware that would look names up, fill fields in or ask twice."""
        return AsyncWeb3(self, middleware=[])

    @property
    def resumes_in(self) -> float:
        """Seconds until a rate limit ends; 0 when there is none."""
        return max(0.0, self._resume_at - monotonic())

    @property
    def has_subscriptions(self) -> bool:
        return isinstance(self._transport, WsTransport)

    # ------------------------------------------------------------ what web3 calls

    async def make_request(self, method: RPCEndpoint, params: Any) -> RPCResponse:
        """As `call`; numbers and data are checked before web3 formats them, which takes `0x_1` for a number.

        Raises:
            Unavailable, RateLimited, BadReply, NodeError.
        """
        result = await self.call(method, *params)
        if method in _QUANTITIES:
            wire.quantity(result, method)
        elif method in _DATA:
            wire.data(result, method)
        elif method == "eth_sendRawTransaction":
            wire.hash32(result, method)
        return {"jsonrpc": "2.0", "id": 1, "result": result}

    async def make_batch_request(self, requests: list[tuple[RPCEndpoint, Any]]) -> list[RPCResponse]:
        """As `batch`; a node's error is an error object in its place, for web3 to raise.

        Raises:
            Unavailable, RateLimited, BadReply.
        """
        results = await self.batch([Call(method, tuple(params)) for method, params in requests])
        return [_response(number, result) for number, result in enumerate(results)]

    async def is_connected(self, show_traceback: bool = False) -> bool:
        """Whether the node answers at all. Raises its RpcError when `show_traceback`."""
        try:
            await self.call("eth_chainId")
        except RpcError:
            if show_traceback:
                raise
            return False
        return True

    # ------------------------------------------------------------ raw results

    async def call(self, method: str, *params: Any, within: float | None = None) -> Any:
        """The result of one method, None included.

        Raises:
            Unavailable, RateLimited, BadReply, NodeError.
        """
        number = next(self._ids)
        payload = request_of(Call(method, params), number)
        answer = await self._exchange(payload, number, 1, method not in NEVER_REPEATED, within)
        result = result_of(answer, number)
        if isinstance(result, RpcError):
            raise self._heeded(result)
        return result

    async def batch(self, calls: Sequence[Call], *, within: float | None = None) -> list[Any]:
        """Results in the order of `calls`; an item that failed is a NodeError or BadReply in its place.

        A batch that comes back broken or not at all is asked for again item by item. When the endpoint itself
        is out, the whole batch raises.

        Raises:
            Unavailable, RateLimited: the endpoint does not answer.
            ValueError: a call that must not be repeated was put in a batch.
        """
        for call in calls:
            if call.method in NEVER_REPEATED:
                raise ValueError(f"{call.method} is sent alone")
        results: list[Any] = []
        while len(results) < len(calls):
            results += await self._chunk(calls[len(results) : len(results) + self.longest_batch], within)
        return results

    async def listen_heads(self, on_head: Callable[[], None]) -> None:
        """Call `on_head` at each new head until the WebSocket breaks, then raise Unavailable.

        A notification is only a hint: heads can be missed, doubled, or belong to a branch that is gone.
        """
        if not isinstance(self._transport, WsTransport):
            raise ValueError("subscriptions need a WebSocket")
        self._transport.on_notice = on_head
        await self.call("eth_subscribe", "newHeads")
        await self._transport.broken.wait()
        raise Unavailable("connection closed")

    async def close(self) -> None:
        await self._transport.close()

    # ------------------------------------------------------------ one exchange

    async def _exchange(
        self, payload: bytes, number: int, calls: int, repeatable: bool, within: float | None
    ) -> Any:
        if self.resumes_in > 0:
            raise RateLimited(self.resumes_in)
        seconds = within or self.seconds
        for last_try in (not repeatable, True):
            self.counts.requests += 1
            self.counts.calls += calls
            try:
                return await self._transport.exchange(payload, number, seconds)
            except RateLimited as limited:
                self._rest(limited.retry_after)
                raise
            except Unavailable as gone:
                # a server closes idle connections whenever it likes: once more on a fresh one
                if last_try or gone.timed_out or not gone.maybe_delivered:
                    raise
        raise AssertionError("unreachable")

    def _rest(self, seconds: float) -> None:
        self._resume_at = max(self._resume_at, monotonic() + seconds)

    def _heeded(self, error: RpcError) -> RpcError:
        """The error; a limit that the node named is kept to from now on."""
        if isinstance(error, RateLimited):
            self._rest(error.retry_after)
        return error

    # ------------------------------------------------------------ batches

    async def _chunk(self, calls: Sequence[Call], within: float | None) -> list[Any]:
        if len(calls) == 1:
            return [await self._alone(calls[0], within)]
        numbers = [next(self._ids) for _ in calls]
        payload = batch_of(calls, numbers)
        try:
            answer = await self._exchange(payload, numbers[0], len(calls), True, within)
        except BadReply:
            return await self._one_by_one(calls, within)
        except Unavailable as gone:
            if not gone.timed_out:
                raise
            return await self._one_by_one(calls, within)
        if not isinstance(answer, list):
            return await self._refused(answer, calls, within)
        return await self._completed(matched(answer, numbers), calls, within)

    async def _refused(self, answer: Any, calls: Sequence[Call], within: float | None) -> list[Any]:
        """The node answered the whole batch with one object: too long for it, or it takes none."""
        error = answer.get("error") if isinstance(answer, dict) else None
        if isinstance(failure := error_of(error), RateLimited):
            raise self._heeded(failure)
        self.longest_batch = max(1, len(calls) // 2)
        half = len(calls) // 2
        return await self._chunk(calls[:half], within) + await self._chunk(calls[half:], within)

    async def _completed(self, results: list[Any], calls: Sequence[Call], within: float | None) -> list[Any]:
        """Ask again, alone, for the items that came back broken or that did not fit the batch's reply."""
        limited = next((r for r in results if isinstance(r, RateLimited)), None)
        if limited is not None:
            raise self._heeded(limited)
        again = [i for i, r in enumerate(results) if isinstance(r, BadReply) or too_large(r)]
        fresh = await self._one_by_one([calls[i] for i in again], within) if again else []
        for i, result in zip(again, fresh, strict=True):
            results[i] = result
        return results

    async def _one_by_one(self, calls: Sequence[Call], within: float | None) -> list[Any]:
        """The first goes alone: when the endpoint is out, that costs one timeout and not one for each."""
        first = await self._alone(calls[0], within)
        turn = asyncio.Semaphore(AT_ONCE_ALONE)

        async def in_turn(call: Call) -> Any:
            async with turn:
                return await self._alone(call, within)

        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(_caught(in_turn(call))) for call in calls[1:]]
        rest = [task.result() for task in tasks]
        for result in rest:
            if isinstance(result, Unavailable):
                raise result
        return [first, *rest]

    async def _alone(self, call: Call, within: float | None) -> Any:
        try:
            return await self.call(call.method, *call.params, within=within)
        except (NodeError, BadReply) as error:
            return error


async def _caught(work: Any) -> Any:
    try:
        return await work
    except Unavailable as error:
        return error


def _response(number: int, result: Any) -> RPCResponse:
    if isinstance(result, NodeError):
        error: RPCError = {"code": result.code, "message": result.message, "data": result.data}
        return {"jsonrpc": "2.0", "id": number, "error": error}
    if isinstance(result, RpcError):
        raise result
    return {"jsonrpc": "2.0", "id": number, "result": result}
