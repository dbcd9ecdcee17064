"""A node that misbehaves on demand: stands between a client and a real node and does harm to single requests.

`await FaultProxy(node_url).start()`, then `proxy.add(Fault(Kind.LOSE_REPLY,
methods={"eth_sendRawTransaction"}, times=1))`. It keeps what was asked (`requests`, `asked`) and which signed
bytes reached the real node (`sent`), in order.
"""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import Enum, auto
from types import TracebackType
from typing import Any, Self

import aiohttp
from aiohttp import web
from eth_utils.crypto import keccak


class Kind(Enum):
    """What goes wrong. `forwarded` means that the real node did get the request."""

    RATE_LIMIT = auto()
    """429 with Retry-After: `seconds`."""
    HTTP_ERROR = auto()
    """Status `status`, nothing forwarded."""
    STALL = auto()
    """Nothing is forwarded and no answer comes until `seconds` are over."""
    RESET = auto()
    """The connection is reset, nothing forwarded."""
    LOSE_REPLY = auto()
    """Forwarded; then the connection is reset without an answer."""
    SWALLOW = auto()
    """Signed bytes are answered with their hash (or the error `message`) and go nowhere."""
    LATE_REPLY = auto()
    """Forwarded; the answer comes after `seconds`."""
    DUPLICATE = auto()
    """Forwarded twice; the second answer is given."""
    REPLACE_ERROR = auto()
    """Forwarded; whatever the node said, the answer is the error `message`."""
    TRUNCATE = auto()
    """Forwarded; the second half of the answer is missing, with an honest Content-Length."""
    CUT = auto()
    """Forwarded; the connection ends before the announced length."""
    BAD_JSON = auto()
    WRONG_ID = auto()
    NO_BATCHES = auto()
    """A batch is answered by one error object; single requests pass."""
    DROP_ITEMS = auto()
    """Every second answer of a batch is left out."""
    WRONG_CHAIN = auto()
    """eth_chainId says `chain_id`."""
    LAG = auto()
    """The node's head is `blocks` behind, or stands still at height `frozen_at`."""
    CHANGE = auto()
    """Every result goes through `change(method, params, result)`: a node that lies."""


@dataclass(eq=False)
class Fault:
    """One fault: for requests that name one of `methods` (any if None), `times` times (until cleared if
    None)."""

    kind: Kind
    methods: Collection[str] | None = None
    times: int | None = None
    seconds: float = 60.0
    status: int = 500
    message: str = ""
    chain_id: int = 99
    blocks: int = 0
    frozen_at: int | None = None
    change: Callable[[str, list[Any], Any], Any] | None = None

    def strikes(self, items: list[Any]) -> bool:
        """Whether this request is hit."""
        return (self.times is None or self.times > 0) and any(self.names(item) for item in items)

    def names(self, item: Any) -> bool:
        """Whether this single call is one of those meant."""
        return self.methods is None or item.get("method") in self.methods


class FaultProxy:
    """Listens on a loopback port and passes JSON-RPC on to `upstream` over HTTP."""

    def __init__(self, upstream: str) -> None:
        self.upstream = upstream
        self.url = ""
        self.requests = 0
        self.asked: list[list[str]] = []
        self.sent: list[bytes] = []
        self._faults: list[Fault] = []
        self._release = asyncio.Event()

    async def start(self) -> Self:
        self._session = aiohttp.ClientSession()
        app = web.Application(client_max_size=2**28)
        app.router.add_post("/{path:.*}", self._handle)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{self.port}"
        return self

    async def stop(self) -> None:
        self._release.set()
        await self._runner.cleanup()
        await self._session.close()

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    def add(self, fault: Fault) -> Fault:
        self._faults.append(fault)
        return fault

    def clear(self) -> None:
        """Every fault ends now, stalled requests included."""
        self._faults.clear()
        self._release.set()
        self._release = asyncio.Event()

    # ------------------------------------------------------------ one request

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        body = json.loads(await request.read())
        items = body if isinstance(body, list) else [body]
        self.requests += 1
        self.asked.append([item["method"] for item in items])
        fault = next((f for f in self._faults if f.strikes(items)), None)
        if fault is None:
            return web.json_response(await self._forward(body))
        if fault.times is not None:
            fault.times -= 1
        if fault.kind is Kind.SWALLOW:
            return web.json_response(_swallowed(fault, body))
        return await self._harm(fault, request, body)

    async def _harm(self, fault: Fault, request: web.Request, body: Any) -> web.StreamResponse:
        kind = fault.kind
        if kind is Kind.RATE_LIMIT:
            return web.Response(status=429, headers={"Retry-After": f"{fault.seconds:g}"})
        if kind is Kind.HTTP_ERROR:
            return web.Response(status=fault.status, text="<html>oh dear</html>")
        if kind is Kind.STALL:
            await self._wait(fault.seconds)
            return self._reset(request)
        if kind is Kind.RESET:
            return self._reset(request)
        if kind is Kind.NO_BATCHES and isinstance(body, list):
            return web.json_response(_error(None, "batches are not supported"))
        if kind is Kind.LAG:
            body, head = await self._lagging(fault, body)
            return web.json_response(_headed(head, body, await self._forward(body)))
        answer = await self._forward(body)
        if kind is Kind.DUPLICATE:
            answer = await self._forward(body)
        if kind is Kind.LATE_REPLY:
            await self._wait(fault.seconds)
        if kind is Kind.LOSE_REPLY:
            return self._reset(request)
        return await self._respond(fault, request, body, answer)

    async def _respond(
        self, fault: Fault, request: web.Request, body: Any, answer: Any
    ) -> web.StreamResponse:
        text = json.dumps(self._falsified(fault, body, answer))
        if fault.kind is Kind.TRUNCATE:
            return web.Response(text=text[: len(text) // 2], content_type="application/json")
        if fault.kind is Kind.BAD_JSON:
            return web.Response(text="[" * 5000 + text, content_type="application/json")
        if fault.kind is Kind.CUT:
            response = web.StreamResponse(headers={"Content-Length": str(len(text) + 100)})
            await response.prepare(request)
            await response.write(text.encode())
            return self._reset(request)
        return web.json_response(text=text)

    def _falsified(self, fault: Fault, body: Any, answer: Any) -> Any:
        if isinstance(answer, list):
            changed = [self._one(fault, item, found) for item, found in zip(body, answer, strict=True)]
            return changed[::2] if fault.kind is Kind.DROP_ITEMS else changed
        return self._one(fault, body, answer)

    def _one(self, fault: Fault, item: Any, answer: Any) -> Any:
        if fault.kind is Kind.WRONG_ID:
            return answer | {"id": answer["id"] + 1000}
        if fault.kind is Kind.REPLACE_ERROR and fault.names(item):
            return _error(answer["id"], fault.message)
        if fault.kind is Kind.WRONG_CHAIN and item["method"] == "eth_chainId":
            return answer | {"result": hex(fault.chain_id)}
        if fault.kind is Kind.CHANGE and fault.change is not None and "result" in answer:
            return answer | {"result": fault.change(item["method"], item.get("params", []), answer["result"])}
        return answer

    async def _forward(self, body: Any) -> Any:
        for item in body if isinstance(body, list) else [body]:
            if item["method"] == "eth_sendRawTransaction":
                self.sent.append(bytes.fromhex(item["params"][0][2:]))
        async with self._session.post(self.upstream, json=body) as response:
            return await response.json(content_type=None)

    # ------------------------------------------------------------ means

    async def _wait(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._release.wait(), seconds)
        except TimeoutError:
            pass  # the fault lasted as long as it was meant to

    def _reset(self, request: web.Request) -> web.Response:
        if request.transport is not None:
            sock = request.transport.get_extra_info("socket")
            if sock is not None:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            request.transport.abort()
        return web.Response()

    async def _lagging(self, fault: Fault, body: Any) -> tuple[Any, int]:
        """The same questions as of an older head; heights above it are asked for where nothing is."""
        real = int((await self._forward(_call("eth_blockNumber")))["result"], 16)
        head = min(real, fault.frozen_at) if fault.frozen_at is not None else max(0, real - fault.blocks)
        if isinstance(body, list):
            return [_as_of(head, item) for item in body], head
        return _as_of(head, body), head


def _swallowed(fault: Fault, item: Any) -> Any:
    if fault.message:
        return _error(item["id"], fault.message)
    raw = bytes.fromhex(item["params"][0][2:])
    return {"jsonrpc": "2.0", "id": item["id"], "result": "0x" + keccak(raw).hex()}


def _as_of(head: int, item: Any) -> Any:
    params = list(item.get("params", []))
    if item["method"] in ("eth_getBlockByNumber", "eth_getBlockReceipts") and params:
        at = head if params[0] in ("latest", "pending") else int(params[0], 16)
        params[0] = hex(at if at <= head else 2**62)
    return item | {"params": params}


def _headed(head: int, body: Any, answer: Any) -> Any:
    """eth_blockNumber's answers put back to the older head."""
    if isinstance(body, list):
        return [_headed(head, item, found) for item, found in zip(body, answer, strict=True)]
    return answer | {"result": hex(head)} if body["method"] == "eth_blockNumber" else answer


def _call(method: str, *params: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": 0, "method": method, "params": list(params)}


def _error(number: int | None, message: str) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": number, "error": {"code": -32000, "message": message}}
