"""The header of a block, as far as it is needed: what shows where a node's chain ends, and how blocks follow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wbo_desktop.chain.rpc import wire
from wbo_desktop.chain.rpc.errors import BadReply, NotYet
from wbo_desktop.chain.rpc.json_rpc import Call
from wbo_desktop.chain.rpc.proven import proven, served
from wbo_desktop.chain.rpc.provider import NodeProvider
from wbo_desktop.domain.types import BlockHash


@dataclass(frozen=True, slots=True)
class Block:
    """A header, as far as it is needed. `timestamp` in seconds since 1970."""

    number: int
    hash: BlockHash
    parent_hash: BlockHash
    timestamp: int


def decode_header(raw: Any, number: int | None = None) -> Block:
    """A header from eth_getBlockByNumber.

    Raises:
        NotYet: the node has no such block.
        BadReply: it cannot be read, or is another height than `number`.
    """
    if raw is None:
        raise NotYet("the node has not got this block")
    fields = wire.mapping(raw, "block")
    block = Block(
        number=wire.quantity(fields.get("number"), "block number"),
        hash=wire.block_hash(fields.get("hash")),
        parent_hash=wire.block_hash(fields.get("parentHash"), "parent hash"),
        timestamp=wire.quantity(fields.get("timestamp"), "timestamp"),
    )
    if number is not None and block.number != number:
        raise BadReply(f"block {block.number} in place of {number}")
    return block


async def read_head(
    client: NodeProvider, chain_id: int, tag: str = "latest", within: float | None = None
) -> Block:
    """The header at `latest`, `safe` or `finalized`."""
    (raw,) = await proven(client, chain_id, [Call("eth_getBlockByNumber", (tag, False))], within)
    return decode_header(served(raw))
