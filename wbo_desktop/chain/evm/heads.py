"""Reads where a chain is, and the hashes of blocks that are stored, in one request."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from wbo_desktop.chain.rpc import wire
from wbo_desktop.chain.rpc.errors import NodeError, NotYet
from wbo_desktop.chain.rpc.head import Block, decode_header
from wbo_desktop.chain.rpc.json_rpc import Call
from wbo_desktop.chain.rpc.proven import given, proven, served
from wbo_desktop.chain.rpc.provider import NodeProvider


@dataclass(frozen=True, slots=True)
class Heads:
    """The head of a chain as an endpoint shows it.

    Attributes:
        finalized: None when not asked for, or when the node does not know the tag.
        hashes: of the heights asked about; None where the node has no block.
    """

    latest: Block
    finalized: Block | None
    hashes: dict[int, str | None] = field(default_factory=dict)


async def read_heads(
    client: NodeProvider, chain_id: int, heights: Iterable[int], *, finalized: bool
) -> Heads:
    """The head, the finalized block if wanted, and the hashes at some heights, from one request.

    Raises:
        WrongChain, Unavailable, BadReply.
    """
    asked = sorted(set(heights))
    calls = [_header("latest"), *([_header("finalized")] if finalized else []), *map(_header, asked)]
    answers = await proven(client, chain_id, calls)
    latest = decode_header(served(answers.pop(0)))
    final = _finalized(answers.pop(0)) if finalized else None
    return Heads(latest, final, dict(zip(asked, map(_hash, asked, answers), strict=True)))


async def read_hashes(client: NodeProvider, chain_id: int, heights: Iterable[int]) -> dict[int, str | None]:
    """The node's block hash at each height, from one request; None where it has no block."""
    asked = list(heights)
    answers = await proven(client, chain_id, [_header(height) for height in asked])
    return dict(zip(asked, map(_hash, asked, answers), strict=True))


def _header(at: int | str) -> Call:
    return Call("eth_getBlockByNumber", (wire.hexed(at) if isinstance(at, int) else at, False))


def _hash(height: int, answer: object) -> str | None:
    try:
        return decode_header(served(answer), height).hash
    except NotYet:
        return None


def _finalized(answer: object) -> Block | None:
    try:
        return decode_header(given(answer))
    except (NotYet, NodeError):
        return None  # the node does not know the tag, or nothing is final yet
