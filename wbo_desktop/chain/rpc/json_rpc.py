"""JSON-RPC 2.0 with one endpoint: single calls and batches, answers matched and checked, requests counted.

Failover between endpoints is `endpoints`' matter. Nothing that sends or signs is ever repeated from here.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from time import monotonic
from typing import Any

from wbo_desktop.chain.rpc.errors import BadReply, NodeError, RateLimited, RpcError, Unavailable
from wbo_desktop.chain.rpc.transport import (
    DEFAULT_RETRY_AFTER,
    WsTransport,
    label_of,
    node_of,
    transport_for,
)

NEVER_REPEATED = frozenset(
    {"eth_sendRawTransaction", "eth_sendTransaction", "eth_signTransaction", "eth_sendRawTransactionSync"}
)
"""Methods whose lost answer leaves open what happened; the caller alone may decide to ask again."""

AT_ONCE_ALONE = 8
"""How many items of a failed batch are asked for at the same time when they are asked for one by one."""

_PROVIDER_LIMITS = re.compile(
    r"rate.?limit|too many requests|request limit|request (rate|count) exceeded|compute units per second",
    re.IGNORECASE,
)
_encode = json.JSONEncoder(separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Call:
    """One method with its parameters, plain JSON values."""

    method: str
    params: tuple[Any, ...] = ()


@dataclass(slots=True)
class Counts:
    """What an endpoint cost so far: documents exchanged, and calls inside them."""

    requests: int = 0
    calls: int = 0


class RpcClient:
    """One endpoint.

    Args:
        url: http, https, ws or wss.
        seconds: the longest wait for one exchange.
        longest_batch: batches are split to this size; it shrinks when the node refuses a batch as a whole.
    """

    def __init__(self, url: str, *, seconds: float = 5.0, longest_batch: int = 100) -> None:
        self.label = label_of(url)
        self.counts = Counts()
        self.seconds = seconds
        self.longest_batch = longest_batch
        self._transport = transport_for(url)
        self._ids = count(1)
        self._resume_at = 0.0

        self.node = node_of(url)

    def __repr__(self) -> str:
        return f"RpcClient({self.label})"

    @property
    def resumes_in(self) -> float:
        """Seconds until a rate limit ends; 0 when there is none."""
        return max(0.0, self._resume_at - monotonic())

    @property
    def has_subscriptions(self) -> bool:
        return isinstance(self._transport, WsTransport)

    async def call(self, method: str, *params: Any, within: float | None = None) -> Any:
        """The result of one method, None included.

        Raises:
            Unavailable, RateLimited, BadReply, NodeError.
        """
        number = next(self._ids)
        payload = _encode({"jsonrpc": "2.0", "id": number, "method": method, "params": params}).encode()
        answer = await self._exchange(payload, number, 1, method not in NEVER_REPEATED, within)
        result = self._result(answer, number)
        if isinstance(result, RpcError):
            raise result
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

    def _result(self, answer: Any, number: int) -> Any:
        """The result, or the error as a value."""
        if not isinstance(answer, dict):
            return BadReply("the reply is not an object")
        # a node that cannot read the request at all answers with the id null (JSON-RPC 2.0 section 5)
        unread = answer.get("id") is None and answer.get("error") is not None
        if not unread and (type(answer.get("id")) is not int or answer["id"] != number):
            return BadReply("the reply answers another request")
        if answer.get("error") is not None:
            return self._error(answer["error"])
        if "result" not in answer:
            return BadReply("the reply has neither result nor error")
        return answer["result"]

    def _error(self, error: Any) -> RpcError:
        if not isinstance(error, dict) or not isinstance(error.get("message"), str):
            return BadReply("the reply's error cannot be read")
        code = error.get("code")
        if type(code) is not int:
            return BadReply("the reply's error has no code")
        if code == 429 or _PROVIDER_LIMITS.search(error["message"]):
            self._rest(DEFAULT_RETRY_AFTER)
            return RateLimited(DEFAULT_RETRY_AFTER)
        return NodeError(code, error["message"][:2000], error.get("data"))

    # ------------------------------------------------------------ batches

    async def _chunk(self, calls: Sequence[Call], within: float | None) -> list[Any]:
        if len(calls) == 1:
            return [await self._alone(calls[0], within)]
        numbers = [next(self._ids) for _ in calls]
        payload = _encode(
            [
                {"jsonrpc": "2.0", "id": number, "method": call.method, "params": call.params}
                for number, call in zip(numbers, calls, strict=True)
            ]
        ).encode()
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
        return await self._completed(self._matched(answer, numbers), calls, within)

    def _matched(self, answer: list[Any], numbers: Sequence[int]) -> list[Any]:
        """Results in the order of `numbers`; an id that is missing or came twice is a BadReply."""
        items: dict[int, Any] = {}
        for item in answer:
            number = item.get("id") if isinstance(item, dict) else None
            if type(number) is int:
                items[number] = None if number in items else item
        return [
            self._result(items[number], number)
            if items.get(number) is not None
            else BadReply("the batch's reply lacks this item")
            for number in numbers
        ]

    async def _refused(self, answer: Any, calls: Sequence[Call], within: float | None) -> list[Any]:
        """The node answered the whole batch with one object: too long for it, or it takes none."""
        error = answer.get("error") if isinstance(answer, dict) else None
        if isinstance(failure := self._error(error), RateLimited):
            raise failure
        self.longest_batch = max(1, len(calls) // 2)
        half = len(calls) // 2
        return await self._chunk(calls[:half], within) + await self._chunk(calls[half:], within)

    async def _completed(self, results: list[Any], calls: Sequence[Call], within: float | None) -> list[Any]:
        """Ask again, alone, for the items that came back broken or that did not fit the batch's reply."""
        limited = next((r for r in results if isinstance(r, RateLimited)), None)
        if limited is not None:
            raise limited
        again = [i for i, r in enumerate(results) if isinstance(r, BadReply) or _too_large(r)]
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


def _too_large(result: Any) -> bool:
    """Geth cuts a batch whose replies grow too long and says so in the items that did not fit."""
    return isinstance(result, NodeError) and "response too large" in result.message.lower()
