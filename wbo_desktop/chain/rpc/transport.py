"""Carries JSON-RPC documents to one endpoint and back, over kept-alive HTTP or one WebSocket, both on aiohttp.

Knows nothing of methods, ids beyond matching a reply to its request, retries or health: `provider` and `endpoints`
do. Whatever is not one whole, well-delimited reply is an error. Redirects are not followed: they would repeat our
request to a host that is not configured.
"""

from __future__ import annotations

import asyncio
import json
import ssl
import zlib
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from time import time
from typing import Any, Protocol
from urllib.parse import urlsplit

import aiohttp

from wbo_desktop.chain.rpc.errors import BadReply, RateLimited, Unavailable
from wbo_desktop.services.supervision import spawn

LONGEST_REPLY = 128 * 1024 * 1024
"""Bytes, after decompression. A full block's receipts are a few megabytes."""

MOST_CONNECTIONS = 32
CONNECT_SECONDS = 3.0
DEFAULT_RETRY_AFTER = 1.0
LONGEST_RETRY_AFTER = 60.0

_HEADERS = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "gzip"}


class Transport(Protocol):
    """The port of one endpoint's transport."""

    async def exchange(self, payload: bytes, first_id: int, seconds: float) -> Any:
        """The parsed reply to one document. Raises Unavailable, RateLimited or BadReply."""

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
    """Scheme, host and port of an address; path, query and user name may hold a provider's key."""
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


# ------------------------------------------------------------ HTTP


class HttpTransport:
    """POSTs over connections that stay open between requests. Not for use from several event loops.

    aiohttp's session is told to do nothing by itself: no redirects, cookies, proxies of the environment, unpacking,
    nor a second try (aiohttp repeats idempotent methods only, and POST is none).
    """

    def __init__(self, url: str) -> None:
        if any(not 32 < ord(c) < 127 for c in url):
            raise ValueError("an endpoint's address with characters that do not belong there")
        self._url = url
        self._session: aiohttp.ClientSession | None = None

    async def exchange(self, payload: bytes, first_id: int, seconds: float) -> Any:
        status, headers, body = await self.post(payload, seconds)
        if status == 200:
            return parse(body)
        return _failed(status, headers, body)

    async def post(self, payload: bytes, seconds: float) -> tuple[int, Mapping[str, str], bytes]:
        """Send one body and read one whole reply: its status, headers and unpacked body.

        Raises:
            Unavailable: not connected, not answered in time, or broken off before the reply began.
            BadReply: the reply was cut short, too long, or is not HTTP.
        """
        try:
            async with (
                asyncio.timeout(seconds),
                self._opened().post(
                    self._url,
                    data=payload,
                    allow_redirects=False,
                    timeout=aiohttp.ClientTimeout(total=None, sock_connect=min(seconds, CONNECT_SECONDS)),
                ) as response,
            ):
                return response.status, response.headers, await _body(response)
        except (aiohttp.ClientError, OSError) as error:
            raise _without_a_reply(error) from None

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(
                limit=MOST_CONNECTIONS,
                # made anew: aiohttp's own was made when it was imported, before the settings were read
                ssl=ssl.create_default_context() if urlsplit(self._url).scheme == "https" else True,
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                headers=_HEADERS,
                skip_auto_headers=("User-Agent",),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
            )
        return self._session

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None


def _without_a_reply(error: Exception) -> Unavailable | BadReply:
    """The error for an exchange that brought no head of a reply."""
    match error:
        case aiohttp.ClientConnectorCertificateError(certificate_error=ssl.SSLCertVerificationError() as why):
            return Unavailable(f"certificate: {why.verify_message}", maybe_delivered=False)
        case aiohttp.ClientConnectorError() | aiohttp.ConnectionTimeoutError():
            return Unavailable("no connection", maybe_delivered=False)
        case TimeoutError():
            return Unavailable("no answer in time", timed_out=True)
        case aiohttp.ServerDisconnectedError(message=str()):
            return Unavailable("connection closed")
        case aiohttp.ServerDisconnectedError():
            return BadReply("the reply was cut short")  # a head had begun
        case aiohttp.ClientConnectionError() | OSError():
            return Unavailable(f"connection failed: {type(error).__name__}")
        case _:
            return BadReply("the reply is not HTTP")


async def _body(response: aiohttp.ClientResponse) -> bytes:
    """The whole body, unpacked, of at most LONGEST_REPLY bytes before and after."""
    if (response.content_length or 0) > LONGEST_REPLY:
        raise BadReply("the reply is too long")
    try:
        body = await response.read() if response.content_length is not None else await _undelimited(response)
    except (aiohttp.ClientError, OSError):
        raise BadReply("the reply was cut short") from None
    coding = response.headers.get("Content-Encoding", "identity").lower()
    return body if coding == "identity" else _unpacked(coding, body)


async def _undelimited(response: aiohttp.ClientResponse) -> bytes:
    """A body in chunks, or one that ends with the connection."""
    body = bytearray()
    async for piece in response.content.iter_any():
        body += piece
        if len(body) > LONGEST_REPLY:
            raise BadReply("the reply is too long")
    return bytes(body)


def _unpacked(coding: str, body: bytes) -> bytes:
    """Not left to aiohttp, which unpacks without a limit."""
    if coding not in ("gzip", "x-gzip"):
        raise BadReply("the reply is packed in a way that was not asked for")
    unpacker = zlib.decompressobj(wbits=31)
    try:
        plain = unpacker.decompress(body, LONGEST_REPLY)
    except zlib.error:
        raise BadReply("the reply cannot be unpacked") from None
    if unpacker.unconsumed_tail:
        raise BadReply("the reply is too long")
    if not unpacker.eof:
        raise BadReply("the reply was cut short")
    return plain


def _failed(status: int, headers: Mapping[str, str], body: bytes) -> Any:
    """An HTTP error; some nodes put a well-formed JSON-RPC error in its body, which then is the answer."""
    if status == 429 or (status == 503 and "retry-after" in headers):
        raise RateLimited(retry_after(headers.get("retry-after")))
    try:
        answer = parse(body)
    except BadReply:
        answer = None
    if isinstance(answer, dict) and isinstance(answer.get("error"), dict) and answer.get("id") is not None:
        return answer
    raise Unavailable(f"HTTP {status}")


# ------------------------------------------------------------ WebSocket


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
