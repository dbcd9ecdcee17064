"""Reads blocks, heads and transactions from one endpoint, each in one request that also proves the chain id.

Made to be given to `Endpoints.attempt`, which goes on to the next endpoint when one of these raises.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from eth_utils.address import to_checksum_address

from wbo_desktop.chain.evm.blocks import BlockFacts, TxLookup, decode_block, decode_lookup
from wbo_desktop.chain.evm.traces import TraceKind, internal_transfers, trace_call
from wbo_desktop.chain.rpc import wire
from wbo_desktop.chain.rpc.head import Block, decode_header
from wbo_desktop.chain.rpc.json_rpc import Call
from wbo_desktop.chain.rpc.proven import proven, served
from wbo_desktop.chain.rpc.provider import NodeProvider
from wbo_desktop.domain.types import Address, TxHash

AT_ONCE_ON_THE_LOOP = 100
"""Transactions; more of them are decoded on a thread, so that a desktop's loop is never held up."""


async def read_headers(client: NodeProvider, chain_id: int, numbers: Sequence[int]) -> list[Block]:
    """Headers by height, in one request; for the search of the common ancestor."""
    calls = [Call("eth_getBlockByNumber", (wire.hexed(n), False)) for n in numbers]
    raws = await proven(client, chain_id, calls)
    return [decode_header(served(raw), number) for number, raw in zip(numbers, raws, strict=True)]


async def read_blocks(
    client: NodeProvider,
    chain_id: int,
    numbers: Sequence[int],
    listed: Collection[Address],
    *,
    native: bool = True,
    traces: TraceKind | None = None,
) -> list[BlockFacts]:
    """Blocks with their receipts (and traces), in one request.

    Raises:
        NotYet: the node has not got one of them.
        BadReply, WrongChain, Unavailable, NodeError.
    """
    calls = [call for number in numbers for call in _block_calls(number, traces)]
    answers = [served(answer) for answer in await proven(client, chain_id, calls)]
    width = len(calls) // len(numbers) if numbers else 0
    per_block = [(n, answers[i * width : (i + 1) * width]) for i, n in enumerate(numbers)]

    def decoded() -> list[BlockFacts]:
        return [_facts(n, raw, listed, native, traces, client.label) for n, raw in per_block]

    if sum(len(raw[1]) if isinstance(raw[1], list) else 0 for _, raw in per_block) <= AT_ONCE_ON_THE_LOOP:
        return decoded()
    return await asyncio.to_thread(decoded)


def _facts(
    number: int,
    raw: list[Any],
    listed: Collection[Address],
    native: bool,
    traces: TraceKind | None,
    source: str,
) -> BlockFacts:
    raw_block, raw_receipts, *raw_traces = raw
    facts = decode_block(number, raw_block, raw_receipts, listed, native=native, source=source)
    if traces is None or not native:
        return facts
    return replace(facts, transfers=facts.transfers + internal_transfers(traces, facts, raw_traces[0]))


def _block_calls(number: int, traces: TraceKind | None) -> list[Call]:
    height = wire.hexed(number)
    calls = [Call("eth_getBlockByNumber", (height, True)), Call("eth_getBlockReceipts", (height,))]
    return calls if traces is None else [*calls, trace_call(traces, number)]


async def read_transactions(
    client: NodeProvider, chain_id: int, txids: Sequence[TxHash]
) -> list[TxLookup | None]:
    """The look-up of each TXID, from one request; None for one that the node does not know."""
    calls = [
        Call(method, (txid,))
        for txid in txids
        for method in ("eth_getTransactionByHash", "eth_getTransactionReceipt")
    ]
    answers = [served(answer) for answer in await proven(client, chain_id, calls)]
    return [
        decode_lookup(txid, tx, receipt)
        for txid, tx, receipt in zip(txids, answers[::2], answers[1::2], strict=True)
    ]


async def read_nonces(client: NodeProvider, address: Address) -> tuple[int, int]:
    """An account's next nonce by the newest block, and by the node's pool."""
    account = to_checksum_address(address)
    mined = await client.w3.eth.get_transaction_count(account, "latest")
    return mined, await client.w3.eth.get_transaction_count(account, "pending")
