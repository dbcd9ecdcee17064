"""Calls per second to a local stub, against web3's own HTTP provider: singles beside singles, batches beside batches.

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
BATCHED_TARGET = 1.3
BATCH = 100


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


async def _measure(url: str) -> tuple[float, ...]:
    """Calls per second one by one (theirs, ours, web3's methods over ours) and in batches (theirs, ours): medians of
    interleaved rounds.
    """
    from web3 import AsyncHTTPProvider
    from web3.types import RPCEndpoint

    from wbo_desktop.chain.rpc.json_rpc import Call
    from wbo_desktop.chain.rpc.provider import NodeProvider

    node = NodeProvider(url, longest_batch=BATCH)
    peer = AsyncHTTPProvider(url)
    method = RPCEndpoint("eth_blockNumber")
    calls = [Call(method)] * BATCHED_CALLS

    async def their_singles() -> None:
        for _ in range(SINGLE_CALLS):
            await peer.make_request(method, [])

    async def our_singles() -> None:
        for _ in range(SINGLE_CALLS):
            await node.call(method)

    async def methods_over_ours() -> None:
        for _ in range(SINGLE_CALLS):
            await node.w3.eth.get_block_number()

    async def their_batches() -> None:
        for _ in range(BATCHED_CALLS // BATCH):
            await peer.make_batch_request([(method, [])] * BATCH)

    async def our_batches() -> None:
        await node.batch(calls)

    work = (
        (SINGLE_CALLS, their_singles),
        (SINGLE_CALLS, our_singles),
        (SINGLE_CALLS, methods_over_ours),
        (BATCHED_CALLS, their_batches),
        (BATCHED_CALLS, our_batches),
    )
    rates = [[await _rate(calls, one) for calls, one in work] for _ in range(ROUNDS + 1)]
    await node.close()
    await peer.disconnect()
    # the first round opens connections and warms caches on all sides
    return tuple(statistics.median(column) for column in zip(*rates[1:], strict=True))


def run() -> list[Row]:
    """One row for single calls, one for batched ones."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    stub = context.Process(target=_serve, args=(there,), daemon=True)
    stub.start()
    try:
        singles, ours, methods, batches, batched = asyncio.run(_measure(f"http://127.0.0.1:{here.recv()}"))
    finally:
        stub.terminate()
        stub.join()
    return [
        _row(
            "single",
            ours,
            singles,
            SINGLE_TARGET,
            f"one by one; web3's methods over ours {methods:.0f} calls/s",
        ),
        _row("batched", batched, batches, BATCHED_TARGET, f"batches of {BATCH} on both sides"),
    ]


def _row(name: str, ours: float, theirs: float, target: float, note: str) -> Row:
    return Row(
        f"rpc_speed {name}",
        f"{ours:.0f} calls/s",
        f"{theirs:.0f} calls/s",
        ours / theirs,
        f">= {target:g}x",
        ours >= target * theirs,
        f"peer: web3 AsyncHTTPProvider, default settings; {note}",
    )
