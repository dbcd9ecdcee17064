"""A made-up chain: blocks as the worker would hand them to the database, and what they pay to whom.

It is the truth that tests compare the database with; nothing in it was mined by a node.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

GENESIS = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def new_hash() -> str:
    """A hash that nothing else has."""
    return "0x" + secrets.token_hex(32)


@dataclass(frozen=True)
class Payment:
    """A transfer of a coin, as a log of a transaction tells it. `contract` is None for the native coin."""

    txid: str
    log_index: int
    contract: str | None
    sender: str
    recipient: str
    amount: int

    def as_json(self) -> dict[str, Any]:
        return {
            "txid": self.txid,
            "log_index": self.log_index,
            "contract": self.contract,
            "sender": self.sender,
            "recipient": self.recipient,
            "amount": self.amount,
        }


@dataclass(frozen=True)
class Sent:
    """A transaction of the hot wallet, mined."""

    txid: str
    sender: str
    nonce: int
    succeeded: bool

    def as_json(self) -> dict[str, Any]:
        return {
            "txid": self.txid,
            "sender": self.sender,
            "nonce": self.nonce,
            "succeeded": self.succeeded,
            "fee": 21000,
        }


@dataclass(frozen=True)
class Block:
    """One block and what we would read in it."""

    number: int
    hash: str
    parent_hash: str
    payments: tuple[Payment, ...] = ()
    sent: tuple[Sent, ...] = ()

    def as_json(self) -> dict[str, Any]:
        txids = sorted({p.txid for p in self.payments} | {s.txid for s in self.sent})
        return {
            "number": self.number,
            "hash": self.hash,
            "parent_hash": self.parent_hash,
            "mined_at": (GENESIS + timedelta(seconds=self.number)).isoformat(),
            "txids": txids,
            "transfers": [p.as_json() for p in self.payments],
            "sent": [s.as_json() for s in self.sent],
        }


@dataclass
class Ledger:
    """The canonical blocks, and how they get into the database over the worker's session."""

    network: str
    epoch: int = 0
    blocks: list[Block] = field(default_factory=lambda: [Block(1, new_hash(), new_hash())])

    @property
    def head(self) -> Block:
        return self.blocks[-1]

    def begin(self, worker: psycopg.Connection[Any], seconds: float = 300) -> None:
        """Takes the lease, and starts tracking a network that was never tracked."""
        row = worker.execute(
            "SELECT wbo_chain.take_lease(%s, 'made-up', %s)", (self.network, seconds)
        ).fetchone()
        assert row is not None
        assert row[0] is not None, "somebody else leads"
        self.epoch = row[0]
        first = self.blocks[0]
        worker.execute(
            "SELECT wbo_chain.start_tracking(%s, %s, %s, %s, %s, %s)",
            (self.network, self.epoch, first.number, first.hash, first.parent_hash, GENESIS),
        )

    def next_block(self, payments: Sequence[Payment] = (), sent: Sequence[Sent] = ()) -> Block:
        """A block on top of the head; it is not the chain's until `store`d."""
        return Block(self.head.number + 1, new_hash(), self.head.hash, tuple(payments), tuple(sent))

    def store(self, worker: psycopg.Connection[Any], block: Block) -> dict[str, Any]:
        """The block becomes the head, here and in the database; what has to be decided."""
        row = worker.execute(
            "SELECT wbo_chain.record_blocks(%s, %s, 300, %s, %s, %s, NULL)",
            (self.network, self.epoch, block.parent_hash, Jsonb([block.as_json()]), block.number),
        ).fetchone()
        assert row is not None
        self.blocks.append(block)
        return dict(row[0])

    def decide(self, worker: psycopg.Connection[Any], **decisions: list[dict[str, Any]]) -> dict[str, int]:
        """Apply decisions (records=, credits=, wallets=); how many were applied, dropped and so on."""
        row = worker.execute(
            "SELECT wbo_chain.apply_decisions(%s, %s, %s)", (self.network, self.epoch, Jsonb(decisions))
        ).fetchone()
        assert row is not None
        return dict(row[0])

    def rewind(self, worker: psycopg.Connection[Any], depth: int) -> list[Block]:
        """Take back the newest blocks; they are returned, oldest first."""
        kept = len(self.blocks) - depth
        worker.execute(
            "SELECT wbo_chain.rewind(%s, %s, %s, %s)",
            (self.network, self.epoch, self.head.hash, self.blocks[kept - 1].number),
        )
        gone = self.blocks[kept:]
        del self.blocks[kept:]
        return gone
