"""All endpoints of one network as one: the healthiest is asked, the next when it fails, several when it matters.

An endpoint that fails is set aside with the reason and tested again every second. A node of another network
is never used. New heads announced over WebSocket only wake the caller up; what is true is read by height.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from functools import partial
from time import monotonic
from types import TracebackType
from typing import Any, Self, TypeVar

from wbo_desktop.chain.rpc.errors import NodeError, NotYet, RateLimited, RpcError, Unavailable
from wbo_desktop.chain.rpc.head import Block, read_head
from wbo_desktop.chain.rpc.health import (
    NEVER_USED,
    Aside,
    Endpoint,
    EndpointReport,
    EndpointRules,
    reason_of,
    report_on,
)
from wbo_desktop.chain.rpc.provider import NodeProvider
from wbo_desktop.services.supervision import spawn_lasting

T = TypeVar("T")

TICK = 0.25
"""Seconds between looks at which endpoint is due for a test."""


class Endpoints:
    """The endpoints of one network as one client.

    Args:
        urls: in order of preference; http, https, ws or wss.
        chain_id: what each of them must serve.
    """

    def __init__(self, urls: Sequence[str], chain_id: int, rules: EndpointRules | None = None) -> None:
        if not urls:
            raise ValueError("a network needs an endpoint")
        self.chain_id = chain_id
        self.rules = rules or EndpointRules()
        self._all = [
            Endpoint(NodeProvider(url, seconds=self.rules.seconds), position)
            for position, url in enumerate(urls)
        ]
        labels = [endpoint.client.label for endpoint in self._all]
        for endpoint in self._all:
            if labels.count(endpoint.client.label) > 1:
                endpoint.client.label += f" ({endpoint.position + 1})"
        self._tasks: list[asyncio.Task[None]] = []
        self._woken = asyncio.Event()

    # ------------------------------------------------------------ life

    async def start(self) -> None:
        """Tests every endpoint once, then goes on testing in the background. Does not fail when all are out."""
        await asyncio.gather(*(self._probe(endpoint) for endpoint in self._all))
        self._tasks.append(spawn_lasting(self._watch, "endpoints"))
        for endpoint in self._all:
            if endpoint.client.has_subscriptions:
                self._tasks.append(spawn_lasting(partial(self._listen, endpoint.client), "subscription"))

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()
        await asyncio.gather(*(endpoint.client.close() for endpoint in self._all))

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    # ------------------------------------------------------------ asking

    async def attempt(self, work: Callable[[NodeProvider], Awaitable[T]]) -> T:
        """Do `work` with the healthiest endpoint, or the next when it fails. It must be safe to repeat.

        Raises:
            NodeError: an endpoint's own answer, which another would give as well.
            RpcError: the last failure, when no endpoint could do it.
        """
        try:
            return await self._round(work)
        except RateLimited as limited:
            wait = min((e.client.resumes_in for e in self._all if e.aside not in NEVER_USED), default=60.0)
            if wait > self.rules.patience:
                raise RateLimited(max(wait, limited.retry_after)) from None
        await asyncio.sleep(wait + 0.01)
        return await self._round(work)

    async def call(self, method: str, *params: Any) -> Any:
        """The result of one method, with failover; not for methods that send."""
        return await self.attempt(lambda client: client.call(method, *params))

    async def head(self, tag: str = "latest") -> Block:
        """The header at `latest`, `safe` or `finalized`, from one request that also proved the chain id."""

        async def ask(client: NodeProvider) -> Block:
            block = await read_head(client, self.chain_id, tag)
            if tag == "latest":
                self.saw_head(client, block.number)
            return block

        return await self.attempt(ask)

    async def send_raw(self, raw: bytes) -> str:
        """Offer signed bytes to one endpoint, once; the node's answer is no proof of anything.

        Raises:
            NodeError: see `broadcasting`.
            Unavailable, RateLimited, BadReply: whether the node has it is open. Offer the same bytes again.
        """
        endpoint = next(iter(self.in_order()), None)
        if endpoint is None:
            raise Unavailable("no endpoint is usable", maybe_delivered=False)
        return await self._send_to(endpoint, raw)

    async def send_raw_to_all(self, raw: bytes) -> list[str | RpcError]:
        """Offers signed bytes to every different node at the same time, since one of them may lose what it
        takes; returns what each answered. They are the same bytes, so they are mined once."""
        each = {endpoint.client.node: endpoint for endpoint in reversed(self.in_order())}

        async def send(endpoint: Endpoint) -> str | RpcError:
            try:
                return await self._send_to(endpoint, raw)
            except RpcError as error:
                return error

        answers = await asyncio.gather(*(send(endpoint) for endpoint in each.values()))
        return answers or [Unavailable("no endpoint is usable", maybe_delivered=False)]

    async def _send_to(self, endpoint: Endpoint, raw: bytes) -> str:
        try:
            return (await endpoint.client.w3.eth.send_raw_transaction(raw)).to_0x_hex()
        except NodeError:
            raise
        except RpcError as error:
            self.failed(endpoint, error)
            raise

    async def ask_several(self, work: Callable[[NodeProvider], Awaitable[T]], most: int) -> dict[str, T]:
        """What up to `most` different nodes say, the healthiest first, by label; one that fails says
        nothing."""
        said: dict[str, T] = {}
        nodes: set[str] = set()
        for endpoint in self.in_order():
            if len(said) == most:
                break
            if endpoint.client.node in nodes:
                continue
            nodes.add(endpoint.client.node)
            try:
                said[endpoint.client.label] = await work(endpoint.client)
            except NodeError:
                continue
            except RpcError as error:
                self.failed(endpoint, error)
        return said

    def distrust(self, label: str, why: str) -> None:
        """Sets an endpoint aside that the others contradict."""
        for endpoint in self._all:
            if endpoint.client.label == label:
                endpoint.set_aside(Aside.CONTRADICTED, why, self.rules.quarrel_rest)

    @property
    def quorum(self) -> int:
        """How many different nodes must agree: what the network wants, or all there are."""
        return min(self.rules.quorum, len({endpoint.client.node for endpoint in self._all}))

    def node_of(self, label: str | None) -> str | None:
        """The host and port behind a label; None when there is none of that name."""
        return next((e.client.node for e in self._all if e.client.label == label), None)

    @property
    def nodes(self) -> tuple[int, int]:
        """The number of different nodes in use, and of all there are."""
        return len({e.client.node for e in self._all if e.usable}), len({e.client.node for e in self._all})

    async def wake_ups(self, every: float) -> AsyncIterator[None]:
        """Yield when a new head is announced, and at the latest after `every` seconds. The first comes at
        once."""
        while True:
            self._woken.clear()
            yield
            try:
                async with asyncio.timeout(every):
                    await self._woken.wait()
            except TimeoutError:
                pass  # time to look anyway

    def wake(self) -> None:
        """Makes `wake_ups` yield now."""
        self._woken.set()

    def report(self) -> list[EndpointReport]:
        """The state of each endpoint, in configured order."""
        best = self.best_head
        return [report_on(endpoint, best) for endpoint in self._all]

    @property
    def best_head(self) -> int:
        """The highest head seen at an endpoint that is trusted, -1 when none was."""
        return max((e.head for e in self._all if e.aside not in NEVER_USED), default=-1)

    @property
    def requests(self) -> int:
        """The number of documents exchanged for callers so far, probes not counted."""
        return sum(e.client.counts.requests - e.probes for e in self._all)

    # ------------------------------------------------------------ choosing

    def in_order(self) -> list[Endpoint]:
        """The usable endpoints by health; then, as a last resort, those that may have recovered unnoticed."""
        best = self.best_head
        healthy = sorted((e for e in self._all if e.usable), key=lambda e: e.rank(best))
        rest = sorted(
            (e for e in self._all if not e.usable and e.aside not in NEVER_USED), key=lambda e: -e.head
        )
        return healthy + rest

    async def _round(self, work: Callable[[NodeProvider], Awaitable[T]]) -> T:
        last: RpcError = Unavailable("no endpoint is usable", maybe_delivered=False)
        for endpoint in self.in_order():
            began = monotonic()
            try:
                if endpoint.aside is Aside.UNTESTED:
                    await self._probe(endpoint)
                    if endpoint.aside is not None:
                        continue
                result = await work(endpoint.client)
            except NodeError as error:
                if not error.method_missing:
                    raise
                last = error
            except RpcError as error:
                self.failed(endpoint, error)
                last = last if isinstance(last, RateLimited) else error
            else:
                endpoint.answered(monotonic() - began)
                return result
        raise last

    def failed(self, endpoint: Endpoint, error: RpcError) -> None:
        """Sets an endpoint aside for what it answered, or for its silence."""
        if isinstance(error, NotYet) and len(self._all) == 1:
            return  # no other node to ask: the block is simply not there yet
        rest = error.retry_after if isinstance(error, RateLimited) else self.rules.retest_every
        endpoint.set_aside(reason_of(error), str(error), rest)

    def saw_head(self, client: NodeProvider, number: int) -> None:
        """Note an endpoint's head; one that fell behind what was seen before, here or elsewhere, is no help
        now.

        A chain that really went back is believed at the next look: the note is taken before the complaint.
        """
        endpoint = next(e for e in self._all if e.client is client)
        best = self.best_head
        endpoint.head = number
        if len(self._all) > 1 and best - number > self.rules.most_lag:
            raise NotYet(f"{best - number} blocks behind")

    # ------------------------------------------------------------ testing

    async def _watch(self) -> None:
        while True:
            now = monotonic()
            due = [e for e in self._all if self._due(e, now)]
            await asyncio.gather(*(self._probe(endpoint) for endpoint in due))
            await asyncio.sleep(TICK)

    def _due(self, endpoint: Endpoint, now: float) -> bool:
        if endpoint.aside is not None:
            return now >= endpoint.test_at
        # with a single endpoint the caller's own requests tell everything
        return len(self._all) > 1 and now >= endpoint.checked_at + self.rules.check_every

    async def _probe(self, endpoint: Endpoint) -> None:
        """Reads chain id and head in one request, and decides whether the endpoint is in use."""
        before = endpoint.client.counts.requests
        began = monotonic()
        try:
            block = await read_head(endpoint.client, self.chain_id, within=self.rules.probe_seconds)
            self.saw_head(endpoint.client, block.number)
        except RpcError as error:
            self.failed(endpoint, error)
        else:
            endpoint.answered(monotonic() - began)
            endpoint.take_back()
        finally:
            endpoint.checked_at = monotonic()
            endpoint.probes += endpoint.client.counts.requests - before

    async def _listen(self, client: NodeProvider) -> None:
        while True:
            try:
                await client.listen_heads(self._woken.set)
            except RpcError:
                pass  # polling goes on meanwhile
            await asyncio.sleep(self.rules.retest_every)
