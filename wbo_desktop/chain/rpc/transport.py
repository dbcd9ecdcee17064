"""Carries JSON-RPC documents to one endpoint and back, over kept-alive HTTP or one WebSocket.

Knows nothing of methods, ids beyond matching a reply to its request, retries or health: `rpc` and `endpoints`
do.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from time import time
from typing import Any, Protocol
from urllib.parse import urlsplit

import aiohttp

from wbo_desktop.chain.rpc.errors import BadReply, RateLimited, Unavailable
from wbo_desktop.chain.rpc.http1 import LONGEST_REPLY, HttpPoster, Reply
from wbo_desktop.services.supervision import spawn

DEFAULT_RETRY_AFTER = 1.0
LONGEST_RETRY_AFTER = 60.0


class Transport(Protocol):
    """One endpoint's wire."""

    async def exchange(self, payload: bytes, first_id: int, seconds: float) -> Any:
        """Send one document and give back the parsed reply. Raises Unavailable, RateLimited or BadReply."""

    async def close(self) -> None: ...


def transport_for(url: str) -> Transport:
    """The transport for an endpoint's address: http, https, ws or wss."""
    scheme = urlsplit(url).scheme
    if scheme in ("http", "https"):
        return HttpTransport(url)
    if scheme in ("ws", "wss"):
        return WsTransport(url)
    raise ValueError("an endpoint's address starts with http, https, ws or wss")


def label_of(url: str) -> str:
    """Scheme, host and port only: path, query and user name may hold a provider's key."""
    parts = urlsplit(url)
    host = parts.hostname or "?"
    return f"{parts.scheme}://{host}" + (f":{parts.port}" if parts.port else "")


def node_of(url: str) -> str:
    """Host and port: two addresses with the same (say, http and ws) are one node, and no witness for each
    other."""
    parts = urlsplit(url)
    port = parts.port or {"http": 80, "ws": 80}.get(parts.scheme, 443)
    return f"{parts.hostname}:{port}"


def parse(body: bytes | str) -> Any:
    """JSON, whatever the node sent: broken encoding, endless nesting and endless digits are a BadReply
    too.
    """
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise BadReply("the reply is not valid JSON") from None


def retry_after(header: str | None) -> float:
    """Seconds to wait by a Retry-After header (RFC 9110 section 10.2.3: seconds or a date), kept within
    reason.
    """
    if header is None:
        return DEFAULT_RETRY_AFTER
    try:
        seconds = (
            float(header) if header.strip().isdigit() else parsedate_to_datetime(header).timestamp() - time()
        )
    except (ValueError, TypeError, OverflowError):
        return DEFAULT_RETRY_AFTER
    return min(max(seconds, 0.1), LONGEST_RETRY_AFTER)


class HttpTransport:
    """POSTs over connections that stay open between requests."""

    def __init__(self, url: str) -> None:
        self._poster = HttpPoster(url)

    async def exchange(self, payload: bytes, first_id: int, seconds: float) -> Any:
        reply = await self._poster.post(payload, seconds)
        if reply.status == 200:
            return parse(reply.body)
        return _failed(reply)

    async def close(self) -> None:
        await self._poster.close()


def _failed(reply: Reply) -> Any:
    """An HTTP error; some nodes put a well-formed JSON-RPC error in its body, which then is the answer."""
    if reply.status == 429 or (reply.status == 503 and "retry-after" in reply.headers):
        raise RateLimited(retry_after(reply.headers.get("retry-after")))
    try:
        answer = parse(reply.body)
    except BadReply:
        answer = None
    if isinstance(answer, dict) and isinstance(answer.get("error"), dict) and answer.get("id") is not None:
        return answer
    raise Unavailable(f"HTTP {reply.status}")


class WsTransport:
    """One WebSocket, opened when first needed and again after it broke. Notifications call `on_notice`."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._session: aiohttp.ClientSession | None = None
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._reader: asyncio.Task[None] | None = None
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        self._opening = asyncio.Lock()
        self.on_notice: Callable[[], None] | None = None
        self.broken = asyncio.Event()

    async def exchange(self, payload: bytes, first_id: int, seconds: float) -> Any:
        try:
            async with asyncio.timeout(seconds):
                socket = await self._connected()
                answer = self._waiting[first_id] = asyncio.get_running_loop().create_future()
                await socket.send_str(payload.decode())
                return await answer
        except TimeoutError:
            raise Unavailable("no answer in time", timed_out=True) from None
        except (aiohttp.ClientError, OSError) as error:
            raise Unavailable(f"connection failed: {type(error).__name__}") from None
        finally:
            self._waiting.pop(first_id, None)

    async def _connected(self) -> aiohttp.ClientWebSocketResponse:
        async with self._opening:
            if self._socket is None or self._socket.closed:
                await self._let_go()
                try:
                    self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
                    self._socket = await self._session.ws_connect(
                        self._url, max_msg_size=LONGEST_REPLY, heartbeat=10.0
                    )
                except (aiohttp.ClientError, OSError):
                    await self._let_go()
                    raise Unavailable("no connection", maybe_delivered=False) from None
                self.broken.clear()
                self._reader = spawn(self._read(self._socket), "socket")
            return self._socket

    async def _read(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        try:
            async for message in socket:
                if message.type is aiohttp.WSMsgType.TEXT:
                    self._take(message.data)
        finally:
            self._fail_all(Unavailable("connection closed"))
            self.broken.set()
            await socket.close()

    def _take(self, text: str) -> None:
        try:
            answer = parse(text)
        except BadReply as error:
            self._fail_all(error)
            return
        if isinstance(answer, dict) and "method" in answer:
            if self.on_notice is not None:
                self.on_notice()
            return
        future = self._waiting.get(self._first_id(answer))
        if future is None and len(self._waiting) == 1:
            # an error about the whole document carries no id; with one request open it can only mean that one
            future = next(iter(self._waiting.values()))
        if future is not None and not future.done():
            future.set_result(answer)

    def _first_id(self, answer: Any) -> int:
        items = answer if isinstance(answer, list) else [answer]
        known = [i["id"] for i in items if isinstance(i, dict) and type(i.get("id")) is int]
        return min((i for i in known if i in self._waiting), default=-1)

    def _fail_all(self, error: Exception) -> None:
        for future in self._waiting.values():
            if not future.done():
                future.set_exception(error)

    async def _let_go(self) -> None:
        if self._reader is not None:
            self._reader.cancel()
            await asyncio.gather(self._reader, return_exceptions=True)
            self._reader = None
        if self._socket is not None:
            await self._socket.close()
            self._socket = None
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def close(self) -> None:
        await self._let_go()
