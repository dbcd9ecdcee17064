"""Calls per second to a local stub, against web3's own HTTP provider: one at a time, and in batches.

The stub is a process of its own that answers from memory, so that what is measured is the client.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import statistics
from collections.abc import Awaitable, Callable
from multiprocessing.connection import Connection
from time import perf_counter
from typing import Any

from benchmarks._report import Row

SINGLE_CALLS = 300
BATCHED_CALLS = 10_000
ROUNDS = 5
SINGLE_TARGET = 3.0
BATCHED_TARGET = 20.0


class Stub(asyncio.Protocol):
    """Just enough HTTP: reads a request by its Content-Length and answers each call with a block number."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport
        self._buffer = b""

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end].lower()
            start = head.index(b"content-length:") + 15
            stop = head.find(b"\r\n", start)
            length = int(head[start : stop if stop >= 0 else len(head)])
            if len(self._buffer) < end + 4 + length:
                return
            body = self._buffer[end + 4 : end + 4 + length]
            self._buffer = self._buffer[end + 4 + length :]
            self._answer(json.loads(body), b"connection: close" in head)

    def _answer(self, asked: Any, closing: bool) -> None:
        answer: Any = [_result(item) for item in asked] if isinstance(asked, list) else _result(asked)
        body = json.dumps(answer, separators=(",", ":")).encode()
        self._transport.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
            + body
        )
        if closing:
            self._transport.close()


def _result(item: dict[str, Any]) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": item["id"], "result": "0x10d4f"}


def _serve(ready: Connection) -> None:
    async def main() -> None:
        server = await asyncio.get_running_loop().create_server(Stub, "127.0.0.1", 0)
        ready.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(main())


async def _rate(calls: int, work: Callable[[], Awaitable[None]]) -> float:
    began = perf_counter()
    await work()
    return calls / (perf_counter() - began)


async def _measure(url: str) -> tuple[float, float, float]:
    """Calls per second of web3, of ours one by one, and of ours batched: medians of interleaved rounds."""
    from web3 import AsyncHTTPProvider

    from wbo_desktop.chain.rpc.json_rpc import Call, RpcClient

    client = RpcClient(url, longest_batch=100)
    provider = AsyncHTTPProvider(url)
    batch = [Call("eth_blockNumber")] * BATCHED_CALLS

    async def theirs() -> None:
        for _ in range(SINGLE_CALLS):
            await provider.make_request("eth_blockNumber", [])  # type: ignore[arg-type]

    async def ours() -> None:
        for _ in range(SINGLE_CALLS):
            await client.call("eth_blockNumber")

    async def batched() -> None:
        await client.batch(batch)

    rates: list[tuple[float, float, float]] = []
    for _ in range(ROUNDS + 1):
        rates.append(
            (
                await _rate(SINGLE_CALLS, theirs),
                await _rate(SINGLE_CALLS, ours),
                await _rate(BATCHED_CALLS, batched),
            )
        )
    await client.close()
    await provider.disconnect()
    # the first round opens connections and warms caches on all sides
    theirs_rate, ours_rate, batched_rate = (
        statistics.median(column) for column in zip(*rates[1:], strict=True)
    )
    return theirs_rate, ours_rate, batched_rate


def run() -> list[Row]:
    """One row for single calls, one for batched ones."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    stub = context.Process(target=_serve, args=(there,), daemon=True)
    stub.start()
    try:
        theirs, ours, batched = asyncio.run(_measure(f"http://127.0.0.1:{here.recv()}"))
    finally:
        stub.terminate()
        stub.join()
    peer = f"{theirs:.0f} calls/s"
    note = "peer: web3 AsyncHTTPProvider, default settings"
    return [
        Row(
            "rpc_speed single",
            f"{ours:.0f} calls/s",
            peer,
            ours / theirs,
            f">= {SINGLE_TARGET:g}x",
            ours >= SINGLE_TARGET * theirs,
            note,
        ),
        Row(
            "rpc_speed batched",
            f"{batched:.0f} calls/s",
            peer,
            batched / theirs,
            f">= {BATCHED_TARGET:g}x",
            batched >= BATCHED_TARGET * theirs,
            note,
        ),
    ]
