"""POSTs JSON-RPC documents over kept-alive HTTP/1.1 connections, and nothing else of HTTP.

A general client spends most of a small call on itself; this one is several times faster (see
benchmarks/rpc_speed) and
reads strictly: whatever is not one whole, well-delimited reply is an error. Redirects are not followed: they
would repeat our request to somebody nobody configured.
"""

from __future__ import annotations

import asyncio
import base64
import ssl
import zlib
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from wbo_desktop.chain.rpc.errors import BadReply, Unavailable

LONGEST_REPLY = 128 * 1024 * 1024
"""Bytes, after decompression. A full block's receipts are a few megabytes."""

LONGEST_HEAD = 64 * 1024
MOST_CONNECTIONS = 32
CONNECT_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Reply:
    """Status, headers with names in lower case, whole body."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(slots=True)
class _Wire:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter


class HttpPoster:
    """One endpoint's connections. Not for use from several event loops."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._host = parts.hostname or ""
        self._tls = parts.scheme == "https"
        self._port = parts.port or (443 if self._tls else 80)
        self._context: ssl.SSLContext | None = None
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        host = f"[{self._host}]" if ":" in self._host else self._host
        lines = [
            f"POST {target} HTTP/1.1",
            f"Host: {host}:{self._port}" if parts.port else f"Host: {host}",
            "Content-Type: application/json",
            "Accept: application/json",
            "Accept-Encoding: gzip",
        ]
        if parts.username is not None:
            pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
            lines.append("Authorization: Basic " + base64.b64encode(pair.encode()).decode())
        if any(ord(c) < 32 or ord(c) > 126 for line in lines for c in line):
            raise ValueError("an endpoint's address with characters that do not belong there")
        self._head = "\r\n".join([*lines, "Content-Length: "]).encode()
        self._idle: list[_Wire] = []
        self._turns = asyncio.Semaphore(MOST_CONNECTIONS)

    async def post(self, payload: bytes, seconds: float) -> Reply:
        """Send one body and read one whole reply.

        Raises:
            Unavailable: not connected, not answered in time, or broken off before the reply began.
            BadReply: the reply was cut short, too long, or is not HTTP.
        """
        async with self._turns:
            wire: _Wire | None = None
            try:
                async with asyncio.timeout(seconds):
                    wire = await self._connected(seconds)
                    wire.writer.write(self._head + b"%d\r\n\r\n" % len(payload) + payload)
                    await wire.writer.drain()
                    reply, stays = await _read_reply(wire.reader)
            except TimeoutError:
                raise Unavailable("no answer in time", timed_out=True) from None
            except asyncio.LimitOverrunError:
                raise BadReply("the reply's head is too long") from None
            except OSError as error:
                raise Unavailable(f"connection failed: {type(error).__name__}") from None
            else:
                if stays:
                    self._idle.append(wire)
                    wire = None
                return reply
            finally:
                if wire is not None:
                    wire.writer.close()

    async def close(self) -> None:
        idle, self._idle = self._idle, []
        for wire in idle:
            wire.writer.close()
        await asyncio.gather(*(wire.writer.wait_closed() for wire in idle), return_exceptions=True)

    async def _connected(self, seconds: float) -> _Wire:
        while self._idle:
            wire = self._idle.pop()
            if not wire.reader.at_eof() and not wire.writer.is_closing():
                return wire
            wire.writer.close()
        if self._tls and self._context is None:
            self._context = ssl.create_default_context()
        try:
            async with asyncio.timeout(min(seconds, CONNECT_SECONDS)):
                return _Wire(
                    *await asyncio.open_connection(
                        self._host, self._port, ssl=self._context, limit=LONGEST_HEAD
                    )
                )
        except ssl.SSLCertVerificationError as error:
            raise Unavailable(f"certificate: {error.verify_message}", maybe_delivered=False) from None
        except (OSError, TimeoutError):
            raise Unavailable("no connection", maybe_delivered=False) from None


# ------------------------------------------------------------ reading a reply (RFC 9112)


async def _read_reply(reader: asyncio.StreamReader) -> tuple[Reply, bool]:
    """One reply, and whether the connection can be used again."""
    while True:
        status, headers, persistent = _parse_head(await _read_head(reader))
        if status >= 200:
            break
    try:
        body, delimited = await _read_body(reader, headers)
    except (asyncio.IncompleteReadError, ConnectionError):
        raise BadReply("the reply was cut short") from None
    if headers.get("content-encoding", "identity").lower() != "identity":
        body = _unpacked(headers["content-encoding"].lower(), body)
    return Reply(status, headers, body), persistent and delimited


async def _read_head(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as cut:
        if cut.partial:
            raise BadReply("the reply was cut short") from None
        raise Unavailable("connection closed") from None


def _parse_head(head: bytes) -> tuple[int, dict[str, str], bool]:
    """Status, headers, whether the connection stays open."""
    first, *lines = head[:-4].decode("latin-1").split("\r\n")
    version, _, rest = first.partition(" ")
    if version not in ("HTTP/1.1", "HTTP/1.0") or not rest[:3].isdigit() or rest[3:4] not in ("", " "):
        raise BadReply("the reply is not HTTP")
    headers: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        name, value = name.lower(), value.strip()
        if not colon or (name == "content-length" and headers.get(name, value) != value):
            raise BadReply("the reply's head cannot be read")
        headers[name] = value
    connection = headers.get("connection", "").lower()
    return int(rest[:3]), headers, version == "HTTP/1.1" and connection != "close"


async def _read_body(reader: asyncio.StreamReader, headers: dict[str, str]) -> tuple[bytes, bool]:
    """The body, and whether its end was marked by more than the end of the connection."""
    coding, length = headers.get("transfer-encoding"), headers.get("content-length")
    if coding is not None:
        if coding.lower() != "chunked" or length is not None:
            raise BadReply("the reply's length is ambiguous")
        return await _read_chunks(reader), True
    if length is not None:
        if (
            not (length.isascii() and length.isdigit())
            or int(length[:12]) > LONGEST_REPLY
            or len(length) > 12
        ):
            raise BadReply("the reply is too long")
        return await reader.readexactly(int(length)), True
    body = bytearray()
    while piece := await reader.read(1 << 16):
        body += piece
        if len(body) > LONGEST_REPLY:
            raise BadReply("the reply is too long")
    return bytes(body), False


async def _read_chunks(reader: asyncio.StreamReader) -> bytes:
    body = bytearray()
    while True:
        size = (await reader.readuntil(b"\r\n")).split(b";")[0].strip()
        if not size or len(size) > 8 or any(c not in b"0123456789abcdefABCDEF" for c in size):
            raise BadReply("the reply's chunks cannot be read")
        length = int(size, 16)
        if len(body) + length > LONGEST_REPLY:
            raise BadReply("the reply is too long")
        if length == 0:
            while await reader.readuntil(b"\r\n") != b"\r\n":
                pass  # trailers, which nobody needs
            return bytes(body)
        body += await reader.readexactly(length)
        if await reader.readexactly(2) != b"\r\n":
            raise BadReply("the reply's chunks cannot be read")


def _unpacked(coding: str, body: bytes) -> bytes:
    if coding not in ("gzip", "x-gzip"):
        raise BadReply("the reply is packed in a way nobody asked for")
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
