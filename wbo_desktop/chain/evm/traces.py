"""Native coin that contracts sent on (internal transactions), read from a node's traces; pure but for the
probe.

Understands debug_traceBlockByNumber with the callTracer (geth, Erigon, Reth, Nethermind, Besu, anvil) and the
flat form of trace_block (Erigon, Nethermind, Reth, Besu, anvil). A node without either leaves balance
differences to the caller.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from wbo_desktop.chain.evm.blocks import BlockFacts, TxFact
from wbo_desktop.chain.rpc import wire
from wbo_desktop.chain.rpc.errors import BadReply, NodeError, RpcError
from wbo_desktop.chain.rpc.json_rpc import Call
from wbo_desktop.chain.rpc.provider import NodeProvider
from wbo_desktop.domain.facts import Transfer
from wbo_desktop.domain.types import NATIVE_LOG_INDEX, Address

FIRST_INTERNAL = NATIVE_LOG_INDEX - 1
"""Log index of a transaction's first internal transfer; further ones count down."""

DEEPEST = 1100
"""The EVM allows 1024 nested calls."""

_MOVES_VALUE = frozenset({"CALL", "CREATE", "CREATE2", "SELFDESTRUCT"})
"""DELEGATECALL repeats its parent's value without moving any; STATICCALL has none; CALLCODE pays itself."""

Move = tuple[Address, Address, int]
"""From, to, amount in base units."""


class TraceKind(StrEnum):
    """How a node offers traces, in the order in which they are tried.

    The flat form first: nodes that have it keep it, or have it sooner than a block that is run again. Running one again
    while the next is mined makes anvil 1.7.1 stand still for good (its reader waits for a writer that waits for it).
    """

    FLAT = "trace_block"
    CALL_TRACER = "debug_traceBlockByNumber"


def trace_call(kind: TraceKind, number: int) -> Call:
    """The request for one block's traces; put it in the batch that reads the block."""
    if kind is TraceKind.CALL_TRACER:
        return Call(kind.value, (wire.hexed(number), {"tracer": "callTracer"}))
    return Call(kind.value, (wire.hexed(number),))


async def probe(client: NodeProvider) -> TraceKind | None:
    """Which traces the node offers, tried on its newest block.

    Raises:
        Unavailable: the node did not answer, which says nothing about traces.
    """
    number = wire.quantity(await client.call("eth_blockNumber"), "block number")
    for kind in TraceKind:
        (answer,) = await client.batch([trace_call(kind, number)])
        if not isinstance(answer, RpcError) and isinstance(answer, list):
            return kind
    return None


def internal_transfers(kind: TraceKind, facts: BlockFacts, raw: Any) -> tuple[Transfer, ...]:
    """The internal native transfers of a block, without the values of the transactions themselves.

    Raises:
        BadReply: the traces are not those of this block's transactions, or cannot be read.
    """
    if isinstance(raw, NodeError):
        raise BadReply("the node did not give the traces")
    if kind is TraceKind.CALL_TRACER:
        moves = _by_call_tracer(facts, wire.sequence(raw, "traces"))
    else:
        moves = _by_flat_traces(facts, wire.sequence(raw, "traces"))
    return tuple(
        Transfer(fact.txid, FIRST_INTERNAL - position, None, *move, signed_by=fact.sender)
        for fact, found in moves
        for position, move in enumerate(found)
    )


# ------------------------------------------------------------ callTracer: one tree for each transaction


def _by_call_tracer(facts: BlockFacts, traces: list[Any]) -> Iterator[tuple[TxFact, list[Move]]]:
    if len(traces) != len(facts.txs):
        raise BadReply(f"{len(traces)} traces for {len(facts.txs)} transactions")
    for fact, raw in zip(facts.txs, traces, strict=True):
        trace = wire.mapping(raw, "trace")
        # older geth leaves the hash out; the position then is all there is
        if "txHash" in trace and wire.tx_hash(trace["txHash"]) != fact.txid:
            raise BadReply("a trace of another transaction")
        root = wire.mapping(trace.get("result"), "trace")
        if fact.status == 1:
            yield fact, list(tree_moves(root))


def tree_moves(root: Mapping[str, Any]) -> Iterator[Move]:
    """Depth first, without the root. A call with an error took everything below it back."""
    if root.get("error") is not None:
        return
    stack: list[tuple[int, Any]] = [(1, child) for child in reversed(_children(root))]
    while stack:
        depth, raw = stack.pop()
        call = wire.mapping(raw, "call")
        if depth > DEEPEST:
            raise BadReply("calls nested deeper than the EVM allows")
        if call.get("error") is not None:
            continue
        if call.get("type") in _MOVES_VALUE and call.get("value") is not None:
            amount = wire.quantity(call["value"], "value")
            if amount > 0 and call.get("to") is not None:
                yield wire.address(call.get("from"), "sender"), wire.address(call["to"], "recipient"), amount
        stack.extend((depth + 1, child) for child in reversed(_children(call)))


def _children(call: Mapping[str, Any]) -> list[Any]:
    calls = call.get("calls")
    return [] if calls is None else wire.sequence(calls, "calls")


# ------------------------------------------------------------ trace_block: a flat list with addresses in the
# tree


def _by_flat_traces(facts: BlockFacts, traces: list[Any]) -> Iterator[tuple[TxFact, list[Move]]]:
    by_txid: dict[str, list[Mapping[str, Any]]] = {fact.txid: [] for fact in facts.txs}
    for raw in traces:
        trace = wire.mapping(raw, "trace")
        if trace.get("type") == "reward":
            continue
        if wire.block_hash(trace.get("blockHash")) != facts.block.hash:
            raise BadReply("a trace of another block")
        txid = wire.tx_hash(trace.get("transactionHash"))
        if txid not in by_txid:
            raise BadReply("a trace of an unknown transaction")
        by_txid[txid].append(trace)
    for fact in facts.txs:
        if not by_txid[fact.txid]:
            raise BadReply("a transaction without traces")
        if fact.status == 1:
            yield fact, list(_flat_moves(by_txid[fact.txid]))


def _flat_moves(traces: list[Mapping[str, Any]]) -> Iterator[Move]:
    undone: set[tuple[int, ...]] = set()
    for trace in traces:
        path = tuple(wire.sequence(trace.get("traceAddress"), "trace address"))
        if not all(type(step) is int for step in path):
            raise BadReply("a trace address that is not numbers")
        if trace.get("error") is not None or path[:-1] in undone:
            undone.add(path)
            continue
        move = _flat_move(trace) if path else None
        if move is not None:
            yield move


def _flat_move(trace: Mapping[str, Any]) -> Move | None:
    action = wire.mapping(trace.get("action"), "action")
    kind = trace.get("type")
    if kind == "suicide":
        ends = (action.get("address"), action.get("refundAddress"), action.get("balance"))
    elif kind == "create":
        result = wire.mapping(trace.get("result"), "result")
        ends = (action.get("from"), result.get("address"), action.get("value"))
    elif kind == "call" and action.get("callType") == "call":
        ends = (action.get("from"), action.get("to"), action.get("value"))
    else:
        return None
    amount = wire.quantity(ends[2], "value")
    if amount == 0:
        return None
    return wire.address(ends[0], "sender"), wire.address(ends[1], "recipient"), amount
