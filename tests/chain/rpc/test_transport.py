"""The wire itself: replies in every form that HTTP/1.1 allows, and in forms that it does not."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wbo_desktop.chain.rpc.errors import BadReply, RpcError, Unavailable
from wbo_desktop.chain.rpc.transport import HttpTransport, retry_after, transport_for

BODY = b'{"ok":1}'
PACKED = gzip.compress(BODY)


class Server:
    """Answers each request with the bytes it is told, and keeps what was asked."""

    def __init__(self, reply: bytes, *, hang_up: bool = False) -> None:
        self.reply, self.hang_up = reply, hang_up
        self.connections = 0
        self.asked = b""
        self.serving: set[asyncio.Task[None] | None] = set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.serving.add(task := asyncio.current_task())
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                self.asked += head
                length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
                self.asked += await reader.readexactly(length)
                writer.write(self.reply)
                await writer.drain()
                if self.hang_up:
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the client went away, as clients do
        writer.close()
        self.serving.discard(task)


@asynccontextmanager
async def answering(server: Server, path: str = "/", who: str = "") -> AsyncIterator[HttpTransport]:
    listener = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    wire = HttpTransport(f"http://{who}127.0.0.1:{listener.sockets[0].getsockname()[1]}{path}")
    try:
        yield wire
    finally:
        await wire.close()
        listener.close()
        async with asyncio.timeout(5):
            while server.serving:  # noqa: ASYNC110 (an event for each connection would say less)
                await asyncio.sleep(0.01)


LENGTH = b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

GOOD: dict[str, bytes] = {
    "length": b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n" + BODY,
    "chunks": CHUNKED + b"3\r\n" + BODY[:3] + b"\r\n5;x=y\r\n" + BODY[3:] + b"\r\n0\r\nTrailer: x\r\n\r\n",
    "gzip": b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(PACKED) + PACKED,
    "early hints": b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + LENGTH + BODY,
    "no reason": b"HTTP/1.1 200\r\ncontent-length:8\r\n\r\n" + BODY,
}


@pytest.mark.parametrize("name", GOOD)
async def test_whole_replies_and_the_connection_stays(name: str) -> None:
    server = Server(GOOD[name])
    async with answering(server) as wire:
        for _ in range(3):
            assert (await wire.post(b"{}", 2))[2] == BODY
    assert server.connections == 1


async def test_a_reply_ended_by_the_connection() -> None:
    server = Server(b"HTTP/1.0 200 OK\r\n\r\n" + BODY, hang_up=True)
    async with answering(server) as wire:
        assert (await wire.post(b"{}", 2))[2] == BODY
        assert (await wire.post(b"{}", 2))[2] == BODY
    assert server.connections == 2


BAD: dict[str, bytes] = {
    "not http": b"SSH-2.0-OpenSSH\r\n\r\n",
    "cut head": b"HTTP/1.1 200 OK\r\nContent-",
    "cut body": b"HTTP/1.1 200 OK\r\nContent-Length: 80\r\n\r\n" + BODY,
    "cut chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n" + BODY,
    "two lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\nContent-Length: 9\r\n\r\n" + BODY,
    "both lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\nTransfer-Encoding: chunked\r\n\r\n" + BODY,
    "negative": b"HTTP/1.1 200 OK\r\nContent-Length: -8\r\n\r\n" + BODY,
    "endless": b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n" + BODY,
    "chunk of nonsense": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n" + BODY,
    "not gzip": b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 8\r\n\r\n" + BODY,
    "brotli": b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 8\r\n\r\n" + BODY,
    "endless head": b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000,
}


@pytest.mark.parametrize("name", BAD)
async def test_anything_else_is_a_bad_reply(name: str) -> None:
    async with answering(Server(BAD[name], hang_up=True)) as wire:
        with pytest.raises(BadReply):
            await wire.post(b"{}", 2)


async def test_a_gzip_bomb_stays_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wbo_desktop.chain.rpc.transport.LONGEST_REPLY", 1 << 20)
    bomb = gzip.compress(bytes(1 << 24))
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(bomb)
    async with answering(Server(head + bomb)) as wire:
        with pytest.raises(BadReply, match="too long"):
            await wire.post(b"{}", 5)


async def test_an_idle_connection_that_was_closed_is_not_used() -> None:
    server = Server(GOOD["length"], hang_up=True)
    async with answering(server) as wire:
        for _ in range(3):
            assert (await wire.post(b"{}", 2))[2] == BODY
            await asyncio.sleep(0.05)  # the end of the connection arrives
    assert server.connections == 3


async def test_silence_runs_out_of_time() -> None:
    async with answering(Server(b"")) as wire:
        with pytest.raises(Unavailable) as caught:
            await wire.post(b"{}", 0.1)
    assert caught.value.timed_out


async def test_what_is_sent() -> None:
    server = Server(GOOD["length"])
    async with answering(server, "/v3/key?a=b") as wire:
        await wire.post(b"[1]", 2)
    assert server.asked.startswith(b"POST /v3/key?a=b HTTP/1.1\r\nHost: 127.0.0.1:")
    assert server.asked.endswith(b"\r\n\r\n[1]")


async def test_credentials() -> None:
    server = Server(GOOD["length"])
    async with answering(server, "/x", "user:p%40ss@") as wire:
        await wire.post(b"{}", 2)
    assert b"Authorization: Basic dXNlcjpwQHNz\r\n" in server.asked
    assert b"user" not in server.asked


def test_bad_addresses() -> None:
    for url in ("http://node.example/a b\r\nX: y", "http://nöde.example/"):
        with pytest.raises(ValueError):
            HttpTransport(url.replace("\r\n", "\x7f"))
    with pytest.raises(ValueError):
        transport_for("ftp://node.example")


@settings(max_examples=500, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([b"", *GOOD.values()]), st.integers(min_value=0))
def test_noise_is_never_more_than_an_rpc_error(noise: bytes, base: bytes, where: int) -> None:
    async def scenario() -> None:
        server = Server(base[: where % (len(base) + 1)] + noise, hang_up=True)
        async with answering(server) as wire:
            try:
                await wire.post(b"{}", 2)
            except RpcError:
                pass  # what it is for

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("header", "accepts"),
    [
        (None, lambda s: s == 1.0),
        ("7", lambda s: s == 7),
        ("0", lambda s: 0 < s <= 0.1),
        ("99999", lambda s: s == 60),
        ("soon", lambda s: s == 1.0),
        ("Wed, 21 Oct 2015 07:28:00 GMT", lambda s: 0 < s <= 0.1),
    ],
)
def test_retry_after(header: str | None, accepts: Callable[[float], bool]) -> None:
    assert accepts(retry_after(header))
