"""Looks TXIDs up that no block of the moment named: their transactions, and the old blocks they are in.

At most two requests, whatever the number; what does not fit waits for the next step. Whether the block is one we
hold is compared with the header at that height, from the same endpoint.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from wbo_desktop.chain.evm.blocks import TxLookup
from wbo_desktop.chain.evm.reader import read_headers, read_transactions
from wbo_desktop.chain.rpc.endpoints import Endpoints
from wbo_desktop.chain.rpc.head import Block
from wbo_desktop.chain.rpc.provider import NodeProvider
from wbo_desktop.domain.facts import PlacedTransfer, Transaction
from wbo_desktop.domain.types import Address, TxHash
from wbo_desktop.services.judging import LookedUp
from wbo_desktop.services.tracking import FoundBlock

MOST_AT_ONCE = 45
"""TXIDs in one request: two calls each, and the proof of the chain id, stay below a batch of a hundred."""

UNKNOWN_SENDER = Address("0x" + "0" * 40)
"""Stands for a sender that is not asked about."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One TXID as the node shows it; `header` is the node's block at its height, if it is in one we
    passed."""

    lookup: TxLookup | None
    header: Block | None = None


async def look_up(endpoints: Endpoints, txids: Sequence[TxHash], checkpoint: int) -> dict[TxHash, Answer]:
    """Ask one endpoint about TXIDs, and for the headers of the blocks at or below `checkpoint` they are
    in."""

    async def ask(client: NodeProvider) -> dict[TxHash, Answer]:
        found = await read_transactions(client, endpoints.chain_id, txids)
        passed = [n for n in map(_height, found) if n is not None and n <= checkpoint]
        headers = await _headers(client, endpoints.chain_id, passed)
        return {
            txid: Answer(lookup, headers.get(_height(lookup)))
            for txid, lookup in zip(txids, found, strict=True)
        }

    return await endpoints.attempt(ask)


async def _headers(client: NodeProvider, chain_id: int, heights: Sequence[int]) -> dict[int | None, Block]:
    if not heights:
        return {}
    blocks = await read_headers(client, chain_id, sorted(set(heights)))
    return {block.number: block for block in blocks}


def _height(lookup: TxLookup | None) -> int | None:
    return None if lookup is None else lookup.block_number


def as_looked_up(network: str, answer: Answer, checkpoint: int) -> LookedUp:
    """The answer as `judging` wants it."""
    lookup = answer.lookup
    if lookup is None:
        return LookedUp()
    if lookup.fact is None or lookup.block_number is None or lookup.block_hash is None:
        return LookedUp(Transaction(lookup.txid, network, None, None, None, None, UNKNOWN_SENDER))
    if lookup.block_number > checkpoint:
        return LookedUp(ahead=True)
    if answer.header is None or answer.header.hash != lookup.block_hash:
        return LookedUp(stale=True)
    time = datetime.fromtimestamp(answer.header.timestamp, UTC)
    fact = lookup.fact
    transaction = Transaction(
        lookup.txid, network, lookup.block_number, lookup.block_hash, time, fact.status, fact.sender
    )
    transfers = tuple(
        PlacedTransfer(
            txid=t.txid,
            log_index=t.log_index,
            network=network,
            token=t.token,
            sender=t.sender,
            recipient=t.recipient,
            amount=t.amount,
            status=fact.status,
            canonical=True,
            block_number=lookup.block_number,
            block_hash=lookup.block_hash,
            block_time=time,
        )
        for t in lookup.transfers
    )
    return LookedUp(transaction, transfers)


def on_other_network(txid: TxHash, network: str) -> LookedUp:
    """The TXID is known on another network than the record's."""
    return LookedUp(Transaction(txid, network, None, None, None, None, UNKNOWN_SENDER))


def past_blocks(
    answers: Mapping[TxHash, Answer],
    listed: Collection[Address | None],
    known: Collection[tuple[TxHash, int]],
) -> list[FoundBlock]:
    """Old blocks with the transfers of listed coins that the look-ups showed, to be stored if they are to us.

    Args:
        listed: contracts, None standing for the native coin.
        known: (TXID, log index) of those that are stored already.
    """
    blocks: dict[str, FoundBlock] = {}
    for answer in answers.values():
        lookup, header = answer.lookup, answer.header
        if lookup is None or header is None or header.hash != lookup.block_hash:
            continue
        told = tuple(
            t
            for t in lookup.transfers
            if t.token in listed and t.amount > 0 and (t.txid, t.log_index) not in known
        )
        before = blocks.get(header.hash)
        blocks[header.hash] = FoundBlock(
            number=header.number,
            hash=header.hash,
            parent_hash=header.parent_hash,
            mined_at=datetime.fromtimestamp(header.timestamp, UTC),
            txids=(*(before.txids if before else ()), lookup.txid),
            transfers=(*(before.transfers if before else ()), *told),
        )
    return [block for block in blocks.values() if block.transfers]


def recipients(answers: Mapping[TxHash, Answer]) -> list[Address]:
    """The addresses that the transactions paid: some may be our accounts."""
    lookups = [a.lookup for a in answers.values() if a.lookup is not None]
    return sorted({t.recipient for lookup in lookups for t in lookup.transfers})
